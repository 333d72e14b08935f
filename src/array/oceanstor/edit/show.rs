//! One LUN and one host: `lun map`, the same on every array (INTERFACE, "Verbs").
//!
//! A host is shown a LUN through the groups and the view that an attachment makes for it, so that
//! each recognises what the other made; what is missing of them is made.

use super::super::curl;
use super::super::names::parse_convention;
use super::super::nouns::group::{self, HOST_GROUP, LUN_GROUP, PORT_GROUP};
use super::super::nouns::{host, kind, lun, mapping};
use super::super::parts::{self, Link, Noun};
use super::At;
use super::chain::Part;
use super::group::add;
use super::reach::{Reach, through};
use crate::array::edit::{Gain, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, GroupSort, Party};
use crate::model::ids::LunNumber;
use crate::model::nouns::{Lun, LunMapping, Mapping, Member};
use crate::model::selector::Selector;

pub(super) fn call(member: &Member) -> Selector {
    At::named(&member.name, &member.id)
}

pub(super) fn call_lun(lun: &Lun) -> Selector {
    At::named(&lun.name, &lun.id)
}

/// `lun map`.
pub(super) fn map(
    at: &At<'_>,
    which: &Selector,
    to: &Party,
    number: Option<LunNumber>,
    direct: bool,
) -> Result<Intent, Error> {
    let lun = lun::get(at.client, which, at.bounds)?;
    match to {
        Party::Host(host) if direct => map_directly(at, &lun, host, number),
        Party::Host(host) => map_to_host(at, &lun, host, number),
        Party::HostGroup(group) if !direct => map_to_group(at, &lun, group, number),
        Party::HostGroup(_) => Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: "known way to map a LUN to a host group directly".to_owned(),
            instead: "leave --direct out, or name a --host".to_owned(),
        }),
        Party::AllHosts => Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: "way to show a LUN to everybody".to_owned(),
            instead: "--host or --hostgroup".to_owned(),
        }),
    }
}

pub(super) fn get_host(at: &At<'_>, which: &Selector) -> Result<Member, Error> {
    let found = host::get(at.client, which, at.bounds)?;
    Ok(Member {
        what: "host".to_owned(),
        id: found.id,
        name: found.name,
    })
}

pub(super) fn is_of(way: &LunMapping, host: &Member) -> bool {
    way.host.as_ref().is_some_and(|h| h.id == host.id)
}

/// The host sees the LUN already: at the wanted number, or to be moved there.
fn seen(
    at: &At<'_>,
    lun: &Lun,
    host: &Member,
    way: &LunMapping,
    title: String,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let now = way.lun_number;
    let words = match now {
        Some(now) => format!("as number {now}"),
        None => "(its number is not told yet)".to_owned(),
    };
    let evidence = format!(
        "host {} sees LUN {} {words} {}",
        host.name,
        lun.name,
        through(way)
    );
    if number.is_none() || number == now {
        return Ok(at.already(title, lun::member(lun), evidence));
    }
    // A map that ended before it could give the number goes on here.
    if let (Some(view), Some(_), Some(number)) = (&way.mapping, &way.lungroup, number) {
        let mut intent = super::mapping::set_number(at, &call(view), &call_lun(lun), number)?;
        intent.title = title;
        return Ok(intent);
    }
    let away = Edit::UnmapLun {
        lun: call_lun(lun),
        from: Party::Host(call(host)),
    };
    Err(at.conflict(evidence, vec![away.to_string()]))
}

/// Who sees the LUN besides: a person should know before two hosts write to it.
fn note_others(intent: &mut Intent, lun: &Lun, ways: &[LunMapping]) {
    let mut names: Vec<&str> = ways
        .iter()
        .filter_map(|w| w.host.as_ref())
        .filter(|h| !intent.gains.iter().any(|g| g.host.id == h.id))
        .map(|h| h.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        let names = names.join(", ");
        let lun = &lun.name;
        intent
            .notes
            .push(format!("host {names} sees LUN {lun} too"));
    }
}

fn gain(host: &Member, lun: &Lun) -> Gain {
    Gain {
        host: host.clone(),
        lun: lun::member(lun),
        wwid: lun.wwid.clone(),
    }
}

/// A mapping of this LUN and this host alone, where the array has such.
fn map_directly(
    at: &At<'_>,
    lun: &Lun,
    which: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    if !at.is_v6()? || lun.snapshot {
        let what = if lun.snapshot {
            "known way to map a snapshot directly"
        } else {
            "direct mappings"
        };
        return Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: what.to_owned(),
            instead: "leave --direct out".to_owned(),
        });
    }
    let host = get_host(at, which)?;
    let title = format!("map LUN {} to host {} directly", lun.name, host.name);
    let reach = Reach::new(at);
    let ways = reach.ways(lun)?;
    if let Some(way) = ways.iter().find(|w| is_of(w, &host)) {
        return seen(at, lun, &host, way, title, number);
    }
    if let Some(number) = number {
        let eyes = reach.eyes(std::slice::from_ref(&host))?;
        for eyes in &eyes {
            at.is_free(&host, eyes, number)?;
        }
    }
    // The vendor's driver begins at 1 too.
    let start = number.map_or(1, |n| n.0);
    let request = parts::direct::create(&host.id, &lun.id, start);
    let mut intent = at.intent(title, lun::member(lun), vec![request]);
    intent.gains = vec![gain(&host, lun)];
    note_others(&mut intent, lun, &ways);
    intent.inverse = vec![Edit::UnmapLun {
        lun: call_lun(lun),
        from: Party::Host(call(&host)),
    }];
    Ok(intent)
}

/// A group or view of the convention: what it is called, and what it is if it is there.
struct Container {
    name: String,
    found: Option<Member>,
}

impl Container {
    fn call(&self) -> Selector {
        match &self.found {
            Some(found) => call(found),
            None => Selector::Name(self.name.clone()),
        }
    }

    /// Its id, or the variable that a line before has filled.
    fn id(&self, noun: Noun) -> String {
        match &self.found {
            Some(found) => found.id.clone(),
            None => crate::model::facts::Facts::none().id_or_variable(noun.word()),
        }
    }
}

/// The groups and the view of one host, found or to be made.
struct Containers {
    hostgroup: Container,
    lungroup: Container,
    view: Option<Mapping>,
    view_name: String,
}

impl Containers {
    /// Those that the convention gives to the host of this id.
    fn find(at: &At<'_>, host: &str) -> Result<Self, Error> {
        let name = |noun: Noun| noun.name_for(host).unwrap_or_default();
        let view_name = name(Noun::View);
        let named = Selector::Name(view_name.clone());
        let view = match mapping::get(at.client, &named, at.bounds) {
            Ok(view) => Some(view),
            Err(Error::NotFound { .. }) => None,
            Err(error) => return Err(error),
        };
        // What the view holds counts more than a name.
        let held = |side: Option<Member>, noun: Noun, sort| -> Result<Container, Error> {
            let name = name(noun);
            let found = match side {
                Some(held) => Some(held),
                None => {
                    let named = Selector::Name(name.clone());
                    group::find(at.client, sort, &named, at.bounds)?.map(|g| Member {
                        what: noun.word().to_owned(),
                        id: g.id,
                        name: g.name,
                    })
                }
            };
            Ok(Container { name, found })
        };
        let side = |pick: fn(&Mapping) -> Option<&Member>| view.as_ref().and_then(pick).cloned();
        Ok(Self {
            hostgroup: held(side(|v| v.hostgroup.as_ref()), Noun::HostGroup, HOST_GROUP)?,
            lungroup: held(side(|v| v.lungroup.as_ref()), Noun::LunGroup, LUN_GROUP)?,
            view,
            view_name,
        })
    }

    fn view_container(&self) -> Container {
        Container {
            name: self.view_name.clone(),
            found: self.view.as_ref().map(|v| Member {
                what: "mapping".to_owned(),
                id: v.id.clone(),
                name: v.name.clone(),
            }),
        }
    }
}

fn map_to_host(
    at: &At<'_>,
    lun: &Lun,
    which: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let host = get_host(at, which)?;
    let title = format!("map LUN {} to host {}", lun.name, host.name);
    let ways = Reach::new(at).ways(lun)?;
    if let Some(way) = ways.iter().find(|w| is_of(w, &host)) {
        return seen(at, lun, &host, way, title, number);
    }
    let own = Containers::find(at, &host.id)?;
    let hosts = match &own.hostgroup.found {
        Some(group) => host::of_group(at.client, &group.id, at.bounds)?,
        None => Vec::new(),
    };
    let strangers: Vec<&str> = hosts
        .iter()
        .filter(|h| h.id != host.id)
        .map(|h| h.name.as_str())
        .collect();
    if !strangers.is_empty() {
        let group = own.hostgroup.call();
        let all = Edit::MapLun {
            lun: call_lun(lun),
            to: Party::HostGroup(group.clone()),
            number,
            direct: false,
        };
        let why = format!(
            "hostgroup {group} holds host {} too, which would see the LUN as well",
            strangers.join(", ")
        );
        return Err(at.conflict(why, vec![all.to_string()]));
    }
    let joined = hosts.iter().any(|h| h.id == host.id);
    let mut intent = through_containers(at, lun, &own, (!joined).then_some(&host), number, title)?;
    intent.gains = vec![gain(&host, lun)];
    note_others(&mut intent, lun, &ways);
    if intent.inverse.len() == 1 {
        intent.inverse = vec![Edit::UnmapLun {
            lun: call_lun(lun),
            from: Party::Host(call(&host)),
        }];
    }
    Ok(intent)
}

/// Puts the LUN into the LUN group of these containers, which are made and joined where they are
/// not; `missing` is the host that is not in the host group yet.
fn through_containers(
    at: &At<'_>,
    lun: &Lun,
    own: &Containers,
    missing: Option<&Member>,
    number: Option<LunNumber>,
    title: String,
) -> Result<Intent, Error> {
    let view = own.view_container();
    if let Some(group) = &own.lungroup.found {
        let mut elsewhere = group::views(at.client, LUN_GROUP, &group.id, at.bounds)?;
        elsewhere.retain(|v| view.found.as_ref().is_none_or(|own| own.id != v.id));
        if let Some(other) = elsewhere.first() {
            let why = format!(
                "lungroup {} is in mapping {} too, whose hosts would see the LUN as well",
                group.name, other.name
            );
            let look = format!("sanctl mapping show {}", call(other));
            return Err(at.conflict(why, vec![look]));
        }
    }
    let (hosts_id, luns_id) = (
        own.hostgroup.id(Noun::HostGroup),
        own.lungroup.id(Noun::LunGroup),
    );
    let view_id = view.id(Noun::View);
    let whole = own
        .view
        .as_ref()
        .is_some_and(|v| v.hostgroup.is_some() && v.lungroup.is_some() && missing.is_none());
    let inside = match &own.lungroup.found {
        Some(group) => lun::groups(at.client, lun, at.bounds)?
            .iter()
            .any(|g| g.id == group.id),
        None => false,
    };
    if whole && !inside {
        // One request is enough, and it is the one of `lungroup add-lun`.
        let (group, member) = (own.lungroup.call(), call_lun(lun));
        let mut intent = add(at, GroupSort::Luns, &group, &member, number)?;
        intent.title = title;
        return Ok(intent);
    }
    let mut chain: Vec<Part> = Vec::new();
    let make = |sort: GroupSort, noun: Noun, container: &Container| Part {
        edit: Edit::CreateGroup {
            sort,
            name: container.name.clone(),
        },
        wire: vec![curl::fill(noun, &noun.create(&container.name))],
    };
    if own.hostgroup.found.is_none() {
        chain.push(make(GroupSort::Hosts, Noun::HostGroup, &own.hostgroup));
    }
    if let Some(host) = missing {
        let edit = Edit::AddMember {
            sort: GroupSort::Hosts,
            group: own.hostgroup.call(),
            member: call(host),
            number: None,
        };
        let request = Link::HostGroupHost.join(&hosts_id, &host.id, kind::HOST);
        chain.push(Part::new(edit, &request));
    }
    if own.lungroup.found.is_none() {
        chain.push(make(GroupSort::Luns, Noun::LunGroup, &own.lungroup));
    }
    if !inside {
        let edit = Edit::AddMember {
            sort: GroupSort::Luns,
            group: own.lungroup.call(),
            member: call_lun(lun),
            number: None,
        };
        let request = Link::LunGroupLun.join(&luns_id, &lun.id, lun::kind_of(lun));
        chain.push(Part::new(edit, &request));
    }
    if own.view.is_none() {
        let name = own.view_name.clone();
        let wire = vec![curl::fill(Noun::View, &Noun::View.create(&name))];
        let edit = Edit::CreateMapping { name };
        chain.push(Part { edit, wire });
    }
    let held = own.view.as_ref();
    let mut join = |sort: GroupSort, link: Link, noun: Noun, group: Selector, id: &str| {
        let mapping = view.call();
        let edit = Edit::AddGroup {
            mapping,
            sort,
            group,
        };
        chain.push(Part::new(edit, &link.join(&view_id, id, noun.code())));
    };
    if held.is_none_or(|v| v.hostgroup.is_none()) {
        let (link, noun) = (Link::ViewHostGroup, Noun::HostGroup);
        join(
            GroupSort::Hosts,
            link,
            noun,
            own.hostgroup.call(),
            &hosts_id,
        );
    }
    if let Some(ports) = &at.client.settings().port_group
        && held.is_none_or(|v| v.portgroup.is_none())
    {
        let named = Selector::Name(ports.clone());
        let ports = group::get(at.client, PORT_GROUP, &named, at.bounds)?;
        let (link, noun) = (Link::ViewPortGroup, Noun::PortGroup);
        join(GroupSort::Ports, link, noun, named, &ports.id);
    }
    if held.is_none_or(|v| v.lungroup.is_none()) {
        let (link, noun) = (Link::ViewLunGroup, Noun::LunGroup);
        join(GroupSort::Luns, link, noun, own.lungroup.call(), &luns_id);
    }
    if let Some(number) = number {
        let edit = Edit::SetNumber {
            mapping: view.call(),
            lun: call_lun(lun),
            number,
        };
        let request = parts::set_number(&view_id, &lun.id, lun::kind_of(lun), number.0);
        chain.push(Part::new(edit, &request));
    }
    Ok(at.chain(title, lun::member(lun), chain))
}

fn map_to_group(
    at: &At<'_>,
    lun: &Lun,
    which: &Selector,
    number: Option<LunNumber>,
) -> Result<Intent, Error> {
    let found = group::get(at.client, HOST_GROUP, which, at.bounds)?;
    let hosts = host::of_group(at.client, &found.id, at.bounds)?;
    let title = format!("map LUN {} to hostgroup {}", lun.name, found.name);
    let reach = Reach::new(at);
    let ways = reach.ways(lun)?;
    let mine = |way: &&LunMapping| way.hostgroup.as_ref().is_some_and(|g| g.id == found.id);
    if let Some(way) = ways.iter().find(mine) {
        let other = Member {
            what: "hostgroup".to_owned(),
            id: found.id.clone(),
            name: found.name.clone(),
        };
        let host = way.host.as_ref().unwrap_or(&other);
        return seen(at, lun, host, way, title, number);
    }
    let mut shows: Vec<(Member, Member)> = Vec::new();
    for view in reach.views_of(&found.id)? {
        if let Some(luns) = mapping::side(at.client, LUN_GROUP, &view.id, at.bounds)? {
            shows.push((view, luns));
        }
    }
    let mut intent = match shows.as_slice() {
        [(view, luns)] => {
            let mut elsewhere = group::views(at.client, LUN_GROUP, &luns.id, at.bounds)?;
            elsewhere.retain(|v| v.id != view.id);
            if let Some(other) = elsewhere.first() {
                let why = format!(
                    "lungroup {} is in mapping {} too, whose hosts would see the LUN as well",
                    luns.name, other.name
                );
                let look = format!("sanctl mapping show {}", call(other));
                return Err(at.conflict(why, vec![look]));
            }
            let mut intent = add(at, GroupSort::Luns, &call(luns), &call_lun(lun), number)?;
            intent.title = title;
            intent
        }
        [] => {
            let Some((_, host)) = parse_convention(&found.name) else {
                let why = format!(
                    "hostgroup {} is in no mapping with a LUN group: which names shall they have?",
                    found.name
                );
                let group = At::named(&found.name, &found.id);
                let hints = [
                    "sanctl lungroup create LUNGROUP".to_owned(),
                    "sanctl mapping create MAPPING".to_owned(),
                    "sanctl mapping add-group MAPPING --lungroup LUNGROUP".to_owned(),
                    format!("sanctl mapping add-group MAPPING --hostgroup {group}"),
                ];
                return Err(at.conflict(why, hints.to_vec()));
            };
            let own = Containers::find(at, host)?;
            if own
                .hostgroup
                .found
                .as_ref()
                .is_some_and(|g| g.id != found.id)
            {
                let why = format!(
                    "mapping {} holds another hostgroup than {}",
                    own.view_name, found.name
                );
                let look = format!("sanctl mapping show {}", own.view_name);
                return Err(at.conflict(why, vec![look]));
            }
            through_containers(at, lun, &own, None, number, title)?
        }
        several => {
            let hints = several.iter().map(|(_, luns)| {
                let edit = Edit::AddMember {
                    sort: GroupSort::Luns,
                    group: call(luns),
                    member: call_lun(lun),
                    number,
                };
                edit.to_string()
            });
            let why = format!("hostgroup {} sees several LUN groups", found.name);
            return Err(at.conflict(why, hints.collect()));
        }
    };
    intent.gains = hosts.iter().map(|host| gain(host, lun)).collect();
    note_others(&mut intent, lun, &ways);
    Ok(intent)
}
