//! LUN maps and their reporting nodes.

use std::collections::BTreeSet;

use super::Force;
use crate::sim::ontap::refusal::{Done, Lack, Nodes, Refusal, Why};
use crate::sim::ontap::state::{LifKind, Map, State, VolumeState};

impl State {
    /// Maps a LUN to an igroup; gives the number. The map reports on the node that owns the LUN and
    /// its HA partner (ontap.md §9.5), and on the node asked for with its own.
    pub(in super::super) fn add_map(
        &mut self,
        lun: u64,
        igroup: u64,
        number: Option<u32>,
        extra_node: Option<&str>,
    ) -> Done<u32> {
        let disk = self.luns.get(&lun).ok_or(Why::NoLun)?;
        let group = self.igroups.get(&igroup).ok_or(Why::NoIgroup)?;
        if group.svm != disk.svm {
            return Err(Why::NoIgroup.into());
        }
        self.takes_changes(disk.svm)?;
        match self.container(disk) {
            VolumeState::Online => {}
            VolumeState::Offline => return Err(Why::VolumeOffline.into()),
            VolumeState::AggregateOffline => return Err(Why::AggregateOffline.into()),
        }
        if self.map(lun, igroup).is_some() {
            return Err(Why::MapExists.into());
        }
        let number = self.number_for(lun, igroup, number)?;
        let mut reporting = self.pair(self.node_of(disk));
        if let Some(node) = extra_node {
            self.node(node).ok_or(Why::NoNode)?;
            reporting.extend(self.pair(node));
        }
        self.have_lifs(disk.svm, &group.protocol, &reporting)?;
        let map = Map { number, reporting };
        self.maps.entry(lun).or_default().insert(igroup, map);
        Ok(number)
    }

    /// Whether each reporting node has a LIF of the igroup's protocol, up or down.
    fn have_lifs(&self, svm: u64, protocol: &str, nodes: &BTreeSet<String>) -> Done<()> {
        let (kinds, lack): (&[LifKind], Lack) = match protocol {
            "iscsi" => (&[LifKind::Iscsi], Lack::Iscsi),
            "fcp" => (&[LifKind::Fcp], Lack::Fcp),
            _ => (&[LifKind::Iscsi, LifKind::Fcp], Lack::Both),
        };
        let has = |node: &String| {
            let mut lifs = self.lifs.iter();
            lifs.any(|lif| lif.svm == svm && lif.node == *node && kinds.contains(&lif.kind))
        };
        let without: Vec<&str> = nodes
            .iter()
            .filter(|node| !has(node))
            .map(String::as_str)
            .collect();
        let count = match without.len() {
            0 => return Ok(()),
            1 => Nodes::One,
            _ => Nodes::Several,
        };
        Err(Refusal::words(
            Why::NoLif(count, lack),
            format!("No LIF for {protocol} on node {}", without.join(", ")),
        ))
    }

    pub(in super::super) fn remove_map(&mut self, lun: u64, igroup: u64) -> Done<()> {
        let svm = self.luns.get(&lun).ok_or(Why::NoLun)?.svm;
        self.igroups.get(&igroup).ok_or(Why::NoIgroup)?;
        self.takes_changes(svm)?;
        let maps = self.maps.get_mut(&lun);
        let removed = maps.and_then(|maps| maps.remove(&igroup));
        removed.ok_or(Why::NoMap)?;
        if self.maps.get(&lun).is_some_and(|maps| maps.is_empty()) {
            self.maps.remove(&lun);
        }
        self.drop_if_unused(igroup);
        Ok(())
    }

    /// An igroup made to be deleted with its last map goes.
    fn drop_if_unused(&mut self, igroup: u64) {
        let goes = self.igroups.get(&igroup).is_some_and(|g| g.delete_on_unmap);
        if goes && self.maps_of_igroup(igroup).next().is_none() {
            self.igroups.remove(&igroup);
        }
    }

    /// Adds a node and its HA partner.
    pub(in super::super) fn add_reporting(&mut self, key: (u64, u64), node: &str) -> Done<()> {
        self.node(node).ok_or(Why::NoNode)?;
        let pair = self.pair(node);
        self.reporting(key)?.extend(pair);
        Ok(())
    }

    /// Removes a node and its HA partner; the last pair stays.
    pub(in super::super) fn remove_reporting(
        &mut self,
        key: (u64, u64),
        node: &str,
        force: Force,
    ) -> Done<()> {
        self.node(node).ok_or(Why::NoNode)?;
        let pair = self.pair(node);
        let nodes = self.reporting(key)?;
        if !nodes.contains(node) {
            return Err(Why::NotReporting.into());
        }
        if force == Force::No && nodes.iter().all(|n| pair.contains(n)) {
            return Err(Why::LastNode.into());
        }
        nodes.retain(|n| !pair.contains(n));
        Ok(())
    }

    fn reporting(&mut self, (lun, igroup): (u64, u64)) -> Done<&mut BTreeSet<String>> {
        let map = self.maps.get_mut(&lun).and_then(|m| m.get_mut(&igroup));
        Ok(&mut map.ok_or(Why::NoMap)?.reporting)
    }
}
