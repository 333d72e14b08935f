//! The step of the map: the LUN shown to the igroup, under a number, by some nodes.

use std::sync::Arc;

use super::super::wire::{LunMap, LunRef, MapQuery, Mapped, Removed, all};
use super::{SHARED_WITH, Shared, lift};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::model::ids::LunNumber;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// How often another number is tried when somebody else takes the one that was free.
const TRIES: u32 = 3;

/// The map.
#[derive(Debug)]
pub(super) struct Map {
    shared: Arc<Shared>,
}

impl Map {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    fn lun(&self) -> Result<LunRef, Error> {
        let sight = self.shared.sight();
        let lun = sight.lun.as_ref().map(|lun| lun.at.clone());
        lun.ok_or_else(|| Error::NotFound {
            array: self.shared.array(),
            what: "lun",
            name: self.shared.publication.lun.to_string(),
        })
    }

    /// The igroup of the map, or the one it will be made to.
    fn igroup(&self) -> String {
        let sight = self.shared.sight();
        match &sight.map {
            Some(map) => map.igroup.clone(),
            None => self.shared.igroup_name(&sight),
        }
    }

    /// The map as the array shows it now.
    fn look(&self, bounds: &Bounds) -> Result<Option<LunMap>, Error> {
        let lun = self.lun()?;
        let query = MapQuery::One {
            lun: lun.uuid,
            igroup: self.igroup(),
        };
        let wire = self.shared.wire(bounds)?;
        let found = all(|each| wire.maps(&query, bounds, each))?.pop();
        self.shared.sight().map.clone_from(&found);
        Ok(found)
    }

    fn finding(&self) -> Result<Finding, Error> {
        let shared = &self.shared;
        let sight = shared.sight();
        let Some(map) = &sight.map else {
            return Ok(match (&sight.chosen, sight.aim) {
                (None, Some(Aim::Attach)) => Finding::waiting("the igroup"),
                _ => Finding::absent(format!(
                    "the LUN is not mapped to {}",
                    shared.igroup_name(&sight)
                )),
            });
        };
        let number = map.number.map_or_else(
            || "without a number".to_owned(),
            |number| format!("lun number {number}"),
        );
        if sight.aim != Some(Aim::Detach)
            && let Some(number) = map.number
            && let Some(with) = shared.collision(&sight, number)
        {
            let found = shared.collides(number, &with).to_string();
            return Ok(Finding::differs(
                found,
                "a number that this node does not know",
            ));
        }
        let mut evidence = format!("{} in {}", number, map.igroup);
        if let Some(nodes) = &map.reporting {
            let nodes = match nodes.is_empty() {
                true => "every node".to_owned(),
                false => nodes.join(", "),
            };
            evidence.push_str(&format!(", reported by {nodes}"));
        }
        let facts = shared.map_facts(&sight, map)?;
        Ok(Finding::present(evidence, facts))
    }

    /// After the array has shown it: whether it leads anywhere, and what it tells.
    fn made(&self, cx: &Cx<'_>, given: Option<LunNumber>) -> Result<Facts, Error> {
        let shared = &self.shared;
        let Some(mut map) = self.look(cx.bounds)? else {
            return Err(shared.line.client.vanished("map of LUN", &self.lun()?.path));
        };
        map.number = map.number.or(given);
        let mut sight = shared.sight();
        sight.map = Some(map.clone());
        shared.vet_portals(&sight, Some(&map))?;
        shared.map_facts(&sight, &map)
    }

    /// The number is taken by somebody: by whom, or the next free one.
    fn next_number(
        &self,
        taken: LunNumber,
        words: &str,
        bounds: &Bounds,
    ) -> Result<LunNumber, Error> {
        let shared = &self.shared;
        let used = shared.used_numbers(bounds)?;
        if shared.publication.lun_number.is_some() {
            return Err(match used.get(&taken) {
                Some(holder) => shared.taken_by(taken, holder),
                None => shared.conflict(
                    format!("lun number {taken} cannot be had: {words}"),
                    vec!["without --lun-number the array chooses one".into()],
                ),
            });
        }
        let sight = shared.sight();
        shared.lowest_free(&sight, |n| used.contains_key(&n) || n == taken)
    }

    fn map(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let shared = &self.shared;
        let lun = self.lun().map_err(lift)?;
        let (igroup, mut number) = {
            let sight = shared.sight();
            let igroup = shared.igroup_ref(&sight);
            (igroup, shared.number_to_ask(&sight).map_err(lift)?)
        };
        let wire = shared.wire(cx.bounds).map_err(lift)?;
        let mut tries = 0;
        loop {
            let mapped = wire.map(&lun, &igroup, number, cx.bounds, mutate);
            match mapped.map_err(lift)? {
                Mapped::New(told) => {
                    let given = told.or(number);
                    shared.sight().given = given;
                    // It is made; what comes now must not make it somebody else's.
                    let mut facts = self.made(cx, given).map_err(|error| match error {
                        Error::Vanished { .. } => lift(error),
                        _ => step::Error::halfway(error),
                    })?;
                    let chosen = shared.sight().chosen.clone();
                    let others = chosen.map(|igroup| igroup.others(&shared.own));
                    if let Some(others) = others.filter(|others| !others.is_empty()) {
                        facts.objects.insert(SHARED_WITH.into(), others.join(","));
                    }
                    return Ok(Change::Created(facts));
                }
                Mapped::Already => {
                    let facts = self.made(cx, None).map_err(lift)?;
                    return Ok(Change::Adopted(facts));
                }
                // The survey did not show it: look at everything again.
                Mapped::Elsewhere(words) => {
                    return Err(step::Error::stale(shared.conflict(
                        format!("LUN {} is mapped to this node already: {words}", lun.path),
                        vec![format!("sanctl lun mappings {}", lun.path)],
                    )));
                }
                Mapped::Taken(words) => {
                    tries += 1;
                    let taken = number.unwrap_or(LunNumber(0));
                    if tries >= TRIES {
                        let why = format!("no lun number could be had: {words}");
                        return Err(lift(shared.conflict(why, Vec::new())));
                    }
                    let next = self.next_number(taken, &words, cx.bounds);
                    number = Some(next.map_err(lift)?);
                }
            }
        }
    }

    /// The other initiators of the map's igroup: they would lose the LUN with us.
    fn others(&self, bounds: &Bounds) -> Result<Option<String>, Error> {
        let shared = &self.shared;
        let (name, known) = {
            let sight = shared.sight();
            let Some(map) = &sight.map else {
                return Ok(None);
            };
            let mut igroups = sight.igroups.iter().chain(&sight.chosen);
            let known = igroups.find(|g| g.name == map.igroup).cloned();
            (map.igroup.clone(), known)
        };
        // The node is in it no more: somebody else may be.
        let igroup = match known {
            Some(igroup) => Some(igroup),
            None => shared.igroup_called(&name, bounds)?,
        };
        let others = igroup.map(|igroup| igroup.others(&shared.own));
        let others = others.unwrap_or_default();
        let told = || format!("{} in igroup {name}", others.join(", "));
        Ok((!others.is_empty()).then(told))
    }

    fn unmap(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Undone, Error> {
        let shared = &self.shared;
        let Some(map) = shared.sight().map.clone() else {
            return Ok(Undone::AlreadyGone);
        };
        // What this very run has made is taken back, whoever else saw it in the meantime.
        let aim = shared.sight().aim;
        if aim != Some(Aim::Attach)
            && let Some(others) = self.others(cx.bounds)?
        {
            return Err(shared.barred(&map, &others, Vec::new()));
        }
        let wire = shared.wire(cx.bounds)?;
        let removed = wire.unmap(&map.lun(), &map.group(), cx.bounds, mutate)?;
        let gone = || shared.sight().map = None;
        match removed {
            Removed::Gone => {
                gone();
                Ok(Undone::Removed)
            }
            Removed::NotThere => {
                gone();
                Ok(Undone::AlreadyGone)
            }
            Removed::Held(words) => Ok(Undone::StillInUse { by: words }),
            // Neither there nor surely gone: only the maps themselves tell (ontap.md §7).
            Removed::Look(words) => match self.look(cx.bounds)? {
                None => Ok(Undone::AlreadyGone),
                Some(_) => Err(shared.conflict(
                    format!("LUN {} stays mapped to {}: {words}", map.path, map.igroup),
                    vec![format!("sanctl lun mappings {}", map.path)],
                )),
            },
        }
    }
}

impl Step for Map {
    fn key(&self) -> &str {
        "array.map"
    }

    fn object(&self) -> Option<String> {
        let uuid = {
            let sight = self.shared.sight();
            sight.lun.as_ref().map(|lun| lun.at.uuid.clone())?
        };
        let tail = format!("map/{uuid}/{}", self.igroup());
        Some(self.shared.identity(&tail))
    }

    fn role(&self) -> Role {
        Role::Link
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        self.others(cx.bounds).map_err(lift)
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_map(facts, aim)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        if look == Look::Fresh {
            self.look(cx.bounds).map_err(lift)?;
        }
        self.finding().map_err(lift)
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let collides = {
            let sight = self.shared.sight();
            let number = sight.map.as_ref().and_then(|map| map.number);
            number.and_then(|n| self.shared.collision(&sight, n).map(|with| (n, with)))
        };
        // A map that somebody may use is not moved to another number.
        if let Some((number, with)) = collides {
            return Err(lift(self.shared.collides(number, &with)));
        }
        self.map(cx, mutate)
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.unmap(cx, mutate).map_err(lift)
    }
}
