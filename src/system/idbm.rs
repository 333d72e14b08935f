//! Records of open-iscsi's database, rewritten as iscsiadm itself rewrites them (linux-host.md
//! §3.1, §3.5): under its lock, and so that a reader finds the old text or the new one.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;
use crate::kit::bounds::Bounds;
use crate::kit::stop::Stop;

/// So long the lock of others is waited for, as iscsiadm waits.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two tries, as iscsiadm has it.
const PAUSE: Duration = Duration::from_millis(10);
/// What a record is written as before it takes its place. Only who holds the lock has it, so a
/// second one is of a run that was killed, and may hold a secret.
const BESIDE: &str = ".sanctl-record";
/// How the names begin that earlier versions gave it.
const OURS: &str = ".sanctl-";
/// Where distributions keep the database (linux-host.md §3.1).
const DATABASES: [&str; 2] = ["/etc/iscsi", "/var/lib/iscsi"];
/// The largest record; a real one has 4 KiB.
const LARGEST: u64 = 1024 * 1024;

/// Where iscsiadm keeps its lock.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
pub(super) fn lock_dir() -> &'static str {
    if Path::new("/run/lock").exists() {
        "/run/lock/iscsi"
    } else {
        "/var/lock/iscsi"
    }
}

/// The database's lock: a hard link that only one can make. Let go on drop.
struct Lock {
    link: PathBuf,
}

impl Lock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the seam through which the machine's files are reached"
    )]
    fn take(dir: &Path, bounds: &Bounds) -> Result<Self, Error> {
        let (file, link) = (dir.join("lock"), dir.join("lock.write"));
        let prepare = || {
            DirBuilder::new().recursive(true).mode(0o770).create(dir)?;
            let mut options = OpenOptions::new();
            options.create(true).truncate(false).write(true).mode(0o660);
            options.open(&file).map(|_| ())
        };
        prepare().map_err(|e| Error::of(file.display().to_string(), e))?;
        let what = "the lock of open-iscsi's records";
        let bounds = bounds.at_most(PATIENCE, what);
        loop {
            match std::fs::hard_link(&file, &link) {
                Ok(()) => return Ok(Self { link }),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(Error::of(link.display().to_string(), e)),
            }
            bounds.wait(PAUSE).map_err(|ended| Error::Ended {
                what: format!("{} is held", link.display()),
                ended,
            })?;
        }
    }
}

impl Drop for Lock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the seam through which the machine's files are reached"
    )]
    fn drop(&mut self) {
        // Whoever waits longer than half a minute removes it in our place.
        let _ = std::fs::remove_file(&self.link);
    }
}

/// Rewrites the record at `path` under the lock in `lock_dir`.
///
/// # Errors
/// When the lock is not let go in time, or the system's answer.
pub(super) fn edit(
    lock_dir: &Path,
    path: &Path,
    edit: &dyn Fn(&str) -> String,
    bounds: &Bounds,
) -> Result<(), Error> {
    let _lock = Lock::take(lock_dir, bounds)?;
    rewrite(path, edit).map_err(|source| Error::of(path.display().to_string(), source))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
fn rewrite(path: &Path, edit: &dyn Fn(&str) -> String) -> io::Result<()> {
    let mut text = String::new();
    let read = File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    if u64::try_from(read).is_ok_and(|read| read >= LARGEST) {
        return Err(io::Error::other("larger than any record: not rewritten"));
    }
    // Beside the records it would be listed as one more of them (linux-host.md §3.5).
    let database =
        database_of(path).ok_or_else(|| io::Error::other("not in a database of node records"))?;
    let beside = database.join(BESIDE);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let put = || {
        for left in leftovers(database) {
            std::fs::remove_file(left)?;
        }
        let mut file = options.open(&beside)?;
        file.write_all(edit(&text).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    let done = put();
    if done.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    done
}

/// What runs that were killed have left in a database.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
fn leftovers(database: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(database).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(OURS));
    ours.map(|entry| entry.path()).collect()
}

/// Removes what runs that were killed have left in the databases, unless somebody holds the lock:
/// it may be a record that is being written.
pub(super) fn tidy() {
    tidy_in(Path::new(lock_dir()), &DATABASES.map(Path::new));
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the seam through which the machine's files are reached"
)]
fn tidy_in(lock_dir: &Path, databases: &[&Path]) {
    let left = || databases.iter().flat_map(|database| leftovers(database));
    if left().next().is_none() {
        return;
    }
    let at_once = Bounds::new(
        Duration::ZERO,
        "the lock of open-iscsi's records",
        Stop::new(),
    );
    if let Ok(_lock) = Lock::take(lock_dir, &at_once) {
        // Looked for again under the lock. What cannot be removed is tried again next time.
        left().for_each(|path| drop(std::fs::remove_file(path)));
    }
}

/// The folder that holds `nodes`: of the same file system as all records.
fn database_of(path: &Path) -> Option<&Path> {
    path.ancestors()
        .find(|p| p.file_name().is_some_and(|n| n == "nodes"))?
        .parent()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn bounds(span: Duration) -> Bounds {
        Bounds::new(span, "test", Stop::new())
    }

    fn record(dir: &Path) -> PathBuf {
        let folder = dir.join("iscsi/nodes/iqn.a:b/10.0.0.1,3260,1");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("default");
        std::fs::write(&path, "old\n").unwrap();
        path
    }

    #[test]
    fn what_is_larger_than_any_record_is_left_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = record(dir.path());
        let large = "x".repeat(2 * 1024 * 1024);
        std::fs::write(&path, &large).unwrap();
        let span = bounds(Duration::from_secs(5));
        let ended = edit(&dir.path().join("lock"), &path, &str::to_owned, &span);
        assert!(ended.unwrap_err().to_string().contains("default"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), large);
    }

    #[test]
    fn a_record_is_replaced_under_the_lock_and_nothing_stays_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let (locks, path) = (dir.path().join("lock/iscsi"), record(dir.path()));
        let inside = |text: &str| {
            assert!(locks.join("lock.write").exists(), "held while it is read");
            format!("{text}new\n")
        };
        edit(&locks, &path, &inside, &bounds(PATIENCE)).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old\nnew\n");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!locks.join("lock.write").exists());
        let names = |dir: &Path| std::fs::read_dir(dir).unwrap().count();
        assert_eq!(names(path.parent().unwrap()), 1);
        assert_eq!(names(&dir.path().join("iscsi")), 1, "only nodes");
    }

    #[test]
    fn what_killed_runs_left_goes_with_the_next_edit_and_without_one() {
        let dir = tempfile::tempdir().unwrap();
        let (locks, path) = (dir.path().join("lock"), record(dir.path()));
        let database = dir.path().join("iscsi");
        let leave = || {
            for name in [".sanctl-4711", ".sanctl-record"] {
                std::fs::write(database.join(name), "canary").unwrap();
            }
        };
        let count = || std::fs::read_dir(&database).unwrap().count();
        leave();
        let inside = |text: &str| text.to_owned();
        edit(&locks, &path, &inside, &bounds(PATIENCE)).unwrap();
        assert_eq!(count(), 1, "only nodes");
        leave();
        let none = dir.path().join("none");
        std::fs::write(locks.join("lock.write"), "").unwrap();
        tidy_in(&locks, &[&none, &database]);
        assert_eq!(count(), 3, "somebody may be writing one");
        std::fs::remove_file(locks.join("lock.write")).unwrap();
        tidy_in(&locks, &[&none, &database]);
        assert_eq!(count(), 1);
        assert!(!locks.join("lock.write").exists());
    }

    #[test]
    fn a_lock_of_another_is_respected() {
        let dir = tempfile::tempdir().unwrap();
        let (locks, path) = (dir.path().join("lock"), record(dir.path()));
        std::fs::create_dir_all(&locks).unwrap();
        std::fs::write(locks.join("lock.write"), "").unwrap();
        let same = |text: &str| text.to_owned();
        let short = bounds(Duration::from_millis(40));
        let error = edit(&locks, &path, &same, &short).unwrap_err();
        assert!(matches!(error, Error::Ended { .. }), "{error}");
        assert!(error.to_string().contains("lock.write"), "{error}");
        assert!(locks.join("lock.write").exists(), "it is not ours");
        std::fs::remove_file(locks.join("lock.write")).unwrap();
        let none = dir.path().join("iscsi/nodes/iqn.a:b/none");
        let missing = edit(&locks, &none, &same, &bounds(PATIENCE)).unwrap_err();
        assert!(missing.is_not_found(), "{missing}");
        assert!(!locks.join("lock.write").exists(), "let go after a failure");
    }
}
