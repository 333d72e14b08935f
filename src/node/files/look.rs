//! What a file is. Asked of a process of its own with a deadline: a file on a share whose server is
//! gone keeps whoever asks, for ever.

use std::time::Duration;

use super::Error;
use crate::kit::bounds::Bounds;
use crate::system::{self, Cmd, FileKind, Flavour, Machine};

/// So long may a file take to be looked at.
const LOOK: Duration = Duration::from_secs(10);

/// What a file was seen to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// In words: `regular file`, `directory`, `block special file`…
    pub(super) what: String,
    /// Size in bytes, of a regular file.
    pub(super) size_bytes: u64,
}

impl Look {
    pub(super) fn is_file(&self) -> bool {
        matches!(self.what.as_str(), "regular file" | "regular empty file")
    }

    pub(super) fn is_block(&self) -> bool {
        self.what == "block special file"
    }
}

/// Whether a link at the end of a path is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// It is.
    Follow,
    /// It is told as what it is.
    Tell,
}

/// The command that looks.
pub(super) fn command(path: &str, links: Links) -> Cmd {
    let mut args = vec!["-c".to_owned(), "%F|%s".to_owned()];
    if links == Links::Follow {
        args.push("-L".into());
    }
    args.extend(["--".to_owned(), path.to_owned()]);
    Cmd::new("stat", args)
}

/// What is at a path; `None` when nothing is.
///
/// # Errors
/// When it cannot be looked at, or the look does not end.
pub(super) fn look(
    machine: &dyn Machine,
    path: &str,
    links: Links,
    bounds: &Bounds,
) -> Result<Option<Look>, super::super::Error> {
    if machine.flavour() == Flavour::Captured {
        return captured(machine, path);
    }
    let bounds = bounds.at_most(LOOK, "a file to be looked at");
    let output = machine.exec_read(&command(path, links), &bounds)?;
    if output.code != 0 {
        let said = first_line(&output.stderr);
        if said.contains("No such file") || said.contains("Not a directory") {
            return Ok(None);
        }
        return Err(unseen(path, &said));
    }
    parse(&output.stdout)
        .map(Some)
        .ok_or_else(|| unseen(path, "stat answered in another way than it should"))
}

fn unseen(path: &str, said: &str) -> super::super::Error {
    let error = Error::Unseen {
        path: path.to_owned(),
        said: said.to_owned(),
    };
    error.into()
}

fn captured(machine: &dyn Machine, path: &str) -> Result<Option<Look>, super::super::Error> {
    let what = match machine.stat(path) {
        Ok(stat) => match stat.kind {
            FileKind::File => "regular file",
            FileKind::Dir => "directory",
            FileKind::Block => "block special file",
            FileKind::Other => "special file",
        },
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(Look {
        what: what.into(),
        size_bytes: 0,
    }))
}

/// `regular file|1048576`.
fn parse(text: &str) -> Option<Look> {
    let (what, size) = text.trim_end().split_once('|')?;
    Some(Look {
        what: what.to_owned(),
        size_bytes: size.parse().ok()?,
    })
}

/// The kernel's name of the block device that a path in `/dev` leads to.
pub(super) fn block_of(machine: &dyn Machine, path: &str) -> Option<String> {
    // Nothing outside of /dev is touched: it may be on a share.
    let place = path
        .starts_with("/dev/")
        .then(|| machine.resolve(path).ok())??;
    let name = place.strip_prefix("/dev/")?.replace('/', "!");
    let known = machine.text(&format!("/sys/class/block/{name}/dev"));
    known.ok().flatten().map(|_| name)
}

/// The size of a block device in bytes.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn size_of(machine: &dyn Machine, block: &str) -> Result<u64, system::Error> {
    let sectors = machine.text(&format!("/sys/class/block/{block}/size"))?;
    let sectors: u64 = sectors.and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(sectors.saturating_mul(512))
}

/// What a program complained, in one short line.
pub(super) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    let line: String = line
        .unwrap_or("it said nothing")
        .chars()
        .take(300)
        .collect();
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_stat() {
        let look = parse("regular file|1048576\n").unwrap();
        assert!(look.is_file() && look.size_bytes == 1_048_576);
        assert!(parse("regular empty file|0\n").unwrap().is_file());
        assert!(parse("block special file|0").unwrap().is_block());
        assert!(!parse("symbolic link|7").unwrap().is_file());
        for wrong in ["", "regular file", "regular file|x"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(first_line("\n  mount.nfs: no\nmore"), "mount.nfs: no");
        let typed = command("/a b", Links::Follow).to_string();
        assert_eq!(typed, "stat -c '%F|%s' -L -- '/a b'");
    }
}
