//! Detach with less than everything at hand: receipts, identities, what is kept, what is given up.

use serde_json::Value;

use crate::rig::{A, Home, NODE, Served, half, key, same};

const IQN: &str = "iqn.1994-05.com.redhat:node11";

/// A node and a management station: each has a state of its own, both know the same array.
fn attached() -> (Served, Home, String) {
    let served = Served::new();
    served.run("attach vol-1").ends(0);
    let info = served.run("attach vol-1 --emit connection-info").ends(0);
    let wwid: Value = serde_json::from_str(&info.stdout).unwrap();
    let wwid = wwid["wwid"].as_str().unwrap().to_owned();
    served.array.set_logged_in(IQN, true);
    // A node without the array: its practice machine has never seen the LUN, so it is clean.
    let node = Home::new();
    std::fs::create_dir_all(node.path().join(".config/sanctl")).unwrap();
    (served, node, wwid)
}

/// The receipt of a node that bears the name of the connector.
fn receipt(node: &Home, wwid: &str, host: &str) -> String {
    node.run(&format!("detach --by wwid:{wwid} --receipt r.json"))
        .ends(0);
    let path = node.path().join("r.json");
    let text = std::fs::read_to_string(path).unwrap();
    // The practice node's name is its own; the checksum is taken again as the node would.
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let item = &mut value["items"][0];
    assert_eq!(item["node"], "practice-node", "{item:#}");
    assert!(item["boot_id"].is_string(), "{item:#}");
    item["node"] = host.into();
    item["initiator"] = IQN.into();
    let mut parsed: sanctl::attachment::receipt::Receipt =
        serde_json::from_value(item.clone()).unwrap();
    parsed.seal();
    *item = serde_json::to_value(&parsed).unwrap();
    value.to_string()
}

#[test]
pub(crate) fn a_receipt_of_the_node_is_the_proof_for_the_array() {
    let (served, node, wwid) = attached();
    let before = served.array.dump();
    // Logged in, nobody there to ask, no proof.
    served.run("detach vol-1").ends(2).says("is logged in now");
    let good = receipt(&node, &wwid, NODE);
    let line = half("detach vol-1 --receipt r.json");
    for (text, code, says) in [
        (receipt(&node, &wwid, "node12"), 7, "it is of node node12"),
        (
            receipt(&node, &wwid.replace('6', "7"), NODE),
            7,
            "it is of LUN",
        ),
        (
            good.replace("vol", "voL")
                .replace("no device", "one device"),
            7,
            "checksum",
        ),
        ("{}".to_owned(), 2, "schema"),
    ] {
        served.home.write("r.json", &text);
        served.home.run(&line).ends(code).says(says);
        same(&served.array.dump(), &before, says);
    }
    // Attached again after the receipt: it proves nothing any more.
    served.home.write("r.json", &good);
    served.run("detach vol-1 --yes").ends(0);
    served.run("attach vol-1").ends(0);
    served.home.run(&line).ends(7).says("attached after that");
    let fresh = receipt(&node, &wwid, NODE);
    served.home.write("r.json", &fresh);
    served.home.run(&line).ends(0);
    assert_eq!(served.home.journals(), [""; 0]);
}

#[test]
fn a_receipt_needs_its_half() {
    let home = Home::new();
    home.run("detach vol-1 --receipt r.json").ends(2);
    assert!(!home.path().join("r.json").exists());
    home.run("attach vol-1").ends(0);
    home.run("detach vol-1 --node-only --receipt r.json")
        .ends(0);
    let text = std::fs::read_to_string(home.path().join("r.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["schema"], "sanctl/receipt");
    let proven = value["items"][0]["proven"].to_string();
    assert!(proven.contains("no device of 6a4c64f1"), "{value:#}");
    assert!(proven.contains(&key("session", A)), "{value:#}");
    home.run("detach vol-1 --array-only --receipt r.json")
        .ends(0);
    assert_eq!(home.journals(), [""; 0]);
}

#[test]
fn another_initiator_of_the_host_that_is_logged_in_asks_too() {
    let served = Served::new();
    served.run("attach vol-1").ends(0);
    let host = served.home.run("host list --name node11 -o json").ends(0);
    let host = host.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let second = "iqn.1994-05.com.redhat:node11-b";
    served
        .array
        .add_initiator(second, Some(host.parse().unwrap()));
    served.array.set_logged_in(second, true);
    served.run("detach vol-1").ends(2).says(second);
    served.array.set_logged_in(second, false);
    served.run("detach vol-1").ends(0);
}

#[test]
pub(crate) fn by_identity_when_array_and_journal_are_gone() {
    for named in ["wwid", "device"] {
        let home = Home::new();
        let before = home.world();
        let item = home.run("attach vol-1 -o json").ends(0).item();
        std::fs::remove_dir_all(home.attachments()).unwrap();
        let by = match named {
            "wwid" => format!("wwid:{}", item["wwid"].as_str().unwrap()),
            _ => format!("dev:{}", item["device"].as_str().unwrap()),
        };
        let out = home
            .run(&format!("detach --by {by} --trace t.json"))
            .ends(0);
        assert!(out.stdout.contains("no array was asked"), "{out:#?}");
        let after = home.world();
        same(&after["disks"], &before["disks"], &by);
        let trace = std::fs::read_to_string(home.path().join("t.json")).unwrap();
        assert!(!trace.contains("deviceManager"), "the array was asked");
        // Gone already: there is nothing to do, by wwid; a device that is gone names nothing.
        let again = home.run(&format!("detach --by {by}"));
        assert_eq!(
            again.code,
            if named == "wwid" { 0 } else { 10 },
            "{again:#?}"
        );
    }
    let home = Home::new();
    home.run("detach --by vol-1").ends(2).says("dev:");
    home.run("detach vol-1 --by wwid:6a4c64f1001db63307a4e17000000000")
        .ends(2);
}

#[test]
fn what_is_kept_is_named_and_is_no_failure() {
    let home = Home::new();
    home.run("attach vol-1").ends(0);
    std::fs::remove_dir_all(home.attachments()).unwrap();
    let out = home.run("detach vol-1 --keep-adopted").ends(0);
    assert!(
        out.stdout.contains("kept as asked: array.lungroup-lun"),
        "{out:#?}"
    );
    out.says("kept  array.lungroup-lun: made by somebody else");
    home.run("attach vol-2").ends(0);
    let json = home.run("detach vol-1 --keep-adopted -o json").ends(0);
    assert_eq!(json.item()["left"][0]["key"], "array.lungroup-lun");
}

#[test]
fn force_is_typed_before_the_first_change() {
    let home = Home::new();
    home.run("attach vol-1").ends(0);
    let whole = home.world();
    let out = home.run("detach vol-1 --force").ends(2);
    out.says("--confirm vol-1").says("is lost");
    home.run("detach vol-1 --force --yes").ends(2);
    home.run("detach vol-1 --force --confirm vol-2").ends(7);
    same(&home.world(), &whole, "not typed");
    home.run("detach vol-1 --force --confirm vol-1").ends(0);
    assert_eq!(home.journals(), [""; 0]);
}
