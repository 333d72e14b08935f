//! What waiting costs: time, or nothing but the clock's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::stop::Stop;

/// The clock that deadlines are read from.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Nanoseconds that were waited for without waiting; `None` = every wait takes its time.
    skipped: Option<Arc<AtomicU64>>,
}

impl Clock {
    /// The clock of the machine.
    pub fn real() -> Self {
        Self::default()
    }

    /// A clock that goes on by what is waited for, at once: so that a test of a busy array or of
    /// a device that never appears takes no longer than its work.
    pub fn skipping() -> Self {
        Self {
            skipped: Some(Arc::default()),
        }
    }

    /// Now, by this clock.
    pub fn now(&self) -> Instant {
        let skipped = self.skipped.as_ref();
        let nanos = skipped.map_or(0, |s| s.load(Ordering::SeqCst));
        Instant::now() + Duration::from_nanos(nanos)
    }

    /// Waits for `span`, or less if the flag is raised.
    pub(super) fn wait(&self, span: Duration, stop: &Stop) {
        match &self.skipped {
            None => stop.wait(span),
            Some(_) if stop.requested().is_some() => {}
            Some(skipped) => {
                let nanos = u64::try_from(span.as_nanos()).unwrap_or(u64::MAX);
                skipped.fetch_add(nanos, Ordering::SeqCst);
            }
        }
    }
}
