//! Multipath maps: what the kernel shows of them, and what multipathd says (linux-host.md §6).

pub mod config;
mod daemon;
mod pattern;

use std::fmt;

use super::Error;
use super::scsi::device::{attribute, size_of};
use crate::model::ids::Wwid;
use crate::model::selector::Selector;
use crate::system::Machine;

pub(in crate::node) use daemon::ANSWER;
pub use daemon::{
    Health, add_path_line, config, del_map_line, del_path_line, flush_line, forget_line,
    give_up_line, health, is_recorded, is_running, is_there, record_line, tell,
};

const BLOCK: &str = "/sys/class/block";

/// A multipath map as the kernel shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The kernel's name: `dm-3`.
    pub dm: String,
    /// The name people know it by: `mpatha`, or `3` and the identity.
    pub name: String,
    /// The identity in multipath's words, which is what its uuid says.
    pub id: String,
    /// The same, if it is one that an array could give.
    pub wwid: Option<Wwid>,
    /// Its paths: `sda`, `sdb`.
    pub paths: Vec<String>,
    /// Its size in bytes.
    pub size_bytes: u64,
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.dm)
    }
}

/// The map that a device-mapper device is; `None` for any other device.
fn read(machine: &dyn Machine, dm: &str) -> Result<Option<Map>, Error> {
    let dir = format!("{BLOCK}/{dm}");
    let uuid = attribute(machine, &format!("{dir}/dm/uuid"))?.unwrap_or_default();
    let Some(id) = uuid.strip_prefix("mpath-") else {
        return Ok(None);
    };
    let name = attribute(machine, &format!("{dir}/dm/name"))?;
    Ok(Some(Map {
        dm: dm.to_owned(),
        name: name.filter(|n| !n.is_empty()).unwrap_or_else(|| id.into()),
        id: id.to_owned(),
        wwid: id.parse().ok(),
        paths: machine.names(&format!("{dir}/slaves"))?,
        size_bytes: size_of(machine, dm)?,
    }))
}

/// Every map.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list(machine: &dyn Machine) -> Result<Vec<Map>, Error> {
    let mut found = Vec::new();
    let names = machine.names(BLOCK)?;
    for dm in names.iter().filter(|n| n.starts_with("dm-")) {
        found.extend(read(machine, dm)?);
    }
    Ok(found)
}

/// The map on a disk, if it is a path of one.
///
/// # Errors
/// When sysfs cannot be read.
pub fn of_disk(machine: &dyn Machine, disk: &str) -> Result<Option<Map>, Error> {
    for holder in machine.names(&format!("{BLOCK}/{disk}/holders"))? {
        if let Some(map) = read(machine, &holder)? {
            return Ok(Some(map));
        }
    }
    Ok(None)
}

/// The map of a name: `mpatha`, `dm-3`, a path in `/dev`, or its identity.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find(machine: &dyn Machine, name: &Selector) -> Result<Option<Map>, Error> {
    let maps = list(machine)?;
    let text = match name {
        Selector::Wwid(wwid) => {
            let same = |map: &Map| map.wwid.as_ref() == Some(wwid);
            return Ok(maps.into_iter().find(same));
        }
        Selector::Device(text) | Selector::Name(text) => text,
        _ => return Ok(None),
    };
    let inner = text.strip_prefix("/dev/").unwrap_or(text);
    let mapped = inner.strip_prefix("mapper/").unwrap_or(inner);
    let target = machine.link(&format!("/dev/{inner}")).ok();
    let target = target.and_then(|t| t.rsplit('/').next().map(str::to_owned));
    let same = |map: &Map| {
        map.name == mapped || map.dm == inner || target.as_deref() == Some(map.dm.as_str())
    };
    Ok(maps.into_iter().find(same))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    const ID: &str = "36a4c64f1001db63307a4e1700000001e";

    #[test]
    fn maps_by_every_name() {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/block/dm-0/dm/uuid", &format!("mpath-{ID}\n"));
        fixture.file("/sys/class/block/dm-0/dm/name", "mpatha\n");
        fixture.file("/sys/class/block/dm-0/slaves/sdd/x", "");
        fixture.file("/sys/class/block/dm-0/size", "2048\n");
        fixture.file("/sys/class/block/dm-1/dm/uuid", "LVM-abc\n");
        fixture.file("/sys/class/block/sdd/holders/dm-0/x", "");
        fixture.symlink("/dev/mapper/mpatha", "../dm-0");
        let machine = fixture.machine();
        let maps = list(&machine).unwrap();
        assert_eq!(maps.len(), 1);
        assert_eq!(
            (maps[0].size_bytes, &maps[0].paths),
            (1 << 20, &vec!["sdd".to_owned()])
        );
        for name in ["mpatha", "dm-0", "/dev/dm-0", "/dev/mapper/mpatha", ID] {
            let found = find(&machine, &name.parse().unwrap()).unwrap();
            assert_eq!(found.as_ref(), Some(&maps[0]), "{name}");
        }
        for name in ["dm-1", "sdd", "nix", "1:0:0:1"] {
            assert_eq!(
                find(&machine, &name.parse().unwrap()).unwrap(),
                None,
                "{name}"
            );
        }
        assert_eq!(of_disk(&machine, "sdd").unwrap().as_ref(), Some(&maps[0]));
        assert_eq!(of_disk(&machine, "sda").unwrap(), None);
    }
}
