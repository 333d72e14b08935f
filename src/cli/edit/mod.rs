//! How every writing verb of the array's objects goes: look, tell, ask, write down, change, tell.

pub mod call;
pub mod group;
pub mod host;
pub mod initiator;
pub mod lun;
pub mod mapping;

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::audit::{self, Ending};
use super::columns;
use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use super::nouns::has;
use super::place::typed;
use crate::app::App;
use crate::array::edit::{Class, Intent, Made, make};
use crate::attachment::ledger::Ledger;
use crate::attachment::manual::{Record, Told};
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::printer::Format;
use crate::model::edit::Edit;
use crate::model::nouns::Protocol;
use crate::node;

/// How many hosts and LUNs are told one by one; JSON has them all.
const TOLD: usize = 20;

/// How long a change of one object may take, the look before it included.
const CHANGE_TIME: Duration = Duration::from_secs(60);

/// Runs a writing verb.
///
/// # Errors
/// Whatever the array says; exit 7 when this node uses a LUN that would be cut; exit 2 when there
/// is a question and nobody to answer; exit 4 when nobody knows whether the change was made.
pub fn run(app: &App, changing: &Changing, edit: &Edit) -> Result<Kind> {
    app.printer.check(columns::CHANGE)?;
    let array = app.array()?;
    let editor = has(array.editor(), &*array, "objects that can be changed")?;
    let bounds = app.bounds("changing", CHANGE_TIME);
    let intent = editor.look(edit, &bounds)?;
    if let Some(evidence) = &intent.already {
        let made = Made {
            changed: false,
            object: intent.object.clone(),
            inverse: Vec::new(),
        };
        return tell(app, &intent, &made, evidence);
    }
    guard(app, &intent)?;
    if changing.dry_run {
        return show(app, &intent);
    }
    let mutate = permission(app, changing, &intent)?;
    let record = Record::start(
        &app.home(),
        &app.run,
        Told {
            place: array.name().to_owned(),
            command: typed(&app.global, &edit.to_string()),
            object: called(&intent),
            inverse: inverse(app, &intent),
        },
    )?;
    let audited = |ending| {
        let (array, command) = (array.name(), edit.to_string());
        audit::change(app, array, &called(&intent), &command, ending);
    };
    match make(editor, edit, &intent, &bounds, &mutate) {
        Ok(mut made) => {
            if made.changed {
                audited(Ending::Done);
            }
            for line in &mut made.inverse {
                *line = typed(&app.global, line);
            }
            record.done(made.inverse.clone())?;
            let words = if made.changed {
                "done"
            } else {
                "it was so already"
            };
            tell(app, &intent, &made, words)
        }
        Err(error) => {
            let lost = error.is_lost() || error.kind() == Kind::Partial;
            audited(Ending::of_error(lost));
            record.failed(error.to_string())?;
            if !lost {
                return Err(error.into());
            }
            let refusal = Refusal::new(Kind::Partial, error.to_string())
                .hint(format!("{edit}  # again: it looks first"));
            let hints = error.hints();
            Err(hints.into_iter().fold(refusal, Refusal::hint).into())
        }
    }
}

/// Refuses to cut a LUN whose devices are on this node: they would be left without a LUN.
fn guard(app: &App, intent: &Intent) -> Result<()> {
    let cuts = intent.cuts.as_slice();
    if cuts.is_empty() && intent.unused.is_empty() {
        return Ok(());
    }
    let machine = app.machine()?;
    for unused in &intent.unused {
        let devices = node::connect::devices_of(&*machine, &unused.wwid)?;
        if let Some(device) = devices.first() {
            let (name, device) = (&unused.lun.name, device.name());
            let why = format!("this node still has LUN {name} as {device}: nothing was changed");
            return Err(Refusal::new(Kind::Refused, why)
                .hint(format!("sanctl detach {name}"))
                .into());
        }
    }
    let bounds = app.reading();
    let mut own = Vec::new();
    for protocol in [Protocol::Iscsi, Protocol::Fc] {
        // A machine without an initiator of this kind is nobody's host.
        if let Ok((connector, _)) =
            node::connector::build_for(&*machine, &app.config.node, protocol, &bounds)
        {
            own.extend(connector.initiator.iter().map(ToString::to_string));
            own.extend(connector.wwpns.iter().map(ToString::to_string));
        }
    }
    for cut in cuts
        .iter()
        .filter(|c| c.initiators.iter().any(|i| own.contains(i)))
    {
        let Some(wwid) = &cut.wwid else { continue };
        let devices = node::connect::devices_of(&*machine, wwid)?;
        if let Some(device) = devices.first() {
            return Err(Refusal::new(
                Kind::Refused,
                format!(
                    "this node is host {} and still has LUN {} as {}: nothing was changed",
                    cut.host.name,
                    cut.lun.name,
                    device.name()
                ),
            )
            .hint(format!("sanctl detach {}", cut.lun.name))
            .into());
        }
    }
    Ok(())
}

/// Asks what the class of the change wants asked.
fn permission(app: &App, changing: &Changing, intent: &Intent) -> Result<Mutate> {
    let mut shown = vec![intent.title.clone()];
    shown.extend(told(intent));
    let question = "Go on?";
    match &intent.class {
        Class::Adds => Ok(consent::by_class()),
        Class::Unused if is_ours(app, intent)? => Ok(consent::by_class()),
        Class::Unused | Class::Asks => consent::ask(app, changing, &shown, question),
        Class::Typed(name) => consent::typed(app, changing, &shown, name),
    }
}

/// Whether an attachment of this state directory made the object.
fn is_ours(app: &App, intent: &Intent) -> Result<bool> {
    let Some(identity) = &intent.identity else {
        return Ok(false);
    };
    let journals = app.journals().list_all()?;
    Ok(Ledger::of(&journals).is_ours(identity))
}

/// `--dry-run`: what would be done, lost and typed to take it back.
fn show(app: &App, intent: &Intent) -> Result<Kind> {
    if app.printer.is_data() {
        let value = json!({
            "title": intent.title, "object": intent.object, "cuts": intent.cuts,
            "gains": intent.gains, "notes": intent.notes, "wire": intent.wire,
            "inverse": inverse(app, intent),
            "practice": app.is_practice(),
        });
        app.printer.item(columns::CHANGE_PLAN, &value)?;
        return Ok(Kind::Done);
    }
    app.printer.line(&format!("would {}", intent.title))?;
    for line in told(intent) {
        app.printer.line(&format!("  {line}"))?;
    }
    for line in &intent.wire {
        app.printer.line(line)?;
    }
    tell_inverse(app, inverse(app, intent).into_iter());
    Ok(Kind::Done)
}

/// What was done, and how to take it back.
fn tell(app: &App, intent: &Intent, made: &Made, words: &str) -> Result<Kind> {
    let object = &made.object;
    match app.printer.format() {
        Format::Table | Format::Wide => {
            let id = match object.id.as_str() {
                "" => String::new(),
                // An initiator is its own id.
                id if id == object.name => String::new(),
                id => format!(" (id {id})"),
            };
            let practice = if app.is_practice() { "   PRACTICE" } else { "" };
            let verb = if made.changed { "" } else { "nothing to do: " };
            let line = if made.changed {
                format!("{}{id}: {words}{practice}", intent.title)
            } else {
                format!("{verb}{words}{practice}")
            };
            app.printer.line(&line)?;
            for line in told(intent).filter(|_| made.changed) {
                app.note(&format!("  {line}"));
            }
        }
        _ => {
            let value = json!({
                "what": object.what, "id": some(&object.id), "name": object.name,
                "title": intent.title, "changed": made.changed, "cuts": intent.cuts,
                "gains": intent.gains, "notes": intent.notes,
                "inverse": made.inverse, "practice": app.is_practice(),
            });
            app.printer.item(columns::CHANGE, &value)?;
        }
    }
    tell_inverse(app, made.inverse.iter().cloned());
    Ok(Kind::Done)
}

/// What hosts lose and see by it, and what else there is to know, a line each.
fn told(intent: &Intent) -> impl Iterator<Item = String> {
    let cuts = intent.cuts.iter().map(ToString::to_string);
    let rows: Vec<String> = cuts
        .chain(intent.gains.iter().map(ToString::to_string))
        .collect();
    let more = rows.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more: -o json lists them all"));
    rows.into_iter()
        .take(TOLD)
        .chain(more)
        .chain(intent.notes.clone())
}

/// The lines that take it back, as far as known before it is made.
fn inverse(app: &App, intent: &Intent) -> Vec<String> {
    let lines = intent.inverse.iter().map(ToString::to_string);
    lines.map(|line| typed(&app.global, &line)).collect()
}

fn tell_inverse(app: &App, lines: impl Iterator<Item = String>) {
    if !app.printer.is_data() {
        for line in lines {
            app.note(&format!("to take it back: {line}"));
        }
    }
}

fn called(intent: &Intent) -> String {
    format!("{} {}", intent.object.what, intent.object.name)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
