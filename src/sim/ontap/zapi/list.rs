//! Iterators: `max-records`, `tag`, `query`, `desired-attributes` (ontap.md §3).

use super::input::{Input, invalid};
use super::query::{Desired, Query};
use super::xml::Element;
use super::{Answer, Asked};
use crate::sim::ontap::options::LastPage;
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::state::{Key, State};

/// The inputs of every iterator.
pub(super) const INPUTS: [&str; 4] = ["max-records", "tag", "query", "desired-attributes"];
/// Records where `max-records` is not given [?].
const USUAL: usize = 20;

/// Records behind a key, in the order of their keys. They are made one by one: a list of all LUNs
/// must not be built to find one.
pub(super) type Rows<'a> = Box<dyn Iterator<Item = (Key, Element)> + 'a>;

/// One iterator.
#[derive(Clone, Copy)]
pub(super) struct List {
    /// The name of a record.
    pub(super) info: &'static str,
    /// The paths of its leaves.
    pub(super) fields: &'static [&'static str],
    /// The records of one SVM, or of all, behind a key.
    pub(super) rows: for<'a> fn(&'a State, Option<u64>, &'a Query, Key) -> Rows<'a>,
    /// What the list could not read.
    pub(super) errors: fn(&State, Option<u64>) -> Option<Element>,
}

impl List {
    pub(super) const fn new(
        info: &'static str,
        fields: &'static [&'static str],
        rows: for<'a> fn(&'a State, Option<u64>, &'a Query, Key) -> Rows<'a>,
    ) -> Self {
        Self {
            info,
            fields,
            rows,
            errors: |_, _| None,
        }
    }

    pub(super) fn run(self, state: &State, asked: &Asked, input: Input<'_>) -> Answer {
        let query = Query::parse(input.child("query"), self.info, self.fields)?;
        let wanted = input.child("desired-attributes");
        let desired = Desired::parse(wanted, self.info, self.fields)?;
        let most = input.number::<u32>("max-records")?;
        let most = most.map_or(Ok(USUAL), |n| match usize::try_from(n) {
            Ok(n) if n > 0 => Ok(n),
            _ => Err(invalid("max-records", "0")),
        })?;
        let most = most.min(state.options.page.max(1));
        let check = check_of(&input);
        let after = match input.text("tag") {
            None => (0, 0),
            Some(tag) => read_tag(&input.0.name, tag, &check)?,
        };
        let rows = (self.rows)(state, asked.svm, &query, after);
        let mut rows = rows.filter(|(_, record)| query.matches(record)).peekable();
        let mut last = after;
        let mut records = Vec::new();
        while records.len() < most {
            let Some((key, record)) = rows.next() else {
                break;
            };
            last = key;
            records.push(desired.of(record));
        }
        let full = records.len() == most;
        let more = match state.options.last_page {
            LastPage::EmptyPage => full,
            _ => rows.peek().is_some(),
        };
        let mut results = Vec::new();
        let count = records.len().to_string();
        if !records.is_empty() {
            results.push(Element::with("attributes-list", records));
        }
        if more {
            let tag = write_tag(&input.0.name, last, &check);
            results.push(Element::leaf("next-tag", tag));
        } else if state.options.last_page == LastPage::EmptyTag {
            results.push(Element::new("next-tag"));
        }
        results.push(Element::leaf("num-records", count));
        if after == (0, 0) {
            results.extend((self.errors)(state, asked.svm));
        }
        Ok(results)
    }
}

/// What has to stay the same from page to page: FNV-1a of query and desired attributes.
fn check_of(input: &Input<'_>) -> String {
    let parts = ["query", "desired-attributes"];
    let text: String = parts
        .iter()
        .filter_map(|name| Some(input.child(name)?.packed()))
        .collect();
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The tag is XML of its own; as a text within an answer it is escaped.
fn write_tag(call: &str, (first, second): Key, check: &str) -> String {
    let keys = vec![
        Element::leaf("key-0", first.to_string()),
        Element::leaf("key-1", second.to_string()),
        Element::leaf("key-2", format!("<{check}>")),
    ];
    Element::with(&format!("{call}-key-td"), keys).packed()
}

fn read_tag(call: &str, tag: &str, check: &str) -> Done<Key> {
    let read = || -> Option<Key> {
        let root = Element::parse(tag).ok()?;
        let text = |name: &str| Some(root.child(name)?.text.clone());
        if root.name != format!("{call}-key-td") || text("key-2")? != format!("<{check}>") {
            return None;
        }
        Some((text("key-0")?.parse().ok()?, text("key-1")?.parse().ok()?))
    };
    Ok(read().ok_or(Why::BadTag)?)
}

/// The rows of something that stands in a list: the place in it is the key.
pub(super) fn numbered<'a, T>(
    all: &'a [T],
    after: Key,
    show: impl Fn(&'a T) -> Option<Element> + 'a,
) -> Rows<'a> {
    let places = (1u64..).zip(all);
    Box::new(
        places
            .skip_while(move |(place, _)| (*place, 0) <= after)
            .filter_map(move |(place, item)| Some(((place, 0), show(item)?))),
    )
}
