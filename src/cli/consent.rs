//! Questions: asked on the terminal, or an error before the first change.

use std::io::IsTerminal;

use anyhow::Result;
use dialoguer::{Confirm, Password};

use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::kit::consent::{Ground, Mutate, grant};
use crate::kit::kind::Kind;
use crate::kit::redact::Secret;
use crate::kit::shell;

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
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if changing.no_input || !terminal {
        let mut message = format!("{question} Nobody is there to answer");
        for line in shown {
            message.push_str(&format!("\n  {line}"));
        }
        let again: Vec<String> = std::env::args()
            .skip(1)
            .map(|arg| shell::word(&arg))
            .collect();
        return Err(Refusal::usage(message)
            .hint(format!("sanctl {} --yes", again.join(" ")))
            .into());
    }
    for line in shown {
        app.progress.say(&format!("  {line}"));
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
