//! `--dry-run` in words, as verbs, or as lines of curl, iscsiadm and echo.

use anyhow::Result;
use serde_json::json;

use crate::app::App;
use crate::attachment::plan::{Plan, PlanStep};
use crate::kit::printer::Format;

/// Which lines `--print` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Print {
    /// sanctl's own verbs, one step each.
    Verbs,
    /// What goes over the wire: curl, iscsiadm, echo.
    Wire,
}

/// Prints a plan. True if it has anything to do.
///
/// # Errors
/// When stdout cannot be written.
pub fn show(app: &App, mut plan: Plan, print: Option<Print>) -> Result<bool> {
    plan.practice = app.is_practice();
    match (print, app.printer.format()) {
        (Some(print), _) => lines(app, &plan, print)?,
        (None, Format::Json | Format::Jsonl) => {
            app.printer.json_item("sanctl/plan", json!(plan))?;
        }
        (None, Format::Name) => {
            for step in plan.steps.iter().filter(|step| step.pending) {
                app.printer.line(&step.key)?;
            }
        }
        (None, format) => table(app, &plan, format == Format::Wide)?,
    }
    Ok(plan.pending())
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
    let known = super::dispatch::command()
        .find_subcommand(noun)
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
