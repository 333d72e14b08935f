//! The verbs of this node, one by one on the practice machine, and as the flows print them.

use std::process::Command;

use serde_json::{Value, json};

use crate::place::{Place, Ran, golden, holds};

const A: &str = "--target iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::20100:172.24.3.150 \
                 --portal 172.24.3.150";
const WWID: &str = "6a4c64f1001db63307a4e17000000000";

/// Two LUNs that the array shows to this node, and nothing of the node's half.
fn mapped() -> Place {
    let place = Place::new();
    for lun in ["vol-1", "vol-2"] {
        place.ok(&format!("attach {lun} --array-only -q"));
    }
    place
}

fn shown(place: &Place, lines: &[(String, i32)]) -> String {
    let ran = lines
        .iter()
        .map(|(line, code)| place.run(line).expect(*code).shown());
    ran.collect::<Vec<_>>().join("\n")
}

fn lines(all: &[(&str, i32)]) -> Vec<(String, i32)> {
    let line = |(line, code): &(&str, i32)| (line.replace("{A}", A), *code);
    all.iter().map(line).collect()
}

#[test]
fn records_by_hand() {
    let all = lines(&[
        ("session list-records", 0),
        ("session add-record {A},1 --dry-run", 0),
        ("session add-record {A},1 --dry-run -o json", 0),
        ("session add-record {A},1", 0),
        ("session add-record {A}", 0),
        ("session add-record {A} -o json", 0),
        ("session list-records", 0),
        ("session list-records -o wide", 0),
        ("session list-records -o json", 0),
        ("session list-records -o name", 0),
        ("session set-record {A} node.startup=automatic --dry-run", 0),
        ("session set-record {A} node.startup=automatic", 2),
        ("session set-record {A} node.startup=automatic --yes", 0),
        ("session set-record {A} node.startup=automatic --yes", 0),
        ("session set-record {A} node.sesion.scan=auto --yes", 1),
        ("session delete-record {A}", 2),
        ("session delete-record {A} --dry-run", 0),
        ("session delete-record {A} --yes", 0),
        ("session delete-record {A} --yes -o json", 0),
        ("session set-record {A} node.startup=manual --yes", 10),
    ]);
    golden!("node-records", shown(&mapped(), &all));
}

#[test]
fn sessions_by_hand() {
    let place = mapped();
    let all = lines(&[
        ("session list", 0),
        ("session list -o json", 0),
        ("session login {A}", 10),
        ("session add-record {A},1 -q", 0),
        ("session list --missing", 0),
        ("session list --missing -o json", 0),
        ("session login {A} --dry-run", 0),
        ("session login {A}", 0),
        ("session login {A} -o json", 0),
        ("session list", 0),
        ("session list -o json", 0),
        ("session show 1", 0),
        ("session show 1 -o json", 0),
        ("session show 9", 10),
        ("session delete-record {A} --yes", 7),
        ("session relogin 1 --dry-run", 0),
        ("session relogin 1", 2),
        ("session relogin 1 --yes", 0),
        ("session relogin 1 --yes", 10),
        ("session logout 2 --dry-run -o json", 0),
        ("session logout 2", 2),
        ("session logout 2 --yes", 0),
        ("session logout 2 --yes", 0),
        (
            "session login --target iqn.2020-01.a:none --portal 10.9.9.9",
            10,
        ),
    ]);
    golden!("node-sessions", shown(&place, &all));
}

#[test]
fn devices_by_hand() {
    let place = mapped();
    let all = lines(&[
        ("device list", 0),
        ("device list -o json", 0),
        ("device scan {A} --lun 1", 10),
        ("session add-record {A},1 -q", 0),
        ("session login {A} -q", 0),
        ("device scan --session 1 --lun 1 --dry-run", 0),
        ("device scan --session 1 --lun 1", 0),
        ("device scan {A} --lun 1 -o json", 0),
        ("device scan {A} --lun 9", 1),
        ("device scan {A} --all-luns --dry-run", 0),
        ("device scan {A} --all-luns --yes", 2),
        ("device scan {A} --all-luns --confirm 172.24.3.150:3260", 0),
        ("device list", 0),
        ("device list -o wide", 0),
        ("device list -o json", 0),
        ("device list --lun 1 -o name", 0),
        ("device list --stale", 0),
        ("device show sda", 0),
        ("device show 0:0:0:1 -o json", 0),
        (
            "device show /dev/disk/by-id/wwn-0x6a4c64f1001db63307a4e17000000000 -o name",
            0,
        ),
        ("device show sdz", 10),
        ("device show id:3", 2),
        ("device tree", 0),
        ("device tree sda -o json", 0),
        ("device check sda", 0),
        ("device check 6a4c64f1001db63307a4e17000000000 -o json", 0),
        ("device wait --wwid 6a4c64f1001db63307a4e17000000000", 0),
        (
            "device wait --wwid 6a4c64f1001db63307a4e17000000000 --gone --timeout 10ms",
            5,
        ),
        ("device rescan sda", 0),
        ("device set-state sda offline", 2),
        ("device set-state sda offline --yes", 2),
        ("device set-state sda offline --confirm sda", 0),
        ("device set-state sda offline --confirm sda", 0),
        ("device list --stale", 0),
        ("device check sda", 3),
        ("device set-state sda running --confirm sda", 0),
        ("session logout 1 --yes", 7),
        ("device remove sda --dry-run", 0),
        ("device remove sda --dry-run -o json", 0),
        ("device remove sda", 2),
        ("device remove sda sdb --yes", 0),
        ("device remove sda", 0),
        (
            "device wait --wwid 6a4c64f1001db63307a4e17000000000 --gone",
            0,
        ),
    ]);
    golden!("node-devices", shown(&place, &all));
}

/// Every listing in every format of scripts parses, also when there is nothing.
#[test]
fn what_scripts_read() {
    let (empty, full) = (Place::new(), mapped());
    for line in lines(&[
        ("session add-record {A},1 -q", 0),
        ("session login {A} -q", 0),
        (
            "device scan {A} --all-luns --confirm 172.24.3.150:3260 -q",
            0,
        ),
    ]) {
        full.ok(&line.0);
    }
    let wwid = format!("device wait --wwid {WWID} --gone");
    for line in [
        "session list",
        "session list --missing",
        "session list-records",
        "device list",
        "device tree",
    ] {
        let none = empty.run(&format!("{line} -o json")).expect(0).json();
        assert_eq!(none["items"], json!([]), "{line}");
        let some = full.run(&format!("{line} -o json")).expect(0).json();
        let count = some["items"].as_array().unwrap().len();
        assert!(count > 0 && some["schema_version"] == 1, "{line}");
        for format in ["jsonl", "name"] {
            let text = full.ok(&format!("{line} -o {format}"));
            assert_eq!(text.lines().count(), count, "{line} {format}");
        }
    }
    assert_eq!(empty.ok(&format!("{wwid} -o name")), "");
}

/// Whoever holds a disk keeps it from being removed or stopped; the tree says who.
#[test]
fn what_is_in_use_stays() {
    let place = mapped();
    for line in lines(&[
        ("session add-record {A},1 -q", 0),
        ("session login {A} -q", 0),
        ("device scan {A} --lun 1 -q", 0),
    ]) {
        place.ok(&line.0);
    }
    let file = place.path("state/practice/machine.json");
    let mut state: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    state["holds"] = json!([
        {"disk": 0, "by": {"map": {"minor": 3, "name": "mpatha", "uuid": "mpath-36a4c"}}},
        {"disk": 0, "by": {"mount": {"at": "/srv/data"}}},
    ]);
    std::fs::write(&file, state.to_string()).unwrap();
    let all = lines(&[
        ("device list", 0),
        ("device list --unheld", 0),
        ("device tree --ascii", 0),
        ("device tree -o json", 0),
        ("device remove sda --yes", 7),
        ("device remove sda --yes -o json", 7),
        ("device set-state sda offline --confirm sda", 7),
        ("device show dm-3", 2),
        ("session logout 1 --yes", 7),
        ("session relogin 1 --yes", 7),
    ]);
    golden!("node-held", shown(&place, &all));
}

#[test]
fn secrets_go_from_a_file_into_the_record_and_nowhere_else() {
    let place = mapped();
    let secret = "canary-secret-9";
    place.write("chap", &format!("{secret}\n"));
    place.write("other", "canary-mutual-9\n");
    place.write_mode("open", secret, 0o644);
    place.write("blank", " canary-secret-9 \n");
    let all = lines(&[
        ("session add-record {A},1 -q", 0),
        (
            "session set-record {A} node.session.auth.password=canary-secret-9 --yes",
            2,
        ),
        (
            "session set-record {A} node.session.auth.username=me --yes",
            2,
        ),
        ("session set-record {A} node.startup= --yes", 2),
        ("session set-record {A} startup=manual --yes", 2),
        ("session set-record {A} --yes", 2),
        ("session set-record {A} --chap-user me --yes", 2),
        ("session set-record {A} --chap-secret-file chap --yes", 2),
        (
            "session set-record {A} --chap-user me --chap-secret-file open --yes",
            2,
        ),
        (
            "session set-record {A} --chap-user me --chap-secret-file blank --yes",
            2,
        ),
        (
            "session set-record {A} --chap-user me --chap-secret-file none --yes",
            2,
        ),
        (
            "session set-record {A} --chap-user me --chap-secret-file chap --dry-run",
            0,
        ),
        (
            "session set-record {A} --chap-user me --chap-secret-file chap",
            2,
        ),
        (
            "session set-record {A} --chap-user me --chap-secret-file chap --yes -vv",
            0,
        ),
        (
            "session set-record {A} --chap-secret-file chap --mutual-user array \
          --mutual-secret-file chap --yes",
            2,
        ),
        (
            "session set-record {A} --chap-secret-file chap --mutual-user array \
          --mutual-secret-file other --yes -o json",
            0,
        ),
        ("session list-records", 0),
        ("session list-records -o json", 0),
    ]);
    let text = shown(&place, &all);
    assert!(
        !text.replace("password=canary", "").contains("canary"),
        "{text}"
    );
    golden!("node-chap", text);
    let state = std::fs::read_to_string(place.path("state/practice/machine.json")).unwrap();
    for value in [secret, "canary-mutual-9", "\"me\""] {
        assert!(state.contains(value), "the record has {value}");
    }
    std::fs::remove_file(place.path("state/practice/machine.json")).unwrap();
    assert!(!holds(&place.state(), "canary"), "nothing else has it");
}

#[test]
fn credentials_are_taken_out_again() {
    let place = mapped();
    place.write("chap", "canary-secret-9\n");
    for (line, code) in lines(&[
        ("session add-record {A},1 -q", 0),
        ("session set-record {A} --no-chap --yes", 0),
        (
            "session set-record {A} --chap-user me --chap-secret-file chap --yes",
            0,
        ),
        ("session set-record {A} --no-chap --no-input", 2),
        ("session set-record {A} --no-chap --yes", 0),
    ]) {
        place.run(&line).expect(code);
    }
    let state = std::fs::read_to_string(place.path("state/practice/machine.json")).unwrap();
    assert!(!state.contains("canary") && !state.contains("\"me\""));
}

/// Each change is written down before it is made, with the way back, as one of the node.
#[test]
fn what_is_done_by_hand_is_written_down() {
    let place = mapped();
    for (line, code) in lines(&[
        ("session add-record {A},1 --dry-run", 0),
        ("session add-record {A},1", 0),
        ("session add-record {A},1", 0),
        ("session login {A}", 0),
        ("device scan {A} --lun 9", 1),
        ("device scan {A} --lun 1", 0),
        ("device remove sda", 2),
    ]) {
        place.run(&line).expect(code);
    }
    let text = std::fs::read_to_string(place.path("state/practice/manual.jsonl")).unwrap();
    let words: Vec<String> = text
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["place"], "node");
            let command = line["command"].as_str().unwrap().replace(A, "");
            let verb: Vec<&str> = command.split(' ').take(3).collect();
            format!("{} {}", line["event"].as_str().unwrap(), verb.join(" "))
        })
        .collect();
    assert_eq!(
        words,
        [
            "started sanctl session add-record",
            "done sanctl session add-record",
            "started sanctl session login",
            "done sanctl session login",
            "started sanctl device scan",
            "failed sanctl device scan",
            "started sanctl device scan",
            "done sanctl device scan",
        ]
    );
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["inverse"], json!(["sanctl device remove sda"]));
}

/// What of the node does not depend on the order in which lanes ran.
pub(crate) fn node_state(place: &Place) -> Value {
    node_state_in(&place.path("state/practice/machine.json"))
}

/// The same of a practice machine kept in this file.
pub(crate) fn node_state_in(file: &std::path::Path) -> Value {
    let state: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let sorted = |key: &str, drop: &[&str]| -> Vec<String> {
        let all = match &state[key] {
            // A disk's number is in its address.
            Value::Object(map) => map
                .iter()
                .map(|(at, one)| {
                    let mut one = one.clone();
                    let lun = at.rsplit(':').next().filter(|_| key == "disks");
                    one["lun"] = json!(lun);
                    one
                })
                .collect(),
            other => other.as_array().cloned().unwrap(),
        };
        let without = |mut one: Value| {
            for key in drop {
                one.as_object_mut().unwrap().remove(*key);
            }
            one.to_string()
        };
        let mut all: Vec<String> = all.into_iter().map(without).collect();
        all.sort();
        all
    };
    json!({
        "records": sorted("records", &[]),
        "sessions": sorted("sessions", &["host"]),
        "disks": sorted("disks", &["index", "backing"]),
    })
}

/// Runs each line by itself in a shell that finds the program.
fn type_each(place: &Place, script: &str) -> usize {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_sanctl"))
        .parent()
        .unwrap();
    let mut typed = 0;
    for line in script.lines().filter(|line| !line.starts_with('#')) {
        let ran = Command::new("sh")
            .args(["-euc", line])
            .current_dir(place.path("."))
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("HOME", place.path("home"))
            .env("XDG_CONFIG_HOME", place.path("config"))
            .env("SANCTL_STATE_DIR", place.state())
            .output()
            .unwrap();
        let ran = Ran::of(line, ran);
        assert_eq!(ran.code, 0, "{}", ran.shown());
        typed += 1;
    }
    typed
}

#[test]
fn the_lines_of_attach_typed_one_by_one_are_the_attach() {
    let whole = Place::new();
    whole.ok("attach vol-1");
    let typed = Place::new();
    typed.ok("attach vol-1 --array-only -q");
    assert_ne!(node_state(&typed), node_state(&whole));
    let script = typed.run("attach vol-1 --dry-run --print verbs").expect(0);
    assert!(
        !script.err.contains("cannot do these"),
        "{}",
        script.shown()
    );
    let count = type_each(&typed, &script.out);
    assert_eq!(count, 2 * 3 + 2, "{}", script.out);
    assert_eq!(node_state(&typed), node_state(&whole));
    assert!(typed.ok("status vol-1").contains("attached"));
    // And attach itself has nothing left to do.
    let again = typed.run("attach vol-1 --dry-run --exit-code").expect(0);
    assert!(again.out.contains("nothing to do"), "{}", again.shown());
}

#[test]
fn the_lines_of_detach_typed_one_by_one_are_the_detach() {
    let (whole, typed) = (Place::new(), Place::new());
    for place in [&whole, &typed] {
        place.ok("attach vol-1");
        place.ok("attach vol-2");
    }
    // The other LUN keeps sessions and records.
    for lun in ["vol-2", "vol-1"] {
        let line = format!("detach {lun} --node-only --dry-run --print verbs");
        let script = typed.run(&line).expect(0);
        assert!(
            !script.err.contains("cannot do these"),
            "{}",
            script.shown()
        );
        whole.ok(&format!("detach {lun} --node-only"));
        assert!(type_each(&typed, &script.out) > 0);
        assert_eq!(node_state(&typed), node_state(&whole), "{lun}");
        // The tool finds it done, and closes its journal.
        typed.ok(&format!("detach {lun} --node-only"));
    }
    assert_eq!(typed.ok("session list -o name"), "");
    assert_eq!(typed.ok("session list-records -o name"), "");
}
