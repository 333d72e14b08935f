//! `array call`: one request as typed. No checks, no undo.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::Value;

use super::super::audit::{self, Ending};
use super::super::consent;
use super::super::failure::Refusal;
use super::super::global::Changing;
use super::super::nouns::has;
use crate::app::App;
use crate::array::raw::Change;
use crate::attachment::manual::{Record, Told};
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::shell::word;
use crate::system::files;

/// How long a request may take.
const CALL_TIME: Duration = Duration::from_secs(60);

/// Arguments of `array call`.
#[derive(Debug, Args)]
pub struct CallArgs {
    /// How; everything but GET asks for the path to be typed
    #[arg(value_enum, ignore_case = true, value_name = "METHOD")]
    pub method: MethodArg,
    /// What follows the array's root, as /lun/30 or '/host?range=[0-100]'
    #[arg(value_name = "PATH")]
    pub path: String,
    /// A file with the JSON body, - for standard input: nothing secret on a command line
    #[arg(long, value_name = "FILE")]
    pub data: Option<String>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A method on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    /// Reads.
    #[value(name = "GET")]
    Get,
    /// Creates and associates.
    #[value(name = "POST")]
    Post,
    /// Alters.
    #[value(name = "PUT")]
    Put,
    /// Removes.
    #[value(name = "DELETE")]
    Delete,
}

/// Runs `array call`: prints the reply, whatever it says.
///
/// # Errors
/// What the array refuses; exit 2 when the path is not typed and nobody is there to do it.
pub fn run(app: &App, args: &CallArgs) -> Result<Kind> {
    let array = app.array()?;
    let raw = has(array.raw(), &*array, "requests to be sent as typed")?;
    let bounds = app.bounds("calling", CALL_TIME);
    let how = match args.method {
        MethodArg::Get => None,
        MethodArg::Post => Some(Change::Post),
        MethodArg::Put => Some(Change::Put),
        MethodArg::Delete => Some(Change::Delete),
    };
    let body = args.data.as_deref().map(read_body).transpose()?;
    let Some(how) = how else {
        if body.is_some() {
            return Err(Refusal::usage("--data goes with POST, PUT and DELETE only").into());
        }
        let answered = raw.read(&args.path, &bounds)?;
        return print(app, &answered.reply, answered.refused);
    };
    let command = format!("sanctl array call {} {}", how.word(), word(&args.path));
    let shown = vec![
        format!("{} {} on array {}", how.word(), args.path, array.name()),
        "no checks, no undo: what it breaks stays broken".to_owned(),
    ];
    if args.changing.dry_run {
        let line = format!("would send {} {}", how.word(), args.path);
        app.printer.line(&line)?;
        return Ok(Kind::Done);
    }
    let mutate = consent::typed(app, &args.changing, &shown, &args.path)?;
    let record = Record::start(
        &app.home(),
        &app.run,
        Told {
            place: array.name().to_owned(),
            command: command.clone(),
            object: args.path.clone(),
            inverse: Vec::new(),
        },
    )?;
    let audited = |ending| audit::change(app, array.name(), &args.path, &command, ending);
    match raw.change(how, &args.path, body.as_ref(), &bounds, &mutate) {
        Ok(answered) => {
            match &answered.refused {
                None => {
                    audited(Ending::Done);
                    record.done(Vec::new())?;
                }
                Some(error) => {
                    audited(Ending::of_error(error.is_lost()));
                    record.failed(error.to_string())?;
                }
            }
            print(app, &answered.reply, answered.refused)
        }
        Err(error) => {
            audited(Ending::of_error(error.is_lost()));
            record.failed(error.to_string())?;
            if error.is_lost() {
                let refusal = Refusal::new(Kind::Partial, error.to_string());
                return Err(refusal
                    .hint("read the object before you send it again")
                    .into());
            }
            Err(error.into())
        }
    }
}

fn print(app: &App, reply: &Value, refused: Option<crate::array::Error>) -> Result<Kind> {
    app.printer.line(&serde_json::to_string_pretty(reply)?)?;
    match refused {
        None => Ok(Kind::Done),
        Some(error) if error.is_lost() => {
            let hints = error.hints();
            let refusal = Refusal::new(Kind::Partial, error.to_string());
            Err(hints.into_iter().fold(refusal, Refusal::hint).into())
        }
        Some(error) => Err(error.into()),
    }
}

fn read_body(path: &str) -> Result<Value> {
    let text = if path == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("cannot read standard input")?;
        text
    } else {
        files::read_text(Path::new(path)).with_context(|| format!("cannot read {path}"))?
    };
    serde_json::from_str(&text)
        .map_err(|e| Refusal::usage(format!("--data {path} is not JSON: {e}")).into())
}
