//! Somebody who shares no lock attaches a LUN to the same host while its last one is detached.

use sanctl::sim::oceanstor::{Practice, Seed};
use serde_json::json;

use crate::hooked::call;
use crate::rig::{GIB, IQN, Rig};

/// Puts the groups, the view and the initiator of host 0 together as far as they are there, makes
/// what is missing, and the LUN a member: what an attach of another machine does.
fn attach(array: &Practice, host: &str, lun: &str) {
    let id = |table: &str, name: String| {
        let dump = array.dump();
        let rows = dump[table]["rows"].as_object().unwrap().clone();
        let mut found = rows.into_iter().filter(|(_, row)| row["name"] == name);
        found.next().map(|(id, _)| id)
    };
    let made = |table: &str, path: &str, name: String| {
        id(table, name.clone()).unwrap_or_else(|| {
            let made = call(array, "POST", path, &json!({"NAME": name}));
            made["data"]["ID"].as_str().unwrap().to_owned()
        })
    };
    let hosts = made(
        "hostgroups",
        "/hostgroup",
        format!("OpenStack_HostGroup_{host}"),
    );
    let luns = made(
        "lungroups",
        "/lungroup",
        format!("OpenStack_LunGroup_{host}"),
    );
    let view = made(
        "views",
        "/mappingview",
        format!("OpenStack_Mapping_View_{host}"),
    );
    let dump = array.dump();
    let join = |path: &str, method: &str, id: &str, kind: &str, member: &str| {
        let body = json!({"ID": id, "ASSOCIATEOBJTYPE": kind, "ASSOCIATEOBJID": member});
        call(array, method, path, &body);
    };
    let rows = |table: &str, id: &str| dump[table]["rows"][id].clone();
    if rows("hostgroups", &hosts)["members"] == json!([]) {
        join("/hostgroup/associate", "POST", &hosts, "21", host);
    }
    join("/lungroup/associate", "POST", &luns, "11", lun);
    for (field, kind, group) in [("hostgroup", "14", &hosts), ("lungroup", "256", &luns)] {
        if rows("views", &view)[field].is_null() {
            join("/mappingview/create_associate", "PUT", &view, kind, group);
        }
    }
    // The initiator was bound when the other one looked; it does not look again.
}

#[test]
fn whoever_comes_while_the_last_one_goes_keeps_what_he_was_told() {
    for seed in [Seed::v3(), Seed::v6()] {
        for (method, route) in [
            ("GET", "/lun/count"),
            ("DELETE", "/lungroup/0"),
            ("PUT", "/mappingview/remove_associate"),
            ("DELETE", "/host/associate"),
            ("DELETE", "/hostgroup/0"),
            ("DELETE", "/mappingview/0"),
            ("PUT", "/iscsi_initiator/remove_iscsi_from_host"),
            ("DELETE", "/host/0"),
        ] {
            let rig = Rig::new(&seed);
            rig.array.add_lun("vol-1", GIB);
            let other = rig.array.add_lun("vol-2", GIB);
            let walked = rig.attach("vol-1").expect();
            assert_eq!(walked.facts.objects["host"], "0");
            rig.when(method, route, move |array| {
                attach(array, "0", &other.to_string());
            });
            let back = rig.detach("vol-1", None).expect();
            let seen = rig.array.exposures();
            let seen: Vec<_> = seen
                .iter()
                .map(|e| (e.initiator.as_str(), e.name.as_str()))
                .collect();
            let at = format!("before {method} {route}: {:#?}", back.trail);
            assert_eq!(seen, [(IQN, "vol-2")], "{at}");
            assert!(back.says("array.host kept: "), "{at}");
            // What is ours of it goes with the other LUN.
            rig.attach("vol-2").expect();
            assert_eq!(rig.journals().list_open().unwrap().len(), 1, "{at}");
        }
    }
}
