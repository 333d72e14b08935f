//! Who goes next: requests of several processes wait at a gate, and a seed decides.
//!
//! A choice is made only when every process either asks, or waits for a lock, or has ended, so
//! the seed decides alone, whatever the machine is busy with.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::dice::Dice;

/// Generous: whoever waits this long has found a deadlock.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Default, Clone)]
struct Walker {
    /// Threads that ask, in the order in which they came.
    asking: Vec<(u64, String)>,
    /// Waits for locks.
    waiting: usize,
    over: bool,
}

#[derive(Debug)]
struct Inner {
    dice: Dice,
    walkers: Vec<Walker>,
    tickets: u64,
    granted: Option<u64>,
    /// Who went, and with what.
    path: Vec<String>,
    open: bool,
}

/// A gate for a number of processes.
#[derive(Debug)]
pub(crate) struct Gate {
    inner: Mutex<Inner>,
    moved: Condvar,
}

impl Gate {
    /// A gate that nobody waits at.
    pub(crate) fn open() -> Self {
        Self::with(0, 0, true)
    }

    /// A gate for these many processes, and a seed that decides.
    pub(crate) fn new(seed: u64, processes: usize) -> Self {
        Self::with(seed, processes, false)
    }

    fn with(seed: u64, processes: usize, open: bool) -> Self {
        Self {
            inner: Mutex::new(Inner {
                dice: Dice::new(seed),
                walkers: vec![Walker::default(); processes],
                tickets: 0,
                granted: None,
                path: Vec::new(),
                open,
            }),
            moved: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes back when it is this request's turn.
    pub(crate) fn pass(&self, who: usize, what: &str) {
        let mut inner = self.lock();
        if inner.open {
            return;
        }
        inner.tickets += 1;
        let ticket = inner.tickets;
        inner.walkers[who].asking.push((ticket, what.to_owned()));
        let end = Instant::now() + PATIENCE;
        loop {
            self.choose(&mut inner);
            if inner.granted == Some(ticket) {
                inner.granted = None;
                inner.walkers[who].asking.retain(|(t, _)| *t != ticket);
                inner.path.push(format!("{who} {what}"));
                // Another thread of the same process may ask already.
                self.choose(&mut inner);
                return;
            }
            assert!(Instant::now() < end, "nobody goes: {inner:#?}");
            let waited = self.moved.wait_timeout(inner, PATIENCE);
            inner = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A process waits for a lock from now on, or no more.
    pub(crate) fn waits(&self, who: usize, waits: bool) {
        let mut inner = self.lock();
        if inner.open {
            return;
        }
        let walker = &mut inner.walkers[who];
        if waits {
            walker.waiting += 1;
        } else {
            walker.waiting -= 1;
        }
        self.choose(&mut inner);
    }

    /// A process has ended.
    pub(crate) fn over(&self, who: usize) {
        let mut inner = self.lock();
        if inner.open {
            return;
        }
        inner.walkers[who].over = true;
        inner.path.push(format!("{who} ends"));
        self.choose(&mut inner);
    }

    /// Who went, and with what, in this order.
    pub(crate) fn path(&self) -> Vec<String> {
        self.lock().path.clone()
    }

    fn choose(&self, inner: &mut Inner) {
        if inner.granted.is_some() {
            return;
        }
        let settled = |w: &Walker| w.over || w.waiting > 0 || !w.asking.is_empty();
        if !inner.walkers.iter().all(settled) {
            return;
        }
        let asking: Vec<u64> = inner
            .walkers
            .iter()
            .filter_map(|w| w.asking.first().map(|(ticket, _)| *ticket))
            .collect();
        if !asking.is_empty() {
            inner.granted = Some(asking[inner.dice.below(asking.len())]);
            self.moved.notify_all();
        }
    }
}
