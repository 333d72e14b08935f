//! Looking things up in the state.

use std::collections::BTreeSet;

use super::state::{Igroup, Lif, LifKind, Lun, Map, Node, State, Svm, Volume, VolumeState};

impl State {
    /// A number no object has.
    pub(super) fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A UUID made of a number: the same on each run, so that tests can name it.
    pub(super) fn make_uuid(&self, number: u64) -> String {
        let cluster = self.uuid.get(..8).unwrap_or("00000000");
        // A step that shares no factor with 2^32 gives each number digits of its own look.
        let scattered = number.wrapping_mul(0x9e37_79b1) & 0xffff_ffff;
        format!("{scattered:08x}-{cluster:.4}-11ee-9000-{number:012x}")
    }

    /// The serial number of a LUN: 12 printable characters, some of which need escaping in a URL
    /// and in XML (ontap.md §9.4).
    pub(super) fn make_serial(&self, number: u64) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQR+/]$?#";
        let seed = u64::from_str_radix(self.uuid.get(..4).unwrap_or("0"), 16).unwrap_or(0);
        let mut rest = (seed << 40) | number;
        let mut text = String::from("8");
        for place in 0..11u32 {
            let digit = usize::try_from((rest + u64::from(place) * 7) % 32).unwrap_or(0);
            text.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
            rest /= 32;
        }
        text
    }

    pub(super) fn svm_named(&self, name: &str) -> Option<u64> {
        self.svms
            .iter()
            .find(|(_, svm)| svm.name == name)
            .map(|(id, _)| *id)
    }

    pub(super) fn svm_name(&self, id: u64) -> &str {
        self.svms.get(&id).map_or("", |svm| svm.name.as_str())
    }

    pub(super) fn svm_uuid(&self, id: u64) -> &str {
        self.svms.get(&id).map_or("", |svm| svm.uuid.as_str())
    }

    pub(super) fn svm(&self, id: u64) -> Option<&Svm> {
        self.svms.get(&id)
    }

    pub(super) fn node(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// A node and its HA partner.
    pub(super) fn pair(&self, name: &str) -> BTreeSet<String> {
        self.nodes
            .iter()
            .filter(|node| node.name == name || node.partner == name)
            .map(|node| node.name.clone())
            .collect()
    }

    pub(super) fn volume(&self, svm: u64, name: &str) -> Option<&Volume> {
        self.volumes
            .iter()
            .find(|volume| volume.svm == svm && volume.name == name)
    }

    pub(super) fn volume_of(&self, lun: &Lun) -> Option<&Volume> {
        self.volume(lun.svm, lun.volume())
    }

    /// The node that owns a LUN.
    pub(super) fn node_of(&self, lun: &Lun) -> &str {
        self.volume_of(lun).map_or("", |v| v.node.as_str())
    }

    pub(super) fn container(&self, lun: &Lun) -> VolumeState {
        self.volume_of(lun)
            .map_or(VolumeState::Offline, |volume| volume.state)
    }

    pub(super) fn lun_at(&self, svm: u64, path: &str) -> Option<u64> {
        self.luns
            .iter()
            .find(|(_, lun)| lun.path == path && lun.svm == svm)
            .map(|(id, _)| *id)
    }

    pub(super) fn lun_with_uuid(&self, uuid: &str) -> Option<(u64, &Lun)> {
        self.luns
            .iter()
            .find(|(_, lun)| lun.uuid == uuid)
            .map(|(id, lun)| (*id, lun))
    }

    pub(super) fn igroup_named(&self, svm: u64, name: &str) -> Option<u64> {
        self.igroups
            .iter()
            .find(|(_, group)| group.svm == svm && group.name == name)
            .map(|(id, _)| *id)
    }

    pub(super) fn igroup_with_uuid(&self, uuid: &str) -> Option<(u64, &Igroup)> {
        self.igroups
            .iter()
            .find(|(_, group)| group.uuid == uuid)
            .map(|(id, group)| (*id, group))
    }

    pub(super) fn map(&self, lun: u64, igroup: u64) -> Option<&Map> {
        self.maps.get(&lun)?.get(&igroup)
    }

    pub(super) fn is_mapped(&self, lun: u64) -> bool {
        self.maps.get(&lun).is_some_and(|maps| !maps.is_empty())
    }

    /// LUN and map of every map of an igroup.
    pub(super) fn maps_of_igroup(&self, igroup: u64) -> impl Iterator<Item = (u64, &Map)> {
        self.maps
            .iter()
            .filter_map(move |(lun, maps)| Some((*lun, maps.get(&igroup)?)))
    }

    /// The igroups of an SVM that hold an initiator.
    pub(super) fn igroups_of(&self, svm: u64, initiator: &str) -> Vec<(u64, &Igroup)> {
        self.igroups
            .iter()
            .filter(|(_, group)| group.svm == svm && group.holds(initiator))
            .map(|(id, group)| (*id, group))
            .collect()
    }

    pub(super) fn lif(&self, svm: u64, name: &str) -> Option<&Lif> {
        self.lifs
            .iter()
            .find(|lif| lif.svm == svm && lif.name == name)
    }

    pub(super) fn lifs_of(&self, svm: u64, kind: LifKind) -> impl Iterator<Item = &Lif> {
        self.lifs
            .iter()
            .filter(move |lif| lif.svm == svm && lif.kind == kind)
    }
}
