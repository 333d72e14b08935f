//! The array's state in one JSON file, replaced atomically.

#![allow(
    clippy::disallowed_methods,
    reason = "the practice array's own state file is reached nowhere else"
)]

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::state::State;

const FORMAT: &str = "sanctl-practice-oceanstor";
const VERSION: u32 = 1;

/// The state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be read or written.
    #[error("practice array {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not a practice array's state, or one of another version.
    #[error("practice array {path}: {why}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

#[derive(Serialize)]
struct Saved<'a> {
    format: &'a str,
    version: u32,
    array: &'a State,
}

#[derive(Deserialize)]
struct Loaded {
    format: String,
    version: u32,
    array: serde_json::Value,
}

/// The saved state; `None` if there is no file yet.
pub(super) fn load(path: &Path) -> Result<Option<State>, StoreError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(StoreError::Io {
                path: path.to_owned(),
                source,
            });
        }
    };
    let content = |why: String| StoreError::Content {
        path: path.to_owned(),
        why,
    };
    let loaded: Loaded = serde_json::from_slice(&text).map_err(|e| content(e.to_string()))?;
    if loaded.format != FORMAT || loaded.version != VERSION {
        let found = format!("{} version {}", loaded.format, loaded.version);
        return Err(content(format!(
            "expected {FORMAT} version {VERSION}, found {found}"
        )));
    }
    let mut state: State =
        serde_json::from_value(loaded.array).map_err(|e| content(e.to_string()))?;
    state.reindex();
    Ok(Some(state))
}

/// Writes a neighbour file and renames it over the old one.
pub(super) fn save(path: &Path, state: &State) -> Result<(), StoreError> {
    let failed = |source: io::Error| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let saved = Saved {
        format: FORMAT,
        version: VERSION,
        array: state,
    };
    let text = serde_json::to_vec(&saved).map_err(|e| failed(io::Error::other(e)))?;
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    std::fs::write(&fresh, text).map_err(failed)?;
    std::fs::rename(&fresh, path).map_err(failed)
}
