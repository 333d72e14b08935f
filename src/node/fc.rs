//! Fibre Channel ports of this node and the ports they see, read from sysfs (linux-host.md §1.3,
//! §6.5).

use super::Error;
use super::scsi::device::attribute;
use super::scsi::nexus::Nexus;
use super::scsi::transport::{Carrier, find_carrier};
use crate::model::ids::{Hctl, Wwpn};
use crate::model::way::PortPair;
use crate::system::Machine;

const HOSTS: &str = "/sys/class/fc_host";
const REMOTE: &str = "/sys/class/fc_remote_ports";
const TRANSPORT: &str = "/sys/class/fc_transport";

/// A port of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The SCSI host, such as `host2`.
    pub name: String,
    /// Its port name.
    pub wwpn: Wwpn,
    /// Its node name.
    pub wwnn: Wwpn,
    /// The kernel's word: `Online`, `Linkdown`…
    pub state: String,
}

/// Every port whose names can be read, and a warning for each of the others.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_ports(machine: &dyn Machine) -> Result<(Vec<Port>, Vec<String>), Error> {
    let mut ports = Vec::new();
    let mut warnings = Vec::new();
    for name in machine.names(HOSTS)? {
        let wwn = |file: &str| {
            let text = machine.text(&format!("{HOSTS}/{name}/{file}")).ok()??;
            text.parse::<Wwpn>().ok()
        };
        let state = machine.text(&format!("{HOSTS}/{name}/port_state"));
        match (wwn("port_name"), wwn("node_name"), state) {
            (Some(wwpn), Some(wwnn), Ok(Some(state))) => ports.push(Port {
                name,
                wwpn,
                wwnn,
                state,
            }),
            _ => warnings.push(format!("{HOSTS}/{name} cannot be read and is left out")),
        }
    }
    Ok((ports, warnings))
}

/// A port that a port of this node has logged in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePort {
    /// The kernel's name: `rport-1:0-0`.
    pub name: String,
    /// The SCSI host of this node's port.
    pub host: u32,
    /// Its port name.
    pub wwpn: Wwpn,
    /// The address that the fabric gave it: 24 bits, as `0x000b01`.
    pub port_id: Option<String>,
    /// The kernel's word: `Online`, `Blocked`…
    pub state: String,
    /// What it can be: `FCP Target`, `FCP Initiator`.
    pub roles: Vec<String>,
    /// Channel and number under which the kernel counts it; `None` while it is no target.
    pub place: Option<(u32, u32)>,
    /// Its device directory: `/sys/devices/…/host1/rport-1:0-0`.
    pub dir: String,
}

impl RemotePort {
    /// Whether it offers LUNs.
    pub fn is_target(&self) -> bool {
        self.roles.iter().any(|role| role == "FCP Target")
    }

    /// Whether commands can be sent to it.
    pub fn is_live(&self) -> bool {
        self.state == "Online"
    }

    /// Whether one LUN can be scanned for through it.
    pub fn is_usable(&self) -> bool {
        self.is_target() && self.is_live() && self.place.is_some()
    }

    /// Whether it is the login of a port of this node to a port of an array.
    pub fn is_between(&self, own: &Port, target: &Wwpn) -> bool {
        format!("host{}", self.host) == own.name && self.wwpn == *target
    }
}

impl Nexus for RemotePort {
    fn host(&self) -> u32 {
        self.host
    }

    fn dir(&self) -> &str {
        &self.dir
    }

    fn place(&self) -> Option<(u32, u32)> {
        self.place
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

/// `rport-1:0-3`: host 1, channel 0.
fn parse_name(name: &str) -> Option<(u32, u32)> {
    let (host, rest) = name.strip_prefix("rport-")?.split_once(':')?;
    let (channel, _) = rest.split_once('-')?;
    Some((host.parse().ok()?, channel.parse().ok()?))
}

/// `target1:0:3`: host 1, channel 0, number 3.
fn parse_target(name: &str) -> Option<(u32, u32, u32)> {
    let mut parts = name.strip_prefix("target")?.split(':');
    let mut next = || parts.next()?.parse().ok();
    let found = (next()?, next()?, next()?);
    parts.next().is_none().then_some(found)
}

/// Every remote port; one that is being torn down is left out.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_remote(machine: &dyn Machine) -> Result<Vec<RemotePort>, Error> {
    let mut bound = Vec::new();
    for name in machine.names(TRANSPORT)? {
        let wwpn = attribute(machine, &format!("{TRANSPORT}/{name}/port_name"))?;
        let wwpn = wwpn.and_then(|t| t.parse::<Wwpn>().ok());
        if let (Some(place), Some(wwpn)) = (parse_target(&name), wwpn) {
            bound.push((place, wwpn));
        }
    }
    let mut found = Vec::new();
    for name in machine.names(REMOTE)? {
        let base = format!("{REMOTE}/{name}");
        let text = |file: &str| attribute(machine, &format!("{base}/{file}"));
        let wwpn = text("port_name")?.and_then(|t| t.parse::<Wwpn>().ok());
        let place = machine.resolve(&base).ok();
        let dir = place.and_then(|p| {
            let (dir, _) = p.split_once("/fc_remote_ports/")?;
            Some(dir.to_owned())
        });
        let (Some((host, channel)), Some(wwpn), Some(dir)) = (parse_name(&name), wwpn, dir) else {
            continue;
        };
        // The directory of the target tells best; before the first LUN there is none, and the
        // port itself has the number (os-brick bugs 2051237, 2098954).
        let known = bound
            .iter()
            .find(|((h, _, _), w)| *h == host && *w == wwpn)
            .map(|((_, channel, target), _)| (*channel, *target));
        let number: Option<i64> = text("scsi_target_id")?.and_then(|t| t.parse().ok());
        let number = number.and_then(|n| u32::try_from(n).ok());
        let roles = text("roles")?.unwrap_or_default();
        found.push(RemotePort {
            name,
            host,
            wwpn,
            port_id: text("port_id")?,
            state: text("port_state")?.unwrap_or_default(),
            roles: roles.split(',').map(|r| r.trim().to_owned()).collect(),
            place: known.or(number.map(|n| (channel, n))),
            dir,
        });
    }
    Ok(found)
}

/// The logins between two ports, those that can be used first: a port that went away for long may
/// have left one behind under an older name.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_between(machine: &dyn Machine, pair: &PortPair) -> Result<Vec<RemotePort>, Error> {
    let (own, _) = list_ports(machine)?;
    let own: Vec<Port> = own
        .into_iter()
        .filter(|p| p.wwpn == pair.initiator)
        .collect();
    let mut found = list_remote(machine)?;
    found.retain(|r| own.iter().any(|port| r.is_between(port, &pair.target)));
    found.sort_by_key(|r| (!r.is_usable(), !r.is_live()));
    Ok(found)
}

/// The two ports that a device is reached through; `None` when it is none of Fibre Channel.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find_pair_of(machine: &dyn Machine, hctl: Hctl) -> Result<Option<PortPair>, Error> {
    let Some(Carrier::Port(name)) = find_carrier(machine, hctl)? else {
        return Ok(None);
    };
    let remote = list_remote(machine)?.into_iter().find(|r| r.name == name);
    let (own, _) = list_ports(machine)?;
    let own = own
        .into_iter()
        .find(|p| p.name == format!("host{}", hctl.host));
    Ok(remote.zip(own).map(|(remote, own)| PortPair {
        initiator: own.wwpn,
        target: remote.wwpn,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    const FC: &str = include_str!("../../tests/fixtures/fc/sysfs-fc.txt");

    #[test]
    fn remote_ports_as_a_real_kernel_shows_them() {
        let fixture = Fixture::of(FC);
        let found = list_remote(&fixture.machine()).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|p| (p.name.as_str(), p.wwpn.as_str(), p.is_target(), p.place))
            .collect();
        let want = [
            ("rport-0:0-0", "2000020000000a01", false, None),
            ("rport-1:0-0", "2000020000000b01", true, Some((0, 0))),
        ];
        assert_eq!(told, want);
        assert!(found.iter().all(RemotePort::is_live));
        assert!(found.iter().all(|p| p.dir.ends_with(&p.name)));
    }

    #[test]
    fn a_target_without_a_device_is_known_by_its_number() {
        let fixture = Fixture::of(FC);
        let file = "/sys/class/fc_transport/target1:0:0/port_name";
        fixture.file(file, "0xffffffffffffffff\n");
        fixture.file(
            "/sys/class/fc_remote_ports/rport-1:0-0/scsi_target_id",
            "4\n",
        );
        let found = list_remote(&fixture.machine()).unwrap();
        assert_eq!(found[1].place, Some((0, 4)));
    }

    #[test]
    fn names_of_the_kernel() {
        assert_eq!(parse_name("rport-12:0-3"), Some((12, 0)));
        assert_eq!(parse_target("target12:0:3"), Some((12, 0, 3)));
        for bad in ["rport-1", "rport-x:0-1", "port-1:0-0", "rport-1:0"] {
            assert_eq!(parse_name(bad), None, "{bad}");
        }
        for bad in ["target1:0", "target1:0:1:2", "target1:x:1"] {
            assert_eq!(parse_target(bad), None, "{bad}");
        }
    }
}
