use super::*;

fn attempt(array: &Practice, user: &str, password: &str, scope: &str) -> i64 {
    let body = json!({"username": user, "password": password, "scope": scope});
    code(&parsed(&raw(
        array,
        "POST",
        "/deviceManager/rest/xxxxx/sessions",
        &body,
    )))
}

#[test]
fn wrong_passwords_lock_the_account() {
    for (seed, wrong, locked) in [
        (Seed::v3(), codes::WRONG_PASSWORD_V3, codes::LOCKED_V3),
        (Seed::v6(), codes::WRONG_PASSWORD_V6, codes::LOCKED_V6),
    ] {
        let array = Practice::in_memory(&seed);
        for _ in 0..2 {
            assert_eq!(attempt(&array, Seed::USER, "nope", "0"), wrong);
        }
        assert_eq!(
            attempt(&array, Seed::USER, Seed::PASSWORD, "0"),
            0,
            "a good one resets"
        );
        for _ in 0..3 {
            assert_eq!(attempt(&array, Seed::USER, "nope", "0"), wrong);
        }
        assert_eq!(attempt(&array, Seed::USER, Seed::PASSWORD, "0"), locked);
        assert_eq!(attempt(&array, "nobody", "x", "0"), wrong);
    }
}

#[test]
fn account_states_scopes_and_limits() {
    let array = Practice::in_memory(&Seed::v6());
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "1"),
        codes::WRONG_PASSWORD_V6
    );
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "2"),
        codes::PARAMETER
    );
    array.set_users(|users| users[0].lock = Lock::Idle);
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "0"),
        codes::LOCKED_IDLE
    );
    array.set_users(|users| (users[0].lock, users[0].may_use_rest) = (Lock::Open, false));
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "0"),
        codes::LOGIN_METHOD
    );
    array.set_users(|users| users[0].may_use_rest = true);
    array.set_options(|o| o.ip_locked = true);
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "0"),
        codes::IP_LOCKED
    );
    array.set_options(|o| (o.ip_locked, o.max_sessions) = (false, 2));
    assert_eq!(attempt(&array, Seed::USER, Seed::PASSWORD, "0"), 0);
    assert_eq!(attempt(&array, Seed::USER, Seed::PASSWORD, "0"), 0);
    assert_eq!(
        attempt(&array, Seed::USER, Seed::PASSWORD, "0"),
        codes::TOO_MANY_SESSIONS
    );
    assert_eq!(array.open_sessions(), 2);
}

#[test]
fn an_expired_password_only_lets_log_out() {
    let array = Practice::in_memory(&Seed::v3());
    array.set_users(|users| users[0].state = 3);
    let client = Client::login(&array);
    assert_eq!(
        client.code("GET", "/system/", Value::Null),
        codes::NO_PERMISSION
    );
    assert_eq!(client.code("DELETE", "/sessions", Value::Null), 0);
    assert_eq!(array.open_sessions(), 0);
}

#[test]
fn every_call_needs_cookie_token_and_device_id() {
    let array = Practice::in_memory(&Seed::v3());
    let mut client = Client::login(&array);
    assert_eq!(client.code("GET", "/system/", Value::Null), 0);
    assert_eq!(
        client.get("/system/")["data"]["PRODUCTVERSION"],
        "V300R006C50"
    );
    let target = format!("/deviceManager/rest/{}/lun", client.device);
    let (token, cookie) = (client.token.as_str(), client.cookie.as_str());
    for headers in [
        vec![],
        vec![("ibasetoken", token)],
        vec![("cookie", cookie)],
        vec![("ibasetoken", token), ("cookie", "session=ismsession=0")],
    ] {
        let value = parsed(&send(&array, "GET", &target, &Value::Null, &headers));
        assert_eq!(code(&value), codes::NOT_LOGGED_IN);
    }
    let device = std::mem::replace(&mut client.device, "xx".to_owned());
    assert_eq!(
        client.code("GET", "/lun", Value::Null),
        codes::NOT_LOGGED_IN
    );
    client.device = device;
    array.expire_sessions();
    assert_eq!(
        client.code("GET", "/lun", Value::Null),
        codes::NOT_LOGGED_IN
    );
}

#[test]
fn a_reader_may_not_change() {
    let array = Practice::in_memory(&Seed::v3());
    array.set_users(|users| users[0].may_change = false);
    let client = Client::login(&array);
    assert_eq!(client.code("GET", "/host", Value::Null), 0);
    let body = json!({"TYPE": "14", "NAME": "g"});
    assert_eq!(
        client.code("POST", "/hostgroup", body),
        codes::NO_PERMISSION
    );
}
