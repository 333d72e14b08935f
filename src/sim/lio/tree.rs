//! The kernel's configfs as a tree of names below a root.

#![expect(
    clippy::disallowed_methods,
    reason = "configfs and the backing files are reached nowhere else"
)]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

/// The acts that configfs knows. Paths are relative to the root of the targets.
pub(super) trait Tree: Send {
    /// Names in a directory, sorted; none if it is not there.
    fn list(&self, dir: &str) -> io::Result<Vec<String>>;
    /// An attribute, without white space around it.
    fn read(&self, file: &str) -> io::Result<String>;
    /// Where a link leads: the last part of it.
    fn link(&self, path: &str) -> io::Result<String>;
    /// Writes an attribute in one go, exactly these bytes.
    fn write(&self, file: &str, value: &str) -> io::Result<()>;
    fn mkdir(&self, dir: &str) -> io::Result<()>;
    fn rmdir(&self, dir: &str) -> io::Result<()>;
    /// A link to `target`, which is below the root too.
    fn symlink(&self, target: &str, link: &str) -> io::Result<()>;
    fn unlink(&self, link: &str) -> io::Result<()>;
    /// Makes the file that holds a LUN's data, as long as the LUN; never shortens one.
    fn back(&self, file: &Path, bytes: u64) -> io::Result<()>;
}

/// The real one.
pub(super) struct Configfs {
    root: PathBuf,
}

impl Configfs {
    pub(super) fn open(root: &Path) -> Result<Self, String> {
        // The kernel follows a link's text from the caller's working directory, so it has to be
        // absolute.
        let root = std::path::absolute(root).map_err(|e| format!("{}: {e}", root.display()))?;
        match fs::metadata(root.join("core")) {
            Ok(core) if core.is_dir() => Ok(Self { root }),
            _ => Err(format!(
                "there is no {}/core: load the target core (modprobe -a target_core_mod \
                 target_core_file iscsi_target_mod) with configfs mounted",
                root.display()
            )),
        }
    }
}

impl Tree for Configfs {
    fn list(&self, dir: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.root.join(dir)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn read(&self, file: &str) -> io::Result<String> {
        let bytes = fs::read(self.root.join(file))?;
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    fn link(&self, path: &str) -> io::Result<String> {
        let target = fs::read_link(self.root.join(path))?;
        let last = target.file_name().unwrap_or_default();
        Ok(last.to_string_lossy().into_owned())
    }

    fn write(&self, file: &str, value: &str) -> io::Result<()> {
        // One write call is one value; a second one would be another value.
        let mut file = OpenOptions::new().write(true).open(self.root.join(file))?;
        let written = file.write(value.as_bytes())?;
        if written == value.len() {
            Ok(())
        } else {
            Err(io::ErrorKind::WriteZero.into())
        }
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        fs::create_dir(self.root.join(dir))
    }

    fn rmdir(&self, dir: &str) -> io::Result<()> {
        fs::remove_dir(self.root.join(dir))
    }

    fn symlink(&self, target: &str, link: &str) -> io::Result<()> {
        symlink(self.root.join(target), self.root.join(link))
    }

    fn unlink(&self, link: &str) -> io::Result<()> {
        fs::remove_file(self.root.join(link))
    }

    fn back(&self, file: &Path, bytes: u64) -> io::Result<()> {
        if let Some(dir) = file.parent() {
            crate::kit::lock::make_private_dir(dir)?;
        }
        let disk = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(file)?;
        if disk.metadata()?.len() < bytes {
            disk.set_len(bytes)?;
        }
        Ok(())
    }
}
