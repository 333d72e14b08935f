//! `sanctl status`.

mod again;
mod table;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::discover;
use super::flow::{
    Ended, Half, check_names, commands, kind_of_all, own_connector_if_named, print_data,
    protocol_of, tell_all,
};
use super::nouns::ProtocolArg;
use super::other::{has_no_array, meant, of_other, other_of};
use super::whose::Whose;
use crate::app::App;
use crate::attachment::journal::{Found, Journals};
use crate::attachment::ledger::Ledger;
use crate::attachment::status::{Request, status};
use crate::kit::bounds::Bounds;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::connector::Connector;
use crate::model::facts::ArrayFact;
use crate::model::ids::Wwid;
use crate::model::nouns::Protocol;
use crate::model::other_connection::OtherConnection;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;
use crate::step::Stage;
use crate::system::Machine;

use self::again::Goal;
pub use self::table::table;

/// Said when nothing was named and nothing is there.
const NONE: &str = "no attachment has an open journal on this node";

/// How long a status may take.
const TIME: Duration = Duration::from_secs(30);

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl status vol-7              one row per phase, with the evidence
  sanctl status vol-7 -o wide      every step
  sanctl status                    every attachment that has an open journal
  sanctl status --all              and all else that the array shows this node
  sanctl status vol-7 --node-only  without the array
  sanctl status vol-7 --wait present --timeout 2m
  sanctl status vol-7 --watch      again whenever something has changed

Exit code 0: whole, or wholly absent. 3: something is missing, differs or is in doubt.
With --wait: 5 when it has not come to that in time.")]
pub struct StatusArgs {
    /// LUNs by name, or id:… wwid:… uuid:… dev:…; none = all with an open journal
    #[arg(value_name = "LUN")]
    pub luns: Vec<String>,

    /// What this connection_info describes, if it is of no SAN: a file, a share, an AoE device
    #[arg(long, value_name = "FILE", conflicts_with_all = ["luns", "all", "array_only"])]
    pub connection_info: Option<String>,

    /// All with an open journal, and all that the array shows to this node
    #[arg(long, conflicts_with = "luns")]
    pub all: bool,

    /// Look again until it is so
    #[arg(long, value_enum, value_name = "STATE")]
    pub wait: Option<Goal>,

    /// Look again and again, and show what has changed
    #[arg(long, conflicts_with = "wait")]
    pub watch: bool,

    /// Only what this node shows; no array is asked
    #[arg(long, conflicts_with = "array_only")]
    pub node_only: bool,

    /// Only what the array shows
    #[arg(long)]
    pub array_only: bool,

    /// Of which node.
    #[command(flatten)]
    pub whose: Whose,

    /// The protocol; without, that of the attach
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
}

/// Runs `status`.
///
/// # Errors
/// Wrong arguments, or what concerns all LUNs alike.
pub fn run(app: &App, args: &StatusArgs) -> Result<Kind> {
    if args.wait.is_none() && !args.watch {
        let sight = Sight::of(app, args)?;
        return print(app, &sight.look(&|| app.bounds("status", TIME))?);
    }
    let sight = match app.is_practice() {
        false => Some(Sight::of(app, args)?),
        true => None,
    };
    let look = |bounds: &dyn Fn() -> Bounds| match &sight {
        Some(sight) => sight.look(bounds),
        // Commands take turns on the practice array: whoever waits lets others work in between.
        None => {
            let turn = App::new(app.global.clone(), app.stop.clone())?;
            let ends = Sight::of(&turn, args)?.look(bounds);
            turn.close();
            ends
        }
    };
    match args.wait {
        Some(goal) => again::wait(app, goal, &look),
        None => again::watch(app, &look),
    }
}

/// Where to look, read from the arguments once.
struct Sight<'a> {
    app: &'a App,
    args: &'a StatusArgs,
    machine: Arc<dyn Machine>,
    connector: Connector,
    journals: Journals,
    /// What the connection info describes.
    other: Option<OtherConnection>,
}

impl<'a> Sight<'a> {
    fn of(app: &'a App, args: &'a StatusArgs) -> Result<Self> {
        let machine = app.machine()?;
        let connector = match args.whose.told_of(app, args.protocol.map(Protocol::from))? {
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
        let other = args.connection_info.as_deref();
        let other = other.map(|file| other_of(app, file)).transpose()?;
        Ok(Self {
            other,
            app,
            args,
            machine,
            connector,
            journals: app.journals(),
        })
    }

    /// One look at everything that was named, each LUN within limits of its own.
    fn look(&self, bounds: &dyn Fn() -> Bounds) -> Result<Vec<Ended>> {
        let names = self.names()?;
        check_names(&names)?;
        let ledger = Ledger::of(&self.journals.list_all()?);
        let mut ends = Vec::new();
        for name in &names {
            ends.push(match self.request(name) {
                Ok(request) => Ended::of(self.app, status(&request, &ledger, &bounds())),
                Err(error) if names.len() == 1 => return Err(error),
                Err(error) => Ended::refused(self.app, name, &self.connector.host, error),
            });
        }
        Ok(ends)
    }

    /// The LUNs, as a command names them.
    fn names(&self) -> Result<Vec<String>> {
        if let Some(other) = &self.other {
            return Ok(vec![other.id()]);
        }
        if !self.args.luns.is_empty() {
            return Ok(self.args.luns.clone());
        }
        let called = |id: &str| match id.parse::<Wwid>() {
            Ok(_) => format!("wwid:{id}"),
            Err(_) => format!("name:{id}"),
        };
        let mut names: Vec<String> = Vec::new();
        for journal in self.journals.list_open()? {
            let opened = journal.opened();
            if let Some(opened) = opened.filter(|o| o.node == self.connector.host) {
                names.push(called(&opened.id));
            }
        }
        if self.args.all && !self.args.node_only {
            let array = self.app.array()?;
            for lun in discover::mapped(self.app, &*array, &self.connector)? {
                let name = match &lun.wwid {
                    Some(wwid) => format!("wwid:{wwid}"),
                    None => format!("id:{}", lun.id),
                };
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    fn request(&self, name: &str) -> Result<Request> {
        let (app, args) = (self.app, self.args);
        let host = &self.connector.host;
        let (selector, journal) = meant(app, Some(&*self.machine), host, name)?;
        let mut facts = journal.as_ref().map(Found::facts).unwrap_or_default();
        if let Some(other) = &self.other {
            facts.other.get_or_insert_with(|| other.clone());
        }
        if let Some(other) = facts.other.clone() {
            has_no_array(args.array_only)?;
            let half = match &args.connection_info {
                Some(file) => Half::Other(file),
                None => Half::Node,
            };
            let commands = commands(app, name, half);
            return Ok(Request {
                lun: name.to_owned(),
                stages: vec![of_other(&self.machine, &other, &commands)],
                commands,
                node: host.clone(),
                facts,
                journal,
            });
        }
        let mut stages: Vec<Box<dyn Stage>> = Vec::new();
        let mut over = Protocol::Iscsi;
        let known = journal.as_ref().and_then(Found::opened);
        let bare = journal.as_ref().is_some_and(Found::is_bare);
        if !args.node_only && !bare {
            let array = match known.and_then(|o| o.array.as_ref()) {
                Some(ArrayFact { name, .. }) => app.array_called(name)?,
                None => app.array()?,
            };
            let lun = facts.lun.as_ref().map(|l| Selector::Id(l.id.clone()));
            let mut connector = self.connector.clone();
            // The names that this was attached under.
            if let Some(then) = known.and_then(|o| o.connector.as_ref()) {
                connector.recall(then);
            }
            let then = known.map(|o| o.protocol);
            let then = then.or(args.protocol.map(Protocol::from));
            let protocol = protocol_of(&*array, then, &connector)?;
            over = protocol;
            stages.push(array.publish(&Publication {
                lun: lun.unwrap_or_else(|| selector.clone()),
                connector,
                protocol,
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
            commands: commands(app, name, half).over(over),
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
                app.note(NONE);
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
