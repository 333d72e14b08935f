//! Who uses a disk: mounts in every mount namespace, swap, open files, loop devices, the kernel's
//! own target (linux-host.md §7). Reads only. The kernel removes a mounted disk without a word, so
//! this look is the only protection.

mod files;
mod names;
mod users;

use std::time::{Duration, Instant};

use super::Error;
use super::guest::Life;
use super::holders::{Block, Kind, User};
use super::scsi::act::wait_for;
use crate::kit::bounds::Bounds;
use crate::kit::shell::word;
use crate::system::Machine;

pub(in crate::node) use files::Place;
pub use users::{is_taken, look_once};

/// Somebody may have a device open for a moment only: so many looks…
const LOOKS: usize = 3;
/// …with so much time between them.
const BETWEEN: Duration = Duration::from_millis(300);
/// Programs that look at every new disk, may build something on it, and else let go of it…
const PROBES: [&str; 4] = ["lvm", "pvscan", "multipath", "mdadm"];
/// …on a busy node after some seconds only.
const PATIENCE: Duration = Duration::from_secs(10);

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
    let look = || look_once(machine, disks, bounds);
    patiently(machine, title, then, bounds, &look)
}

/// As [`check`], of a multipath map: its own partitions do not keep it.
///
/// # Errors
/// As [`check`].
pub fn check_map(
    machine: &dyn Machine,
    dm: &str,
    title: &str,
    then: &str,
    bounds: &Bounds,
) -> Result<(), Error> {
    let look = || look_at_map(machine, dm, bounds);
    patiently(machine, title, then, bounds, &look)
}

/// As [`check`], of a LUN: its own maps do not keep its disks, but whoever uses them does.
///
/// # Errors
/// As [`check`].
pub fn check_lun(
    machine: &dyn Machine,
    disks: &[String],
    maps: &[String],
    title: &str,
    then: &str,
    bounds: &Bounds,
) -> Result<(), Error> {
    let look = || {
        let mut held = Vec::new();
        for map in maps {
            held.extend(look_at_map(machine, map, bounds)?);
        }
        for mut disk in look_once(machine, disks, bounds)? {
            disk.above.retain(|above| !maps.contains(&above.name));
            if disk.is_held() {
                held.push(disk);
            }
        }
        Ok(held)
    };
    patiently(machine, title, then, bounds, &look)
}

/// As [`check`], of a file.
///
/// # Errors
/// As [`check`].
pub fn check_file(
    machine: &dyn Machine,
    path: &str,
    title: &str,
    then: &str,
    bounds: &Bounds,
) -> Result<(), Error> {
    let look = || {
        let file = files::look_at_file(machine, path, bounds)?;
        Ok(file.is_held().then_some(file).into_iter().collect())
    };
    patiently(machine, title, then, bounds, &look)
}

/// Who uses anything in a folder, in words; the mounts in it too.
///
/// # Errors
/// When the machine cannot be read.
pub(in crate::node) fn users_below(
    machine: &dyn Machine,
    folder: &str,
) -> Result<Vec<String>, Error> {
    let users = files::users_of(machine, Place::Below(folder))?;
    Ok(users.iter().map(said).collect())
}

/// Who uses a map. The maps of its partitions claim it for themselves, and go with it.
fn look_at_map(machine: &dyn Machine, dm: &str, bounds: &Bounds) -> Result<Vec<Block>, Error> {
    let mut held = look_once(machine, &[dm.to_owned()], bounds)?;
    let above = held.iter().flat_map(|block| &block.above);
    let parts: Vec<String> = above
        .filter(|block| block.kind == Kind::Partition)
        .map(|block| block.name.clone())
        .collect();
    if parts.is_empty() {
        return Ok(held);
    }
    for block in &mut held {
        block.users.retain(|user| *user != User::Claimed);
    }
    held.retain(Block::is_held);
    match held.is_empty() {
        true => look_once(machine, &parts, bounds),
        false => Ok(held),
    }
}

/// Looks until nobody holds anything, as often as it is worth it.
fn patiently(
    machine: &dyn Machine,
    title: &str,
    then: &str,
    bounds: &Bounds,
    look: &dyn Fn() -> Result<Vec<Block>, Error>,
) -> Result<(), Error> {
    let begun = Instant::now();
    let mut looks = 0;
    loop {
        let held = look()?;
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
            User::Mount { point, seen_by, .. } => Some(match seen_by {
                None => format!("umount {}", word(point)),
                Some(pid) => format!("nsenter -t {pid} -m umount {}", word(point)),
            }),
            User::Swap if block.kind == Kind::File => {
                Some(format!("swapoff {}", word(&block.name)))
            }
            User::Swap => Some(format!("swapoff /dev/{}", block.name)),
            User::Loop(name) => Some(format!("losetup -d /dev/{name}")),
            User::Domain { name, target, life } => Some(format!(
                "virsh detach-disk {} {} --{}",
                word(name),
                target.as_deref().map_or_else(|| "TARGET".to_owned(), word),
                match life {
                    Life::Running => "live",
                    Life::Defined => "config",
                }
            )),
            User::Open(_) | User::Btrfs(_) | User::Exported(_) | User::Claimed => None,
        })
        .collect();
    commands.extend(match block.kind {
        Kind::Volume => Some(format!("lvchange -an {}", block.label)),
        Kind::Crypt => Some(format!("cryptsetup close {}", block.label)),
        Kind::Raid => Some(format!("mdadm --stop /dev/{}", block.name)),
        Kind::Map => Some(format!("multipath -f {}", block.label)),
        Kind::File | Kind::Disk | Kind::Partition | Kind::Other => None,
    });
    commands
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

/// A user in words.
fn said(user: &User) -> String {
    match user {
        User::Mount {
            point,
            seen_by,
            programs,
        } => {
            let mut text = format!("mounted on {point}");
            if let Some(pid) = seen_by {
                text += &format!(" in the mount namespace of process {pid}");
            }
            if !programs.is_empty() {
                text += &format!("   ({})", programs.join(", "));
            }
            text
        }
        User::Swap => "swap space".into(),
        User::Open(program) => format!("opened by {program}"),
        User::Domain { name, target, life } => {
            let target = target
                .as_ref()
                .map_or_else(String::new, |t| format!(" as {t}"));
            match life {
                Life::Running => format!("used by domain {name}{target}"),
                Life::Defined => format!("defined in domain {name}{target}, which does not run"),
            }
        }
        User::Loop(name) => format!("read by {name}"),
        User::Btrfs(id) => format!("part of btrfs {id}"),
        User::Exported(name) => format!("exported by {name}"),
        User::Claimed => "claimed for itself by what no list shows: a file system unmounted \
                              lazily or in a mount namespace without processes, zfs, drbd"
            .into(),
    }
}

/// Who uses a block device directly, in words after two blanks; empty for nobody.
pub fn uses(block: &Block) -> String {
    let mut words: Vec<String> = block.users.iter().map(said).collect();
    if words.is_empty() && !matches!(block.kind, Kind::File | Kind::Disk | Kind::Partition) {
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
            seen_by: None,
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
