//! REST: JSON over resources (ontap.md §5, §6).

mod answer;
mod body;
mod cluster;
mod collection;
mod credentials;
mod fields;
mod igroups;
mod luns;
mod maps;
mod network;
mod params;
mod record;
mod reporting;
mod services;

pub(super) use answer::{failed, unauthorized};

use super::accounts::{Access, Account, Scope};
use super::options::Jobs;
use super::refusal::{Done, Refusal, Why};
use super::state::{Job, State};
use crate::sim::server::{Reply, Request};
use answer::{Answer, Links, Outcome};
use body::Body;
use params::Params;

/// One request, taken apart.
struct Asked<'a> {
    method: &'a str,
    /// The parts of the path behind `/api`, decoded.
    path: Vec<String>,
    params: Params,
    body: &'a [u8],
    /// The SVM of the account, or the one tunnelled to.
    svm: Option<u64>,
    /// Whether the account is one of the cluster.
    cluster: bool,
}

impl Asked<'_> {
    /// The SVM of an object to be made: that of the account or tunnel, else the body's.
    fn svm_of(&self, state: &State, body: &Body) -> Done<u64> {
        let by_name = body.text("svm.name")?;
        let by_uuid = body.text("svm.uuid")?;
        let named = by_name.map(|name| state.svm_named(&name).ok_or(Why::NoSvm));
        let named = named.transpose()?;
        let uuid = by_uuid.map(|uuid| {
            let mut all = state.svms.iter();
            let found = all.find(|(_, svm)| svm.uuid == uuid);
            found.map(|(id, _)| *id).ok_or(Why::NoSvm)
        });
        let uuid = uuid.transpose()?;
        let mut all = [self.svm, named, uuid].into_iter().flatten();
        let first = all.next().ok_or(Why::SvmMissing)?;
        if all.any(|other| other != first) {
            // An account of one SVM does not see another one.
            let why = if self.cluster {
                Why::SvmsDiffer
            } else {
                Why::NoSvm
            };
            return Err(why.into());
        }
        Ok(first)
    }

    /// Whether an object of this SVM is there for the one who asks.
    fn sees(&self, svm: u64) -> bool {
        self.svm.is_none_or(|own| own == svm)
    }

    /// What a finished change answers: at once, or with a job (ontap.md §5). A change that a job
    /// was asked for fails in the job.
    fn in_job(&self, state: &mut State, what: &str, result: Answer) -> Answer {
        match (state.options.jobs, self.params.return_timeout) {
            (Jobs::After(looks), None | Some(0)) => {
                let failure = match &result {
                    Ok(_) => None,
                    Err(refusal) => {
                        let code = refusal.why.codes().1.to_owned();
                        Some((code, refusal.text().to_owned()))
                    }
                };
                let number = state.next();
                let uuid = state.make_uuid(number);
                state.jobs.push(Job {
                    uuid: uuid.clone(),
                    description: what.to_owned(),
                    looks,
                    failure,
                });
                Ok(Outcome::Job(uuid))
            }
            _ => result,
        }
    }
}

/// Answers one request of an account that has proved itself; `path` is what follows `/api`.
pub(super) fn handle(state: &mut State, account: &Account, request: &Request, path: &str) -> Reply {
    let links = Links::wanted(request.header("accept"));
    let answer = answer(state, account, request, path);
    if request.method != "GET" && answer.is_ok() {
        state.dirty = true;
    }
    answer::reply(answer, links)
}

fn answer(state: &mut State, account: &Account, request: &Request, path: &str) -> Answer {
    let no_api = || Refusal::from(Why::NoApi);
    let parts: Option<Vec<String>> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(params::decode)
        .collect();
    let parts = parts.ok_or_else(no_api)?;
    let needed = match request.method.as_str() {
        "GET" => Access::Readonly,
        "POST" => Access::ReadCreate,
        "PATCH" => Access::ReadModify,
        "DELETE" => Access::All,
        _ => return Err(no_api()),
    };
    if !account.role.may_path(&route(path), needed) {
        return Err(Why::NoPrivilege.into());
    }
    let cluster = account.scope == Scope::Cluster;
    let asked = Asked {
        method: &request.method,
        path: parts,
        params: Params::parse(&request.query)?,
        body: &request.body,
        svm: scope(state, account, request)?,
        cluster,
    };
    if request.method != "GET" && !request.body.is_empty() {
        let kind = request.header("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !["application/json", "application/hal+json"].contains(&kind) {
            let words = "A body needs Content-Type: application/json";
            return Err(Refusal::words(Why::Request, words));
        }
    }
    dispatch(state, &asked)
}

fn dispatch(state: &mut State, asked: &Asked<'_>) -> Answer {
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["cluster", rest @ ..] => cluster::handle(state, asked, rest),
        ["svm", "svms", rest @ ..] => cluster::svms(state, asked, rest),
        ["storage", "volumes", rest @ ..] => cluster::volumes(state, asked, rest),
        ["storage", "luns", rest @ ..] => luns::handle(state, asked, rest),
        ["network", rest @ ..] => network::handle(state, asked, rest),
        ["protocols", "san", "igroups", rest @ ..] => igroups::handle(state, asked, rest),
        [
            "protocols",
            "san",
            "lun-maps",
            lun,
            igroup,
            "reporting-nodes",
            rest @ ..,
        ] => reporting::handle(state, asked, (lun, igroup), rest),
        ["protocols", "san", "lun-maps", rest @ ..] => maps::handle(state, asked, rest),
        ["protocols", "san", "portsets", rest @ ..] => network::portsets(state, asked, rest),
        ["protocols", "san", "iscsi", "credentials", rest @ ..] => {
            credentials::handle(state, asked, rest)
        }
        ["protocols", "san", rest @ ..] => services::handle(state, asked, rest),
        _ => Err(Why::NoApi.into()),
    }
}

/// The SVM a request is about: that of the account, else the one in a header (ontap.md §5).
fn scope(state: &State, account: &Account, request: &Request) -> Done<Option<u64>> {
    let by_name = request.header("x-dot-svm-name");
    let by_uuid = request.header("x-dot-svm-uuid");
    let tunnelled = match (by_name, by_uuid) {
        (None, None) => None,
        (name, uuid) => {
            let mut all = state.svms.iter();
            let found = all.find(|(_, svm)| {
                name.is_none_or(|name| svm.name == name) && uuid.is_none_or(|u| svm.uuid == u)
            });
            Some(found.map(|(id, _)| *id).ok_or(Why::NoSvm)?)
        }
    };
    match &account.scope {
        Scope::Cluster => Ok(tunnelled),
        Scope::Svm(own) => {
            let own = state.svm_named(own).ok_or(Why::NoSvm)?;
            match tunnelled {
                Some(other) if other != own => Err(Why::NoSvm.into()),
                _ => Ok(Some(own)),
            }
        }
    }
}

/// The path with single slashes, as roles and faults name it.
pub(super) fn route(path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.flat_map(|part| ["/", part]).collect()
}
