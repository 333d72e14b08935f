//! What one journal claims to have made: the sum of its lines, object by object.
//!
//! Each journal is true by itself. Whoever removes an object that another journal claims writes
//! that down in that other journal too, so no two journals need be compared by their clocks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entry::{Entry, Event};
use crate::step::{Made, Recorded};

/// What one journal says of one object.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claim {
    /// The step that stands for it.
    pub key: String,
    /// Whether it was new, so that it must go in the end.
    pub created: bool,
    /// What it was like before we changed it.
    pub altered: Option<Value>,
    /// Whether a change of it has no recorded answer.
    pub doing: Option<Doing>,
    /// What was claimed before the change now being made.
    saved: (bool, Option<Value>),
    /// Counts up with every start, so that the newest can be undone first.
    order: usize,
}

/// A change without a recorded answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It is being made, or changed if it was there already.
    Making {
        /// Whether it was there already.
        existed: bool,
    },
    /// It is being undone.
    Unmaking,
}

impl Claim {
    /// Whether it is ours: made or changed by us, and not taken back.
    pub fn is_ours(&self) -> bool {
        self.created || self.altered.is_some()
    }

    /// What undo must do; `None` when there is nothing of ours in it.
    pub fn made(&self) -> Option<Made> {
        let before = if self.created {
            None
        } else {
            Some(self.altered.clone()?)
        };
        Some(Made { before })
    }

    /// Adds what it says.
    pub fn tell(&self, recorded: &mut Recorded) {
        recorded.created |= self.created;
        recorded.before.extend(self.altered.clone());
    }

    /// Whether a change of it was begun that nobody knows the outcome of.
    pub fn is_in_doubt(&self) -> bool {
        matches!(self.doing, Some(Doing::Making { .. }))
    }

    fn take(&mut self, entry: &Entry, order: usize) {
        match entry.event {
            // A start says that it was absent: whatever is there from now on, we made.
            Event::Started => {
                self.saved = match (self.doing, entry.existed) {
                    // An earlier start found it absent and has no answer: whatever this one meets,
                    // and in whatever form, came from that one. (A step may take two requests, and
                    // a check may infer an absence without a look of its own.)
                    (Some(Doing::Making { existed: false }), _) => (true, None),
                    (_, false) => (false, None),
                    (Some(Doing::Making { existed: true }), true) => self.saved.clone(),
                    (Some(Doing::Unmaking) | None, true) => (self.created, self.altered.clone()),
                };
                if entry.existed {
                    self.altered = self.altered.take().or_else(|| entry.before.clone());
                } else {
                    self.created = true;
                    self.altered = None;
                }
                self.doing = Some(Doing::Making {
                    existed: entry.existed,
                });
                self.order = order;
            }
            Event::Done => {
                if matches!(self.doing, Some(Doing::Making { .. })) {
                    if entry.existed || entry.before.is_some() {
                        let before = entry.before.clone();
                        self.created = self.saved.0;
                        self.altered = self.altered.take().or(before);
                    } else {
                        self.created = true;
                        self.altered = None;
                    }
                }
                self.doing = None;
            }
            // In doubt the claim stands: it may be there.
            Event::Failed if entry.doubt => {}
            // An answered refusal, or somebody who was faster: this start made nothing. What an
            // earlier start without an answer may have made stays claimed.
            Event::Failed | Event::Adopted => {
                if matches!(self.doing, Some(Doing::Making { .. })) {
                    (self.created, self.altered) = self.saved.clone();
                }
                self.doing = None;
            }
            Event::Owned => {
                if entry.before.is_none() {
                    self.created = true;
                    self.altered = None;
                } else {
                    self.altered = self.altered.take().or_else(|| entry.before.clone());
                }
                self.doing = None;
                self.order = order;
            }
            Event::UndoStarted => self.doing = Some(Doing::Unmaking),
            Event::UndoFailed => self.doing = None,
            Event::Undone => {
                self.created &= entry.restored;
                self.altered = None;
                self.doing = None;
            }
            Event::Opened | Event::Cleared | Event::Closed | Event::Unknown => {}
        }
    }
}

/// What one journal says of all objects.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    objects: BTreeMap<String, Claim>,
    lines: usize,
}

impl Claims {
    /// Adds up lines.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut claims = Self::default();
        for entry in entries {
            claims.take(entry);
        }
        claims
    }

    /// Adds one line.
    pub fn take(&mut self, entry: &Entry) {
        self.lines += 1;
        let (Some(object), Some(key)) = (&entry.object, &entry.key) else {
            return;
        };
        let claim = self.objects.entry(object.clone()).or_default();
        claim.key.clone_from(key);
        claim.take(entry, self.lines);
    }

    /// What is said of an object.
    pub fn get(&self, object: &str) -> Option<&Claim> {
        self.objects.get(object)
    }

    /// The objects that are ours, by name.
    pub fn ours(&self) -> impl Iterator<Item = (&String, &Claim)> {
        self.objects.iter().filter(|(_, claim)| claim.is_ours())
    }

    /// The objects that are ours, the one begun last first.
    pub fn newest_first(&self) -> Vec<(&String, &Claim)> {
        let mut ours: Vec<_> = self.ours().collect();
        ours.sort_by_key(|(_, claim)| std::cmp::Reverse(claim.order));
        ours
    }

    /// Whether nothing is ours.
    pub fn is_empty(&self) -> bool {
        self.ours().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(event: Event, change: impl FnOnce(&mut Entry)) -> Entry {
        let mut entry = Entry::of("r", event, Some("k"));
        entry.object = Some("o".into());
        change(&mut entry);
        entry
    }

    fn plain(event: Event) -> Entry {
        line(event, |_| {})
    }

    fn sum(lines: &[Entry]) -> Option<Made> {
        Claims::of(lines).get("o").and_then(Claim::made)
    }

    #[test]
    fn an_unanswered_start_is_ours_and_an_answered_refusal_is_not() {
        let started = plain(Event::Started);
        let doubt = line(Event::Failed, |e| e.doubt = true);
        assert_eq!(sum(std::slice::from_ref(&started)).unwrap().before, None);
        assert!(sum(&[started.clone(), doubt]).is_some());
        assert!(sum(&[started.clone(), plain(Event::Failed)]).is_none());
        assert!(sum(&[started.clone(), plain(Event::Adopted)]).is_none());
        assert!(sum(&[started, plain(Event::Done), plain(Event::Undone)]).is_none());
        assert!(sum(&[plain(Event::Adopted)]).is_none());
    }

    #[test]
    fn what_an_unanswered_start_left_half_made_is_ours() {
        // Killed between the two requests of a step: made, but not yet bound.
        let half = line(Event::Started, |e| {
            e.existed = true;
            e.before = Some(json!("free"));
        });
        let done = line(Event::Done, |e| {
            e.existed = true;
            e.before = Some(json!("free"));
        });
        let started = plain(Event::Started);
        for second in [&half, &started] {
            for end in [&done, &plain(Event::Failed), &plain(Event::Adopted)] {
                let lines = [started.clone(), second.clone(), end.clone()];
                assert_eq!(sum(&lines).unwrap().before, None, "{lines:?}");
            }
        }
    }

    #[test]
    fn what_was_there_before_is_restored_and_never_removed() {
        let free = json!("free");
        let started = line(Event::Started, |e| {
            e.existed = true;
            e.before = Some(free.clone());
        });
        // The answer is lost, or comes: the same.
        let done = line(Event::Done, |e| e.existed = true);
        for lines in [vec![started.clone()], vec![started.clone(), done]] {
            assert_eq!(sum(&lines).unwrap().before, Some(free.clone()));
        }
        // The check did not know that it was there; the answer does.
        let told = line(Event::Done, |e| e.before = Some(free.clone()));
        let lines = [plain(Event::Started), told];
        assert_eq!(sum(&lines).unwrap().before, Some(free.clone()));
        assert!(sum(&[started, plain(Event::Undone)]).is_none());
    }

    #[test]
    fn changing_what_we_made_does_not_make_it_less_ours() {
        let change = line(Event::Started, |e| {
            e.existed = true;
            e.before = Some(json!("slow"));
        });
        let mut lines = vec![plain(Event::Started), plain(Event::Done), change];
        for last in [
            plain(Event::Failed),
            line(Event::Undone, |e| e.restored = true),
            line(Event::Done, |e| e.existed = true),
        ] {
            lines.push(last);
            assert_eq!(sum(&lines).unwrap().before, None);
            lines.pop();
        }
    }

    #[test]
    fn what_an_unanswered_start_made_by_halves_is_ours_when_a_later_start_finds_it() {
        let half = line(Event::Started, |e| {
            e.existed = true;
            e.before = Some(json!("free"));
        });
        let told = line(Event::Done, |e| e.before = Some(json!("free")));
        let mut lines = vec![plain(Event::Started), half];
        assert_eq!(sum(&lines).unwrap().before, None);
        for last in [told, plain(Event::Failed)] {
            lines.push(last);
            assert_eq!(sum(&lines).unwrap().before, None);
            lines.pop();
        }
    }

    #[test]
    fn what_a_person_gave_us_is_ours_until_it_is_undone() {
        let owned = plain(Event::Owned);
        let free = line(Event::Owned, |e| e.before = Some(json!("free")));
        let seen = plain(Event::Adopted);
        assert_eq!(sum(&[seen.clone(), owned.clone()]).unwrap().before, None);
        let lines = [seen, free];
        assert_eq!(sum(&lines).unwrap().before, Some(json!("free")));
        assert!(sum(&[owned, plain(Event::Undone)]).is_none());
    }

    #[test]
    fn a_failed_undo_claims_no_more_than_before_it() {
        let foreign = [
            plain(Event::Adopted),
            plain(Event::UndoStarted),
            plain(Event::UndoFailed),
        ];
        assert!(sum(&foreign).is_none());
        let ours = [
            plain(Event::Started),
            plain(Event::Done),
            plain(Event::UndoStarted),
            plain(Event::UndoFailed),
        ];
        assert!(sum(&ours).is_some());
    }
}
