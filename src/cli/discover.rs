//! `sanctl discover`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::consent;
use super::failure::Refusal;
use super::flow::own_connector;
use super::nouns::end;
use crate::app::App;
use crate::array::{Array, Filter};
use crate::attachment::sides::{Row, compare};
use crate::kit::kind::Kind;
use crate::kit::printer::{Format, Shape};
use crate::kit::table::Column;
use crate::model::connector::Connector;
use crate::model::ids::Iqn;
use crate::model::nouns::{HostLun, Protocol};
use crate::model::portal::Portal;
use crate::node::discover;

/// How long it may take.
const TIME: Duration = Duration::from_secs(60);

const SIDES: Shape = Shape {
    schema: "sanctl/discovery",
    columns: &[
        Column::new("WHAT", "what"),
        Column::new("NAME", "name"),
        Column::new("STATE", "state"),
        Column::new("EVIDENCE", "evidence"),
        Column::new("WWID", "wwid").wide(),
    ],
    name: "name",
    none: "the array maps nothing to this node, and the node has nothing of it",
};

const TARGETS: Shape = Shape {
    schema: "sanctl/target",
    columns: &[
        Column::new("PORTAL", "portal"),
        Column::new("TPGT", "tpgt"),
        Column::new("TARGET", "iqn"),
        Column::new("RECORD", "record"),
    ],
    name: "iqn",
    none: "the portal names no target",
};

/// Arguments of `discover`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl discover                       this node and the array side by side
  sanctl discover --portal 10.0.0.1     the targets that a portal names
  sanctl discover --portal 10.0.0.1 --save   and a record for each that has none

It logs in nowhere. Exit code 3: something is on one side only, each with the
command that mends it.")]
pub struct DiscoverArgs {
    /// Ask this portal for its targets; writes nothing
    #[arg(long, value_name = "ADDR[:PORT]")]
    pub portal: Option<Portal>,

    /// With --portal: make a record for each target that has none
    #[arg(long, requires = "portal")]
    pub save: bool,
}

/// Runs `discover`.
///
/// # Errors
/// A node, array or portal that cannot be asked.
pub fn run(app: &App, args: &DiscoverArgs) -> Result<Kind> {
    match args.portal {
        Some(portal) => targets(app, portal, args.save),
        None => sides(app),
    }
}

fn targets(app: &App, portal: Portal, save: bool) -> Result<Kind> {
    let machine = app.machine()?;
    let bounds = app.bounds("discovery", TIME);
    let mut listing = app.printer.listing(TARGETS)?;
    for at in discover::targets_at(&*machine, portal, &bounds)? {
        let record = if save {
            let _held = app.locks().take(&format!("iscsi:{}", at.iqn), &bounds)?;
            match discover::save(&*machine, &at, &bounds, &consent::by_class())? {
                true => "added",
                false => "known",
            }
        } else {
            match discover::is_known(&*machine, &at) {
                Ok(true) => "known",
                Ok(false) => "none",
                // Only root may read them; the targets are told all the same.
                Err(_) => "unknown",
            }
        };
        listing.push(json!({"portal": at.portal.to_string(), "tpgt": at.tpgt,
            "iqn": at.iqn.as_str(), "record": record}))?;
    }
    end(app, listing, TARGETS)
}

fn sides(app: &App) -> Result<Kind> {
    let machine = app.machine()?;
    let connector = own_connector(app, &*machine, Protocol::Iscsi)?;
    let array = app.array()?;
    let luns = mapped(app, &*array, &connector)?;
    let mut targets: BTreeSet<Iqn> = BTreeSet::new();
    let bounds = app.reading();
    let filter = Filter {
        protocol: Some(Protocol::Iscsi),
        ..Filter::default()
    };
    array.ports().each(&filter, &bounds, &mut |port| {
        targets.extend(port.iqn);
        ControlFlow::Continue(())
    })?;
    let rows = compare(&luns, &targets, &discover::look(&*machine)?);
    let mut listing = app.printer.listing(SIDES)?;
    for row in &rows {
        listing.push(serde_json::to_value(row)?)?;
    }
    end(app, listing, SIDES)?;
    let findings: Vec<&Row> = rows.iter().filter(|row| row.is_finding()).collect();
    if matches!(app.printer.format(), Format::Table | Format::Wide) {
        for row in &findings {
            if let Some(fix) = &row.fix {
                app.progress.note(&format!("fix  {}: {fix}", row.name));
            }
        }
    }
    Ok(if findings.is_empty() {
        Kind::Done
    } else {
        Kind::Findings
    })
}

/// What the array shows to this node's initiator, through whatever host or igroup; nothing when it
/// does not know it.
///
/// # Errors
/// When the array does not answer or refuses.
pub fn mapped(app: &App, array: &dyn Array, connector: &Connector) -> Result<Vec<HostLun>> {
    if array.initiators().is_none() {
        let message = format!("array {} has no hosts to compare with", array.name());
        return Err(Refusal::new(Kind::Unsupported, message).into());
    }
    let mut luns = Vec::new();
    if let Some(iqn) = &connector.initiator {
        array.initiator_luns(iqn.as_str(), &app.reading(), &mut |lun| {
            luns.push(lun);
            ControlFlow::Continue(())
        })?;
    }
    Ok(luns)
}
