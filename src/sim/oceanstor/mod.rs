//! A practice OceanStor: the block part of its REST interface, strict and stateful.
//!
//! Written from oceanstor.md alone. What no source says is refused rather than guessed where a
//! client could come to rely on it; codes that no source gives are in `own_codes.rs`.

mod answer;
mod associations;
mod body;
mod builders;
mod change;
mod codes;
mod direct;
mod dump;
mod groups;
mod hosts;
mod initiators;
mod kind;
mod login;
mod luns;
mod mirror;
mod options;
mod own_codes;
mod ports;
mod practice;
mod query;
mod read;
mod seed;
mod show;
mod state;
mod store;
mod table;
mod views;
mod visibility;

pub use options::{
    AssociateFilter, EmptyList, Generation, Hints, Lag, Options, Paging, UnknownWwn,
};
pub use practice::{Checkpoint, Practice};
pub use seed::Seed;
pub use state::{Lock, User};
pub use store::StoreError;

#[cfg(test)]
mod tests;
