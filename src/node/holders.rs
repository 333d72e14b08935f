//! What is built on a disk: partitions, device mapper, md, bcache (linux-host.md §7).

use super::Error;
use super::guest::Life;
use crate::system::Machine;

/// A block device and what is built on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name in sysfs: `sda`, `sda1`, `dm-7`.
    pub name: String,
    /// Major and minor number.
    pub device: (u32, u32),
    /// What it is.
    pub kind: Kind,
    /// The name people know it by: `vg_app/lv_db` for `dm-7`.
    pub label: String,
    /// What is built on it.
    pub above: Vec<Block>,
    /// Who uses it directly.
    pub users: Vec<User>,
}

/// What a block device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// The disk itself.
    Disk,
    /// A partition, of the kernel or of kpartx.
    Partition,
    /// A multipath map.
    Map,
    /// A logical volume of LVM.
    Volume,
    /// An opened LUKS or plain crypt container.
    Crypt,
    /// A member of a software RAID.
    Raid,
    /// Anything else on top.
    Other,
}

impl Kind {
    /// The word for tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Disk => "disk",
            Self::Partition => "part",
            Self::Map => "map",
            Self::Volume => "lvm",
            Self::Crypt => "crypt",
            Self::Raid => "md",
            Self::Other => "holder",
        }
    }
}

/// Somebody who uses a block device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum User {
    /// A file system is mounted.
    Mount {
        /// Where, in its own mount namespace.
        point: String,
        /// A process in that namespace, if it is not ours.
        seen_by: Option<u32>,
        /// Programs with open files in it, as `name pid`.
        programs: Vec<String>,
    },
    /// Swap space.
    Swap,
    /// A program has it open, as `name pid`.
    Open(String),
    /// A virtual machine of libvirt.
    Domain {
        /// Its name.
        name: String,
        /// What the guest knows it as: `vdb`.
        target: Option<String>,
        /// Whether it runs, or will have it at its next start.
        life: Life,
    },
    /// A loop device reads it.
    Loop(String),
    /// A member of a mounted btrfs.
    Btrfs(String),
    /// One of the kernel's own targets exports it, as `LIO as NAME`.
    Exported(String),
    /// The kernel says that somebody has it for himself, and nothing shows who.
    Claimed,
}

impl Block {
    /// Itself and everything above it, the lowest first.
    pub fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        found.extend(self.above.iter().flat_map(Self::all));
        found
    }

    /// Applies `act` to itself and everything above it.
    pub(super) fn for_each(&mut self, act: &mut dyn FnMut(&mut Self)) {
        act(self);
        for above in &mut self.above {
            above.for_each(act);
        }
    }

    /// Whether anything keeps the disk from being removed. A partition alone does not.
    pub fn is_held(&self) -> bool {
        self.all().iter().any(|block| {
            !block.users.is_empty()
                || !matches!(block.kind, Kind::File | Kind::Disk | Kind::Partition)
        })
    }

    /// Whether the only users are programs that have it open, or claim it for the moment of a
    /// look: they may be gone in a moment.
    pub fn is_only_open(&self) -> bool {
        self.all().iter().all(|block| {
            matches!(block.kind, Kind::File | Kind::Disk | Kind::Partition)
                && block
                    .users
                    .iter()
                    .all(|u| matches!(u, User::Open(_) | User::Claimed))
        })
    }
}

/// Deepest stack that is followed: sysfs has no circles, but a captured one may.
const DEEPEST: usize = 12;

/// The tree above a disk, users not yet filled in. `None` when there is no such block device.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find_tree(machine: &dyn Machine, disk: &str) -> Result<Option<Block>, Error> {
    tree(machine, disk, Kind::Disk, disk, DEEPEST)
}

fn tree(
    machine: &dyn Machine,
    name: &str,
    kind: Kind,
    label: &str,
    depth: usize,
) -> Result<Option<Block>, Error> {
    let dir = format!("/sys/class/block/{name}");
    let Some(device) = machine
        .text(&format!("{dir}/dev"))?
        .as_deref()
        .and_then(parse_device)
    else {
        return Ok(None);
    };
    let mut block = Block {
        name: name.to_owned(),
        device,
        kind,
        label: label.to_owned(),
        above: Vec::new(),
        users: Vec::new(),
    };
    if depth == 0 {
        return Ok(Some(block));
    }
    if kind == Kind::Disk {
        for part in machine.names(&dir)? {
            if part.starts_with(name)
                && let Some(number) = machine.text(&format!("{dir}/{part}/partition"))?
            {
                let label = format!("part{number}");
                let found = tree(machine, &part, Kind::Partition, &label, depth - 1)?;
                block.above.extend(found);
            }
        }
    }
    for holder in machine.names(&format!("{dir}/holders"))? {
        let (kind, label) = what_is(machine, &holder)?;
        block
            .above
            .extend(tree(machine, &holder, kind, &label, depth - 1)?);
    }
    Ok(Some(block))
}

fn what_is(machine: &dyn Machine, name: &str) -> Result<(Kind, String), Error> {
    let text = |file: &str| machine.text(&format!("/sys/class/block/{name}/{file}"));
    if let Some(uuid) = text("dm/uuid")? {
        let label = text("dm/name")?.unwrap_or_else(|| name.to_owned());
        return Ok(describe_map(&uuid, &label));
    }
    let kind = if name.starts_with("md") {
        Kind::Raid
    } else {
        Kind::Other
    };
    Ok((kind, name.to_owned()))
}

/// What a device-mapper device is, by its uuid (linux-host.md §5.4).
fn describe_map(uuid: &str, name: &str) -> (Kind, String) {
    match uuid.split_once('-') {
        Some(("mpath", _)) => (Kind::Map, name.to_owned()),
        Some(("LVM", _)) => (Kind::Volume, volume_label(name)),
        Some(("CRYPT", _)) => (Kind::Crypt, name.to_owned()),
        Some((part, _)) if part.starts_with("part") => (Kind::Partition, name.to_owned()),
        _ => (Kind::Other, name.to_owned()),
    }
}

/// `vg_app-lv_db` → `vg_app/lv_db`; a dash in a name is doubled.
fn volume_label(name: &str) -> String {
    let bytes = name.as_bytes();
    let single = (1..bytes.len().saturating_sub(1)).find(|i| {
        let at = |i: usize| bytes.get(i).copied();
        at(*i) == Some(b'-') && at(i - 1) != Some(b'-') && at(i + 1) != Some(b'-')
    });
    match single.and_then(|i| Some((name.get(..i)?, name.get(i + 1..)?))) {
        Some((group, volume)) => {
            format!("{}/{}", group.replace("--", "-"), volume.replace("--", "-"))
        }
        None => name.to_owned(),
    }
}

/// `8:16`.
pub(super) fn parse_device(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.trim().split_once(':')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_mapper_by_its_uuid() {
        for (uuid, name, kind, label) in [
            ("mpath-36001405", "mpatha", Kind::Map, "mpatha"),
            (
                "part1-mpath-36001405",
                "mpatha-part1",
                Kind::Partition,
                "mpatha-part1",
            ),
            ("LVM-abc", "vg_app-lv_db", Kind::Volume, "vg_app/lv_db"),
            ("LVM-abc", "my--vg-root--lv", Kind::Volume, "my-vg/root-lv"),
            ("CRYPT-LUKS2-x-data", "data", Kind::Crypt, "data"),
            ("", "odd", Kind::Other, "odd"),
        ] {
            assert_eq!(describe_map(uuid, name), (kind, label.to_owned()), "{uuid}");
        }
    }
}
