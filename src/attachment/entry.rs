//! The lines of a journal: what they say, how they are read.
//!
//! A line is read for what is understood: a torn one is passed over, an unknown event counts as
//! nothing, and a newer format is noticed whatever else it says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::connector::Connector;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::model::other_connection::OtherConnection;

/// The format written here. A newer one is read for what is understood, never written.
pub const FORMAT: u32 = 1;

/// What is known when a journal is opened: enough to detach without the array.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opened {
    /// Program and version.
    pub program: String,
    /// The kernel's boot id, to know whether the node was started anew since.
    #[serde(default)]
    pub boot_id: Option<String>,
    /// The array.
    #[serde(default)]
    pub array: Option<ArrayFact>,
    /// What the file is named after: the wwid, or a word for a LUN whose identity nobody told.
    pub id: String,
    /// The LUN, if its identity is known.
    #[serde(default)]
    pub lun: Option<LunFact>,
    /// The node's name.
    pub node: String,
    /// What the node told about itself.
    #[serde(default)]
    pub connector: Option<Connector>,
    /// How the LUN is reached. Without a meaning where `other` tells it.
    pub protocol: Protocol,
    /// What is connected by other means than a SAN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherConnection>,
}

/// What happened, as the word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The journal begins.
    Opened,
    /// A step was absent, or different, and is about to be applied.
    Started,
    /// A step is present: made or changed by us if `started` stands before it.
    Done,
    /// A step was present already, made by somebody else.
    Adopted,
    /// A step that somebody else made is ours from now on: a person said so.
    Owned,
    /// A step could not be applied.
    Failed,
    /// A step is about to be undone.
    UndoStarted,
    /// A step is undone.
    Undone,
    /// A step could not be undone, or was left because something needs it.
    UndoFailed,
    /// One side of the attachment, `node` or `array`, was detached and looked at again: its
    /// `key` names the side.
    Cleared,
    /// The attachment is over.
    Closed,
    /// A word of a newer program.
    #[serde(other)]
    Unknown,
}

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// [`FORMAT`].
    pub v: u32,
    /// When.
    pub at: Timestamp,
    /// Which run of the program.
    pub run: String,
    /// What happened.
    pub event: Event,
    /// The step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What the step makes, if it makes anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// What is known now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
    /// What undo must restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// With `failed`: no answer came, or only a part was made; the object may be there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubt: bool,
    /// With `started` and `done`: the object was there before, in another form.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub existed: bool,
    /// With `undone`: it is there again in its former form, instead of gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
    /// The first line's content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
}

impl Entry {
    /// A line about nothing more than an event, now.
    pub fn of(run: &str, event: Event, key: Option<&str>) -> Self {
        Self {
            v: FORMAT,
            at: Timestamp::now(),
            run: run.to_owned(),
            event,
            key: key.map(str::to_owned),
            object: None,
            facts: None,
            before: None,
            cause: None,
            doubt: false,
            existed: false,
            restored: false,
            opened: None,
        }
    }
}

/// Where a step happens, from its key.
pub fn place_of(key: &str) -> &'static str {
    match key.split('.').next() {
        Some("array") => "array",
        Some("node") => "node",
        Some("guest") => "guest",
        _ => "record",
    }
}

/// Reads the lines of a journal. A torn or foreign line is passed over; a line of a newer format
/// that cannot be read otherwise still tells its format.
pub fn parse(text: &str) -> Vec<Entry> {
    text.lines().filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<Entry> {
    if let Ok(entry) = serde_json::from_str(line) {
        return Some(entry);
    }
    let value: Value = serde_json::from_str(line).ok()?;
    let v = u32::try_from(value.get("v")?.as_u64()?).ok()?;
    (v > FORMAT).then(|| Entry {
        v,
        ..Entry::of("", Event::Unknown, None)
    })
}

/// Everything that was ever known, the newest last.
pub fn facts_of(entries: &[Entry]) -> Facts {
    let mut facts = Facts::none();
    for entry in entries {
        if let Some(opened) = &entry.opened {
            facts.lun.clone_from(&opened.lun);
            facts.array.clone_from(&opened.array);
            facts.other.clone_from(&opened.other);
        }
        if let Some(newer) = &entry.facts {
            facts.merge(newer.clone());
        }
        if let (Event::Undone, Some(key)) = (entry.event, &entry.key) {
            facts.forget(key);
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_for_what_is_understood() {
        let text = concat!(
            "{\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run\":\"r\",\"event\":\"started\",\"key\":\"a\"}\n",
            "{\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run\":\"r\",\"event\":\"blessed\",\"new\":1}\n",
            "{\"v\":2,\"at\":12,\"event\":[\"x\"]}\n",
            "not a line\n",
            "{\"v\":1,\"at\":\"2026-01-",
        );
        let entries = parse(text);
        let events: Vec<_> = entries.iter().map(|e| (e.v, e.event)).collect();
        assert_eq!(
            events,
            [
                (1, Event::Started),
                (1, Event::Unknown),
                (2, Event::Unknown)
            ]
        );
    }
}
