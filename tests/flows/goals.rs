//! `attach --until` and `attach --step` through the program: keys, beginnings and rows.

use serde_json::Value;

use crate::rig::{B, Home, Served, half, key, same};

fn rows(home: &Home, line: &str) -> Vec<String> {
    let plan = home.run(&format!("{line} --dry-run -o json")).ends(0);
    let steps = plan.json()["item"]["steps"].as_array().unwrap().clone();
    let keys = steps.iter().map(|s| s["key"].as_str().unwrap().to_owned());
    keys.collect()
}

#[test]
fn until_every_third_row_then_on_or_back() {
    let home = Home::new();
    let before = home.world();
    let keys = rows(&home, "attach vol-1");
    for row in (1..=keys.len()).step_by(3) {
        let out = home.run(&format!("attach vol-1 --until {row} -o json"));
        let item = out.ends(0).item();
        let last = row == keys.len();
        assert_eq!(item["state"] == "attached", last, "{row}: {item:#}");
        let steps = item["steps"].as_array().unwrap();
        assert_eq!(steps.len(), row, "{item:#}");
        assert_eq!(home.journals().len(), 1, "{row}");
        let plan = home.run("attach vol-1 --dry-run -o name").ends(0);
        let done: Vec<&String> = keys[..row].iter().collect();
        for pending in plan.stdout.lines() {
            assert!(!done.iter().any(|k| *k == pending), "{row}: {pending}");
        }
        if row % 2 == 0 {
            let out = home.run("attach vol-1").ends(0);
            assert!(out.stdout.contains("/practice/luns/"), "{out:#?}");
            home.run("status vol-1").ends(0);
        }
        home.run("detach vol-1").ends(0);
        same(&home.world(), &before, keys[row - 1].as_str());
        assert_eq!(home.journals(), [""; 0], "{row}");
    }
}

#[test]
pub(crate) fn each_step_alone_in_order_is_an_attach_and_out_of_order_is_refused() {
    let home = Home::new();
    let before = home.world();
    let keys = rows(&home, "attach vol-1");
    let late = home.run("attach vol-1 --step array.lun-number -o json");
    let error = late.ends(7).error();
    assert_eq!(error["step"], "array.host", "{error:#}");
    same(&home.world(), &before, "refused");
    for key in &keys {
        let out = home.run(&format!("attach vol-1 --step {key} -o json"));
        let item = out.ends(0).item();
        let whole = Some(key) == keys.last();
        assert_eq!(item["device"] == Value::Null, !whole, "{key}: {item:#}");
    }
    home.run("status vol-1").ends(0);
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
}

#[test]
pub(crate) fn a_step_that_is_none_or_not_one_is_told_with_the_choices() {
    let home = Home::new();
    let before = home.world();
    for (spec, says) in [
        ("0", "array.host"),
        ("99", "array.host"),
        ("array.v", "array.view-hostgroup"),
        ("node.session", &key("session", B)),
        ("guest", "node.identity"),
    ] {
        let out = home.run(&format!("attach vol-1 --until {spec}")).ends(10);
        out.says(says).says("--dry-run");
    }
    home.run("attach vol-1 --until 1 --step 2").ends(2);
    home.run("attach vol-1 --step 1 --emit connection-info")
        .ends(2);
    same(&home.world(), &before, "nothing");
    let plan = home.run("attach vol-1 --until array.lungr --dry-run -o name");
    assert_eq!(plan.code, 10, "two begin so");
    let plan = home.run("attach vol-1 --until array.hostgroup-h --dry-run -o name");
    let keys: Vec<String> = plan.ends(0).stdout.lines().map(str::to_owned).collect();
    assert_eq!(keys.last().unwrap(), "array.hostgroup-host");
    let plan = home.run("attach vol-1 --step array.host --dry-run -o name");
    assert_eq!(plan.ends(0).stdout, "array.host\n");
}

#[test]
fn the_words_tell_where_it_ended_and_stdout_stays_empty() {
    let served = Served::new();
    let out = served.run("attach vol-1 --until array.view").ends(0);
    assert_eq!(out.stdout, "");
    out.says("vol-1 ends after array.view, as asked: its journal stays open")
        .says(&half("sanctl attach vol-1"))
        .says(&half("sanctl detach vol-1"));
}
