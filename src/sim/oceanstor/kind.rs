//! The kinds of objects: resource names, type codes, and who can be asked for by whom.

use super::codes;

/// A kind of object with a resource of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Lun,
    Snapshot,
    Host,
    Iscsi,
    Fc,
    HostGroup,
    LunGroup,
    PortGroup,
    View,
    EthPort,
    FcPort,
    Lif,
    TargetPort,
    Controller,
    Pool,
    HostLink,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Lun,
        Self::Snapshot,
        Self::Host,
        Self::Iscsi,
        Self::Fc,
        Self::HostGroup,
        Self::LunGroup,
        Self::PortGroup,
        Self::View,
        Self::EthPort,
        Self::FcPort,
        Self::Lif,
        Self::TargetPort,
        Self::Controller,
        Self::Pool,
        Self::HostLink,
    ];

    pub(super) fn resource(self) -> &'static str {
        match self {
            Self::Lun => "lun",
            Self::Snapshot => "snapshot",
            Self::Host => "host",
            Self::Iscsi => "iscsi_initiator",
            Self::Fc => "fc_initiator",
            Self::HostGroup => "hostgroup",
            Self::LunGroup => "lungroup",
            Self::PortGroup => "portgroup",
            Self::View => "mappingview",
            Self::EthPort => "eth_port",
            Self::FcPort => "fc_port",
            Self::Lif => "lif",
            Self::TargetPort => "iscsi_tgt_port",
            Self::Controller => "controller",
            Self::Pool => "storagepool",
            Self::HostLink => "host_link",
        }
    }

    /// The type code (oceanstor.md §5).
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Lun => 11,
            Self::Snapshot => 27,
            Self::Host => 21,
            Self::Iscsi => 222,
            Self::Fc => 223,
            Self::HostGroup => 14,
            Self::LunGroup => 256,
            Self::PortGroup => 257,
            Self::View => 245,
            Self::EthPort => 213,
            Self::FcPort => 212,
            Self::Lif => 279,
            Self::TargetPort => 249,
            Self::Controller => 207,
            Self::Pool => 216,
            Self::HostLink => 255,
        }
    }

    pub(super) fn by_resource(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.resource() == name)
    }

    pub(super) fn by_code(code: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// The code that says that there is no such object.
    pub(super) fn missing(self) -> i64 {
        match self {
            Self::Lun => codes::NO_LUN,
            Self::Snapshot => codes::NO_SNAPSHOT,
            Self::Host => codes::NO_HOST,
            Self::HostGroup => codes::NO_HOSTGROUP,
            Self::LunGroup => codes::NO_LUNGROUP,
            Self::PortGroup => codes::NO_PORTGROUP,
            Self::View => codes::NO_VIEW,
            _ => codes::NO_OBJECT,
        }
    }

    /// Fields `filter=` is known to work on (oceanstor.md §3).
    pub(super) fn filterable(self) -> &'static [&'static str] {
        match self {
            Self::Lun => &["NAME", "ID", "WWN", "DESCRIPTION", "PARENTNAME"],
            Self::Snapshot => &["NAME", "ID", "SOURCELUNID"],
            Self::Host => &["NAME", "ID"],
            Self::Iscsi | Self::Fc => &["ID"],
            Self::HostGroup | Self::LunGroup | Self::PortGroup | Self::View | Self::Pool => {
                &["NAME"]
            }
            Self::Lif => &["ID", "NAME", "IPV4ADDR", "HOMEPORTID", "SUPPORTPROTOCOL"],
            _ => &[],
        }
    }

    /// Attributes a plain list may be asked by (oceanstor.md §3).
    pub(super) fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Iscsi | Self::Fc => &["TYPE", "PARENTTYPE", "PARENTID", "ISFREE"],
            Self::HostLink => &["TYPE", "INITIATOR_TYPE", "INITIATOR_PORT_WWN", "PARENTID"],
            _ => &["TYPE"],
        }
    }
}
