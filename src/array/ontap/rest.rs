//! REST: JSON under `/api` (ontap.md §5, §6).

mod change;
mod chap;
mod job;
mod lun;
mod pages;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value;

use super::client::{Client, Coded, Effect, Message, Read, Scope};
use super::codes::{Api, Class};
use super::detect::FIRST_REST;
use super::secrets;
use super::wire::{Deed, Reads as _, System, Wire};
use crate::array::error::Error;
use crate::array::http::Response;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
pub(super) use change::SVM_UUID;

/// The newer interface.
#[derive(Debug)]
pub(super) struct Rest {
    client: Arc<Client>,
}

/// One request.
#[derive(Debug)]
pub(super) struct Ask {
    method: &'static str,
    /// With its query; begins with `/api/`.
    path: String,
    body: Option<Value>,
    scope: Scope,
}

impl Ask {
    /// A look at the SVM's objects.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            body: None,
            scope: Scope::Svm,
        }
    }

    fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: "POST",
            body: Some(body),
            ..Self::get(path)
        }
    }

    fn patch(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: "PATCH",
            body: Some(body),
            ..Self::get(path)
        }
    }

    fn delete(path: impl Into<String>) -> Self {
        Self {
            method: "DELETE",
            ..Self::get(path)
        }
    }

    /// A request as somebody typed it.
    pub(super) fn typed(method: &'static str, path: String, body: Option<Value>) -> Self {
        Self {
            method,
            body,
            ..Self::get(path)
        }
    }

    fn cluster(self) -> Self {
        Self {
            scope: Scope::Cluster,
            ..self
        }
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The request as it is sent.
    pub(super) fn message(&self, svm: Option<&str>) -> Message {
        let mut shown = self.body.clone();
        if let Some(shown) = &mut shown {
            secrets::mask(shown);
        }
        Message {
            name: self.name(),
            api: Api::Rest,
            method: self.method,
            path: self.path.trim_start_matches('/').to_owned(),
            body: self.body.as_ref().map(|body| body.to_string().into_bytes()),
            shown,
            secrets: self.body.as_ref().map(secrets::of).unwrap_or_default(),
            svm: svm.map(str::to_owned),
            effect: if self.method == "GET" {
                Effect::Read
            } else {
                Effect::Change
            },
        }
    }
}

/// A text in a query: everything but letters, digits and a few marks is encoded.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~*".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A reply of this interface.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    status: u16,
    body: Value,
}

/// Reads an answer: its document, or the error in it (§5). The code decides, not the status.
pub(super) fn answer(response: &Response) -> Read<Told> {
    let status = response.status;
    let good = (200..300).contains(&status);
    if good && response.body.iter().all(u8::is_ascii_whitespace) {
        return Read::Good(Told {
            status,
            body: Value::Null,
        });
    }
    let body: Value = match serde_json::from_slice(&response.body) {
        Ok(body) => body,
        Err(error) => return Read::Garbage(format!("this is not JSON: {error}")),
    };
    if !body.is_object() {
        return Read::Garbage("this is no JSON object".into());
    }
    // A job that failed tells its error in a reply that succeeded.
    let refused = !good || body.get("state").is_none();
    let error = body.get("error").filter(|error| error.is_object());
    if let Some(error) = error.filter(|_| refused) {
        return Read::Coded(coded(error));
    }
    if good {
        Read::Good(Told { status, body })
    } else {
        Read::Garbage("a status of failure without an error".into())
    }
}

/// The `error` object of a reply or a job.
fn coded(error: &Value) -> Coded {
    let code = match error.get("code") {
        Some(Value::String(code)) => code.clone(),
        Some(Value::Number(code)) => code.to_string(),
        _ => "(none)".into(),
    };
    let mut text = error
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if let Some(target) = error.get("target").and_then(Value::as_str)
        && !target.is_empty()
    {
        text.push_str(&format!(" (field {target})"));
    }
    Coded::new(Api::Rest, &code, &text)
}

/// What `/api/cluster` says.
pub(super) fn system(told: &Told) -> System {
    read::system(&told.body)
}

impl Rest {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    /// Sends a request; a refusal that somebody may know how to take is within.
    fn call(&self, ask: &Ask, bounds: &Bounds) -> Result<Result<Told, Coded>, Error> {
        let make = |svm: Option<&str>| ask.message(svm);
        let told = self.client.call(ask.scope, &make, bounds, &answer)?;
        match told {
            Ok(told) if told.status == 202 => self.finish(ask, &told, bounds),
            other => Ok(other),
        }
    }

    /// Sends a request that changes something.
    fn change(
        &self,
        ask: &Ask,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Result<Told, Coded>, Error> {
        self.call(ask, bounds)
    }

    /// Sends a request whose refusal is an error.
    fn ask(&self, ask: &Ask, bounds: &Bounds) -> Result<Told, Error> {
        match self.call(ask, bounds)? {
            Ok(told) => Ok(told),
            Err(coded) => Err(self.explained(ask, &coded, bounds)),
        }
    }

    /// A refusal as an error. What does not know a call or a field may be too old.
    fn explained(&self, ask: &Ask, coded: &Coded, bounds: &Bounds) -> Error {
        let unknown = matches!(coded.class(), Class::UnknownCall | Class::Input);
        if unknown
            && let Ok(system) = self.system(bounds)
            && let Some(release) = system.release
            && release < FIRST_REST
        {
            return self.client.too_old(release);
        }
        self.client.refused(&ask.name(), coded)
    }
}

impl Wire for Rest {
    fn api(&self) -> Api {
        Api::Rest
    }

    fn fills(&self) -> bool {
        true
    }

    fn knows_fabric(&self) -> bool {
        true
    }

    fn deletes_online(&self) -> bool {
        true
    }

    fn plan(&self, deed: &Deed<'_>) -> Message {
        self.ask_of(deed).message(self.client.svm().as_deref())
    }
}
