//! What `--dry-run --print verbs` and `--print wire` print for an ONTAP and a node together, typed
//! line by line on a fresh array and node: it leads to where the flow leads.

use serde_json::{Value, json};

use sanctl::kit::bounds::Bounds;
use sanctl::kit::stop::Stop;
use sanctl::sim::practice::OntapPractice;

use super::WIRES;
use crate::by_hand::typed;
use crate::node_verbs::node_state_in;
use crate::place::Place;

/// One situation: the section's lines, what was typed before, and the flow.
struct Case {
    lines: &'static str,
    before: &'static [&'static str],
    attach: &'static str,
}

const CASES: &[Case] = &[
    Case {
        lines: "",
        before: &[],
        attach: "attach vol-4",
    },
    Case {
        lines: "target_ips = [\"192.0.3.41\", \"192.0.2.42\"]\n\
                chap = { user = \"it's me\", password = { file = \"chap\" } }",
        before: &["attach vol-3 -q"],
        attach: "attach vol-4 --lun-number 77",
    },
];

fn practice(place: &Place) -> OntapPractice {
    let bounds = Bounds::new(std::time::Duration::from_secs(60), "test", Stop::new());
    OntapPractice::open(&place.state(), &bounds).unwrap()
}

impl Case {
    fn place(&self, api: &str) -> Place {
        let place = Place::with_config(&format!(
            "[arrays.gold]\nkind = \"sim\"\nproduct = \"ontap\"\napi = \"{api}\"\n{}\n",
            self.lines
        ));
        place.write("chap", "canary-secret-9\n");
        drop(practice(&place));
        for line in self.before {
            place.ok(line);
        }
        place
    }
}

/// Both halves, as far as the order of lanes does not decide it.
fn both(place: &Place) -> Value {
    let array = practice(place).array().dump();
    let node = node_state_in(&place.state().join("practice/ontap/machine.json"));
    json!({"array": array, "node": node})
}

#[test]
fn an_attach_typed_line_by_line_is_the_attach() {
    for (api, case) in WIRES
        .iter()
        .flat_map(|api| CASES.iter().map(move |c| (api, c)))
    {
        let what = format!("{api}: {}", case.attach);
        let (hand, flow) = (case.place(api), case.place(api));
        let before = both(&hand);
        let printed = hand.run(&format!("{} --dry-run --print verbs", case.attach));
        let printed = printed.expect(0);
        assert_eq!(both(&hand), before, "{what}: only told");
        typed(&hand, &printed.out);
        flow.ok(case.attach);
        assert_eq!(both(&hand), both(&flow), "{what}");
        // The flow has nothing left to do on what was made by hand, and says where the LUN is.
        let again = hand.run(&format!("{} --dry-run --exit-code", case.attach));
        assert_eq!(again.code, 0, "{what}: {}", again.shown());
        hand.run("status vol-4").expect(0);
        let device = hand.ok(case.attach);
        assert!(device.contains("/practice/ontap/luns/"), "{what}: {device}");
        assert_eq!(both(&hand), both(&flow), "{what}");
    }
}

#[test]
fn a_detach_typed_line_by_line_is_the_detach() {
    for (api, case) in WIRES
        .iter()
        .flat_map(|api| CASES.iter().map(move |c| (api, c)))
    {
        let what = format!("{api}: {}", case.attach);
        let place = case.place(api);
        let before = both(&place);
        place.ok(case.attach);
        let printed = place.run("detach vol-4 --dry-run --print verbs").expect(0);
        typed(&place, &printed.out);
        assert_eq!(both(&place), before, "{what}: the whole way back");
        // The tool finds it done, and closes its journal.
        let again = place.run("detach vol-4 --dry-run --exit-code -o name");
        assert_eq!(again.expect(0).out, "", "{what}");
        place.ok("detach vol-4");
        assert_eq!(both(&place), before, "{what}");
    }
}
