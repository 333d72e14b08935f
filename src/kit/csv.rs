//! Rows of comma-separated values as RFC 4180 quotes them. Lines end with a line feed alone, as
//! the tools of a shell want it.

use serde_json::Value;

/// One row, with its line break.
pub fn row<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (index, field) in fields.enumerate() {
        if index > 0 {
            line.push(',');
        }
        line.push_str(&quoted(field));
    }
    line.push('\n');
    line
}

fn quoted(field: &str) -> String {
    let edge = |c: char| c.is_whitespace();
    if field.contains([',', '"', '\n', '\r']) || field.starts_with(edge) || field.ends_with(edge) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// A value as a field: numbers and flags as in JSON, null empty, lists joined with semicolons.
pub fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(field).collect::<Vec<_>>().join(";"),
        Value::Object(map) => match map.get("name").or_else(|| map.get("id")) {
            Some(name) => field(name),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_quoted_where_they_must() {
        let fields = ["a", "", "b,c", "say \"x\"", "two\nlines", " lead"];
        assert_eq!(
            row(fields.into_iter()),
            "a,,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\" lead\"\n"
        );
    }

    #[test]
    fn values_stay_what_they_are() {
        for (value, text) in [
            (json!(null), ""),
            (json!(true), "true"),
            (json!(1_073_741_824_u64), "1073741824"),
            (json!(["a", "b"]), "a;b"),
            (json!({"id": "1", "name": "n"}), "n"),
            (json!([]), ""),
        ] {
            assert_eq!(field(&value), text);
        }
    }
}
