//! A SCSI device as sysfs shows it.

use std::fmt;

use super::super::Error;
use super::nexus::Nexus;
use super::transport::{Carrier, find_carrier};
use super::vpd::parse_page_83;
use crate::kit::bounds::Bounds;
use crate::model::ids::{Hctl, LunNumber, Wwid};
use crate::system::{Cmd, Error as SystemError, Machine};

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
    /// Every identity that the kernel read: a device may have several, and an array may name it by
    /// another one than the kernel shows first.
    pub ids: Vec<Wwid>,
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

    /// Whether it is the LUN of this identity, as far as the kernel knows.
    pub fn is(&self, wwid: &Wwid) -> bool {
        self.ids.contains(wwid)
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
    let state = match machine.text(&format!("{dir}/state")) {
        // Torn down while it was read; one that is there and does not tell is no device that is not
        // there.
        Err(SystemError::Io { .. }) if machine.stat(&dir).is_err_and(|e| e.is_not_found()) => None,
        other => other?,
    };
    let Some(state) = state else {
        return Ok(None);
    };
    let disk = machine.names(&format!("{dir}/block"))?.into_iter().next();
    let raw_wwid = attribute("wwid")?.filter(|t| !t.is_empty());
    let shown: Option<Wwid> = raw_wwid.as_deref().and_then(|t| t.parse().ok());
    // The kernel shows one designator of several; the page has them all. Either may be missing.
    let page = machine.read(&format!("{dir}/vpd_pg83"));
    let mut ids = page.map_or_else(|_| Vec::new(), |page| parse_page_83(&page));
    if let Some(shown) = &shown {
        ids.retain(|id| id != shown);
        ids.insert(0, shown.clone());
    }
    let wwid = ids.first().cloned();
    let size_bytes = match &disk {
        Some(disk) => size_of(machine, disk)?,
        None => 0,
    };
    Ok(Some(Device {
        hctl,
        disk,
        raw_wwid: raw_wwid.or_else(|| wwid.as_ref().map(Wwid::sysfs)),
        wwid,
        ids,
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

/// An attribute's text. sysfs answers "invalid argument" for what the device does not have, and
/// an error of its driver's own for one that is being torn down.
pub(in crate::node) fn attribute(
    machine: &dyn Machine,
    path: &str,
) -> Result<Option<String>, Error> {
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

/// The addresses of the devices that are reached through a session or port.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_of_session(machine: &dyn Machine, nexus: &dyn Nexus) -> Result<Vec<Hctl>, Error> {
    let below = format!("{}/", nexus.dir());
    let mut found = Vec::new();
    for hctl in list_addresses(machine)? {
        // A host may carry several sessions (offload cards), so the number alone says nothing.
        if hctl.host != nexus.host() {
            continue;
        }
        match machine.resolve(&format!("{DEVICES}/{hctl}")) {
            Ok(place) if place.starts_with(&below) => found.push(hctl),
            Err(error) if !error.is_not_found() => return Err(error.into()),
            _ => {}
        }
    }
    Ok(found)
}

/// The devices at a LUN number of a session or port, in either of the kernel's ways to count
/// (linux-host.md §5.2).
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_at(
    machine: &dyn Machine,
    nexus: &dyn Nexus,
    lun: LunNumber,
) -> Result<Vec<Device>, Error> {
    let numbers = lun.kernel_numbers();
    let mut found = Vec::new();
    for hctl in list_of_session(machine, nexus)? {
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
        found.extend(find(machine, hctl)?.filter(|d| d.is(wwid)));
    }
    Ok(found)
}

/// Whether udev has dealt with a disk: before that multipathd knows too little of it to take it.
/// Where there is no udev nothing is waited for.
pub(in crate::node) fn is_known_to_udev(machine: &dyn Machine, disk: &str) -> bool {
    if machine.stat("/run/udev/data").is_err() {
        return true;
    }
    let number = machine.text(&format!("/sys/class/block/{disk}/dev"));
    let Ok(Some(number)) = number else {
        return true;
    };
    let known = machine.text(&format!("/run/udev/data/b{number}"));
    known.is_ok_and(|text| text.is_some_and(|text| text.contains("E:ID_SERIAL=")))
}

/// udev's program that sends an INQUIRY (linux-host.md §5.4), where distributions keep it.
const SCSI_ID: [&str; 2] = ["/lib/udev/scsi_id", "/usr/lib/udev/scsi_id"];

/// The identity that a disk answers now, past the kernel's memory of it. `None` when nothing here
/// can ask, or the answer is no NAA identifier.
pub fn ask_identity(machine: &dyn Machine, disk: &str, bounds: &Bounds) -> Option<Wwid> {
    let program = SCSI_ID.into_iter().find(|p| machine.stat(p).is_ok())?;
    let node = format!("/dev/{disk}");
    let cmd = Cmd::new(program, ["--page", "0x83", "--whitelisted", &node]);
    let output = machine.exec_read(&cmd, bounds).ok()?;
    (output.code == 0).then(|| parse_scsi_id(&output.stdout))?
}

/// The NAA identifier in the answer of `scsi_id`: `3` stands before one.
fn parse_scsi_id(text: &str) -> Option<Wwid> {
    let id = text.trim();
    (id.starts_with('3') && matches!(id.len(), 17 | 33)).then(|| id.parse().ok())?
}

/// The session that carries a device; `None` when it is not an iSCSI device.
///
/// # Errors
/// When sysfs cannot be read.
pub fn sid_of(machine: &dyn Machine, hctl: Hctl) -> Result<Option<u32>, Error> {
    Ok(match find_carrier(machine, hctl)? {
        Some(Carrier::Session(sid)) => Some(sid),
        Some(Carrier::Port(_)) | None => None,
    })
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
    fn a_device_of_several_identities_is_each_of_them() {
        let fixture = Fixture::recorded();
        let dir = "/sys/class/scsi_device/1:0:0:1/device";
        let other = [0x50, 0x01, 0x40, 0x5a, 0xaa, 0xa0, 0x00, 0x10];
        let mut page = vec![0, 0x83, 0, 12, 1, 3, 0, 8];
        page.extend(other);
        fixture.bytes(&format!("{dir}/vpd_pg83"), &page);
        let machine = fixture.machine();
        let device = find(&machine, "1:0:0:1".parse().unwrap()).unwrap().unwrap();
        let shown = "6001405aaaa000100004000800000000".parse().unwrap();
        assert_eq!(
            device.wwid,
            Some(shown),
            "the kernel's own choice goes first"
        );
        let other: Wwid = "5001405aaaa00010".parse().unwrap();
        assert!(device.is(&other) && device.is(&device.wwid.clone().unwrap()));
        let disks: Vec<String> = list_of_wwid(&machine, &other)
            .unwrap()
            .iter()
            .map(Device::name)
            .collect();
        assert_eq!(disks, ["sdd"]);
    }

    #[test]
    fn the_answer_of_scsi_id() {
        let parse = |text: &str| parse_scsi_id(text).map(|w| w.to_string());
        let naa = "6a4c64f1001db63307a4e1700000001e";
        assert_eq!(parse(&format!("3{naa}\n")).as_deref(), Some(naa));
        for other in ["", "1LIO-ORG_vol", "20002ac0000000001", "36a4c64f1\n", naa] {
            assert_eq!(parse(other), None, "{other}");
        }
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
            ids: Vec::new(),
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
