//! The step of the node's initiators: members of the igroup.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::wire::{IgroupRef, Removed, WhileMapped};
use super::{Shared, lift};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// The initiators in the igroup.
#[derive(Debug)]
pub(super) struct Member {
    shared: Arc<Shared>,
}

/// What undo must leave in the igroup: the members that were there before.
fn before(there: &[String]) -> Value {
    json!({ "members": there })
}

fn was_there(before: &Value, initiator: &str) -> bool {
    let members = before.get("members").and_then(Value::as_array);
    members.is_some_and(|all| all.iter().any(|one| one == initiator))
}

impl Member {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    /// The node's initiators that are in the igroup, and those that are not.
    fn sides(&self) -> (Vec<String>, Vec<String>) {
        let sight = self.shared.sight();
        let own = self.shared.initiators.iter().cloned();
        own.partition(|initiator| sight.holds(initiator))
    }

    fn finding(&self) -> Finding {
        let shared = &self.shared;
        if shared.initiators.is_empty() {
            return Finding::unknown("nothing tells the initiators of this node");
        }
        let name = {
            let sight = shared.sight();
            if sight.chosen.is_none() {
                return match sight.aim {
                    Some(Aim::Detach) => Finding::absent("there is no igroup"),
                    _ => Finding::waiting("the igroup"),
                };
            }
            shared.igroup_name(&sight)
        };
        let (there, missing) = self.sides();
        if missing.is_empty() {
            let who = shared.who();
            return Finding::present(format!("{who} in {name}"), Facts::none());
        }
        let lacks = format!("{} not in {name}", missing.join(", "));
        let found = Finding::absent(lacks);
        if there.is_empty() {
            found
        } else {
            // A part of it, which may be what a lost answer has left: the rest can be sent again.
            found.restoring(before(&there))
        }
    }

    fn remove(
        &self,
        igroup: &IgroupRef,
        made: &Made,
        cx: &Cx<'_>,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        let shared = &self.shared;
        let (there, _) = self.sides();
        let kept = |name: &String| made.before.as_ref().is_some_and(|b| was_there(b, name));
        let wire = shared.wire(cx.bounds)?;
        let refuse = WhileMapped::Refuse;
        let mut removed = false;
        for initiator in there.iter().filter(|name| !kept(name)) {
            match wire.remove_initiator(igroup, initiator, refuse, cx.bounds, mutate)? {
                Removed::Gone => removed = true,
                Removed::NotThere | Removed::Look(_) => {}
                Removed::Held(_) => {
                    let by = format!("LUNs that are mapped to igroup {}", igroup.name);
                    return Ok(Undone::StillInUse { by });
                }
            }
            if let Some(chosen) = &mut shared.sight().chosen {
                chosen.initiators.retain(|name| name != initiator);
            }
        }
        Ok(match (removed, &made.before) {
            (true, None) => Undone::Removed,
            (true, Some(_)) => Undone::Restored,
            (false, _) => Undone::AlreadyGone,
        })
    }
}

impl Step for Member {
    fn key(&self) -> &str {
        "array.igroup-initiator"
    }

    fn object(&self) -> Option<String> {
        let name = self.shared.igroup_name(&self.shared.sight());
        let first = self.shared.initiators.first()?;
        let tail = format!("igroup/{name}/initiator/{first}");
        Some(self.shared.identity(&tail))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_member(facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        super::igroup::Group::new(&self.shared).kept_by(cx)
    }

    fn carries(&self, object: &str) -> bool {
        self.shared.is_map_to_igroup(object)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        if look == Look::Fresh {
            let name = self.shared.igroup_name(&self.shared.sight());
            let found = self.shared.igroup_called(&name, cx.bounds).map_err(lift)?;
            self.shared.sight().chosen = found;
        }
        Ok(self.finding())
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let shared = &self.shared;
        let igroup = shared.igroup_ref(&shared.sight());
        let (there, missing) = self.sides();
        let wire = shared.wire(cx.bounds).map_err(lift)?;
        let mut added = false;
        let mut adopted = false;
        for initiator in &missing {
            match wire.add_initiator(&igroup, initiator, cx.bounds, mutate) {
                Ok(super::super::wire::Made::New(())) => added = true,
                Ok(super::super::wire::Made::Already) => adopted = true,
                // What was added before it is ours and must be taken back.
                Err(error) if added && !error.is_lost() => {
                    return Err(step::Error::halfway(error));
                }
                Err(error) => return Err(lift(error)),
            }
            if let Some(chosen) = &mut shared.sight().chosen {
                chosen.initiators.push(initiator.clone());
            }
        }
        Ok(match (there.is_empty(), added) {
            (true, true) if !adopted => Change::Created(Facts::none()),
            (_, true) => Change::Altered {
                before: before(&there),
                facts: Facts::none(),
            },
            (_, false) => Change::Adopted(Facts::none()),
        })
    }

    fn undo(&self, cx: &Cx<'_>, made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        let igroup = {
            let sight = self.shared.sight();
            // It has gone with the igroup, or stays with it.
            if let Some(by) = &sight.held {
                return Ok(Undone::StillInUse { by: by.clone() });
            }
            if sight.chosen.is_none() {
                return Ok(Undone::AlreadyGone);
            }
            self.shared.igroup_ref(&sight)
        };
        self.remove(&igroup, made, cx, mutate).map_err(lift)
    }
}
