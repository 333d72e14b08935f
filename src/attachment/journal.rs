//! The journal of one attachment: what was about to be done, and what was done (DESIGN §5).
//!
//! `<state>/attachments/<node>.<wwid>.jsonl`, one event per line. A line is on the disk before
//! the effect it announces, so a process may end at any point and the next one knows what may
//! have happened. Closing moves the file to `closed/`. No secret is ever written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::Error;
use crate::model::connector::Connector;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::step::Made;
use crate::system::store::{Lines, Store};

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
    /// How the LUN is reached.
    pub protocol: Protocol,
}

/// What happened, as the word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The journal begins.
    Opened,
    /// A step was absent and is about to be applied.
    Started,
    /// A step is present: made by us if `object` stands here and `started` before it.
    Done,
    /// A step was present already, made by somebody else.
    Adopted,
    /// A step could not be applied.
    Failed,
    /// A step is about to be undone.
    UndoStarted,
    /// A step is undone.
    Undone,
    /// A step could not be undone.
    UndoFailed,
    /// The attachment is over.
    Closed,
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
    /// With `failed`: no answer came, the change may have been made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubt: bool,
    /// The first line's content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
}

impl Entry {
    fn of(run: &str, event: Event, key: Option<&str>) -> Self {
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
            opened: None,
        }
    }
}

/// What the journal says of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// It was absent and may have been made: no answer is on record.
    Begun,
    /// Made by us, with what undo must restore.
    Made {
        /// What undo must restore.
        before: Option<Value>,
    },
    /// Present, made by somebody else or nothing at all.
    Found,
    /// Its undo may have happened: no answer is on record.
    Undoing {
        /// What undo must restore.
        before: Option<Value>,
    },
    /// Undone.
    Gone,
}

/// Reads the lines of a journal. A torn or foreign line is passed over.
pub fn parse(text: &str) -> Vec<Entry> {
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The marks of all steps after the last of `entries`.
pub fn marks(entries: &[Entry]) -> BTreeMap<String, Mark> {
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    for entry in entries {
        let Some(key) = &entry.key else { continue };
        let before = || match marks.get(key) {
            Some(Mark::Made { before } | Mark::Undoing { before }) => before.clone(),
            _ => None,
        };
        let mark = match entry.event {
            Event::Started => Mark::Begun,
            // A failure that was answered made nothing; one in doubt leaves `Begun` standing.
            Event::Failed if entry.doubt => continue,
            Event::Failed => Mark::Gone,
            Event::Done if entry.object.is_some() => Mark::Made {
                before: entry.before.clone(),
            },
            Event::Done | Event::Adopted => match marks.get(key) {
                // Seeing again what we made does not make it somebody else's.
                Some(Mark::Made { .. }) => continue,
                _ => Mark::Found,
            },
            Event::UndoStarted => Mark::Undoing { before: before() },
            Event::Undone => Mark::Gone,
            Event::UndoFailed => Mark::Made { before: before() },
            Event::Opened | Event::Closed => continue,
        };
        marks.insert(key.clone(), mark);
    }
    marks
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    store: Store,
    name: String,
    lines: Lines,
    run: String,
    entries: Vec<Entry>,
    fresh: bool,
}

/// The journals of a state directory.
#[derive(Debug, Clone)]
pub struct Journals {
    open: Store,
    closed: Store,
}

/// A journal as found on the disk, not opened for writing.
#[derive(Debug, Clone)]
pub struct Found {
    /// The file's name.
    pub name: String,
    /// Whether its attachment is over.
    pub closed: bool,
    /// Its lines.
    pub entries: Vec<Entry>,
}

impl Found {
    /// The content of the first line.
    pub fn opened(&self) -> Option<&Opened> {
        self.entries.iter().find_map(|e| e.opened.as_ref())
    }

    /// Everything that was ever known, the newest last.
    pub fn facts(&self) -> Facts {
        facts_of(&self.entries)
    }

    /// Whether it was written by a newer program.
    pub fn newer(&self) -> bool {
        self.entries.iter().any(|e| e.v > FORMAT)
    }
}

fn facts_of(entries: &[Entry]) -> Facts {
    let mut facts = Facts::none();
    for entry in entries {
        if let Some(opened) = &entry.opened {
            facts.lun.clone_from(&opened.lun);
            facts.array.clone_from(&opened.array);
        }
        if let Some(newer) = &entry.facts {
            facts.merge(newer.clone());
        }
    }
    facts
}

impl Journals {
    /// The journals under a state directory.
    pub fn in_state(state: &Store) -> Self {
        let open = state.within("attachments");
        Self {
            closed: open.within("closed"),
            open,
        }
    }

    /// All open journals.
    ///
    /// # Errors
    /// When the directory or a file cannot be read.
    pub fn list_open(&self) -> Result<Vec<Found>, Error> {
        Self::load(&self.open, false)
    }

    /// All journals, closed ones first.
    ///
    /// # Errors
    /// When the directory or a file cannot be read.
    pub fn list_all(&self) -> Result<Vec<Found>, Error> {
        let mut all = Self::load(&self.closed, true)?;
        all.extend(Self::load(&self.open, false)?);
        Ok(all)
    }

    fn load(store: &Store, closed: bool) -> Result<Vec<Found>, Error> {
        let mut found = Vec::new();
        for name in store.names(".jsonl")? {
            // It may be closed between the listing and the reading.
            if let Some(text) = store.read(&name)? {
                found.push(Found {
                    name,
                    closed,
                    entries: parse(&text),
                });
            }
        }
        Ok(found)
    }

    /// The open journal of the attachment `id` on `node`, if there is one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn find(&self, node: &str, id: &str) -> Result<Option<Found>, Error> {
        let name = file_name(node, id);
        let text = self.open.read(&name)?;
        Ok(text.map(|text| Found {
            name,
            closed: false,
            entries: parse(&text),
        }))
    }

    /// Opens the journal of an attachment to write, beginning it if there is none.
    ///
    /// # Errors
    /// When it cannot be written, or was written by a newer program.
    pub fn open(&self, run: &str, opened: Opened) -> Result<Journal, Error> {
        let name = file_name(&opened.node, &opened.id);
        let entries = self
            .open
            .read(&name)?
            .map(|text| parse(&text))
            .unwrap_or_default();
        if let Some(entry) = entries.iter().find(|e| e.v > FORMAT) {
            return Err(Error::NewerJournal {
                path: self.open.dir().join(&name),
                format: entry.v,
            });
        }
        let lines = self.open.append_to(&name)?;
        let fresh = entries.is_empty();
        let mut journal = Journal {
            store: self.open.clone(),
            name,
            lines,
            run: run.to_owned(),
            entries,
            fresh,
        };
        if fresh {
            let mut entry = Entry::of(run, Event::Opened, None);
            entry.opened = Some(opened);
            journal.write(entry)?;
        }
        Ok(journal)
    }
}

fn file_name(node: &str, id: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let clean = |text: &str| -> String {
        text.chars()
            .map(|c| if safe(c) { c } else { '_' })
            .collect()
    };
    format!("{}.{}.jsonl", clean(node), clean(id))
}

impl Journal {
    /// Whether this run began it.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Everything known from it.
    pub fn facts(&self) -> Facts {
        facts_of(&self.entries)
    }

    /// What it says of a step.
    pub fn mark(&self, key: &str) -> Option<Mark> {
        marks(&self.entries).remove(key)
    }

    /// The steps that this run made, the newest first, with what undo must restore.
    pub fn made_by_this_run(&self) -> Vec<(String, Made)> {
        let marks = marks(&self.entries);
        let mut made: Vec<(String, Made)> = Vec::new();
        for entry in self.entries.iter().rev() {
            let Some(key) = &entry.key else { continue };
            let ours = entry.run == self.run && entry.event == Event::Started;
            if !ours || made.iter().any(|(k, _)| k == key) {
                continue;
            }
            match marks.get(key) {
                Some(Mark::Made { before } | Mark::Undoing { before }) => {
                    made.push((
                        key.clone(),
                        Made {
                            before: before.clone(),
                        },
                    ));
                }
                Some(Mark::Begun) => made.push((key.clone(), Made::default())),
                _ => {}
            }
        }
        made
    }

    /// Whether anything that a step made may still be there.
    pub fn owns_anything(&self) -> bool {
        marks(&self.entries)
            .values()
            .any(|m| matches!(m, Mark::Begun | Mark::Made { .. } | Mark::Undoing { .. }))
    }

    fn write(&mut self, entry: Entry) -> Result<(), Error> {
        let line = serde_json::to_string(&entry).map_err(|e| Error::Journal(e.to_string()))?;
        self.lines.add(&line)?;
        self.entries.push(entry);
        Ok(())
    }

    /// A step was absent and is about to be applied.
    ///
    /// # Errors
    /// When the line cannot be written: the step must not run then.
    pub fn started(&mut self, key: &str, object: Option<String>) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::Started, Some(key));
        entry.object = object;
        self.write(entry)
    }

    /// A step was made by us.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn made(
        &mut self,
        key: &str,
        object: Option<String>,
        facts: &Facts,
        before: Option<Value>,
    ) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::Done, Some(key));
        entry.object = object;
        entry.facts = Some(facts.clone());
        entry.before = before;
        self.write(entry)
    }

    /// A step was present already.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn found(&mut self, key: &str, object: Option<String>, facts: &Facts) -> Result<(), Error> {
        let event = if object.is_some() {
            Event::Adopted
        } else {
            Event::Done
        };
        let mut entry = Entry::of(&self.run, event, Some(key));
        entry.object = object;
        entry.facts = Some(facts.clone());
        self.write(entry)
    }

    /// A step could not be applied; in doubt, its change may have been made all the same.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn failed(
        &mut self,
        key: &str,
        object: Option<String>,
        cause: &crate::step::Error,
    ) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::Failed, Some(key));
        entry.object = object;
        entry.cause = Some(cause.to_string());
        entry.doubt = cause.is_doubt();
        self.write(entry)
    }

    /// A step is about to be undone.
    ///
    /// # Errors
    /// When the line cannot be written: the undo must not run then.
    pub fn undo_started(&mut self, key: &str, object: Option<String>) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::UndoStarted, Some(key));
        entry.object = object;
        self.write(entry)
    }

    /// A step is undone.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn undone(&mut self, key: &str, object: Option<String>) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::Undone, Some(key));
        entry.object = object;
        self.write(entry)
    }

    /// A step could not be undone, or was left because something needs it.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn undo_failed(
        &mut self,
        key: &str,
        object: Option<String>,
        cause: &str,
    ) -> Result<(), Error> {
        let mut entry = Entry::of(&self.run, Event::UndoFailed, Some(key));
        entry.object = object;
        entry.cause = Some(cause.to_owned());
        self.write(entry)
    }

    /// Ends the attachment and puts the journal away. It is kept: what it still owns is known
    /// from it.
    ///
    /// # Errors
    /// When it cannot be written or moved.
    pub fn close(mut self) -> Result<(), Error> {
        let entry = Entry::of(&self.run, Event::Closed, None);
        self.write(entry)?;
        let closed = self.store.within("closed");
        let stem = self.name.trim_end_matches(".jsonl").to_owned();
        let taken = closed.names(".jsonl")?;
        let free = (1_u32..)
            .map(|n| format!("{stem}.{n}.jsonl"))
            .find(|n| !taken.contains(n));
        // The range is endless, so a free name is always found.
        let free = free.unwrap_or_else(|| self.name.clone());
        Ok(self.store.move_to(&self.name, &closed, &free)?)
    }
}

#[cfg(test)]
mod tests;
