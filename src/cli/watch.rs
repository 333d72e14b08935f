//! Progress of a flow in words.

use serde_json::json;

use crate::app::App;
use crate::attachment::report::{StepReport, Watch};
use crate::kit::progress::Mode;

/// Shows the steps of a flow on stderr.
#[derive(Debug)]
pub struct Shown<'a> {
    app: &'a App,
}

impl<'a> Shown<'a> {
    /// Shows on this run's stderr.
    pub fn new(app: &'a App) -> Self {
        Self { app }
    }
}

/// A step that ended, as one line.
fn line(report: &StepReport) -> String {
    let mark = if report.changed { "+" } else { " " };
    // An error names its step, which stands in front already.
    let evidence = report.evidence.strip_prefix(&report.key);
    let evidence = evidence.and_then(|rest| rest.strip_prefix(": "));
    format!(
        "{mark} {:<31} {:<8} {}",
        report.key,
        report.state.word(),
        evidence.unwrap_or(&report.evidence)
    )
}

impl Watch for Shown<'_> {
    fn begins(&self, key: &str, title: &str) {
        if self.app.progress.mode() == Mode::Jsonl {
            self.app
                .progress
                .say(&json!({"event": "begins", "key": key, "title": title}).to_string());
        } else {
            self.app.progress.begin(key, title);
        }
    }

    fn ends(&self, report: &StepReport) {
        if self.app.progress.mode() == Mode::Jsonl {
            let event = json!({"event": "ends", "key": report.key, "state": report.state.word(),
                "changed": report.changed, "evidence": report.evidence});
            self.app.progress.say(&event.to_string());
        } else {
            self.app.progress.end(&report.key, &line(report));
        }
    }

    fn note(&self, text: &str) {
        self.app.note(text);
    }
}
