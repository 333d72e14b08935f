//! LUNs and snapshots (oceanstor.md §7 "LUN / snapshot").

use std::ops::ControlFlow;
use std::sync::Arc;

use super::status::Status;
use super::{Noun, Parse, all, find_by, find_by_id, kind, list, name_fits, name_query, refuse};
use super::{not_found, or_nothing, unsupported};
use crate::array::oceanstor::client::{Client, Task, parallel};
use crate::array::oceanstor::names;
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::ids::Wwid;
use crate::model::nouns::{HostLun, Lun, Member};
use crate::model::selector::Selector;

/// CAPACITY counts in these (oceanstor.md §5).
pub(in crate::array::oceanstor) const SECTOR: u64 = 512;

const LUN: Noun<Lun> = Noun {
    what: "lun",
    resource: "/lun",
    parse: parse_lun,
};

const SNAPSHOT: Noun<Lun> = Noun {
    what: "snapshot",
    resource: "/snapshot",
    parse: parse_snapshot,
};

/// The type code of a LUN or snapshot.
pub(in crate::array::oceanstor) fn kind_of(lun: &Lun) -> u32 {
    if lun.snapshot {
        kind::SNAPSHOT
    } else {
        kind::LUN
    }
}

/// A LUN.
pub(in crate::array::oceanstor) fn parse_lun(object: &Object) -> Option<Lun> {
    parse(object, false)
}

/// A snapshot.
pub(in crate::array::oceanstor) fn parse_snapshot(object: &Object) -> Option<Lun> {
    parse(object, true)
}

fn parse(object: &Object, snapshot: bool) -> Option<Lun> {
    let status = Status::of(object);
    // A snapshot can be attached once it is activated; newer arrays call that online.
    let running: &[i64] = if snapshot { &[43, 27] } else { &[27] };
    let sectors = ["CAPACITY", "USERCAPACITY"]
        .iter()
        .find_map(|field| object.number::<u64>(field))
        .unwrap_or(0);
    Some(Lun {
        id: object.id()?.to_owned(),
        name: object.name().unwrap_or_default().to_owned(),
        wwid: wwid(object),
        size_bytes: sectors.saturating_mul(SECTOR),
        snapshot,
        state: status.state(status.healthy() && status.runs(running)),
        pool: object.text("PARENTNAME").map(str::to_owned),
        mapped: object
            .flag("EXPOSEDTOINITIATOR")
            .or_else(|| object.flag("mapped")),
    })
}

/// What a node will see as the identity: a taken-over LUN answers with its old array's.
fn wwid(object: &Object) -> Option<Wwid> {
    let disguised = object
        .number::<i64>("DISGUISESTATUS")
        .is_some_and(|s| s != 0);
    let other = disguised
        .then(|| object.text("takeOverLunWwn"))
        .flatten()
        .and_then(|text| text.parse().ok());
    other.or_else(|| object.text("WWN")?.parse().ok())
}

/// A LUN or snapshot as a member of something else.
pub(in crate::array::oceanstor) fn member(lun: &Lun) -> Member {
    Member {
        what: if lun.snapshot { "snapshot" } else { "lun" }.to_owned(),
        id: lun.id.clone(),
        name: lun.name.clone(),
    }
}

/// The snapshots of a LUN.
pub(in crate::array::oceanstor) fn snapshots(
    client: &Client,
    lun: &Lun,
    bounds: &Bounds,
) -> Result<Vec<Lun>, Error> {
    let query = query::exact("SOURCELUNID", &lun.id);
    let mut found = Vec::new();
    client.pages(SNAPSHOT.resource, &query, bounds, &mut |object| {
        // The array's filter is not trusted.
        if object.text("SOURCELUNID") == Some(&lun.id) {
            found.extend(parse_snapshot(object));
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// The LUN that a selector names, or the snapshot if no LUN is called so.
///
/// # Errors
/// [`Error::Ambiguous`] when several are; [`Error::Unsupported`] for names that only a node knows.
pub(in crate::array::oceanstor) fn find(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<Lun>, Error> {
    match selector {
        Selector::Name(name) => by_name(client, name, bounds),
        Selector::Id(id) => match find_by_id(client, &LUN, id, bounds)? {
            None => or_nothing(true, find_by_id(client, &SNAPSHOT, id, bounds)),
            found => Ok(found),
        },
        Selector::Wwid(wwid) => by_wwid(client, wwid, bounds),
        Selector::Uuid(uuid) => by_uuid(client, uuid, bounds),
        Selector::Serial(_) | Selector::Path(_) | Selector::Device(_) | Selector::Hctl(_) => {
            Err(unsupported(
                client,
                format!("LUN named by {selector}"),
                "give its name, id:ID or wwid:WWID",
            ))
        }
    }
}

/// As [`find`], but a LUN that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`], and those of [`find`].
pub(in crate::array::oceanstor) fn get(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Lun, Error> {
    find(client, selector, bounds)?.ok_or_else(|| not_found(client, "lun", selector))
}

fn by_name(client: &Client, name: &str, bounds: &Bounds) -> Result<Option<Lun>, Error> {
    match find_by(client, &LUN, ("NAME", name), bounds)? {
        None => or_nothing(true, find_by(client, &SNAPSHOT, ("NAME", name), bounds)),
        found => Ok(found),
    }
}

fn by_wwid(client: &Client, wwid: &Wwid, bounds: &Bounds) -> Result<Option<Lun>, Error> {
    if let Some(lun) = find_by(client, &LUN, ("WWN", wwid.as_str()), bounds)? {
        return Ok(Some(lun));
    }
    // No source knows a filter by WWN for snapshots.
    let mut found = None;
    let listed = list(
        client,
        SNAPSHOT.resource,
        "",
        bounds,
        SNAPSHOT.parse,
        &mut |snapshot: Lun| {
            if snapshot.wwid.as_ref() == Some(wwid) {
                found = Some(snapshot);
                return Ok(ControlFlow::Break(()));
            }
            Ok(ControlFlow::Continue(()))
        },
    );
    or_nothing(true, listed.map(drop))?;
    Ok(found)
}

fn by_uuid(client: &Client, uuid: &str, bounds: &Bounds) -> Result<Option<Lun>, Error> {
    let names = names::lun_names(uuid);
    let tasks: Vec<Task<'_, Result<Option<Lun>, Error>>> = names
        .iter()
        .map(|name| -> Task<'_, Result<Option<Lun>, Error>> {
            Box::new(move || find_by(client, &LUN, ("NAME", name), bounds))
        })
        .collect();
    for found in parallel(tasks) {
        if let Some(lun) = found? {
            return Ok(Some(lun));
        }
    }
    let [by_rule, _, itself] = &names;
    for name in [by_rule, itself] {
        let found = find_by(client, &SNAPSHOT, ("NAME", name), bounds);
        if let Some(snapshot) = or_nothing(true, found)? {
            return Ok(Some(snapshot));
        }
    }
    Ok(None)
}

/// The LUN groups of a LUN.
pub(in crate::array::oceanstor) fn groups(
    client: &Client,
    lun: &Lun,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    all(
        client,
        "/lungroup/associate",
        &format!("TYPE=256&{}", query::associated(kind_of(lun), &lun.id)),
        bounds,
        |o| super::member("lungroup", o),
    )
}

/// The LUNs and snapshots of a LUN group.
pub(in crate::array::oceanstor) fn of_group(
    client: &Client,
    group: &str,
    bounds: &Bounds,
) -> Result<Vec<Lun>, Error> {
    let tasks: Vec<Task<'_, Result<Vec<Lun>, Error>>> =
        [(&LUN, kind::LUN), (&SNAPSHOT, kind::SNAPSHOT)]
            .into_iter()
            .map(|(noun, code)| -> Task<'_, Result<Vec<Lun>, Error>> {
                let resource = format!("{}/associate", noun.resource);
                let query = format!("TYPE={code}&{}", query::associated(kind::LUNGROUP, group));
                Box::new(move || all(client, &resource, &query, bounds, noun.parse))
            })
            .collect();
    let mut luns = Vec::new();
    for part in parallel(tasks) {
        luns.extend(part?);
    }
    Ok(luns)
}

/// The LUNs and snapshots that a host sees, with their numbers.
pub(in crate::array::oceanstor) fn of_host(
    client: &Client,
    host: &str,
    bounds: &Bounds,
    sink: &mut Sink<'_, HostLun>,
) -> Result<(), Error> {
    for (resource, kind, parse) in [
        ("/lun/associate", kind::LUN, seen_lun as Parse<HostLun>),
        ("/snapshot/associate", kind::SNAPSHOT, seen_snapshot),
    ] {
        let query = format!("TYPE={kind}&{}", query::associated(kind::HOST, host));
        let flow = list(client, resource, &query, bounds, parse, &mut |lun| {
            Ok(sink(lun))
        });
        let over = or_nothing(kind == kind::SNAPSHOT, flow.map(|f| f.is_break()))?;
        if over {
            break;
        }
    }
    Ok(())
}

fn seen_lun(object: &Object) -> Option<HostLun> {
    host_lun(object, false)
}

fn seen_snapshot(object: &Object) -> Option<HostLun> {
    host_lun(object, true)
}

fn host_lun(object: &Object, snapshot: bool) -> Option<HostLun> {
    Some(HostLun {
        id: object.id()?.to_owned(),
        name: object.name().unwrap_or_default().to_owned(),
        wwid: wwid(object),
        lun_number: object.host_lun_number(),
        snapshot,
    })
}

/// The LUN as one host sees it; `None` when it does not.
pub(in crate::array::oceanstor) fn on_host(
    client: &Client,
    lun: &Lun,
    host: &str,
    bounds: &Bounds,
) -> Result<Option<HostLun>, Error> {
    let mut found = None;
    let (resource, parse) = if lun.snapshot {
        ("/snapshot/associate", seen_snapshot as Parse<HostLun>)
    } else {
        ("/lun/associate", seen_lun as Parse<HostLun>)
    };
    let mut query = format!(
        "TYPE={}&{}",
        kind_of(lun),
        query::associated(kind::HOST, host)
    );
    // The one associate query on which a filter is known to work.
    if !lun.snapshot && !lun.name.is_empty() {
        query = format!("{query}&{}", query::exact("NAME", &lun.name));
    }
    let _ = list(client, resource, &query, bounds, parse, &mut |seen| {
        if seen.id == lun.id {
            found = Some(seen);
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// The catalog of LUNs.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Luns(pub(in crate::array::oceanstor) Arc<Client>);

impl Catalog<Lun> for Luns {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Lun>,
    ) -> Result<(), Error> {
        let client = &*self.0;
        refuse(
            client,
            "luns",
            &[
                ("hostgroup", filter.hostgroup.is_some()),
                ("initiator", filter.initiator.is_some()),
                ("protocol", filter.protocol.is_some()),
                ("unused", filter.unused),
            ],
        )?;
        let only = match &filter.lun {
            None => None,
            Some(selector) => Some(get(client, selector, bounds)?),
        };
        let (within, with_snapshots) = match (&filter.host, &filter.lungroup) {
            (None, None) => (None, false),
            (Some(host), None) => {
                let host = super::host::get(client, host, bounds)?;
                (Some((kind::HOST, host.id)), true)
            }
            (None, Some(group)) => {
                let group = super::group::get(client, super::group::LUN_GROUP, group, bounds)?;
                (Some((kind::LUNGROUP, group.id)), true)
            }
            (Some(_), Some(_)) => {
                return refuse(client, "luns", &[("host and lungroup together", true)]);
            }
        };
        let mut give = |lun: Lun| {
            let passes = name_fits(filter, &lun.name)
                && filter.mapped.is_none_or(|want| lun.mapped == Some(want))
                && filter.online.is_none_or(|want| lun.state.usable == want)
                && filter
                    .pool
                    .as_ref()
                    .is_none_or(|p| lun.pool.as_ref() == Some(p))
                && only
                    .as_ref()
                    .is_none_or(|o| o.id == lun.id && o.snapshot == lun.snapshot);
            if !passes {
                return Ok(ControlFlow::Continue(()));
            }
            Ok(sink(lun))
        };
        for noun in [&LUN, &SNAPSHOT] {
            let flow = match &within {
                None => list(
                    client,
                    noun.resource,
                    &name_query(filter),
                    bounds,
                    noun.parse,
                    &mut give,
                ),
                Some((kind, id)) => {
                    let wanted = if noun.resource == LUN.resource {
                        kind::LUN
                    } else {
                        kind::SNAPSHOT
                    };
                    list(
                        client,
                        &format!("{}/associate", noun.resource),
                        &format!("TYPE={wanted}&{}", query::associated(*kind, id)),
                        bounds,
                        noun.parse,
                        &mut give,
                    )
                }
            };
            let snapshots = noun.resource == SNAPSHOT.resource;
            if or_nothing(snapshots, flow.map(|f| f.is_break()))? {
                return Ok(());
            }
            // A plain listing is about LUNs; snapshots answer to an exact name only.
            if !with_snapshots && name_query(filter).is_empty() && only.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Lun>, Error> {
        find(&self.0, selector, bounds)
    }
}
