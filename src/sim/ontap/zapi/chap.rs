//! CHAP (ontap.md §9.6).

use super::input::Input;
use super::list::{List, Rows};
use super::query::Query;
use super::xml::Element;
use super::{Answer, Asked, Call, Place};
use crate::sim::ontap::chap::{AuthType, Credential, DEFAULT, Login, chap_name};
use crate::sim::ontap::refusal::{Done, Why};
use crate::sim::ontap::state::{Key, State};

pub(super) const CALLS: &[Call] = &[
    Call::look(
        "iscsi-initiator-get-auth",
        Place::Svm,
        "vserver iscsi security",
        (&["initiator"], &["initiator"]),
        get,
    ),
    Call::list(
        "iscsi-initiator-auth-get-iter",
        Place::Either,
        "vserver iscsi security",
        List::new("iscsi-security-entry-info", FIELDS, rows),
    ),
    Call::change(
        "iscsi-initiator-add-auth",
        "vserver iscsi security create",
        (
            &[
                "initiator",
                "auth-type",
                "user-name",
                "passphrase",
                "outbound-user-name",
                "outbound-passphrase",
                "radius",
                "initiator-address-ranges",
            ],
            &["initiator", "auth-type"],
        ),
        add,
    ),
    Call::change(
        "iscsi-initiator-modify-chap-params",
        "vserver iscsi security modify",
        (
            &[
                "initiator",
                "user-name",
                "passphrase",
                "outbound-user-name",
                "outbound-passphrase",
                "remove-outbound",
                "radius",
                "initiator-address-ranges",
            ],
            &["initiator"],
        ),
        modify,
    ),
    Call::change(
        "iscsi-initiator-delete-auth",
        "vserver iscsi security delete",
        (&["initiator"], &["initiator"]),
        delete,
    ),
    Call::look(
        "iscsi-initiator-get-default-auth",
        Place::Svm,
        "vserver iscsi security",
        (&[], &[]),
        get_default,
    ),
    Call::change(
        "iscsi-initiator-set-default-auth",
        "vserver iscsi security default",
        (
            &[
                "auth-type",
                "user-name",
                "passphrase",
                "outbound-user-name",
                "outbound-passphrase",
                "radius",
            ],
            &["auth-type"],
        ),
        set_default,
    ),
];

/// The fields of an entry beyond those of `iscsi-initiator-get-auth` are [?].
const FIELDS: &[&str] = &[
    "initiator",
    "auth-type",
    "user-name",
    "outbound-user-name",
    "auth-chap-policy",
    "vserver",
];

/// What is shown of an entry; secrets are not.
fn shown(entry: &Credential) -> Vec<Element> {
    let mut out = Element::default();
    if entry.auth == AuthType::Chap {
        out.put("auth-chap-policy", "local");
    }
    out.put(
        "auth-type",
        match entry.auth {
            AuthType::None => "none",
            AuthType::Chap => "CHAP",
            AuthType::Deny => "deny",
        },
    );
    let user = |login: &Option<Login>| login.as_ref().map_or(String::new(), |l| l.user.clone());
    out.put("outbound-user-name", user(&entry.outbound));
    out.put("user-name", user(&entry.inbound));
    out.children
}

fn get(state: &State, asked: &Asked, input: Input<'_>) -> Answer {
    let name = chap_name(input.need("initiator")?)?;
    let entry = state.credential(asked.svm()?, &name);
    Ok(shown(entry.ok_or(Why::NoCredential)?))
}

fn get_default(state: &State, asked: &Asked, _: Input<'_>) -> Answer {
    let entry = state.credential(asked.svm()?, DEFAULT);
    Ok(entry.map_or_else(|| shown(&Credential::NONE), shown))
}

fn rows<'a>(state: &'a State, svm: Option<u64>, _: &'a Query, after: Key) -> Rows<'a> {
    let all = state.credentials.iter();
    let own = all.filter(move |(id, _)| svm.is_none_or(|svm| svm == **id));
    let entries = own.flat_map(|(id, entries)| entries.iter().map(move |e| (*id, e)));
    let places = (1u64..).zip(entries);
    let behind = places.skip_while(move |(place, _)| (*place, 0) <= after);
    Box::new(behind.map(|(place, (svm, (name, entry)))| {
        let mut info = Element::with("iscsi-security-entry-info", shown(entry));
        info.put("initiator", name);
        info.put("vserver", state.svm_name(svm));
        ((place, 0), info)
    }))
}

/// A login out of two inputs; both or none.
fn login(input: &Input<'_>, user: &str, secret: &str) -> Done<Option<Login>> {
    match (input.text(user), input.text(secret)) {
        (None, None) => Ok(None),
        (user, secret) => {
            let (user, secret) = (user.unwrap_or_default(), secret.unwrap_or_default());
            Login::new(user, secret).map(Some)
        }
    }
}

fn read(input: &Input<'_>) -> Done<Credential> {
    if input.flag("radius")? == Some(true) {
        return Err(Why::BadAuthType.into());
    }
    let ranges = input.child("initiator-address-ranges");
    let ranges = ranges.map(|r| r.children.iter().map(|c| c.text.clone()).collect());
    Ok(Credential {
        auth: AuthType::parse(input.need("auth-type")?)?,
        inbound: login(input, "user-name", "passphrase")?,
        outbound: login(input, "outbound-user-name", "outbound-passphrase")?,
        ranges: ranges.unwrap_or_default(),
    })
}

fn add(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let new = read(&input)?;
    state.add_credential(asked.svm()?, input.need("initiator")?, new)?;
    Ok(Vec::new())
}

fn modify(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let svm = asked.svm()?;
    let name = chap_name(input.need("initiator")?)?;
    let mut entry = state
        .credential(svm, &name)
        .ok_or(Why::NoCredential)?
        .clone();
    if entry.auth != AuthType::Chap {
        return Err(Why::BadAuthType.into());
    }
    if let Some(inbound) = login(&input, "user-name", "passphrase")? {
        entry.inbound = Some(inbound);
    }
    let outbound = login(&input, "outbound-user-name", "outbound-passphrase")?;
    match (outbound, input.flag("remove-outbound")?.unwrap_or(false)) {
        (Some(_), true) => return Err(Why::BadChap.into()),
        (Some(outbound), false) => entry.outbound = Some(outbound),
        (None, true) => entry.outbound = None,
        (None, false) => {}
    }
    state.set_credential(svm, &name, entry)?;
    Ok(Vec::new())
}

fn delete(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    state.delete_credential(asked.svm()?, input.need("initiator")?)?;
    Ok(Vec::new())
}

fn set_default(state: &mut State, asked: &Asked, input: Input<'_>) -> Answer {
    let new = read(&input)?;
    state.set_credential(asked.svm()?, DEFAULT, new)?;
    Ok(Vec::new())
}
