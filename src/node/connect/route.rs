//! The ways to the LUN, and what they go through on this node.

use super::super::Error;
use super::super::fc;
use super::super::iscsi::session::{self, Session};
use super::super::scsi::device;
use super::super::scsi::nexus::Nexus;
use crate::model::connection::Target;
use crate::model::facts::Facts;
use crate::model::ids::{LunNumber, Wwid};
use crate::model::portal::TargetPortal;
use crate::model::way::Way;
use crate::system::Machine;

/// One way to the LUN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// Its ends.
    pub(super) way: Way,
    /// The LUN's number there; `None` while a plan does not know it yet.
    pub(super) lun_number: Option<LunNumber>,
}

impl Route {
    /// The LUN's number: this way's own, else the one read back from the array.
    pub(super) fn number(&self, facts: &Facts) -> Option<LunNumber> {
        self.lun_number.or(facts.lun_number)
    }
}

impl From<Target> for Route {
    fn from(target: Target) -> Self {
        Self {
            way: Way::Iscsi(target.at),
            lun_number: target.lun_number,
        }
    }
}

/// What tells one of several sessions to a portal from the others.
#[derive(Debug, Default)]
pub(super) struct Sought {
    /// The LUN.
    pub(super) wwid: Option<Wwid>,
    /// Its number there.
    pub(super) lun_number: Option<LunNumber>,
    /// The session on record.
    pub(super) sid: Option<u32>,
}

/// The session to use for one target at one portal. A live one goes before any other; of several
/// live ones, as several interfaces make them, the one that has the LUN at its number, then the
/// one on record, then the oldest.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn find_session(
    machine: &dyn Machine,
    at: &TargetPortal,
    sought: &Sought,
) -> Result<Option<Session>, Error> {
    let all = session::list_at(machine, at)?;
    let (mut live, others): (Vec<_>, Vec<_>) = all.into_iter().partition(Session::is_live);
    if live.is_empty() {
        return Ok(others.into_iter().next());
    }
    if live.len() > 1
        && let (Some(wwid), Some(number)) = (&sought.wwid, sought.lun_number)
    {
        for session in &live {
            let there = device::list_at(machine, session, number)?;
            if there.iter().any(|device| device.is(wwid)) {
                return Ok(Some(session.clone()));
            }
        }
    }
    let recorded = live.iter().position(|s| Some(s.sid) == sought.sid);
    Ok(Some(live.swap_remove(recorded.unwrap_or(0))))
}

/// What a scan along the way goes through: the session to use, or the login of the two ports.
/// `None` when there is none.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn find_nexus(
    machine: &dyn Machine,
    way: &Way,
    sought: &Sought,
) -> Result<Option<Box<dyn Nexus>>, Error> {
    Ok(match way {
        Way::Iscsi(at) => {
            let session = find_session(machine, at, sought)?;
            session.map(|s| -> Box<dyn Nexus> { Box::new(s) })
        }
        Way::Fc(pair) => {
            let ports = fc::list_between(machine, pair)?;
            // Without channel and number a scan would go to every target of the adapter.
            let usable = ports.into_iter().find(fc::RemotePort::is_usable);
            usable.map(|port| -> Box<dyn Nexus> { Box::new(port) })
        }
    })
}

/// Everything along the way that may carry devices, in whatever state: a target may be logged in
/// to several times, and a port may have come back under another name.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn list_nexuses(machine: &dyn Machine, way: &Way) -> Result<Vec<Box<dyn Nexus>>, Error> {
    fn boxed<N: Nexus + 'static>(found: Vec<N>) -> Vec<Box<dyn Nexus>> {
        let boxed = found.into_iter().map(|n| -> Box<dyn Nexus> { Box::new(n) });
        boxed.collect()
    }
    Ok(match way {
        Way::Iscsi(at) => boxed(session::list_at(machine, at)?),
        Way::Fc(pair) => boxed(fc::list_between(machine, pair)?),
    })
}
