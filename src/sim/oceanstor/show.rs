//! Objects as the array shows them (oceanstor.md §7, seed trace for the V3 fields).
//!
//! Ids, counts, capacities, flags and states are strings; `TYPE` and `PARENTTYPE` are numbers.

use std::fmt;

use serde_json::{Map, Value, json};

use super::kind::Kind;
use super::options::Hints;
use super::state::{Disk, EthPort, Host, Initiator, State, Unit};

pub(super) type Object = Map<String, Value>;

/// The id of an object: a number, or a text (initiators, ports).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Num(u64),
    Text(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Num(n) => write!(f, "{n}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

pub(super) fn object(value: Value) -> Object {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn flag(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Where an object is shown: single ones carry more on some arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    InList,
    Single,
    Created,
}

impl State {
    fn hints(&self) -> bool {
        self.options.hints == Hints::Given
    }

    /// One object; `None` if there is none of this id.
    pub(super) fn show(&self, kind: Kind, key: &Key, view: View) -> Option<Object> {
        match (kind, key) {
            (Kind::Lun, Key::Num(id)) => self.luns.get(*id).map(|d| self.show_lun(*id, d)),
            (Kind::Snapshot, Key::Num(id)) => {
                self.snapshots.get(*id).map(|d| self.show_snapshot(*id, d))
            }
            (Kind::Host, Key::Num(id)) => self.hosts.get(*id).map(|h| self.show_host(*id, h)),
            (Kind::Iscsi, Key::Text(id)) => self.iscsi.get(id).map(|i| self.show_iscsi(id, i)),
            (Kind::Fc, Key::Text(id)) => self.fc.get(id).map(|i| self.show_fc(id, i)),
            (Kind::HostGroup, Key::Num(id)) => self.hostgroups.get(*id).map(|g| {
                let mut shown = object(json!({"DESCRIPTION": g.description, "ID": id.to_string(),
                    "NAME": g.name, "TYPE": 14}));
                self.hint(&mut shown, "ISADD2MAPPINGVIEW", flag(!g.views.is_empty()));
                shown
            }),
            (Kind::LunGroup, Key::Num(id)) => self.show_lungroup(*id, view),
            (Kind::PortGroup, Key::Num(id)) => self.portgroups.get(*id).map(|g| {
                let mut shown = object(json!({"DESCRIPTION": g.description, "ID": id.to_string(),
                    "NAME": g.name, "TYPE": 257}));
                self.hint(&mut shown, "ISADD2MAPPINGVIEW", flag(!g.views.is_empty()));
                shown
            }),
            (Kind::View, Key::Num(id)) => self.show_view(*id, view),
            (Kind::EthPort, Key::Text(id)) => self.eth(id).map(|p| self.show_eth(p)),
            (Kind::Lif, Key::Text(id)) => self.eth(id).map(|p| {
                object(
                    json!({"ID": p.id, "NAME": format!("lif-{}", p.name), "TYPE": 279,
                    "IPV4ADDR": v4(&p.address), "IPV6ADDR": v6(&p.address),
                    "HOMEPORTID": p.id, "SUPPORTPROTOCOL": "4",
                    "RUNNINGSTATUS": if p.up { "10" } else { "11" }}),
                )
            }),
            (Kind::TargetPort, Key::Text(id)) => self.eth(id).map(|p| {
                object(json!({"ID": format!("0+{},t,0x{:04x}", p.iqn, p.tpgt),
                    "TPGT": p.tpgt.to_string(), "ETHPORTID": p.id, "TYPE": 249}))
            }),
            (Kind::FcPort, Key::Text(id)) => self.fc_ports.iter().find(|p| p.id == *id).map(|p| {
                object(
                    json!({"ID": p.id, "WWN": p.wwn, "PARENTID": p.parent, "PARENTTYPE": 209,
                    "LOCATION": p.location, "TYPE": 212, "HEALTHSTATUS": "1",
                    "RUNNINGSTATUS": if p.up { "10" } else { "11" }, "RUNSPEED": "16000",
                    "INIORTGT": if p.initiates { "2" } else { "3" }, "FCRUNMODE": "0", "LOGICTYPE": "0"}),
                )
            }),
            (Kind::Controller, Key::Text(id)) => Some(object(json!({"ID": id, "TYPE": 207,
                "LOCATION": format!("CTE0.{}", id.trim_start_matches('0')),
                "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27"}))),
            (Kind::Pool, Key::Num(id)) => Some(object(json!({"ID": id.to_string(), "TYPE": 216,
                "NAME": super::seed::POOL, "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27",
                "USERTOTALCAPACITY": "21474836480", "USERFREECAPACITY": "17179869184"}))),
            (Kind::HostLink, Key::Text(id)) => self.show_link(id),
            _ => None,
        }
    }

    fn hint(&self, shown: &mut Object, key: &str, value: impl Into<Value>) {
        if self.hints() {
            shown.insert(key.to_owned(), value.into());
        }
    }

    pub(super) fn eth(&self, id: &str) -> Option<&EthPort> {
        self.eth_ports.iter().find(|p| p.id == id)
    }

    fn show_disk(&self, id: u64, disk: &Disk) -> Object {
        let mut shown = object(json!({
            "ID": id.to_string(), "NAME": disk.name, "DESCRIPTION": disk.description,
            "WWN": disk.wwn, "HEALTHSTATUS": disk.health.to_string(),
            "RUNNINGSTATUS": disk.running.to_string(), "PARENTID": "0",
            "PARENTNAME": super::seed::POOL, "OWNINGCONTROLLER": disk.controller,
            "WORKINGCONTROLLER": disk.controller, "SECTORSIZE": "512",
            "HASRSSOBJECT": "{\"LUNMirror\":\"FALSE\"}",
        }));
        self.hint(
            &mut shown,
            "EXPOSEDTOINITIATOR",
            flag(!disk.seen_by.is_empty()),
        );
        self.hint(&mut shown, "ISADD2LUNGROUP", flag(!disk.groups.is_empty()));
        shown
    }

    fn show_lun(&self, id: u64, disk: &Disk) -> Object {
        let mut shown = self.show_disk(id, disk);
        shown.extend(object(
            json!({"TYPE": 11, "ALLOCTYPE": if disk.thin { "1" } else { "0" },
            "CAPACITY": disk.sectors.to_string(), "SUBTYPE": "0", "USAGETYPE": "0"}),
        ));
        if self.v6() {
            shown.insert("NGUID".to_owned(), format!("7{}", tail(&disk.wwn)).into());
            self.hint(&mut shown, "mapped", flag(!disk.seen_by.is_empty()));
        }
        shown
    }

    fn show_snapshot(&self, id: u64, disk: &Disk) -> Object {
        let mut shown = self.show_disk(id, disk);
        let source = disk.source.unwrap_or_default();
        let name = self.luns.get(source).map_or("", |l| l.name.as_str());
        shown.extend(object(
            json!({"TYPE": 27, "SOURCELUNID": source.to_string(),
            "SOURCELUNNAME": name, "USERCAPACITY": disk.sectors.to_string()}),
        ));
        shown
    }

    fn show_host(&self, id: u64, host: &Host) -> Object {
        let mut shown = object(json!({
            "DESCRIPTION": host.description, "HEALTHSTATUS": "1", "ID": id.to_string(),
            "IP": host.ip, "LOCATION": host.location, "MODEL": host.model, "NAME": host.name,
            "NETWORKNAME": host.network_name, "OPERATIONSYSTEM": host.os, "RUNNINGSTATUS": "1",
            "TYPE": 21,
        }));
        self.hint(
            &mut shown,
            "INITIATORNUM",
            (host.iscsi.len() + host.fc.len()).to_string(),
        );
        self.hint(&mut shown, "ISADD2HOSTGROUP", flag(!host.groups.is_empty()));
        let group = host.groups.first().copied();
        let name = group
            .and_then(|g| self.hostgroups.get(g))
            .map_or("", |g| g.name.as_str());
        self.hint(&mut shown, "PARENTTYPE", 14);
        self.hint(
            &mut shown,
            "PARENTID",
            group.map_or(String::new(), |g| g.to_string()),
        );
        self.hint(&mut shown, "PARENTNAME", name);
        if self.v6() {
            shown.insert("accessMode".to_owned(), host.access_mode.as_str().into());
            shown.insert(
                "hyperMetroPathOptimized".to_owned(),
                host.path_optimized.as_str().into(),
            );
        }
        shown
    }

    fn show_initiator(&self, id: &str, initiator: &Initiator) -> Object {
        let mut shown = object(json!({
            "HEALTHSTATUS": "1", "ID": id, "ISFREE": flag(initiator.host.is_none()),
            "MULTIPATHTYPE": initiator.multipath, "OPERATIONSYSTEM": initiator.os,
        }));
        if let Some(host) = initiator.host {
            let name = self.hosts.get(host).map_or("", |h| h.name.as_str());
            shown.insert("PARENTID".to_owned(), host.to_string().into());
            shown.insert("PARENTNAME".to_owned(), name.into());
            shown.insert("PARENTTYPE".to_owned(), 21.into());
        }
        shown.insert("RUNNINGSTATUS".to_owned(), running(initiator.online).into());
        if initiator.multipath == "1" {
            for (key, value) in [
                ("FAILOVERMODE", &initiator.failover),
                ("SPECIALMODETYPE", &initiator.special),
                ("PATHTYPE", &initiator.path),
            ] {
                if !value.is_empty() {
                    shown.insert(key.to_owned(), value.as_str().into());
                }
            }
        }
        if !initiator.name.is_empty() {
            shown.insert("NAME".to_owned(), initiator.name.as_str().into());
        }
        shown
    }

    fn show_iscsi(&self, id: &str, initiator: &Initiator) -> Object {
        let mut shown = self.show_initiator(id, initiator);
        shown.insert("TYPE".to_owned(), 222.into());
        shown.insert("USECHAP".to_owned(), flag(initiator.use_chap).into());
        if initiator.use_chap {
            shown.insert("CHAPNAME".to_owned(), initiator.chap_name.as_str().into());
        }
        shown
    }

    fn show_fc(&self, id: &str, initiator: &Initiator) -> Object {
        let mut shown = self.show_initiator(id, initiator);
        shown.insert("TYPE".to_owned(), 223.into());
        let online = self.ways(initiator).next().is_some();
        shown.insert("RUNNINGSTATUS".to_owned(), running(online).into());
        shown
    }

    fn show_lungroup(&self, id: u64, view: View) -> Option<Object> {
        let group = self.lungroups.get(id)?;
        let mut shown = object(json!({"APPTYPE": group.app_type, "CONFIGDATA": "",
            "DESCRIPTION": group.description, "GROUPTYPE": group.group_type,
            "ID": id.to_string(), "NAME": group.name, "TYPE": 256}));
        self.hint(
            &mut shown,
            "ISADD2MAPPINGVIEW",
            flag(!group.views.is_empty()),
        );
        if view == View::Created {
            shown.insert("HEALTHSTATUS".to_owned(), "1".into());
            shown.insert("RUNNINGSTATUS".to_owned(), "53".into());
        } else {
            let sizes = group
                .members
                .iter()
                .filter_map(|u| self.disk(*u))
                .map(|d| d.sectors);
            shown.insert("CAPCITY".to_owned(), sizes.sum::<u64>().to_string().into());
        }
        if self.v6() {
            let luns: Vec<String> = group
                .members
                .iter()
                .filter_map(|u| {
                    if let Unit::Lun(id) = u {
                        Some(id.to_string())
                    } else {
                        None
                    }
                })
                .collect();
            self.hint(&mut shown, "ASSOCIATELUNIDLIST", json!(luns).to_string());
        }
        Some(shown)
    }

    fn show_view(&self, id: u64, view: View) -> Option<Object> {
        let row = self.views.get(id)?;
        let mut shown = Object::new();
        if view != View::InList {
            let free = self.available_numbers(id);
            shown.insert(
                "AVAILABLEHOSTLUNIDLIST".to_owned(),
                json!(free).to_string().into(),
            );
        }
        shown.extend(object(json!({"DESCRIPTION": row.description,
            "ENABLEINBANDCOMMAND": "false", "ID": id.to_string(), "INBANDLUNWWN": "",
            "NAME": row.name, "TYPE": 245})));
        if self.v6() {
            for (key, group) in [
                ("hostGroupId", row.hostgroup),
                ("lunGroupId", row.lungroup),
                ("portGroupId", row.portgroup),
            ] {
                self.hint(
                    &mut shown,
                    key,
                    group.map_or(String::new(), |g| g.to_string()),
                );
            }
        }
        Some(shown)
    }

    /// The host LUN ids no host of the view uses.
    fn available_numbers(&self, view: u64) -> Vec<u32> {
        let hosts = self.hosts_of_view(view);
        let used: std::collections::BTreeSet<u32> = hosts
            .iter()
            .filter_map(|h| self.hosts.get(*h))
            .flat_map(|h| h.numbers.values().copied())
            .collect();
        (0..=self.generation.last_lun_number())
            .filter(|n| !used.contains(n))
            .collect()
    }

    fn show_eth(&self, port: &EthPort) -> Object {
        // V6 keeps service addresses on logical ports.
        let address = if self.v6() { "" } else { port.address.as_str() };
        object(
            json!({"ID": port.id, "NAME": port.name, "LOCATION": port.location, "TYPE": 213,
            "IPV4ADDR": v4(address), "IPV6ADDR": v6(address), "HEALTHSTATUS": "1",
            "RUNNINGSTATUS": if port.up { "10" } else { "11" }, "ISCSINAME": port.iqn,
            "ISCSITCPPORT": port.tcp_port.to_string(), "MAXSUPPORTSPEEP": "10000"}),
        )
    }

    /// Links are derived: an online initiator of a host reaches every port that is up; over FC,
    /// those of them that it is zoned with.
    pub(super) fn links(&self, host: Option<u64>) -> Vec<Key> {
        let mut keys = Vec::new();
        let of = |i: &Initiator| i.host.is_some() && (host.is_none() || i.host == host);
        for (id, _) in self.iscsi.iter().filter(|(_, i)| i.online && of(i)) {
            let ports = self.eth_ports.iter().filter(|p| p.up && !p.iqn.is_empty());
            keys.extend(ports.map(|p| Key::Text(format!("222 {id} {}", p.id))));
        }
        for (id, initiator) in self.fc.iter().filter(|(_, i)| of(i)) {
            let ports = self.ways(initiator);
            keys.extend(ports.map(|p| Key::Text(format!("223 {id} {}", p.id))));
        }
        keys
    }

    fn show_link(&self, key: &str) -> Option<Object> {
        let mut parts = key.splitn(3, ' ');
        let (kind, id, port) = (parts.next()?, parts.next()?, parts.next()?);
        let mut row = if kind == "222" {
            let target = self.eth(port)?.iqn.as_str();
            object(json!({"TARGET_PORT_WWN": target, "TARGET_NODE_WWN": target,
                "TARGET_TYPE": "213", "CTRL_ID": "0A"}))
        } else {
            let target = self.fc_ports.iter().find(|p| p.id == port)?;
            object(
                json!({"TARGET_PORT_WWN": target.wwn, "TARGET_NODE_WWN": self.wwn,
                "TARGET_TYPE": "212", "CTRL_ID": target.controller()}),
            )
        };
        let table = if kind == "222" { &self.iscsi } else { &self.fc };
        let host = table.get(id)?.host?;
        row.extend(object(json!({"ID": format!("{id}-{port}"), "TYPE": 255,
            "INITIATOR_TYPE": kind, "INITIATOR_ID": id, "INITIATOR_PORT_WWN": id,
            "INITIATOR_NODE_WWN": id, "TARGET_ID": port,
            "PARENTID": host.to_string(),
            "PARENTNAME": self.hosts.get(host).map_or("", |h| h.name.as_str()),
            "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27"})));
        Some(row)
    }
}

/// `RUNNINGSTATUS` of an initiator (oceanstor.md §5).
fn running(online: bool) -> &'static str {
    if online { "27" } else { "28" }
}

fn v4(address: &str) -> &str {
    if address.contains(':') { "" } else { address }
}

fn v6(address: &str) -> &str {
    if address.contains(':') { address } else { "" }
}

fn tail(wwn: &str) -> &str {
    wwn.get(1..).unwrap_or_default()
}
