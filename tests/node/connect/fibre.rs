//! A LUN over Fibre Channel: exact scans between ports that see one another, and nothing else.

use std::sync::Arc;
use std::time::Duration;

use sanctl::config::Paths;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::clock::Clock;
use sanctl::kit::kind::Kind;
use sanctl::kit::stop::Stop;
use sanctl::model::facts::Identity;
use sanctl::model::ids::LunNumber;
use sanctl::model::publication::KernelTarget;
use sanctl::model::way::PortPair;
use sanctl::node::connect::{Multipath, kernel_luns};
use sanctl::node::edit::{DeviceState, Edit, Editor, Where};
use sanctl::sim::machine::Outage;
use sanctl::sim::machine::log::Moment;
use sanctl::step::{Aim, State};
use sanctl::system::Machine;

use crate::rig::{Done, Rig, Told, kill, pair, wwid};

fn rig() -> Rig {
    let mut rig = Rig::over_fc();
    rig.clock = Clock::skipping();
    rig
}

fn kind(done: &Done) -> Kind {
    done.report.kind.unwrap()
}

/// `node.NOUN@INITIATOR/TARGET`.
fn key(noun: &str, nth: usize) -> String {
    format!("node.{noun}@{}/{}", pair(nth).initiator, pair(nth).target)
}

#[test]
fn one_scan_for_each_login_and_nothing_is_left() {
    let rig = rig();
    let before = rig.snapshot();
    let report = rig.attach().expect();
    assert_eq!(report.state, "attached");
    assert_eq!(report.paths.len(), 2);
    let file = rig.machine.device_file(&wwid(1)).unwrap();
    assert_eq!(report.device, Some(file.display().to_string()));
    let mut changes = rig.changes();
    changes.sort();
    let scan = |host| format!("echo \"0 0 7\" > /sys/class/scsi_host/host{host}/scan");
    assert_eq!(changes, [scan(0), scan(1)], "no other LUN, no iscsiadm");
    rig.machine.clear_calls();
    let report = rig.attach().expect();
    assert!(!report.changed, "{:#?}", report.steps);
    let looked = rig.status().expect();
    assert_eq!(looked.kind, Some(Kind::Done), "{:#?}", looked.steps);
    assert_eq!(rig.step(&looked, &key("session", 0)), "rport-0:0-0 online");
    rig.machine.clear_calls();
    let report = rig.detach().expect();
    assert_eq!(report.state, "detached");
    assert_eq!(rig.snapshot(), before);
    let changes = rig.changes();
    let deleted = |line: &&String| line.ends_with("/delete");
    assert_eq!(changes.iter().filter(deleted).count(), 2, "{changes:#?}");
    assert!(rig.journals().list_open().unwrap().is_empty());
}

/// A path that was begun and of which nothing came is reached by the detach that follows at once.
#[test]
fn killed_anywhere_a_detach_leaves_nothing() {
    for at in 1..=4 {
        for last in [Moment::Before, Moment::After] {
            let rig = rig();
            let before = rig.snapshot();
            kill(&rig, at, last, |rig| drop(rig.attach()));
            rig.detach().expect();
            assert_eq!(rig.snapshot(), before, "{at} {last:?}");
            assert!(rig.journals().list_open().unwrap().is_empty(), "{at}");
        }
    }
}

#[test]
fn logins_alone_are_no_attachment() {
    let rig = rig();
    let looked = rig.status().expect();
    assert_eq!(looked.state, "absent", "{:#?}", looked.steps);
    assert_eq!(looked.kind, Some(Kind::Done));
}

#[test]
fn one_cable_out_is_degraded_also_without_a_map() {
    let rig = rig();
    rig.attach().expect();
    let wwpn = &pair(1).initiator;
    let outage = Some(Outage::Recent);
    rig.machine.set_hba_outage(wwpn, outage).unwrap();
    let looked = rig.status().expect();
    assert_eq!(looked.state, "degraded", "{:#?}", looked.steps);
    assert_eq!(looked.kind, Some(Kind::Findings));
    rig.machine.set_hba_outage(wwpn, None).unwrap();
    assert_eq!(rig.status().expect().state, "attached");
}

#[test]
fn a_second_lun_and_its_numbers_are_told_to_the_array() {
    let rig = rig();
    rig.attach().expect();
    rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
    let mut known: Vec<_> = kernel_luns(&*rig.machine)
        .unwrap()
        .into_iter()
        .filter(|lun| lun.target.is_port(&pair(1).target))
        .map(|lun| (lun.lun_number.0, lun.wwid))
        .collect();
    known.sort();
    assert_eq!(known, [(7, Some(wwid(1))), (8, Some(wwid(2)))]);
    let of_ip =
        |lun: &sanctl::model::publication::KernelLun| matches!(lun.target, KernelTarget::Iqn(_));
    assert!(!kernel_luns(&*rig.machine).unwrap().iter().any(of_ip));
}

#[test]
fn a_port_without_a_login_is_named() {
    let mut rig = rig();
    rig.fabric.remove_zone(&pair(1));
    let done = rig.attach();
    assert_eq!(kind(&done), Kind::Degraded);
    let why = &done.report.left[0].why;
    let want = format!(
        "{}: no login from host1 {}",
        pair(1).target,
        pair(1).initiator
    );
    assert!(why.contains(&want), "{why}");
    rig.detach().expect();
    rig.paths = Some(Paths { want: 2, min: 2 });
    let before = rig.snapshot();
    let done = rig.attach();
    assert_eq!(kind(&done), Kind::Unreachable);
    let (_, error) = done.fails();
    assert!(error.contains("1 of 2 logins"), "{error}");
    assert!(error.contains(&want), "{error}");
    assert_eq!(rig.snapshot(), before);
}

#[test]
fn fewer_paths_can_be_enough() {
    let mut rig = rig();
    rig.fabric.remove_zone(&pair(1));
    rig.paths = Some(Paths { want: 1, min: 1 });
    assert_eq!(rig.attach().expect().state, "attached");
}

#[test]
fn without_any_login_nothing_is_touched() {
    let rig = rig();
    for nth in [0, 1] {
        let wwpn = &pair(nth).initiator;
        rig.machine
            .set_hba_outage(wwpn, Some(Outage::Settled))
            .unwrap();
    }
    let done = rig.attach();
    assert_eq!(kind(&done), Kind::Unreachable);
    let (_, error) = done.fails();
    assert!(error.contains("(linkdown)"), "{error}");
    assert!(rig.changes().is_empty());
}

#[test]
fn ports_of_another_node_are_refused() {
    let rig = rig();
    let mut facts = rig.connection(7, Told::Wwid);
    for port in &mut facts.connection.as_mut().unwrap().ports {
        port.initiators = vec!["2000020000000a99".parse().unwrap()];
    }
    let done = rig.attach_facts(facts);
    assert_eq!(kind(&done), Kind::Refused);
    let (_, error) = done.fails();
    assert!(error.contains("2000020000000a99"), "{error}");
    assert!(error.contains(pair(0).initiator.as_str()), "{error}");
    assert!(rig.changes().is_empty());
}

#[test]
fn a_port_outside_the_map_is_not_scanned() {
    let rig = rig();
    // It sees the array's port all the same.
    rig.fabric.add_zone(PortPair {
        initiator: pair(1).initiator,
        target: pair(0).target,
    });
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().ports.truncate(1);
    rig.attach_facts(facts).expect();
    let changes = rig.changes();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert!(changes[0].contains("host0/scan"), "{changes:#?}");
}

#[test]
fn another_lun_at_the_number_never_comes_out() {
    let rig = rig();
    rig.fabric.map_new(7, &wwid(3), 64 << 20);
    let before = rig.snapshot();
    let done = rig.attach();
    assert_eq!(kind(&done), Kind::Refused);
    assert_eq!(done.report.device, None);
    assert_eq!(rig.snapshot(), before);
    // The old device of another LUN stands there.
    rig.write("/sys/class/scsi_host/host0/scan", "0 0 7");
    rig.fabric.map_new(7, &wwid(1), 64 << 20);
    let done = rig.attach();
    assert_ne!(kind(&done), Kind::Done);
    let used = done.report.device.is_some();
    let file = rig.machine.device_file(&wwid(1));
    assert!(!used || done.report.device == file.map(|f| f.display().to_string()));
    assert!(
        done.report.paths.iter().all(|p| p.wwid == Some(wwid(1))),
        "{:#?}",
        done.report.paths
    );
}

#[test]
fn without_a_wwid_the_place_names_the_attachment() {
    let rig = rig();
    let done = rig.attach_facts(rig.connection(7, Told::Nothing));
    let report = done.expect();
    assert_eq!(report.identity, Some(Identity::Unproven));
    let id = format!("lun7.{}", pair(0).target);
    assert_eq!(report.id, Some(id));
    rig.detach_facts(rig.connection(7, Told::Nothing)).expect();
    assert!(rig.machine.device_file(&wwid(1)).is_none());
}

#[test]
fn both_ports_become_one_map() {
    let mut rig = rig();
    rig.multipath = Multipath::Yes;
    let report = rig.attach().expect();
    let map = report.facts.map.unwrap();
    assert_eq!(map.id, wwid(1).multipath());
    let wwpn = &pair(1).initiator;
    rig.machine
        .set_hba_outage(wwpn, Some(Outage::Recent))
        .unwrap();
    let looked = rig.status().expect();
    assert_eq!(looked.kind, Some(Kind::Findings));
    let row = |key: &str| looked.steps.iter().find(|s| s.key == key).unwrap();
    let session = row(&key("session", 1));
    assert_eq!(session.state, State::Differs);
    assert!(session.evidence.contains("rport-1:0-0"), "{session:?}");
    assert!(session.evidence.contains("is blocked"), "{session:?}");
    assert_eq!(row("node.map").state, State::Degraded);
    let report = rig.detach().expect();
    assert_eq!(report.state, "detached");
    assert!(kernel_luns(&*rig.machine).unwrap().is_empty());
}

#[test]
fn what_to_type_in_its_place() {
    let rig = rig();
    let facts = rig.connection(7, Told::Wwid);
    let bounds = sanctl::kit::bounds::Bounds::new(
        std::time::Duration::from_secs(60),
        "test",
        sanctl::kit::stop::Stop::new(),
    );
    let stages = vec![rig.stage()];
    let plan = sanctl::attachment::plan::plan(
        "vol-7",
        "lab",
        facts,
        &stages,
        Aim::Attach,
        &|_| true,
        &bounds,
    )
    .unwrap();
    let all: Vec<_> = plan.steps.iter().map(|s| &s.what).collect();
    let lines: Vec<&str> = all
        .iter()
        .flat_map(|d| &d.wire)
        .map(String::as_str)
        .collect();
    assert!(
        lines.contains(&"echo \"0 0 7\" > /sys/class/scsi_host/host0/scan"),
        "{lines:#?}"
    );
    let verbs: Vec<&str> = all
        .iter()
        .flat_map(|d| &d.verbs)
        .map(String::as_str)
        .collect();
    let scan = format!(
        "sanctl device scan --hba {} --rport {} --lun 7",
        pair(0).initiator,
        pair(0).target
    );
    assert!(verbs.contains(&scan.as_str()), "{verbs:#?}");
}

/// A verb by hand waits for the attach or detach of the same LUN, and the other way round.
#[test]
fn a_verb_by_hand_shares_a_lock_with_attach_and_detach() {
    let rig = Rig::over_fc();
    rig.attach().expect();
    let machine: Arc<dyn Machine> = rig.machine.clone();
    let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
    let locks = |edit: &Edit| {
        let intent = Editor::new(Arc::clone(&machine)).look(edit, &bounds);
        let locks = intent.unwrap().locks;
        let mut sorted = locks.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(locks, sorted, "in one order, and none twice");
        locks
    };
    let walk = |told| rig.stage().locks(&rig.connection(7, told));
    let known = walk(Told::Wwid);
    let sda = || "sda".parse().unwrap();
    for edit in [
        Edit::Rescan {
            devices: vec![sda(), "sdb".parse().unwrap()],
        },
        Edit::Remove {
            devices: vec![sda()],
        },
        Edit::SetState {
            device: sda(),
            state: DeviceState::Offline,
        },
        Edit::AddPath { device: sda() },
        Edit::Grow {
            wwid: wwid(1),
            size_bytes: None,
        },
    ] {
        let held = locks(&edit);
        assert!(held.iter().any(|l| known.contains(l)), "{edit}: {held:?}");
    }
    let own = pair(0);
    let held = locks(&Edit::Scan {
        session: Where::Port {
            hba: own.initiator.to_string(),
            rport: own.target.to_string(),
        },
        lun: LunNumber(8),
    });
    let untold = walk(Told::Nothing);
    assert!(
        held.iter().any(|l| untold.contains(l)),
        "{held:?} {untold:?}"
    );
}
