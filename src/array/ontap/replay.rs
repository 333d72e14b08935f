//! A traced request as lines of `sh`: the same request again, by curl.

use serde_json::Value;

use crate::kit::redact::MASK;
use crate::kit::shell::word;

/// The lines for one `http` event of a trace, without its outcome. They read `$TOKEN`, a file with
/// the header lines of the account; there is no login in a trace that could fill it.
pub fn lines(event: &Value) -> Option<Vec<String>> {
    let text = |key: &str| event.get(key).and_then(Value::as_str);
    let (method, url) = (text("method")?, text("url")?);
    let rest = text("api") == Some("rest");
    let mut line = "curl -sS -H @\"$TOKEN\"".to_owned();
    if rest {
        if let Some(svm) = text("svm") {
            line.push_str(&format!(" -H {}", word(&format!("X-Dot-SVM-Name: {svm}"))));
        }
        line.push_str(&format!(" -X {method}"));
    } else {
        line.push_str(" -H 'Content-Type: text/xml'");
    }
    let body = match event.get("body") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
        None => None,
    };
    let mut lines = Vec::new();
    if let Some(body) = body {
        if body.contains(MASK) {
            lines.push(format!("# {MASK} stands for a secret: put it in"));
        }
        line.push_str(&format!(" -d {}", word(&body)));
    }
    line.push_str(&format!(" {}", word(url)));
    lines.push(line);
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn requests_of_both_interfaces() {
        let rest = json!({"api": "rest", "method": "POST", "svm": "s",
            "url": "https://h/api/x?y=1", "body": {"password": MASK}});
        assert_eq!(
            lines(&rest).unwrap(),
            [
                "# ******** stands for a secret: put it in",
                "curl -sS -H @\"$TOKEN\" -H 'X-Dot-SVM-Name: s' -X POST -d \
                 '{\"password\":\"********\"}' 'https://h/api/x?y=1'"
            ]
        );
        let zapi = json!({"api": "zapi", "method": "POST", "url": "https://h/servlets/x",
            "body": "<netapp/>"});
        assert_eq!(
            lines(&zapi).unwrap(),
            [
                "curl -sS -H @\"$TOKEN\" -H 'Content-Type: text/xml' -d '<netapp/>' https://h/servlets/x"
            ]
        );
    }
}
