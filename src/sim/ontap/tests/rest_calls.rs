//! REST, as the sheet has it.

use super::*;

const LUNS: &str = "/api/storage/luns";
const IGROUPS: &str = "/api/protocols/san/igroups";
const MAPS: &str = "/api/protocols/san/lun-maps";

#[test]
fn attach_and_detach_as_the_sheet_has_it() {
    let array = array();
    let target = format!(
        "{LUNS}?svm.name=svm_gold&name=%2Fvol%2Fcinder_a%2Fvolume-a&fields=uuid,name,\
         serial_number,space.size,os_type,enabled,status,location,lun_maps"
    );
    let luns = get(&array, &target);
    assert_eq!(luns["num_records"], 1);
    let lun = &luns["records"][0];
    assert_eq!(lun["status"]["state"], "online");
    assert_eq!(lun["location"]["node"]["name"], "ams-01a");
    assert_eq!(lun["space"], json!({"size": GIB}));
    assert_eq!(lun["svm"], json!({"name": "svm_gold"}), "a filter is shown");
    assert_eq!(lun.get("lun_maps"), None, "what is empty is left out");

    let by_initiator = format!(
        "{IGROUPS}?svm.name=svm_gold&initiators.name=iqn.1994-05.com.redhat%3Ac001\
         &fields=name,uuid,protocol,os_type,initiators,portset,lun_maps,delete_on_unmap"
    );
    assert_eq!(
        get(&array, &by_initiator),
        json!({"records": [], "num_records": 0})
    );
    let group = igroup(&array);
    assert_eq!(group["initiators"], json!([{"name": IQN}]));
    let found = get(&array, &by_initiator);
    assert_eq!(found["records"][0]["uuid"], group["uuid"]);

    let first = made(&array, MAPS, map_body(A));
    assert_eq!(first["logical_unit_number"], 0);
    assert_eq!(
        first.get("reporting_nodes"),
        None,
        "dear fields only when named"
    );
    let dotted = json!({"svm.name": "svm_gold", "lun.name": B, "igroup.name": "openstack-9f"});
    assert_eq!(made(&array, MAPS, dotted)["logical_unit_number"], 1);
    assert_eq!(code(&array, "POST", MAPS, map_body(A)), "1254207");

    let maps = get(
        &array,
        "/api//protocols/san/lun-maps?svm.name=svm_gold&lun.name=/vol/cinder_a/volume-a\
         &fields=logical-unit-number,igroup.name,igroup.initiators,igroup.os_type,\
         igroup.protocol,lun.node.name,reporting_nodes",
    );
    let map = &maps["records"][0];
    assert_eq!(
        map["igroup"]["initiators"],
        json!([IQN]),
        "plain texts here"
    );
    assert_eq!(map["reporting_nodes"][1]["name"], "ams-01b");
    assert_eq!(map["lun"]["node"], json!({"name": "ams-01a"}));

    let (lun, group) = (
        map["lun"]["uuid"].as_str().unwrap(),
        group["uuid"].as_str().unwrap(),
    );
    let one = format!("{MAPS}/{lun}/{group}");
    assert_eq!(rest(&array, "DELETE", &one, &Value::Null), (200, json!({})));
    assert_eq!(code(&array, "DELETE", &one, Value::Null), "5374922");
    assert_eq!(
        code(&array, "DELETE", &format!("{MAPS}/x/{group}"), Value::Null),
        "5374875"
    );
    assert_eq!(
        code(&array, "DELETE", &format!("{MAPS}/{lun}/x"), Value::Null),
        "5374878"
    );
    let query = format!("{MAPS}?lun.name={B}&igroup.name=openstack-9f");
    assert_eq!(code(&array, "DELETE", &query, Value::Null), "");
    assert_eq!(code(&array, "DELETE", &query, Value::Null), "4");
    assert!(array.maps_of(B).is_empty());
}

#[test]
fn what_the_flow_reads_beside() {
    let array = array();
    let cluster = get(
        &array,
        "/api/cluster?fields=name,uuid,version,disaggregated,san_optimized",
    );
    assert_eq!(cluster["version"]["generation"], 9);
    assert_eq!(cluster["version"]["major"], 14);
    assert_eq!(cluster["version"]["minor"], 1);
    assert_eq!(cluster.get("records"), None);
    let nodes = get(
        &array,
        "/api/cluster/nodes?fields=name,model,state,ha.partners.name",
    );
    assert_eq!(nodes["records"][0]["ha"]["partners"][0]["name"], "ams-01b");
    let svm = get(
        &array,
        "/api/svm/svms?name=svm_gold&fields=uuid,state,subtype,iscsi,fcp",
    );
    assert_eq!(
        svm["records"][0]["iscsi"],
        json!({"allowed": true, "enabled": true})
    );
    assert_eq!(svm["records"][0]["state"], "running");
    let service = get(
        &array,
        "/api/protocols/san/iscsi/services?svm.name=svm_gold&fields=enabled,target",
    );
    assert_eq!(
        service["records"][0]["target"]["name"],
        array.target().as_str()
    );
    let portals = get(
        &array,
        "/api/network/ip/interfaces?svm.name=svm_gold&services=data_iscsi&fields=name,ip.address,\
         enabled,state,location.node.name,location.port.name,location.is_home",
    );
    assert_eq!(portals["num_records"], 4);
    assert_eq!(
        portals["records"][0]["location"],
        json!({"is_home": true,
        "node": {"name": "ams-01a"}, "port": {"name": "e0c"}})
    );
    assert_eq!(portals["records"][0].get("service_policy"), None);
    array.add_nvme_lif("nvme_1", "ams-01a");
    let fc = get(
        &array,
        "/api/network/fc/interfaces?svm.name=svm_gold&data_protocol=fcp&fields=name,wwpn,wwnn,enabled,state",
    );
    assert_eq!(fc["num_records"], 4);
    array.log_in(IQN, "iscsi_2");
    array.log_in(WWPN, "fc_1");
    let sessions = get(
        &array,
        &format!(
            "/api/protocols/san/iscsi/sessions?svm.name=svm_gold&initiator.name={IQN}&fields=*"
        ),
    );
    assert_eq!(sessions["records"][0]["target_portal_group"], "iscsi_2");
    assert_eq!(sessions["records"][0].get("igroups"), None);
    let logins = get(
        &array,
        "/api/network/fc/logins?svm.name=svm_gold&initiator.wwpn=21000024FF434858&fields=*",
    );
    assert_eq!(logins["records"][0]["interface"]["name"], "fc_1");
    array.set_node("ams-01a", false);
    let fc = get(&array, "/api/network/fc/interfaces?name=fc_1&fields=state");
    assert_eq!(
        fc["records"][0].get("state"),
        None,
        "absent when the node is down"
    );
}

#[test]
fn bodies_and_queries_are_checked() {
    let array = array();
    igroup(&array);
    let new = |body: Value| code(&array, "POST", IGROUPS, body);
    assert_eq!(new(json!({"name": "x", "os_type": "linux"})), "2621707");
    assert_eq!(
        new(json!({"name": "x", "os_type": "linux", "svm": {"name": "no"}})),
        "2621462"
    );
    assert_eq!(
        new(on_svm(
            json!({"name": "x", "os_type": "linux", "colour": 1})
        )),
        "262179"
    );
    assert_eq!(
        new(on_svm(json!({"name": "x", "os_type": "dos"}))),
        "262197"
    );
    assert_eq!(
        new(on_svm(json!({"name": "openstack-9f", "os_type": "linux"}))),
        "5374023"
    );
    assert_eq!(
        new(on_svm(
            json!({"name": "x", "os_type": "linux", "initiators": [{"name": IQN}, {"name": "?"}]})
        )),
        "5374039"
    );
    assert_eq!(array.igroups().len(), 1, "one call is one change");
    let uuid = array.add_igroup("h", "iscsi", &[]);
    let members = format!("{IGROUPS}/{uuid}/initiators");
    assert_eq!(
        code(
            &array,
            "POST",
            &members,
            json!({"records": [{"name": OTHER}, {"name": WWPN}]})
        ),
        "5373992"
    );
    assert_eq!(array.igroups()[0].1.len(), 0);
    assert_eq!(
        code(
            &array,
            "POST",
            &members,
            json!({"records": [{"name": OTHER}]})
        ),
        ""
    );
    assert_eq!(
        code(&array, "POST", &members, json!({"name": OTHER})),
        "5374035"
    );
    assert_eq!(
        code(&array, "DELETE", &format!("{members}/{OTHER}"), Value::Null),
        ""
    );
    assert_eq!(
        code(&array, "DELETE", &format!("{members}/{OTHER}"), Value::Null),
        "5374034"
    );
    assert_eq!(
        code(&array, "DELETE", &format!("{IGROUPS}/{uuid}"), Value::Null),
        ""
    );
    assert_eq!(
        code(&array, "DELETE", &format!("{IGROUPS}/{uuid}"), Value::Null),
        "5374852"
    );
    assert_eq!(
        code(&array, "POST", MAPS, on_svm(json!({"lun.name": A}))),
        "5374902"
    );
    assert_eq!(
        code(
            &array,
            "POST",
            MAPS,
            on_svm(json!({"igroup.name": "openstack-9f"}))
        ),
        "5374901"
    );
    assert_eq!(
        code(&array, "GET", &format!("{LUNS}?colour=red"), Value::Null),
        "262179"
    );
    assert_eq!(
        code(&array, "GET", &format!("{LUNS}?fields=colour"), Value::Null),
        "262197"
    );
    assert_eq!(
        code(&array, "GET", &format!("{LUNS}/none"), Value::Null),
        "4"
    );
    assert_eq!(code(&array, "GET", "/api/no/such/thing", Value::Null), "3");
    assert_eq!(code(&array, "POST", IGROUPS, json!([])), "1999000104");
}

#[test]
fn scopes_and_roles() {
    let array = array();
    array.add_svm("svm_other");
    let uuid = array.add_lun("svm_other:/vol/o/l", GIB);
    let one = format!("{LUNS}/{uuid}");
    assert_eq!(rest(&array, "GET", &one, &Value::Null).0, 200);
    assert_eq!(rest_as(&array, VSADMIN, "GET", &one, &Value::Null).0, 404);
    let all = rest_as(&array, VSADMIN, "GET", LUNS, &Value::Null).1;
    assert_eq!(all["num_records"], 2);
    assert_eq!(all["records"][0].get("svm"), None);
    let body = json!({"name": "g", "os_type": "linux"});
    assert_eq!(rest_as(&array, VSADMIN, "POST", IGROUPS, &body).0, 201);
    let nodes = rest_as(&array, VSADMIN, "GET", "/api/cluster/nodes", &Value::Null);
    assert_eq!(
        (nodes.0, nodes.1["error"]["code"].as_str()),
        (403, Some("6"))
    );
    let tunnel = |svm: &str| {
        let headers = [("authorization", CLUSTER), ("x-dot-svm-name", svm)];
        let reply = array.handle(&request("GET", LUNS, &headers, ""));
        let value: Value = serde_json::from_slice(&reply.body).unwrap();
        (
            value["num_records"].as_u64(),
            value["error"]["code"].as_str().map(str::to_owned),
        )
    };
    assert_eq!(tunnel("svm_other"), (Some(1), None));
    assert_eq!(tunnel("gone"), (None, Some("2621462".to_owned())));

    array.set_accounts(|all| {
        for account in all {
            account.role = Role::minimal()
                .without("/storage/luns")
                .without("lun mapping create");
        }
    });
    assert_eq!(code(&array, "GET", LUNS, Value::Null), "6");
    assert_eq!(code(&array, "GET", "/api/svm/svms", Value::Null), "");
    let map = format!("<lun-map><path>{A}</path><initiator-group>g</initiator-group></lun-map>");
    assert_eq!(errno(&array, &map), "13003");
    array.set_accounts(|all| all.iter_mut().for_each(|a| a.role = Role::Readonly));
    assert_eq!(code(&array, "GET", LUNS, Value::Null), "");
    assert_eq!(code(&array, "POST", IGROUPS, on_svm(body)), "6");
}
