//! What a device is reached through: an iSCSI session, or a login between two Fibre Channel ports.

use crate::node::iscsi::session::Session;

/// A way from this node to one target.
pub trait Nexus {
    /// The SCSI host.
    fn host(&self) -> u32;

    /// Its directory in sysfs; targets and devices are below it.
    fn dir(&self) -> &str;

    /// Channel and number of the target, where they are known without a device.
    fn place(&self) -> Option<(u32, u32)> {
        None
    }
}

impl Nexus for Session {
    fn host(&self) -> u32 {
        self.host
    }

    fn dir(&self) -> &str {
        &self.dir
    }
}
