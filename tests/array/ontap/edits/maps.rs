//! LUNs mapped and unmapped, and the maps themselves.

use super::*;
use crate::ontap::rig::{IQN, ONE, OWN, TWO};
use sanctl::array::edit::Class;
use sanctl::model::edit::Edit;

const OTHER: &str = "iqn.1994-05.com.redhat:c003";

fn host(name: &str) -> Party {
    Party::Host(named(name))
}

fn furnish(array: &Practice) {
    array.add_igroup(OWN, "iscsi", &[IQN]);
    array.add_igroup("shared", "iscsi", &["iqn.2000-01.com.example:a", OTHER]);
    array.map(TWO, OWN, Some(0)).unwrap();
    array.map(TWO, "shared", Some(9)).unwrap();
}

fn create(lun: &str, group: &str, number: Option<u16>) -> Edit {
    Edit::CreateLunMap {
        lun: named(lun),
        group: named(group),
        number: number.map(LunNumber),
    }
}

fn delete(mapping: &str) -> Edit {
    Edit::DeleteMapping {
        mapping: named(mapping),
    }
}

#[test]
fn luns_are_mapped_whatever_fails() {
    holds(&furnish, &map(ONE, group(OWN), None), Back::Same, [3, 4]);
    holds(
        &furnish,
        &map(ONE, host("compute-2"), Some(7)),
        Back::Same,
        [6, 7],
    );
    holds(
        &furnish,
        &map("volume-0001", host(IQN), None),
        Back::Same,
        [4, 5],
    );
    holds(
        &furnish,
        &create(ONE, "shared", Some(0)),
        Back::Same,
        [6, 7],
    );
}

#[test]
fn luns_are_unmapped_whatever_fails() {
    holds(&furnish, &unmap(TWO, group(OWN)), Back::Same, [5, 6]);
    holds(&furnish, &unmap(TWO, host(IQN)), Back::Same, [6, 7]);
    holds(&furnish, &unmap(TWO, Party::AllHosts), Back::Same, [17, 20]);
    let mapping = format!("{OWN}:{TWO}");
    holds(&furnish, &delete(&mapping), Back::Same, [5, 5]);
}

/// Nobody sees it: no host loses anything by it, and it may be ours.
#[test]
fn a_map_to_nobody() {
    let prepare = |array: &Practice| {
        array.add_igroup("empty", "iscsi", &[]);
        array.map(ONE, "empty", None).unwrap();
    };
    let edit = delete(&format!("empty:{ONE}"));
    holds(&prepare, &edit, Back::Same, [5, 5]);
    for api in BOTH {
        let rig = Rig::new(api);
        prepare(&rig.array);
        let intent = rig.look(&edit).unwrap();
        assert_eq!(intent.class, Class::Unused);
        assert_eq!(intent.cuts, []);
        assert!(intent.identity.unwrap().ends_with("/empty"));
        let intent = rig.look(&map(TWO, group("empty"), None)).unwrap();
        assert_eq!(intent.gains, []);
        assert!(
            intent.notes[0].contains("no initiator"),
            "{:?}",
            intent.notes
        );
    }
}

#[test]
fn numbers_are_honoured_nought_included() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup(OWN, "iscsi", &[IQN]);
        rig.array.set_options(|o| o.first_number = 5);
        rig.made(&map(ONE, host(OWN), Some(0)));
        assert_eq!(rig.array.maps_of(ONE), [(OWN.to_owned(), 0)], "{api:?}");
        rig.made(&map(TWO, host(OWN), None));
        assert_eq!(rig.array.maps_of(TWO), [(OWN.to_owned(), 5)], "{api:?}");
        assert!(!rig.made(&map(ONE, host(OWN), Some(0))).changed);
        assert!(!rig.made(&map(ONE, host(OWN), None)).changed);
        let error = rig.refuses(&map(ONE, host(OWN), Some(1)), Kind::Refused);
        let text = error.to_string();
        assert!(text.contains("as number 0 already"), "{text}");
        assert!(error.hints()[0].starts_with(&format!("sanctl lun unmap {ONE} --hostgroup {OWN}")));
        rig.refuses(&map(ONE, host(OWN), Some(4096)), Kind::Usage);
    }
}

#[test]
fn maps_that_contradict() {
    for api in BOTH {
        let rig = Rig::new(api);
        furnish(&rig.array);
        rig.array.add_igroup("again", "iscsi", &[IQN]);
        let error = rig.refuses(&map(TWO, group("again"), None), Kind::Refused);
        let text = error.to_string();
        assert!(text.contains(IQN) && text.contains(OWN), "{text}");
        assert_eq!(
            error.hints(),
            [format!("sanctl lun unmap {TWO} --hostgroup {OWN}")]
        );
        // Through another igroup of the same initiator.
        let error = rig.refuses(&map(ONE, group("again"), Some(0)), Kind::Refused);
        assert!(error.to_string().contains(TWO), "{error}");
        assert_eq!(error.hints(), ["sanctl mapping free-numbers --host again"]);
        rig.refuses(&map(ONE, host("nix"), None), Kind::NotFound);
        rig.refuses(
            &map(ONE, host("iqn.2000-01.com.example:nix"), None),
            Kind::NotFound,
        );
        rig.refuses(&map("nix", host(OWN), None), Kind::NotFound);
        // An initiator of two igroups: which of them, nobody can tell, unless it sees the LUN.
        rig.refuses(&map(ONE, host(IQN), None), Kind::NotFound);
        assert!(!rig.made(&map(TWO, host(IQN), None)).changed);
        assert!(rig.made(&unmap(TWO, host(IQN))).changed);
        assert_eq!(rig.array.maps_of(TWO), [("shared".to_owned(), 9)]);
    }
}

#[test]
fn who_loses_what() {
    for api in BOTH {
        let rig = Rig::new(api);
        furnish(&rig.array);
        rig.array.log_in(OTHER, "iscsi_1");
        let intent = rig.look(&unmap(TWO, group("shared"))).unwrap();
        assert_eq!(intent.class, Class::Asks);
        let cut = &intent.cuts[0];
        assert_eq!(
            cut.to_string(),
            format!("host shared (logged in) loses LUN {TWO} (its number 9)")
        );
        assert_eq!(cut.initiators, ["iqn.2000-01.com.example:a", OTHER]);
        assert_eq!(cut.wwid.as_ref().unwrap().as_str(), rig.array.lun_wwid(TWO));
        let intent = rig.look(&unmap(TWO, Party::AllHosts)).unwrap();
        assert_eq!(intent.class, Class::Typed(TWO.into()));
        assert_eq!(intent.cuts.len(), 2);
        assert_eq!(intent.wire.len(), 2);
        // One of them alone cannot be cut off.
        let error = rig.refuses(&unmap(TWO, host(OTHER)), Kind::Refused);
        let text = error.to_string();
        assert!(text.contains("iqn.2000-01.com.example:a"), "{text}");
        assert_eq!(
            error.hints(),
            [format!("sanctl lun unmap {TWO} --hostgroup shared")]
        );
        assert!(!rig.made(&unmap(ONE, Party::AllHosts)).changed);
        assert!(!rig.made(&unmap(ONE, group("shared"))).changed);
        let intent = rig.look(&map(ONE, group("shared"), None)).unwrap();
        assert_eq!(
            intent.gains[0].to_string(),
            format!("host shared sees LUN {ONE}")
        );
        rig.array.map(ONE, OWN, None).unwrap();
        let intent = rig.look(&map(ONE, group("shared"), None)).unwrap();
        assert_eq!(intent.notes, [format!("LUN {ONE} is mapped to {OWN} too")]);
    }
}

#[test]
fn a_map_by_its_names() {
    for api in BOTH {
        let rig = Rig::new(api);
        furnish(&rig.array);
        let made = rig.made(&create(ONE, OWN, None));
        assert_eq!(made.object.what, "mapping");
        assert_eq!(made.inverse, [format!("sanctl mapping delete {OWN}:{ONE}")]);
        let by_id = delete(&format!("id:{}", made.object.id));
        let gone = rig.made(&by_id);
        assert_eq!(
            gone.inverse,
            [format!(
                "sanctl mapping create --lun {ONE} --hostgroup {OWN} --lun-number 1"
            )]
        );
        rig.refuses(&by_id, Kind::NotFound);
        rig.refuses(&delete(&format!("nix:{ONE}")), Kind::NotFound);
        rig.refuses(&delete("nix"), Kind::NotFound);
    }
}
