//! Files that the user names: configuration, secrets, results. The state is in [`super::store`].

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::exec::{OnStop, find_program, run_named};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::kit::redact::Secret;

/// No file of ours is larger.
const LARGEST: u64 = 16 * 1024 * 1024;
/// A secret is a line, not a file of its own kind.
const LONGEST_SECRET: u64 = 64 * 1024;

/// Why one of this program's own files could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system's answer.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// The answer.
        #[source]
        source: io::Error,
    },
    /// A secret that others can read is no secret.
    #[error("{path} holds a secret and can be read by others (mode {mode:04o})")]
    Exposed {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// There is no secret where one was expected.
    #[error("{from}: {why}")]
    NoSecret {
        /// The file or command.
        from: String,
        /// What is wrong with it.
        why: String,
    },
    /// The command that prints a secret could not be run.
    #[error(transparent)]
    System(#[from] super::Error),
}

impl Error {
    fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::Io {
            path: path.clone(),
            source,
        }
    }

    /// Whether the cause is a file that is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

impl Failure for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Kind::Denied
            }
            Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => Kind::Usage,
            Self::Io { .. } => Kind::Failed,
            Self::Exposed { .. } | Self::NoSecret { .. } => Kind::Usage,
            Self::System(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Exposed { path, .. } => vec![format!("chmod 600 {path}")],
            Self::System(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

/// A text file, whole.
///
/// # Errors
/// When it cannot be read, is no UTF-8 or is larger than 16 MiB.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let file = open_to_read(path).map_err(Error::io(path))?;
    text_of(file).map_err(Error::io(path))
}

/// As [`read_text`]; `None` when there is no such file.
///
/// # Errors
/// As [`read_text`].
pub fn find_text(path: &Path) -> Result<Option<String>, Error> {
    match read_text(path) {
        Err(error) if error.is_not_found() => Ok(None),
        other => other.map(Some),
    }
}

/// The text of the file named on the command line, `-` being the standard input.
///
/// # Errors
/// As [`read_text`].
pub fn read_argument(name: &str) -> Result<String, Error> {
    if name == "-" {
        text_of(io::stdin()).map_err(Error::io(Path::new("standard input")))
    } else {
        read_text(Path::new(name))
    }
}

/// The secret in the first line of a file that only its owner can read.
///
/// # Errors
/// [`Error::Exposed`] when group or others can read it, [`Error::NoSecret`] when it is empty.
pub fn read_secret(path: &Path) -> Result<Secret, Error> {
    let file = open_to_read(path).map_err(Error::io(path))?;
    // Asked of the open file: what is checked is what is read.
    let meta = file.metadata().map_err(Error::io(path))?;
    let mode = meta.mode() & 0o7777;
    if meta.is_file() && mode & 0o077 != 0 {
        return Err(Error::Exposed {
            path: path.display().to_string(),
            mode,
        });
    }
    let mut text = String::new();
    file.take(LONGEST_SECRET)
        .read_to_string(&mut text)
        .map_err(Error::io(path))?;
    first_line(&text, &path.display().to_string())
}

/// The secret in the first line that a command prints.
///
/// # Errors
/// When the command cannot be run, fails, or prints nothing. What it printed is never repeated.
pub fn run_secret(argv: &[String], bounds: &Bounds) -> Result<Secret, Error> {
    let Some((program, args)) = argv.split_first() else {
        return Err(Error::NoSecret {
            from: "command".into(),
            why: "it is empty".into(),
        });
    };
    let output = run_named(program, args, program, bounds, OnStop::End)?;
    if output.code != 0 {
        return Err(Error::NoSecret {
            from: format!("command {program}"),
            why: format!("it ended with code {}", output.code),
        });
    }
    first_line(&output.stdout, &format!("command {program}"))
}

fn first_line(text: &str, from: &str) -> Result<Secret, Error> {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    if line.is_empty() {
        return Err(Error::NoSecret {
            from: from.to_owned(),
            why: "its first line is empty".into(),
        });
    }
    Ok(Secret::new(line.to_owned()))
}

/// Whether a command can be found: a path as it is, a name in the usual places.
pub fn is_installed(program: &str) -> bool {
    find_program(program).is_some_and(|path| path.is_file())
}

/// Replaces a file, or makes it: at any moment there is the old text or the new one. Folders on
/// the way that do not exist are made with `dir_mode`.
///
/// # Errors
/// The system's answer.
#[expect(clippy::disallowed_methods, reason = "the user names these files")]
pub fn replace(path: &Path, text: &str, mode: u32, dir_mode: u32) -> Result<(), Error> {
    let replace = || {
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        let dir = dir.unwrap_or_else(|| Path::new("."));
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(dir_mode)
            .create(dir)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let fresh = dir.join(format!(".{name}.{}", std::process::id()));
        let mut file = OpenOptions::new()
            .mode(mode)
            .write(true)
            .create_new(true)
            .open(&fresh)?;
        let written = file
            .set_permissions(Permissions::from_mode(mode))
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all())
            .and_then(|()| std::fs::rename(&fresh, path));
        if written.is_err() {
            // Nobody needs half a file.
            let _ = std::fs::remove_file(&fresh);
        }
        written?;
        File::open(dir)?.sync_all()
    };
    replace().map_err(Error::io(path))
}

/// Writes a file that only its owner can read, replacing what was there.
///
/// # Errors
/// The system's answer.
pub fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    let write = || {
        let mut file = open_private(path)?;
        // An older file keeps its mode when it is opened: set it before the text is in.
        file.set_permissions(Permissions::from_mode(0o600))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(Error::io(path))
}

#[expect(clippy::disallowed_methods, reason = "the user names these files")]
fn open_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .mode(0o600)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
}

#[expect(clippy::disallowed_methods, reason = "the user names these files")]
fn open_to_read(path: &Path) -> io::Result<File> {
    File::open(path)
}

fn text_of(source: impl Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::Error::other("larger than 16 MiB"));
    }
    Ok(text)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kit::stop::Stop;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn a_secret_file_is_one_line_of_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        write_private(&path, "canary \r\nsecond\n").unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(read_secret(&path).unwrap().expose(), "canary ");
        for exposed in [0o640, 0o604, 0o644] {
            std::fs::set_permissions(&path, Permissions::from_mode(exposed)).unwrap();
            let error = read_secret(&path).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert_eq!(error.hints(), [format!("chmod 600 {}", path.display())]);
        }
        write_private(&path, "\n").unwrap();
        assert_eq!(mode(&path), 0o600, "an older file is closed too");
        assert!(matches!(read_secret(&path), Err(Error::NoSecret { .. })));
        let missing = read_secret(&dir.path().join("none")).unwrap_err();
        assert!(missing.to_string().contains("none"), "{missing}");
    }

    #[test]
    fn a_secret_command_is_never_repeated() {
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let argv = |script: &str| ["sh", "-c", script].map(str::to_owned);
        let secret = run_secret(&argv("echo canary; echo more"), &bounds).unwrap();
        assert_eq!(secret.expose(), "canary");
        let error = run_secret(&argv("echo canary; echo canary >&2; exit 3"), &bounds).unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(
            said.contains("code 3") && !said.contains("canary"),
            "{said}"
        );
    }

    #[test]
    fn a_missing_file_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        assert_eq!(find_text(&path).unwrap(), None);
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(find_text(&path).is_err(), "not UTF-8");
    }
}
