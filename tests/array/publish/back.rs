//! A failed attach leaves nothing; detach works whatever is gone already, and takes apart nothing
//! that somebody else needs.

use sanctl::attachment::walk::OnFailure;
use sanctl::kit::kind::Kind;
use sanctl::model::facts::Facts;
use serde_json::json;

use crate::hooked::call;
use crate::rig::{GIB, IQN, Rig, Then};

fn rig() -> Rig {
    let rig = Rig::v3();
    rig.array.populate(2);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig
}

#[test]
fn whatever_is_refused_nothing_is_left() {
    let requests = rig().attach("vol-1").expect().requests.len();
    for first in [false, true] {
        for at in 2..=requests {
            let rig = rig();
            if first {
                rig.attach("vol-2").expect();
            }
            let before = rig.array.dump();
            let ours = rig.objects();
            rig.fault(&format!("@{at}=code:50338817"));
            let walked = rig.attach("vol-1");
            if walked.result.is_ok() {
                // Only a refused logout does no harm.
                assert!(at == requests || first, "{at}\n{:#?}", walked.trail);
                continue;
            }
            assert!(
                rig.array.dump() == before,
                "{first} {at}\n{:#?}",
                walked.trail
            );
            assert_eq!(rig.objects(), ours, "{first} {at}\n{:#?}", walked.trail);
        }
    }
}

/// The answer is lost and nothing answers any more: what may be there is left, named and ours.
#[test]
fn what_is_in_doubt_is_not_taken_back_without_a_look() {
    for (change, key) in [
        ("POST /host", "array.host"),
        ("POST /iscsi_initiator", "array.initiator"),
        ("POST /hostgroup", "array.hostgroup"),
        ("POST /lungroup", "array.lungroup"),
        ("POST /mappingview", "array.view"),
    ] {
        let rig = rig();
        let before = rig.array.dump();
        let dead = "GET *#5-99=drop-before; DELETE *#every=drop-before";
        rig.fault(&format!("{change}=drop-after; {dead}"));
        let walked = rig.attach("vol-1");
        let what = format!("{change}\n{:#?}", walked.report);
        assert_eq!(walked.report.kind, Some(Kind::Partial), "{what}");
        assert!(walked.report.left.iter().any(|l| l.key == key), "{what}");
        rig.fault("");
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{what}");
        assert!(rig.objects().is_empty(), "{what}");
    }
}

#[test]
pub(crate) fn a_whole_attach_is_taken_back_the_newest_first() {
    let rig = rig();
    let before = rig.array.dump();
    let walked = rig.attach_with("vol-1", OnFailure::Undo, Then::TakeBack);
    assert!(rig.array.dump() == before, "{:#?}", walked.trail);
}

/// It is counted apart from the LUNs when its containers are taken apart.
#[test]
fn a_whole_attach_of_a_snapshot_is_taken_back() {
    for seed in [Rig::v3, Rig::v6] {
        let rig = seed();
        let lun = rig.array.add_lun("vol-1", GIB);
        rig.array.add_snapshot("snap-1", lun);
        let before = rig.array.dump();
        let walked = rig.attach_with("snap-1", OnFailure::Undo, Then::TakeBack);
        assert!(rig.array.dump() == before, "{:#?}", walked.trail);
        rig.fault("PUT /mappingview/create_associate#2=code:1077949058");
        let walked = rig.attach("snap-1");
        assert!(rig.array.dump() == before, "{:#?}", walked.trail);
    }
}

#[test]
fn a_failed_second_attach_never_touches_the_first() {
    let rig = rig();
    let one = rig.attach("vol-1").expect();
    let before = rig.array.dump();
    let walked = rig.attach_with("vol-2", OnFailure::Undo, Then::TakeBack);
    assert_eq!(
        walked.report.kind,
        Some(Kind::Unreachable),
        "{:#?}",
        walked.report
    );
    assert!(rig.array.dump() == before);
    rig.detach("vol-1", Some(&one.facts)).expect();
}

#[test]
fn a_lun_that_was_deleted_on_the_array() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    let lun = facts.lun.as_ref().unwrap().id.parse().unwrap();
    rig.array.lose_lun(lun);
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(back.says("array.lungroup-lun gone"), "{:#?}", back.trail);
    assert!(back.says("array.host removed"), "{:#?}", back.trail);
    assert!(rig.objects().is_empty());
}

#[test]
fn a_lun_whose_id_belongs_to_another_one_now() {
    let mut rig = rig();
    let mut facts = rig.attach("vol-1").expect().facts;
    let other = rig.attach("vol-2").expect().facts;
    facts.lun.as_mut().unwrap().id = other.lun.as_ref().unwrap().id.clone();
    rig.lose_journals();
    rig.detach("vol-1", Some(&facts)).expect();
    let again = rig.attach("vol-2").expect();
    assert!(
        again.says("array.lungroup-lun present"),
        "{:#?}",
        again.trail
    );
}

/// The view, the groups or the host go before detach does.
#[test]
pub(crate) fn whatever_is_gone_already() {
    let kinds: [&[&str]; 6] = [
        &["view"],
        &["view", "lungroup"],
        &["view", "hostgroup"],
        &["initiator"],
        &["view", "lungroup", "hostgroup", "initiator", "host"],
        &["view-lungroup"],
    ];
    for gone in kinds {
        let rig = rig();
        let before = rig.array.dump();
        let facts = rig.attach("vol-1").expect().facts;
        take_apart(&rig, &facts, gone);
        let back = rig.detach("vol-1", Some(&facts)).expect();
        assert!(rig.array.dump() == before, "{gone:?}\n{:#?}", back.trail);
        assert!(rig.objects().is_empty(), "{gone:?} {:?}", rig.objects());
    }
}

fn take_apart(rig: &Rig, facts: &Facts, gone: &[&str]) {
    let id = |noun: &str| facts.objects[noun].clone();
    let out = |group: &str, code: &str| {
        rig.call(
            "PUT",
            "/mappingview/remove_associate",
            &json!({"TYPE": "245", "ID": id("view"), "ASSOCIATEOBJTYPE": code,
                "ASSOCIATEOBJID": id(group)}),
        );
    };
    let delete = |path: String| {
        rig.call("DELETE", &path, &serde_json::Value::Null);
    };
    let lun = facts.lun.as_ref().unwrap().id.clone();
    for what in gone {
        match *what {
            "view-lungroup" => out("lungroup", "256"),
            "view" => {
                out("lungroup", "256");
                out("hostgroup", "14");
                delete(format!("/mappingview/{}", id("view")));
            }
            "lungroup" => {
                let group = id("lungroup");
                delete(format!(
                    "/lungroup/associate?ID={group}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"
                ));
                delete(format!("/lungroup/{group}"));
            }
            "hostgroup" => {
                let (group, host) = (id("hostgroup"), id("host"));
                delete(format!(
                    "/host/associate?TYPE=14&ID={group}&ASSOCIATEOBJTYPE=21&ASSOCIATEOBJID={host}"
                ));
                delete(format!("/hostgroup/{group}"));
            }
            "initiator" => {
                rig.call(
                    "PUT",
                    "/iscsi_initiator/remove_iscsi_from_host",
                    &json!({"TYPE": "222", "ID": IQN}),
                );
                delete(format!("/iscsi_initiator/{IQN}"));
            }
            "host" => delete(format!("/host/{}", id("host"))),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn containers_that_somebody_else_uses_stay() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    let host: u64 = facts.objects["host"].parse().unwrap();
    rig.array
        .add_initiator("iqn.1994-05.com.redhat:another", Some(host));
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(
        back.says("array.host kept: 1 initiator"),
        "{:#?}",
        back.trail
    );
    assert!(back.says("array.initiator removed"), "{:#?}", back.trail);

    let rig = self::rig();
    let facts = rig.attach("vol-1").expect().facts;
    let other = rig.array.add_host("node-9");
    rig.call(
        "POST",
        "/hostgroup/associate",
        &json!({"TYPE": "14", "ID": facts.objects["hostgroup"], "ASSOCIATEOBJTYPE": "21",
            "ASSOCIATEOBJID": other.to_string()}),
    );
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(back.says("array.lungroup-lun removed"), "{:#?}", back.trail);
    assert!(
        back.says("array.view-lungroup kept: host"),
        "{:#?}",
        back.trail
    );
    assert!(back.says("node-9"), "{:#?}", back.trail);
}

#[test]
fn an_initiator_that_was_moved_to_another_host_is_not_freed() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    let other = rig.array.add_host("node-9");
    rig.call(
        "PUT",
        "/iscsi_initiator/remove_iscsi_from_host",
        &json!({"TYPE": "222", "ID": IQN}),
    );
    rig.call(
        "PUT",
        &format!("/iscsi_initiator/{IQN}"),
        &json!({"TYPE": "222", "ID": IQN, "PARENTTYPE": "21", "PARENTID": other.to_string(),
            "USECHAP": "false"}),
    );
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(
        back.says("array.initiator kept: host node-9"),
        "{:#?}",
        back.trail
    );
    assert_eq!(rig.array.dump()["iscsi"][IQN]["host"], other);
}

/// Somebody attaches between the proof that nothing is left and the removal.
#[test]
fn a_lun_that_comes_in_while_the_view_is_taken_apart() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    let view: u64 = facts.objects["view"].parse().unwrap();
    let group = facts.objects["lungroup"].clone();
    let other = rig.array.add_lun("vol-9", GIB);
    // The first count says nothing is left; the LUN is there when the group leaves the view.
    rig.when("PUT", "/mappingview/remove_associate", move |array| {
        call(
            array,
            "POST",
            "/lungroup/associate",
            &json!({"ID": group, "ASSOCIATEOBJTYPE": "11", "ASSOCIATEOBJID": other.to_string()}),
        );
    });
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(back.says("that came in meanwhile"), "{:#?}", back.trail);
    let dump = rig.array.dump();
    let rows = &dump["views"]["rows"][view.to_string()];
    assert_eq!(rows["lungroup"].to_string(), facts.objects["lungroup"]);
    let host: u64 = facts.objects["host"].parse().unwrap();
    assert!(rig.array.lun_number(host, other).is_some());
    assert!(back.says("array.host kept"), "{:#?}", back.trail);
}
