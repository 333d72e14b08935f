//! LUNs made, grown, deleted, mapped and unmapped.

use super::members::furnish;
use super::*;
use sanctl::array::edit::Class;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::{GroupSort, Party};
use sanctl::model::ids::LunNumber;

const GIB: u64 = 1 << 30;

fn create(name: &str, size_bytes: u64) -> Edit {
    Edit::CreateLun {
        name: name.into(),
        size_bytes,
        pool: named("StoragePool001"),
    }
}

fn resize(name: &str, size_bytes: u64) -> Edit {
    let lun = named(name);
    Edit::ResizeLun { lun, size_bytes }
}

fn delete(name: &str) -> Edit {
    Edit::DeleteLun { lun: named(name) }
}

fn host(name: &str) -> Party {
    Party::Host(named(name))
}

fn map(lun: &str, to: Party, number: Option<u16>, direct: bool) -> Edit {
    Edit::MapLun {
        lun: named(lun),
        to,
        number: number.map(LunNumber),
        direct,
    }
}

fn unmap(lun: &str, from: Party) -> Edit {
    let lun = named(lun);
    Edit::UnmapLun { lun, from }
}

#[test]
fn luns_are_made_grown_and_deleted() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &furnish, &create("new", 5 * GIB), Back::Same);
        holds(&seed, &furnish, &resize("lun-1", 2 * GIB), Back::Never);
        holds(&seed, &furnish, &delete("lun-2"), Back::Never);
    }
}

#[test]
fn sizes_and_uses_that_are_refused() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        furnish(&lab.practice);
        let before = lab.dump();
        for (edit, words) in [
            (create("new", 1000), "no multiple of 512 bytes"),
            (create("new", 0), "no multiple of 512 bytes"),
            (create("lun-1", 2 * GIB), "is called lun-1 already"),
            (resize("lun-1", GIB / 2), "shrinking it"),
            (resize("lun-1", GIB + 1), "no multiple of 512 bytes"),
            (
                delete("lun-1"),
                "host node1 sees LUN lun-1, through lungroup luns and mapping view",
            ),
        ] {
            let error = lab.make(&edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{edit}");
            assert!(error.to_string().contains(words), "{edit}: {error}");
        }
        let error = lab.make(&delete("lun-1")).unwrap_err();
        assert_eq!(error.hints(), ["sanctl lun unmap lun-1 --all-hosts"]);
        let mut edit = create("new", GIB);
        if let Edit::CreateLun { pool, .. } = &mut edit {
            *pool = named("nix");
        }
        let error = lab.make(&edit).unwrap_err();
        assert!(error.to_string().contains("no storage pool nix"), "{error}");
        assert_eq!(lab.dump(), before);
        lab.practice.add_snapshot("snap", 1);
        let error = lab.make(&delete("lun-2")).unwrap_err();
        assert!(error.to_string().contains("has snapshot snap"), "{error}");
        let intent = lab.look(&create("lun-1", GIB)).unwrap();
        assert!(intent.already.is_some());
        let intent = lab.look(&resize("lun-1", GIB)).unwrap();
        assert!(intent.already.is_some());
        lab.done();
    }
}

#[test]
fn a_lun_that_goes_must_not_be_on_this_node() {
    let lab = Lab::new(&Seed::v3());
    furnish(&lab.practice);
    let intent = lab.look(&delete("lun-2")).unwrap();
    assert_eq!(intent.class, Class::Typed("lun-2".into()));
    assert_eq!(intent.unused[0].wwid.as_str(), lab.practice.lun_wwn(1));
    lab.done();
}

/// The host has nothing yet: everything is made, in the order in which the LUN shows last.
#[test]
fn a_lun_is_mapped_to_a_host_that_has_nothing() {
    for seed in [Seed::v3(), Seed::v6()] {
        converges(
            &seed,
            &furnish,
            &map("lun-2", host("node2"), None, false),
            Back::Same,
        );
    }
    let lab = Lab::new(&Seed::v3());
    furnish(&lab.practice);
    let edit = map("lun-2", host("node2"), Some(5), false);
    let intent = lab.look(&edit).unwrap();
    let back: Vec<String> = intent.inverse.iter().map(ToString::to_string).collect();
    assert_eq!(
        back,
        [
            "sanctl mapping remove-group OpenStack_Mapping_View_1 --lungroup OpenStack_LunGroup_1",
            "sanctl mapping remove-group OpenStack_Mapping_View_1 --hostgroup OpenStack_HostGroup_1",
            "sanctl mapping delete OpenStack_Mapping_View_1",
            "sanctl lungroup remove-lun OpenStack_LunGroup_1 lun-2",
            "sanctl lungroup delete OpenStack_LunGroup_1",
            "sanctl hostgroup remove-host OpenStack_HostGroup_1 node2",
            "sanctl hostgroup delete OpenStack_HostGroup_1",
        ]
    );
    assert!(lab.make(&edit).unwrap().changed);
    assert_eq!(lab.practice.lun_number(1, 1), Some(5));
    lab.done();
}

/// The host of an attachment: one request is enough, and one takes it back.
#[test]
fn a_lun_is_mapped_to_a_host_of_the_convention() {
    let prepare = |array: &Practice| {
        furnish(array);
        array.populate(1);
    };
    for seed in [Seed::v3(), Seed::v6()] {
        let edit = map("lun-2", host("other-00002"), None, false);
        holds(&seed, &prepare, &edit, Back::Same);
        let lab = Lab::new(&seed);
        prepare(&lab.practice);
        let intent = lab.look(&edit).unwrap();
        assert_eq!(intent.wire.len(), 1);
        assert_eq!(
            intent.inverse[0].to_string(),
            "sanctl lun unmap lun-2 --host other-00002"
        );
        let shared = lab.look(&map("lun-1", host("other-00002"), None, false));
        let notes = shared.unwrap().notes.join("\n");
        assert!(notes.contains("host node1 sees LUN lun-1 too"), "{notes}");
        converges(
            &seed,
            &prepare,
            &map("lun-2", host("other-00002"), Some(9), false),
            Back::Same,
        );
        lab.done();
    }
}

#[test]
fn a_lun_is_mapped_to_a_host_group() {
    for seed in [Seed::v3(), Seed::v6()] {
        let group = Party::HostGroup(named("hosts"));
        holds(
            &seed,
            &furnish,
            &map("lun-2", group, None, false),
            Back::Same,
        );
        let alone = |array: &Practice| {
            furnish(array);
            array.add_hostgroup("OpenStack_HostGroup_1", &[1]);
        };
        let group = Party::HostGroup(named("OpenStack_HostGroup_1"));
        converges(&seed, &alone, &map("lun-2", group, None, false), Back::Same);
    }
}

#[test]
fn direct_mappings_of_newer_arrays() {
    let seed = Seed::v6();
    let edit = map("lun-2", host("node2"), None, true);
    holds(&seed, &furnish, &edit, Back::Same);
    let at = map("lun-2", host("node2"), Some(7), true);
    holds(&seed, &furnish, &at, Back::Same);
    let mapped = |array: &Practice| {
        furnish(array);
        array.add_direct(1, 1, 6);
    };
    holds(&seed, &mapped, &unmap("lun-2", host("node2")), Back::Same);
    let both = |array: &Practice| {
        mapped(array);
        let group = array.add_lungroup("more", &[1]);
        array.add_view("view-2", Some(0), Some(group));
    };
    converges(&seed, &both, &unmap("lun-2", Party::AllHosts), Back::Same);
    let lab = Lab::new(&Seed::v3());
    furnish(&lab.practice);
    let error = lab.make(&edit).unwrap_err();
    assert_eq!(error.kind(), Kind::Unsupported);
    assert_eq!(error.hints(), ["leave --direct out"]);
    lab.done();
}

#[test]
fn luns_are_unmapped() {
    for seed in [Seed::v3(), Seed::v6()] {
        holds(&seed, &furnish, &unmap("lun-1", host("node1")), Back::Same);
        let group = Party::HostGroup(named("hosts"));
        holds(&seed, &furnish, &unmap("lun-1", group), Back::Same);
        let twice = |array: &Practice| {
            furnish(array);
            let hosts = array.add_hostgroup("hosts-2", &[1]);
            let luns = array.add_lungroup("luns-2", &[0]);
            array.add_view("view-2", Some(hosts), Some(luns));
        };
        converges(&seed, &twice, &unmap("lun-1", Party::AllHosts), Back::Same);
        let lab = Lab::new(&seed);
        twice(&lab.practice);
        let intent = lab.look(&unmap("lun-1", Party::AllHosts)).unwrap();
        assert_eq!(intent.class, Class::Typed("lun-1".into()));
        assert_eq!(intent.cuts.len(), 2);
        let intent = lab.look(&unmap("lun-1", host("node2"))).unwrap();
        assert_eq!(intent.class, Class::Asks);
        assert_eq!(intent.cuts.len(), 1);
        lab.done();
    }
}

#[test]
fn mapping_and_unmapping_never_touch_other_hosts() {
    for seed in [Seed::v3(), Seed::v6()] {
        let lab = Lab::new(&seed);
        furnish(&lab.practice);
        let more = Edit::AddMember {
            sort: GroupSort::Hosts,
            group: named("hosts"),
            member: named("node2"),
            number: None,
        };
        assert!(lab.make(&more).unwrap().changed);
        lab.practice.add_hostgroup("OpenStack_HostGroup_0", &[0, 1]);
        let group = lab.practice.add_lungroup("OpenStack_LunGroup_1", &[]);
        lab.practice.add_view("somewhere", None, Some(group));
        lab.practice.add_hostgroup("free", &[1]);
        let before = lab.dump();
        for (edit, words, hint) in [
            (
                unmap("lun-1", host("node1")),
                "host node1 shares lungroup luns with host node2",
                "sanctl lungroup remove-lun luns lun-1",
            ),
            (
                map("lun-2", host("node1"), None, false),
                "hostgroup OpenStack_HostGroup_0 holds host node2 too",
                "sanctl lun map lun-2 --hostgroup OpenStack_HostGroup_0",
            ),
            (
                map("lun-2", host("node2"), None, false),
                "lungroup OpenStack_LunGroup_1 is in mapping somewhere too",
                "sanctl mapping show somewhere",
            ),
            (
                map("lun-2", Party::HostGroup(named("free")), None, false),
                "hostgroup free is in no mapping with a LUN group",
                "sanctl lungroup create LUNGROUP",
            ),
        ] {
            let error = lab.make(&edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{edit}: {error}");
            assert!(error.to_string().contains(words), "{edit}: {error}");
            assert_eq!(error.hints()[0], hint, "{edit}");
        }
        assert_eq!(lab.dump(), before);
        let seen = lab.look(&map("lun-1", host("node1"), None, false)).unwrap();
        assert!(seen.already.unwrap().contains("as number 1"));
        let moved = lab.look(&map("lun-1", host("node1"), Some(9), false));
        let moved = moved.unwrap();
        assert_eq!(moved.class, Class::Typed("lun-1".into()));
        assert_eq!(moved.cuts.len(), 2);
        lab.done();
    }
}
