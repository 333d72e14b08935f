//! iSCSI on this node: the initiator's name, sessions, records, and the program `iscsiadm`.

pub mod codes;
pub mod initiator;
pub mod iscsiadm;
pub mod record;
pub mod running;
pub mod secret;
pub mod session;
