//! What the array holds. Both wires read and change this one state (ontap.md §9).
//!
//! Objects are keyed by numbers that never leave the array: they give lists their order, and names
//! may change (a MetroCluster switchover renames an SVM).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::accounts::Account;
use super::chap::Credential;
use super::options::Options;
use super::version::Version;

/// A node; nodes stand in HA pairs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) serial: String,
    pub(super) model: String,
    pub(super) healthy: bool,
    /// The name of its HA partner.
    pub(super) partner: String,
}

/// Whether an SVM serves data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SvmState {
    /// It serves data.
    Running,
    /// An administrator stopped it.
    Stopped,
}

/// What an SVM is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subtype {
    /// It serves its own data.
    Default,
    /// It is the copy of another one; its LUNs cannot be mapped (errno 14719).
    DpDestination,
}

/// A service of block data with the name initiators see.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Service {
    pub(super) enabled: bool,
    /// The target's IQN, or the WWNN.
    pub(super) target: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Svm {
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) state: SvmState,
    pub(super) subtype: Subtype,
    pub(super) iscsi: Option<Service>,
    pub(super) fcp: Option<Service>,
}

impl Svm {
    pub(super) fn protocols(&self) -> Vec<&'static str> {
        let all = [("iscsi", self.iscsi.is_some()), ("fcp", self.fcp.is_some())];
        all.into_iter()
            .filter_map(|(name, there)| there.then_some(name))
            .collect()
    }
}

/// Whether a volume, and with it each of its LUNs, can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeState {
    /// It is there.
    Online,
    /// An administrator took it away, or its disks failed.
    Offline,
    /// Its aggregate is away.
    AggregateOffline,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Volume {
    pub(super) svm: u64,
    pub(super) name: String,
    pub(super) uuid: String,
    /// The node that owns its aggregate, and so its LUNs.
    pub(super) node: String,
    pub(super) state: VolumeState,
    /// A SnapMirror destination.
    pub(super) read_only: bool,
}

/// The state of a LUN of its own, apart from its volume's (ontap.md §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LunState {
    /// It serves data.
    Online,
    /// An administrator took it offline.
    Offline,
    /// Data of the non-volatile memory may be lost.
    Nvfail,
    /// Its volume is full.
    SpaceError,
    /// The LUN of another array behind it fails.
    ForeignLunError,
}

impl LunState {
    /// `space_error`; the older interface writes `foreign-lun-error` with hyphens.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Nvfail => "nvfail",
            Self::SpaceError => "space_error",
            Self::ForeignLunError => "foreign_lun_error",
        }
    }
}

/// The first digits of a LUN's wwid (ontap.md §9.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Prefix {
    /// `600a0980`, of every LUN made under ONTAP 9.
    Cluster,
    /// `60a98000`, of LUNs that came from 7-Mode.
    SevenMode,
}

impl Prefix {
    pub(super) fn digits(self) -> &'static str {
        match self {
            Self::Cluster => "600a0980",
            Self::SevenMode => "60a98000",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Lun {
    pub(super) svm: u64,
    /// `/vol/VOLUME/LUN` or `/vol/VOLUME/QTREE/LUN`.
    pub(super) path: String,
    pub(super) uuid: String,
    /// 12 printable characters.
    pub(super) serial: String,
    pub(super) prefix: Prefix,
    pub(super) bytes: u64,
    pub(super) os: String,
    pub(super) state: LunState,
    pub(super) space_reserved: bool,
    pub(super) space_alloc: bool,
    pub(super) read_only: bool,
    pub(super) comment: String,
    /// The file with its data, if it has one of its own.
    pub(super) backing: Option<String>,
}

impl Lun {
    /// The volume's name, the second part of the path.
    pub(super) fn volume(&self) -> &str {
        self.path.split('/').nth(2).unwrap_or_default()
    }

    pub(super) fn qtree(&self) -> &str {
        let parts: Vec<&str> = self.path.split('/').collect();
        match parts.as_slice() {
            [_, _, _, qtree, _] => qtree,
            _ => "",
        }
    }

    /// The base name.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    pub(super) fn serial_hex(&self) -> String {
        self.serial.bytes().map(|b| format!("{b:02x}")).collect()
    }

    /// 32 hex digits (ontap.md §9.4).
    pub(super) fn wwid(&self) -> String {
        format!("{}{}", self.prefix.digits(), self.serial_hex())
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Igroup {
    pub(super) svm: u64,
    pub(super) name: String,
    pub(super) uuid: String,
    /// `iscsi`, `fcp` or `mixed`.
    pub(super) protocol: String,
    pub(super) os: String,
    /// As they were added: IQNs in lower case, WWPNs with colons.
    pub(super) initiators: Vec<String>,
    pub(super) portset: Option<String>,
    /// It goes with its last map.
    pub(super) delete_on_unmap: bool,
    pub(super) comment: String,
}

impl Igroup {
    pub(super) fn holds(&self, initiator: &str) -> bool {
        self.initiators.iter().any(|i| i == initiator)
    }
}

/// A LUN map: the LUN and the igroup are the keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Map {
    pub(super) number: u32,
    /// Names of nodes; empty means all of them (maps from before 8.3).
    pub(super) reporting: BTreeSet<String>,
}

/// What a LIF carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LifKind {
    Iscsi,
    Fcp,
    /// Management of the SVM or of the cluster: no data.
    Management,
    /// NVMe over FC: shown among FC interfaces, of no use for SCSI.
    NvmeFc,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Lif {
    pub(super) svm: u64,
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) kind: LifKind,
    /// The IP address; empty on FC.
    pub(super) address: String,
    /// The TCP port of iSCSI.
    pub(super) tcp_port: u16,
    /// The WWPN; empty on IP.
    pub(super) wwpn: String,
    pub(super) tag: u16,
    /// What the administrator wants.
    pub(super) enabled: bool,
    /// What is.
    pub(super) up: bool,
    pub(super) home_node: String,
    pub(super) home_port: String,
    pub(super) node: String,
    pub(super) port: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Portset {
    pub(super) svm: u64,
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) protocol: String,
    /// Names of LIFs.
    pub(super) lifs: Vec<String>,
}

/// An initiator that is logged in at a LIF, over either protocol.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) svm: u64,
    pub(super) initiator: String,
    /// The LIF's name.
    pub(super) lif: String,
    pub(super) session: u32,
}

/// Work that the answer did not wait for (ontap.md §5).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) uuid: String,
    pub(super) description: String,
    /// How many more looks find it running.
    pub(super) looks: u32,
    /// The REST code and words of a failure.
    pub(super) failure: Option<(String, String)>,
}

/// The key of a record in a list.
pub(super) type Key = (u64, u64);

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) name: String,
    pub(super) uuid: String,
    pub(super) version: Version,
    pub(super) disaggregated: bool,
    pub(super) options: Options,
    pub(super) accounts: Vec<Account>,
    pub(super) nodes: Vec<Node>,
    pub(super) svms: BTreeMap<u64, Svm>,
    pub(super) volumes: Vec<Volume>,
    pub(super) luns: BTreeMap<u64, Lun>,
    pub(super) igroups: BTreeMap<u64, Igroup>,
    /// By LUN, then by igroup.
    pub(super) maps: BTreeMap<u64, BTreeMap<u64, Map>>,
    pub(super) lifs: Vec<Lif>,
    pub(super) portsets: Vec<Portset>,
    /// By SVM, then by initiator.
    pub(super) credentials: BTreeMap<u64, BTreeMap<String, Credential>>,
    pub(super) logins: BTreeSet<Login>,
    pub(super) jobs: Vec<Job>,
    /// The last number given to an object.
    pub(super) last: u64,
    /// Something was changed since it was saved.
    #[serde(skip)]
    pub(super) dirty: bool,
}
