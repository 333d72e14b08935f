//! The step of a named object: host, host group, LUN group, view.

use std::sync::Arc;

use super::super::envelope::{Outcome, Reply};
use super::ask::Ask;
use super::parts::{self, Link, Noun};
use super::sight::{Known, Ref};
use super::{Shared, conflict, lift};
use crate::array::error::Error;
use crate::kit::consent::Mutate;
use crate::model::facts::Facts;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// An object with a name.
#[derive(Debug)]
pub(super) struct Named {
    shared: Arc<Shared>,
    noun: Noun,
}

impl Named {
    pub(super) fn new(shared: &Arc<Shared>, noun: Noun) -> Self {
        Self {
            shared: Arc::clone(shared),
            noun,
        }
    }

    /// Looks it up by name and remembers the answer.
    fn look(&self, ask: &Ask<'_>) -> Result<Known<Ref>, Error> {
        let name = self.shared.name(&self.shared.sight(), self.noun);
        let known = Known::of(ask.named_ref(self.noun, &name)?);
        self.shared.sight().set(self.noun, known.clone());
        Ok(known)
    }

    fn facts(&self, found: &Ref) -> Facts {
        Facts::object(self.noun.word(), &found.id)
    }

    fn finding(&self, known: Known<Ref>) -> Finding {
        let name = self.shared.name(&self.shared.sight(), self.noun);
        match known {
            Known::Found(at) => Finding::present(
                format!("{} {} {}", self.noun.word(), at.id, at.name),
                self.facts(&at),
            ),
            Known::Absent if name.contains('$') => {
                Finding::absent(format!("no {}: there is no host yet", self.noun.word()))
            }
            Known::Absent => Finding::absent(format!("no {} {name}", self.noun.word())),
            Known::Other { found, wanted } => Finding::differs(found, wanted),
            Known::Unknown => Finding::unknown("not looked at"),
        }
    }

    fn create(&self, ask: &Ask<'_>, mutate: &Mutate) -> Result<Reply, Error> {
        let sight = self.shared.sight();
        let request = if self.noun == Noun::Host {
            let v6 = sight.lun.as_ref().is_some_and(|l| l.v6);
            let node = &self.shared.publication.connector.host;
            parts::create_host(&self.shared.host_name, parts::LINUX, node, v6)
        } else {
            if sight.host_id().is_none() {
                return Err(self.shared.gone(&sight, Noun::Host));
            }
            self.noun.create(&self.shared.name(&sight, self.noun))
        };
        drop(sight);
        self.shared.client.change(&request, ask.bounds, mutate)
    }

    /// Somebody else made an object of this name: it must not lead to other hosts or views.
    fn vet(&self, ask: &Ask<'_>, found: &Ref) -> Result<(), Error> {
        let host = self.shared.sight().host_id().unwrap_or_default().to_owned();
        let problem = match self.noun {
            Noun::HostGroup if !self.shared.publication.shared => {
                conflict::holds_others(ask, found, &host)?
            }
            Noun::LunGroup => conflict::shows_elsewhere(ask, found, &host)?,
            _ => None,
        };
        match problem {
            Some(why) => Err(self.in_the_way(why)),
            None => Ok(()),
        }
    }

    fn in_the_way(&self, why: String) -> Error {
        let name = self.shared.name(&self.shared.sight(), self.noun);
        Error::Conflict {
            why: format!("array {}: {why}", self.shared.array()),
            hints: vec![format!("sanctl {} show {name}", self.noun.verb())],
        }
    }
}

impl Step for Named {
    fn key(&self) -> &str {
        self.noun.key()
    }

    fn object(&self) -> Option<String> {
        let name = self.shared.certain_name(&self.shared.sight(), self.noun)?;
        Some(
            self.shared
                .identity(&format!("{}/{name}", self.noun.word())),
        )
    }

    fn generated(&self) -> Option<Made> {
        let sight = self.shared.sight();
        self.shared
            .is_generated(&sight, self.noun)
            .then(Made::default)
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn going(&self) {
        self.shared.sight().going.insert(self.noun);
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_named(self.noun, facts, aim)
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        self.shared.kept(&self.shared.ask(cx.bounds)).map_err(lift)
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let (known, proved) = {
            let sight = self.shared.sight();
            (sight.object(self.noun), sight.proof.found().is_some())
        };
        if look == Look::Survey && known == Known::Unknown && proved {
            return Ok(Finding::present(
                format!("{}: the host sees the LUN", self.noun.word()),
                Facts::none(),
            ));
        }
        if look == Look::Survey && known != Known::Unknown {
            return Ok(self.finding(known));
        }
        if self.noun != Noun::Host && self.shared.sight().host_id().is_none() {
            return Ok(Finding::waiting(Noun::Host.key()));
        }
        let known = self.look(&self.shared.ask(cx.bounds)).map_err(lift)?;
        Ok(self.finding(known))
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let ask = self.shared.ask(cx.bounds);
        let known = self.shared.sight().object(self.noun);
        if let Known::Other { found, .. } = known {
            return Err(lift(self.in_the_way(found)));
        }
        let reply = self.create(&ask, mutate).map_err(lift)?;
        let told = match reply.outcome {
            Outcome::Success => reply.object().and_then(|o| o.id()).map(str::to_owned),
            Outcome::Exists => None,
            Outcome::Already | Outcome::Missing | Outcome::NotMember => {
                return Err(lift(self.shared.refused(&reply)));
            }
        };
        let name = self.shared.name(&self.shared.sight(), self.noun);
        let found = match told {
            Some(id) => Ref::new(id, name),
            None => match self.look(&ask).map_err(lift)? {
                Known::Found(found) => found,
                // It existed a moment ago, or was made a moment ago, and has no name now.
                _ => return Err(lift(self.shared.gone(&self.shared.sight(), self.noun))),
            },
        };
        if reply.outcome == Outcome::Exists {
            self.vet(&ask, &found).map_err(lift)?;
        }
        let mut sight = self.shared.sight();
        sight.set(self.noun, Known::Found(found.clone()));
        match self.noun {
            Noun::Host => sight.initiator_count = None,
            Noun::LunGroup => sight.lungroup_made = reply.outcome == Outcome::Success,
            // What somebody else's view holds was not looked at yet.
            Noun::View if reply.outcome == Outcome::Exists => {
                for link in [Link::ViewHostGroup, Link::ViewLunGroup, Link::ViewPortGroup] {
                    sight.set_link(link, Known::Unknown);
                }
            }
            _ => {}
        }
        drop(sight);
        Ok(match reply.outcome {
            Outcome::Exists => Change::Adopted(self.facts(&found)),
            _ => Change::Created(self.facts(&found)),
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        self.shared
            .undo_named(self.noun, &self.shared.ask(cx.bounds), mutate)
            .map_err(lift)
    }
}
