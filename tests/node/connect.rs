//! The node's half of attach, detach and status, walked by the real flows on the practice machine.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../support/family.rs"]
mod family;

#[path = "connect/rig.rs"]
mod rig;

#[path = "connect/faulty.rs"]
mod faulty;

#[path = "connect/attach.rs"]
mod attach;
#[path = "connect/by_hand.rs"]
mod by_hand;
#[path = "connect/chap.rs"]
mod chap;
#[path = "connect/detach.rs"]
mod detach;
#[path = "connect/every.rs"]
mod every;
#[path = "connect/fibre.rs"]
mod fibre;
#[path = "connect/lent.rs"]
mod lent;
#[path = "connect/maps.rs"]
mod maps;
#[path = "connect/maps_killed.rs"]
mod maps_killed;
#[path = "connect/maps_waiting.rs"]
mod maps_waiting;
#[path = "connect/multipath.rs"]
mod multipath;
#[path = "connect/over_v6.rs"]
mod over_v6;
#[path = "connect/persist.rs"]
mod persist;
#[path = "connect/read_only.rs"]
mod read_only;
#[path = "connect/sessions.rs"]
mod sessions;
#[path = "connect/shares.rs"]
mod shares;
#[path = "connect/shares_faults.rs"]
mod shares_faults;
#[path = "connect/shares_rig.rs"]
mod shares_rig;
#[path = "connect/stale.rs"]
mod stale;
#[path = "connect/status.rs"]
mod status;
