//! Fibre Channel from a management station, on an OceanStor: there and back, by hand, and what is
//! said of ports that are not there.

use sanctl::sim::oceanstor::Seed;
use serde_json::{Value, json};

use crate::by_hand::{strip, typed};
use crate::place::golden;
use crate::served::{NODE, Served, shown};

const PORTS: [&str; 2] = ["21000024ff30441c", "21000024ff30441d"];
const HALF: &str = "--array-only --protocol fc --connector fc.json";

/// An array that sees these ports of the node, free.
fn served(seed: Seed, seen: &[&str], lines: &str) -> Served {
    let served = Served::with(seed, lines);
    for port in seen {
        served.array.add_fc_initiator(port, None, true);
    }
    // As sysfs writes it.
    let wwpns = PORTS.map(|port| format!("0x{port}"));
    let connector = json!({"host": NODE, "multipath": true, "wwpns": wwpns});
    served.place.write("fc.json", &connector.to_string());
    served
}

fn state(served: &Served) -> Value {
    let mut state = served.array.dump();
    strip(&mut state);
    state
}

/// What another administrator prepared.
fn group(served: &Served) {
    served.array.add_portgroup("front", &[(212, "1114369")]);
}

#[test]
fn there_and_back() {
    for seed in [Seed::v3(), Seed::v6()] {
        let served = served(seed, &PORTS, "");
        let place = &served.place;
        let before = state(&served);
        let line = format!("attach vol-7 {HALF} -o json");
        let item = place.run(&line).expect(0).json()["items"][0].clone();
        let connection = &item["connection"];
        assert_eq!(connection["driver_volume_type"], "fibre_channel", "{item}");
        let ports: Vec<&Value> = connection["data"]["target_wwn"]
            .as_array()
            .unwrap()
            .iter()
            .collect();
        assert_eq!(ports.len(), 2, "{item}");
        let zones = connection["data"]["initiator_target_map"].as_object();
        assert_eq!(zones.unwrap().len(), 2, "{item}");
        let told = place.ok(&format!("attach vol-7 {HALF} --emit connection-info"));
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["data"]["target_wwn"], connection["data"]["target_wwn"]);
        let shown = place.run("connection show vol-7 --connector fc.json -o json");
        assert_eq!(shown.expect(0).json()["item"], *connection);
        let by_host = format!("connection show vol-7 --host {NODE} --protocol fc -o json");
        assert_eq!(place.run(&by_host).expect(0).json()["item"], *connection);
        place.run(&format!("status vol-7 {HALF}")).expect(0);
        let paths = place.run(&format!("host paths {NODE} -o json")).expect(0);
        assert_eq!(paths.json()["items"].as_array().unwrap().len(), 4);
        // Ports that are seen are on the fabric whether the LUN is used or not: it is asked.
        let detach = format!("detach vol-7 {HALF} --no-input");
        let asked = place.run(&detach).expect(2);
        assert!(asked.err.contains("is logged in now"), "{}", asked.err);
        place.run(&format!("{detach} --yes")).expect(0);
        assert_eq!(state(&served), before);
    }
}

/// A port that is down at the detach is told by nobody, and was bound all the same.
#[test]
fn what_was_bound_is_freed_whoever_tells_of_it() {
    let served = served(Seed::v3(), &PORTS, "");
    let before = state(&served);
    served.place.ok(&format!("attach vol-7 {HALF} -q"));
    let one = json!({"host": NODE, "wwpns": [PORTS[0]]});
    served.place.write("fc.json", &one.to_string());
    let seen = served.place.run(&format!("status vol-7 {HALF}")).expect(0);
    let row = format!("{}, online; {}, online", PORTS[0], PORTS[1]);
    assert!(seen.out.contains(&row), "{}", seen.out);
    served.place.ok(&format!("detach vol-7 {HALF} --yes -q"));
    assert_eq!(state(&served), before);
}

#[test]
fn what_is_said_of_ports() {
    let served = served(Seed::v3(), &PORTS[..1], "");
    served.array.zone(PORTS[0], &["1114369"]);
    let attach = format!("attach vol-7 {HALF}");
    let status = format!("status vol-7 {HALF}");
    let mut text = shown(
        &served,
        &[(&format!("{attach} --dry-run"), 0), (&attach, 9)],
    );
    text += &shown(
        &served,
        &[
            (&status, 3),
            ("connection show vol-7 --connector fc.json", 0),
            ("initiator list --protocol fc", 0),
            ("port list --protocol fc", 0),
            (
                &format!("port list --for vol-7 --host {NODE} --protocol fc"),
                0,
            ),
            (&format!("port list --for vol-7 --host {NODE}"), 0),
            (&format!("host paths {NODE}"), 0),
        ],
    );
    golden!("fc-ports", text);
    served.array.set_fc_online(PORTS[0], false);
    let mut text = shown(
        &served,
        &[(&status, 3), (&format!("attach vol-8 {HALF}"), 7)],
    );
    let other = served.array.add_host("node-9");
    served.array.add_fc_initiator(PORTS[1], Some(other), true);
    text += &shown(&served, &[(&format!("attach vol-8 {HALF}"), 7)]);
    golden!("fc-refused", text);
}

/// Typed verbs, and a script of curl and jq.
#[test]
fn by_hand() {
    for (seed, seen, lines) in [
        (Seed::v3 as fn() -> Seed, &PORTS[..], ""),
        (Seed::v6, &PORTS[..1], "port_group = \"front\""),
    ] {
        let made = || {
            let one = served(seed(), seen, lines);
            group(&one);
            one
        };
        let (verbs, wire, flow) = (made(), made(), made());
        let fresh = state(&flow);
        let code = if seen.len() == PORTS.len() { 0 } else { 9 };
        for (line, end) in [("attach vol-7", code), ("attach vol-8", code)] {
            let plan = format!("{line} {HALF} --dry-run --print");
            typed(&verbs.place, &verbs.place.ok(&format!("{plan} verbs")));
            let script = wire.place.ok(&format!("{plan} wire"));
            wire.place.shell(&script).expect(0);
            flow.place.run(&format!("{line} {HALF} -q")).expect(end);
            assert_eq!(state(&verbs), state(&flow), "{line}");
            assert_eq!(state(&wire), state(&flow), "{line}");
            let again = format!("{line} {HALF} --dry-run --exit-code -o name");
            assert_eq!(verbs.place.run(&again).expect(0).out, "");
        }
        let (verbs, wire) = (made(), made());
        for by_hand in [&verbs, &wire] {
            let line = format!("attach vol-7 {HALF} -q");
            by_hand.place.run(&line).expect(code);
        }
        let plan = format!("detach vol-7 {HALF} --dry-run --print");
        typed(&verbs.place, &verbs.place.ok(&format!("{plan} verbs")));
        let script = wire.place.ok(&format!("{plan} wire"));
        wire.place.shell(&script).expect(0);
        assert_eq!(state(&verbs), fresh);
        assert_eq!(state(&wire), fresh);
    }
}
