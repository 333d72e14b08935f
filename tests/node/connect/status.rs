//! Status on the practice machine: reads only.

use sanctl::kit::kind::{Failure, Kind};
use sanctl::sim::machine::Outage;
use sanctl::sim::machine::fabric::Answer;

use crate::rig::{A, B, IQN, Rig, portal, wwid};

#[test]
pub(crate) fn a_whole_attachment_and_none() {
    let rig = Rig::new();
    let report = rig.status().report;
    let said = rig.step(&report, &format!("node.session@{A}"));
    assert_eq!(said, "not logged in");
    rig.attach().expect();
    rig.machine.clear_calls();
    let done = rig.status();
    assert_eq!(
        done.report.exit_code,
        Kind::Done.exit_code(),
        "{:#?}",
        done.report
    );
    let said = rig.step(&done.report, "node.identity");
    assert!(said.contains("2 paths answer"), "{said}");
    assert!(rig.changes().is_empty());
}

#[test]
pub(crate) fn what_is_broken_says_so() {
    let rig = Rig::new();
    rig.attach().expect();
    // LUN 7 is another one now, and the kernel has noticed.
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    assert_eq!(done.report.device, None);
    let report = rig.status().report;
    assert_eq!(report.exit_code, Kind::Findings.exit_code());
    let said = rig.step(&report, &format!("node.path@{A}"));
    assert!(
        said.contains("not this LUN") && said.contains(wwid(3).as_str()),
        "{said}"
    );
}

#[test]
pub(crate) fn a_lun_that_was_unmapped_behind_our_back_is_told() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.fabric.unmap(7);
    let report = rig.status().report;
    assert_eq!(report.exit_code, Kind::Findings.exit_code());
    let said = rig.step(&report, &format!("node.path@{A}"));
    assert!(said.contains("does not answer"), "{said}");
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_dead_portal_is_named() {
    let rig = Rig::new();
    rig.fabric.set_answer(portal(B), Answer::Refused);
    rig.attach().expect();
    let report = rig.status().report;
    let said = rig.step(&report, &format!("node.session@{B}"));
    assert!(said.contains("connection refused"), "{said}");
}

#[test]
pub(crate) fn a_session_that_lost_its_portal_says_why() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.machine
        .set_outage(portal(B), Some(Outage::Recent))
        .unwrap();
    rig.fabric.set_answer(portal(B), Answer::Silent);
    let report = rig.status().report;
    let said = rig.step(&report, &format!("node.session@{B}"));
    assert!(
        said.contains("failed") && said.contains("no answer"),
        "{said}"
    );
}

#[test]
pub(crate) fn what_others_made_is_seen_too() {
    let rig = Rig::new();
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let report = rig.status().report;
    let said = rig.step(&report, &format!("node.path@{A}"));
    assert!(said.contains("sd"), "{said}");
}
