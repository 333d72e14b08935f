//! A LUN over several portals as one multipath map: made, proven, handed over, lost, taken away.

use sanctl::config::Paths;
use sanctl::kit::clock::Clock;
use sanctl::kit::kind::{Failure, Kind};
use sanctl::node::connect::Multipath;
use sanctl::node::multipath::{self, Map};
use sanctl::sim::machine::fabric::Answer;
use sanctl::sim::machine::{Daemon, Hold, MultipathConf, Outage};
use sanctl::step::State;
use sanctl::system::Machine;

use crate::faulty::Faulty;
use crate::rig::{A, B, IQN, Rig, Told, portal, wwid};

/// A node whose LUNs become maps.
pub(crate) fn rig() -> Rig {
    let mut rig = Rig::new();
    rig.multipath = Multipath::Yes;
    rig.clock = Clock::skipping();
    rig
}

pub(crate) fn maps(rig: &Rig) -> Vec<Map> {
    multipath::list(&*rig.machine).unwrap()
}

pub(crate) fn conf(find: &str) -> MultipathConf {
    MultipathConf {
        find: find.into(),
        ..MultipathConf::default()
    }
}

/// Everything of the LUN that a person could find, maps and multipath's list with it.
pub(crate) fn everything(rig: &Rig) -> Vec<String> {
    let mut seen = rig.snapshot();
    seen.extend(maps(rig).iter().map(|map| format!("{map} {:?}", map.paths)));
    let wwids = rig.machine.text("/etc/multipath/wwids").unwrap();
    seen.extend(wwids);
    seen
}

fn row(report: &sanctl::attachment::report::AttachmentReport, key: &str) -> Option<State> {
    let found = report.steps.iter().find(|s| s.key == key);
    found.map(|s| s.state)
}

#[test]
fn a_map_whose_number_is_another_luns_now_is_not_handed_out() {
    let mut rig = rig();
    rig.attach().expect();
    rig.fabric.map_new(7, &wwid(3), 64 << 20);
    rig.over = Some(Faulty::answering(&rig.machine, wwid(3)));
    let looked = rig.status().expect();
    assert_eq!(looked.kind, Some(Kind::Findings));
    assert_eq!(looked.device, None, "{:#?}", looked.steps);
    let map = looked.steps.iter().find(|s| s.key == "node.map").unwrap();
    assert_eq!(map.state, State::Differs);
    assert!(map.evidence.contains(wwid(3).as_str()), "{}", map.evidence);
}

#[test]
fn two_portals_become_one_map_and_nothing_is_left_of_it() {
    let rig = rig();
    let before = everything(&rig);
    let report = rig.attach().expect();
    assert_eq!(report.state, "attached");
    let all = maps(&rig);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].paths, ["sda", "sdb"]);
    assert_eq!(all[0].wwid, Some(wwid(1)));
    let told = report.facts.map.as_ref().unwrap();
    assert_eq!((&told.dm, &told.name), (&all[0].dm, &all[0].name));
    assert!(told.recorded, "strict: multipath was told of it");
    let file = rig.machine.device_file(&wwid(1)).unwrap();
    assert_eq!(report.device, Some(file.display().to_string()));
    assert_eq!(report.steps.last().unwrap().key, "node.map");
    assert_eq!(row(&report, "node.map"), Some(State::Present));
    let id = wwid(1).multipath();
    let changes = rig.changes();
    let last = &changes[changes.len() - 3..];
    assert_eq!(last[0], format!("multipath -a {id}"), "{changes:#?}");
    for disk in ["sda", "sdb"] {
        assert!(last.contains(&format!("multipathd add path {disk}")));
    }
    rig.machine.clear_calls();
    let report = rig.attach().expect();
    assert!(!report.changed, "{:#?}", report.steps);
    assert!(report.facts.map.is_some());

    rig.machine.clear_calls();
    let report = rig.detach().expect();
    assert_eq!(report.state, "detached");
    assert_eq!(everything(&rig), before);
    let changes = rig.changes();
    assert_eq!(
        changes[0],
        format!("multipathd del map {id}"),
        "{changes:#?}"
    );
    let gone = changes.iter().position(|c| c.ends_with("/delete")).unwrap();
    let out = changes.iter().position(|c| c.ends_with(" -u")).unwrap();
    assert!(gone < out, "{changes:#?}");
    rig.machine.clear_calls();
    assert!(!rig.detach().expect().changed);
    assert!(rig.changes().is_empty());
}

/// However multipathd finds its disks, and however late it is.
#[test]
fn every_way_to_find_multipaths() {
    for find in ["strict", "yes", "smart", "greedy", "no"] {
        for delay in [0, 1, 30] {
            let rig = rig();
            rig.machine.set_multipath_conf(conf(find)).unwrap();
            rig.machine.set_map_delay(delay).unwrap();
            let report = rig.attach().expect();
            assert_eq!(report.state, "attached", "{find} {delay}");
            assert_eq!(maps(&rig)[0].paths.len(), 2, "{find} {delay}");
            assert_eq!(report.facts.map.unwrap().id, wwid(1).multipath());
            rig.detach().expect();
            assert!(rig.snapshot().is_empty(), "{find} {:?}", rig.snapshot());
            assert!(maps(&rig).is_empty(), "{find}");
        }
    }
}

/// multipathd makes a map of a path that comes, asked or not: a run that fails takes it away.
#[test]
fn a_map_that_came_by_itself_goes_with_a_run_that_fails() {
    for (find, mapped) in [
        ("no", Multipath::Yes),
        ("strict", Multipath::Yes),
        ("no", Multipath::No),
    ] {
        let mut rig = rig();
        rig.multipath = mapped;
        rig.machine.set_multipath_conf(conf(find)).unwrap();
        rig.machine.set_login_code(portal(B), Some(24)).unwrap();
        rig.paths = Some(Paths { want: 2, min: 2 });
        let (report, error) = rig.attach().fails();
        assert!(error.contains(B.text()), "{error}");
        assert_ne!(report.kind, Some(Kind::Partial), "{:#?}", report.left);
        assert!(rig.snapshot().is_empty(), "{find} {:?}", rig.snapshot());
        assert!(maps(&rig).is_empty(), "{find}");
    }
}

/// A map of somebody else stays when a run that joined it fails.
#[test]
fn a_map_that_was_there_is_adopted_and_not_flushed_by_undo() {
    let rig = rig();
    let mut one = rig.connection(7, Told::Wwid);
    one.connection.as_mut().unwrap().targets.truncate(1);
    rig.attach_facts(one).expect();
    let before = everything(&rig);
    // The second path comes, and then the map turns out to be read-only.
    rig.machine.set_maps_read_only(true).unwrap();
    let done = rig.attach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("can only be read"), "{error}");
    assert_eq!(everything(&rig), before, "{:#?}", done.report);
    rig.machine.set_maps_read_only(false).unwrap();
    let report = rig.attach().expect();
    assert_eq!(maps(&rig)[0].paths, ["sda", "sdb"]);
    assert_eq!(row(&report, "node.map"), Some(State::Present));
    rig.detach().expect();
    assert!(maps(&rig).is_empty() && rig.snapshot().is_empty());
}

#[test]
fn what_keeps_a_map_from_being_made_is_told_before_anything() {
    type Break = Box<dyn Fn(&Rig)>;
    let black = |line: &str| MultipathConf {
        blacklist: vec![line.to_owned()],
        ..MultipathConf::default()
    };
    let broken: Vec<(&str, Break, Kind, &str)> = vec![
        (
            "no tools",
            Box::new(|rig: &Rig| rig.machine.remove_multipath_tools().unwrap()),
            Kind::Unsupported,
            "multipath-tools",
        ),
        (
            "no daemon",
            Box::new(|rig: &Rig| rig.machine.set_multipathd(Daemon::Stopped).unwrap()),
            Kind::Unsupported,
            "systemctl enable --now multipathd",
        ),
        (
            "wwid",
            Box::new(move |rig: &Rig| {
                let conf = black("wwid \"36001405.*\"");
                rig.machine.set_multipath_conf(conf).unwrap();
            }),
            Kind::Refused,
            "blacklist_exceptions { wwid \"36001405aaaa0001",
        ),
        (
            "devnode",
            Box::new(move |rig: &Rig| {
                let conf = black("devnode \".*\"");
                rig.machine.set_multipath_conf(conf).unwrap();
            }),
            Kind::Refused,
            "blacklist_exceptions { devnode \"^sd[a-z]\"",
        ),
        (
            "protocol",
            Box::new(move |rig: &Rig| {
                let conf = black("protocol \"scsi:iscsi\"");
                rig.machine.set_multipath_conf(conf).unwrap();
            }),
            Kind::Refused,
            "blacklist_exceptions { protocol \"scsi:iscsi\"",
        ),
    ];
    for (what, act, kind, hint) in broken {
        let rig = rig();
        act(&rig);
        let done = rig.attach();
        let error = done.error.unwrap();
        assert_eq!(error.kind(), kind, "{what}: {error}");
        let hints = error.hints().join("\n");
        assert!(hints.contains(hint), "{what}: {hints}");
        assert!(rig.changes().is_empty(), "{what}: {:?}", rig.changes());
        assert!(rig.journals().list_open().unwrap().is_empty(), "{what}");
    }
}

/// Nobody told the identity, so no rule could be looked up: multipathd's refusal is explained.
#[test]
fn a_blacklist_that_shows_late_takes_everything_back() {
    let rig = rig();
    let conf = MultipathConf {
        blacklist: vec!["wwid \"36001405.*\"".into()],
        ..MultipathConf::default()
    };
    rig.machine.set_multipath_conf(conf).unwrap();
    let done = rig.attach_facts(rig.connection(7, Told::Nothing));
    let error = done.error.unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    let hints = error.hints().join("\n");
    assert!(hints.contains(&wwid(1).multipath()), "{hints}");
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
fn without_a_wwid_the_map_is_that_of_what_this_run_brought_in() {
    let rig = rig();
    let facts = rig.connection(7, Told::Nothing);
    let report = rig.attach_facts(facts.clone()).expect();
    assert_eq!(report.facts.map.unwrap().id, wwid(1).multipath());
    let id = sanctl::attachment::attach::attachment_id(&facts).unwrap();
    let mut known = facts;
    known.merge(rig.journals().find("lab", &id).unwrap().unwrap().facts());
    rig.detach_facts(known).expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
    assert!(rig.journals().list_open().unwrap().is_empty());
}

/// Dead portals are named, and count against want and min.
#[test]
fn fewer_paths_than_wanted_and_fewer_than_needed() {
    for (dead, want, min, kind) in [
        (0, 2, 2, Kind::Done),
        (0, 4, 2, Kind::Degraded),
        (1, 2, 1, Kind::Degraded),
        (1, 2, 2, Kind::Unreachable),
        (2, 2, 1, Kind::Unreachable),
    ] {
        let mut rig = rig();
        rig.paths = Some(Paths { want, min });
        for at in [B, A].into_iter().take(dead) {
            rig.fabric.set_answer(portal(at), Answer::Silent);
        }
        let done = rig.attach();
        assert_eq!(done.report.kind, Some(kind), "{dead} {want} {min}");
        let error = done.error.as_ref().map(ToString::to_string);
        let told = format!("{:?} {error:?}", done.report.left);
        assert_eq!(told.contains(B.text()), dead > 0, "{told}");
        if kind == Kind::Unreachable {
            assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
            continue;
        }
        assert_eq!(maps(&rig)[0].paths.len(), 2 - dead);
        rig.detach().expect();
        assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
    }
}

/// A path that is there and does not work counts for neither.
#[test]
fn a_path_that_died_before_the_map_was_made() {
    for (min, kind) in [(1, Kind::Degraded), (2, Kind::Failed)] {
        let mut rig = rig();
        rig.paths = Some(Paths { want: 2, min });
        let fabric = rig.fabric.clone();
        rig.machine.on_change(Box::new(move |_, call, _| {
            if call.to_string().contains("multipath -a") {
                fabric.set_answer(portal(B), Answer::Silent);
            }
            Ok(())
        }));
        let done = rig.attach();
        rig.machine.no_hook();
        assert_eq!(done.report.kind, Some(kind), "{:?}", done.error);
        let told = format!("{:?} {:?}", done.report.left, done.error);
        assert!(told.contains("not in it (transport-offline)"), "{told}");
        assert_eq!(maps(&rig).is_empty(), kind == Kind::Failed);
    }
}

#[test]
fn a_map_in_use_is_refused_with_its_tree_before_any_change() {
    for (hold, said, command) in [
        (
            Hold::Mount {
                at: "/srv/data".into(),
            },
            "mounted on /srv/data",
            "umount /srv/data",
        ),
        (
            Hold::Open {
                pid: 4711,
                comm: "qemu-system-x86".into(),
            },
            "qemu-system-x86 4711",
            "sanctl detach vol-7",
        ),
        (Hold::Swap, "swap", "swapoff /dev/dm-0"),
        (
            Hold::Map {
                minor: 6,
                name: "vg_app-lv_db".into(),
                uuid: "LVM-abc".into(),
            },
            "vg_app/lv_db",
            "lvchange -an vg_app/lv_db",
        ),
    ] {
        let rig = rig();
        rig.attach().expect();
        rig.machine.hold("dm-0", hold).unwrap();
        let before = everything(&rig);
        rig.machine.clear_calls();
        let done = rig.detach();
        let error = done.error.as_ref().unwrap();
        assert_eq!(error.kind(), Kind::Refused, "{error}");
        let text = error.to_string();
        assert!(text.starts_with("dm-0 is in use"), "{text}");
        assert!(text.contains(said), "{said}: {text}");
        let hints = error.hints().join("\n");
        assert!(hints.contains(command), "{command}: {hints}");
        assert!(!hints.contains("multipath -f"), "{hints}");
        assert_eq!(everything(&rig), before);
        assert!(rig.changes().is_empty());
        rig.machine.release("dm-0").unwrap();
        rig.detach().expect();
        assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
    }
}

#[test]
fn a_disk_of_the_map_that_somebody_opened_by_itself_keeps_it() {
    let rig = rig();
    rig.attach().expect();
    let by = Hold::Open {
        pid: 4711,
        comm: "dd".into(),
    };
    rig.machine.hold("sdb", by).unwrap();
    let (_, error) = rig.detach().fails();
    assert!(error.contains("dd 4711"), "{error}");
    assert_eq!(maps(&rig).len(), 1);
}

/// The array took the LUN away first: what does not queue ends by itself.
#[test]
fn a_map_whose_lun_is_gone() {
    for daemon in [Daemon::Running, Daemon::Stopped] {
        let rig = rig();
        rig.attach().expect();
        rig.fabric.unmap(7);
        rig.machine.set_multipathd(daemon).unwrap();
        rig.detach().expect();
        assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
    }
}

#[test]
fn a_ghost_map_goes_too() {
    let rig = rig();
    rig.attach().expect();
    let open = Hold::Open {
        pid: 7,
        comm: "cat".into(),
    };
    rig.machine.hold("dm-0", open).unwrap();
    for disk in ["sda", "sdb"] {
        rig.write(&format!("/sys/block/{disk}/device/delete"), "1");
    }
    assert_eq!(maps(&rig)[0].paths, Vec::<String>::new());
    let (_, error) = rig.detach().fails();
    assert!(error.contains("cat 7"), "{error}");
    rig.machine.release("dm-0").unwrap();
    rig.detach().expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

/// The number went to another LUN while the old map stayed: neither is flushed into the other.
#[test]
fn a_map_whose_paths_answer_another_lun_is_left_alone() {
    let rig = rig();
    rig.attach().expect();
    rig.fabric.unmap(7);
    rig.fabric.map_new(7, &wwid(3), 16 << 20);
    for disk in ["sda", "sdb"] {
        rig.write(&format!("/sys/block/{disk}/device/rescan"), "1");
    }
    let before = everything(&rig);
    for done in [rig.detach(), rig.attach()] {
        let error = done.error.as_ref().unwrap();
        assert_eq!(error.kind(), Kind::Refused, "{error}");
        assert!(done.report.device.is_none());
    }
    assert_eq!(everything(&rig), before);
    let report = rig.status().report;
    assert!(report.device.is_none(), "{:#?}", report.steps);
    assert_eq!(row(&report, "node.map"), Some(State::Differs));
}

#[test]
fn status_tells_of_a_lost_portal_and_of_its_return() {
    let rig = rig();
    rig.attach().expect();
    let report = rig.status().report;
    assert_eq!((report.state, report.exit_code), ("attached", 0));
    assert_eq!(row(&report, "node.map"), Some(State::Present));
    assert!(report.device.is_some());
    rig.machine
        .set_outage(portal(B), Some(Outage::Settled))
        .unwrap();
    let report = rig.status().report;
    assert_eq!((report.state, report.exit_code), ("degraded", 3));
    assert_eq!(row(&report, "node.map"), Some(State::Degraded));
    let said = rig.step(&report, "node.map");
    assert!(said.contains("1 of 2") && said.contains("faulty"), "{said}");
    assert!(report.device.is_some(), "it works all the same");
    rig.machine.set_outage(portal(B), None).unwrap();
    let report = rig.status().report;
    assert_eq!((report.state, report.exit_code), ("attached", 0));
}

/// A path without its map is no device to hand over when a map was asked for.
#[test]
fn a_map_that_somebody_flushed_is_missed_and_mended() {
    let mut rig = rig();
    rig.attach().expect();
    let bounds = sanctl::kit::bounds::Bounds::new(
        std::time::Duration::from_secs(9),
        "test",
        sanctl::kit::stop::Stop::new(),
    );
    let mutate = sanctl::kit::consent::grant(sanctl::kit::consent::Ground::ByClass);
    let flush = multipath::flush_line(&maps(&rig)[0]);
    rig.machine.exec_change(&flush, &bounds, &mutate).unwrap();
    let report = rig.status().report;
    assert_eq!((report.state, report.exit_code), ("partial", 3));
    assert_eq!(row(&report, "node.map"), Some(State::Absent));
    assert_eq!(report.device, None, "a bare disk is no answer");
    // The journal knows that it was one, whatever is typed now.
    rig.multipath = Multipath::AsFound;
    let report = rig.status().report;
    assert_eq!(row(&report, "node.map"), Some(State::Absent));
    rig.multipath = Multipath::Yes;
    rig.attach().expect();
    assert_eq!(maps(&rig)[0].paths, ["sda", "sdb"]);
    assert_eq!(rig.status().report.exit_code, 0);
    rig.detach().expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

/// Who does not ask for a map gets the one that is there, and never a disk below one.
#[test]
fn a_disk_below_a_map_is_never_handed_over_by_itself() {
    let mut rig = rig();
    rig.attach().expect();
    rig.multipath = Multipath::AsFound;
    let report = rig.attach().expect();
    assert!(report.facts.map.is_some());
    assert_eq!(row(&report, "node.map"), Some(State::Present));
    rig.multipath = Multipath::No;
    let done = rig.attach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("is a path of map"), "{error}");
    rig.detach().expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

#[test]
fn maps_with_friendly_names_are_found_by_their_identity() {
    let rig = rig();
    let conf = MultipathConf {
        friendly_names: true,
        ..MultipathConf::default()
    };
    rig.machine.set_multipath_conf(conf).unwrap();
    let report = rig.attach().expect();
    assert_eq!(report.facts.map.unwrap().name, "mpatha");
    let other = rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
    assert_eq!(other.facts.map.unwrap().name, "mpathb");
    rig.detach().expect();
    assert_eq!(maps(&rig).len(), 1);
    assert_eq!(maps(&rig)[0].id, wwid(2).multipath());
    rig.detach_facts(rig.known(8)).expect();
    assert!(rig.snapshot().is_empty() && maps(&rig).is_empty());
}

/// A path that somebody else's session brought in is a path of the LUN all the same.
#[test]
fn a_path_that_nobody_wrote_down_goes_with_the_map() {
    let rig = rig();
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().targets.truncate(1);
    rig.attach_facts(facts).expect();
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {B},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {B} --login"));
    assert_eq!(maps(&rig)[0].paths.len(), 2);
    rig.detach().expect();
    assert!(maps(&rig).is_empty());
    assert_eq!(
        sanctl::node::connect::devices_of(&*rig.machine, &wwid(1)).unwrap(),
        []
    );
}
