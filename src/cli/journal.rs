//! `sanctl journal …`: what was done, and what is still owned.

use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use super::nouns::end;
use crate::app::App;
use crate::attachment::entry::Entry;
use crate::attachment::journal::{Found, Journals};
use crate::attachment::manual;
use crate::config::nearest;
use crate::kit::kind::Kind;
use crate::kit::printer::{Content, Format, Shape};
use crate::kit::span::parse_span;
use crate::kit::table::Column;
use crate::model::other_connection::OtherConnection;

/// `journal …`.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// List journals of attachments, open ones and those that still own something
    #[command(before_help = "Examples:
  sanctl journal list
  sanctl journal list --all      closed ones that own nothing too
  sanctl journal list --manual   what was changed by hand, and how to take it back")]
    List(ListArgs),
    /// Show a journal, line by line
    #[command(before_help = "Examples:
  sanctl journal show vol-7
  sanctl journal show vol-7 -o json")]
    Show(NamedArgs),
    /// Print a journal as it stands in its file, JSON lines, to send it to somebody
    #[command(before_help = "Examples:
  sanctl journal export vol-7 > vol-7.jsonl")]
    Export(NamedArgs),
    /// Remove closed journals that own nothing
    #[command(before_help = "Examples:
  sanctl journal prune --dry-run
  sanctl journal prune --older-than 720h --yes")]
    Prune(PruneArgs),
}

/// Arguments of `journal list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Closed journals that own nothing too
    #[arg(long, conflicts_with = "manual")]
    pub all: bool,

    /// Changes of single objects by hand, the newest last
    #[arg(long)]
    pub manual: bool,
}

/// A journal by name.
#[derive(Debug, Args)]
pub struct NamedArgs {
    /// Its id, or the LUN's name or wwid
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Arguments of `journal prune`.
#[derive(Debug, Args)]
pub struct PruneArgs {
    /// Only those that ended longer ago than this, such as 720h
    #[arg(long, value_name = "SPAN", value_parser = parse_span)]
    pub older_than: Option<Duration>,

    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

const JOURNAL: Shape = Shape {
    schema: "sanctl/journal",
    columns: &[
        Column::new("LUN", "lun"),
        Column::new("ARRAY", "array"),
        Column::new("STATE", "state"),
        Column::new("LAST", "last_at"),
        Column::new("EVENT", "last_event"),
        Column::new("OPENED", "opened_at").wide(),
        Column::new("NODE", "node").wide(),
        Column::new("WWID", "wwid").wide(),
        Column::new("OWNS", "owns").wide(),
        Column::new("ID", "id"),
    ],
    name: "id",
    none: "no journal",
};

const CHANGES: Shape = Shape {
    schema: "sanctl/journal-change",
    columns: &[
        Column::new("AT", "at"),
        Column::new("PLACE", "place"),
        Column::new("STATE", "event"),
        Column::new("COMMAND", "command"),
        Column::new("OBJECT", "object").wide(),
        Column::new("RUN", "run").wide(),
        Column::new("CAUSE", "cause").wide(),
        Column::new("TO TAKE IT BACK", "inverse"),
    ],
    name: "command",
    none: "nothing was changed by hand",
};

/// Runs a `journal` command.
///
/// # Errors
/// When the state cannot be read; exit 10 when there is no such journal.
pub fn run(app: &App, command: &JournalCommand) -> Result<Kind> {
    match command {
        JournalCommand::List(args) if args.manual => changes(app),
        JournalCommand::List(args) => list(app, args),
        JournalCommand::Show(args) => show(app, &args.id),
        JournalCommand::Export(args) => {
            let journals = app.journals();
            let found = get(&journals, &args.id)?.journal;
            let text = journals.text(&found)?.unwrap_or_default();
            app.printer.text(&text)?;
            Ok(Kind::Done)
        }
        JournalCommand::Prune(args) => prune(app, args),
    }
}

/// A journal and the folder it is in.
struct Kept {
    journal: Found,
    state: &'static str,
}

impl Kept {
    fn id(&self) -> &str {
        let name = &self.journal.name;
        name.strip_suffix(".jsonl").unwrap_or(name)
    }

    fn last(&self) -> Option<&Entry> {
        self.journal.entries.last()
    }

    fn value(&self) -> Value {
        let opened = self.journal.opened();
        let facts = self.journal.facts();
        let lun = facts.lun.as_ref();
        let other = facts.other.as_ref().map(OtherConnection::path);
        let claims = self.journal.claims();
        let owns: Vec<&String> = claims.ours().map(|(object, _)| object).collect();
        let array = opened.and_then(|o| o.array.as_ref()).map(|a| &a.name);
        json!({
            "id": self.id(),
            "lun": lun.map(|l| l.name.clone()).or(other),
            "wwid": lun.map(|l| l.wwid.as_str()),
            "array": array,
            "node": opened.map(|o| &o.node),
            "protocol": opened.filter(|o| o.other.is_none()).map(|o| o.protocol),
            "state": self.state,
            "owns": owns,
            "opened_at": self.journal.entries.first().map(|e| seconds(e.at)),
            "last_at": self.last().map(|e| seconds(e.at)),
            "last_event": self.last().map(|e| e.event),
        })
    }
}

/// Every journal, those that own nothing first, open ones last.
fn every(journals: &Journals) -> Result<Vec<Kept>> {
    let kept = |journal: Found, state| Kept { journal, state };
    let mut all: Vec<Kept> = journals
        .list_done()?
        .into_iter()
        .map(|journal| kept(journal, "done"))
        .collect();
    for journal in journals.list_all()? {
        let state = match journal.closed {
            true => "closed",
            false => "open",
        };
        all.push(kept(journal, state));
    }
    Ok(all)
}

fn list(app: &App, args: &ListArgs) -> Result<Kind> {
    let mut listing = app.printer.listing(JOURNAL)?;
    for kept in every(&app.journals())? {
        if !args.all && kept.state == "done" {
            continue;
        }
        if !listing.push(kept.value())? {
            break;
        }
    }
    end(app, listing, JOURNAL)
}

/// The journal that is meant: by its id; else the newest open one, else the newest one, of a LUN.
fn get(journals: &Journals, id: &str) -> Result<Kept> {
    let mut all = every(journals)?;
    if let Some(at) = all.iter().position(|kept| kept.id() == id) {
        return Ok(all.swap_remove(at));
    }
    let names = |kept: &Kept| -> Vec<String> {
        let facts = kept.journal.facts();
        let lun = facts.lun.as_ref();
        let mut names: Vec<String> = lun
            .map(|l| vec![l.name.clone(), l.wwid.to_string()])
            .unwrap_or_default();
        names.extend(kept.journal.opened().map(|o| o.id.clone()));
        names
    };
    let wanted = id.strip_prefix("wwid:").unwrap_or(id);
    let mut fitting: Vec<Kept> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for kept in all {
        let names = names(&kept);
        if names.iter().any(|name| name == wanted) {
            fitting.push(kept);
        } else {
            known.extend(names);
        }
    }
    // Two open journals of one name are two LUNs; older journals of a LUN are its history.
    let open: Vec<&str> = fitting
        .iter()
        .filter(|kept| kept.state == "open")
        .map(Kept::id)
        .collect();
    if open.len() > 1 {
        let message = format!("{id} has several open journals: {}", open.join(", "));
        return Err(Refusal::new(Kind::NotFound, message)
            .hint("name one of them")
            .into());
    }
    let newest = fitting
        .into_iter()
        .max_by_key(|kept| (kept.state == "open", kept.last().map(|entry| entry.at)));
    newest.ok_or_else(|| {
        let refusal = Refusal::new(Kind::NotFound, format!("there is no journal of {id}"));
        match nearest(wanted, known.iter().map(String::as_str)) {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal.hint("sanctl journal list --all"),
        }
        .into()
    })
}

fn show(app: &App, id: &str) -> Result<Kind> {
    app.printer.check(JOURNAL)?;
    let kept = get(&app.journals(), id)?;
    let mut item = kept.value();
    if let Value::Object(map) = &mut item {
        map.insert("entries".into(), json!(kept.journal.entries));
    }
    if app.printer.data(JOURNAL, Content::One(item.clone()), &[])? {
        return Ok(Kind::Done);
    }
    let said = |key: &str| crate::kit::table::field(&item, key).map(crate::kit::table::plain);
    let practice = if app.is_practice() { "   PRACTICE" } else { "" };
    app.printer
        .line(&format!("journal {}   {}{practice}", kept.id(), kept.state))?;
    app.printer.line(&format!(
        "lun {} on {}   node {}",
        said("lun").unwrap_or_default(),
        said("array").unwrap_or_default(),
        said("node").unwrap_or_default()
    ))?;
    app.printer.line("")?;
    let whole = app.printer.format() == Format::Wide;
    let rows = kept.journal.entries.iter().map(|entry| row(entry, whole));
    let rows: Vec<Vec<String>> = rows.collect();
    app.printer
        .rows(&["AT", "EVENT", "STEP", "OBJECT"], &rows)?;
    let claims = kept.journal.claims();
    for (index, (object, _)) in claims.newest_first().into_iter().enumerate() {
        if index == 0 {
            app.printer.line("")?;
        }
        app.printer.line(&format!("owns  {object}"))?;
    }
    Ok(Kind::Done)
}

/// A point in time as people read it; the lines themselves keep the fractions.
fn seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}

/// An entry as a row. Only the name of its object, unless the whole is wanted: the step says what
/// it is, and the head says of which array.
fn row(entry: &Entry, whole: bool) -> Vec<String> {
    let event = serde_json::to_value(entry.event).unwrap_or_default();
    let object = entry.object.clone().unwrap_or_default();
    let of_array = entry
        .key
        .as_deref()
        .is_some_and(|key| key.starts_with("array."));
    let object = match object.splitn(3, '/').nth(2) {
        Some(name) if of_array && !whole => name.to_owned(),
        _ if entry.key.as_deref().is_some_and(|key| key.contains('@')) && !whole => String::new(),
        _ => object,
    };
    let object = match &entry.cause {
        Some(cause) => format!("{object}  {cause}").trim_start().to_owned(),
        None => object,
    };
    vec![
        seconds(entry.at),
        crate::kit::table::plain(&event),
        entry.key.clone().unwrap_or_default(),
        object,
    ]
}

/// What was changed by hand: how far each change came, in the order in which they began.
fn changes(app: &App) -> Result<Kind> {
    let mut listing = app.printer.listing(CHANGES)?;
    let lines = manual::list(&app.home())?;
    let mut told: Vec<(&str, &str, Value)> = Vec::new();
    for line in &lines {
        let value = json!({
            "at": seconds(line.at), "run": line.run, "event": line.event, "place": line.place,
            "object": line.object, "command": line.command, "inverse": line.inverse,
            "cause": line.cause,
        });
        // The last line of a change says more than the one before it.
        let begun = told.iter_mut().rev().find(|(run, command, before)| {
            *run == line.run && *command == line.command && before["event"] == "started"
        });
        match begun {
            Some(begun) if line.event != manual::Event::Started => begun.2 = value,
            _ => told.push((&line.run, &line.command, value)),
        }
    }
    for (_, _, value) in told {
        if !listing.push(value)? {
            break;
        }
    }
    end(app, listing, CHANGES)
}

fn prune(app: &App, args: &PruneArgs) -> Result<Kind> {
    app.printer.check(JOURNAL)?;
    let journals = app.journals();
    let before = args
        .older_than
        .map(|span| Timestamp::now().checked_sub(span))
        .transpose()?;
    let mut gone: Vec<Kept> = every(&journals)?;
    gone.retain(|kept| {
        let ended = kept.last().map(|entry| entry.at);
        let old = before.is_none_or(|before| ended.is_some_and(|at| at < before));
        kept.state == "done" && old
    });
    let shown: Vec<String> = gone.iter().map(|kept| kept.id().to_owned()).collect();
    if gone.is_empty() {
        app.note("there is no closed journal that owns nothing");
    }
    if !args.changing.dry_run && !gone.is_empty() {
        let question = match gone.len() {
            1 => "Remove this journal for good?".to_owned(),
            several => format!("Remove these {several} journals for good?"),
        };
        consent::ask(app, &args.changing, &shown, &question)?;
        let mut removed = Vec::new();
        for kept in gone {
            if journals.forget(&kept.journal)? {
                removed.push(kept);
            }
        }
        gone = removed;
    }
    let items = gone.iter().map(Kept::value).collect();
    if !app.printer.data(JOURNAL, Content::Many(items), &[])? {
        let word = match args.changing.dry_run {
            true => "would remove",
            false => "removed",
        };
        for kept in &gone {
            app.printer.line(&format!("{word} {}", kept.id()))?;
        }
    }
    Ok(Kind::Done)
}
