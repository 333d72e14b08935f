//! `sanctl initiator …`.

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use super::args::One;
use super::columns;
use super::edit;
use super::failure::Refusal;
use super::nouns::{ProtocolArg, either, end, get, has, list, push, selector, show};
use crate::app::App;
use crate::array::{Array, Filter};
use crate::kit::kind::Kind;
use crate::model::nouns::{Initiator, Protocol};

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
    /// List the LUNs that an initiator sees, with their numbers
    #[command(before_help = "Examples:
  sanctl initiator luns iqn.1994-05.com.redhat:83feeda2b41d")]
    Luns(One),
    /// Make an initiator known to the array, free or bound to a host
    #[command(before_help = "Examples:
  sanctl initiator create iqn.1994-05.com.redhat:83feeda2b41d
  sanctl initiator create 10:00:00:90:fa:1b:2c:3d --host compute-2")]
    Create(edit::initiator::CreateArgs),
    /// Bind a free initiator to a host, or move one there
    #[command(before_help = "Examples:
  sanctl initiator bind 10000090fa1b2c3d --host compute-2
  sanctl initiator bind 10000090fa1b2c3d --host compute-3 --move-from compute-2")]
    Bind(edit::initiator::BindArgs),
    /// Free an initiator from its host, and from what it sees there
    #[command(before_help = "Examples:
  sanctl initiator unbind 10000090fa1b2c3d --host compute-2 --dry-run
  sanctl initiator unbind 10000090fa1b2c3d --host compute-2 --confirm compute-2")]
    Unbind(edit::initiator::UnbindArgs),
    /// Make the array forget a free initiator
    #[command(before_help = "Examples:
  sanctl initiator delete 10000090fa1b2c3d")]
    Delete(edit::initiator::OnlyArgs),
    /// Set how the array treats an initiator's paths
    #[command(before_help = "Examples:
  sanctl initiator set 10000090fa1b2c3d --multipath-type 1 --failover-mode 1
  sanctl initiator set 10000090fa1b2c3d --multipath-type 0")]
    Set(edit::initiator::SetArgs),
    /// Show whether an initiator has to prove itself by CHAP, and as whom
    #[command(before_help = "Examples:
  sanctl initiator show-chap iqn.1994-05.com.redhat:83feeda2b41d")]
    ShowChap(One),
    /// Make an initiator prove itself by CHAP at its next login
    #[command(before_help = "Examples:
  sanctl initiator set-chap iqn.2001-01.example:a --user node1 --secret-prompt
  sanctl initiator set-chap iqn.2001-01.example:a --user node1 --secret-file pw")]
    SetChap(edit::initiator::SetChapArgs),
    /// Switch CHAP of an initiator off, and nothing else
    #[command(before_help = "Examples:
  sanctl initiator clear-chap iqn.1994-05.com.redhat:83feeda2b41d")]
    ClearChap(edit::initiator::OnlyArgs),
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

/// Runs an `initiator` command.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &InitiatorCommand) -> Result<Kind> {
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
            &one.name,
            "initiator",
            columns::INITIATOR,
        ),
        InitiatorCommand::Luns(one) => {
            let found = get(app, &*array, initiators, &one.name, "initiator")?;
            luns(app, &*array, &found.id)
        }
        InitiatorCommand::ShowChap(one) => {
            let found = get(app, &*array, initiators, &one.name, "initiator")?;
            show_chap(app, &*array, found)
        }
        InitiatorCommand::Create(args) => edit::initiator::create(app, args),
        InitiatorCommand::Bind(args) => edit::initiator::bind(app, args),
        InitiatorCommand::Unbind(args) => edit::initiator::unbind(app, args),
        InitiatorCommand::Delete(args) => edit::initiator::delete(app, args),
        InitiatorCommand::Set(args) => edit::initiator::set(app, args),
        InitiatorCommand::SetChap(args) => edit::initiator::set_chap(app, args),
        InitiatorCommand::ClearChap(args) => edit::initiator::clear_chap(app, args),
    }
}

/// The LUNs that an initiator sees.
fn luns(app: &App, array: &dyn Array, initiator: &str) -> Result<Kind> {
    let shape = columns::INITIATOR_LUN;
    let mut listing = app.printer.listing(shape)?;
    let mut failed = None;
    array.initiator_luns(initiator, &app.reading(), &mut |lun| {
        push(&mut listing, &lun, None, &mut failed)
    })?;
    match failed {
        Some(error) => Err(error),
        None => end(app, listing, shape),
    }
}

/// What is known of CHAP; the secret is known to nobody.
fn show_chap(app: &App, array: &dyn Array, found: Initiator) -> Result<Kind> {
    if found.protocol != Protocol::Iscsi {
        let message = format!(
            "{} is no iSCSI initiator: CHAP is a matter of iSCSI",
            found.id
        );
        return Err(Refusal::new(Kind::Unsupported, message).into());
    }
    let value = json!({"id": found.id, "chap": found.chap, "user": found.chap_user,
        "array": array.name()});
    app.printer.item(columns::CHAP, &value)?;
    Ok(Kind::Done)
}
