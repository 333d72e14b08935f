//! The older interface, ONTAPI: XML over one path, one call in each request (ontap.md §2 to §4).

mod chap;
mod envelope;
mod igroups;
mod input;
mod list;
mod luns;
mod maps;
mod network;
mod query;
mod services;
mod system;
mod xml;

pub(super) use envelope::{call_of, errno_of, failed, page};

use super::accounts::{Access, Account, Scope};
use super::options::Ontapi;
use super::refusal::{Done, Refusal, Why};
use super::state::State;
use crate::sim::server::{Reply, Request};
use input::Input;
use list::List;
use xml::Element;

/// The one path of the older interface.
pub(super) const PATH: &str = "/servlets/netapp.servlets.admin.XMLrequest_filer";

/// Where a call may be made (ontap.md §4, the column "sc.").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On an SVM: by an account of it, or tunnelled.
    Svm,
    /// On the cluster only.
    Cluster,
    /// On either; on the cluster it is about all SVMs.
    Either,
}

/// The children of `<results>`.
type Answer = Done<Vec<Element>>;

/// Where a call is made.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// The SVM of the account, or the one tunnelled to.
    svm: Option<u64>,
}

impl Asked {
    /// The SVM, in a call that needs one.
    fn svm(&self) -> Done<u64> {
        self.svm.ok_or_else(|| Why::SvmMissing.into())
    }
}

/// What a call does.
#[derive(Clone, Copy)]
enum Run {
    Look(fn(&State, &Asked, Input<'_>) -> Answer),
    Change(fn(&mut State, &Asked, Input<'_>) -> Answer),
    List(List),
}

/// One call of the interface.
struct Call {
    name: &'static str,
    place: Place,
    /// The command directory that a role grants or not.
    command: &'static str,
    access: Access,
    known: &'static [&'static str],
    required: &'static [&'static str],
    run: Run,
}

impl Call {
    /// A call that only looks.
    const fn look(
        name: &'static str,
        place: Place,
        command: &'static str,
        inputs: (&'static [&'static str], &'static [&'static str]),
        run: fn(&State, &Asked, Input<'_>) -> Answer,
    ) -> Self {
        Self {
            name,
            place,
            command,
            access: Access::Readonly,
            known: inputs.0,
            required: inputs.1,
            run: Run::Look(run),
        }
    }

    /// A call that changes an SVM.
    const fn change(
        name: &'static str,
        command: &'static str,
        inputs: (&'static [&'static str], &'static [&'static str]),
        run: fn(&mut State, &Asked, Input<'_>) -> Answer,
    ) -> Self {
        Self {
            name,
            place: Place::Svm,
            command,
            access: Access::All,
            known: inputs.0,
            required: inputs.1,
            run: Run::Change(run),
        }
    }

    /// An iterator.
    const fn list(name: &'static str, place: Place, command: &'static str, list: List) -> Self {
        Self {
            name,
            place,
            command,
            access: Access::Readonly,
            known: &list::INPUTS,
            required: &[],
            run: Run::List(list),
        }
    }
}

/// Every call there is.
fn calls() -> impl Iterator<Item = &'static Call> {
    let tables = [
        system::CALLS,
        luns::CALLS,
        maps::CALLS,
        igroups::CALLS,
        network::CALLS,
        services::CALLS,
        chap::CALLS,
    ];
    tables.into_iter().flatten()
}

/// Answers one request of an account that has proved itself.
pub(super) fn handle(state: &mut State, account: &Account, request: &Request) -> Reply {
    if request.method != "POST" {
        return envelope::page(405, "Method Not Allowed");
    }
    let kind = request.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["text/xml", "application/xml"].contains(&kind) {
        return envelope::page(415, "Unsupported Media Type");
    }
    let answer = answer(state, account, request);
    envelope::results(state, answer)
}

fn answer(state: &mut State, account: &Account, request: &Request) -> Answer {
    let text = std::str::from_utf8(&request.body);
    let text = text.map_err(|e| Refusal::words(Why::Request, e.to_string()))?;
    let root = Element::parse(text).map_err(|e| Refusal::words(Why::Request, e))?;
    envelope::check(&root, state.version)?;
    let [element] = root.children.as_slice() else {
        let words = "Expected exactly one API in the request";
        return Err(Refusal::words(Why::Request, words));
    };
    let svm = scope(state, account, root.attribute("vfiler"))?;
    let unknown = || {
        let words = format!("Unable to find API: {}", element.name);
        Refusal::words(Why::NoApi, words)
    };
    if state.options.ontapi == Ontapi::UnknownCalls {
        return Err(unknown());
    }
    let call = calls().find(|call| call.name == element.name);
    let call = call.ok_or_else(unknown)?;
    match (call.place, svm) {
        (Place::Svm, None) => return Err(Why::SvmMissing.into()),
        (Place::Cluster, Some(_)) => return Err(unknown()),
        _ => {}
    }
    if !account.role.may_command(call.command, call.access) {
        let kind = match call.access {
            Access::Readonly => "read",
            _ => "write",
        };
        let words = format!(
            "Insufficient privileges: user '{}' does not have {kind} access to this resource",
            account.name
        );
        return Err(Refusal::words(Why::NoPrivilege, words));
    }
    let input = Input::check(element, call.known, call.required)?;
    let asked = Asked { svm };
    match call.run {
        Run::Look(run) => run(state, &asked, input),
        Run::Change(run) => {
            let answer = run(state, &asked, input);
            state.dirty |= answer.is_ok();
            answer
        }
        Run::List(list) => list.run(state, &asked, input),
    }
}

/// The SVM a request is about: that of the account, else the one it is tunnelled to (ontap.md §2).
fn scope(state: &State, account: &Account, vfiler: Option<&str>) -> Done<Option<u64>> {
    let named = |name: &str| state.svm_named(name).ok_or(Why::NoSvm);
    match (&account.scope, vfiler) {
        (Scope::Cluster, None) => Ok(None),
        (Scope::Cluster, Some(name)) => Ok(Some(named(name)?)),
        (Scope::Svm(own), Some(name)) if name != own => Err(Why::NoSvm.into()),
        (Scope::Svm(own), _) => Ok(Some(named(own)?)),
    }
}
