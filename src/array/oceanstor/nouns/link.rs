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
    let tasks: Vec<Task<'_, Result<Vec<OfHost>, Error>>> = [
        (kind::ISCSI_INITIATOR, parse_iscsi as super::Parse<_>),
        (kind::FC_INITIATOR, parse_fc),
    ]
    .into_iter()
    .map(|(kind, parse)| -> Task<'_, _> {
        Box::new(move || {
            let query = format!("INITIATOR_TYPE={kind}&PARENTID={}", query::quote(host));
            all(client, "/host_link", &query, bounds, parse)
        })
    })
    .collect();
    let mut links = Vec::new();
    for found in parallel(tasks) {
        // The query is not a filter, so its answer is checked.
        let own = |row: OfHost| (row.host.as_deref() == Some(host)).then_some(row.path);
        links.extend(found?.into_iter().filter_map(own));
    }
    Ok(links)
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
