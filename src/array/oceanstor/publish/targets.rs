//! Where to log in: the array's iSCSI target ports, narrowed to what is configured
//! (oceanstor.md §7 Ports, §8).

use std::net::IpAddr;

use super::super::nouns;
use super::super::nouns::port::Target;
use super::super::object::Object;
use super::super::query;
use super::ask::Ask;
use super::parts::Noun;
use crate::array::error::Error;
use crate::model::ids::Iqn;
use crate::model::portal::{Portal, TargetPortal, why_no_login};

/// A target port as a place to log in to; `None` when its name or address cannot be read, or when
/// nobody can log in there.
fn place(port: Target) -> Option<TargetPortal> {
    let ip = port.ip.filter(|ip| why_no_login(*ip).is_none())?;
    Some(TargetPortal {
        iqn: port.iqn?,
        portal: Portal::new(ip),
        tpgt: port.tpgt,
    })
}

/// Every target port that the array lists; none where it has no such table.
pub(super) fn list(ask: &Ask<'_>) -> Result<Vec<TargetPortal>, Error> {
    let rows = match ask.ports("/iscsi_tgt_port", "") {
        Err(error) if nouns::is_not_there(&error) => Vec::new(),
        other => other?,
    };
    let port = |o: &Object| place(Target::of(o)?);
    let mut found: Vec<TargetPortal> = Vec::new();
    for target in rows.iter().filter_map(port) {
        if !found.contains(&target) {
            found.push(target);
        }
    }
    Ok(found)
}

/// The rows of a table that not every array has: one that lacks it refuses, and that is no reason
/// to fail.
fn rows(ask: &Ask<'_>, resource: &str, query: &str) -> Result<Vec<Object>, Error> {
    match ask.ports(resource, query) {
        Err(Error::Refused { .. }) => Ok(Vec::new()),
        other => other,
    }
}

/// What the array is called as an iSCSI device: the first part of its targets' names.
fn device_name(ask: &Ask<'_>) -> Result<Option<String>, Error> {
    let rows = rows(ask, "/iscsidevicename", "")?;
    let name = rows.first().and_then(|o| o.text("CMO_ISCSI_DEVICE_NAME"));
    Ok(name.map(str::to_owned))
}

fn addresses(row: &Object) -> Vec<IpAddr> {
    let parse = |field: &&str| row.text(field)?.parse::<IpAddr>().ok();
    let told = ["IPV4ADDR", "IPV6ADDR"];
    let told = told.iter().filter_map(parse);
    told.filter(|ip| why_no_login(*ip).is_none()).collect()
}

/// An Ethernet port.
struct Eth {
    id: String,
    /// Where it is, or its id.
    at: String,
    ips: Vec<IpAddr>,
    tcp_port: Option<u16>,
    /// Why nobody can log in through it.
    fault: Option<&'static str>,
    /// `ISCSINAME`: on some arrays the target's whole name.
    iscsi_name: Option<String>,
}

impl Eth {
    fn of(row: &Object) -> Self {
        let number = |field: &str, good: u32| row.number(field).unwrap_or(good) == good;
        let fault = if !number("HEALTHSTATUS", 1) {
            Some("is not healthy")
        } else if !number("RUNNINGSTATUS", 10) {
            Some("has no link")
        } else {
            None
        };
        Self {
            id: row.id().unwrap_or_default().to_owned(),
            at: row
                .text("LOCATION")
                .or_else(|| row.id())
                .unwrap_or("a port")
                .to_owned(),
            ips: addresses(row),
            tcp_port: row.number("ISCSITCPPORT").filter(|p| *p != 0),
            fault,
            iscsi_name: row.text("ISCSINAME").map(str::to_owned),
        }
    }

    /// The target at an address of this port as the array lists it.
    fn listed(&self, ip: IpAddr, listed: &[TargetPortal]) -> Vec<TargetPortal> {
        let here = listed.iter().filter(|t| t.portal.ip == ip);
        let with_port = here.map(|t| TargetPortal {
            portal: self.portal(ip),
            ..t.clone()
        });
        with_port.collect()
    }

    fn portal(&self, ip: IpAddr) -> Portal {
        let usual = Portal::new(ip);
        Portal {
            port: self.tcp_port.unwrap_or(usual.port),
            ..usual
        }
    }

    /// The target at an address that the array does not list: its name follows from the port's
    /// place (oceanstor.md §7 Ports).
    fn derived(&self, ip: IpAddr, device: Option<&str>) -> Option<TargetPortal> {
        let told = self.iscsi_name.as_deref();
        let whole = told.filter(|name| Target::parse_id(name).ip == Some(ip));
        let name = match whole {
            Some(name) => name.to_owned(),
            None => format!("{}:{}:{ip}", device?, suffix(&self.at)?),
        };
        Some(TargetPortal {
            iqn: name.parse::<Iqn>().ok()?,
            portal: self.portal(ip),
            tpgt: None,
        })
    }
}

/// The Ethernet ports of a port group.
pub(super) struct GroupPorts {
    id: String,
    ports: Vec<Eth>,
}

/// The Ethernet ports of a port group.
pub(super) fn of_group(ask: &Ask<'_>, portgroup: &str) -> Result<GroupPorts, Error> {
    let query = query::associated(Noun::PortGroup.code(), portgroup);
    let rows = ask.ports("/eth_port/associate", &format!("TYPE=213&{query}"))?;
    Ok(GroupPorts {
        id: portgroup.to_owned(),
        ports: rows.iter().map(Eth::of).collect(),
    })
}

fn none_usable(ask: &Ask<'_>, why: &str, hint: String) -> Error {
    Error::Conflict {
        why: format!(
            "array {}: no iSCSI port to log in to: {why}",
            ask.client.array()
        ),
        hints: vec![hint, "sanctl port list --protocol iscsi".into()],
    }
}

/// The targets of a port group.
///
/// # Errors
/// `Conflict` when none of its ports can be used, naming each with the reason.
pub(super) fn narrow_to_group(
    ask: &Ask<'_>,
    name: &str,
    listed: &[TargetPortal],
    group: &GroupPorts,
) -> Result<Vec<TargetPortal>, Error> {
    let mut reasons = Vec::new();
    let mut found = Vec::new();
    let mut unlisted: Vec<(&Eth, IpAddr)> = Vec::new();
    for port in &group.ports {
        let at = &port.at;
        if port.ips.is_empty() {
            reasons.push(format!("{at} has no address"));
        }
        for ip in port.ips.iter().copied() {
            if let Some(fault) = port.fault {
                reasons.push(format!("{at} {ip} {fault}"));
                continue;
            }
            let targets = port.listed(ip, listed);
            if targets.is_empty() {
                unlisted.push((port, ip));
                reasons.push(format!("{ip} is no iSCSI target"));
            }
            for target in targets {
                if !found.contains(&target) {
                    found.push(target);
                }
            }
        }
    }
    if found.is_empty() {
        found = logical(ask, group, listed)?;
    }
    if found.is_empty() && !unlisted.is_empty() {
        let device = device_name(ask)?;
        let derived = unlisted
            .iter()
            .filter_map(|(port, ip)| port.derived(*ip, device.as_deref()));
        found.extend(derived);
    }
    if found.is_empty() {
        let why = if reasons.is_empty() {
            format!("port group {name} has no Ethernet port")
        } else {
            format!("port group {name}: {}", reasons.join(", "))
        };
        return Err(none_usable(
            ask,
            &why,
            format!("sanctl portgroup show {name}"),
        ));
    }
    Ok(found)
}

/// The targets at the configured addresses, in their order; every target when none is configured.
///
/// # Errors
/// `Conflict` when none is left, naming each address with the reason.
pub(super) fn narrow_to_ips(
    ask: &Ask<'_>,
    ips: &[IpAddr],
    listed: Vec<TargetPortal>,
) -> Result<Vec<TargetPortal>, Error> {
    if ips.is_empty() {
        if listed.is_empty() {
            let why = "the array lists no iSCSI target port";
            let hint = format!(
                "set target_ips of [arrays.{}] to addresses of its Ethernet ports",
                ask.client.array()
            );
            return Err(none_usable(ask, why, hint));
        }
        return Ok(listed);
    }
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for ip in ips {
        let before = found.len();
        found.extend(listed.iter().filter(|t| t.portal.ip == *ip).cloned());
        if found.len() == before {
            missing.push(*ip);
        }
    }
    let mut reasons = Vec::new();
    if !missing.is_empty() {
        let fallback = Fallback::read(ask)?;
        for ip in missing {
            match fallback.target(ip) {
                Ok(target) => found.push(target),
                Err(why) => reasons.push(why),
            }
        }
    }
    if found.is_empty() {
        let hint = format!("check target_ips of [arrays.{}]", ask.client.array());
        return Err(none_usable(ask, &reasons.join(", "), hint));
    }
    Ok(found)
}

/// The targets at logical ports: at home on the group's Ethernet ports, or its members. V6 arrays
/// have the addresses there.
fn logical(
    ask: &Ask<'_>,
    group: &GroupPorts,
    listed: &[TargetPortal],
) -> Result<Vec<TargetPortal>, Error> {
    let at_home = |lif: &Object| {
        let home = lif.text("HOMEPORTID");
        let mut usable = group.ports.iter().filter(|p| p.fault.is_none());
        usable.any(|p| Some(p.id.as_str()) == home)
    };
    let mut lifs = rows(ask, "/lif", "")?;
    lifs.retain(at_home);
    if lifs.is_empty() {
        let query = query::associated(Noun::PortGroup.code(), &group.id);
        lifs = rows(ask, "/lif/associate", &format!("TYPE=279&{query}"))?;
    }
    let ips: Vec<IpAddr> = lifs.iter().flat_map(addresses).collect();
    let here = |t: &&TargetPortal| ips.contains(&t.portal.ip);
    Ok(listed.iter().filter(here).cloned().collect())
}

/// What old arrays tell of ports that `iscsi_tgt_port` does not list, and what new ones tell of
/// their logical ports.
struct Fallback {
    eth: Vec<Eth>,
    lif: Vec<Object>,
    device: Option<String>,
}

impl Fallback {
    fn read(ask: &Ask<'_>) -> Result<Self, Error> {
        Ok(Self {
            lif: rows(ask, "/lif", "")?,
            eth: rows(ask, "/eth_port", "")?.iter().map(Eth::of).collect(),
            device: device_name(ask)?,
        })
    }

    fn target(&self, ip: IpAddr) -> Result<TargetPortal, String> {
        if let Some(port) = self.eth.iter().find(|p| p.ips.contains(&ip)) {
            let at = &port.at;
            if let Some(fault) = port.fault {
                return Err(format!("{ip} on {at} {fault}"));
            }
            return port
                .derived(ip, self.device.as_deref())
                .ok_or_else(|| format!("{ip} on {at} has no iSCSI target"));
        }
        if let Some(lif) = self.lif.iter().find(|o| addresses(o).contains(&ip)) {
            let home = lif.text("HOMEPORTID").unwrap_or("unknown");
            return Err(format!(
                "{ip} is a logical port on port {home} without an iSCSI target"
            ));
        }
        Err(format!("{ip} is no address of the array"))
    }
}

/// The part of a target's name that stands for the port at `ENG0.A2.P3`, or `CTE0.A.H1.P0` where
/// the controller stands alone: controller, interface and port. Other spellings are not guessed at.
fn suffix(location: &str) -> Option<String> {
    let mut parts = location.split('.').skip(1);
    let mut place = parts.next()?.chars();
    let controller = match place.next()? {
        'A' => '0',
        'B' => '1',
        _ => return None,
    };
    let digit = |letter: Option<char>| letter.filter(char::is_ascii_digit);
    let interface = match place.next() {
        Some(letter) => digit(Some(letter))?,
        None => digit(parts.next()?.chars().nth(1))?,
    };
    let port = digit(parts.next()?.chars().nth(1))?;
    let name = format!("{controller}020{interface}0{port}");
    Some(name.trim_start_matches('0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_port_that_the_array_does_not_list() {
        assert_eq!(suffix("ENG0.A2.P3").as_deref(), Some("20203"));
        assert_eq!(suffix("ENG0.B2.P3").as_deref(), Some("1020203"));
        assert_eq!(suffix("CTE0.A.H1.P0").as_deref(), Some("20100"));
        assert_eq!(suffix("CTE0.B.H0.P3").as_deref(), Some("1020003"));
        for unknown in [
            "",
            "ENG0.C2.P3",
            "ENG0.A2",
            "ENG0.AH.P3",
            "CTE0.A.H1",
            "CTE0.A.H1.X",
        ] {
            assert_eq!(suffix(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn target_ports_with_both_kinds_of_address() {
        let parse = |id: &str| place(Target::parse_id(id));
        let v4 = parse(
            "1+iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020003:192.0.2.35,t,0x0004",
        )
        .unwrap();
        assert_eq!(v4.portal.to_string(), "192.0.2.35:3260");
        assert_eq!(v4.tpgt, Some(4));
        assert_eq!(
            v4.iqn.as_str(),
            "iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020003:192.0.2.35"
        );
        let v6 = parse(
            "0+iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::22003:fd00:0:0::35,t,0x000c",
        )
        .unwrap();
        assert_eq!(v6.portal.to_string(), "[fd00::35]:3260");
        assert_eq!(v6.tpgt, Some(12));
        for bad in [
            "",
            "1+iqn.a:b,t,0x1",
            "1+iqn.a:b:c:d:e:no-address,t,0x1",
            "1+iqn.a:b:c:d:e:fe80::35,t,0x1",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
