use super::*;

fn refusals(client: &Client<'_>, cases: &[(&str, &str, Value, i64)]) {
    let before = client.array.dump();
    for (method, path, body, wanted) in cases {
        assert_eq!(
            client.code(method, path, body.clone()),
            *wanted,
            "{method} {path} {body}"
        );
    }
    assert_eq!(
        client.array.dump(),
        before,
        "a refused request changes nothing"
    );
}

#[test]
fn the_wrong_order_is_refused() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 30);
    let client = Client::login(&array);
    let (host, hg, lg, view) = attach(&client, lun);
    let none = Value::Null;
    refusals(
        &client,
        &[
            (
                "DELETE",
                &format!("/host/{host}"),
                none.clone(),
                own_codes::HOST_IN_A_GROUP,
            ),
            (
                "DELETE",
                &format!("/hostgroup/{hg}"),
                none.clone(),
                own_codes::GROUP_IN_A_VIEW,
            ),
            (
                "DELETE",
                &format!("/lungroup/{lg}"),
                none.clone(),
                own_codes::GROUP_IN_A_VIEW,
            ),
            (
                "DELETE",
                &format!("/mappingview/{view}"),
                none.clone(),
                own_codes::VIEW_NOT_EMPTY,
            ),
            (
                "DELETE",
                &format!("/iscsi_initiator/{IQN}"),
                none.clone(),
                own_codes::INITIATOR_BOUND,
            ),
        ],
    );
    let body = json!({"TYPE": 245, "ID": view, "ASSOCIATEOBJTYPE": 256, "ASSOCIATEOBJID": lg});
    assert_eq!(
        client.code("PUT", "/mappingview/remove_associate", body.clone()),
        0
    );
    refusals(
        &client,
        &[
            (
                "PUT",
                "/mappingview/remove_associate",
                body,
                codes::LUNGROUP_NOT_IN_VIEW,
            ),
            (
                "DELETE",
                &format!("/lungroup/{lg}"),
                none,
                own_codes::GROUP_NOT_EMPTY,
            ),
        ],
    );
    assert!(array.exposures().is_empty());
}

#[test]
fn repeated_changes_have_documented_codes() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 30);
    let other = array.add_host("other");
    let client = Client::login(&array);
    let (host, hg, lg, view) = attach(&client, lun);
    let join = |kind: u32, group: &str| json!({"TYPE": 245, "ID": view, "ASSOCIATEOBJTYPE": kind, "ASSOCIATEOBJID": group});
    refusals(
        &client,
        &[
            (
                "POST",
                "/host",
                json!({"NAME": "node1", "OPERATIONSYSTEM": "0"}),
                codes::NAME_EXISTS,
            ),
            (
                "POST",
                "/iscsi_initiator",
                json!({"TYPE": 222, "ID": IQN}),
                codes::ID_EXISTS,
            ),
            (
                "POST",
                "/hostgroup",
                json!({"NAME": "OpenStack_HostGroup_1"}),
                codes::NAME_EXISTS,
            ),
            (
                "POST",
                "/lungroup",
                json!({"NAME": "OpenStack_LunGroup_1"}),
                codes::NAME_EXISTS,
            ),
            (
                "POST",
                "/mappingview",
                json!({"NAME": "OpenStack_Mapping_View_1"}),
                codes::NAME_EXISTS,
            ),
            (
                "POST",
                "/hostgroup/associate",
                json!({"ID": hg, "ASSOCIATEOBJTYPE": 21, "ASSOCIATEOBJID": host}),
                codes::HOST_IN_GROUP,
            ),
            (
                "POST",
                "/lungroup/associate",
                json!({"ID": lg, "ASSOCIATEOBJTYPE": 11, "ASSOCIATEOBJID": lun}),
                codes::LUN_IN_GROUP,
            ),
            (
                "PUT",
                "/mappingview/create_associate",
                join(14, &hg),
                codes::HOSTGROUP_IN_VIEW,
            ),
            (
                "PUT",
                "/mappingview/create_associate",
                join(256, &lg),
                codes::LUNGROUP_IN_VIEW,
            ),
            (
                "PUT",
                &format!("/iscsi_initiator/{IQN}"),
                json!({"ID": IQN, "PARENTTYPE": 21, "PARENTID": other}),
                own_codes::INITIATOR_ELSEWHERE,
            ),
            (
                "DELETE",
                &format!(
                    "/host/associate?TYPE=14&ID={hg}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={other}"
                ),
                Value::Null,
                codes::HOST_NOT_IN_GROUP,
            ),
        ],
    );
}

#[test]
fn missing_objects_have_their_codes() {
    let array = Practice::in_memory(&Seed::v3());
    let client = Client::login(&array);
    let get = |path: &str, wanted: i64| {
        assert_eq!(client.code("GET", path, Value::Null), wanted, "{path}");
    };
    get("/lun/9", codes::NO_LUN);
    get("/snapshot/9", codes::NO_SNAPSHOT);
    get("/host/9", codes::NO_HOST);
    get("/hostgroup/9", codes::NO_HOSTGROUP);
    get("/LUNGroup/9", codes::NO_LUNGROUP);
    get("/mappingview/9", codes::NO_VIEW);
    get("/portgroup/9", codes::NO_PORTGROUP);
    get("/iscsi_initiator/iqn.x", codes::NO_OBJECT);
    get(
        "/host/associate?TYPE=21&ASSOCIATEOBJTYPE=14&ASSOCIATEOBJID=9",
        codes::NO_HOSTGROUP,
    );
    get("/lun/nine", codes::PARAMETER);
    get("/teapot", 404);
    get("/lun/1/2/3", 404);
    let body = json!({"TYPE": "222", "ID": IQN});
    assert_eq!(
        client.code(
            "PUT",
            "/iscsi_initiator/remove_iscsi_from_host",
            body.clone()
        ),
        codes::NO_OBJECT
    );
    array.add_initiator(IQN, None);
    assert_eq!(
        client.code("PUT", "/iscsi_initiator/remove_iscsi_from_host", body),
        codes::INITIATOR_FREE
    );
}

#[test]
fn fields_are_checked() {
    let array = Practice::in_memory(&Seed::v3());
    let client = Client::login(&array);
    let long = "x".repeat(32);
    let host = |name: &str| json!({"TYPE": "21", "NAME": name, "OPERATIONSYSTEM": "0"});
    refusals(
        &client,
        &[
            ("POST", "/host", host(&long), codes::NAME_LENGTH),
            ("POST", "/host", host(""), codes::NAME_LENGTH),
            ("POST", "/host", host("a b"), codes::NAME_CHARACTERS),
            ("POST", "/host", json!({"NAME": "a"}), codes::PARAMETER),
            (
                "POST",
                "/host",
                json!({"NAME": "a", "OPERATIONSYSTEM": "99"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/host",
                json!({"NAME": "a", "OPERATIONSYSTEM": "0", "TYPE": 14}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/host",
                json!({"NAME": "a", "OPERATIONSYSTEM": "0", "accessMode": "0"}),
                codes::PARAMETER,
            ),
            ("POST", "/host", json!(["a"]), codes::PARAMETER),
            (
                "POST",
                "/hostgroup",
                json!({"TYPE": "14"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/iscsi_initiator",
                json!({"TYPE": "222", "ID": "node1"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/fc_initiator",
                json!({"TYPE": "223", "ID": "21:00:00:24:FF:00:00:01"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/iscsi_initiator",
                json!({"ID": IQN, "FAILOVERMODE": "1"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/iscsi_initiator",
                json!({"ID": IQN, "USECHAP": "true"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/iscsi_initiator",
                json!({"ID": IQN, "USECHAP": "true", "CHAPNAME": "user", "CHAPPASSWORD": "short"}),
                codes::PARAMETER,
            ),
            (
                "POST",
                "/lungroup/associate",
                json!({"ID": "0", "ASSOCIATEOBJTYPE": "11",
                "ASSOCIATEOBJID": "0", "startHostLunId": 1}),
                codes::PARAMETER,
            ),
        ],
    );
    let v6 = Practice::in_memory(&Seed::v6());
    assert_eq!(Client::login(&v6).code("POST", "/host", host(&long)), 0);
}

#[test]
fn a_chap_password_is_kept_and_never_shown() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    let client = Client::login(&array);
    attach(&client, lun);
    let body = json!({"TYPE": "222", "ID": IQN, "USECHAP": "true", "CHAPNAME": "user1",
        "CHAPPASSWORD": "Secret#123456"});
    assert_eq!(client.code("PUT", "/iscsi_initiator", body), 0);
    let shown = client.get(&format!("/iscsi_initiator/{IQN}")).to_string();
    assert!(
        shown.contains("user1") && !shown.contains("Secret#"),
        "{shown}"
    );
    assert!(!array.dump().to_string().contains("Secret#"));
    let exposures = array.exposures();
    assert_eq!(
        exposures[0].chap.as_ref().unwrap().password,
        "Secret#123456"
    );
    assert!(!format!("{exposures:?}").contains("Secret#"));
    let off = json!({"USECHAP": "false", "MULTIPATHTYPE": "0", "ID": IQN});
    assert_eq!(client.code("PUT", "/iscsi_initiator", off), 0);
    assert_eq!(array.exposures()[0].chap, None);
}

#[test]
fn a_lun_of_another_group_of_the_same_host_is_refused() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    let client = Client::login(&array);
    let (host, ..) = attach(&client, lun);
    let hg = array.add_hostgroup("other", &[host.parse().unwrap()]);
    let lg = array.add_lungroup("other", &[]);
    array.add_view("other", Some(hg), Some(lg));
    let body = json!({"ID": lg, "ASSOCIATEOBJTYPE": 11, "ASSOCIATEOBJID": lun});
    assert_eq!(
        client.code("POST", "/lungroup/associate", body),
        codes::LUN_MAPPED_OTHERWISE
    );
}

#[test]
fn host_links_follow_logins() {
    let array = Practice::in_memory(&Seed::v3());
    let host = array.add_host("node1");
    array.add_initiator(IQN, Some(host));
    array.add_fc_initiator("21000024ff000001", Some(host), true);
    let client = Client::login(&array);
    let links = |kind: u32, id: &str| {
        client
            .list(&format!(
                "/host_link?INITIATOR_TYPE={kind}&INITIATOR_PORT_WWN={id}"
            ))
            .len()
    };
    assert_eq!(links(222, IQN), 0);
    assert!(array.set_logged_in(IQN, true));
    assert!(!array.set_logged_in("iqn.unknown", true));
    assert_eq!(links(222, IQN), 2);
    assert_eq!(links(223, "21000024ff000001"), 2);
    assert_eq!(
        client.get(&format!("/iscsi_initiator/{IQN}"))["data"]["RUNNINGSTATUS"],
        "27"
    );
}

/// Over Fibre Channel what the fabric lets through, and what the port tells (oceanstor.md §7).
#[test]
fn fc_initiators_are_where_their_zone_is() {
    const WWN: &str = "21000024ff000001";
    let array = Practice::in_memory(&Seed::v6());
    let host = array.add_host("node1");
    array.add_fc_initiator(WWN, None, true);
    let client = Client::login(&array);
    let state = |field: &str| client.get(&format!("/fc_initiator/{WWN}"))["data"][field].clone();
    let links = || client.list(&format!("/host_link?INITIATOR_TYPE=223&PARENTID={host}"));
    assert_eq!(state("RUNNINGSTATUS"), "27");
    assert_eq!(state("ISFREE"), "true");
    assert!(links().is_empty(), "it is in no host");
    let gone = client.call("DELETE", &format!("/fc_initiator/{WWN}"), &Value::Null);
    assert_eq!(code(&gone), own_codes::INITIATOR_ONLINE);
    let bind = json!({"TYPE": "223", "ID": WWN, "PARENTTYPE": 21, "PARENTID": host.to_string()});
    assert_eq!(client.code("PUT", &format!("/fc_initiator/{WWN}"), bind), 0);
    assert_eq!(links().len(), 2);
    assert!(array.zone(WWN, &["1114369"]));
    let row = links().remove(0);
    assert_eq!(row["TARGET_PORT_WWN"], array.fc_port_wwn("1114369"));
    assert_eq!(row["CTRL_ID"], "0B");
    assert_eq!(
        (&row["TARGET_TYPE"], &row["TYPE"]),
        (&json!("212"), &json!(255))
    );
    array.set_fc_port_up("1114369", false);
    assert!(links().is_empty());
    assert_eq!(state("RUNNINGSTATUS"), "28");
    // Without a type of initiator nobody knows which are meant.
    assert_eq!(code(&client.get("/host_link?PARENTID=0")), codes::PARAMETER);
    // One that is not there, in the words of some arrays.
    let unknown = || code(&client.get("/fc_initiator/21000024ff000002"));
    assert_eq!(unknown(), codes::NO_OBJECT);
    array.set_options(|o| o.unknown_wwn = UnknownWwn::BadParameter);
    assert_eq!(unknown(), codes::PARAMETER);
}

#[test]
fn luns_are_made_grown_and_deleted_strictly() {
    for seed in [Seed::v3(), Seed::v6()] {
        let array = Practice::in_memory(&seed);
        let client = Client::login(&array);
        let new = |name: &str| {
            json!({"TYPE": "11", "NAME": name, "PARENTTYPE": "216", "PARENTID": "0",
                "ALLOCTYPE": "1", "CAPACITY": "2048"})
        };
        let made = client.post("/lun", new("a"));
        assert_eq!(made["error"]["code"], 0, "{made}");
        assert_eq!(made["data"]["CAPACITY"], "2048");
        assert_eq!(
            client.post("/lun", new("a"))["error"]["code"],
            1_077_948_993
        );
        for (field, value) in [
            ("PARENTID", json!("7")),
            ("CAPACITY", json!("0")),
            ("CAPACITY", json!("-1")),
            ("ALLOCTYPE", json!("2")),
            ("SIZE", json!("1")),
        ] {
            let mut body = new("b");
            body[field] = value;
            let code = client.post("/lun", body)["error"]["code"].clone();
            assert_eq!(code, 50_331_651, "{field}");
        }
        let grow = |sectors: &str| json!({"TYPE": 11, "ID": "0", "CAPACITY": sectors});
        for (sectors, code) in [("2048", 50_331_651), ("1024", 50_331_651), ("4096", 0)] {
            let told = client.put("/lun/expand", grow(sectors));
            assert_eq!(told["error"]["code"], code, "{sectors}");
        }
        array.add_lungroup("g", &[0]);
        assert_eq!(
            client.call("DELETE", "/lun/0", &Value::Null)["error"]["code"],
            1_999_000_011
        );
        let out = "/lungroup/associate?ID=0&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=0";
        assert_eq!(client.call("DELETE", out, &Value::Null)["error"]["code"], 0);
        let snapshot = array.add_snapshot("s", 0);
        assert_eq!(snapshot, 0);
        assert_eq!(
            client.call("DELETE", "/lun/0", &Value::Null)["error"]["code"],
            1_999_000_011
        );
        assert_eq!(
            client.call("DELETE", "/lun/9", &Value::Null)["error"]["code"],
            1_077_936_859
        );
    }
}
