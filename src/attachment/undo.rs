//! Taking back: one step, and all that a run made.

use super::error::Error;
use super::report::Shortfall;
use super::up::{after_effect, look};
use super::walk::{ATTEMPTS, Trail, Walk, undo_bounds};
use crate::kit::bounds::Bounds;
use crate::model::facts::Facts;
use crate::step::{self, Cx, Look, Made, Role, State, Step, Undone};

impl Walk<'_> {
    /// Undoes the steps that this run made, the newest first. Errors are collected and the undo
    /// goes on; what could not be taken back is in the result. No signal cuts it short.
    pub fn back(&self, steps: &[&dyn Step], facts: &Facts, trail: &mut Trail) -> Vec<Shortfall> {
        let made = self.journal().made_by_this_run();
        let bounds = undo_bounds(self.bounds);
        let mut left = Vec::new();
        for (key, object, made) in made {
            let Some(step) = steps.iter().find(|s| s.key() == key) else {
                continue;
            };
            let undone = self.take_back(*step, Some(&object), facts, &made, &bounds);
            let row = trail.steps.iter_mut().find(|r| r.key == key);
            match undone {
                // Another attachment has come to need it in the meantime: it stays ours, and goes
                // with the last one that uses it.
                Ok(Undone::StillInUse { by }) if step.role() == Role::Container => {
                    if let Some(row) = row {
                        row.state = State::Present;
                        row.evidence = format!("kept, in use by {by}");
                    }
                }
                Ok(Undone::StillInUse { by }) => left.push(Shortfall {
                    key,
                    why: format!("still in use by {by}"),
                }),
                Ok(_) => {
                    if let Some(row) = row {
                        row.changed = false;
                        row.state = State::Absent;
                        row.evidence = "taken back".into();
                    }
                }
                Err(error) => left.push(Shortfall {
                    key,
                    why: error.reason(),
                }),
            }
        }
        left
    }

    /// Undoes one step, with a line before and after.
    pub(super) fn take_back(
        &self,
        step: &dyn Step,
        object: Option<&str>,
        facts: &Facts,
        made: &Made,
        bounds: &Bounds,
    ) -> Result<Undone, Error> {
        let key = step.key();
        let doubt = object.is_some_and(|object| {
            let journal = self.journal();
            let claim = journal.claim(object);
            claim.is_some_and(super::claims::Claim::is_in_doubt)
        });
        self.remind(step);
        self.journal().undo_started(key, object)?;
        let sent = if doubt {
            self.undo_doubtful(step, facts, made, bounds)
        } else {
            self.send_undo(step, facts, made, bounds)
        };
        match sent {
            Ok(Undone::StillInUse { by }) => {
                let why = format!("still in use by {by}");
                self.journal().undo_failed(key, object, &why)?;
                Ok(Undone::StillInUse { by })
            }
            Ok(done) => {
                let restored = done == Undone::Restored;
                let written = self.disown(key, object, made, restored);
                let written = written.and_then(|()| self.journal().undone(key, object, restored));
                after_effect(key, written)?;
                Ok(done)
            }
            Err(cause) => {
                self.journal()
                    .undo_failed(key, object, &cause.to_string())?;
                Err(Error::step(key, cause))
            }
        }
    }

    /// Tells the other journals that claim an object that it is gone. Before our own line: a
    /// process that ends in between leaves no claim on something that is not there, because the
    /// undo is done again.
    fn disown(
        &self,
        key: &str,
        object: Option<&str>,
        made: &Made,
        restored: bool,
    ) -> Result<(), Error> {
        let Some(object) = object else { return Ok(()) };
        for holder in self.ledger.holders(object) {
            // A restored object is there: only who had changed it has nothing to restore any more.
            let over = !restored || (holder.claim.made().as_ref() == Some(made));
            if over && holder.writable {
                let key = if holder.claim.key.is_empty() {
                    key
                } else {
                    &holder.claim.key
                };
                self.journals
                    .disown(&holder.journal, self.run, key, object, restored)?;
            }
        }
        Ok(())
    }

    /// Undoes what may have been made or not: nobody knows before a look, and what the walk has
    /// seen so far was seen before it.
    fn undo_doubtful(
        &self,
        step: &dyn Step,
        facts: &Facts,
        made: &Made,
        bounds: &Bounds,
    ) -> Result<Undone, step::Error> {
        let found = step.check(&Cx { facts, bounds }, Look::Fresh)?;
        // Absent with a form of before is there, if not as wanted.
        let nothing = found.state == State::Absent && found.before.is_none();
        if nothing && made.before.is_none() {
            return Ok(Undone::AlreadyGone);
        }
        self.send_undo(step, facts, made, bounds)
    }

    fn send_undo(
        &self,
        step: &dyn Step,
        facts: &Facts,
        made: &Made,
        bounds: &Bounds,
    ) -> Result<Undone, step::Error> {
        let cx = Cx { facts, bounds };
        let mut attempt = 1;
        loop {
            let lost = match step.undo(&cx, made, self.mutate) {
                Err(error) if error.is_doubt() => error,
                other => return other,
            };
            let bounds = self.after_doubt();
            let cx = Cx {
                facts,
                bounds: &bounds,
            };
            let Ok(found) = look(step, &cx, Look::Fresh) else {
                return Err(lost);
            };
            match (found.state, &made.before) {
                // A part of it is there, and has to go as well.
                (State::Absent, None) if found.before.is_some() && attempt < ATTEMPTS => {}
                (State::Absent, None) if found.before.is_some() => return Err(lost),
                (State::Absent, None) => return Ok(Undone::Removed),
                (State::Absent | State::Differs, Some(_)) => return Ok(Undone::Restored),
                (State::Present | State::Degraded | State::Differs, _) if attempt < ATTEMPTS => {}
                (State::Present | State::Degraded, _) => return Err(step::Error::settled(lost)),
                _ => return Err(lost),
            }
            attempt += 1;
        }
    }
}
