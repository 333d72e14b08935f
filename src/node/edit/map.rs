//! Multipath maps by hand: flushed and removed, given a path, grown with their LUN
//! (linux-host.md §5.9, §6).

use std::time::Duration;

use super::device::{Placed, names, object_of, path_object, seen};
use super::{Class, Edit, Editor, Error, Intent, Made, Object, of_change};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::shell::word;
use crate::kit::table::size;
use crate::model::ids::Wwid;
use crate::model::selector::Selector;
use crate::node;
use crate::node::inuse;
use crate::node::multipath::{self, ANSWER, Map};
use crate::node::scsi::act::{self, wait_for};
use crate::node::scsi::device::{self, Device};
use crate::system::{Cmd, Machine};

/// What a flush may take: what the cache holds is written first.
const FLUSH: Duration = Duration::from_secs(60);
/// What a map gets to come, go or change after the answer.
const SETTLE: Duration = Duration::from_secs(10);
/// How often a map that is busy is flushed: whoever looks at every device lets go in a moment.
const FLUSHES: usize = 5;
/// What lies between two flushes.
const BETWEEN: Duration = Duration::from_secs(1);
/// How often a busy multipathd is asked.
const TRIES: usize = 3;

fn called_map(map: &Map) -> Object {
    Object {
        what: "map",
        id: map.dm.clone(),
        name: map.name.clone(),
    }
}

fn unknown(name: &str) -> Object {
    Object {
        what: "map",
        id: String::new(),
        name: name.to_owned(),
    }
}

fn daemon_line(words: &[&str]) -> Cmd {
    Cmd::new("multipathd", words.iter().copied())
}

/// Whether a path of a map can be used; `None` when multipathd does not tell, and one runs.
///
/// # Errors
/// When none can and it keeps commands: whoever flushes it waits for a path for ever
/// (linux-host.md §6.4).
fn works(machine: &dyn Machine, map: &Map, bounds: &Bounds) -> Result<Option<bool>, Error> {
    let asked = bounds.at_most(ANSWER, "multipathd");
    let health = match multipath::is_running(machine, &asked)? {
        true => multipath::health(machine, map, &asked)?,
        false => None,
    };
    let name = word(&map.name);
    let (why, gives_up) = match health {
        Some(health) if health.usable > 0 || !health.queues => {
            return Ok(Some(health.usable > 0));
        }
        Some(_) => (
            "it keeps commands until one can",
            format!("multipathd disablequeueing map {name}"),
        ),
        None => {
            for disk in &map.paths {
                let state = machine.text(&format!("/sys/class/block/{disk}/device/state"))?;
                if state.as_deref() == Some("running") {
                    return Ok(None);
                }
            }
            (
                "nobody tells whether it keeps commands until one can: multipathd does not run",
                format!("dmsetup message {name} 0 fail_if_no_path"),
            )
        }
    };
    Err(Error::Refused {
        why: format!("no path of map {} can be used, and {why}", map.name),
        hints: vec![
            "sanctl device list --stale".into(),
            format!("{gives_up}    gives up what it keeps"),
        ],
    })
}

impl Editor {
    /// Fails unless multipathd runs here.
    fn require_multipathd(&self, bounds: &Bounds) -> Result<(), Error> {
        if multipath::is_running(self.machine(), &bounds.at_most(ANSWER, "multipathd"))? {
            return Ok(());
        }
        Err(Error::Unsupported {
            why: "multipathd does not run on this node".into(),
            hints: vec![
                "systemctl enable --now multipathd    of the package multipath-tools".into(),
            ],
        })
    }

    pub(super) fn flush(&self, which: &Selector, bounds: &Bounds) -> Result<Intent, Error> {
        let machine = self.machine();
        let Some(map) = multipath::find(machine, which)? else {
            let name = which.to_string();
            let a_disk = !matches!(which, Selector::Wwid(_))
                && !self.find(which).unwrap_or_default().is_empty();
            if a_disk {
                return Err(Error::Usage {
                    why: format!("{name} is no multipath map"),
                    hints: vec![format!("sanctl device remove {}", word(&name))],
                });
            }
            let evidence = format!("there is no multipath map {name}");
            let title = format!("flush and remove map {name}");
            return Ok(Intent::already(title, unknown(&name), evidence));
        };
        if !machine.has_program("multipath") {
            return Err(Error::Unsupported {
                why: "multipath is not installed on this node".into(),
                hints: vec!["install the package multipath-tools".into()],
            });
        }
        let title = format!("flush and remove map {} ({})", map.name, map.dm);
        let command = Edit::Flush { map: which.clone() }.to_string();
        inuse::check_map(machine, &map.dm, &map.name, &command, bounds)?;
        let mut shown = vec![format!(
            "{} of {} over {}",
            size(map.size_bytes),
            map.id,
            match map.paths.as_slice() {
                [] => "no path".to_owned(),
                paths => paths.join(", "),
            }
        )];
        if works(machine, &map, bounds)? == Some(false) {
            shown.push("none of its paths can be used: nothing more is written".to_owned());
        }
        let mut placed = Vec::new();
        for path in &map.paths {
            placed.extend(self.find(&Selector::Device(path.clone()))?);
        }
        let objects: Option<Vec<String>> = placed.iter().map(path_object).collect();
        let inverse: Vec<String> = map
            .paths
            .iter()
            .map(|path| format!("sanctl device add-path {path}"))
            .collect();
        let line = multipath::flush_line(&map);
        let wire = vec![line.to_string()];
        let (shared, gone, then) = (self.machine.clone(), map.clone(), inverse.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let is_gone = || Ok((!multipath::is_there(&*shared, &gone)?).then_some(()));
            let mut last = String::new();
            for _ in 0..FLUSHES {
                let asked = bounds.at_most(FLUSH, "the map to be flushed");
                let (code, said) =
                    multipath::tell(&*shared, &line, &asked, mutate).map_err(of_change)?;
                let span = if code == 0 { SETTLE } else { BETWEEN };
                if wait_for(&*shared, span, bounds, is_gone)?.is_some() {
                    return Ok(Made {
                        changed: true,
                        object: called_map(&gone),
                        evidence: format!("{} is gone", gone.dm),
                        trouble: None,
                        inverse: then,
                    });
                }
                inuse::check_map(&*shared, &gone.dm, &gone.name, &command, bounds)?;
                works(&*shared, &gone, bounds)?;
                last = format!("{said} (code {code})");
            }
            Err(Error::Refused {
                why: format!("map {} stays: {last}", gone.name),
                hints: vec![format!("multipath -v3 -f {}", word(&gone.name))],
            })
        };
        let mut intent = self.intent(title, &placed, Box::new(work));
        intent.object = called_map(&map);
        intent.lock([format!("wwid:{}", map.id)]);
        intent.class = match objects {
            Some(objects) if !objects.is_empty() => Class::Unused(objects),
            _ => Class::Asks,
        };
        intent.shown = shown;
        intent.wire = wire;
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn add_path(&self, which: &Selector, bounds: &Bounds) -> Result<Intent, Error> {
        let machine = self.machine();
        let placed = self.get(std::slice::from_ref(which))?;
        // An identity means every path of the LUN.
        if placed.len() > 1 && !matches!(which, Selector::Wwid(_)) {
            return Err(Error::Ambiguous {
                name: which.to_string(),
                found: names(&placed),
            });
        }
        let unusable = |device: &Device, why: &str| node::Error::Unusable {
            hctl: device.hctl,
            disk: device.disk.clone(),
            why: why.into(),
        };
        let mut loose = Vec::new();
        let mut inside: Option<Map> = None;
        for one in placed {
            let Some(disk) = one.device.disk.clone() else {
                return Err(unusable(&one.device, "it has no block device").into());
            };
            match multipath::of_disk(machine, &disk)? {
                Some(map) => inside = Some(map),
                None => loose.push(one),
            }
        }
        if loose.is_empty()
            && let Some(map) = inside
        {
            let title = format!("give {which} to multipathd");
            let paths = map.paths.join(", ");
            let evidence = match map.paths.len() {
                1 => format!("{paths} is a path of {map}"),
                _ => format!("{paths} are paths of {map}"),
            };
            return Ok(Intent::already(title, called_map(&map), evidence));
        }
        let disks = names(&loose);
        let title = format!("give {} to multipathd", disks.join(", "));
        self.require_multipathd(bounds)?;
        let edit = Edit::AddPath {
            device: which.clone(),
        };
        self.require_unheld(&loose, &edit, bounds)?;
        let first = loose.first().map(|one| one.device.clone());
        let wwid = first.as_ref().and_then(|device| device.wwid.clone());
        let Some(wwid) = wwid else {
            return Err(match &first {
                Some(device) => unusable(device, "it does not say who it is").into(),
                None => Error::Ambiguous {
                    name: which.to_string(),
                    found: Vec::new(),
                },
            });
        };
        let mut lines = vec![multipath::record_line(&wwid.multipath())];
        lines.extend(disks.iter().map(|disk| multipath::add_path_line(disk)));
        let wire = lines.iter().map(ToString::to_string).collect();
        let shared = self.machine.clone();
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let asked = bounds.at_most(ANSWER, "multipathd");
            let mut answer = String::new();
            for line in &lines {
                let (_, said) =
                    multipath::tell(&*shared, line, &asked, mutate).map_err(of_change)?;
                answer = said;
            }
            let told = disks.join(", ");
            let came = wait_for(&*shared, SETTLE, bounds, || {
                let mut map = None;
                for disk in &disks {
                    map = multipath::of_disk(&*shared, disk)?;
                    if map.is_none() {
                        break;
                    }
                }
                Ok(map)
            })?;
            let Some(map) = came else {
                let hints = vec![
                    "multipathd show config    blacklist and find_multipaths decide".to_owned(),
                    format!("sanctl device check {}", disks.join(" ")),
                ];
                let why = format!("multipathd made no map with {told}: it said {answer:?}");
                return Err(Error::Refused { why, hints });
            };
            let wrong = map.wwid.as_ref().is_some_and(|w| *w != wwid);
            let be = if disks.len() == 1 {
                "is a path"
            } else {
                "are paths"
            };
            Ok(Made {
                changed: true,
                object: called_map(&map),
                evidence: format!("{told} {be} of {map}"),
                trouble: wrong.then(|| format!("{} is another LUN than {told}", map.name)),
                inverse: vec![format!("sanctl device flush {}", word(&map.name))],
            })
        };
        let mut intent = self.intent(title, &loose, Box::new(work));
        intent.wire = wire;
        // The map's name is known only afterwards.
        intent.inverse = vec!["sanctl device flush $MAP".into()];
        Ok(intent)
    }

    pub(super) fn grow(
        &self,
        wwid: &Wwid,
        wanted: Option<u64>,
        bounds: &Bounds,
    ) -> Result<Intent, Error> {
        let placed = self.get(&[Selector::Wwid(wwid.clone())])?;
        if let Some(dead) = placed.iter().find(|p| p.device.state != "running") {
            let device = &dead.device;
            return Err(Error::Refused {
                why: format!("{device} is {}: every path must work first", device.state),
                hints: vec![format!("sanctl device check {}", device.name())],
            });
        }
        let map = self.map_over(&placed)?;
        if map.is_some() {
            self.require_multipathd(bounds)?;
        }
        let disks = names(&placed).join(", ");
        let (title, object) = match &map {
            Some(map) => (
                format!("grow {disks} and map {}", map.name),
                called_map(map),
            ),
            None => (format!("grow {disks}"), object_of(&placed)),
        };
        let rescan = placed
            .iter()
            .map(|p| format!("echo 1 > {}/rescan", p.device.dir()));
        let resize = map
            .as_ref()
            .map(|map| daemon_line(&["resize", "map", &map.name]).to_string());
        let wire: Vec<String> = rescan.chain(resize).collect();
        let work = {
            let growth = Growth {
                wwid: wwid.clone(),
                wanted,
                paths: placed.iter().map(|p| p.device.clone()).collect(),
                map,
                object: object.clone(),
            };
            let shared = self.machine.clone();
            move |bounds: &Bounds, mutate: &Mutate| growth.run(&*shared, bounds, mutate)
        };
        let mut intent = self.intent(title, &placed, Box::new(work));
        intent.object = object;
        intent.lock([format!("wwid:{}", wwid.multipath())]);
        intent.wire = wire;
        Ok(intent)
    }

    /// The one map over paths; all of them must be under it, or none.
    fn map_over(&self, placed: &[Placed]) -> Result<Option<Map>, Error> {
        let mut found: Vec<(String, Option<Map>)> = Vec::new();
        for one in placed {
            let disk = one.device.name();
            let map = multipath::of_disk(self.machine(), &disk)?;
            found.push((disk, map));
        }
        let first = found.first().and_then(|(_, map)| map.clone());
        if found.iter().all(|(_, map)| *map == first) {
            return Ok(first);
        }
        let told = found.iter().map(|(disk, map)| match map {
            Some(map) => format!("{disk} under {}", map.name),
            None => format!("{disk} under no map"),
        });
        let loose = found.iter().find(|(_, map)| map.is_none());
        Err(Error::Refused {
            why: format!(
                "not all paths are under one map: {}",
                told.collect::<Vec<_>>().join(", ")
            ),
            hints: match loose {
                Some((disk, _)) => vec![format!("sanctl device add-path {disk}")],
                None => vec!["sanctl device tree".into()],
            },
        })
    }
}

/// What is known of a LUN that is to grow.
struct Growth {
    wwid: Wwid,
    wanted: Option<u64>,
    paths: Vec<Device>,
    map: Option<Map>,
    object: Object,
}

impl Growth {
    fn run(&self, machine: &dyn Machine, bounds: &Bounds, mutate: &Mutate) -> Result<Made, Error> {
        let mut now = Vec::new();
        for path in &self.paths {
            let found = act::refresh(machine, path.hctl, bounds, mutate).map_err(of_change)?;
            let found = found.ok_or_else(|| self.stays(&format!("{path} is gone")))?;
            if !found.is(&self.wwid) {
                return Err(self.stays(&format!("{}: it is another disk now", seen(&found))));
            }
            now.push(found);
        }
        let sizes: Vec<String> = now
            .iter()
            .map(|d| format!("{} {}", d.name(), size(d.size_bytes)))
            .collect();
        let common = now.first().map_or(0, |d| d.size_bytes);
        if now.iter().any(|d| d.size_bytes != common) {
            return Err(self.stays(&format!("the paths disagree: {}", sizes.join(", "))));
        }
        if let Some(wanted) = self.wanted
            && wanted != common
        {
            return Err(self.stays(&format!(
                "the paths say {}, the array {}",
                size(common),
                size(wanted)
            )));
        }
        let before = self.paths.iter().map(|d| d.size_bytes).max().unwrap_or(0);
        let before = self.map.as_ref().map_or(before, |m| m.size_bytes);
        if common < before {
            return Err(self.stays(&format!(
                "it would shrink from {} to {}",
                size(before),
                size(common)
            )));
        }
        if let Some(map) = &self.map
            && map.size_bytes != common
        {
            self.resize(machine, map, common, bounds, mutate)?;
        }
        let grown = common != before || self.paths.iter().any(|d| d.size_bytes != common);
        let map = self
            .map
            .iter()
            .map(|m| format!("{} {}", m.dm, size(common)));
        let told: Vec<String> = sizes.into_iter().chain(map).collect();
        Ok(Made {
            changed: grown,
            object: self.object.clone(),
            evidence: format!("{} everywhere: {}", size(common), told.join(", ")),
            trouble: None,
            inverse: Vec::new(),
        })
    }

    /// Reading paths again harms nothing; the map is as it was.
    fn stays(&self, why: &str) -> Error {
        Error::Refused {
            why: why.to_owned(),
            hints: vec![format!("sanctl device check {}", self.wwid)],
        }
    }

    /// Has multipathd give the map the size of its paths. Its `ok` proves nothing
    /// (linux-host.md §5.9): what sysfs shows counts.
    fn resize(
        &self,
        machine: &dyn Machine,
        map: &Map,
        wanted: u64,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let line = daemon_line(&["resize", "map", &map.name]);
        let mut said = String::new();
        for _ in 0..TRIES {
            let asked = bounds.at_most(ANSWER, "multipathd");
            (_, said) = multipath::tell(machine, &line, &asked, mutate).map_err(of_change)?;
            let span = if said == "ok" { SETTLE } else { SETTLE / 10 };
            let grown = wait_for(machine, span, bounds, || {
                let size = device::size_of(machine, &map.dm)?;
                Ok((size == wanted).then_some(()))
            })?;
            if grown.is_some() {
                return Ok(());
            }
            if said != "timeout" {
                break;
            }
        }
        Err(Error::Halfway {
            done: format!("every path has {}", size(wanted)),
            cause: format!(
                "map {} stays at {}: multipathd said {said:?}",
                map.name,
                size(device::size_of(machine, &map.dm)?)
            ),
            hints: vec![format!("sanctl device grow {}", self.wwid)],
        })
    }
}
