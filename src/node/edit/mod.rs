//! Single changes of this node by hand: what the writing verbs of `session` and `device` do.
//!
//! Looked at first, told, made under the locks of the targets concerned. What attach and detach
//! do too is done by their own steps (`connect::Alone`), so that it is the same work.

mod device;
mod error;
mod map;
mod record;
mod scan;
mod session;
mod words;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use error::Error;

use super::connect::Alone;
use super::iscsi::running;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::model::ids::{Iqn, LunNumber, Wwid};
use crate::model::portal::TargetPortal;
use crate::model::selector::Selector;
use crate::system::{self, Machine};
use crate::{node, step};

/// Where a session is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// The session of this number.
    Session(u32),
    /// The one to a target at a portal.
    Target(TargetPortal),
    /// The login of a Fibre Channel port of this node to a port of the array.
    Port {
        /// This node's port: the SCSI host (`host2`) or its port name.
        hba: String,
        /// The array's port: its port name, or the kernel's name of it.
        rport: String,
    },
}

/// A CHAP user, its secret, and the file that the secret came from, to be named in commands.
#[derive(Debug, Clone)]
pub struct Chap {
    /// The user; `None` = the one in the record.
    pub user: Option<String>,
    /// The secret.
    pub secret: Secret,
    /// Where it was read.
    pub file: PathBuf,
}

/// What a device may be set to by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// Commands fail at once.
    Offline,
    /// Commands are sent.
    Running,
}

impl DeviceState {
    /// The kernel's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Running => "running",
        }
    }
}

/// A change that is wanted. Displays as the command that asks for it, without secrets.
#[derive(Debug, Clone)]
pub enum Edit {
    /// `session add-record`.
    AddRecord {
        /// The target and portal; with the tag, in the layout that discovery makes.
        at: TargetPortal,
    },
    /// `session set-record KEY=VALUE…`.
    SetRecord {
        /// The target and portal.
        at: TargetPortal,
        /// The keys and values.
        values: Vec<(String, String)>,
    },
    /// `session set-record --chap-user …`.
    SetChap {
        /// The target and portal.
        at: TargetPortal,
        /// What the node proves itself with.
        chap: Chap,
        /// What the target must prove itself with.
        mutual: Option<Chap>,
    },
    /// `session set-record --no-chap`.
    ClearChap {
        /// The target and portal.
        at: TargetPortal,
    },
    /// `session delete-record`.
    DeleteRecord {
        /// The target and portal.
        at: TargetPortal,
    },
    /// `session login`.
    Login {
        /// The target and portal.
        at: TargetPortal,
    },
    /// `session logout`.
    Logout {
        /// The session.
        sid: u32,
    },
    /// `session relogin`.
    Relogin {
        /// The session.
        sid: u32,
    },
    /// `device scan --lun`.
    Scan {
        /// Through which session.
        session: Where,
        /// The LUN number.
        lun: LunNumber,
    },
    /// `device scan --all-luns`.
    ScanAll {
        /// Through which session.
        session: Where,
    },
    /// `device rescan`.
    Rescan {
        /// The devices.
        devices: Vec<Selector>,
    },
    /// `device remove`.
    Remove {
        /// The devices.
        devices: Vec<Selector>,
    },
    /// `device flush`.
    Flush {
        /// The multipath map.
        map: Selector,
    },
    /// `device add-path`.
    AddPath {
        /// The device.
        device: Selector,
    },
    /// `device grow`.
    Grow {
        /// The LUN.
        wwid: Wwid,
        /// What the array says it is now, in bytes.
        size_bytes: Option<u64>,
    },
    /// `device set-state`.
    SetState {
        /// The device.
        device: Selector,
        /// Its new state.
        state: DeviceState,
    },
}

/// What a change asks of the person who wants it (INTERFACE, "Verbs").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// It adds: no question.
    Adds,
    /// It removes what is proven unused: no question if attachments of this state directory made
    /// all of these (`Step::object`), else yes or no.
    Unused(Vec<String>),
    /// Yes or no.
    Asks,
    /// This must be typed.
    Typed(String),
}

/// What a change is about, as people call it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Object {
    /// `session`, `record`, `device` or `map`.
    pub what: &'static str,
    /// The session's number or the device's address; empty while there is none.
    pub id: String,
    /// Target and portal, or the disk.
    pub name: String,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() {
            &self.id
        } else {
            &self.name
        };
        write!(f, "{} {name}", self.what)
    }
}

/// A change that was looked at and not yet made.
pub struct Intent {
    /// What it does: `log in to 10.0.0.1:3260 iqn…`.
    pub title: String,
    /// What it is about.
    pub object: Object,
    /// It is so already; the evidence.
    pub already: Option<String>,
    /// What it asks for.
    pub class: Class,
    /// What is shown before it asks: what would be cut.
    pub shown: Vec<String>,
    /// The same as lines of iscsiadm and echo, secrets left out.
    pub wire: Vec<String>,
    /// The commands that take it back, as far as known before it is made.
    pub inverse: Vec<String>,
    /// The locks to hold (DESIGN §5.8), in their order.
    pub locks: Vec<String>,
    /// The targets whose sessions it touches.
    targets: Vec<Iqn>,
    work: Work,
}

type Work = Box<dyn FnOnce(&Bounds, &Mutate) -> Result<Made, Error> + Send>;

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("title", &self.title)
            .field("already", &self.already)
            .field("class", &self.class)
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Whether this run changed anything.
    pub changed: bool,
    /// What it was about, with its number.
    pub object: Object,
    /// What there is now.
    pub evidence: String,
    /// Something about it that should not be so.
    pub trouble: Option<String>,
    /// The commands that take it back.
    pub inverse: Vec<String>,
}

impl Intent {
    /// A change at one target and portal.
    fn at(title: String, object: Object, at: &[TargetPortal], work: Work) -> Self {
        let mut intent = Self {
            title,
            object,
            already: None,
            class: Class::Adds,
            shown: Vec::new(),
            wire: Vec::new(),
            inverse: Vec::new(),
            locks: Vec::new(),
            targets: at.iter().map(|at| at.iqn.clone()).collect(),
            work,
        };
        intent.lock(at.iter().map(|at| format!("iscsi:{}", at.iqn)));
        intent.lock(at.iter().map(session_object));
        intent
    }

    /// Adds locks, each once and all in the order of attach and detach: who took one twice would
    /// wait for himself.
    fn lock(&mut self, names: impl IntoIterator<Item = String>) {
        self.locks.extend(names);
        self.locks.sort();
        self.locks.dedup();
    }

    /// Nothing is to be done.
    fn already(title: String, object: Object, evidence: String) -> Self {
        let mut intent = Self::at(title, object, &[], Box::new(|_, _| Err(Error::Nothing)));
        intent.already = Some(evidence);
        intent
    }

    /// Makes it. Called under its locks, right after the look that gave it.
    ///
    /// # Errors
    /// When the node refuses, or the change went wrong; [`Error::is_lost`] tells whether it may
    /// have been made all the same.
    pub fn make(self, bounds: &Bounds, mutate: &Mutate) -> Result<Made, Error> {
        (self.work)(bounds, mutate)
    }
}

/// A change of which nobody knows whether it was made, when the answer was lost.
fn of_change(error: node::Error) -> Error {
    match error {
        node::Error::System(
            system::Error::Ended { .. } | system::Error::Stuck { .. } | system::Error::Io { .. },
        ) => Error::Step(step::Error::in_doubt(error)),
        other => other.into(),
    }
}

/// The name of a session across attachments, as the step of attach has it.
fn session_object(at: &TargetPortal) -> String {
    format!("iscsi:{},{}", at.portal, at.iqn)
}

/// The node, to be changed by hand.
#[derive(Debug, Clone)]
pub struct Editor {
    machine: Arc<dyn Machine>,
    alone: Arc<Alone>,
}

impl Editor {
    /// For this machine.
    pub fn new(machine: Arc<dyn Machine>) -> Self {
        let alone = Arc::new(Alone::new(Arc::clone(&machine)));
        Self { machine, alone }
    }

    fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    /// Fails unless this process may change the node.
    ///
    /// # Errors
    /// [`super::Error::NotRoot`].
    pub fn require_root(&self) -> Result<(), Error> {
        Ok(self.alone.require_root()?)
    }

    /// Looks at everything that the change touches; changes nothing.
    ///
    /// # Errors
    /// For what does not exist or is named in more ways than one, when something is in use, and
    /// when the machine cannot be read.
    pub fn look(&self, edit: &Edit, bounds: &Bounds) -> Result<Intent, Error> {
        match edit {
            Edit::AddRecord { at } => self.add_record(at),
            Edit::SetRecord { at, values } => self.set_record(at, values),
            Edit::SetChap { at, chap, mutual } => self.set_chap(at, chap, mutual.as_ref()),
            Edit::ClearChap { at } => self.clear_chap(at),
            Edit::DeleteRecord { at } => self.delete_record(at),
            Edit::Login { at } => self.login(at),
            Edit::Logout { sid } => self.logout(*sid),
            Edit::Relogin { sid } => self.relogin(*sid),
            Edit::Scan { session, lun } => self.scan(session, *lun),
            Edit::ScanAll { session } => self.scan_all(session),
            Edit::Rescan { devices } => self.rescan(devices),
            Edit::Remove { devices } => self.remove(devices, bounds),
            Edit::Flush { map } => self.flush(map, bounds),
            Edit::AddPath { device } => self.add_path(device, bounds),
            Edit::Grow { wwid, size_bytes } => self.grow(wwid, *size_bytes, bounds),
            Edit::SetState { device, state } => self.set_state(device, *state, bounds),
        }
    }

    /// Lets an `iscsiadm` finish that a killed run has left behind. Called under the locks.
    ///
    /// # Errors
    /// When the bounds end.
    pub fn wait_for_others(&self, intent: &Intent, bounds: &Bounds) -> Result<(), Error> {
        let targets: Vec<&Iqn> = intent.targets.iter().collect();
        Ok(running::wait_for_others(self.machine(), &targets, bounds)?)
    }
}
