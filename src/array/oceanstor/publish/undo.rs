//! Taking back, in the order that is safe against somebody who attaches at the same time: the LUN
//! group leaves the view and is counted again before anything is deleted (oceanstor.md §10).
//!
//! From then on every removal is proved by the delete that follows it: a view that holds a group, a
//! group in a view, a host in a group are not deleted, so a refusal tells that somebody came, and
//! what was removed goes back. Both are one undo, or else a removal would be on record as undone
//! and not be. Which code such a refusal has is in no source (§4), so what is there decides; an
//! array that deletes a view together with what it holds tells nothing, and the one who came finds
//! it missing. Where the next thing does not go too, a read takes the place of the delete.

use std::sync::{Mutex, PoisonError};

use super::super::client::{Task, parallel};
use super::super::envelope::{Outcome, Reply, Request};
use super::Shared;
use super::ask::Ask;
use super::conflict::names;
use super::join::Ends;
use super::parts::{Link, Noun};
use super::sight::{Known, Proof, Ref};
use super::ties::{Left, count};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::step::Undone;

pub(super) fn used(by: impl Into<String>) -> Undone {
    Undone::StillInUse { by: by.into() }
}

impl Shared {
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
        if !self.is_generated(&sight, Noun::LunGroup) {
            // The containers to take apart are the convention's, not those of another group.
            sight.set(Noun::LunGroup, Known::Unknown);
        }
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
        let mine = left.seen.iter().find(|r| sight.is_it(r));
        let Some(row) = mine else {
            sight.proof = Known::Absent;
            return Ok(Undone::AlreadyGone);
        };
        sight.proof = Known::Found(Proof { number: row.number });
        let host = self.name(&sight, Noun::Host);
        let through = match sight.lun_groups.as_slice() {
            [] if left.direct => " by a direct mapping".to_owned(),
            [] => String::new(),
            groups => format!(" through lungroup {}", names(groups)),
        };
        Ok(used(format!("host {host} sees the LUN{through}")))
    }

    /// Sends a removal. After a lost answer everything is read again.
    fn remove(&self, request: &Request, ask: &Ask<'_>, mutate: &Mutate) -> Result<Reply, Error> {
        let sent = self.client.change(request, ask.bounds, mutate);
        if sent.is_err() {
            self.doubt_ties();
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
        if let Some(by) = self.watched(ask)? {
            return Ok(used(by));
        }
        let bonds = self.with_bonds(ask, |b| b.clone())?;
        // In the view it is counted when it has left it, and goes back if it holds anything.
        let recounted = link == Link::ViewLunGroup && {
            let view = self.sight().id(Noun::View).map(str::to_owned);
            view.is_some_and(|view| bonds.lungroup_views.iter().any(|v| v.id == view))
        };
        if !recounted && let Some(by) = self.filled(ask)? {
            return Ok(used(by));
        }
        let portgroups = match link {
            Link::ViewPortGroup => self.portgroup_of_view(ask)?,
            _ => Vec::new(),
        };
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
            Link::ViewPortGroup => holds(&portgroups, &ends.member),
            Link::HostGroupHost => holds(&bonds.hostgroup_hosts, &ends.member),
            Link::LunGroupLun => false,
        };
        if !there {
            return Ok(Undone::AlreadyGone);
        }
        if link == Link::HostGroupHost {
            // In its own view it sees nothing, or we would not be here; others are not ours.
            let own = self.sight().id(Noun::View).map(str::to_owned);
            let mut views = bonds.hostgroup_views.clone();
            views.retain(|v| Some(&v.id) != own.as_ref());
            if !views.is_empty() {
                return Ok(used(format!("view {}", names(&views))));
            }
        }
        let request = link.part(&ends.container, &ends.member, ends.code);
        if link == Link::ViewLunGroup {
            self.sight().taken_out = true;
        }
        let reply = self.remove(&request, ask, mutate)?;
        self.with_bonds(ask, |b| {
            let drop = |list: &mut Vec<Ref>, id: &str| list.retain(|r| r.id != id);
            match link {
                Link::ViewLunGroup => drop(&mut b.lungroup_views, &ends.container),
                Link::ViewHostGroup => drop(&mut b.hostgroup_views, &ends.container),
                Link::ViewPortGroup => {
                    let mut left = portgroups;
                    drop(&mut left, &ends.member);
                    b.view_portgroups = Some(left);
                }
                Link::HostGroupHost => {
                    drop(&mut b.hostgroup_hosts, &ends.member);
                    drop(&mut b.host_groups, &ends.container);
                }
                Link::LunGroupLun => {}
            }
            drop(&mut b.view_groups, &ends.member);
        })?;
        if reply.outcome == Outcome::Success {
            let came = match link {
                Link::ViewLunGroup => self.recount(ask, &ends, mutate)?,
                _ => self.parted(link, ask, &ends, mutate)?,
            };
            if let Some(by) = came {
                return Ok(used(by));
            }
        }
        self.sight().set_link(link, Known::Absent);
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }

    /// The port groups in the view. The one that is there is meant from now on, whatever the
    /// configuration says.
    fn portgroup_of_view(&self, ask: &Ask<'_>) -> Result<Vec<Ref>, Error> {
        let held = match self.with_bonds(ask, |b| b.view_portgroups.clone())? {
            Some(held) => held,
            None => self.read_portgroups(ask)?,
        };
        self.with_bonds(ask, |b| b.view_portgroups = Some(held.clone()))?;
        self.take_portgroup(&held);
        Ok(held)
    }

    fn read_portgroups(&self, ask: &Ask<'_>) -> Result<Vec<Ref>, Error> {
        match self.sight().id(Noun::View).map(str::to_owned) {
            Some(view) => ask.belonging(Noun::PortGroup, Noun::View.code(), &view),
            None => Ok(Vec::new()),
        }
    }

    /// Takes the port group that a view holds as the one that is meant, unless that is there.
    pub(super) fn take_portgroup(&self, held: &[Ref]) {
        let mut sight = self.sight();
        let known = sight.id(Noun::PortGroup).map(str::to_owned);
        if let Some(group) = held.first()
            && !held.iter().any(|g| Some(&g.id) == known.as_ref())
        {
            sight.set(Noun::PortGroup, Known::Found(group.clone()));
        }
    }

    /// Counts the LUN group again now that it is out of the view. If somebody has put a LUN into
    /// it meanwhile, it goes back, and so does every container.
    fn recount(
        &self,
        ask: &Ask<'_>,
        ends: &Ends,
        mutate: &Mutate,
    ) -> Result<Option<String>, Error> {
        // Who will ask for the view's port group can have it in the same wave.
        let read = self.has_portgroup() && self.with_bonds(ask, |b| b.view_portgroups.is_none())?;
        let ports: Mutex<Option<Vec<Ref>>> = Mutex::default();
        let mut counting: Vec<Task<'_, Result<u64, Error>>> = vec![
            Box::new(|| ask.count(&ends.member, false)),
            Box::new(|| ask.count(&ends.member, true)),
        ];
        if read {
            counting.push(Box::new(|| {
                let held = self.read_portgroups(ask)?;
                *ports.lock().unwrap_or_else(PoisonError::into_inner) = Some(held);
                Ok(0)
            }));
        }
        let counted: Result<Vec<u64>, Error> = parallel(counting).into_iter().collect();
        let counted = counted?;
        let (luns, snapshots) = match counted.as_slice() {
            [luns, snapshots, ..] => (*luns, *snapshots),
            _ => (0, 0),
        };
        if let Some(held) = ports.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.with_bonds(ask, |b| b.view_portgroups = Some(held))?;
        }
        let mut left = Left {
            luns,
            snapshots,
            ..Left::default()
        };
        let sight = self.sight();
        if self.goes_too(&sight) {
            left.forget_one(&sight);
        }
        drop(sight);
        if left.luns + left.snapshots == 0 {
            self.with_bonds(ask, |b| b.counted = true)?;
            return Ok(None);
        }
        self.put_back(Link::ViewLunGroup, ask, ends, mutate)?;
        let by = format!("{} that came in meanwhile", left.by("").unwrap_or_default());
        self.ties().left = Some(left);
        Ok(Some(by))
    }

    /// Proves that nobody needs what was taken out a moment ago: the next thing can be deleted. If
    /// somebody does, it goes back, and so does every container.
    fn parted(
        &self,
        link: Link,
        ask: &Ask<'_>,
        ends: &Ends,
        mutate: &Mutate,
    ) -> Result<Option<String>, Error> {
        let next = match link {
            // The LUN group beside it may have to go back into the view, if it was not counted.
            Link::ViewHostGroup if self.with_bonds(ask, |b| b.counted)? => Some(Noun::View),
            Link::HostGroupHost => Some(Noun::HostGroup),
            _ => None,
        };
        let next = next.filter(|noun| self.sight().going.contains(noun));
        if let Some(noun) = next
            && self.delete_early(noun, ask, mutate)
        {
            return Ok(None);
        }
        let came = self.ties().came.clone();
        if came.is_some() {
            self.put_back(link, ask, ends, mutate)?;
            return Ok(came);
        }
        self.came(link, ask, ends, mutate)
    }

    /// Deletes an object before its own turn, because that it can be deleted proves the removal
    /// before it. What it did is kept for its turn; if it is still there, that comes as usual.
    pub(super) fn delete_early(&self, noun: Noun, ask: &Ask<'_>, mutate: &Mutate) -> bool {
        match self.take_away(noun, ask, mutate) {
            Ok(Undone::StillInUse { .. }) | Err(_) => false,
            Ok(done) => {
                self.sight().done.insert(noun, done);
                true
            }
        }
    }

    /// Looks whether somebody has come to need what was taken out a moment ago. If so, it goes
    /// back, and so does every container. Who comes later finds it missing, because the last thing
    /// that an attach does is to look whether the host sees the LUN.
    fn came(
        &self,
        link: Link,
        ask: &Ask<'_>,
        ends: &Ends,
        mutate: &Mutate,
    ) -> Result<Option<String>, Error> {
        let held = |noun: Noun, of: Noun, id: &str| ask.belonging(noun, of.code(), id);
        let groups = match link {
            Link::ViewHostGroup => held(Noun::LunGroup, Noun::View, &ends.container)?,
            Link::HostGroupHost => {
                let mut groups = Vec::new();
                for view in held(Noun::View, Noun::HostGroup, &ends.container)? {
                    groups.extend(held(Noun::LunGroup, Noun::View, &view.id)?);
                }
                groups
            }
            Link::ViewLunGroup | Link::ViewPortGroup | Link::LunGroupLun => Vec::new(),
        };
        let mut units = 0;
        for group in &groups {
            let [luns, snapshots] = self.count_both(ask, &group.id)?;
            units += luns + snapshots;
        }
        if self.goes_too(&self.sight()) {
            units = units.saturating_sub(1);
        }
        // A group without a LUN may have been there before, and nobody sees anything through it.
        if units == 0 {
            return Ok(None);
        }
        self.put_back(link, ask, ends, mutate)?;
        Ok(Some(self.needed_by(count(units, "LUN"))))
    }

    /// Joins again what this run has parted.
    fn put_back(
        &self,
        link: Link,
        ask: &Ask<'_>,
        ends: &Ends,
        mutate: &Mutate,
    ) -> Result<(), Error> {
        let back = link.join(&ends.container, &ends.member, ends.code);
        let reply = self.client.change(&back, ask.bounds, mutate)?;
        match reply.outcome {
            Outcome::Missing | Outcome::NotMember => Err(self.refused(&reply)),
            _ => Ok(()),
        }
    }

    /// Somebody came while the containers were taken apart: the rest of them stays.
    pub(super) fn needed_by(&self, who: String) -> String {
        let by = format!("{who} that came in meanwhile");
        self.ties().came = Some(by.clone());
        by
    }

    /// Deletes an object. An array that refuses it knows of somebody who has come to use it.
    fn delete(
        &self,
        noun: Noun,
        id: &str,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<Result<Reply, String>, Error> {
        let refused = match self.remove(&noun.delete(id), ask, mutate) {
            Err(error @ Error::Refused { .. }) => error,
            sent => return sent.map(Ok),
        };
        let held = |noun: Noun, of: Noun| ask.belonging(noun, of.code(), id);
        let users = match noun {
            Noun::LunGroup => {
                let views = held(Noun::View, Noun::LunGroup)?;
                let [luns, snapshots] = self.count_both(ask, id)?;
                // It is out of the view, and that is on record: who came puts it in again.
                if views.is_empty() && luns + snapshots > 0 {
                    return Ok(Err(self.needed_by(count(luns + snapshots, "LUN"))));
                }
                ("view", views)
            }
            Noun::HostGroup => match held(Noun::View, Noun::HostGroup)? {
                views if views.is_empty() => ("host", held(Noun::Host, Noun::HostGroup)?),
                views => ("view", views),
            },
            Noun::View => {
                let mut users = ("view", Vec::new());
                for noun in [Noun::LunGroup, Noun::HostGroup, Noun::PortGroup] {
                    if users.1.is_empty() {
                        users = (noun.word(), held(noun, Noun::View)?);
                    }
                }
                users
            }
            Noun::Host => match held(Noun::HostGroup, Noun::Host)? {
                groups if groups.is_empty() => {
                    let ids = ask.initiators_of(id)?.into_iter();
                    ("initiator", ids.map(|id| Ref::new(id, "")).collect())
                }
                groups => ("hostgroup", groups),
            },
            Noun::PortGroup => ("view", Vec::new()),
        };
        match users {
            (_, users) if users.is_empty() => Err(refused),
            (word, users) => Ok(Err(self.needed_by(format!("{word} {}", names(&users))))),
        }
    }

    /// Deletes a host, group or view that nothing uses.
    pub(super) fn undo_named(
        &self,
        noun: Noun,
        ask: &Ask<'_>,
        mutate: &Mutate,
    ) -> Result<Undone, Error> {
        let early = self.sight().done.remove(&noun);
        let done = match early {
            Some(done) => done,
            None => self.take_away(noun, ask, mutate)?,
        };
        let mut sight = self.sight();
        if !matches!(done, Undone::StillInUse { .. }) && sight.found(noun).is_some() {
            sight.set(noun, Known::Absent);
        }
        Ok(done)
    }

    fn take_away(&self, noun: Noun, ask: &Ask<'_>, mutate: &Mutate) -> Result<Undone, Error> {
        if let Some(by) = self.keeper(noun, ask)? {
            return Ok(used(by));
        }
        let Some(id) = self.sight().id(noun).map(str::to_owned) else {
            return Ok(Undone::AlreadyGone);
        };
        if noun == Noun::LunGroup && !self.with_bonds(ask, |b| b.counted)? {
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
                        return Ok(used(format!(
                            "{} and {}",
                            count(luns, "LUN"),
                            count(snapshots, "snapshot")
                        )));
                    }
                }
            }
        }
        let reply = match self.delete(noun, &id, ask, mutate)? {
            Ok(reply) => reply,
            Err(by) => return Ok(used(by)),
        };
        Ok(match reply.outcome {
            Outcome::Success => Undone::Removed,
            _ => Undone::AlreadyGone,
        })
    }

    /// What keeps a host, group or view, as far as it was read.
    pub(super) fn keeper(&self, noun: Noun, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        if let Some(by) = self.needed(ask)? {
            return Ok(Some(by));
        }
        let bonds = self.with_bonds(ask, |b| b.clone())?;
        let Some(id) = self.sight().id(noun).map(str::to_owned) else {
            return Ok(None);
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
                let expected = self.has_portgroup() || bonds.view_portgroups.is_some();
                if expected {
                    groups.extend(self.portgroup_of_view(ask)?);
                }
                vec![("group", groups)]
            }
            Noun::Host => vec![("hostgroup", bonds.host_groups.clone())],
            Noun::PortGroup => return Ok(Some("port groups are never deleted".into())),
        };
        if let Some((word, refs)) = holders.iter().find(|(_, refs)| !refs.is_empty()) {
            return Ok(Some(format!("{word} {}", names(refs))));
        }
        if noun == Noun::Host {
            // Groups that are named after its id would be found by nobody any more.
            let named = [Noun::LunGroup, Noun::HostGroup, Noun::View];
            let sight = self.sight();
            let mut left = named.iter().filter(|noun| sight.found(**noun).is_some());
            if let Some(left) = left.find(|noun| self.is_generated(&sight, **noun)) {
                let by = format!("{} {}", left.word(), self.name(&sight, *left));
                return Ok(Some(by));
            }
            drop(sight);
            let own = self.sight().bound_count();
            let initiators = bonds.other_initiators + own;
            if initiators > 0 {
                let count = count(u64::try_from(initiators).unwrap_or(u64::MAX), "initiator");
                return Ok(Some(count));
            }
        }
        Ok(None)
    }
}
