//! Ctrl-C and SIGTERM as a flag that every wait looks at.
//!
//! The first signal asks the work to stop at the next safe point; the second ends the process at
//! once, with the exit code of its signal. The journal is written before each effect, so it is
//! true in both cases.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};

use super::kind::Kind;

/// How long a wait may go on before it looks at the flag again.
const SLICE: Duration = Duration::from_millis(20);

/// A shared flag: has somebody asked this process to stop?
#[derive(Debug, Clone, Default)]
pub struct Stop {
    interrupted: Arc<AtomicBool>,
    terminated: Arc<AtomicBool>,
}

impl Stop {
    /// A flag that only [`Stop::request`] raises: for tests and for parts that run unattended.
    pub fn new() -> Self {
        Self::default()
    }

    /// A flag raised by SIGINT and SIGTERM; the second signal ends the process at once.
    ///
    /// # Errors
    /// When the handlers cannot be installed.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        for (signal, kind, flag) in [
            (SIGINT, Kind::Interrupted, &stop.interrupted),
            (SIGTERM, Kind::Terminated, &stop.terminated),
        ] {
            // Order matters: the shutdown must see the flag as it was before this signal.
            for earlier in [&stop.interrupted, &stop.terminated] {
                signal_hook::flag::register_conditional_shutdown(
                    signal,
                    i32::from(kind.exit_code()),
                    Arc::clone(earlier),
                )?;
            }
            signal_hook::flag::register(signal, Arc::clone(flag))?;
        }
        Ok(stop)
    }

    /// Raises the flag as SIGINT would.
    pub fn request(&self) {
        self.interrupted.store(true, Ordering::SeqCst);
    }

    /// How the process should end if it was asked to stop.
    pub fn requested(&self) -> Option<Kind> {
        if self.terminated.load(Ordering::SeqCst) {
            Some(Kind::Terminated)
        } else if self.interrupted.load(Ordering::SeqCst) {
            Some(Kind::Interrupted)
        } else {
            None
        }
    }

    /// Waits for `span`, or less if the flag is raised.
    pub fn wait(&self, span: Duration) {
        let end = Instant::now() + span;
        while self.requested().is_none() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            pause(left.min(SLICE));
        }
    }
}

/// Sleeps for a short, fixed span: the lowest level of every wait.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which waits go"
)]
pub(crate) fn pause(span: Duration) {
    std::thread::sleep(span);
}
