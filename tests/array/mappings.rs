//! Views, direct mappings, LUN numbers.

use super::*;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::nouns::HostLun;
use sanctl::sim::server::{Device as _, Request};
use serde_json::{Value, json};

#[test]
pub(crate) fn views_with_their_groups() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        lab.practice.populate(3);
        let host = lab.practice.add_host("node1");
        let hostgroup = lab.practice.add_hostgroup("hg", &[host]);
        let half = lab.practice.add_view("half", Some(hostgroup), None);
        let mappings = lab.array.mappings().unwrap();
        let found = mappings.find(&named("half"), &bounds()).unwrap().unwrap();
        assert_eq!(
            (found.id.clone(), found.kind.as_str()),
            (half.to_string(), "view")
        );
        assert_eq!(found.hostgroup.unwrap().name, "hg");
        assert_eq!((found.lungroup, found.portgroup), (None, None));
        let all = list(mappings, &Filter::default()).unwrap();
        assert_eq!(all.len(), 4);
        for view in &all[..3] {
            let host = view.name.strip_prefix("OpenStack_Mapping_View_").unwrap();
            assert_eq!(
                view.hostgroup.as_ref().unwrap().name,
                format!("OpenStack_HostGroup_{host}")
            );
            assert_eq!(
                view.lungroup.as_ref().unwrap().name,
                format!("OpenStack_LunGroup_{host}")
            );
        }
        let by_host = Filter {
            host: Some(named("node1")),
            ..Filter::default()
        };
        let names = |filter: &Filter| -> Vec<String> {
            let found = list(mappings, filter).unwrap();
            found.into_iter().map(|m| m.name).collect()
        };
        assert_eq!(names(&by_host), ["half"]);
        let by_group = Filter {
            hostgroup: Some(named("hg")),
            ..Filter::default()
        };
        assert_eq!(names(&by_group), ["half"]);
        assert_eq!(mappings.find(&named("none"), &bounds()).unwrap(), None);
        lab.done();
    }
}

#[test]
pub(crate) fn the_luns_of_a_host_and_the_hosts_of_a_lun() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let (one, two) = (
            lab.practice.add_host("node1"),
            lab.practice.add_host("node2"),
        );
        let luns: Vec<u64> = (0..130)
            .map(|n| lab.practice.add_lun(&format!("vol-{n}"), 1 << 30))
            .collect();
        for (n, host) in [(1, one), (2, two)] {
            let hostgroup = lab.practice.add_hostgroup(&format!("hg{n}"), &[host]);
            let members = if n == 1 { &luns[..] } else { &luns[..1] };
            let lungroup = lab.practice.add_lungroup(&format!("lg{n}"), members);
            lab.practice
                .add_view(&format!("view{n}"), Some(hostgroup), Some(lungroup));
        }
        let mut seen: Vec<HostLun> = Vec::new();
        lab.array
            .host_luns(&named("node1"), &bounds(), &mut |lun| {
                seen.push(lun);
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(seen.len(), 130);
        for lun in &seen {
            let lun_id: u64 = lun.id.parse().unwrap();
            let want = lab.practice.lun_number(one, lun_id).unwrap();
            assert_eq!(u32::from(lun.lun_number.unwrap().0), want);
        }
        let rows = lab.array.lun_mappings(&named("vol-0"), &bounds()).unwrap();
        let rows: Vec<(String, String, String, u32)> = rows
            .into_iter()
            .map(|r| {
                (
                    r.mapping.unwrap().name,
                    r.lungroup.unwrap().name,
                    r.host.unwrap().name,
                    u32::from(r.lun_number.unwrap().0),
                )
            })
            .collect();
        let number = |host| lab.practice.lun_number(host, luns[0]).unwrap();
        assert_eq!(
            rows,
            [
                ("view1".into(), "lg1".into(), "node1".into(), number(one)),
                ("view2".into(), "lg2".into(), "node2".into(), number(two)),
            ]
        );
        let free = lab.array.free_numbers(&named("node1"), &bounds()).unwrap();
        let used: Vec<u16> = seen.iter().map(|l| l.lun_number.unwrap().0).collect();
        assert!(!free.is_empty() && free.is_sorted());
        assert!(free.iter().all(|n| !used.contains(&n.0)));
        let error = lab
            .array
            .free_numbers(&named("none"), &bounds())
            .unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        lab.done();
    }
}

#[test]
fn half_states_of_a_lun_are_shown() {
    let lab = Lab::new(&Seed::v3());
    let lun = lab.practice.add_lun("vol-1", 1 << 30);
    let alone = lab.practice.add_lungroup("alone", &[lun]);
    let rows = lab.array.lun_mappings(&id(lun), &bounds()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].lungroup.as_ref().unwrap().name, "alone");
    assert!(rows[0].mapping.is_none() && rows[0].host.is_none());
    lab.practice.add_view("view", None, Some(alone));
    let rows = lab.array.lun_mappings(&id(lun), &bounds()).unwrap();
    assert_eq!(rows[0].mapping.as_ref().unwrap().name, "view");
    assert!(rows[0].hostgroup.is_none());
    let free = lab.practice.add_lun("free", 1 << 30);
    assert_eq!(lab.array.lun_mappings(&id(free), &bounds()).unwrap(), []);
    let error = lab
        .array
        .lun_mappings(&named("none"), &bounds())
        .unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
    lab.done();
}

/// One call to the practice array by its own door, logged in by hand.
fn call(lab: &Lab, method: &str, rest: &str, body: &Value) -> Value {
    let request = |path: String, headers: Vec<(String, String)>, body: &Value, method: &str| {
        let reply = lab.practice.handle(&Request {
            method: method.into(),
            path,
            headers,
            body: body.to_string().into_bytes(),
            ..Request::default()
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (value, reply.headers)
    };
    let root = "/deviceManager/rest";
    let login = json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"});
    let (session, headers) = request(format!("{root}/xx/sessions"), vec![], &login, "POST");
    let cookie = headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case("set-cookie"))
        .and_then(|(_, v)| v.split(';').next())
        .unwrap()
        .to_owned();
    let token = session["data"]["iBaseToken"].as_str().unwrap().to_owned();
    let headers = vec![("ibasetoken".into(), token), ("cookie".into(), cookie)];
    let serial = lab.practice.serial();
    let (answer, _) = request(
        format!("{root}/{serial}{rest}"),
        headers.clone(),
        body,
        method,
    );
    request(
        format!("{root}/{serial}/sessions"),
        headers,
        &json!({}),
        "DELETE",
    );
    answer
}

#[test]
fn direct_mappings_are_told_apart_from_views() {
    let lab = Lab::new(&Seed::v6());
    let host = lab.practice.add_host("node1");
    let direct = lab.practice.add_lun("direct", 1 << 30);
    let viewed = lab.practice.add_lun("viewed", 1 << 30);
    let hostgroup = lab.practice.add_hostgroup("hg", &[host]);
    let lungroup = lab.practice.add_lungroup("lg", &[viewed]);
    lab.practice
        .add_view("view", Some(hostgroup), Some(lungroup));
    let body = json!({"hostId": host.to_string(), "lunId": direct.to_string()});
    let answer = call(&lab, "POST", "/mapping", &body);
    assert_eq!(answer["error"]["code"], 0, "{answer}");
    let rows = lab.array.lun_mappings(&named("direct"), &bounds()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].mapping.as_ref().unwrap().what, "direct");
    assert_eq!(rows[0].host.as_ref().unwrap().name, "node1");
    assert!(rows[0].lun_number.is_some());
    let rows = lab.array.lun_mappings(&named("viewed"), &bounds()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].mapping.as_ref().unwrap().name, "view");
    for filter in [
        Filter {
            host: Some(named("node1")),
            ..Filter::default()
        },
        Filter {
            lun: Some(named("direct")),
            ..Filter::default()
        },
    ] {
        let found = list(lab.array.mappings().unwrap(), &filter).unwrap();
        let directs: Vec<_> = found.iter().filter(|m| m.kind == "direct").collect();
        assert_eq!(directs.len(), 1, "{found:?}");
        assert_eq!(directs[0].lungroup.as_ref().unwrap().name, "direct");
    }
    let by_id = Selector::Id(format!("{host}:{direct}"));
    let mappings = lab.array.mappings().unwrap();
    let found = mappings.find(&by_id, &bounds()).unwrap().unwrap();
    assert_eq!(found.hostgroup.unwrap().name, "node1");
    for none in [format!("{host}:{viewed}"), "9:9".into()] {
        let found = mappings.find(&Selector::Id(none), &bounds()).unwrap();
        assert_eq!(found, None);
    }
    lab.done();
}
