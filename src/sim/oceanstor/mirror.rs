//! What the array exposes at a moment, and who wants to be told before an answer goes out.

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::state::{EthPort, State, Unit};

/// One LUN (or snapshot) an iSCSI initiator may log in to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The initiator's name.
    pub initiator: String,
    /// The LUN's name on the array.
    pub name: String,
    /// The LUN's wwid, 32 hex digits without a prefix.
    pub wwid: String,
    /// The size in bytes.
    pub bytes: u64,
    /// The host LUN id.
    pub number: u32,
    /// The file that holds the data, if the array was told of one.
    pub backing: Option<PathBuf>,
    /// The initiator's CHAP account, if it has to use one.
    pub chap: Option<Chap>,
    /// The portals a port group limits it to; `None` means all.
    pub portals: Option<Vec<SocketAddr>>,
}

/// A CHAP account; its password does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Chap {
    /// The user.
    pub name: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Chap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chap")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A portal of the array's iSCSI target: one target name per port (oceanstor.md §7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPortal {
    /// The target's IQN.
    pub iqn: String,
    /// Address and TCP port.
    pub addr: SocketAddr,
    /// The target portal group tag.
    pub tpgt: u16,
    /// The link is up.
    pub up: bool,
}

/// Follows the array's exposures on something that has a data path.
pub trait Mirror: Send {
    /// Called with the full set after each change of it, before the answer is sent, and with the
    /// array's lock held: it must not call the array. After a failure it is called again with the
    /// next change, whatever that is.
    ///
    /// # Errors
    /// Words that the client gets with HTTP status 500.
    fn expose(&mut self, exposures: &[Exposure]) -> Result<(), String>;
}

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
