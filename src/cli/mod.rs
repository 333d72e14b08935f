//! The commands: arguments, prompts and words for people. No HTTP, no sysfs.

pub mod args;
pub mod array;
pub mod attach;
pub mod change;
pub mod columns;
pub mod connection;
pub mod connector;
pub mod consent;
pub mod detach;
pub mod device;
pub mod dispatch;
pub mod edit;
pub mod failure;
pub mod flow;
pub mod global;
pub mod help;
pub mod host;
pub mod initiator;
pub mod mapping;
pub mod nouns;
pub mod plan;
pub mod session;
pub mod sim;
pub mod status;
pub mod tone;
pub mod watch;
