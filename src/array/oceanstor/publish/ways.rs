//! Which FC ports lead a node to a LUN, and why others do not.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::client::Client;
use super::super::config::Settings;
use super::super::nouns::{host, initiator};
use super::fabric::{self, Port};
use super::parts::Noun;
use super::sight::Sight;
use super::{Shared, shared};
use crate::array::error::Error;
use crate::array::{Viewer, Ways};
use crate::kit::bounds::Bounds;
use crate::model::connector::Connector;
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::step::Aim;

/// The node that looks, if it does so over Fibre Channel: as it tells of itself, or by what its
/// host on the array has.
fn viewer(
    client: &Client,
    from: Viewer<'_>,
    protocol: Option<Protocol>,
    bounds: &Bounds,
) -> Result<Option<Connector>, Error> {
    let found = match from {
        Viewer::Node(connector) => {
            let over = protocol.unwrap_or_else(|| connector.protocol());
            return Ok((over == Protocol::Fc).then(|| connector.clone()));
        }
        Viewer::Host(_) if protocol == Some(Protocol::Iscsi) => return Ok(None),
        Viewer::Host(host) => host::get(client, host, bounds)?,
    };
    let mut connector = Connector {
        host: found.name,
        ..Connector::unknown()
    };
    let mut both = false;
    initiator::of_host(client, &found.id, protocol, bounds, &mut |one| {
        match one.protocol {
            Protocol::Iscsi => both = true,
            Protocol::Fc => connector.wwpns.extend(one.id.parse().ok()),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    // Without a word, iSCSI comes first.
    let fabric = protocol.is_some() || (!both && !connector.wwpns.is_empty());
    Ok(fabric.then_some(connector))
}

impl Shared {
    /// Why a port does not lead the node to the LUN; `None` = it does.
    fn why_not(&self, sight: &Sight, port: &Port) -> Option<String> {
        let node = &self.publication.connector.host;
        if let Some(fault) = &port.fault {
            return Some(fault.clone());
        }
        if let Some(group) = sight.found(Noun::PortGroup) {
            let mut members = sight.fabric.ports.iter().flatten();
            if !members.any(|member| member.wwpn == port.wwpn) {
                return Some(format!("is not in port group {}", group.name));
            }
        }
        if !self.initiators.iter().any(|id| sight.own(id).online()) {
            return Some(format!("no FC port of {node} is online at the array"));
        }
        let targets = self.fabric_targets(sight, None);
        let leads = targets.iter().any(|to| to.wwpn == port.wwpn);
        (!leads).then(|| format!("no FC port of {node} comes there: check its zone"))
    }
}

/// Which FC ports lead a node to the LUN; `None` = it does not come over Fibre Channel.
///
/// # Errors
/// [`Error::NotFound`] when there is no such LUN or host.
pub(in crate::array::oceanstor) fn ways(
    client: &Arc<Client>,
    settings: &Arc<Settings>,
    lun: &Selector,
    (from, protocol): (Viewer<'_>, Option<Protocol>),
    bounds: &Bounds,
) -> Result<Option<Ways>, Error> {
    let Some(connector) = viewer(client, from, protocol, bounds)? else {
        return Ok(None);
    };
    let publication = Publication {
        lun: lun.clone(),
        connector,
        protocol: Protocol::Fc,
        shared: true,
        hostgroup: None,
        avoid: Vec::new(),
        lun_number: None,
    };
    let shared = shared(Arc::clone(client), Arc::clone(settings), publication);
    let ask = shared.ask(bounds);
    let sight = shared.survey(&ask, Aim::Status)?;
    let all = match &sight.fabric.ports {
        Some(ports) if sight.found(Noun::PortGroup).is_none() => ports.clone(),
        _ => fabric::list(&ask)?,
    };
    let why_not = all
        .iter()
        .map(|port| (port.id.clone(), shared.why_not(&sight, port)));
    Ok(Some(Ways {
        protocol: Protocol::Fc,
        mapped: sight.proof.found().is_some(),
        why_not: why_not.collect(),
    }))
}
