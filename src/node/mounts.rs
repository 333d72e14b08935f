//! What is mounted where, in every mount namespace (proc(5)).

use std::collections::BTreeMap;

use super::Error;
use super::holders::parse_device;
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

/// The mounts of every mount namespace that has a process.
#[derive(Debug)]
pub(super) struct Spaces {
    own: String,
    all: BTreeMap<String, Space>,
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
        for pid in pids(machine)? {
            // A process that ends meanwhile, or that is not ours to look at, is passed over.
            let Ok(space) = machine.link(&format!("/proc/{pid}/ns/mnt")) else {
                continue;
            };
            if !all.contains_key(&space)
                && let Ok(Some(text)) = machine.text(&format!("/proc/{pid}/mountinfo"))
            {
                let (pid, mounts) = (Some(pid), parse(&text));
                all.insert(space, Space { pid, mounts });
            }
        }
        Ok(Self { own, all })
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

/// The numbers of all processes, the lowest first.
///
/// # Errors
/// When `/proc` cannot be read.
pub(super) fn pids(machine: &dyn Machine) -> Result<Vec<u32>, Error> {
    let names = machine.names("/proc")?;
    let mut pids: Vec<u32> = names.iter().filter_map(|n| n.parse().ok()).collect();
    pids.sort_unstable();
    Ok(pids)
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
    use super::*;

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
