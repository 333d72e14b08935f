//! `multipath` and `multipathd` 0.9.4, as far as an administrator's tool needs them: same words and
//! exit codes (linux-host.md §6.1). What they do not know they refuse.

use serde_json::json;

use super::fabric::Fabric;
use super::kernel::{self, Link};
use super::state::{Held, Hold, Map, State, disk_name};
use crate::system::{Cmd, Output};

/// Whether a command of these programs changes something.
pub(super) fn changes(cmd: &Cmd) -> bool {
    let first = cmd.args.first().map(String::as_str);
    match cmd.program {
        "multipathd" => first != Some("show"),
        _ => !matches!(first, Some("-c" | "-C")),
    }
}

fn output(code: i32, stdout: impl Into<String>) -> Output {
    Output {
        code,
        stdout: stdout.into(),
        stderr: String::new(),
    }
}

/// Whether a command would wait for a path that never comes: a flush of a map that keeps commands
/// and has no path for them (linux-host.md §6.4).
pub(super) fn hangs(state: &State, fabric: &dyn Fabric, cmd: &Cmd) -> bool {
    let words: Vec<&str> = cmd.args.iter().map(String::as_str).collect();
    let name = match (cmd.program, words.as_slice()) {
        ("multipath", ["-f", name]) | ("multipathd", ["del", "map", name]) => name,
        _ => return false,
    };
    let found = state.map_named(name);
    found.is_some_and(|(minor, map)| {
        map.queueing && !state.is_map_held(minor) && usable(state, fabric, map) == 0
    })
}

/// What a busy multipathd answers (linux-host.md §6.1).
pub(super) fn busy() -> Output {
    output(1, "timeout\n")
}

/// Carries a command out.
pub(super) fn run(state: &mut State, fabric: &dyn Fabric, cmd: &Cmd) -> Output {
    let words: Vec<&str> = cmd.args.iter().map(String::as_str).collect();
    let runs = state.multipathd == Some(true);
    match (cmd.program, words.as_slice()) {
        ("multipath", ["-a", id]) => {
            state.multipath_wwids.insert((*id).to_owned());
            output(0, format!("wwid '{id}' added\n"))
        }
        ("multipath", ["-w", id]) => {
            state.multipath_wwids.remove(*id);
            output(0, format!("wwid '{id}' removed\n"))
        }
        ("multipath", ["-f", name]) => flush(state, name),
        ("multipathd", _) if !runs => output(1, ""),
        ("multipathd", ["show", "daemon"]) => output(0, "pid 611 idle\n"),
        ("multipathd", ["show", "config"]) => output(0, config(state)),
        ("multipathd", ["show", "maps", "json"]) => output(0, maps(state, fabric)),
        ("multipathd", ["add", "path", disk]) => add_path(state, disk),
        ("multipathd", ["del", "path", disk]) => del_path(state, disk),
        ("multipathd", ["del", "map", name]) => match flush(state, name).code {
            0 => output(0, "ok\n"),
            _ => output(1, "fail\n"),
        },
        ("multipathd", ["disablequeueing", "map", name]) => disable_queueing(state, name),
        ("multipathd", ["resize", "map", name]) => resize(state, name),
        _ => output(1, "fail\n"),
    }
}

/// A disk came: udev tells multipathd.
pub(super) fn disk_came(state: &mut State, index: u32) {
    if state.multipathd != Some(true) {
        return;
    }
    match state.map_delay {
        0 => deal_with(state, index),
        waits => state.pending.push((index, waits)),
    }
}

/// A disk went. multipathd takes it out of its map, and a map without paths goes with it unless
/// somebody has it open; without multipathd the map keeps what is no more.
pub(super) fn disk_gone(state: &mut State, index: u32) {
    state.pending.retain(|(waiting, _)| *waiting != index);
    if state.multipathd == Some(true) {
        drop_path(state, index);
    }
}

/// One wait of somebody else is over.
pub(super) fn wake(state: &mut State) {
    for (_, waits) in &mut state.pending {
        *waits = waits.saturating_sub(1);
    }
    let due: Vec<u32> = state
        .pending
        .iter()
        .filter(|p| p.1 == 0)
        .map(|p| p.0)
        .collect();
    state.pending.retain(|(_, waits)| *waits > 0);
    for index in due {
        deal_with(state, index);
    }
}

/// What multipathd does with a disk: a path of its map, if `find_multipaths` lets it.
fn deal_with(state: &mut State, index: u32) {
    let Some(disk) = state.disks.values().find(|d| d.index == index) else {
        return;
    };
    let (id, sectors) = (disk.wwid.multipath(), disk.sectors);
    if is_blacklisted(state, &id) || state.maps.values().any(|m| m.paths.contains(&index)) {
        return;
    }
    if let Some((minor, _)) = state.map_named(&id) {
        if let Some(map) = state.maps.get_mut(&minor) {
            map.paths.push(index);
        }
        return;
    }
    let same = state.disks.values().filter(|d| d.wwid.multipath() == id);
    let paths: Vec<u32> = same.map(|d| d.index).collect();
    let known = state.multipath_wwids.contains(&id);
    let wanted = match state.multipath_conf.find.as_str() {
        "no" | "off" | "greedy" | "smart" => true,
        "yes" | "on" => known || paths.len() > 1,
        _ => known,
    };
    if !wanted {
        return;
    }
    let minor = state.free_minor();
    let name = match state.multipath_conf.friendly_names {
        true => {
            let letter = u8::try_from(minor % 26).unwrap_or(0);
            format!("mpath{}", char::from(b'a' + letter))
        }
        false => id.clone(),
    };
    state.multipath_wwids.insert(id.clone());
    let map = Map {
        name,
        id,
        paths: if known { vec![index] } else { paths },
        sectors,
        queueing: state.queueing,
        read_only: false,
    };
    state.maps.insert(minor, map);
}

fn drop_path(state: &mut State, index: u32) {
    let found = state.maps.iter().find(|(_, m)| m.paths.contains(&index));
    let Some(minor) = found.map(|(minor, _)| *minor) else {
        return;
    };
    let held = state.is_map_held(minor);
    if let Some(map) = state.maps.get_mut(&minor) {
        map.paths.retain(|path| *path != index);
        if map.paths.is_empty() && !held {
            state.maps.remove(&minor);
        }
    }
}

fn flush(state: &mut State, name: &str) -> Output {
    let Some((minor, _)) = state.map_named(name) else {
        return output(1, format!("{name} is not a multipath device\n"));
    };
    if state.is_map_held(minor) {
        return output(1, format!("{name}: map in use\n"));
    }
    state.maps.remove(&minor);
    output(0, "")
}

fn add_path(state: &mut State, disk: &str) -> Output {
    let Some((_, found)) = state.disk_named(disk) else {
        return output(0, "blacklisted\n");
    };
    let (index, id) = (found.index, found.wwid.multipath());
    if is_blacklisted(state, &id) {
        return output(0, "blacklisted\n");
    }
    state.pending.retain(|(waiting, _)| *waiting != index);
    match state.map_delay {
        0 => deal_with(state, index),
        waits => state.pending.push((index, waits)),
    }
    output(0, "ok\n")
}

fn del_path(state: &mut State, disk: &str) -> Output {
    let Some((_, found)) = state.disk_named(disk) else {
        return output(1, "fail\n");
    };
    let index = found.index;
    state.pending.retain(|(waiting, _)| *waiting != index);
    drop_path(state, index);
    output(0, "ok\n")
}

fn disable_queueing(state: &mut State, name: &str) -> Output {
    let found = state.map_named(name).map(|(minor, _)| minor);
    if let Some(minor) = found {
        // Its wait is over: it gets an error.
        let waits = |h: &Held| h.on_map && h.disk == minor && h.by == Hold::Opening;
        state.holds.retain(|held| !waits(held));
    }
    match found.and_then(|minor| state.maps.get_mut(&minor)) {
        Some(map) => {
            map.queueing = false;
            output(0, "ok\n")
        }
        None => output(1, "fail\n"),
    }
}

fn resize(state: &mut State, name: &str) -> Output {
    let Some((minor, map)) = state.map_named(name) else {
        return output(1, "fail\n");
    };
    let mut sizes: Vec<u64> = state
        .disks
        .values()
        .filter(|d| map.paths.contains(&d.index))
        .map(|d| d.sectors)
        .collect();
    sizes.dedup();
    match (sizes.as_slice(), state.maps.get_mut(&minor)) {
        ([sectors], Some(map)) => {
            map.sectors = *sectors;
            output(0, "ok\n")
        }
        _ => output(1, "fail\n"),
    }
}

/// Whether a path takes commands: its session or login is up, and the target still shows a LUN there.
fn works(state: &State, fabric: &dyn Fabric, index: u32) -> bool {
    let Some((hctl, disk)) = state.disks.iter().find(|(_, d)| d.index == index) else {
        return false;
    };
    let Some(carrier) = state.carrier_of(*hctl) else {
        return false;
    };
    !disk.offline
        && kernel::link_of(state, fabric, carrier) == Link::Up
        && kernel::behind(fabric, carrier, *hctl).is_some()
}

fn usable(state: &State, fabric: &dyn Fabric, map: &Map) -> usize {
    let paths = map.paths.iter();
    paths.filter(|path| works(state, fabric, **path)).count()
}

fn maps(state: &State, fabric: &dyn Fabric) -> String {
    let told = state.maps.iter().map(|(minor, map)| {
        let paths = map.paths.iter().map(|index| {
            let state = if works(state, fabric, *index) {
                "ready"
            } else {
                "faulty"
            };
            json!({"dev": disk_name(*index), "chk_st": state})
        });
        let paths: Vec<_> = paths.collect();
        json!({
            "name": map.name, "uuid": map.id, "sysfs": format!("dm-{minor}"),
            "queueing": if map.queueing { "on" } else { "off" },
            "paths": paths.len(), "path_groups": [{"paths": paths}],
        })
    });
    let told: Vec<_> = told.collect();
    json!({"major_version": 0, "minor_version": 1, "maps": told}).to_string()
}

/// `show config`, in its form: a section's lines are indented by a tab, values are quoted.
fn config(state: &State) -> String {
    let conf = &state.multipath_conf;
    let mut text = String::from("defaults {\n\tverbosity 2\n\tpolling_interval 5\n");
    text.push_str(&format!("\tfind_multipaths \"{}\"\n", conf.find));
    text.push_str("\tuser_friendly_names \"no\"\n}\n");
    for (section, lines) in [
        ("blacklist", &conf.blacklist),
        ("blacklist_exceptions", &conf.exceptions),
    ] {
        text.push_str(&format!("{section} {{\n"));
        for line in lines {
            text.push_str(&format!("\t{line}\n"));
        }
        if section == "blacklist_exceptions" {
            text.push_str("\tproperty \"(SCSI_IDENT_|ID_WWN)\"\n");
        } else {
            text.push_str("\tdevnode \"!^(sd[a-z]|dasd[a-z]|nvme[0-9])\"\n");
            text.push_str("\tdevice {\n\t\tvendor \"SGI\"\n\t\tproduct \"Universal Xport\"\n\t}\n");
        }
        text.push_str("}\n");
    }
    text.push_str("devices {\n\tdevice {\n\t\tvendor \"HUAWEI\"\n\t\tproduct \"XSG1\"\n\t}\n}\n");
    text.push_str("overrides {\n}\n");
    text
}

/// Whether the configuration keeps multipath away from an identity: by wwid, by name or by
/// protocol. Of patterns this machine knows a plain beginning and `.*`.
fn is_blacklisted(state: &State, id: &str) -> bool {
    let conf = &state.multipath_conf;
    ["wwid", "devnode", "protocol"].into_iter().any(|kind| {
        let text = match kind {
            "wwid" => id,
            "devnode" => "sda",
            _ => "scsi:iscsi",
        };
        let hit = |line: &String| {
            let Some((of, pattern)) = line.split_once(' ') else {
                return false;
            };
            let pattern = pattern.trim_matches('"').trim_start_matches('^');
            let plain = pattern.trim_end_matches('$').trim_end_matches(".*");
            of == kind && text.starts_with(plain)
        };
        conf.blacklist.iter().any(hit) && !conf.exceptions.iter().any(hit)
    })
}
