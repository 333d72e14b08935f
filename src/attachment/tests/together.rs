//! Several at once: each with its own lock files and journals open, as processes have them.

use super::super::toy::{Bench, Shape};

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
