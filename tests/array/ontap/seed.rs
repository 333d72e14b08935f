//! The three experiments of the trace that the project was born from, and what goes missing behind
//! our back.

use crate::ontap::rig::{BOTH, IQN, ONE, OWN, Rig};

#[test]
fn an_extra_map_elsewhere_survives_attach_and_detach() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array
            .add_igroup("igroup1", "iscsi", &["iqn.1994-05.com.redhat:c001"]);
        rig.array.map(ONE, "igroup1", Some(3));
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("igroup1"), "{failed:?}");
        rig.shared = true;
        rig.attach(ONE).expect();
        let maps = rig.array.maps_of(ONE);
        assert_eq!(maps, [("igroup1".to_owned(), 3), (OWN.to_owned(), 0)]);
        rig.detach(ONE, None).expect();
        assert_eq!(
            rig.array.maps_of(ONE),
            [("igroup1".to_owned(), 3)],
            "{api:?}"
        );
    }
}

#[test]
fn a_map_made_by_hand_is_reused_with_the_same_number() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup(OWN, "iscsi", &[IQN]);
        rig.array.map(ONE, OWN, Some(4));
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number.unwrap().0, 4, "{api:?}");
        assert!(!walked.report.changed, "{api:?}");
    }
}

#[test]
fn unmapped_behind_our_back_is_reported_and_detach_goes_on() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.array.unmap(ONE, OWN);
        let status = rig.status(ONE);
        let (key, found) = status.last().unwrap();
        assert_eq!((key.as_str(), found.state.word()), ("array.map", "absent"));
        let walked = rig.detach(ONE, None).expect();
        assert!(walked.says("array.map gone"), "{:?}", walked.trail);
        assert!(rig.array.igroups().is_empty(), "{api:?}");
        assert!(rig.objects().is_empty(), "{api:?}");
    }
}

#[test]
fn a_lun_or_an_igroup_that_is_gone_stops_no_detach() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.array.lose_lun(ONE);
        rig.detach(ONE, None).expect();
        assert!(rig.array.igroups().is_empty(), "{api:?}");
        let rig = Rig::new(api);
        let walked = rig.attach(ONE).expect();
        rig.detach(ONE, Some(&walked.facts)).expect();
        // Once more, from the same facts: nothing is left to do.
        let again = rig.detach(ONE, Some(&walked.facts)).expect();
        assert!(!again.report.changed, "{api:?}");
    }
}

/// "No such LUN" may mean "not for you": whether it is unmapped the maps alone tell (ontap.md §7).
#[test]
fn an_array_that_says_that_nothing_was_mapped_is_not_believed() {
    for (route, codes) in [
        (
            "DELETE /protocols/san/lun-maps*",
            ["5374875", "5374878", "4"],
        ),
        ("POST /zapi/lun-unmap", ["9017", "9003", "13115"]),
    ] {
        let api = match route.contains("zapi") {
            true => BOTH[1],
            false => BOTH[0],
        };
        for code in codes {
            let rig = Rig::new(api);
            let before = rig.array.dump();
            rig.attach(ONE).expect();
            let ours = rig.objects();
            rig.fault(&format!("{route}#every=code:{code}"));
            let failed = rig.detach(ONE, None).fails();
            assert!(failed.text.contains("stays mapped"), "{code}: {failed:?}");
            assert_eq!(rig.array.maps_of(ONE).len(), 1, "{code}");
            assert_eq!(rig.objects(), ours, "{code}");
            // Carried out, and told in the same words.
            rig.fault(&format!("{route}#every=code-after:{code}"));
            rig.detach(ONE, None).expect();
            assert_eq!(rig.array.dump(), before, "{code}");
            assert!(rig.objects().is_empty(), "{code}");
        }
    }
}

#[test]
fn detach_without_a_journal_finds_its_way() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.lose_journals();
        let failed = rig.detach("volume-0001", None).fails();
        assert!(failed.text.contains("made by somebody else"), "{failed:?}");
        rig.adopted = sanctl::attachment::detach::Adopted::Include;
        rig.detach("volume-0001", None).expect();
        assert!(rig.array.maps_of(ONE).is_empty(), "{api:?}");
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}

#[test]
fn a_journal_of_one_interface_serves_the_other() {
    let [first, second] = BOTH;
    let mut rig = Rig::new(first);
    let before = rig.array.dump();
    rig.attach(ONE).expect();
    rig.api = second;
    let again = rig.attach(ONE).expect();
    assert!(!again.report.changed, "{:?}", again.trail);
    rig.detach(ONE, None).expect();
    assert_eq!(rig.array.dump(), before);
    assert!(rig.objects().is_empty());
}

/// Nothing of the LUN is there, because it is another SVM: that is no detached LUN.
#[test]
fn another_svm_behind_the_same_section_is_told() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.array.add_svm("svm_two");
        rig.settings = Box::new(|settings| settings.svm = Some("svm_two".into()));
        let failed = rig.detach(ONE, None).fails();
        assert_eq!(failed.kind, sanctl::kit::kind::Kind::Refused, "{failed:?}");
        rig.settings = Box::new(|_| {});
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
        rig.detach(ONE, None).expect();
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    }
}
