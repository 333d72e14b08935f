//! The stage `connect` for what is connected by other means than a SAN: a path of this node, a file
//! on a share of NFS or `GlusterFS`, a device of ATA over Ethernet (linux-host.md §11).
//!
//! Files have no identity that could be proven: what is handed over is the file of this name on
//! this share, and the result says `identity: unproven`.

mod aoe;
mod error;
mod hand_over;
mod look;
mod mount;

use std::fmt;
use std::sync::Arc;

use super::inuse;
use crate::kit::bounds::Bounds;
use crate::model::facts::Facts;
use crate::model::other_connection::{AoeDevice, OtherConnection, ShareFile};
use crate::step::{Aim, Cx, Error as StepError, Node, Stage};
use crate::system::{Flavour, Machine};

use aoe::AoeStep;
pub use error::Error;
use hand_over::{HandOver, Wanted};
use mount::MountStep;

/// What to type to go on with the same attachment, for hints and plans.
#[derive(Debug, Clone)]
pub struct Commands {
    /// The attach.
    pub attach: String,
    /// The detach.
    pub detach: String,
}

/// The stage for one connection.
pub fn stage(
    machine: Arc<dyn Machine>,
    other: &OtherConnection,
    commands: Commands,
) -> Box<dyn Stage> {
    let ground = Ground {
        machine,
        commands,
        other: other.clone(),
    };
    match other {
        OtherConnection::Local { path } => Box::new(Local {
            path: path.clone(),
            ground,
        }),
        OtherConnection::Share(file) => Box::new(Share {
            file: file.clone(),
            ground,
        }),
        OtherConnection::Aoe(device) => Box::new(Aoe {
            device: *device,
            ground,
        }),
    }
}

/// What every step works with.
#[derive(Clone)]
struct Ground {
    machine: Arc<dyn Machine>,
    commands: Commands,
    other: OtherConnection,
}

impl Ground {
    fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    /// What any step of it tells: enough to go on without the connection info.
    fn facts(&self) -> Facts {
        Facts {
            other: Some(self.other.clone()),
            ..Facts::none()
        }
    }

    fn enter(&self) -> Result<(), Error> {
        match self.machine.flavour() {
            Flavour::Practice => Err(Error::Practice),
            _ => Ok(()),
        }
    }

    fn require_root(&self, what: &'static str) -> Result<(), Error> {
        let root = rustix::process::geteuid().is_root();
        match self.machine.flavour() {
            Flavour::Real if !root => Err(Error::NotRoot(what)),
            _ => Ok(()),
        }
    }

    fn require_program(&self, program: &'static str, packages: &'static str) -> Result<(), Error> {
        match self.machine.has_program(program) {
            true => Ok(()),
            false => Err(Error::NoProgram { program, packages }),
        }
    }

    /// Before the way back: what was handed over must be used by nobody.
    fn check_unused(&self, facts: &Facts, bounds: &Bounds) -> Result<(), super::Error> {
        let Some(file) = &facts.file else {
            return Ok(());
        };
        let name = self.other.id();
        let then = &self.commands.detach;
        match look::block_of(self.machine(), &file.path) {
            Some(block) => inuse::check(self.machine(), &[block], &name, then, bounds),
            None => inuse::check_file(self.machine(), &file.path, &name, then, bounds),
        }
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, StepError> {
        if aim == Aim::Detach {
            self.check_unused(cx.facts, cx.bounds)?;
        }
        Ok(self.facts())
    }
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ground")
            .field("other", &self.other)
            .finish_non_exhaustive()
    }
}

/// A path of this node.
#[derive(Debug)]
struct Local {
    ground: Ground,
    path: String,
}

impl Stage for Local {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, StepError> {
        self.ground.enter()?;
        Ok(vec![format!("file:{}", self.path)])
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, StepError> {
        self.ground.survey(cx, aim)
    }

    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, StepError> {
        let wanted = Wanted::FileOrDevice;
        Ok(vec![Node::one(HandOver::new(&self.ground, wanted, None))])
    }

    fn leave(&self) {}
}

/// A file on a share.
#[derive(Debug)]
struct Share {
    ground: Ground,
    file: ShareFile,
}

impl Stage for Share {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn preflight(&self, _facts: &Facts, aim: Aim) -> Result<(), StepError> {
        if aim == Aim::Status {
            return Ok(());
        }
        self.ground.enter()?;
        self.ground.require_root("mount a share")?;
        if aim == Aim::Attach && mount::find(self.ground.machine(), &self.file)?.is_none() {
            let (program, packages) = mount::needs(self.file.kind);
            self.ground.require_program(program, packages)?;
        }
        Ok(())
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, StepError> {
        self.ground.enter()?;
        Ok(vec![
            format!("file:{}", self.file.path()),
            format!("mount:{}", self.file.mount_point()),
        ])
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, StepError> {
        if aim == Aim::Attach {
            mount::find(self.ground.machine(), &self.file)?;
        }
        self.ground.survey(cx, aim)
    }

    fn steps(&self, _facts: &Facts, aim: Aim) -> Result<Vec<Node>, StepError> {
        let mount = Node::one(MountStep::new(&self.ground, &self.file));
        let share = Some(self.file.clone());
        let file = Node::one(HandOver::new(&self.ground, Wanted::File, share));
        Ok(match aim {
            Aim::Attach | Aim::Status => vec![mount, file],
            Aim::Detach => vec![file, mount],
        })
    }

    fn leave(&self) {}
}

/// A device of ATA over Ethernet.
#[derive(Debug)]
struct Aoe {
    ground: Ground,
    device: AoeDevice,
}

impl Stage for Aoe {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn preflight(&self, _facts: &Facts, aim: Aim) -> Result<(), StepError> {
        if aim == Aim::Status {
            return Ok(());
        }
        self.ground.enter()?;
        self.ground
            .require_root("look for AoE devices and give them up")?;
        self.ground.require_program("aoe-discover", "aoetools")?;
        Ok(())
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, StepError> {
        self.ground.enter()?;
        Ok(vec![format!("aoe:{}", self.device)])
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, StepError> {
        if aim == Aim::Detach {
            // The device goes whoever brought it, so whoever uses it is asked about in any case.
            let (machine, then) = (self.ground.machine(), &self.ground.commands.detach);
            let name = self.device.to_string();
            inuse::check(machine, &[self.device.block()], &name, then, cx.bounds)?;
        }
        Ok(self.ground.facts())
    }

    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, StepError> {
        Ok(vec![Node::one(AoeStep::new(&self.ground, self.device))])
    }

    fn leave(&self) {}
}
