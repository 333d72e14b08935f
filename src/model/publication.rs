//! What an array is asked to publish: one LUN to one connector.

use super::connector::Connector;
use super::ids::{Iqn, LunNumber, Wwid, Wwpn};
use super::nouns::Protocol;
use super::selector::Selector;

/// The request for one LUN to become visible to one node.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The LUN, as the user named it.
    pub lun: Selector,
    /// The node.
    pub connector: Connector,
    /// How it will be reached.
    pub protocol: Protocol,
    /// Whether the LUN may be mapped to other hosts as well.
    pub shared: bool,
    /// The existing host group to map to, whoever else is in it; `None` = the node's own.
    pub hostgroup: Option<Selector>,
    /// What the node's kernel knows already. A number that one of these holds for another wwid
    /// must not be assigned: the old device would answer in the new LUN's place.
    pub avoid: Vec<KernelLun>,
    /// The number that the host must see the LUN under; `None` = the array chooses.
    pub lun_number: Option<LunNumber>,
}

/// A LUN number that the node's kernel knows under some target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KernelLun {
    /// The target.
    pub target: KernelTarget,
    /// The number.
    pub lun_number: LunNumber,
    /// The identity the device had when the kernel last asked it.
    pub wwid: Option<Wwid>,
    /// The disk, such as `sdk`.
    pub disk: Option<String>,
}

/// What a node's kernel reaches LUNs through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KernelTarget {
    /// A target over iSCSI: its numbers are the same at all its portals.
    Iqn(Iqn),
    /// An array's port over Fibre Channel.
    Port(Wwpn),
}

impl KernelTarget {
    /// Whether it is this target.
    pub fn is_iqn(&self, iqn: &Iqn) -> bool {
        matches!(self, Self::Iqn(own) if own == iqn)
    }

    /// Whether it is this port.
    pub fn is_port(&self, wwpn: &Wwpn) -> bool {
        matches!(self, Self::Port(own) if own == wwpn)
    }
}
