//! A tree of files in memory, with links that are followed as the kernel follows them.

use std::collections::BTreeMap;

use rustix::io::Errno;

use super::kernel::Attribute;
use crate::model::ids::Hctl;
use crate::system::{Error, FileKind, Stat};

/// Links followed in one path before it is called a loop, as Linux counts.
const MAX_LINKS: usize = 40;

/// One name in the tree.
#[derive(Debug)]
pub(super) enum Node {
    /// A directory.
    Dir(BTreeMap<String, Node>),
    /// A file to read; `on_write` says what a write does.
    File {
        content: Vec<u8>,
        on_write: Option<Attribute>,
    },
    /// An attribute that can only be written.
    Trigger(Attribute),
    /// A symbolic link.
    Link(String),
    /// What `/proc/PID/fd/N` and `/proc/PID/ns/X` are: a link that knows its file by itself.
    Magic {
        text: String,
        block: Option<(u32, u32)>,
    },
    /// A block device; `disk` says which one, when it is a path to a LUN.
    Block {
        device: (u32, u32),
        disk: Option<Hctl>,
    },
}

/// Whether the last name of a path is followed when it is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Follow,
    Keep,
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    Path(String),
    /// To a disk: the regular file behind it is not a matter of the tree.
    Disk(Hctl),
}

/// The whole tree.
#[derive(Debug)]
pub(super) struct Tree {
    root: Node,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self {
            root: Node::Dir(BTreeMap::new()),
        }
    }

    /// Puts a node at an absolute path and makes the directories above it.
    pub(super) fn put(&mut self, path: &str, node: Node) {
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(entries) = self.open(dir) {
            entries.insert(name.to_owned(), node);
        }
    }

    /// An empty directory; one that is there keeps what is in it.
    pub(super) fn dir(&mut self, path: &str) {
        self.open(path);
    }

    /// The entries of a directory, which is made when it is not there.
    fn open(&mut self, dir: &str) -> Option<&mut BTreeMap<String, Node>> {
        let mut here = &mut self.root;
        for name in dir.split('/').filter(|n| !n.is_empty()) {
            let Node::Dir(entries) = here else {
                return None;
            };
            // Most names are there already: only a new one needs its own text.
            if !entries.contains_key(name) {
                entries.insert(name.to_owned(), Node::Dir(BTreeMap::new()));
            }
            here = entries.get_mut(name)?;
        }
        match here {
            Node::Dir(entries) => Some(entries),
            _ => None,
        }
    }

    /// Files of one line each in one directory.
    pub(super) fn lines(&mut self, dir: &str, values: &[(&str, &str)]) {
        let Some(entries) = self.open(dir) else {
            return;
        };
        for (name, value) in values {
            let node = Node::File {
                content: format!("{value}\n").into_bytes(),
                on_write: None,
            };
            entries.insert((*name).to_owned(), node);
        }
    }

    /// A file of one line, as most of sysfs is.
    pub(super) fn line(&mut self, path: &str, text: impl AsRef<str>) {
        self.text(path, format!("{}\n", text.as_ref()));
    }

    /// A file with this text.
    pub(super) fn text(&mut self, path: &str, text: impl Into<String>) {
        self.bytes(path, text.into().into_bytes());
    }

    /// A file with these bytes.
    pub(super) fn bytes(&mut self, path: &str, content: Vec<u8>) {
        self.put(
            path,
            Node::File {
                content,
                on_write: None,
            },
        );
    }

    /// A symbolic link.
    pub(super) fn link(&mut self, path: &str, target: impl Into<String>) {
        self.put(path, Node::Link(target.into()));
    }

    /// Follows a path: where it leads, and what is there.
    pub(super) fn walk(&self, path: &str, last: Last) -> Result<(String, &Node), Error> {
        if !path.starts_with('/') {
            return Err(refused(path, Errno::INVAL));
        }
        let mut todo: Vec<String> = names_backwards(path);
        let mut trail: Vec<(String, &Node)> = Vec::new();
        let mut links = 0;
        while let Some(name) = todo.pop() {
            if name == ".." {
                trail.pop();
                continue;
            }
            let here = trail.last().map_or(&self.root, |(_, node)| node);
            let Node::Dir(entries) = here else {
                return Err(Error::NotFound {
                    path: path.to_owned(),
                });
            };
            let Some(node) = entries.get(&name) else {
                return Err(Error::NotFound {
                    path: path.to_owned(),
                });
            };
            match node {
                Node::Link(target) if last == Last::Follow || !todo.is_empty() => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(refused(path, Errno::LOOP));
                    }
                    if target.starts_with('/') {
                        trail.clear();
                    }
                    todo.extend(names_backwards(target));
                }
                _ => trail.push((name, node)),
            }
        }
        let canonical = trail
            .iter()
            .fold(String::new(), |path, (name, _)| path + "/" + name);
        let node = trail.last().map_or(&self.root, |(_, node)| node);
        Ok((
            if canonical.is_empty() {
                "/".into()
            } else {
                canonical
            },
            node,
        ))
    }

    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        match self.walk(path, Last::Follow)?.1 {
            Node::File { content, .. } => Ok(content.clone()),
            Node::Dir(_) => Err(refused(path, Errno::ISDIR)),
            // Root may open a write-only attribute of sysfs; the read then fails.
            Node::Trigger(_) => Err(refused(path, Errno::IO)),
            _ => Err(refused(path, Errno::OPNOTSUPP)),
        }
    }

    pub(super) fn list(&self, dir: &str) -> Result<Vec<String>, Error> {
        match self.walk(dir, Last::Follow)?.1 {
            Node::Dir(entries) => Ok(entries.keys().cloned().collect()),
            _ => Err(Error::NotFound {
                path: dir.to_owned(),
            }),
        }
    }

    /// Where a path leads.
    pub(super) fn resolve(&self, path: &str) -> Result<Resolved, Error> {
        let (canonical, node) = self.walk(path, Last::Follow)?;
        Ok(match node {
            Node::Block {
                disk: Some(hctl), ..
            } => Resolved::Disk(*hctl),
            Node::Magic { text, .. } => {
                let followed = self.resolve(text);
                followed.unwrap_or_else(|_| Resolved::Path(text.clone()))
            }
            _ => Resolved::Path(canonical),
        })
    }

    pub(super) fn link_text(&self, path: &str) -> Result<String, Error> {
        match self.walk(path, Last::Keep)?.1 {
            Node::Link(target) => Ok(target.clone()),
            Node::Magic { text, .. } => Ok(text.clone()),
            _ => Err(refused(path, Errno::INVAL)),
        }
    }

    pub(super) fn stat(&self, path: &str) -> Result<Stat, Error> {
        let (kind, device) = match self.walk(path, Last::Follow)?.1 {
            Node::Dir(_) => (FileKind::Dir, (0, 0)),
            Node::File { .. } | Node::Trigger(_) => (FileKind::File, (0, 0)),
            Node::Block { device, .. } => (FileKind::Block, *device),
            Node::Magic {
                block: Some(device),
                ..
            } => (FileKind::Block, *device),
            Node::Magic { .. } | Node::Link(_) => (FileKind::Other, (0, 0)),
        };
        Ok(Stat { kind, device })
    }

    /// What a write to this path does.
    pub(super) fn attribute(&self, path: &str) -> Result<Attribute, Error> {
        match self.walk(path, Last::Follow)?.1 {
            Node::Trigger(attribute) => Ok(*attribute),
            Node::File {
                on_write: Some(attribute),
                ..
            } => Ok(*attribute),
            _ => Err(Error::Denied {
                what: path.to_owned(),
            }),
        }
    }
}

fn names_backwards(path: &str) -> Vec<String> {
    let names = path.split('/').filter(|n| !n.is_empty() && *n != ".");
    names.rev().map(str::to_owned).collect()
}

/// The kernel's answer to `what`.
pub(super) fn refused(what: &str, errno: Errno) -> Error {
    Error::Io {
        what: what.to_owned(),
        source: errno.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::new();
        tree.line("/sys/devices/host0/state", "running");
        tree.link("/sys/devices/host0/self", "../host0");
        tree.link("/sys/class/host0", "../devices/host0");
        tree.link("/loop", "/loop");
        tree.put(
            "/dev/sda",
            Node::Block {
                device: (8, 0),
                disk: Some("0:0:0:1".parse().unwrap()),
            },
        );
        tree.link("/dev/disk/by-id/x", "../../sda");
        tree
    }

    #[test]
    fn links_are_followed_wherever_they_stand() {
        let tree = tree();
        assert_eq!(
            tree.read("/sys/class/host0/self/state").unwrap(),
            b"running\n"
        );
        assert_eq!(
            tree.resolve("/sys/class/host0/self").unwrap(),
            Resolved::Path("/sys/devices/host0".into())
        );
        assert_eq!(
            tree.link_text("/sys/class/host0").unwrap(),
            "../devices/host0"
        );
        assert!(tree.resolve("/loop").is_err());
        assert!(
            tree.read("/sys/class/host1/state")
                .unwrap_err()
                .is_not_found()
        );
    }

    #[test]
    fn a_block_device_leads_to_its_disk() {
        let tree = tree();
        assert_eq!(
            tree.resolve("/dev/disk/by-id/x").unwrap(),
            Resolved::Disk("0:0:0:1".parse().unwrap())
        );
        let stat = tree.stat("/dev/disk/by-id/x").unwrap();
        assert_eq!((stat.kind, stat.device), (FileKind::Block, (8, 0)));
    }
}
