//! ZAPI: XML over POST, one call per request (ontap.md §2 to §4).

mod change;
mod chap;
mod iter;
mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value;

use super::client::{Client, Coded, Effect, Message, Read, Scope};
use super::codes::Api;
use super::wire::{
    Account, Credential, Deed, Each, Igroup, IgroupQuery, IgroupRef, Lif, Login, Lun, LunMap,
    LunQuery, LunRef, Made, MapQuery, Mapped, NewGroup, NewIgroup, Portset, Removed, Service, Svm,
    System, Wire,
};
use super::xml::{self, Element};
use crate::array::error::Error;
use crate::array::http::Response;
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::kit::redact::MASK;
use crate::model::ids::LunNumber;
use crate::model::nouns::Protocol;

pub(super) use self::read::fits;

/// Where calls are sent.
const PATH: &str = "servlets/netapp.servlets.admin.XMLrequest_filer";

/// The version that every release since 8.2 takes (§2).
const VERSION: &str = "1.21";

/// Elements whose text is a secret.
const MASKED: &[&str] = &[
    "passphrase",
    "outbound-passphrase",
    "password",
    "new-password",
];

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
        mask(&mut shown);
        Message {
            name: self.element.name.clone(),
            api: Api::Zapi,
            method: "POST",
            path: PATH.to_owned(),
            body: Some(document(self.element.clone(), svm).into_bytes()),
            shown: Some(Value::String(document(shown, svm))),
            svm: svm.map(str::to_owned),
            effect: self.effect,
        }
    }
}

fn mask(element: &mut Element) {
    if MASKED.contains(&element.name.as_str()) && !element.text.is_empty() {
        MASK.clone_into(&mut element.text);
    }
    element.children.iter_mut().for_each(mask);
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
        Err(why) => return Read::Garbage(why),
    };
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

impl Zapi {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    /// Sends a call; a refusal that somebody may know how to take is within.
    fn call(&self, call: &Call, bounds: &Bounds) -> Result<Result<Element, Coded>, Error> {
        let make = |svm: Option<&str>| call.message(svm);
        self.client.call(call.scope, &make, bounds, &answer)
    }

    /// Sends a call whose refusal is an error.
    fn ask(&self, call: &Call, bounds: &Bounds) -> Result<Element, Error> {
        self.call(call, bounds)?
            .map_err(|coded| self.client.refused(&call.element.name, &coded))
    }
}

impl Wire for Zapi {
    fn api(&self) -> Api {
        Api::Zapi
    }

    fn fills(&self) -> bool {
        false
    }

    fn plan(&self, deed: &Deed<'_>) -> Message {
        change::call_of(deed).message(self.client.svm().as_deref())
    }

    fn system(&self, bounds: &Bounds) -> Result<System, Error> {
        self.read_system(bounds)
    }

    fn is_cluster_account(&self, bounds: &Bounds) -> Result<bool, Error> {
        self.look_at_nodes(bounds)
    }

    fn svm(&self, bounds: &Bounds) -> Result<Option<Svm>, Error> {
        self.read_svm(bounds)
    }

    fn service(&self, protocol: Protocol, bounds: &Bounds) -> Result<Option<Service>, Error> {
        self.read_service(protocol, bounds)
    }

    fn lifs(&self, protocol: Protocol, bounds: &Bounds) -> Result<Vec<Lif>, Error> {
        self.read_lifs(protocol, bounds)
    }

    fn portsets(&self, name: Option<&str>, bounds: &Bounds) -> Result<Vec<Portset>, Error> {
        self.read_portsets(name, bounds)
    }

    fn logins(
        &self,
        protocol: Protocol,
        initiator: Option<&str>,
        bounds: &Bounds,
    ) -> Result<Vec<Login>, Error> {
        self.read_logins(protocol, initiator, bounds)
    }

    fn luns(
        &self,
        query: &LunQuery,
        bounds: &Bounds,
        each: &mut Each<'_, Lun>,
    ) -> Result<(), Error> {
        self.read_luns(query, bounds, each)
    }

    fn maps(
        &self,
        query: &MapQuery,
        bounds: &Bounds,
        each: &mut Each<'_, LunMap>,
    ) -> Result<(), Error> {
        self.read_maps(query, bounds, each)
    }

    fn igroups(
        &self,
        query: &IgroupQuery,
        bounds: &Bounds,
        each: &mut Each<'_, Igroup>,
    ) -> Result<(), Error> {
        self.read_igroups(query, bounds, each)
    }

    fn create_igroup(
        &self,
        new: &NewIgroup,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Made<NewGroup>, Error> {
        self.send_create_igroup(new, bounds)
    }

    fn add_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        self.send_add_initiator(igroup, initiator, bounds)
    }

    fn remove_initiator(
        &self,
        igroup: &IgroupRef,
        initiator: &str,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.send_remove_initiator(igroup, initiator, bounds)
    }

    fn destroy_igroup(
        &self,
        igroup: &IgroupRef,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.send_destroy_igroup(igroup, bounds)
    }

    fn map(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        number: Option<LunNumber>,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Mapped, Error> {
        self.send_map(lun, igroup, number, bounds)
    }

    fn unmap(
        &self,
        lun: &LunRef,
        igroup: &IgroupRef,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.send_unmap(lun, igroup, bounds)
    }

    fn credential(&self, initiator: &str, bounds: &Bounds) -> Result<Option<Credential>, Error> {
        self.read_credential(initiator, bounds)
    }

    fn add_credential(
        &self,
        initiator: &str,
        account: &Account,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Made<()>, Error> {
        self.send_add_credential(initiator, account, bounds)
    }

    fn remove_credential(
        &self,
        initiator: &str,
        bounds: &Bounds,
        _mutate: &Mutate,
    ) -> Result<Removed, Error> {
        self.send_remove_credential(initiator, bounds)
    }
}
