//! The step table of one attachment.

use anyhow::Result;

use crate::app::App;
use crate::attachment::report::{AttachmentReport, Owner, StepReport};
use crate::kit::table::size;
use crate::step::State;

/// The step table of one attachment.
///
/// # Errors
/// When stdout cannot be written.
pub fn table(app: &App, report: &AttachmentReport, every: bool) -> Result<()> {
    let mut head = format!("lun {}", report.lun);
    if let Some(array) = &report.array {
        head.push_str(&format!(" on {array}"));
    }
    if let Some(bytes) = report.size_bytes {
        head.push_str(&format!("   {}", size(bytes)));
    }
    if report.practice {
        head.push_str("   PRACTICE");
    }
    app.printer.line(&head)?;
    if let Some(wwid) = &report.wwid {
        app.printer
            .line(&format!("wwid {wwid}   node {}", report.node))?;
    }
    app.printer.line("")?;
    let rows = if every {
        report.steps.iter().map(row).collect()
    } else {
        phases(&report.steps)
    };
    let numbered: Vec<Vec<String>> = rows
        .into_iter()
        .enumerate()
        .map(|(index, mut row)| {
            row.insert(0, (index + 1).to_string());
            row
        })
        .collect();
    app.printer
        .rows(&["#", "STEP", "WHERE", "STATE", "EVIDENCE"], &numbered)?;
    app.printer.line("")?;
    app.printer.line(report.state)?;
    if let Some(device) = &report.device {
        app.printer.line(&format!("device  {device}"))?;
    }
    Ok(())
}

fn row(step: &StepReport) -> Vec<String> {
    let owner = match step.owner {
        Some(Owner::Ours) => " (ours)",
        _ => "",
    };
    vec![
        step.key.clone(),
        step.place.to_owned(),
        step.state.word().to_owned(),
        format!("{}{owner}", step.evidence),
    ]
}

/// The phase that a step belongs to (INTERFACE, `status`).
fn phase(key: &str) -> &str {
    let step = key.split('@').next().unwrap_or(key);
    match step {
        "array.host" => "host",
        "array.initiator" | "array.igroup-initiator" => "initiator",
        "array.hostgroup" | "array.hostgroup-host" | "array.lungroup" | "array.igroup" => "groups",
        _ if step.starts_with("array.") => "mapping",
        "node.record" => "portal",
        "node.session" => "session",
        "node.path" | "node.identity" => "device",
        "node.map" => "map",
        other => other,
    }
}

/// One row per phase: the worst state, and the evidence of the steps that have it.
fn phases(steps: &[StepReport]) -> Vec<Vec<String>> {
    let mut rows: Vec<(&str, &'static str, State, Vec<&str>)> = Vec::new();
    for step in steps {
        let phase = phase(&step.key);
        match rows
            .iter_mut()
            .find(|row| row.0 == phase && row.1 == step.place)
        {
            None => rows.push((phase, step.place, step.state, vec![&step.evidence])),
            Some(row) if weight(step.state) > weight(row.2) => {
                row.2 = step.state;
                row.3 = vec![&step.evidence];
            }
            Some(row) if step.state == row.2 => say_once(&mut row.3, &step.evidence),
            Some(_) => {}
        }
    }
    rows.into_iter()
        .map(|(phase, place, state, evidence)| {
            vec![
                phase.to_owned(),
                place.to_owned(),
                state.word().to_owned(),
                evidence.join("; "),
            ]
        })
        .collect()
}

/// Adds evidence unless it is said already, and drops what it says again with more.
fn say_once<'a>(said: &mut Vec<&'a str>, evidence: &'a str) {
    if said.iter().any(|one| one.contains(evidence)) {
        return;
    }
    said.retain(|one| !evidence.contains(one));
    said.push(evidence);
}

const fn weight(state: State) -> u8 {
    match state {
        State::Present => 0,
        State::Degraded => 1,
        State::Waiting => 2,
        State::Absent => 3,
        State::Unknown => 4,
        State::Differs => 5,
    }
}
