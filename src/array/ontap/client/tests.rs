//! The client's own rules, against a scripted server.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::super::config::{Settings, parse_url};
use super::*;
use crate::array::http::script::{Act, Script};
use crate::array::ontap::rest::{Ask, answer};
use crate::kit::consent::{Ground, Mutate, grant};
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::stop::Stop;

pub(in crate::array::ontap) const PASSWORD: &str = "canary-password";

pub(in crate::array::ontap) fn mutate() -> Mutate {
    grant(Ground::ByClass)
}

pub(in crate::array::ontap) fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

pub(in crate::array::ontap) fn settings(urls: &[&str]) -> Settings {
    let urls = urls.iter().map(|u| parse_url(u).unwrap()).collect();
    let reader = Arc::new(|_: &_| Ok(Secret::new(PASSWORD.into())));
    let mut settings = Settings::new("gold", urls, "admin", reader);
    settings.request = Duration::from_secs(20);
    settings
}

pub(in crate::array::ontap) fn client(
    urls: &[&str],
    change: impl FnOnce(&mut Settings),
) -> Arc<Client> {
    let mut settings = settings(urls);
    change(&mut settings);
    Arc::new(Client::new(Arc::new(settings), Trace::default()))
}

/// A server that gives these answers one after the other, the last for ever.
fn server(acts: Vec<Act>) -> Script {
    let acts = Mutex::new(acts);
    Script::start(move |_| {
        let mut acts = acts.lock().unwrap();
        if acts.len() > 1 {
            acts.remove(0)
        } else {
            acts[0].clone()
        }
    })
}

fn read(client: &Client) -> Result<(), Error> {
    let ask = Ask::get("/api/x?fields=y");
    let make = |svm: Option<&str>| ask.message(svm);
    let told = client.call(Scope::Svm, &make, &bounds(), &answer)?;
    told.map(|_| ())
        .map_err(|coded| client.refused("GET x", &coded))
}

fn change(client: &Client) -> Result<(), Error> {
    let make = |svm: Option<&str>| Message {
        effect: Effect::Change,
        method: "POST",
        ..Ask::get("/api/x").message(svm)
    };
    let told = client.call(Scope::Svm, &make, &bounds(), &answer)?;
    told.map(|_| ())
        .map_err(|coded| client.refused("POST x", &coded))
}

fn fine() -> Act {
    Act::http(200, "{\"records\":[],\"num_records\":0}")
}

fn refusal(status: u16, code: &str) -> Act {
    Act::http(
        status,
        &format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"words\"}}}}"),
    )
}

#[test]
fn what_is_sent_again() {
    // What happens first; how often a read and a change are sent; what the change comes to.
    for (first, reads, changes, kind) in [
        (Act::Close, 2, 1, Some(Kind::Unreachable)),
        (Act::Truncated, 2, 1, Some(Kind::Unreachable)),
        (Act::http(200, "<html>"), 2, 1, Some(Kind::Unreachable)),
        (Act::http(503, "busy"), 2, 1, Some(Kind::Unreachable)),
        (Act::http(429, "slow down"), 2, 2, None),
        (refusal(500, "1254316"), 2, 2, None),
        (refusal(500, "5374316"), 2, 2, None),
        (refusal(503, "99"), 2, 1, Some(Kind::Unreachable)),
        (refusal(404, "4"), 1, 1, Some(Kind::Failed)),
    ] {
        let script = server(vec![first.clone(), fine()]);
        let told = read(&client(&[&script.url], |_| {}));
        assert_eq!(script.seen().len(), reads, "{first:?}");
        assert_eq!(told.is_ok(), reads > 1, "{first:?}");
        let script = server(vec![first.clone(), fine()]);
        let told = change(&client(&[&script.url], |_| {}));
        assert_eq!(script.seen().len(), changes, "{first:?}: {told:?}");
        assert_eq!(told.err().map(|e| e.kind()), kind, "{first:?}");
    }
}

#[test]
fn a_refused_account_is_never_tried_again() {
    let script = server(vec![Act::http(401, "<html>Unauthorized</html>"), fine()]);
    let client = client(&[&script.url], |_| {});
    for _ in 0..2 {
        let error = read(&client).unwrap_err();
        assert!(matches!(error, Error::Login { .. }), "{error}");
        assert!(!error.to_string().contains(PASSWORD));
    }
    assert_eq!(script.seen().len(), 1);
}

/// Whatever stands in the answer: an unknown code, none at all, or even ZAPI's own words.
#[test]
fn the_status_alone_tells_that_an_account_was_refused() {
    let bare = Act::http(401, "{\"error\":{\"message\":\"words\"}}");
    for act in [refusal(401, "99"), refusal(401, "1254316"), bare] {
        let script = server(vec![act.clone(), fine()]);
        let work = client(&[&script.url], |_| {});
        for told in [read(&work), change(&work)] {
            let error = told.unwrap_err();
            assert!(matches!(error, Error::Login { .. }), "{act:?}: {error}");
        }
        assert_eq!(script.seen().len(), 1, "{act:?}");
        let script = server(vec![act.clone(), fine()]);
        let first = client(&[&script.url], |_| {});
        let message = Ask::get("/api/cluster?fields=version").message(None);
        for _ in 0..2 {
            let error = first.once(&message, &bounds(), &answer).unwrap_err();
            assert!(matches!(error, Error::Login { .. }), "{act:?}: {error}");
        }
        assert_eq!(script.seen().len(), 1, "{act:?}");
    }
}

#[test]
fn the_next_url_is_tried_when_one_is_dead() {
    let dead = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let script = server(vec![fine()]);
    let both = client(&[&dead, &script.url], |_| {});
    change(&both).unwrap();
    read(&both).unwrap();
    assert_eq!(script.seen().len(), 2);
    let error = read(&client(&[&dead], |_| {})).unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
}

#[test]
fn the_svm_travels_in_a_header() {
    let script = server(vec![fine()]);
    read(&client(&[&script.url], |s| s.svm = Some("svm_gold".into()))).unwrap();
    assert_eq!(script.seen()[0].header("x-dot-svm-name"), Some("svm_gold"));
    let script = server(vec![fine()]);
    read(&client(&[&script.url], |_| {})).unwrap();
    assert_eq!(script.seen()[0].header("x-dot-svm-name"), None);
}

#[test]
fn garbage_is_shown_without_secrets() {
    let body = format!(
        "oops {PASSWORD} YWRtaW46Y2FuYXJ5LXBhc3N3b3Jk \u{1} {}",
        "x".repeat(900)
    );
    let script = server(vec![Act::http(200, &body)]);
    let error = read(&client(&[&script.url], |_| {})).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("oops") && text.len() < 400, "{text}");
    assert!(
        !text.contains("canary") && !text.contains("YWRtaW46"),
        "{text}"
    );
    assert_eq!(script.seen().len(), 3);
}

#[test]
fn traces_mask_secrets() {
    let lines = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&lines);
    let trace = Trace::default().to(move |event| {
        sink.lock().unwrap().push_str(&event.to_string());
    });
    let script = server(vec![fine()]);
    let client = Client::new(Arc::new(settings(&[&script.url])), trace);
    read(&client).unwrap();
    let lines = lines.lock().unwrap().clone();
    assert!(lines.contains("\"url\":\"http://127.0.0.1"), "{lines}");
    assert!(
        !lines.contains("canary") && !lines.contains("Basic"),
        "{lines}"
    );
}
