//! Comparing whole arrays: which objects differ, and whether two are the same but for the ids that
//! new objects happened to get.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The tables whose rows are numbered.
const TABLES: [&str; 7] = [
    "hosts",
    "hostgroups",
    "lungroups",
    "views",
    "luns",
    "snapshots",
    "portgroups",
];

/// Every object of a dump, by table and id.
pub(crate) fn rows(dump: &Value) -> BTreeMap<String, Value> {
    let mut rows = BTreeMap::new();
    for (table, value) in dump.as_object().unwrap() {
        let objects = match table.as_str() {
            "iscsi" | "fc" => value.as_object(),
            _ => value.get("rows").and_then(Value::as_object),
        };
        match objects {
            Some(objects) => {
                let named = objects
                    .iter()
                    .map(|(id, row)| (format!("{table}/{id}"), row.clone()));
                rows.extend(named);
            }
            None => drop(rows.insert(table.clone(), value.clone())),
        }
    }
    rows
}

/// The objects that are in one dump and not the same in the other.
pub(crate) fn differing(one: &Value, other: &Value) -> BTreeSet<String> {
    let (one, other) = (rows(one), rows(other));
    let keys = one.keys().chain(other.keys());
    keys.filter(|key| one.get(*key) != other.get(*key))
        .cloned()
        .collect()
}

/// New names for the ids that are not in `before`.
pub(crate) struct Renaming {
    ids: BTreeMap<(&'static str, String), String>,
}

impl Renaming {
    pub(crate) fn new(before: &Value, now: &Value) -> Self {
        let mut ids = BTreeMap::new();
        for table in TABLES {
            let there = |dump: &Value| -> Vec<String> {
                let rows = dump[table]["rows"].as_object().unwrap();
                rows.keys().cloned().collect()
            };
            let known = there(before);
            let new = there(now).into_iter().filter(|id| !known.contains(id));
            ids.extend(
                new.enumerate()
                    .map(|(n, id)| ((table, id), format!("new-{n}"))),
            );
        }
        Self { ids }
    }

    fn id(&self, table: &'static str, id: &Value) -> Value {
        let text = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        self.ids
            .get(&(table, text))
            .map_or_else(|| id.clone(), |new| Value::from(new.as_str()))
    }

    /// A name that ends with the id of its host.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for ((table, id), new) in &self.ids {
            if *table == "hosts" {
                for kind in ["HostGroup", "LunGroup", "Mapping_View"] {
                    let old = format!("OpenStack_{kind}_{id}");
                    let ends = |at: usize| {
                        let next = text[at + old.len()..].chars().next();
                        !next.is_some_and(|c| c.is_ascii_digit())
                    };
                    if let Some(at) = text.find(&old).filter(|at| ends(*at)) {
                        let name = format!("OpenStack_{kind}_{new}");
                        text.replace_range(at..at + old.len(), &name);
                    }
                }
            }
        }
        text
    }

    /// The same dump with the new names.
    pub(crate) fn dump(&self, dump: &Value) -> Value {
        let mut out = Map::new();
        for (key, row) in rows(dump) {
            let (table, id) = key.split_once('/').unwrap_or((&key, ""));
            let known = TABLES.into_iter().find(|t| *t == table);
            let id = match known {
                Some(table) => self.id(table, &Value::from(id)),
                None => Value::from(id),
            };
            out.insert(
                format!("{table}/{}", id.as_str().unwrap()),
                self.row(table, row),
            );
        }
        Value::Object(out)
    }

    fn row(&self, table: &str, row: Value) -> Value {
        let Value::Object(row) = row else { return row };
        let fields = row.into_iter().map(|(field, value)| {
            let of = match (table, field.as_str()) {
                (_, "host" | "seen_by") | ("hostgroups", "members") => "hosts",
                ("luns" | "snapshots", "groups") | (_, "lungroup") => "lungroups",
                ("hosts", "groups") | (_, "hostgroup") => "hostgroups",
                (_, "views") => "views",
                (_, "portgroup") => "portgroups",
                _ => "",
            };
            let of = TABLES.into_iter().find(|t| *t == of);
            let value = match (of, value) {
                (Some(of), Value::Array(ids)) => ids.iter().map(|id| self.id(of, id)).collect(),
                (Some(of), id) => self.id(of, &id),
                (None, Value::String(text)) => Value::from(self.text(&text)),
                (None, value) => value,
            };
            (field, value)
        });
        Value::Object(fields.collect())
    }
}
