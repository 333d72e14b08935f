//! The array's state in one JSON file.

use std::path::Path;

use super::state::State;
use crate::sim::store;
pub(super) use crate::sim::store::StoreError;

const FORMAT: &str = "sanctl-practice-ontap";
const VERSION: u32 = 1;

/// The saved state; `None` if there is no file yet.
pub(super) fn load(path: &Path) -> Result<Option<State>, StoreError> {
    store::load(path, FORMAT, VERSION)
}

/// Replaces the file.
pub(super) fn save(path: &Path, state: &State) -> Result<(), StoreError> {
    store::save(path, FORMAT, VERSION, state)
}
