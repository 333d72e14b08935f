//! CHAP credentials (ontap.md §9.6). Passwords are never shown.

use serde_json::{Value, json};

use super::Asked;
use super::answer::{Answer, Outcome};
use super::body::Body;
use super::cluster::svm_ref;
use super::collection::{Collection, Rows, numbered};
use super::fields::Fields;
use super::params::Params;
use super::record::put;
use crate::sim::ontap::chap::{AuthType, Credential, Login, chap_name};
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::state::{Key, State};

const CREDENTIALS: Collection = Collection {
    path: "/protocols/san/iscsi/credentials",
    fields: Fields {
        identity: &["svm.name", "svm.uuid", "initiator"],
        more: &[
            "authentication_type",
            "chap.inbound.user",
            "chap.outbound.user",
            "initiator_address.ranges.start",
            "initiator_address.ranges.end",
        ],
        expensive: &[],
    },
    rows,
};

const SECRETS: [&str; 5] = [
    "authentication_type",
    "chap.inbound.user",
    "chap.inbound.password",
    "chap.outbound.user",
    "chap.outbound.password",
];

pub(super) fn handle(state: &mut State, asked: &Asked<'_>, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => CREDENTIALS.list(state, asked),
        ("POST", []) => create(state, asked),
        ("GET", [svm, initiator]) => {
            let (svm, name) = place(state, asked, svm, initiator)?;
            let all = entries(state);
            let found = (1u64..)
                .zip(all)
                .find(|(_, (s, n, _))| *s == svm && **n == name);
            let (place, _) = found.ok_or(Why::NoCredential)?;
            CREDENTIALS.one(state, asked, (place, 0))
        }
        ("PATCH", [svm, initiator]) => {
            asked.params.only(&[])?;
            let (svm, name) = place(state, asked, svm, initiator)?;
            modify(state, asked, svm, &name)
        }
        ("DELETE", [svm, initiator]) => {
            asked.params.only(&[])?;
            let (svm, name) = place(state, asked, svm, initiator)?;
            state.delete_credential(svm, &name)?;
            Ok(Outcome::Done)
        }
        _ => Err(Why::NoApi.into()),
    }
}

fn place(state: &State, asked: &Asked<'_>, svm: &str, initiator: &str) -> Done<(u64, String)> {
    let mut all = state.svms.iter();
    let found = all.find(|(id, s)| s.uuid == svm && asked.sees(**id));
    let (id, _) = found.ok_or(Why::NoSvm)?;
    Ok((*id, chap_name(initiator)?))
}

fn entries(state: &State) -> impl Iterator<Item = (u64, &String, &Credential)> {
    let all = state.credentials.iter();
    all.flat_map(|(svm, entries)| entries.iter().map(|(name, entry)| (*svm, name, entry)))
}

fn rows<'a>(state: &'a State, own: Option<u64>, _: &'a Params, after: Key) -> Rows<'a> {
    numbered(entries(state), after, move |(svm, name, entry)| {
        let shown = own.is_none_or(|own| own == svm);
        shown.then(|| record(state, svm, name, entry))
    })
}

fn record(state: &State, svm: u64, name: &str, entry: &Credential) -> Value {
    let href = format!(
        "/api/protocols/san/iscsi/credentials/{}/{name}",
        state.svm_uuid(svm)
    );
    let mut record = json!({
        "svm": svm_ref(state, svm),
        "initiator": name,
        "authentication_type": entry.auth,
        "_links": {"self": {"href": href}},
    });
    if let Some(login) = &entry.inbound {
        put(
            &mut record,
            "chap",
            json!({"inbound": {"user": login.user}}),
        );
        if let Some(login) = &entry.outbound {
            put(&mut record, "chap.outbound", json!({"user": login.user}));
        }
    }
    record
}

/// A login out of the body; a part of one completes what was there before.
fn login(body: &Body, way: &str, before: Option<Login>) -> Done<Option<Login>> {
    let user = body.text(&format!("chap.{way}.user"))?;
    let password = body.text(&format!("chap.{way}.password"))?;
    match (user, password, before) {
        (None, None, before) => Ok(before),
        (user, password, before) => {
            let user = user.or_else(|| before.map(|b| b.user)).unwrap_or_default();
            Login::new(&user, &password.unwrap_or_default()).map(Some)
        }
    }
}

fn create(state: &mut State, asked: &Asked<'_>) -> Answer {
    asked.params.only(&[])?;
    let known: Vec<&str> = ["svm.name", "svm.uuid", "initiator"]
        .into_iter()
        .chain(SECRETS)
        .collect();
    let body = Body::parse(asked.body, &known)?;
    let svm = asked.svm_of(state, &body)?;
    let name = body.text("initiator")?.ok_or(Why::InitiatorsNotGiven)?;
    let auth = body.text("authentication_type")?.ok_or(Why::BadAuthType)?;
    let entry = Credential {
        auth: AuthType::parse(&auth)?,
        inbound: login(&body, "inbound", None)?,
        outbound: login(&body, "outbound", None)?,
        ranges: Vec::new(),
    };
    state.add_credential(svm, &name, entry)?;
    let name = chap_name(&name)?;
    let mut all = (1u64..).zip(entries(state));
    let found = all.find(|(_, (s, n, _))| *s == svm && **n == name);
    let place = found.map_or(0, |(place, _)| place);
    let at = format!("{}/{name}", state.svm_uuid(svm));
    CREDENTIALS.made(state, asked, (place, 0), &at)
}

fn modify(state: &mut State, asked: &Asked<'_>, svm: u64, name: &str) -> Answer {
    let body = Body::parse(asked.body, &SECRETS)?;
    let entry = state
        .credential(svm, name)
        .ok_or(Why::NoCredential)?
        .clone();
    let auth = match body.text("authentication_type")? {
        Some(text) => AuthType::parse(&text)?,
        None => entry.auth,
    };
    // Another type than CHAP has no users.
    let (inbound, outbound) = match auth {
        AuthType::Chap => (
            login(&body, "inbound", entry.inbound)?,
            login(&body, "outbound", entry.outbound)?,
        ),
        _ => (login(&body, "inbound", None)?, None),
    };
    let entry = Credential {
        auth,
        inbound,
        outbound,
        ranges: entry.ranges,
    };
    state.set_credential(svm, name, entry)?;
    Ok(Outcome::Done)
}
