//! Which objects are asked for. Whether an interface gives no others is checked on this side.

use super::LunMap;

/// Which LUNs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::array::ontap) enum LunQuery {
    /// The one of this path (or plain name, where there are no volumes).
    Path(String),
    /// Those whose path ends so, in any volume.
    Base(String),
    Uuid(String),
    /// Several by their uuids.
    Uuids(Vec<String>),
    Serial(String),
    /// All, or those of one volume.
    All {
        volume: Option<String>,
    },
}

/// Which maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::array::ontap) enum MapQuery {
    /// Of this LUN, by its uuid.
    Lun(String),
    /// Of LUNs of this igroup, by its name.
    Igroup(String),
    /// Of this LUN in this igroup: uuid and name.
    One {
        lun: String,
        igroup: String,
    },
    /// Of LUNs of this igroup, by its name, other than this one. Read so that the first one found
    /// costs the same however many there are.
    Others {
        lun: Option<String>,
        igroup: String,
    },
    All,
}

impl MapQuery {
    /// The LUN's uuid and the igroup's name, as far as they are asked for.
    pub(in crate::array::ontap) fn ends(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Lun(uuid) => (Some(uuid), None),
            Self::Igroup(name) | Self::Others { igroup: name, .. } => (None, Some(name)),
            Self::One { lun, igroup } => (Some(lun), Some(igroup)),
            Self::All => (None, None),
        }
    }

    /// How many records a page needs when one record may be enough; `None` = whole pages.
    pub(in crate::array::ontap) fn few(&self) -> Option<u32> {
        // One of them may be the LUN's own.
        matches!(self, Self::Others { .. }).then_some(2)
    }

    /// Whether a map is what was asked for: a filter may be ignored.
    pub(in crate::array::ontap) fn fits(&self, map: &LunMap) -> bool {
        let (lun, igroup) = self.ends();
        let other = match self {
            Self::Others { lun: Some(own), .. } => !map.uuid.eq_ignore_ascii_case(own),
            _ => true,
        };
        other
            && lun.is_none_or(|uuid| map.uuid.eq_ignore_ascii_case(uuid))
            && igroup.is_none_or(|name| map.igroup == *name)
    }
}

/// Which igroups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::array::ontap) enum IgroupQuery {
    /// With this initiator.
    Initiator(String),
    /// With any of these.
    AnyOf(Vec<String>),
    Name(String),
    Uuid(String),
    All,
}
