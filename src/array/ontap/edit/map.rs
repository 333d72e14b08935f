//! LUNs mapped to igroups and unmapped: `lun map`, `lun unmap`, `mapping create`, `mapping delete`
//! (ontap.md §9.2).

use super::super::names::{LAST_NUMBER, initiator_key};
use super::super::nouns::{host, lun as luns, map as maps, not_found};
use super::super::wire::{Igroup, Lun, LunMap};
use super::act::Act;
use super::chain::Part;
use super::sight::host_member;
use super::{At, call_group, call_lun};
use crate::array::edit::{Class, Gain, Intent, Sent, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Edit, InitiatorName, Party};
use crate::model::ids::LunNumber;
use crate::model::nouns::Member;
use crate::model::selector::Selector;

/// How a host was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// By its igroup: whoever is in it is meant.
    Group,
    /// By one of its initiators.
    Initiator,
}

/// The igroup of a host. An initiator may be in several: then the one through which it sees the
/// LUN is meant, and without one nobody can tell.
fn host_group(at: &At<'_>, which: &Selector, mapped: &[LunMap]) -> Result<(Igroup, By), Error> {
    let missing = || not_found(at.line, "host", which);
    if let Selector::Name(name) = which
        && name.parse::<InitiatorName>().is_ok()
        && at.group_called(name)?.is_none()
    {
        let mut groups = at.groups_of(&initiator_key(name))?;
        let sees = |group: &Igroup| mapped.iter().any(|map| map.igroup == group.name);
        if groups.iter().any(sees) {
            groups.retain(sees);
        }
        let ids: Vec<String> = groups.iter().map(|g| g.uuid.clone()).collect();
        return match groups.pop() {
            Some(one) if ids.len() == 1 => Ok((one, By::Initiator)),
            None => Err(missing()),
            Some(_) => Err(Error::Ambiguous {
                array: at.line.array(),
                what: "hostgroup",
                name: name.clone(),
                ids,
            }),
        };
    }
    Ok((host::get(at.line, which, at.bounds)?, By::Group))
}

fn party(at: &At<'_>, who: &Party, mapped: &[LunMap]) -> Result<(Igroup, By), Error> {
    match who {
        Party::Host(which) => host_group(at, which, mapped),
        Party::HostGroup(which) => Ok((at.group(which)?, By::Group)),
        // Unmapping takes it apart itself; nothing maps to everybody.
        Party::AllHosts => Err(at.unsupported(
            "mapping to every host",
            "sanctl lun map LUN --hostgroup HOSTGROUP".into(),
        )),
    }
}

/// `lun map`.
pub(super) fn map(
    at: &At<'_>,
    which: &Selector,
    to: &Party,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let lun = at.lun(which)?;
    let mapped = at.maps_of(&lun)?;
    let (group, _) = party(at, to, &mapped)?;
    let object = luns::member(&lun.uuid, &lun.path);
    let mut intent = shown(at, (&lun, &mapped), &group, number, object)?;
    if intent.already.is_none() {
        intent.inverse = vec![Edit::UnmapLun {
            lun: call_lun(&lun.path),
            from: Party::HostGroup(call_group(&group.name, &group.uuid)),
        }];
    }
    Ok(intent)
}

/// `mapping create`.
pub(super) fn create(
    at: &At<'_>,
    which: &Selector,
    group: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let lun = at.lun(which)?;
    let mapped = at.maps_of(&lun)?;
    let group = at.group(group)?;
    let new = maps::member(&LunMap {
        path: lun.path.clone(),
        uuid: lun.uuid.clone(),
        igroup: group.name.clone(),
        igroup_uuid: group.uuid.clone(),
        ..LunMap::default()
    });
    let there = mapped.iter().any(|map| map.igroup == group.name);
    let object = Member {
        id: match there {
            true => new.id.clone(),
            false => String::new(),
        },
        ..new.clone()
    };
    let mut intent = shown(at, (&lun, &mapped), &group, number, object)?;
    if intent.already.is_none() {
        intent.inverse = vec![Edit::DeleteMapping {
            mapping: call_map(&new),
        }];
        intent.work = Box::new(Identified {
            work: intent.work,
            id: new.id,
        });
    }
    Ok(intent)
}

/// How a map is named in a command.
fn call_map(map: &Member) -> Selector {
    super::called(&map.name).unwrap_or_else(|| Selector::Id(map.id.clone()))
}

/// A change whose object has an id that is known before.
struct Identified {
    work: Box<dyn Work>,
    id: String,
}

impl Work for Identified {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        Ok(match self.work.run(bounds, mutate)? {
            Sent::Made(_) => Sent::Made(Some(self.id.clone())),
            Sent::Already => Sent::Already,
        })
    }
}

/// A LUN that an igroup is to see.
fn shown(
    at: &At<'_>,
    (lun, mapped): (&Lun, &[LunMap]),
    group: &Igroup,
    number: Option<LunNumber>,
    object: Member,
) -> Result<Intent, Error> {
    let (path, name) = (&lun.path, &group.name);
    let under = number.map(|n| format!(" as number {n}"));
    let title = format!(
        "map LUN {path} to hostgroup {name}{}",
        under.unwrap_or_default()
    );
    if let Some(wanted) = number.filter(|n| n.0 > LAST_NUMBER) {
        let why = format!("ONTAP takes 0 to {LAST_NUMBER}");
        return Err(at.invalid(format!("lun number {wanted}"), why));
    }
    let call = call_group(name, &group.uuid);
    if let Some(map) = mapped.iter().find(|map| map.igroup == *name) {
        let has = map.number.map_or_else(
            || "without a number".to_owned(),
            |number| format!("as number {number}"),
        );
        if number.is_none() || number == map.number {
            let evidence = format!("LUN {path} is mapped to hostgroup {name} {has}");
            return Ok(at.already(title, object, evidence));
        }
        let unmap = Edit::UnmapLun {
            lun: call_lun(path),
            from: Party::HostGroup(call.clone()),
        };
        let why = format!("LUN {path} is mapped to hostgroup {name} {has} already");
        return Err(at.conflict(
            why,
            vec![format!(
                "{unmap}  # then map it under the number that it shall have"
            )],
        ));
    }
    seen_once(at, lun, mapped, group)?;
    if let Some(number) = number {
        let names = [name.clone()];
        let used = maps::used_by(at.line, &group.initiators, &names, at.bounds)?;
        if let Some(holder) = used.get(&number) {
            let why = format!(
                "lun number {number} is LUN {} in hostgroup {}",
                holder.path, holder.igroup
            );
            let hint = format!("sanctl mapping free-numbers --host {call}");
            return Err(at.conflict(why, vec![hint]));
        }
    }
    let act = Act::Map(lun.at(), group.at(), number);
    let mut intent = at.intent(title, object, act);
    intent.gains = match group.initiators.is_empty() {
        true => Vec::new(),
        false => vec![Gain {
            host: host_member(group),
            lun: luns::member(&lun.uuid, path),
            wwid: lun.wwid(),
        }],
    };
    intent.notes = notes(lun, mapped, group);
    Ok(intent)
}

/// Refuses what the array would refuse because an initiator sees the LUN already (9039).
fn seen_once(at: &At<'_>, lun: &Lun, mapped: &[LunMap], group: &Igroup) -> Result<(), Error> {
    if mapped.is_empty() || group.initiators.is_empty() {
        return Ok(());
    }
    let others = at.groups_of_any(&group.initiators)?;
    let sees = |other: &&Igroup| mapped.iter().any(|map| map.igroup == other.name);
    let Some(other) = others.iter().find(sees) else {
        return Ok(());
    };
    let both = |key: &&String| other.initiators.contains(key);
    let who: Vec<&str> = group
        .initiators
        .iter()
        .filter(both)
        .map(String::as_str)
        .collect();
    let unmap = Edit::UnmapLun {
        lun: call_lun(&lun.path),
        from: Party::HostGroup(call_group(&other.name, &other.uuid)),
    };
    let why = format!(
        "initiator {} of hostgroup {} sees LUN {} through hostgroup {} already",
        who.join(", "),
        group.name,
        lun.path,
        other.name
    );
    Err(at.conflict(why, vec![unmap.to_string()]))
}

/// What is worth knowing before a LUN is mapped.
fn notes(lun: &Lun, mapped: &[LunMap], group: &Igroup) -> Vec<String> {
    let mut notes = Vec::new();
    if group.initiators.is_empty() {
        notes.push(format!(
            "hostgroup {} has no initiator: nobody sees it yet",
            group.name
        ));
    }
    if let Some(fault) = lun.fault() {
        notes.push(format!("LUN {} is {fault} now", lun.path));
    }
    let elsewhere: Vec<&str> = mapped.iter().map(|map| map.igroup.as_str()).collect();
    if !elsewhere.is_empty() {
        notes.push(format!(
            "LUN {} is mapped to {} too",
            lun.path,
            elsewhere.join(", ")
        ));
    }
    notes
}

/// `lun unmap`.
pub(super) fn unmap(at: &At<'_>, which: &Selector, from: &Party) -> Result<Intent, Error> {
    let lun = at.lun(which)?;
    let mapped = at.maps_of(&lun)?;
    let object = luns::member(&lun.uuid, &lun.path);
    if *from == Party::AllHosts {
        return from_all(at, &lun, &mapped, object);
    }
    let (group, by) = party(at, from, &mapped)?;
    let title = format!("unmap LUN {} from hostgroup {}", lun.path, group.name);
    let Some(map) = mapped.iter().find(|map| map.igroup == group.name) else {
        let evidence = format!("LUN {} is not mapped to hostgroup {}", lun.path, group.name);
        return Ok(at.already(title, object, evidence));
    };
    if let (By::Initiator, Party::Host(which)) = (by, from) {
        let others = group.others(&[initiator_key(&which.to_string())]);
        if !others.is_empty() {
            let edit = Edit::UnmapLun {
                lun: call_lun(&lun.path),
                from: Party::HostGroup(call_group(&group.name, &group.uuid)),
            };
            let why = format!(
                "{which} shares hostgroup {} with {}, who would lose LUN {} as well",
                group.name,
                others.join(", "),
                lun.path
            );
            return Err(at.conflict(why, vec![edit.to_string()]));
        }
    }
    hidden(at, &lun, map, title, object)
}

/// One map that is to end.
fn hidden(
    at: &At<'_>,
    lun: &Lun,
    map: &LunMap,
    title: String,
    object: Member,
) -> Result<Intent, Error> {
    let act = Act::Unmap(map.lun(), map.group());
    let mut intent = at.intent(title, object, act);
    intent.class = Class::Asks;
    intent.cuts = at.cuts_of(lun, std::slice::from_ref(map))?;
    intent.inverse = vec![again(map)];
    Ok(intent)
}

/// The map as it was.
fn again(map: &LunMap) -> Edit {
    Edit::MapLun {
        lun: call_lun(&map.path),
        to: Party::HostGroup(call_group(&map.igroup, &map.igroup_uuid)),
        number: map.number,
        direct: false,
    }
}

fn from_all(at: &At<'_>, lun: &Lun, mapped: &[LunMap], object: Member) -> Result<Intent, Error> {
    let title = format!("unmap LUN {} from all hosts", lun.path);
    if mapped.is_empty() {
        let evidence = format!("LUN {} is mapped to nobody", lun.path);
        return Ok(at.already(title, object, evidence));
    }
    let mut intent = match mapped {
        [map] => hidden(at, lun, map, title, object)?,
        several => {
            let part = |map: &LunMap| Part {
                edit: Edit::UnmapLun {
                    lun: call_lun(&map.path),
                    from: Party::HostGroup(call_group(&map.igroup, &map.igroup_uuid)),
                },
                wire: Act::Unmap(map.lun(), map.group()).lines(at.wire),
            };
            let mut intent = at.chain(title, object, several.iter().map(part).collect(), None);
            intent.cuts = at.cuts_of(lun, several)?;
            intent.inverse = several.iter().rev().map(again).collect();
            intent
        }
    };
    intent.class = Class::Typed(lun.path.clone());
    Ok(intent)
}

/// `mapping delete`: one map.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let found = maps::find(at.line, which, at.bounds)?;
    let map = found.ok_or_else(|| not_found(at.line, "mapping", which))?;
    let lun = at.lun(&Selector::Id(map.uuid.clone()))?;
    let title = format!("unmap LUN {} from hostgroup {}", map.path, map.igroup);
    let mut intent = hidden(at, &lun, &map, title, maps::member(&map))?;
    if intent.cuts.is_empty() {
        intent.class = Class::Unused;
        let tail = format!("map/{}/{}", map.uuid, map.igroup);
        intent.identity = Some(at.identity(&tail)?);
    }
    intent.inverse = vec![Edit::CreateLunMap {
        lun: call_lun(&map.path),
        group: call_group(&map.igroup, &map.igroup_uuid),
        number: map.number,
    }];
    Ok(intent)
}
