//! The client against a scripted server: what is sent, how often, and what is made of the answer.

mod finding;
mod pages;
mod script;
mod sessions;

use std::net::TcpListener;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use self::script::{Act, Count as _, Resource as _, Script, Seen, login_reply, ok};
use super::*;
use crate::array::oceanstor::config::parse_url;
use crate::kit::consent::{Ground, Mutate, grant};
use crate::kit::kind::{Failure as _, Kind};
use crate::kit::stop::Stop;

const PASSWORD: &str = "canary-password";

fn mutate() -> Mutate {
    grant(Ground::ByClass)
}

fn bounds() -> Bounds {
    Bounds::new(Duration::from_secs(60), "test", Stop::new())
}

fn settings(urls: &[&str]) -> Settings {
    let urls = urls.iter().map(|u| parse_url(u).unwrap()).collect();
    let mut settings = Settings::new(
        "dorado1",
        urls,
        "admin",
        Arc::new(|_| Ok(Secret::new(PASSWORD.into()))),
    );
    settings.connect = Duration::from_secs(5);
    settings.request = Duration::from_secs(20);
    settings
}

fn client(urls: &[&str]) -> Client {
    Client::new(Arc::new(settings(urls)), Trace::default())
}

/// A server that answers logins and logouts by itself and everything else by `rest`; `n` counts
/// the requests of the latter kind from 1.
fn server(rest: impl Fn(&Seen, usize) -> Act + Send + Sync + 'static) -> Script {
    let counter = Mutex::new((0_usize, 0_usize));
    Script::start(move |seen| {
        let mut counter = counter.lock().unwrap();
        match (seen.method.as_str(), seen.resource()) {
            ("POST", "/sessions") => {
                counter.0 += 1;
                login_reply(counter.0, 1)
            }
            ("DELETE", "/sessions") => ok(json!({})),
            _ => {
                counter.1 += 1;
                let n = counter.1;
                drop(counter);
                rest(seen, n)
            }
        }
    })
}

fn code(code: i64) -> Act {
    Act::json(
        json!({"data": {}, "error": {"code": code, "description": "said so",
        "suggestion": "do something"}}),
    )
}

/// A URL on which nothing listens.
fn dead_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn a_login_sends_user_password_and_scope_and_every_call_token_and_cookie() {
    let script = server(|_, _| ok(json!({"ID": "2"})));
    let mut settings = settings(&[&script.url]);
    settings.vstore = Some("tenant1".into());
    let client = Client::new(Arc::new(settings), Trace::default());
    assert_eq!(client.serial(&bounds()).unwrap(), "2102350BSJ10G9000007");
    let reply = client.read("/host/2", &bounds()).unwrap();
    assert_eq!(reply.object().unwrap().id(), Some("2"));
    assert_eq!(client.close(), None);
    let seen = script.seen();
    assert_eq!(seen[0].path, "/deviceManager/rest/xx/sessions");
    let body: Value = serde_json::from_str(&seen[0].body).unwrap();
    assert_eq!(
        body,
        json!({"username": "admin", "password": PASSWORD, "scope": "0", "vstorename": "tenant1"})
    );
    assert_eq!(
        seen[1].path,
        "/deviceManager/rest/2102350BSJ10G9000007/host/2"
    );
    for call in &seen[1..] {
        assert_eq!(call.header("ibasetoken"), Some("token-1"));
        assert_eq!(call.header("cookie"), Some("session=ismsession=1"));
    }
    assert_eq!(seen[2].method, "DELETE");
    assert_eq!((seen.len(), client.requests()), (3, 3));
}

#[test]
fn codes_become_outcomes_or_errors() {
    for (number, want) in [
        (0, Ok(Outcome::Success)),
        (1_077_948_993, Ok(Outcome::Exists)),
        (1_077_948_997, Ok(Outcome::Exists)),
        (1_077_937_501, Ok(Outcome::Already)),
        (1_077_936_859, Ok(Outcome::Missing)),
        (1_073_745_412, Ok(Outcome::NotMember)),
        (1_077_949_058, Err(Kind::Denied)),
        (1_077_936_864, Err(Kind::Failed)),
        (50_331_651, Err(Kind::Failed)),
        (1_999_000_001, Err(Kind::Failed)),
    ] {
        let script = server(move |_, _| code(number));
        let client = client(&[&script.url]);
        let request = Request::post("/hostgroup", json!({"NAME": "g"}));
        let result = client.change(&request, &bounds(), &mutate());
        match (result, want) {
            (Ok(reply), Ok(outcome)) => {
                assert_eq!(reply.outcome, outcome, "{number}");
                assert_eq!(reply.answer().request, "POST /hostgroup");
            }
            (Err(error), Err(kind)) => {
                assert_eq!(error.kind(), kind, "{number}");
                let said = error.to_string();
                assert!(
                    said.contains(&number.to_string()) && said.contains("said so"),
                    "{said}"
                );
            }
            (result, want) => panic!("{number}: {result:?}, {want:?} wanted"),
        }
        assert_eq!(script.count("POST", "/hostgroup"), 1, "{number}");
    }
}

#[test]
fn a_change_whose_answer_is_lost_is_in_doubt_and_not_sent_again() {
    let acts: [fn() -> Act; 9] = [
        || Act::Close,
        || Act::Truncated,
        || Act::http(200, "<html>welcome</html>"),
        || Act::http(200, "{\"data\": {\"ID\": \"2\""),
        || Act::http(200, ""),
        || Act::http(502, "<html>bad gateway</html>"),
        || Act::http(500, "{\"error\": {\"code\": 0}}"),
        || code(1_077_949_001),
        || code(16_797_698),
    ];
    for (i, act) in acts.into_iter().enumerate() {
        let script = server(move |_, _| act());
        let client = client(&[&script.url]);
        let request = Request::put("/mappingview/2", json!({}));
        let error = client.change(&request, &bounds(), &mutate()).unwrap_err();
        assert!(error.is_lost(), "{i}: {error}");
        assert!(error.to_string().contains("PUT /mappingview/2"), "{error}");
        assert_eq!(script.count("PUT", "/mappingview/2"), 1, "{i}");
    }
}

#[test]
fn a_change_that_hangs_is_in_doubt() {
    let script = server(|_, _| Act::Hang);
    let mut settings = settings(&[&script.url]);
    settings.request = Duration::from_millis(300);
    let client = Client::new(Arc::new(settings), Trace::default());
    let error = client
        .change(&Request::delete("/host/2"), &bounds(), &mutate())
        .unwrap_err();
    assert!(error.is_lost(), "{error}");
    assert!(error.to_string().contains("no answer within"), "{error}");
}

#[test]
fn a_change_that_surely_was_not_sent_is_plainly_unreachable() {
    let url = dead_url();
    let error = client(&[&url])
        .change(&Request::delete("/host/2"), &bounds(), &mutate())
        .unwrap_err();
    assert!(!error.is_lost());
    assert_eq!(error.kind(), Kind::Unreachable);
    assert!(error.to_string().contains("connection refused"), "{error}");
}

#[test]
fn a_web_servers_refusal_is_no_doubt() {
    let script = server(|_, _| Act::http(404, "<html>not found</html>"));
    let client = client(&[&script.url]);
    let error = client
        .change(&Request::delete("/mapping"), &bounds(), &mutate())
        .unwrap_err();
    assert!(matches!(&error, Error::Refused { answer, .. } if answer.code == "HTTP 404"));
    assert_eq!(script.count("DELETE", "/mapping"), 1);
}

#[test]
fn a_redirection_is_not_followed_and_no_doubt() {
    let to = "Location: https://elsewhere/login\r\n";
    let script = server(move |_, _| Act::Reply(302, to.into(), String::new()));
    let client = client(&[&script.url]);
    let removal = Request::delete("/host/2");
    for result in [
        client.read("/host/2", &bounds()),
        client.change(&removal, &bounds(), &mutate()),
    ] {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{error}");
        assert!(error.to_string().contains("elsewhere"), "{error}");
    }
    assert_eq!(script.count("GET", "/host/2"), 1);
}

#[test]
fn a_status_counts_more_than_a_code_that_nobody_knows() {
    let said = |status: u16, code: i64| {
        let body = json!({"error": {"code": code, "description": "said so"}});
        Act::http(status, &body.to_string())
    };
    let read = |act: Act| {
        let script = server(move |_, n| if n == 1 { act.clone() } else { ok(json!({})) });
        let result = client(&[&script.url]).read("/lif", &bounds());
        (result, script.count("POST", "/sessions"))
    };
    let (result, _) = read(said(404, 404));
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Refused { answer, .. } if answer.code == "HTTP 404"));
    assert!(error.to_string().contains("said so"), "{error}");
    let (result, logins) = read(said(401, 17));
    assert!(result.is_ok());
    assert_eq!(logins, 2);
    assert!(read(said(503, 17)).0.is_ok());
    // A known code is what counts.
    let (result, _) = read(said(404, 1_077_949_058));
    assert_eq!(result.unwrap_err().kind(), Kind::Denied);
}

#[test]
fn a_busy_array_is_asked_again_within_the_bounds() {
    for busy in [1_077_949_006, 1_073_793_588] {
        let script = server(move |_, n| {
            if n < 3 {
                code(busy)
            } else {
                ok(json!({"ID": "5"}))
            }
        });
        let client = client(&[&script.url]);
        let request = Request::post("/hostgroup", json!({}));
        let reply = client.change(&request, &bounds(), &mutate()).unwrap();
        assert_eq!(reply.object().unwrap().id(), Some("5"));
        assert_eq!(script.count("POST", "/hostgroup"), 3);
    }
    let script = server(|_, _| code(1_077_949_006));
    let client = client(&[&script.url]);
    client.serial(&bounds()).unwrap();
    let short = Bounds::new(Duration::from_millis(400), "attach", Stop::new());
    let error = client.read("/host", &short).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
}

#[test]
fn a_busy_web_server_is_asked_again_within_the_bounds() {
    for status in [503, 429] {
        let script = server(move |_, n| {
            if n < 5 {
                Act::http(status, "<html>later</html>")
            } else {
                ok(json!({"ID": "5"}))
            }
        });
        let reply = client(&[&script.url]).read("/host/5", &bounds()).unwrap();
        assert_eq!(reply.object().unwrap().id(), Some("5"));
    }
    let script = server(|_, _| Act::http(503, "<html>later</html>"));
    let client = client(&[&script.url]);
    client.serial(&bounds()).unwrap();
    let short = Bounds::new(Duration::from_millis(400), "attach", Stop::new());
    let error = client.read("/host", &short).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    assert!(error.to_string().contains("HTTP 503"), "{error}");
    let error = client
        .change(&Request::delete("/host/2"), &bounds(), &mutate())
        .unwrap_err();
    assert!(error.is_lost(), "{error}");
}

#[test]
fn a_read_is_asked_twice_more_and_then_given_up() {
    for act in [Act::Close, Act::Truncated] {
        let again = act.clone();
        let script = server(move |_, n| {
            if n < 3 {
                act.clone()
            } else {
                ok(json!({"ID": "1"}))
            }
        });
        assert!(client(&[&script.url]).read("/host/1", &bounds()).is_ok());
        assert_eq!(script.count("GET", "/host/1"), 3);
        let script = server(move |_, _| again.clone());
        let error = client(&[&script.url])
            .read("/host/1", &bounds())
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Unreachable, "{error}");
        assert_eq!(script.count("GET", "/host/1"), 3);
    }
    let script = server(|_, _| Act::http(200, "<html>\n<title>Storage&nbsp;GUI</title>"));
    let error = client(&[&script.url])
        .read("/host/1", &bounds())
        .unwrap_err();
    assert!(matches!(error, Error::Garbled { .. }), "{error}");
    let said = error.to_string();
    assert!(
        said.contains("GET /host/1") && said.contains("<title>Storage"),
        "{said}"
    );
    assert_eq!(script.count("GET", "/host/1"), 3);
}

#[test]
fn nothing_that_is_said_or_traced_holds_a_secret() {
    let script = server(|seen, _| {
        // A server that repeats what it was told.
        let token = seen.header("ibasetoken").unwrap_or_default();
        Act::http(
            200,
            &format!("<p>{} {token} canary-password</p>", seen.body),
        )
    });
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let trace = Trace::default().to(move |event| sink.lock().unwrap().push(event.clone()));
    let client = Client::new(Arc::new(settings(&[&script.url])), trace);
    let body = json!({"ID": "iqn.a:b", "CHAPNAME": "u", "CHAPPASSWORD": "canary-chap"});
    let request = Request::put("/iscsi_initiator/iqn.a:b", body);
    let error = client.change(&request, &bounds(), &mutate()).unwrap_err();
    client.close();
    let events = events.lock().unwrap().clone();
    let text = format!("{error} {error:?} {client:?} {}", json!(events));
    for secret in ["canary", "token-1", "ismsession=1"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(events.len(), 3);
    assert_eq!(events[1]["event"], "http");
    assert_eq!(events[1]["body"]["CHAPNAME"], "u");
    assert_eq!(events[0]["code"], 0);
    assert!(events[1]["bytes_in"].as_u64().unwrap() > 0);
}

#[test]
fn a_raised_stop_flag_sends_nothing_more() {
    let script = server(|_, _| ok(json!({})));
    let client = client(&[&script.url]);
    let bounds = bounds();
    bounds.stop.request();
    let error = client.read("/host", &bounds).unwrap_err();
    assert_eq!(error.kind(), Kind::Interrupted);
    assert_eq!(script.seen().len(), 0);
    assert!(client.read("/host", &bounds.unstoppable()).is_ok());
}

#[test]
fn parallel_tasks_keep_their_order_and_all_run() {
    let tasks: Vec<Task<'_, usize>> = (0..50)
        .map(|i| -> Task<'_, usize> { Box::new(move || i * i) })
        .collect();
    let want: Vec<usize> = (0..50).map(|i| i * i).collect();
    assert_eq!(parallel(tasks), want);
    assert!(parallel(Vec::<Task<'_, ()>>::new()).is_empty());
}
