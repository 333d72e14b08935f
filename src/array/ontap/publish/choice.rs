//! Which igroup a node gets (ontap.md §9.1): its own, else one of exactly its initiators, else a
//! new one. Never one with initiators of others.

use super::super::names::OPENSTACK;
use super::super::wire::{Igroup, LunMap};
use crate::model::nouns::Protocol;

/// What there is to choose from.
pub(super) struct Choice<'a> {
    /// The igroups with one of the node's initiators.
    pub(super) igroups: &'a [Igroup],
    /// The node's initiators of this protocol that are up: the igroup has to hold them.
    pub(super) wanted: &'a [String],
    /// All of the node's initiators: it may hold them.
    pub(super) own: &'a [String],
    pub(super) protocol: Protocol,
    /// What igroups of this tool begin with.
    pub(super) prefix: &'a str,
    /// What this tool calls the node's own.
    pub(super) name: &'a str,
}

impl Choice<'_> {
    /// It holds what is wanted, and nobody else.
    fn is_exact(&self, igroup: &Igroup) -> bool {
        let held = |name| igroup.initiators.contains(name);
        self.wanted.iter().all(held) && self.is_alone(igroup)
    }

    /// Nobody else is in it.
    fn is_alone(&self, igroup: &Igroup) -> bool {
        igroup.others(self.own).is_empty()
    }

    /// The igroup to map to; `None` = a new one.
    pub(super) fn best(&self) -> Option<&Igroup> {
        let mut fit: Vec<&Igroup> = self
            .igroups
            .iter()
            .filter(|igroup| igroup.takes(self.protocol))
            .collect();
        fit.sort_by_key(|igroup| (igroup.name != self.name, &igroup.name));
        let first = |rule: &dyn Fn(&Igroup) -> bool| fit.iter().copied().find(|g| rule(g));
        first(&|g| g.name.starts_with(self.prefix) && self.is_alone(g))
            .or_else(|| first(&|g| g.name.starts_with(OPENSTACK) && self.is_exact(g)))
            .or_else(|| first(&|g| self.is_exact(g)))
    }

    /// The igroup of the node that has the LUN already, with the map: the best of them.
    pub(super) fn mapped<'m>(&self, maps: &'m [LunMap]) -> Option<(&Igroup, &'m LunMap)> {
        let through: Vec<(&Igroup, &LunMap)> = maps
            .iter()
            .filter_map(|map| {
                let igroup = self.igroups.iter().find(|g| g.name == map.igroup)?;
                Some((igroup, map))
            })
            .collect();
        let best = self.best().map(|igroup| &igroup.name);
        let by_best = through.iter().find(|(g, _)| Some(&g.name) == best);
        let alone = || through.iter().find(|(g, _)| self.is_alone(g));
        by_best.or_else(alone).or_else(|| through.first()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn igroup(name: &str, members: &[&str]) -> Igroup {
        Igroup {
            name: name.into(),
            protocol: if name.contains("fcp") { "fcp" } else { "iscsi" }.into(),
            initiators: members.iter().map(|m| (*m).to_owned()).collect(),
            ..Igroup::default()
        }
    }

    fn choose(igroups: &[Igroup], wanted: &[&str]) -> Option<String> {
        choose_among(igroups, wanted, wanted)
    }

    fn choose_among(igroups: &[Igroup], wanted: &[&str], own: &[&str]) -> Option<String> {
        let owned = |names: &[&str]| names.iter().map(|i| (*i).to_owned()).collect::<Vec<_>>();
        let choice = Choice {
            igroups,
            wanted: &owned(wanted),
            own: &owned(own),
            protocol: Protocol::Iscsi,
            prefix: "sanctl-",
            name: "sanctl-n1",
        };
        choice.best().map(|g| g.name.clone())
    }

    #[test]
    fn own_first_then_openstack_then_any_of_the_same_members() {
        let own = igroup("sanctl-n1", &["a"]);
        let open = igroup("openstack-1", &["a"]);
        let hand = igroup("by-hand", &["a"]);
        let shared = igroup("a-cluster", &["a", "b"]);
        let all = [shared.clone(), hand.clone(), open.clone(), own];
        assert_eq!(choose(&all, &["a"]).as_deref(), Some("sanctl-n1"));
        assert_eq!(choose(&all[..3], &["a"]).as_deref(), Some("openstack-1"));
        assert_eq!(choose(&all[..2], &["a"]).as_deref(), Some("by-hand"));
        assert_eq!(choose(&[shared, hand], &["a", "c"]), None);
    }

    #[test]
    fn its_own_before_one_that_it_had_under_another_name() {
        let all = [igroup("sanctl-a", &["a"]), igroup("sanctl-n1", &["a"])];
        assert_eq!(choose(&all, &["a"]).as_deref(), Some("sanctl-n1"));
        assert_eq!(choose(&all[..1], &["a"]).as_deref(), Some("sanctl-a"));
    }

    #[test]
    fn never_one_with_others_in_it_or_of_another_protocol() {
        for name in ["a-cluster", "openstack-2", "sanctl-n1"] {
            assert_eq!(choose(&[igroup(name, &["a", "b"])], &["a"]), None, "{name}");
        }
        assert_eq!(choose(&[igroup("fcp-1", &["a"])], &["a"]), None);
        // Our own may lack a port that was added to the node since.
        let own = igroup("sanctl-n1", &["a"]);
        assert_eq!(choose(&[own], &["a", "b"]).as_deref(), Some("sanctl-n1"));
        assert_eq!(choose(&[igroup("openstack-1", &["a"])], &["a", "b"]), None);
    }

    #[test]
    fn what_else_the_node_has_is_no_stranger() {
        let all = [igroup("by-hand", &["a", "up", "down"])];
        let own = ["a", "up", "down"];
        assert_eq!(choose_among(&all, &["a"], &own).as_deref(), Some("by-hand"));
        assert_eq!(choose_among(&all, &["a"], &["a", "up"]), None);
        // What is up has to be in it.
        let some = [igroup("by-hand", &["down"])];
        assert_eq!(choose_among(&some, &["up"], &["up", "down"]), None);
    }

    #[test]
    fn a_map_that_is_there_decides() {
        let igroups = [igroup("cluster", &["a", "b"]), igroup("sanctl-n1", &["a"])];
        let own = vec!["a".to_owned()];
        let choice = Choice {
            igroups: &igroups,
            wanted: &own,
            own: &own,
            protocol: Protocol::Iscsi,
            prefix: "sanctl-",
            name: "sanctl-n1",
        };
        let map = |name: &str| LunMap {
            igroup: name.into(),
            ..LunMap::default()
        };
        let name = |maps: &[LunMap]| choice.mapped(maps).map(|(g, _)| g.name.clone());
        assert_eq!(name(&[map("cluster")]).as_deref(), Some("cluster"));
        let both = [map("cluster"), map("sanctl-n1")];
        assert_eq!(name(&both).as_deref(), Some("sanctl-n1"));
        assert_eq!(name(&[map("elsewhere")]), None);
    }
}
