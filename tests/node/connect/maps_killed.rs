//! Attach and detach of a map, killed at each change.

use sanctl::sim::machine::log::Moment;
use sanctl::system::Machine as _;

use crate::multipath::{conf, maps, rig};
use crate::rig::{Rig, kill, wwid};

/// The identities that multipath makes maps of.
fn listed(rig: &Rig) -> String {
    let text = rig.machine.text("/etc/multipath/wwids").unwrap();
    let ids: Vec<String> = text
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with('/'))
        .map(str::to_owned)
        .collect();
    ids.join(" ")
}

/// One that somebody else put on multipath's list stays on it, killed or not.
#[test]
fn what_others_have_listed_stays_listed() {
    for at in 1..=9 {
        let rig = rig();
        let id = wwid(1).multipath();
        rig.run_other("multipath", &["-a", &id]);
        let before = listed(&rig);
        assert!(before.contains(&id));
        kill(&rig, at, Moment::After, |rig| drop(rig.attach()));
        rig.attach().expect();
        rig.detach().expect();
        assert_eq!(listed(&rig), before, "{at}");
    }
}

/// Kills the flow before and after each of its changes in turn; the next run finishes.
#[test]
fn killed_anywhere_the_next_run_goes_on() {
    for find in ["strict", "no"] {
        for moment in [Moment::Before, Moment::After] {
            for at in 1..=14 {
                let what = format!("{find} {at} {moment:?}");
                let fresh = rig();
                fresh.machine.set_multipath_conf(conf(find)).unwrap();
                kill(&fresh, at, moment, |rig| drop(rig.attach()));
                let report = fresh.attach().expect();
                assert!(report.facts.map.is_some(), "{what}");
                assert_eq!(maps(&fresh)[0].paths.len(), 2, "{what}");
                kill(&fresh, at, moment, |rig| drop(rig.detach()));
                fresh.detach().expect();
                assert!(
                    fresh.snapshot().is_empty(),
                    "{what}: {:?}",
                    fresh.snapshot()
                );
                assert!(maps(&fresh).is_empty(), "{what}");
                // Where it makes maps unasked, multipathd writes the list by itself.
                if find == "strict" {
                    assert_eq!(listed(&fresh), "", "{what}");
                }
                assert!(fresh.journals().list_open().unwrap().is_empty(), "{what}");
            }
        }
    }
}

/// A map that a killed attach left is taken away by a detach that follows at once.
#[test]
fn killed_anywhere_a_detach_leaves_nothing() {
    for find in ["strict", "no"] {
        for at in 1..=14 {
            let rig = rig();
            rig.machine.set_multipath_conf(conf(find)).unwrap();
            kill(&rig, at, Moment::After, |rig| drop(rig.attach()));
            rig.detach().expect();
            assert!(rig.snapshot().is_empty(), "{at}: {:?}", rig.snapshot());
            assert!(maps(&rig).is_empty(), "{at}");
            if find == "strict" {
                assert_eq!(listed(&rig), "", "{at}");
            }
            assert!(rig.journals().list_open().unwrap().is_empty(), "{at}");
        }
    }
}
