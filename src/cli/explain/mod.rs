//! `sanctl explain`: words for codes, steps and states.

mod ontap;
mod steps;
mod words;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::failure::Refusal;
use crate::app::App;
use crate::array::oceanstor::codes::{CODES, Class, find_code};
use crate::config::nearest;
use crate::kit::kind::Kind;
use crate::kit::printer::{Content, Shape};
use crate::kit::table::Column;
use crate::node::iscsi::codes::{Code, is};

use self::words::{EXIT_CODES, WORDS};

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl explain 4             an exit code
  sanctl explain array.view    a step, and how to do it by hand
  sanctl explain 1077949069    a code of OceanStor
  sanctl explain 15            an exit code of iscsiadm
  sanctl explain blocked       the state of a device")]
pub struct ExplainArgs {
    /// An exit code, a step, a code of OceanStor, ONTAP or iscsiadm, a state or another word of ours
    #[arg(value_name = "WORD", allow_hyphen_values = true)]
    pub word: String,
}

const EXPLANATION: Shape = Shape {
    schema: "sanctl/explanation",
    columns: &[
        Column::new("WORD", "word"),
        Column::new("KIND", "kind"),
        Column::new("MEANING", "meaning"),
        Column::new("DETAILS", "details").wide(),
        Column::new("COMMANDS", "commands").wide(),
    ],
    name: "word",
    none: "no explanation",
};

/// One meaning of a word.
struct Explanation {
    word: String,
    kind: &'static str,
    meaning: String,
    details: Vec<String>,
    commands: Vec<String>,
    /// As people read it, where that is more than meaning, details and commands in a row.
    text: Option<Vec<String>>,
}

impl Explanation {
    fn of(word: impl Into<String>, kind: &'static str, meaning: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            kind,
            meaning: meaning.into(),
            details: Vec::new(),
            commands: Vec::new(),
            text: None,
        }
    }

    fn value(&self) -> Value {
        json!({"word": self.word, "kind": self.kind, "meaning": self.meaning,
            "details": self.details, "commands": self.commands})
    }
}

/// Runs `explain`.
///
/// # Errors
/// Exit 10 for a word that nobody knows, with those that are near.
pub fn run(app: &App, args: &ExplainArgs) -> Result<Kind> {
    app.printer.check(EXPLANATION)?;
    let word = args.word.trim();
    let found = explain(word);
    if found.is_empty() {
        return Err(unknown(word).into());
    }
    let items = found.iter().map(Explanation::value).collect();
    if app.printer.data(EXPLANATION, Content::Many(items), &[])? {
        return Ok(Kind::Done);
    }
    for (index, one) in found.iter().enumerate() {
        if index > 0 {
            app.printer.line("")?;
        }
        show(app, one)?;
    }
    Ok(Kind::Done)
}

fn show(app: &App, one: &Explanation) -> Result<()> {
    app.printer.line(&format!("{}   {}", one.word, one.kind))?;
    app.printer.line(&format!("  {}", one.meaning))?;
    if let Some(text) = &one.text {
        app.printer.line("")?;
        for line in text {
            app.printer.line(line)?;
        }
        return Ok(());
    }
    for detail in &one.details {
        app.printer.line(&format!("  {detail}"))?;
    }
    for command in &one.commands {
        app.printer.line(&format!("try: {command}"))?;
    }
    Ok(())
}

/// Everything that a word can mean: a number may be a code of several programs.
fn explain(word: &str) -> Vec<Explanation> {
    let mut found = Vec::new();
    if let Ok(number) = word.parse::<i64>() {
        found.extend(exit_codes(|code, _| i64::from(code) == number));
        found.extend(iscsiadm(number));
        found.extend(oceanstor(number));
        found.extend(ontap::explain(number));
        return found;
    }
    let lower = word.to_lowercase().replace([' ', '_'], "-");
    found.extend(exit_codes(|_, name| name.replace('_', "-") == lower));
    let same = |known: &str| known.to_lowercase().replace('_', "-") == lower;
    for known in WORDS.iter().filter(|known| same(known.word)) {
        found.push(Explanation {
            details: known.details.iter().map(ToString::to_string).collect(),
            commands: known.commands.iter().map(ToString::to_string).collect(),
            ..Explanation::of(known.word, known.kind, known.meaning)
        });
    }
    for step in steps::find(&word.to_lowercase()) {
        found.push(Explanation {
            commands: step.commands(),
            text: Some(step.text.clone()),
            ..Explanation::of(&step.key, "step", &step.why)
        });
    }
    found
}

fn exit_codes(fits: impl Fn(u8, &str) -> bool) -> Vec<Explanation> {
    let fitting = EXIT_CODES
        .iter()
        .filter(|(code, name, ..)| fits(*code, name));
    fitting
        .map(|(code, name, meaning, details)| {
            let mut all = vec![format!("{name}, as the kind of an error in JSON")];
            all.extend(details.iter().map(ToString::to_string));
            Explanation {
                details: all,
                ..Explanation::of(code.to_string(), "exit-code", *meaning)
            }
        })
        .collect()
}

fn iscsiadm(number: i64) -> Option<Explanation> {
    let code = Code {
        number: i32::try_from(number).ok()?,
    };
    if code.meaning() == "unknown code" {
        return None;
    }
    let mut details = match answer(code.number) {
        Some(answer) => vec![answer.to_owned()],
        None => vec![format!(
            "a failure: sanctl ends with {}",
            code.kind().exit_code()
        )],
    };
    if code.is_passing() {
        details.push("it may pass: sanctl tries again".to_owned());
    }
    Some(Explanation {
        details,
        commands: code.hint().into_iter().map(str::to_owned).collect(),
        ..Explanation::of(number.to_string(), "iscsiadm", code.meaning())
    })
}

/// What a code means that is an answer about a state rather than a failure (linux-host.md §3.3).
const fn answer(number: i32) -> Option<&'static str> {
    match number {
        is::SUCCESS => Some("it worked"),
        is::NO_SESSION => Some("after a logout: it was done already"),
        is::EXISTS => Some(
            "after a login: it was done already; after deleting a record: a session still uses it",
        ),
        is::NOTHING => Some(
            "a list is empty; after a logout or a deletion: done already; before a login: \
             there is no record",
        ),
        is::NO_SYSFS => Some("with -r SID: the session is gone"),
        _ => None,
    }
}

fn oceanstor(number: i64) -> Option<Explanation> {
    let code = find_code(number)?;
    Some(Explanation {
        details: vec![format!("{}: {}", code.class.word(), treatment(code.class))],
        ..Explanation::of(number.to_string(), "oceanstor", code.meaning)
    })
}

/// What is done about a code of a class.
const fn treatment(class: Class) -> &'static str {
    match class {
        Class::Success => "nothing is to be done",
        Class::Exists => "the object is looked up by its name and used",
        Class::Already => "that is what was wanted",
        Class::Missing => "nothing is there: after a removal that is what was wanted",
        Class::NotMember => "after a removal that is what was wanted",
        Class::Session => "sanctl logs in again and asks once more",
        Class::Ambiguous => "sanctl logs in again once; after that it is an error",
        Class::Busy => "nothing was applied; sanctl asks again after a pause",
        Class::Unsure => "sanctl looks whether it was applied before it goes on",
        Class::Login => "never asked again, so that no account gets locked; exit code 6",
        Class::Sessions => "sessions of others must end first; exit code 6",
        Class::Permission => "the account needs another role; exit code 6",
        Class::Refused => "an error; the array's own words stand beside it",
    }
}

/// A word that nobody knows, with those that are near.
fn unknown(word: &str) -> Refusal {
    let refusal = Refusal::new(Kind::NotFound, format!("nothing is known of {word}"));
    let steps: Vec<String> = steps::all().into_iter().map(|step| step.key).collect();
    let numbers: Vec<String> = CODES.iter().map(|code| code.number.to_string()).collect();
    let known = WORDS
        .iter()
        .map(|known| known.word)
        .chain(EXIT_CODES.iter().map(|(_, name, ..)| *name))
        .chain(steps.iter().map(String::as_str))
        .chain(numbers.iter().map(String::as_str));
    match nearest(word, known) {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint("sanctl explain --help"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_has_its_word() {
        use Kind::{
            Degraded, Denied, Done, Failed, Findings, Interrupted, NotFound, Partial, Refused,
            Terminated, Unreachable, Unsupported, Usage,
        };
        for kind in [
            Done,
            Failed,
            Usage,
            Findings,
            Partial,
            Unreachable,
            Denied,
            Refused,
            Unsupported,
            Degraded,
            NotFound,
            Interrupted,
            Terminated,
        ] {
            let fits = |(code, word, ..): &&(u8, &str, &str, &[&str])| {
                *code == kind.exit_code() && *word == kind.word()
            };
            assert_eq!(EXIT_CODES.iter().filter(fits).count(), 1, "{kind}");
        }
    }

    #[test]
    fn a_number_may_mean_several_things() {
        let kinds = |word: &str| -> Vec<&str> { explain(word).iter().map(|e| e.kind).collect() };
        assert_eq!(kinds("5"), ["exit-code", "iscsiadm"]);
        assert_eq!(kinds("1077948993"), ["oceanstor"]);
        assert_eq!(kinds("-401"), ["oceanstor"]);
        assert_eq!(kinds("9016"), ["ontap-zapi"]);
        assert_eq!(kinds("1254207"), ["ontap-rest"]);
        assert_eq!(kinds("not_found"), ["exit-code"]);
        assert_eq!(kinds("logged_in"), ["session-state"]);
        assert_eq!(kinds("degraded"), ["exit-code", "step-state"]);
        assert_eq!(kinds("node.record@10.0.0.1:3260"), ["step"]);
        assert!(kinds("nix").is_empty() && kinds("99").is_empty());
    }

    #[test]
    fn an_unknown_word_is_told_with_one_that_is_near() {
        assert_eq!(unknown("bloked").hints, ["did you mean blocked?"]);
        assert_eq!(unknown("1077949068").kind, Kind::NotFound);
        assert!(unknown("1077949068").hints[0].starts_with("did you mean 10779490"));
    }
}
