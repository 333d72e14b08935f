//! Two processes at once, and a seed that decides whose request goes next.
//!
//! A round makes a world of its own, so that its seed tells all of it. `SANCTL_ROUNDS=N` runs N
//! rounds in place of 300; `SANCTL_SEED=S` runs that round alone and prints its path.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sanctl::attachment::detach::Adopted;
use sanctl::model::edit::{Edit, GroupSort, Party};
use sanctl::model::selector::Selector;
use sanctl::sim::oceanstor::Seed;

use crate::world::{Atom, Attach, Dice, End, Gate, Half, Maker, Process, World, atoms};

/// Who the two are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cast {
    /// Two processes over one state directory.
    OneSeat,
    /// Two machines, each with a host object of its own.
    TwoHosts,
    /// Two state directories that work for the same host object.
    OneHost,
}

/// What a process does.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    Attach(&'static str),
    Detach(&'static str),
    Edit(&'static str),
}

/// A round as its seed wants it.
#[derive(Debug)]
struct Plan {
    seed: u64,
    cast: Cast,
    half: Half,
    /// The LUNs that the first process has attached before.
    before: Vec<&'static str>,
    /// The LUN that the second one has attached before.
    theirs: Option<&'static str>,
    deeds: [Deed; 2],
    v6: bool,
}

/// Changes of single objects that pull something out from under an attach of the first process.
const EDITS: [&str; 8] = [
    "unmap",
    "delete-hostgroup",
    "remove-host",
    "remove-hostgroup",
    "remove-lungroup",
    "remove-lun",
    "unbind",
    "delete-mapping",
];

impl Plan {
    fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let cast = *dice.pick(&[Cast::OneSeat, Cast::TwoHosts, Cast::OneHost]);
        // Nothing guards a machine against two state directories.
        let half = match dice.percent(30) && cast != Cast::OneHost {
            true => Half::Both,
            false => Half::Array,
        };
        let (a, b) = ("vol-1", "vol-2");
        use Deed::{Attach, Detach};
        let (before, theirs, deeds) = match dice.below(8) {
            0 => (vec![], None, [Attach(a), Attach(b)]),
            1 => (vec![], None, [Attach(a), Attach(a)]),
            2 | 3 => (vec![a], None, [Detach(a), Attach(b)]),
            4 => (vec![a, b], None, [Detach(a), Detach(b)]),
            5 => (vec![a], None, [Detach(a), Attach(a)]),
            6 => (vec![a], Some(b), [Detach(a), Detach(b)]),
            _ => (
                match dice.below(2) {
                    0 => vec![],
                    _ => vec!["vol-3"],
                },
                None,
                [Attach(a), Deed::Edit(dice.pick::<&str>(&EDITS))],
            ),
        };
        Self {
            seed,
            cast,
            half,
            before,
            theirs,
            deeds,
            v6: dice.percent(30),
        }
    }
}

impl Plan {
    /// The LUNs that it touches.
    fn luns(&self) -> Vec<&'static str> {
        let mut luns = self.before.clone();
        luns.extend(self.theirs);
        for deed in &self.deeds {
            if let Deed::Attach(lun) | Deed::Detach(lun) = deed {
                luns.push(lun);
            }
        }
        luns.sort_unstable();
        luns.dedup();
        luns
    }
}

/// The edit of this name, for the host of the first process.
pub(crate) fn edit(name: &str, host: &str, iqn: &str, id: &str) -> Edit {
    let named = |name: String| Selector::Name(name);
    let group = |sort: &str| named(format!("OpenStack_{sort}_{id}"));
    let (hosts, luns) = (GroupSort::Hosts, GroupSort::Luns);
    let mapping = group("Mapping_View");
    let host = named(host.to_owned());
    match name {
        "unmap" => Edit::UnmapLun {
            lun: named("vol-1".into()),
            from: Party::Host(host),
        },
        "delete-hostgroup" => Edit::DeleteGroup {
            sort: hosts,
            group: group("HostGroup"),
        },
        "remove-host" => Edit::RemoveMember {
            sort: hosts,
            group: group("HostGroup"),
            member: host,
        },
        "remove-hostgroup" => Edit::RemoveGroup {
            mapping,
            sort: hosts,
            group: group("HostGroup"),
        },
        "remove-lungroup" => Edit::RemoveGroup {
            mapping,
            sort: luns,
            group: group("LunGroup"),
        },
        "remove-lun" => Edit::RemoveMember {
            sort: luns,
            group: group("LunGroup"),
            member: named("vol-1".into()),
        },
        "unbind" => Edit::UnbindInitiator {
            initiator: iqn.parse().unwrap(),
            host,
        },
        _ => Edit::DeleteMapping { mapping },
    }
}

struct Round {
    plan: Plan,
    world: World,
    gate: Arc<Gate>,
    start: BTreeSet<Atom>,
    trouble: Vec<String>,
}

impl Round {
    fn new(plan: Plan) -> Self {
        let seed = if plan.v6 { Seed::v6() } else { Seed::v3() };
        let mut world = World::new(&seed);
        let first = world.add_node("compute-1");
        match plan.cast {
            Cast::OneSeat => {}
            Cast::TwoHosts => drop(world.add_node("compute-2")),
            Cast::OneHost => drop(world.add_seat(first, "compute-1")),
        }
        let start = atoms(&world.array.dump());
        Self {
            gate: Arc::new(Gate::new(plan.seed, 2)),
            plan,
            world,
            start,
            trouble: Vec::new(),
        }
    }

    fn must(&mut self, so: bool, what: impl FnOnce() -> String) {
        if !so {
            self.trouble.push(what());
        }
    }

    fn seat_of(&self, nth: usize) -> usize {
        match self.plan.cast {
            Cast::OneSeat => 0,
            _ => nth,
        }
    }

    /// A process that nothing holds up.
    fn alone(&self, seat: usize) -> Process {
        Process::new(&self.world, 9, seat, &Arc::new(Gate::open()))
    }

    fn how(&self) -> Attach {
        Attach {
            shared: true,
            ..Attach::half(self.plan.half)
        }
    }

    fn attach(&self, seat: usize, lun: &str) -> End {
        let how = self.how();
        self.alone(seat).attach(&self.world, lun, &how, vec![])
    }

    fn detach(&self, seat: usize, lun: &str, adopted: Adopted) -> End {
        let process = self.alone(seat);
        process.detach(&self.world, lun, self.plan.half, adopted, vec![])
    }

    fn act(&self, process: &Process, deed: &Deed) -> End {
        let world = &self.world;
        match deed {
            Deed::Attach(lun) => process.attach(world, lun, &self.how(), vec![]),
            Deed::Detach(lun) => {
                process.detach(world, lun, self.plan.half, Adopted::Report, vec![])
            }
            Deed::Edit(name) => {
                let id = world.truth().find("hosts", "compute-1");
                let id = id.unwrap_or_else(|| "9".to_owned());
                let iqn = "iqn.1994-05.com.redhat:compute-1";
                process.edit(world, &edit(name, "compute-1", iqn, &id), vec![])
            }
        }
    }

    fn play(&mut self) -> [End; 2] {
        for lun in self.plan.before.clone() {
            let end = self.attach(0, lun);
            self.must(end.code == 0, || format!("before: {lun}: {}", end.error));
        }
        if let Some(lun) = self.plan.theirs {
            let end = self.attach(self.seat_of(1), lun);
            self.must(end.code == 0, || format!("before: {lun}: {}", end.error));
        }
        let both: Vec<Process> = [0, 1]
            .map(|nth| Process::new(&self.world, nth, self.seat_of(nth), &self.gate))
            .into();
        let this = &*self;
        let ends: Vec<End> = std::thread::scope(|scope| {
            let threads: Vec<_> = both
                .iter()
                .zip(&this.plan.deeds)
                .map(|(process, deed)| scope.spawn(move || this.act(process, deed)))
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        ends.try_into().unwrap()
    }

    /// Whether the two can spoil each other's LUN: the same one of the same host, or an edit.
    fn contend(&self) -> bool {
        let [one, two] = &self.plan.deeds;
        let same = match (one, two) {
            (Deed::Attach(a) | Deed::Detach(a), Deed::Attach(b) | Deed::Detach(b)) => a == b,
            _ => true,
        };
        same && self.plan.cast == Cast::OneHost || matches!(two, Deed::Edit(_))
    }

    fn check(&mut self, ends: &[End; 2]) {
        let deeds = self.plan.deeds.clone();
        for (nth, (end, deed)) in ends.iter().zip(&deeds).enumerate() {
            let seat = self.seat_of(nth);
            let allowed: &[u8] = match (deed, self.plan.cast, self.contend()) {
                (Deed::Edit(_), ..) => &[0, 7, 10],
                // Another state directory, or another hand, may pull away what one stands on.
                (_, _, true) => &[0, 4, 7, 9],
                (Deed::Attach(_), Cast::OneHost, _) => &[0],
                // What the other one made is left, and named.
                (Deed::Detach(_), Cast::OneHost, _) => &[0, 4],
                _ => &[0],
            };
            self.must(allowed.contains(&end.code), || {
                format!(
                    "process {nth} {deed:?} ended with {}: {}",
                    end.code, end.error
                )
            });
            if let Deed::Attach(lun) = deed
                && end.code == 0
                && !self.contend()
            {
                let detached = deeds[1 - nth] == Deed::Detach(lun) && seat == self.seat_of(1 - nth);
                if !detached {
                    self.seen(seat, lun, end, &format!("process {nth}"));
                }
            }
            // A failure leaves nothing of its own.
            if matches!(deed, Deed::Attach(_)) && ![0, 4, 9].contains(&end.code) {
                let truth = self.world.truth();
                let left: Vec<String> = end
                    .work
                    .added
                    .iter()
                    .filter(|atom| truth.atoms.get(atom) == Some(&Maker::Flow(seat)))
                    .filter_map(|atom| truth.journal_name(atom))
                    .collect();
                drop(truth);
                let owned = self.world.owned(seat);
                let lost: Vec<&String> = left.iter().filter(|l| !owned.contains(l)).collect();
                self.must(lost.is_empty(), || {
                    format!("process {nth} failed with {} and left {lost:?}", end.code)
                });
            }
        }
        self.named();
        let open = self.world.array.open_sessions();
        self.must(open == 0, || format!("{open} sessions are open"));
    }

    /// The LUN is visible under the number that was told, and on the machine it is the same one.
    fn seen(&mut self, seat: usize, lun: &str, end: &End, who: &str) {
        let wwid = self.world.wwid(lun).unwrap();
        let visible = self.world.visible(seat, &wwid);
        let report = end.report.as_ref().unwrap();
        let told = report.lun_number.map(|n| u32::from(n.0));
        self.must(visible.is_some() && visible == told, || {
            format!("{who}: {lun} was told as {told:?} and is visible as {visible:?}")
        });
        if self.plan.half == Half::Both {
            let have = self.world.node(seat).have();
            let disks: Vec<&String> = have
                .disks
                .iter()
                .filter(|(_, (_, disk))| *disk == wwid)
                .map(|(hctl, _)| hctl)
                .collect();
            let number = |hctl: &&String| hctl.rsplit(':').next().unwrap().parse().ok();
            let same = disks.iter().all(|hctl| number(hctl) == visible);
            let device = report.device.clone().unwrap_or_default();
            let so = disks.len() == 2 && same && device.contains(&wwid);
            self.must(so, || format!("{who}: {lun} as {device}: {disks:?}"));
        }
    }

    /// Whatever flows have made and is there is named by a journal of theirs.
    fn named(&mut self) {
        for seat in 0..self.world.seats() {
            let owned = self.world.owned(seat);
            let truth = self.world.truth();
            let made = truth.made_by(seat);
            let names: Vec<String> = made
                .into_iter()
                .filter_map(|atom| truth.journal_name(atom))
                .collect();
            drop(truth);
            let lost: Vec<&String> = names.iter().filter(|n| !owned.contains(n)).collect();
            self.must(lost.is_empty(), || {
                format!("seat {seat} made and no journal names: {lost:?}, only {owned:?}")
            });
        }
    }

    /// Every attach again, alone: what failed now works, and what worked still does.
    fn converge(&mut self, codes: [u8; 2]) {
        let deeds = self.plan.deeds.clone();
        for (nth, deed) in deeds.iter().enumerate() {
            let Deed::Attach(lun) = deed else { continue };
            if codes[nth] == 0 && !self.plan.seed.is_multiple_of(3) {
                continue;
            }
            let seat = self.seat_of(nth);
            let end = self.attach(seat, lun);
            // A number that an edit has moved under a device of this machine is refused.
            let edited = matches!(deeds[1], Deed::Edit(_)) && self.plan.half == Half::Both;
            self.must(end.code == 0 || (edited && end.code == 7), || {
                format!("again {nth} {deed:?}: {} {}", end.code, end.error)
            });
            if end.code == 0 {
                self.seen(seat, lun, &end, &format!("again {nth}"));
            }
        }
    }

    /// Everything detached: the array is as it was, nothing is claimed, no device is left.
    fn end(&mut self) {
        let luns = self.plan.luns();
        let seats: Vec<usize> = (0..self.world.seats()).collect();
        for lun in luns.clone() {
            for seat in &seats {
                let end = self.detach(*seat, lun, Adopted::Report);
                // Which of two seats made a link is told only where there are two.
                let left = self.plan.cast == Cast::OneHost || self.contend();
                self.must(end.code == 0 || (left && end.code == 4), || {
                    format!(
                        "at the end: {seat} detach {lun}: {} {}",
                        end.code, end.error
                    )
                });
            }
        }
        // What one made and another needed longer goes with whoever is asked.
        for seat in seats.iter().chain(&seats) {
            for lun in luns.clone() {
                let over = self.world.journals(*seat).list_open().unwrap().is_empty();
                if over && atoms(&self.world.array.dump()) == self.start {
                    break;
                }
                let end = self.detach(*seat, lun, Adopted::Include);
                self.must(end.code == 0, || {
                    format!(
                        "at the end, all: {seat} detach {lun}: {} {}",
                        end.code, end.error
                    )
                });
            }
        }
        let now = atoms(&self.world.array.dump());
        let more: Vec<String> = now
            .difference(&self.start)
            .map(ToString::to_string)
            .collect();
        let less: Vec<String> = self
            .start
            .difference(&now)
            .map(ToString::to_string)
            .collect();
        self.must(more.is_empty() && less.is_empty(), || {
            format!("at the end there is {more:#?} more and {less:#?} less")
        });
        for seat in seats {
            let open = self.world.journals(seat).list_open().unwrap();
            let names: Vec<String> = open.into_iter().map(|f| f.name).collect();
            self.must(names.is_empty(), || format!("seat {seat} open: {names:?}"));
            // A closed journal may claim what another seat has removed: it claims nothing that is.
            let truth = self.world.truth();
            let there: BTreeSet<String> = truth
                .now()
                .iter()
                .filter_map(|atom| truth.journal_name(atom))
                .collect();
            drop(truth);
            let mut owned = self.world.owned(seat);
            owned.retain(|name| there.contains(name));
            self.must(owned.is_empty(), || format!("seat {seat} owns {owned:?}"));
            let have = self.world.node(seat).have();
            let clean = have.disks.is_empty() && have.sessions.is_empty();
            self.must(clean && have.records.is_empty(), || format!("{have:?}"));
        }
    }
}

/// Runs a round. What went wrong, if anything, with everything that replays it.
#[allow(clippy::print_stdout, reason = "the seed's path was asked for")]
fn round(seed: u64) -> Result<BTreeMap<u8, u32>, String> {
    let mut round = Round::new(Plan::of(seed));
    let ends = round.play();
    round.check(&ends);
    round.converge([ends[0].code, ends[1].code]);
    round.named();
    round.end();
    let mut codes = BTreeMap::new();
    for end in &ends {
        *codes.entry(end.code).or_insert(0) += 1;
    }
    if round.trouble.is_empty() && std::env::var_os("SANCTL_SEED").is_none() {
        return Ok(codes);
    }
    let mut text = format!("SANCTL_SEED={seed} replays {:#?}\n", round.plan);
    for line in round.gate.path() {
        let _ = writeln!(text, "  {line}");
    }
    for (nth, end) in ends.iter().enumerate() {
        let _ = writeln!(text, "process {nth}: {} {}", end.code, end.error);
    }
    for trouble in &round.trouble {
        let _ = writeln!(text, "- {trouble}");
    }
    if round.trouble.is_empty() {
        println!("{text}");
        return Ok(codes);
    }
    Err(text)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

#[test]
fn two_at_once() {
    if let Some(seed) = number("SANCTL_SEED") {
        round(seed).unwrap_or_else(|trouble| panic!("{trouble}"));
        return;
    }
    let rounds = number("SANCTL_ROUNDS").unwrap_or(300);
    let first = number("SANCTL_FIRST").unwrap_or(0);
    let next = AtomicU64::new(first);
    let work = || {
        let mut codes = BTreeMap::new();
        let mut troubles = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= first + rounds {
                return (codes, troubles);
            }
            match round(seed) {
                Ok(more) => {
                    for (code, count) in more {
                        *codes.entry(code).or_insert(0) += count;
                    }
                }
                Err(trouble) => troubles.push(trouble),
            }
        }
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let mut all = BTreeMap::new();
    let mut troubles: Vec<String> = Vec::new();
    for (codes, more) in parts {
        for (code, count) in codes {
            *all.entry(code).or_insert(0) += count;
        }
        troubles.extend(more);
    }
    println!("{rounds} rounds, ends by exit code: {all:?}");
    let bad = troubles.len();
    assert!(
        bad == 0,
        "{bad} of {rounds} rounds:\n{}",
        troubles.join("\n")
    );
}
