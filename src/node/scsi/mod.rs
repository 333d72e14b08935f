//! SCSI devices of this node, read from sysfs, and the three writes that add, refresh and remove
//! one of them (linux-host.md §5). The kernel is never believed: every write is followed by a look.

pub mod act;
pub mod check;
pub mod device;
pub mod nexus;
pub mod select;
pub mod transport;
pub mod vpd;
