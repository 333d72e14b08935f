//! What an ONTAP has not: each answer names what to use, and nothing is sent.

use super::*;
use crate::ontap::rig::{IQN, ONE};
use sanctl::model::edit::{AccessMode, GroupSort, PathPolicy};

fn edits() -> Vec<(Edit, &'static str)> {
    let host = || named("compute-2");
    let who = || initiator(IQN);
    let mut all = vec![
        (
            Edit::CreateHost {
                name: "h".into(),
                os: None,
                description: None,
            },
            "sanctl hostgroup create h  # with --initiator",
        ),
        (
            Edit::SetHost {
                host: host(),
                access: AccessMode::Balanced,
            },
            "sanctl hostgroup",
        ),
        (
            Edit::DeleteHost { host: host() },
            "sanctl hostgroup delete compute-2",
        ),
        (
            Edit::CreateInitiator {
                initiator: who(),
                host: Some(host()),
            },
            "sanctl hostgroup add-initiator compute-2 iqn",
        ),
        (
            Edit::BindInitiator {
                initiator: who(),
                host: host(),
                from: None,
            },
            "sanctl hostgroup add-initiator compute-2 iqn",
        ),
        (
            Edit::UnbindInitiator {
                initiator: who(),
                host: host(),
            },
            "hostgroup add-initiator",
        ),
        (
            Edit::DeleteInitiator { initiator: who() },
            "hostgroup add-initiator",
        ),
        (
            Edit::SetInitiator {
                initiator: who(),
                paths: PathPolicy::default(),
            },
            "hostgroup add-initiator",
        ),
        (
            Edit::CreateMapping { name: "m".into() },
            "sanctl mapping create --lun",
        ),
        (
            Edit::AddGroup {
                mapping: named("m"),
                sort: GroupSort::Hosts,
                group: named("g"),
            },
            "sanctl lun map LUN --hostgroup g",
        ),
        (
            Edit::RemoveGroup {
                mapping: named("m"),
                sort: GroupSort::Luns,
                group: named("g"),
            },
            "sanctl lun unmap LUN",
        ),
        (
            Edit::SetNumber {
                mapping: named("g:/vol/v/l"),
                lun: named("/vol/v/l"),
                number: LunNumber(7),
            },
            "sanctl lun unmap /vol/v/l --hostgroup g  # then \
             sanctl lun map /vol/v/l --hostgroup g --lun-number 7",
        ),
        (
            Edit::MapLun {
                lun: named(ONE),
                to: Party::Host(host()),
                number: Some(LunNumber(0)),
                direct: true,
            },
            "sanctl lun map /vol/cinder_a/volume-0001 --host compute-2 --lun-number 0",
        ),
    ];
    for (sort, instead) in [
        (GroupSort::Luns, "sanctl lun map"),
        (GroupSort::Ports, "sanctl portgroup list"),
    ] {
        all.push((
            Edit::CreateGroup {
                sort,
                name: "g".into(),
            },
            instead,
        ));
        let group = named("g");
        all.push((Edit::DeleteGroup { sort, group }, instead));
    }
    for (sort, add, remove) in [
        (
            GroupSort::Hosts,
            "hostgroup add-initiator g with one",
            "hostgroup add-initiator",
        ),
        (
            GroupSort::Luns,
            "sanctl lun map m --hostgroup",
            "sanctl lun unmap m --hostgroup",
        ),
        (
            GroupSort::Ports,
            "sanctl portgroup list",
            "sanctl portgroup list",
        ),
    ] {
        let (group, member) = (named("g"), named("m"));
        let number = None;
        all.push((
            Edit::AddMember {
                sort,
                group: group.clone(),
                member: member.clone(),
                number,
            },
            add,
        ));
        all.push((
            Edit::RemoveMember {
                sort,
                group,
                member,
            },
            remove,
        ));
    }
    all
}

#[test]
fn every_answer_names_what_to_use() {
    for api in BOTH {
        let rig = Rig::new(api);
        for (edit, instead) in edits() {
            let error = rig.refuses(&edit, Kind::Unsupported);
            let hints = error.hints().concat();
            assert!(hints.contains(instead), "{edit}: {hints}");
        }
        assert_eq!(rig.server.requests().len(), 0, "{api:?}");
    }
}
