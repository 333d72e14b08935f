//! A sequence played line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use sanctl::attachment::adopt::Own;
use sanctl::attachment::detach::Adopted;
use sanctl::attachment::goal::Goal;
use sanctl::attachment::journal::Journals;
use sanctl::attachment::walk::OnFailure;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::consent::{Ground, grant};
use sanctl::kit::stop::Stop;
use sanctl::sim::machine::Hold;
use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::system::store::Store;
use sanctl::system::{Cmd, Machine as _};

use super::Played;
use crate::rounds;
use crate::world::{
    Admin, Atom, Attach, Blow, End, Gate, Half, Have, Maker, Process, Truth, World,
};

/// What a line asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Deed {
    Attach(String, Attach),
    Detach(String, Half, Adopted),
    Adopt(String, Own),
    Status(String),
    Prune,
    Edit(String),
    Foreign(Vec<String>),
    Node(String),
}

/// A line, read.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) seat: usize,
    pub(super) deed: Deed,
    /// What befalls it, where, and what of whom comes in between.
    pub(super) fate: Option<(String, u64, Vec<String>)>,
}

impl Line {
    fn parse(text: &str) -> Self {
        let (deed, fate) = text.split_once(" ! ").unwrap_or((text, ""));
        let mut words = deed.split_whitespace();
        let verb = words.next().unwrap();
        let seat = words.next().unwrap().parse().unwrap();
        let rest: Vec<String> = words.map(str::to_owned).collect();
        let lun = || rest[0].clone();
        let has = |option: &str| rest.iter().any(|word| word == option);
        let value = |option: &str| {
            let mut found = rest.iter().filter_map(|word| word.strip_prefix(option));
            found.next().map(str::to_owned)
        };
        let half = match (has("--array"), has("--node")) {
            (true, _) => Half::Array,
            (_, true) => Half::Node,
            _ => Half::Both,
        };
        let deed = match verb {
            "attach" => {
                let how = Attach {
                    half,
                    goal: match (value("--until="), value("--step=")) {
                        (Some(key), _) => Goal::Until(key),
                        (_, Some(key)) => Goal::Only(key),
                        _ => Goal::Whole,
                    },
                    on_failure: match has("--keep") {
                        true => OnFailure::Keep,
                        false => OnFailure::Undo,
                    },
                    number: value("--number=").map(|n| n.parse().unwrap()),
                    shared: has("--shared"),
                    persist: has("--persist"),
                };
                Deed::Attach(lun(), how)
            }
            "detach" => {
                let adopted = match (has("--include"), has("--keep")) {
                    (true, _) => Adopted::Include,
                    (_, true) => Adopted::Keep,
                    _ => Adopted::Report,
                };
                Deed::Detach(lun(), half, adopted)
            }
            "adopt" => {
                let own = if has("--own") {
                    Own::Link
                } else {
                    Own::Nothing
                };
                Deed::Adopt(lun(), own)
            }
            "status" => Deed::Status(lun()),
            "prune" => Deed::Prune,
            "edit" => Deed::Edit(lun()),
            "foreign" => Deed::Foreign(rest.clone()),
            "node" => Deed::Node(lun()),
            other => panic!("no verb {other}"),
        };
        let mut words = fate.split_whitespace().map(str::to_owned);
        let fate = words.next().map(|what| {
            let at = words.next().unwrap().parse().unwrap();
            (what, at, words.collect())
        });
        Self { seat, deed, fate }
    }
}

/// What others need to act.
#[derive(Clone)]
struct Others {
    array: Arc<Practice>,
    truth: Arc<Mutex<Truth>>,
    homes: Vec<PathBuf>,
    hosts: Vec<String>,
}

impl Others {
    fn of(world: &World) -> Self {
        let seats = 0..world.seats();
        let home = |seat| world.seat(seat).state.path().to_owned();
        let host = |seat| world.seat(seat).connector.host.clone();
        Self {
            array: Arc::clone(&world.array),
            truth: Arc::clone(&world.truth),
            homes: seats.clone().map(home).collect(),
            hosts: seats.map(host).collect(),
        }
    }

    /// Somebody else does something about the objects of a seat.
    fn act(&self, seat: usize, words: &[String], amid: Amid) {
        let host = self.hosts[seat].clone();
        let admin = Admin {
            array: &self.array,
            iqn: format!("iqn.1994-05.com.redhat:{host}"),
            host,
        };
        let word = |n: usize| words.get(n).map_or("", String::as_str);
        let mut truth = self.truth.lock().unwrap_or_else(PoisonError::into_inner);
        let before = truth.now();
        let _ = match word(0) {
            "cinder-attach" => admin.cinder_attach(word(1)),
            "cinder-detach" => admin.cinder_detach(word(1)),
            "map" => admin.map(word(1)),
            "unmap" => admin.unmap(word(1)),
            "put-lun" => admin.put_lun(word(1)),
            "put-host" => admin.put_host(),
            "pull" => admin.pull(word(1)),
            "rename" => admin.rename(word(1)),
            "steal" => admin.steal(),
            "free" => admin.free(),
            "lose" => admin.lose(word(1)),
            "make" => admin.make(word(1)),
            other => panic!("nobody does {other}"),
        };
        truth.advance(&self.array.dump(), Maker::Foreign, None);
        self.settle(&mut truth, &before, amid);
    }

    /// What is ours is told by its name (DESIGN §5.3): what others make under a name that a
    /// journal claims is ours, and what they give another name to is theirs.
    fn settle(&self, truth: &mut Truth, before: &BTreeSet<Atom>, amid: Amid) {
        let new: Vec<Atom> = truth.now().difference(before).cloned().collect();
        for atom in &new {
            if let Atom::Field(table, id, field, _) = atom
                && field == "name"
                && before.contains(&Atom::Object(table, id.clone()))
            {
                truth.give(table, id, Maker::Foreign);
            }
        }
        for (seat, home) in self.homes.iter().enumerate() {
            let owned = owned(home, &self.array.serial(), amid);
            for atom in &new {
                let named = truth.journal_name(atom);
                if named.is_some_and(|name| owned.contains(&name)) {
                    truth.atoms.insert(atom.clone(), Maker::Flow(seat));
                }
            }
        }
    }
}

/// When others act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amid {
    Nothing,
    /// Within a run: what it is about to make, and finds made by others, is theirs.
    Run,
}

fn owned(home: &std::path::Path, serial: &str, amid: Amid) -> BTreeSet<String> {
    let journals = Journals::in_state(&Store::new(home));
    let prefix = format!("oceanstor:{serial}/");
    let all = journals.list_all().unwrap();
    let mut owned = BTreeSet::new();
    for found in &all {
        let claims = found.claims();
        let ours = claims.ours();
        let ours = ours.filter(|(_, claim)| amid == Amid::Nothing || claim.doing.is_none());
        let ours = ours.map(|(object, _)| object);
        owned.extend(ours.map(|object| object.trim_start_matches(&prefix).to_owned()));
    }
    owned
}

/// What was so before a line.
pub(super) struct Before {
    pub(super) have: Have,
    pub(super) atoms: BTreeSet<Atom>,
    pub(super) texts: Vec<(String, String)>,
}

pub(super) struct Player {
    pub(super) world: World,
    processes: Vec<Process>,
    others: Others,
    /// Sessions and records that the program made, by seat: `session PORTAL IQN`.
    pub(super) mine: Vec<BTreeSet<String>>,
    /// Where a boot has logged in by a record that the program made: whose the session is depends
    /// on how far the run that made the record had come.
    pub(super) booted: BTreeSet<String>,
    /// Disks that somebody holds.
    pub(super) held: BTreeMap<usize, BTreeSet<String>>,
    /// Others have been at work on the array within or since the last line.
    pub(super) disturbed: bool,
    pub(super) trouble: Vec<String>,
    codes: BTreeMap<u8, u64>,
}

impl Player {
    fn new(array: &str) -> Self {
        let seed = match array {
            "v6" => Seed::v6(),
            _ => Seed::v3(),
        };
        let mut world = World::new(&seed);
        for host in ["compute-1", "compute-2"] {
            world.add_node(host);
        }
        let gate = Arc::new(Gate::open());
        let processes = (0..world.seats())
            .map(|seat| Process::new(&world, seat, seat, &gate))
            .collect();
        Self {
            processes,
            others: Others::of(&world),
            mine: vec![BTreeSet::new(); world.seats()],
            booted: BTreeSet::new(),
            held: BTreeMap::new(),
            disturbed: false,
            trouble: Vec::new(),
            codes: BTreeMap::new(),
            world,
        }
    }

    pub(super) fn must(&mut self, so: bool, what: impl FnOnce() -> String) {
        if !so {
            self.trouble.push(what());
        }
    }

    fn plan(&self, line: &Line) -> Vec<(u64, Blow)> {
        let Some((what, at, words)) = &line.fate else {
            return Vec::new();
        };
        let blow = match what.as_str() {
            "kill-before" => Blow::KillBefore,
            "kill-after" => Blow::KillAfter,
            "lost-before" => Blow::LostBefore,
            "lost-after" => Blow::LostAfter,
            "refused" => Blow::Refused("1077949058"),
            "unsure" => Blow::Refused("1077949001"),
            "expired" => Blow::Expired,
            "meanwhile" => {
                let (others, seat, words) = (self.others.clone(), line.seat, words.clone());
                Blow::Meanwhile(Arc::new(move || others.act(seat, &words, Amid::Run)))
            }
            other => panic!("nothing is called {other}"),
        };
        vec![(*at, blow)]
    }

    pub(super) fn before(&self, seat: usize) -> Before {
        Before {
            have: self.world.node(seat).have(),
            atoms: self.world.truth().now(),
            texts: self.texts(seat),
        }
    }

    /// The journals of a seat, word for word.
    pub(super) fn texts(&self, seat: usize) -> Vec<(String, String)> {
        let journals = self.world.journals(seat);
        let all = [journals.list_all().unwrap(), journals.list_done().unwrap()].concat();
        let text = |found| journals.text(found).unwrap().unwrap_or_default();
        all.iter().map(|f| (f.name.clone(), text(f))).collect()
    }

    /// One run of the program, with everything that must hold after it.
    pub(super) fn run(&mut self, line: &Line) -> Option<End> {
        let seat = line.seat;
        let before = self.before(seat);
        let plan = self.plan(line);
        let process = &self.processes[seat];
        let world = &self.world;
        let end = match &line.deed {
            Deed::Attach(lun, how) => process.attach(world, lun, how, plan),
            Deed::Detach(lun, half, adopted) => {
                // The command asks for a proof that the node is clean.
                let wwid = world.wwid(lun);
                let used = before
                    .have
                    .disks
                    .values()
                    .any(|(_, w)| Some(w) == wwid.as_ref());
                if *half == Half::Array && used {
                    return None;
                }
                process.detach(world, lun, *half, *adopted, plan)
            }
            Deed::Adopt(lun, own) => process.adopt(world, lun, *own, plan),
            Deed::Status(lun) => process.status(world, lun),
            Deed::Edit(name) => {
                let host = &world.seat(seat).connector.host;
                let iqn = format!("iqn.1994-05.com.redhat:{host}");
                let id = world.truth().find("hosts", host);
                let id = id.unwrap_or_else(|| "99".to_owned());
                process.edit(world, &rounds::edit(name, host, &iqn, &id), plan)
            }
            Deed::Prune => {
                let journals = world.journals(seat);
                for found in journals.list_done().unwrap() {
                    journals.forget(&found).unwrap();
                }
                return None;
            }
            Deed::Foreign(words) => {
                self.others.act(seat, words, Amid::Nothing);
                return None;
            }
            Deed::Node(what) => {
                let what = what.clone();
                self.node(seat, &what);
                return None;
            }
        };
        *self.codes.entry(end.code).or_insert(0) += 1;
        if matches!(line.deed, Deed::Edit(_)) {
            let mut truth = self.world.truth();
            self.others.settle(&mut truth, &before.atoms, Amid::Nothing);
        }
        self.check(line, &before, &end);
        Some(end)
    }

    /// Somebody else on the machine.
    fn node(&mut self, seat: usize, what: &str) {
        let node = self.world.node(seat);
        let machine = Arc::clone(&node.machine);
        let have = node.have();
        let bounds = Bounds::new(std::time::Duration::from_secs(60), "test", Stop::new());
        let mutate = grant(Ground::ByClass);
        match what {
            "reboot" => {
                machine.reboot().unwrap();
                self.held.remove(&seat);
                let now = self.world.node(seat).have();
                for at in now.sessions.values() {
                    self.booted.insert(format!("session {at}"));
                    self.booted.insert(format!("record {at}"));
                }
            }
            "logout" | "forget" => {
                let line = match (
                    what,
                    have.sessions.keys().next(),
                    have.records.iter().next(),
                ) {
                    ("logout", Some(sid), _) => format!("-m session -r {sid} -u"),
                    ("forget", _, Some(record)) => {
                        let (portal, iqn) = record.split_once(' ').unwrap();
                        format!("-m node -T {iqn} -p {portal} -o delete")
                    }
                    _ => return,
                };
                let cmd = Cmd::new("iscsiadm", line.split(' '));
                machine.exec_change(&cmd, &bounds, &mutate).unwrap();
            }
            "remove" => {
                if let Some(hctl) = have.disks.keys().next() {
                    let path = format!("/sys/class/scsi_device/{hctl}/device/delete");
                    machine.write_attr(&path, "1", &bounds, &mutate).unwrap();
                }
            }
            "hold" => {
                if let Some(name) = machine.names("/sys/class/block").unwrap().first() {
                    let by = Hold::Mount {
                        at: "/mnt".to_owned(),
                    };
                    machine.hold(name, by).unwrap();
                    self.held.entry(seat).or_default().insert(name.clone());
                }
            }
            _ => self.release(seat),
        }
    }

    pub(super) fn release(&mut self, seat: usize) {
        for name in self.held.remove(&seat).unwrap_or_default() {
            self.world.node(seat).machine.release(&name).unwrap();
        }
    }

    /// Runs a line of our own making.
    pub(super) fn line(&mut self, text: &str) -> Option<End> {
        let line = Line::parse(text);
        if let Deed::Foreign(_) | Deed::Edit(_) = line.deed {
            self.disturbed = true;
        }
        self.run(&line)
    }
}

/// Plays a text of lines: the first one names the array.
pub(super) fn play(lines: &[String]) -> Played {
    let mut player = Player::new(&lines[0]);
    for text in &lines[1..] {
        let end = player.line(text);
        let said = end.map_or_else(String::new, |e| format!("{} {}", e.code, e.error));
        if !player.trouble.is_empty() {
            return Err(format!(
                "at `{text}`: {said}\n{}",
                player.trouble.join("\n")
            ));
        }
    }
    player.finish();
    if player.trouble.is_empty() {
        return Ok(player.codes);
    }
    Err(format!("at the end:\n{}", player.trouble.join("\n")))
}
