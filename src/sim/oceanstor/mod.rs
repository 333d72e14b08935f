//! A practice OceanStor: the block part of its REST interface, strict and stateful.
