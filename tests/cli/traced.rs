//! What a trace holds, and what it reads like as lines to type.

use std::process::Command;

use serde_json::Value;

use crate::place::{Place, golden};

fn trace(place: &Place) -> Vec<Value> {
    let text = std::fs::read_to_string(place.path("t.jsonl")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// Steps that run side by side are told in any order: what follows the login is sorted, each line
/// with its outcome, and told once.
fn sorted(text: &str) -> String {
    let (login, rest) = text.split_at(text.find("\n# -> ").unwrap() + 1);
    let mut blocks: Vec<String> = Vec::new();
    for line in rest.lines() {
        // How long each took is different each time.
        let line = match line.strip_suffix(" ms") {
            Some(line) => line
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .trim_end(),
            None => line,
        };
        match blocks.last_mut() {
            Some(block) if line.starts_with("# ->") => block.push_str(&format!("\n{line}")),
            _ => blocks.push(line.to_owned()),
        }
    }
    blocks.sort();
    blocks.dedup();
    format!("{login}{}\n", blocks.join("\n"))
}

#[test]
fn a_trace_is_whole_and_replays() {
    let place = Place::new();
    place.ok("attach vol-1 -q --trace t.jsonl");
    let events = trace(&place);
    for kind in ["http", "exec", "write", "probe"] {
        assert!(events.iter().any(|e| e["event"] == kind), "no {kind}");
    }
    let script = place.ok("trace replay t.jsonl --as sh");
    // Each event is told, and each with its outcome.
    let outcomes = script.lines().filter(|l| l.starts_with("# ->")).count();
    assert_eq!(outcomes, events.len(), "{script}");
    place.write("replay.sh", &script);
    let checked = Command::new("sh")
        .args(["-n", "replay.sh"])
        .current_dir(place.path("."))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{checked:?}");
    golden!("trace-attach", sorted(&script));
    place.ok("detach vol-1 -q --trace t.jsonl");
    golden!("trace-detach", sorted(&place.ok("trace replay t.jsonl")));
}

#[test]
fn what_is_no_trace_is_refused() {
    let place = Place::new();
    place.write("other.jsonl", "{\"a\": 1}\n");
    place.write("text", "hello\n");
    for file in ["other.jsonl", "text"] {
        let ran = place.run(&format!("trace replay {file}")).expect(2);
        assert!(ran.err.contains("line 1 is no trace"), "{}", ran.shown());
    }
    place.write(
        "torn",
        "{\"event\":\"write\",\"path\":\"/sys/x\",\"value\":\"1\"}\n{\"ev",
    );
    let ran = place.run("trace replay torn").expect(0);
    assert_eq!(ran.out, "echo 1 > /sys/x\n# -> done\n");
    assert!(ran.err.contains("torn"), "{}", ran.shown());
}
