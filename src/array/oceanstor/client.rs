//! The client: one session, several URLs, and rules for what may be sent again.
//!
//! | what happened | a read | a change |
//! |---|---|---|
//! | no connection | next URL | next URL |
//! | no answer | again, twice; the second time at the next URL | [`Error::Lost`] |
//! | garbage | again, twice | [`Error::Lost`] |
//! | busy | again, with growing pauses | the same |
//! | HTTP 503 | again, with growing pauses | [`Error::Lost`] |
//! | session gone | log in, once again | the same: a rejected session applied nothing |
//! | "may have completed" | again, twice | [`Error::Lost`] |

mod login;
mod pages;
mod raw;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Map;

use self::wire::{Heard, Job};
use super::codes::Class;
use super::config::Settings;
use super::envelope::{Method, Outcome, Parsed, Reply, Request};
use super::nouns::system::Generation;
use super::query;
use super::session::{Account, Session};
use crate::array::error::{Answer, Error};
use crate::array::http::{Door, Failure, Fingerprint};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::consent::Mutate;
use crate::kit::redact::Secret;
use crate::kit::trace::Trace;

pub(in crate::array::oceanstor) use self::pages::PAGE;
pub(in crate::array) use crate::array::parallel::{Task, parallel};

/// How often a read that got no proper answer is sent again.
const READ_AGAIN: u32 = 2;

/// The longest pause between two questions to a busy array.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A client of one array. Shared by threads.
#[derive(Debug)]
pub(in crate::array) struct Client {
    settings: Arc<Settings>,
    trace: Trace,
    doors: Vec<OnceLock<Result<Door, String>>>,
    password: Mutex<Option<Secret>>,
    state: Mutex<State>,
    requests: AtomicU64,
    /// How many stages work with the session now.
    users: AtomicUsize,
    warnings: Mutex<Vec<String>>,
    /// Which flavour the array speaks, once somebody has asked (`nouns::system::generation`).
    pub(super) generation: OnceLock<Generation>,
}

/// A session that is not to be used any more.
#[derive(Debug, Clone, Copy)]
enum Gone {
    /// The array rejected it.
    Rejected(u64),
    /// Its URL does not answer.
    Unreachable(u64),
}

#[derive(Debug, Default)]
struct State {
    session: Option<Arc<Session>>,
    /// Sessions that were given up, to be logged out when some URL answers again.
    stale: Vec<Arc<Session>>,
    /// The URLs in the order of the next login.
    order: VecDeque<usize>,
    logins: u64,
    /// The serial number of the first login: every URL must lead to the same array.
    serial: Option<String>,
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
            users: AtomicUsize::new(0),
            warnings: Mutex::new(settings.warnings()),
            generation: OnceLock::new(),
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

    /// How many requests were sent, logins and repetitions included.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// What works but should not stay so, and what went wrong without being an error; each is told
    /// once.
    pub(super) fn take_warnings(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.warnings))
    }

    /// What the login said about the account. Logs in when that has not happened yet.
    ///
    /// # Errors
    /// As [`Client::serial`].
    pub(super) fn account(&self, bounds: &Bounds) -> Result<Account, Error> {
        Ok(self.session(bounds, None)?.account.clone())
    }

    /// What is configured.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
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

    pub(super) fn warn(&self, text: String) {
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

    /// The loop: sends until there is an answer that stays.
    fn run(&self, job: &Job<'_>, bounds: &Bounds) -> Result<Reply, Error> {
        let started = Instant::now();
        let mut again = 0;
        let mut moved = 0;
        let mut logged_in_again = false;
        let mut pause = Duration::from_millis(100);
        let mut gone: Option<Gone> = None;
        let mut busy: Option<Error> = None;
        loop {
            if let Err(ended) = bounds.check() {
                // Out of time because it was busy is told as busy.
                return Err(match (ended, busy) {
                    (Ended::Late { .. }, Some(busy)) => busy,
                    (ended, _) => self.ended(ended),
                });
            }
            let session = self.session(bounds, gone.take())?;
            let door = self.door(session.door)?;
            let rest = format!("{}{}", query::quote(&session.serial), job.path);
            let limit = self.settings.request.min(bounds.deadline.remaining());
            let asked = Instant::now();
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
                    gone = Some(Gone::Unreachable(session.generation));
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
                    // A broken connection may be chance; a second one, or silence, is the URL's.
                    let silent = asked.elapsed() >= limit;
                    if self.settings.urls.len() > 1 && (again > 1 || silent) {
                        gone = Some(Gone::Unreachable(session.generation));
                    }
                    continue;
                }
                // The same question has the same answer.
                Heard::Nothing(Failure::TooLong { why }) if job.reads() => {
                    return Err(self.garbled(job, why));
                }
                Heard::Nothing(Failure::TooLong { why }) => return Err(self.lost(job, why)),
                Heard::Garbage(401 | 403, _) if !logged_in_again => {
                    logged_in_again = true;
                    gone = Some(Gone::Rejected(session.generation));
                    continue;
                }
                // 429 says that nothing was done; after 503 a change is in doubt.
                Heard::Garbage(status, why) if status == 429 || (status == 503 && job.reads()) => {
                    busy = Some(self.web_busy(job, status, why, started));
                    self.pause(&mut pause, bounds)?;
                    continue;
                }
                Heard::Garbage(status, why) => {
                    // Neither a refusal nor a redirection was carried out.
                    if (300..500).contains(&status) {
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
                    gone = Some(Gone::Rejected(session.generation));
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
                    busy = Some(self.busy(job, &parsed, started));
                    self.pause(&mut pause, bounds)?;
                    continue;
                }
                Class::Unsure if job.reads() => {
                    again += 1;
                    let said = self.busy(job, &parsed, started);
                    if again > READ_AGAIN {
                        return Err(said);
                    }
                    busy = Some(said);
                    self.pause(&mut pause, bounds)?;
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
                // After a login it does not speak of the session: the state tells (§2).
                Class::Ambiguous if !job.reads() => {
                    return Err(self.lost(job, parsed.answer(&job.name()).to_string()));
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

    /// Waits, each time longer. Only a stop is an error: what a passed deadline means is decided
    /// before the next attempt.
    fn pause(&self, pause: &mut Duration, bounds: &Bounds) -> Result<(), Error> {
        let span = *pause;
        *pause = (span * 2).min(LONGEST_PAUSE);
        match bounds.wait(span) {
            Err(ended @ Ended::Stopped(_)) => Err(self.ended(ended)),
            Err(Ended::Late { .. }) | Ok(()) => Ok(()),
        }
    }

    fn busy(&self, job: &Job<'_>, parsed: &Parsed, since: Instant) -> Error {
        Error::Busy {
            array: self.array().to_owned(),
            answer: Box::new(parsed.answer(&job.name())),
            waited: since.elapsed(),
        }
    }

    /// The web server has no time, whatever the array has.
    fn web_busy(&self, job: &Job<'_>, status: u16, why: String, since: Instant) -> Error {
        Error::Busy {
            array: self.array().to_owned(),
            answer: Box::new(web_answer(job, status, why)),
            waited: since.elapsed(),
        }
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

    /// A 3xx or 4xx without an envelope: the web server answered, nothing reached the array's
    /// software.
    fn http_refusal(&self, job: &Job<'_>, status: u16, why: String) -> Error {
        let array = self.array().to_owned();
        let answer = Box::new(web_answer(job, status, why));
        match status {
            401 | 403 => Error::Permission { array, answer },
            _ => Error::Refused { array, answer },
        }
    }
}

/// What the web server said, as an answer.
fn web_answer(job: &Job<'_>, status: u16, why: String) -> Answer {
    Answer {
        request: job.name(),
        code: format!("HTTP {status}"),
        description: why,
        suggestion: None,
        meaning: match status {
            404 => Some("this array does not know the resource"),
            429 | 503 => Some("the web server is busy"),
            _ => None,
        },
    }
}

/// A lock whose data stays true after a panic elsewhere: every change to it is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
