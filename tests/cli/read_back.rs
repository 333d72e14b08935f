//! What a program does with our output: parse it, and hold it against the committed schemas.

use serde_json::Value;

use crate::place::Ran;
use crate::schema::{complaints, complaints_of_object, schema};

/// A document without the time at which it was made.
pub(crate) fn timeless(mut document: Value) -> Value {
    if let Value::Object(map) = &mut document {
        map.remove("generated_at");
    }
    still(&mut document);
    document
}

/// How long something took is different each time.
fn still(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if key.ends_with("_ms") {
                    *inner = Value::from(0);
                }
                still(inner);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(still),
        _ => {}
    }
}

/// stdout as YAML.
#[track_caller]
pub(crate) fn yaml(ran: &Ran) -> Value {
    serde_saphyr::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.shown()))
}

/// The rows of comma-separated values (RFC 4180).
#[track_caller]
pub(crate) fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' if quoted => quoted = false,
            '"' => {
                assert!(field.is_empty(), "a quote within a field: {text}");
                quoted = true;
            }
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    assert!(
        !quoted && row.is_empty() && field.is_empty(),
        "torn: {text}"
    );
    rows
}

#[test]
fn the_checker_itself_complains() {
    let lun = schema("lun");
    let good = serde_json::json!({"id": "1", "name": "a", "wwid": null, "size_bytes": 1,
        "snapshot": false, "state": {"usable": true, "words": "x"}, "pool": null,
        "mapped": null, "array": "a"});
    assert_eq!(complaints_of_object(&lun, &good), [""; 0]);
    for (key, value) in [
        ("size_bytes", serde_json::json!("1")),
        ("wwid", serde_json::json!(1)),
        ("state", serde_json::json!({"usable": true})),
        ("sizeBytes", serde_json::json!(1)),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        assert_eq!(complaints_of_object(&lun, &bad).len(), 1, "{key}");
    }
    let mut bad = good;
    bad.as_object_mut().unwrap().remove("pool");
    assert_eq!(complaints_of_object(&lun, &bad).len(), 1);
    assert!(!complaints(&lun, &serde_json::json!({"schema": "sanctl/lun"})).is_empty());
}
