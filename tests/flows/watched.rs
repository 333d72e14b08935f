//! `status` that looks again, and `status --all`.

use rustix::process::Signal;
use serde_json::json;

use crate::rig::Home;

#[test]
fn waiting_ends_when_somebody_else_has_attached() {
    let home = Home::new();
    let waiting = home.start("status vol-1 --wait present --timeout 5m -o json");
    home.run("attach vol-1 -q").ends(0);
    let item = waiting.end().ends(0).item();
    assert_eq!(item["state"], "attached");
    let waiting = home.start("status vol-1 --wait clean --timeout 5m");
    home.run("detach vol-1 -q").ends(0);
    waiting.end().ends(0);
}

#[test]
fn waiting_in_vain_ends_with_what_there_is() {
    let home = Home::new();
    let out = home
        .run("status vol-1 --wait present --timeout 300ms -o json")
        .ends(5);
    assert_eq!(out.item()["state"], "absent");
    let error = out.error();
    assert_eq!(error["code"], 5);
    let message = error["message"].as_str().unwrap();
    assert_eq!(message, "not present after 300ms: vol-1 is absent");
    // What no waiting mends is told at once.
    home.run("status nix --wait present --timeout 5m").ends(10);
}

#[test]
fn a_watch_shows_what_changes_until_it_is_stopped() {
    let home = Home::new();
    let mut watch = home.start("status vol-1 --watch");
    let mut lines = watch.lines();
    assert!(lines.any(|line| line == "absent"));
    home.run("attach vol-1 -q").ends(0);
    assert!(lines.any(|line| line == "attached"));
    watch.signal(Signal::INT);
    watch.end().ends(130);
    let out = home.run("status vol-1 --watch -o json").ends(2);
    assert!(out.stderr.contains("-o jsonl"), "{out:#?}");
}

#[test]
fn all_is_what_journals_name_and_what_the_array_shows() {
    let home = Home::new();
    home.run("attach vol-1 -q").ends(0);
    home.run("lun map vol-2 --host practice-node -q").ends(0);
    let of = |line: &str| {
        let shown = home.run(line);
        let items = shown.json()["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|i| json!([i["id"], i["state"]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("status -o json").len(), 1);
    let all = of("status --all -o json");
    let states: Vec<_> = all.iter().map(|i| i[1].clone()).collect();
    assert_eq!(states, ["attached", "partial"]);
    assert_ne!(all[0][0], all[1][0]);
    assert_eq!(of("status --all --node-only -o json").len(), 1);
}
