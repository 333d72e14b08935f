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
    fn masks_reach_any_depth_and_ignore_case() {
        let mut value = json!({"a": [{"PassWord": "canary", "user": "u"}], "password": null});
        mask_json(&mut value, &["password"]);
        assert_eq!(
            value,
            json!({"a": [{"PassWord": MASK, "user": "u"}], "password": null})
        );
    }
}
