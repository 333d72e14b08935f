//! How an attachment can fail.

use std::path::PathBuf;

use crate::kit::bounds::Ended;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::LockError;
use crate::step;
use crate::system::store::StoreError;

/// Why a flow did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A step failed.
    #[error("{key}: {cause}")]
    Step {
        /// The step.
        key: String,
        /// What it said.
        cause: step::Error,
    },
    /// A stage could not be entered, surveyed or planned.
    #[error("{cause}")]
    Stage {
        /// The stage.
        stage: &'static str,
        /// What it said.
        cause: step::Error,
    },
    /// A step is not present and cannot be made so by this run.
    #[error("{key} is {state}: {evidence}")]
    NotReady {
        /// The step.
        key: String,
        /// Its state.
        state: &'static str,
        /// What was seen.
        evidence: String,
    },
    /// The one step that was asked for stands on another, which is not present.
    #[error("{key} comes first and is {state}: {evidence}")]
    Earlier {
        /// The step that is not present.
        key: String,
        /// Its state.
        state: &'static str,
        /// What was seen.
        evidence: String,
    },
    /// Only a whole attachment can be adopted.
    #[error("{lun} is not wholly attached: {}", lacking.join(", "))]
    NotWhole {
        /// The LUN.
        lun: String,
        /// The steps that are not as wanted, with their states.
        lacking: Vec<String>,
    },
    /// The attachment has no such step.
    #[error("no step {spec}; there are {}", keys.join(", "))]
    NoStep {
        /// As named.
        spec: String,
        /// The steps that there are.
        keys: Vec<String>,
    },
    /// Several steps begin so.
    #[error("several steps begin with {spec}: {}", keys.join(", "))]
    ManySteps {
        /// As named.
        spec: String,
        /// Those that begin so.
        keys: Vec<String>,
    },
    /// The work was stopped or out of time between two steps.
    #[error("{0}")]
    Ended(#[from] Ended),
    /// A lock could not be had.
    #[error("{0}")]
    Lock(#[from] LockError),
    /// The state directory cannot be used.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A change was made, or may have been, and its line could not be written afterwards.
    #[error("{key} was changed, but that could not be written down: {cause}")]
    Unrecorded {
        /// The step.
        key: String,
        /// Why not.
        cause: Box<Error>,
    },
    /// Detach may not remove it: something uses it.
    #[error("{key} is in use by {by}")]
    InUse {
        /// The step.
        key: String,
        /// Who or what.
        by: String,
    },
    /// Detach did all of its steps, and something that the journal claims is none of them.
    #[error("made by sanctl and out of reach of this detach: {}", .objects.join(", "))]
    OutOfReach {
        /// What is left.
        objects: Vec<String>,
    },
    /// A line of the journal could not be made.
    #[error("journal: {0}")]
    Journal(String),
    /// The journal was written by a newer program.
    #[error("{} was written by a newer sanctl (format {format})", path.display())]
    NewerJournal {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: u32,
    },
    /// The attachment in the journal belongs to another array than the one asked now.
    #[error(
        "the journal of {lun} is bound to array serial {journal}, but the array answers {array}"
    )]
    OtherArray {
        /// The LUN.
        lun: String,
        /// The serial in the journal.
        journal: String,
        /// The serial seen.
        array: String,
    },
    /// Several attachments fit the name.
    #[error("{name} names several attachments: {}", .found.join(", "))]
    Ambiguous {
        /// As the user named it.
        name: String,
        /// Those that fit.
        found: Vec<String>,
    },
    /// Nothing fits the name.
    #[error("no attachment of {name} is known on this node")]
    NotFound {
        /// As the user named it.
        name: String,
    },
    /// A link that somebody else made was left in place.
    #[error("left in place: {}", .links.join("; "))]
    Adopted {
        /// What was left.
        links: Vec<String>,
    },
}

impl Error {
    /// A step's own error.
    pub(super) fn step(key: &str, cause: step::Error) -> Self {
        Self::Step {
            key: key.to_owned(),
            cause,
        }
    }

    /// What is wrong, for a line that names the step already.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Step { cause, .. } => cause.to_string(),
            Self::NotReady {
                state, evidence, ..
            } => format!("{state}: {evidence}"),
            Self::InUse { by, .. } => format!("in use by {by}"),
            other => other.to_string(),
        }
    }

    /// The step that failed, if it was one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Step { key, .. }
            | Self::NotReady { key, .. }
            | Self::Earlier { key, .. }
            | Self::Unrecorded { key, .. }
            | Self::InUse { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Whether a change may have been made whose outcome is not known or not on record.
    pub fn is_doubt(&self) -> bool {
        match self {
            Self::Step { cause, .. } => cause.is_doubt() || cause.is_halfway(),
            Self::Unrecorded { .. } => true,
            // A stage is entered, surveyed and planned without a change.
            _ => false,
        }
    }

    /// Whether the stage should be surveyed again and gone on with.
    pub(super) fn is_stale(&self) -> bool {
        match self {
            Self::Step { cause, .. } | Self::Stage { cause, .. } => cause.is_stale(),
            _ => false,
        }
    }

    /// The signal that ended the work, if it was one.
    pub(super) fn signal(&self) -> Option<Kind> {
        match self.kind() {
            kind @ (Kind::Interrupted | Kind::Terminated) => Some(kind),
            _ => None,
        }
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Step { cause, .. } | Self::Stage { cause, .. } => cause.kind(),
            Self::NotReady { .. } => Kind::Failed,
            Self::Ended(ended) => ended.kind(),
            Self::Lock(lock) => lock.kind(),
            Self::Store(store) => store.kind(),
            Self::Journal(_) => Kind::Failed,
            Self::Unrecorded { cause, .. } => cause.kind(),
            Self::NewerJournal { .. }
            | Self::OtherArray { .. }
            | Self::Earlier { .. }
            | Self::NotWhole { .. }
            | Self::InUse { .. } => Kind::Refused,
            Self::Ambiguous { .. }
            | Self::NotFound { .. }
            | Self::NoStep { .. }
            | Self::ManySteps { .. } => Kind::NotFound,
            Self::Adopted { .. } | Self::OutOfReach { .. } => Kind::Partial,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Step { cause, .. } | Self::Stage { cause, .. } => cause.cause().hints(),
            Self::Ended(ended) => ended.hints(),
            Self::Lock(lock) => lock.hints(),
            Self::Store(store) => store.hints(),
            Self::NewerJournal { .. } => vec!["use the newer program for this attachment".into()],
            Self::OtherArray { .. } => vec![
                "does the configuration lead to another array than when it was attached?".into(),
                "sanctl array test".into(),
            ],
            Self::Ambiguous { .. } => vec!["name one by wwid: or give --array".into()],
            Self::NotFound { name } => vec![format!("sanctl status {name}")],
            Self::Adopted { .. } => {
                vec!["--include-adopted removes it too; --keep-adopted calls this success".into()]
            }
            Self::Unrecorded { cause, .. } => cause.hints(),
            Self::OutOfReach { .. } => {
                vec!["remove them by hand, then the same detach closes the journal".into()]
            }
            // The flow adds the command that lists the steps, or makes the one before.
            Self::NoStep { .. }
            | Self::ManySteps { .. }
            | Self::NotReady { .. }
            | Self::Earlier { .. }
            | Self::NotWhole { .. }
            | Self::InUse { .. }
            | Self::Journal(_) => Vec::new(),
        }
    }
}
