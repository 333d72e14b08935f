//! `sanctl detach`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use super::consent;
use super::failure::{Refusal, kind_of};
use super::flow::{
    Ended, Ground, Half, boot_id, check_names, commands, conclude, lun_names, own_connector,
    own_connector_if_named, protocol_of,
};
use super::global::Changing;
use super::nouns::ProtocolArg;
use super::other::{has_no_array, meant, of_other, other_of};
use super::plan::{self, Print};
use super::proof::Proof;
use super::watch::answer_signals;
use super::whose::Whose;
use crate::app::App;
use crate::array::Array;
use crate::attachment::detach::{Adopted, Part, Request, detach};
use crate::attachment::journal::Found;
use crate::attachment::ledger::Ledger;
use crate::attachment::receipt::{Receipt, SCHEMA};
use crate::attachment::report::AttachmentReport;
use crate::attachment::walk::Links;
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::connection::Connection;
use crate::model::connector::Connector;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::model::other_connection::OtherConnection;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;
use crate::node::connect::Unflushed;
use crate::step::{Aim, Stage};
use crate::system::{Machine, files};

/// How long a detach may take.
const TIME: Duration = Duration::from_secs(300);

/// Arguments of `detach`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl detach vol-7              node first, then array, then what is unused
  sanctl detach vol-7 --dry-run    what would be removed
  sanctl detach vol-7 --node-only  on the compute node; then, elsewhere:
  sanctl detach vol-7 --array-only --connector node11.json

A device that is in use is never removed: exit 7 shows who uses it.")]
pub struct DetachArgs {
    /// LUNs by name, or id:… wwid:… uuid:… dev:…; - reads names from stdin
    #[arg(value_name = "LUN", required_unless_present_any = ["by", "connection_info"])]
    pub luns: Vec<String>,

    /// What this connection_info describes, if it is of no SAN: a file, a share, an AoE device
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["luns", "by", "array_only", "include_adopted", "keep_adopted"]
    )]
    pub connection_info: Option<String>,

    /// The node's half by identity, when array or journal is gone: wwid:… or dev:…
    #[arg(
        long,
        value_name = "IDENTITY",
        conflicts_with_all = ["luns", "array_only", "include_adopted", "keep_adopted"]
    )]
    pub by: Option<Selector>,

    /// Questions and dry runs.
    #[command(flatten)]
    pub changing: Changing,

    /// With --dry-run: only lines to type, as sanctl verbs or as they go over the wire
    #[arg(long, value_enum, value_name = "WHAT", requires = "dry_run")]
    pub print: Option<Print>,

    /// With --dry-run: exit 3 when there is something to do
    #[arg(long, requires = "dry_run")]
    pub exit_code: bool,

    /// Only the array's half; needs a proof that the node is clean, or a yes
    #[arg(long, conflicts_with = "node_only")]
    pub array_only: bool,

    /// Of which node.
    #[command(flatten)]
    pub whose: Whose,

    /// The protocol; without, that of the attach
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,

    /// Only the node's half; no array is needed
    #[arg(long)]
    pub node_only: bool,

    /// With --node-only: write what was proven; with --array-only: take it as the proof
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<String>,

    /// Give up data that a device refuses to write; asks for the LUN's name
    #[arg(long, conflicts_with = "array_only")]
    pub force: bool,

    /// Remove a mapping that somebody else made as well
    #[arg(long, conflicts_with = "keep_adopted")]
    pub include_adopted: bool,

    /// Leave a mapping that somebody else made, and call that success
    #[arg(long)]
    pub keep_adopted: bool,
}

/// Who detaches what, read from the arguments once.
struct Plan<'a> {
    app: &'a App,
    args: &'a DetachArgs,
    machine: Option<Arc<dyn Machine>>,
    connector: Connector,
    /// `--node-only`, or `--by` and `--connection-info`, which say the same.
    node_only: bool,
    /// What the connection info describes.
    other: Option<OtherConnection>,
}

/// The wwid that `--by` names, as a selector.
fn identity(machine: &dyn Machine, by: &Selector) -> Result<String> {
    let wwid = match by {
        Selector::Wwid(wwid) => wwid.clone(),
        Selector::Device(path) => node::connect::wwid_of(machine, path)?,
        other => {
            let message = format!("--by {other}: wwid:… or dev:… wanted");
            return Err(Refusal::usage(message).into());
        }
    };
    Ok(format!("wwid:{wwid}"))
}

/// Runs `detach`.
///
/// # Errors
/// Wrong arguments, or what concerns all LUNs alike.
pub fn run(app: &App, args: &DetachArgs) -> Result<Kind> {
    let given = args.protocol.map(Protocol::from);
    let (machine, connector) = match args.whose.told_of(app, given)? {
        Some(told) => (None, told),
        None => {
            let machine = app.machine()?;
            // What is wrong with the initiator's name is said where the name is needed.
            let (connector, _) = own_connector_if_named(app, &*machine)?;
            (Some(machine), connector)
        }
    };
    let node_only = args.node_only || args.by.is_some() || args.connection_info.is_some();
    let other = args.connection_info.as_deref();
    let other = other.map(|file| other_of(app, file)).transpose()?;
    if args.receipt.is_some() && !node_only && !args.array_only {
        return Err(Refusal::usage("--receipt goes with --node-only or --array-only").into());
    }
    let names = match (&args.by, &machine, &other) {
        (Some(by), Some(machine), _) => vec![identity(&**machine, by)?],
        (_, _, Some(other)) => vec![other.id()],
        _ => lun_names(&args.luns)?,
    };
    let plan = Plan {
        app,
        args,
        machine,
        connector,
        node_only,
        other,
    };
    check_names(&names)?;
    if args.changing.dry_run {
        return plan.dry_run(&names);
    }
    let bounds = app.bounds("detach", TIME);
    let mut requests = Vec::new();
    for name in &names {
        match plan.request(name) {
            // A question that nobody answers, before the first change.
            Err(error) if kind_of(&error) == Kind::Usage => return Err(error),
            request => requests.push((name, request)),
        }
    }
    answer_signals(app);
    let mut ends = Vec::new();
    for (name, request) in requests {
        if names.len() > 1 {
            app.note(&format!("{name}:"));
        }
        ends.push(match request {
            Ok((request, mutate)) => {
                let ground = Ground::new(app, plan.machine.as_ref(), bounds.clone(), mutate);
                Ended::of(app, detach(&request, &ground.env()))
            }
            Err(error) => Ended::refused(app, name, &plan.connector.host, error),
        });
        if app.stop.requested().is_some() {
            break;
        }
    }
    let written = match &args.receipt {
        Some(file) if node_only => write_receipts(app, file, &ends, &plan),
        _ => Ok(()),
    };
    // The work is told whatever becomes of the receipt, which the same command writes again.
    let kind = conclude(app, &ends, &|report| line(app, args, report))?;
    written.map(|()| kind)
}

/// Writes what the node's half has proven of each LUN that went well.
fn write_receipts(app: &App, file: &str, ends: &[Ended], plan: &Plan<'_>) -> Result<()> {
    let boot_id = plan.machine.as_deref().and_then(boot_id);
    let mut receipts = Vec::new();
    for end in ends.iter().filter(|end| end.error.is_none()) {
        match Receipt::of(&end.report, &plan.connector, boot_id.clone()) {
            Some(receipt) => receipts.push(receipt),
            None => app.note(&format!(
                "warning: no receipt of {}: nothing tells its wwid",
                end.report.lun
            )),
        }
    }
    let text = app.printer.document(SCHEMA, "items", json!(receipts), &[]);
    files::write_private(Path::new(file), &format!("{text:#}\n"))
        .context("cannot write the receipt")
}

/// What stdout says of one LUN where no JSON is wanted.
fn line(app: &App, args: &DetachArgs, report: &AttachmentReport) -> Option<String> {
    if report.kind != Some(Kind::Done) {
        return None;
    }
    if app.printer.format() == Format::Name {
        return Some(report.lun.clone());
    }
    if !report.left.is_empty() {
        let kept: Vec<&str> = report.left.iter().map(|l| l.key.as_str()).collect();
        return Some(format!(
            "{} detached, and kept as asked: {} (made by somebody else)",
            report.lun,
            kept.join(", ")
        ));
    }
    if report.facts.other.is_some() {
        let what = match report.state {
            "detached" => "detached from this node: the file or device behind it stays",
            _ => "was not attached: nothing to do",
        };
        return Some(format!("{} {what}", report.lun));
    }
    let what = match (report.changed, args.node_only, args.array_only) {
        (false, _, _) if args.by.is_some() => "has no device on this node",
        (true, _, _) if args.by.is_some() => "detached from this node; no array was asked",
        (false, _, _) => "was not attached: nothing to do",
        (_, true, _) => "detached from this node; its mapping on the array is still there",
        (_, _, true) => "no longer mapped on the array",
        _ if report.array.is_none() => "detached from this node; no array was asked",
        _ => "detached: no device is left on the node, no mapping on the array",
    };
    Some(format!("{} {what}", report.lun))
}

impl Plan<'_> {
    fn request(&self, name: &str) -> Result<(Request, Mutate)> {
        let machine = self.machine.as_deref();
        let (selector, found) = meant(self.app, machine, &self.connector.host, name)?;
        let mut facts = found.as_ref().map(Found::facts).unwrap_or_default();
        if let Some(other) = &self.other {
            facts.other.get_or_insert_with(|| other.clone());
        }
        if facts.other.is_some() {
            has_no_array(self.args.array_only)?;
        }
        let array = self.array(found.as_ref())?;
        let protocol = found.as_ref().and_then(Found::opened);
        let known = protocol
            .map(|opened| opened.protocol)
            .or(self.args.protocol.map(Protocol::from));
        let protocol = match &array {
            Some(array) => protocol_of(&**array, known, &self.connector)?,
            None => known.unwrap_or(Protocol::Iscsi),
        };
        let for_array = array.is_some() && protocol == Protocol::Iscsi;
        let connector = self.connector_of(found.as_ref(), for_array)?;
        if facts.lun.is_none()
            && facts.connection.is_none()
            && let Some(array) = &array
        {
            facts.lun = Some(self.lun(&**array, name, &selector)?);
        }
        if let (None, None, None, Selector::Wwid(wwid)) =
            (&facts.lun, &facts.connection, &array, &selector)
        {
            // The node needs no more than the identity to find every device of it.
            facts.connection = Some(Connection {
                protocol,
                ports: Vec::new(),
                targets: Vec::new(),
                wwid: Some(wwid.clone()),
                chap: None,
                read_only: false,
            });
        }
        let mutate = self.consent(name, &facts, array.as_deref(), &connector, found.as_ref())?;
        let half = match (self.args.array_only, self.node_only) {
            (true, _) => Half::Array(&self.args.whose),
            (_, true) => match &self.args.connection_info {
                Some(file) => Half::Other(file),
                None => Half::Node,
            },
            _ => Half::Both,
        };
        let commands = commands(self.app, name, half).over(protocol);
        let stages = match (&facts.other, &self.machine) {
            (Some(other), Some(machine)) => vec![of_other(machine, other, &commands)],
            _ => self.stages(&selector, &facts, array.as_deref(), &connector, protocol),
        };
        let request = Request {
            lun: name.to_owned(),
            commands,
            node: self.connector.host.clone(),
            connector: Some(connector),
            protocol,
            facts,
            stages,
            part: if self.node_only || self.args.array_only {
                Part::Half
            } else {
                Part::Whole
            },
            adopted: if self.args.include_adopted {
                Adopted::Include
            } else if self.args.keep_adopted {
                Adopted::Keep
            } else {
                Adopted::Report
            },
        };
        Ok((request, mutate))
    }

    /// The connector; without a name of its own, with that of the attach. Only an array needs one.
    fn connector_of(&self, found: Option<&Found>, for_array: bool) -> Result<Connector> {
        let mut connector = self.connector.clone();
        if let Some(then) = found.and_then(|f| f.opened()?.connector.as_ref()) {
            connector.recall(then);
        }
        match &self.machine {
            Some(machine) if for_array && connector.initiator.is_none() => {
                own_connector(self.app, &**machine, Protocol::Iscsi)
            }
            _ => Ok(connector),
        }
    }

    /// The array of the journal, else the one that is meant; none with `--node-only`, and none for
    /// what was attached from a bare connection info.
    fn array(&self, found: Option<&Found>) -> Result<Option<Arc<dyn Array>>> {
        if self.node_only {
            return Ok(None);
        }
        match found.and_then(|f| f.opened()?.array.as_ref()) {
            Some(ArrayFact { name, .. }) => Ok(Some(self.app.array_called(name)?)),
            None if found.is_some_and(Found::is_bare) => Ok(None),
            None => Ok(Some(self.app.array()?)),
        }
    }

    /// Without a journal the array says which LUN is meant.
    fn lun(&self, array: &dyn Array, name: &str, selector: &Selector) -> Result<LunFact> {
        let lun = array.luns().find(selector, &self.app.reading())?;
        let lun = lun.ok_or_else(|| crate::array::Error::NotFound {
            array: array.name().to_owned(),
            what: "LUN",
            name: name.to_owned(),
        })?;
        let wwid = lun.wwid.ok_or_else(|| {
            Refusal::new(
                Kind::Refused,
                format!("{name} has no wwid: its devices cannot be told"),
            )
        })?;
        Ok(LunFact {
            id: lun.id,
            name: lun.name,
            wwid,
            size_bytes: lun.size_bytes,
            snapshot: lun.snapshot,
        })
    }

    fn stages(
        &self,
        selector: &Selector,
        facts: &Facts,
        array: Option<&dyn Array>,
        connector: &Connector,
        protocol: Protocol,
    ) -> Vec<Box<dyn Stage>> {
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        if let Some(machine) = &self.machine
            && !self.args.array_only
        {
            let wish = node::connect::Wish {
                paths: None,
                lun: Some(selector.to_string()),
                unflushed: if self.args.force {
                    Unflushed::GiveUp
                } else {
                    Unflushed::Refuse
                },
                ..node::connect::Wish::default()
            };
            stages.push(node::connect::stage(Arc::clone(machine), wish));
        }
        if let Some(array) = array {
            // What the journal knows of the LUN is exact; a typed name may have moved on.
            let lun = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
            stages.push(array.publish(&Publication {
                lun: lun.unwrap_or_else(|| selector.clone()),
                connector: connector.clone(),
                protocol,
                shared: true,
                hostgroup: None,
                avoid: Vec::new(),
                lun_number: None,
            }));
        }
        stages
    }

    /// What an unusual detach needs: a proof, or a person's word.
    fn consent(
        &self,
        name: &str,
        facts: &Facts,
        array: Option<&dyn Array>,
        connector: &Connector,
        journal: Option<&Found>,
    ) -> Result<Mutate> {
        let changing = &self.args.changing;
        if self.args.array_only {
            let proof = Proof {
                app: self.app,
                changing,
                machine: self.machine.as_deref(),
                connector,
                receipt: self.args.receipt.as_deref(),
                journal,
                node_only: commands(self.app, name, Half::Node).detach,
            };
            return proof.settle(name, facts, array);
        }
        if self.args.force && !changing.dry_run {
            let shown = [format!(
                "what was written to {name} and cannot be flushed to it is lost"
            )];
            return consent::typed(self.app, changing, &shown, name);
        }
        Ok(consent::by_class())
    }

    fn dry_run(&self, names: &[String]) -> Result<Kind> {
        let ledger = Ledger::of(&self.app.journals().list_all()?);
        let mut plans = Vec::new();
        for name in names {
            let (request, _) = self.request(name)?;
            let links = if self.args.include_adopted {
                Links::Adopted
            } else {
                Links::Ours
            };
            let made = crate::attachment::plan::plan(
                &request.lun,
                &request.node,
                request.facts,
                &request.stages,
                Aim::Detach,
                &|step| {
                    let object = step.object();
                    links.take(step, object.is_some_and(|object| ledger.is_ours(&object)))
                },
                &self.app.bounds("planning", TIME),
            )?;
            plans.push(made);
        }
        let pending = plan::show(self.app, plans, self.args.print)?;
        Ok(if pending && self.args.exit_code {
            Kind::Findings
        } else {
            Kind::Done
        })
    }
}
