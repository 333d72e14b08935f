//! What befalls a process: at which of its requests and commands an answer is lost, somebody else
//! comes in between, or the process is killed.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What befalls it.
#[derive(Clone)]
pub(crate) enum Blow {
    /// Killed before the effect.
    KillBefore,
    /// Killed after the effect, before its answer.
    KillAfter,
    /// Nothing happens, and no answer comes.
    LostBefore,
    /// It happens, and no answer comes.
    LostAfter,
    /// The array refuses it with this code.
    Refused(&'static str),
    /// The array has forgotten the session.
    Expired,
    /// Somebody else does something right before.
    Meanwhile(Arc<dyn Fn() + Send + Sync>),
}

impl fmt::Debug for Blow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KillBefore => "kill-before",
            Self::KillAfter => "kill-after",
            Self::LostBefore => "lost-before",
            Self::LostAfter => "lost-after",
            Self::Refused(code) => code,
            Self::Expired => "expired",
            Self::Meanwhile(_) => "meanwhile",
        })
    }
}

/// What a thread of a killed process ends with.
pub(crate) struct Killed;

#[derive(Default)]
struct Inner {
    count: u64,
    plan: Vec<(u64, Blow)>,
    dead: bool,
    at_death: Option<Box<dyn FnOnce() + Send>>,
}

/// The fate of one process.
#[derive(Default)]
pub(crate) struct Fate {
    inner: Mutex<Inner>,
}

impl Fate {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new process: `plan` names effects by their number, counted from 1.
    pub(crate) fn begin(&self, plan: Vec<(u64, Blow)>, at_death: Box<dyn FnOnce() + Send>) {
        *self.lock() = Inner {
            count: 0,
            plan,
            dead: false,
            at_death: Some(at_death),
        };
    }

    /// Counts one effect and tells what befalls it.
    pub(crate) fn meets(&self) -> Option<Blow> {
        let mut inner = self.lock();
        inner.count += 1;
        let count = inner.count;
        let found = inner.plan.iter().find(|(at, _)| *at == count);
        found.map(|(_, blow)| blow.clone())
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.lock().dead
    }

    /// The process is no more: what is on its disk now is what stays.
    pub(crate) fn die(&self) {
        let mut inner = self.lock();
        inner.dead = true;
        if let Some(at_death) = inner.at_death.take() {
            at_death();
        }
    }

    /// Ends this thread if its process is dead. Without the noise of a panic.
    pub(crate) fn live(&self) {
        if self.is_dead() {
            std::panic::resume_unwind(Box::new(Killed));
        }
    }
}
