//! Maps that keep commands until a path comes, and a multipathd that is busy.

use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::node::connect::Unflushed;
use sanctl::sim::machine::fabric::Answer;
use sanctl::sim::machine::{Hold, Outage};

use crate::multipath::{everything, maps, rig};
use crate::rig::{A, B, portal};

#[test]
fn a_queueing_map_without_paths_goes_only_by_force() {
    let mut rig = rig();
    rig.machine.set_queueing(true).unwrap();
    rig.attach().expect();
    for at in [A, B] {
        rig.machine
            .set_outage(portal(at), Some(Outage::Settled))
            .unwrap();
    }
    let before = everything(&rig);
    rig.machine.clear_calls();
    let done = rig.detach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("keeps commands"), "{error}");
    let hints = error.hints().join("\n");
    assert!(hints.contains("sanctl detach vol-7 --force"), "{hints}");
    assert_eq!(everything(&rig), before);
    assert!(rig.changes().is_empty(), "{:?}", rig.changes());
    rig.unflushed = Unflushed::GiveUp;
    rig.detach().expect();
    let changes = rig.changes();
    assert!(changes[0].contains("disablequeueing map"), "{changes:#?}");
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

/// The last path dies after the look, and whoever opens the map then waits where nobody sees him.
#[test]
fn a_map_that_begins_to_wait_while_it_is_flushed_goes_only_by_force() {
    let mut rig = rig();
    rig.machine.set_queueing(true).unwrap();
    rig.attach().expect();
    rig.machine.hold("dm-0", Hold::Opening).unwrap();
    let fabric = rig.fabric.clone();
    rig.machine.on_change(Box::new(move |_, call, _| {
        if call.to_string().contains("del map") {
            fabric.set_answer(portal(A), Answer::Silent);
            fabric.set_answer(portal(B), Answer::Silent);
        }
        Ok(())
    }));
    rig.machine.clear_calls();
    let done = rig.detach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("keeps commands"), "{error}");
    assert_eq!(rig.changes().len(), 1, "{:#?}", rig.changes());
    assert_eq!(maps(&rig).len(), 1);
    rig.machine.no_hook();
    rig.unflushed = Unflushed::GiveUp;
    rig.detach().expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

/// A busy multipathd says no more than that.
#[test]
fn a_busy_multipathd_is_asked_again() {
    let rig = rig();
    rig.machine.set_busy_answers(3);
    rig.attach().expect();
    rig.machine.set_busy_answers(3);
    let report = rig.status().report;
    assert_eq!((report.state, report.exit_code), ("attached", 0));
    rig.machine.set_busy_answers(3);
    rig.detach().expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}
