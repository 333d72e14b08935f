//! Why a change by hand was not made.

use crate::kit::kind::{Failure, Kind};
use crate::node;
use crate::step;

/// Why a change of the node by hand was not made, or is in doubt.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such object.
    #[error("there is no {what}")]
    NotFound {
        /// What was named.
        what: String,
        /// What to type next.
        hints: Vec<String>,
    },
    /// The name fits more than one object, and one is wanted.
    #[error("{name} is {}: one is wanted", found.join(", "))]
    Ambiguous {
        /// As typed.
        name: String,
        /// What it fits.
        found: Vec<String>,
    },
    /// Something keeps it from being done.
    #[error("{why}: nothing was changed")]
    Refused {
        /// What.
        why: String,
        /// What to type next.
        hints: Vec<String>,
    },
    /// This node lacks what it takes.
    #[error("{why}")]
    Unsupported {
        /// What is missing.
        why: String,
        /// What to type next.
        hints: Vec<String>,
    },
    /// The request itself is wrong.
    #[error("{why}")]
    Usage {
        /// What is wrong.
        why: String,
        /// What to type next.
        hints: Vec<String>,
    },
    /// A part of it was done.
    #[error("{done}, but {cause}")]
    Halfway {
        /// What was done.
        done: String,
        /// What went wrong then.
        cause: String,
        /// What to type next.
        hints: Vec<String>,
    },
    /// An intent without work was to be made.
    #[error("there is nothing to do")]
    Nothing,
    /// A step of attach or detach failed.
    #[error("{0}")]
    Step(step::Error),
    /// The node's answer.
    #[error(transparent)]
    Node(#[from] node::Error),
}

impl From<step::Error> for Error {
    fn from(error: step::Error) -> Self {
        Self::Step(error)
    }
}

impl From<crate::system::Error> for Error {
    fn from(error: crate::system::Error) -> Self {
        Self::Node(error.into())
    }
}

impl Error {
    /// Whether the change, or a part of it, may have been made all the same.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Halfway { .. } => true,
            Self::Step(error) => error.is_doubt() || error.is_halfway(),
            _ => false,
        }
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } | Self::Ambiguous { .. } => Kind::NotFound,
            Self::Refused { .. } => Kind::Refused,
            Self::Unsupported { .. } => Kind::Unsupported,
            Self::Usage { .. } => Kind::Usage,
            Self::Halfway { .. } => Kind::Partial,
            Self::Nothing => Kind::Done,
            Self::Step(error) if error.is_doubt() || error.is_halfway() => Kind::Partial,
            Self::Step(error) => error.kind(),
            Self::Node(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotFound { hints, .. }
            | Self::Refused { hints, .. }
            | Self::Unsupported { hints, .. }
            | Self::Usage { hints, .. }
            | Self::Halfway { hints, .. } => hints.clone(),
            Self::Ambiguous { found, .. } => {
                vec![format!("name one of them: {}", found.join(", "))]
            }
            Self::Nothing => Vec::new(),
            Self::Step(error) => error.cause().hints(),
            Self::Node(error) => error.hints(),
        }
    }
}
