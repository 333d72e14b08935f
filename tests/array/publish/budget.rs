//! Requests and dependent waves: exact, and the same however much else the array holds.

use sanctl::sim::oceanstor::Seed;

use crate::rig::{GIB, Rig, Walked};

/// Requests, waves and bytes of one flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    requests: usize,
    waves: usize,
}

fn cost(walked: &Walked) -> (Cost, u64) {
    let bytes = walked
        .requests
        .iter()
        .map(|s| s.bytes_in + s.bytes_out)
        .sum();
    let cost = Cost {
        requests: walked.requests.len(),
        waves: walked.waves,
    };
    (cost, bytes)
}

/// The five flows of a host, in order.
fn flows(rig: &Rig) -> Vec<(&'static str, Cost, u64, Vec<String>)> {
    let mut told = Vec::new();
    let mut note = |name, walked: &Walked| {
        let (cost, bytes) = cost(walked);
        assert!(walked.requests.iter().all(|s| s.in_flight < 4), "{name}");
        assert_eq!(rig.array.open_sessions(), 0, "{name} leaves a session");
        told.push((name, cost, bytes, walked.lines()));
    };
    rig.fault("*=slow:20ms");
    let one = rig.attach("vol-1").expect();
    note("cold", &one);
    let two = rig.attach("vol-2").expect();
    note("second", &two);
    let again = rig.attach("vol-2").expect();
    note("again", &again);
    let left = rig.detach("vol-1", Some(&one.facts)).expect();
    note("detach", &left);
    let last = rig.detach("vol-2", Some(&two.facts)).expect();
    note("last", &last);
    told
}

fn with_others(seed: &Seed, others: usize) -> Rig {
    let rig = Rig::new(seed);
    rig.array.populate(others);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

#[test]
fn costs() {
    for (seed, name) in [(Seed::v3(), "v3"), (Seed::v6(), "v6")] {
        let rig = with_others(&seed, 3);
        let before = rig.array.dump();
        for (flow, cost, bytes, lines) in flows(&rig) {
            println!("{name} {flow} {cost:?} {bytes}\n  {}", lines.join("\n  "));
        }
        assert_eq!(before, rig.array.dump());
    }
}
