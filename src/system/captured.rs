//! A machine whose files were captured and are looked at elsewhere: reads only.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::capture::{Capture, FILE, FORMAT};
use super::real::{LARGEST, USUAL, list_dir, stat_of};
use super::{Cmd, Dead, Error, Flavour, Machine, Output, Stat};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::portal::Portal;

/// As many links as the kernel follows in one path.
const LINKS: usize = 40;

/// The files of another machine under a folder. A link leads to a place inside the folder,
/// whatever it says: an absolute one starts at the folder, and `..` never leaves it.
#[derive(Debug, Clone)]
pub struct Captured {
    root: PathBuf,
    capture: Capture,
    /// Folders and links found on the way to a file, which stay as they are: most paths lead
    /// through the same few, and a listing of a thousand devices follows a hundred parts for each.
    known: Arc<Mutex<HashMap<PathBuf, Found>>>,
}

impl Captured {
    /// The machine whose `/` is `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            capture: Capture::default(),
            known: Arc::default(),
        }
    }

    /// The machine captured in a folder, with the document that stands beside its files.
    ///
    /// # Errors
    /// When it is no folder, or the document cannot be read by this program.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let mut machine = Self::new(root);
        machine.list("/").map_err(|error| match error {
            Error::Io { source, .. } => Error::of(root.display().to_string(), source),
            Error::NotFound { .. } => Error::NotFound {
                path: root.display().to_string(),
            },
            other => other,
        })?;
        let file = root.join(FILE).display().to_string();
        let bytes = match machine.read(&format!("/{FILE}")) {
            Err(error) if error.is_not_found() => return Ok(machine),
            read => read?,
        };
        let wrong = |why: String| Error::of(file.as_str(), io::Error::other(why));
        let capture: Capture =
            serde_json::from_slice(&bytes).map_err(|e| wrong(format!("no capture: {e}")))?;
        if capture.format > FORMAT {
            let by = &capture.sanctl;
            return Err(wrong(format!("written by a newer sanctl ({by})")));
        }
        machine.capture = capture;
        Ok(machine)
    }

    /// What was captured besides files.
    pub fn capture(&self) -> &Capture {
        &self.capture
    }

    /// Why the content of a file is not here, if it is not.
    fn check_content(&self, path: &str) -> Result<(), Error> {
        if self.capture.denied.is_empty() && self.capture.unread.is_empty() {
            return Ok(());
        }
        let at = self.resolve(path)?;
        if self.capture.denied.contains(&at) {
            return Err(Error::Denied {
                what: path.to_owned(),
            });
        }
        if self.capture.unread.contains(&at) {
            let none = io::Error::other("not captured");
            return Err(Error::of(path, none));
        }
        Ok(())
    }

    fn inside(&self, machine_path: &Path) -> PathBuf {
        self.root
            .join(machine_path.strip_prefix("/").unwrap_or(machine_path))
    }

    /// The place of `path` on the machine with every link followed, the last one only if asked.
    fn follow(&self, path: &str, last: Last) -> io::Result<PathBuf> {
        let mut todo: Vec<Component<'_>> = Path::new(path).components().rev().collect();
        let mut owned: Vec<std::ffi::OsString> = Vec::new();
        let mut done = PathBuf::from("/");
        let mut links = 0;
        // Parts still to walk, the next one at the end.
        owned.extend(todo.drain(..).map(|c| c.as_os_str().to_owned()));
        while let Some(part) = owned.pop() {
            match part.to_str() {
                Some("/" | "." | "") => continue,
                Some("..") => {
                    done.pop();
                    continue;
                }
                _ => {}
            }
            let next = done.join(&part);
            if owned.is_empty() && last == Last::Keep {
                return Ok(next);
            }
            let known = self.known().get(&next).cloned();
            let found = match known {
                Some(known) => known,
                None => self.look_at(&next)?,
            };
            let Found::Link(target) = found else {
                done = next;
                continue;
            };
            links += 1;
            if links > LINKS {
                return Err(io::Error::other("too many links"));
            }
            if target.is_absolute() {
                done = PathBuf::from("/");
            }
            owned.extend(target.components().rev().map(|c| c.as_os_str().to_owned()));
        }
        Ok(done)
    }

    /// What is at a place whose folder has no links in it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the seam through which a captured machine's files are reached"
    )]
    fn look_at(&self, place: &Path) -> io::Result<Found> {
        let inside = self.inside(place);
        let meta = std::fs::symlink_metadata(&inside)?;
        let found = if meta.file_type().is_symlink() {
            Found::Link(std::fs::read_link(&inside)?.into())
        } else if meta.is_dir() {
            Found::Folder
        } else {
            // There are many, and most are asked for once.
            return Ok(Found::File);
        };
        self.known().insert(place.to_owned(), found.clone());
        Ok(found)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<PathBuf, Found>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn real(&self, path: &str, last: Last) -> Result<PathBuf, Error> {
        let found = self
            .follow(path, last)
            .map_err(|source| Error::of(path, source))?;
        Ok(self.inside(&found))
    }
}

/// What is at a place, not followed.
#[derive(Debug, Clone)]
enum Found {
    Folder,
    Link(Arc<Path>),
    File,
}

/// Whether the last part of a path is followed when it is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Follow,
    Keep,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which a captured machine's files are reached"
)]
impl Machine for Captured {
    fn flavour(&self) -> Flavour {
        Flavour::Captured
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let file = self.real(path, Last::Follow)?;
        self.check_content(path)?;
        let read = || {
            let mut bytes = Vec::with_capacity(USUAL);
            File::open(file)?.take(LARGEST).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| Error::of(path, source))
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        list_dir(&self.real(dir, Last::Follow)?).map_err(|source| Error::of(dir, source))
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        let found = self
            .follow(path, Last::Follow)
            .map_err(|source| Error::of(path, source))?;
        Ok(found.to_string_lossy().into_owned())
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        let found = std::fs::read_link(self.real(path, Last::Keep)?)
            .map_err(|source| Error::of(path, source))?;
        Ok(found.to_string_lossy().into_owned())
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        if let Some(device) = self.capture.devices.get(&self.resolve(path)?) {
            return Ok(device.stat());
        }
        let meta = std::fs::symlink_metadata(self.real(path, Last::Follow)?)
            .map_err(|source| Error::of(path, source))?;
        Ok(stat_of(&meta))
    }

    fn write_attr(
        &self,
        path: &str,
        value: &str,
        _bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<(), Error> {
        Err(Error::ReadOnly {
            what: format!("writing {value:?} to {path}"),
        })
    }

    fn has_program(&self, program: &str) -> bool {
        // A folder made by hand says nothing of programs.
        self.capture.format == 0 || self.capture.programs.contains(program)
    }

    fn is_claimed(&self, device: &str, _bounds: &Bounds) -> Result<bool, Error> {
        Ok(self.capture.claimed.contains(device))
    }

    fn exec_read(&self, cmd: &Cmd, _bounds: &Bounds) -> Result<Output, Error> {
        if let Some(answer) = self.capture.commands.get(&cmd.to_string()) {
            return Ok(answer.into());
        }
        let none = io::Error::other("no program runs on a captured machine");
        Err(Error::of(cmd.to_string(), none))
    }

    fn exec_change(&self, cmd: &Cmd, _bounds: &Bounds, _mutate: &Mutate) -> Result<Output, Error> {
        Err(Error::ReadOnly {
            what: cmd.to_string(),
        })
    }

    fn probe(&self, _portal: Portal, _span: Duration) -> Result<(), Dead> {
        Err(Dead::Unreachable(
            "a captured machine has no network".into(),
        ))
    }

    fn flush(&self, device: &str, _bounds: &Bounds, _mutate: &Mutate) -> Result<(), Error> {
        Err(Error::ReadOnly {
            what: format!("flushing {device}"),
        })
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use super::*;
    use crate::kit::consent::{Ground, grant};
    use crate::kit::kind::{Failure, Kind};
    use crate::kit::stop::Stop;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_stay_inside_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        std::fs::create_dir_all(root.join("sys/devices/host1")).unwrap();
        std::fs::create_dir_all(root.join("sys/class")).unwrap();
        std::fs::write(root.join("sys/devices/host1/state"), "running\n").unwrap();
        std::fs::write(dir.path().join("secret"), "outside").unwrap();
        symlink("../devices/host1", root.join("sys/class/rel")).unwrap();
        symlink("/sys/devices/host1", root.join("sys/class/abs")).unwrap();
        symlink("../../../../../../secret", root.join("sys/class/out")).unwrap();
        symlink("loop", root.join("sys/class/loop")).unwrap();
        let machine = Captured::new(&root);
        for link in ["rel", "abs"] {
            let path = format!("/sys/class/{link}");
            assert_eq!(machine.resolve(&path).unwrap(), "/sys/devices/host1");
            assert_eq!(
                machine.text(&format!("{path}/state")).unwrap().as_deref(),
                Some("running")
            );
        }
        assert_eq!(machine.link("/sys/class/rel").unwrap(), "../devices/host1");
        assert!(machine.read("/sys/class/out").unwrap_err().is_not_found());
        assert!(machine.read("/../secret").unwrap_err().is_not_found());
        assert!(machine.read("/sys/class/loop").is_err());
        assert_eq!(
            machine.list("/sys/class").unwrap(),
            ["abs", "loop", "out", "rel"]
        );
    }

    #[test]
    fn nothing_can_be_changed() {
        let machine = Captured::new("/nowhere");
        let bounds = Bounds::new(Duration::from_secs(1), "test", Stop::new());
        let mutate = grant(Ground::ByClass);
        let cmd = Cmd::new("iscsiadm", ["-m", "session", "-u"]);
        for error in [
            machine
                .exec_change(&cmd, &bounds, &mutate)
                .map(|_| ())
                .unwrap_err(),
            machine
                .write_attr("/sys/x", "1", &bounds, &mutate)
                .unwrap_err(),
            machine.flush("/dev/sda", &bounds, &mutate).unwrap_err(),
        ] {
            assert_eq!(error.kind(), Kind::Usage, "{error}");
        }
    }
}
