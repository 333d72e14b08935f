//! Initiators, iSCSI and FC (oceanstor.md §7 "Initiators").

use std::ops::ControlFlow;
use std::sync::Arc;

use super::status::Status;
use super::{Each, Noun, find_by, is_bad_parameter, list, not_found, read_by_id, refuse};
use super::{name_fits, unsupported};
use crate::array::oceanstor::client::Client;
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::edit::PathPolicy;
use crate::model::ids::{Iqn, Wwpn};
use crate::model::nouns::{HostRef, Initiator, Protocol};
use crate::model::selector::Selector;

const ISCSI: Noun<Initiator> = Noun {
    what: "initiator",
    resource: "/iscsi_initiator",
    parse: parse_iscsi,
};

const FC: Noun<Initiator> = Noun {
    what: "initiator",
    resource: "/fc_initiator",
    parse: parse_fc,
};

/// An iSCSI initiator.
pub(in crate::array::oceanstor) fn parse_iscsi(object: &Object) -> Option<Initiator> {
    parse(object, Protocol::Iscsi)
}

/// An FC initiator.
pub(in crate::array::oceanstor) fn parse_fc(object: &Object) -> Option<Initiator> {
    parse(object, Protocol::Fc)
}

fn parse(object: &Object, protocol: Protocol) -> Option<Initiator> {
    let status = Status::of(object);
    let online = status.running == Some(27);
    // A free one has no parent; ISFREE is believed only when it agrees, because a bound one must
    // never be taken for free.
    let host = object
        .text("PARENTID")
        .filter(|_| object.number::<u32>("PARENTTYPE").is_none_or(|t| t == 21))
        .map(|id| HostRef {
            id: id.to_owned(),
            name: object.text("PARENTNAME").map(str::to_owned),
        });
    Some(Initiator {
        id: object.id()?.to_owned(),
        protocol,
        host,
        online,
        chap: object.flag("USECHAP"),
        chap_user: object.text("CHAPNAME").map(str::to_owned),
        path_policy: PathPolicy {
            multipath_type: object.number("MULTIPATHTYPE"),
            failover_mode: object.number("FAILOVERMODE"),
            special_mode: object.number("SPECIALMODETYPE"),
            path_type: object.number("PATHTYPE"),
        },
        state: status.state(status.healthy() && online),
    })
}

/// The initiator of an IQN or WWPN.
///
/// # Errors
/// [`Error::Unsupported`] when the text is neither.
pub(in crate::array::oceanstor) fn find(
    client: &Client,
    id: &str,
    bounds: &Bounds,
) -> Result<Option<Initiator>, Error> {
    if let Ok(wwpn) = id.parse::<Wwpn>() {
        return find_fc(client, wwpn.as_str(), bounds);
    }
    let Ok(iqn) = id.parse::<Iqn>() else {
        return Err(unsupported(
            client,
            format!("initiator {id:?}"),
            "give an IQN (iqn.…) or a WWPN of 16 hex digits",
        ));
    };
    // As typed first: arrays keep the case in which a name was registered.
    match find_iscsi(client, id.trim(), bounds)? {
        None if iqn.as_str() != id.trim() => find_iscsi(client, iqn.as_str(), bounds),
        found => Ok(found),
    }
}

/// An iSCSI initiator by its name exactly: by its path, or through a filter where the array does
/// not take it there.
pub(in crate::array::oceanstor) fn find_iscsi(
    client: &Client,
    iqn: &str,
    bounds: &Bounds,
) -> Result<Option<Initiator>, Error> {
    find_exactly(client, &ISCSI, iqn, bounds)
}

/// An FC initiator by its WWPN exactly. Some arrays call a WWPN that they do not know a wrong
/// parameter (oceanstor.md §4, 50331651), which may mean anything: then an exact filter decides,
/// and only one that is refused in the same way leaves it at that word.
pub(in crate::array::oceanstor) fn find_fc(
    client: &Client,
    wwpn: &str,
    bounds: &Bounds,
) -> Result<Option<Initiator>, Error> {
    match find_exactly(client, &FC, wwpn, bounds) {
        Err(error) if is_bad_parameter(&error) => Ok(None),
        other => other,
    }
}

fn find_exactly(
    client: &Client,
    noun: &Noun<Initiator>,
    id: &str,
    bounds: &Bounds,
) -> Result<Option<Initiator>, Error> {
    match read_by_id(client, noun, id, bounds) {
        Err(error) if super::is_not_there(&error) || is_bad_parameter(&error) => {
            find_by(client, noun, ("ID", id), bounds)
        }
        other => other,
    }
}

/// As [`find`], but an initiator that is not there is an error.
///
/// # Errors
/// [`Error::NotFound`], and those of [`find`].
pub(in crate::array::oceanstor) fn get(
    client: &Client,
    id: &str,
    bounds: &Bounds,
) -> Result<Initiator, Error> {
    find(client, id, bounds)?.ok_or_else(|| not_found(client, "initiator", id))
}

/// The initiators of a host, of one protocol or of both.
pub(in crate::array::oceanstor) fn of_host(
    client: &Client,
    host: &str,
    protocol: Option<Protocol>,
    bounds: &Bounds,
    each: &mut Each<'_, Initiator>,
) -> Result<(), Error> {
    let id = query::quote(host);
    for (noun, query, of) in [
        (&ISCSI, format!("PARENTID={id}"), Protocol::Iscsi),
        (&FC, format!("PARENTTYPE=21&PARENTID={id}"), Protocol::Fc),
    ] {
        if protocol.is_some_and(|p| p != of) {
            continue;
        }
        let flow = list(
            client,
            noun.resource,
            &query,
            bounds,
            noun.parse,
            &mut |found: Initiator| {
                // The query is not a filter, so its answer is checked.
                if found.host.as_ref().is_some_and(|h| h.id == host) {
                    each(found)
                } else {
                    Ok(ControlFlow::Continue(()))
                }
            },
        )?;
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// The catalog of initiators.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Initiators(pub(in crate::array::oceanstor) Arc<Client>);

impl Catalog<Initiator> for Initiators {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, Initiator>,
    ) -> Result<(), Error> {
        let client = &*self.0;
        refuse(
            client,
            "initiators",
            &[
                ("lun", filter.lun.is_some()),
                ("hostgroup", filter.hostgroup.is_some()),
                ("lungroup", filter.lungroup.is_some()),
                ("pool", filter.pool.is_some()),
                ("mapped", filter.mapped.is_some()),
            ],
        )?;
        let mut give = |found: Initiator| {
            let passes = name_fits(filter, &found.id)
                && (!filter.unused || found.host.is_none())
                && filter.online.is_none_or(|want| found.online == want)
                && filter.protocol.is_none_or(|want| found.protocol == want);
            Ok(if passes {
                sink(found)
            } else {
                ControlFlow::Continue(())
            })
        };
        if let Some(id) = &filter.initiator {
            if let Some(found) = find(client, id, bounds)? {
                let _ = give(found)?;
            }
            return Ok(());
        }
        if let Some(host) = &filter.host {
            let host = super::host::get(client, host, bounds)?;
            return of_host(client, &host.id, filter.protocol, bounds, &mut give);
        }
        for (noun, of) in [(&ISCSI, Protocol::Iscsi), (&FC, Protocol::Fc)] {
            if filter.protocol.is_some_and(|p| p != of) {
                continue;
            }
            let flow = list(client, noun.resource, "", bounds, noun.parse, &mut give)?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<Initiator>, Error> {
        match selector {
            Selector::Name(id) | Selector::Id(id) => find(&self.0, id, bounds),
            Selector::Wwid(wwpn) => find(&self.0, wwpn.as_str(), bounds),
            other => Err(unsupported(
                &self.0,
                format!("initiator named by {other}"),
                "give its IQN or WWPN",
            )),
        }
    }
}
