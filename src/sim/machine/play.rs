//! What tests and practice sessions do to the machine behind its back, and what they ask it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::log::{Call, Hook, Log};
use super::state::{self, Held, Hold, MultipathConf, Outage, Product};
use super::{PracticeMachine, fibre, files, kernel, record};
use crate::model::ids::{Wwid, Wwpn};
use crate::model::portal::Portal;
use crate::system::Error;

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

    /// Puts in a Fibre Channel port. It logs in to what the fabric shows it, and looks for no LUN by
    /// itself, as with `scsi_mod.scan=manual`.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn add_hba(&self, wwpn: &Wwpn) -> Result<(), Error> {
        self.edit(|state| fibre::add(state, wwpn))
    }

    /// Pulls the cable of a Fibre Channel port, or puts it in again.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_hba_outage(&self, wwpn: &Wwpn, outage: Option<Outage>) -> Result<(), Error> {
        self.edit(|state| {
            for hba in state.hbas.iter_mut().filter(|hba| hba.wwpn == *wwpn) {
                hba.outage = outage;
            }
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

    /// Installs multipath-tools, with multipathd running or not.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_multipathd(&self, daemon: Daemon) -> Result<(), Error> {
        self.edit(|state| state.multipathd = Some(daemon == Daemon::Running))
    }

    /// Has multipathd be busy for so many questions.
    pub fn set_busy_answers(&self, answers: usize) {
        self.lock().busy_answers = answers;
    }

    /// Removes multipath-tools.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn remove_multipath_tools(&self) -> Result<(), Error> {
        self.edit(|state| state.multipathd = None)
    }

    /// Writes `multipath.conf`, and has multipathd read it.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_multipath_conf(&self, conf: MultipathConf) -> Result<(), Error> {
        self.edit(|state| state.multipath_conf = conf)
    }

    /// Has multipathd deal with a disk only after so many waits for a change.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_map_delay(&self, waits: u32) -> Result<(), Error> {
        self.edit(|state| state.map_delay = waits)
    }

    /// Has maps keep commands when no path is left, those that are there too.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_queueing(&self, queueing: bool) -> Result<(), Error> {
        self.edit(|state| {
            state.queueing = queueing;
            for map in state.maps.values_mut() {
                map.queueing = queueing;
            }
        })
    }

    /// Makes every map that is there read-only, or lets it be written again.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn set_maps_read_only(&self, read_only: bool) -> Result<(), Error> {
        self.edit(|state| {
            for map in state.maps.values_mut() {
                map.read_only = read_only;
            }
        })
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
        self.edit(|state| put_record_text(state, path, text))?
    }

    /// Has somebody hold a disk, given as `sda` or `/dev/sda`, or a multipath map by any name.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such device, or when the state cannot be saved.
    pub fn hold(&self, device: &str, by: Hold) -> Result<(), Error> {
        self.edit(|state| {
            let disk = state.disk_named(device).map(|(_, disk)| disk.index);
            let map = state.map_named(device).map(|(minor, _)| minor);
            let found = disk.map(|disk| (disk, false));
            let found = found.or_else(|| map.map(|minor| (minor, true)));
            let (disk, on_map) = found.ok_or_else(|| Error::NotFound {
                path: device.to_owned(),
            })?;
            state.holds.push(Held { disk, on_map, by });
            Ok(())
        })?
    }

    /// Ends every hold of a disk or `dm-N`, even of one that was removed meanwhile.
    ///
    /// # Errors
    /// When the state cannot be saved.
    pub fn release(&self, device: &str) -> Result<(), Error> {
        let name = device.strip_prefix("/dev/").unwrap_or(device);
        self.edit(|state| state.holds.retain(|h| h.name() != name))
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
            state.maps.clear();
            state.pending.clear();
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

    pub(super) fn is_backing(&self, path: &str) -> bool {
        self.lock()
            .state
            .disks
            .values()
            .any(|d| d.backing.as_os_str() == path)
    }
}

/// Puts a text in the place of a record's file.
pub(super) fn put_record_text(
    state: &mut state::State,
    path: &str,
    text: &str,
) -> Result<(), Error> {
    let at = |r: &&mut record::Record| format!("/etc/iscsi/{}", r.path()) == path;
    let found = state.records.iter_mut().find(at);
    let record = found.ok_or_else(|| Error::NotFound {
        path: path.to_owned(),
    })?;
    record.take_text(text);
    Ok(())
}

/// Whether iscsid runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daemon {
    /// It runs.
    Running,
    /// It does not.
    Stopped,
}
