//! From arguments to an exit code.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches};
use serde_json::json;

use super::args::{Cli, Command};
use super::failure::{kind_of, to_json, to_text};
use super::nouns::GroupNoun;
use super::{array, attach, connection, connector, detach, mapping, nouns, sim, status};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::stop::Stop;

/// The command tree, for help, completions and manual pages.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with these arguments and says how it ended.
pub fn main(args: Vec<OsString>) -> Kind {
    let json = wants_json(&args);
    let parsed = command()
        .try_get_matches_from(args)
        .and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage(&error, json),
    };
    let stop = match Stop::on_signals() {
        Ok(stop) => stop,
        Err(error) => return failed(&anyhow::Error::from(error), json),
    };
    let app = match App::new(cli.global, stop) {
        Ok(app) => app,
        Err(error) => return failed(&error, json),
    };
    let ended = run(&app, &cli.command);
    app.close();
    match ended {
        Ok(kind) => kind,
        Err(error) if is_closed_pipe(&error) => Kind::Done,
        Err(error) => {
            let text = if app.printer.is_json() {
                to_json(&error, None).to_string()
            } else {
                to_text(&error)
            };
            app.progress.say(&text);
            kind_of(&error)
        }
    }
}

fn run(app: &App, command: &Command) -> Result<Kind> {
    match command {
        Command::Attach(args) => attach::run(app, args),
        Command::Detach(args) => detach::run(app, args),
        Command::Status(args) => status::run(app, args),
        Command::Array(command) => array::run(app, command),
        Command::Host(command) => nouns::host(app, command),
        Command::Initiator(command) => nouns::initiator(app, command),
        Command::Hostgroup(command) => nouns::group(app, GroupNoun::Hosts, command),
        Command::Lungroup(command) => nouns::group(app, GroupNoun::Luns, command),
        Command::Portgroup(command) => nouns::group(app, GroupNoun::Ports, command),
        Command::Mapping(command) => mapping::run(app, command),
        Command::Lun(command) => nouns::lun(app, command),
        Command::Port(command) => nouns::port(app, command),
        Command::Connector(command) => connector::run(app, command),
        Command::Connection(command) => connection::run(app, command),
        Command::Sim(command) => sim::run(app, command),
    }
}

/// Whether JSON is asked for, told before the arguments are known to be right.
fn wants_json(args: &[OsString]) -> bool {
    let texts: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
    let joined = |a: &str| {
        matches!(
            a,
            "--json" | "-ojson" | "-ojsonl" | "--output=json" | "--output=jsonl" | "-o=json"
        )
    };
    texts.iter().any(|a| joined(a))
        || texts
            .windows(2)
            .any(|pair| matches!(pair, ["-o" | "--output", "json" | "jsonl"]))
}

/// A usage error, or the help and version texts, which clap hands over as errors too.
fn usage(error: &clap::Error, json: bool) -> Kind {
    if !error.use_stderr() {
        // Help that nobody reads to its end is no failure.
        let _ = error.print();
        return Kind::Done;
    }
    if json {
        let message = error.to_string();
        let mut lines = message.lines().map(str::trim).filter(|l| !l.is_empty());
        let first = lines
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        let hints: Vec<&str> = lines.collect();
        say(
            &json!({"error": {"code": Kind::Usage.exit_code(), "kind": Kind::Usage.word(),
            "message": first, "causes": [], "hints": hints, "step": null, "attachment": null,
            "foreign": null}})
            .to_string(),
        );
    } else {
        let _ = error.print();
    }
    Kind::Usage
}

/// An error before output is set up.
fn failed(error: &anyhow::Error, json: bool) -> Kind {
    say(&if json {
        to_json(error, None).to_string()
    } else {
        to_text(error)
    });
    kind_of(error)
}

fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A reader that closed its end early, such as `head`, has what it wanted.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
