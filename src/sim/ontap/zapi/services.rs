//! The iSCSI and FC services, and who is logged in (ontap.md §4).

use super::list::{List, Rows};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Input, Place};
use crate::sim::ontap::refusal::{Refusal, Why};
use crate::sim::ontap::state::{Key, LifKind, Service, State, Svm};

pub(super) const CALLS: &[Call] = &[
    Call::list(
        "iscsi-service-get-iter",
        Place::Either,
        "vserver iscsi",
        List::new("iscsi-service-info", ISCSI, iscsi),
    ),
    Call::look(
        "iscsi-node-get-name",
        Place::Svm,
        "vserver iscsi nodename",
        (&[], &[]),
        |state, asked, input| node_name(state, asked, input, |svm| svm.iscsi.as_ref()),
    ),
    Call::list(
        "fcp-service-get-iter",
        Place::Either,
        "vserver fcp",
        List::new("fcp-service-info", FCP, fcp),
    ),
    Call::look(
        "fcp-node-get-name",
        Place::Svm,
        "vserver fcp nodename",
        (&[], &[]),
        |state, asked, input| node_name(state, asked, input, |svm| svm.fcp.as_ref()),
    ),
    Call::list(
        "iscsi-initiator-get-iter",
        Place::Either,
        "vserver iscsi initiator",
        List::new("iscsi-initiator-list-entry-info", INITIATOR, initiators),
    ),
];

const ISCSI: &[&str] = &[
    "node-name",
    "alias-name",
    "is-available",
    "login-timeout",
    "max-conn-per-session",
    "max-cmds-per-session",
    "max-error-recovery-level",
    "retain-timeout",
    "vserver",
];

const FCP: &[&str] = &["node-name", "is-available", "vserver"];

const INITIATOR: &[&str] = &[
    "initiator-nodename",
    "initiator-aliasname",
    "initiator-group-list/initiator-group-list-info/initiator-group-name",
    "isid",
    "target-session-id",
    "tpgroup-name",
    "tpgroup-tag",
    "vserver",
];

/// The records of the SVMs that have a service.
fn services<'a>(
    state: &'a State,
    svm: Option<u64>,
    after: Key,
    show: impl Fn(&'a Svm) -> Option<Element> + 'a,
) -> Rows<'a> {
    let rows = state.svms.range(after.0 + 1..);
    let own = rows.filter(move |(id, _)| svm.is_none_or(|svm| svm == **id));
    Box::new(own.filter_map(move |(id, svm)| Some(((*id, 0), show(svm)?))))
}

fn iscsi<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    services(state, svm, after, |svm| {
        let service = svm.iscsi.as_ref()?;
        let mut info = Element::new("iscsi-service-info");
        info.put("alias-name", &svm.name);
        info.put("is-available", service.enabled.to_string());
        info.put("login-timeout", "15");
        info.put("max-conn-per-session", "4");
        info.put("node-name", &service.target);
        info.put("vserver", &svm.name);
        Some(info)
    })
}

fn fcp<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    services(state, svm, after, |svm| {
        let service = svm.fcp.as_ref()?;
        let mut info = Element::new("fcp-service-info");
        info.put("is-available", service.enabled.to_string());
        info.put("node-name", &service.target);
        info.put("vserver", &svm.name);
        Some(info)
    })
}

fn node_name(
    state: &State,
    asked: &Asked,
    _: Input<'_>,
    service: fn(&Svm) -> Option<&Service>,
) -> Answer {
    let svm = state.svm(asked.svm()?).ok_or(Why::NoSvm)?;
    let service = service(svm).ok_or_else(|| {
        let words = "The service does not exist on this Vserver";
        Refusal::words(Why::NoEntry, words)
    })?;
    Ok(vec![Element::leaf("node-name", &service.target)])
}

/// One record for each session; initiators of no igroup have no list of groups.
fn initiators<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    let places = (1u64..).zip(&state.logins);
    let behind = places.skip_while(move |(place, _)| (*place, 0) <= after);
    Box::new(behind.filter_map(move |(place, login)| {
        if svm.is_some_and(|svm| svm != login.svm) {
            return None;
        }
        let lif = state.lif(login.svm, &login.lif)?;
        if lif.kind != LifKind::Iscsi {
            return None;
        }
        let mut info = Element::new("iscsi-initiator-list-entry-info");
        info.put("initiator-nodename", &login.initiator);
        let groups = state.igroups_of(login.svm, &login.initiator);
        if !groups.is_empty() {
            let each = groups.into_iter().map(|(_, group)| {
                let name = Element::leaf("initiator-group-name", &group.name);
                Element::with("initiator-group-list-info", vec![name])
            });
            let all = Element::with("initiator-group-list", each.collect());
            info.children.push(all);
        }
        info.put("isid", super::super::show::isid(login.session));
        info.put("target-session-id", login.session.to_string());
        info.put("tpgroup-name", &lif.name);
        info.put("tpgroup-tag", lif.tag.to_string());
        info.put("vserver", state.svm_name(login.svm));
        Some(((place, 0), info))
    }))
}
