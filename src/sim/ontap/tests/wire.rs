//! Envelopes, accounts, looks of the answers, interfaces that are switched off, faults, files.

use super::*;
use crate::sim::faults::Faults;
use crate::sim::server::Server;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

const VERSION: &str = "<system-get-ontapi-version/>";

fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

#[test]
fn the_head_is_as_real_arrays_write_it() {
    let array = array();
    let body = envelope("version=\"1.21\"", VERSION);
    let reply = post(&array, CLUSTER, &body);
    let whole = text(&reply);
    let head = "<?xml version='1.0' encoding='UTF-8' ?>\n\
                <!DOCTYPE netapp SYSTEM 'file:/etc/netapp_gx.dtd'>\n\
                <netapp version='1.241' xmlns='http://www.netapp.com/filer/admin'>\
                <results status=\"passed\"><major-version>1</major-version>";
    assert!(whole.starts_with(head), "{whole}");
    array.set_options(|o| (o.quotes, o.lines) = (Quotes::Double, Lines::CrLf));
    let whole = text(&post(&array, CLUSTER, &body));
    assert!(
        !whole.contains('\'') && whole.contains("<results status=\"passed\">\r\n"),
        "{whole}"
    );
}

#[test]
fn requests_that_are_none() {
    let array = array();
    let wrong = |body: &str| text(&post(&array, CLUSTER, body));
    assert!(wrong("<netapp").contains("errno=\"13001\""));
    assert!(wrong("<other/>").contains("13001"));
    assert!(wrong("<netapp version='1.21'><lun-get-iter/></netapp>").contains("13001"));
    assert!(wrong(&envelope("version=\"1.21\"", "")).contains("exactly one"));
    assert!(wrong(&envelope("version=\"1.21\"", &VERSION.repeat(2))).contains("exactly one"));
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><netapp>&a;</netapp>";
    assert!(wrong(bomb).contains("unknown entity"));
    let headers = [
        ("authorization", CLUSTER),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        array.handle(&request("POST", ZAPI, &headers, "{}")).status,
        415
    );
    assert_eq!(
        array.handle(&request("GET", ZAPI, &headers, "")).status,
        405
    );
    assert_eq!(array.handle(&request("GET", "/", &headers, "")).status, 404);
}

#[test]
fn accounts_are_checked_on_both_wires() {
    let array = array();
    let wrong = "Basic YWRtaW46d3Jvbmc=";
    let reply = post(&array, wrong, &envelope("version=\"1.21\"", VERSION));
    assert_eq!(reply.status, 401);
    assert!(text(&reply).contains("<HTML>"));
    let (status, value) = rest_as(&array, wrong, "GET", "/api/cluster", &Value::Null);
    assert_eq!(
        (status, value["error"]["code"].as_str()),
        (401, Some("6691623"))
    );
    array.set_accounts(|all| all.iter_mut().for_each(|a| a.ontapi = false));
    assert_eq!(
        post(&array, CLUSTER, &envelope("version=\"1.21\"", VERSION)).status,
        401
    );
    assert_eq!(rest(&array, "GET", "/api/cluster", &Value::Null).0, 200);
}

#[test]
fn interfaces_that_are_switched_off() {
    let array = array();
    let ask = || post(&array, CLUSTER, &envelope("version=\"1.21\"", VERSION));
    for (way, status) in [
        (Ontapi::Html, 200),
        (Ontapi::NotFound, 404),
        (Ontapi::Unavailable, 503),
        (Ontapi::Closed, 0),
    ] {
        array.set_options(|o| o.ontapi = way);
        let reply = ask();
        assert_eq!(reply.status, status);
        assert!(!text(&reply).contains("<netapp"));
    }
    array.set_options(|o| o.ontapi = Ontapi::UnknownCalls);
    assert!(text(&ask()).contains("13005"));
    array.set_version(Version::new(5, 0));
    let (status, value) = rest(&array, "GET", "/api/cluster", &Value::Null);
    assert_eq!((status, value), (404, Value::Null), "older than REST");
}

#[test]
fn other_sorts_of_arrays() {
    let array = array();
    let call = envelope("version=\"1.21\"", "<system-get-version/>");
    let ask = || text(&post(&array, CLUSTER, &call));
    assert!(ask().contains("<is-clustered>true<") && ask().contains("NetApp Release 9.14.1:"));
    array.set_options(|o| o.clustered = false);
    assert!(ask().contains("<is-clustered>false<"));
    array.set_version(Version::new(16, 1));
    let kind = "/api/cluster?fields=disaggregated,san_optimized";
    assert_eq!(get(&array, kind)["disaggregated"], false);
    array.set_disaggregated(true);
    assert_eq!(get(&array, kind)["disaggregated"], true);
    assert!(!ask().contains("<netapp"));
}

#[test]
fn links_come_with_hal_only() {
    let array = array();
    let ask = |accept: Option<&str>| {
        let mut headers = vec![("authorization", CLUSTER)];
        headers.extend(accept.map(|a| ("accept", a)));
        let target = "/api/storage/luns?max_records=1";
        let reply = array.handle(&request("GET", target, &headers, ""));
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (
            value.pointer("/records/0/_links/self/href").is_some(),
            value.pointer("/_links/next/href").is_some(),
        )
    };
    assert_eq!(ask(Some("application/hal+json")), (true, true));
    assert_eq!(ask(None), (true, true));
    assert_eq!(ask(Some("*/*")), (true, true));
    assert_eq!(ask(Some("application/json")), (false, true));
}

fn serve(array: &Arc<Practice>, faults: &str) -> Server {
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    Server::start(Arc::clone(array) as _, bind, Faults::parse(faults).unwrap()).unwrap()
}

fn send(server: &Server, method: &str, target: &str, kind: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: {CLUSTER}\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn call(server: &Server, call: &str) -> String {
    let body = envelope("version=\"1.21\" vfiler=\"svm_gold\"", call);
    send(server, "POST", ZAPI, "text/xml", &body)
}

#[test]
fn faults_name_calls_and_resources() {
    let array = Arc::new(array());
    array.add_igroup("g", "iscsi", &[IQN]);
    let server = serve(
        &array,
        "POST /zapi/lun-map=drop-before; POST /zapi/lun-map#2=drop-after; \
         POST /zapi/lun-unmap=busy; POST /zapi/lun-unmap#2=code:takeover; \
         POST /zapi/lun-unmap#3=code-after:13011; POST /protocols/san/lun-maps=code:takeover; \
         POST /protocols/san/lun-maps#2=http:503; GET /storage/luns=garbage; \
         GET /storage/luns#2=expire; POST /zapi/lun-get-iter=garbage; \
         POST /zapi/lun-get-iter#2=truncated",
    );
    let pair = format!("<path>{A}</path><initiator-group>g</initiator-group>");
    let map = format!("<lun-map>{pair}</lun-map>");
    assert_eq!(call(&server, &map), "");
    assert!(array.maps_of(A).is_empty());
    assert_eq!(call(&server, &map), "");
    assert_eq!(array.maps_of(A).len(), 1);
    let unmap = format!("<lun-unmap>{pair}</lun-unmap>");
    assert!(call(&server, &unmap).contains("errno=\"13158\""));
    assert!(call(&server, &unmap).contains("errno=\"9132\""));
    assert_eq!(array.maps_of(A).len(), 1);
    assert!(call(&server, &unmap).contains("errno=\"13011\""));
    assert!(array.maps_of(A).is_empty());
    let body = on_svm(json!({"lun.name": A, "igroup.name": "g"})).to_string();
    let post = || {
        send(
            &server,
            "POST",
            "/api//protocols/san/lun-maps",
            "application/json",
            &body,
        )
    };
    assert!(post().contains("\"1254316\""));
    assert!(post().starts_with("HTTP/1.1 503"));
    assert!(array.maps_of(A).is_empty());
    assert!(post().starts_with("HTTP/1.1 201"));
    let luns = || send(&server, "GET", "/api/storage/luns", "application/json", "");
    assert!(luns().contains("{\"records\":[{\"uuid\""));
    assert!(luns().starts_with("HTTP/1.1 401"));
    let page = call(&server, "<lun-get-iter/>");
    assert!(
        page.contains("<netapp>") && !page.contains("</netapp>"),
        "{page}"
    );
    let page = call(&server, "<lun-get-iter/>");
    assert!(
        page.contains("<netapp ") && !page.contains("</netapp>"),
        "{page}"
    );
    let seen = server.requests();
    assert_eq!(seen[0].route, "/zapi/lun-map");
    assert_eq!(seen[3].code, Some(9132));
    assert_eq!(seen[5].route, "/protocols/san/lun-maps");
    assert_eq!(seen[5].code, Some(1_254_316));
}

#[test]
fn secrets_do_not_come_into_the_record() {
    let array = Arc::new(array());
    let server = serve(&array, "");
    call(
        &server,
        &format!(
            "<iscsi-initiator-add-auth><initiator>{IQN}</initiator><auth-type>CHAP</auth-type><user-name>u</user-name><passphrase>hushhush</passphrase></iscsi-initiator-add-auth>"
        ),
    );
    assert!(array.chap_of(IQN).is_some());
    assert!(!format!("{:?}", server.requests()).contains("hushhush"));
}

#[test]
fn answers_may_come_in_chunks() {
    let array = Arc::new(array());
    for n in 0..10 {
        array.add_lun(&format!("/vol/cinder_a/lun-{n}"), GIB);
    }
    array.set_options(|o| o.transfer = Transfer::Chunked);
    let server = serve(&array, "");
    let whole = call(&server, "<lun-get-iter/>");
    let head = whole.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert!(!head.contains("content-length"), "{head}");
    assert!(whole.ends_with("0\r\n\r\n"));
    assert!(
        whole.matches("\r\n3FD\r\n").count() > 2,
        "chunks of 1021 bytes"
    );
}

#[test]
fn a_closed_interface_closes_the_connection() {
    let array = Arc::new(array());
    array.set_options(|o| o.ontapi = Ontapi::Closed);
    let server = serve(&array, "");
    assert_eq!(call(&server, VERSION), "");
}

#[test]
fn a_file_keeps_the_array() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("array.json");
    let array = Practice::open(&path, &Seed::gold()).unwrap();
    array.add_lun(A, GIB);
    array.save().unwrap();
    let group = on_svm(json!({"name": "g", "os_type": "linux", "initiators": [{"name": IQN}]}));
    assert_eq!(
        code(&array, "POST", "/api/protocols/san/igroups", group),
        ""
    );
    let map = format!("<lun-map><path>{A}</path><initiator-group>g</initiator-group></lun-map>");
    assert_eq!(errno(&array, &map), "");
    let before = array.dump();
    drop(array);
    let again = Practice::open(&path, &Seed::of(Version::new(6, 0))).unwrap();
    assert_eq!(again.dump(), before);
    assert_eq!(again.maps_of(A), [("g".to_owned(), 0)]);
}
