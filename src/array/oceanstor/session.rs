//! Login and logout (oceanstor.md §2).

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
    pub(super) cookie: Option<Secret>,
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

/// The cookies to send back: name and value of each `Set-Cookie`, attributes dropped. A jar
/// would drop a `Secure` cookie on plain http.
pub(super) fn cookies(headers: &reqwest::header::HeaderMap) -> Option<Secret> {
    let pairs: Vec<&str> = headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter_map(|value| value.split(';').next())
        .map(str::trim)
        .filter(|pair| pair.contains('='))
        .collect();
    (!pairs.is_empty()).then(|| Secret::new(pairs.join("; ")))
}
