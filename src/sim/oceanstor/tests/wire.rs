//! Over the socket: faults did, or did not, carry the request out; files; many keep-alive calls.

use super::*;
use crate::sim::faults::Faults;
use crate::sim::server::Server;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

fn serve(array: &Arc<Practice>, faults: &str) -> Server {
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    Server::start(Arc::clone(array) as _, bind, Faults::parse(faults).unwrap()).unwrap()
}

fn call(server: &Server, client: &Client<'_>, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    write!(
        stream,
        "{method} /deviceManager/rest/{}{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Cookie: {}\r\niBaseToken: {}\r\nContent-Length: {}\r\n\r\n{body}",
        client.device,
        client.cookie,
        client.token,
        body.len()
    )
    .unwrap();
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn drops_before_did_not_apply_and_drops_after_did() {
    let array = Arc::new(Practice::in_memory(&Seed::v3()));
    let server = serve(
        &array,
        "POST /hostgroup#1=drop-before; POST /hostgroup#2=drop-after; POST /lungroup=timeout; \
         POST /lungroup#2=timeout-after; GET /host=expire:1077949069",
    );
    let client = Client::login(&array);
    let body = r#"{"TYPE":"14","NAME":"g"}"#;
    assert_eq!(call(&server, &client, "POST", "/hostgroup", body), "");
    assert!(client.list("/hostgroup").is_empty());
    assert_eq!(call(&server, &client, "POST", "/hostgroup", body), "");
    assert_eq!(client.list("/hostgroup").len(), 1);
    assert!(call(&server, &client, "POST", "/hostgroup", body).contains("1077948993"));
    let body = r#"{"NAME":"l"}"#;
    assert!(call(&server, &client, "POST", "/lungroup", body).contains("1077949001"));
    assert!(client.list("/lungroup").is_empty());
    assert!(call(&server, &client, "POST", "/lungroup", body).contains("1077949001"));
    assert_eq!(client.list("/lungroup").len(), 1);
    assert!(call(&server, &client, "GET", "/host", "").contains("1077949069"));
    assert_eq!(array.open_sessions(), 0);
    assert!(call(&server, &client, "GET", "/system/", "").contains("-401"));
    let seen = server.requests();
    assert_eq!(seen[2].code, Some(codes::NAME_EXISTS));
    assert_eq!(seen[6].route, "/system");
    assert_eq!(seen.len(), 7);
}

#[test]
fn a_file_keeps_the_array() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("array.json");
    let array = Practice::open(&path, &Seed::v6()).unwrap();
    let lun = array.add_lun("vol-1", 1 << 20);
    let (host, ..) = attach(&Client::login(&array), lun);
    let before = array.dump();
    drop(array);
    let again = Practice::open(&path, &Seed::v3()).unwrap();
    assert_eq!(again.dump(), before);
    assert_eq!(again.lun_number(host.parse().unwrap(), lun), Some(1));
    let client = Client::login(&again);
    assert_eq!(
        client.list("/host?filter=NAME::node1").len(),
        1,
        "the name index is made again"
    );
    assert_eq!(
        client.post("/hostgroup", json!({"NAME": "g"}))["data"]["ID"],
        "1"
    );
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test writes its own broken file"
)]
fn a_broken_or_newer_file_is_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("array.json");
    for (text, words) in [
        ("{", "EOF"),
        (
            r#"{"format":"sanctl-practice-oceanstor","version":9,"array":{}}"#,
            "version 9",
        ),
        (
            r#"{"format":"sanctl-practice-oceanstor","version":1,"array":{}}"#,
            "missing field",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = Practice::open(&path, &Seed::v3()).unwrap_err().to_string();
        assert!(
            error.contains(words) && error.contains("array.json"),
            "{error}"
        );
    }
}
