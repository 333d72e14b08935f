//! Defects of the OpenStack driver that this tool does not have, and the sequence it shares.
//!
//! | pitfall (oceanstor.md §11) | tests |
//! |---|---|
//! | 1 more than 256 initiators | `more_than_256_initiators_and_the_new_one_is_bound` |
//! | 2 a view beyond the first page | `a_view_beyond_the_first_hundred_is_found_at_detach` |
//! | 3 a number that was not found | `conflicts::a_number_that_shows_late_is_waited_for` |
//! | 4 an undo of what was there before | `a_busy_answer_while_attaching_again_does_not_unmap_the_lun`, `back::whatever_is_refused_nothing_is_left` |
//! | 5 a view without a LUN group, a LUN that is gone | `back::whatever_is_gone_already`, `back::a_lun_that_was_deleted_on_the_array` |
//! | 6 "exists" from LUN group and view | `conflicts::two_nodes_of_one_name_at_once` |
//! | 7 a replay after a new login | `lost::the_session_ends_at_every_request` |
//! | 8 what a last detach clears on the initiator | `halves::an_initiator_with_chap_keeps_it`, `the_last_detach_only_unbinds` |
//! | 9 a LUN in another group | `adopted::a_lun_that_stays_visible_through_a_second_group_is_no_success` |
//! | 10 half states | `halves::only_what_is_missing_is_made`, `conflicts` |

use serde_json::{Value, json};

use sanctl::sim::oceanstor::{Paging, Seed};

use crate::rig::{GIB, IQN, Rig};

#[test]
fn more_than_256_initiators_and_the_new_one_is_bound() {
    let rig = Rig::v3();
    rig.array.populate(300);
    rig.array.add_lun("vol-1", GIB);
    let walked = rig.attach("vol-1").expect();
    let host: u64 = walked.facts.objects["host"].parse().unwrap();
    assert_eq!(rig.array.dump()["iscsi"][IQN]["host"], host);
}

#[test]
fn a_view_beyond_the_first_hundred_is_found_at_detach() {
    let rig = Rig::v6();
    rig.array.populate(150);
    let lun = rig.array.add_lun("vol-1", GIB);
    let walked = rig.attach("vol-1").expect();
    let host: u64 = walked.facts.objects["host"].parse().unwrap();
    rig.detach("vol-1", Some(&walked.facts)).expect();
    assert_eq!(rig.array.lun_number(host, lun), None);
}

#[test]
fn a_busy_answer_while_attaching_again_does_not_unmap_the_lun() {
    let requests = 8;
    for at in 2..requests {
        let rig = Rig::v3();
        let lun = rig.array.add_lun("vol-1", GIB);
        let walked = rig.attach("vol-1").expect();
        rig.fault(&format!("@{at}=busy"));
        rig.attach("vol-1").expect();
        let host: u64 = walked.facts.objects["host"].parse().unwrap();
        assert!(rig.array.lun_number(host, lun).is_some());
    }
}

#[test]
fn an_array_that_refuses_wide_ranges() {
    for paging in [Paging::Reject, Paging::Cap100, Paging::Full] {
        let rig = Rig::v3();
        rig.array.set_options(|o| o.paging = paging);
        rig.array.populate(120);
        rig.array.add_lun("vol-1", GIB);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        rig.detach("vol-1", Some(&walked.facts)).expect();
        assert!(rig.array.dump() == before);
    }
}

#[test]
fn a_host_with_more_luns_than_a_page() {
    let rig = Rig::v6();
    let luns: Vec<u64> = (0..250)
        .map(|n| rig.array.add_lun(&format!("lun-{n}"), GIB))
        .collect();
    let walked = rig.attach("lun-0").expect();
    let group = walked.facts.objects["lungroup"].clone();
    for lun in &luns[1..240] {
        rig.call(
            "POST",
            "/lungroup/associate",
            &json!({"ID": group, "ASSOCIATEOBJTYPE": "11", "ASSOCIATEOBJID": lun.to_string()}),
        );
    }
    let walked = rig.attach("lun-245").expect();
    let host: u64 = walked.facts.objects["host"].parse().unwrap();
    let number = rig.array.lun_number(host, luns[245]).unwrap();
    assert_eq!(u32::from(walked.facts.lun_number.unwrap().0), number);
    assert!(number > 200);
}

#[test]
pub(crate) fn an_array_that_speaks_no_json() {
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    let before = rig.array.dump();
    for act in ["garbage", "html", "truncated"] {
        rig.fault(&format!("*={act}"));
        let failed = rig.attach("vol-1").fails();
        assert!(failed.text.contains("dorado1"), "{failed:?}");
        assert!(rig.array.dump() == before);
    }
}

/// The driver sends USECHAP and MULTIPATHTYPE along, and so resets what was set there.
#[test]
fn the_last_detach_only_unbinds() {
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_initiator(IQN, None);
    rig.attach("vol-1").expect();
    let back = rig.detach("vol-1", None).expect();
    let mut changes = back
        .requests
        .iter()
        .filter(|r| r.method != "GET" && r.route.starts_with("/iscsi_initiator"));
    let unbind = changes.next().unwrap();
    assert_eq!(unbind.route, "/iscsi_initiator/remove_iscsi_from_host");
    let body: Value = serde_json::from_str(&unbind.body).unwrap();
    assert_eq!(body, json!({"TYPE": "222", "ID": IQN}));
    assert!(changes.next().is_none());
}

/// The seed's trace, object by object: what is made, with which names, in which order of
/// dependence. Where this differs, it says why (oceanstor.md §14): the host is found by an exact
/// filter instead of in the whole table, the LUN by its name instead of by a stored id, the
/// initiator by its id; `/system` and the free numbers of the view are not read; a POST is sent
/// where the trace prints no method.
#[test]
pub(crate) fn the_sequence_of_the_seed() {
    let rig = Rig::new(&Seed::v3());
    // In the trace the host became 2 and its groups were named after the host 1 of another day;
    // here both are the same host.
    rig.array.populate(1);
    rig.array.add_lun("eac3c181-6e651741c2df90c11377c5", GIB);
    rig.array.add_initiator(IQN, None);
    let walked = rig.attach("eac3c181-b02b-4982-9d7e-d273ee2738e0").expect();
    let host = walked.facts.objects["host"].clone();
    let id = |noun: &str| walked.facts.objects[noun].clone();
    let sent = |method: &str, route: &str| -> Vec<Value> {
        let of = walked
            .requests
            .iter()
            .filter(|r| r.method == method && r.route == route);
        of.map(|r| serde_json::from_str(&r.body).unwrap()).collect()
    };
    assert_eq!(
        sent("POST", "/host"),
        [
            json!({"DESCRIPTION": crate::rig::NODE, "TYPE": "21", "NAME": crate::rig::NODE,
            "OPERATIONSYSTEM": "0"})
        ]
    );
    assert_eq!(
        sent("PUT", &format!("/iscsi_initiator/{IQN}")),
        [
            json!({"USECHAP": "false", "PARENTTYPE": "21", "TYPE": "222", "ID": IQN,
            "PARENTID": host})
        ]
    );
    assert_eq!(
        sent("POST", "/hostgroup"),
        [json!({"TYPE": "14", "NAME": format!("OpenStack_HostGroup_{host}")})]
    );
    assert_eq!(
        sent("POST", "/hostgroup/associate"),
        [
            json!({"ASSOCIATEOBJID": host, "TYPE": "14", "ID": id("hostgroup"),
            "ASSOCIATEOBJTYPE": "21"})
        ]
    );
    let name = format!("OpenStack_LunGroup_{host}");
    assert_eq!(
        sent("POST", "/lungroup"),
        [json!({"GROUPTYPE": "0", "DESCRIPTION": name, "APPTYPE": "0", "NAME": name})]
    );
    assert_eq!(
        sent("POST", "/lungroup/associate"),
        [
            json!({"ASSOCIATEOBJID": walked.facts.lun.as_ref().unwrap().id, "ID": id("lungroup"),
            "ASSOCIATEOBJTYPE": "11"})
        ]
    );
    assert_eq!(
        sent("POST", "/mappingview"),
        [json!({"TYPE": "245", "NAME": format!("OpenStack_Mapping_View_{host}")})]
    );
    let join = |code: &str, group: &str| {
        json!({"ASSOCIATEOBJID": group, "TYPE": "245", "ASSOCIATEOBJTYPE": code,
            "ID": id("view")})
    };
    assert_eq!(
        sent("PUT", "/mappingview/create_associate"),
        [join("14", &id("hostgroup")), join("256", &id("lungroup"))]
    );
    let reads = |route: &str| walked.requests.iter().filter(|r| r.route == route).count();
    assert_eq!(
        reads("/lun/associate"),
        1,
        "the number is read from the host's list"
    );
    assert_eq!(reads("/iscsi_tgt_port"), 1);
    // The trace reads whole tables and the version; nothing here needs them.
    for table in [
        "/host?range",
        "/iscsi_initiator?range",
        "/hostgroup?range",
        "/lungroup?range",
    ] {
        assert!(!walked.lines().iter().any(|l| l.contains(table)), "{table}");
    }
    assert_eq!(reads("/system") + reads("/system/"), 0);
}
