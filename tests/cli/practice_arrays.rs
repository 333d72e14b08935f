//! `sim serve`: the arrays as other programs meet them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::place::Place;

/// `admin:Netapp1!`
const AUTH: &str = "Basic YWRtaW46TmV0YXBwMSE=";

/// A process that serves, until it is dropped.
struct Serving {
    child: Child,
    said: Value,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serving(place: &Place, line: &str) -> Serving {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sanctl"))
        .args(line.split_whitespace())
        .args(["-o", "jsonl"])
        .env_clear()
        .env("SANCTL_STATE_DIR", place.state())
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    let said = serde_json::from_str(&first).unwrap();
    Serving { child, said }
}

impl Serving {
    fn ask(&self, method: &str, target: &str, kind: &str, body: &str) -> String {
        let url = self.said["url"].as_str().unwrap();
        let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        write!(
            stream,
            "{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
             Authorization: {AUTH}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        String::from_utf8(text).unwrap()
    }

    fn zapi(&self, call: &str) -> String {
        let path = "/servlets/netapp.servlets.admin.XMLrequest_filer";
        let body = format!(
            "<netapp xmlns=\"http://www.netapp.com/filer/admin\" version=\"1.21\" \
             vfiler=\"svm_gold\">{call}</netapp>"
        );
        self.ask("POST", path, "text/xml", &body)
    }

    fn rest(&self, target: &str) -> Value {
        let text = self.ask("GET", target, "application/json", "");
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or(Value::Null)
    }
}

#[test]
fn ontap_speaks_both_languages_and_keeps_its_state() {
    let place = Place::new();
    let array = serving(&place, "sim serve ontap --state array.json");
    assert_eq!(array.said["user"], "admin");
    let cluster = array.rest("/api/cluster?fields=uuid,version");
    assert_eq!(cluster["uuid"], array.said["serial"]);
    let luns = array.rest("/api/storage/luns?return_records=false");
    assert_eq!(luns["num_records"], 10);
    let map = array.zapi(
        "<lun-map><path>/vol/cinder_a/vol-1</path>\
         <initiator-group>web_cluster</initiator-group></lun-map>",
    );
    assert!(
        map.contains("<lun-id-assigned>1</lun-id-assigned>"),
        "{map}"
    );
    let busy = place.run("sim serve ontap --state array.json").expect(7);
    assert!(
        busy.err.contains("served by another process"),
        "{}",
        busy.err
    );
    drop(array);
    let line = "sim serve ontap --state array.json --zapi closed --lun /vol/new/l=64M";
    let array = serving(&place, line);
    let maps = array.rest("/api/protocols/san/lun-maps?lun.name=/vol/cinder_a/vol-1");
    assert_eq!(maps["num_records"], 1);
    let luns = array.rest("/api/storage/luns?return_records=false");
    assert_eq!(luns["num_records"], 11);
    assert_eq!(array.zapi("<lun-get-iter/>"), "", "the connection closes");
}

#[test]
fn ontap_is_as_its_arguments_say() {
    let place = Place::new();
    let line = "sim serve ontap --release 9.9.1 --svm stopped --page 3 --luns 5 --hosts 2 \
                --jobs 1 --fault *#every=nothing";
    let refused = place.run(line).expect(2);
    assert!(refused.err.contains("--fault"), "{}", refused.err);
    let array = serving(&place, line.split(" --fault").next().unwrap());
    let cluster = array.rest("/api/cluster?fields=version");
    assert_eq!(cluster["version"]["minor"], 1);
    assert_eq!(cluster["version"]["major"], 9);
    let svm = array.rest("/api/svm/svms?fields=state");
    assert_eq!(svm["records"][0]["state"], "stopped");
    let page = array.rest("/api/storage/luns");
    assert_eq!(page["num_records"], 3);
    let all = array.rest("/api/storage/luns?return_records=false");
    assert_eq!(all["num_records"], 17);
    let old = serving(&place, "sim serve ontap --rest not-found");
    assert_eq!(old.rest("/api/cluster"), Value::Null);
    assert!(old.zapi("<iscsi-node-get-name/>").contains("passed"));
}
