//! Which host sees which unit, and under which host LUN id.
//!
//! A unit becomes visible the moment a view joins the host's group with the unit's group, or a
//! direct mapping (V6) names both; it gets the lowest free number then, and keeps it while visible.

use std::collections::BTreeSet;

use super::state::{State, Unit};

impl State {
    /// The units a host shall see, by relations alone.
    fn reachable(&self, host: u64) -> BTreeSet<Unit> {
        let Some(host) = self.hosts.get(host) else {
            return BTreeSet::new();
        };
        let mut units = host.direct.clone();
        let views = host
            .groups
            .iter()
            .filter_map(|g| self.hostgroups.get(*g))
            .flat_map(|g| &g.views);
        for view in views.filter_map(|v| self.views.get(*v)) {
            if let Some(group) = view.lungroup.and_then(|g| self.lungroups.get(g)) {
                units.extend(&group.members);
            }
        }
        units
    }

    /// The lowest free number of a host, from `start` on; below it only when nothing is left.
    pub(super) fn free_number(&self, host: u64, start: u32) -> Option<u32> {
        let used: BTreeSet<u32> = self
            .hosts
            .get(host)
            .map(|h| h.numbers.values().copied().collect())
            .unwrap_or_default();
        let last = self.generation.last_lun_number();
        (start..=last)
            .chain(0..start.min(last))
            .find(|n| !used.contains(n))
    }

    /// Gives numbers to what the host newly sees and takes those of what it no longer sees.
    /// Newly visible units are noted in `fresh`.
    pub(super) fn refresh_host(&mut self, id: u64, start: Option<u32>) {
        let wanted = self.reachable(id);
        let Some(host) = self.hosts.get_mut(id) else {
            return;
        };
        let gone: Vec<Unit> = host
            .numbers
            .keys()
            .filter(|u| !wanted.contains(u))
            .copied()
            .collect();
        for unit in &gone {
            host.numbers.remove(unit);
        }
        let new: Vec<Unit> = wanted
            .into_iter()
            .filter(|u| !host.numbers.contains_key(u))
            .collect();
        for unit in gone {
            if let Some(disk) = self.disk_mut(unit) {
                disk.seen_by.remove(&id);
            }
        }
        let start = start.unwrap_or(self.options.first_lun_number);
        for unit in new {
            let Some(number) = self.free_number(id, start) else {
                continue;
            };
            if let Some(host) = self.hosts.get_mut(id) {
                host.numbers.insert(unit, number);
            }
            if let Some(disk) = self.disk_mut(unit) {
                disk.seen_by.insert(id);
            }
            self.fresh.push((id, unit));
        }
    }

    /// The hosts a view reaches.
    pub(super) fn hosts_of_view(&self, view: u64) -> BTreeSet<u64> {
        let group = self.views.get(view).and_then(|v| v.hostgroup);
        group
            .and_then(|g| self.hostgroups.get(g))
            .map(|g| g.members.clone())
            .unwrap_or_default()
    }

    /// The hosts a LUN group reaches through its views.
    pub(super) fn hosts_of_lungroup(&self, group: u64) -> BTreeSet<u64> {
        let views = self
            .lungroups
            .get(group)
            .map(|g| g.views.clone())
            .unwrap_or_default();
        views
            .into_iter()
            .flat_map(|v| self.hosts_of_view(v))
            .collect()
    }

    /// Refreshes several hosts; see [`State::refresh_host`].
    pub(super) fn refresh(&mut self, hosts: BTreeSet<u64>, start: Option<u32>) {
        for host in hosts {
            self.refresh_host(host, start);
        }
    }
}
