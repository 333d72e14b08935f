//! The practice machine: a Linux node that lives in one value.
//!
//! Its sysfs, /proc, /etc/iscsi and `iscsiadm` answer as those of a real node with open-iscsi 2.1.8
//! and a 6.1 kernel, and they react: a login makes a session, a scan makes disks, a delete removes
//! them. What it can reach is told by a [`Fabric`]. It is strict: what it does not know it refuses.

pub mod fabric;
pub mod log;

mod files;
mod iscsiadm;
mod kernel;
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
use state::{Held, State};
pub use state::{Hold, Outage, Product};
use tree::{Resolved, Tree, refused};

use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::Wwid;
use crate::model::portal::Portal;
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
    /// The rendered files, as long as neither the state nor the fabric differs.
    rendered: Option<Rendered>,
}

struct Rendered {
    portals: Vec<FabricPortal>,
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
        let mut inner = self.lock();
        let Inner {
            state,
            rendered,
            log,
            ..
        } = &mut *inner;
        log.reads += 1;
        let stale = rendered.as_ref().is_none_or(|r| r.portals != portals);
        if stale {
            let mut tree = Tree::new();
            sysfs::render(&mut tree, state, &portals);
            files::render(&mut tree, state);
            *rendered = Some(Rendered { portals, tree });
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
}

/// What tests and practice sessions do to the machine, and what they ask it.
impl PracticeMachine {
    /// The regular file that holds the data of `wwid`, when a path of this machine leads to it.
    pub fn device_file(&self, wwid: &Wwid) -> Option<PathBuf> {
        files::device_file(&self.lock().state, self.fabric.as_ref(), wwid)
    }

    /// All calls so far except plain reads.
    pub fn calls(&self) -> Vec<Call> {
        self.lock().log.calls.clone()
    }

    /// The calls that change something, as one would type them.
    pub fn changes(&self) -> Vec<String> {
        let calls = self.calls().into_iter();
        calls.filter(Call::changes).map(|c| c.to_string()).collect()
    }

    /// How many files, links and directories were read.
    pub fn reads(&self) -> usize {
        self.lock().log.reads
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.lock().log = Log::default();
    }

    /// Has `hook` asked around each change from now on; changes count from 1 again.
    pub fn on_change(&self, hook: Hook) {
        let mut inner = self.lock();
        inner.changes = 0;
        inner.hook = Some(Arc::new(hook));
    }

    /// Takes the hook away.
    pub fn no_hook(&self) {
        self.lock().hook = None;
    }

    /// Makes each scan take this long; a caller who waits less finds it stuck.
    pub fn set_slow_scan(&self, span: Option<Duration>) {
        self.lock().slow_scan = span;
    }

    /// Makes each command take this long.
    pub fn set_slow_commands(&self, span: Option<Duration>) {
        self.lock().slow_commands = span;
    }

    /// Cuts the link to a portal, or mends it.
    ///
    /// # Errors
    /// When the state cannot be saved; so for all below.
    pub fn set_outage(&self, portal: Portal, outage: Option<Outage>) -> Result<(), Error> {
        self.edit(|state| match outage {
            Some(outage) => drop(state.outages.insert(portal, outage)),
            None => drop(state.outages.remove(&portal)),
        })
    }

    /// Has every login at a portal end with this exit code, for example 24.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_login_code(&self, portal: Portal, code: Option<i32>) -> Result<(), Error> {
        self.edit(|state| match code {
            Some(code) => drop(state.login_codes.insert(portal, code)),
            None => drop(state.login_codes.remove(&portal)),
        })
    }

    /// Has every logout at a portal end with this exit code, for example 9.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_logout_code(&self, portal: Portal, code: Option<i32>) -> Result<(), Error> {
        self.edit(|state| match code {
            Some(code) => drop(state.logout_codes.insert(portal, code)),
            None => drop(state.logout_codes.remove(&portal)),
        })
    }

    /// Starts or stops iscsid.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_iscsid(&self, daemon: Daemon) -> Result<(), Error> {
        self.edit(|state| state.iscsid = daemon == Daemon::Running)
    }

    /// Writes `initiatorname.iscsi` with these names, or removes the file.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_initiators(&self, names: Option<&[&str]>) -> Result<(), Error> {
        let names = names.map(|names| names.iter().map(|n| (*n).to_owned()).collect());
        self.edit(|state| state.initiators = names)
    }

    /// Changes what the disks say they are.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_product(&self, product: Product) -> Result<(), Error> {
        self.edit(|state| state.product = product)
    }

    /// Writes a record's file by hand, as an administrator with an editor would.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no record has this path, or when the state cannot be saved.
    pub fn edit_record(&self, path: &str, text: &str) -> Result<(), Error> {
        self.edit(|state| {
            let at = |r: &&mut record::Record| format!("/etc/iscsi/{}", r.path()) == path;
            let found = state.records.iter_mut().find(at);
            let record = found.ok_or_else(|| Error::NotFound {
                path: path.to_owned(),
            })?;
            record.take_text(text);
            Ok(())
        })?
    }

    /// Has somebody hold a disk, given as `sda` or `/dev/sda`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such disk, or when the state cannot be saved.
    pub fn hold(&self, device: &str, by: Hold) -> Result<(), Error> {
        self.edit(|state| {
            let found = state.disk_named(device).map(|(_, disk)| disk.index);
            let disk = found.ok_or_else(|| Error::NotFound {
                path: device.to_owned(),
            })?;
            state.holds.push(Held { disk, by });
            Ok(())
        })?
    }

    /// Ends every hold of a disk, even of one that was removed meanwhile.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn release(&self, device: &str) -> Result<(), Error> {
        let name = device.strip_prefix("/dev/").unwrap_or(device);
        self.edit(|state| state.holds.retain(|h| state::disk_name(h.disk) != name))
    }

    /// Starts the machine again: sessions, disks and holds are gone, records stay, and those with
    /// `node.startup = automatic` log in again.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn reboot(&self) -> Result<(), Error> {
        let fabric = self.fabric.as_ref();
        self.edit(|state| {
            let sids: Vec<u32> = state.sessions.keys().copied().collect();
            for sid in sids {
                kernel::logout(state, fabric, sid);
            }
            state.holds.clear();
            state.disks.clear();
            state.last_sid = 0;
            state.boots += 1;
            for record in state.records.clone() {
                if record.get("node.startup").as_deref() == Some("automatic") {
                    // A portal that does not answer at boot is no reason not to boot.
                    let _ = kernel::login(state, fabric, &record);
                }
            }
        })
    }

    fn is_backing(&self, path: &str) -> bool {
        self.lock()
            .state
            .disks
            .values()
            .any(|d| d.backing.as_os_str() == path)
    }
}

/// Whether iscsid runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daemon {
    /// It runs.
    Running,
    /// It does not.
    Stopped,
}

#[cfg(test)]
mod tests;
