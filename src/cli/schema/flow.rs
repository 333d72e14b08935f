//! Documents about attachments, and about this program itself.

use serde_json::Value;

use super::array::{connection, protocol};
use super::build::{Key, object_with};
use super::build::{any, flag, integer, list, map, object, or_null, text, time, words};

const STATES: &[&str] = &[
    "present", "absent", "differs", "degraded", "waiting", "unknown",
];

fn path() -> Value {
    object(vec![
        ("iqn", or_null(text()), "iSCSI: the target"),
        ("portal", or_null(text()), "iSCSI: address and port"),
        ("tpgt", or_null(integer()), "iSCSI: the portal group tag"),
        (
            "initiator_wwpn",
            or_null(text()),
            "Fibre Channel: the node's port",
        ),
        (
            "target_wwpn",
            or_null(text()),
            "Fibre Channel: the array's port",
        ),
        ("sid", or_null(integer()), "iSCSI: the session's number"),
        ("hctl", text(), "the kernel's address"),
        ("disk", text(), "such as sda"),
        ("wwid", or_null(text()), "what the disk answers"),
        ("state", text(), "the kernel's word"),
        ("size_bytes", integer(), ""),
    ])
}

fn step() -> Value {
    object(vec![
        ("key", text(), "the same word everywhere"),
        ("where", words(&["array", "node", "guest", "record"]), ""),
        ("state", words(STATES), ""),
        ("evidence", text(), "what was seen or done"),
        ("owner", or_null(words(&["ours", "adopted"])), ""),
        ("changed", flag(), "whether this run changed it"),
        ("elapsed_ms", integer(), ""),
    ])
}

fn failure() -> Value {
    object(vec![
        ("code", integer(), "the exit code"),
        ("kind", text(), "the exit code as a word"),
        ("message", text(), ""),
        ("causes", list(text()), ""),
        ("hints", list(text()), "what to type next"),
        ("step", or_null(text()), "where it happened"),
        ("attachment", or_null(text()), "the LUN"),
        ("foreign", any(), "what somebody else said"),
    ])
}

pub(super) fn error() -> Value {
    object(vec![("error", failure(), "")])
}

pub(super) fn attachment() -> Value {
    let short = object(vec![("key", text(), "the step"), ("why", text(), "")]);
    object(vec![
        ("id", or_null(text()), "the name of its journal"),
        ("lun", text(), ""),
        ("array", or_null(text()), "the section of the configuration"),
        ("node", text(), ""),
        (
            "state",
            text(),
            "attached, degraded, detached, absent, partial, failed…",
        ),
        (
            "changed",
            flag(),
            "whether this run changed anything that is still so",
        ),
        ("device", or_null(text()), "what to open"),
        ("lun_number", or_null(integer()), "the number on the node"),
        ("identity", or_null(words(&["proven", "unproven"])), ""),
        ("wwid", or_null(text()), ""),
        ("size_bytes", or_null(integer()), ""),
        ("paths", list(path()), ""),
        ("steps", list(step()), ""),
        (
            "left",
            list(short),
            "what was not reached, or is left behind",
        ),
        ("hints", list(text()), "what to type next"),
        ("practice", flag(), "true: nothing real was touched"),
        ("exit_code", integer(), "of this LUN alone"),
        ("connection", or_null(connection()), "where to log in"),
        ("error", or_null(failure()), ""),
    ])
}

pub(super) fn plan() -> Value {
    let step = object(vec![
        ("key", text(), ""),
        ("where", words(&["array", "node", "guest", "record"]), ""),
        ("state", words(STATES), "now"),
        ("evidence", text(), "what was seen"),
        ("pending", flag(), "whether the flow would change it"),
        ("title", text(), "what would be done"),
        ("why", text(), ""),
        (
            "verbs",
            list(text()),
            "the sanctl commands that do the same",
        ),
        (
            "wire",
            list(text()),
            "the same as curl, iscsiadm and echo lines",
        ),
    ]);
    object(vec![
        ("lun", text(), ""),
        ("node", text(), ""),
        ("flow", words(&["attach", "detach"]), ""),
        ("steps", list(step), "in their order"),
        ("practice", flag(), "true: nothing real would be touched"),
    ])
}

pub(super) fn capture() -> Value {
    object(vec![
        ("dir", text(), "the folder that was made"),
        ("host", or_null(text()), "the machine's name"),
        ("sessions", integer(), ""),
        ("devices", integer(), ""),
        ("journals", integer(), ""),
    ])
}

pub(super) fn sim() -> Value {
    object_with(
        vec![
            ("state", text(), "the folder of the practice array"),
            ("exists", flag(), ""),
            ("files", list(text()), ""),
        ],
        vec![("changed", flag(), "with reset: false, with --dry-run")],
    )
}

pub(super) fn sim_server() -> Value {
    object(vec![
        ("url", text(), ""),
        ("user", text(), ""),
        ("password", text(), "no secret: every practice array has it"),
        ("serial", text(), ""),
    ])
}

pub(super) fn schema_name() -> Value {
    object(vec![
        ("name", text(), "as in the key schema of a document"),
        ("about", text(), ""),
    ])
}

pub(super) fn explanation() -> Value {
    object(vec![
        ("word", text(), "what was asked for"),
        (
            "kind",
            text(),
            "exit-code, step, oceanstor, ontap-rest, ontap-zapi, iscsiadm, session-state, device-state…",
        ),
        ("meaning", text(), "in one line"),
        ("details", list(text()), "why it is so, how it is treated"),
        ("commands", list(text()), "what to type"),
    ])
}

pub(super) fn config_check() -> Value {
    object(vec![
        ("key", text(), "what was looked at, dotted"),
        ("state", words(&["ok", "wrong", "warning"]), ""),
        ("detail", text(), ""),
        ("origin", or_null(text()), "the file"),
    ])
}

pub(super) fn config_value() -> Value {
    object(vec![
        ("key", text(), "dotted"),
        ("value", any(), "secrets masked"),
        (
            "origin",
            text(),
            "a file, an option or an environment variable",
        ),
        (
            "hidden",
            list(text()),
            "weaker places that say something too",
        ),
    ])
}

pub(super) fn config_file() -> Value {
    object(vec![
        ("file", text(), "the configuration that was written"),
        ("array", text(), "the section"),
        ("kind", text(), "whose array it is"),
        ("svm", or_null(text()), "ONTAP: the SVM to work on"),
        (
            "api",
            or_null(text()),
            "ONTAP: the interface, if one was asked for",
        ),
        ("url", text(), ""),
        ("fingerprint", or_null(text()), "of the pinned certificate"),
        ("secret_file", text(), "where the password is kept"),
        ("serial", or_null(text()), "the array that answered"),
    ])
}

fn opened() -> Value {
    map(any())
}

const EVENTS: &[&str] = &[
    "opened",
    "started",
    "done",
    "adopted",
    "owned",
    "failed",
    "undo_started",
    "undone",
    "undo_failed",
    "cleared",
    "closed",
];

/// What every line of a journal has, and what it may have.
fn line(event: Value) -> [Vec<Key>; 2] {
    [
        vec![
            ("v", integer(), "the format"),
            ("at", time(), ""),
            ("run", text(), "which run of the program"),
            ("event", event, "what happened"),
        ],
        vec![
            ("key", text(), "the step; with cleared, the side"),
            ("object", text(), "what the step makes"),
            ("facts", map(any()), "what is known now"),
            ("before", any(), "what undo must restore"),
            ("cause", text(), "what went wrong"),
            ("doubt", flag(), "no answer came: it may be there"),
            ("existed", flag(), "it was there in another form"),
            ("restored", flag(), "it is there again as it was"),
            ("opened", opened(), "in the first line"),
        ],
    ]
}

pub(super) fn progress() -> Value {
    let [always, mut sometimes] = line(words(&[EVENTS, &["note", "trace"]].concat()));
    sometimes.extend([
        ("lun", or_null(text()), "whose line it is: the LUN"),
        ("attachment", text(), "the name of its journal"),
        ("text", text(), "with note: what is worth knowing"),
        ("trace", map(any()), "with -vv: a request or a command"),
    ]);
    object_with(always, sometimes)
}

pub(super) fn journal() -> Value {
    // A journal of a newer program may have others.
    let [always, sometimes] = line(text());
    let entry = object_with(always, sometimes);
    object_with(
        vec![
            ("id", text(), "for journal show and export"),
            ("lun", or_null(text()), ""),
            ("wwid", or_null(text()), ""),
            ("array", or_null(text()), ""),
            ("node", or_null(text()), ""),
            ("protocol", or_null(protocol()), ""),
            (
                "state",
                words(&["open", "closed", "done"]),
                "done: closed, and owns nothing",
            ),
            ("owns", list(text()), "what it made and has not taken back"),
            ("opened_at", or_null(time()), ""),
            ("last_at", or_null(time()), ""),
            ("last_event", or_null(text()), ""),
        ],
        vec![("entries", list(entry), "with show")],
    )
}

pub(super) fn journal_change() -> Value {
    object(vec![
        ("at", time(), ""),
        ("run", text(), "which run of the program"),
        (
            "event",
            words(&["started", "done", "failed", "unknown"]),
            "how far it came",
        ),
        ("place", text(), "the array, or node"),
        ("object", text(), ""),
        ("command", text(), "the change"),
        ("inverse", list(text()), "the commands that take it back"),
        ("cause", or_null(text()), "what went wrong"),
    ])
}
