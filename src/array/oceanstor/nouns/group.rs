//! Host groups, LUN groups and port groups (oceanstor.md §7).

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Noun, all, count, find_by, find_by_id, kind, list, member, name_fits, name_query};
use super::{is_bad_parameter, name_or_id, not_found, refuse};
use crate::array::oceanstor::client::{Client, Task, parallel};
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Groups, Sink};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{Group, GroupDetail, Member};
use crate::model::selector::Selector;

/// One sort of group.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Sort {
    what: &'static str,
    resource: &'static str,
    kind: u32,
    /// What can be in it: the word, the resource, the type code.
    members: &'static [(&'static str, &'static str, u32)],
}

/// Host groups.
pub(in crate::array::oceanstor) const HOST_GROUP: &Sort = &Sort {
    what: "hostgroup",
    resource: "/hostgroup",
    kind: kind::HOSTGROUP,
    members: &[("host", "/host", kind::HOST)],
};

/// LUN groups.
pub(in crate::array::oceanstor) const LUN_GROUP: &Sort = &Sort {
    what: "lungroup",
    resource: "/lungroup",
    kind: kind::LUNGROUP,
    members: &[
        ("lun", "/lun", kind::LUN),
        ("snapshot", "/snapshot", kind::SNAPSHOT),
    ],
};

/// Port groups.
pub(in crate::array::oceanstor) const PORT_GROUP: &Sort = &Sort {
    what: "portgroup",
    resource: "/portgroup",
    kind: kind::PORTGROUP,
    members: &[
        ("port", "/eth_port", 213),
        ("port", "/fc_port", 212),
        ("port", "/lif", 279),
    ],
};

impl Sort {
    /// The word for it.
    pub(in crate::array::oceanstor) fn what(&self) -> &'static str {
        self.what
    }

    /// The path of its resource.
    pub(in crate::array::oceanstor) fn resource(&self) -> &'static str {
        self.resource
    }

    fn noun(&self) -> Noun<Group> {
        Noun {
            what: self.what,
            resource: self.resource,
            parse,
        }
    }
}

/// A group of any sort.
pub(in crate::array::oceanstor) fn parse(object: &Object) -> Option<Group> {
    Some(Group {
        id: object.id()?.to_owned(),
        name: object.name().unwrap_or_default().to_owned(),
        description: object.text("DESCRIPTION").map(str::to_owned),
        mapped: object.flag("ISADD2MAPPINGVIEW"),
    })
}

/// The group that a selector names.
///
/// # Errors
/// [`Error::Ambiguous`] when several are called so.
pub(in crate::array::oceanstor) fn find(
    client: &Client,
    sort: &Sort,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<Group>, Error> {
    match name_or_id(client, sort.what, selector)? {
        Err(id) => find_by_id(client, &sort.noun(), id, bounds),
        Ok(name) => find_by(client, &sort.noun(), ("NAME", name), bounds),
    }
}

/// As [`find`], but a group that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`], and those of [`find`].
pub(in crate::array::oceanstor) fn get(
    client: &Client,
    sort: &Sort,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Group, Error> {
    find(client, sort, selector, bounds)?.ok_or_else(|| not_found(client, sort.what, selector))
}

/// The group of an id, as a member of something else.
pub(in crate::array::oceanstor) fn name_of(
    client: &Client,
    sort: &Sort,
    id: &str,
    bounds: &Bounds,
) -> Result<Option<Member>, Error> {
    let found = find_by_id(client, &sort.noun(), id, bounds)?;
    Ok(found.map(|group| Member {
        what: sort.what.to_owned(),
        id: group.id,
        name: group.name,
    }))
}

/// Every group of a sort, as members of something else.
pub(in crate::array::oceanstor) fn names(
    client: &Client,
    sort: &'static Sort,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    let parse: fn(&Object) -> Option<Member> = match sort.kind {
        kind::HOSTGROUP => |o| member("hostgroup", o),
        kind::LUNGROUP => |o| member("lungroup", o),
        _ => |o| member("portgroup", o),
    };
    all(client, sort.resource, "", bounds, parse)
}

/// The views that hold a group.
pub(in crate::array::oceanstor) fn views(
    client: &Client,
    sort: &Sort,
    id: &str,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    all(
        client,
        "/mappingview/associate",
        &format!("TYPE=245&{}", query::associated(sort.kind, id)),
        bounds,
        |o| member("view", o),
    )
}

/// What is in a group.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn members(
    client: &Client,
    sort: &Sort,
    id: &str,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    let tasks: Vec<Task<'_, Result<Vec<Member>, Error>>> = sort
        .members
        .iter()
        .map(|(what, resource, kind)| -> Task<'_, _> {
            let resource = format!("{resource}/associate");
            let query = format!("TYPE={kind}&{}", query::associated(sort.kind, id));
            let parse: fn(&Object) -> Option<Member> = match *what {
                "host" => |o| member("host", o),
                "lun" => |o| member("lun", o),
                "snapshot" => |o| member("snapshot", o),
                _ => port,
            };
            // Not every array has every sort of port, or snapshots.
            let (port, snapshot) = (*what == "port", *what == "snapshot");
            Box::new(
                move || match all(client, &resource, &query, bounds, parse) {
                    Err(error) if port && is_bad_parameter(&error) => Ok(Vec::new()),
                    other => super::or_nothing(port || snapshot, other),
                },
            )
        })
        .collect();
    let mut found: Vec<Member> = Vec::new();
    for part in parallel(tasks) {
        for one in part? {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

fn port(object: &Object) -> Option<Member> {
    let id = object.id()?;
    let name = object
        .text("LOCATION")
        .or_else(|| object.name())
        .unwrap_or(id);
    Some(Member {
        what: "port".into(),
        id: id.to_owned(),
        name: name.to_owned(),
    })
}

fn is_empty(client: &Client, sort: &Sort, id: &str, bounds: &Bounds) -> Result<bool, Error> {
    if sort.kind == kind::PORTGROUP {
        return Ok(members(client, sort, id, bounds)?.is_empty());
    }
    for (_, resource, kind) in sort.members {
        if count(client, resource, *kind, (sort.kind, id), bounds)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The catalog of one sort of group.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct GroupCatalog {
    pub(in crate::array::oceanstor) client: Arc<Client>,
    pub(in crate::array::oceanstor) sort: &'static Sort,
}

impl GroupCatalog {
    /// The ids that a question about other objects narrows the list to.
    fn narrowed(&self, filter: &Filter, bounds: &Bounds) -> Result<Option<Vec<String>>, Error> {
        let client = &*self.client;
        let own = [
            (kind::HOSTGROUP, &filter.hostgroup),
            (kind::LUNGROUP, &filter.lungroup),
        ];
        let mut ids: Option<Vec<String>> = None;
        let mut narrow = |more: Vec<Member>| {
            let more: Vec<String> = more.into_iter().map(|m| m.id).collect();
            ids = Some(match ids.take() {
                None => more,
                Some(had) => had.into_iter().filter(|id| more.contains(id)).collect(),
            });
        };
        for (of, selector) in own {
            let Some(selector) = selector else { continue };
            if of == self.sort.kind {
                let group = get(client, self.sort, selector, bounds)?;
                narrow(vec![Member {
                    what: self.sort.what.into(),
                    id: group.id,
                    name: group.name,
                }]);
            } else {
                refuse(client, self.sort.what, &[("another group", true)])?;
            }
        }
        if let Some(lun) = &filter.lun {
            let lun = super::lun::get(client, lun, bounds)?;
            match self.sort.kind {
                kind::LUNGROUP => narrow(super::lun::groups(client, &lun, bounds)?),
                _ => refuse(client, self.sort.what, &[("lun", true)])?,
            }
        }
        let mut hosts = Vec::new();
        if let Some(host) = &filter.host {
            hosts.push(super::host::get(client, host, bounds)?.id);
        }
        if let Some(id) = &filter.initiator {
            let bound = super::initiator::get(client, id, bounds)?.host;
            match bound {
                Some(host) => hosts.push(host.id),
                None => narrow(Vec::new()),
            }
        }
        for host in hosts {
            let groups = super::host::groups(client, &host, bounds)?;
            if self.sort.kind == kind::HOSTGROUP {
                narrow(groups);
                continue;
            }
            // What a host sees, it sees through the views of its groups.
            let mut reached = Vec::new();
            for group in groups {
                for view in views(client, HOST_GROUP, &group.id, bounds)? {
                    reached.extend(super::mapping::side(client, self.sort, &view.id, bounds)?);
                }
            }
            narrow(reached);
        }
        Ok(ids)
    }
}

impl Catalog<Group> for GroupCatalog {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Group>,
    ) -> Result<(), Error> {
        let client = &*self.client;
        refuse(
            client,
            self.sort.what,
            &[
                ("pool", filter.pool.is_some()),
                ("protocol", filter.protocol.is_some()),
                ("online", filter.online.is_some()),
            ],
        )?;
        let mut give = |group: Group| {
            let passes = name_fits(filter, &group.name)
                && filter.mapped.is_none_or(|want| group.mapped == Some(want))
                && (!filter.unused || is_empty(client, self.sort, &group.id, bounds)?);
            Ok(if passes {
                sink(group)
            } else {
                ControlFlow::Continue(())
            })
        };
        let noun = self.sort.noun();
        match self.narrowed(filter, bounds)? {
            None => {
                let query = name_query(filter);
                let _ = list(client, noun.resource, &query, bounds, parse, &mut give)?;
            }
            Some(ids) => {
                for id in ids {
                    if let Some(group) = find_by_id(client, &noun, &id, bounds)?
                        && give(group)?.is_break()
                    {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Group>, Error> {
        find(&self.client, self.sort, selector, bounds)
    }
}

impl Groups for GroupCatalog {
    fn detail(&self, selector: &Selector, bounds: &Bounds) -> Result<GroupDetail, Error> {
        let client = &*self.client;
        let group = get(client, self.sort, selector, bounds)?;
        let id = group.id.as_str();
        let members = members(client, self.sort, id, bounds)?;
        let mappings = views(client, self.sort, id, bounds)?;
        Ok(GroupDetail {
            members,
            mappings,
            group,
        })
    }
}
