//! The committed schemas, and whether a value fits one.

use serde_json::{Map, Value};

/// A committed schema.
pub(crate) fn schema(name: &str) -> Value {
    let path = format!("{}/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap()
}

/// Holds a value against a schema: every key of ours must be there, and no other. Only the words
/// that our schemas use are known; any other is a mistake of the schema.
pub(crate) fn complaints(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

/// A line of `jsonl`: an object without its envelope.
#[allow(dead_code, reason = "read where there are lines of lists")]
pub(crate) fn complaints_of_object(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, &schema["$defs"]["object"], value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let map = schema
        .as_object()
        .unwrap_or_else(|| panic!("{at}: {schema}"));
    for (word, rule) in map {
        match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "$defs" | "properties" => {}
            "$ref" => {
                assert_eq!(rule, "#/$defs/object", "{at}");
                check(root, &root["$defs"]["object"], value, at, found);
            }
            "type" => {
                let fits = match rule.as_str().unwrap() {
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    other => panic!("{at}: type {other}"),
                };
                if !fits {
                    found.push(format!("{at}: {rule} wanted: {value}"));
                }
            }
            "format" => {
                assert_eq!(rule, "date-time", "{at}");
                let text = value.as_str().unwrap_or_default();
                if text.parse::<jiff::Timestamp>().is_err() || !text.ends_with('Z') {
                    found.push(format!("{at}: no point in time: {value}"));
                }
            }
            "const" if rule != value => found.push(format!("{at}: {rule} wanted: {value}")),
            "const" => {}
            "enum" if !rule.as_array().unwrap().contains(value) => {
                found.push(format!("{at}: one of {rule} wanted: {value}"));
            }
            "enum" => {}
            "anyOf" => {
                let tried: Vec<Vec<String>> = rule
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| {
                        let mut found = Vec::new();
                        check(root, one, value, at, &mut found);
                        found
                    })
                    .collect();
                if tried.iter().all(|found| !found.is_empty()) {
                    found.extend(tried.into_iter().next().unwrap());
                }
            }
            "oneOf" => {
                let fits = |one: &&Value| required(one).iter().all(|key| value.get(key).is_some());
                let count = rule.as_array().unwrap().iter().filter(fits).count();
                if count != 1 {
                    found.push(format!("{at}: exactly one of {rule} wanted, not {count}"));
                }
            }
            "required" => {
                for key in required(schema) {
                    if value.is_object() && value.get(&key).is_none() {
                        found.push(format!("{at}: no key {key}"));
                    }
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}[{index}]"), found);
                }
            }
            "additionalProperties" => {}
            other => panic!("{at}: this test does not know {other}"),
        }
    }
    let (Some(object), Some(known)) = (value.as_object(), schema.get("properties")) else {
        check_others(root, map, value, at, found);
        return;
    };
    for (key, inner) in object {
        match known.get(key) {
            Some(rule) => check(root, rule, inner, &format!("{at}.{key}"), found),
            None if map.contains_key("additionalProperties") => {}
            None => found.push(format!("{at}: the schema does not know {key}")),
        }
    }
}

/// Values under keys that are not known beforehand.
fn check_others(
    root: &Value,
    map: &Map<String, Value>,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    if let (Some(rule), Some(object)) = (map.get("additionalProperties"), value.as_object()) {
        for (key, inner) in object {
            check(root, rule, inner, &format!("{at}.{key}"), found);
        }
    }
}

fn required(schema: &Value) -> Vec<String> {
    let keys = schema["required"].as_array().into_iter().flatten();
    keys.map(|key| key.as_str().unwrap().to_owned()).collect()
}
