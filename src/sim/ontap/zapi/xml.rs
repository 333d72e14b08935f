//! Trees of XML elements, as requests and answers of the older interface are (ontap.md §2).

use quick_xml::escape::{escape, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper requests are refused.
const DEEPEST: usize = 32;

/// An element with its text and its children. Answers have either text or children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::sim::ontap) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Self>,
}

impl Element {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn leaf(name: &str, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::new(name)
        }
    }

    pub(super) fn with(name: &str, children: Vec<Self>) -> Self {
        Self {
            children,
            ..Self::new(name)
        }
    }

    /// A leaf for each text, all of one name.
    pub(super) fn list<T: Into<String>>(
        name: &str,
        each: &str,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let leaves = texts.into_iter().map(|text| Self::leaf(each, text));
        Self::with(name, leaves.collect())
    }

    /// Adds a leaf; one without a text is left out, as the array leaves it out.
    pub(super) fn put(&mut self, name: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.children.push(Self::leaf(name, text));
        }
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Reads a document. A DOCTYPE is passed over, entities of its own are refused.
    ///
    /// # Errors
    /// Words for whoever wrote the document.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        let mut root = None;
        loop {
            let event = reader.read_event().map_err(|e| e.to_string())?;
            let closed = match event {
                Event::Start(start) if open.len() >= DEEPEST => {
                    return Err(format!("{} is too deep", start.name().as_ref()));
                }
                Event::Start(start) => {
                    open.push(begin(&start)?);
                    None
                }
                Event::Empty(start) => Some(begin(&start)?),
                Event::End(_) => open.pop(),
                Event::Text(text) => {
                    add_text(&mut open, &text.xml10_content())?;
                    None
                }
                Event::CData(text) => {
                    add_text(&mut open, &text.xml10_content())?;
                    None
                }
                Event::GeneralRef(name) => {
                    let char = name.resolve_char_ref().map_err(|e| e.to_string())?;
                    let text = match char {
                        Some(char) => char.to_string(),
                        None => resolve_xml_entity(&name)
                            .ok_or_else(|| format!("unknown entity {}", &*name))?
                            .to_owned(),
                    };
                    add_text(&mut open, &text)?;
                    None
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => None,
                Event::Eof => break,
            };
            let Some(mut element) = closed else { continue };
            if !element.children.is_empty() {
                // White space between elements means nothing.
                element.text.clear();
            }
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None if root.is_none() => root = Some(element),
                None => return Err("two root elements".to_owned()),
            }
        }
        if let Some(element) = open.last() {
            return Err(format!("{} is not closed", element.name));
        }
        root.ok_or_else(|| "no element".to_owned())
    }

    /// Writes the element; `quote` for attributes, `between` after each tag that does not follow
    /// text.
    pub(super) fn write(&self, out: &mut String, quote: char, between: &str) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push('=');
            out.push(quote);
            out.push_str(&escaped(value));
            out.push(quote);
        }
        if self.text.is_empty() && self.children.is_empty() {
            out.push_str("/>");
            out.push_str(between);
            return;
        }
        out.push('>');
        if self.children.is_empty() {
            out.push_str(&escaped(&self.text));
        } else {
            out.push_str(between);
            for child in &self.children {
                child.write(out, quote, between);
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
        out.push_str(between);
    }

    /// The element on one line, as it stands in a tag of a list.
    pub(super) fn packed(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, '"', "");
        out
    }
}

/// Line ends would not survive unescaped.
fn escaped(text: &str) -> String {
    escape(text).replace('\r', "&#13;")
}

fn begin(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.local_name();
    let mut element = Element::new(name.as_ref());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|e| e.to_string())?;
        let name = attribute.key.as_ref().to_owned();
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}

fn add_text(open: &mut [Element], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("text outside of the document".to_owned()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_write() {
        let text = "<?xml version='1.0'?>\r\n<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_gx.dtd'>\r\n\
                    <n:netapp version=\"1.21\" vfiler='a&amp;b'>\r\n <a>\r\n  <b>x&lt;y&#33;</b>\r\n \
                    <c/></a></n:netapp>\r\n";
        let root = Element::parse(text).unwrap();
        assert_eq!(root.name, "netapp");
        assert_eq!(root.attribute("vfiler"), Some("a&b"));
        let a = root.child("a").unwrap();
        assert_eq!(a.text, "");
        assert_eq!(a.child("b").unwrap().text, "x<y!");
        assert!(a.child("c").is_some());
    }

    #[test]
    fn refuses_what_is_no_document() {
        for text in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "x",
            "<a>&own;</a>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        ] {
            assert!(Element::parse(text).is_err(), "{text}");
        }
        let deep = "<a>".repeat(40) + &"</a>".repeat(40);
        assert!(Element::parse(&deep).unwrap_err().contains("too deep"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut root = Element::new("r");
        root.put("tag", "<key>\r\n'\"&</key>");
        root.put("nothing", "");
        root.attributes.push(("why".into(), "it's \"so\"".into()));
        for (quote, between) in [('"', ""), ('\'', "\r\n")] {
            let mut out = String::new();
            root.write(&mut out, quote, between);
            assert_eq!(Element::parse(&out).unwrap(), root, "{out}");
        }
    }
}
