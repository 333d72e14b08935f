//! Host links: the ways from initiators to ports that the array sees now (oceanstor.md §7 "Ports").

use super::port::Target;
use super::status::Status;
use super::{all, kind};
use crate::array::Error;
use crate::array::oceanstor::client::{Client, Task, parallel};
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::kit::bounds::Bounds;
use crate::model::nouns::{HostPath, Protocol};

/// The links of a host, those of iSCSI first.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn of_host(
    client: &Client,
    host: &str,
    bounds: &Bounds,
) -> Result<Vec<HostPath>, Error> {
    let tasks: Vec<Task<'_, Result<Vec<HostPath>, Error>>> = [Protocol::Iscsi, Protocol::Fc]
        .into_iter()
        .map(|protocol| -> Task<'_, _> {
            Box::new(move || of_protocol(client, host, protocol, bounds))
        })
        .collect();
    let mut links = Vec::new();
    for found in parallel(tasks) {
        links.extend(found?);
    }
    Ok(links)
}

/// The links of a host over one protocol.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn of_protocol(
    client: &Client,
    host: &str,
    protocol: Protocol,
    bounds: &Bounds,
) -> Result<Vec<HostPath>, Error> {
    let (kind, parse) = match protocol {
        Protocol::Iscsi => (kind::ISCSI_INITIATOR, parse_iscsi as super::Parse<_>),
        Protocol::Fc => (kind::FC_INITIATOR, parse_fc as super::Parse<_>),
    };
    let query = format!("INITIATOR_TYPE={kind}&PARENTID={}", query::quote(host));
    let found = all(client, "/host_link", &query, bounds, parse)?;
    // The query is not a filter, so its answer is checked.
    let own = |row: OfHost| (row.host.as_deref() == Some(host)).then_some(row.path);
    Ok(found.into_iter().filter_map(own).collect())
}

/// A link, and the host it belongs to.
struct OfHost {
    host: Option<String>,
    path: HostPath,
}

fn parse_iscsi(object: &Object) -> Option<OfHost> {
    parse(object, Protocol::Iscsi)
}

fn parse_fc(object: &Object) -> Option<OfHost> {
    parse(object, Protocol::Fc)
}

fn parse(object: &Object, protocol: Protocol) -> Option<OfHost> {
    let status = Status::of(object);
    let text = |field: &str| object.text(field).map(str::to_owned);
    Some(OfHost {
        host: text("PARENTID"),
        path: HostPath {
            initiator: text("INITIATOR_PORT_WWN").or_else(|| text("INITIATOR_ID"))?,
            protocol,
            address: match protocol {
                Protocol::Iscsi => object
                    .text("TARGET_PORT_WWN")
                    .and_then(|name| Target::parse_id(name).ip),
                Protocol::Fc => None,
            },
            target: text("TARGET_PORT_WWN"),
            port: text("TARGET_ID"),
            controller: text("CTRL_ID"),
            state: status.state(status.healthy() && status.runs(&[27])),
        },
    })
}
