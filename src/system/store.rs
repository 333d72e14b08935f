//! Files that this program keeps for itself: small, private, and true after a crash.
//!
//! A journal is a file of lines, each on the disk before the effect it announces.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::make_private_dir;

/// A directory of files of lines (0700; the files 0600).
#[derive(Debug, Clone)]
pub struct Store {
    dir: PathBuf,
}

/// A state file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("state file {}: {source}", path.display())]
pub struct StoreError {
    /// The file.
    pub path: PathBuf,
    /// The system's answer.
    #[source]
    pub source: io::Error,
}

impl Failure for StoreError {
    fn kind(&self) -> Kind {
        match self.source.kind() {
            io::ErrorKind::PermissionDenied => Kind::Denied,
            _ => Kind::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        vec!["the state directory is SANCTL_STATE_DIR, else /var/lib/sanctl for root".into()]
    }
}

/// A file of lines that grows at its end.
#[derive(Debug)]
pub struct Lines {
    file: File,
    path: PathBuf,
    /// Whether the last line may be unfinished, so that the next must begin on a line of its own.
    torn: bool,
}

impl Store {
    /// The directory `dir`; made when something is first written.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The directory itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A directory within.
    pub fn within(&self, name: &str) -> Self {
        Self {
            dir: self.dir.join(name),
        }
    }

    /// The names of the files here that end in `suffix`, sorted; none without the directory.
    ///
    /// # Errors
    /// When the directory cannot be read.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn names(&self, suffix: &str) -> Result<Vec<String>, StoreError> {
        let entries = match std::fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => {
                return Err(StoreError {
                    path: self.dir.clone(),
                    source,
                });
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| StoreError {
                path: self.dir.clone(),
                source,
            })?;
            if let Some(name) = entry.file_name().to_str()
                && name.ends_with(suffix)
            {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// The text of a file; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn read(&self, name: &str) -> Result<Option<String>, StoreError> {
        let path = self.dir.join(name);
        match std::fs::read(&path) {
            // A crash may have torn the last line anywhere, within a character too.
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError { path, source }),
        }
    }

    /// Writes a file anew: a reader finds the old one or the new one.
    ///
    /// # Errors
    /// When it cannot be written.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn put(&self, name: &str, text: &str) -> Result<(), StoreError> {
        let path = self.dir.join(name);
        let write = || {
            make_private_dir(&self.dir)?;
            let new = self.dir.join(format!("{name}.{}", std::process::id()));
            let mut options = OpenOptions::new();
            options.create(true).truncate(true).write(true).mode(0o600);
            options.open(&new)?.write_all(text.as_bytes())?;
            std::fs::rename(&new, &path)
        };
        write().map_err(|source| StoreError {
            path: path.clone(),
            source,
        })
    }

    /// Opens a file to add lines, making it if need be. A torn last line is left alone: the
    /// next line begins on a line of its own.
    ///
    /// # Errors
    /// When it cannot be opened.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn append_to(&self, name: &str) -> Result<Lines, StoreError> {
        let path = self.dir.join(name);
        let torn = self
            .read(name)?
            .is_some_and(|text| !text.is_empty() && !text.ends_with('\n'));
        let open = || {
            make_private_dir(&self.dir)?;
            let file = OpenOptions::new()
                .create(true)
                .append(true)
                .mode(0o600)
                .open(&path)?;
            self.sync()?;
            Ok(file)
        };
        let file = open().map_err(|source| StoreError {
            path: path.clone(),
            source,
        })?;
        Ok(Lines { file, path, torn })
    }

    /// Opens a file to add lines if there is one; never makes it.
    ///
    /// # Errors
    /// When it cannot be opened.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn append_if_there(&self, name: &str) -> Result<Option<Lines>, StoreError> {
        let path = self.dir.join(name);
        let Some(text) = self.read(name)? else {
            return Ok(None);
        };
        let torn = !text.is_empty() && !text.ends_with('\n');
        match OpenOptions::new().append(true).open(&path) {
            Ok(file) => Ok(Some(Lines { file, path, torn })),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError { path, source }),
        }
    }

    /// Moves a file to another store of the same file system.
    ///
    /// # Errors
    /// When it cannot be moved.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn move_to(&self, name: &str, other: &Self, new_name: &str) -> Result<(), StoreError> {
        let path = self.dir.join(name);
        let rename = || {
            make_private_dir(&other.dir)?;
            std::fs::rename(&path, other.dir.join(new_name))?;
            other.sync()?;
            self.sync()
        };
        rename().map_err(|source| StoreError {
            path: path.clone(),
            source,
        })
    }

    /// Removes a file. False when there is none any more.
    ///
    /// # Errors
    /// When it cannot be removed.
    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    pub fn remove(&self, name: &str) -> Result<bool, StoreError> {
        let path = self.dir.join(name);
        match std::fs::remove_file(&path).and_then(|()| self.sync()) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(StoreError { path, source }),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the state directory is this module's own"
    )]
    fn sync(&self) -> io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }
}

impl Lines {
    /// Adds a line; it is on the disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written: whatever it announces must not be done then.
    pub fn add(&mut self, line: &str) -> Result<(), StoreError> {
        let mut bytes = Vec::with_capacity(line.len() + 2);
        if self.torn {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
        // A full disk may take a part of it: the next line must not be glued to that.
        self.torn = true;
        self.file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_data())
            .map_err(|source| StoreError {
                path: self.path.clone(),
                source,
            })?;
        self.torn = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_stays_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path().join("s"));
        assert_eq!(store.names(".jsonl").unwrap(), Vec::<String>::new());
        store.append_to("a.jsonl").unwrap().add("one").unwrap();
        let mut file = OpenOptions::new()
            .append(true)
            .open(dir.path().join("s/a.jsonl"))
            .unwrap();
        file.write_all(b"to").unwrap();
        store.append_to("a.jsonl").unwrap().add("three").unwrap();
        assert_eq!(store.read("a.jsonl").unwrap().unwrap(), "one\nto\nthree\n");
        store
            .move_to("a.jsonl", &store.within("closed"), "a.1.jsonl")
            .unwrap();
        assert_eq!(store.read("a.jsonl").unwrap(), None);
        assert_eq!(
            store.within("closed").names(".jsonl").unwrap(),
            ["a.1.jsonl"]
        );
    }
}
