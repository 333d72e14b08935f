//! LUNs made, grown, deleted, put on- and offline.

use super::*;
use crate::ontap::rig::{GIB, IQN, ONE, TWO};
use sanctl::array::edit::Class;
use sanctl::model::edit::LunState;
use sanctl::sim::ontap::Jobs;

const NEW: &str = "/vol/cinder_a/new";

fn create(name: &str, size_bytes: u64, pool: &str) -> Edit {
    Edit::CreateLun {
        name: name.into(),
        size_bytes,
        pool: named(pool),
    }
}

fn resize(lun: &str, size_bytes: u64) -> Edit {
    let lun = named(lun);
    Edit::ResizeLun { lun, size_bytes }
}

fn delete(lun: &str) -> Edit {
    Edit::DeleteLun { lun: named(lun) }
}

fn state(lun: &str, state: LunState) -> Edit {
    let lun = named(lun);
    Edit::SetLunState { lun, state }
}

fn mapped(array: &Practice) {
    array.add_igroup("g", "iscsi", &[IQN]);
    array.map(ONE, "g", None).unwrap();
}

fn jobs(array: &Practice) {
    array.set_options(|o| o.jobs = Jobs::After(1));
}

#[test]
fn luns_are_made_and_grown_whatever_fails() {
    holds(&|_| {}, &create("new", GIB, "cinder_a"), Back::Same, [3, 3]);
    holds(&mapped, &resize(ONE, 2 * GIB), Back::Never, [2, 2]);
}

#[test]
fn luns_are_deleted_whatever_fails() {
    holds(&|_| {}, &delete(TWO), Back::Never, [2, 8]);
    let off = |array: &Practice| {
        Rig::off(array, ONE);
    };
    holds(&off, &delete(ONE), Back::Never, [2, 3]);
}

#[test]
fn luns_are_put_on_and_offline_whatever_fails() {
    holds(&mapped, &state(ONE, LunState::Offline), Back::Same, [4, 5]);
    let off = |array: &Practice| {
        mapped(array);
        Rig::off(array, ONE);
    };
    holds(&off, &state(ONE, LunState::Online), Back::Same, [2, 2]);
}

impl Rig {
    fn off(array: &Practice, lun: &str) {
        array.set_lun_state(lun, sanctl::sim::ontap::LunState::Offline);
    }
}

/// REST may answer with a job; ZAPI never does.
#[test]
fn jobs_are_waited_for() {
    holds(&jobs, &create(NEW, GIB, "cinder_a"), Back::Same, [6, 3]);
    holds(&jobs, &resize(ONE, 2 * GIB), Back::Never, [4, 2]);
    holds(&jobs, &delete(ONE), Back::Never, [4, 8]);
    holds(&jobs, &state(ONE, LunState::Offline), Back::Same, [4, 3]);
}

#[test]
fn where_a_lun_goes_and_how_large_it_is() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.made(&create("plain", GIB, "cinder_b"));
        let made = rig.made(&create("/vol/cinder_a/qtree/deep", GIB, "cinder_a"));
        assert!(!made.object.id.is_empty(), "{api:?}");
        for path in ["/vol/cinder_b/plain", "/vol/cinder_a/qtree/deep"] {
            assert!(!rig.array.lun_wwid(path).is_empty(), "{api:?} {path}");
        }
        // Half a block more than asked for, and the same asked for again.
        let odd = create("odd", 500_000_000_000, "cinder_a");
        let intent = rig.look(&odd).unwrap();
        assert!(intent.notes[0].contains("rounded up"), "{:?}", intent.notes);
        assert!(rig.made(&odd).changed && !rig.made(&odd).changed);
        for edit in [
            create("a/b", GIB, "cinder_a"),
            create("/vol/cinder_a", GIB, "cinder_a"),
            create("/lun/cinder_a/x", GIB, "cinder_a"),
            create("/vol/cinder_b/x", GIB, "cinder_a"),
            create("x", 0, "cinder_a"),
            create("x", u64::MAX, "cinder_a"),
        ] {
            rig.refuses(&edit, Kind::Usage);
        }
        let error = rig.refuses(&create("x", GIB, "nix"), Kind::NotFound);
        assert!(error.to_string().contains("no storage pool nix"), "{error}");
        let error = rig.refuses(&create("plain", 2 * GIB, "cinder_b"), Kind::Refused);
        assert!(error.to_string().contains("there already"), "{error}");
    }
}

/// Platforms without volumes have plain names; they speak REST only.
#[test]
fn a_platform_without_volumes() {
    let rig = Rig::new(BOTH[0]);
    rig.array
        .set_version(sanctl::sim::ontap::Version::new(16, 1));
    rig.array.set_disaggregated(true);
    let intent = rig.look(&create("plain_1", GIB, "pool")).unwrap();
    assert_eq!(intent.object.name, "plain_1");
    assert!(
        intent.notes[0].contains("pool is not used"),
        "{:?}",
        intent.notes
    );
    rig.refuses(&create("/vol/cinder_a/x", GIB, "cinder_a"), Kind::Usage);
}

#[test]
fn luns_that_are_kept() {
    for api in BOTH {
        let rig = Rig::new(api);
        mapped(&rig.array);
        let error = rig.refuses(&delete(ONE), Kind::Refused);
        assert!(
            error.to_string().contains("mapped to hostgroup g"),
            "{error}"
        );
        assert_eq!(
            error.hints(),
            [format!("sanctl lun unmap {ONE} --all-hosts")]
        );
        let error = rig.refuses(&resize(ONE, GIB / 2), Kind::Refused);
        assert!(error.to_string().contains("shrinking it"), "{error}");
        assert!(!rig.made(&resize(ONE, GIB)).changed);
        let intent = rig.look(&delete(TWO)).unwrap();
        assert_eq!(intent.class, Class::Typed(TWO.into()));
        assert_eq!(intent.unused[0].wwid.as_str(), rig.array.lun_wwid(TWO));
        // Mapped by somebody after the look: it stays, and stays online.
        let array = rig.open();
        let editor = array.editor().unwrap();
        let edit = delete(TWO);
        let intent = editor.look(&edit, &bounds()).unwrap();
        rig.array.map(TWO, "g", None).unwrap();
        let before = rig.array.dump();
        let error = make(editor, &edit, &intent, &bounds(), &mutate()).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused, "{api:?}: {error}");
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn who_loses_a_lun_that_goes_offline() {
    for api in BOTH {
        let rig = Rig::new(api);
        mapped(&rig.array);
        let intent = rig.look(&state(ONE, LunState::Offline)).unwrap();
        assert_eq!(intent.class, Class::Typed(ONE.into()));
        assert_eq!(intent.cuts[0].initiators, [IQN]);
        assert_eq!(intent.unused.len(), 1);
        let intent = rig.look(&state(TWO, LunState::Offline)).unwrap();
        assert_eq!(intent.class, Class::Asks);
        assert!(!rig.made(&state(ONE, LunState::Online)).changed);
        rig.array
            .set_volume("cinder_a", sanctl::sim::ontap::VolumeState::Offline);
        let _ = rig.look(&state(ONE, LunState::Online));
    }
}

/// What no source describes is said when it is refused.
#[test]
fn a_refusal_of_what_drivers_send() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.fault("POST /zapi/lun-resize=code:9080;PATCH /storage/luns/*=code:1254264");
        let error = rig.refuses(&resize(ONE, 2 * GIB), Kind::Failed);
        assert!(
            error.hints()[0].contains("drivers send"),
            "{:?}",
            error.hints()
        );
    }
}
