//! The practice array is asked over its own wire formats here, mostly without a socket.

mod lists;
mod rest_calls;
mod rest_objects;
mod rules;
mod seen;
mod wire;
mod zapi_calls;

use serde_json::{Value, json};

use super::*;
use crate::sim::server::{Device as _, Reply, Request};

pub(super) const IQN: &str = "iqn.1994-05.com.redhat:c001";
pub(super) const OTHER: &str = "iqn.1994-05.com.redhat:c002";
pub(super) const WWPN: &str = "21:00:00:24:ff:43:48:58";
pub(super) const A: &str = "/vol/cinder_a/volume-a";
pub(super) const B: &str = "/vol/cinder_a/volume-b";
const GIB: u64 = 1 << 30;

/// Two LUNs on the first node.
pub(super) fn array() -> Practice {
    let array = Practice::in_memory(&Seed::gold());
    array.add_lun(A, GIB);
    array.add_lun(B, 2 * GIB);
    array
}

/// `Basic …` of the cluster's administrator, and of the SVM's.
pub(super) const CLUSTER: &str = "Basic YWRtaW46TmV0YXBwMSE=";
pub(super) const VSADMIN: &str = "Basic dnNhZG1pbjpOZXRhcHAxIQ==";

pub(super) fn request(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: impl Into<Vec<u8>>,
) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: body.into(),
    }
}

pub(super) const ZAPI: &str = "/servlets/netapp.servlets.admin.XMLrequest_filer";

pub(super) fn envelope(attributes: &str, call: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<netapp \
         xmlns=\"http://www.netapp.com/filer/admin\" {attributes}>{call}</netapp>"
    )
}

pub(super) fn post(array: &Practice, auth: &str, body: &str) -> Reply {
    let headers = [("authorization", auth), ("content-type", "text/xml")];
    array.handle(&request("POST", ZAPI, &headers, body))
}

/// The results of a call tunnelled to the first SVM: what stands behind the head.
pub(super) fn zapi(array: &Practice, call: &str) -> String {
    let body = envelope("version=\"1.21\" vfiler=\"svm_gold\"", call);
    let reply = post(array, CLUSTER, &body);
    let text = String::from_utf8(reply.body).unwrap();
    assert_eq!(reply.status, 200, "{text}");
    let at = text.find("<results").unwrap();
    let inner = text.get(at..).unwrap();
    inner.trim_end_matches("</netapp>").to_owned()
}

/// The `errno` of such a call; empty when it passed.
pub(super) fn errno(array: &Practice, call: &str) -> String {
    let text = zapi(array, call);
    match text.split_once("errno=\"") {
        Some((_, rest)) => rest.split('"').next().unwrap().to_owned(),
        None => {
            assert!(text.contains("status=\"passed\""), "{text}");
            String::new()
        }
    }
}

/// Status and value of a REST call by the cluster's administrator.
pub(super) fn rest(array: &Practice, method: &str, target: &str, body: &Value) -> (u16, Value) {
    rest_as(array, CLUSTER, method, target, body)
}

pub(super) fn rest_as(
    array: &Practice,
    auth: &str,
    method: &str,
    target: &str,
    body: &Value,
) -> (u16, Value) {
    let headers = [
        ("authorization", auth),
        ("content-type", "application/json"),
        ("accept", "application/json"),
    ];
    let body = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    let reply = array.handle(&request(method, target, &headers, body));
    let value = serde_json::from_slice(&reply.body);
    (reply.status, value.unwrap_or(Value::Null))
}

pub(super) fn get(array: &Practice, target: &str) -> Value {
    let (status, value) = rest(array, "GET", target, &Value::Null);
    assert_eq!(status, 200, "{target}: {value}");
    value
}

/// The code of a REST call; empty when it passed.
pub(super) fn code(array: &Practice, method: &str, target: &str, body: Value) -> String {
    let (_, value) = rest(array, method, target, &body);
    let code = value.pointer("/error/code").and_then(Value::as_str);
    code.unwrap_or_default().to_owned()
}

/// `svm.name` of a body.
pub(super) fn on_svm(mut body: Value) -> Value {
    body["svm"] = json!({"name": "svm_gold"});
    body
}

/// What was made, by REST.
pub(super) fn made(array: &Practice, target: &str, body: Value) -> Value {
    let (status, value) = rest(
        array,
        "POST",
        &format!("{target}?return_records=true"),
        &body,
    );
    assert_eq!(status, 201, "{value}");
    value["records"][0].clone()
}

pub(super) fn igroup(array: &Practice) -> Value {
    made(
        array,
        "/api/protocols/san/igroups",
        on_svm(
            json!({"name": "openstack-9f", "protocol": "iscsi", "os_type": "linux",
            "initiators": [{"name": IQN}]}),
        ),
    )
}

pub(super) fn map_body(path: &str) -> Value {
    on_svm(json!({"lun": {"name": path}, "igroup": {"name": "openstack-9f"}}))
}
