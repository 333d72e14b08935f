//! The journals of a state directory.
//!
//! `attachments/NODE.WWID.jsonl` is open; `attachments/closed/NODE.WWID.N.jsonl` is closed and
//! still owns something; in `attachments/closed/done/` are those that own nothing any more. An
//! attach reads the first two, so that it costs the same after ten thousand attachments.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::claims::Claims;
use super::entry::{Entry, Event, FORMAT, Opened, facts_of, parse};
use super::error::Error;
use super::journal::{Journal, sides};
use crate::model::facts::Facts;
use crate::system::store::{Lines, Store};

/// The journals of a state directory.
#[derive(Debug, Clone)]
pub struct Journals {
    open: Store,
    closed: Store,
    done: Store,
    #[cfg(test)]
    pub(super) gate: Option<super::toy::Gate>,
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
            #[cfg(test)]
            gate: None,
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
            self.put_away(&found.name, &found.claims())?;
            found.entries.clear();
        }
        let Found { name, entries, .. } = found;
        Ok(Journal::over(self.clone(), name, opened, run, entries))
    }

    pub(super) fn append_to(&self, name: &str) -> Result<Lines, Error> {
        Ok(self.open.append_to(name)?)
    }

    /// Moves a closed journal to where it belongs.
    pub(super) fn put_away(&self, name: &str, claims: &Claims) -> Result<(), Error> {
        self.permit(name)?;
        let stem = name.strip_suffix(".jsonl").unwrap_or(name);
        let number = |taken: &String| -> Option<u64> {
            let rest = taken.strip_prefix(stem)?.strip_prefix('.')?;
            rest.strip_suffix(".jsonl")?.parse().ok()
        };
        let mut last = 0;
        for store in [&self.closed, &self.done] {
            last = store
                .names(".jsonl")?
                .iter()
                .filter_map(number)
                .fold(last, u64::max);
        }
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
        for store in [&self.open, &self.closed] {
            let Some(mut lines) = store.append_if_there(name)? else {
                continue;
            };
            self.permit(name)?;
            let mut entry = Entry::of(run, Event::Undone, Some(key));
            entry.object = Some(object.to_owned());
            entry.restored = restored;
            let line = serde_json::to_string(&entry).map_err(|e| Error::Journal(e.to_string()))?;
            lines.add(&line)?;
        }
        if let Some(text) = self.closed.read(name)?
            && Claims::of(&parse(&text)).is_empty()
        {
            let moved = self.closed.move_to(name, &self.done, name);
            // A lane beside this one may have been faster.
            if moved.is_err() && self.closed.read(name)?.is_some() {
                moved?;
            }
        }
        Ok(())
    }

    /// Tests make lines fail here.
    #[allow(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "a gate in tests"
    )]
    pub(super) fn permit(&self, _name: &str) -> Result<(), Error> {
        #[cfg(test)]
        if let Some(gate) = &self.gate {
            return gate.line();
        }
        Ok(())
    }
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
