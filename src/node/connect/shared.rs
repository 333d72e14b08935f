//! What the steps of the stage have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::iscsi::iscsiadm::{AUTOMATIC, MANUAL, settings};
use super::super::iscsi::session::Session;
use super::super::multipath::{self, Map};
use super::super::scsi::act::wait_for;
use super::super::scsi::device::{self, Device};
use super::super::{DeadPortal, Error};
use super::preflight;
use super::route::{Route, Sought, find_session};
use super::{Startup, Unflushed};
use crate::kit::bounds::Bounds;
use crate::model::facts::{DeviceFact, Facts, Identity, PathFact};
use crate::model::ids::{Hctl, LunNumber, Wwid};
use crate::model::portal::{Portal, TargetPortal};
use crate::model::way::Way;
use crate::step::{self, Aim};
use crate::system::{self, FileKind, Flavour, Machine};

/// How long udev may take to make a name in `/dev`.
const NODE: Duration = Duration::from_secs(10);
/// How long it counts that nobody used a device.
const JUST_NOW: Duration = Duration::from_millis(500);
/// How long a device may take to answer who it is.
const ANSWER: Duration = Duration::from_secs(5);

/// How this run came to know a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Its own scan brought it.
    Scanned,
    /// It was there before; this run made the kernel ask it again.
    Reread,
}

/// What this run knows at first hand, or from the journals: devices whose identity is not from the
/// kernel's memory, records that are ours, and what is lent of those that are not.
#[derive(Debug, Default)]
pub(super) struct FirstHand {
    devices: Mutex<BTreeMap<Hctl, Seen>>,
    others: Mutex<BTreeMap<Hctl, Wwid>>,
    /// Devices that were asked who they are, whatever came of it.
    asked: Mutex<BTreeSet<Hctl>>,
    /// By way: the directory of what this run has scanned through, where nothing was at the number.
    scans: Mutex<BTreeMap<String, String>>,
    records: Mutex<BTreeSet<TargetPortal>>,
    /// What records of others said about the scan before a login of ours.
    lent: Mutex<BTreeMap<TargetPortal, String>>,
    /// The maps that were there before this run, by their identity; `None` before the first look.
    maps: Mutex<Option<BTreeSet<String>>>,
    deleting: Mutex<()>,
    /// Disks and maps that nobody used, and when that was seen.
    unused: Mutex<BTreeMap<String, Instant>>,
    looking: Mutex<()>,
    /// The lock of open-iscsi's database that nobody will let go of.
    lock: Mutex<Option<&'static str>>,
}

impl FirstHand {
    pub(super) fn note(&self, hctl: Hctl, seen: Seen) {
        let mut known = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        // A device that we scanned stays ours when it is read again.
        known.entry(hctl).or_insert(seen);
    }

    pub(super) fn get(&self, hctl: Hctl) -> Option<Seen> {
        let known = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&hctl).copied()
    }

    /// A device answers another identity than the kernel remembers.
    pub(super) fn note_other(&self, hctl: Hctl, wwid: &Wwid) {
        let mut known = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(hctl, wwid.clone());
    }

    pub(super) fn other(&self, hctl: Hctl) -> Option<Wwid> {
        let known = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&hctl).cloned()
    }

    pub(super) fn was_asked(&self, hctl: Hctl) -> bool {
        let known = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(&hctl)
    }

    fn note_asked(&self, hctl: Hctl) {
        let mut known = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(hctl);
    }

    /// A scan begins along a way, for a number at which there is no device.
    pub(super) fn note_scan(&self, way: &str, dir: &str) {
        let mut known = self.scans.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(way.to_owned(), dir.to_owned());
    }

    pub(super) fn scanned_through(&self, way: &str) -> Option<String> {
        let known = self.scans.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(way).cloned()
    }

    /// What was there when this run looked first: only that is somebody else's.
    pub(super) fn note_maps(&self, maps: &[Map]) {
        let mut known = self.maps.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_or_insert_with(|| maps.iter().map(|map| map.id.clone()).collect());
    }

    pub(super) fn had_map(&self, map: &Map) -> bool {
        self.had_map_of(&map.id)
    }

    pub(super) fn had_map_of(&self, id: &str) -> bool {
        let known = self.maps.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().is_some_and(|known| known.contains(id))
    }

    pub(super) fn note_record(&self, at: &TargetPortal) {
        let mut known = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(at.clone());
    }

    /// Nobody uses these disks and maps at this moment.
    pub(super) fn note_unused<'a>(&self, names: impl IntoIterator<Item = &'a String>) {
        let mut known = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        known.extend(names.into_iter().map(|name| (name.clone(), now)));
    }

    /// Whether a look at all of these was taken just now, and nobody used them: a look goes
    /// through every process of the machine.
    pub(super) fn is_unused<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> bool {
        let known = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names = names.into_iter();
        names.all(|name| known.get(name).is_some_and(|at| at.elapsed() < JUST_NOW))
    }

    /// Its name may be another device's from now on.
    pub(super) fn note_gone(&self, name: &str) {
        let mut known = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(name);
    }

    /// Held while one lane looks for all of them.
    pub(super) fn looking(&self) -> MutexGuard<'_, ()> {
        self.looking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_lock(&self, stale: Option<&'static str>) {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = stale;
    }

    pub(super) fn lock(&self) -> Option<&'static str> {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn deleting(&self) -> MutexGuard<'_, ()> {
        self.deleting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_lent(&self, at: &TargetPortal, scan: &str) {
        let mut known = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(at.clone()).or_insert_with(|| scan.to_owned());
    }

    pub(super) fn lent(&self, at: &TargetPortal) -> Option<String> {
        let known = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(at).cloned()
    }

    pub(super) fn made_record(&self, at: &TargetPortal) -> bool {
        let known = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(at)
    }
}

/// One survey's view, shared by all steps that came from it.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) machine: Arc<dyn Machine>,
    pub(super) aim: Aim,
    /// Portals without a session that do not answer.
    pub(super) dead: BTreeMap<Portal, DeadPortal>,
    /// Every way to the LUN, the preferred first.
    pub(super) routes: Vec<Route>,
    /// The LUN's identity, if anybody told it.
    pub(super) wwid: Option<Wwid>,
    pub(super) first_hand: Arc<FirstHand>,
    /// What records say about the next boot.
    pub(super) startup: Startup,
    /// What becomes of a device that cannot be flushed.
    pub(super) unflushed: Unflushed,
    /// Whether the paths are to be one map.
    pub(super) mapped: bool,
    /// Whether the devices are to refuse writes.
    pub(super) read_only: bool,
    /// Fewer working paths than this are a failure.
    pub(super) min: usize,
    /// What the user calls the LUN, for hints.
    pub(super) lun: String,
    /// The command that detaches it.
    pub(super) detach: String,
}

impl Shared {
    pub(super) fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    /// What a record of ours says. Under a map a lost path gives up soon, as multipathd has it once
    /// it knows the path: until then it hangs on a path that dies.
    pub(super) fn settings(&self) -> Vec<(&'static str, &'static str)> {
        let mut told = settings(match self.startup {
            Startup::Manual => MANUAL,
            Startup::Automatic => AUTOMATIC,
        })
        .to_vec();
        if self.mapped {
            told.push(("node.session.timeo.replacement_timeout", "5"));
        }
        told
    }

    /// Why nothing must be made for this portal in this run.
    pub(super) fn dead(&self, at: &TargetPortal) -> Option<&DeadPortal> {
        self.dead.get(&at.portal)
    }

    /// `node.session@10.0.0.1:3260`, with the target when two share the portal. No brackets: a
    /// shell would take them for a pattern.
    pub(super) fn key(&self, noun: &str, at: &TargetPortal) -> String {
        let mut ways = self.routes.iter().filter_map(|route| route.way.portal());
        let shared = ways.any(|other| other.portal == at.portal && other.iqn != at.iqn);
        let portal = format!("{}:{}", at.portal.ip, at.portal.port);
        if shared {
            format!("node.{noun}@{portal},{}", at.iqn)
        } else {
            format!("node.{noun}@{portal}")
        }
    }

    /// The same of any way: `node.path@2000020000000a01/2000020000000b01` between two ports.
    pub(super) fn key_of(&self, noun: &str, way: &Way) -> String {
        match way {
            Way::Iscsi(at) => self.key(noun, at),
            Way::Fc(pair) => format!("node.{noun}@{}/{}", pair.initiator, pair.target),
        }
    }

    /// A step's title, with what it has to wait for before it can read or write a record.
    pub(super) fn titled(&self, title: String) -> String {
        match self.first_hand.lock() {
            Some(lock) if self.machine.stat(lock).is_ok() => format!(
                "{title} (iscsiadm waits half a minute: {lock} was left by a program that died)"
            ),
            _ => title,
        }
    }

    /// The session to use.
    pub(super) fn session(
        &self,
        at: &TargetPortal,
        facts: &Facts,
    ) -> Result<Option<Session>, Error> {
        let same = |route: &&Route| {
            let portal = route.way.portal();
            portal.is_some_and(|p| p.portal == at.portal && p.iqn == at.iqn)
        };
        let number = self.routes.iter().find(same);
        let number = number.map_or(facts.lun_number, |route| route.number(facts));
        let sought = sought(&Way::Iscsi(at.clone()), number, facts);
        find_session(self.machine(), at, &sought)
    }

    /// Why a device cannot be read, if so: the kernel calls it running, with size and identity as
    /// they were, also when the array has taken the LUN away.
    pub(super) fn mute(&self, device: &Device, bounds: &Bounds) -> Option<String> {
        let node = format!("/dev/{}", device.disk.as_ref()?);
        let bounds = bounds.at_most(ANSWER, "the device to be read");
        match self.machine().read_block(&node, &bounds) {
            Ok(()) => None,
            Err(system::Error::Io { source, .. }) => Some(source.to_string()),
            // Only root may read it; nothing speaks against it.
            Err(system::Error::Denied { .. }) => None,
            Err(error) => Some(error.to_string()),
        }
    }

    /// Whether a path answers nothing because the array keeps it for a failover (ALUA standby):
    /// multipathd calls it a ghost.
    ///
    /// # Errors
    /// When sysfs cannot be read or multipathd does not end.
    pub(super) fn stands_by(&self, device: &Device, bounds: &Bounds) -> Result<bool, Error> {
        let Some(disk) = &device.disk else {
            return Ok(false);
        };
        let Some(map) = multipath::of_disk(self.machine(), disk)? else {
            return Ok(false);
        };
        let health = multipath::health(self.machine(), &map, bounds)?;
        Ok(health.is_some_and(|health| health.ghosts.contains(disk)))
    }

    /// The identity that the device answers now, if it is none of those that the kernel remembers:
    /// after the array has given the number to another LUN the kernel's memory stays as it was
    /// until the device is read again, which only an attach does (linux-host.md §5.6).
    pub(super) fn answers_otherwise(&self, device: &Device, bounds: &Bounds) -> Option<Wwid> {
        let machine = self.machine();
        if machine.flavour() == Flavour::Captured {
            return None;
        }
        self.first_hand.note_asked(device.hctl);
        let bounds = bounds.at_most(ANSWER, "the device to answer who it is");
        let now = device::ask_identity(machine, device.disk.as_ref()?, &bounds)?;
        (!device.ids.is_empty() && !device.is(&now)).then_some(now)
    }

    /// Fails unless this process may change the kernel's devices.
    pub(super) fn require_root(&self) -> Result<(), Error> {
        preflight::require_root(self.machine())
    }

    /// The path as a fact.
    pub(super) fn path_fact(
        &self,
        way: &Way,
        sid: Option<u32>,
        device: &Device,
    ) -> Option<PathFact> {
        Some(PathFact {
            way: way.clone(),
            sid,
            hctl: device.hctl,
            disk: device.disk.clone()?,
            wwid: device.wwid.clone(),
            state: device.state.clone(),
            size_bytes: device.size_bytes,
        })
    }

    /// The device to hand over. Before its path leaves the program, what it names is compared
    /// with what sysfs says about the disk.
    pub(super) fn device_fact(
        &self,
        path: &PathFact,
        wwid: &Wwid,
        identity: Identity,
        bounds: &Bounds,
    ) -> Result<DeviceFact, Error> {
        let node = format!("/dev/{}", path.disk);
        let file = match self.machine.flavour() {
            // A regular file that stands for the device.
            Flavour::Practice => self.machine.resolve(&node)?,
            Flavour::Real => {
                self.wait_for_node(&node, &path.disk, bounds)?;
                node
            }
            Flavour::Captured | Flavour::Transcript => node,
        };
        Ok(DeviceFact {
            path: file,
            wwid: wwid.clone(),
            identity,
            size_bytes: path.size_bytes,
        })
    }

    /// Waits until a name in `/dev` leads to a block device of the kernel.
    pub(super) fn wait_for_node(
        &self,
        node: &str,
        block: &str,
        bounds: &Bounds,
    ) -> Result<(), Error> {
        let number = self
            .machine
            .text(&format!("/sys/class/block/{block}/dev"))?;
        let number = number
            .as_deref()
            .and_then(super::super::holders::parse_device);
        let there = wait_for(self.machine(), NODE, bounds, || {
            Ok(match self.machine.stat(node) {
                Ok(stat) if stat.kind == FileKind::Block && Some(stat.device) == number => Some(()),
                _ => None,
            })
        })?;
        there.ok_or_else(|| Error::NoNode {
            node: node.to_owned(),
            block: block.to_owned(),
        })
    }
}

/// The identity that every path must answer, and whether anybody but the device told it.
pub(super) fn wanted(facts: &Facts) -> Option<(Wwid, Identity)> {
    let told = facts
        .lun
        .as_ref()
        .map(|lun| &lun.wwid)
        .or_else(|| facts.connection.as_ref()?.wwid.as_ref());
    match (told, &facts.device) {
        (Some(wwid), _) => Some((wwid.clone(), Identity::Proven)),
        (None, Some(device)) => Some((device.wwid.clone(), device.identity)),
        (None, None) => None,
    }
}

/// What tells the session to use from others to the same portal.
pub(super) fn sought(way: &Way, lun_number: Option<LunNumber>, facts: &Facts) -> Sought {
    Sought {
        wwid: wanted(facts).map(|(wwid, _)| wwid),
        lun_number,
        sid: facts.sessions.get(&way.to_string()).copied(),
    }
}

/// An error of a change: when the machine's answer was lost, it may have happened.
pub(super) fn of_change(error: Error) -> step::Error {
    match error {
        Error::System(
            system::Error::Ended { .. } | system::Error::Stuck { .. } | system::Error::Io { .. },
        ) => step::Error::in_doubt(error),
        other => other.into(),
    }
}
