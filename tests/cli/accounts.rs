//! Logins that fail: tried once, said in words, nothing left open.

use sanctl::sim::oceanstor::{Lock, Seed};

use crate::place::golden;
use crate::served::Served;

/// A login that the array refuses: exit 6, sent exactly once, no session left.
fn refused(served: &Served, name: &str) {
    served.server.clear_requests();
    let ran = served.place.run("lun list").expect(6);
    assert_eq!(served.count("POST", "/sessions"), 1, "{}", ran.shown());
    assert_eq!(served.array.open_sessions(), 0);
    golden!(format!("login-{name}"), ran.shown());
    let json = served.place.run("lun list -o json").expect(6);
    assert_eq!(json.error()["kind"], "denied");
}

#[test]
fn a_wrong_password() {
    for (name, seed) in [("wrong-v3", Seed::v3()), ("wrong-v6", Seed::v6())] {
        let served = Served::with(seed, "");
        served.place.write("password", "Wrong-canary-1");
        refused(&served, name);
    }
}

#[test]
fn a_locked_account() {
    let served = Served::start();
    served.array.set_users(|users| users[0].lock = Lock::Locked);
    refused(&served, "locked");
}

#[test]
fn an_expired_password() {
    for (name, state) in [("expired", 3), ("initial", 4)] {
        let served = Served::start();
        served.array.set_users(|users| users[0].state = state);
        refused(&served, name);
    }
}

#[test]
fn an_account_that_may_not_use_rest() {
    let served = Served::start();
    served
        .array
        .set_users(|users| users[0].may_use_rest = false);
    refused(&served, "rest");
}

#[test]
fn an_account_that_may_only_read() {
    let served = Served::start();
    served.array.set_users(|users| users[0].may_change = false);
    served.place.ok("lun list");
    let ran = served
        .place
        .run("attach vol-7 --array-only --connector node.json")
        .expect(6);
    golden!("login-read-only", ran.shown());
}

#[test]
fn a_wrong_vstore() {
    let served = Served::with(Seed::v3(), "vstore = \"nowhere\"");
    refused(&served, "vstore");
}
