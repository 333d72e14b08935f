//! The practice setting: one array and one node over one state directory, joined by a fabric that
//! is nothing but function calls.

mod product;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::faults::Faults;
use super::machine::{self, PracticeMachine};
use super::server::{Device, Server};
use super::store::StoreError;
use super::{oceanstor, ontap};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::{Held, LockError, Locks, make_private_dir};
use crate::model::ids::Wwid;
use crate::system::Machine;
pub use product::{Practised, Product};
use wire::Wire;

/// The folder below the state directory that holds everything.
pub const FOLDER: &str = "practice";
/// What attachments write down, within [`FOLDER`].
const JOURNALS: &str = "attachments";
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
pub struct Setting<A> {
    array: Arc<A>,
    machine: Arc<PracticeMachine>,
    _held: Held,
}

/// The setting with an OceanStor, which is what is practised on unless another is asked for.
pub type Practice = Setting<oceanstor::Practice>;
/// The setting with an ONTAP.
pub type OntapPractice = Setting<ontap::Practice>;

impl<A: Practised> Setting<A> {
    /// The array's account.
    pub const USER: &str = A::PRODUCT.user();
    /// Its password, no secret.
    pub const PASSWORD: &str = A::PRODUCT.password();

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
        let state_dir = std::path::absolute(state_dir).map_err(failed(state_dir))?;
        let dir = dir_of(&state_dir, A::PRODUCT);
        let luns = dir.join("luns");
        let held = Locks::in_dir(&dir).take(FOLDER, bounds)?;
        make_private_dir(&luns).map_err(failed(&luns))?;

        let array = Arc::new(A::in_file(&dir.join("array.json"))?);
        array.set_backing_dir(&luns);

        let fabric = Arc::new(Wire::to(array.clone()));
        let seed = machine::Seed {
            hostname: "practice-node".into(),
            initiator: "iqn.1994-05.com.redhat:practice-node".into(),
        };
        let file = dir.join("machine.json");
        let fresh = !file.try_exists().map_err(failed(&file))?;
        let machine = PracticeMachine::open(fabric, file.clone(), &seed).map_err(failed(&file))?;
        if fresh && let Some(inquiry) = A::PRODUCT.inquiry() {
            let told = machine.set_product(inquiry).map_err(io::Error::other);
            told.map_err(failed(&file))?;
        }
        Ok(Self {
            array,
            machine: Arc::new(machine),
            _held: held,
        })
    }

    /// The array as an object, to change it from behind.
    pub fn array(&self) -> &Arc<A> {
        &self.array
    }

    /// The node as an object, to break it on purpose.
    pub fn practice_machine(&self) -> &Arc<PracticeMachine> {
        &self.machine
    }

    /// The regular file that holds the data of `wwid`, when a path of the node leads to it.
    pub fn device_file(&self, wwid: &Wwid) -> Option<PathBuf> {
        self.machine.device_file(wwid)
    }

    /// The node as the drivers see it.
    pub fn machine(&self) -> Arc<dyn Machine> {
        self.machine.clone()
    }

    /// Serves the array's interface on a free port of 127.0.0.1 until the value is dropped.
    ///
    /// # Errors
    /// When no socket can be had.
    pub fn array_server(&self) -> io::Result<Server> {
        let device: Arc<dyn Device> = self.array.clone();
        let bind = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Server::start(device, bind, Faults::none())
    }
}

/// The setting, whatever its array.
pub trait AnySetting: Send + Sync {
    /// [`Setting::machine`].
    fn machine(&self) -> Arc<dyn Machine>;

    /// [`Setting::array_server`].
    ///
    /// # Errors
    /// When no socket can be had.
    fn array_server(&self) -> io::Result<Server>;
}

impl<A: Practised> AnySetting for Setting<A> {
    fn machine(&self) -> Arc<dyn Machine> {
        Self::machine(self)
    }

    fn array_server(&self) -> io::Result<Server> {
        Self::array_server(self)
    }
}

/// Opens the setting of a product; see [`Setting::open`].
///
/// # Errors
/// [`OpenError`].
pub fn open(
    product: Product,
    state_dir: &Path,
    bounds: &Bounds,
) -> Result<Arc<dyn AnySetting>, OpenError> {
    Ok(match product {
        Product::Oceanstor => Arc::new(Practice::open(state_dir, bounds)?),
        Product::Ontap => Arc::new(OntapPractice::open(state_dir, bounds)?),
    })
}

/// Where a product's setting keeps everything.
fn dir_of(state_dir: &Path, product: Product) -> PathBuf {
    // Pushing an empty word would add a slash.
    match product.folder() {
        "" => state_dir.join(FOLDER),
        folder => state_dir.join(FOLDER).join(folder),
    }
}

/// Forgets the settings in `state_dir`, of every product: the array, the machine, the data of its
/// LUNs, and what the attachments of them wrote down.
///
/// # Errors
/// [`OpenError`].
pub fn reset(state_dir: &Path, bounds: &Bounds) -> Result<(), OpenError> {
    for product in Product::ALL {
        let dir = dir_of(state_dir, product);
        if dir.is_dir() {
            forget(&dir, bounds)?;
        }
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the practice folder is this module's own"
)]
fn forget(dir: &Path, bounds: &Bounds) -> Result<(), OpenError> {
    let _held = Locks::in_dir(dir).take(FOLDER, bounds)?;
    let failed = |source| OpenError::Machine {
        path: dir.to_owned(),
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

#[cfg(test)]
mod tests;
