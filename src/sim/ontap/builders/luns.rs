//! LUNs and volumes.

use crate::sim::ontap::practice::Practice;
use crate::sim::ontap::state::{LunState, Prefix, VolumeState};

impl Practice {
    /// An online Linux LUN; gives its UUID. The volume is made, on the first node, if it is not
    /// there.
    pub fn add_lun(&self, path: &str, bytes: u64) -> String {
        let state = &mut self.inner().state;
        let (svm, path) = state.place(path);
        let volume = path.split('/').nth(2).unwrap_or_default();
        let node = state.nodes.first().map(|n| n.name.clone());
        if state.volume(svm, volume).is_none() {
            state.add_volume(svm, volume, &node.unwrap_or_default());
        }
        let lun = state.add_lun(svm, path, bytes);
        state
            .luns
            .get(&lun)
            .map(|l| l.uuid.clone())
            .unwrap_or_default()
    }

    /// The same, unless there is one at this path.
    pub fn ensure_lun(&self, path: &str, bytes: u64) {
        let there = self.inner().state.at(path).is_some();
        if !there {
            self.add_lun(path, bytes);
        }
    }

    /// Whether there is no LUN and no igroup.
    #[must_use]
    pub fn is_pristine(&self) -> bool {
        let state = &self.inner().state;
        state.luns.is_empty() && state.igroups.is_empty()
    }

    /// The wwid of a LUN, 32 hex digits; empty if there is none.
    #[must_use]
    pub fn lun_wwid(&self, path: &str) -> String {
        let state = &self.inner().state;
        let lun = state.at(path).and_then(|lun| state.luns.get(&lun));
        lun.map(super::super::state::Lun::wwid).unwrap_or_default()
    }

    /// The serial number of a LUN; empty if there is none.
    #[must_use]
    pub fn lun_serial(&self, path: &str) -> String {
        let state = &self.inner().state;
        let lun = state.at(path).and_then(|lun| state.luns.get(&lun));
        lun.map(|lun| lun.serial.clone()).unwrap_or_default()
    }

    /// Gives a LUN a serial number and the first digits of its wwid.
    pub fn set_serial(&self, path: &str, serial: &str, prefix: Prefix) {
        self.with_lun(path, |lun| {
            serial.clone_into(&mut lun.serial);
            lun.prefix = prefix;
        });
    }

    /// Brings a LUN into a state.
    pub fn set_lun_state(&self, path: &str, to: LunState) {
        self.with_lun(path, |lun| lun.state = to);
    }

    /// Makes a LUN read-only, or writable.
    pub fn set_read_only(&self, path: &str, on: bool) {
        self.with_lun(path, |lun| lun.read_only = on);
    }

    fn with_lun(&self, path: &str, change: impl FnOnce(&mut super::super::state::Lun)) {
        let state = &mut self.inner().state;
        if let Some(lun) = state.at(path).and_then(|lun| state.luns.get_mut(&lun)) {
            change(lun);
        }
    }

    /// Removes a LUN with its maps, as another administrator might have by force.
    pub fn lose_lun(&self, path: &str) {
        let state = &mut self.inner().state;
        if let Some(lun) = state.at(path) {
            state.luns.remove(&lun);
            state.maps.remove(&lun);
        }
    }

    /// Brings a volume of the first SVM into a state.
    pub fn set_volume(&self, name: &str, to: VolumeState) {
        let mut inner = self.inner();
        for volume in inner.state.volumes.iter_mut().filter(|v| v.name == name) {
            volume.state = to;
        }
    }

    /// A volume of an SVM on a node.
    pub fn add_volume(&self, svm: &str, name: &str, node: &str) {
        let state = &mut self.inner().state;
        if let Some(svm) = state.svm_named(svm) {
            state.add_volume(svm, name, node);
        }
    }

    /// Moves a volume to another node; maps keep their reporting nodes (ontap.md §9.5).
    pub fn move_volume(&self, name: &str, node: &str) {
        let mut inner = self.inner();
        for volume in inner.state.volumes.iter_mut().filter(|v| v.name == name) {
            node.clone_into(&mut volume.node);
        }
    }
}
