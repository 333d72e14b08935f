//! Named locks between processes: `flock` on files in one directory.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bounds::{Bounds, Ended};
use super::kind::{Failure, Kind};

/// A directory of lock files.
#[derive(Clone)]
pub struct Locks {
    dir: PathBuf,
    told: Option<Arc<Told>>,
}

/// Told of a wait: the lock's name, and whether the wait begins or ends.
type Told = dyn Fn(&str, Wait) + Send + Sync;

/// A moment of a wait for a lock that another holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It is held, and is waited for from now on.
    Begins,
    /// It is had, or was given up.
    Ends,
}

impl fmt::Debug for Locks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locks")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

/// A held lock; dropping it lets go. The file stays: removing it would race with the next holder.
#[derive(Debug)]
pub struct Held {
    _file: File,
    name: String,
}

impl Held {
    /// What is locked.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Why a lock could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it for longer than we may wait.
    #[error("another sanctl works on {name}")]
    Busy {
        /// What is locked.
        name: String,
        /// How the wait ended.
        #[source]
        ended: Ended,
    },
    /// The lock file cannot be made or locked.
    #[error("cannot lock {}", path.display())]
    Io {
        /// The lock file.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
}

impl Failure for LockError {
    fn kind(&self) -> Kind {
        match self {
            Self::Busy { ended, .. } => ended.kind(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Kind::Denied
            }
            Self::Io { .. } => Kind::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Busy { .. } => vec!["wait for it, or give more time with --timeout".into()],
            Self::Io { path, .. } => {
                vec![format!("check the owner and mode of {}", path.display())]
            }
        }
    }
}

impl Locks {
    /// Locks kept as files in `dir`, which is made (0700) when the first lock is taken.
    pub fn in_dir(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            told: None,
        }
    }

    /// The same locks, and `told` hears of every wait for one of them.
    #[must_use]
    pub fn telling(self, told: impl Fn(&str, Wait) + Send + Sync + 'static) -> Self {
        Self {
            told: Some(Arc::new(told)),
            ..self
        }
    }

    fn tell(&self, name: &str, wait: Wait) {
        if let Some(told) = &self.told {
            told(name, wait);
        }
    }

    /// Takes the lock `name`, waiting within `bounds` for another holder.
    ///
    /// # Errors
    /// [`LockError::Busy`] when the wait ends, [`LockError::Io`] when the file cannot be used.
    pub fn take(&self, name: &str, bounds: &Bounds) -> Result<Held, LockError> {
        let file = self.open(name)?;
        let mut waits = false;
        let had = bounds.poll(|| match self.attempt(&file, name)? {
            true => Ok(Some(())),
            false => {
                if !waits {
                    waits = true;
                    self.tell(name, Wait::Begins);
                }
                Ok(None)
            }
        });
        if waits {
            self.tell(name, Wait::Ends);
        }
        had.map_err(|e: Attempt| e.into_lock_error(name))?;
        Ok(Held {
            _file: file,
            name: name.to_owned(),
        })
    }

    /// Takes the lock `name` only if nobody holds it now.
    ///
    /// # Errors
    /// [`LockError::Io`] when the file cannot be used.
    pub fn try_take(&self, name: &str) -> Result<Option<Held>, LockError> {
        let file = self.open(name)?;
        match self.attempt(&file, name) {
            Ok(true) => Ok(Some(Held {
                _file: file,
                name: name.to_owned(),
            })),
            Ok(false) => Ok(None),
            Err(e) => Err(e.into_lock_error(name)),
        }
    }

    fn attempt(&self, file: &File, name: &str) -> Result<bool, Attempt> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(source)) => Err(Attempt::Io(LockError::Io {
                path: self.path(name),
                source,
            })),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "lock files are this module's own"
    )]
    fn open(&self, name: &str) -> Result<File, LockError> {
        let path = self.path(name);
        let open = || {
            make_private_dir(&self.dir)?;
            OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .mode(0o600)
                .open(&path)
        };
        open().map_err(|source| LockError::Io {
            path: path.clone(),
            source,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        // Every byte outside the safe set becomes %XX, so that two names never share a file.
        let mut safe = String::with_capacity(name.len());
        for byte in name.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                    safe.push(char::from(byte));
                }
                _ => safe.push_str(&format!("%{byte:02x}")),
            }
        }
        self.dir.join(format!("{safe}.lock"))
    }
}

enum Attempt {
    Io(LockError),
    Ended(Ended),
}

impl From<Ended> for Attempt {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl Attempt {
    fn into_lock_error(self, name: &str) -> LockError {
        match self {
            Self::Io(error) => error,
            Self::Ended(ended) => LockError::Busy {
                name: name.to_owned(),
                ended,
            },
        }
    }
}

/// Makes `dir` and its parents, readable by the owner alone.
///
/// # Errors
/// The system's answer.
pub fn make_private_dir(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kit::stop::Stop;

    #[test]
    fn a_wait_is_told_and_a_free_lock_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let tell = move |name: &str, wait| ear.lock().unwrap().push((name.to_owned(), wait));
        let locks = Locks::in_dir(dir.path()).telling(tell);
        let late = Bounds::new(Duration::ZERO, "test", Stop::new());
        let held = locks.take("host a", &late).unwrap();
        assert!(heard.lock().unwrap().is_empty());
        locks.take("host a", &late).unwrap_err();
        drop(held);
        let name = || "host a".to_owned();
        let told = [(name(), Wait::Begins), (name(), Wait::Ends)];
        assert_eq!(*heard.lock().unwrap(), told);
    }

    #[test]
    fn a_lock_is_exclusive_and_let_go_on_drop() {
        let dir = tempfile::tempdir().unwrap();
        let locks = Locks::in_dir(dir.path().join("locks"));
        let held = locks.try_take("oceanstor:1/host a").unwrap().unwrap();
        assert!(locks.try_take("oceanstor:1/host a").unwrap().is_none());
        assert!(locks.try_take("oceanstor:1/host b").unwrap().is_some());
        let late = Bounds::new(Duration::ZERO, "test", Stop::new());
        let busy = locks.take("oceanstor:1/host a", &late).unwrap_err();
        assert_eq!(busy.kind(), Kind::Unreachable);
        drop(held);
        assert!(locks.try_take("oceanstor:1/host a").unwrap().is_some());
    }
}
