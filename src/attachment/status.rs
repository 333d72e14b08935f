//! The flow of `status`: every step looked at, nothing changed.

use std::time::Instant;

use super::error::Error;
use super::flow::{attachment_id, is_good};
use super::journal::Found;
use super::ledger::Ledger;
use super::report::{AttachmentReport, Commands, Owner, Shortfall, StepReport, place_of};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::model::facts::Facts;
use crate::step::{Aim, Cx, Finding, Look, Need, Role, Stage, State, Step};

/// What is to be looked at.
#[derive(Debug)]
pub struct Request {
    /// The LUN as the user named it.
    pub lun: String,
    /// What to type to go on.
    pub commands: Commands,
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
    let mut seen = Facts::none();
    let mut rows = Vec::new();
    let mut left = Vec::new();
    let mut hints = Vec::new();
    let mut lost = None;
    for stage in &request.stages {
        let looked = look(&**stage, ledger, bounds, &mut facts, &mut seen, &mut rows);
        stage.leave();
        if let Err(error) = looked {
            let place = if stage.name() == "publish" {
                "array"
            } else {
                "node"
            };
            let row = StepReport {
                key: place.to_owned(),
                place,
                state: State::Unknown,
                evidence: error.to_string(),
                owner: None,
                changed: false,
                elapsed_ms: 0,
            };
            rows.push(Row {
                role: Role::Proof,
                weighs: row.state,
                report: row,
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
    // What a journal remembers of the node is not what is there now.
    facts.device = seen.device;
    facts.file = seen.file;
    facts.paths = seen.paths;
    facts.lun_number = seen.lun_number;
    let mut report = AttachmentReport::of(id, &request.lun, &request.node, &facts);
    let telling: Vec<(Role, State)> = rows.iter().map(|row| (row.role, row.weighs)).collect();
    report.steps = rows.into_iter().map(|row| row.report).collect();
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
    let (state, kind) = verdict(&telling, request.journal.is_some());
    let Commands { attach, detach } = &request.commands;
    match state {
        "partial" => {
            report.hints.push(format!("{attach}  # finishes it"));
            report.hints.push(format!("{detach}  # takes it back"));
        }
        "degraded" => {
            report
                .hints
                .push(format!("{attach}  # brings back what can be"));
            report.hints.push(format!("{detach}  # takes it back"));
        }
        "absent" if kind == Kind::Findings => {
            report.hints.push(format!("{detach}  # closes its journal"));
        }
        _ => {}
    }
    (report.ended(state, kind), None)
}

/// A row, and what it weighs in the verdict.
struct Row {
    role: Role,
    weighs: State,
    report: StepReport,
}

/// Of lanes of which so many are enough, one that has lost what it stands on (a session) is below
/// the wish and no more. One that stands and shows something else is what its rows say.
fn soften(need: Need, lanes: &mut [Vec<Row>]) {
    let Need::AtLeast { min, .. } = need else {
        return;
    };
    let good = |lane: &&Vec<Row>| lane.iter().all(|row| is_good(row.weighs));
    if lanes.iter().filter(good).count() < min.max(1) {
        return;
    }
    for lane in lanes {
        let first = lane.iter().find(|row| !is_good(row.weighs));
        let lost =
            first.is_some_and(|row| row.role == Role::Container && row.weighs != State::Unknown);
        for row in lane.iter_mut().filter(|row| lost && !is_good(row.weighs)) {
            row.weighs = State::Degraded;
        }
    }
}

/// Whole, wholly absent, or something in between. Containers alone make no attachment: the
/// objects around a LUN stay while other LUNs use them.
fn verdict(rows: &[(Role, State)], open_journal: bool) -> (&'static str, Kind) {
    let telling = || rows.iter().filter(|(role, _)| *role != Role::Container);
    let unknown = rows.iter().any(|(_, state)| *state == State::Unknown);
    let some = telling().any(|(_, state)| is_good(*state) || *state == State::Differs);
    if !rows.is_empty() && rows.iter().all(|(_, state)| is_good(*state)) {
        let degraded = rows.iter().any(|(_, state)| *state == State::Degraded);
        return if degraded {
            ("degraded", Kind::Findings)
        } else {
            ("attached", Kind::Done)
        };
    }
    match (some, unknown, open_journal) {
        (true, ..) => ("partial", Kind::Findings),
        (false, true, _) => ("unknown", Kind::Findings),
        (false, false, true) => ("absent", Kind::Findings),
        (false, false, false) => ("absent", Kind::Done),
    }
}

fn look(
    stage: &dyn Stage,
    ledger: &Ledger,
    bounds: &Bounds,
    facts: &mut Facts,
    seen: &mut Facts,
    rows: &mut Vec<Row>,
) -> Result<(), Error> {
    let failed = |cause| Error::Stage {
        stage: stage.name(),
        cause,
    };
    stage.enter(bounds).map_err(failed)?;
    let cx = Cx { facts, bounds };
    let surveyed = stage.survey(&cx, Aim::Status).map_err(failed)?;
    seen.merge(surveyed.clone());
    facts.merge(surveyed);
    let nodes = stage.steps(facts, Aim::Status).map_err(failed)?;
    for node in &nodes {
        let mut lanes = Vec::new();
        for lane in &node.lanes {
            let mut seen_in_lane = Vec::new();
            for step in lane {
                seen_in_lane.push(row(&**step, ledger, bounds, facts, seen)?);
            }
            lanes.push(seen_in_lane);
        }
        soften(node.need, &mut lanes);
        rows.extend(lanes.into_iter().flatten());
    }
    Ok(())
}

fn row(
    step: &dyn Step,
    ledger: &Ledger,
    bounds: &Bounds,
    facts: &mut Facts,
    seen: &mut Facts,
) -> Result<Row, Error> {
    bounds.check()?;
    let begun = Instant::now();
    let cx = Cx { facts, bounds };
    if let Some(object) = step.object() {
        step.recall(&ledger.recorded(&object));
    }
    let finding = step
        .check(&cx, Look::Survey)
        .unwrap_or_else(|error| Finding::unknown(error.to_string()));
    let report = StepReport {
        key: step.key().to_owned(),
        place: place_of(step.key()),
        state: finding.state,
        evidence: finding.evidence,
        owner: owner(step, ledger, finding.state),
        changed: false,
        elapsed_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    if step.role() == Role::Device && !is_good(finding.state) {
        // What is to be above the device that was seen so far is not as it should be: that one
        // alone is nothing to hand over.
        seen.device = None;
        seen.file = None;
    }
    seen.merge(finding.facts.clone());
    facts.merge(finding.facts);
    Ok(Row {
        role: step.role(),
        weighs: finding.state,
        report,
    })
}

fn owner(step: &dyn Step, ledger: &Ledger, state: State) -> Option<Owner> {
    if !is_good(state) {
        return None;
    }
    let ours = ledger.is_ours(&step.object()?);
    Some(if ours { Owner::Ours } else { Owner::Adopted })
}
