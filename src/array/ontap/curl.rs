//! Requests as lines of curl, for plans and scripts.
//!
//! A line reads `$BASE` (the array's address) and `$TOKEN` (a file with the header lines of the
//! account and the SVM, so that no secret stands in an argument list).

use super::client::Message;
use super::codes::Api;
use super::config::Settings;
use super::rest::SVM_UUID;
use crate::array::access::curl_trust;
use crate::config::SecretSource;
use crate::kit::redact::MASK;
use crate::kit::shell::word;
use crate::step::Script;

/// The number that a map was given; fails with the answer when there is none in it.
const NUMBER: &str = "awk '{ print >\"/dev/stderr\" } match($0, /<lun-id-assigned>[0-9]+/) { \
                      print substr($0, RSTART + 17, RLENGTH - 17); ok = 1 } END { exit !ok }'";

/// What each line begins with.
const CURL: &str = "curl -sS --fail-with-body -H @\"$TOKEN\"";

/// Shows an answer of ONTAPI, and fails when it is a refusal: that comes with a status of success.
const PASSED: &str = "awk '{ print } /status=.passed/ { ok = 1 } END { exit !ok }'";

/// A request as one line that fails when the array refuses it. Secrets stand as stars.
pub(super) fn line(message: &Message) -> String {
    let body = shown(message).map(|body| format!(" -d {}", word(&body)));
    send(message, &body.unwrap_or_default())
}

/// The request that maps, as one line that keeps the lun number for the lines of the node.
pub(super) fn mapping(message: &Message) -> String {
    let body = shown(message).map(|body| format!(" -d {}", word(&body)));
    let body = body.unwrap_or_default();
    let sent = match message.api {
        Api::Rest => {
            let number = ".records[0].logical_unit_number // error(\"\\(.error)\")";
            format!("{} | jq -er {}", ask(message, &body), word(number))
        }
        Api::Zapi => format!("{} | {NUMBER}", ask(message, &body)),
    };
    format!("LUN_NUMBER=$({sent})")
}

/// The same with what has to be asked before.
pub(super) fn lines(message: &Message) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((collection, entry)) = message.path.split_once(SVM_UUID) {
        let path = format!(
            "/{}?initiator={}&fields=svm.uuid",
            collection.trim_end_matches('/'),
            entry.trim_start_matches('/')
        );
        lines.push(format!(
            "SVM_UUID=$({CURL} \"$BASE\"{} | jq -er '.records[0].svm.uuid')",
            word(&path)
        ));
    }
    lines.push(line(message));
    lines
}

/// The same for a request with one secret: the line takes it from where it is kept, and has it in no
/// argument.
pub(super) fn with_secret(message: &Message, source: &SecretSource) -> Vec<String> {
    let body = shown(message).unwrap_or_default();
    // The secret is the last of what could look like stars.
    let Some((before, behind)) = body.rsplit_once(MASK) else {
        return lines(message);
    };
    let escape = match message.api {
        Api::Rest => r#"s/["\\]/\\&/g"#,
        Api::Zapi => r"s/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g",
    };
    let (mut lines, feed) = first_line(source, "CHAP secret");
    lines.push(format!(
        "{{ printf '%s' {}; {feed} | sed {}; printf '%s' {}; }} | {}",
        word(before),
        word(escape),
        word(behind),
        // What comes from a file loses its line ends.
        send(message, " -d @-")
    ));
    lines
}

fn shown(message: &Message) -> Option<String> {
    match &message.shown {
        Some(serde_json::Value::String(text)) => Some(text.clone()),
        other => other.as_ref().map(ToString::to_string),
    }
}

/// A request, and what fails when its answer is a refusal.
fn send(message: &Message, body: &str) -> String {
    let sent = ask(message, body);
    match message.api {
        Api::Rest => sent,
        Api::Zapi => format!("{sent} | {PASSED}"),
    }
}

fn ask(message: &Message, body: &str) -> String {
    let path = match message.path.split_once(SVM_UUID) {
        None => word(&format!("/{}", message.path)),
        Some((before, behind)) => {
            let before = word(&format!("/{before}"));
            format!("{before}\"{SVM_UUID}\"{}", word(behind))
        }
    };
    let path = format!("\"$BASE\"{path}");
    match message.api {
        Api::Rest => {
            let kind = match body {
                "" => "",
                _ => " -H 'Content-Type: application/json'",
            };
            format!("{CURL} -X {}{kind}{body} {path}", message.method)
        }
        Api::Zapi => format!("{CURL} -H 'Content-Type: text/xml'{body} {path}"),
    }
}

/// The command that prints a secret, and what must be asked before.
fn first_line(source: &SecretSource, what: &str) -> (Vec<String>, String) {
    match source {
        SecretSource::File(path) => (Vec::new(), format!("head -n 1 {}", word(path))),
        SecretSource::Command(argv) => {
            let words: Vec<String> = argv.iter().map(|one| word(one)).collect();
            (Vec::new(), format!("{} | head -n 1", words.join(" ")))
        }
        // The shell's own printf: nothing of it stands in an argument list.
        SecretSource::Env(name) => (Vec::new(), format!("printf '%s\\n' \"${{{name}}}\"")),
        SecretSource::Prompt => (
            vec![format!(
                "printf '%s: ' {} >&2; stty -echo; IFS= read -r PASSWORD; stty echo; echo >&2",
                word(what)
            )],
            "printf '%s\\n' \"$PASSWORD\"".into(),
        ),
    }
}

/// What stands around the lines of this array.
pub(super) fn script(settings: &Settings) -> Script {
    let root = settings.urls.first().map_or("", |url| url.as_str());
    let what = format!("password of {} on array {}", settings.user, settings.name);
    let (question, feed) = first_line(&settings.password, &what);
    let (pin, option) = curl_trust(&settings.urls, &settings.trust);
    let mut before = vec![
        format!("# array {}: needs curl, jq, base64 and awk", settings.name),
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
    before.extend([
        "} >\"$TOKEN\"".into(),
        format!("BASE={}", word(root.trim_end_matches('/'))),
    ]);
    let after = vec!["rm -f \"$TOKEN\"".into(), "trap - EXIT".into()];
    Script { before, after }
}
