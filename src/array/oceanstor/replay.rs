//! A traced request as lines of `sh`: the same request again, by curl.

use std::sync::Arc;

use serde_json::Value;

use super::config::{Scope, Settings, parse_url};
use super::curl::quote;
use super::publish::script::script;
use crate::kit::redact::MASK;
use crate::step::Script;

/// Where the interface's root ends in a URL.
const ROOT: &str = "/deviceManager/rest/";

/// The lines for one `http` event of a trace, without its outcome. A login becomes the lines that
/// ask for the password and fill `$TOKEN` and `$BASE`, which the lines behind it read; a logout
/// those that end its session once and remove its file.
pub fn lines(event: &Value) -> Option<Vec<String>> {
    let text = |key: &str| event.get(key).and_then(Value::as_str);
    let (method, url) = (text("method")?, text("url")?);
    let (root, rest) = match url.find(ROOT) {
        Some(at) => url.split_at(at + ROOT.len()),
        // A URL with a path of its own: all that is known is what was asked for.
        None => (url, ""),
    };
    let body = event.get("body");
    let name = text("array").unwrap_or("array");
    if rest == "xx/sessions" {
        return Some(session(name, root, body)?.before);
    }
    // The first part is the array's serial number, or `xx` before it is known.
    let Some((_, path)) = rest.split_once('/') else {
        return Some(vec![format!("curl -gsS -X {method} {}", quote(url))]);
    };
    if method == "DELETE" && path == "sessions" {
        return Some(session(name, root, None)?.after);
    }
    let path = format!("/{path}");
    let mut line = "curl -sS -H @\"$TOKEN\"".to_owned();
    if method != "GET" {
        line.push_str(&format!(" -X {method}"));
    }
    line.push_str(&format!(" \"$BASE\"{}", quote(&path)));
    let mut lines = Vec::new();
    if let Some(body) = body {
        let body = body.to_string();
        if body.contains(MASK) {
            lines.push(format!("# {MASK} stands for a secret: put it in"));
        }
        line.push_str(&format!(" -d {}", quote(&body)));
    }
    lines.push(line);
    Some(lines)
}

/// The lines around those of a session.
fn session(name: &str, root: &str, body: Option<&Value>) -> Option<Script> {
    let field = |key: &str| body?.get(key)?.as_str().map(str::to_owned);
    let url = parse_url(root).ok()?;
    let user = field("username").unwrap_or_default();
    let nobody = Arc::new(|_: &_| Err("a trace holds no secret".to_owned()));
    // Settings as nobody configured them ask for the password on the terminal.
    let mut settings = Settings::new(name, vec![url], &user, nobody);
    settings.vstore = field("vstorename");
    if field("scope").is_some_and(|scope| scope != "0") {
        settings.scope = Scope::Ldap;
    }
    Some(script(&settings))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BASE: &str = "https://10.0.0.1:8088/deviceManager/rest";

    #[test]
    fn requests_read_the_token_from_its_file() {
        let event = json!({"method": "POST", "url": format!("{BASE}/2102/host?a=b c"),
            "body": {"NAME": "it's"}});
        assert_eq!(
            lines(&event).unwrap(),
            [r#"curl -sS -H @"$TOKEN" -X POST "$BASE"'/host?a=b c' -d '{"NAME":"it'\''s"}'"#]
        );
    }

    #[test]
    fn a_login_asks_for_the_password() {
        let event = json!({"method": "POST", "url": format!("{BASE}/xx/sessions"), "array": "a",
            "body": {"username": "admin", "password": MASK, "scope": "0"}});
        let text = lines(&event).unwrap().join("\n");
        assert!(text.contains("read -r PASSWORD"), "{text}");
        assert!(
            text.contains("10.0.0.1:8088/deviceManager/rest/xx/sessions"),
            "{text}"
        );
        assert!(!text.contains(MASK), "{text}");
    }

    #[test]
    fn a_masked_secret_is_told() {
        let event = json!({"method": "PUT", "url": format!("{BASE}/2102/iscsi_initiator/i"),
            "body": {"CHAPPASSWORD": MASK}});
        assert!(lines(&event).unwrap()[0].starts_with("# ***"));
    }
}
