//! Journals as a noun: what is open, what is still owned, what may go.

use crate::place::{Place, golden};

/// The names of files below a folder of the state.
fn files(place: &Place, folder: &str) -> Vec<String> {
    let path = place.state().join("practice/attachments").join(folder);
    let Ok(entries) = std::fs::read_dir(path) else {
        return Vec::new();
    };
    let is_journal = |e: &std::fs::DirEntry| e.path().extension().is_some_and(|x| x == "jsonl");
    let names = entries.flatten().filter(is_journal);
    let mut names: Vec<String> = names
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_life_of_a_journal() {
    let place = Place::new();
    let mut shown = vec![place.run("journal list").expect(0).shown()];
    place.ok("attach vol-1 -q");
    shown.push(place.run("journal list").expect(0).shown());
    whole(&place.ok("journal show vol-1"));
    place.ok("hostgroup create by-hand");
    shown.push(place.run("journal list --manual").expect(0).shown());
    place.ok("detach vol-1 -q");
    shown.push(place.run("journal list").expect(0).shown());
    shown.push(place.run("journal list --all").expect(0).shown());
    shown.push(place.run("journal show vol1").expect(10).shown());
    shown.push(place.run("journal prune").expect(2).shown());
    shown.push(place.run("journal prune --dry-run").expect(0).shown());
    assert_eq!(files(&place, "closed/done").len(), 1);
    shown.push(place.run("journal prune --yes").expect(0).shown());
    assert_eq!(files(&place, "closed/done").len(), 0);
    shown.push(place.run("journal prune --yes").expect(0).shown());
    golden!("journal", shown.join("\n"));
}

/// Lanes that run side by side write in any order, so the lines are looked for one by one.
fn whole(shown: &str) {
    let (lines, owned) = shown
        .split_once("\n\n")
        .unwrap()
        .1
        .split_once("\n\n")
        .unwrap();
    assert!(shown.starts_with("journal practice-node."), "{shown}");
    assert!(
        shown.contains("lun vol-1 on sim   node practice-node"),
        "{shown}"
    );
    for line in [
        "opened",
        "done     array.view  ",
        "started  array.host                      practice-node",
        "done     node.session@172.24.3.150:3260",
        "done     node.identity",
    ] {
        assert!(lines.contains(line), "no {line}: {shown}");
    }
    assert!(owned.contains("owns  oceanstor:2102351CAK10GB000007/host/practice-node"));
}

/// An open journal, and one that owns something, stay whatever is asked.
#[test]
fn what_owns_something_is_never_pruned() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    place.ok("attach vol-2 -q");
    // The containers stay with the first journal, which is closed now.
    place.ok("detach vol-1 -q");
    let list = place.run("journal list --all -o json").json();
    let owning: Vec<&serde_json::Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| !item["owns"].as_array().unwrap().is_empty())
        .collect();
    assert_eq!(owning.len(), 2, "{list}");
    let pruned = place.run("journal prune --yes -o json").expect(0).json();
    assert_eq!(pruned["items"], serde_json::json!([]));
    assert_eq!(files(&place, "closed").len(), 1);
    assert_eq!(files(&place, "").len(), 1);
    place.ok("detach vol-2 -q");
    assert_eq!(
        place.run("journal list -o json").json()["items"],
        serde_json::json!([])
    );
    let left = place.run("lungroup list -o name").expect(0);
    assert!(!left.out.contains("LunGroup_1"), "{}", left.shown());
}

#[test]
fn a_young_journal_stays_when_age_is_asked_for() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    place.ok("detach vol-1 -q");
    place.ok("journal prune --older-than 1h --yes");
    assert_eq!(files(&place, "closed/done").len(), 1);
}

#[test]
fn an_exported_journal_is_the_file_itself() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    let name = files(&place, "").remove(0);
    let file = place.state().join("practice/attachments").join(&name);
    let text = std::fs::read_to_string(file).unwrap();
    let id = name.strip_suffix(".jsonl").unwrap();
    assert_eq!(place.ok(&format!("journal export {id}")), text);
    assert_eq!(place.ok("journal export vol-1"), text);
    let wwid = place.run("lun show vol-1 -o json").json()["item"]["wwid"].clone();
    let wwid = wwid.as_str().unwrap();
    assert_eq!(place.ok(&format!("journal export wwid:{wwid}")), text);
}
