//! One JSON object of a reply, read liberally: numbers and booleans are texts on some versions
//! and numbers and booleans on others (oceanstor.md §2).

use std::str::FromStr;

use serde_json::{Map, Value};

/// A typed view of one object of the array.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::array) struct Object(Map<String, Value>);

impl Object {
    /// Takes a JSON object; its numbers and booleans become texts.
    pub(super) fn new(mut map: Map<String, Value>) -> Self {
        for value in map.values_mut() {
            if matches!(value, Value::Number(_) | Value::Bool(_)) {
                *value = Value::String(value.to_string());
            }
        }
        Self(map)
    }

    /// A field's text, blanks at its ends removed; `None` when it is missing, null or empty (the
    /// arrays write an absent reference as `""`), and when it is a list or an object.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        let text = self.0.get(field)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A field's text, also an empty one: where "told to be none" differs from "not told".
    pub(super) fn raw(&self, field: &str) -> Option<&str> {
        Some(self.0.get(field)?.as_str()?.trim())
    }

    /// A field as a number of any kind.
    pub(super) fn number<T: FromStr>(&self, field: &str) -> Option<T> {
        self.text(field)?.parse().ok()
    }

    /// A field as a truth: `true`, `false`, `1`, `0`, in any case.
    pub(super) fn flag(&self, field: &str) -> Option<bool> {
        let text = self.text(field)?;
        if text.eq_ignore_ascii_case("true") || text == "1" {
            Some(true)
        } else if text.eq_ignore_ascii_case("false") || text == "0" {
            Some(false)
        } else {
            None
        }
    }

    /// A field that holds JSON: as it is, or written into a text (`ASSOCIATEMETADATA`,
    /// `AVAILABLEHOSTLUNIDLIST`, `NODELIST`).
    pub(super) fn json(&self, field: &str) -> Option<Value> {
        match self.0.get(field)? {
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Null => None,
            other => Some(other.clone()),
        }
    }

    /// The whole object in one line, to tell objects without an id apart.
    pub(super) fn line(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// The field `ID`.
    pub(super) fn id(&self) -> Option<&str> {
        self.text("ID")
    }

    /// The field `NAME`.
    pub(super) fn name(&self) -> Option<&str> {
        self.text("NAME")
    }

    /// The number under which the host of an `…/associate` query sees this LUN: `HostLUNID` in
    /// `ASSOCIATEMETADATA`. `None` when the array does not tell it (yet).
    pub(super) fn host_lun_number(&self) -> Option<crate::model::ids::LunNumber> {
        let metadata = self.json("ASSOCIATEMETADATA")?;
        let told = match &metadata {
            Value::Object(map) => Some(map),
            Value::Array(items) => items.first().and_then(Value::as_object),
            _ => None,
        }?;
        // `HostLUNID` in replies, `hostLUNId` in requests: the capitals are not to be relied on.
        let (_, number) = told
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("HostLUNID"))?;
        let text = match number {
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        text.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Object {
        Object::new(value.as_object().unwrap().clone())
    }

    #[test]
    fn numbers_and_truths_are_read_from_texts_and_from_themselves() {
        for value in [
            json!({"ID": "12", "ISFREE": "true", "COUNT": "2", "TYPE": 21}),
            json!({"ID": 12, "ISFREE": true, "COUNT": 2, "TYPE": "21"}),
            json!({"ID": " 12 ", "ISFREE": "TRUE", "COUNT": "2", "TYPE": "21"}),
        ] {
            let object = object(value);
            assert_eq!(object.id(), Some("12"));
            assert_eq!(object.flag("ISFREE"), Some(true));
            assert_eq!(object.number("COUNT"), Some(2_u64));
            assert_eq!(object.number("TYPE"), Some(21_u32));
        }
        let odd = object(json!({"ID": "", "NAME": null, "X": [1], "N": "-1", "F": "maybe"}));
        assert_eq!((odd.id(), odd.name(), odd.text("X")), (None, None, None));
        assert_eq!(odd.raw("ID"), Some(""));
        assert_eq!(odd.number::<u64>("N"), None);
        assert_eq!(odd.flag("F"), None);
    }

    #[test]
    fn the_lun_number_hides_in_a_text() {
        for (metadata, want) in [
            (json!("{\"HostLUNID\":1}"), Some(1)),
            (json!("{\"HostLUNID\":\"7\"}"), Some(7)),
            (json!("{\"HostLUNID\": 0}"), Some(0)),
            (json!({"HostLUNID": 511}), Some(511)),
            (json!([{"LUNID": "30", "hostLUNId": "7"}]), Some(7)),
            (json!("{\"HOSTLUNID\": \"8\"}"), Some(8)),
            (json!("{}"), None),
            (json!("{\"HostLUNID\":-1}"), None),
            (json!("{\"HostLUNID\":65535}"), None),
            (json!(""), None),
            (json!("garbage"), None),
            (json!(null), None),
        ] {
            let object = object(json!({"ID": "30", "ASSOCIATEMETADATA": metadata}));
            assert_eq!(object.host_lun_number().map(|n| n.0), want, "{metadata}");
        }
        assert_eq!(object(json!({"ID": "30"})).host_lun_number(), None);
    }
}
