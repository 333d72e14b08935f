//! The LIO mirror: what a practice array exposes becomes visible on a real iSCSI target of this
//! machine, with each LUN's own wwid, number and initiators.
//!
//! It writes the kernel's configfs (linux-host.md §9.1, lab.md §3) and needs root. A target's
//! socket belongs to the network namespace of the process that makes its portal, so whoever wants
//! the portals in another namespace runs the whole practice array there.
//!
//! Everything it makes carries a mark with the array's serial number, in the backstore's name and
//! in the target's alias. What has no such mark is never changed; a target of the same name
//! without it is an error. What an earlier run of the same array left is taken over or removed by
//! the first call, whatever state it was left in.

mod found;
mod tree;
mod wanted;
mod write;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::exposure::{Exposing, Exposure, Mirror, TargetPortal};
use super::server::{Device, Reply, Request};
use found::Found;
use tree::{Configfs, Tree};
use wanted::Wanted;

/// Where the kernel shows its targets.
pub const ROOT: &str = "/sys/kernel/config/target";

/// A mirror on LIO. Clones are handles of one mirror: one goes into the array, one stays with
/// whoever has to clean up at the end.
#[derive(Clone)]
pub struct Lio {
    serial: String,
    ports: Arc<[TargetPortal]>,
    tree: Arc<Mutex<dyn Tree>>,
}

impl fmt::Debug for Lio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lio")
            .field("serial", &self.serial)
            .field("ports", &self.ports)
            .finish_non_exhaustive()
    }
}

impl Lio {
    /// A mirror under `root` ([`ROOT`], except in tests) for the array with this serial number.
    /// Each port that is up becomes a target of its IQN; several addresses of one IQN share it.
    /// Nothing is changed yet.
    ///
    /// # Errors
    /// There is no target core, or two ports contradict each other.
    pub fn new(root: &Path, serial: &str, ports: &[TargetPortal]) -> Result<Self, String> {
        Self::on(Configfs::open(root)?, serial, ports)
    }

    fn on(tree: impl Tree + 'static, serial: &str, ports: &[TargetPortal]) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
        if serial.is_empty() || !serial.chars().all(plain) {
            return Err(format!(
                "the serial number {serial:?} cannot mark what is made in LIO"
            ));
        }
        let ports: Arc<[TargetPortal]> = ports.iter().filter(|p| p.up).cloned().collect();
        Wanted::new(&ports, &[])?;
        Ok(Self {
            serial: serial.to_owned(),
            ports,
            tree: Arc::new(Mutex::new(tree)),
        })
    }

    /// Brings the kernel to exactly these exposures. A failed call may have done a part; the next
    /// one starts from what is there.
    ///
    /// # Errors
    /// What cannot be exposed, or what the kernel refuses.
    pub fn apply(&self, exposures: &[Exposure]) -> Result<(), String> {
        let wanted = Wanted::new(&self.ports, exposures)?;
        self.bring_to(&wanted)
    }

    /// Removes everything that carries this array's mark. Sessions on its targets break.
    ///
    /// # Errors
    /// What the kernel refuses.
    pub fn clean(&self) -> Result<(), String> {
        self.bring_to(&Wanted::default())
    }

    fn bring_to(&self, wanted: &Wanted) -> Result<(), String> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        let found = Found::read(&*tree, &self.serial)?;
        let names = self.ports.iter().map(|port| port.iqn.clone()).collect();
        write::bring(&*tree, &self.serial, &names, &found, wanted)
    }

    /// The initiators that have a session with one of the targets now, and at which portals.
    ///
    /// # Errors
    /// The kernel's state cannot be read.
    pub fn logged_in(&self) -> Result<BTreeMap<String, BTreeSet<SocketAddr>>, String> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Found::read(&*tree, &self.serial)?.logged_in())
    }
}

impl Mirror for Lio {
    fn expose(&mut self, exposures: &[Exposure]) -> Result<(), String> {
        self.apply(exposures)
    }
}

/// The practice array as clients reach it while it has a mirror: before each request it learns
/// from the kernel which initiators are logged in, so that what it says about them is true.
pub struct Mirrored {
    array: Arc<dyn Exposing>,
    lio: Lio,
    online: Mutex<BTreeMap<String, BTreeSet<SocketAddr>>>,
}

impl fmt::Debug for Mirrored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mirrored")
            .field("lio", &self.lio)
            .finish_non_exhaustive()
    }
}

impl Mirrored {
    /// Gives the array its mirror and tells it the present exposures. Initiators that the array
    /// remembers as logged in from an earlier life are looked at anew.
    ///
    /// # Errors
    /// What the mirror says.
    pub fn new(array: Arc<dyn Exposing>, lio: Lio) -> Result<Self, String> {
        array.set_mirror(Box::new(lio.clone()))?;
        let known = array.exposures().into_iter().map(|e| e.initiator);
        let online = known.map(|name| (name, BTreeSet::new())).collect();
        let this = Self {
            array,
            lio,
            online: Mutex::new(online),
        };
        this.look()?;
        Ok(this)
    }

    fn look(&self) -> Result<(), String> {
        let now = self.lio.logged_in()?;
        let mut online = self.online.lock().unwrap_or_else(PoisonError::into_inner);
        for gone in online.keys().filter(|name| !now.contains_key(*name)) {
            self.array.set_logins(gone, &[]);
        }
        for (name, at) in &now {
            let at: Vec<SocketAddr> = at.iter().copied().collect();
            self.array.set_logins(name, &at);
        }
        *online = now;
        Ok(())
    }
}

impl Device for Mirrored {
    fn handle(&self, request: &Request) -> Reply {
        match self.look() {
            Ok(()) => self.array.handle(request),
            Err(words) => Reply::new(500, "text/plain", format!("{words}\n")),
        }
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn resource(&self, request: &Request) -> String {
        self.array.resource(request)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn refuse(&self, request: &Request, code: &str) -> Reply {
        self.array.refuse(request, code)
    }

    fn garbage(&self, request: &Request) -> Reply {
        self.array.garbage(request)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        self.array.code_of(reply)
    }
}
