//! The reads of attach and status: three waves when the LUN is mapped already, four when its host
//! is known, two when nothing exists yet (the login aside).

use super::super::client::{Task, parallel};
use super::ask::{Ask, Host, Row, View};
use super::parts::{LUN, Link, Noun, SNAPSHOT};
use super::sight::{Initiator, Known, Proof, Ref, Sight};
use super::view_ports::settle_ports;
use super::{Shared, conflict, fabric, targets};
use crate::array::error::Error;
use crate::model::nouns::{HostRef, Protocol};
use crate::model::portal::TargetPortal;
use crate::step::Aim;

/// Answers of reads that were sent together.
enum Told {
    Host(Option<Host>),
    Initiator(Known<Initiator>),
    Lun(Box<super::sight::Lun>),
    Ports(Vec<TargetPortal>),
    Ref(Option<Ref>),
    View(Option<View>),
    Refs(Vec<Ref>),
    Rows(Vec<Row>),
    GroupPorts(targets::GroupPorts),
    FcPorts(Vec<fabric::Port>),
    Logins(Vec<fabric::Login>),
    Ids(Vec<String>),
}

type Read<'a> = Task<'a, Result<Told, Error>>;

/// Runs reads together; the error of the first one in order wins.
fn together(reads: Vec<Read<'_>>) -> Result<std::vec::IntoIter<Told>, Error> {
    let told: Result<Vec<Told>, Error> = parallel(reads).into_iter().collect();
    Ok(told?.into_iter())
}

macro_rules! take {
    ($told:expr, $kind:ident) => {
        match $told.next() {
            Some(Told::$kind(it)) => it,
            _ => Default::default(),
        }
    };
}

impl Shared {
    /// Reads what attach and status need.
    pub(super) fn survey(&self, ask: &Ask<'_>, aim: Aim) -> Result<Sight, Error> {
        let mut sight = self.sight().anew();
        sight.attaching = aim == Aim::Attach;
        let listed = self.first_wave(ask, &mut sight)?;
        self.vet_lun(&sight, aim)?;
        self.settle_host(ask, &mut sight, aim)?;
        if aim == Aim::Attach {
            self.vet_chap(&sight)?;
            self.vet_online(&sight)?;
        }
        self.second_wave(ask, &mut sight, listed, aim)?;
        if aim == Aim::Attach {
            self.vet_fabric(&sight)?;
        }
        if sight.proof.found().is_none() || aim == Aim::Status {
            self.third_wave(ask, &mut sight)?;
        } else if sight.found(Noun::PortGroup).is_some() {
            self.view_ports(ask, &mut sight)?;
        }
        if sight.proof.found().is_some() {
            prove(&mut sight);
        }
        if aim == Aim::Attach
            && let Some((noun, found, wanted)) = sight.in_the_way()
        {
            return Err(self.in_the_way(&sight, noun, &found, &wanted));
        }
        if aim == Aim::Attach {
            self.vet_number(ask, &sight)?;
        }
        Ok(sight)
    }

    /// LUN, host, initiators, target ports and the port group by name. Where the ports of Fibre
    /// Channel are, the second wave asks: it depends on the host.
    fn first_wave(&self, ask: &Ask<'_>, sight: &mut Sight) -> Result<Vec<TargetPortal>, Error> {
        let protocol = self.protocol();
        let mut reads: Vec<Read<'_>> = vec![
            Box::new(|| Ok(Told::Lun(Box::new(ask.lun(&self.publication.lun)?)))),
            Box::new(|| ask.host(&self.host_name).map(Told::Host)),
        ];
        for id in &self.initiators {
            reads.push(Box::new(move || {
                ask.initiator(protocol, id).map(Told::Initiator)
            }));
        }
        // The ports of a port group come with the second wave, and the table with them.
        match (&self.settings.port_group, protocol) {
            (Some(name), _) => reads.push(Box::new(|| {
                ask.named_ref(Noun::PortGroup, name).map(Told::Ref)
            })),
            (None, Protocol::Iscsi) => {
                reads.push(Box::new(|| targets::list(ask).map(Told::Ports)));
            }
            (None, Protocol::Fc) => {}
        }
        let mut told = together(reads)?;
        if let Some(Told::Lun(lun)) = told.next() {
            sight.lun = Some(*lun);
        }
        let host: Option<Host> = take!(told, Host);
        sight.initiator_count = host.as_ref().and_then(|h| h.initiators);
        sight.set(Noun::Host, Known::of(host.map(|h| h.at)));
        for id in &self.initiators {
            sight.own_mut(id).known = take!(told, Initiator);
        }
        let Some(name) = &self.settings.port_group else {
            return Ok(take!(told, Ports));
        };
        let group: Option<Ref> = take!(told, Ref);
        let group = group.ok_or_else(|| Error::NotFound {
            array: self.array(),
            what: "port group",
            name: name.clone(),
        })?;
        sight.set(Noun::PortGroup, Known::Found(group));
        Ok(Vec::new())
    }

    fn vet_lun(&self, sight: &Sight, aim: Aim) -> Result<(), Error> {
        let why = sight.lun.as_ref().and_then(|l| l.unusable.clone());
        match (why, aim) {
            (Some(why), Aim::Attach) => Err(Error::Conflict {
                why,
                hints: vec![format!("sanctl lun show {}", self.publication.lun)],
            }),
            _ => Ok(()),
        }
    }

    /// Accepts a host under an older name that holds initiators of this node; refuses one that
    /// belongs to another host. Never moves it.
    fn settle_host(&self, ask: &Ask<'_>, sight: &mut Sight, aim: Aim) -> Result<(), Error> {
        for id in &self.initiators {
            let bound = sight.own(id).host().cloned();
            if let Some(bound) = bound {
                self.settle_host_of(id, bound, ask, sight, aim)?;
            }
        }
        Ok(())
    }

    fn settle_host_of(
        &self,
        id: &str,
        bound: HostRef,
        ask: &Ask<'_>,
        sight: &mut Sight,
        aim: Aim,
    ) -> Result<(), Error> {
        if sight.id(Noun::Host) == Some(bound.id.as_str()) {
            return Ok(());
        }
        let node = &self.publication.connector.host;
        let mut name = bound.name.clone();
        if sight.found(Noun::Host).is_none() {
            // A host named before the present rule is known by its description.
            let same =
                |name: Option<&String>| name.is_some_and(|n| n == node || *n == self.host_name);
            let mut found = same(bound.name.as_ref()).then(|| Host {
                at: Ref::new(bound.id.clone(), bound.name.clone().unwrap_or_default()),
                description: None,
                initiators: None,
            });
            if found.is_none() {
                let host = ask.host_by_id(&bound.id)?;
                name = host.as_ref().map(|h| h.at.name.clone()).or(name);
                found =
                    host.filter(|h| h.description.as_ref() == Some(node) || same(Some(&h.at.name)));
            }
            if let Some(host) = found {
                sight.initiator_count = host.initiators;
                sight.set(Noun::Host, Known::Found(host.at));
                return Ok(());
            }
        }
        if aim == Aim::Status {
            return Ok(());
        }
        Err(self.bound_elsewhere(id, &bound.id, name.as_deref()))
    }

    /// Something is in the place of what is wanted, and is not this host's alone.
    pub(super) fn in_the_way(&self, sight: &Sight, noun: Noun, found: &str, wanted: &str) -> Error {
        let name = self.name(sight, noun);
        let mut hints = vec![format!("sanctl {} show {name}", noun.verb())];
        hints.extend(self.join_ports(sight, found));
        Error::Conflict {
            why: format!(
                "array {}: {} {name}: {found}, wanted {wanted}",
                self.array(),
                noun.word()
            ),
            hints,
        }
    }

    /// The initiator belongs to another host.
    pub(super) fn bound_elsewhere(&self, initiator: &str, id: &str, name: Option<&str>) -> Error {
        let name = name.unwrap_or(id);
        Error::Conflict {
            why: format!(
                "initiator {initiator} belongs to host {name} (id {id}) on array {}, not to {}",
                self.array(),
                self.host_name
            ),
            hints: vec![
                format!("if that is this node: set node.name = \"{name}\" in the configuration"),
                format!("if it is not: take {initiator} away from host {name} on the array"),
            ],
        }
    }

    /// What depends on the ids of the first wave.
    fn second_wave(
        &self,
        ask: &Ask<'_>,
        sight: &mut Sight,
        listed: Vec<TargetPortal>,
        aim: Aim,
    ) -> Result<(), Error> {
        let Some(lun) = sight.lun.clone() else {
            return Ok(());
        };
        let host = sight.found(Noun::Host).cloned();
        let status = aim == Aim::Status;
        let listing = host.as_ref().filter(|_| lun.maybe_mapped || status);
        let grouping = host.as_ref().filter(|_| !lun.maybe_mapped || status);
        let portgroup = sight.found(Noun::PortGroup).cloned();
        let code = if lun.fact.snapshot { SNAPSHOT } else { LUN };
        let mut reads: Vec<Read<'_>> = Vec::new();
        if let Some(host) = listing {
            reads.push(Box::new(|| {
                ask.seen_by(&host.id, lun.fact.snapshot).map(Told::Rows)
            }));
        }
        if lun.maybe_mapped {
            reads.push(Box::new(|| {
                ask.belonging(Noun::LunGroup, code, &lun.fact.id)
                    .map(Told::Refs)
            }));
        }
        if lun.maybe_direct {
            reads.push(Box::new(|| ask.direct_hosts(&lun.fact.id).map(Told::Ids)));
        }
        if let Some(host) = grouping {
            reads.push(Box::new(|| self.read_view(ask, &host.id)));
            reads.push(Box::new(|| read_host_groups(ask, &host.id)));
        }
        let fabric = self.protocol() == Protocol::Fc;
        let asks_logins = host.as_ref().filter(|_| self.can_tell_logins(sight));
        match &portgroup {
            Some(group) if fabric => reads.push(Box::new(|| {
                fabric::of_group(ask, &group.id).map(Told::FcPorts)
            })),
            Some(group) => {
                reads.push(Box::new(|| {
                    targets::of_group(ask, &group.id).map(Told::GroupPorts)
                }));
                reads.push(Box::new(|| targets::list(ask).map(Told::Ports)));
            }
            // What it tells of the node's own ports is enough.
            None if fabric && asks_logins.is_none() => {
                reads.push(Box::new(|| fabric::list(ask).map(Told::FcPorts)));
            }
            None => {}
        }
        if let Some(host) = asks_logins {
            reads.push(Box::new(|| fabric::logins(ask, &host.id).map(Told::Logins)));
        }
        let mut told = together(reads)?;
        if listing.is_some() {
            let rows: Vec<Row> = take!(told, Rows);
            let mine = rows.into_iter().find(|r| r.is(&lun.fact));
            sight.proof = Known::of(mine.map(|r| Proof { number: r.number }));
        }
        if lun.maybe_mapped {
            sight.lun_groups = take!(told, Refs);
        }
        let direct: Vec<String> = if lun.maybe_direct {
            take!(told, Ids)
        } else {
            Vec::new()
        };
        let view = grouping.map(|_| take!(told, View));
        let groups = grouping.map(|_| take!(told, Refs));
        if fabric {
            for told in told {
                match told {
                    Told::FcPorts(ports) => sight.fabric.ports = Some(ports),
                    Told::Logins(logins) => sight.fabric.logins = Some(logins),
                    _ => {}
                }
            }
            if sight.fabric.ports.is_none() && !self.tells_logins(sight) {
                sight.fabric.ports = Some(fabric::list(ask)?);
            }
        } else {
            sight.targets = match (&portgroup, told.next(), told.next()) {
                (Some(group), Some(Told::GroupPorts(ports)), Some(Told::Ports(listed))) => {
                    targets::narrow_to_group(ask, &group.name, &listed, &ports)?
                }
                _ => targets::narrow_to_ips(ask, &self.settings.target_ips, listed)?,
            };
        }
        if aim == Aim::Attach {
            conflict::other_hosts(self, ask, sight, &direct)?;
        }
        if let (Some(view), Some(groups)) = (view, groups) {
            self.settle_groups(ask, sight, view, &groups)?;
        }
        Ok(())
    }

    fn read_view(&self, ask: &Ask<'_>, host: &str) -> Result<Told, Error> {
        let name = Noun::View.name_for(host).unwrap_or_default();
        ask.view(&name).map(Told::View)
    }

    /// Groups and view, where the list of the host has not proved them.
    fn third_wave(&self, ask: &Ask<'_>, sight: &mut Sight) -> Result<(), Error> {
        let Some(host) = sight.found(Noun::Host).cloned() else {
            for noun in [Noun::HostGroup, Noun::LunGroup, Noun::View] {
                sight.set(noun, Known::Absent);
            }
            for link in Link::ALL {
                sight.set_link(link, Known::Absent);
            }
            return Ok(());
        };
        if sight.object(Noun::View) != Known::Unknown {
            return Ok(());
        }
        let mut told = together(vec![
            Box::new(|| self.read_view(ask, &host.id)),
            Box::new(|| read_host_groups(ask, &host.id)),
        ])?;
        let view = take!(told, View);
        let groups: Vec<Ref> = take!(told, Refs);
        self.settle_groups(ask, sight, view, &groups)
    }

    /// Decides what of the host's groups and view is there, and reads what is still missing: the
    /// groups in the view, or the convention's groups by their names.
    fn settle_groups(
        &self,
        ask: &Ask<'_>,
        sight: &mut Sight,
        view: Option<View>,
        host_groups: &[Ref],
    ) -> Result<(), Error> {
        let Some(host) = sight.found(Noun::Host).cloned() else {
            return Ok(());
        };
        let wanted = |noun: Noun| noun.name_for(&host.id).unwrap_or_default();
        let (hg_name, lg_name) = (wanted(Noun::HostGroup), wanted(Noun::LunGroup));
        let pg = sight.found(Noun::PortGroup).cloned();
        let own_hg = host_groups.iter().find(|g| g.name == hg_name).cloned();
        let own_lg = sight.lun_groups.iter().find(|g| g.name == lg_name).cloned();
        let view_id = view.as_ref().map(|v| v.at.id.clone());

        // What the view holds, or else what bears the convention's names.
        let in_view = |noun: Noun, id: &str| ask.belonging(noun, Noun::View.code(), id);
        let hint = view.as_ref().and_then(|v| v.hostgroup.clone());
        let hinted = host_groups
            .iter()
            .find(|g| Some(&g.id) == hint.as_ref())
            .cloned();
        let mut reads: Vec<Read<'_>> = Vec::new();
        if hinted.is_none() {
            reads.push(Box::new(|| match &view_id {
                Some(id) => in_view(Noun::HostGroup, id).map(Told::Refs),
                None if own_hg.is_none() => ask.named_ref(Noun::HostGroup, &hg_name).map(Told::Ref),
                None => Ok(Told::Ref(own_hg.clone())),
            }));
        }
        reads.push(Box::new(|| match &view_id {
            Some(id) => in_view(Noun::LunGroup, id).map(Told::Refs),
            None if own_lg.is_none() => ask.named_ref(Noun::LunGroup, &lg_name).map(Told::Ref),
            None => Ok(Told::Ref(own_lg.clone())),
        }));
        if let (Some(pg), Some(view)) = (&pg, &view) {
            let known = view.portgroup.clone();
            reads.push(Box::new(move || match known {
                Some(id) if id == pg.id => Ok(Told::Refs(vec![pg.clone()])),
                _ => in_view(Noun::PortGroup, &view.at.id).map(Told::Refs),
            }));
        }
        let mut told = together(reads)?;
        let hostgroup = match hinted {
            Some(group) => Some(Told::Refs(vec![group])),
            None => told.next(),
        };
        let lungroup = told.next();
        sight.set(Noun::View, Known::of(view.map(|v| v.at)));
        self.settle_side(ask, sight, Link::ViewHostGroup, hostgroup, own_hg)?;
        self.settle_side(ask, sight, Link::ViewLunGroup, lungroup, own_lg)?;
        if let Some(pg) = &pg {
            let held: Vec<Ref> = take!(told, Refs);
            let shows = self.shows(ask, sight, &held)?;
            settle_ports(sight, pg, held.first(), shows);
        }
        self.settle_memberships(ask, sight, host_groups)
    }

    /// One side of the view: what it holds, or that it lacks that side and what bears the
    /// convention's name.
    fn settle_side(
        &self,
        ask: &Ask<'_>,
        sight: &mut Sight,
        link: Link,
        told: Option<Told>,
        own: Option<Ref>,
    ) -> Result<(), Error> {
        let Some(noun) = link.member() else {
            return Ok(());
        };
        let host = sight.id(Noun::Host).unwrap_or_default().to_owned();
        let name = noun.name_for(&host).unwrap_or_default();
        let (held, free) = match told {
            Some(Told::Refs(held)) => (held.into_iter().next(), own),
            Some(Told::Ref(free)) => (None, free),
            _ => (None, own),
        };
        if let Some(held) = held {
            let known = if held.name == name {
                Known::Found(())
            } else {
                conflict::foreign_group(self, ask, noun, &held, &host)?
            };
            sight.set_link(link, known.clone());
            // A group that is not this host's alone is not to be filled with this host's things.
            sight.set(
                noun,
                match known {
                    Known::Other { found, wanted } => Known::Other { found, wanted },
                    _ => Known::Found(held),
                },
            );
            return Ok(());
        }
        let free = match (free, sight.found(Noun::View)) {
            (Some(free), _) => Some(free),
            // The view was found without this side, so the name was not asked for yet.
            (None, Some(_)) => ask.named_ref(noun, &name)?,
            (None, None) => None,
        };
        sight.set_link(link, Known::Absent);
        if let (Some(group), Noun::LunGroup) = (&free, noun)
            && let Some(found) = conflict::shows_elsewhere(ask, group, &host)?
        {
            sight.set(
                noun,
                Known::Other {
                    found,
                    wanted: "a LUN group of this host alone".into(),
                },
            );
            return Ok(());
        }
        sight.set(noun, Known::of(free));
        Ok(())
    }

    /// Whether the host is in its group, and the LUN in its.
    fn settle_memberships(
        &self,
        ask: &Ask<'_>,
        sight: &mut Sight,
        host_groups: &[Ref],
    ) -> Result<(), Error> {
        let host = sight.id(Noun::Host).unwrap_or_default().to_owned();
        if let Some(group) = sight.found(Noun::HostGroup).cloned() {
            let member = host_groups.iter().any(|g| g.id == group.id);
            let mut known = Known::of(member.then_some(()));
            if !member
                && !self.publication.shared
                && let Some(found) = conflict::holds_others(ask, &group, &host)?
            {
                known = Known::Other {
                    found,
                    wanted: "a host group of this host alone".into(),
                };
            }
            sight.set_link(Link::HostGroupHost, known);
        } else {
            sight.set_link(Link::HostGroupHost, Known::Absent);
        }
        let group = sight.id(Noun::LunGroup);
        let member = group.is_some_and(|id| sight.lun_groups.iter().any(|g| g.id == id));
        sight.set_link(Link::LunGroupLun, Known::of(member.then_some(())));
        Ok(())
    }
}

fn read_host_groups(ask: &Ask<'_>, host: &str) -> Result<Told, Error> {
    ask.belonging(Noun::HostGroup, Noun::Host.code(), host)
        .map(Told::Refs)
}

/// The host sees the LUN, so every link above it exists, whatever its name.
fn prove(sight: &mut Sight) {
    for link in [
        Link::HostGroupHost,
        Link::ViewHostGroup,
        Link::ViewLunGroup,
        Link::LunGroupLun,
    ] {
        if !matches!(sight.link(link), Known::Found(())) {
            sight.set_link(link, Known::Found(()));
        }
    }
    let host = sight.id(Noun::Host).unwrap_or_default().to_owned();
    let convention = Noun::LunGroup.name_for(&host);
    let groups = &sight.lun_groups;
    let through = groups
        .iter()
        .find(|g| Some(&g.name) == convention.as_ref())
        .or_else(|| groups.first())
        .cloned();
    if let Some(group) = through {
        sight.set(Noun::LunGroup, Known::Found(group));
    }
}
