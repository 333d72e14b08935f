//! Initiators made known, bound, moved, freed and forgotten; what the array asks of them.

use super::*;
use sanctl::array::edit::{Class, Cut};
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::{InitiatorName, PathPolicy};
use sanctl::model::nouns::Initiator;

const IQN: &str = "iqn.1994-05.com.redhat:node1";
const SECOND: &str = "iqn.1994-05.com.redhat:node1b";
const WWN: &str = "10000090fa1b2c3d";
const SECRET: &str = "canary-chap-12";

fn initiator(name: &str) -> InitiatorName {
    name.parse().unwrap()
}

fn create(name: &str, host: Option<&str>) -> Edit {
    Edit::CreateInitiator {
        initiator: initiator(name),
        host: host.map(named),
    }
}

fn bind(name: &str, host: &str, from: Option<&str>) -> Edit {
    Edit::BindInitiator {
        initiator: initiator(name),
        host: named(host),
        from: from.map(named),
    }
}

fn unbind(name: &str, host: &str) -> Edit {
    Edit::UnbindInitiator {
        initiator: initiator(name),
        host: named(host),
    }
}

fn delete(name: &str) -> Edit {
    Edit::DeleteInitiator {
        initiator: initiator(name),
    }
}

fn set(name: &str, paths: PathPolicy) -> Edit {
    Edit::SetInitiator {
        initiator: initiator(name),
        paths,
    }
}

fn set_chap(name: &str, user: &str, secret: &str) -> Edit {
    Edit::SetChap {
        initiator: initiator(name),
        chap: Credentials {
            user: user.into(),
            secret: Some(Secret::new(secret.into())),
        },
        mutual: None,
    }
}

fn clear_chap(name: &str) -> Edit {
    Edit::ClearChap {
        initiator: initiator(name),
    }
}

fn policy(fields: [Option<u8>; 4]) -> PathPolicy {
    let [multipath_type, failover_mode, special_mode, path_type] = fields;
    PathPolicy {
        multipath_type,
        failover_mode,
        special_mode,
        path_type,
    }
}

/// Adds an initiator of either protocol.
fn add(array: &Practice, name: &str, host: Option<u64>) {
    match initiator(name) {
        InitiatorName::Iqn(iqn) => array.add_initiator(iqn.as_str(), host),
        InitiatorName::Wwpn(wwpn) => array.add_fc_initiator(wwpn.as_str(), host, false),
    }
}

/// A host that sees two LUNs and a snapshot through a view, on V6 another LUN directly.
fn seeing(array: &Practice, v6: bool) -> u64 {
    let host = array.add_host("node1");
    let luns = [("vol-1", 1 << 30), ("vol-2", 2 << 30)].map(|(n, b)| array.add_lun(n, b));
    let snapshot = array.add_snapshot("snap-1", luns[0]);
    let group = array.add_hostgroup("hosts", &[host]);
    let lungroup = array.add_lungroup("luns", &luns);
    array.group_snapshot(snapshot, lungroup);
    array.add_view("view", Some(group), Some(lungroup));
    if v6 {
        let direct = array.add_lun("vol-3", 1 << 30);
        array.map_direct(host, direct);
    }
    host
}

impl Lab {
    fn initiator(&self, name: &str) -> Option<Initiator> {
        let initiators = self.array.initiators().unwrap();
        initiators.find(&named(name), &bounds()).unwrap()
    }

    fn host_of(&self, name: &str) -> Option<String> {
        self.initiator(name)?.host?.name
    }
}

#[test]
fn made_known_whatever_fails() {
    for seed in [Seed::v3(), Seed::v6()] {
        for name in [IQN, WWN] {
            holds(&seed, &|_| {}, &create(name, None), Back::Same);
            let prepare = |array: &Practice| {
                array.add_host("node1");
            };
            holds(&seed, &prepare, &create(name, Some("node1")), Back::Same);
        }
    }
}

#[test]
fn bound_freed_and_deleted_whatever_fails() {
    for (seed, v6) in [(Seed::v3(), false), (Seed::v6(), true)] {
        for name in [IQN, WWN] {
            let free = |array: &Practice| {
                seeing(array, v6);
                add(array, name, None);
            };
            holds(&seed, &free, &bind(name, "node1", None), Back::Same);
            holds(&seed, &free, &delete(name), Back::Same);
            let bound = |array: &Practice| {
                let host = seeing(array, v6);
                add(array, name, Some(host));
            };
            holds(&seed, &bound, &unbind(name, "node1"), Back::Same);
        }
    }
}

#[test]
fn moved_whatever_fails() {
    for (seed, v6) in [(Seed::v3(), false), (Seed::v6(), true)] {
        for name in [IQN, WWN] {
            let prepare = |array: &Practice| {
                let host = seeing(array, v6);
                add(array, name, Some(host));
                array.add_host("node2");
            };
            let edit = bind(name, "node2", Some("node1"));
            holds(&seed, &prepare, &edit, Back::Same);
        }
    }
}

#[test]
fn paths_set_whatever_fails() {
    for seed in [Seed::v3(), Seed::v6()] {
        for name in [IQN, WWN] {
            let fresh = |array: &Practice| add(array, name, None);
            let edit = set(name, policy([Some(1), Some(1), None, Some(0)]));
            holds(&seed, &fresh, &edit, Back::Same);
        }
        let others = |array: &Practice| {
            add(array, IQN, None);
            array.set_third_party(IQN, "1", "0");
        };
        for wanted in [
            policy([Some(0), None, None, None]),
            policy([None, Some(2), None, None]),
            policy([None, Some(3), Some(2), None]),
            policy([Some(1), None, None, Some(1)]),
        ] {
            holds(&seed, &others, &set(IQN, wanted), Back::Same);
        }
        holds(&seed, &others, &delete(IQN), Back::Same);
    }
}

#[test]
fn chap_set_and_cleared_whatever_fails() {
    for seed in [Seed::v3(), Seed::v6()] {
        let fresh = |array: &Practice| {
            let host = array.add_host("node1");
            add(array, IQN, Some(host));
        };
        holds(&seed, &fresh, &set_chap(IQN, "node", SECRET), Back::Same);
        let chap = |array: &Practice| {
            add(array, IQN, None);
            array.set_chap(IQN, "user", "twelve-chars");
            array.set_third_party(IQN, "1", "0");
        };
        holds(&seed, &chap, &set_chap(IQN, "other", SECRET), Back::Same);
        holds(&seed, &chap, &clear_chap(IQN), Back::Same);
        holds(&seed, &chap, &delete(IQN), Back::Same);
    }
}

#[test]
fn what_a_bound_initiator_asks_for() {
    let lab = Lab::new(&Seed::v3());
    let host = lab.practice.add_host("node1");
    lab.practice.add_host("node2");
    lab.practice.add_host("node3");
    lab.practice.add_initiator(IQN, Some(host));
    let before = lab.dump();
    for edit in [
        bind(IQN, "node2", None),
        bind(IQN, "node2", Some("node2")),
        create(IQN, Some("node2")),
        unbind(IQN, "node2"),
        delete(IQN),
    ] {
        let error = lab.make(&edit).unwrap_err();
        let usage = matches!(&edit, Edit::BindInitiator { from: Some(_), .. });
        let kind = if usage { Kind::Usage } else { Kind::Refused };
        assert_eq!(error.kind(), kind, "{edit}: {error}");
        if !usage {
            assert!(error.to_string().contains("bound to host node1"), "{error}");
        }
    }
    let error = lab.look(&bind(IQN, "node2", None)).unwrap_err();
    let hints = error.hints();
    assert!(hints[1].contains("--move-from id:0"), "{hints:?}");
    let error = lab.look(&bind(IQN, "node2", Some("node3"))).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "from a host it is not in");
    for edit in [
        bind(IQN, "nix", None),
        bind(IQN, "node1", Some("nix")),
        bind(SECOND, "node1", None),
        unbind(IQN, "nix"),
        unbind(SECOND, "node1"),
        delete(SECOND),
        create(SECOND, Some("nix")),
        set_chap(SECOND, "user", SECRET),
        clear_chap(SECOND),
        set(SECOND, policy([Some(1), None, None, None])),
    ] {
        let error = lab.make(&edit).unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound, "{edit}: {error}");
    }
    assert_eq!(lab.dump(), before);
    lab.done();
}

#[test]
fn what_is_so_already() {
    let lab = Lab::new(&Seed::v6());
    let host = lab.practice.add_host("node1");
    lab.practice.add_initiator(IQN, Some(host));
    lab.practice.add_initiator(SECOND, None);
    lab.practice.set_third_party(IQN, "1", "0");
    for edit in [
        create(IQN, None),
        create(IQN, Some("node1")),
        create(SECOND, None),
        bind(IQN, "node1", None),
        unbind(SECOND, "node1"),
        clear_chap(IQN),
        set(IQN, policy([Some(1), Some(1), None, Some(0)])),
    ] {
        assert!(lab.look(&edit).unwrap().already.is_some(), "{edit}");
    }
    // Half of what is wanted is there.
    let made = lab.make(&create(SECOND, Some("node1"))).unwrap();
    assert_eq!(
        made.inverse,
        [format!("sanctl initiator unbind {SECOND} --host id:{host}")]
    );
    assert_eq!(lab.host_of(SECOND).as_deref(), Some("node1"));
    lab.done();
}

/// Every LUN and snapshot that the host sees, with its number, in few requests.
#[test]
fn what_a_host_loses() {
    for seed in seeds() {
        let v6 = seed.generation == Seed::v6().generation;
        let lab = Lab::new(&seed);
        let host = seeing(&lab.practice, v6);
        lab.practice.add_host("node2");
        lab.practice.add_initiator(IQN, Some(host));
        lab.practice.set_logged_in(IQN, true);
        lab.practice.add_fc_initiator(WWN, Some(host), false);
        lab.array.identity(&bounds()).unwrap();
        for (name, online) in [(IQN, true), (WWN, false)] {
            let asked = lab.array.requests();
            let intent = lab.look(&unbind(name, "node1")).unwrap();
            assert_eq!(lab.array.requests() - asked, 4);
            assert_eq!(intent.class, Class::Typed("node1".into()));
            let moved = lab.look(&bind(name, "node2", Some("node1"))).unwrap();
            assert_eq!(moved.class, Class::Typed("node1".into()));
            assert_eq!(moved.cuts, intent.cuts);
            let count = if v6 { 4 } else { 3 };
            assert_eq!(intent.cuts.len(), count);
            for cut in &intent.cuts {
                check(&lab, cut, host, (name, online));
            }
        }
        lab.done();
    }
}

fn check(lab: &Lab, cut: &Cut, host: u64, (name, online): (&str, bool)) {
    assert_eq!(
        (cut.host.id.as_str(), cut.host.name.as_str()),
        ("0", "node1")
    );
    assert_eq!(cut.initiators, [name]);
    assert_eq!(cut.online, online);
    let lun: u64 = cut.lun.id.parse().unwrap();
    if cut.lun.what == "lun" {
        let wwid = cut.wwid.as_ref().unwrap().to_string();
        assert_eq!(wwid, lab.practice.lun_wwn(lun));
        let number = cut.lun_number.map(|n| u32::from(n.0));
        assert_eq!(number, lab.practice.lun_number(host, lun));
    } else {
        assert_eq!(
            (cut.lun.what.as_str(), cut.lun.name.as_str()),
            ("snapshot", "snap-1")
        );
        assert!(cut.lun_number.is_some() && cut.wwid.is_some());
    }
}

#[test]
fn a_host_that_sees_nothing_loses_nothing() {
    let lab = Lab::new(&Seed::v3());
    let host = lab.practice.add_host("node1");
    lab.practice.add_initiator(IQN, Some(host));
    lab.practice.add_host("node2");
    let intent = lab.look(&unbind(IQN, "node1")).unwrap();
    assert_eq!((intent.class, intent.cuts), (Class::Asks, Vec::new()));
    // A move is typed all the same.
    let intent = lab.look(&bind(IQN, "node2", Some("node1"))).unwrap();
    assert_eq!(intent.class, Class::Typed("node1".into()));
    let made = lab.make(&bind(IQN, "node2", Some("node1"))).unwrap();
    assert_eq!(
        made.inverse,
        [format!(
            "sanctl initiator bind {IQN} --host id:0 --move-from id:1"
        )]
    );
    assert_eq!(lab.host_of(IQN).as_deref(), Some("node2"));
    lab.done();
}

/// The second half of a move is refused: the initiator goes back to where it was.
#[test]
fn a_move_that_fails_half_way_is_put_back() {
    for name in [IQN, WWN] {
        let lab = Lab::new(&Seed::v3());
        let host = seeing(&lab.practice, false);
        add(&lab.practice, name, Some(host));
        lab.practice.add_host("node2");
        let before = lab.dump();
        let resource = if name == IQN { "iscsi" } else { "fc" };
        lab.faults(&format!("PUT /{resource}_initiator/{name}=code:50331651"));
        let error = lab.make(&bind(name, "node2", Some("node1"))).unwrap_err();
        assert_eq!(error.kind(), Kind::Failed, "{error}");
        assert_eq!(lab.dump(), before);
        // Nothing goes any more: it is told where it was.
        lab.faults(&format!(
            "PUT /{resource}_initiator/{name}#every=code:50331651"
        ));
        let error = lab.make(&bind(name, "node2", Some("node1"))).unwrap_err();
        assert!(error.is_lost(), "{error}");
        assert!(
            error
                .to_string()
                .contains("no host now, it was in host id:0"),
            "{error}"
        );
        lab.faults("");
        assert!(
            lab.make(&bind(name, "node2", Some("node1")))
                .unwrap()
                .changed
        );
        assert_eq!(lab.host_of(name).as_deref(), Some("node2"));
        lab.done();
    }
}

/// The second half is refused: what was made goes again, and is never told as bound.
#[test]
fn an_initiator_is_never_left_unbound() {
    for name in [IQN, WWN] {
        let lab = Lab::new(&Seed::v3());
        lab.practice.add_host("node1");
        let before = lab.dump();
        let resource = if name == IQN { "iscsi" } else { "fc" };
        let path = format!("/{resource}_initiator/{name}");
        lab.faults(&format!("PUT {path}=code:50331651"));
        let edit = create(name, Some("node1"));
        let error = lab.make(&edit).unwrap_err();
        assert_eq!(error.kind(), Kind::Failed, "{error}");
        assert_eq!(lab.dump(), before);
        lab.faults(&format!(
            "PUT {path}#every=code:50331651; DELETE {path}#every=code:50331651"
        ));
        let error = lab.make(&edit).unwrap_err();
        assert!(error.is_lost(), "{error}");
        assert!(
            error.to_string().contains("bound to no host now"),
            "{error}"
        );
        // What is there is gone on with.
        lab.faults("");
        assert!(lab.make(&edit).unwrap().changed);
        assert_eq!(lab.host_of(name).as_deref(), Some("node1"));
        lab.done();
    }
}

#[test]
fn limits_are_kept_before_anything_is_sent() {
    let lab = Lab::new(&Seed::v3());
    let user = "u".repeat(224);
    let edits = [
        set_chap(IQN, "usr", SECRET),
        set_chap(IQN, &user, SECRET),
        set_chap(IQN, "user", "canary-chap"),
        set_chap(IQN, "user", "canary-chap-12345"),
        Edit::SetChap {
            initiator: initiator(IQN),
            chap: Credentials {
                user: "user".into(),
                secret: None,
            },
            mutual: None,
        },
        set(IQN, policy([Some(2), None, None, None])),
        set(IQN, policy([Some(1), Some(4), None, None])),
        set(IQN, policy([Some(1), Some(3), Some(4), None])),
        set(IQN, policy([None, None, None, Some(2)])),
        set(IQN, policy([None; 4])),
    ];
    for edit in edits {
        let error = lab.make(&edit).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage, "{edit}: {error}");
        assert!(!format!("{error} {error:?} {edit:?}").contains("canary"));
    }
    for edit in [set_chap(WWN, "user", SECRET), clear_chap(WWN)] {
        let error = lab.make(&edit).unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported, "{edit}: {error}");
    }
    assert_eq!(lab.array.requests(), 0);
    lab.practice.add_initiator(IQN, None);
    for (user, secret) in [
        ("four".into(), "twelve-chars"),
        ("u".repeat(223), "sixteen-chars-16"),
    ] {
        lab.make(&set_chap(IQN, &user, secret)).unwrap();
        assert_eq!(lab.initiator(IQN).unwrap().chap_user, Some(user));
    }
    lab.done();
}

#[test]
fn modes_belong_to_types() {
    let lab = Lab::new(&Seed::v3());
    lab.practice.add_initiator(IQN, None);
    let cases = [
        (
            policy([None, Some(1), None, None]),
            "--multipath-type 1 --failover-mode 1",
        ),
        (
            policy([Some(0), None, None, Some(1)]),
            "--multipath-type 1 --path-type 1",
        ),
        (
            policy([Some(1), Some(1), Some(2), None]),
            "--multipath-type 1 --failover-mode 3 --special-mode 2",
        ),
    ];
    for (wanted, again) in cases {
        let error = lab.look(&set(IQN, wanted)).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused);
        assert_eq!(
            error.hints(),
            [format!("sanctl initiator set {IQN} {again}")]
        );
    }
    lab.done();
}

/// The driver's way of switching CHAP off resets the policy of the paths (oceanstor.md §11.8).
#[test]
fn clearing_chap_leaves_the_paths_alone() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        lab.practice.add_initiator(IQN, None);
        lab.practice.set_third_party(IQN, "1", "1");
        lab.practice.set_chap(IQN, "user", "twelve-chars");
        let intent = lab.look(&clear_chap(IQN)).unwrap();
        assert_eq!(intent.class, Class::Asks);
        assert!(
            !intent.wire[0].contains("MULTIPATHTYPE"),
            "{:?}",
            intent.wire
        );
        let made = lab.make(&clear_chap(IQN)).unwrap();
        assert_eq!(
            made.inverse,
            [format!(
                "sanctl initiator set-chap {IQN} --user user --secret-prompt"
            )]
        );
        let found = lab.initiator(IQN).unwrap();
        assert_eq!((found.chap, found.chap_user), (Some(false), None));
        assert_eq!(found.path_policy, policy([Some(1), Some(1), None, Some(1)]));
        lab.done();
    }
}

/// What binds and unbinds keeps CHAP.
#[test]
fn chap_stays_when_an_initiator_moves() {
    let lab = Lab::new(&Seed::v3());
    let host = lab.practice.add_host("node1");
    lab.practice.add_host("node2");
    lab.practice.add_initiator(IQN, Some(host));
    lab.practice.set_chap(IQN, "user", "twelve-chars");
    lab.make(&bind(IQN, "node2", Some("node1"))).unwrap();
    assert_eq!(lab.initiator(IQN).unwrap().chap, Some(true));
    lab.make(&unbind(IQN, "node2")).unwrap();
    lab.make(&bind(IQN, "node1", None)).unwrap();
    assert_eq!(lab.initiator(IQN).unwrap().chap, Some(true));
    lab.done();
}

#[test]
fn a_secret_is_in_no_look() {
    let lab = Lab::new(&Seed::v6());
    lab.practice.add_initiator(IQN, None);
    let edit = set_chap(IQN, "user", SECRET);
    let intent = lab.look(&edit).unwrap();
    let shown = format!("{intent:?} {edit} {edit:?} {}", intent.wire.join(" "));
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(shown.contains("$CHAP_FILE"), "{shown}");
    let told = lab.make(&edit).unwrap();
    assert!(!format!("{told:?}").contains(SECRET));
    assert_eq!(told.inverse, [format!("sanctl initiator clear-chap {IQN}")]);
    lab.done();
}
