//! A captured machine answers as the machine did; nothing in the capture is a secret.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::place::Place;

const CANARY: &str = "canary-of-chap";

fn with_chap() -> Place {
    let place = Place::with_config(
        "[arrays.sim]\nkind = \"sim\"\n\
         chap = { user = \"node1\", password = { file = \"chap\" } }\n",
    );
    place.write("chap", CANARY);
    place.write("config/sanctl/chap", CANARY);
    place
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap());
    let found = entries.flat_map(|entry| match entry.file_type().unwrap() {
        kind if kind.is_dir() => files(&entry.path()),
        kind if kind.is_file() => vec![entry.path()],
        _ => Vec::new(),
    });
    found.collect()
}

/// A document without the time it was made at, and without what only practice has: files in
/// place of disks.
fn told(place: &Place, line: &str) -> String {
    let ran = place.run(&format!("{line} -o json"));
    let mut value = ran.json();
    value["generated_at"] = Value::Null;
    value["practice"] = Value::Null;
    if let Some(item) = value.get_mut("item") {
        item["practice"] = Value::Null;
        item["path"] = Value::Null;
    }
    format!("{} {value}", ran.code)
}

fn write(place: &Place, name: &str, text: &str) {
    std::fs::create_dir_all(place.path(name).parent().unwrap()).unwrap();
    place.write(name, text);
}

#[test]
fn a_captured_machine_answers_as_the_machine_did() {
    let place = Place::new();
    place.ok("attach vol-1 vol-2 -q");
    place.ok("device set-state sdb offline --confirm sdb");
    let lines = [
        "device list",
        "device show sda",
        "device tree",
        "session list",
        "session show 1",
        "session list-records",
        "hba list",
        "hba targets",
        "connector show",
        "journal show vol-1",
    ];
    let before = lines.map(|line| told(&place, line));
    let item = place.run("collect cap -o json").expect(0).json()["item"].clone();
    assert_eq!(item["sessions"], 2);
    assert_eq!(item["devices"], 4);
    assert_eq!(item["journals"], 2);
    // What happens to the machine now does not reach the capture.
    place.run("detach vol-1 vol-2 -q --force --confirm vol-1");
    for (line, before) in lines.iter().zip(before) {
        let now = told(&place, &format!("{line} --root cap"));
        assert_eq!(now, before, "{line}");
    }
    let status = place.run("status vol-1 --node-only --root cap -o json");
    let item = status.json()["items"][0].clone();
    assert_eq!(item["node"], "practice-node", "{}", status.shown());
    assert!(status.out.contains("offline"), "{}", status.shown());
}

#[test]
fn nothing_in_a_capture_is_a_secret_and_nobody_else_reads_it() {
    let place = with_chap();
    place.ok("attach vol-1 -q");
    for format in ["jsonl", "yaml", "csv", "name"] {
        place.ok(&format!("collect cap-{format} -o {format}"));
    }
    let ran = place.run("collect cap").expect(0);
    assert!(ran.out.contains("cap: 2 sessions"), "{}", ran.shown());
    let root = place.path("cap");
    assert_eq!(root.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    let all = files(&root);
    let records = all.iter().filter(|file| file.ends_with("default"));
    let mut masked = 0;
    for record in records {
        let text = std::fs::read_to_string(record).unwrap();
        masked += text.matches("password = ********").count();
        assert!(text.contains("username = node1"), "{text}");
    }
    assert_eq!(masked, 2);
    for file in all {
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(CANARY), "{}", file.display());
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0);
    }
}

#[test]
fn only_looks_take_a_capture() {
    let place = Place::new();
    place.ok("collect cap");
    for line in [
        "attach vol-1",
        "lun list",
        "device remove sda",
        "collect more",
    ] {
        let ran = place.run(&format!("{line} --root cap")).expect(2);
        assert!(ran.err.contains("not a capture"), "{}", ran.shown());
    }
    let ran = place.run("device list --root nix").expect(2);
    assert!(ran.err.contains("nix"), "{}", ran.shown());
    let ran = place.run("collect cap").expect(2);
    assert!(ran.err.contains("cap"), "{}", ran.shown());
    place.write(
        "cap/sanctl-capture.json",
        "{\"format\": 9, \"sanctl\": \"7.0\"}",
    );
    let ran = place.run("device list --root cap").expect(2);
    assert!(ran.err.contains("newer sanctl (7.0)"), "{}", ran.shown());
    place.write("cap/sanctl-capture.json", "[");
    let ran = place.run("device list --root cap").expect(2);
    assert!(ran.err.contains("no capture"), "{}", ran.shown());
}

#[test]
fn a_folder_made_by_hand_is_a_machine_too() {
    let place = Place::new();
    write(&place, "tree/etc/hostname", "node11\n");
    write(
        &place,
        "tree/etc/iscsi/initiatorname.iscsi",
        "InitiatorName=iqn.1994-05.com.redhat:node11\n",
    );
    let disk = "tree/sys/devices/host1/target1:0:0/1:0:0:7";
    write(&place, &format!("{disk}/state"), "running\n");
    write(&place, &format!("{disk}/type"), "0\n");
    write(&place, &format!("{disk}/block/sdk/size"), "2097152\n");
    write(
        &place,
        &format!("{disk}/wwid"),
        "naa.6a4c64f1001db63307a4e1700000001e\n",
    );
    std::fs::create_dir_all(place.path("tree/sys/class/scsi_device")).unwrap();
    std::fs::create_dir_all(place.path(&format!("{disk}/scsi_device/1:0:0:7"))).unwrap();
    symlink(
        "../..",
        place.path(&format!("{disk}/scsi_device/1:0:0:7/device")),
    )
    .unwrap();
    symlink(
        "../../devices/host1/target1:0:0/1:0:0:7/scsi_device/1:0:0:7",
        place.path("tree/sys/class/scsi_device/1:0:0:7"),
    )
    .unwrap();
    let rows = place
        .run("device list --root tree -o json")
        .expect(0)
        .json();
    assert_eq!(rows["items"][0]["wwid"], "6a4c64f1001db63307a4e1700000001e");
    assert_eq!(rows["practice"], false);
    let connector = place.run("connector show --root tree -o json").json();
    assert_eq!(connector["item"]["host"], "node11");
    assert_eq!(
        connector["item"]["initiator"],
        "iqn.1994-05.com.redhat:node11"
    );
}
