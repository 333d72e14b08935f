//! The setting as drivers and administrators meet it.

use std::time::Duration;

use super::*;
use crate::kit::consent::{Ground, grant};
use crate::kit::stop::Stop;
use crate::system::{Cmd, Flavour};

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn code<A: Practised>(practice: &Setting<A>, line: &str) -> i32 {
    let cmd = Cmd::new("iscsiadm", line.split(' '));
    let output = practice
        .machine()
        .exec_change(&cmd, &bounds(), &grant(Ground::ByClass));
    output.unwrap().code
}

fn run<A: Practised>(practice: &Setting<A>, line: &str) {
    assert_eq!(code(practice, line), 0, "{line}");
}

/// Maps the array's `vol-1` to the practice node, as another administrator would.
fn map(practice: &Practice) -> (Wwid, u32) {
    let array = practice.array();
    let host = array.add_host("practice-node");
    array.add_initiator("iqn.1994-05.com.redhat:practice-node", Some(host));
    let hosts = array.add_hostgroup("hosts", &[host]);
    let luns = array.add_lungroup("luns", &[0]);
    array.add_view("view", Some(hosts), Some(luns));
    array.save().unwrap();
    (
        array.lun_wwn(0).parse().unwrap(),
        array.lun_number(host, 0).unwrap(),
    )
}

#[test]
fn what_the_array_maps_the_node_sees_as_a_file_of_the_state_directory() {
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::open(dir.path(), &bounds()).unwrap();
    let (wwid, number) = map(&practice);
    run(&practice, "-m discovery -t st -p 172.24.3.150 -o new");
    run(&practice, "-m node --login");
    let machine = practice.machine();
    assert_eq!(machine.flavour(), Flavour::Practice);
    let device = format!("/sys/class/scsi_device/0:0:0:{number}/device");
    assert_eq!(
        machine.text(&format!("{device}/wwid")).unwrap(),
        Some(wwid.sysfs())
    );
    let file = PathBuf::from(machine.resolve("/dev/sda").unwrap());
    assert_eq!(Some(&file), practice.device_file(&wwid).as_ref());
    assert!(file.starts_with(dir.path()), "{}", file.display());
    let found = std::fs::metadata(&file).unwrap();
    assert!(found.is_file());
    assert_eq!(found.len(), 1 << 30);
    assert_eq!(
        machine.stat(&file.to_string_lossy()).unwrap().kind,
        crate::system::FileKind::File
    );
    // Another host's LUN is not seen.
    assert_eq!(machine.list("/sys/class/scsi_device").unwrap().len(), 2);
}

/// The LIFs of one target: those of reporting nodes show the LUN, the others let the node in and
/// show nothing.
#[test]
fn each_lif_of_an_ontap_shows_what_its_node_reports() {
    const NODE: &str = "iqn.1994-05.com.redhat:practice-node";
    const PATH: &str = "/vol/cinder_b/vol-4";
    let dir = tempfile::tempdir().unwrap();
    let practice = OntapPractice::open(dir.path(), &bounds()).unwrap();
    let array = practice.array();
    array.add_igroup("node", "iscsi", &[NODE]);
    array.map(PATH, "node", Some(7)).unwrap();
    array.set_reporting(PATH, "node", &["ams-01b"]);
    run(&practice, "-m discovery -t st -p 192.0.2.41 -o new");
    run(&practice, "-m node --login");
    let machine = practice.machine();
    let disks = machine.list("/sys/class/scsi_device").unwrap();
    assert_eq!(disks.len(), 2, "{disks:?}");
    let disk = format!("/sys/class/scsi_device/{}/device", disks[0]);
    let text = |name: &str| machine.text(&format!("{disk}/{name}")).unwrap().unwrap();
    assert_eq!(text("wwid"), "naa.600a0980736e2f372b4c616224783f32");
    assert_eq!(
        (text("vendor").trim(), text("model").trim()),
        ("NETAPP", "LUN C-Mode")
    );
    assert!(dir.path().join("practice/ontap/luns").is_dir());
    run(&practice, "-m node -u");
    array.set_chap(NODE, "node", "first secret");
    assert_eq!(code(&practice, "-m node -p 192.0.2.41:3260 --login"), 24);
    array.deny(NODE);
    assert_eq!(code(&practice, "-m node -p 192.0.2.41:3260 --login"), 24);
    drop(practice);
    reset(dir.path(), &bounds()).unwrap();
    let practice = OntapPractice::open(dir.path(), &bounds()).unwrap();
    assert!(practice.array().maps_of(PATH).is_empty());
}

#[test]
fn everything_is_there_again_for_the_next_command() {
    let dir = tempfile::tempdir().unwrap();
    let (serial, wwid) = {
        let practice = Practice::open(dir.path(), &bounds()).unwrap();
        let (wwid, _) = map(&practice);
        run(&practice, "-m discovery -t st -p 172.24.3.150 -o new");
        run(&practice, "-m node --login");
        (practice.array().serial(), wwid)
    };
    let practice = Practice::open(dir.path(), &bounds()).unwrap();
    assert_eq!(practice.array().serial(), serial);
    assert!(practice.device_file(&wwid).is_some());
    let online = |practice: &Practice| {
        let node = "iqn.1994-05.com.redhat:practice-node";
        practice.array().is_online(node)
    };
    assert!(online(&practice));
    run(&practice, "-m session -r 1 -u");
    assert!(online(&practice), "one session is left");
    run(&practice, "-m session -r 2 -u");
    assert!(!online(&practice));
}

#[test]
fn two_processes_take_turns() {
    let dir = tempfile::tempdir().unwrap();
    let first = Practice::open(dir.path(), &bounds()).unwrap();
    let late = Bounds::new(Duration::ZERO, "test", Stop::new());
    let busy = Practice::open(dir.path(), &late).unwrap_err();
    assert_eq!(busy.kind(), Kind::Unreachable);
    drop(first);
    Practice::open(dir.path(), &late).unwrap();
}

#[test]
fn a_broken_state_file_is_named() {
    let dir = tempfile::tempdir().unwrap();
    drop(Practice::open(dir.path(), &bounds()).unwrap());
    for broken in ["array.json", "machine.json"] {
        let path = dir.path().join("practice").join(broken);
        truncate(&path);
        let error = Practice::open(dir.path(), &bounds()).unwrap_err();
        assert!(error.to_string().contains(broken), "{error}");
        remove(&path);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test breaks its own file")]
fn truncate(path: &Path) {
    std::fs::write(path, "").unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a test removes its own file")]
fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

#[test]
fn the_array_answers_on_loopback() {
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::open(dir.path(), &bounds()).unwrap();
    let server = practice.array_server().unwrap();
    assert!(server.addr().ip().is_loopback());
}
