//! The array's objects in the words of the model: listing and finding.

pub(super) mod host;
pub(super) mod igroup;
pub(super) mod initiator;
pub(super) mod lun;
pub(super) mod map;
pub(super) mod port;
pub(super) mod portset;
pub(super) mod system;

use super::Line;
use crate::array::{Error, Filter};
use crate::kit::pattern;
use crate::model::selector::Selector;

pub(super) fn unsupported(line: &Line, what: String, instead: &str) -> Error {
    Error::Unsupported {
        array: line.array(),
        what,
        instead: instead.to_owned(),
    }
}

/// The text by which a selector names an object that has a name; `Err` is its id.
fn name_or_id<'a>(
    line: &Line,
    what: &'static str,
    selector: &'a Selector,
) -> Result<Result<&'a str, &'a str>, Error> {
    match selector {
        Selector::Id(id) => Ok(Err(id)),
        // What looks like a UUID or a wwid may be a name all the same.
        Selector::Name(name) | Selector::Uuid(name) => Ok(Ok(name)),
        Selector::Wwid(wwid) => Ok(Ok(wwid.as_str())),
        other => Err(unsupported(
            line,
            format!("{what} named by {other}"),
            "give its name, or id:ID",
        )),
    }
}

/// Refuses a filter that this listing cannot apply: one that is silently ignored lists too much.
fn refuse(line: &Line, what: &str, given: &[(&str, bool)]) -> Result<(), Error> {
    match given.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((key, _)) => Err(unsupported(
            line,
            format!("listing of {what} by {key}"),
            "list without it, and narrow the result",
        )),
    }
}

/// Whether a name passes the filter.
fn name_fits(filter: &Filter, name: &str) -> bool {
    filter.name.as_ref().is_none_or(|p| pattern::fits(p, name))
}

pub(super) fn not_found(line: &Line, what: &'static str, name: impl ToString) -> Error {
    Error::NotFound {
        array: line.array(),
        what,
        name: name.to_string(),
    }
}

/// The only one; several are an error that names them.
fn only<T>(
    line: &Line,
    what: &'static str,
    name: &str,
    mut found: Vec<T>,
    id: impl Fn(&T) -> String,
) -> Result<Option<T>, Error> {
    if found.len() > 1 {
        return Err(Error::Ambiguous {
            array: line.array(),
            what,
            name: name.to_owned(),
            ids: found.iter().map(id).collect(),
        });
    }
    Ok(found.pop())
}
