//! What an attach costs after many others.

use super::super::toy::{Bench, Shape};

#[test]
fn journals_that_own_nothing_are_never_read_again() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    for _ in 0..5 {
        bench.attach(&shape);
        bench.detach(&shape);
    }
    let done = bench.dir.path().join("attachments/closed/done");
    let names = || -> Vec<_> {
        std::fs::read_dir(&done)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect()
    };
    assert_eq!(names().len(), 5);
    // A directory in the place of a journal cannot be read as one: whoever tries, fails.
    for path in names() {
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
    }
    assert!(bench.journals.list_done().is_err());
    assert_eq!(bench.attach(&shape).code(), 0);
    assert_eq!(bench.detach(&shape).code(), 0);
    assert_eq!(names().len(), 6, "and their numbers are not given again");
}

#[test]
fn a_closed_journal_is_done_when_the_last_thing_it_owns_is_gone() {
    let bench = Bench::new();
    let (one, two) = (Shape::lun("01"), Shape::lun("02"));
    bench.attach(&one);
    bench.attach(&two);
    bench.detach(&one);
    let closed = |dir: &str| {
        let dir = bench.dir.path().join("attachments").join(dir);
        let names = std::fs::read_dir(dir).map(|entries| {
            let name = |e: std::io::Result<std::fs::DirEntry>| {
                e.unwrap().file_name().into_string().unwrap()
            };
            entries.map(name).filter(|n| n.ends_with(".jsonl")).count()
        });
        names.unwrap_or(0)
    };
    assert_eq!((closed("closed"), closed("closed/done")), (1, 0));
    bench.detach(&two);
    assert_eq!((closed("closed"), closed("closed/done")), (0, 2));
}
