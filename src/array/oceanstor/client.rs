//! The client: one session, several URLs, and rules for what may be sent again.
//!
//! | what happened | a read | a change |
//! |---|---|---|
//! | no connection | next URL | next URL |
//! | no answer, garbage | again, twice | [`Error::Lost`] |
//! | busy | again, with growing pauses | the same |
//! | session gone | log in, once again | the same: a rejected session applied nothing |
//! | "may have completed" | again, twice | [`Error::Lost`] |

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::codes::{self, Class};
use super::config::Settings;
use super::envelope::{self, Method, Outcome, Parsed, Reply, Request};
use super::object::Object;
use super::session::{self, Account, Session};
use crate::array::error::{Answer, Error};
use crate::array::http::{Door, Failure, Fingerprint, Response};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::redact::{Secret, mask_json};
use crate::kit::trace::Trace;

/// Objects per page; the arrays give no more at once (oceanstor.md §3).
const PAGE: usize = 100;

/// Reads in flight at once.
const WIDTH: usize = 4;

/// How often a read that got no proper answer is sent again.
const READ_AGAIN: u32 = 2;

/// The longest pause between two questions to a busy array.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long a logout may take: it happens when everything else is over.
const LOGOUT: Duration = Duration::from_secs(5);

/// Keys whose values are masked in traces.
const MASKED: &[&str] = &[
    "password",
    "CHAPPASSWORD",
    "CHAPMUTUALPASSWORD",
    "iBaseToken",
];

/// A client of one array. Shared by threads.
#[derive(Debug)]
pub(in crate::array) struct Client {
    settings: Arc<Settings>,
    trace: Trace,
    doors: Vec<OnceLock<Result<Door, String>>>,
    password: Mutex<Option<Secret>>,
    state: Mutex<State>,
    requests: AtomicU64,
    warnings: Mutex<Vec<String>>,
}

#[derive(Debug, Default)]
struct State {
    session: Option<Arc<Session>>,
    /// Sessions that were given up, to be logged out when some URL answers again.
    stale: Vec<Arc<Session>>,
    /// The URLs in the order of the next login.
    order: VecDeque<usize>,
    logins: u64,
}

/// One thing to send, as the loop below needs it.
struct Job<'a> {
    method: Method,
    path: &'a str,
    body: Option<&'a Value>,
}

impl Job<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.method.word(), self.path)
    }

    fn reads(&self) -> bool {
        self.method == Method::Get
    }
}

/// What came back, read as far as possible.
enum Heard {
    Envelope(Parsed),
    /// Not an envelope: HTTP status and what is wrong.
    Garbage(u16, String),
    Nothing(Failure),
}

impl Client {
    /// A client that has not spoken to the array yet.
    pub(super) fn new(settings: Arc<Settings>, trace: Trace) -> Self {
        let count = settings.urls.len();
        Self {
            trace,
            doors: (0..count).map(|_| OnceLock::new()).collect(),
            password: Mutex::new(None),
            state: Mutex::new(State {
                order: (0..count).collect(),
                ..State::default()
            }),
            requests: AtomicU64::new(0),
            warnings: Mutex::new(Vec::new()),
            settings,
        }
    }

    /// The section of the configuration, for errors.
    pub(super) fn array(&self) -> &str {
        &self.settings.name
    }

    /// The array's serial number. Logs in when that has not happened yet.
    ///
    /// # Errors
    /// When no URL answers or the login is refused.
    pub(super) fn serial(&self, bounds: &Bounds) -> Result<String, Error> {
        Ok(self.session(bounds, None)?.serial.clone())
    }

    /// Reads: `path_and_query` follows the device id and begins with a slash. Sent again within
    /// the bounds when that can help.
    ///
    /// # Errors
    /// Every code that is not one of [`Outcome`]; no proper answer after two more attempts.
    pub(super) fn read(&self, path_and_query: &str, bounds: &Bounds) -> Result<Reply, Error> {
        self.run(
            &Job {
                method: Method::Get,
                path: path_and_query,
                body: None,
            },
            bounds,
        )
    }

    /// Changes something. Sent again only where the first attempt surely changed nothing.
    ///
    /// # Errors
    /// [`Error::Lost`] when the change may have been made; every code that is not one of
    /// [`Outcome`].
    pub(super) fn change(
        &self,
        request: &Request,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Reply, Error> {
        self.run(
            &Job {
                method: request.method,
                path: &request.path,
                body: request.body.as_ref(),
            },
            bounds,
        )
    }

    /// Lists `resource` (such as `/host`) page by page; `query` narrows it and has no `range`.
    /// A missing parent (of an `…/associate` query) lists nothing.
    ///
    /// # Errors
    /// As [`Client::read`]; [`Error::Garbled`] when the array answers every page alike.
    pub(super) fn pages(
        &self,
        resource: &str,
        query: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Object) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let join = if query.is_empty() { "" } else { "&" };
        let mut start = 0;
        let mut before: Vec<Object> = Vec::new();
        loop {
            let path = format!("{resource}?{query}{join}range=[{start}-{}]", start + PAGE);
            let reply = match self.read(&path, bounds) {
                Err(Error::Refused { answer, .. })
                    if start == 0 && answer.code == codes::BAD_PARAMETER.to_string() =>
                {
                    return self.unpaged(resource, query, bounds, each);
                }
                other => other?,
            };
            let page = reply.objects();
            if !page.is_empty() && page == before.as_slice() {
                // More than was asked for, twice: the whole list, whatever the range.
                if page.len() > PAGE {
                    return Ok(());
                }
                return Err(Error::Garbled {
                    array: self.array().to_owned(),
                    request: format!("GET {path}"),
                    why: "the array ignores the range and repeats the same page; the list would \
                          not be complete"
                        .into(),
                });
            }
            for object in page {
                // What moved from the page before to this one while we read was already told.
                let told = object.id().is_some() && before.iter().any(|b| b.id() == object.id());
                if !told && each(object).is_break() {
                    return Ok(());
                }
            }
            if page.len() < PAGE {
                return Ok(());
            }
            start += page.len();
            before = page.to_vec();
        }
    }

    fn unpaged(
        &self,
        resource: &str,
        query: &str,
        bounds: &Bounds,
        each: &mut dyn FnMut(&Object) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let reply = self.read(&format!("{resource}{mark}{query}"), bounds)?;
        self.warn(format!(
            "{resource} cannot be read page by page; {} were read at once, and there may be more",
            reply.objects().len()
        ));
        for object in reply.objects() {
            if each(object).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many requests were sent, logins and repetitions included.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// What did not go as it should and was no error.
    pub(super) fn warnings(&self) -> Vec<String> {
        lock(&self.warnings).clone()
    }

    /// What the login said about the account. Logs in when that has not happened yet.
    ///
    /// # Errors
    /// As [`Client::serial`].
    pub(super) fn account(&self, bounds: &Bounds) -> Result<Account, Error> {
        Ok(self.session(bounds, None)?.account.clone())
    }

    /// The URL of the open session.
    pub(super) fn url(&self) -> Option<String> {
        let door = lock(&self.state).session.as_ref()?.door;
        Some(self.settings.urls.get(door)?.to_string())
    }

    /// The certificate of the URL in use, and why it is not trusted.
    pub(super) fn certificate(&self) -> Option<(Fingerprint, Option<String>)> {
        let door = lock(&self.state).session.as_ref()?.door;
        self.door(door).ok()?.certificate()
    }

    /// Logs out; once more if that fails. A warning if a session stays behind.
    pub(super) fn close(&self) -> Option<String> {
        let mut state = lock(&self.state);
        let mut open: Vec<Arc<Session>> = std::mem::take(&mut state.stale);
        open.extend(state.session.take());
        let mut left = 0;
        let mut why = String::new();
        for session in open {
            let door = session.door;
            let said = match self.logout(&session, door) {
                Ok(()) => continue,
                Err(_) => self.logout(&session, door),
            };
            if let Err(said) = said {
                left += 1;
                why = said;
            }
        }
        (left > 0).then(|| {
            let warning = format!(
                "array {}: {left} session(s) could not be logged out and end by themselves: {why}",
                self.array()
            );
            self.warn(warning.clone());
            warning
        })
    }

    fn warn(&self, text: String) {
        self.trace.event("warning", || {
            let mut fields = Map::new();
            fields.insert("array".into(), self.array().into());
            fields.insert("text".into(), text.as_str().into());
            fields
        });
        let mut warnings = lock(&self.warnings);
        if !warnings.contains(&text) {
            warnings.push(text);
        }
    }

    fn ended(&self, ended: Ended) -> Error {
        Error::Ended {
            array: self.array().to_owned(),
            ended,
        }
    }

    fn door(&self, index: usize) -> Result<&Door, Error> {
        let cannot = |why: String| Error::Unreachable {
            array: self.array().to_owned(),
            url: self
                .settings
                .urls
                .get(index)
                .map(ToString::to_string)
                .unwrap_or_default(),
            why,
        };
        let (Some(cell), Some(url)) = (self.doors.get(index), self.settings.urls.get(index)) else {
            return Err(cannot("no url is configured".into()));
        };
        cell.get_or_init(|| Door::open(url, &self.settings.trust, self.settings.connect))
            .as_ref()
            .map_err(|why| cannot(why.clone()))
    }

    /// The loop: sends until there is an answer that stays.
    fn run(&self, job: &Job<'_>, bounds: &Bounds) -> Result<Reply, Error> {
        let started = Instant::now();
        let mut again = 0;
        let mut moved = 0;
        let mut logged_in_again = false;
        let mut pause = Duration::from_millis(100);
        let mut gone: Option<u64> = None;
        loop {
            bounds.check().map_err(|e| self.ended(e))?;
            let session = self.session(bounds, gone.take())?;
            let door = self.door(session.door)?;
            let rest = format!("{}{}", session.serial, job.path);
            let limit = self.settings.request.min(bounds.deadline.remaining());
            let heard = self.send(door, job, &rest, Some(&session), limit);
            let parsed = match heard {
                Heard::Nothing(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Heard::Nothing(Failure::NotSent { why }) => {
                    moved += 1;
                    if moved > self.settings.urls.len() {
                        return Err(self.unreachable(door, why));
                    }
                    gone = Some(session.generation);
                    continue;
                }
                Heard::Nothing(Failure::NoAnswer { why }) => {
                    if !job.reads() {
                        return Err(self.lost(job, why));
                    }
                    again += 1;
                    if again > READ_AGAIN {
                        return Err(self.unreachable(door, why));
                    }
                    continue;
                }
                Heard::Garbage(401, _) if !logged_in_again => {
                    logged_in_again = true;
                    gone = Some(session.generation);
                    continue;
                }
                Heard::Garbage(status, why) => {
                    if (400..500).contains(&status) {
                        return Err(self.http_refusal(job, status, why));
                    }
                    if !job.reads() {
                        return Err(self.lost(job, why));
                    }
                    again += 1;
                    if again > READ_AGAIN {
                        return Err(self.garbled(job, why));
                    }
                    self.pause(&mut pause, bounds)?;
                    continue;
                }
                Heard::Envelope(parsed) => parsed,
            };
            let outcome = match parsed.class() {
                Class::Success => Outcome::Success,
                Class::Exists => Outcome::Exists,
                Class::Already => Outcome::Already,
                Class::Missing => Outcome::Missing,
                Class::NotMember => Outcome::NotMember,
                Class::Session | Class::Ambiguous if !logged_in_again => {
                    logged_in_again = true;
                    gone = Some(session.generation);
                    continue;
                }
                Class::Session => {
                    return Err(Error::Login {
                        array: self.array().to_owned(),
                        why: format!(
                            "the session was rejected again right after a login: {}",
                            parsed.answer(&job.name())
                        ),
                        hint: "does somebody else log in with the same user, or is the url a \
                               balancer of several arrays?"
                            .into(),
                    });
                }
                Class::Busy => {
                    let busy = Error::Busy {
                        array: self.array().to_owned(),
                        answer: Box::new(parsed.answer(&job.name())),
                        waited: started.elapsed(),
                    };
                    self.pause_or(&mut pause, bounds, busy)?;
                    continue;
                }
                Class::Unsure if job.reads() => {
                    again += 1;
                    let busy = Error::Busy {
                        array: self.array().to_owned(),
                        answer: Box::new(parsed.answer(&job.name())),
                        waited: started.elapsed(),
                    };
                    if again > READ_AGAIN {
                        return Err(busy);
                    }
                    self.pause_or(&mut pause, bounds, busy)?;
                    continue;
                }
                Class::Unsure => {
                    return Err(self.lost(job, parsed.answer(&job.name()).to_string()));
                }
                Class::Permission => {
                    return Err(Error::Permission {
                        array: self.array().to_owned(),
                        answer: Box::new(parsed.answer(&job.name())),
                    });
                }
                Class::Login | Class::Sessions => {
                    return Err(self.login_error(&parsed, &job.name()));
                }
                Class::Ambiguous | Class::Refused => {
                    return Err(Error::Refused {
                        array: self.array().to_owned(),
                        answer: Box::new(parsed.answer(&job.name())),
                    });
                }
            };
            return Ok(Reply::new(outcome, parsed, &job.name()));
        }
    }

    fn pause(&self, pause: &mut Duration, bounds: &Bounds) -> Result<(), Error> {
        let span = *pause;
        *pause = (span * 2).min(LONGEST_PAUSE);
        bounds.wait(span).map_err(|e| self.ended(e))
    }

    /// Waits; when the time is up, `late` is what is told.
    fn pause_or(&self, pause: &mut Duration, bounds: &Bounds, late: Error) -> Result<(), Error> {
        match self.pause(pause, bounds) {
            Err(Error::Ended {
                ended: Ended::Late { .. },
                ..
            }) => Err(late),
            other => other,
        }
    }

    /// The open session, or a new one. `gone` is the generation that is known to be dead; if
    /// another thread has replaced it already, that one's session is used.
    fn session(&self, bounds: &Bounds, gone: Option<u64>) -> Result<Arc<Session>, Error> {
        let mut state = lock(&self.state);
        match (&state.session, gone) {
            (Some(session), None) => return Ok(Arc::clone(session)),
            (Some(session), Some(dead)) if session.generation != dead => {
                return Ok(Arc::clone(session));
            }
            _ => {}
        }
        // Sessions are few on an array, so the old one is ended first, if it still can be.
        if let Some(old) = state.session.take()
            && self.logout(&old, old.door).is_err()
        {
            state.stale.push(old);
        }
        self.login(&mut state, bounds)
    }

    fn login(
        &self,
        state: &mut MutexGuard<'_, State>,
        bounds: &Bounds,
    ) -> Result<Arc<Session>, Error> {
        let mut last = None;
        for index in state.order.clone() {
            match self.login_at(index, state.logins + 1, bounds) {
                Ok(session) => {
                    state.logins += 1;
                    state.order.retain(|i| *i != index);
                    state.order.push_back(index);
                    let stale = std::mem::take(&mut state.stale);
                    for old in stale {
                        if self.logout(&old, index).is_err() {
                            state.stale.push(old);
                        }
                    }
                    let session = Arc::new(session);
                    state.session = Some(Arc::clone(&session));
                    return Ok(session);
                }
                // Another URL may do better only if this one could not be spoken to.
                Err(error @ (Error::Unreachable { .. } | Error::Garbled { .. })) => {
                    last = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| Error::Unreachable {
            array: self.array().to_owned(),
            url: String::new(),
            why: "no url is configured".into(),
        }))
    }

    fn login_at(&self, index: usize, generation: u64, bounds: &Bounds) -> Result<Session, Error> {
        let started = Instant::now();
        let door = self.door(index)?;
        let password = self.password()?;
        let settings = &self.settings;
        let body = session::login_body(
            &settings.user,
            &password,
            settings.scope,
            settings.vstore.as_deref(),
        );
        let job = Job {
            method: Method::Post,
            path: "/sessions",
            body: Some(&body),
        };
        let mut pause = Duration::from_millis(100);
        loop {
            bounds.check().map_err(|e| self.ended(e))?;
            let limit = settings.request.min(bounds.deadline.remaining());
            let (heard, cookie) = self.send_for_cookie(door, &job, "xx/sessions", limit);
            let parsed = match heard {
                Heard::Nothing(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Heard::Nothing(Failure::NotSent { why } | Failure::NoAnswer { why }) => {
                    bounds.check().map_err(|e| self.ended(e))?;
                    return Err(self.unreachable(door, why));
                }
                Heard::Garbage(_, why) => return Err(self.garbled(&job, why)),
                Heard::Envelope(parsed) => parsed,
            };
            match parsed.class() {
                Class::Success => {}
                Class::Busy => {
                    let busy = Error::Busy {
                        array: self.array().to_owned(),
                        answer: Box::new(parsed.answer(&job.name())),
                        waited: started.elapsed(),
                    };
                    self.pause_or(&mut pause, bounds, busy)?;
                    continue;
                }
                Class::Session | Class::Unsure => {
                    let why = parsed.answer(&job.name()).to_string();
                    return Err(self.unreachable(door, why));
                }
                _ => return Err(self.login_error(&parsed, &job.name())),
            }
            let data = parsed.objects.first();
            let field = |name: &str| data.and_then(|d| d.text(name)).map(str::to_owned);
            let (Some(token), Some(serial)) = (field("iBaseToken"), field("deviceid")) else {
                return Err(self.garbled(&job, "the reply has no iBaseToken or no deviceid".into()));
            };
            let session = Session {
                generation,
                door: index,
                serial: super::query::quote(&serial),
                token: Secret::new(token),
                cookie,
                account: data.map(Account::of).unwrap_or_default(),
            };
            let Some(why) = session.account.must_change_password() else {
                return Ok(session);
            };
            if self.logout(&session, index).is_err() {
                let _ = self.logout(&session, index);
            }
            return Err(Error::Login {
                array: self.array().to_owned(),
                why: format!("user {}: {why}", settings.user),
                hint: format!("change the password of {} on the array", settings.user),
            });
        }
    }

    /// The password, asked for once.
    fn password(&self) -> Result<Secret, Error> {
        let mut known = lock(&self.password);
        if let Some(password) = known.as_ref() {
            return Ok(password.clone());
        }
        let source = &self.settings.password;
        let read = (self.settings.reader)(source).map_err(|why| Error::Login {
            array: self.array().to_owned(),
            why: format!("the password from {source} cannot be read: {why}"),
            hint: format!("check password of [arrays.{}]", self.array()),
        })?;
        *known = Some(read.clone());
        Ok(read)
    }

    fn logout(&self, session: &Session, door: usize) -> Result<(), String> {
        let door = self.door(door).map_err(|e| e.to_string())?;
        let job = Job {
            method: Method::Delete,
            path: "/sessions",
            body: None,
        };
        let rest = format!("{}/sessions", session.serial);
        let limit = self.settings.request.min(LOGOUT);
        match self.send(door, &job, &rest, Some(session), limit) {
            Heard::Envelope(parsed) => match parsed.class() {
                Class::Success | Class::Session | Class::Ambiguous | Class::Missing => Ok(()),
                _ => Err(parsed.answer(&job.name()).to_string()),
            },
            Heard::Garbage(401 | 404, _) => Ok(()),
            Heard::Garbage(_, why)
            | Heard::Nothing(
                Failure::NotSent { why }
                | Failure::NoAnswer { why }
                | Failure::Certificate { why, .. },
            ) => Err(why),
        }
    }

    fn send(
        &self,
        door: &Door,
        job: &Job<'_>,
        rest: &str,
        session: Option<&Session>,
        limit: Duration,
    ) -> Heard {
        self.exchange(door, job, rest, session, limit).0
    }

    fn send_for_cookie(
        &self,
        door: &Door,
        job: &Job<'_>,
        rest: &str,
        limit: Duration,
    ) -> (Heard, Option<Secret>) {
        let (heard, response) = self.exchange(door, job, rest, None, limit);
        let cookie = response.and_then(|r| session::cookies(&r.headers));
        (heard, cookie)
    }

    fn exchange(
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
        if let Some(session) = session {
            headers.push(("ibasetoken", session.token.expose()));
            if let Some(cookie) = &session.cookie {
                headers.push(("cookie", cookie.expose()));
            }
        }
        let body = job.body.map(|b| b.to_string().into_bytes());
        let sent = body.as_ref().map_or(0, Vec::len);
        let started = Instant::now();
        self.requests.fetch_add(1, Ordering::Relaxed);
        let result = door.send(job.method.word(), rest, &headers, body, limit);
        let (heard, response) = match result {
            Err(failure) => (Heard::Nothing(failure), None),
            Ok(response) => {
                let heard = match envelope::parse(&response.body) {
                    // An envelope of success under a status of failure contradicts itself.
                    Ok(parsed) if parsed.code != 0 || (200..300).contains(&response.status) => {
                        Heard::Envelope(parsed)
                    }
                    Ok(_) => Heard::Garbage(
                        response.status,
                        format!("HTTP {} with a reply of success", response.status),
                    ),
                    Err(why) => {
                        let excerpt = self.excerpt(&response.body, session);
                        let why = format!("HTTP {}: {why}: {excerpt:?}", response.status);
                        Heard::Garbage(response.status, why)
                    }
                };
                (heard, Some(response))
            }
        };
        self.trace.event("http", || {
            let mut fields = Map::new();
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
                }
                Heard::Garbage(_, why)
                | Heard::Nothing(
                    Failure::NotSent { why }
                    | Failure::NoAnswer { why }
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

    fn excerpt(&self, body: &[u8], session: Option<&Session>) -> String {
        let password = lock(&self.password).clone();
        let mut secrets = Vec::new();
        if let Some(password) = &password {
            secrets.push(password.expose());
        }
        if let Some(session) = session {
            secrets.push(session.token.expose());
            secrets.extend(session.cookie.as_ref().map(Secret::expose));
        }
        envelope::excerpt(body, &secrets)
    }

    fn unreachable(&self, door: &Door, why: String) -> Error {
        Error::Unreachable {
            array: self.array().to_owned(),
            url: door.url().to_string(),
            why,
        }
    }

    fn certificate_error(&self, door: &Door, why: String, fingerprint: Option<String>) -> Error {
        Error::Certificate {
            array: self.array().to_owned(),
            url: door.url().to_string(),
            why,
            fingerprint,
        }
    }

    fn lost(&self, job: &Job<'_>, why: String) -> Error {
        Error::Lost {
            array: self.array().to_owned(),
            request: job.name(),
            why,
        }
    }

    fn garbled(&self, job: &Job<'_>, why: String) -> Error {
        Error::Garbled {
            array: self.array().to_owned(),
            request: job.name(),
            why,
        }
    }

    /// A 4xx without an envelope: the web server refused, nothing reached the array's software.
    fn http_refusal(&self, job: &Job<'_>, status: u16, why: String) -> Error {
        Error::Refused {
            array: self.array().to_owned(),
            answer: Box::new(Answer {
                request: job.name(),
                code: format!("HTTP {status}"),
                description: why,
                suggestion: None,
                meaning: (status == 404).then_some("this array does not know the resource"),
            }),
        }
    }

    fn login_error(&self, parsed: &Parsed, request: &str) -> Error {
        let array = self.array();
        let user = &self.settings.user;
        let hint = match (parsed.class(), parsed.code) {
            (Class::Sessions, _) => {
                "end sessions that nobody uses on the array's own pages, or wait until they \
                 expire"
                    .to_owned()
            }
            (Class::Permission, _) => format!("give {user} a role that may log in"),
            (_, 1_077_949_070 | 1_077_987_871 | 1_073_793_581) => {
                format!("unlock {user} on the array")
            }
            (_, 1_077_949_071) => "unlock this machine's address on the array".into(),
            (_, 1_077_951_226) => format!("check vstore of [arrays.{array}]"),
            (_, 1_073_793_593 | 1_677_929_218) => {
                format!("allow {user} to log in through REST on the array")
            }
            _ => format!("check user, password and scope of [arrays.{array}]; it was tried once"),
        };
        Error::Login {
            array: array.to_owned(),
            why: format!("user {user}: {}", parsed.answer(request)),
            hint,
        }
    }
}

impl Drop for Client {
    // The session ends with its client even when a command left by an early return.
    fn drop(&mut self) {
        let _ = self.close();
    }
}

/// A lock whose data stays true after a panic elsewhere: every change to it is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something to do beside other things.
pub(in crate::array) type Task<'a, T> = Box<dyn FnOnce() -> T + Send + 'a>;

/// Runs tasks, at most four at once, and gives their results in the order of the tasks.
pub(in crate::array) fn parallel<T: Send>(tasks: Vec<Task<'_, T>>) -> Vec<T> {
    if tasks.len() < 2 {
        return tasks.into_iter().map(|task| task()).collect();
    }
    let width = tasks.len().min(WIDTH);
    let queue: Mutex<VecDeque<(usize, Task<'_, T>)>> =
        Mutex::new(tasks.into_iter().enumerate().collect());
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..width)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let next = lock(&queue).pop_front();
                        match next {
                            Some((index, task)) => done.push((index, task())),
                            None => return done,
                        }
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
