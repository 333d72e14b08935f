//! Attach with a multipath map through the program: asked on the command line or configured.

use crate::rig::{A, Home, key, same};

fn states(item: &serde_json::Value, step: &str) -> String {
    let steps = item["steps"].as_array().unwrap();
    let found = steps.iter().find(|s| s["key"] == step);
    found
        .map_or("none", |s| s["state"].as_str().unwrap())
        .to_owned()
}

#[test]
fn asked_for_and_taken_back() {
    let home = Home::new();
    let before = home.world();
    let plan = home.run("attach vol-1 --multipath --dry-run --print verbs");
    assert!(plan.ends(0).stdout.contains("sanctl device add-path wwid:"));
    let item = home.run("attach vol-1 --multipath -o json").ends(0).item();
    assert_eq!(item["state"], "attached");
    assert_eq!(states(&item, "node.map"), "present");
    let item = home.run("status vol-1 -o json").ends(0).item();
    assert_eq!(states(&item, "node.map"), "present");
    let table = home.run("status vol-1").ends(0).stdout;
    assert!(
        table.contains("map") && table.contains("2 paths work"),
        "{table}"
    );
    let journals = std::fs::read_dir(home.attachments()).unwrap();
    let texts = journals.filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok());
    let journal: String = texts.collect();
    assert!(
        journal.contains("\"multipath\":true"),
        "the connector says so"
    );
    let tree = home.run("device tree -o json").ends(0).stdout;
    assert!(tree.contains("dm-0"), "{tree}");
    let plan = home.run("detach vol-1 --dry-run").ends(0).stdout;
    let (map, path) = (
        plan.find("node.map").unwrap(),
        plan.find(&key("path", A)).unwrap(),
    );
    assert!(map < path, "the map goes first: {plan}");
    home.run("detach vol-1").ends(0);
    same(&home.world(), &before, "detached");
}

#[test]
fn configured_for_every_attach() {
    let home = Home::new();
    let before = home.world();
    let text =
        "[arrays.sim]\nkind = \"sim\"\n[node]\nmultipath = true\npaths = { want = 4, min = 2 }\n";
    let file = home.write("maps.toml", text);
    let with = |line: &str| home.run(&format!("--config {file} --array sim {line}"));
    let out = with("attach vol-1 -o json").ends(9);
    let item = out.item();
    assert_eq!(item["state"], "degraded");
    assert_eq!(states(&item, "node.map"), "present");
    assert!(
        item["left"].to_string().contains("2 of 4 wanted"),
        "{item:#}"
    );
    assert!(
        with("connector show -o json")
            .ends(0)
            .stdout
            .contains("\"multipath\":true")
    );
    with("status vol-1").ends(0);
    with("attach vol-1 --multipath=no")
        .ends(7)
        .says("only the map can be used");
    with("attach vol-2 --multipath=no").ends(9);
    with("detach vol-1").ends(0);
    with("detach vol-2").ends(0);
    same(&home.world(), &before, "detached");
}
