//! Publishing LUNs on the practice ONTAP, over both of its interfaces.

mod budget;
mod chap;
mod choice;
mod edits;
mod faults;
mod fc;
mod flows;
mod nouns;
mod numbers;
mod refused;
mod rig;
mod seed;
mod speech;
