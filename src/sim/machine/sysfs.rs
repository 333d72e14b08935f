//! The practice machine's /sys: same names, links and value formats as Linux 6.1 has them.

use super::fabric::FabricPortal;
use super::fibre;
use super::kernel::{self, Attribute, Link};
use super::state::{DM, Disk, Hold, Outage, Session, State, disk_device, disk_name};
use super::tree::{Node, Tree};
use crate::model::ids::{Hctl, Wwid};
use crate::model::way::PortPair;

/// Attributes of a session that never change here.
const SESSION: &[(&str, &str)] = &[
    ("abort_tmo", "15"),
    ("creator", "349"),
    ("data_pdu_in_order", "0"),
    ("data_seq_in_order", "0"),
    ("erl", "0"),
    ("fast_abort", "1"),
    ("first_burst_len", "65536"),
    ("immediate_data", "1"),
    ("initial_r2t", "1"),
    ("lu_reset_tmo", "30"),
    ("max_burst_len", "262144"),
    ("max_outstanding_r2t", "1"),
    ("password_in", "(null)"),
    ("target_id", "0"),
    ("tgt_reset_tmo", "30"),
    ("username_in", "(null)"),
];

const CONNECTION: &[(&str, &str)] = &[
    ("data_digest", "0"),
    ("exp_statsn", "3227965940"),
    ("header_digest", "0"),
    ("max_recv_dlength", "262144"),
    ("max_xmit_dlength", "262144"),
    ("ping_tmo", "5"),
    ("recv_tmo", "5"),
];

pub(super) const SCSI_HOST: &[(&str, &str)] = &[
    ("active_mode", "Initiator"),
    ("can_queue", "113"),
    ("cmd_per_lun", "32"),
    ("eh_deadline", "off"),
    ("host_busy", "0"),
    ("nr_hw_queues", "1"),
    ("proc_name", "iscsi_tcp"),
    ("prot_capabilities", "0"),
    ("prot_guard_type", "0"),
    ("sg_prot_tablesize", "0"),
    ("sg_tablesize", "4096"),
    ("state", "running"),
    ("supported_mode", "Initiator"),
    ("unique_id", "0"),
    ("use_blk_mq", "1"),
];

const SCSI_DEVICE: &[(&str, &str)] = &[
    ("device_blocked", "0"),
    ("device_busy", "0"),
    ("eh_timeout", "10"),
    ("evt_capacity_change_reported", "0"),
    ("evt_inquiry_change_reported", "0"),
    ("evt_lun_change_reported", "0"),
    ("evt_media_change", "0"),
    ("evt_mode_parameter_change_reported", "0"),
    ("evt_soft_threshold_reached", "0"),
    ("iocounterbits", "32"),
    ("iodone_cnt", "0x124"),
    ("ioerr_cnt", "0x2"),
    ("iorequest_cnt", "0x124"),
    ("iotmo_cnt", "0x0"),
    ("modalias", "scsi:t-0x00"),
    ("queue_depth", "32"),
    ("queue_ramp_up_period", "120000"),
    ("queue_type", "simple"),
    ("scsi_level", "7"),
    ("timeout", "30"),
    ("type", "0"),
];

const CLASSES: &[&str] = &[
    "block",
    "iscsi_connection",
    "iscsi_endpoint",
    "iscsi_host",
    "iscsi_iface",
    "iscsi_session",
    "iscsi_transport/tcp",
    "net/lo",
    "scsi_device",
    "scsi_disk",
    "scsi_generic",
    "scsi_host",
];

/// Puts /sys into the tree.
pub(super) fn render(tree: &mut Tree, state: &State, portals: &[FabricPortal], zones: &[PortPair]) {
    tree.dir("/sys/block");
    tree.dir("/sys/dev/block");
    tree.dir("/sys/fs");
    for class in CLASSES {
        tree.dir(&format!("/sys/class/{class}"));
    }
    for driver in ["devices", "drivers/sd"] {
        tree.dir(&format!("/sys/bus/scsi/{driver}"));
    }
    for module in [
        "iscsi_tcp",
        "libiscsi",
        "scsi_transport_iscsi",
        "scsi_mod",
        "sd_mod",
    ] {
        tree.line(&format!("/sys/module/{module}/initstate"), "live");
    }
    tree.line("/sys/class/dmi/id/product_uuid", product_uuid(state));
    for (sid, session) in &state.sessions {
        let link = kernel::link(state, portals, session);
        session_tree(tree, *sid, session, link);
        for (hctl, disk) in state.disks.range(first_of(session.host)..) {
            if hctl.host != session.host {
                break;
            }
            disk_tree(tree, state, &session_dir(*sid, session), *hctl, disk, link);
        }
    }
    fibre::render(tree, state, zones);
    maps(tree, state);
}

pub(super) fn first_of(host: u32) -> Hctl {
    Hctl {
        host,
        channel: 0,
        target: 0,
        lun: 0,
    }
}

fn product_uuid(state: &State) -> String {
    // Like the boot id, but the same for every boot.
    let mut constant = state.clone();
    constant.boots = 0;
    constant.boot_id()
}

fn session_dir(sid: u32, session: &Session) -> String {
    format!("/sys/devices/platform/host{}/session{sid}", session.host)
}

/// A class device below its parent, its link in /sys/class and its link back to the parent.
pub(super) fn class_device(tree: &mut Tree, class: &str, parent: &str, name: &str) -> String {
    let dir = format!("{parent}/{class}/{name}");
    let below_sys = dir.strip_prefix("/sys/").unwrap_or(&dir);
    tree.link(
        &format!("/sys/class/{class}/{name}"),
        format!("../../{below_sys}"),
    );
    let last = parent.rsplit('/').next().unwrap_or_default();
    tree.link(&format!("{dir}/device"), format!("../../../{last}"));
    dir
}

fn session_tree(tree: &mut Tree, sid: u32, session: &Session, link: Link) {
    let host = session.host;
    let base = format!("/sys/devices/platform/host{host}");
    tree.line(&format!("{base}/uevent"), "DEVTYPE=scsi_host");
    tree.link(
        &format!("/sys/bus/scsi/devices/host{host}"),
        format!("../../../devices/platform/host{host}"),
    );

    let dir = class_device(tree, "scsi_host", &base, &format!("host{host}"));
    tree.lines(&dir, SCSI_HOST);
    tree.put(
        &format!("{dir}/scan"),
        Node::Trigger(Attribute::Scan { host }),
    );

    let dir = class_device(tree, "iscsi_host", &base, &format!("host{host}"));
    tree.lines(
        &dir,
        &[
            ("hwaddress", "(null)"),
            ("initiatorname", "(null)"),
            ("netdev", "(null)"),
        ],
    );
    tree.line(&format!("{dir}/ipaddress"), own_address(session));

    let base = session_dir(sid, session);
    let dir = class_device(tree, "iscsi_session", &base, &format!("session{sid}"));
    tree.lines(&dir, SESSION);
    let (state, connection) = match link {
        Link::Up => ("LOGGED_IN", "up"),
        Link::Lost(Outage::Recent) => ("FAILED", "failed"),
        Link::Lost(Outage::Settled) => ("FREE", "failed"),
    };
    let user = session.username.as_deref().unwrap_or("(null)");
    // The kernel shows the secret to root; nobody has any business reading it here either.
    let password = if session.username.is_some() {
        "practice-secret"
    } else {
        "(null)"
    };
    let target_state = if session.scanned {
        "SCANNED"
    } else {
        "ALLOCATED"
    };
    let tpgt = session.tpgt.to_string();
    let values = [
        ("ifacename", session.iface.as_str()),
        ("initiatorname", &session.initiator),
        ("password", password),
        ("state", state),
        ("target_state", target_state),
        ("targetname", &session.iqn),
        ("tpgt", &tpgt),
        ("username", user),
    ];
    tree.lines(&dir, &values);
    tree.put(
        &format!("{dir}/recovery_tmo"),
        Node::File {
            content: format!("{}\n", session.recovery_tmo).into_bytes(),
            on_write: Some(Attribute::RecoveryTmo { sid }),
        },
    );

    let name = format!("connection{sid}:0");
    let dir = class_device(tree, "iscsi_connection", &format!("{base}/{name}"), &name);
    tree.lines(&dir, CONNECTION);
    let (ip, port) = (
        session.portal.ip.to_string(),
        session.portal.port.to_string(),
    );
    let local_port = (43000 + sid).to_string();
    for (name, value) in [
        ("address", &ip),
        ("persistent_address", &ip),
        ("port", &port),
        ("persistent_port", &port),
        ("local_port", &local_port),
    ] {
        tree.line(&format!("{dir}/{name}"), value);
    }
    tree.line(&format!("{dir}/state"), connection);
}

/// The machine's own address in the portal's network: .2, or .3 beside a portal that is .2.
fn own_address(session: &Session) -> String {
    match session.portal.ip {
        std::net::IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{a}.{b}.{c}.{}", if d == 2 { 3 } else { 2 })
        }
        std::net::IpAddr::V6(ip) => {
            let mut segments = ip.segments();
            if let Some(last) = segments.last_mut() {
                *last = if *last == 2 { 3 } else { 2 };
            }
            std::net::Ipv6Addr::from(segments).to_string()
        }
    }
}

/// What `device/state` says: what was set by hand, else what the transport makes of it.
fn disk_state(disk: &Disk, link: Link) -> &'static str {
    match link {
        _ if disk.offline => "offline",
        Link::Up => "running",
        Link::Lost(Outage::Recent) => "blocked",
        Link::Lost(Outage::Settled) => "transport-offline",
    }
}

pub(super) fn disk_tree(
    tree: &mut Tree,
    state: &State,
    session: &str,
    hctl: Hctl,
    disk: &Disk,
    link: Link,
) {
    let Hctl {
        host,
        channel,
        target,
        ..
    } = hctl;
    let target_dir = format!("{session}/target{host}:{channel}:{target}");
    tree.line(&format!("{target_dir}/uevent"), "DEVTYPE=scsi_target");
    let dir = format!("{target_dir}/{hctl}");
    let below_sys = dir.trim_start_matches("/sys/").to_owned();
    tree.lines(&dir, SCSI_DEVICE);
    for (name, width, value) in [
        ("vendor", 8, &state.product.vendor),
        ("model", 16, &state.product.model),
        ("rev", 4, &state.product.rev),
    ] {
        tree.line(&format!("{dir}/{name}"), format!("{value:width$}"));
    }
    tree.line(&format!("{dir}/wwid"), disk.wwid.sysfs());
    tree.text(
        &format!("{dir}/uevent"),
        "DEVTYPE=scsi_device\nDRIVER=sd\nMODALIAS=scsi:t-0x00\n",
    );
    tree.bytes(&format!("{dir}/vpd_pg83"), vpd_identity(&disk.wwid));
    tree.bytes(&format!("{dir}/vpd_pg80"), vpd_serial(&disk.wwid));
    tree.put(
        &format!("{dir}/delete"),
        Node::Trigger(Attribute::Delete(hctl)),
    );
    tree.put(
        &format!("{dir}/rescan"),
        Node::Trigger(Attribute::Rescan(hctl)),
    );
    tree.put(
        &format!("{dir}/state"),
        Node::File {
            content: format!("{}\n", disk_state(disk, link)).into_bytes(),
            on_write: Some(Attribute::State(hctl)),
        },
    );
    for place in ["devices", "drivers/sd"] {
        let up = if place == "devices" {
            "../../.."
        } else {
            "../../../.."
        };
        tree.link(
            &format!("/sys/bus/scsi/{place}/{hctl}"),
            format!("{up}/{below_sys}"),
        );
    }
    let name = hctl.to_string();
    class_device(tree, "scsi_device", &dir, &name);
    let scsi_disk = class_device(tree, "scsi_disk", &dir, &name);
    tree.lines(
        &scsi_disk,
        &[
            ("cache_type", "write through"),
            ("provisioning_mode", "full"),
        ],
    );
    class_device(tree, "scsi_generic", &dir, &format!("sg{}", disk.index));
    block_tree(tree, state, &dir, disk);
}

fn block_tree(tree: &mut Tree, state: &State, parent: &str, disk: &Disk) {
    let name = disk_name(disk.index);
    let (major, minor) = disk_device(disk.index);
    let dir = class_device(tree, "block", parent, &name);
    let below_sys = dir.trim_start_matches("/sys/").to_owned();
    tree.link(&format!("/sys/block/{name}"), format!("../{below_sys}"));
    tree.link(
        &format!("/sys/dev/block/{major}:{minor}"),
        format!("../../{below_sys}"),
    );
    block_files(tree, &dir, &name, (major, minor), disk.sectors);
    if disk.read_only {
        tree.line(&format!("{dir}/ro"), "1");
    }
    let held = state.holds.iter().filter_map(|held| match held.by {
        Hold::Map { minor, .. } if !held.on_map && held.disk == disk.index => Some(minor),
        _ => None,
    });
    let mapped = state.maps.iter();
    let mapped = mapped.filter(|(_, map)| map.paths.contains(&disk.index));
    for minor in held.chain(mapped.map(|(minor, _)| *minor)) {
        let dm = format!("dm-{minor}");
        let up = "../".repeat(below_sys.matches('/').count() + 1);
        tree.link(
            &format!("{dir}/holders/{dm}"),
            format!("{up}virtual/block/{dm}"),
        );
        let link = format!("/sys/devices/virtual/block/{dm}/slaves/{name}");
        tree.link(
            &link,
            format!("../../../../{}", below_sys.trim_start_matches("devices/")),
        );
    }
}

fn block_files(tree: &mut Tree, dir: &str, name: &str, device: (u32, u32), sectors: u64) {
    let (major, minor) = device;
    for (file, value) in [
        ("dev", format!("{major}:{minor}")),
        ("size", sectors.to_string()),
        ("ro", "0".into()),
        ("removable", "0".into()),
        ("range", "16".into()),
        ("inflight", "       0        0".into()),
        ("queue/logical_block_size", "512".into()),
        ("queue/physical_block_size", "512".into()),
        ("queue/rotational", "0".into()),
    ] {
        tree.line(&format!("{dir}/{file}"), value);
    }
    tree.text(
        &format!("{dir}/uevent"),
        format!("MAJOR={major}\nMINOR={minor}\nDEVNAME={name}\nDEVTYPE=disk\n"),
    );
    tree.dir(&format!("{dir}/holders"));
    tree.dir(&format!("{dir}/slaves"));
}

/// The device-mapper devices, whether the disks below them are still there or not.
fn maps(tree: &mut Tree, state: &State) {
    for held in &state.holds {
        let Hold::Map { minor, name, uuid } = &held.by else {
            continue;
        };
        let disk = state.disks.values().find(|d| d.index == held.disk);
        let sectors = match state.maps.get(&held.disk).filter(|_| held.on_map) {
            Some(map) => map.sectors,
            None => disk.map_or(0, |d| d.sectors),
        };
        let dir = map_tree(tree, *minor, name, uuid, sectors);
        if held.on_map {
            let below = held.name();
            tree.link(&format!("{dir}/slaves/{below}"), format!("../../{below}"));
            tree.link(
                &format!("/sys/devices/virtual/block/{below}/holders/dm-{minor}"),
                format!("../../dm-{minor}"),
            );
        }
    }
    for (minor, map) in &state.maps {
        let uuid = format!("mpath-{}", map.id);
        let dir = map_tree(tree, *minor, &map.name, &uuid, map.sectors);
        if map.read_only {
            tree.line(&format!("{dir}/ro"), "1");
        }
    }
}

fn map_tree(tree: &mut Tree, minor: u32, name: &str, uuid: &str, sectors: u64) -> String {
    let dm = format!("dm-{minor}");
    let dir = format!("/sys/devices/virtual/block/{dm}");
    block_files(tree, &dir, &dm, (DM, minor), sectors);
    tree.lines(
        &format!("{dir}/dm"),
        &[("name", name), ("uuid", uuid), ("suspended", "0")],
    );
    for (link, up) in [
        (format!("/sys/block/{dm}"), ".."),
        (format!("/sys/class/block/{dm}"), "../.."),
        (format!("/sys/dev/block/{DM}:{minor}"), "../.."),
    ] {
        tree.link(&link, format!("{up}/devices/virtual/block/{dm}"));
    }
    dir
}

/// VPD page 0x83 with one designator: NAA, of the logical unit.
fn vpd_identity(wwid: &Wwid) -> Vec<u8> {
    let naa = hex_bytes(wwid.as_str());
    let length = u8::try_from(naa.len()).unwrap_or(0);
    let mut page = vec![0x00, 0x83, 0x00, length + 4, 0x01, 0x03, 0x00, length];
    page.extend(naa);
    page
}

/// VPD page 0x80. The text of the serial is this machine's own: the identity's digits.
fn vpd_serial(wwid: &Wwid) -> Vec<u8> {
    let serial = wwid.as_str().as_bytes();
    let length = u8::try_from(serial.len()).unwrap_or(0);
    let mut page = vec![0x00, 0x80, 0x00, length];
    page.extend(serial);
    page
}

fn hex_bytes(digits: &str) -> Vec<u8> {
    let digit = |d: &u8| {
        char::from(*d)
            .to_digit(16)
            .and_then(|v| u8::try_from(v).ok())
    };
    let nibbles: Vec<u8> = digits.as_bytes().iter().filter_map(digit).collect();
    nibbles
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble))
        .collect()
}
