//! What is mounted where, in every mount namespace (proc(5)).

use std::collections::BTreeMap;

use super::holders::parse_device;
use super::{Error, processes};
use crate::system::Machine;

/// One line of a mountinfo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mount {
    /// The kernel's number of the mount.
    pub(super) id: u64,
    /// The file system's device number.
    pub(super) device: (u32, u32),
    /// Which folder of the file system is mounted.
    pub(super) root: String,
    /// Where.
    pub(super) point: String,
    /// The file system's type.
    pub(super) kind: String,
    /// The device, the share, or any word.
    pub(super) source: String,
    /// Whether somebody else's machine serves it, so that a look at a file may block for ever.
    pub(super) network: bool,
}

/// The mounts of every mount namespace that has a process, and the processes.
#[derive(Debug)]
pub(super) struct Spaces {
    own: String,
    all: BTreeMap<String, Space>,
    processes: Vec<Process>,
}

/// A process that runs a program.
#[derive(Debug)]
pub(super) struct Process {
    /// Its number.
    pub(super) pid: u32,
    /// The name of its mount namespace; `None` when it is not ours to look at.
    pub(super) space: Option<String>,
}

/// A mount namespace.
#[derive(Debug)]
struct Space {
    /// A process in it; `None` for our own.
    pid: Option<u32>,
    mounts: Vec<Mount>,
}

impl Spaces {
    /// All of them.
    ///
    /// # Errors
    /// When `/proc` cannot be read.
    pub(super) fn read(machine: &dyn Machine) -> Result<Self, Error> {
        let own = machine.link("/proc/self/ns/mnt").unwrap_or_default();
        let mut all = BTreeMap::new();
        if let Some(text) = machine.text("/proc/self/mountinfo")? {
            let (pid, mounts) = (None, parse(&text));
            all.insert(own.clone(), Space { pid, mounts });
        }
        let mut processes = Vec::new();
        for pid in processes::list(machine)? {
            let space = machine.link(&format!("/proc/{pid}/ns/mnt")).ok();
            if let Some(space) = space.as_ref().filter(|space| !all.contains_key(*space))
                && let Ok(Some(text)) = machine.text(&format!("/proc/{pid}/mountinfo"))
            {
                let (pid, mounts) = (Some(pid), parse(&text));
                all.insert(space.clone(), Space { pid, mounts });
            }
            processes.push(Process { pid, space });
        }
        Ok(Self {
            own,
            all,
            processes,
        })
    }

    /// The processes, the lowest number first.
    pub(super) fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The mounts of our own namespace.
    pub(super) fn own(&self) -> &[Mount] {
        self.of(&self.own)
    }

    /// The mounts of the namespace of this name.
    pub(super) fn of(&self, name: &str) -> &[Mount] {
        self.all.get(name).map_or(&[], |space| &space.mounts)
    }

    /// Every namespace by its name.
    pub(super) fn by_name(&self) -> impl Iterator<Item = (&str, &[Mount])> {
        let all = self.all.iter();
        all.map(|(name, space)| (name.as_str(), space.mounts.as_slice()))
    }

    /// Every mount, our own first; those of others with a process that sees them.
    pub(super) fn mounts(&self) -> impl Iterator<Item = (Option<u32>, &Mount)> {
        let mut all: Vec<&Space> = self.all.values().collect();
        all.sort_by_key(|space| space.pid);
        all.into_iter()
            .flat_map(|space| space.mounts.iter().map(|mount| (space.pid, mount)))
    }
}

/// The mounts of this process's namespace, in their order: of several at one point the last one is
/// seen.
///
/// # Errors
/// When `/proc` cannot be read.
pub(super) fn own(machine: &dyn Machine) -> Result<Vec<Mount>, Error> {
    let text = machine.text("/proc/self/mountinfo")?;
    Ok(parse(&text.unwrap_or_default()))
}

/// The lines of a mountinfo; lines that do not match are passed over.
fn parse(text: &str) -> Vec<Mount> {
    text.lines()
        .filter_map(|line| {
            let (front, back) = line.split_once(" - ")?;
            let mut front = front.split(' ');
            let id = front.next()?.parse().ok()?;
            let device = parse_device(front.nth(1)?)?;
            let root = unescape(front.next()?);
            let point = unescape(front.next()?);
            let mut back = back.split(' ');
            let kind = back.next()?;
            let network = ["nfs", "cifs", "smb", "ceph", "afs", "9p", "fuse", "gluster"]
                .iter()
                .any(|k| kind.starts_with(k));
            Some(Mount {
                id,
                device,
                root,
                point,
                kind: kind.to_owned(),
                source: unescape(back.next()?),
                network,
            })
        })
        .collect()
}

/// Undoes the kernel's `\040` for blanks, tabs, line breaks and backslashes.
pub(super) fn unescape(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail
            .get(..3)
            .filter(|_| *first == b'\\')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match code {
            Some(byte) => {
                out.push(byte);
                rest = tail.get(3..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether a path is `point` or below it.
pub(super) fn is_below(path: &str, point: &str) -> bool {
    point == "/"
        || path
            .strip_prefix(point)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, Real};
    use super::*;

    #[test]
    fn what_runs_no_program_is_passed_over_and_each_space_is_read_once() {
        let fixture = Fixture::empty();
        let root = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
        for (pid, space) in [("self", 1), ("7", 1), ("12", 2), ("110", 2)] {
            fixture.file(&format!("/proc/{pid}/mountinfo"), root);
            fixture.file(&format!("/proc/{pid}/fd/keep"), "");
            fixture.file(&format!("/proc/{pid}/ns/keep"), "");
            fixture.symlink(&format!("/proc/{pid}/ns/mnt"), &format!("mnt:[{space}]"));
        }
        // A thread of the kernel.
        fixture.file("/proc/2/comm", "kthreadd\n");
        let pids = |machine: &dyn Machine| {
            let spaces = Spaces::read(machine).unwrap();
            let seen: Vec<Option<u32>> = spaces.mounts().map(|(pid, _)| pid).collect();
            assert_eq!(seen, [None, Some(12)]);
            let processes = spaces.processes().iter();
            processes.map(|process| process.pid).collect::<Vec<_>>()
        };
        assert_eq!(pids(&Real::of(&fixture, &[])), [7, 12, 110]);
        assert_eq!(pids(&fixture.machine()), [2, 7, 12, 110]);
    }

    #[test]
    fn mountinfo_lines() {
        let text = "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 - ext3 /dev/root rw,errors=x\n\
                    41 35 8:16 / /srv rw - xfs /dev/sdb rw\n\
                    42 35 0:30 / /nfs rw - nfs4 server:/x\\040y rw\n\
                    garbage\n40 35 x:y / / rw - ext4 a b\n";
        let mounts = parse(text);
        assert_eq!(mounts.len(), 3);
        assert_eq!((mounts[0].point.as_str(), mounts[0].id), ("/mnt 2", 36));
        assert_eq!(mounts[0].root, "/mnt1");
        assert_eq!(
            (mounts[1].device, mounts[1].point.as_str()),
            ((8, 16), "/srv")
        );
        assert!(mounts[2].network && !mounts[1].network);
        assert_eq!(
            (mounts[2].kind.as_str(), mounts[2].source.as_str()),
            ("nfs4", "server:/x y")
        );
        assert_eq!(unescape("a\\"), "a\\");
        assert_eq!(unescape("\\134x\\9"), "\\x\\9");
    }

    #[test]
    fn below_is_a_matter_of_whole_parts() {
        for (path, point, below) in [
            ("/a/b", "/a", true),
            ("/a", "/a", true),
            ("/ab", "/a", false),
            ("/x", "/", true),
        ] {
            assert_eq!(is_below(path, point), below, "{path} {point}");
        }
    }
}
