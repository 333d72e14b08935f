//! How results end: JSON keys, exit codes, several LUNs.

use serde_json::Value;

use crate::rig::{Home, Served};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

const ITEM: &[&str] = &[
    "id",
    "lun",
    "array",
    "node",
    "state",
    "changed",
    "device",
    "lun_number",
    "identity",
    "wwid",
    "size_bytes",
    "paths",
    "steps",
    "left",
    "hints",
    "practice",
    "exit_code",
    "connection",
    "error",
];
const STEP: &[&str] = &[
    "key",
    "where",
    "state",
    "evidence",
    "owner",
    "changed",
    "elapsed_ms",
];
const PATH: &[&str] = &[
    "iqn",
    "portal",
    "tpgt",
    "initiator_wwpn",
    "target_wwpn",
    "sid",
    "hctl",
    "disk",
    "wwid",
    "state",
    "size_bytes",
];
const ERROR: &[&str] = &[
    "code",
    "kind",
    "message",
    "causes",
    "hints",
    "step",
    "attachment",
    "foreign",
];

#[test]
fn the_keys_of_a_result_are_frozen() {
    let home = Home::new();
    for line in [
        "attach vol-1 -o json",
        "status vol-1 -o json",
        "status -o json",
        "detach vol-1 -o json",
        "detach vol-1 -o json",
        "status vol-1 -o json",
    ] {
        let out = home.run(line).ends(0);
        let document = out.json();
        assert_eq!(
            keys(&document),
            [
                "schema",
                "schema_version",
                "generated_at",
                "practice",
                "complete",
                "warnings",
                "items"
            ],
            "{line}"
        );
        assert_eq!(document["schema"], "sanctl/attachment");
        assert_eq!(document["schema_version"], 1);
        let item = out.item();
        assert_eq!(keys(&item), ITEM, "{line}");
        for step in item["steps"].as_array().unwrap() {
            assert_eq!(keys(step), STEP, "{line}");
        }
        for path in item["paths"].as_array().unwrap() {
            assert_eq!(keys(path), PATH, "{line}");
        }
        assert_eq!(item["practice"], true);
        // One line is one item.
        let line = line.replace("-o json", "-o jsonl");
        let lines = home.run(&line).ends(0).stdout;
        assert_eq!(
            lines.lines().count(),
            usize::from(line != "status -o jsonl" || !lines.is_empty())
        );
        if let Some(first) = lines.lines().next() {
            assert_eq!(keys(&serde_json::from_str(first).unwrap()), ITEM);
        }
        // The verbs that change something have now done it once more: as before for what follows.
        if line.starts_with("detach") {
            home.run("detach vol-1").ends(0);
        }
    }
    assert_eq!(
        home.run("status -o json").ends(0).json()["items"],
        Value::Array(vec![])
    );
}

#[test]
fn the_keys_of_an_error_are_frozen() {
    let home = Home::new();
    for (line, code) in [
        ("attach vol-9 -o json", 10),
        ("detach vol-9 -o json", 10),
        ("status vol-9 -o json", 10),
        ("attach --array nowhere vol-1 -o json", 2),
        ("attach -o json", 2),
    ] {
        let out = home.run(line).ends(code);
        let error = out.error();
        assert_eq!(keys(&error), ERROR, "{line}");
        assert_eq!(error["code"], code, "{line}");
    }
}

#[test]
pub(crate) fn one_failing_lun_does_not_stop_the_others() {
    let home = Home::new();
    for verb in ["attach", "detach"] {
        let out = home
            .run(&format!("{verb} vol-1 vol-9 vol-2 -o json"))
            .ends(10);
        let document = out.json();
        let items = document["items"].as_array().unwrap();
        let codes: Vec<_> = items
            .iter()
            .map(|i| (i["lun"].as_str().unwrap(), i["exit_code"].as_i64().unwrap()))
            .collect();
        assert_eq!(codes, [("vol-1", 0), ("vol-9", 10), ("vol-2", 0)], "{verb}");
        assert_eq!(items[1]["error"]["attachment"], "vol-9");
        assert_eq!(out.error()["code"], 10);
    }
    home.run("status vol-1 vol-2").ends(0);
    let codes = home.run("status vol-1 vol-9 -o json").ends(10).json();
    assert_eq!(codes["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_name_that_cannot_be_one_is_told_before_anything_is_done() {
    let home = Home::new();
    let before = home.world();
    for verb in ["attach", "detach", "status"] {
        home.run(&format!("{verb} vol-1 wwid:xyz"))
            .ends(2)
            .says("xyz");
        assert_eq!(home.world(), before);
    }
}

/// Four wherever something of ours is left, before any other code.
#[test]
fn something_left_behind_goes_before_a_lun_that_is_missing() {
    let served = Served::new();
    served.faults("POST /hostgroup/associate#every=drop-after;DELETE /host/*#every=code:50331651");
    let out = served.run("attach vol-9 vol-1 -o json");
    assert_eq!(out.json()["items"][0]["exit_code"], 10, "{out:#?}");
    if out.json()["items"][1]["exit_code"] == 4 {
        out.ends(4);
    } else {
        out.ends(10);
    }
}

#[test]
fn what_is_left_is_said_once() {
    let served = Served::new();
    // The host group cannot be emptied while taking back.
    served.faults("POST /mappingview#1=code:50331651;DELETE /host/associate#every=code:50331651");
    let out = served.run("attach vol-1").ends(4);
    let said = out.stderr.matches("array.hostgroup-host: ").count();
    assert_eq!(said, 1, "{out:#?}");
    out.says("sanctl attach vol-1 --array-only --connector node11.json  # goes on");
    out.says("sanctl detach vol-1 --array-only --connector node11.json  # takes everything back");
    served.faults("");
    served.run("detach vol-1").ends(0);
    // Nothing left: no word about it.
    served.faults("POST /mappingview#1=code:50331651");
    let out = served.run("attach vol-1").ends(1);
    assert!(!out.stderr.contains("left  "), "{out:#?}");
    assert!(!out.stderr.contains("goes on"), "{out:#?}");
    assert_eq!(served.home.journals(), [""; 0]);
}

#[test]
fn the_report_names_the_lun_whatever_it_was_called() {
    let home = Home::new();
    let item = home.run("attach vol-1 -o json").ends(0).item();
    let wwid = item["wwid"].as_str().unwrap();
    for line in [
        format!("status wwid:{wwid} -o json"),
        "status id:0 -o json".to_owned(),
        format!("attach wwid:{wwid} -o json"),
        format!("detach {wwid} -o json"),
        format!("detach {wwid} -o json"),
    ] {
        assert_eq!(home.run(&line).ends(0).item()["lun"], "vol-1", "{line}");
    }
    let out = home.run(&format!("detach wwid:{wwid}")).ends(0);
    assert_eq!(out.stdout, "vol-1 was not attached: nothing to do\n");
}

/// The real machine is asked for its name before the array is asked for anything.
#[test]
fn a_node_without_an_initiator_name_asks_nothing_of_the_array() {
    if std::path::Path::new("/etc/iscsi/initiatorname.iscsi").exists() {
        return;
    }
    let served = Served::new();
    for verb in ["attach", "detach"] {
        let out = served.home.run(&format!("{verb} vol-1"));
        assert_eq!(served.server.requests().len(), 0, "{out:#?}");
        let text = out.ends(2);
        text.says("/etc/iscsi/initiatorname.iscsi").says("try: ");
        let out = served.home.run(&format!("{verb} vol-1 -o json")).ends(2);
        let error = out.error();
        assert_eq!(error["kind"], "usage");
        assert_ne!(error["hints"], serde_json::json!([]));
    }
    assert_eq!(served.server.requests().len(), 0);
}
