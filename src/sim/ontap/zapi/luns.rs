//! LUNs (ontap.md §4).

use super::list::{List, Rows};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Input, Place};
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::rules::{Force, NewLun};
use crate::sim::ontap::state::{Key, Lun, LunState, Prefix, State, VolumeState};

pub(super) const CALLS: &[Call] = &[
    Call::list(
        "lun-get-iter",
        Place::Either,
        "lun",
        List {
            info: "lun-info",
            fields: FIELDS,
            rows,
            errors: volume_errors,
        },
    ),
    Call::look(
        "lun-get-serial-number",
        Place::Svm,
        "lun serial",
        (&["path"], &["path"]),
        serial,
    ),
    Call::change(
        "lun-online",
        "lun online",
        (&["path", "force"], &["path"]),
        |state, asked, input| set_state(state, asked, input, LunState::Online),
    ),
    Call::change(
        "lun-offline",
        "lun offline",
        (&["path"], &["path"]),
        |state, asked, input| set_state(state, asked, input, LunState::Offline),
    ),
    Call::change(
        "lun-create-by-size",
        "lun create",
        (NEW, &["path", "size"]),
        create,
    ),
    Call::change(
        "lun-resize",
        "lun resize",
        (&["path", "size", "force"], &["path", "size"]),
        resize,
    ),
    Call::change(
        "lun-destroy",
        "lun delete",
        (&["path", "force", "destroy-fenced-lun"], &["path"]),
        destroy,
    ),
];

const NEW: &[&str] = &[
    "path",
    "size",
    "ostype",
    "space-reservation-enabled",
    "space-allocation-enabled",
    "comment",
    "class",
    "prefix-size",
    "qos-policy-group",
    "qos-adaptive-policy-group",
    "type",
    "use-exact-size",
];

const FIELDS: &[&str] = &[
    "path",
    "vserver",
    "volume",
    "qtree",
    "uuid",
    "serial-number",
    "size",
    "size-used",
    "state",
    "online",
    "mapped",
    "node",
    "multiprotocol-type",
    "is-space-reservation-enabled",
    "is-space-alloc-enabled",
    "read-only",
    "share-state",
    "staging",
    "block-size",
    "alignment",
    "class",
    "comment",
    "creation-timestamp",
    "is-clone",
    "is-restore-inaccessible",
    "is-inconsistent-import",
    "prefix-size",
    "suffix-size",
    "qos-policy-group",
    "qos-adaptive-policy-group",
    "device-id",
    "device-text-id",
    "device-binary-id",
    "serial-7-mode",
    "backing-snapshot",
];

/// The LUN at the path of a call.
pub(super) fn at_path(state: &State, asked: &Asked, input: &Input<'_>) -> Done<u64> {
    let path = input.need("path")?;
    Ok(state.lun_at(asked.svm()?, path).ok_or(Why::NoLun)?)
}

/// LUNs of volumes that cannot be read are missing here; `volume-errors` names them.
fn rows<'a>(state: &'a State, svm: Option<u64>, query: &'a Query, after: Key) -> Rows<'a> {
    let found = state
        .luns
        .range(after.0 + 1..)
        .filter(move |(_, lun)| svm.is_none_or(|svm| svm == lun.svm))
        .filter(|(_, lun)| {
            query.allows("path", &lun.path)
                && query.allows("uuid", &lun.uuid)
                && query.allows("serial-number", &lun.serial)
                && query.allows("volume", lun.volume())
        })
        .filter(|(_, lun)| state.container(lun) == VolumeState::Online);
    Box::new(found.map(|(id, lun)| ((*id, 0), info(state, *id, lun))))
}

fn info(state: &State, id: u64, lun: &Lun) -> Element {
    let mut info = Element::new("lun-info");
    info.put("alignment", "aligned");
    info.put("block-size", "512");
    info.put("class", "regular");
    info.put("comment", &lun.comment);
    info.put("creation-timestamp", "1705312800");
    info.put("is-clone", "false");
    info.put("is-restore-inaccessible", "false");
    info.put("is-space-alloc-enabled", lun.space_alloc.to_string());
    info.put(
        "is-space-reservation-enabled",
        lun.space_reserved.to_string(),
    );
    info.put("mapped", state.is_mapped(id).to_string());
    info.put("multiprotocol-type", &lun.os);
    info.put("node", state.node_of(lun));
    info.put("online", (lun.state == LunState::Online).to_string());
    info.put("path", &lun.path);
    info.put("prefix-size", "0");
    // A LUN outside of a qtree has the element, without a text.
    info.children.push(Element::leaf("qtree", lun.qtree()));
    info.put("read-only", lun.read_only.to_string());
    info.put("serial-number", &lun.serial);
    if lun.prefix == Prefix::SevenMode {
        info.put("serial-7-mode", &lun.serial);
    }
    info.put("share-state", "none");
    info.put("size", lun.bytes.to_string());
    info.put("size-used", "0");
    info.put("staging", "false");
    let word = match lun.state {
        LunState::ForeignLunError => "foreign-lun-error",
        other => other.word(),
    };
    info.put("state", word);
    info.put("suffix-size", "0");
    info.put("uuid", &lun.uuid);
    info.put("volume", lun.volume());
    info.put("vserver", state.svm_name(lun.svm));
    info
}

/// Volumes whose LUNs could not be read (ontap.md §3).
pub(super) fn volume_errors(state: &State, svm: Option<u64>) -> Option<Element> {
    let errors: Vec<Element> = state
        .volumes
        .iter()
        .filter(|volume| svm.is_none_or(|svm| svm == volume.svm))
        .filter(|volume| volume.state != VolumeState::Online)
        .map(|volume| {
            let mut error = Element::new("volume-error");
            error.put("errno", Why::VolumeOffline.codes().0);
            error.put("name", &volume.name);
            error.put("reason", "Volume is offline");
            error.put("vserver", state.svm_name(volume.svm));
            error
        })
        .collect();
    (!errors.is_empty()).then(|| Element::with("volume-errors", errors))
}

fn serial(state: &State, asked: &Asked, input: Input<'_>) -> Answer {
    let lun = at_path(state, asked, &input)?;
    let lun = state.luns.get(&lun).ok_or(Why::NoLun)?;
    Ok(vec![Element::leaf("serial-number", &lun.serial)])
}

fn set_state(state: &mut State, asked: &Asked, input: Input<'_>, to: LunState) -> Answer {
    input.force()?;
    let lun = at_path(state, asked, &input)?;
    state.set_lun_state(lun, to)?;
    Ok(Vec::new())
}

fn create(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let new = NewLun {
        path: input.need("path")?.to_owned(),
        bytes: input.number("size")?.unwrap_or(0),
        os: input.text("ostype").unwrap_or("image").to_owned(),
        space_reserved: input.flag("space-reservation-enabled")?.unwrap_or(true),
        space_alloc: input.flag("space-allocation-enabled")?.unwrap_or(false),
        comment: input.text("comment").unwrap_or_default().to_owned(),
    };
    let lun = state.create_lun(asked.svm()?, new)?;
    Ok(actual_size(state, lun))
}

fn actual_size(state: &State, lun: u64) -> Vec<Element> {
    let bytes = state.luns.get(&lun).map_or(0, |lun| lun.bytes);
    vec![Element::leaf("actual-size", bytes.to_string())]
}

fn resize(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let force = input.force()?;
    let lun = at_path(state, asked, &input)?;
    let bytes = input.number("size")?.unwrap_or(0);
    let now = state.luns.get(&lun).map_or(0, |lun| lun.bytes);
    if bytes < now && force == Force::No {
        // A LUN is made smaller by force only; the errno stands in no source [?].
        return Err(Why::InvalidValue.into());
    }
    state.resize_lun(lun, bytes)?;
    Ok(actual_size(state, lun))
}

fn destroy(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let force = input.force()?;
    input.flag("destroy-fenced-lun")?;
    let lun = at_path(state, asked, &input)?;
    let online = state.luns.get(&lun).map(|lun| lun.state) == Some(LunState::Online);
    if force == Force::No && online && !state.is_mapped(lun) {
        return Err(Why::NotDisabled.into());
    }
    state.destroy_lun(lun, force)?;
    Ok(Vec::new())
}
