//! The step that logs in to one target at one portal.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::super::Error;
use super::super::edit::Edit;
use super::super::iscsi::codes::is;
use super::super::iscsi::iscsiadm::{Named, login, logout, run, update_record};
use super::super::iscsi::record::{self, Record};
use super::super::iscsi::session::{self, Session};
use super::super::scsi::act::wait_for;
use super::super::scsi::device;
use super::lent::Lent;
use super::shared::{Shared, of_change, wanted};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::model::ids::Wwid;
use crate::model::portal::TargetPortal;
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Recorded, Role, Step,
    Undone,
};
use crate::system::Machine;

/// After iscsiadm has answered, sysfs may lag a little.
const LAG: Duration = Duration::from_secs(5);
/// The same after an answer that says no.
const BRIEF: Duration = Duration::from_millis(500);
/// How long a session that has lost its target is waited for, at most: iscsid logs in again by
/// itself every few seconds, and a second login would only make a second session.
const RECOVERY: Duration = Duration::from_secs(15);

/// A login that was begun gets so long, whatever is left of the deadline: with the values of our
/// records it has ended by then. Ending iscsiadm would not end it, for iscsid goes on, and the
/// session would come when everything else has been taken back.
const LOGIN: Duration = Duration::from_secs(10);

/// With `auto` a login brings in every LUN of the target.
const SCAN: &str = "node.session.scan";
const MANUAL_SCAN: &str = "manual";

/// The key of what a record of somebody else said about the scan.
const LENT: &str = "scan";

/// So long a record may take to be given back what it said: half a minute until others let go of
/// the database (linux-host.md §3.6), and the writing.
const GIVE_BACK: Duration = Duration::from_secs(35);

pub(super) struct SessionStep {
    shared: Arc<Shared>,
    at: TargetPortal,
    key: String,
}

impl SessionStep {
    pub(super) fn new(shared: &Arc<Shared>, at: &TargetPortal) -> Self {
        Self {
            key: shared.key("session", at),
            shared: Arc::clone(shared),
            at: at.clone(),
        }
    }

    fn facts(&self, session: &Session) -> Facts {
        let mut facts = Facts::none();
        facts.sessions.insert(self.at.to_string(), session.sid);
        facts
    }

    /// Waits for a session that can be used.
    fn wait_live(&self, span: Duration, cx: &Cx<'_>) -> Result<Option<Session>, Error> {
        wait_for(self.shared.machine(), span, cx.bounds, || {
            Ok(self
                .shared
                .session(&self.at, cx.facts)?
                .filter(Session::is_live))
        })
    }

    fn down(&self, session: &Session) -> Error {
        Error::SessionDown {
            sid: session.sid,
            at: self.at.clone(),
            state: session.state.clone(),
        }
    }

    /// Logs in with a manual scan. A record of somebody else gets back what it said as soon as
    /// the session is there: the session keeps the manual scan for its life.
    fn log_in(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Session, StepError> {
        let record = record::find_at(self.shared.machine(), &self.at)?;
        let lends = match &record {
            Some(record) => self.lends(record),
            None => None,
        };
        let Some(scan) = lends else {
            if let Some(record) = record.as_ref().filter(|r| !r.is_manual_scan()) {
                let settings = self.shared.settings();
                self.set(record, &settings, cx.bounds, mutate)
                    .map_err(of_change)?;
            }
            return self
                .log_in_with(record.as_ref(), cx, mutate)
                .map_err(of_change);
        };
        self.shared.first_hand.note_lent(&self.at, &scan);
        let lent = match record.as_ref().filter(|r| !r.is_manual_scan()) {
            Some(record) => self.set(record, &[(SCAN, MANUAL_SCAN)], cx.bounds, mutate),
            None => Ok(()),
        };
        let session = lent.and_then(|()| self.log_in_with(record.as_ref(), cx, mutate));
        match (session, self.give_back(cx.bounds, mutate)) {
            (session, Ok(())) => session.map_err(of_change),
            // The session is there, or may be; the record is not as it was.
            (session, Err(cause)) => {
                let failed = session.err().map(of_change);
                Err(StepError::halfway(self.left(&scan, cause, failed)))
            }
        }
    }

    /// What a login would change in a record of somebody else, and has to give back: what the
    /// record says about the scan, or said before a login of ours that did not come to its end.
    fn lends(&self, record: &Record) -> Option<String> {
        if self.shared.first_hand.made_record(&self.at) {
            return None;
        }
        if record.is_manual_scan() {
            return self.shared.first_hand.lent(&self.at);
        }
        Some(record.scan.clone())
    }

    /// What a record still has to be given back.
    fn is_lent(&self) -> Result<Option<String>, Error> {
        if self.shared.first_hand.lent(&self.at).is_none() {
            return Ok(None);
        }
        let record = record::find_at(self.shared.machine(), &self.at)?;
        let manual = record.filter(Record::is_manual_scan);
        Ok(manual.and_then(|record| self.lends(&record)))
    }

    /// The record of somebody else says again what it said. In a time of its own: the work's may
    /// be over, and without it the next login by anybody would find no LUN.
    fn give_back(&self, bounds: &Bounds, mutate: &Mutate) -> Result<(), Error> {
        let machine = self.shared.machine();
        let Some(scan) = self.is_lent()? else {
            return Ok(());
        };
        let Some(record) = record::find_at(machine, &self.at)? else {
            return Ok(());
        };
        let what = "the record to be as it was";
        let bounds = bounds.unstoppable().at_least(GIVE_BACK, what);
        let set = self.set(&record, &[(SCAN, &scan)], &bounds, mutate);
        match self.is_lent() {
            // Whatever was answered, the record knows better.
            Ok(None) => Ok(()),
            Ok(Some(_)) | Err(_) => set,
        }
    }

    fn left(&self, scan: &str, cause: Error, also: Option<StepError>) -> Lent {
        let record = record::find_at(self.shared.machine(), &self.at);
        Lent {
            record: match record {
                Ok(Some(record)) => record.path,
                _ => format!("the record of {}", self.at),
            },
            scan: scan.to_owned(),
            cause,
            also,
        }
    }

    fn set(
        &self,
        record: &Record,
        values: &[(&str, &str)],
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let cmd = update_record(&record.named(), values);
        run(self.shared.machine(), &cmd, bounds, mutate)?
            .fine_if(&cmd, &[])
            .map(|_| ())
    }

    fn log_in_with(
        &self,
        record: Option<&Record>,
        cx: &Cx<'_>,
        mutate: &Mutate,
    ) -> Result<Session, Error> {
        let named = record.map_or_else(|| Named::new(&self.at), Record::named);
        let cmd = login(&named);
        cx.bounds.check()?;
        let bounds = cx.bounds.at_least(LOGIN, "the login");
        let answer = match run(self.shared.machine(), &cmd, &bounds, mutate) {
            // iscsid may have died after the login.
            Err(error @ Error::IscsidDown) => {
                let session = self.shared.session(&self.at, cx.facts)?;
                return session.filter(Session::is_live).ok_or(error);
            }
            answered => answered?,
        };
        if matches!(answer.code.number, is::SUCCESS | is::EXISTS)
            && let Some(session) = self.wait_live(LAG, cx)?
        {
            return Ok(session);
        }
        // Whatever was answered, the kernel knows better.
        match self.shared.session(&self.at, cx.facts)? {
            Some(session) if session.is_live() => Ok(session),
            Some(session) if answer.code.number == is::EXISTS => Err(self.down(&session)),
            _ => Err(Error::Login {
                at: self.at.clone(),
                code: answer.code,
                chap: record.and_then(|r| r.chap_user.clone()),
            }),
        }
    }

    /// The session that undo may end: the one on record, else the only one there is.
    fn to_end(&self, facts: &Facts) -> Result<Result<Session, Undone>, Error> {
        let machine = self.shared.machine();
        let mut sessions = session::list_at(machine, &self.at)?;
        if let Some(sid) = facts.sessions.get(&self.at.to_string())
            && sessions.is_empty()
        {
            // One that cannot be read is not gone.
            session::read_all_of(machine, *sid)?;
            sessions = session::list_at(machine, &self.at)?;
        }
        if let Some(sid) = facts.sessions.get(&self.at.to_string())
            && let Some(index) = sessions.iter().position(|s| s.sid == *sid)
        {
            return Ok(Ok(sessions.swap_remove(index)));
        }
        Ok(match (sessions.pop(), sessions.is_empty()) {
            (None, _) => Err(Undone::AlreadyGone),
            (Some(session), true) => Ok(session),
            (Some(_), false) => Err(Undone::StillInUse {
                by: "others: there are several sessions, and none is the one on record".into(),
            }),
        })
    }

    /// Who else needs the session.
    fn needed_by(&self, session: &Session) -> Result<Option<String>, Error> {
        let machine = self.shared.machine();
        let others = other_luns(machine, session, None)?;
        if !others.is_empty() {
            return Ok(Some(others.join(", ")));
        }
        // The system may have been booted from it (linux-host.md §8.10).
        let boot = record::list_at(machine, &self.at)?
            .iter()
            .any(|r| r.startup == "onboot");
        Ok(boot.then(|| "the system's start (node.startup = onboot)".to_owned()))
    }
}

/// The disks on a session that are of other LUNs.
pub(super) fn others_on(
    shared: &Shared,
    session: &Session,
    facts: &Facts,
) -> Result<Vec<String>, Error> {
    let own = wanted(facts).map(|(wwid, _)| wwid);
    other_luns(shared.machine(), session, own.as_ref())
}

/// The disks on a session that are not of `own`.
pub(super) fn other_luns(
    machine: &dyn Machine,
    session: &Session,
    own: Option<&Wwid>,
) -> Result<Vec<String>, Error> {
    let mut others = Vec::new();
    for hctl in device::list_of_session(machine, session)? {
        let found = device::find(machine, hctl)?.filter(device::Device::is_lun);
        let foreign = found.filter(|d| !own.is_some_and(|own| d.is(own)));
        others.extend(foreign.map(|d| d.name()));
    }
    Ok(others)
}

fn seen(session: &Session) -> String {
    format!("sid {} {}", session.sid, session.state.to_lowercase())
}

impl Step for SessionStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        Some(format!("iscsi:{},{}", self.at.portal, self.at.iqn))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        let sid = facts.sessions.get(&self.at.to_string());
        if aim == Aim::Detach {
            let sid = sid.map_or_else(|| "$SID".to_owned(), u32::to_string);
            return Description {
                title: format!("log out of {}", self.at.portal),
                why: "no other LUN lives on the session".into(),
                verbs: vec![format!("sanctl session logout {sid}")],
                wire: vec![logout(&sid).to_string()],
            };
        }
        let title = match sid {
            Some(sid) => format!("session {sid} to {}", self.at.portal),
            None => (self.shared).titled(format!("log in to {}", self.at.portal)),
        };
        Description {
            title,
            why: format!("the LUN is reached through {}", self.at.iqn),
            verbs: vec![
                Edit::Login {
                    at: self.at.clone(),
                }
                .to_string(),
            ],
            wire: vec![login(&Named::new(&self.at)).to_string()],
        }
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, StepError> {
        let Ok(session) = self.to_end(cx.facts)? else {
            return Ok(None);
        };
        let others = others_on(&self.shared, &session, cx.facts)?;
        Ok((!others.is_empty()).then(|| others.join(", ")))
    }

    fn recall(&self, recorded: &Recorded) {
        let mut lent = recorded.before.iter().filter_map(|b| b.get(LENT)?.as_str());
        if let Some(scan) = lent.next() {
            self.shared.first_hand.note_lent(&self.at, scan);
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        let session = self.shared.session(&self.at, cx.facts)?;
        let dead = self.shared.dead(&self.at);
        let lent = match self.is_lent() {
            // Only root may read it, and only root changes it.
            Err(_) if self.shared.aim == Aim::Status => None,
            lent => lent?,
        };
        if let Some(scan) = lent
            && (self.shared.aim != Aim::Attach || dead.is_none())
        {
            let session = session.as_ref().map_or("not logged in".to_owned(), seen);
            let found = format!("{session}, and the record's scan is still manual");
            let wanted = format!("{scan} as it was");
            return Ok(Finding::differs(found, wanted).restoring(json!({ LENT: scan })));
        }
        Ok(match (session, dead) {
            (Some(session), Some(dead)) if self.shared.aim == Aim::Attach => {
                Finding::unknown(format!("{} but {dead}", seen(&session)))
            }
            (Some(session), _) if session.is_live() => {
                Finding::present(seen(&session), self.facts(&session))
            }
            (Some(session), _) if self.shared.aim == Aim::Detach => {
                Finding::present(seen(&session), Facts::none())
            }
            (Some(session), Some(dead)) => {
                Finding::differs(format!("{}, {dead}", seen(&session)), "logged_in")
            }
            (Some(session), None) => Finding::differs(seen(&session), "logged_in"),
            (None, Some(dead)) if self.shared.aim == Aim::Attach => {
                Finding::unknown(dead.to_string())
            }
            (None, Some(dead)) => Finding::absent(format!("not logged in, {dead}")),
            (None, None) if self.shared.aim == Aim::Attach => {
                let record = record::find_at(self.shared.machine(), &self.at)?;
                let finding = Finding::absent("not logged in");
                // Written down before the login, because its end may never be.
                match record.and_then(|record| self.lends(&record)) {
                    Some(scan) => finding.restoring(json!({ LENT: scan })),
                    None => finding,
                }
            }
            (None, None) => Finding::absent("not logged in"),
        })
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.shared.require_root()?;
        // Login is check-then-act in iscsiadm, and a second session would show every LUN twice:
        // look again under the lock.
        if let Some(session) = self.shared.session(&self.at, cx.facts)? {
            if let Some(scan) = self.is_lent()? {
                // The login of a run that did not come to its end.
                self.give_back(cx.bounds, mutate)
                    .map_err(|cause| StepError::halfway(self.left(&scan, cause, None)))?;
                if session.is_live() {
                    return Ok(Change::Created(self.facts(&session)));
                }
            }
            if session.is_live() {
                return Ok(Change::Adopted(self.facts(&session)));
            }
            return match self.wait_live(RECOVERY, cx)? {
                Some(session) => Ok(Change::Adopted(self.facts(&session))),
                None => Err(self.down(&session).into()),
            };
        }
        if let Some(dead) = self.shared.dead(&self.at) {
            return Err(Error::Dead(dead.clone()).into());
        }
        let session = self.log_in(cx, mutate)?;
        Ok(Change::Created(self.facts(&session)))
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.shared.require_root()?;
        let lent = self.is_lent()?;
        let back = self.give_back(cx.bounds, mutate);
        let ended = self.log_out(cx, mutate);
        match (lent, back) {
            (Some(scan), Err(cause)) => Err(self.left(&scan, cause, ended.err()).into()),
            (_, back) => {
                back?;
                ended
            }
        }
    }
}

impl SessionStep {
    fn log_out(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Undone, StepError> {
        let session = match self.to_end(cx.facts)? {
            Ok(session) => session,
            Err(undone) => return Ok(undone),
        };
        if let Some(by) = self.needed_by(&session)? {
            return Ok(Undone::StillInUse { by });
        }
        let machine = self.shared.machine();
        let cmd = logout(&session.sid.to_string());
        let answer = run(machine, &cmd, cx.bounds, mutate).map_err(of_change)?;
        let code = answer.code.number;
        let answered = answer.fine_if(&cmd, &[is::NOTHING, is::NO_SESSION, is::NO_SYSFS]);
        // Whatever was answered, the kernel knows better.
        let span = if answered.is_ok() { LAG } else { BRIEF };
        let gone = wait_for(machine, span, cx.bounds, || {
            let left = session::list_at(machine, &self.at)?;
            Ok((!left.iter().any(|s| s.sid == session.sid)).then_some(()))
        })?;
        match (gone, answered) {
            (None, Err(error)) => Err(of_change(error)),
            (None, Ok(_)) => Err(self.down(&session).into()),
            (Some(()), _) if code == is::SUCCESS => Ok(Undone::Removed),
            (Some(()), _) => Ok(Undone::AlreadyGone),
        }
    }
}
