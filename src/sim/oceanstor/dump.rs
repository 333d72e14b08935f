//! The whole state as one JSON value that two moments can be compared by.

use serde_json::{Map, Value};

use super::state::State;

/// Left out: counters, behaviour, accounts, and what initiators do by themselves.
const VOLATILE: [&str; 4] = ["next", "options", "users", "online"];

pub(super) fn dump(state: &State) -> Value {
    sorted(serde_json::to_value(state).unwrap_or_default())
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<(String, Value)> = map
                .into_iter()
                .filter(|(key, _)| !VOLATILE.contains(&key.as_str()))
                .collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            let masked = |key: &str, value: &Value| key == "chap_password" && value != "";
            let pairs = pairs.into_iter().map(|(key, value)| {
                let value = if masked(&key, &value) {
                    Value::from("***")
                } else {
                    sorted(value)
                };
                (key, value)
            });
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
