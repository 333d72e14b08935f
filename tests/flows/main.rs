//! Whole flows through the real program, against the practice array and machine, and against a
//! practice array behind a socket.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests start the program and look at its files"
)]

#[path = "../support/family.rs"]
mod family;

#[path = "../support/cinder.rs"]
mod driver;

#[path = "../support/schema.rs"]
mod schema;

mod adopt;
mod again;
mod chap;
mod cinder;
mod discover;
mod ends;
mod goals;
mod halves;
mod images;
mod looks;
mod maps;
mod ontap;
mod options;
mod over_v6;
mod progress;
mod proofs;
mod rig;
mod rounds;
mod sequences;
mod served;
mod signals;
mod signals_ontap;
mod together;
mod typed;
mod watched;
mod world;
