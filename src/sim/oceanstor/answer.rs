//! Outcomes of a request and the envelope they travel in (oceanstor.md §2).

use serde_json::{Map, Value, json};

use super::codes;
use super::options::EmptyList;
use super::own_codes;
use crate::sim::server::Reply;

/// A request that was understood and carried out.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// `data: {}`, as after an association.
    Done,
    Object(Map<String, Value>),
    List(Vec<Map<String, Value>>),
}

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    Code(i64, Option<String>),
    Http(u16, String),
}

/// The error side of everything the array does.
pub(super) type Refused = Refusal;

impl Refusal {
    /// The commonest one.
    pub(super) const PARAMETER: Self = Self::Code(codes::PARAMETER, None);
    /// A resource this array does not have.
    pub(super) fn not_found() -> Self {
        Self::Http(404, "404 Not Found\n".to_owned())
    }

    pub(super) fn words(code: i64, words: &str) -> Self {
        Self::Code(code, Some(words.to_owned()))
    }

    /// A wrong or missing field, named so that a developer sees it.
    pub(super) fn field(name: &str) -> Self {
        Self::words(
            codes::PARAMETER,
            &format!("The entered parameter is incorrect: {name}."),
        )
    }
}

impl From<i64> for Refusal {
    fn from(code: i64) -> Self {
        Self::Code(code, None)
    }
}

/// What every handler gives back.
pub(super) type Answer = Result<Outcome, Refused>;

/// The answer on the wire. API errors have HTTP status 200.
pub(super) fn reply(answer: Answer, empty: EmptyList) -> Reply {
    let ok = json!({"code": 0, "description": "0"});
    let value = match answer {
        Ok(Outcome::Done) => json!({"data": {}, "error": ok}),
        Ok(Outcome::Object(object)) => json!({"data": object, "error": ok}),
        Ok(Outcome::List(list)) if list.is_empty() && empty == EmptyList::NoData => {
            json!({"error": ok})
        }
        Ok(Outcome::List(list)) => json!({"data": list, "error": ok}),
        Err(Refusal::Http(status, words)) => return Reply::new(status, "text/plain", words),
        Err(Refusal::Code(code, words)) => {
            let words = words.as_deref().or_else(|| codes::description(code));
            let words = words
                .or_else(|| own_codes::description(code))
                .unwrap_or("Unknown error.");
            json!({"data": {}, "error": {
                "code": code,
                "description": words,
                "suggestion": "Check the request and the state of the objects, then try again.",
            }})
        }
    };
    Reply::new(200, "application/json;charset=UTF-8", value.to_string())
}
