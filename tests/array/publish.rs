//! Publishing LUNs on the practice OceanStor, over a socket.

#[path = "publish/rig.rs"]
mod rig;

#[path = "publish/budget.rs"]
mod budget;

#[path = "publish/lost.rs"]
mod lost;
