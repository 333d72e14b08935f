//! The array's objects as every array has them. Ids are strings, as the arrays give them.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::edit::{AccessMode, PathPolicy};
use super::ids::{Iqn, LunNumber, Wwid};
use super::portal::Portal;

/// Which array this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrayIdentity {
    /// The section of the configuration.
    pub name: String,
    /// `oceanstor`, `ontap`, `sim`…
    pub kind: String,
    /// The maker.
    pub vendor: String,
    /// The model as the array words it, or its code.
    pub model: Option<String>,
    /// The software version.
    pub version: Option<String>,
    /// The serial number: what journals and locks are bound to.
    pub serial: String,
    /// Which flavour of its interface is spoken, for example `v3` or `v6`.
    pub api: Option<String>,
    /// The array's own word on its health.
    pub health: Option<String>,
}

/// The state of an object in one word for people and scripts, the array's own words beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Whether it can be used now.
    pub usable: bool,
    /// The array's words, for example `normal/online`.
    pub words: String,
}

/// A logical unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lun {
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its identity, if the array gives one that a node can see.
    pub wwid: Option<Wwid>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Whether it is a snapshot that can be attached like a LUN.
    pub snapshot: bool,
    /// State.
    pub state: State,
    /// The pool it lives in.
    pub pool: Option<String>,
    /// Whether any initiator can see it now, if the array tells.
    pub mapped: Option<bool>,
}

/// A host: the array's name for a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Free text; the full node name when the name had to be shortened.
    pub description: Option<String>,
    /// Operating system, in the array's words.
    pub os: Option<String>,
    /// Operating system, as the array's number.
    pub os_code: Option<u16>,
    /// How it is given its paths, on arrays that decide this by the host.
    pub access_mode: Option<AccessMode>,
    /// Number of initiators, if the array tells.
    pub initiators: Option<u32>,
    /// A host group it is in, if the array tells.
    pub hostgroup: Option<String>,
    /// State.
    pub state: State,
}

/// What an initiator is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostRef {
    /// Id of the host.
    pub id: String,
    /// Name of the host, if told.
    pub name: Option<String>,
}

/// The protocol a LUN is reached by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// iSCSI.
    Iscsi,
    /// Fibre Channel.
    Fc,
}

impl Protocol {
    /// The word in commands and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iscsi => "iscsi",
            Self::Fc => "fc",
        }
    }
}

/// An initiator as the array knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiator {
    /// IQN or WWPN.
    pub id: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// The host it is bound to; `None` = free.
    pub host: Option<HostRef>,
    /// Whether it is logged in now.
    pub online: bool,
    /// Whether the array asks it for CHAP.
    pub chap: Option<bool>,
    /// The CHAP user it has to be.
    pub chap_user: Option<String>,
    /// How the array treats its paths, on arrays that decide this by the initiator.
    pub path_policy: PathPolicy,
    /// State.
    pub state: State,
}

/// A way from an initiator of a host to a port of the array, as the array sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPath {
    /// IQN or WWPN of the initiator.
    pub initiator: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// IQN or WWPN of the array's port.
    pub target: Option<String>,
    /// Its address, for iSCSI, if its name tells it.
    pub address: Option<IpAddr>,
    /// The array's id of its port.
    pub port: Option<String>,
    /// The controller that the port belongs to.
    pub controller: Option<String>,
    /// State.
    pub state: State,
}

/// A host group, LUN group or port group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// Whether it is part of a mapping, if the array tells.
    pub mapped: Option<bool>,
}

/// A member of a group: just enough to name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// `host`, `lun`, `snapshot`, `port`.
    pub what: String,
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A group with what is in it and which mappings hold it: what `show` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDetail {
    /// The group.
    #[serde(flatten)]
    pub group: Group,
    /// Its members.
    pub members: Vec<Member>,
    /// The mappings it is part of.
    pub mappings: Vec<Member>,
}

/// A mapping: which hosts see which LUNs through which ports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `view`, `direct` or `lun map`.
    pub kind: String,
    /// The host group, or the host of a direct mapping.
    pub hostgroup: Option<Member>,
    /// The LUN group, or the LUN of a direct mapping.
    pub lungroup: Option<Member>,
    /// The port group; `None` = all ports.
    pub portgroup: Option<Member>,
    /// The number of the LUN of a lun map.
    pub lun_number: Option<LunNumber>,
    /// The nodes of the array that show the LUN of a lun map; none of them = every node.
    pub reporting_nodes: Option<Vec<String>>,
}

/// A LUN as one host sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostLun {
    /// The LUN's id.
    pub id: String,
    /// The LUN's name.
    pub name: String,
    /// The LUN's identity.
    pub wwid: Option<Wwid>,
    /// The number the host sees, if the array tells it already.
    pub lun_number: Option<LunNumber>,
    /// Whether it is a snapshot.
    pub snapshot: bool,
}

/// One mapping of one LUN: what `lun mappings` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LunMapping {
    /// The mapping.
    pub mapping: Option<Member>,
    /// The LUN group through which it is mapped.
    pub lungroup: Option<Member>,
    /// The host group.
    pub hostgroup: Option<Member>,
    /// The host that sees it; one row per host.
    pub host: Option<Member>,
    /// The number that host sees.
    pub lun_number: Option<LunNumber>,
}

/// A front-end port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetPort {
    /// The array's id.
    pub id: String,
    /// Where it is, in the array's words.
    pub location: Option<String>,
    /// Its protocol.
    pub protocol: Protocol,
    /// Target name, for iSCSI.
    pub iqn: Option<Iqn>,
    /// Address, for iSCSI.
    pub portal: Option<Portal>,
    /// Target portal group tag, for iSCSI.
    pub tpgt: Option<u16>,
    /// Port name, for Fibre Channel.
    pub wwpn: Option<String>,
    /// State.
    pub state: State,
    /// Why it cannot be used now.
    pub why_not: Option<String>,
}
