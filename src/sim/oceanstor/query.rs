//! The query part of a request: attributes, `range`, `filter`, `selectFields` (oceanstor.md §3).

use serde_json::{Map, Value};

use super::answer::{Refusal, Refused};
use super::codes;

/// One condition of `filter=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) field: String,
    pub(super) value: String,
    pub(super) exact: bool,
}

impl Condition {
    /// Whether an object as shown fulfils it.
    pub(super) fn holds(&self, object: &Map<String, Value>) -> bool {
        let text = match object.get(&self.field) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => return false,
        };
        if self.exact {
            text == self.value
        } else {
            text.contains(&self.value)
        }
    }
}

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// First and one past the last.
    pub(super) range: Option<(usize, usize)>,
    pub(super) filter: Vec<Condition>,
    pub(super) select: Option<Vec<String>>,
    /// Everything else, in order.
    pub(super) attributes: Vec<(String, String)>,
}

impl Query {
    pub(super) fn parse(raw: &str) -> Result<Self, Refused> {
        let mut query = Self::default();
        for part in raw.split('&').filter(|p| !p.is_empty()) {
            let (key, value) = part.split_once('=').ok_or(Refusal::PARAMETER)?;
            let (key, value) = (decode(key)?, decode(value)?);
            match key.as_str() {
                "range" => query.range = Some(range(&value)?),
                "filter" => query.filter = filter(&value)?,
                "selectFields" => {
                    query.select = Some(value.split(',').map(|f| f.trim().to_owned()).collect());
                }
                _ if query.attribute(&key).is_some() => return Err(Refusal::PARAMETER),
                _ => query.attributes.push((key, value)),
            }
        }
        Ok(query)
    }

    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }

    /// Refuses attributes the resource does not know.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Refused> {
        match self
            .attributes
            .iter()
            .find(|(k, _)| !known.contains(&k.as_str()))
        {
            Some((key, _)) => Err(Refusal::words(
                codes::PARAMETER,
                &format!("The query parameter {key} is not supported by this resource."),
            )),
            None => Ok(()),
        }
    }

    /// `TYPE`, where given, names the kind asked for.
    pub(super) fn type_is(&self, wanted: u32) -> Result<(), Refused> {
        match self.attribute("TYPE") {
            Some(kind) if kind.parse() != Ok(wanted) => Err(Refusal::PARAMETER),
            _ => Ok(()),
        }
    }
}

/// `[a-b]`: from a to before b.
fn range(text: &str) -> Result<(usize, usize), Refused> {
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let (from, to) = inner
        .and_then(|t| t.split_once('-'))
        .ok_or(Refusal::PARAMETER)?;
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if from < to => Ok((from, to)),
        _ => Err(Refusal::PARAMETER),
    }
}

/// `FIELD::value` exact, `FIELD:value` fuzzy, joined by ` and `, a colon in a value as `\:`.
fn filter(text: &str) -> Result<Vec<Condition>, Refused> {
    text.split(" and ")
        .map(|part| condition(part).ok_or(Refusal::PARAMETER))
        .collect()
}

fn condition(text: &str) -> Option<Condition> {
    let (field, rest) = text.split_once(':')?;
    let (exact, escaped) = match rest.strip_prefix(':') {
        Some(value) => (true, value),
        None => (false, rest),
    };
    let mut value = String::new();
    let mut letters = escaped.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?),
            ':' => return None,
            _ => value.push(letter),
        }
    }
    let good = !field.is_empty() && !value.is_empty();
    good.then(|| Condition {
        field: field.trim().to_owned(),
        value,
        exact,
    })
}

/// Percent-decoding; the result has to be UTF-8.
pub(super) fn decode(text: &str) -> Result<String, Refused> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        let (high, low) = (digit(rest.next()), digit(rest.next()));
        let code = high
            .zip(low)
            .and_then(|(h, l)| u8::try_from(h * 16 + l).ok());
        bytes.push(code.ok_or(Refusal::PARAMETER)?);
    }
    String::from_utf8(bytes).map_err(|_| Refusal::PARAMETER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<(String, String, bool)> {
        let query = Query::parse(&format!("filter={text}")).ok()?;
        query
            .filter
            .into_iter()
            .next()
            .map(|c| (c.field, c.value, c.exact))
    }

    #[test]
    fn filters() {
        let is = |f: &str, v: &str, e: bool| Some((f.to_owned(), v.to_owned(), e));
        for (text, wanted) in [
            ("NAME::vol-1", is("NAME", "vol-1", true)),
            ("NAME:vol", is("NAME", "vol", false)),
            (
                r"ID::iqn.1994-05.com.redhat\:abc",
                is("ID", "iqn.1994-05.com.redhat:abc", true),
            ),
            ("ID%3A%3Aiqn.x%5C%3Aabc", is("ID", "iqn.x:abc", true)),
            ("NAME::%E5%8D%B7", is("NAME", "卷", true)),
            ("ID::iqn.1994-05.com.redhat:abc", None),
            ("NAME", None),
            ("NAME::", None),
            ("::x", None),
            ("NAME::%4", None),
            ("NAME::%ff", None),
        ] {
            assert_eq!(one(text), wanted, "{text}");
        }
    }

    #[test]
    fn several_conditions() {
        let query = Query::parse("filter=A::1%20and%20B:2&selectFields=ID,NAME").unwrap();
        assert_eq!(query.filter.len(), 2);
        assert_eq!(query.select, Some(vec!["ID".to_owned(), "NAME".to_owned()]));
    }

    #[test]
    fn ranges_are_half_open() {
        for (text, wanted) in [
            ("[0-100]", Some((0, 100))),
            ("%5B100-200%5D", Some((100, 200))),
            ("[5-5]", None),
            ("[9-5]", None),
            ("[-5]", None),
            ("0-100", None),
            ("[0:100]", None),
        ] {
            let got = Query::parse(&format!("range={text}"))
                .ok()
                .and_then(|q| q.range);
            assert_eq!(got, wanted, "{text}");
        }
    }

    #[test]
    fn attributes_are_kept_and_checked() {
        let query = Query::parse("PARENTTYPE=21&PARENTID=2").unwrap();
        assert_eq!(query.attribute("PARENTID"), Some("2"));
        assert!(query.only(&["PARENTTYPE", "PARENTID"]).is_ok());
        assert!(query.only(&["PARENTID"]).is_err());
        assert!(Query::parse("A=1&A=2").is_err());
        assert!(Query::parse("noequals").is_err());
    }
}
