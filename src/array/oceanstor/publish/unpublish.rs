//! The reads of detach: one wave, from the journal's facts, so that a LUN or a host that is gone
//! stops nothing.

use super::super::client::{Task, parallel};
use super::ask::{Ask, Host};
use super::parts::{LUN, Link, Noun, SNAPSHOT};
use super::sight::{Initiator, Known, Lun, Own, Ref, Sight};
use super::{Shared, conflict};
use crate::array::error::Error;
use crate::model::facts::Facts;

enum Told<'a> {
    Lun(Option<Box<Lun>>),
    Groups(Result<Vec<Ref>, Error>),
    Host(Option<Host>),
    Initiator(&'a str, Known<Initiator>),
}

impl Shared {
    /// Reads what detach needs.
    pub(super) fn survey_detach(&self, ask: &Ask<'_>, facts: &Facts) -> Result<Sight, Error> {
        let mut sight = Sight {
            detaching: true,
            journal_host: facts.objects.get(Noun::Host.word()).cloned(),
            journal_lun: facts.lun.clone(),
            hostgroup_hint: facts.objects.get(Noun::HostGroup.word()).cloned(),
            ..self.sight().anew()
        };
        let mut tasks: Vec<Task<'_, Result<Told<'_>, Error>>> = vec![
            Box::new(|| self.recorded_lun(ask, facts).map(Told::Lun)),
            Box::new(|| ask.host(&self.host_name).map(Told::Host)),
        ];
        for id in &self.initiators {
            tasks.push(Box::new(move || {
                let known = ask.initiator(self.protocol(), id)?;
                Ok(Told::Initiator(id, known))
            }));
        }
        if let Some(lun) = &facts.lun {
            // Asked beside the LUN itself, and of use only if that is the same unit still.
            let code = if lun.snapshot { SNAPSHOT } else { LUN };
            tasks.push(Box::new(move || {
                let groups = ask.belonging(Noun::LunGroup, code, &lun.id);
                Ok(Told::Groups(groups))
            }));
        }
        let mut groups = None;
        for told in parallel(tasks) {
            match told? {
                Told::Groups(told) => groups = Some(told),
                Told::Lun(lun) => sight.lun = lun.map(|l| *l),
                Told::Host(host) => {
                    self.take_host(&mut sight, host);
                }
                Told::Initiator(id, known) => sight.own_mut(id).known = known,
            }
        }
        self.settle_recorded_host(ask, &mut sight)?;
        if let Some(id) = facts.objects.get(Noun::PortGroup.word()) {
            let name = self.settings.port_group.clone().unwrap_or_default();
            sight.set(Noun::PortGroup, Known::Found(Ref::new(id.clone(), name)));
        }
        self.find_link(ask, &mut sight, groups)?;
        Ok(sight)
    }

    fn take_host(&self, sight: &mut Sight, host: Option<Host>) {
        let node = &self.publication.connector.host;
        sight.host_described = host
            .as_ref()
            .is_some_and(|h| h.description.as_ref() == Some(node));
        sight.initiator_count = host.as_ref().and_then(|h| h.initiators);
        sight.set(Noun::Host, Known::of(host.map(|h| h.at)));
    }

    /// The LUN that the journal names: by its id, and only if it still is the same unit. Without
    /// a journal, the LUN that the user names.
    fn recorded_lun(&self, ask: &Ask<'_>, facts: &Facts) -> Result<Option<Box<Lun>>, Error> {
        let Some(recorded) = &facts.lun else {
            return ask.lun(&self.publication.lun).map(|l| Some(Box::new(l)));
        };
        match ask.lun_by_id(&recorded.id, recorded.snapshot) {
            Ok(Some(lun)) if lun.fact.wwid == recorded.wwid => Ok(Some(Box::new(lun))),
            // Gone, or its id belongs to another LUN now.
            Ok(_) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A host of that name with another id is not the host of the journal.
    fn settle_recorded_host(&self, ask: &Ask<'_>, sight: &mut Sight) -> Result<(), Error> {
        let recorded = sight.journal_host.clone();
        let named = sight.id(Noun::Host).map(str::to_owned);
        match (recorded, named) {
            (Some(recorded), Some(named)) if recorded == named => Ok(()),
            (Some(recorded), named) => {
                // Renamed, found under an older name, or gone.
                let host = ask.host_by_id(&recorded)?;
                let mut bound = sight.initiators.values().filter_map(Own::host);
                let same = host.filter(|h| {
                    bound.any(|b| b.id == h.at.id)
                        || h.description.as_deref() == Some(&self.publication.connector.host)
                });
                // What is claimed under that name is the other one now.
                sight.host_succeeded = named.is_some() && same.is_none();
                self.take_host(sight, same);
                Ok(())
            }
            (None, Some(_)) => Ok(()),
            (None, None) => {
                let bound = sight.initiators.values().find_map(Own::host).cloned();
                if let Some(bound) = bound {
                    let node = &self.publication.connector.host;
                    let host = ask.host_by_id(&bound.id)?;
                    let same =
                        host.filter(|h| h.description.as_ref() == Some(node) || h.at.name == *node);
                    self.take_host(sight, same);
                }
                Ok(())
            }
        }
    }

    /// The LUN group through which this host sees the LUN: the convention's, else one that leads
    /// to this host alone.
    fn find_link(
        &self,
        ask: &Ask<'_>,
        sight: &mut Sight,
        groups: Option<Result<Vec<Ref>, Error>>,
    ) -> Result<(), Error> {
        let Some(lun) = sight.lun_id().map(str::to_owned) else {
            sight.set_link(Link::LunGroupLun, Known::Absent);
            return Ok(());
        };
        sight.lun_groups = match groups {
            Some(groups) => groups?,
            None => ask.belonging(Noun::LunGroup, sight.lun_code(), &lun)?,
        };
        // What a group shows is taken out of it, and the proof after that finds a direct mapping.
        let direct = sight.lun_groups.is_empty();
        if direct && sight.lun.as_ref().is_some_and(|l| l.maybe_direct) {
            let here = sight.host_id().map(str::to_owned);
            let direct = ask.direct_hosts(&lun)?;
            if direct.iter().any(|h| Some(h) == here.as_ref()) {
                let known = Known::Other {
                    found: "a direct mapping shows it to the host".into(),
                    wanted: "a LUN group".into(),
                };
                sight.set_link(Link::LunGroupLun, known);
                return Ok(());
            }
        }
        let own = sight.host_id().and_then(|id| Noun::LunGroup.name_for(id));
        if let Some(group) = sight
            .lun_groups
            .iter()
            .find(|g| Some(&g.name) == own.as_ref())
            .cloned()
        {
            sight.set(Noun::LunGroup, Known::Found(group));
            sight.set_link(Link::LunGroupLun, Known::Found(()));
            return Ok(());
        }
        let mut link = Known::Absent;
        let host = sight.id(Noun::Host).map(str::to_owned);
        for group in sight.lun_groups.clone() {
            let hosts = conflict::hosts_of_lungroup(ask, &group.id)?;
            let here = hosts.iter().any(|h| Some(&h.id) == host.as_ref());
            if here && hosts.len() == 1 {
                sight.set(Noun::LunGroup, Known::Found(group));
                link = Known::Found(());
                break;
            }
            if here {
                let found = format!(
                    "lungroup {} {} shows it to host {}",
                    group.id,
                    group.name,
                    conflict::names(&hosts)
                );
                link = Known::Other {
                    found,
                    wanted: "a LUN group of this host alone".into(),
                };
            }
        }
        sight.set_link(Link::LunGroupLun, link);
        Ok(())
    }
}
