//! A captured machine for tests: the recorded sysfs of a node with two sessions and four disks.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

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
        let (dir, name) = path.rsplit_once('/').unwrap();
        let place = match crate::system::Machine::resolve(&self.machine(), dir) {
            Ok(dir) => self.inside(&dir),
            Err(_) => {
                std::fs::create_dir_all(self.inside(dir)).unwrap();
                self.inside(dir)
            }
        };
        std::fs::write(place.join(name), text).unwrap();
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
