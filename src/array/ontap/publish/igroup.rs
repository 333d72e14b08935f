//! The step of the igroup: made for the node, or found with exactly its initiators.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::wire::{Igroup, IgroupQuery, IgroupRef, LunMap, Made as Wired, MapQuery};
use super::super::wire::{NewIgroup, Removed, all};
use super::{Shared, igroup_facts, lift};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// What igroups of Linux nodes say (ontap.md §9.1).
const OS: &str = "linux";

/// The igroup.
#[derive(Debug)]
pub(super) struct Group {
    shared: Arc<Shared>,
}

impl Shared {
    /// The igroup of this name, looked up now.
    pub(super) fn igroup_called(
        &self,
        name: &str,
        bounds: &Bounds,
    ) -> Result<Option<Igroup>, Error> {
        let wire = self.wire(bounds)?;
        let query = IgroupQuery::Name(name.to_owned());
        Ok(all(|each| wire.igroups(&query, bounds, each))?.pop())
    }

    /// A map of another LUN to this igroup, if there is one.
    pub(super) fn other_map(&self, name: &str, bounds: &Bounds) -> Result<Option<LunMap>, Error> {
        let lun = {
            let sight = self.sight();
            sight.lun.as_ref().map(|lun| lun.at.uuid.clone())
        };
        let query = MapQuery::Others {
            lun,
            igroup: name.to_owned(),
        };
        let mut found = None;
        self.wire(bounds)?.maps(&query, bounds, &mut |map| {
            found = Some(map);
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    /// The igroup of an object that is a map of some LUN in this SVM.
    fn igroup_of_map<'o>(&self, object: &'o str) -> Option<&'o str> {
        let tail = object.strip_prefix(&self.identity("map/"))?;
        tail.split_once('/').map(|(_, igroup)| igroup)
    }

    /// Whether an object is a map of some LUN to the igroup of this publication.
    pub(super) fn is_map_to_igroup(&self, object: &str) -> bool {
        let name = self.igroup_name(&self.sight());
        self.igroup_of_map(object) == Some(name.as_str())
    }

    /// Whether an object is a map of some LUN to any igroup of the node.
    pub(super) fn is_map_to_node(&self, object: &str) -> bool {
        let igroup = self.igroup_of_map(object);
        let sight = self.sight();
        let mut own = sight.igroups.iter();
        igroup.is_some_and(|igroup| own.any(|g| g.name == igroup))
    }

    /// The igroup that would be made.
    pub(super) fn new_igroup(&self) -> NewIgroup {
        NewIgroup {
            name: self.own_name(),
            protocol: self.protocol().into(),
            os_type: OS.into(),
            initiators: self.initiators.clone(),
        }
    }
}

impl Group {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    fn finding(&self, igroup: Option<&Igroup>) -> Finding {
        let Some(igroup) = igroup else {
            let who = self.shared.who();
            return Finding::absent(format!("no igroup holds exactly {who}"));
        };
        let what = format!("{} {} {}", igroup.name, igroup.protocol, igroup.os_type);
        Finding::present(what.trim_end(), igroup_facts(&igroup.at()))
    }

    /// An igroup of the name that was to be made: it serves if nobody else is in it, and it is
    /// what would have been made (ontap.md §7, code 9004).
    fn adopt(&self, igroup: Igroup) -> Result<Facts, Error> {
        let shared = &self.shared;
        let others = igroup.others(&shared.own);
        // Interfaces that were not asked for it leave it out.
        let other_os = !igroup.os_type.is_empty() && igroup.os_type != OS;
        if !others.is_empty() || !igroup.takes(shared.protocol()) || other_os {
            let holds = match (others.is_empty(), other_os) {
                (false, _) => format!("holds {}", others.join(", ")),
                (true, true) => format!("is for the operating system {}", igroup.os_type),
                (true, false) => format!("is of type {}", igroup.protocol),
            };
            let why = format!(
                "igroup {} of array {} {holds}, so it is not this node's",
                igroup.name,
                shared.array()
            );
            let array = shared.array();
            return Err(shared.conflict(
                why,
                vec![
                    format!("sanctl hostgroup show {}", igroup.name),
                    format!("or set igroup_prefix in [arrays.{array}]"),
                ],
            ));
        }
        let facts = igroup_facts(&igroup.at());
        shared.sight().chosen = Some(igroup);
        Ok(facts)
    }

    /// Removes it, if nobody else is in it and nothing is mapped to it.
    fn destroy(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Undone, Error> {
        let shared = &self.shared;
        let (known, name) = {
            let sight = shared.sight();
            (sight.chosen.clone(), shared.igroup_name(&sight))
        };
        let igroup = match known {
            Some(igroup) => igroup,
            // Not seen with the node's initiators: it may be there without them.
            None => match shared.igroup_called(&name, cx.bounds)? {
                Some(igroup) => igroup,
                None => return Ok(Undone::AlreadyGone),
            },
        };
        let others = igroup.others(&shared.own);
        if !others.is_empty() {
            let by = format!("initiator {}", others.join(", "));
            shared.sight().held = Some(by.clone());
            return Ok(Undone::StillInUse { by });
        }
        let wire = shared.wire(cx.bounds)?;
        match wire.destroy_igroup(&igroup.at(), cx.bounds, mutate)? {
            Removed::Gone => {
                shared.sight().forget_igroup();
                Ok(Undone::Removed)
            }
            Removed::NotThere => {
                shared.sight().forget_igroup();
                Ok(Undone::AlreadyGone)
            }
            Removed::Held(_) => {
                let by = "other LUNs that are mapped to it".to_owned();
                shared.sight().held = Some(by.clone());
                Ok(Undone::StillInUse { by })
            }
            Removed::Look(words) => match shared.igroup_called(&igroup.name, cx.bounds)? {
                None => {
                    shared.sight().forget_igroup();
                    Ok(Undone::AlreadyGone)
                }
                Some(_) => Err(shared.conflict(
                    format!("igroup {} could not be removed: {words}", igroup.name),
                    vec![format!("sanctl hostgroup show {}", igroup.name)],
                )),
            },
        }
    }
}

impl Step for Group {
    fn key(&self) -> &str {
        "array.igroup"
    }

    fn object(&self) -> Option<String> {
        let name = self.shared.igroup_name(&self.shared.sight());
        Some(self.shared.identity(&format!("igroup/{name}")))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    /// Only who follows our own convention calls an igroup so.
    fn generated(&self) -> Option<Made> {
        let sight = self.shared.sight();
        let own = self.shared.igroup_name(&sight) == self.shared.own_name();
        (own && sight.chosen.is_some()).then(Made::default)
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_igroup(facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        let shared = &self.shared;
        let igroup = match &shared.sight().chosen {
            Some(igroup) => igroup.clone(),
            None => return Ok(None),
        };
        let others = igroup.others(&shared.own);
        if !others.is_empty() {
            return Ok(Some(format!("initiator {}", others.join(", "))));
        }
        let other = shared.other_map(&igroup.name, cx.bounds).map_err(lift)?;
        shared.sight().free = other.is_none();
        Ok(other.map(|map| format!("LUN {}, which is mapped to it", map.path)))
    }

    fn carries(&self, object: &str) -> bool {
        self.shared.is_map_to_igroup(object)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        if look == Look::Survey {
            return Ok(self.finding(self.shared.sight().chosen.as_ref()));
        }
        let name = self.shared.igroup_name(&self.shared.sight());
        let found = self.shared.igroup_called(&name, cx.bounds).map_err(lift)?;
        let finding = self.finding(found.as_ref());
        self.shared.sight().chosen = found;
        Ok(finding)
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let shared = &self.shared;
        let new = shared.new_igroup();
        let wire = shared.wire(cx.bounds).map_err(lift)?;
        let made = wire.create_igroup(&new, cx.bounds, mutate).map_err(lift)?;
        match made {
            Wired::New(group) => {
                let igroup = Igroup {
                    name: new.name.clone(),
                    uuid: group.uuid.unwrap_or_default(),
                    protocol: match shared.protocol() {
                        crate::model::nouns::Protocol::Iscsi => "iscsi".into(),
                        crate::model::nouns::Protocol::Fc => "fcp".into(),
                    },
                    os_type: new.os_type,
                    initiators: if group.filled {
                        new.initiators
                    } else {
                        Vec::new()
                    },
                    ..Igroup::default()
                };
                let at: IgroupRef = igroup.at();
                shared.sight().chosen = Some(igroup);
                Ok(Change::Created(igroup_facts(&at)))
            }
            Wired::Already => {
                let found = shared.igroup_called(&new.name, cx.bounds).map_err(lift)?;
                let found =
                    found.ok_or_else(|| lift(shared.line.client.vanished("igroup", &new.name)))?;
                let facts = self.adopt(found).map_err(lift)?;
                Ok(Change::Adopted(facts))
            }
        }
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.destroy(cx, mutate).map_err(lift)
    }
}
