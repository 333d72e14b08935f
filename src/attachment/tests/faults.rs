//! One fault at every call: an answered error, a lost answer with and without the change, a stale
//! survey, a signal, the end of time.

use super::super::toy::{Bench, Ended, Fault, Shape};
use super::ownership::cinder;
use crate::kit::kind::Kind;

const FAULTS: [Fault; 4] = [
    Fault::Plain(Kind::Failed),
    Fault::LostAfter,
    Fault::LostBefore,
    Fault::Stale,
];

/// Worlds to begin with: what Cinder leaves, and nothing but an initiator somebody made.
fn worlds() -> [fn(&Bench); 2] {
    [cinder, |bench| {
        bench.world.put("hand", "a/initiator", "free", &[])
    }]
}

fn begin(world: fn(&Bench)) -> Bench {
    let bench = Bench::new();
    world(&bench);
    bench
}

/// The calls of a clean attach in a world.
fn attach_calls(world: fn(&Bench), shape: &Shape) -> Vec<String> {
    let bench = begin(world);
    assert_eq!(bench.attach(shape).code(), 0);
    bench.calls()
}

fn told(ended: &Ended) -> String {
    format!("{:?} left {:?}", ended.error, ended.report.left)
}

/// After whatever happened: attach completes, detach leaves the world as it was.
fn attach_then_detach(bench: &Bench, shape: &Shape, before: &impl AsSnapshot, why: &str) {
    bench.heal();
    let attached = bench.attach(shape);
    assert_eq!(attached.code(), 0, "{why}: {}", told(&attached));
    assert!(bench.whole(shape), "{why}");
    detach_to(bench, shape, before, why);
}

fn detach_to(bench: &Bench, shape: &Shape, before: &impl AsSnapshot, why: &str) {
    bench.heal();
    let detached = bench.detach(shape);
    assert_eq!(detached.code(), 0, "{why}: {}", told(&detached));
    before.check(bench, why);
    assert!(bench.journals.list_open().unwrap().is_empty(), "{why}");
}

pub(super) trait AsSnapshot {
    fn check(&self, bench: &Bench, why: &str);
}

impl AsSnapshot for std::collections::BTreeMap<String, super::super::toy::Thing> {
    fn check(&self, bench: &Bench, why: &str) {
        assert_eq!(&bench.world.snapshot(), self, "{why}");
        assert_eq!(bench.owned(), Vec::<String>::new(), "{why}");
    }
}

#[test]
fn attach_with_undo_leaves_the_world_as_it_was_or_succeeds() {
    let shape = Shape::lun("01");
    for world in worlds() {
        for call in attach_calls(world, &shape) {
            for fault in FAULTS {
                let why = format!("{fault:?} at {call}");
                let bench = begin(world);
                let before = bench.world.snapshot();
                bench.world.fault(&call, fault);
                let ended = bench.attach(&shape);
                match ended.code() {
                    0 => assert!(bench.whole(&shape), "{why}"),
                    // One of two portals failed and was taken back.
                    9 => {
                        assert!(call.contains(" node."), "{why}");
                        assert_eq!(ended.report.left.len(), 1, "{why}");
                        let lanes = ["p1", "p2"]
                            .iter()
                            .filter(|p| bench.world.has(&format!("n/record/{p}")));
                        assert_eq!(lanes.count(), 1, "{why}");
                    }
                    code => {
                        // A lost read is an array that does not answer.
                        let cause = if matches!(fault, Fault::Plain(_)) {
                            1
                        } else {
                            5
                        };
                        assert_eq!(code, cause, "{why}: {}", told(&ended));
                        assert!(!ended.report.changed, "{why}");
                        before.check(&bench, &why);
                        assert!(bench.journals.list_open().unwrap().is_empty(), "{why}");
                    }
                }
                attach_then_detach(&bench, &shape, &before, &why);
            }
        }
    }
}

#[test]
fn attach_with_keep_is_completed_by_the_next_run_or_taken_back_by_detach() {
    let shape = Shape::lun("01");
    for world in worlds() {
        for call in attach_calls(world, &shape) {
            for fault in FAULTS {
                for forward in [true, false] {
                    let why = format!("{fault:?} at {call}, forward {forward}");
                    let bench = begin(world);
                    let before = bench.world.snapshot();
                    bench.world.fault(&call, fault);
                    let ended = bench.keep(&shape);
                    let ours = !bench.owned().is_empty();
                    match ended.code() {
                        0 | 9 => {}
                        code => assert_eq!(code == 4, ours, "{why}: {}", told(&ended)),
                    }
                    if forward {
                        attach_then_detach(&bench, &shape, &before, &why);
                    } else {
                        detach_to(&bench, &shape, &before, &why);
                    }
                }
            }
        }
    }
}

#[test]
fn a_lost_answer_that_nobody_can_look_up_is_taken_back_or_named() {
    let shape = Shape::lun("01");
    for key in ["array.host", "array.initiator", "array.view", "array.link"] {
        for fault in [Fault::LostAfter, Fault::LostBefore] {
            let why = format!("{fault:?} at {key}");
            let bench = Bench::new();
            let before = bench.world.snapshot();
            let mute = |bench: &Bench| {
                bench.world.fault(&format!("apply {key} 0"), fault);
                bench
                    .world
                    .fault(&format!("look {key} 0"), Fault::LostBefore);
            };
            mute(&bench);
            let ended = bench.attach(&shape);
            assert_eq!(ended.code(), 5, "{why}: {}", told(&ended));
            before.check(&bench, &why);
            bench.heal();
            mute(&bench);
            let kept = bench.keep(&shape);
            assert_eq!(kept.code(), 4, "{why}");
            assert!(kept.report.left.iter().any(|s| s.key == key), "{why}");
            attach_then_detach(&bench, &shape, &before, &why);
        }
    }
}

#[test]
fn a_change_is_not_sent_again_before_a_look_says_it_was_not_made() {
    for look in [Fault::Plain(Kind::Failed), Fault::Blind] {
        let bench = Bench::new();
        let shape = Shape::lun("01");
        bench.world.fault("apply array.host 0", Fault::LostBefore);
        bench.world.fault("look array.host 0", look);
        assert_eq!(bench.attach(&shape).code(), 5);
        let calls = bench.calls();
        let again = "apply array.host 1".to_owned();
        assert!(!calls.contains(&again), "{calls:?}");
    }
}

#[test]
fn what_an_undo_cannot_take_back_is_named_and_a_detach_finishes_it() {
    let shape = Shape::lun("01");
    let broken = |bench: &Bench| {
        bench
            .world
            .fault("apply array.number 0", Fault::Plain(Kind::Refused));
        bench
            .world
            .fault("check array.number 0", Fault::Plain(Kind::Refused));
    };
    let bench = Bench::new();
    broken(&bench);
    assert_eq!(bench.attach(&shape).code(), 7);
    let undos: Vec<String> = bench
        .calls()
        .into_iter()
        .filter(|c| c.starts_with("undo"))
        .collect();
    assert_eq!(undos.len(), 7, "{undos:?}");
    for call in undos {
        for fault in FAULTS {
            let why = format!("{fault:?} at {call}");
            let bench = Bench::new();
            let before = bench.world.snapshot();
            broken(&bench);
            bench.world.fault(&call, fault);
            let ended = bench.attach(&shape);
            if matches!(fault, Fault::LostAfter | Fault::LostBefore) {
                assert_eq!(ended.code(), 7, "{why}: {}", told(&ended));
                before.check(&bench, &why);
            } else {
                assert_eq!(ended.code(), 4, "{why}");
                assert!(!ended.report.left.is_empty(), "{why}");
                assert!(
                    ended.report.hints.iter().any(|h| h.contains("detach")),
                    "{why}"
                );
                assert_eq!(bench.status(&shape).code(), 3, "{why}");
            }
            detach_to(&bench, &shape, &before, &why);
        }
    }
}

#[test]
fn detach_goes_on_where_it_failed() {
    let shape = Shape::lun("01");
    for world in worlds() {
        let bench = begin(world);
        bench.attach(&shape);
        bench.detach(&shape);
        for call in bench.calls() {
            for fault in FAULTS {
                let why = format!("{fault:?} at {call}");
                let bench = begin(world);
                let before = bench.world.snapshot();
                assert_eq!(bench.attach(&shape).code(), 0);
                let whole = bench.world.snapshot();
                bench.world.fault(&call, fault);
                let ended = bench.detach(&shape);
                if ended.code() == 0 {
                    before.check(&bench, &why);
                    continue;
                }
                let touched = bench.world.snapshot() != whole;
                assert_eq!(ended.code() == 4, touched, "{why}: {}", told(&ended));
                assert_eq!(bench.journals.list_open().unwrap().len(), 1, "{why}");
                detach_to(&bench, &shape, &before, &why);
            }
        }
    }
}

#[test]
fn a_signal_finishes_the_step_and_then_takes_back_or_keeps() {
    let shape = Shape::lun("01");
    for keep in [false, true] {
        for call in attach_calls(|_| {}, &shape) {
            let why = format!("stop at {call}, keep {keep}");
            let bench = Bench::new();
            let before = bench.world.snapshot();
            bench.world.fault(&call, Fault::Stop);
            let ended = if keep {
                bench.keep(&shape)
            } else {
                bench.attach(&shape)
            };
            if ended.code() == 0 {
                assert!(bench.whole(&shape), "{why}");
            } else {
                assert_eq!(ended.code(), 130, "{why}: {}", told(&ended));
                if !keep {
                    before.check(&bench, &why);
                } else if !bench.owned().is_empty() {
                    assert!(!ended.report.left.is_empty(), "{why}");
                }
            }
            attach_then_detach(&bench, &shape, &before, &why);
        }
    }
}

#[test]
fn a_signal_in_a_detach_leaves_a_journal_to_go_on_from() {
    let shape = Shape::lun("01");
    let bench = Bench::new();
    bench.attach(&shape);
    bench.detach(&shape);
    for call in bench.calls() {
        let bench = Bench::new();
        let before = bench.world.snapshot();
        bench.attach(&shape);
        bench.world.fault(&call, Fault::Stop);
        let ended = bench.detach(&shape);
        assert!(matches!(ended.code(), 0 | 130), "{call}: {}", told(&ended));
        detach_to(&bench, &shape, &before, &call);
    }
}

#[test]
fn a_signal_during_the_undo_does_not_cut_it_short() {
    let shape = Shape::lun("01");
    let bench = Bench::new();
    let before = bench.world.snapshot();
    bench
        .world
        .fault("check array.number 0", Fault::Plain(Kind::Refused));
    bench.world.fault("undo array.view 0", Fault::Stop);
    bench.attach(&shape);
    before.check(&bench, "stop in the undo");
}

#[test]
fn the_end_of_time_is_5_or_4_when_something_is_left() {
    let shape = Shape::lun("01");
    for call in [
        "survey publish 0",
        "apply array.view 0",
        "apply node.session@p1 0",
    ] {
        let bench = Bench::new();
        let before = bench.world.snapshot();
        bench.world.fault(call, Fault::Late);
        let ended = bench.attach(&shape);
        assert_eq!(ended.code(), 5, "{call}: {}", told(&ended));
        before.check(&bench, call);
    }
    let bench = Bench::new();
    let before = bench.world.snapshot();
    bench.world.fault("apply array.view 0", Fault::Late);
    assert_eq!(bench.keep(&shape).code(), 4);
    detach_to(&bench, &shape, &before, "late");
}

#[test]
fn a_call_that_a_signal_ends_is_a_signal_and_no_dead_portal() {
    let shape = Shape {
        portals: vec!["p1"],
        min: 0,
        want: 1,
        ..Shape::lun("01")
    };
    for call in ["apply array.view 0", "apply node.session@p1 0"] {
        let bench = Bench::new();
        bench.world.fault(call, Fault::StopFail);
        let ended = bench.attach(&shape);
        assert_eq!(ended.code(), 130, "{call}: {}", told(&ended));
        assert!(bench.world.snapshot().is_empty(), "{call}");
    }
}

#[test]
fn a_device_that_was_not_removed_keeps_the_link_whatever_was_answered() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach(&shape);
    for portal in ["p1", "p2"] {
        // What is above is gone in the same way, so that nothing uses it.
        bench
            .world
            .fault(&format!("undo node.path@{portal} 0"), Fault::Lie);
    }
    let ended = bench.detach(&shape);
    assert_eq!(ended.code(), 4, "{}", told(&ended));
    assert!(bench.world.has("a/link/01"));
    assert!(!bench.calls().iter().any(|c| c.contains("array.")));
}

#[test]
fn a_link_that_was_not_removed_is_seen_by_its_proof() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach(&shape);
    bench.world.fault("undo array.link 0", Fault::Lie);
    let ended = bench.detach(&shape);
    assert_eq!(ended.code(), 4);
    assert_eq!(ended.error.unwrap().key(), Some("array.number"));
    assert!(bench.world.has("a/host"));
}
