//! CHAP credentials of initiators (ontap.md §9.6).

use serde::{Deserialize, Serialize};

use super::initiator;
use super::refusal::{Done, Refusal, Why};
use super::state::State;

/// The entry that applies to initiators without one of their own.
pub(super) const DEFAULT: &str = "default";

/// How an initiator proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AuthType {
    None,
    Chap,
    Deny,
}

impl AuthType {
    pub(super) fn parse(text: &str) -> Done<Self> {
        match text.to_ascii_lowercase().as_str() {
            "none" => Ok(Self::None),
            "chap" => Ok(Self::Chap),
            "deny" => Ok(Self::Deny),
            _ => Err(Refusal::about(
                Why::BadAuthType,
                "authentication_type",
                format!("Invalid authentication type {text:?}"),
            )),
        }
    }
}

/// A user and a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
}

impl Login {
    /// Both are needed; a secret in hex (`0x…`) has an even number of digits.
    pub(super) fn new(user: &str, password: &str) -> Done<Self> {
        let bad = |field: &str, words: &str| Err(Refusal::about(Why::BadChap, field, words));
        if user.is_empty() || user.len() > 128 {
            return bad(
                "chap.inbound.user",
                "The CHAP user name is missing or too long",
            );
        }
        if password.is_empty() {
            return bad("chap.inbound.password", "The CHAP password is missing");
        }
        if let Some(digits) = password.strip_prefix("0x") {
            let hex = digits.chars().all(|c| c.is_ascii_hexdigit());
            if !hex || !digits.len().is_multiple_of(2) {
                return bad(
                    "chap.inbound.password",
                    "A hexadecimal CHAP password needs an even number of digits",
                );
            }
        }
        Ok(Self {
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Credential {
    pub(super) auth: AuthType,
    pub(super) inbound: Option<Login>,
    pub(super) outbound: Option<Login>,
    /// Addresses the initiator may come from; empty means any.
    pub(super) ranges: Vec<String>,
}

impl Credential {
    pub(super) const NONE: Self = Self {
        auth: AuthType::None,
        inbound: None,
        outbound: None,
        ranges: Vec::new(),
    };

    /// What must hold: CHAP has an inbound login, only CHAP has one, and the two secrets differ.
    pub(super) fn check(self) -> Done<Self> {
        let bad = |words: &str| Err(Refusal::words(Why::BadChap, words));
        match (&self.inbound, &self.outbound) {
            (None, _) if self.auth == AuthType::Chap => {
                bad("CHAP needs an inbound user name and password")
            }
            (None, Some(_)) => bad("An outbound user needs an inbound one"),
            (Some(_), _) if self.auth != AuthType::Chap => {
                bad("A user name goes with authentication type CHAP only")
            }
            (Some(inside), Some(outside)) if inside.password == outside.password => {
                bad("Inbound and outbound password must differ")
            }
            _ => Ok(self),
        }
    }
}

/// What applies where there is no entry at all.
static OPEN: Credential = Credential::NONE;

impl State {
    /// The entry of exactly this initiator (or `default`).
    pub(super) fn credential(&self, svm: u64, initiator: &str) -> Option<&Credential> {
        self.credentials.get(&svm)?.get(initiator)
    }

    /// What an initiator has to prove itself with when it logs in.
    pub(super) fn login_of(&self, svm: u64, initiator: &str) -> &Credential {
        self.credential(svm, initiator)
            .or_else(|| self.credential(svm, DEFAULT))
            .unwrap_or(&OPEN)
    }

    pub(super) fn add_credential(&mut self, svm: u64, name: &str, new: Credential) -> Done<()> {
        self.takes_changes(svm)?;
        let name = chap_name(name)?;
        if self.credential(svm, &name).is_some() {
            return Err(Why::CredentialExists.into());
        }
        let new = new.check()?;
        self.credentials.entry(svm).or_default().insert(name, new);
        Ok(())
    }

    pub(super) fn set_credential(&mut self, svm: u64, name: &str, new: Credential) -> Done<()> {
        self.takes_changes(svm)?;
        let name = chap_name(name)?;
        let new = new.check()?;
        let entry = self
            .credentials
            .get_mut(&svm)
            .and_then(|c| c.get_mut(&name));
        *entry.ok_or(Why::NoCredential)? = new;
        Ok(())
    }

    pub(super) fn delete_credential(&mut self, svm: u64, name: &str) -> Done<()> {
        self.takes_changes(svm)?;
        let name = chap_name(name)?;
        if name == DEFAULT {
            return Err(Why::DefaultStays.into());
        }
        let entries = self.credentials.get_mut(&svm);
        let gone = entries.and_then(|entries| entries.remove(&name));
        gone.ok_or(Why::NoCredential)?;
        Ok(())
    }
}

/// The name an entry has: an iSCSI name, or `default`.
pub(super) fn chap_name(name: &str) -> Done<String> {
    if name == DEFAULT {
        return Ok(name.to_owned());
    }
    match initiator::parse(name)? {
        (initiator::Protocol::Iscsi, name) => Ok(name),
        (initiator::Protocol::Fcp, _) => Err(Why::BadIqn.into()),
    }
}
