//! What the scripted server says as an OceanStor.

use serde_json::{Value, json};

pub(super) use crate::array::http::script::{Act, Script, Seen};

/// The resource of a request.
pub(super) trait Resource {
    /// What follows the device id, query included.
    fn resource(&self) -> &str;
}

impl Resource for Seen {
    fn resource(&self) -> &str {
        let rest = self
            .path
            .strip_prefix("/deviceManager/rest/")
            .unwrap_or(&self.path);
        rest.find('/').map_or("", |at| &rest[at..])
    }
}

/// How often something was asked.
pub(super) trait Count {
    /// The number of requests of this method for this resource.
    fn count(&self, method: &str, resource: &str) -> usize;
}

impl Count for Script {
    fn count(&self, method: &str, resource: &str) -> usize {
        self.seen()
            .iter()
            .filter(|s| s.method == method && s.resource() == resource)
            .count()
    }
}

pub(super) fn ok(data: Value) -> Act {
    Act::json(json!({"data": data, "error": {"code": 0, "description": "0"}}))
}

/// The answer to the `n`-th login, with its own token and cookie.
pub(super) fn login_reply(n: usize, state: u32) -> Act {
    let body = json!({"data": {"accountstate": state, "deviceid": "2102350BSJ10G9000007",
        "iBaseToken": format!("token-{n}"), "level": 2, "roleId": "1", "username": "admin"},
        "error": {"code": 0, "description": "0"}});
    let cookie = format!("Set-Cookie: session=ismsession={n}; path=/; Secure; HttpOnly\r\n");
    Act::Reply(200, cookie, body.to_string())
}
