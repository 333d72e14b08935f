//! The step that makes the kernel refuse writes to the LUN's devices: every path and the map. It is
//! the node's own promise, kept until the devices go; the array would still take a write.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::Error;
use super::super::inuse;
use super::super::scsi::device::{self, attribute};
use super::flush::maps_of;
use super::shared::{Shared, of_change, wanted};
use super::short;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::kind::{Failure, Kind};
use crate::model::facts::Facts;
use crate::model::ids::Wwid;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};
use crate::system::{Cmd, Machine};

/// What blockdev may take.
const SET: Duration = Duration::from_secs(10);

pub(super) struct ReadOnlyStep {
    shared: Arc<Shared>,
}

/// blockdev did not make devices refuse writes, or take them again.
#[derive(Debug, thiserror::Error)]
#[error("{command}: {said}")]
struct NotSet {
    command: String,
    said: String,
}

impl Failure for NotSet {
    fn kind(&self) -> Kind {
        Kind::Failed
    }

    fn hints(&self) -> Vec<String> {
        vec!["grep -H . /sys/class/block/*/ro  # which of them refuse writes?".into()]
    }
}

/// The devices of the LUN, by the kernel's names.
struct Blocks {
    disks: Vec<String>,
    maps: Vec<String>,
}

impl Blocks {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.disks.iter().chain(&self.maps)
    }
}

/// Whether every path of the LUN refuses writes now.
pub(super) fn is_so(machine: &dyn Machine, facts: &Facts) -> bool {
    let devices = wanted(facts).and_then(|(wwid, _)| device::list_of_wwid(machine, &wwid).ok());
    let disks: Vec<String> = devices
        .into_iter()
        .flatten()
        .filter_map(|d| d.disk)
        .collect();
    let refuses = |name: &String| is_read_only(machine, name).unwrap_or(false);
    !disks.is_empty() && disks.iter().all(refuses)
}

/// Whether the kernel refuses writes to a block device.
pub(super) fn is_read_only(machine: &dyn Machine, name: &str) -> Result<bool, Error> {
    let value = attribute(machine, &format!("/sys/class/block/{name}/ro"))?;
    Ok(value.as_deref() == Some("1"))
}

impl ReadOnlyStep {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    fn blocks(&self, wwid: &Wwid) -> Result<Blocks, Error> {
        let machine = self.shared.machine();
        let devices = device::list_of_wwid(machine, wwid)?;
        let maps = maps_of(machine, wwid, &devices)?;
        Ok(Blocks {
            disks: devices.into_iter().filter_map(|d| d.disk).collect(),
            maps: maps.into_iter().map(|map| map.dm).collect(),
        })
    }

    /// Those that can be written.
    fn writable(&self, blocks: &Blocks) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for name in blocks.all() {
            if !is_read_only(self.shared.machine(), name)? {
                found.push(name.clone());
            }
        }
        Ok(found)
    }

    fn set(
        &self,
        word: &str,
        names: &[String],
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), StepError> {
        let cmd = command(word, names);
        let bounds = bounds.at_most(SET, "blockdev");
        let answer = self.shared.machine().exec_change(&cmd, &bounds, mutate);
        let answer = answer.map_err(|error| of_change(error.into()))?;
        match answer.code {
            0 => Ok(()),
            _ => Err(StepError::from(NotSet {
                command: cmd.to_string(),
                said: answer.stderr.lines().next().unwrap_or_default().to_owned(),
            })),
        }
    }

    fn facts() -> Facts {
        Facts {
            read_only: true,
            ..Facts::none()
        }
    }
}

fn command(word: &str, names: &[String]) -> Cmd {
    let nodes = names.iter().map(|name| format!("/dev/{name}"));
    Cmd::new("blockdev", [word.to_owned()].into_iter().chain(nodes))
}

/// The names in what undo must restore.
fn names_in(before: Option<&Value>) -> Vec<String> {
    let names = before.and_then(Value::as_array).into_iter().flatten();
    let names = names.filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

impl Step for ReadOnlyStep {
    fn key(&self) -> &str {
        "node.read-only"
    }

    fn object(&self) -> Option<String> {
        // Without a name that was told beforehand there is none to keep it under.
        let wwid = self.shared.wwid.as_ref()?;
        Some(format!("read-only:{wwid}"))
    }

    fn role(&self) -> Role {
        Role::Device
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        if aim == Aim::Detach {
            return Description {
                title: "writable again".into(),
                why: "it goes with the devices".into(),
                ..Description::default()
            };
        }
        let disks = facts.paths.values().map(|path| path.disk.clone());
        let maps = facts.map.iter().map(|map| map.dm.clone());
        let mut names: Vec<String> = disks.chain(maps).collect();
        if names.is_empty() {
            names.push("DEVICE".to_owned());
        }
        Description {
            title: "every device of it refuses writes".into(),
            why: "read-only was asked for".into(),
            verbs: Vec::new(),
            wire: vec![command("--setro", &names).to_string()],
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        let Some((wwid, _)) = wanted(cx.facts) else {
            return Ok(Finding::waiting("node.identity"));
        };
        let blocks = self.blocks(&wwid)?;
        if blocks.all().next().is_none() {
            return Ok(match self.shared.aim {
                Aim::Detach => Finding::absent("no device is left"),
                Aim::Attach | Aim::Status => Finding::waiting("node.identity"),
            });
        }
        let writable = self.writable(&blocks)?;
        if writable.is_empty() {
            let names: Vec<&str> = blocks.all().map(String::as_str).collect();
            let seen = format!("{} refuse writes", names.join(", "));
            return Ok(Finding::present(seen, Self::facts()));
        }
        let seen = format!("{} can be written", writable.join(", "));
        Ok(Finding::absent(seen).restoring(json!(writable)))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        let (wwid, _) = wanted(cx.facts).ok_or(Error::NoIdentity)?;
        let machine = self.shared.machine();
        let blocks = self.blocks(&wwid)?;
        let writable = self.writable(&blocks)?;
        // Whoever has it mounted would lose what he writes from now on.
        inuse::check_lun(
            machine,
            &blocks.disks,
            &blocks.maps,
            &short(&wwid),
            &self.shared.detach,
            cx.bounds,
        )?;
        let done = self.set("--setro", &writable, cx.bounds, mutate);
        // Whatever was answered, the kernel knows better.
        let left = self.writable(&self.blocks(&wwid)?)?;
        if !left.is_empty() {
            done?;
            let error = NotSet {
                command: command("--setro", &writable).to_string(),
                said: format!("{} can still be written", left.join(", ")),
            };
            return Err(match left.len() < writable.len() {
                true => StepError::halfway(error),
                false => error.into(),
            });
        }
        Ok(Change::Altered {
            before: json!(writable),
            facts: Self::facts(),
        })
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        let Some((wwid, _)) = wanted(cx.facts) else {
            return Ok(Undone::AlreadyGone);
        };
        let now = self.blocks(&wwid)?;
        let mut names = names_in(made.before.as_ref());
        names.retain(|name| now.all().any(|block| block == name));
        if names.is_empty() {
            return Ok(Undone::AlreadyGone);
        }
        self.set("--setrw", &names, cx.bounds, mutate)?;
        Ok(Undone::Restored)
    }
}
