//! Node and array side by side, and what a portal names.

use serde_json::Value;

use crate::family::At;
use crate::rig::{A, B, Home, PORT_A, same};

/// Where nobody listens.
const NOWHERE: At = At {
    v4: "10.9.9.9",
    v6: "fd00::9",
};

fn rows(home: &Home, code: i32) -> Vec<Value> {
    let out = home.run("discover -o json").ends(code);
    out.json()["items"].as_array().unwrap().clone()
}

fn one(rows: &[Value], name: &str) -> Value {
    let mut found = rows.iter().filter(|row| row["name"] == name);
    let row = found.next().unwrap_or_else(|| panic!("{name}: {rows:#?}"));
    assert!(found.next().is_none(), "{rows:#?}");
    row.clone()
}

#[test]
pub(crate) fn nothing_and_everything_are_no_findings() {
    let home = Home::new();
    assert!(rows(&home, 0).is_empty());
    home.run("attach vol-1 vol-2").ends(0);
    let before = home.world();
    let all = rows(&home, 0);
    assert_eq!(all.len(), 2, "{all:#?}");
    let row = one(&all, "vol-1");
    assert_eq!(row["state"], "both");
    assert_eq!(row["disks"].as_array().unwrap().len(), 2);
    let out = home.run("discover").ends(0);
    assert!(out.stdout.contains("vol-2"), "{out:#?}");
    same(&home.world(), &before, "it only reads");
    assert_eq!(home.practice().practice_machine().changes(), [""; 0]);
}

#[test]
pub(crate) fn what_is_on_one_side_only_comes_with_what_mends_it() {
    let home = Home::new();
    home.run("attach vol-1").ends(0);
    home.run("attach vol-2 --array-only").ends(0);
    // Unmapped behind the node's back.
    home.run("attach vol-3").ends(0);
    home.run("detach vol-3 --array-only").ends(7);
    {
        let practice = home.practice();
        practice.array().lose_lun(2);
        practice.array().save().unwrap();
    }
    let all = rows(&home, 3);
    assert_eq!(all.len(), 3, "{all:#?}");
    assert_eq!(one(&all, "vol-1")["state"], "both");
    let row = one(&all, "vol-2");
    assert_eq!(row["state"], "array_only");
    assert!(
        row["fix"]
            .as_str()
            .unwrap()
            .starts_with("sanctl attach vol-2")
    );
    let stranger = all.iter().find(|row| row["state"] == "node_only").unwrap();
    let fix = stranger["fix"].as_str().unwrap();
    let out = home.run("discover").ends(3);
    out.says(fix);
    // What it says mends it.
    home.run(fix.trim_start_matches("sanctl ")).ends(0);
    home.run("attach vol-2").ends(0);
    let all = rows(&home, 0);
    assert_eq!(all.len(), 2, "{all:#?}");
}

#[test]
pub(crate) fn a_path_too_few_and_a_session_without_a_lun() {
    let home = Home::new();
    home.run(&format!("attach vol-1 --until node.path@{A}"))
        .ends(0);
    home.run(&format!("attach vol-1 --until node.session@{B}"))
        .ends(0);
    let all = rows(&home, 3);
    let row = one(&all, "vol-1");
    assert_eq!(row["state"], "differs");
    assert!(
        row["evidence"]
            .as_str()
            .unwrap()
            .contains("none on session 2")
    );
    assert_eq!(row["fix"], "sanctl attach vol-1");
    let session = all.iter().find(|row| row["what"] == "session").unwrap();
    assert_eq!(session["state"], "node_only");
    home.run("attach vol-1").ends(0);
    assert_eq!(rows(&home, 0).len(), 1);
}

#[test]
pub(crate) fn a_portal_is_asked_and_nothing_is_left_behind() {
    let home = Home::new();
    let before = home.world();
    let out = home
        .run(&format!("discover --portal {PORT_A} -o json"))
        .ends(0);
    let items = out.json()["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 2, "{items:#?}");
    assert!(items.iter().all(|i| i["record"] == "none"), "{items:#?}");
    same(&home.world(), &before, "listed");
    home.run(&format!("discover --portal {NOWHERE}")).ends(5);
    home.run("discover --portal somewhere").ends(2);
    home.run("discover --save").ends(2);
}

#[test]
pub(crate) fn save_adds_what_is_new_and_leaves_what_is_known() {
    let home = Home::new();
    home.run(&format!("attach vol-1 --until node.record@{A} --persist"))
        .ends(0);
    let known = home.world()["records"][0].clone();
    let out = home.run(&format!("discover --portal {A} --save -o json"));
    let items = out.ends(0).json()["items"].clone();
    let mut words: Vec<&str> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["record"].as_str().unwrap())
        .collect();
    words.sort_unstable();
    assert_eq!(words, ["added", "known"]);
    let world = home.world();
    let records = world["records"].as_array().unwrap();
    assert_eq!(records.len(), 2);
    assert!(records.contains(&known), "{records:#?}");
    let manual = |r: &Value| r["set"]["node.session.scan"] == "manual";
    assert!(records.iter().all(manual), "{records:#?}");
    assert_eq!(world["sessions"], serde_json::json!({}));
}
