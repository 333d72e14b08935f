//! The array's half of Fibre Channel: an igroup of the node's ports, the map, and where the ports
//! come to the LUN.

use sanctl::array::{Array, Filter, Viewer};
use sanctl::kit::kind::Kind;
use sanctl::model::connection::Connection;
use sanctl::model::nouns::Protocol;
use sanctl::sim::ontap::Seed;
use serde_json::{Value, json};

use crate::ontap::rig::{BOTH, ONE, Rig, TWO};
use crate::rig::{Walked, bounds};

pub(crate) const PORTS: [&str; 2] = ["21000024ff30441c", "21000024ff30441d"];

/// As the practice array writes the first of them.
const FIRST: &str = "21:00:00:24:ff:30:44:1c";

pub(crate) fn rig(api: sanctl::array::ontap::config::ApiChoice) -> Rig {
    let mut rig = Rig::new(api);
    rig.protocol = Protocol::Fc;
    rig.wwpns = PORTS.map(str::to_owned).to_vec();
    rig
}

fn connection(walked: &Walked) -> Connection {
    walked.facts.connection.clone().unwrap()
}

fn data(walked: &Walked) -> Value {
    connection(walked).to_info(true)["data"].clone()
}

/// The WWPN of a LIF, by its place among those of the seed.
fn lif(rig: &Rig, name: &str) -> String {
    let path = format!("/network/fc/interfaces?name={name}&fields=wwpn");
    let told = rig.call("GET", &path, &json!({}));
    let wwpn = told["records"][0]["wwpn"].as_str().unwrap();
    wwpn.replace(':', "")
}

#[test]
fn an_igroup_of_all_ports_of_the_node() {
    for api in BOTH {
        let rig = rig(api);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        let igroups = rig.array.igroups();
        assert_eq!(igroups.len(), 1, "{api:?}");
        assert_eq!(igroups[0].0, "sanctl-compute-2-fcp");
        assert_eq!(igroups[0].1.len(), 2, "{igroups:?}");
        assert_eq!(igroups[0].1[0], FIRST, "{api:?}");
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn a_port_that_was_added_to_the_node_is_added() {
    for api in BOTH {
        let rig = rig(api);
        rig.array
            .add_igroup("sanctl-compute-2-fcp", "fcp", &["21:00:00:24:ff:30:44:1c"]);
        rig.attach(ONE).expect();
        assert_eq!(rig.array.igroups()[0].1.len(), 2, "{api:?}");
        rig.detach(ONE, None).expect();
        // What was in it before stays in it.
        assert_eq!(rig.array.igroups()[0].1.len(), 1, "{api:?}");
    }
}

/// By any of its ports, not only by the first.
#[test]
fn what_the_second_port_sees_is_seen() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_igroup("by-hand", "fcp", &[PORTS[1]]);
        rig.array.map(ONE, "by-hand", Some(7));
        let walked = rig.attach(ONE).expect();
        assert_eq!(walked.facts.lun_number.unwrap().0, 7, "{api:?}");
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
    }
}

/// The keys and values of the OpenStack driver; ports on the LUN's own node first.
#[test]
fn the_connection() {
    for api in BOTH {
        let rig = rig(api);
        let walked = rig.attach(TWO).expect();
        let order = ["fc_2", "fc_4", "fc_1", "fc_3"].map(|name| lif(&rig, name));
        let want = json!({"target_discovered": true, "target_lun": 0, "target_wwn": order,
            "initiator_target_map": {PORTS[0]: order, PORTS[1]: order},
            "access_mode": "rw", "wwid": rig.array.lun_wwid(TWO)});
        assert_eq!(data(&walked), want, "{api:?}");
        let again = rig.attach(TWO).expect();
        assert_eq!(data(&again), want, "{api:?}");
        assert!(!again.report.changed, "{:?}", again.trail);
    }
}

/// Ports that are off, down, or on nodes that do not report the LUN.
#[test]
fn only_ports_that_lead_to_it() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_pair("ams-02a", "ams-02b");
        rig.array.set_lif("fc_1", true, false);
        rig.array.move_lif("fc_2", "ams-02a");
        rig.array.add_nvme_lif("nvme_1", "ams-01a");
        let walked = rig.attach(ONE).expect();
        let want = ["fc_3", "fc_4"].map(|name| lif(&rig, name));
        assert_eq!(data(&walked)["target_wwn"], json!(want), "{api:?}");
        rig.detach(ONE, None).expect();
        rig.array.add_portset("ps", "fcp", &["fc_4"]);
        rig.array.add_igroup("sanctl-compute-2-fcp", "fcp", &PORTS);
        rig.array.bind_portset("sanctl-compute-2-fcp", Some("ps"));
        let walked = rig.attach(ONE).expect();
        assert_eq!(data(&walked)["target_wwn"], json!([want[1]]), "{api:?}");
        // One more than without a port set.
        assert_eq!(walked.requests.len(), more(api, 6 + 1), "{api:?}");
    }
}

/// REST asks for the service only when it sees nobody of the node logged in.
fn more(api: sanctl::array::ontap::config::ApiChoice, requests: usize) -> usize {
    requests + usize::from(api == BOTH[0])
}

#[test]
fn what_the_fabric_shows_narrows_the_map_and_costs_nothing() {
    for api in BOTH {
        let rig = rig(api);
        rig.attach(ONE).expect();
        rig.array.log_in(PORTS[0], "fc_1");
        rig.array.log_in(PORTS[0], "fc_2");
        rig.array.log_in("21000024ff309999", "fc_3");
        let walked = rig.attach(TWO).expect();
        let calls = Rig::calls(&walked);
        assert_eq!(walked.requests.len(), 6, "{api:?}: {calls:#?}");
        let all = ["fc_2", "fc_4", "fc_1", "fc_3"].map(|name| lif(&rig, name));
        let told = data(&walked);
        assert_eq!(told["target_wwn"], json!(all), "{api:?}");
        let zones = if api == BOTH[0] {
            json!({PORTS[0]: [all[0], all[2]]})
        } else {
            json!({PORTS[0]: all, PORTS[1]: all})
        };
        assert_eq!(told["initiator_target_map"], zones, "{api:?}");
        // Seen, but only where the LUN is not: nothing is known of the rest.
        rig.array.log_out(PORTS[0]);
        rig.array.log_in(PORTS[0], "fc_2");
        rig.array.set_lif("fc_2", true, false);
        let walked = rig.attach(TWO).expect();
        let rest = json!([all[2], all[3], all[1]]);
        let mut found = data(&walked)["initiator_target_map"][PORTS[1]].clone();
        let mut rest = rest;
        for list in [&mut found, &mut rest] {
            list.as_array_mut().unwrap().sort_by_key(|v| v.to_string());
        }
        assert_eq!(found, rest, "{api:?}");
        let detach = rig.detach(TWO, None).expect();
        assert_eq!(detach.requests.len(), 3, "{:#?}", Rig::calls(&detach));
    }
}

#[test]
fn no_port_leads_there() {
    for api in BOTH {
        let rig = rig(api);
        let before = rig.array.dump();
        for (name, enabled) in [
            ("fc_1", false),
            ("fc_2", true),
            ("fc_3", true),
            ("fc_4", true),
        ] {
            rig.array.set_lif(name, enabled, false);
        }
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        let off = format!("fc_1 ({}) is switched off", lif(&rig, "fc_1"));
        let down = format!("fc_2 ({}) is down", lif(&rig, "fc_2"));
        assert!(
            failed.text.contains(&off) && failed.text.contains(&down),
            "{failed:?}"
        );
        assert!(
            failed.hints[0].contains("port list --protocol fc"),
            "{failed:?}"
        );
        for name in ["fc_1", "fc_2", "fc_3", "fc_4"] {
            rig.array.set_lif(name, true, true);
        }
        assert_eq!(rig.array.dump(), before, "{api:?}");
        rig.array.set_fcp(Seed::SVM, Some(false));
        let failed = rig.attach(ONE).fails();
        assert!(
            failed
                .text
                .contains("fc service of array gold is switched off"),
            "{failed:?}"
        );
        rig.array.set_fcp(Seed::SVM, None);
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("has no fc service"), "{failed:?}");
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}

#[test]
fn a_journal_of_one_interface_serves_the_other() {
    for (first, second) in [(BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])] {
        let mut rig = rig(first);
        let before = rig.array.dump();
        rig.array.log_in(PORTS[0], "fc_1");
        rig.attach(ONE).expect();
        rig.api = second;
        assert!(!rig.attach(ONE).expect().report.changed, "{first:?}");
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{first:?}");
    }
}

/// What a port needs to lead there, in words.
#[test]
fn why_a_port_does_not_lead_there() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_pair("ams-02a", "ams-02b");
        rig.array.move_lif("fc_2", "ams-02a");
        rig.array.set_lif("fc_3", true, false);
        let ways = |rig: &Rig| {
            let (lun, connector) = (ONE.parse().unwrap(), rig.connector());
            let from = Viewer::Node(&connector);
            let ways = rig.open().ways(&lun, from, Some(Protocol::Fc), &bounds());
            ways.unwrap().unwrap()
        };
        let before = ways(&rig);
        assert!(
            !before.mapped && before.why_not["fc_2"].is_none(),
            "{before:?}"
        );
        rig.attach(ONE).expect();
        let after = ways(&rig);
        assert!(after.mapped, "{api:?}");
        let why = |name: &str| after.why_not[name].clone();
        assert_eq!(why("fc_1"), None);
        let elsewhere = "is on node ams-02a, which does not report the LUN";
        assert_eq!(why("fc_2").as_deref(), Some(elsewhere));
        assert_eq!(why("fc_3").as_deref(), Some("is down"));
    }
}

#[test]
fn only_ports_for_luns_are_listed() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_nvme_lif("nvme_1", "ams-01a");
        rig.array.set_lif("fc_2", false, false);
        let mut seen = Vec::new();
        let filter = Filter {
            protocol: Some(Protocol::Fc),
            ..Filter::default()
        };
        rig.open()
            .ports()
            .each(&filter, &bounds(), &mut |port| {
                seen.push((port.id, port.why_not));
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(seen.len(), 4, "{api:?}: {seen:?}");
        assert_eq!(seen[1].1.as_deref(), Some("is switched off"));
        assert_eq!(seen[0].1, None);
    }
}

/// The link of one port is down: it is in the igroup all the same, and nobody else's.
#[test]
fn a_port_that_is_down_is_no_stranger() {
    for api in BOTH {
        let mut rig = rig(api);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        rig.wwpns.pop();
        rig.ports = PORTS.map(str::to_owned).to_vec();
        rig.attach(TWO).expect();
        let again = rig.attach(ONE).expect();
        assert!(!again.report.changed, "{api:?}: {:?}", again.trail);
        assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
        rig.detach(ONE, None).expect();
        rig.detach(TWO, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
        assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    }
}
