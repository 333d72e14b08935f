use super::*;
use crate::sim::exposure::{Exposure, Mirror};
use std::sync::{Arc, Mutex};

#[test]
fn attach_and_detach_in_the_seeds_order_leave_nothing() {
    for seed in [Seed::v3(), Seed::v6()] {
        let array = Practice::in_memory(&seed);
        let lun = array.add_lun("vol-1", 1 << 30);
        array.add_initiator(IQN, None);
        let client = Client::login(&array);
        let before = array.dump();
        let (host, hg, lg, view) = attach(&client, lun);

        let seen = client.list(&format!(
            "/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
        ));
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0]["ASSOCIATEMETADATA"], r#"{"HostLUNID":1}"#);
        let shown = client.get(&format!("/lun/{lun}"));
        assert_eq!(shown["data"]["EXPOSEDTOINITIATOR"], "true");
        assert_eq!(shown["data"]["ISADD2LUNGROUP"], "true");
        assert_eq!(shown["data"]["WWN"], array.lun_wwn(lun));
        let shown = client.get(&format!("/host/{host}"))["data"].clone();
        assert_eq!(shown["INITIATORNUM"], "1");
        assert_eq!(shown["ISADD2HOSTGROUP"], "true");
        assert_eq!(shown["PARENTID"], hg);
        let shown = client.get(&format!("/mappingview/{view}"))["data"].clone();
        assert!(
            shown["AVAILABLEHOSTLUNIDLIST"]
                .as_str()
                .unwrap()
                .starts_with("[0,2,3,")
        );
        assert_eq!(
            shown.get("hostGroupId").is_some(),
            seed.generation == Generation::V6
        );
        let free = client.list(&format!("/iscsi_initiator?PARENTID={host}"));
        assert_eq!(free.len(), 1);
        assert_eq!(free[0]["ISFREE"], "false");
        assert_eq!(free[0]["PARENTNAME"], "node1");
        assert_eq!(array.exposures().len(), 1);

        let zero = |value: Value| assert_eq!(code(&value), 0, "{value}");
        let out = |kind: &str, group: &str| {
            client.put(
                "/mappingview/remove_associate",
                json!({"TYPE": 245, "ID": view, "ASSOCIATEOBJTYPE": kind, "ASSOCIATEOBJID": group}),
            )
        };
        zero(client.delete(&format!(
            "/lungroup/associate?ID={lg}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"
        )));
        assert!(array.exposures().is_empty());
        for kind in ["lun", "snapshot"] {
            let code = if kind == "lun" { 11 } else { 27 };
            let count = client.get(&format!(
                "/{kind}/count?TYPE={code}&ASSOCIATEOBJTYPE=256&ASSOCIATEOBJID={lg}"
            ));
            assert_eq!(count["data"]["COUNT"], "0");
        }
        zero(out("256", &lg));
        zero(out("14", &hg));
        zero(client.delete(&format!("/mappingview/{view}")));
        zero(client.delete(&format!("/lungroup/{lg}")));
        zero(client.delete(&format!(
            "/host/associate?TYPE=14&ID={hg}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
        )));
        zero(client.delete(&format!("/hostgroup/{hg}")));
        zero(client.put(
            "/iscsi_initiator/remove_iscsi_from_host",
            json!({"TYPE": "222", "ID": IQN}),
        ));
        zero(client.delete(&format!("/host/{host}")));
        assert_eq!(array.dump(), before);
        zero(client.delete("/sessions"));
        assert_eq!(array.open_sessions(), 0);
    }
}

#[test]
fn numbers_stay_and_move_only_when_told() {
    let array = Practice::in_memory(&Seed::v3());
    let luns: Vec<u64> = (0..3)
        .map(|n| array.add_lun(&format!("vol-{n}"), 1 << 20))
        .collect();
    let client = Client::login(&array);
    let (host, _, lg, view) = attach(&client, luns[0]);
    let host: u64 = host.parse().unwrap();
    let body = |lun: u64| json!({"ID": lg, "ASSOCIATEOBJTYPE": 11, "ASSOCIATEOBJID": lun});
    assert_eq!(client.code("POST", "/lungroup/associate", body(luns[1])), 0);
    client.delete(&format!(
        "/lungroup/associate?ID={lg}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={}",
        luns[0]
    ));
    assert_eq!(array.lun_number(host, luns[1]), Some(2));
    assert_eq!(client.code("POST", "/lungroup/associate", body(luns[2])), 0);
    assert_eq!(
        array.lun_number(host, luns[2]),
        Some(1),
        "the lowest free number is used again"
    );
    let shift_at = |path: &str, lun: u64, to: &str| {
        client.code(
            "PUT",
            path,
            json!({"TYPE": 245, "ID": view, "ASSOCIATEOBJTYPE": 11, "ASSOCIATEOBJID": lun.to_string(),
                "ASSOCIATEMETADATA": [{"LUNID": lun.to_string(), "hostLUNId": to}]}),
        )
    };
    let path = format!("/mappingview/{view}");
    let shift = |lun: u64, to: &str| shift_at(&path, lun, to);
    assert_eq!(shift(luns[1], "1"), own_codes::NUMBER_TAKEN);
    assert_eq!(shift(luns[1], "999"), own_codes::NUMBER_TAKEN);
    assert_eq!(shift(luns[1], "7"), 0);
    assert_eq!(array.lun_number(host, luns[1]), Some(7));
    assert_eq!(shift_at("/mappingview", luns[1], "9"), 0);
    assert_eq!(shift_at("/mappingview/77", luns[1], "3"), codes::PARAMETER);
    assert_eq!(array.lun_number(host, luns[1]), Some(9));
}

#[test]
fn numbers_may_lag() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    array.set_options(|o| o.lag = Lag::NoNumber(2));
    let client = Client::login(&array);
    let (host, ..) = attach(&client, lun);
    let read = || {
        let path = format!("/lun/associate?TYPE=11&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}");
        client.list(&path)[0].get("ASSOCIATEMETADATA").is_some()
    };
    assert_eq!([read(), read(), read()], [false, false, true]);
}

struct Told(Arc<Mutex<Vec<Vec<Exposure>>>>, bool);

impl Mirror for Told {
    fn expose(&mut self, exposures: &[Exposure]) -> Result<(), String> {
        self.0.lock().unwrap().push(exposures.to_vec());
        if std::mem::take(&mut self.1) {
            Err("no target".to_owned())
        } else {
            Ok(())
        }
    }
}

#[test]
fn the_mirror_is_told_before_the_answer_and_again_after_a_failure() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    let told = Arc::default();
    array
        .set_mirror(Box::new(Told(Arc::clone(&told), false)))
        .unwrap();
    let client = Client::login(&array);
    let (_, _, lg, _) = attach(&client, lun);
    let sets = told.lock().unwrap().clone();
    assert_eq!(sets.len(), 2, "only changes of exposure are told: {sets:?}");
    assert_eq!((sets[1][0].number, sets[1][0].bytes), (1, 1 << 20));
    assert_eq!(sets[1][0].wwid, array.lun_wwn(lun));
    assert_eq!(sets[1][0].portals, None);

    // Setting a mirror tells it the present set; this one refuses that.
    let failing = Box::new(Told(Arc::default(), true));
    assert!(array.set_mirror(failing).is_err());
    let leave = format!("/lungroup/associate?ID={lg}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}");
    assert_eq!(code(&client.delete(&leave)), 0);
}

#[test]
fn a_failing_mirror_is_http_500() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    let told = Arc::default();
    array
        .set_mirror(Box::new(Told(Arc::clone(&told), false)))
        .unwrap();
    let client = Client::login(&array);
    let (_, _, lg, _) = attach(&client, lun);
    array.inner_for_tests(Box::new(Told(Arc::clone(&told), true)));
    let leave = format!("/lungroup/associate?ID={lg}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}");
    assert_eq!(client.delete(&leave)["http"], 500);
    // The change is there; the repeated request is refused and brings the mirror up to date.
    assert_eq!(client.code("DELETE", &leave, Value::Null), codes::NO_OBJECT);
    assert_eq!(told.lock().unwrap().last().unwrap().len(), 0);
}

#[test]
fn a_port_group_limits_the_portals() {
    let array = Practice::in_memory(&Seed::v3());
    let lun = array.add_lun("vol-1", 1 << 20);
    let client = Client::login(&array);
    let (_, _, _, view) = attach(&client, lun);
    let pg = client.post(
        "/portgroup",
        json!({"NAME": "pg", "DESCRIPTION": "", "TYPE": 257}),
    );
    let pg = pg["data"]["ID"].as_str().unwrap().to_owned();
    let port = client.list("/eth_port")[0].clone();
    let member =
        json!({"ID": pg, "TYPE": 257, "ASSOCIATEOBJTYPE": 213, "ASSOCIATEOBJID": port["ID"]});
    assert_eq!(
        client.code("POST", "/port/associate/portgroup", member.clone()),
        0
    );
    assert_eq!(
        client.code("POST", "/port/associate/portgroup", member),
        codes::PORT_IN_GROUP
    );
    let body = json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": "257", "ASSOCIATEOBJID": pg});
    assert_eq!(client.code("PUT", "/mappingview/create_associate", body), 0);
    let portals = array.exposures()[0].portals.clone().unwrap();
    assert_eq!(portals, [array.portals()[0].addr]);
    let ports = client.list(&format!(
        "/eth_port/associate?TYPE=213&ASSOCIATEOBJTYPE=257&ASSOCIATEOBJID={pg}"
    ));
    assert_eq!(ports, [port]);
    let views = client.list(&format!(
        "/mappingview/associate/portgroup?TYPE=245&ASSOCIATEOBJTYPE=257&ASSOCIATEOBJID={pg}"
    ));
    assert_eq!(views[0]["ID"], view);
}

#[test]
fn direct_mappings_exist_on_v6_only() {
    let array = Practice::in_memory(&Seed::v6());
    let lun = array.add_lun("vol-1", 1 << 20);
    let host = array.add_host("node1");
    let client = Client::login(&array);
    let body = json!({"hostId": host.to_string(), "lunId": lun.to_string()});
    let path = format!("/mapping?hostId={host}&lunId={lun}");
    assert_eq!(client.code("GET", &path, Value::Null), codes::NO_MAPPING);
    assert_eq!(client.code("POST", "/mapping", body.clone()), 0);
    assert_eq!(
        client.code("POST", "/mapping", body.clone()),
        codes::MAPPING_EXISTS
    );
    assert_eq!(client.list(&path)[0]["hostLunId"], "1");
    assert_eq!(
        client.code("DELETE", &format!("/host/{host}"), Value::Null),
        own_codes::HOST_HAS_MAPPINGS
    );
    assert_eq!(client.code("DELETE", "/mapping", body.clone()), 0);
    assert_eq!(client.code("DELETE", "/mapping", body), codes::NO_MAPPING);

    let old = Practice::in_memory(&Seed::v3());
    let client = Client::login(&old);
    assert_eq!(client.code("GET", "/mapping/associate", Value::Null), 404);
    assert_eq!(client.code("GET", "/lif", Value::Null), 404);
}
