//! LIFs of both protocols, FC logins and port sets (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::Answer;
use super::cluster::{node_ref, svm_ref};
use super::collection::{Collection, Rows, numbered};
use super::fields::Fields;
use super::params::Params;
use super::record::put;
use crate::sim::ontap::refusal::Why;
use crate::sim::ontap::state::{Key, Lif, LifKind, State};

const IP: Collection = Collection {
    path: "/network/ip/interfaces",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &[
            "svm.name",
            "svm.uuid",
            "ip.address",
            "ip.family",
            "enabled",
            "state",
            "scope",
            "services",
            "service_policy.name",
            "location.is_home",
            "location.node.name",
            "location.node.uuid",
            "location.port.name",
            "location.home_node.name",
            "location.home_node.uuid",
            "location.home_port.name",
        ],
        expensive: &[],
    },
    rows: ip,
};

const FC: Collection = Collection {
    path: "/network/fc/interfaces",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &[
            "svm.name",
            "svm.uuid",
            "wwpn",
            "wwnn",
            "port_address",
            "data_protocol",
            "enabled",
            "state",
            "location.is_home",
            "location.node.name",
            "location.node.uuid",
            "location.port.name",
            "location.home_node.name",
            "location.home_node.uuid",
            "location.home_port.name",
        ],
        expensive: &[],
    },
    rows: fc,
};

const LOGINS: Collection = Collection {
    path: "/network/fc/logins",
    fields: Fields {
        identity: &["interface.name", "interface.uuid", "initiator.wwpn"],
        more: &[
            "svm.name",
            "svm.uuid",
            "interface.wwpn",
            "initiator.wwnn",
            "initiator.port_address",
            "initiator.comment",
            "protocol",
            "igroups.name",
            "igroups.uuid",
        ],
        expensive: &[],
    },
    rows: logins,
};

/// Beyond its name nothing of a port set stands in the sheet [?].
const PORTSETS: Collection = Collection {
    path: "/protocols/san/portsets",
    fields: Fields {
        identity: &["uuid", "name", "svm.name", "svm.uuid"],
        more: &[
            "protocol",
            "interfaces.uuid",
            "interfaces.ip.name",
            "interfaces.ip.uuid",
            "interfaces.fc.name",
            "interfaces.fc.uuid",
            "igroups.name",
            "igroups.uuid",
        ],
        expensive: &[],
    },
    rows: sets,
};

pub(super) fn handle(state: &State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", ["ip", "interfaces"]) => IP.list(state, asked),
        ("GET", ["ip", "interfaces", uuid]) => IP.one(state, asked, by_uuid(state, uuid)?),
        ("GET", ["fc", "interfaces"]) => FC.list(state, asked),
        ("GET", ["fc", "interfaces", uuid]) => FC.one(state, asked, by_uuid(state, uuid)?),
        ("GET", ["fc", "logins"]) => LOGINS.list(state, asked),
        _ => Err(Why::NoApi.into()),
    }
}

fn by_uuid(state: &State, uuid: &str) -> Result<Key, Why> {
    let place = (1u64..).zip(&state.lifs).find(|(_, lif)| lif.uuid == uuid);
    place.map(|(place, _)| (place, 0)).ok_or(Why::NoEntry)
}

pub(super) fn portsets(state: &State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => PORTSETS.list(state, asked),
        ("GET", [uuid]) => {
            let place = (1u64..).zip(&state.portsets).find(|(_, s)| s.uuid == *uuid);
            let (place, _) = place.ok_or(Why::NoEntry)?;
            PORTSETS.one(state, asked, (place, 0))
        }
        _ => Err(Why::NoApi.into()),
    }
}

fn is_fc(lif: &Lif) -> bool {
    matches!(lif.kind, LifKind::Fcp | LifKind::NvmeFc)
}

/// Whether the node a LIF is on runs.
fn node_is_up(state: &State, lif: &Lif) -> bool {
    state.node(&lif.node).is_some_and(|node| node.healthy)
}

fn location(state: &State, lif: &Lif) -> Value {
    json!({
        "is_home": lif.is_home(),
        "node": node_ref(state, &lif.node),
        "port": {"name": lif.port, "node": {"name": lif.node}},
        "home_node": node_ref(state, &lif.home_node),
        "home_port": {"name": lif.home_port, "node": {"name": lif.home_node}},
    })
}

fn operational(lif: &Lif) -> &'static str {
    if lif.enabled && lif.up { "up" } else { "down" }
}

fn ip<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.lifs, after, move |lif| {
        if is_fc(lif) || own.is_some_and(|own| own != lif.svm) {
            return None;
        }
        let family = if lif.address.contains(':') {
            "ipv6"
        } else {
            "ipv4"
        };
        let mut record = json!({
            "uuid": lif.uuid,
            "name": lif.name,
            "svm": svm_ref(state, lif.svm),
            "ip": {"address": lif.address, "family": family},
            "enabled": lif.enabled,
            "state": operational(lif),
            "scope": "svm",
            "services": lif.services(),
            "location": location(state, lif),
            "_links": {"self": {"href": format!("/api/network/ip/interfaces/{}", lif.uuid)}},
        });
        if let Some(policy) = lif.policy() {
            put(&mut record, "service_policy", json!({"name": policy}));
        }
        Some(record)
    })
}

fn fc<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.lifs, after, move |lif| {
        if !is_fc(lif) || own.is_some_and(|own| own != lif.svm) {
            return None;
        }
        let service = state.svm(lif.svm).and_then(|svm| svm.fcp.as_ref());
        let protocol = match lif.kind {
            LifKind::NvmeFc => "fc_nvme",
            _ => "fcp",
        };
        let mut record = json!({
            "uuid": lif.uuid,
            "name": lif.name,
            "svm": svm_ref(state, lif.svm),
            "wwpn": lif.wwpn,
            "wwnn": service.map(|s| s.target.as_str()).unwrap_or_default(),
            "port_address": format!("1{:04x}", lif.tag),
            "data_protocol": protocol,
            "enabled": lif.enabled,
            "location": location(state, lif),
            "_links": {"self": {"href": format!("/api/network/fc/interfaces/{}", lif.uuid)}},
        });
        if node_is_up(state, lif) {
            put(&mut record, "state", operational(lif));
        }
        Some(record)
    })
}

fn logins<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.logins, after, move |login| {
        if own.is_some_and(|own| own != login.svm) {
            return None;
        }
        let lif = state.lif(login.svm, &login.lif).filter(|lif| is_fc(lif))?;
        let mut record = json!({
            "svm": svm_ref(state, login.svm),
            "interface": {"name": lif.name, "uuid": lif.uuid, "wwpn": lif.wwpn},
            "initiator": {
                "wwpn": login.initiator,
                "wwnn": login.initiator.replacen("21:", "20:", 1),
                "port_address": format!("2{:04x}", login.session),
            },
            "protocol": "fcp",
        });
        let groups = igroups(state, login.svm, &login.initiator);
        if !groups.is_empty() {
            put(&mut record, "igroups", groups);
        }
        Some(record)
    })
}

/// The igroups of an initiator, as a session shows them.
pub(super) fn igroups(state: &State, svm: u64, initiator: &str) -> Vec<Value> {
    let groups = state.igroups_of(svm, initiator).into_iter();
    groups
        .map(|(_, group)| json!({"name": group.name, "uuid": group.uuid}))
        .collect()
}

fn sets<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.portsets, after, move |set| {
        if own.is_some_and(|own| own != set.svm) {
            return None;
        }
        let lifs = set.lifs.iter().filter_map(|name| state.lif(set.svm, name));
        let interfaces: Vec<Value> = lifs
            .map(|lif| {
                let kind = if is_fc(lif) { "fc" } else { "ip" };
                json!({"uuid": lif.uuid, kind: {"name": lif.name, "uuid": lif.uuid}})
            })
            .collect();
        let groups = state.igroups.values().filter(|group| {
            group.svm == set.svm && group.portset.as_deref() == Some(set.name.as_str())
        });
        let groups: Vec<Value> = groups
            .map(|group| json!({"name": group.name, "uuid": group.uuid}))
            .collect();
        let mut record = json!({
            "uuid": set.uuid,
            "name": set.name,
            "svm": svm_ref(state, set.svm),
            "protocol": set.protocol,
            "_links": {"self": {"href": format!("/api/protocols/san/portsets/{}", set.uuid)}},
        });
        if !interfaces.is_empty() {
            put(&mut record, "interfaces", interfaces);
        }
        if !groups.is_empty() {
            put(&mut record, "igroups", groups);
        }
        Some(record)
    })
}
