//! What stands around calls and their results (ontap.md §2).

use std::borrow::Cow;

use super::Answer;
use super::xml::Element;
use crate::sim::ontap::options::{Lines, Quotes, Transfer};
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::State;
use crate::sim::ontap::version::Version;
use crate::sim::server::{Reply, Request};

const NAMESPACE: &str = "http://www.netapp.com/filer/admin";

/// The namespace, and a version that this array has.
pub(super) fn check(root: &Element, version: Version) -> Done<()> {
    let refused = |words: String| Err(Refusal::words(Why::Request, words));
    if root.name != "netapp" {
        return refused(format!("Unexpected root element {}", root.name));
    }
    let spaces = root.attributes.iter();
    let mut spaces = spaces.filter(|(n, _)| n == "xmlns" || n.starts_with("xmlns:"));
    if !spaces.any(|(_, value)| value == NAMESPACE) {
        return refused(format!("The namespace is not {NAMESPACE}"));
    }
    let asked = root.attribute("version").unwrap_or_default();
    let number = |text: &str| text.parse::<u32>().ok();
    let pair = asked.split_once('.');
    let Some((major, minor)) = pair.and_then(|(a, b)| Some((number(a)?, number(b)?))) else {
        return refused(format!("Invalid version {asked:?}"));
    };
    let (has_major, has_minor) = version.ontapi();
    if (major, minor) > (has_major, has_minor) {
        // The words are of this kind; the errno is in doubt [?].
        return refused(format!(
            "Version {asked} was requested, but only {has_major}.{has_minor} is supported"
        ));
    }
    if root.attribute("vfiler").is_some() && (major, minor) < (1, 15) {
        // A vFiler of 7-Mode needs 1.7, an SVM 1.15 (ontap.md §2, §13).
        return refused(format!("Version {asked} cannot tunnel to a vserver"));
    }
    Ok(())
}

/// The answer on the wire.
pub(super) fn results(state: &State, answer: Answer) -> Reply {
    let (children, attributes) = match answer {
        Ok(children) => (children, vec![("status", Cow::from("passed"))]),
        Err(refusal) => {
            let errno = refusal.why.codes().0.into();
            let reason = Cow::from(refusal.text().to_owned());
            let status = ("status", "failed".into());
            (
                Vec::new(),
                vec![status, ("reason", reason), ("errno", errno)],
            )
        }
    };
    write(state, children, &attributes)
}

/// A failure with these codes, as faults ask for it.
pub(in crate::sim::ontap) fn failed(state: &State, errno: &str, reason: &str) -> Reply {
    let attributes = [
        ("status", "failed".into()),
        ("reason", reason.into()),
        ("errno", errno.into()),
    ];
    write(state, Vec::new(), &attributes)
}

fn write(state: &State, children: Vec<Element>, attributes: &[(&str, Cow<'_, str>)]) -> Reply {
    let options = &state.options;
    let (head, inner) = match options.quotes {
        Quotes::Mixed => ('\'', '"'),
        Quotes::Single => ('\'', '\''),
        Quotes::Double => ('"', '"'),
    };
    let (after_head, between) = match options.lines {
        Lines::Packed => ("\n", ""),
        Lines::Lf => ("\n", "\n"),
        Lines::CrLf => ("\r\n", "\r\n"),
    };
    let mut results = Element::with("results", children);
    let owned = attributes.iter();
    results.attributes = owned
        .map(|(name, value)| ((*name).to_owned(), value.to_string()))
        .collect();
    let (major, minor) = state.version.ontapi();
    let q = head;
    let mut text = format!(
        "<?xml version={q}1.0{q} encoding={q}UTF-8{q} ?>{after_head}\
         <!DOCTYPE netapp SYSTEM {q}file:/etc/netapp_gx.dtd{q}>{after_head}\
         <netapp version={q}{major}.{minor}{q} xmlns={q}{NAMESPACE}{q}>{between}"
    );
    results.write(&mut text, inner, between);
    text.push_str("</netapp>");
    text.push_str(between);
    let reply = Reply::new(200, "text/xml", text);
    match options.transfer {
        Transfer::Length => reply,
        Transfer::Chunked => reply.chunked(),
    }
}

/// A page for people.
pub(in crate::sim::ontap) fn page(status: u16, title: &str) -> Reply {
    let text = format!(
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<HTML><HEAD>\n\
         <TITLE>{status} {title}</TITLE>\n</HEAD><BODY>\n<H1>{title}</H1>\n</BODY></HTML>\n"
    );
    Reply::new(status, "text/html; charset=utf-8", text)
}

/// The name of the call in a request; `?` if there is none to be found.
pub(in crate::sim::ontap) fn call_of(request: &Request) -> String {
    let text = String::from_utf8_lossy(&request.body);
    let root = Element::parse(&text).ok();
    let call = root.as_ref().and_then(|root| root.children.first());
    call.map_or_else(|| "?".to_owned(), |call| call.name.clone())
}

/// The `errno` of an answer.
pub(in crate::sim::ontap) fn errno_of(body: &str) -> Option<i64> {
    let root = Element::parse(body).ok()?;
    root.child("results")?.attribute("errno")?.parse().ok()
}
