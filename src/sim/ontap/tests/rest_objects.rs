//! What REST does to LUNs, credentials and reporting nodes, and its jobs.

use super::*;

const LUNS: &str = "/api/storage/luns";
const MAPS: &str = "/api/protocols/san/lun-maps";

#[test]
fn jobs_are_polled() {
    let array = array();
    array.set_options(|o| o.jobs = Jobs::After(1));
    let body = on_svm(json!({"name": "/vol/cinder_a/new", "os_type": "linux", "space.size": GIB}));
    let finish = |target: &str, body: &Value| {
        let (status, value) = rest(&array, "POST", target, body);
        assert_eq!(status, 202, "{value}");
        let uuid = value["job"]["uuid"].as_str().unwrap().to_owned();
        let job = format!("/api/cluster/jobs/{uuid}?fields=state,message,error,code");
        assert_eq!(get(&array, &job)["state"], "running");
        get(&array, &job)
    };
    assert_eq!(finish(LUNS, &body)["state"], "success");
    let failed = finish(LUNS, &body);
    assert_eq!(failed["state"], "failure");
    assert_eq!(failed["error"]["code"], "1254196");
    let (status, _) = rest(&array, "POST", &format!("{LUNS}?return_timeout=15"), &body);
    assert_eq!(status, 409);
}

#[test]
fn credentials_by_resource() {
    const PATH: &str = "/api/protocols/san/iscsi/credentials";
    let array = array();
    let chap = |user: &str, password: &str| {
        on_svm(json!({"initiator": IQN, "authentication_type": "chap",
            "chap": {"inbound": {"user": user, "password": password}}}))
    };
    assert_eq!(code(&array, "POST", PATH, chap("u", "")), "5374150");
    assert_eq!(code(&array, "POST", PATH, chap("u", "secretsecret")), "");
    assert_eq!(
        code(&array, "POST", PATH, chap("u", "secretsecret")),
        "5374142"
    );
    let found = get(
        &array,
        &format!("{PATH}?svm.name=svm_gold&initiator={IQN}&fields=*"),
    );
    assert_eq!(
        found["records"][0]["chap"],
        json!({"inbound": {"user": "u"}})
    );
    let svm = found["records"][0]["svm"]["uuid"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = format!("{PATH}/{svm}/{IQN}");
    let patch = json!({"chap": {"inbound": {"user": "v", "password": "another"}}});
    assert_eq!(code(&array, "PATCH", &one, patch), "");
    assert_eq!(
        array.chap_of(IQN),
        Some(("v".to_owned(), "another".to_owned()))
    );
    assert_eq!(code(&array, "DELETE", &one, Value::Null), "");
    assert_eq!(code(&array, "DELETE", &one, Value::Null), "5374895");
    assert_eq!(
        code(
            &array,
            "DELETE",
            &format!("{PATH}/{svm}/default"),
            Value::Null
        ),
        "5374148"
    );
}

#[test]
fn luns_are_made_changed_and_deleted() {
    let array = array();
    let body =
        on_svm(json!({"name": "/vol/cinder_b/new", "os_type": "linux", "space": {"size": GIB}}));
    let lun = made(&array, LUNS, body.clone());
    assert_eq!(lun["location"]["node"]["name"], "ams-01b");
    assert_eq!(code(&array, "POST", LUNS, body), "1254196");
    let one = format!("{LUNS}/{}", lun["uuid"].as_str().unwrap());
    let patch = |body: Value| code(&array, "PATCH", &one, body);
    assert_eq!(patch(json!({"space.size": 2 * GIB})), "");
    assert_eq!(patch(json!({"space.size": 2 * GIB})), "1254226");
    assert_eq!(patch(json!({"enabled": false})), "");
    assert_eq!(
        patch(json!({"enabled": false})),
        "",
        "what is so already is no error"
    );
    let shown = get(
        &array,
        &format!("{one}?fields=enabled,status.state,space.size"),
    );
    assert_eq!(
        (&shown["enabled"], &shown["status"]["state"]),
        (&json!(false), &json!("offline"))
    );
    array.add_igroup("g", "iscsi", &[IQN]);
    array.map("/vol/cinder_b/new", "g", None).unwrap();
    assert_eq!(code(&array, "DELETE", &one, Value::Null), "1999000101");
    assert_eq!(
        code(
            &array,
            "DELETE",
            &format!("{one}?allow_delete_while_mapped=true"),
            Value::Null
        ),
        ""
    );
    let by_name = format!("{LUNS}/?name={B}&svm=svm_gold");
    assert_eq!(
        code(
            &array,
            "PATCH",
            &by_name,
            json!({"name": B, "space.size": GIB})
        ),
        ""
    );
    assert_eq!(code(&array, "DELETE", &by_name, Value::Null), "");
    assert_eq!(code(&array, "DELETE", &by_name, Value::Null), "4");
    assert_eq!(
        code(&array, "DELETE", LUNS, Value::Null),
        "3",
        "never the whole table"
    );
    let missing = on_svm(json!({"name": "/vol/none/new", "os_type": "linux", "space.size": GIB}));
    assert_eq!(code(&array, "POST", LUNS, missing), "918235");
}

#[test]
fn reporting_nodes_come_and_go_in_pairs() {
    let array = array();
    array.add_pair("ams-02a", "ams-02b");
    igroup(&array);
    let map = made(&array, MAPS, map_body(A));
    let part = |of: &str| map[of]["uuid"].as_str().unwrap().to_owned();
    let nodes = format!("{MAPS}/{}/{}/reporting-nodes", part("lun"), part("igroup"));
    let names = || {
        let found = get(&array, &format!("{nodes}?fields=name"));
        found["records"].as_array().unwrap().len()
    };
    assert_eq!(names(), 2);
    assert_eq!(code(&array, "POST", &nodes, json!({"name": "ams-02b"})), "");
    assert_eq!(names(), 4);
    let all = get(&array, "/api/cluster/nodes?name=ams-01a");
    let uuid = all["records"][0]["uuid"].as_str().unwrap();
    assert_eq!(
        code(&array, "DELETE", &format!("{nodes}/{uuid}"), Value::Null),
        ""
    );
    assert_eq!(names(), 2);
    let all = get(&array, "/api/cluster/nodes?name=ams-02a");
    let uuid = all["records"][0]["uuid"].as_str().unwrap();
    assert_eq!(
        code(&array, "DELETE", &format!("{nodes}/{uuid}"), Value::Null),
        "5374608"
    );
    array.set_version(Version::new(9, 1));
    assert_eq!(code(&array, "GET", &nodes, Value::Null), "3");
}
