//! A point in time after which nobody waits any more.

use std::time::{Duration, Instant};

use super::clock::Clock;

/// A deadline with the name of what it bounds, so that its expiry can be told in words.
#[derive(Debug, Clone)]
pub struct Deadline {
    at: Instant,
    span: Duration,
    what: String,
    clock: Clock,
}

impl Deadline {
    /// Ends `span` from now; `what` names the work, for example `attach`.
    pub fn after(span: Duration, what: impl Into<String>) -> Self {
        Self::since(Instant::now(), span, what)
    }

    /// Ends `span` from now by this clock.
    pub fn by(clock: &Clock, span: Duration, what: impl Into<String>) -> Self {
        Self {
            at: clock.now() + span,
            span,
            what: what.into(),
            clock: clock.clone(),
        }
    }

    /// Ends `span` after `start`, which may lie so far back that it has passed already.
    pub fn since(start: Instant, span: Duration, what: impl Into<String>) -> Self {
        Self {
            at: start + span,
            span,
            what: what.into(),
            clock: Clock::real(),
        }
    }

    /// The earlier of this deadline and `span` from now, named `what` if the latter is the earlier.
    pub fn at_most(&self, span: Duration, what: impl Into<String>) -> Self {
        if self.remaining() <= span {
            self.clone()
        } else {
            Self::by(&self.clock, span, what)
        }
    }

    /// What is left, zero after expiry.
    pub fn remaining(&self) -> Duration {
        self.at.saturating_duration_since(self.clock.now())
    }

    /// Whether it has passed.
    pub fn expired(&self) -> bool {
        self.remaining().is_zero()
    }

    /// The clock it is read from.
    pub fn clock(&self) -> &Clock {
        &self.clock
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
