//! The writing verbs: one object looked at, one object changed (oceanstor.md §7).
//!
//! Every change is looked at first. What is so already is told and not sent; what belongs to
//! somebody else or is still in use is refused; what hosts would lose is listed before anybody is
//! asked. The requests are the same ones that a publication sends.

mod chain;
mod chap;
mod group;
mod hide;
mod host;
mod hostgroup;
mod initiator;
mod lun;
mod lungroup;
mod mapping;
mod policy;
mod portgroup;
mod reach;
mod show;

use std::sync::Arc;

use self::reach::Eyes;
use super::client::Client;
use super::curl;
use super::envelope::{Outcome, Request};
use super::nouns::system::{Generation, generation};
use super::parts::Noun;
use crate::array::edit::{Class, Editor, Intent, Sent, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::shell::word;
use crate::model::edit::{Edit, LunState, Party};
use crate::model::ids::LunNumber;
use crate::model::nouns::Member;
use crate::model::selector::Selector;

/// The changes of one array.
#[derive(Debug)]
pub(super) struct Edits {
    client: Arc<Client>,
}

impl Edits {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client }
    }
}

impl Editor for Edits {
    fn look(&self, edit: &Edit, bounds: &Bounds) -> Result<Intent, Error> {
        let at = At {
            client: &self.client,
            bounds,
        };
        match edit {
            Edit::CreateHost {
                name,
                os,
                description,
            } => host::create(&at, name, *os, description.as_deref()),
            Edit::SetHost { host, access } => host::set(&at, host, *access),
            Edit::DeleteHost { host } => host::delete(&at, host),
            Edit::CreateInitiator { initiator, host } => {
                initiator::create(&at, initiator, host.as_ref())
            }
            Edit::BindInitiator {
                initiator,
                host,
                from,
            } => initiator::bind(&at, initiator, host, from.as_ref()),
            Edit::UnbindInitiator { initiator, host } => initiator::unbind(&at, initiator, host),
            Edit::DeleteInitiator { initiator } => initiator::delete(&at, initiator),
            Edit::SetInitiator { initiator, paths } => policy::set(&at, initiator, *paths),
            Edit::SetChap {
                initiator,
                chap,
                mutual: None,
            } => chap::set(&at, initiator, chap),
            Edit::SetChap { .. } => Err(at.unsupported(
                "way to take mutual CHAP that a source tells: nothing was changed",
                "leave the --mutual options out; the array's own display can set it".into(),
            )),
            Edit::ClearChap { initiator } => chap::clear(&at, initiator),
            Edit::CreateGroup { sort, name } => group::create(&at, *sort, name),
            Edit::CreateHostGroup { name, .. } => Err(at.unsupported(
                "host group with a protocol, an operating system or initiators: its hosts have them",
                format!(
                    "sanctl hostgroup create {0}  # then sanctl hostgroup add-host {0} HOST",
                    word(name)
                ),
            )),
            Edit::DeleteGroup { sort, group } => group::delete(&at, *sort, group),
            Edit::AddMember {
                sort,
                group,
                member,
                number,
            } => group::add(&at, *sort, group, member, *number),
            Edit::RemoveMember {
                sort,
                group,
                member,
            } => group::remove(&at, *sort, group, member),
            Edit::AddInitiator { initiator, .. } | Edit::RemoveInitiator { initiator, .. } => {
                let bind = match edit {
                    Edit::AddInitiator { .. } => "bind",
                    _ => "unbind",
                };
                Err(at.unsupported(
                    "host group that holds initiators: its hosts do",
                    format!("sanctl initiator {bind} {initiator} --host HOST"),
                ))
            }
            Edit::CreateMapping { name } => mapping::create(&at, name),
            Edit::CreateLunMap { lun, group, number } => {
                let edit = Edit::MapLun {
                    lun: lun.clone(),
                    to: Party::HostGroup(group.clone()),
                    number: *number,
                    direct: false,
                };
                Err(at.unsupported(
                    "mapping of one LUN and one host group: mappings join groups",
                    edit.to_string(),
                ))
            }
            Edit::DeleteMapping { mapping } => mapping::delete(&at, mapping),
            Edit::AddGroup {
                mapping,
                sort,
                group,
            } => mapping::add_group(&at, mapping, *sort, group),
            Edit::RemoveGroup {
                mapping,
                sort,
                group,
            } => mapping::remove_group(&at, mapping, *sort, group),
            Edit::SetNumber {
                mapping,
                lun,
                number,
            } => mapping::set_number(&at, mapping, lun, *number),
            Edit::MapLun {
                lun,
                to,
                number,
                direct,
            } => show::map(&at, lun, to, *number, *direct),
            Edit::UnmapLun { lun, from } => hide::unmap(&at, lun, from),
            Edit::CreateLun {
                name,
                size_bytes,
                pool,
            } => lun::create(&at, name, *size_bytes, pool),
            Edit::ResizeLun { lun, size_bytes } => lun::resize(&at, lun, *size_bytes),
            Edit::DeleteLun { lun } => lun::delete(&at, lun),
            Edit::SetLunState { lun, state } => {
                let (verb, host) = match state {
                    LunState::Online => ("map", " --host HOST"),
                    LunState::Offline => ("unmap", " --all-hosts"),
                };
                let lun = word(&lun.to_string());
                Err(at.unsupported(
                    "LUN that is put online or offline by hand: what is mapped is online",
                    format!("sanctl lun {verb} {lun}{host}"),
                ))
            }
        }
    }
}

/// What the look at a change is given.
struct At<'a> {
    client: &'a Arc<Client>,
    bounds: &'a Bounds,
}

impl At<'_> {
    /// A change that is not made yet: adds, cuts nothing, has no inverse until it is given one.
    fn intent(&self, title: String, object: Member, requests: Vec<Request>) -> Intent {
        Intent {
            title,
            object,
            identity: None,
            already: None,
            class: Class::Adds,
            cuts: Vec::new(),
            gains: Vec::new(),
            unused: Vec::new(),
            notes: Vec::new(),
            wire: requests.iter().map(curl::change).collect(),
            inverse: Vec::new(),
            work: Box::new(Requests {
                client: Arc::clone(self.client),
                requests,
            }),
        }
    }

    /// A change that is there already.
    fn already(&self, title: String, object: Member, evidence: String) -> Intent {
        let mut intent = self.intent(title, object, Vec::new());
        intent.already = Some(evidence);
        intent
    }

    /// The identity of an object across attachments, as `publish` gives it.
    fn identity(&self, noun: Noun, name: &str) -> Result<String, Error> {
        let serial = self.client.serial(self.bounds)?;
        Ok(format!("oceanstor:{serial}/{}/{name}", noun.word()))
    }

    /// How an object is named in a command: by its name, or by its id where a command would take
    /// the name for something else.
    fn named(name: &str, id: &str) -> Selector {
        let typed = Selector::Name(name.to_owned());
        if name.parse().is_ok_and(|parsed: Selector| parsed == typed) {
            typed
        } else {
            Selector::Id(id.to_owned())
        }
    }

    /// Whether this is a newer array.
    fn is_v6(&self) -> Result<bool, Error> {
        Ok(generation(self.client, self.bounds)? == Generation::V6)
    }

    /// Refuses a number that a host has something else at.
    fn is_free(&self, host: &Member, eyes: &Eyes, number: LunNumber) -> Result<(), Error> {
        let mut seen = eyes.seen.iter();
        let Some(taken) = seen.find(|s| s.lun_number == Some(number)) else {
            return Ok(());
        };
        let host_called = Self::named(&host.name, &host.id);
        Err(self.conflict(
            format!(
                "host {} sees LUN {} at number {number}",
                host.name, taken.name
            ),
            vec![format!("sanctl mapping free-numbers --host {host_called}")],
        ))
    }

    fn conflict(&self, why: String, hints: Vec<String>) -> Error {
        Error::Conflict {
            why: format!("array {}: {why}", self.client.array()),
            hints,
        }
    }

    /// What these arrays have not.
    fn unsupported(&self, what: &str, instead: String) -> Error {
        Error::Unsupported {
            array: self.client.array().to_owned(),
            what: what.to_owned(),
            instead,
        }
    }

    /// A value that the array does not take.
    fn invalid(&self, what: String, why: String) -> Error {
        Error::Invalid {
            array: self.client.array().to_owned(),
            what,
            why,
        }
    }
}

/// Requests in their order; the first that is not done ends them.
struct Requests {
    client: Arc<Client>,
    requests: Vec<Request>,
}

impl Work for Requests {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let mut id = None;
        for (index, request) in self.requests.iter().enumerate() {
            let reply = self.client.change(request, bounds, mutate)?;
            match reply.outcome {
                Outcome::Success => {
                    let told = reply.object().and_then(|o| o.id()).map(str::to_owned);
                    id = id.or(told);
                }
                // What this run has changed by then must not pass for somebody else's.
                _ if index > 0 => {
                    return Err(Error::Refused {
                        array: self.client.array().to_owned(),
                        answer: Box::new(reply.answer()),
                    });
                }
                // It was looked at a moment ago: somebody else was quicker.
                Outcome::Exists | Outcome::Already | Outcome::Missing | Outcome::NotMember => {
                    return Ok(Sent::Already);
                }
            }
        }
        Ok(Sent::Made(id))
    }
}
