//! The mirror against a configfs that behaves like the kernel's.

mod kernel;
mod ontap;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::sim::exposure::Chap;
use crate::sim::oceanstor::{Practice, Seed};
use kernel::Kernel;

const SERIAL: &str = "2102351CAK10GB000007";
const A: &str = "iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::20100:10.0.0.1";
const B: &str = "iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::1020100:10.0.1.1";
const NODE: &str = "iqn.2020-01.com.example:lab.host";
const OTHER: &str = "iqn.2020-01.com.example:other";
const HUAWEI: &str = "6a4c64f1001db63307a4e1700000001e";
const NETAPP: &str = "600a0980736e2f372b4c616224783f32";
const HBA: &str = "core/fileio_7215";

fn ports() -> Vec<TargetPortal> {
    [(A, "10.0.0.1:3260", 1), (B, "10.0.1.1:3260", 2)]
        .map(|(iqn, addr, tpgt)| TargetPortal {
            iqn: iqn.to_owned(),
            addr: addr.parse().unwrap(),
            tpgt,
            up: true,
        })
        .to_vec()
}

fn lio(kernel: &Kernel) -> Lio {
    Lio::on(kernel.clone(), SERIAL, &ports()).unwrap()
}

fn exposure(initiator: &str, wwid: &str, number: u32) -> Exposure {
    Exposure {
        initiator: initiator.to_owned(),
        name: format!("lun-{}", &wwid[28..]),
        wwid: wwid.to_owned(),
        bytes: 64 << 20,
        number,
        backing: Some(PathBuf::from(format!("/data/{wwid}.img"))),
        chap: None,
        portals: None,
    }
}

fn chap(name: &str, password: &str) -> Option<Chap> {
    Some(Chap {
        name: name.to_owned(),
        password: password.to_owned(),
    })
}

fn group(iqn: &str) -> String {
    format!("iscsi/{iqn}/tpgt_{}", if iqn == A { 1 } else { 2 })
}

/// What an initiator sees through a target: number, wwid.
fn seen(kernel: &Kernel, iqn: &str, initiator: &str) -> Vec<(u32, String)> {
    let found = Found::read(kernel, SERIAL).unwrap();
    let group = found.targets[iqn].groups.values().next().unwrap();
    let Some(acl) = group.acls.get(initiator) else {
        return Vec::new();
    };
    acl.numbers
        .iter()
        .map(|(number, lun)| (*number, group.luns[&lun.unwrap()].clone().unwrap()))
        .collect()
}

fn has(kernel: &Kernel, line: &str) -> bool {
    kernel.dump().iter().any(|l| l == line)
}

#[test]
fn a_lun_appears_with_its_own_wwid_under_its_number_on_every_port() {
    let kernel = Kernel::new();
    lio(&kernel).apply(&[exposure(NODE, HUAWEI, 7)]).unwrap();
    let store = format!("{HBA}/sanctl-{SERIAL}-{HUAWEI}");
    assert_eq!(
        kernel.acts()[..8],
        [
            format!("back /data/{HUAWEI}.img 67108864"),
            format!("mkdir {HBA}"),
            format!("mkdir {store}"),
            format!(
                "write {store}/control \"fd_dev_name=/data/{HUAWEI}.img,fd_dev_size=67108864\""
            ),
            format!("write {store}/wwn/company_id \"0xa4c64f\""),
            format!("write {store}/wwn/vendor_id \"HUAWEI\""),
            format!("write {store}/wwn/product_id \"XSG1\""),
            format!("write {store}/wwn/vpd_unit_serial \"1001db63307a4e1700000001e\""),
        ]
    );
    assert_eq!(
        kernel.backing(&format!("/data/{HUAWEI}.img")),
        Some(64 << 20)
    );
    for (iqn, portal) in [(A, "10.0.0.1:3260"), (B, "10.0.1.1:3260")] {
        let group = group(iqn);
        assert_eq!(seen(&kernel, iqn, NODE), [(7, HUAWEI.to_owned())]);
        assert!(has(&kernel, &format!("{group}/np/{portal}/")));
        assert!(has(&kernel, &format!("{group}/enable = 1")));
        assert!(has(&kernel, &format!("{group}/attrib/authentication = 0")));
        assert!(has(
            &kernel,
            &format!("{group}/param/TargetAlias = sanctl practice array {SERIAL}")
        ));
        assert!(has(
            &kernel,
            &format!("{group}/acls/{NODE}/attrib/authentication = 0")
        ));
    }
}

#[test]
fn a_netapp_wwid_keeps_the_zero_its_serial_begins_with() {
    let kernel = Kernel::new();
    lio(&kernel).apply(&[exposure(NODE, NETAPP, 0)]).unwrap();
    let wwn = format!("{HBA}/sanctl-{SERIAL}-{NETAPP}/wwn");
    assert!(has(&kernel, &format!("{wwn}/company_id = 0x00a098")));
    let serial = "0736e2f372b4c616224783f32";
    assert!(has(
        &kernel,
        &format!("{wwn}/vpd_unit_serial = T10 VPD Unit Serial Number: {serial}")
    ));
}

#[test]
fn the_targets_are_there_before_anybody_sees_a_lun() {
    let kernel = Kernel::new();
    lio(&kernel).apply(&[]).unwrap();
    assert!(has(&kernel, &format!("{}/np/10.0.0.1:3260/", group(A))));
    let mut ports = ports();
    ports[0].up = false;
    // A port that is down answers nobody.
    let lio = Lio::on(kernel.clone(), SERIAL, &ports).unwrap();
    lio.apply(&[]).unwrap();
    assert!(!kernel.dump().iter().any(|line| line.contains(A)));
    assert!(has(&kernel, &format!("{}/enable = 1", group(B))));
}

#[test]
fn the_same_set_again_changes_nothing() {
    let kernel = Kernel::new();
    let mut second = exposure(OTHER, NETAPP, 0);
    second.chap = chap("user", "secret word");
    let set = [exposure(NODE, HUAWEI, 1), exposure(NODE, NETAPP, 2), second];
    lio(&kernel).apply(&set).unwrap();
    kernel.acts();
    lio(&kernel).apply(&set).unwrap();
    assert_eq!(kernel.acts(), [""; 0]);
}

#[test]
fn a_change_touches_only_what_changed() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    let (one, two) = (exposure(NODE, HUAWEI, 1), exposure(NODE, NETAPP, 2));
    lio.apply(std::slice::from_ref(&one)).unwrap();
    kernel.acts();
    lio.apply(&[one.clone(), two.clone()]).unwrap();
    let acts = kernel.acts();
    assert!(!acts.iter().any(|act| act.contains(HUAWEI)), "{acts:#?}");
    lio.apply(std::slice::from_ref(&two)).unwrap();
    let acts = kernel.acts();
    let touched = |act: &&String| act.contains(NETAPP) || act.contains("lun_2");
    assert_eq!(acts.iter().filter(touched).count(), 0, "{acts:#?}");
    assert_eq!(seen(&kernel, A, NODE), [(2, NETAPP.to_owned())]);
    assert!(!kernel.dump().iter().any(|line| line.contains(HUAWEI)));
}

#[test]
fn numbers_can_be_swapped_and_reused() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    lio.apply(&[exposure(NODE, HUAWEI, 1), exposure(NODE, NETAPP, 2)])
        .unwrap();
    lio.apply(&[exposure(NODE, HUAWEI, 2), exposure(NODE, NETAPP, 1)])
        .unwrap();
    let swapped = [(1, NETAPP.to_owned()), (2, HUAWEI.to_owned())];
    assert_eq!(seen(&kernel, A, NODE), swapped);
    assert_eq!(seen(&kernel, B, NODE), swapped);
    // Another LUN under a number that was in use a moment ago.
    let third = "6a4c64f1001db63307a4e1700000001f";
    lio.apply(&[exposure(NODE, third, 1)]).unwrap();
    assert_eq!(seen(&kernel, A, NODE), [(1, third.to_owned())]);
}

#[test]
fn a_lun_of_another_size_is_made_anew() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    let mut lun = exposure(NODE, HUAWEI, 1);
    lio.apply(std::slice::from_ref(&lun)).unwrap();
    lun.bytes *= 2;
    lio.apply(std::slice::from_ref(&lun)).unwrap();
    let control = format!("{HBA}/sanctl-{SERIAL}-{HUAWEI}/control");
    assert!(has(
        &kernel,
        &format!("{control} = fd_dev_name=/data/{HUAWEI}.img,fd_dev_size=134217728")
    ));
    assert_eq!(seen(&kernel, B, NODE), [(1, HUAWEI.to_owned())]);
}

#[test]
fn a_port_group_limits_the_targets() {
    let kernel = Kernel::new();
    let mut lun = exposure(NODE, HUAWEI, 1);
    let portal: SocketAddr = "10.0.1.1:3260".parse().unwrap();
    lun.portals = Some(vec![portal]);
    lio(&kernel)
        .apply(&[lun.clone(), exposure(NODE, NETAPP, 2)])
        .unwrap();
    assert_eq!(seen(&kernel, A, NODE), [(2, NETAPP.to_owned())]);
    assert_eq!(seen(&kernel, B, NODE).len(), 2);
    lun.portals = Some(Vec::new());
    lio(&kernel).apply(&[lun]).unwrap();
    assert_eq!(seen(&kernel, B, NODE), []);
}

#[test]
fn one_initiator_may_need_chap_and_another_not() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    let (mut one, two) = (exposure(NODE, HUAWEI, 1), exposure(OTHER, HUAWEI, 1));
    one.chap = chap("node", "first secret");
    lio.apply(&[one.clone(), two.clone()]).unwrap();
    let group = group(A);
    assert!(has(&kernel, &format!("{group}/attrib/authentication = 1")));
    for (name, on, user, password) in [(NODE, 1, "node", "first secret"), (OTHER, 0, "", "")] {
        let acl = format!("{group}/acls/{name}");
        assert!(has(&kernel, &format!("{acl}/attrib/authentication = {on}")));
        assert!(has(&kernel, &format!("{acl}/auth/userid = {user}")));
        assert!(has(&kernel, &format!("{acl}/auth/password = {password}")));
    }
    one.chap = chap("node", "second secret");
    lio.apply(&[one.clone(), two.clone()]).unwrap();
    assert!(has(
        &kernel,
        &format!("{group}/acls/{NODE}/auth/password = second secret")
    ));
    one.chap = None;
    lio.apply(&[one, two]).unwrap();
    assert!(has(
        &kernel,
        &format!("{group}/acls/{NODE}/auth/password = NULL")
    ));
    assert!(has(
        &kernel,
        &format!("{group}/acls/{NODE}/attrib/authentication = 0")
    ));
    assert!(has(&kernel, &format!("{group}/attrib/authentication = 0")));
}

#[test]
fn a_session_outlives_its_last_lun_but_an_idle_initiator_goes() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    lio.apply(&[exposure(NODE, HUAWEI, 1)]).unwrap();
    let acl = format!("{}/acls/{NODE}", group(A));
    kernel.log_in(&acl);
    let online: Vec<String> = lio.logged_in().unwrap().into_keys().collect();
    assert_eq!(online, [NODE]);
    lio.apply(&[]).unwrap();
    assert!(has(&kernel, &format!("{acl}/")));
    assert_eq!(seen(&kernel, A, NODE), []);
    assert!(!has(&kernel, &format!("{}/acls/{NODE}/", group(B))));
    kernel.set(&format!("{acl}/info"), "No active iSCSI Session");
    lio.apply(&[]).unwrap();
    assert!(!has(&kernel, &format!("{acl}/")));
    assert!(lio.logged_in().unwrap().is_empty());
}

#[test]
fn what_others_made_is_left_alone() {
    let kernel = Kernel::new();
    for dir in [HBA, "iscsi"] {
        kernel.mkdir(dir).unwrap();
    }
    let theirs = [
        format!("{HBA}/vol1"),
        format!("{HBA}/sanctl-OTHER-{HUAWEI}"),
        "iscsi/iqn.2003-01.org.linux-iscsi:theirs".to_owned(),
        "iscsi/iqn.2003-01.org.linux-iscsi:theirs/tpgt_1".to_owned(),
    ];
    for dir in &theirs {
        kernel.mkdir(dir).unwrap();
    }
    let before = kernel.dump();
    let lio = lio(&kernel);
    lio.apply(&[exposure(NODE, HUAWEI, 1)]).unwrap();
    lio.clean().unwrap();
    assert_eq!(kernel.dump(), before);
    // A target of the same name that somebody uses.
    for dir in ["", "/tpgt_5", "/tpgt_5/acls/iqn.x"] {
        kernel.mkdir(&format!("iscsi/{A}{dir}")).unwrap();
    }
    let before = kernel.dump();
    kernel.acts();
    let words = lio.apply(&[exposure(NODE, HUAWEI, 1)]).unwrap_err();
    assert!(words.contains(A), "{words}");
    lio.clean().unwrap();
    assert_eq!(kernel.dump(), before);
    assert!(lio.logged_in().unwrap().is_empty());
}

#[test]
fn what_a_dead_run_left_is_taken_over_or_removed() {
    let kernel = Kernel::new();
    let mut ports = ports();
    ports[0].tpgt = 9;
    ports.push(TargetPortal {
        iqn: "iqn.2006-08.com.huawei:oceanstor:2100a4c64f1db633::20101:10.0.2.1".to_owned(),
        addr: "10.0.2.1:3260".parse().unwrap(),
        tpgt: 3,
        up: true,
    });
    let dead = Lio::on(kernel.clone(), SERIAL, &ports).unwrap();
    let mut old = exposure(NODE, HUAWEI, 4);
    old.chap = chap("old", "old secret");
    let other = "6a4c64f1001db63307a4e1700000001f";
    dead.apply(&[old, exposure(OTHER, other, 1)]).unwrap();
    let fresh = Kernel::new();
    let set = [exposure(NODE, HUAWEI, 1)];
    lio(&fresh).apply(&set).unwrap();
    lio(&kernel).apply(&set).unwrap();
    let without_null: Vec<String> = kernel
        .dump()
        .into_iter()
        .map(|line| line.replace(" = NULL", " = "))
        .collect();
    assert_eq!(without_null, fresh.dump());
}

/// Each act fails once; the next call gets to where it should, from a new process as well.
#[test]
fn a_failure_anywhere_is_made_good_by_the_next_call() {
    let first = [exposure(NODE, HUAWEI, 1), exposure(OTHER, HUAWEI, 3)];
    let mut second = [exposure(NODE, HUAWEI, 2), exposure(NODE, NETAPP, 1)];
    second[0].chap = chap("user", "pass");
    second[1].chap = chap("user", "pass");
    for (before, after) in [(&[][..], &first[..]), (&first, &second), (&second, &[])] {
        let straight = Kernel::new();
        lio(&straight).apply(before).unwrap();
        straight.acts();
        lio(&straight).apply(after).unwrap();
        let acts = straight.acts().len();
        assert!(acts > 5);
        for at in 0..acts {
            let kernel = Kernel::new();
            lio(&kernel).apply(before).unwrap();
            kernel.fail_at(Some(at));
            let failed = lio(&kernel).apply(after);
            kernel.fail_at(None);
            // The only act whose failure does not matter removes the HBA.
            assert!(failed.is_err() || after.is_empty(), "act {at}");
            lio(&kernel).apply(after).unwrap();
            assert_eq!(kernel.dump(), straight.dump(), "act {at}");
        }
        for at in 0..acts {
            let kernel = Kernel::new();
            let empty = kernel.dump();
            kernel.fail_at(Some(at));
            let _ = lio(&kernel).apply(before);
            let _ = lio(&kernel).apply(after);
            kernel.fail_at(None);
            lio(&kernel).clean().unwrap();
            let mut left = kernel.dump();
            // The fabric itself stays: others may use it.
            left.retain(|line| !line.starts_with("iscsi/lio_version") && line != "iscsi/");
            assert_eq!(left, empty, "act {at}");
        }
    }
}

#[test]
fn what_lio_cannot_show_is_said_before_anything_is_touched() {
    let kernel = Kernel::new();
    let lio = lio(&kernel);
    let base = exposure(NODE, HUAWEI, 1);
    let with = |change: &dyn Fn(&mut Exposure)| {
        let mut changed = base.clone();
        change(&mut changed);
        changed
    };
    let cases: [(&str, Exposure); 12] = [
        (
            "not a wwid",
            with(&|e| e.wwid = "5a4c64f1001db63307a4e1700000001e".into()),
        ),
        ("not a wwid", with(&|e| e.wwid = HUAWEI.to_uppercase())),
        ("not a wwid", with(&|e| e.wwid.truncate(31))),
        ("no file", with(&|e| e.backing = None)),
        (
            "cannot use the file",
            with(&|e| e.backing = Some("/data/a,fd_dev_size=1".into())),
        ),
        (
            "cannot use the file",
            with(&|e| e.backing = Some("data.img".into())),
        ),
        (
            "cannot use the file",
            with(&|e| e.backing = Some("/x".repeat(128).into())),
        ),
        ("sectors", with(&|e| e.bytes = 513)),
        ("iSCSI name", with(&|e| e.initiator = "../../core".into())),
        (
            "begin with NULL",
            with(&|e| e.chap = chap("NULL", "secret word")),
        ),
        ("1 to 255", with(&|e| e.chap = chap("user", ""))),
        ("under the number 1", with(&|e| e.wwid = NETAPP.into())),
    ];
    for (words, bad) in cases {
        let got = lio.apply(&[base.clone(), bad]).unwrap_err();
        assert!(got.contains(words), "{got}");
        assert!(!got.contains("secret word"), "{got}");
    }
    let other_size = with(&|e| {
        e.number = 2;
        e.bytes *= 2;
        e.backing = Some("/data/other.img".into());
    });
    let got = lio.apply(&[base.clone(), other_size]).unwrap_err();
    assert!(got.contains("the wwid of two LUNs"), "{got}");
    assert_eq!(kernel.acts(), [""; 0]);
    for serial in ["", "a/b", "../x", "a b"] {
        assert!(
            Lio::on(kernel.clone(), serial, &ports()).is_err(),
            "{serial}"
        );
    }
}

/// As ONTAP has it: one name, a group for each address, and LUNs behind some of them.
#[test]
fn one_target_may_have_several_groups() {
    let kernel = Kernel::new();
    let mut ports = ports();
    ports[1].iqn = A.to_owned();
    let lio = Lio::on(kernel.clone(), SERIAL, &ports).unwrap();
    let mut second_only = exposure(NODE, NETAPP, 1);
    second_only.portals = Some(vec![ports[1].addr]);
    lio.apply(&[exposure(NODE, HUAWEI, 0), second_only])
        .unwrap();
    let dump = kernel.dump();
    let has = |path: &str| dump.iter().any(|line| line.starts_with(path));
    assert!(has(&format!("iscsi/{A}/tpgt_1/np/{}", ports[0].addr)));
    assert!(has(&format!("iscsi/{A}/tpgt_2/np/{}", ports[1].addr)));
    assert!(has(&format!("iscsi/{A}/tpgt_1/acls/{NODE}/lun_0")));
    assert!(has(&format!("iscsi/{A}/tpgt_2/acls/{NODE}/lun_1")));
    assert!(!has(&format!("iscsi/{A}/tpgt_1/acls/{NODE}/lun_1")));
    assert!(
        dump.iter()
            .any(|line| line.contains("product_id") && line.contains("LUN C-Mode"))
    );
    lio.clean().unwrap();
    assert!(!kernel.dump().iter().any(|line| line.contains(A)));
}

#[test]
fn the_array_learns_who_is_logged_in() {
    let kernel = Kernel::new();
    let mut seed = Seed::v3();
    seed.portals = vec!["10.0.0.1:3260".parse().unwrap()];
    let array = Arc::new(Practice::in_memory(&seed));
    array.set_backing_dir(Path::new("/data"));
    let host = array.add_host("node");
    array.add_initiator(NODE, Some(host));
    array.set_logged_in(NODE, true);
    let hosts = array.add_hostgroup("hosts", &[host]);
    let lun = array.add_lun("vol", 64 << 20);
    let luns = array.add_lungroup("luns", &[lun]);
    array.add_view("view", Some(hosts), Some(luns));
    let lio = Lio::on(kernel.clone(), &array.serial(), &array.portals()).unwrap();
    assert!(online(&*array));
    let mirrored = Mirrored::new(Arc::clone(&array) as _, lio).unwrap();
    assert!(!online(&*array), "remembered from an earlier life");
    let iqn = &array.portals()[0].iqn;
    assert_eq!(seen(&kernel, iqn, NODE), [(1, array.lun_wwn(lun))]);
    let acl = format!("iscsi/{iqn}/tpgt_1/acls/{NODE}");
    kernel.log_in(&acl);
    assert!(online(&mirrored));
    kernel.set(&format!("{acl}/info"), "No active iSCSI Session");
    assert!(!online(&mirrored));
}

/// What a client of the array reads about the one initiator.
fn online(array: &dyn Device) -> bool {
    let request = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| Request {
        method: method.to_owned(),
        path: format!("/deviceManager/rest/{path}"),
        query: String::new(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    };
    let account = format!(
        r#"{{"username": "{}", "password": "{}", "scope": "0"}}"#,
        Seed::USER,
        Seed::PASSWORD
    );
    let login = array.handle(&request("POST", "xxxxx/sessions", &[], &account));
    let session: serde_json::Value = serde_json::from_slice(&login.body).unwrap();
    let (_, cookie) = login.headers.iter().find(|h| h.0 == "set-cookie").unwrap();
    let text = |field: &str| session["data"][field].as_str().unwrap().to_owned();
    let token = text("iBaseToken");
    let headers = [
        ("ibasetoken", token.as_str()),
        ("cookie", cookie.split(';').next().unwrap()),
    ];
    let path = format!("{}/iscsi_initiator/{NODE}", text("deviceid"));
    let reply = array.handle(&request("GET", &path, &headers, ""));
    let reply: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    match reply["data"]["RUNNINGSTATUS"].as_str() {
        Some("27") => true,
        Some("28") => false,
        other => panic!("{other:?} in {reply}"),
    }
}

/// The file operations themselves; what the kernel adds to them only a kernel shows.
#[test]
fn the_real_tree_works_below_its_root_only() {
    let dir = tempfile::tempdir().unwrap();
    let words = Configfs::open(dir.path()).err().unwrap();
    assert!(words.contains("modprobe"), "{words}");
    std::fs::create_dir(dir.path().join("core")).unwrap();
    let tree = Configfs::open(dir.path()).unwrap();
    assert_eq!(tree.list("iscsi").unwrap(), [""; 0]);
    tree.mkdir("iscsi").unwrap();
    tree.mkdir("core/b").unwrap();
    tree.mkdir("core/a").unwrap();
    assert_eq!(tree.list("core").unwrap(), ["a", "b"]);
    tree.symlink("core/a", "iscsi/x").unwrap();
    assert_eq!(tree.link("iscsi/x").unwrap(), "a");
    assert_eq!(
        std::fs::read_link(dir.path().join("iscsi/x")).unwrap(),
        dir.path().join("core/a")
    );
    assert!(tree.link("core/a").is_err());
    tree.unlink("iscsi/x").unwrap();
    tree.rmdir("core/a").unwrap();
    // An attribute that is not there is never made.
    let missing = tree.write("core/b/enable", "1").unwrap_err();
    assert_eq!(missing.kind(), std::io::ErrorKind::NotFound);
    std::fs::write(dir.path().join("core/b/enable"), "0\n").unwrap();
    tree.write("core/b/enable", "1").unwrap();
    assert_eq!(
        std::fs::read(dir.path().join("core/b/enable")).unwrap(),
        b"1\n"
    );
    let file = dir.path().join("new/lun.img");
    tree.back(&file, 4096).unwrap();
    tree.back(&file, 512).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 4096);
}
