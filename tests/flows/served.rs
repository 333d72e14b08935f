//! Faults of the array, seen from the command line: exit codes, words, and what the next run does.

use serde_json::Value;

use crate::rig::{Out, Served, same};

const KINDS: &[&str] = &[
    "drop-before",
    "drop-after",
    "timeout",
    "timeout-after",
    "busy",
    "garbage",
    "garbage-before",
    "truncated",
    "html",
    "html-after",
    "http:503",
    "expire",
    "code:50331651",
    "code-after:1077949001",
];

/// More than any flow here sends.
const REQUESTS: usize = 24;

/// One fault at one request of a flow: whether it hit, and the end.
fn struck(served: &Served, line: &str, kind: &str, index: usize) -> Option<Out> {
    served.server.clear_requests();
    served.faults(&format!("@{index}={kind}"));
    let out = served.run(&format!("{line} -o json"));
    let seen = served.server.requests();
    served.faults("");
    let hit = seen.get(index - 1)?;
    // An answer about a session that never comes may leave it open on the array.
    if hit.route != "/sessions" {
        assert_eq!(
            served.array.open_sessions(),
            0,
            "{kind} at {index}: {out:#?}"
        );
    }
    Some(out)
}

/// The end is told in one voice: exit code, item and error object.
fn told(out: &Out, what: &str) {
    let Ok(document) = serde_json::from_str::<Value>(&out.stdout) else {
        // What concerns all LUNs alike ends before there is an item.
        assert_eq!(out.error()["code"], out.code, "{what}: {out:#?}");
        return;
    };
    let item = &document["items"][0];
    assert_eq!(item["exit_code"], out.code, "{what}: {out:#?}");
    if out.code == 0 {
        assert_eq!(item["error"], Value::Null, "{what}: {out:#?}");
        return;
    }
    let error = out.error();
    assert_eq!(error["code"], out.code, "{what}: {out:#?}");
    assert_ne!(error["message"], "", "{what}: {out:#?}");
    assert!(
        [1, 4, 5, 6, 7].contains(&out.code),
        "{what} has no business with {}: {out:#?}",
        out.code
    );
    if out.code == 4 {
        let hints = error["hints"].to_string();
        assert!(
            hints.contains("vol-1 --array-only --connector node11.json"),
            "{what}: {out:#?}"
        );
    }
}

fn sweep(flow: &'static str, offset: usize) {
    let mut hits = 0;
    for (nth, kind) in KINDS.iter().enumerate() {
        for index in (1..=REQUESTS).filter(|i| (i + nth) % 6 == offset) {
            let served = Served::new();
            let before = served.array.dump();
            if flow == "detach vol-1" {
                served.run("attach vol-1").ends(0);
            }
            let attached = served.array.dump();
            let Some(out) = struck(&served, flow, kind, index) else {
                break;
            };
            hits += 1;
            let what = format!("{flow}, {kind} at {index}");
            told(&out, &what);
            match (flow, out.code) {
                ("attach vol-1", 1 | 5 | 6 | 7) => {
                    same(&served.array.dump(), &before, &what);
                    assert_eq!(served.home.journals(), [""; 0], "{what}");
                }
                ("detach vol-1", 1 | 5 | 6 | 7) => {
                    same(&served.array.dump(), &attached, &what);
                    assert_eq!(served.home.journals().len(), 1, "{what}");
                }
                ("detach vol-1", 0) => same(&served.array.dump(), &before, &what),
                _ => {}
            }
            let code = served.run("status vol-1").code;
            assert!([0, 3].contains(&code), "{what}: {out:#?}");
            if flow == "attach vol-1" {
                let again = served.run("attach vol-1");
                assert_eq!(again.code, 0, "{what}: {again:#?}");
            }
            let back = served.run("detach vol-1");
            assert_eq!(back.code, 0, "{what}: {back:#?}");
            same(&served.array.dump(), &before, &what);
            assert_eq!(served.home.journals(), [""; 0], "{what}");
        }
    }
    assert!(hits > 20, "{hits}");
}

#[test]
pub(crate) fn attach_with_a_fault_at_every_sixth_request() {
    sweep("attach vol-1", 0);
}

#[test]
fn detach_with_a_fault_at_every_sixth_request() {
    sweep("detach vol-1", 1);
}

#[test]
pub(crate) fn a_wrong_password_and_a_dead_array_have_their_own_codes() {
    let served = Served::new();
    served.home.write("secret", "wrong");
    let out = served.run("attach vol-1 -o json").ends(6);
    assert_eq!(out.error()["kind"], "denied");
    assert_eq!(
        served.server.requests().len(),
        1,
        "a wrong password is never tried twice"
    );
    let Served { home, server, .. } = served;
    server.stop();
    let out = home.run(&crate::rig::half("attach vol-1 -o json")).ends(5);
    assert_eq!(out.error()["kind"], "unreachable");
}

/// A request is slow beyond all time: it ends there, and nothing waits for it to come back.
#[test]
fn out_of_time_in_the_middle() {
    for (place, code) in [
        // Before anything was changed.
        ("GET /lun#1=slow:600000", 5),
        // A change that was not made: what was made before it is taken back.
        ("POST /mappingview#1=slow:600000", 5),
        // The same, and something cannot be taken back.
        (
            "POST /mappingview#1=slow:600000;DELETE /host/*#every=code:50331651",
            4,
        ),
    ] {
        let served = Served::new();
        let before = served.array.dump();
        served.faults(place);
        let out = served
            .run("attach vol-1 --timeout 300ms -o json")
            .ends(code);
        let error = out.error();
        assert_eq!(error["code"], code);
        let hints = error["hints"].to_string();
        assert!(hints.contains("--timeout"), "{out:#?}");
        if code == 5 {
            same(&served.array.dump(), &before, place);
            assert_eq!(served.home.journals(), [""; 0]);
        }
        served.faults("");
        served.run("attach vol-1").ends(0);
        served.run("detach vol-1").ends(0);
        same(&served.array.dump(), &before, place);
    }
}
