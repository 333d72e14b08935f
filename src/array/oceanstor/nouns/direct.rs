//! Direct mappings of a LUN to a host, on newer arrays (oceanstor.md §7 "Direct mapping").

use std::ops::ControlFlow;

use super::group::{self, HOST_GROUP, LUN_GROUP};
use super::mapping::{of_lun, side};
use super::system::{self, Generation};
use super::{all, is_bad_parameter, is_not_there, kind};
use crate::array::oceanstor::client::Client;
use crate::array::oceanstor::query;
use crate::array::{Error, Filter};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{Mapping, Member};
use crate::model::selector::Selector;

/// Host and LUN of the direct mappings of an object; empty where there is no such thing.
pub(in crate::array::oceanstor) fn pairs(
    client: &Client,
    kind: u32,
    id: &str,
    bounds: &Bounds,
) -> Result<Vec<(String, String)>, Error> {
    if system::generation(client, bounds)? == Generation::V3 {
        return Ok(Vec::new());
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    let result = client.pages(
        "/mapping/associate",
        &query::associated(kind, id),
        bounds,
        &mut |object| {
            // The side that was asked about may be left out.
            let side = |field: &str, own: u32| {
                let told = object.text(field).map(str::to_owned);
                told.or_else(|| (kind == own).then(|| id.to_owned()))
            };
            if let (Some(host), Some(lun)) = (side("hostId", kind::HOST), side("lunId", kind::LUN))
                && !pairs.contains(&(host.clone(), lun.clone()))
            {
                pairs.push((host, lun));
            }
            ControlFlow::Continue(())
        },
    );
    match result {
        Err(error) if is_not_there(&error) || is_bad_parameter(&error) => Ok(Vec::new()),
        Err(error) => Err(error),
        Ok(()) => Ok(pairs),
    }
}

/// The direct mappings that the filter asks for. No query lists them all, so they show only
/// when a host or a LUN is named.
pub(in crate::array::oceanstor) fn list(
    client: &Client,
    filter: &Filter,
    bounds: &Bounds,
) -> Result<Vec<Mapping>, Error> {
    if filter.hostgroup.is_some() || filter.lungroup.is_some() || filter.initiator.is_some() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    if let Some(lun) = &filter.lun {
        let lun_noun = super::lun::get(client, lun, bounds)?;
        let host = match &filter.host {
            None => None,
            Some(host) => Some(super::host::get(client, host, bounds)?.id),
        };
        for row in of_lun(client, lun, bounds)? {
            let (Some(by), Some(seen)) = (row.mapping, row.host) else {
                continue;
            };
            if by.what == "direct" && host.as_ref().is_none_or(|h| *h == seen.id) {
                let lun = Member {
                    what: "lun".into(),
                    id: lun_noun.id.clone(),
                    name: lun_noun.name.clone(),
                };
                found.push(mapping(seen, lun));
            }
        }
    } else if let Some(host) = &filter.host {
        let host = super::host::get(client, host, bounds)?;
        let pairs = pairs(client, kind::HOST, &host.id, bounds)?;
        if pairs.is_empty() {
            return Ok(found);
        }
        let through_views = seen_through_views(client, &host.id, bounds)?;
        for (_, lun) in pairs {
            if through_views.contains(&lun) {
                continue;
            }
            let noun = super::lun::find(client, &Selector::Id(lun.clone()), bounds)?;
            let lun = Member {
                what: "lun".into(),
                name: noun.map_or_else(|| lun.clone(), |l| l.name),
                id: lun,
            };
            let host = Member {
                what: "host".into(),
                id: host.id.clone(),
                name: host.name.clone(),
            };
            found.push(mapping(host, lun));
        }
    }
    Ok(found)
}

fn seen_through_views(client: &Client, host: &str, bounds: &Bounds) -> Result<Vec<String>, Error> {
    let mut luns = Vec::new();
    for hostgroup in super::host::groups(client, host, bounds)? {
        for view in group::views(client, HOST_GROUP, &hostgroup.id, bounds)? {
            let Some(lungroup) = side(client, LUN_GROUP, &view.id, bounds)? else {
                continue;
            };
            let query = format!(
                "TYPE=11&{}",
                query::associated(kind::LUNGROUP, &lungroup.id)
            );
            luns.extend(all(client, "/lun/associate", &query, bounds, |o| {
                o.id().map(str::to_owned)
            })?);
        }
    }
    Ok(luns)
}

/// The direct mapping of an id `HOST:LUN`, as [`member`] makes it.
pub(super) fn find(client: &Client, id: &str, bounds: &Bounds) -> Result<Option<Mapping>, Error> {
    let Some((host, lun)) = id.split_once(':') else {
        return Ok(None);
    };
    let filter = Filter {
        lun: Some(Selector::Id(lun.to_owned())),
        ..Filter::default()
    };
    let found = match list(client, &filter, bounds) {
        Err(Error::NotFound { .. }) => return Ok(None),
        other => other?,
    };
    let same = |m: &Mapping| m.hostgroup.as_ref().is_some_and(|h| h.id == host);
    Ok(found.into_iter().find(same))
}

fn mapping(host: Member, lun: Member) -> Mapping {
    let itself = member(&host.id, &lun.id);
    Mapping {
        id: itself.id,
        name: itself.name,
        kind: "direct".into(),
        hostgroup: Some(host),
        lungroup: Some(lun),
        portgroup: None,
        lun_number: None,
        reporting_nodes: None,
    }
}

pub(super) fn member(host: &str, lun: &str) -> Member {
    Member {
        what: "direct".into(),
        id: format!("{host}:{lun}"),
        name: format!("host {host}, lun {lun}"),
    }
}
