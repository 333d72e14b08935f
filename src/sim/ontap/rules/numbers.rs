//! Lun numbers, and the two things ONTAP guards for each initiator over all its igroups: one LUN is
//! seen once, and one number means one LUN (ontap.md §9.1, §9.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::{Igroup, State};

/// The highest lun number (ontap.md §9.2).
pub(super) const LAST: u32 = 4095;

impl State {
    /// The igroups that share an initiator with this one, itself left out.
    fn neighbours(&self, igroup: u64) -> Vec<u64> {
        let Some(this) = self.igroups.get(&igroup) else {
            return Vec::new();
        };
        let shares = |other: &Igroup| {
            other.svm == this.svm && this.initiators.iter().any(|i| other.holds(i))
        };
        self.igroups
            .iter()
            .filter(|(id, other)| **id != igroup && shares(other))
            .map(|(id, _)| *id)
            .collect()
    }

    /// LUNs by number, of several igroups.
    fn numbers(&self, igroups: &[u64]) -> BTreeMap<u32, u64> {
        let maps = igroups.iter().flat_map(|g| self.maps_of_igroup(*g));
        maps.map(|(lun, map)| (map.number, lun)).collect()
    }

    /// The number of a new map: the one asked for, or the lowest that is free for each initiator.
    pub(super) fn number_for(&self, lun: u64, igroup: u64, asked: Option<u32>) -> Done<u32> {
        let neighbours = self.neighbours(igroup);
        if neighbours.iter().any(|g| self.map(lun, *g).is_some()) {
            return Err(Why::SeenOtherwise.into());
        }
        let (own, other) = (self.numbers(&[igroup]), self.numbers(&neighbours));
        match asked {
            Some(number) if number > LAST => Err(Refusal::about(
                Why::InvalidValue,
                "logical_unit_number",
                format!("Invalid LUN ID {number}: 0 to {LAST}"),
            )),
            Some(number) if own.contains_key(&number) => Err(Why::NumberTaken.into()),
            // Which of the two codes this is stands in no source [?].
            Some(number) if other.contains_key(&number) => Err(Why::MappingConflict.into()),
            Some(number) => Ok(number),
            None => (self.options.first_number..=LAST)
                .find(|n| !own.contains_key(n) && !other.contains_key(n))
                .ok_or_else(|| Refusal::words(Why::NumberTaken, "No LUN ID is free")),
        }
    }

    /// Whether an initiator may come into an igroup: through its other igroups it must not see one
    /// of its LUNs, nor another LUN at one of its numbers.
    pub(super) fn fits(&self, initiator: &str, igroup: u64, svm: u64) -> Done<()> {
        let others: Vec<u64> = self
            .igroups_of(svm, initiator)
            .into_iter()
            .map(|(id, _)| id)
            .filter(|id| *id != igroup)
            .collect();
        let (own, other) = (self.numbers(&[igroup]), self.numbers(&others));
        let seen: BTreeSet<&u64> = other.values().collect();
        let clash = own
            .iter()
            .any(|(number, lun)| other.contains_key(number) || seen.contains(lun));
        if clash {
            return Err(Why::MappingConflict.into());
        }
        Ok(())
    }
}
