//! The flow of `detach`: the node first, then the array, then what only this attachment needed.

use std::sync::{Mutex, PoisonError};

use super::attach::{Env, attachment_id, flat, lock_name, same_array, take_all};
use super::error::Error;
use super::journal::{Journal, Opened};
use super::ledger::Ledger;
use super::report::{AttachmentReport, Shortfall};
use super::walk::{Links, OnFailure, Trail, Walk};
use crate::kit::kind::{Failure, Kind};
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Cx, Look, Role, Stage, State};

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
    /// All of it.
    Whole,
    /// One half: the journal stays open for the other.
    Half,
}

/// Detaches one LUN.
pub fn detach(request: &Request, env: &Env<'_>) -> (AttachmentReport, Option<Error>) {
    let mut facts = request.facts.clone();
    let mut trail = Trail::default();
    let mut journal = None;
    let ended = walk_down(request, env, &mut facts, &mut trail, &mut journal);
    conclude(request, ended, &facts, trail, journal)
}

fn walk_down(
    request: &Request,
    env: &Env<'_>,
    facts: &mut Facts,
    trail: &mut Trail,
    journal: &mut Option<Mutex<Journal>>,
) -> Result<(), Error> {
    let mut attachment_lock = match attachment_id(facts) {
        Some(id) => Some(env.locks.take(&lock_name(&request.node, &id), env.bounds)?),
        None => None,
    };
    for stage in &request.stages {
        let mut pass = || -> Result<(), Error> {
            let failed = |cause| Error::Stage {
                stage: stage.name(),
                cause,
            };
            let mut names = stage.enter(env.bounds).map_err(failed)?;
            names.extend(stage.locks(facts));
            let mut held = take_all(env.locks, &names, env.bounds)?;
            let cx = Cx {
                facts,
                bounds: env.bounds,
            };
            let mut surveyed = stage.survey(&cx, Aim::Detach).map_err(failed)?;
            let mut known = facts.clone();
            known.merge(surveyed.clone());
            if attachment_lock.is_none()
                && let Some(id) = attachment_id(&known)
            {
                // Without a journal the name is known only now; see attach for the order of locks.
                held.clear();
                attachment_lock = Some(env.locks.take(&lock_name(&request.node, &id), env.bounds)?);
                held = take_all(env.locks, &names, env.bounds)?;
                let cx = Cx {
                    facts,
                    bounds: env.bounds,
                };
                surveyed = stage.survey(&cx, Aim::Detach).map_err(failed)?;
            }
            same_array(facts, &surveyed, &request.lun)?;
            facts.merge(surveyed);
            let opened = open(request, env, facts, journal)?;
            let nodes = stage.steps(facts, Aim::Detach).map_err(failed)?;
            let ledger = Ledger::of(&env.journals.list_all()?);
            let walk = Walk {
                journal: opened,
                ledger: &ledger,
                bounds: env.bounds,
                mutate: env.mutate,
                watch: env.watch,
                on_failure: OnFailure::Keep,
            };
            let links = match request.adopted {
                Adopted::Include => Links::Adopted,
                Adopted::Report | Adopted::Keep => Links::Ours,
            };
            walk.down(&nodes, facts, links, trail)?;
            let cx = Cx {
                facts,
                bounds: env.bounds,
            };
            gone(&flat(&nodes), &cx)?;
            drop(held);
            Ok(())
        };
        let done = pass();
        stage.leave();
        done?;
    }
    Ok(())
}

/// Nothing of the node's devices may be left when its stage is over, whatever was answered.
fn gone(steps: &[&dyn crate::step::Step], cx: &Cx<'_>) -> Result<(), Error> {
    for step in steps.iter().filter(|step| step.role() == Role::Device) {
        let wrap = |cause| Error::Step {
            key: step.key().to_owned(),
            cause,
        };
        let finding = step.check(cx, Look::Fresh).map_err(wrap)?;
        if finding.state == State::Present {
            return Err(Error::NotReady {
                key: step.key().to_owned(),
                state: "still present",
                evidence: finding.evidence,
            });
        }
    }
    Ok(())
}

fn open<'a>(
    request: &Request,
    env: &Env<'_>,
    facts: &Facts,
    journal: &'a mut Option<Mutex<Journal>>,
) -> Result<&'a Mutex<Journal>, Error> {
    if journal.is_none() {
        let id = attachment_id(facts).ok_or_else(|| Error::NotFound {
            name: request.lun.clone(),
        })?;
        let opened = Opened {
            program: format!("sanctl {}", env!("CARGO_PKG_VERSION")),
            boot_id: env.boot_id.clone(),
            array: facts.array.clone(),
            id,
            lun: facts.lun.clone(),
            node: request.node.clone(),
            connector: request.connector.clone(),
            protocol: request.protocol,
        };
        *journal = Some(Mutex::new(env.journals.open(env.run, opened)?));
    }
    journal
        .as_ref()
        .ok_or_else(|| Error::Journal("not open".into()))
}

fn conclude(
    request: &Request,
    ended: Result<(), Error>,
    facts: &Facts,
    trail: Trail,
    journal: Option<Mutex<Journal>>,
) -> (AttachmentReport, Option<Error>) {
    let changed = trail.changed();
    let links: Vec<String> = trail
        .short
        .iter()
        .map(|s: &Shortfall| format!("{}: {}", s.key, s.why))
        .collect();
    let id = attachment_id(facts);
    let mut report = AttachmentReport::of(id, &request.lun, &request.node, facts);
    report.changed = changed;
    report.steps = trail.steps;
    report.left = trail.short;
    report.device = None;
    report.identity = None;
    report.paths.clear();
    let error = match ended {
        Err(error) => Some(error),
        Ok(()) if !links.is_empty() && request.adopted == Adopted::Report => {
            Some(Error::Adopted { links })
        }
        Ok(()) => None,
    };
    let Some(error) = error else {
        let closed = match (journal, request.part) {
            (Some(journal), Part::Whole) => journal
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
                .close(),
            _ => Ok(()),
        };
        return match closed {
            Ok(()) => (report.ended("detached", Kind::Done), None),
            Err(error) => (report.ended("partial", Kind::Partial), Some(error)),
        };
    };
    let kind = match error.kind() {
        signal @ (Kind::Interrupted | Kind::Terminated) => signal,
        _ if changed || error.is_doubt() => Kind::Partial,
        kind => kind,
    };
    if !changed && let Some(journal) = journal.map(Mutex::into_inner) {
        // A journal that was begun for a detach that did nothing says nothing.
        let journal = journal.unwrap_or_else(PoisonError::into_inner);
        if journal.is_fresh()
            && !journal.owns_anything()
            && let Err(e) = journal.close()
        {
            report.hints.push(e.to_string());
        }
    }
    report.hints.extend(error.hints());
    if kind == Kind::Partial {
        report.hints.push(format!(
            "sanctl detach {}   goes on where this run ended",
            request.lun
        ));
    }
    let state = if kind == Kind::Partial {
        "partial"
    } else {
        "failed"
    };
    (report.ended(state, kind), Some(error))
}
