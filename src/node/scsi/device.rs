//! A SCSI device as sysfs shows it.

use std::fmt;

use super::super::Error;
use super::super::iscsi::session::Session;
use super::vpd::parse_page_83;
use crate::model::ids::{Hctl, LunNumber, Wwid};
use crate::system::{Error as SystemError, Machine};

const DEVICES: &str = "/sys/class/scsi_device";

/// A device that the kernel knows, of whatever type and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The kernel's address.
    pub hctl: Hctl,
    /// The disk, such as `sda`; `None` when there is no block node.
    pub disk: Option<String>,
    /// The identity that the kernel read last. After the LUN number was given to another LUN it
    /// stays as it was until the device is read again ([`super::act::refresh`]).
    pub wwid: Option<Wwid>,
    /// The identity in the kernel's own words, also when it is no NAA.
    pub raw_wwid: Option<String>,
    /// The kernel's word: `running`, `blocked`, `offline`, `transport-offline`…
    pub state: String,
    /// Peripheral device type (SPC-4): 0 = disk.
    pub kind: Option<u8>,
    /// Size in bytes; 0 without a block node.
    pub size_bytes: u64,
}

impl Device {
    /// Its directory in sysfs.
    pub fn dir(&self) -> String {
        dir_of(self.hctl)
    }

    /// The name people know it by: the disk, else the address.
    pub fn name(&self) -> String {
        self.disk.clone().unwrap_or_else(|| self.hctl.to_string())
    }

    /// Why it cannot be used, if so.
    pub fn why_not(&self) -> Option<String> {
        if self.state != "running" {
            Some(format!("it is {}", self.state))
        } else if self.disk.is_none() {
            Some("it has no block device".into())
        } else if self.size_bytes == 0 {
            Some("its size is 0".into())
        } else {
            None
        }
    }

    /// Whether it is a LUN that somebody may need, rather than the array's own controller or a
    /// well-known unit, which come with the target (linux-host.md §5.1, §8).
    pub fn is_lun(&self) -> bool {
        let controller = matches!(self.kind, Some(0x0c | 0x0d | 0x1e | 0x1f));
        let well_known = self.hctl.lun & 0xff00 == 0xc100;
        self.disk.is_some() || !(controller || well_known)
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.hctl, self.disk.as_deref().unwrap_or("-"))
    }
}

fn dir_of(hctl: Hctl) -> String {
    format!("{DEVICES}/{hctl}/device")
}

/// One device; `None` when the kernel does not know it.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find(machine: &dyn Machine, hctl: Hctl) -> Result<Option<Device>, Error> {
    let dir = dir_of(hctl);
    let attribute = |name: &str| attribute(machine, &format!("{dir}/{name}"));
    let Some(state) = attribute("state")? else {
        return Ok(None);
    };
    let disk = machine.names(&format!("{dir}/block"))?.into_iter().next();
    let raw_wwid = attribute("wwid")?.filter(|t| !t.is_empty());
    let mut wwid: Option<Wwid> = raw_wwid.as_deref().and_then(|t| t.parse().ok());
    if wwid.is_none() {
        // The kernel shows one designator of several; the page has them all.
        wwid = match machine.read(&format!("{dir}/vpd_pg83")) {
            Ok(page) => parse_page_83(&page).into_iter().next(),
            Err(_) => None,
        };
    }
    let size_bytes = match &disk {
        Some(disk) => size_of(machine, disk)?,
        None => 0,
    };
    Ok(Some(Device {
        hctl,
        disk,
        raw_wwid: raw_wwid.or_else(|| wwid.as_ref().map(Wwid::sysfs)),
        wwid,
        state,
        kind: attribute("type")?.and_then(|t| t.parse().ok()),
        size_bytes,
    }))
}

/// The size of a block device in bytes; 0 when it has just gone away.
///
/// # Errors
/// When sysfs cannot be read.
pub fn size_of(machine: &dyn Machine, block: &str) -> Result<u64, Error> {
    let sectors = attribute(machine, &format!("/sys/class/block/{block}/size"))?;
    let sectors: u64 = sectors.and_then(|t| t.parse().ok()).unwrap_or(0);
    // The kernel counts 512-byte sectors whatever the device's block size is.
    Ok(sectors.saturating_mul(512))
}

/// An attribute's text. sysfs answers "invalid argument" for what the device does not have.
fn attribute(machine: &dyn Machine, path: &str) -> Result<Option<String>, Error> {
    match machine.text(path) {
        Err(SystemError::Io { .. }) => Ok(None),
        other => Ok(other?),
    }
}

/// The addresses of all devices.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_addresses(machine: &dyn Machine) -> Result<Vec<Hctl>, Error> {
    let mut found: Vec<Hctl> = machine
        .names(DEVICES)?
        .iter()
        .filter_map(|name| name.parse().ok())
        .collect();
    found.sort_unstable();
    Ok(found)
}

/// The addresses of a session's devices.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_of_session(machine: &dyn Machine, session: &Session) -> Result<Vec<Hctl>, Error> {
    let below = format!("{}/", session.dir);
    let mut found = Vec::new();
    for hctl in list_addresses(machine)? {
        // A host may carry several sessions (offload cards), so the number alone says nothing.
        if hctl.host == session.host
            && let Ok(place) = machine.resolve(&format!("{DEVICES}/{hctl}"))
            && place.starts_with(&below)
        {
            found.push(hctl);
        }
    }
    Ok(found)
}

/// The devices at a LUN number of a session, in either of the kernel's ways to count
/// (linux-host.md §5.2).
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_at(
    machine: &dyn Machine,
    session: &Session,
    lun: LunNumber,
) -> Result<Vec<Device>, Error> {
    let numbers = lun.kernel_numbers();
    let mut found = Vec::new();
    for hctl in list_of_session(machine, session)? {
        if numbers.contains(&hctl.lun) {
            found.extend(find(machine, hctl)?);
        }
    }
    Ok(found)
}

/// Every device of a LUN, over all sessions and transports, whatever its number: several sessions
/// to one portal have left orphans behind where only one was looked at (os-brick bug 2116553).
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_of_wwid(machine: &dyn Machine, wwid: &Wwid) -> Result<Vec<Device>, Error> {
    let mut found = Vec::new();
    for hctl in list_addresses(machine)? {
        found.extend(find(machine, hctl)?.filter(|d| d.wwid.as_ref() == Some(wwid)));
    }
    Ok(found)
}

/// The session that carries a device; `None` when it is not an iSCSI device.
///
/// # Errors
/// When sysfs cannot be read.
pub fn sid_of(machine: &dyn Machine, hctl: Hctl) -> Result<Option<u32>, Error> {
    match machine.resolve(&format!("{DEVICES}/{hctl}")) {
        Ok(place) => Ok(place
            .split('/')
            .find_map(|part| part.strip_prefix("session")?.parse().ok())),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::super::super::iscsi::session;
    use super::*;

    #[test]
    fn recorded_devices() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let session = session::list(&machine).unwrap().remove(1);
        let found = list_at(&machine, &session, LunNumber(1)).unwrap();
        assert_eq!(found.len(), 1);
        let device = &found[0];
        assert_eq!(device.hctl.to_string(), "1:0:0:1");
        assert_eq!(device.disk.as_deref(), Some("sdd"));
        assert_eq!(device.size_bytes, 64 * 1024 * 1024);
        assert_eq!(device.why_not(), None);
        let wwid = device.wwid.clone().unwrap();
        assert_eq!(wwid.as_str(), "6001405aaaa000100004000800000000");
        let all = list_of_wwid(&machine, &wwid).unwrap();
        let disks: Vec<String> = all.iter().map(Device::name).collect();
        assert_eq!(disks, ["sdb", "sdd"], "over all sessions");
        assert_eq!(sid_of(&machine, device.hctl).unwrap(), Some(2));
        assert!(
            list_at(&machine, &session, LunNumber(3))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn an_identity_only_in_the_page() {
        let fixture = Fixture::recorded();
        let dir = "/sys/class/scsi_device/1:0:0:1/device";
        fixture.file(&format!("{dir}/wwid"), "t10.LIO-ORG IBLOCK\n");
        let machine = fixture.machine();
        let hctl: Hctl = "1:0:0:1".parse().unwrap();
        let device = find(&machine, hctl).unwrap().unwrap();
        assert_eq!(device.wwid, None, "no page either");
        assert_eq!(device.raw_wwid.as_deref(), Some("t10.LIO-ORG IBLOCK"));
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let fixture = Fixture::recorded();
        fixture.file(
            "/sys/class/scsi_device/1:0:0:1/device/state",
            "transport-offline\n",
        );
        fixture.file("/sys/class/block/sdc/size", "0\n");
        let machine = fixture.machine();
        let why = |hctl: &str| {
            let device = find(&machine, hctl.parse().unwrap()).unwrap().unwrap();
            device.why_not()
        };
        assert_eq!(why("1:0:0:1").as_deref(), Some("it is transport-offline"));
        assert_eq!(why("1:0:0:2").as_deref(), Some("its size is 0"));
    }

    #[test]
    fn controllers_and_well_known_units_are_no_luns() {
        let device = |lun: u64, kind: u8, disk: Option<&str>| Device {
            hctl: Hctl {
                host: 1,
                channel: 0,
                target: 0,
                lun,
            },
            disk: disk.map(str::to_owned),
            wwid: None,
            raw_wwid: None,
            state: "running".into(),
            kind: Some(kind),
            size_bytes: 0,
        };
        assert!(!device(0, 0x0c, None).is_lun());
        assert!(!device(0, 0x1f, None).is_lun());
        assert!(!device(0xc101, 0x1e, None).is_lun());
        assert!(
            device(5, 0, None).is_lun(),
            "a disk whose block node is late"
        );
        assert!(device(5, 1, None).is_lun(), "a tape");
        assert!(device(0xc101, 0, Some("sda")).is_lun());
    }
}
