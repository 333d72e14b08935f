//! Mapping views (oceanstor.md §7 "Mapping view").

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::direct;
use super::group::{self, HOST_GROUP, LUN_GROUP, PORT_GROUP, Sort};
use super::refuse;
use super::{Noun, find_by, find_by_id, kind, list, name_fits, name_or_id, name_query};
use crate::array::oceanstor::client::{Client, Task, parallel};
use crate::array::oceanstor::envelope::Outcome;
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::ids::LunNumber;
use crate::model::nouns::{Lun, LunMapping, Mapping, Member};
use crate::model::selector::Selector;

/// A view as a reply shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct View {
    id: String,
    name: String,
    /// Its groups' ids, where the array tells them: `None` = not told, `Some("")` = no such group.
    hostgroup: Option<String>,
    lungroup: Option<String>,
    portgroup: Option<String>,
}

const VIEW: Noun<View> = Noun {
    what: "mapping",
    resource: "/mappingview",
    parse,
};

fn parse(object: &Object) -> Option<View> {
    let group = |field: &str| object.raw(field).map(str::to_owned);
    Some(View {
        id: object.id()?.to_owned(),
        name: object.name().unwrap_or_default().to_owned(),
        hostgroup: group("hostGroupId"),
        lungroup: group("lunGroupId"),
        portgroup: group("portGroupId"),
    })
}

/// The group of one sort that a view holds.
pub(in crate::array::oceanstor) fn side(
    client: &Client,
    sort: &Sort,
    view: &str,
    bounds: &Bounds,
) -> Result<Option<Member>, Error> {
    let reply = client.read(
        &format!(
            "{}/associate?{}",
            sort.resource(),
            query::associated(kind::VIEW, view)
        ),
        bounds,
    )?;
    Ok(reply
        .objects()
        .first()
        .and_then(|o| super::member(sort.what(), o)))
}

/// Names of groups by sort and id, read at once when a whole list of views wants them.
type Names = HashMap<(&'static str, String), String>;

/// The groups of a view, by the ids it tells or by asking.
fn resolve(
    client: &Client,
    view: View,
    names: Option<&Names>,
    bounds: &Bounds,
) -> Result<Mapping, Error> {
    let sides = [
        (HOST_GROUP, view.hostgroup),
        (LUN_GROUP, view.lungroup),
        (PORT_GROUP, view.portgroup),
    ];
    let id = view.id.as_str();
    let tasks: Vec<Task<'_, Result<Option<Member>, Error>>> = sides
        .into_iter()
        .map(|(sort, told)| -> Task<'_, Result<Option<Member>, Error>> {
            Box::new(move || match told {
                None => side(client, sort, id, bounds),
                Some(told) if told.is_empty() => Ok(None),
                Some(told) => {
                    let known = names.and_then(|n| n.get(&(sort.what(), told.clone())));
                    match known {
                        Some(name) => Ok(Some(Member {
                            what: sort.what().to_owned(),
                            id: told,
                            name: name.clone(),
                        })),
                        None => group::name_of(client, sort, &told, bounds),
                    }
                }
            })
        })
        .collect();
    let mut found = parallel(tasks).into_iter();
    let mut next = || found.next().unwrap_or(Ok(None));
    let (hostgroup, lungroup, portgroup) = (next()?, next()?, next()?);
    Ok(Mapping {
        name: view.name,
        kind: "view".into(),
        hostgroup,
        lungroup,
        portgroup,
        lun_number: None,
        reporting_nodes: None,
        id: view.id,
    })
}

fn all_names(client: &Client, bounds: &Bounds) -> Result<Names, Error> {
    let mut names = Names::new();
    for sort in [HOST_GROUP, LUN_GROUP, PORT_GROUP] {
        for group in group::names(client, sort, bounds)? {
            names.insert((sort.what(), group.id), group.name);
        }
    }
    Ok(names)
}

/// Every mapping of a LUN: a row per host, and a row for each half that leads to no host.
///
/// # Errors
/// [`Error::NotFound`] when there is no such LUN.
pub(in crate::array::oceanstor) fn of_lun(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Vec<LunMapping>, Error> {
    ways_of(client, &super::lun::get(client, selector, bounds)?, bounds)
}

/// The same for a LUN that was read.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn ways_of(
    client: &Client,
    lun: &Lun,
    bounds: &Bounds,
) -> Result<Vec<LunMapping>, Error> {
    let mut rows: Vec<LunMapping> = Vec::new();
    for lungroup in super::lun::groups(client, lun, bounds)? {
        let views = group::views(client, LUN_GROUP, &lungroup.id, bounds)?;
        if views.is_empty() {
            rows.push(row(None, Some(&lungroup), None, None));
        }
        for view in views {
            let Some(hostgroup) = side(client, HOST_GROUP, &view.id, bounds)? else {
                rows.push(row(Some(&view), Some(&lungroup), None, None));
                continue;
            };
            let hosts = super::host::of_group(client, &hostgroup.id, bounds)?;
            if hosts.is_empty() {
                rows.push(row(Some(&view), Some(&lungroup), Some(&hostgroup), None));
            }
            for host in hosts {
                rows.push(row(
                    Some(&view),
                    Some(&lungroup),
                    Some(&hostgroup),
                    Some(host),
                ));
            }
        }
    }
    if !lun.snapshot {
        for (host, _) in direct::pairs(client, kind::LUN, &lun.id, bounds)? {
            // The same question may also answer what goes through a view.
            let known = rows
                .iter()
                .any(|r| r.host.as_ref().is_some_and(|h| h.id == host));
            if !known {
                let name = host_member(client, &host, bounds)?;
                let mapping = direct::member(&host, &lun.id);
                rows.push(row(Some(&mapping), None, None, Some(name)));
            }
        }
    }
    numbers(client, lun, &mut rows, bounds)?;
    Ok(rows)
}

fn row(
    mapping: Option<&Member>,
    lungroup: Option<&Member>,
    hostgroup: Option<&Member>,
    host: Option<Member>,
) -> LunMapping {
    LunMapping {
        mapping: mapping.cloned(),
        lungroup: lungroup.cloned(),
        hostgroup: hostgroup.cloned(),
        host,
        lun_number: None,
    }
}

/// Reads the number of each row's host.
fn numbers(
    client: &Client,
    lun: &Lun,
    rows: &mut [LunMapping],
    bounds: &Bounds,
) -> Result<(), Error> {
    let mut hosts: Vec<String> = Vec::new();
    for host in rows.iter().filter_map(|r| r.host.as_ref()) {
        if !hosts.contains(&host.id) {
            hosts.push(host.id.clone());
        }
    }
    let tasks: Vec<Task<'_, Result<Option<LunNumber>, Error>>> = hosts
        .iter()
        .map(|host| -> Task<'_, Result<Option<LunNumber>, Error>> {
            Box::new(move || {
                let seen = super::lun::on_host(client, lun, host, bounds)?;
                Ok(seen.and_then(|s| s.lun_number))
            })
        })
        .collect();
    for (host, number) in hosts.iter().zip(parallel(tasks)) {
        let number = number?;
        for row in rows.iter_mut() {
            if row.host.as_ref().is_some_and(|h| h.id == *host) {
                row.lun_number = number;
            }
        }
    }
    Ok(())
}

fn host_member(client: &Client, id: &str, bounds: &Bounds) -> Result<Member, Error> {
    let host = super::host::find(client, &Selector::Id(id.to_owned()), bounds)?;
    Ok(Member {
        what: "host".into(),
        id: id.to_owned(),
        name: host.map_or_else(|| id.to_owned(), |h| h.name),
    })
}

/// The numbers that every view of a host could still give.
///
/// # Errors
/// [`Error::NotFound`] when there is no such host.
pub(in crate::array::oceanstor) fn free_numbers(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Vec<LunNumber>, Error> {
    let host = super::host::get(client, selector, bounds)?;
    let mut free: Option<Vec<LunNumber>> = None;
    for hostgroup in super::host::groups(client, &host.id, bounds)? {
        for view in group::views(client, HOST_GROUP, &hostgroup.id, bounds)? {
            // A view that does not tell tells nothing about the others either.
            let Some(numbers) = offered(client, &view.id, bounds)? else {
                return Ok(Vec::new());
            };
            free = Some(match free.take() {
                None => numbers,
                Some(had) => had.into_iter().filter(|n| numbers.contains(n)).collect(),
            });
        }
    }
    let mut free = free.unwrap_or_default();
    if !free.is_empty() {
        super::lun::of_host(client, &host.id, bounds, &mut |lun| {
            free.retain(|n| Some(*n) != lun.lun_number);
            ControlFlow::Continue(())
        })?;
    }
    free.sort_unstable();
    free.dedup();
    Ok(free)
}

/// The numbers that a view could still give; `None` when the array does not tell.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn offered(
    client: &Client,
    view: &str,
    bounds: &Bounds,
) -> Result<Option<Vec<LunNumber>>, Error> {
    let reply = client.read(&format!("/mappingview/{}", query::quote(view)), bounds)?;
    Ok((reply.outcome == Outcome::Success)
        .then(|| reply.object().and_then(available))
        .flatten())
}

/// The mapping that a selector names.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Ambiguous`].
pub(in crate::array::oceanstor) fn get(
    client: &Arc<Client>,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Mapping, Error> {
    Mappings(Arc::clone(client))
        .find(selector, bounds)?
        .ok_or_else(|| super::not_found(client, VIEW.what, selector))
}

/// `AVAILABLEHOSTLUNIDLIST` of a view: a JSON list in a text, of numbers or of texts.
pub(in crate::array::oceanstor) fn available(view: &Object) -> Option<Vec<LunNumber>> {
    let list = view.json("AVAILABLEHOSTLUNIDLIST")?;
    let numbers = list.as_array()?.iter().filter_map(|n| match n {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        other => other.to_string().parse().ok(),
    });
    Some(numbers.collect())
}

/// The catalog of mappings.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Mappings(pub(in crate::array::oceanstor) Arc<Client>);

impl Mappings {
    /// The ids of the views that a filter on other objects leaves; `None` = all.
    fn narrowed(&self, filter: &Filter, bounds: &Bounds) -> Result<Option<Vec<String>>, Error> {
        let client = &*self.0;
        let mut ids: Option<Vec<String>> = None;
        let mut narrow = |groups: Vec<(&Sort, String)>| -> Result<(), Error> {
            let mut more: Vec<String> = Vec::new();
            for (sort, group) in groups {
                for view in group::views(client, sort, &group, bounds)? {
                    if !more.contains(&view.id) {
                        more.push(view.id);
                    }
                }
            }
            ids = Some(match ids.take() {
                None => more,
                Some(had) => had.into_iter().filter(|id| more.contains(id)).collect(),
            });
            Ok(())
        };
        let of_host = |host: &str| -> Result<Vec<(&Sort, String)>, Error> {
            let groups = super::host::groups(client, host, bounds)?;
            Ok(groups.into_iter().map(|g| (HOST_GROUP, g.id)).collect())
        };
        if let Some(host) = &filter.host {
            narrow(of_host(&super::host::get(client, host, bounds)?.id)?)?;
        }
        if let Some(id) = &filter.initiator {
            match super::initiator::get(client, id, bounds)?.host {
                Some(host) => narrow(of_host(&host.id)?)?,
                None => narrow(Vec::new())?,
            }
        }
        if let Some(lun) = &filter.lun {
            let lun = super::lun::get(client, lun, bounds)?;
            let groups = super::lun::groups(client, &lun, bounds)?;
            narrow(groups.into_iter().map(|g| (LUN_GROUP, g.id)).collect())?;
        }
        for (sort, selector) in [
            (HOST_GROUP, &filter.hostgroup),
            (LUN_GROUP, &filter.lungroup),
        ] {
            if let Some(selector) = selector {
                let group = group::get(client, sort, selector, bounds)?;
                narrow(vec![(sort, group.id)])?;
            }
        }
        Ok(ids)
    }
}

impl Catalog<Mapping> for Mappings {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Mapping>,
    ) -> Result<(), Error> {
        let client = &*self.0;
        refuse(
            client,
            "mappings",
            &[
                ("pool", filter.pool.is_some()),
                ("protocol", filter.protocol.is_some()),
                ("online", filter.online.is_some()),
                ("mapped", filter.mapped.is_some()),
                ("unused", filter.unused),
            ],
        )?;
        let flow = match self.narrowed(filter, bounds)? {
            Some(ids) => {
                let mut flow = ControlFlow::Continue(());
                for id in ids {
                    let found = find_by_id(client, &VIEW, &id, bounds)?;
                    let Some(view) = found.filter(|v| name_fits(filter, &v.name)) else {
                        continue;
                    };
                    flow = sink(resolve(client, view, None, bounds)?);
                    if flow.is_break() {
                        break;
                    }
                }
                flow
            }
            None => {
                let query = name_query(filter);
                let mut names: Option<Names> = None;
                list(
                    client,
                    VIEW.resource,
                    &query,
                    bounds,
                    parse,
                    &mut |view: View| {
                        if !name_fits(filter, &view.name) {
                            return Ok(ControlFlow::Continue(()));
                        }
                        // Three listings are fewer than three questions per view.
                        let told = view.hostgroup.is_some() && query.is_empty();
                        if told && names.is_none() {
                            names = Some(all_names(client, bounds)?);
                        }
                        Ok(sink(resolve(client, view, names.as_ref(), bounds)?))
                    },
                )?
            }
        };
        if flow.is_break() || filter.name.is_some() {
            return Ok(());
        }
        for mapping in direct::list(client, filter, bounds)? {
            if sink(mapping).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Mapping>, Error> {
        let client = &*self.0;
        let view = match name_or_id(client, VIEW.what, selector)? {
            Err(id) if id.contains(':') => return direct::find(client, id, bounds),
            Err(id) => find_by_id(client, &VIEW, id, bounds)?,
            Ok(name) => find_by(client, &VIEW, ("NAME", name), bounds)?,
        };
        view.map(|view| resolve(client, view, None, bounds))
            .transpose()
    }
}
