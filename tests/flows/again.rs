//! Attach and detach, in any order and more than once.

use serde_json::Value;

use crate::rig::{A, Home, key};

fn states(item: &Value) -> (&str, bool, i64) {
    (
        item["state"].as_str().unwrap(),
        item["changed"].as_bool().unwrap(),
        item["exit_code"].as_i64().unwrap(),
    )
}

#[test]
fn the_first_detach_leaves_the_second_lun_alone_in_every_order() {
    for order in [["vol-1", "vol-2"], ["vol-2", "vol-1"]] {
        let home = Home::new();
        let before = home.world();
        for lun in ["vol-1", "vol-2"] {
            let out = home.run(&format!("attach {lun} -o json")).ends(0);
            assert_eq!(states(&out.item()), ("attached", true, 0));
        }
        let with_both = home.world();
        let [first, last] = order;
        let out = home.run(&format!("detach {first} -o json")).ends(0);
        assert_eq!(states(&out.item()), ("detached", true, 0));
        // What is left is whole, and is what the other one alone would have.
        let out = home.run(&format!("status {last} -o json")).ends(0);
        assert_eq!(states(&out.item()), ("attached", false, 0));
        assert_ne!(home.world(), with_both);
        home.run(&format!("detach {last}")).ends(0);
        assert_eq!(home.world(), before);
        assert_eq!(home.journals(), [""; 0]);
    }
}

#[test]
pub(crate) fn attach_again_changes_nothing_and_says_so() {
    let home = Home::new();
    let first = home.run("attach vol-1").ends(0);
    let world = home.world();
    let again = home.run("attach vol-1").ends(0);
    assert_eq!(again.stdout, first.stdout);
    again.says("vol-1 was attached already: nothing was changed");
    let item = home.run("attach vol-1 -o json").ends(0).item();
    assert_eq!(states(&item), ("attached", false, 0));
    assert!(
        item["steps"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["changed"] == false && s["state"] == "present"),
        "{item:#}"
    );
    assert_eq!(home.world(), world);
}

#[test]
pub(crate) fn detach_again_changes_nothing_and_says_so() {
    let home = Home::new();
    let before = home.world();
    let never = home.run("detach vol-1").ends(0);
    assert_eq!(never.stdout, "vol-1 was not attached: nothing to do\n");
    home.run("attach vol-1").ends(0);
    home.run("detach vol-1").ends(0);
    let again = home.run("detach vol-1").ends(0);
    assert_eq!(again.stdout, "vol-1 was not attached: nothing to do\n");
    let item = home.run("detach vol-1 -o json").ends(0).item();
    assert_eq!(states(&item), ("absent", false, 0));
    assert_eq!(home.world(), before);
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
pub(crate) fn a_plan_for_what_is_there_has_nothing_to_do() {
    let home = Home::new();
    let before = home.world();
    home.run("attach vol-1 --dry-run --exit-code").ends(3);
    home.run("detach vol-1 --dry-run --exit-code").ends(0);
    assert_eq!(home.world(), before);
    home.run("attach vol-1").ends(0);
    let world = home.world();
    let plan = home.run("attach vol-1 --dry-run --exit-code").ends(0);
    assert!(
        plan.stdout.ends_with("there is nothing to do\n"),
        "{}",
        plan.stdout
    );
    let lines = home.run("attach vol-1 --dry-run --print wire").ends(0);
    assert_eq!(lines.stdout, "");
    home.run("detach vol-1 --dry-run --exit-code").ends(3);
    assert_eq!(home.world(), world);
}

#[test]
pub(crate) fn a_plan_of_detach_names_what_stays_and_why() {
    let home = Home::new();
    home.run("attach vol-1 vol-2").ends(0);
    let plan = home.run("detach vol-1 --dry-run -o json").ends(0).json();
    let steps = plan["item"]["steps"].as_array().unwrap().clone();
    let step = |key: &str| {
        steps
            .iter()
            .find(|s| s["key"] == key)
            .unwrap_or_else(|| panic!("{plan:#}"))
    };
    assert_eq!(step("array.lungroup-lun")["pending"], true);
    for stays in [
        "array.host",
        "array.hostgroup",
        "array.view",
        "array.lungroup",
        &key("session", A),
        &key("record", A),
    ] {
        let step = step(stays);
        assert_eq!(step["pending"], false, "{step:#}");
        let why = step["evidence"].as_str().unwrap();
        assert!(why.contains("stays"), "{stays}: {why}");
    }
}

#[test]
pub(crate) fn several_at_once_are_as_one_after_the_other() {
    let home = Home::new();
    let before = home.world();
    let out = home.run("attach vol-1 vol-2 vol-3 -o name").ends(0);
    assert_eq!(out.stdout.lines().count(), 3);
    let out = home.run("status -o json").ends(0);
    let mut names: Vec<String> = out.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["lun"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["vol-1", "vol-2", "vol-3"]);
    let out = home.run_with("detach -", "vol-3\nvol-1\n\nvol-2\n").ends(0);
    assert_eq!(out.stdout.lines().count(), 3);
    assert_eq!(home.world(), before);
}
