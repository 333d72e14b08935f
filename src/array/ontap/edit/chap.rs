//! CHAP entries of initiators: set, and taken away so that the SVM's default applies
//! (ontap.md §9.6).
//!
//! Secrets leave this program in the body of one request; every line that is shown has stars.

use super::super::names::initiator_key;
use super::super::wire::{Account, AuthKind, Credential};
use super::act::Act;
use super::{At, initiator_member};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::kit::redact::Secret;
use crate::model::edit::{Credentials, Edit, InitiatorName};

/// How long a user may be, in characters.
const USER: std::ops::RangeInclusive<usize> = 1..=128;
/// How long a secret may be: what initiators take.
const SECRET: std::ops::RangeInclusive<usize> = 12..=128;

/// `initiator set-chap`.
pub(super) fn set(
    at: &At<'_>,
    initiator: &InitiatorName,
    chap: &Credentials,
    mutual: Option<&Credentials>,
) -> Result<Intent, Error> {
    let key = of_iscsi(at, initiator)?;
    let (user, secret) = checked(at, chap, "CHAP")?;
    let mutual = mutual.map(|m| checked(at, m, "mutual CHAP")).transpose()?;
    if mutual
        .as_ref()
        .is_some_and(|(_, other)| other.expose() == secret.expose())
    {
        let why = "it must be another one than that of the initiator".into();
        return Err(at.invalid("mutual CHAP secret".into(), why));
    }
    let with_mutual = mutual.is_some();
    let account = Account {
        user: user.clone(),
        secret,
        mutual,
    };
    let found = at.wire.credential(&key, at.bounds)?;
    let title = format!("set CHAP user {user} of initiator {key}");
    let (title, act) = match &found {
        None => (title, Act::AddCredential(key.clone(), account)),
        Some(Credential {
            kind: AuthKind::Chap,
            user,
            svm_uuid,
            ..
        }) => {
            let before = user.as_deref().unwrap_or("one that is not told");
            (
                format!("{title} instead of {before}"),
                Act::SetCredential(key.clone(), svm_uuid.clone(), account),
            )
        }
        // One request cannot turn it into CHAP over both interfaces.
        Some(other) => {
            let why = format!("the entry of initiator {key} {}", says(other));
            let clear = Edit::ClearChap {
                initiator: initiator.clone(),
            };
            return Err(at.conflict(why, vec![format!("{clear}  # then set it")]));
        }
    };
    let mut intent = at.intent(title, initiator_member(&key), act);
    intent.class = Class::Asks;
    intent.notes = live(at, &key, found.is_some())?;
    intent.inverse = before(initiator, found.as_ref());
    // Setting the account of before would leave the array's own in place.
    if with_mutual && found.is_some_and(|entry| entry.mutual.is_none()) {
        intent.inverse = Vec::new();
    }
    Ok(intent)
}

/// `initiator clear-chap`.
pub(super) fn clear(at: &At<'_>, initiator: &InitiatorName) -> Result<Intent, Error> {
    let key = of_iscsi(at, initiator)?;
    let title = format!("delete the CHAP entry of initiator {key}");
    let object = initiator_member(&key);
    let found = at.wire.credential(&key, at.bounds)?;
    let default = at.wire.default_credential(at.bounds)?;
    let applies = match &default {
        None => "asks for nothing".to_owned(),
        Some(entry) => says(entry),
    };
    let Some(found) = found else {
        let evidence = format!("initiator {key} has no entry: the SVM's default {applies}");
        return Ok(at.already(title, object, evidence));
    };
    let act = Act::RemoveCredential(key, found.svm_uuid.clone());
    let mut intent = at.intent(title, object, act);
    intent.class = Class::Asks;
    intent.notes = vec![
        format!("the SVM's default applies then, which {applies}"),
        "sessions that are open go on until their next login".to_owned(),
    ];
    intent.inverse = before(initiator, Some(&found));
    Ok(intent)
}

/// What an entry says of whom it applies to.
pub(super) fn says(entry: &Credential) -> String {
    match (entry.kind, &entry.user) {
        (AuthKind::Chap, Some(user)) => format!("asks for CHAP as {user}"),
        (AuthKind::Chap, None) => "asks for CHAP".to_owned(),
        (AuthKind::Open, _) => "asks for nothing".to_owned(),
        (AuthKind::Deny, _) => "denies logins".to_owned(),
    }
}

/// What a new account does to sessions that are open.
fn live(at: &At<'_>, key: &str, replaced: bool) -> Result<Vec<String>, Error> {
    let own = [key.to_owned()];
    let logins = at.logins(&own)?;
    let has = match replaced {
        true => "the new secret",
        false => "this account",
    };
    let mut notes = Vec::new();
    if logins > 0 {
        notes.push(format!("initiator {key} is logged in now ({logins})"));
    }
    notes.push(format!(
        "sessions that are open go on; at its next login each fails until the record of the node \
         has {has}: sanctl session set-record --chap-secret-file FILE"
    ));
    Ok(notes)
}

/// The edit that leads back to what there was; none when the array does not tell the user.
fn before(initiator: &InitiatorName, found: Option<&Credential>) -> Vec<Edit> {
    let initiator = initiator.clone();
    let account = |user: &String| Credentials {
        user: user.clone(),
        secret: None,
    };
    match found {
        None => vec![Edit::ClearChap { initiator }],
        Some(Credential {
            kind: AuthKind::Chap,
            user: Some(user),
            mutual,
            ..
        }) => vec![Edit::SetChap {
            initiator,
            chap: account(user),
            mutual: mutual.as_ref().map(account),
        }],
        Some(_) => Vec::new(),
    }
}

fn of_iscsi(at: &At<'_>, initiator: &InitiatorName) -> Result<String, Error> {
    match initiator {
        InitiatorName::Iqn(iqn) => Ok(initiator_key(&iqn.to_string())),
        InitiatorName::Wwpn(wwpn) => Err(at.unsupported(
            &format!("CHAP for {wwpn}: it is a matter of iSCSI"),
            "name an IQN; FC initiators are kept apart by zones".into(),
        )),
    }
}

/// The limits of the array, before anything is sent.
fn checked(at: &At<'_>, one: &Credentials, what: &str) -> Result<(String, Secret), Error> {
    let limits = |what: String, limits: std::ops::RangeInclusive<usize>| {
        let why = format!("{} to {} characters wanted", limits.start(), limits.end());
        at.invalid(what, why)
    };
    if !USER.contains(&one.user.chars().count()) {
        return Err(limits(format!("{what} user {:?}", one.user), USER));
    }
    let Some(secret) = &one.secret else {
        return Err(at.invalid(format!("{what} secret"), "it has to be given".into()));
    };
    let text = secret.expose();
    if let Some(digits) = text.strip_prefix("0x") {
        let hex = digits.chars().all(|c| c.is_ascii_hexdigit());
        if !hex || !digits.len().is_multiple_of(2) {
            let why = "in hex it has an even number of digits".into();
            return Err(at.invalid(format!("{what} secret"), why));
        }
    }
    if !SECRET.contains(&text.chars().count()) {
        return Err(limits(format!("{what} secret"), SECRET));
    }
    Ok((one.user.clone(), secret.clone()))
}
