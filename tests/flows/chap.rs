//! CHAP from the configuration to the record and the array, through the program.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use crate::rig::{Home, Out};

const CANARY: &str = "canary-of-chap";
const IQN: &str = "iqn.1994-05.com.redhat:practice-node";

fn private(home: &Home, name: &str, text: &str) -> String {
    let path = home.write(name, text);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

fn home() -> Home {
    let home = Home::new();
    let secret = private(&home, "chap", CANARY);
    let config = home.path().join(".config/sanctl");
    std::fs::create_dir_all(&config).unwrap();
    let text = format!(
        "[arrays.sim]\nkind = \"sim\"\nchap = {{ user = \"node1\", password = {{ file = \
         \"{secret}\" }} }}\n"
    );
    std::fs::write(config.join("config.toml"), text).unwrap();
    home
}

fn silent(out: &Out) {
    assert!(!out.stdout.contains("canary"), "{out:#?}");
    assert!(!out.stderr.contains("canary"), "{out:#?}");
}

/// Every file of a home, the ones that must hold the secret left out.
fn files(dir: &std::path::Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

#[test]
pub(crate) fn the_whole_way_and_the_secret_is_seen_nowhere() {
    let home = home();
    for line in [
        "attach vol-1 --dry-run",
        "attach vol-1 --dry-run --print wire",
        "attach vol-1 --dry-run --print verbs",
        "attach vol-1 -vv --trace t.json -o json",
        "status vol-1 -o json",
        "status vol-1 -o wide",
        "connection show vol-1 -o json",
        "initiator list -o json",
        "attach vol-1 --emit connection-info",
    ] {
        silent(&home.run(line).ends(0));
    }
    assert_eq!(home.practice().array().chap_of(IQN).unwrap().1, CANARY);
    let mut all = Vec::new();
    files(home.path(), &mut all);
    let holds = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        String::from_utf8_lossy(&bytes).contains("canary")
    };
    let mut found: Vec<String> = all
        .into_iter()
        .filter(|path| holds(path))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, ["array.json", "chap", "machine.json"]);
    silent(&home.run("detach vol-1 --trace t.json").ends(0));
    assert_eq!(home.journals(), [""; 0]);
    assert!(home.practice().array().chap_of(IQN).is_none());
}

#[test]
fn a_secret_that_the_array_does_not_have_is_exit_6_with_what_to_check() {
    let home = home();
    home.run("attach vol-1 --array-only").ends(0);
    private(&home, "chap", "another-secret");
    let out = home.run("attach vol-1 -o json").ends(6);
    let error = out.error();
    assert!(
        error["hints"][0]
            .as_str()
            .unwrap()
            .contains("CHAP user node1")
    );
    assert!(!error.to_string().contains("another-secret"));
    // The node is as it was; the array's half was there before.
    assert_eq!(home.world()["records"], json!([]));
    private(&home, "chap", CANARY);
    home.run("attach vol-1").ends(0);
    home.run("detach vol-1").ends(0);
}

#[test]
pub(crate) fn the_connection_info_with_the_secret_goes_to_a_private_file_only() {
    let home = home();
    let out = home.run("attach vol-1 --array-only --emit connection-info --secrets-to info.json");
    let info: Value = serde_json::from_str(&out.ends(0).stdout).unwrap();
    assert_eq!(info["data"]["auth_password"], "********");
    assert_eq!(info["data"]["auth_username"], "node1");
    let path = home.path().join("info.json");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    let info: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(info["data"]["auth_password"], CANARY);
    // The masked one does not log in and says why; the file does.
    let masked = home.write("masked.json", &out_of(&info));
    let denied = home.run(&format!("attach --connection-info {masked}"));
    denied.ends(6).says("CHAP");
    silent(
        &home
            .run("attach --connection-info info.json -o json")
            .ends(0),
    );
    home.run("attach vol-1 --secrets-to x").ends(2);
    home.run("detach vol-1").ends(0);
}

fn out_of(info: &Value) -> String {
    let mut masked = info.clone();
    masked["data"]["auth_password"] = "********".into();
    masked.to_string()
}
