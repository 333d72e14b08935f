//! What makes the curl lines of a plan a script: a login before them, a logout behind them. No
//! secret is printed, and none stands in an argument list while the script runs.

use serde_json::Value;

use super::super::config::Settings;
use super::super::curl::{OR_ERROR, change, quote};
use super::super::envelope::Request;
use super::super::session::login_body;
use crate::array::access::curl_trust;
use crate::config::SecretSource;
use crate::kit::redact::Secret;
use crate::step::Script;

/// A request that sets the CHAP account, as a line that takes the secret from where it is kept and
/// has it in no argument.
pub(super) fn with_secret(request: &Request, source: &SecretSource) -> Vec<String> {
    let body = request.body.clone().unwrap_or_default();
    let filter = quote(&format!("{body} + {{CHAPPASSWORD: input}}"));
    let (mut lines, feed) = first_line(source, "CHAP secret", &format!("jq -cnR {filter}"));
    let fed = Request {
        body: None,
        ..request.clone()
    };
    let sent = change(&fed).replacen(" | ", " -d @- | ", 1);
    lines.push(format!("{feed} | {sent}"));
    lines
}

/// The line by which jq reads a secret, as a JSON text or a first line; what has to be asked before.
fn first_line(source: &SecretSource, what: &str, jq: &str) -> (Vec<String>, String) {
    match source {
        SecretSource::File(path) => (Vec::new(), format!("{jq} <{}", quote(path))),
        SecretSource::Command(argv) => {
            let words: Vec<String> = argv.iter().map(|word| quote(word)).collect();
            (Vec::new(), format!("{} | {jq}", words.join(" ")))
        }
        // The shell's own printf: nothing of it stands in an argument list.
        SecretSource::Env(name) => (Vec::new(), format!("printf '%s\\n' \"${{{name}}}\" | {jq}")),
        SecretSource::Prompt => (
            vec![format!(
                "printf '%s: ' {} >&2; stty -echo; IFS= read -r PASSWORD; stty echo; echo >&2",
                quote(what)
            )],
            format!("printf '%s\\n' \"$PASSWORD\" | {jq}"),
        ),
    }
}

/// The login and the logout around the lines of this array.
pub(in crate::array::oceanstor) fn script(settings: &Settings) -> Script {
    let root = settings.urls.first().map_or("", |url| url.as_str());
    let vstore = settings.vstore.as_deref();
    let empty = Secret::new(String::new());
    let mut login = login_body(&settings.user, &empty, settings.scope, vstore);
    if let Value::Object(body) = &mut login {
        body.remove("password");
    }
    let jq = "jq -cnR --argjson login \"$LOGIN\" '$login + {password: input}'";
    let what = format!("password of {} on array {}", settings.user, settings.name);
    let (question, feed) = first_line(&settings.password, &what, jq);
    let (pin, option) = curl_trust(&settings.urls, &settings.trust);
    let mut before = vec![
        format!("# log in to array {}: needs curl and jq", settings.name),
        "set -eu".into(),
        "umask 077".into(),
    ];
    before.extend(pin);
    // Without --globoff the `[0-100]` of a range would be a hundred requests.
    before.push(format!(
        "curl() {{ command curl --globoff --noproxy '*'{option} \"$@\"; }}"
    ));
    before.extend(question);
    before.extend([
        "TOKEN=$(mktemp)".into(),
        "trap 'rm -f \"$TOKEN\" \"$TOKEN.head\"' EXIT".into(),
        format!("LOGIN={}", quote(&login.to_string())),
        format!(
            "LOGIN=$({feed} | curl -sS -D \"$TOKEN.head\" -H 'Content-Type: application/json' \
             --data-binary @- {})",
            quote(&format!("{root}xx/sessions"))
        ),
        "{ echo 'Content-Type: application/json'".into(),
        format!(
            "  printf '%s' \"$LOGIN\" | jq -er '\"iBaseToken: \" + (.data.iBaseToken // {OR_ERROR})'"
        ),
        "  sed -n 's/^set-cookie: *\\([^;]*\\).*/Cookie: \\1/Ip' \"$TOKEN.head\" | tr -d '\\r'"
            .into(),
        "} >\"$TOKEN\"".into(),
        format!(
            "BASE={}$(printf '%s' \"$LOGIN\" | jq -er .data.deviceid)",
            quote(root)
        ),
        "trap 'curl -sS -o /dev/null -H @\"$TOKEN\" -X DELETE \"$BASE\"/sessions; \
         rm -f \"$TOKEN\" \"$TOKEN.head\"' EXIT"
            .into(),
    ]);
    let after = vec![
        format!("# log out of array {}", settings.name),
        "trap - EXIT".into(),
        "curl -sS -o /dev/null -H @\"$TOKEN\" -X DELETE \"$BASE\"/sessions".into(),
        "rm -f \"$TOKEN\" \"$TOKEN.head\"".into(),
    ];
    Script { before, after }
}
