//! Login, logout and both, one session at a time.

use std::time::Duration;

use super::scan::devices_through;
use super::words::{Tag, place};
use super::{Class, Edit, Editor, Error, Intent, Made, Object, of_change, session_object};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::portal::TargetPortal;
use crate::node;
use crate::node::iscsi::codes::is;
use crate::node::iscsi::iscsiadm::{Named, login, logout, run};
use crate::node::iscsi::record;
use crate::node::iscsi::session::{self, Session};
use crate::node::scsi::act::wait_for;
use crate::node::scsi::device::Device;
use crate::step::Change;
use crate::system::Machine;

/// How long a portal gets to accept a connection.
const PROBE: Duration = Duration::from_secs(2);
/// After iscsiadm has answered, sysfs may lag a little.
const LAG: Duration = Duration::from_secs(5);

/// What a session is called: its number and where it leads.
fn called(session: &Session) -> Object {
    Object {
        what: "session",
        id: session.sid.to_string(),
        name: session.at().map(|at| at.to_string()).unwrap_or_default(),
    }
}

fn seen(session: &Session) -> String {
    format!(
        "session {} is {}",
        session.sid,
        session.state.to_lowercase()
    )
}

/// The session of a number.
pub(super) fn find(machine: &dyn Machine, sid: u32) -> Result<Option<Session>, node::Error> {
    let all = session::list(machine)?;
    Ok(all.into_iter().find(|s| s.sid == sid))
}

impl Editor {
    pub(super) fn login(&self, at: &TargetPortal) -> Result<Intent, Error> {
        let machine = self.machine();
        let title = format!("log in to {at}");
        let found = session::find_at(machine, at)?;
        if let Some(session) = found.as_ref().filter(|s| s.is_live()) {
            let evidence = format!("{} already", seen(session));
            return Ok(Intent::already(title, called(session), evidence));
        }
        let record = record::find_at(machine, at)?;
        if found.is_none() {
            if record.is_none() {
                return Err(Error::NotFound {
                    what: format!("record of {at}"),
                    hints: vec![Edit::AddRecord { at: at.clone() }.to_string()],
                });
            }
            // A portal that is known to be dead costs a login of up to two minutes.
            machine.probe(at.portal, PROBE).map_err(|why| {
                node::Error::Dead(node::DeadPortal {
                    portal: at.portal,
                    why: why.to_string(),
                })
            })?;
        }
        let named = record.map_or_else(|| Named::new(at), |record| record.named());
        let wire = login(&named).to_string();
        let object = Object {
            what: "session",
            id: String::new(),
            name: at.to_string(),
        };
        let (alone, machine, at_) = (self.alone.clone(), self.machine.clone(), at.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let change = alone.login(&at_, bounds, mutate)?;
            let now = session::find_at(&*machine, &at_)?;
            let now = now.ok_or_else(|| node::Error::SessionGone { at: at_.clone() })?;
            let changed = matches!(change, Change::Created(_));
            let inverse = Edit::Logout { sid: now.sid }.to_string();
            Ok(Made {
                changed,
                object: called(&now),
                evidence: seen(&now),
                trouble: None,
                inverse: if changed { vec![inverse] } else { Vec::new() },
            })
        };
        let mut intent = Intent::at(title, object, std::slice::from_ref(at), Box::new(work));
        intent.wire = vec![wire];
        // The number is known only afterwards.
        intent.inverse = vec!["sanctl session logout $SID".into()];
        Ok(intent)
    }

    pub(super) fn logout(&self, sid: u32) -> Result<Intent, Error> {
        let title = format!("log out of session {sid}");
        let Some(session) = find(self.machine(), sid)? else {
            return Ok(no_session(title, sid));
        };
        self.require_unused(&session, &Edit::Logout { sid })?;
        let object = called(&session);
        let at = session.at();
        let inverse: Vec<String> = at
            .iter()
            .map(|at| Edit::Login { at: at.clone() }.to_string())
            .collect();
        let title = match &at {
            Some(at) => format!("{title} to {at}"),
            None => title,
        };
        let (machine, then) = (self.machine.clone(), inverse.clone());
        let named = object.clone();
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            let changed = end(&*machine, sid, bounds, mutate)?;
            Ok(Made {
                changed,
                object: named,
                evidence: format!("session {sid} is gone"),
                trouble: None,
                inverse: if changed { then } else { Vec::new() },
            })
        };
        let mut intent = Intent::at(title, object, at.as_slice(), Box::new(work));
        intent.class = Class::Unused(at.iter().map(session_object).collect());
        intent.shown = vec![format!("{}, no device is on it", seen(&session))];
        intent.wire = vec![logout(&sid.to_string()).to_string()];
        intent.inverse = inverse;
        Ok(intent)
    }

    pub(super) fn relogin(&self, sid: u32) -> Result<Intent, Error> {
        let machine = self.machine();
        let Some(session) = find(machine, sid)? else {
            return Err(Error::NotFound {
                what: format!("session {sid}"),
                hints: vec!["sanctl session list".into()],
            });
        };
        let title = format!("log out of session {sid} and in again");
        self.require_unused(&session, &Edit::Relogin { sid })?;
        let Some(at) = session.at() else {
            return Err(node::Error::Unplaced { sid }.into());
        };
        let Some(record) = record::find_at(machine, &at)? else {
            return Err(Error::NotFound {
                what: format!("record of {at}, so it could not be logged in again"),
                hints: vec![Edit::AddRecord { at: at.clone() }.to_string()],
            });
        };
        let wire = vec![
            logout(&sid.to_string()).to_string(),
            login(&record.named()).to_string(),
        ];
        let (alone, shared, place) = (self.alone.clone(), self.machine.clone(), at.clone());
        let work = move |bounds: &Bounds, mutate: &Mutate| {
            end(&*shared, sid, bounds, mutate)?;
            let begun = alone.login(&place, bounds, mutate);
            begun.map_err(|error| Error::Halfway {
                done: format!("session {sid} is gone"),
                cause: error.to_string(),
                hints: vec![Edit::Login { at: place.clone() }.to_string()],
            })?;
            let now = session::find_at(&*shared, &place)?;
            Ok(Made {
                changed: true,
                object: now.as_ref().map_or_else(
                    || Object {
                        what: "session",
                        id: String::new(),
                        name: place.to_string(),
                    },
                    called,
                ),
                evidence: now.as_ref().map(seen).unwrap_or_default(),
                trouble: None,
                inverse: Vec::new(),
            })
        };
        let at = [at];
        let mut intent = Intent::at(title, called(&session), &at, Box::new(work));
        intent.class = Class::Asks;
        intent.shown = vec![format!("{}, no device is on it", seen(&session))];
        intent.wire = wire;
        Ok(intent)
    }

    /// A logout takes the devices with it, under whoever uses them.
    fn require_unused(&self, session: &Session, then: &Edit) -> Result<(), Error> {
        let machine = self.machine();
        let devices = devices_through(machine, session)?;
        if !devices.is_empty() {
            let names: Vec<String> = devices.iter().map(Device::name).collect();
            let (is, first) = match names.as_slice() {
                [_] => ("is", "it"),
                _ => ("are", "them"),
            };
            return Err(Error::Refused {
                why: format!(
                    "{} {is} on session {}, which would take {first} away",
                    names.join(", "),
                    session.sid
                ),
                hints: vec![
                    format!("sanctl device remove {}", names.join(" ")),
                    then.to_string(),
                ],
            });
        }
        // The system may have been booted from it (linux-host.md §8.10).
        if let Some(at) = session.at()
            && record::list_at(machine, &at)?
                .iter()
                .any(|r| r.startup == "onboot")
        {
            return Err(Error::Refused {
                why: format!(
                    "the record of {at} says node.startup = onboot: the system may run from it"
                ),
                hints: vec![format!("sanctl session show {}", session.sid)],
            });
        }
        Ok(())
    }
}

fn no_session(title: String, sid: u32) -> Intent {
    let object = Object {
        what: "session",
        id: sid.to_string(),
        name: String::new(),
    };
    Intent::already(title, object, format!("there is no session {sid}"))
}

/// Ends one session by its number, never by its target. False if it was gone already.
fn end(machine: &dyn Machine, sid: u32, bounds: &Bounds, mutate: &Mutate) -> Result<bool, Error> {
    let cmd = logout(&sid.to_string());
    let fine = [is::NOTHING, is::NO_SESSION, is::NO_SYSFS];
    let answered = run(machine, &cmd, bounds, mutate).and_then(|a| a.fine_if(&cmd, &fine));
    let answer = match answered.map_err(of_change) {
        Ok(answer) => answer,
        // A lost answer; it was there a moment ago.
        Err(lost) if lost.is_lost() && find(machine, sid)?.is_none() => return Ok(true),
        Err(error) => return Err(error),
    };
    let gone = wait_for(machine, LAG, bounds, || {
        Ok(find(machine, sid)?.is_none().then_some(()))
    });
    match gone.map_err(of_change)? {
        Some(()) => Ok(answer.code.number == is::SUCCESS),
        None => Err(Error::Step(crate::step::Error::in_doubt(
            node::Error::Lingers { sid },
        ))),
    }
}

/// What to type to have a session there.
pub(super) fn login_hint(at: &TargetPortal) -> String {
    format!("sanctl session login {}", place(at, Tag::Any))
}
