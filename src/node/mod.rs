//! This machine's side of an attachment: what it tells an array about itself, its sessions, its
//! SCSI devices, and who uses them. Everything is reached through [`crate::system::Machine`].

// connect
pub mod connect;
pub mod connector;
mod error;
pub mod fc;
#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests make their own files")]
mod fixture;
pub mod holders;
pub mod inuse;
pub mod iscsi;
pub mod scsi;

pub use error::{DeadPortal, Error};

use crate::model::ids::Wwid;
use crate::model::publication::KernelLun;
use crate::system::Machine;

/// What the kernel knows under iSCSI targets.
///
/// # Errors
/// When sysfs cannot be read.
pub fn kernel_luns(_machine: &dyn Machine) -> Result<Vec<KernelLun>, Error> {
    Ok(Vec::new())
}

/// The disks of this identity.
///
/// # Errors
/// When sysfs cannot be read.
pub fn devices_of(_machine: &dyn Machine, _wwid: &Wwid) -> Result<Vec<String>, Error> {
    Ok(Vec::new())
}
