//! What `--dry-run --print wire` prints for an ONTAP, run by sh with curl: on both interfaces it
//! leads to where the flow leads.

use sanctl::sim::ontap::Seed;

use super::{CLUSTER, IQN, Served, WIRES};
use crate::place::Ran;

const HALF: &str = "--array-only --connector node.json";
/// What JSON, XML and a shell would take for something else.
const CANARY: &str = "ca\"n\\a'r&y<$9>";

/// One situation: the section's lines, what was typed before, and the flow.
struct Case {
    lines: &'static str,
    before: &'static [&'static str],
    attach: &'static str,
}

const CASES: [Case; 5] = [
    Case {
        lines: CLUSTER,
        before: &[],
        attach: "attach vol-4",
    },
    Case {
        lines: "user = \"vsadmin\"\nchap = { user = \"node1\", password = { file = \"chap\" } }",
        before: &["attach vol-3 --array-only --connector node.json -q"],
        attach: "attach vol-4 --lun-number 77",
    },
    Case {
        lines: "user = \"vsadmin\"\nigroup_prefix = \"lab.\"\n\
                chap = { user = \"it's \\\"me\\\" & <co>\", password = { file = \"chap\" } }",
        before: &[],
        attach: "attach vol-4",
    },
    Case {
        lines: "user = \"admin\"\nsvm = \"svm_gold\"\n\
                chap = { user = \"node1\", password = { env = \"CHAP_SECRET\" } }",
        before: &[],
        attach: "attach vol-4 --hostgroup both",
    },
    Case {
        lines: CLUSTER,
        before: &[],
        attach: "attach vol-4 --hostgroup other",
    },
];

impl Case {
    fn served(&self, api: &str) -> Served {
        let mut served = Served::over(api, self.lines);
        served.place = served.place.env("CHAP_SECRET", CANARY);
        served.place.write("chap", &format!("{CANARY}\n"));
        let other = "iqn.1994-05.com.redhat:other";
        served.array.add_igroup("both", "iscsi", &[IQN, other]);
        served.array.add_igroup("other", "iscsi", &[other]);
        for line in self.before {
            served.place.ok(line);
        }
        served
    }

    fn attach(&self) -> String {
        format!("{} {HALF}", self.attach)
    }
}

/// Prints the lines of a flow and runs them, as a script and with nothing else.
#[track_caller]
fn by_hand(served: &Served, flow: &str) -> Ran {
    let script = served.place.run(&format!("{flow} --dry-run --print wire"));
    let script = script.expect(0).out;
    for secret in [CANARY, Seed::PASSWORD] {
        assert!(!script.contains(secret), "{script}");
    }
    served.place.shell(&script).expect(0)
}

#[test]
fn the_curl_lines_of_attach_are_the_attach() {
    for (api, case) in WIRES.iter().flat_map(|api| CASES.map(|case| (api, case))) {
        let (hand, flow) = (case.served(api), case.served(api));
        by_hand(&hand, &case.attach());
        flow.place.ok(&format!("{} -q", case.attach()));
        let what = format!("{api}: {}", case.attach);
        assert_eq!(hand.array.dump(), flow.array.dump(), "{what}");
        // Passwords are in no dump.
        assert_eq!(hand.array.chap_of(IQN), flow.array.chap_of(IQN), "{what}");
        let again = format!("{} --dry-run --exit-code", case.attach());
        hand.place.run(&again).expect(0);
    }
}

#[test]
fn the_curl_lines_of_detach_are_the_detach() {
    for (api, case) in WIRES.iter().flat_map(|api| CASES.map(|case| (api, case))) {
        let what = format!("{api}: {}", case.attach);
        let served = case.served(api);
        let before = served.array.dump();
        let journals = served.place.ok("journal list -o name");
        served.place.ok(&format!("{} -q", case.attach()));
        let attached = served.array.dump();
        assert_ne!(attached, before, "{what}");
        if case.attach.contains("--hostgroup") {
            // Others would lose the LUN: neither the lines nor the flow take it from them.
            let line = format!("detach vol-4 {HALF}");
            let printed = served.place.run(&format!("{line} --dry-run --print wire"));
            assert_eq!(printed.expect(0).out, "", "{what}");
            let told = served.place.run(&format!("{line} --dry-run")).expect(0).out;
            assert!(told.contains("stays, in use by"), "{what}: {told}");
            served.place.run(&line).expect(7);
            assert_eq!(served.array.dump(), attached, "{what}");
            continue;
        }
        by_hand(&served, &format!("detach vol-4 {HALF}"));
        assert_eq!(served.array.dump(), before, "{what}");
        // The tool finds it done, and closes its journal.
        served.place.ok(&format!("detach vol-4 {HALF} --yes"));
        assert_eq!(served.array.dump(), before, "{what}");
        let left = served.place.ok("journal list -o name");
        assert_eq!(left, journals, "{what}");
    }
}

/// A line that the array refuses ends the script with the array's words.
#[test]
fn a_refused_line_ends_the_script() {
    for (api, fault, word) in [
        (
            "rest",
            "POST /protocols/san/igroups#1=code:5374733",
            "5374733",
        ),
        (
            "zapi",
            "POST /zapi/igroup-create#1=code:9051",
            "errno=\"9051\"",
        ),
    ] {
        let served = CASES[0].served(api);
        let before = served.array.dump();
        let line = format!("{} --dry-run --print wire", CASES[0].attach());
        let script = served.place.run(&line).expect(0).out;
        served.set_faults(fault);
        let ran = served.place.shell(&script);
        assert_ne!(ran.code, 0, "{}", ran.shown());
        let told = ran.out.replace('\'', "\"");
        assert!(told.contains(word), "{}", ran.shown());
        assert_eq!(served.array.dump(), before, "{}", ran.shown());
    }
}
