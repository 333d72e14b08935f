//! Disks and sessions as the kernel shows them, and how they break.

use super::*;

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
    assert!(write(&machine, state, "offline").is_err(), "no line's end");
    write(&machine, state, "offline\n").unwrap();
    assert_eq!(machine.text(state).unwrap().unwrap(), "offline");
    assert!(write(&machine, state, "transport-offline").is_err());
    write(&machine, state, "running\n").unwrap();
    assert_eq!(machine.text(state).unwrap().unwrap(), "running");
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
