//! `sanctl config init`: from nothing to a configuration that works.
//!
//! The certificate is looked at, and agreed to, before any credential leaves; nothing is written
//! before a login has shown that all of it is right.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use crate::app::{App, new_config_file};
use crate::array::http::probe_certificate;
use crate::array::recognise::{kinds, place, recognise};
use crate::array::{self, SecretReader, TestReport};
use crate::cli::consent;
use crate::cli::failure::Refusal;
use crate::cli::global::Changing;
use crate::config::Config;
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::kit::redact::Secret;
use crate::kit::shell;
use crate::kit::table::Column;
use crate::system::files;

/// Arguments of `config init`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl config init
  sanctl config init --url https://172.24.2.32:8088 --user svc --name dorado1
  sanctl config init --url … --user svc --secret-file ./secret --yes
  sanctl config init --url https://10.0.0.5 --user admin --svm svm_gold

Finds out whose array it is and shows its certificate before any credential is
sent to it, logs in once, and writes the file only then. What is not given is
asked for on the terminal.")]
pub struct InitArgs {
    /// The array's management address, such as https://172.24.2.32:8088
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Whose array it is: oceanstor or ontap. Without it the array is asked
    #[arg(long, value_name = "KIND", value_parser = ["oceanstor", "ontap"])]
    pub kind: Option<String>,

    /// ONTAP: the SVM to work on; needed where the account sees several
    #[arg(long, value_name = "SVM")]
    pub svm: Option<String>,

    /// ONTAP: which interface to speak [default: auto, what its version asks for]
    #[arg(long, value_name = "API", value_parser = ["auto", "rest", "zapi"])]
    pub api: Option<String>,

    /// The user to log in as
    #[arg(long, value_name = "USER")]
    pub user: Option<String>,

    /// A file (0600) that holds the password; without it the password is asked for and stored
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,

    /// What to call the array
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// The certificate's fingerprint, known from elsewhere: any other is refused
    #[arg(long, value_name = "sha256:HEX")]
    pub fingerprint: Option<String>,

    /// The file to write: --config, which elsewhere is the file to read.
    #[arg(skip)]
    pub file: Option<PathBuf>,

    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

const FILE: Shape = Shape {
    schema: "sanctl/config-file",
    columns: &[
        Column::new("FILE", "file"),
        Column::new("ARRAY", "array"),
        Column::new("KIND", "kind"),
        Column::new("URL", "url"),
        Column::new("FINGERPRINT", "fingerprint"),
        Column::new("SECRET FILE", "secret_file"),
        Column::new("SERIAL", "serial"),
    ],
    name: "file",
    none: "nothing was written",
};

/// How long whoever is at an address may take to say whose array it is.
const KNOCK: Duration = Duration::from_secs(5);

/// The name of an array that nobody has named.
const FIRST: &str = "array1";

/// Everything that goes into the file.
struct Answers {
    name: String,
    kind: String,
    url: String,
    svm: Option<String>,
    api: Option<String>,
    user: String,
    fingerprint: Option<String>,
    secret_file: PathBuf,
}

/// Runs `config init`.
///
/// # Errors
/// Exit 2 when something is not given and nobody is there to ask; exit 7 when the certificate is
/// another one or the file may not be changed; else what the login says. Nothing is written then.
pub(super) fn run(app: &App, args: &InitArgs) -> Result<Kind> {
    app.printer.check(FILE)?;
    let file = args.file.clone().unwrap_or_else(new_config_file);
    let file = std::path::absolute(&file).with_context(|| file.display().to_string())?;
    let talks = consent::has_terminal() && !args.changing.no_input;
    complete(args, talks)?;
    let name = match &args.name {
        Some(name) => name.clone(),
        None if talks => consent::line(app, "Name of the array", Some(FIRST))?,
        None => FIRST.to_owned(),
    };
    if name.is_empty()
        || !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    {
        return Err(
            Refusal::usage(format!("--name {name:?}: letters, digits, - and _ wanted")).into(),
        );
    }
    let before = before(app, args, &file, &name)?;
    let url = match &args.url {
        Some(url) => url.clone(),
        None => consent::line(
            app,
            "URL of the array, such as https://172.24.2.32:8088",
            None,
        )?,
    };
    let kind = kind(app, args, &url, talks)?;
    let fingerprint = certificate(app, args, &kind, &url)?;
    let user = match &args.user {
        Some(user) => user.clone(),
        None => consent::line(app, "User", None)?,
    };
    let (secret, secret_file) = match &args.secret_file {
        Some(path) => {
            let path = std::path::absolute(path).with_context(|| path.display().to_string())?;
            (files::read_secret(&path)?, path)
        }
        None => {
            let asked = app.progress.aside(|| consent::password("Password"));
            let secret = asked.map_err(Refusal::usage)?;
            (secret, beside(&file, &name))
        }
    };
    let mut answers = Answers {
        name,
        kind,
        url,
        svm: args.svm.clone(),
        api: args.api.clone(),
        user,
        fingerprint,
        secret_file,
    };
    let report = settled(app, &mut answers, &secret, talks)?;
    let section = section(&answers);
    if !args.changing.dry_run {
        if args.secret_file.is_none() {
            let text = format!("{}\n", secret.expose());
            files::replace(&answers.secret_file, &text, 0o600, 0o700)?;
        }
        write(&file, &before, &section)?;
    }
    tell(app, args, &file, &answers, &report)
}

/// Complains about everything at once that would have to be asked for when nobody is there.
fn complete(args: &InitArgs, talks: bool) -> Result<()> {
    let missing: Vec<&str> = [
        ("--url URL", args.url.is_none()),
        ("--user USER", args.user.is_none()),
        ("--secret-file FILE", args.secret_file.is_none()),
    ]
    .into_iter()
    .filter_map(|(option, missing)| missing.then_some(option))
    .collect();
    if talks || missing.is_empty() {
        return Ok(());
    }
    let message = format!(
        "questions, and nobody is there to answer them: give {}",
        missing.join(", ")
    );
    let typed: Vec<String> = std::env::args()
        .skip(1)
        .map(|word| shell::word(&word))
        .collect();
    Err(Refusal::usage(message)
        .hint(format!("sanctl {} {}", typed.join(" "), missing.join(" ")))
        .into())
}

/// What stands in the file already. It stays: the new section is added, if that is agreed to.
fn before(app: &App, args: &InitArgs, file: &Path, name: &str) -> Result<String> {
    let Some(text) = files::find_text(file)? else {
        return Ok(String::new());
    };
    let shown = file.display().to_string();
    let config = Config::parse(&[(shown.clone(), text.clone())])?;
    if config.arrays.contains_key(name) {
        let message = format!("{shown} has an array {name} already: it is left as it is");
        return Err(Refusal::new(Kind::Refused, message)
            .hint("sanctl config init --name OTHER")
            .into());
    }
    if !args.changing.dry_run {
        let known: Vec<&str> = config.arrays.keys().map(String::as_str).collect();
        let about = [format!("{shown} has the arrays: {}", known.join(", "))];
        consent::ask(app, &args.changing, &about, &format!("Add {name} to it?"))?;
    }
    Ok(text)
}

/// Whose array it is: as told, or as the array answers to a stranger.
fn kind(app: &App, args: &InitArgs, url: &str, talks: bool) -> Result<String> {
    for kind in kinds() {
        place(kind, url).map_err(|why| Refusal::usage(format!("--url: {why}")))?;
    }
    if let Some(kind) = &args.kind {
        if kind != "ontap" && (args.svm.is_some() || args.api.is_some()) {
            let why = "--svm and --api are for ONTAP: leave them out, or say --kind ontap";
            return Err(Refusal::usage(why).into());
        }
        return Ok(kind.clone());
    }
    let limit = app.reading().deadline.remaining().min(KNOCK);
    match recognise(url, limit) {
        Ok(Some(kind)) => {
            if kind != "ontap" && (args.svm.is_some() || args.api.is_some()) {
                let why = format!("--svm and --api are for ONTAP, and {url} is an {kind}");
                return Err(Refusal::usage(why).into());
            }
            if talks {
                app.note(&format!("kind         {kind}"));
            }
            Ok(kind.to_owned())
        }
        Err(why) => Err(Refusal::new(Kind::Unreachable, why).into()),
        Ok(None) if talks => loop {
            let what = format!("Kind of the array ({})", kinds().join(" or "));
            let said = consent::line(app, &what, None)?;
            if kinds().contains(&said.as_str()) {
                return Ok(said);
            }
        },
        Ok(None) => {
            let why = format!("what answers at {url} does not say whose array it is");
            let hint = format!("say --kind {}", kinds().join(" or --kind "));
            Err(Refusal::usage(why).hint(hint).into())
        }
    }
}

/// Logs in, and asks for what only the array can tell of: its SVMs and its interfaces.
fn settled(app: &App, answers: &mut Answers, secret: &Secret, talks: bool) -> Result<TestReport> {
    let mut report = login(app, answers, secret);
    if let Err(error) = &report
        && let Some(array::Error::Several { names, .. }) = error.downcast_ref()
    {
        let names = names.clone();
        if !talks {
            let why = format!("the account sees several SVMs: {}", names.join(", "));
            return Err(Refusal::usage(why).hint("say which: --svm SVM").into());
        }
        let svm = loop {
            let said = consent::line(app, &format!("SVM ({})", names.join(", ")), None)?;
            if names.contains(&said) {
                break said;
            }
        };
        answers.svm = Some(svm);
        report = login(app, answers, secret);
    }
    let report = report?;
    if answers.kind != "ontap" {
        return Ok(report);
    }
    let detail = |key: &str| report.details.get(key).map(String::as_str);
    // The only one today need not stay the only one.
    if answers.svm.is_none() && detail("account") == Some("of the cluster") {
        let svm = detail("svm").and_then(|told| told.split(',').next());
        answers.svm = svm.map(str::to_owned);
    }
    if answers.api.is_none() && talks {
        for api in ["rest", "zapi"] {
            app.note(&format!("{api:<12} {}", detail(api).unwrap_or("?")));
        }
        answers.api = loop {
            let said = consent::line(app, "Interface (auto, rest or zapi)", Some("auto"))?;
            if ["auto", "rest", "zapi"].contains(&said.as_str()) {
                break Some(said);
            }
        };
        if answers.api.as_deref() != Some("auto") {
            return login(app, answers, secret);
        }
    }
    Ok(report)
}

/// Shows who answers at the URL, before any credential is sent there, and has it agreed to. The
/// fingerprint to pin; `None` over plain http.
fn certificate(app: &App, args: &InitArgs, kind: &str, url: &str) -> Result<Option<String>> {
    let parsed = place(kind, url).map_err(|why| Refusal::usage(format!("--url: {why}")))?;
    let bounds = app.reading();
    let limit = bounds.deadline.remaining();
    let seen = probe_certificate(&parsed, limit)
        .map_err(|why| Refusal::new(Kind::Unreachable, format!("{parsed}: {why}")))?;
    let Some(seen) = seen else {
        let host = parsed.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let here = host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
        if !here {
            let about = [format!("{parsed} is plain http")];
            let question = "Send the password where it can be read on the way?";
            consent::ask(app, &args.changing, &about, question)?;
        }
        return Ok(None);
    };
    let trust = match &seen.why_not {
        None => "this machine's authorities vouch for it".to_owned(),
        Some(why) => format!("not trusted by itself: {why}"),
    };
    app.note(&format!("certificate  {}", seen.fingerprint));
    app.note(&format!("             {trust}"));
    let bare = |text: &str| {
        let digits = text.trim().to_lowercase().replace([':', ' '], "");
        digits.strip_prefix("sha256").unwrap_or(&digits).to_owned()
    };
    match &args.fingerprint {
        Some(wanted) if bare(wanted) == bare(&seen.fingerprint) => {}
        Some(wanted) => {
            let message = format!(
                "another certificate answers: {}, wanted {wanted}; nothing was sent to it",
                seen.fingerprint
            );
            return Err(Refusal::new(Kind::Refused, message).into());
        }
        None => {
            let about = [
                format!("certificate {}", seen.fingerprint),
                trust,
                "compare it with what the array itself shows; --fingerprint says it beforehand"
                    .to_owned(),
            ];
            consent::ask(
                app,
                &args.changing,
                &about,
                "Is this the array's certificate?",
            )?;
        }
    }
    Ok(Some(seen.fingerprint))
}

/// Where a password that was asked for is kept.
fn beside(file: &Path, name: &str) -> PathBuf {
    let dir = file.parent().unwrap_or_else(|| Path::new("."));
    dir.join("secrets").join(name)
}

/// The section as text.
fn section(answers: &Answers) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = format!(
        "[arrays.{}]\nkind = {}\nurl = {}\nuser = {}\npassword = {{ file = {} }}\n",
        answers.name,
        quoted(&answers.kind),
        quoted(&answers.url),
        quoted(&answers.user),
        quoted(&answers.secret_file.to_string_lossy()),
    );
    if let Some(svm) = &answers.svm {
        text.push_str(&format!("svm = {}\n", quoted(svm)));
    }
    if let Some(api) = answers.api.as_deref().filter(|api| *api != "auto") {
        text.push_str(&format!("api = {}\n", quoted(api)));
    }
    if let Some(fingerprint) = &answers.fingerprint {
        text.push_str(&format!("fingerprint = {}\n", quoted(fingerprint)));
    }
    text
}

/// Logs in once, with exactly what is going to be written.
fn login(app: &App, answers: &Answers, secret: &Secret) -> Result<TestReport> {
    let section = section(answers);
    let config = Config::parse(&[("the new configuration".to_owned(), section)])?;
    let parsed = config
        .arrays
        .get(&answers.name)
        .cloned()
        .context("the new configuration")?;
    let secret = secret.clone();
    let reader: SecretReader = Arc::new(move |_| Ok(secret.clone()));
    let array = array::open(&answers.name, parsed, reader, app.trace.clone())?;
    let report = array.test(&app.reading());
    let left = array.close();
    for warning in array.take_warnings().into_iter().chain(left) {
        app.note(&format!("warning: {warning}"));
    }
    Ok(report?)
}

fn write(file: &Path, before: &str, section: &str) -> Result<()> {
    let text = match before {
        "" => format!(
            "# Written by sanctl config init; config.example.toml has every key.\n\n{section}"
        ),
        before => format!("{}\n\n{section}", before.trim_end()),
    };
    // It must still be a configuration, whatever stood there.
    Config::parse(&[(file.display().to_string(), text.clone())])?;
    // No secret is in it: the system's file is for everybody, a user's is the user's own.
    let (mode, dir_mode) = match file.starts_with("/etc") {
        true => (0o644, 0o755),
        false => (0o600, 0o700),
    };
    Ok(files::replace(file, &text, mode, dir_mode)?)
}

fn tell(
    app: &App,
    args: &InitArgs,
    file: &Path,
    answers: &Answers,
    report: &TestReport,
) -> Result<Kind> {
    let item = json!({
        "file": file,
        "array": answers.name,
        "kind": answers.kind,
        "svm": answers.svm,
        "api": answers.api.as_deref().filter(|_| answers.kind == "ontap"),
        "url": answers.url,
        "fingerprint": answers.fingerprint,
        "secret_file": answers.secret_file,
        "serial": report.identity.serial,
    });
    if args.changing.dry_run {
        app.note("the login worked; nothing was written");
    }
    app.printer.item(FILE, &item)?;
    if !args.changing.dry_run {
        app.note(&format!("try: sanctl lun list --array {}", answers.name));
    }
    Ok(Kind::Done)
}
