//! What the array holds: objects and their relations, each kept in both directions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::options::{Generation, Options};
use super::table::{Named, Table};

/// A LUN or a snapshot: what a LUN group holds and a host sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) enum Unit {
    Lun(u64),
    Snapshot(u64),
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lun(id) => write!(f, "lun:{id}"),
            Self::Snapshot(id) => write!(f, "snapshot:{id}"),
        }
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl TryFrom<String> for Unit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let id = |id: &str| id.parse().map_err(|_| format!("`{text}` is no unit"));
        match text.split_once(':') {
            Some(("lun", n)) => id(n).map(Self::Lun),
            Some(("snapshot", n)) => id(n).map(Self::Snapshot),
            _ => Err(format!("`{text}` is no unit")),
        }
    }
}

macro_rules! named {
    ($($row:ty),*) => {$(
        impl Named for $row {
            fn name(&self) -> &str {
                &self.name
            }
            fn set_name(&mut self, name: String) {
                self.name = name;
            }
        }
    )*};
}
named!(Disk, Host, HostGroup, LunGroup, PortGroup, View);

/// A LUN, or a snapshot with its source.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Disk {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) wwn: String,
    pub(super) sectors: u64,
    pub(super) thin: bool,
    pub(super) health: u32,
    pub(super) running: u32,
    pub(super) controller: String,
    /// The snapshot's source LUN.
    pub(super) source: Option<u64>,
    pub(super) backing: Option<String>,
    pub(super) groups: BTreeSet<u64>,
    pub(super) seen_by: BTreeSet<u64>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Host {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) os: String,
    pub(super) ip: String,
    pub(super) location: String,
    pub(super) model: String,
    pub(super) network_name: String,
    pub(super) access_mode: String,
    pub(super) path_optimized: String,
    pub(super) iscsi: BTreeSet<String>,
    pub(super) fc: BTreeSet<String>,
    pub(super) groups: BTreeSet<u64>,
    /// Units mapped directly (V6).
    pub(super) direct: BTreeSet<Unit>,
    /// The host LUN id of every unit this host sees.
    pub(super) numbers: BTreeMap<Unit, u32>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Initiator {
    pub(super) host: Option<u64>,
    pub(super) name: String,
    pub(super) os: String,
    pub(super) use_chap: bool,
    pub(super) chap_name: String,
    pub(super) chap_password: String,
    pub(super) multipath: String,
    pub(super) failover: String,
    pub(super) special: String,
    pub(super) path: String,
    pub(super) online: bool,
    /// FC: the ids of the array's ports that it is zoned with; without, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) zone: Option<BTreeSet<String>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct HostGroup {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) members: BTreeSet<u64>,
    pub(super) views: BTreeSet<u64>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct LunGroup {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) app_type: String,
    pub(super) group_type: String,
    pub(super) members: BTreeSet<Unit>,
    pub(super) views: BTreeSet<u64>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct PortGroup {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) members: BTreeSet<Port>,
    pub(super) views: BTreeSet<u64>,
}

/// A port by type and id, as port groups hold it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Port {
    pub(super) kind: u32,
    pub(super) id: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct View {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) hostgroup: Option<u64>,
    pub(super) lungroup: Option<u64>,
    pub(super) portgroup: Option<u64>,
}

/// An Ethernet port with its service address; on V6 the address sits on a logical port.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EthPort {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) location: String,
    pub(super) up: bool,
    pub(super) address: String,
    pub(super) tcp_port: u16,
    pub(super) tpgt: u16,
    /// The target's IQN; empty on a port without an iSCSI target.
    pub(super) iqn: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FcPort {
    pub(super) id: String,
    pub(super) wwn: String,
    pub(super) parent: String,
    pub(super) location: String,
    pub(super) up: bool,
    /// It comes to other arrays, and nobody comes to it (`INIORTGT` 2).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) initiates: bool,
}

impl FcPort {
    /// The controller it is on: what stands before the dot (oceanstor.md §7 "Ports").
    pub(super) fn controller(&self) -> &str {
        self.parent.split('.').next().unwrap_or_default()
    }
}

/// Why an account is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lock {
    /// Not locked.
    Open,
    /// Too many wrong passwords, or by an administrator.
    Locked,
    /// Idle for too long.
    Idle,
}

/// An account of the array.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// Login name.
    pub name: String,
    /// Password, in clear: this array protects nothing.
    pub password: String,
    /// `0` local, `1` LDAP.
    pub scope: u32,
    /// `accountstate` of the login answer: 1 normal, 3 expired, 4 initial (oceanstor.md §2).
    pub state: u32,
    /// Locked, and why.
    pub lock: Lock,
    /// May change objects.
    pub may_change: bool,
    /// May log in over REST.
    pub may_use_rest: bool,
    /// Wrong passwords in a row.
    #[serde(default)]
    pub wrong: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) generation: Generation,
    pub(super) serial: String,
    pub(super) name: String,
    pub(super) wwn: String,
    pub(super) options: Options,
    pub(super) users: Vec<User>,
    pub(super) luns: Table<Disk>,
    pub(super) snapshots: Table<Disk>,
    pub(super) hosts: Table<Host>,
    pub(super) iscsi: BTreeMap<String, Initiator>,
    pub(super) fc: BTreeMap<String, Initiator>,
    pub(super) hostgroups: Table<HostGroup>,
    pub(super) lungroups: Table<LunGroup>,
    pub(super) portgroups: Table<PortGroup>,
    pub(super) views: Table<View>,
    pub(super) eth_ports: Vec<EthPort>,
    pub(super) fc_ports: Vec<FcPort>,
    /// Units that became visible to a host since somebody looked, for the lag of their numbers.
    #[serde(skip)]
    pub(super) fresh: Vec<(u64, Unit)>,
}

impl State {
    pub(super) fn reindex(&mut self) {
        self.luns.reindex();
        self.snapshots.reindex();
        self.hosts.reindex();
        self.hostgroups.reindex();
        self.lungroups.reindex();
        self.portgroups.reindex();
        self.views.reindex();
    }

    pub(super) fn v6(&self) -> bool {
        self.generation == Generation::V6
    }

    /// The array's ports at which an FC initiator is there now.
    pub(super) fn ways<'a>(&'a self, initiator: &'a Initiator) -> impl Iterator<Item = &'a FcPort> {
        let zoned = |port: &FcPort| initiator.zone.as_ref().is_none_or(|z| z.contains(&port.id));
        let open = self.fc_ports.iter().filter(|p| p.up && !p.initiates);
        open.filter(move |port| initiator.online && zoned(port))
    }

    pub(super) fn disk(&self, unit: Unit) -> Option<&Disk> {
        match unit {
            Unit::Lun(id) => self.luns.get(id),
            Unit::Snapshot(id) => self.snapshots.get(id),
        }
    }

    pub(super) fn disk_mut(&mut self, unit: Unit) -> Option<&mut Disk> {
        match unit {
            Unit::Lun(id) => self.luns.get_mut(id),
            Unit::Snapshot(id) => self.snapshots.get_mut(id),
        }
    }
}
