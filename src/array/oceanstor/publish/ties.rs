//! What still needs the objects of this host: read once for a detach and kept up to date by the
//! removals (oceanstor.md §10).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::client::{Task, parallel};
use super::super::envelope::Reply;
use super::Shared;
use super::ask::{Ask, Row};
use super::parts::{Link, Noun};
use super::sight::{Known, Ref, Sight};
use crate::array::error::Error;

/// How long a removed association may still show in the host's list.
const LAG: Duration = Duration::from_secs(5);

/// What is left behind the removed link.
#[derive(Debug, Clone, Default)]
pub(super) struct Left {
    /// The LUNs that the host sees.
    pub(super) seen: Vec<Row>,
    /// LUNs in the LUN group, where the host cannot be asked.
    pub(super) luns: u64,
    /// Snapshots in the LUN group.
    pub(super) snapshots: u64,
    /// The LUN itself is seen by a direct mapping (V6).
    pub(super) direct: bool,
}

impl Left {
    /// The LUN of this attachment, or its snapshot, goes too: it does not count.
    pub(super) fn forget_one(&mut self, sight: &Sight) {
        let snapshot = sight.lun.as_ref().is_some_and(|l| l.fact.snapshot);
        let own = if snapshot {
            &mut self.snapshots
        } else {
            &mut self.luns
        };
        *own = own.saturating_sub(1);
    }

    /// What still needs the containers, in words.
    pub(super) fn by(&self, host: &str) -> Option<String> {
        match self.seen.as_slice() {
            [] if self.snapshots > 0 => Some(count(self.snapshots, "snapshot")),
            [] if self.luns > 0 => Some(count(self.luns, "LUN")),
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
pub(super) struct Bonds {
    /// The views that show the LUN group.
    pub(super) lungroup_views: Vec<Ref>,
    /// The host groups that hold the host.
    pub(super) host_groups: Vec<Ref>,
    /// The views that serve the host group.
    pub(super) hostgroup_views: Vec<Ref>,
    /// The hosts in the host group.
    pub(super) hostgroup_hosts: Vec<Ref>,
    /// The port groups in the view, once they were asked for.
    pub(super) view_portgroups: Option<Vec<Ref>>,
    /// Groups in the view that were found by looking at the view itself.
    pub(super) view_groups: Vec<Ref>,
    /// Initiators of the host, those of this node apart.
    pub(super) other_initiators: usize,
    /// LUNs and snapshots in the LUN group, seen by the host or not: an attachment that is half
    /// made has its link already. Counted only where the LUN group is not counted anyway, after
    /// it left the view.
    pub(super) units: Option<u64>,
    /// The LUN group was counted after it left the view, and was empty.
    pub(super) counted: bool,
}

/// What the undos of one detach share.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// Who came while the containers were taken apart.
    pub(super) came: Option<String>,
    pub(super) left: Option<Left>,
    pub(super) bonds: Option<Bonds>,
}

/// `1 LUN`, `2 LUNs`.
pub(super) fn count(number: u64, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// What a read by an id gave that may prove wrong.
#[derive(Debug, Default)]
struct Guess(Mutex<Option<Result<Vec<Ref>, Error>>>);

impl Guess {
    fn set(&self, told: Result<Vec<Ref>, Error>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }

    /// The answer, if the id was the right one.
    fn take(&self, right: bool) -> Option<Result<Vec<Ref>, Error>> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        told.filter(|_| right)
    }
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

    pub(super) fn ties(&self) -> MutexGuard<'_, Ties> {
        self.ties.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new survey makes what was read for undo stale.
    pub(super) fn forget_ties(&self) {
        *self.ties() = Ties::default();
    }

    /// A change whose answer did not come, or was a refusal, makes stale what was read; not that
    /// somebody came.
    pub(super) fn doubt_ties(&self) {
        let mut ties = self.ties();
        *ties = Ties {
            came: ties.came.take(),
            ..Ties::default()
        };
    }

    /// Whether a port group may be in the view: configured, or seen there.
    pub(super) fn has_portgroup(&self) -> bool {
        self.settings.port_group.is_some() || self.sight().found(Noun::PortGroup).is_some()
    }

    /// What is left behind the link, read once.
    pub(super) fn left(&self, ask: &Ask<'_>) -> Result<Left, Error> {
        let mut ties = self.ties();
        if let Some(left) = &ties.left {
            return Ok(left.clone());
        }
        let (host, group, lun, removed) = {
            let sight = self.sight();
            let removed =
                sight.link(Link::LunGroupLun) == Known::Absent && sight.lun_groups.is_empty();
            (
                sight.id(Noun::Host).map(str::to_owned),
                sight.id(Noun::LunGroup).map(str::to_owned),
                sight.lun.as_ref().map(|l| l.fact.clone()),
                removed,
            )
        };
        let lag = ask
            .bounds
            .at_most(LAG, "the removed LUN to leave the host's list");
        // Direct mappings show LUNs only.
        let v6 = self
            .sight()
            .lun
            .as_ref()
            .is_some_and(|l| l.v6 && !l.fact.snapshot);
        let seen = || -> Result<(Vec<Row>, bool), Error> {
            let Some(host) = &host else {
                return Ok((Vec::new(), false));
            };
            let mut asked = false;
            loop {
                let mut rows = ask.seen_by(host, false)?;
                if lun.as_ref().is_some_and(|l| l.snapshot) {
                    rows.extend(ask.seen_by(host, true)?);
                }
                // In no group any more and listed all the same: the list lags behind.
                let late = removed && lun.as_ref().is_some_and(|l| rows.iter().any(|r| r.is(l)));
                if !late {
                    return Ok((rows, false));
                }
                // Or it is shown in another way, which no waiting ends.
                if v6 && !asked {
                    asked = true;
                    let id = lun.as_ref().map_or("", |l| l.id.as_str());
                    if ask.direct_hosts(id)?.contains(host) {
                        return Ok((rows, true));
                    }
                }
                if lag.wait(Duration::from_millis(100)).is_err() {
                    return Ok((rows, false));
                }
            }
        };
        let count = |snapshot: bool| match &group {
            Some(group) => ask.count(group, snapshot),
            None => Ok(0),
        };
        enum Part {
            Seen((Vec<Row>, bool)),
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
                Part::Seen((seen, direct)) => {
                    left.seen = seen;
                    left.direct = direct;
                }
                Part::Luns(luns) => left.luns = luns,
                Part::Snapshots(snapshots) => left.snapshots = snapshots,
            }
        }
        ties.left = Some(left.clone());
        Ok(left)
    }

    /// Who else needs the containers; `None` = nobody.
    pub(super) fn needed(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        match self.watched(ask)? {
            None => self.filled(ask),
            by => Ok(by),
        }
    }

    /// Who else needs the containers, as far as the host sees it.
    pub(super) fn watched(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        let came = self.ties().came.clone();
        if came.is_some() {
            return Ok(came);
        }
        let mut left = self.left(ask)?;
        let sight = self.sight();
        if self.goes_too(&sight) {
            left.seen.retain(|r| !sight.is_it(r));
            left.forget_one(&sight);
        }
        Ok(left.by(&self.name(&sight, Noun::Host)))
    }

    /// What is in the LUN group, seen by the host or not.
    pub(super) fn filled(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        let (known, counted) = self.with_bonds(ask, |b| (b.units, b.counted))?;
        if counted {
            return Ok(None);
        }
        let group = self.sight().id(Noun::LunGroup).map(str::to_owned);
        let units = match (known, group) {
            (Some(units), _) => units,
            (None, None) => 0,
            (None, Some(group)) => {
                let [luns, snapshots] = self.count_both(ask, &group)?;
                luns + snapshots
            }
        };
        self.with_bonds(ask, |b| b.units = Some(units))?;
        let own = self.goes_too(&self.sight());
        let units = units.saturating_sub(u64::from(own));
        Ok((units > 0).then(|| format!("{} in the LUN group", count(units, "LUN"))))
    }

    /// Who else would need the containers if this LUN's own link were gone.
    pub(super) fn kept(&self, ask: &Ask<'_>) -> Result<Option<String>, Error> {
        let mut left = self.left(ask)?;
        let sight = self.sight();
        if sight.link(Link::LunGroupLun) == Known::Found(()) {
            left.seen.retain(|r| !sight.is_it(r));
            left.forget_one(&sight);
        }
        Ok(left.by(&self.name(&sight, Noun::Host)))
    }

    /// Whether the LUN itself keeps nothing. A failed attach takes back the newest first, and then
    /// the link that it made is still there when the view is taken apart; a link that somebody
    /// else made stays, and showed the host nothing before this run.
    pub(super) fn goes_too(&self, sight: &Sight) -> bool {
        (sight.link_sent || sight.unseen) && sight.link(Link::LunGroupLun) == Known::Found(())
    }

    /// Finds an object of the convention: in a list that was read, else by its name.
    pub(super) fn settle(
        &self,
        ask: &Ask<'_>,
        noun: Noun,
        listed: &[Ref],
    ) -> Result<Option<String>, Error> {
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

    /// Reads who is tied to the containers, once: in one wave where the
    /// journal knows the host group, else in two.
    pub(super) fn with_bonds<T>(
        &self,
        ask: &Ask<'_>,
        work: impl FnOnce(&mut Bonds) -> T,
    ) -> Result<T, Error> {
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
            (host, sight.initiator_count, sight.bound_count())
        };
        let of = |noun: Noun, code: u32, id: &Option<String>| match id {
            Some(id) => ask.belonging(noun, code, id),
            None => Ok(Vec::new()),
        };
        let guess = self.sight().hostgroup_hint.clone();
        let (guessed_views, guessed_hosts) = (Guess::default(), Guess::default());
        let [lungroup_views, host_groups, _, _] = lists([
            Box::new(|| {
                let lungroup = self.settle(ask, Noun::LunGroup, &[])?;
                of(Noun::View, Noun::LunGroup.code(), &lungroup)
            }),
            Box::new(|| {
                let groups = of(Noun::HostGroup, Noun::Host.code(), &host)?;
                self.settle(ask, Noun::HostGroup, &groups)?;
                Ok(groups)
            }),
            Box::new(|| {
                guessed_views.set(of(Noun::View, Noun::HostGroup.code(), &guess));
                Ok(Vec::new())
            }),
            Box::new(|| {
                guessed_hosts.set(of(Noun::Host, Noun::HostGroup.code(), &guess));
                Ok(Vec::new())
            }),
        ])?;
        let hostgroup = self.sight().id(Noun::HostGroup).map(str::to_owned);
        // What was asked of another group than the one that is meant is nothing.
        let right = hostgroup.is_some() && hostgroup == guess;
        let view_listed = self.settle_view(&lungroup_views);
        let [hostgroup_views, hostgroup_hosts, view_groups, initiators] = lists([
            Box::new(|| match guessed_views.take(right) {
                Some(views) => views,
                None => of(Noun::View, Noun::HostGroup.code(), &hostgroup),
            }),
            Box::new(|| match guessed_hosts.take(right) {
                Some(hosts) => hosts,
                None => of(Noun::Host, Noun::HostGroup.code(), &hostgroup),
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
        let other_initiators = match hint {
            Some(count) => usize::try_from(count)
                .unwrap_or(usize::MAX)
                .saturating_sub(bound),
            None => initiators
                .iter()
                .filter(|i| {
                    !self
                        .initiators
                        .iter()
                        .any(|own| i.id.eq_ignore_ascii_case(own))
                })
                .count(),
        };
        Ok(Bonds {
            lungroup_views,
            host_groups,
            hostgroup_views,
            hostgroup_hosts,
            view_portgroups: None,
            view_groups,
            other_initiators,
            units: None,
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

    pub(super) fn count_both(&self, ask: &Ask<'_>, lungroup: &str) -> Result<[u64; 2], Error> {
        let told: Result<Vec<u64>, Error> = parallel::<Result<u64, Error>>(vec![
            Box::new(|| ask.count(lungroup, false)),
            Box::new(|| ask.count(lungroup, true)),
        ])
        .into_iter()
        .collect();
        Ok(told?.try_into().unwrap_or([u64::MAX; 2]))
    }
}
