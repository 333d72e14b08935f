//! The practice machine's /proc, /etc, /dev and /run.

use std::path::PathBuf;

use super::fabric::Fabric;
use super::state::{Carrier, DM, Disk, Held, Hold, Session, State, disk_device, disk_name};
use super::tree::{Node, Tree};
use super::{fibre, kernel};
use crate::model::ids::{Hctl, Wwid};

const ISCSID_CONF: &str = "node.startup = manual
node.leading_login = No
node.session.timeo.replacement_timeout = 120
node.conn[0].timeo.login_timeout = 15
node.conn[0].timeo.logout_timeout = 15
node.conn[0].timeo.noop_out_interval = 5
node.conn[0].timeo.noop_out_timeout = 5
node.session.initial_login_retry_max = 8
node.session.scan = auto
";

/// Inode numbers of mount namespaces: the first one, and the first of the others.
const MNT_NS: u32 = 4_026_531_841;
const OTHER_MNT_NS: u32 = 4_026_532_200;

/// Puts everything outside /sys into the tree.
pub(super) fn render(tree: &mut Tree, state: &State) {
    etc(tree, state);
    devices(tree, state);
    processes(tree, state);
    for (file, value) in [
        ("hostname", state.hostname.clone()),
        ("arch", "x86_64".into()),
        ("osrelease", "6.1.0-practice".into()),
        ("ostype", "Linux".into()),
        ("random/boot_id", state.boot_id()),
    ] {
        tree.line(&format!("/proc/sys/kernel/{file}"), value);
    }
    let mut swaps = String::from("Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
    for held in state.holds.iter().filter(|h| h.by == Hold::Swap) {
        let device = device_text(state, held);
        swaps.push_str(&format!("{device:<39} partition\t1048572\t\t0\t\t-2\n"));
    }
    tree.text("/proc/swaps", swaps);
    tree.dir("/run/lock/iscsi");
}

fn etc(tree: &mut Tree, state: &State) {
    tree.line("/etc/hostname", &state.hostname);
    tree.text("/etc/iscsi/iscsid.conf", ISCSID_CONF);
    tree.dir("/etc/iscsi/nodes");
    tree.dir("/etc/iscsi/send_targets");
    if let Some(names) = &state.initiators {
        let mut text = String::from("## The name must be unique in the storage network.\n");
        for name in names {
            text.push_str(&format!("InitiatorName={name}\n"));
        }
        tree.text("/etc/iscsi/initiatorname.iscsi", text);
    }
    if state.multipathd.is_some() {
        let mut text = String::from("# Multipath wwids, Version : 1.0\n# Valid WWIDs:\n");
        for id in &state.multipath_wwids {
            text.push_str(&format!("/{id}/\n"));
        }
        tree.text("/etc/multipath/wwids", text);
    }
    for record in &state.records {
        tree.text(&format!("/etc/iscsi/{}", record.path()), record.stored());
    }
}

fn devices(tree: &mut Tree, state: &State) {
    for dir in ["by-id", "by-path"] {
        tree.dir(&format!("/dev/disk/{dir}"));
    }
    tree.dir("/dev/mapper");
    for (hctl, disk) in &state.disks {
        if let Some(carrier) = state.carrier_of(*hctl) {
            device(tree, carrier, *hctl, disk);
        }
    }
    for held in &state.holds {
        if let Hold::Map { minor, name, .. } = &held.by {
            map_node(tree, *minor, name, None);
        }
    }
    for (minor, map) in &state.maps {
        // Data flows through any of its paths.
        let own = |(_, disk): &(&Hctl, &Disk)| map.paths.contains(&disk.index);
        let through = state.disks.iter().find(own).map(|(hctl, _)| *hctl);
        map_node(tree, *minor, &map.name, through);
        let link = format!("/dev/disk/by-id/dm-uuid-mpath-{}", map.id);
        tree.link(&link, format!("../../dm-{minor}"));
    }
}

fn map_node(tree: &mut Tree, minor: u32, name: &str, disk: Option<Hctl>) {
    let node = Node::Block {
        device: (DM, minor),
        disk,
    };
    tree.put(&format!("/dev/dm-{minor}"), node);
    tree.link(&format!("/dev/mapper/{name}"), format!("../dm-{minor}"));
}

fn device(tree: &mut Tree, carrier: Carrier<'_>, hctl: Hctl, disk: &Disk) {
    let name = disk_name(disk.index);
    let node = Node::Block {
        device: disk_device(disk.index),
        disk: Some(hctl),
    };
    tree.put(&format!("/dev/{name}"), node);
    let lun = match hctl.lun {
        plain @ 0..256 => plain.to_string(),
        // The 8-byte LUN as udev writes it (linux-host.md §5.2).
        wide => format!("0x{:04x}{:04x}00000000", wide & 0xffff, wide >> 16 & 0xffff),
    };
    let wwid = &disk.wwid;
    let by_path = match carrier {
        Carrier::Session(Session { portal, iqn, .. }) => {
            let (ip, port) = (portal.ip, portal.port);
            format!("by-path/ip-{ip}:{port}-iscsi-{iqn}-lun-{lun}")
        }
        Carrier::Login(_, login) => {
            format!("by-path/pci-{}-fc-0x{}-lun-{lun}", fibre::PCI, login.target)
        }
    };
    for link in [
        by_path,
        format!("by-id/scsi-{}", wwid.multipath()),
        format!("by-id/wwn-0x{wwid}"),
    ] {
        tree.link(&format!("/dev/disk/{link}"), format!("../../{name}"));
    }
}

/// `/dev/sdX`, with the kernel's remark when the disk was removed under its holder.
fn device_text(state: &State, held: &Held) -> String {
    let there = held.on_map || state.disks.values().any(|d| d.index == held.disk);
    let remark = if there { "" } else { " (deleted)" };
    format!("/dev/{}{remark}", held.name())
}

fn processes(tree: &mut Tree, state: &State) {
    let host_mounts = mounts(state, None);
    process(tree, 1, "systemd", MNT_NS, &host_mounts);
    if state.iscsid && state.initiator().is_some() {
        process(tree, 349, "iscsid", MNT_NS, &host_mounts);
    }
    // This program itself.
    process(tree, 1000, "sanctl", MNT_NS, &host_mounts);
    tree.link("/proc/self", "1000");
    for (nth, held) in state.holds.iter().enumerate() {
        match &held.by {
            Hold::Open { pid, comm } => {
                process(tree, *pid, comm, MNT_NS, &host_mounts);
                let text = device_text(state, held);
                let block = Some(held.device());
                tree.put(
                    &format!("/proc/{pid}/fd/{}", nth + 3),
                    Node::Magic { text, block },
                );
            }
            Hold::ContainerMount { pid, comm, .. } => {
                let ns = OTHER_MNT_NS + *pid;
                process(tree, *pid, comm, ns, &mounts(state, Some(*pid)));
            }
            Hold::Mount { .. } | Hold::Opening | Hold::Swap | Hold::Map { .. } => {}
        }
    }
}

fn process(tree: &mut Tree, pid: u32, comm: &str, mnt_ns: u32, mountinfo: &str) {
    let dir = format!("/proc/{pid}");
    tree.line(&format!("{dir}/comm"), comm);
    tree.text(&format!("{dir}/cmdline"), format!("{comm}\0"));
    tree.text(&format!("{dir}/mountinfo"), mountinfo);
    let magic = |text: &str| Node::Magic {
        text: text.to_owned(),
        block: None,
    };
    tree.put(&format!("{dir}/fd/0"), magic("/dev/null"));
    tree.put(&format!("{dir}/exe"), magic(&format!("/usr/sbin/{comm}")));
    tree.put(&format!("{dir}/ns/mnt"), magic(&format!("mnt:[{mnt_ns}]")));
}

/// The mount table of the first mount namespace, or of another process's.
fn mounts(state: &State, container: Option<u32>) -> String {
    let mut text = String::from(
        "22 27 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw\n\
         23 27 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw\n\
         27 1 254:900 / / rw,relatime shared:1 - ext4 /dev/root rw\n",
    );
    for (nth, held) in state.holds.iter().enumerate() {
        let at = match (&held.by, container) {
            (Hold::Mount { at }, None) => at,
            (Hold::ContainerMount { at, pid, .. }, Some(of)) if *pid == of => at,
            _ => continue,
        };
        let (major, minor) = held.device();
        let source = format!("/dev/{}", held.name());
        let at = at.replace(' ', "\\040");
        let id = 100 + nth;
        text.push_str(&format!(
            "{id} 27 {major}:{minor} / {at} rw,relatime shared:{id} - ext4 {source} rw\n"
        ));
    }
    text
}

/// The regular file behind a disk: that of the LUN its number leads to now, as data flows through
/// a real path whatever the kernel believes; that of the last known LUN when there is none now.
pub(super) fn backing(state: &State, fabric: &dyn Fabric, hctl: Hctl) -> Option<PathBuf> {
    let carrier = state.carrier_of(hctl)?;
    let known = state.disks.get(&hctl)?;
    let now = kernel::behind(fabric, carrier, hctl);
    Some(now.map_or_else(|| known.backing.clone(), |lun| lun.backing))
}

/// The file that holds the data of `wwid`, if a path of this machine leads to it.
pub(super) fn device_file(state: &State, fabric: &dyn Fabric, wwid: &Wwid) -> Option<PathBuf> {
    state.disks.keys().find_map(|hctl| {
        let lun = kernel::behind(fabric, state.carrier_of(*hctl)?, *hctl)?;
        (lun.wwid == *wwid).then_some(lun.backing)
    })
}
