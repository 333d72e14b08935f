//! The iSCSI and FC services, and iSCSI sessions (ontap.md §6).

use serde_json::{Value, json};

use super::Asked;
use super::answer::Answer;
use super::cluster::svm_ref;
use super::collection::{Collection, Rows, numbered};
use super::fields::Fields;
use super::network::igroups;
use super::params::Params;
use super::record::put;
use crate::sim::ontap::chap::AuthType;
use crate::sim::ontap::refusal::Why;
use crate::sim::ontap::show::isid;
use crate::sim::ontap::state::{Key, LifKind, Service, State, Svm};

const ISCSI: Collection = Collection {
    path: "/protocols/san/iscsi/services",
    fields: Fields {
        identity: &["svm.name", "svm.uuid"],
        more: &["enabled", "target.name", "target.alias"],
        expensive: &[],
    },
    rows: iscsi,
};

const FCP: Collection = Collection {
    path: "/protocols/san/fcp/services",
    fields: Fields {
        identity: &["svm.name", "svm.uuid"],
        more: &["enabled", "target.name"],
        expensive: &[],
    },
    rows: fcp,
};

const SESSIONS: Collection = Collection {
    path: "/protocols/san/iscsi/sessions",
    fields: Fields {
        identity: &["svm.name", "svm.uuid", "target_portal_group", "tsih"],
        more: &[
            "target_portal_group_tag",
            "isid",
            "initiator.name",
            "initiator.alias",
            "igroups.name",
            "igroups.uuid",
            "connections.cid",
            "connections.authentication_type",
            "connections.initiator_address.address",
            "connections.interface.name",
            "connections.interface.uuid",
            "connections.interface.ip.address",
        ],
        expensive: &[],
    },
    rows: sessions,
};

pub(super) fn handle(state: &State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    let collection = match (asked.method, rest) {
        ("GET", ["iscsi", "services", ..]) => ISCSI,
        ("GET", ["fcp", "services", ..]) => FCP,
        ("GET", ["iscsi", "sessions"]) => SESSIONS,
        _ => return Err(Why::NoApi.into()),
    };
    match rest {
        [_, _] => collection.list(state, asked),
        [_, "services", uuid] => {
            let mut all = state.svms.iter();
            let found = all.find(|(_, svm)| svm.uuid == *uuid);
            let (id, _) = found.ok_or(Why::NoEntry)?;
            collection.one(state, asked, (*id, 0))
        }
        _ => Err(Why::NoApi.into()),
    }
}

fn services<'a>(
    state: &'a State,
    own: Option<u64>,
    after: Key,
    service: fn(&Svm) -> Option<&Service>,
    show: fn(&Svm, &Service) -> Value,
) -> Rows<'a> {
    let rows = state.svms.range(after.0.saturating_add(1)..);
    let rows = rows.filter(move |(id, _)| own.is_none_or(|own| own == **id));
    Box::new(rows.filter_map(move |(id, svm)| {
        let mut record = show(svm, service(svm)?);
        put(&mut record, "svm", svm_ref(state, *id));
        Some(((*id, 0), record))
    }))
}

fn iscsi<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    services(
        state,
        own,
        after,
        |svm| svm.iscsi.as_ref(),
        |svm, service| {
            json!({"enabled": service.enabled,
                "target": {"name": service.target, "alias": svm.name}})
        },
    )
}

fn fcp<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    services(
        state,
        own,
        after,
        |svm| svm.fcp.as_ref(),
        |_, service| json!({"enabled": service.enabled, "target": {"name": service.target}}),
    )
}

fn sessions<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(&state.logins, after, move |login| {
        if own.is_some_and(|own| own != login.svm) {
            return None;
        }
        let lif = state.lif(login.svm, &login.lif)?;
        if lif.kind != LifKind::Iscsi {
            return None;
        }
        let auth = match state.login_of(login.svm, &login.initiator).auth {
            AuthType::Chap => "chap",
            AuthType::None | AuthType::Deny => "none",
        };
        let mut record = json!({
            "svm": svm_ref(state, login.svm),
            "target_portal_group": lif.name,
            "target_portal_group_tag": lif.tag,
            "tsih": login.session,
            "isid": isid(login.session),
            "initiator": {"name": login.initiator},
            "connections": [{
                "cid": 0,
                "authentication_type": auth,
                "initiator_address": {"address": "192.0.2.200"},
                "interface": {"name": lif.name, "uuid": lif.uuid,
                    "ip": {"address": lif.address}},
            }],
        });
        let groups = igroups(state, login.svm, &login.initiator);
        if !groups.is_empty() {
            put(&mut record, "igroups", groups);
        }
        Some(record)
    })
}
