//! The `sanctl` command.

fn main() {}
