//! Who sees what, through which groups: the reads behind what a change shows and what it cuts.
//!
//! A host sees a LUN because a view joins one of its host groups with one of the LUN's groups, or
//! by a direct mapping. A change that ends one such way cuts what has no other. Direct mappings
//! beside a view are not counted as another way: no source says that the array keeps both
//! (oceanstor.md §7, "Direct mapping"), and a cut too many is only a question too many.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::super::client::{Task, parallel};
use super::super::nouns::group::{self, HOST_GROUP, LUN_GROUP};
use super::super::nouns::{self, host, initiator, lun, mapping};
use super::At;
use crate::array::edit::{Cut, Gain};
use crate::array::error::Error;
use crate::model::ids::LunNumber;
use crate::model::nouns::{HostLun, Initiator, Lun, LunMapping, Member};

/// What a host is on the array: its initiators and what they see.
#[derive(Debug, Default)]
pub(super) struct Eyes {
    /// Its initiators.
    initiators: Vec<Initiator>,
    /// The LUNs that it sees, with their numbers.
    pub(super) seen: Vec<HostLun>,
}

impl Eyes {
    fn online(&self) -> bool {
        self.initiators.iter().any(|i| i.online)
    }

    /// The LUN in the host's list.
    pub(super) fn row(&self, lun: &Lun) -> Option<&HostLun> {
        let mut seen = self.seen.iter();
        seen.find(|s| s.id == lun.id && s.snapshot == lun.snapshot)
    }

    /// What the host loses when it does not see the LUN any more.
    pub(super) fn cut(&self, host: &Member, lun: &Lun) -> Cut {
        let number = self.row(lun).and_then(|row| row.lun_number);
        Cut {
            host: host.clone(),
            initiators: self.initiators.iter().map(|i| i.id.clone()).collect(),
            online: self.online(),
            lun: lun::member(lun),
            wwid: lun.wwid.clone(),
            lun_number: number,
        }
    }
}

/// Reads what a host goes on seeing.
type Kept<'a> = dyn Fn(&Member) -> Result<Vec<Lun>, Error> + Sync + 'a;

/// Part of what is read of one host, side by side.
enum Part {
    Initiators(Vec<Initiator>),
    Seen(Vec<HostLun>),
    Kept(Vec<Lun>),
}

/// The questions of one change. Views of host groups are asked for once.
pub(super) struct Reach<'a> {
    at: &'a At<'a>,
    views: Mutex<HashMap<String, Vec<Member>>>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(at: &'a At<'a>) -> Self {
        Self {
            at,
            views: Mutex::default(),
        }
    }

    /// The hosts of a host group.
    pub(super) fn hosts_of(&self, hostgroup: &str) -> Result<Vec<Member>, Error> {
        host::of_group(self.at.client, hostgroup, self.at.bounds)
    }

    /// The LUNs and snapshots of a LUN group.
    pub(super) fn luns_of(&self, lungroup: &str) -> Result<Vec<Lun>, Error> {
        lun::of_group(self.at.client, lungroup, self.at.bounds)
    }

    /// The views of a host group.
    pub(super) fn views_of(&self, hostgroup: &str) -> Result<Vec<Member>, Error> {
        let known = || self.views.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(views) = known().get(hostgroup) {
            return Ok(views.clone());
        }
        let views = group::views(self.at.client, HOST_GROUP, hostgroup, self.at.bounds)?;
        known().insert(hostgroup.to_owned(), views.clone());
        Ok(views)
    }

    fn lungroup_of(&self, view: &str) -> Result<Option<Member>, Error> {
        mapping::side(self.at.client, LUN_GROUP, view, self.at.bounds)
    }

    /// The LUNs that the hosts of a host group see through its views, those of which `gone` says
    /// so left out.
    fn luns_through(
        &self,
        hostgroup: &str,
        gone: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Lun>, Error> {
        let mut luns: Vec<Lun> = Vec::new();
        for view in self.views_of(hostgroup)? {
            if gone(&view.id) {
                continue;
            }
            let Some(lungroup) = self.lungroup_of(&view.id)? else {
                continue;
            };
            for one in self.luns_of(&lungroup.id)? {
                if !holds(&luns, &one) {
                    luns.push(one);
                }
            }
        }
        Ok(luns)
    }

    /// The hosts that see the LUNs of a LUN group, through any of its views.
    pub(super) fn hosts_through(&self, lungroup: &str) -> Result<Vec<Member>, Error> {
        let mut hosts: Vec<Member> = Vec::new();
        let (client, bounds) = (self.at.client, self.at.bounds);
        for view in group::views(client, LUN_GROUP, lungroup, bounds)? {
            let Some(hostgroup) = mapping::side(client, HOST_GROUP, &view.id, bounds)? else {
                continue;
            };
            for one in self.hosts_of(&hostgroup.id)? {
                if !hosts.contains(&one) {
                    hosts.push(one);
                }
            }
        }
        Ok(hosts)
    }

    /// Every way by which somebody sees the LUN, with numbers.
    pub(super) fn ways(&self, lun: &Lun) -> Result<Vec<LunMapping>, Error> {
        mapping::ways_of(self.at.client, lun, self.at.bounds)
    }

    fn initiators(&self, host: &str) -> Result<Vec<Initiator>, Error> {
        let mut found = Vec::new();
        initiator::of_host(self.at.client, host, None, self.at.bounds, &mut |one| {
            found.push(one);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    fn seen(&self, host: &str) -> Result<Vec<HostLun>, Error> {
        let mut found = Vec::new();
        lun::of_host(self.at.client, host, self.at.bounds, &mut |one| {
            found.push(one);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// What these hosts see and who they are, in the order of the hosts.
    pub(super) fn eyes(&self, hosts: &[Member]) -> Result<Vec<Eyes>, Error> {
        Ok(self
            .read(hosts, None)?
            .into_iter()
            .map(|(eyes, _)| eyes)
            .collect())
    }

    /// The same, with what each host goes on seeing by other ways where `kept` reads that.
    fn read(
        &self,
        hosts: &[Member],
        kept: Option<&Kept<'_>>,
    ) -> Result<Vec<(Eyes, Vec<Lun>)>, Error> {
        let mut tasks: Vec<Task<'_, Result<Part, Error>>> = Vec::new();
        for host in hosts {
            tasks.push(Box::new(|| self.initiators(&host.id).map(Part::Initiators)));
            tasks.push(Box::new(|| self.seen(&host.id).map(Part::Seen)));
            tasks.push(Box::new(move || match kept {
                Some(kept) => kept(host).map(Part::Kept),
                None => Ok(Part::Kept(Vec::new())),
            }));
        }
        let mut read: Vec<(Eyes, Vec<Lun>)> = Vec::new();
        for part in parallel(tasks) {
            match part? {
                Part::Initiators(initiators) => {
                    let seen = Vec::new();
                    read.push((Eyes { initiators, seen }, Vec::new()));
                }
                Part::Seen(seen) => {
                    if let Some((eyes, _)) = read.last_mut() {
                        eyes.seen = seen;
                    }
                }
                Part::Kept(luns) => {
                    if let Some((_, kept)) = read.last_mut() {
                        *kept = luns;
                    }
                }
            }
        }
        Ok(read)
    }

    /// What hosts lose of these LUNs when the ways of which `gone` says so (host group, view) end.
    fn lost(
        &self,
        hosts: &[Member],
        luns: &[Lun],
        gone: &(dyn Fn(&str, &str) -> bool + Sync),
    ) -> Result<Vec<Cut>, Error> {
        if hosts.is_empty() || luns.is_empty() {
            return Ok(Vec::new());
        }
        let kept = |host: &Member| -> Result<Vec<Lun>, Error> {
            let mut kept = Vec::new();
            for hostgroup in host::groups(self.at.client, &host.id, self.at.bounds)? {
                let gone = |view: &str| gone(&hostgroup.id, view);
                kept.extend(self.luns_through(&hostgroup.id, &gone)?);
            }
            Ok(kept)
        };
        let mut cuts = Vec::new();
        for (host, (eyes, kept)) in hosts.iter().zip(self.read(hosts, Some(&kept))?) {
            let lost = luns.iter().filter(|lun| !holds(&kept, lun));
            cuts.extend(lost.map(|lun| eyes.cut(host, lun)));
        }
        Ok(cuts)
    }

    /// What a host loses by leaving a host group.
    pub(super) fn host_leaves(&self, host: &Member, hostgroup: &str) -> Result<Vec<Cut>, Error> {
        let luns = self.luns_through(hostgroup, &|_| false)?;
        let hosts = std::slice::from_ref(host);
        self.lost(hosts, &luns, &|group, _| group == hostgroup)
    }

    /// What hosts lose when a view does not join these groups any more.
    pub(super) fn view_parts(
        &self,
        view: &str,
        hostgroup: &str,
        lungroup: &str,
    ) -> Result<Vec<Cut>, Error> {
        let (hosts, luns) = self.both(hostgroup, lungroup)?;
        self.lost(&hosts, &luns, &|_, other| other == view)
    }

    /// The hosts and the LUNs of two groups.
    fn both(&self, hostgroup: &str, lungroup: &str) -> Result<(Vec<Member>, Vec<Lun>), Error> {
        let hosts = self.hosts_of(hostgroup)?;
        if hosts.is_empty() {
            return Ok((hosts, Vec::new()));
        }
        Ok((hosts, self.luns_of(lungroup)?))
    }

    /// What hosts lose when these ways to a LUN end, out of all of them.
    pub(super) fn ways_end(
        &self,
        lun: &Lun,
        ways: &[LunMapping],
        ends: &dyn Fn(&LunMapping) -> bool,
    ) -> Result<Vec<Cut>, Error> {
        let mut hosts: Vec<(Member, Option<LunNumber>)> = Vec::new();
        for way in ways.iter().filter(|w| ends(w)) {
            let Some(host) = &way.host else { continue };
            let stays = ways
                .iter()
                .any(|w| !ends(w) && w.host.as_ref().is_some_and(|h| h.id == host.id));
            if !stays && !hosts.iter().any(|(h, _)| h.id == host.id) {
                hosts.push((host.clone(), way.lun_number));
            }
        }
        let tasks: Vec<Task<'_, Result<Vec<Initiator>, Error>>> = hosts
            .iter()
            .map(|(host, _)| -> Task<'_, Result<Vec<Initiator>, Error>> {
                Box::new(|| self.initiators(&host.id))
            })
            .collect();
        let mut cuts = Vec::new();
        for ((host, number), initiators) in hosts.iter().zip(parallel(tasks)) {
            let eyes = Eyes {
                initiators: initiators?,
                seen: Vec::new(),
            };
            cuts.push(Cut {
                lun_number: *number,
                ..eyes.cut(host, lun)
            });
        }
        Ok(cuts)
    }

    /// What a host sees more as a member of a host group.
    pub(super) fn host_enters(&self, host: &Member, hostgroup: &str) -> Result<Vec<Gain>, Error> {
        let luns = self.luns_through(hostgroup, &|_| false)?;
        self.shown(std::slice::from_ref(host), &luns)
    }

    /// What hosts see more when a view joins these groups.
    pub(super) fn view_joins(&self, hostgroup: &str, lungroup: &str) -> Result<Vec<Gain>, Error> {
        let (hosts, luns) = self.both(hostgroup, lungroup)?;
        self.shown(&hosts, &luns)
    }

    /// Pairs of hosts and LUNs; refused when a host sees one of them already.
    fn shown(&self, hosts: &[Member], luns: &[Lun]) -> Result<Vec<Gain>, Error> {
        if luns.is_empty() {
            return Ok(Vec::new());
        }
        let tasks: Vec<Task<'_, Result<Vec<HostLun>, Error>>> = hosts
            .iter()
            .map(|host| -> Task<'_, Result<Vec<HostLun>, Error>> {
                Box::new(|| self.seen(&host.id))
            })
            .collect();
        let mut gains = Vec::new();
        for (host, seen) in hosts.iter().zip(parallel(tasks)) {
            let eyes = Eyes {
                initiators: Vec::new(),
                seen: seen?,
            };
            if let Some(twice) = luns.iter().find(|lun| eyes.row(lun).is_some()) {
                return Err(self.twice(host, twice, &self.ways(twice)?));
            }
            gains.extend(luns.iter().map(|lun| gain(host, lun)));
        }
        Ok(gains)
    }

    /// The hosts that see a LUN more when it is in a LUN group; refused when one of them sees it
    /// already.
    pub(super) fn lun_enters(
        &self,
        lun: &Lun,
        lungroup: &str,
        ways: &[LunMapping],
    ) -> Result<Vec<Gain>, Error> {
        let hosts = self.hosts_through(lungroup)?;
        for host in &hosts {
            let sees = |way: &LunMapping| way.host.as_ref().is_some_and(|h| h.id == host.id);
            if ways.iter().any(sees) {
                return Err(self.twice(host, lun, ways));
            }
        }
        Ok(hosts.iter().map(|host| gain(host, lun)).collect())
    }

    /// A second way to the same LUN: it would be refused, or get a second number
    /// (oceanstor.md §11.9).
    fn twice(&self, host: &Member, lun: &Lun, ways: &[LunMapping]) -> Error {
        let way = ways
            .iter()
            .find(|w| w.host.as_ref().is_some_and(|h| h.id == host.id));
        let through = match way {
            Some(way) => through(way),
            None => "in another way".to_owned(),
        };
        self.at.conflict(
            format!(
                "host {} sees LUN {} already, {through}: a second way would give it a second \
                 number",
                host.name, lun.name
            ),
            vec![format!(
                "sanctl lun mappings {}",
                At::named(&lun.name, &lun.id)
            )],
        )
    }
}

/// By what a host sees a LUN, in words.
pub(super) fn through(way: &LunMapping) -> String {
    let named = |what: &str, member: &Option<Member>| {
        member
            .as_ref()
            .map(|m| format!("{what} {}", m.name))
            .unwrap_or_default()
    };
    match (&way.lungroup, &way.mapping) {
        (None, _) => "by a direct mapping".to_owned(),
        (group, None) => format!("through {}", named("lungroup", group)),
        (group, view) => format!(
            "through {} and {}",
            named("lungroup", group),
            named("mapping", view)
        ),
    }
}

fn gain(host: &Member, lun: &Lun) -> Gain {
    Gain {
        host: host.clone(),
        lun: nouns::lun::member(lun),
        wwid: lun.wwid.clone(),
    }
}

fn holds(luns: &[Lun], one: &Lun) -> bool {
    luns.iter()
        .any(|l| l.id == one.id && l.snapshot == one.snapshot)
}

/// The one number that all of these hosts see the LUN by.
pub(super) fn number_of(cuts: &[Cut]) -> Option<LunNumber> {
    let number = cuts.first()?.lun_number?;
    let same = cuts.iter().all(|c| c.lun_number == Some(number));
    same.then_some(number)
}

/// The hosts of some cuts, each once.
pub(super) fn hosts_in(cuts: &[Cut]) -> String {
    let mut names: Vec<&str> = cuts.iter().map(|c| c.host.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
