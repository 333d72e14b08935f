//! Which igroup is used: own, `openstack-`, any with the same members, else a new one; and what an
//! administrator's map means.

use sanctl::attachment::detach::Adopted;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::kind::Kind;
use sanctl::step::Aim;
use serde_json::json;

use crate::ontap::rig::{BOTH, IQN, ONE, OWN, Rig, TWO};
use crate::rig::Then;

const OTHER: &str = "iqn.1994-05.com.redhat:c004";

#[test]
fn igroups_in_their_order() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("a-cluster", "iscsi", &[IQN, OTHER]);
        rig.attach(ONE).expect();
        // Never one with others in it.
        assert_eq!(rig.array.maps_of(ONE)[0].0, OWN, "{api:?}");
        let rig = Rig::new(api);
        rig.array.add_igroup("by-hand", "iscsi", &[IQN]);
        rig.array.add_igroup("openstack-9f", "iscsi", &[IQN]);
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE)[0].0, "openstack-9f", "{api:?}");
        // It was there before, and stays.
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.igroups().len(), 2, "{api:?}");
        let rig = Rig::new(api);
        rig.array.add_igroup("by-hand", "iscsi", &[IQN]);
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE)[0].0, "by-hand", "{api:?}");
    }
}

#[test]
fn our_empty_igroup_is_filled() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup(OWN, "iscsi", &[]);
        rig.attach(ONE).expect();
        assert_eq!(
            rig.array.igroups(),
            [(OWN.to_owned(), vec![IQN.to_owned()])]
        );
        // The member is ours, the igroup is not.
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.igroups(), [(OWN.to_owned(), vec![])], "{api:?}");
    }
}

#[test]
fn our_name_for_another_system_is_in_the_way() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup(OWN, "iscsi", &[]);
        rig.array.set_igroup_os(OWN, "windows");
        let before = rig.array.dump();
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        assert!(
            failed.text.contains("operating system windows"),
            "{failed:?}"
        );
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn our_name_with_somebody_else_in_it_is_in_the_way() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup(OWN, "iscsi", &[OTHER]);
        let before = rig.array.dump();
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        assert!(failed.text.contains(OTHER), "{failed:?}");
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn a_map_by_hand_is_adopted_and_left_alone() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.add_igroup("admins", "iscsi", &[IQN]);
        rig.array.map(ONE, "admins", Some(7));
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number.unwrap().0, 7, "{api:?}");
        assert!(!walked.report.changed && rig.objects().is_empty());
        let failed = rig.detach(ONE, None).fails();
        assert!(failed.text.contains("made by somebody else"), "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE), [("admins".to_owned(), 7)]);
        rig.adopted = Adopted::Keep;
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.maps_of(ONE).len(), 1);
        rig.adopted = Adopted::Include;
        rig.detach(ONE, None).expect();
        assert!(rig.array.maps_of(ONE).is_empty(), "{api:?}");
        assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
    }
}

#[test]
fn a_shared_igroup_is_taken_only_when_asked_and_never_emptied() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.add_igroup("cluster", "iscsi", &[IQN, OTHER]);
        rig.array.map(ONE, "cluster", None);
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains(OTHER), "{failed:?}");
        assert!(failed.hints[0].contains("--shared"), "{failed:?}");
        rig.shared = true;
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
        rig.adopted = Adopted::Include;
        let failed = rig.detach(ONE, None).fails();
        assert!(failed.text.contains(OTHER), "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
    }
}

#[test]
fn another_host_came_into_our_igroup() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.call("POST", &initiators(&rig), &json!({"name": OTHER}));
        let failed = rig.detach(ONE, None).fails();
        assert!(failed.text.contains(OTHER), "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
    }
}

/// An administrator put another host in the place of ours, by force.
#[test]
fn another_host_came_into_our_igroup_in_our_place() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        let initiators = initiators(&rig);
        let path = format!("{initiators}/{IQN}?allow_delete_while_mapped=true");
        rig.call("DELETE", &path, &json!({}));
        rig.call("POST", &initiators, &json!({"name": OTHER}));
        let failed = rig.detach(ONE, None).fails();
        assert!(failed.text.contains(OTHER), "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
    }
}

/// Where the initiators of the first igroup are.
fn initiators(rig: &Rig) -> String {
    let found = rig.call("GET", "/protocols/san/igroups?fields=uuid", &json!({}));
    let uuid = found["records"][0]["uuid"].as_str().unwrap();
    format!("/protocols/san/igroups/{uuid}/initiators")
}

/// Our igroup goes although the node is in it no more, and another one of its own stays.
#[test]
fn an_igroup_that_lost_its_member_goes_all_the_same() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        let path = format!("{}/{IQN}?allow_delete_while_mapped=true", initiators(&rig));
        rig.call("DELETE", &path, &json!({}));
        rig.array.add_igroup("by-hand", "iscsi", &[IQN]);
        rig.detach(ONE, None).expect();
        let left: Vec<String> = rig.array.igroups().into_iter().map(|g| g.0).collect();
        assert_eq!(left, ["by-hand"], "{api:?}");
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    }
}

#[test]
fn what_a_failed_attach_made_is_taken_back() {
    for api in BOTH {
        let rig = Rig::new(api);
        let before = rig.array.dump();
        let walked = rig.attach_with(ONE, OnFailure::Undo, Then::TakeBack);
        assert!(walked.result.is_err());
        assert_eq!(rig.array.dump(), before, "{api:?}");
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
        // What was there before stays.
        rig.attach(TWO).expect();
        let before = rig.array.dump();
        let _ = rig.attach_with(ONE, OnFailure::Undo, Then::TakeBack);
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

/// Cinder leaves an empty igroup behind at every retry.
#[test]
fn a_failed_membership_leaves_no_empty_igroup() {
    let rig = Rig::new(sanctl::array::ontap::config::ApiChoice::Zapi);
    let before = rig.array.dump();
    rig.fault("POST /zapi/igroup-add#every=code:9006");
    let failed = rig.attach(ONE).fails();
    assert_eq!(failed.key, "array.igroup-initiator", "{failed:?}");
    assert_eq!(rig.array.dump(), before);
    assert!(rig.objects().is_empty(), "{:?}", rig.objects());
}

#[test]
fn the_igroup_of_choice() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.add_igroup("cluster", "iscsi", &[IQN, OTHER]);
        rig.array.add_igroup("theirs", "iscsi", &[OTHER]);
        rig.array.add_igroup("fabric", "fcp", &[]);
        rig.hostgroup = Some("nix".into());
        assert_eq!(rig.attach(ONE).fails().kind, Kind::NotFound);
        rig.hostgroup = Some("fabric".into());
        assert!(rig.attach(ONE).fails().text.contains("fcp"));
        rig.hostgroup = Some("cluster".into());
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE)[0].0, "cluster", "{api:?}");
        // Others may use it by now: the way back is theirs to decide.
        let failed = rig.detach(ONE, None).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        assert!(failed.text.contains(OTHER), "{failed:?}");
        let hint = format!("sanctl lun unmap {ONE} --hostgroup cluster");
        assert!(
            failed.hints.iter().any(|h| h.starts_with(&hint)),
            "{failed:?}"
        );
        rig.hostgroup = Some("theirs".into());
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("cluster"), "{failed:?}");
        rig.attach(TWO).expect();
        assert_eq!(rig.array.maps_of(TWO)[0].0, "theirs", "{api:?}");
        assert_eq!(rig.array.igroups()[2].1.len(), 2, "{api:?}");
    }
}

/// The node half of a detach goes first: what the array will refuse is refused before it.
#[test]
fn a_way_back_that_is_barred_is_told_before_the_node_half() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.add_igroup("cluster", "iscsi", &[IQN, OTHER]);
        rig.hostgroup = Some("cluster".into());
        let facts = rig.attach(ONE).expect().facts;
        let barred = rig.stage(ONE).preflight(&facts, Aim::Detach).unwrap_err();
        assert_eq!(barred.kind(), Kind::Refused, "{api:?}: {barred}");
        assert!(barred.to_string().contains(OTHER), "{api:?}: {barred}");
        let hints = barred.cause().hints();
        let hint = format!("sanctl lun unmap {ONE} --hostgroup cluster");
        assert!(hints.iter().any(|h| h.starts_with(&hint)), "{hints:?}");
        // An array that does not answer keeps nobody from the node half.
        rig.fault("*=slow:2000ms");
        rig.settings = Box::new(|s| s.request = std::time::Duration::from_millis(200));
        rig.stage(ONE).preflight(&facts, Aim::Detach).unwrap();
        rig.settings = Box::new(|_| {});
        rig.fault("");
        // The hint was followed.
        rig.array.unmap(ONE, "cluster");
        rig.stage(ONE).preflight(&facts, Aim::Detach).unwrap();
        rig.detach(ONE, None).expect();
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
        // What others made is left where it is, and that is nobody's obstacle.
        rig.array.map(TWO, "cluster", None);
        rig.hostgroup = None;
        rig.shared = true;
        let facts = rig.attach(TWO).expect().facts;
        rig.stage(TWO).preflight(&facts, Aim::Detach).unwrap();
    }
}

/// A map that was made seconds ago goes with the attach that failed, whoever else saw it meanwhile.
#[test]
fn a_failed_attach_leaves_nothing_in_the_igroup_of_choice() {
    for api in BOTH {
        for members in [&[IQN, OTHER][..], &[OTHER]] {
            let mut rig = Rig::new(api);
            rig.array.add_igroup("cluster", "iscsi", members);
            rig.hostgroup = Some("cluster".into());
            let before = rig.array.dump();
            let walked = rig.attach_with(ONE, OnFailure::Undo, Then::TakeBack);
            assert!(walked.result.is_err());
            assert_eq!(rig.array.dump(), before, "{api:?} {members:?}");
            assert!(rig.objects().is_empty(), "{:?}", rig.objects());
        }
    }
}

/// One igroup may hold every port of a host, of either protocol (ontap.md §9.1, §9.7).
#[test]
fn an_igroup_of_the_nodes_iqn_and_its_ports_is_its_own() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.wwpns = vec!["21000024ff30441c".into()];
        rig.ports = vec!["21000024ff30441d".into()];
        let (up, down) = ("21:00:00:24:ff:30:44:1c", "21:00:00:24:ff:30:44:1d");
        rig.array.add_igroup("by-hand", "mixed", &[IQN, up, down]);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE)[0].0, "by-hand", "{api:?}");
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}
