//! `sanctl session …`: the iSCSI sessions of this node and its records of targets.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::change;
use super::failure::Refusal;
use super::global::Changing;
use super::nouns::end;
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::kit::table::Column;
use crate::model::ids::Iqn;
use crate::model::portal::{Portal, TargetPortal};
use crate::node::edit::{Chap, Edit};
use crate::node::inventory::{self, RecordRow, SessionRow};
use crate::system::files;

/// `session …`.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// List sessions, or what should have one and has none
    #[command(before_help = "Examples:
  sanctl session list
  sanctl session list --missing
  sanctl session list -o json | jq -r '.items[].sid'")]
    List(ListArgs),
    /// Show one session, its devices and its record
    #[command(before_help = "Examples:
  sanctl session show 3")]
    Show(OneArgs),
    /// Log in to a target at a portal; brings in no LUN
    #[command(before_help = "Examples:
  sanctl session login --target iqn.2020-01.a:t --portal 10.0.0.1
  sanctl session login -T iqn.2020-01.a:t -p 10.0.0.1:3261 --dry-run")]
    Login(PlaceArgs),
    /// Log out of one session that carries no device
    #[command(before_help = "Examples:
  sanctl session logout 3
  sanctl session logout 3 --yes")]
    Logout(GoneArgs),
    /// Log out of one session that carries no device, and in again
    #[command(before_help = "Examples:
  sanctl session relogin 3 --yes")]
    Relogin(GoneArgs),
    /// List the records of targets: how this node logs in
    #[command(before_help = "Examples:
  sanctl session list-records
  sanctl session list-records -o wide")]
    ListRecords,
    /// Add a record with a manual scan and a manual start
    #[command(before_help = "Examples:
  sanctl session add-record --target iqn.2020-01.a:t --portal 10.0.0.1
  sanctl session add-record -T iqn.2020-01.a:t -p 10.0.0.1:3260,1")]
    AddRecord(PlaceArgs),
    /// Change values of a record, or its CHAP credentials
    #[command(before_help = "Examples:
  sanctl session set-record -T iqn.2020-01.a:t -p 10.0.0.1 node.startup=manual
  sanctl session set-record -T iqn.2020-01.a:t -p 10.0.0.1 --chap-secret-file f
  sanctl session set-record -T iqn.2020-01.a:t -p 10.0.0.1 --no-chap --yes")]
    SetRecord(SetArgs),
    /// Delete a record that no session uses
    #[command(before_help = "Examples:
  sanctl session delete-record --target iqn.2020-01.a:t --portal 10.0.0.1")]
    DeleteRecord(PlaceArgs),
}

/// Filters of `session list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// List records and attachments without a session instead
    #[arg(long)]
    pub missing: bool,
}

/// A session.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// Its number
    #[arg(value_name = "SID")]
    pub sid: u32,
}

/// A session that is to end.
#[derive(Debug, Args)]
pub struct GoneArgs {
    /// Its number
    #[arg(value_name = "SID")]
    pub sid: u32,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A target at a portal.
#[derive(Debug, Args)]
pub struct Place {
    /// The target's name
    #[arg(long, short = 'T', value_name = "IQN")]
    pub target: Iqn,
    /// Where it listens: ADDRESS, ADDRESS:PORT or ADDRESS:PORT,TAG
    #[arg(long, short, value_name = "P", value_parser = parse_portal)]
    pub portal: Tagged,
}

/// A target at a portal, to be changed.
#[derive(Debug, Args)]
pub struct PlaceArgs {
    /// Which.
    #[command(flatten)]
    pub place: Place,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Arguments of `session set-record`.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Which.
    #[command(flatten)]
    pub place: Place,
    /// Keys of open-iscsi and their values; none of a secret
    #[arg(value_name = "K=V", value_parser = parse_pair)]
    pub values: Vec<(String, String)>,
    /// The file with the CHAP secret, which only its owner can read
    #[arg(long, value_name = "FILE", conflicts_with = "values")]
    pub chap_secret_file: Option<PathBuf>,
    /// The user that this node logs in as; by default the one in the record
    #[arg(long, value_name = "USER", requires = "chap_secret_file")]
    pub chap_user: Option<String>,
    /// The user that the target must prove to be
    #[arg(long, value_name = "USER", requires_all = ["mutual_secret_file", "chap_secret_file"])]
    pub mutual_user: Option<String>,
    /// The file with the target's secret
    #[arg(long, value_name = "FILE", requires = "mutual_user")]
    pub mutual_secret_file: Option<PathBuf>,
    /// Take all CHAP credentials out
    #[arg(long, conflicts_with_all = ["values", "chap_secret_file"])]
    pub no_chap: bool,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A portal with the target portal group tag, as iscsiadm writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged {
    portal: Portal,
    tag: Option<u16>,
}

/// `ADDRESS[:PORT][,TAG]`.
pub fn parse_portal(text: &str) -> Result<Tagged, String> {
    let (portal, tag) = match text.rsplit_once(',') {
        Some((portal, tag)) => (portal, Some(tag)),
        None => (text, None),
    };
    let tag = tag.map(str::parse).transpose();
    Ok(Tagged {
        portal: portal.parse::<Portal>().map_err(|e| e.to_string())?,
        tag: tag.map_err(|_| "a number wanted behind the comma".to_owned())?,
    })
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("KEY=VALUE wanted".to_owned()),
    }
}

impl Place {
    /// The target and portal.
    pub fn at(&self) -> TargetPortal {
        at(&self.target, self.portal)
    }
}

/// A target at a portal as typed.
pub fn at(target: &Iqn, portal: Tagged) -> TargetPortal {
    TargetPortal {
        iqn: target.clone(),
        portal: portal.portal,
        tpgt: portal.tag,
    }
}

const SESSION: Shape = Shape {
    schema: "sanctl/session",
    columns: &[
        Column::new("SID", "sid"),
        Column::new("STATE", "state"),
        Column::new("PORTAL", "portal"),
        Column::new("LUNS", "luns").few(),
        Column::new("DEVICES", "devices").few(),
        // The longest stands last: it alone may not fit.
        Column::new("TARGET", "target"),
        Column::new("HOST", "host").wide(),
        Column::new("IFACE", "iface").wide(),
        Column::new("TPGT", "tpgt").wide(),
        Column::new("INITIATOR", "initiator").wide(),
    ],
    name: "sid",
    none: "no session",
};

const SESSION_DETAIL: Shape = Shape {
    schema: "sanctl/session",
    columns: &[
        Column::new("SID", "sid"),
        Column::new("STATE", "state"),
        Column::new("PORTAL", "portal"),
        Column::new("TARGET", "target"),
        Column::new("TPGT", "tpgt"),
        Column::new("HOST", "host"),
        Column::new("IFACE", "iface"),
        Column::new("INITIATOR", "initiator"),
        Column::new("RECOVERY", "recovery_tmo_s"),
        Column::new("CHAP USER", "chap_user"),
        Column::new("RECORD", "record.path"),
        Column::new("SCAN", "record.scan"),
        Column::new("STARTUP", "record.startup"),
        Column::new("LUNS", "luns"),
        Column::new("DEVICES", "devices"),
    ],
    name: "sid",
    none: "no session",
};

const MISSING: Shape = Shape {
    schema: "sanctl/session-missing",
    columns: &[
        Column::new("PORTAL", "portal"),
        Column::new("TARGET", "target"),
        Column::new("KNOWN FROM", "known_from"),
        Column::new("STARTUP", "startup"),
    ],
    name: "portal",
    none: "everything that is known has its session",
};

const RECORD: Shape = Shape {
    schema: "sanctl/record",
    columns: &[
        Column::new("PORTAL", "portal"),
        Column::new("SCAN", "scan"),
        Column::new("STARTUP", "startup"),
        Column::new("CHAP USER", "chap_user"),
        Column::new("SID", "sid"),
        Column::new("TARGET", "target"),
        Column::new("IFACE", "iface").wide(),
        Column::new("TPGT", "tpgt").wide(),
        Column::new("PATH", "path").wide(),
    ],
    name: "portal",
    none: "no record",
};

/// Runs a `session` command.
///
/// # Errors
/// When the node cannot be read, or refuses.
pub fn run(app: &App, command: &SessionCommand) -> Result<Kind> {
    match command {
        SessionCommand::List(args) if args.missing => missing(app),
        SessionCommand::List(_) => list(app),
        SessionCommand::Show(one) => show(app, one.sid),
        SessionCommand::ListRecords => records(app),
        SessionCommand::Login(args) => {
            let at = args.place.at();
            change::run(app, &args.changing, &Edit::Login { at })
        }
        SessionCommand::Logout(args) => {
            change::run(app, &args.changing, &Edit::Logout { sid: args.sid })
        }
        SessionCommand::Relogin(args) => {
            change::run(app, &args.changing, &Edit::Relogin { sid: args.sid })
        }
        SessionCommand::AddRecord(args) => {
            let at = args.place.at();
            change::run(app, &args.changing, &Edit::AddRecord { at })
        }
        SessionCommand::DeleteRecord(args) => {
            let at = args.place.at();
            change::run(app, &args.changing, &Edit::DeleteRecord { at })
        }
        SessionCommand::SetRecord(args) => change::run(app, &args.changing, &setting(args)?),
    }
}

fn setting(args: &SetArgs) -> Result<Edit> {
    let at = args.place.at();
    let chap = |user: &Option<String>, file: &PathBuf| -> Result<Chap> {
        Ok(Chap {
            user: user.clone(),
            secret: files::read_secret(file)?,
            file: file.clone(),
        })
    };
    if args.no_chap {
        return Ok(Edit::ClearChap { at });
    }
    if let Some(file) = &args.chap_secret_file {
        let mutual = args.mutual_secret_file.as_ref();
        let mutual = mutual
            .map(|file| chap(&args.mutual_user, file))
            .transpose()?;
        return Ok(Edit::SetChap {
            at,
            chap: chap(&args.chap_user, file)?,
            mutual,
        });
    }
    if args.values.is_empty() {
        return Err(Refusal::usage("nothing to set")
            .hint("sanctl session set-record --help")
            .into());
    }
    Ok(Edit::SetRecord {
        at,
        values: args.values.clone(),
    })
}

/// With the LUN numbers as a list of their own.
fn row(session: &SessionRow) -> Result<Value> {
    let mut value = serde_json::to_value(session)?;
    if let Value::Object(map) = &mut value {
        let numbers = session.devices.iter().map(|d| d.lun_number);
        map.insert("luns".into(), json!(numbers.collect::<Vec<_>>()));
    }
    Ok(value)
}

fn list(app: &App) -> Result<Kind> {
    let machine = app.machine()?;
    let mut listing = app.printer.listing(SESSION)?;
    for session in inventory::list_sessions(&*machine)? {
        if !listing.push(row(&session)?)? {
            break;
        }
    }
    end(app, listing, SESSION)
}

fn show(app: &App, sid: u32) -> Result<Kind> {
    let machine = app.machine()?;
    let sessions = inventory::list_sessions(&*machine)?;
    let Some(session) = sessions.iter().find(|s| s.sid == sid) else {
        return Err(
            Refusal::new(Kind::NotFound, format!("there is no session {sid}"))
                .hint("sanctl session list")
                .into(),
        );
    };
    let mut value = row(session)?;
    if let Value::Object(map) = &mut value {
        map.extend(inventory::detail_of_session(&*machine, sid)?);
        map.insert("practice".into(), app.is_practice().into());
    }
    app.printer.item(SESSION_DETAIL, &value)?;
    Ok(Kind::Done)
}

fn records(app: &App) -> Result<Kind> {
    let machine = app.machine()?;
    let mut listing = app.printer.listing(RECORD)?;
    for record in inventory::list_records(&*machine)? {
        if !listing.push(serde_json::to_value(record)?)? {
            break;
        }
    }
    end(app, listing, RECORD)
}

/// What is known of targets and portals: from records, and from attachments that are open.
fn missing(app: &App) -> Result<Kind> {
    let machine = app.machine()?;
    let mut listing = app.printer.listing(MISSING)?;
    let sessions = inventory::list_sessions(&*machine)?;
    let mut found: Vec<(TargetPortal, Vec<String>, Option<String>)> = Vec::new();
    let mut add = |at: TargetPortal, from: String, startup: Option<String>| {
        if inventory::has_session(&sessions, &at) {
            return;
        }
        let same = |f: &&mut (TargetPortal, Vec<String>, Option<String>)| {
            f.0.iqn == at.iqn && f.0.portal == at.portal
        };
        match found.iter_mut().find(same) {
            Some(known) => {
                if !known.1.contains(&from) {
                    known.1.push(from);
                }
                known.2 = known.2.take().or(startup);
            }
            None => found.push((at, vec![from], startup)),
        }
    };
    for RecordRow {
        target,
        portal,
        tpgt,
        startup,
        ..
    } in inventory::list_records(&*machine)?
    {
        // A name that is none was put there by hand, and nothing can log in to it.
        if let Ok(iqn) = target.parse() {
            let at = TargetPortal { iqn, portal, tpgt };
            add(at, "record".to_owned(), Some(startup));
        }
    }
    for journal in app.journals().list_open()? {
        let facts = journal.facts();
        let lun = facts.lun.as_ref().map(|lun| lun.name.clone());
        let from = format!("attachment {}", lun.as_deref().unwrap_or(&journal.name));
        for target in facts.connection.iter().flat_map(|c| &c.targets) {
            add(target.at.clone(), from.clone(), None);
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    for (at, from, startup) in found {
        let value = json!({"target": at.iqn, "portal": at.portal, "tpgt": at.tpgt,
            "known_from": from, "startup": startup});
        if !listing.push(value)? {
            break;
        }
    }
    end(app, listing, MISSING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_with_and_without_a_tag() {
        for (text, portal, tag) in [
            ("10.0.0.1", "10.0.0.1:3260", None),
            ("10.0.0.1:3261,4", "10.0.0.1:3261", Some(4)),
            ("[fd00::5]:3260,1", "[fd00::5]:3260", Some(1)),
            ("fd00::5", "[fd00::5]:3260", None),
        ] {
            let found = parse_portal(text).unwrap();
            assert_eq!(
                (found.portal.to_string().as_str(), found.tag),
                (portal, tag),
                "{text}"
            );
        }
        for bad in ["10.0.0.1,", "10.0.0.1,-1", "10.0.0.1,1,2", "host,1", ""] {
            assert!(parse_portal(bad).is_err(), "{bad}");
        }
    }
}
