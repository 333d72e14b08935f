//! Mapping views made, filled, taken apart and deleted; numbers moved.

use super::members::furnish;
use super::*;
use sanctl::array::edit::Class;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::GroupSort::{self, Hosts, Luns, Ports};
use sanctl::model::ids::LunNumber;

fn create(name: &str) -> Edit {
    Edit::CreateMapping { name: name.into() }
}

fn delete(name: &str) -> Edit {
    Edit::DeleteMapping {
        mapping: named(name),
    }
}

fn add(view: &str, sort: GroupSort, group: &str) -> Edit {
    Edit::AddGroup {
        mapping: named(view),
        sort,
        group: named(group),
    }
}

fn remove(view: &str, sort: GroupSort, group: &str) -> Edit {
    Edit::RemoveGroup {
        mapping: named(view),
        sort,
        group: named(group),
    }
}

fn number(lun: &str, number: u16) -> Edit {
    Edit::SetNumber {
        mapping: named("view"),
        lun: named(lun),
        number: LunNumber(number),
    }
}

/// Also a view with a host group alone, and a free group of each sort.
fn more(array: &Practice) {
    furnish(array);
    let hosts = array.add_hostgroup("hosts-2", &[1]);
    array.add_view("half", Some(hosts), None);
    array.add_lungroup("luns-2", &[1]);
    array.add_portgroup("front", &[(212, "1114368")]);
    array.add_portgroup("empty", &[]);
}

#[test]
fn views_are_made_and_deleted() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &|_| {}, &create("view-1"), Back::Same);
        let prepare = |array: &Practice| {
            array.add_view("view-1", None, None);
        };
        holds(&seed, &prepare, &delete("view-1"), Back::OtherId);
    }
}

#[test]
fn groups_go_into_views_and_out() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &more, &add("half", Luns, "luns-2"), Back::Same);
        holds(&seed, &more, &add("view", Ports, "front"), Back::Same);
        holds(&seed, &more, &remove("view", Luns, "luns"), Back::Same);
        holds(&seed, &more, &remove("view", Hosts, "hosts"), Back::Same);
        let ports = |array: &Practice| {
            more(array);
            array.add_view("view-2", None, Some(1));
        };
        holds(&seed, &ports, &add("view-2", Hosts, "hosts-2"), Back::Same);
    }
}

#[test]
fn numbers_are_moved() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &furnish, &number("lun-1", 7), Back::Same);
        let snapshot = |array: &Practice| {
            furnish(array);
            let snap = array.add_snapshot("snap", 0);
            array.put_snapshot(snap, 0);
        };
        holds(&seed, &snapshot, &number("snap", 7), Back::Same);
    }
}

#[test]
fn what_a_view_shows_is_listed() {
    for seed in seeds() {
        let lab = Lab::new(&seed);
        more(&lab.practice);
        let intent = lab.look(&add("half", Luns, "luns-2")).unwrap();
        assert_eq!(intent.class, Class::Adds);
        let gains: Vec<String> = intent.gains.iter().map(ToString::to_string).collect();
        assert_eq!(gains, ["host node2 sees LUN lun-2"]);
        let intent = lab.look(&remove("view", Hosts, "hosts")).unwrap();
        assert_eq!(intent.class, Class::Typed("view".into()));
        let cuts: Vec<String> = intent.cuts.iter().map(ToString::to_string).collect();
        assert_eq!(
            cuts,
            ["host node1 (logged in) loses LUN lun-1 (its number 1)"]
        );
        let same = lab.look(&remove("view", Luns, "luns")).unwrap();
        assert_eq!(same.cuts, intent.cuts);
        let half = lab.look(&remove("half", Hosts, "hosts-2")).unwrap();
        assert_eq!(half.cuts, []);
        let narrow = lab.look(&add("view", Ports, "front")).unwrap();
        assert!(narrow.notes[0].contains("the 1 port of portgroup front alone"));
        let moved = lab.look(&number("lun-1", 9)).unwrap();
        assert_eq!(moved.class, Class::Typed("lun-1".into()));
        assert_eq!(moved.cuts, intent.cuts);
        lab.done();
    }
}

#[test]
fn refusals_name_what_is_in_the_way() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        more(&lab.practice);
        assert!(lab.make(&add("half", Ports, "front")).unwrap().changed);
        let before = lab.dump();
        for (edit, words, hint) in [
            (
                add("view", Luns, "luns-2"),
                "mapping view holds lungroup luns already",
                "sanctl mapping remove-group view --lungroup luns",
            ),
            (
                add("half", Hosts, "hosts"),
                "mapping half holds hostgroup hosts-2 already",
                "sanctl mapping remove-group half --hostgroup hosts-2",
            ),
            (
                add("half", Ports, "empty"),
                "mapping half holds portgroup front already",
                "sanctl mapping remove-group half --portgroup front",
            ),
            (
                add("view", Ports, "empty"),
                "portgroup empty has no port: through it host node1 loses 1 LUN",
                "sanctl port list --array dorado1",
            ),
            (
                delete("view"),
                "mapping view joins hostgroup hosts and lungroup luns: without it host node1 \
                 loses 1 LUN",
                "sanctl mapping remove-group view --lungroup luns",
            ),
            (
                delete("half"),
                "mapping half holds hostgroup hosts-2, portgroup front",
                "sanctl mapping remove-group half --hostgroup hosts-2",
            ),
            (
                number("lun-2", 3),
                "LUN lun-2 is not in mapping view",
                "sanctl mapping show view",
            ),
            (
                number("lun-1", 9000),
                "mapping view does not offer number 9000",
                "sanctl mapping free-numbers view",
            ),
        ] {
            let error = lab.make(&edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{edit}");
            assert!(error.to_string().contains(words), "{edit}: {error}");
            assert_eq!(error.hints()[0], hint, "{edit}");
        }
        assert_eq!(lab.dump(), before);
        lab.done();
    }
}

#[test]
fn a_number_that_is_taken_is_refused_with_what_has_it() {
    let lab = Lab::new(&Seed::v6());
    furnish(&lab.practice);
    let plus = Edit::AddMember {
        sort: Luns,
        group: named("luns"),
        member: named("lun-2"),
        number: None,
    };
    assert!(lab.make(&plus).unwrap().changed);
    let error = lab.make(&number("lun-2", 1)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("host node1 sees LUN lun-1 at number 1"),
        "{error}"
    );
    assert_eq!(error.hints(), ["sanctl mapping free-numbers --host node1"]);
    lab.done();
}
