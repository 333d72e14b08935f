//! The names and numbers under which block devices go.

use std::collections::BTreeMap;

use super::super::Error;
use super::super::holders::{Block, Kind, parse_device};
use crate::system::{FileKind, Machine, Stat};

/// The path of a block device by its name in sysfs, where `!` stands for a slash.
pub(super) fn dev_path(name: &str) -> String {
    format!("/dev/{}", name.replace('!', "/"))
}

/// The block devices that are asked about, by number and by the names they go by in `/dev`, and
/// the character devices that lead to the same disks past the block layer.
pub(super) struct Names {
    pub(super) users: BTreeMap<(u32, u32), Vec<String>>,
    generic: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Names {
    pub(super) fn of(machine: &dyn Machine, trees: &[Block]) -> Result<Self, Error> {
        let mut generic = BTreeMap::new();
        for disk in trees {
            let dir = format!("/sys/class/block/{}/device/scsi_generic", disk.name);
            for name in machine.names(&dir)? {
                let number = machine.text(&format!("{dir}/{name}/dev"))?;
                let number = number.as_deref().and_then(parse_device);
                generic.extend(number.map(|number| (number, disk.device)));
            }
        }
        let mut users: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
        for block in trees.iter().flat_map(Block::all) {
            let names = users.entry(block.device).or_default();
            names.push(dev_path(&block.name));
            match block.kind {
                Kind::Volume => {
                    let (group, volume) = block.label.split_once('/').unwrap_or(("", ""));
                    let dm = format!("{}-{}", group.replace('-', "--"), volume.replace('-', "--"));
                    names.push(format!("/dev/mapper/{dm}"));
                    names.push(format!("/dev/{}", block.label));
                }
                Kind::Disk => {}
                _ => names.push(format!("/dev/mapper/{}", block.label)),
            }
        }
        Ok(Self { users, generic })
    }

    pub(super) fn by_path(&self, path: &str) -> Option<(u32, u32)> {
        let named = |(_, names): &(&(u32, u32), &Vec<String>)| names.iter().any(|n| n == path);
        self.users.iter().find(named).map(|(device, _)| *device)
    }

    /// As [`Names::by_path`], for a path that may be a link or another node of the device. Only
    /// paths in `/dev` are looked at: a file elsewhere may be on a file system that hangs.
    pub(super) fn by_node(&self, machine: &dyn Machine, path: &str) -> Option<(u32, u32)> {
        self.by_path(path).or_else(|| {
            let stat = path
                .starts_with("/dev/")
                .then(|| machine.stat(path).ok())??;
            self.number(stat)
        })
    }

    pub(super) fn number(&self, stat: Stat) -> Option<(u32, u32)> {
        match stat.kind {
            FileKind::Block => Some(stat.device).filter(|d| self.users.contains_key(d)),
            // Of all other kinds only a character device has a number.
            FileKind::Other => self.generic.get(&stat.device).copied(),
            FileKind::File | FileKind::Dir => None,
        }
    }
}
