//! Secrets that do not print, and masks for texts that may carry one.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// What stands in the place of a secret.
pub const MASK: &str = "********";

/// A secret: its `Debug` and `Display` show [`MASK`], its memory is wiped when dropped.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes ownership of a secret text.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The text itself, for the one place that must send or store it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Replaces the values of all `keys` (compared without case) in a JSON document, at any depth.
pub fn mask_json(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                if keys.iter().any(|k| k.eq_ignore_ascii_case(key)) && !inner.is_null() {
                    *inner = Value::String(MASK.to_owned());
                } else {
                    mask_json(inner, keys);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask_json(item, keys)),
        _ => {}
    }
}

/// Replaces secrets in a text, also where they stand in it as JSON writes them.
pub fn mask_text(text: &str, secrets: &[Secret]) -> String {
    let mut masked = text.to_owned();
    for secret in secrets {
        let plain = secret.expose();
        let quoted = Value::String(plain.to_owned()).to_string();
        for form in [plain, quoted.trim_matches('"')] {
            if !form.is_empty() {
                masked = masked.replace(form, MASK);
            }
        }
    }
    masked
}

/// The values of all `keys` (compared without case) in a JSON document, at any depth.
pub fn secrets_in(value: &Value, keys: &[&str]) -> Vec<Secret> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, inner)| match inner {
                Value::String(text) if keys.iter().any(|k| k.eq_ignore_ascii_case(key)) => {
                    vec![Secret::new(text.clone())]
                }
                other => secrets_in(other, keys),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(|i| secrets_in(i, keys)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_secret_never_prints_itself() {
        let secret = Secret::new("canary".into());
        assert_eq!(format!("{secret} {secret:?}"), format!("{MASK} {MASK}"));
        assert_eq!(secret.expose(), "canary");
    }

    #[test]
    fn what_repeats_a_secret_is_masked_however_it_is_quoted() {
        let body = json!({"a": [{"CHAPPASSWORD": "ca\"nary", "user": "u"}]});
        let secrets = secrets_in(&body, &["chappassword"]);
        let told = format!("bad value ca\"nary in {body}");
        let masked = mask_text(&told, &secrets);
        assert!(!masked.contains("nary"), "{masked}");
        assert!(masked.contains("\"user\":\"u\""), "{masked}");
        assert_eq!(
            mask_text("as it is", &[Secret::new(String::new())]),
            "as it is"
        );
    }

    #[test]
    fn masks_reach_any_depth_and_ignore_case() {
        let mut value = json!({"a": [{"PassWord": "canary", "user": "u"}], "password": null});
        mask_json(&mut value, &["password"]);
        assert_eq!(
            value,
            json!({"a": [{"PassWord": MASK, "user": "u"}], "password": null})
        );
    }
}
