//! `--progress jsonl`: every line on stderr is one of the journal's, a note, or the error object.

use std::collections::BTreeSet;

use rustix::process::Signal;
use serde_json::Value;

use crate::rig::{Home, Out, Served, half, until};
use crate::schema::{complaints, schema};

/// The lines of progress, each of which fits the schema; errors left out.
#[track_caller]
fn lines(out: &Out) -> Vec<Value> {
    let (progress, error) = (schema("progress"), schema("error"));
    let mut found = Vec::new();
    for line in out.stderr.lines() {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {out:#?}"));
        if value.get("error").is_some() {
            assert_eq!(complaints(&error, &value), [""; 0], "{out:#?}");
            continue;
        }
        assert_eq!(complaints(&progress, &value), [""; 0], "{line}");
        assert_eq!(value["v"], 1);
        found.push(value);
    }
    let runs: BTreeSet<String> = found.iter().map(|l| l["run"].to_string()).collect();
    assert!(runs.len() <= 1, "one run: {runs:?}");
    found
}

fn words(lines: &[Value]) -> BTreeSet<&str> {
    lines.iter().map(|l| l["event"].as_str().unwrap()).collect()
}

/// What the journal of a LUN says, every file of it.
fn journaled(home: &Home, wwid: &str) -> Vec<Value> {
    let dirs = [
        home.attachments(),
        home.attachments().join("closed"),
        home.attachments().join("closed/done"),
    ];
    let mut found = Vec::new();
    for dir in dirs {
        let Ok(entries) = std::fs::read_dir(dir) else {
            continue;
        };
        for path in entries.map(|e| e.unwrap().path()) {
            if path.to_string_lossy().contains(wwid) {
                let text = std::fs::read_to_string(path).unwrap();
                found.extend(text.lines().map(|l| serde_json::from_str(l).unwrap()));
            }
        }
    }
    found
}

/// A journal's line as progress tells it.
fn of_journal(lines: &[Value], lun: &str) -> Vec<Value> {
    let own = lines.iter().filter(|l| l["lun"] == lun);
    own.map(|l| {
        let mut line = l.clone();
        let map = line.as_object_mut().unwrap();
        map.remove("lun");
        map.remove("attachment");
        line
    })
    .collect()
}

#[test]
fn what_is_told_is_what_is_written() {
    let home = Home::new();
    let out = home.run("attach vol-1 vol-2 --jobs 2 --progress jsonl -o json");
    let told = lines(&out.ends(0));
    for (lun, wwid) in [("vol-1", "4e17000000000"), ("vol-2", "4e17000000001")] {
        let own = of_journal(&told, lun);
        assert_eq!(own, journaled(&home, wwid), "{lun}");
        assert!(
            words(&own).is_superset(&["opened", "done"].into()),
            "{own:#?}"
        );
    }
    // What is there already is told, and not written again.
    let before = journaled(&home, "4e17000000000");
    let again = lines(&home.run("attach vol-1 --progress jsonl").ends(0));
    let own = of_journal(&again, "vol-1");
    assert!(own.len() >= 15, "{own:#?}");
    // Only the identity is asked for anew.
    let anew = |l: &&Value| l["event"] == "started";
    assert!(own.iter().filter(anew).all(|l| l["key"] == "node.identity"));
    let whole = journaled(&home, "4e17000000000");
    let (old, new) = whole.split_at(before.len());
    assert_eq!(old, before);
    assert!(new.len() < own.len() && new.iter().all(|l| own.contains(l)));
    let gone = lines(&home.run("detach vol-1 --progress jsonl").ends(0));
    let own = of_journal(&gone, "vol-1");
    let ends = ["undo_started", "undone", "undo_failed", "closed"];
    assert!(words(&own).is_superset(&ends.into()), "{own:#?}");
    assert_eq!(journaled(&home, "4e17000000000"), [whole, own].concat());
}

#[test]
fn every_line_of_every_flow() {
    let home = Home::new();
    for (line, code) in [
        ("attach vol-1 -vv", 0),
        ("attach nix", 10),
        ("attach vol-2 nix", 10),
        ("attach vol-2 --until array.view", 0),
        ("attach vol-3 --step node.identity", 7),
        ("attach vol-3 --jobs 0", 2),
        ("attach vol-1 --dry-run", 0),
        ("status vol-1", 0),
        ("status", 0),
        ("discover", 0),
        ("adopt vol-3", 7),
        ("detach vol-1 --array-only", 7),
        ("detach vol-1 --node-only -v", 0),
        ("detach vol-1", 0),
        ("detach vol-1", 0),
        ("lun create x --size 1GiB --pool StoragePool001", 0),
        ("lun delete x", 2),
    ] {
        let out = home.run(&format!("{line} --progress jsonl"));
        lines(&out);
        assert_eq!(out.code, code, "{out:#?}");
    }
}

#[test]
fn failures_that_are_taken_back() {
    let served = Served::new();
    for kind in ["code:50331651", "drop-after", "busy"] {
        for at in 6..=14 {
            served.faults(&format!("@{at}={kind}"));
            served.server.clear_requests();
            let out = served.run("attach vol-1 --progress jsonl");
            served.faults("");
            let told = lines(&out);
            let failed = told.iter().find(|l| l["event"] == "failed");
            if out.code == 0 {
                served.run("detach vol-1 --progress jsonl").ends(0);
            } else if let Some(failed) = failed {
                assert!(failed["cause"].is_string(), "{failed:#}");
                assert_eq!(failed["lun"], "vol-1");
            }
            if out.code == 4 {
                served.run("detach vol-1").ends(0);
            }
        }
    }
}

#[test]
fn a_signal_is_told_and_so_is_what_is_taken_back() {
    let served = Served::new();
    served.faults("*=slow:60");
    let run = served.home.start(&half("attach vol-1 --progress jsonl"));
    until("the change arrives", || served.changes().len() >= 4);
    run.signal(Signal::INT);
    let told = lines(&run.end().ends(130));
    assert!(
        words(&told).is_superset(&["note", "undo_started", "undone", "closed"].into()),
        "{told:#?}"
    );
}
