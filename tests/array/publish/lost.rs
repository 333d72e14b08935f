//! The connection breaks before or after every single request: each flow converges, and the ledger
//! knows what is ours.

use serde_json::Value;

use crate::rig::{GIB, Rig, Walked};

#[derive(Debug, Clone, Copy)]
enum Flow {
    Cold,
    Second,
    Again,
    Detach,
    Last,
}

const FLOWS: [Flow; 5] = [
    Flow::Cold,
    Flow::Second,
    Flow::Again,
    Flow::Detach,
    Flow::Last,
];

fn rig(seed: &dyn Fn() -> Rig) -> Rig {
    let rig = seed();
    rig.array.populate(2);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

impl Flow {
    /// Brings the array to where the flow begins, without faults.
    fn prepare(self, rig: &Rig) -> Vec<Walked> {
        let attached = match self {
            Self::Cold => 0,
            Self::Second | Self::Again | Self::Last => 1,
            Self::Detach => 2,
        };
        (1..=attached)
            .map(|n| rig.attach(&format!("vol-{n}")).expect())
            .collect()
    }

    fn run(self, rig: &Rig, before: &[Walked]) -> Walked {
        let facts = before.first().map(|w| &w.facts);
        match self {
            Self::Cold | Self::Again => rig.attach("vol-1"),
            Self::Second => rig.attach("vol-2"),
            Self::Detach | Self::Last => rig.detach("vol-1", facts),
        }
    }
}

/// What the flow leads to when nothing goes wrong, and how many requests it takes.
fn reference(flow: Flow, seed: &dyn Fn() -> Rig) -> (Value, Vec<String>, usize) {
    let rig = rig(seed);
    let before = flow.prepare(&rig);
    let walked = flow.run(&rig, &before).expect();
    (rig.array.dump(), rig.objects(), walked.requests.len())
}

fn every_request(act: &str, seed: &dyn Fn() -> Rig) {
    sweep(act, seed, &FLOWS);
}

/// For what the client cannot tell from another fault: the longest flow of each way.
fn both_ways(act: &str, seed: &dyn Fn() -> Rig) {
    sweep(act, seed, &[Flow::Cold, Flow::Last]);
}

fn sweep(act: &str, seed: &dyn Fn() -> Rig, flows: &[Flow]) {
    for flow in flows.iter().copied() {
        let (dump, ours, requests) = reference(flow, seed);
        for at in 1..=requests {
            let rig = rig(seed);
            let before = flow.prepare(&rig);
            rig.fault(&format!("@{at}={act}"));
            let mut walked = flow.run(&rig, &before);
            let hit = walked.lines().get(at - 1).cloned().unwrap_or_default();
            let what = format!("{flow:?}, {act} at request {at}: {hit}");
            if let Err(failed) = &walked.result {
                // A login that is not answered ends the command: nothing was done yet.
                assert!(hit.starts_with("POST /sessions"), "{what}: {failed:?}");
                walked = flow.run(&rig, &before).expect();
            }
            assert!(rig.array.dump() == dump, "{what}\n{:#?}", walked.trail);
            assert_eq!(rig.objects(), ours, "{what}\n{:#?}", walked.trail);
        }
    }
}

#[test]
fn the_request_never_arrives() {
    every_request("drop-before", &Rig::v3);
}

#[test]
fn the_answer_never_arrives() {
    every_request("drop-after", &Rig::v3);
}

#[test]
fn the_answer_never_arrives_on_v6() {
    every_request("drop-after", &Rig::v6);
}

#[test]
fn the_array_says_that_it_may_have_completed() {
    every_request("timeout-after", &Rig::v3);
    both_ways("timeout", &Rig::v3);
}

#[test]
pub(crate) fn the_session_ends_at_every_request() {
    every_request("expire", &Rig::v3);
    every_request("expire:1077949069", &Rig::v6);
}

#[test]
fn the_array_is_busy_at_every_request() {
    every_request("busy", &Rig::v3);
}

#[test]
fn a_proxy_answers_in_the_place_of_the_array() {
    every_request("html-after", &Rig::v3);
    both_ways("garbage", &Rig::v3);
    both_ways("truncated", &Rig::v3);
}
