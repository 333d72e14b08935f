//! The CHAP account of the node's initiator: what is configured, what the array has, and what may
//! be changed (oceanstor.md §7, Initiators). The array never tells a secret, so only users can be
//! compared.

use serde_json::{Value, json};

use super::Shared;
use super::parts::{Noun, initiator};
use super::sight::{Initiator, Sight};
use crate::array::error::Error;
use crate::array::oceanstor::envelope::Request;
use crate::config::SecretSource;
use crate::kit::redact::Secret;
use crate::model::connection::Chap;
use crate::model::nouns::Protocol;

/// How long a user may be, in characters (oceanstor.md §6).
const USER: std::ops::RangeInclusive<usize> = 4..=223;
/// How long a secret may be.
const SECRET: std::ops::RangeInclusive<usize> = 12..=16;

/// What the initiator was before this program asked it for CHAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Bound to no host.
    Free,
    /// Bound to the host already.
    Bound,
}

impl Before {
    /// What undo must restore: where it was, and no CHAP.
    pub(super) fn without_chap(self) -> Value {
        let state = match self {
            Self::Free => "free",
            Self::Bound => "bound",
        };
        json!({"state": state, "chap": false})
    }
}

/// Whether undo must take the CHAP account away again.
pub(super) fn was_without_chap(before: &Value) -> bool {
    before.get("chap") == Some(&Value::Bool(false))
}

/// Whether undo must leave it bound.
pub(super) fn was_bound(before: &Value) -> bool {
    before.get("state").and_then(Value::as_str) == Some("bound")
}

impl Shared {
    /// The configured secret.
    fn chap_secret(&self) -> Result<Option<Secret>, Error> {
        let Some(chap) = &self.settings.chap else {
            return Ok(None);
        };
        if let Some(known) = self.chap_secret.get() {
            return Ok(Some(known.clone()));
        }
        let read = (self.settings.reader)(&chap.password).map_err(|why| Error::Conflict {
            why: format!(
                "the CHAP secret from {} cannot be read: {why}",
                chap.password
            ),
            hints: vec![format!("check chap of [arrays.{}]", self.settings.name)],
        })?;
        Ok(Some(self.chap_secret.get_or_init(|| read).clone()))
    }

    /// As whom the node logs in. The secret is read for an attach only.
    pub(super) fn login_account(&self, sight: &Sight) -> Result<Option<Chap>, Error> {
        if self.protocol() == Protocol::Fc {
            return Ok(None);
        }
        if let Some(chap) = &self.settings.chap {
            return Ok(Some(Chap {
                username: chap.user.clone(),
                secret: if sight.attaching {
                    self.chap_secret()?
                } else {
                    None
                },
                secret_file: match &chap.password {
                    SecretSource::File(path) => Some(path.clone()),
                    _ => None,
                },
            }));
        }
        // An administrator has given it one, whose secret is in the node's records, or nowhere.
        let mut found = sight
            .initiators
            .values()
            .filter_map(|own| own.known.found());
        let asked = found.find(|found| found.chap);
        Ok(asked
            .and_then(|found| found.chap_user.clone())
            .map(|user| Chap {
                username: user,
                secret: None,
                secret_file: None,
            }))
    }

    /// A request that gives the initiator the configured account; as it is without one.
    pub(super) fn with_account(&self, request: Request) -> Result<Request, Error> {
        if !self.wants_chap() {
            return Ok(request);
        }
        Ok(match (&self.settings.chap, self.chap_secret()?) {
            (Some(chap), Some(secret)) => {
                initiator::with_chap(request, &chap.user, secret.expose())
            }
            _ => request,
        })
    }

    /// What the array would refuse as a wrong parameter, in words.
    fn check_account(&self) -> Result<(), Error> {
        let (Some(chap), Some(secret)) = (&self.settings.chap, self.chap_secret()?) else {
            return Ok(());
        };
        let length = secret.expose().chars().count();
        let why = if !USER.contains(&chap.user.chars().count()) {
            format!("the CHAP user {} must have 4 to 223 characters", chap.user)
        } else if !SECRET.contains(&length) {
            format!("the CHAP secret must have 12 to 16 characters, it has {length}")
        } else {
            return Ok(());
        };
        Err(Error::Conflict {
            why: format!("array {}: {why}", self.array()),
            hints: vec![format!("check chap of [arrays.{}]", self.settings.name)],
        })
    }

    /// Whether the initiator is to use CHAP and does not.
    pub(super) fn lacks_chap(&self, initiator: &Initiator) -> bool {
        self.wants_chap() && !initiator.chap
    }

    /// Whether initiators are to use CHAP. Fibre Channel has none.
    pub(super) fn wants_chap(&self) -> bool {
        self.settings.chap.is_some() && self.protocol() == Protocol::Iscsi
    }

    /// Before anything is changed: an account that an administrator gave stays, and an initiator
    /// that is logged in without CHAP is not locked out at its next login.
    pub(super) fn vet_chap(&self, sight: &Sight) -> Result<(), Error> {
        let (Some(wanted), Protocol::Iscsi) = (&self.settings.chap, self.protocol()) else {
            return Ok(());
        };
        let mut all = self.initiators.iter();
        let found = all.find_map(|id| Some((id, sight.initiators.get(id)?.known.found()?)));
        let Some((iqn, found)) = found else {
            return self.check_account();
        };
        if !found.chap {
            self.check_account()?;
        }
        let other = found
            .chap_user
            .as_ref()
            .filter(|user| **user != wanted.user);
        if let Some(other) = other.filter(|_| found.chap) {
            return Err(Error::Conflict {
                why: format!(
                    "initiator {iqn} uses CHAP as {other} on array {}, and the configuration \
                     says {}",
                    self.array(),
                    wanted.user
                ),
                hints: vec![
                    format!("check chap of [arrays.{}]", self.settings.name),
                    format!(
                        "or change the array: sanctl initiator set-chap {iqn} --user {} \
                         --secret-prompt",
                        wanted.user
                    ),
                ],
            });
        }
        let here = found.host.as_ref().map(|host| host.id.as_str());
        if !found.chap && found.online && here.is_some() && here == sight.id(Noun::Host) {
            return Err(Error::Conflict {
                why: format!(
                    "initiator {iqn} is logged in to array {} without CHAP, which the \
                     configuration asks for",
                    self.array()
                ),
                hints: vec![
                    "detach its LUNs first; the next attach turns CHAP on".into(),
                    format!("or leave chap out of [arrays.{}]", self.settings.name),
                ],
            });
        }
        Ok(())
    }
}
