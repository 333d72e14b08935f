//! `hostgroup`, `lungroup`, `portgroup`: what goes into them and comes out.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use super::super::global::Changing;
use super::super::nouns::{self, GroupCommand, NewGroup};
use crate::app::App;
use crate::array::Filter;
use crate::kit::kind::Kind;
use crate::model::edit::{Edit, GroupProtocol, GroupSort, InitiatorName};
use crate::model::ids::LunNumber;
use crate::model::selector::Selector;

/// `hostgroup …`.
#[derive(Debug, Subcommand)]
pub enum HostgroupCommand {
    /// List groups
    List(HostgroupFilter),
    /// The verbs of every group.
    #[command(flatten)]
    Common(GroupCommand<NewHostgroup>),
    /// Put a host into a host group: it sees what the group sees
    AddHost(HostMember),
    /// Take a host out of a host group, after showing what it loses
    RemoveHost(HostMember),
    /// Put an initiator into a host group, where groups hold initiators
    AddInitiator(InitiatorMember),
    /// Take an initiator out of a host group, where groups hold initiators
    RemoveInitiator(InitiatorMember),
}

/// `lungroup …`.
#[derive(Debug, Subcommand)]
pub enum LungroupCommand {
    /// List groups
    List(LungroupFilter),
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
    /// List groups
    List(PortgroupFilter),
    /// The verbs of every group.
    #[command(flatten)]
    Common(GroupCommand),
    /// Put a port into a port group
    AddPort(PortMember),
    /// Take a port out of a port group
    RemovePort(PortMember),
}

/// Arguments of `hostgroup create`.
#[derive(Debug, Args)]
pub struct NewHostgroup {
    /// Its name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What it holds, where groups hold initiators; without it what its initiators are
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<GroupProtocolArg>,
    /// The operating system of its hosts, where groups have one [default: linux]
    #[arg(long, value_name = "OS")]
    pub os: Option<String>,
    /// An IQN or WWPN that goes into it; may be repeated
    #[arg(long, value_name = "INITIATOR")]
    pub initiator: Vec<InitiatorName>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// The protocols of a host group on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GroupProtocolArg {
    /// iSCSI.
    Iscsi,
    /// Fibre Channel.
    Fc,
    /// Both.
    Mixed,
}

impl NewGroup for NewHostgroup {
    fn edit(&self, sort: GroupSort) -> Edit {
        let name = self.name.clone();
        let protocol = self.protocol.map(|protocol| match protocol {
            GroupProtocolArg::Iscsi => GroupProtocol::Iscsi,
            GroupProtocolArg::Fc => GroupProtocol::Fc,
            GroupProtocolArg::Mixed => GroupProtocol::Mixed,
        });
        if protocol.is_none() && self.os.is_none() && self.initiator.is_empty() {
            return Edit::CreateGroup { sort, name };
        }
        Edit::CreateHostGroup {
            name,
            protocol,
            os: self.os.clone(),
            initiators: self.initiator.clone(),
        }
    }

    fn changing(&self) -> &Changing {
        &self.changing
    }
}

/// Filters of `hostgroup list`.
#[derive(Debug, Args)]
pub struct HostgroupFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Only groups with this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only groups with the host of this initiator
    #[arg(long, value_name = "INITIATOR")]
    pub initiator: Option<String>,
    /// Only groups with nothing in them
    #[arg(long)]
    pub empty: bool,
}

/// Filters of `lungroup list`.
#[derive(Debug, Args)]
pub struct LungroupFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Only groups with this LUN
    #[arg(long, value_name = "LUN")]
    pub lun: Option<String>,
    /// Only groups with nothing in them
    #[arg(long)]
    pub empty: bool,
}

/// Filters of `portgroup list`.
#[derive(Debug, Args)]
pub struct PortgroupFilter {
    /// Only names that match this pattern (* and ?)
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
}

/// A host group and an initiator.
#[derive(Debug, Args)]
pub struct InitiatorMember {
    /// The host group
    #[arg(value_name = "GROUP")]
    pub group: String,
    /// Its IQN or WWPN
    #[arg(value_name = "INITIATOR")]
    pub initiator: InitiatorName,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
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
        HostgroupCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                host: args.host.as_deref().map(selector).transpose()?,
                initiator: args.initiator.clone(),
                unused: args.empty,
                ..Filter::default()
            };
            nouns::list_groups(app, sort, &filter)
        }
        HostgroupCommand::Common(command) => nouns::group(app, sort, command),
        HostgroupCommand::AddHost(args) => {
            let pair = (args.group.as_str(), args.host.as_str());
            add(app, sort, pair, None, &args.changing)
        }
        HostgroupCommand::RemoveHost(args) => {
            let pair = (args.group.as_str(), args.host.as_str());
            remove(app, sort, pair, &args.changing)
        }
        HostgroupCommand::AddInitiator(args) => {
            let edit = Edit::AddInitiator {
                group: selector(&args.group)?,
                initiator: args.initiator.clone(),
            };
            super::run(app, &args.changing, &edit)
        }
        HostgroupCommand::RemoveInitiator(args) => {
            let edit = Edit::RemoveInitiator {
                group: selector(&args.group)?,
                initiator: args.initiator.clone(),
            };
            super::run(app, &args.changing, &edit)
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
        LungroupCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                lun: args.lun.as_deref().map(selector).transpose()?,
                unused: args.empty,
                ..Filter::default()
            };
            nouns::list_groups(app, sort, &filter)
        }
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
        PortgroupCommand::List(args) => {
            let filter = Filter {
                name: args.name.clone(),
                ..Filter::default()
            };
            nouns::list_groups(app, sort, &filter)
        }
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
