//! The nouns of storage, free of any vendor: plain data, parsing, printing; no input or output.

pub mod connection;
pub mod connector;
pub mod edit;
pub mod facts;
pub mod ids;
pub mod nouns;
pub mod other_connection;
pub mod portal;
pub mod publication;
pub mod selector;
pub mod way;
