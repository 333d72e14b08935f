//! Fibre Channel ports of the practice machine: what they log in to, and how sysfs shows it, in the
//! forms of a real kernel (linux-host.md §1.3, §6.5; lab.md §6).

use super::fabric::Fabric;
use super::kernel::{self, Attribute, Link};
use super::state::{Hba, Login, Outage, State};
use super::sysfs::{SCSI_HOST, class_device, disk_tree, first_of};
use super::tree::{Node, Tree};
use crate::model::ids::Wwpn;
use crate::model::way::PortPair;

/// Where the card sits.
pub(super) const PCI: &str = "0000:05:00.0";

const FC_HOST: &[(&str, &str)] = &[
    ("dev_loss_tmo", "60"),
    ("fabric_name", "0x0"),
    ("port_type", "NPort (fabric via point-to-point)"),
    ("speed", "16 Gbit"),
    ("supported_speeds", "8 Gbit, 16 Gbit"),
    ("symbolic_name", "practice v0.1"),
];

/// Puts a port in.
pub(super) fn add(state: &mut State, wwpn: &Wwpn) {
    // 1000… of 2000…, as FCoE ports have it.
    let node = format!("1{}", wwpn.as_str().get(1..).unwrap_or_default());
    let hba = Hba {
        host: state.free_host(),
        wwnn: node.parse().unwrap_or_else(|_| wwpn.clone()),
        wwpn: wwpn.clone(),
        outage: None,
    };
    state.hbas.push(hba);
}

/// Logs every port in to what it sees. A login stays when its other end has gone.
pub(super) fn log_in(state: &mut State, zones: &[PortPair]) {
    for hba in &state.hbas {
        for zone in zones.iter().filter(|zone| zone.initiator == hba.wwpn) {
            let own = state.logins.iter().filter(|l| l.host == hba.host);
            let known = own.clone().any(|l| l.target == zone.target);
            let number = own.map(|l| l.number + 1).max().unwrap_or(0);
            if !known && hba.outage.is_none() {
                state.logins.push(Login {
                    host: hba.host,
                    number,
                    target: zone.target.clone(),
                });
            }
        }
    }
}

pub(super) fn pair(hba: &Hba, login: &Login) -> PortPair {
    PortPair {
        initiator: hba.wwpn.clone(),
        target: login.target.clone(),
    }
}

pub(super) fn link(zones: &[PortPair], hba: &Hba, login: &Login) -> Link {
    match hba.outage {
        Some(outage) => Link::Lost(outage),
        None if zones.contains(&pair(hba, login)) => Link::Up,
        None => Link::Lost(Outage::Recent),
    }
}

/// Adds the LUNs that one target of a port lists, or every target's.
pub(super) fn scan(
    state: &mut State,
    fabric: &dyn Fabric,
    host: u32,
    target: Option<u64>,
    lun: Option<u64>,
) {
    let Some(hba) = state.hbas.iter().find(|hba| hba.host == host).cloned() else {
        return;
    };
    let zones = fabric.zones();
    for login in state.logins.clone() {
        let asked = target.is_none_or(|wanted| wanted == u64::from(login.number));
        if login.host == host && asked && link(&zones, &hba, &login) == Link::Up {
            let luns = fabric.luns_between(&pair(&hba, &login));
            kernel::add_disks(state, &luns, (host, login.number), lun);
        }
    }
}

/// Puts the ports, what they have logged in to, and the disks behind that into the tree.
pub(super) fn render(tree: &mut Tree, state: &State, zones: &[PortPair]) {
    if state.hbas.is_empty() {
        return;
    }
    for class in ["fc_host", "fc_remote_ports", "fc_transport"] {
        tree.dir(&format!("/sys/class/{class}"));
    }
    for hba in &state.hbas {
        port_tree(tree, hba);
        for login in state.logins.iter().filter(|l| l.host == hba.host) {
            login_tree(tree, state, hba, login, link(zones, hba, login));
        }
    }
}

fn base(hba: &Hba) -> String {
    format!("/sys/devices/pci0000:00/{PCI}/host{}", hba.host)
}

fn port_tree(tree: &mut Tree, hba: &Hba) {
    let (base, name) = (base(hba), format!("host{}", hba.host));
    tree.line(&format!("{base}/uevent"), "DEVTYPE=scsi_host");
    let dir = class_device(tree, "scsi_host", &base, &name);
    tree.lines(&dir, SCSI_HOST);
    tree.line(&format!("{dir}/proc_name"), "practice_fc");
    let scan = Attribute::Scan { host: hba.host };
    tree.put(&format!("{dir}/scan"), Node::Trigger(scan));
    let dir = class_device(tree, "fc_host", &base, &name);
    tree.lines(&dir, FC_HOST);
    let state = match hba.outage {
        None => "Online",
        Some(_) => "Linkdown",
    };
    for (file, value) in [
        ("port_name", format!("0x{}", hba.wwpn)),
        ("node_name", format!("0x{}", hba.wwnn)),
        ("port_id", format!("0x{:06x}", 0x01_0000 + hba.host)),
        ("port_state", state.to_owned()),
    ] {
        tree.line(&format!("{dir}/{file}"), value);
    }
}

fn login_tree(tree: &mut Tree, state: &State, hba: &Hba, login: &Login, link: Link) {
    let (host, number) = (hba.host, login.number);
    let name = format!("rport-{host}:0-{number}");
    let parent = format!("{}/{name}", base(hba));
    let dir = class_device(tree, "fc_remote_ports", &parent, &name);
    let word = match link {
        Link::Up => "Online",
        Link::Lost(Outage::Recent) => "Blocked",
        Link::Lost(Outage::Settled) => "Not Present",
    };
    let scsi_id = number.to_string();
    let port_id = format!("0x{:06x}", 0x02_0000 + number);
    let wwpn = format!("0x{}", login.target);
    tree.lines(
        &dir,
        &[
            ("dev_loss_tmo", "60"),
            ("fast_io_fail_tmo", "off"),
            ("node_name", wwpn.as_str()),
            ("port_id", &port_id),
            ("port_name", &wwpn),
            ("port_state", word),
            ("roles", "FCP Target"),
            ("scsi_target_id", &scsi_id),
        ],
    );
    let mut known = state.disks.range(first_of(host)..);
    let target = format!("target{host}:0:{number}");
    let mut disks = known
        .by_ref()
        .take_while(|(hctl, _)| hctl.host == host)
        .filter(|(hctl, _)| hctl.target == number)
        .peekable();
    if disks.peek().is_some() {
        let dir = class_device(tree, "fc_transport", &format!("{parent}/{target}"), &target);
        tree.lines(&dir, &[("port_id", &port_id), ("port_name", &wwpn)]);
    }
    for (hctl, disk) in disks {
        disk_tree(tree, state, &parent, *hctl, disk, link);
    }
}
