//! Which fields a record shows, and whether it matches (ontap.md §5).

use serde_json::{Map, Value};

use super::params::{Direction, Params, invalid, unexpected};
use crate::sim::ontap::initiator;
use crate::sim::ontap::matching::text_matches;
use crate::sim::ontap::refusal::Done;

/// The fields of a resource, as paths of leaves with dots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Shown whatever is asked.
    pub(super) identity: &'static [&'static str],
    /// Everything else.
    pub(super) more: &'static [&'static str],
    /// The ones of them that `*` leaves out, or what leads to them.
    pub(super) expensive: &'static [&'static str],
}

/// Whether `above` is `path` or leads to it.
fn leads(above: &str, path: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Fields {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.identity.iter().chain(self.more).copied()
    }

    fn is_known(&self, path: &str) -> bool {
        self.all().any(|known| leads(path, known))
    }

    /// The paths a request shows: identity, what it names, and what it filters by.
    pub(super) fn shown(&self, params: &Params) -> Done<Vec<String>> {
        let mut shown: Vec<String> = self.identity.iter().map(|f| (*f).to_owned()).collect();
        for field in &params.fields {
            match field.as_str() {
                "**" => shown.extend(self.all().map(str::to_owned)),
                "*" => {
                    let cheap = self
                        .all()
                        .filter(|f| !self.expensive.iter().any(|e| leads(e, f)));
                    shown.extend(cheap.map(str::to_owned));
                }
                known if self.is_known(known) => shown.push(field.clone()),
                _ => return Err(invalid("fields", field)),
            }
        }
        shown.extend(params.filters.keys().cloned());
        Ok(shown)
    }

    /// Refuses filters and orders by what there is not.
    pub(super) fn check(&self, params: &Params) -> Done<()> {
        let leaf = |path: &str| self.all().any(|known| known == path);
        if let Some(name) = params.filters.keys().find(|name| !leaf(name)) {
            return Err(unexpected(name));
        }
        match params.order_by.iter().find(|(name, _)| !leaf(name)) {
            Some((name, _)) => Err(invalid("order_by", name)),
            None => Ok(()),
        }
    }
}

/// Whether a record with this value in one of its fields may match: asked before it is built.
pub(super) fn allows(params: &Params, field: &str, value: &str) -> bool {
    let wanted = params.filters.get(field);
    wanted.is_none_or(|wanted| matches_one(field, wanted, value))
}

/// Whether a record fulfils all filters.
pub(super) fn matches(params: &Params, record: &Value) -> bool {
    params.filters.iter().all(|(path, wanted)| {
        let mut found = Vec::new();
        let list = texts(record, path, &mut found);
        match wanted.as_str() {
            "null" => found.is_empty(),
            "!null" => !found.is_empty(),
            // A field that is not set matches nothing, not even a negation.
            _ if found.is_empty() => false,
            _ if list && wanted.starts_with('!') => {
                found.iter().all(|value| matches_one(path, wanted, value))
            }
            // A comma in the value of a list field: its meaning stands in no source [?].
            _ if list && wanted.contains(',') => wanted
                .split(',')
                .any(|one| found.iter().any(|value| matches_one(path, one, value))),
            _ => found.iter().any(|value| matches_one(path, wanted, value)),
        }
    })
}

fn matches_one(path: &str, wanted: &str, value: &str) -> bool {
    if path.contains("initiator") || path.contains("wwpn") {
        // Names of initiators are compared as the array keeps them (§9.1).
        return text_matches(&initiator::folded(wanted), value) || text_matches(wanted, value);
    }
    text_matches(wanted, value)
}

/// The texts at a path; true if it leads through a list.
fn texts(value: &Value, path: &str, found: &mut Vec<String>) -> bool {
    match value {
        Value::Array(items) => {
            for item in items {
                texts(item, path, found);
            }
            true
        }
        Value::Object(map) => {
            let (head, rest) = path.split_once('.').unwrap_or((path, ""));
            map.get(head).is_some_and(|inner| texts(inner, rest, found))
        }
        Value::String(text) if path.is_empty() => {
            found.push(text.clone());
            false
        }
        Value::Null => false,
        other if path.is_empty() => {
            found.push(other.to_string());
            false
        }
        _ => false,
    }
}

/// Cuts a record to the paths shown. Links stay.
pub(super) fn cut(record: Value, shown: &[String]) -> Value {
    keep(record, "", shown).unwrap_or_else(|| Map::new().into())
}

fn keep(value: Value, above: &str, shown: &[String]) -> Option<Value> {
    match value {
        Value::Object(map) => {
            let kept: Map<String, Value> = map
                .into_iter()
                .filter_map(|(key, inner)| {
                    let path = if above.is_empty() {
                        key.clone()
                    } else {
                        format!("{above}.{key}")
                    };
                    if key == "_links" || shown.iter().any(|s| leads(s, &path)) {
                        return Some((key, inner));
                    }
                    let partly = shown.iter().any(|s| leads(&path, s));
                    partly
                        .then(|| keep(inner, &path, shown))
                        .flatten()
                        .map(|v| (key, v))
                })
                .collect();
            let only_links = kept.keys().all(|key| key == "_links");
            (!only_links || above.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) => {
            let kept: Vec<Value> = items
                .into_iter()
                .filter_map(|item| keep(item, above, shown))
                .collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        _ => None,
    }
}

/// Orders records as `order_by` says.
pub(super) fn sort<T>(params: &Params, rows: &mut [(T, Value)]) {
    rows.sort_by(|(_, a), (_, b)| {
        for (field, direction) in &params.order_by {
            let (a, b) = (first(a, field), first(b, field));
            let order = match (&a, &b) {
                (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                    (Ok(a), Ok(b)) => a.cmp(&b),
                    _ => a.cmp(b),
                },
                _ => a.cmp(&b),
            };
            let order = match direction {
                Direction::Up => order,
                Direction::Down => order.reverse(),
            };
            if order.is_ne() {
                return order;
            }
        }
        std::cmp::Ordering::Equal
    });
}

fn first(record: &Value, path: &str) -> Option<String> {
    let mut found = Vec::new();
    texts(record, path, &mut found);
    found.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn params(query: &str) -> Params {
        Params::parse(query).unwrap()
    }

    #[test]
    fn filters() {
        let record = json!({"name": "a", "n": 5, "on": true, "svm": {"name": "s"},
            "initiators": [{"name": "iqn.x:a"}, {"name": "iqn.x:b"}]});
        for (query, holds) in [
            ("name=a", true),
            ("name=b|a", true),
            ("n=>4&n2=null", true),
            ("n=<5", false),
            ("on=true", true),
            ("svm.name=s*", true),
            ("initiators.name=IQN.x:B", true),
            ("initiators.name=iqn.x:c,iqn.x:a", true),
            ("initiators.name=!iqn.x:a", false),
            ("initiators.name=!iqn.x:c", true),
            ("portset.name=!x", false),
            ("portset.name=null", true),
            ("name=!null", true),
        ] {
            assert_eq!(matches(&params(query), &record), holds, "{query}");
        }
    }

    #[test]
    fn only_what_is_shown_stays() {
        let fields = Fields {
            identity: &["uuid"],
            more: &["svm.name", "svm.uuid", "list.name", "list.size", "dear.x"],
            expensive: &["dear"],
        };
        let record = json!({"uuid": 1, "svm": {"name": "s", "uuid": 2},
            "list": [{"name": "a", "size": 3}], "dear": {"x": 4}, "_links": {}});
        let shown = |query: &str| {
            let shown = fields.shown(&params(query)).unwrap();
            cut(record.clone(), &shown)
        };
        assert_eq!(shown(""), json!({"uuid": 1, "_links": {}}));
        assert_eq!(
            shown("fields=svm.name,list.size"),
            json!({"uuid": 1, "svm": {"name": "s"}, "list": [{"size": 3}], "_links": {}})
        );
        assert_eq!(shown("fields=*")["dear"], Value::Null);
        assert_eq!(shown("fields=*,dear")["dear"], json!({"x": 4}));
        assert_eq!(shown("fields=**"), record);
        assert_eq!(shown("svm.uuid=2")["svm"], json!({"uuid": 2}));
        assert!(fields.shown(&params("fields=other")).is_err());
        assert!(fields.check(&params("list=1")).is_err());
    }
}
