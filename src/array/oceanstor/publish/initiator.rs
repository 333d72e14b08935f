//! The step of an initiator of the node: known to the array and bound to the host.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::envelope::{Outcome, Request};
use super::ask::Ask;
use super::chap::Before;
use super::parts::{self, Noun};
use super::sight::{Initiator, Known, Own};
use super::{Shared, lift};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::model::nouns::{HostRef, Protocol};
use crate::step::{
    self, Aim, Change, Cx, Description, Finding, Look, Made, Role, State, Step, Undone,
};

/// The initiator, bound to the host.
#[derive(Debug)]
pub(super) struct Bound {
    shared: Arc<Shared>,
    /// Its IQN or WWPN; empty where nothing tells it.
    id: String,
    key: String,
}

impl Bound {
    pub(super) fn new(shared: &Arc<Shared>, id: &str) -> Self {
        // A node has one name over iSCSI, and several ports over Fibre Channel.
        let key = match shared.protocol() {
            Protocol::Fc if !id.is_empty() => format!("array.initiator@{id}"),
            _ => "array.initiator".to_owned(),
        };
        Self {
            shared: Arc::clone(shared),
            id: id.to_owned(),
            key,
        }
    }

    fn look(&self, ask: &Ask<'_>) -> Result<Known<Initiator>, Error> {
        let known = ask.initiator(self.shared.protocol(), &self.id)?;
        self.shared.sight().own_mut(&self.id).known = known.clone();
        Ok(known)
    }

    fn facts(&self) -> Facts {
        match self.shared.protocol() {
            Protocol::Iscsi => Facts::object("initiator", &self.id),
            Protocol::Fc => Facts::object(&format!("initiator@{}", self.id), &self.id),
        }
    }

    /// Why a bound port brings the node nothing yet. Over iSCSI it logs in later.
    fn unseen(&self, known: &Known<Initiator>) -> Option<String> {
        let found = known.found()?;
        let unseen = self.shared.protocol() == Protocol::Fc && !found.online;
        unseen.then(|| {
            format!(
                "{}, not online at the array: check its cable and its zone",
                self.id
            )
        })
    }

    fn finding(&self, known: &Known<Initiator>) -> Finding {
        let id = &self.id;
        if id.is_empty() {
            let what = match self.shared.protocol() {
                Protocol::Iscsi => "the initiator name",
                Protocol::Fc => "the ports",
            };
            return Finding::unknown(format!("nothing tells {what} of this node"));
        }
        let sight = self.shared.sight();
        let Known::Found(initiator) = known else {
            return match known {
                Known::Absent => Finding::absent(format!("{id} is not known to the array")),
                _ => Finding::unknown("not looked at"),
            };
        };
        let login = initiator.login(self.shared.protocol());
        match &initiator.host {
            // Between freeing and deleting it: only half of the way out.
            None if sight.own(id).deleting => Finding::differs(format!("{id} is free"), "none"),
            None => Finding::absent(format!("{id} is bound to no host, {login}"))
                .restoring(self.free(initiator)),
            Some(host)
                if Some(host.id.as_str()) == sight.id(Noun::Host)
                    && !sight.detaching
                    && self.shared.lacks_chap(initiator) =>
            {
                Finding::differs(format!("{id} without CHAP, {login}"), "with CHAP")
                    .restoring(Before::Bound.without_chap())
            }
            Some(host) if Some(host.id.as_str()) == sight.id(Noun::Host) => {
                let finding = Finding::present(format!("{id}, {login}"), self.facts());
                match self.unseen(known) {
                    Some(evidence) => Finding {
                        state: State::Degraded,
                        evidence,
                        ..finding
                    },
                    None => finding,
                }
            }
            Some(host) => Finding::differs(
                format!(
                    "{id} bound to host {} {}",
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
        let request = parts::initiator::delete(self.shared.protocol(), &self.id);
        let bounds = cx.bounds.unstoppable();
        if self
            .shared
            .client
            .change(&request, &bounds, mutate)
            .is_err()
        {
            return step::Error::halfway(cause);
        }
        *self.shared.sight().own_mut(&self.id) = Own {
            known: Known::Absent,
            ..Own::default()
        };
        lift(cause)
    }

    fn elsewhere(&self, host: &HostRef) -> Error {
        self.shared
            .bound_elsewhere(&self.id, &host.id, host.name.as_deref())
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
        let id = &self.id;
        let request = self.shared.with_account(parts::initiator::change(id))?;
        let reply = self.shared.client.change(&request, cx.bounds, mutate)?;
        if reply.outcome != Outcome::Success {
            return Err(self.shared.refused(&reply));
        }
        if let Known::Found(found) = &mut self.shared.sight().own_mut(id).known {
            found.chap = true;
        }
        Ok(Change::Altered {
            before: Before::Bound.without_chap(),
            facts: self.facts(),
        })
    }
}

/// What the initiator is before somebody binds it, and again when undo has restored it.
fn free() -> Value {
    json!("free")
}

impl Step for Bound {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        Some(self.shared.identity(&format!("initiator/{}", self.id)))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    /// Bound by the convention's software to a host that it made, it becomes free again; the
    /// driver never deletes one (oceanstor.md §10).
    fn generated(&self) -> Option<Made> {
        let sight = self.shared.sight();
        let generated = sight.bound_here(&self.id) && self.shared.is_generated(&sight, Noun::Host);
        generated.then(|| Made {
            before: Some(free()),
        })
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_initiator(&self.id, facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        self.shared.kept(&self.shared.ask(cx.bounds)).map_err(lift)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let known = self.shared.sight().own(&self.id).known;
        // Without a name the same path would list every initiator there is.
        let settled = look == Look::Survey && known != Known::Unknown;
        if settled || self.id.is_empty() {
            return Ok(self.finding(&known));
        }
        let known = self.look(&self.shared.ask(cx.bounds)).map_err(lift)?;
        Ok(self.finding(&known))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let (id, protocol) = (&self.id, self.shared.protocol());
        let (host, mut known, mut created) = {
            let sight = self.shared.sight();
            let host = sight.found(Noun::Host).cloned();
            let host = host.ok_or_else(|| lift(self.shared.gone(&sight, Noun::Host)))?;
            let own = sight.own(id);
            (host, own.known, own.sent)
        };
        if matches!(known, Known::Absent | Known::Unknown) {
            let request = self
                .shared
                .with_account(parts::initiator::create(protocol, id));
            let request = request.map_err(lift)?;
            let sent = self.shared.client.change(&request, cx.bounds, mutate);
            // After a lost answer the initiator may be ours; an answered "exists" says it is not.
            if matches!(sent, Err(Error::Lost { .. })) {
                self.shared.sight().own_mut(id).sent = true;
            }
            match sent.map_err(lift)?.outcome {
                Outcome::Exists | Outcome::Already => known = self.look(&ask).map_err(lift)?,
                _ => {
                    created = true;
                    let mut sight = self.shared.sight();
                    let own = sight.own_mut(id);
                    own.sent = true;
                    own.known = Known::Found(Initiator {
                        host: None,
                        online: false,
                        chap: self.shared.wants_chap(),
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
                return Ok(Change::Adopted(self.facts()));
            }
            Some(bound) => return Err(lift(self.elsewhere(bound))),
            None => {}
        }
        // One that was created a moment ago has its account.
        let found = known.found().cloned();
        let lacks = !created && found.as_ref().is_some_and(|i| self.shared.lacks_chap(i));
        let chap = found.as_ref().is_some_and(|i| i.chap) || (created && self.shared.wants_chap());
        let before = found.as_ref().map_or_else(free, |i| self.free(i));
        let mut request = parts::initiator::bind(protocol, id, &host.id, chap);
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
        sight.initiator_count = None;
        let own = sight.own_mut(id);
        own.bound_now = true;
        own.known = Known::Found(Initiator {
            online: found.as_ref().is_some_and(|i| i.online),
            chap: chap || lacks,
            chap_user: found.and_then(|i| i.chap_user),
            host: Some(HostRef {
                id: host.id,
                name: Some(host.name),
            }),
        });
        let facts = self.facts();
        Ok(if created {
            Change::Created(facts)
        } else {
            Change::Altered { before, facts }
        })
    }

    fn below(&self, _facts: &Facts) -> Option<String> {
        let known = self.shared.sight().own(&self.id).known;
        self.unseen(&known)
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.shared
            .undo_initiator(&self.id, &self.shared.ask(cx.bounds), made, mutate)
            .map_err(lift)
    }
}
