//! Publishing LUNs on the practice arrays, over a socket.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that cannot go on fails"
)]

#[path = "../support/family.rs"]
mod family;

#[allow(dead_code, reason = "other targets need more of it")]
#[path = "../support/tls.rs"]
mod tls;

#[path = "publish/hooked.rs"]
mod hooked;

#[path = "publish/rig.rs"]
mod rig;

#[path = "publish/adopted.rs"]
mod adopted;

#[path = "publish/budget.rs"]
mod budget;

#[path = "publish/lost.rs"]
mod lost;

#[path = "publish/every.rs"]
mod every;

#[path = "publish/sweep.rs"]
mod sweep;

#[path = "publish/sameness.rs"]
mod sameness;

#[path = "publish/halves.rs"]
mod halves;

#[path = "publish/conflicts.rs"]
mod conflicts;

#[path = "publish/back.rs"]
mod back;

#[path = "publish/peers.rs"]
mod peers;

#[path = "publish/meanwhile.rs"]
mod meanwhile;

#[path = "publish/ports.rs"]
mod ports;

#[path = "publish/shapes.rs"]
mod shapes;

#[path = "publish/words.rs"]
mod words;

#[path = "publish/numbers.rs"]
mod numbers;

#[path = "publish/chap.rs"]
mod chap;

#[path = "publish/fc.rs"]
mod fc;

#[path = "publish/over_v6.rs"]
mod over_v6;

#[path = "ontap/mod.rs"]
mod ontap;
