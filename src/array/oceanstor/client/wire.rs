//! One exchange with the array: headers, envelope, trace.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::{Client, lock};
use crate::array::Error;
use crate::array::http::{Door, Failure, Response};
use crate::array::oceanstor::codes;
use crate::array::oceanstor::envelope::{self, Method, Parsed};
use crate::array::oceanstor::session::{Cookies, Session};
use crate::kit::bounds::Bounds;
use crate::kit::redact::{Secret, mask_json, mask_text, secrets_in};

/// Keys whose values are masked in traces.
pub(super) const MASKED: &[&str] = &[
    "password",
    "CHAPPASSWORD",
    "CHAPMUTUALPASSWORD",
    "iBaseToken",
];

/// One thing to send, as the loop below needs it.
pub(super) struct Job<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) body: Option<&'a Value>,
}

impl Job<'_> {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method.word(), self.path)
    }

    pub(super) fn reads(&self) -> bool {
        self.method == Method::Get
    }
}

/// What came back, read as far as possible.
pub(super) enum Heard {
    Envelope(Parsed),
    /// Not an envelope: HTTP status and what is wrong.
    Garbage(u16, String),
    Nothing(Failure),
}

/// Whether an HTTP status speaks for itself: no session, no such resource, busy.
fn tells(status: u16) -> bool {
    matches!(status, 401 | 403 | 404 | 429 | 503)
}

fn unknown(parsed: &Parsed) -> bool {
    parsed.code != 0 && codes::find_code(parsed.code).is_none()
}

impl Client {
    /// Whether something answers at a URL, without showing it any credential. Its certificate is
    /// then known.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and [`Error::Certificate`].
    pub(in crate::array::oceanstor) fn knock(
        &self,
        index: usize,
        bounds: &Bounds,
    ) -> Result<(), Error> {
        bounds.check().map_err(|e| self.ended(e))?;
        let door = self.door(index)?;
        let job = Job {
            method: Method::Get,
            path: "",
            body: None,
        };
        let limit = self.settings.request.min(bounds.deadline.remaining());
        match self.send(door, &job, "", None, limit) {
            Heard::Nothing(Failure::Certificate { why, fingerprint }) => {
                Err(self.certificate_error(door, why, fingerprint))
            }
            Heard::Nothing(Failure::NotSent { why } | Failure::NoAnswer { why }) => {
                Err(self.unreachable(door, why))
            }
            Heard::Envelope(_) | Heard::Garbage(..) | Heard::Nothing(Failure::TooLong { .. }) => {
                Ok(())
            }
        }
    }

    pub(super) fn door(&self, index: usize) -> Result<&Door, Error> {
        let cannot = |why: String| Error::Setup {
            array: self.array().to_owned(),
            why,
            hint: format!("check [arrays.{}] in the configuration", self.array()),
        };
        let (Some(cell), Some(url)) = (self.doors.get(index), self.settings.urls.get(index)) else {
            return Err(cannot("no url is configured".into()));
        };
        cell.get_or_init(|| Door::open(url, &self.settings.trust, self.settings.connect))
            .as_ref()
            .map_err(|why| cannot(why.clone()))
    }

    pub(super) fn send(
        &self,
        door: &Door,
        job: &Job<'_>,
        rest: &str,
        session: Option<&Session>,
        limit: Duration,
    ) -> Heard {
        self.exchange(door, job, rest, session, limit).0
    }

    pub(super) fn send_for_cookie(
        &self,
        door: &Door,
        job: &Job<'_>,
        rest: &str,
        limit: Duration,
    ) -> (Heard, Cookies) {
        let (heard, response) = self.exchange(door, job, rest, None, limit);
        let cookies = Cookies::default();
        if let Some(response) = response {
            cookies.take(&response.headers);
        }
        (heard, cookies)
    }

    pub(super) fn exchange(
        &self,
        door: &Door,
        job: &Job<'_>,
        rest: &str,
        session: Option<&Session>,
        limit: Duration,
    ) -> (Heard, Option<Response>) {
        let mut headers = vec![
            ("accept", "application/json"),
            ("content-type", "application/json"),
        ];
        let cookie = session.and_then(|s| s.cookies.header());
        if let Some(session) = session {
            headers.push(("ibasetoken", session.token.expose()));
        }
        if let Some(cookie) = &cookie {
            headers.push(("cookie", cookie.expose()));
        }
        let body = job.body.map(|b| b.to_string().into_bytes());
        let sent = body.as_ref().map_or(0, Vec::len);
        let started = Instant::now();
        self.requests.fetch_add(1, Ordering::Relaxed);
        let result = door.send(job.method.word(), rest, &headers, body, limit);
        let (heard, response) = match result {
            Err(failure) => (Heard::Nothing(failure), None),
            Ok(response) => {
                if let Some(session) = session {
                    session.cookies.take(&response.headers);
                }
                let mut parsed = envelope::parse(&response.body);
                if let Ok(parsed) = &mut parsed
                    && parsed.code != 0
                {
                    // An array that repeats a value in its refusal repeats what must not be told.
                    let secrets = self.secrets(job, session);
                    parsed.description = mask_text(&parsed.description, &secrets);
                    let told = parsed.suggestion.take();
                    parsed.suggestion = told.map(|text| mask_text(&text, &secrets));
                }
                let heard = match parsed {
                    // A code that nobody knows says less than such a status.
                    Ok(parsed) if tells(response.status) && unknown(&parsed) => {
                        let answer = parsed.answer(&job.name());
                        Heard::Garbage(response.status, answer.to_string())
                    }
                    // An envelope of success under a status of failure contradicts itself.
                    Ok(parsed) if parsed.code != 0 || (200..300).contains(&response.status) => {
                        Heard::Envelope(parsed)
                    }
                    Ok(_) => Heard::Garbage(
                        response.status,
                        format!("HTTP {} with a reply of success", response.status),
                    ),
                    Err(_) if (300..400).contains(&response.status) => {
                        let to = response.headers.get("location");
                        let to = to.and_then(|v| v.to_str().ok()).unwrap_or("nowhere");
                        let why = format!("HTTP {}: it redirects to {to}", response.status);
                        Heard::Garbage(response.status, why)
                    }
                    Err(why) => {
                        let secrets = self.secrets(job, session);
                        let secrets: Vec<&str> = secrets.iter().map(Secret::expose).collect();
                        let excerpt = envelope::excerpt(&response.body, &secrets);
                        let why = format!("HTTP {}: {why}: {excerpt:?}", response.status);
                        Heard::Garbage(response.status, why)
                    }
                };
                (heard, Some(response))
            }
        };
        self.trace.event("http", || {
            let mut fields = Map::new();
            fields.insert("kind".into(), super::super::KIND.into());
            fields.insert("array".into(), self.array().into());
            fields.insert("method".into(), job.method.word().into());
            fields.insert("url".into(), format!("{}{rest}", door.url()).into());
            if let Some(body) = job.body {
                let mut body = body.clone();
                mask_json(&mut body, MASKED);
                fields.insert("body".into(), body);
            }
            match &heard {
                Heard::Envelope(parsed) => {
                    fields.insert("code".into(), parsed.code.into());
                    if parsed.code != 0 {
                        fields.insert("description".into(), parsed.description.as_str().into());
                    }
                }
                Heard::Garbage(_, why)
                | Heard::Nothing(
                    Failure::NotSent { why }
                    | Failure::NoAnswer { why }
                    | Failure::TooLong { why }
                    | Failure::Certificate { why, .. },
                ) => {
                    fields.insert("error".into(), why.as_str().into());
                }
            }
            if let Some(response) = &response {
                fields.insert("status".into(), response.status.into());
            }
            let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            fields.insert("ms".into(), ms.into());
            fields.insert("bytes_out".into(), sent.into());
            let got = response.as_ref().map_or(0, |r| r.body.len());
            fields.insert("bytes_in".into(), got.into());
            fields
        });
        (heard, response)
    }

    /// What of a request must not be told, whoever repeats it.
    pub(super) fn secrets(&self, job: &Job<'_>, session: Option<&Session>) -> Vec<Secret> {
        let mut secrets: Vec<Secret> = lock(&self.password).clone().into_iter().collect();
        if let Some(session) = session {
            secrets.push(session.token.clone());
            secrets.extend(session.cookies.values());
        }
        if let Some(body) = job.body {
            secrets.extend(secrets_in(body, MASKED));
        }
        secrets
    }
}
