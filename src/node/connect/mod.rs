//! The stage `connect`: records, sessions, devices and the proof of their identity; and the way
//! back (linux-host.md §4, §8).

mod alone;
mod fabric;
mod flush;
mod identity;
mod known;
mod lent;
mod map;
mod members;
pub(in crate::node) mod path;
mod preflight;
mod read_only;
mod record;
mod route;
mod session;
mod shared;
mod wish;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::iscsi::running;
use super::iscsi::session::{self as sessions, Session};
use super::scsi::device::{self, Device};
use super::{DeadPortal, Error, fc, inuse, multipath, probe};
use crate::kit::bounds::Bounds;
use crate::kit::stop::Stop;
use crate::model::connection::{Connection, FcTarget, Target};
use crate::model::facts::{DeviceFact, Facts, Identity, PathFact};
use crate::model::ids::{Iqn, Wwid};
use crate::model::nouns::Protocol;
use crate::model::portal::Portal;
use crate::model::way::Way;
use crate::step::{Aim, Cx, Error as StepError, Lane, Need, Node, Stage};
use crate::system::Machine;

pub(in crate::node) use alone::Alone;
use fabric::{Fabric, LoginStep};
use flush::maps_of;
use identity::IdentityStep;
pub use known::{devices_of, kernel_luns, wwid_of};
use map::MapStep;
use members::vet;
use path::PathStep;
use read_only::ReadOnlyStep;
use record::RecordStep;
use route::{Route, list_nexuses};
use session::SessionStep;
use shared::{FirstHand, Shared, wanted};
pub use wish::{Mode, Multipath, Startup, Unflushed, Wish};

/// What multipathd gets to tell its configuration, before anything is begun.
const PREFLIGHT: Duration = Duration::from_secs(20);
/// How long a portal gets to accept a connection.
const PROBE: Duration = Duration::from_secs(2);
/// The same when hardly any time is left.
const TENTH: Duration = Duration::from_millis(100);

/// The stage for one LUN. It reads the connection, the LUN and, on the way back, the device and
/// the paths from the facts.
pub fn stage(machine: Arc<dyn Machine>, wish: Wish) -> Box<dyn Stage> {
    Box::new(connect(machine, wish))
}

fn connect(machine: Arc<dyn Machine>, wish: Wish) -> Connect {
    Connect {
        machine,
        wish,
        first_hand: Arc::new(FirstHand::default()),
        dead: Mutex::new(BTreeMap::new()),
    }
}

struct Connect {
    machine: Arc<dyn Machine>,
    wish: Wish,
    first_hand: Arc<FirstHand>,
    /// What the survey found, for the steps that follow from it.
    dead: Mutex<BTreeMap<Portal, DeadPortal>>,
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connect")
            .field("wish", &self.wish)
            .finish_non_exhaustive()
    }
}

impl Connect {
    fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    fn targets(&self, facts: &Facts) -> Vec<Target> {
        let targets = facts.connection.iter().flat_map(|c| &c.targets);
        let numbered = targets.map(|t| Target {
            lun_number: t.lun_number.or(facts.lun_number),
            at: t.at.clone(),
        });
        numbered.collect()
    }

    /// What the ports of this node see of those of the array.
    fn fabric(&self, facts: &Facts) -> Result<Fabric, Error> {
        let ports = facts.connection.iter().flat_map(|c| &c.ports);
        let ports: Vec<FcTarget> = ports.cloned().collect();
        fabric::look(self.machine(), &ports, facts)
    }

    /// Every way that the connection names, over whatever it goes.
    fn routes(&self, facts: &Facts) -> Result<Vec<Route>, Error> {
        let targets = self.targets(facts).into_iter().map(Route::from);
        let fabric = self.fabric(facts)?.routes;
        Ok(targets.chain(fabric).collect())
    }

    /// Knocks at every portal, all at once. A session that exists proves nothing: the kernel calls
    /// it logged in for seconds after its portal has died, and whatever is asked of its devices
    /// then hangs for as long as the recovery takes.
    fn probe(&self, targets: &[Target], bounds: &Bounds) -> BTreeMap<Portal, DeadPortal> {
        // In whole tenths of a second, because it is said in words.
        let tenths = bounds.deadline.remaining().as_millis() / TENTH.as_millis();
        let left = TENTH.saturating_mul(u32::try_from(tenths).unwrap_or(u32::MAX));
        let span = left.clamp(TENTH, PROBE);
        let portals: BTreeSet<Portal> = targets.iter().map(|t| t.at.portal).collect();
        let portals: Vec<Portal> = portals.into_iter().collect();
        let dead = probe::knock(&*self.machine, &portals, span);
        let told = dead
            .into_iter()
            .map(|(portal, why)| (portal, DeadPortal { portal, why }));
        told.collect()
    }

    /// Lets an `iscsiadm` finish that a killed run has left behind.
    fn wait_for_others(&self, targets: &[Target], bounds: &Bounds) -> Result<(), Error> {
        let targets: Vec<&Iqn> = targets.iter().map(|t| &t.at.iqn).collect();
        running::wait_for_others(self.machine(), &targets, bounds)
    }

    fn needed(&self, lanes: usize) -> (usize, usize) {
        match self.wish.paths {
            Some(paths) => (paths.min.max(1), paths.want),
            None => (1, lanes),
        }
    }

    /// Whether the paths are to be one map, or are.
    fn is_mapped(&self, facts: &Facts) -> bool {
        match self.wish.multipath {
            Multipath::Yes => true,
            Multipath::No => false,
            Multipath::AsFound => {
                let id = wanted(facts).map(|(wwid, _)| wwid.multipath());
                facts.map.is_some() || id.is_some_and(|id| self.first_hand.had_map_of(&id))
            }
        }
    }

    fn survey_attach(&self, facts: &Facts, bounds: &Bounds) -> Result<(), Error> {
        self.first_hand.note_maps(&multipath::list(self.machine())?);
        if self.wish.multipath == Multipath::Yes {
            preflight::multipath(self.machine(), facts, bounds)?;
        }
        if facts
            .connection
            .as_ref()
            .is_some_and(|c| !c.ports.is_empty())
        {
            let (min, _) = self.needed(1);
            self.fabric(facts)?.require(self.machine(), min)?;
        }
        let targets = self.targets(facts);
        self.wait_for_others(&targets, bounds)?;
        let stale = running::stale_lock(self.machine(), bounds)?;
        self.first_hand.note_lock(stale);
        let dead = self.probe(&targets, bounds);
        let (min, _) = self.needed(targets.len());
        let alive = targets
            .iter()
            .filter(|t| !dead.contains_key(&t.at.portal))
            .count();
        if !targets.is_empty() && alive < min {
            return Err(Error::BelowQuorum {
                alive,
                min,
                dead: dead.into_values().collect(),
            });
        }
        let chap = facts.connection.as_ref().and_then(|c| c.chap.as_ref());
        if let Some(chap) = chap.filter(|chap| chap.secret.is_none()) {
            self.require_credentials(&targets, &dead, &chap.username)?;
        }
        self.remember(dead);
        Ok(())
    }

    /// A secret that nobody told must be in the node's record already.
    fn require_credentials(
        &self,
        targets: &[Target],
        dead: &BTreeMap<Portal, DeadPortal>,
        user: &str,
    ) -> Result<(), Error> {
        for target in targets {
            let at = &target.at;
            if dead.contains_key(&at.portal) || sessions::find_at(self.machine(), at)?.is_some() {
                continue;
            }
            let record = super::iscsi::record::find_at(self.machine(), at)?;
            if record.and_then(|r| r.chap_user).as_deref() != Some(user) {
                return Err(Error::NoChap {
                    at: at.clone(),
                    user: user.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn survey_detach(&self, facts: &Facts, bounds: &Bounds) -> Result<Facts, Error> {
        self.remember(BTreeMap::new());
        self.wait_for_others(&self.all_targets(facts), bounds)?;
        let stale = running::stale_lock(self.machine(), bounds)?;
        self.first_hand.note_lock(stale);
        let mut surveyed = Facts::none();
        let wwid = match wanted(facts) {
            Some((wwid, _)) => wwid,
            None => {
                let Some(first) = self.agreed(facts)? else {
                    return Ok(surveyed);
                };
                // From here on the devices are known by it.
                let wwid = first.wwid.clone();
                surveyed.device = Some(first);
                wwid
            }
        };
        let devices = device::list_of_wwid(self.machine(), &wwid)?;
        let disks: Vec<String> = devices.iter().filter_map(|d| d.disk.clone()).collect();
        let maps = maps_of(self.machine(), &wwid, &devices)?;
        for map in &maps {
            vet(self.machine(), map, &wwid)?;
        }
        let maps: Vec<String> = maps.into_iter().map(|map| map.dm).collect();
        inuse::check_lun(
            self.machine(),
            &disks,
            &maps,
            &short(&wwid),
            &self.detach_command(facts),
            bounds,
        )?;
        self.first_hand.note_unused(maps.iter().chain(&disks));
        for device in &devices {
            if let Some(path) = self.path_of(device)? {
                let way = path.way.to_string();
                // Of several sessions to one portal only the one on record may be ours to end.
                let ours = match (&path.way, path.sid) {
                    (Way::Iscsi(at), Some(sid)) => match facts.sessions.get(&way) {
                        Some(recorded) => *recorded == sid,
                        None => sessions::list_at(self.machine(), at)?.len() == 1,
                    },
                    _ => true,
                };
                if ours && let Some(sid) = path.sid {
                    surveyed.sessions.insert(way.clone(), sid);
                }
                if ours || !surveyed.paths.contains_key(&way) {
                    surveyed.paths.insert(way, path);
                }
            }
        }
        Ok(surveyed)
    }

    /// The first of the devices at the connection's LUN numbers, when nobody told the identity
    /// and all of them answer the same one. `None` when there is no device at all.
    fn agreed(&self, facts: &Facts) -> Result<Option<DeviceFact>, Error> {
        let mut first: Option<DeviceFact> = None;
        for route in self.routes(facts)? {
            let Some(number) = route.number(facts) else {
                continue;
            };
            for nexus in list_nexuses(self.machine(), &route.way)? {
                for device in device::list_at(self.machine(), &*nexus, number)? {
                    let wwid = device.wwid.clone().ok_or(Error::NoIdentity)?;
                    match &first {
                        Some(first) if first.wwid != wwid => return Err(Error::NoIdentity),
                        Some(_) => {}
                        None => {
                            first = Some(DeviceFact {
                                path: format!("/dev/{}", device.name()),
                                wwid,
                                identity: Identity::Unproven,
                                size_bytes: device.size_bytes,
                            });
                        }
                    }
                }
            }
        }
        Ok(first)
    }

    /// Which path a device is, if it came over a session or between two ports.
    fn path_of(&self, device: &Device) -> Result<Option<PathFact>, Error> {
        let way = match device::sid_of(self.machine(), device.hctl)? {
            Some(sid) => {
                let all = sessions::list(self.machine())?;
                let session = all.into_iter().find(|s| s.sid == sid);
                let at = session.as_ref().and_then(Session::at);
                at.map(|at| (Way::Iscsi(at), Some(sid)))
            }
            None => fc::find_pair_of(self.machine(), device.hctl)?.map(|p| (Way::Fc(p), None)),
        };
        let Some((way, sid)) = way else {
            return Ok(None);
        };
        let shared = self.shared(Aim::Detach, Vec::new(), &Facts::none());
        Ok(shared.path_fact(&way, sid, device))
    }

    /// What the user calls the LUN.
    fn lun_name(&self, facts: &Facts) -> String {
        match (&self.wish.lun, &facts.lun) {
            (Some(lun), _) => lun.clone(),
            (None, Some(lun)) => lun.name.clone(),
            (None, None) => "LUN".to_owned(),
        }
    }

    fn detach_command(&self, facts: &Facts) -> String {
        format!("sanctl detach {}", self.lun_name(facts))
    }

    fn remember(&self, dead: BTreeMap<Portal, DeadPortal>) {
        *self.dead.lock().unwrap_or_else(PoisonError::into_inner) = dead;
    }

    fn shared(&self, aim: Aim, routes: Vec<Route>, facts: &Facts) -> Arc<Shared> {
        Arc::new(Shared {
            machine: Arc::clone(&self.machine),
            aim,
            dead: self
                .dead
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            routes,
            // The names of what is made must be the same before and after a device has answered.
            wwid: wanted(facts)
                .filter(|(_, identity)| *identity == Identity::Proven)
                .map(|(wwid, _)| wwid),
            first_hand: Arc::clone(&self.first_hand),
            startup: self.wish.startup,
            unflushed: self.wish.unflushed,
            mapped: self.is_mapped(facts),
            read_only: self.wish.mode == Mode::ReadOnly
                || facts.read_only
                || facts.connection.as_ref().is_some_and(|c| c.read_only)
                // Without a journal the devices themselves tell it.
                || (aim == Aim::Status && read_only::is_so(self.machine(), facts)),
            min: self.needed(1).0,
            lun: self.lun_name(facts),
            detach: self.detach_command(facts),
        })
    }

    /// On the way back: every target that the facts know, and every one that still has a device.
    fn all_targets(&self, facts: &Facts) -> Vec<Target> {
        let mut targets = self.targets(facts);
        let pathed = facts.paths.values().map(|path| path.way.clone());
        let recorded = facts.sessions.keys().filter_map(|text| Way::parse(text));
        for way in pathed.chain(recorded) {
            let Way::Iscsi(at) = way else { continue };
            if !targets
                .iter()
                .any(|t| t.at.portal == at.portal && t.at.iqn == at.iqn)
            {
                targets.push(Target {
                    at,
                    lun_number: facts.lun_number,
                });
            }
        }
        targets
    }

    fn steps_up(&self, facts: &Facts, aim: Aim) -> Result<Vec<Node>, Error> {
        let targets = self.targets(facts);
        let fabric = match self.fabric(facts) {
            // A look tells it port by port.
            Err(error @ (Error::NoHba | Error::ForeignPorts { .. })) if aim == Aim::Status => {
                let ports = facts.connection.iter().flat_map(|c| &c.ports);
                Fabric::unseen(ports, &error.to_string())
            }
            other => other?,
        };
        let over_ip = targets.iter().cloned().map(Route::from);
        let routes = over_ip.chain(fabric.routes.iter().cloned()).collect();
        let shared = self.shared(aim, routes, facts);
        let mut lanes: Vec<Lane> = Vec::new();
        for target in targets {
            lanes.push(vec![
                Box::new(RecordStep::new(&shared, &target.at)),
                Box::new(SessionStep::new(&shared, &target.at)),
                Box::new(PathStep::new(&shared, &target.into())),
            ]);
        }
        for route in &fabric.routes {
            if let Way::Fc(pair) = &route.way {
                lanes.push(vec![
                    Box::new(LoginStep::of_pair(&shared, pair)),
                    Box::new(PathStep::new(&shared, route)),
                ]);
            }
        }
        for port in &fabric.unseen {
            lanes.push(vec![Box::new(LoginStep::of_unseen(&shared, port))]);
        }
        let mut nodes = Vec::new();
        if !lanes.is_empty() {
            let (min, want) = self.needed(lanes.len());
            nodes.push(Node {
                lanes,
                need: Need::AtLeast { min, want },
            });
        }
        nodes.push(Node::one(IdentityStep::new(&shared)));
        if shared.mapped {
            nodes.push(Node::one(MapStep::new(&shared)));
        }
        if shared.read_only {
            nodes.push(Node::one(ReadOnlyStep::new(&shared)));
        }
        Ok(nodes)
    }

    fn steps_down(&self, facts: &Facts) -> Vec<Node> {
        let targets = self.all_targets(facts);
        let over_fabric = facts.paths.values().map(|path| &path.way);
        let over_fabric = over_fabric.filter(|way| way.protocol() == Protocol::Fc);
        let over_fabric = over_fabric.map(|way| Route {
            way: way.clone(),
            lun_number: facts.lun_number,
        });
        let over_ip = targets.iter().cloned().map(Route::from);
        let mut routes: Vec<Route> = over_ip.chain(over_fabric).collect();
        // A path that was begun and of which nothing came is known by its login alone.
        let logins = self.fabric(facts).map(|fabric| fabric.routes);
        for route in logins.unwrap_or_default() {
            if routes.iter().all(|known| known.way != route.way) {
                routes.push(route);
            }
        }
        let shared = self.shared(Aim::Detach, routes.clone(), facts);
        let paths: Vec<Lane> = routes
            .iter()
            .map(|route| -> Lane { vec![Box::new(PathStep::new(&shared, route))] })
            .collect();
        let ends: Vec<Lane> = targets
            .iter()
            .map(|t| -> Lane {
                vec![
                    Box::new(SessionStep::new(&shared, &t.at)),
                    Box::new(RecordStep::new(&shared, &t.at)),
                ]
            })
            .collect();
        // What the map holds is written before its paths go, and every device is gone, and seen to
        // be gone, before the first logout.
        let mut nodes = vec![
            Node::one(MapStep::new(&shared)),
            Node::all(paths),
            Node::one(IdentityStep::new(&shared)),
        ];
        if shared.read_only {
            nodes.push(Node::one(ReadOnlyStep::new(&shared)));
        }
        nodes.push(Node::all(ends));
        nodes
    }
}

/// `6a4c64f1…001e`, for headings.
pub(super) fn short(wwid: &Wwid) -> String {
    let text = wwid.as_str();
    match (
        text.get(..8),
        text.len().checked_sub(4).and_then(|n| text.get(n..)),
    ) {
        (Some(front), Some(back)) => format!("{front}…{back}"),
        _ => text.to_owned(),
    }
}

impl Stage for Connect {
    fn name(&self) -> &'static str {
        "connect"
    }

    fn preflight(&self, facts: &Facts, aim: Aim) -> Result<(), StepError> {
        match aim {
            Aim::Attach => {
                let told = facts.connection.as_ref().map(|c| c.protocol);
                match told.or(self.wish.protocol).unwrap_or(Protocol::Iscsi) {
                    Protocol::Iscsi => preflight::attach(self.machine())?,
                    Protocol::Fc => preflight::attach_fc(self.machine())?,
                }
                if self.wish.multipath == Multipath::Yes {
                    let bounds = Bounds::new(PREFLIGHT, "multipathd", Stop::new());
                    preflight::multipath(self.machine(), facts, &bounds)?;
                }
            }
            Aim::Detach => preflight::detach(self.machine(), &self.all_targets(facts))?,
            Aim::Status => {}
        }
        Ok(())
    }

    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, StepError> {
        Ok(Vec::new())
    }

    /// The targets, then each target at each of its portals, then the LUN's map.
    fn locks(&self, facts: &Facts) -> Vec<String> {
        let targets = self.all_targets(facts);
        let mut names: Vec<String> = targets
            .iter()
            .map(|t| format!("iscsi:{}", t.at.iqn))
            .chain(
                targets
                    .iter()
                    .map(|t| format!("iscsi:{},{}", t.at.portal, t.at.iqn)),
            )
            .chain(wanted(facts).map(|(wwid, _)| format!("wwid:{}", wwid.multipath())))
            .collect();
        // Whose number it is can only be told by the ports while nobody knows the LUN.
        if wanted(facts).is_none() {
            let ports = facts.connection.iter().flat_map(|c| &c.ports);
            names.extend(ports.map(|port| format!("fc:{}", port.wwpn)));
        }
        names.sort();
        names.dedup();
        names
    }

    fn survey(&self, cx: &Cx<'_>, aim: Aim) -> Result<Facts, StepError> {
        match aim {
            Aim::Attach => self.survey_attach(cx.facts, cx.bounds)?,
            Aim::Status => {
                self.first_hand
                    .note_maps(&multipath::list(self.machine()).map_err(StepError::from)?);
                self.remember(self.probe(&self.targets(cx.facts), cx.bounds));
            }
            Aim::Detach => return Ok(self.survey_detach(cx.facts, cx.bounds)?),
        }
        Ok(Facts::none())
    }

    fn steps(&self, facts: &Facts, aim: Aim) -> Result<Vec<Node>, StepError> {
        match aim {
            Aim::Attach if facts.connection.as_ref().is_none_or(Connection::is_empty) => {
                Err(Error::NoConnection.into())
            }
            Aim::Attach | Aim::Status => Ok(self.steps_up(facts, aim)?),
            Aim::Detach => Ok(self.steps_down(facts)),
        }
    }

    fn leave(&self) {}
}
