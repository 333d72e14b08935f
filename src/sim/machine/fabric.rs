//! What lies on the other side of the wire: portals that answer, and LUNs behind them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::model::ids::Wwid;
use crate::model::portal::Portal;
use crate::model::way::PortPair;

/// How a portal answers a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It accepts.
    Up,
    /// The address is alive, the port is closed.
    Refused,
    /// Nothing comes back.
    Silent,
}

/// A target at a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FabricPortal {
    /// Where it listens.
    pub portal: Portal,
    /// The target's name.
    pub iqn: String,
    /// Its target portal group tag.
    pub tpgt: u16,
    /// How it answers now.
    pub state: Answer,
}

/// A LUN as one initiator sees it behind one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FabricLun {
    /// The number in the target's LUN list, as the kernel counts it.
    pub number: u64,
    /// Its identity.
    pub wwid: Wwid,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// The regular file that holds its data.
    pub backing: PathBuf,
}

/// What a practice machine can reach. Answers may change between two calls.
pub trait Fabric: Send + Sync {
    /// All targets at all portals.
    fn portals(&self) -> Vec<FabricPortal>;

    /// What `initiator` sees behind `iqn` through one of its portals, by number: the portals of a
    /// target need not show the same.
    fn luns(&self, initiator: &str, iqn: &str, portal: Portal) -> Vec<FabricLun>;

    /// The pairs of Fibre Channel ports that see one another: an initiator's and a target's.
    fn zones(&self) -> Vec<PortPair> {
        Vec::new()
    }

    /// What the initiator of a pair sees behind its target, by number.
    fn luns_between(&self, pair: &PortPair) -> Vec<FabricLun> {
        let _ = pair;
        Vec::new()
    }

    /// The user and the password that the target asks an initiator for.
    fn chap(&self, initiator: &str, iqn: &str) -> Option<(String, String)> {
        let _ = (initiator, iqn);
        None
    }

    /// Whether the target lets this initiator log in at all.
    fn admits(&self, initiator: &str, iqn: &str) -> bool {
        let _ = (initiator, iqn);
        true
    }

    /// Told when a session begins or ends, and again of each session when a saved machine wakes up.
    fn set_logged_in(&self, initiator: &str, iqn: &str, portal: Portal, logged_in: bool);
}

/// A fabric held in memory, for tests: every initiator sees the same LUNs behind every target.
#[derive(Default)]
pub struct MemoryFabric {
    inner: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    portals: Vec<FabricPortal>,
    zones: Vec<PortPair>,
    luns: Vec<FabricLun>,
    logins: Vec<(String, String, Portal)>,
    chap: Option<(String, String)>,
}

impl fmt::Debug for MemoryFabric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.lock();
        write!(
            f,
            "MemoryFabric({} portals, {} LUNs)",
            inner.portals.len(),
            inner.luns.len()
        )
    }
}

impl MemoryFabric {
    /// A fabric of one target with these portals, all up, numbered as portal group 1, no LUN.
    pub fn with_target(iqn: &str, portals: &[Portal]) -> Self {
        let fabric = Self::default();
        for portal in portals {
            fabric.add_portal(FabricPortal {
                portal: *portal,
                iqn: iqn.to_owned(),
                tpgt: 1,
                state: Answer::Up,
            });
        }
        fabric
    }

    /// Adds a target at a portal.
    pub fn add_portal(&self, portal: FabricPortal) {
        self.lock().portals.push(portal);
    }

    /// Lets two Fibre Channel ports see one another.
    pub fn add_zone(&self, pair: PortPair) {
        self.lock().zones.push(pair);
    }

    /// Takes two ports out of one another's sight.
    pub fn remove_zone(&self, pair: &PortPair) {
        self.lock().zones.retain(|zone| zone != pair);
    }

    /// Takes a target away from every portal.
    pub fn remove_target(&self, iqn: &str) {
        self.lock().portals.retain(|p| p.iqn != iqn);
    }

    /// Changes how a portal answers.
    pub fn set_answer(&self, portal: Portal, state: Answer) {
        for known in &mut self.lock().portals {
            if known.portal == portal {
                known.state = state;
            }
        }
    }

    /// Maps a LUN; whatever had its number before is gone.
    pub fn map(&self, lun: FabricLun) {
        let mut inner = self.lock();
        inner.luns.retain(|l| l.number != lun.number);
        inner.luns.push(lun);
        inner.luns.sort_by_key(|l| l.number);
    }

    /// Maps a LUN of `size_bytes` whose backing file is `/practice/WWID.img`, which need not exist.
    pub fn map_new(&self, number: u64, wwid: &Wwid, size_bytes: u64) {
        self.map(FabricLun {
            number,
            wwid: wwid.clone(),
            size_bytes,
            backing: PathBuf::from(format!("/practice/{wwid}.img")),
        });
    }

    /// Takes a number out of the LUN list.
    pub fn unmap(&self, number: u64) {
        self.lock().luns.retain(|l| l.number != number);
    }

    /// Asks every initiator for this user and password from now on; `None` asks for nothing.
    pub fn set_chap(&self, account: Option<(&str, &str)>) {
        let own = |(user, password): (&str, &str)| (user.to_owned(), password.to_owned());
        self.lock().chap = account.map(own);
    }

    /// The sessions the target knows: initiator, target, portal.
    pub fn logins(&self) -> Vec<(String, String, Portal)> {
        self.lock().logins.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.inner.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl Fabric for MemoryFabric {
    fn portals(&self) -> Vec<FabricPortal> {
        self.lock().portals.clone()
    }

    fn luns(&self, _initiator: &str, iqn: &str, _portal: Portal) -> Vec<FabricLun> {
        let inner = self.lock();
        if inner.portals.iter().any(|p| p.iqn == iqn) {
            inner.luns.clone()
        } else {
            Vec::new()
        }
    }

    fn zones(&self) -> Vec<PortPair> {
        self.lock().zones.clone()
    }

    fn luns_between(&self, pair: &PortPair) -> Vec<FabricLun> {
        let inner = self.lock();
        match inner.zones.contains(pair) {
            true => inner.luns.clone(),
            false => Vec::new(),
        }
    }

    fn chap(&self, _initiator: &str, _iqn: &str) -> Option<(String, String)> {
        self.lock().chap.clone()
    }

    fn set_logged_in(&self, initiator: &str, iqn: &str, portal: Portal, logged_in: bool) {
        let mut inner = self.lock();
        let login = (initiator.to_owned(), iqn.to_owned(), portal);
        inner.logins.retain(|known| *known != login);
        if logged_in {
            inner.logins.push(login);
        }
    }
}
