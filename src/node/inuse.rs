//! Who uses a disk: mounts in every mount namespace, swap, open files, loop devices, the kernel's
//! own target (linux-host.md §7). Reads only. The kernel removes a mounted disk without a word, so
//! this look is the only protection.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Error;
use super::holders::{Block, Kind, User, find_tree, parse_device};
use super::scsi::act::wait_for;
use crate::kit::bounds::Bounds;
use crate::system::Machine;

/// Somebody may have a device open for a moment only: so many looks…
const LOOKS: usize = 3;
/// …with so much time between them.
const BETWEEN: Duration = Duration::from_millis(300);
/// Programs that look at every new disk, may build something on it, and else let go of it…
const PROBES: [&str; 4] = ["lvm", "pvscan", "multipath", "mdadm"];
/// …on a busy node after some seconds only.
const PATIENCE: Duration = Duration::from_secs(10);
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

/// Disks that are in use, with everything that uses them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    title: String,
    then: String,
    disks: Vec<Block>,
}

/// Looks who uses any of `disks`. `title` names the LUN in words, `then` is the command to type
/// when the way is free.
///
/// # Errors
/// [`Error::InUse`] when a disk is in use, and when the machine cannot be read.
pub fn check(
    machine: &dyn Machine,
    disks: &[String],
    title: &str,
    then: &str,
    bounds: &Bounds,
) -> Result<(), Error> {
    let begun = Instant::now();
    let mut looks = 0;
    loop {
        let held = look_once(machine, disks)?;
        if held.is_empty() {
            return Ok(());
        }
        looks += 1;
        let only_probes = held.iter().all(is_only_probed);
        let again = if only_probes {
            begun.elapsed() < PATIENCE
        } else {
            looks < LOOKS && held.iter().all(Block::is_only_open)
        };
        if !again {
            return Err(Error::InUse(Box::new(InUse {
                title: title.to_owned(),
                then: then.to_owned(),
                disks: held,
            })));
        }
        let pause = if only_probes { BETWEEN / 6 } else { BETWEEN };
        wait_for(machine, pause, bounds, || Ok(None::<()>))?;
    }
}

/// Whether nobody but a probe has a disk open.
fn is_only_probed(block: &Block) -> bool {
    block.is_only_open()
        && block.all().iter().all(|b| {
            b.users.iter().all(|user| match user {
                User::Open(program) => {
                    let name = program.rsplit_once(' ').map_or("", |(name, _)| name);
                    PROBES.contains(&name)
                }
                _ => false,
            })
        })
}

/// The disks among `disks` that are in use now.
///
/// # Errors
/// When the machine cannot be read.
pub fn look_once(machine: &dyn Machine, disks: &[String]) -> Result<Vec<Block>, Error> {
    let mut trees = Vec::new();
    for disk in disks {
        trees.extend(find_tree(machine, disk)?);
    }
    if trees.is_empty() {
        return Ok(trees);
    }
    let names = Names::of(&trees);
    let mut found: Vec<((u32, u32), User)> = Vec::new();
    let spaces = mount_spaces(machine)?;
    for space in spaces.values() {
        for mount in space {
            let device = match names.users.iter().find(|(d, _)| **d == mount.device) {
                Some((device, _)) => Some(*device),
                // btrfs and the like show a number of their own; the source names the device.
                None if mount.device.0 == 0 => names.by_path(&mount.source),
                None => None,
            };
            let user = User::Mount {
                point: mount.point.clone(),
                programs: Vec::new(),
            };
            if let Some(device) = device
                && !found.contains(&(device, user.clone()))
            {
                found.push((device, user));
            }
        }
    }
    swaps(machine, &names, &mut found)?;
    loops(machine, &names, &mut found)?;
    btrfs(machine, &names, &mut found)?;
    exports(machine, &names, &mut found)?;
    open_files(machine, &names, &spaces, &mut found)?;
    for tree in &mut trees {
        tree.for_each(&mut |block| {
            let mine = found.iter().filter(|(device, _)| *device == block.device);
            block.users.extend(mine.map(|(_, user)| user.clone()));
        });
    }
    trees.retain(Block::is_held);
    Ok(trees)
}

/// The block devices that are asked about, by number and by the names they go by in `/dev`.
struct Names {
    users: BTreeMap<(u32, u32), Vec<String>>,
}

impl Names {
    fn of(trees: &[Block]) -> Self {
        let mut users: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
        for block in trees.iter().flat_map(Block::all) {
            let names = users.entry(block.device).or_default();
            names.push(format!("/dev/{}", block.name));
            match block.kind {
                Kind::Volume => {
                    let (group, volume) = block.label.split_once('/').unwrap_or(("", ""));
                    let dm = format!("{}-{}", group.replace('-', "--"), volume.replace('-', "--"));
                    names.push(format!("/dev/mapper/{dm}"));
                    names.push(format!("/dev/{}", block.label));
                }
                Kind::Disk => {}
                _ => names.push(format!("/dev/mapper/{}", block.label)),
            }
        }
        Self { users }
    }

    fn by_path(&self, path: &str) -> Option<(u32, u32)> {
        let named = |(_, names): &(&(u32, u32), &Vec<String>)| names.iter().any(|n| n == path);
        self.users.iter().find(named).map(|(device, _)| *device)
    }
}

/// One line of a mountinfo.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mount {
    device: (u32, u32),
    point: String,
    source: String,
    network: bool,
}

/// The mounts of every mount namespace, by the namespace's name.
fn mount_spaces(machine: &dyn Machine) -> Result<BTreeMap<String, Vec<Mount>>, Error> {
    let mut spaces = BTreeMap::new();
    let own = machine.link("/proc/self/ns/mnt").unwrap_or_default();
    if let Some(text) = machine.text("/proc/self/mountinfo")? {
        spaces.insert(own, parse_mountinfo(&text));
    }
    for pid in pids(machine)? {
        // A process that ends meanwhile, or that is not ours to look at, is passed over.
        let Ok(space) = machine.link(&format!("/proc/{pid}/ns/mnt")) else {
            continue;
        };
        if !spaces.contains_key(&space)
            && let Ok(Some(text)) = machine.text(&format!("/proc/{pid}/mountinfo"))
        {
            spaces.insert(space, parse_mountinfo(&text));
        }
    }
    Ok(spaces)
}

fn pids(machine: &dyn Machine) -> Result<Vec<u32>, Error> {
    let names = machine.names("/proc")?;
    Ok(names.iter().filter_map(|n| n.parse().ok()).collect())
}

/// The lines of a mountinfo (proc(5)); lines that do not match are passed over.
fn parse_mountinfo(text: &str) -> Vec<Mount> {
    text.lines()
        .filter_map(|line| {
            let (front, back) = line.split_once(" - ")?;
            let mut front = front.split(' ').skip(2);
            let device = parse_device(front.next()?)?;
            let point = front.nth(1)?;
            let mut back = back.split(' ');
            let kind = back.next()?;
            let network = ["nfs", "cifs", "smb", "ceph", "afs", "9p", "fuse", "gluster"]
                .iter()
                .any(|k| kind.starts_with(k));
            Some(Mount {
                device,
                point: unescape(point),
                source: unescape(back.next()?),
                network,
            })
        })
        .collect()
}

/// Undoes the kernel's `\040` for blanks, tabs, line breaks and backslashes.
fn unescape(text: &str) -> String {
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
            found.extend(names.by_path(&file).map(|d| (d, User::Loop(name))));
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
            let path = machine.text(&format!("{core}/{kind}/{name}/udev_path"));
            if let Ok(Some(path)) = path {
                let place = machine.resolve(&path).unwrap_or(path);
                found.extend(names.by_path(&place).map(|d| (d, User::Exported(name))));
            }
        }
    }
    Ok(())
}

fn open_files(
    machine: &dyn Machine,
    names: &Names,
    spaces: &BTreeMap<String, Vec<Mount>>,
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
    for pid in pids(machine)? {
        let dir = format!("/proc/{pid}/fd");
        let Ok(files) = machine.names(&dir) else {
            continue;
        };
        let mut program = None;
        let mut name = || -> String {
            program
                .get_or_insert_with(|| {
                    let comm = machine.text(&format!("/proc/{pid}/comm")).ok().flatten();
                    comm.unwrap_or_else(|| "?".into())
                })
                .clone()
        };
        let space = machine.link(&format!("/proc/{pid}/ns/mnt")).ok();
        let network: Vec<&str> = space
            .and_then(|s| spaces.get(&s))
            .into_iter()
            .flatten()
            .filter(|m| m.network)
            .map(|m| m.point.as_str())
            .collect();
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
                    if let User::Mount { point: p, programs } = mounted
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
            let Ok(stat) = machine.stat(&path) else {
                continue;
            };
            if stat.kind == crate::system::FileKind::Block
                && names.users.contains_key(&stat.device)
                && !WATCHERS.contains(&name().as_str())
            {
                let user = (stat.device, User::Open(format!("{} {pid}", name())));
                if !found.contains(&user) {
                    found.push(user);
                }
            }
        }
    }
    Ok(())
}

fn is_below(path: &str, point: &str) -> bool {
    path.strip_prefix(point)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl InUse {
    /// What is in use, in one word: the first disk or the map on it.
    pub fn device(&self) -> String {
        let Some(disk) = self.disks.first() else {
            return self.title.clone();
        };
        let map = disk.above.iter().find(|b| b.kind == Kind::Map);
        map.unwrap_or(disk).name.clone()
    }

    /// The disks that are in use.
    pub fn disks(&self) -> &[Block] {
        &self.disks
    }

    /// The tree of who uses what, for people.
    pub fn tree(&self) -> String {
        let trees = self.disks.iter().map(|disk| draw(&self.title, disk));
        trees.collect()
    }

    /// What to type to free the disks, one line.
    pub fn hints(&self) -> Vec<String> {
        let mut commands: Vec<String> = Vec::new();
        for disk in &self.disks {
            // What lies on top goes first.
            for block in disk.all().iter().rev() {
                for command in freeing(block) {
                    if !commands.contains(&command) {
                        commands.push(command);
                    }
                }
            }
        }
        commands.push(self.then.clone());
        vec![commands.join(" && ")]
    }
}

fn freeing(block: &Block) -> Vec<String> {
    let mut commands: Vec<String> = block
        .users
        .iter()
        .filter_map(|user| match user {
            User::Mount { point, .. } => Some(format!("umount {}", quoted(point))),
            User::Swap => Some(format!("swapoff /dev/{}", block.name)),
            User::Loop(name) => Some(format!("losetup -d /dev/{name}")),
            User::Open(_) | User::Btrfs(_) | User::Exported(_) => None,
        })
        .collect();
    commands.extend(match block.kind {
        Kind::Volume => Some(format!("lvchange -an {}", block.label)),
        Kind::Crypt => Some(format!("cryptsetup close {}", block.label)),
        Kind::Raid => Some(format!("mdadm --stop /dev/{}", block.name)),
        Kind::Map => Some(format!("multipath -f {}", block.label)),
        Kind::Disk | Kind::Partition | Kind::Other => None,
    });
    commands
}

fn quoted(path: &str) -> String {
    let plain = path
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    if plain {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

fn branches(blocks: &[Block], indent: &str, out: &mut String) {
    let last = blocks.len().saturating_sub(1);
    for (index, block) in blocks.iter().enumerate() {
        let (branch, below) = if index == last {
            ("└─", "   ")
        } else {
            ("├─", "│  ")
        };
        let what = match block.kind {
            Kind::Partition => format!("{}  {}", block.label, block.name),
            kind => format!("{:<5}  {}", kind.word(), block.label),
        };
        out.push_str(&format!("{indent}{branch} {what}{}\n", uses(block)));
        branches(&block.above, &format!("{indent}{below}"), out);
    }
}

/// A disk and what is built on it, with who uses what, as a tree for people.
pub fn draw(title: &str, disk: &Block) -> String {
    let mut out = format!("  {title}  {}{}\n", disk.name, uses(disk));
    branches(&disk.above, "  ", &mut out);
    out
}

/// Who uses a block device directly, in words after two blanks; empty for nobody.
pub fn uses(block: &Block) -> String {
    let mut words: Vec<String> = block
        .users
        .iter()
        .map(|user| match user {
            User::Mount { point, programs } if programs.is_empty() => {
                format!("mounted on {point}")
            }
            User::Mount { point, programs } => {
                format!("mounted on {point}   ({})", programs.join(", "))
            }
            User::Swap => "swap space".into(),
            User::Open(program) => format!("opened by {program}"),
            User::Loop(name) => format!("read by {name}"),
            User::Btrfs(id) => format!("part of btrfs {id}"),
            User::Exported(name) => format!("exported by LIO as {name}"),
        })
        .collect();
    if words.is_empty() && !matches!(block.kind, Kind::Disk | Kind::Partition) {
        words.push("active".into());
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("  {}", words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mountinfo_lines() {
        let text = "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 - ext3 /dev/root rw,errors=x\n\
                    41 35 8:16 / /srv rw - xfs /dev/sdb rw\n\
                    42 35 0:30 / /nfs rw - nfs4 server:/x rw\n\
                    garbage\n40 35 x:y / / rw - ext4 a b\n";
        let mounts = parse_mountinfo(text);
        assert_eq!(mounts.len(), 3);
        assert_eq!(mounts[0].point, "/mnt 2");
        assert_eq!(
            (mounts[1].device, mounts[1].point.as_str()),
            ((8, 16), "/srv")
        );
        assert!(mounts[2].network && !mounts[1].network);
        assert_eq!(unescape("a\\"), "a\\");
        assert_eq!(unescape("\\134x\\9"), "\\x\\9");
    }

    fn block(name: &str, kind: Kind, label: &str, above: Vec<Block>, users: Vec<User>) -> Block {
        Block {
            name: name.into(),
            device: (8, 0),
            kind,
            label: label.into(),
            above,
            users,
        }
    }

    #[test]
    fn the_tree_and_the_way_out() {
        let mount = User::Mount {
            point: "/srv/data".into(),
            programs: vec!["postgres 2211".into()],
        };
        let part = block("sda1", Kind::Partition, "part1", vec![], vec![mount]);
        let volume = block("dm-7", Kind::Volume, "vg_app/lv_db", vec![], vec![]);
        let disk = block("sda", Kind::Disk, "sda", vec![part, volume], vec![]);
        let in_use = InUse {
            title: "6a4c64f1…001e".into(),
            then: "sanctl detach vol-7f3a".into(),
            disks: vec![disk],
        };
        assert_eq!(
            in_use.tree(),
            "  6a4c64f1…001e  sda\n  ├─ part1  sda1  mounted on /srv/data   (postgres 2211)\n  \
             └─ lvm    vg_app/lv_db  active\n"
        );
        assert_eq!(
            in_use.hints(),
            ["lvchange -an vg_app/lv_db && umount /srv/data && sanctl detach vol-7f3a"]
        );
    }

    #[test]
    fn a_partition_alone_holds_nothing() {
        let part = block("sda1", Kind::Partition, "part1", vec![], vec![]);
        let mut disk = block("sda", Kind::Disk, "sda", vec![part], vec![]);
        assert!(!disk.is_held());
        disk.users.push(User::Open("blkid 7".into()));
        assert!(disk.is_held() && disk.is_only_open());
        disk.above
            .push(block("dm-1", Kind::Map, "mpatha", vec![], vec![]));
        assert!(disk.is_held() && !disk.is_only_open());
    }
}
