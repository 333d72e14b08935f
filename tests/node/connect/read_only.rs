//! Devices that the node's kernel lets nobody write.

use std::sync::Arc;

use sanctl::attachment::walk::OnFailure;
use sanctl::kit::clock::Clock;
use sanctl::kit::kind::Kind;
use sanctl::node::connect::{Mode, Multipath};
use sanctl::sim::machine::Hold;
use sanctl::step::State;
use sanctl::system::Machine;

use crate::faulty::{Act, Calls, Faulty};
use crate::rig::{Rig, Told};

fn rig(multipath: Multipath) -> Rig {
    let mut rig = Rig::new();
    rig.clock = Clock::skipping();
    rig.multipath = multipath;
    rig.mode = Mode::ReadOnly;
    rig
}

/// Which block devices refuse writes.
fn refusing(rig: &Rig) -> Vec<String> {
    let machine = &*rig.machine;
    let mut names = machine.names("/sys/class/block").unwrap();
    names.retain(|name| {
        let ro = machine.text(&format!("/sys/class/block/{name}/ro"));
        ro.unwrap().as_deref() == Some("1")
    });
    names
}

#[test]
fn every_path_and_the_map_refuse_writes_until_the_detach() {
    for (multipath, devices) in [(Multipath::No, 2), (Multipath::Yes, 3)] {
        let mut rig = rig(multipath);
        let report = rig.attach().expect();
        let row = report.steps.last().unwrap();
        assert_eq!((row.key.as_str(), row.changed), ("node.read-only", true));
        assert_eq!(refusing(&rig).len(), devices, "{multipath:?}");
        let again = rig.attach().expect();
        assert!(!again.changed, "{again:#?}");
        rig.mode = Mode::ReadWrite;
        let status = rig.status().expect();
        assert_eq!((status.state, status.exit_code), ("attached", 0));
        let last = status.steps.last().unwrap();
        assert_eq!(
            (last.key.as_str(), last.state),
            ("node.read-only", State::Present)
        );
        // Nobody need remember it.
        let (status, error) = rig.status_of(rig.connection(7, Told::Wwid));
        assert!(error.is_none() && status.state == "attached", "{status:#?}");
        assert_eq!(status.steps.last().unwrap().key, "node.read-only");
        // Somebody makes one writable: that is told.
        rig.run_blockdev("--setrw", &refusing(&rig)[0]);
        assert_eq!(rig.status().expect().exit_code, 3);
        rig.detach().expect();
        assert!(rig.journals().list_all().unwrap().is_empty());
        let report = rig.attach().expect();
        assert!(report.steps.iter().all(|s| s.key != "node.read-only"));
        assert_eq!(refusing(&rig), [""; 0]);
    }
}

#[test]
fn a_connection_info_asks_for_it_too() {
    let mut rig = rig(Multipath::No);
    rig.mode = Mode::ReadWrite;
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().read_only = true;
    rig.attach_facts(facts).expect();
    assert_eq!(refusing(&rig).len(), 2);
}

#[test]
fn devices_in_use_are_not_taken_from_whoever_writes_to_them() {
    let mut rig = rig(Multipath::No);
    rig.mode = Mode::ReadWrite;
    let report = rig.attach().expect();
    let disk = report.device.unwrap();
    let name = report.paths[0].disk.clone();
    let at = "/srv/data".into();
    rig.machine.hold(&name, Hold::Mount { at }).unwrap();
    rig.mode = Mode::ReadOnly;
    let (report, said) = rig.attach().fails();
    assert_eq!(report.kind, Some(Kind::Refused), "{disk} {said}");
    assert!(said.contains("/srv/data"), "{said}");
    assert_eq!(refusing(&rig), [""; 0]);
}

#[test]
fn a_fault_leaves_nothing_that_refuses_writes() {
    for act in Act::ALL {
        let mut found = false;
        for nth in 1.. {
            let mut rig = rig(Multipath::No);
            rig.on_failure = OnFailure::Undo;
            // The devices were there before, and can be written.
            rig.mode = Mode::ReadWrite;
            rig.attach().expect();
            rig.mode = Mode::ReadOnly;
            let faulty = Faulty::new(&rig.machine, Calls::Heavy, (nth, nth), act);
            rig.over = Some(Arc::clone(&faulty) as Arc<dyn Machine>);
            let done = rig.attach();
            rig.over = None;
            if faulty.count() < nth {
                break;
            }
            found = true;
            let kind = done.report.kind.unwrap();
            match done.error {
                None => assert_eq!(refusing(&rig).len(), 2, "call {nth} {act:?}"),
                Some(error) if kind != Kind::Partial => {
                    assert_eq!(refusing(&rig), [""; 0], "call {nth} {act:?}: {error}");
                }
                Some(_) => {}
            }
            rig.attach().expect();
            assert_eq!(refusing(&rig).len(), 2);
            rig.detach().expect();
            assert!(rig.journals().list_all().unwrap().is_empty());
        }
        assert!(found);
    }
}
