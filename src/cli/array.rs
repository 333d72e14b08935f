//! `sanctl array …`.

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use super::columns;
use super::edit::call::CallArgs;
use super::failure::to_text;
use super::nouns::end;
use crate::app::App;
use crate::array::TestReport;
use crate::kit::kind::Kind;
use crate::kit::printer::Content;

/// `array …`.
#[derive(Debug, Subcommand)]
pub enum ArrayCommand {
    /// List the arrays of the configuration; sends nothing
    #[command(before_help = "Examples:
  sanctl array list")]
    List,
    /// Show who an array is
    #[command(before_help = "Examples:
  sanctl array show
  sanctl array show dorado1 -o json")]
    Show {
        /// Its section in the configuration
        #[arg(value_name = "ARRAY")]
        name: Option<String>,
    },
    /// Reach an array, show its certificate, log in, look around
    #[command(before_help = "Examples:
  sanctl array test
  sanctl array test dorado1 gold")]
    Test {
        /// Sections of the configuration; none = the array that is meant
        #[arg(value_name = "ARRAY")]
        names: Vec<String>,
    },
    /// Send one request as typed: no checks, no undo
    #[command(before_help = "Examples:
  sanctl array call GET '/lun?filter=NAME::vol-7'
  sanctl array call PUT /lun/30 --data change.json --confirm /lun/30")]
    Call(CallArgs),
}

/// Runs an `array` command.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &ArrayCommand) -> Result<Kind> {
    match command {
        ArrayCommand::List => list(app),
        ArrayCommand::Show { name } => {
            let array = match name {
                Some(name) => app.array_called(name)?,
                None => app.array()?,
            };
            let mut identity = array.identity(&app.reading())?;
            if app.is_practice() {
                // As the configuration and the list call it; the vendor says what it plays.
                identity.kind = "sim".into();
            }
            app.printer
                .item(columns::IDENTITY, &serde_json::to_value(identity)?)?;
            Ok(Kind::Done)
        }
        ArrayCommand::Test { names } => test(app, names),
        ArrayCommand::Call(args) => super::edit::call::run(app, args),
    }
}

fn list(app: &App) -> Result<Kind> {
    let mut listing = app.printer.listing(columns::ARRAY)?;
    let meant = app.array_name().ok();
    for (name, section) in &app.config.arrays {
        let mut section = section.clone();
        let item = json!({
            "name": name,
            "kind": section.text("kind").ok().flatten(),
            "default": Some(name) == meant.as_ref(),
            "url": section.texts("url").ok().flatten(),
            "user": section.text("user").ok().flatten(),
        });
        listing.push(item)?;
    }
    if app.config.arrays.is_empty() && app.is_practice() {
        listing.push(
            json!({"name": "sim", "kind": "sim", "default": true, "url": [],
            "user": Value::Null}),
        )?;
    }
    end(app, listing, columns::ARRAY)
}

fn test(app: &App, names: &[String]) -> Result<Kind> {
    let names = match names {
        [] => vec![app.array_name()?],
        names => names.to_vec(),
    };
    app.printer.check(columns::ARRAY_TEST)?;
    let mut failed = None;
    let mut items = Vec::new();
    let mut missing = Vec::new();
    for name in &names {
        match app
            .array_called(name)
            .and_then(|array| Ok(array.test(&app.reading())?))
        {
            Ok(report) if app.printer.is_data() => items.push(serde_json::to_value(&report)?),
            Ok(report) => show(app, &report)?,
            // The last failure ends the command; those before it are told here.
            Err(error) => {
                missing.push(name);
                if let Some(earlier) = failed.replace(error) {
                    app.progress.note(&to_text(&earlier, Some(&app.global)));
                }
            }
        }
    }
    // The errors stand on stderr; a document says that it is not all.
    let missing: Vec<String> = missing
        .into_iter()
        .map(|name| format!("{name} did not pass"))
        .collect();
    if !items.is_empty() {
        let items = Content::Many(items);
        app.printer.data(columns::ARRAY_TEST, items, &missing)?;
    }
    match failed {
        None => Ok(Kind::Done),
        Some(error) => Err(error),
    }
}

fn show(app: &App, report: &TestReport) -> Result<()> {
    let identity = &report.identity;
    let mut rows = vec![vec!["array".to_owned(), identity.name.clone()]];
    let mut add = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    add("url", report.url.clone());
    match &report.certificate {
        Some(certificate) => {
            add("certificate", certificate.fingerprint.clone());
            let trust = match &certificate.why_not {
                Some(why) => format!("no: {why}"),
                None => "yes".to_owned(),
            };
            add("trusted", trust);
        }
        None => add("certificate", "none: plain http".to_owned()),
    }
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let model = known(&identity.model);
    let number = model.chars().all(|c| c.is_ascii_digit());
    let word = if number { ", product mode" } else { "" };
    add("model", format!("{}{word} {model}", identity.vendor));
    add("version", known(&identity.version));
    add("serial", identity.serial.clone());
    add("interface", known(&identity.api));
    for (name, value) in &report.details {
        add(name, value.clone());
    }
    app.printer.rows(&[], &rows)?;
    for warning in &report.warnings {
        app.note(&format!("warning: {warning}"));
    }
    app.printer.line("ok: this array can be used")?;
    Ok(())
}
