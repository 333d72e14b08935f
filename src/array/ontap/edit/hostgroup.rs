//! Igroups made and deleted (ontap.md §9.1).

use super::super::names::{LONGEST, initiator_key, protocol_of};
use super::super::nouns::igroup;
use super::super::wire::{Igroup, IgroupRef, NewIgroup, igroup_type};
use super::act::Act;
use super::chain::Part;
use super::sight::listed;
use super::{At, call_group, call_lun, group_member, initiator_member};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupProtocol, GroupSort, InitiatorName, Party};
use crate::model::nouns::Protocol;
use crate::model::selector::Selector;

/// What the hosts of an igroup may run (ontap.md §6).
const SYSTEMS: [&str; 10] = [
    "aix", "hpux", "hyper_v", "linux", "netware", "openvms", "solaris", "vmware", "windows", "xen",
];

/// What hosts run unless it is told.
pub(super) const OS: &str = "linux";

/// How many LUNs are told what to do about one by one.
const TOLD: usize = 20;

/// What an igroup holds that is to be made for these initiators: what they are, or anything.
fn protocol_for(initiators: &[InitiatorName]) -> GroupProtocol {
    let mut protocols = initiators.iter().map(InitiatorName::protocol);
    match protocols.next() {
        Some(first) if protocols.all(|other| other == first) => first.into(),
        _ => GroupProtocol::Mixed,
    }
}

/// `hostgroup create`.
pub(super) fn create(
    at: &At<'_>,
    name: &str,
    (protocol, os): (Option<GroupProtocol>, Option<&str>),
    initiators: &[InitiatorName],
) -> Result<Intent, Error> {
    if !(1..=LONGEST).contains(&name.chars().count()) {
        let why = format!("1 to {LONGEST} characters wanted");
        return Err(at.invalid(format!("hostgroup name {name:?}"), why));
    }
    if let Some(os) = os.filter(|os| !SYSTEMS.contains(os)) {
        let why = format!("one of {} wanted", SYSTEMS.join(", "));
        return Err(at.invalid(format!("operating system {os:?}"), why));
    }
    let mut keys: Vec<String> = Vec::new();
    for one in initiators {
        let key = initiator_key(&one.to_string());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if let Some(found) = at.group_called(name)? {
        return there_is(at, &found, (protocol, os), &keys);
    }
    let new = NewIgroup {
        name: name.to_owned(),
        protocol: protocol.unwrap_or_else(|| protocol_for(initiators)),
        os_type: os.unwrap_or(OS).to_owned(),
        initiators: keys,
    };
    for key in &new.initiators {
        fits(at, new.protocol, key)?;
        same_system(at, &new.os_type, key, &at.groups_of(key)?)?;
    }
    made(at, new)
}

/// An igroup that is not there yet.
fn made(at: &At<'_>, new: NewIgroup) -> Result<Intent, Error> {
    let name = new.name.clone();
    let title = format!(
        "create hostgroup {name} of type {}, {}{}",
        igroup_type(new.protocol),
        new.os_type,
        match new.initiators.is_empty() {
            true => String::new(),
            false => format!(", with {}", new.initiators.join(", ")),
        }
    );
    let object = igroup::member(GroupSort::Hosts.noun(), "", &name);
    let back = Edit::DeleteGroup {
        sort: GroupSort::Hosts,
        group: Selector::Name(name.clone()),
    };
    let mut intent = if new.initiators.is_empty() || at.wire.fills() {
        at.intent(title, object, Act::CreateIgroup(new))
    } else {
        let at_name = IgroupRef {
            name: name.clone(),
            uuid: String::new(),
        };
        let mut parts = vec![Part {
            edit: Edit::CreateHostGroup {
                name,
                protocol: Some(new.protocol),
                os: Some(new.os_type.clone()),
                initiators: Vec::new(),
            },
            wire: Act::CreateIgroup(new.clone()).lines(at.wire),
        }];
        for key in &new.initiators {
            parts.push(entering(at, &at_name, key)?);
        }
        at.chain(title, object, parts, Some(back.clone()))
    };
    intent.inverse = vec![back];
    Ok(intent)
}

/// An initiator that goes into an igroup, as a part of a change.
fn entering(at: &At<'_>, igroup: &IgroupRef, key: &str) -> Result<Part, Error> {
    Ok(Part {
        edit: Edit::AddInitiator {
            group: call_group(&igroup.name, &igroup.uuid),
            initiator: typed(at, key)?,
        },
        wire: Act::AddInitiator(igroup.clone(), key.to_owned()).lines(at.wire),
    })
}

/// An initiator as a command names it.
fn typed(at: &At<'_>, key: &str) -> Result<InitiatorName, Error> {
    let bad =
        |error: crate::model::ids::BadId| at.invalid(format!("initiator {key}"), error.to_string());
    key.parse().map_err(bad)
}

/// An igroup of the name that was to be made: it serves if it is the same, and is filled if some
/// of its members are missing.
fn there_is(
    at: &At<'_>,
    found: &Igroup,
    (protocol, os): (Option<GroupProtocol>, Option<&str>),
    keys: &[String],
) -> Result<Intent, Error> {
    let name = &found.name;
    let title = format!("create hostgroup {name}");
    let call = call_group(name, &found.uuid);
    let other = |why: String| {
        let why = format!("there is a hostgroup {name} already, {why}");
        Err(at.conflict(why, vec![format!("sanctl hostgroup show {call}")]))
    };
    if protocol.is_some_and(|wanted| igroup_type(wanted) != found.protocol) {
        return other(format!("of type {}", found.protocol));
    }
    if os.is_some_and(|wanted| wanted != found.os_type) {
        return other(format!("of {} hosts", found.os_type));
    }
    let strangers = found.others(keys);
    if !keys.is_empty() && !strangers.is_empty() {
        return other(format!("with {}", strangers.join(", ")));
    }
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| !found.initiators.contains(key))
        .collect();
    if missing.is_empty() {
        let evidence = format!(
            "hostgroup {name} is there, of type {}, {}",
            found.protocol, found.os_type
        );
        return Ok(at.already(title, group_member(found), evidence));
    }
    let (mut parts, mut inverse) = (Vec::new(), Vec::new());
    let mut gains = Vec::new();
    let maps = at.maps_to(found)?;
    for key in missing {
        if !found.takes(protocol_of(key)) {
            return other(format!("of type {}, which {key} is not", found.protocol));
        }
        parts.push(entering(at, &found.at(), key)?);
        gains.extend(at.gains(&initiator_member(key), &maps)?);
        inverse.insert(
            0,
            Edit::RemoveInitiator {
                group: call.clone(),
                initiator: typed(at, key)?,
            },
        );
    }
    let title = format!("fill hostgroup {name}, which is there already");
    let mut intent = at.chain(title, group_member(found), parts, None);
    intent.gains = gains;
    intent.inverse = inverse;
    Ok(intent)
}

/// Refuses an initiator that an igroup of this type does not take (9010).
fn fits(at: &At<'_>, protocol: GroupProtocol, key: &str) -> Result<(), Error> {
    match (protocol, protocol_of(key)) {
        (GroupProtocol::Mixed, _)
        | (GroupProtocol::Iscsi, Protocol::Iscsi)
        | (GroupProtocol::Fc, Protocol::Fc) => Ok(()),
        (_, other) => {
            let why = format!(
                "a hostgroup of type {} takes none of {}",
                igroup_type(protocol),
                other.word()
            );
            Err(at.invalid(format!("initiator {key}"), why))
        }
    }
}

/// Refuses an initiator that is in an igroup of another operating system (9051).
pub(super) fn same_system(
    at: &At<'_>,
    os: &str,
    key: &str,
    groups: &[Igroup],
) -> Result<(), Error> {
    let other = groups
        .iter()
        .find(|g| !g.os_type.is_empty() && !os.is_empty() && g.os_type != os);
    let Some(other) = other else { return Ok(()) };
    let call = call_group(&other.name, &other.uuid);
    let why = format!(
        "initiator {key} is in hostgroup {} of {} hosts, and in one of {os} hosts it cannot be too",
        other.name, other.os_type
    );
    Err(at.conflict(
        why,
        vec![
            format!("--os {}", other.os_type),
            format!("sanctl hostgroup show {call}"),
        ],
    ))
}

/// `hostgroup delete`: refused while LUNs are mapped to it.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let found = at.group(which)?;
    let maps = at.maps_to(&found)?;
    let call = call_group(&found.name, &found.uuid);
    if !maps.is_empty() {
        let away = |map: &super::super::wire::LunMap| {
            let edit = Edit::UnmapLun {
                lun: call_lun(&map.path),
                from: Party::HostGroup(call.clone()),
            };
            edit.to_string()
        };
        let why = format!(
            "hostgroup {} is in use: mapped to it is {}",
            found.name,
            listed(&maps)
        );
        return Err(at.conflict(why, maps.iter().take(TOLD).map(away).collect()));
    }
    let title = format!("delete hostgroup {}", found.name);
    let act = Act::DestroyIgroup(found.at());
    let mut intent = at.intent(title, group_member(&found), act);
    intent.class = Class::Unused;
    intent.identity = Some(at.identity(&format!("igroup/{}", found.name))?);
    if !found.initiators.is_empty() {
        let who = found.initiators.join(", ");
        intent
            .notes
            .push(format!("{who} in it see no LUN through it"));
    }
    if let Some(portset) = &found.portset {
        intent.notes.push(format!(
            "made again, it is not bound to port set {portset} any more"
        ));
    }
    let protocol = match found.protocol.as_str() {
        "iscsi" => GroupProtocol::Iscsi,
        "fcp" => GroupProtocol::Fc,
        _ => GroupProtocol::Mixed,
    };
    let initiators = found.initiators.iter().map(|key| typed(at, key));
    intent.inverse = vec![Edit::CreateHostGroup {
        name: found.name.clone(),
        protocol: Some(protocol),
        os: Some(found.os_type.clone()).filter(|os| !os.is_empty()),
        initiators: initiators.collect::<Result<_, _>>()?,
    }];
    Ok(intent)
}
