//! The flow of `adopt`: a journal for an attachment that somebody else made. Nothing else is
//! changed.

use std::time::Instant;

use super::attach::Env;
use super::error::Error;
use super::flow::{Entered, Flow, Subject, attachment_id, flat, is_good};
use super::report::{AttachmentReport, Commands, Owner, StepReport, place_of};
use super::up::look;
use super::walk::lock;
use crate::kit::kind::Kind;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Cx, Finding, Look, Made, Need, Role, Stage, State};

/// Whether what was made by somebody else becomes ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// It stays theirs: a detach leaves it, and names it.
    Nothing,
    /// The LUN's link, and the containers with a generated name that nothing else uses.
    Link,
}

/// What is to be adopted.
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
    /// The stages, array first.
    pub stages: Vec<Box<dyn Stage>>,
    /// What becomes ours.
    pub own: Own,
}

/// A step that was found as wanted.
struct Seen {
    key: String,
    object: Option<String>,
    facts: Facts,
}

/// Adopts the attachment of one LUN, if it is whole.
pub fn adopt(request: &Request, env: &Env<'_>) -> (AttachmentReport, Option<Error>) {
    let subject = Subject {
        lun: &request.lun,
        node: &request.node,
        connector: request.connector.as_ref(),
        protocol: request.protocol,
    };
    let mut run = Run {
        request,
        flow: Flow::new(subject, env),
        facts: Facts::none(),
        rows: Vec::new(),
        seen: Vec::new(),
        lacking: Vec::new(),
    };
    let ended = run.look_and_write();
    for stage in &request.stages {
        stage.leave();
    }
    run.conclude(ended)
}

struct Run<'a> {
    request: &'a Request,
    flow: Flow<'a>,
    facts: Facts,
    rows: Vec<StepReport>,
    seen: Vec<Seen>,
    /// What an attachment needs and was not found.
    lacking: Vec<String>,
}

impl Run<'_> {
    fn look_and_write(&mut self) -> Result<(), Error> {
        // The locks of all stages are held until the last line is written.
        let mut entered = Vec::new();
        for stage in &self.request.stages {
            let found = self.flow.enter(&**stage, &mut self.facts, Aim::Status)?;
            self.look(&found)?;
            entered.push(found);
        }
        if !self.lacking.is_empty() {
            return Err(Error::NotWhole {
                lun: self.request.lun.clone(),
                lacking: std::mem::take(&mut self.lacking),
            });
        }
        let ours = match self.request.own {
            Own::Nothing => Vec::new(),
            Own::Link => self.to_own()?,
        };
        self.write(&ours)
    }

    fn look(&mut self, entered: &Entered) -> Result<(), Error> {
        let bounds = self.flow.env.bounds;
        for node in &entered.nodes {
            let want = match node.need {
                Need::All => node.lanes.len(),
                Need::AtLeast { want, .. } => want,
            };
            let mut good = 0;
            let mut lacking = Vec::new();
            for lane in &node.lanes {
                let mut found = Vec::new();
                let mut short = None;
                for step in lane {
                    bounds.check()?;
                    let begun = Instant::now();
                    let cx = Cx {
                        facts: &self.facts,
                        bounds,
                    };
                    let finding = step
                        .check(&cx, Look::Survey)
                        .unwrap_or_else(|error| Finding::unknown(error.to_string()));
                    let object = step.object();
                    let ours = object
                        .as_deref()
                        .map(|object| self.is_ours(entered, object));
                    self.rows.push(StepReport {
                        key: step.key().to_owned(),
                        place: place_of(step.key()),
                        state: finding.state,
                        evidence: finding.evidence.clone(),
                        owner: ours.filter(|_| is_good(finding.state)),
                        changed: false,
                        elapsed_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
                    });
                    if is_good(finding.state) {
                        self.facts.merge(finding.facts.clone());
                        found.push(Seen {
                            key: step.key().to_owned(),
                            object,
                            facts: finding.facts,
                        });
                        continue;
                    }
                    let words = format!("{} is {}", step.key(), finding.state.word());
                    // Another disk in the LUN's place is never a path too few.
                    if finding.state == State::Differs {
                        self.lacking.push(words.clone());
                    }
                    short = short.or(Some(words));
                }
                match short {
                    None => {
                        good += 1;
                        self.seen.extend(found);
                    }
                    Some(words) => lacking.push(words),
                }
            }
            if good < want {
                self.lacking.extend(lacking);
            }
        }
        Ok(())
    }

    fn is_ours(&self, entered: &Entered, object: &str) -> Owner {
        let here = self.flow.journal.as_ref().is_some_and(|journal| {
            lock(journal)
                .claim(object)
                .is_some_and(super::claims::Claim::is_ours)
        });
        if here || entered.ledger.is_ours(object) {
            Owner::Ours
        } else {
            Owner::Adopted
        }
    }

    /// What a detach would have to take, were it ours: key, object, what its undo must do.
    fn to_own(&self) -> Result<Vec<(String, String, Made)>, Error> {
        let bounds = self.flow.env.bounds;
        let mut owned = Vec::new();
        for stage in &self.request.stages {
            let failed = |cause| Error::Stage {
                stage: stage.name(),
                cause,
            };
            let mut facts = self.facts.clone();
            let cx = Cx {
                facts: &facts,
                bounds,
            };
            // Nothing on the node is claimed: its devices go in any case, and what made a session
            // may want it again.
            if stage.name() != "publish" {
                continue;
            }
            let surveyed = stage.survey(&cx, Aim::Detach).map_err(failed)?;
            facts.merge(surveyed);
            let nodes = stage.steps(&facts, Aim::Detach).map_err(failed)?;
            let mut steps = flat(&nodes);
            // A way back is looked at from its end (plan.rs).
            steps.reverse();
            for step in steps {
                let cx = Cx {
                    facts: &facts,
                    bounds,
                };
                let finding = look(step, &cx, Look::Survey)?;
                let Some(object) = step.object().filter(|_| is_good(finding.state)) else {
                    continue;
                };
                let made = match step.role() {
                    Role::Link => Some(Made::default()),
                    Role::Container if step.kept_by(&cx).map_err(failed)?.is_none() => {
                        step.generated()
                    }
                    _ => None,
                };
                if let Some(made) = made {
                    owned.push((step.key().to_owned(), object, made));
                }
                facts.merge(finding.facts);
            }
        }
        Ok(owned)
    }

    fn write(&mut self, ours: &[(String, String, Made)]) -> Result<(), Error> {
        let Some(journal) = &self.flow.journal else {
            return Err(Error::Journal("not open".into()));
        };
        let mut journal = lock(journal);
        for seen in &self.seen {
            journal.present(&seen.key, seen.object.as_deref(), &seen.facts)?;
        }
        for (key, object, made) in ours {
            let known = journal
                .claim(object)
                .is_some_and(super::claims::Claim::is_ours);
            if !known {
                journal.owned(key, object, made)?;
            }
            if let Some(row) = self.rows.iter_mut().find(|row| row.key == *key) {
                row.owner = Some(Owner::Ours);
            }
        }
        Ok(())
    }

    fn conclude(mut self, ended: Result<(), Error>) -> (AttachmentReport, Option<Error>) {
        let request = self.request;
        let id = attachment_id(&self.facts);
        let mut report = AttachmentReport::of(id, &request.lun, &request.node, &self.facts);
        report.steps = std::mem::take(&mut self.rows);
        let Err(error) = ended else {
            return (report.ended("attached", Kind::Done), None);
        };
        report.device = None;
        report.identity = None;
        let kind = self.flow.kind_of(&error, false);
        report.hints = self.flow.hints_of(&error);
        if matches!(error, Error::NotWhole { .. }) {
            let Commands { attach, detach } = &request.commands;
            report
                .hints
                .push(format!("{attach}  # finishes it, and keeps a journal"));
            report.hints.push(format!("{detach}  # takes it back"));
            return (report.ended("partial", kind), Some(error));
        }
        (report.ended("failed", kind), Some(error))
    }
}
