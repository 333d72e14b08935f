//! A session opened and ended in a shell, around the curl lines of the steps.

use super::config::{Scope, Settings};
use super::publish::quote;
use crate::array::ByHand;
use crate::array::http::Trust;

/// Lines that set `$BASE` and `$TOKEN` for the lines of the steps (oceanstor.md §2), and those that
/// end the session. The password is typed, and stands in no argument list.
pub(super) fn session(settings: &Settings) -> ByHand {
    let Some(url) = settings.urls.first() else {
        return ByHand::default();
    };
    let scope = match settings.scope {
        Scope::Local => "0",
        Scope::Ldap => "1",
    };
    let mut login =
        format!("{{username: env.USERNAME, password: env.PASSWORD, scope: \"{scope}\"}}");
    if let Some(vstore) = &settings.vstore {
        let name = serde_json::Value::from(vstore.as_str());
        login = format!("{login} + {{vstorename: {name}}}");
    }
    let mut open = Vec::new();
    match &settings.trust {
        Trust::System => {}
        Trust::CaFile(path) => open.push(format!(
            "export CURL_CA_BUNDLE={}",
            quote(&path.display().to_string())
        )),
        Trust::Pin(_) => {
            open.push("# curl cannot check the pinned certificate: compare it yourself".into());
            open.push("curl() { command curl -k \"$@\"; }".into());
        }
        Trust::Nothing => open.push("curl() { command curl -k \"$@\"; }".into()),
    }
    open.extend([
        format!("export USERNAME={}", quote(&settings.user)),
        "read -rsp \"password of $USERNAME: \" PASSWORD && export PASSWORD".into(),
        "TOKEN=$(mktemp)".into(),
        format!(
            "LOGIN=$(jq -n {} | curl -sS -D \"$TOKEN\" -H 'Content-Type: application/json' -d @- {})",
            quote(&login),
            quote(&format!("{url}xx/sessions"))
        ),
        format!("BASE={}$(jq -r .data.deviceid <<< \"$LOGIN\")", quote(url.as_str())),
        "COOKIE=$(sed -nE 's/^set-cookie: ([^;]*).*/\\1/Ip' \"$TOKEN\")".into(),
        "printf '%s\\n' \"Cookie: $COOKIE\" 'Content-Type: application/json' \
         \"iBaseToken: $(jq -r .data.iBaseToken <<< \"$LOGIN\")\" > \"$TOKEN\""
            .into(),
        "unset PASSWORD".into(),
    ]);
    ByHand {
        open,
        close: vec![
            "curl -sS -H @\"$TOKEN\" -X DELETE \"$BASE\"/sessions".into(),
            "rm \"$TOKEN\"".into(),
        ],
    }
}
