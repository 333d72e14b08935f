//! `sanctl schema`: what the JSON of each command looks like.
//!
//! Every name that stands in the key `schema` of a document has an entry here. The test of the
//! outputs holds what is printed against them, key by key; `schemas/` is made from them.

mod array;
mod build;
mod change;
mod flow;
mod node;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::failure::Refusal;
use super::nouns::end;
use crate::app::App;
use crate::config::nearest;
use crate::kit::kind::Kind;
use crate::kit::printer::Shape;
use crate::kit::table::Column;

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl schema                  the names
  sanctl schema attachment       what attach, detach and status print with -o json")]
pub struct SchemaArgs {
    /// A name, as in the key schema of a document; none = list them
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

const NAMES: Shape = Shape {
    schema: "sanctl/schema",
    columns: &[Column::new("NAME", "name"), Column::new("ABOUT", "about")],
    name: "name",
    none: "no schema",
};

/// A schema that can be printed.
struct Entry {
    /// Without `sanctl/`.
    name: &'static str,
    /// Which commands print it.
    about: &'static str,
    object: fn() -> Value,
}

const fn entry(name: &'static str, about: &'static str, object: fn() -> Value) -> Entry {
    Entry {
        name,
        about,
        object,
    }
}

const ENTRIES: &[Entry] = &[
    entry("array", "array list, array show", array::array),
    entry("array-test", "array test", array::array_test),
    entry("attachment", "attach, detach, status", flow::attachment),
    entry("change", "verbs that change an object", change::change),
    entry(
        "change-plan",
        "verbs that change an object, with --dry-run",
        change::change_plan,
    ),
    entry("config-check", "config check", flow::config_check),
    entry("config-file", "config init", flow::config_file),
    entry("config-value", "config show", flow::config_value),
    entry("connection", "connection show", array::connection),
    entry("connector", "connector show", array::connector),
    entry(
        "connector-difference",
        "connector check",
        array::connector_difference,
    ),
    entry(
        "device",
        "device list, device show, device wait",
        node::device,
    ),
    entry("device-check", "device check", node::device_check),
    entry("device-tree", "device tree", node::device_tree),
    entry("discovery", "discover", node::discovery),
    entry("explanation", "explain", flow::explanation),
    entry("free-number", "mapping free-numbers", array::free_number),
    entry("group", "hostgroup, lungroup, portgroup", array::group),
    entry("hba", "hba list, hba show", node::hba),
    entry("hba-target", "hba targets", node::hba_target),
    entry("host", "host list, host show", array::host),
    entry("host-lun", "host luns, initiator luns", array::host_lun),
    entry("host-path", "host paths", array::host_path),
    entry(
        "initiator",
        "initiator list, initiator show",
        array::initiator,
    ),
    entry(
        "initiator-chap",
        "initiator show-chap",
        array::initiator_chap,
    ),
    entry("journal", "journal list, journal show", flow::journal),
    entry(
        "journal-change",
        "journal list --manual",
        flow::journal_change,
    ),
    entry("lun", "lun list, lun show", array::lun),
    entry("lun-mapping", "lun mappings", array::lun_mapping),
    entry("mapping", "mapping list, mapping show", array::mapping),
    entry("mapping-tree", "mapping tree", array::mapping_tree),
    entry("plan", "attach, detach with --dry-run", flow::plan),
    entry("port", "port list, port show", array::port),
    entry("record", "session list-records", node::record),
    entry("schema", "schema without a name", flow::schema_name),
    entry("session", "session list, session show", node::session),
    entry(
        "session-missing",
        "session list --missing",
        node::session_missing,
    ),
    entry("capture", "collect", flow::capture),
    entry("sim", "sim status, sim reset", flow::sim),
    entry("sim-server", "sim serve", flow::sim_server),
    entry("target", "discover --portal", node::target),
];

/// The error object, which has no envelope.
const ERROR: &str = "error";

/// A line of progress, which has no envelope either.
const PROGRESS: &str = "progress";

/// Every schema: its file name without `.json`, and itself.
pub fn all() -> Vec<(&'static str, Value)> {
    let documents = ENTRIES
        .iter()
        .map(|entry| (entry.name, of(entry)))
        .chain([(ERROR, error()), (PROGRESS, progress())]);
    documents.collect()
}

fn of(entry: &Entry) -> Value {
    build::document(
        entry.name,
        &format!("What is printed by: {}", entry.about),
        (entry.object)(),
    )
}

fn error() -> Value {
    let title = "An error, on stderr, with -o json or jsonl";
    bare(ERROR, title, flow::error())
}

fn progress() -> Value {
    let title = "A line of --progress jsonl, on stderr: those of the journal, and notes";
    bare(PROGRESS, title, flow::progress())
}

/// An object that stands alone.
fn bare(name: &str, title: &str, mut schema: Value) -> Value {
    if let Value::Object(map) = &mut schema {
        map.insert(
            "$schema".into(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
        map.insert("$id".into(), format!("sanctl/{name}").into());
        map.insert("title".into(), title.into());
    }
    schema
}

/// Runs `schema`.
///
/// # Errors
/// Exit 10 when there is no such schema.
pub fn run(app: &App, args: &SchemaArgs) -> Result<Kind> {
    let Some(name) = &args.name else {
        let mut listing = app.printer.listing(NAMES)?;
        let rows = ENTRIES.iter().map(|entry| (entry.name, entry.about));
        for (name, about) in rows.chain([
            (ERROR, "errors, on stderr"),
            (PROGRESS, "--progress jsonl, on stderr"),
        ]) {
            if !listing.push(json!({"name": format!("sanctl/{name}"), "about": about}))? {
                break;
            }
        }
        return end(app, listing, NAMES);
    };
    let bare = name.strip_prefix("sanctl/").unwrap_or(name);
    let found = all().into_iter().find(|(known, _)| *known == bare);
    let Some((_, schema)) = found else {
        let message = format!("there is no schema {name}");
        let refusal = Refusal::new(Kind::NotFound, message);
        let near = nearest(bare, ENTRIES.iter().map(|entry| entry.name));
        return Err(match near {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal.hint("sanctl schema"),
        }
        .into());
    };
    // A schema is JSON, whatever the format of results is.
    app.printer.line(&serde_json::to_string_pretty(&schema)?)?;
    Ok(Kind::Done)
}
