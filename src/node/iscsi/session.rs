//! Sessions, read from sysfs (linux-host.md §3.4): no fork, no database lock, no records needed.

use super::super::Error;
use super::super::scsi::device::attribute;
use crate::model::ids::Iqn;
use crate::model::portal::{Portal, TargetPortal};
use crate::system::Machine;

const SESSIONS: &str = "/sys/class/iscsi_session";
const CONNECTIONS: &str = "/sys/class/iscsi_connection";

/// A session that the kernel knows, in whatever state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub sid: u32,
    /// The target.
    pub iqn: Iqn,
    /// The portal that was asked for, which stays when the target redirects. `None` while the
    /// connection is being made or torn down.
    pub portal: Option<Portal>,
    /// The target portal group tag.
    pub tpgt: Option<u16>,
    /// The kernel's word: `LOGGED_IN`, `FAILED`, `FREE`.
    pub state: String,
    /// The SCSI host. Software transports have one per session, offload cards share one.
    pub host: u32,
    /// The device directory: `/sys/devices/…/hostH/sessionS`.
    pub dir: String,
    /// The interface record it was made with.
    pub iface: Option<String>,
    /// The name the node used.
    pub initiator: Option<String>,
    /// The number under which its host knows the target; `None` while there is none.
    pub target_id: Option<u32>,
}

impl Session {
    /// Whether commands can be sent through it.
    pub fn is_live(&self) -> bool {
        self.state == "LOGGED_IN"
    }

    /// Its target and portal, when the portal is known.
    pub fn at(&self) -> Option<TargetPortal> {
        self.portal.map(|portal| TargetPortal {
            iqn: self.iqn.clone(),
            portal,
            tpgt: self.tpgt,
        })
    }
}

/// Every session.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list(machine: &dyn Machine) -> Result<Vec<Session>, Error> {
    collect(machine, |_| true, |_| true)
}

/// The sessions to one target at one portal: several when they use several interfaces.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Vec<Session>, Error> {
    collect(
        machine,
        |iqn| *iqn == at.iqn,
        |portal| portal == Some(at.portal),
    )
}

/// Reads what tells where a session leads: to know that nothing but its absence hides it.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read_all_of(machine: &dyn Machine, sid: u32) -> Result<(), Error> {
    let connection = format!("{CONNECTIONS}/connection{sid}:0");
    for file in [
        format!("{SESSIONS}/session{sid}/targetname"),
        format!("{connection}/persistent_address"),
        format!("{connection}/persistent_port"),
    ] {
        machine.text(&file)?;
    }
    Ok(())
}

/// The session to use for one target at one portal: a live one before any other.
///
/// # Errors
/// When sysfs cannot be read.
pub fn find_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Option<Session>, Error> {
    let mut found = list_at(machine, at)?;
    found.sort_by_key(|s| (!s.is_live(), s.sid));
    Ok(found.into_iter().next())
}

fn collect(
    machine: &dyn Machine,
    wanted_iqn: impl Fn(&Iqn) -> bool,
    wanted_portal: impl Fn(Option<Portal>) -> bool,
) -> Result<Vec<Session>, Error> {
    let mut found = Vec::new();
    for name in machine.names(SESSIONS)? {
        let Some(sid) = name.strip_prefix("session").and_then(|n| n.parse().ok()) else {
            continue;
        };
        let dir = format!("{SESSIONS}/{name}");
        let text = |file: &str| attribute(machine, &format!("{dir}/{file}"));
        // A session that vanishes while it is read is no session.
        let Some(iqn) = text("targetname")?.and_then(|t| t.parse::<Iqn>().ok()) else {
            continue;
        };
        if !wanted_iqn(&iqn) {
            continue;
        }
        let portal = portal_of(machine, sid)?;
        if !wanted_portal(portal) {
            continue;
        }
        let Ok(device) = machine.resolve(&format!("{dir}/device")) else {
            continue;
        };
        let Some(host) = host_of(&device) else {
            continue;
        };
        found.push(Session {
            sid,
            iqn,
            portal,
            tpgt: text("tpgt")?.and_then(|t| t.parse().ok()),
            state: text("state")?.unwrap_or_default(),
            host,
            dir: device,
            iface: known(text("ifacename")?),
            initiator: known(text("initiatorname")?),
            // Not bound to a target yet, it reads -1.
            target_id: text("target_id")?.and_then(|t| t.parse().ok()),
        });
    }
    found.sort_by_key(|s| s.sid);
    Ok(found)
}

/// An unset text of the kernel reads `(null)`.
fn known(text: Option<String>) -> Option<String> {
    text.filter(|t| !t.is_empty() && t != "(null)")
}

fn portal_of(machine: &dyn Machine, sid: u32) -> Result<Option<Portal>, Error> {
    if let Some(portal) = portal_in(machine, &format!("{CONNECTIONS}/connection{sid}:0"))? {
        return Ok(Some(portal));
    }
    // A session has one connection, and its number is 0 with every transport there is now.
    let prefix = format!("connection{sid}:");
    for name in machine.names(CONNECTIONS)? {
        if name.starts_with(&prefix)
            && let Some(portal) = portal_in(machine, &format!("{CONNECTIONS}/{name}"))?
        {
            return Ok(Some(portal));
        }
    }
    Ok(None)
}

fn portal_in(machine: &dyn Machine, dir: &str) -> Result<Option<Portal>, Error> {
    let text = |file: &str| attribute(machine, &format!("{dir}/{file}"));
    let address = known(text("persistent_address")?);
    let port = known(text("persistent_port")?);
    Ok(address
        .and_then(|a| a.parse().ok())
        .zip(port.and_then(|p| p.parse().ok()))
        .map(|(ip, port)| Portal { ip, port }))
}

/// The number in the `hostH` just above the session.
fn host_of(dir: &str) -> Option<u32> {
    dir.rsplit('/')
        .find_map(|part| part.strip_prefix("host")?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn recorded_sessions() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let sessions = list(&machine).unwrap();
        assert_eq!(sessions.len(), 2);
        let second = &sessions[1];
        assert_eq!(
            (second.sid, second.host, second.tpgt, second.is_live()),
            (2, 1, Some(1), true)
        );
        assert_eq!(second.dir, "/sys/devices/platform/host1/session2");
        assert_eq!(second.iface.as_deref(), Some("default"));
        let at = second.at().unwrap();
        assert_eq!(
            at.to_string(),
            "10.0.1.1:3260 iqn.2020-01.com.example:lab.target"
        );
        assert_eq!(find_at(&machine, &at).unwrap().as_ref(), Some(second));
        let other = TargetPortal {
            portal: "10.0.1.1:3261".parse().unwrap(),
            ..at
        };
        assert_eq!(find_at(&machine, &other).unwrap(), None);
    }

    #[test]
    fn what_cannot_be_read_of_a_session_hides_no_other() {
        let fixture = Fixture::recorded();
        // A folder in the place of a file answers as a driver does that is being torn down.
        let torn = "/sys/class/iscsi_connection/connection1:0/persistent_address";
        fixture.remove(torn);
        fixture.file(&format!("{torn}/x"), "");
        let sessions = list(&fixture.machine()).unwrap();
        assert_eq!(sessions[0].portal, None);
        assert!(sessions[1].portal.is_some());
        let second = "/sys/class/iscsi_connection/connection1:1";
        fixture.file(&format!("{second}/persistent_address"), "10.0.0.1\n");
        fixture.file(&format!("{second}/persistent_port"), "3260\n");
        let sessions = list(&fixture.machine()).unwrap();
        assert_eq!(sessions[0].portal, "10.0.0.1:3260".parse().ok());
    }

    #[test]
    fn a_live_session_goes_before_a_failed_one() {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/iscsi_session/session1/state", "FAILED\n");
        fixture.file(
            "/sys/class/iscsi_connection/connection1:0/persistent_address",
            "10.0.1.1\n",
        );
        let machine = fixture.machine();
        let at = list(&machine).unwrap()[0].at().unwrap();
        assert_eq!(list_at(&machine, &at).unwrap().len(), 2);
        assert_eq!(find_at(&machine, &at).unwrap().unwrap().sid, 2);
        assert!(list(&Fixture::empty().machine()).unwrap().is_empty());
    }
}
