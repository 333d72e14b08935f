//! The command tree.

use clap::{Args, Parser, Subcommand};

use super::global::Global;
use super::{
    adopt, array, attach, collect, completions, config, connection, connector, detach, device,
    discover, edit, explain, hba, host, initiator, journal, mapping, nouns, port, schema, session,
    sim, status, trace,
};

/// Attach and detach the LUNs of a storage array, one provable step at a time.
#[derive(Debug, Parser)]
#[command(
    name = "sanctl",
    version,
    about,
    before_help = "Examples:
  sanctl attach vol-1            make LUN vol-1 a disk here, print its device
  sanctl status vol-1            which step of its attachment is broken
  sanctl detach vol-1            take it away again, safely
  sanctl attach vol-1 --dry-run  what that would do; changes nothing
  sanctl lun list                what there is
  sanctl array test              can the configured array be used?

Without a configuration file these work on a built-in practice array,
whose LUNs are vol-1 to vol-4: no root, nothing real is touched.",
    after_help = "Exit codes: 0 done, 1 failed, 2 usage, 3 findings, 4 something is left,
5 unreachable, 6 denied, 7 refused for safety, 8 not supported, 9 fewer paths,
10 not found.",
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
    /// Keep a journal for an attachment that Nova or somebody else made
    Adopt(adopt::AdoptArgs),
    /// This node and the array side by side, or the targets of a portal
    Discover(discover::DiscoverArgs),
    /// The arrays of the configuration
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl array list
  sanctl array test"
    )]
    Array(array::ArrayCommand),
    /// The array's hosts
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl host list
  sanctl host luns compute-2"
    )]
    Host(host::HostCommand),
    /// The initiators that the array knows
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl initiator list --free"
    )]
    Initiator(initiator::InitiatorCommand),
    /// The array's host groups
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl hostgroup list
  sanctl hostgroup show OpenStack_HostGroup_1"
    )]
    Hostgroup(edit::group::HostgroupCommand),
    /// The array's LUN groups
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl lungroup list
  sanctl lungroup show OpenStack_LunGroup_1"
    )]
    Lungroup(edit::group::LungroupCommand),
    /// The array's port groups
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl portgroup list
  sanctl portgroup show iscsi-front"
    )]
    Portgroup(edit::group::PortgroupCommand),
    /// Mappings: which hosts see which LUNs through which ports
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl mapping tree
  sanctl mapping list --host compute-2"
    )]
    Mapping(mapping::MappingCommand),
    /// The array's LUNs
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl lun list
  sanctl lun mappings vol-7"
    )]
    Lun(nouns::LunCommand),
    /// The array's front-end ports
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl port list --usable"
    )]
    Port(port::PortCommand),
    /// The iSCSI sessions of this node, and its records of targets
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl session list
  sanctl session list-records"
    )]
    Session(session::SessionCommand),
    /// The adapters of this node, and what they have logged in to
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl hba list
  sanctl hba targets"
    )]
    Hba(hba::HbaCommand),
    /// The SCSI devices of this node
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl device list
  sanctl device tree sdk"
    )]
    Device(device::DeviceCommand),
    /// What this node tells an array about itself
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl connector show -o json > node11.json"
    )]
    Connector(connector::ConnectorCommand),
    /// What an array tells a node: where to log in
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl connection show vol-7"
    )]
    Connection(connection::ConnectionCommand),
    /// The configuration
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl config init
  sanctl config check
  sanctl config show --origin"
    )]
    Config(config::ConfigCommand),
    /// What was done, and what is still owned
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl journal list
  sanctl journal show vol-7"
    )]
    Journal(journal::JournalCommand),
    /// Capture this machine in a folder, for a look at it elsewhere
    Collect(collect::CollectArgs),
    /// Explain a code, a step, a state or a word
    Explain(explain::ExplainArgs),
    /// Print the JSON Schema of an output
    Schema(schema::SchemaArgs),
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// What --trace wrote, read again
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl trace replay t.jsonl --as sh"
    )]
    Trace(trace::TraceCommand),
    /// The practice array
    #[command(
        subcommand,
        before_help = "Examples:
  sanctl sim serve oceanstor
  sanctl sim status"
    )]
    Sim(sim::SimCommand),
}

/// An object by name.
#[derive(Debug, Clone, Args)]
pub struct One {
    /// Its name, or id:… for its id
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// A LUN by name.
#[derive(Debug, Clone, Args)]
pub struct OneLun {
    /// The LUN by name, or id:… wwid:… uuid:…
    #[arg(value_name = "LUN")]
    pub name: String,
}
