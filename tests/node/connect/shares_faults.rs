//! Every command goes wrong in every way: what is left, and where the next run comes to.

use sanctl::kit::kind::Kind;
use sanctl::model::other_connection::{AoeDevice, OtherConnection};

use crate::faulty::Act;
use crate::shares_rig::{Rig, nfs};

const AOE: OtherConnection = OtherConnection::Aoe(AoeDevice { shelf: 1, slot: 2 });

fn rig() -> Rig {
    let rig = Rig::new();
    rig.world(|w| w.shelves.insert("e1.2".into(), 8192));
    let old = "mount.nfs: Protocol not supported";
    rig.world(|w| w.refusals = vec![("minorversion=2", old)]);
    rig
}

/// What of it is on the machine.
fn left(rig: &Rig) -> usize {
    rig.world(|w| w.mounts.len() + w.known.len())
}

#[test]
fn attach_with_a_fault_leaves_nothing_unsaid() {
    for other in [nfs("volume-1"), AOE] {
        for act in Act::ALL {
            for nth in 1.. {
                let rig = rig();
                rig.fault(nth, act);
                let done = rig.attach(&other);
                let calls = rig.no_fault();
                if calls < nth {
                    assert!(nth > 1, "{other:?} has no commands");
                    break;
                }
                let case = format!("{} command {nth} {act:?}", other.kind());
                let kind = done.report.kind.unwrap();
                match &done.error {
                    None => assert_eq!(done.report.state, "attached", "{case}"),
                    Some(error) if kind != Kind::Partial => {
                        assert_eq!(left(&rig), 0, "{case}: {error}");
                        assert!(rig.journals().list_open().unwrap().is_empty(), "{case}");
                    }
                    Some(_) => assert!(!done.report.hints.is_empty(), "{case}"),
                }
                rig.attach(&other).expect();
                assert_eq!(rig.status(&other).expect().state, "attached", "{case}");
                rig.detach(&other).expect();
                assert_eq!(left(&rig), 0, "{case}");
                assert!(rig.journals().list_all().unwrap().is_empty(), "{case}");
            }
        }
    }
}

#[test]
fn detach_with_a_fault_is_ended_by_the_next_one() {
    for other in [nfs("volume-1"), AOE] {
        for act in Act::ALL {
            for nth in 1.. {
                let rig = rig();
                rig.attach(&other).expect();
                rig.fault(nth, act);
                let done = rig.detach(&other);
                if rig.no_fault() < nth {
                    assert!(nth > 1, "{other:?} has no commands");
                    break;
                }
                let case = format!("{} command {nth} {act:?}", other.kind());
                if done.error.is_none() {
                    assert_eq!(left(&rig), 0, "{case}");
                }
                rig.detach(&other).expect();
                assert_eq!(left(&rig), 0, "{case}");
                assert!(rig.journals().list_all().unwrap().is_empty(), "{case}");
            }
        }
    }
}
