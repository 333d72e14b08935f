//! Whether a device is what the kernel takes it for, as far as a look and one read tell.

use std::time::Duration;

use super::super::Error;
use super::act::wait_for;
use super::device::{self, Device};
use super::vpd::parse_page_83;
use crate::kit::bounds::Bounds;
use crate::model::ids::Wwid;
use crate::system::{self, Machine};

/// How long a device may take to answer a read.
const READ: Duration = Duration::from_secs(5);

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// `identity`, `state`, `read`.
    pub what: &'static str,
    /// Whether it is as it should be; `None` when it could not be told.
    pub ok: Option<bool>,
    /// What was seen.
    pub evidence: String,
}

impl Check {
    fn of(what: &'static str, ok: bool, evidence: impl Into<String>) -> Self {
        Self {
            what,
            ok: Some(ok),
            evidence: evidence.into(),
        }
    }

    fn unknown(what: &'static str, evidence: impl Into<String>) -> Self {
        Self {
            what,
            ok: None,
            evidence: evidence.into(),
        }
    }
}

/// Compares the identity that the kernel remembers with page 0x83, tells the state, and reads one
/// block within five seconds. Changes nothing: the page is the kernel's memory too, which only
/// `device rescan` refreshes.
///
/// # Errors
/// When sysfs cannot be read.
pub fn check(machine: &dyn Machine, device: &Device, bounds: &Bounds) -> Result<Vec<Check>, Error> {
    let page = machine.read(&format!("{}/vpd_pg83", device.dir()));
    let found = page.map(|page| parse_page_83(&page)).unwrap_or_default();
    let usable = match device.why_not() {
        Some(why) => Check::of("state", false, why),
        None => Check::of("state", true, &device.state),
    };
    let mut checks = vec![identity(device, &found)];
    let read = match &device.disk {
        // A blocked device would only be waited for.
        Some(disk) if device.state == "running" => read(machine, disk, bounds),
        _ => Check::unknown("read", "not tried"),
    };
    checks.extend([usable, read]);
    Ok(checks)
}

fn identity(device: &Device, page: &[Wwid]) -> Check {
    let shown = device.raw_wwid.as_deref().unwrap_or("no wwid");
    match (&device.wwid, page) {
        (None, []) => Check::unknown("identity", format!("{shown}, no NAA identifier")),
        (Some(_), []) => Check::unknown("identity", format!("{shown}, no page 0x83 to compare")),
        (Some(wwid), page) if page.contains(wwid) => {
            Check::of("identity", true, format!("{shown}, and so says page 0x83"))
        }
        (_, [first, ..]) => Check::of(
            "identity",
            false,
            format!("{shown}, but page 0x83 says {first}"),
        ),
    }
}

fn read(machine: &dyn Machine, disk: &str, bounds: &Bounds) -> Check {
    let bounds = bounds.at_most(READ, "the device to be read");
    match machine.read_block(&format!("/dev/{disk}"), &bounds) {
        Ok(()) => Check::of("read", true, "one block"),
        // Only root may read it; nothing speaks against it.
        Err(system::Error::Denied { .. }) => Check::unknown("read", "only root may read it"),
        Err(system::Error::Io { source, .. }) => Check::of("read", false, source.to_string()),
        Err(error) => Check::of("read", false, error.to_string()),
    }
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// So many paths that can be used.
    Paths(usize),
    /// No device at all.
    Gone,
}

/// Waits until a LUN has its paths, or none. Gives what there is then; `None` when time is up
/// before, with what there is instead left to look at.
///
/// # Errors
/// When sysfs cannot be read, and when the bounds end by a signal.
pub fn wait(
    machine: &dyn Machine,
    wwid: &Wwid,
    awaited: Awaited,
    span: Duration,
    bounds: &Bounds,
) -> Result<Option<Vec<Device>>, Error> {
    wait_for(machine, span, bounds, || {
        let found = device::list_of_wwid(machine, wwid)?;
        let usable = found.iter().filter(|d| d.why_not().is_none()).count();
        let is_so = match awaited {
            Awaited::Paths(wanted) => usable >= wanted,
            Awaited::Gone => found.is_empty(),
        };
        Ok(is_so.then_some(found))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;
    use crate::kit::stop::Stop;

    fn device(machine: &dyn Machine) -> Device {
        device::find(machine, "1:0:0:1".parse().unwrap())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn the_identity_is_that_of_the_page() {
        let fixture = Fixture::recorded();
        let found = device(&fixture.machine());
        let own = found.wwid.clone().unwrap();
        let other: Wwid = "6a4c64f1001db63307a4e1700000001e".parse().unwrap();
        for (page, ok) in [
            (vec![own.clone()], Some(true)),
            (vec![other.clone(), own], Some(true)),
            (vec![other], Some(false)),
            (vec![], None),
        ] {
            assert_eq!(identity(&found, &page).ok, ok, "{page:?}");
        }
        let bare = Device {
            wwid: None,
            raw_wwid: None,
            ..found
        };
        assert_eq!(identity(&bare, &[]).ok, None);
    }

    #[test]
    fn a_device_that_does_not_run_is_not_read() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let words = |d: &Device| -> Vec<(&'static str, Option<bool>)> {
            let checks = check(&machine, d, &bounds).unwrap();
            checks.iter().map(|c| (c.what, c.ok)).collect()
        };
        let fine = device(&machine);
        assert_eq!(
            words(&fine)[1..],
            [("state", Some(true)), ("read", Some(true))]
        );
        let blocked = Device {
            state: "blocked".into(),
            ..fine
        };
        assert_eq!(
            words(&blocked)[1..],
            [("state", Some(false)), ("read", None)]
        );
    }

    #[test]
    fn waiting_ends_when_it_is_so_or_time_is_up() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let wwid = device(&machine).wwid.unwrap();
        let none: Wwid = "6a4c64f1001db63307a4e1700000001e".parse().unwrap();
        let wait = |wwid: &Wwid, awaited| {
            let found = wait(&machine, wwid, awaited, Duration::ZERO, &bounds).unwrap();
            found.map(|f| f.len())
        };
        assert_eq!(wait(&wwid, Awaited::Paths(2)), Some(2));
        assert_eq!(wait(&wwid, Awaited::Paths(3)), None);
        assert_eq!(wait(&wwid, Awaited::Gone), None);
        assert_eq!(wait(&none, Awaited::Gone), Some(0));
    }
}
