//! Lists of records: filters, pages, orders, counts.

use serde_json::Value;

use super::Asked;
use super::answer::{Answer, Outcome};
use super::fields::{self, Fields};
use super::params::Params;
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::state::{Key, State};

/// Records where `max_records` is not given, and at most (ontap.md §5).
const MOST: usize = 10_000;

/// Records behind a key, in the order of their keys, made one by one.
pub(super) type Rows<'a> = Box<dyn Iterator<Item = (Key, Value)> + 'a>;

/// A list of one sort of objects.
pub(super) struct Collection {
    /// Behind `/api`.
    pub(super) path: &'static str,
    pub(super) fields: Fields,
    /// The records of one SVM, or of all, behind a key; the parameters may spare building some.
    pub(super) rows: for<'a> fn(&'a State, Option<u64>, &'a Params, Key) -> Rows<'a>,
}

impl Collection {
    /// One page, or only the count.
    pub(super) fn list(&self, state: &State, asked: &Asked<'_>) -> Answer {
        let params = &asked.params;
        self.fields.check(params)?;
        let shown = self.fields.shown(params)?;
        if params.return_records == Some(false) {
            return Ok(Outcome::Count(self.found(state, asked, (0, 0)).count()));
        }
        let most = params.max_records.unwrap_or(MOST);
        let most = most.min(MOST).min(state.options.page.max(1));
        let start = params.start.as_ref().map_or((0, 0), |(key, _)| *key);
        let rows: Rows<'_> = if params.order_by.is_empty() {
            Box::new(self.found(state, asked, start))
        } else {
            // The place in the order is the key.
            let mut all: Vec<(Key, Value)> = self.found(state, asked, (0, 0)).collect();
            fields::sort(params, &mut all);
            let places = (1u64..).zip(all);
            let behind = places.filter(move |(place, _)| (*place, 0) > start);
            Box::new(behind.map(|(place, (_, record))| ((place, 0), record)))
        };
        let mut rows = rows.peekable();
        let mut last = start;
        let mut records = Vec::new();
        while records.len() < most {
            let Some((key, record)) = rows.next() else {
                break;
            };
            last = key;
            records.push(fields::cut(record, &shown));
        }
        let more = rows.peek().is_some();
        let next = more.then(|| format!("/api{}?{}", self.path, params.next(last)));
        Ok(Outcome::Page { records, next })
    }

    fn found<'a>(
        &self,
        state: &'a State,
        asked: &'a Asked<'_>,
        after: Key,
    ) -> impl Iterator<Item = (Key, Value)> + use<'a> {
        let params = &asked.params;
        let rows = (self.rows)(state, asked.svm, params, after);
        rows.filter(|(_, record)| fields::matches(params, record))
    }

    /// The keys of what a change of the whole list is about; a query is needed. `switches` are
    /// parameters of the change and no filters.
    pub(super) fn keys(
        &self,
        state: &State,
        asked: &Asked<'_>,
        switches: &[&str],
    ) -> Done<Vec<Key>> {
        let mut params = asked.params.clone();
        params
            .filters
            .retain(|name, _| !switches.contains(&name.as_str()));
        self.fields.check(&params)?;
        if params.filters.is_empty() {
            return Err(Why::NoApi.into());
        }
        let rows = (self.rows)(state, asked.svm, &params, (0, 0));
        let found = rows.filter(|(_, record)| fields::matches(&params, record));
        let keys: Vec<Key> = found.map(|(key, _)| key).collect();
        if keys.is_empty() {
            return Err(Why::NoEntry.into());
        }
        Ok(keys)
    }

    /// The record of this key.
    pub(super) fn one(&self, state: &State, asked: &Asked<'_>, key: Key) -> Answer {
        let shown = self.fields.shown(&asked.params)?;
        let record = self.record(state, asked, key).ok_or(Why::NoEntry)?;
        Ok(Outcome::Object(fields::cut(record, &shown)))
    }

    fn record(&self, state: &State, asked: &Asked<'_>, (first, second): Key) -> Option<Value> {
        let before = match second {
            0 => (first.saturating_sub(1), u64::MAX),
            _ => (first, second - 1),
        };
        let none = Params::default();
        let mut rows = (self.rows)(state, asked.svm, &none, before);
        rows.next()
            .filter(|(key, _)| *key == (first, second))
            .map(|(_, record)| record)
    }

    /// What was made: with its record if that was asked, with the fields `*` shows.
    pub(super) fn made(&self, state: &State, asked: &Asked<'_>, key: Key, at: &str) -> Answer {
        let location = format!("/api{}/{at}", self.path);
        let records = match asked.params.return_records {
            Some(true) => {
                let all = Params {
                    fields: vec!["*".to_owned()],
                    ..Params::default()
                };
                let shown = self.fields.shown(&all)?;
                let record = self.record(state, asked, key);
                Some(record.map(|r| fields::cut(r, &shown)).into_iter().collect())
            }
            _ => None,
        };
        Ok(Outcome::Made { location, records })
    }
}

/// The rows of something that stands in a list: the place in it is the key.
pub(super) fn numbered<'a, T: 'a>(
    all: impl IntoIterator<Item = T> + 'a,
    after: Key,
    show: impl Fn(T) -> Option<Value> + 'a,
) -> Rows<'a> {
    let places = (1u64..).zip(all);
    Box::new(
        places
            .skip_while(move |(place, _)| (*place, 0) <= after)
            .filter_map(move |(place, item)| Some(((place, 0), show(item)?))),
    )
}
