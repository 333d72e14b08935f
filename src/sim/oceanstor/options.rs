//! How this practice array behaves where real ones differ.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The product line, which decides fields, limits and codes (oceanstor.md §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generation {
    /// V3 / V5: `V300R006C50`.
    V3,
    /// Dorado V6 and OceanStor 6.x: `V600R005C03`.
    V6,
}

impl Generation {
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::V3 => "V300R006C50",
            Self::V6 => "V600R005C03",
        }
    }

    pub(super) fn name_limit(self) -> usize {
        match self {
            Self::V3 => 31,
            Self::V6 => 255,
        }
    }

    /// The highest host LUN id: 256 numbers on V3 (seed), up to 511 searched by the drivers on V6.
    pub(super) fn last_lun_number(self) -> u32 {
        match self {
            Self::V3 => 255,
            Self::V6 => 511,
        }
    }
}

/// What happens to wide and missing ranges (oceanstor.md §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paging {
    /// A span over 100 is silently cut; without a range the first 100 come.
    Cap100,
    /// A span over 100 is refused with 50331651; without a range the first 100 come.
    Reject,
    /// Any span is honoured; without a range everything comes.
    Full,
}

/// How an empty list looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyList {
    /// There is no `data` key (seed).
    NoData,
    /// `"data": []`.
    Array,
}

/// What `filter=` does on `…/associate`, which is undocumented except for LUNs by host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AssociateFilter {
    /// Honoured like on a plain list.
    Honour,
    /// Ignored: the whole list comes.
    Ignore,
    /// Refused with 50331651 except where it is documented.
    Refuse,
}

/// Whether optional fields are given that could save a client a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hints {
    /// `ISADD2…`, `INITIATORNUM`, a host's `PARENT*`, `EXPOSEDTOINITIATOR`, a view's group ids.
    Given,
    /// None of them.
    Omitted,
}

/// How a freshly assigned host LUN id lags behind the association (oceanstor.md §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lag {
    /// At once readable.
    None,
    /// So many reads show the LUN without `ASSOCIATEMETADATA`.
    NoNumber(u32),
    /// So many reads do not list the LUN.
    NotListed(u32),
}

/// What is said of an FC initiator that is not there (oceanstor.md §4, 50331651).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownWwn {
    /// It does not exist (1077948996).
    NotThere,
    /// Its WWN is a wrong parameter (50331651).
    BadParameter,
}

/// All options; they are saved with the array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Wide and missing ranges.
    pub paging: Paging,
    /// Resources (lower case, as `iscsi_initiator`) on which any range is refused with 50331651.
    pub range_rejected: BTreeSet<String>,
    /// The look of an empty list.
    pub empty_list: EmptyList,
    /// `filter=` on `…/associate`.
    pub associate_filter: AssociateFilter,
    /// Optional fields.
    pub hints: Hints,
    /// An FC initiator that is not there, by its id.
    pub unknown_wwn: UnknownWwn,
    /// The first host LUN id given.
    pub first_lun_number: u32,
    /// The lag of host LUN ids.
    pub lag: Lag,
    /// Sessions the array allows at once.
    pub max_sessions: usize,
    /// Wrong passwords after which an account is locked.
    pub lock_after: u32,
    /// The client's address is locked: every login is refused.
    pub ip_locked: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paging: Paging::Cap100,
            range_rejected: BTreeSet::new(),
            empty_list: EmptyList::NoData,
            associate_filter: AssociateFilter::Honour,
            hints: Hints::Given,
            unknown_wwn: UnknownWwn::NotThere,
            first_lun_number: 1,
            lag: Lag::None,
            max_sessions: 32,
            lock_after: 3,
            ip_locked: false,
        }
    }
}
