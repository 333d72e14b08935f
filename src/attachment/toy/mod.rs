//! A toy world for the tests of this folder: named objects that use one another, an array stage
//! and a node stage over them, and faults at any call.

mod bench;
mod stage;
mod world;

pub(super) use bench::{Bench, Ended, Half};
pub(super) use stage::Shape;
pub(super) use world::{Fault, Gate, Thing};
