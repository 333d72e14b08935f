//! `lun`: made, grown, deleted, mapped and unmapped.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::super::global::Changing;
use super::super::nouns::Gone;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::size::parse_size;
use crate::model::edit::{Edit, LunState, Party};
use crate::model::ids::LunNumber;

/// The writing verbs of `lun`.
#[derive(Debug, Subcommand)]
pub enum LunEdit {
    /// Make a LUN visible to a host, or to the hosts of a group
    #[command(before_help = "Examples:
  sanctl lun map vol-7 --host compute-2
  sanctl lun map vol-7 --host compute-2 --lun-number 12 --dry-run
  sanctl lun map vol-7 --hostgroup cluster-1-hosts")]
    Map(MapArgs),
    /// Take a LUN from a host, from the hosts of a group, or from everybody
    #[command(
        before_help = "Examples:
  sanctl lun unmap vol-7 --host compute-2
  sanctl lun unmap vol-7 --all-hosts --dry-run",
        override_usage = "sanctl lun unmap [OPTIONS] <LUN> --host <HOST>\n       sanctl lun unmap [OPTIONS] <LUN> --hostgroup <GROUP>\n       sanctl lun unmap [OPTIONS] <LUN> --all-hosts"
    )]
    Unmap(UnmapArgs),
    /// Make a thin LUN
    #[command(before_help = "Examples:
  sanctl lun create vol-9 --size 10GiB --pool StoragePool001")]
    Create(CreateArgs),
    /// Make a LUN larger; never smaller
    #[command(before_help = "Examples:
  sanctl lun resize vol-9 --size 20GiB")]
    Resize(ResizeArgs),
    /// Delete a LUN that is not mapped, and its data
    #[command(before_help = "Examples:
  sanctl lun delete vol-9
  sanctl lun delete vol-9 --confirm vol-9")]
    Delete(Gone),
    /// Have the array answer for a LUN again, where it has such a state
    #[command(before_help = "Examples:
  sanctl lun online /vol/vol1/lun1")]
    Online(Gone),
    /// Have the array refuse a LUN to everybody, where it has such a state
    #[command(before_help = "Examples:
  sanctl lun offline /vol/vol1/lun1 --dry-run")]
    Offline(Gone),
}

/// Arguments of `lun map`.
#[derive(Debug, Args)]
pub struct MapArgs {
    /// The LUN, or a snapshot
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// The host that shall see it
    #[arg(long, value_name = "HOST", required_unless_present = "hostgroup")]
    pub host: Option<String>,
    /// The host group whose hosts shall see it
    #[arg(long, value_name = "GROUP", conflicts_with = "host")]
    pub hostgroup: Option<String>,
    /// The number that they shall see it by; without it the array chooses
    #[arg(long, value_name = "N")]
    pub lun_number: Option<LunNumber>,
    /// By a mapping of this LUN and this host alone (Dorado V6 and later)
    #[arg(long)]
    pub direct: bool,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `lun unmap`.
#[derive(Debug, Args)]
#[group(skip)]
pub struct UnmapArgs {
    /// The LUN, or a snapshot
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// From whom.
    #[command(flatten)]
    pub from: From,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// From whom a LUN is taken.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct From {
    /// From this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// From the hosts of this host group
    #[arg(long, value_name = "GROUP")]
    pub hostgroup: Option<String>,
    /// From every host, and out of every LUN group
    #[arg(long)]
    pub all_hosts: bool,
}

/// Arguments of `lun create`.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Its size: a number and a unit, as 10GiB or 500GB
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub size: u64,
    /// The storage pool it lives in
    #[arg(long, value_name = "POOL")]
    pub pool: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `lun resize`.
#[derive(Debug, Args)]
pub struct ResizeArgs {
    /// The LUN
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// Its new size: a number and a unit, as 20GiB
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub size: u64,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

fn party(host: Option<&String>, hostgroup: Option<&String>) -> Result<Party> {
    Ok(match (host, hostgroup) {
        (Some(host), _) => Party::Host(host.parse()?),
        (None, Some(group)) => Party::HostGroup(group.parse()?),
        (None, None) => Party::AllHosts,
    })
}

fn state(one: &Gone, state: LunState) -> Result<Edit> {
    let lun = one.name.parse()?;
    Ok(Edit::SetLunState { lun, state })
}

/// Runs one of these verbs.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &LunEdit) -> Result<Kind> {
    let (edit, changing) = match command {
        LunEdit::Map(args) => {
            let edit = Edit::MapLun {
                lun: args.lun.parse()?,
                to: party(args.host.as_ref(), args.hostgroup.as_ref())?,
                number: args.lun_number,
                direct: args.direct,
            };
            (edit, &args.changing)
        }
        LunEdit::Unmap(args) => {
            let edit = Edit::UnmapLun {
                lun: args.lun.parse()?,
                from: party(args.from.host.as_ref(), args.from.hostgroup.as_ref())?,
            };
            (edit, &args.changing)
        }
        LunEdit::Create(args) => {
            let edit = Edit::CreateLun {
                name: args.name.clone(),
                size_bytes: args.size,
                pool: args.pool.parse()?,
            };
            (edit, &args.changing)
        }
        LunEdit::Resize(args) => {
            let edit = Edit::ResizeLun {
                lun: args.lun.parse()?,
                size_bytes: args.size,
            };
            (edit, &args.changing)
        }
        LunEdit::Delete(gone) => {
            let lun = gone.name.parse()?;
            (Edit::DeleteLun { lun }, &gone.changing)
        }
        LunEdit::Online(one) => (state(one, LunState::Online)?, &one.changing),
        LunEdit::Offline(one) => (state(one, LunState::Offline)?, &one.changing),
    };
    super::run(app, changing, &edit)
}
