//! Which attachment a user means: answered from the journals, without asking an array.

use super::error::Error;
use super::journal::{Found, Journals};
use crate::array;
use crate::model::facts::Facts;
use crate::model::selector::Selector;

/// The open journal that `selector` names on `node`.
///
/// # Errors
/// [`Error::Ambiguous`] when several fit.
pub fn find(
    journals: &Journals,
    node: &str,
    array: Option<&str>,
    selector: &Selector,
) -> Result<Option<Found>, Error> {
    let is_meant = |found: &Found| match (array, found.opened().and_then(|o| o.array.as_ref())) {
        (Some(wanted), Some(fact)) => fact.name == wanted,
        _ => true,
    };
    find_one(journals, node, selector, &is_meant)
}

fn find_one(
    journals: &Journals,
    node: &str,
    selector: &Selector,
    is_meant: &dyn Fn(&Found) -> bool,
) -> Result<Option<Found>, Error> {
    let mut fitting = journals.list_open()?;
    fitting.retain(|found| {
        let here = found.opened().is_some_and(|opened| opened.node == node);
        here && is_meant(found) && fits(found, selector)
    });
    if fitting.len() > 1 {
        return Err(Error::Ambiguous {
            name: selector.to_string(),
            found: fitting.into_iter().map(|f| f.name).collect(),
        });
    }
    Ok(fitting.pop())
}

/// The open journal on `node` of what is connected by other means than a SAN, by the name of its
/// attachment or by the path that was handed over.
///
/// # Errors
/// As [`find`].
pub fn find_other(
    journals: &Journals,
    node: &str,
    selector: &Selector,
) -> Result<Option<Found>, Error> {
    match selector {
        Selector::Name(_) | Selector::Device(_) => {
            let is_meant = |found: &Found| found.facts().other.is_some();
            find_one(journals, node, selector, &is_meant)
        }
        _ => Ok(None),
    }
}

/// Whether `path` is what an attachment without a wwid hands over.
fn is_handed_over(facts: &Facts, path: &str) -> bool {
    facts
        .other
        .as_ref()
        .is_some_and(|other| other.path() == path)
}

fn fits(found: &Found, selector: &Selector) -> bool {
    let facts = found.facts();
    let lun = facts.lun.as_ref();
    let device = facts.device.as_ref();
    match selector {
        Selector::Name(name) => {
            lun.is_some_and(|l| l.name == *name)
                || found.opened().is_some_and(|o| o.id == *name)
                || is_handed_over(&facts, name)
        }
        Selector::Id(id) => lun.is_some_and(|l| l.id == *id),
        Selector::Wwid(wwid) => {
            lun.is_some_and(|l| l.wwid == *wwid) || device.is_some_and(|d| d.wwid == *wwid)
        }
        Selector::Uuid(uuid) => lun.is_some_and(|l| array::lun_names(uuid).contains(&l.name)),
        Selector::Device(path) => {
            device.is_some_and(|d| d.path == *path) || is_handed_over(&facts, path)
        }
        Selector::Hctl(hctl) => facts.paths.values().any(|p| p.hctl == *hctl),
        Selector::Serial(_) | Selector::Path(_) => false,
    }
}
