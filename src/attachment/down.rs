//! The way down: steps undone in the order that is safe for a detach, each by its role.

use std::sync::Mutex;

use super::error::Error;
use super::report::{Owner, Shortfall};
use super::up::look;
use super::walk::{Links, Row, Trail, Walk, in_parallel, lock};
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Lane, Look, Made, Node, Role, State, Step, Undone};

/// How one lane ended.
struct LaneEnd {
    rows: Vec<Row>,
    left: Vec<Shortfall>,
    ended: Result<(), Error>,
}

impl Walk<'_> {
    /// Undoes steps in the order given, each by its role: devices always, links if ours (or
    /// asked for), containers if ours and unused. Goes on after an error in another lane, and
    /// ends at the first node that failed.
    ///
    /// # Errors
    /// The first step, in the order of the list, that could not be undone.
    pub fn down(
        &self,
        nodes: &[Node],
        facts: &mut Facts,
        links: Links,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        for step in nodes.iter().flat_map(|n| &n.lanes).flatten() {
            let ours = step.object().is_some_and(|object| self.is_ours(&object));
            if step.role() == Role::Container && links.take(&**step, ours) {
                step.going();
            }
        }
        for node in nodes {
            let ends = {
                let (known, unlinked) = (&*facts, trail.unlinked);
                let shared = Mutex::new(unlinked);
                in_parallel(&node.lanes, |_, lane| {
                    self.down_lane(lane, links, known, &shared)
                })
            };
            let mut error = None;
            for end in ends {
                for row in end.rows {
                    trail.unlinked |= row.role == Role::Link && row.report.changed;
                    trail.row(row.report);
                }
                trail.short.extend(end.left);
                if let Err(failed) = end.ended {
                    // A signal goes before all, and what may have been done before what was not.
                    let rank = |e: &Error| (e.signal().is_some(), e.is_doubt());
                    error = match error {
                        Some(first) if rank(&first) >= rank(&failed) => Some(first),
                        _ => Some(failed),
                    };
                }
            }
            if let Some(error) = error {
                return Err(error);
            }
        }
        Ok(())
    }

    fn down_lane(
        &self,
        lane: &Lane,
        links: Links,
        facts: &Facts,
        unlinked: &Mutex<bool>,
    ) -> LaneEnd {
        let mut end = LaneEnd {
            rows: Vec::new(),
            left: Vec::new(),
            ended: Ok(()),
        };
        for step in lane {
            let proves = step.role() == Role::Proof && *lock(unlinked);
            if let Err(error) = self.down_step(&**step, links, facts, proves, &mut end) {
                end.ended = Err(error);
                break;
            }
            if end
                .rows
                .iter()
                .any(|r| r.role == Role::Link && r.report.changed)
            {
                *lock(unlinked) = true;
            }
        }
        end
    }

    fn down_step(
        &self,
        step: &dyn Step,
        links: Links,
        facts: &Facts,
        proves: bool,
        end: &mut LaneEnd,
    ) -> Result<(), Error> {
        self.bounds.check()?;
        let cx = Cx {
            facts,
            bounds: self.bounds,
        };
        let object = step.object();
        let object = object.as_deref();
        let ours = object.is_some_and(|object| self.is_ours(object));
        match step.role() {
            Role::Proof if proves => return self.prove_gone(step, &cx, end),
            Role::Proof => return Ok(()),
            Role::Container if !links.take(step, ours) => return Ok(()),
            Role::Container if self.ledger.carries(|object| step.carries(object)) => {
                self.leave_container(step, ours, end);
                return Ok(());
            }
            Role::Container => {}
            Role::Link if ours => {}
            Role::Link => {
                let finding = look(step, &cx, Look::Survey)?;
                if is_nowhere(finding.state) {
                    return Ok(());
                }
                if !links.take(step, ours) {
                    self.leave_link(step, finding.state, &finding.evidence, end);
                    return Ok(());
                }
            }
            // Nothing is written about a device that is not there, unless it is on record.
            Role::Device => {
                if !ours && is_nowhere(look(step, &cx, Look::Survey)?.state) {
                    return Ok(());
                }
            }
        }
        self.undo_step(step, object, ours, facts, end)
    }

    fn undo_step(
        &self,
        step: &dyn Step,
        object: Option<&str>,
        ours: bool,
        facts: &Facts,
        end: &mut LaneEnd,
    ) -> Result<(), Error> {
        let key = step.key();
        let mut row = Row::of(key, step.role());
        self.watch
            .begins(key, &step.describe(facts, Aim::Detach).title);
        let made = match step.role() {
            // A device of the node goes in any case.
            Role::Device => Made::default(),
            Role::Container if !ours => step.generated().unwrap_or_default(),
            _ => self.made(object),
        };
        let result = self.take_back(step, object, facts, &made, self.bounds);
        let report = &mut row.report;
        report.owner = object.map(|_| if ours { Owner::Ours } else { Owner::Adopted });
        let mut ended = Ok(());
        (report.state, report.evidence, report.changed) = match result {
            Ok(Undone::Removed) => (State::Absent, "removed".to_owned(), true),
            Ok(Undone::Restored) => (State::Absent, "as it was before".to_owned(), true),
            Ok(Undone::AlreadyGone) => (State::Absent, "was gone already".to_owned(), false),
            Ok(Undone::StillInUse { by }) => {
                if step.role() != Role::Container {
                    ended = Err(Error::InUse {
                        key: key.to_owned(),
                        by: by.clone(),
                    });
                }
                (State::Present, format!("kept, in use by {by}"), false)
            }
            Err(error) => {
                let told = (State::Unknown, error.reason(), false);
                ended = Err(error);
                told
            }
        };
        end.rows.push(row.ended(self.watch));
        ended
    }

    /// What undo must do, by this journal or another.
    fn made(&self, object: Option<&str>) -> Made {
        let Some(object) = object else {
            return Made::default();
        };
        let here = self
            .journal()
            .claim(object)
            .and_then(super::claims::Claim::made);
        match (here, self.ledger.made(object)) {
            // Whoever made it knows that it must go; whoever changed it knows only what it was.
            (Some(here), Some(there)) if here.before.is_some() => there,
            (Some(made), _) | (None, Some(made)) => made,
            (None, None) => Made::default(),
        }
    }

    /// A link is gone: what showed it must not show it any more.
    fn prove_gone(&self, step: &dyn Step, cx: &Cx<'_>, end: &mut LaneEnd) -> Result<(), Error> {
        let mut row = Row::of(step.key(), step.role());
        let title = step.describe(cx.facts, Aim::Detach).title;
        self.watch.begins(step.key(), &title);
        let undone = step.undo(cx, &Made::default(), self.mutate);
        let ended = match undone {
            Ok(Undone::StillInUse { by }) => {
                row.report.state = State::Present;
                row.report.evidence.clone_from(&by);
                Err(Error::NotReady {
                    key: step.key().to_owned(),
                    state: "still present",
                    evidence: by,
                })
            }
            Ok(_) => {
                row.report.state = State::Absent;
                row.report.evidence = "gone".into();
                Ok(())
            }
            Err(cause) => {
                row.report.evidence = cause.to_string();
                Err(Error::step(step.key(), cause))
            }
        };
        end.rows.push(row.ended(self.watch));
        ended
    }

    /// Names a container that another attachment of ours needs: it goes with that one.
    fn leave_container(&self, step: &dyn Step, ours: bool, end: &mut LaneEnd) {
        let mut row = Row::of(step.key(), step.role());
        row.report.state = State::Present;
        row.report.evidence = "kept, in use by another attachment".into();
        row.report.owner = Some(if ours { Owner::Ours } else { Owner::Adopted });
        end.rows.push(row.ended(self.watch));
    }

    /// Names a link that somebody else made.
    fn leave_link(&self, step: &dyn Step, state: State, evidence: &str, end: &mut LaneEnd) {
        let why = format!("made by somebody else: {evidence}");
        let mut row = Row::of(step.key(), step.role());
        row.report.state = state;
        row.report.evidence.clone_from(&why);
        row.report.owner = Some(Owner::Adopted);
        end.rows.push(row.ended(self.watch));
        end.left.push(Shortfall {
            key: step.key().to_owned(),
            why,
        });
    }
}

/// Whether nothing can be there: it is absent, or what it would stand on is.
pub(super) fn is_nowhere(state: State) -> bool {
    matches!(state, State::Absent | State::Waiting)
}
