//! The reporting nodes of a map (ontap.md §6); the endpoint came with 9.10 (§1).

use serde_json::json;

use super::Asked;
use super::answer::{Answer, Outcome};
use super::body::Body;
use super::cluster::{node_named, node_ref};
use super::fields::{self, Fields};
use super::maps::by_uuids;
use crate::sim::ontap::refusal::Why;
use crate::sim::ontap::rules::Force;
use crate::sim::ontap::state::State;
use crate::sim::ontap::version::Version;

const FIELDS: Fields = Fields {
    identity: &["name", "uuid"],
    more: &[],
    expensive: &[],
};

/// Whether this release has the endpoint.
pub(super) fn exists(version: Version) -> bool {
    version >= Version::new(10, 0)
}

pub(super) fn handle(
    state: &mut State,
    asked: &Asked<'_>,
    (lun, igroup): (&str, &str),
    rest: &[&str],
) -> Answer {
    if !exists(state.version) {
        return Err(Why::NoApi.into());
    }
    let key = by_uuids(state, asked, lun, igroup)?;
    match (asked.method, rest) {
        ("GET", []) => {
            FIELDS.check(&asked.params)?;
            let shown = FIELDS.shown(&asked.params)?;
            let map = state.map(key.0, key.1).ok_or(Why::NoMap)?;
            let nodes = map.reporting.iter().map(|name| node_ref(state, name));
            let nodes = nodes.filter(|node| fields::matches(&asked.params, node));
            Ok(Outcome::Page {
                records: nodes.map(|node| fields::cut(node, &shown)).collect(),
                next: None,
            })
        }
        ("POST", []) => {
            asked.params.only(&[])?;
            let body = Body::parse(asked.body, &["name", "uuid"])?;
            let (name, uuid) = (body.text("name")?, body.text("uuid")?);
            let node = node_named(state, name.as_deref(), uuid.as_deref())?;
            state.add_reporting(key, &node)?;
            let at = format!("/api/protocols/san/lun-maps/{lun}/{igroup}/reporting-nodes");
            let records = match asked.params.return_records {
                Some(true) => Some(vec![json!(node_ref(state, &node))]),
                _ => None,
            };
            Ok(Outcome::Made {
                location: at,
                records,
            })
        }
        ("DELETE", [uuid]) => {
            asked.params.only(&[])?;
            let node = node_named(state, None, Some(uuid))?;
            state.remove_reporting(key, &node, Force::No)?;
            Ok(Outcome::Done)
        }
        _ => Err(Why::NoApi.into()),
    }
}
