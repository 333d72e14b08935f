//! Single changes of the node: every one of them with every fault, and what they refuse.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use sanctl::kit::bounds::Bounds;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::kit::redact::Secret;
use sanctl::kit::stop::Stop;
use sanctl::model::portal::TargetPortal;
use sanctl::node::edit::{Chap, DeviceState, Edit, Editor, Error, Intent, Made, Where};
use sanctl::node::inventory;
use sanctl::sim::machine::log::{Moment, killed};
use sanctl::sim::machine::{Daemon, Hold, Outage};
use sanctl::system::Machine;

use crate::family::At;
use crate::rig::{A, B, IQN, NOWHERE, Rig, portal, wwid};

fn at(place: At) -> TargetPortal {
    TargetPortal {
        iqn: IQN.parse().unwrap(),
        portal: portal(place),
        tpgt: Some(1),
    }
}

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn editor(rig: &Rig) -> Editor {
    let machine: Arc<dyn Machine> = rig.machine.clone();
    Editor::new(machine)
}

fn look(rig: &Rig, edit: &Edit) -> Result<Intent, Error> {
    editor(rig).look(edit, &bounds())
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

fn record(place: At) -> Edit {
    Edit::AddRecord { at: at(place) }
}

fn login(place: At) -> Edit {
    Edit::Login { at: at(place) }
}

fn scan(place: At, lun: u16) -> Edit {
    Edit::Scan {
        session: Where::Target(at(place)),
        lun: sanctl::model::ids::LunNumber(lun),
    }
}

fn remove(names: &[&str]) -> Edit {
    Edit::Remove {
        devices: names.iter().map(|n| n.parse().unwrap()).collect(),
    }
}

fn chap(user: &str) -> Edit {
    Edit::SetChap {
        at: at(A),
        chap: Chap {
            user: Some(user.into()),
            secret: Secret::new("canary-secret-9".into()),
            file: "chap".into(),
        },
        mutual: None,
    }
}

/// A machine on which these were made.
fn after(edits: &[Edit]) -> Rig {
    let rig = Rig::new();
    for edit in edits {
        make(&rig, edit).unwrap_or_else(|e| panic!("{edit}: {e}"));
    }
    rig.machine.clear_calls();
    rig
}

/// Everything of the machine that a change could alter.
fn state(rig: &Rig) -> String {
    let machine = &*rig.machine;
    let sessions = inventory::list_sessions(machine).unwrap();
    let devices = inventory::list_devices(machine).unwrap();
    let records = inventory::list_records(machine).unwrap();
    let texts: Vec<_> = records
        .iter()
        .map(|r| machine.text(&r.path).unwrap())
        .collect();
    // A session's number counts up with each login, also with one that failed.
    let sessions: Vec<_> = sessions
        .iter()
        .map(|s| (s.portal, &s.state, &s.devices))
        .collect();
    let devices: Vec<_> = devices
        .iter()
        .map(|d| (&d.name, d.hctl, &d.wwid, &d.state))
        .collect();
    format!("{sessions:#?}{devices:#?}{texts:#?}")
}

fn has_session(rig: &Rig, sid: u32) -> bool {
    let sessions = inventory::list_sessions(&*rig.machine).unwrap();
    sessions.iter().any(|s| s.sid == sid)
}

/// One change of each kind, with what must be there before.
fn every_change() -> Vec<(Vec<Edit>, Edit)> {
    let logged_in = vec![record(A), login(A)];
    let scanned = || [logged_in.clone(), vec![scan(A, 7)]].concat();
    let both = || [scanned(), vec![scan(A, 8)]].concat();
    let values = vec![("node.startup".to_owned(), "automatic".to_owned())];
    vec![
        (vec![], record(A)),
        (vec![record(A)], Edit::SetRecord { at: at(A), values }),
        (vec![record(A)], chap("node")),
        (vec![record(A), chap("node")], Edit::ClearChap { at: at(A) }),
        (vec![record(A)], Edit::DeleteRecord { at: at(A) }),
        (vec![record(A)], login(A)),
        (logged_in.clone(), Edit::Logout { sid: 1 }),
        (logged_in.clone(), scan(A, 7)),
        (
            logged_in.clone(),
            Edit::ScanAll {
                session: Where::Session(1),
            },
        ),
        (
            scanned(),
            Edit::Rescan {
                devices: vec!["sda".parse().unwrap()],
            },
        ),
        (scanned(), remove(&["sda"])),
        (both(), remove(&["sda", "0:0:0:8"])),
        (
            scanned(),
            Edit::SetState {
                device: "sda".parse().unwrap(),
                state: DeviceState::Offline,
            },
        ),
        (logged_in, Edit::Relogin { sid: 1 }),
    ]
}

/// How a change goes wrong: when, and with what answer.
const FAULTS: [(Moment, fn() -> sanctl::system::Error); 5] = [
    (Moment::Before, killed),
    (Moment::Before, refused),
    (Moment::Before, late),
    (Moment::After, killed),
    (Moment::After, late),
];

fn refused() -> sanctl::system::Error {
    sanctl::system::Error::Denied {
        what: "the practice machine".into(),
    }
}

fn late() -> sanctl::system::Error {
    let what = "the practice machine".to_owned();
    sanctl::system::Error::Ended {
        ended: sanctl::kit::bounds::Ended::Late {
            what: what.clone(),
            span: Duration::from_secs(30),
        },
        what,
    }
}

/// One fault at the nth change of an edit, or at all from there on; false when there are fewer.
fn struck(
    before: &[Edit],
    edit: &Edit,
    wanted: &str,
    (nth, lasting): (usize, bool),
    (moment, error): (Moment, fn() -> sanctl::system::Error),
) -> bool {
    let rig = after(before);
    let untouched = state(&rig);
    let hit = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = Arc::clone(&hit);
    rig.machine.on_change(Box::new(move |n, _, m| {
        if (n == nth || (lasting && n > nth)) && m == moment {
            seen.store(true, std::sync::atomic::Ordering::SeqCst);
            return Err(error());
        }
        Ok(())
    }));
    let made = make(&rig, edit);
    rig.machine.no_hook();
    if !hit.load(std::sync::atomic::Ordering::SeqCst) {
        return false;
    }
    let what = format!(
        "{edit}, fault {nth} {moment:?} {}, lasting {lasting}",
        error()
    );
    if let Err(error) = &made
        && !error.is_lost()
    {
        assert_eq!(state(&rig), untouched, "{what}: {error}");
    }
    // Again: it looks first. A session that is gone cannot be renewed by its number; the error
    // has said what to type.
    let again = match (edit, &made) {
        (Edit::Relogin { .. }, Ok(_)) => login(A),
        (Edit::Relogin { .. }, Err(error)) if !has_session(&rig, 1) => {
            let hints = error.hints();
            assert!(hints[0].contains("session login"), "{what}: {hints:?}");
            login(A)
        }
        _ => edit.clone(),
    };
    let once_more = |edit: &Edit| {
        make(&rig, edit).unwrap_or_else(|e| panic!("{what}, again: {e}"));
    };
    once_more(&again);
    if matches!(edit, Edit::AddRecord { .. }) && lasting && state(&rig) != wanted {
        // Neither finished nor removed: whose it is nobody can tell, so it is left as it is.
        assert!(made.as_ref().is_err_and(Error::is_lost), "{what}");
        once_more(&Edit::DeleteRecord { at: at(A) });
        once_more(edit);
    }
    assert_eq!(state(&rig), wanted, "{what}");
    true
}

/// Whatever goes wrong at whichever moment, the error says whether something may have happened,
/// and the same command again ends where it would have ended.
#[test]
pub(crate) fn every_change_with_every_fault() {
    let mut tried = 0;
    for (before, edit) in every_change() {
        let wanted = {
            let rig = after(&before);
            make(&rig, &edit).unwrap();
            state(&rig)
        };
        for nth in 1.. {
            let mut reached = false;
            for fault in FAULTS {
                for lasting in [false, true] {
                    if struck(&before, &edit, &wanted, (nth, lasting), fault) {
                        reached = true;
                        tried += 1;
                    }
                }
            }
            if !reached {
                break;
            }
        }
    }
    // Past what the test harness catches: it is a result.
    let _ = writeln!(
        std::io::stderr(),
        "fault points: {tried} in {} changes of the node by hand",
        every_change().len()
    );
    assert!(tried >= 150, "{tried} faults were tried");
}

/// A look changes nothing, and a second time nothing is left to do.
#[test]
pub(crate) fn a_look_changes_nothing_and_twice_is_once() {
    for (before, edit) in every_change() {
        let rig = after(&before);
        let untouched = state(&rig);
        let intent = look(&rig, &edit).unwrap();
        assert!(!intent.wire.is_empty(), "{edit}: no lines");
        assert_eq!(rig.changes(), Vec::<String>::new(), "{edit}");
        assert_eq!(state(&rig), untouched);
        make(&rig, &edit).unwrap();
        let done = state(&rig);
        let repeats = matches!(
            edit,
            Edit::Rescan { .. }
                | Edit::Relogin { .. }
                | Edit::SetChap { .. }
                | Edit::ScanAll { .. }
        );
        if !repeats {
            rig.machine.clear_calls();
            let again = make(&rig, &edit).unwrap();
            assert!(!again.changed, "{edit}");
            assert_eq!(rig.changes(), Vec::<String>::new(), "{edit}");
            assert_eq!(state(&rig), done, "{edit}");
        }
    }
}

/// The way back that is printed leads back.
#[test]
pub(crate) fn inverses_lead_back() {
    for (before, edit) in every_change() {
        let rig = after(&before);
        let untouched = state(&rig);
        let made = make(&rig, &edit).unwrap();
        let back: Option<Vec<Edit>> = match &edit {
            Edit::AddRecord { .. } => Some(vec![Edit::DeleteRecord { at: at(A) }]),
            Edit::DeleteRecord { .. } => Some(vec![record(A)]),
            Edit::Login { .. } => Some(vec![Edit::Logout { sid: 1 }]),
            Edit::Logout { .. } => Some(vec![login(A)]),
            Edit::Scan { .. } => Some(vec![remove(&["sda"])]),
            Edit::SetRecord { .. } => Some(vec![Edit::SetRecord {
                at: at(A),
                values: vec![("node.startup".into(), "manual".into())],
            }]),
            Edit::SetChap { .. } => Some(vec![Edit::ClearChap { at: at(A) }]),
            Edit::Remove { devices } if devices.len() == 1 => Some(vec![scan(A, 7)]),
            Edit::Remove { .. } => Some(vec![scan(A, 7), scan(A, 8)]),
            _ => None,
        };
        let Some(back) = back else { continue };
        let typed: Vec<String> = made
            .inverse
            .iter()
            .map(|line| line.replace(",1", ""))
            .collect();
        let wanted: Vec<String> = back
            .iter()
            .map(|e| e.to_string().replace(",1", ""))
            .collect();
        assert_eq!(typed, wanted, "{edit}");
        for edit in back {
            make(&rig, &edit).unwrap();
        }
        assert_eq!(state(&rig), untouched, "{edit}");
    }
}

#[test]
pub(crate) fn a_login_brings_in_no_lun_whatever_the_record_says() {
    let rig = after(&[record(A)]);
    let auto = vec![("node.session.scan".to_owned(), "auto".to_owned())];
    make(
        &rig,
        &Edit::SetRecord {
            at: at(A),
            values: auto,
        },
    )
    .unwrap();
    make(&rig, &login(A)).unwrap();
    assert!(inventory::list_devices(&*rig.machine).unwrap().is_empty());
    let records = inventory::list_records(&*rig.machine).unwrap();
    assert_eq!(records[0].scan, "auto", "the record says what it said");
}

#[test]
pub(crate) fn logins_that_cannot_be() {
    let rig = after(&[record(A), record(B)]);
    rig.machine
        .set_outage(portal(B), Some(Outage::Recent))
        .unwrap();
    rig.machine.set_login_code(portal(A), Some(24)).unwrap();
    for (edit, kind, words) in [
        (login(A), Kind::Denied, "code 24"),
        (login(B), Kind::Unreachable, B.text()),
        (login(NOWHERE), Kind::NotFound, "no record"),
    ] {
        let error = make(&rig, &edit).unwrap_err();
        assert_eq!(error.kind(), kind, "{edit}: {error}");
        assert!(error.to_string().contains(words), "{edit}: {error}");
        assert!(!error.is_lost(), "{edit}");
    }
    rig.machine.set_login_code(portal(A), None).unwrap();
    rig.machine.set_iscsid(Daemon::Stopped).unwrap();
    let error = make(&rig, &login(A)).unwrap_err();
    assert!(error.to_string().contains("iscsid"), "{error}");
}

/// One session is ended by its number, whatever else leads to the same target.
#[test]
pub(crate) fn a_logout_ends_one_session_and_never_one_with_a_device() {
    let rig = after(&[record(A), login(A), record(B), login(B), scan(A, 7)]);
    let error = make(&rig, &Edit::Logout { sid: 1 }).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused);
    assert!(error.hints()[0].contains("device remove sda"), "{error}");
    let error = make(&rig, &Edit::Relogin { sid: 1 }).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused);
    make(&rig, &Edit::Logout { sid: 2 }).unwrap();
    let left = inventory::list_sessions(&*rig.machine).unwrap();
    assert_eq!(left.iter().map(|s| s.sid).collect::<Vec<_>>(), [1]);
    assert!(!make(&rig, &Edit::Logout { sid: 2 }).unwrap().changed);
    let changes = rig.changes();
    assert_eq!(changes, ["iscsiadm -m session -r 2 -u"]);
    // What the system was booted from stays.
    make(&rig, &remove(&["sda"])).unwrap();
    let boot = vec![("node.startup".to_owned(), "onboot".to_owned())];
    make(
        &rig,
        &Edit::SetRecord {
            at: at(A),
            values: boot,
        },
    )
    .unwrap();
    let error = make(&rig, &Edit::Logout { sid: 1 }).unwrap_err();
    assert!(error.to_string().contains("onboot"), "{error}");
}

/// The kernel would remove a disk under its user without a word.
#[test]
pub(crate) fn a_held_disk_is_neither_removed_nor_stopped() {
    for by in [
        Hold::Mount { at: "/srv".into() },
        Hold::ContainerMount {
            at: "/data".into(),
            pid: 77,
            comm: "postgres".into(),
        },
        Hold::Open {
            pid: 78,
            comm: "qemu-system-x86".into(),
        },
        Hold::Swap,
        Hold::Map {
            minor: 3,
            name: "mpatha".into(),
            uuid: "mpath-36001405".into(),
        },
    ] {
        let rig = after(&[record(A), login(A), scan(A, 7), scan(A, 8)]);
        rig.machine.hold("sda", by.clone()).unwrap();
        let stop = Edit::SetState {
            device: "sda".parse().unwrap(),
            state: DeviceState::Offline,
        };
        for edit in [remove(&["sdb", "sda"]), remove(&["0:0:0:7"]), stop] {
            let error = make(&rig, &edit).unwrap_err();
            assert_eq!(error.kind(), Kind::Refused, "{by:?}: {error}");
        }
        assert_eq!(rig.changes(), Vec::<String>::new(), "{by:?}");
        // A stopped device may be started under whoever holds it.
        rig.write("/sys/block/sda/device/state", "offline\n");
        let start = Edit::SetState {
            device: "sda".parse().unwrap(),
            state: DeviceState::Running,
        };
        assert!(make(&rig, &start).unwrap().changed);
    }
}

/// The number was given to another LUN while the disk stayed.
#[test]
pub(crate) fn another_lun_behind_the_number_shows_at_a_rescan() {
    let rig = after(&[record(A), login(A), scan(A, 7)]);
    rig.fabric.unmap(7);
    rig.fabric.map_new(7, &wwid(3), 16 << 20);
    // A scan brings nothing new, and does not claim to know better.
    assert!(!make(&rig, &scan(A, 7)).unwrap().changed);
    let rescan = Edit::Rescan {
        devices: vec!["sda".parse().unwrap()],
    };
    let made = make(&rig, &rescan).unwrap();
    let trouble = made.trouble.unwrap();
    assert!(
        trouble.contains("another disk") && trouble.contains(wwid(3).as_str()),
        "{trouble}"
    );
    rig.fabric.unmap(7);
    let trouble = make(&rig, &rescan).unwrap().trouble.unwrap();
    assert!(trouble.contains("size is 0"), "{trouble}");
}

#[test]
pub(crate) fn a_lun_that_is_not_shown_is_not_brought_in() {
    let rig = after(&[record(A), login(A)]);
    let error = make(&rig, &scan(A, 9)).unwrap_err();
    assert!(error.to_string().contains("shows no LUN 9"), "{error}");
    assert!(!error.is_lost());
    let written = rig.changes();
    assert!(
        written
            .iter()
            .all(|w| w.contains(" 9\"") || w.contains(" 16393\"")),
        "only this number was asked for: {written:?}"
    );
}
