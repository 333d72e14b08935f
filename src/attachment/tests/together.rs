//! Several at once: each with its own lock files and journals open, as processes have them.

use std::time::Duration;

use super::super::toy::{Bench, Shape};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::stop::Stop;

#[test]
fn different_luns_of_one_host_come_and_go_together() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        for lun in ["01", "02", "03"] {
            let bench = &bench;
            scope.spawn(move || {
                let shape = Shape::lun(lun);
                for round in 0..5 {
                    let ended = bench.attach(&shape);
                    assert_eq!(ended.code(), 0, "{lun} {round}: {:?}", ended.error);
                    assert!(bench.whole(&shape));
                    let ended = bench.detach(&shape);
                    assert_eq!(ended.code(), 0, "{lun} {round}: {:?}", ended.error);
                }
            });
        }
    });
    assert_eq!(bench.owned(), Vec::<String>::new());
    assert!(bench.world.snapshot().is_empty());
    assert!(bench.journals.list_all().unwrap().is_empty());
    assert_eq!(bench.journals.list_done().unwrap().len(), 15);
}

#[test]
fn the_same_lun_is_attached_and_detached_by_turns() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    std::thread::scope(|scope| {
        for attaches in [true, false] {
            let (bench, shape) = (&bench, &shape);
            scope.spawn(move || {
                for _ in 0..10 {
                    let ended = if attaches {
                        bench.attach(shape)
                    } else {
                        bench.detach(shape)
                    };
                    assert_eq!(ended.code(), 0, "{:?}", ended.error);
                }
            });
        }
    });
    assert_eq!(bench.detach(&shape).code(), 0);
    assert!(bench.world.snapshot().is_empty());
    assert!(bench.journals.list_all().unwrap().is_empty());
}

#[test]
fn who_waits_for_an_attachment_holds_no_lock_of_the_array() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    let bounds = Bounds::new(Duration::from_secs(20), "test", Stop::new());
    let name = format!("attachment:n1.{}", shape.wwid());
    let attachment = bench.locks.take(&name, &bounds).unwrap();
    std::thread::scope(|scope| {
        let attach = scope.spawn(|| bench.attach(&shape));
        let surveyed = || -> Result<Option<()>, Ended> {
            let calls = bench.calls();
            Ok(calls.contains(&"survey publish 0".to_owned()).then_some(()))
        };
        bounds.poll(surveyed).unwrap();
        let publish = bench.locks.take("toy/publish", &bounds);
        drop(attachment);
        publish.expect("the waiting attach holds the array's lock");
        assert_eq!(attach.join().unwrap().code(), 0);
    });
    assert!(
        bench.calls().contains(&"survey publish 1".to_owned()),
        "it looked again"
    );
}
