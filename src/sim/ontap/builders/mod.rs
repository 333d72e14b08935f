//! Changing the array from behind: what tests, other administrators and the practice machine do.
//!
//! A path `/vol/…` is one of the first SVM; `SVM:/vol/…` names another, as `SVM:NAME` does for an
//! igroup. Nothing here saves the file or tells the mirror; [`Practice::save`](super::Practice)
//! does the first.

mod furnish;
mod groups;
mod luns;
mod network;

use super::initiator;
use super::state::{LifKind, Login, State};

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
