//! Listing and finding.

use super::*;
use crate::family::At;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::nouns::Protocol;

const IQN: &str = "iqn.1994-05.com.redhat:cce2fc0a8a";

/// The addresses of the array's ports.
const PORT_A: At = At {
    v4: "192.0.2.35",
    v6: "2001:db8::35",
};
const PORT_B: At = At {
    v4: "192.0.2.36",
    v6: "2001:db8::36",
};

#[test]
fn lists_of_any_length_under_every_paging_policy() {
    for policy in POLICIES {
        for total in [0, 1, 99, 100, 101, 257] {
            let mut seed = Seed::v6();
            seed.options.paging = policy;
            let lab = Lab::new(&seed);
            for n in 0..total {
                lab.practice.add_host(&format!("node{n}"));
            }
            let hosts = list(lab.array.hosts().unwrap(), &Filter::default()).unwrap();
            assert_eq!(hosts.len(), total, "{policy:?}");
            if total > 0 {
                let last = format!("node{}", total - 1);
                let found = lab.array.hosts().unwrap().find(&named(&last), &bounds());
                assert_eq!(found.unwrap().unwrap().name, last);
            }
            lab.done();
        }
    }
}

#[test]
fn a_listing_stops_when_its_reader_has_enough() {
    let lab = Lab::new(&Seed::v6());
    lab.practice.populate(350);
    let mut count = 0;
    lab.array
        .luns()
        .each(&Filter::default(), &bounds(), &mut |_| {
            count += 1;
            if count == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
    assert_eq!(count, 3);
    assert_eq!(lab.array.requests(), 2);
    lab.done();
}

#[test]
fn a_resource_that_refuses_ranges_is_read_at_once_with_a_warning() {
    let mut seed = Seed::v6();
    seed.options.range_rejected.insert("iscsi_initiator".into());
    let lab = Lab::new(&seed);
    lab.practice.add_initiator(IQN, None);
    let listed = || list(lab.array.initiators().unwrap(), &Filter::default()).unwrap();
    assert_eq!(listed().len(), 1);
    // So few cannot have been cut off.
    assert_eq!(lab.array.take_warnings(), [""; 0]);
    for i in 0..100 {
        lab.practice.add_initiator(&format!("{IQN}-{i}"), None);
    }
    assert_eq!(listed().len(), 100);
    assert!(lab.array.take_warnings()[0].contains("iscsi_initiator"));
    lab.done();
}

#[test]
fn luns_by_every_name_they_have() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let uuid = "eac3c181-b02b-4982-9d7e-d273ee2738e0";
        let plain = lab.practice.add_lun("vol-1", 1 << 30);
        let cinder = lab
            .practice
            .add_lun("eac3c181-6e651741c2df90c11377c5", 2 << 30);
        let snapshot = lab.practice.add_snapshot("snap-1", plain);
        let luns = lab.array.luns();
        let find = |text: &str| luns.find(&text.parse().unwrap(), &bounds()).unwrap();
        let lun = find("vol-1").unwrap();
        assert_eq!((lun.id, lun.size_bytes), (plain.to_string(), 1 << 30));
        assert!(lun.state.usable);
        assert_eq!(lun.state.words, "normal/online");
        assert_eq!(lun.pool.as_deref(), Some("StoragePool001"));
        let wwn = lab.practice.lun_wwn(plain);
        assert_eq!(lun.wwid.unwrap().as_str(), wwn);
        assert_eq!(find(&format!("3{wwn}")).unwrap().id, plain.to_string());
        assert_eq!(find(&format!("id:{plain}")).unwrap().name, "vol-1");
        assert_eq!(find(uuid).unwrap().id, cinder.to_string());
        let found = find("snap-1").unwrap();
        assert!(found.snapshot && found.state.usable, "{found:?}");
        assert_eq!(
            (found.id, found.size_bytes),
            (snapshot.to_string(), 1 << 30)
        );
        let by_wwid = luns
            .find(&Selector::Wwid(found.wwid.unwrap()), &bounds())
            .unwrap();
        assert!(by_wwid.unwrap().snapshot);
        for missing in [
            "vol-2",
            "id:999",
            "id:abc",
            "6a4c64f1001db63307a4e1700000ffff",
            "00000000-b02b-4982-9d7e-d273ee2738e0",
            "a:b",
            "x&range=[0-1]",
            "ö",
            "VOL-1",
        ] {
            assert_eq!(find(missing), None, "{missing}");
        }
        let error = luns
            .find(&"/dev/sda".parse().unwrap(), &bounds())
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported);
        lab.done();
    }
}

#[test]
fn a_lun_with_an_old_cinder_name_is_found_by_its_uuid() {
    let lab = Lab::new(&Seed::v6());
    let uuid = "5d0c2f9a-6b1e-4e73-8a42-c91f07e3b6d8";
    let lun = lab.practice.add_lun(&format!("volume-{uuid}"), 1 << 20);
    let found = lab.array.luns().find(&uuid.parse().unwrap(), &bounds());
    assert_eq!(found.unwrap().unwrap().id, lun.to_string());
    lab.done();
}

#[test]
fn lun_lists_narrow_by_name_host_pool_state_and_use() {
    for seed in seeds() {
        let hints = seed.options.hints;
        let lab = Lab::new(&seed);
        let host = lab.practice.add_host("node1");
        let mapped = lab.practice.add_lun("vol-1", 1 << 30);
        let free = lab.practice.add_lun("vol-2", 1 << 30);
        lab.practice.add_lun("other", 1 << 30);
        lab.practice.set_lun_status(free, 2, 28);
        let hostgroup = lab.practice.add_hostgroup("hg", &[host]);
        let lungroup = lab.practice.add_lungroup("lg", &[mapped]);
        lab.practice
            .add_view("view", Some(hostgroup), Some(lungroup));
        let names = |filter: Filter| -> Vec<String> {
            let luns = list(lab.array.luns(), &filter).unwrap();
            luns.into_iter().map(|l| l.name).collect()
        };
        let name = |n: &str| Filter {
            name: Some(n.into()),
            ..Filter::default()
        };
        assert_eq!(names(Filter::default()), ["vol-1", "vol-2", "other"]);
        assert_eq!(names(name("vol-*")), ["vol-1", "vol-2"]);
        assert_eq!(names(name("vol-2")), ["vol-2"]);
        assert_eq!(names(name("vol")), [""; 0]);
        assert_eq!(
            names(Filter {
                online: Some(false),
                ..Filter::default()
            }),
            ["vol-2"]
        );
        assert_eq!(
            names(Filter {
                host: Some(named("node1")),
                ..Filter::default()
            }),
            ["vol-1"]
        );
        assert_eq!(
            names(Filter {
                lungroup: Some(named("lg")),
                ..Filter::default()
            }),
            ["vol-1"]
        );
        assert_eq!(
            names(Filter {
                pool: Some("none".into()),
                ..Filter::default()
            }),
            [""; 0]
        );
        if hints == Hints::Given {
            assert_eq!(
                names(Filter {
                    mapped: Some(true),
                    ..Filter::default()
                }),
                ["vol-1"]
            );
        }
        let bad = lab
            .array
            .luns()
            .find(&id(free), &bounds())
            .unwrap()
            .unwrap();
        assert_eq!(bad.state.words, "faulty/offline");
        let error = list(
            lab.array.luns(),
            &Filter {
                unused: true,
                ..Filter::default()
            },
        )
        .unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported);
        lab.done();
    }
}

#[test]
pub(crate) fn hosts_and_their_initiators() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let long = "compute-0123456789.example.internal";
        let host = lab.practice.add_host("node1");
        lab.practice.add_host("cb25b27941ff2f0ea8922f8e4bb6a45");
        let bare = lab.practice.add_host("bare");
        lab.practice.add_initiator(IQN, Some(host));
        lab.practice
            .add_initiator("iqn.1994-05.com.redhat:free", None);
        lab.practice
            .add_fc_initiator("10008c7cff409e80", Some(host), true);
        lab.practice.set_logged_in(IQN, true);
        let hosts = lab.array.hosts().unwrap();
        let found = hosts.find(&named("node1"), &bounds()).unwrap().unwrap();
        assert_eq!(
            (found.id, found.os.as_deref()),
            (host.to_string(), Some("Linux"))
        );
        // A node's long name leads to the digest under which the driver keeps it.
        assert!(hosts.find(&named(long), &bounds()).unwrap().is_some());
        assert_eq!(hosts.find(&id(77), &bounds()).unwrap(), None);
        let unused = Filter {
            unused: true,
            ..Filter::default()
        };
        let names: Vec<String> = list(hosts, &unused)
            .unwrap()
            .into_iter()
            .map(|h| h.name)
            .collect();
        assert_eq!(names, ["cb25b27941ff2f0ea8922f8e4bb6a45", "bare"]);
        let by_initiator = Filter {
            initiator: Some(IQN.into()),
            ..Filter::default()
        };
        assert_eq!(list(hosts, &by_initiator).unwrap()[0].name, "node1");

        let initiators = lab.array.initiators().unwrap();
        let found = initiators.find(&named(IQN), &bounds()).unwrap().unwrap();
        assert!(found.online && found.state.usable);
        assert_eq!(found.host.unwrap().id, host.to_string());
        assert_eq!(found.chap, Some(false));
        let fc = initiators.find(&named("10:00:8C:7C:FF:40:9E:80"), &bounds());
        assert_eq!(fc.unwrap().unwrap().protocol, Protocol::Fc);
        for missing in ["iqn.1994-05.com.redhat:none", "0x20008c7cff409e81"] {
            let selector = missing.parse().unwrap();
            assert_eq!(
                initiators.find(&selector, &bounds()).unwrap(),
                None,
                "{missing}"
            );
        }
        assert!(initiators.find(&named("node1"), &bounds()).is_err());
        let ids = |filter: Filter| -> Vec<String> {
            let found = list(initiators, &filter).unwrap();
            found.into_iter().map(|i| i.id).collect()
        };
        assert_eq!(ids(Filter::default()).len(), 3);
        assert_eq!(ids(unused), ["iqn.1994-05.com.redhat:free"]);
        assert_eq!(
            ids(Filter {
                host: Some(named("node1")),
                ..Filter::default()
            }),
            [IQN, "10008c7cff409e80"]
        );
        assert_eq!(
            ids(Filter {
                online: Some(true),
                protocol: Some(Protocol::Iscsi),
                ..Filter::default()
            }),
            [IQN]
        );
        assert_eq!(
            ids(Filter {
                host: Some(id(bare)),
                ..Filter::default()
            }),
            [""; 0]
        );
        lab.done();
    }
}

#[test]
fn groups_with_their_members_and_views() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let (one, two) = (
            lab.practice.add_host("node1"),
            lab.practice.add_host("node2"),
        );
        let lun = lab.practice.add_lun("vol-1", 1 << 30);
        let hostgroup = lab.practice.add_hostgroup("hg", &[one, two]);
        let lungroup = lab.practice.add_lungroup("lg", &[lun]);
        lab.practice.add_lungroup("empty", &[]);
        let view = lab
            .practice
            .add_view("view", Some(hostgroup), Some(lungroup));
        let groups = lab.array.hostgroups().unwrap();
        let detail = groups.detail(&named("hg"), &bounds()).unwrap();
        let members: Vec<&str> = detail.members.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(members, ["node1", "node2"]);
        assert_eq!(detail.mappings[0].id, view.to_string());
        assert_eq!(detail.group.id, hostgroup.to_string());
        let error = groups.detail(&named("none"), &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);

        let groups = lab.array.lungroups().unwrap();
        let detail = groups.detail(&id(lungroup), &bounds()).unwrap();
        assert_eq!(
            (
                detail.members[0].what.as_str(),
                detail.members[0].name.as_str()
            ),
            ("lun", "vol-1")
        );
        let names = |filter: Filter| -> Vec<String> {
            let found = list::<sanctl::model::nouns::Group>(groups, &filter).unwrap();
            found.into_iter().map(|g| g.name).collect()
        };
        assert_eq!(names(Filter::default()), ["lg", "empty"]);
        assert_eq!(
            names(Filter {
                unused: true,
                ..Filter::default()
            }),
            ["empty"]
        );
        for by in [
            Filter {
                lun: Some(named("vol-1")),
                ..Filter::default()
            },
            Filter {
                host: Some(named("node2")),
                ..Filter::default()
            },
        ] {
            assert_eq!(names(by), ["lg"]);
        }
        assert!(lab.array.portgroups().is_some());
        let none = list::<sanctl::model::nouns::Group>(
            lab.array.portgroups().unwrap(),
            &Filter::default(),
        );
        assert_eq!(none.unwrap(), []);
        lab.done();
    }
}

#[test]
pub(crate) fn ports_and_why_they_cannot_be_used() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        lab.practice.set_port_up(PORT_B.text(), false);
        let ports = list(lab.array.ports(), &Filter::default()).unwrap();
        let (iscsi, fc): (Vec<_>, Vec<_>) =
            ports.iter().partition(|p| p.protocol == Protocol::Iscsi);
        assert_eq!((iscsi.len(), fc.len()), (2, 2));
        assert_eq!(iscsi[0].portal.unwrap().to_string(), PORT_A.portal());
        assert!(iscsi[0].state.usable && iscsi[0].tpgt == Some(1));
        assert!(
            iscsi[0]
                .iqn
                .as_ref()
                .unwrap()
                .as_str()
                .ends_with(&format!(":{PORT_A}"))
        );
        assert!(!iscsi[1].state.usable);
        let why = iscsi[1].why_not.as_ref().unwrap();
        assert!(
            why.contains("link down") && why.contains("CTE0.B1.P0"),
            "{why}"
        );
        assert_eq!(fc[0].wwpn.as_ref().unwrap().len(), 16);
        let usable = Filter {
            online: Some(true),
            protocol: Some(Protocol::Iscsi),
            ..Filter::default()
        };
        assert_eq!(list(lab.array.ports(), &usable).unwrap().len(), 1);
        let spelled = At {
            v4: "192.0.2.36",
            v6: "[2001:DB8:0::36]",
        };
        for name in [
            PORT_B.text(),
            &PORT_B.portal(),
            spelled.text(),
            "CTE0.B1.P0",
        ] {
            let found = lab.array.ports().find(&named(name), &bounds()).unwrap();
            assert_eq!(found.as_ref(), Some(iscsi[1]), "{name}");
        }
        lab.done();
    }
}
