//! CHAP of an initiator: switched on, and off (oceanstor.md §7 "Initiators").
//!
//! The secret leaves this program in the body of one request. It is in no intent: the request is
//! built when it is sent, and the line that a person could type reads it from a file.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::client::Client;
use super::super::curl::quote;
use super::super::envelope::{Outcome, Request};
use super::At;
use super::initiator::{get, member};
use crate::array::edit::{Class, Intent, Sent, Work};
use crate::array::error::Error;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::model::edit::{Credentials, Edit, InitiatorName};
use crate::model::nouns::Initiator;

/// How long a user may be, in characters (oceanstor.md §6).
const USER: std::ops::RangeInclusive<usize> = 4..=223;
/// How long a secret may be.
const SECRET: std::ops::RangeInclusive<usize> = 12..=16;

pub(super) fn set(
    at: &At<'_>,
    initiator: &InitiatorName,
    chap: &Credentials,
) -> Result<Intent, Error> {
    of_iscsi(at, initiator)?;
    let secret = check(at, chap)?;
    let found = get(at, initiator)?;
    let (id, user) = (found.id.as_str(), chap.user.as_str());
    let title = match (found.chap, &found.chap_user) {
        (Some(true), Some(before)) => {
            format!("set CHAP user {user} of initiator {id} instead of {before}")
        }
        _ => format!("set CHAP user {user} of initiator {id}"),
    };
    let mut intent = at.intent(title, member(id), Vec::new());
    intent.class = Class::Asks;
    intent.wire = vec![line(id, user)];
    intent.inverse = before(initiator, &found);
    intent.work = Box::new(Set {
        client: Arc::clone(at.client),
        id: id.to_owned(),
        user: user.to_owned(),
        secret,
    });
    Ok(intent)
}

/// Switches CHAP off and nothing else. The driver's own way also sends `MULTIPATHTYPE` 0, and so
/// loses the paths' policy that somebody set (oceanstor.md §11.8).
pub(super) fn clear(at: &At<'_>, initiator: &InitiatorName) -> Result<Intent, Error> {
    of_iscsi(at, initiator)?;
    let found = get(at, initiator)?;
    let id = found.id.as_str();
    let title = format!("switch CHAP of initiator {id} off");
    if found.chap == Some(false) {
        let evidence = format!("initiator {id} uses no CHAP");
        return Ok(at.already(title, member(id), evidence));
    }
    let body = json!({"TYPE": "222", "ID": id, "USECHAP": "false"});
    let mut intent = at.intent(title, member(id), vec![Request::put(path(id), body)]);
    intent.class = Class::Asks;
    if found.chap == Some(true) {
        intent.inverse = before(initiator, &found);
    }
    Ok(intent)
}

fn path(id: &str) -> String {
    format!("/iscsi_initiator/{id}")
}

/// The edit that leads back to what there was; none when the array does not tell the user.
fn before(initiator: &InitiatorName, found: &Initiator) -> Vec<Edit> {
    let initiator = initiator.clone();
    match (found.chap, &found.chap_user) {
        (Some(true), Some(user)) => vec![Edit::SetChap {
            initiator,
            chap: Credentials {
                user: user.clone(),
                secret: None,
            },
            mutual: None,
        }],
        (Some(true), None) => Vec::new(),
        _ => vec![Edit::ClearChap { initiator }],
    }
}

fn of_iscsi(at: &At<'_>, initiator: &InitiatorName) -> Result<(), Error> {
    match initiator {
        InitiatorName::Iqn(_) => Ok(()),
        InitiatorName::Wwpn(wwpn) => Err(Error::Unsupported {
            array: at.client.array().to_owned(),
            what: format!("CHAP for {wwpn}: it is a matter of iSCSI"),
            instead: "name an IQN; FC initiators are kept apart by zones".into(),
        }),
    }
}

/// The limits of the array, before anything is sent.
fn check(at: &At<'_>, chap: &Credentials) -> Result<Secret, Error> {
    let limits = |what: &str, limits: std::ops::RangeInclusive<usize>| {
        let why = format!("{} to {} characters wanted", limits.start(), limits.end());
        at.invalid(what.to_owned(), why)
    };
    if !USER.contains(&chap.user.chars().count()) {
        return Err(limits(&format!("CHAP user {:?}", chap.user), USER));
    }
    match &chap.secret {
        Some(secret) if SECRET.contains(&secret.expose().chars().count()) => Ok(secret.clone()),
        Some(_) => Err(limits("CHAP secret", SECRET)),
        None => Err(at.invalid("CHAP secret".into(), "it has to be given".into())),
    }
}

/// The body, with what stands for the secret.
fn body(id: &str, user: &str, secret: &str) -> Value {
    json!({"TYPE": "222", "ID": id, "USECHAP": "true", "CHAPNAME": user,
        "CHAPPASSWORD": secret})
}

/// The request as a line that reads the secret from the file `$CHAP_FILE`: nothing else ever has
/// it in its arguments.
fn line(id: &str, user: &str) -> String {
    let body = body(id, user, "").to_string();
    let filter =
        format!("{body} + {{CHAPPASSWORD: ($secret | split(\"\\n\")[0] | rtrimstr(\"\\r\"))}}");
    format!(
        "jq -cn --rawfile secret \"$CHAP_FILE\" {} | curl -sS -H @\"$TOKEN\" -X PUT \"$BASE\"{} \
         -d @- | jq -e '.error.code == 0'",
        quote(&filter),
        quote(&path(id))
    )
}

/// The one request.
struct Set {
    client: Arc<Client>,
    id: String,
    user: String,
    secret: Secret,
}

impl Work for Set {
    fn run(&self, bounds: &Bounds, mutate: &Mutate) -> Result<Sent, Error> {
        let body = body(&self.id, &self.user, self.secret.expose());
        let request = Request::put(path(&self.id), body);
        let reply = self.client.change(&request, bounds, mutate)?;
        match reply.outcome {
            Outcome::Success => Ok(Sent::Made(None)),
            // Somebody deleted it meanwhile.
            _ => Ok(Sent::Already),
        }
    }
}
