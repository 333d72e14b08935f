//! Login and logout (oceanstor.md §2).

use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use super::config::Scope;
use super::object::Object;
use crate::kit::redact::Secret;

/// An open session.
#[derive(Debug)]
pub(super) struct Session {
    /// Counts logins, so that threads can tell whether another one has logged in again.
    pub(super) generation: u64,
    /// Which URL it was opened on.
    pub(super) door: usize,
    /// The array's serial number.
    pub(super) serial: String,
    pub(super) token: Secret,
    pub(super) cookies: Cookies,
    /// Who logged in.
    pub(super) account: Account,
}

/// What the login says about the account.
#[derive(Debug, Clone, Default)]
pub(super) struct Account {
    /// 1 normal, 2 usable, 3 password expired, 4 password initial or reset.
    pub(super) state: Option<i64>,
    pub(super) level: Option<String>,
    pub(super) role: Option<String>,
    pub(super) vstore: Option<String>,
}

impl Account {
    pub(super) fn of(data: &Object) -> Self {
        let text = |field| data.text(field).map(str::to_owned);
        Self {
            state: data.number("accountstate"),
            level: text("level"),
            role: text("roleId").or_else(|| text("roleName")),
            vstore: text("vstoreName"),
        }
    }

    /// Why the account cannot be used although the password was right.
    pub(super) fn must_change_password(&self) -> Option<&'static str> {
        match self.state {
            Some(3) => Some("the password has expired"),
            Some(4) => Some("the password is initial or was reset"),
            _ => None,
        }
    }
}

/// The body of a login.
pub(super) fn login_body(
    user: &str,
    password: &Secret,
    scope: Scope,
    vstore: Option<&str>,
) -> Value {
    let mut body = Map::new();
    body.insert("username".into(), user.into());
    body.insert("password".into(), password.expose().into());
    let scope = match scope {
        Scope::Local => "0",
        Scope::Ldap => "1",
    };
    body.insert("scope".into(), scope.into());
    if let Some(vstore) = vstore.filter(|v| *v != "System_vStore") {
        body.insert("vstorename".into(), vstore.into());
    }
    Value::Object(body)
}

/// The cookies of a session, by name: what any of its replies sets is sent from then on. Their
/// attributes do not count, because a jar that obeys them drops a `Secure` cookie on plain http.
#[derive(Debug, Default)]
pub(super) struct Cookies(Mutex<Vec<(String, Secret)>>);

impl Cookies {
    /// Takes what a reply sets: a cookie of a known name is replaced, one that ends is dropped.
    pub(super) fn take(&self, headers: &reqwest::header::HeaderMap) {
        let lines = headers.get_all("set-cookie").iter();
        for line in lines.filter_map(|value| value.to_str().ok()) {
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let ended = value.is_empty() || parts.any(|p| p.eq_ignore_ascii_case("max-age=0"));
            let mut jar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            jar.retain(|(known, _)| known != name);
            if !ended {
                jar.push((name.to_owned(), Secret::new(value.to_owned())));
            }
        }
    }

    /// What they hold.
    pub(super) fn values(&self) -> Vec<Secret> {
        let jar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jar.iter().map(|(_, value)| value.clone()).collect()
    }

    /// The header to send; `None` without cookies.
    pub(super) fn header(&self) -> Option<Secret> {
        let jar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = jar
            .iter()
            .map(|(name, value)| format!("{name}={}", value.expose()))
            .collect();
        (!pairs.is_empty()).then(|| Secret::new(pairs.join("; ")))
    }
}
