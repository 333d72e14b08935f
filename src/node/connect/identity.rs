//! The proof that every path leads to the LUN, and what is handed over then. On the way back, the
//! proof that nothing of the LUN is left on this node.

use std::sync::Arc;
use std::time::Duration;

use super::super::Error;
use super::super::error::READ_ONLY;
use super::super::multipath::{self, Map};
use super::super::scsi::act::{self, wait_for};
use super::super::scsi::device::{self, Device};
use super::flush::{flush, free_from_map, maps_of};
use super::members::vet;
use super::path::{flush_and_remove, used_by};
use super::read_only::is_read_only;
use super::shared::{Seen, Shared, of_change, wanted};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::{Facts, Identity, PathFact};
use crate::model::ids::Wwid;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};

/// After a removal, how long something may still be in sysfs.
const LINGER: Duration = Duration::from_secs(10);
/// Devices that come back between two removals are removed so often.
const ROUNDS: usize = 3;

pub(super) struct IdentityStep {
    shared: Arc<Shared>,
}

impl IdentityStep {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    /// The paths that earlier steps have found, as they are now, in the order of the ways.
    fn paths(&self, facts: &Facts) -> Result<Vec<(PathFact, Device)>, Error> {
        let mut found = Vec::new();
        for route in &self.shared.routes {
            if let Some(path) = facts.paths.get(&route.way.to_string())
                && let Some(device) = device::find(self.shared.machine(), path.hctl)?
            {
                found.push((path.clone(), device));
            }
        }
        Ok(found)
    }

    /// What every path must answer: what the array says, else what the first path says, if all of
    /// them came by this run's own scan.
    fn expected(
        &self,
        facts: &Facts,
        paths: &[(PathFact, Device)],
    ) -> Result<Option<(Wwid, Identity)>, Error> {
        if let Some(told) = wanted(facts) {
            return Ok(Some(told));
        }
        for (_, device) in paths {
            let own = self.shared.first_hand.get(device.hctl) == Some(Seen::Scanned);
            if !own && self.shared.aim == Aim::Attach {
                return Err(Error::Unproven {
                    hctl: device.hctl,
                    disk: device.name(),
                    found: device.wwid.clone(),
                });
            }
        }
        let first = paths.first().and_then(|(_, d)| d.wwid.clone());
        Ok(first.map(|wwid| (wwid, Identity::Unproven)))
    }

    /// Compares every path and gives the facts of the device.
    fn prove(
        &self,
        facts: &Facts,
        paths: &[(PathFact, Device)],
        bounds: &Bounds,
    ) -> Result<Facts, Error> {
        let Some((wwid, identity)) = self.expected(facts, paths)? else {
            let (path, device) = paths.first().ok_or(Error::NoConnection)?;
            let why = match &device.raw_wwid {
                Some(id) => format!("its identity is {id}; only an NAA identity can be proven"),
                None => "it answers no wwid".into(),
            };
            return Err(Error::Unusable {
                hctl: path.hctl,
                disk: device.disk.clone(),
                why,
            });
        };
        let mut proven = Facts::none();
        let mut why = None;
        for (path, device) in paths {
            let other = self.shared.first_hand.other(device.hctl);
            if other.is_some() || !device.is(&wwid) {
                return Err(Error::WrongIdentity {
                    hctl: device.hctl,
                    disk: device.disk.clone(),
                    found: other.map_or_else(|| device.raw_wwid.clone(), |w| Some(w.to_string())),
                    wanted: wwid,
                });
            }
            let Some(disk) = device.disk.clone() else {
                continue;
            };
            self.refuse_member(device, &disk)?;
            let now = PathFact {
                disk,
                wwid: device.wwid.clone(),
                state: device.state.clone(),
                size_bytes: device.size_bytes,
                ..path.clone()
            };
            if proven.device.is_none() && device.why_not().is_none() {
                // First its name has to lead to it: it is read by that.
                let fact = self.shared.device_fact(&now, &wwid, identity, bounds)?;
                let unfit = self.unfit(device, bounds)?;
                bounds.check()?;
                if unfit.is_none() {
                    proven.device = Some(fact);
                }
                why = why.or(unfit);
            }
            proven.paths.insert(now.way.to_string(), now);
        }
        if proven.device.is_none()
            && let Some((path, device)) = paths.first()
        {
            return Err(Error::Unusable {
                hctl: path.hctl,
                disk: device.disk.clone(),
                why: why.or_else(|| device.why_not()).unwrap_or_default(),
            });
        }
        Ok(proven)
    }

    /// Why a disk that is to be handed over is not: it cannot be read, as one that stands by (ALUA)
    /// and has an identity, a size and a state like any other, or cannot be written. Under a map
    /// that is looked at there.
    fn unfit(&self, device: &Device, bounds: &Bounds) -> Result<Option<String>, Error> {
        let bare = self.shared.aim == Aim::Attach && !self.shared.mapped;
        if !bare {
            return Ok(None);
        }
        if let Some(why) = self.shared.mute(device, bounds) {
            return Ok(Some(format!("it cannot be read: {why}")));
        }
        let refuses =
            !self.shared.read_only && is_read_only(self.shared.machine(), &device.name())?;
        Ok(refuses.then(|| READ_ONLY.to_owned()))
    }

    fn found(&self, proven: Facts, facts: &Facts) -> Finding {
        let Some(device) = &proven.device else {
            return Finding::unknown("no device");
        };
        let paths = match proven.paths.len() {
            1 => "1 path answers".to_owned(),
            n => format!("{n} paths answer"),
        };
        let mut evidence = format!("{paths} {}", device.wwid);
        if device.identity == Identity::Unproven {
            evidence.push_str(", which nobody told beforehand");
        }
        if let Some(lun) = &facts.lun
            && lun.size_bytes != device.size_bytes
        {
            evidence.push_str(&format!(
                "; size {} here, {} on the array",
                device.size_bytes, lun.size_bytes
            ));
        }
        Finding::present(evidence, proven)
    }

    /// Everything of the LUN that is left on this node.
    fn left(&self, facts: &Facts) -> Result<Option<Left>, Error> {
        let Some((wwid, _)) = wanted(facts) else {
            return Ok(None);
        };
        let machine = self.shared.machine();
        let devices = device::list_of_wwid(machine, &wwid)?;
        let maps = maps_of(machine, &wwid, &devices)?;
        Ok(Some(Left {
            wwid,
            devices,
            maps,
        })
        .filter(|left| !left.devices.is_empty() || !left.maps.is_empty()))
    }

    /// A disk under a map cannot be used by itself; what is handed over is the map or nothing.
    fn refuse_member(&self, device: &Device, disk: &str) -> Result<(), Error> {
        if self.shared.mapped || self.shared.aim != Aim::Attach {
            return Ok(());
        }
        match multipath::of_disk(self.shared.machine(), disk)? {
            Some(map) => Err(Error::InMap {
                hctl: device.hctl,
                disk: disk.to_owned(),
                map: map.to_string(),
                attach: format!("sanctl attach {}", self.shared.lun),
            }),
            None => Ok(()),
        }
    }
}

impl IdentityStep {
    /// Removes what is left, maps first. Whoever uses it is named.
    fn remove(
        &self,
        left: &Left,
        cx: &Cx<'_>,
        mutate: &Mutate,
    ) -> Result<Option<String>, StepError> {
        let (shared, bounds) = (&self.shared, cx.bounds);
        for map in &left.maps {
            vet(shared.machine(), map, &left.wwid)?;
            let flushed = flush(shared, map, bounds, mutate).map_err(of_change)?;
            if flushed.is_some() {
                return Ok(flushed);
            }
        }
        for device in &left.devices {
            let freed = free_from_map(shared, device, bounds, mutate).map_err(of_change)?;
            if freed.is_some() {
                return Ok(freed);
            }
        }
        if let Some(by) = used_by(shared, &left.devices, bounds)? {
            return Ok(Some(by));
        }
        for device in &left.devices {
            flush_and_remove(shared, device, cx.facts, bounds, mutate).map_err(of_change)?;
        }
        Ok(None)
    }
}

/// What is left of a LUN on this node.
struct Left {
    wwid: Wwid,
    devices: Vec<Device>,
    maps: Vec<Map>,
}

impl Left {
    fn names(&self) -> Vec<String> {
        let maps = self.maps.iter().map(|map| format!("map {map}"));
        let devices = self.devices.iter().map(ToString::to_string);
        maps.chain(devices).collect()
    }
}

impl Step for IdentityStep {
    fn key(&self) -> &str {
        "node.identity"
    }

    fn object(&self) -> Option<String> {
        None
    }

    fn role(&self) -> Role {
        match self.shared.aim {
            // Whatever is left of the LUN goes, also what no path step knows.
            Aim::Detach => Role::Device,
            Aim::Attach | Aim::Status => Role::Proof,
        }
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        let wwid = wanted(facts).map_or_else(|| "the LUN".to_owned(), |(w, _)| w.to_string());
        let show = "grep -H . /sys/class/scsi_device/*/device/wwid".to_owned();
        if aim == Aim::Detach {
            return Description {
                title: format!("no device of {wwid} is left"),
                why: "success is only when nothing answers for the LUN any more".into(),
                verbs: vec![format!("sanctl device list --wwid {wwid}")],
                wire: vec![show],
            };
        }
        let paths: Vec<&PathFact> = facts.paths.values().collect();
        let disks: Vec<&str> = paths.iter().map(|p| p.disk.as_str()).collect();
        let mut wire: Vec<String> = paths
            .iter()
            .map(|p| format!("echo 1 > /sys/class/scsi_device/{}/device/rescan", p.hctl))
            .collect();
        wire.push(show);
        Description {
            title: match &facts.device {
                Some(device) => format!("every path answers {}", device.wwid),
                None => format!("every path must answer {wwid}"),
            },
            why: "a device of another LUN must never be handed over".into(),
            verbs: match (paths.is_empty(), wanted(facts)) {
                (false, _) => vec![
                    format!("sanctl device rescan {}", disks.join(" ")),
                    format!("sanctl device check {}", disks.join(" ")),
                ],
                (true, Some((wwid, _))) => vec![
                    format!(
                        "sanctl device wait --wwid {wwid} --paths {}",
                        self.shared.routes.len()
                    ),
                    format!("sanctl device check {wwid}"),
                ],
                (true, None) => Vec::new(),
            },
            wire,
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        if self.shared.aim == Aim::Detach {
            return Ok(match self.left(cx.facts)? {
                Some(left) => Finding::present(left.names().join(", "), Facts::none()),
                None => Finding::absent("no device is left"),
            });
        }
        let paths = self.paths(cx.facts)?;
        if paths.is_empty() {
            // Without a connection, what the kernel still has is all there is to see.
            return Ok(match self.left(cx.facts)? {
                Some(left) => {
                    let names = left.names().join(", ");
                    Finding::differs(format!("left over: {names}"), "no device")
                }
                _ if self.shared.routes.is_empty() => Finding::absent("no device"),
                _ => Finding::waiting("node.path"),
            });
        }
        // The kernel remembers an identity over a change of the LUN behind the number: before a
        // hand-over every device that was here before is asked again.
        if self.shared.aim == Aim::Attach
            && let Some((path, _)) = paths
                .iter()
                .find(|(p, _)| self.shared.first_hand.get(p.hctl).is_none())
        {
            return Ok(Finding::absent(format!(
                "{} was here before and is to be asked again",
                path.disk
            )));
        }
        match self.prove(cx.facts, &paths, cx.bounds) {
            Ok(proven) => Ok(self.found(proven, cx.facts)),
            Err(
                error @ (Error::WrongIdentity { .. }
                | Error::InMap { .. }
                | Error::Unproven { .. }
                | Error::Unusable { .. }),
            ) => Ok(Finding {
                state: crate::step::State::Differs,
                evidence: error.to_string(),
                facts: Facts::none(),
                before: None,
            }),
            Err(error) => Err(error.into()),
        }
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        let machine = self.shared.machine();
        for (path, device) in self.paths(cx.facts)? {
            if self.shared.first_hand.get(path.hctl).is_some() {
                continue;
            }
            // One that answers for another LUN stays known by the one it was of.
            if let Some(now) = self.shared.answers_otherwise(&device, cx.bounds) {
                self.shared.first_hand.note_other(path.hctl, &now);
                continue;
            }
            act::refresh(machine, path.hctl, cx.bounds, mutate)?;
            self.shared.first_hand.note(path.hctl, Seen::Reread);
        }
        let paths = self.paths(cx.facts)?;
        let proven = self.prove(cx.facts, &paths, cx.bounds)?;
        // It makes nothing: the devices were here before.
        Ok(Change::Adopted(proven))
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        if self.shared.aim != Aim::Detach {
            return Ok(Undone::AlreadyGone);
        }
        let mut undone = Undone::AlreadyGone;
        for _ in 0..ROUNDS {
            let Some(left) = self.left(cx.facts)? else {
                return Ok(undone);
            };
            if let Some(by) = self.remove(&left, cx, mutate)? {
                return Ok(Undone::StillInUse { by });
            }
            undone = Undone::Removed;
        }
        let gone = wait_for(self.shared.machine(), LINGER, cx.bounds, || {
            Ok(self.left(cx.facts)?.is_none().then_some(()))
        })?;
        match (gone, self.left(cx.facts)?) {
            (None, Some(left)) => Err(Error::NotGone {
                left: left.names(),
                wwid: left.wwid,
                detach: self.shared.detach.clone(),
            }
            .into()),
            _ => Ok(undone),
        }
    }
}
