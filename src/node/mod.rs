//! This machine's side of an attachment: what it tells an array about itself, its sessions, its
//! SCSI devices, and who uses them. Everything is reached through [`crate::system::Machine`].

pub mod connect;
pub mod connector;
pub mod discover;
pub mod edit;
mod error;
pub mod fc;
pub mod files;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod fixture;
pub mod guest;
pub mod hba;
pub mod holders;
pub mod inuse;
pub mod inventory;
pub mod iscsi;
mod mounts;
pub mod multipath;
pub mod probe;
mod processes;
pub mod scsi;

pub use error::{DeadPortal, Error};
