//! The end of a command: one place that turns errors into words, JSON and an exit code.

use anyhow::Error;
use serde_json::{Value, json};

use super::global::Global;
use super::place::typed;
use crate::kit::kind::{Failure, Kind};
use crate::kit::progress::terminal_width;
use crate::kit::table::wrapped;
use crate::{array, attachment, config, kit, model, system};

/// An error that arises in the commands themselves.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Decides the exit code.
    pub kind: Kind,
    /// What is wrong.
    pub message: String,
    /// What to type next.
    pub hints: Vec<String>,
}

impl Refusal {
    /// Wrong arguments.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Any other refusal.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// With the next thing to type.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl Failure for Refusal {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn hints(&self) -> Vec<String> {
        self.hints.clone()
    }
}

/// The first error of the chain that knows its kind.
fn find(error: &Error) -> Option<&dyn Failure> {
    macro_rules! known {
        ($cause:expr, $($type:ty),+ $(,)?) => {
            $(if let Some(found) = $cause.downcast_ref::<$type>() {
                return Some(found);
            })+
        };
    }
    for cause in error.chain() {
        known!(
            cause,
            Refusal,
            attachment::Error,
            array::Error,
            crate::node::Error,
            crate::node::edit::Error,
            crate::node::files::Error,
            config::Error,
            system::Error,
            system::files::Error,
            system::store::StoreError,
            kit::lock::LockError,
            kit::bounds::Ended,
            kit::printer::ListingError,
            crate::sim::practice::OpenError,
        );
    }
    None
}

/// How the command should end.
pub fn kind_of(error: &Error) -> Kind {
    if let Some(found) = find(error) {
        return found.kind();
    }
    if error.chain().any(|cause| {
        cause.is::<model::ids::BadId>()
            || cause.is::<model::connection::BadConnection>()
            || cause.is::<model::connector::MissingKey>()
    }) {
        return Kind::Usage;
    }
    Kind::Failed
}

/// What to type next.
pub fn hints_of(error: &Error) -> Vec<String> {
    find(error).map(Failure::hints).unwrap_or_default()
}

/// Hints that lead to the array that was meant.
fn complete(hints: Vec<String>, global: Option<&Global>) -> Vec<String> {
    match global {
        Some(global) => hints.iter().map(|hint| typed(global, hint)).collect(),
        None => hints,
    }
}

/// The step at which it failed.
fn step_of(error: &Error) -> Option<&str> {
    error
        .chain()
        .find_map(|cause| cause.downcast_ref::<attachment::Error>())
        .and_then(attachment::Error::key)
}

/// A reader that closed its end early, such as `head`, has what it wanted.
pub fn is_closed_pipe(error: &Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// The error as the object that stands on stderr with `-o json`.
pub fn to_json(error: &Error, attachment: Option<&str>, global: Option<&Global>) -> Value {
    let kind = kind_of(error);
    let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    json!({"error": {
        "code": kind.exit_code(),
        "kind": kind.word(),
        "message": error.to_string(),
        "causes": causes,
        "hints": complete(hints_of(error), global),
        "step": step_of(error),
        "attachment": attachment,
        "foreign": Value::Null,
    }})
}

/// The error as people read it: what failed, why, and what to type next.
pub fn to_text(error: &Error, global: Option<&Global>) -> String {
    let width = terminal_width();
    what_and_why(error, width) + &hint_lines(&complete(hints_of(error), global))
}

/// The error as people read it, without its hints, wrapped between words where a terminal is
/// narrower: hints are to be pasted, and stay as they are.
pub fn what_and_why(error: &Error, width: Option<u16>) -> String {
    let word = match kind_of(error) {
        Kind::Refused => "refused",
        Kind::Usage => "usage",
        Kind::Interrupted | Kind::Terminated => "stopped",
        _ => "error",
    };
    let shown = |text: &str, indent: usize| {
        let lines = text.lines().map(|line| wrapped(line, width, indent));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut text = shown(&format!("{word}  {error}"), word.len() + 2);
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Most messages carry their cause already.
        if !said.contains(&cause) {
            text.push('\n');
            text.push_str(&shown(&format!("  because {cause}"), 4));
            said.push_str(&cause);
        }
    }
    text
}

/// Hints under an error, one per line.
pub fn hint_lines(hints: &[String]) -> String {
    let mut text = String::new();
    let mut label = "try: ";
    for hint in hints {
        if hint.starts_with("did you mean ") {
            text.push_str(&format!("\n{hint}"));
        } else {
            text.push_str(&format!("\n{label}{hint}"));
            label = "     ";
        }
    }
    text
}
