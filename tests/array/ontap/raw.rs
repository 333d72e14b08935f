//! Requests as typed, over both interfaces whatever the tool itself speaks.

use std::sync::{Arc, Mutex};

use sanctl::array::ontap::config::ApiChoice;
use sanctl::array::raw::{Answered, Ask, Effect, Method, Request, Whom};
use sanctl::array::{Array, Error};
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::kit::trace::Trace;
use sanctl::sim::ontap::{Ontapi, Rest, Version};
use serde_json::{Value, json};

use crate::ontap::rig::{BOTH, IQN, ONE, Rig};
use crate::rig::{bounds, mutate};

fn rest(method: Method, path: &str, body: Option<Value>) -> Request {
    Request {
        ask: Ask::Http {
            method,
            path: path.into(),
            body,
        },
        whom: Whom::Configured,
    }
}

fn get(path: &str) -> Request {
    rest(Method::Get, path, None)
}

fn zapi(name: &str, fields: &[(&str, &str)]) -> Request {
    let own = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    Request {
        ask: Ask::Zapi {
            name: name.into(),
            fields: fields.iter().map(own).collect(),
            body: None,
        },
        whom: Whom::Configured,
    }
}

fn cluster(request: Request) -> Request {
    Request {
        whom: Whom::Cluster,
        ..request
    }
}

/// Sends it the way that it asks for.
fn send(array: &dyn Array, request: &Request) -> Result<Answered, Error> {
    let raw = array.raw().unwrap();
    match raw.weigh(request)?.effect {
        Effect::Reads => raw.read(request, &bounds()),
        Effect::Changes => raw.change(request, &bounds(), &mutate()),
    }
}

fn fails(array: &dyn Array, request: &Request) -> (Kind, String) {
    let error = send(array, request).unwrap_err();
    (error.kind(), format!("{error} {:?}", error.hints()))
}

#[test]
fn both_interfaces_whatever_is_configured() {
    for api in BOTH {
        let rig = Rig::new(api);
        let array = rig.open();
        let read = |request: &Request| {
            let answered = send(&array, request).unwrap();
            assert!(answered.refused.is_none(), "{answered:?}");
            answered.reply
        };
        // With and without the root, as documentation writes paths.
        for path in [
            "/api/storage/luns?fields=name",
            "storage/luns?fields=name",
            "/api//storage/luns?fields=name",
        ] {
            let found = read(&get(path));
            assert_eq!(found["records"][0]["name"], ONE, "{path}: {found}");
        }
        let found = read(&zapi(
            "lun-get-iter",
            &[
                ("query/lun-info/path", ONE),
                ("desired-attributes/lun-info/path", ""),
                ("desired-attributes/lun-info/size", ""),
            ],
        ));
        let results = &found["netapp"]["results"];
        assert_eq!(results["@status"], "passed", "{found}");
        let info = &results["attributes-list"]["lun-info"][0];
        assert_eq!(info["path"], ONE, "{found}");
        assert_eq!(info["size"], "1073741824", "{found}");
        let made = read(&rest(
            Method::Post,
            "/protocols/san/igroups?return_records=true",
            Some(json!({"name": "typed", "protocol": "iscsi", "os_type": "linux"})),
        ));
        let uuid = made["records"][0]["uuid"].as_str().unwrap().to_owned();
        read(&zapi(
            "igroup-add",
            &[("initiator-group-name", "typed"), ("initiator", IQN)],
        ));
        let mapped = read(&zapi(
            "lun-map",
            &[("path", ONE), ("initiator-group", "typed")],
        ));
        assert_eq!(mapped["netapp"]["results"]["lun-id-assigned"], "0");
        assert_eq!(rig.array.maps_of(ONE), [("typed".to_owned(), 0)]);
        let path = format!("/protocols/san/igroups/{uuid}");
        read(&rest(
            Method::Patch,
            &path,
            Some(json!({"comment": "by hand"})),
        ));
        assert_eq!(
            read(&get(&format!("{path}?fields=comment")))["comment"],
            "by hand"
        );
        // A refusal stands in the reply, and is told.
        let again = send(
            &array,
            &zapi("lun-map", &[("path", ONE), ("initiator-group", "typed")]),
        );
        let again = again.unwrap();
        assert_eq!(again.reply["netapp"]["results"]["@errno"], "9023");
        let text = again.refused.unwrap().to_string();
        assert!(text.contains("lun-map: code 9023"), "{text}");
        let gone = send(&array, &rest(Method::Delete, "/storage/luns/nix", None)).unwrap();
        assert!(gone.reply["error"]["code"].is_string(), "{gone:?}");
        assert!(gone.refused.is_some());
    }
}

#[test]
fn an_svm_or_the_cluster() {
    for api in BOTH {
        let rig = Rig::new(api);
        let array = rig.open();
        rig.between.take_seen();
        send(&array, &get("/storage/luns")).unwrap();
        send(&array, &cluster(get("/cluster/nodes"))).unwrap();
        send(&array, &zapi("iscsi-node-get-name", &[])).unwrap();
        let nodes = send(&array, &cluster(zapi("system-node-get-iter", &[]))).unwrap();
        assert!(nodes.refused.is_none(), "{nodes:?}");
        let seen = rig.between.take_seen();
        let svms: Vec<bool> = seen
            .iter()
            .map(|r| {
                let body = String::from_utf8_lossy(&r.body);
                r.header("x-dot-svm-name") == Some("svm_gold")
                    || body.contains("vfiler=\"svm_gold\"")
            })
            .collect();
        assert_eq!(svms, [true, false, true, false], "{seen:?}");
        // The SVM's other name after a switchover.
        rig.array.rename_svm("svm_gold", "svm_gold-mc");
        let found = send(&array, &zapi("iscsi-node-get-name", &[])).unwrap();
        assert!(found.refused.is_none(), "{found:?}");
        assert!(array.take_warnings()[0].contains("svm_gold-mc"));
        rig.array.rename_svm("svm_gold-mc", "elsewhere");
        let array = rig.open();
        let found = send(&array, &zapi("iscsi-node-get-name", &[])).unwrap();
        assert_eq!(found.reply["netapp"]["results"]["@errno"], "15698");
        let error = found.refused.unwrap();
        assert_eq!(error.kind(), Kind::Usage, "{error}");
    }
}

/// A change is never sent to what may not know it; nothing is sent twice.
#[test]
fn an_interface_that_is_not_there() {
    for off in [
        Ontapi::Html,
        Ontapi::NotFound,
        Ontapi::Unavailable,
        Ontapi::Closed,
        Ontapi::UnknownCalls,
    ] {
        let rig = Rig::new(ApiChoice::Auto);
        rig.array.set_options(|o| o.ontapi = off);
        let array = rig.open();
        for request in [
            zapi("lun-get-iter", &[]),
            zapi("lun-unmap", &[("path", ONE)]),
        ] {
            if off == Ontapi::UnknownCalls && request.object() == "lun-get-iter" {
                let told = send(&array, &request).unwrap();
                assert_eq!(told.reply["netapp"]["results"]["@errno"], "13005");
                assert_eq!(told.refused.unwrap().kind(), Kind::Unsupported);
                continue;
            }
            rig.between.take_seen();
            let (kind, text) = fails(&array, &request);
            assert_eq!(kind, Kind::Unsupported, "{off:?}: {text}");
            assert!(text.contains("ZAPI that answers"), "{off:?}: {text}");
            assert!(text.contains("array call GET"), "{off:?}: {text}");
            let seen = rig.between.take_seen();
            let sent = |r: &&sanctl::sim::server::Request| {
                String::from_utf8_lossy(&r.body).contains("<lun-unmap>")
            };
            assert_eq!(seen.iter().filter(sent).count(), 0, "{off:?}");
        }
        assert!(send(&array, &get("/storage/luns")).is_ok(), "{off:?}");
    }
    for off in [Rest::NotFound, Rest::Closed] {
        let rig = Rig::new(ApiChoice::Auto);
        rig.array.set_options(|o| o.rest = off);
        let array = rig.open();
        for request in [
            get("/storage/luns"),
            rest(Method::Patch, "/storage/luns/x", Some(json!({}))),
        ] {
            let (kind, text) = fails(&array, &request);
            assert_eq!(kind, Kind::Unsupported, "{off:?}: {text}");
            assert!(text.contains("REST that answers"), "{off:?}: {text}");
            assert!(text.contains("--zapi"), "{off:?}: {text}");
        }
    }
    // Too old for this tool's own work, and REST all the same.
    let rig = Rig::new(ApiChoice::Auto);
    rig.array.set_version(Version::new(7, 0));
    let array = rig.open();
    assert!(send(&array, &get("/storage/luns")).is_ok());
    let (kind, text) = fails(&array, &rest(Method::Put, "/storage/luns", None));
    assert_eq!(kind, Kind::Unsupported);
    assert!(text.contains("PATCH"), "{text}");
}

#[test]
fn a_lost_answer_is_told_and_nothing_is_sent_twice() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("typed", "iscsi", &[IQN]);
        let array = rig.open();
        for (change, route) in [
            (
                zapi("lun-map", &[("path", ONE), ("initiator-group", "typed")]),
                "POST /zapi/lun-map",
            ),
            (
                rest(
                    Method::Post,
                    "/protocols/san/lun-maps",
                    Some(json!({"lun": {"name": ONE}, "igroup": {"name": "typed"}})),
                ),
                "POST /protocols/san/lun-maps",
            ),
        ] {
            for act in [
                "drop-after",
                "html-after",
                "truncated",
                "code-after:timeout",
            ] {
                rig.array.unmap(ONE, "typed");
                rig.fault(&format!("{route}={act}"));
                rig.server.clear_requests();
                let error = match send(&array, &change) {
                    Ok(answered) => answered.refused.unwrap(),
                    Err(error) => error,
                };
                assert!(error.is_lost(), "{route} {act}: {error}");
                let sent = rig.server.requests();
                let hits = sent.iter().filter(|s| route.ends_with(&s.route)).count();
                assert_eq!(hits, 1, "{route} {act}: {sent:#?}");
            }
            rig.fault("");
        }
        // A busy array is told, not waited for.
        rig.fault("POST /zapi/lun-unmap=code:busy");
        let unmap = zapi("lun-unmap", &[("path", ONE), ("initiator-group", "typed")]);
        let told = send(&array, &unmap).unwrap();
        assert!(told.refused.is_some(), "{told:?}");
        rig.fault("");
    }
}

#[test]
fn what_cannot_be_sent_is_not_sent() {
    let rig = Rig::new(ApiChoice::Rest);
    let array = rig.open();
    rig.between.take_seen();
    for request in [
        get(""),
        get("/a b"),
        get("/../servlets"),
        get("/api/%2e%2e/servlets"),
        zapi("lun get", &[]),
        zapi("lun-map", &[("a//b", "1")]),
        zapi("lun-map", &[("a", "\u{7}")]),
        zapi(
            "iscsi-initiator-add-auth",
            &[("passphrase", "canary-of-chap")],
        ),
    ] {
        let (kind, text) = fails(&array, &request);
        assert_eq!(kind, Kind::Usage, "{request:?}: {text}");
        assert!(!text.contains("canary"), "{text}");
    }
    // A reading door lets no change pass.
    let raw = array.raw().unwrap();
    assert!(raw.read(&zapi("lun-unmap", &[]), &bounds()).is_err());
    assert!(
        raw.read(&rest(Method::Patch, "/x", None), &bounds())
            .is_err()
    );
    assert!(rig.between.take_seen().is_empty());
}

#[test]
fn secrets_are_told_nowhere() {
    for api in BOTH {
        let rig = Rig::new(api);
        let told = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&told);
        let trace = Trace::default().to(move |event| {
            sink.lock().unwrap().push_str(&event.to_string());
        });
        let array = rig.open_traced(trace);
        let secret = "canary<of&chap";
        let add = Request {
            ask: Ask::Zapi {
                name: "iscsi-initiator-add-auth".into(),
                fields: vec![("initiator".into(), IQN.into())],
                body: Some(json!({"auth-type": "CHAP", "user-name": "node11",
                    "passphrase": secret})),
            },
            whom: Whom::Configured,
        };
        let patch = rest(
            Method::Post,
            "/protocols/san/iscsi/credentials",
            Some(json!({"initiator": IQN, "authentication_type": "chap",
                "chap": {"inbound": {"user": "node11", "password": secret}}})),
        );
        // Everything that an array could do with what it was sent.
        let said = [
            format!(
                "<netapp><results status='failed' errno='13115' reason='bad {}'/></netapp>",
                secret.replace('&', "&amp;").replace('<', "&lt;")
            ),
            json!({"error": {"code": "262197", "message": format!("bad value {secret}")}})
                .to_string(),
            json!({"records": [{"chap": {"inbound": {"password": secret}}, "echo": secret}]})
                .to_string(),
            format!(
                "<netapp><results status='passed'><passphrase>{0}</passphrase><echo>{0}</echo></results></netapp>",
                secret.replace('&', "&amp;").replace('<', "&lt;")
            ),
            format!(
                "<html>{secret} {} YWRtaW46TmV0YXBwMSE= Netapp1!",
                secret.replace('&', "&amp;").replace('<', "&lt;")
            ),
        ];
        for request in [&add, &patch] {
            let line = array.raw().unwrap().weigh(request).unwrap().line;
            assert!(line.contains("curl") && line.contains("node11"), "{line}");
            assert!(!line.contains("canary"), "{line}");
            for body in &said {
                let body = body.clone();
                let path = match &request.ask {
                    Ask::Zapi { .. } => "add-auth",
                    Ask::Http { .. } => "credentials",
                };
                rig.between.twist(move |request, reply| {
                    let sent = String::from_utf8_lossy(&request.body);
                    if sent.contains(path) || request.path.contains(path) {
                        reply.status = 200;
                        reply.body.clone_from(&body.clone().into_bytes());
                    }
                });
                let text = match send(&array, request) {
                    Ok(answered) => format!("{} {:?}", answered.reply, answered.refused),
                    Err(error) => format!("{error} {:?}", error.hints()),
                };
                assert!(!text.contains("canary"), "{text}");
                assert!(!text.contains("Netapp1"), "{text}");
            }
            rig.between.heal();
        }
        let told = told.lock().unwrap();
        assert!(told.contains("iscsi-initiator-add-auth"), "{told}");
        assert!(!told.contains("canary"), "{told}");
        assert!(!told.contains("YWRtaW46"), "{told}");
    }
}
