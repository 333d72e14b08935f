//! Logins, relogins and logouts.

use super::*;

#[test]
fn a_rejected_session_is_replaced_and_the_change_sent_once_more() {
    for number in [-401, 1_077_949_069, 4_294_967_297, 1_077_939_726] {
        let script = server(move |_, n| {
            if n == 1 {
                code(number)
            } else {
                ok(json!({"ID": "9"}))
            }
        });
        let client = client(&[&script.url]);
        let request = Request::post("/host", json!({"NAME": "n1"}));
        let reply = client.change(&request, &bounds(), &mutate()).unwrap();
        assert_eq!(reply.object().unwrap().id(), Some("9"), "{number}");
        let calls: Vec<(String, Option<String>)> = script
            .seen()
            .iter()
            .map(|s| {
                (
                    format!("{} {}", s.method, s.resource()),
                    s.header("ibasetoken").map(str::to_owned),
                )
            })
            .collect();
        let call = |what: &str, token: Option<&str>| (what.to_owned(), token.map(str::to_owned));
        assert_eq!(
            calls,
            [
                call("POST /sessions", None),
                call("POST /host", Some("token-1")),
                call("DELETE /sessions", Some("token-1")),
                call("POST /sessions", None),
                call("POST /host", Some("token-2")),
            ]
        );
    }
}

#[test]
fn a_session_that_is_rejected_again_is_not_replaced_for_ever() {
    let script = server(|_, _| code(-401));
    let error = client(&[&script.url]).read("/host", &bounds()).unwrap_err();
    assert_eq!(error.kind(), Kind::Denied, "{error}");
    assert_eq!(script.count("POST", "/sessions"), 2);
    let script = server(|_, _| code(1_077_939_726));
    let error = client(&[&script.url]).read("/host", &bounds()).unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert_eq!(script.count("GET", "/host"), 2);
}

#[test]
fn many_threads_share_one_login_and_one_relogin() {
    let script = server(|seen, _| {
        if seen.header("ibasetoken") == Some("token-1") {
            code(-401)
        } else {
            ok(json!({"ID": "1"}))
        }
    });
    let client = client(&[&script.url]);
    let bounds = bounds();
    let tasks: Vec<Task<'_, bool>> = (0..12)
        .map(|_| -> Task<'_, bool> { Box::new(|| client.read("/host/1", &bounds).is_ok()) })
        .collect();
    assert_eq!(parallel(tasks), vec![true; 12]);
    assert_eq!(script.count("POST", "/sessions"), 2);
}

#[test]
fn refused_credentials_are_tried_once_and_on_one_url() {
    for number in [
        1_077_949_061,
        1_077_987_870,
        1_077_949_081,
        1_077_949_070,
        1_077_987_871,
        1_073_793_581,
        1_077_949_071,
        1_077_951_226,
        1_999_000_001,
    ] {
        let refuse = move |_: &Seen| code(number);
        let (first, second) = (Script::start(refuse), Script::start(refuse));
        let client = client(&[&first.url, &second.url]);
        let error = client.read("/host", &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied, "{error}");
        assert!(error.to_string().contains(&number.to_string()), "{error}");
        assert_eq!(error.hints().len(), 1);
        assert_eq!((first.seen().len(), second.seen().len()), (1, 0));
        assert_eq!(client.close(), None);
    }
}

#[test]
fn an_expired_password_logs_out_at_once() {
    for state in [3, 4] {
        let script = Script::start(move |seen| match seen.method.as_str() {
            "POST" => login_reply(1, state),
            _ => ok(json!({})),
        });
        let error = client(&[&script.url]).read("/host", &bounds()).unwrap_err();
        assert!(matches!(error, Error::Login { .. }), "{error}");
        assert!(error.hints()[0].contains("change the password"), "{error}");
        let methods: Vec<String> = script.seen().into_iter().map(|s| s.method).collect();
        assert_eq!(methods, ["POST", "DELETE"]);
    }
    let script = Script::start(|seen| match seen.method.as_str() {
        "POST" => login_reply(1, 2),
        _ => ok(json!({})),
    });
    assert!(client(&[&script.url]).read("/host", &bounds()).is_ok());
}

#[test]
fn the_first_url_that_answers_is_used() {
    let (dead, script) = (dead_url(), server(|_, _| ok(json!({}))));
    let client = client(&[&dead, &script.url]);
    assert!(client.read("/host", &bounds()).is_ok());
    assert_eq!(
        client.url().unwrap(),
        format!("{}/deviceManager/rest/", script.url)
    );
    let html = Script::start(|_| Act::http(200, "<html>a login page</html>"));
    let client = super::client(&[&html.url, &script.url]);
    assert!(client.read("/host", &bounds()).is_ok());
}

#[test]
fn a_relogin_tries_the_other_url_first() {
    let first = server(|_, n| if n == 1 { code(-401) } else { ok(json!({})) });
    let second = server(|_, _| ok(json!({"ID": "second"})));
    let client = client(&[&first.url, &second.url]);
    let reply = client.read("/host", &bounds()).unwrap();
    assert_eq!(reply.object().unwrap().id(), Some("second"));
    assert_eq!(first.count("DELETE", "/sessions"), 1);
}

#[test]
fn a_url_of_another_array_is_refused_before_anything_is_sent_there() {
    let first = server(|_, _| code(-401));
    let other = Script::start(|seen| match seen.method.as_str() {
        "POST" => ok(json!({"iBaseToken": "t", "deviceid": "another", "accountstate": 1})),
        _ => ok(json!({})),
    });
    let client = client(&[&first.url, &other.url]);
    let request = Request::delete("/host/2");
    let error = client.change(&request, &bounds(), &mutate()).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused, "{error}");
    let methods: Vec<String> = other.seen().into_iter().map(|s| s.method).collect();
    assert_eq!(methods, ["POST", "DELETE"]);
    assert_eq!(other.count("DELETE", "/host/2"), 0);
}

#[test]
fn a_failed_logout_is_tried_once_more_and_then_told() {
    let script = Script::start(|seen| match seen.method.as_str() {
        "POST" => login_reply(1, 1),
        "DELETE" => code(1_077_949_006),
        _ => ok(json!({})),
    });
    let client = client(&[&script.url]);
    client.read("/host", &bounds()).unwrap();
    let warning = client.close().unwrap();
    assert!(warning.contains("1 session(s)"), "{warning}");
    assert_eq!(script.count("DELETE", "/sessions"), 2);
    assert_eq!(client.close(), None);
}

#[test]
fn a_client_that_is_dropped_logs_out() {
    let script = server(|_, _| code(1_077_949_058));
    let client = client(&[&script.url]);
    assert!(client.read("/host", &bounds()).is_err());
    drop(client);
    assert_eq!(script.count("DELETE", "/sessions"), 1);
}

#[test]
fn a_password_that_cannot_be_read_is_told_by_its_place() {
    let mut settings = settings(&["http://127.0.0.1:1"]);
    settings.password = crate::config::SecretSource::Env("SANCTL_PASSWORD".into());
    settings.reader = Arc::new(|_| Err("it is not set".into()));
    let client = Client::new(Arc::new(settings), Trace::default());
    let error = client.read("/host", &bounds()).unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("SANCTL_PASSWORD") && said.contains("not set"),
        "{said}"
    );
    assert_eq!(error.kind(), Kind::Usage);
}

#[test]
fn a_login_reply_cut_off_after_its_token_shows_no_token() {
    let script = Script::start(|_| {
        Act::http(
            200,
            "{\"data\":{\"iBaseToken\":\"canary-token\",\"deviceid\":\"21",
        )
    });
    let error = client(&[&script.url]).read("/host", &bounds()).unwrap_err();
    assert!(!error.to_string().contains("canary"), "{error}");
    assert!(error.to_string().contains("cut off"), "{error}");
}

#[test]
fn a_password_is_asked_for_once_and_only_when_it_is_needed() {
    let script = server(|_, n| if n == 1 { code(-401) } else { ok(json!({})) });
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    let mut settings = settings(&[&script.url]);
    settings.reader = Arc::new(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(Secret::new(PASSWORD.into()))
    });
    let client = Client::new(Arc::new(settings), Trace::default());
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    client.read("/host", &bounds()).unwrap();
    assert_eq!(script.count("POST", "/sessions"), 2);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn cookies_of_every_reply_are_kept_by_name() {
    let script = Script::start(|seen| match (seen.method.as_str(), seen.resource()) {
        ("POST", "/sessions") => {
            let Act::Reply(status, _, body) = login_reply(1, 1) else {
                unreachable!()
            };
            let cookies = "Set-Cookie: a=1; Path=/\r\nset-cookie: session=ismsession=1; Secure\r\n\
                           Set-Cookie: JSESSIONID=old\r\nSet-Cookie: JSESSIONID=x\r\n";
            Act::Reply(status, cookies.into(), body)
        }
        ("GET", "/host/1") => {
            let cookies = "Set-Cookie: JSESSIONID=y; HttpOnly\r\nSet-Cookie: a=; Max-Age=0\r\n";
            let Act::Reply(status, _, body) = ok(json!({"ID": "1"})) else {
                unreachable!()
            };
            Act::Reply(status, cookies.into(), body)
        }
        _ => ok(json!({})),
    });
    let client = client(&[&script.url]);
    client.read("/host/1", &bounds()).unwrap();
    client.read("/host/2", &bounds()).unwrap();
    let sent: Vec<String> = script.seen()[1..]
        .iter()
        .map(|s| s.header("cookie").unwrap().to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            "a=1; session=ismsession=1; JSESSIONID=x",
            "session=ismsession=1; JSESSIONID=y"
        ]
    );
    drop(client);
}

#[test]
fn a_web_servers_401_or_403_is_a_lost_session_and_at_a_login_a_refusal() {
    for status in [401, 403] {
        let script = server(move |_, n| match n {
            1 => Act::http(status, "<html>sign in</html>"),
            _ => ok(json!({"ID": "9"})),
        });
        let request = Request::post("/host", json!({"NAME": "n1"}));
        let client = client(&[&script.url]);
        client.change(&request, &bounds(), &mutate()).unwrap();
        assert_eq!(script.count("POST", "/sessions"), 2, "{status}");

        let script = server(move |_, _| Act::http(status, "<html>no</html>"));
        let client = super::client(&[&script.url]);
        let error = client.read("/host", &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied, "{error}");
        assert_eq!(script.count("POST", "/sessions"), 2, "{status}");

        let refuse = move |_: &Seen| Act::http(status, "<html>sign in</html>");
        let (first, second) = (Script::start(refuse), Script::start(refuse));
        let client = super::client(&[&first.url, &second.url]);
        let error = client.read("/host", &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied, "{error}");
        assert_eq!((first.seen().len(), second.seen().len()), (1, 0));
    }
}

#[test]
fn a_change_with_an_ambiguous_answer_after_a_login_is_in_doubt() {
    let script = server(|_, _| code(1_077_939_726));
    let request = Request::post("/host", json!({"NAME": "n1"}));
    let error = client(&[&script.url])
        .change(&request, &bounds(), &mutate())
        .unwrap_err();
    assert!(error.is_lost(), "{error}");
    assert_eq!(script.count("POST", "/host"), 2);
}

#[test]
fn reads_leave_a_url_that_does_not_answer_any_more() {
    for act in [Act::Close, Act::Hang] {
        let first = server(move |_, _| act.clone());
        let second = server(|_, _| ok(json!({"ID": "second"})));
        let mut settings = settings(&[&first.url, &second.url]);
        settings.request = Duration::from_millis(500);
        let client = Client::new(Arc::new(settings), Trace::default());
        let reply = client.read("/host", &bounds()).unwrap();
        assert_eq!(reply.object().unwrap().id(), Some("second"));
        assert!(first.count("GET", "/host") <= 2);
        // The session that stayed behind ends too.
        assert_eq!(client.close(), None);
        assert_eq!(second.count("DELETE", "/sessions"), 2);
    }
}
