//! A reply in XML as JSON, nothing left out.
//!
//! An element is its text; with attributes (`@name`) or children an object, its own text then under
//! `#text`. Elements of one name are a list in their order, and so is what stands in a wrapper of
//! a list even when it is alone: scripts then find the same shape for one as for many.

use serde_json::{Map, Value};

use crate::array::ontap::xml::Element;

/// A document as an object with its root.
pub(super) fn document(root: &Element) -> Value {
    let mut map = Map::new();
    map.insert(root.name.clone(), value(root));
    Value::Object(map)
}

/// Whether an element wraps a list: so ZAPI names them (ontap.md §3, §4), `attributes-list`,
/// `reporting-nodes`, `volume-errors`. `results` is what the root holds.
fn wraps(element: &Element) -> bool {
    let name = element.name.as_str();
    let named = name.ends_with("-list") || (name.ends_with('s') && name != "results");
    let mut names = element.children.iter().map(|child| &child.name);
    let first = names.next();
    named && names.all(|name| Some(name) == first)
}

fn value(element: &Element) -> Value {
    if element.attributes.is_empty() && element.children.is_empty() {
        return Value::String(element.text.clone());
    }
    let mut map = Map::new();
    for (key, text) in &element.attributes {
        map.insert(format!("@{key}"), Value::String(text.clone()));
    }
    if element.children.is_empty() || !element.text.trim().is_empty() {
        map.insert("#text".into(), Value::String(element.text.clone()));
    }
    let list = wraps(element);
    for child in &element.children {
        let shown = value(child);
        match map.get_mut(&child.name) {
            Some(Value::Array(items)) => items.push(shown),
            Some(one) => *one = Value::Array(vec![one.take(), shown]),
            None if list => {
                map.insert(child.name.clone(), Value::Array(vec![shown]));
            }
            None => {
                map.insert(child.name.clone(), shown);
            }
        }
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::array::ontap::xml::parse;

    #[test]
    fn replies_as_json() {
        let text = "<netapp version='1.241' xmlns='http://x'><results status=\"passed\">\
            <attributes-list><lun-info><path>/vol/a &amp; b</path><e/></lun-info></attributes-list>\
            <num-records>1</num-records><next-tag>&lt;a/&gt;</next-tag>\
            <n>1</n><n>2</n><n><m>3</m></n><t a='b'>c</t><u a='b'/></results></netapp>";
        assert_eq!(
            document(&parse(text.as_bytes()).unwrap()),
            json!({"netapp": {"@version": "1.241", "@xmlns": "http://x", "results": {
                "@status": "passed",
                "attributes-list": {"lun-info": [{"path": "/vol/a & b", "e": ""}]},
                "num-records": "1", "next-tag": "<a/>",
                "n": ["1", "2", {"m": "3"}],
                "t": {"@a": "b", "#text": "c"}, "u": {"@a": "b", "#text": ""},
            }}})
        );
    }
}
