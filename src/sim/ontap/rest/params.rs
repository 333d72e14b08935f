//! The query part of a request: reserved words, filters, and where a page begins (ontap.md §5).

use std::collections::BTreeMap;

use crate::sim::ontap::refusal::{Done, Refusal, Why};
use crate::sim::ontap::state::Key;

/// `ASC` or `DESC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// A parsed query.
#[derive(Debug, Clone, Default)]
pub(super) struct Params {
    /// As sent, for the link of the next page.
    pub(super) raw: String,
    pub(super) fields: Vec<String>,
    pub(super) max_records: Option<usize>,
    pub(super) return_records: Option<bool>,
    /// Seconds.
    pub(super) return_timeout: Option<u64>,
    pub(super) order_by: Vec<(String, Direction)>,
    /// Behind which record the page begins; the check is of all other parameters.
    pub(super) start: Option<(Key, String)>,
    /// Everything else: fields and what they have to be.
    pub(super) filters: BTreeMap<String, String>,
}

/// Where a page begins, in the links this array makes.
const START: &str = "start.after";
const CHECK: &str = "start.check";

impl Params {
    pub(super) fn parse(raw: &str) -> Done<Self> {
        let mut params = Self {
            raw: raw.to_owned(),
            ..Self::default()
        };
        let (mut after, mut check) = (None, None);
        for part in raw.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let pair = decode(key).zip(decode(value));
            let (key, value) = pair.ok_or_else(|| invalid(key, value))?;
            match key.as_str() {
                "fields" => {
                    let fields = value.split(',').map(spelled);
                    params.fields.extend(fields);
                }
                "max_records" => params.max_records = Some(number(&key, &value)?),
                "return_timeout" => match number(&key, &value)? {
                    seconds if seconds <= 120 => params.return_timeout = Some(seconds),
                    _ => return Err(invalid(&key, &value)),
                },
                "return_records" => params.return_records = Some(flag(&key, &value)?),
                "order_by" => params.order_by = order(&value)?,
                START => after = Some(key_of(&value).ok_or(Why::BadTag)?),
                CHECK => check = Some(value),
                _ => {
                    // Cinder names an SVM without saying that it is its name.
                    let name = match spelled(&key).as_str() {
                        "svm" => "svm.name".to_owned(),
                        other => other.to_owned(),
                    };
                    if params.filters.insert(name, value).is_some() {
                        let words = format!("Field \"{key}\" was specified twice");
                        return Err(Refusal::about(Why::Unexpected, &key, words));
                    }
                }
            }
        }
        if params.max_records == Some(0) {
            return Err(invalid("max_records", "0"));
        }
        params.start = match (after, check) {
            (None, None) => None,
            (Some(after), Some(check)) if check == params.check() => Some((after, check)),
            _ => return Err(Why::BadTag.into()),
        };
        Ok(params)
    }

    /// What of the query has to stay the same from page to page, as a number (FNV-1a).
    fn check(&self) -> String {
        let parts = self.rest();
        let start = 0xcbf2_9ce4_8422_2325_u64;
        let hash = parts.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }

    /// The query as sent without where a page begins.
    fn rest(&self) -> String {
        let parts = self.raw.split('&').filter(|part| {
            let key = part.split('=').next().unwrap_or_default();
            !part.is_empty() && key != START && key != CHECK
        });
        parts.collect::<Vec<_>>().join("&")
    }

    /// The query of the next page.
    pub(super) fn next(&self, (first, second): Key) -> String {
        let rest = self.rest();
        let joint = if rest.is_empty() { "" } else { "&" };
        let check = self.check();
        format!("{rest}{joint}{START}={first}.{second}&{CHECK}={check}")
    }

    /// A filter, in a request that allows it and takes its value as a plain one.
    pub(super) fn plain(&self, name: &str) -> Option<&str> {
        self.filters.get(name).map(String::as_str)
    }

    /// Refuses what a request that makes or changes one object does not know.
    pub(super) fn only(&self, known: &[&str]) -> Done<()> {
        match self.filters.keys().find(|k| !known.contains(&k.as_str())) {
            Some(key) => Err(unexpected(key)),
            None => Ok(()),
        }
    }

    /// A switch among the parameters.
    pub(super) fn switch(&self, name: &str) -> Done<bool> {
        self.plain(name)
            .map_or(Ok(false), |value| flag(name, value))
    }
}

/// Hyphens count as underscores in names (ontap.md §5).
pub(super) fn spelled(name: &str) -> String {
    name.trim().replace('-', "_")
}

fn key_of(text: &str) -> Option<Key> {
    let (first, second) = text.split_once('.')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

fn number<T: std::str::FromStr>(key: &str, value: &str) -> Done<T> {
    value.parse().map_err(|_| invalid(key, value))
}

fn flag(key: &str, value: &str) -> Done<bool> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(invalid(key, value)),
    }
}

fn order(value: &str) -> Done<Vec<(String, Direction)>> {
    let one = |part: &str| {
        let (field, direction) = part.trim().split_once(' ').unwrap_or((part.trim(), "asc"));
        match direction.trim().to_ascii_lowercase().as_str() {
            "asc" => Ok((spelled(field), Direction::Up)),
            "desc" => Ok((spelled(field), Direction::Down)),
            _ => Err(invalid("order_by", value)),
        }
    };
    value.split(',').map(one).collect()
}

pub(super) fn invalid(field: &str, value: &str) -> Refusal {
    let words = format!("\"{value}\" is an invalid value for field \"{field}\"");
    Refusal::about(Why::InvalidValue, field, words)
}

pub(super) fn unexpected(field: &str) -> Refusal {
    let words = format!("Unexpected argument \"{field}\".");
    Refusal::about(Why::Unexpected, field, words)
}

/// Percent-decodes; `None` for what is no text. A plus stands for itself in a path and for a
/// blank in a query of a form: real arrays take `%20`, and so does this one.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        match rest {
            [] => return String::from_utf8(bytes).ok(),
            [b'%', high, low, after @ ..] => {
                let digit = |d: u8| char::from(d).to_digit(16);
                let value = digit(*high)? * 16 + digit(*low)?;
                bytes.push(u8::try_from(value).ok()?);
                rest = after;
            }
            [b'%', ..] => return None,
            [byte, after @ ..] => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
}
