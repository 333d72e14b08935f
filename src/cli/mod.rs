//! The commands: arguments, prompts and words for people. No HTTP, no sysfs.

pub mod args;
pub mod array;
pub mod attach;
pub mod columns;
pub mod connection;
pub mod connector;
pub mod consent;
pub mod detach;
pub mod dispatch;
pub mod edit;
pub mod failure;
pub mod flow;
pub mod global;
pub mod help;
pub mod journal;
pub mod mapping;
pub mod nouns;
pub mod plan;
pub mod schema;
pub mod sim;
pub mod status;
pub mod tone;
pub mod watch;
