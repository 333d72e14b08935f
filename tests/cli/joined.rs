//! What `--dry-run --print verbs` prints, array and node together, typed line by line on a fresh
//! array and node: it leads to where the flow leads.

use std::net::SocketAddr;

use serde_json::{Value, json};

use sanctl::sim::oceanstor::{Practice, Seed};

use crate::by_hand::{state, typed};
use crate::node_verbs::node_state;
use crate::place::Place;

const CHAP: &str = "chap = { user = \"node1\", password = { file = \"chap\" } }\n";

const CHAP_AND_FRONT: &str = "chap = { user = \"node1\", password = { file = \"chap\" } }\n\
                              port_group = \"front\"\n";

/// One situation: what is configured, what was typed before, and the flow.
struct Case {
    name: &'static str,
    seed: fn() -> Seed,
    config: &'static str,
    before: &'static [&'static str],
    attach: &'static str,
}

const fn case(name: &'static str, attach: &'static str) -> Case {
    Case {
        name,
        seed: Seed::v3,
        config: "",
        before: &[],
        attach,
    }
}

const FRONT: &[&str] = &[
    "portgroup create front -q",
    "portgroup add-port front 172.24.4.150 -q --yes",
];

const CASES: &[Case] = &[
    case("a node that the array does not know", "attach vol-1"),
    Case {
        before: &["attach vol-2 -q"],
        ..case("the second LUN", "attach vol-1")
    },
    Case {
        config: CHAP_AND_FRONT,
        before: FRONT,
        ..case(
            "CHAP, a port group, a number, at boot",
            "attach vol-1 --lun-number 77 --persist",
        )
    },
    Case {
        seed: Seed::v6,
        config: CHAP,
        before: &["attach vol-2 -q"],
        ..case("V6, CHAP, the second LUN", "attach vol-1")
    },
];

impl Case {
    /// A place in this situation.
    fn place(&self) -> Place {
        let place = Place::with_config(&format!("[arrays.sim]\nkind = \"sim\"\n{}", self.config));
        place.write("chap", "canary-secret-9\n");
        place.ok("sim status");
        let mut seed = (self.seed)();
        seed.portals = ["172.24.3.150:3260", "172.24.4.150:3260"]
            .map(|text| text.parse::<SocketAddr>().unwrap())
            .to_vec();
        let file = place.state().join("practice/array.json");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let array = Practice::open(&file, &seed).unwrap();
        array.add_lun("vol-1", 1 << 30);
        array.add_lun("vol-2", 1 << 30);
        array.save().unwrap();
        drop(array);
        for line in self.before {
            place.ok(line);
        }
        place
    }
}

/// Both halves, as far as the order of lanes does not decide it.
fn both(place: &Place) -> Value {
    let touched = place.state().join("practice/machine.json").exists();
    let node = touched.then(|| node_state(place));
    let fresh = json!({"records": [], "sessions": [], "disks": []});
    json!({"array": state(place), "node": node.unwrap_or(fresh)})
}

#[test]
fn an_attach_typed_line_by_line_is_the_attach() {
    for case in CASES {
        let (hand, flow) = (case.place(), case.place());
        let before = both(&hand);
        let printed = hand.run(&format!("{} --dry-run --print verbs", case.attach));
        let printed = printed.expect(0);
        assert_eq!(both(&hand), before, "{}: only told", case.name);
        for half in ["\nsanctl lungroup ", "\nsanctl device "] {
            assert!(printed.out.contains(half), "{}", printed.shown());
        }
        typed(&hand, &printed.out);
        flow.ok(case.attach);
        assert_eq!(both(&hand), both(&flow), "{}", case.name);
        // The flow has nothing left to do on what was made by hand, and says where the LUN is.
        let again = hand.run(&format!("{} --dry-run --exit-code", case.attach));
        assert_eq!(again.code, 0, "{}: {}", case.name, again.shown());
        hand.run("status vol-1").expect(0);
        let device = hand.ok(case.attach);
        assert!(
            device.contains("/practice/luns/"),
            "{}: {device}",
            case.name
        );
        assert_eq!(both(&hand), both(&flow), "{}", case.name);
    }
}

#[test]
fn a_detach_typed_line_by_line_is_the_detach() {
    for case in CASES {
        let (hand, flow) = (case.place(), case.place());
        let before = both(&hand);
        for place in [&hand, &flow] {
            place.ok(case.attach);
        }
        let printed = hand.run("detach vol-1 --dry-run --print verbs").expect(0);
        typed(&hand, &printed.out);
        flow.ok("detach vol-1");
        assert_eq!(both(&hand), both(&flow), "{}", case.name);
        assert_eq!(both(&hand), before, "{}: the whole way back", case.name);
        // The tool finds it done, and closes its journal.
        let again = hand.run("detach vol-1 --dry-run --exit-code -o name");
        assert_eq!(again.expect(0).out, "", "{}", case.name);
        hand.ok("detach vol-1");
        assert_eq!(
            hand.ok("journal list -o name"),
            flow.ok("journal list -o name")
        );
        assert_eq!(both(&hand), before, "{}", case.name);
    }
}
