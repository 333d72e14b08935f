//! Walking a list of steps: up for attach, down for detach, back for a failed attach.
//!
//! The walk knows neither vendor nor driver. Before each effect it writes a journal line; after a
//! lost answer it looks again before it sends anything a second time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::journal::{Journal, Journals};
use super::ledger::Ledger;
use super::report::{Owner, Shortfall, StepReport, Watch, place_of};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{Lane, Role, State, Step};

/// How often a change is sent when its answers are lost.
pub(super) const ATTEMPTS: u32 = 3;

/// How long a look after a lost answer may take, beyond the deadline of the work: without it, the
/// user would be left in doubt.
const GRACE: Duration = Duration::from_secs(10);

/// How long taking back may last, whatever is left of the deadline.
const UNDO_TIME: Duration = Duration::from_secs(60);

/// What becomes of a lane that failed in a node that does not need all of its lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnFailure {
    /// Take back what this run made.
    Undo,
    /// Leave it for a later run.
    Keep,
}

/// Which links of others detach may remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Only ours.
    Ours,
    /// Those made by others too: the user asked for it.
    Adopted,
}

impl Links {
    /// Whether detach takes a link or container: ours, or one that was asked for.
    pub fn take(self, step: &dyn Step, ours: bool) -> bool {
        let asked = self == Self::Adopted;
        match step.role() {
            Role::Link => ours || asked,
            _ => ours || (asked && step.generated().is_some()),
        }
    }
}

/// A walk over the steps of one stage of one attachment, under the locks of that stage.
pub struct Walk<'a> {
    /// Where every effect is announced.
    pub journal: &'a Mutex<Journal>,
    /// Where other attachments are told that what they claim is gone.
    pub journals: &'a Journals,
    /// What other journals claim.
    pub ledger: &'a Ledger,
    /// Deadline and stop flag.
    pub bounds: &'a Bounds,
    /// The permission to change.
    pub mutate: &'a Mutate,
    /// Progress.
    pub watch: &'a dyn Watch,
    /// A word that tells this run from others in the journal.
    pub run: &'a str,
    /// What becomes of a failed lane.
    pub on_failure: OnFailure,
}

impl std::fmt::Debug for Walk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walk").finish_non_exhaustive()
    }
}

/// What a walk has seen so far. Filled also when the walk fails.
#[derive(Debug, Default)]
pub struct Trail {
    /// The steps, in the order of the list; one row per key.
    pub steps: Vec<StepReport>,
    /// Lanes that were given up, links that were left, and what could not be taken back.
    pub short: Vec<Shortfall>,
    /// Fewer lanes than wanted are present.
    pub degraded: bool,
    /// A link was removed: the proofs after it are asked to show that.
    pub(super) unlinked: bool,
}

impl Trail {
    /// Whether any step changed something that is still so.
    pub fn changed(&self) -> bool {
        self.steps.iter().any(|s| s.changed)
    }

    /// Adds a row, or replaces the one of an earlier round over the same stage.
    pub(super) fn row(&mut self, mut report: StepReport) {
        match self.steps.iter_mut().find(|s| s.key == report.key) {
            Some(old) => {
                report.changed |= old.changed;
                *old = report;
            }
            None => self.steps.push(report),
        }
    }
}

/// The row of one step.
pub(super) struct Row {
    begun: Instant,
    pub(super) role: Role,
    pub(super) report: StepReport,
}

impl Row {
    pub(super) fn of(key: &str, role: Role) -> Self {
        Self {
            begun: Instant::now(),
            role,
            report: StepReport {
                key: key.to_owned(),
                place: place_of(key),
                state: State::Unknown,
                evidence: String::new(),
                owner: None,
                changed: false,
                elapsed_ms: 0,
            },
        }
    }

    pub(super) fn ended(mut self, watch: &dyn Watch) -> Self {
        let elapsed = self.begun.elapsed().as_millis();
        self.report.elapsed_ms = u64::try_from(elapsed).unwrap_or(u64::MAX);
        watch.ends(&self.report);
        self
    }
}

impl Walk<'_> {
    pub(super) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(self.journal)
    }

    /// Whether an object is ours, by this journal or any other.
    pub(super) fn is_ours(&self, object: &str) -> bool {
        let here = self
            .journal()
            .claim(object)
            .is_some_and(super::claims::Claim::is_ours);
        here || self.ledger.is_ours(object)
    }

    /// Tells a step what the journals say about its object.
    pub(super) fn remind(&self, step: &dyn Step) {
        let Some(object) = step.object() else { return };
        let mut recorded = self.ledger.recorded(&object);
        if let Some(claim) = self.journal().claim(&object) {
            claim.tell(&mut recorded);
        }
        step.recall(&recorded);
    }

    pub(super) fn owner(&self, object: Option<&str>) -> Option<Owner> {
        object.map(|object| {
            if self.is_ours(object) {
                Owner::Ours
            } else {
                Owner::Adopted
            }
        })
    }

    /// Limits for a look that settles a doubt: it may outlast the deadline, and no signal ends it.
    pub(super) fn after_doubt(&self) -> Bounds {
        if self.bounds.deadline.remaining() > GRACE {
            self.bounds.unstoppable()
        } else {
            self.bounds.afresh(GRACE, "the look after a lost answer")
        }
    }
}

/// Limits for taking back: the first signal must not cut it short, nor the deadline that failed
/// the attach; a second signal ends the process at once.
pub(super) fn undo_bounds(bounds: &Bounds) -> Bounds {
    bounds.afresh(UNDO_TIME, "taking back")
}

/// A panic elsewhere must not hide what is on record.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds to facts that several lanes share.
pub(super) fn learn(facts: &Mutex<&mut Facts>, newer: Facts) {
    lock(facts).merge(newer);
}

/// Runs `work` for every lane, in threads when there is more than one, and keeps their order.
pub(super) fn in_parallel<T: Send>(
    lanes: &[Lane],
    work: impl Fn(usize, &Lane) -> T + Sync,
) -> Vec<T> {
    if let [lane] = lanes {
        return vec![work(0, lane)];
    }
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = lanes
            .iter()
            .enumerate()
            .map(|(index, lane)| scope.spawn(move || work(index, lane)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
