//! The adapters of this node and what each of them has logged in to, for people and scripts
//! (linux-host.md §1.3, lab.md §6). From sysfs alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Error;
use super::fc::{self, RemotePort};
use super::iscsi::session::{self, Session};
use super::scsi::device::{self, Device, attribute};
use crate::model::ids::{LunNumber, Wwpn};
use crate::model::nouns::Protocol;
use crate::model::portal::Portal;
use crate::system::Machine;

/// An adapter: a Fibre Channel port, or what the kernel calls an iSCSI host. Software iSCSI has
/// one for each session, a card with a target engine one for each of its ports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hba {
    /// The SCSI host, such as `host2`.
    pub name: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// The kernel's word in lower case, for Fibre Channel and for cards: `online`, `linkdown`…
    pub state: Option<String>,
    /// Fibre Channel: its port name.
    pub wwpn: Option<Wwpn>,
    /// Fibre Channel: its node name.
    pub wwnn: Option<Wwpn>,
    /// iSCSI: the name it logs in as.
    pub initiator: Option<String>,
    /// iSCSI: its own address.
    pub address: Option<String>,
    /// iSCSI: the network interface it is bound to.
    pub netdev: Option<String>,
    /// iSCSI: its hardware address.
    pub hwaddress: Option<String>,
    /// As the kernel words it: `16 Gbit`.
    pub speed: Option<String>,
    /// Fibre Channel: how it is connected.
    pub port_type: Option<String>,
    /// Fibre Channel: the address that the fabric gave it.
    pub port_id: Option<String>,
    /// Fibre Channel: the fabric; `None` when it is logged in to none.
    pub fabric: Option<String>,
    /// Its driver.
    pub driver: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its firmware.
    pub firmware: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// Its address on the PCI bus.
    pub pci: Option<String>,
    /// How many targets it has logged in to.
    pub targets: usize,
    /// How many LUNs the kernel knows through it.
    pub luns: usize,
}

/// A target that an adapter has logged in to; for Fibre Channel also a port that is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HbaTarget {
    /// The adapter.
    pub hba: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// The target's IQN or WWPN.
    pub target: String,
    /// The kernel's word in lower case.
    pub state: String,
    /// Fibre Channel: what the port can be; empty for iSCSI.
    pub roles: Vec<String>,
    /// Fibre Channel: the kernel's name of the port.
    pub rport: Option<String>,
    /// Fibre Channel: the address that the fabric gave it.
    pub port_id: Option<String>,
    /// iSCSI: the session.
    pub sid: Option<u32>,
    /// iSCSI: where it was logged in to.
    pub portal: Option<Portal>,
    /// The channel under which the kernel counts it.
    pub channel: Option<u32>,
    /// Its number on that channel.
    pub scsi_id: Option<u32>,
    /// The LUN numbers that the kernel knows.
    pub luns: Vec<Option<LunNumber>>,
    /// The disks of those.
    pub disks: Vec<String>,
}

/// A value that says something.
fn some(text: Option<String>) -> Option<String> {
    text.filter(|t| !t.is_empty() && t != "(null)" && t != "unknown")
}

/// The adapters, Fibre Channel before iSCSI, in the kernel's order.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list(machine: &dyn Machine) -> Result<Vec<Hba>, Error> {
    let targets = targets(machine)?;
    let sessions = session::list(machine)?;
    let mut found = Vec::new();
    for (class, protocol) in [("fc_host", Protocol::Fc), ("iscsi_host", Protocol::Iscsi)] {
        let mut names = machine.names(&format!("/sys/class/{class}"))?;
        names.sort_by_key(|name| number_of(name));
        for name in names {
            let mut hba = match protocol {
                Protocol::Fc => fc_hba(machine, &name)?,
                Protocol::Iscsi => iscsi_hba(machine, &name, &sessions)?,
            };
            let own = targets.iter().filter(|t| t.hba == name);
            for target in own {
                let offers = protocol == Protocol::Iscsi || is_target(&target.roles);
                hba.targets += usize::from(offers);
                hba.luns += target.luns.len();
            }
            found.push(hba);
        }
    }
    Ok(found)
}

fn is_target(roles: &[String]) -> bool {
    roles.iter().any(|role| role == "FCP Target")
}

fn number_of(name: &str) -> Option<u32> {
    name.strip_prefix("host")?.parse().ok()
}

/// What both sorts have.
fn common(
    machine: &dyn Machine,
    class: &str,
    name: &str,
    protocol: Protocol,
) -> Result<Hba, Error> {
    let driver = attribute(machine, &format!("/sys/class/scsi_host/{name}/proc_name"))?;
    let place = machine.resolve(&format!("/sys/class/{class}/{name}")).ok();
    Ok(Hba {
        name: name.to_owned(),
        protocol,
        state: None,
        wwpn: None,
        wwnn: None,
        initiator: None,
        address: None,
        netdev: None,
        hwaddress: None,
        speed: None,
        port_type: None,
        port_id: None,
        fabric: None,
        driver: some(driver).filter(|d| d != "<NULL>"),
        model: None,
        firmware: None,
        description: None,
        pci: place.as_deref().and_then(pci_of),
        targets: 0,
        luns: 0,
    })
}

/// `0000:05:00.3` of `/sys/devices/pci0000:00/0000:05:00.3/host2/…`: the last bus address before
/// the host. A virtual adapter has none.
fn pci_of(place: &str) -> Option<String> {
    let parts = place.split('/').take_while(|p| number_of(p).is_none());
    let address = |part: &&str| {
        let (domain, rest) = part.split_once(':')?;
        let (bus, rest) = rest.split_once(':')?;
        let (slot, function) = rest.split_once('.')?;
        let hex = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_hexdigit());
        (domain.len() >= 4 && hex(bus, 2) && hex(slot, 2) && !function.is_empty()).then_some(())
    };
    parts
        .filter(|part| address(part).is_some())
        .last()
        .map(str::to_owned)
}

fn fc_hba(machine: &dyn Machine, name: &str) -> Result<Hba, Error> {
    let base = format!("/sys/class/fc_host/{name}");
    let text = |file: &str| attribute(machine, &format!("{base}/{file}"));
    let wwn = |file: &str| -> Result<Option<Wwpn>, Error> {
        Ok(text(file)?.and_then(|t| t.parse().ok()))
    };
    let mut hba = common(machine, "fc_host", name, Protocol::Fc)?;
    hba.wwpn = wwn("port_name")?;
    hba.wwnn = wwn("node_name")?;
    hba.state = some(text("port_state")?).map(|s| s.to_lowercase());
    hba.speed = some(text("speed")?);
    hba.port_type = some(text("port_type")?);
    hba.port_id = some(text("port_id")?);
    let none = ["0x0", "0xffffffffffffffff"];
    hba.fabric = some(text("fabric_name")?).filter(|f| !none.contains(&f.as_str()));
    hba.model = some(text("model")?);
    hba.firmware = some(text("firmware_version")?);
    hba.description = some(text("symbolic_name")?);
    Ok(hba)
}

fn iscsi_hba(machine: &dyn Machine, name: &str, sessions: &[Session]) -> Result<Hba, Error> {
    let base = format!("/sys/class/iscsi_host/{name}");
    let text = |file: &str| attribute(machine, &format!("{base}/{file}"));
    let mut hba = common(machine, "iscsi_host", name, Protocol::Iscsi)?;
    let mut own = sessions.iter().filter(|s| Some(s.host) == number_of(name));
    let used = own.find_map(|s| s.initiator.clone());
    hba.initiator = some(text("initiatorname")?).or(used);
    hba.address = some(text("ipaddress")?);
    hba.netdev = some(text("netdev")?);
    hba.hwaddress = some(text("hwaddress")?);
    // Only cards have these two.
    hba.state = some(text("port_state")?).map(|s| s.to_lowercase());
    hba.speed = some(text("port_speed")?);
    Ok(hba)
}

/// The adapter that a name, a number or a port name means.
pub fn find<'a>(all: &'a [Hba], name: &str) -> Option<&'a Hba> {
    let wwpn: Option<Wwpn> = name.parse().ok();
    let mut fits = all.iter().filter(|hba| {
        hba.name == name
            || name
                .parse()
                .is_ok_and(|n: u32| number_of(&hba.name) == Some(n))
            || wwpn.is_some() && hba.wwpn == wwpn
    });
    fits.next()
}

/// What every adapter has logged in to.
///
/// # Errors
/// When sysfs cannot be read.
pub fn targets(machine: &dyn Machine) -> Result<Vec<HbaTarget>, Error> {
    let mut devices: BTreeMap<(u32, u32, u32), Vec<Device>> = BTreeMap::new();
    for hctl in device::list_addresses(machine)? {
        if let Some(device) = device::find(machine, hctl)?.filter(Device::is_lun) {
            let place = (hctl.host, hctl.channel, hctl.target);
            devices.entry(place).or_default().push(device);
        }
    }
    let mut found = Vec::new();
    for port in fc::list_remote(machine)? {
        let own = port.place.map(|(channel, id)| (port.host, channel, id));
        found.push(of_port(port, own.and_then(|p| devices.get(&p))));
    }
    for session in session::list(machine)? {
        let addresses = device::list_of_session(machine, &session)?;
        let own: Vec<Device> = devices
            .values()
            .flatten()
            .filter(|d| addresses.contains(&d.hctl))
            .cloned()
            .collect();
        found.push(of_session(session, &own));
    }
    found.sort_by_key(|t| (number_of(&t.hba), t.sid, t.rport.clone()));
    Ok(found)
}

fn carried(devices: &[Device]) -> (Vec<Option<LunNumber>>, Vec<String>) {
    let number = |d: &Device| u16::try_from(d.hctl.lun & 0x3fff).ok().map(LunNumber);
    let disks = devices.iter().filter_map(|d| d.disk.clone());
    (devices.iter().map(number).collect(), disks.collect())
}

fn of_port(port: RemotePort, devices: Option<&Vec<Device>>) -> HbaTarget {
    let (luns, disks) = carried(devices.map_or(&[], Vec::as_slice));
    HbaTarget {
        hba: format!("host{}", port.host),
        protocol: Protocol::Fc,
        target: port.wwpn.to_string(),
        state: port.state.to_lowercase(),
        roles: port.roles,
        rport: Some(port.name),
        port_id: port.port_id,
        sid: None,
        portal: None,
        channel: port.place.map(|(channel, _)| channel),
        scsi_id: port.place.map(|(_, id)| id),
        luns,
        disks,
    }
}

fn of_session(session: Session, devices: &[Device]) -> HbaTarget {
    let (luns, disks) = carried(devices);
    let first = devices.first();
    HbaTarget {
        hba: format!("host{}", session.host),
        protocol: Protocol::Iscsi,
        target: session.iqn.to_string(),
        state: session.state.to_lowercase(),
        roles: Vec::new(),
        rport: None,
        port_id: None,
        sid: Some(session.sid),
        portal: session.portal,
        channel: first.map(|d| d.hctl.channel),
        scsi_id: first.map(|d| d.hctl.target),
        luns,
        disks,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn fibre_channel_as_a_real_kernel_shows_it() {
        let fixture = Fixture::of(include_str!("../../tests/fixtures/fc/sysfs-fc.txt"));
        let dir = "/sys/class/scsi_device/1:0:0:3/device";
        fixture.file(&format!("{dir}/state"), "running\n");
        fixture.file(&format!("{dir}/type"), "0\n");
        fixture.file(&format!("{dir}/block/sdx/size"), "65536\n");
        let machine = fixture.machine();
        let all = list(&machine).unwrap();
        let names: Vec<_> = all
            .iter()
            .map(|h| {
                (
                    h.name.as_str(),
                    h.wwpn.as_ref().unwrap().as_str(),
                    h.targets,
                    h.luns,
                )
            })
            .collect();
        let want = [
            ("host0", "2000020000000b01", 0, 0),
            ("host1", "2000020000000a01", 1, 1),
        ];
        assert_eq!(names, want);
        let hba = find(&all, "20:00:02:00:00:00:0a:01").unwrap();
        assert_eq!(hba, find(&all, "1").unwrap());
        assert_eq!(hba.state.as_deref(), Some("online"));
        assert_eq!(hba.speed.as_deref(), Some("10 Gbit"));
        assert_eq!(hba.description.as_deref(), Some("fcoe v0.1 over fa"));
        // What says nothing is not told: no fabric, no model, no bus address.
        assert_eq!((&hba.fabric, &hba.model, &hba.pci), (&None, &None, &None));
        let seen = targets(&machine).unwrap();
        assert_eq!(seen[1].rport.as_deref(), Some("rport-1:0-0"));
        assert_eq!((seen[1].channel, seen[1].scsi_id), (Some(0), Some(0)));
        assert_eq!(seen[1].luns, [Some(LunNumber(3))]);
        assert_eq!(seen[1].disks, ["sdx"]);
        assert_eq!(seen[0].roles, ["FCP Initiator"]);
        assert!(find(&all, "host7").is_none());
    }

    #[test]
    fn iscsi_as_a_real_kernel_shows_it() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let all = list(&machine).unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|h| (h.name.as_str(), h.address.as_deref(), h.targets, h.luns))
            .collect();
        let want = [
            ("host0", Some("10.0.0.2"), 1, 2),
            ("host1", Some("10.0.1.2"), 1, 2),
        ];
        assert_eq!(told, want);
        let hba = &all[0];
        assert_eq!(
            hba.initiator.as_deref(),
            Some("iqn.2020-01.com.example:lab.host")
        );
        assert_eq!((&hba.netdev, &hba.hwaddress), (&None, &None));
        let seen = targets(&machine).unwrap();
        assert_eq!(seen[0].portal.unwrap().to_string(), "10.0.0.1:3260");
        assert_eq!(seen[0].disks.len(), 2);
    }

    #[test]
    fn the_bus_address_is_the_last_one_before_the_host() {
        for (place, want) in [
            (
                "/sys/devices/pci0000:00/0000:00:02.0/0000:05:00.3/host2/fc_host/host2",
                Some("0000:05:00.3"),
            ),
            (
                "/sys/devices/pci0000:00/0000:00:02.0/net/fa/ctlr_1/host1/fc_host/host1",
                Some("0000:00:02.0"),
            ),
            ("/sys/devices/platform/host0/iscsi_host/host0", None),
            (
                "/sys/devices/virtual/net/fb/ctlr_0/host0/fc_host/host0",
                None,
            ),
        ] {
            assert_eq!(pci_of(place).as_deref(), want, "{place}");
        }
    }
}
