//! The world: what is there, what may go wrong, and the end of a process.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::step;
use crate::system::store::StoreError;

/// What may go wrong at one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::attachment) enum Fault {
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
    /// A signal ends the call itself, which then answers an error of its own.
    StopFail,
    /// The answer says that the change was made; it was not.
    Lie,
    /// The look cannot tell.
    Blind,
}

#[derive(Debug, thiserror::Error)]
#[error("toy: {0}")]
pub(in crate::attachment) struct Broken(pub &'static str, pub Kind);

impl Failure for Broken {
    fn kind(&self) -> Kind {
        self.1
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::attachment) struct Thing {
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
pub(in crate::attachment) struct Gate(Arc<Mutex<Inner>>);

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gate {
    pub(in crate::attachment) fn die_at(&self, tick: usize) {
        let mut inner = locked(&self.0);
        inner.ticks = 0;
        inner.dead_at = Some(tick);
    }

    pub(in crate::attachment) fn fill_at(&self, line: usize) {
        let mut inner = locked(&self.0);
        inner.lines = 0;
        inner.full_at = Some(line);
    }

    pub(in crate::attachment) fn heal(&self) {
        *locked(&self.0) = Inner::default();
    }

    pub(in crate::attachment) fn ticks(&self) -> usize {
        locked(&self.0).ticks
    }

    pub(in crate::attachment) fn lines(&self) -> usize {
        locked(&self.0).lines
    }

    fn alive(&self) -> bool {
        let mut inner = locked(&self.0);
        inner.ticks += 1;
        inner.dead_at.is_none_or(|at| inner.ticks <= at)
    }

    pub(in crate::attachment) fn line(&self) -> Result<(), Error> {
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
pub(in crate::attachment) struct World {
    pub things: Mutex<BTreeMap<String, Thing>>,
    pub faults: Mutex<BTreeMap<String, Fault>>,
    pub calls: Mutex<Vec<String>>,
    pub gate: Gate,
    pub(super) bounds: Mutex<Option<Bounds>>,
}

impl World {
    pub(in crate::attachment) fn snapshot(&self) -> BTreeMap<String, Thing> {
        locked(&self.things).clone()
    }

    pub(in crate::attachment) fn has(&self, name: &str) -> bool {
        locked(&self.things).contains_key(name)
    }

    pub(in crate::attachment) fn put(
        &self,
        by: &'static str,
        name: &str,
        form: &str,
        uses: &[&str],
    ) {
        let thing = Thing {
            by,
            form: form.to_owned(),
            uses: uses.iter().map(ToString::to_string).collect(),
        };
        locked(&self.things).insert(name.to_owned(), thing);
    }

    pub(in crate::attachment) fn remove(&self, name: &str) {
        locked(&self.things).remove(name);
    }

    pub(in crate::attachment) fn fault(&self, call: &str, fault: Fault) {
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
                Some(Fault::Stop | Fault::StopFail) => bounds.stop.request(),
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

    pub(super) fn read(&self, op: &str, key: &str) -> Result<Option<Fault>, step::Error> {
        match self.call(op, key)? {
            Some(Fault::Plain(kind)) => Err(Broken("fault", kind).into()),
            Some(Fault::LostAfter | Fault::LostBefore) => {
                Err(step::Error::in_doubt(Broken("lost", Kind::Unreachable)))
            }
            Some(Fault::Stale) => Err(step::Error::stale(Broken("stale", Kind::Failed))),
            other => Ok(other),
        }
    }

    /// A change, through the fault of its call.
    pub(super) fn change<T>(
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
            Some(Fault::StopFail) => {
                return Err(Broken("cut short", Kind::Unreachable).into());
            }
            Some(Fault::Lie) => return effect(&mut self.snapshot()),
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
