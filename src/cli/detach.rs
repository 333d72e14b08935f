//! `sanctl detach`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::consent;
use super::failure::{Refusal, kind_of};
use super::flow::{
    Ended, Ground, Half, check_names, commands, conclude, given_connector, lun_names,
    own_connector, own_connector_if_named,
};
use super::global::Changing;
use super::plan::{self, Print};
use super::watch::answer_signals;
use crate::app::App;
use crate::array::Array;
use crate::attachment::detach::{Adopted, Part, Request, detach};
use crate::attachment::journal::Found;
use crate::attachment::ledger::Ledger;
use crate::attachment::lookup;
use crate::attachment::report::AttachmentReport;
use crate::attachment::walk::Links;
use crate::kit::consent::Mutate;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::connection::Connection;
use crate::model::connector::Connector;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;
use crate::step::{Aim, Stage};
use crate::system::Machine;

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
    #[arg(value_name = "LUN", required = true)]
    pub luns: Vec<String>,

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

    /// With --array-only: another node's connector (- reads stdin)
    #[arg(long, value_name = "FILE", requires = "array_only")]
    pub connector: Option<String>,

    /// Only the node's half; no array is needed
    #[arg(long)]
    pub node_only: bool,

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
}

/// Runs `detach`.
///
/// # Errors
/// Wrong arguments, or what concerns all LUNs alike.
pub fn run(app: &App, args: &DetachArgs) -> Result<Kind> {
    let protocol = Protocol::Iscsi;
    let (machine, connector) = match &args.connector {
        Some(file) => (None, given_connector(file, protocol)?),
        None => {
            let machine = app.machine()?;
            // What is wrong with the initiator's name is said where the name is needed.
            let (connector, _) = own_connector_if_named(app, &*machine)?;
            (Some(machine), connector)
        }
    };
    let plan = Plan {
        app,
        args,
        machine,
        connector,
    };
    let names = lun_names(&args.luns)?;
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
    conclude(app, &ends, &|report| line(app, args, report))
}

/// What stdout says of one LUN where no JSON is wanted.
fn line(app: &App, args: &DetachArgs, report: &AttachmentReport) -> Option<String> {
    if report.kind != Some(Kind::Done) {
        return None;
    }
    if app.printer.format() == Format::Name {
        return Some(report.lun.clone());
    }
    let what = match (report.changed, args.node_only, args.array_only) {
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
        let selector: Selector = name.parse()?;
        let journals = self.app.journals();
        let wanted = self.app.global.array.as_deref();
        let found = lookup::find(&journals, &self.connector.host, wanted, &selector)?;
        let mut facts = found.as_ref().map(Found::facts).unwrap_or_default();
        let array = self.array(found.as_ref())?;
        let connector = self.connector_of(found.as_ref(), array.is_some())?;
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
                protocol: Protocol::Iscsi,
                targets: Vec::new(),
                wwid: Some(wwid.clone()),
                chap: None,
                read_only: false,
            });
        }
        let mutate = self.consent(name, &facts, array.as_deref(), &connector)?;
        let stages = self.stages(&selector, &facts, array.as_deref(), &connector);
        let half = match (self.args.array_only, self.args.node_only) {
            (true, _) => Half::Array(self.args.connector.as_deref()),
            (_, true) => Half::Node,
            _ => Half::Both,
        };
        let request = Request {
            lun: name.to_owned(),
            commands: commands(self.app, name, half),
            node: self.connector.host.clone(),
            connector: Some(connector),
            protocol: Protocol::Iscsi,
            facts,
            stages,
            part: if self.args.node_only || self.args.array_only {
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
        if connector.initiator.is_none() {
            let then = found.and_then(|f| f.opened()?.connector.as_ref());
            connector.initiator = then.and_then(|c| c.initiator.clone());
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
        if self.args.node_only {
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
    ) -> Vec<Box<dyn Stage>> {
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        if let Some(machine) = &self.machine
            && !self.args.array_only
        {
            let wish = node::connect::Wish {
                paths: None,
                lun: Some(selector.to_string()),
            };
            stages.push(node::connect::stage(Arc::clone(machine), wish));
        }
        if let Some(array) = array {
            // What the journal knows of the LUN is exact; a typed name may have moved on.
            let lun = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
            stages.push(array.publish(&Publication {
                lun: lun.unwrap_or_else(|| selector.clone()),
                connector: connector.clone(),
                protocol: Protocol::Iscsi,
                shared: true,
                avoid: Vec::new(),
            }));
        }
        stages
    }

    /// The array's half alone cuts a node off: it must be proven, or known by a person, that the
    /// node no longer uses the LUN.
    fn consent(
        &self,
        name: &str,
        facts: &Facts,
        array: Option<&dyn Array>,
        connector: &Connector,
    ) -> Result<Mutate> {
        if !self.args.array_only {
            return Ok(consent::by_class());
        }
        let node = &connector.host;
        if let (Some(machine), Some(lun)) = (&self.machine, &facts.lun) {
            let devices = node::connect::devices_of(&**machine, &lun.wwid)?;
            if devices.is_empty() {
                return Ok(consent::by_class());
            }
            let devices: Vec<String> = devices
                .iter()
                .map(|d| d.disk.clone().unwrap_or_else(|| d.hctl.to_string()))
                .collect();
            let message = format!(
                "this node still has {name} as {}: nothing was changed",
                devices.join(", ")
            );
            return Err(Refusal::new(Kind::Refused, message)
                .hint(commands(self.app, name, Half::Node).detach)
                .into());
        }
        if let (Some(array), Some(iqn)) = (array, &connector.initiator)
            && let Some(initiators) = array.initiators()
        {
            let found = initiators.find(&Selector::Name(iqn.to_string()), &self.app.reading())?;
            if found.is_none_or(|initiator| !initiator.online) {
                return Ok(consent::by_class());
            }
        }
        let shown = vec![format!("node {node} is logged in to the array now")];
        let question = format!("Cut {name} off from {node} although it may be in use there?");
        if self.args.changing.dry_run {
            return Ok(consent::by_class());
        }
        consent::ask(self.app, &self.args.changing, &shown, &question)
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
