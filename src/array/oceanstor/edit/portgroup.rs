//! Ports put into port groups and taken out: through them the hosts of the group's views see their
//! LUNs.

use super::super::nouns::group::{self, HOST_GROUP, LUN_GROUP, PORT_GROUP};
use super::super::nouns::{mapping, port};
use super::super::parts;
use super::At;
use super::group::{call, get};
use super::reach::Reach;
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort};
use crate::model::nouns::Group;
use crate::model::selector::Selector;

/// The views of a port group that show something: view, host group, LUN group.
fn joined(at: &At<'_>, found: &Group) -> Result<Vec<(String, String, String)>, Error> {
    let mut joined = Vec::new();
    for view in group::views(at.client, PORT_GROUP, &found.id, at.bounds)? {
        let side = |sort| mapping::side(at.client, sort, &view.id, at.bounds);
        if let (Some(hosts), Some(luns)) = (side(HOST_GROUP)?, side(LUN_GROUP)?) {
            joined.push((view.id, hosts.id, luns.id));
        }
    }
    Ok(joined)
}

/// The hosts of these views, in words.
fn hosts_of(
    joined: &[(String, String, String)],
    reach: &Reach<'_>,
) -> Result<Option<String>, Error> {
    let mut names: Vec<String> = Vec::new();
    for (_, hosts, _) in joined {
        names.extend(reach.hosts_of(hosts)?.into_iter().map(|h| h.name));
    }
    names.sort();
    names.dedup();
    Ok((!names.is_empty()).then(|| names.join(", ")))
}

pub(super) fn add(at: &At<'_>, which: &Selector, member: &Selector) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Ports, which)?;
    let port = port::get_socket(at.client, member, at.bounds)?;
    let title = format!(
        "put port {} into portgroup {}",
        port.member.name, found.name
    );
    let held = port::of_group(at.client, &found.id, at.bounds)?;
    if held.iter().any(|h| h.is(&port)) {
        let evidence = format!("port {} is in portgroup {}", port.member.name, found.name);
        return Ok(at.already(title, port.member, evidence));
    }
    let request = parts::port::join(&found.id, &port.member.id, port.code);
    let mut intent = at.intent(title, port.member.clone(), vec![request]);
    intent.class = Class::Asks;
    if let Some(hosts) = hosts_of(&joined(at, &found)?, &Reach::new(at))? {
        intent.notes.push(format!(
            "host {hosts} sees its LUNs through this port too then"
        ));
    }
    intent.inverse = vec![Edit::RemoveMember {
        sort: GroupSort::Ports,
        group: call(&found),
        member: At::named(&port.member.name, &port.member.id),
    }];
    Ok(intent)
}

pub(super) fn remove(at: &At<'_>, which: &Selector, member: &Selector) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Ports, which)?;
    let port = port::get_socket(at.client, member, at.bounds)?;
    let title = format!(
        "take port {} out of portgroup {}",
        port.member.name, found.name
    );
    let held = port::of_group(at.client, &found.id, at.bounds)?;
    if !held.iter().any(|h| h.is(&port)) {
        let evidence = format!(
            "port {} is not in portgroup {}",
            port.member.name, found.name
        );
        return Ok(at.already(title, port.member, evidence));
    }
    let request = parts::port::part(&found.id, &port.member.id, port.code);
    let mut intent = at.intent(title, port.member.clone(), vec![request]);
    let (joined, reach) = (joined(at, &found)?, Reach::new(at));
    if held.len() == 1 {
        // Nobody says what a view with an empty port group shows; the worst is to be feared.
        for (view, hosts, luns) in &joined {
            intent.cuts.extend(reach.view_parts(view, hosts, luns)?);
        }
    } else if let Some(hosts) = hosts_of(&joined, &reach)? {
        intent
            .notes
            .push(format!("host {hosts} loses its paths through this port"));
    }
    intent.class = Class::Typed(found.name.clone());
    intent.inverse = vec![Edit::AddMember {
        sort: GroupSort::Ports,
        group: call(&found),
        member: At::named(&port.member.name, &port.member.id),
        number: None,
    }];
    Ok(intent)
}
