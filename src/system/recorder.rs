//! A machine that is copied into a folder as far as it is looked at, so that the same looks can be
//! repeated elsewhere ([`super::captured::Captured`]).
//!
//! Links stay links, device files and commands' answers go into the document of
//! [`super::capture`]. What may hold a secret is cut before it is written.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::capture::{Capture, Device, FILE, FORMAT};
use super::domain_xml;
use super::{Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::redact::MASK;
use crate::model::portal::Portal;

/// As many links as the kernel follows in one path.
const LINKS: usize = 40;

/// A machine and the folder it is copied into.
#[derive(Debug)]
pub struct Recorder {
    inner: Arc<dyn Machine>,
    root: PathBuf,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    capture: Capture,
    /// The first thing that could not be written.
    failed: Option<Error>,
}

impl Recorder {
    /// Copies what is looked at of `inner` into `root`, which must not exist yet.
    ///
    /// # Errors
    /// When the folder is there already or cannot be made.
    pub fn new(inner: Arc<dyn Machine>, root: &Path) -> Result<Self, Error> {
        let made = DirBuilder::new().mode(0o700).create(root);
        made.map_err(|source| Error::of(root.display().to_string(), source))?;
        Ok(Self {
            inner,
            root: root.to_owned(),
            seen: Mutex::default(),
        })
    }

    /// Writes the document beside the files.
    ///
    /// # Errors
    /// The first thing that could not be written, then or now.
    pub fn finish(&self, about: impl FnOnce(&mut Capture)) -> Result<(), Error> {
        let mut seen = self.seen();
        if let Some(failed) = seen.failed.take() {
            return Err(failed);
        }
        seen.capture.format = FORMAT;
        about(&mut seen.capture);
        let text = serde_json::to_string_pretty(&seen.capture);
        let text = text.map_err(io::Error::other).and_then(|mut text| {
            text.push('\n');
            write(&self.root.join(FILE), text.as_bytes())
        });
        text.map_err(|source| Error::of(self.root.join(FILE).display().to_string(), source))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn inside(&self, place: &Path) -> PathBuf {
        self.root.join(place.strip_prefix("/").unwrap_or(place))
    }

    /// Notes what could not be written; the look itself goes on.
    fn note(&self, path: &str, done: io::Result<()>) {
        if let Err(source) = done {
            let mut seen = self.seen();
            seen.failed
                .get_or_insert_with(|| Error::of(format!("capturing {path}"), source));
        }
    }

    /// Makes the links and directories on the way to `path`, and says where it leads. The last
    /// part is followed too.
    fn walk(&self, path: &str) -> io::Result<PathBuf> {
        let mut todo: Vec<String> = parts(path).rev().map(str::to_owned).collect();
        let mut done = PathBuf::from("/");
        let mut links = 0;
        while let Some(part) = todo.pop() {
            if part == ".." {
                done.pop();
                continue;
            }
            let next = done.join(&part);
            let named = next.to_string_lossy();
            let Ok(target) = self.inner.link(&named) else {
                done = next;
                continue;
            };
            links += 1;
            if links > LINKS {
                return Err(io::Error::other("too many links"));
            }
            self.link_in(&next, &target)?;
            if target.starts_with('/') {
                done = PathBuf::from("/");
            }
            todo.extend(parts(&target).rev().map(str::to_owned));
        }
        Ok(done)
    }

    fn link_in(&self, place: &Path, target: &str) -> io::Result<()> {
        let place = self.inside(place);
        self.dir_in(place.parent().unwrap_or(&self.root))?;
        match symlink(target, place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    }

    fn dir_in(&self, inside: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(inside)
    }

    /// What a path is, without its content.
    fn shape(&self, path: &str) -> io::Result<()> {
        let place = self.walk(path)?;
        let at = place.to_string_lossy().into_owned();
        let stat = match self.inner.stat(&at) {
            Ok(stat) => stat,
            Err(Error::Denied { .. }) => {
                self.seen().capture.denied.insert(at);
                return self.hollow(&place);
            }
            // Gone, or a name that leads nowhere, as those of sockets and pipes do.
            Err(_) => return Ok(()),
        };
        match stat.kind {
            FileKind::Dir => self.dir_in(&self.inside(&place)),
            FileKind::File => {
                let mut seen = self.seen();
                if !self.is_there(&place) {
                    seen.capture.unread.insert(at);
                }
                drop(seen);
                self.hollow(&place)
            }
            FileKind::Block | FileKind::Other => {
                if let Some(device) = Device::of(&stat) {
                    self.seen().capture.devices.insert(at, device);
                }
                self.hollow(&place)
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the seam through which a capture is written"
    )]
    fn is_there(&self, place: &Path) -> bool {
        self.inside(place).exists()
    }

    /// An empty file, if nothing is there.
    fn hollow(&self, place: &Path) -> io::Result<()> {
        if self.is_there(place) {
            return Ok(());
        }
        self.fill(place, &[])
    }

    fn fill(&self, place: &Path, bytes: &[u8]) -> io::Result<()> {
        let inside = self.inside(place);
        self.dir_in(inside.parent().unwrap_or(&self.root))?;
        write(&inside, bytes)
    }
}

/// The parts of a path that lead somewhere.
fn parts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/')
        .filter(|part| !part.is_empty() && *part != ".")
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which a capture is written"
)]
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)
}

/// What is kept of a file: no secret, and of other programs no more than what is asked of them.
fn kept(path: &str, bytes: &[u8]) -> Vec<u8> {
    let text = || String::from_utf8_lossy(bytes).into_owned();
    if path.starts_with("/proc/") && path.ends_with("/cmdline") {
        // Words behind the program's name may be anything.
        let name = bytes.split(|b| *b == 0).next().unwrap_or_default();
        return name.to_vec();
    }
    if path.starts_with("/proc/") && path.ends_with("/maps") {
        let text = text();
        let lines = text.lines().filter(|line| line.contains(" /dev/"));
        return lines
            .flat_map(|line| format!("{line}\n").into_bytes())
            .collect();
    }
    let keyed = |key: &str| {
        let key = key.to_ascii_lowercase();
        ["password", "secret", "passphrase"]
            .iter()
            .any(|word| key.contains(word))
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.starts_with("/sys/") && keyed(name) {
        return MASK.as_bytes().to_vec();
    }
    // Definitions of virtual machines hold secrets anywhere.
    if name.ends_with(".xml") && path.split('/').any(|part| part == "libvirt") {
        return domain_xml::bare(&text()).into_bytes();
    }
    let configured = ["/etc/", "/var/lib/", "/run/"]
        .iter()
        .any(|dir| path.starts_with(dir));
    if !configured {
        return bytes.to_vec();
    }
    let text = text();
    let lines = text.lines().map(|line| match line.split_once('=') {
        Some((key, _)) if keyed(key) => format!("{key}= {MASK}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect::<String>().into_bytes()
}

impl Machine for Recorder {
    fn flavour(&self) -> Flavour {
        self.inner.flavour()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let read = self.inner.read(path);
        let done = match &read {
            Ok(bytes) => self.walk(path).and_then(|place| {
                let at = place.to_string_lossy().into_owned();
                self.fill(&place, &kept(&at, bytes))?;
                self.seen().capture.unread.remove(&at);
                Ok(())
            }),
            Err(Error::Denied { .. }) => self.walk(path).and_then(|place| {
                let at = place.to_string_lossy().into_owned();
                self.hollow(&place)?;
                self.seen().capture.denied.insert(at);
                Ok(())
            }),
            Err(_) => Ok(()),
        };
        self.note(path, done);
        read
    }

    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        let listed = self.inner.list(dir);
        if let Ok(names) = &listed {
            let done = self.walk(dir).and_then(|place| {
                self.dir_in(&self.inside(&place))?;
                for name in names {
                    let entry = place.join(name);
                    match self.inner.link(&entry.to_string_lossy()) {
                        Ok(target) => self.link_in(&entry, &target)?,
                        Err(_) => self.shape(&entry.to_string_lossy())?,
                    }
                }
                Ok(())
            });
            self.note(dir, done);
        }
        listed
    }

    fn resolve(&self, path: &str) -> Result<String, Error> {
        let found = self.inner.resolve(path);
        if found.is_ok() {
            self.note(path, self.shape(path));
        }
        found
    }

    fn link(&self, path: &str) -> Result<String, Error> {
        let target = self.inner.link(path);
        if let Ok(target) = &target
            && let Some((dir, name)) = path.rsplit_once('/')
        {
            let done = self
                .walk(dir)
                .and_then(|dir| self.link_in(&dir.join(name), target));
            self.note(path, done);
        }
        target
    }

    fn stat(&self, path: &str) -> Result<Stat, Error> {
        let stat = self.inner.stat(path);
        if stat.is_ok() {
            self.note(path, self.shape(path));
        }
        stat
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
        let has = self.inner.has_program(program);
        if has {
            self.seen().capture.programs.insert(program.to_owned());
        }
        has
    }

    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        let output = self.inner.exec_read(cmd, bounds)?;
        let mut seen = self.seen();
        seen.capture
            .commands
            .insert(cmd.to_string(), (&output).into());
        drop(seen);
        Ok(output)
    }

    fn exec_change(&self, cmd: &Cmd, _bounds: &Bounds, _mutate: &Mutate) -> Result<Output, Error> {
        Err(Error::ReadOnly {
            what: cmd.to_string(),
        })
    }

    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        self.inner.probe(portal, span)
    }

    fn flush(&self, device: &str, _bounds: &Bounds, _mutate: &Mutate) -> Result<(), Error> {
        Err(Error::ReadOnly {
            what: format!("flushing {device}"),
        })
    }

    fn read_block(&self, device: &str, bounds: &Bounds) -> Result<(), Error> {
        self.inner.read_block(device, bounds)
    }

    fn is_claimed(&self, device: &str, bounds: &Bounds) -> Result<bool, Error> {
        let claimed = self.inner.is_claimed(device, bounds)?;
        if claimed {
            self.seen().capture.claimed.insert(device.to_owned());
        }
        Ok(claimed)
    }

    fn wait_change(&self, span: Duration, bounds: &Bounds) -> Result<(), Ended> {
        self.inner.wait_change(span, bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_files() {
        let record = "node.session.auth.username = u\nnode.session.auth.password = canary\n";
        for (path, text, wanted) in [
            (
                "/etc/iscsi/nodes/t/p/default",
                record,
                "node.session.auth.username = u\nnode.session.auth.password = ********\n",
            ),
            (
                "/var/lib/iscsi/send_targets/p/st_config",
                "discovery.sendtargets.auth.password_in=canary",
                "discovery.sendtargets.auth.password_in= ********\n",
            ),
            (
                "/sys/class/iscsi_session/session1/password_in",
                "canary\n",
                "********",
            ),
            ("/sys/block/sda/size", "42\n", "42\n"),
            (
                "/run/x/state",
                "vnc_password=canary\na=b\n",
                "vnc_password= ********\na=b\n",
            ),
            ("/proc/7/cmdline", "mysqld\0--password=canary\0", "mysqld"),
            (
                "/proc/7/maps",
                "7f00 r-xp 0 08:01 7 /srv/canary\n7f01 rw-s 0 00:05 3 /dev/sda\n",
                "7f01 rw-s 0 00:05 3 /dev/sda\n",
            ),
        ] {
            let kept = kept(path, text.as_bytes());
            assert_eq!(String::from_utf8(kept).unwrap(), wanted, "{path}");
        }
    }
}
