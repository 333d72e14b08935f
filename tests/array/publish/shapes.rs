//! Arrays that say the same in other ways: every shape that the fact sheet allows or leaves open
//! must lead through the same flows (oceanstor.md §2, §3, §7).

use sanctl::sim::oceanstor::{Hints, Paging, Seed};
use sanctl::sim::server::{Reply, Request};
use serde_json::{Map, Value, json};

use crate::rig::{GIB, Rig};

type Twist = fn(&Request, &str, &mut Reply);

/// From nothing to nothing, through every state between.
fn flows(name: &str, rig: &Rig) {
    rig.array.populate(3);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    let before = rig.array.dump();
    let one = rig.attach("vol-1").expect();
    let again = rig.attach("vol-1").expect();
    let made = |t: &&String| t.ends_with("created");
    assert_eq!(again.trail.iter().find(made), None, "{name}");
    let two = rig.attach("vol-2").expect();
    assert_ne!(one.facts.lun_number, two.facts.lun_number, "{name}");
    assert!(one.facts.connection.is_some(), "{name}");
    rig.detach("vol-1", Some(&one.facts)).expect();
    rig.detach("vol-2", Some(&two.facts)).expect();
    assert!(rig.array.dump() == before, "{name}: something is left");
    assert_eq!(rig.array.open_sessions(), 0, "{name}");
}

fn on_both(name: &str, twist: Twist) {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = Rig::new(&seed);
        rig.twist(twist);
        flows(name, &rig);
    }
}

/// Changes the JSON of a reply.
pub(crate) fn json_of(reply: &mut Reply, change: impl Fn(&mut Value)) {
    if let Ok(mut value) = serde_json::from_slice(&reply.body) {
        change(&mut value);
        reply.body = value.to_string().into_bytes();
    }
}

/// Changes every object of a reply.
pub(crate) fn objects_of(reply: &mut Reply, change: impl Fn(&mut Map<String, Value>)) {
    json_of(reply, |value| match &mut value["data"] {
        Value::Object(object) => change(object),
        Value::Array(list) => list
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(&change),
        _ => {}
    });
}

fn is_empty(data: &Value) -> bool {
    match data {
        Value::Null => true,
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn without(query: &str, part: &str) -> String {
    let kept = query.split('&').filter(|p| !p.starts_with(part));
    kept.collect::<Vec<_>>().join("&")
}

fn refuse(reply: &mut Reply, code: i64) {
    *reply = Reply::new(
        200,
        "application/json",
        json!({"error": {"code": code, "description": "no"}}).to_string(),
    );
}

pub(crate) fn not_found(reply: &mut Reply) {
    *reply = Reply::new(404, "text/html", "<html>404</html>");
}

#[test]
fn numbers_and_truths_are_themselves_or_texts() {
    on_both("numbers", |_, _, reply| {
        objects_of(reply, |object| {
            for value in object.values_mut() {
                let Some(text) = value.as_str() else { continue };
                if let Ok(number) = text.parse::<u32>()
                    && number.to_string() == text
                {
                    *value = json!(number);
                } else if let Ok(truth) = text.parse::<bool>() {
                    *value = json!(truth);
                }
            }
        });
    });
    on_both("texts", |_, _, reply| {
        objects_of(reply, |object| {
            for value in object.values_mut().filter(|v| v.is_number()) {
                *value = json!(value.to_string());
            }
        });
    });
}

#[test]
fn envelopes_of_every_shape() {
    on_both("code as text, no description", |_, _, reply| {
        json_of(reply, |v| {
            v["error"] = json!({"code": v["error"]["code"].to_string()});
        });
    });
    for data in [json!(null), json!([]), json!({}), json!("")] {
        let rig = Rig::v3();
        let text = data.to_string();
        rig.twist(move |_, _, reply| {
            let data = data.clone();
            json_of(reply, |v| {
                if is_empty(&v["data"]) {
                    v["data"] = data.clone();
                }
            });
        });
        flows(&text, &rig);
    }
    on_both("a list of one is an object", |_, _, reply| {
        json_of(reply, |v| {
            if let Some([one]) = v["data"].as_array().map(Vec::as_slice) {
                v["data"] = one.clone();
            }
        });
    });
    on_both("an object is a list of one", |_, route, reply| {
        json_of(reply, |v| {
            if v["data"].is_object() && !is_empty(&v["data"]) && route != "/sessions" {
                v["data"] = json!([v["data"]]);
            }
        });
    });
    on_both(
        "a create that does not tell the id",
        |request, route, reply| {
            if request.method == "POST" && route != "/sessions" {
                json_of(reply, |v| v["data"] = json!({}));
            }
        },
    );
    on_both("another content type", |_, _, reply| {
        reply.headers = vec![("content-type".into(), "text/html; charset=GBK".into())]
            .into_iter()
            .chain(reply.headers.drain(..).filter(|(n, _)| n != "content-type"))
            .collect();
    });
}

#[test]
fn arrays_without_counts() {
    on_both("HTTP 404", |_, route, reply| {
        if route.ends_with("/count") {
            not_found(reply);
        }
    });
    on_both("not supported", |_, route, reply| {
        if route.ends_with("/count") {
            refuse(reply, 1_077_949_002);
        }
    });
}

#[test]
fn arrays_without_snapshots() {
    on_both("snapshots", |_, route, reply| {
        if route.starts_with("/snapshot") {
            refuse(reply, 1_077_949_002);
        }
    });
}

#[test]
fn filters_that_are_refused_fuzzy_or_ignored() {
    on_both("refused", |request, _, reply| {
        if request.query.contains("filter=") {
            refuse(reply, 50_331_651);
        }
    });
    let fuzzy: fn(&str) -> String = |query| query.replace("::", ":");
    let ignored: fn(&str) -> String = |query| without(query, "filter=");
    for query in [fuzzy, ignored] {
        let rig = Rig::v6();
        rig.bend(move |request| request.query = query(&request.query));
        // More than one reply holds, so that what is looked for is not in the first.
        for i in 0..120 {
            rig.array.add_lun(&format!("a-vol-1-{i}"), GIB);
            rig.array.add_host(&format!("a-compute-2-{i}"));
        }
        flows("fuzzy or ignored", &rig);
    }
}

#[test]
fn ranges_that_are_refused_or_ignored() {
    on_both("refused", |request, _, reply| {
        if request.query.contains("range=") {
            refuse(reply, 50_331_651);
        }
    });
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = Rig::new(&seed);
        rig.array.set_options(|o| o.paging = Paging::Full);
        rig.bend(|request| request.query = without(&request.query, "range="));
        flows("ignored", &rig);
    }
}

#[test]
fn initiators_that_cannot_be_read_by_their_name() {
    on_both("by id", |request, route, reply| {
        if request.method == "GET" && route.starts_with("/iscsi_initiator/iqn") {
            refuse(reply, 50_331_651);
        }
    });
}

#[test]
fn arrays_that_say_nothing_of_direct_mappings() {
    for act in [not_found as fn(&mut Reply), |r| refuse(r, 1_077_949_002)] {
        for seed in [Seed::v3(), Seed::v6()] {
            let rig = Rig::new(&seed);
            rig.twist(move |_, route, reply| {
                if route.starts_with("/mapping/") {
                    act(reply);
                }
                objects_of(reply, |object| {
                    object.remove("ISADD2LUNGROUP");
                });
            });
            flows("direct mappings", &rig);
        }
    }
}

#[test]
fn luns_that_tell_nothing_but_what_they_are() {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = Rig::new(&seed);
        rig.array.set_options(|o| o.hints = Hints::Omitted);
        rig.twist(|_, _, reply| {
            objects_of(reply, |object| {
                for field in [
                    "HEALTHSTATUS",
                    "RUNNINGSTATUS",
                    "NGUID",
                    "mapped",
                    "DESCRIPTION",
                ] {
                    object.remove(field);
                }
                if let Some(Value::String(wwn)) = object.get_mut("WWN") {
                    *wwn = wwn.to_uppercase();
                }
            });
        });
        flows("bare", &rig);
    }
}

#[test]
fn the_lun_number_in_other_spellings() {
    for spelling in [
        |n: u64| json!(format!("{{\"HOSTLUNID\": \"{n}\"}}")),
        |n: u64| json!({"hostLunId": n}),
    ] {
        let rig = Rig::v3();
        rig.twist(move |_, _, reply| {
            objects_of(reply, |object| {
                let told = object.get("ASSOCIATEMETADATA").and_then(Value::as_str);
                let told: Option<Value> = told.and_then(|t| serde_json::from_str(t).ok());
                let number = told.and_then(|t| t["HostLUNID"].as_u64());
                if let Some(number) = number {
                    object.insert("ASSOCIATEMETADATA".into(), spelling(number));
                }
            });
        });
        flows("number", &rig);
    }
}

/// The codes with which an array may say that what was to be done is done already (§4).
#[test]
fn removals_and_joins_that_were_done_already() {
    for (part, code) in [
        ("DELETE /", 1_077_948_996),
        ("DELETE /host/associate", 1_073_745_412),
        ("DELETE /host/", 1_077_937_498),
        ("DELETE /hostgroup/", 1_077_937_500),
        ("DELETE /lungroup/", 1_077_936_861),
        ("DELETE /mappingview/", 1_077_951_819),
        ("PUT /mappingview/remove", 1_073_804_552),
        ("PUT /mappingview/remove", 1_073_804_554),
        ("PUT /mappingview/remove", 1_077_951_819),
        ("PUT /iscsi_initiator/remove", 1_077_950_342),
        ("PUT /iscsi_initiator/remove", 1_077_948_996),
    ] {
        let rig = Rig::v3();
        rig.twist(move |request, route, reply| {
            let call = format!("{} {route}", request.method);
            if call.starts_with(part) && route != "/sessions" {
                refuse(reply, code);
            }
        });
        flows(part, &rig);
    }
    for (call, code) in [
        ("POST /hostgroup/associate", 1_077_937_501),
        ("POST /hostgroup/associate", 1_077_948_997),
        ("POST /lungroup/associate", 1_077_936_862),
        ("POST /lungroup/associate", 1_077_948_997),
        ("PUT /mappingview/create_associate", 1_073_804_556),
        ("PUT /mappingview/create_associate", 1_073_804_560),
    ] {
        let rig = Rig::v6();
        rig.array.add_lun("vol-1", GIB);
        rig.twist(move |request, route, reply| {
            if format!("{} {route}", request.method) == call {
                refuse(reply, code);
            }
        });
        let walked = rig.attach("vol-1").expect();
        assert!(walked.facts.lun_number.is_some(), "{call} {code}");
    }
}
