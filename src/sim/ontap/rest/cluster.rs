//! The cluster, its nodes and jobs; SVMs and volumes (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::{Answer, Outcome};
use super::collection::{Collection, Rows, numbered};
use super::fields::{self, Fields, allows};
use super::params::Params;
use super::record::put;
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::{Key, State, Subtype, SvmState, VolumeState};

const CLUSTER: Fields = Fields {
    identity: &["name", "uuid"],
    more: &[
        "version.full",
        "version.generation",
        "version.major",
        "version.minor",
        "disaggregated",
        "san_optimized",
        "contact",
        "location",
    ],
    expensive: &[],
};

const NODES: Collection = Collection {
    path: "/cluster/nodes",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &[
            "model",
            "serial_number",
            "state",
            "is_all_flash_optimized",
            "is_all_flash_select_optimized",
            "ha.enabled",
            "ha.partners.name",
            "ha.partners.uuid",
        ],
        expensive: &[],
    },
    rows: nodes,
};

const SVMS: Collection = Collection {
    path: "/svm/svms",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &[
            "state",
            "subtype",
            "iscsi.allowed",
            "iscsi.enabled",
            "fcp.allowed",
            "fcp.enabled",
        ],
        expensive: &[],
    },
    rows: all_svms,
};

const VOLUMES: Collection = Collection {
    path: "/storage/volumes",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &["svm.name", "svm.uuid", "state", "type"],
        expensive: &[],
    },
    rows: all_volumes,
};

const JOB: Fields = Fields {
    identity: &["uuid"],
    more: &[
        "state",
        "message",
        "description",
        "code",
        "error.code",
        "error.message",
    ],
    expensive: &[],
};

pub(super) fn handle(state: &mut State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    if asked.method != "GET" {
        return Err(Why::NoApi.into());
    }
    // Whether accounts of an SVM may look at the cluster stands in no source [?].
    let may = asked.cluster || state.options.svm_reads_cluster;
    match rest {
        [] if may => cluster(state, asked),
        ["jobs", uuid] if may => job(state, asked, uuid),
        // Nodes are for accounts of the cluster.
        ["nodes"] if asked.cluster => NODES.list(state, asked),
        ["nodes", uuid] if asked.cluster => {
            let place = (1u64..).zip(&state.nodes).find(|(_, n)| n.uuid == *uuid);
            let (place, _) = place.ok_or(Why::NoEntry)?;
            NODES.one(state, asked, (place, 0))
        }
        [] | ["jobs" | "nodes", ..] => Err(Why::NoPrivilege.into()),
        _ => Err(Why::NoApi.into()),
    }
}

/// One object, not a list.
fn cluster(state: &State, asked: &Asked<'_>) -> Answer {
    asked.params.only(&[])?;
    let version = state.version;
    let mut cluster = json!({
        "name": state.name,
        "uuid": state.uuid,
        "version": {
            "full": version.full(),
            "generation": version.generation,
            "major": version.major,
            "minor": version.minor,
        },
        "_links": {"self": {"href": "/api/cluster"}},
    });
    // Which release brought these two stands in no source [?]; older ones leave them out.
    if state.version.major >= 16 {
        put(&mut cluster, "disaggregated", state.disaggregated);
        put(&mut cluster, "san_optimized", state.disaggregated);
    }
    let shown = match asked.params.fields.as_slice() {
        // Without `fields` the whole object comes, as from every resource of one object.
        [] => CLUSTER.shown(&Params {
            fields: vec!["*".to_owned()],
            ..Params::default()
        })?,
        _ => CLUSTER.shown(&asked.params)?,
    };
    Ok(Outcome::Object(fields::cut(cluster, &shown)))
}

fn job(state: &mut State, asked: &Asked<'_>, uuid: &str) -> Answer {
    asked.params.only(&[])?;
    let mut jobs = state.jobs.iter_mut();
    let job = jobs.find(|job| job.uuid == uuid).ok_or(Why::NoEntry)?;
    let mut record = json!({
        "uuid": job.uuid,
        "description": job.description,
        "_links": {"self": {"href": format!("/api/cluster/jobs/{uuid}")}},
    });
    match (&job.failure, job.looks) {
        (_, looks) if looks > 0 => {
            job.looks -= 1;
            put(&mut record, "state", "running");
        }
        (None, _) => {
            put(&mut record, "state", "success");
            put(&mut record, "message", "success");
            put(&mut record, "code", 0);
        }
        (Some((code, message)), _) => {
            put(&mut record, "state", "failure");
            put(&mut record, "message", message.as_str());
            put(&mut record, "code", code.parse::<u64>().unwrap_or(1));
            put(
                &mut record,
                "error",
                json!({"code": code, "message": message}),
            );
        }
    }
    let shown = match asked.params.fields.as_slice() {
        [] => JOB.shown(&Params {
            fields: vec!["*".to_owned()],
            ..Params::default()
        })?,
        _ => JOB.shown(&asked.params)?,
    };
    Ok(Outcome::Object(fields::cut(record, &shown)))
}

/// A node as other records name it.
pub(super) fn node_ref(state: &State, name: &str) -> Value {
    match state.node(name) {
        Some(node) => json!({"name": node.name, "uuid": node.uuid}),
        None => json!({"name": name}),
    }
}

/// An SVM as other records name it.
pub(super) fn svm_ref(state: &State, svm: u64) -> Value {
    json!({"name": state.svm_name(svm), "uuid": state.svm_uuid(svm)})
}

fn nodes<'a>(state: &'a State, _: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.nodes, after, |node| {
        Some(json!({
            "uuid": node.uuid,
            "name": node.name,
            "model": node.model,
            "serial_number": node.serial,
            "state": if node.healthy { "up" } else { "down" },
            "is_all_flash_optimized": true,
            "is_all_flash_select_optimized": false,
            "ha": {"enabled": true, "partners": [node_ref(state, &node.partner)]},
            "_links": {"self": {"href": format!("/api/cluster/nodes/{}", node.uuid)}},
        }))
    })
}

pub(super) fn svms(state: &State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => SVMS.list(state, asked),
        ("GET", [uuid]) => {
            let mut all = state.svms.iter();
            let found = all.find(|(_, svm)| svm.uuid == *uuid);
            let (id, _) = found.ok_or(Why::NoEntry)?;
            SVMS.one(state, asked, (*id, 0))
        }
        _ => Err(Why::NoApi.into()),
    }
}

fn all_svms<'a>(state: &'a State, own: Option<u64>, params: &'a Params, after: Key) -> Rows<'a> {
    let rows = state.svms.range(after.0.saturating_add(1)..);
    let rows = rows
        .filter(move |(id, _)| own.is_none_or(|own| own == **id))
        .filter(|(_, svm)| allows(params, "name", &svm.name));
    Box::new(rows.map(|(id, svm)| {
        let enabled = |service: &Option<crate::sim::ontap::state::Service>| {
            json!({"allowed": service.is_some(),
                "enabled": service.as_ref().is_some_and(|s| s.enabled)})
        };
        let record = json!({
            "uuid": svm.uuid,
            "name": svm.name,
            "state": match svm.state {
                SvmState::Running => "running",
                SvmState::Stopped => "stopped",
            },
            "subtype": match svm.subtype {
                Subtype::Default => "default",
                Subtype::DpDestination => "dp_destination",
            },
            "iscsi": enabled(&svm.iscsi),
            "fcp": enabled(&svm.fcp),
            "_links": {"self": {"href": format!("/api/svm/svms/{}", svm.uuid)}},
        });
        ((*id, 0), record)
    }))
}

pub(super) fn volumes(state: &State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => VOLUMES.list(state, asked),
        _ => Err(Why::NoApi.into()),
    }
}

fn all_volumes<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.volumes, after, move |volume| {
        if own.is_some_and(|own| own != volume.svm) {
            return None;
        }
        Some(json!({
            "uuid": volume.uuid,
            "name": volume.name,
            "svm": svm_ref(state, volume.svm),
            "state": if volume.state == VolumeState::Online { "online" } else { "offline" },
            "type": if volume.read_only { "dp" } else { "rw" },
            "_links": {"self": {"href": format!("/api/storage/volumes/{}", volume.uuid)}},
        }))
    })
}

/// The name of the node of this name or UUID.
pub(super) fn node_named(state: &State, name: Option<&str>, uuid: Option<&str>) -> Done<String> {
    let found = state.nodes.iter().find(|node| {
        name.is_none_or(|name| node.name == name) && uuid.is_none_or(|uuid| node.uuid == uuid)
    });
    match (name, uuid) {
        (None, None) => Err(Why::NodeNotGiven.into()),
        _ => found
            .map(|node| node.name.clone())
            .ok_or_else(|| Refusal::from(Why::NoNode)),
    }
}
