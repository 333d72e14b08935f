//! Groups made and deleted, and what goes into which. An empty group cuts nothing; one that is in
//! use is not deleted.

use super::super::nouns::group::{self, HOST_GROUP, LUN_GROUP, PORT_GROUP, Sort};
use super::super::parts::Noun;
use super::{At, hostgroup, lungroup, portgroup};
use crate::array::Groups as _;
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort};
use crate::model::ids::LunNumber;
use crate::model::nouns::{Group, Member};
use crate::model::selector::Selector;

/// The group's noun in both of its vocabularies.
pub(super) const fn of(sort: GroupSort) -> (Noun, &'static Sort) {
    match sort {
        GroupSort::Hosts => (Noun::HostGroup, HOST_GROUP),
        GroupSort::Luns => (Noun::LunGroup, LUN_GROUP),
        GroupSort::Ports => (Noun::PortGroup, PORT_GROUP),
    }
}

pub(super) fn create(at: &At<'_>, sort: GroupSort, name: &str) -> Result<Intent, Error> {
    let (noun, list) = of(sort);
    let title = format!("create {} {name}", noun.word());
    let member = |id: String| Member {
        what: noun.word().to_owned(),
        id,
        name: name.to_owned(),
    };
    let named = Selector::Name(name.to_owned());
    if let Some(found) = group::find(at.client, list, &named, at.bounds)? {
        let evidence = format!("{} {} is called {name}", noun.word(), found.id);
        return Ok(at.already(title, member(found.id), evidence));
    }
    let mut intent = at.intent(title, member(String::new()), vec![noun.create(name)]);
    intent.inverse = vec![Edit::DeleteGroup { sort, group: named }];
    Ok(intent)
}

pub(super) fn delete(at: &At<'_>, sort: GroupSort, which: &Selector) -> Result<Intent, Error> {
    let (noun, list) = of(sort);
    let groups = group::GroupCatalog {
        client: at.client.clone(),
        sort: list,
    };
    let detail = groups.detail(which, at.bounds)?;
    let found = detail.group;
    let uses = |members: &[Member]| -> Vec<String> {
        let words = members.iter().map(|m| format!("{} {}", m.what, m.name));
        words.collect()
    };
    let used: Vec<String> = [uses(&detail.mappings), uses(&detail.members)].concat();
    if !used.is_empty() {
        let mut hints: Vec<String> = Vec::new();
        let group = call(&found);
        hints.extend(detail.mappings.iter().map(|view| {
            Edit::RemoveGroup {
                mapping: At::named(&view.name, &view.id),
                sort,
                group: group.clone(),
            }
            .to_string()
        }));
        hints.extend(detail.members.iter().map(|member| {
            Edit::RemoveMember {
                sort,
                group: group.clone(),
                member: At::named(&member.name, &member.id),
            }
            .to_string()
        }));
        return Err(at.conflict(
            format!(
                "{} {} is in use: {}",
                noun.word(),
                found.name,
                used.join(", ")
            ),
            hints,
        ));
    }
    let object = Member {
        what: noun.word().to_owned(),
        id: found.id.clone(),
        name: found.name.clone(),
    };
    let title = format!("delete {} {}", noun.word(), found.name);
    let mut intent = at.intent(title, object, vec![noun.delete(&found.id)]);
    intent.class = Class::Unused;
    intent.identity = Some(at.identity(noun, &found.name)?);
    intent.inverse = vec![Edit::CreateGroup {
        sort,
        name: found.name,
    }];
    Ok(intent)
}

/// `hostgroup add-host`, `lungroup add-lun`, `portgroup add-port`.
pub(super) fn add(
    at: &At<'_>,
    sort: GroupSort,
    which: &Selector,
    member: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    match sort {
        GroupSort::Hosts => hostgroup::add(at, which, member),
        GroupSort::Luns => lungroup::add(at, which, member, number),
        GroupSort::Ports => portgroup::add(at, which, member),
    }
}

/// `hostgroup remove-host`, `lungroup remove-lun`, `portgroup remove-port`.
pub(super) fn remove(
    at: &At<'_>,
    sort: GroupSort,
    which: &Selector,
    member: &Selector,
) -> Result<Intent, Error> {
    match sort {
        GroupSort::Hosts => hostgroup::remove(at, which, member),
        GroupSort::Luns => lungroup::remove(at, which, member),
        GroupSort::Ports => portgroup::remove(at, which, member),
    }
}

pub(super) fn get(at: &At<'_>, sort: GroupSort, which: &Selector) -> Result<Group, Error> {
    group::get(at.client, of(sort).1, which, at.bounds)
}

/// How a group is named in commands.
pub(super) fn call(found: &Group) -> Selector {
    At::named(&found.name, &found.id)
}
