//! Where to log in: the array's iSCSI target ports, narrowed to what is configured
//! (oceanstor.md §7 Ports, §8).

use std::net::IpAddr;

use super::super::nouns::port::Target;
use super::super::object::Object;
use super::ask::Ask;
use crate::array::error::Error;
use crate::model::ids::Iqn;
use crate::model::portal::{Portal, TargetPortal};

/// A target port as a place to log in to; `None` when its name or address cannot be read.
fn place(port: Target) -> Option<TargetPortal> {
    Some(TargetPortal {
        iqn: port.iqn?,
        portal: Portal::new(port.ip?),
        tpgt: port.tpgt,
    })
}

/// Every target port that the array lists.
pub(super) fn list(ask: &Ask<'_>) -> Result<Vec<TargetPortal>, Error> {
    let rows = ask.ports("/iscsi_tgt_port", "")?;
    let port = |o: &Object| place(Target::of(o)?);
    let mut found: Vec<TargetPortal> = Vec::new();
    for target in rows.iter().filter_map(port) {
        if !found.contains(&target) {
            found.push(target);
        }
    }
    Ok(found)
}

/// The addresses of a port group's Ethernet ports that are up, and what is wrong with the others.
pub(super) struct GroupPorts {
    usable: Vec<IpAddr>,
    others: Vec<String>,
}

/// The Ethernet ports of a port group.
pub(super) fn of_group(ask: &Ask<'_>, portgroup: &str) -> Result<GroupPorts, Error> {
    let query = format!(
        "TYPE=213&{}",
        super::super::query::associated(257, portgroup)
    );
    let mut ports = GroupPorts {
        usable: Vec::new(),
        others: Vec::new(),
    };
    for row in ask.ports("/eth_port/associate", &query)? {
        let at = row
            .text("LOCATION")
            .or_else(|| row.id())
            .unwrap_or("a port")
            .to_owned();
        let ip = row.text("IPV4ADDR").or_else(|| row.text("IPV6ADDR"));
        let Some(ip) = ip.and_then(|t| t.parse::<IpAddr>().ok()) else {
            ports.others.push(format!("{at} has no address"));
            continue;
        };
        if row.number::<u32>("HEALTHSTATUS").unwrap_or(1) != 1 {
            ports.others.push(format!("{at} {ip} is not healthy"));
        } else if row.number::<u32>("RUNNINGSTATUS").unwrap_or(10) != 10 {
            ports.others.push(format!("{at} {ip} has no link"));
        } else if !ports.usable.contains(&ip) {
            ports.usable.push(ip);
        }
    }
    Ok(ports)
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
    let mut reasons = group.others.clone();
    let mut found = Vec::new();
    for ip in &group.usable {
        let before = found.len();
        found.extend(listed.iter().filter(|t| t.portal.ip == *ip).cloned());
        if found.len() == before {
            reasons.push(format!("{ip} is no iSCSI target"));
        }
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
            return Err(none_usable(ask, why, "sanctl port list".into()));
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

/// What old arrays tell of ports that `iscsi_tgt_port` does not list, and what new ones tell of
/// their logical ports.
struct Fallback {
    eth: Vec<Object>,
    lif: Vec<Object>,
    device: Option<String>,
}

impl Fallback {
    fn read(ask: &Ask<'_>) -> Result<Self, Error> {
        // An array that lacks one of these tables refuses; that is no reason to fail.
        let rows = |resource: &str| match ask.ports(resource, "") {
            Err(Error::Refused { .. }) => Ok(Vec::new()),
            other => other,
        };
        let lif = rows("/lif")?;
        let eth = rows("/eth_port")?;
        let device = rows("/iscsidevicename")?
            .first()
            .and_then(|o| o.text("CMO_ISCSI_DEVICE_NAME").map(str::to_owned));
        Ok(Self { eth, lif, device })
    }

    fn target(&self, ip: IpAddr) -> Result<TargetPortal, String> {
        let at = |o: &&Object| {
            let text = o.text("IPV4ADDR").or_else(|| o.text("IPV6ADDR"));
            text.and_then(|t| t.parse::<IpAddr>().ok()) == Some(ip)
        };
        if let Some(port) = self.eth.iter().find(at) {
            let location = port.text("LOCATION").unwrap_or_default();
            if port.number::<u32>("HEALTHSTATUS").unwrap_or(1) != 1 {
                return Err(format!("{ip} on {location} is not healthy"));
            }
            if port.number::<u32>("RUNNINGSTATUS").unwrap_or(10) != 10 {
                return Err(format!("{ip} on {location} has no link"));
            }
            let name = self.device.as_deref().and_then(|device| {
                let name = format!("{device}:{}:{ip}", suffix(location)?);
                name.parse::<Iqn>().ok()
            });
            return name
                .map(|iqn| TargetPortal {
                    iqn,
                    portal: Portal::new(ip),
                    tpgt: None,
                })
                .ok_or_else(|| format!("{ip} on {location} has no iSCSI target"));
        }
        if let Some(lif) = self.lif.iter().find(at) {
            let home = lif.text("HOMEPORTID").unwrap_or("unknown");
            return Err(format!(
                "{ip} is a logical port on port {home} without an iSCSI target"
            ));
        }
        Err(format!("{ip} is no address of the array"))
    }
}

/// The part of a target's name that stands for the port at `ENG0.A2.P3`: controller, interface and
/// port. Other spellings are not guessed at.
fn suffix(location: &str) -> Option<String> {
    let parts: Vec<&str> = location.split('.').collect();
    let place: Vec<char> = format!("{}{}", parts.get(1)?, parts.get(2)?)
        .chars()
        .collect();
    let controller = match place.first()? {
        'A' => '0',
        'B' => '1',
        _ => return None,
    };
    let interface = place.get(1).filter(|c| c.is_ascii_digit())?;
    let port = place.get(3).filter(|c| c.is_ascii_digit())?;
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
        for unknown in ["", "CTE0.A.H1.P0", "ENG0.C2.P3", "ENG0.A2"] {
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
        for bad in ["", "1+iqn.a:b,t,0x1", "1+iqn.a:b:c:d:e:no-address,t,0x1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
