//! Deadline and stop flag together: what every blocking call is given.

use std::time::{Duration, Instant};

use super::clock::Clock;
use super::deadline::Deadline;
use super::kind::{Failure, Kind};
use super::stop::Stop;

/// The limits of a piece of work: until when, and whether somebody asked to stop.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Nobody waits beyond this.
    pub deadline: Deadline,
    /// Raised by Ctrl-C or SIGTERM.
    pub stop: Stop,
}

/// Why a wait ended without its result.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Ended {
    /// The deadline passed.
    #[error("out of time: {what} was given {} s", .span.as_secs_f32())]
    Late {
        /// What the deadline bounded.
        what: String,
        /// How long it was given.
        span: Duration,
    },
    /// A signal asked to stop.
    #[error("interrupted by {}", if *.0 == Kind::Terminated { "SIGTERM" } else { "Ctrl-C" })]
    Stopped(Kind),
}

impl Failure for Ended {
    fn kind(&self) -> Kind {
        match self {
            Self::Late { .. } => Kind::Unreachable,
            Self::Stopped(kind) => *kind,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Late { .. } => vec!["give more time with --timeout, for example 10m".into()],
            Self::Stopped(_) => Vec::new(),
        }
    }
}

impl Bounds {
    /// Limits of `span` from now, stopped by `stop`.
    pub fn new(span: Duration, what: impl Into<String>, stop: Stop) -> Self {
        Self {
            deadline: Deadline::after(span, what),
            stop,
        }
    }

    /// Limits of `span` from `start`, stopped by `stop`.
    pub fn since(start: Instant, span: Duration, what: impl Into<String>, stop: Stop) -> Self {
        Self {
            deadline: Deadline::since(start, span, what),
            stop,
        }
    }

    /// Limits of `span` from now by a clock of its own, stopped by `stop`.
    pub fn by(clock: &Clock, span: Duration, what: impl Into<String>, stop: Stop) -> Self {
        Self {
            deadline: Deadline::by(clock, span, what),
            stop,
        }
    }

    /// Other limits by the same clock: `span` from now, deaf to signals.
    pub fn afresh(&self, span: Duration, what: impl Into<String>) -> Self {
        Self::by(self.deadline.clock(), span, what, Stop::new())
    }

    /// The same stop flag, at most `span` from now.
    pub fn at_most(&self, span: Duration, what: impl Into<String>) -> Self {
        Self {
            deadline: self.deadline.at_most(span, what),
            stop: self.stop.clone(),
        }
    }

    /// The same limits, but at least `span` from now, and then deaf to signals: for what ends by
    /// itself and leaves more behind when it is cut short.
    pub fn at_least(&self, span: Duration, what: impl Into<String>) -> Self {
        if self.deadline.remaining() >= span {
            self.clone()
        } else {
            self.afresh(span, what)
        }
    }

    /// The same deadline, deaf to signals: for undo, which the first signal must not cut short.
    pub fn unstoppable(&self) -> Self {
        Self {
            deadline: self.deadline.clone(),
            stop: Stop::new(),
        }
    }

    /// Fails when the deadline has passed or a stop was asked for.
    ///
    /// # Errors
    /// [`Ended`], with the name of what was bounded.
    pub fn check(&self) -> Result<(), Ended> {
        if let Some(kind) = self.stop.requested() {
            return Err(Ended::Stopped(kind));
        }
        if self.deadline.expired() {
            return Err(self.late());
        }
        Ok(())
    }

    /// Waits for `span` within the limits.
    ///
    /// # Errors
    /// [`Ended`] when the limits end before `span` does.
    pub fn wait(&self, span: Duration) -> Result<(), Ended> {
        let left = self.deadline.remaining();
        self.deadline.clock().wait(span.min(left), &self.stop);
        self.check()
    }

    /// Asks `probe` again and again, with pauses that grow from 5 ms to 250 ms, until it answers.
    ///
    /// # Errors
    /// The probe's own error, or [`Ended`] through `E`.
    pub fn poll<T, E: From<Ended>>(
        &self,
        mut probe: impl FnMut() -> Result<Option<T>, E>,
    ) -> Result<T, E> {
        let mut pause = Duration::from_millis(5);
        loop {
            if let Some(found) = probe()? {
                return Ok(found);
            }
            self.wait(pause)?;
            pause = (pause * 2).min(Duration::from_millis(250));
        }
    }

    fn late(&self) -> Ended {
        Ended::Late {
            what: self.deadline.what().to_owned(),
            span: self.deadline.span(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_flag_ends_a_wait_before_its_time() {
        let stop = Stop::new();
        stop.request();
        let bounds = Bounds::new(Duration::from_secs(3600), "test", stop);
        assert!(matches!(
            bounds.wait(Duration::from_secs(3600)),
            Err(Ended::Stopped(_))
        ));
        assert!(bounds.unstoppable().check().is_ok());
    }

    #[test]
    fn a_skipping_clock_goes_on_by_what_is_waited_for() {
        let hour = Duration::from_secs(3600);
        let bounds = Bounds::by(&Clock::skipping(), hour, "test", Stop::new());
        let start = Instant::now();
        assert!(bounds.wait(hour / 2).is_ok());
        let short = bounds.at_most(hour / 4, "a part");
        assert!(short.wait(hour).is_err());
        assert!(bounds.check().is_ok());
        let never = bounds.poll(|| Ok::<_, Ended>(None::<()>));
        assert!(matches!(never, Err(Ended::Late { .. })));
        assert!(bounds.afresh(hour, "undo").check().is_ok());
        assert!(start.elapsed() < hour / 4);
    }

    #[test]
    fn what_was_used_up_before_counts() {
        let (start, stop) = (Instant::now(), Stop::new());
        let tick = Duration::from_nanos(1);
        while start.elapsed() < tick {}
        assert!(Bounds::since(start, tick, "attach", stop).check().is_err());
    }

    #[test]
    fn what_must_end_by_itself_gets_its_time() {
        let span = Duration::from_secs(3600);
        let short = Bounds::new(Duration::from_secs(1), "attach", Stop::new());
        let given = short.at_least(span, "the login");
        assert!(given.deadline.remaining() > Duration::from_secs(3000));
        assert_eq!(given.deadline.what(), "the login");
        let long = Bounds::new(span * 2, "attach", Stop::new());
        assert_eq!(long.at_least(span, "the login").deadline.what(), "attach");
    }

    #[test]
    fn an_expired_deadline_names_what_it_bounded() {
        let bounds = Bounds::new(Duration::ZERO, "attach", Stop::new());
        let said = bounds.check().unwrap_err().to_string();
        assert!(said.contains("attach"), "{said}");
    }
}
