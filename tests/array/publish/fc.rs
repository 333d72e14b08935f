//! The array's half of Fibre Channel: the node's ports become initiators of its host, and the
//! array tells where they come in (oceanstor.md §7, §9).

use sanctl::attachment::detach::Adopted;
use sanctl::kit::kind::Kind;
use sanctl::model::ids::LunNumber;
use sanctl::model::nouns::Protocol;
use sanctl::model::publication::{KernelLun, KernelTarget};
use sanctl::sim::oceanstor::{Practice, Seed, UnknownWwn};
use serde_json::{Value, json};

use crate::adopted::ByCinder;
use crate::rig::{GIB, IQN, Rig, Walked};
use crate::shapes::not_found;

pub(crate) const WWPNS: [&str; 2] = ["21000024ff30441c", "21000024ff30441d"];
/// The array's FC ports: on its controllers 0A and 0B.
const PORT_IDS: [&str; 2] = ["1114368", "1114369"];

/// A node with two ports, which the array does not know yet.
pub(crate) fn bare(seed: &Seed) -> Rig {
    let mut rig = Rig::new(seed);
    rig.protocol = Protocol::Fc;
    rig.wwpns = WWPNS.map(str::to_owned).to_vec();
    rig.array.populate(2);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

/// The same node on the fabric: its ports are known, free and online.
pub(crate) fn rig(seed: &Seed) -> Rig {
    let rig = bare(seed);
    for wwpn in WWPNS {
        rig.array.add_fc_initiator(wwpn, None, true);
    }
    rig
}

/// The same, of which one port is not cabled.
pub(crate) fn one_of_two(seed: &Seed) -> Rig {
    let rig = bare(seed);
    rig.array.add_fc_initiator(WWPNS[0], None, true);
    rig
}

/// A port group with the FC port of one controller.
pub(crate) fn by_group(rig: &mut Rig) {
    rig.array.add_portgroup("fc-front", &[(212, PORT_IDS[1])]);
    rig.settings = Box::new(|s| s.port_group = Some("fc-front".into()));
}

/// What would be handed to os-brick.
fn data(walked: &Walked) -> Value {
    let connection = walked.facts.connection.as_ref().unwrap();
    assert_eq!(connection.protocol, Protocol::Fc);
    connection.to_info(true)["data"].clone()
}

fn ports(rig: &Rig) -> [String; 2] {
    PORT_IDS.map(|id| rig.array.fc_port_wwn(id))
}

/// The host that an initiator is bound to, as the array tells it.
fn host_of(array: &Practice, wwpn: &str) -> Value {
    array.dump()["fc"][wwpn]["host"].clone()
}

#[test]
fn free_ports_are_bound_and_free_again() {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = rig(&seed);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.report.kind, Some(Kind::Done), "{:#?}", walked.trail);
        let ports = ports(&rig);
        let want = json!({"target_discovered": true, "target_lun": 1, "target_wwn": ports,
            "initiator_target_map": {WWPNS[0]: ports, WWPNS[1]: ports},
            "access_mode": "rw", "wwid": rig.array.lun_wwn(2)});
        assert_eq!(data(&walked), want);
        assert_eq!(host_of(&rig.array, WWPNS[0]), 2);
        assert_eq!(host_of(&rig.array, WWPNS[1]), 2);
        let again = rig.attach("vol-1").expect();
        assert_eq!(data(&again), want);
        assert!(!again.report.changed, "{:#?}", again.trail);
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{seed:?}");
        assert!(rig.objects().is_empty());
    }
}

/// Named, and bound all the same: when its cable is in, it sees the LUN.
#[test]
fn a_port_that_the_array_does_not_see_is_named() {
    for code in [UnknownWwn::NotThere, UnknownWwn::BadParameter] {
        let rig = one_of_two(&Seed::v3());
        rig.array.set_options(|o| o.unknown_wwn = code);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.report.kind, Some(Kind::Degraded));
        let key = format!("array.initiator@{}", WWPNS[1]);
        let says = format!("{key} degraded: {}, not online at the array", WWPNS[1]);
        assert!(walked.says(&says), "{:#?}", walked.trail);
        let map = data(&walked)["initiator_target_map"].clone();
        assert_eq!(map, json!({WWPNS[0]: ports(&rig)}));
        let again = rig.attach("vol-1").expect();
        assert_eq!(again.report.kind, Some(Kind::Degraded));
        assert!(!again.report.changed, "{:#?}", again.trail);
        // It was made known by us and goes; the other was there before, free.
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{code:?}");
    }
}

/// One that came online meanwhile is a port that the array sees, whoever made it known first.
#[test]
fn what_was_made_known_and_is_online_now_is_left_free() {
    let rig = one_of_two(&Seed::v3());
    rig.attach("vol-1").expect();
    assert!(rig.array.set_fc_online(WWPNS[1], true));
    let walked = rig.attach("vol-1").expect();
    assert_eq!(walked.report.kind, Some(Kind::Done), "{:#?}", walked.trail);
    let map = data(&walked)["initiator_target_map"].clone();
    assert_eq!(map, json!({WWPNS[0]: ports(&rig), WWPNS[1]: ports(&rig)}));
    let back = rig.detach("vol-1", None).expect();
    assert_eq!(host_of(&rig.array, WWPNS[1]), Value::Null);
    assert!(rig.array.dump()["fc"][WWPNS[1]].is_object());
    assert!(rig.objects().is_empty(), "{:#?}", back.trail);
}

/// The same, between the look and the delete.
#[test]
fn one_that_comes_online_before_it_is_deleted_is_left_free() {
    let rig = one_of_two(&Seed::v3());
    rig.attach("vol-1").expect();
    let route = format!("/fc_initiator/{}", WWPNS[1]);
    rig.when("DELETE", &route, |array| {
        assert!(array.set_fc_online(WWPNS[1], true));
    });
    let back = rig.detach("vol-1", None).expect();
    assert!(rig.array.dump()["fc"][WWPNS[1]].is_object());
    assert_eq!(host_of(&rig.array, WWPNS[1]), Value::Null);
    assert!(rig.objects().is_empty(), "{:#?}", back.trail);
}

#[test]
fn no_port_online_is_refused_before_any_change() {
    for (known, says) in [
        (false, "is not known to it"),
        (true, "is known and not online"),
    ] {
        let rig = bare(&Seed::v3());
        if known {
            for wwpn in WWPNS {
                rig.array.add_fc_initiator(wwpn, None, false);
            }
        }
        let before = rig.array.dump();
        let walked = rig.attach("vol-1");
        assert!(walked.requests.iter().all(|r| r.method != "PUT"));
        let failed = walked.fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        for wwpn in WWPNS {
            assert!(
                failed.text.contains(&format!("{wwpn} {says}")),
                "{failed:?}"
            );
        }
        assert!(failed.hints[0].contains("zoning"), "{failed:?}");
        assert!(failed.hints[0].contains("sanctl hba list"), "{failed:?}");
        assert!(rig.array.dump() == before);
    }
}

#[test]
fn a_port_of_another_host_is_never_taken() {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = rig(&seed);
        let other = rig.array.add_host("node-9");
        rig.array.add_fc_initiator(WWPNS[1], Some(other), true);
        let before = rig.array.dump();
        let failed = rig.attach("vol-1").fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        let says = format!("initiator {} belongs to host node-9", WWPNS[1]);
        assert!(failed.text.contains(&says), "{failed:?}");
        assert!(rig.array.dump() == before);
    }
}

/// The same host on the array, for both protocols at once.
#[test]
fn a_host_of_both_protocols_keeps_what_the_other_needs() {
    let mut rig = rig(&Seed::v3());
    let before = rig.array.dump();
    rig.attach("vol-1").expect();
    rig.protocol = Protocol::Iscsi;
    rig.attach("vol-2").expect();
    let hosts = rig.call("GET", "/host/count", &json!({}))["data"]["COUNT"].clone();
    assert_eq!(hosts, "3");
    rig.protocol = Protocol::Fc;
    let back = rig.detach("vol-1", None).expect();
    assert!(back.says("kept"), "{:#?}", back.trail);
    assert_eq!(host_of(&rig.array, WWPNS[0]), 2);
    rig.protocol = Protocol::Iscsi;
    rig.detach("vol-2", None).expect();
    assert!(rig.array.dump()["iscsi"][IQN].is_null());
    // What the first flow bound stays with the host that the second one needed, and is its to take
    // back.
    assert_eq!(host_of(&rig.array, WWPNS[0]), 2);
    rig.protocol = Protocol::Fc;
    rig.attach("vol-1").expect();
    rig.detach("vol-1", None).expect();
    assert!(rig.array.dump() == before, "{:#?}", rig.objects());
}

#[test]
fn the_map_is_what_host_link_tells() {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = rig(&seed);
        let [a, b] = ports(&rig);
        // Two fabrics, crossed.
        rig.array.zone(WWPNS[0], &[PORT_IDS[1]]);
        rig.array.zone(WWPNS[1], &[PORT_IDS[0]]);
        let want = json!({WWPNS[0]: [b], WWPNS[1]: [a]});
        for _ in 0..2 {
            let walked = rig.attach("vol-1").expect();
            assert_eq!(data(&walked)["initiator_target_map"], want);
            // The LUN's own controller first.
            assert_eq!(data(&walked)["target_wwn"], json!([a, b]));
        }
        // A port that goes down takes one way along, and is named.
        rig.array.set_fc_port_up(PORT_IDS[0], false);
        let walked = rig.attach("vol-1").expect();
        assert_eq!(
            walked.report.kind,
            Some(Kind::Degraded),
            "{:#?}",
            walked.trail
        );
        assert_eq!(data(&walked)["target_wwn"], json!([b]));
        rig.array.set_fc_port_up(PORT_IDS[0], true);
    }
}

/// Every usable port, and that is said.
#[test]
fn an_array_without_host_link_gives_every_port() {
    for silent in [true, false] {
        let rig = rig(&Seed::v3());
        rig.twist(move |_, route, reply| {
            if route == "/host_link" {
                if silent {
                    crate::shapes::json_of(reply, |v| {
                        v["data"] = json!([]);
                    });
                } else {
                    not_found(reply);
                }
            }
        });
        rig.array.set_fc_port_initiates(PORT_IDS[0]);
        let [_, b] = ports(&rig);
        rig.attach("vol-1").expect();
        let walked = rig.attach("vol-1").expect();
        assert_eq!(data(&walked)["target_wwn"], json!([b]));
        assert!(
            walked.says("host_link tells no port, so every usable one: 1"),
            "{:#?}",
            walked.trail
        );
    }
}

#[test]
fn a_port_group_narrows_them() {
    for seed in [Seed::v3(), Seed::v6()] {
        let mut rig = rig(&seed);
        by_group(&mut rig);
        let before = rig.array.dump();
        let [_, b] = ports(&rig);
        for _ in 0..2 {
            let walked = rig.attach("vol-1").expect();
            let map = json!({WWPNS[0]: [b], WWPNS[1]: [b]});
            assert_eq!(data(&walked)["initiator_target_map"], map);
        }
        let back = rig.detach("vol-1", None).expect();
        assert!(back.says("array.view removed"), "{:#?}", back.trail);
        assert!(rig.array.dump() == before, "{:#?}", back.trail);
    }
}

#[test]
fn a_port_group_that_leads_nowhere() {
    let mut rig = rig(&Seed::v3());
    by_group(&mut rig);
    // Nobody is zoned with its port: found when the ports are bound, and all is taken back.
    for wwpn in WWPNS {
        rig.array.zone(wwpn, &[PORT_IDS[0]]);
    }
    let before = rig.array.dump();
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
    assert!(
        failed.text.contains("none of them comes there"),
        "{failed:?}"
    );
    assert!(rig.array.dump() == before, "{failed:?}");
    // Its port is down: before any change.
    for wwpn in WWPNS {
        rig.array.zone(wwpn, &PORT_IDS);
    }
    rig.array.set_fc_port_up(PORT_IDS[1], false);
    let before = rig.array.dump();
    let walked = rig.attach("vol-1");
    assert!(walked.requests.iter().all(|r| r.method != "PUT"));
    let failed = walked.fails();
    let down = format!(
        "CTE0.B1.P4 ({}): link down",
        rig.array.fc_port_wwn(PORT_IDS[1])
    );
    assert!(failed.text.contains(&down), "{failed:?}");
    assert_eq!(failed.hints[0], "sanctl portgroup show fc-front");
    assert!(rig.array.dump() == before);
    // A group of Ethernet ports.
    rig.add_portgroup("iscsi-front", &["549772722176"]);
    rig.settings = Box::new(|s| s.port_group = Some("iscsi-front".into()));
    let failed = rig.attach("vol-1").fails();
    assert!(failed.text.contains("has no FC port"), "{failed:?}");
}

/// A port that was put into the node since.
#[test]
fn a_port_that_was_added_to_the_node_is_bound_too() {
    let mut rig = rig(&Seed::v3());
    rig.wwpns = vec![WWPNS[0].to_owned()];
    rig.attach("vol-1").expect();
    rig.wwpns = WWPNS.map(str::to_owned).to_vec();
    let walked = rig.attach("vol-1").expect();
    assert!(walked.report.changed, "{:#?}", walked.trail);
    let map = data(&walked)["initiator_target_map"].clone();
    assert_eq!(map, json!({WWPNS[0]: ports(&rig), WWPNS[1]: ports(&rig)}));
}

#[test]
fn status_tells_each_port() {
    let rig = one_of_two(&Seed::v3());
    rig.attach("vol-1").expect();
    let found = rig.status("vol-1");
    let of = |wwpn: &str| {
        let key = format!("array.initiator@{wwpn}");
        let (_, finding) = found.iter().find(|(k, _)| *k == key).unwrap();
        (finding.state.word(), finding.evidence.clone())
    };
    assert_eq!(of(WWPNS[0]), ("present", format!("{}, online", WWPNS[0])));
    let (state, evidence) = of(WWPNS[1]);
    assert_eq!(state, "degraded");
    assert!(
        evidence.contains("check its cable and its zone"),
        "{evidence}"
    );
    let number = found.iter().find(|(k, _)| k == "array.lun-number").unwrap();
    assert!(
        number
            .1
            .evidence
            .contains("host_link tells 2 ports of the array"),
        "{:?}",
        number.1
    );
}

/// What the OpenStack driver made of one LUN, and nothing of ours.
pub(crate) fn cinders(seed: &Seed) -> Rig {
    let mut rig = rig(seed);
    rig.adopted = Adopted::Keep;
    let lun = rig.array.add_lun("vol-3", GIB);
    ByCinder::attach(&rig, lun);
    rig
}

#[test]
fn what_the_openstack_driver_made_is_used_and_left() {
    for seed in [Seed::v3(), Seed::v6()] {
        let mut rig = cinders(&seed);
        let there = rig.array.dump();
        let walked = rig.attach("vol-3").expect();
        assert!(!walked.report.changed, "{:#?}", walked.trail);
        assert_eq!(data(&walked)["target_wwn"], json!(ports(&rig)));
        rig.attach("vol-1").expect();
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == there);
        rig.adopted = Adopted::Include;
        let gone = rig.detach("vol-3", None).expect();
        assert!(gone.says("array.host removed"), "{:#?}", gone.trail);
        for wwpn in WWPNS {
            let says = format!("array.initiator@{wwpn} restored");
            assert!(gone.says(&says), "{:#?}", gone.trail);
            assert_eq!(host_of(&rig.array, wwpn), Value::Null);
        }
    }
}

/// Somebody who shares no lock attaches while the last detach frees the ports one by one.
#[test]
fn who_comes_while_the_ports_are_freed_gets_them_back() {
    for (route, nth) in [(WWPNS[0], "first"), (WWPNS[1], "second")] {
        let rig = rig(&Seed::v3());
        rig.attach("vol-1").expect();
        let host = 2;
        let wwpn = route.to_owned();
        let before = rig.array.dump();
        // Right before the port is freed, another LUN is shown to its host.
        let armed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let array = std::sync::Arc::clone(&rig.array);
        rig.bend(move |request| {
            let frees = String::from_utf8_lossy(&request.body).contains(&wwpn)
                && request.path.contains("remove_fc_from_host");
            if frees && armed.swap(false, std::sync::atomic::Ordering::SeqCst) {
                let lun = array.add_lun("vol-9", GIB);
                let luns = array.add_lungroup("theirs", &[lun]);
                let hosts = array.add_hostgroup("theirs", &[host]);
                array.add_view("theirs", Some(hosts), Some(luns));
            }
        });
        let back = rig.detach("vol-1", None);
        let key = format!("array.initiator@{route} kept: ");
        assert!(back.says(&key), "{nth}: {:#?}", back.trail);
        assert_eq!(host_of(&rig.array, route), host, "{nth}");
        // The one before it was free before anybody came, and is told so.
        if nth == "first" {
            assert_eq!(host_of(&rig.array, WWPNS[1]), host, "{:#?}", back.trail);
        }
        assert!(rig.array.dump() != before);
    }
}

/// A number under which the node's kernel holds something else at one of the ports.
#[test]
fn a_number_that_the_kernel_knows_at_a_port_is_passed_over() {
    let mut rig = rig(&Seed::v3());
    let known = |target: KernelTarget| KernelLun {
        target,
        lun_number: LunNumber(1),
        wwid: Some("6a4c64f1001db63307a4e170000000ff".parse().unwrap()),
        disk: Some("sdk".into()),
    };
    rig.avoid = vec![known(KernelTarget::Port(
        "2000000000000001".parse().unwrap(),
    ))];
    let walked = rig.attach("vol-1").expect();
    assert_eq!(walked.facts.lun_number, Some(LunNumber(1)));
    rig.detach("vol-1", None).expect();
    rig.avoid = vec![known(KernelTarget::Port(ports(&rig)[1].parse().unwrap()))];
    let walked = rig.attach("vol-1").expect();
    assert_eq!(walked.facts.lun_number, Some(LunNumber(0)));
    assert_eq!(data(&walked)["target_lun"], 0);
}

/// No account is asked of a port, whatever is configured for iSCSI.
#[test]
fn no_chap_over_fibre_channel() {
    let mut rig = crate::chap::rig(&Seed::v3());
    rig.protocol = Protocol::Fc;
    rig.wwpns = WWPNS.map(str::to_owned).to_vec();
    for wwpn in WWPNS {
        rig.array.add_fc_initiator(wwpn, None, true);
    }
    let before = rig.array.dump();
    let walked = rig.attach("vol-1").expect();
    assert!(data(&walked).get("auth_method").is_none());
    assert!(walked.lines().iter().all(|l| !l.contains("CHAP")));
    rig.detach("vol-1", None).expect();
    assert!(rig.array.dump() == before);
}
