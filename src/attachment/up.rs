//! The way up: every step made present, lanes beside one another.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::Error;
use super::journal::Way;
use super::report::{Owner, Shortfall};
use super::walk::{ATTEMPTS, OnFailure, Row, Trail, Walk, in_parallel, learn, lock};
use crate::kit::kind::{Failure, Kind};
use crate::model::facts::Facts;
use crate::step::{self, Aim, Change, Cx, Finding, Lane, Look, Need, Node, Role, State, Step};

/// How one lane ended: the rows of its steps, and the error that ended it.
struct LaneEnd {
    rows: Vec<Row>,
    ended: Result<(), Error>,
}

/// Which lanes should stop: those behind the first one that failed. The first failing lane in the
/// order of the list thus always comes to its own end, and its error is the cause however the
/// threads run.
struct Halt(AtomicUsize);

impl Halt {
    fn new() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }

    fn after(&self, lane: usize) {
        self.0.fetch_min(lane, Ordering::SeqCst);
    }

    fn stops(&self, lane: usize) -> bool {
        lane > self.0.load(Ordering::SeqCst)
    }
}

struct MadePresent {
    state: State,
    evidence: String,
    owner: Option<Owner>,
    changed: bool,
    facts: Facts,
}

impl Walk<'_> {
    /// Makes every step present. Facts and trail are filled as far as it came.
    ///
    /// # Errors
    /// The first step, in the order of the list, that could not be made present.
    pub fn up(&self, nodes: &[Node], facts: &mut Facts, trail: &mut Trail) -> Result<(), Error> {
        nodes
            .iter()
            .try_for_each(|node| self.up_node(node, facts, trail))
    }

    fn up_node(&self, node: &Node, facts: &mut Facts, trail: &mut Trail) -> Result<(), Error> {
        let halt = Halt::new();
        let ends = {
            let shared = Mutex::new(&mut *facts);
            in_parallel(&node.lanes, |index, lane| {
                let end = self.up_lane(lane, &shared, &|| halt.stops(index));
                match &end.ended {
                    Err(error) if node.need == Need::All || ends_all(error) => halt.after(index),
                    _ => {}
                }
                end
            })
        };
        let mut failed = Vec::new();
        for (lane, end) in node.lanes.iter().zip(ends) {
            for row in end.rows {
                if row.report.state == State::Degraded {
                    trail.degraded = true;
                    trail.short.push(Shortfall {
                        key: row.report.key.clone(),
                        why: row.report.evidence.clone(),
                    });
                }
                trail.row(row.report);
            }
            if let Err(error) = end.ended {
                failed.push((lane, error));
            }
        }
        let Need::AtLeast { min, want } = node.need else {
            return first(failed);
        };
        let good = node.lanes.len() - failed.len();
        if good < min || failed.iter().any(|(_, error)| ends_all(error)) {
            return first(failed);
        }
        if !failed.is_empty() {
            // A stop or the end of all time looks like a failed lane from within.
            self.bounds.check()?;
        }
        for (lane, error) in failed {
            let short = self.give_up(lane, &error, facts, trail);
            trail.short.push(short);
        }
        if good < want {
            trail.degraded = true;
            if node.lanes.len() < want {
                trail.short.push(Shortfall {
                    key: node.lanes.first().map(lane_name).unwrap_or_default(),
                    why: format!("{good} of {want} wanted"),
                });
            }
        }
        Ok(())
    }

    /// Takes back the lane that failed, and names it.
    fn give_up(&self, lane: &Lane, error: &Error, facts: &Facts, trail: &mut Trail) -> Shortfall {
        let mut why = error.reason();
        if self.on_failure == OnFailure::Undo {
            let steps: Vec<&dyn Step> = lane.iter().map(|s| &**s).collect();
            for left in self.back(&steps, facts, trail) {
                why.push_str(&format!("; left behind: {}: {}", left.key, left.why));
            }
        }
        Shortfall {
            key: error.key().map_or_else(|| lane_name(lane), str::to_owned),
            why,
        }
    }

    fn up_lane(
        &self,
        lane: &Lane,
        facts: &Mutex<&mut Facts>,
        halted: &dyn Fn() -> bool,
    ) -> LaneEnd {
        let mut rows = Vec::new();
        for step in lane {
            if halted() {
                break;
            }
            if let Err(ended) = self.bounds.check() {
                let ended = Err(ended.into());
                return LaneEnd { rows, ended };
            }
            let known = lock(facts).clone();
            let mut row = Row::of(step.key(), step.role());
            let title = step.describe(&known, Aim::Attach).title;
            self.watch.begins(step.key(), &title);
            let cx = Cx {
                facts: &known,
                bounds: self.bounds,
            };
            let result = self.make_present(&**step, &cx);
            let report = &mut row.report;
            match result {
                Ok(made) => {
                    report.state = made.state;
                    report.evidence = made.evidence;
                    report.owner = made.owner;
                    report.changed = made.changed;
                    rows.push(row.ended(self.watch));
                    learn(facts, made.facts);
                }
                Err(error) => {
                    if let Error::NotReady {
                        state: "waiting", ..
                    } = error
                    {
                        report.state = State::Waiting;
                    }
                    report.evidence = error.reason();
                    rows.push(row.ended(self.watch));
                    let ended = Err(error);
                    return LaneEnd { rows, ended };
                }
            }
        }
        let ended = Ok(());
        LaneEnd { rows, ended }
    }

    fn make_present(&self, step: &dyn Step, cx: &Cx<'_>) -> Result<MadePresent, Error> {
        self.remind(step);
        let mut finding = look(step, cx, Look::Survey)?;
        // What we made and did not take away is looked for by itself: a survey may infer that it
        // is absent, as of a group that is found by its members and has none yet.
        if finding.state == State::Absent
            && step.role() == Role::Container
            && step.object().is_some_and(|object| self.is_ours(&object))
        {
            finding = look(step, cx, Look::Fresh)?;
        }
        match finding.state {
            State::Present | State::Degraded => self.already(step, finding),
            State::Absent | State::Differs => self.apply(step, cx, finding),
            State::Waiting | State::Unknown => Err(Error::NotReady {
                key: step.key().to_owned(),
                state: finding.state.word(),
                evidence: finding.evidence,
            }),
        }
    }

    /// Records a step that is present without our doing in this run.
    fn already(&self, step: &dyn Step, finding: Finding) -> Result<MadePresent, Error> {
        let object = step.object();
        self.journal()
            .present(step.key(), object.as_deref(), &finding.facts)?;
        Ok(MadePresent {
            state: finding.state,
            evidence: finding.evidence,
            owner: self.owner(object.as_deref()),
            changed: false,
            facts: finding.facts,
        })
    }

    fn apply(&self, step: &dyn Step, cx: &Cx<'_>, was: Finding) -> Result<MadePresent, Error> {
        let key = step.key();
        let object = step.object();
        let object = object.as_deref();
        let existed = was.state == State::Differs || was.before.is_some();
        self.journal().started(key, object, existed, &was)?;
        let mut doubted = false;
        let mut attempt = 1;
        let error = loop {
            let lost = match step.apply(cx, self.mutate) {
                Ok(change) => return self.applied(step, cx, object, change, doubted),
                Err(error) if error.is_doubt() => error,
                Err(error) => break error,
            };
            doubted = true;
            let bounds = self.after_doubt();
            let cx = Cx {
                facts: cx.facts,
                bounds: &bounds,
            };
            match step.check(&cx, Look::Fresh) {
                Ok(found) if matches!(found.state, State::Present | State::Degraded) => {
                    return self.found_made(step, object, existed, found);
                }
                // As it was: nothing is in doubt, and it may be sent again.
                Ok(found) if found.state == was.state => {
                    if attempt == ATTEMPTS || self.bounds.check().is_err() {
                        // In another form than before, a part of it was made.
                        let as_before = found.before == was.before;
                        break if as_before {
                            step::Error::settled(lost)
                        } else {
                            lost
                        };
                    }
                }
                // Neither as it was nor as wanted, or nobody knows.
                _ => break lost,
            }
            attempt += 1;
        };
        self.journal().failed(key, object, &error)?;
        Err(Error::step(key, error))
    }

    /// The answer was lost; a look shows that the change was made.
    fn found_made(
        &self,
        step: &dyn Step,
        object: Option<&str>,
        existed: bool,
        found: Finding,
    ) -> Result<MadePresent, Error> {
        let way = if existed {
            Way::Altered(None)
        } else {
            Way::Created
        };
        after_effect(
            step.key(),
            self.journal().made(step.key(), object, &found.facts, way),
        )?;
        Ok(MadePresent {
            state: found.state,
            evidence: found.evidence,
            owner: self.owner(object),
            changed: object.is_some(),
            facts: found.facts,
        })
    }

    fn applied(
        &self,
        step: &dyn Step,
        cx: &Cx<'_>,
        object: Option<&str>,
        change: Change,
        doubted: bool,
    ) -> Result<MadePresent, Error> {
        let key = step.key();
        let mut journal = self.journal();
        let (facts, changed, written) = match change {
            Change::Created(facts) => {
                let written = journal.made(key, object, &facts, Way::Created);
                // What makes nothing has only waited until it saw something.
                (facts, object.is_some(), written)
            }
            Change::Altered { before, facts } => {
                let way = Way::Altered(Some(before));
                let written = journal.made(key, object, &facts, way);
                (facts, true, written)
            }
            // After a lost answer, "it exists" is our own first request speaking.
            Change::Adopted(facts) if doubted => {
                let written = journal.made(key, object, &facts, Way::Created);
                (facts, object.is_some(), written)
            }
            Change::Adopted(facts) => {
                let written = journal.adopted(key, object, &facts);
                (facts, false, written)
            }
        };
        drop(journal);
        after_effect(key, written)?;
        let mut known = cx.facts.clone();
        known.merge(facts.clone());
        let (state, evidence) = match step.below(&known) {
            Some(below) => (State::Degraded, below),
            None => (State::Present, step.describe(&known, Aim::Attach).title),
        };
        Ok(MadePresent {
            state,
            evidence,
            owner: self.owner(object),
            changed,
            facts,
        })
    }
}

/// A line that could not be written after its effect leaves the effect unrecorded.
pub(super) fn after_effect(key: &str, written: Result<(), Error>) -> Result<(), Error> {
    written.map_err(|cause| Error::Unrecorded {
        key: key.to_owned(),
        cause: Box::new(cause),
    })
}

/// A check; whatever it answers, it changed nothing.
pub(super) fn look(step: &dyn Step, cx: &Cx<'_>, look: Look) -> Result<Finding, Error> {
    step.check(cx, look).map_err(|cause| {
        let cause = if cause.is_stale() {
            cause
        } else {
            step::Error::settled(cause)
        };
        Error::step(step.key(), cause)
    })
}

/// The cause: a signal if there was one, then a refusal, then the first lane that failed.
fn first(failed: Vec<(&Lane, Error)>) -> Result<(), Error> {
    let rank = |error: &Error| match error {
        error if error.signal().is_some() => 0,
        error if error.kind() == Kind::Refused => 1,
        _ => 2,
    };
    let errors = failed.into_iter().map(|(_, error)| error);
    match errors.min_by_key(rank) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What no quorum may go over: a stop, the end of all time, anything refused for safety, and a
/// survey that no longer holds.
fn ends_all(error: &Error) -> bool {
    error.signal().is_some()
        || error.kind() == Kind::Refused
        || error.is_stale()
        || matches!(
            error,
            Error::Ended(_) | Error::Unrecorded { .. } | Error::Store(_)
        )
}

fn lane_name(lane: &Lane) -> String {
    lane.last()
        .map(|step| step.key().to_owned())
        .unwrap_or_default()
}
