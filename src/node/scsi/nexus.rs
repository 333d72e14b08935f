//! What a device is reached through: an iSCSI session, or a login between two Fibre Channel ports.

use crate::node::iscsi::session::Session;

/// A way from this node to one target.
pub trait Nexus {
    /// The SCSI host.
    fn host(&self) -> u32;

    /// Its directory in sysfs; targets and devices are below it.
    fn dir(&self) -> &str;

    /// As people call it: `session 3`, `rport-1:0-0`.
    fn name(&self) -> String;

    /// The number of the session, if it is one.
    fn sid(&self) -> Option<u32> {
        None
    }

    /// The name that this node told when it logged in, where that can be another than today's.
    fn initiator(&self) -> Option<&str> {
        None
    }

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

    fn name(&self) -> String {
        format!("session {}", self.sid)
    }

    fn sid(&self) -> Option<u32> {
        Some(self.sid)
    }

    fn initiator(&self) -> Option<&str> {
        self.initiator.as_deref()
    }

    /// iSCSI has the one channel.
    fn place(&self) -> Option<(u32, u32)> {
        self.target_id.map(|target| (0, target))
    }
}
