//! Versions, nodes and SVMs.

use super::list::{List, Rows, numbered};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Input, Place};
use crate::sim::ontap::refusal::Why;
use crate::sim::ontap::state::{Key, Node, State, Subtype, Svm, SvmState};

pub(super) const CALLS: &[Call] = &[
    Call::look(
        "system-get-ontapi-version",
        Place::Either,
        "version",
        (&[], &[]),
        ontapi_version,
    ),
    Call::look(
        "system-get-version",
        Place::Either,
        "version",
        (&[], &[]),
        version,
    ),
    Call::list(
        "system-node-get-iter",
        Place::Cluster,
        "system node",
        List::new("node-details-info", NODE, nodes),
    ),
    Call::list(
        "vserver-get-iter",
        Place::Either,
        "vserver",
        List::new("vserver-info", VSERVER, vservers),
    ),
    Call::look(
        "vserver-get",
        Place::Svm,
        "vserver",
        (&["desired-attributes"], &[]),
        vserver,
    ),
];

const NODE: &[&str] = &[
    "node",
    "node-model",
    "node-uuid",
    "node-serial-number",
    "is-node-healthy",
    "is-all-flash-optimized",
];

const VSERVER: &[&str] = &[
    "vserver-name",
    "uuid",
    "vserver-type",
    "vserver-subtype",
    "state",
    "operational-state",
    "operational-state-stopped-reason",
    "allowed-protocols/protocol",
];

fn ontapi_version(state: &State, _: &Asked, _: Input<'_>) -> Answer {
    let (major, minor) = state.version.ontapi();
    let pair = |name: &str| {
        let numbers = vec![
            Element::leaf("major-version", major.to_string()),
            Element::leaf("minor-version", minor.to_string()),
        ];
        Element::with(name, numbers)
    };
    let details = state.nodes.iter().map(|node| {
        let mut detail = pair("node-ontapi-detail-info");
        detail.put("node-name", &node.name);
        detail
    });
    let mut results = pair("results").children;
    results.push(Element::with("node-ontapi-details", details.collect()));
    Ok(results)
}

fn version(state: &State, _: &Asked, _: Input<'_>) -> Answer {
    let version = state.version;
    let tuple = Element::with(
        "system-version-tuple",
        vec![
            Element::leaf("generation", version.generation.to_string()),
            Element::leaf("major", version.major.to_string()),
            Element::leaf("minor", version.minor.to_string()),
        ],
    );
    Ok(vec![
        Element::leaf("build-timestamp", "1705312800"),
        Element::leaf("is-clustered", state.options.clustered.to_string()),
        Element::leaf("version", version.full()),
        Element::with("version-tuple", vec![tuple]),
    ])
}

fn nodes<'a>(state: &'a State, _: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    numbered(&state.nodes, after, |node| Some(node_info(node)))
}

fn node_info(node: &Node) -> Element {
    let mut info = Element::new("node-details-info");
    info.put("node", &node.name);
    info.put("node-model", &node.model);
    info.put("node-uuid", &node.uuid);
    info.put("node-serial-number", &node.serial);
    info.put("is-node-healthy", node.healthy.to_string());
    info.put("is-all-flash-optimized", "true");
    info
}

fn vservers<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    let rows = state.svms.range(after.0 + 1..);
    let own = rows.filter(move |(id, _)| svm.is_none_or(|svm| svm == **id));
    Box::new(own.map(|(id, svm)| ((*id, 0), vserver_info(svm))))
}

fn vserver(state: &State, asked: &Asked, input: Input<'_>) -> Answer {
    let svm = state.svm(asked.svm()?).ok_or(Why::NoSvm)?;
    let wanted = input.child("desired-attributes");
    let desired = super::query::Desired::parse(wanted, "vserver-info", VSERVER)?;
    let info = desired.of(vserver_info(svm));
    Ok(vec![Element::with("attributes", vec![info])])
}

fn vserver_info(svm: &Svm) -> Element {
    let mut info = Element::new("vserver-info");
    info.put("vserver-name", &svm.name);
    info.put("uuid", &svm.uuid);
    info.put("vserver-type", "data");
    let subtype = match svm.subtype {
        Subtype::Default => "default",
        Subtype::DpDestination => "dp_destination",
    };
    info.put("vserver-subtype", subtype);
    match svm.state {
        SvmState::Running => {
            info.put("state", "running");
            info.put("operational-state", "running");
        }
        SvmState::Stopped => {
            info.put("state", "stopped");
            info.put("operational-state", "stopped");
            info.put("operational-state-stopped-reason", "admin_state_stopped");
        }
    }
    let protocols = Element::list("allowed-protocols", "protocol", svm.protocols());
    info.children.push(protocols);
    info
}
