//! What attach and detach have in common: a stage entered under its locks, with the attachment's
//! own lock and journal.

use std::sync::{Mutex, PoisonError};

use super::attach::Env;
use super::error::Error;
use super::journal::{Journal, Opened};
use super::ledger::Ledger;
use super::walk::{OnFailure, Walk, lock};
use crate::kit::bounds::Bounds;
use crate::kit::kind::{Failure, Kind};
use crate::kit::lock::{Held, Locks};
use crate::model::connector::Connector;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{Aim, Cx, Node, Stage, State, Step};

/// How often the survey is taken again when a shared object vanished under the walk.
pub(super) const SURVEYS: u32 = 3;

/// Who and what a flow is about.
pub(super) struct Subject<'a> {
    pub lun: &'a str,
    pub node: &'a str,
    pub connector: Option<&'a Connector>,
    pub protocol: Protocol,
}

/// One attempt at one LUN.
pub(super) struct Flow<'a> {
    pub subject: Subject<'a>,
    pub env: &'a Env<'a>,
    pub journal: Option<Mutex<Journal>>,
    lock: Option<Held>,
}

/// A stage that was entered and surveyed; its locks are held as long as this lives.
pub(super) struct Entered {
    pub nodes: Vec<Node>,
    pub ledger: Ledger,
    pub _held: Vec<Held>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(subject: Subject<'a>, env: &'a Env<'a>) -> Self {
        Self {
            subject,
            env,
            journal: None,
            lock: None,
        }
    }

    /// Asks every stage whether it could do its work here, before the first one is entered.
    pub(super) fn preflight(
        &self,
        stages: &[Box<dyn Stage>],
        facts: &Facts,
        aim: Aim,
    ) -> Result<(), Error> {
        stages.iter().try_for_each(|stage| {
            stage.preflight(facts, aim).map_err(|cause| Error::Stage {
                stage: stage.name(),
                cause,
            })
        })
    }

    /// Enters a stage: its locks, its survey, its steps. `facts` gain what the survey found.
    pub(super) fn enter(
        &mut self,
        stage: &dyn Stage,
        facts: &mut Facts,
        aim: Aim,
    ) -> Result<Entered, Error> {
        let bounds = self.env.bounds;
        let failed = |cause| Error::Stage {
            stage: stage.name(),
            cause,
        };
        // The order is: attachment, then what the stage names. A name known beforehand is kept.
        if self.lock.is_none()
            && let Some(id) = attachment_id(facts)
        {
            let name = lock_name(self.subject.node, &id);
            self.lock = Some(self.env.locks.take(&name, bounds)?);
            // It may have been waited for: what the journal said before no longer counts.
            if aim == Aim::Detach
                && let Some(found) = self.env.journals.find(self.subject.node, &id)?
            {
                facts.merge(found.facts());
            }
        }
        let mut names = stage.enter(bounds).map_err(failed)?;
        names.extend(stage.locks(facts));
        let mut held = take_all(self.env.locks, &names, bounds)?;
        let mut surveyed = stage.survey(&Cx { facts, bounds }, aim).map_err(failed)?;
        if self.lock_late(facts, &surveyed, &mut held, &names)? {
            // The lock was waited for without the stage's own locks: look again.
            surveyed = stage.survey(&Cx { facts, bounds }, aim).map_err(failed)?;
        }
        // A detach may know its targets only now: whoever attaches another LUN there must not be
        // logged out in the middle of it.
        if aim == Aim::Detach {
            let mut known = facts.clone();
            known.merge(surveyed.clone());
            let found = stage.locks(&known);
            if found.iter().any(|name| !names.contains(name)) {
                names.extend(found);
                held.clear();
                held = take_all(self.env.locks, &names, bounds)?;
                surveyed = stage.survey(&Cx { facts, bounds }, aim).map_err(failed)?;
            }
        }
        same_array(facts, &surveyed, self.subject.lun)?;
        facts.merge(surveyed);
        self.open_journal(facts)?;
        let nodes = stage.steps(facts, aim).map_err(failed)?;
        let ledger = self.ledger()?;
        Ok(Entered {
            nodes,
            ledger,
            _held: held,
        })
    }

    /// What the other journals claim, now that the locks are held.
    pub(super) fn ledger(&self) -> Result<Ledger, Error> {
        let ledger = Ledger::of(&self.env.journals.list_all()?);
        Ok(match &self.journal {
            Some(journal) => ledger.without(lock(journal).name()),
            None => ledger,
        })
    }

    /// The attachment's lock when its name is known only after the survey. True if it had to be
    /// waited for, which happens without the stage's locks, so that two processes never wait for
    /// each other.
    fn lock_late(
        &mut self,
        before: &Facts,
        surveyed: &Facts,
        held: &mut Vec<Held>,
        names: &[String],
    ) -> Result<bool, Error> {
        if self.lock.is_some() {
            return Ok(false);
        }
        let mut known = before.clone();
        known.merge(surveyed.clone());
        let Some(id) = attachment_id(&known) else {
            return Ok(false);
        };
        let name = lock_name(self.subject.node, &id);
        if let Some(lock) = self.env.locks.try_take(&name)? {
            self.lock = Some(lock);
            return Ok(false);
        }
        held.clear();
        self.lock = Some(self.env.locks.take(&name, self.env.bounds)?);
        *held = take_all(self.env.locks, names, self.env.bounds)?;
        Ok(true)
    }

    fn open_journal(&mut self, facts: &Facts) -> Result<(), Error> {
        if self.journal.is_some() {
            return Ok(());
        }
        let subject = &self.subject;
        let id = attachment_id(facts).ok_or_else(|| Error::NotFound {
            name: subject.lun.to_owned(),
        })?;
        let opened = Opened {
            program: format!("sanctl {}", env!("CARGO_PKG_VERSION")),
            boot_id: self.env.boot_id.clone(),
            array: facts.array.clone(),
            id,
            lun: facts.lun.clone(),
            node: subject.node.to_owned(),
            connector: subject.connector.cloned(),
            protocol: subject.protocol,
            other: facts.other.clone(),
        };
        let journal = self.env.journals.open(self.env.run, opened)?;
        same_array(&journal.facts(), facts, subject.lun)?;
        self.journal = Some(Mutex::new(journal));
        Ok(())
    }

    /// A walk over an entered stage.
    pub(super) fn walk<'w>(
        &'w self,
        ledger: &'w Ledger,
        on_failure: OnFailure,
    ) -> Result<Walk<'w>, Error> {
        let journal = self.journal.as_ref();
        Ok(Walk {
            journal: journal.ok_or_else(|| Error::Journal("not open".into()))?,
            journals: self.env.journals,
            ledger,
            bounds: self.env.bounds,
            mutate: self.env.mutate,
            watch: self.env.watch,
            run: self.env.run,
            on_failure,
        })
    }

    /// The journal itself, when the flow is over. The attachment's lock stays held.
    pub(super) fn take_journal(&mut self) -> Option<Journal> {
        let journal = self.journal.take()?;
        Some(journal.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// What to type after this error, the time given included if it was all used up.
    pub(super) fn hints_of(&self, error: &Error) -> Vec<String> {
        let mut hints = error.hints();
        let late = "give more time with --timeout, for example 10m";
        if self.env.bounds.deadline.expired() && !hints.iter().any(|h| h == late) {
            hints.push(late.into());
        }
        hints
    }

    /// How a failed flow should end the process: a signal's code first, then 4 when something is
    /// left or in doubt, else the cause's own.
    pub(super) fn kind_of(&self, error: &Error, unsettled: bool) -> Kind {
        let signal = error.signal().or_else(|| self.env.bounds.stop.requested());
        match signal {
            Some(kind) => kind,
            None if unsettled => Kind::Partial,
            None => error.kind(),
        }
    }
}

/// The name of an attachment: the wwid, or the place of a LUN whose identity nobody told. It does
/// not change while an attachment is being made.
pub fn attachment_id(facts: &Facts) -> Option<String> {
    if let Some(lun) = &facts.lun {
        return Some(lun.wwid.to_string());
    }
    if let Some(other) = &facts.other {
        return Some(other.id());
    }
    let Some(connection) = &facts.connection else {
        return facts.device.as_ref().map(|d| d.wwid.to_string());
    };
    if let Some(wwid) = &connection.wwid {
        return Some(wwid.to_string());
    }
    // The order in which an array names its portals may change from one answer to the next.
    let place = |target: &crate::model::connection::Target| {
        let number = target
            .lun_number
            .map_or_else(String::new, |n| n.to_string());
        (target.at.iqn.to_string(), number)
    };
    let port = |port: &crate::model::connection::FcTarget| {
        let number = port.lun_number.map_or_else(String::new, |n| n.to_string());
        (port.wwpn.to_string(), number)
    };
    let places = connection.targets.iter().map(place);
    let places = places.chain(connection.ports.iter().map(port));
    let (target, number) = places.min()?;
    Some(format!("lun{number}.{target}"))
}

fn lock_name(node: &str, id: &str) -> String {
    format!("attachment:{node}.{id}")
}

/// Takes locks in the order of their names.
pub(super) fn take_all(
    locks: &Locks,
    names: &[String],
    bounds: &Bounds,
) -> Result<Vec<Held>, Error> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
        .iter()
        .map(|name| locks.take(name, bounds).map_err(Error::from))
        .collect()
}

/// A journal binds an attachment to the serial of its array.
fn same_array(journal: &Facts, seen: &Facts, lun: &str) -> Result<(), Error> {
    match (&journal.array, &seen.array) {
        (Some(old), Some(new)) if old.serial != new.serial => Err(Error::OtherArray {
            lun: lun.to_owned(),
            journal: old.serial.clone(),
            array: new.serial.clone(),
        }),
        _ => Ok(()),
    }
}

/// Whether a step report shows a step that is as wanted.
pub(super) fn is_good(state: State) -> bool {
    matches!(state, State::Present | State::Degraded)
}

/// The steps of nodes, flat.
pub fn flat(nodes: &[Node]) -> Vec<&dyn Step> {
    nodes
        .iter()
        .flat_map(|node| node.lanes.iter().flatten())
        .map(|step| &**step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::connection::{Connection, Target};
    use crate::model::ids::LunNumber;
    use crate::model::portal::TargetPortal;

    #[test]
    fn an_unproven_attachment_has_one_name_in_whatever_order_its_portals_come() {
        let target = |portal: &str, iqn: &str| Target {
            at: TargetPortal {
                portal: portal.parse().unwrap(),
                iqn: iqn.parse().unwrap(),
                tpgt: None,
            },
            lun_number: Some(LunNumber(7)),
        };
        let id = |targets| {
            let facts = Facts {
                connection: Some(Connection {
                    protocol: Protocol::Iscsi,
                    ports: Vec::new(),
                    targets,
                    wwid: None,
                    chap: None,
                    read_only: false,
                }),
                ..Facts::none()
            };
            attachment_id(&facts)
        };
        let a = || target("10.0.0.1:3260", "iqn.2006-08.com.huawei:oceanstor:a");
        let b = || target("10.0.0.2:3260", "iqn.2006-08.com.huawei:oceanstor:b");
        let name = id(vec![a(), b()]).unwrap();
        assert_eq!(name, "lun7.iqn.2006-08.com.huawei:oceanstor:a");
        assert_eq!(id(vec![b(), a()]).unwrap(), name);
        assert_eq!(id(vec![]), None);
        assert_eq!(attachment_id(&Facts::none()), None);
    }
}
