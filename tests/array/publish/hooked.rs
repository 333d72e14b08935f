//! Somebody else at the same array: requests past the tool, at a chosen moment.

use std::sync::{Arc, Mutex};

use sanctl::sim::oceanstor::{Practice, Seed};
use sanctl::sim::server::{Device, Reply, Request};
use serde_json::{Value, json};

type Act = Box<dyn FnOnce(&Practice) + Send>;
type Twist = Box<dyn Fn(&Request, &str, &mut Reply) + Send>;
type Bend = Box<dyn Fn(&mut Request) + Send>;

/// The array, and what somebody else does to it right before a certain request arrives.
pub(crate) struct Hooked {
    pub(crate) array: Arc<Practice>,
    pub(crate) hook: Mutex<Option<(&'static str, String, Act)>>,
    /// Makes of every reply what another array would have said; it is given the route.
    pub(crate) twist: Mutex<Option<Twist>>,
    /// Makes of every request what another array would have understood.
    pub(crate) bend: Mutex<Option<Bend>>,
}

impl Device for Hooked {
    fn handle(&self, request: &Request) -> Reply {
        let route = self.array.route(&request.path);
        let mut hook = self.hook.lock().unwrap();
        if hook
            .as_ref()
            .is_some_and(|(m, r, _)| *m == request.method && r == route)
        {
            let (_, _, act) = hook.take().unwrap();
            act(&self.array);
        }
        drop(hook);
        let mut understood = request.clone();
        if let Some(bend) = self.bend.lock().unwrap().as_ref() {
            bend(&mut understood);
        }
        let mut reply = self.array.handle(&understood);
        if let Some(twist) = self.twist.lock().unwrap().as_ref() {
            twist(request, self.array.route(&request.path), &mut reply);
        }
        reply
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        self.array.code_of(reply)
    }
}

/// A request as some administrator would send it, past the tool.
pub(crate) fn call(array: &Practice, method: &str, path: &str, body: &Value) -> Value {
    let send = |method: &str, path: &str, headers: Vec<(String, String)>, body: &Value| {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let reply = array.handle(&Request {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        });
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (value, reply.headers)
    };
    let login = json!({"username": Seed::USER, "password": Seed::PASSWORD, "scope": "0"});
    let (value, headers) = send("POST", "/deviceManager/rest/xx/sessions", vec![], &login);
    let token = value["data"]["iBaseToken"].as_str().unwrap().to_owned();
    let cookie = headers
        .iter()
        .find(|(n, _)| n.eq_ignore_ascii_case("set-cookie"))
        .unwrap();
    let cookie = cookie.1.split(';').next().unwrap().to_owned();
    let headers = vec![
        ("ibasetoken".to_owned(), token),
        ("cookie".to_owned(), cookie),
    ];
    let base = format!("/deviceManager/rest/{}", array.serial());
    let (value, _) = send(method, &format!("{base}{path}"), headers.clone(), body);
    send("DELETE", &format!("{base}/sessions"), headers, &Value::Null);
    assert_eq!(value["error"]["code"], 0, "{method} {path} {body}: {value}");
    value
}
