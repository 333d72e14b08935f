//! Lanes beside one another: quorum, refusals, siblings, one answer however the threads run.

use super::super::toy::{Bench, Fault, Shape};
use crate::attachment::entry::Opened;
use crate::attachment::journal::{Journals, Way};
use crate::kit::kind::Kind;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::Finding;
use crate::system::store::Store;

fn shape(min: usize, want: usize) -> Shape {
    Shape {
        portals: vec!["p1", "p2", "p3"],
        min,
        want,
        ..Shape::lun("01")
    }
}

const DEAD: Fault = Fault::Plain(Kind::Unreachable);

#[test]
fn a_dead_portal_is_taken_back_and_named() {
    for keep in [false, true] {
        let bench = Bench::new();
        bench.world.fault("apply node.session@p2 0", DEAD);
        let shape = shape(1, 3);
        let ended = if keep {
            bench.keep(&shape)
        } else {
            bench.attach(&shape)
        };
        assert_eq!(ended.code(), 9);
        assert!(ended.error.is_none());
        assert_eq!(ended.report.state, "degraded");
        assert_eq!(ended.report.left.len(), 1);
        assert_eq!(ended.report.left[0].key, "node.session@p2");
        assert_eq!(bench.world.has("n/record/p2"), keep);
        bench.heal();
        assert_eq!(bench.attach(&shape).code(), 0);
        assert_eq!(bench.detach(&shape).code(), 0);
        assert!(bench.world.snapshot().is_empty());
    }
}

#[test]
fn enough_lanes_are_enough_though_one_failed() {
    let bench = Bench::new();
    bench.world.fault("apply node.session@p2 0", DEAD);
    let ended = bench.attach(&shape(1, 2));
    assert_eq!(ended.code(), 0, "two were wanted");
    assert_eq!(ended.report.left.len(), 1, "and the dead one is named");
}

#[test]
fn fewer_portals_than_wanted_is_degraded_without_any_failure() {
    let bench = Bench::new();
    let ended = bench.attach(&shape(1, 4));
    assert_eq!(ended.code(), 9);
    assert!(ended.report.left[0].why.contains("3 of 4"));
}

#[test]
fn below_the_minimum_everything_is_undone() {
    let bench = Bench::new();
    bench.world.fault("apply node.session@p2 0", DEAD);
    bench.world.fault("apply node.record@p1 0", DEAD);
    let ended = bench.attach(&shape(2, 3));
    assert_eq!(ended.code(), 5);
    assert_eq!(ended.error.unwrap().key(), Some("node.record@p1"));
    assert!(bench.world.snapshot().is_empty());
}

#[test]
fn a_refusal_in_one_lane_ends_all() {
    let bench = Bench::new();
    bench.world.fault("apply node.record@p1 0", DEAD);
    bench
        .world
        .fault("apply node.path@p3 0", Fault::Plain(Kind::Refused));
    let ended = bench.attach(&shape(1, 3));
    assert_eq!(ended.code(), 7, "{:?}", ended.error);
    assert_eq!(ended.error.unwrap().key(), Some("node.path@p3"));
    assert!(bench.world.snapshot().is_empty());
}

#[test]
fn a_lane_that_cannot_be_taken_back_is_named_and_goes_with_the_detach() {
    let bench = Bench::new();
    bench.world.fault("apply node.session@p2 0", DEAD);
    bench.world.fault("undo node.record@p2 0", DEAD);
    let ended = bench.attach(&shape(1, 3));
    assert_eq!(ended.code(), 9);
    assert!(
        ended.report.left[0]
            .why
            .contains("left behind: node.record@p2")
    );
    bench.heal();
    assert_eq!(bench.detach(&shape(1, 3)).code(), 0);
    assert!(bench.world.snapshot().is_empty());
}

#[test]
fn siblings_behind_a_failed_lane_stop_and_the_first_lane_is_the_cause() {
    for _ in 0..20 {
        let bench = Bench::new();
        for key in ["initiator", "hostgroup", "lungroup"] {
            let fault = Fault::Plain(Kind::Unsupported);
            bench.world.fault(&format!("apply array.{key} 0"), fault);
        }
        let ended = bench.attach(&shape(1, 3));
        assert_eq!(ended.code(), 8);
        assert_eq!(ended.error.unwrap().key(), Some("array.initiator"));
        assert!(!bench.calls().iter().any(|c| c.contains("hostgroup-host")));
        assert!(!bench.calls().iter().any(|c| c.contains("array.view")));
    }
}

#[test]
fn the_rows_stand_in_the_order_of_the_list() {
    let keys = |bench: &Bench| -> Vec<String> {
        let ended = bench.attach(&shape(1, 3));
        ended.report.steps.into_iter().map(|s| s.key).collect()
    };
    let first = keys(&Bench::new());
    assert_eq!(first[8], "node.record@p1");
    for _ in 0..20 {
        assert_eq!(keys(&Bench::new()), first);
    }
}

#[test]
fn a_survey_gone_stale_thrice_is_a_failure_that_leaves_nothing() {
    let bench = Bench::new();
    for (call, nth) in [("check array.view", 0), ("check array.view", 1)] {
        bench.world.fault(&format!("{call} {nth}"), Fault::Stale);
    }
    let ended = bench.attach(&shape(1, 3));
    assert_eq!(ended.code(), 0, "the third survey holds");
    let rows = ended.report.steps.iter().filter(|s| s.key == "array.host");
    let rows: Vec<bool> = rows.map(|s| s.changed).collect();
    assert_eq!(rows, [true], "one row, which says that this run made it");
    // The names of what was made may hang on what vanished: each round begins with a clean slate.
    assert!(bench.calls().iter().any(|c| c.starts_with("undo array.")));
    assert_eq!(bench.detach(&shape(1, 3)).code(), 0);
    assert!(bench.world.snapshot().is_empty());
    let bench = Bench::new();
    for nth in 0..3 {
        bench
            .world
            .fault(&format!("check array.view {nth}"), Fault::Stale);
    }
    assert_eq!(bench.attach(&shape(1, 3)).code(), 1);
    assert!(bench.world.snapshot().is_empty());
    // The survey after the first round fails: what that round made is taken back too.
    let bench = Bench::new();
    bench.world.fault("check array.view 0", Fault::Stale);
    bench.world.fault("survey publish 1", DEAD);
    assert_eq!(bench.attach(&shape(1, 3)).code(), 5);
    assert!(bench.world.snapshot().is_empty());
}

#[test]
fn what_cannot_be_taken_back_is_named_once_after_several_rounds_too() {
    let bench = Bench::new();
    bench.world.fault("check array.view 0", Fault::Stale);
    bench.world.fault("enter connect 0", DEAD);
    for nth in 0..3 {
        bench.world.fault(&format!("undo array.host {nth}"), DEAD);
    }
    let ended = bench.attach(&shape(1, 3));
    assert_eq!(ended.code(), 4);
    assert_eq!(ended.report.left.len(), 1, "{:?}", ended.report.left);
}

/// Two lanes take back what one and the same closed journal still claims: whichever comes second
/// finds that it has been moved away.
#[test]
fn lanes_that_settle_one_journal_do_not_trip_over_each_other() {
    for round in 0..30 {
        let dir = tempfile::tempdir().unwrap();
        let journals = Journals::in_state(&Store::new(dir.path()));
        let opened = Opened {
            program: "test".into(),
            boot_id: None,
            array: None,
            id: "x".into(),
            lun: None,
            node: "lab".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            other: None,
        };
        let mut journal = journals.open("first", opened).unwrap();
        let objects: Vec<String> = (0..4).map(|n| format!("record:{n}")).collect();
        for object in &objects {
            let absent = Finding::absent("absent");
            journal.started("k", Some(object), false, &absent).unwrap();
            journal
                .made("k", Some(object), &Facts::none(), Way::Created)
                .unwrap();
        }
        journal.close().unwrap();
        let name = journals.list_all().unwrap()[0].name.clone();
        std::thread::scope(|scope| {
            for object in &objects {
                let (journals, name) = (&journals, &name);
                scope.spawn(move || {
                    journals
                        .disown(name, "second", "k", object, false)
                        .unwrap_or_else(|error| panic!("round {round}: {error}"));
                });
            }
        });
        assert!(journals.list_all().unwrap().is_empty());
        assert_eq!(journals.list_done().unwrap().len(), 1);
    }
}
