//! `lun unmap`: a LUN taken away from one host, from a group of hosts, or from everybody
//! (INTERFACE, "Verbs").

use super::super::nouns::group::{self, HOST_GROUP};
use super::super::nouns::lun;
use super::super::parts::{self, Link};
use super::At;
use super::chain::Part;
use super::group::remove;
use super::reach::{Reach, hosts_in};
use super::show::{call, call_lun, get_host, is_of};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort, Party};
use crate::model::ids::LunNumber;
use crate::model::nouns::{Lun, LunMapping, Member};
use crate::model::selector::Selector;

/// Whether a way is to end.
type Wanted = Box<dyn Fn(&LunMapping) -> bool>;

/// `lun unmap`.
pub(super) fn unmap(at: &At<'_>, which: &Selector, from: &Party) -> Result<Intent, Error> {
    let lun = lun::get(at.client, which, at.bounds)?;
    let reach = Reach::new(at);
    let (who, wanted): (String, Wanted) = match from {
        Party::Host(host) => {
            let host = get_host(at, host)?;
            let who = format!("host {}", host.name);
            (who, Box::new(move |way| is_of(way, &host)))
        }
        Party::HostGroup(group) => {
            let found = group::get(at.client, HOST_GROUP, group, at.bounds)?;
            let who = format!("hostgroup {}", found.name);
            let mine =
                move |way: &LunMapping| way.hostgroup.as_ref().is_some_and(|g| g.id == found.id);
            (who, Box::new(mine))
        }
        Party::AllHosts => ("all hosts".to_owned(), Box::new(|_| true)),
    };
    let title = format!("unmap LUN {} from {who}", lun.name);
    let object = lun::member(&lun);
    let ways = reach.ways(&lun)?;
    let mut groups: Vec<Member> = Vec::new();
    let mut direct: Vec<Member> = Vec::new();
    for way in ways.iter().filter(|w| wanted(w)) {
        match (&way.lungroup, &way.host) {
            (Some(group), _) if !groups.contains(group) => groups.push(group.clone()),
            (None, Some(host)) => direct.push(host.clone()),
            _ => {}
        }
    }
    if groups.is_empty() && direct.is_empty() {
        let evidence = format!("LUN {} is not mapped to {who}", lun.name);
        return Ok(at.already(title, object, evidence));
    }
    let ends = |way: &LunMapping| match &way.lungroup {
        Some(group) => groups.iter().any(|g| g.id == group.id),
        None => wanted(way),
    };
    let strangers: Vec<&LunMapping> = ways
        .iter()
        .filter(|w| ends(w) && !wanted(w) && w.host.is_some())
        .collect();
    if !strangers.is_empty() {
        let cuts = reach.ways_end(&lun, &ways, &|way| ends(way) && !wanted(way))?;
        let why = format!(
            "{who} shares lungroup {} with host {}, which would lose LUN {} as well",
            groups.first().map_or("", |g| g.name.as_str()),
            hosts_in(&cuts),
            lun.name
        );
        let hints = groups.iter().map(|group| {
            let edit = Edit::RemoveMember {
                sort: GroupSort::Luns,
                group: call(group),
                member: call_lun(&lun),
            };
            edit.to_string()
        });
        return Err(at.conflict(why, hints.collect()));
    }
    let cuts = reach.ways_end(&lun, &ways, &ends)?;
    let mut intent = taken_away(at, &lun, (&groups, &direct), title)?;
    let through = |ends: &dyn Fn(&LunMapping) -> bool| -> Option<LunNumber> {
        let rows = ways.iter().filter(|w| ends(w)).map(|w| w.lun_number);
        let numbers: Vec<Option<LunNumber>> = rows.collect();
        let first = *numbers.first()?;
        numbers.iter().all(|n| *n == first).then_some(first)?
    };
    intent.inverse = Vec::new();
    for group in &groups {
        let of = |way: &LunMapping| way.host.is_some() && way.lungroup.as_ref() == Some(group);
        intent.inverse.push(Edit::AddMember {
            sort: GroupSort::Luns,
            group: call(group),
            member: call_lun(&lun),
            number: through(&of),
        });
    }
    for host in &direct {
        let of = |way: &LunMapping| way.lungroup.is_none() && is_of(way, host);
        intent.inverse.push(Edit::MapLun {
            lun: call_lun(&lun),
            to: Party::Host(call(host)),
            number: through(&of),
            direct: true,
        });
    }
    intent.cuts = cuts;
    intent.class = match from {
        Party::AllHosts => Class::Typed(lun.name.clone()),
        Party::Host(_) | Party::HostGroup(_) => Class::Asks,
    };
    Ok(intent)
}

/// The requests: one where there is one way, a chain where there are several.
fn taken_away(
    at: &At<'_>,
    lun: &Lun,
    (groups, direct): (&[Member], &[Member]),
    title: String,
) -> Result<Intent, Error> {
    match (groups, direct) {
        ([group], []) => {
            let mut intent = remove(at, GroupSort::Luns, &call(group), &call_lun(lun))?;
            intent.title = title;
            Ok(intent)
        }
        ([], [host]) => {
            let request = parts::direct::delete(&host.id, &lun.id);
            Ok(at.intent(title, lun::member(lun), vec![request]))
        }
        _ => {
            let out = groups.iter().map(|group| {
                let edit = Edit::RemoveMember {
                    sort: GroupSort::Luns,
                    group: call(group),
                    member: call_lun(lun),
                };
                let request = Link::LunGroupLun.part(&group.id, &lun.id, lun::kind_of(lun));
                Part::new(edit, &request)
            });
            let away = direct.iter().map(|host| {
                let edit = Edit::UnmapLun {
                    lun: call_lun(lun),
                    from: Party::Host(call(host)),
                };
                Part::new(edit, &parts::direct::delete(&host.id, &lun.id))
            });
            Ok(at.chain(title, lun::member(lun), out.chain(away).collect()))
        }
    }
}
