//! `multipath` and `multipathd` 0.9.4, as far as an administrator's tool needs them: same words and
//! exit codes (linux-host.md §6.1). What they do not know they refuse.

use serde_json::json;

use super::state::{Held, Hold, State, disk_name};
use crate::model::ids::Wwid;
use crate::system::{Cmd, Output};

/// Whether a command of these programs changes something.
pub(super) fn changes(cmd: &Cmd) -> bool {
    let first = cmd.args.first().map(String::as_str);
    match cmd.program {
        "multipathd" => first != Some("show"),
        _ => first != Some("-c"),
    }
}

fn output(code: i32, stdout: impl Into<String>) -> Output {
    Output {
        code,
        stdout: stdout.into(),
        stderr: String::new(),
    }
}

/// Carries a command out.
pub(super) fn run(state: &mut State, cmd: &Cmd) -> Output {
    let words: Vec<&str> = cmd.args.iter().map(String::as_str).collect();
    let runs = state.multipathd == Some(true);
    match (cmd.program, words.as_slice()) {
        ("multipath", ["-a", id]) => output(0, format!("wwid '{id}' added\n")),
        ("multipath", ["-f", name]) => flush(state, name),
        ("multipathd", _) if !runs => output(1, ""),
        ("multipathd", ["show", "daemon"]) => output(0, "pid 611 idle\n"),
        ("multipathd", ["show", "maps", "json"]) => output(0, maps(state)),
        ("multipathd", ["add", "path", disk]) => add_path(state, disk),
        ("multipathd", ["resize", "map", name]) => resize(state, name),
        _ => output(1, "fail\n"),
    }
}

/// The map of a name, by its minor number.
fn find(state: &State, name: &str) -> Option<u32> {
    state.holds.iter().find_map(|held| match &held.by {
        Hold::Map {
            minor,
            name: called,
            uuid,
        } if called == name || uuid.strip_prefix("mpath-") == Some(name) => Some(*minor),
        _ => None,
    })
}

/// The indices of a map's disks.
fn paths(state: &State, minor: u32) -> Vec<u32> {
    let held = state.holds.iter();
    held.filter(|h| matches!(&h.by, Hold::Map { minor: m, .. } if *m == minor))
        .map(|h| h.disk)
        .collect()
}

fn flush(state: &mut State, name: &str) -> Output {
    let Some(minor) = find(state, name) else {
        return output(1, format!("{name} is not a multipath device\n"));
    };
    state
        .holds
        .retain(|h| !matches!(&h.by, Hold::Map { minor: m, .. } if *m == minor));
    state.map_sectors.remove(&minor);
    output(0, "")
}

fn add_path(state: &mut State, disk: &str) -> Output {
    let Some((_, found)) = state.disk_named(disk) else {
        return output(0, "blacklisted\n");
    };
    let (index, sectors) = (found.index, found.sectors);
    let id = Wwid::multipath(&found.wwid);
    let used = |minor: &u32| {
        let mut held = state.holds.iter();
        held.any(|h| matches!(&h.by, Hold::Map { minor: m, .. } if m == minor))
    };
    let minor = find(state, &id).or_else(|| (0..u32::MAX).find(|minor| !used(minor)));
    let minor = minor.unwrap_or(u32::MAX);
    state.map_sectors.entry(minor).or_insert(sectors);
    state.holds.push(Held {
        disk: index,
        by: Hold::Map {
            minor,
            name: id.clone(),
            uuid: format!("mpath-{id}"),
        },
    });
    output(0, "ok\n")
}

fn resize(state: &mut State, name: &str) -> Output {
    let Some(minor) = find(state, name) else {
        return output(1, "fail\n");
    };
    let own = paths(state, minor);
    let mut sizes: Vec<u64> = state
        .disks
        .values()
        .filter(|d| own.contains(&d.index))
        .map(|d| d.sectors)
        .collect();
    sizes.dedup();
    match sizes.as_slice() {
        [sectors] => {
            state.map_sectors.insert(minor, *sectors);
            output(0, "ok\n")
        }
        _ => output(1, "fail\n"),
    }
}

fn maps(state: &State) -> String {
    let mut told = Vec::new();
    for held in &state.holds {
        let Hold::Map { minor, name, uuid } = &held.by else {
            continue;
        };
        let id = uuid.strip_prefix("mpath-").unwrap_or_default();
        let known = |map: &serde_json::Value| map.get("uuid") == Some(&json!(id));
        if id.is_empty() || told.iter().any(known) {
            continue;
        }
        let paths = paths(state, *minor).into_iter().map(|index| {
            let there = state.disks.values().find(|d| d.index == index);
            let works = there.is_some_and(|d| !d.offline);
            json!({"dev": disk_name(index), "chk_st": if works { "ready" } else { "faulty" }})
        });
        let paths: Vec<_> = paths.collect();
        told.push(json!({
            "name": name, "uuid": id, "sysfs": format!("dm-{minor}"),
            "queueing": if state.queueing { "on" } else { "off" },
            "paths": paths.len(), "path_groups": [{"paths": paths}],
        }));
    }
    json!({"major_version": 0, "minor_version": 1, "maps": told}).to_string()
}
