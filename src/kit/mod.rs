//! Tools without a domain word: exit codes, deadlines, signals, consent, locks, secrets, output.

pub mod bounds;
pub mod clock;
pub mod consent;
pub mod csv;
pub mod deadline;
pub mod kind;
pub mod lock;
pub mod pattern;
pub mod printer;
pub mod progress;
pub mod redact;
pub mod shell;
pub mod size;
pub mod span;
pub mod stop;
pub mod table;
pub mod trace;
pub mod yaml;
