//! `hostgroup`, `lungroup`, `portgroup`: what goes into them and comes out.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::super::global::Changing;
use super::super::nouns::{self, GroupCommand};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::model::edit::{Edit, GroupSort};
use crate::model::ids::LunNumber;
use crate::model::selector::Selector;

/// `hostgroup …`.
#[derive(Debug, Subcommand)]
pub enum HostgroupCommand {
    /// The verbs of every group.
    #[command(flatten)]
    Common(GroupCommand),
    /// Put a host into a host group: it sees what the group sees
    AddHost(HostMember),
    /// Take a host out of a host group, after showing what it loses
    RemoveHost(HostMember),
}

/// `lungroup …`.
#[derive(Debug, Subcommand)]
pub enum LungroupCommand {
    /// The verbs of every group.
    #[command(flatten)]
    Common(GroupCommand),
    /// Put a LUN into a LUN group: the hosts of its mappings see it
    AddLun(NewLun),
    /// Take a LUN out of a LUN group, after showing who loses it
    RemoveLun(LunMember),
}

/// `portgroup …`.
#[derive(Debug, Subcommand)]
pub enum PortgroupCommand {
    /// The verbs of every group.
    #[command(flatten)]
    Common(GroupCommand),
    /// Put a port into a port group
    AddPort(PortMember),
    /// Take a port out of a port group
    RemovePort(PortMember),
}

/// A host group and a host.
#[derive(Debug, Args)]
pub struct HostMember {
    /// The host group
    #[arg(value_name = "GROUP")]
    pub group: String,
    /// The host
    #[arg(value_name = "HOST")]
    pub host: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A LUN group and a LUN that goes in.
#[derive(Debug, Args)]
pub struct NewLun {
    /// The LUN group
    #[arg(value_name = "GROUP")]
    pub group: String,
    /// The LUN, or a snapshot
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// The number that the hosts shall see it by; without it the array chooses
    #[arg(long, value_name = "N")]
    pub lun_number: Option<LunNumber>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A LUN group and a LUN.
#[derive(Debug, Args)]
pub struct LunMember {
    /// The LUN group
    #[arg(value_name = "GROUP")]
    pub group: String,
    /// The LUN, or a snapshot
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A port group and a port.
#[derive(Debug, Args)]
pub struct PortMember {
    /// The port group
    #[arg(value_name = "GROUP")]
    pub group: String,
    /// The port: its address, location, WWPN or id:ID
    #[arg(value_name = "PORT")]
    pub port: String,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

fn selector(text: &str) -> Result<Selector> {
    Ok(text.parse()?)
}

fn add(
    app: &App,
    sort: GroupSort,
    (group, member): (&str, &str),
    number: Option<LunNumber>,
    changing: &Changing,
) -> Result<Kind> {
    let edit = Edit::AddMember {
        sort,
        group: selector(group)?,
        member: selector(member)?,
        number,
    };
    super::run(app, changing, &edit)
}

fn remove(
    app: &App,
    sort: GroupSort,
    (group, member): (&str, &str),
    changing: &Changing,
) -> Result<Kind> {
    let edit = Edit::RemoveMember {
        sort,
        group: selector(group)?,
        member: selector(member)?,
    };
    super::run(app, changing, &edit)
}

/// Runs a `hostgroup` command.
///
/// # Errors
/// Whatever the array says.
pub fn hosts(app: &App, command: &HostgroupCommand) -> Result<Kind> {
    let sort = GroupSort::Hosts;
    match command {
        HostgroupCommand::Common(command) => nouns::group(app, sort, command),
        HostgroupCommand::AddHost(args) => {
            let pair = (args.group.as_str(), args.host.as_str());
            add(app, sort, pair, None, &args.changing)
        }
        HostgroupCommand::RemoveHost(args) => {
            let pair = (args.group.as_str(), args.host.as_str());
            remove(app, sort, pair, &args.changing)
        }
    }
}

/// Runs a `lungroup` command.
///
/// # Errors
/// Whatever the array says.
pub fn luns(app: &App, command: &LungroupCommand) -> Result<Kind> {
    let sort = GroupSort::Luns;
    match command {
        LungroupCommand::Common(command) => nouns::group(app, sort, command),
        LungroupCommand::AddLun(args) => {
            let pair = (args.group.as_str(), args.lun.as_str());
            add(app, sort, pair, args.lun_number, &args.changing)
        }
        LungroupCommand::RemoveLun(args) => {
            let pair = (args.group.as_str(), args.lun.as_str());
            remove(app, sort, pair, &args.changing)
        }
    }
}

/// Runs a `portgroup` command.
///
/// # Errors
/// Whatever the array says.
pub fn ports(app: &App, command: &PortgroupCommand) -> Result<Kind> {
    let sort = GroupSort::Ports;
    match command {
        PortgroupCommand::Common(command) => nouns::group(app, sort, command),
        PortgroupCommand::AddPort(args) => {
            let pair = (args.group.as_str(), args.port.as_str());
            add(app, sort, pair, None, &args.changing)
        }
        PortgroupCommand::RemovePort(args) => {
            let pair = (args.group.as_str(), args.port.as_str());
            remove(app, sort, pair, &args.changing)
        }
    }
}
