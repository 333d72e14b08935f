//! What a practice array exposes at a moment, and who wants to be told before an answer goes out.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::server::Device;

/// One LUN (or snapshot) an iSCSI initiator may log in to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The initiator's name.
    pub initiator: String,
    /// The LUN's name on the array.
    pub name: String,
    /// The LUN's wwid, 32 hex digits without a prefix.
    pub wwid: String,
    /// The size in bytes.
    pub bytes: u64,
    /// The number the initiator sees it under.
    pub number: u32,
    /// The file that holds the data, if the array was told of one.
    pub backing: Option<PathBuf>,
    /// The initiator's CHAP account, if it has to use one.
    pub chap: Option<Chap>,
    /// The portals it is limited to, by a port group or by reporting nodes; `None` means all.
    pub portals: Option<Vec<SocketAddr>>,
}

/// A CHAP account; its password does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Chap {
    /// The user.
    pub name: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Chap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chap")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What a target asks of an initiator that logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Nothing.
    Open,
    /// This account.
    Chap(Chap),
    /// It may not log in at all.
    Denied,
}

/// A portal of one of the array's iSCSI targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPortal {
    /// The target's IQN.
    pub iqn: String,
    /// Address and TCP port.
    pub addr: SocketAddr,
    /// The target portal group tag.
    pub tpgt: u16,
    /// Something answers there.
    pub up: bool,
}

/// Somebody who keeps the exposed set elsewhere, as a real data path.
pub trait Mirror: Send {
    /// Called with the full set after each change of it, before the answer is sent, and with the
    /// array's lock held: it must not call the array. After a failure it is called again with the
    /// next change, whatever that is.
    ///
    /// # Errors
    /// Words that the client gets with HTTP status 500.
    fn expose(&mut self, exposures: &[Exposure]) -> Result<(), String>;
}

/// A practice array of which others can ask what it shows to whom.
pub trait Exposing: Device {
    /// What marks this array's objects elsewhere: letters, digits and dots, unlike another array's.
    fn mark(&self) -> String;

    /// Everything iSCSI initiators may see now, ordered by initiator and number.
    fn exposures(&self) -> Vec<Exposure>;

    /// The portals of the iSCSI targets.
    fn portals(&self) -> Vec<TargetPortal>;

    /// Where LUNs have their data, as `WWID.img`, unless told otherwise one by one. No file is
    /// made.
    fn set_backing_dir(&self, dir: &Path);

    /// Sets the mirror and tells it the present exposures.
    ///
    /// # Errors
    /// What the mirror says.
    fn set_mirror(&self, mirror: Box<dyn Mirror>) -> Result<(), String>;

    /// What the target of this IQN asks of an initiator.
    fn admission(&self, initiator: &str, iqn: &str) -> Admission;

    /// The initiator has a session at each of these portals, and nowhere else.
    fn set_logins(&self, initiator: &str, at: &[SocketAddr]);
}

/// A mirror and what it was last told.
#[derive(Default)]
pub(super) struct Told {
    mirror: Option<Box<dyn Mirror>>,
    /// The set the mirror last took over; `None` after a failure, so that it is told again.
    last: Option<Vec<Exposure>>,
}

impl Told {
    pub(super) fn set(&mut self, mirror: Box<dyn Mirror>) {
        self.mirror = Some(mirror);
        self.last = None;
    }

    /// Exchanges the mirror without telling the new one anything.
    #[cfg(test)]
    pub(super) fn exchange(&mut self, mirror: Box<dyn Mirror>) {
        self.mirror = Some(mirror);
    }

    pub(super) fn is_set(&self) -> bool {
        self.mirror.is_some()
    }

    /// Tells the mirror what it does not know yet.
    pub(super) fn tell(&mut self, now: Vec<Exposure>) -> Result<(), String> {
        let Some(mirror) = &mut self.mirror else {
            return Ok(());
        };
        if self.last.as_ref() == Some(&now) {
            return Ok(());
        }
        self.last = None;
        mirror.expose(&now)?;
        self.last = Some(now);
        Ok(())
    }
}
