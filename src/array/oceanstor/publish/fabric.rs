//! Where the node's ports come in over Fibre Channel: the array's ports at which it sees them, or
//! every port that can be used where it does not tell (oceanstor.md §7 "Ports", §9). Zones are the
//! fabric's, and nobody makes any here: what the array does not see is named.

use super::super::nouns;
use super::super::object::Object;
use super::super::query;
use super::Shared;
use super::ask::Ask;
use super::parts::Noun;
use super::sight::{Known, Sight};
use crate::array::error::Error;
use crate::model::connection::FcTarget;
use crate::model::ids::{LunNumber, Wwpn};
use crate::model::nouns::{HostPath, Protocol};

/// An FC port of the array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) id: String,
    pub(super) wwpn: Wwpn,
    /// Where it is, or its id.
    at: String,
    /// The controller it is on.
    controller: Option<String>,
    /// Why nobody can come in through it.
    pub(super) fault: Option<String>,
}

impl Port {
    /// A row of `fc_port`; `None` without a name that can be read.
    fn of(row: &Object) -> Option<Self> {
        let port = nouns::port::fc_port(row)?;
        // `0A.1` is interface module 1 of controller 0A.
        let parent = row.text("PARENTID").and_then(|at| at.split('.').next());
        Some(Self {
            wwpn: port.wwpn?.parse().ok()?,
            at: port.location.unwrap_or_else(|| port.id.clone()),
            id: port.id,
            controller: parent.map(str::to_owned),
            fault: port.why_not,
        })
    }
}

/// A way from a port of the node to a port of the array that is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Login {
    initiator: String,
    target: Wwpn,
    controller: Option<String>,
}

/// What is known of the ways, as far as it was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Fabric {
    /// The array's ports: those of the port group, or all.
    pub(super) ports: Option<Vec<Port>>,
    /// Where the array sees the node's ports.
    pub(super) logins: Option<Vec<Login>>,
    /// The logins were read after this run has bound initiators.
    settled: bool,
}

/// The array's FC ports.
pub(super) fn list(ask: &Ask<'_>) -> Result<Vec<Port>, Error> {
    let rows = match ask.ports("/fc_port", "") {
        Err(error) if nouns::is_not_there(&error) => Vec::new(),
        other => other?,
    };
    Ok(rows.iter().filter_map(Port::of).collect())
}

/// The FC ports of a port group. The drivers name no type here (oceanstor.md §7 "Ports").
pub(super) fn of_group(ask: &Ask<'_>, portgroup: &str) -> Result<Vec<Port>, Error> {
    let query = query::associated(Noun::PortGroup.code(), portgroup);
    let rows = match ask.ports("/fc_port/associate", &query) {
        Err(error) if nouns::is_not_there(&error) => Vec::new(),
        other => other?,
    };
    Ok(rows.iter().filter_map(Port::of).collect())
}

/// Where the array sees the initiators of a host; nothing where it has no such table.
pub(super) fn logins(ask: &Ask<'_>, host: &str) -> Result<Vec<Login>, Error> {
    let told = nouns::link::of_protocol(ask.client, host, Protocol::Fc, ask.bounds);
    let rows = match told {
        Err(error) if nouns::is_not_there(&error) || nouns::is_bad_parameter(&error) => Vec::new(),
        other => other?,
    };
    let login = |path: HostPath| {
        let initiator: Wwpn = path.initiator.parse().ok()?;
        Some(Login {
            initiator: initiator.to_string(),
            target: path.target?.parse().ok()?,
            controller: path.controller,
        })
    };
    let live = rows.into_iter().filter(|path| path.state.usable);
    Ok(live.filter_map(login).collect())
}

impl Shared {
    fn own_logins<'a>(&'a self, sight: &'a Sight) -> impl Iterator<Item = &'a Login> {
        let all = sight.fabric.logins.iter().flatten();
        all.filter(|login| self.initiators.contains(&login.initiator))
    }

    /// Whether the array tells where the node's ports come in.
    pub(super) fn tells_logins(&self, sight: &Sight) -> bool {
        self.own_logins(sight).next().is_some()
    }

    /// Whether the array can be asked where the node's ports come in: it tells that of initiators
    /// that are bound and online.
    pub(super) fn can_tell_logins(&self, sight: &Sight) -> bool {
        let mut all = self.initiators.iter();
        self.protocol() == Protocol::Fc
            && all.any(|id| sight.bound_here(id) && sight.own(id).online())
    }

    /// Takes the ways from the node's ports that are online, or from all where none is.
    fn comers(&self, sight: &Sight) -> Vec<Wwpn> {
        let parse = |id: &String| id.parse().ok();
        let online = self.initiators.iter().filter(|id| sight.own(id).online());
        let online: Vec<Wwpn> = online.filter_map(parse).collect();
        if online.is_empty() {
            return self.initiators.iter().filter_map(parse).collect();
        }
        online
    }

    /// The ports that show the LUN, those of its own controller first; with the node's ports that
    /// come to each.
    pub(super) fn fabric_targets(&self, sight: &Sight, number: Option<LunNumber>) -> Vec<FcTarget> {
        let ports = sight.fabric.ports.as_deref();
        let usable = |wwpn: &Wwpn| {
            let mut group = ports.into_iter().flatten();
            sight.found(Noun::PortGroup).is_none()
                || group.any(|port| port.wwpn == *wwpn && port.fault.is_none())
        };
        let mut found: Vec<(Option<String>, FcTarget)> = Vec::new();
        for login in self.own_logins(sight).filter(|login| usable(&login.target)) {
            let Ok(initiator) = login.initiator.parse::<Wwpn>() else {
                continue;
            };
            match found.iter_mut().find(|(_, to)| to.wwpn == login.target) {
                Some((_, to)) if to.initiators.contains(&initiator) => {}
                Some((_, to)) => to.initiators.push(initiator),
                None => {
                    let target = FcTarget {
                        wwpn: login.target.clone(),
                        lun_number: number,
                        initiators: vec![initiator],
                    };
                    found.push((login.controller.clone(), target));
                }
            }
        }
        if !self.tells_logins(sight) {
            let usable = ports.into_iter().flatten().filter(|p| p.fault.is_none());
            found.extend(usable.map(|port| {
                let target = FcTarget {
                    wwpn: port.wwpn.clone(),
                    lun_number: number,
                    initiators: self.comers(sight),
                };
                (port.controller.clone(), target)
            }));
        }
        let owner = sight.lun.as_ref().and_then(|lun| lun.controller.clone());
        found.sort_by_key(|(at, to)| (owner.is_none() || *at != owner, to.wwpn.clone()));
        let place = |id: &Wwpn| self.initiators.iter().position(|own| *own == id.as_str());
        for (_, to) in &mut found {
            to.initiators.sort_by_key(place);
        }
        found.into_iter().map(|(_, to)| to).collect()
    }

    /// Refuses an attach of a node of which the array sees no port: nothing would come of it, and
    /// the drivers refuse it too (oceanstor.md §9). With one of several online it goes on, and
    /// names the others.
    pub(super) fn vet_online(&self, sight: &Sight) -> Result<(), Error> {
        let mut all = self.initiators.iter();
        if self.protocol() == Protocol::Iscsi || all.any(|id| sight.own(id).online()) {
            return Ok(());
        }
        let state = |id: &String| match sight.own(id).known {
            Known::Found(_) => format!("{id} is known and not online"),
            _ => format!("{id} is not known to it"),
        };
        let states: Vec<String> = self.initiators.iter().map(state).collect();
        let node = &self.publication.connector.host;
        Err(Error::Conflict {
            why: format!(
                "array {} sees no FC port of {node}: {}",
                self.array(),
                states.join(", ")
            ),
            hints: vec![
                format!("check cabling and zoning: sanctl hba list  # on {node}"),
                "sanctl port list --protocol fc".into(),
                "sanctl initiator list --protocol fc".into(),
            ],
        })
    }

    /// Refuses an attach that leads nowhere, naming each port with the reason.
    pub(super) fn vet_fabric(&self, sight: &Sight) -> Result<(), Error> {
        if self.protocol() == Protocol::Iscsi || !self.fabric_targets(sight, None).is_empty() {
            return Ok(());
        }
        let group = sight.found(Noun::PortGroup);
        let ports = sight.fabric.ports.as_deref().unwrap_or_default();
        let mut hints = vec!["sanctl port list --protocol fc".to_owned()];
        let place = match group {
            Some(group) => {
                hints.insert(0, format!("sanctl portgroup show {}", group.name));
                format!("port group {}", group.name)
            }
            None => "the array".to_owned(),
        };
        let fault = |port: &Port| {
            let why = port.fault.as_deref().unwrap_or("none of them comes there");
            format!("{} ({}): {why}", port.at, port.wwpn)
        };
        let why = if ports.is_empty() {
            format!("{place} has no FC port")
        } else {
            let reasons: Vec<String> = ports.iter().map(fault).collect();
            format!("{place}: {}", reasons.join(", "))
        };
        Err(Error::Conflict {
            why: format!(
                "array {}: no FC port for the ports of {}: {why}",
                self.array(),
                self.publication.connector.host
            ),
            hints,
        })
    }

    /// Whether this run has bound initiators since it was asked where they come in.
    pub(super) fn must_ask_logins(&self) -> bool {
        let sight = self.sight();
        let mut own = sight.initiators.values();
        self.protocol() == Protocol::Fc
            && sight.attaching
            && !sight.fabric.settled
            && own.any(|own| own.bound_now)
    }

    /// Asks where the initiators come in that this run has bound.
    pub(super) fn settle_logins(&self, ask: &Ask<'_>) -> Result<(), Error> {
        let Some(host) = self.sight().id(Noun::Host).map(str::to_owned) else {
            return Ok(());
        };
        let told = logins(ask, &host)?;
        {
            let mut sight = self.sight();
            sight.fabric.logins = Some(told);
            sight.fabric.settled = true;
        }
        self.settle_ports(ask)?;
        self.vet_fabric(&self.sight())
    }

    /// Reads the array's ports where nothing else tells where the node's come in.
    fn settle_ports(&self, ask: &Ask<'_>) -> Result<(), Error> {
        let wanted = {
            let sight = self.sight();
            sight.fabric.ports.is_none() && !self.tells_logins(&sight)
        };
        if wanted {
            let ports = list(ask)?;
            self.sight().fabric.ports = Some(ports);
        }
        Ok(())
    }

    /// What the ports are known by, in words; `None` over iSCSI.
    pub(super) fn ports_told(&self, sight: &Sight) -> Option<String> {
        if self.protocol() == Protocol::Iscsi {
            return None;
        }
        let count = self.fabric_targets(sight, None).len();
        Some(if self.tells_logins(sight) {
            let ports = super::ties::count(u64::try_from(count).unwrap_or(u64::MAX), "port");
            format!("host_link tells {ports} of the array")
        } else {
            format!("host_link tells no port, so every usable one: {count}")
        })
    }
}
