//! Who owns what: the sum of the journals of this state directory, open and closed (DESIGN §5.3).

use std::collections::BTreeMap;

use super::claims::Claim;
use super::entry::FORMAT;
use super::journal::Found;
use crate::step::{Made, Recorded};

/// Which objects this tool made, or changed, and has not taken back.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    objects: BTreeMap<String, Vec<Holder>>,
}

/// A journal that claims an object.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    /// The journal's file name.
    pub journal: String,
    /// Whether it may be written.
    pub writable: bool,
    /// Whether its attachment is over.
    pub closed: bool,
    /// What it claims.
    pub claim: Claim,
}

impl Ledger {
    /// Adds up journals. Each is true by itself, so no order counts between them.
    pub fn of(journals: &[Found]) -> Self {
        let mut ledger = Self::default();
        for found in journals {
            for (object, claim) in found.claims().ours() {
                let holders = ledger.objects.entry(object.clone()).or_default();
                holders.push(Holder {
                    journal: found.name.clone(),
                    writable: found.entries.iter().all(|e| e.v <= FORMAT),
                    closed: found.closed,
                    claim: claim.clone(),
                });
            }
        }
        ledger
    }

    /// Whether some journal says that we made it, or changed it, and has not taken that back.
    pub fn is_ours(&self, object: &str) -> bool {
        self.objects.contains_key(object)
    }

    /// What undo must do with an object that is ours: remove it if any journal says that it was
    /// new, else restore what the first one found.
    pub fn made(&self, object: &str) -> Option<Made> {
        let made: Vec<Made> = self
            .holders(object)
            .filter_map(|h| h.claim.made())
            .collect();
        let removal = made.iter().find(|m| m.before.is_none());
        removal.or(made.first()).cloned()
    }

    /// What all journals say of an object.
    pub fn recorded(&self, object: &str) -> Recorded {
        let mut recorded = Recorded::default();
        for holder in self.holders(object) {
            holder.claim.tell(&mut recorded);
        }
        recorded
    }

    /// Whether an attachment that goes on has an object on record that `stands` on another.
    pub(super) fn carries(&self, stands: impl Fn(&str) -> bool) -> bool {
        let mut objects = self.objects.iter();
        objects.any(|(object, holders)| stands(object) && holders.iter().any(|h| !h.closed))
    }

    pub(super) fn holders(&self, object: &str) -> impl Iterator<Item = &Holder> {
        self.objects.get(object).into_iter().flatten()
    }

    /// The claims of all journals but one.
    pub(super) fn without(mut self, journal: &str) -> Self {
        for holders in self.objects.values_mut() {
            holders.retain(|h| h.journal != journal);
        }
        self.objects.retain(|_, holders| !holders.is_empty());
        self
    }
}
