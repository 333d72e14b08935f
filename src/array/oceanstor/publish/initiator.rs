//! The step of the node's initiator: known to the array and bound to the host.

use std::sync::Arc;

use serde_json::json;

use super::super::envelope::{Outcome, Request};
use super::ask::Ask;
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
            None => {
                Finding::absent(format!("{iqn} is bound to no host, {login}")).restoring(free())
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
            let request = parts::initiator::create(iqn);
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
                        chap: false,
                    });
                }
            }
        }
        match known.found().and_then(|i| i.host.as_ref()) {
            Some(bound) if bound.id == host.id => {
                return Ok(Change::Adopted(Facts::object("initiator", iqn)));
            }
            Some(bound) => return Err(lift(self.elsewhere(bound))),
            None => {}
        }
        let chap = known.found().is_some_and(|i| i.chap);
        let request = parts::initiator::bind(iqn, &host.id, chap);
        if let Err(error) = self.bind(&request, cx, mutate) {
            // While the answer is lost, the next look decides.
            if created && !error.is_lost() {
                return Err(self.unbound(error, cx, mutate));
            }
            return Err(lift(error));
        }
        let mut sight = self.shared.sight();
        sight.initiator_count = None;
        sight.initiator = Known::Found(Initiator {
            online: known.found().is_some_and(|i| i.online),
            chap,
            host: Some(HostRef {
                id: host.id,
                name: Some(host.name),
            }),
        });
        let facts = Facts::object("initiator", iqn);
        Ok(if created {
            Change::Created(facts)
        } else {
            Change::Altered {
                before: free(),
                facts,
            }
        })
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.shared
            .undo_initiator(&self.shared.ask(cx.bounds), made, mutate)
            .map_err(lift)
    }
}
