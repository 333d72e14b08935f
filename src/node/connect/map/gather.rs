//! multipathd brought to take the paths: offered one by one, and what it made of them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::super::Error;
use super::super::super::multipath::{self, Health, Map};
use super::super::super::scsi::act::wait_for;
use super::super::super::scsi::device::{self, Device};
use super::super::preflight;
use super::MapStep;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::{Hctl, Wwid};
use crate::system;

/// What multipathd gets to bring every path into the map.
const BUILD: Duration = Duration::from_secs(30);
/// What a map that is there gets until its paths were tried.
const CHECKED: Duration = Duration::from_secs(10);
/// What udev gets for a disk before multipathd is told of it all the same.
const UDEV_LOOKS: usize = 60;
/// A refused path is offered again after so many looks: udev may not have dealt with it.
const AGAIN: usize = 12;
/// As often multipathd may say that it wants no such path.
const REFUSALS: usize = 3;

impl MapStep {
    /// Brings every path into the map. What multipathd said about those that are not in it.
    pub(super) fn gather(
        &self,
        wwid: &Wwid,
        paths: &[Device],
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<BTreeMap<String, String>, Error> {
        let machine = self.machine();
        // By disk: the look at which it was offered, how often, and the last answer.
        let mut offered: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
        let mut look = 0;
        wait_for(machine, BUILD, bounds, || {
            look += 1;
            let inside = self.find(wwid, paths)?.map(|map| map.paths);
            let inside = inside.unwrap_or_default();
            let outside = paths.iter().filter(|d| !inside.contains(&d.name()));
            let missing: Vec<(Hctl, String)> = outside.map(|d| (d.hctl, d.name())).collect();
            for (hctl, disk) in &missing {
                // multipathd would hang on a path that has died since it was proven.
                let now = device::find(machine, *hctl)?;
                let state = now.map_or_else(|| "gone".to_owned(), |d| d.state);
                if state != "running" {
                    offered.insert(disk.clone(), (look, REFUSALS, state));
                    continue;
                }
                let due = match offered.get(disk) {
                    None => look >= UDEV_LOOKS || device::is_known_to_udev(machine, disk),
                    Some((then, times, said)) => {
                        said != "ok" && *times < REFUSALS && look >= then + AGAIN
                    }
                };
                if due {
                    let asked = bounds.at_most(multipath::ANSWER, "multipathd");
                    let line = multipath::add_path_line(disk);
                    let said = match multipath::tell(machine, &line, &asked, mutate) {
                        // It dies at this moment; the other paths make the map.
                        Err(Error::System(system::Error::Ended { .. }))
                            if bounds.check().is_ok() =>
                        {
                            "no answer".to_owned()
                        }
                        told => told?.1,
                    };
                    let times = offered.get(disk).map_or(0, |(_, times, _)| *times) + 1;
                    offered.insert(disk.clone(), (look, times, said));
                }
            }
            let hopeless = |(_, disk): &(Hctl, String)| {
                let refused = offered.get(disk);
                refused.is_some_and(|(_, times, said)| said != "ok" && *times >= REFUSALS)
            };
            Ok(missing.iter().all(hopeless).then_some(()))
        })?;
        let said = offered.into_iter().map(|(disk, (_, _, said))| (disk, said));
        Ok(said.collect())
    }

    /// Waits until multipathd has tried the paths.
    pub(super) fn wait_healthy(&self, map: &Map, bounds: &Bounds) -> Result<Option<Health>, Error> {
        let machine = self.machine();
        let mut last = None;
        wait_for(machine, CHECKED, bounds, || {
            last = match multipath::health(machine, map, bounds) {
                Err(Error::System(system::Error::Ended { .. })) if bounds.check().is_ok() => None,
                told => told?,
            };
            let all = last.as_ref().is_none_or(|h| h.bad.is_empty());
            let known = last.as_ref().is_some_and(|h| h.usable > 0);
            Ok((all && known).then_some(()))
        })?;
        Ok(last)
    }

    pub(super) fn no_map(
        &self,
        wwid: &Wwid,
        paths: &[Device],
        said: &BTreeMap<String, String>,
        bounds: &Bounds,
    ) -> Result<Error, Error> {
        let machine = self.machine();
        if said.values().any(|said| said == "blacklisted")
            && let Some(config) = multipath::config(machine, bounds)?
            && let Some(error) = preflight::blacklisted(machine, &config, wwid, paths)?
        {
            return Ok(error);
        }
        let told: Vec<String> = paths
            .iter()
            .map(|d| {
                let said = said.get(&d.name()).map(String::as_str);
                format!("{}: {}", d.name(), said.unwrap_or("not asked"))
            })
            .collect();
        Ok(Error::NoMap {
            why: format!(
                "multipathd made no map of {wwid} within {} s (it said {})",
                BUILD.as_secs(),
                told.join(", ")
            ),
        })
    }
}
