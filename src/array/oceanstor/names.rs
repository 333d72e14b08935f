//! Names that the OpenStack driver gives to objects (oceanstor.md §6).
