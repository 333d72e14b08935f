//! Changing the array from behind: what tests, other administrators and the practice machine do.
//!
//! Nothing here saves the file or tells the mirror; [`Practice::save`] and
//! [`Practice::set_mirror`] do.

use super::practice::Practice;
use super::state::{Initiator, State, Unit};

impl Practice {
    /// The initiator has a session (or lost its last one); false if the array does not know it.
    pub fn set_logged_in(&self, iqn: &str, on: bool) -> bool {
        let mut inner = self.inner();
        inner
            .state
            .iscsi
            .get_mut(iqn)
            .map(|i: &mut Initiator| i.online = on)
            .is_some()
    }

    /// Whether the array has the initiator as logged in.
    #[must_use]
    pub fn is_online(&self, iqn: &str) -> bool {
        self.inner().state.iscsi.get(iqn).is_some_and(|i| i.online)
    }

    /// Whether nothing was ever made on the array: no LUN, no host.
    #[must_use]
    pub fn is_pristine(&self) -> bool {
        let state = &self.inner().state;
        state.luns.next_id() == 0 && state.hosts.next_id() == 0
    }

    /// The FC initiator is on the fabric; false if the array does not know it.
    pub fn set_fc_online(&self, wwn: &str, on: bool) -> bool {
        let mut inner = self.inner();
        inner
            .state
            .fc
            .get_mut(wwn)
            .map(|i: &mut Initiator| i.online = on)
            .is_some()
    }

    /// Zones an FC initiator with these FC ports of the array alone, by their ids; false if the
    /// array does not know it.
    pub fn zone(&self, wwn: &str, ports: &[&str]) -> bool {
        let zone = ports.iter().map(ToString::to_string).collect();
        let mut inner = self.inner();
        let row = inner.state.fc.get_mut(wwn);
        row.map(|i: &mut Initiator| i.zone = Some(zone)).is_some()
    }

    /// Brings an FC port up or down, by its id.
    pub fn set_fc_port_up(&self, id: &str, up: bool) {
        let mut inner = self.inner();
        let ports = inner.state.fc_ports.iter_mut();
        ports.filter(|p| p.id == id).for_each(|p| p.up = up);
    }

    /// Makes an FC port one that comes to other arrays, and to which nobody comes.
    pub fn set_fc_port_initiates(&self, id: &str) {
        let mut inner = self.inner();
        let ports = inner.state.fc_ports.iter_mut();
        ports
            .filter(|p| p.id == id)
            .for_each(|p| p.initiates = true);
    }

    /// The WWN of an FC port; empty if there is none of this id.
    #[must_use]
    pub fn fc_port_wwn(&self, id: &str) -> String {
        let inner = self.inner();
        let mut ports = inner.state.fc_ports.iter();
        let port = ports.find(|p| p.id == id);
        port.map(|p| p.wwn.clone()).unwrap_or_default()
    }

    /// Brings the port with this address up or down.
    pub fn set_port_up(&self, address: &str, up: bool) {
        let mut inner = self.inner();
        for port in inner
            .state
            .eth_ports
            .iter_mut()
            .filter(|p| p.address == address)
        {
            port.up = up;
        }
    }

    /// A thin LUN; its WWN follows from the array and the id.
    pub fn add_lun(&self, name: &str, bytes: u64) -> u64 {
        self.inner().state.add_lun(name, bytes)
    }

    /// A thin LUN, unless there is one of this name already.
    pub fn ensure_lun(&self, name: &str, bytes: u64) {
        let mut inner = self.inner();
        if inner.state.luns.by_name(name).is_none() {
            inner.state.add_lun(name, bytes);
        }
    }

    /// The WWN of a LUN; empty if there is none.
    #[must_use]
    pub fn lun_wwn(&self, lun: u64) -> String {
        self.inner()
            .state
            .luns
            .get(lun)
            .map(|l| l.wwn.clone())
            .unwrap_or_default()
    }

    /// Removes a LUN from the array whatever holds it, as another administrator might have.
    pub fn lose_lun(&self, lun: u64) {
        let mut inner = self.inner();
        let unit = Unit::Lun(lun);
        let Some(row) = inner.state.luns.get(lun) else {
            return;
        };
        let (groups, hosts) = (row.groups.clone(), row.seen_by.clone());
        for group in groups {
            if let Some(row) = inner.state.lungroups.get_mut(group) {
                row.members.remove(&unit);
            }
        }
        for host in &hosts {
            if let Some(row) = inner.state.hosts.get_mut(*host) {
                row.direct.remove(&unit);
            }
        }
        inner.state.refresh(hosts, None);
        inner.state.luns.remove(lun);
    }

    /// Sets HEALTHSTATUS and RUNNINGSTATUS of a LUN (oceanstor.md §5).
    pub fn set_lun_status(&self, lun: u64, health: u32, running: u32) {
        if let Some(disk) = self.inner().state.luns.get_mut(lun) {
            (disk.health, disk.running) = (health, running);
        }
    }

    /// An active snapshot of a LUN.
    pub fn add_snapshot(&self, name: &str, lun: u64) -> u64 {
        self.inner().state.add_snapshot(name, lun)
    }

    /// A Linux host without initiators and groups.
    pub fn add_host(&self, name: &str) -> u64 {
        self.inner().state.add_host(name)
    }

    /// An iSCSI initiator, free or bound, not logged in.
    pub fn add_initiator(&self, iqn: &str, host: Option<u64>) {
        self.inner().state.add_iscsi(iqn, host);
    }

    /// An FC initiator, free or bound.
    pub fn add_fc_initiator(&self, wwn: &str, host: Option<u64>, online: bool) {
        self.inner().state.add_fc(wwn, host, online);
    }

    /// Makes an iSCSI initiator prove itself by CHAP.
    pub fn set_chap(&self, iqn: &str, user: &str, secret: &str) {
        if let Some(row) = self.inner().state.iscsi.get_mut(iqn) {
            row.use_chap = true;
            user.clone_into(&mut row.chap_name);
            secret.clone_into(&mut row.chap_password);
        }
    }

    /// User and secret that an iSCSI initiator has to prove itself with.
    #[must_use]
    pub fn chap_of(&self, iqn: &str) -> Option<(String, String)> {
        let inner = self.inner();
        let row = inner.state.iscsi.get(iqn).filter(|row| row.use_chap)?;
        Some((row.chap_name.clone(), row.chap_password.clone()))
    }

    /// MULTIPATHTYPE 1 of an initiator of either protocol, with FAILOVERMODE and PATHTYPE.
    pub fn set_third_party(&self, id: &str, failover: &str, path: &str) {
        let mut inner = self.inner();
        let State { iscsi, fc, .. } = &mut inner.state;
        for row in iscsi.get_mut(id).into_iter().chain(fc.get_mut(id)) {
            "1".clone_into(&mut row.multipath);
            failover.clone_into(&mut row.failover);
            path.clone_into(&mut row.path);
        }
    }

    /// Puts a snapshot into a LUN group.
    pub fn group_snapshot(&self, snapshot: u64, lungroup: u64) {
        let unit = Unit::Snapshot(snapshot);
        self.inner().state.put_unit_in_group(unit, lungroup, None);
    }

    /// Maps a LUN directly to a host (V6).
    pub fn map_direct(&self, host: u64, lun: u64) {
        let mut inner = self.inner();
        if let Some(row) = inner.state.hosts.get_mut(host) {
            row.direct.insert(Unit::Lun(lun));
        }
        inner.state.refresh_host(host, None);
    }

    /// A host group with these hosts.
    pub fn add_hostgroup(&self, name: &str, hosts: &[u64]) -> u64 {
        self.inner().state.add_hostgroup(name, hosts)
    }

    /// A LUN group with these LUNs.
    pub fn add_lungroup(&self, name: &str, luns: &[u64]) -> u64 {
        let units: Vec<Unit> = luns.iter().copied().map(Unit::Lun).collect();
        self.inner().state.add_lungroup(name, &units)
    }

    /// Puts a snapshot into a LUN group.
    pub fn put_snapshot(&self, snapshot: u64, lungroup: u64) {
        let unit = Unit::Snapshot(snapshot);
        self.inner().state.put_unit_in_group(unit, lungroup, None);
    }

    /// A direct mapping of a LUN and a host at this number, or the next that is free (V6).
    pub fn add_direct(&self, host: u64, lun: u64, number: u32) {
        let mut inner = self.inner();
        if let Some(row) = inner.state.hosts.get_mut(host) {
            row.direct.insert(Unit::Lun(lun));
        }
        inner.state.refresh_host(host, Some(number));
    }

    /// A port group with these ports, each by type number and id (213 Ethernet, 212 FC, 279 LIF).
    pub fn add_portgroup(&self, name: &str, ports: &[(u32, &str)]) -> u64 {
        self.inner().state.add_portgroup(name, ports)
    }

    /// A mapping view with these groups.
    pub fn add_view(&self, name: &str, hostgroup: Option<u64>, lungroup: Option<u64>) -> u64 {
        self.inner().state.add_view(name, hostgroup, lungroup)
    }

    /// `n` other hosts, each with initiator, groups, view and one LUN, named as OpenStack does.
    pub fn populate(&self, n: usize) {
        self.inner().state.populate(n);
    }

    /// The host LUN id of a LUN on a host.
    #[must_use]
    pub fn lun_number(&self, host: u64, lun: u64) -> Option<u32> {
        self.inner()
            .state
            .hosts
            .get(host)?
            .numbers
            .get(&Unit::Lun(lun))
            .copied()
    }
}
