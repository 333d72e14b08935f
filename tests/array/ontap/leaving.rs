//! What becomes of the igroup at a detach: it goes with the last LUN, and only then it is asked for.

use crate::ontap::rig::{BOTH, GIB, ONE, OWN, Rig, TWO};
use crate::rig::Walked;

const HAND: &str = "/vol/cinder_a/by-hand";

/// What the detach says of the igroup.
fn igroup(walked: &Walked) -> String {
    let row = walked.report.steps.iter().find(|s| s.key == "array.igroup");
    row.map(|row| row.evidence.clone()).unwrap_or_default()
}

#[test]
fn it_goes_with_the_last_one_in_whatever_order() {
    for api in BOTH {
        for luns in [[ONE, TWO], [TWO, ONE]] {
            let rig = Rig::new(api);
            let before = rig.array.dump();
            rig.attach(ONE).expect();
            rig.attach(TWO).expect();
            let first = rig.detach(luns[0], None).expect();
            assert_eq!(first.requests.len(), 3, "{:#?}", Rig::calls(&first));
            assert_eq!(igroup(&first), "kept, in use by another attachment");
            assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
            let last = rig.detach(luns[1], None).expect();
            assert_eq!(last.requests.len(), 4, "{:#?}", Rig::calls(&last));
            assert_eq!(rig.array.dump(), before, "{api:?}");
            assert!(rig.objects().is_empty(), "{:?}", rig.objects());
        }
    }
}

/// What other attachments have on record is believed for as long as they are open.
#[test]
fn a_map_of_ours_that_somebody_removed_keeps_it_until_its_own_detach() {
    for api in BOTH {
        let rig = Rig::new(api);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        rig.attach(TWO).expect();
        rig.array.unmap(TWO, OWN);
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
        rig.detach(TWO, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    }
}

/// No journal knows of it, so the array is asked, and keeps the igroup.
#[test]
fn a_lun_that_was_mapped_by_hand_keeps_it() {
    for api in BOTH {
        let rig = Rig::new(api);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        rig.array.map(TWO, OWN, None);
        let walked = rig.detach(ONE, None).expect();
        assert_eq!(walked.requests.len(), 4, "{:#?}", Rig::calls(&walked));
        assert!(igroup(&walked).contains("other LUNs"), "{:?}", walked.trail);
        assert_eq!(rig.array.maps_of(TWO).len(), 1, "{api:?}");
        assert_eq!(rig.objects()[0], format!("igroup/{OWN}"), "{api:?}");
        // It is ours all the same, and goes with whoever is last.
        rig.array.unmap(TWO, OWN);
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

/// A plan wants to know whether there is another map, and not which ones there are.
#[test]
fn an_igroup_of_many_maps_is_not_read() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        for n in 0..400 {
            let path = format!("{HAND}-{n}");
            rig.array.add_lun(&path, GIB);
            rig.array.map(&path, OWN, None);
        }
        let plan = rig.plan_detach(ONE);
        let told = plan.steps.iter().find(|s| s.key == "array.igroup").unwrap();
        assert!(!told.pending && told.evidence.contains(HAND), "{told:?}");
        let detach = rig.server.requests();
        assert!(detach.len() <= 4, "{api:?}: {}", detach.len());
        let walked = rig.detach(ONE, None).expect();
        for seen in detach.iter().chain(&walked.requests) {
            assert!(
                seen.bytes_out < 3000,
                "{api:?}: {} {}",
                seen.route,
                seen.bytes_out
            );
        }
        assert_eq!(walked.requests.len(), 4, "{:#?}", Rig::calls(&walked));
    }
}
