//! Down: what detach undoes, and what it leaves.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::{Links, Shared, Trail, Walk, in_parallel, lock, millis};
use crate::attachment::error::Error;
use crate::attachment::journal::Mark;
use crate::attachment::report::{Owner, Shortfall, StepReport, place_of};
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Lane, Look, Made, Node, Role, State, Step, Undone};

impl Walk<'_> {
    /// Undoes steps in the order given, each by its role: devices always, links if ours (or
    /// asked for), containers if ours and unused. Goes on after an error in another lane, and
    /// ends at the first node that failed.
    ///
    /// # Errors
    /// The first step that could not be undone.
    pub fn down(
        &self,
        nodes: &[Node],
        facts: &mut Facts,
        links: Links,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        for node in nodes {
            let shared = Shared {
                facts: Mutex::new(facts),
                trail: Mutex::new(trail),
                halt: AtomicBool::new(false),
            };
            let run = |lane: &Lane| {
                lane.iter()
                    .try_for_each(|step| self.down_step(&**step, links, &shared))
            };
            in_parallel(&node.lanes, run)
                .into_iter()
                .collect::<Result<(), Error>>()?;
        }
        Ok(())
    }

    fn down_step(&self, step: &dyn Step, links: Links, shared: &Shared<'_>) -> Result<(), Error> {
        self.bounds.check()?;
        let key = step.key();
        let mark = lock(self.journal).mark(key);
        let recorded = match &mark {
            Some(Mark::Made { before } | Mark::Undoing { before }) => Some(before.clone()),
            Some(Mark::Begun) => Some(None),
            _ => None,
        };
        let object = step.object();
        let ours = recorded.is_some() || object.as_deref().is_some_and(|o| self.ledger.is_ours(o));
        let known = lock(&shared.facts).clone();
        let goes = match step.role() {
            Role::Proof => return Ok(()),
            Role::Device => true,
            Role::Link => ours || links == Links::Adopted,
            Role::Container => ours,
        };
        let begun = Instant::now();
        if !goes {
            return match step.role() {
                Role::Link => self.leave_link(step, &known, shared),
                _ => Ok(()),
            };
        }
        self.watch
            .begins(key, &step.describe(&known, Aim::Detach).title);
        let made = Made {
            before: recorded.flatten(),
        };
        let result = self.take_back(step, &known, &made);
        let (state, evidence, changed) = match &result {
            Ok(Undone::Removed) => (State::Absent, "removed".to_owned(), true),
            Ok(Undone::Restored) => (State::Absent, "restored".to_owned(), true),
            Ok(Undone::AlreadyGone) => (State::Absent, "was gone already".to_owned(), false),
            Ok(Undone::StillInUse { by }) => {
                (State::Present, format!("kept, still in use by {by}"), false)
            }
            Err(error) => (State::Unknown, error.to_string(), false),
        };
        let owner = object.map(|_| if ours { Owner::Ours } else { Owner::Adopted });
        let report = StepReport {
            key: key.to_owned(),
            place: place_of(key),
            state,
            evidence,
            owner,
            changed,
            elapsed_ms: millis(begun),
        };
        self.watch.ends(&report);
        lock(&shared.trail).steps.push(report);
        result.map(|_| ())
    }

    /// Names a link that somebody else made, if it is there.
    fn leave_link(&self, step: &dyn Step, known: &Facts, shared: &Shared<'_>) -> Result<(), Error> {
        let key = step.key();
        let cx = Cx {
            facts: known,
            bounds: self.bounds,
        };
        let begun = Instant::now();
        let finding = step.check(&cx, Look::Survey).map_err(|cause| Error::Step {
            key: key.to_owned(),
            cause,
        })?;
        if finding.state == State::Absent {
            return Ok(());
        }
        let why = format!("made by somebody else: {}", finding.evidence);
        let report = StepReport {
            key: key.to_owned(),
            place: place_of(key),
            state: finding.state,
            evidence: why.clone(),
            owner: Some(Owner::Adopted),
            changed: false,
            elapsed_ms: millis(begun),
        };
        self.watch.ends(&report);
        let mut trail = lock(&shared.trail);
        trail.steps.push(report);
        trail.short.push(Shortfall {
            key: key.to_owned(),
            why,
        });
        Ok(())
    }
}
