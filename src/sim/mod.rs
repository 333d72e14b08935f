//! Practice: stand-ins for arrays and for a node, so that everything can be tried without either.
//!
//! The arrays are strict and stateful and speak the real wire protocol on loopback. Nothing here
//! shares a type with the clients in `array/` or the drivers in `node/`: a mistake made in both
//! places would otherwise hide itself. Nothing of tokio leaves this folder.

pub mod exposure;
pub mod faults;
pub mod lio;
pub mod machine;
pub mod oceanstor;
pub mod ontap;
pub mod practice;
pub mod seen;
pub mod server;
mod spoilt;
mod store;
