//! What the array exposes at a moment: one target name per port (oceanstor.md §7).

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::state::{EthPort, State, Unit};
use crate::sim::exposure::{Chap, Exposure, TargetPortal};

pub(super) fn portal(port: &EthPort) -> Option<TargetPortal> {
    let addr = SocketAddr::new(port.address.parse().ok()?, port.tcp_port);
    let target = !port.iqn.is_empty();
    target.then(|| TargetPortal {
        iqn: port.iqn.clone(),
        addr,
        tpgt: port.tpgt,
        up: port.up,
    })
}

impl State {
    /// Every exposure, ordered by initiator and number.
    pub(super) fn exposures(&self, backing_dir: Option<&Path>) -> Vec<Exposure> {
        let mut all = Vec::new();
        for (iqn, initiator) in &self.iscsi {
            let Some(host) = initiator.host.and_then(|h| self.hosts.get(h)) else {
                continue;
            };
            let chap = initiator.use_chap.then(|| Chap {
                name: initiator.chap_name.clone(),
                password: initiator.chap_password.clone(),
            });
            for (unit, number) in &host.numbers {
                let Some(disk) = self.disk(*unit) else {
                    continue;
                };
                let own = disk.backing.as_ref().map(PathBuf::from);
                let backing =
                    own.or_else(|| backing_dir.map(|d| d.join(format!("{}.img", disk.wwn))));
                all.push(Exposure {
                    initiator: iqn.clone(),
                    name: disk.name.clone(),
                    wwid: disk.wwn.clone(),
                    bytes: disk.sectors * 512,
                    number: *number,
                    backing,
                    chap: chap.clone(),
                    portals: self.portals_for(&host.groups, *unit, host.direct.contains(unit)),
                });
            }
        }
        all.sort_by(|a, b| (&a.initiator, a.number).cmp(&(&b.initiator, b.number)));
        all
    }

    /// The portals through which the views of these host groups show a unit.
    fn portals_for(
        &self,
        groups: &BTreeSet<u64>,
        unit: Unit,
        direct: bool,
    ) -> Option<Vec<SocketAddr>> {
        if direct {
            return None;
        }
        let mut ports = BTreeSet::new();
        let views = groups
            .iter()
            .filter_map(|g| self.hostgroups.get(*g))
            .flat_map(|g| &g.views);
        for view in views.filter_map(|v| self.views.get(*v)) {
            let group = view.lungroup.and_then(|g| self.lungroups.get(g));
            if group.is_some_and(|g| g.members.contains(&unit)) {
                let limit = view.portgroup.and_then(|p| self.portgroups.get(p))?;
                ports.extend(
                    limit
                        .members
                        .iter()
                        .filter_map(|m| self.eth(&m.id)?.portal()),
                );
            }
        }
        Some(ports.into_iter().collect())
    }
}

impl EthPort {
    fn portal(&self) -> Option<SocketAddr> {
        portal(self).map(|p| p.addr)
    }
}
