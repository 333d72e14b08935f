//! What is kept of a virtual machine's definition when a machine is captured: its name and what
//! its disks are made of. The rest may hold anything: passwords of displays, secrets of disks,
//! words on the emulator's command line (linux-host.md §10).

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// In the place of what is no XML: no XML either, so that whoever reads it passes it over as well.
const BROKEN: &str = "<domain>";

/// The elements above and beside disks. Of all others, nothing is kept that is in them.
const AROUND: [&str; 4] = ["domstatus", "domain", "name", "devices"];

/// A definition without everything but the names of the domain, and the sources and targets of its
/// disks. The elements of a disk keep their names and places.
pub(super) fn bare(text: &str) -> String {
    kept(text).unwrap_or_else(|| BROKEN.to_owned())
}

fn kept(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    // So many of the open elements are inside one that is not kept.
    let mut dropped = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = name_of(&start);
                if dropped > 0 || !is_kept(&name, &open) {
                    dropped += 1;
                } else {
                    write!(out, "<{}>", element(&start, &name)?).ok()?;
                }
                open.push(name);
            }
            Event::Empty(start) => {
                let name = name_of(&start);
                if dropped == 0 && is_kept(&name, &open) {
                    write!(out, "<{}/>", element(&start, &name)?).ok()?;
                }
            }
            Event::End(_) => {
                let name = open.pop()?;
                if dropped > 0 {
                    dropped -= 1;
                } else {
                    write!(out, "</{name}>").ok()?;
                }
            }
            Event::Text(text) if dropped == 0 && is_named(&open) => out.push_str(&text),
            Event::GeneralRef(reference) if dropped == 0 && is_named(&open) => {
                write!(out, "&{};", &*reference).ok()?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out.push('\n');
    open.is_empty().then_some(out)
}

fn name_of(start: &BytesStart<'_>) -> String {
    start.local_name().into_inner().to_owned()
}

fn is_named(open: &[String]) -> bool {
    open.ends_with(&["domain".to_owned(), "name".to_owned()])
}

fn is_kept(name: &str, open: &[String]) -> bool {
    let within = open.iter().any(|above| above == "disk");
    within || name == "disk" || AROUND.contains(&name)
}

/// An element with those attributes that say where a disk's data is and what the guest calls it.
fn element(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut out = name.to_owned();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key: &str = attribute.key.local_name().into_inner();
        if matches!((name, key), ("source", "dev" | "file") | ("target", "dev")) {
            // As it was written, entities and all.
            let value = attribute.value.replace('"', "&quot;");
            write!(out, " {key}=\"{value}\"").ok()?;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_sources_and_targets_are_kept() {
        let text = "<?xml version='1.0'?><!-- canary --><domain type='kvm' canary='canary'>\
            <name canary='canary'>web &amp; db</name><title>canary</title>\
            <metadata><devices><disk><source file='/canary'/></disk></devices></metadata>\
            <devices><disk type='network'><auth username='canary'><secret uuid='canary'/></auth>\
            <source file='/srv/a\"b' canary='canary'>canary<cookies><cookie name='c'>canary\
            </cookie></cookies></source><serial>canary</serial><target dev='vda' bus='canary'/>\
            </disk><graphics type='vnc' passwd='canary'/></devices>\
            <commandline><arg value='canary'/></commandline></domain>";
        assert_eq!(
            bare(text),
            "<domain><name>web &amp; db</name><devices><disk><auth><secret/></auth>\
             <source file=\"/srv/a&quot;b\"><cookies><cookie></cookie></cookies></source>\
             <serial></serial><target dev=\"vda\"/></disk></devices></domain>\n"
        );
    }

    #[test]
    fn what_is_no_xml_stays_none_and_is_not_kept() {
        for text in ["<domain><name>canary", "<canary></b>", "<a b></a>canary"] {
            let bare = bare(text);
            assert!(!bare.contains("canary"), "{bare}");
        }
        assert_eq!(bare("<domain><name>canary"), BROKEN);
    }
}
