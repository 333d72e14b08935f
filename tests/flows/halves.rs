//! The array's half and the node's half, one by one.

use serde_json::Value;

use crate::rig::{Home, same};

#[test]
pub(crate) fn each_half_by_itself_and_the_whole_way_back() {
    let home = Home::new();
    let before = home.world();
    home.run("attach vol-1 --array-only").ends(0);
    let half = home.run("status vol-1 -o json").ends(3).item();
    assert_eq!(half["state"], "partial");
    home.run("status vol-1 --array-only").ends(0);
    home.run("attach vol-1 --node-only").ends(0);
    home.run("status vol-1").ends(0);
    home.run("status vol-1 --node-only").ends(0);
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
fn each_half_back_by_itself_in_the_safe_order_only() {
    let home = Home::new();
    let before = home.world();
    home.run("attach vol-1").ends(0);
    let whole = home.world();
    let out = home.run("detach vol-1 --array-only").ends(7);
    out.says("this node still has")
        .says("sanctl detach vol-1 --node-only");
    same(&home.world(), &whole, "refused");
    home.run("detach vol-1 --node-only").ends(0);
    let item = home.run("status vol-1 -o json").ends(3).item();
    assert_eq!(item["device"], Value::Null, "{item:#}");
    assert_eq!(home.journals().len(), 1);
    // Again is nothing to do.
    let again = home.run("detach vol-1 --node-only -o json").ends(0).item();
    assert_eq!(again["changed"], false, "{again:#}");
    home.run("detach vol-1 --array-only").ends(0);
    same(&home.world(), &before, "detached");
    assert_eq!(home.journals(), [""; 0]);
    home.run("status vol-1").ends(0);
}

#[test]
fn the_node_half_without_any_word_of_the_array_is_refused() {
    let home = Home::new();
    let out = home.run("attach vol-1 --node-only").ends(2);
    out.says("--connection-info");
}

#[test]
pub(crate) fn what_emit_prints_the_node_half_takes() {
    let home = Home::new();
    let before = home.world();
    let info = home
        .run("attach vol-1 --array-only --emit connection-info")
        .ends(0)
        .stdout;
    let value: Value = serde_json::from_str(&info).unwrap();
    assert_eq!(value["driver_volume_type"], "iscsi");
    let wwid = value["wwid"].as_str().unwrap().to_owned();
    let out = home
        .run_with("attach --connection-info - -o json", &info)
        .ends(0);
    let item = out.item();
    assert_eq!(item["identity"], "proven", "{item:#}");
    assert_eq!(item["id"], wwid.as_str());
    home.run("status vol-1").ends(0);
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
}

/// A node that has nothing but the connection info: no array is asked, with or without identity.
#[test]
pub(crate) fn a_bare_connection_info_comes_and_goes_without_the_array() {
    for told in [true, false] {
        let array = Home::new();
        let info = array
            .run("attach vol-1 --array-only --emit connection-info")
            .ends(0);
        let mut info: Value = serde_json::from_str(&info.stdout).unwrap();
        let wwid = info["wwid"].as_str().unwrap().to_owned();
        if !told {
            info.as_object_mut().unwrap().remove("wwid");
            info["data"].as_object_mut().unwrap().remove("wwid");
        }
        std::fs::remove_dir_all(array.attachments()).unwrap();
        let home = array;
        let before = home.world();
        let out = home.run_with("attach --connection-info - -o json", &info.to_string());
        let item = out.ends(0).item();
        let identity = if told { "proven" } else { "unproven" };
        assert_eq!(item["identity"], identity, "{item:#}");
        let name = item["id"].as_str().unwrap().to_owned();
        let status = home.run(&format!("status {name} -o json")).ends(0).item();
        assert_eq!(status["state"], "attached");
        assert_eq!(status["identity"], identity, "{status:#}");
        assert!(status["device"].as_str().unwrap().contains(&wwid));
        home.run(&format!("detach {name}")).ends(0);
        same(&home.world(), &before, "detached");
        assert_eq!(home.journals(), [""; 0]);
    }
}

/// The identity of the connection info is what every path must answer.
#[test]
fn another_identity_than_told_is_never_handed_over() {
    let home = Home::new();
    let info = home
        .run("attach vol-1 --array-only --emit connection-info")
        .ends(0);
    let mut info: Value = serde_json::from_str(&info.stdout).unwrap();
    info.as_object_mut().unwrap().remove("wwid");
    info["data"].as_object_mut().unwrap().remove("wwid");
    let before = home.world();
    let other = "6a4c64f1001db63307a4e17000000001";
    let line = format!("attach --connection-info - --wwid {other}");
    let out = home.run_with(&line, &info.to_string()).ends(7);
    assert_eq!(out.stdout, "");
    out.says("6a4c64f1001db63307a4e17000000000").says(other);
    same(&home.world(), &before, "taken back");
}
