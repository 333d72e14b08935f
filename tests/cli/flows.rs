//! attach, status and detach on the practice array.

use serde_json::{Value, json};

use crate::place::{Place, golden};

fn shown(place: &Place, lines: &[(&str, i32)]) -> String {
    let ran = lines
        .iter()
        .map(|(line, code)| place.run(line).expect(*code).shown());
    ran.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_life_of_two_luns() {
    let place = Place::new();
    golden!(
        "flow",
        shown(
            &place,
            &[
                ("status vol-1", 0),
                ("attach vol-1", 0),
                ("attach vol-1", 0),
                ("status vol-1", 0),
                ("status vol-1 -o wide", 0),
                ("attach vol-2 -q", 0),
                ("status -o name", 0),
                ("mapping tree", 0),
                ("detach vol-1", 0),
                ("detach vol-1", 0),
                ("status vol-1", 0),
                ("status vol-2 -q", 0),
                ("detach vol-2", 0),
                ("status", 0),
                ("mapping tree", 0),
            ]
        )
    );
}

#[test]
fn the_device_is_printed_alone_and_is_a_file_of_the_state_directory() {
    let place = Place::new();
    let ran = place.run("attach vol-1 -q").expect(0);
    assert_eq!(ran.err, "");
    assert_eq!(ran.out.lines().count(), 1);
    let device = std::path::PathBuf::from(ran.out.trim_end());
    assert!(device.starts_with(place.state()), "{}", ran.shown());
    assert_eq!(device.metadata().unwrap().len(), 1 << 30);
    let named = place.run("attach vol-1 -q -o name").expect(0);
    assert_eq!(named.out, ran.out);
}

#[test]
fn attachments_as_json() {
    let place = Place::new();
    golden!(
        "flow-attach-json",
        place.run("attach vol-1 -o json -q").expect(0).shown()
    );
    golden!(
        "flow-again-jsonl",
        place.run("attach vol-1 -o jsonl -q").expect(0).shown()
    );
    golden!(
        "flow-detach-json",
        place.run("detach vol-1 -o json -q").expect(0).shown()
    );
    let again = place.run("detach vol-1 -o json -q").expect(0).json();
    assert_eq!(again["items"][0]["changed"], false);
    assert_eq!(again["items"][0]["exit_code"], 0);
}

#[test]
fn a_document_has_its_envelope_and_practice_says_so() {
    let place = Place::new();
    let done = place.run("attach vol-1 -o json -q").expect(0).json();
    let keys: Vec<&str> = done
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let wanted = [
        "schema",
        "schema_version",
        "generated_at",
        "practice",
        "complete",
        "warnings",
        "items",
    ];
    assert_eq!(keys, wanted);
    let item = &done["items"][0];
    assert_eq!(item["practice"], true);
    assert_eq!(item["changed"], true);
    assert_eq!(item["identity"], "proven");
    assert_eq!(item["state"], "attached");
    assert!(item["wwid"].is_string() && item["size_bytes"].is_u64());
    for step in item["steps"].as_array().unwrap() {
        for key in ["key", "where", "state", "evidence", "owner", "elapsed_ms"] {
            assert!(step.get(key).is_some(), "{key} in {step}");
        }
    }
}

#[test]
fn several_luns_of_which_one_fails() {
    let place = Place::new();
    let ran = place.run("attach vol-1 nix vol-2 -o name").expect(10);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.shown());
    assert!(ran.err.contains("no LUN nix"), "{}", ran.shown());
    let ran = place.run("detach vol-1 nix vol-2 -o json -q").expect(10);
    let codes: Vec<Value> = ran.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["exit_code"].clone())
        .collect();
    assert_eq!(codes, [json!(0), json!(10), json!(0)]);
}

#[test]
fn luns_from_standard_input() {
    let place = Place::new();
    let ran = place
        .run_words(&["attach", "-", "-q"], "vol-2\n\n  vol-1\n")
        .expect(0);
    let sizes = ran
        .out
        .lines()
        .map(|path| std::fs::metadata(path).unwrap().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [2 << 30, 1 << 30]);
    let ran = place.run_words(&["attach", "-"], " \n").expect(2);
    assert!(ran.err.contains("names no LUN"), "{}", ran.shown());
    place
        .run_words(&["detach", "-"], "vol-1\nvol-2\n")
        .expect(0);
    assert_eq!(place.ok("status -o name"), "");
}

#[test]
fn progress_as_json_lines() {
    let place = Place::new();
    let ran = place.run("attach vol-1 --progress jsonl").expect(0);
    for line in ran.err.lines() {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(event["event"].is_string(), "{line}");
    }
    assert!(ran.err.lines().count() > 10);
    assert_eq!(place.run("detach vol-1 --progress none").expect(0).err, "");
}

#[test]
fn what_is_not_supported_says_what_is() {
    let place = Place::new();
    let ran = place.run("attach vol-1 --protocol fc").expect(8);
    golden!("flow-fc", ran.shown());
}

/// The practice array begins anew, and what was attached from it is forgotten.
#[test]
fn sim_status_and_reset() {
    let place = Place::new();
    let mut text = shown(&place, &[("sim status", 0)]);
    place.ok("attach vol-1 -q");
    text += &shown(
        &place,
        &[
            ("sim status", 0),
            ("sim reset --yes", 0),
            ("status vol-1", 0),
            ("attach vol-1 -q", 0),
        ],
    );
    golden!("sim", text);
}

#[test]
fn a_state_that_cannot_be_used_is_named() {
    let place = Place::new();
    place.ok("lun list");
    std::fs::write(place.path("state/practice/array.json"), "{").unwrap();
    golden!("state-broken", shown(&place, &[("lun list", 1)]));
}
