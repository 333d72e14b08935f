//! A toy world for the tests of this folder: named objects that use one another, an array stage
//! and a node stage over them, and faults at any call.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::attach::{self, Env};
use super::detach::{self, Adopted, Part};
use super::error::Error;
use super::journal::Journals;
use super::ledger::Ledger;
use super::report::{AttachmentReport, Unwatched};
use super::status;
use super::walk::OnFailure;
use crate::kit::bounds::Bounds;
use crate::kit::consent::{Ground, Mutate, grant};
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::Locks;
use crate::kit::stop::Stop;
use crate::model::facts::{ArrayFact, Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::step::{
    self, Aim, Change, Cx, Description, Finding, Lane, Look, Made, Need, Node, Role, Stage, Step,
    Undone,
};
use crate::system::store::{Store, StoreError};

/// What may go wrong at one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// An answered error; nothing changed.
    Plain(Kind),
    /// The answer is lost; the change was made.
    LostAfter,
    /// The answer is lost; the change was not made.
    LostBefore,
    /// The survey no longer holds; nothing changed.
    Stale,
    /// Somebody raises the stop flag during the call.
    Stop,
    /// Time runs out during the call.
    Late,
}

#[derive(Debug, thiserror::Error)]
#[error("toy: {0}")]
pub(super) struct Broken(pub &'static str, pub Kind);

impl Failure for Broken {
    fn kind(&self) -> Kind {
        self.1
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub by: &'static str,
    pub form: String,
    pub uses: Vec<String>,
}

#[derive(Debug, Default)]
struct Inner {
    ticks: usize,
    dead_at: Option<usize>,
    full_at: Option<usize>,
    lines: usize,
}

/// The end of a process, and of a disk: after `dead_at` events nothing of the process reaches the
/// world or the journal; after `full_at` lines the journal takes none.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<Mutex<Inner>>);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gate {
    pub(super) fn die_at(&self, tick: usize) {
        let mut inner = locked(&self.0);
        inner.ticks = 0;
        inner.dead_at = Some(tick);
    }

    pub(super) fn fill_at(&self, line: usize) {
        let mut inner = locked(&self.0);
        inner.lines = 0;
        inner.full_at = Some(line);
    }

    pub(super) fn heal(&self) {
        *locked(&self.0) = Inner::default();
    }

    pub(super) fn ticks(&self) -> usize {
        locked(&self.0).ticks
    }

    pub(super) fn lines(&self) -> usize {
        locked(&self.0).lines
    }

    fn alive(&self) -> bool {
        let mut inner = locked(&self.0);
        inner.ticks += 1;
        inner.dead_at.is_none_or(|at| inner.ticks <= at)
    }

    pub(super) fn line(&self) -> Result<(), Error> {
        let alive = self.alive();
        let mut inner = locked(&self.0);
        inner.lines += 1;
        if alive && inner.full_at.is_none_or(|at| inner.lines <= at) {
            return Ok(());
        }
        Err(Error::Store(StoreError {
            path: PathBuf::from("toy"),
            source: io::ErrorKind::StorageFull.into(),
        }))
    }
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub things: Mutex<BTreeMap<String, Thing>>,
    pub faults: Mutex<BTreeMap<String, Fault>>,
    pub calls: Mutex<Vec<String>>,
    pub gate: Gate,
    bounds: Mutex<Option<Bounds>>,
}

impl World {
    pub(super) fn snapshot(&self) -> BTreeMap<String, Thing> {
        locked(&self.things).clone()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        locked(&self.things).contains_key(name)
    }

    pub(super) fn put(&self, by: &'static str, name: &str, form: &str, uses: &[&str]) {
        let thing = Thing {
            by,
            form: form.to_owned(),
            uses: uses.iter().map(ToString::to_string).collect(),
        };
        locked(&self.things).insert(name.to_owned(), thing);
    }

    pub(super) fn remove(&self, name: &str) {
        locked(&self.things).remove(name);
    }

    pub(super) fn fault(&self, call: &str, fault: Fault) {
        locked(&self.faults).insert(call.to_owned(), fault);
    }

    /// Counts a call and answers its fault. The name of a call tells which one of its kind it is,
    /// so that faults hit the same one however the threads run.
    fn call(&self, op: &str, key: &str) -> Result<Option<Fault>, step::Error> {
        let mut calls = locked(&self.calls);
        let stem = format!("{op} {key} ");
        let nth = calls.iter().filter(|c| c.starts_with(&stem)).count();
        let name = format!("{stem}{nth}");
        calls.push(name.clone());
        drop(calls);
        if !self.gate.alive() {
            return Err(step::Error::in_doubt(Broken("dead", Kind::Failed)));
        }
        let fault = locked(&self.faults).get(&name).copied();
        if let Some(bounds) = locked(&self.bounds).clone() {
            match fault {
                Some(Fault::Stop) => bounds.stop.request(),
                Some(Fault::Late) => {
                    while !bounds.deadline.expired() {
                        crate::kit::stop::pause(bounds.deadline.remaining());
                    }
                }
                _ => {}
            }
        }
        Ok(fault)
    }

    fn read(&self, op: &str, key: &str) -> Result<(), step::Error> {
        match self.call(op, key)? {
            Some(Fault::Plain(kind)) => Err(Broken("fault", kind).into()),
            Some(Fault::LostAfter | Fault::LostBefore) => {
                Err(step::Error::in_doubt(Broken("lost", Kind::Unreachable)))
            }
            Some(Fault::Stale) => Err(step::Error::stale(Broken("stale", Kind::Failed))),
            _ => Ok(()),
        }
    }

    /// A change, through the fault of its call.
    fn change<T>(
        &self,
        op: &str,
        key: &str,
        effect: impl FnOnce(&mut BTreeMap<String, Thing>) -> Result<T, step::Error>,
    ) -> Result<T, step::Error> {
        match self.call(op, key)? {
            Some(Fault::Plain(kind)) => return Err(Broken("fault", kind).into()),
            Some(Fault::Stale) => {
                return Err(step::Error::stale(Broken("stale", Kind::Failed)));
            }
            Some(Fault::LostBefore) => {
                return Err(step::Error::in_doubt(Broken("lost", Kind::Unreachable)));
            }
            Some(Fault::LostAfter) => {
                effect(&mut locked(&self.things))?;
                return Err(step::Error::in_doubt(Broken("lost", Kind::Unreachable)));
            }
            _ => {}
        }
        let answer = effect(&mut locked(&self.things));
        if !self.gate.alive() {
            return Err(step::Error::in_doubt(Broken("dead", Kind::Failed)));
        }
        answer
    }
}

struct ToyStep {
    world: Arc<World>,
    key: String,
    /// What it makes; for a proof, what it looks at.
    object: String,
    role: Role,
    form: &'static str,
    uses: Vec<String>,
}

impl Step for ToyStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        (self.role != Role::Proof).then(|| self.object.clone())
    }

    fn role(&self) -> Role {
        self.role
    }

    fn is_generated(&self) -> bool {
        self.key == "array.view"
    }

    fn describe(&self, _facts: &Facts, _aim: Aim) -> Description {
        Description {
            title: format!("make {}", self.object),
            verbs: vec!["toy".into()],
            ..Description::default()
        }
    }

    fn check(&self, _cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let op = if look == Look::Fresh { "look" } else { "check" };
        self.world.read(op, &self.key)?;
        let things = locked(&self.world.things);
        Ok(match things.get(&self.object) {
            Some(thing) if thing.form == self.form => {
                Finding::present(thing.by, Facts::object(&self.key, &self.object))
            }
            Some(thing) => Finding::differs(&thing.form, self.form).restoring(json!(thing.form)),
            None => match self.uses.iter().find(|u| !things.contains_key(*u)) {
                Some(missing) => Finding::waiting(missing),
                None => Finding::absent("not there"),
            },
        })
    }

    fn apply(&self, _cx: &Cx<'_>, _mutate: &Mutate) -> Result<Change, step::Error> {
        let facts = Facts::object(&self.key, &self.object);
        self.world.change("apply", &self.key, |things| {
            if self.role == Role::Proof {
                return match things.contains_key(&self.object) {
                    true => Ok(Change::Created(facts)),
                    false => Err(Broken("nothing to see", Kind::Failed).into()),
                };
            }
            if let Some(thing) = things.get_mut(&self.object) {
                if thing.form == self.form {
                    return Ok(Change::Adopted(facts));
                }
                let before = json!(thing.form);
                thing.form = self.form.to_owned();
                return Ok(Change::Altered { before, facts });
            }
            let thing = Thing {
                by: "sanctl",
                form: self.form.to_owned(),
                uses: self.uses.clone(),
            };
            things.insert(self.object.clone(), thing);
            Ok(Change::Created(facts))
        })
    }

    fn undo(&self, _cx: &Cx<'_>, made: &Made, _mutate: &Mutate) -> Result<Undone, step::Error> {
        self.world.change("undo", &self.key, |things| {
            let user = things.iter().find(|(_, t)| t.uses.contains(&self.object));
            if let Some((name, _)) = user {
                return Ok(Undone::StillInUse { by: name.clone() });
            }
            if self.role == Role::Proof {
                return Ok(match things.contains_key(&self.object) {
                    true => Undone::StillInUse {
                        by: self.object.clone(),
                    },
                    false => Undone::AlreadyGone,
                });
            }
            match (&made.before, things.get_mut(&self.object)) {
                (_, None) => Ok(Undone::AlreadyGone),
                (Some(Value::String(form)), Some(thing)) => {
                    thing.form.clone_from(form);
                    Ok(Undone::Restored)
                }
                _ => {
                    things.remove(&self.object);
                    Ok(Undone::Removed)
                }
            }
        })
    }
}

/// What a toy attachment looks like.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub lun: &'static str,
    pub portals: Vec<&'static str>,
    pub min: usize,
    pub want: usize,
}

impl Shape {
    pub(super) fn lun(lun: &'static str) -> Self {
        Self {
            lun,
            portals: vec!["p1", "p2"],
            min: 1,
            want: 2,
        }
    }

    pub(super) fn wwid(&self) -> String {
        format!("6a4c64f1001db63307a4e170000000{}", self.lun)
    }
}

struct ToyStage {
    world: Arc<World>,
    shape: Shape,
    name: &'static str,
}

impl ToyStage {
    fn step(
        &self,
        key: &str,
        object: &str,
        role: Role,
        form: &'static str,
        uses: &[&str],
    ) -> Box<dyn Step> {
        Box::new(ToyStep {
            world: Arc::clone(&self.world),
            key: key.to_owned(),
            object: object.to_owned(),
            role,
            form,
            uses: uses.iter().map(ToString::to_string).collect(),
        })
    }

    fn array(&self, noun: &str) -> Box<dyn Step> {
        let link = format!("a/link/{}", self.shape.lun);
        let key = format!("array.{noun}");
        let object = format!("a/{noun}");
        let container = |uses: &[&str]| self.step(&key, &object, Role::Container, "made", uses);
        match noun {
            "initiator" => self.step(&key, &object, Role::Container, "bound", &["a/host"]),
            "hostgroup-host" => container(&["a/hostgroup", "a/host"]),
            "view" => container(&["a/hostgroup", "a/lungroup"]),
            "link" => {
                let uses = ["a/view", "a/hostgroup-host", "a/initiator"];
                self.step(&key, &link, Role::Link, "made", &uses)
            }
            "number" => self.step(&key, &link, Role::Proof, "made", &[]),
            _ => container(&[]),
        }
    }

    fn node(&self, noun: &str, portal: &str) -> Box<dyn Step> {
        let key = format!("node.{noun}@{portal}");
        let record = format!("n/record/{portal}");
        let session = format!("n/session/{portal}");
        let path = format!("n/path/{}/{portal}", self.shape.lun);
        match noun {
            "record" => self.step(&key, &record, Role::Container, "made", &[]),
            "session" => self.step(&key, &session, Role::Container, "made", &[&record]),
            _ => self.step(&key, &path, Role::Device, "made", &[&session]),
        }
    }

    fn array_nodes(&self, aim: Aim) -> Vec<Node> {
        let one = |noun: &str| Node::all(vec![vec![self.array(noun)]]);
        let lane = |nouns: &[&str]| -> Lane { nouns.iter().map(|n| self.array(n)).collect() };
        if aim == Aim::Detach {
            let lanes = vec![
                lane(&["hostgroup-host", "hostgroup"]),
                lane(&["lungroup"]),
                lane(&["initiator"]),
            ];
            return vec![
                one("link"),
                one("number"),
                one("view"),
                Node::all(lanes),
                one("host"),
            ];
        }
        let lanes = vec![
            lane(&["initiator"]),
            lane(&["hostgroup", "hostgroup-host"]),
            lane(&["lungroup"]),
        ];
        vec![
            one("host"),
            Node::all(lanes),
            one("view"),
            one("link"),
            one("number"),
        ]
    }

    fn node_nodes(&self, aim: Aim) -> Vec<Node> {
        let nouns = if aim == Aim::Detach {
            ["path", "session", "record"]
        } else {
            ["record", "session", "path"]
        };
        let lane = |p: &&str| -> Lane { nouns.iter().map(|n| self.node(n, p)).collect() };
        vec![Node {
            lanes: self.shape.portals.iter().map(lane).collect(),
            need: Need::AtLeast {
                min: self.shape.min,
                want: self.shape.want,
            },
        }]
    }
}

impl Stage for ToyStage {
    fn name(&self) -> &'static str {
        self.name
    }

    fn enter(&self, bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        bounds.check()?;
        self.world.read("enter", self.name)?;
        Ok(vec![format!("toy/{}", self.name)])
    }

    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, step::Error> {
        self.world.read("survey", self.name)?;
        let mut facts = Facts::none();
        facts.array = Some(ArrayFact {
            name: "toy".into(),
            kind: "toy".into(),
            serial: "1".into(),
        });
        facts.lun = Some(LunFact {
            id: self.shape.lun.into(),
            name: self.shape.lun.into(),
            wwid: self.shape.wwid().parse().unwrap(),
            size_bytes: 1 << 30,
            snapshot: false,
        });
        Ok(facts)
    }

    fn steps(&self, _facts: &Facts, aim: Aim) -> Result<Vec<Node>, step::Error> {
        Ok(match self.name {
            "publish" => self.array_nodes(aim),
            _ => self.node_nodes(aim),
        })
    }

    fn leave(&self) {}
}

/// What a run returns.
#[derive(Debug)]
pub(super) struct Ended {
    pub report: AttachmentReport,
    pub error: Option<Error>,
}

impl Ended {
    pub(super) fn code(&self) -> u8 {
        self.report.exit_code
    }
}

/// A world with a state directory.
#[derive(Debug)]
pub(super) struct Bench {
    pub dir: tempfile::TempDir,
    pub world: Arc<World>,
    pub journals: Journals,
    pub locks: Locks,
    runs: std::sync::atomic::AtomicUsize,
}

/// Which half of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Both,
    Array,
    Node,
}

impl Bench {
    pub(super) fn new() -> Self {
        // In memory where that can be had: these tests write many thousand lines.
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let dir = dir.unwrap();
        let world = Arc::new(World::default());
        let mut journals = Journals::in_state(&Store::new(dir.path()));
        journals.gate = Some(world.gate.clone());
        Self {
            locks: Locks::in_dir(dir.path().join("locks")),
            dir,
            world,
            journals,
            runs: std::sync::atomic::AtomicUsize::new(0),
        }
    }

    fn stages(&self, shape: &Shape, half: Half, order: [&'static str; 2]) -> Vec<Box<dyn Stage>> {
        let wanted = |name: &&'static str| match half {
            Half::Both => true,
            Half::Array => *name == "publish",
            Half::Node => *name == "connect",
        };
        let stage = |name| -> Box<dyn Stage> {
            Box::new(ToyStage {
                world: Arc::clone(&self.world),
                shape: shape.clone(),
                name,
            })
        };
        order.into_iter().filter(wanted).map(stage).collect()
    }

    fn run<T>(&self, work: impl FnOnce(&Env<'_>) -> T) -> T {
        let run = self.runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let late = locked(&self.world.faults)
            .values()
            .any(|f| *f == Fault::Late);
        let span = Duration::from_millis(if late { 100 } else { 60_000 });
        let bounds = Bounds::new(span, "toy", Stop::new());
        *locked(&self.world.bounds) = Some(bounds.clone());
        locked(&self.world.calls).clear();
        let env = Env {
            journals: &self.journals,
            locks: &self.locks,
            bounds: &bounds,
            mutate: &grant(Ground::ByClass),
            watch: &Unwatched,
            run: &format!("r{run}"),
            boot_id: None,
        };
        work(&env)
    }

    pub(super) fn attach_half(&self, shape: &Shape, on_failure: OnFailure, half: Half) -> Ended {
        let request = attach::Request {
            lun: shape.lun.into(),
            node: "n1".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            facts: Facts::none(),
            stages: self.stages(shape, half, ["publish", "connect"]),
            on_failure,
        };
        let (report, error) = self.run(|env| attach::attach(&request, env));
        Ended { report, error }
    }

    pub(super) fn attach(&self, shape: &Shape) -> Ended {
        self.attach_half(shape, OnFailure::Undo, Half::Both)
    }

    pub(super) fn keep(&self, shape: &Shape) -> Ended {
        self.attach_half(shape, OnFailure::Keep, Half::Both)
    }

    pub(super) fn detach_with(&self, shape: &Shape, adopted: Adopted, half: Half) -> Ended {
        let journal = self.journals.find("n1", &shape.wwid()).unwrap();
        let request = detach::Request {
            lun: shape.lun.into(),
            node: "n1".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            facts: journal.map(|j| j.facts()).unwrap_or_default(),
            stages: self.stages(shape, half, ["connect", "publish"]),
            part: if half == Half::Both {
                Part::Whole
            } else {
                Part::Half
            },
            adopted,
        };
        let (report, error) = self.run(|env| detach::detach(&request, env));
        Ended { report, error }
    }

    pub(super) fn detach(&self, shape: &Shape) -> Ended {
        self.detach_with(shape, Adopted::Report, Half::Both)
    }

    pub(super) fn status(&self, shape: &Shape) -> Ended {
        let journal = self.journals.find("n1", &shape.wwid()).unwrap();
        let request = status::Request {
            lun: shape.lun.into(),
            node: "n1".into(),
            facts: Facts::none(),
            stages: self.stages(shape, Half::Both, ["publish", "connect"]),
            journal,
        };
        let ledger = Ledger::of(&self.journals.list_all().unwrap());
        let (report, error) = self.run(|env| status::status(&request, &ledger, env.bounds));
        Ended { report, error }
    }

    /// Takes all faults away and lets the process live again.
    pub(super) fn heal(&self) {
        locked(&self.world.faults).clear();
        self.world.gate.heal();
    }

    /// The calls of the last run, in an order that does not depend on threads.
    pub(super) fn calls(&self) -> Vec<String> {
        let mut calls = locked(&self.world.calls).clone();
        calls.sort();
        calls
    }

    /// What the journals claim.
    pub(super) fn owned(&self) -> Vec<String> {
        let mut owned: Vec<String> = Vec::new();
        for found in self.journals.list_all().unwrap() {
            owned.extend(found.claims().ours().map(|(object, _)| object.clone()));
        }
        owned.sort();
        owned.dedup();
        owned
    }

    pub(super) fn whole(&self, shape: &Shape) -> bool {
        let paths = shape
            .portals
            .iter()
            .map(|p| format!("n/path/{}/{p}", shape.lun));
        let mut needed: Vec<String> = paths.collect();
        needed.push(format!("a/link/{}", shape.lun));
        needed.iter().all(|name| self.world.has(name))
    }
}
