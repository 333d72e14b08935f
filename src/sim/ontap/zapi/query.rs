//! `query` and `desired-attributes` of an iterator (ontap.md §3).

use super::xml::Element;
use crate::sim::ontap::initiator;
use crate::sim::ontap::matching::text_matches;
use crate::sim::ontap::refusal::{Done, Refusal, Why};

/// The query of one iterator call: the children of `<query><some-info>`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query(Vec<Element>);

impl Query {
    /// Reads `<query><info>…</info></query>` and refuses fields the type does not have.
    pub(super) fn parse(query: Option<&Element>, info: &str, known: &[&str]) -> Done<Self> {
        let Some(query) = query else {
            return Ok(Self::default());
        };
        let mut wanted = Vec::new();
        for child in &query.children {
            if child.name != info {
                return Err(unexpected(&child.name));
            }
            check(&child.children, "", known)?;
            wanted.extend(child.children.iter().cloned());
        }
        Ok(Self(wanted))
    }

    /// Whether a record with this value in a leaf of its top level may match: asked before the
    /// record is built.
    pub(super) fn allows(&self, name: &str, value: &str) -> bool {
        let mut asked = self.0.iter().filter(|e| e.name == name).peekable();
        asked.peek().is_none() || asked.any(|e| leaf_matches(e, value))
    }

    /// All elements must match; of several that have one name, one must.
    pub(super) fn matches(&self, record: &Element) -> bool {
        all_match(&self.0, &record.children)
    }
}

fn all_match(wanted: &[Element], found: &[Element]) -> bool {
    wanted.iter().all(|each| {
        let mut alike = wanted.iter().filter(|other| other.name == each.name);
        alike.any(|other| {
            let mut same = found.iter().filter(|f| f.name == other.name);
            same.any(|f| {
                if other.children.is_empty() {
                    leaf_matches(other, &f.text)
                } else {
                    all_match(&other.children, &f.children)
                }
            })
        })
    })
}

/// An empty element asks for nothing.
fn leaf_matches(wanted: &Element, value: &str) -> bool {
    let text = wanted.text.trim();
    if text.is_empty() {
        return true;
    }
    if wanted.name.starts_with("initiator") && wanted.name.contains("name") && !text.contains('*') {
        // Names of initiators are compared as the array keeps them (§9.1).
        return text_matches(text, value) || text_matches(&initiator::folded(text), value);
    }
    text_matches(text, value)
}

/// `desired-attributes`: what a record shows. Nothing asked is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Desired(Vec<Element>);

impl Desired {
    pub(super) fn parse(desired: Option<&Element>, info: &str, known: &[&str]) -> Done<Self> {
        let Some(desired) = desired else {
            return Ok(Self::default());
        };
        let mut wanted = Vec::new();
        for child in &desired.children {
            if child.name != info {
                return Err(unexpected(&child.name));
            }
            check(&child.children, "", known)?;
            wanted.extend(child.children.iter().cloned());
        }
        Ok(Self(wanted))
    }

    pub(super) fn of(&self, record: Element) -> Element {
        keep(&self.0, record)
    }
}

/// An element without children asks for everything below it.
fn keep(wanted: &[Element], mut record: Element) -> Element {
    if wanted.is_empty() {
        return record;
    }
    let found = std::mem::take(&mut record.children);
    let kept = found.into_iter().filter_map(|child| {
        let asked: Vec<&Element> = wanted.iter().filter(|w| w.name == child.name).collect();
        match asked.as_slice() {
            [] => None,
            many if many.iter().any(|w| w.children.is_empty()) => Some(child),
            many => {
                let below: Vec<Element> = many.iter().flat_map(|w| w.children.clone()).collect();
                Some(keep(&below, child))
            }
        }
    });
    record.children = kept.collect();
    record
}

fn unexpected(name: &str) -> Refusal {
    Refusal::about(Why::Unexpected, name, format!("Unexpected element: {name}"))
}

/// `known` holds the paths of leaves, with slashes: a path, and what leads to it, is known.
fn check(elements: &[Element], above: &str, known: &[&str]) -> Done<()> {
    for element in elements {
        let path = if above.is_empty() {
            element.name.clone()
        } else {
            format!("{above}/{}", element.name)
        };
        let leads = known.iter().any(|k| {
            k.strip_prefix(path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if !leads {
            return Err(unexpected(&path));
        }
        check(&element.children, &path, known)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_matches_by_any_member_and_alternatives_are_alternatives() {
        let record =
            Element::parse("<g><name>a</name><is><i><n>x</n></i><i><n>y</n></i></is></g>").unwrap();
        let query = |text: &str| {
            let whole = format!("<query><g>{text}</g></query>");
            let whole = Element::parse(&whole).unwrap();
            let known = ["name", "other", "is/i/n"];
            Query::parse(Some(&whole), "g", &known).map(|q| q.matches(&record))
        };
        assert_eq!(query("<is><i><n>y</n></i></is>"), Ok(true));
        assert_eq!(query("<is><i><n>z</n></i><i><n>x</n></i></is>"), Ok(true));
        assert_eq!(query("<is><i><n>z</n></i></is>"), Ok(false));
        assert_eq!(query("<name>a</name><is><i><n>z</n></i></is>"), Ok(false));
        assert_eq!(query("<other>a</other>"), Ok(false));
        assert!(query("<nonsense>a</nonsense>").is_err());
        assert!(query("<is><i><m>z</m></i></is>").is_err());
    }

    #[test]
    fn desired_attributes_cut_a_record() {
        let record = Element::parse("<g><a>1</a><b><c>2</c><d>3</d></b></g>").unwrap();
        let cut = |text: &str| {
            let whole = Element::parse(&format!("<d><g>{text}</g></d>")).unwrap();
            let desired = Desired::parse(Some(&whole), "g", &["a", "b/c", "b/d"]).unwrap();
            desired.of(record.clone()).packed()
        };
        assert_eq!(cut(""), record.packed());
        assert_eq!(cut("<a/>"), "<g><a>1</a></g>");
        assert_eq!(cut("<b><d/></b>"), "<g><b><d>3</d></b></g>");
        assert_eq!(cut("<b/>"), "<g><b><c>2</c><d>3</d></b></g>");
    }
}
