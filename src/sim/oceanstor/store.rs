//! The array's state in one JSON file.

use std::path::Path;

use super::state::State;
use crate::sim::store;
pub use crate::sim::store::StoreError;

const FORMAT: &str = "sanctl-practice-oceanstor";
const VERSION: u32 = 1;

/// The saved state; `None` if there is no file yet.
pub(super) fn load(path: &Path) -> Result<Option<State>, StoreError> {
    let mut state: Option<State> = store::load(path, FORMAT, VERSION)?;
    if let Some(state) = &mut state {
        state.reindex();
    }
    Ok(state)
}

/// Replaces the file.
pub(super) fn save(path: &Path, state: &State) -> Result<(), StoreError> {
    store::save(path, FORMAT, VERSION, state)
}
