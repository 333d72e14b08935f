//! Requests as somebody typed them, on either interface: no checks, no undo.
//!
//! They are sent once, to the SVM of the configuration (or the cluster, when that is asked for),
//! whichever interface the tool itself speaks to this array.

mod calls;
mod show;

use std::cell::RefCell;

use serde_json::Value;

use super::client::{Client, Coded, Effect, Message, Read, Scope};
use super::codes::{Api, Class};
use super::{Line, curl, detect, rest, secrets, xml, zapi};
use crate::array::error::Error;
use crate::array::http::Response;
use crate::array::raw::{self, Answered, Ask, Method, Raw, Request, Weighed, Whom};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

/// A request that can be sent: as REST or as a call of ZAPI.
#[derive(Debug)]
enum Typed {
    Rest(rest::Ask),
    Zapi(zapi::Call),
}

impl Typed {
    fn message(&self, svm: Option<&str>) -> Message {
        match self {
            Self::Rest(ask) => ask.message(svm),
            Self::Zapi(call) => call.message(svm),
        }
    }
}

impl Raw for Line {
    fn weigh(&self, request: &Request) -> Result<Weighed, Error> {
        let typed = self.typed(request)?;
        let svm = self.client.svm();
        let scope = scope_of(request.whom);
        let message = typed.message(svm.as_deref().filter(|_| scope == Scope::Svm));
        Ok(Weighed {
            effect: match message.effect {
                Effect::Read => raw::Effect::Reads,
                Effect::Change => raw::Effect::Changes,
            },
            line: curl::line(&message),
        })
    }

    fn read(&self, request: &Request, bounds: &Bounds) -> Result<Answered, Error> {
        let typed = self.typed(request)?;
        if typed.message(None).effect == Effect::Change {
            return Err(invalid(&self.client, request, "this is no read".into()));
        }
        self.send(&typed, scope_of(request.whom), bounds)
    }

    fn change(
        &self,
        request: &Request,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Answered, Error> {
        let typed = self.typed(request)?;
        self.send_change(&typed, scope_of(request.whom), bounds, mutate)
    }
}

fn scope_of(whom: Whom) -> Scope {
    match whom {
        Whom::Configured => Scope::Svm,
        Whom::Cluster => Scope::Cluster,
    }
}

fn invalid(client: &Client, request: &Request, why: String) -> Error {
    Error::Invalid {
        array: client.array().to_owned(),
        what: request.object().to_owned(),
        why,
    }
}

impl Line {
    /// The request in the words of its interface.
    fn typed(&self, request: &Request) -> Result<Typed, Error> {
        let bad = |why: String| invalid(&self.client, request, why);
        match &request.ask {
            Ask::Http { method, path, body } => {
                if *method == Method::Put {
                    return Err(Error::Unsupported {
                        array: self.array(),
                        what: "method PUT".into(),
                        instead: "PATCH alters objects on this array".into(),
                    });
                }
                let path =
                    raw::checked_path(path).map_err(|(why, hint)| bad(format!("{why}; {hint}")))?;
                // People write what documentation does, with and without the root.
                let path = match path.strip_prefix("/api/") {
                    Some(_) => path,
                    None => format!("/api{path}"),
                };
                Ok(Typed::Rest(rest::Ask::typed(
                    method.word(),
                    path,
                    body.clone(),
                )))
            }
            Ask::Zapi { name, fields, body } => {
                let element = calls::element(name, fields, body.as_ref()).map_err(bad)?;
                let effect = if calls::reads(name) {
                    Effect::Read
                } else {
                    Effect::Change
                };
                Ok(Typed::Zapi(zapi::Call::typed(element, effect)))
            }
        }
    }

    /// The one door of changes: without consent it does not open.
    fn send_change(
        &self,
        typed: &Typed,
        scope: Scope,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Answered, Error> {
        // What answers no such interface would leave a change in doubt.
        let api = typed.message(None).api;
        if let Some(why) = detect::lacks(&self.client, api, bounds)? {
            return Err(self.no_such_interface(api, &why));
        }
        self.send(typed, scope, bounds)
    }

    fn send(&self, typed: &Typed, scope: Scope, bounds: &Bounds) -> Result<Answered, Error> {
        let client = &self.client;
        let make = |svm: Option<&str>| typed.message(svm);
        let message = typed.message(None);
        let reply = RefCell::new(Value::Null);
        let hear = |response: &Response| match message.api {
            Api::Rest => {
                *reply.borrow_mut() = serde_json::from_slice(&response.body).unwrap_or_default();
                rest::answer(response).map(|_| ())
            }
            Api::Zapi => {
                if let Ok(root) = xml::parse(&response.body) {
                    *reply.borrow_mut() = show::document(&root);
                }
                zapi::answer(response).map(|_| ())
            }
        };
        let (heard, status) = client.call_once(scope, &make, bounds, &hear)?;
        let mut reply = reply.into_inner();
        secrets::mask(&mut reply);
        secrets::mask_known(&mut reply, &client.secrets(&message));
        let refused = match heard {
            Read::Good(()) => None,
            Read::Coded(coded) => Some(self.refused(&message, status, &coded)),
            Read::Garbage(why) => return Err(self.unread(&message, status, why, bounds)),
        };
        Ok(Answered { reply, refused })
    }

    /// A refusal: it stands in the reply too, which is shown.
    fn refused(&self, message: &Message, status: u16, coded: &Coded) -> Error {
        let unsure = coded.class() == Class::Unsure
            || (coded.known.is_none() && matches!(status, 500 | 502..=504));
        if unsure && message.effect == Effect::Change {
            let why = coded.answer(&message.name).to_string();
            return self.client.lost(message, why);
        }
        self.client.refused(&message.name, coded)
    }

    /// An answer that is none.
    fn unread(&self, message: &Message, status: u16, why: String, bounds: &Bounds) -> Error {
        let client = &self.client;
        if message.effect == Effect::Change {
            return match status {
                300..=499 => client.web_refusal(message, status, why),
                _ => client.lost(message, why),
            };
        }
        match detect::lacks(client, message.api, bounds) {
            Ok(Some(_)) => self.no_such_interface(message.api, &why),
            Ok(None) if status == 0 => client.no_answer(why),
            Ok(None) if (300..500).contains(&status) => client.web_refusal(message, status, why),
            Ok(None) => client.garbled(message, why),
            Err(error) => error,
        }
    }

    fn no_such_interface(&self, api: Api, why: &str) -> Error {
        let (what, instead) = match api {
            Api::Rest => (
                "REST",
                "sanctl array call --zapi system-get-version  # the older interface",
            ),
            Api::Zapi => (
                "ZAPI",
                "sanctl array call GET /api/cluster  # REST; ONTAPI may be switched off",
            ),
        };
        Error::Unsupported {
            array: self.array(),
            what: format!("{what} that answers ({why})"),
            instead: instead.into(),
        }
    }
}
