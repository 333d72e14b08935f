//! What is known of this publication: filled by the survey, kept up to date by the steps.

use super::super::wire::{Credential, Igroup, Lif, Login, LunMap, LunRef, Portset, Service};
use crate::model::facts::LunFact;
use crate::model::ids::LunNumber;
use crate::step::Aim;

/// The LUN.
#[derive(Debug, Clone)]
pub(super) struct Lun {
    pub(super) fact: LunFact,
    pub(super) at: LunRef,
    /// The node that owns it.
    pub(super) node: Option<String>,
    pub(super) read_only: bool,
}

/// Everything known of one publication.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) aim: Option<Aim>,
    pub(super) lun: Option<Lun>,
    /// The igroups with an initiator of the node.
    pub(super) igroups: Vec<Igroup>,
    /// The igroup that is used; `None` = it has to be made.
    pub(super) chosen: Option<Igroup>,
    /// The name of the igroup as the journal knows it, for when it is not seen any more.
    pub(super) planned: Option<String>,
    /// The map of the LUN to the igroup.
    pub(super) map: Option<LunMap>,
    pub(super) service: Option<Service>,
    pub(super) lifs: Vec<Lif>,
    /// Where the node's ports are seen on the fabric; `None` = the interface does not tell.
    pub(super) logins: Option<Vec<Login>>,
    /// The port set of the igroup.
    pub(super) portset: Option<Portset>,
    /// The CHAP entry of the initiator, if it was asked for.
    pub(super) credential: Option<Credential>,
    /// Whether the initiator is logged in; asked for only where it would get its first entry.
    pub(super) logged_in: bool,
    /// The number that this run has given.
    pub(super) given: Option<LunNumber>,
    /// The array kept the igroup because LUNs are mapped to it.
    pub(super) held: Option<String>,
    /// A plan has found that nobody would keep the igroup.
    pub(super) free: bool,
}

impl Sight {
    /// It is gone, and its members with it.
    pub(super) fn forget_igroup(&mut self) {
        if let Some(gone) = self.chosen.take() {
            self.igroups.retain(|igroup| igroup.name != gone.name);
        }
        self.held = None;
    }

    /// Whether an initiator is in the chosen igroup.
    pub(super) fn holds(&self, initiator: &String) -> bool {
        let igroup = self.chosen.as_ref();
        igroup.is_some_and(|igroup| igroup.initiators.contains(initiator))
    }
}
