//! Who owns what: the sum of all journals of this state directory, open and closed.

use std::collections::BTreeMap;

use super::journal::{Event, Found};

/// Which objects this tool made and has not removed.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    owned: BTreeMap<String, bool>,
}

impl Ledger {
    /// Adds up journals. Within and between them, the order of time counts: an object may be
    /// made by one attachment and removed by another.
    pub fn of(journals: &[Found]) -> Self {
        let mut events: Vec<_> = journals
            .iter()
            .flat_map(|j| &j.entries)
            .filter(|e| e.object.is_some())
            .collect();
        events.sort_by_key(|e| e.at);
        let mut owned = BTreeMap::new();
        let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
        for entry in events {
            let Some(object) = entry.object.as_deref() else {
                continue;
            };
            let ours = match entry.event {
                // `started` says that it was absent before: whatever is there now, we made.
                Event::Started => {
                    begun.insert(object, &entry.run);
                    true
                }
                Event::Done => true,
                // An answered refusal made nothing.
                Event::Failed if !entry.doubt => false,
                // Somebody else was faster between our look and our request.
                Event::Adopted if begun.remove(object) == Some(&entry.run) => false,
                Event::Undone => false,
                _ => continue,
            };
            owned.insert(object.to_owned(), ours);
        }
        Self { owned }
    }

    /// Whether some journal says that we made it and none that we removed it.
    pub fn is_ours(&self, object: &str) -> bool {
        self.owned.get(object).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::journal::{Entry, FORMAT};

    fn found(lines: &[(i64, Event, &str)]) -> Found {
        let entries = lines.iter().map(|(second, event, object)| Entry {
            v: FORMAT,
            at: jiff::Timestamp::from_second(*second).unwrap(),
            run: "r".into(),
            event: *event,
            key: Some("k".into()),
            object: Some((*object).to_owned()),
            facts: None,
            before: None,
            cause: None,
            doubt: false,
            opened: None,
        });
        Found {
            name: "j".into(),
            closed: false,
            entries: entries.collect(),
        }
    }

    #[test]
    fn ownership_follows_time_across_journals() {
        let one = found(&[(1, Event::Started, "host"), (2, Event::Done, "host")]);
        let two = found(&[(5, Event::Undone, "host"), (3, Event::Adopted, "view")]);
        assert!(Ledger::of(std::slice::from_ref(&one)).is_ours("host"));
        assert!(!Ledger::of(&[two.clone(), one.clone()]).is_ours("host"));
        let three = found(&[(6, Event::Started, "host")]);
        let ledger = Ledger::of(&[three, two, one]);
        assert!(ledger.is_ours("host"), "an unanswered start counts");
        assert!(!ledger.is_ours("view"), "adopted is not ours");
        assert!(!ledger.is_ours("other"));
        let refused = found(&[(1, Event::Started, "host"), (2, Event::Failed, "host")]);
        assert!(!Ledger::of(&[refused]).is_ours("host"));
    }
}
