//! The practice machine against what a real one was seen to do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fabric::MemoryFabric;
use super::log::killed;
use super::*;
use crate::kit::consent::{Ground, grant};
use crate::kit::stop::Stop;
use crate::model::ids::Wwid;

const IQN: &str = "iqn.2020-01.com.example:lab.target";
const HOST: &str = "iqn.2020-01.com.example:lab.host";

fn portal(text: &str) -> Portal {
    text.parse().unwrap()
}

fn wwid(nth: u32) -> Wwid {
    format!("6001405aaaa{nth:04x}00004000800000000")
        .parse()
        .unwrap()
}

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn seed() -> Seed {
    Seed {
        hostname: "lab".into(),
        initiator: HOST.into(),
    }
}

/// The machine of the captures: two portals, LUN 1 of 64 MiB and LUN 2 of 32 MiB.
fn lab() -> (Arc<MemoryFabric>, PracticeMachine) {
    let fabric = MemoryFabric::with_target(IQN, &[portal("10.0.0.1"), portal("10.0.1.1")]);
    fabric.map_new(1, &wwid(1), 64 << 20);
    fabric.map_new(2, &wwid(2), 32 << 20);
    let fabric = Arc::new(fabric);
    let machine = PracticeMachine::in_memory(fabric.clone(), &seed());
    (fabric, machine)
}

fn run(machine: &PracticeMachine, line: &str) -> Output {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("iscsiadm"));
    let cmd = Cmd::new("iscsiadm", words);
    machine
        .exec_change(&cmd, &bounds(), &grant(Ground::ByClass))
        .unwrap()
}

fn write(machine: &PracticeMachine, path: &str, value: &str) -> Result<(), Error> {
    machine.write_attr(path, value, &bounds(), &grant(Ground::ByClass))
}

fn node(portal: &str, rest: &str) -> String {
    format!("iscsiadm -m node -T {IQN} -p {portal} {rest}")
}

/// A machine with records of both portals and `scan`, logged in at both.
fn attached(scan: &str) -> (Arc<MemoryFabric>, PracticeMachine) {
    let (fabric, machine) = lab();
    for portal in ["10.0.0.1:3260", "10.0.1.1:3260"] {
        for rest in [
            "-o new",
            &format!("-o update -n node.session.scan -v {scan}"),
            "--login",
        ] {
            let portal = if rest == "-o new" {
                format!("{portal},1")
            } else {
                portal.into()
            };
            let output = run(&machine, &node(&portal, rest));
            assert_eq!(output.code, 0, "{rest}: {}", output.stderr);
        }
    }
    (fabric, machine)
}

/// The commands of the capture with exit code and sorted lines of output. The two streams were
/// captured one after the other, so only their lines can be compared.
fn captured() -> Vec<(String, i32, Vec<String>)> {
    let text = include_str!("../../../tests/fixtures/open-iscsi/commands.txt");
    let mut found = Vec::new();
    let mut command: Option<String> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            command = title
                .split_once("] ")
                .map(|(_, command)| command.to_owned());
            lines.clear();
        } else if let Some(code) = line.strip_prefix("-> rc=") {
            lines.sort();
            let code = code.parse().unwrap();
            found.extend(
                command
                    .take()
                    .map(|c| (c, code, std::mem::take(&mut lines))),
            );
        } else if !line.starts_with("sh: 1: ") {
            lines.push(line.to_owned());
        }
    }
    found
}

#[test]
fn it_answers_the_captured_commands_word_for_word() {
    let (fabric, machine) = lab();
    let mut compared = 0;
    for (command, code, lines) in captured() {
        // What happened to the lab between its commands, seen by what they answered.
        match command.as_str() {
            "iscsiadm -m session --rescan" => fabric.map_new(7, &wwid(3), 16 << 20),
            c if c.contains("discoverydb") || c.contains("-P 3") || c.contains("-P 1") => continue,
            c if !c.starts_with("iscsiadm") => continue,
            _ => {}
        }
        // CHAP, cut links and a missing daemon are played by the codes they lead to.
        let fault = (code != 0 && command.ends_with("--login")).then_some(code);
        if let Some(code @ (8 | 24)) = fault {
            if !command.contains("nosuch") {
                machine
                    .set_login_code(portal("10.0.0.1"), Some(code))
                    .unwrap();
            }
        } else {
            machine.set_login_code(portal("10.0.0.1"), None).unwrap();
        }
        let daemon = if fault == Some(20) {
            Daemon::Stopped
        } else {
            Daemon::Running
        };
        machine.set_iscsid(daemon).unwrap();

        let output = run(&machine, &command);
        let said = output.stdout + &output.stderr;
        let mut said: Vec<&str> = said.lines().collect();
        said.sort_unstable();
        assert_eq!(output.code, code, "{command}\n{said:#?}");
        assert_eq!(said, lines, "{command}");
        compared += 1;
    }
    assert!(compared >= 38, "{compared}");
}

/// Values that count or differ by the target's kind of backing.
const VOLATILE: &[&str] = &[
    "creator",
    "exp_statsn",
    "local_port",
    "iodone_cnt",
    "ioerr_cnt",
    "iorequest_cnt",
    "model",
];

#[test]
fn its_sysfs_is_the_captured_one() {
    let (_, machine) = attached("manual");
    // The lab's LUNs came in this order, and multipathd had shortened the timeout.
    for (host, sid) in [(0, 1), (1, 2)] {
        for lun in [2, 1] {
            write(
                &machine,
                &format!("/sys/class/scsi_host/host{host}/scan"),
                &format!("0 0 {lun}"),
            )
            .unwrap();
        }
        write(
            &machine,
            &format!("/sys/class/iscsi_session/session{sid}/recovery_tmo"),
            "5",
        )
        .unwrap();
    }
    machine
        .set_product(Product {
            vendor: "LIO-ORG".into(),
            model: "IBLOCK".into(),
            rev: "4.0".into(),
        })
        .unwrap();
    let text = include_str!("../../../tests/fixtures/open-iscsi/sysfs-iscsi.txt");
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for line in text.lines() {
        if let Some((link, target)) = line.split_once(" -> ") {
            if !link.contains("/loop") && !link.contains("/dm-") {
                assert_eq!(machine.resolve(link).unwrap(), target, "{link}");
            }
            continue;
        }
        // Directories have colons in their names, file names have none and values no slash.
        let name = line.rfind('/').unwrap();
        let (path, value) = line.split_at(name + line[name..].find(':').unwrap());
        let text = files.entry(path).or_default();
        text.push_str(&value[1..]);
        text.push('\n');
    }
    let mut compared = 0;
    for (path, value) in &files {
        let found = machine.read(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        if !VOLATILE.contains(&path.rsplit('/').next().unwrap()) {
            assert_eq!(&String::from_utf8(found).unwrap(), value, "{path}");
            compared += 1;
        }
    }
    assert!(compared > 170, "{compared}");
}

#[test]
fn exit_codes_of_login() {
    let refused = portal("10.0.9.1");
    for (what, code) in [
        ("refused", 4),
        ("silent", 8),
        ("wrong target", 8),
        ("auth", 24),
        ("daemon", 20),
        ("no name", 20),
        ("present", 15),
        ("no record", 21),
    ] {
        let (fabric, machine) = lab();
        let mut at = "10.0.0.1:3260".to_owned();
        if what != "no record" {
            run(&machine, &node(&at, "-o new"));
        }
        match what {
            "refused" => fabric.set_answer(portal(&at), Answer::Refused),
            "silent" => fabric.set_answer(portal(&at), Answer::Silent),
            "wrong target" => {
                fabric.remove_target(IQN);
                fabric.add_portal(FabricPortal {
                    portal: portal(&at),
                    iqn: "iqn.2020-01.com.example:other".into(),
                    tpgt: 1,
                    state: Answer::Up,
                });
            }
            "auth" => machine.set_login_code(portal(&at), Some(24)).unwrap(),
            "daemon" => machine.set_iscsid(Daemon::Stopped).unwrap(),
            "no name" => machine.set_initiators(None).unwrap(),
            "present" => assert_eq!(run(&machine, &node(&at, "-l")).code, 0),
            _ => at = refused.to_string(),
        }
        let output = run(&machine, &node(&at, "--login"));
        assert_eq!(output.code, code, "{what}: {}", output.stderr);
        let sessions = usize::from(what == "present");
        assert_eq!(
            machine.list("/sys/class/iscsi_session").unwrap().len(),
            sessions,
            "{what}"
        );
        assert_eq!(fabric.logins().len(), sessions, "{what}");
    }
}

#[test]
fn exit_codes_of_the_rest() {
    let (fabric, machine) = attached("manual");
    machine
        .set_logout_code(portal("10.0.1.1"), Some(9))
        .unwrap();
    fabric.set_answer(portal("10.0.1.1"), Answer::Silent);
    for (line, code) in [
        ("iscsiadm -V", 0),
        ("iscsiadm -m session -r 99 -u", 22),
        ("iscsiadm -m session -r x", 7),
        ("iscsiadm -m session -o new", 7),
        ("iscsiadm -m node -T iqn.a -p 10.0.0.1 -u", 21),
        ("iscsiadm -m node -T iqn.a -p 10.0.0.1 -o delete", 21),
        (
            "iscsiadm -m node -T iqn.a -p 10.0.0.1 -o update -n node.startup -v manual",
            21,
        ),
        ("iscsiadm -m node -T iqn.a -p array.example -o new", 7),
        ("iscsiadm -m node -T iqn.a -o new", 7),
        ("iscsiadm -m node -o frobnicate", 7),
        (
            "iscsiadm -m node -o update -n node.session.scam -v manual",
            7,
        ),
        ("iscsiadm -m node -o update -n node.session.scan", 7),
        ("iscsiadm -m node -p 10.0.1.1 --logout", 9),
        ("iscsiadm -m node -p 10.0.0.1 -o delete", 15),
        (
            "iscsiadm -m discovery -t sendtargets -p 10.0.1.1 -o nonpersistent",
            11,
        ),
        ("iscsiadm -m discovery -t isns -p 10.0.0.1", 7),
        ("iscsiadm -m iface -I eth9", 6),
        ("iscsiadm -m fw", 7),
        ("iscsiadm --frobnicate", 7),
    ] {
        let output = run(&machine, line);
        assert_eq!(
            output.code, code,
            "{line}: {}{}",
            output.stdout, output.stderr
        );
        assert_eq!(output.stderr.is_empty(), code == 0, "{line}");
    }
    machine.set_initiators(None).unwrap();
    assert_ne!(
        run(
            &machine,
            "iscsiadm -m discovery -t st -p 10.0.0.1 -o nonpersistent"
        )
        .code,
        0
    );
}

#[test]
fn a_new_record_resets_the_old_one_silently_and_both_layouts_live_together() {
    let (_, machine) = lab();
    run(&machine, &node("10.0.0.1,1", "-o new"));
    run(
        &machine,
        &node("10.0.0.1", "-o update -n node.session.scan -v manual"),
    );
    let file = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260,1/default");
    assert!(
        machine
            .text(&file)
            .unwrap()
            .unwrap()
            .contains("node.session.scan = manual")
    );
    assert_eq!(run(&machine, &node("10.0.0.1,1", "-o new")).code, 0);
    assert!(
        machine
            .text(&file)
            .unwrap()
            .unwrap()
            .contains("node.session.scan = auto")
    );
    run(&machine, &node("10.0.0.1", "-o new"));
    let plain = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260");
    assert_eq!(machine.stat(&plain).unwrap().kind, FileKind::File);
    assert_eq!(
        run(&machine, "iscsiadm -m node").stdout,
        format!("10.0.0.1:3260,4294967295 {IQN}\n10.0.0.1:3260,1 {IQN}\n")
    );
}

#[test]
fn a_discovery_that_only_lists_leaves_the_records_alone() {
    let (_, machine) = lab();
    let cmd = "-m discovery -t sendtargets -p 10.0.0.1:3260 -I default -o nonpersistent";
    let cmd = Cmd::new("iscsiadm", cmd.split(' '));
    let output = machine.exec_read(&cmd, &bounds()).unwrap();
    assert_eq!(
        output.stdout,
        format!("10.0.0.1:3260,1 {IQN}\n10.0.1.1:3260,1 {IQN}\n")
    );
    assert_eq!(
        machine.list("/etc/iscsi/nodes").unwrap(),
        Vec::<String>::new()
    );
    run(
        &machine,
        "iscsiadm -m discoverydb -t st -p 10.0.0.1 -o new --discover",
    );
    run(
        &machine,
        "iscsiadm -m node -o update -n node.startup -v automatic",
    );
    run(
        &machine,
        "iscsiadm -m discoverydb -t st -p 10.0.0.1 -o new -D",
    );
    assert!(
        run(&machine, "iscsiadm -m node -o show")
            .stdout
            .contains("startup = automatic")
    );
    // Without -o the records are made anew: startup, CHAP and scan mode are lost.
    run(&machine, "iscsiadm -m discovery -t st -p 10.0.0.1");
    let shown = run(&machine, "iscsiadm -m node -o show").stdout;
    assert!(!shown.contains("node.startup = automatic"), "{shown}");
}

#[test]
fn a_scan_adds_what_the_target_lists_and_nothing_else() {
    let (_, machine) = attached("manual");
    let disks = || machine.list("/sys/class/scsi_device").unwrap();
    assert_eq!(disks(), Vec::<String>::new());
    assert!(
        machine
            .names("/sys/devices/platform/host0/session1/target0:0:0")
            .unwrap()
            .is_empty()
    );
    let scan = "/sys/class/scsi_host/host0/scan";
    // Success proves nothing: these are all quiet.
    for quiet in ["0 0 9", "1 0 1", "0 5 1", "- - 99999"] {
        write(&machine, scan, quiet).unwrap();
        assert_eq!(disks(), Vec::<String>::new(), "{quiet}");
    }
    for bad in ["", "0 0", "all", "0 0 1 1"] {
        let error = write(&machine, scan, bad).unwrap_err();
        let Error::Io { source, .. } = error else {
            panic!("{error}")
        };
        assert_eq!(
            source.raw_os_error(),
            Some(Errno::INVAL.raw_os_error()),
            "{bad}"
        );
    }
    write(&machine, scan, "- - 2").unwrap();
    assert_eq!(disks(), ["0:0:0:2"]);
    write(&machine, scan, "- - -").unwrap();
    assert_eq!(disks(), ["0:0:0:1", "0:0:0:2"]);
    assert_eq!(
        machine
            .list("/sys/class/scsi_device/0:0:0:2/device/block")
            .unwrap(),
        ["sda"]
    );
    assert!(matches!(
        write(&machine, "/sys/class/scsi_device/0:0:0:2/device/wwid", "x"),
        Err(Error::Denied { .. })
    ));
    assert!(
        write(&machine, "/sys/class/scsi_host/host9/scan", "- - -")
            .unwrap_err()
            .is_not_found()
    );
}

#[test]
fn a_reused_number_shows_the_old_identity_until_a_rescan() {
    let (fabric, machine) = attached("auto");
    let device = "/sys/class/scsi_device/0:0:0:1/device";
    let seen = |file: &str| machine.text(&format!("{device}/{file}")).unwrap().unwrap();
    let old = machine.resolve("/dev/sda").unwrap();
    fabric.map_new(1, &wwid(9), 8 << 20);
    write(&machine, "/sys/class/scsi_host/host0/scan", "0 0 1").unwrap();
    assert_eq!(seen("wwid"), wwid(1).sysfs());
    // The data is the new volume's all the same: that is the danger.
    assert_ne!(machine.resolve("/dev/sda").unwrap(), old);
    write(&machine, &format!("{device}/rescan"), "1").unwrap();
    assert_eq!(seen("wwid"), wwid(9).sysfs());
    assert_eq!(seen("block/sda/size"), "16384");
    let page = machine.read(&format!("{device}/vpd_pg83")).unwrap();
    assert_eq!(page[..8], [0, 0x83, 0, 20, 1, 3, 0, 16]);
    assert_eq!(page[8..10], [0x60, 0x01]);
    // A LUN that is gone keeps its identity and loses its size.
    fabric.unmap(1);
    run(&machine, "iscsiadm -m session --rescan");
    assert_eq!(seen("wwid"), wwid(9).sysfs());
    assert_eq!(seen("block/sda/size"), "0");
    assert_eq!(seen("state"), "running");
}

#[test]
fn delete_asks_nobody_and_a_held_letter_is_not_given_again() {
    let (_, machine) = attached("auto");
    machine
        .hold(
            "sda",
            Hold::Mount {
                at: "/mnt/my data".into(),
            },
        )
        .unwrap();
    machine
        .hold(
            "sda",
            Hold::Open {
                pid: 4242,
                comm: "qemu-system-x86".into(),
            },
        )
        .unwrap();
    machine
        .hold(
            "sda",
            Hold::Map {
                minor: 0,
                name: "map".into(),
                uuid: "mpath-3600".into(),
            },
        )
        .unwrap();
    machine.hold("sdb", Hold::Swap).unwrap();
    let mounts = || machine.text("/proc/self/mountinfo").unwrap().unwrap();
    assert!(
        mounts().contains("8:0 / /mnt/my\\040data rw"),
        "{}",
        mounts()
    );
    assert!(
        machine
            .text("/proc/swaps")
            .unwrap()
            .unwrap()
            .contains("/dev/sdb")
    );
    assert_eq!(machine.list("/sys/block/sda/holders").unwrap(), ["dm-0"]);
    assert_eq!(
        machine.resolve("/sys/block/sda/holders/dm-0").unwrap(),
        "/sys/devices/virtual/block/dm-0"
    );
    assert_eq!(
        machine.resolve("/sys/block/dm-0/slaves/sda").unwrap(),
        machine.resolve("/sys/block/sda").unwrap()
    );
    assert_eq!(machine.link("/proc/4242/fd/4").unwrap(), "/dev/sda");
    assert_eq!(machine.stat("/proc/4242/fd/4").unwrap().device, (8, 0));

    write(&machine, "/sys/block/sda/device/delete", "1").unwrap();
    assert!(machine.stat("/dev/sda").unwrap_err().is_not_found());
    assert!(mounts().contains("8:0"));
    assert_eq!(
        machine.link("/proc/4242/fd/4").unwrap(),
        "/dev/sda (deleted)"
    );
    assert_eq!(machine.stat("/proc/4242/fd/4").unwrap().device, (8, 0));
    write(&machine, "/sys/class/scsi_host/host0/scan", "0 0 1").unwrap();
    assert_eq!(
        machine
            .list("/sys/class/scsi_device/0:0:0:1/device/block")
            .unwrap(),
        ["sde"]
    );
    machine.release("/dev/sda").unwrap();
    write(&machine, "/sys/block/sde/device/delete", "1").unwrap();
    write(&machine, "/sys/class/scsi_host/host0/scan", "0 0 1").unwrap();
    assert_eq!(
        machine
            .list("/sys/class/scsi_device/0:0:0:1/device/block")
            .unwrap(),
        ["sda"]
    );
}

#[test]
fn a_container_mount_shows_in_its_own_namespace_only() {
    let (_, machine) = attached("auto");
    let by = Hold::ContainerMount {
        at: "/data".into(),
        pid: 77,
        comm: "postgres".into(),
    };
    machine.hold("sda", by).unwrap();
    assert!(
        !machine
            .text("/proc/self/mountinfo")
            .unwrap()
            .unwrap()
            .contains("8:0")
    );
    assert!(
        machine
            .text("/proc/77/mountinfo")
            .unwrap()
            .unwrap()
            .contains("8:0 / /data")
    );
    assert_ne!(
        machine.link("/proc/77/ns/mnt").unwrap(),
        machine.link("/proc/1/ns/mnt").unwrap()
    );
}

#[test]
fn a_lost_portal_shows_in_two_stages_and_heals() {
    let (fabric, machine) = attached("auto");
    let lost = portal("10.0.0.1");
    let seen = || {
        let text = |path: &str| machine.text(path).unwrap().unwrap();
        (
            text("/sys/class/iscsi_session/session1/state"),
            text("/sys/block/sda/device/state"),
            text("/sys/block/sdc/device/state"),
        )
    };
    let want =
        |session: &str, disk: &str| (session.to_owned(), disk.to_owned(), "running".to_owned());
    machine.set_outage(lost, Some(Outage::Recent)).unwrap();
    assert_eq!(seen(), want("FAILED", "blocked"));
    machine.set_outage(lost, Some(Outage::Settled)).unwrap();
    assert_eq!(seen(), want("FREE", "transport-offline"));
    assert_eq!(
        machine.probe(lost, Duration::from_secs(1)),
        Err(Dead::Silent(Duration::from_secs(1)))
    );
    machine.set_outage(lost, None).unwrap();
    assert_eq!(seen(), want("LOGGED_IN", "running"));
    // The same when the target's side goes, without the machine being told.
    fabric.set_answer(lost, Answer::Refused);
    assert_eq!(seen(), want("FREE", "transport-offline"));
    assert_eq!(
        machine.probe(lost, Duration::from_secs(1)),
        Err(Dead::Refused)
    );
    // A scan through a dead session succeeds and finds nothing.
    fabric.map_new(7, &wwid(7), 1 << 20);
    write(&machine, "/sys/class/scsi_host/host0/scan", "- - 7").unwrap();
    assert!(machine.stat("/sys/class/scsi_device/0:0:0:7").is_err());
    // Logout works all the same and takes the disks along.
    assert_eq!(run(&machine, "iscsiadm -m session -r 1 -u").code, 0);
    assert!(machine.stat("/dev/sda").unwrap_err().is_not_found());
}

#[test]
fn a_disk_set_offline_stays_so_until_it_is_set_running() {
    let (_, machine) = attached("auto");
    let state = "/sys/block/sda/device/state";
    write(&machine, state, "offline").unwrap();
    assert_eq!(machine.text(state).unwrap().unwrap(), "offline");
    assert!(write(&machine, state, "transport-offline").is_err());
    write(&machine, state, "running").unwrap();
    assert_eq!(machine.text(state).unwrap().unwrap(), "running");
}

#[test]
fn state_survives_between_commands_and_a_reboot_clears_what_it_must() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("machine.json");
    let (fabric, _) = lab();
    let open = || PracticeMachine::open(fabric.clone(), file.clone(), &seed()).unwrap();
    run(&open(), &node("10.0.0.1,1", "-o new"));
    run(&open(), &node("10.0.1.1,1", "-o new"));
    run(
        &open(),
        &node("10.0.1.1", "-o update -n node.startup -v automatic"),
    );
    run(&open(), "iscsiadm -m node --login");
    assert_eq!(open().list("/sys/class/scsi_device").unwrap().len(), 4);
    open().hold("sda", Hold::Swap).unwrap();
    let boot = |m: &PracticeMachine| m.text("/proc/sys/kernel/random/boot_id").unwrap().unwrap();
    let before = boot(&open());
    assert_eq!(before, boot(&open()));
    open().reboot().unwrap();
    let machine = open();
    assert_ne!(boot(&machine), before);
    assert_eq!(
        machine.list("/sys/class/iscsi_session").unwrap(),
        ["session1"]
    );
    assert_eq!(
        machine
            .text("/sys/class/iscsi_connection/connection1:0/address")
            .unwrap()
            .unwrap(),
        "10.0.1.1"
    );
    assert_eq!(
        fabric.logins(),
        [(HOST.to_owned(), IQN.to_owned(), portal("10.0.1.1"))]
    );
    state::save(
        &file,
        &State {
            format: 99,
            ..State::new("a", "iqn.a")
        },
    )
    .unwrap();
    let error = PracticeMachine::open(fabric.clone(), file.clone(), &seed()).unwrap_err();
    assert!(
        error.to_string().contains("machine.json: format 99"),
        "{error}"
    );
}

#[test]
fn a_command_that_changes_is_refused_as_one_that_looks_and_reads_are_only_counted() {
    let (_, machine) = attached("manual");
    machine.clear_calls();
    for line in [
        "-m node --login",
        "-m session -r 1 -u",
        "-m node -o delete",
        "-m session -R",
        "-m discovery -t st -p 10.0.0.1",
    ] {
        let cmd = Cmd::new("iscsiadm", line.split(' '));
        assert!(machine.exec_read(&cmd, &bounds()).is_err(), "{line}");
    }
    let cmd = Cmd::new("iscsiadm", ["-m", "session"]);
    machine.exec_read(&cmd, &bounds()).unwrap();
    machine.text("/proc/self/mountinfo").unwrap();
    assert_eq!(machine.calls(), [Call::Look(cmd)]);
    assert_eq!((machine.changes(), machine.reads()), (vec![], 1));
    write(&machine, "/sys/class/scsi_host/host0/scan", "- - 1").unwrap();
    machine
        .flush("/dev/sda", &bounds(), &grant(Ground::ByClass))
        .unwrap();
    assert_eq!(
        machine.changes(),
        [
            "echo \"- - 1\" > /sys/class/scsi_host/host0/scan",
            "blockdev --flushbufs /dev/sda"
        ]
    );
    for program in ["multipath", "multipathd", "udevadm"] {
        let error = machine
            .exec_read(&Cmd::new(program, ["-h"]), &bounds())
            .unwrap_err();
        assert!(matches!(error, Error::NoProgram { .. }), "{error}");
    }
}

#[test]
fn a_hook_can_kill_before_and_after_any_change() {
    for moment in [Moment::Before, Moment::After] {
        let (_, machine) = lab();
        let asked = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&asked);
        machine.on_change(Box::new(move |nth, _, when| {
            seen.fetch_add(1, Ordering::SeqCst);
            if nth == 2 && when == moment {
                Err(killed())
            } else {
                Ok(())
            }
        }));
        run(&machine, &node("10.0.0.1,1", "-o new"));
        let cmd = Cmd::new("iscsiadm", ["-m", "node", "--login"]);
        machine
            .exec_change(&cmd, &bounds(), &grant(Ground::ByClass))
            .unwrap_err();
        machine.no_hook();
        let sessions = machine.list("/sys/class/iscsi_session").unwrap().len();
        assert_eq!(sessions, usize::from(moment == Moment::After));
        assert_eq!(
            asked.load(Ordering::SeqCst),
            if moment == Moment::Before { 3 } else { 4 }
        );
    }
}

#[test]
fn a_slow_scan_is_stuck_for_who_does_not_wait_and_still_ends() {
    let (_, machine) = attached("manual");
    machine.set_slow_scan(Some(Duration::from_secs(3600)));
    let short = Bounds::new(Duration::ZERO, "test", Stop::new());
    let scan = "/sys/class/scsi_host/host0/scan";
    let stuck = machine
        .write_attr(scan, "- - 1", &short, &grant(Ground::ByClass))
        .unwrap_err();
    assert!(matches!(stuck, Error::Stuck { .. }), "{stuck}");
    assert!(machine.stat("/sys/class/scsi_device/0:0:0:1").is_ok());
}

#[test]
fn the_file_of_names_is_as_it_was_set() {
    let (_, machine) = lab();
    let file = "/etc/iscsi/initiatorname.iscsi";
    machine.set_initiators(Some(&["iqn.a", "iqn.b"])).unwrap();
    let text = machine.text(file).unwrap().unwrap();
    assert!(
        text.ends_with("InitiatorName=iqn.a\nInitiatorName=iqn.b"),
        "{text}"
    );
    machine.set_initiators(None).unwrap();
    assert_eq!(machine.text(file).unwrap(), None);
}

#[test]
fn a_secret_written_by_hand_is_used_and_never_shown() {
    let (_, machine) = lab();
    run(&machine, &node("10.0.0.1,1", "-o new"));
    let file = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260,1/default");
    let text = String::from_utf8(machine.read(&file).unwrap()).unwrap();
    let text = text.replace(
        "# END RECORD",
        "node.session.auth.username = user1\nnode.session.auth.password = goodsecret12\n# END RECORD",
    );
    machine.edit_record(&file, &text).unwrap();
    let shown = run(&machine, &node("10.0.0.1", "-o show")).stdout;
    assert!(shown.contains("auth.password = ********\n"), "{shown}");
    run(&machine, "iscsiadm -m node --login");
    let user = machine
        .text("/sys/class/iscsi_session/session1/username")
        .unwrap();
    assert_eq!(user.as_deref(), Some("user1"));
    assert!(!format!("{machine:?}").contains("goodsecret"));
}
