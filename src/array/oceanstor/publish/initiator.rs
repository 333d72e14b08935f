//! The step of the node's initiator: known to the array and bound to the host.

use std::sync::Arc;

use serde_json::json;

use super::super::envelope::{Outcome, Request};
use super::ask::Ask;
use super::chap::Before;
use super::parts::{self, Noun};
use super::sight::{Initiator, Known};
use super::{Shared, lift};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::model::nouns::HostRef;
use serde_json::Value;

use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// The initiator, bound to the host.
#[derive(Debug)]
pub(super) struct Bound {
    shared: Arc<Shared>,
}

impl Bound {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    fn look(&self, ask: &Ask<'_>) -> Result<Known<Initiator>, Error> {
        let known = ask.initiator(&self.shared.iqn)?;
        self.shared.sight().initiator = known.clone();
        Ok(known)
    }

    fn finding(&self, known: &Known<Initiator>) -> Finding {
        let iqn = &self.shared.iqn;
        if iqn.is_empty() {
            return Finding::unknown("nothing tells the initiator name of this node");
        }
        let sight = self.shared.sight();
        let Known::Found(initiator) = known else {
            return match known {
                Known::Absent => Finding::absent(format!("{iqn} is not known to the array")),
                _ => Finding::unknown("not looked at"),
            };
        };
        let login = initiator.login();
        match &initiator.host {
            // Between freeing and deleting it: only half of the way out.
            None if sight.deleting => Finding::differs(format!("{iqn} is free"), "none"),
            None => Finding::absent(format!("{iqn} is bound to no host, {login}"))
                .restoring(self.free(initiator)),
            Some(host)
                if Some(host.id.as_str()) == sight.id(Noun::Host)
                    && !sight.detaching
                    && self.shared.lacks_chap(initiator) =>
            {
                Finding::differs(format!("{iqn} without CHAP, {login}"), "with CHAP")
                    .restoring(Before::Bound.without_chap())
            }
            Some(host) if Some(host.id.as_str()) == sight.id(Noun::Host) => {
                Finding::present(format!("{iqn}, {login}"), Facts::object("initiator", iqn))
            }
            Some(host) => Finding::differs(
                format!(
                    "{iqn} bound to host {} {}",
                    host.id,
                    host.name.as_deref().unwrap_or("")
                ),
                format!("host {}", self.shared.name(&sight, Noun::Host)),
            ),
        }
    }

    fn bind(&self, request: &Request, cx: &Cx<'_>, mutate: &Mutate) -> Result<(), Error> {
        let reply = self.shared.client.change(request, cx.bounds, mutate)?;
        match reply.outcome {
            Outcome::Success | Outcome::Already | Outcome::Exists => Ok(()),
            Outcome::Missing => Err(self.shared.gone(&self.shared.sight(), Noun::Host)),
            Outcome::NotMember => Err(self.shared.refused(&reply)),
        }
    }

    /// The initiator was made a moment ago and could not be bound. It is ours, and undo deletes
    /// it. When the host vanished everything is surveyed again, so it is deleted here.
    fn unbound(&self, cause: Error, cx: &Cx<'_>, mutate: &Mutate) -> step::Error {
        if !matches!(cause, Error::Vanished { .. }) {
            return step::Error::halfway(cause);
        }
        let request = parts::initiator::delete(&self.shared.iqn);
        let bounds = cx.bounds.unstoppable();
        if self
            .shared
            .client
            .change(&request, &bounds, mutate)
            .is_err()
        {
            return step::Error::halfway(cause);
        }
        let mut sight = self.shared.sight();
        sight.initiator = Known::Absent;
        sight.initiator_sent = false;
        drop(sight);
        lift(cause)
    }

    fn elsewhere(&self, host: &HostRef) -> Error {
        self.shared.bound_elsewhere(&host.id, host.name.as_deref())
    }
}

impl Bound {
    /// What undo must restore of a free initiator.
    fn free(&self, initiator: &Initiator) -> Value {
        if self.shared.lacks_chap(initiator) {
            Before::Free.without_chap()
        } else {
            free()
        }
    }

    /// Asks an initiator that is bound already for CHAP.
    fn turn_on(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, Error> {
        let iqn = &self.shared.iqn;
        let request = self.shared.with_account(parts::initiator::change(iqn))?;
        let reply = self.shared.client.change(&request, cx.bounds, mutate)?;
        if reply.outcome != Outcome::Success {
            return Err(self.shared.refused(&reply));
        }
        if let Known::Found(found) = &mut self.shared.sight().initiator {
            found.chap = true;
        }
        Ok(Change::Altered {
            before: Before::Bound.without_chap(),
            facts: Facts::object("initiator", iqn),
        })
    }
}

/// What the initiator is before somebody binds it, and again when undo has restored it.
fn free() -> Value {
    json!("free")
}

impl Step for Bound {
    fn key(&self) -> &str {
        "array.initiator"
    }

    fn object(&self) -> Option<String> {
        Some(
            self.shared
                .identity(&format!("initiator/{}", self.shared.iqn)),
        )
    }

    fn role(&self) -> Role {
        Role::Container
    }

    /// Bound by the convention's software to a host that it made, it becomes free again; the
    /// driver never deletes one (oceanstor.md §10).
    fn generated(&self) -> Option<Made> {
        let sight = self.shared.sight();
        let generated = sight.bound_here() && self.shared.is_generated(&sight, Noun::Host);
        generated.then(|| Made {
            before: Some(free()),
        })
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_initiator(facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        self.shared.kept(&self.shared.ask(cx.bounds)).map_err(lift)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let known = self.shared.sight().initiator.clone();
        if look == Look::Survey && known != Known::Unknown {
            return Ok(self.finding(&known));
        }
        let known = self.look(&self.shared.ask(cx.bounds)).map_err(lift)?;
        Ok(self.finding(&known))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let iqn = &self.shared.iqn;
        let (host, mut known, mut created) = {
            let sight = self.shared.sight();
            let host = sight.found(Noun::Host).cloned();
            let host = host.ok_or_else(|| lift(self.shared.gone(&sight, Noun::Host)))?;
            (host, sight.initiator.clone(), sight.initiator_sent)
        };
        if matches!(known, Known::Absent | Known::Unknown) {
            let request = self.shared.with_account(parts::initiator::create(iqn));
            let request = request.map_err(lift)?;
            let sent = self.shared.client.change(&request, cx.bounds, mutate);
            // After a lost answer the initiator may be ours; an answered "exists" says it is not.
            if matches!(sent, Err(Error::Lost { .. })) {
                self.shared.sight().initiator_sent = true;
            }
            match sent.map_err(lift)?.outcome {
                Outcome::Exists | Outcome::Already => known = self.look(&ask).map_err(lift)?,
                _ => {
                    created = true;
                    let mut sight = self.shared.sight();
                    sight.initiator_sent = true;
                    sight.initiator = Known::Found(Initiator {
                        host: None,
                        online: false,
                        chap: self.shared.settings.chap.is_some(),
                        chap_user: None,
                    });
                }
            }
        }
        match known.found().and_then(|i| i.host.as_ref()) {
            Some(bound) if bound.id == host.id => {
                if known.found().is_some_and(|i| self.shared.lacks_chap(i)) {
                    return self.turn_on(cx, mutate).map_err(lift);
                }
                return Ok(Change::Adopted(Facts::object("initiator", iqn)));
            }
            Some(bound) => return Err(lift(self.elsewhere(bound))),
            None => {}
        }
        // One that was created a moment ago has its account.
        let found = known.found().cloned();
        let lacks = !created && found.as_ref().is_some_and(|i| self.shared.lacks_chap(i));
        let chap = found.as_ref().is_some_and(|i| i.chap)
            || (created && self.shared.settings.chap.is_some());
        let before = found.as_ref().map_or_else(free, |i| self.free(i));
        let mut request = parts::initiator::bind(iqn, &host.id, chap);
        if lacks {
            request = self.shared.with_account(request).map_err(lift)?;
        }
        if let Err(error) = self.bind(&request, cx, mutate) {
            // While the answer is lost, the next look decides.
            if created && !error.is_lost() {
                return Err(self.unbound(error, cx, mutate));
            }
            return Err(lift(error));
        }
        let mut sight = self.shared.sight();
        sight.bound_now = true;
        sight.initiator_count = None;
        sight.initiator = Known::Found(Initiator {
            online: found.as_ref().is_some_and(|i| i.online),
            chap: chap || lacks,
            chap_user: found.and_then(|i| i.chap_user),
            host: Some(HostRef {
                id: host.id,
                name: Some(host.name),
            }),
        });
        let facts = Facts::object("initiator", iqn);
        Ok(if created {
            Change::Created(facts)
        } else {
            Change::Altered { before, facts }
        })
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.shared
            .undo_initiator(&self.shared.ask(cx.bounds), made, mutate)
            .map_err(lift)
    }
}
