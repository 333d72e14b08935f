//! Catalogs: both interfaces tell the same.

use std::ops::ControlFlow;

use sanctl::array::{Array, Catalog, Error, Filter, Viewer};
use sanctl::model::nouns::Protocol;
use sanctl::model::selector::Selector;
use sanctl::sim::server::Reply;
use serde::Serialize;
use serde_json::{Value, json};

use crate::ontap::rig::{BOTH, IQN, NODE, ONE, OWN, Rig, TWO};
use crate::rig::bounds;

const OTHER: &str = "iqn.1994-05.com.redhat:c004";

fn listed<T: Serialize>(catalog: &dyn Catalog<T>, filter: &Filter) -> Value {
    let mut all = Vec::new();
    catalog
        .each(filter, &bounds(), &mut |one| {
            all.push(serde_json::to_value(one).unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
    all.sort_by_key(|one| one["id"].to_string());
    all.into()
}

fn select(text: &str) -> Selector {
    text.parse().unwrap()
}

/// Everything that an array tells.
fn told(rig: &Rig) -> Value {
    let array = rig.open();
    let none = Filter::default();
    let host = select(NODE);
    let mut luns = Vec::new();
    array
        .host_luns(&host, &bounds(), &mut |lun| {
            luns.push(serde_json::to_value(lun).unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
    let group = array.hostgroups().unwrap().detail(&select(OWN), &bounds());
    json!({
        "luns": listed(array.luns(), &none),
        "ports": listed(array.ports(), &none),
        "initiators": listed(array.initiators().unwrap(), &Filter {
            protocol: Some(Protocol::Iscsi),
            ..Filter::default()
        }),
        "hosts": listed(array.hosts().unwrap(), &none),
        "hostgroups": listed(array.hostgroups().unwrap(), &none),
        "portgroups": listed(array.portgroups().unwrap(), &none).as_array().unwrap().len(),
        "mappings": listed(array.mappings().unwrap(), &none),
        "host_luns": luns,
        "host_paths": array.host_paths(&host, &bounds()).unwrap().len(),
        "lun_mappings": array.lun_mappings(&select(ONE), &bounds()).unwrap(),
        "group": group.unwrap(),
        "serial": array.identity(&bounds()).unwrap().serial,
        "free": array.free_numbers(&host, &bounds()).unwrap()[..3].to_vec(),
    })
}

#[test]
fn both_interfaces_tell_the_same() {
    let tell = |api| {
        let rig = Rig::new(api);
        rig.array.furnish();
        rig.array.add_portset("ps", "iscsi", &["iscsi_1"]);
        rig.attach(ONE).expect();
        rig.attach(TWO).expect();
        rig.array.log_in(IQN, "iscsi_1");
        rig.array
            .log_in("iqn.1994-05.com.redhat:stranger", "iscsi_2");
        told(&rig)
    };
    let [rest, zapi] = BOTH.map(tell);
    for (key, value) in rest.as_object().unwrap() {
        assert_eq!(value, &zapi[key], "{key}");
    }
    assert_eq!(rest["host_luns"].as_array().unwrap().len(), 2);
    assert_eq!(rest["free"], json!([2, 3, 4]));
    assert_eq!(rest["host_paths"], 1);
    let lun = &rest["luns"][0];
    assert!(
        lun["wwid"].as_str().unwrap().starts_with("600a0980"),
        "{lun}"
    );
    let initiators = rest["initiators"].as_array().unwrap();
    let online = initiators.iter().filter(|i| i["online"] == true).count();
    assert_eq!(online, 2, "{initiators:?}");
    let free = initiators.iter().filter(|i| i["host"].is_null()).count();
    assert_eq!(free, 1, "{initiators:?}");
}

#[test]
fn a_lun_by_all_of_its_names() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array
            .set_serial(ONE, "sn/7+Lab$x?2", sanctl::sim::ontap::Prefix::Cluster);
        let array = rig.open();
        let uuid = array
            .luns()
            .find(&select(ONE), &bounds())
            .unwrap()
            .unwrap()
            .id;
        for name in [
            ONE,
            "volume-0001",
            &uuid,
            &format!("id:{uuid}"),
            &format!("path:{ONE}"),
            "serial:sn/7+Lab$x?2",
            "wwid:600a0980736e2f372b4c616224783f32",
            "3600a0980736e2f372b4c616224783f32",
        ] {
            let found = array.luns().find(&select(name), &bounds()).unwrap();
            assert_eq!(found.map(|l| l.id).as_ref(), Some(&uuid), "{api:?} {name}");
        }
        for name in ["nix", "olume-0001", "*", "/vol/cinder_a", "serial:sn"] {
            let found = array.luns().find(&select(name), &bounds()).unwrap();
            assert!(found.is_none(), "{api:?} {name}");
        }
        rig.array.add_lun("/vol/cinder_b/volume-0001", 1 << 20);
        let error = array
            .luns()
            .find(&select("volume-0001"), &bounds())
            .unwrap_err();
        let text = error.to_string();
        assert!(text.contains(ONE) && text.contains("cinder_b"), "{text}");
        let cinder = "/vol/cinder_a/volume-ec1ae69b-a704-4eac-9ec9-e12dae79e11c";
        rig.array.add_lun(cinder, 1 << 20);
        let by_cinder = select("ec1ae69b-a704-4eac-9ec9-e12dae79e11c");
        let found = array.luns().find(&by_cinder, &bounds()).unwrap().unwrap();
        assert_eq!(found.name, cinder, "{api:?}");
    }
}

#[test]
fn ten_thousand_luns_are_listed_page_by_page() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.populate(10_000);
        rig.array.set_options(|o| o.page = 2000);
        let array = rig.open();
        let mut count = 0;
        array
            .luns()
            .each(&Filter::default(), &bounds(), &mut |_| {
                count += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(count, 10_002, "{api:?}");
        let sent = rig.server.requests().len();
        assert!(sent <= 22, "{api:?}: {sent}");
        let mut few = 0;
        rig.server.clear_requests();
        array
            .luns()
            .each(&Filter::default(), &bounds(), &mut |_| {
                few += 1;
                ControlFlow::Break(())
            })
            .unwrap();
        assert_eq!((few, rig.server.requests().len()), (1, 1), "{api:?}");
    }
}

#[test]
fn the_report_of_a_test() {
    for api in BOTH {
        let rig = Rig::new(api);
        let report = rig.open().test(&bounds()).unwrap();
        assert_eq!(
            report.identity.api.as_deref(),
            Some(if api == BOTH[0] { "rest" } else { "zapi" })
        );
        assert_eq!(
            report.identity.version.as_deref(),
            Some("9.14.1"),
            "{api:?}"
        );
        let detail = |key: &str| report.details[key].clone();
        assert_eq!(detail("rest"), "yes, 9.14.1");
        assert!(
            detail("zapi").starts_with("yes, ONTAPI 1."),
            "{}",
            detail("zapi")
        );
        assert_eq!(detail("svm"), "svm_gold, running");
        assert_eq!(detail("account"), "of the cluster");
        // Not every account may see what its role is called.
        assert_eq!(detail("role"), "not told");
        rig.between.twist(move |request, reply| {
            let body = String::from_utf8_lossy(&request.body);
            if request.path.starts_with("/api/security/accounts") {
                assert!(request.query.contains("name=admin"), "{}", request.query);
                *reply = Reply::new(
                    200,
                    "application/json",
                    r#"{"records": [{"name": "admin2", "role": {"name": "none"}},
                        {"name": "admin", "role": {"name": "readonly"}}], "num_records": 2}"#,
                );
            } else if body.contains("<security-login-get-iter>") {
                *reply = Reply::new(
                    200,
                    "text/xml",
                    "<netapp><results status='passed'><attributes-list>\
                     <security-login-account-info><user-name>admin</user-name>\
                     <role-name>readonly</role-name></security-login-account-info>\
                     </attributes-list><num-records>1</num-records></results></netapp>",
                );
            }
        });
        let told = rig.open().test(&bounds()).unwrap();
        assert_eq!(told.details["role"], "readonly", "{api:?}");
        assert_eq!(detail("iscsi ports"), "4 of 4 usable");
        let mut rig = Rig::new(api);
        rig.settings = Box::new(|s| {
            s.user = sanctl::sim::ontap::Seed::SVM_USER.into();
            s.svm = None;
        });
        let report = rig.open().test(&bounds()).unwrap();
        assert_eq!(report.details["account"], "of an SVM", "{api:?}");
    }
}

/// A map tells its number, the nodes that show it and the port set of its igroup, however it is
/// asked for.
#[test]
fn maps_tell_where_they_lead() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("cluster", "iscsi", &[IQN, OTHER]);
        rig.array
            .add_portset("ps", "iscsi", &["iscsi_2", "iscsi_3"]);
        rig.array.bind_portset("cluster", Some("ps"));
        rig.array.map(ONE, "cluster", Some(7));
        let array = rig.open();
        let maps = array.mappings().unwrap();
        let by = |filter: Filter| {
            let mut found = Vec::new();
            maps.each(&filter, &bounds(), &mut |map| {
                found.push(map);
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
            found
        };
        let lun = Filter {
            lun: Some(ONE.parse().unwrap()),
            ..Filter::default()
        };
        let group = Filter {
            hostgroup: Some("cluster".parse().unwrap()),
            ..Filter::default()
        };
        let name = format!("name:cluster:{ONE}").parse().unwrap();
        let shown = maps.find(&name, &bounds()).unwrap().unwrap();
        for found in [by(Filter::default()), by(lun), by(group), vec![shown]] {
            assert_eq!(found.len(), 1, "{api:?}: {found:?}");
            assert_eq!(found[0].lun_number.unwrap().0, 7, "{api:?}");
            let nodes = found[0].reporting_nodes.clone().unwrap();
            assert_eq!(nodes, ["ams-01a", "ams-01b"], "{api:?}");
            let ports = found[0].portgroup.clone().unwrap();
            assert_eq!(ports.name, "ps", "{api:?}");
            let selector = sanctl::model::selector::Selector::Id(ports.id);
            let ports = array.portgroups().unwrap().detail(&selector, &bounds());
            assert_eq!(ports.unwrap().members.len(), 2, "{api:?}");
        }
    }
}

/// For a node, and for an igroup that several nodes are in.
#[test]
fn why_ports_do_not_lead_from_a_host_to_a_lun() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_pair("ams-02a", "ams-02b");
        rig.array.add_igroup("cluster", "iscsi", &[IQN, OTHER]);
        rig.array
            .add_portset("ps", "iscsi", &["iscsi_1", "iscsi_2", "iscsi_4"]);
        rig.array.bind_portset("cluster", Some("ps"));
        rig.array.map(ONE, "cluster", None);
        rig.array.move_lif("iscsi_2", "ams-02a");
        rig.array.set_lif("iscsi_4", true, false);
        let array = rig.open();
        let connector = rig.connector();
        let cluster = "cluster".parse().unwrap();
        let lun = ONE.parse().unwrap();
        for from in [Viewer::Node(&connector), Viewer::Host(&cluster)] {
            let ways = array.ways(&lun, from, None, &bounds()).unwrap().unwrap();
            assert!(ways.mapped, "{api:?}, {from:?}");
            let why: Vec<_> = ways.why_not.iter().collect();
            let reason = |text: &str| Some(text.to_owned());
            let want = [
                ("iscsi_1", None),
                (
                    "iscsi_2",
                    reason("is on node ams-02a, which does not report the LUN"),
                ),
                ("iscsi_3", reason("is not in port set ps")),
                ("iscsi_4", reason("is down")),
            ];
            let want: Vec<_> = want.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            let why: Vec<_> = why
                .into_iter()
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            assert_eq!(why, want, "{api:?}, {from:?}");
        }
        let other = TWO.parse().unwrap();
        let ways = array.ways(&other, Viewer::Host(&cluster), None, &bounds());
        assert!(!ways.unwrap().unwrap().mapped, "{api:?}");
        let nobody = "nobody".parse().unwrap();
        let ways = array.ways(&lun, Viewer::Host(&nobody), None, &bounds());
        assert!(
            matches!(ways, Err(Error::NotFound { what: "host", .. })),
            "{ways:?}"
        );
    }
}

/// One initiator may be in several igroups, and sees what all of them show (ontap.md §9.1).
#[test]
fn an_initiator_sees_the_luns_of_all_of_its_igroups() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("a-first", "iscsi", &[IQN]);
        rig.array.add_igroup("b-second", "iscsi", &[IQN, OTHER]);
        rig.array.add_igroup("theirs", "iscsi", &[OTHER]);
        rig.array.map(ONE, "a-first", Some(3));
        rig.array.map(TWO, "b-second", Some(4));
        rig.array.add_lun("/vol/cinder_a/theirs", 1 << 20);
        rig.array.map("/vol/cinder_a/theirs", "theirs", None);
        let array = rig.open();
        let seen = |initiator: &str| {
            let mut seen = Vec::new();
            array
                .initiator_luns(initiator, &bounds(), &mut |lun| {
                    assert!(lun.wwid.is_some(), "{api:?}: {lun:?}");
                    seen.push((lun.name, lun.lun_number.map(|n| n.0)));
                    ControlFlow::Continue(())
                })
                .unwrap();
            seen
        };
        let both = [(ONE.to_owned(), Some(3)), (TWO.to_owned(), Some(4))];
        assert_eq!(seen(&IQN.to_uppercase()), both, "{api:?}");
        assert!(seen("iqn.1994-05.com.redhat:nobody").is_empty(), "{api:?}");
    }
}
