//! The array as a device behind the socket, and as an object for tests and for `sim serve`.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::answer::{self, Answer, Outcome, Refusal};
use super::codes;
use super::login::Sessions;
use super::mirror;
use super::options::{Lag, Options};
use super::query::{self, Query};
use super::read::Lags;
use super::seed::Seed;
use super::state::{State, User};
use super::store::{self, StoreError};
use crate::sim::exposure::{Admission, Chap, Exposing, Exposure, Mirror, TargetPortal, Told};
use crate::sim::server::{Device, Reply, Request};

const ROOT: &str = "/deviceManager/rest/";
const V2_ROOT: &str = "/api/v2/";

pub(super) struct Inner {
    pub(super) state: State,
    sessions: Sessions,
    lags: Lags,
    file: Option<PathBuf>,
    mirror: Told,
    backing_dir: Option<PathBuf>,
}

/// A practice OceanStor. All methods may be called while a server serves it.
pub struct Practice {
    inner: Mutex<Inner>,
}

/// What an array held at a moment ([`Practice::checkpoint`]).
#[derive(Clone)]
pub struct Checkpoint(State);

impl fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Checkpoint").finish()
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice")
            .field("serial", &self.serial())
            .finish_non_exhaustive()
    }
}

impl Practice {
    fn new(state: State, file: Option<PathBuf>) -> Self {
        let inner = Inner {
            state,
            sessions: Sessions::default(),
            lags: Lags::new(),
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
        let inner = self.inner();
        inner
            .file
            .as_deref()
            .map_or(Ok(()), |path| store::save(path, &inner.state))
    }

    /// The serial number.
    #[must_use]
    pub fn serial(&self) -> String {
        self.inner().state.serial.clone()
    }

    /// How many sessions are open: 0 after a client that always logs out.
    #[must_use]
    pub fn open_sessions(&self) -> usize {
        self.inner().sessions.len()
    }

    /// Changes behaviour.
    pub fn set_options(&self, change: impl FnOnce(&mut Options)) {
        change(&mut self.inner().state.options);
    }

    /// Changes accounts.
    pub fn set_users(&self, change: impl FnOnce(&mut Vec<User>)) {
        change(&mut self.inner().state.users);
    }

    /// The whole state, sorted, without volatile things and secrets: to compare two moments.
    #[must_use]
    pub fn dump(&self) -> Value {
        super::dump::dump(&self.inner().state)
    }

    /// All that the array holds now, ids to come and secrets included, to go back to.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.inner().state.clone())
    }

    /// Goes back to a moment: what was made since was never made. Every session ends. A file is
    /// not written before the next change.
    pub fn restore(&self, to: &Checkpoint) {
        let mut inner = self.inner();
        inner.state.clone_from(&to.0);
        inner.sessions.clear();
        inner.lags.clear();
    }

    /// Everything iSCSI initiators may see now.
    #[must_use]
    pub fn exposures(&self) -> Vec<Exposure> {
        let inner = self.inner();
        inner.state.exposures(inner.backing_dir.as_deref())
    }

    /// The portals of the iSCSI targets.
    #[must_use]
    pub fn portals(&self) -> Vec<TargetPortal> {
        self.inner()
            .state
            .eth_ports
            .iter()
            .filter_map(mirror::portal)
            .collect()
    }

    /// Where LUNs have their data, as `WWN.img`, unless told otherwise one by one. No file is made.
    pub fn set_backing_dir(&self, dir: &Path) {
        self.inner().backing_dir = Some(dir.to_owned());
    }

    /// Where one LUN has its data.
    pub fn set_backing(&self, lun: u64, path: &Path) {
        if let Some(disk) = self.inner().state.luns.get_mut(lun) {
            disk.backing = Some(path.to_string_lossy().into_owned());
        }
    }

    /// Sets the mirror and tells it the present exposures.
    ///
    /// # Errors
    /// What the mirror says.
    pub fn set_mirror(&self, mirror: Box<dyn Mirror>) -> Result<(), String> {
        let mut inner = self.inner();
        inner.mirror.set(mirror);
        inner.tell_mirror()
    }
}

impl Inner {
    fn tell_mirror(&mut self) -> Result<(), String> {
        if !self.mirror.is_set() {
            return Ok(());
        }
        self.mirror
            .tell(self.state.exposures(self.backing_dir.as_deref()))
    }

    fn handle(&mut self, request: &Request) -> Reply {
        let empty = self.state.options.empty_list;
        let mut cookie = None;
        let outcome = self.answer(request, &mut cookie);
        let mut reply = answer::reply(outcome, empty);
        if let Some(cookie) = cookie {
            reply.headers.push(("set-cookie".to_owned(), cookie));
        }
        reply
    }

    fn answer(&mut self, request: &Request, cookie: &mut Option<String>) -> Answer {
        let (device, rest) = split(&request.path).ok_or_else(Refusal::not_found)?;
        let path = rest
            .split('/')
            .filter(|s| !s.is_empty())
            .map(query::decode)
            .collect::<Result<Vec<String>, _>>()?;
        let sessions = path.len() == 1 && path.iter().all(|s| s.eq_ignore_ascii_case("sessions"));
        if sessions && request.method == "POST" {
            let result = self.sessions.login(&mut self.state, &request.body);
            // Wrong passwords are counted, and the count is kept.
            self.save()?;
            let (outcome, set) = result?;
            *cookie = Some(set);
            return Ok(outcome);
        }
        let (token, session) = self.sessions.check(request)?;
        let (may_change, restricted) = (session.may_change, session.restricted);
        match device {
            Some(device) if device != self.state.serial => return Err(codes::NOT_LOGGED_IN.into()),
            None if !self.state.v6() => return Err(Refusal::not_found()),
            _ => {}
        }
        if sessions && request.method == "DELETE" {
            self.sessions.logout(&token);
            return Ok(Outcome::Done);
        }
        if restricted {
            return Err(codes::NO_PERMISSION.into());
        }
        let query = Query::parse(&request.query)?;
        match request.method.as_str() {
            "GET" => self.state.read(&path, &query, &mut self.lags),
            "POST" | "PUT" | "DELETE" if !may_change => Err(codes::NO_PERMISSION.into()),
            "POST" | "PUT" | "DELETE" => {
                self.state.fresh.clear();
                let outcome = self.state.change(&path, &query, request);
                self.note_lags();
                if outcome.is_ok() {
                    self.save()?;
                }
                self.tell_mirror()
                    .map_err(|words| Refusal::Http(500, format!("{words}\n")))?;
                outcome
            }
            _ => Err(Refusal::Http(405, "405 Method Not Allowed\n".to_owned())),
        }
    }

    fn note_lags(&mut self) {
        let fresh = std::mem::take(&mut self.state.fresh);
        if let Lag::NoNumber(reads) | Lag::NotListed(reads) = self.state.options.lag {
            self.lags
                .extend(fresh.into_iter().map(|pair| (pair, reads)));
        }
    }

    fn save(&self) -> Result<(), Refusal> {
        match &self.file {
            Some(path) => store::save(path, &self.state)
                .map_err(|error| Refusal::Http(500, format!("{error}\n"))),
            None => Ok(()),
        }
    }
}

impl Exposing for Practice {
    fn mark(&self) -> String {
        self.serial()
    }

    fn exposures(&self) -> Vec<Exposure> {
        Self::exposures(self)
    }

    fn portals(&self) -> Vec<TargetPortal> {
        Self::portals(self)
    }

    fn set_backing_dir(&self, dir: &Path) {
        Self::set_backing_dir(self, dir);
    }

    fn set_mirror(&self, mirror: Box<dyn Mirror>) -> Result<(), String> {
        Self::set_mirror(self, mirror)
    }

    fn admission(&self, initiator: &str, _iqn: &str) -> Admission {
        match self.chap_of(initiator) {
            Some((name, password)) => Admission::Chap(Chap { name, password }),
            None => Admission::Open,
        }
    }

    /// The array tells of its initiators whether they are online, not where.
    fn set_logins(&self, initiator: &str, at: &[SocketAddr]) {
        self.set_logged_in(initiator, !at.is_empty());
    }
}

/// The device id (absent under the second root) and the rest of the path.
fn split(path: &str) -> Option<(Option<&str>, &str)> {
    if let Some(rest) = path.strip_prefix(ROOT) {
        let (device, rest) = rest.split_once('/')?;
        return Some((Some(device), rest));
    }
    path.strip_prefix(V2_ROOT).map(|rest| (None, rest))
}

impl Device for Practice {
    fn handle(&self, request: &Request) -> Reply {
        self.inner().handle(request)
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        let rest = split(path).map_or(path, |(_, rest)| {
            // One byte further left is the slash that belongs to the route.
            path.len()
                .checked_sub(rest.len() + 1)
                .and_then(|at| path.get(at..))
                .unwrap_or(path)
        });
        rest.strip_suffix('/')
            .filter(|r| !r.is_empty())
            .unwrap_or(rest)
    }

    fn refusal(&self, code: &str) -> Reply {
        let code = match code {
            "busy" if self.inner().state.v6() => codes::BUSY,
            "busy" => codes::BUSY_V3,
            "timeout" => codes::TIMEOUT,
            number => number.parse().unwrap_or(codes::PARAMETER),
        };
        answer::reply(Err(code.into()), self.inner().state.options.empty_list)
    }

    fn expire_sessions(&self) -> String {
        self.inner().sessions.clear();
        codes::NOT_LOGGED_IN.to_string()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        let value: Value = serde_json::from_slice(&reply.body).ok()?;
        value.pointer("/error/code")?.as_i64()
    }
}

#[cfg(test)]
impl Practice {
    /// Exchanges the mirror without telling the new one anything.
    pub(super) fn inner_for_tests(&self, mirror: Box<dyn Mirror>) {
        self.inner().mirror.exchange(mirror);
    }
}
