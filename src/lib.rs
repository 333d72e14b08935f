//! `sanctl` joins what the array has mapped, what this Linux machine sees, and what proves both.

pub mod sim;
