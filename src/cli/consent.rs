//! Questions: asked on the terminal, or an error before the first change.

use std::io::IsTerminal;

use anyhow::Result;
use dialoguer::{Confirm, Input, Password};

use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::kit::consent::{Ground, Mutate, grant};
use crate::kit::kind::Kind;
use crate::kit::redact::Secret;
use crate::kit::shell::word;

/// The permission for a command whose class asks no question.
pub fn by_class() -> Mutate {
    grant(Ground::ByClass)
}

/// Asks a yes-or-no question, after showing what it would cut.
///
/// # Errors
/// Exit 2 when there is nobody to ask, exit 7 when the answer is no.
pub fn ask(app: &App, changing: &Changing, shown: &[String], question: &str) -> Result<Mutate> {
    if changing.yes {
        return Ok(grant(Ground::Answered));
    }
    if changing.no_input || !has_terminal() {
        return Err(nobody(shown, question, "--yes"));
    }
    for line in shown {
        app.progress.note(&format!("  {line}"));
    }
    let answer = app.progress.aside(|| {
        Confirm::new()
            .with_prompt(question)
            .default(false)
            .interact()
    });
    if answer? {
        Ok(grant(Ground::Answered))
    } else {
        Err(Refusal::new(Kind::Refused, "not confirmed: nothing was changed").into())
    }
}

/// Asks for a name to be typed, after showing what it would cut. `--yes` is no answer to it.
///
/// # Errors
/// Exit 2 when there is nobody to ask, exit 7 when something else is typed.
pub fn typed(app: &App, changing: &Changing, shown: &[String], name: &str) -> Result<Mutate> {
    let question = format!("Type {name} to go on");
    let given = match &changing.confirm {
        Some(text) => text.clone(),
        None if changing.no_input || !has_terminal() => {
            let option = format!("--confirm {}", word(name));
            return Err(nobody(shown, &question, &option));
        }
        None => {
            for line in shown {
                app.progress.note(&format!("  {line}"));
            }
            app.progress.aside(|| {
                Input::new()
                    .with_prompt(&question)
                    .allow_empty(true)
                    .interact_text()
            })?
        }
    };
    if given == name {
        return Ok(grant(Ground::Typed));
    }
    let message = format!("not confirmed, {name} was to be typed: nothing was changed");
    Err(Refusal::new(Kind::Refused, message).into())
}

/// Asks for a line of text.
///
/// # Errors
/// When the terminal cannot be read.
pub fn line(app: &App, what: &str, default: Option<&str>) -> Result<String> {
    let answer = app.progress.aside(|| {
        let mut input = Input::<String>::new().with_prompt(what);
        if let Some(default) = default {
            input = input.default(default.to_owned());
        }
        input.interact_text()
    });
    Ok(answer?.trim().to_owned())
}

/// Whether there is somebody to ask.
pub fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A question, and nobody to answer it.
fn nobody(shown: &[String], question: &str, option: &str) -> anyhow::Error {
    let mut message = format!("a question, and nobody is there to answer it: {question}");
    for line in shown {
        message.push_str(&format!("\n  {line}"));
    }
    let again: Vec<String> = std::env::args().skip(1).map(|arg| word(&arg)).collect();
    Refusal::usage(message)
        .hint(format!("sanctl {} {option}", again.join(" ")))
        .into()
}

/// Asks twice for a secret that is to be set.
///
/// # Errors
/// Exit 2 when there is nobody to ask.
pub fn new_secret(app: &App, changing: &Changing, what: &str, option: &str) -> Result<Secret> {
    if changing.no_input || !has_terminal() {
        let message = format!("a question, and nobody is there to answer it: {what}");
        let hint = format!("give it in a file of its owner alone: {option} FILE");
        return Err(Refusal::usage(message).hint(hint).into());
    }
    let answer = app.progress.aside(|| {
        Password::new()
            .with_prompt(what)
            .with_confirmation("again", "these are not the same")
            .interact()
    });
    Ok(Secret::new(answer?))
}

/// Asks for a secret on the terminal.
///
/// # Errors
/// When there is no terminal.
pub fn password(what: &str) -> Result<Secret, String> {
    if !std::io::stdin().is_terminal() {
        return Err(format!("{what} wanted, and there is no terminal to ask on"));
    }
    Password::new()
        .with_prompt(what)
        .interact()
        .map(Secret::new)
        .map_err(|e| e.to_string())
}
