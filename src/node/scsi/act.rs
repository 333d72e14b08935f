//! The writes: scan for one LUN number, read a device again, remove a device.

use std::fmt;
use std::time::Duration;

use super::super::Error;
use super::device::{self, Device};
use super::nexus::Nexus;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::{Hctl, LunNumber};
use crate::system::Machine;

/// Pauses before another scan: an array may show a new mapping late. The first scan finds a LUN
/// that is there, because the write returns when probing has ended.
const RESCANS: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_millis(800),
    Duration::from_secs(2),
];
/// What one scan may take: longer than the kernel waits for an answer (linux-host.md §4), and short
/// enough that a target that hangs does not use up the time of the others.
const PROBE: Duration = Duration::from_secs(30);
/// What the kernel gets to make the block device of a device that it has found: its own checker
/// may need 30 s (linux-host.md §4).
const SETTLE: Duration = Duration::from_secs(30);
/// What a removal may take: the cache is synchronised first.
const REMOVE: Duration = Duration::from_secs(60);

/// The drivers that have a host of its own for each session. On an adapter one host carries all of
/// its sessions (linux-host.md §3.7).
const SOFTWARE: [&str; 3] = ["iscsi_tcp", "iscsi_iser", "ib_iser"];

/// The host's file for scans and what to write into it for one LUN number, or `-` for all.
///
/// # Errors
/// [`Error::NoPlace`] when a scan would go to other targets as well, and when sysfs cannot be read.
pub fn scan_line(
    machine: &dyn Machine,
    nexus: &dyn Nexus,
    lun: impl fmt::Display,
) -> Result<(String, String), Error> {
    let file = format!("/sys/class/scsi_host/host{}/scan", nexus.host());
    let prefix = format!("target{}:", nexus.host());
    // Before the first device there is no target directory to tell channel and number.
    let place = machine.names(nexus.dir())?.iter().find_map(|name| {
        let (channel, target) = name.strip_prefix(&prefix)?.split_once(':')?;
        Some((channel.parse::<u32>().ok()?, target.parse::<u32>().ok()?))
    });
    let line = match place.or(nexus.place()) {
        Some((channel, target)) => format!("{channel} {target} {lun}"),
        None => {
            require_own_host(machine, nexus)?;
            format!("- - {lun}")
        }
    };
    Ok((file, line))
}

/// Fails unless nothing but this target is behind the host.
fn require_own_host(machine: &dyn Machine, nexus: &dyn Nexus) -> Result<(), Error> {
    let host = nexus.host();
    let file = format!("/sys/class/scsi_host/host{host}/proc_name");
    match device::attribute(machine, &file)? {
        Some(driver) if !SOFTWARE.contains(&driver.as_str()) => Err(Error::NoPlace {
            nexus: nexus.name(),
            host,
            driver,
        }),
        _ => Ok(()),
    }
}

/// Looks for one LUN number through one session or port and waits until the device can be used. `None` when
/// the target does not show it.
///
/// # Errors
/// When the host cannot be scanned, or time is up.
pub fn scan(
    machine: &dyn Machine,
    nexus: &dyn Nexus,
    lun: LunNumber,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Option<Device>, Error> {
    let [plain, flat] = lun.kernel_numbers();
    for (round, pause) in std::iter::once(Duration::ZERO).chain(RESCANS).enumerate() {
        if !pause.is_zero() {
            wait_for(machine, pause, bounds, || {
                Ok((!device::list_at(machine, nexus, lun)?.is_empty()).then_some(()))
            })?;
        }
        // Some arrays count in flat addressing; that is asked for only when the plain number is
        // not there, so that no LUN appears twice.
        let numbers: &[u64] = if round == 0 { &[plain] } else { &[plain, flat] };
        for number in numbers {
            if device::list_at(machine, nexus, lun)?.is_empty() {
                let (file, line) = scan_line(machine, nexus, *number)?;
                let asked = bounds.at_most(PROBE, "the target to show the LUN");
                machine.write_attr(&file, &line, &asked, mutate)?;
            }
        }
        if let Some(device) = device::list_at(machine, nexus, lun)?.into_iter().next() {
            return settle(machine, device.hctl, bounds);
        }
    }
    Ok(None)
}

/// How long a device may take to say who it is. A dead one takes as long as its recovery.
const ANSWER: Duration = Duration::from_secs(15);

/// Reads a device again, so that what sysfs shows is what the device answers now, and waits until
/// it can be used. `None` when it has gone away.
///
/// # Errors
/// When it cannot be asked, or time is up.
pub fn refresh(
    machine: &dyn Machine,
    hctl: Hctl,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<Option<Device>, Error> {
    let Some(device) = device::find(machine, hctl)? else {
        return Ok(None);
    };
    let file = format!("{}/rescan", device.dir());
    let asked = bounds.at_most(ANSWER, "the device to answer who it is");
    match machine.write_attr(&file, "1", &asked, mutate) {
        Err(error) if !error.is_not_found() => return Err(error.into()),
        _ => {}
    }
    // A device that was usable is usable now or not at all; only a blocked one is waited for.
    match device::find(machine, hctl)? {
        Some(now) if now.state == "blocked" || now.disk.is_none() => settle(machine, hctl, bounds),
        now => Ok(now),
    }
}

/// Waits until a device can be used; then, or when it does not become usable, gives its state.
fn settle(machine: &dyn Machine, hctl: Hctl, bounds: &Bounds) -> Result<Option<Device>, Error> {
    // A controller or well-known unit never gets a block device.
    let hopeless = |d: &Device| !matches!(d.kind, Some(0 | 5 | 7 | 14) | None);
    wait_for(machine, SETTLE, bounds, || {
        Ok(match device::find(machine, hctl)? {
            Some(device) if device.why_not().is_none() || hopeless(&device) => Some(()),
            Some(_) => None,
            None => Some(()),
        })
    })?;
    device::find(machine, hctl)
}

/// Removes a device and waits until the kernel has forgotten both it and its disk.
///
/// The kernel protects nothing here: it removes a mounted disk as readily (linux-host.md §5.8).
/// Whoever calls this has made sure that nobody uses it.
///
/// # Errors
/// When it is still there when time is up.
pub fn remove(
    machine: &dyn Machine,
    device: &Device,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(), Error> {
    let file = format!("{}/delete", device.dir());
    match machine.write_attr(&file, "1", bounds, mutate) {
        Err(error) if !error.is_not_found() => return Err(error.into()),
        _ => {}
    }
    let gone = wait_for(machine, REMOVE, bounds, || {
        Ok(is_gone(machine, device)?.then_some(()))
    })?;
    match gone {
        Some(()) => Ok(()),
        None => Err(Error::Unusable {
            hctl: device.hctl,
            disk: device.disk.clone(),
            why: "the kernel does not remove it".into(),
        }),
    }
}

fn is_gone(machine: &dyn Machine, device: &Device) -> Result<bool, Error> {
    if device::find(machine, device.hctl)?.is_some() {
        return Ok(false);
    }
    // The name may have been given to another disk in the meantime: compare the address.
    let Some(disk) = &device.disk else {
        return Ok(true);
    };
    let part = format!("/{}/", device.hctl);
    match machine.resolve(&format!("/sys/class/block/{disk}")) {
        Ok(place) => Ok(!place.contains(&part)),
        Err(error) if error.is_not_found() => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Asks `probe` after every change that the kernel tells, until it answers or `span` is over.
///
/// # Errors
/// The probe's own, and when the bounds end.
pub(in crate::node) fn wait_for<T>(
    machine: &dyn Machine,
    span: Duration,
    bounds: &Bounds,
    mut probe: impl FnMut() -> Result<Option<T>, Error>,
) -> Result<Option<T>, Error> {
    let clock = bounds.deadline.clock();
    let end = clock.now() + span;
    // Events are only a hint; the first looks follow one another quickly all the same.
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(found) = probe()? {
            return Ok(Some(found));
        }
        let left = end.saturating_duration_since(clock.now());
        if left.is_zero() {
            return Ok(None);
        }
        machine.wait_change(pause.min(left), bounds)?;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::super::super::iscsi::session;
    use super::*;
    use crate::kit::kind::{Failure as _, Kind};

    #[test]
    fn a_first_scan_goes_to_its_own_target_alone() {
        let fixture = Fixture::recorded();
        let driver = "/sys/class/scsi_host/host1/proc_name";
        let session = session::list(&fixture.machine()).unwrap().remove(1);
        assert_eq!(session.target_id, Some(0), "as Linux shows it");
        let line = |driver_is: &str, target_id| {
            fixture.file(driver, &format!("{driver_is}\n"));
            let session = session::Session {
                // No device has come yet.
                dir: "/sys/devices/none".into(),
                target_id,
                ..session.clone()
            };
            scan_line(&fixture.machine(), &session, 7)
        };
        for (driver, target_id, wanted) in [
            ("iscsi_tcp", Some(0), "0 0 7"),
            ("bnx2i", Some(3), "0 3 7"),
            ("iscsi_tcp", None, "- - 7"),
            ("iscsi_iser", None, "- - 7"),
        ] {
            assert_eq!(line(driver, target_id).unwrap().1, wanted, "{driver}");
        }
        let error = line("bnx2i", None).unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported, "{error}");
        assert!(error.to_string().contains("bnx2i"), "{error}");
    }
}
