//! What lies between: ports that refuse or say nothing, certificates, replies of something else.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::place::golden;
use crate::served::{Served, dead_port, section};
use crate::tls::{Certificate, Front};

#[test]
fn a_port_that_refuses() {
    let served = Served::start();
    served.configure(&format!("http://127.0.0.1:{}", dead_port()), "");
    let json = served.place.run("lun list -o json").expect(5);
    assert_eq!(json.error()["kind"], "unreachable");
    golden!(
        "net-refused",
        served.place.run("lun list").expect(5).shown()
    );
}

/// The listener's queue takes the connection, and nobody ever answers.
#[test]
fn a_port_that_says_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let served = Served::start();
    served.configure(&format!("http://{}", listener.local_addr().unwrap()), "");
    let started = Instant::now();
    let ran = served.place.run("lun list").expect(5);
    assert!(started.elapsed() < Duration::from_secs(20));
    golden!("net-silent", ran.shown());
    let ran = served.place.run("lun list --timeout 300ms").expect(5);
    golden!("net-late", ran.shown());
}

#[test]
fn the_second_url_when_the_first_is_dead() {
    let served = Served::start();
    let dead = format!("http://127.0.0.1:{}", dead_port());
    let text = section("dorado1", &dead, "");
    let urls = format!("[\"{dead}\", \"{}\"]", served.server.url());
    let text = text.replace(&format!("\"{dead}\""), &urls);
    served.place.write("config/sanctl/config.toml", &text);
    assert_eq!(served.place.ok("lun list -o name"), "vol-7\nvol-8\n");
}

#[test]
fn self_signed_certificates() {
    let served = Served::start();
    let certificate = Certificate::self_signed(&crate::tls::own());
    let front = Front::start(&certificate, served.server.addr());
    served.configure(&front.url, "");
    golden!(
        "tls-untrusted",
        served.place.run("lun list").expect(6).shown()
    );
    assert_eq!(
        served.count("POST", "/sessions"),
        0,
        "no password before trust"
    );
    let json = served.place.run("lun list -o json").expect(6).error();
    let pin = certificate.fingerprint();
    assert!(json["hints"][0].as_str().unwrap().contains(&pin), "{json}");

    served.configure(&front.url, &format!("fingerprint = \"{pin}\""));
    let ran = served.place.run("lun list -o name").expect(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("vol-7\nvol-8\n", ""));
    golden!("tls-test", served.place.run("array test").expect(0).shown());

    // A URL alone: who answers there, and nothing is sent.
    served.server.clear_requests();
    let line = format!("array test {}", front.url);
    golden!("tls-test-url", served.place.run(&line).expect(0).shown());
    let json = served
        .place
        .run(&format!("{line} -o json"))
        .expect(0)
        .json();
    assert_eq!(json["items"][0]["certificate"]["fingerprint"], pin);
    assert!(json["items"][0]["identity"].is_null(), "{json}");
    served.place.run(&format!("{line} --privileges")).expect(2);
    assert_eq!(served.server.requests().len(), 0);

    let other = Certificate::self_signed(&crate::tls::own()).fingerprint();
    served.configure(&front.url, &format!("fingerprint = \"{other}\""));
    served.server.clear_requests();
    golden!(
        "tls-other-pin",
        served.place.run("lun list").expect(6).shown()
    );
    assert_eq!(served.server.requests().len(), 0);

    served.configure(&front.url, "verify = \"none\"");
    let ran = served.place.run("lun list -o name").expect(0);
    assert!(ran.err.contains("warning: "), "{}", ran.shown());
}

#[test]
fn a_certificate_of_an_authority() {
    let served = Served::start();
    // As arrays ship it: its own authority.
    let own = Certificate::self_signed_authority(&crate::tls::own());
    let front = Front::start(&own, served.server.addr());
    served.place.write("ca.pem", &own.pem);
    served.configure(&front.url, "ca_file = \"ca.pem\"");
    assert_eq!(served.place.ok("lun list -o name"), "vol-7\nvol-8\n");
    let (certificate, authority) = Certificate::signed(&crate::tls::own(), false);
    let front = Front::start(&certificate, served.server.addr());
    served.place.write("ca.pem", &authority);
    served.configure(&front.url, "ca_file = \"ca.pem\"");
    assert_eq!(served.place.ok("lun list -o name"), "vol-7\nvol-8\n");
    let (expired, authority) = Certificate::signed(&crate::tls::own(), true);
    let front = Front::start(&expired, served.server.addr());
    served.place.write("ca.pem", &authority);
    served.configure(&front.url, "ca_file = \"ca.pem\"");
    golden!(
        "tls-expired",
        served.place.run("lun list").expect(6).shown()
    );
}

#[test]
fn replies_that_are_no_arrays_replies() {
    let served = Served::start();
    let mut shown = Vec::new();
    for fault in ["garbage", "truncated", "html", "http:502", "drop-before"] {
        for place in ["GET /lun#every", "POST /sessions#every"] {
            served.set_faults(&format!("{place}={fault}"));
            let ran = served.place.run("lun list");
            assert!(
                ran.code == 1 || ran.code == 5,
                "{place}={fault}: {}",
                ran.shown()
            );
            shown.push(format!("{place}={fault}\n{}", ran.shown()));
            let json = served.place.run("lun list -o json");
            assert_eq!(json.error()["code"], json.code, "{}", json.shown());
        }
    }
    golden!("net-garbled", shown.join("\n"));
}

#[test]
fn one_bad_reply_is_asked_again() {
    let served = Served::start();
    for fault in [
        "garbage",
        "html",
        "truncated",
        "drop-before",
        "busy",
        "expire",
        "http:503",
    ] {
        served.set_faults(&format!("GET /lun#1={fault}"));
        let ran = served.place.run("lun list -o name");
        assert_eq!(ran.out, "vol-7\nvol-8\n", "{fault}: {}", ran.shown());
        assert_eq!(served.array.open_sessions(), 0, "{fault}");
    }
}

#[test]
fn what_an_account_may_read() {
    let served = Served::start();
    let line = "array test --privileges";
    golden!("test-privileges", served.place.run(line).expect(0).shown());
    served.set_faults("GET /lungroup*#every=code:1077949058");
    let json = served
        .place
        .run(&format!("{line} -o json"))
        .expect(0)
        .json();
    let may = &json["items"][0]["privileges"];
    assert!(
        may["lungroup"].as_str().unwrap().starts_with("no: "),
        "{may}"
    );
    assert_eq!(may["host"], "yes");
}
