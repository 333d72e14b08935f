//! Which iSCSI initiator sees which LUN where (ontap.md §9.5).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::chap::AuthType;
use super::initiator::{self, Protocol};
use super::state::{Igroup, Lif, LifKind, LunState, Map, State, Svm, SvmState, VolumeState};
use crate::sim::exposure::{Admission, Chap, Exposure, TargetPortal};

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
                    let chap = match self.asked_of(lun.svm, name) {
                        Admission::Open => None,
                        Admission::Chap(chap) => Some(chap),
                        Admission::Denied => continue,
                    };
                    all.push(Exposure {
                        initiator: name.clone(),
                        name: lun.name().to_owned(),
                        wwid: lun.wwid(),
                        bytes: lun.bytes,
                        number: map.number,
                        backing: backing.clone(),
                        chap,
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

    /// What the target of this IQN asks of an initiator.
    pub(super) fn admission(&self, initiator: &str, iqn: &str) -> Admission {
        let own = |svm: &Svm| svm.iscsi.as_ref().is_some_and(|s| s.target == iqn);
        let svm = self.svms.iter().find(|(_, svm)| own(svm));
        svm.map_or(Admission::Denied, |(id, _)| {
            self.asked_of(*id, &initiator::folded(initiator))
        })
    }

    /// What an SVM asks of an initiator: its own entry decides, else the default one.
    pub(super) fn asked_of(&self, svm: u64, initiator: &str) -> Admission {
        let entry = self.login_of(svm, initiator);
        match (entry.auth, &entry.inbound) {
            (AuthType::Chap, Some(inbound)) => Admission::Chap(Chap {
                name: inbound.user.clone(),
                password: inbound.password.clone(),
            }),
            (AuthType::Deny, _) => Admission::Denied,
            _ => Admission::Open,
        }
    }

    /// Replaces the sessions of an iSCSI initiator by one at each LIF with one of these addresses.
    pub(super) fn set_logins(&mut self, initiator: &str, at: &[SocketAddr]) {
        let name = initiator::folded(initiator);
        let here = |lif: &&Lif| address(lif).is_some_and(|addr| at.contains(&addr));
        let lifs = self.lifs.iter().filter(|lif| lif.kind == LifKind::Iscsi);
        let lifs: Vec<(u64, String)> = lifs
            .filter(here)
            .map(|lif| (lif.svm, lif.name.clone()))
            .collect();
        let stays = |svm: u64, lif: &str| lifs.iter().any(|(s, l)| *s == svm && l == lif);
        self.logins
            .retain(|login| login.initiator != name || stays(login.svm, &login.lif));
        for (svm, lif) in &lifs {
            self.log_in(*svm, &name, lif);
        }
    }
}

fn serves(svm: &Svm) -> bool {
    svm.state == SvmState::Running && svm.iscsi.as_ref().is_some_and(|s| s.enabled)
}

fn address(lif: &Lif) -> Option<SocketAddr> {
    Some(SocketAddr::new(lif.address.parse().ok()?, lif.tcp_port))
}
