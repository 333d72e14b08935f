//! What initiators see, for whoever gives the array a data path; and very many LUNs.

use super::*;
use std::net::SocketAddr;

use crate::sim::exposure::{Admission, Exposing as _, Exposure};

fn furnished() -> Practice {
    let array = array();
    array.add_igroup("node", "iscsi", &[IQN]);
    array.map(A, "node", None).unwrap();
    array
}

/// The last bytes of the addresses an exposure is seen at.
fn at(exposure: &Exposure) -> Vec<String> {
    let portals = exposure.portals.as_ref().unwrap();
    portals.iter().map(ToString::to_string).collect()
}

#[test]
fn a_map_shows_a_lun_through_the_lifs_of_its_reporting_nodes() {
    let array = furnished();
    let seen = array.exposures();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].initiator.as_str(), seen[0].number), (IQN, 0));
    assert_eq!(seen[0].wwid, array.lun_wwid(A));
    assert!(seen[0].wwid.starts_with("600a0980") && seen[0].wwid.len() == 32);
    assert_eq!(at(&seen[0]).len(), 4);
    array.set_reporting(A, "node", &["ams-01b"]);
    assert_eq!(
        at(&array.exposures()[0]),
        ["192.0.2.42:3260", "192.0.3.42:3260"]
    );
    array.add_portset("ps", "iscsi", &["iscsi_1", "iscsi_2"]);
    array.bind_portset("node", Some("ps"));
    assert_eq!(at(&array.exposures()[0]), ["192.0.2.42:3260"]);
    array.set_reporting(A, "node", &[]);
    assert_eq!(at(&array.exposures()[0]).len(), 2);
}

#[test]
fn what_is_away_is_not_seen() {
    for away in [
        (|a: &Practice| a.set_svm("svm_gold", SvmState::Stopped)) as fn(&Practice),
        |a| a.set_iscsi("svm_gold", Some(false)),
        |a| a.set_lun_state(A, LunState::Offline),
        |a| a.set_volume("cinder_a", VolumeState::Offline),
        |a| a.lose_lun(A),
        |a| assert!(a.unmap(A, "node")),
    ] {
        let array = furnished();
        away(&array);
        assert!(array.exposures().is_empty());
    }
}

#[test]
fn portals_say_whether_they_answer() {
    let array = array();
    let up = || -> Vec<bool> { array.portals().iter().map(|p| p.up).collect() };
    assert_eq!(up(), [true; 4]);
    let portals = array.portals();
    assert!(portals.iter().all(|p| p.iqn == array.target()));
    assert_eq!(
        portals[1].tpgt,
        portals[0].tpgt + 1,
        "one portal group for each LIF"
    );
    array.set_lif("iscsi_1", false, true);
    array.set_lif("iscsi_3", true, false);
    assert_eq!(up(), [false, true, false, true]);
    array.set_svm("svm_gold", SvmState::Stopped);
    assert_eq!(up(), [false; 4]);
}

#[test]
fn chap_is_that_of_the_initiator_or_the_default() {
    let array = furnished();
    assert_eq!(array.exposures()[0].chap, None);
    array.set_chap("default", "d", "secret");
    assert_eq!(array.chap_of(IQN), Some(("d".into(), "secret".into())));
    array.set_chap(IQN, "i", "another");
    let chap = array.exposures().remove(0).chap.unwrap();
    assert_eq!(
        (chap.name.as_str(), chap.password.as_str()),
        ("i", "another")
    );
}

#[test]
fn whoever_is_denied_sees_nothing() {
    let array = furnished();
    let target = array.target();
    assert_eq!(array.admission(IQN, &target), Admission::Open);
    array.deny("default");
    assert_eq!(array.admission(IQN, &target), Admission::Denied);
    assert!(array.exposures().is_empty());
    array.set_chap(IQN, "i", "secret");
    assert!(matches!(
        array.admission(&IQN.to_uppercase(), &target),
        Admission::Chap(_)
    ));
    assert_eq!(array.exposures().len(), 1);
}

#[test]
fn who_is_logged_in_shows_on_both_wires() {
    let array = furnished();
    let at: Vec<SocketAddr> = array.portals().iter().map(|p| p.addr).take(2).collect();
    array.log_in(OTHER, "iscsi_4");
    array.set_logins(IQN, &at);
    array.set_logins(IQN, &at[..1]);
    let sessions = "/api/protocols/san/iscsi/sessions?fields=*";
    assert_eq!(
        get(&array, sessions)["records"][0]["igroups"][0]["name"],
        "node"
    );
    let seen = zapi(&array, "<iscsi-initiator-get-iter/>");
    assert!(
        seen.contains("<tpgroup-name>iscsi_1<") && seen.contains("<initiator-group-name>node<")
    );
    let count = || get(&array, sessions)["num_records"].clone();
    assert_eq!(count(), 2, "the other one's own session stays");
    array.set_logins(IQN, &[]);
    array.log_out(OTHER);
    assert_eq!(count(), 0);
}

#[test]
fn a_furnished_array_is_believable() {
    let array = Practice::in_memory(&Seed::gold());
    assert!(array.is_pristine());
    array.furnish();
    array.set_options(|o| o.page = 100);
    assert_eq!(
        get(&array, "/api/storage/luns?return_records=false")["num_records"],
        10
    );
    assert_eq!(array.igroups().len(), 4);
    assert_eq!(array.maps_of("/vol/cinder_b/db-1-data").len(), 1);
    let twice = get(&array, "/api/storage/luns?location.logical_unit=data");
    assert_eq!(twice["num_records"], 2, "one name in two volumes");
    let qtree = zapi(
        &array,
        "<lun-get-iter><query><lun-info><qtree>qt_web</qtree></lun-info></query></lun-get-iter>",
    );
    assert!(qtree.contains("<volume>cinder_a</volume>"), "{qtree}");
    let copy = get(
        &array,
        "/api/storage/luns?status.read_only=true&fields=status.read_only",
    );
    assert_eq!(copy["num_records"], 1);
    let mut serials: Vec<String> = get(&array, "/api/storage/luns?fields=serial_number")["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["serial_number"].as_str().unwrap().to_owned())
        .collect();
    assert!(serials.iter().all(|s| s.len() == 12));
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 10);
}

#[test]
fn ten_thousand_others_change_no_answer() {
    let array = array();
    array.populate_hosts(10_000);
    array.add_igroup("node", "iscsi", &[IQN]);
    let by_name = "<lun-get-iter><query><lun-info><path>/vol/*/volume-a</path></lun-info></query></lun-get-iter>";
    assert!(zapi(&array, by_name).contains("<num-records>1<"));
    let serial = array.lun_serial(A);
    let by_serial = format!(
        "<lun-get-iter><query><lun-info><serial-number>{serial}</serial-number></lun-info></query></lun-get-iter>"
    );
    assert!(zapi(&array, &by_serial).contains("<num-records>1<"));
    let map = format!("<lun-map><path>{A}</path><initiator-group>node</initiator-group></lun-map>");
    assert!(zapi(&array, &map).contains("<lun-id-assigned>0<"));
    let one = get(
        &array,
        "/api/storage/luns?name=/vol/*/volume-a&fields=lun_maps",
    );
    assert_eq!(one["records"][0]["lun_maps"][0]["igroup"]["name"], "node");
    let count = get(&array, "/api/storage/luns?return_records=false");
    assert_eq!(count["num_records"], 10_002);
    assert_eq!(array.exposures().len(), 10_001);
}
