//! Hosts (oceanstor.md §7 "Host").

use std::ops::ControlFlow;
use std::sync::Arc;

use super::status::{self, Status};
use super::{Noun, all, find_by, find_by_id, kind, list, name_fits, name_query, refuse};
use super::{name_or_id, not_found};
use crate::array::oceanstor::client::Client;
use crate::array::oceanstor::names;
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::edit::AccessMode;
use crate::model::nouns::{Host, Member};
use crate::model::selector::Selector;

const HOST: Noun<Host> = Noun {
    what: "host",
    resource: "/host",
    parse,
};

/// A host.
pub(in crate::array::oceanstor) fn parse(object: &Object) -> Option<Host> {
    let status = Status::of(object);
    Some(Host {
        id: object.id()?.to_owned(),
        name: object.name().unwrap_or_default().to_owned(),
        description: object.text("DESCRIPTION").map(str::to_owned),
        os: object
            .number("OPERATIONSYSTEM")
            .map(|code| status::system(code).into_owned()),
        os_code: object.number("OPERATIONSYSTEM"),
        access_mode: match object.text("accessMode") {
            Some("0") => Some(AccessMode::Balanced),
            Some("1") => Some(AccessMode::Asymmetric),
            _ => None,
        },
        initiators: object.number("INITIATORNUM"),
        // One of its groups, if it is in any; some versions name it, some only number it.
        hostgroup: object
            .text("PARENTNAME")
            .or_else(|| object.text("PARENTID"))
            .map(str::to_owned),
        // A host without logged-in initiators is "offline" and can be used all the same.
        state: status.state(status.health != Some(2)),
    })
}

/// The host that a selector names. A node's name that is too long is also looked for by its
/// digest.
///
/// # Errors
/// [`Error::Ambiguous`] when several are called so.
pub(in crate::array::oceanstor) fn find(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Option<Host>, Error> {
    match name_or_id(client, "host", selector)? {
        Err(id) => find_by_id(client, &HOST, id, bounds),
        Ok(name) => {
            let encoded = names::host_name(name);
            match find_by(client, &HOST, ("NAME", name), bounds)? {
                None if encoded != name => find_by(client, &HOST, ("NAME", &encoded), bounds),
                found => Ok(found),
            }
        }
    }
}

/// As [`find`], but a host that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`], and those of [`find`].
pub(in crate::array::oceanstor) fn get(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Host, Error> {
    find(client, selector, bounds)?.ok_or_else(|| not_found(client, "host", selector))
}

/// The host groups of a host.
pub(in crate::array::oceanstor) fn groups(
    client: &Client,
    host: &str,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    all(
        client,
        "/hostgroup/associate",
        &query::associated(kind::HOST, host),
        bounds,
        |o| super::member("hostgroup", o),
    )
}

/// The hosts of a host group.
pub(in crate::array::oceanstor) fn of_group(
    client: &Client,
    group: &str,
    bounds: &Bounds,
) -> Result<Vec<Member>, Error> {
    all(
        client,
        "/host/associate",
        &format!("TYPE=21&{}", query::associated(kind::HOSTGROUP, group)),
        bounds,
        |o| super::member("host", o),
    )
}

/// Whether a host has no initiator.
fn is_bare(client: &Client, host: &Host, bounds: &Bounds) -> Result<bool, Error> {
    if let Some(count) = host.initiators {
        return Ok(count == 0);
    }
    let mut bare = true;
    super::initiator::of_host(client, &host.id, None, bounds, &mut |_| {
        bare = false;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(bare)
}

/// The catalog of hosts.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Hosts(pub(in crate::array::oceanstor) Arc<Client>);

impl Catalog<Host> for Hosts {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Host>,
    ) -> Result<(), Error> {
        let client = &*self.0;
        refuse(
            client,
            "hosts",
            &[
                ("lungroup", filter.lungroup.is_some()),
                ("pool", filter.pool.is_some()),
                ("mapped", filter.mapped.is_some()),
                ("protocol", filter.protocol.is_some()),
            ],
        )?;
        let mut give = |host: Host| {
            let passes = name_fits(filter, &host.name)
                && filter.online.is_none_or(|want| host.state.usable == want)
                && (!filter.unused
                    || is_bare(client, &host, bounds)?
                        && groups(client, &host.id, bounds)?.is_empty());
            Ok(if passes {
                sink(host)
            } else {
                ControlFlow::Continue(())
            })
        };
        // Narrow questions have few answers, so these are found one by one.
        let mut ids: Option<Vec<String>> = None;
        let mut narrow = |more: Vec<String>| {
            ids = Some(match ids.take() {
                None => more,
                Some(had) => had.into_iter().filter(|id| more.contains(id)).collect(),
            });
        };
        if let Some(host) = &filter.host {
            narrow(vec![get(client, host, bounds)?.id]);
        }
        if let Some(id) = &filter.initiator {
            let initiator = super::initiator::get(client, id, bounds)?;
            narrow(initiator.host.into_iter().map(|h| h.id).collect());
        }
        if let Some(lun) = &filter.lun {
            let rows = super::mapping::of_lun(client, lun, bounds)?;
            let hosts = rows.into_iter().filter_map(|r| r.host);
            narrow(hosts.map(|h| h.id).collect());
        }
        if let Some(group) = &filter.hostgroup {
            let group = super::group::get(client, super::group::HOST_GROUP, group, bounds)?;
            let hosts = of_group(client, &group.id, bounds)?;
            narrow(hosts.into_iter().map(|h| h.id).collect());
        }
        let Some(ids) = ids else {
            let query = name_query(filter);
            let _ = list(client, HOST.resource, &query, bounds, parse, &mut give)?;
            return Ok(());
        };
        for id in ids {
            if let Some(host) = find_by_id(client, &HOST, &id, bounds)?
                && give(host)?.is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Host>, Error> {
        find(&self.0, selector, bounds)
    }
}
