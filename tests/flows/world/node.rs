//! A practice machine joined to the practice array, and the machine as one process meets it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sanctl::kit::bounds::{Bounds, Ended};
use sanctl::kit::consent::Mutate;
use sanctl::model::portal::Portal;
use sanctl::sim::machine::fabric::{Answer, Fabric, FabricLun, FabricPortal};
use sanctl::sim::machine::log::killed;
use sanctl::sim::machine::{PracticeMachine, Seed};
use sanctl::sim::oceanstor::Practice;
use sanctl::system::{Cmd, Dead, Error, Flavour, Machine, Output, Stat};
use serde_json::Value;

use super::fate::{Blow, Fate};
use super::gate::Gate;

/// What lies between the machines and the array.
pub(crate) struct Wire {
    pub(crate) array: Arc<Practice>,
    /// Initiator, target and portal of each session.
    pub(crate) logins: Mutex<BTreeSet<(String, String, Portal)>>,
}

impl Fabric for Wire {
    fn portals(&self) -> Vec<FabricPortal> {
        let portals = self.array.portals().into_iter();
        portals
            .map(|p| FabricPortal {
                portal: p.addr.to_string().parse().unwrap(),
                iqn: p.iqn,
                tpgt: p.tpgt,
                state: if p.up { Answer::Up } else { Answer::Silent },
            })
            .collect()
    }

    fn luns(&self, initiator: &str, iqn: &str, portal: Portal) -> Vec<FabricLun> {
        let portals = self.array.portals();
        let at = portals.iter().filter(|p| p.iqn == iqn).map(|p| p.addr);
        let here = at.into_iter().find(|a| a.to_string() == portal.to_string());
        let mut found = Vec::new();
        for seen in self.array.exposures() {
            let reached = match &seen.portals {
                None => here.is_some(),
                Some(limit) => here.is_some_and(|addr| limit.contains(&addr)),
            };
            if seen.initiator == initiator && reached {
                found.push(FabricLun {
                    number: u64::from(seen.number),
                    wwid: seen.wwid.parse().unwrap(),
                    size_bytes: seen.bytes,
                    backing: PathBuf::from(format!("/practice/{}.img", seen.wwid)),
                });
            }
        }
        found
    }

    fn set_logged_in(&self, initiator: &str, iqn: &str, portal: Portal, logged_in: bool) {
        let mut logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        let login = (initiator.to_owned(), iqn.to_owned(), portal);
        if logged_in {
            logins.insert(login);
        } else {
            logins.remove(&login);
        }
        let online = logins.iter().any(|(name, _, _)| name == initiator);
        self.array.set_logged_in(initiator, online);
    }
}

/// What a machine has, read from the file that it keeps itself in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Have {
    /// `PORTAL IQN` by session.
    pub(crate) sessions: BTreeMap<String, String>,
    /// Session and wwid by the kernel's address.
    pub(crate) disks: BTreeMap<String, (String, String)>,
    /// `PORTAL IQN`.
    pub(crate) records: BTreeSet<String>,
}

/// A machine and its file.
pub(crate) struct Node {
    pub(crate) machine: Arc<PracticeMachine>,
    file: PathBuf,
}

impl Node {
    pub(crate) fn new(file: PathBuf, wire: &Arc<Wire>, seed: &Seed) -> Self {
        let fabric: Arc<dyn Fabric> = wire.clone();
        let machine = PracticeMachine::open(fabric, file.clone(), seed).unwrap();
        Self {
            machine: Arc::new(machine),
            file,
        }
    }

    pub(crate) fn have(&self) -> Have {
        let text = std::fs::read_to_string(&self.file).unwrap();
        let state: Value = serde_json::from_str(&text).unwrap();
        let place = |row: &Value| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            format!("{} {}", text("portal"), text("iqn"))
        };
        let mut have = Have::default();
        let mut hosts = BTreeMap::new();
        for (sid, session) in state["sessions"].as_object().unwrap() {
            hosts.insert(session["host"].to_string(), sid.clone());
            have.sessions.insert(sid.clone(), place(session));
        }
        for (hctl, disk) in state["disks"].as_object().unwrap() {
            let host = hctl.split(':').next().unwrap();
            let sid = hosts.get(host).cloned().unwrap_or_default();
            let wwid = disk["wwid"].as_str().unwrap().to_owned();
            have.disks.insert(hctl.clone(), (sid, wwid));
        }
        for record in state["records"].as_array().unwrap() {
            have.records.insert(place(record));
        }
        have
    }

    pub(crate) fn boot_id(&self) -> Option<String> {
        let path = "/proc/sys/kernel/random/boot_id";
        self.machine.text(path).unwrap()
    }
}

/// The machine as one process meets it.
pub(crate) struct Guarded {
    pub(crate) machine: Arc<PracticeMachine>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) fate: Arc<Fate>,
    pub(crate) who: usize,
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine.fmt(f)
    }
}

impl Guarded {
    fn change<T>(&self, what: &str, act: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
        self.fate.live();
        self.gate.pass(self.who, what);
        match self.fate.meets() {
            None | Some(Blow::Refused(_) | Blow::Expired) => act(),
            Some(Blow::KillBefore) => {
                self.fate.die();
                Err(killed())
            }
            Some(Blow::KillAfter) => {
                let _ = act();
                self.fate.die();
                Err(killed())
            }
            Some(Blow::LostBefore) => Err(killed()),
            Some(Blow::LostAfter) => {
                let _ = act();
                Err(killed())
            }
            Some(Blow::Meanwhile(other)) => {
                other();
                act()
            }
        }
        .inspect_err(|_| self.fate.live())
    }
}

impl Machine for Guarded {
    fn flavour(&self) -> Flavour {
        self.machine.flavour()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.fate.live();
        self.machine.read(path)
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        self.fate.live();
        self.machine.list(dir)
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        self.machine.resolve(path)
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        self.machine.link(path)
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        self.machine.stat(path)
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        self.change(&format!("write {path}"), || {
            self.machine.write_attr(path, value, bounds, mutate)
        })
    }

    fn has_program(&self, program: &str) -> bool {
        self.machine.has_program(program)
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        self.fate.live();
        self.machine.exec_read(cmd, bounds)
    }

    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, mutate: &Mutate) -> Result<Output, Error> {
        self.change(&cmd.to_string(), || {
            self.machine.exec_change(cmd, bounds, mutate)
        })
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        self.machine.probe(portal, span)
    }

    fn flush(&self, device: &str, bounds: &Bounds, mutate: &Mutate) -> Result<(), Error> {
        self.change(&format!("flush {device}"), || {
            self.machine.flush(device, bounds, mutate)
        })
    }

    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        self.machine.read_block(device, bounds)
    }

    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        self.change(&format!("edit {path}"), || {
            Machine::edit_record(&*self.machine, path, edit, bounds, mutate)
        })
    }

    fn is_claimed(&self, device: &str, bounds: &Bounds) -> Result<bool, Error> {
        self.machine.is_claimed(device, bounds)
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        self.fate.live();
        self.machine.wait_change(span, bounds)
    }
}
