//! REST against answers of the fact sheet: what is sent, and what is made of what comes back.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::json;

use super::super::client::tests::{bounds, client, mutate};
use super::super::wire::*;
use super::*;
use crate::array::http::script::{Act, Script};
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::redact::Secret;
use crate::kit::stop::Stop;
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;

fn refusal(status: u16, code: &str) -> Act {
    Act::http(
        status,
        &json!({"error": {"code": code, "message": "words", "target": "lun.name"}}).to_string(),
    )
}

/// A server that gives these answers one after the other, the last for ever.
fn server(acts: Vec<Act>) -> Script {
    let acts = Mutex::new(acts);
    Script::start(move |_| {
        let mut acts = acts.lock().unwrap();
        if acts.len() > 1 {
            acts.remove(0)
        } else {
            acts[0].clone()
        }
    })
}

fn rest(script: &Script) -> Rest {
    Rest::new(client(&[&script.url], |s| s.svm = Some("svm_gold".into())))
}

const LUN: &str = "ec1ae69b-a704-4eac-9ec9-e12dae79e11c";
const GROUP: &str = "7c1ae69b-a704-4eac-9ec9-e12dae79e11c";

fn group() -> IgroupRef {
    IgroupRef {
        name: "openstack-9f".into(),
        uuid: GROUP.into(),
    }
}

fn volume() -> LunRef {
    LunRef {
        path: "/vol/cinder_a/volume-0001".into(),
        uuid: LUN.into(),
    }
}

fn map_record() -> Value {
    json!({"svm": {"uuid": "0c", "name": "svm_gold"},
        "lun": {"uuid": LUN, "name": "/vol/cinder_a/volume-0001",
            "node": {"name": "ams-01a", "uuid": "11"}},
        "igroup": {"uuid": GROUP, "name": "openstack-9f", "os_type": "linux",
            "protocol": "iscsi", "initiators": ["iqn.1994-05.com.redhat:c001"]},
        "logical_unit_number": 4,
        "reporting_nodes": [{"name": "ams-01a", "uuid": "11"}, {"name": "ams-01b", "uuid": "6c"}]})
}

#[test]
fn a_map_is_what_the_sheet_shows() {
    let script = server(vec![Act::http(
        201,
        &json!({"num_records": 1, "records": [map_record()]}).to_string(),
    )]);
    let number = Some(LunNumber(4));
    let mapped = rest(&script)
        .map(&volume(), &group(), number, &bounds(), &mutate())
        .unwrap();
    assert_eq!(mapped, Mapped::New(number));
    let seen = &script.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("POST", "/api/protocols/san/lun-maps?return_records=true")
    );
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("x-dot-svm-name"), Some("svm_gold"));
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    assert_eq!(
        body,
        json!({"svm": {"name": "svm_gold"}, "lun": {"name": "/vol/cinder_a/volume-0001"},
            "igroup": {"name": "openstack-9f"}, "logical_unit_number": 4})
    );
}

#[test]
fn records_of_the_sheet() {
    let map = read::map(&map_record());
    assert_eq!(map.number, Some(LunNumber(4)));
    assert_eq!(map.node.as_deref(), Some("ams-01a"));
    assert_eq!(map.reporting.unwrap(), ["ams-01a", "ams-01b"]);
    let lun = read::lun(&json!({"uuid": LUN.to_uppercase(), "name": "/vol/a/b",
        "serial_number": "sn/7+Lab$x?2", "space": {"size": 1024}, "enabled": true,
        "status": {"state": "online", "container_state": "online", "read_only": false},
        "location": {"node": {"name": "n1"}, "volume": {"name": "a"}},
        "lun_maps": [{"igroup": {"name": "g", "uuid": GROUP}, "logical_unit_number": 0}]}));
    assert_eq!(lun.uuid, LUN);
    let wwid = lun.wwid().unwrap();
    assert_eq!(wwid.as_str(), "600a0980736e2f372b4c616224783f32");
    assert_eq!(lun.fault(), None);
    assert_eq!(lun.maps.as_ref().unwrap()[0].number, Some(LunNumber(0)));
    for (status, fault) in [
        (
            json!({"container_state": "volume_offline"}),
            "volume offline",
        ),
        (json!({"state": "nvfail"}), "nvfail"),
    ] {
        let lun = read::lun(&json!({"status": status}));
        assert_eq!(lun.fault().as_deref(), Some(fault));
    }
    let igroup = read::igroup(&json!({"name": "g", "protocol": "iscsi",
        "initiators": [{"name": "IQN.1994-05.com.redhat:c001"}, {"name": "21:00:00:24:FF:30:44:1C"}]}));
    assert_eq!(
        igroup.initiators,
        ["iqn.1994-05.com.redhat:c001", "21000024ff30441c"]
    );
    let empty = read::igroup(&json!({"name": "g"}));
    assert!(empty.initiators.is_empty() && empty.portset.is_none());
    let lif = read::lif(
        &json!({"name": "l1", "ip": {"address": "fd00::5"}, "enabled": true, "state": "up",
            "location": {"node": {"name": "n1"}, "port": {"name": "e0c"}, "is_home": false}}),
        Protocol::Iscsi,
    );
    assert!(lif.fault().is_none() && lif.at_home == Some(false));
    assert_eq!(lif.address.unwrap().to_string(), "fd00::5");
}

#[test]
fn pages_are_followed_as_they_are_written() {
    let next = "/api/storage/luns?start.uuid=x%2F1&fields=name";
    let page = |name: &str, next: Option<&str>| {
        let mut body = json!({"records": [{"name": name, "svm": {"name": "svm_gold"}}],
            "num_records": 1});
        if let Some(next) = next {
            body["_links"] = json!({"next": {"href": next}});
        }
        Act::json(body)
    };
    let empty = json!({"num_records": 0, "_links": {"next": {"href": "/api/storage/luns?3"}}});
    let script = server(vec![
        page("/vol/a/1", Some(next)),
        Act::json(empty),
        page("/vol/a/3", None),
    ]);
    let rest = rest(&script);
    let query = LunQuery::All { volume: None };
    let luns = all(|each| rest.luns(&query, &bounds(), each)).unwrap();
    assert_eq!(luns.len(), 2);
    let paths: Vec<String> = script.seen().into_iter().map(|s| s.path).collect();
    assert!(paths[0].contains("fields=uuid,name"), "{paths:?}");
    assert_eq!(paths[1..], [next, "/api/storage/luns?3"]);
}

#[test]
fn pages_that_never_end_or_lead_elsewhere() {
    let to = |href: &str| {
        Act::json(json!({"records": [], "num_records": 0, "_links": {"next": {"href": href}}}))
    };
    for (act, word) in [
        (to("/api/x?1"), "circle"),
        (to("https://elsewhere/api/x"), "somewhere else"),
        (to("/api/../x"), "somewhere else"),
        (Act::json(json!({"records": 7})), "no records"),
        (Act::json(json!({})), "no records"),
    ] {
        let script = server(vec![act]);
        let error = rest(&script)
            .luns(&LunQuery::All { volume: None }, &bounds(), &mut |_| {
                ControlFlow::Continue(())
            })
            .unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn what_refusals_come_to() {
    let map = |act: Act| {
        let script = server(vec![act]);
        rest(&script).map(&volume(), &group(), None, &bounds(), &mutate())
    };
    assert_eq!(map(refusal(409, "1254207")).unwrap(), Mapped::Already);
    assert!(matches!(map(refusal(409, "1254208")), Ok(Mapped::Taken(_))));
    assert!(matches!(
        map(refusal(400, "1254223")),
        Ok(Mapped::Elsewhere(_))
    ));
    for (status, code, kind) in [
        (404, "5374878", Kind::Refused),
        (404, "5374875", Kind::Refused),
        (403, "6", Kind::Denied),
        (404, "3", Kind::Unsupported),
        (400, "2621707", Kind::Usage),
        (400, "5374581", Kind::Refused),
        (400, "5374893", Kind::Failed),
        (400, "262197", Kind::Usage),
        (418, "nonsense", Kind::Failed),
    ] {
        let error = map(refusal(status, code)).unwrap_err();
        assert_eq!(error.kind(), kind, "{code}: {error}");
    }
    let unmap = |act: Act| {
        let script = server(vec![act]);
        let told = rest(&script)
            .unmap(&volume(), &group(), &bounds(), &mutate())
            .unwrap();
        assert_eq!(
            script.seen()[0].path,
            format!("/api/protocols/san/lun-maps/{LUN}/{GROUP}")
        );
        told
    };
    assert_eq!(unmap(Act::http(200, "")), Removed::Gone);
    assert_eq!(unmap(refusal(404, "5374922")), Removed::NotThere);
    for code in ["5374875", "5374878", "4"] {
        assert!(
            matches!(unmap(refusal(404, code)), Removed::Look(_)),
            "{code}"
        );
    }
    let script = server(vec![refusal(409, "1254213")]);
    let held = rest(&script).destroy_igroup(&group(), &bounds(), &mutate());
    assert!(matches!(held.unwrap(), Removed::Held(_)));
}

#[test]
fn a_new_igroup_comes_with_its_members() {
    let script = server(vec![Act::http(
        201,
        &json!({"records": [{"uuid": GROUP}]}).to_string(),
    )]);
    let new = NewIgroup {
        name: "sanctl-n1".into(),
        protocol: Protocol::Fc.into(),
        os_type: "linux".into(),
        initiators: vec!["21000024ff30441c".into()],
    };
    let made = rest(&script)
        .create_igroup(&new, &bounds(), &mutate())
        .unwrap();
    let group = NewGroup {
        uuid: Some(GROUP.into()),
        filled: true,
    };
    assert_eq!(made, Made::New(group));
    let body: Value = serde_json::from_str(&script.seen()[0].body).unwrap();
    assert_eq!(
        body,
        json!({"svm": {"name": "svm_gold"}, "name": "sanctl-n1", "protocol": "fcp",
            "os_type": "linux", "initiators": [{"name": "21:00:00:24:ff:30:44:1c"}]})
    );
}

#[test]
fn jobs_are_waited_for() {
    let job = Act::http(202, &json!({"job": {"uuid": LUN}}).to_string());
    let state = |state: &str| Act::json(json!({"state": state}));
    let script = server(vec![
        job.clone(),
        state("queued"),
        state("running"),
        state("success"),
    ]);
    let removed = rest(&script).destroy_igroup(&group(), &bounds(), &mutate());
    assert_eq!(removed.unwrap(), Removed::Gone);
    assert!(script.seen()[1].path.starts_with("/api/cluster/jobs/"));
    // Both ways in which releases tell why.
    for failed in [
        json!({"state": "failure", "error": {"code": "1254213", "message": "mapped"}}),
        json!({"state": "failure", "code": 1_254_213, "message": "mapped"}),
    ] {
        let script = server(vec![job.clone(), Act::json(failed)]);
        let held = rest(&script).destroy_igroup(&group(), &bounds(), &mutate());
        assert!(matches!(held.unwrap(), Removed::Held(_)));
    }
}

/// The array goes on without us: nobody may say that it was not done.
#[test]
fn a_job_that_nobody_waits_for_goes_on() {
    let job = Act::http(202, &json!({"job": {"uuid": LUN}}).to_string());
    let stop = Stop::new();
    let raise = stop.clone();
    let script = Script::start(move |seen| {
        if seen.path.starts_with("/api/cluster/jobs/") {
            raise.request();
            return Act::json(json!({"state": "running"}));
        }
        job.clone()
    });
    let stopped = Bounds::new(Duration::from_secs(60), "test", stop);
    let told = rest(&script).destroy_igroup(&group(), &stopped, &mutate());
    let error = told.unwrap_err();
    assert!(error.is_lost(), "{error}");
    let text = error.to_string();
    assert!(text.contains(&format!("job {LUN} goes on")), "{text}");
}

#[test]
fn a_secret_is_sent_and_never_shown() {
    let account = Account {
        user: "node11".into(),
        secret: Secret::new("canary-chap-secret".into()),
        mutual: None,
    };
    let rest = Rest::new(client(&["http://127.0.0.1:9"], |_| {}));
    let message = rest.plan(&Deed::AddCredential(
        "iqn.1994-05.com.redhat:c001",
        &account,
    ));
    let sent = String::from_utf8(message.body.unwrap()).unwrap();
    let shown = message.shown.unwrap().to_string();
    assert!(
        sent.contains("canary") && !shown.contains("canary"),
        "{shown}"
    );
    let zapi = super::super::zapi::Zapi::new(client(&["http://127.0.0.1:9"], |_| {}));
    let message = zapi.plan(&Deed::AddCredential(
        "iqn.1994-05.com.redhat:c001",
        &account,
    ));
    let sent = String::from_utf8(message.body.unwrap()).unwrap();
    let shown = message.shown.unwrap().to_string();
    assert!(
        sent.contains("canary") && !shown.contains("canary"),
        "{shown}"
    );
}

#[test]
fn texts_in_queries() {
    assert_eq!(encode("/vol/a b/x?1"), "%2Fvol%2Fa%20b%2Fx%3F1");
    assert_eq!(encode("iqn.1:c*|d"), "iqn.1%3Ac*%7Cd");
}
