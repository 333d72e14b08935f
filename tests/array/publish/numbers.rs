//! A number that was asked for: given, read back, or refused by name.

use sanctl::kit::kind::Kind;
use sanctl::model::ids::LunNumber;
use sanctl::model::publication::{KernelLun, KernelTarget};
use sanctl::sim::oceanstor::Seed;

use crate::rig::{GIB, Rig};

fn rig(seed: &Seed, number: u16) -> Rig {
    let mut rig = Rig::new(seed);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig.lun_number = Some(number);
    rig
}

/// The attach is refused and changes nothing.
fn refused(rig: &Rig, lun: &str, words: &[&str]) {
    let before = rig.array.dump();
    let walked = rig.attach(lun);
    let changes = walked.requests.iter().filter(|r| r.method != "GET");
    assert!(
        changes.clone().all(|r| r.route.ends_with("sessions")),
        "{:#?}",
        walked.lines()
    );
    let failed = walked.fails();
    assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
    for word in words {
        assert!(failed.text.contains(word), "{word}: {failed:?}");
    }
    assert!(rig.array.dump() == before, "{words:?}");
}

#[test]
pub(crate) fn the_number_is_given_and_read_back() {
    for seed in [Seed::v3(), Seed::v6()] {
        let mut rig = rig(&seed, 9);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(9)));
        let targets = &walked.facts.connection.as_ref().unwrap().targets;
        assert!(targets.iter().all(|t| t.lun_number == Some(LunNumber(9))));
        // Again: it is so already.
        let again = rig.attach("vol-1").expect();
        assert!(!again.report.changed, "{:?}", again.trail);
        rig.lun_number = Some(0);
        let other = rig.attach("vol-2").expect();
        assert_eq!(other.facts.lun_number, Some(LunNumber(0)));
        for lun in ["vol-1", "vol-2"] {
            rig.detach(lun, None).expect();
        }
        assert!(rig.array.dump() == before);
    }
}

/// A lost answer is looked at: the number is there, or is set again.
#[test]
fn a_lost_answer_of_the_move_converges() {
    for fault in ["drop-after", "drop-before", "timeout-after"] {
        let rig = rig(&Seed::v3(), 9);
        rig.fault(&format!("PUT /mappingview/*#3={fault}"));
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(9)), "{fault}");
    }
}

#[test]
fn a_number_that_is_taken_is_refused_by_name() {
    let mut rig = rig(&Seed::v3(), 9);
    rig.attach("vol-1").expect();
    refused(&rig, "vol-2", &["lun number 9", "taken by LUN vol-1"]);
    // Mapped already, as another number: it may be in use.
    rig.lun_number = Some(8);
    refused(&rig, "vol-1", &["as lun number 9 already, not 8"]);
}

#[test]
fn a_number_that_this_node_still_knows_as_another_lun_is_refused() {
    let mut rig = rig(&Seed::v3(), 9);
    let targets = rig
        .attach("vol-1")
        .expect()
        .facts
        .connection
        .unwrap()
        .targets;
    rig.lun_number = Some(5);
    rig.avoid = vec![KernelLun {
        target: KernelTarget::Iqn(targets[0].at.iqn.clone()),
        lun_number: LunNumber(5),
        wwid: Some("6a4c64f1001db63307a4e170000000ff".parse().unwrap()),
        disk: Some("sdk".into()),
    }];
    refused(&rig, "vol-2", &["lun number 5", "sdk"]);
}

/// Somebody takes the number between the look and the move: named, and taken back.
#[test]
fn a_number_that_is_taken_meanwhile_is_taken_back_by_name() {
    let mut rig = rig(&Seed::v3(), 9);
    rig.lun_number = None;
    rig.attach("vol-1").expect();
    let before = rig.array.dump();
    rig.lun_number = Some(9);
    rig.when("PUT", "/mappingview/0", |array| {
        let body = serde_json::json!({"TYPE": 245, "ID": "0", "ASSOCIATEOBJTYPE": 11,
            "ASSOCIATEOBJID": "0", "ASSOCIATEMETADATA": [{"LUNID": "0", "hostLUNId": "9"}]});
        let done = crate::hooked::call(array, "PUT", "/mappingview/0", &body);
        assert_eq!(done["error"]["code"], 0, "{done:#}");
    });
    let failed = rig.attach("vol-2").fails();
    assert!(failed.text.contains("taken by LUN vol-1"), "{failed:?}");
    assert_eq!(failed.kind, Kind::Refused);
    let after = rig.array.dump();
    assert_eq!(after["lungroups"], before["lungroups"]);
}
