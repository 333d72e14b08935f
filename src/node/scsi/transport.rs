//! What carries a device, by its place in sysfs.

use super::super::Error;
use crate::model::ids::Hctl;
use crate::system::Machine;

/// What carries a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// An iSCSI session.
    Iscsi,
    /// A Fibre Channel port.
    Fc,
    /// A disk of the machine itself, USB, anything else.
    Other,
}

impl Transport {
    /// The word for JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iscsi => "iscsi",
            Self::Fc => "fc",
            Self::Other => "other",
        }
    }
}

/// The session or the login that a device came by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// The number of an iSCSI session.
    Session(u32),
    /// The kernel's name of a Fibre Channel port: `rport-1:0-0`.
    Port(String),
}

/// What carries a device; `None` for a disk of the machine itself, and for one that has gone.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find_carrier(machine: &dyn Machine, hctl: Hctl) -> Result<Option<Carrier>, Error> {
    let place = match machine.resolve(&format!("/sys/class/scsi_device/{hctl}")) {
        Ok(place) => place,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(place.split('/').find_map(|part| {
        let sid = part.strip_prefix("session").and_then(|n| n.parse().ok());
        let port = part
            .starts_with("rport-")
            .then(|| Carrier::Port(part.to_owned()));
        sid.map(Carrier::Session).or(port)
    }))
}

/// What sort of carrier a device has.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find(machine: &dyn Machine, hctl: Hctl) -> Result<Transport, Error> {
    Ok(match find_carrier(machine, hctl)? {
        Some(Carrier::Session(_)) => Transport::Iscsi,
        Some(Carrier::Port(_)) => Transport::Fc,
        None => Transport::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn a_device_is_carried_by_what_stands_above_it() {
        let fixture = Fixture::recorded();
        for (hctl, place) in [
            (
                "5:0:0:1",
                "pci0000:00/0000:00:02.0/host5/rport-5:0-1/target5:0:1/5:0:0:1",
            ),
            (
                "6:0:0:0",
                "pci0000:00/0000:00:1f.2/ata1/host6/target6:0:0/6:0:0:0",
            ),
        ] {
            let dir = format!("/sys/devices/{place}/scsi_device/{hctl}");
            fixture.file(&format!("{dir}/uevent"), "");
            fixture.symlink(&format!("/sys/class/scsi_device/{hctl}"), &dir);
        }
        let machine = fixture.machine();
        for (hctl, want) in [
            ("1:0:0:1", Transport::Iscsi),
            ("5:0:0:1", Transport::Fc),
            ("6:0:0:0", Transport::Other),
            ("9:0:0:0", Transport::Other),
        ] {
            assert_eq!(
                find(&machine, hctl.parse().unwrap()).unwrap(),
                want,
                "{hctl}"
            );
        }
    }
}
