//! Where one must look to see who uses a disk: mounts, swap, loop devices, file systems of several
//! disks, the kernel's own targets, open and mapped files, and the kernel's claim.

use std::time::Duration;

use super::super::Error;
use super::super::guest::{self, Domain, Life};
use super::super::holders::{Block, User, find_tree};
use super::super::mounts::{Spaces, is_below, unescape};
use super::super::processes;
use super::names::{Names, dev_path};
use crate::kit::bounds::Bounds;
use crate::system::{FileKind, Machine, Stat};

/// Programs that read what every disk says of itself and use none of it; udev's have been seen to
/// hold a disk for two seconds. They let go of a disk that vanishes.
const WATCHERS: [&str; 7] = [
    "multipathd",
    "systemd-udevd",
    "(udev-worker)",
    "udev-worker",
    "udevd",
    "blkid",
    "scsi_id",
];
/// So many programs are named of those that use a mount.
const NAMED: usize = 3;

/// The disks among `disks` that are in use now.
///
/// # Errors
/// When the machine cannot be read.
pub fn look_once(
    machine: &dyn Machine,
    disks: &[String],
    bounds: &Bounds,
) -> Result<Vec<Block>, Error> {
    let mut trees = Vec::new();
    for disk in disks {
        trees.extend(find_tree(machine, disk)?);
    }
    if trees.is_empty() {
        return Ok(trees);
    }
    let names = Names::of(machine, &trees)?;
    let mut found: Vec<((u32, u32), User)> = Vec::new();
    let spaces = Spaces::read(machine)?;
    for (pid, mount) in spaces.mounts() {
        let device = match names.users.iter().find(|(d, _)| **d == mount.device) {
            Some((device, _)) => Some(*device),
            // btrfs and the like show a number of their own; the source names the device.
            None if mount.device.0 == 0 => names.by_path(&mount.source),
            None => None,
        };
        // Namespaces begin as copies of others: what is seen here is not told once more.
        let told = |(at, user): &(_, User)| {
            Some(*at) == device
                && matches!(user, User::Mount { point, .. } if *point == mount.point)
        };
        if let Some(device) = device
            && !found.iter().any(told)
        {
            let user = User::Mount {
                point: mount.point.clone(),
                seen_by: pid,
                programs: Vec::new(),
            };
            found.push((device, user));
        }
    }
    swaps(machine, &names, &mut found)?;
    loops(machine, &names, &mut found)?;
    btrfs(machine, &names, &mut found)?;
    exports(machine, &names, &mut found)?;
    domains(machine, &trees, &names, &mut found);
    open_files(machine, &names, &spaces, &mut found)?;
    for tree in &mut trees {
        tree.for_each(&mut |block| {
            let mine = found.iter().filter(|(device, _)| *device == block.device);
            block.users.extend(mine.map(|(_, user)| user.clone()));
        });
    }
    for tree in trees.iter_mut().filter(|tree| !tree.is_held()) {
        if is_claimed(machine, tree, bounds) {
            tree.users.push(User::Claimed);
        }
    }
    trees.retain(Block::is_held);
    Ok(trees)
}

/// Whether the kernel says that any of `disks` is taken: by what is built on it, or by a claim. It
/// costs next to nothing; what is open only, it does not see.
///
/// # Errors
/// When the machine cannot be read.
pub fn is_taken(machine: &dyn Machine, disks: &[String], bounds: &Bounds) -> Result<bool, Error> {
    for disk in disks {
        let tree = find_tree(machine, disk)?;
        if tree.is_some_and(|tree| tree.is_held() || is_claimed(machine, &tree, bounds)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// So long may a disk take to be opened.
const OPEN: Duration = Duration::from_secs(5);

/// Whether somebody has the disk, or a part of it, for himself: what no list shows (a file system
/// that was unmounted lazily or is mounted in a namespace without a process, zfs, drbd). A disk
/// that cannot be opened tells nothing.
fn is_claimed(machine: &dyn Machine, disk: &Block, bounds: &Bounds) -> bool {
    let node = dev_path(&disk.name);
    let state = machine.text(&format!("/sys/class/block/{}/device/state", disk.name));
    // Opening one that waits for its transport could wait as long.
    let runs = !matches!(state, Ok(Some(state)) if state != "running");
    let is_it = |stat: Stat| stat.kind == FileKind::Block && stat.device == disk.device;
    runs && machine.stat(&node).is_ok_and(is_it)
        && machine
            .is_claimed(&node, &bounds.at_most(OPEN, "a disk to be opened"))
            .unwrap_or(false)
}

/// The domains of libvirt whose disks these are, by whatever name the definition has for them.
fn domains(machine: &dyn Machine, trees: &[Block], names: &Names, found: &mut Found) {
    let all = guest::list(machine);
    if all.is_empty() {
        return;
    }
    let wwids: Vec<_> = trees
        .iter()
        .filter_map(|disk| Some((disk.device, wwid_of(machine, &disk.name)?)))
        .collect();
    for domain in &all {
        for disk in &domain.disks {
            let device = disk.sources.iter().find_map(|source| {
                names.by_node(machine, source).or_else(|| {
                    // A link that leads nowhere now still names the LUN.
                    let stale = machine.stat(source).is_err();
                    let fits = |(_, wwid): &&(_, String)| guest::is_named_after(source, wwid);
                    let named = wwids.iter().filter(|_| stale).find(fits);
                    named.map(|(device, _)| *device)
                })
            });
            found.extend(device.map(|device| (device, domain_user(domain, disk))));
        }
    }
    once_per_domain(found);
}

/// A domain as a user.
pub(super) fn domain_user(domain: &Domain, disk: &guest::Disk) -> User {
    User::Domain {
        name: domain.name.clone(),
        target: disk.target.clone(),
        life: domain.life,
    }
}

/// A running domain is defined as well: once is enough.
pub(super) fn once_per_domain<D: Copy + PartialEq>(found: &mut Vec<(D, User)>) {
    let runs: Vec<(D, String)> = found
        .iter()
        .filter_map(|(device, user)| match user {
            User::Domain { name, life, .. } if *life == Life::Running => {
                Some((*device, name.clone()))
            }
            _ => None,
        })
        .collect();
    found.retain(|(device, user)| match user {
        User::Domain { name, life, .. } => {
            *life == Life::Running || !runs.iter().any(|(d, n)| d == device && n == name)
        }
        _ => true,
    });
}

/// The wwid of a disk or of a multipath map, in bare digits.
fn wwid_of(machine: &dyn Machine, name: &str) -> Option<String> {
    let dir = format!("/sys/class/block/{name}");
    let text = |file: &str| machine.text(&format!("{dir}/{file}")).ok().flatten();
    let of_disk = text("device/wwid");
    let of_map = text("dm/uuid");
    let digits = match (&of_disk, &of_map) {
        (Some(wwid), _) => wwid.strip_prefix("naa.")?,
        (None, Some(uuid)) => uuid.strip_prefix("mpath-3")?,
        (None, None) => return None,
    };
    Some(digits.to_owned())
}

type Found = Vec<((u32, u32), User)>;

fn swaps(machine: &dyn Machine, names: &Names, found: &mut Found) -> Result<(), Error> {
    let text = machine.text("/proc/swaps")?.unwrap_or_default();
    for line in text.lines().skip(1) {
        let path = unescape(line.split_whitespace().next().unwrap_or_default());
        let device = match machine.stat(&path) {
            Ok(stat) => Some(stat.device).filter(|d| names.users.contains_key(d)),
            Err(_) => None,
        };
        found.extend(
            device
                .or_else(|| names.by_path(&path))
                .map(|d| (d, User::Swap)),
        );
    }
    Ok(())
}

fn loops(machine: &dyn Machine, names: &Names, found: &mut Found) -> Result<(), Error> {
    for name in machine.names("/sys/block")? {
        if name.starts_with("loop")
            && let Some(file) = machine.text(&format!("/sys/block/{name}/loop/backing_file"))?
        {
            found.extend(names.by_node(machine, &file).map(|d| (d, User::Loop(name))));
        }
    }
    Ok(())
}

fn btrfs(machine: &dyn Machine, names: &Names, found: &mut Found) -> Result<(), Error> {
    for id in machine.names("/sys/fs/btrfs")? {
        for name in machine.names(&format!("/sys/fs/btrfs/{id}/devices"))? {
            let device = names.by_path(&format!("/dev/{name}"));
            found.extend(device.map(|d| (d, User::Btrfs(id.clone()))));
        }
    }
    Ok(())
}

fn exports(machine: &dyn Machine, names: &Names, found: &mut Found) -> Result<(), Error> {
    let core = "/sys/kernel/config/target/core";
    // configfs is root's alone; whoever may not look there may not detach either.
    for kind in machine.names(core).unwrap_or_default() {
        for name in machine.names(&format!("{core}/{kind}")).unwrap_or_default() {
            let text = |file: &str| machine.text(&format!("{core}/{kind}/{name}/{file}")).ok()?;
            // Whoever made it without targetcli may have left the path empty.
            let mut paths = named_in(&text("info").unwrap_or_default());
            paths.extend(text("udev_path"));
            let device = paths.iter().find_map(|path| names.by_node(machine, path));
            let user = User::Exported(format!("LIO as {name}"));
            found.extend(device.map(|d| (d, user)));
        }
    }
    let subsystems = "/sys/kernel/config/nvmet/subsystems";
    for subsystem in machine.names(subsystems).unwrap_or_default() {
        let dir = format!("{subsystems}/{subsystem}/namespaces");
        for name in machine.names(&dir).unwrap_or_default() {
            let text = |file: &str| machine.text(&format!("{dir}/{name}/{file}")).ok()?;
            if text("enable").as_deref() == Some("1") {
                let path = text("device_path").unwrap_or_default();
                let device = names.by_node(machine, &path);
                let user = User::Exported(format!("NVMe as {subsystem}"));
                found.extend(device.map(|d| (d, user)));
            }
        }
    }
    Ok(())
}

/// The devices in the `info` of a backstore: `File: /dev/sda  Size: …`, or `iBlock device: sda
/// UDEV PATH: /dev/sda  readonly: 0`.
pub(super) fn named_in(info: &str) -> Vec<String> {
    let after = |start: &str| {
        let (_, rest) = info.split_once(start)?;
        let end = rest.find("  ").or_else(|| rest.find('\n'));
        rest.get(..end.unwrap_or(rest.len())).map(str::trim)
    };
    let paths = ["File: ", "UDEV PATH: "].map(after).into_iter().flatten();
    let disk = after("iBlock device: ").map(|disk| format!("/dev/{disk}"));
    paths.map(str::to_owned).chain(disk).collect()
}

fn open_files(
    machine: &dyn Machine,
    names: &Names,
    spaces: &Spaces,
    found: &mut Found,
) -> Result<(), Error> {
    let own = machine.link("/proc/self").unwrap_or_default();
    let points: Vec<String> = found
        .iter()
        .filter_map(|(_, user)| match user {
            User::Mount { point, .. } if point != "/" => Some(point.clone()),
            _ => None,
        })
        .collect();
    for process in spaces.processes() {
        let pid = process.pid;
        let dir = format!("/proc/{pid}/fd");
        let Ok(files) = machine.names(&dir) else {
            continue;
        };
        let mut program = None;
        let mut name = || -> String {
            program
                .get_or_insert_with(|| processes::name(machine, pid).unwrap_or_else(|| "?".into()))
                .clone()
        };
        let space = process.space.as_deref().unwrap_or_default();
        let network: Vec<&str> = spaces
            .of(space)
            .iter()
            .filter(|m| m.network)
            .map(|m| m.point.as_str())
            .collect();
        let mut devices = Vec::new();
        for file in files {
            let path = format!("{dir}/{file}");
            let Ok(target) = machine.link(&path) else {
                continue;
            };
            // Sockets and pipes have no path. A file on a dead network file system must not be
            // asked for its number: that could block for ever.
            if !target.starts_with('/') || network.iter().any(|p| is_below(&target, p)) {
                continue;
            }
            if let Some(point) = points.iter().find(|p| is_below(&target, p)) {
                let user = format!("{} {pid}", name());
                for (_, mounted) in found.iter_mut() {
                    if let User::Mount {
                        point: p, programs, ..
                    } = mounted
                        && p == point
                        && programs.len() < NAMED
                        && !programs.contains(&user)
                    {
                        programs.push(user.clone());
                    }
                }
                continue;
            }
            if pid.to_string() == own {
                continue;
            }
            devices.extend(machine.stat(&path).ok().and_then(|stat| names.number(stat)));
        }
        if pid.to_string() != own {
            devices.extend(mapped(machine, names, pid));
        }
        // What this program has started to wait in its place is no user.
        if !devices.is_empty() && processes::parent(machine, pid).as_ref() == Some(&own) {
            continue;
        }
        for device in devices {
            if !WATCHERS.contains(&name().as_str()) {
                let user = (device, User::Open(format!("{} {pid}", name())));
                if !found.contains(&user) {
                    found.push(user);
                }
            }
        }
    }
    Ok(())
}

/// The devices that a program has in its memory; it may have closed the file since.
fn mapped(machine: &dyn Machine, names: &Names, pid: u32) -> Vec<(u32, u32)> {
    let maps = machine.read(&format!("/proc/{pid}/maps"));
    let maps = maps.unwrap_or_default();
    let mut paths: Vec<&str> = maps
        .split(|byte| *byte == b'\n')
        .filter_map(|line| std::str::from_utf8(line).ok())
        .filter_map(|line| line.get(line.find(" /dev/")? + 1..))
        .map(|path| path.strip_suffix(" (deleted)").unwrap_or(path))
        .collect();
    paths.sort_unstable();
    paths.dedup();
    let device = |path: &&str| {
        names.by_path(path).or_else(|| {
            // Its own /dev may be another one than ours.
            let stat = machine.stat(&format!("/proc/{pid}/root{path}")).ok()?;
            names.number(stat)
        })
    };
    paths.iter().filter_map(device).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Fixture, Real};
    use super::*;
    use crate::kit::stop::Stop;

    fn users(fixture: &Fixture, claimed: &[&str]) -> Vec<User> {
        let machine = Real::of(fixture, &[]).claiming(claimed);
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let held = look_once(&machine, &["sda".to_owned()], &bounds).unwrap();
        held.iter()
            .flat_map(Block::all)
            .flat_map(|b| b.users.clone())
            .collect()
    }

    fn node() -> Fixture {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/block/sda/dev", "8:0\n");
        fixture
    }

    #[test]
    fn what_no_list_shows_is_told_by_the_kernels_claim() {
        let fixture = node();
        assert_eq!(users(&fixture, &[]), []);
        assert_eq!(users(&fixture, &["sda"]), [User::Claimed]);
        fixture.file("/sys/class/block/sda/device/state", "blocked\n");
        assert_eq!(users(&fixture, &["sda"]), [], "that could wait for long");
        fixture.file("/sys/class/block/sda/device/state", "running\n");
        fixture.file(
            "/proc/swaps",
            "Filename Type Size Used Priority\n/dev/sda partition 1 0 -2\n",
        );
        assert_eq!(
            users(&fixture, &["sda"]),
            [User::Swap],
            "the claim is the swap's own"
        );
    }

    #[test]
    fn targets_of_the_kernel_export_it() {
        let core = "/sys/kernel/config/target/core";
        for (kind, info) in [
            (
                "fileio_7",
                "Status: ACTIVATED  Max Queue Depth: 0  SectorSize: 512  HwMaxSectors: 16384\n        \
                 TCM FILEIO ID: 0        File: /dev/sda  Size: 1048576  Mode: O_DSYNC Async: 0\n",
            ),
            (
                "iblock_7",
                "Status: ACTIVATED\n        iBlock device: sda  UDEV PATH: /dev/disk/x  readonly: 0\n        \
                 Major: 8 Minor: 0  CLAIMED: IBLOCK\n",
            ),
        ] {
            let fixture = node();
            fixture.file(&format!("{core}/{kind}/re/info"), info);
            fixture.file(&format!("{core}/{kind}/re/udev_path"), "\n");
            let user = User::Exported("LIO as re".into());
            assert_eq!(users(&fixture, &[]), [user], "{kind}");
        }
        let fixture = node();
        let namespace = "/sys/kernel/config/nvmet/subsystems/nqn.x/namespaces/1";
        fixture.file(&format!("{namespace}/device_path"), "/dev/sda\n");
        fixture.file(&format!("{namespace}/enable"), "0\n");
        assert_eq!(users(&fixture, &[]), []);
        fixture.file(&format!("{namespace}/enable"), "1\n");
        assert_eq!(
            users(&fixture, &[]),
            [User::Exported("NVMe as nqn.x".into())]
        );
    }

    #[test]
    fn a_mapped_disk_is_in_use_after_its_file_is_closed() {
        let fixture = node();
        fixture.file("/proc/77/comm", "db\n");
        fixture.file("/proc/77/fd/keep", "");
        fixture.file(
            "/proc/77/maps",
            "7f0000000000-7f0000001000 r--p 00000000 00:1f 99   /usr/lib/libc.so.6\n\
             7f0000002000-7f0000003000 rw-s 00000000 00:05 123                        /dev/sda\n\
             7f0000004000-7f0000005000 rw-s 00000000 00:05 4   /dev/zero (deleted)\n",
        );
        assert_eq!(users(&fixture, &[]), [User::Open("db 77".into())]);
        fixture.file("/proc/77/comm", "systemd-udevd\n");
        assert_eq!(users(&fixture, &[]), []);
    }

    #[test]
    fn a_claim_since_the_last_look_is_seen_and_a_plain_open_is_not() {
        let fixture = node();
        fixture.file("/proc/77/comm", "dd\n");
        fixture.file("/proc/77/fd/keep", "");
        fixture.symlink("/proc/77/fd/3", "/dev/sda");
        let bounds = Bounds::new(Duration::from_secs(60), "test", Stop::new());
        let taken = |claimed: &[&str]| {
            let machine = Real::of(&fixture, &[]).claiming(claimed);
            is_taken(&machine, &["sda".to_owned()], &bounds).unwrap()
        };
        assert!(!taken(&[]));
        assert!(taken(&["sda"]));
        assert!(!taken(&["sdb"]));
    }

    #[test]
    fn what_this_program_has_started_is_no_user() {
        let fixture = node();
        fixture.symlink("/proc/self", "500");
        fixture.file("/proc/77/comm", "exe\n");
        fixture.file("/proc/77/fd/keep", "");
        fixture.symlink("/proc/77/fd/3", "/dev/sda");
        fixture.file("/proc/77/stat", "77 (e) x) S 500 77 77 0\n");
        assert_eq!(users(&fixture, &[]), []);
        fixture.file("/proc/77/stat", "77 (e) x) S 1 77 77 0\n");
        assert_eq!(users(&fixture, &[]), [User::Open("exe 77".into())]);
    }

    #[test]
    fn a_program_that_sends_commands_past_the_block_layer_uses_it() {
        let fixture = node();
        fixture.file("/sys/class/block/sda/device/scsi_generic/sg0/dev", "21:0\n");
        fixture.file("/proc/77/comm", "backup\n");
        fixture.symlink("/proc/77/fd/3", "/dev/sg0");
        assert_eq!(users(&fixture, &[]), [User::Open("backup 77".into())]);
        fixture.file("/sys/class/block/sda/device/scsi_generic/sg0/dev", "21:9\n");
        assert_eq!(users(&fixture, &[]), []);
    }

    #[test]
    fn a_loop_device_reads_a_part_of_it() {
        let fixture = node();
        let part = "/sys/class/block/sda/sda1";
        fixture.file(&format!("{part}/partition"), "1\n");
        fixture.file("/sys/class/block/sda1/dev", "8:1\n");
        fixture.file("/sys/block/loop3/loop/backing_file", "/dev/sda1\n");
        assert_eq!(users(&fixture, &[]), [User::Loop("loop3".into())]);
    }

    #[test]
    fn a_domain_has_it_by_whatever_name() {
        let wwid = "6001405aaaa000100004000800000000";
        let part = |fixture: &Fixture| {
            fixture.file("/sys/class/block/sda/sda1/partition", "1\n");
            fixture.file("/sys/class/block/sda1/dev", "8:1\n");
        };
        for (source, link, has) in [
            ("/dev/sda".to_owned(), None, true),
            ("/dev/sda1".to_owned(), None, true),
            (
                format!("/dev/disk/by-id/scsi-3{wwid}"),
                Some("/dev/sda"),
                true,
            ),
            // Nothing is there by this name now, and it is the LUN's all the same.
            (format!("/dev/disk/by-id/wwn-0x{wwid}"), None, true),
            (format!("/dev/disk/by-id/dm-uuid-mpath-3{wwid}"), None, true),
            // It leads to another disk, whatever it is called.
            (
                format!("/dev/disk/by-id/scsi-3{wwid}"),
                Some("/dev/sdb"),
                false,
            ),
            ("/dev/sdb".to_owned(), None, false),
            (format!("/srv/3{wwid}"), None, false),
        ] {
            let fixture = node();
            part(&fixture);
            fixture.file("/sys/class/block/sdb/dev", "8:16\n");
            fixture.file("/sys/class/block/sda/device/wwid", &format!("naa.{wwid}\n"));
            fixture.file("/dev/disk/by-id/keep", "");
            if let Some(to) = link {
                fixture.symlink(&source, to);
            }
            let xml = format!(
                "<domain><name>web</name><devices><disk><source dev='{source}'/>\
                 <target dev='vdb'/></disk></devices></domain>"
            );
            fixture.file("/etc/libvirt/qemu/web.xml", &xml);
            let user = User::Domain {
                name: "web".into(),
                target: Some("vdb".into()),
                life: Life::Defined,
            };
            let wanted = has.then_some(user).into_iter().collect::<Vec<_>>();
            assert_eq!(users(&fixture, &[]), wanted, "{source} {link:?}");
        }
    }
}
