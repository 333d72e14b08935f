//! A point in time after which nobody waits any more.

use std::time::{Duration, Instant};

/// A deadline with the name of what it bounds, so that its expiry can be told in words.
#[derive(Debug, Clone)]
pub struct Deadline {
    at: Instant,
    span: Duration,
    what: String,
}

impl Deadline {
    /// Ends `span` from now; `what` names the work, for example `attach`.
    pub fn after(span: Duration, what: impl Into<String>) -> Self {
        Self::since(Instant::now(), span, what)
    }

    /// Ends `span` after `start`, which may lie so far back that it has passed already.
    pub fn since(start: Instant, span: Duration, what: impl Into<String>) -> Self {
        Self {
            at: start + span,
            span,
            what: what.into(),
        }
    }

    /// The earlier of this deadline and `span` from now, named `what` if the latter is the earlier.
    pub fn at_most(&self, span: Duration, what: impl Into<String>) -> Self {
        if self.remaining() <= span {
            self.clone()
        } else {
            Self::after(span, what)
        }
    }

    /// What is left, zero after expiry.
    pub fn remaining(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    /// Whether it has passed.
    pub fn expired(&self) -> bool {
        self.remaining().is_zero()
    }

    /// What it bounds.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// How long it was from its start.
    pub fn span(&self) -> Duration {
        self.span
    }
}
