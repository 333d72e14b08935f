//! LIFs of both protocols, and port sets (ontap.md §4).

use super::list::{List, Rows, numbered};
use super::query::Query;
use super::xml::Element;
use super::{Call, Place};
use crate::sim::ontap::state::{Key, Lif, LifKind, State};

pub(super) const CALLS: &[Call] = &[
    Call::list(
        "net-interface-get-iter",
        Place::Either,
        "network interface",
        List::new("net-interface-info", NET, net),
    ),
    Call::list(
        "iscsi-interface-get-iter",
        Place::Either,
        "vserver iscsi interface",
        List::new("iscsi-interface-list-entry-info", ISCSI, iscsi),
    ),
    Call::list(
        "fcp-interface-get-iter",
        Place::Either,
        "vserver fcp interface",
        List::new("fcp-interface-info", FCP, fcp),
    ),
    Call::list(
        "fcp-port-name-get-iter",
        Place::Either,
        "vserver fcp portname",
        List::new("fcp-port-name-info", PORT_NAME, port_names),
    ),
    Call::list(
        "portset-get-iter",
        Place::Either,
        "lun portset",
        List::new("portset-info", PORTSET, portsets),
    ),
];

const NET: &[&str] = &[
    "interface-name",
    "address",
    "wwpn",
    "administrative-status",
    "operational-status",
    "extended-status",
    "current-node",
    "current-port",
    "home-node",
    "home-port",
    "is-home",
    "data-protocols/data-protocol",
    "role",
    "service-policy",
    "vserver",
    "lif-uuid",
];

const ISCSI: &[&str] = &[
    "interface-name",
    "ip-address",
    "ip-port",
    "tpgroup-name",
    "tpgroup-tag",
    "is-interface-enabled",
    "current-node",
    "current-port",
    "relative-port-id",
    "sendtargets-fqdn",
    "vserver",
];

const FCP: &[&str] = &[
    "interface-name",
    "port-name",
    "node-name",
    "port-address",
    "current-node",
    "current-port",
    "relative-port-id",
    "vserver",
];

/// The fields beyond the first two are an open point of the sheet (§14).
const PORT_NAME: &[&str] = &["port-name", "is-used", "vserver"];

/// [?]: port sets of the older interface stand in no source beside an igroup's
/// `initiator-group-portset-name`.
const PORTSET: &[&str] = &[
    "portset-name",
    "portset-type",
    "portset-port-total",
    "portset-port-info/portset-port-name",
    "vserver",
];

/// The LIFs of some kinds, each as `show` says.
fn lifs<'a>(
    state: &'a State,
    svm: Option<u64>,
    after: Key,
    kinds: &'static [LifKind],
    show: fn(&State, &Lif) -> Element,
) -> Rows<'a> {
    numbered(&state.lifs, after, move |lif| {
        let own = svm.is_none_or(|svm| svm == lif.svm) && kinds.contains(&lif.kind);
        own.then(|| show(state, lif))
    })
}

/// Every LIF there is.
const ALL: &[LifKind] = &[
    LifKind::Iscsi,
    LifKind::Fcp,
    LifKind::Management,
    LifKind::NvmeFc,
];

fn net<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    lifs(state, svm, after, ALL, |state, lif| {
        let status = |up: bool| if up { "up" } else { "down" };
        let mut info = Element::new("net-interface-info");
        info.put("address", &lif.address);
        info.put("administrative-status", status(lif.enabled));
        info.put("current-node", &lif.node);
        info.put("current-port", &lif.port);
        let protocol = match lif.kind {
            LifKind::Iscsi => "iscsi",
            LifKind::Fcp => "fcp",
            LifKind::Management => "none",
            LifKind::NvmeFc => "fc_nvme",
        };
        let protocols = Element::list("data-protocols", "data-protocol", [protocol]);
        info.children.push(protocols);
        info.put("home-node", &lif.home_node);
        info.put("home-port", &lif.home_port);
        info.put("interface-name", &lif.name);
        info.put("is-home", lif.is_home().to_string());
        info.put("lif-uuid", &lif.uuid);
        // A LIF that is not enabled has no operational state but down.
        info.put("operational-status", status(lif.enabled && lif.up));
        info.put("role", "data");
        if let Some(policy) = lif.policy() {
            info.put("service-policy", policy);
        }
        info.put("vserver", state.svm_name(lif.svm));
        info.put("wwpn", &lif.wwpn);
        info
    })
}

fn iscsi<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    lifs(state, svm, after, &[LifKind::Iscsi], |state, lif| {
        let mut info = Element::new("iscsi-interface-list-entry-info");
        info.put("current-node", &lif.node);
        info.put("current-port", &lif.port);
        info.put("interface-name", &lif.name);
        info.put("ip-address", &lif.address);
        info.put("ip-port", lif.tcp_port.to_string());
        // The administrative state: a LIF whose link is down says true (§8, defect 2).
        info.put("is-interface-enabled", lif.enabled.to_string());
        info.put("relative-port-id", lif.tag.to_string());
        info.put("tpgroup-name", &lif.name);
        info.put("tpgroup-tag", lif.tag.to_string());
        info.put("vserver", state.svm_name(lif.svm));
        info
    })
}

fn wwnn(state: &State, lif: &Lif) -> String {
    let service = state.svm(lif.svm).and_then(|svm| svm.fcp.as_ref());
    service.map(|s| s.target.clone()).unwrap_or_default()
}

fn fcp<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    lifs(state, svm, after, &[LifKind::Fcp], |state, lif| {
        let mut info = Element::new("fcp-interface-info");
        info.put("current-node", &lif.node);
        info.put("current-port", &lif.port);
        info.put("interface-name", &lif.name);
        info.put("node-name", wwnn(state, lif));
        info.put("port-address", format!("1{:04x}", lif.tag));
        info.put("port-name", &lif.wwpn);
        info.put("relative-port-id", lif.tag.to_string());
        info.put("vserver", state.svm_name(lif.svm));
        info
    })
}

/// WWPNs in use by LIFs, whatever their state.
fn port_names<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    lifs(state, svm, after, &[LifKind::Fcp], |state, lif| {
        let mut info = Element::new("fcp-port-name-info");
        info.put("is-used", "true");
        info.put("port-name", &lif.wwpn);
        info.put("vserver", state.svm_name(lif.svm));
        info
    })
}

fn portsets<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    numbered(&state.portsets, after, move |set| {
        if svm.is_some_and(|svm| svm != set.svm) {
            return None;
        }
        let mut info = Element::new("portset-info");
        info.put("portset-name", &set.name);
        let ports = Element::list("portset-port-info", "portset-port-name", &set.lifs);
        if !set.lifs.is_empty() {
            info.children.push(ports);
        }
        info.put("portset-port-total", set.lifs.len().to_string());
        info.put("portset-type", &set.protocol);
        info.put("vserver", state.svm_name(set.svm));
        Some(info)
    })
}
