//! Initiators made known, bound, moved, freed, forgotten (oceanstor.md §7 "Initiators").

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::client::Client;
use super::super::envelope::{Outcome, Reply, Request};
use super::super::nouns;
use super::super::parts::initiator as wire;
use super::At;
use super::host::member as host_member;
use super::policy;
use crate::array::edit::{Class, Cut, Intent, Sent, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::edit::{Credentials, Edit, InitiatorName};
use crate::model::nouns::{Host, HostRef, Initiator, Member, Protocol};
use crate::model::selector::Selector;

/// The name of an initiator that the array told.
pub(super) fn name_of(client: &Client, found: &Initiator) -> Result<InitiatorName, Error> {
    let garbled = |why: String| Error::Garbled {
        array: client.array().to_owned(),
        request: "GET initiator".into(),
        why,
    };
    found
        .id
        .parse()
        .map_err(|e: crate::model::ids::BadId| garbled(e.to_string()))
}

/// An initiator as the object of a change.
pub(super) fn member(id: &str) -> Member {
    Member {
        what: "initiator".into(),
        id: id.to_owned(),
        name: id.to_owned(),
    }
}

pub(super) fn get(at: &At<'_>, initiator: &InitiatorName) -> Result<Initiator, Error> {
    nouns::initiator::get(at.client, &initiator.to_string(), at.bounds)
}

fn called(host: &HostRef) -> String {
    host.name
        .clone()
        .unwrap_or_else(|| format!("id:{}", host.id))
}

pub(super) fn create(
    at: &At<'_>,
    initiator: &InitiatorName,
    host: Option<&Selector>,
) -> Result<Intent, Error> {
    let host = match host {
        Some(host) => Some(nouns::host::get(at.client, host, at.bounds)?),
        None => None,
    };
    let id = initiator.to_string();
    let title = match &host {
        Some(host) => format!("create initiator {id}, bound to host {}", host.name),
        None => format!("create initiator {id}"),
    };
    if let Some(found) = nouns::initiator::find(at.client, &id, at.bounds)? {
        return match (&host, &found.host) {
            (Some(wanted), Some(bound)) if bound.id != wanted.id => {
                Err(elsewhere(at, initiator, bound, &wanted.id))
            }
            // Half of what is wanted is there, perhaps from an attempt that was cut off.
            (Some(wanted), None) => Ok(bind_free(at, initiator, &found, wanted)),
            (_, bound) => {
                let evidence = match bound {
                    Some(bound) => format!("initiator {id} is bound to host {}", called(bound)),
                    None => format!("initiator {id} is known and bound to no host"),
                };
                Ok(at.already(title, member(&found.id), evidence))
            }
        };
    }
    let protocol = initiator.protocol();
    let create = wire::create(protocol, &id);
    let mut intent = match &host {
        None => at.intent(title, member(&id), vec![create]),
        Some(host) => {
            let bind = wire::bind(protocol, &id, &host.id, false);
            let mut intent = at.intent(title, member(&id), vec![create.clone(), bind.clone()]);
            intent.inverse.push(Edit::UnbindInitiator {
                initiator: initiator.clone(),
                host: Selector::Id(host.id.clone()),
            });
            intent.work = Box::new(Bound {
                one: One::new(at, protocol, &id),
                create,
                bind,
                host: host.id.clone(),
            });
            intent
        }
    };
    intent.inverse.push(Edit::DeleteInitiator {
        initiator: initiator.clone(),
    });
    Ok(intent)
}

/// The initiator belongs to a host that nobody named.
fn elsewhere(at: &At<'_>, initiator: &InitiatorName, bound: &HostRef, wanted: &str) -> Error {
    let edit = Edit::BindInitiator {
        initiator: initiator.clone(),
        host: Selector::Id(wanted.to_owned()),
        from: Some(Selector::Id(bound.id.clone())),
    };
    at.conflict(
        format!(
            "initiator {initiator} is bound to host {}, which would lose it",
            called(bound)
        ),
        vec![
            format!("sanctl initiator luns {initiator}  # what it sees there"),
            format!("{edit}  # moves it"),
        ],
    )
}

pub(super) fn bind(
    at: &At<'_>,
    initiator: &InitiatorName,
    host: &Selector,
    from: Option<&Selector>,
) -> Result<Intent, Error> {
    let wanted = nouns::host::get(at.client, host, at.bounds)?;
    let from = match from {
        Some(from) => Some(nouns::host::get(at.client, from, at.bounds)?),
        None => None,
    };
    if from.as_ref().is_some_and(|from| from.id == wanted.id) {
        let why = format!("it is to be taken from host {} and put there", wanted.name);
        return Err(at.invalid(format!("initiator {initiator}"), why));
    }
    let found = get(at, initiator)?;
    let Some(bound) = &found.host else {
        return Ok(bind_free(at, initiator, &found, &wanted));
    };
    if bound.id == wanted.id {
        let evidence = format!("initiator {} is bound to host {}", found.id, wanted.name);
        let title = format!("bind initiator {} to host {}", found.id, wanted.name);
        return Ok(at.already(title, member(&found.id), evidence));
    }
    match from {
        Some(from) if from.id == bound.id => move_over(at, initiator, &found, &from, &wanted),
        _ => Err(elsewhere(at, initiator, bound, &wanted.id)),
    }
}

/// Binds an initiator that is in no host.
fn bind_free(at: &At<'_>, initiator: &InitiatorName, found: &Initiator, to: &Host) -> Intent {
    let title = format!("bind initiator {} to host {}", found.id, to.name);
    let chap = found.chap == Some(true);
    let request = wire::bind(found.protocol, &found.id, &to.id, chap);
    let mut intent = at.intent(title, member(&found.id), vec![request]);
    intent.inverse = vec![Edit::UnbindInitiator {
        initiator: initiator.clone(),
        host: Selector::Id(to.id.clone()),
    }];
    intent
}

fn move_over(
    at: &At<'_>,
    initiator: &InitiatorName,
    found: &Initiator,
    from: &Host,
    to: &Host,
) -> Result<Intent, Error> {
    let (protocol, id) = (found.protocol, found.id.as_str());
    let chap = found.chap == Some(true);
    let out = wire::unbind(protocol, id);
    let into = wire::bind(protocol, id, &to.id, chap);
    let back = wire::bind(protocol, id, &from.id, chap);
    let title = format!(
        "move initiator {id} from host {} to host {}",
        from.name, to.name
    );
    let mut intent = at.intent(title, member(id), vec![out.clone(), into.clone()]);
    intent.class = Class::Typed(from.name.clone());
    intent.cuts = cuts(at, from, found)?;
    intent.inverse = vec![Edit::BindInitiator {
        initiator: initiator.clone(),
        host: Selector::Id(from.id.clone()),
        from: Some(Selector::Id(to.id.clone())),
    }];
    intent.work = Box::new(Move {
        one: One::new(at, protocol, id),
        out,
        into: (into, to.id.clone()),
        back: (back, from.id.clone()),
    });
    Ok(intent)
}

pub(super) fn unbind(
    at: &At<'_>,
    initiator: &InitiatorName,
    host: &Selector,
) -> Result<Intent, Error> {
    let host = nouns::host::get(at.client, host, at.bounds)?;
    let found = get(at, initiator)?;
    let title = format!("free initiator {} from host {}", found.id, host.name);
    match &found.host {
        None => {
            let evidence = format!("initiator {} is bound to no host", found.id);
            return Ok(at.already(title, member(&found.id), evidence));
        }
        Some(bound) if bound.id != host.id => {
            let why = format!("initiator {} is bound to host {}", found.id, called(bound));
            let edit = Edit::UnbindInitiator {
                initiator: initiator.clone(),
                host: Selector::Id(bound.id.clone()),
            };
            return Err(at.conflict(why, vec![edit.to_string()]));
        }
        Some(_) => {}
    }
    let request = wire::unbind(found.protocol, &found.id);
    let mut intent = at.intent(title, member(&found.id), vec![request]);
    intent.cuts = cuts(at, &host, &found)?;
    intent.class = if intent.cuts.is_empty() {
        Class::Asks
    } else {
        Class::Typed(host.name)
    };
    intent.inverse = vec![Edit::BindInitiator {
        initiator: initiator.clone(),
        host: Selector::Id(host.id),
        from: None,
    }];
    Ok(intent)
}

/// What one initiator of a host sees, and would not see without it. Its other initiators keep
/// theirs, so they stand in no row.
fn cuts(at: &At<'_>, host: &Host, initiator: &Initiator) -> Result<Vec<Cut>, Error> {
    let mut cuts = Vec::new();
    nouns::lun::of_host(at.client, &host.id, at.bounds, &mut |lun| {
        let what = if lun.snapshot { "snapshot" } else { "lun" };
        cuts.push(Cut {
            host: host_member(host),
            initiators: vec![initiator.id.clone()],
            online: initiator.online,
            lun: Member {
                what: what.into(),
                id: lun.id,
                name: lun.name,
            },
            wwid: lun.wwid,
            lun_number: lun.lun_number,
        });
        ControlFlow::Continue(())
    })?;
    Ok(cuts)
}

pub(super) fn delete(at: &At<'_>, initiator: &InitiatorName) -> Result<Intent, Error> {
    let found = get(at, initiator)?;
    if let Some(bound) = &found.host {
        let edit = Edit::UnbindInitiator {
            initiator: initiator.clone(),
            host: Selector::Id(bound.id.clone()),
        };
        let why = format!("initiator {} is bound to host {}", found.id, called(bound));
        return Err(at.conflict(why, vec![edit.to_string()]));
    }
    let request = wire::delete(found.protocol, &found.id);
    let title = format!("delete initiator {}", found.id);
    let mut intent = at.intent(title, member(&found.id), vec![request]);
    intent.class = Class::Asks;
    intent.inverse = made_again(initiator, &found);
    Ok(intent)
}

/// The edits that make the initiator again as it is.
fn made_again(initiator: &InitiatorName, found: &Initiator) -> Vec<Edit> {
    let initiator = || initiator.clone();
    let mut edits = vec![Edit::CreateInitiator {
        initiator: initiator(),
        host: None,
    }];
    if found.path_policy.multipath_type == Some(1) {
        edits.push(Edit::SetInitiator {
            initiator: initiator(),
            paths: policy::whole(found.path_policy),
        });
    }
    if let (Some(true), Some(user)) = (found.chap, &found.chap_user) {
        edits.push(Edit::SetChap {
            initiator: initiator(),
            chap: Credentials {
                user: user.clone(),
                secret: None,
            },
            mutual: None,
        });
    }
    edits
}

/// One initiator while it is changed.
struct One {
    client: Arc<Client>,
    protocol: Protocol,
    id: String,
}

impl One {
    fn new(at: &At<'_>, protocol: Protocol, id: &str) -> Self {
        Self {
            client: Arc::clone(at.client),
            protocol,
            id: id.to_owned(),
        }
    }

    /// The host that it is bound to now.
    fn host(&self, bounds: &Bounds) -> Result<Option<String>, Error> {
        let found = nouns::initiator::get(&self.client, &self.id, bounds)?;
        Ok(found.host.map(|host| host.id))
    }

    fn gone(&self) -> Error {
        Error::Vanished {
            array: self.client.array().to_owned(),
            what: format!("initiator {} or its host", self.id),
        }
    }

    fn send(&self, request: &Request, bounds: &Bounds, mutate: &Mutate) -> Result<Reply, Error> {
        let reply = self.client.change(request, bounds, mutate)?;
        match reply.outcome {
            Outcome::Missing => Err(self.gone()),
            _ => Ok(reply),
        }
    }
}

/// Made and bound, by the two requests that every generation is known to take. An initiator that
/// was made and could not be bound must not pass for one that was: it goes again.
struct Bound {
    one: One,
    create: Request,
    bind: Request,
    host: String,
}

impl Work for Bound {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let one = &self.one;
        let made = match one.send(&self.create, bounds, mutate) {
            Ok(reply) => reply.outcome == Outcome::Success,
            // It was not there a moment ago.
            Err(lost @ Error::Lost { .. }) => match one.host(bounds) {
                Ok(None) => true,
                _ => return Err(lost),
            },
            Err(error) => return Err(error),
        };
        // From here on a stop would leave it half made.
        let bounds = &bounds.unstoppable();
        let Err(cause) = one.send(&self.bind, bounds, mutate) else {
            return Ok(Sent::Made(None));
        };
        match one.host(bounds) {
            Ok(Some(host)) if host == self.host => return Ok(Sent::Made(None)),
            Ok(Some(_)) => return Err(cause),
            _ if !made => return Err(cause),
            _ => {}
        }
        let gone = one.send(&wire::delete(one.protocol, &one.id), bounds, mutate);
        match (gone, one.host(bounds)) {
            (_, Ok(Some(host))) if host == self.host => Ok(Sent::Made(None)),
            (Ok(_), _) | (_, Err(Error::NotFound { .. })) => Err(cause),
            (Err(_), _) => Err(Error::Lost {
                array: one.client.array().to_owned(),
                request: self.bind.to_string(),
                why: format!(
                    "initiator {} may be known and bound to no host now: {cause}",
                    one.id
                ),
            }),
        }
    }
}

/// Out of one host and into another: between the two requests it is in none, so that one of them
/// that fails is looked at, and what was taken out is put back.
struct Move {
    one: One,
    out: Request,
    into: (Request, String),
    back: (Request, String),
}

impl Work for Move {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        match self.one.send(&self.out, bounds, mutate) {
            Ok(_) => {}
            Err(lost @ Error::Lost { .. }) => match self.one.host(bounds) {
                Ok(None) => {}
                _ => return Err(lost),
            },
            Err(error) => return Err(error),
        }
        // From here on a stop would leave it in no host.
        let bounds = &bounds.unstoppable();
        let (into, to) = &self.into;
        let Err(cause) = self.one.send(into, bounds, mutate) else {
            return Ok(Sent::Made(None));
        };
        if let Ok(Some(host)) = self.one.host(bounds) {
            return if host == *to {
                Ok(Sent::Made(None))
            } else {
                Err(cause)
            };
        }
        let (back, from) = &self.back;
        let put_back = self.one.send(back, bounds, mutate);
        match (put_back, self.one.host(bounds)) {
            (_, Ok(Some(host))) if host == *to => Ok(Sent::Made(None)),
            (Ok(_), _) => Err(cause),
            (_, Ok(Some(host))) if host == *from => Err(cause),
            (Err(_), _) => Err(Error::Lost {
                array: self.one.client.array().to_owned(),
                request: into.to_string(),
                why: format!(
                    "initiator {} may be bound to no host now, it was in host id:{from}: {cause}",
                    self.one.id
                ),
            }),
        }
    }
}
