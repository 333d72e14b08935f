//! Requests and dependent waves: exact, and the same however much else the array holds.

use std::fmt::Write;

use sanctl::model::nouns::Protocol;
use sanctl::sim::oceanstor::{Hints, Seed, UnknownWwn};

use crate::fc::{WWPNS, by_group, one_of_two};
use crate::rig::{GIB, IQN, Rig, Walked};

/// One flow: its name, requests, dependent waves, bytes.
type Cost = (&'static str, usize, usize, u64);

/// Whether waves are to be told apart.
#[derive(Clone, Copy)]
enum Pace {
    /// Answers that take this many milliseconds overlap when they are asked for together.
    Slow(u64),
    Fast,
}

/// The flows at a pace at which waves can be told apart. On a busy machine a request may leave
/// later than the answer to the one sent with it: then once more, slower. Too many waves at every
/// pace are too many.
fn in_step(make: impl Fn() -> Rig, want: &[(&str, usize, usize)]) -> (Vec<Cost>, String) {
    let mut last = None;
    for millis in [40, 200, 1000] {
        let done = flows(&make(), Pace::Slow(millis));
        if counts(&done.0) == want {
            return done;
        }
        last = Some(done);
    }
    last.unwrap()
}

/// The flows of one host, from nothing to nothing.
fn flows(rig: &Rig, pace: Pace) -> (Vec<Cost>, String) {
    let mut costs = Vec::new();
    let mut wire = String::new();
    let mut note = |name: &'static str, walked: &Walked| {
        assert!(
            walked.requests.iter().all(|s| s.in_flight < 4),
            "{name}: more than four requests in flight"
        );
        assert_eq!(rig.array.open_sessions(), 0, "{name} leaves a session");
        let bytes = walked.requests.iter().map(|s| s.bytes_in + s.bytes_out);
        costs.push((name, walked.requests.len(), walked.waves, bytes.sum()));
        let _ = writeln!(wire, "# {name}");
        for line in in_waves(walked) {
            let _ = writeln!(wire, "{line}");
        }
    };
    let before = rig.array.dump();
    if let Pace::Slow(millis) = pace {
        rig.fault(&format!("*=slow:{millis}ms"));
    }
    let one = rig.attach("vol-1").expect();
    note("cold", &one);
    let two = rig.attach("vol-2").expect();
    note("second", &two);
    note("again", &rig.attach("vol-2").expect());
    note("detach", &rig.detach("vol-1", Some(&one.facts)).expect());
    note("last", &rig.detach("vol-2", Some(&two.facts)).expect());
    assert!(rig.array.dump() == before, "something is left");
    assert!(rig.objects().is_empty(), "{:?}", rig.objects());
    (costs, wire)
}

/// The requests in their waves; within a wave in the order of the letters, since the lanes race.
fn in_waves(walked: &Walked) -> Vec<String> {
    let mut lines = Vec::new();
    let mut wave: Vec<String> = Vec::new();
    let mut last_end = 0;
    for (seen, line) in walked.requests.iter().zip(walked.lines()) {
        if seen.start > last_end && !wave.is_empty() {
            wave.sort();
            lines.append(&mut wave);
            lines.push("--".into());
            last_end = 0;
        }
        if last_end == 0 {
            last_end = seen.end;
        }
        last_end = last_end.min(seen.end);
        wave.push(line);
    }
    wave.sort();
    lines.append(&mut wave);
    lines
}

fn rig(seed: &Seed, others: usize) -> Rig {
    let rig = Rig::new(seed);
    rig.array.populate(others);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

fn counts(costs: &[Cost]) -> Vec<(&'static str, usize, usize)> {
    costs
        .iter()
        .map(|(name, requests, waves, _)| (*name, *requests, *waves))
        .collect()
}

/// The last detach proves each removal by the delete that follows it: who attaches at that moment
/// shares no lock with it.
const V3: [(&str, usize, usize); 5] = [
    ("cold", 17, 9),
    ("second", 12, 7),
    ("again", 8, 4),
    ("detach", 9, 5),
    ("last", 24, 14),
];

/// The view tells which host group it holds; a LUN that is mapped may be mapped to a host by itself.
const V6: [(&str, usize, usize); 5] = [
    ("cold", 17, 9),
    ("second", 11, 7),
    ("again", 9, 4),
    ("detach", 9, 5),
    ("last", 24, 14),
];

#[test]
pub(crate) fn a_v3_array() {
    let (costs, wire) = in_step(|| rig(&Seed::v3(), 3), &V3);
    assert_eq!(counts(&costs), V3, "{wire}");
    insta::assert_snapshot!("wire_v3", wire);
}

#[test]
pub(crate) fn a_v6_array() {
    let (costs, wire) = in_step(|| rig(&Seed::v6(), 3), &V6);
    assert_eq!(counts(&costs), V6, "{wire}");
    insta::assert_snapshot!("wire_v6", wire);
}

#[test]
fn the_size_of_the_array_costs_nothing() {
    for (seed, want) in [(Seed::v3(), V3), (Seed::v6(), V6)] {
        same_at_any_size(|others| rig(&seed, others), &want, &[1_000, 10_000]);
    }
}

/// The same requests as `want` with ten other hosts and with more, and as many bytes.
fn same_at_any_size(make: impl Fn(usize) -> Rig, want: &[(&str, usize, usize)], sizes: &[usize]) {
    let (small, _) = flows(&make(10), Pace::Fast);
    for others in sizes {
        let (large, wire) = flows(&make(*others), Pace::Fast);
        let requests = |costs: &[Cost]| costs.iter().map(|c| c.1).collect::<Vec<_>>();
        let wanted: Vec<usize> = want.iter().map(|w| w.1).collect();
        assert_eq!(requests(&large), wanted, "{others} others\n{wire}");
        for (small, large) in small.iter().zip(&large) {
            assert!(
                large.3 * 10 <= small.3 * 11,
                "{others} others: {} took {} bytes, {} with ten",
                small.0,
                large.3,
                small.3
            );
        }
    }
}

/// With a port group in the view: three more requests cold, two more at the last detach.
const PORT_GROUP: [(&str, usize, usize); 5] = [
    ("cold", 17 + 3, 11),
    ("second", 12 + 3, 7),
    ("again", 8 + 4, 6),
    ("detach", 9, 5),
    ("last", 24 + 2, 15),
];

#[test]
pub(crate) fn a_port_group() {
    let make = || {
        let mut rig = rig(&Seed::v3(), 3);
        rig.settings = Box::new(|s| s.port_group = Some("iscsi-front".into()));
        rig.add_portgroup("iscsi-front", &["549772722176"]);
        rig
    };
    let (costs, wire) = in_step(make, &PORT_GROUP);
    assert_eq!(counts(&costs), PORT_GROUP, "{wire}");
    insta::assert_snapshot!("wire_portgroup", wire);
}

/// Fibre Channel with two ports that the array sees already: one read of an initiator more and a
/// table of ports in place of portals; links in place of portals once the ports are bound. The
/// last detach frees both, and looks between them whether somebody came.
const FC_V3: [(&str, usize, usize); 5] = [
    ("cold", 19, 10),
    ("second", 13, 7),
    ("again", 9, 4),
    ("detach", 10, 6),
    ("last", 26, 17),
];

const FC_V6: [(&str, usize, usize); 5] = [
    ("cold", 19, 10),
    ("second", 12, 7),
    ("again", 10, 4),
    ("detach", 10, 6),
    ("last", 26, 17),
];

fn fc_rig(seed: &Seed, others: usize) -> Rig {
    let mut rig = rig(seed, others);
    rig.protocol = Protocol::Fc;
    rig.wwpns = WWPNS.map(str::to_owned).to_vec();
    // The others have ports too, and some of the fabric's are nobody's.
    for other in 0..u64::try_from(others).unwrap() {
        let wwpn = format!("10000090{other:08x}");
        rig.array.add_fc_initiator(&wwpn, Some(other), true);
        rig.array
            .add_fc_initiator(&wwpn.replace("1000", "5000"), None, true);
    }
    for wwpn in WWPNS {
        rig.array.add_fc_initiator(wwpn, None, true);
    }
    rig
}

/// What a port group and ports that the array does not know add.
#[test]
fn more_for_fibre_channel() {
    let counted = |rig: &Rig| -> (Vec<usize>, String) {
        let (costs, wire) = flows(rig, Pace::Fast);
        (costs.iter().map(|c| c.1).collect(), wire)
    };
    // The group by its name, its ports in place of the table, and its place in the view.
    let mut group = fc_rig(&Seed::v3(), 3);
    by_group(&mut group);
    let (requests, wire) = counted(&group);
    assert_eq!(requests, [19 + 2, 13 + 3, 9 + 4, 10, 26 + 2], "{wire}");
    // Made known first, and forgotten at the end.
    let one = one_of_two(&Seed::v3());
    let (requests, wire) = counted(&one);
    assert_eq!(requests, [19 + 1, 13, 9, 10, 26 + 1], "{wire}");
    // Where the array calls an unknown WWPN a wrong parameter, a filter decides.
    let one = one_of_two(&Seed::v3());
    one.array
        .set_options(|o| o.unknown_wwn = UnknownWwn::BadParameter);
    let (requests, wire) = counted(&one);
    assert_eq!(requests, [19 + 2, 13, 9, 10, 26 + 1], "{wire}");
}

#[test]
pub(crate) fn fibre_channel_on_a_v3_array() {
    let (costs, wire) = in_step(|| fc_rig(&Seed::v3(), 3), &FC_V3);
    assert_eq!(counts(&costs), FC_V3, "{wire}");
    insta::assert_snapshot!("wire_fc_v3", wire);
}

#[test]
pub(crate) fn fibre_channel_on_a_v6_array() {
    let (costs, wire) = in_step(|| fc_rig(&Seed::v6(), 3), &FC_V6);
    assert_eq!(counts(&costs), FC_V6, "{wire}");
    insta::assert_snapshot!("wire_fc_v6", wire);
}

#[test]
fn the_size_of_the_array_costs_nothing_over_fibre_channel() {
    for (seed, want) in [(Seed::v3(), FC_V3), (Seed::v6(), FC_V6)] {
        same_at_any_size(|others| fc_rig(&seed, others), &want, &[10_000]);
    }
}

#[test]
fn an_array_that_gives_no_hints() {
    let rig = rig(&Seed::v3(), 3);
    rig.array.set_options(|o| o.hints = Hints::Omitted);
    let (costs, wire) = flows(&rig, Pace::Fast);
    let requests: Vec<usize> = costs.iter().map(|c| c.1).collect();
    // Whether the LUN is mapped, and how many initiators the host has, must be asked.
    assert_eq!(requests, [17 + 1, 12 + 2, 8, 9, 24 + 2], "{wire}");
}

#[test]
fn an_initiator_that_is_logged_in_is_told() {
    let rig = rig(&Seed::v3(), 0);
    let walked = rig.attach("vol-1").expect();
    assert!(rig.array.set_logged_in(IQN, true));
    let stage = rig.stage("vol-1");
    let bounds = crate::rig::bounds();
    stage.enter(&bounds).unwrap();
    let cx = sanctl::step::Cx {
        facts: &walked.facts,
        bounds: &bounds,
    };
    let facts = stage.survey(&cx, sanctl::step::Aim::Detach).unwrap();
    assert_eq!(facts.objects["initiator-state"], "online");
    stage.leave();
}
