//! One change of one object of an array, in the words of the model: what the writing verbs of the
//! nouns ask for (INTERFACE, "Verbs").
//!
//! An [`Edit`] displays as the command that asks for it, so that the inverse of a change is an
//! edit too and can be printed, journaled and typed.

mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{BadId, Iqn, LunNumber, Wwpn};
use super::nouns::Protocol;
use super::selector::Selector;
use crate::kit::redact::Secret;

/// An initiator by its own name, which is its id on every array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InitiatorName {
    /// iSCSI.
    Iqn(Iqn),
    /// Fibre Channel.
    Wwpn(Wwpn),
}

impl InitiatorName {
    /// Its protocol.
    pub const fn protocol(&self) -> Protocol {
        match self {
            Self::Iqn(_) => Protocol::Iscsi,
            Self::Wwpn(_) => Protocol::Fc,
        }
    }
}

impl fmt::Display for InitiatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iqn(iqn) => iqn.fmt(f),
            Self::Wwpn(wwpn) => wwpn.fmt(f),
        }
    }
}

impl std::str::FromStr for InitiatorName {
    type Err = BadId;

    /// An IQN, EUI or NAA name, else a WWPN with colons, `0x` or bare.
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.parse::<Wwpn>() {
            Ok(wwpn) => Ok(Self::Wwpn(wwpn)),
            Err(_) => text.parse().map(Self::Iqn),
        }
    }
}

/// Which groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupSort {
    /// Of hosts.
    Hosts,
    /// Of LUNs.
    Luns,
    /// Of ports.
    Ports,
}

impl GroupSort {
    /// The noun of the command line.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Hosts => "hostgroup",
            Self::Luns => "lungroup",
            Self::Ports => "portgroup",
        }
    }

    /// What is in it.
    pub const fn member(self) -> &'static str {
        match self {
            Self::Hosts => "host",
            Self::Luns => "lun",
            Self::Ports => "port",
        }
    }
}

/// Initiators of which protocols a host group holds, where groups hold initiators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupProtocol {
    /// iSCSI.
    Iscsi,
    /// Fibre Channel.
    Fc,
    /// Both.
    Mixed,
}

impl GroupProtocol {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iscsi => "iscsi",
            Self::Fc => "fc",
            Self::Mixed => "mixed",
        }
    }
}

impl From<Protocol> for GroupProtocol {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Iscsi => Self::Iscsi,
            Protocol::Fc => Self::Fc,
        }
    }
}

/// How an array that takes the path policy from the host gives out its paths
/// (oceanstor.md §5, "Host V6").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessMode {
    /// All paths alike.
    Balanced,
    /// Paths of the owning controller first.
    Asymmetric,
}

impl AccessMode {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Asymmetric => "asymmetric",
        }
    }
}

/// How an array that takes the path policy from the initiator treats it
/// (oceanstor.md §5, "Initiator"). What is `None` stays as it is, or was not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathPolicy {
    /// `MULTIPATHTYPE`: 0 the array maker's own multipath, 1 that of others.
    pub multipath_type: Option<u8>,
    /// `FAILOVERMODE`, 0 to 3.
    pub failover_mode: Option<u8>,
    /// `SPECIALMODETYPE`, 0 to 3; only with failover mode 3.
    pub special_mode: Option<u8>,
    /// `PATHTYPE`: 0 preferred, 1 not.
    pub path_type: Option<u8>,
}

/// Whether an array answers commands to a LUN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LunState {
    /// It does.
    Online,
    /// It refuses them.
    Offline,
}

impl LunState {
    /// The verb of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }
}

/// Whom a LUN is mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// One host.
    Host(Selector),
    /// Every host of a group.
    HostGroup(Selector),
    /// Everybody; for unmapping only.
    AllHosts,
}

/// A user and the secret it proves itself with.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The CHAP user.
    pub user: String,
    /// The CHAP secret; `None` in an inverse, because no array tells the one it replaces.
    pub secret: Option<Secret>,
}

/// A change that is wanted. `Selector`s name what exists, plain texts what does not exist yet.
#[derive(Debug, Clone)]
pub enum Edit {
    /// `host create`.
    CreateHost {
        /// Its name; what is too long for the array is shortened, and kept in the description.
        name: String,
        /// The array's number of an operating system; `None` = Linux.
        os: Option<u16>,
        /// Free text; `None` = the name.
        description: Option<String>,
    },
    /// `host set`.
    SetHost {
        /// The host.
        host: Selector,
        /// Its new access mode.
        access: AccessMode,
    },
    /// `host delete`.
    DeleteHost {
        /// The host.
        host: Selector,
    },
    /// `initiator create`.
    CreateInitiator {
        /// Its name.
        initiator: InitiatorName,
        /// The host to bind it to; `None` = free.
        host: Option<Selector>,
    },
    /// `initiator bind`.
    BindInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// The host to bind it to.
        host: Selector,
        /// The host it is to be taken from.
        from: Option<Selector>,
    },
    /// `initiator unbind`.
    UnbindInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// The host it is bound to.
        host: Selector,
    },
    /// `initiator delete`.
    DeleteInitiator {
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `initiator set`.
    SetInitiator {
        /// The initiator.
        initiator: InitiatorName,
        /// What changes.
        paths: PathPolicy,
    },
    /// `initiator set-chap`.
    SetChap {
        /// The initiator.
        initiator: InitiatorName,
        /// What it must prove.
        chap: Credentials,
        /// What the array must prove to it; `None` = that stays as it is.
        mutual: Option<Credentials>,
    },
    /// `initiator clear-chap`.
    ClearChap {
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `hostgroup create`, `lungroup create`, `portgroup create`.
    CreateGroup {
        /// Which groups.
        sort: GroupSort,
        /// Its name.
        name: String,
    },
    /// `hostgroup create` with what only groups of initiators have.
    CreateHostGroup {
        /// Its name.
        name: String,
        /// What it holds; `None` = what its initiators are.
        protocol: Option<GroupProtocol>,
        /// The array's word for the operating system; `None` = Linux.
        os: Option<String>,
        /// Its first members.
        initiators: Vec<InitiatorName>,
    },
    /// `… delete`.
    DeleteGroup {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `hostgroup add-host`, `lungroup add-lun`, `portgroup add-port`.
    AddMember {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
        /// The member.
        member: Selector,
        /// The number that the hosts shall see a LUN by; `None` = the array chooses.
        number: Option<LunNumber>,
    },
    /// `hostgroup remove-host`, `lungroup remove-lun`, `portgroup remove-port`.
    RemoveMember {
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
        /// The member.
        member: Selector,
    },
    /// `hostgroup add-initiator`, where a host group holds initiators.
    AddInitiator {
        /// The host group.
        group: Selector,
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `hostgroup remove-initiator`.
    RemoveInitiator {
        /// The host group.
        group: Selector,
        /// The initiator.
        initiator: InitiatorName,
    },
    /// `mapping create`.
    CreateMapping {
        /// Its name.
        name: String,
    },
    /// `mapping create`, where a mapping is one LUN and one host group.
    CreateLunMap {
        /// The LUN.
        lun: Selector,
        /// The host group.
        group: Selector,
        /// The number; `None` = the array chooses.
        number: Option<LunNumber>,
    },
    /// `mapping delete`.
    DeleteMapping {
        /// The mapping.
        mapping: Selector,
    },
    /// `mapping add-group`.
    AddGroup {
        /// The mapping.
        mapping: Selector,
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `mapping remove-group`.
    RemoveGroup {
        /// The mapping.
        mapping: Selector,
        /// Which groups.
        sort: GroupSort,
        /// The group.
        group: Selector,
    },
    /// `mapping set-number`.
    SetNumber {
        /// The mapping.
        mapping: Selector,
        /// The LUN.
        lun: Selector,
        /// The number that the hosts see from then on.
        number: LunNumber,
    },
    /// `lun map`.
    MapLun {
        /// The LUN.
        lun: Selector,
        /// Who shall see it.
        to: Party,
        /// The number; `None` = the array chooses.
        number: Option<LunNumber>,
        /// By a mapping of this LUN and this host alone, where the array has such.
        direct: bool,
    },
    /// `lun unmap`.
    UnmapLun {
        /// The LUN.
        lun: Selector,
        /// Who shall not see it any more.
        from: Party,
    },
    /// `lun create`.
    CreateLun {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size_bytes: u64,
        /// The pool it lives in.
        pool: Selector,
    },
    /// `lun resize`: only grows.
    ResizeLun {
        /// The LUN.
        lun: Selector,
        /// Its new size in bytes.
        size_bytes: u64,
    },
    /// `lun delete`.
    DeleteLun {
        /// The LUN.
        lun: Selector,
    },
    /// `lun online`, `lun offline`.
    SetLunState {
        /// The LUN.
        lun: Selector,
        /// Its new state.
        state: LunState,
    },
}
