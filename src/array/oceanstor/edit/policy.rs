//! How an array treats an initiator's paths (oceanstor.md §5, "Initiator").

use serde_json::{Map, Value};

use super::super::envelope::Request;
use super::At;
use super::initiator::{get, member};
use crate::array::edit::{Class, Intent};
use crate::array::error::Error;
use crate::model::edit::{Edit, InitiatorName, PathPolicy};
use crate::model::nouns::Protocol;

/// A policy as it can be set: the special mode belongs to failover mode 3, and 255 is no mode.
pub(super) fn whole(policy: PathPolicy) -> PathPolicy {
    PathPolicy {
        failover_mode: policy.failover_mode.filter(|mode| *mode <= 3),
        special_mode: policy
            .special_mode
            .filter(|_| policy.failover_mode == Some(3)),
        ..policy
    }
}

pub(super) fn set(
    at: &At<'_>,
    initiator: &InitiatorName,
    wanted: PathPolicy,
) -> Result<Intent, Error> {
    check_range(at, wanted)?;
    let found = get(at, initiator)?;
    let had = found.path_policy;
    let id = found.id.as_str();
    check_modes(at, initiator, wanted, had)?;
    let fields = [
        ("MULTIPATHTYPE", wanted.multipath_type, had.multipath_type),
        ("FAILOVERMODE", wanted.failover_mode, had.failover_mode),
        ("SPECIALMODETYPE", wanted.special_mode, had.special_mode),
        ("PATHTYPE", wanted.path_type, had.path_type),
    ];
    let given = || fields.iter().filter(|(_, wanted, _)| wanted.is_some());
    let words: Vec<String> = given()
        .filter_map(|(field, wanted, _)| Some(format!("{field} {}", (*wanted)?)))
        .collect();
    let title = format!("set {} of initiator {id}", words.join(", "));
    if given().all(|(_, wanted, had)| wanted == had) {
        let evidence = format!("initiator {id} has {}", words.join(", "));
        return Ok(at.already(title, member(id), evidence));
    }
    let kind = match found.protocol {
        Protocol::Iscsi => "222",
        Protocol::Fc => "223",
    };
    let mut body = Map::new();
    let mut put = |field: &str, value: String| body.insert(field.into(), Value::String(value));
    put("TYPE", kind.to_owned());
    put("ID", id.to_owned());
    // The mode fields only mean something beside it, so it always goes with them.
    let multipath = wanted.multipath_type.or(had.multipath_type);
    put("MULTIPATHTYPE", multipath.unwrap_or(1).to_string());
    for (field, wanted, _) in fields.into_iter().skip(1) {
        if let Some(value) = wanted {
            put(field, value.to_string());
        }
    }
    let resource = match found.protocol {
        Protocol::Iscsi => "iscsi_initiator",
        Protocol::Fc => "fc_initiator",
    };
    let request = Request::put(format!("/{resource}/{id}"), Value::Object(body));
    let mut intent = at.intent(title, member(id), vec![request]);
    intent.class = Class::Asks;
    intent.inverse = back(wanted, had)
        .map(|paths| Edit::SetInitiator {
            initiator: initiator.clone(),
            paths,
        })
        .into_iter()
        .collect();
    Ok(intent)
}

/// The policy that takes a change back; `None` when the array did not tell what was there before,
/// because a mode can be changed but not taken away.
fn back(wanted: PathPolicy, had: PathPolicy) -> Option<PathPolicy> {
    match (had.multipath_type?, wanted.multipath_type) {
        (0, _) => Some(PathPolicy {
            multipath_type: Some(0),
            ..PathPolicy::default()
        }),
        (1, Some(0)) => Some(whole(had)),
        _ => {
            let known = |wanted: Option<u8>, had: Option<u8>| wanted.is_none() || had.is_some();
            let had = whole(had);
            let was_special = had.failover_mode == Some(3);
            let all = known(wanted.failover_mode, had.failover_mode)
                && (!was_special || known(wanted.special_mode, had.special_mode))
                && known(wanted.path_type, had.path_type);
            all.then_some(PathPolicy {
                multipath_type: Some(1),
                failover_mode: wanted.failover_mode.and(had.failover_mode),
                special_mode: wanted
                    .special_mode
                    .or(wanted.failover_mode)
                    .and(had.special_mode),
                path_type: wanted.path_type.and(had.path_type),
            })
        }
    }
}

fn check_range(at: &At<'_>, wanted: PathPolicy) -> Result<(), Error> {
    let limits = [
        ("multipath type", wanted.multipath_type, 1),
        ("failover mode", wanted.failover_mode, 3),
        ("special mode", wanted.special_mode, 3),
        ("path type", wanted.path_type, 1),
    ];
    for (what, value, last) in limits {
        if let Some(value) = value.filter(|v| *v > last) {
            return Err(at.invalid(format!("{what} {value}"), format!("0 to {last}")));
        }
    }
    if wanted == PathPolicy::default() {
        return Err(at.invalid("initiator set".into(), "nothing is to be set".into()));
    }
    Ok(())
}

/// The mode fields mean something with multipath type 1 alone, the special mode with failover
/// mode 3 alone (oceanstor.md §5).
fn check_modes(
    at: &At<'_>,
    initiator: &InitiatorName,
    wanted: PathPolicy,
    had: PathPolicy,
) -> Result<(), Error> {
    let again = |paths: PathPolicy| {
        let initiator = initiator.clone();
        vec![Edit::SetInitiator { initiator, paths }.to_string()]
    };
    let modes = PathPolicy {
        multipath_type: None,
        ..wanted
    };
    if modes != PathPolicy::default() && wanted.multipath_type.or(had.multipath_type) != Some(1) {
        let with = PathPolicy {
            multipath_type: Some(1),
            ..wanted
        };
        let why = format!("initiator {initiator}: modes are for multipath type 1 alone");
        return Err(at.conflict(why, again(with)));
    }
    if wanted.special_mode.is_some() && wanted.failover_mode.or(had.failover_mode) != Some(3) {
        let with = PathPolicy {
            failover_mode: Some(3),
            ..wanted
        };
        let why = format!("initiator {initiator}: a special mode is for failover mode 3 alone");
        return Err(at.conflict(why, again(with)));
    }
    Ok(())
}
