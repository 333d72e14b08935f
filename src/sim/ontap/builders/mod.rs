//! Changing the array from behind: what tests, other administrators and the practice machine do.
//!
//! A path `/vol/…` is one of the first SVM; `SVM:/vol/…` names another, as `SVM:NAME` does for an
//! igroup. Nothing here saves the file or tells the mirror; [`Practice::save`](super::Practice)
//! does the first.

mod furnish;
mod groups;
mod luns;
mod network;

use super::state::{Login, State};

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

    /// A session of an initiator at a LIF, unless it has one there.
    pub(super) fn log_in(&mut self, svm: u64, initiator: &str, lif: &str) {
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
