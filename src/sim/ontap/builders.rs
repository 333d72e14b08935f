//! Changing the array from behind: what tests, other administrators and the practice machine do.
//!
//! A path `/vol/…` is one of the first SVM; `SVM:/vol/…` names another. Nothing here saves the file
//! or tells the mirror; [`Practice::save`] does the first.

use super::chap::{AuthType, Credential, Login as ChapLogin};
use super::initiator;
use super::practice::Practice;
use super::rules::NewIgroup;
use super::state::{
    LifKind, Login, LunState, Portset, Prefix, State, Subtype, SvmState, VolumeState,
};

impl State {
    fn first_svm(&self) -> u64 {
        self.svms.keys().next().copied().unwrap_or_default()
    }

    /// SVM and path out of `SVM:/vol/…` or `/vol/…`.
    fn place<'a>(&self, path: &'a str) -> (u64, &'a str) {
        match path.split_once(':') {
            Some((svm, rest)) => (self.svm_named(svm).unwrap_or_default(), rest),
            None => (self.first_svm(), path),
        }
    }

    fn at(&self, path: &str) -> Option<u64> {
        let (svm, path) = self.place(path);
        self.lun_at(svm, path)
    }

    /// The igroup of this name on the SVM of a path.
    fn group_for(&self, path: &str, igroup: &str) -> Option<u64> {
        self.igroup_named(self.place(path).0, igroup)
    }

    /// A session at the first LIF, or none any more, of an initiator that is in some igroup or was
    /// logged in.
    pub(super) fn set_logged_in(&mut self, initiator: &str, on: bool) -> bool {
        let name = initiator::folded(initiator);
        if !on {
            let before = self.logins.len();
            self.logins.retain(|login| login.initiator != name);
            return before != self.logins.len();
        }
        let mut groups = self.igroups.values();
        let Some(svm) = groups.find(|g| g.holds(&name)).map(|g| g.svm) else {
            return false;
        };
        let lif = self.lifs_of(svm, LifKind::Iscsi).next();
        let Some(lif) = lif.map(|lif| lif.name.clone()) else {
            return false;
        };
        self.log_in(svm, &name, &lif);
        true
    }

    fn log_in(&mut self, svm: u64, initiator: &str, lif: &str) {
        let there = |l: &Login| l.svm == svm && l.initiator == initiator && l.lif == lif;
        if self.logins.iter().any(there) {
            return;
        }
        let last = self.logins.iter().map(|l| l.session).max();
        self.logins.insert(Login {
            svm,
            initiator: initiator.to_owned(),
            lif: lif.to_owned(),
            session: last.unwrap_or(0) + 1,
        });
    }
}

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
        lun.map(super::state::Lun::wwid).unwrap_or_default()
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

    fn with_lun(&self, path: &str, change: impl FnOnce(&mut super::state::Lun)) {
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

    /// A Linux igroup of the first SVM (or `SVM:NAME`) with these initiators, whatever the rules
    /// say; its UUID.
    pub fn add_igroup(&self, name: &str, protocol: &str, initiators: &[&str]) -> String {
        let state = &mut self.inner().state;
        let (svm, name) = state.place(name);
        let new = NewIgroup {
            name: name.to_owned(),
            protocol: protocol.to_owned(),
            os: "linux".to_owned(),
            portset: None,
            delete_on_unmap: false,
            comment: String::new(),
        };
        let made = state.create_igroup(svm, new);
        let Some(group) = made.ok().and_then(|id| state.igroups.get_mut(&id)) else {
            return String::new();
        };
        group.initiators = initiators.iter().map(|i| initiator::folded(i)).collect();
        group.uuid.clone()
    }

    /// Sets an igroup's operating system.
    pub fn set_igroup_os(&self, name: &str, os: &str) {
        self.with_igroup(name, |group| os.clone_into(&mut group.os));
    }

    /// Lets an igroup go with its last map.
    pub fn set_delete_on_unmap(&self, name: &str, on: bool) {
        self.with_igroup(name, |group| group.delete_on_unmap = on);
    }

    /// Binds an igroup to a port set, or to none.
    pub fn bind_portset(&self, name: &str, portset: Option<&str>) {
        self.with_igroup(name, |group| group.portset = portset.map(str::to_owned));
    }

    fn with_igroup(&self, name: &str, change: impl FnOnce(&mut super::state::Igroup)) {
        let state = &mut self.inner().state;
        let (svm, name) = state.place(name);
        let group = state.igroup_named(svm, name);
        if let Some(group) = group.and_then(|id| state.igroups.get_mut(&id)) {
            change(group);
        }
    }

    /// Maps a LUN as an administrator would; the number, or `None` where the rules forbid it.
    pub fn map(&self, path: &str, igroup: &str, number: Option<u32>) -> Option<u32> {
        let state = &mut self.inner().state;
        let (lun, group) = (state.at(path)?, state.group_for(path, igroup)?);
        state.add_map(lun, group, number, None).ok()
    }

    /// Unmaps a LUN behind everybody's back; whether there was a map.
    pub fn unmap(&self, path: &str, igroup: &str) -> bool {
        let state = &mut self.inner().state;
        let pair = state.at(path).zip(state.group_for(path, igroup));
        pair.is_some_and(|(lun, group)| state.remove_map(lun, group).is_ok())
    }

    /// Sets the reporting nodes of a map; none of them is a map from before 8.3, seen everywhere.
    pub fn set_reporting(&self, path: &str, igroup: &str, nodes: &[&str]) {
        let state = &mut self.inner().state;
        let Some((lun, group)) = state.at(path).zip(state.group_for(path, igroup)) else {
            return;
        };
        if let Some(map) = state.maps.get_mut(&lun).and_then(|m| m.get_mut(&group)) {
            map.reporting = nodes.iter().map(|n| (*n).to_owned()).collect();
        }
    }

    /// Igroup and number of each map of a LUN, by name.
    #[must_use]
    pub fn maps_of(&self, path: &str) -> Vec<(String, u32)> {
        let state = &self.inner().state;
        let maps = state.at(path).and_then(|lun| state.maps.get(&lun));
        let name = |(group, map): (&u64, &super::state::Map)| {
            Some((state.igroups.get(group)?.name.clone(), map.number))
        };
        let mut all: Vec<_> = maps.into_iter().flatten().filter_map(name).collect();
        all.sort();
        all
    }

    /// Names and initiators of the igroups of the first SVM, by name.
    #[must_use]
    pub fn igroups(&self) -> Vec<(String, Vec<String>)> {
        let state = &self.inner().state;
        let svm = state.first_svm();
        let own = state.igroups.values().filter(|g| g.svm == svm);
        let mut all: Vec<_> = own
            .map(|g| (g.name.clone(), g.initiators.clone()))
            .collect();
        all.sort();
        all
    }

    /// Another SVM, with one iSCSI LIF on each node.
    pub fn add_svm(&self, name: &str) {
        let state = &mut self.inner().state;
        let svm = state.add_svm(name);
        let nodes: Vec<String> = state.nodes.iter().map(|n| n.name.clone()).collect();
        for (n, node) in (1..).zip(&nodes) {
            let lif = format!("{name}_iscsi_{n}");
            state.add_lif(svm, &lif, LifKind::Iscsi, Some(node));
        }
    }

    /// Starts or stops an SVM.
    pub fn set_svm(&self, name: &str, to: SvmState) {
        self.with_svm(name, |svm| svm.state = to);
    }

    /// Makes an SVM the copy of another one, or not.
    pub fn set_subtype(&self, name: &str, to: Subtype) {
        self.with_svm(name, |svm| svm.subtype = to);
    }

    /// Renames an SVM, as a MetroCluster switchover does (`NAME-mc`); its accounts stay with it.
    pub fn rename_svm(&self, name: &str, to: &str) {
        self.with_svm(name, |svm| to.clone_into(&mut svm.name));
        self.set_accounts(|all| {
            let own = super::accounts::Scope::Svm(name.to_owned());
            for account in all.iter_mut().filter(|a| a.scope == own) {
                account.scope = super::accounts::Scope::Svm(to.to_owned());
            }
        });
    }

    /// Switches the iSCSI service of an SVM; `None` takes it away.
    pub fn set_iscsi(&self, name: &str, to: Option<bool>) {
        self.with_svm(name, |svm| match (to, &mut svm.iscsi) {
            (None, service) => *service = None,
            (Some(on), Some(service)) => service.enabled = on,
            (Some(_), None) => {}
        });
    }

    /// Switches the FC service of an SVM; `None` takes it away.
    pub fn set_fcp(&self, name: &str, to: Option<bool>) {
        self.with_svm(name, |svm| match (to, &mut svm.fcp) {
            (None, service) => *service = None,
            (Some(on), Some(service)) => service.enabled = on,
            (Some(_), None) => {}
        });
    }

    fn with_svm(&self, name: &str, change: impl FnOnce(&mut super::state::Svm)) {
        let state = &mut self.inner().state;
        if let Some(svm) = state.svm_named(name)
            && let Some(svm) = state.svms.get_mut(&svm)
        {
            change(svm);
        }
    }

    /// The target name of the first SVM's iSCSI service; empty if it has none.
    #[must_use]
    pub fn target(&self) -> String {
        let state = &self.inner().state;
        let svm = state.svm(state.first_svm());
        let service = svm.and_then(|svm| svm.iscsi.as_ref());
        service.map(|s| s.target.clone()).unwrap_or_default()
    }

    /// Another HA pair of nodes, without LIFs.
    pub fn add_pair(&self, a: &str, b: &str) {
        self.inner().state.add_pair(a, b);
    }

    /// Brings a node up or down. Its LIFs stay as they are.
    pub fn set_node(&self, name: &str, up: bool) {
        let mut inner = self.inner();
        for node in inner.state.nodes.iter_mut().filter(|n| n.name == name) {
            node.healthy = up;
        }
    }

    /// A LIF of the first SVM for iSCSI (with an address), or for FC (without).
    pub fn add_lif(&self, name: &str, node: &str, address: Option<&str>) {
        let kind = match address {
            Some(_) => LifKind::Iscsi,
            None => LifKind::Fcp,
        };
        self.add_lif_of(name, node, kind, address);
    }

    /// A LIF for NVMe over FC, of no use for LUNs.
    pub fn add_nvme_lif(&self, name: &str, node: &str) {
        self.add_lif_of(name, node, LifKind::NvmeFc, None);
    }

    fn add_lif_of(&self, name: &str, node: &str, kind: LifKind, address: Option<&str>) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        let lif = state.add_lif(svm, name, kind, Some(&node.to_owned()));
        if let Some((lif, address)) = lif.zip(address) {
            address.clone_into(&mut lif.address);
        }
    }

    /// Removes a LIF.
    pub fn remove_lif(&self, name: &str) {
        self.inner().state.lifs.retain(|lif| lif.name != name);
    }

    /// Sets what the administrator wants of a LIF and what it is.
    pub fn set_lif(&self, name: &str, enabled: bool, up: bool) {
        let mut inner = self.inner();
        for lif in inner.state.lifs.iter_mut().filter(|lif| lif.name == name) {
            (lif.enabled, lif.up) = (enabled, up);
        }
    }

    /// Moves a LIF to another node, away from home.
    pub fn move_lif(&self, name: &str, node: &str) {
        let mut inner = self.inner();
        for lif in inner.state.lifs.iter_mut().filter(|lif| lif.name == name) {
            node.clone_into(&mut lif.node);
        }
    }

    /// A port set of the first SVM (`iscsi`, `fcp` or `mixed`) with these LIFs.
    pub fn add_portset(&self, name: &str, protocol: &str, lifs: &[&str]) {
        let state = &mut self.inner().state;
        let number = state.next();
        let set = Portset {
            svm: state.first_svm(),
            name: name.to_owned(),
            uuid: state.make_uuid(number),
            protocol: protocol.to_owned(),
            lifs: lifs.iter().map(|l| (*l).to_owned()).collect(),
        };
        state.portsets.push(set);
    }

    /// Logs an initiator of either protocol in at a LIF of the first SVM.
    pub fn log_in(&self, initiator: &str, lif: &str) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        state.log_in(svm, &initiator::folded(initiator), lif);
    }

    /// Ends every session of an initiator.
    pub fn log_out(&self, initiator: &str) {
        let name = initiator::folded(initiator);
        self.inner().state.logins.retain(|l| l.initiator != name);
    }

    /// Gives an initiator of the first SVM (or `default`) a CHAP account.
    pub fn set_chap(&self, initiator: &str, user: &str, password: &str) {
        let login = ChapLogin {
            user: user.to_owned(),
            password: password.to_owned(),
        };
        self.put_credential(initiator, AuthType::Chap, Some(login));
    }

    /// Forbids an initiator (or `default`) to log in.
    pub fn deny(&self, initiator: &str) {
        self.put_credential(initiator, AuthType::Deny, None);
    }

    fn put_credential(&self, initiator: &str, auth: AuthType, inbound: Option<ChapLogin>) {
        let state = &mut self.inner().state;
        let entry = Credential {
            auth,
            inbound,
            outbound: None,
            ranges: Vec::new(),
        };
        let svm = state.first_svm();
        let entries = state.credentials.entry(svm).or_default();
        entries.insert(initiator::folded(initiator), entry);
    }

    /// User and password an initiator of the first SVM has to prove itself with.
    #[must_use]
    pub fn chap_of(&self, initiator: &str) -> Option<(String, String)> {
        let state = &self.inner().state;
        let chap = state.chap_of(state.first_svm(), &initiator::folded(initiator))?;
        Some((chap.name, chap.password))
    }
}
