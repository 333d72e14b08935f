//! How a LUN is to be connected: what was asked for or configured.

use crate::config::Paths;
use crate::model::nouns::Protocol;

/// How a LUN is to be connected.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// How many paths: by default every one that the array names, and at least one.
    pub paths: Option<Paths>,
    /// What it will go over, while no connection tells; iSCSI without a word.
    pub protocol: Option<Protocol>,
    /// The LUN as the user named it, for the commands in hints.
    pub lun: Option<String>,
    /// Whether the paths are to be one map.
    pub multipath: Multipath,
    /// What records say about the next boot.
    pub startup: Startup,
    /// Whether the devices are to refuse writes.
    pub mode: Mode,
    /// On the way back: what to do about data that a device does not take any more.
    pub unflushed: Unflushed,
}

/// Whether what is handed over can be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// It can; what the kernel refuses to write to is not handed over.
    #[default]
    ReadWrite,
    /// The kernel refuses writes, until the devices go.
    ReadOnly,
}

/// Whether the paths of a LUN are to be one multipath map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Multipath {
    /// If they are already; no map is made.
    #[default]
    AsFound,
    /// They are, and nothing but the map is handed over.
    Yes,
    /// They stay disks of their own.
    No,
}

/// Whether a record logs in again when the node is started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Startup {
    /// Only when somebody asks; a record that says otherwise is left as it is.
    #[default]
    Manual,
    /// At every boot. The session's scan stays manual: the LUN's device comes with the next attach.
    Automatic,
}

/// What becomes of a device that cannot be flushed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unflushed {
    /// It stays, and the detach fails.
    #[default]
    Refuse,
    /// It goes, and what it could not save is lost: a person said so.
    GiveUp,
}
