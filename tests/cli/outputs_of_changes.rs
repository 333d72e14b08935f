//! Every changing verb, told and done, in every format of scripts; nothing there, two of one name,
//! and what is not permitted.

use std::path::Path;

use serde_json::Value;

use sanctl::sim::oceanstor::{Practice, Seed};

use crate::outputs::{CHANGING, Prints, fails, parses};
use crate::place::Place;
use crate::served::Served;

const FORMATS: [&str; 5] = ["json", "jsonl", "yaml", "csv", "name"];
const A: &str = "-T iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::20100:172.24.3.150 \
                 -p 172.24.3.150:3260";

/// A verb: a line that changes something and asks nothing more, and lines that name what is not
/// there, and two things at once.
struct Verb(
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

/// Those of an array. `{L}` is an initiator of nobody, `{B}` one of host `member`.
const OF_ARRAYS: &[Verb] = &[
    Verb("host create", "fresh", None, None),
    Verb(
        "host set",
        "free --access-mode asymmetric --yes",
        Some("nix --access-mode asymmetric"),
        Some("twin --access-mode asymmetric"),
    ),
    Verb("host delete", "free --yes", Some("nix"), Some("twin")),
    Verb(
        "initiator create",
        "iqn.2000-01.com.example:fresh --host free",
        Some("iqn.2000-01.com.example:fresh --host nix"),
        Some("iqn.2000-01.com.example:fresh --host twin"),
    ),
    Verb(
        "initiator bind",
        "{L} --host free",
        Some("{L} --host nix"),
        Some("{L} --host twin"),
    ),
    Verb(
        "initiator unbind",
        "{B} --host member --confirm member",
        Some("{B} --host nix"),
        Some("{B} --host twin"),
    ),
    Verb(
        "initiator delete",
        "{L} --yes",
        Some("iqn.2000-01.com.example:nix"),
        None,
    ),
    Verb(
        "initiator set",
        "{L} --multipath-type 1 --failover-mode 1 --yes",
        Some("iqn.2000-01.com.example:nix --multipath-type 0"),
        None,
    ),
    Verb(
        "initiator set-chap",
        "{L} --user node11 --secret-file secret --yes",
        Some("iqn.2000-01.com.example:nix --user node11 --secret-file secret"),
        None,
    ),
    Verb(
        "initiator clear-chap",
        "{B} --yes",
        Some("iqn.2000-01.com.example:nix"),
        None,
    ),
    Verb("hostgroup create", "fresh", None, None),
    Verb("hostgroup delete", "empty --yes", Some("nix"), Some("twin")),
    Verb(
        "hostgroup add-host",
        "empty free",
        Some("empty nix"),
        Some("twin free"),
    ),
    Verb(
        "hostgroup remove-host",
        "one member --confirm member",
        Some("one nix"),
        Some("one twin"),
    ),
    Verb("lungroup create", "fresh", None, None),
    Verb("lungroup delete", "empty --yes", Some("nix"), Some("twin")),
    Verb(
        "lungroup add-lun",
        "empty loose",
        Some("empty nix"),
        Some("empty twin"),
    ),
    Verb(
        "lungroup remove-lun",
        "one held --yes",
        Some("one nix"),
        Some("twin held"),
    ),
    Verb("portgroup create", "fresh", None, None),
    Verb("portgroup delete", "empty --yes", Some("nix"), Some("twin")),
    Verb(
        "portgroup add-port",
        "empty {P} --yes",
        Some("empty 10.0.0.99"),
        Some("twin {P}"),
    ),
    Verb(
        "portgroup remove-port",
        "one {P} --confirm one",
        Some("nix {P}"),
        Some("twin {P}"),
    ),
    Verb("mapping create", "fresh", None, None),
    Verb("mapping delete", "empty --yes", Some("nix"), Some("twin")),
    Verb(
        "mapping add-group",
        "empty --hostgroup empty",
        Some("empty --hostgroup nix"),
        Some("empty --lungroup twin"),
    ),
    Verb(
        "mapping remove-group",
        "one --lungroup one --confirm one",
        Some("one --lungroup nix"),
        Some("twin --lungroup one"),
    ),
    Verb(
        "mapping set-number",
        "one held 12 --confirm held",
        Some("one nix 12"),
        Some("twin held 12"),
    ),
    Verb(
        "lun map",
        "loose --host member",
        Some("loose --host nix"),
        Some("twin --host member"),
    ),
    Verb(
        "lun unmap",
        "held --host member --yes",
        Some("held --host nix"),
        Some("twin --host member"),
    ),
    Verb(
        "lun create",
        "fresh --size 1GiB --pool StoragePool001",
        Some("fresh --size 1GiB --pool nix"),
        None,
    ),
    Verb(
        "lun resize",
        "loose --size 9GiB --yes",
        Some("nix --size 9GiB"),
        Some("twin --size 9GiB"),
    ),
    Verb(
        "lun delete",
        "loose --confirm loose",
        Some("nix"),
        Some("twin"),
    ),
];

/// Those of the node, on the practice machine with vol-1 attached.
const OF_THE_NODE: &[Verb] = &[
    Verb("session logout", "{S} --yes", None, None),
    Verb("session relogin", "{S} --yes", Some("99"), None),
    Verb(
        "session add-record",
        "-T iqn.2020-01.com.example:t -p 10.0.0.9",
        None,
        None,
    ),
    Verb(
        "session set-record",
        "{A} node.startup=automatic --yes",
        Some("-T iqn.2020-01.com.example:nix -p 10.0.0.9 node.startup=manual"),
        None,
    ),
    Verb(
        "session delete-record",
        "-T iqn.2020-01.com.example:old -p 10.0.0.9 --yes",
        None,
        None,
    ),
    Verb(
        "device scan",
        "{A} --lun 2",
        Some("-T iqn.2020-01.com.example:nix -p 10.0.0.9 --lun 2"),
        None,
    ),
    Verb("device rescan", "sda", Some("nix"), None),
    Verb("device remove", "sda --yes", None, None),
    Verb(
        "device set-state",
        "sda offline --confirm sda",
        Some("nix offline"),
        None,
    ),
    Verb(
        "session login",
        "{M}",
        Some("-T iqn.2020-01.com.example:nix -p 10.0.0.9"),
        None,
    ),
];

/// Flows and others: they print what `status`, `journal list` and `sim status` print, or nothing.
const ELSEWHERE: &[&str] = &[
    "adopt",
    "attach",
    "detach",
    "array call",
    "collect",
    "config init",
    "journal prune",
    "sim serve oceanstor",
    "sim serve ontap",
    "sim reset",
    // Of maps, which the practice machine has none of: tests/node/connect/maps.rs.
    "device add-path",
    "device grow",
    "device flush",
    // Of other arrays: this one says so, and what to use.
    "hostgroup add-initiator",
    "hostgroup remove-initiator",
    "lun online",
    "lun offline",
];

#[test]
fn every_changing_verb_has_a_row() {
    let rows = OF_ARRAYS.iter().chain(OF_THE_NODE).map(|row| row.0);
    let rows: Vec<&str> = rows.chain(ELSEWHERE.iter().copied()).collect();
    let missing: Vec<&&str> = CHANGING
        .iter()
        .filter(|verb| !rows.contains(verb))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A line of a row.
fn line(verb: &str, rest: &str) -> String {
    let rest = format!("{verb} {rest}")
        .replace("{L}", "iqn.1994-05.com.redhat:loose")
        .replace("{B}", "iqn.1994-05.com.redhat:bound")
        .replace("{P}", "172.24.3.150")
        .replace("{A}", A)
        .replace("{S}", "2");
    let rest = rest.replace(
        "{M}",
        "-T iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020100:172.24.4.150 \
         -p 172.24.4.150:3260",
    );
    rest.trim_end().to_owned()
}

fn furnish(array: &Practice) {
    array.add_host("free");
    let member = array.add_host("member");
    array.add_initiator("iqn.1994-05.com.redhat:loose", None);
    array.add_initiator("iqn.1994-05.com.redhat:bound", Some(member));
    let held = array.add_lun("held", 1 << 30);
    array.add_lun("loose", 1 << 30);
    let hosts = array.add_hostgroup("one", &[member]);
    let luns = array.add_lungroup("one", &[held]);
    array.add_view("one", Some(hosts), Some(luns));
    array.add_hostgroup("empty", &[]);
    array.add_lungroup("empty", &[]);
    array.add_portgroup("empty", &[]);
    array.add_portgroup("one", &[]);
    array.add_view("empty", None, None);
    for _ in 0..2 {
        array.add_lun("twin", 1 << 30);
        array.add_host("twin");
        array.add_hostgroup("twin", &[]);
        array.add_lungroup("twin", &[]);
        array.add_portgroup("twin", &[]);
        array.add_view("twin", None, None);
    }
}

/// The practice array with one of everything, and two of everything that are called the same.
fn array() -> Place {
    let place = Place::new();
    place.ok("sim status");
    let mut seed = Seed::v6();
    seed.portals = vec!["172.24.3.150:3260".parse().unwrap()];
    let file = place.state().join("practice/array.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let array = Practice::open(&file, &seed).unwrap();
    furnish(&array);
    array.save().unwrap();
    drop(array);
    place.write("secret", "canary-secret-9\n");
    place.ok("portgroup add-port one 172.24.3.150 --yes -q");
    place
        .ok("initiator set-chap iqn.1994-05.com.redhat:bound --user u-11 --secret-file secret -yq");
    place
}

/// The practice node with a session that a LUN lives on, one without, and a record of nobody.
fn node() -> Place {
    let place = Place::new();
    for lun in ["vol-1", "vol-2"] {
        place.ok(&format!("attach {lun} --array-only -q"));
    }
    for rest in [
        "add-record {A},1",
        "add-record {M},2",
        "login {A}",
        "login {M}",
    ] {
        place.ok(&format!("{} -q", line("session", rest)));
    }
    place.ok("session add-record -T iqn.2020-01.com.example:old -p 10.0.0.9 -q");
    place.ok(&format!("{} -q", line("device scan", "{A} --lun 1")));
    place
}

/// What decides the next run, put back afterwards.
struct Before(Vec<(std::path::PathBuf, Vec<u8>)>);

impl Before {
    fn of(place: &Place) -> Self {
        let dir = place.state().join("practice");
        let files = ["array.json", "machine.json"].map(|name| dir.join(name));
        let files = files.into_iter().filter(|path| path.exists());
        Self(
            files
                .map(|path| (path.clone(), std::fs::read(path).unwrap()))
                .collect(),
        )
    }

    fn holds(&self) -> bool {
        self.0.iter().all(|(path, was)| same(path, was))
    }

    fn restore(&self) {
        for (path, was) in &self.0 {
            std::fs::write(path, was).unwrap();
        }
    }
}

/// The counters of sessions move with every login.
fn same(path: &Path, was: &[u8]) -> bool {
    let read = |bytes: &[u8]| -> Value { serde_json::from_slice(bytes).unwrap() };
    let (mut now, mut was) = (read(&std::fs::read(path).unwrap()), read(was));
    for value in [&mut now, &mut was] {
        crate::by_hand::strip(value);
    }
    now == was
}

fn told_and_done(place: &Place, row: &Verb) {
    let before = Before::of(place);
    let line = line(row.0, row.1);
    let (mut told, mut done) = (Value::Null, Value::Null);
    for format in FORMATS {
        // What is told goes through the same printer as what is done.
        if !matches!(format, "jsonl" | "yaml") {
            let ran = place
                .run(&format!("{line} --dry-run -o {format}"))
                .expect(0);
            assert_eq!(ran.err, "", "{}", ran.shown());
            assert!(!ran.out.contains("canary"), "{}", ran.shown());
            parses(&ran, format, Prints::One("change-plan"), &mut told);
            assert!(before.holds(), "only told: {}", ran.shown());
        }
        let ran = place.run(&format!("{line} -o {format}")).expect(0);
        assert_eq!(ran.err, "", "{}", ran.shown());
        assert!(!ran.out.contains("canary"), "{}", ran.shown());
        parses(&ran, format, Prints::One("change"), &mut done);
        assert!(
            !before.holds() || row.0 == "device rescan",
            "{}",
            ran.shown()
        );
        before.restore();
    }
    assert_eq!(done["item"]["changed"], true, "{line}: {done}");
    assert_eq!(told["item"]["title"], done["item"]["title"], "{line}");
    for lines in [&told, &done] {
        assert!(lines["item"]["inverse"].is_array(), "{line}");
    }
    // Without an answer nothing is changed, in any format.
    let bare: Vec<&str> = line
        .split(" --yes")
        .next()
        .unwrap()
        .split(" --confirm")
        .collect();
    if bare[0] != line {
        for format in ["json", "csv"] {
            let ran = place.run(&format!("{} -o {format}", bare[0]));
            let ours = ran.code == 0;
            assert!(ours || ran.code == 2, "{}", ran.shown());
            if !ours {
                fails(&ran, format, 2);
                assert!(before.holds(), "{}", ran.shown());
            }
            before.restore();
        }
    }
}

#[test]
fn changes_of_an_array_told_and_done() {
    let place = array();
    for row in OF_ARRAYS {
        told_and_done(&place, row);
    }
}

#[test]
fn changes_of_the_node_told_and_done() {
    let place = node();
    for row in OF_THE_NODE {
        if row.0 == "session login" {
            place.ok("session logout 2 --yes -q");
        }
        told_and_done(&place, row);
    }
}

#[test]
fn what_is_not_there_and_what_is_there_twice() {
    for (place, rows) in [(array(), OF_ARRAYS), (node(), OF_THE_NODE)] {
        let before = Before::of(&place);
        for row in rows {
            for (rest, twice) in [(row.2, false), (row.3, true)] {
                let Some(rest) = rest else { continue };
                let line = line(row.0, rest);
                for (format, more) in [
                    ("table", "--yes"),
                    ("json", "--dry-run"),
                    ("json", "--yes"),
                    ("csv", "--dry-run"),
                ] {
                    let ran = place.run(&format!("{line} {more} -o {format}")).expect(10);
                    fails(&ran, format, 10);
                    assert_eq!(ran.out, "", "{}", ran.shown());
                    if twice {
                        assert!(ran.err.contains("id:"), "{}", ran.shown());
                    }
                }
                assert!(before.holds(), "{line}");
            }
        }
    }
}

/// What this kind of array has not: the same answer in every format, before anything is asked.
#[test]
fn what_another_kind_of_array_has() {
    let place = array();
    let before = Before::of(&place);
    for rest in [
        "hostgroup add-initiator one {L}",
        "hostgroup remove-initiator one {L}",
        "lun online loose",
        "lun offline loose",
    ] {
        let line = line(rest, "");
        for format in ["table", "json", "jsonl", "yaml", "csv", "name"] {
            let ran = place.run(&format!("{line} -o {format}")).expect(8);
            fails(&ran, format, 8);
            assert_eq!(ran.out, "", "{}", ran.shown());
            assert!(ran.err.contains("sanctl "), "{}", ran.shown());
        }
    }
    assert!(before.holds());
}

/// The array takes reads and refuses every change.
#[test]
fn what_is_not_permitted() {
    let served = Served::with(Seed::v6(), "");
    furnish(&served.array);
    served.place.write("secret", "canary-secret-9\n");
    let before = served.array.dump();
    let kinds = [
        "host",
        "iscsi_initiator",
        "lungroup",
        "portgroup",
        "mappingview",
        "lun",
        "port",
    ];
    let rules = ["POST", "PUT", "DELETE"]
        .into_iter()
        .flat_map(|method| kinds.map(|kind| format!("{method} /{kind}*#every=code:1077949058")));
    served.set_faults(&rules.collect::<Vec<_>>().join("\n"));
    for row in OF_ARRAYS {
        // The served array has other ports, and no account of CHAP.
        if row.0.ends_with("-port") || row.0 == "initiator clear-chap" {
            continue;
        }
        for format in ["table", "json", "csv"] {
            let line = format!("{} -o {format}", line(row.0, row.1));
            let ran = served.place.run(&line).expect(6);
            fails(&ran, format, 6);
            assert_eq!(ran.out, "", "{}", ran.shown());
        }
    }
    assert_eq!(served.array.dump(), before);
}
