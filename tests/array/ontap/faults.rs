//! Something goes wrong at every single request: each flow converges, and the ledger knows what is
//! ours.

use sanctl::array::ontap::config::ApiChoice;
use serde_json::Value;

use crate::ontap::rig::{BOTH, ONE, Rig, TWO};
use crate::rig::Walked;

#[derive(Debug, Clone, Copy)]
enum Flow {
    New,
    Existing,
    Again,
    Detach,
    Last,
}

const FLOWS: [Flow; 5] = [
    Flow::New,
    Flow::Existing,
    Flow::Again,
    Flow::Detach,
    Flow::Last,
];

impl Flow {
    /// Brings the array to where the flow begins, without faults.
    fn prepared(self, api: ApiChoice) -> Rig {
        let rig = Rig::new(api);
        let attached: &[&str] = match self {
            Self::New => &[],
            Self::Existing | Self::Again | Self::Last => &[ONE],
            Self::Detach => &[ONE, TWO],
        };
        for lun in attached {
            rig.attach(lun).expect();
        }
        rig
    }

    fn run(self, rig: &Rig) -> Walked {
        match self {
            Self::New | Self::Again => rig.attach(ONE),
            Self::Existing => rig.attach(TWO),
            Self::Detach | Self::Last => rig.detach(ONE, None),
        }
    }
}

/// Where the flow leads when nothing goes wrong, and how many requests it takes.
fn reference(flow: Flow, api: ApiChoice) -> (Value, Vec<String>, usize) {
    let rig = flow.prepared(api);
    let walked = flow.run(&rig).expect();
    (rig.array.dump(), rig.objects(), walked.requests.len())
}

/// `repeats`: whether a flow that failed may be run once more.
fn sweep(act: &str, again: bool) {
    for api in BOTH {
        for flow in FLOWS {
            let (dump, ours, requests) = reference(flow, api);
            for at in 1..=requests {
                let rig = flow.prepared(api);
                rig.fault(&format!("@{at}={act}"));
                let mut walked = flow.run(&rig);
                let hit = Rig::calls(&walked).get(at - 1).cloned().unwrap_or_default();
                let what = format!("{api:?} {flow:?}, {act} at request {at}: {hit}");
                if again && walked.result.is_err() {
                    walked = flow.run(&rig);
                }
                assert!(walked.result.is_ok(), "{what}: {:?}", walked.result);
                assert!(rig.array.dump() == dump, "{what}\n{:#?}", walked.trail);
                assert_eq!(names(&rig), names_of(&ours), "{what}\n{:#?}", walked.trail);
            }
        }
    }
}

/// What is ours, whatever it was made of: a second look may find the igroup whole.
fn names(rig: &Rig) -> Vec<String> {
    names_of(&rig.objects())
}

fn names_of(objects: &[String]) -> Vec<String> {
    let words = objects.iter().map(|o| o.split(" was ").next().unwrap());
    words.map(str::to_owned).collect()
}

#[test]
fn the_request_never_arrives() {
    sweep("drop-before", false);
}

#[test]
fn the_answer_never_arrives() {
    sweep("drop-after", false);
}

#[test]
fn busy_and_takeover_are_waited_for() {
    sweep("code:busy", false);
    sweep("code:takeover", false);
}

#[test]
fn garbage_and_pages_of_a_proxy() {
    sweep("garbage", false);
    sweep("html-after", false);
    sweep("truncated", false);
}

#[test]
fn the_nodes_lose_each_other() {
    sweep("code-after:timeout", false);
}
