//! Progress of a flow in words.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::app::App;
use crate::attachment::report::{StepReport, Watch};
use crate::kit::kind::Kind;
use crate::kit::progress::Mode;
use crate::kit::table::wrapped;
use crate::step::State;

/// Shows the steps of a flow on stderr.
#[derive(Debug)]
pub struct Shown<'a> {
    app: &'a App,
    /// What the steps under way do, by their keys.
    titles: Mutex<HashMap<String, String>>,
}

impl<'a> Shown<'a> {
    /// Shows on this run's stderr.
    pub fn new(app: &'a App) -> Self {
        Self {
            app,
            titles: Mutex::default(),
        }
    }
}

/// Answers a Ctrl-C at once: the step that is under way may take its time, and a second one would
/// end it in the middle.
pub fn answer_signals(app: &App) {
    if app.global.quiet {
        return;
    }
    let (stop, progress) = (app.stop.clone(), Arc::clone(&app.progress));
    // Ends with the process, at the latest.
    std::thread::spawn(move || {
        loop {
            stop.wait(Duration::from_secs(3600));
            match stop.requested() {
                Some(Kind::Interrupted) => {
                    progress.note("stopping after this step; Ctrl-C again stops at once");
                    return;
                }
                Some(_) => {
                    progress.note("stopping after this step");
                    return;
                }
                None => {}
            }
        }
    });
}

/// The width of the keys of steps at an IPv4 portal.
const KEY: usize = 31;

/// A step that ended, as one line: what was changed bears a plus, what is wrong an exclamation mark.
/// What was taken away is named by what was done: there is nothing left to look at.
fn line(report: &StepReport, title: Option<&str>, width: Option<u16>) -> String {
    let well = matches!(report.state, State::Present | State::Absent);
    let mark = match (well, report.changed) {
        (false, _) => "!",
        (true, true) => "+",
        (true, false) => " ",
    };
    // An error names its step, which stands in front already.
    let evidence = report.evidence.strip_prefix(&report.key);
    let evidence = evidence.and_then(|rest| rest.strip_prefix(": "));
    let evidence = evidence.unwrap_or(&report.evidence);
    let evidence = match title {
        Some(title) if report.changed && report.state == State::Absent && evidence == "removed" => {
            title
        }
        _ => evidence,
    };
    let text = if well {
        evidence.to_owned()
    } else {
        format!("{}: {evidence}", report.state.word())
    };
    let text = wrapped(&text, width, KEY + 4);
    format!("{mark} {:<KEY$}  {text}", report.key)
}

impl Watch for Shown<'_> {
    fn begins(&self, key: &str, title: &str) {
        // JSON lines are those of the journal, which is told of every effect before it happens.
        if self.app.progress.mode() != Mode::Jsonl {
            self.app.progress.begin(key, title);
            let mut titles = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
            titles.insert(key.to_owned(), title.to_owned());
        }
    }

    fn ends(&self, report: &StepReport) {
        if self.app.progress.mode() != Mode::Jsonl {
            let mut titles = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
            let title = titles.remove(&report.key);
            drop(titles);
            let line = line(report, title.as_deref(), self.app.progress.width());
            self.app.progress.end(&report.key, &line);
        }
    }

    fn note(&self, text: &str) {
        self.app.note(text);
    }
}
