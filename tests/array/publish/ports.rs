//! Where to log in, as far as arrays tell it in different ways (oceanstor.md §7 Ports).

use sanctl::kit::kind::Kind;
use sanctl::sim::oceanstor::Seed;
use sanctl::sim::server::Reply;
use serde_json::{Map, Value, json};

use crate::family::At;
use crate::rig::{GIB, PORT_A, PORT_B, Rig};
use crate::shapes::{json_of, not_found, objects_of};

/// Where ports tell their address.
const ADDRESS: At = At {
    v4: "IPV4ADDR",
    v6: "IPV6ADDR",
};

fn rig(seed: &Seed) -> Rig {
    let rig = Rig::new(seed);
    rig.array.add_lun("vol-1", GIB);
    rig
}

/// The targets that an attach hands over: name and portal.
fn targets(rig: &Rig) -> Vec<(String, String)> {
    let connection = rig.attach("vol-1").expect().facts.connection.unwrap();
    let targets = connection.targets.iter();
    targets
        .map(|t| (t.at.iqn.to_string(), t.at.portal.to_string()))
        .collect()
}

fn by_ips(rig: &mut Rig) {
    rig.settings = Box::new(|s| {
        s.target_ips = vec![PORT_B.ip(), PORT_A.ip()];
    });
}

/// A port group with both Ethernet ports that have addresses.
pub(crate) fn by_group(rig: &mut Rig) {
    rig.add_portgroup("iscsi-front", &["549772722176", "549772722177"]);
    rig.settings = Box::new(|s| s.port_group = Some("iscsi-front".into()));
}

fn eth(reply: &mut Reply, route: &str, change: impl Fn(&mut Map<String, Value>)) {
    if route.starts_with("/eth_port") {
        objects_of(reply, change);
    }
}

#[test]
pub(crate) fn a_target_that_is_not_listed_is_named_after_its_port() {
    let mut listed = rig(&Seed::v3());
    by_ips(&mut listed);
    let want = targets(&listed);
    assert_eq!(want.len(), 2);
    type Act = fn(&mut Reply);
    let lists: [Act; 2] = [not_found, |reply| {
        json_of(reply, |v| v["data"] = json!([]));
    }];
    for list in lists {
        for location in ["CTE0.X1.P0", "CTE0.X.H1.P0"] {
            for narrow in [by_ips as fn(&mut Rig), by_group] {
                let mut rig = rig(&Seed::v3());
                narrow(&mut rig);
                rig.twist(move |_, route, reply| {
                    if route == "/iscsi_tgt_port" {
                        list(reply);
                    }
                    eth(reply, route, |port| {
                        port.remove("ISCSINAME");
                        let old = port["LOCATION"].as_str().unwrap();
                        let side = if old.contains(".B") { "B" } else { "A" };
                        port["LOCATION"] = json!(location.replace('X', side));
                    });
                });
                let mut got = targets(&rig);
                got.sort();
                let mut want = want.clone();
                want.sort();
                assert_eq!(got, want, "{location}");
            }
        }
    }
    // The port knows its own target.
    let mut rig = rig(&Seed::v3());
    by_ips(&mut rig);
    rig.twist(|_, route, reply| {
        if route == "/iscsi_tgt_port" || route == "/iscsidevicename" {
            not_found(reply);
        }
    });
    assert_eq!(targets(&rig), want);
}

#[test]
pub(crate) fn without_a_table_of_targets_and_without_addresses_the_error_says_what_to_set() {
    let rig = rig(&Seed::v3());
    rig.twist(|_, route, reply| {
        if route == "/iscsi_tgt_port" {
            not_found(reply);
        }
    });
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused);
    assert!(failed.hints[0].contains("target_ips"), "{failed:?}");
}

#[test]
fn a_port_group_tells_the_tcp_port_and_both_addresses() {
    let mut rig = rig(&Seed::v3());
    by_group(&mut rig);
    rig.twist(|_, route, reply| {
        eth(reply, route, |port| {
            port.insert("ISCSITCPPORT".into(), json!("3261"));
            if port["IPV4ADDR"] == "192.0.2.35" {
                port["IPV4ADDR"] = json!("0.0.0.0");
                port.insert("IPV6ADDR".into(), json!("fd00:0:0::35"));
            } else {
                port.insert("IPV6ADDR".into(), json!("fd00::99"));
            }
        });
        if route == "/iscsi_tgt_port" {
            objects_of(reply, |target| {
                let id = target["ID"].as_str().unwrap();
                target["ID"] = json!(id.replace("192.0.2.35", "fd00::35"));
            });
        }
    });
    let portals: Vec<String> = targets(&rig).into_iter().map(|t| t.1).collect();
    assert_eq!(portals, ["[fd00::35]:3261", "192.0.2.36:3261"]);
}

/// The way back begins with what the journal tells, which is no id of a port group.
#[test]
fn a_detach_takes_the_port_group_out_of_its_view() {
    for seed in [Seed::v3(), Seed::v6()] {
        let mut rig = rig(&seed);
        by_group(&mut rig);
        let before = rig.array.dump();
        rig.attach("vol-1").expect();
        let back = rig.detach("vol-1", None).expect();
        assert!(back.says("array.view removed"), "{:#?}", back.trail);
        assert!(rig.array.dump() == before, "{:#?}", back.trail);
        assert!(rig.objects().is_empty());
    }
}

#[test]
pub(crate) fn logical_ports_of_a_port_group() {
    let mut v6 = rig(&Seed::v6());
    by_group(&mut v6);
    let portals: Vec<String> = targets(&v6).into_iter().map(|t| t.1).collect();
    assert_eq!(portals, [PORT_A.portal(), PORT_B.portal()]);
    // The array answers on a thread of its own, where no family is set.
    let address = ADDRESS.text();
    let ports = [PORT_A.text(), PORT_B.text()];
    for associated in [false, true] {
        let mut rig = rig(&Seed::v6());
        by_group(&mut rig);
        rig.twist(move |_, route, reply| {
            eth(reply, route, |port| port[address] = json!(""));
            let lif = |home: &str, ip: &str| json!({"ID": ip, address: ip, "HOMEPORTID": home});
            let home = if associated { "76" } else { "549772722176" };
            let lifs = [lif(home, ports[0]), lif("77", ports[1])];
            if route == "/lif/associate" {
                assert!(associated);
                json_of(reply, |v| {
                    *v = json!({"data": [lifs[0]], "error": {"code": 0}});
                });
            } else if route == "/lif" {
                json_of(reply, |v| v["data"] = json!(lifs));
            }
        });
        let portals: Vec<String> = targets(&rig).into_iter().map(|t| t.1).collect();
        assert_eq!(portals, [PORT_A.portal()], "{associated}");
    }
}

#[test]
fn both_families_at_once_and_no_link_local_address() {
    let seed = |portals: &[&str]| {
        let mut seed = Seed::v3();
        seed.portals = portals.iter().map(|p| p.parse().unwrap()).collect();
        seed
    };
    let mixed = rig(&seed(&["192.0.2.35:3260", "[2001:db8::36]:3260"]));
    let both = targets(&mixed);
    let portals: Vec<&str> = both.iter().map(|t| t.1.as_str()).collect();
    assert_eq!(portals, ["192.0.2.35:3260", "[2001:db8::36]:3260"]);
    assert!(both[1].0.ends_with(":2001:db8::36"), "{both:?}");
    let info = mixed.attach("vol-1").expect().facts.connection.unwrap();
    let info = info.to_info(false);
    assert_eq!(info["data"]["target_portals"], json!(portals));
    let read = sanctl::model::connection::Connection::from_info(&info).unwrap();
    let told: Vec<String> = read
        .targets
        .iter()
        .map(|t| t.at.portal.to_string())
        .collect();
    assert_eq!(told, portals);
    // Such an address means nothing without an interface of the node.
    let one = rig(&seed(&["[fe80::35]:3260", "[2001:db8::36]:3260"]));
    let portals: Vec<String> = targets(&one).into_iter().map(|t| t.1).collect();
    assert_eq!(portals, ["[2001:db8::36]:3260"]);
    let failed = rig(&seed(&["[fe80::35]:3260"])).attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
}
