//! One array, several machines, and processes of the program on them: driven in this process so
//! that a run costs milliseconds, and looked at from outside the program.

mod admin;
mod dice;
mod door;
mod fate;
mod gate;
mod node;
mod process;
mod truth;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sanctl::attachment::journal::{Found, Journals};
use sanctl::model::connector::Connector;
use sanctl::sim::machine;
use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::system::store::Store;

pub(crate) use self::admin::Admin;
pub(crate) use self::dice::Dice;
pub(crate) use self::fate::Blow;
pub(crate) use self::gate::Gate;
use self::node::Wire;
pub(crate) use self::node::{Have, Node};
pub(crate) use self::process::{Attach, End, Half, KILLED, Process};
pub(crate) use self::truth::{Atom, Maker, Truth, atoms};

pub(crate) const GIB: u64 = 1 << 30;

/// Who runs the program: a state directory on a machine.
pub(crate) struct Seat {
    pub(crate) state: tempfile::TempDir,
    pub(crate) connector: Connector,
    node: usize,
}

/// Everything there is.
pub(crate) struct World {
    pub(crate) array: Arc<Practice>,
    pub(crate) truth: Arc<Mutex<Truth>>,
    pub(crate) wire: Arc<Wire>,
    seats: Vec<Seat>,
    nodes: Vec<Node>,
    files: tempfile::TempDir,
    runs: AtomicU64,
}

impl World {
    /// An array with four LUNs and two hosts of others that see LUNs of theirs, and no machine.
    pub(crate) fn new(seed: &Seed) -> Self {
        let array = Arc::new(Practice::in_memory(seed));
        array.populate(1);
        for name in ["vol-1", "vol-2", "vol-3", "vol-4"] {
            array.add_lun(name, GIB);
        }
        let truth = Truth::of(&array.dump());
        let wire = Arc::new(Wire {
            array: Arc::clone(&array),
            logins: Mutex::default(),
        });
        Self {
            array,
            truth: Arc::new(Mutex::new(truth)),
            wire,
            seats: Vec::new(),
            nodes: Vec::new(),
            files: tempfile::tempdir_in(memory()).unwrap(),
            runs: AtomicU64::new(0),
        }
    }

    /// A machine, and a seat on it.
    pub(crate) fn add_node(&mut self, host: &str) -> usize {
        let file = self.files.path().join(format!("{host}.json"));
        let seed = machine::Seed {
            hostname: host.to_owned(),
            initiator: format!("iqn.1994-05.com.redhat:{host}"),
        };
        self.nodes.push(Node::new(file, &self.wire, &seed));
        self.add_seat(self.nodes.len() - 1, host)
    }

    /// One more state directory on a machine: another user.
    pub(crate) fn add_seat(&mut self, node: usize, host: &str) -> usize {
        let iqn = format!("iqn.1994-05.com.redhat:{host}");
        self.seats.push(Seat {
            state: tempfile::tempdir_in(memory()).unwrap(),
            connector: process::connector(host, &iqn),
            node,
        });
        self.seats.len() - 1
    }

    pub(crate) fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn seat(&self, seat: usize) -> &Seat {
        &self.seats[seat]
    }

    pub(crate) fn seats(&self) -> usize {
        self.seats.len()
    }

    /// The machine of a seat.
    pub(crate) fn node(&self, seat: usize) -> &Node {
        &self.nodes[self.seats[seat].node]
    }

    /// A word for a run that no other has.
    fn run(&self) -> String {
        format!("r{}", self.runs.fetch_add(1, Ordering::SeqCst))
    }

    pub(crate) fn journals(&self, seat: usize) -> Journals {
        Journals::in_state(&Store::new(self.seats[seat].state.path()))
    }

    /// What a seat's journals say is its own, without the array's name.
    pub(crate) fn owned(&self, seat: usize) -> Vec<String> {
        let all = self.journals(seat).list_all().unwrap();
        let prefix = format!("oceanstor:{}/", self.array.serial());
        let mut owned: Vec<String> = all
            .iter()
            .flat_map(|found: &Found| {
                let claims = found.claims();
                let ours = claims.ours().map(|(object, _)| object.clone());
                ours.collect::<Vec<_>>()
            })
            .map(|object| object.trim_start_matches(&prefix).to_owned())
            .collect();
        owned.sort();
        owned.dedup();
        owned
    }

    /// The number under which a seat's machine would see a LUN of this wwid.
    pub(crate) fn visible(&self, seat: usize, wwid: &str) -> Option<u32> {
        let initiator = self.seats[seat].connector.initiator.as_ref().unwrap();
        let all = self.array.exposures().into_iter();
        let mut seen = all.filter(|e| e.initiator == initiator.as_str() && e.wwid == wwid);
        seen.next().map(|e| e.number)
    }

    /// The wwid of the LUN that is named.
    pub(crate) fn wwid(&self, lun: &str) -> Option<String> {
        if let Some(wwid) = lun.strip_prefix("wwid:") {
            return Some(wwid.to_owned());
        }
        let truth = self.truth();
        let id = truth.find("luns", lun)?;
        truth.field("luns", &id, "wwn").map(str::to_owned)
    }
}

/// Where files cost no disk: a journal line is synced before its effect.
pub(crate) fn memory() -> PathBuf {
    let shm = std::path::Path::new("/dev/shm");
    if shm.is_dir() {
        shm.to_owned()
    } else {
        std::env::temp_dir()
    }
}
