//! Whether the paths of a map are paths of the LUN, by the kernel's memory and at first hand: the
//! kernel, and multipathd after it, takes a device for the LUN that it was when it came
//! (linux-host.md §5.6).

use super::super::Error;
use super::super::multipath::Map;
use super::super::scsi::act;
use super::super::scsi::device::{self, Device};
use super::shared::{Seen, Shared};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::Wwid;
use crate::system::{self, Machine};

/// How a device is asked who it is.
#[derive(Clone, Copy)]
pub(super) enum Ask<'a> {
    /// By a read alone.
    Look,
    /// And by having the kernel read it again.
    Reread(&'a Mutate),
}

/// Fails unless every path of a map answers the LUN's identity: whatever is flushed through a map
/// whose paths lead elsewhere is written into another LUN.
pub(super) fn vet(machine: &dyn Machine, map: &Map, wwid: &Wwid) -> Result<(), Error> {
    for disk in &map.paths {
        if let Some(device) = device_of(machine, disk)?
            && !device.is(wwid)
        {
            let found = device.raw_wwid.unwrap_or_else(|| "no wwid".into());
            return Err(mistaken(Some(map), disk, &found, wwid));
        }
    }
    Ok(())
}

/// Fails when a path of the map, or a device that multipathd may take for one, answers for another
/// LUN. Each is asked once in a run. One that does not answer speaks neither for nor against the
/// map: nothing goes through it.
///
/// # Errors
/// [`Error::BadMap`], and when a device cannot be read or the bounds end.
pub(super) fn vouch(
    shared: &Shared,
    map: Option<&Map>,
    wwid: &Wwid,
    how: Ask<'_>,
    bounds: &Bounds,
) -> Result<(), Error> {
    let machine = shared.machine();
    if let Some(map) = map {
        vet(machine, map, wwid)?;
    }
    for device in members(machine, map, wwid, how)? {
        let Some(disk) = &device.disk else { continue };
        if let Some(found) = otherwise(shared, &device, wwid, how, bounds)? {
            let map = map.filter(|map| map.paths.contains(disk));
            return Err(mistaken(map, disk, &found, wwid));
        }
    }
    Ok(())
}

/// A device of those that [`vouch`] asks which this run has not asked, and which could answer.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn find_unasked(
    shared: &Shared,
    map: &Map,
    wwid: &Wwid,
) -> Result<Option<Device>, Error> {
    let mut found = paths_of(shared.machine(), map)?;
    add(&mut found, device::list_of_wwid(shared.machine(), wwid)?);
    found.retain(|d| d.disk.is_some() && d.state == "running");
    let known = &shared.first_hand;
    let unasked = |d: &Device| known.get(d.hctl).is_none() && !known.was_asked(d.hctl);
    Ok(found.into_iter().find(unasked))
}

/// Whoever only looks judges the map as it is.
fn members(
    machine: &dyn Machine,
    map: Option<&Map>,
    wwid: &Wwid,
    how: Ask<'_>,
) -> Result<Vec<Device>, Error> {
    let mut found = match map {
        Some(map) => paths_of(machine, map)?,
        None => Vec::new(),
    };
    if let Ask::Reread(_) = how {
        add(&mut found, device::list_of_wwid(machine, wwid)?);
    }
    Ok(found)
}

fn paths_of(machine: &dyn Machine, map: &Map) -> Result<Vec<Device>, Error> {
    let mut found = Vec::new();
    for disk in &map.paths {
        found.extend(device_of(machine, disk)?);
    }
    Ok(found)
}

fn add(found: &mut Vec<Device>, more: Vec<Device>) {
    for device in more {
        if found.iter().all(|known| known.hctl != device.hctl) {
            found.push(device);
        }
    }
}

/// What a device answers that is not the LUN's identity.
fn otherwise(
    shared: &Shared,
    device: &Device,
    wwid: &Wwid,
    how: Ask<'_>,
    bounds: &Bounds,
) -> Result<Option<String>, Error> {
    let known = &shared.first_hand;
    if let Some(now) = known.other(device.hctl) {
        return Ok(Some(now.to_string()));
    }
    if device.state != "running" || known.get(device.hctl).is_some() {
        return Ok(None);
    }
    if matches!(how, Ask::Look) && known.was_asked(device.hctl) {
        return Ok(None);
    }
    // One that answers for another LUN is not read again: whoever attached the LUN that it was
    // would find its disk no more.
    if let Some(now) = shared.answers_otherwise(device, bounds) {
        known.note_other(device.hctl, &now);
        return Ok(Some(now.to_string()));
    }
    let Ask::Reread(mutate) = how else {
        return Ok(None);
    };
    let now = match act::refresh(shared.machine(), device.hctl, bounds, mutate) {
        // It dies at this moment.
        Err(Error::System(
            system::Error::Ended { .. } | system::Error::Stuck { .. } | system::Error::Io { .. },
        )) if bounds.check().is_ok() => return Ok(None),
        now => now?,
    };
    known.note(device.hctl, Seen::Reread);
    let other = now.filter(|now| !now.is(wwid));
    Ok(other.map(|now| now.raw_wwid.unwrap_or_else(|| "no wwid".into())))
}

/// A disk that is taken for a path of the LUN, and is none: in a map, or not yet.
fn mistaken(map: Option<&Map>, disk: &str, found: &str, wwid: &Wwid) -> Error {
    let whose = match map {
        Some(_) => format!("its path {disk}"),
        None => format!("{disk}, which multipathd takes for a path of it,"),
    };
    let mut hints = vec![format!(
        "sanctl device tree {}  # who uses it?",
        map.map_or(disk, |map| &map.dm)
    )];
    if map.is_some() {
        hints.push(format!(
            "multipathd del path {disk}  # takes it out of the map"
        ));
    }
    hints.push(format!("sanctl device remove {disk}  # if nobody uses it"));
    Error::BadMap {
        map: map.map_or_else(|| wwid.multipath(), ToString::to_string),
        why: format!("{whose} answers {found}, not {wwid}: it is another disk"),
        hints,
    }
}

/// The SCSI device of a disk; `None` when it is none, or has gone.
pub(super) fn device_of(machine: &dyn Machine, disk: &str) -> Result<Option<Device>, Error> {
    let place = match machine.resolve(&format!("/sys/class/block/{disk}/device")) {
        Err(error) if error.is_not_found() => return Ok(None),
        other => other?,
    };
    let hctl = place.rsplit('/').next().and_then(|name| name.parse().ok());
    match hctl {
        Some(hctl) => device::find(machine, hctl),
        None => Ok(None),
    }
}
