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
use super::super::place::typed;
use crate::app::App;
use crate::array::raw::{Ask, Effect, Method, Request, Whom};
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
    #[arg(
        value_enum,
        ignore_case = true,
        value_name = "METHOD",
        required_unless_present = "zapi"
    )]
    pub method: Option<MethodArg>,
    /// What follows the array's root, as /lun/30 or '/storage/luns?fields=size'
    #[arg(value_name = "PATH", required_unless_present = "zapi")]
    pub path: Option<String>,
    /// A call of ONTAP's older interface; one that reads needs no consent
    #[arg(long, value_name = "NAME", conflicts_with_all = ["method", "path"])]
    pub zapi: Option<String>,
    /// An element of that call, as path=/vol/a/b or query/lun-info/path=…; repeats
    #[arg(short = 'F', long = "field", value_name = "KEY=VALUE", requires = "zapi",
        value_parser = field)]
    pub fields: Vec<(String, String)>,
    /// A file with the JSON body, - for standard input: nothing secret on a command line
    #[arg(long, value_name = "FILE")]
    pub data: Option<String>,
    /// Ask the cluster, not the SVM that the configuration names
    #[arg(long)]
    pub cluster: bool,
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
    /// Alters, on an OceanStor.
    #[value(name = "PUT")]
    Put,
    /// Alters, on an ONTAP.
    #[value(name = "PATCH")]
    Patch,
    /// Removes.
    #[value(name = "DELETE")]
    Delete,
}

/// The value is never repeated: it may be what should not stand there.
fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => Err("KEY=VALUE wanted".into()),
    }
}

impl CallArgs {
    fn request(&self) -> Result<Request> {
        let body = self.data.as_deref().map(read_body).transpose()?;
        let ask = match (&self.zapi, self.method, &self.path) {
            (Some(name), ..) => Ask::Zapi {
                name: name.clone(),
                fields: self.fields.clone(),
                body,
            },
            // The parser lets it pass beside a method.
            (None, ..) if !self.fields.is_empty() => {
                return Err(Refusal::usage("--field goes with --zapi only").into());
            }
            (None, Some(MethodArg::Get), _) if body.is_some() => {
                let why = "--data goes with POST, PUT, PATCH and DELETE only";
                return Err(Refusal::usage(why).into());
            }
            (None, Some(method), Some(path)) => Ask::Http {
                method: match method {
                    MethodArg::Get => Method::Get,
                    MethodArg::Post => Method::Post,
                    MethodArg::Put => Method::Put,
                    MethodArg::Patch => Method::Patch,
                    MethodArg::Delete => Method::Delete,
                },
                path: path.clone(),
                body,
            },
            (None, ..) => return Err(Refusal::usage("METHOD and PATH, or --zapi NAME").into()),
        };
        let whom = match self.cluster {
            true => Whom::Cluster,
            false => Whom::Configured,
        };
        Ok(Request { ask, whom })
    }

    /// The command again, without what was given for its questions.
    fn command(&self) -> String {
        let mut words = vec!["sanctl array call".to_owned()];
        if let (Some(method), Some(path)) = (self.method, &self.path) {
            let method = method.to_possible_value();
            words.extend(method.map(|value| value.get_name().to_owned()));
            words.push(word(path));
        }
        if let Some(name) = &self.zapi {
            words.push(format!("--zapi {}", word(name)));
        }
        for (key, value) in &self.fields {
            words.push(format!("-F {}", word(&format!("{key}={value}"))));
        }
        if self.cluster {
            words.push("--cluster".into());
        }
        words.join(" ")
    }
}

/// Runs `array call`: prints the reply, whatever it says.
///
/// # Errors
/// What the array refuses; exit 2 when the path is not typed and nobody is there to do it.
pub fn run(app: &App, args: &CallArgs) -> Result<Kind> {
    let array = app.array()?;
    let raw = has(array.raw(), &*array, "requests to be sent as typed")?;
    let bounds = app.bounds("calling", CALL_TIME);
    let request = args.request()?;
    let object = request.object().to_owned();
    let weighed = raw.weigh(&request)?;
    let called = match (&args.zapi, args.method.and_then(|m| m.to_possible_value())) {
        (None, Some(method)) => format!("{} {object}", method.get_name()),
        _ => object.clone(),
    };
    if args.changing.dry_run {
        app.printer.line(&format!("would send {called}"))?;
        app.printer.line(&weighed.line)?;
        return Ok(Kind::Done);
    }
    if weighed.effect == Effect::Reads {
        let answered = raw.read(&request, &bounds)?;
        return print(app, &answered.reply, answered.refused);
    }
    let command = args.command();
    let shown = vec![
        format!("{called} on array {}", array.name()),
        "no checks, no undo: what it breaks stays broken".to_owned(),
    ];
    let mutate = consent::typed(app, &args.changing, &shown, &object)?;
    let record = Record::start(
        &app.home(),
        &app.run,
        Told {
            place: array.name().to_owned(),
            command: typed(&app.global, &command),
            object: object.clone(),
            inverse: Vec::new(),
        },
    )?;
    let audited = |ending| audit::change(app, array.name(), &object, &command, ending);
    match raw.change(&request, &bounds, &mutate) {
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
