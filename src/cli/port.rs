//! `sanctl port …`: the array's front-end ports, and why one cannot be used.

use std::ops::ControlFlow;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::One;
use super::columns;
use super::connection;
use super::flow::{own_connector, own_connector_if_named};
use super::nouns::{ProtocolArg, end, show};
use super::whose::Whose;
use crate::app::App;
use crate::array::{Array, Filter, Viewer, Ways};
use crate::kit::kind::Kind;
use crate::model::nouns::{Protocol, TargetPort};
use crate::model::portal::Portal;
use crate::model::selector::Selector;
use crate::node;

/// How long a portal gets to answer.
const PROBE: Duration = Duration::from_secs(3);

/// `port …`.
#[derive(Debug, Subcommand)]
pub enum PortCommand {
    /// List front-end ports, and why one cannot be used
    #[command(before_help = "Examples:
  sanctl port list --usable
  sanctl port list --for vol-7 --host compute-2
  sanctl port list --probe")]
    List(ListArgs),
    /// Show one port
    #[command(before_help = "Examples:
  sanctl port show 172.24.3.150:3260")]
    Show(One),
}

/// Filters of `port list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only this protocol
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
    /// Only ports that can be used now
    #[arg(long)]
    pub usable: bool,
    /// Tell which of them lead to this LUN
    #[arg(long = "for", value_name = "LUN")]
    pub lun: Option<String>,
    /// With --for: from the node of this host; without, from this node
    #[arg(long, value_name = "HOST", requires = "lun")]
    pub host: Option<String>,
    /// Knock at every portal from this node; logs in nowhere
    #[arg(long)]
    pub probe: bool,
}

/// Runs a `port` command.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &PortCommand) -> Result<Kind> {
    let array = app.array()?;
    match command {
        PortCommand::List(args) => list(app, &*array, args),
        PortCommand::Show(one) => {
            let ports = array.ports();
            show(app, &*array, ports, &one.name, "port", columns::PORT)
        }
    }
}

fn list(app: &App, array: &dyn Array, args: &ListArgs) -> Result<Kind> {
    let mut listing = app.printer.listing(columns::PORT)?;
    let mut ports: Vec<TargetPort> = Vec::new();
    let filter = Filter {
        protocol: args.protocol.map(Into::into),
        ..Filter::default()
    };
    array
        .ports()
        .each(&filter, &app.reading(), &mut |port: TargetPort| {
            ports.push(port);
            ControlFlow::Continue(())
        })?;
    if let Some(lun) = &args.lun {
        narrow(app, array, lun, args, &mut ports)?;
    }
    let mut reached = vec![Value::Null; ports.len()];
    if args.probe {
        let portals: Vec<Portal> = ports.iter().filter_map(|p| p.portal).collect();
        let dead = node::probe::knock(&*app.machine()?, &portals, PROBE);
        for (port, reached) in ports.iter_mut().zip(&mut reached) {
            let Some(portal) = port.portal else { continue };
            let why = dead.get(&portal);
            *reached = why.is_none().into();
            if let Some(why) = why {
                because(port, format!("this node: {why}"));
            }
        }
    }
    for (port, reached) in ports.iter().zip(reached) {
        if args.usable && !port.state.usable {
            continue;
        }
        let mut value = serde_json::to_value(port)?;
        if let Value::Object(map) = &mut value {
            map.insert("reachable".into(), reached);
        }
        if !listing.push(json!(value))? {
            break;
        }
    }
    end(app, listing, columns::PORT)
}

/// A port that cannot be used, for this reason if there is no better one.
fn because(port: &mut TargetPort, why: String) {
    port.state.usable = false;
    port.why_not.get_or_insert(why);
}

fn unmapped(app: &App, lun: &str, node: &str) {
    app.note(&format!(
        "{lun} is not mapped to {node}: the ports are those that an attach would use"
    ));
}

/// Marks the ports that do not lead from the node to the LUN, each with the array's reason.
fn tell(app: &App, lun: &str, node: &str, ways: &Ways, ports: &mut [TargetPort]) {
    if !ways.mapped {
        unmapped(app, lun, node);
    }
    for port in ports {
        match ways.why_not.get(&port.id) {
            Some(None) => {}
            Some(Some(why)) => because(port, why.clone()),
            None => because(port, format!("is no port for {}", ways.protocol.word())),
        }
    }
}

/// Marks the ports by which the node does not come to the LUN.
fn narrow(
    app: &App,
    array: &dyn Array,
    lun: &str,
    args: &ListArgs,
    ports: &mut [TargetPort],
) -> Result<()> {
    let given = args.protocol.map(Protocol::from);
    let selector: Selector = lun.parse()?;
    let host: Option<Selector> = args.host.as_ref().map(|h| h.parse()).transpose()?;
    if let (Some(host), Some(name)) = (&host, &args.host) {
        let ways = array.ways(&selector, Viewer::Host(host), given, &app.reading())?;
        if let Some(ways) = ways {
            tell(app, lun, name, &ways, ports);
            return Ok(());
        }
    }
    let whose = Whose {
        connector: None,
        host: args.host.clone(),
    };
    let connector = match whose.told(app, Protocol::Iscsi)? {
        Some(told) => told,
        None => {
            let machine = app.machine()?;
            let (own, _) = own_connector_if_named(app, &*machine)?;
            let from = Viewer::Node(&own);
            if let Some(ways) = array.ways(&selector, from, given, &app.reading())? {
                tell(app, lun, &own.host, &ways, ports);
                return Ok(());
            }
            own_connector(app, &*machine, Protocol::Iscsi)?
        }
    };
    let node = connector.host.clone();
    let facts = connection::read(app, array, lun, connector, Protocol::Iscsi)?;
    if facts.lun_number.is_none() {
        unmapped(app, lun, &node);
    }
    let targets = facts.connection.map(|c| c.targets).unwrap_or_default();
    for port in ports {
        let leads = targets
            .iter()
            .any(|t| Some(t.at.portal) == port.portal && Some(&t.at.iqn) == port.iqn.as_ref());
        if !leads {
            because(port, format!("it does not lead {node} to {lun}"));
        }
    }
    Ok(())
}
