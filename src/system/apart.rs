//! Calls that may wait in the kernel for a device that does not answer, each in a process of its
//! own (linux-host.md §14).
//!
//! A thread that waits there cannot be ended, and a process ends only with its last thread: this
//! program would not end before the kernel's recovery does, and would hold its locks till then. So
//! the call is made by this same program, started once more with a word that no command has.

use std::ffi::OsString;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::Error;
use super::exec::run_own;
use crate::kit::bounds::Bounds;

/// The first argument of such a process. The command line does not know it.
pub const WORD: &str = "--kernel-call";
/// This program's file, also when another one has been put in its place.
const OWN: &str = "/proc/self/exe";
/// What a process answers that does not know its call. No error of the kernel has this number.
const UNKNOWN: u8 = 255;
/// The last of the kernel's errors (EHWPOISON); above it are signals.
const LAST: i32 = 133;
/// The largest block size of disks in use.
const BLOCK: usize = 4096;
/// Attributes whose writing waits for devices (linux-host.md §14).
const SLOW: [&str; 4] = ["scan", "rescan", "delete", "issue_lip"];

/// Whether this process is a program that makes such calls when it is started with [`WORD`]: a
/// test or another program that uses this library is not.
static SERVES: AtomicBool = AtomicBool::new(false);

/// A call to the kernel.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    fn args(&self) -> Vec<String> {
        let words: Vec<&str> = match self {
            Self::Write { path, value } => vec![WORD, "write", path, value],
            Self::Flush(device) => vec![WORD, "flush", device],
            Self::Read(device) => vec![WORD, "read", device],
            Self::Claim(device) => vec![WORD, "claim", device],
        };
        words.into_iter().map(str::to_owned).collect()
    }

    fn parse(words: &[&str]) -> Option<Self> {
        Some(match *words {
            ["write", path, value] => Self::Write {
                path: path.to_owned(),
                value: value.to_owned(),
            },
            ["flush", device] => Self::Flush(device.to_owned()),
            ["read", device] => Self::Read(device.to_owned()),
            ["claim", device] => Self::Claim(device.to_owned()),
            _ => return None,
        })
    }

    /// What an error is about.
    fn subject(&self) -> String {
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

/// Makes a call if these are the arguments of a process that was started for one, and says with
/// which code it is to end: 0, or the number of the kernel's error. The first thing of `main`.
pub fn serve(args: &[OsString]) -> Option<u8> {
    SERVES.store(true, Ordering::Relaxed);
    answer(args)
}

fn answer(args: &[OsString]) -> Option<u8> {
    let mut words = args.iter().skip(1).map(|word| word.to_str());
    if words.next()? != Some(WORD) {
        return None;
    }
    let words: Option<Vec<&str>> = words.collect();
    let call = words.and_then(|words| Call::parse(&words));
    // It writes nothing that this program would not have it write.
    let Some(call) = call.filter(Call::may_wait) else {
        return Some(UNKNOWN);
    };
    Some(match call.make() {
        Ok(()) => 0,
        Err(error) => error
            .raw_os_error()
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or(UNKNOWN),
    })
}

/// Makes a call within the limits. A signal does not cut it short.
///
/// # Errors
/// The kernel's answer; [`Error::Ended`] when it did not come in time, and [`Error::Stuck`] when
/// the call cannot even be ended.
pub(super) fn make(call: Call, bounds: &Bounds) -> Result<(), Error> {
    if call.may_wait() && SERVES.load(Ordering::Relaxed) {
        match in_child(Path::new(OWN), &call, bounds) {
            // Without /proc there is no other way.
            Err(Error::NoProgram { .. }) => {}
            made => return made,
        }
    }
    in_thread(call, bounds)
}

fn in_child(program: &Path, call: &Call, bounds: &Bounds) -> Result<(), Error> {
    let code = run_own(program, &call.args(), &call.to_string(), bounds)?;
    if code == 0 {
        return Ok(());
    }
    let source = if code <= LAST {
        io::Error::from_raw_os_error(code)
    } else {
        io::Error::other("it ended without an answer")
    };
    Err(Error::of(call.subject(), source))
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
#[allow(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kit::stop::Stop;

    fn bounds(span: Duration) -> Bounds {
        Bounds::new(span, "test", Stop::new())
    }

    fn write(path: &Path, value: &str) -> Call {
        Call::Write {
            path: path.to_str().unwrap().to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn what_is_told_to_a_child_is_what_it_makes() {
        let device = || "/dev/sda".to_owned();
        for call in [
            write(Path::new("/sys/class/scsi_host/host0/scan"), "- - 7"),
            Call::Flush(device()),
            Call::Read(device()),
            Call::Claim(device()),
        ] {
            assert!(call.may_wait());
            let args = call.args();
            let words: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
            assert_eq!(Call::parse(&words), Some(call));
        }
        let state = write(Path::new("/sys/block/sda/device/state"), "running");
        assert!(!state.may_wait());
    }

    #[test]
    fn the_answer_is_the_code() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("scan");
        let served = |call: &Call| {
            let mut args = vec![OsString::from("sanctl")];
            args.extend(call.args().into_iter().map(OsString::from));
            answer(&args)
        };
        let code = |errno: Errno| u8::try_from(errno.raw_os_error()).ok();
        assert_eq!(served(&write(&path, "1")), code(Errno::NOENT));
        std::fs::write(&path, "").unwrap();
        assert_eq!(served(&write(&path, "0 0 7")), Some(0));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "0 0 7");
        let file = path.to_str().unwrap().to_owned();
        assert_eq!(served(&Call::Flush(file)), code(Errno::NOTBLK));
        let args = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(answer(&args(&["sanctl", WORD, "x"])), Some(UNKNOWN));
        let other = dir.path().join("other");
        assert_eq!(served(&write(&other, "1")), Some(UNKNOWN));
        assert!(!other.exists());
        assert_eq!(answer(&args(&["sanctl", "hosts"])), None);
        assert_eq!(answer(&args(&["sanctl"])), None);
    }

    #[test]
    fn the_code_of_a_child_is_the_answer() {
        let span = bounds(Duration::from_secs(60));
        let call = Call::Claim("/dev/sda".into());
        in_child(Path::new("/bin/true"), &call, &span).unwrap();
        let error = in_child(Path::new("/bin/false"), &call, &span).unwrap_err();
        // 1 is EPERM.
        assert!(matches!(&error, Error::Denied { what } if what == "/dev/sda"));
        let error = in_child(Path::new("/none"), &call, &span).unwrap_err();
        assert!(matches!(error, Error::NoProgram { .. }), "{error}");
    }
}
