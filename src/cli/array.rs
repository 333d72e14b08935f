//! `sanctl array …`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};

use super::columns;
use super::edit::call::CallArgs;
use super::failure::{Refusal, to_text};
use super::nouns::end;
use crate::app::App;
use crate::array::http::probe_certificate;
use crate::array::oceanstor::config::parse_url;
use crate::array::{Array, Catalog, Certificate, Filter, TestReport};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure as _, Kind};
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
  sanctl array test dorado1 gold
  sanctl array test dorado1 --privileges
  sanctl array test https://172.24.2.32:8088")]
    Test {
        /// Sections of the configuration; none = the array that is meant. A URL: its certificate
        /// is shown, no credential is sent
        #[arg(value_name = "ARRAY|URL")]
        names: Vec<String>,
        /// Also ask for one object of each kind, and tell which the account may not read
        #[arg(long)]
        privileges: bool,
    },
    /// Send one request as typed: no checks, no undo
    #[command(before_help = "Examples:
  sanctl array call GET '/lun?filter=NAME::vol-7'
  sanctl array call PUT /lun/30 --data change.json --confirm /lun/30
  sanctl array call GET '/storage/luns?fields=size' --array gold
  sanctl array call --zapi lun-map-list-info -F path=/vol/cinder_a/vol-7 --array gold")]
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
        ArrayCommand::Test { names, privileges } => test(app, names, *privileges),
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

fn test(app: &App, names: &[String], privileges: bool) -> Result<Kind> {
    let names = match names {
        [] => vec![app.array_name()?],
        names => names.to_vec(),
    };
    app.printer.check(columns::ARRAY_TEST)?;
    let mut failed = None;
    let mut items = Vec::new();
    let mut missing = Vec::new();
    for name in &names {
        match tested(app, name, privileges) {
            Ok(tested) if app.printer.is_data() => items.push(tested.document()?),
            Ok(tested) => tested.show(app)?,
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

/// What a test has found.
enum Tested {
    /// A section of the configuration, and what its account may read if that was asked for.
    Section(Box<TestReport>, Option<Privileges>),
    /// Who answers at a URL; `None` over plain http.
    Url(String, Option<Certificate>),
}

/// Each kind of object with `yes`, or why it cannot be read.
type Privileges = BTreeMap<&'static str, String>;

fn tested(app: &App, name: &str, privileges: bool) -> Result<Tested> {
    let bounds = app.reading();
    if name.contains("://") {
        if privileges {
            let why = "--privileges needs an account: name a section of the configuration";
            return Err(Refusal::usage(why).into());
        }
        let url = parse_url(name).map_err(|why| Refusal::usage(format!("{name}: {why}")))?;
        let seen = probe_certificate(&url, bounds.deadline.remaining())
            .map_err(|why| Refusal::new(Kind::Unreachable, format!("{url}: {why}")))?;
        return Ok(Tested::Url(url.to_string(), seen));
    }
    let array = app.array_called(name)?;
    let report = array.test(&bounds)?;
    let may = privileges.then(|| readable(array.as_ref(), &bounds));
    Ok(Tested::Section(Box::new(report), may.transpose()?))
}

/// Asks for one object of each kind. Nothing is changed to find out what may be changed.
fn readable(array: &dyn Array, bounds: &Bounds) -> Result<Privileges> {
    fn one<T>(catalog: &dyn Catalog<T>, bounds: &Bounds) -> Result<String> {
        match catalog.each(&Filter::default(), bounds, &mut |_| ControlFlow::Break(())) {
            Ok(()) => Ok("yes".to_owned()),
            Err(error) if error.kind() == Kind::Denied => Ok(format!("no: {error}")),
            Err(error) => Err(error.into()),
        }
    }
    let mut may = Privileges::new();
    may.insert("lun", one(array.luns(), bounds)?);
    may.insert("port", one(array.ports(), bounds)?);
    if let Some(hosts) = array.hosts() {
        may.insert("host", one(hosts, bounds)?);
    }
    if let Some(initiators) = array.initiators() {
        may.insert("initiator", one(initiators, bounds)?);
    }
    if let Some(mappings) = array.mappings() {
        may.insert("mapping", one(mappings, bounds)?);
    }
    let groups = [
        ("hostgroup", array.hostgroups()),
        ("lungroup", array.lungroups()),
        ("portgroup", array.portgroups()),
    ];
    for (name, groups) in groups {
        if let Some(groups) = groups {
            may.insert(name, one(groups, bounds)?);
        }
    }
    Ok(may)
}

impl Tested {
    fn document(&self) -> Result<Value> {
        Ok(match self {
            Self::Section(report, may) => {
                let mut item = serde_json::to_value(report)?;
                if let Some(item) = item.as_object_mut() {
                    item.insert("privileges".to_owned(), serde_json::to_value(may)?);
                }
                item
            }
            Self::Url(url, certificate) => json!({
                "url": url,
                "certificate": certificate,
                "identity": Value::Null,
                "details": {},
                "warnings": [],
                "privileges": Value::Null,
            }),
        })
    }

    fn show(&self, app: &App) -> Result<()> {
        match self {
            Self::Section(report, may) => {
                show(app, report)?;
                if let Some(may) = may {
                    let rows: Vec<Vec<String>> = may
                        .iter()
                        .map(|(noun, may)| vec![format!("reads {noun}"), may.clone()])
                        .collect();
                    app.printer.rows(&[], &rows)?;
                    app.note("what it may change is not tried: a changing verb says what it lacks");
                }
            }
            Self::Url(url, certificate) => {
                let mut rows = vec![vec!["url".to_owned(), url.clone()]];
                rows.extend(certificate_rows(certificate.as_ref()));
                app.printer.rows(&[], &rows)?;
                app.note(
                    "no credential was sent; compare the fingerprint with what the array shows",
                );
            }
        }
        Ok(())
    }
}

fn certificate_rows(certificate: Option<&Certificate>) -> Vec<Vec<String>> {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let Some(certificate) = certificate else {
        return vec![row("certificate", "none: plain http".to_owned())];
    };
    let trust = match &certificate.why_not {
        Some(why) => format!("no: {why}"),
        None => "yes".to_owned(),
    };
    vec![
        row("certificate", certificate.fingerprint.clone()),
        row("trusted", trust),
    ]
}

fn show(app: &App, report: &TestReport) -> Result<()> {
    let identity = &report.identity;
    let mut rows = vec![vec!["array".to_owned(), identity.name.clone()]];
    rows.push(vec!["url".to_owned(), report.url.clone()]);
    rows.extend(certificate_rows(report.certificate.as_ref()));
    let mut add = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
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
