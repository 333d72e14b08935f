//! `--dry-run` in words, as verbs, or as lines of curl, iscsiadm and echo.

use anyhow::Result;
use serde_json::json;

use crate::app::App;
use crate::attachment::plan::Plan;
use crate::kit::printer::{Format, document};

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
    let pending = plan.pending();
    match (print, app.printer.format()) {
        (None, Format::Json) => {
            let text = document("sanctl/plan", "item", json!(plan), &[]);
            app.printer.line(&text.to_string())?;
        }
        (None, Format::Jsonl) => app.printer.line(&json!(plan).to_string())?,
        (Some(Print::Wire), _) => {
            if plan.practice && pending {
                app.printer.line(
                    "# PRACTICE: this array lives only while sanctl runs; see sanctl sim serve",
                )?;
            }
            for line in plan.wire() {
                app.printer.line(&line)?;
            }
        }
        (Some(Print::Verbs), _) => {
            for step in plan.steps.iter().filter(|s| s.pending) {
                app.printer
                    .line(&format!("# {}: {}", step.key, step.what.title))?;
                for line in &step.what.verbs {
                    app.printer.line(line)?;
                }
            }
        }
        (None, _) => table(app, &plan)?,
    }
    Ok(pending)
}

fn table(app: &App, plan: &Plan) -> Result<()> {
    let practice = if plan.practice { "  PRACTICE" } else { "" };
    app.printer.line(&format!(
        "plan: {} {} on {}{practice}",
        plan.flow, plan.lun, plan.node
    ))?;
    app.printer.line("")?;
    let mut number = 0;
    for step in &plan.steps {
        number += 1;
        let mark = if step.pending { "->" } else { "  " };
        let text = if step.pending {
            &step.what.title
        } else {
            &step.evidence
        };
        app.printer.line(&format!(
            "{number:>2} {mark} {:<28} {:<8} {text}",
            step.key,
            step.state.word()
        ))?;
        if step.pending {
            for line in step.what.verbs.iter().chain(&step.what.wire) {
                app.printer.line(&format!("       {line}"))?;
            }
        }
    }
    app.printer.line("")?;
    let word = if plan.pending() {
        "nothing was changed"
    } else {
        "there is nothing to do"
    };
    app.printer.line(word)?;
    Ok(())
}
