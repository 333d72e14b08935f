//! `status --wait` and `status --watch`: the same look again.

use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use super::{TIME, print};
use crate::app::App;
use crate::cli::failure::Refusal;
use crate::cli::flow::Ended;
use crate::kit::bounds::{self, Bounds};
use crate::kit::kind::Kind;
use crate::kit::printer::Format;

/// Between two looks: each costs an array a login.
const PAUSE: Duration = Duration::from_secs(2);

/// One look, each LUN within limits of its own.
type Look<'a> = dyn Fn(&dyn Fn() -> Bounds) -> Result<Vec<Ended>> + 'a;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Goal {
    /// Whole: every step is there.
    Present,
    /// Nothing of it is there.
    Absent,
    /// Nothing of it is there, and no journal is open.
    Clean,
}

impl Goal {
    const fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Clean => "clean",
        }
    }

    fn is_reached(self, end: &Ended) -> bool {
        let closed = end.report.kind == Some(Kind::Done);
        match self {
            Self::Present => end.report.state == "attached",
            Self::Absent => end.report.state == "absent",
            Self::Clean => end.report.state == "absent" && closed,
        }
    }
}

/// Looks until every LUN has come to the goal. What waiting does not mend ends it at once.
pub(super) fn wait(app: &App, goal: Goal, look: &Look<'_>) -> Result<Kind> {
    let bounds = app.bounds("status --wait", TIME);
    loop {
        let ends = look(&|| bounds.at_most(TIME, "status"))?;
        let open: Vec<&Ended> = ends.iter().filter(|end| !goal.is_reached(end)).collect();
        if open.is_empty() {
            print(app, &ends)?;
            return Ok(Kind::Done);
        }
        if open.iter().any(|end| !may_change(end)) {
            return print(app, &ends);
        }
        match bounds.wait(PAUSE) {
            Ok(()) => {}
            Err(bounds::Ended::Late { span, .. }) => {
                let words = |end: &&Ended| format!("{} is {}", end.report.lun, end.report.state);
                let last: Vec<String> = open.iter().map(words).collect();
                let message = format!("not {} after {span:?}: {}", goal.word(), last.join(", "));
                print(app, &ends)?;
                return Err(Refusal::new(Kind::Unreachable, message).into());
            }
            Err(stopped) => return Err(stopped.into()),
        }
    }
}

/// Whether another look may find something else: not so where somebody must act first.
fn may_change(end: &Ended) -> bool {
    !matches!(
        end.report.kind,
        Some(Kind::Denied | Kind::Usage | Kind::NotFound | Kind::Unsupported)
    )
}

/// Looks until it is stopped, and shows what has changed since the look before.
pub(super) fn watch(app: &App, look: &Look<'_>) -> Result<Kind> {
    let format = app.printer.format();
    if !matches!(format, Format::Table | Format::Wide | Format::Jsonl) {
        let refusal = Refusal::usage("--watch never ends, so it has no single document to print");
        return Err(refusal
            .hint("-o jsonl with --watch: one line per change")
            .into());
    }
    let whole = app.bounds("status --watch", Duration::from_secs(u64::from(u32::MAX)));
    let mut before = None;
    loop {
        let ends = look(&|| whole.at_most(TIME, "status"))?;
        let now = seen(&ends);
        if before.as_ref() != Some(&now) {
            let again = before.is_some();
            if again && format != Format::Jsonl {
                app.printer.line("")?;
            }
            print(app, &ends)?;
            app.printer.flush()?;
            before = Some(now);
        }
        match whole.wait(PAUSE) {
            Ok(()) => {}
            Err(bounds::Ended::Late { .. }) => return Ok(Kind::Done),
            Err(stopped) => return Err(stopped.into()),
        }
    }
}

/// What is compared: everything but how long a look took.
fn seen(ends: &[Ended]) -> Vec<(String, &'static str, Vec<[String; 3]>)> {
    ends.iter()
        .map(|end| {
            let report = &end.report;
            let rows = report.steps.iter().map(|step| {
                [
                    step.key.clone(),
                    step.state.word().to_owned(),
                    step.evidence.clone(),
                ]
            });
            (report.lun.clone(), report.state, rows.collect())
        })
        .collect()
}
