//! The flow of `status`: every step looked at, nothing changed.

use std::time::Instant;

use super::attach::{attachment_id, flat, is_good};
use super::error::Error;
use super::journal::{Found, Mark, marks};
use super::ledger::Ledger;
use super::report::{AttachmentReport, Owner, Shortfall, StepReport, place_of};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Finding, Look, Stage, State, Step};

/// What is to be looked at.
#[derive(Debug)]
pub struct Request {
    /// The LUN as the user named it.
    pub lun: String,
    /// The node.
    pub node: String,
    /// What is known: from the journal.
    pub facts: Facts,
    /// The stages to look at, array first.
    pub stages: Vec<Box<dyn Stage>>,
    /// Its open journal.
    pub journal: Option<Found>,
}

/// Looks at one LUN. A stage that cannot be looked at is an `unknown` row, not a failure; only a
/// LUN that is nowhere is an error.
pub fn status(
    request: &Request,
    ledger: &Ledger,
    bounds: &Bounds,
) -> (AttachmentReport, Option<Error>) {
    let mut facts = request.facts.clone();
    let mut steps = Vec::new();
    let mut left = Vec::new();
    let mut hints = Vec::new();
    let mut lost = None;
    for stage in &request.stages {
        let looked = look(&**stage, request, ledger, bounds, &mut facts, &mut steps);
        stage.leave();
        if let Err(error) = looked {
            let place = if stage.name() == "publish" {
                "array"
            } else {
                "node"
            };
            steps.push(StepReport {
                key: place.to_owned(),
                place,
                state: State::Unknown,
                evidence: error.to_string(),
                owner: None,
                changed: false,
                elapsed_ms: 0,
            });
            left.push(Shortfall {
                key: place.to_owned(),
                why: error.to_string(),
            });
            hints.extend(error.hints());
            lost = lost.or(Some(error));
        }
    }
    let id = attachment_id(&facts);
    let mut report = AttachmentReport::of(id, &request.lun, &request.node, &facts);
    report.steps = steps;
    report.left = left;
    report.hints = hints;
    if let Some(error) = lost {
        let nowhere = matches!(error.kind(), Kind::NotFound) && request.journal.is_none();
        // A refused login or a wrong name is the user's to mend; the rest is a finding.
        let kind = match error.kind() {
            kind @ (Kind::Denied | Kind::Usage | Kind::Interrupted | Kind::Terminated) => kind,
            kind if nowhere => kind,
            Kind::Unreachable if report.steps.len() == 1 => Kind::Unreachable,
            _ => Kind::Findings,
        };
        return (report.ended("unknown", kind), Some(error));
    }
    let (state, kind) = verdict(&report.steps, request.journal.is_some());
    match state {
        "partial" => {
            report
                .hints
                .push(format!("sanctl attach {}   finishes it", request.lun));
            report
                .hints
                .push(format!("sanctl detach {}   takes it back", request.lun));
        }
        "absent" if kind == Kind::Findings => {
            report.hints.push(format!(
                "sanctl detach {}   closes its journal",
                request.lun
            ));
        }
        _ => {}
    }
    (report.ended(state, kind), None)
}

/// Whole, wholly absent, or something in between. Containers alone make no attachment: the
/// objects around a LUN stay while other LUNs use them.
fn verdict(steps: &[StepReport], open_journal: bool) -> (&'static str, Kind) {
    let telling = |s: &&StepReport| {
        s.key.starts_with("node.")
            || s.key == "array.lungroup-lun"
            || s.key == "array.map"
            || s.key == "array.lun-number"
    };
    let good = steps.iter().filter(|s| is_good(s.state)).count();
    let differs = steps
        .iter()
        .any(|s| matches!(s.state, State::Differs | State::Unknown));
    let any = steps.iter().filter(telling).any(|s| is_good(s.state));
    if good == steps.len() {
        let degraded = steps.iter().any(|s| s.state == State::Degraded);
        let state = if degraded { "degraded" } else { "attached" };
        return (state, if degraded { Kind::Findings } else { Kind::Done });
    }
    if !any && !differs {
        return (
            "absent",
            if open_journal {
                Kind::Findings
            } else {
                Kind::Done
            },
        );
    }
    ("partial", Kind::Findings)
}

fn look(
    stage: &dyn Stage,
    request: &Request,
    ledger: &Ledger,
    bounds: &Bounds,
    facts: &mut Facts,
    steps: &mut Vec<StepReport>,
) -> Result<(), Error> {
    let failed = |cause| Error::Stage {
        stage: stage.name(),
        cause,
    };
    stage.enter(bounds).map_err(failed)?;
    let cx = Cx { facts, bounds };
    let surveyed = stage.survey(&cx, Aim::Status).map_err(failed)?;
    facts.merge(surveyed);
    let nodes = stage.steps(facts, Aim::Status).map_err(failed)?;
    let marks = request
        .journal
        .as_ref()
        .map(|j| marks(&j.entries))
        .unwrap_or_default();
    for step in flat(&nodes) {
        let begun = Instant::now();
        let cx = Cx { facts, bounds };
        let finding = step
            .check(&cx, Look::Survey)
            .unwrap_or_else(|error| Finding::unknown(error.to_string()));
        let owner = owner(step, marks.get(step.key()), ledger, finding.state);
        steps.push(StepReport {
            key: step.key().to_owned(),
            place: place_of(step.key()),
            state: finding.state,
            evidence: finding.evidence,
            owner,
            changed: false,
            elapsed_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
        facts.merge(finding.facts);
    }
    Ok(())
}

fn owner(step: &dyn Step, mark: Option<&Mark>, ledger: &Ledger, state: State) -> Option<Owner> {
    if !is_good(state) {
        return None;
    }
    let object = step.object()?;
    let ours = matches!(
        mark,
        Some(Mark::Begun | Mark::Made { .. } | Mark::Undoing { .. })
    ) || ledger.is_ours(&object);
    Some(if ours { Owner::Ours } else { Owner::Adopted })
}
