//! What makes a LUN visible to a node, step by step, and back (ontap.md §9, §10).
//!
//! The state to reach: an igroup with exactly the node's initiators, and a map of the LUN to it.
//! The map's reporting nodes say where to log in.

mod chap;
mod choice;
mod describe;
mod igroup;
mod map;
mod member;
mod number;
mod portals;
mod sight;
mod survey;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::nouns::host;
use super::wire::{IgroupRef, LunMap, MapQuery, Wire, all};
use super::{KIND, Line, names};
use crate::array::error::Error;
use crate::array::{Viewer, Ways};
use crate::kit::bounds::Bounds;
use crate::kit::redact::Secret;
use crate::kit::stop::Stop;
use crate::model::connection::{Connection, Target};
use crate::model::connector::Connector;
use crate::model::facts::{ArrayFact, Facts};
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::step::{self, Aim, Cx, Node, Script, Stage, Step};

use self::sight::Sight;

/// The keys of the facts' objects.
pub(super) const IGROUP: &str = "igroup";
pub(super) const IGROUP_UUID: &str = "igroup-uuid";
/// Who else was in the igroup when the LUN was mapped to it: there may be no way back.
const SHARED_WITH: &str = "igroup-shared-with";

/// How long a look before the node half of a detach may take.
const LOOK: Duration = Duration::from_secs(5);

/// What the steps of one publication share.
struct Shared {
    line: Arc<Line>,
    publication: Publication,
    /// The node's initiators, as [`names::initiator_key`] writes them.
    initiators: Vec<String>,
    /// Everything by which an igroup may know the node: its IQN and its ports of Fibre Channel,
    /// also those that are down. One igroup may hold them all (ontap.md §9.1, §9.7).
    own: Vec<String>,
    serial: OnceLock<String>,
    sight: Mutex<Sight>,
    /// Read once: its source may be a question.
    chap_secret: OnceLock<Secret>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("array", &self.line.settings.name)
            .field("lun", &self.publication.lun)
            .field("node", &self.publication.connector.host)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn array(&self) -> String {
        self.line.array()
    }

    fn wire(&self, bounds: &Bounds) -> Result<&dyn Wire, Error> {
        self.line.wire(bounds)
    }

    /// The state. Every change to it is one assignment, so a panic elsewhere leaves it true.
    fn sight(&self) -> MutexGuard<'_, Sight> {
        self.sight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn protocol(&self) -> Protocol {
        self.publication.protocol
    }

    fn node(&self) -> &str {
        &self.publication.connector.host
    }

    /// The igroup that this tool makes for the node.
    fn own_name(&self) -> String {
        let prefix = &self.line.settings.igroup_prefix;
        names::igroup_name(prefix, self.node(), self.protocol())
    }

    /// The name of the igroup: as chosen, else as it will be called.
    fn igroup_name(&self, sight: &Sight) -> String {
        match &sight.chosen {
            Some(igroup) => igroup.name.clone(),
            None => sight.planned.clone().unwrap_or_else(|| self.own_name()),
        }
    }

    /// The igroup by its names, as far as they are known.
    fn igroup_ref(&self, sight: &Sight) -> IgroupRef {
        match &sight.chosen {
            Some(igroup) => igroup.at(),
            None => IgroupRef {
                name: self.igroup_name(sight),
                uuid: String::new(),
            },
        }
    }

    /// The global name of an object of this SVM.
    fn identity(&self, tail: &str) -> String {
        let serial = self.serial.get().map_or("", String::as_str);
        format!("{KIND}:{serial}/{tail}")
    }

    /// `compute-2's initiator iqn…`.
    fn who(&self) -> String {
        self.initiators.join(", ")
    }

    /// A map that others would lose with this node.
    fn barred(&self, map: &LunMap, others: &str, mut hints: Vec<String>) -> Error {
        let LunMap { path, igroup, .. } = map;
        hints.push(format!(
            "sanctl lun unmap {path} --hostgroup {igroup}  # takes it from all of them"
        ));
        self.conflict(
            format!("LUN {path} is mapped for others too, who would lose it: {others}"),
            hints,
        )
    }

    /// Whether the map on record is there, in an igroup that others are in: a detach would be
    /// refused after its node half.
    fn vet_way_back(&self, facts: &Facts, bounds: &Bounds) -> Result<(), Error> {
        let (Some(lun), Some(igroup)) = (&facts.lun, facts.objects.get(IGROUP)) else {
            return Ok(());
        };
        let query = MapQuery::One {
            lun: lun.id.clone(),
            igroup: igroup.clone(),
        };
        let wire = self.wire(bounds)?;
        let Some(map) = all(|each| wire.maps(&query, bounds, each))?.pop() else {
            return Ok(());
        };
        let found = self.igroup_called(igroup, bounds)?;
        let others = found.map(|igroup| igroup.others(&self.own));
        match others.filter(|others| !others.is_empty()) {
            Some(others) => {
                let others = format!("{} in igroup {igroup}", others.join(", "));
                let first = format!("sanctl detach {} --node-only  # first, then", map.path);
                Err(self.barred(&map, &others, vec![first]))
            }
            None => Ok(()),
        }
    }

    fn conflict(&self, why: impl Into<String>, hints: Vec<String>) -> Error {
        Error::Conflict {
            why: why.into(),
            hints,
        }
    }

    /// Everything that is known, as facts.
    fn facts(&self, sight: &Sight) -> Result<Facts, Error> {
        let mut facts = Facts {
            array: Some(ArrayFact {
                name: self.array(),
                kind: KIND.into(),
                serial: self.serial.get().cloned().unwrap_or_default(),
            }),
            lun: sight.lun.as_ref().map(|lun| lun.fact.clone()),
            ..Facts::none()
        };
        if let Some(igroup) = &sight.chosen {
            facts.objects.extend(igroup_facts(&igroup.at()).objects);
        }
        match &sight.map {
            Some(map) => facts.merge(self.map_facts(sight, map)?),
            None if sight.aim != Some(Aim::Detach) => {
                let connection = self.connection(sight, None)?;
                facts.connection = (!connection.is_empty()).then_some(connection);
            }
            None => {}
        }
        Ok(facts)
    }

    /// What a map tells: its number, and where to log in.
    fn map_facts(&self, sight: &Sight, map: &LunMap) -> Result<Facts, Error> {
        let connection = self.connection(sight, Some(map))?;
        Ok(Facts {
            lun_number: map.number,
            connection: (!connection.is_empty()).then_some(connection),
            ..igroup_facts(&map.group())
        })
    }

    /// The connection as far as it is known: without a map, every LIF that could be used.
    fn connection(&self, sight: &Sight, map: Option<&LunMap>) -> Result<Connection, Error> {
        let number = map.and_then(|map| map.number);
        let (at, ports) = match self.protocol() {
            Protocol::Iscsi => {
                let ips = &self.line.settings.target_ips;
                (portals::choose(sight, map, ips), Vec::new())
            }
            Protocol::Fc => {
                let ports = portals::fabric(sight, map, &self.initiators);
                (Vec::new(), ports)
            }
        };
        Ok(Connection {
            protocol: self.protocol(),
            ports,
            targets: at
                .into_iter()
                .map(|at| Target {
                    at,
                    lun_number: number,
                })
                .collect(),
            wwid: sight.lun.as_ref().map(|lun| lun.fact.wwid.clone()),
            chap: self.login_account(sight)?,
            read_only: sight.lun.as_ref().is_some_and(|lun| lun.read_only),
        })
    }
}

/// An igroup as facts.
fn igroup_facts(igroup: &IgroupRef) -> Facts {
    let mut facts = Facts::object(IGROUP, &igroup.name);
    if !igroup.uuid.is_empty() {
        facts
            .objects
            .insert(IGROUP_UUID.into(), igroup.uuid.clone());
    }
    facts
}

/// How an error of the array looks to the walk.
fn lift(error: Error) -> step::Error {
    match &error {
        Error::Lost { .. } => step::Error::in_doubt(error),
        Error::Vanished { .. } => step::Error::stale(error),
        _ => error.into(),
    }
}

/// The stage `publish` of one LUN for one node.
#[derive(Debug)]
struct Publish {
    shared: Arc<Shared>,
}

/// Which LIFs lead a node to the LUN, and why others do not.
///
/// # Errors
/// [`Error::NotFound`] when there is no such LUN or host.
pub(super) fn ways(
    line: &Arc<Line>,
    lun: &Selector,
    from: Viewer<'_>,
    protocol: Option<Protocol>,
    bounds: &Bounds,
) -> Result<Ways, Error> {
    let mut publication = Publication {
        lun: lun.clone(),
        connector: Connector::unknown(),
        protocol: protocol.unwrap_or(Protocol::Iscsi),
        shared: true,
        hostgroup: None,
        avoid: Vec::new(),
        lun_number: None,
    };
    match from {
        Viewer::Node(connector) => {
            publication.protocol = protocol.unwrap_or_else(|| connector.protocol());
            publication.connector = connector.clone();
        }
        // Its igroup is what counts, not who is in it.
        Viewer::Host(host) => {
            let igroup = host::get(line, host, bounds)?;
            if protocol.is_none() && igroup.protocol == "fcp" {
                publication.protocol = Protocol::Fc;
            }
            publication.hostgroup = Some(Selector::Id(igroup.uuid));
        }
    }
    let protocol = publication.protocol;
    let shared = shared(line, publication);
    let sight = shared.survey(bounds, Aim::Status)?;
    let map = sight.map.as_ref();
    let ips = &line.settings.target_ips;
    let why_not = sight.lifs.iter().map(|lif| {
        let why = portals::why_not(&sight, map, lif);
        (
            lif.name.clone(),
            why.or_else(|| portals::left_out(lif, ips)),
        )
    });
    Ok(Ways {
        protocol,
        mapped: map.is_some(),
        why_not: why_not.collect(),
    })
}

/// The stage that publishes a LUN, or takes it back.
pub(super) fn stage(line: &Arc<Line>, publication: Publication) -> Box<dyn Stage> {
    Box::new(Publish {
        shared: Arc::new(shared(line, publication)),
    })
}

fn shared(line: &Arc<Line>, publication: Publication) -> Shared {
    let connector = &publication.connector;
    let iqn = || connector.initiator.iter().map(ToString::to_string);
    let online = || connector.wwpns.iter().map(ToString::to_string);
    let ports = connector.ports.iter().map(ToString::to_string);
    let initiators = match publication.protocol {
        Protocol::Iscsi => iqn().collect(),
        Protocol::Fc => online().collect(),
    };
    let own = iqn().chain(online()).chain(ports).collect();
    Shared {
        line: Arc::clone(line),
        publication,
        initiators,
        own,
        serial: OnceLock::new(),
        sight: Mutex::default(),
        chap_secret: OnceLock::new(),
    }
}

fn one(step: impl Step + 'static) -> Node {
    Node::one(step)
}

impl Stage for Publish {
    fn name(&self) -> &'static str {
        "publish"
    }

    /// Only where the journal says that this tool mapped the LUN for others too. An array that does
    /// not answer keeps nobody from the node half.
    fn preflight(&self, facts: &Facts, aim: Aim) -> Result<(), step::Error> {
        if aim != Aim::Detach || !facts.objects.contains_key(SHARED_WITH) {
            return Ok(());
        }
        let bounds = Bounds::new(LOOK, "the look at the igroup", Stop::new());
        match self.shared.vet_way_back(facts, &bounds) {
            Err(error @ Error::Conflict { .. }) => Err(lift(error)),
            _ => Ok(()),
        }
    }

    fn enter(&self, bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        let shared = &self.shared;
        shared.wire(bounds).map_err(lift)?;
        // Who the SVM is shows with the first reads of the survey, which the lock must cover.
        let place = shared.line.settings.place();
        Ok(vec![format!("{KIND}:{place}/host/{}", shared.node())])
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, step::Error> {
        let shared = &self.shared;
        // A look can do without them: the igroup of the node is known by its name.
        if shared.initiators.is_empty() && aim != Aim::Status {
            let why = format!(
                "the connector of {} has no initiator, which {} needs",
                shared.node(),
                shared.protocol().word()
            );
            let hints = vec!["sanctl connector show".into()];
            return Err(lift(shared.conflict(why, hints)));
        }
        let sight = match aim {
            Aim::Attach | Aim::Status => shared.survey(cx.bounds, aim),
            Aim::Detach => shared.survey_detach(cx.bounds, cx.facts),
        }
        .map_err(lift)?;
        let facts = shared.facts(&sight).map_err(lift)?;
        *shared.sight() = sight;
        Ok(facts)
    }

    fn steps(&self, _facts: &Facts, aim: Aim) -> Result<Vec<Node>, step::Error> {
        let shared = &self.shared;
        let chap = shared.line.settings.chap.is_some() && shared.protocol() == Protocol::Iscsi;
        let igroup = || one(igroup::Group::new(shared));
        let member = || one(member::Member::new(shared));
        let map = || one(map::Map::new(shared));
        let account = || chap.then(|| one(chap::Entry::new(shared)));
        let mut nodes = Vec::new();
        match aim {
            // The account first: a session that the map makes worth logging in for needs it.
            Aim::Attach | Aim::Status => {
                nodes.extend(account());
                nodes.extend([igroup(), member(), map()]);
            }
            // An igroup goes with its members, so they are looked at after it.
            Aim::Detach => {
                nodes.extend([map(), igroup(), member()]);
                nodes.extend(account());
            }
        }
        Ok(nodes)
    }

    fn script(&self) -> Option<Script> {
        Some(super::curl::script(&self.shared.line.settings))
    }

    fn leave(&self) {}
}
