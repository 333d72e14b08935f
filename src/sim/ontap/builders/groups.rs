//! Igroups, maps and CHAP accounts.

use crate::sim::exposure::Admission;
use crate::sim::ontap::chap::{AuthType, Credential, Login as ChapLogin};
use crate::sim::ontap::initiator;
use crate::sim::ontap::practice::Practice;
use crate::sim::ontap::rules::NewIgroup;

impl Practice {
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

    fn with_igroup(&self, name: &str, change: impl FnOnce(&mut super::super::state::Igroup)) {
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
        let name = |(group, map): (&u64, &super::super::state::Map)| {
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
        match state.asked_of(state.first_svm(), &initiator::folded(initiator)) {
            Admission::Chap(chap) => Some((chap.name, chap.password)),
            Admission::Open | Admission::Denied => None,
        }
    }
}
