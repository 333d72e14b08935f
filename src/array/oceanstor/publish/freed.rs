//! Taking back an initiator, the last thing that an attachment needs: it is freed, and bound again
//! if somebody came for its host meanwhile (undo.rs).

use std::sync::atomic::{AtomicBool, Ordering};

use super::super::client::{Task, parallel};
use super::super::envelope::Outcome;
use super::Shared;
use super::ask::Ask;
use super::chap::{was_bound, was_without_chap};
use super::conflict::names;
use super::parts::{self, Noun};
use super::sight::{Initiator, Known};
use super::undo::used;
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::nouns::{HostRef, Protocol};
use crate::step::{Made, Undone};

/// What became of an initiator that was freed.
enum Freed {
    /// Somebody needs it: it is bound again.
    Needed(String),
    /// Nobody needs it, and it was deleted.
    Deleted(Result<Undone, Error>),
    /// Nobody needs it, and the array knows it still.
    Known,
}

impl Shared {
    /// Frees an initiator, and makes the array forget it when this tool made it known.
    pub(super) fn undo_initiator(
        &self,
        id: &str,
        ask: &Ask<'_>,
        made: &Made,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        let host = self.sight().host_id().map(str::to_owned);
        let mut known = self.sight().own(id).known;
        if known == Known::Unknown {
            known = ask.initiator(self.protocol(), id)?;
        }
        let Known::Found(initiator) = known else {
            return Ok(Undone::AlreadyGone);
        };
        let bound = match &initiator.host {
            Some(bound) if Some(&bound.id) == host.as_ref() => true,
            // Another host has it now: not ours to free here, and not gone either. Its claim stays
            // with whoever bound it there.
            Some(bound) => {
                let name = bound.name.as_deref().unwrap_or_default();
                return Ok(used(format!("host {name} (id {})", bound.id)));
            }
            None => false,
        };
        if bound {
            if let Some(by) = self.needed(ask)? {
                return Ok(used(by));
            }
            // Somebody else's group may show the host what the list of its LUNs does not tell,
            // or will in a moment.
            let mut groups = self.with_bonds(ask, |b| b.host_groups.clone())?;
            groups.retain(|group| self.sight().id(Noun::HostGroup) != Some(&group.id));
            if !groups.is_empty() {
                return Ok(used(format!("hostgroup {}", names(&groups))));
            }
        }
        let stays = made.before.as_ref().is_some_and(was_bound);
        // A port that the array sees would be known again at once, free: so it is left.
        let seen = self.protocol() == Protocol::Fc && initiator.online;
        let deletes = made.before.is_none() && !seen;
        self.sight().own_mut(id).deleting = deletes;
        if bound && !stays {
            {
                let mut sight = self.sight();
                // What the host's reply said counts this one, and is over now.
                sight.initiator_count = None;
                sight.own_mut(id).freed = true;
            }
            let request = parts::initiator::unbind(self.protocol(), id);
            self.client.change(&request, ask.bounds, mutate)?;
            self.sight().own_mut(id).known = Known::Found(Initiator {
                host: None,
                ..initiator.clone()
            });
        }
        let mut deleted = None;
        if self.sight().own(id).freed && !stays {
            let free = self.prove_freed((id, deletes), &initiator, ask, mutate)?;
            match free {
                Freed::Needed(by) => return Ok(used(by)),
                Freed::Deleted(done) => deleted = Some(done?),
                Freed::Known => {}
            }
        }
        if let Some(before) = &made.before {
            let off = initiator.chap && was_without_chap(before);
            if off {
                let request = parts::initiator::chap_off(id);
                self.client.change(&request, ask.bounds, mutate)?;
            }
            return Ok(if off || (bound && !stays) {
                Undone::Restored
            } else {
                Undone::AlreadyGone
            });
        }
        match deleted {
            Some(done) => Ok(done),
            None if deletes => self.delete_initiator(id, ask, mutate),
            None if bound => Ok(Undone::Removed),
            None => Ok(Undone::AlreadyGone),
        }
    }

    /// Proves that nobody needs the initiator that was freed a moment ago: its host can be deleted,
    /// while the initiator itself is. If somebody does, it goes back.
    fn prove_freed(
        &self,
        (id, deletes): (&str, bool),
        initiator: &Initiator,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<Freed, Error> {
        let going = self.sight().going.contains(&Noun::Host);
        let mut deleted = None;
        if going && self.keeper(Noun::Host, ask)?.is_none() {
            let gone = AtomicBool::new(false);
            let mut tasks: Vec<Task<'_, Option<Result<Undone, Error>>>> = vec![Box::new(|| {
                gone.store(self.delete_early(Noun::Host, ask, mutate), Ordering::SeqCst);
                None
            })];
            if deletes {
                tasks.push(Box::new(|| Some(self.delete_initiator(id, ask, mutate))));
            }
            deleted = parallel(tasks).into_iter().flatten().next();
            if gone.into_inner() {
                return Ok(deleted.map_or(Freed::Known, Freed::Deleted));
            }
        }
        let came = self.ties().came.clone();
        let by = match came {
            Some(by) => Some(by),
            None => self.cut_off(ask)?,
        };
        if let Some(by) = by {
            self.put_initiator_back((id, deleted.is_some()), initiator, ask, mutate)?;
            return Ok(Freed::Needed(by));
        }
        Ok(deleted.map_or(Freed::Known, Freed::Deleted))
    }

    /// Looks whether the host that has lost its initiator a moment ago has come to see a LUN
    /// meanwhile.
    fn cut_off(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        let Some(host) = self.sight().id(Noun::Host).map(str::to_owned) else {
            return Ok(None);
        };
        let mut seen = ask.seen_by(&host, false)?;
        {
            let sight = self.sight();
            if self.goes_too(&sight) {
                seen.retain(|row| !sight.is_it(row));
            }
        }
        let row = seen.first();
        Ok(row.map(|row| self.needed_by(format!("LUN {}", row.at.name))))
    }

    /// Binds the initiator again that this run has freed, and makes it known again if it may have
    /// been deleted.
    fn put_initiator_back(
        &self,
        (id, deleted): (&str, bool),
        initiator: &Initiator,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let Some(host) = self.sight().found(Noun::Host).cloned() else {
            return Ok(());
        };
        if deleted {
            let mut request = parts::initiator::create(self.protocol(), id);
            if initiator.chap {
                request = self.with_account(request)?;
            }
            self.client.change(&request, ask.bounds, mutate)?;
        }
        let back = parts::initiator::bind(self.protocol(), id, &host.id, initiator.chap);
        let reply = self.client.change(&back, ask.bounds, mutate)?;
        if matches!(reply.outcome, Outcome::Missing | Outcome::NotMember) {
            return Err(self.refused(&reply));
        }
        self.sight().own_mut(id).known = Known::Found(Initiator {
            host: Some(HostRef {
                id: host.id,
                name: Some(host.name),
            }),
            ..initiator.clone()
        });
        Ok(())
    }

    /// Makes the array forget the initiator, unless somebody has bound it meanwhile.
    fn delete_initiator(&self, id: &str, ask: &Ask<'_>, mutate: &Mutate) -> Result<Undone, Error> {
        let request = parts::initiator::delete(self.protocol(), id);
        let reply = match self.client.change(&request, ask.bounds, mutate) {
            Err(error @ Error::Refused { .. }) => {
                let known = ask.initiator(self.protocol(), id)?;
                let bound = known.found().and_then(|i| i.host.clone());
                let online = known.found().is_some_and(|i| i.online);
                self.sight().own_mut(id).known = known;
                let Some(bound) = bound else {
                    // It came online meanwhile: a port that the array sees, free as others are.
                    return match self.protocol() {
                        Protocol::Fc if online => Ok(Undone::Removed),
                        _ => Err(error),
                    };
                };
                let name = bound.name.unwrap_or_default();
                return Ok(used(
                    self.needed_by(format!("host {name} (id {})", bound.id)),
                ));
            }
            sent => sent?,
        };
        self.sight().own_mut(id).known = Known::Absent;
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }
}
