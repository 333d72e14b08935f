//! `sanctl attach`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use super::consent;
use super::failure::Refusal;
use super::flow::{
    Ended, Ground, Half, check_names, commands, conclude, deliver, lun_names, own_connector,
    own_connector_if_named, parse_paths, publishes,
};
use super::global::Changing;
use super::goal::GoalArgs;
use super::jobs::{in_turn, parse_jobs};
use super::nouns::ProtocolArg;
use super::other::{described, known_of, of_other};
use super::plan::{self, Print};
use super::watch::answer_signals;
use super::whose::Whose;
use crate::app::App;
use crate::array::Array;
use crate::attachment::attach::{Request, attach, attachment_id};
use crate::attachment::goal::Goal;
use crate::attachment::lookup;
use crate::attachment::report::{AttachmentReport, Commands};
use crate::attachment::walk::OnFailure;
use crate::config::Paths;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::connection::Connection;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::ids::{LunNumber, Wwid};
use crate::model::nouns::Protocol;
use crate::model::other_connection::OtherConnection;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;
use crate::node::connect::{Mode, Multipath, Startup};
use crate::step::{Aim, Stage, State};
use crate::system::{Machine, files};

/// How long an attach may take.
const TIME: Duration = Duration::from_secs(120);

/// What becomes of a failed attach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OnFailureArg {
    /// Take back what this run made.
    Undo,
    /// Leave it; a later attach goes on.
    Keep,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// What may be done with the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ModeArg {
    /// Read and write.
    Rw,
    /// Only read.
    Ro,
}

/// What `--emit` prints in place of the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Emit {
    /// os-brick's dictionary, with the wwid; a CHAP secret is masked.
    ConnectionInfo,
}

/// Arguments of `attach`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl attach vol-7                         print the device when it is proven
  dev=$(sanctl attach vol-7 -q) && blkid $dev
  sanctl attach vol-7 --dry-run               what would be done
  sanctl attach vol-7 --dry-run --print wire  as curl, iscsiadm and echo lines
  sanctl attach vol-7 --array-only --connector node11.json -o json
  sanctl attach --node-only --connection-info conn.json")]
pub struct AttachArgs {
    /// LUNs by name, or id:… wwid:… uuid:…; - reads names from stdin
    #[arg(value_name = "LUN", required_unless_present = "connection_info")]
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

    /// The protocol
    #[arg(long, value_enum, value_name = "PROTOCOL", default_value = "iscsi")]
    pub protocol: ProtocolArg,

    /// Hand over a multipath map of all paths, and nothing else; default: node.multipath
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "yes"
    )]
    pub multipath: Option<YesNo>,

    /// Whether the device can be written; with ro this node's kernel refuses it until the detach
    #[arg(long, value_enum, value_name = "MODE", default_value = "rw")]
    pub mode: ModeArg,

    /// The host group to map to, in place of the node's own, whoever else is in it; on ONTAP only
    #[arg(long, value_name = "GROUP", conflicts_with_all = ["node_only", "connection_info"])]
    pub hostgroup: Option<Selector>,

    /// How many paths to want, and below how many to fail
    #[arg(long, value_name = "want=N,min=N", value_parser = parse_paths)]
    pub paths: Option<Paths>,

    /// The LUN may be mapped to other hosts as well
    #[arg(long)]
    pub shared: bool,

    /// The number that this node sees the LUN under; the array chooses without
    #[arg(
        long,
        value_name = "N",
        conflicts_with_all = ["node_only", "connection_info"]
    )]
    pub lun_number: Option<LunNumber>,

    /// The node logs in again at boot; undone by detach
    #[arg(long, conflicts_with = "array_only")]
    pub persist: bool,

    /// How many LUNs to work on at once; changes to one host still go one by one
    #[arg(long, value_name = "N", default_value = "1", value_parser = parse_jobs)]
    pub jobs: usize,

    /// What becomes of this run's work if it fails
    #[arg(long, value_enum, value_name = "WHAT", default_value = "undo")]
    pub on_failure: OnFailureArg,

    /// Only the array's half: make the LUN visible, log in nowhere
    #[arg(long, conflicts_with = "node_only")]
    pub array_only: bool,

    /// Of which node.
    #[command(flatten)]
    pub whose: Whose,

    /// Only the node's half: the array has been prepared already
    #[arg(long)]
    pub node_only: bool,

    /// The node's half from this connection_info; no array is needed (- reads stdin)
    #[arg(long, value_name = "FILE", conflicts_with = "array_only")]
    pub connection_info: Option<String>,

    /// With --connection-info: the identity that every path must prove
    #[arg(long, value_name = "WWID", requires = "connection_info")]
    pub wwid: Option<Wwid>,

    /// How far to go.
    #[command(flatten)]
    pub goal: GoalArgs,

    /// Print this in place of the device
    #[arg(long, value_enum, value_name = "WHAT")]
    pub emit: Option<Emit>,

    /// With --emit: the same with the CHAP secret, into a file that only its owner can read
    #[arg(long, value_name = "FILE", requires = "emit")]
    pub secrets_to: Option<PathBuf>,
}

/// Who attaches what, read from the arguments once.
struct Plan<'a> {
    app: &'a App,
    args: &'a AttachArgs,
    protocol: Protocol,
    /// What `--connection-info` says.
    info: Option<Connection>,
    machine: Option<Arc<dyn Machine>>,
    array: Option<Arc<dyn Array>>,
    connector: Option<Connector>,
    node: String,
    /// What the connection info describes, if that is nothing of a SAN.
    other: Option<OtherConnection>,
}

/// Runs `attach`.
///
/// # Errors
/// Wrong arguments, or what concerns all LUNs alike.
pub fn run(app: &App, args: &AttachArgs) -> Result<Kind> {
    let names = match (&args.connection_info, lun_names(&args.luns)?) {
        (Some(_), names) if names.len() > 1 => {
            return Err(Refusal::usage("--connection-info describes one LUN").into());
        }
        (Some(_), names) if names.is_empty() => vec![String::new()],
        (_, names) => {
            check_names(&names)?;
            if args.lun_number.is_some() && names.len() > 1 {
                return Err(Refusal::usage("--lun-number is of one LUN").into());
            }
            names
        }
    };
    let plan = Plan::new(app, args)?;
    if args.changing.dry_run {
        return plan.dry_run(&names);
    }
    answer_signals(app);
    let bounds = app.bounds("attach", TIME);
    let ground = Ground::new(
        app,
        plan.machine.as_ref(),
        bounds.clone(),
        consent::by_class(),
    );
    let ends = in_turn(&names, args.jobs, |name| {
        if app.stop.requested().is_some() {
            return None;
        }
        if names.len() > 1 && args.jobs == 1 {
            app.note(&format!("{name}:"));
        }
        let request = plan.request(name).and_then(|mut request| {
            request.goal = args.goal.of(&request, &bounds)?;
            Ok(request)
        });
        Some(match request {
            Ok(request) => Ended::of(app, attach(&request, &ground.env())),
            Err(error) => Ended::refused(app, name, &plan.node, error),
        })
    });
    if args.emit == Some(Emit::ConnectionInfo) {
        return emit(app, args, &ends);
    }
    conclude(app, &ends, &|report| line(app, args, report))
}

/// Refuses what no work can be begun with, before anything is looked at.
fn understood(args: &AttachArgs) -> Result<()> {
    if args.connection_info.is_some() && args.luns.len() > 1 {
        return Err(Refusal::usage("--connection-info describes one LUN").into());
    }
    Ok(())
}

/// What stdout says of one LUN where no JSON is wanted.
fn line(app: &App, args: &AttachArgs, report: &AttachmentReport) -> Option<String> {
    if report
        .kind
        .is_none_or(|k| !matches!(k, Kind::Done | Kind::Degraded))
    {
        return None;
    }
    if report.state == "partial" {
        let last = report.steps.iter().rfind(|s| s.state == State::Present);
        let last = last.map_or("the steps asked for", |s| s.key.as_str());
        app.note(&format!(
            "{} ends after {last}, as asked: its journal stays open",
            report.lun
        ));
        return None;
    }
    if app.printer.format() != Format::Name {
        notes(app, args, report);
    }
    if args.array_only {
        if app.printer.format() == Format::Name {
            return Some(report.lun.clone());
        }
        let connection = report.facts.connection.as_ref()?;
        let lines = connection.targets.iter().map(|t| {
            let number = t
                .lun_number
                .map_or_else(|| "-".to_owned(), |n| n.to_string());
            format!("{}  {}  lun number {number}", t.at.portal, t.at.iqn)
        });
        let ports = connection.ports.iter().map(|port| {
            let number = port
                .lun_number
                .map_or_else(|| "-".to_owned(), |n| n.to_string());
            format!("{}  lun number {number}", port.wwpn)
        });
        return Some(lines.chain(ports).collect::<Vec<_>>().join("\n"));
    }
    report.device.clone()
}

/// What stderr says of a LUN that is attached.
fn notes(app: &App, args: &AttachArgs, report: &AttachmentReport) {
    let (device, state) = if args.array_only {
        ("", "mapped")
    } else {
        ("the device is a plain file, ", "attached")
    };
    if report.practice {
        app.note(&format!(
            "PRACTICE: {device}no array and no kernel was touched"
        ));
    }
    if !report.changed {
        app.note(&format!(
            "{} was {state} already: nothing was changed",
            report.lun
        ));
    }
}

fn emit(app: &App, args: &AttachArgs, ends: &[Ended]) -> Result<Kind> {
    let secrets_to = args.secrets_to.as_deref();
    deliver(app, ends, || {
        let mut secret = String::new();
        for end in ends.iter().filter(|end| end.error.is_none()) {
            if let Some(other) = &end.report.facts.other {
                app.printer.line(&other.to_info().to_string())?;
                secret.push_str(&format!("{}\n", other.to_info()));
            }
            if let Some(mut connection) = end.report.facts.connection.clone() {
                connection.read_only |= args.mode == ModeArg::Ro;
                app.printer.line(&connection.to_info(false).to_string())?;
                secret.push_str(&format!("{}\n", connection.to_info(true)));
            }
        }
        if let Some(file) = secrets_to {
            files::write_private(file, &secret).context("cannot write the connection info")?;
        }
        Ok(())
    })
}

impl<'a> Plan<'a> {
    fn new(app: &'a App, args: &'a AttachArgs) -> Result<Self> {
        understood(args)?;
        let (info, other) = described(app, args)?;
        let asked = Protocol::from(args.protocol);
        let protocol = info.as_ref().map_or(asked, |info| info.protocol);
        let array = if args.node_only || args.connection_info.is_some() {
            None
        } else {
            Some(app.array()?)
        };
        if let Some(array) = &array {
            publishes(&**array, protocol)?;
        }
        let node_side = !args.array_only;
        let machine = if node_side || !args.whose.is_told() {
            Some(app.machine()?)
        } else {
            None
        };
        let connector = match (args.whose.told(app, protocol)?, &machine) {
            (Some(told), _) => Some(told),
            // Files need no initiator; and which protocol a journal speaks of is known LUN by LUN.
            (None, Some(machine)) if other.is_some() || (args.node_only && info.is_none()) => {
                Some(own_connector_if_named(app, &**machine)?.0)
            }
            (None, Some(machine)) => Some(own_connector(app, &**machine, protocol)?),
            (None, None) => None,
        };
        let connector = connector.map(|mut connector| {
            if let Some(told) = args.multipath {
                connector.multipath = told == YesNo::Yes;
            }
            connector
        });
        let node = connector
            .as_ref()
            .map(|c| c.host.clone())
            .unwrap_or_default();
        Ok(Self {
            app,
            args,
            protocol,
            info,
            machine,
            array,
            connector,
            node,
            other,
        })
    }

    fn request(&self, name: &str) -> Result<Request> {
        let facts = self.facts(name)?;
        let told = facts.connection.as_ref().map(|c| c.protocol);
        let protocol = told.unwrap_or(self.protocol);
        if let (Some(machine), Some(connector)) = (&self.machine, &self.connector)
            && protocol == Protocol::Iscsi
            && connector.initiator.is_none()
            && facts.other.is_none()
        {
            // Says what is wrong with the name.
            own_connector(self.app, &**machine, protocol)?;
        }
        let lun = match attachment_id(&facts) {
            // A connection info names no LUN: its identity does, or where it is.
            Some(id) if name.is_empty() => id,
            _ => name.to_owned(),
        };
        let half = match (&self.args.connection_info, self.args.array_only) {
            (Some(file), _) if self.other.is_some() => Half::Other(file),
            (Some(file), _) => Half::Info(file, self.args.wwid.as_ref()),
            (None, true) => Half::Array(&self.args.whose),
            (None, false) if self.args.node_only => Half::Node,
            (None, false) => Half::Both,
        };
        let commands = commands(self.app, &lun, half).over(protocol);
        Ok(Request {
            lun,
            node: self.node.clone(),
            connector: self.connector.clone(),
            protocol,
            stages: self.stages(name, &facts, &commands)?,
            commands,
            facts,
            on_failure: match self.args.on_failure {
                OnFailureArg::Undo => OnFailure::Undo,
                OnFailureArg::Keep => OnFailure::Keep,
            },
            goal: Goal::Whole,
        })
    }

    /// Whether the device is to be a map: as asked here, else as configured.
    fn multipath(&self) -> Multipath {
        match (self.args.multipath, self.app.config.node.multipath) {
            (Some(YesNo::Yes), _) | (None, Some(true)) => Multipath::Yes,
            (Some(YesNo::No), _) => Multipath::No,
            (None, Some(false) | None) => Multipath::AsFound,
        }
    }

    /// What is known before any look: from the connection info, or from the journal of the
    /// array's half.
    fn facts(&self, name: &str) -> Result<Facts> {
        let mut facts = Facts::none();
        if let Some(other) = &self.other {
            // What was handed over before is told by its journal alone.
            facts = known_of(self.app, &self.node, other)?;
        } else if let Some(info) = &self.info {
            facts.lun_number = info.lun_number();
            facts.connection = Some(info.clone());
        } else if self.args.node_only {
            let selector: Selector = name.parse()?;
            let journals = self.app.journals();
            let array = self.app.global.array.as_deref();
            let found = lookup::find(&journals, &self.node, array, &selector)?;
            facts = found.map(|f| f.facts()).unwrap_or_default();
            if facts.connection.is_none() && facts.other.is_none() {
                return Err(Refusal::usage(format!(
                    "{name} has no journal that tells where to log in"
                ))
                .hint(
                    "give --connection-info FILE, from attach --array-only --emit connection-info",
                )
                .into());
            }
        }
        Ok(facts)
    }

    fn stages(
        &self,
        name: &str,
        facts: &Facts,
        commands: &Commands,
    ) -> Result<Vec<Box<dyn Stage>>> {
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        if let (Some(array), Some(connector)) = (&self.array, &self.connector) {
            let avoid = match &self.machine {
                Some(machine) if !self.args.array_only => node::connect::kernel_luns(&**machine)?,
                _ => Vec::new(),
            };
            stages.push(array.publish(&Publication {
                lun: name.parse()?,
                connector: connector.clone(),
                protocol: self.protocol,
                shared: self.args.shared,
                hostgroup: self.args.hostgroup.clone(),
                avoid,
                lun_number: self.args.lun_number,
            }));
        }
        if let (Some(other), Some(machine)) = (&facts.other, &self.machine) {
            return Ok(vec![of_other(machine, other, commands)]);
        }
        if let Some(machine) = &self.machine
            && !self.args.array_only
        {
            let paths = self.args.paths.or(self.app.config.node.paths);
            stages.push(node::connect::stage(
                Arc::clone(machine),
                node::connect::Wish {
                    paths,
                    protocol: Some(self.protocol),
                    lun: (!name.is_empty()).then(|| name.to_owned()),
                    multipath: self.multipath(),
                    mode: match self.args.mode {
                        ModeArg::Ro => Mode::ReadOnly,
                        ModeArg::Rw => Mode::ReadWrite,
                    },
                    startup: if self.args.persist {
                        Startup::Automatic
                    } else {
                        Startup::Manual
                    },
                    ..node::connect::Wish::default()
                },
            ));
        }
        Ok(stages)
    }

    fn dry_run(&self, names: &[String]) -> Result<Kind> {
        let mut plans = Vec::new();
        for name in names {
            let request = self.request(name)?;
            let mut made = crate::attachment::plan::plan(
                &request.lun,
                &request.node,
                request.facts,
                &request.stages,
                Aim::Attach,
                &|_| true,
                &self.app.bounds("planning", TIME),
            )?;
            self.args.goal.narrow(&mut made)?;
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
