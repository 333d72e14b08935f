//! `sanctl config check`: what can be told without sending anything.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use serde_json::{Value, json};

use crate::app::{App, practice_section};
use crate::array::{self, SecretReader};
use crate::cli::failure::Refusal;
use crate::cli::nouns::end;
use crate::config::{self, SecretSource, Section};
use crate::kit::kind::{Failure, Kind};
use crate::kit::printer::Shape;
use crate::kit::table::Column;
use crate::kit::trace::Trace;
use crate::system::files;

const CHECK: Shape = Shape {
    schema: "sanctl/config-check",
    columns: &[
        Column::new("KEY", "key"),
        Column::new("STATE", "state"),
        Column::new("DETAIL", "detail"),
        Column::new("ORIGIN", "origin").wide(),
    ],
    name: "key",
    none: "nothing is configured: the practice array is used",
};

/// What was found, and how often it was wrong.
#[derive(Default)]
struct Findings {
    rows: Vec<Value>,
    wrong: usize,
    hints: Vec<String>,
}

impl Findings {
    fn add(&mut self, key: &str, state: &str, detail: impl Into<String>, origin: Option<&str>) {
        let detail = detail.into();
        self.rows
            .push(json!({"key": key, "state": state, "detail": detail, "origin": origin}));
    }

    fn ok(&mut self, key: &str, detail: impl Into<String>, origin: Option<&str>) {
        self.add(key, "ok", detail, origin);
    }

    fn wrong(
        &mut self,
        key: &str,
        detail: impl Into<String>,
        origin: Option<&str>,
        hint: Option<String>,
    ) {
        self.add(key, "wrong", detail, origin);
        self.wrong += 1;
        if let Some(hint) = hint.filter(|hint| !self.hints.contains(hint)) {
            self.hints.push(hint);
        }
    }
}

/// Runs `config check`.
///
/// # Errors
/// Exit 2 when anything is wrong.
pub(super) fn run(app: &App) -> Result<Kind> {
    let mut listing = app.printer.listing(CHECK)?;
    let mut found = Findings::default();
    if let Some(name) = &app.config.default_array {
        let setting = app
            .config
            .settings
            .iter()
            .find(|setting| setting.key == "default_array");
        found.ok(
            "default_array",
            name.as_str(),
            setting.map(|setting| setting.origin.as_str()),
        );
    }
    for (name, section) in &app.config.arrays {
        section_of(name, section, &mut found);
    }
    // A wrong key of [node] ends every command before it begins.
    let node = app
        .config
        .settings
        .iter()
        .find(|setting| setting.key.starts_with("node."));
    if let Some(setting) = node {
        found.ok("node", "every key is known", Some(&setting.origin));
    }
    for row in found.rows {
        if !listing.push(row)? {
            break;
        }
    }
    end(app, listing, CHECK)?;
    match found.wrong {
        0 => Ok(Kind::Done),
        1 => Err(refusal("one value is wrong", found.hints).into()),
        several => Err(refusal(&format!("{several} values are wrong"), found.hints).into()),
    }
}

fn refusal(message: &str, hints: Vec<String>) -> Refusal {
    hints
        .into_iter()
        .fold(Refusal::usage(message), Refusal::hint)
}

fn section_of(name: &str, section: &Section, found: &mut Findings) {
    let key = format!("arrays.{name}");
    let origin = section.origin("kind").map(str::to_owned);
    let origin = origin.as_deref();
    let kind = section.clone().text("kind").ok().flatten();
    // Nothing is asked of anybody here: no secret is read, and nothing is sent to the practice array.
    let nobody: SecretReader = Arc::new(|_| Err("not now".to_owned()));
    let (sound, meant) = if kind.as_deref() == Some("sim") {
        let meant = practice_section(name, "http://127.0.0.1:1", Some(section.clone()));
        let meant = meant.map_err(|error| error.downcast::<config::Error>());
        ("the built-in practice array", meant)
    } else {
        ("every key is known and right", Ok(section.clone()))
    };
    let opened = match meant {
        Ok(meant) => array::open(name, meant, nobody, Trace::default()),
        Err(Ok(error)) => Err(error),
        Err(Err(error)) => return found.wrong(&key, format!("{error:#}"), origin, None),
    };
    match opened {
        Ok(array) => {
            found.ok(&key, sound, origin);
            for warning in array.take_warnings() {
                found.add(&key, "warning", warning, origin);
            }
        }
        Err(error) => {
            let hint = error.hints().into_iter().next();
            found.wrong(&error.key, error.why.clone(), Some(&error.origin), hint);
        }
    }
    let mut section = section.clone();
    let file = section.origin("ca_file").map(str::to_owned);
    if let Ok(Some(path)) = section.text("ca_file") {
        let key = format!("{key}.ca_file");
        match files::read_text(Path::new(&path)) {
            Ok(text) if text.contains("-----BEGIN CERTIFICATE-----") => {
                found.ok(&key, format!("{path} holds certificates"), file.as_deref());
            }
            Ok(_) => {
                let why = format!("{path}: no certificate in it (PEM wanted)");
                found.wrong(&key, why, file.as_deref(), None);
            }
            Err(error) => found.wrong(&key, error.to_string(), file.as_deref(), None),
        }
    }
    secret(&key, &mut section, found);
    if let Ok(Some(mut chap)) = section.section("chap") {
        secret(&format!("{key}.chap"), &mut chap, found);
    }
}

/// Whether a secret could be read: what is in it is looked at by nobody.
fn secret(path: &str, section: &mut Section, found: &mut Findings) {
    let origin = section.origin("password").map(str::to_owned);
    let origin = origin.as_deref();
    let key = format!("{path}.password");
    // A wrong source was told with its section.
    let Ok(Some(source)) = section.secret("password") else {
        return;
    };
    match &source {
        SecretSource::File(file) => match files::read_secret(Path::new(file)) {
            Ok(_) => found.ok(
                &key,
                format!("{file} can be read, by its owner alone"),
                origin,
            ),
            Err(error) => {
                let hint = error.hints().into_iter().next();
                found.wrong(&key, error.to_string(), origin, hint);
            }
        },
        SecretSource::Command(argv) => {
            let program = argv.first().map_or("", String::as_str);
            if files::is_installed(program) {
                found.ok(&key, format!("{program} is there; it was not run"), origin);
            } else {
                found.wrong(&key, format!("{program} is not installed"), origin, None);
            }
        }
        SecretSource::Env(name) => {
            if std::env::var(name).is_ok_and(|text| !text.is_empty()) {
                found.ok(&key, format!("{name} is set"), origin);
            } else {
                found.wrong(&key, format!("{name} is not set"), origin, None);
            }
        }
        SecretSource::Prompt => found.ok(&key, "asked for on the terminal", origin),
    }
}
