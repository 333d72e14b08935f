//! Igroups and their initiators.

use super::Force;
use crate::sim::ontap::initiator::{self, Protocol};
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::{Igroup, State};

/// What an igroup's hosts may run (ontap.md §6).
pub(in super::super) const OS_TYPES: [&str; 10] = [
    "aix", "hpux", "hyper_v", "linux", "netware", "openvms", "solaris", "vmware", "windows", "xen",
];
/// An igroup's name has at most so many characters.
const LONGEST_NAME: usize = 96;

/// An igroup to be made.
#[derive(Debug, Clone)]
pub(in super::super) struct NewIgroup {
    pub(in super::super) name: String,
    pub(in super::super) protocol: String,
    pub(in super::super) os: String,
    pub(in super::super) portset: Option<String>,
    pub(in super::super) delete_on_unmap: bool,
    pub(in super::super) comment: String,
}

impl State {
    /// Makes an igroup without initiators.
    pub(in super::super) fn create_igroup(&mut self, svm: u64, new: NewIgroup) -> Done<u64> {
        self.takes_changes(svm)?;
        check_name(&new.name)?;
        if !["iscsi", "fcp", "mixed"].contains(&new.protocol.as_str()) {
            let words = format!("Invalid igroup type {:?}", new.protocol);
            return Err(Refusal::about(Why::InvalidValue, "protocol", words));
        }
        if !OS_TYPES.contains(&new.os.as_str()) {
            let words = format!("Invalid operating system type {:?}", new.os);
            return Err(Refusal::about(Why::BadOs, "os_type", words));
        }
        if self.igroup_named(svm, &new.name).is_some() {
            return Err(Why::IgroupExists.into());
        }
        if let Some(portset) = &new.portset {
            self.find_portset(svm, portset)?;
        }
        let number = self.next();
        let group = Igroup {
            svm,
            uuid: self.make_uuid(number),
            name: new.name,
            protocol: new.protocol,
            os: new.os,
            initiators: Vec::new(),
            portset: new.portset,
            delete_on_unmap: new.delete_on_unmap,
            comment: new.comment,
        };
        self.igroups.insert(number, group);
        Ok(number)
    }

    pub(in super::super) fn find_portset(&self, svm: u64, name: &str) -> Done<()> {
        let mut sets = self.portsets.iter();
        if sets.any(|set| set.svm == svm && set.name == name) {
            return Ok(());
        }
        let words = format!("The port set {name:?} does not exist");
        Err(Refusal::about(Why::NoEntry, "portset.name", words))
    }

    pub(in super::super) fn add_initiator(&mut self, igroup: u64, name: &str) -> Done<()> {
        let (protocol, name) = initiator::parse(name)?;
        let group = self.igroups.get(&igroup).ok_or(Why::NoIgroup)?;
        let (svm, os) = (group.svm, group.os.clone());
        self.takes_changes(svm)?;
        match (protocol, group.protocol.as_str()) {
            (Protocol::Iscsi, "fcp") | (Protocol::Fcp, "iscsi") => {
                return Err(Why::WrongType.into());
            }
            _ => {}
        }
        if group.holds(&name) {
            return Err(Why::InitiatorPresent.into());
        }
        let others = self.igroups_of(svm, &name);
        if let Some((_, other)) = others.iter().find(|(_, other)| other.os != os) {
            let words = format!(
                "Initiator {name} is in igroup {} of type {}",
                other.name, other.os
            );
            return Err(Refusal::words(Why::OsConflict, words));
        }
        self.fits(&name, igroup, svm)?;
        if let Some(group) = self.igroups.get_mut(&igroup) {
            group.initiators.push(name);
        }
        Ok(())
    }

    pub(in super::super) fn remove_initiator(
        &mut self,
        igroup: u64,
        name: &str,
        force: Force,
    ) -> Done<()> {
        let name = initiator::folded(name);
        let group = self.igroups.get(&igroup).ok_or(Why::NoIgroup)?;
        self.takes_changes(group.svm)?;
        if !group.holds(&name) {
            return Err(Why::InitiatorAbsent.into());
        }
        self.unmapped(igroup, force)?;
        if let Some(group) = self.igroups.get_mut(&igroup) {
            group.initiators.retain(|i| *i != name);
        }
        Ok(())
    }

    pub(in super::super) fn destroy_igroup(&mut self, igroup: u64, force: Force) -> Done<()> {
        let group = self.igroups.get(&igroup).ok_or(Why::NoIgroup)?;
        self.takes_changes(group.svm)?;
        self.unmapped(igroup, force)?;
        self.maps.retain(|_, maps| {
            maps.remove(&igroup);
            !maps.is_empty()
        });
        self.igroups.remove(&igroup);
        Ok(())
    }

    fn unmapped(&self, igroup: u64, force: Force) -> Done<()> {
        if force == Force::No && self.maps_of_igroup(igroup).next().is_some() {
            return Err(Why::MapsExist.into());
        }
        Ok(())
    }

    pub(in super::super) fn rename_igroup(&mut self, igroup: u64, name: &str) -> Done<()> {
        let svm = self.igroups.get(&igroup).ok_or(Why::NoIgroup)?.svm;
        self.takes_changes(svm)?;
        check_name(name)?;
        match self.igroup_named(svm, name) {
            Some(other) if other != igroup => return Err(Why::IgroupExists.into()),
            _ => {}
        }
        if let Some(group) = self.igroups.get_mut(&igroup) {
            name.clone_into(&mut group.name);
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Done<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    if (1..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(plain) {
        return Ok(());
    }
    let words = format!("Invalid igroup name {name:?}: 1 to {LONGEST_NAME} of A-Z a-z 0-9 - _ . :");
    Err(Refusal::about(Why::InvalidValue, "name", words))
}
