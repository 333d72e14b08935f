//! A practice ONTAP: the block part of both its interfaces, ONTAPI (XML) and REST, over one state.
//!
//! Written from ontap.md alone. What no source says is marked [?] there and here; codes that no
//! source gives are in `own_codes.rs`.

mod accounts;
mod builders;
mod chap;
mod dump;
mod find;
mod initiator;
mod matching;
mod options;
mod own_codes;
mod practice;
mod refusal;
mod rest;
mod rules;
mod seed;
mod show;
mod state;
mod store;
mod version;
mod visibility;
mod zapi;

pub use accounts::{Access, Account, Role, Scope};
pub use options::{Jobs, LastPage, Lines, Ontapi, Options, Quotes, Rest, Transfer};
pub use practice::Practice;
pub use seed::Seed;
pub use state::{LunState, Prefix, Subtype, SvmState, VolumeState};
pub use version::Version;

#[cfg(test)]
mod tests;
