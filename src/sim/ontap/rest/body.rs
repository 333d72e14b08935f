//! Strict reading of a request's body. Keys may be dotted (ontap.md §5).

use serde_json::{Map, Value};

use super::params::{invalid, spelled, unexpected};
use crate::sim::ontap::refusal::{Done, Refusal, Why};

/// A body, all of whose fields the request knows.
#[derive(Debug, Clone)]
pub(super) struct Body(Value);

impl Body {
    /// Reads an object and refuses fields that are not among the paths `known`.
    pub(super) fn parse(bytes: &[u8], known: &[&str]) -> Done<Self> {
        let value = if bytes.is_empty() {
            Value::Object(Map::new())
        } else {
            let words = |e: serde_json::Error| Refusal::words(Why::Request, e.to_string());
            serde_json::from_slice(bytes).map_err(words)?
        };
        Self::of(value, known)
    }

    fn of(value: Value, known: &[&str]) -> Done<Self> {
        let Value::Object(map) = value else {
            return Err(Refusal::words(Why::Request, "The body is no object"));
        };
        let whole = undotted(map)?;
        check(&whole, "", known)?;
        Ok(Self(whole))
    }

    /// One or several objects: the members of `records`, else the body itself.
    pub(super) fn several(bytes: &[u8], known: &[&str]) -> Done<Vec<Self>> {
        let words = |e: serde_json::Error| Refusal::words(Why::Request, e.to_string());
        let value: Value = serde_json::from_slice(bytes).map_err(words)?;
        match value {
            Value::Object(mut map) if map.contains_key("records") => {
                let records = map.remove("records");
                if let Some(key) = map.keys().next() {
                    return Err(unexpected(key));
                }
                let Some(Value::Array(records)) = records else {
                    return Err(invalid("records", "no list"));
                };
                records.into_iter().map(|r| Self::of(r, known)).collect()
            }
            one => Ok(vec![Self::of(one, known)?]),
        }
    }

    pub(super) fn get(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        parts.try_fold(&self.0, |value, part| value.get(part))
    }

    pub(super) fn text(&self, path: &str) -> Done<Option<String>> {
        match self.get(path) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(invalid(path, &other.to_string())),
        }
    }

    pub(super) fn flag(&self, path: &str) -> Done<Option<bool>> {
        match self.get(path) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            // Texts are taken for booleans and numbers, as real arrays do [?].
            Some(Value::String(text)) if text == "true" => Ok(Some(true)),
            Some(Value::String(text)) if text == "false" => Ok(Some(false)),
            Some(other) => Err(invalid(path, &other.to_string())),
        }
    }

    pub(super) fn number(&self, path: &str) -> Done<Option<u64>> {
        let Some(value) = self.get(path) else {
            return Ok(None);
        };
        let number = match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        };
        let bad = || invalid(path, &value.to_string());
        number.map(Some).ok_or_else(bad)
    }

    /// A list of objects.
    pub(super) fn list(&self, path: &str) -> Done<Vec<Self>> {
        match self.get(path) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items.iter().cloned().map(Self).collect()),
            Some(other) => Err(invalid(path, &other.to_string())),
        }
    }
}

/// `{"lun.name": 1}` is `{"lun": {"name": 1}}`.
fn undotted(map: Map<String, Value>) -> Done<Value> {
    let mut out = Map::new();
    for (key, value) in map {
        let value = match value {
            Value::Object(inner) => undotted(inner)?,
            other => other,
        };
        let key = spelled(&key);
        let mut nested = value;
        let mut parts: Vec<&str> = key.split('.').collect();
        let first = parts.remove(0).to_owned();
        for part in parts.into_iter().rev() {
            nested = Value::Object(Map::from_iter([(part.to_owned(), nested)]));
        }
        merge(&mut out, first, nested)?;
    }
    Ok(Value::Object(out))
}

fn merge(out: &mut Map<String, Value>, key: String, value: Value) -> Done<()> {
    match (out.get_mut(&key), value) {
        (None, value) => {
            out.insert(key, value);
            Ok(())
        }
        (Some(Value::Object(there)), Value::Object(more)) => {
            more.into_iter().try_for_each(|(k, v)| merge(there, k, v))
        }
        _ => {
            let words = format!("Field \"{key}\" was specified twice");
            Err(Refusal::about(Why::Unexpected, &key, words))
        }
    }
}

fn check(value: &Value, above: &str, known: &[&str]) -> Done<()> {
    match value {
        Value::Object(map) => map.iter().try_for_each(|(key, inner)| {
            let path = if above.is_empty() {
                key.clone()
            } else {
                format!("{above}.{key}")
            };
            let leads = known.iter().any(|k| {
                k.strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            });
            if !leads {
                return Err(unexpected(&path));
            }
            check(inner, &path, known)
        }),
        Value::Array(items) => items.iter().try_for_each(|item| check(item, above, known)),
        _ if above.is_empty() || known.contains(&above) => Ok(()),
        other => Err(invalid(above, &other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dotted_and_nested_keys_are_one_thing() {
        let known = ["lun.name", "lun.uuid", "igroup.name", "n"];
        let read = |value: Value| Body::parse(value.to_string().as_bytes(), &known);
        let body = read(json!({"lun.name": "a", "lun": {"uuid": "b"}, "n": "4"})).unwrap();
        assert_eq!(body.text("lun.name").unwrap().as_deref(), Some("a"));
        assert_eq!(body.text("lun.uuid").unwrap().as_deref(), Some("b"));
        assert_eq!(body.number("n").unwrap(), Some(4));
        for wrong in [
            json!({"lun.nam": "a"}),
            json!({"lun": "a"}),
            json!({"lun.name": "a", "lun": {"name": "b"}}),
            json!([1]),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
