//! What goes into groups and comes out of them: who sees more, who sees less.

use super::*;
use sanctl::array::edit::Class;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::GroupSort::{self, Hosts, Luns, Ports};
use sanctl::model::ids::LunNumber;

fn add(sort: GroupSort, group: &str, member: &str) -> Edit {
    Edit::AddMember {
        sort,
        group: named(group),
        member: named(member),
        number: None,
    }
}

fn add_at(group: &str, lun: &str, number: u16) -> Edit {
    Edit::AddMember {
        sort: Luns,
        group: named(group),
        member: named(lun),
        number: Some(LunNumber(number)),
    }
}

fn remove(sort: GroupSort, group: &str, member: &str) -> Edit {
    Edit::RemoveMember {
        sort,
        group: named(group),
        member: named(member),
    }
}

/// The array's word alone is no proof: a look must show it.
#[test]
fn an_answer_that_it_is_so_already_is_looked_at() {
    let lab = Lab::new(&Seed::v6());
    furnish(&lab.practice);
    lab.practice.add_lungroup("free", &[]);
    let before = lab.dump();
    let edit = add(Luns, "free", "lun-2");
    lab.faults("POST /lungroup/associate=code:1077936862");
    let error = lab.make(&edit).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert_eq!(error.hints(), [format!("{edit}  # again: it looks first")]);
    assert_eq!(lab.dump(), before);
    lab.faults("");
    assert!(lab.make(&edit).unwrap().changed);
    lab.done();
}

/// Somebody else was quicker: what was to go is gone.
#[test]
fn what_somebody_else_deleted_meanwhile_is_gone() {
    let lab = Lab::new(&Seed::v6());
    lab.practice.add_lungroup("free", &[]);
    let edit = Edit::DeleteGroup {
        sort: Luns,
        group: named("free"),
    };
    let editor = lab.array.editor().unwrap();
    let (mine, other) = (lab.look(&edit).unwrap(), lab.look(&edit).unwrap());
    assert!(
        make(editor, &edit, &other, &bounds(), &mutate())
            .unwrap()
            .changed
    );
    let made = make(editor, &edit, &mine, &bounds(), &mutate()).unwrap();
    assert!(!made.changed);
    lab.done();
}

pub(super) const IQN: &str = "iqn.1994-05.com.redhat:node1";

/// Two hosts and two LUNs; `node1` and `lun-1` are joined by a view. `lun-2`, `node2` are free.
pub(super) fn furnish(array: &Practice) {
    let (one, two) = (array.add_host("node1"), array.add_host("node2"));
    array.add_initiator(IQN, Some(one));
    array.add_initiator("iqn.1994-05.com.redhat:node2", Some(two));
    array.add_fc_initiator("10000000c92b4c5d", Some(one), true);
    let luns = [1, 2].map(|n| array.add_lun(&format!("lun-{n}"), 1 << 30));
    let hosts = array.add_hostgroup("hosts", &[one]);
    let group = array.add_lungroup("luns", &luns[..1]);
    array.add_view("view", Some(hosts), Some(group));
    array.set_logged_in(IQN, true);
}

fn ports(array: &Practice) -> String {
    array.portals()[0].addr.ip().to_string()
}

#[test]
fn hosts_go_into_host_groups_and_out() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &furnish, &add(Hosts, "hosts", "node2"), Back::Same);
        holds(
            &seed,
            &furnish,
            &remove(Hosts, "hosts", "node1"),
            Back::Same,
        );
    }
}

#[test]
fn luns_go_into_lun_groups_and_out() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &furnish, &add(Luns, "luns", "lun-2"), Back::Same);
        converges(&seed, &furnish, &add_at("luns", "lun-2", 7), Back::Same);
        converges(&seed, &furnish, &add_at("luns", "lun-1", 9), Back::Same);
        holds(&seed, &furnish, &remove(Luns, "luns", "lun-1"), Back::Same);
        let snapshot = |array: &Practice| {
            furnish(array);
            array.add_snapshot("snap-1", 0);
        };
        holds(&seed, &snapshot, &add(Luns, "luns", "snap-1"), Back::Same);
    }
}

#[test]
fn ports_go_into_port_groups_and_out() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        let address = ports(&lab.practice);
        let prepare = |array: &Practice| {
            furnish(array);
            array.add_portgroup("front", &[(212, "1114368")]);
        };
        holds(&seed, &prepare, &add(Ports, "front", &address), Back::Same);
        holds(&seed, &prepare, &add(Ports, "front", "1114369"), Back::Same);
        holds(
            &seed,
            &prepare,
            &remove(Ports, "front", "CTE0.A1.P4"),
            Back::Same,
        );
    }
}

#[test]
fn what_hosts_see_more_and_less() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        furnish(&lab.practice);
        let intent = lab.look(&add(Hosts, "hosts", "node2")).unwrap();
        assert_eq!(intent.class, Class::Adds);
        let gains: Vec<String> = intent.gains.iter().map(ToString::to_string).collect();
        assert_eq!(gains, ["host node2 sees LUN lun-1"]);
        let intent = lab.look(&add(Luns, "luns", "lun-2")).unwrap();
        let gains: Vec<String> = intent.gains.iter().map(ToString::to_string).collect();
        assert_eq!(gains, ["host node1 sees LUN lun-2"]);

        let intent = lab.look(&remove(Hosts, "hosts", "node1")).unwrap();
        assert_eq!(intent.class, Class::Typed("node1".into()));
        let [cut] = intent.cuts.as_slice() else {
            panic!("{intent:?}")
        };
        assert_eq!(cut.initiators, [IQN, "10000000c92b4c5d"]);
        assert!(cut.online);
        let told = (
            cut.host.name.as_str(),
            cut.lun.name.as_str(),
            cut.lun_number,
        );
        assert_eq!(told, ("node1", "lun-1", Some(LunNumber(1))));
        let wwid = cut.wwid.as_ref().unwrap();
        assert_eq!(wwid.as_str(), lab.practice.lun_wwn(0));
        let by_lun = lab.look(&remove(Luns, "luns", "lun-1")).unwrap();
        assert_eq!(by_lun.class, Class::Asks);
        assert_eq!(by_lun.cuts, intent.cuts);
        assert_eq!(
            by_lun.inverse[0].to_string(),
            "sanctl lungroup add-lun luns lun-1 --lun-number 1"
        );
        let free = lab.look(&remove(Hosts, "hosts", "node2")).unwrap();
        assert!(free.already.unwrap().contains("not in hostgroup"));
        lab.done();
    }
}

/// What is seen by another way stays seen.
#[test]
fn another_way_is_no_cut() {
    let lab = Lab::new(&Seed::v3());
    furnish(&lab.practice);
    let others = lab.practice.add_lungroup("others", &[0, 1]);
    lab.practice.add_view("view-2", Some(0), Some(others));
    for edit in [
        remove(Luns, "luns", "lun-1"),
        Edit::RemoveGroup {
            mapping: named("view"),
            sort: Luns,
            group: named("luns"),
        },
    ] {
        assert_eq!(lab.look(&edit).unwrap().cuts, [], "{edit}");
    }
    let cuts = lab.look(&remove(Hosts, "hosts", "node1")).unwrap().cuts;
    assert_eq!(cuts.len(), 2);
    lab.done();
}

#[test]
fn a_second_way_to_the_same_lun_is_refused() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        furnish(&lab.practice);
        let group = lab.practice.add_lungroup("others", &[1]);
        lab.practice.add_view("view-2", Some(0), Some(group));
        let lungroup = lab.practice.add_lungroup("free", &[0]);
        let hostgroup = lab.practice.add_hostgroup("free", &[1]);
        lab.practice
            .add_view("view-3", Some(hostgroup), Some(lungroup));
        let before = lab.dump();
        for (edit, words) in [
            (
                add(Luns, "others", "lun-1"),
                "host node1 sees LUN lun-1 already, through lungroup luns",
            ),
            (
                add(Hosts, "free", "node1"),
                "host node1 sees LUN lun-1 already, through lungroup luns",
            ),
        ] {
            let error = lab.make(&edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{edit}");
            assert!(error.to_string().contains(words), "{error}");
            assert_eq!(error.hints(), ["sanctl lun mappings lun-1"]);
        }
        assert_eq!(lab.dump(), before);
        lab.done();
    }
}

#[test]
fn numbers_that_cannot_be_given_are_refused() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        furnish(&lab.practice);
        lab.practice.add_lungroup("unseen", &[]);
        let before = lab.dump();
        for (edit, words) in [
            (
                add_at("luns", "lun-2", 1),
                "host node1 sees LUN lun-1 at number 1",
            ),
            (add_at("unseen", "lun-2", 1), "no host sees lungroup unseen"),
        ] {
            let error = lab.make(&edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{edit}");
            assert!(error.to_string().contains(words), "{error}");
        }
        assert_eq!(lab.dump(), before);
        lab.done();
    }
}

#[test]
fn the_last_port_of_a_group_that_is_used_cuts_everything() {
    let lab = Lab::new(&Seed::v3());
    furnish(&lab.practice);
    lab.practice
        .add_portgroup("front", &[(212, "1114368"), (212, "1114369")]);
    let join = Edit::AddGroup {
        mapping: named("view"),
        sort: Ports,
        group: named("front"),
    };
    assert!(lab.make(&join).unwrap().changed);
    let one = lab.look(&remove(Ports, "front", "1114368")).unwrap();
    assert_eq!(one.class, Class::Typed("front".into()));
    assert_eq!(one.cuts, []);
    assert!(one.notes[0].contains("host node1 loses its paths"));
    assert!(
        lab.make(&remove(Ports, "front", "1114368"))
            .unwrap()
            .changed
    );
    let last = lab.look(&remove(Ports, "front", "1114369")).unwrap();
    assert_eq!(last.cuts.len(), 1);
    lab.done();
}

/// A look costs a bounded number of requests, however much else the array holds.
#[test]
fn looks_are_cheap() {
    for (edit, most) in [
        (add(Hosts, "hosts", "node2"), 9),
        (remove(Hosts, "hosts", "node1"), 14),
        (add(Luns, "luns", "lun-2"), 7),
        (remove(Luns, "luns", "lun-1"), 10),
    ] {
        let lab = Lab::new(&Seed::v3());
        furnish(&lab.practice);
        lab.practice.populate(300);
        lab.array.luns().find(&named("lun-1"), &bounds()).unwrap();
        let asked = lab.array.requests();
        lab.look(&edit).unwrap();
        let asked = lab.array.requests() - asked;
        assert!(asked <= most, "{edit}: {asked}");
        lab.done();
    }
}
