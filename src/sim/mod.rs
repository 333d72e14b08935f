//! Practice: stand-ins for arrays and for a node, so that everything can be tried without either.
//!
//! Nothing here shares a type with the clients in `array/` or the drivers in `node/`: a mistake
//! made in both places would otherwise hide itself.

pub mod machine;
