//! The step that brings a device of ATA over Ethernet, and gives it up.

use std::time::Duration;

use super::look::{first_line, size_of};
use super::{Error, Ground};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::{Facts, FileFact};
use crate::model::other_connection::AoeDevice;
use crate::node::scsi::act::wait_for;
use crate::step::{
    self, Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};
use crate::system::{self, Cmd, FileKind};

/// What a program of aoetools may take.
const TOOL: Duration = Duration::from_secs(20);
/// How long a device gets to answer: three looks of two seconds (linux-host.md §11).
const ANSWER: Duration = Duration::from_secs(6);

pub(super) struct AoeStep {
    ground: Ground,
    device: AoeDevice,
}

/// What the node shows of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    Nothing,
    /// It can be used.
    Up {
        size_bytes: u64,
    },
    /// It is known and cannot be used: the driver's word.
    Down(String),
}

impl AoeStep {
    pub(super) fn new(ground: &Ground, device: AoeDevice) -> Self {
        Self {
            ground: ground.clone(),
            device,
        }
    }

    fn look(&self) -> Result<Seen, super::super::Error> {
        let machine = self.ground.machine();
        let block = self.device.block();
        let Some(number) = machine.text(&format!("/sys/class/block/{block}/dev"))? else {
            return Ok(Seen::Nothing);
        };
        let number = crate::node::holders::parse_device(&number);
        let size_bytes = size_of(machine, &block)?;
        let state = machine.text(&format!("/sys/class/block/{block}/state"))?;
        let state = state.unwrap_or_else(|| "up".into());
        let node = self.device.path();
        let there = matches!(machine.stat(&node), Ok(stat)
            if stat.kind == FileKind::Block && Some(stat.device) == number);
        // `up`, `up,kickme`, `down`, `closewait`…
        Ok(match state.split(',').next() {
            Some("up") if size_bytes > 0 && there => Seen::Up { size_bytes },
            Some("up") if there => Seen::Down("its size is 0".into()),
            Some("up") => Seen::Down(format!("{node} does not lead to it")),
            _ => Seen::Down(format!("its state is {state}")),
        })
    }

    fn facts(&self, size_bytes: u64) -> Facts {
        Facts {
            file: Some(FileFact {
                path: self.device.path(),
                size_bytes,
            }),
            ..self.ground.facts()
        }
    }

    fn run(&self, cmd: &Cmd, bounds: &Bounds, mutate: &Mutate) -> Result<(), StepError> {
        let bounds = bounds.at_most(TOOL, "aoetools");
        let answer = self.ground.machine().exec_change(cmd, &bounds, mutate);
        let answer = answer.map_err(|error| match error {
            system::Error::Ended { .. }
            | system::Error::Stuck { .. }
            | system::Error::Io { .. } => step::Error::in_doubt(error),
            other => other.into(),
        })?;
        match answer.code {
            0 => Ok(()),
            _ => {
                let error = Error::Aoe {
                    command: cmd.to_string(),
                    said: first_line(&answer.stderr),
                };
                Err(error.into())
            }
        }
    }

    /// What brings it: the driver asks everybody, or this one again.
    fn bring(&self, seen: &Seen) -> Cmd {
        match seen {
            Seen::Nothing => Cmd::new("aoe-discover", [""; 0]),
            Seen::Up { .. } | Seen::Down(_) => {
                Cmd::new("aoe-revalidate", [self.device.to_string()])
            }
        }
    }

    fn give_up(&self) -> Cmd {
        Cmd::new("aoe-flush", [self.device.to_string()])
    }
}

impl Step for AoeStep {
    fn key(&self) -> &str {
        "node.aoe"
    }

    fn object(&self) -> Option<String> {
        Some(format!("aoe:{}", self.device))
    }

    fn role(&self) -> Role {
        Role::Device
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        if aim == Aim::Detach {
            return Description {
                title: format!("give up AoE device {}", self.device),
                why: "nobody uses it; the driver knows it again when its shelf is asked".into(),
                verbs: vec![self.ground.commands.detach.clone()],
                wire: vec![
                    format!("blockdev --flushbufs {}", self.device.path()),
                    self.give_up().to_string(),
                ],
            };
        }
        let seen = self.look().unwrap_or(Seen::Nothing);
        let title = match &facts.file {
            Some(file) => format!("AoE device {}", file.path),
            None => format!("find AoE device {}", self.device),
        };
        Description {
            title,
            why: format!("shelf {} is asked over Ethernet", self.device.shelf),
            verbs: vec![format!("{} --step node.aoe", self.ground.commands.attach)],
            wire: vec![self.bring(&seen).to_string()],
        }
    }

    fn check(&self, _cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        let path = self.device.path();
        Ok(match self.look()? {
            Seen::Nothing => Finding::absent(format!("{path} does not exist")),
            Seen::Up { size_bytes } => Finding::present(
                format!("{path}, {size_bytes} bytes"),
                self.facts(size_bytes),
            ),
            Seen::Down(why) => Finding::differs(format!("{path}: {why}"), "a device that answers"),
        })
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.ground.require_root("look for AoE devices")?;
        let before = self.look()?;
        if let Seen::Up { size_bytes } = before {
            return Ok(Change::Adopted(self.facts(size_bytes)));
        }
        self.run(&self.bring(&before), cx.bounds, mutate)?;
        let machine = self.ground.machine();
        let up = wait_for(machine, ANSWER, cx.bounds, || {
            Ok(match self.look()? {
                Seen::Up { size_bytes } => Some(size_bytes),
                _ => None,
            })
        })?;
        let size_bytes = up.ok_or_else(|| Error::NoAoe {
            device: self.device.to_string(),
        })?;
        let facts = self.facts(size_bytes);
        Ok(match before {
            Seen::Nothing => Change::Created(facts),
            // It was there, and only was asked again.
            _ => Change::Adopted(facts),
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.ground.require_root("give up AoE devices")?;
        let machine = self.ground.machine();
        let seen = self.look()?;
        if seen == Seen::Nothing {
            return Ok(Undone::AlreadyGone);
        }
        let (name, then) = (self.device.to_string(), &self.ground.commands.detach);
        super::inuse::check(machine, &[self.device.block()], &name, then, cx.bounds)?;
        if let Seen::Up { .. } = seen {
            let flushed = machine.flush(&self.device.path(), cx.bounds, mutate);
            flushed.map_err(|why| super::super::Error::Flush {
                disk: self.device.path(),
                why,
                force: format!("{then} --force"),
            })?;
        }
        self.run(&self.give_up(), cx.bounds, mutate)?;
        let gone = wait_for(machine, ANSWER, cx.bounds, || {
            Ok((self.look()? == Seen::Nothing).then_some(()))
        })?;
        match gone {
            Some(()) => Ok(Undone::Removed),
            None => {
                let error = Error::AoeStays {
                    device: self.device.to_string(),
                };
                Err(error.into())
            }
        }
    }
}
