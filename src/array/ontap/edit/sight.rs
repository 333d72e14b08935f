//! Who sees what, and would lose or gain it: an igroup stands for its host.

use std::collections::BTreeMap;

use super::super::names::protocol_of;
use super::super::nouns::{igroup, lun as luns};
use super::super::wire::{Igroup, IgroupQuery, Lun, LunMap, MapQuery, all};
use super::At;
use crate::array::edit::{Cut, Gain};
use crate::array::error::Error;
use crate::model::ids::Wwid;
use crate::model::nouns::{Member, Protocol};

/// How many initiators are asked for one by one whether they are logged in.
const ONE_BY_ONE: usize = 4;

impl At<'_> {
    /// The igroups that an initiator is in, by name.
    pub(super) fn groups_of(&self, initiator: &str) -> Result<Vec<Igroup>, Error> {
        let query = IgroupQuery::Initiator(initiator.to_owned());
        let mut found = all(|each| self.wire.igroups(&query, self.bounds, each))?;
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// The igroups that any of these initiators is in.
    pub(super) fn groups_of_any(&self, initiators: &[String]) -> Result<Vec<Igroup>, Error> {
        let query = IgroupQuery::AnyOf(initiators.to_vec());
        let mut found = all(|each| self.wire.igroups(&query, self.bounds, each))?;
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// The igroup of this very name.
    pub(super) fn group_called(&self, name: &str) -> Result<Option<Igroup>, Error> {
        let query = IgroupQuery::Name(name.to_owned());
        Ok(all(|each| self.wire.igroups(&query, self.bounds, each))?.pop())
    }

    /// The maps of a LUN; they come with it over one of the interfaces.
    pub(super) fn maps_of(&self, lun: &Lun) -> Result<Vec<LunMap>, Error> {
        if let Some(maps) = &lun.maps {
            return Ok(maps.clone());
        }
        let query = MapQuery::Lun(lun.uuid.clone());
        all(|each| self.wire.maps(&query, self.bounds, each))
    }

    /// The maps of an igroup.
    pub(super) fn maps_to(&self, igroup: &Igroup) -> Result<Vec<LunMap>, Error> {
        let query = MapQuery::Igroup(igroup.name.clone());
        all(|each| self.wire.maps(&query, self.bounds, each))
    }

    /// How many logins the array sees of these initiators.
    pub(super) fn logins(&self, initiators: &[String]) -> Result<usize, Error> {
        let mut count = 0;
        for protocol in [Protocol::Iscsi, Protocol::Fc] {
            let own: Vec<&String> = initiators
                .iter()
                .filter(|name| protocol_of(name) == protocol)
                .collect();
            if own.len() <= ONE_BY_ONE {
                for name in own {
                    let found = self.wire.logins(protocol, Some(name), self.bounds)?;
                    count += found.len();
                }
            } else {
                let found = self.wire.logins(protocol, None, self.bounds)?;
                count += found.iter().filter(|l| own.contains(&&l.initiator)).count();
            }
        }
        Ok(count)
    }

    /// The identities of the LUNs of these maps.
    fn wwids(&self, maps: &[LunMap]) -> Result<BTreeMap<String, Option<Wwid>>, Error> {
        let uuids: Vec<String> = maps.iter().map(|map| map.uuid.clone()).collect();
        let found = luns::by_uuids(self.line, &uuids, self.bounds)?;
        Ok(found
            .into_iter()
            .map(|lun| (lun.uuid.clone(), lun.wwid()))
            .collect())
    }

    /// What these initiators lose when these maps end for them.
    pub(super) fn cuts(
        &self,
        host: &Member,
        initiators: &[String],
        maps: &[LunMap],
    ) -> Result<Vec<Cut>, Error> {
        // An igroup without initiators shows its LUNs to nobody.
        if maps.is_empty() || initiators.is_empty() {
            return Ok(Vec::new());
        }
        let wwids = self.wwids(maps)?;
        let online = self.logins(initiators)? > 0;
        let cut = |map: &LunMap| Cut {
            host: host.clone(),
            initiators: initiators.to_vec(),
            online,
            lun: luns::member(&map.uuid, &map.path),
            wwid: wwids.get(&map.uuid).cloned().flatten(),
            lun_number: map.number,
        };
        Ok(maps.iter().map(cut).collect())
    }

    /// What a host sees when these maps begin for it.
    pub(super) fn gains(&self, host: &Member, maps: &[LunMap]) -> Result<Vec<Gain>, Error> {
        if maps.is_empty() {
            return Ok(Vec::new());
        }
        let wwids = self.wwids(maps)?;
        let gain = |map: &LunMap| Gain {
            host: host.clone(),
            lun: luns::member(&map.uuid, &map.path),
            wwid: wwids.get(&map.uuid).cloned().flatten(),
        };
        Ok(maps.iter().map(gain).collect())
    }

    /// What everybody loses who sees a LUN, igroup by igroup.
    pub(super) fn cuts_of(&self, lun: &Lun, maps: &[LunMap]) -> Result<Vec<Cut>, Error> {
        let mut cuts = Vec::new();
        for map in maps {
            let Some(group) = self.group_called(&map.igroup)? else {
                continue;
            };
            if group.initiators.is_empty() {
                continue;
            }
            cuts.push(Cut {
                host: host_member(&group),
                online: self.logins(&group.initiators)? > 0,
                initiators: group.initiators,
                lun: luns::member(&lun.uuid, &lun.path),
                wwid: lun.wwid(),
                lun_number: map.number,
            });
        }
        Ok(cuts)
    }
}

/// An igroup as the host that it stands for.
pub(super) fn host_member(igroup: &Igroup) -> Member {
    igroup::member("host", &igroup.uuid, &igroup.name)
}

/// The LUNs of these maps, by name.
pub(super) fn listed(maps: &[LunMap]) -> String {
    let names: Vec<&str> = maps.iter().map(|map| map.path.as_str()).collect();
    names.join(", ")
}
