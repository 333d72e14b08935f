//! The array as a device behind the socket, and as an object for tests and for `sim serve`.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::accounts::{self, Account};
use super::options::{Ontapi, Options, Rest};
use super::refusal;
use super::seed::Seed;
use super::state::State;
use super::store::{self, StoreError};
use super::version::Version;
use super::{rest, zapi};
use crate::sim::exposure::{Admission, Exposing, Exposure, Mirror, TargetPortal, Told};
use crate::sim::server::{Device, Reply, Request};

/// Which of the two interfaces a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wire<'a> {
    Zapi,
    /// With the path behind `/api`, as sent.
    Rest(&'a str),
    Neither,
}

impl<'a> Wire<'a> {
    fn of(path: &'a str) -> Self {
        if path == zapi::PATH {
            return Self::Zapi;
        }
        match path.strip_prefix("/api") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => Self::Rest(rest),
            _ => Self::Neither,
        }
    }
}

pub(super) struct Inner {
    pub(super) state: State,
    file: Option<PathBuf>,
    mirror: Told,
    backing_dir: Option<PathBuf>,
}

/// A practice ONTAP. All methods may be called while a server serves it.
pub struct Practice {
    inner: Mutex<Inner>,
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

impl Practice {
    fn new(state: State, file: Option<PathBuf>) -> Self {
        let inner = Inner {
            state,
            file,
            mirror: Told::default(),
            backing_dir: None,
        };
        Self {
            inner: Mutex::new(inner),
        }
    }

    /// An array that lives as long as this value.
    #[must_use]
    pub fn in_memory(seed: &Seed) -> Self {
        Self::new(seed.state(), None)
    }

    /// An array kept in a file, which is made from the seed if it is not there. Every change is
    /// saved before it is answered. The caller keeps other processes away.
    ///
    /// # Errors
    /// The file cannot be read or written, or holds something else.
    pub fn open(path: &Path, seed: &Seed) -> Result<Self, StoreError> {
        let state = match store::load(path)? {
            Some(state) => state,
            None => {
                let state = seed.state();
                store::save(path, &state)?;
                state
            }
        };
        Ok(Self::new(state, Some(path.to_owned())))
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the state file now, after builders were used; without a file it does nothing.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self) -> Result<(), StoreError> {
        self.inner().save()
    }

    /// The cluster's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.inner().state.name.clone()
    }

    /// The cluster's UUID.
    #[must_use]
    pub fn uuid(&self) -> String {
        self.inner().state.uuid.clone()
    }

    /// Changes behaviour.
    pub fn set_options(&self, change: impl FnOnce(&mut Options)) {
        change(&mut self.inner().state.options);
    }

    /// Changes accounts.
    pub fn set_accounts(&self, change: impl FnOnce(&mut Vec<Account>)) {
        change(&mut self.inner().state.accounts);
    }

    /// Becomes another release.
    pub fn set_version(&self, version: Version) {
        self.inner().state.version = version;
    }

    /// Becomes an ASA r2, which has no older interface at all (ontap.md §1); or what it was.
    pub fn set_disaggregated(&self, on: bool) {
        let state = &mut self.inner().state;
        state.disaggregated = on;
        state.options.ontapi = if on { Ontapi::NotFound } else { Ontapi::On };
    }

    /// LUNs, igroups, maps and CHAP entries, sorted, without volatile things and secrets: to
    /// compare two moments, and what two wires leave.
    #[must_use]
    pub fn dump(&self) -> Value {
        super::dump::dump(&self.inner().state)
    }
}

impl Exposing for Practice {
    fn mark(&self) -> String {
        // Letters, digits and dots only; the first part of a UUID tells arrays apart.
        let uuid = self.uuid();
        uuid.split('-').next().unwrap_or_default().to_owned()
    }

    fn exposures(&self) -> Vec<Exposure> {
        let inner = self.inner();
        inner.state.exposures(inner.backing_dir.as_deref())
    }

    fn portals(&self) -> Vec<TargetPortal> {
        self.inner().state.portals()
    }

    fn set_backing_dir(&self, dir: &Path) {
        self.inner().backing_dir = Some(dir.to_owned());
    }

    fn set_mirror(&self, mirror: Box<dyn Mirror>) -> Result<(), String> {
        let mut inner = self.inner();
        inner.mirror.set(mirror);
        inner.tell_mirror()
    }

    fn admission(&self, initiator: &str, iqn: &str) -> Admission {
        self.inner().state.admission(initiator, iqn)
    }

    fn set_logins(&self, initiator: &str, at: &[SocketAddr]) {
        self.inner().state.set_logins(initiator, at);
    }
}

impl Inner {
    fn save(&self) -> Result<(), StoreError> {
        self.file
            .as_deref()
            .map_or(Ok(()), |path| store::save(path, &self.state))
    }

    fn tell_mirror(&mut self) -> Result<(), String> {
        if !self.mirror.is_set() {
            return Ok(());
        }
        let now = self.state.exposures(self.backing_dir.as_deref());
        self.mirror.tell(now)
    }

    fn account(&self, request: &Request) -> Option<Account> {
        let (name, password) = accounts::basic(request.header("authorization")?)?;
        let mut all = self.state.accounts.iter();
        all.find(|a| a.name == name && a.password == password)
            .cloned()
    }

    fn handle(&mut self, request: &Request) -> Reply {
        let account = self.account(request);
        let reply = match Wire::of(&request.path) {
            Wire::Neither => return zapi::page(404, "Not Found"),
            Wire::Zapi => match (self.state.options.ontapi, account) {
                (Ontapi::Html, _) => return zapi::page(200, "ONTAPI is disabled"),
                (Ontapi::NotFound, _) => return zapi::page(404, "Not Found"),
                (Ontapi::Unavailable, _) => return zapi::page(503, "Service Unavailable"),
                (Ontapi::Closed, _) => return Reply::closed(),
                (_, Some(account)) if account.ontapi => {
                    zapi::handle(&mut self.state, &account, request)
                }
                _ => return unauthorized(),
            },
            Wire::Rest(path) => match (self.state.options.rest, account) {
                (Rest::Closed, _) => return Reply::closed(),
                (Rest::NotFound, _) => return zapi::page(404, "Not Found"),
                _ if !self.state.version.has_rest() => return zapi::page(404, "Not Found"),
                (Rest::On, Some(account)) if account.http => {
                    rest::handle(&mut self.state, &account, request, path)
                }
                _ => return rest::unauthorized(),
            },
        };
        if !std::mem::take(&mut self.state.dirty) {
            return reply;
        }
        let kept = self.save().map_err(|e| e.to_string());
        match kept.and_then(|()| self.tell_mirror()) {
            Ok(()) => reply,
            Err(words) => Reply::new(500, "text/plain", format!("{words}\n")),
        }
    }
}

/// The older interface answers wrong credentials with a page (ontap.md §2).
fn unauthorized() -> Reply {
    let mut reply = zapi::page(401, "Unauthorized");
    let realm = "Basic realm=\"Administration\"".to_owned();
    reply.headers.push(("www-authenticate".to_owned(), realm));
    reply
}

impl Device for Practice {
    fn handle(&self, request: &Request) -> Reply {
        self.inner().handle(request)
    }

    /// The path behind `/api` with single slashes; the older interface is `/zapi`.
    fn route<'a>(&self, path: &'a str) -> &'a str {
        match Wire::of(path) {
            Wire::Zapi => "/zapi",
            Wire::Rest(rest) => rest,
            Wire::Neither => path,
        }
    }

    /// `/zapi/lun-map`, `/protocols/san/lun-maps`.
    fn resource(&self, request: &Request) -> String {
        match Wire::of(&request.path) {
            Wire::Zapi => format!("/zapi/{}", zapi::call_of(request)),
            Wire::Rest(rest) => rest::route(rest),
            Wire::Neither => request.path.clone(),
        }
    }

    fn refusal(&self, code: &str) -> Reply {
        let request = Request {
            path: zapi::PATH.to_owned(),
            ..Request::default()
        };
        self.refuse(&request, code)
    }

    /// A code by its word (`busy`, `takeover`, `moving`, `timeout`, `unauthorized`), or as it is.
    fn refuse(&self, request: &Request, code: &str) -> Reply {
        let state = &self.inner().state;
        let known = refusal::fault(code);
        match Wire::of(&request.path) {
            Wire::Rest(_) if code == "unauthorized" => rest::unauthorized(),
            _ if code == "unauthorized" => unauthorized(),
            Wire::Rest(_) => {
                let (_, code, status, words) = known.unwrap_or(("", code, 400, "A fault"));
                rest::failed(status, code, words)
            }
            _ => {
                let (errno, _, _, words) = known.unwrap_or((code, "", 400, "A fault"));
                zapi::failed(state, errno, words)
            }
        }
    }

    fn garbage(&self, request: &Request) -> Reply {
        match Wire::of(&request.path) {
            Wire::Rest(_) => {
                let body = b"\x1f\x8b{\"records\":[{\"uuid\"".to_vec();
                Reply::new(200, "application/hal+json", body)
            }
            _ => {
                let body = b"<?xml version='1.0'?><netapp><results status=\"pas\xff".to_vec();
                Reply::new(200, "text/xml", body)
            }
        }
    }

    /// There are no sessions: what comes nearest is an account that was changed.
    fn expire_sessions(&self) -> String {
        "unauthorized".to_owned()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        let text = std::str::from_utf8(&reply.body).ok()?;
        if text.starts_with('{') {
            let value: Value = serde_json::from_str(text).ok()?;
            return value.pointer("/error/code")?.as_str()?.parse().ok();
        }
        zapi::errno_of(text)
    }
}
