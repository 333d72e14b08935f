//! A practice array's state in one JSON file, replaced atomically.

#![expect(
    clippy::disallowed_methods,
    reason = "the practice array's own state file is reached nowhere else"
)]

use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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
struct Saved<'a, T> {
    format: &'a str,
    version: u32,
    array: &'a T,
}

#[derive(Deserialize)]
struct Loaded {
    format: String,
    version: u32,
    array: serde_json::Value,
}

/// The state saved under this format; `None` if there is no file yet.
pub(super) fn load<T: DeserializeOwned>(
    path: &Path,
    format: &str,
    version: u32,
) -> Result<Option<T>, StoreError> {
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
    if loaded.format != format || loaded.version != version {
        let found = format!("{} version {}", loaded.format, loaded.version);
        return Err(content(format!(
            "expected {format} version {version}, found {found}"
        )));
    }
    let state = serde_json::from_value(loaded.array).map_err(|e| content(e.to_string()))?;
    Ok(Some(state))
}

/// Writes a neighbour file and renames it over the old one.
pub(super) fn save<T: Serialize>(
    path: &Path,
    format: &str,
    version: u32,
    state: &T,
) -> Result<(), StoreError> {
    let failed = |source: io::Error| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let saved = Saved {
        format,
        version,
        array: state,
    };
    let text = serde_json::to_vec(&saved).map_err(|e| failed(io::Error::other(e)))?;
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    std::fs::write(&fresh, text).map_err(failed)?;
    std::fs::rename(&fresh, path).map_err(failed)
}
