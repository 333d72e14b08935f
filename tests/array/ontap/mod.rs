//! Publishing LUNs on the practice ONTAP, over both of its interfaces.

mod flows;
mod rig;
