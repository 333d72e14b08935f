//! Making records.

use serde_json::{Map, Value};

/// Sets a field of an object; dots lead into objects, which are made where there are none.
pub(super) fn put(record: &mut Value, path: &str, value: impl Into<Value>) {
    let Value::Object(map) = record else {
        return;
    };
    match path.split_once('.') {
        None => {
            map.insert(path.to_owned(), value.into());
        }
        Some((head, rest)) => {
            let inner = map.entry(head).or_insert_with(|| Map::new().into());
            put(inner, rest, value);
        }
    }
}
