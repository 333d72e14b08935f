//! A world with a state directory, and the flows run over it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::super::attach::{self, Env};
use super::super::detach::{self, Adopted, Part};
use super::super::error::Error;
use super::super::goal::Goal;
use super::super::journal::Journals;
use super::super::ledger::Ledger;
use super::super::plan::{Plan, plan};
use super::super::report::{AttachmentReport, Commands, Unwatched};
use super::super::status;
use super::super::walk::OnFailure;
use super::stage::{Shape, ToyStage};
use super::world::{Fault, World, locked};
use crate::kit::bounds::Bounds;
use crate::kit::consent::{Ground, grant};
use crate::kit::lock::Locks;
use crate::kit::stop::Stop;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Stage, Step};
use crate::system::store::Store;

/// What a run returns.
#[derive(Debug)]
pub(in crate::attachment) struct Ended {
    pub report: AttachmentReport,
    pub error: Option<Error>,
}

impl Ended {
    pub(in crate::attachment) fn code(&self) -> u8 {
        self.report.exit_code
    }
}

/// A world with a state directory.
#[derive(Debug)]
pub(in crate::attachment) struct Bench {
    pub dir: tempfile::TempDir,
    pub world: Arc<World>,
    pub journals: Journals,
    pub locks: Locks,
    runs: AtomicUsize,
}

/// Which half of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::attachment) enum Half {
    Both,
    Array,
    Node,
}

impl Bench {
    pub(in crate::attachment) fn new() -> Self {
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
            runs: AtomicUsize::new(0),
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
        let run = self.runs.fetch_add(1, Ordering::SeqCst);
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

    pub(in crate::attachment) fn attach_half(
        &self,
        shape: &Shape,
        on_failure: OnFailure,
        half: Half,
    ) -> Ended {
        self.attach_with(shape, on_failure, half, Goal::Whole)
    }

    pub(in crate::attachment) fn attach_to(&self, shape: &Shape, goal: Goal) -> Ended {
        self.attach_with(shape, OnFailure::Undo, Half::Both, goal)
    }

    fn attach_with(&self, shape: &Shape, on_failure: OnFailure, half: Half, goal: Goal) -> Ended {
        let request = attach::Request {
            commands: Commands::plain(shape.lun),
            lun: shape.lun.into(),
            node: "n1".into(),
            connector: None,
            protocol: Protocol::Iscsi,
            facts: Facts::none(),
            stages: self.stages(shape, half, ["publish", "connect"]),
            on_failure,
            goal,
        };
        let (report, error) = self.run(|env| attach::attach(&request, env));
        Ended { report, error }
    }

    pub(in crate::attachment) fn attach(&self, shape: &Shape) -> Ended {
        self.attach_half(shape, OnFailure::Undo, Half::Both)
    }

    pub(in crate::attachment) fn keep(&self, shape: &Shape) -> Ended {
        self.attach_half(shape, OnFailure::Keep, Half::Both)
    }

    pub(in crate::attachment) fn detach_with(
        &self,
        shape: &Shape,
        adopted: Adopted,
        half: Half,
    ) -> Ended {
        let journal = self.journals.find("n1", &shape.wwid()).unwrap();
        let request = detach::Request {
            commands: Commands::plain(shape.lun),
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

    pub(in crate::attachment) fn detach(&self, shape: &Shape) -> Ended {
        self.detach_with(shape, Adopted::Report, Half::Both)
    }

    pub(in crate::attachment) fn status(&self, shape: &Shape) -> Ended {
        let journal = self.journals.find("n1", &shape.wwid()).unwrap();
        let request = status::Request {
            commands: Commands::plain(shape.lun),
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

    pub(in crate::attachment) fn plan(&self, shape: &Shape, aim: Aim) -> Plan {
        let order = match aim {
            Aim::Detach => ["connect", "publish"],
            _ => ["publish", "connect"],
        };
        let stages = self.stages(shape, Half::Both, order);
        let ledger = Ledger::of(&self.journals.list_all().unwrap());
        let ours = |step: &dyn Step| step.object().is_some_and(|o| ledger.is_ours(&o));
        let work = |env: &Env<'_>| {
            plan(
                shape.lun,
                "n1",
                Facts::none(),
                &stages,
                aim,
                &ours,
                env.bounds,
            )
        };
        self.run(work).unwrap()
    }

    /// Takes all faults away and lets the process live again.
    pub(in crate::attachment) fn heal(&self) {
        locked(&self.world.faults).clear();
        self.world.gate.heal();
    }

    /// The calls of the last run, in an order that does not depend on threads.
    pub(in crate::attachment) fn calls(&self) -> Vec<String> {
        let mut calls = locked(&self.world.calls).clone();
        calls.sort();
        calls
    }

    /// What the journals claim.
    pub(in crate::attachment) fn owned(&self) -> Vec<String> {
        let mut owned: Vec<String> = Vec::new();
        for found in self.journals.list_all().unwrap() {
            owned.extend(found.claims().ours().map(|(object, _)| object.clone()));
        }
        owned.sort();
        owned.dedup();
        owned
    }

    pub(in crate::attachment) fn whole(&self, shape: &Shape) -> bool {
        let paths = shape
            .portals
            .iter()
            .map(|p| format!("n/path/{}/{p}", shape.lun));
        let mut needed: Vec<String> = paths.collect();
        needed.push(format!("a/link/{}", shape.lun));
        needed.iter().all(|name| self.world.has(name))
    }
}
