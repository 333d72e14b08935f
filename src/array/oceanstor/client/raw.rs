//! Requests as somebody typed them.

use serde_json::Value;

use super::wire::{Heard, Job, MASKED};
use super::{Client, Gone};
use crate::array::error::Error;
use crate::array::http::Failure;
use crate::array::oceanstor::codes::Class;
use crate::array::oceanstor::curl;
use crate::array::oceanstor::envelope::{Method, Request as Sent};
use crate::array::oceanstor::query;
use crate::array::raw::{self, Answered, Ask, Effect, Raw, Request, Weighed, Whom};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::{mask_json, mask_text};

impl Raw for Client {
    fn weigh(&self, request: &Request) -> Result<Weighed, Error> {
        let (method, path, body) = self.plain(request)?;
        let effect = match method {
            Method::Get => Effect::Reads,
            _ => Effect::Changes,
        };
        let mut body = body.cloned();
        if let Some(body) = &mut body {
            mask_json(body, MASKED);
        }
        let line = curl::curl(&Sent { method, path, body });
        Ok(Weighed { effect, line })
    }

    fn read(&self, request: &Request, bounds: &Bounds) -> Result<Answered, Error> {
        let (method, path, body) = self.plain(request)?;
        if method != Method::Get {
            return Err(self.no_path(&path, "this is no read", "it needs consent"));
        }
        self.typed(method, &path, body, bounds)
    }

    fn change(
        &self,
        request: &Request,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Answered, Error> {
        let (method, path, body) = self.plain(request)?;
        self.typed(method, &path, body, bounds)
    }
}

impl Client {
    /// Sends a request, and again only after a session that was rejected: nothing was applied then.
    fn typed(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        bounds: &Bounds,
    ) -> Result<Answered, Error> {
        let job = Job { method, path, body };
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
                Heard::Nothing(Failure::TooLong { why }) if job.reads() => {
                    return Err(self.garbled(&job, why));
                }
                Heard::Nothing(Failure::NoAnswer { why } | Failure::TooLong { why }) => {
                    return Err(self.lost(&job, why));
                }
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

    /// The request in this interface's own words. Sessions are this tool's own, and a path is no
    /// other URL.
    fn plain<'a>(
        &self,
        request: &'a Request,
    ) -> Result<(Method, String, Option<&'a Value>), Error> {
        let lacks = |what: &str, instead: &str| Error::Unsupported {
            array: self.array().to_owned(),
            what: what.to_owned(),
            instead: instead.to_owned(),
        };
        let (method, path, body) = match &request.ask {
            Ask::Http { method, path, body } => (*method, path, body.as_ref()),
            Ask::Zapi { .. } => {
                return Err(lacks(
                    "ZAPI: that is an interface of ONTAP",
                    "sanctl array call --help",
                ));
            }
        };
        if request.whom == Whom::Cluster {
            return Err(lacks(
                "SVMs: there is only one system",
                "leave --cluster out",
            ));
        }
        let method = match method {
            raw::Method::Get => Method::Get,
            raw::Method::Post => Method::Post,
            raw::Method::Put => Method::Put,
            raw::Method::Delete => Method::Delete,
            raw::Method::Patch => {
                return Err(lacks("method PATCH", "PUT alters objects on this array"));
            }
        };
        let path = raw::checked_path(path).map_err(|(why, hint)| self.no_path(path, why, hint))?;
        let plain = path.split('?').next().unwrap_or_default();
        if plain.to_ascii_lowercase().starts_with("/sessions") {
            return Err(self.no_path(
                &path,
                "the session is this tool's own",
                "sanctl array test shows whether a login works",
            ));
        }
        Ok((method, path, body))
    }

    fn no_path(&self, path: &str, why: &str, hint: &str) -> Error {
        Error::Setup {
            array: self.array().to_owned(),
            why: format!("{path}: {why}"),
            hint: hint.to_owned(),
        }
    }
}
