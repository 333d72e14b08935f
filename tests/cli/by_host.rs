//! Commands that name another node by its host on the array, and which ports lead it to a LUN.

use crate::place::{Place, golden};
use crate::served::{NODE, Served, shown};

/// An array that compute-2 has one LUN of.
fn mapped() -> Served {
    let served = Served::start();
    served
        .place
        .ok("attach vol-7 --array-only --connector node.json -q");
    served
}

#[test]
fn a_host_stands_for_its_node() {
    let served = mapped();
    let place = &served.place;
    let by_host = place.ok(&format!("connection show vol-7 --host {NODE} -o json"));
    let by_file = place.ok("connection show vol-7 --connector node.json -o json");
    let item =
        |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["item"].clone();
    assert_eq!(item(&by_host), item(&by_file));

    place.ok(&format!("attach vol-8 --array-only --host {NODE} -q"));
    let luns = place.ok(&format!("host luns {NODE} -o name"));
    let luns: Vec<&str> = luns.lines().collect();
    assert_eq!(luns, ["vol-7", "vol-8"]);
    // The same node by its connector finds nothing to do.
    let again = place.run("attach vol-8 --array-only --connector node.json -o json");
    assert_eq!(again.expect(0).json()["items"][0]["changed"], false);
    place.ok(&format!("status vol-8 --array-only --host {NODE}"));
    place.ok(&format!("detach vol-8 --array-only --host {NODE} --yes"));
    assert_eq!(place.ok(&format!("host luns {NODE} -o name")), "vol-7\n");
}

#[test]
fn hosts_that_stand_for_no_node() {
    let served = mapped();
    let array = &served.array;
    array.add_host("bare");
    let pair = array.add_host("pair");
    for name in ["iqn.1994-05.com.redhat:a", "iqn.1994-05.com.redhat:b"] {
        array.add_initiator(name, Some(pair));
    }
    array.add_host("a-host-whose-name-is-longer-than-drivers-make-it");
    let lines: Vec<(String, i32)> = [
        ("nix", 10),
        ("bare", 10),
        ("pair", 10),
        ("a-host-whose-name-is-longer-than-drivers-make-it", 8),
    ]
    .iter()
    .map(|(host, code)| (format!("attach vol-8 --array-only --host {host}"), *code))
    .collect();
    let mut lines: Vec<(&str, i32)> = lines.iter().map(|(l, c)| (l.as_str(), *c)).collect();
    lines.push(("connection show vol-8 --host compute-2", 10));
    lines.push(("attach vol-8 --host compute-2", 2));
    golden!("by-host", shown(&served, &lines));
}

#[test]
fn ports_that_lead_to_a_lun() {
    let served = mapped();
    golden!(
        "ports-for",
        shown(
            &served,
            &[
                ("port list --for vol-7 --host compute-2", 0),
                ("port list --for vol-7 --host compute-2 --usable -o name", 0),
                ("port list --for vol-8 --host compute-2 --protocol fc", 0),
                ("port list --for nix --host compute-2", 10),
                ("port list --host compute-2", 2),
            ]
        )
    );
}

#[test]
fn ports_that_answer_this_node() {
    let place = Place::new();
    let probed = place.run("port list --probe -o json").expect(0).json();
    let rows = probed["items"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let iscsi = row["protocol"] == "iscsi";
        assert_eq!(row["reachable"].is_boolean(), iscsi, "{row}");
        let unreachable = row["reachable"] == false;
        assert!(!unreachable || row["state"]["usable"] == false, "{row}");
    }
    let quiet = place.run("port list -o json").expect(0).json();
    for row in quiet["items"].as_array().unwrap() {
        assert!(row["reachable"].is_null(), "{row}");
    }
}
