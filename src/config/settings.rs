//! The configuration as it stands, value by value, for people who ask where one came from.

use serde_json::Value as Json;
use toml::{Table, Value};

use super::Origin;
use crate::kit::redact::MASK;

/// One value, and the places that say something about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The key, dotted.
    pub key: String,
    /// The value that counts, secrets masked.
    pub value: Json,
    /// The file that it is in.
    pub origin: Origin,
    /// Weaker files that say something about it too.
    pub hidden: Vec<Origin>,
}

/// Every value of layers of tables, the strongest layer first.
pub(super) fn of(layers: &[(Origin, Table)]) -> Vec<Setting> {
    let mut settings: Vec<Setting> = Vec::new();
    for (origin, table) in layers {
        walk("", table, &mut |key, value| match settings
            .iter_mut()
            .find(|setting| setting.key == key)
        {
            Some(stronger) => stronger.hidden.push(origin.clone()),
            None => settings.push(Setting {
                value: masked(&key, value),
                key,
                origin: origin.clone(),
                hidden: Vec::new(),
            }),
        });
    }
    settings.sort_by(|a, b| a.key.cmp(&b.key));
    settings
}

fn walk(path: &str, table: &Table, see: &mut dyn FnMut(String, &Value)) {
    for (name, value) in table {
        let key = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        match value {
            // Where a secret is kept counts as a whole: the strongest file alone says it.
            Value::Table(inner) if !is_secret(name) => walk(&key, inner, see),
            value => see(key, value),
        }
    }
}

/// Whether a key may be about a secret, also when it is mistyped.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["pass", "pwd", "secret", "token"]
        .iter()
        .any(|word| name.contains(word))
}

fn masked(key: &str, value: &Value) -> Json {
    let name = key.rsplit('.').next().unwrap_or(key);
    if !is_secret(name) {
        return plain(value);
    }
    let Value::Table(source) = value else {
        return MASK.into();
    };
    let shown = source.iter().map(|(form, value)| {
        let value: Json = match (form.as_str(), value) {
            ("file" | "env", Value::String(text)) => text.as_str().into(),
            ("prompt", Value::Boolean(flag)) => (*flag).into(),
            // Arguments of a command may be anything.
            ("command", Value::Array(words)) => {
                let program = words.first().and_then(Value::as_str);
                let rest = words.iter().skip(1).map(|_| Json::from(MASK));
                program.map(Json::from).into_iter().chain(rest).collect()
            }
            _ => MASK.into(),
        };
        (form.clone(), value)
    });
    shown.collect()
}

fn plain(value: &Value) -> Json {
    match value {
        Value::String(text) => without_user(text).into(),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Integer(number) => (*number).into(),
        other => other.to_string().into(),
    }
}

/// A URL may hold a password although it must not.
fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let host = rest.split('/').next().unwrap_or(rest);
    match host.rsplit_once('@') {
        Some((user, _)) => {
            let rest = rest.get(user.len()..).unwrap_or_default();
            format!("{scheme}://{MASK}{rest}")
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings(layers: &[&str]) -> Vec<Setting> {
        let layers: Vec<(Origin, Table)> = layers
            .iter()
            .enumerate()
            .map(|(index, text)| (format!("{index}.toml"), text.parse().unwrap()))
            .collect();
        of(&layers)
    }

    #[test]
    fn the_strongest_place_counts_and_the_others_are_told() {
        let found = settings(&[
            "[arrays.a]\nuser = 'strong'\npassword = { env = 'X' }",
            "default_array = 'a'\n[arrays.a]\nuser = 'weak'\npassword = { file = 'y' }",
        ]);
        let shown: Vec<(&str, &Json, &str, usize)> = found
            .iter()
            .map(|s| (s.key.as_str(), &s.value, s.origin.as_str(), s.hidden.len()))
            .collect();
        assert_eq!(
            shown,
            [
                ("arrays.a.password", &json!({"env": "X"}), "0.toml", 1),
                ("arrays.a.user", &json!("strong"), "0.toml", 1),
                ("default_array", &json!("a"), "1.toml", 0),
            ]
        );
    }

    #[test]
    fn no_secret_is_shown_wherever_it_was_put() {
        let found = settings(&["[arrays.a]\npassword = 'canary'\npasswrd = 'canary'\n\
             url = ['https://u:canary@h:8088/x', 'https://h']\n\
             chap = { user = 'u', password = { command = ['echo', 'canary'] } }\n\
             api_token = 'canary'"]);
        let text = format!("{found:?}");
        assert!(!text.contains("canary"), "{text}");
        assert!(text.contains("h:8088/x") && text.contains("echo"), "{text}");
    }
}
