//! What the Fibre Channel ports of this node see of the array's: the logins that the fabric has
//! made, and the step that stands for each of them (linux-host.md §6.5). Nothing here scans, and
//! nothing resets a link: a login comes from zoning and cabling alone.

use std::sync::Arc;
use std::time::Duration;

use super::super::Error;
use super::super::fc::{self, Port, RemotePort};
use super::super::scsi::act::wait_for;
use super::route::Route;
use super::shared::Shared;
use crate::kit::consent::Mutate;
use crate::model::connection::FcTarget;
use crate::model::facts::Facts;
use crate::model::ids::Wwpn;
use crate::model::way::{PortPair, Way};
use crate::step::{
    Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};
use crate::system::Machine;

/// How long a link that has just gone down is waited for, at most.
const RECOVERY: Duration = Duration::from_secs(15);

/// What stands between this node and the LUN.
#[derive(Debug, Default)]
pub(super) struct Fabric {
    /// Logins that are there, or have carried the LUN before.
    pub(super) routes: Vec<Route>,
    /// Ports that have no login at all.
    pub(super) unseen: Vec<Unseen>,
}

/// A port without any login to its other end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    /// The port: the array's, or this node's.
    pub(super) wwpn: Wwpn,
    /// Which of this node's ports do not see it, and how they are.
    pub(super) why: String,
}

/// A port as people look for it: `host1 2000020000000a01`, with its state when it is not online.
fn told(port: &Port) -> String {
    let state = match port.state.as_str() {
        "Online" => String::new(),
        state => format!(" ({})", state.to_lowercase()),
    };
    format!("{} {}{state}", port.name, port.wwpn)
}

fn list(ports: &[&Port]) -> String {
    let names: Vec<String> = ports.iter().map(|port| told(port)).collect();
    names.join(", ")
}

/// The logins between this node's ports and those of the array. Ports of one fabric do not see
/// those of another: a pair without a login is no fault as long as both its ends have one.
///
/// # Errors
/// [`Error::NoHba`], [`Error::ForeignPorts`], and when sysfs cannot be read.
pub(super) fn look(
    machine: &dyn Machine,
    targets: &[FcTarget],
    facts: &Facts,
) -> Result<Fabric, Error> {
    let mut fabric = Fabric::default();
    if targets.is_empty() {
        return Ok(fabric);
    }
    let (own, _) = fc::list_ports(machine)?;
    if own.is_empty() {
        return Err(Error::NoHba);
    }
    let remote = fc::list_remote(machine)?;
    // What may come to it, as the array tells; without a word any port that works.
    let may = |port: &Port, target: &FcTarget| match target.initiators.as_slice() {
        [] => true,
        told => told.contains(&port.wwpn),
    };
    if !own.iter().any(|port| targets.iter().any(|t| may(port, t))) {
        let mut named: Vec<Wwpn> = targets.iter().flat_map(|t| t.initiators.clone()).collect();
        named.sort();
        named.dedup();
        return Err(Error::ForeignPorts {
            named,
            own: own.into_iter().map(|port| port.wwpn).collect(),
        });
    }
    // This node's ports that see something, or are named with what they do not see.
    let mut named: Vec<&Port> = Vec::new();
    for target in targets {
        let allowed: Vec<&Port> = own.iter().filter(|port| may(port, target)).collect();
        let mut seen = false;
        for port in &allowed {
            let pair = PortPair {
                initiator: port.wwpn.clone(),
                target: target.wwpn.clone(),
            };
            let way = Way::Fc(pair);
            let login = remote.iter().any(|r| r.is_between(port, &target.wwpn));
            if login || facts.paths.contains_key(&way.to_string()) {
                seen = true;
                named.push(port);
                fabric.routes.push(Route {
                    way,
                    lun_number: target.lun_number,
                });
            }
        }
        if !seen {
            named.extend(&allowed);
            fabric.unseen.push(Unseen {
                wwpn: target.wwpn.clone(),
                why: format!("no login from {}", list(&allowed)),
            });
        }
    }
    // A port that the array waits for and that sees nothing of it.
    for port in &own {
        let waits = |t: &FcTarget| t.initiators.contains(&port.wwpn);
        if targets.iter().any(waits) && !named.contains(&port) {
            fabric.unseen.push(Unseen {
                wwpn: port.wwpn.clone(),
                why: format!("{} sees no port of the array", told(port)),
            });
        }
    }
    Ok(fabric)
}

impl Fabric {
    /// Nothing is seen of any of these ports.
    pub(super) fn unseen<'a>(targets: impl Iterator<Item = &'a FcTarget>, why: &str) -> Self {
        let unseen = targets.map(|target| Unseen {
            wwpn: target.wwpn.clone(),
            why: why.to_owned(),
        });
        Self {
            routes: Vec::new(),
            unseen: unseen.collect(),
        }
    }

    /// Fails when fewer logins work than are needed.
    ///
    /// # Errors
    /// [`Error::BelowLogins`], and when sysfs cannot be read.
    pub(super) fn require(&self, machine: &dyn Machine, min: usize) -> Result<(), Error> {
        let mut alive = 0;
        let mut missing = Vec::new();
        for route in &self.routes {
            let Way::Fc(pair) = &route.way else { continue };
            match login(machine, pair)? {
                Ok(_) => alive += 1,
                Err(login) => missing.push(login.why),
            }
        }
        let unseen = self.unseen.iter();
        missing.extend(unseen.map(|port| format!("{}: {}", port.wwpn, port.why)));
        if alive < min {
            return Err(Error::BelowLogins {
                alive,
                min,
                missing,
            });
        }
        Ok(())
    }
}

/// A login that cannot be used.
struct Missing {
    /// Whether there is one at all.
    found: bool,
    why: String,
}

/// The login of two ports if it can be used, else why not.
fn login(machine: &dyn Machine, pair: &PortPair) -> Result<Result<RemotePort, Missing>, Error> {
    let found = fc::list_between(machine, pair)?;
    let Some(port) = found.into_iter().next() else {
        return Ok(Err(Missing {
            found: false,
            why: format!("{} has no login to {}", pair.initiator, pair.target),
        }));
    };
    let why = match (port.is_target(), port.is_live(), port.place) {
        (false, ..) => "is no target for it".to_owned(),
        (_, false, _) => format!("is {}", port.state.to_lowercase()),
        (.., None) => "has no number yet".to_owned(),
        _ => return Ok(Ok(port)),
    };
    Ok(Err(Missing {
        found: true,
        why: format!(
            "{} {} {why} (seen from {})",
            port.name, pair.target, pair.initiator
        ),
    }))
}

/// The login between two ports, or the want of any login of one.
pub(super) struct LoginStep {
    shared: Arc<Shared>,
    ends: Ends,
    key: String,
}

enum Ends {
    Pair(PortPair),
    Nobody(Unseen),
}

impl LoginStep {
    pub(super) fn of_pair(shared: &Arc<Shared>, pair: &PortPair) -> Self {
        Self {
            key: shared.key_of("session", &Way::Fc(pair.clone())),
            shared: Arc::clone(shared),
            ends: Ends::Pair(pair.clone()),
        }
    }

    pub(super) fn of_unseen(shared: &Arc<Shared>, port: &Unseen) -> Self {
        Self {
            key: format!("node.session@{}", port.wwpn),
            shared: Arc::clone(shared),
            ends: Ends::Nobody(port.clone()),
        }
    }

    /// The login if it can be used, else why not.
    fn find(&self) -> Result<Result<RemotePort, Missing>, Error> {
        match &self.ends {
            Ends::Pair(pair) => login(self.shared.machine(), pair),
            Ends::Nobody(port) => Ok(Err(Missing {
                found: false,
                why: format!("{}: {}", port.wwpn, port.why),
            })),
        }
    }
}

/// The whole connection: a journal that has it can be looked at and detached without array and
/// arguments.
fn told_facts(cx: &Cx<'_>) -> Facts {
    Facts {
        connection: cx.facts.connection.clone(),
        ..Facts::none()
    }
}

fn seen(port: &RemotePort) -> String {
    format!("{} {}", port.name, port.state.to_lowercase())
}

impl Step for LoginStep {
    fn key(&self) -> &str {
        &self.key
    }

    fn object(&self) -> Option<String> {
        None
    }

    fn role(&self) -> Role {
        // It is there for every LUN of the array, like a session, and says nothing of one.
        Role::Container
    }

    fn describe(&self, _facts: &Facts, _aim: Aim) -> Description {
        let (title, wire) = match &self.ends {
            Ends::Pair(pair) => (
                format!("{} is logged in to {}", pair.initiator, pair.target),
                format!(
                    "grep -l 0x{} /sys/class/fc_remote_ports/*/port_name",
                    pair.target
                ),
            ),
            Ends::Nobody(port) => (
                format!("a login of {}", port.wwpn),
                "grep -H . /sys/class/fc_remote_ports/*/port_name".to_owned(),
            ),
        };
        Description {
            title,
            why: "the fabric makes it, by cabling and zoning; nothing here can".into(),
            verbs: vec!["sanctl hba targets".into()],
            wire: vec![wire],
        }
    }

    fn check(&self, cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        Ok(match self.find()? {
            Ok(port) => Finding::present(seen(&port), told_facts(cx)),
            Err(Missing { found: true, why }) => Finding::differs(why, "online"),
            Err(Missing { found: false, why }) => Finding::absent(why),
        })
    }

    fn apply(&self, cx: &Cx<'_>, _mutate: &Mutate) -> Result<Change, StepError> {
        let span = match &self.ends {
            Ends::Pair(_) => RECOVERY,
            Ends::Nobody(_) => Duration::ZERO,
        };
        let machine = self.shared.machine();
        let back = wait_for(machine, span, cx.bounds, || Ok(self.find()?.ok()))?;
        match (back, self.find()?) {
            (Some(_), _) | (None, Ok(_)) => Ok(Change::Adopted(told_facts(cx))),
            (None, Err(Missing { why, .. })) => Err(Error::NoLogin { why }.into()),
        }
    }

    fn undo(&self, _cx: &Cx<'_>, _made: &Made, _: &Mutate) -> Result<Undone, StepError> {
        Ok(Undone::AlreadyGone)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;
    use crate::model::ids::LunNumber;

    const OWN: &str = "2000020000000a01";
    const FAR: &str = "2000020000000b01";

    /// `host1` is logged in to a target; `host0` is the target itself, and no port of this node.
    fn fabric() -> Fixture {
        let fixture = Fixture::of(include_str!("../../../tests/fixtures/fc/sysfs-fc.txt"));
        fixture.file("/sys/class/fc_host/host0/port_name", "none\n");
        fixture
    }

    /// A second port of this node that sees nothing.
    fn add_port(fixture: &Fixture, state: &str) {
        for (file, text) in [
            ("port_name", "0x2000020000000a02\n"),
            ("node_name", "0x1000020000000a02\n"),
            ("port_state", state),
        ] {
            fixture.file(&format!("/sys/class/fc_host/host2/{file}"), text);
        }
    }

    fn port(name: &str, from: &[&str]) -> FcTarget {
        FcTarget {
            wwpn: name.parse().unwrap(),
            lun_number: Some(LunNumber(7)),
            initiators: from.iter().map(|own| own.parse().unwrap()).collect(),
        }
    }

    fn told(fixture: &Fixture, targets: &[FcTarget]) -> (Vec<String>, Vec<String>) {
        let found = look(&fixture.machine(), targets, &Facts::none()).unwrap();
        let unseen = found
            .unseen
            .iter()
            .map(|u| format!("{}: {}", u.wwpn, u.why));
        (
            found.routes.iter().map(|r| r.way.to_string()).collect(),
            unseen.collect(),
        )
    }

    #[test]
    fn a_login_is_a_way() {
        let fixture = fabric();
        let way = format!("{OWN} {FAR}");
        for from in [vec![], vec![OWN], vec![OWN, "2000020000000a09"]] {
            let (ways, unseen) = told(&fixture, &[port(FAR, &from)]);
            assert_eq!((ways, unseen), (vec![way.clone()], vec![]), "{from:?}");
        }
    }

    #[test]
    fn a_port_that_nobody_sees_is_named_with_every_port_that_should() {
        let fixture = fabric();
        add_port(&fixture, "Linkdown\n");
        let (ways, unseen) = told(&fixture, &[port(FAR, &[]), port("2000020000000b02", &[])]);
        assert_eq!(ways.len(), 1);
        let want = "2000020000000b02: no login from host1 2000020000000a01, host2 \
                    2000020000000a02 (linkdown)";
        assert_eq!(unseen, [want]);
        // Another fabric: each port sees its own, and nothing is missing.
        let (_, unseen) = told(&fixture, &[port(FAR, &[])]);
        assert!(unseen.is_empty(), "{unseen:?}");
        // The array waits for both.
        let both = [OWN, "2000020000000a02"];
        let (_, unseen) = told(&fixture, &[port(FAR, &both)]);
        let want = "2000020000000a02: host2 2000020000000a02 (linkdown) sees no port of the array";
        assert_eq!(unseen, [want]);
    }

    #[test]
    fn a_port_that_is_not_in_the_map_is_no_way() {
        let fixture = fabric();
        add_port(&fixture, "Online\n");
        let (ways, unseen) = told(&fixture, &[port(FAR, &["2000020000000a02"])]);
        assert!(ways.is_empty());
        let want = format!("{FAR}: no login from host2 2000020000000a02");
        assert_eq!(unseen, [want]);
    }

    #[test]
    fn a_node_without_ports_and_ports_of_another_node() {
        let error = |fixture: &Fixture, targets: &[FcTarget]| {
            look(&fixture.machine(), targets, &Facts::none()).unwrap_err()
        };
        let targets = [port(FAR, &["2000020000000a09"])];
        assert!(matches!(error(&Fixture::empty(), &targets), Error::NoHba));
        let foreign = error(&fabric(), &targets);
        assert!(matches!(foreign, Error::ForeignPorts { .. }), "{foreign}");
        assert!(look(&Fixture::empty().machine(), &[], &Facts::none()).is_ok());
    }

    #[test]
    fn only_a_login_that_works_counts() {
        let fixture = fabric();
        let machine = fixture.machine();
        let targets = [port(FAR, &[]), port("2000020000000b02", &[])];
        let found = look(&machine, &targets, &Facts::none()).unwrap();
        assert!(found.require(&machine, 1).is_ok());
        let error = found.require(&machine, 2).unwrap_err().to_string();
        assert!(error.starts_with("1 of 2 logins between ports work, 2 needed: 2000020000000b02"));
        for (file, text, why) in [
            ("port_state", "Blocked\n", "is blocked"),
            ("roles", "FCP Initiator\n", "is no target for it"),
        ] {
            let path = format!("/sys/class/fc_remote_ports/rport-1:0-0/{file}");
            let before = machine.text(&path).unwrap().unwrap();
            fixture.file(&path, text);
            let error = found.require(&machine, 1).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
            fixture.file(&path, &before);
        }
    }
}
