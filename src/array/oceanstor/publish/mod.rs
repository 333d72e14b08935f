//! What makes a LUN visible to a node, step by step, and back (oceanstor.md §8, §10).
//!
//! The state to reach: initiator in host in host group; LUN in LUN group; a view that joins both
//! groups. Names are the OpenStack driver's, so that its objects and ours are the same objects.

mod ask;
mod chap;
mod conflict;
mod describe;
mod fabric;
mod freed;
mod initiator;
mod join;
mod named;
mod number;
pub(super) mod script;
mod sight;
mod survey;
mod targets;
mod ties;
mod undo;
mod unpublish;
mod view_ports;
mod ways;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::client::Client;
use super::config::Settings;
use super::names;
use super::parts::{self, Link, Noun};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::redact::Secret;
use crate::model::connection::{Connection, Target};
use crate::model::facts::{ArrayFact, Facts};
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::step::{self, Aim, Cx, Lane, Node, Script, Stage, Step};

use self::ask::Ask;
use self::sight::Sight;
use self::ties::Ties;
pub(super) use self::ways::ways;

/// What the steps of one publication share.
struct Shared {
    client: Arc<Client>,
    settings: Arc<Settings>,
    publication: Publication,
    /// What the node's host object is called.
    host_name: String,
    /// The node's initiators: its IQN, or the WWPNs of its ports.
    initiators: Vec<String>,
    serial: OnceLock<String>,
    sight: Mutex<Sight>,
    ties: Mutex<Ties>,
    /// Read once: its source may be a question.
    chap_secret: OnceLock<Secret>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("array", &self.settings.name)
            .field("lun", &self.publication.lun)
            .field("host", &self.host_name)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn array(&self) -> String {
        self.settings.name.clone()
    }

    fn protocol(&self) -> Protocol {
        self.publication.protocol
    }

    /// The state. Every change to it is one assignment, so a panic elsewhere leaves it true.
    fn sight(&self) -> MutexGuard<'_, Sight> {
        self.sight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask<'a>(&'a self, bounds: &'a Bounds) -> Ask<'a> {
        Ask {
            client: &self.client,
            bounds,
        }
    }

    /// The global name of an object of this array.
    fn identity(&self, tail: &str) -> String {
        let serial = self.serial.get().map_or("", String::as_str);
        format!("oceanstor:{serial}/{tail}")
    }

    /// The name of an object: as found, else as the convention will call it.
    fn name(&self, sight: &Sight, noun: Noun) -> String {
        if let Some(found) = sight.found(noun) {
            return found.name.clone();
        }
        match noun {
            Noun::Host => self.host_name.clone(),
            Noun::PortGroup => self.settings.port_group.clone().unwrap_or_default(),
            _ => {
                let host = sight.host_id().unwrap_or("$HOST_ID");
                noun.name_for(host).unwrap_or_default()
            }
        }
    }

    /// The name that an object has or will have. `None` while it follows from the id of a host
    /// that is not there yet, and while another object has it: such a name must not be written
    /// down as anybody's, nor as gone.
    fn certain_name(&self, sight: &Sight, noun: Noun) -> Option<String> {
        let follows = noun.name_for("").is_some();
        let open = follows && sight.found(noun).is_none() && sight.host_id().is_none();
        let anothers = noun == Noun::Host && sight.host_succeeded;
        (!open && !anothers).then(|| self.name(sight, noun))
    }

    /// Whether only who follows the convention gives such a name: to groups and views after the
    /// id of their host, to a host with the node's full name as its description.
    fn is_generated(&self, sight: &Sight, noun: Noun) -> bool {
        if noun == Noun::Host {
            return sight.host_described;
        }
        let generated = sight.host_id().and_then(|id| noun.name_for(id));
        generated.is_some_and(|name| name == self.name(sight, noun))
    }

    /// The connection as far as it is known.
    fn connection(&self, sight: &Sight, number: Option<LunNumber>) -> Result<Connection, Error> {
        let chap = self.login_account(sight)?;
        let ports = match self.protocol() {
            Protocol::Iscsi => Vec::new(),
            Protocol::Fc => self.fabric_targets(sight, number),
        };
        let targets = sight.targets.iter().cloned().map(|at| Target {
            at,
            lun_number: number,
        });
        Ok(Connection {
            protocol: self.protocol(),
            ports,
            targets: targets.collect(),
            wwid: sight.lun.as_ref().map(|l| l.fact.wwid.clone()),
            chap,
            read_only: false,
        })
    }

    /// Everything the survey found, as facts.
    fn facts(&self, sight: &Sight) -> Result<Facts, Error> {
        let mut facts = Facts {
            array: Some(ArrayFact {
                name: self.array(),
                kind: "oceanstor".into(),
                serial: self.serial.get().cloned().unwrap_or_default(),
            }),
            lun: sight.lun.as_ref().map(|l| l.fact.clone()),
            ..Facts::none()
        };
        for (noun, known) in &sight.objects {
            if let Some(found) = known.found() {
                facts.objects.insert(noun.word().into(), found.id.clone());
            }
        }
        let known = |id: &String| sight.own(id).known;
        let online = |id: &String| sight.own(id).online();
        let state = match self.initiators.as_slice() {
            all if all.iter().any(online) => "online",
            all if all.iter().any(|id| known(id).found().is_some()) => "offline",
            all if all.iter().all(|id| known(id) == sight::Known::Absent) => "unknown to the array",
            _ => "not looked at",
        };
        facts.objects.insert(INITIATOR_STATE.into(), state.into());
        facts.lun_number = sight.proof.found().and_then(|p| p.number);
        let connection = self.connection(sight, facts.lun_number)?;
        facts.connection = (!connection.is_empty()).then_some(connection);
        Ok(facts)
    }
}

/// The key in the facts' objects that tells whether an initiator of the node is logged in on the
/// array: `online`, `offline`, `unknown to the array` or `not looked at`. `offline` and `unknown
/// to the array` prove that no session of the node is left (oceanstor.md §7).
pub(in crate::array) const INITIATOR_STATE: &str = "initiator-state";

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
    /// Whether it is entered, and the client must not end the session.
    entered: AtomicBool,
}

/// The initiators by which the array knows the node over the protocol, each once.
fn initiators_of(publication: &Publication) -> Vec<String> {
    let connector = &publication.connector;
    let all: Vec<String> = match publication.protocol {
        Protocol::Iscsi => connector
            .initiator
            .iter()
            .map(ToString::to_string)
            .collect(),
        Protocol::Fc => connector.wwpns.iter().map(ToString::to_string).collect(),
    };
    let mut once: Vec<String> = Vec::new();
    for id in all {
        if !once.contains(&id) {
            once.push(id);
        }
    }
    once
}

/// The stage that publishes a LUN, or takes it back.
pub(super) fn stage(
    client: Arc<Client>,
    settings: Arc<Settings>,
    publication: Publication,
) -> Box<dyn Stage> {
    Box::new(Publish {
        shared: Arc::new(shared(client, settings, publication)),
        entered: AtomicBool::new(false),
    })
}

fn shared(client: Arc<Client>, settings: Arc<Settings>, publication: Publication) -> Shared {
    Shared {
        host_name: names::host_name(&publication.connector.host),
        initiators: initiators_of(&publication),
        client,
        settings,
        publication,
        serial: OnceLock::new(),
        sight: Mutex::default(),
        ties: Mutex::default(),
        chap_secret: OnceLock::new(),
    }
}

impl Publish {
    fn named(&self, noun: Noun) -> Box<dyn Step> {
        Box::new(named::Named::new(&self.shared, noun))
    }

    fn join(&self, link: Link) -> Box<dyn Step> {
        Box::new(join::Join::new(&self.shared, link))
    }

    /// A step for each initiator, one after the other: they change the same host. A look can do
    /// without a name, and then says so.
    fn initiators(&self) -> Lane {
        let bound =
            |id: &str| -> Box<dyn Step> { Box::new(initiator::Bound::new(&self.shared, id)) };
        match self.shared.initiators.as_slice() {
            [] => vec![bound("")],
            all => all.iter().map(|id| bound(id)).collect(),
        }
    }

    fn number(&self) -> Box<dyn Step> {
        Box::new(number::Number::new(&self.shared))
    }

    /// Host, then its four dependants beside one another, then the view's sides one by one: the
    /// LUN becomes visible with the last of them.
    fn attach(&self) -> Vec<Node> {
        let mut nodes = vec![
            one(self.named(Noun::Host)),
            Node::all(vec![
                self.initiators(),
                vec![self.named(Noun::HostGroup), self.join(Link::HostGroupHost)],
                vec![self.named(Noun::LunGroup), self.join(Link::LunGroupLun)],
                vec![self.named(Noun::View)],
            ]),
            one(self.join(Link::ViewHostGroup)),
        ];
        // Before there is anything to show, so that no LUN is ever shown on other ports.
        if self.shared.settings.port_group.is_some() {
            nodes.push(one(self.join(Link::ViewPortGroup)));
        }
        nodes.push(one(self.join(Link::ViewLunGroup)));
        nodes.push(one(self.number()));
        nodes
    }

    /// The link, the proof that it is gone, then the containers from the outside in. Somebody who
    /// shares no lock may attach meanwhile, so every removal is proved: the LUN group leaves the
    /// view and is counted again; what is taken out after that is proved by the delete that
    /// follows, which the array refuses if somebody came, and then it goes back (undo.rs). The
    /// initiator comes late: nobody who attaches looks at it again.
    fn detach(&self) -> Vec<Node> {
        // Somebody else's view may use a port group that is not configured here.
        let sides: Lane = vec![
            self.join(Link::ViewPortGroup),
            self.join(Link::ViewHostGroup),
        ];
        let mut last: Lane = vec![
            self.named(Noun::View),
            self.join(Link::HostGroupHost),
            self.named(Noun::HostGroup),
        ];
        last.extend(self.initiators());
        last.push(self.named(Noun::Host));
        vec![
            one(self.join(Link::LunGroupLun)),
            one(self.number()),
            one(self.join(Link::ViewLunGroup)),
            Node::all(vec![vec![self.named(Noun::LunGroup)], sides]),
            Node::all(vec![last]),
        ]
    }

    /// In the order in which a person reads them.
    fn status(&self) -> Vec<Node> {
        let mut steps = vec![self.named(Noun::Host)];
        steps.extend(self.initiators());
        steps.extend([
            self.named(Noun::HostGroup),
            self.join(Link::HostGroupHost),
            self.named(Noun::LunGroup),
            self.named(Noun::View),
            self.join(Link::ViewHostGroup),
            self.join(Link::ViewLunGroup),
        ]);
        if self.shared.settings.port_group.is_some() {
            steps.push(self.join(Link::ViewPortGroup));
        }
        steps.push(self.join(Link::LunGroupLun));
        steps.push(self.number());
        steps.into_iter().map(one).collect()
    }
}

fn one(step: Box<dyn Step>) -> Node {
    Node::all(vec![vec![step]])
}

impl Stage for Publish {
    fn name(&self) -> &'static str {
        "publish"
    }

    fn enter(&self, bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        let shared = &self.shared;
        if !self.entered.swap(true, Ordering::SeqCst) {
            shared.client.begin();
        }
        if let Some(group) = &shared.publication.hostgroup {
            return Err(lift(Error::Unsupported {
                array: shared.array(),
                what: format!("way to attach through host group {group}, only the node's own"),
                instead: format!(
                    "sanctl lun map {} --hostgroup {group}",
                    shared.publication.lun
                ),
            }));
        }
        let serial = shared.client.serial(bounds).map_err(lift)?;
        let lock = format!("oceanstor:{serial}/host/{}", shared.host_name);
        let _ = shared.serial.set(serial);
        Ok(vec![lock])
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, step::Error> {
        let shared = &self.shared;
        // A look can do without it: the host is known by its name.
        if shared.initiators.is_empty() && aim != Aim::Status {
            let (protocol, key) = match shared.protocol() {
                Protocol::Iscsi => ("iscsi", "initiator"),
                Protocol::Fc => ("fc", "wwpns"),
            };
            return Err(lift(Error::Conflict {
                why: format!(
                    "the connector of {} has no {key}, which {protocol} needs",
                    shared.publication.connector.host
                ),
                hints: vec!["sanctl connector show".into()],
            }));
        }
        let ask = shared.ask(cx.bounds);
        let sight = match aim {
            Aim::Attach | Aim::Status => shared.survey(&ask, aim),
            Aim::Detach => shared.survey_detach(&ask, cx.facts),
        }
        .map_err(lift)?;
        let facts = shared.facts(&sight).map_err(lift)?;
        let mut sight = sight;
        sight.unseen |= aim == Aim::Attach && sight.proof.found().is_none();
        *shared.sight() = sight;
        shared.forget_ties();
        Ok(facts)
    }

    fn steps(&self, _facts: &Facts, aim: Aim) -> Result<Vec<Node>, step::Error> {
        Ok(match aim {
            Aim::Attach => self.attach(),
            Aim::Detach => self.detach(),
            Aim::Status => self.status(),
        })
    }

    fn script(&self) -> Option<Script> {
        Some(script::script(&self.shared.settings))
    }

    fn leave(&self) {
        if self.entered.swap(false, Ordering::SeqCst) {
            self.shared.client.end();
        }
    }
}
