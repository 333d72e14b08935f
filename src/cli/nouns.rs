//! Reading the array's objects: `list` and `show`, and the few verbs beside them.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;

use super::args::One;
use super::columns;
use super::edit;
use super::failure::Refusal;
use super::global::Changing;
use crate::app::App;
use crate::array::{Array, Catalog, Filter, Groups};
use crate::kit::kind::Kind;
use crate::kit::printer::{Format, Found, Listing, Shape};
use crate::model::edit::{Edit, GroupSort};
use crate::model::nouns::{GroupDetail, Protocol};
use crate::model::selector::Selector;

/// A protocol on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum ProtocolArg {
    /// iSCSI.
    Iscsi,
    /// Fibre Channel.
    Fc,
}

impl From<ProtocolArg> for Protocol {
    fn from(arg: ProtocolArg) -> Self {
        match arg {
            ProtocolArg::Iscsi => Self::Iscsi,
            ProtocolArg::Fc => Self::Fc,
        }
    }
}

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
}

/// Filters of `host list`.
#[derive(Debug, Args)]
pub struct HostFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Only hosts in no host group
    #[arg(long)]
    pub unused: bool,
}

/// `initiator …`.
#[derive(Debug, Subcommand)]
pub enum InitiatorCommand {
    /// List initiators
    #[command(before_help = "Examples:
  sanctl initiator list --free
  sanctl initiator list --host compute-2")]
    List(InitiatorFilter),
    /// Show one initiator
    #[command(before_help = "Examples:
  sanctl initiator show iqn.1994-05.com.redhat:83feeda2b41d")]
    Show(One),
}

/// Filters of `initiator list`.
#[derive(Debug, Args)]
pub struct InitiatorFilter {
    /// Only this protocol
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
    /// Only those bound to no host
    #[arg(long)]
    pub free: bool,
    /// Only those of this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only those logged in now
    #[arg(long, conflicts_with = "offline")]
    pub online: bool,
    /// Only those not logged in now
    #[arg(long)]
    pub offline: bool,
}

/// `hostgroup …`, `lungroup …`, `portgroup …`.
#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// List groups
    List(GroupFilter),
    /// Show one group, its members and the mappings that hold it
    Show(One),
    /// Make an empty group
    Create(New),
    /// Delete a group that is empty and in no mapping
    Delete(Gone),
}

/// An object that is to be made.
#[derive(Debug, Args)]
pub struct New {
    /// Its name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// An object that is to go.
#[derive(Debug, Args)]
pub struct Gone {
    /// Its name, or a selector such as id:4
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Filters of group lists.
#[derive(Debug, Args)]
pub struct GroupFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
}

/// `lun …`.
#[derive(Debug, Subcommand)]
pub enum LunCommand {
    /// List LUNs
    #[command(before_help = "Examples:
  sanctl lun list
  sanctl lun list --unmapped -o json | jq -r '.items[].name'")]
    List(LunFilter),
    /// Show one LUN
    #[command(before_help = "Examples:
  sanctl lun show vol-7
  sanctl lun show wwid:6a4c64f1001db63307a4e1700000001e")]
    Show(One),
    /// Show every host that sees a LUN, and through what
    #[command(before_help = "Examples:
  sanctl lun mappings vol-7")]
    Mappings(One),
    /// The verbs that change one.
    #[command(flatten)]
    Edit(edit::lun::LunEdit),
}

/// Filters of `lun list`.
#[derive(Debug, Args)]
pub struct LunFilter {
    /// Only LUNs of this pool
    #[arg(long, value_name = "POOL")]
    pub pool: Option<String>,
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Only LUNs that some initiator can see
    #[arg(long, conflicts_with = "unmapped")]
    pub mapped: bool,
    /// Only LUNs that no initiator can see
    #[arg(long)]
    pub unmapped: bool,
    /// Only LUNs that this host sees
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
}

/// `port …`.
#[derive(Debug, Subcommand)]
pub enum PortCommand {
    /// List front-end ports, and why one cannot be used
    #[command(before_help = "Examples:
  sanctl port list --usable")]
    List(PortFilter),
    /// Show one port
    #[command(before_help = "Examples:
  sanctl port show 172.24.3.150:3260")]
    Show(One),
}

/// Filters of `port list`.
#[derive(Debug, Args)]
pub struct PortFilter {
    /// Only this protocol
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,
    /// Only ports that can be used now
    #[arg(long)]
    pub usable: bool,
}

fn selector(text: &str) -> Result<Selector> {
    Ok(text.parse()?)
}

fn either(yes: bool, no: bool) -> Option<bool> {
    match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Runs a `host` command.
///
/// # Errors
/// Whatever the array says.
pub fn host(app: &App, command: &HostCommand) -> Result<Kind> {
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
            show(app, &*array, hosts, one, "host", columns::HOST)
        }
        HostCommand::Luns(one) => {
            let mut listing = app.printer.listing(columns::HOST_LUN)?;
            let mut failed = None;
            array.host_luns(&selector(&one.name)?, &app.reading(), &mut |lun| {
                push(&mut listing, &lun, None, &mut failed)
            })?;
            if let Some(error) = failed {
                return Err(error);
            }
            end(app, listing, columns::HOST_LUN)
        }
    }
}

/// Runs an `initiator` command.
///
/// # Errors
/// Whatever the array says.
pub fn initiator(app: &App, command: &InitiatorCommand) -> Result<Kind> {
    let array = app.array()?;
    let initiators = has(array.initiators(), &*array, "initiators")?;
    match command {
        InitiatorCommand::List(args) => {
            let filter = Filter {
                protocol: args.protocol.map(Into::into),
                unused: args.free,
                host: args.host.as_deref().map(selector).transpose()?,
                online: either(args.online, args.offline),
                ..Filter::default()
            };
            list(app, initiators, &filter, columns::INITIATOR)
        }
        InitiatorCommand::Show(one) => show(
            app,
            &*array,
            initiators,
            one,
            "initiator",
            columns::INITIATOR,
        ),
    }
}

/// Runs a `hostgroup`, `lungroup` or `portgroup` command.
///
/// # Errors
/// Whatever the array says.
pub fn group(app: &App, sort: GroupSort, command: &GroupCommand) -> Result<Kind> {
    let array = app.array()?;
    let (groups, word): (Option<&dyn Groups>, _) = match sort {
        GroupSort::Hosts => (array.hostgroups(), "host groups"),
        GroupSort::Luns => (array.lungroups(), "LUN groups"),
        GroupSort::Ports => (array.portgroups(), "port groups"),
    };
    let groups = has(groups, &*array, word)?;
    match command {
        GroupCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                ..Filter::default()
            };
            list(app, groups, &filter, columns::GROUP)
        }
        GroupCommand::Show(one) => {
            let detail: GroupDetail = groups.detail(&selector(&one.name)?, &app.reading())?;
            app.printer
                .item(columns::GROUP_DETAIL, &serde_json::to_value(detail)?)?;
            Ok(Kind::Done)
        }
        GroupCommand::Create(new) => {
            let name = new.name.clone();
            edit::run(app, &new.changing, &Edit::CreateGroup { sort, name })
        }
        GroupCommand::Delete(gone) => {
            let group = selector(&gone.name)?;
            edit::run(app, &gone.changing, &Edit::DeleteGroup { sort, group })
        }
    }
}

/// Runs a `lun` command.
///
/// # Errors
/// Whatever the array says.
pub fn lun(app: &App, command: &LunCommand) -> Result<Kind> {
    let array = app.array()?;
    match command {
        LunCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                pool: args.pool.clone(),
                mapped: either(args.mapped, args.unmapped),
                host: args.host.as_deref().map(selector).transpose()?,
                ..Filter::default()
            };
            list_of(app, array.luns(), &filter, columns::LUN, Some(array.name()))
        }
        LunCommand::Show(one) => show(app, &*array, array.luns(), one, "LUN", columns::LUN),
        LunCommand::Mappings(one) => {
            let mappings = array.lun_mappings(&selector(&one.name)?, &app.reading())?;
            let mut listing = app.printer.listing(columns::LUN_MAPPING)?;
            for mapping in mappings {
                if !listing.push(serde_json::to_value(mapping)?)? {
                    break;
                }
            }
            end(app, listing, columns::LUN_MAPPING)
        }
        LunCommand::Edit(command) => edit::lun::run(app, command),
    }
}

/// Runs a `port` command.
///
/// # Errors
/// Whatever the array says.
pub fn port(app: &App, command: &PortCommand) -> Result<Kind> {
    let array = app.array()?;
    match command {
        PortCommand::List(args) => {
            let filter = Filter {
                protocol: args.protocol.map(Into::into),
                online: args.usable.then_some(true),
                ..Filter::default()
            };
            list(app, array.ports(), &filter, columns::PORT)
        }
        PortCommand::Show(one) => show(app, &*array, array.ports(), one, "port", columns::PORT),
    }
}

/// Complains in the same words about every noun that an array lacks.
pub(super) fn has<'a, T: ?Sized>(
    noun: Option<&'a T>,
    array: &dyn Array,
    word: &str,
) -> Result<&'a T> {
    noun.ok_or_else(|| {
        let message = format!("array {} has no {word}", array.name());
        Refusal::new(Kind::Unsupported, message)
            .hint(format!("sanctl mapping list --array {}", array.name()))
            .into()
    })
}

pub(super) fn list<T: Serialize, C: Catalog<T> + ?Sized>(
    app: &App,
    catalog: &C,
    filter: &Filter,
    shape: Shape,
) -> Result<Kind> {
    list_of(app, catalog, filter, shape, None)
}

fn list_of<T: Serialize, C: Catalog<T> + ?Sized>(
    app: &App,
    catalog: &C,
    filter: &Filter,
    shape: Shape,
    array: Option<&str>,
) -> Result<Kind> {
    let mut listing = app.printer.listing(shape)?;
    let mut failed = None;
    catalog.each(filter, &app.reading(), &mut |object| {
        push(&mut listing, &object, array, &mut failed)
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    end(app, listing, shape)
}

/// Ends a listing, and says so where a table has no row.
pub(super) fn end(app: &App, listing: Listing<'_>, shape: Shape) -> Result<Kind> {
    if listing.finish(&[])? == Found::Nothing
        && matches!(app.printer.format(), Format::Table | Format::Wide)
    {
        app.note(shape.none);
    }
    Ok(Kind::Done)
}

/// Hands an object to a listing; keeps an error of stdout for afterwards.
fn push<T: Serialize>(
    listing: &mut Listing<'_>,
    object: &T,
    array: Option<&str>,
    failed: &mut Option<anyhow::Error>,
) -> ControlFlow<()> {
    let pushed = (|| -> Result<bool> {
        let mut value = serde_json::to_value(object)?;
        if let (Some(array), Value::Object(map)) = (array, &mut value) {
            map.insert("array".into(), array.into());
        }
        Ok(listing.push(value)?)
    })();
    match pushed {
        Ok(true) => ControlFlow::Continue(()),
        Ok(false) => ControlFlow::Break(()),
        Err(error) => {
            *failed = Some(error);
            ControlFlow::Break(())
        }
    }
}

pub(super) fn show<T: Serialize, C: Catalog<T> + ?Sized>(
    app: &App,
    array: &dyn Array,
    catalog: &C,
    one: &One,
    what: &'static str,
    shape: Shape,
) -> Result<Kind> {
    let selector = selector(&one.name)?;
    let found = catalog.find(&selector, &app.reading())?;
    let Some(object) = found else {
        return Err(crate::array::Error::NotFound {
            array: array.name().to_owned(),
            what,
            name: one.name.clone(),
        }
        .into());
    };
    let mut value = serde_json::to_value(object)?;
    if let Value::Object(map) = &mut value {
        map.entry("array").or_insert_with(|| array.name().into());
    }
    app.printer.item(shape, &value)?;
    Ok(Kind::Done)
}
