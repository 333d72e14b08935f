//! `sanctl status`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::flow::{
    Ended, Half, check_names, commands, kind_of_all, on_this_node, own_connector_if_named,
    print_data, tell_all,
};
use super::whose::Whose;
use crate::app::App;
use crate::attachment::journal::{Found, Journals};
use crate::attachment::ledger::Ledger;
use crate::attachment::lookup;
use crate::attachment::report::{AttachmentReport, Owner, StepReport};
use crate::attachment::status::{Request, status};
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::kit::table::size;
use crate::model::connector::Connector;
use crate::model::facts::ArrayFact;
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;
use crate::step::{Stage, State};
use crate::system::Machine;

/// How long a status may take.
const TIME: Duration = Duration::from_secs(30);

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl status vol-7              one row per phase, with the evidence
  sanctl status vol-7 -o wide      every step
  sanctl status                    every attachment that has an open journal
  sanctl status vol-7 --node-only  without the array

Exit code 0: whole, or wholly absent. 3: something is missing, differs or is in doubt.")]
pub struct StatusArgs {
    /// LUNs by name, or id:… wwid:… uuid:… dev:…; none = all with an open journal
    #[arg(value_name = "LUN")]
    pub luns: Vec<String>,

    /// Only what this node shows; no array is asked
    #[arg(long, conflicts_with = "array_only")]
    pub node_only: bool,

    /// Only what the array shows
    #[arg(long)]
    pub array_only: bool,

    /// Of which node.
    #[command(flatten)]
    pub whose: Whose,
}

/// Runs `status`.
///
/// # Errors
/// Wrong arguments, or what concerns all LUNs alike.
pub fn run(app: &App, args: &StatusArgs) -> Result<Kind> {
    let protocol = Protocol::Iscsi;
    let machine = app.machine()?;
    let connector = match args.whose.told(app, protocol)? {
        Some(told) => told,
        None => {
            let (mut connector, no_name) = own_connector_if_named(app, &*machine)?;
            if let Some(why) = no_name {
                connector.initiator = node::connector::name_in_use(&*machine);
                app.note(&format!("warning: {why}"));
            }
            connector
        }
    };
    let journals = app.journals();
    let ledger = Ledger::of(&journals.list_all()?);
    let names = match args.luns.is_empty() {
        false => args.luns.clone(),
        true => journals
            .list_open()?
            .iter()
            .filter_map(|j| {
                j.opened()
                    .filter(|o| o.node == connector.host)
                    .map(|o| o.id.clone())
            })
            .map(|id| {
                if id.parse::<crate::model::ids::Wwid>().is_ok() {
                    format!("wwid:{id}")
                } else {
                    format!("name:{id}")
                }
            })
            .collect(),
    };
    check_names(&names)?;
    let look = Sight {
        app,
        args,
        machine,
        connector,
        journals,
    };
    let mut ends = Vec::new();
    for name in &names {
        ends.push(match look.request(name) {
            Ok(request) => {
                let bounds = app.bounds("status", TIME);
                Ended::of(app, status(&request, &ledger, &bounds))
            }
            Err(error) if names.len() == 1 => return Err(error),
            Err(error) => Ended::refused(app, name, &look.connector.host, error),
        });
    }
    print(app, &ends)
}

/// Where to look, read from the arguments once.
struct Sight<'a> {
    app: &'a App,
    args: &'a StatusArgs,
    machine: Arc<dyn Machine>,
    connector: Connector,
    journals: Journals,
}

impl Sight<'_> {
    fn request(&self, name: &str) -> Result<Request> {
        let (app, args) = (self.app, self.args);
        let selector = on_this_node(Some(&*self.machine), name.parse()?)?;
        let array = app.global.array.as_deref();
        let journal = lookup::find(&self.journals, &self.connector.host, array, &selector)?;
        let facts = journal.as_ref().map(Found::facts).unwrap_or_default();
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        let known = journal.as_ref().and_then(Found::opened);
        let bare = journal.as_ref().is_some_and(Found::is_bare);
        if !args.node_only && !bare {
            let array = match known.and_then(|o| o.array.as_ref()) {
                Some(ArrayFact { name, .. }) => app.array_called(name)?,
                None => app.array()?,
            };
            let lun = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
            let mut connector = self.connector.clone();
            if connector.initiator.is_none() {
                // The name that this was attached under.
                let then = known.and_then(|o| o.connector.as_ref());
                connector.initiator = then.and_then(|c| c.initiator.clone());
            }
            stages.push(array.publish(&Publication {
                lun: lun.unwrap_or_else(|| selector.clone()),
                connector,
                protocol: Protocol::Iscsi,
                shared: true,
                hostgroup: None,
                avoid: Vec::new(),
                lun_number: None,
            }));
        }
        if !args.array_only {
            stages.push(node::connect::stage(
                Arc::clone(&self.machine),
                node::connect::Wish {
                    paths: app.config.node.paths,
                    multipath: match app.config.node.multipath {
                        Some(true) => node::connect::Multipath::Yes,
                        _ => node::connect::Multipath::AsFound,
                    },
                    lun: Some(name.to_owned()),
                    ..node::connect::Wish::default()
                },
            ));
        }
        let half = match (args.array_only, args.node_only) {
            (true, _) => Half::Array(&args.whose),
            (_, true) => Half::Node,
            _ => Half::Both,
        };
        Ok(Request {
            lun: name.to_owned(),
            commands: commands(app, name, half),
            node: self.connector.host.clone(),
            facts,
            stages,
            journal,
        })
    }
}

fn print(app: &App, ends: &[Ended]) -> Result<Kind> {
    match app.printer.format() {
        format @ (Format::Table | Format::Wide) => {
            if ends.is_empty() {
                app.note("no attachment has an open journal on this node");
            }
            for (index, end) in ends.iter().enumerate() {
                if index > 0 {
                    app.printer.line("")?;
                }
                table(app, &end.report, format == Format::Wide)?;
            }
        }
        _ => print_data(app, ends)?,
    }
    tell_all(app, ends);
    Ok(kind_of_all(ends))
}

/// The step table of one attachment.
///
/// # Errors
/// When stdout cannot be written.
pub fn table(app: &App, report: &AttachmentReport, every: bool) -> Result<()> {
    let mut head = format!("lun {}", report.lun);
    if let Some(array) = &report.array {
        head.push_str(&format!(" on {array}"));
    }
    if let Some(bytes) = report.size_bytes {
        head.push_str(&format!("   {}", size(bytes)));
    }
    if report.practice {
        head.push_str("   PRACTICE");
    }
    app.printer.line(&head)?;
    if let Some(wwid) = &report.wwid {
        app.printer
            .line(&format!("wwid {wwid}   node {}", report.node))?;
    }
    app.printer.line("")?;
    let rows = if every {
        report.steps.iter().map(row).collect()
    } else {
        phases(&report.steps)
    };
    let numbered: Vec<Vec<String>> = rows
        .into_iter()
        .enumerate()
        .map(|(index, mut row)| {
            row.insert(0, (index + 1).to_string());
            row
        })
        .collect();
    app.printer
        .rows(&["#", "STEP", "WHERE", "STATE", "EVIDENCE"], &numbered)?;
    app.printer.line("")?;
    app.printer.line(report.state)?;
    if let Some(device) = &report.device {
        app.printer.line(&format!("device  {device}"))?;
    }
    Ok(())
}

fn row(step: &StepReport) -> Vec<String> {
    let owner = match step.owner {
        Some(Owner::Ours) => " (ours)",
        _ => "",
    };
    vec![
        step.key.clone(),
        step.place.to_owned(),
        step.state.word().to_owned(),
        format!("{}{owner}", step.evidence),
    ]
}

/// The phase that a step belongs to (INTERFACE, `status`).
fn phase(key: &str) -> &str {
    let step = key.split('@').next().unwrap_or(key);
    match step {
        "array.host" => "host",
        "array.initiator" | "array.igroup-initiator" => "initiator",
        "array.hostgroup" | "array.hostgroup-host" | "array.lungroup" | "array.igroup" => "groups",
        _ if step.starts_with("array.") => "mapping",
        "node.record" => "portal",
        "node.session" => "session",
        "node.path" | "node.identity" => "device",
        "node.map" => "map",
        other => other,
    }
}

/// One row per phase: the worst state, and the evidence of the steps that have it.
fn phases(steps: &[StepReport]) -> Vec<Vec<String>> {
    let mut rows: Vec<(&str, &'static str, State, Vec<&str>)> = Vec::new();
    for step in steps {
        let phase = phase(&step.key);
        match rows
            .iter_mut()
            .find(|row| row.0 == phase && row.1 == step.place)
        {
            None => rows.push((phase, step.place, step.state, vec![&step.evidence])),
            Some(row) if weight(step.state) > weight(row.2) => {
                row.2 = step.state;
                row.3 = vec![&step.evidence];
            }
            Some(row) if step.state == row.2 => say_once(&mut row.3, &step.evidence),
            Some(_) => {}
        }
    }
    rows.into_iter()
        .map(|(phase, place, state, evidence)| {
            vec![
                phase.to_owned(),
                place.to_owned(),
                state.word().to_owned(),
                evidence.join("; "),
            ]
        })
        .collect()
}

/// Adds evidence unless it is said already, and drops what it says again with more.
fn say_once<'a>(said: &mut Vec<&'a str>, evidence: &'a str) {
    if said.iter().any(|one| one.contains(evidence)) {
        return;
    }
    said.retain(|one| !evidence.contains(one));
    said.push(evidence);
}

const fn weight(state: State) -> u8 {
    match state {
        State::Present => 0,
        State::Degraded => 1,
        State::Waiting => 2,
        State::Absent => 3,
        State::Unknown => 4,
        State::Differs => 5,
    }
}
