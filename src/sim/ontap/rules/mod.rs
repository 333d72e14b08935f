//! What may be done with the objects, whichever wire asks (ontap.md §7, §9).

mod igroups;
mod luns;
mod maps;
mod numbers;

pub(super) use igroups::{NewIgroup, OS_TYPES};
pub(super) use luns::NewLun;

use super::refusal::{Done, Why};
use super::state::{State, Subtype, SvmState};

/// Whether a change goes through although something stands in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Force {
    No,
    Yes,
}

impl From<bool> for Force {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl State {
    /// Whether an SVM takes changes: it runs and is no copy.
    pub(super) fn takes_changes(&self, svm: u64) -> Done<()> {
        let svm = self.svm(svm).ok_or(Why::NoSvm)?;
        match (svm.state, svm.subtype) {
            (SvmState::Stopped, _) => Err(Why::SvmStopped.into()),
            (_, Subtype::DpDestination) => Err(Why::SvmIsCopy.into()),
            _ => Ok(()),
        }
    }
}
