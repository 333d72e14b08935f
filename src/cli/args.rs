//! The command tree.

use clap::{Args, Parser, Subcommand};

use super::global::Global;
use super::{array, attach, connection, connector, detach, mapping, nouns, sim, status};

/// Attach, detach, inspect and repair SAN volumes, one provable step at a time.
#[derive(Debug, Parser)]
#[command(
    name = "sanctl",
    version,
    about,
    before_help = "Examples:
  sanctl attach vol-7            make LUN vol-7 a disk of this machine, print its device
  sanctl status vol-7            which step of its attachment is broken
  sanctl detach vol-7            take it away again, safely
  sanctl attach vol-7 --dry-run  the same steps as commands to type by hand
  sanctl array test              can the configured array be used?

Without any configuration file these work on a built-in practice array.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// Arguments of every verb.
    #[command(flatten)]
    pub global: Global,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The flows and the nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a LUN visible and usable on this node; prints the device
    Attach(attach::AttachArgs),
    /// Take a LUN away from this node and from its mapping, safely
    Detach(detach::DetachArgs),
    /// Show every step of an attachment with its evidence; reads only
    Status(status::StatusArgs),
    /// The arrays of the configuration
    #[command(subcommand)]
    Array(array::ArrayCommand),
    /// The array's hosts
    #[command(subcommand)]
    Host(nouns::HostCommand),
    /// The initiators that the array knows
    #[command(subcommand)]
    Initiator(nouns::InitiatorCommand),
    /// The array's host groups
    #[command(subcommand)]
    Hostgroup(nouns::GroupCommand),
    /// The array's LUN groups
    #[command(subcommand)]
    Lungroup(nouns::GroupCommand),
    /// The array's port groups
    #[command(subcommand)]
    Portgroup(nouns::GroupCommand),
    /// Mappings: which hosts see which LUNs through which ports
    #[command(subcommand)]
    Mapping(mapping::MappingCommand),
    /// The array's LUNs
    #[command(subcommand)]
    Lun(nouns::LunCommand),
    /// The array's front-end ports
    #[command(subcommand)]
    Port(nouns::PortCommand),
    /// What this node tells an array about itself
    #[command(subcommand)]
    Connector(connector::ConnectorCommand),
    /// What an array tells a node: where to log in
    #[command(subcommand)]
    Connection(connection::ConnectionCommand),
    /// The practice array
    #[command(subcommand)]
    Sim(sim::SimCommand),
}

/// An object by name.
#[derive(Debug, Clone, Args)]
pub struct One {
    /// Its name, or id:… wwid:… uuid:… for an exact field
    #[arg(value_name = "NAME")]
    pub name: String,
}
