//! The step of a membership: host in host group, group in view, LUN in LUN group.

use std::sync::Arc;

use super::super::codes;
use super::super::envelope::Outcome;
use super::ask::Ask;
use super::parts::{LUN, Link, Noun, SNAPSHOT};
use super::sight::{Known, Proof, Sight};
use super::{Shared, lift};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// A membership.
#[derive(Debug)]
pub(super) struct Join {
    shared: Arc<Shared>,
    link: Link,
}

/// The ids on both sides of a link, and the member's type number.
pub(super) struct Ends {
    pub(super) container: String,
    pub(super) member: String,
    pub(super) code: u32,
}

impl Sight {
    /// The ids of a link's ends; else the noun that is not known (`None` = the LUN).
    pub(super) fn ends(&self, link: Link) -> Result<Ends, Option<Noun>> {
        let container = self.id(link.container()).ok_or(Some(link.container()))?;
        let (member, code) = match link.member() {
            Some(noun) => (self.id(noun).ok_or(Some(noun))?, noun.code()),
            None => (self.lun_id().ok_or(None)?, self.lun_code()),
        };
        Ok(Ends {
            container: container.to_owned(),
            member: member.to_owned(),
            code,
        })
    }

    /// The type number of the LUN or snapshot.
    pub(super) fn lun_code(&self) -> u32 {
        let snapshot = self.lun.as_ref().is_some_and(|l| l.fact.snapshot);
        if snapshot { SNAPSHOT } else { LUN }
    }
}

impl Join {
    pub(super) fn new(shared: &Arc<Shared>, link: Link) -> Self {
        Self {
            shared: Arc::clone(shared),
            link,
        }
    }

    /// Reads the association and remembers the answer.
    fn look(&self, ask: &Ask<'_>, ends: &Ends) -> Result<Known<()>, Error> {
        let known = match self.link {
            Link::HostGroupHost => {
                let groups = ask.belonging(Noun::HostGroup, ends.code, &ends.member)?;
                Known::of(groups.iter().any(|g| g.id == ends.container).then_some(()))
            }
            Link::LunGroupLun => {
                let groups = ask.belonging(Noun::LunGroup, ends.code, &ends.member)?;
                let there = groups.iter().any(|g| g.id == ends.container);
                self.shared.sight().lun_groups = groups;
                Known::of(there.then_some(()))
            }
            Link::ViewHostGroup | Link::ViewLunGroup | Link::ViewPortGroup => {
                let noun = self.link.member().unwrap_or(Noun::View);
                let held = ask.belonging(noun, Noun::View.code(), &ends.container)?;
                match held.first() {
                    None => Known::Absent,
                    Some(held) if held.id == ends.member => Known::Found(()),
                    Some(held) => Known::Other {
                        found: format!("{} {} {}", noun.word(), held.id, held.name),
                        wanted: self.shared.name(&self.shared.sight(), noun),
                    },
                }
            }
        };
        self.shared.sight().set_link(self.link, known.clone());
        Ok(known)
    }

    /// `hostgroup 1` and `view 2`, as far as known.
    fn sides(&self) -> (String, String) {
        let sight = self.shared.sight();
        let word = |noun: Noun| match sight.id(noun) {
            Some(id) => format!("{} {id}", noun.word()),
            None => noun.word().to_owned(),
        };
        let member = match self.link.member() {
            Some(noun) => word(noun),
            None => format!("lun {}", sight.lun_id().unwrap_or_default()),
        };
        (member, word(self.link.container()))
    }

    fn finding(&self, known: Known<()>) -> Finding {
        let (member, container) = self.sides();
        match known {
            Known::Found(()) => {
                let proved = self.shared.sight().proof.found().is_some();
                let both = self.shared.sight().ends(self.link).is_ok();
                let evidence = if proved && !both {
                    format!("{member}: the host sees the LUN")
                } else {
                    format!("{member} in {container}")
                };
                Finding::present(evidence, Facts::none())
            }
            Known::Absent => Finding::absent(format!("{member} not in {container}")),
            Known::Other { found, wanted } => {
                Finding::differs(format!("{container} holds {found}"), wanted)
            }
            Known::Unknown => Finding::unknown("not looked at"),
        }
    }

    fn missing(&self, noun: Option<Noun>) -> Error {
        match noun {
            Some(noun) => self.shared.gone(&self.shared.sight(), noun),
            None => self.shared.lun_gone(),
        }
    }

    fn in_the_way(&self, found: &str) -> Error {
        let (_, container) = self.sides();
        let noun = self.link.container();
        let name = self.shared.name(&self.shared.sight(), noun);
        if self.link == Link::ViewPortGroup {
            let sight = self.shared.sight();
            let wanted = self.shared.name(&sight, Noun::PortGroup);
            return self.shared.in_the_way(&sight, noun, found, &wanted);
        }
        Error::Conflict {
            why: format!(
                "array {}: {container} {name} holds {found}, which is not this host's alone",
                self.shared.array()
            ),
            hints: vec![format!("sanctl {} show {name}", noun.verb())],
        }
    }

    /// The array says that the host sees the LUN through another group: true if its number can
    /// be read (oceanstor.md §4, 1077936864).
    fn seen_through_another(&self, ask: &Ask<'_>) -> Result<bool, Error> {
        let (host, lun) = {
            let sight = self.shared.sight();
            let Some(lun) = sight.lun.as_ref() else {
                return Ok(false);
            };
            let host = sight.id(Noun::Host).unwrap_or_default().to_owned();
            (host, lun.fact.clone())
        };
        let rows = ask.seen_by(&host, lun.snapshot)?;
        let Some(row) = rows.into_iter().find(|r| r.is(&lun)) else {
            return Ok(false);
        };
        self.shared.sight().proof = Known::Found(Proof { number: row.number });
        Ok(true)
    }
}

impl Step for Join {
    fn key(&self) -> &str {
        self.link.key()
    }

    fn object(&self) -> Option<String> {
        let sight = self.shared.sight();
        let container = self.shared.certain_name(&sight, self.link.container())?;
        // A view holds one port group: which one is meant is in the configuration, that may change.
        if self.link == Link::ViewPortGroup {
            let tail = format!("{}/{container}", self.link.word());
            return Some(self.shared.identity(&tail));
        }
        let member = match self.link.member() {
            Some(noun) => self.shared.certain_name(&sight, noun)?,
            None => sight.lun_word(),
        };
        let tail = format!("{}/{container}/{member}", self.link.word());
        Some(self.shared.identity(&tail))
    }

    fn role(&self) -> Role {
        match self.link {
            Link::LunGroupLun => Role::Link,
            _ => Role::Container,
        }
    }

    /// Between two objects of the convention. A port group is an administrator's, and stays; the
    /// view that uses it is not.
    fn generated(&self) -> Option<Made> {
        let sight = self.shared.sight();
        let generated = |noun| noun == Noun::PortGroup || self.shared.is_generated(&sight, noun);
        let member = self.link.member()?;
        (generated(self.link.container()) && generated(member)).then(Made::default)
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_link(self.link, facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        // The LUN's own place in its group is this host's alone.
        if self.role() == Role::Link {
            return Ok(None);
        }
        self.shared.kept(&self.shared.ask(cx.bounds)).map_err(lift)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let known = self.shared.sight().link(self.link);
        if look == Look::Survey && known != Known::Unknown {
            return Ok(self.finding(known));
        }
        // A detach finds its containers only when it comes to them; its plan asks before.
        if self.shared.sight().detaching {
            let ask = self.shared.ask(cx.bounds);
            for noun in [Some(self.link.container()), self.link.member()] {
                if let Some(noun) = noun.filter(|n| *n != Noun::PortGroup) {
                    self.shared.settle(&ask, noun, &[]).map_err(lift)?;
                }
            }
            let view = self.shared.sight().id(Noun::View).map(str::to_owned);
            if let (Link::ViewPortGroup, Some(view)) = (self.link, view) {
                let held = ask.belonging(Noun::PortGroup, Noun::View.code(), &view);
                self.shared.take_portgroup(&held.map_err(lift)?);
            }
        }
        let ends = self.shared.sight().ends(self.link);
        let ends = match ends {
            Ok(ends) => ends,
            Err(Some(Noun::PortGroup)) => return Ok(Finding::absent("no port group is known")),
            Err(Some(noun)) => return Ok(Finding::waiting(noun.key())),
            Err(None) => return Ok(Finding::absent("the LUN is not there")),
        };
        let known = self
            .look(&self.shared.ask(cx.bounds), &ends)
            .map_err(lift)?;
        Ok(self.finding(known))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let known = self.shared.sight().link(self.link);
        if let Known::Other { found, .. } = known {
            return Err(lift(self.in_the_way(&found)));
        }
        let ends = self.shared.sight().ends(self.link);
        let ends = ends.map_err(|noun| lift(self.missing(noun)))?;
        let request = self.link.join(&ends.container, &ends.member, ends.code);
        if self.link == Link::LunGroupLun {
            self.shared.sight().link_sent = true;
        }
        let reply = match self.shared.client.change(&request, cx.bounds, mutate) {
            Err(Error::Refused { answer, .. })
                if answer.code == codes::MAPPED_THROUGH_ANOTHER_GROUP.to_string()
                    && self.link == Link::LunGroupLun
                    && self.seen_through_another(&ask).map_err(lift)? =>
            {
                self.shared.sight().link_sent = false;
                return Ok(Change::Adopted(Facts::none()));
            }
            other => other.map_err(lift)?,
        };
        match reply.outcome {
            Outcome::Success => {
                self.shared.sight().set_link(self.link, Known::Found(()));
                Ok(Change::Created(Facts::none()))
            }
            Outcome::Already | Outcome::Exists => {
                // A view holds one group of a kind, and "already" does not say which.
                if self.link.container() == Noun::View {
                    match self.look(&ask, &ends).map_err(lift)? {
                        Known::Found(()) => {}
                        Known::Other { found, .. } => return Err(lift(self.in_the_way(&found))),
                        Known::Absent | Known::Unknown => {
                            return Err(lift(self.missing(Some(Noun::View))));
                        }
                    }
                }
                self.shared.sight().set_link(self.link, Known::Found(()));
                Ok(Change::Adopted(Facts::none()))
            }
            Outcome::Missing => Err(lift(self.missing(Some(self.link.container())))),
            Outcome::NotMember => Err(lift(self.shared.refused(&reply))),
        }
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        match self.link {
            Link::LunGroupLun => self.shared.undo_lun_link(&ask, mutate),
            link => self.shared.undo_link(link, &ask, mutate),
        }
        .map_err(lift)
    }
}
