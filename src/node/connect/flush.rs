//! Taking a LUN's maps away: flushed within bounds, never into another LUN, and a path never
//! pulled out from under a map that needs it (linux-host.md §6.4).

use std::time::Duration;

use super::super::Error;
use super::super::inuse;
use super::super::multipath::{self, Health, Map};
use super::super::scsi::act::wait_for;
use super::super::scsi::device::Device;
use super::members::device_of;
use super::shared::Shared;
use super::{Unflushed, short};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::shell::word;
use crate::model::ids::Wwid;
use crate::step::Aim;
use crate::system::{Cmd, Machine};

/// What a flush may take: what the cache holds is written first.
const FLUSH: Duration = Duration::from_secs(60);
/// The same when what it could not write is given up beforehand.
const LAST_FLUSH: Duration = Duration::from_secs(10);
/// What a map gets to go after the answer.
const GONE: Duration = Duration::from_secs(10);
/// A busy map is flushed so often: whoever looks at every device lets go of it in a moment, and
/// whoever waited for a path that never came when the map gives up.
const TRIES: usize = 10;
/// What lies between two tries.
const BETWEEN: Duration = Duration::from_secs(1);

/// The maps of a LUN: those that bear its identity, those over its paths that bear another one of
/// theirs, and those over its paths alone that bear one of another form (EUI-64, T10), which cannot
/// be compared: NAA alone begins with 3. One that bears another LUN's is not among them, whatever
/// its paths answer.
pub(super) fn maps_of(
    machine: &dyn Machine,
    wwid: &Wwid,
    paths: &[Device],
) -> Result<Vec<Map>, Error> {
    let mut maps = multipath::list(machine)?;
    maps.retain(|map| {
        let over = |d: &&Device| d.disk.as_ref().is_some_and(|disk| map.paths.contains(disk));
        let named = map.wwid.as_ref();
        let alias = |d: &Device| named.is_some_and(|other| d.is(other));
        let own = |disk: &String| paths.iter().any(|d| d.disk.as_ref() == Some(disk));
        let alone = !map.paths.is_empty() && map.paths.iter().all(own);
        map.id == wwid.multipath()
            || paths.iter().filter(over).any(alias)
            || (!map.id.starts_with('3') && alone)
    });
    Ok(maps)
}

/// The identity of a LUN in multipath's words: as its paths answer, which may be under the other
/// prefix than the array tells (ontap.md §9.4).
pub(super) fn id_of(paths: &[Device], wwid: &Wwid) -> String {
    let mut ids = paths.iter().flat_map(|path| &path.ids);
    let own = ids.find(|id| *id == wwid);
    own.unwrap_or(wwid).multipath()
}

/// Flushes and removes a map that nobody uses. On the way back from a failed attach a user is no
/// error: the map is left to it, and named.
///
/// # Errors
/// [`Error::InUse`], [`Error::Queueing`], [`Error::MapStays`], and when multipath does not end.
pub(super) fn flush(
    shared: &Shared,
    map: &Map,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Option<String>, Error> {
    let machine = shared.machine();
    // The kernel itself refuses to remove a map that is open: the survey's look is fresh enough.
    if !shared.first_hand.is_unused([&map.dm])
        && let Some(by) = used(shared, map, bounds)?
    {
        return Ok(Some(by));
    }
    let force = shared.unflushed == Unflushed::GiveUp;
    let health = multipath::health(machine, map, bounds)?;
    let mut keeps = keeps_commands(machine, map, health.as_ref())?;
    let_go(shared, map, keeps, bounds, mutate)?;
    let mut said = String::new();
    for nth in 0..TRIES {
        // The daemon does what its program would ask of it, without a process; only the program
        // says why not.
        let line = match (&health, nth) {
            (Some(_), 0) => multipath::del_map_line(map),
            _ => multipath::flush_line(map),
        };
        let span = if force { LAST_FLUSH } else { FLUSH };
        let asked = bounds.at_most(span, "the map to be flushed");
        let (code, answer) = match multipath::tell(machine, &line, &asked, mutate) {
            Err(Error::System(_)) if force && bounds.check().is_ok() => {
                // A path that died meanwhile: nothing more is written.
                give_up(machine, map, bounds, mutate)?;
                let asked = bounds.at_most(span, "the map to be flushed");
                multipath::tell(machine, &line, &asked, mutate)?
            }
            other => other?,
        };
        said = format!("{answer} (code {code})");
        let span = if code == 0 { GONE } else { BETWEEN };
        let gone = wait_for(machine, span, bounds, || {
            Ok((!multipath::is_there(machine, map)?).then_some(()))
        })?;
        if gone.is_some() {
            return Ok(None);
        }
        if let Some(by) = used(shared, map, bounds)? {
            return Ok(Some(by));
        }
        // Whoever waits in it for a path that never comes has it open as long as it keeps
        // commands, and is on no list while the kernel has it wait in the opening itself. Its
        // last path may have gone only now; and a flush that was refused has it keep commands
        // again, which multipathd is not told.
        let health = multipath::health(machine, map, bounds)?;
        keeps |= keeps_commands(machine, map, health.as_ref())?;
        let_go(shared, map, keeps, bounds, mutate)?;
    }
    Err(Error::MapStays {
        map: map.to_string(),
        why: said,
    })
}

fn used(shared: &Shared, map: &Map, bounds: &Bounds) -> Result<Option<String>, Error> {
    let title = shared.wwid.as_ref().map_or_else(|| map.id.clone(), short);
    match inuse::check_map(shared.machine(), &map.dm, &title, &shared.detach, bounds) {
        Err(Error::InUse(_)) if shared.aim != Aim::Detach => {
            Ok(Some(format!("whoever holds {map}")))
        }
        other => other.map(|()| None),
    }
}

/// Has a map that would keep commands for ever give them up, if that was asked for.
///
/// # Errors
/// [`Error::Queueing`] when it was not, and [`Error::MapStays`] when it does not.
fn let_go(
    shared: &Shared,
    map: &Map,
    keeps: bool,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    if !keeps {
        return Ok(());
    }
    if shared.unflushed == Unflushed::GiveUp {
        return give_up(shared.machine(), map, bounds, mutate);
    }
    Err(Error::Queueing {
        map: map.to_string(),
        force: format!("{} --force", shared.detach),
    })
}

/// Whether a flush of the map would wait for a path that may never come. Without multipathd
/// nothing tells whether it keeps commands, and no path comes back by itself.
fn keeps_commands(
    machine: &dyn Machine,
    map: &Map,
    health: Option<&Health>,
) -> Result<bool, Error> {
    if let Some(health) = health {
        return Ok(health.usable == 0 && health.queues);
    }
    for disk in &map.paths {
        if device_of(machine, disk)?.is_some_and(|d| d.state == "running") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Has a map fail what it keeps.
fn give_up(
    machine: &dyn Machine,
    map: &Map,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    let asked = bounds.at_most(multipath::ANSWER, "multipathd");
    let (code, _) = multipath::tell(machine, &multipath::give_up_line(map), &asked, mutate)?;
    if code != 0 {
        // Without the daemon the kernel is told directly.
        let line = Cmd::new("dmsetup", ["message", &map.name, "0", "fail_if_no_path"]);
        let (code, said) = multipath::tell(machine, &line, &asked, mutate)?;
        if code != 0 {
            return Err(Error::MapStays {
                map: map.to_string(),
                why: format!("{line} answers code {code}: {said}"),
            });
        }
    }
    Ok(())
}

/// Takes a path out of its map before it is removed: multipathd makes maps of what comes, asked or
/// not. A map that other paths carry goes on with them; one that has come with this path goes too.
/// Whoever uses it is named.
pub(super) fn free_from_map(
    shared: &Shared,
    device: &Device,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Option<String>, Error> {
    let machine = shared.machine();
    let Some(disk) = &device.disk else {
        return Ok(None);
    };
    let Some(map) = multipath::of_disk(machine, disk)? else {
        return Ok(None);
    };
    // One of another LUN is left to whoever looks who holds the disk.
    if !map.wwid.as_ref().is_some_and(|wwid| device.is(wwid)) {
        return Ok(None);
    }
    let alone = map.paths.iter().all(|path| path == disk);
    let foreign = shared.aim != Aim::Detach && shared.first_hand.had_map(&map);
    if alone && !foreign {
        return flush(shared, &map, bounds, mutate);
    }
    let asked = bounds.at_most(multipath::ANSWER, "multipathd");
    let line = multipath::del_path_line(disk);
    let (_, said) = multipath::tell(machine, &line, &asked, mutate)?;
    let out = wait_for(machine, GONE, bounds, || {
        let now = multipath::of_disk(machine, disk)?;
        Ok(now.is_none_or(|now| now.id != map.id).then_some(()))
    })?;
    Ok(out.is_none().then(|| {
        format!(
            "map {map}: {line} answers {}",
            word(if said.is_empty() { "nothing" } else { &said })
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::super::super::scsi::device;
    use super::*;

    #[test]
    fn a_map_of_an_identity_of_another_form_is_known_by_its_paths() {
        let wwid: Wwid = "6001405aaaa000100004000800000000".parse().unwrap();
        for (id, paths, found) in [
            ("20025385971b1a3c4", &["sdb", "sdd"][..], true),
            ("1LIO-ORG_IBLOCK:1234", &["sdd"], true),
            ("20025385971b1a3c4", &["sdc", "sdd"], false),
            ("20025385971b1a3c4", &[], false),
            ("36001405aaaa000200004000800000000", &["sdb", "sdd"], false),
            ("36001405aaaa000100004000800000000", &[], true),
        ] {
            let fixture = Fixture::recorded();
            fixture.file("/sys/class/block/dm-0/dm/uuid", &format!("mpath-{id}\n"));
            for path in paths {
                fixture.file(&format!("/sys/class/block/dm-0/slaves/{path}/x"), "");
            }
            let machine = fixture.machine();
            let devices = device::list_of_wwid(&machine, &wwid).unwrap();
            let maps = maps_of(&machine, &wwid, &devices).unwrap();
            assert_eq!(!maps.is_empty(), found, "{id} over {paths:?}");
        }
    }
}
