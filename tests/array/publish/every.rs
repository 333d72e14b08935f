//! Every request of every flow goes wrong in every way, once and for good: each run ends clean or
//! says what it left, nothing of anybody else moves, and the next run comes to where a run without
//! faults comes to.

use sanctl::attachment::detach::Adopted;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::walk::OnFailure;
use sanctl::sim::oceanstor::{Hints, Seed};

use crate::adopted::ByCinder;
use crate::ports::by_group;
use crate::rig::{GIB, IQN, NODE, Rig};
use crate::sweep::{Flow, Run, Wide, all};
use crate::{chap, fc, halves};

fn plain(seed: &Seed) -> Rig {
    let rig = Rig::new(seed);
    rig.array.populate(2);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

fn attached(rig: Rig, luns: &[&str]) -> Rig {
    for lun in luns {
        rig.attach(lun).expect();
    }
    rig
}

const UNDO: Run = Run::Attach(OnFailure::Undo);

#[test]
fn attach() {
    let one = || attached(plain(&Seed::v3()), &["vol-1"]);
    let mut flows = [
        Flow::new("cold", "vol-1", UNDO, plain(&Seed::v3())),
        Flow::new("cold v6", "vol-1", UNDO, plain(&Seed::v6())).wide(Wide::Once),
        Flow::new("second", "vol-2", UNDO, one()).wide(Wide::Once),
        Flow::new("again", "vol-1", UNDO, one()).wide(Wide::Once),
    ];
    // Its first attach is taken back as well.
    flows[3].returns = false;
    all("attach", 1000, &flows);
}

#[test]
fn attach_in_other_ways() {
    let mut flows = Vec::new();
    let mut add = |name: &str, rig: Rig| flows.push(Flow::variant(name, "vol-1", UNDO, rig));
    let seeds = [("v3", Seed::v3()), ("v6", Seed::v6())];
    let mut silent = Seed::v3();
    silent.options.hints = Hints::Omitted;
    add("without hints", plain(&silent));
    for (name, seed) in &seeds {
        let mut numbered = plain(seed);
        numbered.lun_number = Some(9);
        add(&format!("number {name}"), numbered);
        let mut ports = plain(seed);
        by_group(&mut ports);
        add(&format!("port group {name}"), ports);
        add(&format!("chap {name}"), chap::rig(seed));
        add(&format!("cinder's {name}"), cinders(seed, false));
    }
    let free = plain(&Seed::v3());
    free.array.add_initiator(IQN, None);
    add("free initiator", free);
    let free = chap::rig(&Seed::v3());
    free.array.add_initiator(IQN, None);
    add("chap for a free initiator", free);
    let bound = chap::rig(&Seed::v3());
    let host = bound.array.add_host(NODE);
    bound.array.add_initiator(IQN, Some(host));
    add("chap for a bound initiator", bound);
    let mut two = plain(&Seed::v3());
    two.open_second();
    add("two urls", two);
    let keep = Run::Attach(OnFailure::Keep);
    let rig = plain(&Seed::v3());
    flows.push(Flow::variant("kept", "vol-1", keep.clone(), rig));
    let rig = attached(plain(&Seed::v6()), &["vol-1"]);
    flows.push(Flow::variant("second, kept", "vol-2", keep, rig));
    flows.push(Flow::variant("snapshot", "snap-1", UNDO, snapshot()));
    all("attach in other ways", 500, &flows);
}

#[test]
fn attach_in_parts() {
    let keys = [
        "array.host",
        "array.initiator",
        "array.hostgroup",
        "array.hostgroup-host",
        "array.lungroup",
        "array.lungroup-lun",
        "array.view",
        "array.view-hostgroup",
        "array.view-lungroup",
        "array.lun-number",
    ];
    let mut flows = Vec::new();
    let mut before: Option<&str> = None;
    for key in keys {
        let mut rig = plain(&Seed::v3());
        rig.goal = Goal::Until(key.into());
        flows.push(Flow::variant(format!("until {key}"), "vol-1", UNDO, rig));
        let mut rig = plain(&Seed::v3());
        if let Some(before) = before {
            rig.goal = Goal::Until(before.into());
            rig.attach("vol-1").expect();
        }
        rig.goal = Goal::Only(key.into());
        flows.push(Flow::variant(format!("step {key}"), "vol-1", UNDO, rig));
        before = Some(key);
    }
    for flow in &mut flows {
        // A detach takes back what earlier runs made as well.
        flow.returns = false;
    }
    all("attach in parts", 400, &flows);
}

/// Over Fibre Channel: two ports that the array sees, and one of two that it does not know.
#[test]
fn attach_over_fibre_channel() {
    let one = || attached(fc::rig(&Seed::v3()), &["vol-1"]);
    let mut group = fc::rig(&Seed::v3());
    fc::by_group(&mut group);
    let mut flows = [
        Flow::variant("cold", "vol-1", UNDO, fc::rig(&Seed::v3())),
        Flow::new("one of two", "vol-1", UNDO, fc::one_of_two(&Seed::v3())).wide(Wide::Once),
        Flow::variant("cold v6", "vol-1", UNDO, fc::rig(&Seed::v6())),
        Flow::variant("second", "vol-2", UNDO, one()),
        Flow::variant("port group", "vol-1", UNDO, group),
        Flow::variant("cinder's", "vol-1", UNDO, fc::cinders(&Seed::v6())),
        Flow::variant("again", "vol-1", UNDO, one()),
    ];
    // Its first attach is taken back as well.
    flows[6].returns = false;
    all("attach over fibre channel", 450, &flows);
}

#[test]
fn detach_over_fibre_channel() {
    let one = |rig: Rig| attached(rig, &["vol-1"]);
    let both = attached(fc::rig(&Seed::v3()), &["vol-1", "vol-2"]);
    let known = fc::bare(&Seed::v3());
    known.array.add_fc_initiator(fc::WWPNS[0], None, true);
    known.array.add_fc_initiator(fc::WWPNS[1], None, false);
    let mut group = fc::rig(&Seed::v6());
    fc::by_group(&mut group);
    let mut taken = fc::cinders(&Seed::v3());
    taken.adopted = Adopted::Include;
    let flow = |name: &str, rig: Rig| Flow::variant(name, "vol-1", Run::Detach, rig);
    let flows = [
        flow("last", one(fc::rig(&Seed::v3()))).wide(Wide::Once),
        flow("left", both),
        flow("one of two", one(fc::one_of_two(&Seed::v3()))),
        flow("free and offline", one(known)),
        flow("port group", one(group)),
        Flow::variant("cinder's", "vol-3", Run::Detach, taken),
    ];
    all("detach over fibre channel", 400, &flows);
}

#[test]
fn status_over_fibre_channel() {
    let there = attached(fc::one_of_two(&Seed::v3()), &["vol-1"]);
    let flows = [
        Flow::variant("nothing", "vol-1", Run::Status, fc::bare(&Seed::v3())),
        Flow::variant("attached", "vol-1", Run::Status, there),
    ];
    all("status over fibre channel", 20, &flows);
}

/// Everything that may be there before, in all its forms.
#[test]
fn attach_onto_halves() {
    let mut flows = Vec::new();
    for there in halves::states() {
        let mut rig = Rig::v3();
        rig.adopted = Adopted::Keep;
        halves::build(&rig, &there);
        let name = format!("onto {}", there.join(" "));
        let mut flow = Flow::new(name, "vol-1", UNDO, rig).wide(Wide::Changes);
        flow.returns = !there.contains(&"lungroup-lun");
        flows.push(flow);
    }
    all("attach onto halves", 700, &flows);
}

#[test]
fn detach() {
    let mut flows = Vec::new();
    let both = || attached(plain(&Seed::v3()), &["vol-1", "vol-2"]);
    flows.push(Flow::new("left", "vol-1", Run::Detach, both()).wide(Wide::Once));
    let one = |seed: &Seed| attached(plain(seed), &["vol-1"]);
    flows.push(Flow::new("last", "vol-1", Run::Detach, one(&Seed::v3())));
    let last = one(&Seed::v6());
    flows.push(Flow::variant("last v6", "vol-1", Run::Detach, last));
    let rig = one(&Seed::v3());
    let facts = rig.journal("vol-1").unwrap().facts();
    let wwid = facts.lun.unwrap().wwid.to_string();
    flows.push(Flow::variant("by wwid", &wwid, Run::Detach, rig));
    for (name, seed) in [("v3", Seed::v3()), ("v6", Seed::v6())] {
        let mut add = |word: &str, rig: Rig| {
            let name = format!("{word} {name}");
            flows.push(Flow::variant(name, "vol-1", Run::Detach, rig));
        };
        let mut taken = cinders(&seed, false);
        taken.adopted = Adopted::Include;
        add("cinder's", taken);
        let mut taken = cinders(&seed, true);
        taken.adopted = Adopted::Include;
        add("cinder's with ports", taken);
        add("cinder's, kept", cinders(&seed, false));
        add("chap", attached(chap::rig(&seed), &["vol-1"]));
        let mut ports = plain(&seed);
        by_group(&mut ports);
        add("port group", attached(ports, &["vol-1"]));
    }
    let free = plain(&Seed::v3());
    free.array.add_initiator(IQN, None);
    let free = attached(free, &["vol-1"]);
    flows.push(Flow::variant("free initiator", "vol-1", Run::Detach, free));
    let taken = attached(snapshot(), &["snap-1"]);
    flows.push(Flow::variant("snapshot", "snap-1", Run::Detach, taken));
    let mut two = attached(plain(&Seed::v3()), &["vol-1"]);
    two.open_second();
    flows.push(Flow::variant("two urls", "vol-1", Run::Detach, two));
    all("detach", 1200, &flows);
}

#[test]
fn status() {
    let there = attached(plain(&Seed::v3()), &["vol-1"]);
    let flows = [
        Flow::new("nothing", "vol-1", Run::Status, plain(&Seed::v3())),
        Flow::new("attached", "vol-1", Run::Status, there).wide(Wide::Once),
        Flow::variant("cinder's", "vol-1", Run::Status, cinders(&Seed::v6(), true)),
    ];
    all("status", 100, &flows);
}

/// What the OpenStack driver made of one LUN, and nothing of ours.
fn cinders(seed: &Seed, ports: bool) -> Rig {
    let mut rig = Rig::new(seed);
    rig.adopted = Adopted::Keep;
    rig.array.populate(2);
    let lun = rig.array.add_lun("vol-1", GIB);
    let group = ports.then(|| rig.add_portgroup("iscsi-front", &["549772722176"]));
    let cinder = ByCinder::attach(&rig, lun);
    if let Some(group) = group {
        cinder.join(&rig, "257", &group);
    }
    rig
}

fn snapshot() -> Rig {
    let rig = plain(&Seed::v3());
    let lun = rig.array.add_lun("vol-3", GIB);
    rig.array.add_snapshot("snap-1", lun);
    rig
}
