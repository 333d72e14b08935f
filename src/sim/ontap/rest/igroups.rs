//! Igroups and their initiators (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::{Answer, Outcome};
use super::body::Body;
use super::cluster::{node_ref, svm_ref};
use super::collection::{Collection, Rows, numbered};
use super::fields::{Fields, allows};
use super::params::{Params, unexpected};
use super::record::put;
use crate::sim::ontap::initiator;
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::rules::{Force, NewIgroup};
use crate::sim::ontap::state::{Igroup, Key, State};
use crate::sim::ontap::version::Version;

const IGROUPS: Collection = Collection {
    path: "/protocols/san/igroups",
    fields: Fields {
        identity: &["uuid", "name", "svm.name", "svm.uuid"],
        more: &[
            "protocol",
            "os_type",
            "comment",
            "delete_on_unmap",
            "supports_igroups",
            "initiators.name",
            "portset.name",
            "portset.uuid",
            "lun_maps.logical_unit_number",
            "lun_maps.lun.name",
            "lun_maps.lun.uuid",
            "lun_maps.lun.node.name",
            "lun_maps.lun.node.uuid",
            "connectivity_tracking.connection_state",
        ],
        expensive: &["lun_maps", "connectivity_tracking"],
    },
    rows,
};

/// Lets an igroup or an initiator go while LUNs are mapped to it.
const WHILE_MAPPED: &str = "allow_delete_while_mapped";

/// Nested igroups and comments (ontap.md §1).
const NESTED: Version = Version::new(9, 1);

const INITIATORS: Fields = Fields {
    identity: &["name"],
    more: &["igroup.name", "igroup.uuid"],
    expensive: &[],
};

pub(super) fn handle(state: &mut State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    let force = |params: &Params| params.switch(WHILE_MAPPED).map(Force::from);
    match (asked.method, rest) {
        ("GET", []) => IGROUPS.list(state, asked),
        ("POST", []) => create(state, asked),
        ("GET", [uuid]) => {
            let group = by_uuid(state, asked, uuid)?;
            IGROUPS.one(state, asked, (group, 0))
        }
        ("PATCH", [uuid]) => {
            asked.params.only(&[])?;
            let group = by_uuid(state, asked, uuid)?;
            modify(state, asked, group)
        }
        ("DELETE", [uuid]) => {
            asked.params.only(&[WHILE_MAPPED])?;
            let group = by_uuid(state, asked, uuid)?;
            state.destroy_igroup(group, force(&asked.params)?)?;
            Ok(Outcome::Done)
        }
        ("DELETE", []) => {
            let force = force(&asked.params)?;
            for (group, _) in IGROUPS.keys(state, asked, &[WHILE_MAPPED])? {
                state.destroy_igroup(group, force)?;
            }
            Ok(Outcome::Done)
        }
        ("GET", [uuid, "initiators"]) => {
            let group = by_uuid(state, asked, uuid)?;
            members(state, asked, group)
        }
        ("POST", [uuid, "initiators"]) => {
            asked.params.only(&[])?;
            let group = by_uuid(state, asked, uuid)?;
            let new = Body::several(asked.body, &["name"])?;
            add(state, group, &new)?;
            let location = format!("/api/protocols/san/igroups/{uuid}/initiators");
            Ok(Outcome::Made {
                location,
                records: None,
            })
        }
        ("DELETE", [uuid, "initiators", name]) => {
            asked.params.only(&[WHILE_MAPPED])?;
            let group = by_uuid(state, asked, uuid)?;
            state.remove_initiator(group, name, force(&asked.params)?)?;
            Ok(Outcome::Done)
        }
        _ => Err(Why::NoApi.into()),
    }
}

fn by_uuid(state: &State, asked: &Asked<'_>, uuid: &str) -> Done<u64> {
    let found = state.igroup_with_uuid(uuid);
    let found = found.filter(|(_, group)| asked.sees(group.svm));
    Ok(found.ok_or(Why::NoIgroupHere)?.0)
}

fn rows<'a>(state: &'a State, own: Option<u64>, params: &'a Params, after: Key) -> Rows<'a> {
    let found = state
        .igroups
        .range(after.0.saturating_add(1)..)
        .filter(move |(_, group)| own.is_none_or(|own| own == group.svm))
        .filter(|(_, group)| {
            allows(params, "name", &group.name) && allows(params, "uuid", &group.uuid)
        });
    Box::new(found.map(|(id, group)| ((*id, 0), record(state, *id, group))))
}

/// What is empty is left out.
fn record(state: &State, id: u64, group: &Igroup) -> Value {
    let mut record = json!({
        "uuid": group.uuid,
        "name": group.name,
        "svm": svm_ref(state, group.svm),
        "protocol": group.protocol,
        "os_type": group.os,
        "delete_on_unmap": group.delete_on_unmap,
        "_links": {"self": {"href": format!("/api/protocols/san/igroups/{}", group.uuid)}},
    });
    if state.version >= NESTED {
        put(&mut record, "supports_igroups", true);
        if !group.comment.is_empty() {
            put(&mut record, "comment", group.comment.as_str());
        }
    }
    if !group.initiators.is_empty() {
        let members = group.initiators.iter().map(|name| json!({"name": name}));
        put(&mut record, "initiators", members.collect::<Value>());
    }
    if let Some(name) = &group.portset {
        let mut sets = state.portsets.iter();
        let set = sets.find(|set| set.svm == group.svm && set.name == *name);
        put(&mut record, "portset", json!({"name": name}));
        if let Some(set) = set {
            put(&mut record, "portset.uuid", set.uuid.as_str());
        }
    }
    let maps: Vec<Value> = state
        .maps_of_igroup(id)
        .filter_map(|(lun, map)| {
            let lun = state.luns.get(&lun)?;
            Some(json!({
                "logical_unit_number": map.number,
                "lun": {"name": lun.path, "uuid": lun.uuid,
                    "node": node_ref(state, state.node_of(lun))},
            }))
        })
        .collect();
    let mapped = !maps.is_empty();
    if mapped {
        put(&mut record, "lun_maps", maps);
    }
    let seen = |name: &&String| {
        let mut logins = state.logins.iter();
        logins.any(|login| login.svm == group.svm && login.initiator == **name)
    };
    let connected = group.initiators.iter().filter(seen).count();
    let word = match (group.initiators.len(), mapped, connected) {
        (0, ..) => "no_initiators",
        (_, false, _) => "no_lun_maps",
        (all, _, some) if all == some => "full",
        (_, _, 0) => "none",
        _ => "partial",
    };
    put(
        &mut record,
        "connectivity_tracking",
        json!({"connection_state": word}),
    );
    record
}

fn create(state: &mut State, asked: &Asked<'_>) -> Answer {
    asked.params.only(&[])?;
    let known = [
        "svm.name",
        "svm.uuid",
        "name",
        "protocol",
        "os_type",
        "comment",
        "delete_on_unmap",
        "portset.name",
        "initiators.name",
    ];
    let body = Body::parse(asked.body, &known)?;
    let svm = asked.svm_of(state, &body)?;
    let new = NewIgroup {
        name: body.text("name")?.ok_or(Why::IgroupNotGiven)?,
        protocol: body.text("protocol")?.unwrap_or_else(|| "mixed".to_owned()),
        os: body.text("os_type")?.ok_or(Why::BadOs)?,
        portset: body.text("portset.name")?,
        delete_on_unmap: body.flag("delete_on_unmap")?.unwrap_or(false),
        comment: body.text("comment")?.unwrap_or_default(),
    };
    let members = body.list("initiators")?;
    let group = state.create_igroup(svm, new)?;
    if !members.is_empty()
        && let Err(refusal) = add(state, group, &members)
    {
        // One call is one change: what failed leaves nothing.
        state.igroups.remove(&group);
        return Err(refusal);
    }
    let uuid = state.igroups.get(&group).map(|g| g.uuid.clone());
    IGROUPS.made(state, asked, (group, 0), &uuid.unwrap_or_default())
}

/// Adds all or none.
fn add(state: &mut State, group: u64, new: &[Body]) -> Done<()> {
    let before = state.igroups.get(&group).cloned();
    let mut all = || {
        for member in new {
            let name = member.text("name")?.ok_or(Why::InitiatorsNotGiven)?;
            state.add_initiator(group, &name)?;
        }
        Ok(())
    };
    let result = if new.is_empty() {
        Err(Why::InitiatorsNotGiven.into())
    } else {
        all()
    };
    if result.is_err()
        && let Some(before) = before
    {
        state.igroups.insert(group, before);
    }
    result
}

fn modify(state: &mut State, asked: &Asked<'_>, id: u64) -> Answer {
    let known = ["name", "comment", "delete_on_unmap", "os_type", "protocol"];
    let body = Body::parse(asked.body, &known)?;
    if body.get("protocol").is_some() {
        // It stays as it was made (ontap.md §9.1).
        return Err(unexpected("protocol"));
    }
    if let Some(name) = body.text("name")? {
        state.rename_igroup(id, &name)?;
    }
    let (goes, comment) = (body.flag("delete_on_unmap")?, body.text("comment")?);
    if let Some(group) = state.igroups.get_mut(&id) {
        group.delete_on_unmap = goes.unwrap_or(group.delete_on_unmap);
        if let Some(comment) = comment {
            group.comment = comment;
        }
    }
    Ok(Outcome::Done)
}

fn members(state: &State, asked: &Asked<'_>, id: u64) -> Answer {
    let group = state.igroups.get(&id).ok_or(Why::NoIgroupHere)?;
    INITIATORS.check(&asked.params)?;
    let shown = INITIATORS.shown(&asked.params)?;
    let wanted = asked.params.plain("name").map(initiator::folded);
    let rows = numbered(&group.initiators, (0, 0), |name| {
        let igroup = json!({"name": group.name, "uuid": group.uuid});
        Some(json!({"name": name, "igroup": igroup}))
    });
    let rows = rows.map(|(_, record)| record);
    let records = rows
        .filter(|r| wanted.as_deref().is_none_or(|w| r["name"] == w))
        .map(|record| super::fields::cut(record, &shown));
    Ok(Outcome::Page {
        records: records.collect(),
        next: None,
    })
}
