//! The array's objects in the words of the model: listing, finding, parsing.

pub(super) mod direct;
pub(super) mod group;
pub(super) mod host;
pub(super) mod initiator;
pub(super) mod link;
pub(super) mod lun;
pub(super) mod mapping;
pub(super) mod pool;
pub(super) mod port;
pub(super) mod status;
pub(super) mod system;

use std::ops::ControlFlow;

use super::client::Client;
use super::codes;
use super::envelope::Outcome;
use super::object::Object;
use super::query;
use crate::array::{Error, Filter};
use crate::kit::bounds::Bounds;
use crate::kit::pattern;
use crate::model::nouns::Member;
use crate::model::selector::Selector;

/// Type codes (oceanstor.md §5).
pub(super) mod kind {
    pub(in crate::array::oceanstor) const LUN: u32 = 11;
    pub(in crate::array::oceanstor) const HOSTGROUP: u32 = 14;
    pub(in crate::array::oceanstor) const HOST: u32 = 21;
    pub(in crate::array::oceanstor) const SNAPSHOT: u32 = 27;
    pub(in crate::array::oceanstor) const ISCSI_INITIATOR: u32 = 222;
    pub(in crate::array::oceanstor) const FC_INITIATOR: u32 = 223;
    pub(in crate::array::oceanstor) const VIEW: u32 = 245;
    pub(in crate::array::oceanstor) const LUNGROUP: u32 = 256;
    pub(in crate::array::oceanstor) const PORTGROUP: u32 = 257;
}

/// How an object of the array becomes a noun; `None` when it lacks what makes it one.
type Parse<T> = fn(&Object) -> Option<T>;

/// What a listing does with each noun.
type Each<'a, T> = dyn FnMut(T) -> Result<ControlFlow<()>, Error> + 'a;

/// Lists a resource page by page.
fn list<T>(
    client: &Client,
    resource: &str,
    query: &str,
    bounds: &Bounds,
    parse: Parse<T>,
    each: &mut Each<'_, T>,
) -> Result<ControlFlow<()>, Error> {
    let mut failed = None;
    let mut flow = ControlFlow::Continue(());
    client.pages(resource, query, bounds, &mut |object| {
        let step = match parse(object) {
            Some(noun) => each(noun),
            None => Err(nameless(client, resource)),
        };
        flow = match step {
            Ok(flow) => flow,
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        };
        flow
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(flow),
    }
}

/// Everything a narrow query lists.
fn all<T>(
    client: &Client,
    resource: &str,
    query: &str,
    bounds: &Bounds,
    parse: Parse<T>,
) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    let _ = list(client, resource, query, bounds, parse, &mut |noun| {
        found.push(noun);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn nameless(client: &Client, resource: &str) -> Error {
    Error::Garbled {
        array: client.array().to_owned(),
        request: format!("GET {resource}"),
        why: "an object without an ID".into(),
    }
}

/// The one object whose `field` is exactly `value`; the array's filter is not trusted.
fn find_by<T>(
    client: &Client,
    noun: &Noun<T>,
    (field, value): (&str, &str),
    bounds: &Bounds,
) -> Result<Option<T>, Error> {
    let mut found: Vec<(String, Option<T>)> = Vec::new();
    let parse = noun.parse;
    client.pages(
        noun.resource,
        &query::exact(field, value),
        bounds,
        &mut |object| {
            let same = object.text(field).is_some_and(|text| match field {
                "NAME" => text == value,
                _ => text.eq_ignore_ascii_case(value),
            });
            if same {
                let id = object.id().unwrap_or_default().to_owned();
                found.push((id, parse(object)));
            }
            ControlFlow::Continue(())
        },
    )?;
    if found.len() > 1 {
        return Err(Error::Ambiguous {
            array: client.array().to_owned(),
            what: noun.what,
            name: value.to_owned(),
            ids: found.into_iter().map(|(id, _)| id).collect(),
        });
    }
    match found.pop() {
        None => Ok(None),
        Some((_, Some(noun))) => Ok(Some(noun)),
        Some((_, None)) => Err(nameless(client, noun.resource)),
    }
}

/// The object of an id; an id that cannot be one names nothing.
fn find_by_id<T>(
    client: &Client,
    noun: &Noun<T>,
    id: &str,
    bounds: &Bounds,
) -> Result<Option<T>, Error> {
    match read_by_id(client, noun, id, bounds) {
        Err(error) if is_bad_parameter(&error) => Ok(None),
        other => other,
    }
}

/// The object of an id, with the array's own word on a bad one.
fn read_by_id<T>(
    client: &Client,
    noun: &Noun<T>,
    id: &str,
    bounds: &Bounds,
) -> Result<Option<T>, Error> {
    let path = format!("{}/{}", noun.resource, query::quote(id));
    let reply = client.read(&path, bounds)?;
    if reply.outcome != Outcome::Success {
        return Ok(None);
    }
    let Some(object) = reply.object() else {
        return Ok(None);
    };
    if !object
        .id()
        .is_some_and(|found| found.eq_ignore_ascii_case(id))
    {
        return Err(Error::Garbled {
            array: client.array().to_owned(),
            request: format!("GET {path}"),
            why: format!("the reply is about id {}", object.id().unwrap_or("(none)")),
        });
    }
    match (noun.parse)(object) {
        Some(found) => Ok(Some(found)),
        None => Err(nameless(client, noun.resource)),
    }
}

/// What finding needs to know about a noun.
struct Noun<T> {
    /// The word for messages.
    what: &'static str,
    /// The path of its resource.
    resource: &'static str,
    parse: Parse<T>,
}

/// The text by which a selector names an object that has a name; `Err` is its id.
fn name_or_id<'a>(
    client: &Client,
    what: &'static str,
    selector: &'a Selector,
) -> Result<Result<&'a str, &'a str>, Error> {
    match selector {
        Selector::Id(id) => Ok(Err(id)),
        // What looks like a UUID or a wwid may be a name all the same.
        Selector::Name(name) | Selector::Uuid(name) => Ok(Ok(name)),
        Selector::Wwid(wwid) => Ok(Ok(wwid.as_str())),
        other => Err(unsupported(
            client,
            format!("{what} named by {other}"),
            "give its name, or id:ID",
        )),
    }
}

fn unsupported(client: &Client, what: String, instead: &str) -> Error {
    Error::Unsupported {
        array: client.array().to_owned(),
        what,
        instead: instead.to_owned(),
    }
}

/// Refuses a filter that this listing cannot apply: one that is silently ignored lists too much.
fn refuse(client: &Client, what: &str, given: &[(&str, bool)]) -> Result<(), Error> {
    match given.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((key, _)) => Err(unsupported(
            client,
            format!("listing of {what} by {key}"),
            "list without it, and narrow the result",
        )),
    }
}

/// Whether a name passes the filter.
fn name_fits(filter: &Filter, name: &str) -> bool {
    filter.name.as_ref().is_none_or(|p| pattern::fits(p, name))
}

/// The query for the array: exact when the filter names one name.
fn name_query(filter: &Filter) -> String {
    match &filter.name {
        Some(name) if !pattern::is_pattern(name) && !name.is_empty() => query::exact("NAME", name),
        _ => String::new(),
    }
}

pub(super) fn is_bad_parameter(error: &Error) -> bool {
    matches!(error, Error::Refused { answer, .. }
        if answer.code == codes::BAD_PARAMETER.to_string())
}

/// Whether the array does not know the resource or the operation at all.
pub(super) fn is_not_there(error: &Error) -> bool {
    matches!(error, Error::Refused { answer, .. }
        if matches!(answer.code.as_str(),
            "HTTP 400" | "HTTP 404" | "HTTP 405" | "HTTP 410" | "1077949002"))
}

/// What an array that does not know snapshots tells of them: nothing.
pub(super) fn or_nothing<T: Default>(snapshot: bool, told: Result<T, Error>) -> Result<T, Error> {
    match told {
        Err(error) if snapshot && is_not_there(&error) => Ok(T::default()),
        other => other,
    }
}

fn member(what: &str, object: &Object) -> Option<Member> {
    let id = object.id()?;
    Some(Member {
        what: what.to_owned(),
        id: id.to_owned(),
        name: object.name().unwrap_or(id).to_owned(),
    })
}

/// How many objects of a kind are associated with another; where the array does not count, they
/// are listed.
pub(super) fn count(
    client: &Client,
    resource: &str,
    kind: u32,
    with: (u32, &str),
    bounds: &Bounds,
) -> Result<u64, Error> {
    let query = format!("TYPE={kind}&{}", query::associated(with.0, with.1));
    let path = format!("{resource}/count?{query}");
    let reply = match client.read(&path, bounds) {
        Err(error) if is_not_there(&error) || is_bad_parameter(&error) => {
            let mut found = 0;
            let listed = client.pages(
                &format!("{resource}/associate"),
                &query,
                bounds,
                &mut |_| {
                    found += 1;
                    ControlFlow::Continue(())
                },
            );
            or_nothing(kind == self::kind::SNAPSHOT, listed)?;
            return Ok(found);
        }
        other => other?,
    };
    if reply.outcome != Outcome::Success {
        return Ok(0);
    }
    reply
        .object()
        .and_then(|o| o.number("COUNT"))
        .ok_or_else(|| Error::Garbled {
            array: client.array().to_owned(),
            request: format!("GET {path}"),
            why: "the reply has no COUNT".into(),
        })
}

pub(super) fn not_found(client: &Client, what: &'static str, name: impl ToString) -> Error {
    Error::NotFound {
        array: client.array().to_owned(),
        what,
        name: name.to_string(),
    }
}
