//! Practice arrays: strict, stateful stand-ins that speak a real array's wire protocol on loopback.
//!
//! Nothing here shares a type with the clients in `array/` or the drivers in `node/`: a mistake
//! made in both places would otherwise hide itself. Nothing of tokio leaves this folder.

pub mod faults;
pub mod lio;
pub mod oceanstor;
pub mod seen;
pub mod server;
mod spoilt;
