//! Rules that hold on both wires.

use super::*;

fn map_by_zapi(array: &Practice, path: &str, igroup: &str, number: Option<u32>) -> String {
    let number = number.map_or(String::new(), |n| format!("<lun-id>{n}</lun-id>"));
    let call = format!(
        "<lun-map><path>{path}</path><initiator-group>{igroup}</initiator-group>{number}</lun-map>"
    );
    errno(array, &call)
}

fn map_by_rest(array: &Practice, path: &str, igroup: &str, number: Option<u32>) -> String {
    let mut body = on_svm(json!({"lun": {"name": path}, "igroup": {"name": igroup}}));
    if let Some(number) = number {
        body["logical_unit_number"] = number.into();
    }
    code(array, "POST", "/api/protocols/san/lun-maps", body)
}

/// The pair of codes for one map, asked on each wire of an array of its own.
fn both(
    make: impl Fn() -> Practice,
    path: &str,
    igroup: &str,
    number: Option<u32>,
) -> (String, String) {
    (
        map_by_zapi(&make(), path, igroup, number),
        map_by_rest(&make(), path, igroup, number),
    )
}

fn pair(zapi: &str, rest: &str) -> (String, String) {
    (zapi.to_owned(), rest.to_owned())
}

/// `one` holds both initiators, `two` the first of them.
fn groups() -> Practice {
    let array = array();
    array.add_igroup("one", "iscsi", &[IQN, OTHER]);
    array.add_igroup("two", "iscsi", &[IQN]);
    array.add_igroup("three", "iscsi", &[]);
    array.map(A, "one", Some(3)).unwrap();
    array
}

#[test]
fn an_initiator_sees_a_lun_once_and_a_number_means_one_lun() {
    assert_eq!(both(groups, A, "one", None), pair("9023", "1254207"));
    assert_eq!(both(groups, B, "one", Some(3)), pair("9024", "1254208"));
    assert_eq!(both(groups, A, "two", None), pair("9039", "1254223"));
    assert_eq!(both(groups, B, "two", Some(3)), pair("9009", "1254193"));
    assert_eq!(both(groups, B, "two", Some(4)), pair("", ""));
    assert_eq!(
        both(groups, A, "three", Some(3)),
        pair("", ""),
        "nobody shares it"
    );
    let array = groups();
    array.map(B, "two", Some(0)).unwrap();
    let add = "<igroup-add><initiator-group-name>three</initiator-group-name>\
               <initiator>iqn.1994-05.com.redhat:c001</initiator></igroup-add>";
    array.map(B, "three", Some(7)).unwrap();
    assert_eq!(errno(&array, add), "9009", "it would see the LUN twice");
}

#[test]
fn the_lowest_number_free_for_every_initiator_is_given() {
    let array = groups();
    for n in 0..3 {
        let path = format!("/vol/cinder_a/more-{n}");
        array.add_lun(&path, GIB);
        assert_eq!(array.map(&path, "two", None), Some(n));
    }
    assert_eq!(
        array.map(B, "one", None),
        Some(4),
        "0 to 2 are taken by the other group"
    );
    assert!(array.unmap("/vol/cinder_a/more-1", "two"));
    array.add_lun("/vol/cinder_a/again", GIB);
    assert_eq!(
        array.map("/vol/cinder_a/again", "one", None),
        Some(1),
        "a freed one comes again"
    );
}

#[test]
fn what_stands_in_the_way_of_a_map() {
    let with = |change: fn(&Practice)| {
        move || {
            let array = groups();
            change(&array);
            array
        }
    };
    for (change, codes) in [
        (
            (|a| a.set_svm("svm_gold", SvmState::Stopped)) as fn(&Practice),
            ("14924", "5374893"),
        ),
        (
            |a| a.set_volume("cinder_a", VolumeState::Offline),
            ("13042", "5374866"),
        ),
        (
            |a| a.set_volume("cinder_a", VolumeState::AggregateOffline),
            ("13042", "5374865"),
        ),
        (|a| a.remove_lif("iscsi_2"), ("", "")),
        (
            |a| ["iscsi_2", "iscsi_4"].iter().for_each(|l| a.remove_lif(l)),
            ("19101", "5374573"),
        ),
        (
            |a| {
                ["iscsi_1", "iscsi_2", "iscsi_3", "iscsi_4"]
                    .iter()
                    .for_each(|l| a.remove_lif(l))
            },
            ("19101", "5374574"),
        ),
        (
            |a| a.lose_lun("/vol/cinder_a/volume-b"),
            ("9017", "5374875"),
        ),
        (
            |a| a.set_subtype("svm_gold", Subtype::DpDestination),
            ("14719", "1999000103"),
        ),
    ] {
        assert_eq!(both(with(change), B, "one", None), pair(codes.0, codes.1));
    }
    assert_eq!(both(groups, B, "nobody", None), pair("9003", "5374878"));
}

#[test]
fn igroups_with_maps_stay() {
    let array = groups();
    let call = |name: &str, more: &str| {
        format!("<{name}><initiator-group-name>one</initiator-group-name>{more}</{name}>")
    };
    let member = format!("<initiator>{IQN}</initiator>");
    assert_eq!(errno(&array, &call("igroup-destroy", "")), "9029");
    assert_eq!(errno(&array, &call("igroup-remove", &member)), "9029");
    let groups = get(
        &array,
        "/api/protocols/san/igroups?name=one&fields=lun_maps,connectivity_tracking",
    );
    let one = &groups["records"][0];
    assert_eq!(one["lun_maps"][0]["logical_unit_number"], 3);
    assert_eq!(one["connectivity_tracking"]["connection_state"], "none");
    let path = format!(
        "/api/protocols/san/igroups/{}",
        one["uuid"].as_str().unwrap()
    );
    assert_eq!(code(&array, "DELETE", &path, Value::Null), "1254213");
    assert_eq!(
        errno(
            &array,
            &call("igroup-remove", "<initiator>iqn.x:none</initiator>")
        ),
        "9007"
    );
    let forced = call("igroup-destroy", "<force>true</force>");
    assert_eq!(errno(&array, &forced), "");
    assert!(array.maps_of(A).is_empty());
}

#[test]
fn initiators_fit_their_igroups() {
    let array = array();
    array.add_igroup("linux", "iscsi", &[IQN]);
    array.add_igroup("windows", "iscsi", &[]);
    array.set_igroup_os("windows", "windows");
    array.add_igroup("fc", "fcp", &[]);
    let add = |group: &str, name: &str| {
        let call = format!(
            "<igroup-add><initiator-group-name>{group}</initiator-group-name><initiator>{name}</initiator></igroup-add>"
        );
        errno(&array, &call)
    };
    assert_eq!(add("linux", IQN), "9008");
    assert_eq!(add("windows", IQN), "9051");
    assert_eq!(add("fc", IQN), "9010");
    assert_eq!(add("fc", "21:00"), "9005");
    assert_eq!(add("linux", "somebody"), "9006");
    assert_eq!(add("fc", "21000024ff434858"), "");
    assert_eq!(array.igroups()[0].1, [WWPN]);
}

#[test]
fn an_igroup_made_to_go_goes_with_its_last_map() {
    let array = groups();
    array.set_delete_on_unmap("one", true);
    array.map(B, "one", None).unwrap();
    assert!(array.unmap(A, "one"));
    assert_eq!(array.igroups().len(), 3);
    assert!(array.unmap(B, "one"));
    assert_eq!(array.igroups().len(), 2);
}

#[test]
fn both_wires_see_one_state() {
    let (by_zapi, by_rest) = (array(), array());
    let calls = [
        "<igroup-create><initiator-group-name>g</initiator-group-name><initiator-group-type>iscsi</initiator-group-type><os-type>linux</os-type></igroup-create>".to_owned(),
        format!("<igroup-add><initiator-group-name>g</initiator-group-name><initiator>{IQN}</initiator></igroup-add>"),
        format!("<lun-map><path>{A}</path><initiator-group>g</initiator-group></lun-map>"),
    ];
    for call in &calls {
        assert_eq!(errno(&by_zapi, call), "");
    }
    let group = on_svm(
        json!({"name": "g", "protocol": "iscsi", "os_type": "linux", "initiators": [{"name": IQN}]}),
    );
    assert_eq!(
        code(&by_rest, "POST", "/api/protocols/san/igroups", group),
        ""
    );
    assert_eq!(map_by_rest(&by_rest, A, "g", None), "");
    assert_eq!(by_zapi.dump(), by_rest.dump());
    let seen = get(&by_zapi, "/api/protocols/san/lun-maps?igroup.name=g");
    assert_eq!(seen["num_records"], 1);
    let unmap =
        format!("<lun-unmap><path>{A}</path><initiator-group>g</initiator-group></lun-unmap>");
    assert_eq!(errno(&by_rest, &unmap), "");
    assert_eq!(
        get(&by_rest, "/api/protocols/san/lun-maps")["num_records"],
        0
    );
}

#[test]
fn luns_of_a_volume_that_is_away() {
    let array = array();
    array.set_volume("cinder_a", VolumeState::Offline);
    let luns = zapi(&array, "<lun-get-iter/>");
    assert!(
        luns.contains("<num-records>0</num-records><volume-errors><volume-error>"),
        "{luns}"
    );
    assert!(
        luns.contains("<errno>13042</errno><name>cinder_a</name>"),
        "{luns}"
    );
    let luns = get(&array, "/api/storage/luns?fields=status.container_state");
    assert_eq!(
        luns["records"][0]["status"]["container_state"],
        "volume_offline"
    );
}
