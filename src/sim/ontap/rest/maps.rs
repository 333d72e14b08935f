//! LUN maps (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::{Answer, Outcome};
use super::body::Body;
use super::cluster::{node_ref, svm_ref};
use super::collection::{Collection, Rows};
use super::fields::{Fields, allows};
use super::params::{Params, invalid};
use super::record::put;
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::{Key, Map, State};

const MAPS: Collection = Collection {
    path: "/protocols/san/lun-maps",
    fields: Fields {
        identity: &[
            "svm.name",
            "svm.uuid",
            "lun.name",
            "lun.uuid",
            "igroup.name",
            "igroup.uuid",
        ],
        more: &[
            "logical_unit_number",
            "lun.node.name",
            "lun.node.uuid",
            "igroup.os_type",
            "igroup.protocol",
            "igroup.initiators",
            "reporting_nodes.name",
            "reporting_nodes.uuid",
        ],
        expensive: &["reporting_nodes"],
    },
    rows,
};

pub(super) fn handle(state: &mut State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => MAPS.list(state, asked),
        ("POST", []) => create(state, asked),
        ("DELETE", []) => {
            for (lun, igroup) in MAPS.keys(state, asked, &[])? {
                state.remove_map(lun, igroup)?;
            }
            Ok(Outcome::Done)
        }
        ("GET", [lun, igroup]) => {
            let key = by_uuids(state, asked, lun, igroup)?;
            MAPS.one(state, asked, key)
        }
        ("DELETE", [lun, igroup]) => {
            asked.params.only(&[])?;
            let (lun, igroup) = by_uuids(state, asked, lun, igroup)?;
            state.remove_map(lun, igroup)?;
            Ok(Outcome::Done)
        }
        _ => Err(Why::NoApi.into()),
    }
}

/// The keys of a map out of its path. Which of the three codes is which stands in ontap.md §7.
pub(super) fn by_uuids(state: &State, asked: &Asked<'_>, lun: &str, igroup: &str) -> Done<Key> {
    let lun = state.lun_with_uuid(lun);
    let (lun, disk) = lun.filter(|(_, l)| asked.sees(l.svm)).ok_or(Why::NoLun)?;
    let igroup = state.igroup_with_uuid(igroup);
    let igroup = igroup.filter(|(_, group)| group.svm == disk.svm);
    let (igroup, _) = igroup.ok_or(Why::NoIgroup)?;
    state.map(lun, igroup).ok_or(Why::NoMap)?;
    Ok((lun, igroup))
}

fn rows<'a>(state: &'a State, own: Option<u64>, params: &'a Params, after: Key) -> Rows<'a> {
    let found = state
        .maps
        .range(after.0..)
        .filter_map(|(id, maps)| Some((*id, state.luns.get(id)?, maps)))
        .filter(move |(_, lun, _)| own.is_none_or(|own| own == lun.svm))
        .filter(|(_, lun, _)| {
            allows(params, "lun.name", &lun.path) && allows(params, "lun.uuid", &lun.uuid)
        });
    let pairs = found.flat_map(|(lun, _, maps)| {
        let pair = move |(igroup, map): (&u64, &'a Map)| ((lun, *igroup), map);
        maps.iter().map(pair)
    });
    let behind = pairs.filter(move |(key, _)| *key > after);
    Box::new(behind.filter_map(|(key, map)| Some((key, record(state, key, map)?))))
}

/// The igroup's initiators are plain texts here, unlike in an igroup.
fn record(state: &State, (lun, igroup): Key, map: &Map) -> Option<Value> {
    let (lun, group) = (state.luns.get(&lun)?, state.igroups.get(&igroup)?);
    let mut igroup = json!({
        "uuid": group.uuid,
        "name": group.name,
        "os_type": group.os,
        "protocol": group.protocol,
    });
    if !group.initiators.is_empty() {
        put(&mut igroup, "initiators", group.initiators.clone());
    }
    let href = format!("/api/protocols/san/lun-maps/{}/{}", lun.uuid, group.uuid);
    let mut record = json!({
        "svm": svm_ref(state, lun.svm),
        "lun": {"uuid": lun.uuid, "name": lun.path, "node": node_ref(state, state.node_of(lun))},
        "igroup": igroup,
        "logical_unit_number": map.number,
        "_links": {"self": {"href": href}},
    });
    // The field came with the endpoint, in 9.10 (ontap.md §1).
    if !map.reporting.is_empty() && super::reporting::exists(state.version) {
        let nodes = map.reporting.iter().map(|name| node_ref(state, name));
        put(&mut record, "reporting_nodes", nodes.collect::<Value>());
    }
    Some(record)
}

fn create(state: &mut State, asked: &Asked<'_>) -> Answer {
    let extra = "additional_reporting_node.name";
    asked.params.only(&[extra])?;
    let known = [
        "svm.name",
        "svm.uuid",
        "lun.name",
        "lun.uuid",
        "igroup.name",
        "igroup.uuid",
        "logical_unit_number",
    ];
    let body = Body::parse(asked.body, &known)?;
    let svm = asked.svm_of(state, &body)?;
    let lun = match (body.text("lun.name")?, body.text("lun.uuid")?) {
        (None, None) => return Err(Why::LunNotGiven.into()),
        (Some(path), None) => state.lun_at(svm, &path),
        (path, Some(uuid)) => {
            let found = state.lun_with_uuid(&uuid);
            let found = found.filter(|(_, lun)| {
                lun.svm == svm && path.as_ref().is_none_or(|path| lun.path == *path)
            });
            found.map(|(id, _)| id)
        }
    };
    let lun = lun.ok_or(Why::NoLun)?;
    let igroup = match (body.text("igroup.name")?, body.text("igroup.uuid")?) {
        (None, None) => return Err(Why::IgroupNotGiven.into()),
        (Some(name), None) => state.igroup_named(svm, &name),
        (name, Some(uuid)) => {
            let found = state.igroup_with_uuid(&uuid);
            let found = found.filter(|(_, group)| {
                group.svm == svm && name.as_ref().is_none_or(|name| group.name == *name)
            });
            found.map(|(id, _)| id)
        }
    };
    let igroup = igroup.ok_or(Why::NoIgroup)?;
    let number = body.number("logical_unit_number")?;
    let number = number.map(|number| {
        let bad = |_| -> Refusal { invalid("logical_unit_number", &number.to_string()) };
        u32::try_from(number).map_err(bad)
    });
    let number = number.transpose()?;
    state.add_map(lun, igroup, number, asked.params.plain(extra))?;
    let uuids = (
        state.luns.get(&lun).map(|l| l.uuid.as_str()),
        state.igroups.get(&igroup).map(|g| g.uuid.as_str()),
    );
    let at = match uuids {
        (Some(lun), Some(igroup)) => format!("{lun}/{igroup}"),
        _ => String::new(),
    };
    MAPS.made(state, asked, (lun, igroup), &at)
}
