//! A captured machine for tests: the recorded sysfs of a node with two sessions and four disks.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::portal::Portal;
use crate::system::captured::Captured;
use crate::system::{Cmd, Dead, Error, FileKind, Flavour, Machine, Output, Stat};

const SYSFS: &str = include_str!("../../tests/fixtures/open-iscsi/sysfs-iscsi.txt");

/// A folder with the recorded sysfs, and whatever else a test puts there.
pub(super) struct Fixture {
    dir: tempfile::TempDir,
}

impl Fixture {
    /// An empty machine.
    pub(super) fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// The recorded node.
    pub(super) fn recorded() -> Self {
        let fixture = Self::of(SYSFS);
        for (disk, size) in [
            ("sda", 65_536),
            ("sdb", 131_072),
            ("sdc", 65_536),
            ("sdd", 131_072),
        ] {
            fixture.file(
                &format!("/sys/class/block/{disk}/size"),
                &format!("{size}\n"),
            );
        }
        fixture
    }

    /// A recorded sysfs: lines `FILE:VALUE` and `LINK -> TARGET`.
    pub(super) fn of(sysfs: &str) -> Self {
        let fixture = Self::empty();
        let links = sysfs.lines().filter_map(|line| line.split_once(" -> "));
        for (link, target) in links {
            std::fs::create_dir_all(fixture.inside(target)).unwrap();
            fixture.link(link, target);
            // The way back up, which every class device has.
            let (above, _) = target.rsplit_once('/').unwrap();
            let (device, _) = above.rsplit_once('/').unwrap();
            if !target.contains("/virtual/block/") {
                fixture.link(&format!("{target}/device"), device);
            }
            for part in ["iscsi_session/", "scsi_device/"] {
                if let Some((device, _)) = target.split_once(part) {
                    std::fs::create_dir_all(fixture.inside(device)).unwrap();
                }
            }
        }
        for line in sysfs.lines().filter(|line| !line.contains(" -> ")) {
            // The last colon of the name is the first one followed by no slash any more.
            let slash = line.rfind('/').unwrap();
            let (dir, rest) = line.split_at(slash);
            let Some((name, value)) = rest.split_once(':') else {
                continue;
            };
            fixture.file(&format!("{dir}{name}"), &format!("{value}\n"));
        }
        fixture
    }

    /// The machine.
    pub(super) fn machine(&self) -> Captured {
        Captured::new(self.dir.path())
    }

    /// Adds a file; links on the way are followed inside the folder.
    pub(super) fn file(&self, path: &str, text: &str) {
        self.bytes(path, text.as_bytes());
    }

    /// As [`Fixture::file`], of any bytes.
    pub(super) fn bytes(&self, path: &str, bytes: &[u8]) {
        let (dir, name) = path.rsplit_once('/').unwrap();
        let place = self.dir(dir);
        std::fs::write(place.join(name), bytes).unwrap();
    }

    /// A directory, made where it is missing.
    fn dir(&self, dir: &str) -> PathBuf {
        if let Ok(found) = self.machine().resolve(dir) {
            return self.inside(&found);
        }
        let (above, name) = dir.rsplit_once('/').unwrap();
        let place = self
            .dir(if above.is_empty() { "/" } else { above })
            .join(name);
        std::fs::create_dir(&place).unwrap();
        place
    }

    /// Takes a file or a link away.
    pub(super) fn remove(&self, path: &str) {
        let (dir, name) = path.rsplit_once('/').unwrap();
        std::fs::remove_file(self.dir(dir).join(name)).unwrap();
    }

    /// Adds a link, as `/proc` has them: its text need not lead anywhere.
    pub(super) fn symlink(&self, link: &str, target: &str) {
        let (dir, name) = link.rsplit_once('/').unwrap();
        symlink(target, self.dir(dir).join(name)).unwrap();
    }

    fn link(&self, link: &str, target: &str) {
        let place = self.inside(link);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(target, place).unwrap();
    }

    fn inside(&self, path: &str) -> PathBuf {
        self.dir
            .path()
            .join(Path::new(path).strip_prefix("/").unwrap())
    }
}

/// A captured machine that calls itself real, with these programs installed and these devices
/// claimed; nothing on it can be changed.
#[derive(Debug)]
pub(super) struct Real {
    captured: Captured,
    programs: Vec<String>,
    claimed: Vec<String>,
}

impl Real {
    pub(super) fn of(fixture: &Fixture, programs: &[&str]) -> Self {
        Self {
            captured: fixture.machine(),
            programs: programs.iter().map(|p| (*p).to_owned()).collect(),
            claimed: Vec::new(),
        }
    }

    /// With these disks claimed by somebody.
    pub(super) fn claiming(mut self, disks: &[&str]) -> Self {
        self.claimed = disks.iter().map(|d| format!("/dev/{d}")).collect();
        self
    }
}

impl Machine for Real {
    fn flavour(&self) -> Flavour {
        Flavour::Real
    }
    fn has_program(&self, program: &str) -> bool {
        self.programs.iter().any(|p| p == program)
    }
    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.captured.read(path)
    }
    fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        self.captured.list(dir)
    }
    fn resolve(&self, path: &str) -> Result<String, Error> {
        self.captured.resolve(path)
    }
    fn link(&self, path: &str) -> Result<String, Error> {
        let told = self.captured.link(path);
        // All but this one run a program, though the fixture does not say which.
        match path.strip_suffix("/exe") {
            Some(dir) if self.text(&format!("{dir}/comm"))?.as_deref() != Some("kthreadd") => {
                told.or_else(|_| Ok("/usr/bin/program".into()))
            }
            _ => told,
        }
    }
    fn stat(&self, path: &str) -> Result<Stat, Error> {
        let path = self.captured.link(path).unwrap_or_else(|_| path.to_owned());
        if path == "/dev/sg0" {
            return Ok(Stat {
                kind: FileKind::Other,
                device: (21, 0),
            });
        }
        let path = path.as_str();
        let disk = path.strip_prefix("/dev/").unwrap_or_default();
        let number = self.text(&format!("/sys/class/block/{disk}/dev"))?;
        let number = number.as_deref().and_then(super::holders::parse_device);
        match number {
            Some(device) => Ok(Stat {
                kind: FileKind::Block,
                device,
            }),
            None => self.captured.stat(path),
        }
    }
    fn is_claimed(&self, device: &str, _bounds: &Bounds) -> Result<bool, Error> {
        Ok(self.claimed.iter().any(|d| d == device))
    }
    fn write_attr(&self, path: &str, value: &str, b: &Bounds, m: &Mutate) -> Result<(), Error> {
        self.captured.write_attr(path, value, b, m)
    }
    fn exec_read(&self, cmd: &Cmd, bounds: &Bounds) -> Result<Output, Error> {
        self.captured.exec_read(cmd, bounds)
    }
    fn exec_change(&self, cmd: &Cmd, bounds: &Bounds, m: &Mutate) -> Result<Output, Error> {
        self.captured.exec_change(cmd, bounds, m)
    }
    fn probe(&self, portal: Portal, span: Duration) -> Result<(), Dead> {
        self.captured.probe(portal, span)
    }
    fn flush(&self, device: &str, bounds: &Bounds, m: &Mutate) -> Result<(), Error> {
        self.captured.flush(device, bounds, m)
    }
}
