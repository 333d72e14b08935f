//! The command tree.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand};

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

/// The commands, each built by itself: the whole tree takes longer to build than most commands to
/// run, and one of them is typed.
macro_rules! commands {
    ($($(#[doc = $about:literal])+ $name:ident: $variant:ident($kind:ident $args:ty) $(= $examples:literal)?;)+) => {
        /// The flows and the nouns.
        #[derive(Debug)]
        pub enum Command {
            $($(#[doc = $about])+ $variant($args),)+
        }

        /// The words of all commands, in the order of the help.
        const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// One command with all below it.
        fn build(name: &str) -> Option<clap::Command> {
            match name {
                $(stringify!($name) => {
                    let command = clap::Command::new(stringify!($name));
                    let command = commands!(@build $kind, $args, command);
                    let about = concat!($($about),+).trim();
                    Some(command.about(about)$(.before_help($examples))?)
                })+
                _ => None,
            }
        }

        impl FromArgMatches for Command {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                let (name, below) = matches.subcommand().unwrap_or_else(|| ("", matches));
                match name {
                    $(stringify!($name) => <$args>::from_arg_matches(below).map(Self::$variant),)+
                    _ => Err(clap::Error::new(ErrorKind::MissingSubcommand)),
                }
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
    (@build Args, $args:ty, $command:ident) => {
        <$args as Args>::augment_args($command)
    };
    (@build Subcommand, $args:ty, $command:ident) => {
        <$args as Subcommand>::augment_subcommands(
            $command.subcommand_required(true).arg_required_else_help(true),
        )
    };
}

commands! {
    /// Make a LUN visible and usable on this node; prints the device
    attach: Attach(Args attach::AttachArgs);
    /// Take a LUN away from this node and from its mapping, safely
    detach: Detach(Args detach::DetachArgs);
    /// Show every step of an attachment with its evidence; reads only
    status: Status(Args status::StatusArgs);
    /// Keep a journal for an attachment that Nova or somebody else made
    adopt: Adopt(Args adopt::AdoptArgs);
    /// This node and the array side by side, or the targets of a portal
    discover: Discover(Args discover::DiscoverArgs);
    /// The arrays of the configuration
    array: Array(Subcommand array::ArrayCommand) = "Examples:
  sanctl array list
  sanctl array test";
    /// The array's hosts
    host: Host(Subcommand host::HostCommand) = "Examples:
  sanctl host list
  sanctl host luns compute-2";
    /// The initiators that the array knows
    initiator: Initiator(Subcommand initiator::InitiatorCommand) = "Examples:
  sanctl initiator list --free";
    /// The array's host groups
    hostgroup: Hostgroup(Subcommand edit::group::HostgroupCommand) = "Examples:
  sanctl hostgroup list
  sanctl hostgroup show OpenStack_HostGroup_1";
    /// The array's LUN groups
    lungroup: Lungroup(Subcommand edit::group::LungroupCommand) = "Examples:
  sanctl lungroup list
  sanctl lungroup show OpenStack_LunGroup_1";
    /// The array's port groups
    portgroup: Portgroup(Subcommand edit::group::PortgroupCommand) = "Examples:
  sanctl portgroup list
  sanctl portgroup show iscsi-front";
    /// Mappings: which hosts see which LUNs through which ports
    mapping: Mapping(Subcommand mapping::MappingCommand) = "Examples:
  sanctl mapping tree
  sanctl mapping list --host compute-2";
    /// The array's LUNs
    lun: Lun(Subcommand nouns::LunCommand) = "Examples:
  sanctl lun list
  sanctl lun mappings vol-7";
    /// The array's front-end ports
    port: Port(Subcommand port::PortCommand) = "Examples:
  sanctl port list --usable";
    /// The iSCSI sessions of this node, and its records of targets
    session: Session(Subcommand session::SessionCommand) = "Examples:
  sanctl session list
  sanctl session list-records";
    /// The adapters of this node, and what they have logged in to
    hba: Hba(Subcommand hba::HbaCommand) = "Examples:
  sanctl hba list
  sanctl hba targets";
    /// The SCSI devices of this node
    device: Device(Subcommand device::DeviceCommand) = "Examples:
  sanctl device list
  sanctl device tree sdk";
    /// What this node tells an array about itself
    connector: Connector(Subcommand connector::ConnectorCommand) = "Examples:
  sanctl connector show -o json > node11.json";
    /// What an array tells a node: where to log in
    connection: Connection(Subcommand connection::ConnectionCommand) = "Examples:
  sanctl connection show vol-7";
    /// The configuration
    config: Config(Subcommand config::ConfigCommand) = "Examples:
  sanctl config init
  sanctl config check
  sanctl config show --origin";
    /// What was done, and what is still owned
    journal: Journal(Subcommand journal::JournalCommand) = "Examples:
  sanctl journal list
  sanctl journal show vol-7";
    /// Capture this machine in a folder, for a look at it elsewhere
    collect: Collect(Args collect::CollectArgs);
    /// Explain a code, a step, a state or a word
    explain: Explain(Args explain::ExplainArgs);
    /// Print the JSON Schema of an output
    schema: Schema(Args schema::SchemaArgs);
    /// Print the completions of a shell
    completions: Completions(Args completions::CompletionsArgs);
    /// What --trace wrote, read again
    trace: Trace(Subcommand trace::TraceCommand) = "Examples:
  sanctl trace replay t.jsonl --as sh";
    /// The practice array
    sim: Sim(Subcommand sim::SimCommand) = "Examples:
  sanctl sim serve oceanstor
  sanctl sim status";
}

impl Subcommand for Command {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommands(NAMES.iter().filter_map(|name| build(name)))
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        NAMES.contains(&name)
    }
}

impl Command {
    /// The command of this name with all below it, as far as there is one.
    pub fn find(name: &str) -> Option<clap::Command> {
        build(name)
    }
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
