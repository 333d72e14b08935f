//! What is connected by other means than a SAN, on the machine that the tests run on: a path of it,
//! and plans of shares and AoE devices, which change nothing.

use serde_json::{Value, json};

use crate::place::{Place, Ran, golden};

fn place() -> Place {
    let place = Place::with_config("[node]\nname = \"lab\"\nmount_base = \"/srv/mnt\"\n");
    let info = |file: &str, kind: &str, data: Value| {
        let info = json!({"driver_volume_type": kind, "data": data});
        place.write(file, &info.to_string());
    };
    let volume = place.write("volume", &"x".repeat(4096));
    info("local.json", "local", json!({"device_path": volume}));
    let share = json!({"export": "nas:/vols", "name": "volume-1", "options": "-o nolock"});
    info("nfs.json", "nfs", share);
    let told = json!({"export": "nas:/vols", "name": "volume-1", "options": "-o vers=3"});
    info("nfs3.json", "nfs", told);
    let volume = json!({"export": "nas:/gv0", "name": "volume-1"});
    info("gluster.json", "glusterfs", volume);
    info(
        "aoe.json",
        "aoe",
        json!({"target_shelf": 63, "target_lun": 14}),
    );
    place
}

/// Everything but what this machine itself is warned of, and the name that a folder of the moment
/// gives.
fn told(ran: &Ran) -> String {
    let text: Vec<String> = ran
        .shown()
        .lines()
        .filter(|line| !line.starts_with("warning: "))
        .map(
            |line| match line.find("local.").filter(|_| !line.contains("local.json")) {
                Some(at) if line.len() >= at + 38 => {
                    format!("{}local.[SUM]{}", &line[..at], &line[at + 38..])
                }
                _ => line.to_owned(),
            },
        )
        .collect();
    let mut text = text.join("\n") + "\n";
    if let Some((front, rest)) = text.split_once("--- stderr\n")
        && (rest.is_empty() || rest.starts_with("--- exit"))
    {
        text = format!("{front}{rest}");
    }
    text
}

#[test]
fn a_path_there_and_back() {
    let place = place();
    let mut text = String::new();
    let mut run = |line: &str, code: i32| {
        let ran = place.run(line).expect(code);
        text.push_str(&told(&ran));
        text.push('\n');
        ran
    };
    run("status --connection-info local.json", 0);
    run("attach --connection-info local.json --dry-run", 0);
    run("attach --node-only --connection-info local.json", 0);
    run("attach --connection-info local.json", 0);
    run("status", 0);
    let shown = run("status --connection-info local.json -o json", 0).json();
    let volume = shown["items"][0]["device"].as_str().unwrap().to_owned();
    run("journal list", 0);
    run(&format!("detach {volume} --dry-run --print verbs"), 0);
    run(&format!("detach {volume}"), 0);
    run("detach --connection-info local.json", 0);
    std::fs::remove_file(&volume).unwrap();
    run("attach --connection-info local.json", 10);
    std::fs::create_dir(&volume).unwrap();
    run("attach --connection-info local.json -o json", 7);
    golden!("files-local", text);
}

#[test]
fn an_open_file_is_not_let_go() {
    let place = place();
    place.run("attach --connection-info local.json").expect(0);
    let file = std::fs::File::open(place.path("volume")).unwrap();
    let ran = place.run("detach --connection-info local.json").expect(7);
    let program = format!(" {}", std::process::id());
    assert!(
        ran.err.contains("opened by ") && ran.err.contains(&program),
        "{}",
        ran.err
    );
    drop(file);
    place.run("detach --connection-info local.json").expect(0);
}

#[test]
fn plans_of_shares_and_of_aoe() {
    let place = place();
    let mut text = String::new();
    for file in ["nfs.json", "nfs3.json", "gluster.json", "aoe.json"] {
        for line in [
            format!("attach --connection-info {file} --dry-run"),
            format!("attach --connection-info {file} --dry-run --print wire"),
            format!("detach --connection-info {file} --dry-run"),
            format!("status --connection-info {file}"),
        ] {
            let ran = place.run(&line).expect(0);
            text.push_str(&told(&ran));
            text.push('\n');
        }
    }
    let line = "attach --connection-info nfs.json --dry-run --print verbs";
    text.push_str(&told(&place.run(line).expect(0)));
    golden!("files-plans", text);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let place = place();
    let mut text = String::new();
    let ro = json!({"driver_volume_type": "nfs",
        "data": {"export": "nas:/vols", "name": "v", "access_mode": "ro"}});
    place.write("ro.json", &ro.to_string());
    let flags = json!({"driver_volume_type": "nfs",
        "data": {"export": "nas:/vols", "name": "v", "options": "--bind -o suid"}});
    place.write("flags.json", &flags.to_string());
    let rbd = json!({"driver_volume_type": "rbd", "data": {"name": "p/v"}});
    place.write("rbd.json", &rbd.to_string());
    let wwid = "6a4c64f1001db63307a4e1700000001e";
    for line in [
        &format!("attach --connection-info local.json --wwid {wwid}"),
        "attach --connection-info local.json --persist",
        "attach --connection-info local.json --multipath",
        "attach --connection-info ro.json",
        "attach --connection-info flags.json",
        "detach --connection-info rbd.json",
        "status --connection-info missing.json",
        "detach --connection-info nfs.json --array-only",
    ] {
        text.push_str(&told(&place.run(line).expect(2)));
        text.push('\n');
    }
    let practice = Place::new();
    practice.write(
        "aoe.json",
        &std::fs::read_to_string(place.path("aoe.json")).unwrap(),
    );
    text.push_str(&told(
        &practice.run("attach --connection-info aoe.json").expect(8),
    ));
    golden!("files-refused", text);
}
