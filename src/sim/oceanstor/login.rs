//! Sessions and accounts (oceanstor.md §2): login, the check on every call, logout.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};

use serde_json::json;

use super::answer::{Outcome, Refusal, Refused};
use super::body::Fields;
use super::codes;
use super::show::object;
use super::state::{Lock, State};
use crate::sim::server::Request;

/// One open session.
#[derive(Debug, Clone)]
pub(super) struct Session {
    cookie: String,
    pub(super) may_change: bool,
    /// The password is expired or initial: the session can only be closed.
    pub(super) restricted: bool,
}

/// Open sessions by token; they do not outlive the process.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: BTreeMap<String, Session>,
    made: u64,
    salt: RandomState,
}

impl Sessions {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    fn random(&mut self) -> String {
        self.made += 1;
        let word = |n: u64| self.salt.hash_one((self.made, n));
        format!("{:016X}{:016X}", word(0), word(1))
    }

    /// `POST …/sessions`: the outcome and the cookie.
    pub(super) fn login(
        &mut self,
        state: &mut State,
        body: &[u8],
    ) -> Result<(Outcome, String), Refused> {
        let fields = Fields::parse(body, &["username", "password", "scope", "vstorename"])?;
        let name = fields.need("username")?;
        let password = fields.need("password")?;
        let scope = fields.number("scope")?.unwrap_or(0);
        if scope > 1 {
            return Err(Refusal::field("scope"));
        }
        let v6 = state.v6();
        let (wrong, locked) = if v6 {
            (codes::WRONG_PASSWORD_V6, codes::LOCKED_V6)
        } else {
            (codes::WRONG_PASSWORD_V3, codes::LOCKED_V3)
        };
        if state.options.ip_locked {
            return Err(codes::IP_LOCKED.into());
        }
        if fields
            .text("vstorename")?
            .is_some_and(|v| v != "System_vStore")
        {
            return Err(codes::WRONG_VSTORE.into());
        }
        let lock_after = state.options.lock_after;
        let user = state
            .users
            .iter_mut()
            .find(|u| u.name == name && u.scope == scope);
        let user = user.ok_or(wrong)?;
        match user.lock {
            Lock::Open => {}
            Lock::Locked => return Err(locked.into()),
            Lock::Idle => return Err(codes::LOCKED_IDLE.into()),
        }
        if user.password != password {
            user.wrong += 1;
            if user.wrong >= lock_after {
                user.lock = Lock::Locked;
            }
            return Err(wrong.into());
        }
        user.wrong = 0;
        if !user.may_use_rest {
            return Err(codes::LOGIN_METHOD.into());
        }
        if self.open.len() >= state.options.max_sessions {
            return Err(codes::TOO_MANY_SESSIONS.into());
        }
        let (account, may_change) = (user.state, user.may_change);
        let (token, cookie) = (self.random(), format!("ismsession={}", self.random()));
        let shown = object(json!({
            "accountstate": account, "deviceid": state.serial, "iBaseToken": token,
            "lastloginip": "192.0.2.9", "lastlogintime": 1_637_141_739, "level": 2,
            "pwdchangetime": 3600, "roleId": "1", "userid": name, "username": name,
            "userscope": scope.to_string(), "vstoreId": "0", "vstoreName": "System_vStore",
        }));
        let restricted = account == 3 || account == 4;
        let session = Session {
            cookie: cookie.clone(),
            may_change,
            restricted,
        };
        self.open.insert(token, session);
        let header = format!("session={cookie}; Path=/; Secure; HttpOnly");
        Ok((Outcome::Object(shown), header))
    }

    /// The session of a request: cookie and token have to belong together.
    pub(super) fn check(&self, request: &Request) -> Result<(String, &Session), Refused> {
        let refused = || Refusal::from(codes::NOT_LOGGED_IN);
        let token = request.header("ibasetoken").ok_or_else(refused)?;
        let session = self.open.get(token).ok_or_else(refused)?;
        let cookies = request.headers.iter().filter(|(name, _)| name == "cookie");
        let sent = cookies
            .flat_map(|(_, value)| value.split(';'))
            .any(|pair| pair.trim().strip_prefix("session=") == Some(session.cookie.as_str()));
        if sent {
            Ok((token.to_owned(), session))
        } else {
            Err(refused())
        }
    }

    pub(super) fn logout(&mut self, token: &str) {
        self.open.remove(token);
    }
}
