//! What `--dry-run --print wire` prints for the array, run by sh with curl and jq: it leads to
//! where the flow leads.

use serde_json::Value;

use sanctl::sim::oceanstor::Seed;

use crate::by_hand::strip;
use crate::place::Ran;
use crate::served::Served;

const HALF: &str = "--array-only --connector node.json";
const CANARY: &str = "canary-secret-9";

/// One situation: the array, its section's lines, and what was typed before.
struct Case {
    seed: fn() -> Seed,
    lines: &'static str,
    before: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        seed: Seed::v3,
        lines: "",
        before: &[],
    },
    Case {
        seed: Seed::v3,
        lines: "chap = { user = \"it's me\", password = { file = \"chap\" } }\nport_group = \"front\"",
        before: &[
            "portgroup create front -q",
            "portgroup add-port front CTE0.A1.P0 -q --yes",
        ],
    },
    Case {
        seed: Seed::v6,
        lines: "chap = { user = \"node1\", password = { env = \"CHAP_SECRET\" } }",
        before: &["attach vol-8 --array-only --connector node.json -q"],
    },
];

impl Case {
    fn served(&self) -> Served {
        let mut served = Served::with((self.seed)(), self.lines);
        served.place = served.place.env("CHAP_SECRET", CANARY);
        served.place.write("chap", &format!("{CANARY}\n"));
        for line in self.before {
            served.place.ok(line);
        }
        served
    }
}

fn state(served: &Served) -> Value {
    let mut state = served.array.dump();
    strip(&mut state);
    state
}

/// Prints the lines of a flow and runs them, as a script and with nothing else.
#[track_caller]
fn by_hand(served: &Served, flow: &str) -> Ran {
    let line = format!("{flow} {HALF} --dry-run --print wire");
    let script = served.place.run(&line).expect(0).out;
    for secret in [CANARY, Seed::PASSWORD] {
        assert!(!script.contains(secret), "{script}");
    }
    let ran = served.place.shell(&script).expect(0);
    assert_eq!(served.array.open_sessions(), 0, "logged out: {script}");
    ran
}

#[test]
fn the_curl_lines_of_attach_are_the_attach() {
    for case in CASES {
        let (hand, flow) = (case.served(), case.served());
        by_hand(&hand, "attach vol-7");
        flow.place.ok(&format!("attach vol-7 {HALF} -q"));
        assert_eq!(state(&hand), state(&flow));
        let again = format!("attach vol-7 {HALF} --dry-run --exit-code");
        hand.place.run(&again).expect(0);
    }
}

#[test]
fn the_curl_lines_of_detach_are_the_detach() {
    for case in CASES {
        let served = case.served();
        let before = state(&served);
        served.place.ok(&format!("attach vol-7 {HALF} -q"));
        assert_ne!(state(&served), before);
        by_hand(&served, "detach vol-7");
        assert_eq!(state(&served), before);
        // The tool finds it done, and closes its journal.
        served.place.ok(&format!("detach vol-7 {HALF} --yes"));
        assert_eq!(state(&served), before);
    }
}

/// A line that the array refuses ends the script with the array's words, and with its session.
#[test]
fn a_refused_line_ends_the_script() {
    let case = &CASES[0];
    let served = case.served();
    let line = format!("attach vol-7 {HALF} --dry-run --print wire");
    let script = served.place.run(&line).expect(0).out;
    served.set_faults("POST /lungroup#1=code:1077949058");
    let ran = served.place.shell(&script);
    assert_ne!(ran.code, 0, "{}", ran.shown());
    assert!(ran.err.contains("1077949058"), "{}", ran.shown());
    assert_eq!(served.count("POST", "/mappingview"), 0, "{}", ran.shown());
    assert_eq!(served.array.open_sessions(), 0);
    served.set_faults("");
}
