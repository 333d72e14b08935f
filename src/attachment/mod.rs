//! The heart: what an attachment is, in which order its steps go, who owns what, and what is left.
//!
//! Nothing here knows a vendor or a driver: arrays and nodes contribute stages of steps, and the
//! flows of this folder are policies over them.

pub mod attach;
pub mod detach;
pub mod error;
pub mod journal;
pub mod ledger;
pub mod lookup;
pub mod plan;
pub mod report;
pub mod status;
pub mod walk;

pub use error::Error;
