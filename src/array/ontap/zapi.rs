//! ZAPI: XML over POST, one call per request (ontap.md §2 to §4).

mod change;
mod chap;
mod iter;
mod lun;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value;

use super::client::refusal::PAGE;
use super::client::{Client, Coded, Effect, Message, Read, Scope};
use super::codes::{Api, Class};
use super::secrets;
use super::wire::{Deed, Reads as _, Wire};
use super::xml::{self, Element};
use crate::array::error::Error;
use crate::array::http::Response;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;

pub(super) use self::read::fits;

/// Where calls are sent.
const PATH: &str = "servlets/netapp.servlets.admin.XMLrequest_filer";

/// The version that every release since 8.2 takes (§2).
const VERSION: &str = "1.21";

/// The call that tells the release, and whether this is a cluster.
const VERSION_CALL: &str = "system-get-version";

/// The older interface.
#[derive(Debug)]
pub(super) struct Zapi {
    client: Arc<Client>,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    element: Element,
    scope: Scope,
    effect: Effect,
}

impl Call {
    /// A look at the SVM's objects.
    pub(super) fn read(name: &str, arguments: Vec<Element>) -> Self {
        Self {
            element: Element::of(name, arguments),
            scope: Scope::Svm,
            effect: Effect::Read,
        }
    }

    fn change(name: &str, arguments: Vec<Element>) -> Self {
        Self {
            effect: Effect::Change,
            ..Self::read(name, arguments)
        }
    }

    /// A call as somebody typed it.
    pub(super) fn typed(element: Element, effect: Effect) -> Self {
        Self {
            element,
            scope: Scope::Svm,
            effect,
        }
    }

    fn cluster(self) -> Self {
        Self {
            scope: Scope::Cluster,
            ..self
        }
    }

    /// The request as it is sent.
    pub(super) fn message(&self, svm: Option<&str>) -> Message {
        let svm = svm.filter(|_| self.scope == Scope::Svm);
        let mut shown = self.element.clone();
        secrets::mask_element(&mut shown);
        Message {
            name: self.element.name.clone(),
            api: Api::Zapi,
            method: "POST",
            path: PATH.to_owned(),
            body: Some(document(self.element.clone(), svm).into_bytes()),
            shown: Some(Value::String(document(shown, svm))),
            secrets: secrets::of_element(&self.element),
            svm: svm.map(str::to_owned),
            effect: self.effect,
        }
    }
}

/// The whole document around a call.
pub(super) fn document(call: Element, svm: Option<&str>) -> String {
    let mut root = Element::of("netapp", vec![call]);
    let mut attribute = |key: &str, value: &str| {
        root.attributes.push((key.to_owned(), value.to_owned()));
    };
    attribute("xmlns", "http://www.netapp.com/filer/admin");
    attribute("version", VERSION);
    if let Some(svm) = svm {
        attribute("vfiler", svm);
    }
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    root.write(&mut text);
    text
}

/// Reads an answer: the results, or why there are none (§2).
pub(super) fn answer(response: &Response) -> Read<Element> {
    let root = match xml::parse(&response.body) {
        Ok(root) => root,
        Err(_) if is_page(&response.body) => return Read::Garbage(PAGE.into()),
        Err(why) => return Read::Garbage(why),
    };
    if root.name.eq_ignore_ascii_case("html") {
        return Read::Garbage(PAGE.into());
    }
    if root.name != "netapp" {
        return Read::Garbage("this is not an answer of ZAPI".into());
    }
    if response.status != 200 {
        return Read::Garbage("an answer of ZAPI under a status of failure".into());
    }
    let Some(results) = root.children.into_iter().find(|c| c.name == "results") else {
        return Read::Garbage("an answer without results".into());
    };
    if results.attribute("status") == Some("passed") {
        return Read::Good(results);
    }
    let told = |attribute: &str, child: &str| {
        let text = results.attribute(attribute).or_else(|| results.get(child));
        text.unwrap_or_default().to_owned()
    };
    let mut code = told("errno", "errorno");
    if code.is_empty() {
        code = results.get("errno").unwrap_or("(none)").to_owned();
    }
    Read::Coded(Coded::new(Api::Zapi, &code, &told("reason", "reason")))
}

/// Whether an answer begins as HTML does.
fn is_page(body: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(body.get(..512).unwrap_or(body));
    let begin = begin.trim_start().to_ascii_lowercase();
    ["<html", "<!doctype html"]
        .iter()
        .any(|word| begin.starts_with(word))
}

impl Zapi {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    /// Sends a call; a refusal that somebody may know how to take is within.
    fn call(&self, call: &Call, bounds: &Bounds) -> Result<Result<Element, Coded>, Error> {
        let make = |svm: Option<&str>| call.message(svm);
        self.client.call(call.scope, &make, bounds, &answer)
    }

    /// Sends a call that changes something.
    fn change(
        &self,
        call: &Call,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Result<Element, Coded>, Error> {
        self.call(call, bounds)
    }

    /// Sends a call whose refusal is an error.
    fn ask(&self, call: &Call, bounds: &Bounds) -> Result<Element, Error> {
        match self.call(call, bounds)? {
            Ok(results) => Ok(results),
            Err(coded) => Err(self.explained(&call.element.name, &coded, bounds)),
        }
    }

    /// A refusal as an error. What knows no iterators may be no cluster at all (§13).
    fn explained(&self, request: &str, coded: &Coded, bounds: &Bounds) -> Error {
        if coded.class() == Class::UnknownCall
            && request != VERSION_CALL
            && let Ok(system) = self.system(bounds)
            && !system.clustered
        {
            return self.client.seven_mode(&system.version);
        }
        self.client.refused(request, coded)
    }
}

impl Wire for Zapi {
    fn api(&self) -> Api {
        Api::Zapi
    }

    fn fills(&self) -> bool {
        false
    }

    fn knows_fabric(&self) -> bool {
        // No source knows a call for the logins (§9.7).
        false
    }

    fn deletes_online(&self) -> bool {
        false
    }

    fn plan(&self, deed: &Deed<'_>) -> Message {
        change::call_of(deed).message(self.client.svm().as_deref())
    }
}
