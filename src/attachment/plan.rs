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
            let mut stays = false;
            for step in flat(&nodes) {
                let cx = Cx {
                    facts: &facts,
                    bounds,
                };
                let finding = step
                    .check(&cx, Look::Survey)
                    .unwrap_or_else(|error| Finding::unknown(error.to_string()));
                let what = step.describe(&facts, aim);
                let there = matches!(finding.state, State::Present | State::Degraded);
                let pending = match aim {
                    Aim::Attach => !there && (!what.wire.is_empty() || !what.verbs.is_empty()),
                    Aim::Detach => {
                        there
                            && match step.role() {
                                Role::Device => true,
                                Role::Proof => false,
                                Role::Link | Role::Container => !stays && goes(step),
                            }
                    }
                    Aim::Status => false,
                };
                // What a link that stays needs stays too.
                stays |= aim == Aim::Detach && there && step.role() == Role::Link && !pending;
                steps.push(PlanStep {
                    key: step.key().to_owned(),
                    place: place_of(step.key()),
                    state: finding.state,
                    evidence: finding.evidence,
                    pending,
                    what,
                });
                facts.merge(finding.facts);
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
