//! Hosts made, set and deleted.

use super::*;
use sanctl::array::edit::Class;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::AccessMode;
use sanctl::model::nouns::{Host, HostPath};

const LONG: &str = "compute-0123456789.example.internal";
/// oceanstor.md §6.
const DIGEST: &str = "cb25b27941ff2f0ea8922f8e4bb6a45";
const IQN: &str = "iqn.1994-05.com.redhat:node1";
const WWN: &str = "10000090fa1b2c3d";

fn create(name: &str) -> Edit {
    Edit::CreateHost {
        name: name.into(),
        os: None,
        description: None,
    }
}

fn delete(name: &str) -> Edit {
    Edit::DeleteHost { host: named(name) }
}

fn set(access: AccessMode) -> Edit {
    Edit::SetHost {
        host: named("node1"),
        access,
    }
}

impl Lab {
    fn host(&self, name: &str) -> Option<Host> {
        let hosts = self.array.hosts().unwrap();
        hosts.find(&named(name), &bounds()).unwrap()
    }
}

#[test]
fn made_and_deleted_whatever_fails() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &|_| {}, &create("node1"), Back::Same);
        let prepare = |array: &Practice| {
            array.add_host("node1");
        };
        holds(&seed, &prepare, &delete("node1"), Back::OtherId);
    }
}

#[test]
fn access_mode_set_whatever_fails() {
    let prepare = |array: &Practice| {
        array.add_host("node1");
    };
    let edit = set(AccessMode::Asymmetric);
    holds(&Seed::v6(), &prepare, &edit, Back::Same);
}

/// A name of 32 characters and more is a digest, and found again by itself (oceanstor.md §6).
#[test]
fn long_names() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        let made = lab.make(&create(LONG)).unwrap();
        assert_eq!(made.object.name, DIGEST);
        let host = lab.host(DIGEST).unwrap();
        assert_eq!(host.description.as_deref(), Some(LONG));
        assert_eq!(host.os_code, Some(0));
        assert_eq!(lab.host(LONG).unwrap(), host);
        assert!(!lab.make(&create(LONG)).unwrap().changed);
        assert_eq!(made.inverse, [format!("sanctl host delete {LONG}")]);
        let gone = lab.make(&delete(LONG)).unwrap();
        assert_eq!(gone.inverse, [format!("sanctl host create {LONG}")]);
        assert_eq!(lab.host(LONG), None);
        let whole = "a".repeat(31);
        assert_eq!(lab.make(&create(&whole)).unwrap().object.name, whole);
        lab.done();
    }
}

#[test]
fn what_a_host_is_made_of_and_made_again_of() {
    let lab = Lab::new(&Seed::v6());
    let edit = Edit::CreateHost {
        name: "node1".into(),
        os: Some(7),
        description: Some("rack 4".into()),
    };
    lab.make(&edit).unwrap();
    let host = lab.host("node1").unwrap();
    assert_eq!(host.description.as_deref(), Some("rack 4"));
    assert_eq!(host.os_code, Some(7));
    assert_eq!(host.access_mode, Some(AccessMode::Balanced));
    lab.make(&set(AccessMode::Asymmetric)).unwrap();
    let made = lab.make(&delete("node1")).unwrap();
    assert_eq!(
        made.inverse,
        [
            "sanctl host create node1 --os 7 --description 'rack 4'",
            "sanctl host set node1 --access-mode asymmetric",
        ]
    );
    lab.done();
}

#[test]
fn values_that_the_array_does_not_take_are_not_sent() {
    let lab = Lab::new(&Seed::v3());
    let requests = lab.array.requests();
    for (name, os, description) in [
        ("node1", Some(14), None),
        ("node1", Some(254), None),
        (LONG, None, Some("rack 4")),
    ] {
        let edit = Edit::CreateHost {
            name: name.into(),
            os,
            description: description.map(Into::into),
        };
        let error = lab.look(&edit).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage, "{error}");
    }
    assert_eq!(lab.array.requests(), requests);
    lab.done();
}

#[test]
fn access_modes_are_of_newer_arrays() {
    let lab = Lab::new(&Seed::v3());
    lab.practice.add_host("node1");
    let error = lab.look(&set(AccessMode::Balanced)).unwrap_err();
    assert_eq!(error.kind(), Kind::Unsupported);
    assert!(error.hints()[0].contains("sanctl initiator set"), "{error}");
    lab.done();
}

#[test]
fn a_host_that_has_something_is_not_deleted() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let host = lab.practice.add_host("node1");
        lab.practice.add_initiator(IQN, Some(host));
        lab.practice.set_logged_in(IQN, true);
        lab.practice.add_fc_initiator(WWN, Some(host), false);
        let group = lab.practice.add_hostgroup("group-1", &[host]);
        let before = lab.dump();
        let error = lab.make(&delete("node1")).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused);
        assert_eq!(
            error.to_string(),
            format!(
                "array dorado1: host node1 is in use: initiator {IQN}, logged in, \
                 initiator {WWN}, hostgroup group-1"
            )
        );
        assert_eq!(
            error.hints(),
            [
                format!("sanctl initiator unbind {IQN} --host id:{host}"),
                format!("sanctl initiator unbind {WWN} --host id:{host}"),
                format!("sanctl hostgroup remove-host id:{group} id:{host}"),
            ]
        );
        assert_eq!(lab.dump(), before);
        lab.done();
    }
}

#[test]
fn a_host_with_direct_mappings_is_not_deleted() {
    let lab = Lab::new(&Seed::v6());
    let host = lab.practice.add_host("node1");
    let lun = lab.practice.add_lun("vol-1", 1 << 30);
    lab.practice.map_direct(host, lun);
    let error = lab.make(&delete("node1")).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused);
    assert!(error.to_string().contains("direct mapping of LUN vol-1"));
    assert_eq!(
        error.hints(),
        [format!("sanctl lun unmap id:{lun} --host id:{host}")]
    );
    lab.done();
}

/// The name under which a flow would have made it: whose it is can be told.
#[test]
fn a_host_to_be_deleted_has_the_identity_of_the_flows() {
    let lab = Lab::new(&Seed::v3());
    lab.practice.add_host("node1");
    let intent = lab.look(&delete("node1")).unwrap();
    assert_eq!(intent.class, Class::Unused);
    assert_eq!(
        intent.identity,
        Some(format!("oceanstor:{}/host/node1", Seed::v3().serial))
    );
    lab.done();
}

#[test]
fn the_paths_of_a_host() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        let host = lab.practice.add_host("node1");
        let other = lab.practice.add_host("node2");
        for (iqn, host) in [(IQN, host), ("iqn.1994-05.com.redhat:node2", other)] {
            lab.practice.add_initiator(iqn, Some(host));
            lab.practice.set_logged_in(iqn, true);
        }
        lab.practice.add_fc_initiator(WWN, Some(host), true);
        let paths = lab.array.host_paths(&named("node1"), &bounds()).unwrap();
        let shown = |p: &HostPath| (p.initiator.clone(), p.protocol.word(), p.state.usable);
        assert_eq!(
            paths.iter().map(shown).collect::<Vec<_>>(),
            [
                (IQN.to_owned(), "iscsi", true),
                (IQN.to_owned(), "iscsi", true),
                (WWN.to_owned(), "fc", true),
                (WWN.to_owned(), "fc", true),
            ]
        );
        let target = paths[0].target.as_deref().unwrap();
        assert!(target.ends_with(":192.0.2.35"), "{target}");
        assert_eq!(paths[0].address, Some([192, 0, 2, 35].into()));
        assert_eq!(paths[2].address, None);
        assert_eq!(paths[2].port.as_deref(), Some("1114368"));
        lab.practice.set_logged_in(IQN, false);
        lab.practice.set_fc_online(WWN, false);
        let none = lab.array.host_paths(&named("node1"), &bounds()).unwrap();
        assert_eq!(none, []);
        let error = lab.array.host_paths(&named("nix"), &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        lab.done();
    }
}
