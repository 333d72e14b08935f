//! The reads before anything is done: one wave, and a second one where the LUN is mapped already
//! or the igroup is bound to a port set (ontap.md §10).

use super::super::client::Client;
use super::super::nouns::{igroup, lun};
use super::super::wire::{self, Credential, Igroup, IgroupQuery, Lif, Login, LunMap, MapQuery};
use super::super::wire::{Portset, Service, all};
use super::super::{names, wire::Wire};
use super::choice::Choice;
use super::sight::{Lun, Sight};
use super::{IGROUP, Shared};
use crate::array::error::Error;
use crate::array::parallel::{Task, parallel};
use crate::kit::bounds::Bounds;
use crate::model::facts::{Facts, LunFact};
use crate::model::nouns::Protocol;
use crate::step::Aim;

enum Told {
    Lun(Option<Box<wire::Lun>>),
    Igroups(Vec<Igroup>),
    Maps(Vec<LunMap>),
    Service(Option<Service>),
    Lifs(Vec<Lif>),
    Logins(Vec<Login>),
    Portset(Option<Portset>),
    Credential(Option<Credential>),
    Sessions(Vec<Login>),
    Picked(Option<Igroup>),
}

type Ask<'a> = Task<'a, Result<Told, Error>>;

/// What the reads have told.
#[derive(Default)]
struct Heard {
    lun: Option<wire::Lun>,
    igroups: Vec<Igroup>,
    maps: Option<Vec<LunMap>>,
    service: Option<Service>,
    lifs: Vec<Lif>,
    /// `None` = not asked for, because the interface does not tell.
    logins: Option<Vec<Login>>,
    portset: Option<Portset>,
    credential: Option<Credential>,
    sessions: Vec<Login>,
    picked: Option<Igroup>,
}

impl Heard {
    /// Asks all at once.
    fn ask(&mut self, tasks: Vec<Ask<'_>>) -> Result<(), Error> {
        for told in parallel(tasks) {
            self.hear(told?);
        }
        Ok(())
    }

    /// As [`Heard::ask`], but the first goes ahead of the others while it is not known whether the
    /// array takes the password: four failed logins at once lock accounts.
    fn ask_after_first(&mut self, client: &Client, tasks: Vec<Ask<'_>>) -> Result<(), Error> {
        let mut tasks = tasks.into_iter();
        if !client.is_admitted()
            && let Some(first) = tasks.next()
        {
            self.hear(first()?);
        }
        self.ask(tasks.collect())
    }

    fn hear(&mut self, told: Told) {
        match told {
            Told::Lun(lun) => self.lun = lun.map(|lun| *lun),
            Told::Igroups(igroups) => self.igroups = igroups,
            Told::Maps(maps) => self.maps = Some(maps),
            Told::Service(service) => self.service = service,
            Told::Lifs(lifs) => self.lifs = lifs,
            Told::Logins(logins) => self.logins = Some(logins),
            Told::Portset(portset) => self.portset = portset,
            Told::Credential(credential) => self.credential = credential,
            Told::Sessions(sessions) => self.sessions = sessions,
            Told::Picked(picked) => self.picked = picked,
        }
    }
}

impl Heard {
    /// The service of the fabric as its LIFs name it: a node that is logged in proves that it is
    /// switched on. `None` = it has to be asked for.
    fn told_service(&self) -> Option<Service> {
        self.logins.as_ref().filter(|logins| !logins.is_empty())?;
        let mut names: Vec<&String> = self.lifs.iter().filter_map(|l| l.wwnn.as_ref()).collect();
        names.sort();
        names.dedup();
        match names.as_slice() {
            [name] => Some(Service {
                name: (*name).clone(),
                enabled: true,
                svm: None,
            }),
            _ => None,
        }
    }
}

/// The maps of a LUN.
fn maps_of(wire: &dyn Wire, uuid: &str, bounds: &Bounds) -> Result<Vec<LunMap>, Error> {
    all(|each| wire.maps(&MapQuery::Lun(uuid.to_owned()), bounds, each))
}

impl Shared {
    /// The igroups with one of the node's initiators. Which of them hold all is seen on this side: a
    /// query cannot ask for that (ontap.md §3).
    pub(super) fn own_igroups(&self, bounds: &Bounds) -> Result<Vec<Igroup>, Error> {
        let wire = self.wire(bounds)?;
        let query = match self.initiators.as_slice() {
            [] => IgroupQuery::Name(self.own_name()),
            [one] => IgroupQuery::Initiator(one.clone()),
            several => IgroupQuery::AnyOf(several.to_vec()),
        };
        all(|each| wire.igroups(&query, bounds, each))
    }

    fn choice<'a>(&'a self, igroups: &'a [Igroup], name: &'a str) -> Choice<'a> {
        Choice {
            igroups,
            wanted: &self.initiators,
            own: &self.own,
            protocol: self.protocol(),
            prefix: &self.line.settings.igroup_prefix,
            name,
        }
    }

    /// The LUN as facts.
    fn fact(&self, lun: &wire::Lun) -> Result<Lun, Error> {
        let wwid = lun.wwid().ok_or_else(|| {
            let serial = &lun.serial;
            let why = format!(
                "LUN {} has no serial number to know it by: {serial:?}",
                lun.path
            );
            self.conflict(why, Vec::new())
        })?;
        Ok(Lun {
            fact: LunFact {
                id: lun.uuid.clone(),
                name: lun.path.clone(),
                wwid,
                size_bytes: lun.size,
                snapshot: false,
            },
            at: lun.at(),
            node: lun.node.clone(),
            read_only: lun.read_only,
        })
    }

    /// Reads what attach and status need.
    pub(super) fn survey(&self, bounds: &Bounds, aim: Aim) -> Result<Sight, Error> {
        let wire = self.wire(bounds)?;
        let protocol = self.protocol();
        let mut tasks: Vec<Ask<'_>> = vec![
            Box::new(|| {
                let found = lun::find(&self.line, &self.publication.lun, bounds)?;
                Ok(Told::Lun(found.map(Box::new)))
            }),
            Box::new(|| self.own_igroups(bounds).map(Told::Igroups)),
            Box::new(|| wire.lifs(protocol, bounds).map(Told::Lifs)),
        ];
        let fabric = protocol == Protocol::Fc && wire.knows_fabric() && !self.initiators.is_empty();
        tasks.push(match fabric {
            true => Box::new(|| wire.fabric(&self.initiators, bounds).map(Told::Logins)),
            false => Box::new(|| wire.service(protocol, bounds).map(Told::Service)),
        });
        if let Some(initiator) = self.wants_chap() {
            tasks.push(Box::new(move || {
                wire.credential(initiator, bounds).map(Told::Credential)
            }));
        }
        if let Some(group) = &self.publication.hostgroup {
            tasks.push(Box::new(move || {
                igroup::find(&self.line, group, bounds).map(Told::Picked)
            }));
        }
        let mut heard = Heard::default();
        match aim {
            // Reads, map, reporting nodes: an attach has three dependent waves and no fourth.
            Aim::Attach => heard.ask(tasks)?,
            _ => heard.ask_after_first(&self.line.client, tasks)?,
        }
        let found = heard.lun.take().ok_or_else(|| Error::NotFound {
            array: self.array(),
            what: "lun",
            name: self.publication.lun.to_string(),
        })?;
        if fabric {
            heard.service = heard.told_service();
        }
        self.vet_picked(&mut heard)?;
        let chosen = self.look_closer(&mut heard, &found, aim, bounds)?;
        self.learn_serial(heard.service.as_ref());
        let maps = heard.maps.take().unwrap_or_default();
        let mut sight = Sight {
            aim: Some(aim),
            lun: Some(self.fact(&found)?),
            chosen,
            service: heard.service,
            lifs: heard.lifs,
            logins: heard.logins,
            portset: heard.portset,
            credential: heard.credential,
            logged_in: !heard.sessions.is_empty(),
            igroups: heard.igroups,
            ..Sight::default()
        };
        if let Some(igroup) = &sight.chosen {
            sight.map = maps.iter().find(|map| map.igroup == igroup.name).cloned();
        }
        if aim == Aim::Attach {
            self.vet(&sight, &found, &maps)?;
        }
        Ok(sight)
    }

    /// The igroup of the user's choice: it must be there, and for this protocol. It is one of the
    /// node's from now on.
    fn vet_picked(&self, heard: &mut Heard) -> Result<(), Error> {
        let Some(group) = &self.publication.hostgroup else {
            return Ok(());
        };
        let Some(picked) = &heard.picked else {
            return Err(Error::NotFound {
                array: self.array(),
                what: "hostgroup",
                name: group.to_string(),
            });
        };
        if !picked.takes(self.protocol()) {
            let why = format!("igroup {} is of type {}", picked.name, picked.protocol);
            return Err(self.conflict(why, vec!["sanctl hostgroup list".into()]));
        }
        if !heard.igroups.iter().any(|g| g.name == picked.name) {
            heard.igroups.push(picked.clone());
        }
        Ok(())
    }

    /// What only the first wave tells to ask for: the maps of a LUN that has some, and the port set
    /// of the igroup. Gives the igroup that is used.
    fn look_closer(
        &self,
        heard: &mut Heard,
        lun: &wire::Lun,
        aim: Aim,
        bounds: &Bounds,
    ) -> Result<Option<Igroup>, Error> {
        let wire = self.wire(bounds)?;
        let igroups = heard.igroups.clone();
        let own_name = self.own_name();
        let choice = self.choice(&igroups, &own_name);
        let mut tasks: Vec<Ask<'_>> = Vec::new();
        match &lun.maps {
            // They came with the LUN, without the nodes that report it.
            Some(maps) if choice.mapped(maps).is_none() => heard.maps = Some(maps.clone()),
            None if lun.mapped == Some(false) => heard.maps = Some(Vec::new()),
            _ => {
                let uuid = lun.uuid.clone();
                tasks.push(Box::new(move || {
                    maps_of(wire, &uuid, bounds).map(Told::Maps)
                }));
            }
        }
        let expected = match &lun.maps {
            Some(maps) => choice.mapped(maps).map(|(igroup, _)| igroup),
            None => None,
        };
        let expected = heard.picked.as_ref().or(expected);
        let expected = expected.or_else(|| choice.best()).cloned();
        let ask_portset = |name: String| {
            move || -> Result<Told, Error> {
                let found = wire.portsets(Some(&name), bounds)?;
                Ok(Told::Portset(found.into_iter().next()))
            }
        };
        if let Some(name) = expected.as_ref().and_then(|g| g.portset.clone()) {
            tasks.push(Box::new(ask_portset(name)));
        }
        // Nobody of the node is logged in: it may be switched off.
        if heard.service.is_none() && heard.logins.is_some() {
            let protocol = self.protocol();
            tasks.push(Box::new(move || {
                wire.service(protocol, bounds).map(Told::Service)
            }));
        }
        // A first entry would shut out sessions that are open without one.
        if let Some(initiator) = self.wants_chap()
            && aim == Aim::Attach
            && heard.credential.is_none()
        {
            tasks.push(Box::new(move || {
                let found = wire.logins(Protocol::Iscsi, Some(initiator), bounds);
                found.map(Told::Sessions)
            }));
        }
        heard.ask(tasks)?;
        let maps = heard.maps.clone().unwrap_or_default();
        let chosen = match (choice.mapped(&maps), &heard.picked) {
            (Some((igroup, _)), Some(picked)) if igroup.name != picked.name => {
                let why = format!(
                    "LUN {} is mapped to this node through igroup {} already",
                    lun.path, igroup.name
                );
                let hints = vec![format!("sanctl lun mappings {}", lun.path)];
                return Err(self.conflict(why, hints));
            }
            (_, Some(picked)) => Some(picked.clone()),
            (Some((igroup, _)), None) => Some(igroup.clone()),
            (None, None) => choice.best().cloned(),
        };
        // The maps have shown another igroup than was expected.
        let differs = chosen.as_ref().map(|g| &g.portset) != expected.as_ref().map(|g| &g.portset);
        if differs {
            heard.portset = None;
            if let Some(name) = chosen.as_ref().and_then(|g| g.portset.clone()) {
                heard.ask(vec![Box::new(ask_portset(name))])?;
            }
        }
        Ok(chosen)
    }

    fn learn_serial(&self, service: Option<&Service>) {
        if let Some(service) = service {
            let _ = self.serial.set(names::serial_of_target(&service.name));
        }
    }

    /// Before anything is changed: what would be half an attachment, or somebody else's.
    fn vet(&self, sight: &Sight, lun: &wire::Lun, maps: &[LunMap]) -> Result<(), Error> {
        if let Some(fault) = lun.fault() {
            let why = format!("LUN {} cannot be used now: {fault}", lun.path);
            let hints = vec![format!("sanctl lun show {}", lun.path)];
            return Err(self.conflict(why, hints));
        }
        self.vet_others(sight, lun, maps)?;
        self.vet_portals(sight, sight.map.as_ref())?;
        self.vet_number(sight)?;
        self.vet_chap(sight)
    }

    /// A LUN that other initiators see is taken only when sharing was asked for.
    fn vet_others(&self, sight: &Sight, lun: &wire::Lun, maps: &[LunMap]) -> Result<(), Error> {
        if self.publication.shared {
            return Ok(());
        }
        let picked = self
            .publication
            .hostgroup
            .as_ref()
            .and(sight.chosen.as_ref());
        let picked = picked.map(|igroup| &igroup.name);
        let mut others = Vec::new();
        for map in maps.iter().filter(|map| Some(&map.igroup) != picked) {
            match sight.igroups.iter().find(|g| g.name == map.igroup) {
                None => others.push(format!("igroup {}", map.igroup)),
                Some(igroup) => {
                    let names = igroup.others(&self.own);
                    if !names.is_empty() {
                        let names = names.join(", ");
                        others.push(format!("igroup {} with {names}", map.igroup));
                    }
                }
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        let path = &lun.path;
        Err(self.conflict(
            format!("LUN {path} is mapped to {} already", others.join("; ")),
            vec![
                "if both may use it at once: --shared".into(),
                format!("sanctl lun mappings {path}"),
            ],
        ))
    }

    /// Reads what detach needs: from the journal's facts, so that a LUN that is gone stops nothing.
    pub(super) fn survey_detach(&self, bounds: &Bounds, facts: &Facts) -> Result<Sight, Error> {
        let wire = self.wire(bounds)?;
        let mut heard = Heard::default();
        let mut tasks: Vec<Ask<'_>> =
            vec![Box::new(|| self.own_igroups(bounds).map(Told::Igroups))];
        let on_record = facts.lun.clone();
        match &on_record {
            Some(fact) => {
                let uuid = fact.id.clone();
                tasks.push(Box::new(move || {
                    maps_of(wire, &uuid, bounds).map(Told::Maps)
                }));
            }
            None => tasks.push(Box::new(|| {
                let found = lun::find(&self.line, &self.publication.lun, bounds)?;
                Ok(Told::Lun(found.map(Box::new)))
            })),
        }
        let protocol = self.protocol();
        let service = || wire.service(protocol, bounds).map(Told::Service);
        if facts.array.is_none() {
            tasks.push(Box::new(service));
        }
        heard.ask_after_first(&self.line.client, tasks)?;
        if let Some(array) = &facts.array {
            // A map of the LUN with this very uuid proves that it is the array of the record.
            // Without one it may be another array: what is not there was then never there.
            if heard.maps.as_ref().is_some_and(Vec::is_empty) {
                heard.ask(vec![Box::new(service)])?;
            }
            if heard.service.is_none() {
                let _ = self.serial.set(array.serial.clone());
            }
        }
        self.learn_serial(heard.service.as_ref());
        let lun = match (on_record, heard.lun.take()) {
            (Some(fact), _) => Some(Lun {
                at: wire::LunRef {
                    path: fact.name.clone(),
                    uuid: fact.id.clone(),
                },
                fact,
                node: None,
                read_only: false,
            }),
            (None, Some(found)) => Some(self.fact(&found)?),
            (None, None) => None,
        };
        if heard.maps.is_none()
            && let Some(lun) = &lun
        {
            heard.maps = Some(maps_of(wire, &lun.at.uuid, bounds)?);
        }
        let maps = heard.maps.unwrap_or_default();
        let planned = facts.objects.get(IGROUP).cloned();
        let own_name = self.own_name();
        let choice = self.choice(&heard.igroups, &own_name);
        let recorded = planned
            .as_ref()
            .and_then(|name| heard.igroups.iter().find(|g| g.name == *name));
        let mapped = choice.mapped(&maps);
        // An igroup on record that the node is in no more is looked up by its name.
        let chosen = match planned {
            Some(_) => recorded,
            None => mapped.map(|(igroup, _)| igroup).or_else(|| choice.best()),
        };
        let chosen = chosen.cloned();
        // The map of the record, even if the initiator is in its igroup no more; else the one
        // through which the node sees the LUN all the same.
        let map = maps
            .iter()
            .find(|map| Some(&map.igroup) == planned.as_ref());
        let map = map.or(mapped.map(|(_, map)| map)).cloned();
        Ok(Sight {
            aim: Some(Aim::Detach),
            lun,
            chosen,
            planned,
            map,
            igroups: heard.igroups,
            service: heard.service,
            ..Sight::default()
        })
    }
}
