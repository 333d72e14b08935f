//! A secret shows nowhere: no output, no trace, no journal.

use sanctl::sim::oceanstor::{Seed, User};

use crate::place::holds;
use crate::served::{Served, serve};

const PASSWORD: &str = "canary-Password-1";
const CHAP: &str = "canary-chap-77";

fn served() -> Served {
    let mut seed = Seed::v3();
    seed.users = vec![User::admin(Seed::USER, PASSWORD)];
    let served = Served::with(
        seed,
        "chap = { user = \"node\", password = { file = \"chap\" } }",
    );
    served.place.write("password", &format!("{PASSWORD}\n"));
    served.place.write("chap", CHAP);
    served
}

#[test]
fn canaries_stay_hidden() {
    let served = served();
    let node = "--array-only --connector node.json";
    let lines = [
        "array test".to_owned(),
        format!("attach vol-7 {node} --dry-run --print wire"),
        format!("attach vol-7 {node} --dry-run -o json"),
        format!("attach vol-7 {node}"),
        format!("attach vol-7 {node} -o json"),
        format!("attach vol-7 {node} --emit connection-info"),
        "connection show vol-7 --connector node.json -o json".to_owned(),
        format!("status vol-7 {node} -o json"),
        "initiator list -o json".to_owned(),
        format!("detach vol-7 {node}"),
        format!("attach vol-8 {node} --progress jsonl"),
    ];
    let state = served.place.state();
    for line in &lines {
        for more in ["-vv", "--trace trace.jsonl"] {
            let ran = served.place.run(&format!("{line} {more}")).expect(0);
            for canary in [PASSWORD, CHAP] {
                assert!(!ran.out.contains(canary), "{}", ran.shown());
                assert!(!ran.err.contains(canary), "{}", ran.shown());
                assert!(!holds(&state, canary), "{line} {more}: state");
            }
        }
        let trace = std::fs::read_to_string(served.place.path("trace.jsonl")).unwrap();
        assert!(trace.contains("/sessions"), "{line}: nothing was traced");
        assert!(!trace.contains(PASSWORD) && !trace.contains(CHAP), "{line}");
        let replay = served.place.ok("trace replay trace.jsonl");
        assert!(
            !replay.contains(PASSWORD) && !replay.contains(CHAP),
            "{line}"
        );
        for line in trace.lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
    }
    // They were really used: the array has the CHAP secret.
    assert!(
        served.count("POST", "/iscsi_initiator") + served.count("PUT", "/iscsi_initiator") > 0
            || served
                .server
                .requests()
                .iter()
                .any(|r| r.route.starts_with("/iscsi_initiator"))
    );
}

#[test]
fn a_refused_password_is_not_repeated() {
    let served = Served::start();
    served.place.write("password", PASSWORD);
    for line in [
        "lun list -vv",
        "lun list -o json -vv",
        "array test --trace trace.jsonl",
    ] {
        let ran = served.place.run(line).expect(6);
        assert!(!ran.shown().contains(PASSWORD), "{}", ran.shown());
    }
    assert!(
        !holds(&served.place.path("."), PASSWORD) || {
            // Only the file it came from has it.
            std::fs::remove_file(served.place.path("password")).unwrap();
            !holds(&served.place.path("."), PASSWORD)
        }
    );
}

/// The trace is for its owner alone.
#[test]
fn a_trace_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (_array, server) = serve(&Seed::v3());
    let served = Served::start();
    served.configure(&server.url(), "");
    served.place.ok("lun list --trace trace.jsonl");
    let mode = served
        .place
        .path("trace.jsonl")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let ran = served.place.run("lun list --trace no/such/folder/trace");
    assert_ne!(ran.code, 0, "{}", ran.shown());
}
