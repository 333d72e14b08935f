//! A captured machine for tests: the recorded sysfs of a node with two sessions and four disks.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::system::Machine;
use crate::system::captured::Captured;

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
        let fixture = Self::empty();
        let links = SYSFS.lines().filter_map(|line| line.split_once(" -> "));
        for (link, target) in links {
            std::fs::create_dir_all(fixture.inside(target)).unwrap();
            fixture.link(link, target);
            // The way back up, which every class device has.
            let (above, _) = target.rsplit_once('/').unwrap();
            let (device, _) = above.rsplit_once('/').unwrap();
            if !target.contains("/virtual/") {
                fixture.link(&format!("{target}/device"), device);
            }
            for part in ["iscsi_session/", "scsi_device/"] {
                if let Some((device, _)) = target.split_once(part) {
                    std::fs::create_dir_all(fixture.inside(device)).unwrap();
                }
            }
        }
        for line in SYSFS.lines().filter(|line| !line.contains(" -> ")) {
            // The last colon of the name is the first one followed by no slash any more.
            let slash = line.rfind('/').unwrap();
            let (dir, rest) = line.split_at(slash);
            let Some((name, value)) = rest.split_once(':') else {
                continue;
            };
            fixture.file(&format!("{dir}{name}"), &format!("{value}\n"));
        }
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
