//! Whose array answers at an address that nobody has configured yet: asked without any credential.

use std::time::Duration;

use reqwest::Url;
use serde_json::Value;

use super::http::{Door, Failure, Response, Trust};
use super::{KINDS, oceanstor, ontap};

/// The calls that an account is wanted for, and how the refusal looks.
const ZAPI: &str = "servlets/netapp.servlets.admin.XMLrequest_filer";
const ASK_ZAPI: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
                        <netapp xmlns=\"http://www.netapp.com/filer/admin\" version=\"1.21\">\
                        <system-get-ontapi-version/></netapp>";

/// The kinds of array that can be recognised.
#[must_use]
pub fn kinds() -> &'static [&'static str] {
    &KINDS
}

/// Where an array of this kind is meant to be by a URL as configured.
///
/// # Errors
/// What is wrong with it.
pub fn place(kind: &str, url: &str) -> Result<Url, String> {
    match kind {
        "ontap" => ontap::config::parse_url(url),
        _ => oceanstor::config::parse_url(url),
    }
}

/// The kind of the array that answers at a URL, at the port that is usual for the kind unless it
/// names one. `None`: something answers, and it is none of them.
///
/// # Errors
/// In words, when nothing answers at all, or the URL is none.
pub fn recognise(url: &str, limit: Duration) -> Result<Option<&'static str>, String> {
    let (mut alive, mut dead) = (false, Vec::new());
    for kind in KINDS {
        let at = place(kind, url)?;
        // Nothing is told that a stranger may not know.
        match is(kind, &at, limit) {
            Ok(true) => return Ok(Some(kind)),
            Ok(false) => alive = true,
            Err(why) => dead.push(format!("{at}: {why}")),
        }
    }
    dead.dedup();
    match alive {
        true => Ok(None),
        false => Err(dead.join("; ")),
    }
}

fn is(kind: &str, url: &Url, limit: Duration) -> Result<bool, String> {
    let door = Door::open(url, &Trust::Nothing, limit)?;
    let ask = |method: &str, rest: &str, body: Option<&str>| {
        let headers: &[(&str, &str)] = match body {
            Some(_) => &[("content-type", "text/xml")],
            None => &[],
        };
        let body = body.map(|text| text.as_bytes().to_vec());
        match door.send(method, rest, headers, body, limit) {
            Ok(response) => Ok(Some(response)),
            Err(Failure::NotSent { why } | Failure::Certificate { why, .. }) => Err(why),
            // A door that slams is no array's.
            Err(Failure::NoAnswer { .. } | Failure::TooLong { .. }) => Ok(None),
        }
    };
    if kind == "ontap" {
        return Ok(
            ask("GET", "api/cluster", None)?.is_some_and(|r| speaks_rest(&r))
                || ask("POST", ZAPI, Some(ASK_ZAPI))?.is_some_and(|r| r.status == 401),
        );
    }
    Ok(ask("GET", "xxxxx/system/", None)?.is_some_and(|r| speaks_oceanstor(&r)))
}

/// Errors with a number for a code, whatever the status (oceanstor.md §1).
fn speaks_oceanstor(response: &Response) -> bool {
    code(response).is_some_and(|code| code.is_i64())
}

/// Errors with a text for a code, under an HTTP status (ontap.md §5).
fn speaks_rest(response: &Response) -> bool {
    matches!(response.status, 401 | 403) && code(response).is_some_and(|code| code.is_string())
}

fn code(response: &Response) -> Option<Value> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    body.pointer("/error/code").cloned()
}
