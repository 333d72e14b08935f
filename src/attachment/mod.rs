//! The heart: what an attachment is, in which order its steps go, who owns what, and what is left.
//!
//! Nothing here knows a vendor or a driver: arrays and nodes contribute stages of steps, and the
//! flows of this folder are policies over them.

pub mod adopt;
pub mod attach;
pub mod claims;
pub mod detach;
mod down;
pub mod entry;
pub mod error;
pub mod flow;
pub mod goal;
pub mod journal;
pub mod journals;
pub mod ledger;
pub mod lookup;
pub mod manual;
pub mod plan;
pub mod receipt;
pub mod report;
pub mod sides;
pub mod status;
mod undo;
mod up;
pub mod walk;

#[cfg(test)]
mod toy;

#[cfg(test)]
mod tests;

pub use error::Error;
