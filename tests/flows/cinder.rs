//! The attachment of a real OpenStack driver is ours to see and to take apart, and ours is the
//! driver's: the same names, the same objects.

use std::sync::Arc;

use sanctl::sim::oceanstor::{Practice, Seed};
use serde_json::{Value, json};

use crate::driver::{Driver, Line, Xml, host_name, lun_name};
use crate::family::of_family;
use crate::rig::{Home, NODE, Out, Served, same};

const UUID: &str = "eac3c181-b02b-4982-9d7e-d273ee2738e0";
const SECOND: &str = "5d0c2f9a-6b1e-4e73-8a42-c91f07e3b6d8";
const IQN: &str = "iqn.1994-05.com.redhat:node11";
const LONG: &str = "compute-0123456789.example.internal";
const GIB: u64 = 1 << 30;
const SECRET: &str = "canary-of-chap";

/// An array, a node, and how both tools are configured for it.
struct Case {
    what: &'static str,
    seed: Seed,
    line: Line,
    node: &'static str,
    multipath: bool,
    portgroup: bool,
    chap: bool,
    alua: bool,
}

fn case(what: &'static str, seed: Seed, line: Line) -> Case {
    Case {
        what,
        seed,
        line,
        node: NODE,
        multipath: false,
        portgroup: false,
        chap: false,
        alua: false,
    }
}

fn cases() -> Vec<Case> {
    vec![
        case("plain, old array", Seed::v3(), Line::Tree),
        case("plain, new array", Seed::v6(), Line::Vendor),
        Case {
            node: LONG,
            alua: true,
            ..case("a long name and ALUA", Seed::v3(), Line::Tree)
        },
        Case {
            node: "compute-1.example.org",
            multipath: true,
            ..case(
                "a whole domain name, several ports",
                Seed::v6(),
                Line::Vendor,
            )
        },
        Case {
            multipath: true,
            portgroup: true,
            ..case("a port group", Seed::v3(), Line::Tree)
        },
        Case {
            node: LONG,
            chap: true,
            ..case("CHAP", Seed::v6(), Line::Vendor)
        },
    ]
}

impl Case {
    fn connector(&self) -> Value {
        json!({"host": self.node, "ip": "10.0.0.11", "initiator": IQN,
            "multipath": self.multipath, "os_type": "linux", "platform": "x86_64"})
    }

    fn xml(&self, array: &Practice) -> Xml {
        let ports = array.portals().into_iter();
        Xml {
            target_ips: ports.map(|p| p.addr.ip()).collect(),
            portgroup: self.portgroup.then_some("iscsi-front"),
            chap: self.chap.then_some(("node11", SECRET)),
            alua: self.alua,
        }
    }

    fn driver<'a>(&self, array: &'a Practice) -> Driver<'a> {
        Driver::login(array, self.line, self.xml(array))
    }

    /// The array with both volumes and other hosts on it, and our tool set up as the driver is.
    fn served(&self) -> Served {
        let array = Arc::new(Practice::in_memory(&of_family(&self.seed)));
        array.populate(2);
        for uuid in [UUID, SECOND] {
            array.add_lun(&lun_name(uuid), GIB);
        }
        // The driver never deletes an initiator; with one that was there both ways lead back.
        array.add_initiator(IQN, None);
        array.add_portgroup("iscsi-front", &[(213, "549772722177")]);
        let served = Served::over(array);
        served
            .home
            .write("node11.json", &self.connector().to_string());
        let config = served.home.path().join(".config/sanctl/config.toml");
        let mut text = std::fs::read_to_string(&config).unwrap();
        if self.portgroup {
            text.push_str("port_group = \"iscsi-front\"\n");
        } else {
            let xml = self.xml(&served.array);
            let several = self.multipath && self.line == Line::Vendor;
            let wanted = if several { xml.target_ips.len() } else { 1 };
            let ips = xml.target_ips.iter().take(wanted);
            let ips: Vec<String> = ips.map(|ip| format!("\"{ip}\"")).collect();
            text.push_str(&format!("target_ips = [{}]\n", ips.join(", ")));
        }
        if self.chap {
            let secret = served.home.write("chap", SECRET);
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            std::fs::set_permissions(&secret, mode).unwrap();
            text.push_str(&format!(
                "chap = {{ user = \"node11\", password = {{ file = \"{secret}\" }} }}\n"
            ));
        }
        std::fs::write(&config, text).unwrap();
        served
    }

    fn number(&self, served: &Served) -> Option<u32> {
        let dump = served.array.dump();
        let hosts = dump["hosts"]["rows"]
            .as_object()
            .or(dump["hosts"].as_object());
        let name = host_name(self.node);
        let host = hosts?
            .iter()
            .find(|(_, row)| row["name"] == name.as_str())?;
        let lun = self.lun(served);
        served.array.lun_number(host.0.parse().unwrap(), lun)
    }

    fn lun(&self, served: &Served) -> u64 {
        let dump = served.array.dump();
        let luns = dump["luns"]["rows"]
            .as_object()
            .or(dump["luns"].as_object());
        let name = lun_name(UUID);
        let found = luns
            .unwrap()
            .iter()
            .find(|(_, r)| r["name"] == name.as_str());
        found.unwrap().0.parse().unwrap()
    }
}

/// The keys of a dictionary by which a node connects.
fn place(info: &Value) -> Value {
    let keys = [
        "target_portal",
        "target_iqn",
        "target_lun",
        "target_portals",
        "target_iqns",
        "target_luns",
        "auth_method",
        "auth_username",
    ];
    let data = &info["data"];
    keys.iter().map(|key| (*key, data[*key].clone())).collect()
}

/// What our tool would hand to a node.
fn ours(served: &Served, name: &str) -> Value {
    let out = served.home.run(&format!(
        "connection show {name} --connector node11.json -o json"
    ));
    let item = out.ends(0).json()["item"].clone();
    assert!(!item.to_string().contains(SECRET), "{item:#}");
    place(&item)
}

fn all_present(out: &Out, what: &str) {
    let item = out.item();
    let steps = item["steps"].as_array().unwrap();
    assert!(steps.len() >= 9, "{what}: {item:#}");
    for step in steps.iter().filter(|s| s["where"] == "array") {
        assert_eq!(step["state"], "present", "{what}: {step:#}");
        assert_ne!(step["owner"], "ours", "{what}: {step:#}");
        assert_eq!(step["changed"], false, "{what}: {step:#}");
    }
}

#[test]
pub(crate) fn what_the_driver_attached_is_seen_adopted_and_taken_apart() {
    for case in cases() {
        let what = case.what;
        let served = case.served();
        let before = served.array.dump();
        let driver = case.driver(&served.array);
        let name = lun_name(UUID);
        let info = driver.initialize_connection(&name, &case.connector());
        let info = info.unwrap_or_else(|e| panic!("{what}: {e}"));
        let there = served.array.dump();
        let number = case.number(&served).unwrap();
        assert_eq!(info["data"]["target_lun"], number, "{what}");
        served.server.clear_requests();

        // By the volume's id, as whoever asks knows it.
        all_present(&served.run(&format!("status {UUID} -o json")), what);
        assert_eq!(ours(&served, UUID), place(&info), "{what}");
        let tree = served.home.run("mapping tree -o json").ends(0).stdout;
        for told in ["OpenStack_HostGroup_", &host_name(case.node), &name] {
            assert!(tree.contains(told), "{what}: {told}: {tree}");
        }
        let rows = served
            .home
            .run(&format!("lun mappings {UUID} -o json"))
            .ends(0)
            .json();
        let row = &rows["items"][0];
        assert_eq!(row["lun_number"], number, "{what}: {row:#}");
        assert!(
            row.to_string().contains(&host_name(case.node)),
            "{what}: {row:#}"
        );
        let again = served.run(&format!("attach {UUID} -o json")).ends(0);
        all_present(&again, what);
        assert_eq!(served.changes(), [""; 0], "{what}");
        same(&served.array.dump(), &there, what);

        // What its maker made stays, and says so.
        served.run(&format!("detach {UUID}")).ends(4);
        same(&served.array.dump(), &there, what);
        let line = format!("detach {UUID} --include-adopted");
        served.run(&line).ends(0);
        let mut after = served.array.dump();
        let mut then = before.clone();
        if case.alua {
            // The driver would reset it; whoever did not set it leaves it alone.
            for dump in [&mut after, &mut then] {
                let row = &mut dump["iscsi"][IQN];
                row.as_object_mut().unwrap().remove("multipath");
            }
        }
        if case.chap {
            for dump in [&mut after, &mut then] {
                let row = dump["iscsi"][IQN].as_object_mut().unwrap();
                row.retain(|key, _| !key.contains("chap"));
            }
        }
        same(&after, &then, what);
        driver.logout();
        assert_eq!(served.array.open_sessions(), 0, "{what}");
    }
}

#[test]
pub(crate) fn what_we_attached_is_the_drivers_to_find_and_to_take_apart() {
    for case in cases() {
        let what = case.what;
        let served = case.served();
        let before = served.array.dump();
        served.run(&format!("attach {UUID}")).ends(0);
        let there = served.array.dump();
        let driver = case.driver(&served.array);
        let name = lun_name(UUID);
        let info = driver.initialize_connection(&name, &case.connector());
        let info = info.unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(driver.changes(), [""; 0], "{what}: nothing is made twice");
        same(&served.array.dump(), &there, what);
        assert_eq!(ours(&served, UUID), place(&info), "{what}");

        // A second volume by the driver goes into our containers, and keeps them.
        let second = lun_name(SECOND);
        let made = driver.initialize_connection(&second, &case.connector());
        made.unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(driver.changes(), ["POST /lungroup/associate"], "{what}");
        driver
            .terminate_connection(&second, &case.connector())
            .unwrap();
        same(&served.array.dump(), &there, what);

        let gone = driver.terminate_connection(&name, &case.connector());
        gone.unwrap_or_else(|e| panic!("{what}: {e}"));
        let mut after = served.array.dump();
        let mut then = before.clone();
        for dump in [&mut after, &mut then] {
            let row = dump["iscsi"][IQN].as_object_mut().unwrap();
            row.retain(|key, _| !key.contains("chap"));
        }
        same(&after, &then, what);
        driver.logout();

        // Ours is told to be gone, and its journal closes without a change.
        let after = served.array.dump();
        served.server.clear_requests();
        let status = served.run(&format!("status {UUID} -o json")).ends(3);
        assert_eq!(status.item()["state"], "absent", "{what}: {status:#?}");
        let out = served.run(&format!("detach {UUID} -o json")).ends(0);
        assert_eq!(out.item()["changed"], false, "{what}: {out:#?}");
        assert_eq!(served.changes(), [""; 0], "{what}");
        same(&served.array.dump(), &after, what);
        assert_eq!(served.home.journals(), [""; 0], "{what}");
    }
}

/// The driver's volume on a node that Nova connected, from the array to the device.
#[test]
pub(crate) fn a_volume_that_nova_connected_is_adopted_whole() {
    let home = Home::new();
    let connector = json!({"host": "practice-node", "multipath": true,
        "initiator": "iqn.1994-05.com.redhat:practice-node"});
    let attach = |home: &Home| {
        let practice = home.practice();
        let array = practice.array();
        let xml = Xml {
            target_ips: array.portals().iter().map(|p| p.addr.ip()).collect(),
            portgroup: None,
            chap: None,
            alua: false,
        };
        let driver = Driver::login(array, Line::Vendor, xml);
        let info = driver.initialize_connection("vol-1", &connector).unwrap();
        driver.logout();
        info
    };
    let info = attach(&home);
    home.write("info.json", &info.to_string());
    // os-brick's half: the dictionary tells no identity.
    home.run("attach vol-1 --node-only --connection-info info.json")
        .ends(0);
    std::fs::remove_dir_all(home.attachments()).unwrap();
    let there = home.world();
    home.run("status vol-1").ends(0);
    let out = home.run("adopt vol-1").ends(0);
    assert!(out.stdout.contains("stays its maker's"), "{out:#?}");
    let again = home.run("attach vol-1 -o json").ends(0).item();
    assert_eq!(again["changed"], false, "{again:#}");
    assert_eq!(again["identity"], "proven", "{again:#}");
    same(&home.world(), &there, "adopted");
    home.run("detach vol-1").ends(4).says("array.lungroup-lun");
    home.run("detach vol-1 --include-adopted").ends(0);
    assert_eq!(home.journals(), [""; 0]);
    let world = home.world();
    // Sessions that this tool did not make stay, the disks on them do not.
    assert_eq!(world["disks"].as_object().unwrap().len(), 0, "{world:#}");
    let practice = home.practice();
    assert!(
        practice
            .array()
            .exposures()
            .iter()
            .all(|e| e.initiator != connector["initiator"])
    );
}
