//! Who uses a file, or anything in a folder: programs in whatever mount namespace, loop devices,
//! swap, the kernel's own targets, domains of libvirt.
//!
//! Files are told by their paths and never asked for their numbers: a file of a share whose server
//! is gone would hang whoever asks.

use std::collections::BTreeMap;

use super::super::Error;
use super::super::guest;
use super::super::holders::{Block, Kind, User};
use super::super::mounts::{Mount, Spaces, is_below, unescape};
use super::super::processes;
use super::users::{domain_user, look_once, named_in, once_per_domain};
use crate::kit::bounds::Bounds;
use crate::system::Machine;

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::node) enum Place<'a> {
    /// One file.
    File(&'a str),
    /// A folder, with everything in it.
    Below(&'a str),
}

impl Place<'_> {
    fn path(&self) -> &str {
        match self {
            Self::File(path) | Self::Below(path) => path,
        }
    }
}

/// A file with everything that uses it: also what is built on the loop devices that read it.
pub(super) fn look_at_file(
    machine: &dyn Machine,
    path: &str,
    bounds: &Bounds,
) -> Result<Block, Error> {
    let users = users_of(machine, Place::File(path))?;
    let loops: Vec<String> = users
        .iter()
        .filter_map(|user| match user {
            User::Loop(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    Ok(Block {
        name: path.to_owned(),
        device: (0, 0),
        kind: Kind::File,
        label: path.to_owned(),
        above: look_once(machine, &loops, bounds)?,
        users,
    })
}

/// Who uses a place. Empty when nobody does.
pub(super) fn users_of(machine: &dyn Machine, place: Place<'_>) -> Result<Vec<User>, Error> {
    let spaces = Spaces::read(machine)?;
    let here = Paths::of(place, spaces.own(), &[]);
    let inner = inner(place.path(), spaces.own());
    let by_space: BTreeMap<&str, Paths> = spaces
        .by_name()
        .map(|(name, mounts)| (name, Paths::of(place, mounts, inner.as_slice())))
        .collect();
    let mut found: Vec<((), User)> = Vec::new();
    if let Place::Below(folder) = place {
        let within = spaces.own().iter();
        let within = within.filter(|m| m.point != folder && is_below(&m.point, folder));
        found.extend(within.map(|mount| {
            let user = User::Mount {
                point: mount.point.clone(),
                seen_by: None,
                programs: Vec::new(),
            };
            ((), user)
        }));
    }
    let mut add = |user: User| found.push(((), user));
    let swaps = machine.text("/proc/swaps")?.unwrap_or_default();
    for line in swaps.lines().skip(1) {
        let path = line.split_whitespace().next().unwrap_or_default();
        if here.has(&unescape(path)) {
            add(User::Swap);
        }
    }
    for name in machine.names("/sys/block")? {
        if name.starts_with("loop")
            && let Some(file) = machine.text(&format!("/sys/block/{name}/loop/backing_file"))?
            && by_space.values().any(|paths| paths.has(&file))
        {
            add(User::Loop(name));
        }
    }
    for name in exported(machine, &here) {
        add(User::Exported(name));
    }
    for domain in guest::list(machine) {
        for disk in &domain.disks {
            if disk.sources.iter().any(|source| here.has(source)) {
                add(domain_user(&domain, disk));
            }
        }
    }
    for user in programs(machine, place, &spaces, &by_space) {
        add(user);
    }
    once_per_domain(&mut found);
    Ok(found.into_iter().map(|((), user)| user).collect())
}

/// The paths by which a mount namespace knows a place.
struct Paths {
    paths: Vec<String>,
    folder: bool,
}

impl Paths {
    /// By the path itself in our own namespace, and by every mount of the same file system that
    /// shows the place, here and elsewhere.
    fn of(place: Place<'_>, mounts: &[Mount], inner: &[Inner]) -> Self {
        let mut paths: Vec<String> = Vec::new();
        if inner.is_empty() {
            paths.push(place.path().to_owned());
        }
        for inner in inner {
            let same = mounts.iter().filter(|m| m.device == inner.device);
            paths.extend(same.filter_map(|mount| {
                let rest = below(&inner.path, &mount.root)?;
                Some(join(&mount.point, rest))
            }));
        }
        Self {
            paths,
            folder: matches!(place, Place::Below(_)),
        }
    }

    fn has(&self, path: &str) -> bool {
        let path = path.strip_suffix(" (deleted)").unwrap_or(path);
        self.paths
            .iter()
            .any(|own| path == own || (self.folder && is_below(path, own)))
    }
}

/// Where a path is within its file system.
struct Inner {
    device: (u32, u32),
    path: String,
}

/// The file system that a path of our own is on, and its place there.
fn inner(path: &str, mounts: &[Mount]) -> Option<Inner> {
    // Of several at one point the last one is seen.
    let mount = mounts
        .iter()
        .filter(|m| is_below(path, &m.point))
        .max_by_key(|m| m.point.len())?;
    let rest = below(path, &mount.point)?;
    Some(Inner {
        device: mount.device,
        path: join(&mount.root, rest),
    })
}

/// What follows `point` in a path, without the slash between them.
fn below<'a>(path: &'a str, point: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(point.trim_end_matches('/'))?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix('/')
}

fn join(point: &str, rest: &str) -> String {
    match (point.trim_end_matches('/'), rest) {
        ("", "") => "/".to_owned(),
        (point, "") => point.to_owned(),
        (point, rest) => format!("{point}/{rest}"),
    }
}

/// The backstores of the kernel's own iSCSI target in these files.
fn exported(machine: &dyn Machine, here: &Paths) -> Vec<String> {
    let core = "/sys/kernel/config/target/core";
    let mut found = Vec::new();
    for kind in machine.names(core).unwrap_or_default() {
        for name in machine.names(&format!("{core}/{kind}")).unwrap_or_default() {
            let text = |file: &str| machine.text(&format!("{core}/{kind}/{name}/{file}")).ok()?;
            let mut paths = named_in(&text("info").unwrap_or_default());
            paths.extend(text("udev_path"));
            if paths.iter().any(|path| here.has(path)) {
                found.push(format!("LIO as {name}"));
            }
        }
    }
    found
}

/// The programs that have it open or in their memory, or stand in it.
fn programs(
    machine: &dyn Machine,
    place: Place<'_>,
    spaces: &Spaces,
    by_space: &BTreeMap<&str, Paths>,
) -> Vec<User> {
    let own = machine.link("/proc/self").unwrap_or_default();
    let mut found = Vec::new();
    for process in spaces.processes() {
        let pid = process.pid;
        let dir = format!("/proc/{pid}");
        let space = process.space.as_deref().unwrap_or_default();
        let Some(paths) = by_space.get(space).filter(|_| pid.to_string() != own) else {
            continue;
        };
        let files = machine.names(&format!("{dir}/fd")).unwrap_or_default();
        let mut links = files.iter().map(|file| format!("{dir}/fd/{file}"));
        let leads = |path: String| machine.link(&path).is_ok_and(|to| paths.has(&to));
        let stands = matches!(place, Place::Below(_))
            && ["cwd", "root", "exe"]
                .iter()
                .any(|name| leads(format!("{dir}/{name}")));
        if links.any(leads) || stands || is_mapped(machine, &dir, paths) {
            let name = processes::name(machine, pid).unwrap_or_else(|| "?".into());
            found.push(User::Open(format!("{name} {pid}")));
        }
    }
    found
}

/// Whether a program has it in its memory; it may have closed the file since.
fn is_mapped(machine: &dyn Machine, dir: &str, paths: &Paths) -> bool {
    let maps = machine.read(&format!("{dir}/maps")).unwrap_or_default();
    let text = String::from_utf8_lossy(&maps);
    text.lines().any(|line| {
        let at = line.find(" /").and_then(|at| line.get(at + 1..));
        at.is_some_and(|path| paths.has(path))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::super::fixture::{Fixture, Real};
    use super::super::super::guest::Life;
    use super::*;
    use crate::kit::stop::Stop;

    const POINT: &str = "/mnt/5d41";
    const FILE: &str = "/mnt/5d41/volume-1";

    /// A share that a container has elsewhere, and programs 7 (here) and 8 (there).
    fn node() -> Fixture {
        let fixture = Fixture::empty();
        let root = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
        let here = format!("{root}41 20 0:51 / {POINT} rw - nfs4 nas:/vols rw\n");
        let there = format!("{root}77 20 0:51 / /data rw - nfs4 nas:/vols rw\n");
        for (pid, space, mounts) in [("self", 1, &here), ("7", 1, &here), ("8", 2, &there)] {
            fixture.file(&format!("/proc/{pid}/mountinfo"), mounts);
            fixture.file(&format!("/proc/{pid}/comm"), "qemu\n");
            fixture.file(&format!("/proc/{pid}/fd/keep"), "");
            fixture.file(&format!("/proc/{pid}/ns/keep"), "");
            fixture.symlink(&format!("/proc/{pid}/ns/mnt"), &format!("mnt:[{space}]"));
        }
        fixture.file("/sys/block/keep/x", "");
        fixture
    }

    fn users(fixture: &Fixture, place: Place<'_>) -> Vec<User> {
        users_of(&Real::of(fixture, &[]), place).unwrap()
    }

    fn open(name: &str) -> Vec<User> {
        vec![User::Open(name.into())]
    }

    #[test]
    fn programs_here_and_in_other_namespaces() {
        for (link, to, file, folder) in [
            ("/proc/7/fd/3", FILE, true, true),
            ("/proc/8/fd/3", "/data/volume-1", true, true),
            ("/proc/8/fd/3", FILE, false, false),
            ("/proc/7/fd/3", "/mnt/5d41/volume-2", false, true),
            ("/proc/7/fd/3", "/mnt/5d41/volume-1 (deleted)", true, true),
            ("/proc/7/fd/3", "/mnt/5d412/x", false, false),
            ("/proc/7/cwd", POINT, false, true),
        ] {
            let fixture = node();
            fixture.symlink(link, to);
            let pid = link.split('/').nth(2).unwrap();
            let wanted = |used: bool| match used {
                true => open(&format!("qemu {pid}")),
                false => Vec::new(),
            };
            assert_eq!(
                users(&fixture, Place::File(FILE)),
                wanted(file),
                "{link} {to}"
            );
            assert_eq!(
                users(&fixture, Place::Below(POINT)),
                wanted(folder),
                "{link} {to}"
            );
        }
        let fixture = node();
        fixture.file(
            "/proc/8/maps",
            "7f0000000000-7f1 rw-s 0 00:33 9   /data/volume-1\n",
        );
        assert_eq!(users(&fixture, Place::File(FILE)), open("qemu 8"));
    }

    #[test]
    fn loops_swap_targets_and_mounts() {
        let fixture = node();
        assert_eq!(users(&fixture, Place::File(FILE)), []);
        fixture.file("/sys/block/loop3/loop/backing_file", &format!("{FILE}\n"));
        let is_loop = vec![User::Loop("loop3".into())];
        assert_eq!(users(&fixture, Place::File(FILE)), is_loop);
        assert_eq!(users(&fixture, Place::Below(POINT)), is_loop);
        let fixture = node();
        fixture.file(
            "/proc/swaps",
            &format!("Filename Type\n{FILE} file 1 0 -2\n"),
        );
        assert_eq!(users(&fixture, Place::File(FILE)), [User::Swap]);
        let fixture = node();
        let info =
            format!("Status: ACTIVATED\n        TCM FILEIO ID: 0        File: {FILE}  Size: 1\n");
        fixture.file("/sys/kernel/config/target/core/fileio_0/v/info", &info);
        assert_eq!(
            users(&fixture, Place::File(FILE)),
            [User::Exported("LIO as v".into())]
        );
        let fixture = node();
        let more = format!(
            "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n41 20 0:51 / {POINT} rw - nfs4 \
            nas:/vols rw\n42 41 7:0 / {POINT}/sub rw - ext4 /dev/loop0 rw\n"
        );
        fixture.file("/proc/self/mountinfo", &more);
        let found = users(&fixture, Place::Below(POINT));
        assert!(matches!(&found[..], [User::Mount { point, .. }] if point == "/mnt/5d41/sub"));
    }

    #[test]
    fn a_domain_counts_whether_it_runs_or_not_and_once() {
        let fixture = node();
        let domain = format!(
            "<domain><name>web</name><devices><disk><source file='{FILE}'/>\
            <target dev='vdb'/></disk></devices></domain>"
        );
        fixture.file("/etc/libvirt/qemu/web.xml", &domain);
        let user = |life| User::Domain {
            name: "web".into(),
            target: Some("vdb".into()),
            life,
        };
        assert_eq!(users(&fixture, Place::File(FILE)), [user(Life::Defined)]);
        let live = format!("<domstatus>{domain}</domstatus>");
        fixture.file("/run/libvirt/qemu/web.xml", &live);
        assert_eq!(users(&fixture, Place::File(FILE)), [user(Life::Running)]);
        assert_eq!(users(&fixture, Place::Below(POINT)), [user(Life::Running)]);
        assert_eq!(users(&fixture, Place::File("/mnt/5d41/volume-2")), []);
    }

    #[test]
    fn the_answer_shows_what_is_built_on_a_loop_device_and_the_way_out() {
        let fixture = node();
        fixture.file("/sys/block/loop3/loop/backing_file", &format!("{FILE}\n"));
        fixture.file("/sys/class/block/loop3/dev", "7:3\n");
        let more = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n41 20 0:51 / /mnt/5d41 rw - nfs4 \
            nas:/vols rw\n42 20 7:3 / /srv rw - ext4 /dev/loop3 rw\n";
        fixture.file("/proc/self/mountinfo", more);
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let machine = Real::of(&fixture, &[]);
        let error =
            super::super::check_file(&machine, FILE, "volume-1", "sanctl detach x", &bounds);
        let text = error.unwrap_err().to_string();
        assert!(
            text.contains("read by loop3") && text.contains("mounted on /srv"),
            "{text}"
        );
    }
}
