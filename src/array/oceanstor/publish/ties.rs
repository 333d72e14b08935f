//! Taking back: what still needs an object, read once and kept up to date, and the order that is
//! safe against somebody who attaches at the same time (DESIGN §5.8, oceanstor.md §10).

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use super::super::client::{Task, parallel};
use super::super::envelope::{Outcome, Reply, Request};
use super::Shared;
use super::ask::{Ask, Row};
use super::conflict::names;
use super::join::Ends;
use super::parts::{self, Link, Noun};
use super::sight::{Known, Ref, Sight};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::step::{Made, Undone};

/// How long a removed association may still show in the host's list.
const LAG: Duration = Duration::from_secs(5);

/// What is left behind the removed link.
#[derive(Debug, Clone, Default)]
pub(super) struct Left {
    /// The LUNs that the host sees.
    seen: Vec<Row>,
    /// LUNs in the LUN group, where the host cannot be asked.
    luns: u64,
    /// Snapshots in the LUN group.
    snapshots: u64,
}

impl Left {
    /// What still needs the containers, in words.
    fn by(&self, host: &str) -> Option<String> {
        match self.seen.as_slice() {
            [] if self.snapshots > 0 => Some(format!("{} snapshots", self.snapshots)),
            [] if self.luns > 0 => Some(format!("{} LUNs", self.luns)),
            [] => None,
            [one] => Some(format!("host {host} sees LUN {}", one.at.name)),
            [one, rest @ ..] => Some(format!(
                "host {host} sees LUN {} and {} more",
                one.at.name,
                rest.len()
            )),
        }
    }
}

/// Who else is tied to this host's containers.
#[derive(Debug, Clone, Default)]
struct Bonds {
    /// The views that show the LUN group.
    lungroup_views: Vec<Ref>,
    /// The host groups that hold the host.
    host_groups: Vec<Ref>,
    /// The views that serve the host group.
    hostgroup_views: Vec<Ref>,
    /// The hosts in the host group.
    hostgroup_hosts: Vec<Ref>,
    /// The port groups in the view.
    view_portgroups: Vec<Ref>,
    /// Groups in the view that were found by looking at the view itself.
    view_groups: Vec<Ref>,
    /// Initiators of the host, this node's apart.
    other_initiators: usize,
    /// The LUN group was counted after it left the view.
    counted: bool,
}

/// What the undos of one detach share.
#[derive(Debug, Default)]
pub(super) struct Ties {
    left: Option<Left>,
    bonds: Option<Bonds>,
}

fn used(by: impl Into<String>) -> Undone {
    Undone::StillInUse { by: by.into() }
}

/// Several reads of lists at once, in the order of the tasks.
fn lists<const N: usize>(
    tasks: [Task<'_, Result<Vec<Ref>, Error>>; N],
) -> Result<[Vec<Ref>; N], Error> {
    let told: Result<Vec<Vec<Ref>>, Error> = parallel(tasks.into()).into_iter().collect();
    Ok(told?
        .try_into()
        .unwrap_or_else(|_| std::array::from_fn(|_| Vec::new())))
}

impl Shared {
    /// An object is gone that was there a moment ago.
    pub(super) fn gone(&self, sight: &Sight, noun: Noun) -> Error {
        Error::Vanished {
            array: self.array(),
            what: format!("{} {}", noun.word(), self.name(sight, noun)),
        }
    }

    /// The LUN is gone that was there a moment ago.
    pub(super) fn lun_gone(&self) -> Error {
        Error::Vanished {
            array: self.array(),
            what: format!("LUN {}", self.publication.lun),
        }
    }

    /// An answer that makes no sense for what was asked.
    pub(super) fn refused(&self, reply: &Reply) -> Error {
        Error::Refused {
            array: self.array(),
            answer: Box::new(reply.answer()),
        }
    }

    fn ties(&self) -> MutexGuard<'_, Ties> {
        self.ties.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new survey makes what was read for undo stale.
    pub(super) fn forget_ties(&self) {
        *self.ties() = Ties::default();
    }

    /// Whether a port group may be in the view: configured, or seen there.
    pub(super) fn has_portgroup(&self) -> bool {
        self.settings.port_group.is_some() || self.sight().found(Noun::PortGroup).is_some()
    }

    /// Takes the LUN out of this host's LUN group.
    pub(super) fn undo_lun_link(&self, ask: &Ask<'_>, mutate: &Mutate) -> Result<Undone, Error> {
        let (ends, known) = {
            let sight = self.sight();
            (sight.ends(Link::LunGroupLun), sight.link(Link::LunGroupLun))
        };
        if let Known::Other { found, .. } = known {
            return Ok(used(found));
        }
        let (Ok(ends), Known::Found(())) = (ends, known) else {
            return Ok(Undone::AlreadyGone);
        };
        let request = Link::LunGroupLun.part(&ends.container, &ends.member, ends.code);
        let reply = self.remove(&request, ask, mutate)?;
        let mut sight = self.sight();
        sight.set_link(Link::LunGroupLun, Known::Absent);
        sight.lun_groups.retain(|g| g.id != ends.container);
        drop(sight);
        self.forget_ties();
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }

    /// Proves that the host does not see the LUN any more.
    pub(super) fn prove_gone(&self, ask: &Ask<'_>) -> Result<Undone, Error> {
        let left = self.left(ask)?;
        let mut sight = self.sight();
        let mine = left
            .seen
            .iter()
            .find(|r| Some(r.at.id.as_str()) == sight.lun_id());
        let Some(row) = mine else {
            sight.proof = Known::Absent;
            return Ok(Undone::AlreadyGone);
        };
        sight.proof = Known::Found(super::sight::Proof { number: row.number });
        let host = self.name(&sight, Noun::Host);
        let through = match sight.lun_groups.as_slice() {
            [] => String::new(),
            groups => format!(" through lungroup {}", names(groups)),
        };
        Ok(used(format!("host {host} sees the LUN{through}")))
    }

    /// What is left behind the link, read once.
    fn left(&self, ask: &Ask<'_>) -> Result<Left, Error> {
        let mut ties = self.ties();
        if let Some(left) = &ties.left {
            return Ok(left.clone());
        }
        let (host, group, lun, snapshot, removed) = {
            let sight = self.sight();
            let removed =
                sight.link(Link::LunGroupLun) == Known::Absent && sight.lun_groups.is_empty();
            (
                sight.id(Noun::Host).map(str::to_owned),
                sight.id(Noun::LunGroup).map(str::to_owned),
                sight.lun_id().unwrap_or_default().to_owned(),
                sight.lun.as_ref().is_some_and(|l| l.fact.snapshot),
                removed,
            )
        };
        let lag = ask
            .bounds
            .at_most(LAG, "the removed LUN to leave the host's list");
        let seen = || -> Result<Vec<Row>, Error> {
            let Some(host) = &host else {
                return Ok(Vec::new());
            };
            loop {
                let mut rows = ask.seen_by(host, false)?;
                if snapshot {
                    rows.extend(ask.seen_by(host, true)?);
                }
                // In no group any more and listed all the same: the list lags behind.
                let late = removed && rows.iter().any(|r| r.at.id == lun);
                if !late || lag.wait(Duration::from_millis(100)).is_err() {
                    return Ok(rows);
                }
            }
        };
        let count = |snapshot: bool| match &group {
            Some(group) => ask.count(group, snapshot),
            None => Ok(0),
        };
        enum Part {
            Seen(Vec<Row>),
            Luns(u64),
            Snapshots(u64),
        }
        let mut tasks: Vec<Task<'_, Result<Part, Error>>> =
            vec![Box::new(|| count(true).map(Part::Snapshots))];
        if host.is_some() {
            tasks.push(Box::new(|| seen().map(Part::Seen)));
        } else {
            tasks.push(Box::new(|| count(false).map(Part::Luns)));
        }
        let mut left = Left::default();
        for part in parallel(tasks) {
            match part? {
                Part::Seen(seen) => left.seen = seen,
                Part::Luns(luns) => left.luns = luns,
                Part::Snapshots(snapshots) => left.snapshots = snapshots,
            }
        }
        ties.left = Some(left.clone());
        Ok(left)
    }

    /// Who else needs the containers; `None` = nobody.
    fn needed(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        let mut left = self.left(ask)?;
        let sight = self.sight();
        if self.goes_too(&sight) {
            left.seen
                .retain(|r| Some(r.at.id.as_str()) != sight.lun_id());
            left.luns = left.luns.saturating_sub(1);
        }
        Ok(left.by(&self.name(&sight, Noun::Host)))
    }

    /// Whether the LUN's own link was made by this run: a failed attach takes back the newest
    /// first, and then the link is still there when the view is taken apart.
    fn goes_too(&self, sight: &Sight) -> bool {
        sight.link_sent && sight.link(Link::LunGroupLun) == Known::Found(())
    }

    /// Finds an object of the convention: in a list that was read, else by its name.
    fn settle(&self, ask: &Ask<'_>, noun: Noun, listed: &[Ref]) -> Result<Option<String>, Error> {
        let (name, known) = {
            let sight = self.sight();
            if sight.host_id().is_none() && noun != Noun::Host {
                return Ok(None);
            }
            (self.name(&sight, noun), sight.object(noun))
        };
        if known != Known::Unknown {
            return Ok(known.found().map(|r| r.id.clone()));
        }
        let found = match listed.iter().find(|r| r.name == name) {
            Some(found) => Some(found.clone()),
            None => ask.named_ref(noun, &name)?,
        };
        let id = found.as_ref().map(|r| r.id.clone());
        self.sight().set(noun, Known::of(found));
        Ok(id)
    }

    /// Reads who is tied to the containers, once, in two waves.
    fn with_bonds<T>(&self, ask: &Ask<'_>, work: impl FnOnce(&mut Bonds) -> T) -> Result<T, Error> {
        let mut ties = self.ties();
        if ties.bonds.is_none() {
            ties.bonds = Some(self.read_bonds(ask)?);
        }
        Ok(work(ties.bonds.get_or_insert_default()))
    }

    fn read_bonds(&self, ask: &Ask<'_>) -> Result<Bonds, Error> {
        let (host, hint, bound) = {
            let sight = self.sight();
            let host = sight.id(Noun::Host).map(str::to_owned);
            (host, sight.initiator_count, sight.bound_here())
        };
        let of = |noun: Noun, code: u32, id: &Option<String>| match id {
            Some(id) => ask.belonging(noun, code, id),
            None => Ok(Vec::new()),
        };
        let [lungroup_views, host_groups] = lists([
            Box::new(|| {
                let lungroup = self.settle(ask, Noun::LunGroup, &[])?;
                of(Noun::View, Noun::LunGroup.code(), &lungroup)
            }),
            Box::new(|| {
                let groups = of(Noun::HostGroup, Noun::Host.code(), &host)?;
                self.settle(ask, Noun::HostGroup, &groups)?;
                Ok(groups)
            }),
        ])?;
        let hostgroup = self.sight().id(Noun::HostGroup).map(str::to_owned);
        let view_listed = self.settle_view(&lungroup_views);
        let portgroup = self.has_portgroup();
        let [
            hostgroup_views,
            hostgroup_hosts,
            view_portgroups,
            view_groups,
            initiators,
        ] = lists([
            Box::new(|| of(Noun::View, Noun::HostGroup.code(), &hostgroup)),
            Box::new(|| of(Noun::Host, Noun::HostGroup.code(), &hostgroup)),
            Box::new(|| {
                let view = self.settle(ask, Noun::View, &lungroup_views)?;
                if portgroup {
                    of(Noun::PortGroup, Noun::View.code(), &view)
                } else {
                    Ok(Vec::new())
                }
            }),
            Box::new(|| {
                // A view that the LUN group does not lead to may hold somebody else's groups.
                if view_listed {
                    return Ok(Vec::new());
                }
                let view = self.settle(ask, Noun::View, &lungroup_views)?;
                let mut groups = of(Noun::LunGroup, Noun::View.code(), &view)?;
                groups.extend(of(Noun::HostGroup, Noun::View.code(), &view)?);
                Ok(groups)
            }),
            Box::new(|| match (&host, hint) {
                (Some(host), None) => {
                    let all = ask.initiators_of(host)?;
                    Ok(all.into_iter().map(|id| Ref::new(id, "")).collect())
                }
                _ => Ok(Vec::new()),
            }),
        ])?;
        let own = usize::from(bound);
        let other_initiators = match hint {
            Some(count) => usize::try_from(count)
                .unwrap_or(usize::MAX)
                .saturating_sub(own),
            None => initiators
                .iter()
                .filter(|i| !i.id.eq_ignore_ascii_case(&self.iqn))
                .count(),
        };
        Ok(Bonds {
            lungroup_views,
            host_groups,
            hostgroup_views,
            hostgroup_hosts,
            view_portgroups,
            view_groups,
            other_initiators,
            counted: false,
        })
    }

    /// Takes the view from the views of the LUN group, if it is there.
    fn settle_view(&self, listed: &[Ref]) -> bool {
        let mut sight = self.sight();
        if sight.found(Noun::View).is_some() {
            let id = sight.id(Noun::View).map(str::to_owned);
            return listed.iter().any(|v| Some(&v.id) == id.as_ref());
        }
        let name = self.name(&sight, Noun::View);
        let found = listed.iter().find(|v| v.name == name).cloned();
        let there = found.is_some();
        if let Some(view) = found {
            sight.set(Noun::View, Known::Found(view));
        }
        there
    }

    /// Sends a removal. After a lost answer everything is read again.
    fn remove(&self, request: &Request, ask: &Ask<'_>, mutate: &Mutate) -> Result<Reply, Error> {
        let sent = self.client.change(request, ask.bounds, mutate);
        if sent.is_err() {
            self.forget_ties();
        }
        sent
    }

    /// Takes a host or a group out of its group or view.
    pub(super) fn undo_link(
        &self,
        link: Link,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        if let Some(by) = self.needed(ask)? {
            return Ok(used(by));
        }
        let bonds = self.with_bonds(ask, |b| b.clone())?;
        let Ok(ends) = self.sight().ends(link) else {
            return Ok(Undone::AlreadyGone);
        };
        let host = self.sight().id(Noun::Host).map(str::to_owned);
        let mut strangers = bonds.hostgroup_hosts.clone();
        strangers.retain(|h| Some(&h.id) != host.as_ref());
        if !strangers.is_empty() && link != Link::HostGroupHost {
            return Ok(used(format!("host {}", names(&strangers))));
        }
        let holds = |list: &[Ref], id: &str| list.iter().any(|r| r.id == id);
        let there = match link {
            Link::ViewLunGroup => holds(&bonds.lungroup_views, &ends.container),
            Link::ViewHostGroup => holds(&bonds.hostgroup_views, &ends.container),
            Link::ViewPortGroup => holds(&bonds.view_portgroups, &ends.member),
            Link::HostGroupHost => holds(&bonds.hostgroup_hosts, &ends.member),
            Link::LunGroupLun => false,
        };
        if !there {
            return Ok(Undone::AlreadyGone);
        }
        if link == Link::HostGroupHost && !bonds.hostgroup_views.is_empty() {
            return Ok(used(format!("view {}", names(&bonds.hostgroup_views))));
        }
        let request = link.part(&ends.container, &ends.member, ends.code);
        if link == Link::ViewLunGroup {
            self.sight().taken_out = true;
        }
        let reply = self.remove(&request, ask, mutate)?;
        if link == Link::ViewLunGroup
            && reply.outcome == Outcome::Success
            && let Some(by) = self.recount(ask, &ends, mutate)?
        {
            return Ok(used(by));
        }
        self.with_bonds(ask, |b| {
            let drop = |list: &mut Vec<Ref>, id: &str| list.retain(|r| r.id != id);
            match link {
                Link::ViewLunGroup => drop(&mut b.lungroup_views, &ends.container),
                Link::ViewHostGroup => drop(&mut b.hostgroup_views, &ends.container),
                Link::ViewPortGroup => drop(&mut b.view_portgroups, &ends.member),
                Link::HostGroupHost => {
                    drop(&mut b.hostgroup_hosts, &ends.member);
                    drop(&mut b.host_groups, &ends.container);
                }
                Link::LunGroupLun => {}
            }
            drop(&mut b.view_groups, &ends.member);
        })?;
        self.sight().set_link(link, Known::Absent);
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }

    /// Counts the LUN group again now that it is out of the view. If somebody has put a LUN into
    /// it meanwhile, it goes back, and so does every container.
    fn recount(
        &self,
        ask: &Ask<'_>,
        ends: &Ends,
        mutate: &Mutate,
    ) -> Result<Option<String>, Error> {
        let [mut luns, snapshots] = self.count_both(ask, &ends.member)?;
        if self.goes_too(&self.sight()) {
            luns = luns.saturating_sub(1);
        }
        if luns + snapshots == 0 {
            self.with_bonds(ask, |b| b.counted = true)?;
            return Ok(None);
        }
        let back = Link::ViewLunGroup.join(&ends.container, &ends.member, ends.code);
        let reply = self.client.change(&back, ask.bounds, mutate)?;
        if matches!(reply.outcome, Outcome::Missing | Outcome::NotMember) {
            return Err(self.refused(&reply));
        }
        let left = Left {
            luns,
            snapshots,
            ..Left::default()
        };
        let by = format!("{} that came in meanwhile", left.by("").unwrap_or_default());
        self.ties().left = Some(left);
        Ok(Some(by))
    }

    fn count_both(&self, ask: &Ask<'_>, lungroup: &str) -> Result<[u64; 2], Error> {
        let told: Result<Vec<u64>, Error> = parallel::<Result<u64, Error>>(vec![
            Box::new(|| ask.count(lungroup, false)),
            Box::new(|| ask.count(lungroup, true)),
        ])
        .into_iter()
        .collect();
        Ok(told?.try_into().unwrap_or([u64::MAX; 2]))
    }

    /// Deletes a host, group or view that nothing uses.
    pub(super) fn undo_named(
        &self,
        noun: Noun,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        if let Some(by) = self.needed(ask)? {
            return Ok(used(by));
        }
        let bonds = self.with_bonds(ask, |b| b.clone())?;
        let Some(id) = self.sight().id(noun).map(str::to_owned) else {
            return Ok(Undone::AlreadyGone);
        };
        let holders: Vec<(&str, Vec<Ref>)> = match noun {
            Noun::LunGroup => vec![("view", bonds.lungroup_views.clone())],
            Noun::HostGroup => vec![
                ("view", bonds.hostgroup_views.clone()),
                ("host", bonds.hostgroup_hosts.clone()),
            ],
            Noun::View => {
                let mut groups = bonds.view_groups.clone();
                let both = [
                    (&bonds.lungroup_views, Noun::LunGroup),
                    (&bonds.hostgroup_views, Noun::HostGroup),
                ];
                for (views, noun) in both {
                    if views.iter().any(|v| v.id == id) {
                        groups.extend(self.sight().found(noun).cloned());
                    }
                }
                groups.extend(bonds.view_portgroups.clone());
                vec![("group", groups)]
            }
            Noun::Host => vec![("hostgroup", bonds.host_groups.clone())],
            Noun::PortGroup => return Ok(used("port groups are never deleted")),
        };
        if let Some((word, refs)) = holders.iter().find(|(_, refs)| !refs.is_empty()) {
            return Ok(used(format!("{word} {}", names(refs))));
        }
        if noun == Noun::Host {
            let own = usize::from(self.sight().bound_here());
            let initiators = bonds.other_initiators + own;
            if initiators > 0 {
                return Ok(used(format!("{initiators} initiators")));
            }
        }
        if noun == Noun::LunGroup && !bonds.counted {
            // Not counted since it left the view: the answer was lost, or others took it out.
            let ends = self.sight().ends(Link::ViewLunGroup);
            match ends {
                Ok(ends) if self.sight().taken_out => {
                    if let Some(by) = self.recount(ask, &ends, mutate)? {
                        return Ok(used(by));
                    }
                }
                _ => {
                    let [luns, snapshots] = self.count_both(ask, &id)?;
                    if luns + snapshots > 0 {
                        return Ok(used(format!("{luns} LUNs and {snapshots} snapshots")));
                    }
                }
            }
        }
        let reply = self.remove(&noun.delete(&id), ask, mutate)?;
        self.sight().set(noun, Known::Absent);
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }

    /// Frees the initiator, and makes the array forget it when this tool made it known.
    pub(super) fn undo_initiator(
        &self,
        ask: &Ask<'_>,
        made: &Made,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        let host = self.sight().host_id().map(str::to_owned);
        let mut known = self.sight().initiator.clone();
        if known == Known::Unknown {
            known = ask.initiator(&self.iqn)?;
        }
        let Known::Found(initiator) = known else {
            return Ok(Undone::AlreadyGone);
        };
        let bound = match &initiator.host {
            Some(bound) if Some(&bound.id) == host.as_ref() => true,
            // It belongs to another host now: not ours to free.
            Some(_) => return Ok(Undone::AlreadyGone),
            None => false,
        };
        if bound {
            if let Some(by) = self.needed(ask)? {
                return Ok(used(by));
            }
            {
                let mut sight = self.sight();
                sight.deleting = made.before.is_none();
                // What the host's reply said counts this one, and is over now.
                sight.initiator_count = None;
            }
            let request = parts::initiator::unbind(&self.iqn);
            self.client.change(&request, ask.bounds, mutate)?;
            self.sight().initiator = Known::Found(super::sight::Initiator {
                host: None,
                ..initiator
            });
        }
        if made.before.is_some() {
            return Ok(if bound {
                Undone::Restored
            } else {
                Undone::AlreadyGone
            });
        }
        let request = parts::initiator::delete(&self.iqn);
        let reply = self.client.change(&request, ask.bounds, mutate)?;
        self.sight().initiator = Known::Absent;
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }
}
