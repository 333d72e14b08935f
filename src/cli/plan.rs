//! `--dry-run` in words, as verbs, or as lines of curl, iscsiadm and echo.

use anyhow::Result;
use serde_json::{Value, json};

use super::args::Command;
use super::columns;
use super::place::typed;
use crate::app::App;
use crate::attachment::plan::{Plan, PlanStep};
use crate::kit::printer::{Content, Format};

/// Which lines `--print` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Print {
    /// sanctl's own verbs, one step each.
    Verbs,
    /// What goes over the wire: curl, iscsiadm, echo.
    Wire,
}

/// Prints plans, one for each LUN. True if any has anything to do.
///
/// # Errors
/// When stdout cannot be written.
pub fn show(app: &App, mut plans: Vec<Plan>, print: Option<Print>) -> Result<bool> {
    for plan in &mut plans {
        plan.practice = app.is_practice();
        let lines = plan.steps.iter_mut().flat_map(|step| &mut step.what.verbs);
        for line in lines {
            *line = typed(&app.global, line);
        }
    }
    match (print, app.printer.format()) {
        (Some(print), _) => {
            for plan in &plans {
                lines(app, plan, print)?;
            }
        }
        (None, Format::Name) => {
            let steps = plans.iter().flat_map(|plan| &plan.steps);
            for step in steps.filter(|step| step.pending) {
                app.printer.line(&step.key)?;
            }
        }
        (None, format @ (Format::Table | Format::Wide)) => {
            for (index, plan) in plans.iter().enumerate() {
                if index > 0 {
                    app.printer.line("")?;
                }
                table(app, plan, format == Format::Wide)?;
            }
        }
        (None, Format::Csv) => {
            let steps = plans.iter().flat_map(rows).collect();
            app.printer
                .data(columns::PLAN_STEP, Content::Many(steps), &[])?;
        }
        (None, _) => {
            let content = match plans.as_slice() {
                [plan] => Content::One(json!(plan)),
                plans => Content::Many(plans.iter().map(|plan| json!(plan)).collect()),
            };
            app.printer.data(columns::PLAN, content, &[])?;
        }
    }
    Ok(plans.iter().any(Plan::pending))
}

/// The steps of a plan, each with what it belongs to.
fn rows(plan: &Plan) -> impl Iterator<Item = Value> {
    plan.steps.iter().map(|step| {
        let mut row = json!({"lun": plan.lun, "node": plan.node, "flow": plan.flow});
        if let (Value::Object(row), Value::Object(step)) = (&mut row, json!(step)) {
            row.extend(step);
        }
        row
    })
}

/// Only what is to be typed; a shell takes it as it is.
fn lines(app: &App, plan: &Plan, print: Print) -> Result<()> {
    if app.is_practice() && plan.pending() {
        app.printer
            .line("# PRACTICE: outside of sanctl nothing answers to these lines")?;
    }
    if print == Print::Wire {
        for line in plan.wire() {
            app.printer.line(&line)?;
        }
        return Ok(());
    }
    let mut missing = Vec::new();
    for step in plan.steps.iter().filter(|step| step.pending) {
        app.printer
            .line(&format!("# {}: {}", step.key, step.what.title))?;
        for line in &step.what.verbs {
            app.printer.line(line)?;
            if let Some(verb) = missing_verb(line)
                && !missing.contains(&verb)
            {
                missing.push(verb);
            }
        }
    }
    if !missing.is_empty() {
        app.note(&format!(
            "note: this version cannot do these by themselves yet: {}",
            missing.join(", ")
        ));
        app.note("      --print wire prints what works today");
    }
    Ok(())
}

/// The noun and verb of a line, when this program does not have them.
fn missing_verb(line: &str) -> Option<String> {
    let mut words = line.strip_prefix("sanctl ")?.split(' ');
    let (noun, verb) = (words.next()?, words.next()?);
    let known = Command::find(noun)
        .is_some_and(|found| !found.has_subcommands() || found.find_subcommand(verb).is_some());
    (!known).then(|| format!("{noun} {verb}"))
}

fn table(app: &App, plan: &Plan, with_lines: bool) -> Result<()> {
    let practice = if plan.practice { "   PRACTICE" } else { "" };
    app.printer.line(&format!(
        "plan: {} {} on node {}{practice}",
        plan.flow, plan.lun, plan.node
    ))?;
    app.printer.line("")?;
    let row = |(index, step): (usize, &PlanStep)| {
        let (mark, text) = if step.pending {
            ("->", &step.what.title)
        } else {
            ("", &step.evidence)
        };
        let mut row = vec![(index + 1).to_string(), step.key.clone(), text.clone()];
        if plan.pending() {
            row.insert(1, mark.to_owned());
        }
        row
    };
    let rows: Vec<Vec<String>> = plan.steps.iter().enumerate().map(row).collect();
    app.printer.rows(&[], &rows)?;
    if with_lines {
        app.printer.line("")?;
        lines(app, plan, Print::Wire)?;
    }
    app.printer.line("")?;
    if plan.pending() {
        app.printer
            .line("-> would be done; nothing was changed. As lines to type: --print wire")?;
    } else {
        app.printer.line("there is nothing to do")?;
    }
    Ok(())
}
