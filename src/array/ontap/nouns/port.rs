//! Ports: the LIFs of the SVM, with why nobody can log in through one (ontap.md §9.5, §9.7).

use std::sync::Arc;

use super::{name_fits, name_or_id, refuse};
use crate::array::ontap::Line;
use crate::array::ontap::wire::{Lif, Service};
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::model::ids::Iqn;
use crate::model::nouns::{Protocol, State, TargetPort};
use crate::model::portal::Portal;
use crate::model::selector::Selector;

/// Why nobody can log in at a LIF now.
fn why_not(lif: &Lif, service: Option<&Service>) -> Option<String> {
    match service {
        None => return Some("the SVM has no such service".into()),
        Some(service) if !service.enabled => {
            return Some("the service of the SVM is switched off".into());
        }
        Some(_) => {}
    }
    if let Some(fault) = lif.fault() {
        return Some(fault.to_owned());
    }
    (lif.protocol == Some(Protocol::Iscsi) && lif.address.is_none())
        .then(|| "has no address".to_owned())
}

fn noun(lif: &Lif, protocol: Protocol, service: Option<&Service>) -> TargetPort {
    let mut location = lif.node.clone().unwrap_or_default();
    if let Some(port) = &lif.port {
        location = format!("{location}:{port}");
    }
    if lif.at_home == Some(false) {
        let home = lif.home_node.as_deref().unwrap_or("elsewhere");
        location.push_str(&format!(" (home {home})"));
    }
    let why_not = why_not(lif, service);
    let word = |on: bool| if on { "up" } else { "down" };
    let iqn = service.and_then(|s| s.name.parse::<Iqn>().ok());
    TargetPort {
        id: lif.name.clone(),
        location: Some(location).filter(|text| !text.is_empty()),
        protocol,
        iqn: iqn.filter(|_| protocol == Protocol::Iscsi),
        portal: lif.address.map(Portal::new),
        tpgt: None,
        wwpn: lif.wwpn.clone(),
        state: State {
            usable: why_not.is_none(),
            words: format!("{}/{}", word(lif.enabled), word(lif.up)),
        },
        why_not,
    }
}

/// The ports of one protocol.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn list(
    line: &Line,
    protocol: Protocol,
    bounds: &Bounds,
) -> Result<Vec<TargetPort>, Error> {
    let wire = line.wire(bounds)?;
    let lifs = wire.lifs(protocol, bounds)?;
    if lifs.is_empty() {
        return Ok(Vec::new());
    }
    let service = wire.service(protocol, bounds)?;
    let mut ports: Vec<TargetPort> = lifs
        .iter()
        .map(|lif| noun(lif, protocol, service.as_ref()))
        .collect();
    ports.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(ports)
}

/// The catalog of ports.
#[derive(Debug)]
pub(in crate::array::ontap) struct Ports(pub(in crate::array::ontap) Arc<Line>);

impl Catalog<TargetPort> for Ports {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, TargetPort>,
    ) -> Result<(), Error> {
        let line = &*self.0;
        refuse(
            line,
            "ports",
            &[
                ("host", filter.host.is_some()),
                ("lun", filter.lun.is_some()),
            ],
        )?;
        for protocol in [Protocol::Iscsi, Protocol::Fc] {
            if filter.protocol.is_some_and(|wanted| wanted != protocol) {
                continue;
            }
            for port in list(line, protocol, bounds)? {
                let fits = name_fits(filter, &port.id)
                    && filter.online.is_none_or(|want| want == port.state.usable);
                if fits && sink(port).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<TargetPort>, Error> {
        let line = &*self.0;
        let (Ok(name) | Err(name)) = name_or_id(line, "port", selector)?;
        for protocol in [Protocol::Iscsi, Protocol::Fc] {
            let found = list(line, protocol, bounds)?;
            if let Some(port) = found.into_iter().find(|port| port.id == name) {
                return Ok(Some(port));
            }
        }
        Ok(None)
    }
}
