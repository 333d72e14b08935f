//! `sanctl host …`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::args::One;
use super::columns;
use super::edit;
use super::nouns::{Gone, end, has, list, push, selector, show};
use crate::app::App;
use crate::array::{Array, Filter};
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::model::selector::Selector;

/// `host …`.
#[derive(Debug, Subcommand)]
pub enum HostCommand {
    /// List hosts
    #[command(before_help = "Examples:
  sanctl host list
  sanctl host list --name 'compute-*' -o name")]
    List(HostFilter),
    /// Show one host
    #[command(before_help = "Examples:
  sanctl host show compute-2
  sanctl host show id:4 -o json")]
    Show(One),
    /// List the LUNs that a host sees, with their numbers
    #[command(before_help = "Examples:
  sanctl host luns compute-2
  sanctl host luns compute-2 --sort number")]
    Luns(One),
    /// List the paths from a host's initiators to the array's ports
    #[command(before_help = "Examples:
  sanctl host paths compute-2
  sanctl host paths compute-2 -o json")]
    Paths(One),
    /// Make a host that has nothing yet
    #[command(before_help = "Examples:
  sanctl host create compute-2
  sanctl host create esx-4 --os 7 --description 'rack 4'")]
    Create(edit::host::CreateArgs),
    /// Set how a host is given its paths (V6 arrays)
    #[command(before_help = "Examples:
  sanctl host set compute-2 --access-mode asymmetric")]
    Set(edit::host::SetArgs),
    /// Delete a host that has no initiator, no group and no mapping
    #[command(before_help = "Examples:
  sanctl host delete compute-2
  sanctl host delete id:4 --dry-run")]
    Delete(Gone),
}

/// Filters of `host list`.
#[derive(Debug, Args)]
pub struct HostFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Only hosts without an initiator and in no host group
    #[arg(long)]
    pub unused: bool,
}

/// Runs a `host` command.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &HostCommand) -> Result<Kind> {
    let array = app.array()?;
    match command {
        HostCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                unused: args.unused,
                ..Filter::default()
            };
            list(
                app,
                has(array.hosts(), &*array, "hosts")?,
                &filter,
                columns::HOST,
            )
        }
        HostCommand::Show(one) => {
            let hosts = has(array.hosts(), &*array, "hosts")?;
            show(app, &*array, hosts, &one.name, "host", columns::HOST)
        }
        HostCommand::Luns(one) => {
            let host = selector(&one.name)?;
            luns(app, &*array, Some(&host), columns::HOST_LUN)
        }
        HostCommand::Paths(one) => paths(app, &*array, &selector(&one.name)?),
        HostCommand::Create(args) => edit::host::create(app, args),
        HostCommand::Set(args) => edit::host::set(app, args),
        HostCommand::Delete(gone) => edit::host::delete(app, gone),
    }
}

/// The LUNs of a host; none of them without a host.
pub(super) fn luns(
    app: &App,
    array: &dyn Array,
    host: Option<&Selector>,
    shape: Shape,
) -> Result<Kind> {
    let mut listing = app.printer.listing(shape)?;
    let mut failed = None;
    if let Some(host) = host {
        array.host_luns(host, &app.reading(), &mut |lun| {
            push(&mut listing, &lun, None, &mut failed)
        })?;
    }
    if let Some(error) = failed {
        return Err(error);
    }
    end(app, listing, shape)
}

/// The paths of a host; an initiator without one is told apart.
fn paths(app: &App, array: &dyn Array, host: &Selector) -> Result<Kind> {
    let bounds = app.reading();
    let paths = array.host_paths(host, &bounds)?;
    let mut without = Vec::new();
    let filter = Filter {
        host: Some(host.clone()),
        ..Filter::default()
    };
    has(array.initiators(), array, "initiators")?.each(&filter, &bounds, &mut |found| {
        if !paths.iter().any(|p| p.initiator == found.id) {
            without.push(found.id);
        }
        ControlFlow::Continue(())
    })?;
    let mut listing = app.printer.listing(columns::HOST_PATH)?;
    for path in &paths {
        if !listing.push(serde_json::to_value(path)?)? {
            break;
        }
    }
    let kind = end(app, listing, columns::HOST_PATH)?;
    for initiator in without {
        app.note(&format!("initiator {initiator} has no path"));
    }
    Ok(kind)
}
