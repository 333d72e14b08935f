//! The flow of `attach`: publish, connect, and on failure the way back.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::error::Error;
use super::journal::{Journal, Journals, Opened};
use super::ledger::Ledger;
use super::report::{AttachmentReport, Shortfall, Watch};
use super::walk::{OnFailure, Trail, Walk};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::{Held, Locks};
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{self, Aim, Cx, Node, Stage, State, Step};

/// How often the survey is taken again when a shared object vanished under the walk.
const SURVEYS: u32 = 3;

/// How long taking back may last, whatever is left of the deadline.
const UNDO_TIME: Duration = Duration::from_secs(120);

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
    /// A word that tells this run from others in the journal.
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
}

/// Attaches one LUN. Everything that happened is in the report; the error, if any, is the cause.
pub fn attach(request: &Request, env: &Env<'_>) -> (AttachmentReport, Option<Error>) {
    let mut facts = request.facts.clone();
    let mut trail = Trail::default();
    let mut run = Run {
        request,
        env,
        journal: None,
        built: Vec::new(),
        attachment_lock: None,
    };
    let ended = run.forward(&mut facts, &mut trail);
    let report = run.conclude(ended, facts, trail);
    (report.0, report.1)
}

/// One attempt at one LUN.
struct Run<'a> {
    request: &'a Request,
    env: &'a Env<'a>,
    journal: Option<Mutex<Journal>>,
    /// The steps of each stage entered so far, for the way back.
    built: Vec<(usize, Vec<Node>)>,
    attachment_lock: Option<Held>,
}

impl Run<'_> {
    fn forward(&mut self, facts: &mut Facts, trail: &mut Trail) -> Result<(), Error> {
        for (index, stage) in self.request.stages.iter().enumerate() {
            let done = self.stage(index, &**stage, facts, trail);
            stage.leave();
            done?;
        }
        Ok(())
    }

    fn stage(
        &mut self,
        index: usize,
        stage: &dyn Stage,
        facts: &mut Facts,
        trail: &mut Trail,
    ) -> Result<(), Error> {
        let failed = |cause| Error::Stage {
            stage: stage.name(),
            cause,
        };
        for survey in 1..=SURVEYS {
            let mut names = stage.enter(self.env.bounds).map_err(failed)?;
            names.extend(stage.locks(facts));
            let mut held = take_all(self.env.locks, &names, self.env.bounds)?;
            let cx = Cx {
                facts,
                bounds: self.env.bounds,
            };
            let mut surveyed = stage.survey(&cx, Aim::Attach).map_err(failed)?;
            if self.lock_attachment(facts, &surveyed, &mut held, &names)? {
                // The lock was waited for without the stage's own locks: look again.
                let cx = Cx {
                    facts,
                    bounds: self.env.bounds,
                };
                surveyed = stage.survey(&cx, Aim::Attach).map_err(failed)?;
            }
            facts.merge(surveyed);
            self.open_journal(facts)?;
            let nodes = stage.steps(facts, Aim::Attach).map_err(failed)?;
            let ledger = Ledger::of(&self.env.journals.list_all()?);
            let walk = Walk {
                journal: self.journal()?,
                ledger: &ledger,
                bounds: self.env.bounds,
                mutate: self.env.mutate,
                watch: self.env.watch,
                on_failure: self.request.on_failure,
            };
            let walked = walk.up(&nodes, facts, trail);
            self.built.retain(|(i, _)| *i != index);
            self.built.push((index, nodes));
            match walked {
                Err(error) if survey < SURVEYS && is_stale(&error) => {
                    self.env
                        .watch
                        .note("something vanished under the walk: looking again");
                    facts.objects.clear();
                }
                other => return other,
            }
        }
        Ok(())
    }

    /// Takes the lock of this attachment as soon as its name is known. True if it had to be
    /// waited for, which happens without the stage's locks, so that two processes never wait for
    /// each other.
    fn lock_attachment(
        &mut self,
        before: &Facts,
        surveyed: &Facts,
        held: &mut Vec<Held>,
        names: &[String],
    ) -> Result<bool, Error> {
        if self.attachment_lock.is_some() {
            return Ok(false);
        }
        let mut known = before.clone();
        known.merge(surveyed.clone());
        let Some(id) = attachment_id(&known) else {
            return Ok(false);
        };
        let name = lock_name(&self.request.node, &id);
        if let Some(lock) = self.env.locks.try_take(&name)? {
            self.attachment_lock = Some(lock);
            return Ok(false);
        }
        held.clear();
        self.attachment_lock = Some(self.env.locks.take(&name, self.env.bounds)?);
        *held = take_all(self.env.locks, names, self.env.bounds)?;
        Ok(true)
    }

    fn journal(&self) -> Result<&Mutex<Journal>, Error> {
        self.journal
            .as_ref()
            .ok_or_else(|| Error::Journal("not open".into()))
    }

    fn open_journal(&mut self, facts: &Facts) -> Result<(), Error> {
        if self.journal.is_none() {
            let id = attachment_id(facts).ok_or_else(|| Error::NotFound {
                name: self.request.lun.clone(),
            })?;
            let opened = Opened {
                program: format!("sanctl {}", env!("CARGO_PKG_VERSION")),
                boot_id: self.env.boot_id.clone(),
                array: facts.array.clone(),
                id,
                lun: facts.lun.clone(),
                node: self.request.node.clone(),
                connector: self.request.connector.clone(),
                protocol: self.request.protocol,
            };
            let journal = self.env.journals.open(self.env.run, opened)?;
            same_array(&journal.facts(), facts, &self.request.lun)?;
            self.journal = Some(Mutex::new(journal));
        }
        Ok(())
    }

    fn conclude(
        mut self,
        ended: Result<(), Error>,
        facts: Facts,
        mut trail: Trail,
    ) -> (AttachmentReport, Option<Error>) {
        let Err(error) = ended else {
            let report = self.report(&facts, trail);
            let kind = if report.left.is_empty() {
                Kind::Done
            } else {
                Kind::Degraded
            };
            let state = if kind == Kind::Done {
                "attached"
            } else {
                "degraded"
            };
            return (report.ended(state, kind), None);
        };
        let left = match self.request.on_failure {
            OnFailure::Undo => self.take_back(&facts, &mut trail),
            OnFailure::Keep => self.kept(),
        };
        let kind = final_kind(&error, &left);
        let state = if left.is_empty() { "failed" } else { "partial" };
        trail.short.extend(left);
        let journal = self.journal.take();
        let mut report = self.report(&facts, trail);
        report.device = None;
        report.identity = None;
        report.hints = error.hints();
        if kind == Kind::Partial || (state == "partial") {
            let lun = &self.request.lun;
            report.hints.push(format!(
                "sanctl attach {lun}   goes on where this run ended"
            ));
            report
                .hints
                .push(format!("sanctl detach {lun}   takes everything back"));
        }
        if let Some(journal) = journal.map(Mutex::into_inner) {
            let journal = journal.unwrap_or_else(PoisonError::into_inner);
            // A journal that this run began and that owns nothing any more is over.
            if journal.is_fresh()
                && !journal.owns_anything()
                && !error.is_doubt()
                && let Err(e) = journal.close()
            {
                report.hints.push(e.to_string());
            }
        }
        (report.ended(state, kind), Some(error))
    }

    /// Undoes what this run made, the last stage first.
    fn take_back(&self, facts: &Facts, trail: &mut Trail) -> Vec<Shortfall> {
        let Some(journal) = &self.journal else {
            return Vec::new();
        };
        let nothing = |j: &Mutex<Journal>| {
            j.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .made_by_this_run()
                .is_empty()
        };
        if nothing(journal) {
            return Vec::new();
        }
        self.env.watch.note("taking back what this run made");
        // The first signal must not cut this short; a second one ends the process at once.
        let bounds = Bounds::new(UNDO_TIME, "undo", crate::kit::stop::Stop::new());
        let ledger = Ledger::default();
        let walk = Walk {
            journal,
            ledger: &ledger,
            bounds: &bounds,
            mutate: self.env.mutate,
            watch: self.env.watch,
            on_failure: OnFailure::Undo,
        };
        let mut left = Vec::new();
        for (index, nodes) in self.built.iter().rev() {
            let Some(stage) = self.request.stages.get(*index) else {
                continue;
            };
            let steps: Vec<&dyn Step> = nodes
                .iter()
                .flat_map(|node| node.lanes.iter().flatten())
                .map(|step| &**step)
                .collect();
            let held = stage
                .enter(&bounds)
                .map_err(|cause| Error::Stage {
                    stage: stage.name(),
                    cause,
                })
                .and_then(|mut names| {
                    names.extend(stage.locks(facts));
                    take_all(self.env.locks, &names, &bounds)
                });
            match held {
                Ok(_held) => left.extend(walk.back(&steps, facts, trail)),
                Err(error) => left.extend(self.unreached(&steps, &error)),
            }
            stage.leave();
        }
        left
    }

    /// What stays because its stage could not be entered again.
    fn unreached(&self, steps: &[&dyn Step], error: &Error) -> Vec<Shortfall> {
        let Some(journal) = &self.journal else {
            return Vec::new();
        };
        let made = journal
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .made_by_this_run();
        made.into_iter()
            .filter(|(key, _)| steps.iter().any(|s| s.key() == key))
            .map(|(key, _)| Shortfall {
                key,
                why: format!("not taken back: {error}"),
            })
            .collect()
    }

    /// What stays because the user wants it kept.
    fn kept(&self) -> Vec<Shortfall> {
        let Some(journal) = &self.journal else {
            return Vec::new();
        };
        let made = journal
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .made_by_this_run();
        let kept = |(key, _)| Shortfall {
            key,
            why: "kept for a later run".to_owned(),
        };
        made.into_iter().map(kept).collect()
    }

    fn report(&self, facts: &Facts, trail: Trail) -> AttachmentReport {
        let id = attachment_id(facts);
        let mut report = AttachmentReport::of(id, &self.request.lun, &self.request.node, facts);
        report.changed = trail.changed();
        report.steps = trail.steps;
        report.left = trail.short;
        report
    }
}

/// The name of an attachment: the wwid, or the place of a LUN whose identity nobody told.
pub fn attachment_id(facts: &Facts) -> Option<String> {
    if let Some(lun) = &facts.lun {
        return Some(lun.wwid.to_string());
    }
    let connection = facts.connection.as_ref()?;
    if let Some(wwid) = &connection.wwid {
        return Some(wwid.to_string());
    }
    let target = connection.targets.first()?;
    let number = target
        .lun_number
        .map_or_else(String::new, |n| n.to_string());
    Some(format!("lun{number}.{}", target.at.iqn))
}

pub(super) fn lock_name(node: &str, id: &str) -> String {
    format!("attachment:{node}.{id}")
}

/// Takes locks in the order of their names.
pub(super) fn take_all(
    locks: &Locks,
    names: &[String],
    bounds: &Bounds,
) -> Result<Vec<Held>, Error> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
        .iter()
        .map(|name| locks.take(name, bounds).map_err(Error::from))
        .collect()
}

/// A journal binds an attachment to the serial of its array.
pub(super) fn same_array(journal: &Facts, seen: &Facts, lun: &str) -> Result<(), Error> {
    match (&journal.array, &seen.array) {
        (Some(old), Some(new)) if old.serial != new.serial => Err(Error::OtherArray {
            lun: lun.to_owned(),
            journal: old.serial.clone(),
            array: new.serial.clone(),
        }),
        _ => Ok(()),
    }
}

fn is_stale(error: &Error) -> bool {
    match error {
        Error::Step { cause, .. } => cause.is_stale(),
        _ => false,
    }
}

/// A signal's code first, then 4 when something is left, else the cause's own.
fn final_kind(error: &Error, left: &[Shortfall]) -> Kind {
    match error.kind() {
        signal @ (Kind::Interrupted | Kind::Terminated) => signal,
        _ if !left.is_empty() || error.is_doubt() => Kind::Partial,
        kind => kind,
    }
}

/// Whether a step report shows a step that is as wanted.
pub(super) fn is_good(state: State) -> bool {
    matches!(state, State::Present | State::Degraded)
}

/// The steps of nodes, flat.
pub fn flat(nodes: &[Node]) -> Vec<&dyn step::Step> {
    nodes
        .iter()
        .flat_map(|node| node.lanes.iter().flatten())
        .map(|step| &**step)
        .collect()
}
