//! `sanctl` joins what an array has mapped with what this Linux machine sees, step by step.
//!
//! The folders form layers, and imports only go down: `cli` → `attachment` → `array` | `node` |
//! `sim` → `step`, `system` → `model`, `config` → `kit`. `tests/layers.rs` holds them to it.

#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod app;
pub mod array;
pub mod attachment;
pub mod cli;
pub mod config;
pub mod kit;
pub mod model;
pub mod node;
pub mod sim;
pub mod step;
pub mod system;
