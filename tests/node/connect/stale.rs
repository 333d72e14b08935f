//! A device of another LUN that the kernel, and so multipathd, still takes for a path of this one:
//! it is never in what is handed over, whatever session or number it is at.

use sanctl::kit::kind::{Failure, Kind};
use sanctl::model::facts::Facts;
use sanctl::node::connect::Multipath;
use sanctl::sim::machine::Outage;
use sanctl::step::State;

use crate::family::At;
use crate::faulty::Faulty;
use crate::multipath::{conf, maps, rig};
use crate::rig::{A, B, IQN, Rig, Told, portal, wwid};

/// As somebody else has it: a session at A that shows the LUN as 5, and sda is that.
fn with_other_number() -> Rig {
    let rig = rig();
    rig.fabric.unmap(7);
    rig.fabric.unmap(8);
    rig.fabric.map_new(5, &wwid(1), 64 << 20);
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    assert_eq!(disks(&rig), ["sda"]);
    rig
}

/// The array has given 5 to another LUN since, of the same size, and shows this one as 7. The
/// kernel has not noticed.
fn with_stale_path() -> Rig {
    let rig = with_other_number();
    rig.fabric.map_new(5, &wwid(3), 64 << 20);
    rig.fabric.map_new(7, &wwid(1), 64 << 20);
    rig
}

/// The disks that the kernel takes for the LUN.
fn disks(rig: &Rig) -> Vec<String> {
    let found = sanctl::node::connect::devices_of(&*rig.machine, &wwid(1)).unwrap();
    found.into_iter().filter_map(|d| d.disk).collect()
}

fn only(rig: &Rig, at: At) -> Facts {
    let mut facts = rig.connection(7, Told::Wwid);
    let targets = &mut facts.connection.as_mut().unwrap().targets;
    targets.retain(|t| t.at.portal == portal(at));
    facts
}

fn refused(rig: &Rig, facts: Facts, what: &str) -> String {
    let done = rig.attach_facts(facts);
    let error = done.error.as_ref().unwrap_or_else(|| {
        panic!(
            "{what}: handed over {:?} over {:?}",
            done.report.device,
            maps(rig)
        );
    });
    assert_eq!(error.kind(), Kind::Refused, "{what}: {error}");
    assert_eq!(done.report.device, None, "{what}");
    let text = error.to_string();
    for told in ["sda", wwid(1).as_str(), wwid(3).as_str()] {
        assert!(text.contains(told), "{what}, {told}: {text}");
    }
    let hints = error.hints().join("\n");
    assert!(
        hints.contains("sanctl device remove sda"),
        "{what}: {hints}"
    );
    hints
}

#[test]
fn a_stale_path_at_another_number_is_not_handed_over() {
    for find in ["strict", "yes", "no"] {
        for asked in [true, false] {
            for at in [None, Some(A), Some(B)] {
                let what = format!("{find}, udev's program {asked}, only {}", at.is_some());
                let mut rig = with_stale_path();
                rig.machine.set_multipath_conf(conf(find)).unwrap();
                if asked {
                    rig.over = Some(Faulty::honest(&rig.machine, &rig.fabric));
                }
                let facts = || match at {
                    Some(at) => only(&rig, at),
                    None => rig.connection(7, Told::Wwid),
                };
                refused(&rig, facts(), &what);
                // Somebody else's, known by its old name still.
                assert!(maps(&rig).iter().all(|m| m.paths == ["sda"]), "{what}");
                rig.write("/sys/block/sda/device/delete", "1");
                let report = rig.attach_facts(facts()).expect();
                assert!(report.device.is_some(), "{what}");
            }
        }
    }
}

#[test]
fn a_stale_path_in_a_map_that_is_there_is_told_and_not_handed_over() {
    let mut rig = with_other_number();
    rig.machine.set_multipath_conf(conf("no")).unwrap();
    rig.fabric.map_new(7, &wwid(1), 64 << 20);
    rig.attach().expect();
    let all = maps(&rig);
    assert!(all[0].paths.contains(&"sda".to_owned()), "{all:?}");
    assert_eq!(all[0].paths.len(), 3, "{all:?}");
    rig.fabric.map_new(5, &wwid(3), 64 << 20);
    rig.over = Some(Faulty::honest(&rig.machine, &rig.fabric));
    let before = rig.changes();
    let report = rig.status().report;
    assert_eq!(rig.changes(), before, "a look changes nothing");
    assert_eq!(report.device, None, "{:#?}", report.steps);
    let map = report.steps.iter().find(|s| s.key == "node.map").unwrap();
    assert_eq!(map.state, State::Differs);
    for told in ["sda", wwid(1).as_str(), wwid(3).as_str()] {
        assert!(map.evidence.contains(told), "{told}: {}", map.evidence);
    }
    let hints = refused(&rig, rig.connection(7, Told::Wwid), "a map");
    assert!(hints.contains("multipathd del path sda"), "{hints}");
    assert_eq!(maps(&rig), all, "somebody may use it");
}

/// multipathd takes it in only while it gathers the paths.
#[test]
fn a_stale_path_that_comes_with_the_others_is_not_handed_over() {
    let mut rig = rig();
    rig.fabric.unmap(8);
    rig.fabric.map_new(5, &wwid(1), 64 << 20);
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    let manual = "-o update -n node.session.scan -v manual";
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} {manual}"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let (machine, fabric) = (rig.machine.clone(), rig.fabric.clone());
    let late = std::sync::atomic::AtomicBool::new(false);
    rig.over = Some(Faulty::honest(&rig.machine, &rig.fabric));
    rig.machine.on_change(Box::new(move |_, call, moment| {
        let first = call.to_string().contains("multipathd add path")
            && moment == sanctl::sim::machine::log::Moment::After;
        if first && !late.swap(true, std::sync::atomic::Ordering::SeqCst) {
            let bounds = sanctl::kit::bounds::Bounds::new(
                std::time::Duration::from_secs(9),
                "test",
                sanctl::kit::stop::Stop::new(),
            );
            let mutate = sanctl::kit::consent::grant(sanctl::kit::consent::Ground::ByClass);
            let scan = "/sys/class/scsi_host/host0/scan";
            sanctl::system::Machine::write_attr(&*machine, scan, "0 0 5", &bounds, &mutate)?;
            fabric.map_new(5, &wwid(3), 64 << 20);
        }
        Ok(())
    }));
    let done = rig.attach();
    rig.machine.no_hook();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains(wwid(3).as_str()), "{error}");
    assert_eq!(done.report.device, None);
}

/// It says nothing for or against anything.
#[test]
fn a_path_that_does_not_answer_is_no_other_lun() {
    let mut rig = with_stale_path();
    rig.machine.set_multipath_conf(conf("no")).unwrap();
    rig.machine
        .set_outage(portal(A), Some(Outage::Settled))
        .unwrap();
    rig.over = Some(Faulty::honest(&rig.machine, &rig.fabric));
    let report = rig.attach_facts(only(&rig, B)).expect();
    assert!(report.device.is_some());
}

/// Who hands over no map hands over the disk that was proven, and no other.
#[test]
fn without_a_map_the_disk_handed_over_is_the_one_that_was_proven() {
    let mut rig = with_stale_path();
    rig.multipath = Multipath::No;
    rig.over = Some(Faulty::honest(&rig.machine, &rig.fabric));
    let report = rig.attach_facts(only(&rig, A)).expect();
    let file = rig.machine.device_file(&wwid(1)).unwrap();
    assert_eq!(report.device, Some(file.display().to_string()));
    let paths: Vec<String> = report
        .facts
        .paths
        .values()
        .map(|p| p.disk.clone())
        .collect();
    assert_eq!(paths, ["sdb"]);
}
