//! The program itself, as a person or a script runs it: texts, formats and exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::exit,
    clippy::print_stderr,
    reason = "a test that cannot go on fails"
)]

mod accounts;
mod audited;
mod by_hand;
mod by_host;
mod canaries;
mod collect;
mod config;
mod edits;
mod errors;
mod explained;
mod fabric;
mod fabric_oceanstor;
mod files;
mod first_config;
mod flows;
mod halves;
mod help;
mod hosts;
mod initiators;
mod joined;
mod journals;
mod leads;
mod names;
mod network;
mod node_verbs;
mod ontap;
mod ontap_edits;
mod ontap_lines;
mod outputs;
mod outputs_of_changes;
mod place;
mod plans;
mod practice_arrays;
mod read_back;
mod reading;
mod secrets;
mod served;
mod tools;
mod traced;
mod usage;
mod wire;

#[path = "../support/family.rs"]
mod family;

#[path = "../support/schema.rs"]
mod schema;

#[path = "../support/tls.rs"]
mod tls;
