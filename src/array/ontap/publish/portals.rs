//! Where to log in: LIFs that are switched on and up, on nodes that report the LUN, in the igroup's
//! port set; those of the LUN's own node first (ontap.md §9.5).

use std::net::IpAddr;

use super::super::wire::{Lif, LunMap};
use super::Shared;
use super::sight::Sight;
use crate::array::error::Error;
use crate::model::connection::FcTarget;
use crate::model::ids::Iqn;
use crate::model::portal::{Portal, TargetPortal, why_no_login};

/// Why nobody can reach the LUN through a LIF; `None` = it can be used.
pub(super) fn why_not(sight: &Sight, map: Option<&LunMap>, lif: &Lif) -> Option<String> {
    if let Some(fault) = lif.fault() {
        return Some(fault.to_owned());
    }
    if lif.address.is_none() && lif.wwpn.is_none() {
        return Some("has no address".into());
    }
    if let Some(why) = lif.address.and_then(why_no_login) {
        return Some(format!("cannot be logged in to: {why}"));
    }
    if let Some(portset) = &sight.portset
        && !portset.lifs.contains(&lif.name)
    {
        return Some(format!("is not in port set {}", portset.name));
    }
    let reporting = map.and_then(|map| map.reporting.as_ref())?;
    // None of them = every node, as in maps from before 8.3.
    let node = lif.node.as_ref()?;
    let told = reporting.is_empty() || reporting.contains(node);
    (!told).then(|| format!("is on node {node}, which does not report the LUN"))
}

/// Why a LIF that could be used is not: the configuration names others.
pub(super) fn left_out(lif: &Lif, ips: &[IpAddr]) -> Option<String> {
    let ip = lif.address?;
    let out = !ips.is_empty() && !ips.contains(&ip);
    out.then(|| "is not among target_ips".to_owned())
}

/// The usable LIFs, in the order in which a node should try them.
fn usable<'a>(sight: &'a Sight, map: Option<&LunMap>) -> Vec<&'a Lif> {
    let owner = map.and_then(|map| map.node.clone());
    let owner = owner.or_else(|| sight.lun.as_ref().and_then(|lun| lun.node.clone()));
    let mut lifs: Vec<&Lif> = sight
        .lifs
        .iter()
        .filter(|lif| why_not(sight, map, lif).is_none())
        .collect();
    lifs.sort_by_key(|lif| (owner.is_none() || lif.node != owner, lif.name.clone()));
    lifs
}

/// The places to log in to over iSCSI; with `ips`, those in their order.
pub(super) fn choose(sight: &Sight, map: Option<&LunMap>, ips: &[IpAddr]) -> Vec<TargetPortal> {
    let service = sight.service.as_ref();
    let Some(iqn) = service.and_then(|s| s.name.parse::<Iqn>().ok()) else {
        return Vec::new();
    };
    let mut found: Vec<IpAddr> = usable(sight, map)
        .into_iter()
        .filter_map(|lif| lif.address)
        .collect();
    if !ips.is_empty() {
        found = ips
            .iter()
            .copied()
            .filter(|ip| found.contains(ip))
            .collect();
    }
    found
        .into_iter()
        .map(|ip| TargetPortal {
            iqn: iqn.clone(),
            portal: Portal::new(ip),
            tpgt: None,
        })
        .collect()
}

/// The ports that show the LUN over Fibre Channel to these ports of the node. A node that the array
/// sees at some of them comes to it there and nowhere else; one that it sees at none may come to
/// all, for all it is known.
pub(super) fn fabric(sight: &Sight, map: Option<&LunMap>, own: &[String]) -> Vec<FcTarget> {
    let lifs = usable(sight, map);
    let seen_at = |lif: &Lif, port: &String| {
        let mut logins = sight.logins.iter().flatten();
        logins.any(|login| {
            login.initiator == *port
                && (login.target.is_some() && login.target == lif.wwpn
                    || login.through.as_ref() == Some(&lif.name))
        })
    };
    let told = lifs
        .iter()
        .any(|lif| own.iter().any(|port| seen_at(lif, port)));
    let number = map.and_then(|map| map.number);
    let mut found = Vec::new();
    for lif in lifs {
        let Some(wwpn) = lif.wwpn.as_ref().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let comes = own.iter().filter(|port| !told || seen_at(lif, port));
        found.push(FcTarget {
            wwpn,
            lun_number: number,
            initiators: comes.filter_map(|port| port.parse().ok()).collect(),
        });
    }
    found
}

impl Shared {
    /// Fails when no LIF leads to the LUN, naming each with the reason.
    ///
    /// # Errors
    /// [`Error::Conflict`].
    pub(super) fn vet_portals(&self, sight: &Sight, map: Option<&LunMap>) -> Result<(), Error> {
        let word = self.protocol().word();
        let service = sight.service.as_ref();
        let hints = || vec![format!("sanctl port list --protocol {word}")];
        let array = self.array();
        match service {
            None => {
                let why = format!("the SVM of array {array} has no {word} service");
                return Err(self.conflict(why, vec![format!("sanctl array test {array}")]));
            }
            Some(service) if !service.enabled => {
                let why = format!("the {word} service of array {array} is switched off");
                return Err(self.conflict(why, vec![format!("sanctl array test {array}")]));
            }
            Some(_) => {}
        }
        let ips = &self.line.settings.target_ips;
        if usable(sight, map)
            .iter()
            .any(|lif| left_out(lif, ips).is_none())
        {
            return Ok(());
        }
        let reasons: Vec<String> = sight
            .lifs
            .iter()
            .map(|lif| {
                let why = why_not(sight, map, lif).or_else(|| left_out(lif, ips));
                format!("{} {}", lif.shown(), why.unwrap_or_default())
            })
            .collect();
        let reasons = match reasons.is_empty() {
            true => format!("the SVM has no LIF for {word}"),
            false => reasons.join("; "),
        };
        let why = format!("array {array}: no {word} port to log in to: {reasons}");
        Err(self.conflict(why, hints()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::wire::{Portset, Service};
    use super::*;

    fn lif(name: &str, node: &str, last: u8) -> Lif {
        Lif {
            name: name.into(),
            address: Some(IpAddr::from([10, 0, 0, last])),
            enabled: true,
            up: true,
            node: Some(node.into()),
            ..Lif::default()
        }
    }

    fn sight() -> Sight {
        let mut down = lif("down", "a", 4);
        down.up = false;
        let mut off = lif("off", "a", 5);
        off.enabled = false;
        Sight {
            service: Some(Service {
                name: "iqn.1992-08.com.netapp:sn.1:vs.2".into(),
                enabled: true,
                svm: None,
            }),
            lifs: vec![
                lif("1", "b", 1),
                lif("2", "c", 2),
                lif("3", "a", 3),
                down,
                off,
            ],
            ..Sight::default()
        }
    }

    fn portals(sight: &Sight, map: Option<&LunMap>, ips: &[IpAddr]) -> Vec<String> {
        let found = choose(sight, map, ips);
        found.iter().map(|at| at.portal.to_string()).collect()
    }

    #[test]
    fn reporting_nodes_only_and_the_owner_first() {
        let sight = sight();
        let map = LunMap {
            node: Some("a".into()),
            reporting: Some(vec!["a".into(), "b".into()]),
            ..LunMap::default()
        };
        assert_eq!(
            portals(&sight, Some(&map), &[]),
            ["10.0.0.3:3260", "10.0.0.1:3260"]
        );
        let all = LunMap {
            reporting: Some(Vec::new()),
            ..map.clone()
        };
        assert_eq!(portals(&sight, Some(&all), &[]).len(), 3);
        assert_eq!(portals(&sight, None, &[]).len(), 3);
        let ips = [[10, 0, 0, 2], [10, 0, 0, 1]].map(IpAddr::from);
        assert_eq!(portals(&sight, Some(&map), &ips), ["10.0.0.1:3260"]);
    }

    #[test]
    fn a_port_set_narrows() {
        let mut sight = sight();
        sight.portset = Some(Portset {
            name: "ps".into(),
            lifs: vec!["2".into(), "down".into()],
            ..Portset::default()
        });
        assert_eq!(portals(&sight, None, &[]), ["10.0.0.2:3260"]);
        let why = |name: &str| {
            let lif = sight.lifs.iter().find(|l| l.name == name).unwrap();
            why_not(&sight, None, lif)
        };
        assert_eq!(why("1").as_deref(), Some("is not in port set ps"));
        assert_eq!(why("down").as_deref(), Some("is down"));
        assert_eq!(why("off").as_deref(), Some("is switched off"));
        assert_eq!(why("2"), None);
    }
}
