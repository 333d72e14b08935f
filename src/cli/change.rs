//! How every writing verb of this node goes: look, tell, ask, lock, look again, write down,
//! change, tell.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::audit::{self, Ending};
use super::columns;
use super::consent;
use super::failure::Refusal;
use super::global::Changing;
use super::place::typed;
use crate::app::App;
use crate::attachment::ledger::Ledger;
use crate::attachment::manual::{Record, Told};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::lock::Held;
use crate::kit::printer::Format;
use crate::node::edit::{Class, Edit, Editor, Intent, Made};

/// How long a change may take, the waits for the kernel and for iscsiadm included.
const CHANGE_TIME: Duration = Duration::from_secs(120);

/// Where it happens, in the record of what was done by hand.
const PLACE: &str = "node";

/// Runs a writing verb of this node.
///
/// # Errors
/// Exit 6 without root, before anything; whatever the node says; exit 7 when something is in use;
/// exit 2 when there is a question and nobody to answer; exit 4 when the change is half made or
/// nobody knows.
pub fn run(app: &App, changing: &Changing, edit: &Edit) -> Result<Kind> {
    let editor = Editor::new(app.machine()?);
    if !changing.dry_run {
        editor.require_root()?;
    }
    let bounds = app.bounds("changing this node", CHANGE_TIME);
    let mut intent = editor.look(edit, &bounds)?;
    intent.inverse = complete(app, &intent.inverse);
    if let Some(evidence) = &intent.already {
        return nothing(app, &intent, evidence);
    }
    if changing.dry_run {
        return show(app, &intent);
    }
    let mutate = permission(app, changing, &intent)?;
    let _held = locked(app, &intent, &bounds)?;
    editor.wait_for_others(&intent, &bounds)?;
    // The question and the locks may have been waited for.
    let now = editor.look(edit, &bounds)?;
    if let Some(evidence) = &now.already {
        return nothing(app, &now, evidence);
    }
    if now.title != intent.title || now.shown != intent.shown {
        let message = "what it is about has changed meanwhile: nothing was changed";
        return Err(Refusal::new(Kind::Refused, message)
            .hint(format!("{edit}  # again: it looks first"))
            .into());
    }
    let title = now.title.clone();
    let record = Record::start(
        &app.home(),
        &app.run,
        Told {
            place: PLACE.to_owned(),
            command: typed(&app.global, &edit.to_string()),
            object: now.object.to_string(),
            inverse: complete(app, &now.inverse),
        },
    )?;
    let object = now.object.to_string();
    let audited =
        |object: &str, ending| audit::change(app, PLACE, object, &edit.to_string(), ending);
    match now.make(&bounds, &mutate) {
        Ok(mut made) => {
            if made.changed {
                audited(&made.object.to_string(), Ending::Done);
            }
            made.inverse = complete(app, &made.inverse);
            record.done(made.inverse.clone())?;
            tell(app, &title, &made)
        }
        Err(error) => {
            audited(&object, Ending::of_error(error.is_lost()));
            record.failed(error.to_string())?;
            if !error.is_lost() {
                return Err(error.into());
            }
            let mut refusal = Refusal::new(Kind::Partial, error.to_string());
            refusal.hints = error.hints();
            Err(refusal
                .hint(format!("{edit}  # again: it looks first"))
                .into())
        }
    }
}

fn locked(app: &App, intent: &Intent, bounds: &Bounds) -> Result<Vec<Held>> {
    let locks = app.locks();
    let held = intent.locks.iter().map(|name| locks.take(name, bounds));
    Ok(held.collect::<Result<_, _>>()?)
}

/// Asks what the class of the change wants asked.
fn permission(app: &App, changing: &Changing, intent: &Intent) -> Result<Mutate> {
    let mut shown = intent.shown.clone();
    shown.insert(0, intent.title.clone());
    match &intent.class {
        Class::Adds => Ok(consent::by_class()),
        Class::Unused(objects) if are_ours(app, objects)? => Ok(consent::by_class()),
        Class::Unused(_) | Class::Asks => consent::ask(app, changing, &shown, "Go on?"),
        Class::Typed(name) => consent::typed(app, changing, &shown, name),
    }
}

/// Whether attachments of this state directory made all of these.
fn are_ours(app: &App, objects: &[String]) -> Result<bool> {
    if objects.is_empty() {
        return Ok(false);
    }
    let journals = app.journals().list_all()?;
    let ledger = Ledger::of(&journals);
    Ok(objects.iter().all(|object| ledger.is_ours(object)))
}

/// `--dry-run`: what would be done, and typed to do and to take back the same.
fn show(app: &App, intent: &Intent) -> Result<Kind> {
    if app.printer.is_data() {
        let value = json!({
            "title": intent.title, "object": intent.object, "cuts": [],
            "shown": intent.shown, "wire": intent.wire, "inverse": intent.inverse,
            "practice": app.is_practice(),
        });
        app.printer.item(columns::CHANGE_PLAN, &value)?;
        return Ok(Kind::Done);
    }
    app.printer.line(&format!("would {}", intent.title))?;
    for line in &intent.shown {
        app.printer.line(&format!("  {line}"))?;
    }
    for line in &intent.wire {
        app.printer.line(line)?;
    }
    tell_inverse(app, &intent.inverse);
    Ok(Kind::Done)
}

fn nothing(app: &App, intent: &Intent, evidence: &str) -> Result<Kind> {
    let made = Made {
        changed: false,
        object: intent.object.clone(),
        evidence: evidence.to_owned(),
        trouble: None,
        inverse: Vec::new(),
    };
    tell(app, &intent.title, &made)
}

/// What was done, what there is now, and how to take it back.
fn tell(app: &App, title: &str, made: &Made) -> Result<Kind> {
    match app.printer.format() {
        Format::Table | Format::Wide => {
            let practice = if app.is_practice() { "   PRACTICE" } else { "" };
            let first = if made.changed { title } else { "nothing to do" };
            let evidence = &made.evidence;
            app.printer
                .line(&format!("{first}: {evidence}{practice}"))?;
        }
        _ => {
            let object = &made.object;
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let value = json!({
                "what": object.what, "id": some(&object.id), "name": some(&object.name),
                "title": title, "changed": made.changed, "evidence": made.evidence,
                "trouble": made.trouble, "cuts": [], "inverse": made.inverse,
                "practice": app.is_practice(),
            });
            app.printer.item(columns::CHANGE, &value)?;
        }
    }
    tell_inverse(app, &made.inverse);
    match &made.trouble {
        Some(trouble) => {
            app.note(&format!("warning: {trouble}"));
            Ok(Kind::Findings)
        }
        None => Ok(Kind::Done),
    }
}

fn complete(app: &App, lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| typed(&app.global, line)).collect()
}

fn tell_inverse(app: &App, lines: &[String]) {
    if app.printer.is_for_people() {
        for line in lines {
            app.note(&format!("to take it back: {line}"));
        }
    }
}
