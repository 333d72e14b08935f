//! What was changed by hand, object by object: the record of the writing verbs.
//!
//! It owns nothing (DESIGN §5, "Noun verbs claim nothing"): what a verb makes, a later attach
//! adopts. It tells who changed what, whether it came to its end, and how to take it back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::FORMAT;
use super::error::Error;
use crate::system::store::{Lines, Store};

/// The file within the state directory.
const FILE: &str = "manual.jsonl";

/// What is said about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It is about to be made.
    Started,
    /// It was made.
    Done,
    /// It was refused, or its answer was lost.
    Failed,
    /// A word of a newer program.
    #[serde(other)]
    Unknown,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The format, as in the journals of attachments.
    pub v: u32,
    /// When.
    pub at: Timestamp,
    /// Which run of the program.
    pub run: String,
    /// What happened.
    pub event: Event,
    /// The array, or `node`.
    pub place: String,
    /// The change as a command, without secrets.
    pub command: String,
    /// The object, as people call it.
    pub object: String,
    /// The commands that take it back.
    #[serde(default)]
    pub inverse: Vec<String>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// The record of one change, open from before it until after.
#[derive(Debug)]
pub struct Record {
    lines: Lines,
    line: Line,
}

/// A change as it is written down.
#[derive(Debug, Clone)]
pub struct Told {
    /// The array, or `node`.
    pub place: String,
    /// The change as a command, without secrets.
    pub command: String,
    /// The object, as people call it.
    pub object: String,
    /// The commands that take it back.
    pub inverse: Vec<String>,
}

impl Record {
    /// Writes that the change is about to be made.
    ///
    /// # Errors
    /// When the line cannot be written: the change must not be made then.
    pub fn start(state: &Store, run: &str, told: Told) -> Result<Self, Error> {
        let mut record = Self {
            lines: state.append_to(FILE)?,
            line: Line {
                v: FORMAT,
                at: Timestamp::now(),
                run: run.to_owned(),
                event: Event::Started,
                place: told.place,
                command: told.command,
                object: told.object,
                inverse: told.inverse,
                cause: None,
            },
        };
        record.write()?;
        Ok(record)
    }

    /// Writes that it was made, and how it is taken back now.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn done(mut self, inverse: Vec<String>) -> Result<(), Error> {
        self.line.event = Event::Done;
        self.line.inverse = inverse;
        self.write()
    }

    /// Writes that it was not made, or that nobody knows.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn failed(mut self, cause: String) -> Result<(), Error> {
        self.line.event = Event::Failed;
        self.line.cause = Some(cause);
        self.write()
    }

    fn write(&mut self) -> Result<(), Error> {
        self.line.at = Timestamp::now();
        let text = serde_json::to_string(&self.line).map_err(|e| Error::Journal(e.to_string()))?;
        Ok(self.lines.add(&text)?)
    }
}

/// Every line of the file, the oldest first; a torn one is passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn list(state: &Store) -> Result<Vec<Line>, Error> {
    let text = state.read(FILE)?.unwrap_or_default();
    let lines = text.lines().filter_map(|l| serde_json::from_str(l).ok());
    Ok(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        Told {
            place: "dorado1".into(),
            command: "sanctl hostgroup create g".into(),
            object: "hostgroup g".into(),
            inverse: vec!["sanctl hostgroup delete g".into()],
        }
    }

    #[test]
    fn a_change_is_written_before_and_after() {
        let dir = tempfile::tempdir().unwrap();
        let state = Store::new(dir.path());
        assert_eq!(list(&state).unwrap(), []);
        let record = Record::start(&state, "r1", told()).unwrap();
        assert_eq!(list(&state).unwrap().len(), 1);
        record
            .done(vec!["sanctl hostgroup delete id:4".into()])
            .unwrap();
        let record = Record::start(&state, "r2", told()).unwrap();
        record.failed("no answer".into()).unwrap();
        let events: Vec<_> = list(&state).unwrap().iter().map(|l| l.event).collect();
        use Event::{Done, Failed, Started};
        assert_eq!(events, [Started, Done, Started, Failed]);
        let lines = list(&state).unwrap();
        assert_eq!(lines[1].inverse, ["sanctl hostgroup delete id:4"]);
        assert_eq!(lines[3].cause.as_deref(), Some("no answer"));
    }
}
