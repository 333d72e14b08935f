//! Which iSCSI initiator sees which LUN where (ontap.md §9.5).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::chap::AuthType;
use super::initiator::{self, Protocol};
use super::state::{Igroup, Lif, LifKind, LunState, Map, State, Svm, SvmState, VolumeState};
use crate::sim::exposure::{Chap, Exposure, TargetPortal};

impl State {
    /// The portals of the SVMs' targets: one IQN for each SVM, one portal group for each LIF.
    pub(super) fn portals(&self) -> Vec<TargetPortal> {
        let iscsi = self.lifs.iter().filter(|lif| lif.kind == LifKind::Iscsi);
        iscsi
            .filter_map(|lif| {
                let svm = self.svm(lif.svm)?;
                Some(TargetPortal {
                    iqn: svm.iscsi.as_ref()?.target.clone(),
                    addr: address(lif)?,
                    tpgt: lif.tag,
                    up: lif.enabled && lif.up && serves(svm),
                })
            })
            .collect()
    }

    /// Every exposure, ordered by initiator and number.
    pub(super) fn exposures(&self, backing_dir: Option<&Path>) -> Vec<Exposure> {
        let mut all = Vec::new();
        for (id, maps) in &self.maps {
            let Some(lun) = self.luns.get(id) else {
                continue;
            };
            let shown = lun.state == LunState::Online
                && self.container(lun) == VolumeState::Online
                && self.svm(lun.svm).is_some_and(serves);
            if !shown {
                continue;
            }
            let own = lun.backing.as_ref().map(PathBuf::from);
            let file = || backing_dir.map(|d| d.join(format!("{}.img", lun.wwid())));
            let backing = own.or_else(file);
            for (group, map) in maps {
                let Some(group) = self.igroups.get(group) else {
                    continue;
                };
                let portals = self.reached(group, map);
                for name in &group.initiators {
                    if !matches!(initiator::parse(name), Ok((Protocol::Iscsi, _))) {
                        continue;
                    }
                    all.push(Exposure {
                        initiator: name.clone(),
                        name: lun.name().to_owned(),
                        wwid: lun.wwid(),
                        bytes: lun.bytes,
                        number: map.number,
                        backing: backing.clone(),
                        chap: self.chap_of(lun.svm, name),
                        portals: Some(portals.clone()),
                    });
                }
            }
        }
        all.sort_by(|a, b| (&a.initiator, a.number).cmp(&(&b.initiator, b.number)));
        all
    }

    /// The portals a map shows its LUN through: LIFs of the SVM on reporting nodes, and of the
    /// igroup's port set if it has one.
    fn reached(&self, group: &Igroup, map: &Map) -> Vec<SocketAddr> {
        let set = group.portset.as_ref().and_then(|name| {
            let mut sets = self.portsets.iter();
            sets.find(|set| set.svm == group.svm && set.name == *name)
        });
        self.lifs_of(group.svm, LifKind::Iscsi)
            .filter(|lif| map.reporting.is_empty() || map.reporting.contains(&lif.node))
            .filter(|lif| set.is_none_or(|set| set.lifs.contains(&lif.name)))
            .filter_map(address)
            .collect()
    }

    /// The account an initiator has to prove itself with, if it has to.
    pub(super) fn chap_of(&self, svm: u64, initiator: &str) -> Option<Chap> {
        let entry = self.login_of(svm, initiator);
        let inbound = entry.inbound.as_ref()?;
        (entry.auth == AuthType::Chap).then(|| Chap {
            name: inbound.user.clone(),
            password: inbound.password.clone(),
        })
    }
}

fn serves(svm: &Svm) -> bool {
    svm.state == SvmState::Running && svm.iscsi.as_ref().is_some_and(|s| s.enabled)
}

fn address(lif: &Lif) -> Option<SocketAddr> {
    Some(SocketAddr::new(lif.address.parse().ok()?, lif.tcp_port))
}
