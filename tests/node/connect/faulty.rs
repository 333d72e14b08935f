//! A machine on which one call goes wrong, or all from there on.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sanctl::kit::bounds::{Bounds, Ended};
use sanctl::kit::consent::Mutate;
use sanctl::model::ids::{Hctl, Wwid};
use sanctl::model::portal::Portal;
use sanctl::sim::machine::PracticeMachine;
use sanctl::sim::machine::fabric::{Fabric as _, MemoryFabric};
use sanctl::system::{Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat};

use crate::rig::{A, IQN, portal};

const SCSI_ID: &str = "/lib/udev/scsi_id";

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// It is refused: nothing happens.
    Refused,
    /// It does not end in time, and nothing happens.
    Late,
    /// It does not end in time, and happens all the same.
    LateAfter,
    /// It happens, and its answer is an error.
    LostAfter,
}

impl Act {
    pub(crate) const ALL: [Self; 4] = [Self::Refused, Self::Late, Self::LateAfter, Self::LostAfter];

    pub(crate) fn happens(self) -> bool {
        matches!(self, Self::LateAfter | Self::LostAfter)
    }

    pub(crate) fn error(self, what: &str) -> Error {
        let what = what.to_owned();
        match self {
            Self::Refused => Error::Denied { what },
            Self::Late | Self::LateAfter => Error::Ended {
                ended: Ended::Late {
                    what: what.clone(),
                    span: Duration::from_secs(30),
                },
                what,
            },
            Self::LostAfter => Error::Io {
                what,
                source: std::io::Error::other("no answer"),
            },
        }
    }
}

/// Which calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calls {
    /// Those that can change something, commands that look, and probes.
    Heavy,
    /// Reads of files.
    Reads,
}

/// What disks answer to an INQUIRY past the kernel's memory.
#[derive(Debug)]
enum Answers {
    /// All of them this.
    All(Wwid),
    /// The identity of the LUN that their number leads to now.
    Honest(Arc<MemoryFabric>),
}

/// The practice machine behind a fault.
#[derive(Debug)]
pub(crate) struct Faulty {
    machine: Arc<PracticeMachine>,
    calls: Calls,
    first: usize,
    last: usize,
    act: Act,
    count: AtomicUsize,
    /// What udev's program is told that asks a disk who it is; `None` = there is no such program.
    answers: Option<Answers>,
    /// The identity that the kernel shows of every device, in the place of its own.
    shown: Option<String>,
    /// Devices that cannot be read.
    mute: Vec<String>,
    /// Disks that the kernel lets nobody write to.
    read_only: Vec<String>,
    /// Devices whose name is there only after somebody has waited for it.
    late: Mutex<Vec<String>>,
}

impl Faulty {
    pub(crate) fn new(
        machine: &Arc<PracticeMachine>,
        calls: Calls,
        (first, last): (usize, usize),
        act: Act,
    ) -> Arc<Self> {
        Arc::new(Self {
            machine: Arc::clone(machine),
            calls,
            first,
            last,
            act,
            count: AtomicUsize::new(0),
            answers: None,
            shown: None,
            mute: Vec::new(),
            read_only: Vec::new(),
            late: Mutex::default(),
        })
    }

    /// No fault, and udev's program that asks a disk who it is, which gets this answer.
    pub(crate) fn answering(machine: &Arc<PracticeMachine>, wwid: Wwid) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.answers = Some(Answers::All(wwid));
        Arc::new(faulty)
    }

    /// No fault, and udev's program that asks a disk who it is, which gets the truth.
    pub(crate) fn honest(machine: &Arc<PracticeMachine>, fabric: &Arc<MemoryFabric>) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.answers = Some(Answers::Honest(Arc::clone(fabric)));
        Arc::new(faulty)
    }

    /// No fault, but devices of which the kernel shows this identity and no page 0x83.
    pub(crate) fn showing(machine: &Arc<PracticeMachine>, identity: &str) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.shown = Some(format!("{identity}\n"));
        Arc::new(faulty)
    }

    /// No fault, but that udev takes its time with the names of these devices.
    pub(crate) fn late(machine: &Arc<PracticeMachine>, devices: &[&str]) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.late = Mutex::new(devices.iter().map(|d| (*d).to_owned()).collect());
        Arc::new(faulty)
    }

    /// No fault, but that nobody can write to these disks, as the array or a person has said.
    pub(crate) fn read_only(machine: &Arc<PracticeMachine>, disks: &[&str]) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.read_only = disks.iter().map(|d| (*d).to_owned()).collect();
        Arc::new(faulty)
    }

    /// No fault, but that these devices cannot be read, as one that stands by.
    pub(crate) fn standing_by(machine: &Arc<PracticeMachine>, devices: &[&str]) -> Arc<Self> {
        let mut faulty = Self::faultless(machine);
        faulty.mute = devices.iter().map(|d| (*d).to_owned()).collect();
        Arc::new(faulty)
    }

    fn faultless(machine: &Arc<PracticeMachine>) -> Self {
        Self {
            machine: Arc::clone(machine),
            calls: Calls::Heavy,
            first: usize::MAX,
            last: 0,
            act: Act::Refused,
            count: AtomicUsize::new(0),
            answers: None,
            shown: None,
            mute: Vec::new(),
            read_only: Vec::new(),
            late: Mutex::default(),
        }
    }

    /// How many calls of the counted sort there were.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// What the disk of a node in `/dev` answers now.
    fn answer_of(&self, node: &str) -> Option<Wwid> {
        let fabric = match self.answers.as_ref()? {
            Answers::All(wwid) => return Some(wwid.clone()),
            Answers::Honest(fabric) => fabric,
        };
        let disk = node.strip_prefix("/dev/")?;
        let place = self
            .machine
            .resolve(&format!("/sys/class/block/{disk}/device"));
        let place = place.ok()?;
        let hctl: Hctl = place.rsplit('/').next()?.parse().ok()?;
        let luns = fabric.luns("", IQN, portal(A)).into_iter();
        luns.filter(|l| l.number == hctl.lun).map(|l| l.wwid).next()
    }

    fn call<T>(
        &self,
        sort: Calls,
        what: &str,
        call: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        if sort != self.calls {
            return call();
        }
        let nth = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        if nth < self.first || nth > self.last {
            return call();
        }
        if self.act.happens() {
            let _ = call();
        }
        Err(self.act.error(what))
    }
}

impl Machine for Faulty {
    fn flavour(&self) -> Flavour {
        self.machine.flavour()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        if let Some(shown) = &self.shown {
            let of_device = |file: &str| path.ends_with(&format!("/device/{file}"));
            if of_device("wwid") && self.machine.stat(path).is_ok() {
                return Ok(shown.clone().into_bytes());
            }
            if of_device("vpd_pg83") {
                let path = path.to_owned();
                return Err(Error::NotFound { path });
            }
        }
        let disk = path.strip_prefix("/sys/class/block/");
        let disk = disk.and_then(|rest| rest.strip_suffix("/ro"));
        if disk.is_some_and(|disk| self.read_only.iter().any(|name| name == disk)) {
            return Ok(b"1\n".to_vec());
        }
        self.call(Calls::Reads, path, || self.machine.read(path))
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        self.call(Calls::Reads, dir, || self.machine.list(dir))
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        self.late.lock().unwrap().retain(|late| late != path);
        self.call(Calls::Reads, path, || self.machine.resolve(path))
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        self.call(Calls::Reads, path, || self.machine.link(path))
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        if self.answers.is_some() && path == SCSI_ID {
            return Ok(Stat {
                kind: FileKind::Other,
                device: (0, 0),
            });
        }
        self.call(Calls::Reads, path, || self.machine.stat(path))
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        self.call(Calls::Heavy, path, || {
            self.machine.write_attr(path, value, bounds, mutate)
        })
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        if self.answers.is_some() && cmd.to_string().starts_with(SCSI_ID) {
            let told = cmd.args.last().and_then(|node| self.answer_of(node));
            return Ok(Output {
                code: i32::from(told.is_none()),
                stdout: told.map_or_else(String::new, |wwid| format!("3{wwid}\n")),
                stderr: String::new(),
            });
        }
        self.call(Calls::Heavy, &cmd.to_string(), || {
            self.machine.exec_read(cmd, bounds)
        })
    }

    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, mutate: &Mutate) -> Result<Output, Error> {
        self.call(Calls::Heavy, &cmd.to_string(), || {
            self.machine.exec_change(cmd, bounds, mutate)
        })
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        let probed = self.call(Calls::Heavy, "probe", || {
            Ok(self.machine.probe(portal, span))
        });
        probed.unwrap_or(Err(Dead::Silent(span)))
    }

    fn flush(&self, device: &str, bounds: &Bounds, mutate: &Mutate) -> Result<(), Error> {
        self.call(Calls::Heavy, device, || {
            self.machine.flush(device, bounds, mutate)
        })
    }

    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        self.call(Calls::Heavy, path, || {
            Machine::edit_record(&*self.machine, path, edit, bounds, mutate)
        })
    }

    fn has_program(&self, program: &str) -> bool {
        self.machine.has_program(program)
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        self.machine.wait_change(span, bounds)
    }

    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        if self.late.lock().unwrap().iter().any(|late| late == device) {
            let path = device.to_owned();
            return Err(Error::NotFound { path });
        }
        if self.mute.iter().any(|mute| mute == device) {
            return Err(Act::LostAfter.error(device));
        }
        self.call(Calls::Heavy, device, || {
            self.machine.read_block(device, bounds)
        })
    }
}
