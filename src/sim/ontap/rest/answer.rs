//! Outcomes of a request and how they travel (ontap.md §5).

use serde_json::{Map, Value, json};

use super::record::put;
use crate::sim::ontap::refusal::Refusal;
use crate::sim::server::Reply;

/// A request that was carried out.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// One object.
    Object(Value),
    /// A page of a list; the link is that of the next one.
    Page {
        records: Vec<Value>,
        next: Option<String>,
    },
    /// Only how many there are.
    Count(usize),
    /// Something was made; where it is, and what it is if that was asked.
    Made {
        location: String,
        records: Option<Vec<Value>>,
    },
    /// A change.
    Done,
    /// Work goes on in a job.
    Job(String),
}

/// What every handler gives back.
pub(super) type Answer = Result<Outcome, Refusal>;

/// Whether answers carry links beyond `next`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// `application/hal+json`, and whatever is not the other one.
    All,
    /// `application/json`: only `next`.
    Next,
}

impl Links {
    pub(super) fn wanted(accept: Option<&str>) -> Self {
        let first = accept.unwrap_or_default().split([',', ';']).next();
        match first.map(str::trim) {
            Some("application/json") => Self::Next,
            _ => Self::All,
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Self::All => "application/hal+json",
            Self::Next => "application/json",
        }
    }
}

/// The answer on the wire.
pub(super) fn reply(answer: Answer, links: Links) -> Reply {
    let send = |status: u16, value: &Value| Reply::new(status, links.mime(), value.to_string());
    let cut = |mut value: Value| {
        if links == Links::Next {
            strip(&mut value);
        }
        value
    };
    match answer {
        Ok(Outcome::Object(object)) => send(200, &cut(object)),
        Ok(Outcome::Page { records, next }) => {
            let count = records.len();
            let mut page = Map::new();
            let records = records.into_iter().map(cut).collect();
            page.insert("records".to_owned(), Value::Array(records));
            page.insert("num_records".to_owned(), count.into());
            if let Some(next) = next {
                page.insert("_links".to_owned(), json!({"next": {"href": next}}));
            }
            send(200, &page.into())
        }
        Ok(Outcome::Count(count)) => send(200, &json!({"num_records": count})),
        Ok(Outcome::Made { location, records }) => {
            let body = match records {
                Some(records) => {
                    let count = records.len();
                    let records: Vec<Value> = records.into_iter().map(cut).collect();
                    json!({"num_records": count, "records": records})
                }
                None => json!({}),
            };
            let mut reply = send(201, &body);
            reply.headers.push(("location".to_owned(), location));
            reply
        }
        Ok(Outcome::Done) => send(200, &json!({})),
        Ok(Outcome::Job(uuid)) => {
            let href = format!("/api/cluster/jobs/{uuid}");
            let mut job = json!({"uuid": uuid});
            if links == Links::All {
                put(&mut job, "_links", json!({"self": {"href": href}}));
            }
            send(202, &json!({"job": job}))
        }
        Err(refusal) => {
            let (_, code, status, _) = refusal.why.codes();
            let mut error = json!({"message": refusal.text(), "code": code});
            if let Some(target) = &refusal.target {
                put(&mut error, "target", target.as_str());
            }
            send(status, &json!({"error": error}))
        }
    }
}

/// Takes `_links` away, however deep.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("_links");
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// A failure with this code, as faults ask for it.
pub(in crate::sim::ontap) fn failed(status: u16, code: &str, message: &str) -> Reply {
    let error = json!({"error": {"message": message, "code": code}});
    Reply::new(status, "application/hal+json", error.to_string())
}

/// Wrong credentials (ontap.md §7).
pub(in crate::sim::ontap) fn unauthorized() -> Reply {
    let mut reply = failed(401, "6691623", "User is not authorized.");
    let realm = "Basic realm=\"ONTAP\"".to_owned();
    reply.headers.push(("www-authenticate".to_owned(), realm));
    reply
}
