//! Devices brought in: by one exact scan, or every LUN that a target shows.

use super::device::{called, removal, seen, unknown};
use super::session::{find as find_session, login_hint};
use super::{Class, Editor, Error, Intent, Made, Object, Where, of_change};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::ids::{LunNumber, Wwpn};
use crate::model::portal::TargetPortal;
use crate::node;
use crate::node::connect::path;
use crate::node::fc::{self, RemotePort};
use crate::node::iscsi::session::{self, Session};
use crate::node::scsi::act;
use crate::node::scsi::device::{self, Device};
use crate::node::scsi::nexus::Nexus;
use crate::system::Machine;

/// The way that a scan goes.
#[derive(Debug, Clone)]
enum Way {
    Session(Session, TargetPortal),
    Port { hba: String, remote: RemotePort },
}

impl Way {
    fn nexus(&self) -> &dyn Nexus {
        match self {
            Self::Session(session, _) => session,
            Self::Port { remote, .. } => remote,
        }
    }

    /// `session 3 to 10.0.0.1:3260`, `port host1 to 2000…`.
    fn words(&self) -> String {
        match self {
            Self::Session(session, at) => format!("session {} to {}", session.sid, at.portal),
            Self::Port { hba, remote } => format!("port {hba} to {}", remote.wwpn),
        }
    }

    /// Who is at the other end, and the word to type for all of its LUNs.
    fn far(&self) -> (String, String) {
        match self {
            Self::Session(_, at) => (
                format!("target {} at {}", at.iqn, at.portal),
                at.portal.to_string(),
            ),
            Self::Port { remote, .. } => (format!("port {}", remote.wwpn), remote.wwpn.to_string()),
        }
    }

    /// The target does not show the number.
    fn without(&self, machine: &dyn Machine, lun: LunNumber) -> node::Error {
        match self {
            Self::Session(session, at) => node::Error::NoDevice {
                at: at.clone().into(),
                lun,
                other_name: path::other_name(machine, session),
                name: None,
            },
            Self::Port { hba, remote } => node::Error::NoLunAtPort {
                hba: hba.clone(),
                rport: remote.wwpn.to_string(),
                lun,
            },
        }
    }

    fn intent(&self, title: String, object: Object, work: super::Work) -> Intent {
        match self {
            Self::Session(_, at) => Intent::at(title, object, std::slice::from_ref(at), work),
            Self::Port { remote, .. } => {
                let mut intent = Intent::at(title, object, &[], work);
                // As attach has it while nobody knows the LUN.
                intent.lock([format!("fc:{}", remote.wwpn)]);
                intent
            }
        }
    }
}

impl Editor {
    fn way(&self, which: &Where) -> Result<Way, Error> {
        let machine = self.machine();
        let found = match which {
            Where::Port { hba, rport } => return self.port(hba, rport),
            Where::Session(sid) => find_session(machine, *sid)?.ok_or_else(|| Error::NotFound {
                what: format!("session {sid}"),
                hints: vec!["sanctl session list".into()],
            })?,
            Where::Target(at) => session::find_at(machine, at)?.ok_or_else(|| Error::NotFound {
                what: format!("session to {at}"),
                hints: vec![login_hint(at)],
            })?,
        };
        let at = found.at().ok_or(node::Error::Unplaced { sid: found.sid })?;
        if !found.is_live() {
            return Err(node::Error::SessionDown {
                sid: found.sid,
                at,
                state: found.state,
            }
            .into());
        }
        Ok(Way::Session(found, at))
    }

    /// The login of a port of this node to a port of the array.
    fn port(&self, hba: &str, rport: &str) -> Result<Way, Error> {
        let machine = self.machine();
        let (ports, _) = fc::list_ports(machine)?;
        let wwpn: Option<Wwpn> = hba.parse().ok();
        let own = ports
            .into_iter()
            .find(|p| p.name == hba || wwpn.as_ref() == Some(&p.wwpn));
        let own = own.ok_or_else(|| Error::NotFound {
            what: format!("Fibre Channel port {hba} on this node"),
            hints: vec!["sanctl hba list".into()],
        })?;
        let wwpn: Option<Wwpn> = rport.parse().ok();
        let mut far = fc::list_remote(machine)?;
        far.retain(|p| {
            format!("host{}", p.host) == own.name
                && (p.name == rport || wwpn.as_ref() == Some(&p.wwpn))
        });
        let hints = vec![format!("sanctl hba targets {}", own.name)];
        let Some(remote) = far.into_iter().next() else {
            let what = format!("login of {} to port {rport}: is it zoned?", own.name);
            return Err(Error::NotFound { what, hints });
        };
        let why = match (&remote.place, remote.is_target(), remote.is_live()) {
            (_, false, _) => Some("is no target".to_owned()),
            (_, _, false) => Some(format!("is {}", remote.state.to_lowercase())),
            (None, ..) => Some("has no number yet".to_owned()),
            _ => None,
        };
        if let Some(why) = why {
            let why = format!("port {rport} seen from {} {why}", own.name);
            return Err(Error::Refused { why, hints });
        }
        Ok(Way::Port {
            hba: own.name,
            remote,
        })
    }

    pub(super) fn scan(&self, which: &Where, lun: LunNumber) -> Result<Intent, Error> {
        let machine = self.machine();
        let way = self.way(which)?;
        let title = format!("scan for LUN {lun} on {}", way.words());
        if let Some(device) = device::list_at(machine, way.nexus(), lun)?.first() {
            return Ok(Intent::already(title, called(device), seen(device)));
        }
        let (file, line) = act::scan_line(machine, way.nexus(), u64::from(lun.0))?;
        let (shared, through) = (self.machine.clone(), way.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let found = act::scan(&*shared, through.nexus(), lun, bounds, mutate);
            let device = found
                .map_err(of_change)?
                .ok_or_else(|| through.without(&*shared, lun))?;
            Ok(Made {
                changed: true,
                object: called(&device),
                evidence: seen(&device),
                trouble: device.why_not().map(|why| format!("{device}: {why}")),
                inverse: vec![removal(&device)],
            })
        };
        let object = unknown(&format!("LUN {lun}"));
        let mut intent = way.intent(title, object, Box::new(work));
        intent.wire = vec![format!("echo \"{line}\" > {file}")];
        // The letter is known only afterwards.
        intent.inverse = vec!["sanctl device remove $DISK".into()];
        Ok(intent)
    }

    pub(super) fn scan_all(&self, which: &Where) -> Result<Intent, Error> {
        let machine = self.machine();
        let way = self.way(which)?;
        let title = format!("bring in every LUN that {} shows", way.words());
        let (file, line) = act::scan_line(machine, way.nexus(), "-")?;
        let (far, typed) = way.far();
        let shown = vec![
            far.clone(),
            "all of its LUNs become disks here, also those of other uses".to_owned(),
        ];
        let wire = vec![format!("echo \"{line}\" > {file}")];
        let (shared, through) = (self.machine.clone(), way.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let before = devices_through(&*shared, through.nexus())?;
            shared
                .write_attr(&file, &line, bounds, mutate)
                .map_err(|e| of_change(e.into()))?;
            let mut new = devices_through(&*shared, through.nexus())?;
            new.retain(|d| before.iter().all(|b| b.hctl != d.hctl));
            let words: Vec<String> = new.iter().map(seen).collect();
            let disks: Vec<String> = new.iter().map(Device::name).collect();
            Ok(Made {
                changed: !new.is_empty(),
                object: Object {
                    what: "device",
                    id: String::new(),
                    name: disks.join(", "),
                },
                evidence: match new.is_empty() {
                    true => "no LUN that was not there before".to_owned(),
                    false => words.join("; "),
                },
                trouble: None,
                inverse: new.iter().map(removal).collect(),
            })
        };
        let place = match &way {
            Way::Session(_, at) => at.to_string(),
            Way::Port { .. } => far,
        };
        let mut intent = way.intent(title, unknown(&place), Box::new(work));
        intent.class = Class::Typed(typed);
        intent.shown = shown;
        intent.wire = wire;
        Ok(intent)
    }
}

/// The LUNs' devices that are reached this way.
pub(super) fn devices_through(
    machine: &dyn Machine,
    nexus: &dyn Nexus,
) -> Result<Vec<Device>, node::Error> {
    let mut found = Vec::new();
    for hctl in device::list_of_session(machine, nexus)? {
        found.extend(device::find(machine, hctl)?.filter(Device::is_lun));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::kit::kind::{Failure as _, Kind};
    use crate::kit::stop::Stop;
    use crate::node::edit::Edit;
    use crate::node::fixture::Fixture;

    const FAR: &str = "20:00:02:00:00:00:0b:01";

    fn look(fixture: &Fixture, edit: &Edit) -> Result<Intent, Error> {
        let bounds = Bounds::new(Duration::from_secs(10), "test", Stop::new());
        Editor::new(Arc::new(fixture.machine())).look(edit, &bounds)
    }

    fn scan(hba: &str, rport: &str, lun: u16) -> Edit {
        Edit::Scan {
            session: Where::Port {
                hba: hba.into(),
                rport: rport.into(),
            },
            lun: LunNumber(lun),
        }
    }

    fn fixture() -> Fixture {
        Fixture::of(include_str!("../../../tests/fixtures/fc/sysfs-fc.txt"))
    }

    #[test]
    fn a_port_is_scanned_at_its_channel_and_number() {
        let fixture = fixture();
        let edit = scan("host1", FAR, 5);
        assert_eq!(
            edit.to_string(),
            format!("sanctl device scan --hba host1 --rport {FAR} --lun 5")
        );
        let intent = look(&fixture, &edit).unwrap();
        let wire = "echo \"0 0 5\" > /sys/class/scsi_host/host1/scan";
        assert_eq!(intent.wire, [wire]);
        assert_eq!(intent.locks, ["fc:2000020000000b01"], "as attach has it");
        // The same by the port's own name and the kernel's.
        let intent = look(&fixture, &scan("0x2000020000000a01", "rport-1:0-0", 5)).unwrap();
        assert_eq!(intent.wire, [wire]);
        // Before the first LUN there is no directory of the target.
        fixture.file("/sys/class/fc_transport/target1:0:0/port_name", "\n");
        fixture.file(
            "/sys/class/fc_remote_ports/rport-1:0-0/scsi_target_id",
            "3\n",
        );
        let all = Edit::ScanAll {
            session: Where::Port {
                hba: "host1".into(),
                rport: FAR.into(),
            },
        };
        let intent = look(&fixture, &all).unwrap();
        assert_eq!(intent.class, Class::Typed("2000020000000b01".into()));
    }

    #[test]
    fn a_number_that_is_there_is_not_scanned_for() {
        let fixture = fixture();
        let dir = "/sys/class/scsi_device/1:0:0:3/device";
        fixture.file(&format!("{dir}/state"), "running\n");
        let intent = look(&fixture, &scan("host1", FAR, 3)).unwrap();
        assert!(intent.already.is_some());
    }

    #[test]
    fn ports_that_cannot_be_scanned() {
        let fixture = fixture();
        let kind = |edit: &Edit| look(&fixture, edit).unwrap_err().kind();
        assert_eq!(kind(&scan("host9", FAR, 5)), Kind::NotFound);
        assert_eq!(kind(&scan("host1", "rport-1:0-9", 5)), Kind::NotFound);
        // The other side of the cable is an initiator.
        assert_eq!(kind(&scan("host0", "rport-0:0-0", 5)), Kind::Refused);
        fixture.file(
            "/sys/class/fc_remote_ports/rport-1:0-0/port_state",
            "Blocked\n",
        );
        let error = look(&fixture, &scan("host1", FAR, 5)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("port {FAR} seen from host1 is blocked: nothing was changed")
        );
    }
}
