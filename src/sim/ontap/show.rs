//! What both wires show in the same words.

use super::state::{Lif, LifKind};

impl Lif {
    pub(super) fn is_home(&self) -> bool {
        self.node == self.home_node && self.port == self.home_port
    }

    /// The service policy of an IP LIF.
    pub(super) fn policy(&self) -> Option<&'static str> {
        match self.kind {
            LifKind::Iscsi => Some("default-data-blocks"),
            LifKind::Management => Some("default-management"),
            LifKind::Fcp | LifKind::NvmeFc => None,
        }
    }

    /// The services of that policy.
    pub(super) fn services(&self) -> &'static [&'static str] {
        match self.kind {
            LifKind::Iscsi => &["data_core", "data_iscsi"],
            LifKind::Management => &["management_core", "management_https", "management_ssh"],
            LifKind::Fcp | LifKind::NvmeFc => &[],
        }
    }
}

/// The initiator's half of a session's name.
pub(super) fn isid(session: u32) -> String {
    let [a, b, c, d] = session.to_be_bytes();
    format!("00:02:{a:02x}:{b:02x}:{c:02x}:{d:02x}")
}
