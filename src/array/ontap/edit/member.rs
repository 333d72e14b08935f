//! Initiators put into igroups and taken out: an initiator sees what is mapped to its igroups, and
//! must see no LUN twice and no two LUNs under one number (ontap.md §9.1).

use super::super::names::{initiator_key, protocol_of};
use super::super::wire::{Igroup, LunMap, WhileMapped};
use super::act::Act;
use super::{At, call_group, call_lun, initiator_member};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, InitiatorName, Party};
use crate::model::selector::Selector;

/// `hostgroup add-initiator`.
pub(super) fn add(
    at: &At<'_>,
    which: &Selector,
    initiator: &InitiatorName,
) -> Result<Intent, Error> {
    let key = initiator_key(&initiator.to_string());
    let found = at.group(which)?;
    let name = &found.name;
    let object = initiator_member(&key);
    let title = format!("put initiator {key} into hostgroup {name}");
    if found.initiators.contains(&key) {
        let evidence = format!("initiator {key} is in hostgroup {name}");
        return Ok(at.already(title, object, evidence));
    }
    if !found.takes(protocol_of(&key)) {
        let why = format!("hostgroup {name} is of type {}", found.protocol);
        return Err(at.invalid(format!("initiator {key}"), why));
    }
    let others = at.groups_of(&key)?;
    super::hostgroup::same_system(at, &found.os_type, &key, &others)?;
    let maps = at.maps_to(&found)?;
    if !maps.is_empty() {
        for other in &others {
            let seen = at.maps_to(other)?;
            agree(at, &key, (&found, &maps), (other, &seen))?;
        }
    }
    let act = Act::AddInitiator(found.at(), key.clone());
    let mut intent = at.intent(title, object.clone(), act);
    intent.gains = at.gains(&object, &maps)?;
    let stays = |other: &Igroup| format!("initiator {key} is in hostgroup {} too", other.name);
    intent.notes.extend(others.iter().map(stays));
    intent.inverse = vec![Edit::RemoveInitiator {
        group: call_group(name, &found.uuid),
        initiator: initiator.clone(),
    }];
    Ok(intent)
}

/// Refuses what the array would refuse as a contradiction (9009, 9140), with names.
fn agree(
    at: &At<'_>,
    key: &str,
    (group, maps): (&Igroup, &[LunMap]),
    (other, seen): (&Igroup, &[LunMap]),
) -> Result<(), Error> {
    for map in maps {
        if let Some(same) = seen.iter().find(|one| one.uuid == map.uuid) {
            let edit = Edit::UnmapLun {
                lun: call_lun(&same.path),
                from: Party::HostGroup(call_group(&other.name, &other.uuid)),
            };
            let why = format!(
                "initiator {key} would see LUN {} twice: it is mapped to hostgroup {} and to {}",
                map.path, other.name, group.name
            );
            return Err(at.conflict(why, vec![edit.to_string()]));
        }
        let same = seen
            .iter()
            .find(|one| one.number.is_some() && one.number == map.number);
        if let (Some(same), Some(number)) = (same, map.number) {
            let why = format!(
                "initiator {key} would see two LUNs as number {number}: {} through hostgroup {}, \
                 and {} through {}",
                same.path, other.name, map.path, group.name
            );
            let from = Party::HostGroup(call_group(&group.name, &group.uuid));
            let lun = call_lun(&map.path);
            let away = Edit::UnmapLun { lun, from };
            return Err(at.conflict(
                why,
                vec![format!(
                    "{away}  # and map it again under a number that is free for both"
                )],
            ));
        }
    }
    Ok(())
}

/// `hostgroup remove-initiator`. While LUNs are mapped to the igroup the array wants it forced,
/// which the name that is typed after the list of losses stands for.
pub(super) fn remove(
    at: &At<'_>,
    which: &Selector,
    initiator: &InitiatorName,
) -> Result<Intent, Error> {
    let key = initiator_key(&initiator.to_string());
    let found = at.group(which)?;
    let name = &found.name;
    let object = initiator_member(&key);
    let title = format!("take initiator {key} out of hostgroup {name}");
    if !found.initiators.contains(&key) {
        let evidence = format!("initiator {key} is not in hostgroup {name}");
        return Ok(at.already(title, object, evidence));
    }
    let maps = at.maps_to(&found)?;
    let mapped = match maps.is_empty() {
        true => WhileMapped::Refuse,
        false => WhileMapped::Allow,
    };
    let act = Act::RemoveInitiator(found.at(), key.clone(), mapped);
    let mut intent = at.intent(title, object.clone(), act);
    intent.cuts = at.cuts(&object, std::slice::from_ref(&key), &maps)?;
    intent.class = match intent.cuts.is_empty() {
        true => Class::Asks,
        false => Class::Typed(key.clone()),
    };
    if found.initiators.len() == 1 {
        intent
            .notes
            .push(format!("hostgroup {name} is empty from then on"));
    }
    intent.inverse = vec![Edit::AddInitiator {
        group: call_group(name, &found.uuid),
        initiator: initiator.clone(),
    }];
    Ok(intent)
}
