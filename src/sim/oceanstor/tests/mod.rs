//! The practice array is asked over its own wire format here, mostly without a socket.

mod flow;
mod login;
mod paging;
mod rules;
mod seed_trace;
mod wire;

use serde_json::{Value, json};

use super::*;
use crate::sim::server::{Device as _, Reply, Request};

pub(super) const IQN: &str = "iqn.1994-05.com.redhat:9aaffb4dfd4f";

/// A logged-in client that speaks to the array directly.
pub(super) struct Client<'a> {
    pub(super) array: &'a Practice,
    pub(super) token: String,
    pub(super) cookie: String,
    pub(super) device: String,
}

pub(super) fn raw(array: &Practice, method: &str, target: &str, body: &Value) -> Reply {
    send(array, method, target, body, &[])
}

pub(super) fn send(
    array: &Practice,
    method: &str,
    target: &str,
    body: &Value,
    headers: &[(&str, &str)],
) -> Reply {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let body = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    array.handle(&Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.replace(' ', "%20"),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body,
    })
}

pub(super) fn code(value: &Value) -> i64 {
    value["error"]["code"].as_i64().unwrap()
}

pub(super) fn parsed(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|_| json!({"http": reply.status}))
}

impl<'a> Client<'a> {
    pub(super) fn login(array: &'a Practice) -> Self {
        let body = json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"});
        let reply = raw(array, "POST", "/deviceManager/rest/xx/sessions", &body);
        let value = parsed(&reply);
        assert_eq!(code(&value), 0, "{value}");
        let cookie = &reply
            .headers
            .iter()
            .find(|(n, _)| n == "set-cookie")
            .unwrap()
            .1;
        Self {
            array,
            token: value["data"]["iBaseToken"].as_str().unwrap().to_owned(),
            cookie: cookie.split(';').next().unwrap().to_owned(),
            device: value["data"]["deviceid"].as_str().unwrap().to_owned(),
        }
    }

    pub(super) fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let target = format!("/deviceManager/rest/{}{path}", self.device);
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("ibasetoken", self.token.as_str()),
        ];
        parsed(&send(self.array, method, &target, body, &headers))
    }

    pub(super) fn get(&self, path: &str) -> Value {
        self.call("GET", path, &Value::Null)
    }

    pub(super) fn list(&self, path: &str) -> Vec<Value> {
        let value = self.get(path);
        assert_eq!(code(&value), 0, "{path}: {value}");
        value
            .get("data")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn post(&self, path: &str, body: Value) -> Value {
        self.call("POST", path, &body)
    }

    pub(super) fn put(&self, path: &str, body: Value) -> Value {
        self.call("PUT", path, &body)
    }

    pub(super) fn delete(&self, path: &str) -> Value {
        self.call("DELETE", path, &Value::Null)
    }

    /// The code of a request.
    pub(super) fn code(&self, method: &str, path: &str, body: Value) -> i64 {
        let value = self.call(method, path, &body);
        value["error"]["code"]
            .as_i64()
            .unwrap_or_else(|| value["http"].as_i64().unwrap())
    }
}

/// Attaches as the seed does, by raw requests; gives the ids of host, groups and view.
pub(super) fn attach(client: &Client<'_>, lun: u64) -> (String, String, String, String) {
    let id = |value: Value| -> String {
        assert_eq!(code(&value), 0, "{value}");
        value["data"]["ID"].as_str().unwrap().to_owned()
    };
    let ok = |value: Value| {
        assert_eq!(
            value,
            json!({"data": {}, "error": {"code": 0, "description": "0"}})
        );
    };
    let host = id(client.post(
        "/host",
        json!({"TYPE": "21", "NAME": "node1", "OPERATIONSYSTEM": "0", "DESCRIPTION": "node1"}),
    ));
    client.post(
        "/iscsi_initiator",
        json!({"TYPE": "222", "ID": IQN, "USECHAP": "false"}),
    );
    ok(client.put(
        &format!("/iscsi_initiator/{IQN}"),
        json!({"TYPE": "222", "ID": IQN, "PARENTTYPE": "21", "PARENTID": host, "USECHAP": "false"}),
    ));
    let name = |kind: &str| format!("OpenStack_{kind}_{host}");
    let hg = id(client.post(
        "/hostgroup",
        json!({"TYPE": "14", "NAME": name("HostGroup")}),
    ));
    ok(client.post(
        "/hostgroup/associate",
        json!({"TYPE": "14", "ID": hg, "ASSOCIATEOBJTYPE": "21", "ASSOCIATEOBJID": host}),
    ));
    let lg = id(client.post(
        "/lungroup",
        json!({"NAME": name("LunGroup"), "DESCRIPTION": "", "APPTYPE": "0", "GROUPTYPE": "0"}),
    ));
    ok(client.post(
        "/lungroup/associate",
        json!({"ID": lg, "ASSOCIATEOBJTYPE": "11", "ASSOCIATEOBJID": lun.to_string()}),
    ));
    let view = id(client.post(
        "/mappingview",
        json!({"TYPE": "245", "NAME": name("Mapping_View")}),
    ));
    for (kind, group) in [("14", &hg), ("256", &lg)] {
        ok(client.put(
            "/MAPPINGVIEW/CREATE_ASSOCIATE",
            json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": kind, "ASSOCIATEOBJID": group}),
        ));
    }
    (host, hg, lg, view)
}
