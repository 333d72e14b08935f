//! Front-end ports (oceanstor.md §7 "Ports").

use std::net::IpAddr;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::status::{self, Status};
use super::{all, is_bad_parameter, is_not_there, kind, refuse};
use crate::array::oceanstor::client::{Client, Task, parallel};
use crate::array::oceanstor::object::Object;
use crate::array::oceanstor::query;
use crate::array::{Catalog, Error, Filter, Sink};
use crate::kit::bounds::Bounds;
use crate::kit::pattern;
use crate::model::ids::Iqn;
use crate::model::nouns::{Member, Protocol, TargetPort};
use crate::model::portal::{ISCSI_PORT, Portal, why_no_login};
use crate::model::selector::Selector;

/// An Ethernet or logical port: what is behind an iSCSI target port.
#[derive(Debug, Clone)]
struct Link {
    id: String,
    home: Option<String>,
    location: Option<String>,
    ips: Vec<IpAddr>,
    tcp_port: Option<u16>,
    status: Status,
}

fn link(object: &Object) -> Option<Link> {
    let ips = ["IPV4ADDR", "IPV6ADDR"]
        .iter()
        .filter_map(|field| object.text(field)?.parse().ok())
        .filter(|ip: &IpAddr| !ip.is_unspecified())
        .collect();
    Some(Link {
        id: object.id()?.to_owned(),
        home: object.text("HOMEPORTID").map(str::to_owned),
        location: object
            .text("LOCATION")
            .or_else(|| object.name())
            .map(str::to_owned),
        ips,
        tcp_port: object.number("ISCSITCPPORT"),
        status: Status::of(object),
    })
}

/// A row of `iscsi_tgt_port`: target name, address, tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::array::oceanstor) struct Target {
    pub(in crate::array::oceanstor) id: String,
    pub(in crate::array::oceanstor) iqn: Option<Iqn>,
    pub(in crate::array::oceanstor) ip: Option<IpAddr>,
    pub(in crate::array::oceanstor) tpgt: Option<u16>,
    eth_port: Option<String>,
}

impl Target {
    /// What an id says:
    /// `1+iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020003:192.0.2.35,t,0x0004`.
    pub(in crate::array::oceanstor) fn parse_id(id: &str) -> Self {
        let (name, tail) = id.split_once(',').unwrap_or((id, ""));
        let name = name.split_once('+').map_or(name, |(_, rest)| rest);
        // The address is the sixth part, and an IPv6 one has colons of its own.
        let ip = name
            .splitn(6, ':')
            .nth(5)
            .map(|ip| ip.trim_start_matches('[').trim_end_matches(']'));
        let tag = tail.rsplit(',').next().and_then(|t| t.strip_prefix("0x"));
        Self {
            id: id.to_owned(),
            iqn: name.parse().ok(),
            ip: ip.and_then(|ip| ip.parse().ok()),
            tpgt: tag.and_then(|hex| u16::from_str_radix(hex, 16).ok()),
            eth_port: None,
        }
    }

    /// What a row says: a field of its own counts more than what the id tells.
    pub(in crate::array::oceanstor) fn of(object: &Object) -> Option<Self> {
        let told = Self::parse_id(object.id()?);
        Some(Self {
            tpgt: object.number("TPGT").or(told.tpgt),
            eth_port: object.text("ETHPORTID").map(str::to_owned),
            ..told
        })
    }
}

/// Joins a target with the ports behind it, and says why it cannot be used.
fn iscsi_port(target: Target, eth: &[Link], lifs: &[Link]) -> TargetPort {
    let by_id = |links: &[Link], id: Option<&str>| -> Option<Link> {
        let id = id?;
        links.iter().find(|l| l.id == id).cloned()
    };
    let by_ip = |links: &[Link]| -> Option<Link> {
        let ip = target.ip?;
        links.iter().find(|l| l.ips.contains(&ip)).cloned()
    };
    let lif = by_ip(lifs).or_else(|| by_id(lifs, target.eth_port.as_deref()));
    let home = lif.as_ref().and_then(|l| l.home.clone());
    let port = by_id(eth, home.as_deref())
        .or_else(|| by_id(eth, target.eth_port.as_deref()))
        .or_else(|| by_ip(eth));
    let mut why_not = None;
    // No source says how a logical port that is up reads: as a link, or as online.
    let both: [(&str, &Option<Link>, &[i64]); 2] = [
        ("logical port", &lif, &[1, 2, 10, 27]),
        ("port", &port, &[10]),
    ];
    for (what, link, runs) in both {
        let Some(link) = link else { continue };
        let name = link.location.as_deref().unwrap_or(&link.id);
        if !link.status.healthy() {
            let word = status::health(link.status.health.unwrap_or_default());
            why_not = Some(format!("{what} {name} is {word}"));
        } else if !link.status.runs(runs) {
            let word = status::running(link.status.running.unwrap_or_default());
            why_not = Some(format!("{what} {name}: {word}"));
        }
    }
    if target.iqn.is_none() {
        why_not = Some("its target name cannot be read".into());
    } else {
        let bad = target.ip.map_or(Some("it has no address"), why_no_login);
        why_not = bad.map(str::to_owned).or(why_not);
    }
    let status = port.as_ref().or(lif.as_ref()).map(|l| l.status);
    let status = status.unwrap_or(Status {
        health: None,
        running: None,
    });
    let tcp_port = [&port, &lif]
        .into_iter()
        .flatten()
        .find_map(|l| l.tcp_port)
        .filter(|p| *p != 0)
        .unwrap_or(ISCSI_PORT);
    TargetPort {
        location: [&port, &lif]
            .into_iter()
            .flatten()
            .find_map(|l| l.location.clone()),
        protocol: Protocol::Iscsi,
        portal: target.ip.map(|ip| Portal { ip, port: tcp_port }),
        iqn: target.iqn,
        tpgt: target.tpgt,
        wwpn: None,
        state: status.state(why_not.is_none()),
        why_not,
        id: target.id,
    }
}

/// A row of `fc_port`, and why nobody can come in through it.
pub(in crate::array::oceanstor) fn fc_port(object: &Object) -> Option<TargetPort> {
    let status = Status::of(object);
    let location = object.text("LOCATION").or_else(|| object.text("PARENTID"));
    let mut why_not = None;
    if !status.healthy() {
        why_not = Some(status::health(status.health.unwrap_or_default()).into_owned());
    } else if !status.runs(&[10]) {
        why_not = Some(status::running(status.running.unwrap_or_default()).into_owned());
    } else if object.number::<i64>("INIORTGT") == Some(2) {
        why_not = Some("it is an initiator port".into());
    }
    Some(TargetPort {
        id: object.id()?.to_owned(),
        location: location.map(str::to_owned),
        protocol: Protocol::Fc,
        iqn: None,
        portal: None,
        tpgt: None,
        wwpn: object
            .text("WWN")
            .map(|wwn| wwn.to_lowercase().replace(':', "")),
        state: status.state(why_not.is_none()),
        why_not,
    })
}

/// Every iSCSI target port, in the array's order.
pub(in crate::array::oceanstor) fn iscsi(
    client: &Client,
    bounds: &Bounds,
) -> Result<Vec<TargetPort>, Error> {
    let links = |resource: &'static str| -> Task<'_, Result<Vec<Link>, Error>> {
        Box::new(move || match all(client, resource, "", bounds, link) {
            // Older arrays have no logical ports.
            Err(error) if is_not_there(&error) || is_bad_parameter(&error) => Ok(Vec::new()),
            // These only tell the state of what the table of targets lists.
            Err(error @ (Error::Refused { .. } | Error::Garbled { .. })) => {
                client.warn(format!("the state of some ports is not known: {error}"));
                Ok(Vec::new())
            }
            other => other,
        })
    };
    let mut found = parallel(vec![links("/eth_port"), links("/lif")]).into_iter();
    let mut next = || found.next().unwrap_or_else(|| Ok(Vec::new()));
    let (eth, lifs) = (next()?, next()?);
    let targets = match all(client, "/iscsi_tgt_port", "", bounds, Target::of) {
        Err(error) if is_not_there(&error) => Vec::new(),
        other => other?,
    };
    Ok(targets
        .into_iter()
        .map(|t| iscsi_port(t, &eth, &lifs))
        .collect())
}

/// Every FC port; none where the array has no FC.
pub(in crate::array::oceanstor) fn fc(
    client: &Client,
    bounds: &Bounds,
) -> Result<Vec<TargetPort>, Error> {
    match all(client, "/fc_port", "", bounds, fc_port) {
        Err(error) if is_not_there(&error) => Ok(Vec::new()),
        other => other,
    }
}

/// A port as port groups hold it: the Ethernet, logical or FC port itself, not the target on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::array::oceanstor) struct Socket {
    /// Its type number.
    pub(in crate::array::oceanstor) code: u32,
    /// Id and name.
    pub(in crate::array::oceanstor) member: Member,
    /// Every text by which it may be named.
    names: Vec<String>,
}

impl Socket {
    /// Whether this is the same port.
    pub(in crate::array::oceanstor) fn is(&self, other: &Self) -> bool {
        self.code == other.code && self.member.id == other.member.id
    }
}

/// The tables of ports and their type numbers (oceanstor.md §5). Logical ports carry the addresses
/// of newer arrays; their number is an assumption.
const SOCKETS: [(&str, u32); 3] = [("/eth_port", 213), ("/fc_port", 212), ("/lif", 279)];

fn socket(object: &Object, code: u32) -> Option<Socket> {
    let id = object.id()?.to_owned();
    let texts = ["LOCATION", "NAME", "WWN"].map(|field| object.text(field));
    let mut names: Vec<String> = texts.into_iter().flatten().map(str::to_owned).collect();
    let name = names.first().unwrap_or(&id).clone();
    let port = object.number("ISCSITCPPORT").filter(|p| *p != 0);
    for ip in ["IPV4ADDR", "IPV6ADDR"]
        .iter()
        .filter_map(|field| object.text(field)?.parse::<IpAddr>().ok())
    {
        let port = port.unwrap_or(ISCSI_PORT);
        names.extend([ip.to_string(), Portal { ip, port }.to_string()]);
    }
    let what = "port".to_owned();
    Some(Socket {
        code,
        member: Member { what, id, name },
        names,
    })
}

fn sockets(
    client: &Client,
    of: &'static str,
    group: Option<&str>,
    bounds: &Bounds,
) -> Result<Vec<Socket>, Error> {
    let code = SOCKETS.iter().find(|(r, _)| *r == of).map_or(0, |s| s.1);
    let (resource, query) = match group {
        None => (of.to_owned(), String::new()),
        Some(group) => (
            format!("{of}/associate"),
            format!("TYPE={code}&{}", query::associated(kind::PORTGROUP, group)),
        ),
    };
    let mut found = Vec::new();
    let listed = client.pages(&resource, &query, bounds, &mut |object| {
        found.extend(socket(object, code));
        ControlFlow::Continue(())
    });
    match listed {
        // Not every array has every sort of port.
        Err(error) if is_not_there(&error) || is_bad_parameter(&error) => Ok(Vec::new()),
        Err(error) => Err(error),
        Ok(()) => Ok(found),
    }
}

fn all_sockets(
    client: &Client,
    group: Option<&str>,
    bounds: &Bounds,
) -> Result<Vec<Socket>, Error> {
    let tasks: Vec<Task<'_, Result<Vec<Socket>, Error>>> = SOCKETS
        .into_iter()
        .map(|(of, _)| -> Task<'_, Result<Vec<Socket>, Error>> {
            Box::new(move || sockets(client, of, group, bounds))
        })
        .collect();
    let mut found = Vec::new();
    for part in parallel(tasks) {
        found.extend(part?);
    }
    Ok(found)
}

/// The ports of a port group.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn of_group(
    client: &Client,
    group: &str,
    bounds: &Bounds,
) -> Result<Vec<Socket>, Error> {
    all_sockets(client, Some(group), bounds)
}

/// The port that a selector names: by its location, name, WWN, address, target or id.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Ambiguous`].
pub(in crate::array::oceanstor) fn get_socket(
    client: &Client,
    selector: &Selector,
    bounds: &Bounds,
) -> Result<Socket, Error> {
    let (text, by_id) = match selector {
        Selector::Id(id) => (id.clone(), true),
        Selector::Wwid(wwid) => (wwid.to_string(), false),
        Selector::Name(name) => (name.clone(), false),
        other => {
            return Err(super::unsupported(
                client,
                format!("port named by {other}"),
                "give its address, its location or id:ID",
            ));
        }
    };
    // What `port list` calls a port is the target on it, which ends in its address.
    let told = text.contains("iqn.").then(|| Target::parse_id(&text).ip);
    let address = told.flatten().map(|ip| ip.to_string());
    let spelled = spelled(&text);
    let fits = |port: &Socket| {
        let named = |text: &str| port.names.iter().any(|n| n.eq_ignore_ascii_case(text));
        match &address {
            Some(address) => named(address),
            None => port.member.id == text || !by_id && named(&spelled),
        }
    };
    let mut found = all_sockets(client, None, bounds)?;
    found.retain(fits);
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(super::not_found(client, "port", selector)),
        (Some(one), true) => Ok(one),
        (Some(last), false) => Err(Error::Ambiguous {
            array: client.array().to_owned(),
            what: "port",
            name: selector.to_string(),
            ids: found
                .into_iter()
                .chain([last])
                .map(|p| format!("{} {}", p.member.id, p.member.name))
                .collect(),
        }),
    }
}

/// The catalog of ports.
#[derive(Debug)]
pub(in crate::array::oceanstor) struct Ports(pub(in crate::array::oceanstor) Arc<Client>);

/// An address or portal as the catalog spells it; any other text as it is.
fn spelled(text: &str) -> String {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    match (bare.parse::<IpAddr>(), text.parse::<Portal>()) {
        (Ok(ip), _) => ip.to_string(),
        (Err(_), Ok(portal)) => portal.to_string(),
        (Err(_), Err(_)) => text.to_owned(),
    }
}

/// The texts by which a port may be named.
fn names(port: &TargetPort) -> Vec<String> {
    let mut names = vec![port.id.clone()];
    names.extend(port.location.clone());
    names.extend(port.wwpn.clone());
    names.extend(port.iqn.as_ref().map(ToString::to_string));
    if let Some(portal) = port.portal {
        names.extend([portal.to_string(), portal.ip.to_string()]);
    }
    names
}

impl Catalog<TargetPort> for Ports {
    fn each(
        &self,
        filter: &Filter,
        bounds: &Bounds,
        sink: &mut Sink<'_, TargetPort>,
    ) -> Result<(), Error> {
        let client = &*self.0;
        refuse(
            client,
            "ports",
            &[
                ("host", filter.host.is_some()),
                ("lun", filter.lun.is_some()),
                ("hostgroup", filter.hostgroup.is_some()),
                ("lungroup", filter.lungroup.is_some()),
                ("initiator", filter.initiator.is_some()),
                ("pool", filter.pool.is_some()),
                ("mapped", filter.mapped.is_some()),
                ("unused", filter.unused),
            ],
        )?;
        for protocol in [Protocol::Iscsi, Protocol::Fc] {
            if filter.protocol.is_some_and(|p| p != protocol) {
                continue;
            }
            let ports = match protocol {
                Protocol::Iscsi => iscsi(client, bounds)?,
                Protocol::Fc => fc(client, bounds)?,
            };
            for port in ports {
                let named = filter
                    .name
                    .as_ref()
                    .is_none_or(|p| names(&port).iter().any(|n| pattern::fits(p, n)));
                let online = filter.online.is_none_or(|want| port.state.usable == want);
                if named && online && sink(port) == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn find(&self, selector: &Selector, bounds: &Bounds) -> Result<Option<TargetPort>, Error> {
        let client = &*self.0;
        let wanted = match selector {
            Selector::Name(text) | Selector::Id(text) => text.clone(),
            Selector::Wwid(wwpn) => wwpn.as_str().to_owned(),
            other => {
                return Err(super::unsupported(
                    client,
                    format!("port named by {other}"),
                    "give its location, address, IQN or WWPN",
                ));
            }
        };
        let id_only = matches!(selector, Selector::Id(_));
        let spelled = spelled(&wanted);
        let mut found = Vec::new();
        for port in iscsi(client, bounds)?
            .into_iter()
            .chain(fc(client, bounds)?)
        {
            let same = if id_only {
                port.id == wanted
            } else {
                names(&port)
                    .iter()
                    .any(|n| n.eq_ignore_ascii_case(&spelled))
            };
            if same {
                found.push(port);
            }
        }
        if found.len() > 1 {
            return Err(Error::Ambiguous {
                array: client.array().to_owned(),
                what: "port",
                name: wanted,
                ids: found.into_iter().map(|p| p.id).collect(),
            });
        }
        Ok(found.pop())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn object(value: Value) -> Object {
        Object::new(value.as_object().unwrap().clone())
    }

    #[test]
    fn the_id_of_a_target_port_is_taken_apart() {
        let v4 = Target::of(&object(json!({"TPGT": "4", "ETHPORTID": "549772722179", "TYPE": 249,
            "ID": "1+iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020003:192.0.2.35,t,0x0004"})))
        .unwrap();
        assert_eq!(
            v4.iqn.unwrap().as_str(),
            "iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020003:192.0.2.35"
        );
        assert_eq!(v4.ip, Some("192.0.2.35".parse().unwrap()));
        assert_eq!(
            (v4.tpgt, v4.eth_port.as_deref()),
            (Some(4), Some("549772722179"))
        );
        let v6 = Target::of(&object(json!({
            "ID": "0+iqn.2006-08.com.huawei:oceanstor:21::20400:fd00::5,t,0x000a"})))
        .unwrap();
        assert_eq!(v6.ip, Some("fd00::5".parse().unwrap()));
        assert_eq!(v6.tpgt, Some(10));
        let odd = Target::of(&object(json!({"ID": "nonsense"}))).unwrap();
        assert_eq!((odd.iqn, odd.ip, odd.tpgt), (None, None, None));
    }

    #[test]
    fn a_port_says_why_it_cannot_be_used() {
        let target = || {
            Target::of(&object(json!({"ETHPORTID": "7",
                "ID": "0+iqn.2006-08.com.huawei:oceanstor:21::20400:192.0.2.35,t,0x0001"})))
            .unwrap()
        };
        let eth = |health: &str, running: &str| {
            link(&object(
                json!({"ID": "7", "LOCATION": "CTE0.A.H1.P0", "IPV4ADDR": "192.0.2.35",
                "HEALTHSTATUS": health, "RUNNINGSTATUS": running, "ISCSITCPPORT": "3261"}),
            ))
            .unwrap()
        };
        let good = iscsi_port(target(), &[eth("1", "10")], &[]);
        assert!(good.state.usable && good.why_not.is_none());
        assert_eq!(good.portal.unwrap().to_string(), "192.0.2.35:3261");
        let down = iscsi_port(target(), &[eth("1", "11")], &[]);
        assert!(!down.state.usable);
        assert_eq!(down.why_not.unwrap(), "port CTE0.A.H1.P0: link down");
        let faulty = iscsi_port(target(), &[eth("2", "10")], &[]);
        assert_eq!(faulty.why_not.unwrap(), "port CTE0.A.H1.P0 is faulty");
        let lif = link(&object(
            json!({"ID": "l1", "NAME": "lif-1", "IPV4ADDR": "192.0.2.35",
            "HOMEPORTID": "9", "RUNNINGSTATUS": "10"}),
        ))
        .unwrap();
        let mut online = lif.clone();
        online.status.running = Some(27);
        let up = iscsi_port(target(), &[], &[online]);
        assert!(up.state.usable, "{:?}", up.why_not);
        let mut home = eth("1", "11");
        home.id = "9".into();
        let through = iscsi_port(target(), &[home], &[lif]);
        assert_eq!(through.why_not.unwrap(), "port CTE0.A.H1.P0: link down");
        let alone = iscsi_port(target(), &[], &[]);
        assert!(alone.state.usable);
        assert_eq!(alone.state.words, "not told");
        assert_eq!(alone.portal.unwrap().port, 3260);
    }
}
