//! What `status` says, with the machine and the array broken behind our back in each phase.

use sanctl::sim::practice::Practice;
use sanctl::system::Cmd;
use serde_json::Value;

use crate::family::At;
use crate::rig::{A, B, Home, bounds, key, same};

fn attached() -> Home {
    let home = Home::new();
    home.run("attach vol-1").ends(0);
    home
}

/// The state of a step.
#[track_caller]
fn state<'a>(item: &'a Value, key: &str) -> &'a str {
    let steps = item["steps"].as_array().unwrap();
    let step = steps.iter().find(|s| s["key"] == key);
    step.unwrap_or_else(|| panic!("no {key}: {item:#}"))["state"]
        .as_str()
        .unwrap()
}

fn evidence<'a>(item: &'a Value, key: &str) -> &'a str {
    let steps = item["steps"].as_array().unwrap();
    let step = steps.iter().find(|s| s["key"] == key).unwrap();
    step["evidence"].as_str().unwrap()
}

/// As somebody else would type it on the node.
fn type_in(practice: &Practice, line: &str) {
    let mutate = sanctl::kit::consent::grant(sanctl::kit::consent::Ground::ByClass);
    let cmd = Cmd::new("iscsiadm", line.split(' '));
    let output = practice
        .machine()
        .exec_change(&cmd, &bounds(), &mutate)
        .unwrap();
    assert_eq!(output.code, 0, "{line}: {}", output.stderr);
}

fn write(practice: &Practice, path: &str, value: &str) {
    let mutate = sanctl::kit::consent::grant(sanctl::kit::consent::Ground::ByClass);
    practice
        .machine()
        .write_attr(path, value, &bounds(), &mutate)
        .unwrap();
}

/// Broken: exit 3 twice the same, evidence, and the last lines name what to type.
#[track_caller]
fn broken(home: &Home) -> Value {
    let world = home.world();
    let out = home.run("status vol-1").ends(3);
    let typed: Vec<&str> = out.stderr.lines().rev().take(2).collect();
    assert!(
        typed.iter().any(|l| l.contains("sanctl attach vol-1"))
            && typed.iter().any(|l| l.contains("sanctl detach vol-1")),
        "{out:#?}"
    );
    let item = home.run("status vol-1 -o json").ends(3).item();
    assert_eq!(item["exit_code"], 3);
    same(&home.world(), &world, "a status only reads");
    item
}

/// Session number and kernel address of the path through a portal: logins run side by side.
fn path(home: &Home, portal: At) -> (String, String) {
    let item = home.run("status vol-1 -o json").item();
    let paths = item["paths"].as_array().unwrap();
    let path = paths.iter().find(|p| p["portal"] == portal.text()).unwrap();
    let hctl = path["hctl"].as_str().unwrap().to_owned();
    (path["sid"].to_string(), hctl)
}

/// Both ways out work.
#[track_caller]
fn mends(home: &Home) {
    let out = home.run("attach vol-1");
    assert_eq!(out.code, 0, "{out:#?}");
    home.run("status vol-1").ends(0);
    home.run("detach vol-1").ends(0);
    home.run("status vol-1").ends(0);
}

#[test]
pub(crate) fn whole_and_wholly_absent_are_both_well() {
    let home = Home::new();
    let absent = home.run("status vol-1 -o json").ends(0).item();
    assert_eq!(absent["state"], "absent");
    assert_eq!(absent["device"], Value::Null);
    home.run("attach vol-1").ends(0);
    let whole = home.run("status vol-1 -o json").ends(0).item();
    assert_eq!(whole["state"], "attached");
    assert_eq!(whole["identity"], "proven");
    assert_eq!(whole["paths"].as_array().unwrap().len(), 2);
    let out = home.run("status vol-1").ends(0);
    assert!(out.stdout.contains("attached\ndevice  /"), "{out:#?}");
    assert_eq!(out.stderr, "");
    home.run("detach vol-1").ends(0);
    home.run("status vol-1").ends(0);
}

/// A device names the LUN that is behind it now, by any of its paths.
#[test]
fn a_lun_by_its_device() {
    let home = attached();
    for line in ["status dev:/dev/sda", "status /dev/sdb", "status 1:0:0:1"] {
        let item = home.run(&format!("{line} -o json")).ends(0).item();
        assert_eq!(item["state"], "attached", "{line}");
    }
    home.run("status /dev/sdz").ends(10).says("/dev/sdz");
    home.run("detach hctl:7:0:0:9").ends(10).says("7:0:0:9");
    home.run("detach /dev/sdb").ends(0);
    home.run("status vol-1").ends(0);
}

#[test]
fn a_lun_that_is_nowhere_is_not_found() {
    let home = Home::new();
    home.run("status vol-9").ends(10).says("no LUN vol-9");
    let error = home.run("status vol-9 -o json").ends(10).error();
    assert_eq!(error["code"], 10);
    assert_eq!(error["kind"], "not_found");
}

#[test]
pub(crate) fn a_session_that_is_gone() {
    let home = attached();
    let (sid, _) = path(&home, A);
    type_in(&home.practice(), &format!("-m session -r {sid} -u"));
    let item = broken(&home);
    assert_eq!(item["state"], "degraded");
    assert_eq!(state(&item, &key("session", A)), "absent");
    assert_eq!(state(&item, &key("session", B)), "present");
    assert_eq!(item["paths"].as_array().unwrap().len(), 1);
    mends(&home);
}

#[test]
fn every_session_gone() {
    let home = attached();
    let practice = home.practice();
    type_in(&practice, "-m session -r 1 -u");
    type_in(&practice, "-m session -r 2 -u");
    drop(practice);
    let item = broken(&home);
    assert_eq!(item["device"], Value::Null);
    assert_eq!(item["identity"], Value::Null);
    assert_eq!(item["paths"], serde_json::json!([]));
    assert_eq!(state(&item, "node.identity"), "waiting");
    mends(&home);
}

#[test]
pub(crate) fn a_device_that_is_gone() {
    let home = attached();
    let (_, hctl) = path(&home, A);
    let delete = format!("/sys/class/scsi_device/{hctl}/device/delete");
    write(&home.practice(), &delete, "1");
    let item = broken(&home);
    assert_eq!(state(&item, &key("path", A)), "absent");
    assert_eq!(state(&item, &key("path", B)), "present");
    mends(&home);
}

#[test]
pub(crate) fn a_reboot() {
    let home = attached();
    home.practice().practice_machine().reboot().unwrap();
    let item = broken(&home);
    assert_eq!(state(&item, &key("record", A)), "present");
    assert_eq!(state(&item, &key("session", A)), "absent");
    assert_eq!(item["device"], Value::Null);
    mends(&home);
}

/// The rows of a table on the practice array, by a request past the tool's own flows.
fn behind(home: &Home, change: impl FnOnce(&Practice)) {
    let practice = home.practice();
    change(&practice);
    practice.array().save().unwrap();
}

#[test]
fn unmapped_behind_our_back() {
    let home = attached();
    behind(&home, |practice| {
        raw(
            practice,
            "DELETE",
            "/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=0",
        );
    });
    let item = broken(&home);
    assert_eq!(state(&item, "array.lungroup-lun"), "absent");
    assert_eq!(state(&item, "array.lun-number"), "absent");
    assert_eq!(item["lun_number"], Value::Null);
    mends(&home);
}

#[test]
fn a_group_that_was_removed_behind_our_back() {
    let home = attached();
    behind(&home, |practice| {
        for path in [
            "/mappingview/REMOVE_ASSOCIATE",
            "/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=0",
            "/lungroup/1",
        ] {
            if path.starts_with("/mappingview") {
                raw(practice, "PUT", path);
            } else {
                raw(practice, "DELETE", path);
            }
        }
    });
    let item = broken(&home);
    assert_eq!(state(&item, "array.lungroup"), "absent");
    assert_eq!(state(&item, "array.hostgroup"), "present");
    mends(&home);
}

#[test]
pub(crate) fn another_lun_at_the_number() {
    let home = attached();
    // Unmapped and another one mapped under the same number, while the node's devices stay.
    behind(&home, |practice| {
        raw(
            practice,
            "DELETE",
            "/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=0",
        );
        raw(practice, "POST", "/lungroup/associate");
    });
    let practice = home.practice();
    for path in ["0:0:0:1", "1:0:0:1"] {
        let rescan = format!("/sys/class/scsi_device/{path}/device/rescan");
        write(&practice, &rescan, "1");
    }
    drop(practice);
    let world = home.world();
    let item = home.run("status vol-1 -o json").ends(3).item();
    assert_eq!(item["device"], Value::Null, "{item:#}");
    assert_eq!(state(&item, "array.lungroup-lun"), "absent");
    let told = state(&item, &key("path", A));
    assert_eq!(told, "differs", "{item:#}");
    let words = evidence(&item, &key("path", A));
    assert!(
        words.contains("6a4c64f1001db63307a4e17000000001"),
        "{words}"
    );
    same(&home.world(), &world, "a status only reads");
}

#[test]
pub(crate) fn a_dead_portal_shows_its_half_and_keeps_the_other() {
    let home = attached();
    let (sid, _) = path(&home, B);
    let practice = home.practice();
    type_in(&practice, &format!("-m session -r {sid} -u"));
    practice
        .practice_machine()
        .set_outage(
            B.text().parse().unwrap(),
            Some(sanctl::sim::machine::Outage::Settled),
        )
        .unwrap();
    drop(practice);
    let item = broken(&home);
    assert_eq!(state(&item, &key("session", B)), "absent");
    // Half is what can be had: done, but degraded.
    let out = home.run("attach vol-1 -o json").ends(9);
    let item = out.item();
    assert_eq!(item["state"], "degraded");
    assert_eq!(item["paths"].as_array().unwrap().len(), 1);
    let left = item["left"].to_string();
    assert!(left.contains(B.text()), "{left}");
    home.run("attach vol-1 --paths want=2,min=2").ends(5);
    home.run("detach vol-1").ends(0);
}

#[test]
pub(crate) fn no_journal_and_yet_whole() {
    let home = attached();
    std::fs::remove_dir_all(home.attachments()).unwrap();
    let item = home.run("status vol-1 -o json").ends(0).item();
    assert_eq!(item["state"], "attached");
    let out = home.run("detach vol-1").ends(4);
    assert_eq!(
        out.stderr
            .matches("lungroup-lun: made by somebody else")
            .count(),
        1
    );
    out.says("--include-adopted");
    home.run("detach vol-1 --include-adopted").ends(0);
    home.run("status vol-1").ends(0);
}

/// A request of somebody else, in a session of its own.
#[track_caller]
fn raw(practice: &Practice, method: &str, path: &str) {
    use sanctl::sim::server::{Device as _, Request};
    let array = practice.array();
    let send = |method: &str, path: &str, headers: Vec<(String, String)>, body: Value| {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = array.handle(&Request {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (reply.headers, value)
    };
    let login = serde_json::json!({"username": Practice::USER, "password": Practice::PASSWORD,
        "scope": "0"});
    let root = "/deviceManager/rest";
    let (headers, value) = send("POST", &format!("{root}/xx/sessions"), Vec::new(), login);
    let token = value["data"]["iBaseToken"].as_str().unwrap().to_owned();
    let cookie = headers.iter().find(|(n, _)| n == "set-cookie").unwrap();
    let cookie = cookie.1.split(';').next().unwrap().to_owned();
    let headers = vec![
        ("ibasetoken".to_owned(), token),
        ("cookie".to_owned(), cookie),
    ];
    let body = match (method, path) {
        ("POST", _) => serde_json::json!({"ID": "1", "ASSOCIATEOBJTYPE": "11",
            "ASSOCIATEOBJID": "1"}),
        ("PUT", _) => serde_json::json!({"ID": "1", "TYPE": "245", "ASSOCIATEOBJTYPE": "256",
            "ASSOCIATEOBJID": "1"}),
        _ => Value::Null,
    };
    let serial = array.serial();
    let (_, value) = send(method, &format!("{root}/{serial}{path}"), headers, body);
    assert_eq!(value["error"]["code"], 0, "{method} {path}: {value}");
}
