//! What the kernel of this node knows of LUNs, whoever brought them in.

use super::super::Error;
use super::super::fc;
use super::super::iscsi::session as sessions;
use super::super::scsi::device::{self, Device};
use super::super::scsi::nexus::Nexus;
use crate::model::ids::{LunNumber, Wwid};
use crate::model::publication::{KernelLun, KernelTarget};
use crate::system::Machine;

/// Every LUN number that this node's kernel knows under some target, so that an array does not
/// give it to another LUN: the old device would answer in the new one's place.
///
/// # Errors
/// When sysfs cannot be read.
pub fn kernel_luns(machine: &dyn Machine) -> Result<Vec<KernelLun>, Error> {
    let mut found = Vec::new();
    for session in sessions::list(machine)? {
        let target = KernelTarget::Iqn(session.iqn.clone());
        add_luns(machine, &session, &target, &mut found)?;
    }
    for port in fc::list_remote(machine)? {
        let target = KernelTarget::Port(port.wwpn.clone());
        add_luns(machine, &port, &target, &mut found)?;
    }
    Ok(found)
}

fn add_luns(
    machine: &dyn Machine,
    nexus: &dyn Nexus,
    target: &KernelTarget,
    found: &mut Vec<KernelLun>,
) -> Result<(), Error> {
    for hctl in device::list_of_session(machine, nexus)? {
        let Some(device) = device::find(machine, hctl)? else {
            continue;
        };
        // Bits above the number tell the way of addressing (linux-host.md §5.2).
        let Ok(number) = u16::try_from(hctl.lun & 0x3fff) else {
            continue;
        };
        if device.is_lun() {
            found.push(KernelLun {
                target: target.clone(),
                lun_number: LunNumber(number),
                wwid: device.wwid,
                disk: device.disk,
            });
        }
    }
    Ok(())
}

/// Every device of a LUN on this node.
///
/// # Errors
/// When sysfs cannot be read.
pub fn devices_of(machine: &dyn Machine, wwid: &Wwid) -> Result<Vec<Device>, Error> {
    device::list_of_wwid(machine, wwid)
}

/// The identity of the LUN behind a device of this node: a disk, a link to one, or a map over
/// several paths of the same LUN.
///
/// # Errors
/// [`Error::NoSuchDevice`] when it is no SCSI disk, or answers no identity.
pub fn wwid_of(machine: &dyn Machine, path: &str) -> Result<Wwid, Error> {
    let none = |why: &str| Error::NoSuchDevice {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let place = machine.resolve(path).ok();
    let name = place.as_deref().and_then(|p| p.strip_prefix("/dev/"));
    let below = match name {
        Some(map) if map.starts_with("dm-") => {
            machine.names(&format!("/sys/class/block/{map}/slaves"))?
        }
        _ => Vec::new(),
    };
    let mut found: Option<Wwid> = None;
    for hctl in device::list_addresses(machine)? {
        let Some(device) = device::find(machine, hctl)? else {
            continue;
        };
        let Some(disk) = &device.disk else { continue };
        let node = format!("/dev/{disk}");
        let leads_to = machine.resolve(&node).ok();
        let same = node == path
            || below.contains(disk)
            || leads_to.is_some_and(|to| to == path || Some(to) == place);
        if !same {
            continue;
        }
        let wwid = device.wwid.ok_or_else(|| none("it answers no wwid"))?;
        if found.as_ref().is_some_and(|other| *other != wwid) {
            return Err(none("its paths answer different wwids"));
        }
        found = Some(wwid);
    }
    found.ok_or_else(|| none("it is no disk of this node"))
}
