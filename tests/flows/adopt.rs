//! A journal for what somebody else attached.

use crate::rig::{A, Home, key, same};

/// Attached, and nothing is known of who did it.
fn foreign(luns: &[&str]) -> Home {
    let home = Home::new();
    for lun in luns {
        home.run(&format!("attach {lun}")).ends(0);
    }
    std::fs::remove_dir_all(home.attachments()).unwrap();
    home
}

fn owners(home: &Home, line: &str) -> Vec<(String, String)> {
    let item = home.run(&format!("{line} -o json")).ends(0).item();
    let steps = item["steps"].as_array().unwrap().clone();
    let word = |s: &serde_json::Value, key: &str| s[key].as_str().unwrap_or("-").to_owned();
    let all = steps.iter().map(|s| (word(s, "key"), word(s, "owner")));
    all.filter(|(_, owner)| owner == "ours").collect()
}

#[test]
pub(crate) fn adopting_changes_nothing_and_the_link_stays_its_makers() {
    let home = foreign(&["vol-1"]);
    let before = home.world();
    let out = home.run("adopt vol-1").ends(0);
    assert!(out.stdout.contains("stays its maker's"), "{out:#?}");
    same(&home.world(), &before, "adopted");
    assert_eq!(home.journals().len(), 1);
    assert_eq!(owners(&home, "status vol-1"), []);
    // Again is the same, and writes nothing more.
    let journal = || std::fs::read(home.attachments().join(&home.journals()[0])).unwrap();
    let text = journal();
    home.run("adopt vol-1").ends(0);
    assert_eq!(journal(), text);
    // The journal is enough for the node's half without the array.
    home.run("detach vol-1 --node-only").ends(0);
    let left = home.run("detach vol-1").ends(4);
    left.says("array.lungroup-lun");
    home.run("detach vol-1 --keep-adopted").ends(0);
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
fn what_is_owned_a_detach_takes_back_from_the_array() {
    let home = Home::new();
    let before = home.world();
    drop(home);
    let home = foreign(&["vol-1"]);
    let whole = home.world();
    let out = home.run("adopt vol-1 --own").ends(0);
    assert!(
        out.stdout.contains("detach removes its mapping"),
        "{out:#?}"
    );
    same(&home.world(), &whole, "adopted");
    let ours: Vec<String> = owners(&home, "status vol-1")
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(
        ours,
        [
            "array.host",
            "array.initiator",
            "array.hostgroup",
            "array.hostgroup-host",
            "array.lungroup",
            "array.view",
            "array.view-hostgroup",
            "array.view-lungroup",
            "array.lungroup-lun"
        ]
    );
    home.run("detach vol-1").ends(0);
    assert_eq!(home.journals(), [""; 0]);
    let after = home.world();
    assert_eq!(after["disks"], before["disks"]);
    for noun in ["hosts", "hostgroups", "lungroups", "views"] {
        assert_eq!(after["array"][noun], before["array"][noun], "{noun}");
    }
}

#[test]
fn containers_that_another_lun_needs_are_not_owned() {
    let home = foreign(&["vol-1", "vol-2"]);
    home.run("adopt vol-1 --own").ends(0);
    let ours = owners(&home, "status vol-1");
    assert_eq!(ours.len(), 1, "{ours:?}");
    assert_eq!(ours[0].0, "array.lungroup-lun");
    home.run("detach vol-1").ends(0);
    let other = home.run("status vol-2").ends(0);
    assert!(other.stdout.contains("attached"), "{other:#?}");
}

#[test]
fn what_is_adopted_first_can_be_owned_later() {
    let home = foreign(&["vol-1"]);
    home.run("adopt vol-1").ends(0);
    home.run("adopt vol-1 --own").ends(0);
    home.run("detach vol-1").ends(0);
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
pub(crate) fn what_is_not_whole_is_refused_with_its_table() {
    let home = Home::new();
    home.run("attach vol-1 --array-only").ends(0);
    std::fs::remove_dir_all(home.attachments()).unwrap();
    for (lun, says) in [("vol-1", "node.record"), ("vol-3", "array.lungroup-lun")] {
        let before = home.world();
        let out = home.run(&format!("adopt {lun} --own")).ends(7);
        out.says("is not wholly attached")
            .says(says)
            .says(&format!("sanctl attach {lun}"));
        assert!(out.stdout.contains("EVIDENCE"), "{out:#?}");
        let json = home.run(&format!("adopt {lun} -o json")).ends(7);
        assert_eq!(json.item()["state"], "partial");
        assert_eq!(json.error()["code"], 7);
        same(&home.world(), &before, lun);
        assert_eq!(home.journals(), [""; 0], "{lun}");
    }
    home.run("adopt no-such-lun").ends(10);
}

#[test]
fn fewer_paths_are_whole_when_fewer_are_wanted() {
    let home = Home::new();
    home.run(&format!("attach vol-1 --until {}", key("path", A)))
        .ends(0);
    std::fs::remove_dir_all(home.attachments()).unwrap();
    home.run("adopt vol-1").ends(7);
    home.run("adopt vol-1 --paths want=1").ends(0);
}
