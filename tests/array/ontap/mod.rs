//! Publishing LUNs on the practice ONTAP, over both of its interfaces.

mod bad_answers;
mod between;
mod budget;
mod chap;
mod choice;
mod edits;
mod faults;
mod fc;
mod flows;
mod leaving;
mod nouns;
mod numbers;
mod raw;
mod refused;
mod rig;
mod seed;
mod speech;
mod trust;
