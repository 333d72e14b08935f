//! The few words of JSON Schema that our documents need.

use serde_json::{Map, Value, json};

/// A key of an object: its name, what it holds, what it means.
pub(super) type Key = (&'static str, Value, &'static str);

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn integer() -> Value {
    json!({"type": "integer"})
}

pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

/// One of these words, and in later versions others.
pub(super) fn words(words: &[&str]) -> Value {
    json!({"type": "string", "enum": words})
}

/// A point in time, RFC 3339 in UTC.
pub(super) fn time() -> Value {
    json!({"type": "string", "format": "date-time"})
}

/// Anything.
pub(super) fn any() -> Value {
    json!({})
}

/// The key is always there; null where nothing is known.
pub(super) fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

pub(super) fn either(schemas: Vec<Value>) -> Value {
    json!({ "anyOf": schemas })
}

pub(super) fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// Values under keys that are not known beforehand.
pub(super) fn map(values: Value) -> Value {
    json!({"type": "object", "additionalProperties": values})
}

/// An object whose keys are all there.
pub(super) fn object(keys: Vec<Key>) -> Value {
    object_with(keys, Vec::new())
}

/// An object with keys that are always there, and others that may be missing.
pub(super) fn object_with(always: Vec<Key>, sometimes: Vec<Key>) -> Value {
    let required: Vec<&str> = always.iter().map(|(name, ..)| *name).collect();
    let mut properties = Map::new();
    for (name, mut schema, meaning) in always.into_iter().chain(sometimes) {
        if let Value::Object(map) = &mut schema
            && !meaning.is_empty()
        {
            map.insert("description".into(), meaning.into());
        }
        properties.insert(name.into(), schema);
    }
    json!({"type": "object", "required": required, "properties": properties})
}

/// A document around such objects.
pub(super) fn document(name: &str, about: &str, object: Value) -> Value {
    let full = format!("sanctl/{name}");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": full,
        "title": about,
        "description": "With --columns an object has the keys of these columns alone.",
        "type": "object",
        "required": ["schema", "schema_version", "generated_at", "practice", "complete", "warnings"],
        "properties": {
            "schema": {"const": full},
            "schema_version": {"const": crate::kit::printer::SCHEMA_VERSION},
            "generated_at": time(),
            "practice": {"type": "boolean", "description": "true: nothing of it is real"},
            "complete": {"type": "boolean", "description": "false when a warning tells what is missing"},
            "warnings": list(text()),
            "item": {"$ref": "#/$defs/object"},
            "items": list(json!({"$ref": "#/$defs/object"})),
        },
        "oneOf": [{"required": ["item"]}, {"required": ["items"]}],
        "$defs": {"object": object},
    })
}
