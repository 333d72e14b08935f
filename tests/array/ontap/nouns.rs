//! Catalogs: both interfaces tell the same.

use std::ops::ControlFlow;

use sanctl::array::{Array, Catalog, Filter};
use sanctl::model::nouns::Protocol;
use sanctl::model::selector::Selector;
use serde::Serialize;
use serde_json::{Value, json};

use crate::ontap::rig::{BOTH, IQN, NODE, ONE, OWN, Rig, TWO};
use crate::rig::bounds;

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
