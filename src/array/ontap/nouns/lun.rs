//! LUNs: by path, by the last part of it, by uuid, serial number or wwid (ontap.md §9.3, §9.4).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{name_fits, not_found, only, refuse, unsupported};
use crate::array::ontap::Line;
use crate::array::ontap::names::{self, base_name};
use crate::array::ontap::wire::{self, LunQuery, all};
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{Lun, Member, State};
use crate::model::selector::Selector;

/// How many LUNs are asked for by their uuids at once.
const TOGETHER: usize = 50;

/// A LUN in the words of the model. Its name is the whole path: the last part alone may stand for
/// several.
pub(in crate::array::ontap) fn noun(lun: &wire::Lun) -> Lun {
    let fault = lun.fault();
    let mut words = fault.clone().unwrap_or_else(|| "online".into());
    if lun.read_only {
        words.push_str(", read-only");
    }
    Lun {
        id: lun.uuid.clone(),
        name: lun.path.clone(),
        wwid: lun.wwid(),
        size_bytes: lun.size,
        snapshot: false,
        state: State {
            usable: fault.is_none(),
            words,
        },
        pool: lun.volume.clone(),
        mapped: lun.mapped,
    }
}

/// A LUN as a member of something else.
pub(in crate::array::ontap) fn member(uuid: &str, path: &str) -> Member {
    Member {
        what: "lun".into(),
        id: uuid.to_owned(),
        name: path.to_owned(),
    }
}

/// The questions that a selector asks, one after the other until one is answered.
fn questions(line: &Line, selector: &Selector) -> Result<Vec<LunQuery>, Error> {
    let named = |name: &str| match name.starts_with('/') {
        true => LunQuery::Path(name.to_owned()),
        false => LunQuery::Base(name.to_owned()),
    };
    Ok(match selector {
        Selector::Name(name) => vec![named(name)],
        Selector::Path(path) => vec![LunQuery::Path(path.clone())],
        Selector::Id(id) if id.starts_with('/') => vec![LunQuery::Path(id.clone())],
        Selector::Id(id) => vec![LunQuery::Uuid(id.to_lowercase())],
        Selector::Uuid(uuid) => vec![
            LunQuery::Uuid(uuid.to_lowercase()),
            LunQuery::Base(format!("volume-{uuid}")),
            LunQuery::Base(uuid.clone()),
        ],
        Selector::Serial(serial) => vec![LunQuery::Serial(serial.clone())],
        Selector::Wwid(wwid) => match names::serial_of(wwid) {
            Some(serial) => vec![LunQuery::Serial(serial)],
            None => vec![LunQuery::Base(wwid.to_string())],
        },
        Selector::Device(_) | Selector::Hctl(_) => {
            return Err(unsupported(
                line,
                format!("LUN named by {selector}"),
                "give its path, its name, or wwid:WWID",
            ));
        }
    })
}

/// The LUN that a selector names.
///
/// # Errors
/// [`Error::Ambiguous`] when several are, with their paths.
pub(in crate::array::ontap) fn find(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<wire::Lun>, Error> {
    let wire = line.wire(bounds)?;
    line.client.take_unread();
    for query in questions(line, selector)? {
        let found = all(|each| wire.luns(&query, bounds, each))?;
        let name = selector.to_string();
        if let Some(lun) = only(line, "lun", &name, found, |lun| lun.path.clone())? {
            return Ok(Some(lun));
        }
    }
    match unread(line, selector) {
        Some(error) => Err(error),
        None => Ok(None),
    }
}

/// A LUN that was not found may be in a volume that could not be read (ontap.md §3): nobody knows
/// then whether it is there.
fn unread(line: &Line, selector: &Selector) -> Option<Error> {
    let text = selector.to_string();
    let path = text.split_once("/vol/").map(|(_, path)| path);
    let of_path = path.and_then(|path| path.split('/').next());
    let volumes: Vec<String> = line
        .client
        .take_unread()
        .into_iter()
        .filter(|(name, _)| of_path.is_none_or(|volume| volume == name))
        .map(|(name, reason)| format!("volume {name}: {reason}"))
        .collect();
    (!volumes.is_empty()).then(|| Error::Conflict {
        why: format!(
            "array {}: LUN {selector} cannot be seen, as LUNs cannot be read of {}",
            line.array(),
            volumes.join("; ")
        ),
        hints: vec![format!("sanctl lun list --array {}", line.array())],
    })
}

/// As [`find`], but a LUN that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`], and those of [`find`].
pub(in crate::array::ontap) fn get(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<wire::Lun, Error> {
    find(line, selector, bounds)?.ok_or_else(|| not_found(line, "lun", selector))
}

/// The LUNs of these uuids, as far as they are there.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn by_uuids(
    line: &Line,
    uuids: &[String],
    bounds: &Bounds,
) -> Result<Vec<wire::Lun>, Error> {
    let wire = line.wire(bounds)?;
    let mut found = Vec::new();
    for some in uuids.chunks(TOGETHER) {
        let query = LunQuery::Uuids(some.to_vec());
        found.extend(all(|each| wire.luns(&query, bounds, each))?);
    }
    Ok(found)
}

/// The catalog of LUNs.
#[derive(Debug)]
pub(in crate::array::ontap) struct Luns(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<Lun> for Luns {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Lun>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(
            line,
            "LUNs",
            &[
                ("initiator", filter.initiator.is_some()),
                ("lungroup", filter.lungroup.is_some()),
            ],
        )?;
        let of_host = match &filter.host {
            None => None,
            Some(host) => {
                let mut ids = BTreeSet::new();
                super::map::of_host(line, host, bounds, &mut |lun| {
                    ids.insert(lun.id);
                    ControlFlow::Continue(())
                })?;
                Some(ids)
            }
        };
        let query = LunQuery::All {
            volume: filter.pool.clone(),
        };
        line.wire(bounds)?.luns(&query, bounds, &mut |lun| {
            let fits = (name_fits(filter, &lun.path) || name_fits(filter, base_name(&lun.path)))
                && filter.mapped.is_none_or(|want| lun.mapped == Some(want))
                && of_host.as_ref().is_none_or(|ids| ids.contains(&lun.uuid));
            if fits {
                return sink(noun(&lun));
            }
            ControlFlow::Continue(())
        })
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Lun>, Error> {
        Ok(find(&self.0, selector, bounds)?.map(|lun| noun(&lun)))
    }
}
