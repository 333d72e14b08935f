//! Options of attach through the program: numbers, boots, several at once.

use crate::rig::{Home, Served, same};

#[test]
fn a_number_that_was_asked_for() {
    let home = Home::new();
    let before = home.world();
    let plan = home.run("attach vol-1 --lun-number 7 --dry-run --print verbs");
    assert!(plan.ends(0).stdout.contains("mapping set-number"));
    let item = home
        .run("attach vol-1 --lun-number 7 -o json")
        .ends(0)
        .item();
    assert_eq!(item["lun_number"], 7);
    assert_eq!(item["paths"].as_array().unwrap().len(), 2);
    home.run("attach vol-2 --lun-number 7")
        .ends(7)
        .says("known to this node as sd");
    home.run("attach vol-1 vol-2 --lun-number 7").ends(2);
    home.run("attach vol-2 --lun-number 70000").ends(2);
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
}

#[test]
pub(crate) fn persisted_and_undone() {
    let home = Home::new();
    let before = home.world();
    home.run("attach vol-1 --persist").ends(0);
    home.practice().practice_machine().reboot().unwrap();
    let item = home.run("attach vol-1 -o json").ends(0).item();
    assert_eq!(item["paths"].as_array().unwrap().len(), 2, "{item:#}");
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
}

#[test]
pub(crate) fn several_at_once_in_argument_order() {
    let home = Home::new();
    let before = home.world();
    let one_by_one = {
        let home = Home::new();
        home.run("attach vol-3 vol-1 vol-2").ends(0);
        home.world()
    };
    let out = home
        .run("attach vol-3 vol-1 vol-2 --jobs 3 -o json")
        .ends(0);
    let json = out.json();
    let items = json["items"].as_array().unwrap();
    let luns: Vec<&str> = items.iter().map(|i| i["lun"].as_str().unwrap()).collect();
    assert_eq!(luns, ["vol-3", "vol-1", "vol-2"]);
    let count =
        |world: &serde_json::Value, what: &str| world[what].to_string().matches("wwid").count();
    assert_eq!(count(&home.world(), "disks"), count(&one_by_one, "disks"));
    home.run("status").ends(0);
    home.run("detach vol-1 vol-2 vol-3").ends(0);
    same(&home.world(), &before, "detached");
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
fn one_that_fails_among_several_at_once_stops_no_other() {
    let served = Served::new();
    let out = served.run("attach vol-1 no-such vol-2 vol-3 --jobs 2 -o json");
    let json = out.ends(10).json();
    let codes: Vec<i64> = json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["exit_code"].as_i64().unwrap())
        .collect();
    assert_eq!(codes, [0, 10, 0, 0]);
    assert_eq!(served.array.open_sessions(), 0);
    served.run("attach vol-1 --jobs 0").ends(2);
}
