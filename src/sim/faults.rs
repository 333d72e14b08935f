//! Which request goes wrong, and how: the faults a practice array injects on demand.
//!
//! One fault is `WHERE=ACT`; several are separated by `;` or line ends.
//!
//! `WHERE` is one of
//! * `METHOD /path[#N|#N-M|#every]`: the N-th request that matches (the first if nothing is said).
//!   METHOD may be `*`; the path is the one behind the device id; `*` in it stands for any text, a
//!   `?` in it makes the query part of the match. Letters compare without case.
//! * `@K` or `@K-L`: the K-th request of all since the faults were set, counted from 1.
//! * `*`: every request.
//!
//! `ACT` is one of `drop-before`, `drop-after`, `code:C`, `code-after:C`, `busy`, `timeout`,
//! `timeout-after`, `http:S`, `http-after:S`, `slow:MS`, `silent`, `silent-after`, `garbage`,
//! `garbage-before`, `truncated`, `html`, `html-after`, `expire`, `expire:C`, `refuse`. "after"
//! means that the request is carried out first. `refuse` goes with `@K`: from the K-th request on
//! nothing listens any more, until the faults are replaced.

use std::str::FromStr;
use std::time::Duration;

use serde_json::Value;

/// A fault text that cannot be read; the message names the part and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fault `{text}`: {why}")]
pub struct BadFault {
    /// The text as given.
    pub text: String,
    /// What is wrong with it, and what is expected.
    pub why: String,
}

fn bad<T>(text: &str, why: impl Into<String>) -> Result<T, BadFault> {
    Err(BadFault {
        text: text.to_owned(),
        why: why.into(),
    })
}

/// Whether the request is carried out before the fault shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The array's state stays as it was.
    Before,
    /// The request is carried out; only its answer is lost or spoiled.
    After,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The connection closes without an answer.
    Drop(When),
    /// The array answers with this code of its own (a number, or `busy` / `timeout`).
    Code(When, String),
    /// The web server answers with this HTTP status and no body of the array's kind.
    Http(When, u16),
    /// The answer waits this long.
    Slow(Duration),
    /// The answer never comes, and the connection stays open.
    Silent(When),
    /// Nothing listens: the request is not even sent.
    Refuse,
    /// The body is no JSON at all.
    Garbage(When),
    /// `Content-Length` promises the whole body, half of it comes, the connection closes.
    Truncated,
    /// A login page of some proxy, status 200.
    Html(When),
    /// All sessions are gone; the answer is this code, or the array's usual one.
    Expire(Option<String>),
}

/// Which requests a fault hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Requests of this method (`*` = any) and path pattern, counted among themselves.
    Matching {
        /// The method in upper case, or `*`.
        method: String,
        /// The path pattern, in lower case.
        path: String,
        /// The occurrences, counted from 1.
        occurrences: Span,
    },
    /// Requests counted over all.
    Index(Span),
}

/// First and last of the hit occurrences, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first one hit, from 1.
    pub first: u64,
    /// The last one hit.
    pub last: u64,
}

impl Span {
    /// Every occurrence.
    pub const EVERY: Self = Self {
        first: 1,
        last: u64::MAX,
    };

    fn holds(self, n: u64) -> bool {
        (self.first..=self.last).contains(&n)
    }

    fn parse(text: &str, whole: &str) -> Result<Self, BadFault> {
        if text == "every" {
            return Ok(Self::EVERY);
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first >= 1 && last >= first => Ok(Self { first, last }),
            _ => bad(
                whole,
                format!("`{text}` is no count: give N, N-M (from 1 on) or `every`"),
            ),
        }
    }
}

/// One fault with its own counter.
#[derive(Debug, Clone)]
struct Rule {
    place: Place,
    act: Act,
    matched: u64,
}

/// The faults of one server, with their counters.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    rules: Vec<Rule>,
    requests: u64,
}

/// What happens to one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) slow: Option<Duration>,
    pub(crate) act: Option<Act>,
}

impl Faults {
    /// No faults.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds one fault.
    #[must_use]
    pub fn with(mut self, place: Place, act: Act) -> Self {
        self.rules.push(Rule {
            place,
            act,
            matched: 0,
        });
        self
    }

    /// Reads the compact text (see the module).
    ///
    /// # Errors
    /// A part that is no fault, with what is expected instead.
    pub fn parse(text: &str) -> Result<Self, BadFault> {
        let mut faults = Self::none();
        for part in text
            .split([';', '\n'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
        {
            let Some((place, act)) = part.rsplit_once('=') else {
                return bad(
                    part,
                    "expected WHERE=ACT, as in `POST /hostgroup#1=drop-after`",
                );
            };
            let (place, act) = (place.trim(), act.trim());
            let (place, act) = (parse_place(place, part)?, parse_act(act, part)?);
            if act == Act::Refuse && !matches!(place, Place::Index(_)) {
                return bad(
                    part,
                    "`refuse` goes with `@K`: what is not sent has no path",
                );
            }
            faults = faults.with(place, act);
        }
        Ok(faults)
    }

    /// Reads JSON: a list (or one) of compact texts and of objects
    /// `{"method","path","n","act"}` or `{"request","act"}`; `n` and `request` are a number,
    /// `"N-M"` or `"every"`.
    ///
    /// # Errors
    /// An element that is no fault.
    pub fn from_json(value: &Value) -> Result<Self, BadFault> {
        let mut faults = Self::none();
        let one = std::slice::from_ref(value);
        for item in value.as_array().map_or(one, Vec::as_slice) {
            let text = item.to_string();
            match item {
                Value::String(compact) => faults.rules.extend(Self::parse(compact)?.rules),
                Value::Object(map) => {
                    let known = ["method", "path", "n", "request", "act"];
                    if let Some(key) = map.keys().find(|k| !known.contains(&k.as_str())) {
                        return bad(&text, format!("unknown key `{key}`"));
                    }
                    let Some(act) = map.get("act").and_then(Value::as_str) else {
                        return bad(&text, "`act` is missing");
                    };
                    let act = parse_act(act, &text)?;
                    let count = |key: &str| map.get(key).map(word);
                    let place = if let Some(index) = count("request") {
                        Place::Index(Span::parse(&index, &text)?)
                    } else if let Some(path) = map.get("path").and_then(Value::as_str) {
                        let method = map.get("method").and_then(Value::as_str).unwrap_or("*");
                        matching(method, path, count("n").as_deref(), &text)?
                    } else {
                        return bad(&text, "give `path` (with `method`, `n`) or `request`");
                    };
                    faults = faults.with(place, act);
                }
                _ => return bad(&text, "expected a text or an object"),
            }
        }
        Ok(faults)
    }

    /// Joins two sets of faults; the counters of both go on.
    pub fn extend(&mut self, more: Self) {
        self.rules.extend(more.rules);
    }

    /// Counts one request and says what happens to it: every `slow` adds up, and the first other
    /// fault that matches wins.
    pub(crate) fn next(&mut self, method: &str, route: &str, query: &str) -> Hit {
        self.requests += 1;
        let index = self.requests;
        let mut hit = Hit::default();
        for rule in &mut self.rules {
            let struck = match &rule.place {
                Place::Index(span) => span.holds(index),
                Place::Matching {
                    method: m,
                    path,
                    occurrences,
                } => {
                    let full = if path.contains('?') && !query.is_empty() {
                        format!("{route}?{query}")
                    } else {
                        route.to_owned()
                    };
                    let same = (m == "*" || m.eq_ignore_ascii_case(method))
                        && glob(path, &full.to_ascii_lowercase());
                    rule.matched += u64::from(same);
                    same && occurrences.holds(rule.matched)
                }
            };
            match (&rule.act, struck) {
                (_, false) => {}
                (Act::Slow(by), true) => hit.slow = Some(hit.slow.unwrap_or_default() + *by),
                (act, true) => hit.act = hit.act.or_else(|| Some(act.clone())),
            }
        }
        hit
    }
}

impl FromStr for Faults {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        Self::parse(text)
    }
}

impl Faults {
    /// Whether nothing listens any more when the next request is due.
    pub(crate) fn refuses_next(&self) -> bool {
        self.rules.iter().any(|rule| {
            let due = matches!(rule.place, Place::Index(span) if span.holds(self.requests + 1));
            rule.act == Act::Refuse && due
        })
    }
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn parse_place(place: &str, whole: &str) -> Result<Place, BadFault> {
    if place == "*" {
        return Ok(Place::Index(Span::EVERY));
    }
    if let Some(index) = place.strip_prefix('@') {
        return Ok(Place::Index(Span::parse(index, whole)?));
    }
    let Some((method, path)) = place.split_once(char::is_whitespace) else {
        return bad(whole, "expected `METHOD /path`, `@K` or `*` before the `=`");
    };
    let (path, count) = match path.rsplit_once('#') {
        Some((path, count)) => (path, Some(count)),
        None => (path, None),
    };
    matching(method, path, count, whole)
}

fn matching(method: &str, path: &str, count: Option<&str>, whole: &str) -> Result<Place, BadFault> {
    let method = method.trim().to_ascii_uppercase();
    if !["GET", "POST", "PUT", "DELETE", "PATCH", "*"].contains(&method.as_str()) {
        return bad(
            whole,
            format!("`{method}` is no method (GET POST PUT DELETE PATCH or *)"),
        );
    }
    let path = path.trim().to_ascii_lowercase();
    if !path.starts_with('/') && !path.starts_with('*') {
        return bad(whole, "the path starts with `/` (or `*`)");
    }
    let first = Span { first: 1, last: 1 };
    let occurrences = count.map_or(Ok(first), |c| Span::parse(c.trim(), whole))?;
    Ok(Place::Matching {
        method,
        path,
        occurrences,
    })
}

fn parse_act(act: &str, whole: &str) -> Result<Act, BadFault> {
    use When::{After, Before};
    let (name, value) = match act.split_once(':') {
        Some((name, value)) => (name, Some(value.trim()).filter(|v| !v.is_empty())),
        None => (act, None),
    };
    let code = |when: When| match value {
        Some(code) => Ok(Act::Code(when, code.to_owned())),
        None => bad(
            whole,
            format!("`{name}` needs a code, as in `{name}:1077949006`"),
        ),
    };
    let http = |when: When| match value.and_then(|v| v.parse().ok()) {
        Some(status @ 100..=599) => Ok(Act::Http(when, status)),
        _ => bad(
            whole,
            format!("`{name}` needs an HTTP status, as in `{name}:503`"),
        ),
    };
    match (name, value) {
        ("drop-before", None) => Ok(Act::Drop(Before)),
        ("drop-after", None) => Ok(Act::Drop(After)),
        ("code", _) => code(Before),
        ("code-after", _) => code(After),
        ("busy", None) => Ok(Act::Code(Before, "busy".to_owned())),
        ("timeout", None) => Ok(Act::Code(Before, "timeout".to_owned())),
        ("timeout-after", None) => Ok(Act::Code(After, "timeout".to_owned())),
        ("http", _) => http(Before),
        ("http-after", _) => http(After),
        ("slow", Some(ms)) => match ms.trim_end_matches("ms").parse() {
            Ok(ms) => Ok(Act::Slow(Duration::from_millis(ms))),
            Err(_) => bad(whole, "`slow` needs milliseconds, as in `slow:200ms`"),
        },
        ("silent", None) => Ok(Act::Silent(Before)),
        ("silent-after", None) => Ok(Act::Silent(After)),
        ("refuse", None) => Ok(Act::Refuse),
        ("garbage", None) => Ok(Act::Garbage(After)),
        ("garbage-before", None) => Ok(Act::Garbage(Before)),
        ("truncated", None) => Ok(Act::Truncated),
        ("html", None) => Ok(Act::Html(Before)),
        ("html-after", None) => Ok(Act::Html(After)),
        ("expire", code) => Ok(Act::Expire(code.map(str::to_owned))),
        _ => bad(
            whole,
            format!(
                "`{act}` is no act: drop-before, drop-after, code:C, code-after:C, busy, timeout, \
                 timeout-after, http:S, http-after:S, slow:MS, silent, silent-after, garbage, \
                 garbage-before, truncated, html, html-after, expire, expire:C or refuse"
            ),
        ),
    }
}

/// `*` stands for any text, slashes included; everything else is literal.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| rest.get(at..).is_some_and(|after| glob(tail, after)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hits(text: &str, requests: &[(&str, &str)]) -> Vec<Option<Act>> {
        let mut faults = Faults::parse(text).unwrap();
        requests
            .iter()
            .map(|(m, p)| faults.next(m, p, "").act)
            .collect()
    }

    #[test]
    fn counts_among_the_matching_requests() {
        let requests = [
            ("POST", "/hostgroup"),
            ("POST", "/hostgroup/associate"),
            ("POST", "/HostGroup"),
        ];
        let after = Some(Act::Drop(When::After));
        assert_eq!(
            hits("POST /hostgroup=drop-after", &requests),
            [after.clone(), None, None]
        );
        assert_eq!(
            hits("POST /hostgroup#2=drop-after", &requests),
            [None, None, after.clone()]
        );
        assert_eq!(
            hits("* /host*#2-3=drop-after", &requests),
            [None, after.clone(), after.clone()]
        );
        assert_eq!(
            hits("@2=drop-after", &requests),
            [None, after.clone(), None]
        );
        assert_eq!(
            hits("GET /hostgroup#every=drop-after", &requests),
            [None, None, None]
        );
    }

    #[test]
    fn slow_goes_with_another_fault_and_the_first_other_one_wins() {
        let mut faults = Faults::parse("*=slow:5ms; @1=busy\n@1=drop-before").unwrap();
        let hit = faults.next("GET", "/lun", "");
        assert_eq!(hit.slow, Some(Duration::from_millis(5)));
        assert_eq!(hit.act, Some(Act::Code(When::Before, "busy".to_owned())));
        assert_eq!(faults.next("GET", "/lun", "").act, None);
    }

    #[test]
    fn a_question_mark_in_the_pattern_reaches_into_the_query() {
        let mut faults = Faults::parse("GET /host?filter=NAME::n1=html").unwrap();
        assert_eq!(faults.next("GET", "/host", "filter=NAME::n2").act, None);
        assert_eq!(
            faults.next("GET", "/host", "filter=NAME::n1").act,
            Some(Act::Html(When::Before))
        );
    }

    #[test]
    fn every_act_has_a_text() {
        for act in
            "drop-before drop-after code:-401 code-after:5 busy timeout timeout-after http:503 \
                    http-after:500 slow:1 garbage garbage-before truncated html html-after expire \
                    expire:1077949069 silent silent-after refuse"
                .split_whitespace()
        {
            assert!(Faults::parse(&format!("@1={act}")).is_ok(), "{act}");
        }
    }

    #[test]
    fn bad_texts_say_what_is_expected() {
        for (text, words) in [
            ("POST /host", "WHERE=ACT"),
            ("POST=busy", "METHOD /path"),
            ("FETCH /host=busy", "no method"),
            ("POST host=busy", "starts with"),
            ("POST /host#0=busy", "from 1"),
            ("@x=busy", "no count"),
            ("@1=explode", "drop-before"),
            ("@1=code", "needs a code"),
            ("@1=http:99", "HTTP status"),
            ("@1=slow:soon", "milliseconds"),
            ("GET /host=refuse", "goes with"),
        ] {
            let error = Faults::parse(text).unwrap_err().to_string();
            assert!(
                error.contains(words) && error.contains(text),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn json_says_the_same() {
        let mut faults = Faults::from_json(&json!([
            "@1=busy",
            {"method": "POST", "path": "/host", "n": 2, "act": "drop-before"},
            {"request": "3-4", "act": "http:500"}
        ]))
        .unwrap();
        let acts: Vec<_> = (0..4)
            .map(|_| faults.next("POST", "/host", "").act)
            .collect();
        assert_eq!(acts[0], Some(Act::Code(When::Before, "busy".to_owned())));
        assert_eq!(acts[1], Some(Act::Drop(When::Before)));
        assert_eq!(acts[2], Some(Act::Http(When::Before, 500)));
        assert_eq!(acts[3], acts[2]);
        for wrong in [
            json!(7),
            json!({"act": "busy"}),
            json!({"path": "/x"}),
            json!({"pth": 1}),
        ] {
            assert!(Faults::from_json(&wrong).is_err(), "{wrong}");
        }
    }
}
