//! XML of ZAPI, read into a small tree and written from one (ontap.md §2).
//!
//! A DOCTYPE is stepped over and never resolved; only the five predefined entities and character
//! references mean something, so nothing can be expanded beyond what was received. Prefixes of
//! names are dropped: an answer has one namespace.

use std::fmt::Write;

use quick_xml::XmlVersion;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// The deepest nesting that is read. A real answer has about ten levels.
const DEEPEST: usize = 64;

/// The most elements that are read: far more than a page has, and far less than would fill memory.
const MOST: usize = 500_000;

/// An element: what is in it besides text is its children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Its children.
    pub(super) children: Vec<Element>,
    /// Its text, unescaped.
    pub(super) text: String,
}

impl Element {
    /// An empty element.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// An element with a text.
    pub(super) fn leaf(name: &str, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::new(name)
        }
    }

    /// An element with children.
    pub(super) fn of(name: &str, children: Vec<Self>) -> Self {
        Self {
            children,
            ..Self::new(name)
        }
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub(super) fn each<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child, without the white space around it; `None` when it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let text = self.child(name)?.text.trim();
        (!text.is_empty()).then_some(text)
    }

    /// `true` or `false` in a child.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// A number in a child.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }

    /// The texts of the children `inner` of the child `outer`.
    pub(super) fn list(&self, outer: &str, inner: &str) -> Vec<String> {
        let Some(outer) = self.child(outer) else {
            return Vec::new();
        };
        let texts = outer.each(inner).map(|child| child.text.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The element as text, on one line.
    pub(super) fn write(&self, to: &mut String) {
        let _ = write!(to, "<{}", self.name);
        for (key, value) in &self.attributes {
            let _ = write!(to, " {key}=\"{}\"", escape(value.as_str()));
        }
        if self.children.is_empty() && self.text.is_empty() {
            to.push_str("/>");
            return;
        }
        to.push('>');
        to.push_str(&escape(self.text.as_str()));
        for child in &self.children {
            child.write(to);
        }
        let _ = write!(to, "</{}>", self.name);
    }
}

/// Reads a document: its root element.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn parse(body: &[u8]) -> Result<Element, String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0_usize;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("this is not XML: {error}"))?;
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if count > MOST {
                return Err(format!("it has more than {MOST} elements"));
            }
        }
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(format!("it is nested deeper than {DEEPEST} levels"));
                }
                if root.is_some() {
                    return Err("something follows the end of the document".into());
                }
                open.push(begin(&start)?);
            }
            Event::Empty(start) => {
                let element = begin(&start)?;
                close(element, &mut open, &mut root)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or("an end without a beginning")?;
                close(element, &mut open, &mut root)?;
            }
            Event::Text(text) => push(&mut open, &text.xml10_content())?,
            Event::CData(text) => push(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| format!("a bad character reference: {error}"))?;
                let name = reference.xml10_content();
                let character = match (character, &*name) {
                    (Some(c), _) => c,
                    (None, "lt") => '<',
                    (None, "gt") => '>',
                    (None, "amp") => '&',
                    (None, "quot") => '"',
                    (None, "apos") => '\'',
                    (None, other) => {
                        let other: String = other.chars().take(40).collect();
                        return Err(format!("the entity {other:?} is not known"));
                    }
                };
                let mut buffer = [0; 4];
                push(&mut open, character.encode_utf8(&mut buffer))?;
            }
            // A declaration of entities is a trap or a mistake; no answer has one.
            Event::DocType(doctype) if doctype.xml10_content().contains('[') => {
                return Err("its DOCTYPE declares something".into());
            }
            Event::DocType(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() {
        return Err("it ends in the middle".into());
    }
    root.ok_or_else(|| "it has no element".into())
}

fn begin(start: &BytesStart<'_>) -> Result<Element, String> {
    let local: &str = start.local_name().into_inner();
    let mut element = Element::new(local);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("a bad attribute: {error}"))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| format!("a bad attribute: {error}"))?;
        let key: &str = attribute.key.local_name().into_inner();
        element
            .attributes
            .push((key.to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), String> {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => return Err("it has two roots".into()),
    }
    Ok(())
}

fn push(open: &mut [Element], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("it has text outside of its elements".into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_every_dress() {
        for text in [
            "<?xml version='1.0' encoding='UTF-8' ?><!DOCTYPE netapp SYSTEM 'file:/etc/netapp_gx.dtd'>\r\n\
             <netapp version='1.241' xmlns='http://www.netapp.com/filer/admin'>\r\n\
             <results status=\"passed\"><lun-id-assigned>4</lun-id-assigned></results></netapp>",
            "<n:netapp xmlns:n=\"x\"><n:results status='passed'>\n<n:lun-id-assigned> 4\n</n:lun-id-assigned>\
             </n:results></n:netapp><!-- end -->",
            "\u{feff}<netapp><results status='pa&#115;sed'><lun-id-assigned><![CDATA[4]]></lun-id-assigned><a/></results></netapp>",
        ] {
            let root = parse(text.as_bytes()).unwrap();
            assert_eq!(root.name, "netapp", "{text}");
            let results = root.child("results").unwrap();
            assert_eq!(results.attribute("status"), Some("passed"));
            assert_eq!(results.number("lun-id-assigned"), Some(4_u16), "{text}");
        }
    }

    #[test]
    fn what_is_escaped_is_text_and_goes_back_escaped() {
        let text = "<r><next-tag>&lt;tag key=&quot;a&apos;b&quot;&gt;1 &amp;amp; 2&#10;&lt;/tag&gt;</next-tag></r>";
        let root = parse(text.as_bytes()).unwrap();
        let tag = &root.child("next-tag").unwrap().text;
        assert_eq!(tag, "<tag key=\"a'b\">1 &amp; 2\n</tag>");
        let mut again = String::new();
        Element::leaf("tag", tag.as_str()).write(&mut again);
        assert_eq!(&parse(again.as_bytes()).unwrap().text, tag);
        let mut written = String::new();
        let mut element = Element::of("a", vec![Element::new("b"), Element::leaf("c", "1<2")]);
        element.attributes.push(("v".into(), "\"x\"&".into()));
        element.write(&mut written);
        assert_eq!(written, "<a v=\"&quot;x&quot;&amp;\"><b/><c>1&lt;2</c></a>");
    }

    #[test]
    fn traps_and_garbage_are_refused() {
        let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><b>&b;</b>";
        let deep = "<a>".repeat(100_000);
        let many = format!("<a>{}</a>", "<b/>".repeat(MOST));
        for (text, word) in [
            (bomb, "declares"),
            ("<a>&b;</a>", "entity"),
            ("<a>&#xD800;</a>", "character"),
            ("<a x='&b;'/>", "attribute"),
            (deep.as_str(), "nested"),
            (many.as_str(), "more than"),
            ("<a><b></a>", "not XML"),
            ("<a>", "ends in the middle"),
            ("<html><body>Login<br></body></html>", "not XML"),
            ("", "no element"),
            ("no such page", "text outside"),
            ("<a/><b/>", "two roots"),
            ("<a/><b>", "follows"),
        ] {
            let why = parse(text.as_bytes()).unwrap_err();
            assert!(why.contains(word), "{text:.40}: {why}");
        }
        assert!(parse(b"\xff\xfe<a/>").is_err());
    }

    #[test]
    fn lists_flags_and_what_is_not_there() {
        let text = b"<i><name>\n x </name><on>true</on><off>false</off><odd>yes</odd><e/>\
            <nodes><node-name>a</node-name><node-name> b</node-name><node-name/></nodes></i>";
        let info = parse(text).unwrap();
        assert_eq!(info.get("name"), Some("x"));
        assert_eq!((info.get("e"), info.get("nix")), (None, None));
        assert_eq!(info.flag("on"), Some(true));
        assert_eq!(info.flag("off"), Some(false));
        assert_eq!(info.flag("odd"), None);
        assert_eq!(info.list("nodes", "node-name"), ["a", "b"]);
        assert!(info.list("initiators", "x").is_empty());
    }
}
