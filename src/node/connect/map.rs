//! The step that makes the paths one device: a multipath map that has every path, the LUN's
//! identity and its size (linux-host.md §4, §6). On the way back it is the first thing to go.

mod gather;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;

use super::super::Error;
use super::super::error::{READ_ONLY, read_only_hint};
use super::super::multipath::{self, Health, Map};
use super::super::scsi::device::{self, Device, size_of};
use super::flush::{flush, id_of, maps_of};
use super::members::{Ask, find_unasked, vet, vouch};
use super::read_only::is_read_only;
use super::shared::{Shared, of_change, wanted};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::{DeviceFact, Facts, Identity, MapFact};
use crate::model::ids::Wwid;
use crate::model::way::Way;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, State, Step,
    Undone,
};
use crate::system::{Flavour, Machine};

/// A map that comes back between two removals is removed so often.
const ROUNDS: usize = 3;

pub(super) struct MapStep {
    shared: Arc<Shared>,
    /// What was below the wish when the map was made.
    below: Mutex<Option<String>>,
}

impl MapStep {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            below: Mutex::new(None),
        }
    }

    fn machine(&self) -> &dyn Machine {
        self.shared.machine()
    }

    /// The paths that were proven, as they are now, in the order of the ways.
    fn paths(&self, facts: &Facts, wwid: &Wwid) -> Result<Vec<Device>, Error> {
        let mut found = Vec::new();
        for route in &self.shared.routes {
            if let Some(path) = facts.paths.get(&route.way.to_string()) {
                let now = device::find(self.machine(), path.hctl)?;
                found.extend(now.filter(|d| d.disk.is_some() && d.is(wwid)));
            }
        }
        Ok(found)
    }

    /// The one map of the LUN.
    fn find(&self, wwid: &Wwid, paths: &[Device]) -> Result<Option<Map>, Error> {
        let mut maps = maps_of(self.machine(), wwid, paths)?;
        match (maps.pop(), maps.pop()) {
            (Some(one), Some(other)) => Err(Error::BadMap {
                map: one.to_string(),
                why: format!("paths of {wwid} are in map {other} as well"),
                hints: vec![format!("sanctl device tree wwid:{wwid}")],
            }),
            (found, _) => Ok(found),
        }
    }

    /// What speaks against the map itself, whatever its paths are like.
    fn fault(&self, map: &Map, paths: &[Device]) -> Result<Option<String>, Error> {
        let machine = self.machine();
        let other = |d: &Device| Some((d.name(), self.shared.first_hand.other(d.hctl)?));
        if let Some((disk, now)) = paths.iter().find_map(other) {
            return Ok(Some(format!("its path {disk} answers {now} now")));
        }
        let size = paths.first().map_or(0, |d| d.size_bytes);
        if let Some(other) = paths.iter().find(|d| d.size_bytes != size) {
            return Ok(Some(format!(
                "its paths have {size} and {} bytes",
                other.size_bytes
            )));
        }
        let now = size_of(machine, &map.dm)?;
        if now != size {
            return Ok(Some(format!("it has {now} bytes, its paths {size}")));
        }
        let refuses = !self.shared.read_only && is_read_only(machine, &map.dm)?;
        Ok(refuses.then(|| READ_ONLY.to_owned()))
    }

    fn bad(map: &Map, why: String, wwid: &Wwid) -> Error {
        let hint = match why.as_str() {
            READ_ONLY => read_only_hint(),
            why if why.contains("bytes") => format!("sanctl device grow wwid:{wwid}"),
            _ => "multipathd reload map NAME; dmesg | tail  # why is it so?".to_owned(),
        };
        let (map, hints) = (map.to_string(), vec![hint]);
        Error::BadMap { map, why, hints }
    }

    /// The facts of a map that may be handed over.
    fn facts(
        &self,
        map: &Map,
        (wwid, identity): (&Wwid, Identity),
        recorded: bool,
        bounds: &Bounds,
    ) -> Result<Facts, Error> {
        let node = format!("/dev/mapper/{}", map.name);
        let path = match self.machine().flavour() {
            // A regular file that stands for the device.
            Flavour::Practice => self.machine().resolve(&node)?,
            Flavour::Real => {
                self.shared.wait_for_node(&node, &map.dm, bounds)?;
                node
            }
            Flavour::Captured | Flavour::Transcript => node,
        };
        let mut facts = Facts::none();
        facts.map = Some(MapFact {
            dm: map.dm.clone(),
            name: map.name.clone(),
            id: map.id.clone(),
            recorded,
        });
        facts.device = Some(DeviceFact {
            path,
            wwid: wwid.clone(),
            identity,
            size_bytes: size_of(self.machine(), &map.dm)?,
        });
        Ok(facts)
    }

    /// What is below the wish: paths that are not in the map, or do not work.
    fn shortfall(
        &self,
        map: &Map,
        paths: &[Device],
        health: Option<&Health>,
        said: &BTreeMap<String, String>,
    ) -> Option<String> {
        let outside = paths.iter().map(Device::name);
        let outside = outside.filter(|disk| !map.paths.contains(disk));
        let told = |disk: String| match said.get(&disk) {
            Some(said) => format!("{disk} not in it ({said})"),
            None => format!("{disk} not in it"),
        };
        let mut wrong: Vec<String> = outside.map(told).collect();
        match health {
            Some(health) => wrong.extend(health.bad.iter().cloned()),
            None => wrong.push("multipathd does not run, so no path comes back".into()),
        }
        let all = map.paths.len().max(paths.len());
        (!wrong.is_empty()).then(|| {
            let works = match health {
                Some(health) => format!("{} of {all} paths work", health.usable),
                None => format!("{all} paths"),
            };
            format!("{map}: {works}: {}", wrong.join(", "))
        })
    }

    /// With the paths that were proven and have gone since, or cannot be read any more.
    fn with_lost(
        &self,
        below: Option<String>,
        facts: &Facts,
        map: &Map,
        paths: &[Device],
    ) -> Option<String> {
        let proven = self.shared.routes.iter();
        let proven = proven.filter_map(|r| facts.paths.get(&r.way.to_string()));
        let lost = proven.filter(|p| !paths.iter().any(|d| d.hctl == p.hctl));
        let lost: Vec<String> = lost.map(|p| format!("{} is gone", p.disk)).collect();
        match (below, lost.is_empty()) {
            (below, true) => below,
            (None, false) => Some(format!("{map}: {}", lost.join(", "))),
            (Some(below), false) => Some(format!("{below}, {}", lost.join(", "))),
        }
    }

    fn told(map: &Map) -> String {
        let paths = match map.paths.len() {
            1 => "1 path works".to_owned(),
            n => format!("{n} paths work"),
        };
        format!("{map}: {paths}")
    }

    fn build(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Facts, Error> {
        let machine = self.machine();
        let (wwid, identity) = wanted(cx.facts).ok_or(Error::NoIdentity)?;
        let paths = self.paths(cx.facts, &wwid)?;
        if paths.is_empty() {
            return Err(Error::NoMap {
                why: format!("no path of {wwid} is left to make a map of"),
            });
        }
        let map = self.find(&wwid, &paths)?;
        let ask = Ask::Reread(mutate);
        vouch(&self.shared, map.as_ref(), &wwid, ask, cx.bounds)?;
        let id = id_of(&paths, &wwid);
        let mut recorded = is_ours_to_strike(cx.facts);
        if !multipath::is_recorded(machine, &id) {
            let asked = cx.bounds.at_most(multipath::ANSWER, "multipath");
            let line = multipath::record_line(&id);
            let (code, said) = multipath::tell(machine, &line, &asked, mutate)?;
            if code != 0 {
                return Err(Error::NoMap {
                    why: format!("{line} answers code {code}: {said}"),
                });
            }
            recorded = true;
        }
        let made = self.raise(cx, (&wwid, identity), &paths, recorded, mutate);
        if made.is_err() && recorded {
            // Else multipathd would make a map of the LUN at its next attach, asked or not.
            self.strike_out(&id, cx.bounds, mutate);
        }
        made
    }

    fn strike_out(&self, id: &str, bounds: &Bounds, mutate: &Mutate) {
        let asked = bounds.unstoppable();
        let asked = asked.at_most(multipath::ANSWER, "multipath");
        let line = multipath::forget_line(id);
        // A line too many in a list harms nobody.
        let _ = multipath::tell(self.machine(), &line, &asked, mutate);
    }

    /// Has multipathd make the map, and judges it.
    fn raise(
        &self,
        cx: &Cx<'_>,
        (wwid, identity): (&Wwid, Identity),
        paths: &[Device],
        recorded: bool,
        mutate: &Mutate,
    ) -> Result<Facts, Error> {
        // Whatever multipathd has taken in meanwhile is asked as well.
        let vouch = |map: &Map| {
            vouch(
                &self.shared,
                Some(map),
                wwid,
                Ask::Reread(mutate),
                cx.bounds,
            )
        };
        let said = self.gather(wwid, paths, cx.bounds, mutate)?;
        let Some(map) = self.find(wwid, paths)? else {
            return Err(self.no_map(wwid, paths, &said, cx.bounds)?);
        };
        vouch(&map)?;
        if let Some(why) = self.fault(&map, paths)? {
            return Err(Self::bad(&map, why, wwid));
        }
        let health = self.wait_healthy(&map, cx.bounds)?;
        // A path that multipathd has refused may have come by udev since.
        let map = self.find(wwid, paths)?.unwrap_or(map);
        vouch(&map)?;
        let usable = health.as_ref().map_or(0, |h| h.usable);
        let below = self.shortfall(&map, paths, health.as_ref(), &said);
        if usable < self.shared.min {
            let told = below.unwrap_or_else(|| format!("{map}: {usable} paths work"));
            return Err(Error::NoMap {
                why: format!("{told}; {} needed", self.shared.min),
            });
        }
        let below = self.with_lost(below, cx.facts, &map, paths);
        *self.below.lock().unwrap_or_else(PoisonError::into_inner) = below;
        self.facts(&map, (wwid, identity), recorded, cx.bounds)
    }

    /// How the map of an attach or of a status is.
    fn find_up(&self, cx: &Cx<'_>, wwid: &Wwid) -> Result<Finding, Error> {
        let paths = self.paths(cx.facts, wwid)?;
        let map = match self.find(wwid, &paths) {
            Err(error @ Error::BadMap { .. }) => {
                return Ok(Finding::differs(error, "one map"));
            }
            other => other?,
        };
        let Some(map) = map else {
            return Ok(match paths.is_empty() {
                true => Finding::waiting("node.identity"),
                false => Finding::absent(format!("no map of {wwid}")),
            });
        };
        let complete = paths.iter().all(|d| map.paths.contains(&d.name()));
        if self.shared.aim == Aim::Attach && !self.shared.first_hand.had_map(&map) {
            // multipathd made it of this run's paths, or this run did: ours, once it is proven.
            return Ok(Finding::absent(format!("{map} has just come")));
        }
        if self.shared.aim == Aim::Attach && !complete {
            let has = format!("{map} over {}", map.paths.join(", "));
            let names: Vec<String> = paths.iter().map(Device::name).collect();
            return Ok(Finding::differs(has, names.join(", ")));
        }
        if self.shared.aim == Aim::Attach
            && let Some(other) = find_unasked(&self.shared, &map, wwid)?
        {
            let seen = format!("{map}, and {} was not asked who it is", other.name());
            return Ok(Finding::differs(seen, "an answer of every path"));
        }
        self.judge(cx, &map, wwid, &paths)
    }

    /// What a look at an existing map shows.
    fn judge(
        &self,
        cx: &Cx<'_>,
        map: &Map,
        wwid: &Wwid,
        paths: &[Device],
    ) -> Result<Finding, Error> {
        let differs =
            |why: &dyn std::fmt::Display| Finding::differs(why, format!("a map of {wwid}"));
        match vouch(&self.shared, Some(map), wwid, Ask::Look, cx.bounds) {
            Err(error @ Error::BadMap { .. }) => return Ok(differs(&error)),
            other => other?,
        }
        if paths.is_empty() {
            return Ok(differs(&format!("{map} has no path that answers")));
        }
        if let Some(why) = self.fault(map, paths)? {
            return Ok(differs(&format!("{map}: {why}")));
        }
        let health = multipath::health(self.machine(), map, cx.bounds)?;
        if health.as_ref().is_some_and(|h| h.usable == 0) {
            return Ok(differs(&format!("{map} has no path that works")));
        }
        let (_, identity) = wanted(cx.facts).unwrap_or((wwid.clone(), Identity::Unproven));
        let recorded = cx.facts.map.as_ref().is_some_and(|m| m.recorded);
        let facts = self.facts(map, (wwid, identity), recorded, cx.bounds)?;
        Ok(
            match self.shortfall(map, paths, health.as_ref(), &BTreeMap::new()) {
                Some(below) => Finding {
                    state: State::Degraded,
                    evidence: below,
                    facts,
                    before: None,
                },
                None => Finding::present(Self::told(map), facts),
            },
        )
    }

    /// Flushes every map of the LUN that there is; `None` when there is none.
    fn take_down(
        &self,
        wwid: &Wwid,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Option<Undone>, Error> {
        let machine = self.machine();
        let devices = device::list_of_wwid(machine, wwid)?;
        let maps = maps_of(machine, wwid, &devices)?;
        for map in &maps {
            vet(machine, map, wwid)?;
            if let Some(by) = flush(&self.shared, map, bounds, mutate)? {
                return Ok(Some(Undone::StillInUse { by }));
            }
        }
        Ok((!maps.is_empty()).then_some(Undone::Removed))
    }

    fn check_down(&self, facts: &Facts) -> Result<Finding, Error> {
        let Some((wwid, _)) = wanted(facts) else {
            return Ok(Finding::absent("no map"));
        };
        let devices = device::list_of_wwid(self.machine(), &wwid)?;
        let maps = maps_of(self.machine(), &wwid, &devices)?;
        let names: Vec<String> = maps.iter().map(ToString::to_string).collect();
        let listed = || {
            is_ours_to_strike(facts) && multipath::is_recorded(self.machine(), &wwid.multipath())
        };
        Ok(match names.is_empty() {
            // A run that was killed may have left that alone.
            true if listed() => {
                let found = Finding::absent("no map, but multipath is to make one");
                found.restoring(json!({"listed": true}))
            }
            true => Finding::absent("no map"),
            false => Finding::present(names.join(", "), Facts::none()),
        })
    }
}

/// Whether this tool has put the identity on multipath's list, or was about to.
fn is_ours_to_strike(facts: &Facts) -> bool {
    facts.listing || facts.map.as_ref().is_some_and(|map| map.recorded)
}

impl Step for MapStep {
    fn key(&self) -> &str {
        "node.map"
    }

    fn object(&self) -> Option<String> {
        let name = match &self.shared.wwid {
            Some(wwid) => wwid.multipath(),
            None => {
                let number = self.shared.routes.iter().find_map(|r| r.lun_number);
                let number = number.map_or_else(String::new, |n| n.to_string());
                let target = self.shared.routes.first().map(|route| match &route.way {
                    Way::Iscsi(at) => at.iqn.to_string(),
                    Way::Fc(pair) => pair.target.to_string(),
                });
                format!("lun{number}@{}", target.unwrap_or_default())
            }
        };
        Some(format!("multipath:{name}"))
    }

    fn role(&self) -> Role {
        Role::Device
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        let wwid = wanted(facts).map(|(wwid, _)| wwid);
        let id = wwid
            .as_ref()
            .map_or_else(|| "$WWID".to_owned(), Wwid::multipath);
        let name = facts.map.as_ref().map_or(id.as_str(), |map| &map.name);
        if aim == Aim::Detach {
            return Description {
                title: format!("flush and remove map {name}"),
                why: "what it holds is written before its paths go".into(),
                verbs: vec![format!("sanctl device flush {name}")],
                wire: vec![format!("multipath -f {name}")],
            };
        }
        let disks: Vec<&str> = facts.paths.values().map(|p| p.disk.as_str()).collect();
        let mut wire = vec![multipath::record_line(&id).to_string()];
        wire.extend(match disks.as_slice() {
            [] => vec![format!(
                "for DISK in $(grep -l {} /sys/block/*/device/wwid | cut -d/ -f4); do multipathd \
                 add path $DISK; done",
                wwid.as_ref()
                    .map_or_else(|| "$WWID".to_owned(), Wwid::sysfs)
            )],
            disks => disks
                .iter()
                .map(|disk| multipath::add_path_line(disk).to_string())
                .collect(),
        });
        Description {
            title: match &facts.map {
                Some(map) => format!("map {} ({}) over {}", map.name, map.dm, disks.join(", ")),
                None => format!("make the paths one map {id}"),
            },
            why: "one device that outlives the loss of a path".into(),
            verbs: match &wwid {
                Some(wwid) => vec![format!("sanctl device add-path wwid:{wwid}")],
                None => Vec::new(),
            },
            wire,
        }
    }

    fn below(&self, _facts: &Facts) -> Option<String> {
        let below = self.below.lock().unwrap_or_else(PoisonError::into_inner);
        below.clone()
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        if self.shared.aim == Aim::Detach {
            return Ok(self.check_down(cx.facts)?);
        }
        let Some((wwid, _)) = wanted(cx.facts) else {
            return Ok(Finding::waiting("node.identity"));
        };
        let mut found = self.find_up(cx, &wwid)?;
        if matches!(found.state, State::Absent | State::Differs) {
            let id = id_of(&self.paths(cx.facts, &wwid)?, &wwid);
            found.facts.listing = !multipath::is_recorded(self.machine(), &id);
        }
        Ok(found)
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        let facts = self.build(cx, mutate).map_err(of_change)?;
        let there_before = facts
            .map
            .as_ref()
            .is_some_and(|map| self.shared.first_hand.had_map_of(&map.id));
        Ok(match there_before {
            true => Change::Adopted(facts),
            false => Change::Created(facts),
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        let Some((wwid, _)) = wanted(cx.facts) else {
            return Ok(Undone::AlreadyGone);
        };
        let mut undone = Undone::AlreadyGone;
        for _ in 0..ROUNDS {
            match self.take_down(&wwid, cx.bounds, mutate) {
                Ok(None) => break,
                Ok(Some(Undone::Removed)) => undone = Undone::Removed,
                Ok(Some(other)) => return Ok(other),
                Err(error) => return Err(of_change(error)),
            }
        }
        if is_ours_to_strike(cx.facts) {
            let told = cx.facts.map.as_ref().map(|map| map.id.clone());
            let id = told.unwrap_or_else(|| wwid.multipath());
            if multipath::is_recorded(self.machine(), &id) {
                self.strike_out(&id, cx.bounds, mutate);
                undone = Undone::Removed;
            }
        }
        Ok(undone)
    }
}
