//! Requests and replies: `{"data": …, "error": {"code": …}}` (oceanstor.md §2).

use std::fmt;

use serde_json::{Map, Value};

use super::codes::{self, Class};
use super::object::Object;
use crate::array::error::Answer;

/// The methods the interface uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::array) enum Method {
    /// Reads.
    Get,
    /// Creates and associates.
    Post,
    /// Alters.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A change that is wanted.
#[derive(Debug, Clone)]
pub(in crate::array) struct Request {
    /// How.
    pub(super) method: Method,
    /// Path and query after the device id, such as `/hostgroup/associate`.
    pub(super) path: String,
    /// The JSON body.
    pub(super) body: Option<Value>,
}

impl Request {
    /// Creates or associates.
    pub(super) fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::Post,
            path: path.into(),
            body: Some(body),
        }
    }

    /// Alters.
    pub(super) fn put(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::Put,
            path: path.into(),
            body: Some(body),
        }
    }

    /// Removes.
    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self {
            method: Method::Delete,
            path: path.into(),
            body: None,
        }
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.word(), self.path)
    }
}

/// What an answered request came to. Every other code is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::array) enum Outcome {
    /// Done.
    Success,
    /// An object of that name or id exists already: look it up.
    Exists,
    /// The association exists already.
    Already,
    /// The object (of a path, or of an association) does not exist.
    Missing,
    /// The association does not exist.
    NotMember,
}

/// An answered request.
#[derive(Debug, Clone)]
pub(in crate::array) struct Reply {
    /// What it came to.
    pub(super) outcome: Outcome,
    objects: Vec<Object>,
    answer: Answer,
}

impl Reply {
    pub(super) fn new(outcome: Outcome, parsed: Parsed, request: &str) -> Self {
        Self {
            outcome,
            answer: parsed.answer(request),
            objects: parsed.objects,
        }
    }

    /// The one object of the reply; `None` when there is none or more than one.
    pub(super) fn object(&self) -> Option<&Object> {
        match self.objects.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The objects of the reply; empty when it has no `data`.
    pub(super) fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The array's own words, to make an error of an outcome that was not wanted.
    pub(super) fn answer(&self) -> Answer {
        self.answer.clone()
    }
}

/// An envelope that was read.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub(super) code: i64,
    pub(super) description: String,
    pub(super) suggestion: Option<String>,
    pub(super) objects: Vec<Object>,
}

impl Parsed {
    /// How the client treats it.
    pub(super) fn class(&self) -> Class {
        codes::class_of(self.code)
    }

    /// The array's words, for an error.
    pub(super) fn answer(&self, request: &str) -> Answer {
        // "0" is the description of success; it says nothing.
        let description = match self.description.as_str() {
            "0" => "",
            other => other,
        };
        Answer {
            request: request.to_owned(),
            code: self.code.to_string(),
            description: description.to_owned(),
            suggestion: self.suggestion.clone(),
            meaning: codes::find_code(self.code).map(|c| c.meaning),
        }
    }
}

/// Reads an envelope.
///
/// # Errors
/// What is wrong with it, without its text.
pub(super) fn parse(body: &[u8]) -> Result<Parsed, String> {
    let value: Value = serde_json::from_slice(body).map_err(|e| {
        if body.is_empty() {
            "the reply is empty".to_owned()
        } else if e.is_eof() {
            "the reply is JSON cut off in the middle".to_owned()
        } else {
            "the reply is not JSON".to_owned()
        }
    })?;
    let Value::Object(mut top) = value else {
        return Err("the reply is not a JSON object".into());
    };
    let error = match top.get("error") {
        Some(Value::Object(error)) => error,
        Some(_) => return Err("the reply's \"error\" is not an object".into()),
        None => return Err("the reply has no \"error\"".into()),
    };
    let code = code(error)?;
    let text = |key: &str| match error.get(key) {
        Some(Value::String(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let description = text("description");
    let suggestion = Some(text("suggestion")).filter(|s| !s.is_empty());
    let objects = match top.remove("data") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if text.is_empty() => Vec::new(),
        Some(Value::Object(map)) if map.is_empty() => Vec::new(),
        Some(Value::Object(map)) => vec![Object::new(map)],
        Some(Value::Array(items)) => objects(items)?,
        Some(_) if code != 0 => Vec::new(),
        Some(_) => return Err("the reply's \"data\" is neither an object nor a list".into()),
    };
    Ok(Parsed {
        code,
        description,
        suggestion,
        objects,
    })
}

fn code(error: &Map<String, Value>) -> Result<i64, String> {
    let number = match error.get("code") {
        Some(Value::Number(n)) => n.as_i64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        None => return Err("the reply's \"error\" has no \"code\"".into()),
        Some(_) => None,
    };
    number.ok_or_else(|| "the reply's \"code\" is not a whole number".to_owned())
}

fn objects(items: Vec<Value>) -> Result<Vec<Object>, String> {
    items
        .into_iter()
        .map(|item| match item {
            Value::Object(map) => Ok(Object::new(map)),
            _ => Err("the reply's \"data\" lists something that is no object".to_owned()),
        })
        .collect()
}

/// The first 80 characters of a reply that could not be read, to recognise what answered. The
/// text ends where a secret could begin, and known secrets are masked.
pub(super) fn excerpt(body: &[u8], secrets: &[&str]) -> String {
    let text = String::from_utf8_lossy(body.get(..4096).unwrap_or(body));
    let mut text = text.into_owned();
    for secret in secrets.iter().filter(|s| !s.is_empty()) {
        text = text.replace(secret, crate::kit::redact::MASK);
    }
    let lower = text.to_ascii_lowercase();
    for word in ["ibasetoken", "password", "ismsession"] {
        if let Some(at) = lower.find(word) {
            let end = at + word.len();
            if end <= text.len() && text.is_char_boundary(end) {
                text.truncate(end);
            }
        }
    }
    let words: Vec<&str> = text.split(char::is_whitespace).collect();
    let line: String = words
        .join(" ")
        .chars()
        .map(|c| if c.is_control() { '.' } else { c })
        .take(80)
        .collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<Parsed, String> {
        parse(value.to_string().as_bytes())
    }

    #[test]
    fn codes_are_numbers_or_texts_and_may_be_negative() {
        for (code, want) in [
            (json!(0), 0),
            (json!("0"), 0),
            (json!(-401), -401),
            (json!(" -401 "), -401),
            (json!(4_294_967_297_i64), 4_294_967_297),
            (json!("1077949069"), 1_077_949_069),
        ] {
            let parsed = read(json!({"data": {}, "error": {"code": code}})).unwrap();
            assert_eq!(parsed.code, want);
        }
    }

    #[test]
    fn every_look_of_an_empty_list_is_empty() {
        for data in [json!(null), json!({}), json!([]), json!("")] {
            let parsed = read(json!({"data": data, "error": {"code": 0}})).unwrap();
            assert!(parsed.objects.is_empty(), "{data}");
        }
        assert!(
            read(json!({"error": {"code": 0}}))
                .unwrap()
                .objects
                .is_empty()
        );
    }

    #[test]
    fn one_object_and_many() {
        let reply = |data: Value| {
            let parsed = read(json!({"data": data, "error": {"code": 0}})).unwrap();
            Reply::new(Outcome::Success, parsed, "GET /host")
        };
        assert_eq!(reply(json!({"ID": 2})).object().unwrap().id(), Some("2"));
        let many = reply(json!([{"ID": "1"}, {"ID": "2"}]));
        assert_eq!((many.objects().len(), many.object()), (2, None));
    }

    #[test]
    fn what_is_no_envelope_is_told_apart() {
        for (body, words) in [
            ("", "empty"),
            ("<html>", "not JSON"),
            ("{\"data\":", "cut off"),
            ("[]", "not a JSON object"),
            ("{}", "no \"error\""),
            ("{\"error\": 5}", "not an object"),
            ("{\"error\": {}}", "no \"code\""),
            ("{\"error\": {\"code\": 1.5}}", "whole number"),
            ("{\"error\": {\"code\": \"x\"}}", "whole number"),
            ("{\"data\": 5, \"error\": {\"code\": 0}}", "neither"),
            ("{\"data\": [5], \"error\": {\"code\": 0}}", "no object"),
        ] {
            let why = parse(body.as_bytes()).unwrap_err();
            assert!(why.contains(words), "{body}: {why}");
        }
        assert!(parse(b"\xff\xfe").is_err());
        // A refusal may say anything as its data.
        assert_eq!(
            read(json!({"data": 5, "error": {"code": 7}})).unwrap().code,
            7
        );
    }

    #[test]
    fn an_excerpt_is_short_plain_and_without_secrets() {
        assert_eq!(
            excerpt(b" <html>\n\t<b> hello", &[]),
            "<html> <b> hello".replace(" <b>", "  <b>")
        );
        assert_eq!(excerpt(&[b'x'; 500], &[]).len(), 80);
        assert_eq!(excerpt(b"a\x1b[31mb", &[]), "a.[31mb");
        assert_eq!(
            excerpt(b"tell canary now", &["canary"]),
            "tell ******** now"
        );
        assert_eq!(excerpt(b"{\"iBaseToken\":\"canary", &[]), "{\"iBaseToken");
    }
}
