//! Hosts made, set and deleted (oceanstor.md §6, §7 "Host").

use serde_json::json;

use super::super::client::{Client, Task, parallel};
use super::super::envelope::Request;
use super::super::names;
use super::super::nouns::system::{self, Generation};
use super::super::nouns::{self, direct, kind};
use super::super::parts::{self, Noun};
use super::At;
use crate::array::Filter;
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::model::edit::{AccessMode, Edit, GroupSort, InitiatorName, Party};
use crate::model::nouns::{Host, Member};
use crate::model::selector::Selector;

/// A host as the object of a change.
pub(super) fn member(host: &Host) -> Member {
    Member {
        what: Noun::Host.word().to_owned(),
        id: host.id.clone(),
        name: host.name.clone(),
    }
}

/// Makes a host. A name that is too long for V3 becomes its digest on every generation, as the
/// flows and OpenStack's driver do, so that all of them make and find the same host; the
/// description then holds the name.
pub(super) fn create(
    at: &At<'_>,
    name: &str,
    os: Option<u16>,
    description: Option<&str>,
) -> Result<Intent, Error> {
    let encoded = names::host_name(name);
    if let (true, Some(text)) = (encoded != name, description.filter(|d| *d != name)) {
        return Err(at.invalid(
            format!("description {text:?}"),
            format!(
                "the name is longer than {} characters, so that it has to be the description",
                names::NAME_LIMIT
            ),
        ));
    }
    let os = os.unwrap_or(parts::LINUX);
    if os > 13 && os != 255 {
        return Err(at.invalid(format!("operating system {os}"), "0 to 13, or 255".into()));
    }
    let named = Selector::Name(name.to_owned());
    let title = if encoded == name {
        format!("create host {name}")
    } else {
        format!("create host {encoded} for {name}")
    };
    if let Some(found) = nouns::host::find(at.client, &named, at.bounds)? {
        let evidence = format!("host {} is called {}", found.id, found.name);
        return Ok(at.already(title, member(&found), evidence));
    }
    let object = Member {
        what: Noun::Host.word().to_owned(),
        id: String::new(),
        name: encoded.clone(),
    };
    let v6 = system::generation(at.client, at.bounds)? == Generation::V6;
    let request = parts::create_host(&encoded, os, description.unwrap_or(name), v6);
    let mut intent = at.intent(title, object, vec![request]);
    intent.inverse = vec![Edit::DeleteHost { host: named }];
    Ok(intent)
}

/// Sets the access mode, where arrays have it at the host.
pub(super) fn set(at: &At<'_>, which: &Selector, access: AccessMode) -> Result<Intent, Error> {
    if system::generation(at.client, at.bounds)? == Generation::V3 {
        return Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: "access mode of hosts: this generation has it at the initiator".into(),
            instead: "sanctl initiator set INITIATOR --multipath-type 1".into(),
        });
    }
    let host = nouns::host::get(at.client, which, at.bounds)?;
    let title = format!("set access mode {} of host {}", access.word(), host.name);
    if host.access_mode == Some(access) {
        let evidence = format!("host {} has access mode {}", host.name, access.word());
        return Ok(at.already(title, member(&host), evidence));
    }
    let code = match access {
        AccessMode::Balanced => "0",
        AccessMode::Asymmetric => "1",
    };
    let body = json!({"TYPE": "21", "ID": host.id, "accessMode": code});
    let request = Request::put(format!("/host/{}", host.id), body);
    let mut intent = at.intent(title, member(&host), vec![request]);
    intent.class = Class::Asks;
    let before = host.access_mode.map(|access| Edit::SetHost {
        host: Selector::Id(host.id.clone()),
        access,
    });
    intent.inverse = before.into_iter().collect();
    Ok(intent)
}

/// Deletes a host that has nothing any more.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let host = nouns::host::get(at.client, which, at.bounds)?;
    let uses = uses(at, &host)?;
    if !uses.is_empty() {
        let (words, hints): (Vec<String>, Vec<String>) = uses
            .into_iter()
            .map(|(word, edit)| (word, edit.to_string()))
            .unzip();
        return Err(at.conflict(
            format!("host {} is in use: {}", host.name, words.join(", ")),
            hints,
        ));
    }
    let title = format!("delete host {}", host.name);
    let request = Noun::Host.delete(&host.id);
    let mut intent = at.intent(title, member(&host), vec![request]);
    intent.class = Class::Unused;
    intent.identity = Some(at.identity(Noun::Host, &host.name)?);
    intent.inverse = made_again(&host);
    Ok(intent)
}

/// The edits that make the host again.
fn made_again(host: &Host) -> Vec<Edit> {
    let description = host.description.clone().unwrap_or_default();
    let shortened = description != host.name && names::host_name(&description) == host.name;
    let (name, description) = match description {
        text if shortened => (text, None),
        text if text == host.name => (text, None),
        text => (host.name.clone(), Some(text)),
    };
    let again = Selector::Name(name.clone());
    let mut edits = vec![Edit::CreateHost {
        name,
        os: host.os_code.filter(|os| *os != parts::LINUX),
        description,
    }];
    if host.access_mode == Some(AccessMode::Asymmetric) {
        edits.push(Edit::SetHost {
            host: again,
            access: AccessMode::Asymmetric,
        });
    }
    edits
}

/// What a host still has, in words and as the edits that end it.
type Uses = Vec<(String, Edit)>;

fn uses(at: &At<'_>, host: &Host) -> Result<Uses, Error> {
    let (client, bounds): (&Client, _) = (at.client, at.bounds);
    let tasks: Vec<Task<'_, Result<Uses, Error>>> = vec![
        Box::new(|| initiators(client, host, bounds)),
        Box::new(|| groups(client, host, bounds)),
        Box::new(|| mappings(client, host, bounds)),
    ];
    let mut uses = Vec::new();
    for found in parallel(tasks) {
        uses.extend(found?);
    }
    Ok(uses)
}

fn initiators(client: &Client, host: &Host, bounds: &Bounds) -> Result<Uses, Error> {
    let mut uses = Vec::new();
    nouns::initiator::of_host(client, &host.id, None, bounds, &mut |found| {
        let online = if found.online { ", logged in" } else { "" };
        let initiator: InitiatorName = super::initiator::name_of(client, &found)?;
        uses.push((
            format!("initiator {}{online}", found.id),
            Edit::UnbindInitiator {
                initiator,
                host: Selector::Id(host.id.clone()),
            },
        ));
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(uses)
}

fn groups(client: &Client, host: &Host, bounds: &Bounds) -> Result<Uses, Error> {
    let groups = nouns::host::groups(client, &host.id, bounds)?;
    let uses = groups.into_iter().map(|group| {
        let edit = Edit::RemoveMember {
            sort: GroupSort::Hosts,
            group: Selector::Id(group.id),
            member: Selector::Id(host.id.clone()),
        };
        (format!("hostgroup {}", group.name), edit)
    });
    Ok(uses.collect())
}

/// Direct mappings. The first question is cheap and nearly always answered with none; it may also
/// count what goes through views, so that only the second one gives names.
fn mappings(client: &Client, host: &Host, bounds: &Bounds) -> Result<Uses, Error> {
    if direct::pairs(client, kind::HOST, &host.id, bounds)?.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter {
        host: Some(Selector::Id(host.id.clone())),
        ..Filter::default()
    };
    let found = direct::list(client, &filter, bounds)?;
    let luns = found.into_iter().filter_map(|mapping| mapping.lungroup);
    let uses = luns.map(|lun| {
        let edit = Edit::UnmapLun {
            lun: Selector::Id(lun.id),
            from: Party::Host(Selector::Id(host.id.clone())),
        };
        (format!("direct mapping of LUN {}", lun.name), edit)
    });
    Ok(uses.collect())
}
