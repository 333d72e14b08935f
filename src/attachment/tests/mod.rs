//! The flows over the toy world.

mod cost;
mod faults;
mod goals;
mod kill;
mod lanes;
mod ownership;
mod repeat;
mod together;
