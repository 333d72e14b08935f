//! One exchange with the array: headers, account, trace.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Map;

use super::{Client, Message, Read, lock};
use crate::array::error::Error;
use crate::array::http::{Door, Failure, Response};
use crate::array::ontap::codes::{Api, Class};
use crate::array::ontap::secrets::in_both_forms;
use crate::kit::bounds::Bounds;
use crate::kit::redact::{Secret, mask_text};

/// What the array's audit log says about us (ontap.md §2).
const APP: &str = concat!("sanctl/", env!("CARGO_PKG_VERSION"));

/// How much of an answer that cannot be read is shown (ontap.md §1).
const EXCERPT: usize = 200;

impl Client {
    /// Whether something answers at a URL, without showing it any credential. Its certificate is
    /// then known.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and [`Error::Certificate`].
    pub(in crate::array::ontap) fn knock(
        &self,
        index: usize,
        bounds: &Bounds,
    ) -> Result<(), Error> {
        bounds.check().map_err(|e| self.ended(e))?;
        let door = self.door(index)?;
        let limit = self.settings.request.min(bounds.deadline.remaining());
        self.requests.fetch_add(1, Ordering::Relaxed);
        match door.send("GET", "", &[], None, limit) {
            Err(Failure::Certificate { why, fingerprint }) => {
                Err(self.certificate_error(door, why, fingerprint))
            }
            Err(Failure::NotSent { why } | Failure::NoAnswer { why }) => {
                Err(self.unreachable(door, why))
            }
            Ok(_) | Err(Failure::TooLong { .. }) => Ok(()),
        }
    }

    pub(super) fn door(&self, index: usize) -> Result<&Door, Error> {
        let (Some(cell), Some(url)) = (self.doors.get(index), self.settings.urls.get(index)) else {
            return Err(self.setup("no url is configured".into()));
        };
        cell.get_or_init(|| Door::open(url, &self.settings.trust, self.settings.connect))
            .as_ref()
            .map_err(|why| self.setup(why.clone()))
    }

    /// The value of the header that carries user and password.
    fn account(&self) -> Result<Secret, Error> {
        let mut account = lock(&self.account);
        if let Some(known) = &*account {
            return Ok(known.clone());
        }
        let settings = &self.settings;
        let password = (settings.reader)(&settings.password).map_err(|why| {
            let source = &settings.password;
            self.setup(format!("the password from {source} cannot be read: {why}"))
        })?;
        let pair = Secret::new(format!("{}:{}", settings.user, password.expose()));
        let header = Secret::new(format!("Basic {}", STANDARD.encode(pair.expose())));
        *lock(&self.password) = Some(password);
        *account = Some(header.clone());
        Ok(header)
    }

    /// Sends once. The status is 0 when no answer came.
    ///
    /// # Errors
    /// [`Error::Login`] when the account is refused, now or before.
    pub(super) fn exchange<T>(
        &self,
        door: &Door,
        message: &Message,
        limit: Duration,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<(Result<Read<T>, Failure>, u16), Error> {
        if self.denied.load(Ordering::Relaxed) {
            return Err(self.denied(message, None));
        }
        let account = self.account()?;
        let (content, accept) = match message.api {
            Api::Rest => ("application/json", "application/json"),
            Api::Zapi => ("text/xml", "text/xml"),
        };
        let mut headers = vec![
            ("accept", accept),
            ("authorization", account.expose()),
            ("x-dot-client-app", APP),
        ];
        if message.body.is_some() {
            headers.push(("content-type", content));
        }
        if let (Api::Rest, Some(svm)) = (message.api, &message.svm) {
            headers.push(("x-dot-svm-name", svm));
        }
        let sent = message.body.as_ref().map_or(0, Vec::len);
        let started = Instant::now();
        self.requests.fetch_add(1, Ordering::Relaxed);
        let result = door.send(
            message.method,
            &message.path,
            &headers,
            message.body.clone(),
            limit,
        );
        let (status, got) = result.as_ref().map_or((0, 0), |r| (r.status, r.body.len()));
        let heard = result.map(|response| match read(&response) {
            Read::Garbage(why) => Read::Garbage(self.about(message, &response, &why)),
            Read::Coded(mut coded) => {
                coded.text = mask_text(&coded.text, &self.secrets(message));
                Read::Coded(coded)
            }
            good @ Read::Good(_) => good,
        });
        self.trace.event("http", || {
            let mut fields = Map::new();
            fields.insert("kind".into(), super::super::KIND.into());
            fields.insert("array".into(), self.array().into());
            fields.insert("api".into(), message.api.word().into());
            fields.insert("call".into(), message.name.as_str().into());
            fields.insert("method".into(), message.method.into());
            let url = format!("{}{}", door.url(), message.path);
            fields.insert("url".into(), url.into());
            if let Some(svm) = &message.svm {
                fields.insert("svm".into(), svm.as_str().into());
            }
            if let Some(body) = &message.shown {
                fields.insert("body".into(), body.clone());
            }
            match &heard {
                Ok(Read::Good(_)) => {
                    fields.insert("code".into(), 0.into());
                }
                Ok(Read::Coded(coded)) => {
                    let number = coded.code.parse::<i64>();
                    let code = number.map_or_else(|_| coded.code.as_str().into(), Into::into);
                    fields.insert("code".into(), code);
                    fields.insert("description".into(), coded.text.as_str().into());
                }
                Ok(Read::Garbage(why))
                | Err(
                    Failure::NotSent { why }
                    | Failure::NoAnswer { why }
                    | Failure::TooLong { why }
                    | Failure::Certificate { why, .. },
                ) => {
                    fields.insert("error".into(), why.as_str().into());
                }
            }
            if status != 0 {
                fields.insert("status".into(), status.into());
            }
            let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            fields.insert("ms".into(), ms.into());
            fields.insert("bytes_out".into(), sent.into());
            fields.insert("bytes_in".into(), got.into());
            fields
        });
        // The status speaks before any code: whatever the body says, this password was refused.
        if status == 401 {
            let coded = match &heard {
                Ok(Read::Coded(coded)) => Some(coded),
                _ => None,
            };
            return Err(self.denied(message, coded));
        }
        match &heard {
            Ok(Read::Good(_)) => self.admitted.store(true, Ordering::Relaxed),
            Ok(Read::Coded(coded)) if coded.class() != Class::Login => {
                self.admitted.store(true, Ordering::Relaxed);
            }
            _ => {}
        }
        Ok((heard, status))
    }

    /// What must not be told, whoever repeats it.
    pub(in crate::array::ontap) fn secrets(&self, message: &Message) -> Vec<Secret> {
        let mut secrets = message.secrets.clone();
        secrets.extend(lock(&self.password).clone());
        if let Some(account) = &*lock(&self.account) {
            let bare = account.expose().trim_start_matches("Basic ");
            secrets.push(Secret::new(bare.to_owned()));
        }
        in_both_forms(secrets)
    }

    /// What is wrong with an answer, with its beginning.
    fn about(&self, message: &Message, response: &Response, why: &str) -> String {
        let status = response.status;
        if (300..400).contains(&status) {
            let to = response.headers.get("location");
            let to = to.and_then(|v| v.to_str().ok()).unwrap_or("nowhere");
            return format!("HTTP {status}: it redirects to {to}");
        }
        let excerpt = self.excerpt(message, &response.body);
        if excerpt.is_empty() {
            format!("HTTP {status}: {why}")
        } else {
            format!("HTTP {status}: {why}: {excerpt:?}")
        }
    }

    /// The first characters of an answer, on one line, without our secrets.
    fn excerpt(&self, message: &Message, body: &[u8]) -> String {
        let text = String::from_utf8_lossy(body.get(..4096).unwrap_or(body));
        let mut text = mask_text(&text, &self.secrets(message));
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find("passw")
            && text.is_char_boundary(at)
        {
            text.truncate(at);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = |c: char| if c.is_control() { '.' } else { c };
        words.join(" ").chars().map(shown).take(EXCERPT).collect()
    }
}
