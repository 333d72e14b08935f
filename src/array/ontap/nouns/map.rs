//! Lun maps: one LUN shown to one igroup, under a number (ontap.md §9.1, §9.2).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{igroup, lun, name_fits, not_found, refuse, unsupported};
use crate::array::ontap::Line;
use crate::array::ontap::names::{LAST_NUMBER, initiator_key};
use crate::array::ontap::wire::{Igroup, IgroupQuery, LunMap, MapQuery, all};
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::ids::LunNumber;
use crate::model::nouns::{HostLun, LunMapping, Mapping, Member};
use crate::model::selector::Selector;

const WHAT: &str = "mapping";

/// The id of a map: the uuids of its LUN and its igroup.
fn id(map: &LunMap) -> String {
    format!("{}:{}", map.uuid, map.igroup_uuid)
}

/// What a map is called: `IGROUP:PATH`.
fn name(map: &LunMap) -> String {
    format!("{}:{}", map.igroup, map.path)
}

fn noun(map: &LunMap, portsets: &BTreeMap<String, String>) -> Mapping {
    let portset = portsets.get(&map.igroup);
    Mapping {
        id: id(map),
        name: name(map),
        kind: "lun map".into(),
        hostgroup: Some(igroup::member("hostgroup", &map.igroup_uuid, &map.igroup)),
        lungroup: Some(lun::member(&map.uuid, &map.path)),
        portgroup: portset.map(|name| Member {
            what: "portgroup".into(),
            id: name.clone(),
            name: name.clone(),
        }),
        lun_number: map.number,
        reporting_nodes: map.reporting.clone(),
    }
}

/// A map as a member of something else.
pub(in crate::array::ontap) fn member(map: &LunMap) -> Member {
    Member {
        what: "mapping".into(),
        id: id(map),
        name: name(map),
    }
}

/// The catalog of maps.
#[derive(Debug)]
pub(in crate::array::ontap) struct Maps(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<Mapping> for Maps {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Mapping>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(line, "mappings", &[("lungroup", filter.lungroup.is_some())])?;
        let wire = line.wire(bounds)?;
        let mut groups: Option<BTreeSet<String>> = None;
        let mut narrow = |names: BTreeSet<String>| {
            groups = Some(match groups.take() {
                Some(known) => known.intersection(&names).cloned().collect(),
                None => names,
            });
        };
        if let Some(host) = &filter.host {
            narrow([super::host::get(line, host, bounds)?.name].into());
        }
        if let Some(group) = &filter.hostgroup {
            let found = igroup::find(line, group, bounds)?;
            let found = found.ok_or_else(|| not_found(line, "hostgroup", group))?;
            narrow([found.name].into());
        }
        if let Some(initiator) = &filter.initiator {
            let query = IgroupQuery::Initiator(initiator.clone());
            let found = all(|each| wire.igroups(&query, bounds, each))?;
            narrow(found.into_iter().map(|g| g.name).collect());
        }
        let fits = |map: &LunMap| {
            groups.as_ref().is_none_or(|g| g.contains(&map.igroup)) && name_fits(filter, &name(map))
        };
        if let Some(selector) = &filter.lun {
            let query = MapQuery::Lun(lun::get(line, selector, bounds)?.uuid);
            let mut maps = all(|each| wire.maps(&query, bounds, each))?;
            maps.retain(fits);
            let names = maps.iter().map(|map| map.igroup.clone()).collect();
            let portsets = portsets(line, Some(&names), bounds)?;
            let _ = maps.iter().try_for_each(|map| sink(noun(map, &portsets)));
            return Ok(());
        }
        let portsets = portsets(line, groups.as_ref(), bounds)?;
        let queries = match &groups {
            Some(groups) => groups.iter().cloned().map(MapQuery::Igroup).collect(),
            None => vec![MapQuery::All],
        };
        let mut ended = false;
        for query in queries {
            wire.maps(&query, bounds, &mut |map| {
                if fits(&map) && sink(noun(&map, &portsets)).is_break() {
                    ended = true;
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
            if ended {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Mapping>, Error> {
        let line = &*self.0;
        let Some(map) = find(line, selector, bounds)? else {
            return Ok(None);
        };
        let names = [map.igroup.clone()].into();
        let portsets = portsets(line, Some(&names), bounds)?;
        Ok(Some(noun(&map, &portsets)))
    }
}

/// So many igroups are asked for by their names, more by one listing.
const FEW: usize = 4;

/// The port sets that igroups are bound to; those that are bound to none are left out.
fn portsets(
    line: &Line,
    igroups: Option<&BTreeSet<String>>,
    bounds: &Bounds,
) -> Result<BTreeMap<String, String>, Error> {
    let queries = match igroups {
        Some(names) if names.len() <= FEW => names.iter().cloned().map(IgroupQuery::Name).collect(),
        _ => vec![IgroupQuery::All],
    };
    let wire = line.wire(bounds)?;
    let mut found = BTreeMap::new();
    for query in queries {
        wire.igroups(&query, bounds, &mut |igroup| {
            if let Some(portset) = igroup.portset {
                found.insert(igroup.name, portset);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(found)
}

/// The map that a selector names: `id:LUN:IGROUP`, or `IGROUP:PATH`.
///
/// # Errors
/// [`Error::Unsupported`] for other kinds of names.
pub(in crate::array::ontap) fn find(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<LunMap>, Error> {
    let wire = line.wire(bounds)?;
    let (query, wanted) = match selector {
        Selector::Id(text) => match text.split_once(':') {
            Some((uuid, _)) => (MapQuery::Lun(uuid.to_lowercase()), text.to_lowercase()),
            None => return Ok(None),
        },
        // Where there are no volumes, a LUN has a plain name.
        Selector::Name(text) => match text.split_once(":/").or_else(|| text.rsplit_once(':')) {
            Some((group, _)) => (MapQuery::Igroup(group.to_owned()), text.clone()),
            None => return Ok(None),
        },
        other => {
            return Err(unsupported(
                line,
                format!("{WHAT} named by {other}"),
                "give IGROUP:PATH, or id:ID",
            ));
        }
    };
    let mut found = None;
    wire.maps(&query, bounds, &mut |map| {
        if id(&map) == wanted || name(&map) == wanted {
            found = Some(map);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// The LUNs that a host sees through its igroup.
///
/// # Errors
/// [`Error::NotFound`] when there is no such host.
pub(in crate::array::ontap) fn of_host(
    line: &Line,
    host: &Selector,
    bounds: &Bounds,
    sink: &mut Sink<'_, HostLun>,
) -> Result<(), Error> {
    let host = super::host::get(line, host, bounds)?;
    let wire = line.wire(bounds)?;
    let query = MapQuery::Igroup(host.name);
    let maps = all(|each| wire.maps(&query, bounds, each))?;
    seen(line, maps, bounds, sink)
}

/// The LUNs that an initiator sees through all of its igroups: it may be in several (§9.1). Each
/// LUN once.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn of_initiator(
    line: &Line,
    initiator: &str,
    bounds: &Bounds,
    sink: &mut Sink<'_, HostLun>,
) -> Result<(), Error> {
    let wire = line.wire(bounds)?;
    let query = IgroupQuery::Initiator(initiator_key(initiator));
    let mut igroups = all(|each| wire.igroups(&query, bounds, each))?;
    igroups.sort_by(|a, b| a.name.cmp(&b.name));
    let mut maps: Vec<LunMap> = Vec::new();
    for igroup in igroups {
        let query = MapQuery::Igroup(igroup.name);
        wire.maps(&query, bounds, &mut |map| {
            if !maps.iter().any(|known| known.uuid == map.uuid) {
                maps.push(map);
            }
            ControlFlow::Continue(())
        })?;
    }
    seen(line, maps, bounds, sink)
}

/// Maps as the LUNs that they show, by their numbers.
fn seen(
    line: &Line,
    mut maps: Vec<LunMap>,
    bounds: &Bounds,
    sink: &mut Sink<'_, HostLun>,
) -> Result<(), Error> {
    maps.sort_by_key(|map| map.number);
    let uuids: Vec<String> = maps.iter().map(|map| map.uuid.clone()).collect();
    let luns = lun::by_uuids(line, &uuids, bounds)?;
    let wwids: BTreeMap<String, _> = luns
        .into_iter()
        .map(|l| (l.uuid.clone(), l.wwid()))
        .collect();
    for map in maps {
        let wwid = wwids.get(&map.uuid).cloned().flatten();
        let seen = HostLun {
            id: map.uuid,
            name: map.path,
            wwid,
            lun_number: map.number,
            snapshot: false,
        };
        if sink(seen).is_break() {
            break;
        }
    }
    Ok(())
}

/// The maps of a LUN.
///
/// # Errors
/// [`Error::NotFound`] when there is no such LUN.
pub(in crate::array::ontap) fn of_lun(
    line: &Line,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Vec<LunMapping>, Error> {
    let lun = lun::get(line, selector, bounds)?;
    let wire = line.wire(bounds)?;
    let maps = all(|each| wire.maps(&MapQuery::Lun(lun.uuid), bounds, each))?;
    Ok(maps
        .iter()
        .map(|map| LunMapping {
            mapping: Some(member(map)),
            lungroup: None,
            hostgroup: Some(igroup::member("hostgroup", &map.igroup_uuid, &map.igroup)),
            host: Some(igroup::member("host", &map.igroup_uuid, &map.igroup)),
            lun_number: map.number,
        })
        .collect())
}

/// The numbers that an igroup's initiators do not use: all of their igroups count, because one
/// number is one LUN for each initiator (§9.1).
fn free(line: &Line, igroup: &Igroup, bounds: &Bounds) -> Result<Vec<LunNumber>, Error> {
    let used = used_by(
        line,
        &igroup.initiators,
        std::slice::from_ref(&igroup.name),
        bounds,
    )?;
    Ok((0..=LAST_NUMBER)
        .map(LunNumber)
        .filter(|number| !used.contains_key(number))
        .collect())
}

/// What these initiators see under which number, through these igroups and all others of theirs.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn used_by(
    line: &Line,
    initiators: &[String],
    igroups: &[String],
    bounds: &Bounds,
) -> Result<BTreeMap<LunNumber, LunMap>, Error> {
    let wire = line.wire(bounds)?;
    let mut names: BTreeSet<String> = igroups.iter().cloned().collect();
    for initiator in initiators {
        let query = IgroupQuery::Initiator(initiator.clone());
        let found = all(|each| wire.igroups(&query, bounds, each))?;
        names.extend(found.into_iter().map(|g| g.name));
    }
    let mut used = BTreeMap::new();
    for name in names {
        wire.maps(&MapQuery::Igroup(name), bounds, &mut |map| {
            if let Some(number) = map.number {
                used.insert(number, map);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(used)
}

/// The numbers that the igroup of a map has free.
///
/// # Errors
/// [`Error::NotFound`] when there is no such map.
pub(in crate::array::ontap) fn numbers_of_map(
    line: &Line,
    mapping: &Selector,
    bounds: &Bounds,
) -> Result<Vec<LunNumber>, Error> {
    let map = find(line, mapping, bounds)?.ok_or_else(|| not_found(line, WHAT, mapping))?;
    let group = Selector::Name(map.igroup);
    let group = igroup::find(line, &group, bounds)?;
    match group {
        Some(group) => free(line, &group, bounds),
        None => Ok(Vec::new()),
    }
}

/// The numbers that a host has free.
///
/// # Errors
/// [`Error::NotFound`] when there is no such host.
pub(in crate::array::ontap) fn numbers_of_host(
    line: &Line,
    host: &Selector,
    bounds: &Bounds,
) -> Result<Vec<LunNumber>, Error> {
    let host = super::host::get(line, host, bounds)?;
    free(line, &host, bounds)
}
