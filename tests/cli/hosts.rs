//! The writing verbs of hosts.

use sanctl::sim::oceanstor::Seed;

use crate::place::golden;
use crate::served::{Served, shown};

const LONG: &str = "compute-0123456789.example.internal";
const OTHER: &str = "iqn.1994-05.com.redhat:other";

#[test]
fn a_life_of_a_host() {
    let served = Served::with(Seed::v6(), "");
    golden!(
        "host-life",
        shown(
            &served,
            &[
                ("host create compute-2 --dry-run", 0),
                ("host create compute-2 --dry-run -o json", 0),
                ("host create compute-2", 0),
                ("host create compute-2", 0),
                ("host create esx-4 --os 7 --description rack-4 -o json", 0),
                ("host create esx-4 -o json", 0),
                (&format!("host create {LONG}"), 0),
                (&format!("host show {LONG}"), 0),
                ("host set compute-2 --access-mode asymmetric --dry-run", 0),
                ("host set compute-2 --access-mode asymmetric --yes", 0),
                ("host set compute-2 --access-mode asymmetric --yes", 0),
                ("host set esx-4 --access-mode asymmetric -y -o json", 0),
                ("host show compute-2 -o wide", 0),
                ("host delete compute-2 --dry-run", 0),
                ("host delete compute-2 --yes", 0),
                ("host delete esx-4 --yes -o json", 0),
                (&format!("host delete {LONG} --yes -o name"), 0),
                ("host list", 0),
            ]
        )
    );
    assert_eq!(served.array.open_sessions(), 0);
}

#[test]
fn hosts_that_are_refused() {
    let served = Served::start();
    let before = served.array.dump();
    golden!(
        "host-refused",
        shown(
            &served,
            &[
                ("host set other --access-mode balanced", 8),
                ("host set other --access-mode balanced -o json", 8),
                ("host create two%words", 1),
                ("host create compute-2 --os 77", 2),
                (&format!("host create {LONG} --description rack-4"), 2),
                ("host create id:", 1),
                ("host delete nix", 10),
                ("host delete other", 7),
                ("host delete other --yes -o json", 7),
                ("host paths nix", 10),
                ("host set other", 2),
            ]
        )
    );
    assert_eq!(served.array.dump(), before);
}

/// A host that nobody's journal made is asked for; a question without a terminal is exit 2.
#[test]
fn questions_of_hosts() {
    let served = Served::with(Seed::v6(), "");
    served.array.add_host("compute-2");
    let before = served.array.dump();
    golden!(
        "host-questions",
        shown(
            &served,
            &[
                ("host delete compute-2", 2),
                ("host delete compute-2 --no-input -o json", 2),
                ("host delete compute-2 --confirm compute-2", 2),
                ("host set compute-2 --access-mode asymmetric", 2),
            ]
        )
    );
    assert_eq!(served.array.dump(), before);
}

#[test]
fn paths_of_a_host() {
    let served = Served::start();
    served.array.set_logged_in(OTHER, true);
    served
        .array
        .add_fc_initiator("10000090fa1b2c3d", Some(0), false);
    let formats = ["table", "wide", "json", "jsonl", "name"];
    let lines = formats.map(|format| format!("host paths other -o {format}"));
    let lines: Vec<(&str, i32)> = lines.iter().map(|line| (line.as_str(), 0)).collect();
    let mut text = shown(&served, &lines);
    served.array.set_logged_in(OTHER, false);
    text.push_str(&shown(
        &served,
        &[("host paths other", 0), ("host paths other -o json", 0)],
    ));
    golden!("host-paths", text);
}

/// The answer is lost: what is there now decides, and the change is never sent twice.
#[test]
fn lost_answers_of_hosts() {
    let served = Served::start();
    served.set_faults("POST /host=drop-after");
    served.place.run("host create compute-2").expect(0);
    assert_eq!(served.count("POST", "/host"), 1);
    served.set_faults("POST /host=drop-before");
    let ran = served.place.run("host create compute-3").expect(4);
    golden!("host-lost", ran.shown());
    served.place.ok("host create compute-3");
    let record = std::fs::read_to_string(served.place.state().join("manual.jsonl")).unwrap();
    let events: Vec<serde_json::Value> = record
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<(&str, &str)> = events
        .iter()
        .map(|e| (e["event"].as_str().unwrap(), e["command"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("started", "sanctl host create compute-2"),
            ("done", "sanctl host create compute-2"),
            ("started", "sanctl host create compute-3"),
            ("failed", "sanctl host create compute-3"),
            ("started", "sanctl host create compute-3"),
            ("done", "sanctl host create compute-3"),
        ]
    );
    assert_eq!(events[5]["inverse"][0], "sanctl host delete compute-3");
}

/// What a flow made is ours, and goes without a question when nothing uses it.
#[test]
fn a_host_of_ours_goes_without_a_question() {
    let served = Served::start();
    served.set_faults("POST /hostgroup#every=code:50331651");
    let line = "attach vol-7 --array-only --connector node.json --on-failure keep";
    served.place.run(line).expect(4);
    served.set_faults("");
    let iqn = "iqn.1994-05.com.redhat:83feeda2b41d";
    let ran = served.place.run("host delete compute-2").expect(7);
    assert!(ran.err.contains(iqn), "{}", ran.shown());
    served
        .place
        .ok(&format!("initiator unbind {iqn} --host compute-2 --yes"));
    served.place.ok("host delete compute-2");
    assert_eq!(served.place.ok("host list -o name"), "other\n");
}
