//! Devices by the names that people give them.

use super::super::Error as NodeError;
use super::device::{self, Device};
use crate::model::ids::Hctl;
use crate::model::selector::Selector;
use crate::system::Machine;

/// Why a name stands for no device.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is the name of something else.
    #[error("{name} is {what}")]
    Other {
        /// As typed.
        name: String,
        /// What it is.
        what: &'static str,
        /// The disks it stands on, if any.
        disks: Vec<String>,
    },
    /// The machine's answer.
    #[error(transparent)]
    Node(#[from] NodeError),
}

/// The devices that a name fits: one, all paths of a LUN for its wwid, or none.
///
/// # Errors
/// When it names something that is no device, and when sysfs cannot be read.
pub fn find(machine: &dyn Machine, name: &Selector) -> Result<Vec<Device>, Error> {
    match name {
        Selector::Hctl(hctl) => Ok(device::find(machine, *hctl)?.into_iter().collect()),
        Selector::Wwid(wwid) => Ok(device::list_of_wwid(machine, wwid)?),
        Selector::Device(text) | Selector::Name(text) => by_name(machine, text),
        Selector::Id(_) | Selector::Serial(_) | Selector::Uuid(_) | Selector::Path(_) => {
            Err(Error::Other {
                name: name.to_string(),
                what: "no name of a device: sda, /dev/…, H:C:T:L or a wwid wanted",
                disks: Vec::new(),
            })
        }
    }
}

fn by_name(machine: &dyn Machine, text: &str) -> Result<Vec<Device>, Error> {
    let Some(block) = block_of(machine, text) else {
        return Ok(Vec::new());
    };
    let dir = format!("/sys/class/block/{block}");
    let other = |what, disks| {
        Err(Error::Other {
            name: text.to_owned(),
            what,
            disks,
        })
    };
    let names = |path: &str| machine.names(path).map_err(NodeError::from);
    let is_there = |path: &str| machine.text(path).is_ok_and(|t| t.is_some());
    if is_there(&format!("{dir}/partition")) {
        return other("a partition, not a disk", Vec::new());
    }
    let below = names(&format!("{dir}/slaves"))?;
    if is_there(&format!("{dir}/dm/uuid")) {
        return other("a device-mapper device, not a path", below);
    }
    let place = match machine.resolve(&format!("{dir}/device")) {
        Ok(place) => place,
        Err(error) if error.is_not_found() => return Ok(Vec::new()),
        Err(error) => return Err(NodeError::from(error).into()),
    };
    let hctl = place
        .rsplit('/')
        .next()
        .and_then(|n| n.parse::<Hctl>().ok());
    let Some(hctl) = hctl else {
        return other("no SCSI device", Vec::new());
    };
    Ok(device::find(machine, hctl)?.into_iter().collect())
}

/// The kernel's name of a block device: `sda` for `sda`, `/dev/sda` and every link to it.
fn block_of(machine: &dyn Machine, text: &str) -> Option<String> {
    let inner = text.strip_prefix("/dev/").unwrap_or(text);
    let path = format!("/dev/{inner}");
    // Every link in /dev leads to a plain name in /dev.
    let name = match machine.link(&path) {
        Ok(target) => target.rsplit('/').next().map(str::to_owned),
        Err(_) => Some(inner.to_owned()),
    };
    let plain = |n: &String| {
        !n.is_empty()
            && n.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    name.filter(plain)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    fn names(machine: &dyn Machine, text: &str) -> Vec<String> {
        let found = find(machine, &text.parse().unwrap()).unwrap();
        found.iter().map(Device::name).collect()
    }

    #[test]
    fn every_name_of_a_device() {
        let fixture = Fixture::recorded();
        fixture.symlink(
            "/dev/disk/by-id/wwn-0x6001405aaaa000100004000800000000",
            "../../sdd",
        );
        let machine = fixture.machine();
        for (text, want) in [
            ("sdd", vec!["sdd"]),
            ("/dev/sdd", vec!["sdd"]),
            ("dev:sdd", vec!["sdd"]),
            ("1:0:0:1", vec!["sdd"]),
            (
                "/dev/disk/by-id/wwn-0x6001405aaaa000100004000800000000",
                vec!["sdd"],
            ),
            ("6001405aaaa000100004000800000000", vec!["sdb", "sdd"]),
            ("sdz", vec![]),
            ("/dev/../etc/passwd", vec![]),
            ("9:0:0:1", vec![]),
        ] {
            assert_eq!(names(&machine, text), want, "{text}");
        }
        assert!(find(&machine, &"id:3".parse().unwrap()).is_err());
    }

    #[test]
    fn what_stands_on_a_disk_is_no_disk() {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/block/sdd1/partition", "1\n");
        fixture.file("/sys/class/block/dm-0/dm/uuid", "mpath-36001405\n");
        fixture.file("/sys/class/block/dm-0/slaves/sdd/x", "");
        fixture.symlink("/dev/mapper/mpatha", "../dm-0");
        let machine = fixture.machine();
        let error = |text: &str| find(&machine, &text.parse().unwrap()).unwrap_err();
        assert_eq!(error("sdd1").to_string(), "sdd1 is a partition, not a disk");
        match error("/dev/mapper/mpatha") {
            Error::Other { disks, .. } => assert_eq!(disks, ["sdd"]),
            other => panic!("{other}"),
        }
    }
}
