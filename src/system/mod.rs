//! The only door to the machine: files of the kernel, child processes, sockets.
//!
//! Everything a node driver sees or does goes through [`Machine`]. There are four of them: the
//! real one, a captured one (`--root DIR`, reads only), the practice machine of `sim/`, and a
//! transcript for tests. State comes from sysfs; text of other tools is read only where sysfs has
//! nothing.

pub mod store;

use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use serde_json::Map;

use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure, Kind};
use crate::kit::trace::Trace;
use crate::model::portal::Portal;

pub mod apart;
pub mod capture;
pub mod captured;
mod domain_xml;
mod exec;
pub mod files;
mod idbm;
mod multipathd;
mod probe;
pub mod real;
pub mod recorder;
pub mod syslog;
pub mod traced;
mod uevent;
mod waiters;

/// Which machine this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// This computer.
    Real,
    /// Files captured from another computer: reads only.
    Captured,
    /// The practice machine: nothing real is touched.
    Practice,
    /// A recording, for tests.
    Transcript,
}

/// A command line for another program. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cmd {
    /// The program's name, looked up in the usual places.
    pub program: &'static str,
    /// Its arguments.
    pub args: Vec<String>,
}

impl Cmd {
    /// A command with its arguments.
    pub fn new<I, S>(program: &'static str, args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        Self {
            program,
            args: args.into_iter().map(Into::into).collect(),
        }
    }
}

impl fmt::Display for Cmd {
    /// As one would type it in a shell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program)?;
        for arg in &self.args {
            let plain = !arg.is_empty()
                && arg
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_./:=,[]@%+$".contains(&b));
            if plain {
                write!(f, " {arg}")?;
            } else {
                write!(f, " '{}'", arg.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}

/// How a child process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its exit code; 128 + signal when a signal ended it.
    pub code: i32,
    /// What it wrote, at most 1 MiB.
    pub stdout: String,
    /// What it complained, at most 1 MiB.
    pub stderr: String,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// Kind of file.
    pub kind: FileKind,
    /// Major and minor number, for devices.
    pub device: (u32, u32),
}

/// Kind of a file, as far as this program cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Dir,
    /// A block device.
    Block,
    /// Anything else.
    Other,
}

/// Why a portal did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Dead {
    /// It said no.
    #[error("connection refused")]
    Refused,
    /// It said nothing.
    #[error("no answer within {} s", .0.as_secs_f32())]
    Silent(Duration),
    /// The network cannot reach it.
    #[error("{0}")]
    Unreachable(String),
}

/// Why the machine did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such file.
    #[error("{path} does not exist")]
    NotFound {
        /// The file.
        path: String,
    },
    /// Not permitted.
    #[error("{what}: permission denied")]
    Denied {
        /// The file or command.
        what: String,
    },
    /// Any other answer of the system.
    #[error("{what}: {source}")]
    Io {
        /// The file or command.
        what: String,
        /// The answer.
        #[source]
        source: io::Error,
    },
    /// A program that is not installed.
    #[error("{program} is not installed")]
    NoProgram {
        /// Its name.
        program: String,
    },
    /// The work did not end in time and was ended.
    #[error("{what}: {ended}")]
    Ended {
        /// What was waited for.
        what: String,
        /// How the wait ended.
        #[source]
        ended: Ended,
    },
    /// It cannot be ended: it waits for hardware. It was left alone.
    #[error("{what} does not end and cannot be ended{}", pid.map(|p| format!(" (pid {p})")).unwrap_or_default())]
    Stuck {
        /// The command or write.
        what: String,
        /// The process, if it is one of its own.
        pid: Option<u32>,
    },
    /// This machine can only be read.
    #[error("{what}: this is a captured machine, nothing on it can be changed")]
    ReadOnly {
        /// What was asked.
        what: String,
    },
}

impl Error {
    /// The system's answer to `what`. A device or process that has just gone away is a file that
    /// is not there: sysfs answers ENODEV or ENXIO for it, /proc ESRCH.
    pub(crate) fn of(what: impl Into<String>, source: io::Error) -> Self {
        use rustix::io::Errno;
        let gone = [Errno::NODEV, Errno::NXIO, Errno::SRCH];
        let what = what.into();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path: what },
            io::ErrorKind::PermissionDenied => Self::Denied { what },
            _ if gone
                .iter()
                .any(|e| source.raw_os_error() == Some(e.raw_os_error())) =>
            {
                Self::NotFound { path: what }
            }
            _ => Self::Io { what, source },
        }
    }

    /// Whether the cause is a file that is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } | Self::Io { .. } => Kind::Failed,
            Self::Denied { .. } => Kind::Denied,
            Self::NoProgram { .. } => Kind::Unsupported,
            Self::Ended { ended, .. } => ended.kind(),
            Self::Stuck { .. } => Kind::Unreachable,
            Self::ReadOnly { .. } => Kind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Denied { .. } => vec!["run it as root, for example with sudo".into()],
            Self::NoProgram { program } => vec![format!("install the package that has {program}")],
            Self::Ended { ended, .. } => ended.hints(),
            Self::Stuck { pid: Some(pid), .. } => {
                vec![format!("cat /proc/{pid}/stack shows what it waits for")]
            }
            Self::Stuck { pid: None, .. } => {
                vec!["does the target still answer? dmesg | tail".into()]
            }
            _ => Vec::new(),
        }
    }
}

/// A machine. All paths are absolute, as on the machine itself.
///
/// Reading calls are quick and take no bounds; whatever can block takes [`Bounds`], and whatever
/// can change something takes [`Mutate`].
pub trait Machine: Send + Sync + fmt::Debug {
    /// Which machine this is.
    fn flavour(&self) -> Flavour;

    /// A small file, whole (at most 4 MiB).
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`] or the system's answer.
    fn read(&self, path: &str) -> Result<Vec<u8>, Error>;

    /// The names in a directory, sorted.
    ///
    /// # Errors
    /// As [`Machine::read`].
    fn list(&self, dir: &str) -> Result<Vec<String>, Error>;

    /// Where a path leads when all links in it are followed.
    ///
    /// # Errors
    /// As [`Machine::read`].
    fn resolve(&self, path: &str) -> Result<String, Error>;

    /// The text of a symbolic link, not followed (`/proc/PID/fd/N`, `/proc/PID/ns/mnt`).
    ///
    /// # Errors
    /// As [`Machine::read`].
    fn link(&self, path: &str) -> Result<String, Error>;

    /// What a file is, links followed.
    ///
    /// # Errors
    /// As [`Machine::read`].
    fn stat(&self, path: &str) -> Result<Stat, Error>;

    /// Writes one value to an attribute of sysfs. May block in the kernel.
    ///
    /// # Errors
    /// [`Error::Stuck`] when the kernel does not come back in time.
    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error>;

    /// Whether a program of this name is installed. A machine that runs no real programs has
    /// whatever is asked for.
    fn has_program(&self, program: &str) -> bool {
        let _ = program;
        true
    }

    /// Runs a program that only looks. Any exit code is an answer, not an error.
    ///
    /// # Errors
    /// When it cannot be started or does not end.
    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error>;

    /// Runs a program that changes something. Any exit code is an answer, not an error.
    ///
    /// # Errors
    /// When it cannot be started or does not end.
    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, mutate: &Mutate) -> Result<Output, Error>;

    /// Whether a portal accepts a TCP connection within `span`.
    ///
    /// # Errors
    /// Why not.
    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead>;

    /// Writes what the page cache holds for a block device to the device, and waits for it.
    ///
    /// # Errors
    /// The device's answer, or [`Error::Stuck`].
    fn flush(&self, device: &str, bounds: &Bounds, mutate: &Mutate) -> Result<(), Error>;

    /// Rewrites a record of open-iscsi's database as `edit` says, under the lock that iscsiadm
    /// takes, so that a secret need not stand on a command line (linux-host.md §3.5). A machine
    /// that can only be read refuses.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a record, [`Error::Ended`] when the lock is not let go in
    /// time, or the system's answer.
    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let _ = (edit, bounds, mutate);
        Err(Error::ReadOnly {
            what: format!("editing {path}"),
        })
    }

    /// Reads the first block of a block device from the device itself, past all caches: whether it
    /// answers at all. A machine without real devices has nothing to say against it.
    ///
    /// # Errors
    /// The device's answer, or [`Error::Stuck`].
    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        let _ = (device, bounds);
        Ok(())
    }

    /// Whether somebody has claimed a block device for himself (open(2), `O_EXCL`): a file system
    /// in whatever mount namespace or unmounted lazily, swap, dm, md, zfs, drbd, a target of the
    /// kernel. A machine without real devices knows of no such claim.
    ///
    /// # Errors
    /// The device's answer, or [`Error::Stuck`].
    fn is_claimed(&self, device: &str, bounds: &Bounds) -> Result<bool, Error> {
        let _ = (device, bounds);
        Ok(false)
    }

    /// Waits until the kernel says that some device came, went or changed, at most `span`. The
    /// state itself is always read from sysfs afterwards.
    ///
    /// # Errors
    /// When the bounds end.
    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        bounds.wait(span)
    }

    /// A file's text without white space around it; `None` when there is no such file.
    ///
    /// # Errors
    /// As [`Machine::read`], except for a missing file.
    fn text(&self, path: &str) -> Result<Option<String>, Error> {
        match self.read(path) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned())),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names in a directory, sorted; none when there is no such directory.
    ///
    /// # Errors
    /// As [`Machine::list`], except for a missing directory.
    fn names(&self, dir: &str) -> Result<Vec<String>, Error> {
        match self.list(dir) {
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            other => other,
        }
    }
}

/// Knocks at a portal, and tells the trace how that went.
fn probed(
    trace: &Trace,
    portal: Portal,
    knock: impl FnOnce() -> Result<(), Dead>,
) -> Result<(), Dead> {
    let start = Instant::now();
    let done = knock();
    trace.event("probe", || {
        let mut fields = Map::new();
        fields.insert("portal".into(), portal.to_string().into());
        let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        fields.insert("elapsed_ms".into(), millis.into());
        if let Err(dead) = &done {
            fields.insert("error".into(), dead.to_string().into());
        }
        fields
    });
    done
}
