//! Hosts put into host groups and taken out: a host sees what the views of its groups show.

use super::super::nouns::{host, kind};
use super::super::parts::Link;
use super::At;
use super::group::{call, get};
use super::reach::Reach;
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort};
use crate::model::nouns::{Host, Member};
use crate::model::selector::Selector;

/// Why taking a link back is not always enough.
pub(super) const NUMBERS_CHANGE: &str =
    "taken back, the array may give the LUNs other numbers than they have now";

fn host_member(host: &Host) -> Member {
    Member {
        what: "host".to_owned(),
        id: host.id.clone(),
        name: host.name.clone(),
    }
}

pub(super) fn add(at: &At<'_>, which: &Selector, member: &Selector) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Hosts, which)?;
    let host = host_member(&host::get(at.client, member, at.bounds)?);
    let title = format!("put host {} into hostgroup {}", host.name, found.name);
    let groups = host::groups(at.client, &host.id, at.bounds)?;
    if groups.iter().any(|g| g.id == found.id) {
        let evidence = format!("host {} is in hostgroup {}", host.name, found.name);
        return Ok(at.already(title, host, evidence));
    }
    // Seeing a LUN twice is refused here.
    let gains = Reach::new(at).host_enters(&host, &found.id)?;
    let request = Link::HostGroupHost.join(&found.id, &host.id, kind::HOST);
    let mut intent = at.intent(title, host.clone(), vec![request]);
    intent.gains = gains;
    intent.notes.extend(
        groups
            .iter()
            .map(|other| format!("host {} is in hostgroup {} too", host.name, other.name)),
    );
    intent.inverse = vec![Edit::RemoveMember {
        sort: GroupSort::Hosts,
        group: call(&found),
        member: At::named(&host.name, &host.id),
    }];
    Ok(intent)
}

pub(super) fn remove(at: &At<'_>, which: &Selector, member: &Selector) -> Result<Intent, Error> {
    let found = get(at, GroupSort::Hosts, which)?;
    let host = host_member(&host::get(at.client, member, at.bounds)?);
    let title = format!("take host {} out of hostgroup {}", host.name, found.name);
    let groups = host::groups(at.client, &host.id, at.bounds)?;
    if !groups.iter().any(|g| g.id == found.id) {
        let evidence = format!("host {} is not in hostgroup {}", host.name, found.name);
        return Ok(at.already(title, host, evidence));
    }
    let request = Link::HostGroupHost.part(&found.id, &host.id, kind::HOST);
    let mut intent = at.intent(title, host.clone(), vec![request]);
    intent.cuts = Reach::new(at).host_leaves(&host, &found.id)?;
    intent.class = if intent.cuts.is_empty() {
        Class::Asks
    } else {
        intent.notes.push(NUMBERS_CHANGE.to_owned());
        Class::Typed(host.name.clone())
    };
    intent.inverse = vec![Edit::AddMember {
        sort: GroupSort::Hosts,
        group: call(&found),
        member: At::named(&host.name, &host.id),
        number: None,
    }];
    Ok(intent)
}
