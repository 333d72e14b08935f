//! What `attach`, `detach` and `status` share: who the node is, which stages, how results end.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::audit;
use super::columns;
use super::failure::{
    Refusal, hint_lines, hints_of, is_closed_pipe, kind_of, to_json, what_and_why,
};
use super::place::typed;
use super::watch::Shown;
use super::whose::Whose;
use crate::app::App;
use crate::array::Array;
use crate::attachment::attach::Env;
use crate::attachment::error::Error as FlowError;
use crate::attachment::journal::Journals;
use crate::attachment::report::{AttachmentReport, Commands, Shortfall};
use crate::config::Paths;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::kit::lock::Locks;
use crate::kit::printer::{Content, Format};
use crate::kit::shell::word;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::ids::Wwid;
use crate::model::nouns::Protocol;
use crate::model::other_connection::OtherConnection;
use crate::model::selector::Selector;
use crate::node;
use crate::system::{Machine, files};

/// The LUN names of the command line; a lone `-` reads them from stdin, one per line.
///
/// # Errors
/// When stdin cannot be read or names nothing.
pub fn lun_names(args: &[String]) -> Result<Vec<String>> {
    if args != ["-"] {
        return Ok(args.to_vec());
    }
    let text = files::read_argument("-")?;
    let names: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        return Err(Refusal::usage("standard input names no LUN").into());
    }
    Ok(names)
}

/// Fails for a name that cannot be one, before anything is done to the others.
///
/// # Errors
/// The first such name.
pub fn check_names(names: &[String]) -> Result<()> {
    for name in names {
        name.parse::<Selector>()?;
    }
    Ok(())
}

/// What a name means on this node: a device stands for the LUN that is behind it now, whatever a
/// journal remembers of an earlier boot.
///
/// # Errors
/// [`node::Error::NoSuchDevice`] when no SCSI disk is behind it.
pub fn on_this_node(machine: Option<&dyn Machine>, selector: Selector) -> Result<Selector> {
    let Some(machine) = machine else {
        return Ok(selector);
    };
    let path = match &selector {
        Selector::Device(path) => path.clone(),
        Selector::Hctl(hctl) => {
            match node::scsi::device::find(machine, *hctl)?.and_then(|d| d.disk) {
                Some(disk) => format!("/dev/{disk}"),
                None => selector.to_string(),
            }
        }
        _ => return Ok(selector),
    };
    Ok(Selector::Wwid(node::connect::wwid_of(machine, &path)?))
}

/// Which half of an attachment a command is about, as its options say.
#[derive(Debug, Clone, Copy)]
pub enum Half<'a> {
    /// Both.
    Both,
    /// `--array-only`, perhaps of another node.
    Array(&'a Whose),
    /// `--node-only`.
    Node,
    /// `--connection-info FILE`, perhaps with `--wwid`.
    Info(&'a str, Option<&'a Wwid>),
    /// The same, of something that is of no SAN: it says all that a detach must know, too.
    Other(&'a str),
}

/// What to type to go on with a LUN of this command, with the options that decide what it means.
pub fn commands(app: &App, lun: &str, half: Half<'_>) -> Commands {
    let mut common = String::new();
    if let Some(file) = &app.global.config {
        common.push_str(&format!(" --config {}", word(&file.to_string_lossy())));
    }
    if let Some(name) = &app.global.array {
        common.push_str(&format!(" --array {}", word(name)));
    }
    let lun = word(lun);
    let mut attach = format!("sanctl attach {lun}");
    let mut detach = format!("sanctl detach {lun}");
    match half {
        Half::Both => {}
        Half::Node => common.push_str(" --node-only"),
        Half::Array(whose) => {
            common.push_str(" --array-only");
            common.push_str(&whose.options());
        }
        Half::Info(file, wwid) => {
            attach = format!("sanctl attach --connection-info {}", word(file));
            if let Some(wwid) = wwid {
                attach.push_str(&format!(" --wwid {wwid}"));
            }
            detach.push_str(" --node-only");
        }
        Half::Other(file) => {
            attach = format!("sanctl attach --connection-info {}", word(file));
            detach = format!("sanctl detach --connection-info {}", word(file));
        }
    }
    attach.push_str(&common);
    detach.push_str(&common);
    Commands { attach, detach }
}

/// `want=4,min=2`.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_paths(text: &str) -> Result<Paths, String> {
    let bad = || format!("{text:?}: want=N,min=N wanted, with 1 <= min <= want");
    let (mut want, mut min) = (None, None);
    for part in text.split(',') {
        let (key, value) = part.split_once('=').ok_or_else(bad)?;
        let number: usize = value.parse().map_err(|_| bad())?;
        match key {
            "want" => want = Some(number),
            "min" => min = Some(number),
            _ => return Err(bad()),
        }
    }
    let min = min.unwrap_or(1);
    let want = want.unwrap_or(min);
    if min == 0 || want < min {
        Err(bad())
    } else {
        Ok(Paths { want, min })
    }
}

/// The connector of this node, its warnings told.
///
/// # Errors
/// When the node has no initiator name, among others.
pub fn own_connector(app: &App, machine: &dyn Machine, protocol: Protocol) -> Result<Connector> {
    let bounds = app.reading();
    let (connector, warnings) =
        node::connector::build_for(machine, &app.config.node, protocol, &bounds)?;
    for warning in warnings {
        app.note(&format!("warning: {warning}"));
    }
    Ok(connector)
}

/// The connector of this node for a command that can do without its initiator name, and what is
/// wrong with the name if it cannot be had.
///
/// # Errors
/// When the node has no name, or the configured address cannot be used.
pub fn own_connector_if_named(
    app: &App,
    machine: &dyn Machine,
) -> Result<(Connector, Option<node::Error>)> {
    let (connector, warnings, no_name) =
        node::connector::collect(machine, &app.config.node, &app.reading())?;
    for warning in warnings {
        app.note(&format!("warning: {warning}"));
    }
    Ok((connector, no_name))
}

/// Refuses a protocol over which this array shows no LUN to anybody.
///
/// # Errors
/// Exit 8.
pub fn publishes(array: &dyn Array, protocol: Protocol) -> Result<()> {
    if array.publishes(protocol) {
        return Ok(());
    }
    let (name, word) = (array.name(), protocol.word());
    let message = format!("array {name}: --protocol {word} is not supported yet");
    Err(Refusal::new(Kind::Unsupported, message)
        .hint("without --protocol it is iscsi")
        .into())
}

/// The protocol of an attachment: as known, else that of the node if this array serves it.
///
/// # Errors
/// Exit 8 when the array does not serve the one that is known.
pub fn protocol_of(
    array: &dyn Array,
    known: Option<Protocol>,
    connector: &Connector,
) -> Result<Protocol> {
    let protocol = match known {
        Some(known) => known,
        None if array.publishes(connector.protocol()) => connector.protocol(),
        None => Protocol::Iscsi,
    };
    publishes(array, protocol)?;
    Ok(protocol)
}

/// A connector from a file, or from stdin; without a protocol, one of either.
///
/// # Errors
/// When it is no connector, or lacks what the protocol needs.
pub fn given_connector(file: &str, protocol: Option<Protocol>) -> Result<Connector> {
    let text = files::read_argument(file).context("cannot read the connector")?;
    let value: Value = serde_json::from_str(&text)
        .map_err(|e| Refusal::usage(format!("connector {file}: no JSON: {e}")))?;
    // Both the bare dictionary and the document that `connector show -o json` prints.
    let inner = value
        .get("item")
        .or_else(|| value.get("connector"))
        .cloned()
        .unwrap_or(value);
    let connector: Connector = serde_json::from_value(inner)
        .map_err(|e| Refusal::usage(format!("connector {file}: {e}")))?;
    connector
        .require(protocol.unwrap_or_else(|| connector.protocol()))
        .with_context(|| format!("connector {file}"))?;
    Ok(connector)
}

/// The kernel's boot id, if it tells one.
pub fn boot_id(machine: &dyn Machine) -> Option<String> {
    let text = machine.text("/proc/sys/kernel/random/boot_id").ok()?;
    text.filter(|id| !id.is_empty())
}

/// The pieces that a flow's environment borrows.
pub struct Ground<'a> {
    app: &'a App,
    journals: Journals,
    locks: Locks,
    watch: Shown<'a>,
    bounds: Bounds,
    mutate: Mutate,
    boot_id: Option<String>,
}

impl std::fmt::Debug for Ground<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ground").finish_non_exhaustive()
    }
}

impl<'a> Ground<'a> {
    /// Ground for a flow within `bounds`.
    pub fn new(
        app: &'a App,
        machine: Option<&Arc<dyn Machine>>,
        bounds: Bounds,
        mutate: Mutate,
    ) -> Self {
        let boot_id = machine.and_then(|m| boot_id(&**m));
        Self {
            app,
            journals: app.journals(),
            locks: app.locks(),
            watch: Shown::new(app),
            bounds,
            mutate,
            boot_id,
        }
    }

    /// The environment itself.
    pub fn env(&self) -> Env<'_> {
        Env {
            journals: &self.journals,
            locks: &self.locks,
            bounds: &self.bounds,
            mutate: &self.mutate,
            watch: &self.watch,
            run: &self.app.run,
            boot_id: self.boot_id.clone(),
        }
    }
}

/// One LUN's end.
#[derive(Debug)]
pub struct Ended {
    /// What happened.
    pub report: AttachmentReport,
    /// What went wrong.
    pub error: Option<anyhow::Error>,
}

impl Ended {
    /// From what a flow returns.
    pub fn of(app: &App, (mut report, error): (AttachmentReport, Option<FlowError>)) -> Self {
        report.practice = app.is_practice();
        for hint in &mut report.hints {
            *hint = typed(&app.global, hint);
        }
        Self {
            report,
            error: error.map(anyhow::Error::from),
        }
    }

    /// A LUN for which nothing could be begun.
    pub fn refused(app: &App, lun: &str, node: &str, error: anyhow::Error) -> Self {
        let mut report = AttachmentReport::of(None, lun, node, &Facts::none());
        report.practice = app.is_practice();
        let hints = hints_of(&error);
        report.hints = hints.iter().map(|hint| typed(&app.global, hint)).collect();
        Self {
            report: report.ended("failed", kind_of(&error)),
            error: Some(error),
        }
    }

    fn kind(&self) -> Kind {
        self.report.kind.unwrap_or(Kind::Done)
    }

    /// The attachment as JSON, with where to log in and what went wrong.
    ///
    /// # Errors
    /// When it cannot be serialised.
    pub fn value(&self) -> Result<Value> {
        let mut value = serde_json::to_value(&self.report)?;
        if let Value::Object(map) = &mut value {
            let facts = &self.report.facts;
            let other = facts.other.as_ref().map(OtherConnection::to_info);
            let connection = facts.connection.as_ref();
            let connection = other.or_else(|| connection.map(|c| c.to_info(false)));
            map.insert("connection".into(), connection.into());
            let error = self
                .error
                .as_ref()
                .map(|e| to_json(e, Some(&self.report.lun), None));
            let mut error = error.and_then(|e| e.get("error").cloned());
            if let Some(error) = &mut error {
                error["hints"] = json!(self.report.hints);
            }
            map.insert("error".into(), error.into());
        }
        Ok(value)
    }
}

/// Prints the ends of a flow over several LUNs and decides its exit code.
///
/// # Errors
/// When stdout cannot be written.
pub fn conclude(
    app: &App,
    ends: &[Ended],
    line: &dyn Fn(&AttachmentReport) -> Option<String>,
) -> Result<Kind> {
    deliver(app, ends, || {
        match app.printer.format() {
            Format::Table | Format::Wide | Format::Name => {
                for text in ends.iter().filter_map(|end| line(&end.report)) {
                    app.printer.line(&text)?;
                }
            }
            _ => print_data(app, ends)?,
        }
        Ok(())
    })
}

/// Prints the result of a flow, says on stderr what went wrong, and decides the exit code.
///
/// # Errors
/// When stdout cannot be written: exit 4 if something was changed of which nobody has the result.
pub fn deliver(app: &App, ends: &[Ended], print: impl FnOnce() -> Result<()>) -> Result<Kind> {
    for end in ends {
        audit::flow(app, &end.report);
    }
    let printed = print().and_then(|()| Ok(app.printer.flush()?));
    tell_all(app, ends);
    let Err(error) = printed else {
        return Ok(kind_of_all(ends));
    };
    let changed: Vec<&Ended> = ends.iter().filter(|end| end.report.changed).collect();
    if changed.is_empty() || is_closed_pipe(&error) {
        return Err(error);
    }
    let mut refusal = Refusal::new(Kind::Partial, error.to_string());
    for end in changed {
        refusal = refusal.hint(format!("sanctl status {}", word(&end.report.lun)));
    }
    Err(refusal.into())
}

/// Prints the ends of a flow, or of a look, as objects.
///
/// # Errors
/// When stdout cannot be written.
pub fn print_data(app: &App, ends: &[Ended]) -> Result<()> {
    let items = ends.iter().map(Ended::value).collect::<Result<Vec<_>>>()?;
    app.printer
        .data(columns::ATTACHMENT, Content::Many(items), &[])?;
    Ok(())
}

/// Says on stderr what went wrong, LUN by LUN.
pub fn tell_all(app: &App, ends: &[Ended]) {
    app.show_result();
    for end in ends {
        tell(app, end);
    }
}

/// 130 or 143 if stopped, 4 if any LUN has 4, else the first failing one's; 9 if none failed and
/// one is degraded.
pub fn kind_of_all(ends: &[Ended]) -> Kind {
    let kinds: Vec<Kind> = ends.iter().map(Ended::kind).collect();
    gravest(&kinds)
}

fn gravest(kinds: &[Kind]) -> Kind {
    let first = |fits: fn(Kind) -> bool| kinds.iter().copied().find(|kind| fits(*kind));
    first(|kind| matches!(kind, Kind::Interrupted | Kind::Terminated))
        .or_else(|| first(|kind| kind == Kind::Partial))
        .or_else(|| first(|kind| !matches!(kind, Kind::Done | Kind::Degraded)))
        .or_else(|| first(|kind| kind == Kind::Degraded))
        .unwrap_or(Kind::Done)
}

/// Says on stderr what went wrong with one LUN, what is left, and what to type next.
fn tell(app: &App, end: &Ended) {
    let report = &end.report;
    let mut said = String::new();
    if let Some(error) = &end.error {
        if app.is_told_in_json() {
            let mut value = to_json(error, Some(&report.lun), None);
            // The flow knows more than its cause: what is left decides.
            if let (Some(kind), Some(object)) = (report.kind, value.get_mut("error")) {
                object["code"] = kind.exit_code().into();
                object["kind"] = kind.word().into();
                object["hints"] = json!(report.hints);
            }
            app.progress.say(&value.to_string());
            return;
        }
        said = what_and_why(error, app.progress.width());
        app.progress.say(&said);
    }
    if app.is_told_in_json() {
        return;
    }
    // The error itself names the links that stay.
    let named = matches!(
        end.error.as_ref().and_then(|e| e.downcast_ref()),
        Some(FlowError::Adopted { .. })
    );
    // A side that could not be looked at at all is what the error is about.
    let repeats = |short: &Shortfall| !short.key.contains('.') && said.contains(&short.why);
    let news = |short: &&Shortfall| !named && !repeats(short);
    for short in report.left.iter().filter(news) {
        let word = match (&end.error, report.state) {
            (Some(_), _) => "left",
            (None, "detached" | "absent") => "kept",
            (None, _) => "degraded",
        };
        app.progress
            .say(&format!("{word}  {}: {}", short.key, short.why));
    }
    let hints = hint_lines(&report.hints);
    if !hints.is_empty() {
        app.progress.say(hints.trim_start_matches('\n'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_exit_code_for_several_luns() {
        use Kind::{Degraded, Done, Failed, Interrupted, Partial, Refused};
        for (kinds, want) in [
            (vec![], Done),
            (vec![Done, Done], Done),
            (vec![Done, Degraded], Degraded),
            (vec![Degraded, Refused], Refused),
            (vec![Degraded, Failed, Refused], Failed),
            (vec![Refused, Partial], Partial),
            (vec![Partial, Interrupted], Interrupted),
        ] {
            assert_eq!(gravest(&kinds), want, "{kinds:?}");
        }
    }
}
