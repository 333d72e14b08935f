//! From arguments to an exit code.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory, FromArgMatches};

use super::args::{Cli, Command};
use super::config::ConfigCommand;
use super::failure::{Refusal, is_closed_pipe, kind_of, to_json, to_text};
use super::global::Global;
use super::{
    adopt, array, attach, collect, columns, completions, config, connection, connector, detach,
    device, discover, edit, explain, hba, help, host, initiator, journal, mapping, nouns, port,
    schema, session, sim, status, trace,
};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::stop::Stop;

/// The command tree, for help, completions and manual pages.
pub fn command() -> clap::Command {
    help::shape(Cli::command())
}

/// The tree with those commands only that are among the words, which is quickly built: one of
/// them is meant, if any is.
pub(super) fn typed_alone(args: &[OsString]) -> Option<clap::Command> {
    let words = args.iter().skip(1).filter_map(|word| word.to_str());
    let mut typed: Vec<clap::Command> = words.filter_map(Command::find).collect();
    typed.sort_by(|a, b| a.get_name().cmp(b.get_name()));
    typed.dedup_by(|a, b| a.get_name() == b.get_name());
    if typed.is_empty() {
        return None;
    }
    let root = Global::augment_args(clap::Command::new("sanctl"))
        .subcommand_required(true)
        .disable_help_subcommand(true);
    Some(help::shape_to_parse(root.subcommands(typed)))
}

/// Makes calls to the kernel until nobody asks for more, if this process was started for that. No
/// command is read then.
///
/// # Errors
/// When an answer cannot be given.
pub fn serve(args: &[OsString]) -> Option<std::io::Result<()>> {
    crate::system::apart::serve(args)
}

/// Runs the program with these arguments and says how it ended.
pub fn main(args: Vec<OsString>) -> Kind {
    let json = wants_json(&args);
    // What the typed command alone does not understand, the whole tree explains.
    let typed = typed_alone(&args).and_then(|only| only.try_get_matches_from(&args).ok());
    let matches = typed.map_or_else(|| command().try_get_matches_from(&args), Ok);
    let parsed = matches.and_then(|matches| {
        let path = path_of(&matches);
        Ok((Cli::from_arg_matches(&matches)?, path))
    });
    let (mut cli, path) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error, &args, json),
    };
    if cli.global.root.is_some() && !CAPTURED.contains(&path.as_str()) {
        let refusal = Refusal::usage(format!("{path} needs the machine itself, not a capture"));
        let verbs = CAPTURED.join(", ");
        let refusal = refusal.hint(format!("these take --root: {verbs}"));
        return failed(&refusal.into(), json);
    }
    if let Command::Config(ConfigCommand::Init(args)) = &mut cli.command {
        // It makes the file and the section that the others must find.
        args.file = cli.global.config.take();
        cli.global.array = None;
    }
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
    let left = app.printer.flush();
    match ended.and_then(|kind| Ok(left.map(|()| kind)?)) {
        Ok(kind) => kind,
        Err(error) if is_closed_pipe(&error) => Kind::Done,
        Err(error) => {
            let text = if app.is_told_in_json() {
                to_json(&error, None, Some(&app.global)).to_string()
            } else {
                to_text(&error, Some(&app.global))
            };
            app.progress.say(&text);
            kind_of(&error)
        }
    }
}

/// What can be asked of a captured machine.
const CAPTURED: [&str; 16] = [
    "connector check",
    "connector show",
    "device check",
    "device list",
    "device show",
    "device tree",
    "discover",
    "hba list",
    "hba show",
    "hba targets",
    "journal list",
    "journal show",
    "session list",
    "session list-records",
    "session show",
    "status",
];

/// The words of the command that was typed: `device list`.
fn path_of(matches: &clap::ArgMatches) -> String {
    let mut words = Vec::new();
    let mut at = matches.subcommand();
    while let Some((word, below)) = at {
        words.push(word);
        at = below.subcommand();
    }
    words.join(" ")
}

fn run(app: &App, command: &Command) -> Result<Kind> {
    let says_itself = matches!(
        command,
        Command::Attach(_)
            | Command::Detach(_)
            | Command::Status(_)
            | Command::Sim(_)
            | Command::Config(_)
            | Command::Explain(_)
            | Command::Completions(_)
            | Command::Schema(_)
            | Command::Trace(_)
            | Command::Journal(_)
    );
    if app.is_practice() && !says_itself && app.printer.is_for_people() {
        app.note("PRACTICE: the built-in array and node, nothing here is real");
    }
    if let Command::Attach(_) | Command::Detach(_) | Command::Status(_) = command {
        // A column that does not exist must not come to light after the work is done.
        app.printer.check(columns::ATTACHMENT)?;
    }
    match command {
        Command::Attach(args) => attach::run(app, args),
        Command::Detach(args) => detach::run(app, args),
        Command::Status(args) => status::run(app, args),
        Command::Adopt(args) => adopt::run(app, args),
        Command::Discover(args) => discover::run(app, args),
        Command::Array(command) => array::run(app, command),
        Command::Host(command) => host::run(app, command),
        Command::Initiator(command) => initiator::run(app, command),
        Command::Hostgroup(command) => edit::group::hosts(app, command),
        Command::Lungroup(command) => edit::group::luns(app, command),
        Command::Portgroup(command) => edit::group::ports(app, command),
        Command::Mapping(command) => mapping::run(app, command),
        Command::Lun(command) => nouns::lun(app, command),
        Command::Port(command) => port::run(app, command),
        Command::Hba(command) => hba::run(app, command),
        Command::Session(command) => session::run(app, command),
        Command::Device(command) => device::run(app, command),
        Command::Connector(command) => connector::run(app, command),
        Command::Connection(command) => connection::run(app, command),
        Command::Config(command) => config::run(app, command),
        Command::Journal(command) => journal::run(app, command),
        Command::Collect(args) => collect::run(app, args),
        Command::Explain(args) => explain::run(app, args),
        Command::Completions(args) => completions::run(app, args),
        Command::Schema(args) => schema::run(app, args),
        Command::Trace(command) => trace::run(app, command),
        Command::Sim(command) => sim::run(app, command),
    }
}

/// Whether JSON is asked for, told before the arguments are known to be right.
fn wants_json(args: &[OsString]) -> bool {
    let texts: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
    let joined = |a: &str| {
        matches!(
            a,
            "--json"
                | "-ojson"
                | "-ojsonl"
                | "--output=json"
                | "--output=jsonl"
                | "-o=json"
                | "--progress=jsonl"
        )
    };
    texts.iter().any(|a| joined(a))
        || texts.windows(2).any(|pair| {
            matches!(
                pair,
                ["-o" | "--output", "json" | "jsonl"] | ["--progress", "jsonl"]
            )
        })
}

/// A usage error, or the help and version texts, which clap hands over as errors too.
fn usage(error: &clap::Error, args: &[OsString], json: bool) -> Kind {
    if !error.use_stderr() {
        return match error.print() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => failed(
                &anyhow::Error::from(error).context("cannot write the result"),
                json,
            ),
            // Help that nobody reads to its end is no failure.
            _ => Kind::Done,
        };
    }
    let bare = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if bare && !json {
        let _ = error.print();
        return Kind::Usage;
    }
    let text = error.to_string();
    let mut refusal = if bare {
        Refusal::usage("a command is missing")
    } else {
        Refusal::usage(message_of(&text))
    };
    refusal.hints.extend(text.lines().filter_map(tip));
    let refusal = refusal.hint(format!("{} --help", command_of(args)));
    failed(&refusal.into(), json)
}

/// What clap proposes, if it is of any use here.
fn tip(line: &str) -> Option<String> {
    let tip = line.trim().strip_prefix("tip: ")?.replace('\'', "");
    let (text, names) = tip.split_once("exist").unzip();
    match (text, names) {
        (Some(_), Some(names)) => {
            let names = names
                .strip_prefix('s')
                .unwrap_or(names)
                .trim_start_matches(": ");
            Some(format!("did you mean {names}?"))
        }
        // Nobody wants an unknown option to be the name of a LUN.
        _ => (!tip.contains("as a value")).then_some(tip),
    }
}

/// What clap says is wrong, in one line.
fn message_of(text: &str) -> String {
    let lines = text
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("tip: "));
    let message = lines.collect::<Vec<_>>().join(" ");
    message.trim_start_matches("error: ").to_owned()
}

/// The command that the arguments name, as far as there is one.
fn command_of(args: &[OsString]) -> String {
    let mut at = &command();
    let mut path = "sanctl".to_owned();
    for word in args.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(sub) = at.find_subcommand(word) {
            path = format!("{path} {word}");
            at = sub;
        }
    }
    path
}

/// An error before output is set up.
fn failed(error: &anyhow::Error, json: bool) -> Kind {
    say(&if json {
        to_json(error, None, None).to_string()
    } else {
        to_text(error, None)
    });
    kind_of(error)
}

fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
