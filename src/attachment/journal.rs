//! The journal of one attachment: what was about to be done, and what was done (DESIGN §5).
//!
//! One event per line. A line is on the disk before the effect it announces, so a process may end
//! at any point and the next one knows what may have happened. No secret is ever written. A
//! journal begins with its first line about a step: looking alone leaves no trace.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::claims::{Claim, Claims, Doing};
use super::entry::{Entry, Event, facts_of, place_of};
use super::error::Error;
use crate::model::facts::Facts;
use crate::step::{Finding, Made};
use crate::system::store::Lines;

pub use super::entry::{FORMAT, Opened};
pub use super::journals::{Found, Journals};

/// How a step came to be present.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// It was not there; it is new.
    Created,
    /// It was there in another form; the answer may have told which.
    Altered(Option<Value>),
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    directory: Journals,
    name: String,
    /// Opened with the first line that is written.
    lines: Option<Lines>,
    opened: Opened,
    run: String,
    entries: Vec<Entry>,
    claims: Claims,
    /// What the last line that saw a step present said of it.
    seen: BTreeMap<String, Value>,
    fresh: bool,
}

impl Journal {
    /// A journal with the lines that the disk holds of it.
    pub(super) fn over(
        directory: Journals,
        name: String,
        opened: Opened,
        run: &str,
        entries: Vec<Entry>,
    ) -> Self {
        let mut journal = Self {
            directory,
            name,
            lines: None,
            opened,
            run: run.to_owned(),
            fresh: entries.is_empty(),
            entries: Vec::new(),
            claims: Claims::default(),
            seen: BTreeMap::new(),
        };
        for entry in entries {
            journal.take(entry);
        }
        journal
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this run began it.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Whether nothing was ever written in it: there is no file then.
    pub fn is_blank(&self) -> bool {
        self.entries.is_empty()
    }

    /// Everything known from it.
    pub fn facts(&self) -> Facts {
        facts_of(&self.entries)
    }

    /// What it says of an object.
    pub fn claim(&self, object: &str) -> Option<&Claim> {
        self.claims.get(object)
    }

    /// What it claims to have made.
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The steps that this run made or changed, the newest first: key, object, what undo must do.
    pub fn made_by_this_run(&self) -> Vec<(String, String, Made)> {
        let claims = Claims::of(self.entries.iter().filter(|e| e.run == self.run));
        let made = |(object, claim): (&String, &Claim)| {
            Some((claim.key.clone(), object.clone(), claim.made()?))
        };
        claims.newest_first().into_iter().filter_map(made).collect()
    }

    /// Whether this run wrote down, before it changed anything, what a step would make: its
    /// outcome is in the claims then, whatever was answered.
    pub fn accounts_for(&self, key: &str) -> bool {
        self.entries.iter().any(|e| {
            e.run == self.run
                && e.object.is_some()
                && e.key.as_deref() == Some(key)
                && matches!(e.event, Event::Started | Event::UndoStarted)
        })
    }

    /// Whether anything that a step made may still be there.
    pub fn owns_anything(&self) -> bool {
        !self.claims.is_empty()
    }

    /// The sides (`array`, `node`…) that this attachment has used and not cleared again.
    pub fn sides(&self) -> BTreeSet<&'static str> {
        sides(&self.entries)
    }

    fn take(&mut self, entry: Entry) {
        if let Some(key) = &entry.key {
            match (entry.event, &entry.facts) {
                (Event::Done | Event::Adopted, Some(facts)) => {
                    self.seen.insert(key.clone(), as_value(facts));
                }
                (Event::Owned, _) => {}
                (Event::Cleared, _) => self.seen.retain(|k, _| place_of(k) != key),
                _ => {
                    self.seen.remove(key);
                }
            }
        }
        self.claims.take(&entry);
        self.entries.push(entry);
    }

    fn write(&mut self, entry: Entry) -> Result<(), Error> {
        if self.lines.is_none() {
            self.lines = Some(self.directory.append_to(&self.name)?);
        }
        if self.entries.is_empty() {
            let mut first = Entry::of(&self.run, Event::Opened, None);
            first.opened = Some(self.opened.clone());
            self.add(first)?;
        }
        self.add(entry)
    }

    fn add(&mut self, entry: Entry) -> Result<(), Error> {
        let line = serde_json::to_string(&entry).map_err(|e| Error::Journal(e.to_string()))?;
        #[cfg(test)]
        self.directory.permit()?;
        let lines = self.lines.as_mut();
        let lines = lines.ok_or_else(|| Error::Journal("not open".into()))?;
        lines.add(&line)?;
        self.directory.tell(&self.opened, &entry);
        self.take(entry);
        Ok(())
    }

    fn line(&self, event: Event, key: &str, object: Option<&str>) -> Entry {
        let mut entry = Entry::of(&self.run, event, Some(key));
        entry.object = object.map(str::to_owned);
        entry
    }

    /// A step is about to be applied. `existed`: it is there in another form, of which
    /// what was found tells.
    ///
    /// # Errors
    /// When the line cannot be written: the step must not run then.
    pub fn started(
        &mut self,
        key: &str,
        object: Option<&str>,
        existed: bool,
        was: &Finding,
    ) -> Result<(), Error> {
        let mut entry = self.line(Event::Started, key, object);
        entry.existed = existed;
        entry.before = was.before.clone();
        entry.facts = was.facts.announced();
        self.write(entry)
    }

    /// A step that was started is present.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn made(
        &mut self,
        key: &str,
        object: Option<&str>,
        facts: &Facts,
        way: Way,
    ) -> Result<(), Error> {
        let mut entry = self.line(Event::Done, key, object);
        entry.facts = Some(facts.clone());
        if let Way::Altered(before) = way {
            entry.existed = true;
            entry.before = before;
        }
        self.write(entry)
    }

    /// A step is present without this run's doing. Writes a line only if it tells something new.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn present(&mut self, key: &str, object: Option<&str>, facts: &Facts) -> Result<(), Error> {
        let claim = object.and_then(|object| self.claims.get(object));
        let (ours, doing) = match claim {
            Some(claim) => (claim.is_ours(), claim.doing),
            None => (false, None),
        };
        // An earlier run was cut off between the effect and its record: what it started is ours.
        let event = if ours || object.is_none() {
            Event::Done
        } else {
            Event::Adopted
        };
        let mut entry = self.line(event, key, object);
        entry.facts = Some(facts.clone());
        entry.existed = matches!(doing, Some(Doing::Making { existed: true }));
        if doing.is_none() && self.seen.get(key) == Some(&as_value(facts)) {
            self.directory.tell(&self.opened, &entry);
            return Ok(());
        }
        self.write(entry)
    }

    /// The first, answered request of a step said that it exists: somebody else made it.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn adopted(&mut self, key: &str, object: Option<&str>, facts: &Facts) -> Result<(), Error> {
        let mut entry = self.line(Event::Adopted, key, object);
        entry.facts = Some(facts.clone());
        self.write(entry)
    }

    /// A step that somebody else made is ours from now on. `made` = what its undo must do.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn owned(&mut self, key: &str, object: &str, made: &Made) -> Result<(), Error> {
        let mut entry = self.line(Event::Owned, key, Some(object));
        entry.before.clone_from(&made.before);
        self.write(entry)
    }

    /// A step could not be applied. In doubt or halfway, there may be something of ours.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn failed(
        &mut self,
        key: &str,
        object: Option<&str>,
        cause: &crate::step::Error,
    ) -> Result<(), Error> {
        let mut entry = self.line(Event::Failed, key, object);
        entry.cause = Some(cause.to_string());
        entry.doubt = cause.is_doubt() || cause.is_halfway();
        self.write(entry)
    }

    /// A step is about to be undone.
    ///
    /// # Errors
    /// When the line cannot be written: the undo must not run then.
    pub fn undo_started(&mut self, key: &str, object: Option<&str>) -> Result<(), Error> {
        self.write(self.line(Event::UndoStarted, key, object))
    }

    /// A step is undone: gone, or as it was before.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn undone(&mut self, key: &str, object: Option<&str>, restored: bool) -> Result<(), Error> {
        let mut entry = self.line(Event::Undone, key, object);
        entry.restored = restored;
        self.write(entry)
    }

    /// A step could not be undone, or was left because something needs it.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn undo_failed(
        &mut self,
        key: &str,
        object: Option<&str>,
        cause: &str,
    ) -> Result<(), Error> {
        let mut entry = self.line(Event::UndoFailed, key, object);
        entry.cause = Some(cause.to_owned());
        self.write(entry)
    }

    /// One side of the attachment is detached and was looked at again. Not written into a journal
    /// that has no line: nothing was there, and nothing was done.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn cleared(&mut self, side: &'static str) -> Result<(), Error> {
        if !self.is_blank() {
            self.write(Entry::of(&self.run, Event::Cleared, Some(side)))?;
        }
        Ok(())
    }

    /// Ends the attachment and puts the journal away: into `closed/` while it still owns
    /// something, else into `closed/done/`, where no later attach reads it. A journal without a
    /// line leaves nothing.
    ///
    /// # Errors
    /// When it cannot be written or moved.
    pub fn close(mut self) -> Result<(), Error> {
        if self.is_blank() {
            return Ok(());
        }
        self.write(Entry::of(&self.run, Event::Closed, None))?;
        self.directory.put_away(&self.name)
    }
}

/// The sides that were used and not cleared since.
pub(super) fn sides(entries: &[Entry]) -> BTreeSet<&'static str> {
    let mut sides = BTreeSet::new();
    for entry in entries {
        let Some(key) = &entry.key else { continue };
        match entry.event {
            Event::Started | Event::Done | Event::Adopted => {
                sides.insert(place_of(key));
            }
            Event::Cleared => {
                sides.retain(|side| side != key);
            }
            _ => {}
        }
    }
    sides
}

fn as_value(facts: &Facts) -> Value {
    serde_json::to_value(facts).unwrap_or_default()
}
