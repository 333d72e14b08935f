//! The step of the CHAP entry (ontap.md §9.6). An entry that is there is used, never replaced: the
//! array does not tell its password, so that no undo could bring it back, and a new one would end
//! the sessions of the node at their next login.

use std::sync::Arc;

use super::super::wire::{Account, AuthKind, Credential, Removed};
use super::sight::Sight;
use super::{Shared, lift};
use crate::array::error::Error;
use crate::config::SecretSource;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::kit::shell::word;
use crate::model::connection::Chap;
use crate::model::facts::Facts;
use crate::model::nouns::Protocol;
use crate::step::{self, Aim, Change, Cx, Description, Finding, Look, Made, Role, Step, Undone};

/// How long a secret may be, in characters: what initiators take.
const SECRET: std::ops::RangeInclusive<usize> = 12..=128;

/// The CHAP entry of the node's initiator.
#[derive(Debug)]
pub(super) struct Entry {
    shared: Arc<Shared>,
}

impl Shared {
    /// The initiator that has to use CHAP, if any.
    pub(super) fn wants_chap(&self) -> Option<&str> {
        let wanted = self.line.settings.chap.is_some() && self.protocol() == Protocol::Iscsi;
        self.initiators
            .first()
            .filter(|_| wanted)
            .map(String::as_str)
    }

    /// The configured secret.
    fn chap_secret(&self) -> Result<Option<Secret>, Error> {
        let Some(chap) = &self.line.settings.chap else {
            return Ok(None);
        };
        if let Some(known) = self.chap_secret.get() {
            return Ok(Some(known.clone()));
        }
        let read = (self.line.settings.reader)(&chap.password).map_err(|why| {
            self.conflict(
                format!(
                    "the CHAP secret from {} cannot be read: {why}",
                    chap.password
                ),
                vec![format!("check chap of [arrays.{}]", self.array())],
            )
        })?;
        Ok(Some(self.chap_secret.get_or_init(|| read).clone()))
    }

    /// As whom the node logs in. The secret is read for an attach only.
    pub(super) fn login_account(&self, sight: &Sight) -> Result<Option<Chap>, Error> {
        let Some(chap) = &self.line.settings.chap else {
            return Ok(None);
        };
        if self.protocol() != Protocol::Iscsi {
            return Ok(None);
        }
        let secret = match sight.aim {
            Some(Aim::Attach) => self.chap_secret()?,
            _ => None,
        };
        Ok(Some(Chap {
            username: chap.user.clone(),
            secret,
            secret_file: match &chap.password {
                SecretSource::File(path) => Some(path.clone()),
                _ => None,
            },
        }))
    }

    /// Before anything is changed: an entry that an administrator made stays as it is.
    ///
    /// # Errors
    /// `Conflict`.
    pub(super) fn vet_chap(&self, sight: &Sight) -> Result<(), Error> {
        let (Some(initiator), Some(wanted)) = (self.wants_chap(), &self.line.settings.chap) else {
            return Ok(());
        };
        let array = self.array();
        let hints = || {
            let (iqn, user) = (word(initiator), word(&wanted.user));
            vec![
                format!("check chap of [arrays.{array}]"),
                format!("sanctl initiator set-chap {iqn} --user {user} --secret-prompt"),
            ]
        };
        let Some(found) = &sight.credential else {
            let length = self
                .chap_secret()?
                .map_or(0, |s| s.expose().chars().count());
            if !SECRET.contains(&length) {
                let why = format!(
                    "array {array}: the CHAP secret must have 12 to 128 characters, it has {length}"
                );
                return Err(self.conflict(why, hints().into_iter().take(1).collect()));
            }
            if sight.logged_in {
                let why = format!(
                    "initiator {initiator} is logged in to array {array} without a CHAP entry of \
                     its own: with one, {SESSIONS}"
                );
                return Err(self.conflict(why, hints()));
            }
            return Ok(());
        };
        let Some((found, _)) = differs(found, &wanted.user) else {
            return Ok(());
        };
        let why = format!(
            "initiator {initiator} {found} (array {array}); an attach does not change that, because \
             {SESSIONS}"
        );
        Err(self.conflict(why, hints()))
    }
}

/// What a change of an account does to sessions that are open.
const SESSIONS: &str = "its open sessions would go on, and be refused at their next login unless \
                        they give the new account";

/// How an entry differs from what is configured, and what is wanted; `None` = it does not.
fn differs(found: &Credential, user: &str) -> Option<(String, String)> {
    let wanted = format!("CHAP as {user}");
    let is = match (found.kind, &found.user) {
        (AuthKind::Chap, Some(told)) if told != user => {
            format!("uses CHAP as {told}, and the configuration says {user}")
        }
        // The array does not tell the user to every role.
        (AuthKind::Chap, _) => return None,
        (AuthKind::Open, _) => "has an entry that asks for no CHAP".to_owned(),
        (AuthKind::Deny, _) => "may not log in by its entry".to_owned(),
    };
    Some((is, wanted))
}

impl Entry {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
        }
    }

    fn initiator(&self) -> String {
        self.shared.initiators.first().cloned().unwrap_or_default()
    }

    fn finding(&self, found: Option<&Credential>) -> Finding {
        let iqn = self.initiator();
        let Some(found) = found else {
            return Finding::absent(format!("{iqn} has no CHAP entry of its own"));
        };
        let wanted = self.shared.line.settings.chap.as_ref();
        if let Some((is, wanted)) = wanted.and_then(|chap| differs(found, &chap.user)) {
            return Finding::differs(format!("{iqn} {is}"), wanted);
        }
        let user = found.user.as_deref().unwrap_or("a user that is not told");
        Finding::present(format!("{iqn} uses CHAP as {user}"), Facts::none())
    }
}

impl Step for Entry {
    fn key(&self) -> &str {
        "array.chap"
    }

    fn object(&self) -> Option<String> {
        Some(self.shared.identity(&format!("chap/{}", self.initiator())))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn describe(&self, facts: &Facts, aim: Aim) -> Description {
        self.shared.describe_chap(facts, aim)
    }

    fn carries(&self, object: &str) -> bool {
        self.shared.is_map_to_node(object)
    }

    /// As long as the igroup stays, LUNs of the node may be reached with it.
    fn kept_by(&self, _cx: &Cx<'_>) -> Result<Option<String>, step::Error> {
        let sight = self.shared.sight();
        let igroup = sight.chosen.as_ref().filter(|_| !sight.free);
        Ok(igroup.map(|igroup| format!("igroup {}", igroup.name)))
    }

    fn check(&self, cx: &Cx<'_>, look: Look) -> Result<Finding, step::Error> {
        let detaching = self.shared.sight().aim == Some(Aim::Detach);
        if look == Look::Survey && !detaching {
            let sight = self.shared.sight();
            return Ok(self.finding(sight.credential.as_ref()));
        }
        let wire = self.shared.wire(cx.bounds).map_err(lift)?;
        let found = wire
            .credential(&self.initiator(), cx.bounds)
            .map_err(lift)?;
        let finding = self.finding(found.as_ref());
        self.shared.sight().credential = found;
        Ok(finding)
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, step::Error> {
        let shared = &self.shared;
        let secret = shared.chap_secret().map_err(lift)?;
        let (Some(chap), Some(secret)) = (&shared.line.settings.chap, secret) else {
            return Ok(Change::Adopted(Facts::none()));
        };
        let account = Account {
            user: chap.user.clone(),
            secret,
            mutual: None,
        };
        let wire = shared.wire(cx.bounds).map_err(lift)?;
        let made = wire
            .add_credential(&self.initiator(), &account, cx.bounds, mutate)
            .map_err(lift)?;
        shared.sight().credential = Some(Credential {
            kind: AuthKind::Chap,
            user: Some(account.user),
            mutual: None,
            svm_uuid: String::new(),
        });
        Ok(match made {
            super::super::wire::Made::New(()) => Change::Created(Facts::none()),
            super::super::wire::Made::Already => Change::Adopted(Facts::none()),
        })
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, step::Error> {
        let shared = &self.shared;
        let (detaching, held, igroups) = {
            let sight = shared.sight();
            let igroups: Vec<String> = sight.igroups.iter().map(|g| g.name.clone()).collect();
            (sight.aim == Some(Aim::Detach), sight.held.clone(), igroups)
        };
        if detaching {
            // Other LUNs of the node are reached with it.
            if let Some(by) = held {
                return Ok(Undone::StillInUse { by });
            }
            for name in igroups {
                if let Some(map) = shared.other_map(&name, cx.bounds).map_err(lift)? {
                    let by = format!("LUN {}, which is mapped to {name}", map.path);
                    return Ok(Undone::StillInUse { by });
                }
            }
        }
        let wire = shared.wire(cx.bounds).map_err(lift)?;
        let removed = wire
            .remove_credential(&self.initiator(), cx.bounds, mutate)
            .map_err(lift)?;
        shared.sight().credential = None;
        Ok(match removed {
            Removed::Gone => Undone::Removed,
            Removed::NotThere | Removed::Look(_) => Undone::AlreadyGone,
            Removed::Held(by) => Undone::StillInUse { by },
        })
    }
}
