//! Strict reading of a request's fields: from a JSON body, or from a query that stands in for one.

use serde_json::{Map, Value};

use super::answer::{Refusal, Refused};
use super::codes;
use super::options::Generation;
use super::query::Query;

/// The fields of one request, all of them known to the resource.
#[derive(Debug, Clone)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a JSON object and refuses fields that are not in `known`.
    pub(super) fn parse(body: &[u8], known: &[&str]) -> Result<Self, Refused> {
        let value = serde_json::from_slice(body).map_err(|_| Refusal::PARAMETER)?;
        let Value::Object(map) = value else {
            return Err(Refusal::PARAMETER);
        };
        Self(map).known(known)
    }

    /// Reads a query in which the fields are given as attributes.
    pub(super) fn from_query(query: &Query, known: &[&str]) -> Result<Self, Refused> {
        if query.range.is_some() || !query.filter.is_empty() || query.select.is_some() {
            return Err(Refusal::PARAMETER);
        }
        let pairs = query
            .attributes
            .iter()
            .map(|(k, v)| (k.clone(), Value::from(v.as_str())));
        Self(pairs.collect()).known(known)
    }

    /// A removal sends its fields as a query, or (the CSI driver) as a body.
    pub(super) fn either(query: &Query, body: &[u8], known: &[&str]) -> Result<Self, Refused> {
        if body.is_empty() {
            Self::from_query(query, known)
        } else if query.attributes.is_empty() {
            Self::parse(body, known)
        } else {
            Err(Refusal::PARAMETER)
        }
    }

    fn known(self, known: &[&str]) -> Result<Self, Refused> {
        match self.0.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Refusal::field(key)),
            None => Ok(self),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub(super) fn raw(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// A text; numbers and booleans count as their text, as type codes come both ways.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Refused> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::Bool(flag)) => Ok(Some(flag.to_string())),
            Some(_) => Err(Refusal::field(key)),
        }
    }

    pub(super) fn need(&self, key: &str) -> Result<String, Refused> {
        self.text(key)?
            .filter(|t| !t.is_empty())
            .ok_or_else(|| Refusal::field(key))
    }

    /// A text out of a closed set.
    pub(super) fn choice(&self, key: &str, allowed: &[&str]) -> Result<Option<String>, Refused> {
        match self.text(key)? {
            Some(text) if !allowed.contains(&text.as_str()) => Err(Refusal::field(key)),
            other => Ok(other),
        }
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<u32>, Refused> {
        match self.text(key)? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Refusal::field(key)),
        }
    }

    pub(super) fn id(&self, key: &str) -> Result<u64, Refused> {
        self.need(key)?.parse().map_err(|_| Refusal::field(key))
    }

    /// `TYPE`, where given, is the kind of the resource.
    pub(super) fn type_is(&self, kind: u32) -> Result<(), Refused> {
        match self.number("TYPE")? {
            Some(given) if given != kind => Err(Refusal::field("TYPE")),
            _ => Ok(()),
        }
    }

    /// An object name: `[A-Za-z0-9_.-]` and CJK, 31 or 255 long (oceanstor.md §6).
    pub(super) fn name(&self, generation: Generation) -> Result<Option<String>, Refused> {
        let Some(name) = self.text("NAME")? else {
            return Ok(None);
        };
        if !(1..=generation.name_limit()).contains(&name.chars().count()) {
            return Err(codes::NAME_LENGTH.into());
        }
        let cjk = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
        let good = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c) || cjk(c);
        if !name.chars().all(good) {
            return Err(codes::NAME_CHARACTERS.into());
        }
        Ok(Some(name))
    }
}
