//! LUNs (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::{Answer, Outcome};
use super::body::Body;
use super::cluster::{node_ref, svm_ref};
use super::collection::{Collection, Rows};
use super::fields::{Fields, allows};
use super::params::Params;
use super::record::put;
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::rules::{Force, NewLun};
use crate::sim::ontap::state::{Key, Lun, LunState, State, VolumeState};
use crate::sim::ontap::version::Version;

const LUNS: Collection = Collection {
    path: "/storage/luns",
    fields: Fields {
        identity: &["uuid", "name"],
        more: &[
            "svm.name",
            "svm.uuid",
            "class",
            "comment",
            "create_time",
            "enabled",
            "location.logical_unit",
            "location.node.name",
            "location.node.uuid",
            "location.qtree.name",
            "location.volume.name",
            "location.volume.uuid",
            "os_type",
            "serial_number",
            "serial_number_hex",
            "space.size",
            "space.used",
            "space.guarantee.requested",
            "space.guarantee.reserved",
            "space.scsi_thin_provisioning_support_enabled",
            "status.state",
            "status.container_state",
            "status.read_only",
            "status.mapped",
            "lun_maps.logical_unit_number",
            "lun_maps.igroup.name",
            "lun_maps.igroup.uuid",
            "attributes.name",
            "attributes.value",
        ],
        expensive: &["lun_maps", "status.mapped", "attributes"],
    },
    rows,
};

/// Lets a LUN go with its maps.
const WHILE_MAPPED: &str = "allow_delete_while_mapped";

/// From which release on the serial number comes in hex as well stands in no source [?].
const HEX_SERIAL: Version = Version::new(8, 0);

pub(super) fn handle(state: &mut State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => LUNS.list(state, asked),
        ("POST", []) => create(state, asked),
        ("GET", [uuid]) => {
            let lun = by_uuid(state, asked, uuid)?;
            LUNS.one(state, asked, (lun, 0))
        }
        // Of one LUN, or of what a query finds (Cinder deletes and changes by name).
        ("PATCH", which @ ([] | [_])) => {
            let luns = chosen(state, asked, which, &[])?;
            let mut all = luns.into_iter();
            let result = all.try_for_each(|lun| modify(state, asked, lun));
            asked.in_job(
                state,
                "PATCH /api/storage/luns",
                result.map(|()| Outcome::Done),
            )
        }
        ("DELETE", which @ ([] | [_])) => {
            let force = Force::from(asked.params.switch(WHILE_MAPPED)?);
            let luns = chosen(state, asked, which, &[WHILE_MAPPED])?;
            let mut all = luns.into_iter();
            let result = all.try_for_each(|lun| state.destroy_lun(lun, force));
            asked.in_job(
                state,
                "DELETE /api/storage/luns",
                result.map(|()| Outcome::Done),
            )
        }
        _ => Err(Why::NoApi.into()),
    }
}

/// The LUN of a path, or those a query finds.
fn chosen(state: &State, asked: &Asked<'_>, which: &[&str], switches: &[&str]) -> Done<Vec<u64>> {
    if let [uuid] = which {
        asked.params.only(switches)?;
        return Ok(vec![by_uuid(state, asked, uuid)?]);
    }
    let keys = LUNS.keys(state, asked, switches)?;
    Ok(keys.into_iter().map(|(lun, _)| lun).collect())
}

fn by_uuid(state: &State, asked: &Asked<'_>, uuid: &str) -> Done<u64> {
    let found = state.lun_with_uuid(uuid);
    let found = found.filter(|(_, lun)| asked.sees(lun.svm));
    Ok(found.ok_or(Why::NoEntry)?.0)
}

fn rows<'a>(state: &'a State, own: Option<u64>, params: &'a Params, after: Key) -> Rows<'a> {
    let found = state
        .luns
        .range(after.0.saturating_add(1)..)
        .filter(move |(_, lun)| own.is_none_or(|own| own == lun.svm))
        .filter(|(_, lun)| {
            allows(params, "name", &lun.path)
                && allows(params, "uuid", &lun.uuid)
                && allows(params, "serial_number", &lun.serial)
                && allows(params, "location.volume.name", lun.volume())
                && allows(params, "location.logical_unit", lun.name())
        });
    Box::new(found.map(|(id, lun)| ((*id, 0), record(state, *id, lun))))
}

fn record(state: &State, id: u64, lun: &Lun) -> Value {
    let container = match state.container(lun) {
        VolumeState::Online => "online",
        VolumeState::Offline => "volume_offline",
        VolumeState::AggregateOffline => "aggregate_offline",
    };
    let mut volume = json!({"name": lun.volume()});
    if let Some(found) = state.volume_of(lun) {
        put(&mut volume, "uuid", found.uuid.as_str());
    }
    let mut record = json!({
        "uuid": lun.uuid,
        "name": lun.path,
        "svm": svm_ref(state, lun.svm),
        "class": "regular",
        "create_time": "2024-01-15T10:00:00+00:00",
        "enabled": lun.state != LunState::Offline,
        "location": {
            "logical_unit": lun.name(),
            "node": node_ref(state, state.node_of(lun)),
            "volume": volume,
        },
        "os_type": lun.os,
        "serial_number": lun.serial,
        "space": {
            "size": lun.bytes,
            "used": 0,
            "guarantee": {"requested": lun.space_reserved, "reserved": lun.space_reserved},
            "scsi_thin_provisioning_support_enabled": lun.space_alloc,
        },
        "status": {
            "state": lun.state.word(),
            "container_state": container,
            "read_only": lun.read_only,
            "mapped": state.is_mapped(id),
        },
        "_links": {"self": {"href": format!("/api/storage/luns/{}", lun.uuid)}},
    });
    if state.version >= HEX_SERIAL {
        put(&mut record, "serial_number_hex", lun.serial_hex());
    }
    if !lun.comment.is_empty() {
        put(&mut record, "comment", lun.comment.as_str());
    }
    if !lun.qtree().is_empty() {
        put(&mut record, "location.qtree", json!({"name": lun.qtree()}));
    }
    let maps = state.maps.get(&id).into_iter().flatten();
    let maps: Vec<Value> = maps
        .filter_map(|(igroup, map)| {
            let group = state.igroups.get(igroup)?;
            Some(json!({
                "logical_unit_number": map.number,
                "igroup": {"name": group.name, "uuid": group.uuid},
            }))
        })
        .collect();
    if !maps.is_empty() {
        put(&mut record, "lun_maps", maps);
    }
    record
}

fn create(state: &mut State, asked: &Asked<'_>) -> Answer {
    asked.params.only(&[])?;
    let known = [
        "svm.name",
        "svm.uuid",
        "name",
        "location.logical_unit",
        "location.volume.name",
        "location.qtree.name",
        "os_type",
        "comment",
        "space.size",
        "space.guarantee.requested",
        "space.scsi_thin_provisioning_support_enabled",
        "qos_policy.name",
    ];
    let body = Body::parse(asked.body, &known)?;
    let svm = asked.svm_of(state, &body)?;
    let place = (
        body.text("location.volume.name")?,
        body.text("location.logical_unit")?,
    );
    let path = match (body.text("name")?, place) {
        (Some(path), _) => path,
        (None, (Some(volume), Some(unit))) => match body.text("location.qtree.name")? {
            Some(qtree) => format!("/vol/{volume}/{qtree}/{unit}"),
            None => format!("/vol/{volume}/{unit}"),
        },
        _ => return Err(Why::LunNotGiven.into()),
    };
    let new = NewLun {
        path,
        bytes: body.number("space.size")?.ok_or(Why::TooSmall)?,
        os: body.text("os_type")?.ok_or(Why::BadOs)?,
        space_reserved: body.flag("space.guarantee.requested")?.unwrap_or(false),
        space_alloc: body
            .flag("space.scsi_thin_provisioning_support_enabled")?
            .unwrap_or(false),
        comment: body.text("comment")?.unwrap_or_default(),
    };
    let result = state.create_lun(svm, new).and_then(|lun| {
        let uuid = state.luns.get(&lun).map(|lun| lun.uuid.clone());
        LUNS.made(state, asked, (lun, 0), &uuid.unwrap_or_default())
    });
    asked.in_job(state, "POST /api/storage/luns", result)
}

fn modify(state: &mut State, asked: &Asked<'_>, lun: u64) -> Done<()> {
    let known = [
        "name",
        "enabled",
        "comment",
        "space.size",
        "space.guarantee.requested",
        "space.scsi_thin_provisioning_support_enabled",
        "qos_policy.name",
    ];
    let body = Body::parse(asked.body, &known)?;
    let svm = state.luns.get(&lun).ok_or(Why::NoEntry)?.svm;
    state.takes_changes(svm)?;
    if let Some(path) = body.text("name")? {
        state.rename_lun(lun, &path)?;
    }
    if let Some(bytes) = body.number("space.size")? {
        state.resize_lun(lun, bytes)?;
    }
    if let Some(on) = body.flag("enabled")? {
        let to = if on {
            LunState::Online
        } else {
            LunState::Offline
        };
        match state.set_lun_state(lun, to) {
            // What is so already is no error here.
            Err(refusal) if matches!(refusal.why, Why::NotEnabled | Why::NotDisabled) => {}
            other => other?,
        }
    }
    let alloc = body.flag("space.scsi_thin_provisioning_support_enabled")?;
    let comment = body.text("comment")?;
    if let Some(lun) = state.luns.get_mut(&lun) {
        lun.space_alloc = alloc.unwrap_or(lun.space_alloc);
        if let Some(comment) = comment {
            lun.comment = comment;
        }
    }
    Ok(())
}
