//! Calls that may wait in the kernel for a device that does not answer, in a process of their own
//! (linux-host.md §14).
//!
//! A thread that waits there cannot be ended, and a process ends only with its last thread: this
//! program would not end before the kernel's recovery does, and would hold its locks till then. So
//! the call is made by this same program, started once more with a word that no command has. It
//! makes one call after the other until this one ends: to start it costs more than most calls.

use std::ffi::OsString;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, BufRead, Read as _, Write};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};

use rustix::fs::OFlags;
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use super::Error;
use super::waiters::Waiters;
use crate::kit::bounds::Bounds;

/// The first argument of such a process. The command line does not know it.
pub const WORD: &str = "--kernel-call";
/// What it answers when it does not know the call. No error of the kernel has this number.
pub(super) const UNKNOWN: u8 = 255;
/// The largest block size of disks in use.
const BLOCK: usize = 4096;
/// Attributes whose writing waits for devices (linux-host.md §14).
const SLOW: [&str; 4] = ["scan", "rescan", "delete", "issue_lip"];

/// Whether this process is a program that makes such calls when it is started with [`WORD`]: a
/// test or another program that uses this library is not.
static SERVES: AtomicBool = AtomicBool::new(false);

/// A call to the kernel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Call {
    /// Writes a value to an attribute.
    Write { path: String, value: String },
    /// Writes out what the page cache holds of a block device.
    Flush(String),
    /// Reads a block past the cache.
    Read(String),
    /// Opens a device that nobody else may have.
    Claim(String),
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { path, value } => write!(f, "writing {value:?} to {path}"),
            Self::Flush(device) => write!(f, "flushing {device}"),
            Self::Read(device) => write!(f, "reading {device}"),
            Self::Claim(device) => write!(f, "opening {device}"),
        }
    }
}

impl Call {
    /// What an error is about.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::Write { path, .. } => path.clone(),
            Self::Flush(_) => self.to_string(),
            Self::Read(device) | Self::Claim(device) => device.clone(),
        }
    }

    /// Whether it may wait for a device.
    fn may_wait(&self) -> bool {
        match self {
            Self::Write { path, .. } => SLOW.contains(&path.rsplit('/').next().unwrap_or_default()),
            Self::Flush(_) | Self::Read(_) | Self::Claim(_) => true,
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the seam through which the machine's files are reached"
    )]
    fn make(&self) -> io::Result<()> {
        match self {
            Self::Write { path, value } => {
                let mut attribute = OpenOptions::new().write(true).open(path)?;
                // In one call: the kernel takes each call as a value of its own.
                attribute.write_all(value.as_bytes())
            }
            Self::Flush(device) => {
                let file = open(device, OFlags::empty())?;
                if !file.metadata()?.file_type().is_block_device() {
                    return Err(Errno::NOTBLK.into());
                }
                file.sync_all()
            }
            Self::Read(device) => {
                let mut file = open(device, OFlags::DIRECT)?;
                // A read past the cache wants a buffer at a multiple of the block size.
                let mut buffer = vec![0_u8; 2 * BLOCK];
                let start = buffer.as_ptr().align_offset(BLOCK);
                let block = buffer.get_mut(start..start.saturating_add(BLOCK));
                file.read(block.unwrap_or_default()).map(|_| ())
            }
            Self::Claim(device) => open(device, OFlags::EXCL).map(|_| ()),
        }
    }
}

/// Opens for reading. No medium is waited for.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
fn open(device: &str, flags: OFlags) -> io::Result<std::fs::File> {
    let flags = flags | OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or_default())
        .open(device)
}

/// Makes calls until nobody asks for more, if these are the arguments of a process that was started
/// for that. The first thing of `main`; no command is read then.
///
/// # Errors
/// When an answer cannot be given.
pub fn serve(args: &[OsString]) -> Option<io::Result<()>> {
    SERVES.store(true, Ordering::Relaxed);
    let asked = args.get(1).is_some_and(|word| word == WORD);
    asked.then(|| answer(io::stdin().lock(), io::stdout().lock()))
}

/// A line in is a call, a byte out is what became of it: 0, or the number of the kernel's error.
fn answer(asks: impl BufRead, mut answers: impl Write) -> io::Result<()> {
    for line in asks.lines() {
        let call = serde_json::from_str::<Call>(&line?).ok();
        // It writes nothing that this program would not have it write.
        let code = call.filter(Call::may_wait).map_or(UNKNOWN, |call| {
            match call.make().map_err(|error| error.raw_os_error()) {
                Ok(()) => 0,
                Err(number) => number
                    .and_then(|number| u8::try_from(number).ok())
                    .unwrap_or(UNKNOWN),
            }
        });
        answers.write_all(&[code])?;
        answers.flush()?;
    }
    Ok(())
}

/// Makes calls within limits: those that may wait for a device through `waiters`.
///
/// # Errors
/// The kernel's answer; [`Error::Ended`] when it did not come in time, and [`Error::Stuck`] when
/// the call cannot even be ended.
pub(super) fn make(waiters: &Waiters, call: Call, bounds: &Bounds) -> Result<(), Error> {
    if call.may_wait() && SERVES.load(Ordering::Relaxed) {
        match waiters.make(&call, bounds) {
            // Without /proc there is no other way.
            Err(Error::NoProgram { .. }) => {}
            made => return made,
        }
    }
    in_thread(call, bounds)
}

/// Makes a call in a thread, which is left behind when the deadline passes.
fn in_thread(call: Call, bounds: &Bounds) -> Result<(), Error> {
    let what = call.to_string();
    bounds.unstoppable().check().map_err(|ended| Error::Ended {
        what: what.clone(),
        ended,
    })?;
    let (sender, receiver) = channel();
    std::thread::Builder::new()
        .name("kernel".into())
        .spawn(move || {
            let made = call.make();
            // Nobody listens any more when the deadline has passed.
            let _ = sender.send(made.map_err(|source| Error::of(call.subject(), source)));
        })
        .map_err(|source| Error::of(what.as_str(), source))?;
    match receiver.recv_timeout(bounds.deadline.remaining()) {
        Ok(made) => made,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(Error::Stuck { what, pid: None })
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::path::Path;

    use super::*;

    fn write(path: &Path, value: &str) -> Call {
        Call::Write {
            path: path.to_str().unwrap().to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn what_is_asked_is_what_is_made() {
        let device = || "/dev/sda".to_owned();
        for call in [
            write(Path::new("/sys/class/scsi_host/host0/scan"), "- - 7\n"),
            Call::Flush(device()),
            Call::Read(device()),
            Call::Claim(device()),
        ] {
            assert!(call.may_wait());
            let line = serde_json::to_string(&call).unwrap();
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(serde_json::from_str::<Call>(&line).unwrap(), call);
        }
        let state = write(Path::new("/sys/block/sda/device/state"), "running");
        assert!(!state.may_wait());
    }

    #[test]
    fn each_line_has_its_answer() {
        let dir = tempfile::tempdir().unwrap();
        let (missing, scan) = (dir.path().join("none/scan"), dir.path().join("scan"));
        let other = dir.path().join("other");
        std::fs::write(&scan, "").unwrap();
        let calls = [
            write(&missing, "1"),
            write(&scan, "0 0 7"),
            Call::Flush(scan.to_str().unwrap().to_owned()),
            write(&other, "1"),
        ];
        let mut lines = String::new();
        for call in calls {
            lines += &format!("{}\n", serde_json::to_string(&call).unwrap());
        }
        lines += "hosts\n";
        let mut codes = Vec::new();
        answer(lines.as_bytes(), &mut codes).unwrap();
        let code = |errno: Errno| u8::try_from(errno.raw_os_error()).unwrap();
        let (none, no_device) = (code(Errno::NOENT), code(Errno::NOTBLK));
        assert_eq!(codes, [none, 0, no_device, UNKNOWN, UNKNOWN]);
        assert_eq!(std::fs::read_to_string(&scan).unwrap(), "0 0 7");
        assert!(!other.exists());
    }
}
