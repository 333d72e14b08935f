//! The flow of `attach`: publish, connect, and on failure the way back.

use std::cell::Cell;

use super::claims::Claims;
use super::error::Error;
use super::flow::{Entered, Flow, SURVEYS, Subject, flat, take_all};
use super::goal::{Goal, check_reached, cut};
use super::journal::Journals;
use super::journals::Found;
use super::report::{AttachmentReport, Commands, Shortfall, Watch};
use super::walk::{OnFailure, Trail, lock, undo_bounds};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::kit::lock::Locks;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Node, Stage, State, Step};

pub use super::flow::attachment_id;

/// What a flow is given to work with.
pub struct Env<'a> {
    /// The journals of the state directory.
    pub journals: &'a Journals,
    /// Locks between processes of this state directory.
    pub locks: &'a Locks,
    /// Deadline and stop flag.
    pub bounds: &'a Bounds,
    /// The permission to change.
    pub mutate: &'a Mutate,
    /// Progress.
    pub watch: &'a dyn Watch,
    /// A word that tells this run from others in the journal. No two runs may share it.
    pub run: &'a str,
    /// The kernel's boot id, if known.
    pub boot_id: Option<String>,
}

impl std::fmt::Debug for Env<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Env")
            .field("run", &self.run)
            .finish_non_exhaustive()
    }
}

/// What is to be attached, and how.
#[derive(Debug)]
pub struct Request {
    /// The LUN as the user named it.
    pub lun: String,
    /// What to type to go on.
    pub commands: Commands,
    /// The node.
    pub node: String,
    /// What the node told about itself, if the array's half is to be done.
    pub connector: Option<Connector>,
    /// The protocol.
    pub protocol: Protocol,
    /// What is known before: from a connection info.
    pub facts: Facts,
    /// The stages in their order. Each is entered, surveyed, walked and left in turn.
    pub stages: Vec<Box<dyn Stage>>,
    /// What becomes of this run's work when it fails.
    pub on_failure: OnFailure,
    /// How far to go.
    pub goal: Goal,
}

/// Attaches one LUN. Everything that happened is in the report; the error, if any, is the cause.
pub fn attach(request: &Request, env: &Env<'_>) -> (AttachmentReport, Option<Error>) {
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
        walked: Vec::new(),
        left: Vec::new(),
        took_back: Cell::new(false),
        reached: Reached::NotYet,
    };
    match run.forward() {
        Ok(()) => (run.succeeded(), None),
        Err(error) => (run.failed(&error), Some(error)),
    }
}

/// One attempt at one LUN.
struct Run<'a> {
    request: &'a Request,
    flow: Flow<'a>,
    facts: Facts,
    trail: Trail,
    /// The stages that are wholly present, with their steps, for the way back.
    walked: Vec<(&'a dyn Stage, Vec<Node>)>,
    /// What could not be taken back.
    left: Vec<Shortfall>,
    /// Whether anything was.
    took_back: Cell<bool>,
    reached: Reached,
}

/// Whether the step that was named as the goal is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// Not in the stages so far, or none was named.
    NotYet,
    /// It is, and steps come after it.
    Midway,
    /// It is, and it was the last one of its stage.
    Last,
}

impl<'a> Run<'a> {
    fn forward(&mut self) -> Result<(), Error> {
        let stages = &self.request.stages;
        self.flow.preflight(stages, &self.facts, Aim::Attach)?;
        for stage in stages {
            let stage = &**stage;
            let before = (self.trail.short.len(), self.trail.degraded);
            let mut survey = 1;
            let walked = loop {
                match self.stage(stage, survey == SURVEYS) {
                    Err(error) if survey < SURVEYS && error.is_stale() => survey += 1,
                    other => break other,
                }
                let note = "something vanished under the walk: looking again";
                self.flow.env.watch.note(note);
                self.facts.objects.clear();
                self.trail.short.truncate(before.0);
                self.trail.degraded = before.1;
            };
            stage.leave();
            if let Err(error) = walked {
                self.earlier_stages_back();
                return Err(error);
            }
            if self.reached != Reached::NotYet {
                break;
            }
        }
        if self.request.goal != Goal::Whole && self.reached == Reached::NotYet {
            let missed = check_reached(&self.request.goal, &self.trail);
            self.earlier_stages_back();
            return missed;
        }
        Ok(())
    }

    /// One round over a stage. When it fails for good, what this run made in it is taken back
    /// under the same locks.
    fn stage(&mut self, stage: &'a dyn Stage, last: bool) -> Result<(), Error> {
        let entered = self.flow.enter(stage, &mut self.facts, Aim::Attach)?;
        let Entered {
            nodes,
            ledger,
            _held,
        } = entered;
        let cut = cut(nodes, &self.request.goal);
        let walk = self.flow.walk(&ledger, self.request.on_failure)?;
        let (facts, trail) = (&mut self.facts, &mut self.trail);
        let mut walked = walk
            .stand(&cut.before, facts, trail)
            .and_then(|()| walk.up(&cut.nodes, facts, trail));
        if walked.is_ok() && cut.reached {
            walked = check_reached(&self.request.goal, trail);
            self.reached = if cut.last {
                Reached::Last
            } else {
                Reached::Midway
            };
        }
        self.walked.retain(|(s, _)| s.name() != stage.name());
        let again = walked
            .as_ref()
            .is_err_and(|error| !last && error.is_stale());
        if again {
            // What vanished may have given its name to what was made since: the next survey may
            // know other names, and no step would stand for these any more.
            let _left = walk.back(&flat(&cut.nodes), &self.facts, &mut self.trail);
        }
        if walked.is_ok() || again {
            self.walked.push((stage, cut.nodes));
        } else if self.request.on_failure == OnFailure::Undo {
            let steps = flat(&cut.nodes);
            self.note_undo();
            let left = walk.back(&steps, &self.facts, &mut self.trail);
            self.left.extend(left);
        }
        walked
    }

    /// Undoes what this run made in the stages before the one that failed, the last one first.
    fn earlier_stages_back(&mut self) {
        if self.request.on_failure == OnFailure::Keep {
            return;
        }
        while let Some((stage, nodes)) = self.walked.pop() {
            let steps = flat(&nodes);
            if self.made_in(&steps).is_empty() {
                continue;
            }
            self.note_undo();
            if let Err(error) = self.stage_back(stage, &steps) {
                let left = self.made_in(&steps).into_iter().map(|key| Shortfall {
                    key,
                    why: format!("not taken back: {error}"),
                });
                self.left.extend(left);
            }
            stage.leave();
        }
    }

    fn stage_back(&mut self, stage: &dyn Stage, steps: &[&dyn Step]) -> Result<(), Error> {
        let bounds = undo_bounds(self.flow.env.bounds);
        let mut names = stage.enter(&bounds).map_err(|cause| Error::Stage {
            stage: stage.name(),
            cause,
        })?;
        names.extend(stage.locks(&self.facts));
        let _held = take_all(self.flow.env.locks, &names, &bounds)?;
        let ledger = self.flow.ledger()?;
        let walk = self.flow.walk(&ledger, OnFailure::Undo)?;
        let left = walk.back(steps, &self.facts, &mut self.trail);
        self.left.extend(left);
        Ok(())
    }

    fn note_undo(&self) {
        if !self.made().is_empty() {
            self.flow.env.watch.note("taking back what this run made");
            self.took_back.set(true);
        }
    }

    /// The keys of what this run made and did not take back, the newest first.
    fn made(&self) -> Vec<String> {
        let Some(journal) = &self.flow.journal else {
            return Vec::new();
        };
        let made = lock(journal).made_by_this_run();
        made.into_iter().map(|(key, ..)| key).collect()
    }

    /// What this run made and others have come to need. It is silent only if their journal knows
    /// it too: then it goes with the last of them.
    fn kept(&self) -> Vec<Shortfall> {
        let Some(journal) = &self.flow.journal else {
            return Vec::new();
        };
        let (own, mut made) = {
            let journal = lock(journal);
            (journal.name().to_owned(), journal.made_by_this_run())
        };
        made.retain(|(key, ..)| self.left.iter().all(|left| left.key != *key));
        if made.is_empty() {
            return Vec::new();
        }
        let others = self.flow.env.journals.list_open().unwrap_or_default();
        let others: Vec<Claims> = others
            .iter()
            .filter(|found| found.name != own)
            .map(Found::claims)
            .collect();
        let known = |object: &str| others.iter().any(|claims| claims.get(object).is_some());
        made.retain(|(_, object, _)| !known(object));
        let told = |key: &str| {
            let row = self.trail.steps.iter().find(|row| row.key == key);
            row.map_or_else(|| "kept".to_owned(), |row| row.evidence.clone())
        };
        made.into_iter()
            .map(|(key, ..)| Shortfall {
                why: told(&key),
                key,
            })
            .collect()
    }

    fn made_in(&self, steps: &[&dyn Step]) -> Vec<String> {
        let mut made = self.made();
        made.retain(|key| steps.iter().any(|s| s.key() == key));
        made
    }

    fn succeeded(self) -> AttachmentReport {
        let degraded =
            self.trail.degraded || self.trail.steps.iter().any(|s| s.state == State::Degraded);
        let whole = self.is_whole();
        let Commands { attach, detach } = self.request.commands.clone();
        let mut report = self.report();
        if !whole {
            report.device = None;
            report.identity = None;
            report.hints = vec![
                format!("{attach}  # goes on where this run ended"),
                format!("{detach}  # takes everything back"),
            ];
            return report.ended("partial", Kind::Done);
        }
        if degraded {
            report.ended("degraded", Kind::Degraded)
        } else {
            report.ended("attached", Kind::Done)
        }
    }

    /// Whether nothing comes after what was asked for.
    fn is_whole(&self) -> bool {
        let last = self.request.stages.last().map(|s| s.name());
        let walked = self.walked.last().map(|(s, _)| s.name());
        self.request.goal == Goal::Whole || (self.reached == Reached::Last && last == walked)
    }

    fn failed(mut self, error: &Error) -> AttachmentReport {
        if self.request.on_failure == OnFailure::Keep {
            let kept = self.made().into_iter().map(|key| Shortfall {
                key,
                why: "kept for a later run".to_owned(),
            });
            self.left.extend(kept);
        }
        if self.took_back.get() {
            let kept = self.kept();
            self.left.extend(kept);
        }
        // Whatever stands in the claims was taken back, or is named as left.
        let accounted = match (&self.flow.journal, error.key()) {
            (Some(journal), Some(key)) => lock(journal).accounts_for(key),
            _ => false,
        };
        let unsettled = !self.left.is_empty() || (error.is_doubt() && !accounted);
        if self.took_back.get() && !unsettled {
            let watch = self.flow.env.watch;
            watch.note("nothing is left of what this run made");
        }
        let kind = self.flow.kind_of(error, unsettled);
        let hints = self.flow.hints_of(error);
        let journal = self.flow.take_journal();
        let earlier = journal.as_ref().is_some_and(|j| j.owns_anything());
        let commands = self.request.commands.clone();
        let left = std::mem::take(&mut self.left);
        let mut report = self.report();
        report.changed |= !left.is_empty();
        report.left.extend(left);
        report.device = None;
        report.identity = None;
        report.hints = hints;
        if let Error::Earlier { key, .. } = error {
            report.hints.push(format!(
                "{} --until {key}  # that one and what it stands on",
                commands.attach
            ));
        }
        if unsettled || earlier {
            let Commands { attach, detach } = commands;
            report
                .hints
                .push(format!("{attach}  # goes on where this run ended"));
            report
                .hints
                .push(format!("{detach}  # takes everything back"));
        }
        // A journal that this run began and that owns nothing any more is over.
        if let Some(journal) = journal
            && journal.is_fresh()
            && !unsettled
            && let Err(e) = journal.close()
        {
            report.hints.push(e.to_string());
        }
        report.ended(if unsettled { "partial" } else { "failed" }, kind)
    }

    fn report(self) -> AttachmentReport {
        let id = attachment_id(&self.facts);
        let request = self.request;
        let mut report = AttachmentReport::of(id, &request.lun, &request.node, &self.facts);
        report.changed = self.trail.changed();
        report.steps = self.trail.steps;
        report.left = self.trail.short;
        report
    }
}
