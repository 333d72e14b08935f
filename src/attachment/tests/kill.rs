//! A process that ends at any point: before, within and after each line and each effect.

use super::super::toy::{Bench, Shape};
use super::ownership::cinder;

fn free(bench: &Bench) {
    bench.world.put("hand", "a/initiator", "free", &[]);
}

fn begin(world: fn(&Bench)) -> Bench {
    let bench = Bench::new();
    world(&bench);
    bench
}

const WORLDS: [fn(&Bench); 2] = [cinder, free];

#[test]
fn attach_killed_anywhere_is_completed_or_taken_back() {
    let shape = Shape::lun("01");
    for world in WORLDS {
        let bench = begin(world);
        bench.world.gate.heal();
        bench.attach(&shape);
        let events = bench.world.gate.ticks();
        assert!(events > 40);
        for at in 0..events {
            for forward in [true, false] {
                let why = format!("killed at {at} of {events}, forward {forward}");
                let bench = begin(world);
                let before = bench.world.snapshot();
                bench.world.gate.die_at(at);
                bench.attach(&shape);
                bench.heal();
                if forward {
                    let ended = bench.attach(&shape);
                    assert_eq!(ended.code(), 0, "{why}: {:?}", ended.error);
                    assert!(bench.whole(&shape), "{why}");
                }
                let ended = bench.detach(&shape);
                assert_eq!(ended.code(), 0, "{why}: {:?}", ended.error);
                assert_eq!(bench.world.snapshot(), before, "{why}");
                assert_eq!(bench.owned(), Vec::<String>::new(), "{why}");
                assert!(bench.journals.list_open().unwrap().is_empty(), "{why}");
            }
        }
    }
}

#[test]
fn detach_killed_anywhere_is_completed_or_attached_again() {
    let (shape, other) = (Shape::lun("01"), Shape::lun("02"));
    for world in [free] {
        let bench = begin(world);
        bench.attach(&other);
        bench.attach(&shape);
        bench.detach(&other);
        bench.world.gate.heal();
        bench.detach(&shape);
        let events = bench.world.gate.ticks();
        for at in 0..events {
            for again in [true, false] {
                let why = format!("killed at {at} of {events}, again {again}");
                let bench = begin(world);
                let before = bench.world.snapshot();
                // What both use is claimed by the closed journal of the first.
                bench.attach(&other);
                bench.attach(&shape);
                bench.detach(&other);
                bench.world.gate.die_at(at);
                bench.detach(&shape);
                bench.heal();
                if again {
                    let ended = bench.attach(&shape);
                    assert_eq!(ended.code(), 0, "{why}: {:?}", ended.error);
                    assert!(bench.whole(&shape), "{why}");
                }
                let ended = bench.detach(&shape);
                assert_eq!(ended.code(), 0, "{why}: {:?}", ended.error);
                assert_eq!(bench.world.snapshot(), before, "{why}");
                assert_eq!(bench.owned(), Vec::<String>::new(), "{why}");
                assert!(bench.journals.list_open().unwrap().is_empty(), "{why}");
            }
        }
    }
}

#[test]
fn a_journal_that_takes_no_line_stops_the_step_before_its_effect() {
    let shape = Shape::lun("01");
    let bench = Bench::new();
    bench.world.gate.heal();
    bench.attach(&shape);
    let lines = bench.world.gate.lines();
    for at in 0..lines {
        let why = format!("full at {at} of {lines}");
        let bench = Bench::new();
        bench.world.gate.fill_at(at);
        let ended = bench.attach(&shape);
        // Whatever is there was announced.
        let owned = bench.owned();
        for name in bench.world.snapshot().keys() {
            assert!(owned.contains(name), "{why}: {name} is on no record");
        }
        let left = !bench.world.snapshot().is_empty();
        assert_eq!(ended.code() == 4, left, "{why}: {:?}", ended.error);
        bench.heal();
        assert_eq!(bench.attach(&shape).code(), 0, "{why}");
        assert_eq!(bench.detach(&shape).code(), 0, "{why}");
        assert!(bench.world.snapshot().is_empty(), "{why}");
    }
}

#[test]
fn a_state_directory_that_is_a_file_lets_nothing_happen() {
    let bench = Bench::new();
    std::fs::write(bench.dir.path().join("attachments"), "").unwrap();
    let ended = bench.attach(&Shape::lun("01"));
    assert_eq!(ended.code(), 1, "{:?}", ended.error);
    assert!(bench.world.snapshot().is_empty());
}
