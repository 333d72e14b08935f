//! Igroups (ontap.md §4).

use super::list::{List, Rows};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Input, Place};
use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::rules::NewIgroup;
use crate::sim::ontap::state::{Igroup, Key, State};

pub(super) const CALLS: &[Call] = &[
    Call::list(
        "igroup-get-iter",
        Place::Either,
        "lun igroup",
        List::new("initiator-group-info", FIELDS, rows),
    ),
    Call::change(
        "igroup-create",
        "lun igroup create",
        (
            &[
                "initiator-group-name",
                "initiator-group-type",
                "os-type",
                "ostype",
                "bind-portset",
            ],
            &["initiator-group-name", "initiator-group-type"],
        ),
        create,
    ),
    Call::change("igroup-add", "lun igroup add", (MEMBER, PAIR), add),
    Call::change("igroup-remove", "lun igroup remove", (MEMBER, PAIR), remove),
    Call::change(
        "igroup-destroy",
        "lun igroup delete",
        (
            &["initiator-group-name", "force"],
            &["initiator-group-name"],
        ),
        destroy,
    ),
    // The names of its inputs stand in no source [?].
    Call::change(
        "igroup-rename",
        "lun igroup rename",
        (RENAME, RENAME),
        rename,
    ),
];

const PAIR: &[&str] = &["initiator-group-name", "initiator"];
const MEMBER: &[&str] = &["initiator-group-name", "initiator", "force"];
const RENAME: &[&str] = &["initiator-group-name", "initiator-group-new-name"];

const FIELDS: &[&str] = &[
    "initiator-group-name",
    "initiator-group-uuid",
    "initiator-group-type",
    "initiator-group-os-type",
    "initiator-group-alua-enabled",
    "initiator-group-portset-name",
    "initiator-group-delete-on-unmap",
    "initiator-group-report-scsi-name-enabled",
    "initiator-group-vsa-enabled",
    "initiator-group-use-partner",
    "initiator-group-throttle-borrow",
    "initiator-group-throttle-reserve",
    "initiators/initiator-info/initiator-name",
    "lun-id",
    "vserver",
];

/// The igroup of this name on the SVM of a call.
pub(super) fn by_name(state: &State, asked: &Asked, name: &str) -> Done<u64> {
    Ok(state
        .igroup_named(asked.svm()?, name)
        .ok_or(Why::NoIgroup)?)
}

fn rows<'a>(state: &'a State, svm: Option<u64>, query: &'a Query, after: Key) -> Rows<'a> {
    let found = state
        .igroups
        .range(after.0 + 1..)
        .filter(move |(_, group)| svm.is_none_or(|svm| svm == group.svm))
        .filter(|(_, group)| query.allows("initiator-group-name", &group.name));
    Box::new(found.map(|(id, group)| ((*id, 0), group_info(state, group))))
}

/// The record of an igroup. An empty one has no `initiators`.
pub(super) fn group_info(state: &State, group: &Igroup) -> Element {
    let mut info = Element::new("initiator-group-info");
    info.put("initiator-group-alua-enabled", "true");
    let goes = group.delete_on_unmap.to_string();
    info.put("initiator-group-delete-on-unmap", goes);
    info.put("initiator-group-name", &group.name);
    info.put("initiator-group-os-type", &group.os);
    info.put(
        "initiator-group-portset-name",
        group.portset.as_deref().unwrap_or_default(),
    );
    info.put("initiator-group-throttle-borrow", "false");
    info.put("initiator-group-throttle-reserve", "0");
    info.put("initiator-group-type", &group.protocol);
    info.put("initiator-group-use-partner", "true");
    info.put("initiator-group-uuid", &group.uuid);
    info.put("initiator-group-vsa-enabled", "false");
    if !group.initiators.is_empty() {
        let each = group.initiators.iter().map(|name| {
            let name = Element::leaf("initiator-name", name);
            Element::with("initiator-info", vec![name])
        });
        let all = Element::with("initiators", each.collect());
        info.children.push(all);
    }
    info.put("vserver", state.svm_name(group.svm));
    info
}

fn create(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let os = match (input.text("os-type"), input.text("ostype")) {
        (Some(_), Some(_)) => {
            let words = "os-type and ostype are the same input";
            return Err(Refusal::words(Why::Unexpected, words));
        }
        (new, old) => new.or(old).unwrap_or("linux"),
    };
    let new = NewIgroup {
        name: input.need("initiator-group-name")?.to_owned(),
        protocol: input.need("initiator-group-type")?.to_owned(),
        os: os.to_owned(),
        portset: input.text("bind-portset").map(str::to_owned),
        delete_on_unmap: false,
        comment: String::new(),
    };
    state.create_igroup(asked.svm()?, new)?;
    Ok(Vec::new())
}

fn named(state: &State, asked: &Asked, input: &Input<'_>) -> Done<u64> {
    by_name(state, asked, input.need("initiator-group-name")?)
}

fn add(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    input.force()?;
    let group = named(state, asked, &input)?;
    state.add_initiator(group, input.need("initiator")?)?;
    Ok(Vec::new())
}

fn remove(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let force = input.force()?;
    let group = named(state, asked, &input)?;
    state.remove_initiator(group, input.need("initiator")?, force)?;
    Ok(Vec::new())
}

fn destroy(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let force = input.force()?;
    let group = named(state, asked, &input)?;
    state.destroy_igroup(group, force)?;
    Ok(Vec::new())
}

fn rename(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let group = named(state, asked, &input)?;
    state.rename_igroup(group, input.need("initiator-group-new-name")?)?;
    Ok(Vec::new())
}
