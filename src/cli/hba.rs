//! `sanctl hba …`: the adapters of this node and what they have logged in to. Reads only.

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::failure::Refusal;
use super::nouns::{ProtocolArg, end};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::kit::table::Column;
use crate::model::nouns::Protocol;
use crate::node::hba::{self, Hba};

/// `hba …`.
#[derive(Debug, Subcommand)]
pub enum HbaCommand {
    /// List adapters: Fibre Channel ports, and what carries iSCSI sessions
    #[command(before_help = "Examples:
  sanctl hba list
  sanctl hba list --protocol fc -o json | jq -r '.items[].wwpn'")]
    List(ListArgs),
    /// Show one adapter
    #[command(before_help = "Examples:
  sanctl hba show host2
  sanctl hba show 10:00:8c:7c:ff:40:9e:80 -o json")]
    Show(OneArgs),
    /// List the targets that adapters have logged in to, and their LUNs
    #[command(before_help = "Examples:
  sanctl hba targets
  sanctl hba targets host2")]
    Targets(TargetsArgs),
}

/// Filters of `hba list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only this protocol
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
}

/// An adapter by name.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// hostN, or its WWPN
    #[arg(value_name = "HBA")]
    pub hba: String,
}

/// Arguments of `hba targets`.
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// hostN, or its WWPN; by default all
    #[arg(value_name = "HBA")]
    pub hba: Option<String>,
}

const LIST: Shape = Shape {
    schema: "sanctl/hba",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("PROTOCOL", "protocol"),
        Column::new("STATE", "state"),
        Column::new("PORT", "wwpn").or("address"),
        Column::new("TARGETS", "targets"),
        Column::new("LUNS", "luns"),
        Column::new("SPEED", "speed"),
        Column::new("DRIVER", "driver").wide(),
        Column::new("WWNN", "wwnn").wide(),
        Column::new("INITIATOR", "initiator").wide(),
        Column::new("PCI", "pci").wide(),
    ],
    name: "name",
    none: "no adapter: software iSCSI has one for each session",
};

const DETAIL: Shape = Shape {
    schema: "sanctl/hba",
    columns: &[
        Column::new("NAME", "name"),
        Column::new("PROTOCOL", "protocol"),
        Column::new("STATE", "state"),
        Column::new("WWPN", "wwpn"),
        Column::new("WWNN", "wwnn"),
        Column::new("INITIATOR", "initiator"),
        Column::new("ADDRESS", "address"),
        Column::new("INTERFACE", "netdev"),
        Column::new("HARDWARE", "hwaddress"),
        Column::new("SPEED", "speed"),
        Column::new("CONNECTED", "port_type"),
        Column::new("PORT ID", "port_id"),
        Column::new("FABRIC", "fabric"),
        Column::new("DRIVER", "driver"),
        Column::new("MODEL", "model"),
        Column::new("FIRMWARE", "firmware"),
        Column::new("SAYS", "description"),
        Column::new("PCI", "pci"),
        Column::new("TARGETS", "targets"),
        Column::new("LUNS", "luns"),
    ],
    name: "name",
    none: "no adapter",
};

const TARGET: Shape = Shape {
    schema: "sanctl/hba-target",
    columns: &[
        Column::new("HBA", "hba"),
        Column::new("STATE", "state"),
        Column::new("TARGET", "target"),
        Column::new("AT", "portal").or("rport"),
        Column::new("LUNS", "luns"),
        Column::new("DISKS", "disks"),
        Column::new("ROLES", "roles").wide(),
        Column::new("PORT ID", "port_id").wide(),
        Column::new("SID", "sid").wide(),
        Column::new("CHANNEL", "channel").wide(),
        Column::new("ID", "scsi_id").wide(),
    ],
    name: "target",
    none: "no adapter has logged in to a target",
};

/// Runs an `hba` command.
///
/// # Errors
/// When sysfs cannot be read; exit 10 when there is no such adapter.
pub fn run(app: &App, command: &HbaCommand) -> Result<Kind> {
    let machine = app.machine()?;
    match command {
        HbaCommand::List(args) => {
            let wanted: Option<Protocol> = args.protocol.map(Into::into);
            let mut listing = app.printer.listing(LIST)?;
            for hba in hba::list(&*machine)? {
                let fits = wanted.is_none_or(|p| p == hba.protocol);
                if fits && !listing.push(serde_json::to_value(hba)?)? {
                    break;
                }
            }
            end(app, listing, LIST)
        }
        HbaCommand::Show(one) => {
            let all = hba::list(&*machine)?;
            let found = get(&all, &one.hba)?;
            let mut item = serde_json::to_value(found)?;
            if let Value::Object(map) = &mut item {
                map.insert("practice".into(), app.is_practice().into());
            }
            app.printer.item(DETAIL, &item)?;
            Ok(Kind::Done)
        }
        HbaCommand::Targets(args) => {
            let mut listing = app.printer.listing(TARGET)?;
            let only = match &args.hba {
                Some(name) => Some(get(&hba::list(&*machine)?, name)?.name.clone()),
                None => None,
            };
            for target in hba::targets(&*machine)? {
                let fits = only.as_ref().is_none_or(|name| *name == target.hba);
                if fits && !listing.push(serde_json::to_value(target)?)? {
                    break;
                }
            }
            end(app, listing, TARGET)
        }
    }
}

fn get<'a>(all: &'a [Hba], name: &str) -> Result<&'a Hba> {
    hba::find(all, name).ok_or_else(|| {
        let message = format!("there is no adapter {name}");
        Refusal::new(Kind::NotFound, message)
            .hint("sanctl hba list")
            .into()
    })
}
