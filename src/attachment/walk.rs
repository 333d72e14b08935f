//! Walking a list of steps: up for attach, down for detach, back for a failed attach.
//!
//! The walk knows neither vendor nor driver. Before each effect it writes a journal line; after a
//! lost answer it looks again before it sends anything a second time.

mod down;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::error::Error;
use super::journal::{Journal, Mark};
use super::ledger::Ledger;
use super::report::{Owner, Shortfall, StepReport, Watch, place_of};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{Aim, Change, Cx, Finding, Lane, Look, Made, Need, Node, State, Step, Undone};

/// How often a change is sent when its answers are lost.
const ATTEMPTS: u32 = 3;

/// How long a look after a lost answer may take, beyond the deadline of the work: without it, the
/// user would be left in doubt.
const GRACE: Duration = Duration::from_secs(10);

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

/// A walk over the steps of one attachment.
pub struct Walk<'a> {
    /// Where every effect is announced.
    pub journal: &'a Mutex<Journal>,
    /// Who owns what.
    pub ledger: &'a Ledger,
    /// Deadline and stop flag.
    pub bounds: &'a Bounds,
    /// The permission to change.
    pub mutate: &'a Mutate,
    /// Progress.
    pub watch: &'a dyn Watch,
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
    /// The steps, in the order of their ends.
    pub steps: Vec<StepReport>,
    /// Lanes that were given up, and links that were left.
    pub short: Vec<Shortfall>,
}

impl Trail {
    /// Whether any step changed something.
    pub fn changed(&self) -> bool {
        self.steps.iter().any(|s| s.changed)
    }
}

struct Shared<'a> {
    facts: Mutex<&'a mut Facts>,
    trail: Mutex<&'a mut Trail>,
    halt: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere must not hide what is on record.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Walk<'_> {
    /// Makes every step present. Facts and trail are filled as far as it came.
    ///
    /// # Errors
    /// The first step that could not be made present.
    pub fn up(&self, nodes: &[Node], facts: &mut Facts, trail: &mut Trail) -> Result<(), Error> {
        for node in nodes {
            let shared = Shared {
                facts: Mutex::new(facts),
                trail: Mutex::new(trail),
                halt: AtomicBool::new(false),
            };
            self.up_node(node, &shared)?;
        }
        Ok(())
    }

    fn up_node(&self, node: &Node, shared: &Shared<'_>) -> Result<(), Error> {
        let run = |lane: &Lane| {
            let ended = lane
                .iter()
                .try_for_each(|step| self.up_step(&**step, shared));
            if ended.is_err() && node.need == Need::All {
                shared.halt.store(true, Ordering::SeqCst);
            }
            ended
        };
        let ends = in_parallel(&node.lanes, run);
        match node.need {
            Need::All => ends.into_iter().collect(),
            Need::AtLeast { min, .. } => self.quorum(node, ends, min, shared),
        }
    }

    /// Takes back the lanes that failed and goes on if enough others succeeded.
    fn quorum(
        &self,
        node: &Node,
        ends: Vec<Result<(), Error>>,
        min: usize,
        shared: &Shared<'_>,
    ) -> Result<(), Error> {
        let good = ends.iter().filter(|end| end.is_ok()).count();
        let mut first = None;
        for (lane, end) in node.lanes.iter().zip(ends) {
            let Err(error) = end else { continue };
            if good >= min && self.on_failure == OnFailure::Undo {
                let steps: Vec<&dyn Step> = lane.iter().map(|s| &**s).collect();
                self.back(
                    &steps,
                    &lock(&shared.facts).clone(),
                    &mut lock(&shared.trail),
                );
            }
            let key = error.key().map_or_else(|| lane_name(lane), str::to_owned);
            let short = Shortfall {
                key,
                why: error.to_string(),
            };
            lock(&shared.trail).short.push(short);
            // What must not be gone over: a stop, and anything refused for safety.
            if matches!(error, Error::Ended(_)) || is_refusal(&error) {
                return Err(error);
            }
            first = first.or(Some(error));
        }
        match first {
            Some(error) if good < min => Err(error),
            _ => Ok(()),
        }
    }

    fn up_step(&self, step: &dyn Step, shared: &Shared<'_>) -> Result<(), Error> {
        if shared.halt.load(Ordering::SeqCst) {
            // A sibling failed; what it said is the cause that counts.
            return Ok(());
        }
        self.bounds.check()?;
        let begun = Instant::now();
        let known = lock(&shared.facts).clone();
        let cx = Cx {
            facts: &known,
            bounds: self.bounds,
        };
        let title = step.describe(&known, Aim::Attach).title;
        self.watch.begins(step.key(), &title);
        let result = self.make_present(step, &cx);
        let (state, evidence, owner, changed) = match &result {
            Ok(made) => (made.state, made.evidence.clone(), made.owner, made.changed),
            Err(error) => (state_of(error), error.to_string(), None, false),
        };
        let report = StepReport {
            key: step.key().to_owned(),
            place: place_of(step.key()),
            state,
            evidence,
            owner,
            changed,
            elapsed_ms: millis(begun),
        };
        self.watch.ends(&report);
        lock(&shared.trail).steps.push(report);
        lock(&shared.facts).merge(result?.facts);
        Ok(())
    }

    fn make_present(&self, step: &dyn Step, cx: &Cx<'_>) -> Result<MadePresent, Error> {
        let key = step.key();
        let wrap = |cause| Error::Step {
            key: key.to_owned(),
            cause,
        };
        let finding = step.check(cx, Look::Survey).map_err(wrap)?;
        match finding.state {
            State::Present | State::Degraded => self.already(step, finding),
            State::Absent | State::Differs => self.apply(step, cx),
            State::Waiting | State::Unknown => Err(Error::NotReady {
                key: key.to_owned(),
                state: finding.state.word(),
                evidence: finding.evidence,
            }),
        }
    }

    /// Records a step that is present without our doing in this run.
    fn already(&self, step: &dyn Step, finding: Finding) -> Result<MadePresent, Error> {
        let key = step.key();
        let object = step.object();
        let mut journal = lock(self.journal);
        let owner = match (&object, journal.mark(key)) {
            (None, _) => {
                journal.found(key, None, &finding.facts)?;
                None
            }
            // An earlier run was cut off between the effect and its record.
            (_, Some(Mark::Begun)) => {
                journal.made(key, object, &finding.facts, None)?;
                Some(Owner::Ours)
            }
            (_, Some(Mark::Made { before } | Mark::Undoing { before })) => {
                journal.made(key, object, &finding.facts, before)?;
                Some(Owner::Ours)
            }
            (Some(name), mark) => {
                if mark != Some(Mark::Found) {
                    journal.found(key, object.clone(), &finding.facts)?;
                }
                let ours = self.ledger.is_ours(name);
                Some(if ours { Owner::Ours } else { Owner::Adopted })
            }
        };
        let Finding {
            state,
            evidence,
            facts,
        } = finding;
        Ok(MadePresent {
            state,
            evidence,
            owner,
            changed: false,
            facts,
        })
    }

    fn apply(&self, step: &dyn Step, cx: &Cx<'_>) -> Result<MadePresent, Error> {
        let key = step.key();
        let object = step.object();
        lock(self.journal).started(key, object.clone())?;
        let mut doubted = false;
        for attempt in 1..=ATTEMPTS {
            let lost = match step.apply(cx, self.mutate) {
                Ok(change) => return self.applied(step, cx, change, doubted),
                Err(error) if error.is_doubt() => error,
                Err(error) => {
                    lock(self.journal).failed(key, object, &error)?;
                    return Err(Error::Step {
                        key: key.to_owned(),
                        cause: error,
                    });
                }
            };
            doubted = true;
            let bounds = self.after_doubt();
            let look = Cx {
                facts: cx.facts,
                bounds: &bounds,
            };
            match step.check(&look, Look::Fresh) {
                Ok(Finding {
                    state: State::Present | State::Degraded,
                    evidence,
                    facts,
                }) => {
                    lock(self.journal).made(key, object, &facts, None)?;
                    let owner = step.object().map(|_| Owner::Ours);
                    let state = State::Present;
                    return Ok(MadePresent {
                        state,
                        evidence,
                        owner,
                        changed: true,
                        facts,
                    });
                }
                Ok(_) if attempt < ATTEMPTS && self.bounds.check().is_ok() => {}
                Ok(_) => {
                    // Seen to be absent: nothing is left in doubt.
                    let settled = crate::step::Error::settled(lost);
                    lock(self.journal).failed(key, object, &settled)?;
                    return Err(Error::Step {
                        key: key.to_owned(),
                        cause: settled,
                    });
                }
                Err(_) => {
                    lock(self.journal).failed(key, object, &lost)?;
                    return Err(Error::Step {
                        key: key.to_owned(),
                        cause: lost,
                    });
                }
            }
        }
        // The loop returns in its last round.
        Err(Error::Journal(format!("{key}: no attempt was made")))
    }

    fn applied(
        &self,
        step: &dyn Step,
        cx: &Cx<'_>,
        change: Change,
        doubted: bool,
    ) -> Result<MadePresent, Error> {
        let (facts, before, ours) = match change {
            Change::Created(facts) => (facts, None, true),
            Change::Altered { before, facts } => (facts, Some(before), true),
            // After a lost answer, "it exists" is our own first request speaking.
            Change::Adopted(facts) => (facts, None, doubted),
        };
        let object = step.object();
        let mut journal = lock(self.journal);
        if ours {
            journal.made(step.key(), object.clone(), &facts, before)?;
        } else {
            journal.found(step.key(), object.clone(), &facts)?;
        }
        let mut known = cx.facts.clone();
        known.merge(facts.clone());
        Ok(MadePresent {
            state: State::Present,
            evidence: step.describe(&known, Aim::Attach).title,
            owner: object.map(|_| if ours { Owner::Ours } else { Owner::Adopted }),
            changed: ours,
            facts,
        })
    }

    /// Undoes the steps that this run made, the newest first. Errors are collected and the undo
    /// goes on; what could not be taken back is in the result.
    pub fn back(&self, steps: &[&dyn Step], facts: &Facts, trail: &mut Trail) -> Vec<Shortfall> {
        let made = lock(self.journal).made_by_this_run();
        let mut left = Vec::new();
        for (key, made) in made {
            let Some(step) = steps.iter().find(|s| s.key() == key) else {
                continue;
            };
            match self.take_back(*step, facts, &made) {
                Ok(Undone::StillInUse { by }) => {
                    left.push(Shortfall {
                        key,
                        why: format!("still in use by {by}"),
                    });
                }
                Ok(_) => {
                    if let Some(report) = trail.steps.iter_mut().rev().find(|r| r.key == key) {
                        report.changed = false;
                        report.state = State::Absent;
                        report.evidence = "undone".into();
                    }
                }
                Err(error) => left.push(Shortfall {
                    key,
                    why: error.to_string(),
                }),
            }
        }
        left
    }

    fn take_back(&self, step: &dyn Step, facts: &Facts, made: &Made) -> Result<Undone, Error> {
        let key = step.key();
        let object = step.object();
        let cx = Cx {
            facts,
            bounds: self.bounds,
        };
        lock(self.journal).undo_started(key, object.clone())?;
        let mut attempt = 1;
        let undone = loop {
            match step.undo(&cx, made, self.mutate) {
                Err(error) if error.is_doubt() && attempt < ATTEMPTS => {
                    attempt += 1;
                    let bounds = self.after_doubt();
                    let look = Cx {
                        facts,
                        bounds: &bounds,
                    };
                    let gone = step.check(&look, Look::Fresh);
                    if let Ok(Finding {
                        state: State::Absent,
                        ..
                    }) = gone
                    {
                        break Ok(Undone::Removed);
                    }
                }
                other => break other,
            }
        };
        let mut journal = lock(self.journal);
        match undone {
            Ok(Undone::StillInUse { by }) => {
                journal.undo_failed(key, object, &format!("still in use by {by}"))?;
                Ok(Undone::StillInUse { by })
            }
            Ok(done) => {
                journal.undone(key, object)?;
                Ok(done)
            }
            Err(cause) => {
                journal.undo_failed(key, object, &cause.to_string())?;
                Err(Error::Step {
                    key: key.to_owned(),
                    cause,
                })
            }
        }
    }

    /// Limits for a look that settles a doubt: it may outlast the deadline, and no signal ends it.
    fn after_doubt(&self) -> Bounds {
        if self.bounds.deadline.remaining() > GRACE {
            self.bounds.unstoppable()
        } else {
            Bounds::new(
                GRACE,
                "the look after a lost answer",
                crate::kit::stop::Stop::new(),
            )
        }
    }
}

struct MadePresent {
    state: State,
    evidence: String,
    owner: Option<Owner>,
    changed: bool,
    facts: Facts,
}

/// Runs `work` for every lane, in threads when there is more than one, and keeps their order.
fn in_parallel<T: Send>(lanes: &[Lane], work: impl Fn(&Lane) -> T + Sync) -> Vec<T> {
    if let [lane] = lanes {
        return vec![work(lane)];
    }
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = lanes
            .iter()
            .map(|lane| scope.spawn(move || work(lane)))
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

fn lane_name(lane: &Lane) -> String {
    lane.last()
        .map(|step| step.key().to_owned())
        .unwrap_or_default()
}

fn is_refusal(error: &Error) -> bool {
    use crate::kit::kind::{Failure, Kind};
    error.kind() == Kind::Refused
}

fn state_of(error: &Error) -> State {
    match error {
        Error::NotReady {
            state: "waiting", ..
        } => State::Waiting,
        _ => State::Unknown,
    }
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
