//! What sort of outcome this was: the one place where meanings become exit codes.

use std::fmt;

/// The kind of an outcome. Its number is the process's exit code and never changes meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Done, or nothing to do.
    Done,
    /// Failed, and nothing of ours was left behind.
    Failed,
    /// Wrong arguments or configuration, or a question that nobody is there to answer.
    Usage,
    /// A reading command found problems.
    Findings,
    /// Something was left behind or is in doubt.
    Partial,
    /// Unreachable, or out of time.
    Unreachable,
    /// Authentication or permission failed.
    Denied,
    /// Refused for safety: in use, wrong identity, conflict.
    Refused,
    /// This array or node cannot do it.
    Unsupported,
    /// Done with fewer paths than wanted.
    Degraded,
    /// No such object, or more than one.
    NotFound,
    /// Ended by SIGINT.
    Interrupted,
    /// Ended by SIGTERM.
    Terminated,
}

impl Kind {
    /// The exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Findings => 3,
            Self::Partial => 4,
            Self::Unreachable => 5,
            Self::Denied => 6,
            Self::Refused => 7,
            Self::Unsupported => 8,
            Self::Degraded => 9,
            Self::NotFound => 10,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }

    /// The word for JSON and for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::Findings => "findings",
            Self::Partial => "partial",
            Self::Unreachable => "unreachable",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::Unsupported => "unsupported",
            Self::Degraded => "degraded",
            Self::NotFound => "not_found",
            Self::Interrupted => "interrupted",
            Self::Terminated => "terminated",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// An error that knows how the command should end and what to type next.
pub trait Failure: std::error::Error + Send + Sync + 'static {
    /// Decides the exit code.
    fn kind(&self) -> Kind;

    /// The next things to type or to look at, the most useful first.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }
}
