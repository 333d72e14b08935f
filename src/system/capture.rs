//! What a folder of a captured machine holds besides files: things that are no files, or could not
//! be read. A folder without it is a captured machine too, made by hand.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FileKind, Output, Stat};

/// Its file in the folder.
pub const FILE: &str = "sanctl-capture.json";

/// Where the folder has the journals, whatever place they had.
pub const STATE: &str = "var/lib/sanctl";

/// The version that this program writes and reads.
pub const FORMAT: u32 = 1;

/// What was seen of a machine and is no file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Capture {
    /// Version of this document.
    pub format: u32,
    /// Version of the program that wrote it.
    #[serde(default)]
    pub sanctl: String,
    /// When.
    #[serde(default)]
    pub taken_at: String,
    /// What the machine tells arrays about itself: os-brick's dictionary.
    #[serde(default)]
    pub connector: Option<Value>,
    /// Device files: path, and kind with major and minor number.
    #[serde(default)]
    pub devices: BTreeMap<String, Device>,
    /// What commands answered, by their lines.
    #[serde(default)]
    pub commands: BTreeMap<String, Answer>,
    /// Programs that are installed.
    #[serde(default)]
    pub programs: BTreeSet<String>,
    /// Files that were not permitted to be read.
    #[serde(default)]
    pub denied: BTreeSet<String>,
    /// Files that are there and were not read.
    #[serde(default)]
    pub unread: BTreeSet<String>,
    /// Block devices that somebody had claimed for himself.
    #[serde(default)]
    pub claimed: BTreeSet<String>,
}

/// A device file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Whether it is a block device.
    pub block: bool,
    /// Major number.
    pub major: u32,
    /// Minor number.
    pub minor: u32,
}

impl Device {
    /// The device that a file is; `None` for files of other kinds.
    pub fn of(stat: &Stat) -> Option<Self> {
        let block = match stat.kind {
            FileKind::Block => true,
            FileKind::Other => false,
            FileKind::File | FileKind::Dir => return None,
        };
        let (major, minor) = stat.device;
        Some(Self {
            block,
            major,
            minor,
        })
    }

    /// What `stat` tells of it.
    pub const fn stat(self) -> Stat {
        Stat {
            kind: match self.block {
                true => FileKind::Block,
                false => FileKind::Other,
            },
            device: (self.major, self.minor),
        }
    }
}

/// What a command answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Its exit code.
    pub code: i32,
    /// What it wrote.
    pub stdout: String,
    /// What it complained.
    pub stderr: String,
}

impl From<&Output> for Answer {
    fn from(output: &Output) -> Self {
        Self {
            code: output.code,
            stdout: output.stdout.clone(),
            stderr: output.stderr.clone(),
        }
    }
}

impl From<&Answer> for Output {
    fn from(answer: &Answer) -> Self {
        Self {
            code: answer.code,
            stdout: answer.stdout.clone(),
            stderr: answer.stderr.clone(),
        }
    }
}
