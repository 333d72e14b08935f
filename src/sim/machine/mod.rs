//! The practice machine: a Linux node that lives in one value.
//!
//! Its sysfs, /proc, /etc/iscsi and `iscsiadm` answer as those of a real node with open-iscsi 2.1.8
//! and a 6.1 kernel, and they react: a login makes a session, a scan makes disks, a delete removes
//! them. What it can reach is told by a [`Fabric`]. It is strict: what it does not know it refuses.

pub mod fabric;
pub mod log;

mod blockdev;
mod fibre;
mod files;
mod iscsiadm;
mod kernel;
mod multipath;
mod play;
mod record;
mod state;
mod sysfs;
mod tree;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::io::Errno;

use fabric::{Answer, Fabric, FabricPortal};
use log::{Call, Hook, Log, Moment};
pub use play::Daemon;
use state::State;
pub use state::{Hold, MultipathConf, Outage, Product};
use tree::{Resolved, Tree, refused};

use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::model::portal::Portal;
use crate::model::way::PortPair;
use crate::system::{Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat};

/// Where a practice machine begins when there is no state yet.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Its host name.
    pub hostname: String,
    /// Its iSCSI name.
    pub initiator: String,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            hostname: "node-1".into(),
            initiator: "iqn.1994-05.com.redhat:node-1".into(),
        }
    }
}

/// A node to practise on. See the module's page.
pub struct PracticeMachine {
    fabric: Arc<dyn Fabric>,
    file: Option<PathBuf>,
    inner: Mutex<Inner>,
}

struct Inner {
    state: State,
    log: Log,
    changes: usize,
    hook: Option<Arc<Hook>>,
    slow_scan: Option<Duration>,
    slow_commands: Option<Duration>,
    busy_answers: usize,
    /// The rendered files, as long as neither the state nor the fabric differs.
    rendered: Option<Rendered>,
}

struct Rendered {
    portals: Vec<FabricPortal>,
    zones: Vec<PortPair>,
    tree: Tree,
}

impl fmt::Debug for PracticeMachine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.lock();
        let State {
            hostname,
            sessions,
            disks,
            ..
        } = &inner.state;
        let (sessions, disks) = (sessions.len(), disks.len());
        write!(
            f,
            "PracticeMachine({hostname}, {sessions} sessions, {disks} disks)"
        )
    }
}

impl PracticeMachine {
    /// A machine that forgets everything when it is dropped: for tests.
    pub fn in_memory(fabric: Arc<dyn Fabric>, seed: &Seed) -> Self {
        Self::with_state(fabric, None, State::new(&seed.hostname, &seed.initiator))
    }

    /// A machine kept in `file`, made from `seed` when there is no such file yet.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is none of this machine's.
    pub fn open(fabric: Arc<dyn Fabric>, file: PathBuf, seed: &Seed) -> io::Result<Self> {
        let state = match state::load(&file)? {
            Some(state) => state,
            None => {
                let state = State::new(&seed.hostname, &seed.initiator);
                state::save(&file, &state)?;
                state
            }
        };
        Ok(Self::with_state(fabric, Some(file), state))
    }

    fn with_state(fabric: Arc<dyn Fabric>, file: Option<PathBuf>, state: State) -> Self {
        for session in state.sessions.values() {
            fabric.set_logged_in(&session.initiator, &session.iqn, session.portal, true);
        }
        let inner = Inner {
            state,
            log: Log::default(),
            changes: 0,
            hook: None,
            slow_scan: None,
            slow_commands: None,
            busy_answers: 0,
            rendered: None,
        };
        Self {
            fabric,
            file,
            inner: Mutex::new(inner),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look<T>(&self, ask: impl FnOnce(&Tree) -> Result<T, Error>) -> Result<T, Error> {
        let portals = self.fabric.portals();
        let zones = self.fabric.zones();
        let mut inner = self.lock();
        let Inner {
            state,
            rendered,
            log,
            ..
        } = &mut *inner;
        log.reads += 1;
        let differs = |r: &Rendered| r.portals != portals || r.zones != zones;
        if rendered.as_ref().is_none_or(differs) {
            fibre::log_in(state, &zones);
            let mut tree = Tree::new();
            sysfs::render(&mut tree, state, &portals, &zones);
            files::render(&mut tree, state);
            *rendered = Some(Rendered {
                portals,
                zones,
                tree,
            });
        }
        match rendered {
            Some(rendered) => ask(&rendered.tree),
            None => Err(refused("practice machine", Errno::IO)),
        }
    }

    /// Carries out a change between the two questions to the hook, and saves it.
    fn change<T>(
        &self,
        call: Call,
        act: impl FnOnce(&mut State, &dyn Fabric) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (nth, hook) = {
            let mut inner = self.lock();
            inner.changes += 1;
            inner.log.calls.push(call.clone());
            (inner.changes, inner.hook.clone())
        };
        if let Some(hook) = &hook {
            hook(nth, &call, Moment::Before)?;
        }
        let answer = self.edit(|state| act(state, self.fabric.as_ref()))??;
        if let Some(hook) = &hook {
            hook(nth, &call, Moment::After)?;
        }
        Ok(answer)
    }

    fn edit<T>(&self, act: impl FnOnce(&mut State) -> T) -> Result<T, Error> {
        let mut inner = self.lock();
        let answer = act(&mut inner.state);
        inner.rendered = None;
        if let Some(file) = &self.file {
            state::save(file, &inner.state).map_err(|source| Error::Io {
                what: file.display().to_string(),
                source,
            })?;
        }
        Ok(answer)
    }

    fn exec(&self, cmd: &Cmd, bounds: &Bounds, asked: Asked) -> Result<Output, Error> {
        let ended = |ended| Error::Ended {
            what: cmd.to_string(),
            ended,
        };
        bounds.check().map_err(ended)?;
        if matches!(cmd.program, "multipath" | "multipathd")
            && self.lock().state.multipathd.is_some()
        {
            return self.exec_multipath(cmd, bounds, asked);
        }
        if cmd.program == "blockdev" && asked == Asked::ToChange {
            return self.change(Call::Change(cmd.clone()), |state, _| {
                Ok(blockdev::run(state, &cmd.args))
            });
        }
        if cmd.program != "iscsiadm" {
            return Err(Error::NoProgram {
                program: cmd.program.to_owned(),
            });
        }
        let command = iscsiadm::Command::parse(&cmd.args);
        let slow = self.lock().slow_commands;
        if let Some(span) = slow {
            bounds.wait(span).map_err(ended)?;
        }
        match (command.changes(), asked) {
            (true, Asked::ToLook) => Err(Error::Denied {
                what: format!("{cmd} changes something, but was run as a command that looks"),
            }),
            (true, Asked::ToChange) => self.change(Call::Change(cmd.clone()), |state, fabric| {
                Ok(command.run(state, fabric))
            }),
            (false, _) => {
                let mut inner = self.lock();
                inner.log.calls.push(Call::Look(cmd.clone()));
                // A command that looks leaves the state as it is; a copy proves it.
                let mut copy = inner.state.clone();
                drop(inner);
                Ok(command.run(&mut copy, self.fabric.as_ref()))
            }
        }
    }
}

impl PracticeMachine {
    fn exec_multipath(&self, cmd: &Cmd, bounds: &Bounds, asked: Asked) -> Result<Output, Error> {
        match (multipath::changes(cmd), asked) {
            (true, Asked::ToLook) => Err(Error::Denied {
                what: format!("{cmd} changes something, but was run as a command that looks"),
            }),
            (true, Asked::ToChange) => {
                let hangs = multipath::hangs(&self.lock().state, self.fabric.as_ref(), cmd);
                if hangs {
                    // It waits for a path that never comes.
                    let forever = Duration::from_secs(24 * 3600);
                    bounds.wait(forever).map_err(|ended| Error::Ended {
                        what: cmd.to_string(),
                        ended,
                    })?;
                }
                self.change(Call::Change(cmd.clone()), |state, fabric| {
                    Ok(multipath::run(state, fabric, cmd))
                })
            }
            (false, _) => {
                let mut inner = self.lock();
                inner.log.calls.push(Call::Look(cmd.clone()));
                if inner.busy_answers > 0 {
                    inner.busy_answers -= 1;
                    return Ok(multipath::busy());
                }
                let mut copy = inner.state.clone();
                drop(inner);
                Ok(multipath::run(&mut copy, self.fabric.as_ref(), cmd))
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    ToLook,
    ToChange,
}

impl Machine for PracticeMachine {
    fn flavour(&self) -> Flavour {
        Flavour::Practice
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.look(|tree| tree.read(path))
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        self.look(|tree| tree.list(dir))
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        match self.look(|tree| tree.resolve(path))? {
            Resolved::Path(path) => Ok(path),
            Resolved::Disk(hctl) => {
                let state = &self.lock().state;
                files::backing(state, self.fabric.as_ref(), hctl)
                    .map(|file| file.to_string_lossy().into_owned())
                    .ok_or_else(|| Error::NotFound {
                        path: path.to_owned(),
                    })
            }
        }
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        self.look(|tree| tree.link_text(path))
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        let found = self.look(|tree| tree.stat(path));
        match found {
            Err(error) if error.is_not_found() && self.is_backing(path) => Ok(Stat {
                kind: FileKind::File,
                device: (0, 0),
            }),
            found => found,
        }
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<(), Error> {
        let attribute = self.look(|tree| tree.attribute(path))?;
        let slow = self.lock().slow_scan;
        let waited = match (slow, attribute) {
            (Some(span), kernel::Attribute::Scan { .. }) => bounds.wait(span),
            _ => Ok(()),
        };
        let call = Call::Write {
            path: path.to_owned(),
            value: value.to_owned(),
        };
        self.change(call, |state, fabric| {
            kernel::write(state, fabric, attribute, path, value)
        })?;
        // The kernel goes on scanning when nobody waits any more.
        waited.map_err(|_| Error::Stuck {
            what: path.to_owned(),
            pid: None,
        })
    }

    fn has_program(&self, program: &str) -> bool {
        let maps = matches!(program, "multipath" | "multipathd");
        !maps || self.lock().state.multipathd.is_some()
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        if !self.lock().state.pending.is_empty() {
            // A state that cannot be saved shows at the next change.
            let _ = self.edit(multipath::wake);
        }
        bounds.wait(span)
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        self.exec(cmd, bounds, Asked::ToLook)
    }

    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, _mutate: &Mutate) -> Result<Output, Error> {
        self.exec(cmd, bounds, Asked::ToChange)
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        let portals = self.fabric.portals();
        let mut inner = self.lock();
        inner.log.calls.push(Call::Probe(portal));
        match kernel::answer(&inner.state, &portals, portal) {
            Answer::Up => Ok(()),
            Answer::Refused => Err(Dead::Refused),
            Answer::Silent => Err(Dead::Silent(span)),
        }
    }

    fn flush(&self, device: &str, _bounds: &Bounds, _mutate: &Mutate) -> Result<(), Error> {
        let block = self.look(|tree| tree.stat(device))?.kind == FileKind::Block;
        self.change(Call::Flush(device.to_owned()), |_, _| {
            if block {
                Ok(())
            } else {
                Err(refused(device, Errno::NOTBLK))
            }
        })
    }

    fn edit_record(
        &self,
        path: &str,
        edit: &dyn Fn(&str) -> String,
        _bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<(), Error> {
        let text = self.read(path)?;
        let text = edit(&String::from_utf8_lossy(&text));
        // The log tells the file and no more, for it may be a secret.
        self.change(Call::EditRecord(path.to_owned()), |state, _| {
            play::put_record_text(state, path, &text)
        })
    }

    fn read_block(&self, device: &str, _bounds: &Bounds) -> Result<(), Error> {
        let Resolved::Disk(hctl) = self.look(|tree| tree.resolve(device))? else {
            return Ok(());
        };
        let inner = self.lock();
        let carrier = inner.state.carrier_of(hctl);
        let behind = carrier.and_then(|c| kernel::behind(self.fabric.as_ref(), c, hctl));
        behind.map(|_| ()).ok_or_else(|| refused(device, Errno::IO))
    }
}

#[cfg(test)]
mod tests;
