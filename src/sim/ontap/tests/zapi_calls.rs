//! The older interface, as the sheet and the recorded flows have it.

use super::*;

const NAME: &str = "openstack-9f0c1f5e-0f5f-4f5c-9d0a-6d7f4a6b1c11";

fn create(array: &Practice) {
    let call = format!(
        "<igroup-create><initiator-group-name>{NAME}</initiator-group-name>\
         <initiator-group-type>iscsi</initiator-group-type><os-type>linux</os-type></igroup-create>"
    );
    assert_eq!(errno(array, &call), "");
    let call = format!(
        "<igroup-add><initiator-group-name>{NAME}</initiator-group-name>\
         <initiator>{IQN}</initiator></igroup-add>"
    );
    assert_eq!(errno(array, &call), "");
}

fn map(array: &Practice, path: &str) -> String {
    let call =
        format!("<lun-map><path>{path}</path><initiator-group>{NAME}</initiator-group></lun-map>");
    zapi(array, &call)
}

fn igroups_of(iqn: &str) -> String {
    format!(
        "<igroup-get-iter><max-records>100</max-records><query><initiator-group-info>\
         <vserver>svm_gold</vserver><initiators><initiator-info><initiator-name>{iqn}\
         </initiator-name></initiator-info></initiators></initiator-group-info></query>\
         <desired-attributes><initiator-group-info><initiators><initiator-info/></initiators>\
         <vserver/><initiator-group-name/><initiator-group-type/><initiator-group-os-type/>\
         </initiator-group-info></desired-attributes></igroup-get-iter>"
    )
}

/// What the seed's driver does to attach: igroups, a new one, map, portals, name.
#[test]
fn the_recorded_attach_and_detach() {
    let array = array();
    let empty = zapi(&array, &igroups_of(IQN));
    assert_eq!(
        empty,
        "<results status=\"passed\"><num-records>0</num-records></results>"
    );
    create(&array);
    assert_eq!(
        zapi(&array, &igroups_of("IQN.1994-05.com.redhat:C001")),
        format!(
            "<results status=\"passed\"><attributes-list><initiator-group-info>\
             <initiator-group-name>{NAME}</initiator-group-name>\
             <initiator-group-os-type>linux</initiator-group-os-type>\
             <initiator-group-type>iscsi</initiator-group-type><initiators><initiator-info>\
             <initiator-name>{IQN}</initiator-name></initiator-info></initiators>\
             <vserver>svm_gold</vserver></initiator-group-info></attributes-list>\
             <num-records>1</num-records></results>"
        )
    );
    let passed = |n: u32| {
        format!("<results status=\"passed\"><lun-id-assigned>{n}</lun-id-assigned></results>")
    };
    assert_eq!(map(&array, A), passed(0));
    assert_eq!(map(&array, B), passed(1));
    assert!(
        map(&array, A).contains(
            "status=\"failed\" reason=\"LUN already mapped to this group\" errno=\"9023\""
        )
    );
    let maps = zapi(
        &array,
        &format!("<lun-map-list-info><path>{B}</path></lun-map-list-info>"),
    );
    assert!(
        maps.contains("<lun-id>1</lun-id>") && maps.contains(NAME),
        "{maps}"
    );
    let seen = format!(
        "<lun-initiator-list-map-info><initiator>{IQN}</initiator></lun-initiator-list-map-info>"
    );
    assert_eq!(zapi(&array, &seen).matches("<lun-map-info>").count(), 2);
    let lifs = zapi(&array, "<iscsi-interface-get-iter/>");
    assert_eq!(lifs.matches("<ip-port>3260</ip-port>").count(), 4);
    assert!(lifs.contains("<tpgroup-tag>1034</tpgroup-tag>"), "{lifs}");
    let service = zapi(&array, "<iscsi-service-get-iter/>");
    assert!(
        service.contains("<node-name>iqn.1992-08.com.netapp:sn."),
        "{service}"
    );
    let name = zapi(&array, "<iscsi-node-get-name/>");
    assert!(name.contains(&array.target()), "{name}");

    let unmap =
        format!("<lun-unmap><path>{A}</path><initiator-group>{NAME}</initiator-group></lun-unmap>");
    assert_eq!(errno(&array, &unmap), "");
    assert_eq!(errno(&array, &unmap), "9016");
    // The freed number is the next one given.
    assert_eq!(map(&array, A), passed(0));
}

#[test]
fn a_map_shows_its_reporting_nodes() {
    let array = array();
    create(&array);
    map(&array, A);
    let maps = format!(
        "<lun-map-get-iter><query><lun-map-info><path>{A}</path></lun-map-info></query>\
         </lun-map-get-iter>"
    );
    let text = zapi(&array, &maps);
    let nodes = "<reporting-nodes><node-name>ams-01a</node-name><node-name>ams-01b</node-name>\
                 </reporting-nodes><vserver>svm_gold</vserver>";
    assert!(
        text.contains(nodes) && text.contains("<node>ams-01a</node>"),
        "{text}"
    );
    array.set_reporting(A, NAME, &[]);
    assert!(!zapi(&array, &maps).contains("reporting-nodes"));
}

#[test]
fn a_lun_is_found_by_path_name_uuid_and_serial() {
    let array = array();
    array.set_serial(A, "sn/7+Lab$x?2", Prefix::Cluster);
    assert_eq!(array.lun_wwid(A), "600a0980736e2f372b4c616224783f32");
    let found = |query: &str| {
        let call = format!(
            "<lun-get-iter><max-records>2</max-records><query><lun-info>{query}</lun-info></query>\
             <desired-attributes><lun-info><path/><serial-number/></lun-info></desired-attributes>\
             </lun-get-iter>"
        );
        zapi(&array, &call)
    };
    let one = format!(
        "<results status=\"passed\"><attributes-list><lun-info><path>{A}</path>\
         <serial-number>sn/7+Lab$x?2</serial-number></lun-info></attributes-list>\
         <num-records>1</num-records></results>"
    );
    let uuid = zapi(
        &array,
        &format!(
            "<lun-get-iter><query><lun-info><path>{A}</path></lun-info></query></lun-get-iter>"
        ),
    );
    let uuid = uuid
        .split("<uuid>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    for query in [
        format!("<path>{A}</path>"),
        format!("<vserver>svm_gold</vserver><path>{A}</path>"),
        "<path>/vol/*/volume-a</path>".to_owned(),
        "<serial-number>sn/7+Lab$x?2</serial-number>".to_owned(),
        format!("<uuid>{uuid}</uuid>"),
        "<size>&lt;2000000000</size>".to_owned(),
    ] {
        assert_eq!(found(&query), one, "{query}");
    }
    assert!(found("<path>/vol/*</path>").contains("<num-records>2<"));
    assert!(found("<vserver>other</vserver>").contains("<num-records>0<"));
    let serial = format!("<lun-get-serial-number><path>{A}</path></lun-get-serial-number>");
    assert!(zapi(&array, &serial).contains("sn/7+Lab$x?2"));
}

#[test]
fn inputs_are_checked() {
    let array = array();
    array.add_igroup("g", "iscsi", &[IQN]);
    for (call, errno_) in [
        ("<no-such-call/>", "13005"),
        (
            "<lun-map><path>/vol/cinder_a/volume-a</path></lun-map>",
            "13006",
        ),
        (
            "<lun-map><path>/vol/cinder_a/volume-a</path><initiator-group/></lun-map>",
            "13006",
        ),
        (
            "<lun-unmap><path>x</path><initiator-group>g</initiator-group><force>true</force></lun-unmap>",
            "13115",
        ),
        (
            "<lun-map><path>/x</path><path>/y</path><initiator-group>g</initiator-group></lun-map>",
            "13115",
        ),
        (
            "<lun-map><path>/vol/cinder_a/volume-a</path><initiator-group>g</initiator-group><lun-id>x</lun-id></lun-map>",
            "13115",
        ),
        (
            "<lun-map><path>/vol/cinder_a/volume-a</path><initiator-group>g</initiator-group><lun-id>4096</lun-id></lun-map>",
            "13115",
        ),
        (
            "<lun-map><path>/vol/cinder_a/none</path><initiator-group>g</initiator-group></lun-map>",
            "9017",
        ),
        (
            "<lun-map><path>/vol/cinder_a/volume-a</path><initiator-group>h</initiator-group></lun-map>",
            "9003",
        ),
        (
            "<lun-get-iter><query><lun-info><colour>red</colour></lun-info></query></lun-get-iter>",
            "13115",
        ),
        (
            "<lun-get-iter><query><lun-map-info/></query></lun-get-iter>",
            "13115",
        ),
        (
            "<lun-get-iter><max-records>0</max-records></lun-get-iter>",
            "13115",
        ),
        ("<lun-get-iter><tag>nonsense</tag></lun-get-iter>", "13001"),
        (
            "<lun-online><path>/vol/cinder_a/volume-a</path></lun-online>",
            "9015",
        ),
        (
            "<igroup-create><initiator-group-name>g</initiator-group-name><initiator-group-type>iscsi</initiator-group-type></igroup-create>",
            "9004",
        ),
        (
            "<igroup-create><initiator-group-name>n</initiator-group-name><initiator-group-type>usb</initiator-group-type></igroup-create>",
            "13115",
        ),
        (
            "<igroup-create><initiator-group-name>n</initiator-group-name><initiator-group-type>iscsi</initiator-group-type><os-type>dos</os-type></igroup-create>",
            "9032",
        ),
        ("<system-node-get-iter/>", "13005"),
    ] {
        assert_eq!(errno(&array, call), errno_, "{call}");
    }
}

#[test]
fn scopes_and_versions() {
    let array = array();
    array.add_svm("svm_other");
    let ask = |auth: &str, attributes: &str, call: &str| {
        let reply = post(&array, auth, &envelope(attributes, call));
        String::from_utf8(reply.body).unwrap()
    };
    let map = "<iscsi-node-get-name/>";
    let v = "version=\"1.21\"";
    let cluster = ask(CLUSTER, v, map);
    assert!(
        cluster.contains("Vserver API missing vserver parameter."),
        "{cluster}"
    );
    assert!(ask(CLUSTER, &format!("{v} vfiler=\"svm_gold\""), map).contains("passed"));
    assert!(ask(CLUSTER, &format!("{v} vfiler=\"gone\""), map).contains("errno=\"15698\""));
    assert!(ask(VSADMIN, v, map).contains("passed"));
    assert!(ask(VSADMIN, &format!("{v} vfiler=\"svm_gold\""), map).contains("passed"));
    assert!(ask(VSADMIN, &format!("{v} vfiler=\"svm_other\""), map).contains("15698"));
    let nodes = "<system-node-get-iter/>";
    assert!(ask(CLUSTER, v, nodes).contains("<node>ams-01a</node>"));
    assert!(ask(VSADMIN, v, nodes).contains("errno=\"13005\""));
    let svms = "<vserver-get-iter/>";
    assert_eq!(ask(CLUSTER, v, svms).matches("<vserver-info>").count(), 2);
    assert_eq!(ask(VSADMIN, v, svms).matches("<vserver-info>").count(), 1);
    let known = "<system-get-ontapi-version/>";
    assert!(ask(VSADMIN, "version=\"1.241\"", known).contains("<minor-version>241<"));
    let newer = ask(VSADMIN, "version=\"1.250\"", known);
    let words = "Version 1.250 was requested, but only 1.241 is supported";
    assert!(newer.contains(words), "{newer}");
    assert!(ask(VSADMIN, "version=\"latest\"", known).contains("13001"));

    array.rename_svm("svm_gold", "svm_gold-mc");
    assert!(ask(CLUSTER, &format!("{v} vfiler=\"svm_gold\""), map).contains("15698"));
    assert!(ask(CLUSTER, &format!("{v} vfiler=\"svm_gold-mc\""), map).contains("passed"));
    assert!(ask(VSADMIN, v, map).contains("passed"));
}

#[test]
fn chap_by_call() {
    let array = array();
    let get = format!(
        "<iscsi-initiator-get-auth><initiator>{IQN}</initiator></iscsi-initiator-get-auth>"
    );
    assert_eq!(errno(&array, &get), "13112");
    let add = |more: &str| {
        format!(
            "<iscsi-initiator-add-auth><initiator>{IQN}</initiator><auth-type>CHAP</auth-type>{more}</iscsi-initiator-add-auth>"
        )
    };
    assert_eq!(errno(&array, &add("")), "13110");
    assert_eq!(errno(&array, &add("<user-name>u</user-name>")), "13110");
    assert_eq!(
        errno(
            &array,
            &add("<user-name>u</user-name><passphrase>0x123</passphrase>")
        ),
        "13110"
    );
    let login = "<user-name>u</user-name><passphrase>secretsecret</passphrase>";
    let same = "<outbound-user-name>o</outbound-user-name><outbound-passphrase>secretsecret</outbound-passphrase>";
    assert_eq!(errno(&array, &add(&format!("{login}{same}"))), "13110");
    assert_eq!(errno(&array, &add(login)), "");
    assert_eq!(errno(&array, &add(login)), "13130");
    let shown = zapi(&array, &get);
    assert!(shown.contains("<auth-type>CHAP</auth-type>") && shown.contains("<user-name>u<"));
    assert!(!shown.contains("secret"));
    assert_eq!(
        array.chap_of(IQN),
        Some(("u".to_owned(), "secretsecret".to_owned()))
    );
    let modify = format!(
        "<iscsi-initiator-modify-chap-params><initiator>{IQN}</initiator><user-name>v</user-name><passphrase>another</passphrase></iscsi-initiator-modify-chap-params>"
    );
    assert_eq!(errno(&array, &modify), "");
    assert_eq!(
        array.chap_of(IQN),
        Some(("v".to_owned(), "another".to_owned()))
    );
    let all = zapi(&array, "<iscsi-initiator-auth-get-iter/>");
    assert_eq!(
        all.matches("<iscsi-security-entry-info>").count(),
        2,
        "{all}"
    );
    let delete = format!(
        "<iscsi-initiator-delete-auth><initiator>{IQN}</initiator></iscsi-initiator-delete-auth>"
    );
    assert_eq!(errno(&array, &delete), "");
    assert_eq!(errno(&array, &delete), "13112");
    assert!(zapi(&array, "<iscsi-initiator-get-default-auth/>").contains("<auth-type>none<"));
    let default = "<iscsi-initiator-set-default-auth><auth-type>deny</auth-type></iscsi-initiator-set-default-auth>";
    assert_eq!(errno(&array, default), "");
    assert!(zapi(&array, "<iscsi-initiator-get-default-auth/>").contains("<auth-type>deny<"));
}
