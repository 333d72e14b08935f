//! The journals of a state directory.
//!
//! `attachments/NODE.WWID.jsonl` is open; `attachments/closed/NODE.WWID.N.jsonl` is closed and
//! still owns something; in `attachments/closed/done/` are those that own nothing any more. An
//! attach reads the first two, so that it costs the same after ten thousand attachments.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::claims::Claims;
use super::entry::{Entry, Event, FORMAT, Opened, facts_of, parse};
use super::error::Error;
use super::journal::{Journal, sides};
use crate::kit::bounds::Bounds;
use crate::kit::lock::{Held, Locks};
use crate::kit::stop::Stop;
use crate::model::facts::Facts;
use crate::system::store::{Lines, Store};

/// How long the journals may be held by somebody else: a few lines are written meanwhile.
const HOLD: Duration = Duration::from_secs(30);

/// The journals of a state directory.
#[derive(Debug, Clone)]
pub struct Journals {
    open: Store,
    closed: Store,
    done: Store,
    listener: Option<Listener>,
    #[cfg(test)]
    pub(super) gate: Option<super::toy::Gate>,
}

/// Who is told of every line.
#[derive(Clone)]
struct Listener(Arc<dyn Fn(&str) + Send + Sync>);

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
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

    /// What it claims to have made.
    pub fn claims(&self) -> Claims {
        Claims::of(&self.entries)
    }

    /// Whether it was written by a newer program.
    pub fn newer(&self) -> bool {
        self.entries.iter().any(|e| e.v > FORMAT)
    }

    /// The sides (`array`, `node`…) that its attachment has used and not cleared again.
    pub fn sides(&self) -> BTreeSet<&'static str> {
        sides(&self.entries)
    }

    /// Whether it is of an attachment that no array has a part in: made from a connection info.
    /// A detach may begin its journal on the node, before the array has told who it is.
    pub fn is_bare(&self) -> bool {
        let told = |o: &Opened| o.array.is_some() || o.lun.is_some();
        !self.opened().is_some_and(told) && !self.sides().contains("array")
    }

    /// When `side` was cleared, if nothing was done there since: the proof that the array's half
    /// of a detach needs of the node's half.
    pub fn cleared_at(&self, side: &str) -> Option<Timestamp> {
        let cleared = |e: &&Entry| e.event == Event::Cleared && e.key.as_deref() == Some(side);
        let last = self.entries.iter().rev().find(cleared)?;
        (!self.sides().contains(side)).then_some(last.at)
    }

    /// Whether it is of no open attachment: a process ended between the last line and the move,
    /// or before the first line was whole.
    fn is_over(&self) -> bool {
        // Another attachment may have written into it after its end.
        let telling = |e: &&Entry| e.event != Event::Undone;
        let last = self.entries.iter().rev().find(telling);
        last.is_none_or(|e| e.event == Event::Closed)
    }
}

impl Journals {
    /// The journals under a state directory.
    pub fn in_state(state: &Store) -> Self {
        let open = state.within("attachments");
        let closed = open.within("closed");
        Self {
            done: closed.within("done"),
            closed,
            open,
            listener: None,
            #[cfg(test)]
            gate: None,
        }
    }

    /// The same journals; `listen` is given each line as it is written, with the keys `lun` and
    /// `attachment` that tell whose it is. It is told, too, what was found as an earlier line
    /// says already.
    pub fn telling(mut self, listen: Arc<dyn Fn(&str) + Send + Sync>) -> Self {
        self.listener = Some(Listener(listen));
        self
    }

    pub(super) fn tell(&self, opened: &Opened, entry: &Entry) {
        let Some(Listener(listen)) = &self.listener else {
            return;
        };
        if let Ok(Value::Object(mut line)) = serde_json::to_value(entry) {
            let lun = opened.lun.as_ref().map(|lun| lun.name.as_str());
            line.insert("lun".into(), lun.into());
            line.insert("attachment".into(), opened.id.as_str().into());
            listen(&Value::Object(line).to_string());
        }
    }

    /// All open journals.
    ///
    /// # Errors
    /// When the directory or a file cannot be read.
    pub fn list_open(&self) -> Result<Vec<Found>, Error> {
        let mut open = Self::load(&self.open, false)?;
        open.retain(|found| !found.is_over());
        Ok(open)
    }

    /// All journals that may own something, closed ones first: what ownership is made of. Those
    /// that own nothing any more are in [`Journals::list_done`].
    ///
    /// # Errors
    /// When the directory or a file cannot be read.
    pub fn list_all(&self) -> Result<Vec<Found>, Error> {
        // In the direction in which journals move, so that none slips through.
        let mut all = Self::load(&self.open, false)?;
        for found in &mut all {
            found.closed = found.is_over();
        }
        let closed = Self::load(&self.closed, true)?;
        all.splice(0..0, closed);
        Ok(all)
    }

    /// The closed journals that own nothing: history.
    ///
    /// # Errors
    /// When the directory or a file cannot be read.
    pub fn list_done(&self) -> Result<Vec<Found>, Error> {
        Self::load(&self.done, true)
    }

    /// The lines of a journal as they stand in its file; `None` when it has moved meanwhile.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn text(&self, found: &Found) -> Result<Option<String>, Error> {
        for store in [&self.open, &self.closed, &self.done] {
            if let Some(text) = store.read(&found.name)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// Removes a closed journal that owns nothing. False, and nothing is removed, for any other:
    /// what it owns would be nobody's.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn forget(&self, found: &Found) -> Result<bool, Error> {
        // Read anew: another process may have written into it.
        let text = self.done.read(&found.name)?;
        let owns_nothing = |text: &String| {
            let entries = parse(text);
            Claims::of(&entries).is_empty() && entries.iter().all(|e| e.v <= FORMAT)
        };
        Ok(text.as_ref().is_some_and(owns_nothing) && self.done.remove(&found.name)?)
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
        let found = self.open.read(&name)?.map(|text| Found {
            name,
            closed: false,
            entries: parse(&text),
        });
        Ok(found.filter(|found| !found.is_over()))
    }

    /// Opens the journal of an attachment to write. The file is begun with the first line about
    /// a step. To be called under the lock of the attachment.
    ///
    /// # Errors
    /// When it cannot be read, or was written by a newer program.
    pub fn open(&self, run: &str, opened: Opened) -> Result<Journal, Error> {
        let name = file_name(&opened.node, &opened.id);
        let entries = self.open.read(&name)?;
        let mut found = Found {
            name,
            closed: false,
            entries: entries.map(|text| parse(&text)).unwrap_or_default(),
        };
        if let Some(entry) = found.entries.iter().find(|e| e.v > FORMAT) {
            return Err(Error::NewerJournal {
                path: self.open.dir().join(&found.name),
                format: entry.v,
            });
        }
        if found.is_over() && !found.entries.is_empty() {
            self.put_away(&found.name)?;
            found.entries.clear();
        }
        let Found { name, entries, .. } = found;
        Ok(Journal::over(self.clone(), name, opened, run, entries))
    }

    pub(super) fn append_to(&self, name: &str) -> Result<Lines, Error> {
        Ok(self.open.append_to(name)?)
    }

    /// Holds the journals still: what is read of one is true until it is written or moved. A short
    /// wait, which no signal ends: it may be an undo that asks.
    fn hold(&self) -> Result<Held, Error> {
        let bounds = Bounds::new(HOLD, "the journals", Stop::new());
        Ok(Locks::in_dir(self.open.dir()).take("journals", &bounds)?)
    }

    /// Moves a closed journal to where it belongs. Its lines decide: another attachment may have
    /// written into it since its own last look.
    pub(super) fn put_away(&self, name: &str) -> Result<(), Error> {
        #[cfg(test)]
        self.permit()?;
        let _held = self.hold()?;
        let text = self.open.read(name)?.unwrap_or_default();
        let claims = Claims::of(&parse(&text));
        let mut last = 0;
        for store in [&self.closed, &self.done] {
            last = store
                .names(".jsonl")?
                .iter()
                .filter_map(|taken| number_of(taken, name))
                .fold(last, u64::max);
        }
        let stem = name.strip_suffix(".jsonl").unwrap_or(name);
        let free = format!("{stem}.{}.jsonl", last.saturating_add(1));
        let place = if claims.is_empty() {
            &self.done
        } else {
            &self.closed
        };
        Ok(self.open.move_to(name, place, &free)?)
    }

    /// Writes into another attachment's journal that an object it claims is gone, or as it was
    /// before. A closed journal that owns nothing after that is done.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub(super) fn disown(
        &self,
        name: &str,
        run: &str,
        key: &str,
        object: &str,
        restored: bool,
    ) -> Result<(), Error> {
        let _held = self.hold()?;
        let mut entry = Entry::of(run, Event::Undone, Some(key));
        entry.object = Some(object.to_owned());
        entry.restored = restored;
        let line = serde_json::to_string(&entry).map_err(|e| Error::Journal(e.to_string()))?;
        let mut names = vec![name.to_owned()];
        if let Some(mut lines) = self.open.append_if_there(name)? {
            #[cfg(test)]
            self.permit()?;
            lines.add(&line)?;
        } else if self.closed.read(name)?.is_none() {
            // Put away since the ledger was read: it has a number now.
            names = self.closed.names(".jsonl")?;
            names.retain(|now| number_of(now, name).is_some());
        }
        for name in names {
            let Some(text) = self.closed.read(&name)? else {
                continue;
            };
            let mut entries = parse(&text);
            if Claims::of(&entries).ours().any(|(ours, _)| ours == object)
                && let Some(mut lines) = self.closed.append_if_there(&name)?
            {
                #[cfg(test)]
                self.permit()?;
                lines.add(&line)?;
                entries.push(entry.clone());
            }
            if Claims::of(&entries).is_empty() {
                self.closed.move_to(&name, &self.done, &name)?;
            }
        }
        Ok(())
    }

    /// Tests make lines fail here.
    #[cfg(test)]
    pub(super) fn permit(&self) -> Result<(), Error> {
        self.gate.as_ref().map_or(Ok(()), super::toy::Gate::line)
    }
}

/// The number that the journal `name` got when it was put away as `taken`.
fn number_of(taken: &str, name: &str) -> Option<u64> {
    let stem = name.strip_suffix(".jsonl").unwrap_or(name);
    let rest = taken.strip_prefix(stem)?.strip_prefix('.')?;
    rest.strip_suffix(".jsonl")?.parse().ok()
}

/// Every byte outside the safe set becomes `%xx`, so that two attachments never share a file.
fn file_name(node: &str, id: &str) -> String {
    let clean = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02x}"),
            })
            .collect()
    };
    format!("{}.{}.jsonl", clean(node), clean(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "node1.6a4c.jsonl";
    const OBJECT: &str = "oceanstor:1/hostgroup/g";

    fn written(journals: &Journals, events: &[Event]) {
        let mut lines = journals.open.append_to(NAME).unwrap();
        for event in events {
            let mut entry = Entry::of("r1", *event, Some("array.hostgroup"));
            entry.object = Some(OBJECT.to_owned());
            lines.add(&serde_json::to_string(&entry).unwrap()).unwrap();
        }
    }

    fn gone(journals: &Journals) {
        journals
            .disown(NAME, "r2", "array.hostgroup", OBJECT, false)
            .unwrap();
    }

    /// Another attachment's ledger names a journal as it was called when that was read.
    #[test]
    fn a_journal_that_was_put_away_meanwhile_is_told_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let journals = Journals::in_state(&Store::new(dir.path()));
        written(&journals, &[Event::Started, Event::Done, Event::Closed]);
        journals.put_away(NAME).unwrap();
        let claims = |journals: &Journals| journals.list_all().unwrap()[0].claims();
        assert_eq!(claims(&journals).ours().count(), 1);
        gone(&journals);
        assert!(journals.list_all().unwrap().is_empty());
        assert_eq!(journals.list_done().unwrap().len(), 1);
    }

    /// What is in the file counts, not what its writer remembers.
    #[test]
    fn a_journal_that_was_told_before_it_is_put_away_owns_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let journals = Journals::in_state(&Store::new(dir.path()));
        written(&journals, &[Event::Started, Event::Done]);
        gone(&journals);
        written(&journals, &[]);
        journals.put_away(NAME).unwrap();
        assert!(journals.list_all().unwrap().is_empty());
        assert_eq!(journals.list_done().unwrap().len(), 1);
        // Once more: somebody else asks for what is over.
        gone(&journals);
    }
}
