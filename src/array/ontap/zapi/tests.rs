//! ZAPI against answers of the fact sheet: what is sent, and what is made of what comes back.

use std::sync::Mutex;

use super::super::client::tests::{bounds, client, mutate};
use super::super::wire::*;
use super::*;
use crate::array::http::script::{Act, Script};
use crate::kit::kind::{Failure as _, Kind};
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;

fn passed(inner: &str) -> Act {
    Act::http(
        200,
        &format!(
            "<?xml version='1.0' encoding='UTF-8' ?><!DOCTYPE netapp SYSTEM \
             'file:/etc/netapp_gx.dtd'>\r\n<netapp version='1.241' \
             xmlns='http://www.netapp.com/filer/admin'>\r\n<results status=\"passed\">{inner}\
             </results></netapp>"
        ),
    )
}

fn failed(errno: &str, reason: &str) -> Act {
    Act::http(
        200,
        &format!(
            "<netapp version='1.241'><results status=\"failed\" reason=\"{reason}\" \
             errno=\"{errno}\"></results></netapp>"
        ),
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

fn zapi(script: &Script) -> Zapi {
    Zapi::new(client(&[&script.url], |s| s.svm = Some("svm_gold".into())))
}

fn group() -> IgroupRef {
    IgroupRef {
        name: "openstack-9f".into(),
        uuid: "7c".into(),
    }
}

fn volume() -> LunRef {
    LunRef {
        path: "/vol/cinder_a/volume-0001".into(),
        uuid: "ec".into(),
    }
}

#[test]
fn a_call_is_what_the_sheet_shows() {
    let script = server(vec![passed("<lun-id-assigned>4</lun-id-assigned>")]);
    let mapped = zapi(&script)
        .map(&volume(), &group(), None, &bounds(), &mutate())
        .unwrap();
    assert_eq!(mapped, Mapped::New(Some(LunNumber(4))));
    let seen = &script.seen()[0];
    assert_eq!(
        seen.path,
        "/servlets/netapp.servlets.admin.XMLrequest_filer"
    );
    assert_eq!(seen.header("content-type"), Some("text/xml"));
    assert_eq!(
        seen.header("x-dot-client-app"),
        Some(concat!("sanctl/", env!("CARGO_PKG_VERSION")))
    );
    // "admin:canary-password".
    assert_eq!(
        seen.header("authorization"),
        Some("Basic YWRtaW46Y2FuYXJ5LXBhc3N3b3Jk")
    );
    assert_eq!(
        seen.body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><netapp \
         xmlns=\"http://www.netapp.com/filer/admin\" version=\"1.21\" vfiler=\"svm_gold\">\
         <lun-map><path>/vol/cinder_a/volume-0001</path>\
         <initiator-group>openstack-9f</initiator-group></lun-map></netapp>"
    );
}

#[test]
fn the_map_of_the_sheet() {
    let info = "<attributes-list><lun-map-info><initiator-group>openstack-9f</initiator-group>\
        <initiator-group-uuid>7C</initiator-group-uuid><lun-id>4</lun-id><lun-uuid>ec</lun-uuid>\
        <node>ams-01a</node><path>/vol/cinder_a/volume-0001</path><reporting-nodes>\
        <node-name>ams-01a</node-name><node-name>ams-01b</node-name></reporting-nodes>\
        <vserver>svm_gold</vserver></lun-map-info>\
        <lun-map-info><lun-uuid>ec</lun-uuid><vserver>svm_tin</vserver></lun-map-info>\
        </attributes-list><num-records>2</num-records>";
    let script = server(vec![passed(info)]);
    let zapi = zapi(&script);
    let query = MapQuery::Lun("ec".into());
    let maps = super::super::wire::all(|each| zapi.maps(&query, &bounds(), each)).unwrap();
    // What belongs to another SVM is left out.
    assert_eq!(maps.len(), 1);
    assert_eq!(maps[0].number, Some(LunNumber(4)));
    assert_eq!(maps[0].igroup_uuid, "7c");
    let nodes = maps[0].reporting.clone().unwrap();
    assert_eq!(nodes, ["ams-01a", "ams-01b"]);
    let body = &script.seen()[0].body;
    assert!(body.contains("<query><lun-map-info><lun-uuid>ec</lun-uuid></lun-map-info></query>"));
    assert!(body.contains("<reporting-nodes><node-name/></reporting-nodes>"));
}

#[test]
fn pages_follow_their_tags_with_the_same_query() {
    let lun = |n: u32| format!("<lun-info><path>/vol/v/l{n}</path><volume>v</volume></lun-info>");
    let page = |n: u32, tag: &str| {
        passed(&format!(
            "<attributes-list>{}</attributes-list><num-records>1</num-records>{tag}",
            lun(n)
        ))
    };
    let tag = "<next-tag>&lt;lun-get-iter-key-td&gt;&lt;key-0&gt;a &amp;amp; \
               'b'&lt;/key-0&gt;&lt;/lun-get-iter-key-td&gt;</next-tag>";
    let script = server(vec![
        page(1, tag),
        passed("<num-records>0</num-records><next-tag>2</next-tag>"),
        page(3, "<next-tag/>"),
    ]);
    let zapi = zapi(&script);
    let query = LunQuery::All {
        volume: Some("v".into()),
    };
    let luns = super::super::wire::all(|each| zapi.luns(&query, &bounds(), each)).unwrap();
    let paths: Vec<&str> = luns.iter().map(|l| l.path.as_str()).collect();
    assert_eq!(paths, ["/vol/v/l1", "/vol/v/l3"]);
    let seen = script.seen();
    assert_eq!(seen.len(), 3);
    assert!(!seen[0].body.contains("<tag>"));
    assert!(
        seen[1].body.contains(
            "<tag>&lt;lun-get-iter-key-td&gt;&lt;key-0&gt;a &amp;amp; \
             &apos;b&apos;&lt;/key-0&gt;&lt;/lun-get-iter-key-td&gt;</tag>"
        ),
        "{}",
        seen[1].body
    );
    for one in &seen {
        let query = "<query><lun-info><volume>v</volume></lun-info></query>";
        assert!(one.body.contains(query) && one.body.contains("<desired-attributes>"));
    }
}

#[test]
fn tags_that_never_end() {
    let script = server(vec![passed(
        "<num-records>0</num-records><next-tag>1</next-tag>",
    )]);
    let zapi = zapi(&script);
    let query = LunQuery::All { volume: None };
    let error = zapi
        .luns(&query, &bounds(), &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap_err();
    assert!(error.to_string().contains("circle"), "{error}");
    let count = Mutex::new(0);
    let script = Script::start(move |_| {
        let mut count = count.lock().unwrap();
        *count += 1;
        passed(&format!(
            "<num-records>0</num-records><next-tag>{count}</next-tag>"
        ))
    });
    let zapi = super::Zapi::new(client(&[&script.url], |_| {}));
    let error = zapi
        .luns(&query, &bounds(), &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap_err();
    assert!(error.to_string().contains("never end"), "{error}");
    assert!(script.seen().len() <= 101);
}

#[test]
fn volumes_that_could_not_be_read_are_told() {
    let script = server(vec![passed(
        "<num-records>0</num-records><volume-errors><volume-error><errno>13042</errno>\
         <name>v9</name><reason>volume is offline</reason><vserver>s</vserver></volume-error>\
         </volume-errors>",
    )]);
    let zapi = zapi(&script);
    zapi.luns(&LunQuery::All { volume: None }, &bounds(), &mut |_| {
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    let warnings = zapi.client.take_warnings();
    assert_eq!(
        warnings,
        ["array gold: the LUNs of volume v9 could not be read: volume is offline (13042)"]
    );
}

#[test]
fn what_refusals_come_to() {
    let map = |act: Act| {
        let script = server(vec![act]);
        zapi(&script).map(&volume(), &group(), None, &bounds(), &mutate())
    };
    assert_eq!(
        map(failed("9023", "LUN already mapped to this group")).unwrap(),
        Mapped::Already
    );
    for (errno, word) in [("9024", "another LUN"), ("9039", "another igroup")] {
        match map(failed(errno, "x")).unwrap() {
            Mapped::Taken(said) | Mapped::Elsewhere(said) => assert!(said.contains(word), "{said}"),
            other => panic!("{errno}: {other:?}"),
        }
    }
    for (errno, kind) in [
        ("9003", Kind::Refused),
        ("9017", Kind::Refused),
        ("9009", Kind::Refused),
        ("13003", Kind::Denied),
        ("13002", Kind::Denied),
        ("13005", Kind::Unsupported),
        ("13115", Kind::Usage),
        ("14924", Kind::Failed),
        ("13114", Kind::Unreachable),
        ("nonsense", Kind::Failed),
    ] {
        let error = map(failed(errno, "words")).unwrap_err();
        assert_eq!(error.kind(), kind, "{errno}: {error}");
    }
    let unmap = |act: Act| {
        let script = server(vec![act]);
        zapi(&script)
            .unmap(&volume(), &group(), &bounds(), &mutate())
            .unwrap()
    };
    assert_eq!(unmap(failed("9016", "x")), Removed::NotThere);
    for errno in ["9017", "9003", "13115", "15661"] {
        assert!(
            matches!(unmap(failed(errno, "x")), Removed::Look(_)),
            "{errno}"
        );
    }
    let destroy = |act: Act| {
        let script = server(vec![act]);
        zapi(&script)
            .destroy_igroup(&group(), &bounds(), &mutate())
            .unwrap()
    };
    assert!(matches!(destroy(failed("9029", "x")), Removed::Held(_)));
    assert_eq!(destroy(failed("9003", "x")), Removed::NotThere);
    assert_eq!(destroy(passed("")), Removed::Gone);
}

#[test]
fn the_missing_command_of_a_role_is_named() {
    let script = server(vec![failed("13003", "Insufficient privileges: user 'u'")]);
    let error = zapi(&script)
        .map(&volume(), &group(), None, &bounds(), &mutate())
        .unwrap_err();
    assert!(error.to_string().contains("lun mapping create"), "{error}");
}

#[test]
fn an_svm_that_is_called_otherwise_after_a_switchover() {
    let script = Script::start(|seen| {
        if seen.body.contains("vfiler=\"svm_gold-mc\"") {
            passed("<lun-id-assigned>0</lun-id-assigned>")
        } else {
            failed("15698", "Specified vserver not found")
        }
    });
    let zapi = zapi(&script);
    let map = || zapi.map(&volume(), &group(), None, &bounds(), &mutate());
    assert_eq!(map().unwrap(), Mapped::New(Some(LunNumber(0))));
    map().unwrap();
    assert_eq!(script.seen().len(), 3);
    assert!(zapi.client.take_warnings()[0].contains("svm_gold-mc"));
    let script = server(vec![failed("15698", "Specified vserver not found")]);
    let error = super::super::zapi::Zapi::new(client(&[&script.url], |s| {
        s.svm = Some("nix".into());
    }))
    .map(&volume(), &group(), None, &bounds(), &mutate())
    .unwrap_err();
    assert!(error.to_string().contains("no SVM nix"), "{error}");
    assert_eq!(error.kind(), Kind::Usage);
}

#[test]
fn zapi_that_is_switched_off() {
    for act in [
        Act::http(404, "<html><body>Not Found<br></body></html>"),
        Act::http(403, "Forbidden"),
        // A page under a status of success (§1).
        Act::http(200, "<HTML><body>Not Found</body></html>"),
        Act::http(200, "\n<!doctype html><p>Not Found"),
    ] {
        let script = server(vec![act]);
        let error = zapi(&script)
            .service(Protocol::Iscsi, &bounds())
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported, "{error}");
        assert!(error.hints()[0].contains("api = \"rest\""), "{error:?}");
    }
}
