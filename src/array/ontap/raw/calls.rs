//! Calls of ZAPI as typed: their elements, and whether they only look.

use serde_json::Value;

use crate::array::ontap::secrets::is_secret;
use crate::array::ontap::xml::Element;

/// Words that stand in the names of calls that change something, also beside `get`.
const CHANGES: &[&str] = &[
    "abort", "add", "break", "cancel", "clear", "create", "delete", "destroy", "disable", "enable",
    "map", "modify", "move", "offline", "online", "remove", "rename", "reset", "resize", "restore",
    "resume", "set", "start", "stop", "unmap", "update",
];

/// Whether a call only looks, by its name (ontap.md §3, §4): `X-get`, `X-get-…` and `X-list-info`.
/// The rule is closed: what it does not know is a change. A bare `-iter` is none of it, as
/// `X-destroy-iter` and `X-modify-iter` are calls too.
pub(super) fn reads(name: &str) -> bool {
    // The maps of a LUN and of an initiator (§4).
    if ["lun-map-list-info", "lun-initiator-list-map-info"].contains(&name) {
        return true;
    }
    let words: Vec<&str> = name.split('-').collect();
    let changing = words.iter().filter(|word| CHANGES.contains(word));
    let looks = words.iter().skip(1).any(|word| *word == "get") || name.ends_with("-list-info");
    match changing.count() {
        0 => looks,
        // `lun-map-get-iter`: the word is what is looked at.
        _ => name.starts_with("lun-map-get") && looks,
    }
}

/// Whether a text can be the name of an element.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && !text.to_ascii_lowercase().starts_with("xml")
}

/// Whether XML can carry a text at all, escaped or not.
fn is_text(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        && !text.contains(['\u{fffe}', '\u{ffff}'])
}

fn named(name: &str) -> Result<Element, String> {
    if is_name(name) {
        Ok(Element::new(name))
    } else {
        Err(format!("{name:?} is no name of an element"))
    }
}

fn valued(name: &str, text: &str) -> Result<Element, String> {
    let element = named(name)?;
    if !is_text(text) {
        return Err(format!(
            "the value of {name} has characters that XML cannot carry"
        ));
    }
    Ok(Element {
        text: text.to_owned(),
        ..element
    })
}

/// The element of a call.
///
/// # Errors
/// What is wrong with its name or with a field.
pub(super) fn element(
    name: &str,
    fields: &[(String, String)],
    body: Option<&Value>,
) -> Result<Element, String> {
    if !is_name(name) {
        return Err("this is no name of a call".into());
    }
    let mut call = Element::new(name);
    match body {
        None => {}
        Some(Value::Object(map)) => {
            for (key, value) in map {
                call.children.extend(elements(key, value)?);
            }
        }
        Some(_) => return Err("the data of a call are a JSON object".into()),
    }
    for (path, text) in fields {
        if path.split('/').any(is_secret) {
            return Err(format!(
                "{path} is a secret, and everybody sees a command line: put it into a JSON \
                 object and give that with --data FILE"
            ));
        }
        add(&mut call, path, path, text)?;
    }
    Ok(call)
}

/// Adds a field: `a/b` is `b` within the last `a`, or within a new one.
fn add(parent: &mut Element, whole: &str, path: &str, text: &str) -> Result<(), String> {
    if !parent.text.is_empty() {
        return Err(format!("{whole}: {} has a value already", parent.name));
    }
    let Some((outer, rest)) = path.split_once('/') else {
        let leaf = valued(path, text)?;
        let taken = parent
            .children
            .iter()
            .any(|c| c.name == path && !c.children.is_empty());
        if taken {
            return Err(format!(
                "{whole} has elements already, so it takes no value"
            ));
        }
        parent.children.push(leaf);
        return Ok(());
    };
    let found = parent
        .children
        .iter()
        .rposition(|child| child.name == outer);
    let at = match found {
        Some(at) => at,
        None => {
            parent.children.push(named(outer)?);
            parent.children.len() - 1
        }
    };
    match parent.children.get_mut(at) {
        Some(child) => add(child, whole, rest, text),
        None => Ok(()),
    }
}

/// What a key of a JSON object comes to: a list is the element as often.
fn elements(key: &str, value: &Value) -> Result<Vec<Element>, String> {
    Ok(match value {
        Value::Array(items) => {
            let mut all = Vec::new();
            for item in items {
                if item.is_array() {
                    return Err(format!("{key} is a list of lists"));
                }
                all.extend(elements(key, item)?);
            }
            all
        }
        Value::Object(map) => {
            let mut element = named(key)?;
            for (key, value) in map {
                element.children.extend(elements(key, value)?);
            }
            vec![element]
        }
        Value::Null => vec![named(key)?],
        Value::String(text) => vec![valued(key, text)?],
        Value::Bool(_) | Value::Number(_) => vec![valued(key, &value.to_string())?],
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(fields: &[(&str, &str)], body: Option<Value>) -> Result<String, String> {
        let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        let fields: Vec<(String, String)> = fields.iter().map(own).collect();
        let mut text = String::new();
        element("x-y", &fields, body.as_ref())?.write(&mut text);
        Ok(text)
    }

    #[test]
    fn what_reads_and_what_does_not() {
        for name in [
            "system-get-version",
            "system-get-ontapi-version",
            "lun-get-iter",
            "lun-map-get-iter",
            "lun-map-list-info",
            "lun-initiator-list-map-info",
            "lun-get-serial-number",
            "igroup-get-iter",
            "vserver-get",
            "iscsi-initiator-get-auth",
            "iscsi-initiator-get-default-auth",
            "iscsi-initiator-auth-get-iter",
            "iscsi-node-get-name",
            "fcp-port-name-get-iter",
            "net-interface-get-iter",
            "igroup-list-info",
        ] {
            assert!(reads(name), "{name}");
        }
        for name in [
            "lun-map",
            "lun-unmap",
            "igroup-create",
            "volume-destroy-iter",
            "volume-modify-iter",
            "iscsi-initiator-set-default-auth",
            "snapmirror-get-and-destroy",
            "iscsi-target-alias",
            "get",
            "get-iter",
            "system-cli",
            "lun-map-iter",
            "lun-iter",
            "LUN-GET-ITER",
            "list-info",
            "",
        ] {
            assert!(!reads(name), "{name}");
        }
    }

    #[test]
    fn fields_become_elements() {
        for (fields, want) in [
            (&[][..], "<x-y/>"),
            (
                &[("path", "/vol/a&b")],
                "<x-y><path>/vol/a&amp;b</path></x-y>",
            ),
            (&[("n", "a=b"), ("n", "c")], "<x-y><n>a=b</n><n>c</n></x-y>"),
            (
                &[
                    ("q/i/a", "1"),
                    ("q/i/b", ""),
                    ("q/j", "2"),
                    ("q/j", "3"),
                    ("m", "4"),
                ],
                "<x-y><q><i><a>1</a><b/></i><j>2</j><j>3</j></q><m>4</m></x-y>",
            ),
        ] {
            assert_eq!(written(fields, None).unwrap(), want);
        }
        let body = json!({"l": {"n": ["a", "b", {"c": null}]}, "on": true, "size": 7});
        assert_eq!(
            written(&[("l/n/d", "<")], Some(body)).unwrap(),
            "<x-y><l><n>a</n><n>b</n><n><c/><d>&lt;</d></n></l><on>true</on><size>7</size></x-y>"
        );
    }

    #[test]
    fn what_is_no_call() {
        for (fields, body, word) in [
            (&[("", "1")][..], None, "no name"),
            (&[("a//b", "1")], None, "no name"),
            (&[("a><b", "1")], None, "no name"),
            (&[("1a", "1")], None, "no name"),
            (&[("xmlns", "1")], None, "no name"),
            (&[("a", "\u{1}")], None, "cannot carry"),
            (&[("a", "1"), ("a/b", "2")], None, "has a value"),
            (&[("a/b", "1"), ("a", "2")], None, "has elements"),
            (&[("passphrase", "canary-9")], None, "--data"),
            (&[("a/Password/b", "canary-9")], None, "--data"),
            (&[], Some(json!([1])), "JSON object"),
            (&[], Some(json!({"a": [[1]]})), "list of lists"),
            (&[], Some(json!({"@a": 1})), "no name"),
        ] {
            let why = written(fields, body).unwrap_err();
            assert!(why.contains(word) && !why.contains("canary"), "{why}");
        }
        for name in ["", "a b", "a/>", "-a", "ä", "a\nb"] {
            assert!(element(name, &[], None).is_err(), "{name}");
        }
    }
}
