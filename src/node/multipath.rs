//! Multipath maps: what the kernel shows of them, and what multipathd says (linux-host.md §6).

use serde_json::Value;

use super::Error;
use super::scsi::device::{attribute, size_of};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::Wwid;
use crate::model::selector::Selector;
use crate::system::{Cmd, Machine, Output};

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

/// How a map's paths are, as multipathd sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Paths that take commands, now or after a failover.
    pub usable: usize,
    /// Whether it keeps commands for ever when no path is left.
    pub queues: bool,
}

/// Whether multipathd answers. A node without it is an answer too.
///
/// # Errors
/// When the program cannot be run or does not end.
pub fn is_running(machine: &dyn Machine, bounds: &Bounds) -> Result<bool, Error> {
    match ask(machine, &["show", "daemon"], bounds) {
        Err(Error::System(crate::system::Error::NoProgram { .. })) => Ok(false),
        Err(error) => Err(error),
        Ok(output) => Ok(output.code == 0 && output.stdout.trim_start().starts_with("pid ")),
    }
}

fn ask(machine: &dyn Machine, words: &[&str], bounds: &Bounds) -> Result<Output, Error> {
    let cmd = Cmd::new("multipathd", words.iter().copied());
    Ok(machine.exec_read(&cmd, bounds)?)
}

/// How the paths of a map are; `None` when multipathd does not know it.
///
/// # Errors
/// When the program cannot be run or does not end.
pub fn health(machine: &dyn Machine, map: &Map, bounds: &Bounds) -> Result<Option<Health>, Error> {
    let told = ask(machine, &["show", "maps", "json"], bounds)?;
    Ok(parse_health(&told.stdout, &map.id))
}

/// One map of `show maps json`.
fn parse_health(text: &str, id: &str) -> Option<Health> {
    let told: Value = serde_json::from_str(text.trim()).ok()?;
    let maps = told.get("maps")?.as_array()?;
    let map = maps.iter().find(|m| word(m, "uuid") == Some(id))?;
    let groups = map.get("path_groups").and_then(Value::as_array);
    let paths = groups
        .into_iter()
        .flatten()
        .filter_map(|group| group.get("paths")?.as_array())
        .flatten();
    // A ghost is a path that works after a failover.
    let usable = paths.filter(|p| matches!(word(p, "chk_st"), Some("ready" | "ghost")));
    Some(Health {
        usable: usable.count(),
        queues: word(map, "queueing") == Some("on"),
    })
}

fn word<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).map(str::trim)
}

/// Runs a command that changes maps, and gives all that it said, in one line.
///
/// # Errors
/// When the program cannot be run or does not end.
pub fn tell(
    machine: &dyn Machine,
    cmd: &Cmd,
    bounds: &Bounds,
    mutate: &Mutate,
) -> Result<(i32, String), Error> {
    let output = machine.exec_change(cmd, bounds, mutate)?;
    let said = format!("{} {}", output.stdout.trim(), output.stderr.trim());
    let said: Vec<&str> = said.split_whitespace().collect();
    Ok((output.code, said.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    const ID: &str = "36a4c64f1001db63307a4e1700000001e";

    fn told(queueing: &str, paths: &[&str]) -> String {
        let paths: Vec<Value> = paths
            .iter()
            .map(|state| serde_json::json!({"dev": "sda", "chk_st": state}))
            .collect();
        serde_json::json!({"major_version": 0, "minor_version": 1, "maps": [
            {"name": "other", "uuid": "3600", "queueing": "on", "path_groups": []},
            {"name": "mpatha", "uuid": ID, "queueing": queueing,
             "path_groups": [{"paths": paths}, {"paths": []}]}]})
        .to_string()
    }

    #[test]
    fn usable_paths_and_queueing_from_json() {
        for (queueing, paths, usable, queues) in [
            ("off", vec!["ready", "ready"], 2, false),
            ("on", vec!["ready", "faulty"], 1, true),
            ("on", vec!["ghost"], 1, true),
            ("5 chk", vec!["faulty", "i/o timeout"], 0, false),
            ("-", vec![], 0, false),
        ] {
            let health = parse_health(&told(queueing, &paths), ID).unwrap();
            assert_eq!(health, Health { usable, queues }, "{queueing} {paths:?}");
        }
        for bad in ["", "timeout", "{}", "[]", r#"{"maps":[]}"#] {
            assert_eq!(parse_health(bad, ID), None, "{bad}");
        }
    }

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
