//! Something goes wrong at every single request: each flow converges, and the ledger knows what is
//! ours.

use sanctl::array::ontap::config::ApiChoice;
use serde_json::Value;

use crate::ontap::rig::{BOTH, ONE, Rig, TWO};
use crate::ontap::{chap, fc};
use crate::rig::Walked;

#[derive(Debug, Clone, Copy)]
enum Flow {
    New,
    Existing,
    Again,
    Detach,
    Last,
    /// Over Fibre Channel, by two ports, and the fabric sees one of them.
    Fabric,
    FabricLast,
    /// From an igroup that was empty before: both ports go, the igroup stays.
    Emptied,
    /// With a CHAP entry.
    Chap,
    ChapLast,
    /// Of a LUN that others have too.
    Shared,
}

const FLOWS: [Flow; 5] = [
    Flow::New,
    Flow::Existing,
    Flow::Again,
    Flow::Detach,
    Flow::Last,
];

/// Flows with other requests: only what is lost is swept, for how an answer is read is one code.
const OTHERS: [Flow; 6] = [
    Flow::Fabric,
    Flow::FabricLast,
    Flow::Emptied,
    Flow::Chap,
    Flow::ChapLast,
    Flow::Shared,
];

impl Flow {
    /// Brings the array to where the flow begins, without faults.
    fn prepared(self, api: ApiChoice) -> Rig {
        let mut rig = match self {
            Self::Fabric | Self::FabricLast | Self::Emptied => fc::rig(api),
            Self::Chap | Self::ChapLast => chap::rig(api),
            _ => Rig::new(api),
        };
        let attached: &[&str] = match self {
            Self::New | Self::Fabric | Self::Chap | Self::Shared => &[],
            Self::Existing
            | Self::Again
            | Self::Last
            | Self::FabricLast
            | Self::ChapLast
            | Self::Emptied => &[ONE],
            Self::Detach => &[ONE, TWO],
        };
        match self {
            Self::Emptied => {
                rig.array.add_igroup("sanctl-compute-2-fcp", "fcp", &[]);
            }
            Self::Fabric => rig.array.log_in(fc::PORTS[0], "fc_1"),
            Self::Shared => {
                let other = "iqn.1994-05.com.redhat:c004";
                rig.array.add_igroup("theirs", "iscsi", &[other]);
                rig.array.map(ONE, "theirs", None);
                rig.shared = true;
            }
            _ => {}
        }
        for lun in attached {
            rig.attach(lun).expect();
        }
        rig
    }

    fn run(self, rig: &Rig) -> Walked {
        match self {
            Self::New | Self::Again | Self::Fabric | Self::Chap | Self::Shared => rig.attach(ONE),
            Self::Existing => rig.attach(TWO),
            Self::Detach | Self::Last | Self::FabricLast | Self::ChapLast | Self::Emptied => {
                rig.detach(ONE, None)
            }
        }
    }
}

/// Where the flow leads when nothing goes wrong, and how many requests it takes.
fn reference(flow: Flow, api: ApiChoice) -> (Value, Vec<String>, usize) {
    let rig = flow.prepared(api);
    let walked = flow.run(&rig).expect();
    (rig.array.dump(), rig.objects(), walked.requests.len())
}

fn sweep(act: &str, flows: &[Flow]) {
    for api in BOTH {
        for &flow in flows {
            let (dump, ours, requests) = reference(flow, api);
            for at in 1..=requests {
                let rig = flow.prepared(api);
                rig.fault(&format!("@{at}={act}"));
                let walked = flow.run(&rig);
                let hit = Rig::calls(&walked).get(at - 1).cloned().unwrap_or_default();
                let what = format!("{api:?} {flow:?}, {act} at request {at}: {hit}");
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
    sweep("drop-before", &FLOWS);
    sweep("drop-before", &OTHERS);
}

#[test]
fn the_answer_never_arrives() {
    sweep("drop-after", &FLOWS);
    sweep("drop-after", &OTHERS);
}

#[test]
fn busy_and_takeover_are_waited_for() {
    sweep("code:busy", &FLOWS);
    sweep("code:takeover", &FLOWS);
}

#[test]
fn garbage_and_pages_of_a_proxy() {
    sweep("garbage", &FLOWS);
    sweep("html-after", &FLOWS);
    sweep("truncated", &FLOWS);
}

#[test]
fn the_nodes_lose_each_other() {
    sweep("code-after:timeout", &FLOWS);
    sweep("code-after:timeout", &OTHERS);
}
