//! Requests as lines of curl, for plans and scripts.
//!
//! A line reads `$BASE` (the array's address) and `$TOKEN` (a file with the header lines of the
//! account and the SVM, so that no secret stands in an argument list).

use super::client::Message;
use super::codes::Api;
use super::config::Settings;
use crate::array::access::curl_trust;
use crate::config::SecretSource;
use crate::kit::shell::word;
use crate::step::Script;

/// A request as one line that fails when the array refuses it. Secrets stand as stars.
pub(super) fn line(message: &Message) -> String {
    let body = match &message.shown {
        Some(serde_json::Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
        None => None,
    };
    let body = body.map(|body| format!(" -d {}", word(&body)));
    let body = body.unwrap_or_default();
    let path = format!("\"$BASE\"{}", word(&message.path));
    match message.api {
        Api::Rest => {
            let method = message.method;
            format!("curl -sS --fail-with-body -H @\"$TOKEN\" -X {method}{body} {path}")
        }
        // A refusal comes with a status of success.
        Api::Zapi => format!(
            "curl -sS -H @\"$TOKEN\" -H 'Content-Type: text/xml'{body} {path} | \
             grep \"status=['\\\"]passed\""
        ),
    }
}

/// The command that prints the password, and what must be asked before.
fn password(source: &SecretSource) -> (Vec<String>, String) {
    match source {
        SecretSource::File(path) => (Vec::new(), format!("head -n 1 {}", word(path))),
        SecretSource::Command(argv) => {
            let words: Vec<String> = argv.iter().map(|one| word(one)).collect();
            (Vec::new(), format!("{} | head -n 1", words.join(" ")))
        }
        // The shell's own printf: nothing of it stands in an argument list.
        SecretSource::Env(name) => (Vec::new(), format!("printf '%s' \"${{{name}}}\"")),
        SecretSource::Prompt => (
            vec![
                "printf 'password: ' >&2; stty -echo; IFS= read -r PASSWORD; stty echo; echo >&2"
                    .into(),
            ],
            "printf '%s' \"$PASSWORD\"".into(),
        ),
    }
}

/// What stands around the lines of this array.
pub(super) fn script(settings: &Settings) -> Script {
    let root = settings.urls.first().map_or("", |url| url.as_str());
    let (question, feed) = password(&settings.password);
    let (pin, option) = curl_trust(&settings.urls, &settings.trust);
    let mut before = vec![
        format!("# array {}: needs curl and base64", settings.name),
        "set -eu".into(),
        "umask 077".into(),
    ];
    before.extend(pin);
    before.push(format!(
        "curl() {{ command curl --globoff --noproxy '*'{option} \"$@\"; }}"
    ));
    before.extend(question);
    before.extend([
        "TOKEN=$(mktemp)".into(),
        "trap 'rm -f \"$TOKEN\"' EXIT".into(),
        format!(
            "{{ printf 'Authorization: Basic '; {{ printf '%s:' {}; {feed} | tr -d '\\n'; }} | \
             base64 -w 0; echo",
            word(&settings.user)
        ),
    ]);
    if let Some(svm) = &settings.svm {
        before.push(format!("  echo 'X-Dot-SVM-Name: {svm}'"));
    }
    before.extend(["} >\"$TOKEN\"".into(), format!("BASE={}", word(root))]);
    let after = vec!["rm -f \"$TOKEN\"".into(), "trap - EXIT".into()];
    Script { before, after }
}
