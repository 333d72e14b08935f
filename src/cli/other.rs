//! What `attach`, `detach` and `status` share about connections that are of no SAN: files, shares,
//! AoE devices. They are named by their connection info, by the name of their attachment, or by the
//! path that was handed over.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::Value;

use super::attach::{AttachArgs, ModeArg, YesNo};
use super::failure::Refusal;
use super::flow::on_this_node;
use super::nouns::ProtocolArg;
use crate::app::App;
use crate::attachment::journal::Found;
use crate::attachment::lookup;
use crate::attachment::report::Commands;
use crate::kit::kind::Kind;
use crate::model::connection::Connection;
use crate::model::facts::Facts;
use crate::model::ids::Wwid;
use crate::model::other_connection::OtherConnection;
use crate::model::selector::Selector;
use crate::node::files;
use crate::step::Stage;
use crate::system::{Machine, files as paths};

/// A connection info from a file, or from stdin.
///
/// # Errors
/// When it cannot be read or is no JSON.
fn read_info(file: &str) -> Result<Value> {
    let text = paths::read_argument(file).context("cannot read the connection info")?;
    serde_json::from_str(&text)
        .map_err(|e| Refusal::usage(format!("connection info {file}: no JSON: {e}")).into())
}

/// What the connection info of an attach describes: a LUN, or something that is of no SAN.
///
/// # Errors
/// Names the key that is missing or wrong, or the option that does not go with it.
pub fn described(
    app: &App,
    args: &AttachArgs,
) -> Result<(Option<Connection>, Option<OtherConnection>)> {
    let Some(file) = &args.connection_info else {
        return Ok((None, None));
    };
    let info = read_info(file)?;
    if let Some(other) = other_in(app, &info)? {
        of_a_san_only(args)?;
        return Ok((None, Some(other)));
    }
    Ok((Some(connection_in(&info, args.wwid.as_ref())?), None))
}

/// The connection of a LUN, with the identity that was given beside it.
fn connection_in(info: &Value, wwid: Option<&Wwid>) -> Result<Connection> {
    let mut connection = Connection::from_info(info)?;
    match (wwid, &connection.wwid) {
        (Some(given), Some(inside)) if given != inside => {
            let message =
                format!("--wwid {given} and the connection info's wwid {inside} disagree");
            return Err(Refusal::usage(message).into());
        }
        (Some(given), None) => connection.wwid = Some(given.clone()),
        _ => {}
    }
    Ok(connection)
}

/// What a connection info describes, if that is nothing of a SAN.
///
/// # Errors
/// Names the key that is missing or wrong.
fn other_in(app: &App, info: &Value) -> Result<Option<OtherConnection>> {
    let base = app.config.node.mount_base.as_deref();
    Ok(OtherConnection::from_info(info, base)?)
}

/// What a connection info of something that is of no SAN describes.
///
/// # Errors
/// Exit 2 when it is of a SAN: that is named by its LUN.
pub fn other_of(app: &App, file: &str) -> Result<OtherConnection> {
    let found = other_in(app, &read_info(file)?)?;
    found.ok_or_else(|| {
        let message = format!("connection info {file} is of a LUN: name it by its wwid");
        Refusal::usage(message).into()
    })
}

/// What is known of a connection: all that its open journal says.
///
/// # Errors
/// When the journals cannot be read.
pub fn known_of(app: &App, node: &str, other: &OtherConnection) -> Result<Facts> {
    let name = Selector::Name(other.id());
    let found = lookup::find_other(&app.journals(), node, &name)?;
    let mut facts = found.map(|found| found.facts()).unwrap_or_default();
    // Where it is mounted is not changed by a later configuration.
    facts.other.get_or_insert_with(|| other.clone());
    Ok(facts)
}

/// The stage that connects it.
pub fn of_other(
    machine: &Arc<dyn Machine>,
    other: &OtherConnection,
    commands: &Commands,
) -> Box<dyn Stage> {
    let commands = files::Commands {
        attach: commands.attach.clone(),
        detach: commands.detach.clone(),
    };
    files::stage(Arc::clone(machine), other, commands)
}

/// What a name means, and the open journal of it: first what is of no SAN, whose path is no SCSI
/// disk, then a LUN.
///
/// # Errors
/// When nothing of this name can be on this node, or several are.
pub fn meant(
    app: &App,
    machine: Option<&dyn Machine>,
    node: &str,
    name: &str,
) -> Result<(Selector, Option<Found>)> {
    let journals = app.journals();
    let typed: Selector = name.parse()?;
    if let Some(found) = lookup::find_other(&journals, node, &typed)? {
        return Ok((typed, Some(found)));
    }
    let selector = on_this_node(machine, typed)?;
    let array = app.global.array.as_deref();
    let found = lookup::find(&journals, node, array, &selector)?;
    Ok((selector, found))
}

/// Refuses a look at only the array's half of what no array has a part in.
///
/// # Errors
/// Exit 8.
pub fn has_no_array(array_only: bool) -> Result<()> {
    if !array_only {
        return Ok(());
    }
    let message = "no array has a part in what is connected by other means than a SAN";
    Err(Refusal::new(Kind::Unsupported, message).into())
}

/// Refuses options that mean nothing where no LUN of a SAN is connected.
fn of_a_san_only(args: &AttachArgs) -> Result<()> {
    let given = [
        (args.wwid.is_some(), "--wwid"),
        (args.multipath == Some(YesNo::Yes), "--multipath"),
        (args.paths.is_some(), "--paths"),
        (args.persist, "--persist"),
        (args.mode == ModeArg::Ro, "--mode ro"),
        (args.protocol != ProtocolArg::Iscsi, "--protocol"),
    ];
    match given.iter().find(|(given, _)| *given) {
        Some((_, option)) => {
            let message = format!("{option} is of LUNs: the connection info describes none");
            Err(Refusal::usage(message).into())
        }
        None => Ok(()),
    }
}
