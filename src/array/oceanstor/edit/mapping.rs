//! Mapping views made, filled, taken apart and deleted (oceanstor.md §7 "Mapping view"). What a
//! view shows it shows while it joins a host group with a LUN group.

use super::super::nouns::group;
use super::super::nouns::{lun, mapping, port};
use super::super::parts::{self, Link, Noun};
use super::At;
use super::hostgroup::NUMBERS_CHANGE;
use super::reach::{Reach, hosts_in, number_of};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort};
use crate::model::ids::LunNumber;
use crate::model::nouns::{Mapping, Member};
use crate::model::selector::Selector;

/// The mapping, which must be a view: one of a single LUN and host is changed by `lun map` and
/// `lun unmap`.
fn get(at: &At<'_>, which: &Selector) -> Result<Mapping, Error> {
    let found = mapping::get(at.client, which, at.bounds)?;
    if found.kind == "view" {
        return Ok(found);
    }
    let name = |side: &Option<Member>| side.as_ref().map_or(String::new(), call_member);
    Err(Error::Unsupported {
        array: at.client.array().to_owned(),
        what: format!("groups in the direct mapping {}", found.id),
        instead: format!(
            "sanctl lun unmap {} --host {}",
            name(&found.lungroup),
            name(&found.hostgroup)
        ),
    })
}

fn call_member(member: &Member) -> String {
    At::named(&member.name, &member.id).to_string()
}

fn call(found: &Mapping) -> Selector {
    At::named(&found.name, &found.id)
}

fn object(found: &Mapping) -> Member {
    Member {
        what: "mapping".to_owned(),
        id: found.id.clone(),
        name: found.name.clone(),
    }
}

/// The view's group of one sort.
fn side(found: &Mapping, sort: GroupSort) -> Option<&Member> {
    match sort {
        GroupSort::Hosts => found.hostgroup.as_ref(),
        GroupSort::Luns => found.lungroup.as_ref(),
        GroupSort::Ports => found.portgroup.as_ref(),
    }
}

const fn link(sort: GroupSort) -> (Link, Noun) {
    match sort {
        GroupSort::Hosts => (Link::ViewHostGroup, Noun::HostGroup),
        GroupSort::Luns => (Link::ViewLunGroup, Noun::LunGroup),
        GroupSort::Ports => (Link::ViewPortGroup, Noun::PortGroup),
    }
}

/// `mapping create`.
pub(super) fn create(at: &At<'_>, name: &str) -> Result<Intent, Error> {
    let title = format!("create mapping {name}");
    let named = Selector::Name(name.to_owned());
    match mapping::get(at.client, &named, at.bounds) {
        Ok(found) => {
            let evidence = format!("mapping {} is called {name}", found.id);
            return Ok(at.already(title, object(&found), evidence));
        }
        Err(Error::NotFound { .. }) => {}
        Err(error) => return Err(error),
    }
    let made = Member {
        what: "mapping".to_owned(),
        id: String::new(),
        name: name.to_owned(),
    };
    let mut intent = at.intent(title, made, vec![Noun::View.create(name)]);
    intent.inverse = vec![Edit::DeleteMapping { mapping: named }];
    Ok(intent)
}

/// `mapping delete`: only of a view that holds nothing, so that it cuts nothing.
pub(super) fn delete(at: &At<'_>, which: &Selector) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let sorts = [GroupSort::Luns, GroupSort::Hosts, GroupSort::Ports];
    let held: Vec<(GroupSort, &Member)> = sorts
        .into_iter()
        .filter_map(|sort| Some((sort, side(&found, sort)?)))
        .collect();
    if !held.is_empty() {
        let hints = held.iter().map(|(sort, group)| {
            Edit::RemoveGroup {
                mapping: call(&found),
                sort: *sort,
                group: At::named(&group.name, &group.id),
            }
            .to_string()
        });
        let why = match (&found.hostgroup, &found.lungroup) {
            (Some(hosts), Some(luns)) => {
                let cuts = Reach::new(at).view_parts(&found.id, &hosts.id, &luns.id)?;
                format!(
                    "mapping {} joins hostgroup {} and lungroup {}: without it {}",
                    found.name,
                    hosts.name,
                    luns.name,
                    loses(&cuts)
                )
            }
            _ => {
                let words: Vec<String> = held
                    .iter()
                    .map(|(sort, group)| format!("{} {}", sort.noun(), group.name))
                    .collect();
                format!("mapping {} holds {}", found.name, words.join(", "))
            }
        };
        return Err(at.conflict(why, hints.collect()));
    }
    let title = format!("delete mapping {}", found.name);
    let mut intent = at.intent(title, object(&found), vec![Noun::View.delete(&found.id)]);
    intent.class = Class::Unused;
    intent.identity = Some(at.identity(Noun::View, &found.name)?);
    intent.inverse = vec![Edit::CreateMapping { name: found.name }];
    Ok(intent)
}

/// `host a loses 2 LUNs, host b loses 1 LUN`.
fn loses(cuts: &[crate::array::edit::Cut]) -> String {
    let mut hosts: Vec<(&str, usize)> = Vec::new();
    for cut in cuts {
        match hosts.iter_mut().find(|(name, _)| *name == cut.host.name) {
            Some((_, count)) => *count += 1,
            None => hosts.push((&cut.host.name, 1)),
        }
    }
    if hosts.is_empty() {
        return "no host would lose a LUN".to_owned();
    }
    let words = hosts.iter().map(|(name, count)| {
        let plural = if *count == 1 { "" } else { "s" };
        format!("host {name} loses {count} LUN{plural}")
    });
    words.collect::<Vec<_>>().join(", ")
}

/// `mapping add-group`.
pub(super) fn add_group(
    at: &At<'_>,
    which: &Selector,
    sort: GroupSort,
    group: &Selector,
) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let (link, noun) = link(sort);
    let (_, list) = super::group::of(sort);
    let group = group::get(at.client, list, group, at.bounds)?;
    let title = format!(
        "put {} {} into mapping {}",
        noun.word(),
        group.name,
        found.name
    );
    match side(&found, sort) {
        Some(held) if held.id == group.id => {
            let evidence = format!(
                "mapping {} holds {} {}",
                found.name,
                noun.word(),
                group.name
            );
            return Ok(at.already(title, object(&found), evidence));
        }
        Some(held) => {
            let why = format!(
                "mapping {} holds {} {} already, and can hold no second one",
                found.name,
                noun.word(),
                held.name
            );
            let away = Edit::RemoveGroup {
                mapping: call(&found),
                sort,
                group: At::named(&held.name, &held.id),
            };
            return Err(at.conflict(why, vec![away.to_string()]));
        }
        None => {}
    }
    let reach = Reach::new(at);
    let mut notes = Vec::new();
    // Seeing a LUN twice is refused here.
    let gains = match (sort, &found.hostgroup, &found.lungroup) {
        (GroupSort::Hosts, _, Some(luns)) => reach.view_joins(&group.id, &luns.id)?,
        (GroupSort::Luns, Some(hosts), _) => reach.view_joins(&hosts.id, &group.id)?,
        (GroupSort::Ports, Some(hosts), Some(luns)) => {
            let ports = port::of_group(at.client, &group.id, at.bounds)?;
            if ports.is_empty() {
                let cuts = reach.view_parts(&found.id, &hosts.id, &luns.id)?;
                if !cuts.is_empty() {
                    let why = format!(
                        "portgroup {} has no port: through it {}",
                        group.name,
                        loses(&cuts)
                    );
                    let fill = format!("sanctl port list --array {}", at.client.array());
                    return Err(at.conflict(why, vec![fill]));
                }
            }
            notes.push(format!(
                "its hosts see its LUNs through the {} of portgroup {} alone then: paths through \
                 other ports end",
                parts::counted(ports.len(), "port"),
                group.name
            ));
            Vec::new()
        }
        _ => Vec::new(),
    };
    let request = link.join(&found.id, &group.id, noun.code());
    let mut intent = at.intent(title, object(&found), vec![request]);
    intent.gains = gains;
    intent.notes = notes;
    intent.inverse = vec![Edit::RemoveGroup {
        mapping: call(&found),
        sort,
        group: At::named(&group.name, &group.id),
    }];
    Ok(intent)
}

/// `mapping remove-group`.
pub(super) fn remove_group(
    at: &At<'_>,
    which: &Selector,
    sort: GroupSort,
    group: &Selector,
) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let (link, noun) = link(sort);
    let (_, list) = super::group::of(sort);
    let group = group::get(at.client, list, group, at.bounds)?;
    let title = format!(
        "take {} {} out of mapping {}",
        noun.word(),
        group.name,
        found.name
    );
    if side(&found, sort).is_none_or(|held| held.id != group.id) {
        let evidence = format!(
            "mapping {} holds no {} {}",
            found.name,
            noun.word(),
            group.name
        );
        return Ok(at.already(title, object(&found), evidence));
    }
    let request = link.part(&found.id, &group.id, noun.code());
    let mut intent = at.intent(title, object(&found), vec![request]);
    if let (Some(hosts), Some(luns)) = (&found.hostgroup, &found.lungroup) {
        if sort == GroupSort::Ports {
            intent
                .notes
                .push("its hosts see its LUNs through every front-end port then".to_owned());
        } else {
            intent.cuts = Reach::new(at).view_parts(&found.id, &hosts.id, &luns.id)?;
            if !intent.cuts.is_empty() {
                intent.notes.push(NUMBERS_CHANGE.to_owned());
            }
        }
    }
    intent.class = Class::Typed(found.name.clone());
    intent.inverse = vec![Edit::AddGroup {
        mapping: call(&found),
        sort,
        group: At::named(&group.name, &group.id),
    }];
    Ok(intent)
}

/// `mapping set-number`: for a host that uses the LUN now it is as if the LUN went away.
pub(super) fn set_number(
    at: &At<'_>,
    which: &Selector,
    lun: &Selector,
    number: LunNumber,
) -> Result<Intent, Error> {
    let found = get(at, which)?;
    let lun = lun::get(at.client, lun, at.bounds)?;
    let member = lun::member(&lun);
    let title = format!(
        "give LUN {} number {number} in mapping {}",
        lun.name, found.name
    );
    let shown = |hints: Vec<String>, why: String| Err(at.conflict(why, hints));
    let show = || vec![format!("sanctl mapping show {}", call(&found))];
    let reach = Reach::new(at);
    let inside = match &found.lungroup {
        None => false,
        Some(group) => lun::groups(at.client, &lun, at.bounds)?
            .iter()
            .any(|g| g.id == group.id),
    };
    if !inside {
        let why = format!("LUN {} is not in mapping {}", lun.name, found.name);
        return shown(show(), why);
    }
    let hosts = match &found.hostgroup {
        None => Vec::new(),
        Some(group) => reach.hosts_of(&group.id)?,
    };
    if hosts.is_empty() {
        let why = format!(
            "no host sees the LUNs of mapping {}, so they have no numbers yet",
            found.name
        );
        return shown(show(), why);
    }
    let eyes = reach.eyes(&hosts)?;
    let here =
        |eyes: &super::reach::Eyes| eyes.row(&lun).and_then(|row| row.lun_number) == Some(number);
    if eyes.iter().all(here) {
        let evidence = format!(
            "host {} sees LUN {} at number {number}",
            names(&hosts),
            lun.name
        );
        return Ok(at.already(title, member, evidence));
    }
    for (host, eyes) in hosts.iter().zip(&eyes) {
        if !here(eyes) {
            at.is_free(host, eyes, number)?;
        }
    }
    let offered = mapping::offered(at.client, &found.id, at.bounds)?;
    if offered.is_some_and(|free| !free.contains(&number)) {
        let why = format!("mapping {} does not offer number {number}", found.name);
        let hint = format!("sanctl mapping free-numbers {}", call(&found));
        return shown(vec![hint], why);
    }
    let request = parts::set_number(&found.id, &lun.id, lun::kind_of(&lun), number.0);
    let mut intent = at.intent(title, member, vec![request]);
    let cuts = hosts.iter().zip(&eyes).filter(|(_, eyes)| !here(eyes));
    intent.cuts = cuts.map(|(host, eyes)| eyes.cut(host, &lun)).collect();
    if intent.cuts.iter().any(|cut| cut.online) {
        intent.notes.push(format!(
            "host {} is logged in: a device of the old number would answer for nothing, or for \
             another LUN later",
            hosts_in(&intent.cuts)
        ));
    }
    intent.class = Class::Typed(lun.name.clone());
    let old = number_of(&intent.cuts).filter(|_| intent.cuts.len() == hosts.len());
    intent.inverse.extend(old.map(|number| Edit::SetNumber {
        mapping: call(&found),
        lun: At::named(&lun.name, &lun.id),
        number,
    }));
    Ok(intent)
}

fn names(hosts: &[Member]) -> String {
    let names: Vec<&str> = hosts.iter().map(|h| h.name.as_str()).collect();
    names.join(", ")
}
