//! What multipathd says, and what it is told (linux-host.md §6.1).

use std::time::Duration;

use serde_json::Value;

use super::super::Error;
use super::config::Config;
use super::{Map, list};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::system::{Cmd, Machine, Output};

/// How a map's paths are, as multipathd sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Paths that take commands, now or after a failover.
    pub usable: usize,
    /// Whether it keeps commands when no path is left, for ever or for a while.
    pub queues: bool,
    /// Those of the usable ones that work after a failover only.
    pub ghosts: Vec<String>,
    /// The others: `sdb faulty`.
    pub bad: Vec<String>,
}

/// What multipathd gets for an answer: it answers within 4 s, if only that it is busy.
pub(in crate::node) const ANSWER: Duration = Duration::from_secs(20);

/// The file of the identities that multipath makes maps of.
const WWIDS: &str = "/etc/multipath/wwids";

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

/// Asks again while it is busy: that is no answer (linux-host.md §6.1).
fn ask(machine: &dyn Machine, words: &[&str], bounds: &Bounds) -> Result<Output, Error> {
    let cmd = Cmd::new("multipathd", words.iter().copied());
    let bounds = bounds.at_most(ANSWER, "multipathd, which is busy,");
    bounds.poll(|| {
        let output = machine.exec_read(&cmd, &bounds)?;
        Ok((output.stdout.trim() != "timeout").then_some(output))
    })
}

/// How the paths of a map are; `None` when multipathd does not run or does not know it.
///
/// # Errors
/// When the program cannot be run or does not end.
pub fn health(machine: &dyn Machine, map: &Map, bounds: &Bounds) -> Result<Option<Health>, Error> {
    let told = ask(machine, &["show", "maps", "json"], bounds)?;
    Ok(parse_health(&told.stdout, &map.id))
}

/// The configuration in force; `None` when multipathd does not tell.
///
/// # Errors
/// When the program cannot be run or does not end.
pub fn config(machine: &dyn Machine, bounds: &Bounds) -> Result<Option<Config>, Error> {
    let told = ask(machine, &["show", "config"], bounds)?;
    let is_one = told.code == 0 && told.stdout.contains('{');
    Ok(is_one.then(|| Config::parse(&told.stdout)))
}

/// Whether multipath makes a map of an identity whatever `find_multipaths` says.
pub fn is_recorded(machine: &dyn Machine, id: &str) -> bool {
    let text = machine.text(WWIDS).ok().flatten().unwrap_or_default();
    let line = format!("/{id}/");
    text.lines().any(|l| l.trim() == line)
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
    let (mut usable, mut ghosts, mut bad) = (0, Vec::new(), Vec::new());
    for path in paths {
        // The checker comes by every few seconds only: the kernel knows before it does.
        let now = match (word(path, "dm_st"), word(path, "dev_st")) {
            (Some("failed"), _) => Some("failed"),
            (_, Some(state)) if !matches!(state, "running" | "undef" | "") => Some(state),
            _ => None,
        };
        match word(path, "chk_st") {
            Some("ready" | "ghost") if now.is_some() => bad.push(format!(
                "{} {}",
                word(path, "dev").unwrap_or("a path"),
                now.unwrap_or_default()
            )),
            Some("ready") => usable += 1,
            Some("ghost") => {
                usable += 1;
                ghosts.extend(word(path, "dev").map(str::to_owned));
            }
            state => bad.push(format!(
                "{} {}",
                word(path, "dev").unwrap_or("a path"),
                state.unwrap_or("unknown")
            )),
        }
    }
    bad.sort();
    Some(Health {
        usable,
        ghosts,
        // `on`, or for how long: `15 chk`, `70 sec`.
        queues: !matches!(word(map, "queueing"), None | Some("off" | "-" | "")),
        bad,
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

/// The command that writes an identity down, so that a map is made of it.
pub fn record_line(id: &str) -> Cmd {
    Cmd::new("multipath", ["-a", id])
}

/// The command that strikes an identity out again.
pub fn forget_line(id: &str) -> Cmd {
    Cmd::new("multipath", ["-w", id])
}

/// The command that gives a disk to multipathd.
pub fn add_path_line(disk: &str) -> Cmd {
    Cmd::new("multipathd", ["add", "path", disk])
}

/// The command that takes a disk out of its map.
pub fn del_path_line(disk: &str) -> Cmd {
    Cmd::new("multipathd", ["del", "path", disk])
}

/// The command that flushes and removes a map.
pub fn flush_line(map: &Map) -> Cmd {
    Cmd::new("multipath", ["-f", argument(map)])
}

/// The same, asked of multipathd itself.
pub fn del_map_line(map: &Map) -> Cmd {
    Cmd::new("multipathd", ["del", "map", argument(map)])
}

/// The command that has a map give up what it keeps.
pub fn give_up_line(map: &Map) -> Cmd {
    Cmd::new("multipathd", ["disablequeueing", "map", argument(map)])
}

/// A map's name on a command line: one that begins like an option would be one.
fn argument(map: &Map) -> &str {
    match map.name.starts_with('-') {
        true => &map.id,
        false => &map.name,
    }
}

/// Whether a map is there still.
///
/// # Errors
/// When sysfs cannot be read.
pub fn is_there(machine: &dyn Machine, map: &Map) -> Result<bool, Error> {
    let left = list(machine)?;
    // The number may have been given to another map in the meantime.
    Ok(left.iter().any(|m| m.dm == map.dm && m.id == map.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "36a4c64f1001db63307a4e1700000001e";

    fn told(queueing: &str, paths: &[&str]) -> String {
        let path = |states: &&str| {
            let mut states = states.split(" / ");
            let mut path = serde_json::json!({"dev": "sda", "chk_st": states.next()});
            for (key, state) in ["dm_st", "dev_st"].into_iter().zip(states) {
                path[key] = state.into();
            }
            path
        };
        let paths: Vec<Value> = paths.iter().map(path).collect();
        serde_json::json!({"major_version": 0, "minor_version": 1, "maps": [
            {"name": "other", "uuid": "3600", "queueing": "on", "path_groups": []},
            {"name": "mpatha", "uuid": ID, "queueing": queueing,
             "path_groups": [{"paths": paths}, {"paths": []}]}]})
        .to_string()
    }

    #[test]
    fn usable_paths_and_queueing_from_json() {
        for (queueing, paths, usable, queues, bad) in [
            ("off", vec!["ready", "ready"], 2, false, vec![]),
            ("on", vec!["ready", "faulty"], 1, true, vec!["sda faulty"]),
            ("on", vec!["ghost"], 1, true, vec![]),
            (
                "5 chk",
                vec!["faulty", "i/o timeout"],
                0,
                true,
                vec!["sda faulty", "sda i/o timeout"],
            ),
            ("-", vec![], 0, false, vec![]),
            (
                "on",
                vec![
                    "ready / active / running",
                    "ready / undef / undef",
                    "ready / failed / running",
                    "ready / active / blocked",
                    "faulty / failed / offline",
                ],
                2,
                true,
                vec!["sda blocked", "sda failed", "sda faulty"],
            ),
        ] {
            let health = parse_health(&told(queueing, &paths), ID).unwrap();
            assert_eq!(
                (health.usable, health.queues),
                (usable, queues),
                "{queueing} {paths:?}"
            );
            assert_eq!(health.bad, bad);
            let ghosts = paths.iter().filter(|p| **p == "ghost").count();
            assert_eq!(health.ghosts, vec!["sda"; ghosts]);
        }
        for bad in ["", "timeout", "{}", "[]", r#"{"maps":[]}"#] {
            assert_eq!(parse_health(bad, ID), None, "{bad}");
        }
    }
}
