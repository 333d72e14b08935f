//! Attach and detach: the same steps and the same end over both interfaces.

use crate::ontap::rig::{BOTH, IQN, ONE, OWN, Rig, TWO};

#[test]
fn there_and_back() {
    let mut ends = Vec::new();
    for api in BOTH {
        let rig = Rig::new(api);
        let before = rig.array.dump();
        let one = rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE), [(OWN.to_owned(), 0)], "{api:?}");
        assert_eq!(
            rig.array.igroups(),
            [(OWN.to_owned(), vec![IQN.to_owned()])],
            "{api:?}"
        );
        let number = one.facts.lun_number.unwrap();
        assert_eq!(number.0, 0);
        let connection = one.facts.connection.clone().unwrap();
        assert_eq!(
            connection.wwid.unwrap().as_str(),
            rig.array.lun_wwid(ONE),
            "{api:?}"
        );
        let portals: Vec<String> = connection
            .targets
            .iter()
            .map(|t| t.at.portal.to_string())
            .collect();
        // The first node owns the volume.
        assert_eq!(
            portals,
            [
                "192.0.2.41:3260",
                "192.0.3.41:3260",
                "192.0.2.42:3260",
                "192.0.3.42:3260"
            ]
        );
        assert_eq!(connection.targets[0].at.iqn.as_str(), rig.array.target());
        let two = rig.attach(TWO).expect();
        assert_eq!(two.facts.lun_number.unwrap().0, 1);
        let again = rig.attach(TWO).expect();
        assert!(!again.report.changed, "{:?}", again.trail);
        ends.push((rig.array.dump(), one.trail.len()));
        rig.detach(ONE, None).expect();
        assert!(rig.array.maps_of(ONE).is_empty());
        assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
        rig.detach(TWO, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    }
    assert_eq!(ends[0], ends[1]);
}
