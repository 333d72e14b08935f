//! Multipath maps by hand: flushed, given a path, grown; with every fault, and what they refuse.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sanctl::kit::bounds::Bounds;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::kit::stop::Stop;
use sanctl::model::ids::LunNumber;
use sanctl::model::portal::TargetPortal;
use sanctl::node::edit::{DeviceState, Edit, Editor, Error, Intent, Made, Where};
use sanctl::node::{inventory, multipath};
use sanctl::sim::machine::log::{Moment, killed};
use sanctl::sim::machine::{Daemon, Hold};
use sanctl::system::Machine;

use crate::family::At;
use crate::rig::{A, B, IQN, Rig, portal, wwid};

const MIB: u64 = 1 << 20;

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn look(rig: &Rig, edit: &Edit) -> Result<Intent, Error> {
    let machine: Arc<dyn Machine> = rig.machine.clone();
    Editor::new(machine).look(edit, &bounds())
}

fn make(rig: &Rig, edit: &Edit) -> Result<Made, Error> {
    let intent = look(rig, edit)?;
    if let Some(evidence) = intent.already {
        return Ok(Made {
            changed: false,
            object: intent.object,
            evidence,
            trouble: None,
            inverse: Vec::new(),
        });
    }
    intent.make(&bounds(), &grant(Ground::ByClass))
}

fn at(place: At) -> TargetPortal {
    TargetPortal {
        iqn: IQN.parse().unwrap(),
        portal: portal(place),
        tpgt: Some(1),
    }
}

fn add(disk: &str) -> Edit {
    Edit::AddPath {
        device: disk.parse().unwrap(),
    }
}

fn flush() -> Edit {
    Edit::Flush {
        map: wwid(1).to_string().parse().unwrap(),
    }
}

fn grow(size_bytes: Option<u64>) -> Edit {
    Edit::Grow {
        wwid: wwid(1),
        size_bytes,
    }
}

/// Both paths of LUN 7, and these of them under a map.
fn paths(under: &[&str]) -> Rig {
    let rig = Rig::new();
    for place in [A, B] {
        let at = at(place);
        let scan = Edit::Scan {
            session: Where::Target(at.clone()),
            lun: LunNumber(7),
        };
        for edit in [Edit::AddRecord { at: at.clone() }, Edit::Login { at }, scan] {
            make(&rig, &edit).unwrap();
        }
    }
    rig.machine.set_multipathd(Daemon::Running).unwrap();
    for disk in under {
        make(&rig, &add(disk)).unwrap();
    }
    rig.machine.clear_calls();
    rig
}

fn state(rig: &Rig) -> String {
    let devices = inventory::list_devices(&*rig.machine).unwrap();
    let maps = multipath::list(&*rig.machine).unwrap();
    let devices: Vec<_> = devices
        .iter()
        .map(|d| (&d.name, d.hctl, d.size_bytes, &d.holders))
        .collect();
    format!("{devices:#?}{maps:#?}")
}

/// The LUN gets another size on the array.
fn resize(rig: &Rig, size: u64) {
    rig.fabric.unmap(7);
    rig.fabric.map_new(7, &wwid(1), size);
}

/// One change of each kind, with the machine it is made on.
fn every_change() -> Vec<(fn() -> Rig, Edit)> {
    let grown = || {
        let rig = paths(&["sda", "sdb"]);
        resize(&rig, 128 * MIB);
        rig
    };
    let bare = || {
        let rig = paths(&[]);
        resize(&rig, 128 * MIB);
        rig
    };
    vec![
        (|| paths(&[]), add("sda")),
        (|| paths(&["sda"]), add("sdb")),
        (|| paths(&[]), add(wwid(1).as_str())),
        (|| paths(&["sda"]), add(wwid(1).as_str())),
        (|| paths(&["sda", "sdb"]), flush()),
        (grown, grow(Some(128 * MIB))),
        (bare, grow(None)),
    ]
}

#[test]
fn every_change_with_every_fault() {
    let mut tried = 0;
    for (fresh, edit) in every_change() {
        let wanted = {
            let rig = fresh();
            make(&rig, &edit).unwrap();
            state(&rig)
        };
        for nth in 1.. {
            let mut reached = false;
            for moment in [Moment::Before, Moment::After] {
                let rig = fresh();
                let untouched = state(&rig);
                let hit = Arc::new(AtomicBool::new(false));
                let seen = Arc::clone(&hit);
                rig.machine.on_change(Box::new(move |n, _, m| {
                    if n == nth && m == moment {
                        seen.store(true, Ordering::SeqCst);
                        return Err(killed());
                    }
                    Ok(())
                }));
                let made = make(&rig, &edit);
                rig.machine.no_hook();
                if !hit.load(Ordering::SeqCst) {
                    continue;
                }
                reached = true;
                tried += 1;
                let what = format!("{edit}, fault {nth} {moment:?}");
                if let Err(error) = &made
                    && !error.is_lost()
                {
                    assert_eq!(state(&rig), untouched, "{what}: {error}");
                }
                make(&rig, &edit).unwrap_or_else(|e| panic!("{what}, again: {e}"));
                assert_eq!(state(&rig), wanted, "{what}");
            }
            if !reached {
                break;
            }
        }
    }
    assert!(tried >= 20, "{tried} faults were tried");
}

/// A look changes nothing, and a second time nothing is left to do.
#[test]
fn a_look_changes_nothing_and_twice_is_once() {
    for (fresh, edit) in every_change() {
        let rig = fresh();
        let untouched = state(&rig);
        let intent = look(&rig, &edit).unwrap();
        assert!(!intent.wire.is_empty(), "{edit}: no lines");
        assert_eq!(rig.changes(), Vec::<String>::new(), "{edit}");
        assert_eq!(state(&rig), untouched);
        assert!(make(&rig, &edit).unwrap().changed, "{edit}");
        let done = state(&rig);
        assert!(!make(&rig, &edit).unwrap().changed, "{edit}");
        assert_eq!(state(&rig), done, "{edit}");
    }
}

#[test]
fn a_flush_says_how_to_build_the_map_again() {
    let rig = paths(&["sda", "sdb"]);
    let made = make(&rig, &flush()).unwrap();
    let back = ["sanctl device add-path sda", "sanctl device add-path sdb"];
    assert_eq!(made.inverse, back);
    assert_eq!(multipath::list(&*rig.machine).unwrap(), []);
    for disk in ["sda", "sdb"] {
        make(&rig, &add(disk)).unwrap();
    }
    let maps = multipath::list(&*rig.machine).unwrap();
    assert_eq!(maps[0].paths, ["sda", "sdb"]);
    // The paths go only after the map.
    let remove = Edit::Remove {
        devices: vec!["sda".parse().unwrap()],
    };
    assert_eq!(make(&rig, &remove).unwrap_err().kind(), Kind::Refused);
}

#[test]
fn a_map_that_would_never_end_is_not_flushed() {
    let stop = |rig: &Rig| {
        for disk in ["sda", "sdb"] {
            rig.write(&format!("/sys/block/{disk}/device/state"), "offline\n");
        }
    };
    let rig = paths(&["sda", "sdb"]);
    stop(&rig);
    rig.machine.set_queueing(true).unwrap();
    rig.machine.clear_calls();
    let error = make(&rig, &flush()).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("keeps commands"), "{error}");
    assert_eq!(rig.changes(), Vec::<String>::new());
    // Without multipathd nobody tells, so it may.
    rig.machine.set_multipathd(Daemon::Stopped).unwrap();
    let error = make(&rig, &flush()).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.hints().join("\n").contains("fail_if_no_path"));
    assert_eq!(rig.changes(), Vec::<String>::new());
    rig.machine.set_multipathd(Daemon::Running).unwrap();
    // One that gives up at once ends.
    rig.machine.set_queueing(false).unwrap();
    assert!(make(&rig, &flush()).unwrap().changed);
}

#[test]
fn a_map_that_begins_to_wait_while_it_is_flushed_is_let_be() {
    let rig = paths(&["sda", "sdb"]);
    rig.machine.set_queueing(true).unwrap();
    rig.machine.hold("dm-0", Hold::Opening).unwrap();
    let fabric = rig.fabric.clone();
    rig.machine
        .on_change(Box::new(move |_, _, _| -> Result<(), _> {
            fabric.unmap(7);
            Ok(())
        }));
    rig.machine.clear_calls();
    let error = make(&rig, &flush()).unwrap_err();
    assert!(error.to_string().contains("keeps commands"), "{error}");
    assert_eq!(rig.changes().len(), 1, "{:?}", rig.changes());
}

#[test]
fn what_is_not_there_is_told_before_anything() {
    let rig = paths(&["sda", "sdb"]);
    rig.machine.set_multipathd(Daemon::Stopped).unwrap();
    for (edit, kind) in [
        (grow(None), Kind::Unsupported),
        (
            Edit::Flush {
                map: "sda".parse().unwrap(),
            },
            Kind::Usage,
        ),
        (
            Edit::Grow {
                wwid: wwid(3),
                size_bytes: None,
            },
            Kind::NotFound,
        ),
    ] {
        let error = make(&rig, &edit).unwrap_err();
        assert_eq!(error.kind(), kind, "{edit}: {error}");
        assert!(!error.hints().is_empty(), "{edit}");
    }
    // Flushing needs no daemon.
    assert!(make(&rig, &flush()).unwrap().changed);
    rig.machine.clear_calls();
    let error = make(&rig, &add("sda")).unwrap_err();
    assert_eq!(error.kind(), Kind::Unsupported, "{error}");
    assert_eq!(rig.changes(), Vec::<String>::new());
    // Without a map only the paths grow, and multipathd is not needed.
    resize(&rig, 128 * MIB);
    let made = make(&rig, &grow(Some(128 * MIB))).unwrap();
    assert!(
        made.evidence.starts_with("128 MiB everywhere"),
        "{}",
        made.evidence
    );
}

#[test]
fn a_node_without_the_programs_says_so() {
    let rig = Rig::new();
    rig.machine.remove_multipath_tools().unwrap();
    assert!(
        !make(&rig, &flush()).unwrap().changed,
        "no map, nothing to do"
    );
    for edit in [Edit::AddRecord { at: at(A) }, Edit::Login { at: at(A) }] {
        make(&rig, &edit).unwrap();
    }
    let scan = Edit::Scan {
        session: Where::Target(at(A)),
        lun: LunNumber(7),
    };
    make(&rig, &scan).unwrap();
    let error = make(&rig, &add("sda")).unwrap_err();
    assert_eq!(error.kind(), Kind::Unsupported, "{error}");
}

#[test]
fn sizes_that_disagree_leave_the_map_alone() {
    // The array says another size than the paths.
    let rig = paths(&["sda", "sdb"]);
    resize(&rig, 128 * MIB);
    let error = make(&rig, &grow(Some(256 * MIB))).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert!(error.to_string().contains("the array 256 MiB"), "{error}");
    let resized = |rig: &Rig| rig.changes().iter().any(|c| c.contains("resize"));
    assert!(!resized(&rig));
    assert_eq!(
        multipath::list(&*rig.machine).unwrap()[0].size_bytes,
        64 * MIB
    );

    // It would shrink.
    let rig = paths(&["sda", "sdb"]);
    resize(&rig, 32 * MIB);
    let error = make(&rig, &grow(None)).unwrap_err();
    assert!(error.to_string().contains("shrink"), "{error}");
    assert!(!resized(&rig));

    // Another LUN is behind the number now.
    let rig = paths(&["sda", "sdb"]);
    rig.fabric.unmap(7);
    rig.fabric.map_new(7, &wwid(3), 128 * MIB);
    let error = make(&rig, &grow(None)).unwrap_err();
    assert!(error.to_string().contains("another disk"), "{error}");
    assert!(!resized(&rig));
}

#[test]
fn a_lun_grows_only_with_all_its_paths() {
    let rig = paths(&["sda"]);
    let error = make(&rig, &grow(None)).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    assert_eq!(error.hints(), ["sanctl device add-path sdb"]);

    let rig = paths(&["sda", "sdb"]);
    let stop = Edit::SetState {
        device: "sdb".parse().unwrap(),
        state: DeviceState::Offline,
    };
    assert_eq!(
        make(&rig, &stop).unwrap_err().kind(),
        Kind::Refused,
        "it is held"
    );
    rig.write("/sys/block/sdb/device/state", "offline\n");
    rig.machine.clear_calls();
    let error = make(&rig, &grow(None)).unwrap_err();
    assert!(error.to_string().contains("is offline"), "{error}");
    assert_eq!(rig.changes(), Vec::<String>::new());
}
