//! An attach that ends at a step, or does one step alone.

use super::super::error::Error;
use super::super::goal::Goal;
use super::super::toy::{Bench, Fault, Shape};
use crate::kit::kind::Kind;
use crate::step::{Aim, State};

fn keys(bench: &Bench, shape: &Shape) -> Vec<String> {
    let plan = bench.plan(shape, Aim::Attach);
    plan.steps.into_iter().map(|s| s.key).collect()
}

fn present(bench: &Bench, shape: &Shape) -> Vec<String> {
    let plan = bench.plan(shape, Aim::Attach);
    let steps = plan.steps.into_iter().filter(|s| s.state == State::Present);
    steps.map(|s| s.key).collect()
}

#[test]
fn until_makes_the_rows_up_to_the_step_and_nothing_else() {
    let shape = Shape::lun("01");
    let keys = keys(&Bench::new(), &shape);
    for (index, key) in keys.iter().enumerate() {
        let bench = Bench::new();
        let ended = bench.attach_to(&shape, Goal::Until(key.clone()));
        assert_eq!(ended.code(), 0, "{key}: {:?}", ended.error);
        let last = index + 1 == keys.len();
        let state = if last { "attached" } else { "partial" };
        assert_eq!(ended.report.state, state, "{key}");
        assert_eq!(ended.report.hints.len(), if last { 0 } else { 2 }, "{key}");
        let mut wanted = keys[..=index].to_vec();
        // The number is seen with the link.
        if key == "array.link" {
            wanted.push("array.number".into());
        }
        assert_eq!(present(&bench, &shape), wanted, "{key}");
        assert_eq!(bench.journals.list_open().unwrap().len(), 1, "{key}");
        if index % 2 == 0 {
            assert_eq!(bench.attach(&shape).report.state, "attached", "{key}");
            assert!(bench.whole(&shape), "{key}");
        }
        assert_eq!(bench.detach(&shape).code(), 0, "{key}");
        assert!(bench.world.snapshot().is_empty(), "{key}");
        assert!(bench.journals.list_all().unwrap().is_empty(), "{key}");
    }
}

#[test]
fn one_step_after_the_other_is_an_attach() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let keys = keys(&bench, &shape);
    for (index, key) in keys.iter().enumerate() {
        let before = bench.world.snapshot().len();
        let ended = bench.attach_to(&shape, Goal::Only(key.clone()));
        assert_eq!(ended.code(), 0, "{key}: {:?}", ended.error);
        let made = usize::from(key != "array.number");
        assert_eq!(bench.world.snapshot().len(), before + made, "{key}");
        let last = index + 1 == keys.len();
        assert_eq!(ended.report.state == "attached", last, "{key}");
        let again = bench.attach_to(&shape, Goal::Only(key.clone()));
        assert_eq!((again.code(), again.report.changed), (0, false), "{key}");
    }
    assert!(bench.whole(&shape));
    assert_eq!(bench.detach(&shape).code(), 0);
    assert!(bench.world.snapshot().is_empty());
}

#[test]
fn one_step_whose_ground_is_missing_is_refused_and_names_it() {
    let shape = Shape::lun("01");
    let all = keys(&Bench::new(), &shape);
    for key in &all {
        let bench = Bench::new();
        let ended = bench.attach_to(&shape, Goal::Only(key.clone()));
        if key == "array.host" {
            continue;
        }
        assert_eq!(ended.code(), 7, "{key}");
        let named = matches!(&ended.error, Some(Error::Earlier { key, .. }) if key == "array.host");
        assert!(named, "{key}: {:?}", ended.error);
        assert!(bench.world.snapshot().is_empty(), "{key}");
        assert!(bench.journals.list_open().unwrap().is_empty(), "{key}");
    }
    // The step before in the same lane, and a whole stage before.
    for (gone, key) in [
        ("n/session/p1", "node.path@p1"),
        ("a/view", "node.record@p1"),
    ] {
        let bench = Bench::new();
        bench.attach(&shape);
        bench.world.remove("n/path/01/p1");
        bench.world.remove(gone);
        let before = bench.world.snapshot();
        let ended = bench.attach_to(&shape, Goal::Only(key.into()));
        assert_eq!(ended.code(), 7, "{key}");
        assert_eq!(bench.world.snapshot(), before, "{key}");
    }
}

#[test]
fn a_lane_beside_is_no_ground() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach_to(&shape, Goal::Until("array.number".into()));
    let ended = bench.attach_to(&shape, Goal::Only("node.record@p2".into()));
    assert_eq!(ended.code(), 0, "{:?}", ended.error);
    assert!(bench.world.has("n/record/p2") && !bench.world.has("n/record/p1"));
}

#[test]
fn a_failure_on_the_way_to_a_step_is_taken_back() {
    let shape = Shape::lun("01");
    for key in ["array.view", "array.link"] {
        let bench = Bench::new();
        bench
            .world
            .fault("apply array.view 0", Fault::Plain(Kind::Failed));
        let ended = bench.attach_to(&shape, Goal::Until(key.into()));
        assert_eq!(ended.code(), 1, "{key}");
        assert!(bench.world.snapshot().is_empty(), "{key}");
        assert!(bench.journals.list_all().unwrap().is_empty(), "{key}");
    }
    // A lane that a quorum would give up: the step was asked for, so its absence is a failure.
    let bench = Bench::new();
    bench
        .world
        .fault("apply node.session@p2 0", Fault::Plain(Kind::Unreachable));
    let ended = bench.attach_to(&shape, Goal::Until("node.session@p2".into()));
    assert_ne!(ended.code(), 0);
    assert!(bench.world.snapshot().is_empty(), "{:?}", ended.report);
}

#[test]
fn a_step_that_does_not_exist_changes_nothing_that_stays() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let ended = bench.attach_to(&shape, Goal::Only("guest.disk".into()));
    assert_eq!(ended.code(), 7, "what it would stand on is missing");
    let ended = bench.attach_to(&shape, Goal::Until("guest.disk".into()));
    assert_eq!(ended.code(), 10);
    assert!(bench.world.snapshot().is_empty());
}
