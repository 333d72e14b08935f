//! Whole flows on a practice ONTAP with its practice machine, over both of its interfaces: what an
//! administrator sees, and what is left.

use std::path::Path;

use sanctl::sim::ontap::{Practice, Prefix};
use sanctl::sim::practice::OntapPractice;
use serde_json::{Value, json};

use crate::rig::{Home, bounds, same};

const WIRES: [&str; 3] = ["rest", "zapi", "auto"];
/// That of the serial number `sn/7+Lab$x?2` (ontap.md §9.4).
const WWID: &str = "600a0980736e2f372b4c616224783f32";
const IQN: &str = "iqn.1994-05.com.redhat:practice-node";

/// A home in which an ONTAP is practised on over one of its interfaces.
fn home(api: &str, lines: &str) -> Home {
    let home = Home::new();
    let config = home.path().join(".config/sanctl");
    std::fs::create_dir_all(&config).unwrap();
    let text =
        format!("[arrays.gold]\nkind = \"sim\"\nproduct = \"ontap\"\napi = \"{api}\"\n{lines}\n");
    std::fs::write(config.join("config.toml"), text).unwrap();
    home
}

/// Changes the array behind the program's back, and keeps that.
fn behind(home: &Home, change: impl FnOnce(&Practice)) {
    let practice = OntapPractice::open(&home.state(), &bounds()).unwrap();
    change(practice.array());
    practice.array().save().unwrap();
}

/// The array's objects, and the records, sessions and disks of the practice machine.
fn world(home: &Home) -> Value {
    let dump = {
        let practice = OntapPractice::open(&home.state(), &bounds()).unwrap();
        practice.array().dump()
    };
    let file = home.state().join("practice/ontap/machine.json");
    let machine: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    json!({"array": dump, "records": machine["records"], "sessions": machine["sessions"],
        "disks": machine["disks"]})
}

/// The portals of the sessions of the practice machine.
fn portals(home: &Home) -> Vec<String> {
    let world = world(home);
    let sessions = world["sessions"].as_object().unwrap().values();
    let mut all: Vec<String> = sessions
        .map(|s| s["portal"].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn attach_status_and_detach_end_alike_on_every_wire() {
    let mut ends = Vec::new();
    for api in WIRES {
        let home = home(api, "");
        let before = world(&home);
        let item = home.run("attach vol-4 -o json").ends(0).item();
        assert_eq!(item["wwid"], WWID, "{api}");
        assert_eq!(item["identity"], "proven", "{api}: {item}");
        assert_eq!(item["paths"].as_array().unwrap().len(), 4, "{api}: {item}");
        let device = item["device"].as_str().unwrap().to_owned();
        assert!(device.ends_with(&format!("{WWID}.img")), "{api}: {device}");
        std::fs::write(Path::new(&device), b"written through the device").unwrap();
        let again = home.run("attach vol-4 -o name").ends(0);
        assert_eq!(again.stdout.trim(), device, "{api}: the same device");
        home.run("status vol-4").ends(0);
        let mut end = world(&home);
        // Logins run side by side: what the kernel numbered is not decided.
        for volatile in ["sessions", "disks"] {
            let count = end[volatile].as_object().unwrap().len();
            end[volatile] = count.into();
        }
        end["records"] = end["records"].as_array().unwrap().len().into();
        ends.push(end);
        home.run("detach vol-4").ends(0);
        same(&world(&home), &before, api);
        assert_eq!(home.journals(), [""; 0], "{api}");
        home.run("detach vol-4").ends(0);
        home.run("status vol-4").ends(0);
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0], ends[2]);
}

#[test]
fn a_lif_whose_node_does_not_report_the_lun_is_not_used() {
    for api in WIRES {
        let home = home(api, "");
        behind(&home, |array| {
            array.add_pair("ams-02a", "ams-02b");
            array.add_lif("iscsi_far", "ams-02a", Some("192.0.2.43"));
        });
        home.run("attach vol-4").ends(0);
        let near = ["192.0.2.41", "192.0.2.42", "192.0.3.41", "192.0.3.42"];
        let wanted: Vec<String> = near.iter().map(|ip| format!("{ip}:3260")).collect();
        assert_eq!(portals(&home), wanted, "{api}");
        // It is asked for by hand: it lets the node in, and shows nothing.
        let target = {
            let practice = OntapPractice::open(&home.state(), &bounds()).unwrap();
            practice.array().target()
        };
        home.run(&format!(
            "session add-record --target {target} --portal 192.0.2.43:3260"
        ))
        .ends(0);
        home.run(&format!(
            "session login --target {target} --portal 192.0.2.43:3260"
        ))
        .ends(0);
        let luns = world(&home)["disks"].as_object().unwrap().len();
        assert_eq!(luns, 4, "{api}");
        home.run("detach vol-4").ends(0);
        assert_eq!(portals(&home), ["192.0.2.43:3260"], "{api}: not ours");
    }
}

#[test]
fn chap_that_the_svm_asks_for() {
    for api in WIRES {
        let secret = "canary-secret-9";
        let home = home(api, "");
        let before = world(&home);
        behind(&home, |array| array.set_chap(IQN, "node", secret));
        let asked = world(&home);
        let out = home.run("attach vol-4 -o json").ends(6);
        assert_eq!(out.error()["kind"], "denied", "{api}: {out:#?}");
        same(&world(&home), &asked, api);
        let file = home.path().join("chap");
        std::fs::write(&file, secret).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&file, mode).unwrap();
        let config = home.path().join(".config/sanctl/config.toml");
        let mut text = std::fs::read_to_string(&config).unwrap();
        text.push_str("chap = { user = \"node\", password = { file = \"chap\" } }\n");
        std::fs::write(&config, text).unwrap();
        home.run("attach vol-4").ends(0);
        assert_eq!(portals(&home).len(), 4, "{api}");
        home.run("detach vol-4").ends(0);
        // What the administrator asked for stays asked for.
        same(&world(&home), &asked, api);
        assert_ne!(asked["array"], before["array"]);
    }
}

/// The array's own name for the practice product, as `array list` and `config check` tell it.
#[test]
fn the_section_says_whose_array_is_practised_on() {
    let home = home("rest", "");
    home.run("config check").ends(0);
    let out = home.run("array show -o json").ends(0);
    assert_eq!(out.json()["item"]["vendor"], "NetApp", "{out:#?}");
    let config = home.path().join(".config/sanctl/config.toml");
    for (line, key, hint) in [
        ("product = \"ontapp\"", "product", "did you mean ontap?"),
        ("product = \"ontap\"\nport_group = \"x\"", "port_group", ""),
        ("product = \"oceanstor\"\napi = \"rest\"", "api", ""),
    ] {
        let text = format!("[arrays.gold]\nkind = \"sim\"\n{line}\n");
        std::fs::write(&config, text).unwrap();
        let out = home.run("lun list").ends(2);
        out.says(&format!("arrays.gold.{key}")).says(hint);
    }
}

/// What is mapped behind the node's back, and what was unmapped behind it.
#[test]
fn discover_tells_both_sides_apart() {
    for api in WIRES {
        let home = home(api, "");
        home.run("discover").ends(0);
        home.run("attach vol-4").ends(0);
        home.run("attach vol-3").ends(0);
        behind(&home, |array| {
            let own = "sanctl-practice-node";
            array.map("/vol/cinder_a/vol-1", own, None).unwrap();
            assert!(array.unmap("/vol/cinder_b/vol-3", own));
        });
        let before = world(&home);
        let out = home.run("discover -o json").ends(3);
        let items = out.json()["items"].as_array().unwrap().clone();
        let state = |part: &str| -> String {
            let of = |item: &&Value| item.to_string().contains(part);
            let found: Vec<&Value> = items.iter().filter(of).collect();
            assert_eq!(found.len(), 1, "{api} {part}: {items:#?}");
            found[0]["state"].as_str().unwrap().to_owned()
        };
        assert_eq!(state("/vol/cinder_b/vol-4"), "both", "{api}");
        assert_eq!(state("/vol/cinder_a/vol-1"), "array_only", "{api}");
        assert_eq!(items.len(), 3, "{api}: {items:#?}");
        let lost = items.iter().filter(|i| i["state"] == "node_only");
        assert_eq!(lost.count(), 1, "{api}: {items:#?}");
        same(&world(&home), &before, api);
    }
}

/// What came from 7-Mode answers with its old prefix, which REST does not tell (ontap.md §9.4).
#[test]
fn a_lun_that_came_from_7_mode() {
    for api in WIRES {
        for lines in ["", "multipath = true\n"] {
            let home = home(api, "");
            if !lines.is_empty() {
                let config = home.path().join(".config/sanctl/config.toml");
                let text = std::fs::read_to_string(&config).unwrap();
                std::fs::write(&config, format!("[node]\n{lines}\n{text}")).unwrap();
            }
            behind(&home, |array| {
                array.set_serial("/vol/cinder_b/vol-4", "oldLab$x?2ab", Prefix::SevenMode);
            });
            let before = world(&home);
            let item = home.run("attach vol-4 -o json").ends(0).item();
            assert_eq!(item["identity"], "proven", "{api}: {item}");
            home.run("attach vol-4").ends(0);
            home.run("status vol-4").ends(0);
            let rows = home.run("discover -o json").ends(0).json()["items"].clone();
            assert_eq!(rows[0]["state"], "both", "{api}: {rows:#}");
            assert_eq!(rows.as_array().unwrap().len(), 1, "{api}: {rows:#}");
            home.run("detach vol-4").ends(0);
            same(&world(&home), &before, api);
        }
    }
}

/// The node's initiator is in two igroups, and the LUN in the second: it is mapped to this node.
#[test]
fn a_lun_in_another_igroup_of_the_node() {
    for api in WIRES {
        let home = home(api, "");
        behind(&home, |array| {
            array.add_igroup("a-first", "iscsi", &[IQN]);
            array.add_igroup("b-second", "iscsi", &[IQN]);
            array.map("/vol/cinder_b/vol-4", "b-second", None);
        });
        home.run("attach vol-4").ends(0);
        let rows = home.run("discover -o json").ends(0).json()["items"].clone();
        assert_eq!(rows[0]["state"], "both", "{api}: {rows:#}");
        let luns = home.run(&format!("initiator luns {IQN}")).ends(0);
        assert!(luns.stdout.contains("vol-4"), "{api}: {luns:#?}");
        home.run("status --all").ends(0);
    }
}
