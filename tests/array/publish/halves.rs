//! Half-finished states: exactly what is missing is made, and detach leaves what was there.

use sanctl::attachment::detach::Adopted;
use serde_json::json;

use crate::rig::{GIB, IQN, NODE, Rig, Walked};

/// The keys of the steps that this attach made.
fn made(walked: &Walked) -> Vec<&str> {
    let mut made: Vec<&str> = walked
        .trail
        .iter()
        .filter_map(|t| {
            let (key, said) = t.split_once(' ')?;
            matches!(said, "created" | "altered").then_some(key)
        })
        .filter(|key| *key != "array.lun-number")
        .collect();
    made.sort_unstable();
    made
}

const ALL: [&str; 10] = [
    "array.host",
    "array.hostgroup",
    "array.hostgroup-host",
    "array.initiator",
    "array.lungroup",
    "array.lungroup-lun",
    "array.view",
    "array.view-hostgroup",
    "array.view-lungroup",
    "",
];

/// Everything but these.
fn without(there: &[&str]) -> Vec<&'static str> {
    let mut keys: Vec<&str> = ALL.into_iter().filter(|k| !k.is_empty()).collect();
    keys.retain(|k| !there.iter().any(|t| *k == format!("array.{t}")));
    keys
}

/// Builds some of the objects of the convention by the names of their steps.
pub(crate) fn build(rig: &Rig, there: &[&str]) -> u64 {
    let has = |key: &str| there.contains(&key);
    let lun = rig.array.add_lun("vol-1", GIB);
    if !has("host") {
        return lun;
    }
    let host = rig.array.add_host(NODE);
    if has("initiator") {
        rig.array.add_initiator(IQN, Some(host));
    }
    let members = [host];
    let members = if has("hostgroup-host") {
        &members[..]
    } else {
        &[]
    };
    let luns = [lun];
    let luns = if has("lungroup-lun") { &luns[..] } else { &[] };
    let hostgroup = has("hostgroup").then(|| {
        rig.array
            .add_hostgroup(&format!("OpenStack_HostGroup_{host}"), members)
    });
    let lungroup = has("lungroup").then(|| {
        rig.array
            .add_lungroup(&format!("OpenStack_LunGroup_{host}"), luns)
    });
    if has("view") {
        rig.array.add_view(
            &format!("OpenStack_Mapping_View_{host}"),
            hostgroup.filter(|_| has("view-hostgroup")),
            lungroup.filter(|_| has("view-lungroup")),
        );
    }
    lun
}

/// Every state from which a view, its groups and their members could have been left.
pub(crate) fn states() -> Vec<Vec<&'static str>> {
    let mut states: Vec<Vec<&'static str>> = vec![vec![]];
    for hosts in [&[][..], &["hostgroup"], &["hostgroup", "hostgroup-host"]] {
        for luns in [&[][..], &["lungroup"], &["lungroup", "lungroup-lun"]] {
            for view in [
                &[][..],
                &["view"],
                &["view", "view-hostgroup"],
                &["view", "view-lungroup"],
                &["view", "view-hostgroup", "view-lungroup"],
            ] {
                let lacks = |side: &str, group: &[&str]| view.contains(&side) && group.is_empty();
                if lacks("view-hostgroup", hosts) || lacks("view-lungroup", luns) {
                    continue;
                }
                for bound in [&["host"][..], &["host", "initiator"]] {
                    states.push([bound, hosts, luns, view].concat());
                }
            }
        }
    }
    states
}

#[test]
pub(crate) fn only_what_is_missing_is_made() {
    let states = states();
    assert_eq!(states.len(), 1 + 68);
    for (new, there) in states.iter().enumerate() {
        for mut rig in [Rig::v3(), Rig::v6()] {
            rig.adopted = Adopted::Keep;
            rig.array.populate(1);
            let lun = build(&rig, there);
            let before = rig.array.dump();
            let walked = rig.attach("vol-1").expect();
            assert_eq!(
                made(&walked),
                without(there),
                "{there:?}\n{:#?}",
                walked.trail
            );
            let host: u64 = walked.facts.objects["host"].parse().unwrap();
            let number = rig.array.lun_number(host, lun).unwrap();
            assert_eq!(u32::from(walked.facts.lun_number.unwrap().0), number);

            let again = rig.attach("vol-1").expect();
            assert!(!again.report.changed);
            assert!(made(&again).is_empty(), "{there:?}\n{:#?}", again.trail);
            assert!(again.requests.iter().all(|r| r.method != "PUT"));

            let back = rig.detach("vol-1", Some(&walked.facts)).expect();
            assert!(
                rig.array.dump() == before || there.contains(&"lungroup-lun"),
                "{new} {there:?}\n{:#?}",
                back.trail
            );
        }
    }
}

#[test]
fn a_free_initiator_is_bound_and_freed_again() {
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_initiator(IQN, None);
    let before = rig.array.dump();
    let walked = rig.attach("vol-1").expect();
    let claim = format!("initiator/{IQN} was \"free\"");
    assert!(rig.objects().iter().any(|o| o.ends_with(&claim)));
    let back = rig.detach("vol-1", Some(&walked.facts)).expect();
    assert!(back.says("array.initiator restored"), "{:#?}", back.trail);
    assert!(rig.array.dump() == before);
}

#[test]
fn an_initiator_with_chap_keeps_it() {
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_initiator(IQN, None);
    rig.call(
        "PUT",
        &format!("/iscsi_initiator/{IQN}"),
        &json!({"TYPE": "222", "ID": IQN, "USECHAP": "true", "CHAPNAME": "user-11",
            "CHAPPASSWORD": "secret-secret"}),
    );
    rig.attach("vol-1").expect();
    assert_eq!(rig.array.dump()["iscsi"][IQN]["use_chap"], true);
}

#[test]
fn a_host_that_was_named_by_an_older_rule_is_found_by_its_initiator() {
    let long = "compute-0123456789.example.internal";
    for (name, description) in [("-4418276130974", long), (long, "")] {
        let mut rig = Rig::v6();
        rig.node = long.into();
        rig.array.add_lun("vol-1", GIB);
        let host = rig.array.add_host(name);
        rig.call(
            "PUT",
            &format!("/host/{host}"),
            &json!({"TYPE": "21", "ID": host.to_string(), "NAME": name,
                "DESCRIPTION": description}),
        );
        rig.array.add_initiator(IQN, Some(host));
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.facts.objects["host"], host.to_string());
        assert!(walked.says("array.host present"), "{:#?}", walked.trail);
        rig.detach("vol-1", Some(&walked.facts)).expect();
        let found = rig.status("vol-1");
        assert_eq!(found[0].1.evidence, format!("host {host} {name}"));
    }
}

#[test]
fn a_long_name_becomes_a_digest_and_stays_in_the_description() {
    let mut rig = Rig::v3();
    rig.node = "compute-0123456789.example.internal".into();
    rig.array.add_lun("vol-1", GIB);
    let walked = rig.attach("vol-1").expect();
    let host = &rig.array.dump()["hosts"]["rows"][&walked.facts.objects["host"]];
    assert_eq!(host["name"], "cb25b27941ff2f0ea8922f8e4bb6a45");
    assert_eq!(host["description"], rig.node.as_str());
}

#[test]
fn a_lun_that_this_host_sees_through_another_group_is_not_mapped_twice() {
    let mut rig = Rig::v3();
    let lun = rig.array.add_lun("vol-1", GIB);
    let host = rig.array.add_host(NODE);
    rig.array.add_initiator(IQN, Some(host));
    let hosts = rig.array.add_hostgroup("prod", &[host]);
    let luns = rig.array.add_lungroup("LUNGroup001", &[lun]);
    rig.array.add_view("by-hand", Some(hosts), Some(luns));
    let before = rig.array.dump();
    let walked = rig.attach("vol-1").expect();
    assert!(rig.array.dump() == before, "{:#?}", walked.trail);
    assert!(walked.facts.lun_number.is_some());
    assert_eq!(walked.facts.objects["lungroup"], luns.to_string());
    // Not ours, so detach leaves it.
    rig.adopted = Adopted::Keep;
    rig.detach("vol-1", Some(&walked.facts)).expect();
    assert!(rig.array.dump() == before);
}

#[test]
fn snapshots_are_attached_like_luns() {
    let rig = Rig::v3();
    let lun = rig.array.add_lun("vol-1", GIB);
    rig.array.add_snapshot("snap-1", lun);
    let before = rig.array.dump();
    let walked = rig.attach("snap-1").expect();
    assert!(walked.facts.lun.as_ref().unwrap().snapshot);
    assert!(walked.facts.lun_number.is_some());
    let both = rig.attach("vol-1").expect();
    // The snapshot keeps the containers although no LUN is left.
    let one = rig.detach("vol-1", Some(&both.facts)).expect();
    assert!(one.says("array.view kept: 1 snapshot"), "{:#?}", one.trail);
    let last = rig.detach("snap-1", Some(&walked.facts)).expect();
    assert!(rig.array.dump() == before, "{:#?}", last.trail);
}

#[test]
pub(crate) fn attach_1_attach_2_detach_1_detach_2_leaves_nothing() {
    for order in [["vol-1", "vol-2"], ["vol-2", "vol-1"]] {
        let rig = Rig::v6();
        rig.array.add_lun("vol-1", GIB);
        rig.array.add_lun("vol-2", GIB);
        let before = rig.array.dump();
        let facts = ["vol-1", "vol-2"].map(|lun| rig.attach(lun).expect().facts);
        assert_ne!(facts[0].lun_number, facts[1].lun_number);
        for lun in order {
            let facts = if lun == "vol-1" { &facts[0] } else { &facts[1] };
            rig.detach(lun, Some(facts)).expect();
        }
        assert!(rig.array.dump() == before);
        assert!(rig.objects().is_empty());
    }
}
