//! What was asked of the machine, so that tests can count it and hooks can interrupt it.

use std::fmt;

use crate::model::portal::Portal;
use crate::system::{Cmd, Error};

/// One call that is not a plain read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A command that only looks.
    Look(Cmd),
    /// A command that changes something.
    Change(Cmd),
    /// A write to sysfs.
    Write {
        /// As it was given.
        path: String,
        /// What was written.
        value: String,
    },
    /// A probe of a portal.
    Probe(Portal),
    /// A flush of a block device.
    Flush(String),
    /// A record of open-iscsi rewritten by hand.
    EditRecord(String),
}

impl Call {
    /// Whether it can change the machine. A flush counts: a reading command must not make one.
    pub fn changes(&self) -> bool {
        !matches!(self, Self::Look(_) | Self::Probe(_))
    }
}

impl fmt::Display for Call {
    /// As one would type it in a shell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Look(cmd) | Self::Change(cmd) => cmd.fmt(f),
            Self::Write { path, value } => write!(f, "echo {value:?} > {path}"),
            Self::Probe(portal) => write!(f, "probe {portal}"),
            Self::Flush(device) => write!(f, "blockdev --flushbufs {device}"),
            Self::EditRecord(path) => write!(f, "edit {path}"),
        }
    }
}

/// When a hook is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Nothing has happened yet; an error means it never will.
    Before,
    /// It has happened and is saved; an error means the answer is lost.
    After,
}

/// Asked around each change with its number, counted from 1. An error takes the place of the
/// answer, as if the program had been killed there.
pub type Hook = Box<dyn Fn(usize, &Call, Moment) -> Result<(), Error> + Send + Sync>;

/// The error a hook returns to play kill -9.
pub fn killed() -> Error {
    Error::Io {
        what: "the practice machine".into(),
        source: std::io::Error::other("killed by a hook"),
    }
}

#[derive(Default)]
pub(super) struct Log {
    pub(super) calls: Vec<Call>,
    pub(super) reads: usize,
}
