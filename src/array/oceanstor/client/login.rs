//! Sessions: one login for all threads, every session logged out (oceanstor.md §2).

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard};
use std::time::{Duration, Instant};

use super::wire::{Heard, Job};
use super::{Client, Gone, State, lock};
use crate::array::Error;
use crate::array::http::Failure;
use crate::array::oceanstor::codes::Class;
use crate::array::oceanstor::envelope::{Method, Parsed};
use crate::array::oceanstor::query;
use crate::array::oceanstor::session::{self, Account, Session};
use crate::kit::bounds::{Bounds, Ended};
use crate::kit::redact::Secret;

/// How long a logout may take: it happens when everything else is over.
const LOGOUT: Duration = Duration::from_secs(5);

/// How long a login may take at a URL while others are left to try.
const NEXT_URL: Duration = Duration::from_secs(10);

/// An unreachable URL, with what was wrong with those before it.
fn after(error: Error, before: Option<Error>) -> Error {
    match (error, before) {
        (
            Error::Unreachable { array, url, why },
            Some(Error::Unreachable {
                url: url_before,
                why: why_before,
                ..
            }),
        ) => Error::Unreachable {
            array,
            url,
            why: format!("{why}; nor {url_before}: {why_before}"),
        },
        (error, _) => error,
    }
}

impl Client {
    /// Somebody works with the session for a while.
    pub(in crate::array::oceanstor) fn begin(&self) {
        self.users.fetch_add(1, Ordering::SeqCst);
    }

    /// They do no more. The session ends with the last of them; one that stays behind is told as a
    /// warning when the program ends.
    pub(in crate::array::oceanstor) fn end(&self) {
        if self.users.fetch_sub(1, Ordering::SeqCst) <= 1 {
            let _ = self.close();
        }
    }

    /// Logs out; once more if that fails. A warning if a session stays behind.
    pub(in crate::array::oceanstor) fn close(&self) -> Option<String> {
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
            format!(
                "array {}: {left} session(s) could not be logged out and end by themselves: {why}",
                self.array()
            )
        })
    }

    /// The open session, or a new one. `gone` is the session known to be dead; if another thread
    /// has replaced it already, that one's is used.
    pub(super) fn session(
        &self,
        bounds: &Bounds,
        gone: Option<Gone>,
    ) -> Result<Arc<Session>, Error> {
        let mut state = lock(&self.state);
        if let Some(session) = &state.session {
            let dead = match gone {
                None => false,
                Some(Gone::Rejected(generation) | Gone::Unreachable(generation)) => {
                    generation == session.generation
                }
            };
            if !dead {
                return Ok(Arc::clone(session));
            }
        }
        // Sessions are few on an array, so the old one is ended first, if it still can be.
        if let Some(old) = state.session.take() {
            let unreachable = matches!(gone, Some(Gone::Unreachable(_)));
            if unreachable || self.logout(&old, old.door).is_err() {
                state.stale.push(old);
            }
        }
        self.login(&mut state, bounds)
    }

    fn login(
        &self,
        state: &mut MutexGuard<'_, State>,
        bounds: &Bounds,
    ) -> Result<Arc<Session>, Error> {
        let mut last = None;
        let order = state.order.clone();
        for (tried, index) in order.iter().copied().enumerate() {
            let limit = if tried + 1 < order.len() {
                self.settings.request.min(NEXT_URL)
            } else {
                self.settings.request
            };
            match self.login_at(index, state.logins + 1, limit, bounds) {
                Ok(session) => {
                    state.logins += 1;
                    if let Some(before) = &state.serial
                        && *before != session.serial
                    {
                        let error = self.another_array(index, before, &session.serial);
                        if self.logout(&session, index).is_err() {
                            state.stale.push(Arc::new(session));
                        }
                        return Err(error);
                    }
                    state.serial = Some(session.serial.clone());
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
                    last = Some(after(error, last));
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

    fn another_array(&self, index: usize, before: &str, now: &str) -> Error {
        let array = self.array();
        let url = self.settings.urls.get(index).map(ToString::to_string);
        let url = url.unwrap_or_default();
        Error::Conflict {
            why: format!(
                "array {array}: {url} is the array {now}, but the url before was {before}"
            ),
            hints: vec![format!("give [arrays.{array}] only urls of one array")],
        }
    }

    fn login_at(
        &self,
        index: usize,
        generation: u64,
        limit: Duration,
        bounds: &Bounds,
    ) -> Result<Session, Error> {
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
        let mut busy: Option<Error> = None;
        loop {
            if let Err(ended) = bounds.check() {
                return Err(match (ended, busy) {
                    (Ended::Late { .. }, Some(busy)) => busy,
                    (ended, _) => self.ended(ended),
                });
            }
            let limit = limit.min(bounds.deadline.remaining());
            let (heard, cookies) = self.send_for_cookie(door, &job, "xx/sessions", limit);
            let parsed = match heard {
                Heard::Nothing(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Heard::Nothing(
                    Failure::NotSent { why } | Failure::NoAnswer { why } | Failure::TooLong { why },
                ) => {
                    bounds.check().map_err(|e| self.ended(e))?;
                    return Err(self.unreachable(door, why));
                }
                // The password was refused, in the web server's words: never sent again.
                Heard::Garbage(401 | 403, why) => {
                    return Err(Error::Login {
                        array: self.array().to_owned(),
                        why: format!("user {}: {}: {why}", settings.user, job.name()),
                        hint: self.login_hint(),
                    });
                }
                // Nobody is logged in who is not told his token: it may be sent again.
                Heard::Garbage(status @ (429 | 503), why) => {
                    busy = Some(self.web_busy(&job, status, why, started));
                    self.pause(&mut pause, bounds)?;
                    continue;
                }
                Heard::Garbage(_, why) => return Err(self.garbled(&job, why)),
                Heard::Envelope(parsed) => parsed,
            };
            match parsed.class() {
                Class::Success => {}
                // Too many sessions is no word about the password, which is not counted as tried.
                Class::Busy | Class::Sessions => {
                    busy = Some(self.busy(&job, &parsed, started));
                    self.pause(&mut pause, bounds)?;
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
                serial,
                token: Secret::new(token),
                cookies,
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
        let read = (self.settings.reader)(source).map_err(|why| Error::Setup {
            array: self.array().to_owned(),
            why: format!("no password from {source}: {why}"),
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
        let rest = format!("{}/sessions", query::quote(&session.serial));
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
                | Failure::TooLong { why }
                | Failure::Certificate { why, .. },
            ) => Err(why),
        }
    }

    fn login_hint(&self) -> String {
        let array = self.array();
        format!("check user, password and scope of [arrays.{array}]; it was tried once")
    }

    pub(super) fn login_error(&self, parsed: &Parsed, request: &str) -> Error {
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
            _ => self.login_hint(),
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
