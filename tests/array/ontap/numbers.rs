//! Numbers: free on the array and unknown to the node.

use sanctl::kit::kind::Kind;
use sanctl::model::ids::LunNumber;
use sanctl::model::publication::{KernelLun, KernelTarget};

use crate::ontap::rig::{BOTH, ONE, OWN, Rig, TWO};

const STALE: &str = "600a0980ffffffffffffffffffffffff";

fn known(rig: &Rig, number: u16, wwid: &str) -> KernelLun {
    KernelLun {
        target: KernelTarget::Iqn(rig.array.target().parse().unwrap()),
        lun_number: LunNumber(number),
        wwid: Some(wwid.parse().unwrap()),
        disk: Some("sdk".into()),
    }
}

#[test]
fn a_number_that_the_kernel_knows_is_not_given() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.avoid = vec![known(&rig, 0, STALE), known(&rig, 1, STALE)];
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(2)), "{api:?}");
        assert_eq!(walked.requests.len(), if api == BOTH[0] { 7 } else { 8 });
        // Free to the kernel, taken on the array.
        rig.avoid = vec![known(&rig, 0, STALE), known(&rig, 1, STALE)];
        let walked = rig.attach(TWO).expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(3)), "{api:?}");
    }
}

#[test]
fn other_targets_and_the_lun_itself_are_in_nobodys_way() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        let own = rig.array.lun_wwid(ONE);
        let mut other = known(&rig, 0, STALE);
        other.target = KernelTarget::Iqn("iqn.2006-08.com.huawei:x".parse().unwrap());
        rig.avoid = vec![known(&rig, 0, &own), other];
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(0)), "{api:?}");
    }
}

#[test]
fn the_number_that_was_asked_for() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.lun_number = Some(9);
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(9)), "{api:?}");
        let failed = rig.attach(TWO).fails();
        assert_eq!(failed.kind, Kind::Refused);
        assert!(failed.text.contains(ONE), "{failed:?}");
        rig.lun_number = Some(8);
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("lun number 9 already"), "{failed:?}");
        rig.avoid = vec![known(&rig, 8, STALE)];
        let failed = rig.attach(TWO).fails();
        assert!(failed.text.contains("sdk"), "{failed:?}");
        rig.lun_number = Some(4096);
        let failed = rig.attach(TWO).fails();
        assert_eq!(failed.kind, Kind::Usage, "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE), [(OWN.to_owned(), 9)]);
        assert!(rig.array.maps_of(TWO).is_empty());
    }
}

#[test]
fn an_existing_map_that_collides_is_refused() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.avoid = vec![known(&rig, 0, STALE)];
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        assert!(failed.text.contains("sdk"), "{failed:?}");
        assert_eq!(rig.array.maps_of(ONE), [(OWN.to_owned(), 0)]);
    }
}
