//! Doing it again, doing it by halves, and looking at it in between.

use std::os::unix::fs::PermissionsExt;

use super::super::detach::Adopted;
use super::super::toy::{Bench, Fault, Half, Shape};
use super::super::walk::OnFailure;
use crate::kit::kind::Kind;
use crate::step::Aim;

fn file(bench: &Bench) -> std::path::PathBuf {
    let name = format!("n1.{}.jsonl", Shape::lun("01").wwid());
    bench.dir.path().join("attachments").join(name)
}

#[test]
fn attach_again_changes_nothing_and_writes_nothing() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    assert!(bench.attach(&shape).report.changed);
    let world = bench.world.snapshot();
    let journal = std::fs::read(file(&bench)).unwrap();
    let again = bench.attach(&shape);
    assert_eq!(again.code(), 0);
    assert_eq!(again.report.state, "attached");
    assert!(!again.report.changed);
    assert_eq!(bench.world.snapshot(), world);
    assert_eq!(std::fs::read(file(&bench)).unwrap(), journal);
    assert!(!bench.calls().iter().any(|c| c.starts_with("apply")));
}

#[test]
fn detach_again_is_absent_and_writes_nothing() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let never = bench.detach(&shape);
    assert_eq!((never.code(), never.report.state), (0, "absent"));
    assert!(!bench.dir.path().join("attachments").exists());
    bench.attach(&shape);
    let first = bench.detach(&shape);
    assert_eq!((first.code(), first.report.state), (0, "detached"));
    assert!(first.report.changed);
    let again = bench.detach(&shape);
    assert_eq!((again.code(), again.report.state), (0, "absent"));
    assert!(!again.report.changed);
    assert!(!bench.calls().iter().any(|c| c.starts_with("undo")));
    assert_eq!(bench.journals.list_done().unwrap().len(), 1);
}

#[test]
fn an_attach_that_fails_before_its_first_step_writes_nothing() {
    let bench = Bench::new();
    bench
        .world
        .fault("check array.host 0", Fault::Plain(Kind::Denied));
    assert_eq!(bench.attach(&Shape::lun("01")).code(), 6);
    assert!(!bench.dir.path().join("attachments").exists());
}

#[test]
fn a_detach_by_halves_closes_after_both() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let find = || bench.journals.find("n1", &shape.wwid()).unwrap();
    bench.attach(&shape);
    assert!(find().unwrap().cleared_at("node").is_none());
    let node = bench.detach_with(&shape, Adopted::Report, Half::Node);
    assert_eq!(node.code(), 0, "{:?}", node.error);
    assert!(!bench.world.has("n/record/p1"));
    assert!(bench.world.has("a/link/01"));
    let found = find().unwrap();
    assert!(found.cleared_at("node").is_some());
    assert!(found.cleared_at("array").is_none());
    // A new attach of the node's half makes the proof void.
    bench.attach_half(&shape, OnFailure::Undo, Half::Node);
    assert!(find().unwrap().cleared_at("node").is_none());
    bench.detach_with(&shape, Adopted::Report, Half::Node);
    let array = bench.detach_with(&shape, Adopted::Report, Half::Array);
    assert_eq!(array.code(), 0);
    assert!(bench.world.snapshot().is_empty());
    assert!(find().is_none());
}

#[test]
fn a_half_that_was_never_used_does_not_hold_the_journal_open() {
    for half in [Half::Array, Half::Node] {
        let bench = Bench::new();
        let shape = Shape::lun("01");
        bench.attach_half(&shape, OnFailure::Undo, half);
        assert_eq!(bench.detach_with(&shape, Adopted::Report, half).code(), 0);
        assert!(bench.world.snapshot().is_empty());
        assert!(bench.journals.list_open().unwrap().is_empty());
    }
}

#[test]
fn status_tells_whole_partial_and_absent() {
    let bench = Bench::new();
    let (shape, other) = (Shape::lun("01"), Shape::lun("02"));
    let seen = |bench: &Bench| {
        let ended = bench.status(&shape);
        (ended.report.state, ended.code())
    };
    assert_eq!(seen(&bench), ("absent", 0));
    bench.attach(&other);
    assert_eq!(
        seen(&bench),
        ("absent", 0),
        "sessions of another LUN are no part of it"
    );
    bench.attach(&shape);
    assert_eq!(seen(&bench), ("attached", 0));
    bench.world.remove("n/path/01/p2");
    assert_eq!(seen(&bench), ("partial", 3));
    bench
        .world
        .fault("check node.path@p1 0", Fault::Plain(Kind::Failed));
    assert_eq!(seen(&bench).1, 3);
    bench.heal();
    bench.detach(&shape);
    bench
        .world
        .fault("check node.path@p1 0", Fault::Plain(Kind::Failed));
    assert_eq!(seen(&bench), ("unknown", 3));
    bench.heal();
    let before = std::fs::read_dir(bench.dir.path().join("attachments"))
        .unwrap()
        .count();
    assert_eq!(seen(&bench), ("absent", 0));
    let after = std::fs::read_dir(bench.dir.path().join("attachments"))
        .unwrap()
        .count();
    assert_eq!(before, after);
}

#[test]
fn status_names_an_open_journal_of_nothing() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach(&shape);
    let things: Vec<String> = bench.world.snapshot().into_keys().collect();
    for name in things {
        bench.world.remove(&name);
    }
    let ended = bench.status(&shape);
    assert_eq!((ended.report.state, ended.code()), ("absent", 3));
    assert!(ended.report.hints[0].contains("detach"));
    let closed = bench.detach(&shape);
    assert_eq!((closed.code(), closed.report.changed), (0, false));
    assert_eq!(bench.status(&shape).code(), 0);
}

#[test]
fn journals_are_private_survive_a_torn_line_and_refuse_a_newer_format() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench
        .world
        .fault("apply array.view 0", Fault::Plain(Kind::Failed));
    bench.keep(&shape);
    bench.heal();
    let path = file(&bench);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str(
        "{\"v\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run\":\"x\",\"event\":\"blessed\"}\n",
    );
    text.push_str("{\"v\":1,\"at\":\"20");
    std::fs::write(&path, &text).unwrap();
    assert_eq!(bench.attach(&shape).code(), 0);
    assert_eq!(bench.detach(&shape).code(), 0);
    assert!(bench.world.snapshot().is_empty());

    bench.attach(&shape);
    let whole = bench.world.snapshot();
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("{\"v\":2,\"event\":{\"new\":true}}\n");
    std::fs::write(&path, &text).unwrap();
    for ended in [bench.attach(&shape), bench.detach(&shape)] {
        assert_eq!(ended.code(), 7);
        assert!(ended.error.unwrap().to_string().contains("newer"));
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert_eq!(bench.world.snapshot(), whole);
    assert_eq!(bench.status(&shape).code(), 0, "it can be read");
}

#[test]
fn another_array_behind_the_same_name_is_refused() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach(&shape);
    let path = file(&bench);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"serial\":\"1\"", "\"serial\":\"2\"")).unwrap();
    let whole = bench.world.snapshot();
    assert_eq!(bench.attach(&shape).code(), 7);
    assert_eq!(bench.detach(&shape).code(), 7);
    assert_eq!(bench.world.snapshot(), whole);
}

#[test]
fn a_plan_tells_what_is_pending_and_changes_nothing() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let pending = |bench: &Bench, aim| -> Vec<String> {
        let plan = bench.plan(&shape, aim);
        let steps = plan.steps.into_iter().filter(|s| s.pending);
        steps.map(|s| s.key).collect()
    };
    assert_eq!(pending(&bench, Aim::Attach).len(), 14, "every step");
    assert!(pending(&bench, Aim::Detach).is_empty());
    assert!(bench.world.snapshot().is_empty());
    assert!(!bench.dir.path().join("attachments").exists());
    bench.attach(&shape);
    let whole = bench.world.snapshot();
    assert!(pending(&bench, Aim::Attach).is_empty());
    let down = pending(&bench, Aim::Detach);
    assert_eq!(down.len(), 13, "all but the proof: {down:?}");
    assert_eq!(down[0], "node.path@p1");
    assert_eq!(bench.world.snapshot(), whole);
}
