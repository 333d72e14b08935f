//! `--dry-run` in all its forms.

use crate::place::{Place, golden};

#[test]
fn an_attach_that_is_only_told() {
    let place = Place::new();
    for (name, line, code) in [
        ("table", "attach vol-1 --dry-run", 0),
        ("wide", "attach vol-1 --dry-run -o wide", 0),
        ("wire", "attach vol-1 --dry-run --print wire", 0),
        ("verbs", "attach vol-1 --dry-run --print verbs", 0),
        ("json", "attach vol-1 --dry-run -o json", 0),
        ("name", "attach vol-1 --dry-run -o name", 0),
        ("exit-code", "attach vol-1 --dry-run --exit-code -o name", 3),
        ("array-only", "attach vol-1 --dry-run --array-only", 0),
    ] {
        golden!(
            format!("plan-attach-{name}"),
            place.run(line).expect(code).shown()
        );
    }
    assert_eq!(place.ok("host list -o name"), "db-1\n");
}

#[test]
fn a_detach_that_is_only_told() {
    let place = Place::new();
    place.ok("attach vol-1");
    for (name, line, code) in [
        ("again", "attach vol-1 --dry-run", 0),
        (
            "again-exit-code",
            "attach vol-1 --dry-run --exit-code -o name",
            0,
        ),
        ("table", "detach vol-1 --dry-run", 0),
        ("wire", "detach vol-1 --dry-run --print wire", 0),
        ("exit-code", "detach vol-1 --dry-run --exit-code -o name", 3),
        ("node-only", "detach vol-1 --dry-run --node-only", 0),
    ] {
        golden!(
            format!("plan-detach-{name}"),
            place.run(line).expect(code).shown()
        );
    }
    assert!(place.ok("status vol-1").contains("attached"));
    place.ok("detach vol-1");
    golden!(
        "plan-detach-nothing",
        place.run("detach vol-1 --dry-run").expect(0).shown()
    );
}
