//! `--dry-run`: what a flow would do, in words and in what one could type instead.

use std::ops::Range;

use serde::Serialize;

use super::error::Error;
use super::flow::flat;
use super::report::place_of;
use crate::kit::bounds::Bounds;
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Description, Finding, Look, Role, Script, Stage, State, Step};

/// One line of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanStep {
    /// The step's key.
    pub key: String,
    /// `array` or `node`.
    #[serde(rename = "where")]
    pub place: &'static str,
    /// Its state now.
    pub state: State,
    /// What was seen.
    pub evidence: String,
    /// Whether the flow would change it.
    pub pending: bool,
    /// What would be done.
    #[serde(flatten)]
    pub what: Description,
}

impl PlanStep {
    fn sends(&self) -> bool {
        self.pending && !self.what.wire.is_empty()
    }
}

/// A whole plan.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// The LUN as the user named it.
    pub lun: String,
    /// The node.
    pub node: String,
    /// `attach` or `detach`.
    pub flow: &'static str,
    /// The steps in their order.
    pub steps: Vec<PlanStep>,
    /// Whether these are practice objects.
    pub practice: bool,
    /// What stands around the wire lines of which steps.
    #[serde(skip)]
    pub scripts: Vec<(Range<usize>, Script)>,
}

impl Plan {
    /// Whether the flow would change anything.
    pub fn pending(&self) -> bool {
        self.steps.iter().any(|s| s.pending)
    }

    /// The lines of the steps that the flow would change, as a script of `sh`.
    pub fn wire(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let around = |(range, script): &(Range<usize>, Script)| {
                let used = self.steps.get(range.clone())?;
                let used = used.iter().any(PlanStep::sends);
                used.then(|| (range.clone(), script.clone()))
            };
            let around: Vec<_> = self.scripts.iter().filter_map(around).collect();
            for (_, script) in around.iter().filter(|(range, _)| range.start == index) {
                lines.extend(script.before.iter().cloned());
            }
            if step.pending {
                lines.push(format!("# {}: {}", step.key, step.what.title));
                lines.extend(step.what.wire.iter().cloned());
            }
            for (_, script) in around.iter().filter(|(range, _)| range.end == index + 1) {
                lines.extend(script.after.iter().cloned());
            }
        }
        lines
    }
}

/// Looks at every stage and says what the flow would do. Changes nothing. `goes` tells whether a
/// detach would take a link or container ([`super::walk::Links::take`]).
///
/// # Errors
/// The first stage that cannot be looked at.
pub fn plan(
    lun: &str,
    node: &str,
    mut facts: Facts,
    stages: &[Box<dyn Stage>],
    aim: Aim,
    goes: &dyn Fn(&dyn Step) -> bool,
    bounds: &Bounds,
) -> Result<Plan, Error> {
    let mut steps: Vec<PlanStep> = Vec::new();
    let mut scripts = Vec::new();
    for stage in stages {
        let first = steps.len();
        let mut look = || -> Result<(), Error> {
            let failed = |cause| Error::Stage {
                stage: stage.name(),
                cause,
            };
            stage.enter(bounds).map_err(failed)?;
            let cx = Cx {
                facts: &facts,
                bounds,
            };
            let surveyed = stage.survey(&cx, aim).map_err(failed)?;
            facts.merge(surveyed);
            let nodes = stage.steps(&facts, aim).map_err(failed)?;
            // What a step needs to be looked at is what the steps that made it stand on: a way
            // back is looked at from its end.
            let mut order = flat(&nodes);
            if aim == Aim::Detach {
                order.reverse();
            }
            let mut link_stays = false;
            // Containers that go, by identity: with them goes what is within.
            let mut going: Vec<(String, String)> = Vec::new();
            let mut findings = Vec::new();
            for step in order {
                let cx = Cx {
                    facts: &facts,
                    bounds,
                };
                let finding = step
                    .check(&cx, Look::Survey)
                    .unwrap_or_else(|error| Finding::unknown(error.to_string()));
                facts.merge(finding.facts.clone());
                findings.push((step, finding));
            }
            if aim == Aim::Detach {
                findings.reverse();
            }
            for (step, finding) in findings {
                let what = step.describe(&facts, aim);
                let there = matches!(finding.state, State::Present | State::Degraded);
                let object = step.object();
                let within = object.as_deref().and_then(|own| {
                    let holds = |(_, o): &&(String, String)| is_within(own, o);
                    going.iter().find(holds).map(|(key, _)| key)
                });
                let mut evidence = finding.evidence;
                let mut stays = None;
                if aim == Aim::Detach && there && within.is_none() {
                    stays = match step.role() {
                        Role::Device | Role::Proof => None,
                        Role::Link | Role::Container if link_stays || !goes(step) => {
                            Some(if link_stays && goes(step) {
                                "the LUN's link needs it".to_owned()
                            } else {
                                "made by somebody else".to_owned()
                            })
                        }
                        Role::Link | Role::Container => step
                            .kept_by(&Cx {
                                facts: &facts,
                                bounds,
                            })
                            .map_err(failed)?
                            .map(|by| format!("in use by {by}")),
                    };
                }
                if let Some(why) = &stays {
                    evidence = format!("stays, {why}: {evidence}");
                } else if let Some(key) = within {
                    evidence = format!("goes with {key}: {evidence}");
                }
                let pending = match aim {
                    // A proof makes nothing: where nothing before it is to be done, it is only
                    // looked at once more.
                    Aim::Attach
                        if step.role() == Role::Proof
                            && matches!(finding.state, State::Absent | State::Waiting) =>
                    {
                        steps.iter().any(|s: &PlanStep| s.pending)
                    }
                    Aim::Attach => !there && (!what.wire.is_empty() || !what.verbs.is_empty()),
                    Aim::Detach => {
                        there
                            && match step.role() {
                                Role::Device => true,
                                Role::Proof => false,
                                Role::Link | Role::Container => stays.is_none() && within.is_none(),
                            }
                    }
                    Aim::Status => false,
                };
                if let Some(object) = object
                    .filter(|_| pending && aim == Aim::Detach && step.role() == Role::Container)
                {
                    going.push((step.key().to_owned(), object));
                }
                // What a link that stays needs stays too.
                link_stays |= aim == Aim::Detach && there && step.role() == Role::Link && !pending;
                steps.push(PlanStep {
                    key: step.key().to_owned(),
                    place: place_of(step.key()),
                    state: finding.state,
                    evidence,
                    pending,
                    what,
                });
            }
            Ok(())
        };
        let looked = look();
        stage.leave();
        looked?;
        scripts.extend(stage.script().map(|script| (first..steps.len(), script)));
    }
    let flow = if aim == Aim::Detach {
        "detach"
    } else {
        "attach"
    };
    Ok(Plan {
        lun: lun.to_owned(),
        node: node.to_owned(),
        flow,
        steps,
        practice: false,
        scripts,
    })
}

/// Whether an object is a part of another, by their identities.
fn is_within(object: &str, other: &str) -> bool {
    let tail = object.strip_prefix(other);
    tail.is_some_and(|tail| tail.starts_with('/'))
}
