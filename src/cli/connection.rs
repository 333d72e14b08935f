//! `sanctl connection …`.

use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::columns;
use super::failure::Refusal;
use super::flow::{Half, commands, own_connector, protocol_of};
use super::nouns::ProtocolArg;
use super::whose::Whose;
use crate::app::App;
use crate::array::Array;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::connection::FcTarget;
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::ids::Wwpn;
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::step::{Aim, Cx, Look, State};

/// How long it may take.
const TIME: Duration = Duration::from_secs(30);

/// `connection …`.
#[derive(Debug, Subcommand)]
pub enum ConnectionCommand {
    /// Show where a node would log in for a LUN that is mapped to it now; reads only
    #[command(before_help = "Examples:
  sanctl connection show vol-7
  sanctl connection show vol-7 --host compute-2
  sanctl connection show vol-7 --connector node11.json -o json")]
    Show(ShowArgs),
}

/// Arguments of `connection show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The LUN by name, or id:… wwid:… uuid:…
    #[arg(value_name = "LUN")]
    pub lun: String,

    /// Another node's connector (- reads stdin)
    #[arg(long, value_name = "FILE")]
    pub connector: Option<String>,

    /// The node whose host on the array this is
    #[arg(long, value_name = "HOST", conflicts_with = "connector")]
    pub host: Option<String>,

    /// The protocol; without, iSCSI unless the node has ports of Fibre Channel only
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
}

/// Runs a `connection` command.
///
/// # Errors
/// Exit 10 when the LUN is not mapped to the node.
pub fn run(app: &App, command: &ConnectionCommand) -> Result<Kind> {
    let ConnectionCommand::Show(args) = command;
    app.printer.check(columns::CONNECTION)?;
    let given = args.protocol.map(Protocol::from);
    let whose = Whose {
        connector: args.connector.clone(),
        host: args.host.clone(),
    };
    let connector = match whose.told_of(app, given)? {
        Some(told) => told,
        None => own_connector(app, &*app.machine()?, given.unwrap_or(Protocol::Iscsi))?,
    };
    let node = connector.host.clone();
    let array = app.array()?;
    let protocol = protocol_of(&*array, given, &connector)?;
    let facts = read(app, &*array, &args.lun, connector, protocol)?;
    let mapped = facts.lun_number.is_some();
    let Some(connection) = facts.connection.filter(|_| mapped) else {
        let message = format!("{} is not mapped to {node}", args.lun);
        return Err(Refusal::new(Kind::NotFound, message)
            .hint(
                commands(app, &args.lun, Half::Array(&whose))
                    .over(protocol)
                    .attach,
            )
            .into());
    };
    let info: Value = connection.to_info(false);
    match app.printer.format() {
        Format::Name => {
            for target in &connection.targets {
                app.printer.line(&target.at.portal.to_string())?;
            }
            for port in &connection.ports {
                app.printer.line(port.wwpn.as_str())?;
            }
        }
        Format::Table | Format::Wide if protocol == Protocol::Fc => {
            let rows: Vec<Vec<String>> = connection.ports.iter().map(fabric_row).collect();
            app.printer.rows(&["PORT", "NUMBER", "FROM"], &rows)?;
        }
        Format::Table | Format::Wide => {
            let rows: Vec<Vec<String>> = connection
                .targets
                .iter()
                .map(|target| {
                    let number = target
                        .lun_number
                        .map_or_else(|| "-".into(), |n| n.to_string());
                    vec![
                        target.at.portal.to_string(),
                        number,
                        target.at.iqn.to_string(),
                    ]
                })
                .collect();
            app.printer.rows(&["PORTAL", "NUMBER", "TARGET"], &rows)?;
        }
        _ => app.printer.item(columns::CONNECTION, &info)?,
    }
    Ok(Kind::Done)
}

/// A port of the array, the number there, and the node's ports that come to it.
fn fabric_row(port: &FcTarget) -> Vec<String> {
    let number = port
        .lun_number
        .map_or_else(|| "-".into(), |n| n.to_string());
    let from: Vec<&str> = port.initiators.iter().map(Wwpn::as_str).collect();
    let from = if from.is_empty() {
        "-".to_owned()
    } else {
        from.join(" ")
    };
    vec![port.wwpn.to_string(), number, from]
}

/// What the array would tell this node about a LUN now; without a number while it is not mapped.
///
/// # Errors
/// Whatever the array says.
pub(super) fn read(
    app: &App,
    array: &dyn Array,
    lun: &str,
    connector: Connector,
    protocol: Protocol,
) -> Result<Facts> {
    let stage = array.publish(&Publication {
        lun: lun.parse()?,
        connector,
        protocol,
        shared: true,
        hostgroup: None,
        avoid: Vec::new(),
        lun_number: None,
    });
    let bounds = app.bounds("reading", TIME);
    let read = || -> Result<Facts, crate::step::Error> {
        stage.enter(&bounds)?;
        let mut facts = Facts::none();
        let surveyed = stage.survey(
            &Cx {
                facts: &facts,
                bounds: &bounds,
            },
            Aim::Status,
        )?;
        facts.merge(surveyed);
        for step in crate::attachment::flow::flat(&stage.steps(&facts, Aim::Status)?) {
            let finding = step.check(
                &Cx {
                    facts: &facts,
                    bounds: &bounds,
                },
                Look::Survey,
            )?;
            if matches!(finding.state, State::Present | State::Degraded) {
                facts.merge(finding.facts);
            }
        }
        Ok(facts)
    };
    let facts = read();
    stage.leave();
    Ok(facts.map_err(|cause| crate::attachment::Error::Stage {
        stage: "publish",
        cause,
    })?)
}
