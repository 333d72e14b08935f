//! The writing verbs of groups, mappings and LUNs.
