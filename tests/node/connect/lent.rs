//! Records of somebody else, lent a manual scan for the time of a login: whatever becomes of the
//! login, they say again what they said.

use std::time::Duration;

use sanctl::kit::bounds::Bounds;
use sanctl::kit::clock::Clock;
use sanctl::kit::kind::Failure as _;
use sanctl::kit::stop::Stop;
use sanctl::sim::machine::log::{Call, Moment, killed};
use sanctl::system::Machine as _;

use crate::family::At;
use crate::rig::{A, B, IQN, Rig, Told, entry, kill, portal};

const BACK: &str = "-n node.session.scan -v auto";

fn record(rig: &Rig, at: At) -> Option<String> {
    let path = format!("/etc/iscsi/nodes/{IQN}/{}/default", entry(at));
    rig.machine.text(&path).unwrap()
}

fn records(rig: &Rig) -> Vec<Option<String>> {
    [A, B].map(|at| record(rig, at)).to_vec()
}

/// Records that an administrator made, with a scan of every LUN.
fn foreign() -> (Rig, Vec<Option<String>>) {
    let rig = Rig::new();
    for at in [A, B] {
        let line = format!("iscsiadm -m node -T {IQN} -p {at},1 -I default -o new");
        assert_eq!(rig.run(&line), 0);
    }
    let before = records(&rig);
    assert!(before[0].as_ref().unwrap().contains("scan = auto"));
    (rig, before)
}

#[test]
pub(crate) fn killed_anywhere_the_next_run_gives_back_what_they_said() {
    for moment in [Moment::Before, Moment::After] {
        for at in 1..=12 {
            for attaches in [true, false] {
                let what = format!("{at} {moment:?} {attaches}");
                let (rig, before) = foreign();
                kill(&rig, at, moment, |rig| drop(rig.attach()));
                if attaches {
                    rig.attach().expect();
                    assert_eq!(records(&rig), before, "{what}");
                }
                rig.detach().expect();
                assert_eq!(records(&rig), before, "{what}");
                assert_eq!(rig.snapshot().len(), 2, "{what}: {:?}", rig.snapshot());
                assert!(rig.journals().list_all().unwrap().is_empty(), "{what}");
            }
        }
    }
}

/// Another LUN's journal says that the session was new; what this one lent is not forgotten.
#[test]
pub(crate) fn killed_after_a_boot_beside_another_attachment() {
    for moment in [Moment::Before, Moment::After] {
        for at in 1..=6 {
            let what = format!("{at} {moment:?}");
            let (rig, before) = foreign();
            rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
            rig.attach().expect();
            rig.machine.reboot().unwrap();
            kill(&rig, at, moment, |rig| drop(rig.attach()));
            rig.detach().expect();
            assert_eq!(records(&rig), before, "{what}");
        }
    }
}

/// A login that lasts longer than the work may: the record is given back in a time of its own.
#[test]
pub(crate) fn a_login_that_outlasts_the_deadline() {
    for code in [None, Some(8)] {
        let (mut rig, before) = foreign();
        rig.clock = Clock::skipping();
        rig.machine.set_login_code(portal(A), code).unwrap();
        let mut facts = rig.connection(7, Told::Wwid);
        facts.connection.as_mut().unwrap().targets.truncate(1);
        let clock = rig.clock.clone();
        rig.machine.on_change(Box::new(move |_, call, now| {
            if now == Moment::After && call.to_string().contains("--login") {
                let span = Duration::from_secs(100);
                let bounds = Bounds::by(&clock, 2 * span, "a slow login", Stop::new());
                bounds.wait(span).unwrap();
            }
            Ok(())
        }));
        let done = rig.attach_facts(facts);
        rig.machine.no_hook();
        assert!(done.error.is_some());
        assert_eq!(records(&rig), before, "{code:?}");
    }
}

/// What cannot be given back is told, with the login's own error, and stays on record.
#[test]
pub(crate) fn what_cannot_be_given_back_is_told_and_tried_again() {
    for code in [None, Some(8)] {
        let (rig, before) = foreign();
        rig.machine.set_login_code(portal(A), code).unwrap();
        let mut facts = rig.connection(7, Told::Wwid);
        facts.connection.as_mut().unwrap().targets.truncate(1);
        rig.machine.on_change(Box::new(move |_, call: &Call, _| {
            match call.to_string().contains(BACK) {
                true => Err(killed()),
                false => Ok(()),
            }
        }));
        let done = rig.attach_facts(facts);
        rig.machine.no_hook();
        let error = done.error.unwrap();
        let told = format!("{error} {:?}", error.hints());
        assert!(told.contains(&entry(A)), "{told}");
        assert!(told.contains("node.session.scan"), "{told}");
        assert_eq!(told.contains("code 8"), code.is_some(), "{told}");
        assert!(record(&rig, A).unwrap().contains("scan = manual"));
        rig.machine.set_login_code(portal(A), None).unwrap();
        rig.detach().expect();
        assert_eq!(records(&rig), before);
        assert_eq!(rig.snapshot().len(), 2, "{:?}", rig.snapshot());
    }
}

/// What an administrator writes meanwhile is left alone.
#[test]
pub(crate) fn what_is_given_back_is_not_set_again() {
    let (rig, _) = foreign();
    rig.attach().expect();
    let line = format!("iscsiadm -m node -T {IQN} -p {A} -o update -n node.session.scan -v manual");
    assert_eq!(rig.run(&line), 0);
    let set = records(&rig);
    rig.attach().expect();
    rig.detach().expect();
    assert_eq!(records(&rig), set);
}
