//! Which values are secrets, by what their field is called: no other sign of them is there.

use quick_xml::escape::escape;
use serde_json::Value;

use super::xml::Element;
use crate::kit::redact::{MASK, Secret, mask_text};

/// How the names of fields end that hold a secret, in both interfaces.
const ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "secret-key",
    "secret_key",
    "private-key",
    "private_key",
];

/// Whether a field of this name holds a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Masks what such fields of a document hold.
pub(super) fn mask(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                // Body keys may be dotted: `chap.inbound.password`.
                if is_secret(key) && !inner.is_null() {
                    *inner = Value::String(MASK.to_owned());
                } else {
                    mask(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

/// Masks what such elements hold, whatever it is.
pub(super) fn mask_element(element: &mut Element) {
    if is_secret(&element.name) && !(element.text.is_empty() && element.children.is_empty()) {
        MASK.clone_into(&mut element.text);
        element.children.clear();
    }
    element.children.iter_mut().for_each(mask_element);
}

/// Masks secrets wherever a document repeats them.
pub(super) fn mask_known(value: &mut Value, secrets: &[Secret]) {
    match value {
        Value::String(text) => *text = mask_text(text, secrets),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_known(item, secrets)),
        Value::Object(map) => map.values_mut().for_each(|item| mask_known(item, secrets)),
        _ => {}
    }
}

/// The secrets that a document holds.
pub(super) fn of(value: &Value) -> Vec<Secret> {
    fn below(value: &Value, secret: bool, found: &mut Vec<Secret>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    below(inner, secret || is_secret(key), found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| below(item, secret, found)),
            Value::String(text) if secret => found.push(Secret::new(text.clone())),
            Value::Number(number) if secret => found.push(Secret::new(number.to_string())),
            _ => {}
        }
    }
    let mut found = Vec::new();
    below(value, false, &mut found);
    found
}

/// Secrets and what XML makes of them: an answer may repeat them either way.
pub(super) fn in_both_forms(secrets: Vec<Secret>) -> Vec<Secret> {
    let escaped = |secret: &Secret| {
        let escaped = escape(secret.expose());
        (escaped != secret.expose()).then(|| Secret::new(escaped.into_owned()))
    };
    let mut both: Vec<Secret> = secrets.iter().filter_map(escaped).collect();
    both.extend(secrets);
    both
}

/// The secrets that an element holds.
pub(super) fn of_element(element: &Element) -> Vec<Secret> {
    fn below(element: &Element, secret: bool, found: &mut Vec<Secret>) {
        let secret = secret || is_secret(&element.name);
        if secret && !element.text.is_empty() {
            found.push(Secret::new(element.text.clone()));
        }
        for child in &element.children {
            below(child, secret, found);
        }
    }
    let mut found = Vec::new();
    below(element, false, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_that_hold_secrets() {
        for name in [
            "password",
            "Outbound-Passphrase",
            "chap.inbound.password",
            "secret_key",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["user-name", "password-age", "passwd-minlength", "key", ""] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn documents_and_elements_keep_nothing() {
        let mut value = json!({"a": [{"password": {"x": "canary-1"}, "b": "canary-1!"}],
            "passphrase": 77, "secret": null});
        let known = of(&value);
        mask(&mut value);
        mask_known(&mut value, &known);
        assert_eq!(
            value,
            json!({"a": [{"password": MASK, "b": format!("{MASK}!")}], "passphrase": MASK,
                "secret": null})
        );
        assert_eq!(known.len(), 2);
        let mut element = Element::of(
            "add",
            vec![
                Element::leaf("passphrase", "a<b"),
                Element::of("password", vec![Element::leaf("x", "c")]),
                Element::new("secret"),
            ],
        );
        let known = in_both_forms(of_element(&element));
        let known: Vec<&str> = known.iter().map(Secret::expose).collect();
        assert_eq!(known, ["a&lt;b", "a<b", "c"]);
        mask_element(&mut element);
        let mut written = String::new();
        element.write(&mut written);
        assert_eq!(
            written,
            "<add><passphrase>********</passphrase><password>********</password><secret/></add>"
        );
    }
}
