//! Huawei OceanStor and Dorado, through the DeviceManager REST interface (oceanstor.md).

mod client;
pub mod codes;
pub mod config;
mod envelope;
pub mod names;
mod object;
mod query;
mod session;
