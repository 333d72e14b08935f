//! The practice setting: one array and one node over one state directory, joined by a fabric that
//! is nothing but function calls.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::faults::Faults;
use super::machine::fabric::{Answer, Fabric, FabricLun, FabricPortal};
use super::machine::{self, PracticeMachine};
use super::oceanstor::{self, StoreError};
use super::server::{Device, Server};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::{Held, LockError, Locks, make_private_dir};
use crate::model::ids::Wwid;
use crate::model::portal::Portal;
use crate::system::Machine;

/// The folder below the state directory that holds everything.
pub const FOLDER: &str = "practice";
/// What attachments write down, within [`FOLDER`].
const JOURNALS: &str = "attachments";
const GIB: u64 = 1 << 30;
/// The LUNs of a fresh array and their sizes.
const LUNS: [(&str, u64); 4] = [("vol-1", 1), ("vol-2", 2), ("vol-3", 5), ("vol-4", 10)];
/// The ports of a fresh array. Nothing is ever sent there.
const PORTALS: [Ipv4Addr; 2] = [
    Ipv4Addr::new(172, 24, 3, 150),
    Ipv4Addr::new(172, 24, 4, 150),
];

/// Why the practice setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it for longer than we may wait.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The array's state cannot be used.
    #[error(transparent)]
    Array(#[from] StoreError),
    /// The machine's state, or the folder, cannot be used.
    #[error("practice machine {}: {source}", path.display())]
    Machine {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl Failure for OpenError {
    fn kind(&self) -> Kind {
        match self {
            Self::Lock(error) => error.kind(),
            Self::Array(StoreError::Io { source, .. }) | Self::Machine { source, .. }
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                Kind::Denied
            }
            Self::Array(_) | Self::Machine { .. } => Kind::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Lock(error @ LockError::Io { .. }) => {
                let mut hints = error.hints();
                hints.push("or name another place with SANCTL_STATE_DIR".into());
                hints
            }
            Self::Lock(error) => error.hints(),
            Self::Array(StoreError::Io { path, .. }) | Self::Machine { path, .. } => {
                vec![format!("check the owner and mode of {}", path.display())]
            }
            Self::Array(StoreError::Content { path, .. }) => {
                vec![format!("rm {} begins anew", path.display())]
            }
        }
    }
}

/// A practice array and a practice machine. The value holds a lock, so that processes take turns;
/// it lives as long as a whole command.
#[derive(Debug)]
pub struct Practice {
    array: Arc<oceanstor::Practice>,
    machine: Arc<PracticeMachine>,
    _held: Held,
}

impl Practice {
    /// The array's account.
    pub const USER: &str = oceanstor::Seed::USER;
    /// Its password, no secret.
    pub const PASSWORD: &str = oceanstor::Seed::PASSWORD;

    /// Opens the setting in `state_dir`, and makes it when there is none. Waits within `bounds` for
    /// another process.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(state_dir: &Path, bounds: &Bounds) -> Result<Self, OpenError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            |source| OpenError::Machine { path, source }
        };
        // A printed device must not depend on where the command was started.
        let dir = std::path::absolute(state_dir)
            .map_err(failed(state_dir))?
            .join(FOLDER);
        let luns = dir.join("luns");
        let held = Locks::in_dir(&dir).take(FOLDER, bounds)?;
        make_private_dir(&luns).map_err(failed(&luns))?;

        let mut seed = oceanstor::Seed::v3();
        seed.portals = PORTALS.map(|ip| SocketAddr::from((ip, 3260))).to_vec();
        let file = dir.join("array.json");
        let array = Arc::new(oceanstor::Practice::open(&file, &seed)?);
        if array.is_pristine() {
            furnish(&array);
            array.save()?;
        }
        array.set_backing_dir(&luns);

        let fabric = Arc::new(Wire {
            array: Arc::clone(&array),
            logins: Mutex::default(),
        });
        let seed = machine::Seed {
            hostname: "practice-node".into(),
            initiator: "iqn.1994-05.com.redhat:practice-node".into(),
        };
        let file = dir.join("machine.json");
        let machine = PracticeMachine::open(fabric, file.clone(), &seed).map_err(failed(&file))?;
        Ok(Self {
            array,
            machine: Arc::new(machine),
            _held: held,
        })
    }

    /// Serves the array's REST interface on a free port of 127.0.0.1 until the value is dropped.
    ///
    /// # Errors
    /// When no socket can be had.
    pub fn array_server(&self) -> io::Result<Server> {
        let device: Arc<dyn Device> = self.array.clone();
        Server::start(
            device,
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            Faults::none(),
        )
    }

    /// The array as an object, to change it from behind.
    pub fn array(&self) -> &Arc<oceanstor::Practice> {
        &self.array
    }

    /// The node as the drivers see it.
    pub fn machine(&self) -> Arc<dyn Machine> {
        self.machine.clone()
    }

    /// The node as an object, to break it on purpose.
    pub fn practice_machine(&self) -> &Arc<PracticeMachine> {
        &self.machine
    }

    /// The regular file that holds the data of `wwid`, when a path of the node leads to it.
    pub fn device_file(&self, wwid: &Wwid) -> Option<PathBuf> {
        self.machine.device_file(wwid)
    }
}

/// Forgets the setting in `state_dir`: the array, the machine, the data of its LUNs, and what the
/// attachments of them wrote down.
///
/// # Errors
/// [`OpenError`].
#[allow(
    clippy::disallowed_methods,
    reason = "the practice folder is this module's own"
)]
pub fn reset(state_dir: &Path, bounds: &Bounds) -> Result<(), OpenError> {
    let dir = state_dir.join(FOLDER);
    let _held = Locks::in_dir(&dir).take(FOLDER, bounds)?;
    let failed = |source| OpenError::Machine {
        path: dir.clone(),
        source,
    };
    for name in ["array.json", "machine.json"] {
        match std::fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    for name in ["luns", JOURNALS] {
        match std::fs::remove_dir_all(dir.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    Ok(())
}

/// Fills a fresh array: LUNs to attach, and another host that has one already.
fn furnish(array: &oceanstor::Practice) {
    let mut first = None;
    for (name, gib) in LUNS {
        let lun = array.add_lun(name, gib * GIB);
        first = first.or(Some(lun));
    }
    if let Some(lun) = first {
        array.add_snapshot("vol-1-snap", lun);
    }
    let host = array.add_host("db-1");
    array.add_initiator("iqn.1994-05.com.redhat:db-1", Some(host));
    let lun = array.add_lun("db-1-data", 4 * GIB);
    // The names that OpenStack gives.
    let hosts = array.add_hostgroup(&format!("OpenStack_HostGroup_{host}"), &[host]);
    let luns = array.add_lungroup(&format!("OpenStack_LunGroup_{host}"), &[lun]);
    array.add_view(
        &format!("OpenStack_Mapping_View_{host}"),
        Some(hosts),
        Some(luns),
    );
}

/// What lies between the node and the array.
struct Wire {
    array: Arc<oceanstor::Practice>,
    /// Initiator, target and portal of each session.
    logins: Mutex<BTreeSet<(String, String, Portal)>>,
}

impl Fabric for Wire {
    fn portals(&self) -> Vec<FabricPortal> {
        let portals = self.array.portals().into_iter();
        portals
            .map(|p| FabricPortal {
                portal: portal(p.addr),
                iqn: p.iqn,
                tpgt: p.tpgt,
                state: if p.up { Answer::Up } else { Answer::Silent },
            })
            .collect()
    }

    fn luns(&self, initiator: &str, iqn: &str) -> Vec<FabricLun> {
        let portals = self.array.portals();
        let here: Vec<SocketAddr> = portals
            .iter()
            .filter(|p| p.iqn == iqn)
            .map(|p| p.addr)
            .collect();
        let mut found = Vec::new();
        for seen in self.array.exposures() {
            let reached = match &seen.portals {
                None => !here.is_empty(),
                Some(limit) => limit.iter().any(|addr| here.contains(addr)),
            };
            if seen.initiator != initiator || !reached {
                continue;
            }
            let (Ok(wwid), Some(backing)) = (seen.wwid.parse(), seen.backing) else {
                continue;
            };
            // A file that cannot be made is found missing by whoever opens the device.
            let _ = make_backing(&backing, seen.bytes);
            found.push(FabricLun {
                number: u64::from(seen.number),
                wwid,
                size_bytes: seen.bytes,
                backing,
            });
        }
        found
    }

    fn chap(&self, initiator: &str, _iqn: &str) -> Option<(String, String)> {
        self.array.chap_of(initiator)
    }

    fn set_logged_in(&self, initiator: &str, iqn: &str, portal: Portal, logged_in: bool) {
        let mut logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        let login = (initiator.to_owned(), iqn.to_owned(), portal);
        if logged_in {
            logins.insert(login);
        } else {
            logins.remove(&login);
        }
        let online = logins.iter().any(|(name, _, _)| name == initiator);
        self.array.set_logged_in(initiator, online);
    }
}

fn portal(addr: SocketAddr) -> Portal {
    Portal {
        ip: addr.ip(),
        port: addr.port(),
    }
}

/// A sparse file of `bytes`; one that is there grows, and never shrinks.
#[allow(
    clippy::disallowed_methods,
    reason = "the files behind practice LUNs are reached nowhere else"
)]
fn make_backing(path: &Path, bytes: u64) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let file: File = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)?;
    if file.metadata()?.len() < bytes {
        file.set_len(bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kit::consent::{Ground, grant};
    use crate::kit::stop::Stop;
    use crate::system::{Cmd, Flavour};

    fn bounds() -> Bounds {
        Bounds::new(Duration::from_secs(60), "test", Stop::new())
    }

    fn run(practice: &Practice, line: &str) {
        let cmd = Cmd::new("iscsiadm", line.split(' '));
        let output = practice
            .machine()
            .exec_change(&cmd, &bounds(), &grant(Ground::ByClass));
        let output = output.unwrap();
        assert_eq!(output.code, 0, "{line}: {}", output.stderr);
    }

    /// Maps the array's `vol-1` to the practice node, as another administrator would.
    fn map(practice: &Practice) -> (Wwid, u32) {
        let array = practice.array();
        let host = array.add_host("practice-node");
        array.add_initiator("iqn.1994-05.com.redhat:practice-node", Some(host));
        let hosts = array.add_hostgroup("hosts", &[host]);
        let luns = array.add_lungroup("luns", &[0]);
        array.add_view("view", Some(hosts), Some(luns));
        array.save().unwrap();
        (
            array.lun_wwn(0).parse().unwrap(),
            array.lun_number(host, 0).unwrap(),
        )
    }

    #[test]
    fn what_the_array_maps_the_node_sees_as_a_file_of_the_state_directory() {
        let dir = tempfile::tempdir().unwrap();
        let practice = Practice::open(dir.path(), &bounds()).unwrap();
        let (wwid, number) = map(&practice);
        run(&practice, "-m discovery -t st -p 172.24.3.150 -o new");
        run(&practice, "-m node --login");
        let machine = practice.machine();
        assert_eq!(machine.flavour(), Flavour::Practice);
        let device = format!("/sys/class/scsi_device/0:0:0:{number}/device");
        assert_eq!(
            machine.text(&format!("{device}/wwid")).unwrap(),
            Some(wwid.sysfs())
        );
        let file = PathBuf::from(machine.resolve("/dev/sda").unwrap());
        assert_eq!(Some(&file), practice.device_file(&wwid).as_ref());
        assert!(file.starts_with(dir.path()), "{}", file.display());
        let found = std::fs::metadata(&file).unwrap();
        assert!(found.is_file());
        assert_eq!(found.len(), GIB);
        assert_eq!(
            machine.stat(&file.to_string_lossy()).unwrap().kind,
            crate::system::FileKind::File
        );
        // Another host's LUN is not seen.
        assert_eq!(machine.list("/sys/class/scsi_device").unwrap().len(), 2);
    }

    #[test]
    fn everything_is_there_again_for_the_next_command() {
        let dir = tempfile::tempdir().unwrap();
        let (serial, wwid) = {
            let practice = Practice::open(dir.path(), &bounds()).unwrap();
            let (wwid, _) = map(&practice);
            run(&practice, "-m discovery -t st -p 172.24.3.150 -o new");
            run(&practice, "-m node --login");
            (practice.array().serial(), wwid)
        };
        let practice = Practice::open(dir.path(), &bounds()).unwrap();
        assert_eq!(practice.array().serial(), serial);
        assert!(practice.device_file(&wwid).is_some());
        let online = |practice: &Practice| {
            let node = "iqn.1994-05.com.redhat:practice-node";
            practice.array().is_online(node)
        };
        assert!(online(&practice));
        run(&practice, "-m session -r 1 -u");
        assert!(online(&practice), "one session is left");
        run(&practice, "-m session -r 2 -u");
        assert!(!online(&practice));
    }

    #[test]
    fn two_processes_take_turns() {
        let dir = tempfile::tempdir().unwrap();
        let first = Practice::open(dir.path(), &bounds()).unwrap();
        let late = Bounds::new(Duration::ZERO, "test", Stop::new());
        let busy = Practice::open(dir.path(), &late).unwrap_err();
        assert_eq!(busy.kind(), Kind::Unreachable);
        drop(first);
        Practice::open(dir.path(), &late).unwrap();
    }

    #[test]
    fn a_broken_state_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        drop(Practice::open(dir.path(), &bounds()).unwrap());
        for broken in ["array.json", "machine.json"] {
            let path = dir.path().join("practice").join(broken);
            truncate(&path);
            let error = Practice::open(dir.path(), &bounds()).unwrap_err();
            assert!(error.to_string().contains(broken), "{error}");
            remove(&path);
        }
    }

    #[allow(clippy::disallowed_methods, reason = "a test breaks its own file")]
    fn truncate(path: &Path) {
        std::fs::write(path, "").unwrap();
    }

    #[allow(clippy::disallowed_methods, reason = "a test removes its own file")]
    fn remove(path: &Path) {
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn the_array_answers_on_loopback() {
        let dir = tempfile::tempdir().unwrap();
        let practice = Practice::open(dir.path(), &bounds()).unwrap();
        let server = practice.array_server().unwrap();
        assert!(server.addr().ip().is_loopback());
    }
}
