//! The transport by itself.

use super::*;
use std::io::{Read as _, Write as _};
use std::net::TcpStream as Plain;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Default)]
struct Counter(AtomicU64);

impl Device for Counter {
    fn handle(&self, request: &Request) -> Reply {
        let n = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let text = format!(
            "{n} {} {}",
            request.path,
            String::from_utf8_lossy(&request.body)
        );
        Reply::new(200, "text/plain", text)
    }
    fn refusal(&self, code: &str) -> Reply {
        Reply::new(200, "text/plain", format!("code {code}"))
    }
    fn expire_sessions(&self) -> String {
        "-401".to_owned()
    }
}

fn running(faults: &str) -> (Arc<Counter>, Server) {
    let device = Arc::new(Counter::default());
    // An address that nobody else takes while it refuses connections.
    let bind = SocketAddr::from(([127, 0, 0, 2], 0));
    let faults = Faults::parse(faults).unwrap();
    let server = Server::start(Arc::clone(&device) as _, bind, faults).unwrap();
    (device, server)
}

fn ask(server: &Server, body: &str) -> String {
    let mut stream = Plain::connect(server.addr()).unwrap();
    let length = body.len();
    write!(stream, "POST /x?y=[0-1] HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn answers_and_records() {
    let (_, server) = running("");
    let text = ask(&server, r#"{"password":"hush"}"#);
    assert!(
        text.starts_with("HTTP/1.1 200") && text.contains("1 /x"),
        "{text}"
    );
    let seen = server.requests();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].path_and_query, "/x?y=[0-1]");
    assert_eq!(seen[0].body, r#"{"password":"***"}"#);
    assert!(seen[0].end > seen[0].start && seen[0].bytes_out > 10);
    server.clear_requests();
    ask(&server, "");
    assert_eq!(server.requests()[0].n, 1);
}

#[test]
fn drops_before_and_after() {
    let (device, server) = running("@1=drop-before; @2=drop-after; @3=http:503; @4=http-after:500");
    assert_eq!(ask(&server, ""), "");
    assert_eq!(device.0.load(Ordering::SeqCst), 0);
    assert_eq!(ask(&server, ""), "");
    assert_eq!(device.0.load(Ordering::SeqCst), 1);
    assert!(ask(&server, "").starts_with("HTTP/1.1 503"));
    assert_eq!(device.0.load(Ordering::SeqCst), 1);
    assert!(ask(&server, "").starts_with("HTTP/1.1 500"));
    assert_eq!(device.0.load(Ordering::SeqCst), 2);
    assert_eq!(
        server
            .requests()
            .iter()
            .map(|s| s.status)
            .collect::<Vec<_>>(),
        [0, 0, 503, 500]
    );
}

#[test]
fn spoils_the_body() {
    let (_, server) = running("@1=truncated; @2=garbage; @3=html; @4=code:busy; @5=expire");
    let whole = ask(&server, "abcdef");
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-length: 11"), "{head}");
    assert_eq!(body, "1 /x ");
    assert!(ask(&server, "").contains("{\"data\":[{\"ID\""));
    assert!(ask(&server, "").contains("<!DOCTYPE html>"));
    assert!(ask(&server, "").contains("code busy"));
    assert!(ask(&server, "").contains("code -401"));
}

#[test]
fn slow_requests_sent_together_are_one_wave() {
    let (_, server) = running("*=slow:100ms");
    let mut streams: Vec<Plain> = (0..3)
        .map(|_| Plain::connect(server.addr()).unwrap())
        .collect();
    for stream in &mut streams {
        let head = "GET /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
    }
    for stream in &mut streams {
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
    ask(&server, "");
    assert_eq!(seen::waves(&server.requests()), 2);
    assert_eq!(server.requests().iter().map(|s| s.in_flight).max(), Some(2));
}

#[test]
fn one_connection_carries_many_requests() {
    let (_, server) = running("@2=truncated");
    // reqwest wants a provider even for plain http; another test may have installed it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::blocking::Client::new();
    let url = format!("{}/a", server.url());
    assert_eq!(client.get(&url).send().unwrap().text().unwrap(), "1 /a ");
    assert!(
        client.get(&url).send().and_then(|r| r.text()).is_err(),
        "half a body"
    );
    assert_eq!(client.get(&url).send().unwrap().text().unwrap(), "3 /a ");
    let seen = server.requests();
    assert_eq!((seen.len(), seen::waves(&seen)), (3, 3));
}

#[test]
fn silence_and_refusal() {
    let (device, server) = running("@1=silent-after");
    let mut stream = Plain::connect(server.addr()).unwrap();
    write!(stream, "GET /x HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    while device.0.load(Ordering::SeqCst) == 0 {
        std::thread::yield_now();
    }
    drop(stream);
    server.set_faults(Faults::parse("@2-9=refuse").unwrap());
    let mut kept = Plain::connect(server.addr()).unwrap();
    assert!(ask(&server, "").contains("2 /x"));
    assert!(Plain::connect(server.addr()).is_err());
    // A connection from before ends without an answer.
    let _ = write!(kept, "GET /x HTTP/1.1\r\nhost: a\r\n\r\n");
    let mut text = Vec::new();
    let _ = kept.read_to_end(&mut text);
    assert!(text.is_empty());
    server.set_faults(Faults::none());
    assert!(ask(&server, "").contains("3 /x"));
    server.set_faults(Faults::parse("@1-9=refuse").unwrap());
    assert!(Plain::connect(server.addr()).is_err());
    server.set_faults(Faults::none());
    assert!(ask(&server, "").contains("4 /x"));
}

#[test]
fn stops() {
    let (_, server) = running("");
    let addr = server.addr();
    server.stop();
    assert!(Plain::connect(addr).is_err());
}
