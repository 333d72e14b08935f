//! The client: several URLs, one account, and rules for what may be sent again. What a request
//! says and how its answer is read is the business of the two wires.
//!
//! | what happened | a read | a change |
//! |---|---|---|
//! | no connection | next URL | next URL |
//! | no answer | again, twice; the second time at the next URL | [`Error::Lost`] |
//! | garbage | again, twice | [`Error::Lost`] |
//! | longer than 16 MiB | never: told as garbage | [`Error::Lost`] |
//! | busy, takeover | again, with growing pauses | the same |
//! | HTTP 429 | again, with growing pauses | the same |
//! | HTTP 500 to 504 | again, with growing pauses | [`Error::Lost`] |
//! | "may have been applied" | again, twice | [`Error::Lost`] |
//! | HTTP 401 | never: accounts get locked | never |

mod exchange;
pub(super) mod refusal;
mod scope;
#[cfg(test)]
pub(super) mod tests;

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::codes::{Api, Class, Code};
use super::config::Settings;
use crate::array::error::{Answer, Error};
use crate::array::http::{Door, Failure, Fingerprint, Response};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::redact::Secret;
use crate::kit::trace::Trace;

/// How often a read that got no proper answer is sent again.
const READ_AGAIN: u32 = 2;

/// The longest pause between two questions to a busy array.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A client of one array. Shared by threads.
#[derive(Debug)]
pub(super) struct Client {
    settings: Arc<Settings>,
    trace: Trace,
    doors: Vec<OnceLock<Result<Door, String>>>,
    /// The URL that answered last.
    at: AtomicUsize,
    /// The header with user and password; read once.
    account: Mutex<Option<Secret>>,
    password: Mutex<Option<Secret>>,
    /// The account was refused: asking on would lock it.
    denied: AtomicBool,
    /// The account was accepted: what is sent from now on may go together.
    admitted: AtomicBool,
    /// The SVM as it is called now; after a switchover not as it is configured.
    svm: Mutex<Option<String>>,
    requests: AtomicU64,
    warnings: Mutex<Vec<String>>,
    /// What listings lack.
    gaps: Mutex<Vec<String>>,
    /// The volumes whose LUNs could not be read, with the reason.
    unread: Mutex<Vec<(String, String)>>,
}

/// Whose objects a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The SVM's: a cluster account is tunnelled into it.
    Svm,
    /// The cluster's.
    Cluster,
}

/// Whether a request changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It only looks.
    Read,
    /// It changes something.
    Change,
}

/// One thing to send.
#[derive(Debug)]
pub(super) struct Message {
    /// What it is called in errors: `lun-map`, `POST /api/…`.
    pub(super) name: String,
    pub(super) api: Api,
    pub(super) method: &'static str,
    /// What follows the URL.
    pub(super) path: String,
    pub(super) body: Option<Vec<u8>>,
    /// The body as traces show it, secrets masked.
    pub(super) shown: Option<Value>,
    /// The secrets in the body: an array that repeats them repeats what must not be told.
    pub(super) secrets: Vec<Secret>,
    /// The SVM that it is about.
    pub(super) svm: Option<String>,
    pub(super) effect: Effect,
}

impl Message {
    fn reads(&self) -> bool {
        self.effect == Effect::Read
    }
}

/// A refusal, as the array worded it.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub(super) api: Api,
    /// The code as a text: it may be no number.
    pub(super) code: String,
    pub(super) text: String,
    pub(super) known: Option<&'static Code>,
}

impl Coded {
    pub(super) fn new(api: Api, code: &str, text: &str) -> Self {
        let number = code.trim().parse().ok();
        Self {
            api,
            code: code.trim().to_owned(),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            known: number.and_then(|number| super::codes::find_code(api, number)),
        }
    }

    pub(super) fn class(&self) -> Class {
        // A number with many meanings: the words decide (ontap.md §2, "SVM scope").
        let words = self.text.to_lowercase();
        if words.contains("missing vserver parameter") {
            return Class::NoScope;
        }
        self.known.map_or(Class::Refused, |code| code.class)
    }

    pub(super) fn answer(&self, request: &str) -> Answer {
        Answer {
            request: request.to_owned(),
            code: self.code.clone(),
            description: self.text.clone(),
            suggestion: None,
            meaning: self.known.map(|code| code.meaning),
        }
    }
}

/// How a wire reads an answer.
#[derive(Debug)]
pub(super) enum Read<T> {
    /// It succeeded.
    Good(T),
    /// It was refused, with a code.
    Coded(Coded),
    /// It is not what this interface says: why.
    Garbage(String),
}

impl<T> Read<T> {
    /// The same with something else made of what succeeded.
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Good(good) => Read::Good(make(good)),
            Self::Coded(coded) => Read::Coded(coded),
            Self::Garbage(why) => Read::Garbage(why),
        }
    }
}

impl Client {
    /// A client that has not spoken to the array yet.
    pub(super) fn new(settings: Arc<Settings>, trace: Trace) -> Self {
        Self {
            trace,
            doors: settings.urls.iter().map(|_| OnceLock::new()).collect(),
            at: AtomicUsize::new(0),
            account: Mutex::new(None),
            password: Mutex::new(None),
            denied: AtomicBool::new(false),
            admitted: AtomicBool::new(false),
            svm: Mutex::new(settings.svm.clone()),
            requests: AtomicU64::new(0),
            warnings: Mutex::new(settings.warnings()),
            gaps: Mutex::default(),
            unread: Mutex::default(),
            settings,
        }
    }

    /// The section of the configuration, for errors.
    pub(super) fn array(&self) -> &str {
        &self.settings.name
    }

    /// What is configured.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The SVM as it is called now.
    pub(super) fn svm(&self) -> Option<String> {
        lock(&self.svm).clone()
    }

    /// Whether the array has accepted the account. Until then requests that go together may each
    /// be a failed login, and accounts get locked.
    pub(super) fn is_admitted(&self) -> bool {
        self.admitted.load(Ordering::Relaxed)
    }

    /// How many requests were sent, repetitions included.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// What works but should not stay so, and what went wrong without being an error; each is told
    /// once.
    pub(super) fn take_warnings(&self) -> Vec<String> {
        let mut told = std::mem::take(&mut *lock(&self.warnings));
        told.extend(self.take_gaps());
        told
    }

    /// What the listings so far lack; each is told once, here or as a warning.
    pub(super) fn take_gaps(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.gaps))
    }

    /// A listing lacks the LUNs of a volume.
    pub(super) fn lacks_volume(&self, volume: &str, reason: String) {
        let array = self.array();
        self.note(
            format!("array {array}: the LUNs of volume {volume} could not be read: {reason}"),
            &self.gaps,
        );
        let mut unread = lock(&self.unread);
        if !unread.iter().any(|(name, _)| name == volume) {
            unread.push((volume.to_owned(), reason));
        }
    }

    /// The volumes whose LUNs could not be read since the last call, with the reasons.
    pub(super) fn take_unread(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *lock(&self.unread))
    }

    /// Adds a warning.
    pub(super) fn warn(&self, text: String) {
        self.note(text, &self.warnings);
    }

    fn note(&self, text: String, to: &Mutex<Vec<String>>) {
        self.trace.event("warning", || {
            let mut fields = Map::new();
            fields.insert("array".into(), self.array().into());
            fields.insert("text".into(), text.as_str().into());
            fields
        });
        let mut warnings = lock(to);
        if !warnings.contains(&text) {
            warnings.push(text);
        }
    }

    /// The URL that answered last.
    pub(super) fn url(&self) -> String {
        let url = self.settings.urls.get(self.at.load(Ordering::Relaxed));
        url.map(ToString::to_string).unwrap_or_default()
    }

    /// The certificate of the URL in use, and why it is not trusted.
    pub(super) fn certificate(&self) -> Option<(Fingerprint, Option<String>)> {
        let at = self.at.load(Ordering::Relaxed);
        self.door(at).ok()?.certificate()
    }

    /// Sends until there is an answer that stays: what was asked for, or a refusal that the caller
    /// may know how to take.
    ///
    /// # Errors
    /// [`Error::Lost`] when a change may have been made; everything that no caller can take.
    pub(super) fn run<T>(
        &self,
        message: &Message,
        bounds: &Bounds,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<Result<T, Coded>, Error> {
        let started = Instant::now();
        let (mut again, mut moved) = (0, 0);
        let mut pause = Duration::from_millis(100);
        let mut busy: Option<Error> = None;
        loop {
            if let Err(ended) = bounds.check() {
                // Out of time because it was busy is told as busy.
                return Err(match (ended, busy) {
                    (Ended::Late { .. }, Some(busy)) => busy,
                    (ended, _) => self.ended(ended),
                });
            }
            let at = self.at.load(Ordering::Relaxed);
            let door = self.door(at)?;
            let limit = self.settings.request.min(bounds.deadline.remaining());
            let asked = Instant::now();
            let (heard, status) = self.exchange(door, message, limit, read)?;
            let told_busy = |answer: Answer| Error::Busy {
                array: self.array().to_owned(),
                answer: Box::new(answer),
                waited: started.elapsed(),
            };
            match heard {
                Err(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Err(Failure::NotSent { why }) => {
                    moved += 1;
                    if moved >= self.settings.urls.len() {
                        return Err(self.unreachable(door, why));
                    }
                    self.move_on(at);
                }
                Err(Failure::NoAnswer { why }) => {
                    if !message.reads() {
                        return Err(self.lost(message, why));
                    }
                    again += 1;
                    if again > READ_AGAIN {
                        let why = match message.api {
                            Api::Rest => why,
                            Api::Zapi => format!(
                                "{why}; where ONTAPI is switched off, api = \"rest\" speaks REST"
                            ),
                        };
                        return Err(self.unreachable(door, why));
                    }
                    let silent = asked.elapsed() >= limit;
                    if again > 1 || silent {
                        self.move_on(at);
                    }
                }
                // The same question has the same answer.
                Err(Failure::TooLong { why }) if message.reads() => {
                    return Err(self.garbled(message, why));
                }
                Err(Failure::TooLong { why }) => return Err(self.lost(message, why)),
                Ok(Read::Good(good)) => return Ok(Ok(good)),
                Ok(Read::Coded(coded)) => match coded.class() {
                    Class::Busy => {
                        busy = Some(told_busy(coded.answer(&message.name)));
                        self.pause(&mut pause, bounds)?;
                    }
                    Class::Unsure if message.reads() => {
                        again += 1;
                        let said = told_busy(coded.answer(&message.name));
                        if again > READ_AGAIN {
                            return Err(said);
                        }
                        busy = Some(said);
                        self.pause(&mut pause, bounds)?;
                    }
                    Class::Unsure => {
                        let why = coded.answer(&message.name).to_string();
                        return Err(self.lost(message, why));
                    }
                    // Both have their codes over REST too; without one the status speaks.
                    _ if coded.known.is_none() && matches!(status, 429 | 500 | 502..=504) => {
                        let said = told_busy(coded.answer(&message.name));
                        if status != 429 && !message.reads() {
                            return Err(self.lost(message, said.to_string()));
                        }
                        busy = Some(said);
                        self.pause(&mut pause, bounds)?;
                    }
                    Class::Login => return Err(self.denied(message, Some(&coded))),
                    _ => return Ok(Err(coded)),
                },
                Ok(Read::Garbage(why)) if status == 429 || (status == 503 && message.reads()) => {
                    busy = Some(told_busy(self.web_answer(message, status, why)));
                    self.pause(&mut pause, bounds)?;
                }
                // Neither a refusal nor a redirection was carried out.
                Ok(Read::Garbage(why)) if (300..500).contains(&status) => {
                    return Err(self.web_refusal(message, status, why));
                }
                Ok(Read::Garbage(why)) if !message.reads() => {
                    return Err(self.lost(message, why));
                }
                Ok(Read::Garbage(why)) => {
                    again += 1;
                    if again > READ_AGAIN {
                        return Err(self.garbled(message, why));
                    }
                    self.pause(&mut pause, bounds)?;
                }
            }
        }
    }

    /// Asks once, whatever the answer is; for finding out what the array speaks.
    ///
    /// # Errors
    /// When nothing could be sent at all: no connection, a bad certificate, no password.
    pub(super) fn once<T>(
        &self,
        message: &Message,
        bounds: &Bounds,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<(Read<T>, u16), Error> {
        let mut moved = 0;
        loop {
            bounds.check().map_err(|ended| self.ended(ended))?;
            let at = self.at.load(Ordering::Relaxed);
            let door = self.door(at)?;
            let limit = self.settings.request.min(bounds.deadline.remaining());
            let (heard, status) = self.exchange(door, message, limit, read)?;
            match heard {
                Ok(Read::Coded(coded)) if coded.class() == Class::Login => {
                    return Err(self.denied(message, Some(&coded)));
                }
                Ok(read) => return Ok((read, status)),
                Err(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Err(Failure::NotSent { why }) => {
                    moved += 1;
                    if moved >= self.settings.urls.len() {
                        return Err(self.unreachable(door, why));
                    }
                    self.move_on(at);
                }
                Err(Failure::NoAnswer { why }) => return Ok((Read::Garbage(why), 0)),
                Err(Failure::TooLong { why }) => return Ok((Read::Garbage(why), 200)),
            }
        }
    }

    /// As [`Client::once`], but a question without an answer is asked again, and so is one that a
    /// busy web server answered: an interface is not gone because a packet was lost.
    ///
    /// # Errors
    /// As [`Client::once`].
    pub(super) fn once_or_again<T>(
        &self,
        message: &Message,
        bounds: &Bounds,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<Read<T>, Error> {
        let mut pause = Duration::from_millis(100);
        for _ in 0..READ_AGAIN {
            let (said, status) = self.once(message, bounds, read)?;
            let again = match &said {
                Read::Good(_) => false,
                Read::Coded(coded) => matches!(coded.class(), Class::Busy | Class::Unsure),
                Read::Garbage(_) => matches!(status, 0 | 429 | 500 | 502..=504),
            };
            if !again {
                return Ok(said);
            }
            self.pause(&mut pause, bounds)?;
        }
        Ok(self.once(message, bounds, read)?.0)
    }

    /// Leaves a URL that does not answer, unless somebody else has done so.
    fn move_on(&self, from: usize) {
        let next = (from + 1) % self.settings.urls.len().max(1);
        let _ = self
            .at
            .compare_exchange(from, next, Ordering::Relaxed, Ordering::Relaxed);
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
}

/// A lock whose data stays true after a panic elsewhere: every change to it is one assignment.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
