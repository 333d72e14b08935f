//! Reading the array's objects: `list` and `show`, and the few verbs beside them.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;

use super::args::{One, OneLun};
use super::columns;
use super::edit;
use super::failure::Refusal;
use super::global::Changing;
use super::names::{All, Noun, Seen};
use crate::app::App;
use crate::array::{Array, Catalog, Filter, Groups};
use crate::kit::kind::Kind;
use crate::kit::printer::{Found, Listing, Shape};
use crate::model::edit::{Edit, GroupSort};
use crate::model::nouns::{GroupDetail, Protocol};
use crate::model::selector::Selector;

/// A protocol on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
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

/// `hostgroup …`, `lungroup …`, `portgroup …`; `N` is what making one takes.
#[derive(Debug, Subcommand)]
pub enum GroupCommand<N: Args = New> {
    /// Show one group, its members and the mappings that hold it
    Show(One),
    /// Make a group
    Create(N),
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

/// What the arguments of making a group come to.
pub trait NewGroup {
    /// The change.
    fn edit(&self, sort: GroupSort) -> Edit;
    /// What every changing verb takes.
    fn changing(&self) -> &Changing;
}

impl NewGroup for New {
    fn edit(&self, sort: GroupSort) -> Edit {
        let name = self.name.clone();
        Edit::CreateGroup { sort, name }
    }

    fn changing(&self) -> &Changing {
        &self.changing
    }
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
    Show(OneLun),
    /// Show every host that sees a LUN, and through what
    #[command(before_help = "Examples:
  sanctl lun mappings vol-7")]
    Mappings(OneLun),
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

pub(super) fn selector(text: &str) -> Result<Selector> {
    Ok(text.parse()?)
}

pub(super) fn either(yes: bool, no: bool) -> Option<bool> {
    match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The groups of one sort, and what to say of them where there are none.
fn groups(array: &dyn Array, sort: GroupSort) -> Result<(&dyn Groups, &'static str)> {
    let (groups, word, none): (Option<&dyn Groups>, _, _) = match sort {
        GroupSort::Hosts => (array.hostgroups(), "host groups", "no host group found"),
        GroupSort::Luns => (array.lungroups(), "LUN groups", "no LUN group found"),
        GroupSort::Ports => (array.portgroups(), "port groups", "no port group found"),
    };
    Ok((has(groups, array, word)?, none))
}

/// Runs `hostgroup list`, `lungroup list` or `portgroup list`.
///
/// # Errors
/// Whatever the array says.
pub(super) fn list_groups(app: &App, sort: GroupSort, filter: &Filter) -> Result<Kind> {
    let array = app.array()?;
    let (groups, none) = groups(&*array, sort)?;
    let shape = Shape {
        none,
        ..columns::GROUP
    };
    let noun = Noun::find(sort.noun());
    list_of(app, groups, filter, shape, None, noun)
}

/// Runs a verb that every sort of group has.
///
/// # Errors
/// Whatever the array says.
pub fn group<N: Args + NewGroup>(
    app: &App,
    sort: GroupSort,
    command: &GroupCommand<N>,
) -> Result<Kind> {
    match command {
        GroupCommand::Show(one) => {
            let array = app.array()?;
            let (groups, _) = groups(&*array, sort)?;
            let detail: GroupDetail = groups.detail(&selector(&one.name)?, &app.reading())?;
            app.printer
                .item(columns::GROUP_DETAIL, &serde_json::to_value(detail)?)?;
            Ok(Kind::Done)
        }
        GroupCommand::Create(new) => edit::run(app, new.changing(), &new.edit(sort)),
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
            let name = Some(array.name());
            list_of(
                app,
                array.luns(),
                &filter,
                columns::LUN,
                name,
                Some(Noun::Lun),
            )
        }
        LunCommand::Show(one) => show(app, &*array, array.luns(), &one.name, "LUN", columns::LUN),
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
    let noun = shape.schema.rsplit('/').next().and_then(Noun::find);
    list_of(app, catalog, filter, shape, None, noun)
}

fn list_of<T: Serialize, C: Catalog<T> + ?Sized>(
    app: &App,
    catalog: &C,
    filter: &Filter,
    shape: Shape,
    array: Option<&str>,
    noun: Option<Noun>,
) -> Result<Kind> {
    let mut listing = app.printer.listing(shape)?;
    let mut failed = None;
    let mut seen = Seen::default();
    let mut all = match *filter == Filter::default() {
        true => All::Yes,
        false => All::No,
    };
    catalog.each(filter, &app.reading(), &mut |object| {
        if noun.is_some()
            && let Ok(Value::Object(map)) = serde_json::to_value(&object)
            && let Some(name) = map.get("name").and_then(Value::as_str)
        {
            seen.add(name);
        }
        let flow = push(&mut listing, &object, array, &mut failed);
        if flow.is_break() {
            all = All::No;
        }
        flow
    })?;
    if let (Some(noun), Ok(array)) = (noun, app.array_name()) {
        seen.keep(app, &array, noun, all);
    }
    if let Some(error) = failed {
        return Err(error);
    }
    end(app, listing, shape)
}

/// Ends a listing, and says so where a table has no row.
pub(super) fn end(app: &App, listing: Listing<'_>, shape: Shape) -> Result<Kind> {
    if listing.finish(&app.gaps())? == Found::Nothing && app.printer.is_for_people() {
        app.note(shape.none);
    }
    Ok(Kind::Done)
}

/// Hands an object to a listing; keeps an error of stdout for afterwards.
pub(super) fn push<T: Serialize>(
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

/// The one object of that name; none is an error.
pub(super) fn get<T, C: Catalog<T> + ?Sized>(
    app: &App,
    array: &dyn Array,
    catalog: &C,
    name: &str,
    what: &'static str,
) -> Result<T> {
    let found = catalog.find(&selector(name)?, &app.reading())?;
    found.ok_or_else(|| {
        crate::array::Error::NotFound {
            array: array.name().to_owned(),
            what,
            name: name.to_owned(),
        }
        .into()
    })
}

pub(super) fn show<T: Serialize, C: Catalog<T> + ?Sized>(
    app: &App,
    array: &dyn Array,
    catalog: &C,
    name: &str,
    what: &'static str,
    shape: Shape,
) -> Result<Kind> {
    let object = get(app, array, catalog, name, what)?;
    let mut value = serde_json::to_value(object)?;
    if let Value::Object(map) = &mut value {
        map.entry("array").or_insert_with(|| array.name().into());
    }
    app.printer.item(shape, &value)?;
    Ok(Kind::Done)
}
