//! Groups made and deleted.

use super::*;
use sanctl::array::edit::Class;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::edit::GroupSort;

const SORTS: [GroupSort; 3] = [GroupSort::Hosts, GroupSort::Luns, GroupSort::Ports];

fn create(sort: GroupSort) -> Edit {
    let name = "group-1".to_owned();
    Edit::CreateGroup { sort, name }
}

fn delete(sort: GroupSort) -> Edit {
    let group = named("group-1");
    Edit::DeleteGroup { sort, group }
}

#[test]
fn made_and_deleted_whatever_fails() {
    for seed in [Seed::v3(), Seed::v6()] {
        for sort in SORTS {
            holds(&seed, &|_| {}, &create(sort), Back::Same);
            let prepare = |array: &Practice| {
                let _ = match sort {
                    GroupSort::Hosts => array.add_hostgroup("group-1", &[]),
                    GroupSort::Luns => array.add_lungroup("group-1", &[]),
                    GroupSort::Ports => array.add_portgroup("group-1", &[]),
                };
            };
            holds(&seed, &prepare, &delete(sort), Back::OtherId);
        }
    }
}

#[test]
fn a_group_that_is_used_is_not_deleted() {
    let lab = Lab::new(&Seed::v6());
    let host = lab.practice.add_host("node1");
    let hostgroup = lab.practice.add_hostgroup("group-1", &[host]);
    lab.practice.add_lungroup("group-1", &[]);
    lab.practice.add_view("view-1", Some(hostgroup), None);
    let before = lab.dump();
    let error = lab.make(&delete(GroupSort::Hosts)).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused);
    let text = error.to_string();
    assert!(text.contains("view-1") && text.contains("node1"), "{text}");
    assert_eq!(
        error.hints(),
        [
            "sanctl mapping remove-group view-1 --hostgroup group-1",
            "sanctl hostgroup remove-host group-1 node1"
        ]
    );
    assert_eq!(lab.dump(), before);
    let empty = lab.look(&delete(GroupSort::Luns)).unwrap();
    assert_eq!(empty.class, Class::Unused);
    assert_eq!(empty.cuts, []);
    lab.done();
}
