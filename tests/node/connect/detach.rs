//! Detach on the practice machine.

use std::time::Duration;

use sanctl::kit::kind::{Failure, Kind};
use sanctl::model::facts::Facts;
use sanctl::sim::machine::Hold;
use sanctl::sim::machine::fabric::Answer;
use sanctl::system::Machine;

use crate::rig::{A, B, IQN, Rig, Told, portal, wwid};

#[test]
pub(crate) fn the_way_back_leaves_nothing() {
    let rig = Rig::new();
    let before = rig.snapshot();
    rig.attach().expect();
    rig.machine.clear_calls();
    let report = rig.detach().expect();
    assert_eq!(report.state, "detached");
    assert_eq!(rig.snapshot(), before);
    let changes = rig.changes();
    let first_logout = changes.iter().position(|c| c.ends_with(" -u")).unwrap();
    let last_delete = changes
        .iter()
        .rposition(|c| c.ends_with("/delete"))
        .unwrap();
    assert!(last_delete < first_logout, "{changes:#?}");
    assert!(
        changes[0].starts_with("blockdev --flushbufs"),
        "{changes:#?}"
    );
}

#[test]
pub(crate) fn again_is_no_change() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.detach().expect();
    rig.machine.clear_calls();
    let report = rig.detach().expect();
    assert!(!report.changed, "{:#?}", report.steps);
    assert!(rig.changes().is_empty());
}

#[test]
pub(crate) fn a_lun_in_use_is_refused_before_any_change() {
    let holds = [
        (
            Hold::Mount {
                at: "/srv/data".into(),
            },
            "mounted on /srv/data",
            "umount /srv/data",
        ),
        (
            Hold::ContainerMount {
                at: "/data".into(),
                pid: 900,
                comm: "runc".into(),
            },
            "mounted on /data in the mount namespace of process 900",
            "nsenter -t 900 -m umount /data",
        ),
        (
            Hold::Open {
                pid: 4711,
                comm: "qemu-system-x86".into(),
            },
            "qemu-system-x86 4711",
            "",
        ),
        (Hold::Swap, "swap", "swapoff /dev/sda"),
        (
            Hold::Map {
                minor: 6,
                name: "vg_app-lv_db".into(),
                uuid: "LVM-abc".into(),
            },
            "vg_app/lv_db",
            "lvchange -an vg_app/lv_db",
        ),
        (
            Hold::Map {
                minor: 6,
                name: "mpatha".into(),
                uuid: "mpath-36001405".into(),
            },
            "mpatha",
            "multipath -f mpatha",
        ),
    ];
    for (hold, said, command) in holds {
        let rig = Rig::new();
        rig.attach().expect();
        rig.machine.hold("sda", hold).unwrap();
        let before = rig.snapshot();
        rig.machine.clear_calls();
        let done = rig.detach();
        let error = done.error.as_ref().unwrap();
        assert_eq!(error.kind(), Kind::Refused, "{error}");
        assert!(error.to_string().contains(said), "{said}: {error}");
        let hints = error.hints().join("\n");
        assert!(hints.contains(command), "{command}: {hints}");
        assert!(hints.ends_with("sanctl detach vol-7"), "{hints}");
        assert_eq!(rig.snapshot(), before);
        assert!(rig.changes().is_empty());
        rig.machine.release("sda").unwrap();
        rig.detach().expect();
    }
}

#[test]
pub(crate) fn multipathd_watching_a_path_is_no_use() {
    let rig = Rig::new();
    rig.attach().expect();
    let open = Hold::Open {
        pid: 300,
        comm: "multipathd".into(),
    };
    rig.machine.hold("sda", open).unwrap();
    rig.detach().expect();
}

#[test]
pub(crate) fn a_session_that_another_lun_needs_stays() {
    let rig = Rig::new();
    rig.attach().expect();
    let other = rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
    assert_eq!(other.paths.len(), 2);
    let report = rig.detach().expect();
    let said = rig.step(&report, &format!("node.session@{A}"));
    assert!(said.contains("in use by sd"), "{said}");
    assert_eq!(rig.snapshot().len(), 2 + 2 + 2, "{:?}", rig.snapshot());
    // The last one to leave takes the sessions with it, whoever made them.
    rig.detach_facts(rig.known(8)).expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn sessions_and_records_of_others_stay() {
    let rig = Rig::new();
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!(
        "iscsiadm -m node -T {IQN} -p {A} -o update -n node.session.scan -v manual"
    ));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let before = rig.snapshot();
    rig.attach().expect();
    rig.detach().expect();
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_device_on_a_session_that_nobody_wrote_down_goes_too() {
    let rig = Rig::new();
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().targets.truncate(1);
    rig.attach_facts(facts).expect();
    // Somebody logged in at the second portal, and every LUN came with it.
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {B},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {B} --login"));
    rig.detach_facts({
        let mut facts = Facts::none();
        facts.merge(rig.known(7));
        facts.connection.as_mut().unwrap().targets.truncate(1);
        facts
    })
    .expect();
    let left = rig.snapshot();
    assert_eq!(
        sanctl::node::connect::devices_of(&*rig.machine, &wwid(1)).unwrap(),
        []
    );
    assert_eq!(
        left.len(),
        3,
        "that session, its record and LUN 8: {left:?}"
    );
}

#[test]
pub(crate) fn a_target_that_only_the_devices_tell_is_locked_all_the_same() {
    let mut rig = Rig::new();
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let before = rig.snapshot();
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().targets.clear();
    // Another run is at work on the target.
    let held = rig.locks().try_take(&format!("iscsi:{IQN}")).unwrap();
    assert!(held.is_some());
    rig.time = Duration::from_millis(300);
    let error = rig.detach_facts(facts.clone()).error.unwrap();
    assert!(error.to_string().contains("another sanctl"), "{error}");
    assert_eq!(rig.snapshot(), before);
    drop(held);
    rig.time = Duration::from_secs(60);
    rig.detach_facts(facts).expect();
    let left = sanctl::node::connect::devices_of(&*rig.machine, &wwid(1)).unwrap();
    assert_eq!(left, []);
}

#[test]
pub(crate) fn of_two_sessions_to_a_portal_only_ours_is_ended() {
    let rig = Rig::new();
    rig.attach().expect();
    let ours = rig.snapshot();
    // Somebody has a second session to the portal, over another interface, and scans there as well.
    let second = |then: &str| rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} -I iser {then}"));
    rig.run(&format!(
        "iscsiadm -m node -T {IQN} -p {A},1 -I iser -o new"
    ));
    second("-o update -n node.session.scan -v manual");
    assert_eq!(second("--login"), 0);
    rig.write("/sys/class/scsi_host/host2/scan", "0 0 7");
    let both = rig.snapshot();
    let sessions = |seen: &[String]| -> Vec<String> {
        let sessions = seen.iter().filter(|s| s.contains("iscsi_session"));
        sessions.cloned().collect()
    };
    assert_eq!(sessions(&both).len(), 3, "{both:?}");
    rig.detach().expect();
    let left = rig.snapshot();
    assert!(!left.iter().any(|s| s.contains("scsi_device")), "{left:?}");
    let mut others = sessions(&both);
    others.retain(|s| !sessions(&ours).contains(s));
    assert_eq!(sessions(&left), others);
}

#[test]
pub(crate) fn a_dead_portal_does_not_keep_its_device() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.fabric.set_answer(portal(A), Answer::Silent);
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn logout_21_is_done_only_when_the_session_is_gone() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.machine.set_logout_code(portal(A), Some(10)).unwrap();
    let (report, said) = rig.detach().fails();
    assert!(said.contains("logout failed"), "{said}");
    assert_eq!(report.exit_code, Kind::Partial.exit_code());
    rig.machine.set_logout_code(portal(A), None).unwrap();
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_logout_that_is_refused_and_happens_all_the_same() {
    let rig = Rig::new();
    rig.attach().expect();
    rig.machine.set_logout_code(portal(A), Some(32)).unwrap();
    let machine = rig.machine.clone();
    // The session goes as soon as the first logout was answered.
    rig.machine.on_change(Box::new(move |_, call, now| {
        let logs_out = format!("{call:?}").contains("\"-u\"");
        if logs_out && now == sanctl::sim::machine::log::Moment::After {
            machine.set_logout_code(portal(A), None)?;
            machine.reboot()?;
        }
        Ok(())
    }));
    let report = rig.detach().expect();
    assert!(report.left.is_empty(), "{:?}", report.left);
    rig.machine.no_hook();
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_lun_of_which_only_the_place_is_known() {
    let rig = Rig::new();
    let facts = rig.connection(7, Told::Nothing);
    rig.attach_facts(facts.clone()).expect();
    let id = sanctl::attachment::attach::attachment_id(&facts).unwrap();
    let mut known = facts;
    known.merge(rig.journals().find("lab", &id).unwrap().unwrap().facts());
    rig.detach_facts(known).expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn the_order_attach_1_2_detach_1_2_and_the_numbers_the_kernel_knows() {
    let rig = Rig::new();
    let before = rig.snapshot();
    rig.attach().expect();
    rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
    let known = sanctl::node::connect::kernel_luns(&*rig.machine).unwrap();
    let mut numbers: Vec<u16> = known.iter().map(|k| k.lun_number.0).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [7, 7, 8, 8]);
    rig.detach().expect();
    rig.detach_facts(rig.known(8)).expect();
    assert_eq!(rig.snapshot(), before);
    assert!(
        rig.machine
            .names("/sys/class/iscsi_session")
            .unwrap()
            .is_empty()
    );
}

/// Kills the flow before and after each of its changes in turn; the next detach finishes.
#[test]
pub(crate) fn killed_anywhere_the_next_run_goes_on() {
    for moment in [
        sanctl::sim::machine::log::Moment::Before,
        sanctl::sim::machine::log::Moment::After,
    ] {
        for at in 1..=20 {
            let rig = Rig::new();
            rig.machine.on_change(Box::new(move |nth, _, now| {
                if nth >= at
                    && (nth > at
                        || now == moment
                        || now == sanctl::sim::machine::log::Moment::After)
                {
                    return Err(sanctl::sim::machine::log::killed());
                }
                Ok(())
            }));
            let _ = rig.attach();
            rig.machine.no_hook();
            rig.attach().expect();
            rig.detach().expect();
            assert!(
                rig.snapshot().is_empty(),
                "{at} {moment:?}: {:?}",
                rig.snapshot()
            );
        }
    }
}

/// A device that refuses what the page cache holds stays, unless a person gives the data up. Who
/// uses it is asked all the same.
#[test]
pub(crate) fn data_that_cannot_be_flushed_is_given_up_only_when_asked() {
    use sanctl::node::connect::Unflushed;
    use sanctl::sim::machine::Hold;
    use sanctl::sim::machine::log::{Call, Moment};

    let mut rig = Rig::new();
    rig.attach().expect();
    let whole = rig.snapshot();
    rig.machine
        .on_change(Box::new(|_, call, now| match (call, now) {
            (Call::Flush(_), Moment::Before) => Err(sanctl::sim::machine::log::killed()),
            _ => Ok(()),
        }));
    let (_, error) = rig.detach().fails();
    assert!(error.contains("cannot be flushed"), "{error}");
    assert_eq!(rig.snapshot(), whole);
    rig.unflushed = Unflushed::GiveUp;
    let by = Hold::Mount {
        at: "/srv/data".into(),
    };
    rig.machine.hold("sda", by).unwrap();
    let (_, error) = rig.detach().fails();
    assert!(error.contains("in use"), "{error}");
    assert_eq!(rig.snapshot(), whole);
    rig.machine.release("sda").unwrap();
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_device_is_named_by_itself_or_by_a_link_to_it() {
    use sanctl::kit::kind::{Failure, Kind};

    let rig = Rig::new();
    rig.attach().expect();
    let of = |path: &str| sanctl::node::connect::wwid_of(&*rig.machine, path);
    let wwid = crate::rig::wwid(1);
    for path in [
        "/dev/sda".to_owned(),
        "/dev/sdb".into(),
        format!("/dev/disk/by-id/wwn-0x{wwid}"),
        format!("/practice/{wwid}.img"),
    ] {
        assert_eq!(of(&path).unwrap(), wwid, "{path}");
    }
    for none in ["/dev/sdz", "/dev/null", "/etc/iscsi/initiatorname.iscsi"] {
        assert_eq!(of(none).unwrap_err().kind(), Kind::NotFound, "{none}");
    }
}
