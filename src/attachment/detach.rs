//! The flow of `detach`: the node first, then the array, then what only this attachment needed.

use std::collections::BTreeSet;

use super::attach::Env;
use super::down::is_nowhere;
use super::entry::place_of;
use super::error::Error;
use super::flow::{Flow, SURVEYS, Subject, attachment_id, flat};
use super::journal::Journal;
use super::report::{AttachmentReport, Commands};
use super::up::look;
use super::walk::{Links, OnFailure, Trail, lock};
use crate::kit::bounds::Bounds;
use crate::kit::kind::Kind;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Cx, Look, Role, Stage, Step};

/// What detach does about a link that somebody else made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopted {
    /// Name it, and call the result partial.
    Report,
    /// Remove it as well.
    Include,
    /// Leave it, and call that success.
    Keep,
}

/// What is to be detached, and how.
#[derive(Debug)]
pub struct Request {
    /// The LUN as the user named it.
    pub lun: String,
    /// What to type to go on.
    pub commands: Commands,
    /// The node.
    pub node: String,
    /// What the node told about itself.
    pub connector: Option<Connector>,
    /// The protocol.
    pub protocol: Protocol,
    /// What is known: from the journal.
    pub facts: Facts,
    /// The stages in the order of detach: node, then array.
    pub stages: Vec<Box<dyn Stage>>,
    /// Whether only a part is to be undone, so that the journal stays open.
    pub part: Part,
    /// What to do about a link that somebody else made.
    pub adopted: Adopted,
}

/// Which part of an attachment is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it: the journal is closed.
    Whole,
    /// One half: the journal says so (`Found::cleared_at`), and stays open until nothing of the
    /// other half is left either.
    Half,
}

/// Detaches one LUN.
pub fn detach(request: &Request, env: &Env<'_>) -> (AttachmentReport, Option<Error>) {
    let subject = Subject {
        lun: &request.lun,
        node: &request.node,
        connector: request.connector.as_ref(),
        protocol: request.protocol,
    };
    let mut run = Run {
        request,
        flow: Flow::new(subject, env),
        facts: request.facts.clone(),
        trail: Trail::default(),
        passed: BTreeSet::new(),
    };
    let ended = run.down();
    run.conclude(ended)
}

/// One attempt at one LUN.
struct Run<'a> {
    request: &'a Request,
    flow: Flow<'a>,
    facts: Facts,
    trail: Trail,
    /// The keys of all steps that were passed.
    passed: BTreeSet<String>,
}

impl Run<'_> {
    fn down(&mut self) -> Result<(), Error> {
        let stages = &self.request.stages;
        self.flow.preflight(stages, &self.facts, Aim::Detach)?;
        for stage in stages {
            let before = self.trail.short.len();
            let mut survey = 1;
            let passed = loop {
                match self.stage(&**stage) {
                    Err(error) if survey < SURVEYS && error.is_stale() => survey += 1,
                    other => break other,
                }
                let note = "something vanished under the walk: looking again";
                self.flow.env.watch.note(note);
                self.trail.short.truncate(before);
            };
            stage.leave();
            passed?;
        }
        self.reached_all()
    }

    fn stage(&mut self, stage: &dyn Stage) -> Result<(), Error> {
        let entered = self.flow.enter(stage, &mut self.facts, Aim::Detach)?;
        let walk = self.flow.walk(&entered.ledger, OnFailure::Keep)?;
        let links = match self.request.adopted {
            Adopted::Include => Links::Adopted,
            Adopted::Report | Adopted::Keep => Links::Ours,
        };
        self.trail.unlinked = false;
        walk.down(&entered.nodes, &mut self.facts, links, &mut self.trail)?;
        let steps = flat(&entered.nodes);
        gone(&steps, &self.facts, self.flow.env.bounds)?;
        self.passed.extend(steps.iter().map(|s| s.key().to_owned()));
        Ok(())
    }

    /// What the journal claims and no step of this detach stood for would be forgotten.
    fn reached_all(&self) -> Result<(), Error> {
        let Some(journal) = &self.flow.journal else {
            return Ok(());
        };
        let sides: BTreeSet<&str> = self.passed.iter().map(|key| place_of(key)).collect();
        let journal = lock(journal);
        let missed = |key: &str| {
            let side = self.request.part == Part::Whole || sides.contains(place_of(key));
            side && !self.passed.contains(key)
        };
        let ours = journal.claims().ours();
        let objects: Vec<String> = ours
            .filter(|(_, claim)| missed(&claim.key))
            .map(|(object, _)| object.clone())
            .collect();
        if objects.is_empty() {
            Ok(())
        } else {
            Err(Error::OutOfReach { objects })
        }
    }

    fn conclude(mut self, ended: Result<(), Error>) -> (AttachmentReport, Option<Error>) {
        let ended = ended.and_then(|()| self.left_links());
        let journal = self.flow.take_journal();
        let changed = self.trail.changed();
        let mut report = self.report();
        let ended = match (ended, journal) {
            (Ok(()), Some(journal)) => {
                let known = !journal.is_blank();
                let done = self.close(journal);
                done.map(|()| {
                    if changed || known {
                        "detached"
                    } else {
                        "absent"
                    }
                })
            }
            (Ok(()), None) => Ok("absent"),
            (Err(error), journal) => {
                self.forget(journal, changed);
                Err(error)
            }
        };
        let error = match ended {
            Ok(state) => return (report.ended(state, Kind::Done), None),
            Err(error) => error,
        };
        let unsettled = changed || error.is_doubt();
        let kind = self.flow.kind_of(&error, unsettled);
        report.hints.extend(self.flow.hints_of(&error));
        let partial = unsettled || kind == Kind::Partial;
        if partial {
            let again = &self.request.commands.detach;
            report
                .hints
                .push(format!("{again}  # goes on where this run ended"));
        } else if matches!(kind, Kind::Denied | Kind::Unreachable | Kind::Failed) {
            let again = &self.request.commands.detach;
            report
                .hints
                .push(format!("{again}  # again: nothing was changed"));
        }
        let state = if partial { "partial" } else { "failed" };
        (report.ended(state, kind), Some(error))
    }

    /// A link that stays is never called success, unless the user asked for that.
    fn left_links(&self) -> Result<(), Error> {
        if self.trail.short.is_empty() || self.request.adopted != Adopted::Report {
            return Ok(());
        }
        let links = self.trail.short.iter();
        Err(Error::Adopted {
            links: links.map(|s| format!("{}: {}", s.key, s.why)).collect(),
        })
    }

    /// Notes which sides are clear, and closes the journal when none is left.
    fn close(&self, mut journal: Journal) -> Result<(), Error> {
        if self.request.part == Part::Half {
            let sides: BTreeSet<_> = self.passed.iter().map(|key| place_of(key)).collect();
            for side in sides {
                journal.cleared(side)?;
            }
            if !journal.sides().is_empty() {
                return Ok(());
            }
        }
        journal.close()
    }

    /// A journal that was begun for a detach that did nothing says nothing.
    fn forget(&self, journal: Option<Journal>, changed: bool) {
        if let Some(journal) = journal
            && journal.is_fresh()
            && !changed
            && !journal.owns_anything()
            && let Err(error) = journal.close()
        {
            self.flow.env.watch.note(&error.to_string());
        }
    }

    fn report(&mut self) -> AttachmentReport {
        let id = attachment_id(&self.facts);
        let request = self.request;
        let mut report = AttachmentReport::of(id, &request.lun, &request.node, &self.facts);
        report.changed = self.trail.changed();
        report.steps = std::mem::take(&mut self.trail.steps);
        report.left = std::mem::take(&mut self.trail.short);
        report.device = None;
        report.identity = None;
        report.paths.clear();
        report
    }
}

/// Nothing of the node's devices may be left when its stage is over, whatever was answered.
fn gone(steps: &[&dyn Step], facts: &Facts, bounds: &Bounds) -> Result<(), Error> {
    let cx = Cx { facts, bounds };
    for step in steps.iter().filter(|step| step.role() == Role::Device) {
        let finding = look(*step, &cx, Look::Fresh)?;
        if !is_nowhere(finding.state) {
            return Err(Error::NotReady {
                key: step.key().to_owned(),
                state: "still there",
                evidence: finding.evidence,
            });
        }
    }
    Ok(())
}
