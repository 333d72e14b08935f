//! LUN maps (ontap.md §4).

use super::igroups::{by_name, group_info};
use super::list::{List, Rows};
use super::luns::{at_path, volume_errors};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Input, Place};
use crate::sim::ontap::initiator;
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::rules::Force;
use crate::sim::ontap::state::{Key, Map, State, VolumeState};

pub(super) const CALLS: &[Call] = &[
    Call::list(
        "lun-map-get-iter",
        Place::Either,
        "lun mapping",
        List {
            info: "lun-map-info",
            fields: FIELDS,
            rows,
            errors: volume_errors,
        },
    ),
    Call::look(
        "lun-map-list-info",
        Place::Svm,
        "lun mapping",
        (&["path"], &["path"]),
        of_lun,
    ),
    Call::look(
        "lun-initiator-list-map-info",
        Place::Svm,
        "lun mapping",
        (&["initiator"], &["initiator"]),
        of_initiator,
    ),
    Call::change(
        "lun-map",
        "lun mapping create",
        (
            &[
                "path",
                "initiator-group",
                "lun-id",
                "force",
                "additional-reporting-node",
            ],
            PAIR,
        ),
        map,
    ),
    Call::change("lun-unmap", "lun mapping delete", (PAIR, PAIR), unmap),
    // The names of the inputs of these two stand in no source [?].
    Call::change(
        "lun-map-add-reporting-nodes",
        "lun mapping add-reporting-nodes",
        (&["path", "initiator-group", "nodes"], NODES),
        |state, asked, input| reporting(state, asked, input, Way::Add),
    ),
    Call::change(
        "lun-map-remove-reporting-nodes",
        "lun mapping remove-reporting-nodes",
        (&["path", "initiator-group", "nodes"], NODES),
        |state, asked, input| reporting(state, asked, input, Way::Remove),
    ),
];

const PAIR: &[&str] = &["path", "initiator-group"];
const NODES: &[&str] = PAIR;

const FIELDS: &[&str] = &[
    "path",
    "initiator-group",
    "initiator-group-uuid",
    "lun-id",
    "lun-uuid",
    "node",
    "reporting-nodes/node-name",
    "vserver",
];

enum Way {
    Add,
    Remove,
}

fn rows<'a>(state: &'a State, svm: Option<u64>, query: &'a Query, after: Key) -> Rows<'a> {
    let found = state
        .maps
        .range(after.0..)
        .filter_map(|(id, maps)| Some((*id, state.luns.get(id)?, maps)))
        .filter(move |(_, lun, _)| svm.is_none_or(|svm| svm == lun.svm))
        .filter(|(_, lun, _)| {
            query.allows("path", &lun.path) && query.allows("lun-uuid", &lun.uuid)
        })
        .filter(|(_, lun, _)| state.container(lun) == VolumeState::Online);
    let pairs = found.flat_map(|(lun, _, maps)| {
        let pair = move |(igroup, map): (&u64, &'a Map)| ((lun, *igroup), map);
        maps.iter().map(pair)
    });
    let behind = pairs.filter(move |(key, _)| *key > after);
    Box::new(behind.filter_map(|(key, map)| Some((key, info(state, key, map)?))))
}

fn info(state: &State, (lun, igroup): Key, map: &Map) -> Option<Element> {
    let (lun, group) = (state.luns.get(&lun)?, state.igroups.get(&igroup)?);
    let mut info = Element::new("lun-map-info");
    info.put("initiator-group", &group.name);
    info.put("initiator-group-uuid", &group.uuid);
    info.put("lun-id", map.number.to_string());
    info.put("lun-uuid", &lun.uuid);
    info.put("node", state.node_of(lun));
    info.put("path", &lun.path);
    if !map.reporting.is_empty() {
        let nodes = Element::list("reporting-nodes", "node-name", &map.reporting);
        info.children.push(nodes);
    }
    info.put("vserver", state.svm_name(lun.svm));
    Some(info)
}

/// The igroups of a LUN, each with its number; no element when there is none.
fn of_lun(state: &State, asked: &Asked, input: Input<'_>) -> Answer {
    let lun = at_path(state, asked, &input)?;
    let maps = state.maps.get(&lun).into_iter().flatten();
    let groups: Vec<Element> = maps
        .filter_map(|(igroup, map)| {
            let mut info = group_info(state, state.igroups.get(igroup)?);
            info.put("lun-id", map.number.to_string());
            Some(info)
        })
        .collect();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Element::with("initiator-groups", groups)])
}

/// Everything an initiator sees.
fn of_initiator(state: &State, asked: &Asked, input: Input<'_>) -> Answer {
    let name = initiator::folded(input.need("initiator")?);
    let groups = state.igroups_of(asked.svm()?, &name);
    let maps: Vec<Element> = groups
        .into_iter()
        .flat_map(|(id, group)| {
            let maps = state.maps_of_igroup(id);
            maps.filter_map(move |(lun, map)| {
                let mut info = Element::new("lun-map-info");
                info.put("initiator-group", &group.name);
                info.put("lun-id", map.number.to_string());
                info.put("path", &state.luns.get(&lun)?.path);
                Some(info)
            })
        })
        .collect();
    if maps.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Element::with("lun-maps", maps)])
}

fn pair(state: &State, asked: &Asked, input: &Input<'_>) -> Done<Key> {
    let lun = at_path(state, asked, input)?;
    Ok((lun, by_name(state, asked, input.need("initiator-group")?)?))
}

fn map(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    // What `force` does in a cluster stands in no source [?]: it does nothing here.
    input.force()?;
    let number = input.number("lun-id")?;
    let (lun, igroup) = pair(state, asked, &input)?;
    let node = input.text("additional-reporting-node");
    let number = state.add_map(lun, igroup, number, node)?;
    Ok(vec![Element::leaf("lun-id-assigned", number.to_string())])
}

fn unmap(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let (lun, igroup) = pair(state, asked, &input)?;
    state.remove_map(lun, igroup)?;
    Ok(Vec::new())
}

fn reporting(state: &mut State, asked: &Asked, input: Input<'_>, way: Way) -> Answer {
    let key = pair(state, asked, &input)?;
    let nodes = input.child("nodes").ok_or(Why::NodeNotGiven)?;
    if nodes.children.is_empty() || nodes.children.iter().any(|n| n.name != "node-name") {
        return Err(Why::NodeNotGiven.into());
    }
    for node in nodes.children.iter().map(|node| node.text.trim()) {
        match way {
            Way::Add => state.add_reporting(key, node)?,
            Way::Remove => state.remove_reporting(key, node, Force::No)?,
        }
    }
    Ok(Vec::new())
}
