//! Who owns what, across attachments and beside others.

use super::super::detach::Adopted;
use super::super::report::Owner;
use super::super::toy::{Bench, Half, Shape};

/// Containers as Cinder leaves them, with a LUN of its own.
pub(super) fn cinder(bench: &Bench) {
    let world = &bench.world;
    for name in ["a/host", "a/hostgroup", "a/lungroup"] {
        world.put("Cinder", name, "made", &[]);
    }
    world.put("Cinder", "a/initiator", "bound", &["a/host"]);
    world.put(
        "Cinder",
        "a/hostgroup-host",
        "made",
        &["a/hostgroup", "a/host"],
    );
    world.put("Cinder", "a/view", "made", &["a/hostgroup", "a/lungroup"]);
    let uses = ["a/view", "a/hostgroup-host", "a/initiator"];
    world.put("Cinder", "a/link/77", "made", &uses);
}

#[test]
fn two_luns_and_back_in_either_order() {
    for order in [[0, 1], [1, 0]] {
        for foreign in [false, true] {
            let bench = Bench::new();
            if foreign {
                cinder(&bench);
            }
            let before = bench.world.snapshot();
            let shapes = [Shape::lun("01"), Shape::lun("02")];
            for shape in &shapes {
                assert_eq!(bench.attach(shape).code(), 0);
                assert!(bench.whole(shape));
            }
            let first = bench.detach(&shapes[order[0]]);
            assert_eq!(first.code(), 0, "{:?}", first.error);
            assert!(
                bench.whole(&shapes[order[1]]),
                "the other LUN still needs it"
            );
            assert_eq!(bench.detach(&shapes[order[1]]).code(), 0);
            assert_eq!(bench.world.snapshot(), before);
            assert_eq!(bench.owned(), Vec::<String>::new());
            assert!(bench.journals.list_all().unwrap().is_empty());
            assert_eq!(bench.journals.list_done().unwrap().len(), 2);
        }
    }
}

#[test]
fn containers_in_use_stay_ours_in_the_closed_journal() {
    let bench = Bench::new();
    let (one, two) = (Shape::lun("01"), Shape::lun("02"));
    bench.attach(&one);
    bench.attach(&two);
    bench.detach(&one);
    let all = bench.journals.list_all().unwrap();
    assert!(all.iter().any(|j| j.closed && j.name.ends_with(".1.jsonl")));
    assert!(bench.owned().contains(&"a/view".to_owned()));
    let seen = bench.status(&two);
    assert_eq!(seen.code(), 0, "{:#?}", seen.report);
    assert!(
        seen.report
            .steps
            .iter()
            .all(|s| s.owner != Some(Owner::Adopted))
    );
}

#[test]
fn an_initiator_that_was_free_is_free_again_whoever_detaches_last() {
    let bench = Bench::new();
    bench.world.put("hand", "a/initiator", "free", &[]);
    let before = bench.world.snapshot();
    let (one, two) = (Shape::lun("01"), Shape::lun("02"));
    bench.attach(&one);
    bench.attach(&two);
    assert_eq!(bench.detach(&one).code(), 0);
    assert_eq!(bench.detach(&two).code(), 0);
    assert_eq!(bench.world.snapshot(), before);
    assert_eq!(bench.owned(), Vec::<String>::new());
}

#[test]
fn a_link_of_others_is_named_or_kept_or_removed_as_asked() {
    for (adopted, code, stays) in [
        (Adopted::Report, 4, true),
        (Adopted::Keep, 0, true),
        (Adopted::Include, 0, false),
    ] {
        let bench = Bench::new();
        cinder(&bench);
        let shape = Shape::lun("77");
        let before = bench.world.snapshot();
        assert_eq!(bench.attach(&shape).code(), 0);
        let ended = bench.detach_with(&shape, adopted, Half::Both);
        assert_eq!(ended.code(), code, "{adopted:?} {:?}", ended.error);
        assert_eq!(bench.world.has("a/link/77"), stays, "{adopted:?}");
        if stays {
            assert_eq!(bench.world.snapshot(), before);
            assert_eq!(ended.report.left.len(), 1);
        } else {
            assert!(!bench.world.has("a/view"), "generated, empty and exclusive");
            assert!(bench.world.has("a/host"), "made by somebody else");
        }
        let open = bench.journals.list_open().unwrap().len();
        assert_eq!(open, usize::from(adopted == Adopted::Report));
    }
}

#[test]
fn a_failed_removal_of_a_link_of_others_does_not_make_it_ours() {
    use super::super::toy::Fault;
    use crate::kit::kind::Kind;
    let bench = Bench::new();
    cinder(&bench);
    let shape = Shape::lun("77");
    bench.attach(&shape);
    bench
        .world
        .fault("undo array.link 0", Fault::Plain(Kind::Failed));
    let ended = bench.detach_with(&shape, Adopted::Include, Half::Both);
    assert_eq!(ended.code(), 4);
    bench.heal();
    assert_eq!(bench.detach(&shape).code(), 4, "plain detach leaves it");
    assert!(bench.world.has("a/link/77"));
}

#[test]
fn an_object_of_the_same_key_made_by_others_is_not_ours() {
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench.attach(&shape);
    // The portal is another one now: what stands under the old key there is not what we made.
    let moved = Shape {
        portals: vec!["p3"],
        min: 1,
        want: 1,
        ..shape
    };
    bench.world.put("hand", "n/record/p3", "made", &[]);
    let ended = bench.detach(&moved);
    assert_eq!(ended.code(), 4, "the old portals are out of reach");
    assert!(bench.world.has("n/record/p3"));
    assert!(ended.error.unwrap().to_string().contains("n/record/p1"));
    assert_eq!(bench.detach(&Shape::lun("01")).code(), 0);
    assert!(!bench.world.has("n/record/p1"));
}

#[test]
fn what_this_run_did_not_make_survives_its_failure() {
    use super::super::toy::Fault;
    use crate::kit::kind::Kind;
    let bench = Bench::new();
    let shape = Shape::lun("01");
    bench
        .world
        .fault("apply node.path@p1 0", Fault::Plain(Kind::Refused));
    let kept = bench.keep(&shape);
    assert_eq!(kept.code(), 4);
    let half = bench.world.snapshot();
    bench.heal();
    // The lane of p1 has no path yet; this run fails there again and takes back only its own.
    bench
        .world
        .fault("apply node.path@p1 0", Fault::Plain(Kind::Refused));
    let again = bench.attach(&shape);
    assert_eq!(again.code(), 7, "{:?}", again.report.left);
    assert_eq!(bench.world.snapshot().len(), half.len());
    bench.heal();
    assert_eq!(bench.attach(&shape).code(), 0);
    assert_eq!(bench.detach(&shape).code(), 0);
    assert!(bench.world.snapshot().is_empty());
}
