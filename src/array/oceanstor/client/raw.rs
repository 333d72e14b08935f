//! Requests as somebody typed them.

use serde_json::Value;

use super::wire::{Heard, Job, MASKED};
use super::{Client, Gone};
use crate::array::error::Error;
use crate::array::http::Failure;
use crate::array::oceanstor::codes::Class;
use crate::array::oceanstor::envelope::Method;
use crate::array::oceanstor::query;
use crate::array::raw::{Answered, Change, Raw};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::{mask_json, mask_text};

impl Raw for Client {
    fn read(&self, path: &str, bounds: &Bounds) -> Result<Answered, Error> {
        self.once(Method::Get, path, None, bounds)
    }

    fn change(
        &self,
        how: Change,
        path: &str,
        body: Option<&Value>,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Answered, Error> {
        let method = match how {
            Change::Post => Method::Post,
            Change::Put => Method::Put,
            Change::Delete => Method::Delete,
        };
        self.once(method, path, body, bounds)
    }
}

impl Client {
    /// Sends a request, and again only after a session that was rejected: nothing was applied then.
    fn once(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        bounds: &Bounds,
    ) -> Result<Answered, Error> {
        let path = self.checked(path)?;
        let job = Job {
            method,
            path: &path,
            body,
        };
        let mut gone = None;
        loop {
            bounds.check().map_err(|ended| self.ended(ended))?;
            let again = gone.is_some();
            let session = self.session(bounds, gone.take())?;
            let door = self.door(session.door)?;
            let rest = format!("{}{}", query::quote(&session.serial), job.path);
            let limit = self.settings.request.min(bounds.deadline.remaining());
            let (heard, response) = self.exchange(door, &job, &rest, Some(&session), limit);
            let parsed = match heard {
                Heard::Envelope(parsed) => parsed,
                Heard::Nothing(Failure::Certificate { why, fingerprint }) => {
                    return Err(self.certificate_error(door, why, fingerprint));
                }
                Heard::Nothing(Failure::NotSent { why }) => {
                    return Err(self.unreachable(door, why));
                }
                Heard::Nothing(Failure::NoAnswer { why }) if job.reads() => {
                    return Err(self.unreachable(door, why));
                }
                Heard::Nothing(Failure::NoAnswer { why }) => return Err(self.lost(&job, why)),
                Heard::Garbage(status, why) if (400..500).contains(&status) => {
                    return Err(self.http_refusal(&job, status, why));
                }
                Heard::Garbage(_, why) if job.reads() => return Err(self.garbled(&job, why)),
                Heard::Garbage(_, why) => return Err(self.lost(&job, why)),
            };
            if parsed.class() == Class::Session && !again {
                gone = Some(Gone::Rejected(session.generation));
                continue;
            }
            let body = response.map(|r| r.body).unwrap_or_default();
            let mut reply: Value = serde_json::from_slice(&body).unwrap_or_default();
            mask_json(&mut reply, MASKED);
            if parsed.code != 0 {
                let secrets = self.secrets(&job, Some(&session));
                let told = mask_text(&reply.to_string(), &secrets);
                reply = serde_json::from_str(&told).unwrap_or_default();
            }
            let answer = Box::new(parsed.answer(&job.name()));
            let array = self.array().to_owned();
            let refused = match parsed.class() {
                Class::Success => None,
                Class::Permission => Some(Error::Permission { array, answer }),
                Class::Unsure if !job.reads() => Some(self.lost(&job, answer.to_string())),
                _ => Some(Error::Refused { array, answer }),
            };
            return Ok(Answered { reply, refused });
        }
    }

    /// The path with its slash. Sessions are this tool's own, and a path is no other URL.
    fn checked(&self, path: &str) -> Result<String, Error> {
        let path = format!("/{}", path.trim_start_matches('/'));
        let bad = |why: &str, hint: &str| Error::Setup {
            array: self.array().to_owned(),
            why: format!("{path}: {why}"),
            hint: hint.to_owned(),
        };
        if path.len() < 2 || !path.bytes().all(|b| b.is_ascii_graphic()) || path.contains('#') {
            return Err(bad("this is no path", "percent-encode what is not ASCII"));
        }
        let plain = path.split('?').next().unwrap_or_default();
        let mut parts = plain.split('/');
        if parts.any(|part| part == "..") {
            return Err(bad("it leads out of the interface", "leave .. out"));
        }
        if plain.to_ascii_lowercase().starts_with("/sessions") {
            return Err(bad(
                "the session is this tool's own",
                "sanctl array test shows whether a login works",
            ));
        }
        Ok(path)
    }
}
