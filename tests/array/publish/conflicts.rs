//! What is in the way is named, with what to do; nothing is changed.

use sanctl::kit::kind::Kind;
use sanctl::model::ids::LunNumber;
use sanctl::model::publication::{KernelLun, KernelTarget};
use sanctl::sim::oceanstor::{Lag, Seed};
use sanctl::step::State;
use serde_json::json;

use crate::hooked::call;
use crate::ports::by_group;
use crate::rig::{GIB, IQN, NODE, PORT_A, PORT_B, Rig};

fn rig() -> Rig {
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    rig
}

/// Attach is refused with this exit code and these words, and changes nothing.
fn refused(rig: &Rig, kind: Kind, words: &[&str]) -> Vec<String> {
    let before = rig.array.dump();
    let walked = rig.attach("vol-1");
    let changes = walked.requests.iter().filter(|r| r.method != "GET");
    assert!(
        changes.clone().all(|r| r.route.ends_with("sessions")),
        "{:#?}",
        walked.lines()
    );
    let failed = walked.fails();
    assert_eq!(failed.kind, kind, "{failed:?}");
    for word in words {
        assert!(failed.text.contains(word), "{word}: {failed:?}");
    }
    assert!(rig.array.dump() == before);
    assert_eq!(rig.array.open_sessions(), 0);
    failed.hints
}

#[test]
fn an_initiator_of_another_host_is_never_moved() {
    for with_own_host in [false, true] {
        let rig = rig();
        let other = rig.array.add_host("node11");
        rig.array.add_initiator(IQN, Some(other));
        if with_own_host {
            rig.array.add_host(NODE);
        }
        let hints = refused(&rig, Kind::Refused, &[IQN, "host node11", "dorado1"]);
        assert!(hints[0].contains("node.name = \"node11\""), "{hints:?}");
        let found = rig.status("vol-1");
        let initiator = found.iter().find(|f| f.0 == "array.initiator").unwrap();
        assert_eq!(initiator.1.state, State::Differs);
        assert!(initiator.1.evidence.contains("node11"));
    }
}

#[test]
fn a_lun_of_another_host() {
    let mut rig = rig();
    let other = rig.array.add_host("node11");
    let hosts = rig.array.add_hostgroup("prod", &[other]);
    let luns = rig.array.add_lungroup("LUNGroup001", &[0]);
    rig.array.add_view("by-hand", Some(hosts), Some(luns));
    let hints = refused(&rig, Kind::Refused, &["vol-1", "node11"]);
    assert!(hints[0].contains("--shared"), "{hints:?}");
    rig.array.add_host(NODE);
    refused(&rig, Kind::Refused, &["vol-1", "node11"]);
    rig.shared = true;
    let walked = rig.attach("vol-1").expect();
    rig.shared = false;
    // Shared once, it is still visible elsewhere the next time.
    refused(&rig, Kind::Refused, &["node11"]);
    rig.detach("vol-1", Some(&walked.facts)).expect();
    assert!(rig.array.lun_number(other, 0).is_some());
}

#[test]
fn a_lun_in_a_group_that_no_host_sees_is_free() {
    let rig = rig();
    rig.array.add_lungroup("spare", &[0]);
    let before = rig.array.dump();
    let walked = rig.attach("vol-1").expect();
    rig.detach("vol-1", Some(&walked.facts)).expect();
    assert!(rig.array.dump() == before);
}

#[test]
fn a_direct_mapping_to_another_host() {
    let rig = Rig::v6();
    let lun = rig.array.add_lun("vol-1", GIB);
    let other = rig.array.add_host("node11");
    rig.call(
        "POST",
        "/mapping",
        &json!({"hostId": other.to_string(), "lunId": lun.to_string()}),
    );
    refused(&rig, Kind::Refused, &["vol-1", "node11"]);
}

/// A group that no host sees says nothing of who sees the LUN by itself.
#[test]
fn a_direct_mapping_to_another_host_of_a_lun_that_is_in_a_group_too() {
    let rig = Rig::v6();
    let lun = rig.array.add_lun("vol-1", GIB);
    rig.array.add_lungroup("backup", &[lun]);
    let other = rig.array.add_host("node11");
    rig.array.add_direct(other, lun, 5);
    refused(&rig, Kind::Refused, &["vol-1", "node11"]);
}

/// The view shows its LUNs on every port: with a port group the others would be cut.
#[test]
fn a_port_group_is_not_put_into_a_view_that_shows_luns() {
    for seed in [Seed::v3(), Seed::v6()] {
        let mut rig = Rig::new(&seed);
        rig.array.add_lun("vol-1", GIB);
        rig.array.add_lun("vol-2", GIB);
        let one = rig.attach("vol-1").expect();
        by_group(&mut rig);
        for lun in ["vol-2", "vol-1"] {
            let before = rig.array.dump();
            let walked = rig.attach(lun);
            assert!(rig.array.dump() == before, "{lun}: {:#?}", walked.lines());
            let failed = walked.fails();
            assert_eq!(failed.kind, Kind::Refused, "{lun}: {failed:?}");
            let hints = failed.hints.join("\n");
            assert!(
                hints.contains("mapping add-group OpenStack_Mapping_View_"),
                "{hints}"
            );
            let found = rig.status(lun);
            let row = found
                .iter()
                .find(|f| f.0 == "array.view-portgroup")
                .unwrap();
            assert_eq!(row.1.state, State::Differs, "{lun}: {}", row.1.evidence);
        }
        // Once the view shows nothing any more it may have it.
        rig.detach("vol-1", Some(&one.facts)).expect();
        rig.attach("vol-2").expect();
    }
}

/// What was joined is found again whatever the configuration says by then.
#[test]
fn a_port_group_goes_whatever_is_configured_now() {
    for now in [None, Some("other")] {
        let mut rig = rig();
        by_group(&mut rig);
        rig.add_portgroup("other", &["549772722177"]);
        let before = rig.array.dump();
        rig.attach("vol-1").expect();
        rig.settings = Box::new(move |s| s.port_group = now.map(str::to_owned));
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{now:?}: {:?}", rig.objects());
        assert!(rig.objects().is_empty(), "{now:?}: {:?}", rig.objects());
    }
}

#[test]
fn a_port_group_that_came_by_hand_keeps_its_view() {
    let rig = rig();
    let group = rig.add_portgroup("by-hand", &["549772722177"]);
    let attached = rig.attach("vol-1").expect();
    let host = attached.facts.objects["host"].clone();
    let view = attached.facts.objects["view"].clone();
    rig.call(
        "PUT",
        "/mappingview/create_associate",
        &json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": "257", "ASSOCIATEOBJID": group}),
    );
    let done = rig.detach("vol-1", None).expect();
    let rows = done.trail.join("\n");
    assert!(rows.contains("portgroup 0 by-hand"), "{host}: {rows}");
}

/// Its host may come to see things through the other group at any moment.
#[test]
fn an_initiator_stays_with_a_host_that_is_in_another_group() {
    let rig = rig();
    let attached = rig.attach("vol-1").expect();
    let host: u64 = attached.facts.objects["host"].parse().unwrap();
    rig.array.add_hostgroup("prod", &[host]);
    rig.detach("vol-1", None).expect();
    let bound = rig.call("GET", &format!("/iscsi_initiator/{IQN}"), &json!(null));
    assert_eq!(bound["data"]["PARENTID"], host.to_string(), "{bound}");
}

#[test]
fn luns_that_cannot_be_used() {
    let cases = [(2, 27, "fault"), (1, 28, "offline"), (1, 53, "initial")];
    for (health, running, word) in cases {
        let rig = rig();
        rig.array.set_lun_status(0, health, running);
        refused(&rig, Kind::Refused, &["vol-1", word]);
    }
}

#[test]
fn no_such_lun() {
    let rig = Rig::v3();
    refused(&rig, Kind::NotFound, &["no LUN vol-1 on array dorado1"]);
}

#[test]
fn a_view_with_somebody_elses_group() {
    for side in ["hostgroup", "lungroup"] {
        let rig = rig();
        let host = rig.array.add_host(NODE);
        let other = rig.array.add_host("node11");
        let hosts = (side == "hostgroup").then(|| rig.array.add_hostgroup("prod", &[other]));
        let luns = (side == "lungroup").then(|| rig.array.add_lungroup("LUNGroup001", &[]));
        rig.array
            .add_view(&format!("OpenStack_Mapping_View_{host}"), hosts, luns);
        let name = if side == "hostgroup" {
            "prod"
        } else {
            "LUNGroup001"
        };
        refused(&rig, Kind::Refused, &[name, "wanted OpenStack_"]);
        let found = rig.status("vol-1");
        let key = format!("array.view-{side}");
        let link = found.iter().find(|f| f.0 == key).unwrap();
        assert_eq!(link.1.state, State::Differs, "{}", link.1.evidence);
    }
}

#[test]
fn a_convention_group_with_other_hosts_or_in_other_views() {
    let rig = rig();
    let host = rig.array.add_host(NODE);
    let other = rig.array.add_host("node11");
    rig.array
        .add_hostgroup(&format!("OpenStack_HostGroup_{host}"), &[other]);
    refused(&rig, Kind::Refused, &["OpenStack_HostGroup_", "node11"]);

    let rig = self::rig();
    let host = rig.array.add_host(NODE);
    let luns = rig
        .array
        .add_lungroup(&format!("OpenStack_LunGroup_{host}"), &[]);
    rig.array.add_view("by-hand", None, Some(luns));
    refused(&rig, Kind::Refused, &["OpenStack_LunGroup_", "by-hand"]);
}

#[test]
pub(crate) fn ports_that_cannot_be_used() {
    let mut rig = rig();
    rig.settings = Box::new(|s| s.target_ips = vec!["203.0.113.9".parse().unwrap()]);
    let hints = refused(&rig, Kind::Refused, &["203.0.113.9"]);
    assert!(hints[0].contains("target_ips"), "{hints:?}");

    rig.settings = Box::new(|s| s.port_group = Some("iscsi-front".into()));
    refused(&rig, Kind::NotFound, &["port group", "iscsi-front"]);
    rig.add_portgroup("iscsi-front", &["549772722176", "549772722432"]);
    rig.array.set_port_up(PORT_A.text(), false);
    refused(
        &rig,
        Kind::Refused,
        &[
            &format!("{PORT_A} has no link"),
            "CTE0.A1.P9 has no address",
        ],
    );
}

#[test]
pub(crate) fn the_configured_ports_in_their_order() {
    let mut rig = rig();
    rig.settings = Box::new(|s| {
        s.target_ips = vec![PORT_B.ip(), PORT_A.ip()];
    });
    let walked = rig.attach("vol-1").expect();
    let connection = walked.facts.connection.unwrap();
    let told: Vec<String> = connection
        .targets
        .iter()
        .map(|t| t.at.portal.to_string())
        .collect();
    assert_eq!(told, [PORT_B.portal(), PORT_A.portal()]);
    assert!(
        connection
            .targets
            .iter()
            .all(|t| t.lun_number == walked.facts.lun_number)
    );
    assert_eq!(connection.targets[0].at.tpgt, Some(2));
}

fn stale_device(rig: &Rig, number: u16, wwid: &str) -> KernelLun {
    let stage = rig.stage("vol-1");
    let bounds = crate::rig::bounds();
    stage.enter(&bounds).unwrap();
    let facts = sanctl::model::facts::Facts::none();
    let cx = sanctl::step::Cx {
        facts: &facts,
        bounds: &bounds,
    };
    let facts = stage.survey(&cx, sanctl::step::Aim::Status).unwrap();
    stage.leave();
    KernelLun {
        target: KernelTarget::Iqn(facts.connection.unwrap().targets[0].at.iqn.clone()),
        lun_number: LunNumber(number),
        wwid: Some(wwid.parse().unwrap()),
        disk: Some("sdk".into()),
    }
}

#[test]
fn a_number_that_the_kernel_still_knows_is_moved() {
    let mut rig = rig();
    let other = "6a4c64f1001db63307a4e17000000012";
    rig.avoid = vec![stale_device(&rig, 1, other), stale_device(&rig, 2, other)];
    let walked = rig.attach("vol-1").expect();
    // 0 is free as well, and lower than 3.
    assert_eq!(
        walked.facts.lun_number,
        Some(LunNumber(0)),
        "{:#?}",
        walked.lines()
    );
    let connection = walked.facts.connection.as_ref().unwrap();
    assert_eq!(connection.targets[0].lun_number, Some(LunNumber(0)));
    rig.detach("vol-1", Some(&walked.facts)).expect();

    // The same unit under that number is no collision.
    let own = rig.array.lun_wwn(0);
    rig.avoid = vec![stale_device(&rig, 1, &own)];
    let walked = rig.attach("vol-1").expect();
    assert_eq!(walked.facts.lun_number, Some(LunNumber(1)));

    // What was mapped before is not moved under whoever uses it.
    rig.avoid = vec![stale_device(&rig, 1, other)];
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused);
    assert!(failed.text.contains("sdk"), "{failed:?}");
    assert!(
        failed.hints[0].contains("/sys/block/sdk/device/delete"),
        "{failed:?}"
    );
}

#[test]
fn a_number_that_shows_late_is_waited_for() {
    for lag in [Lag::NoNumber(3), Lag::NotListed(3)] {
        let rig = rig();
        rig.array.set_options(|o| o.lag = lag);
        let walked = rig.attach("vol-1").expect();
        assert_eq!(walked.facts.lun_number, Some(LunNumber(1)));
    }
}

#[test]
pub(crate) fn a_group_that_vanishes_sends_attach_back_to_its_survey() {
    let rig = rig();
    rig.array.add_lun("vol-2", GIB);
    let facts = rig.attach("vol-2").expect().facts;
    let (view, group) = (
        facts.objects["view"].clone(),
        facts.objects["lungroup"].clone(),
    );
    // Another machine detaches the last LUN between our survey and our change.
    rig.when("POST", "/lungroup/associate", move |array| {
        let out = json!({"TYPE": "245", "ID": view, "ASSOCIATEOBJTYPE": "256",
            "ASSOCIATEOBJID": group});
        call(array, "PUT", "/mappingview/remove_associate", &out);
        let member = format!("/lungroup/associate?ID={group}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=1");
        call(array, "DELETE", &member, &serde_json::Value::Null);
        call(
            array,
            "DELETE",
            &format!("/lungroup/{group}"),
            &serde_json::Value::Null,
        );
    });
    let walked = rig.attach("vol-1").expect();
    assert!(walked.facts.lun_number.is_some());
    assert!(walked.says("array.lungroup created"), "{:#?}", walked.trail);
}

#[test]
fn two_nodes_of_one_name_at_once() {
    let rig = rig();
    rig.array.add_lun("vol-2", GIB);
    let before = rig.array.dump();
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| rig.attach("vol-1"));
        let two = scope.spawn(|| rig.attach("vol-2"));
        (one.join().unwrap(), two.join().unwrap())
    });
    let (one, two) = (one.expect(), two.expect());
    assert_eq!(one.facts.objects["host"], two.facts.objects["host"]);
    assert_ne!(one.facts.lun_number, two.facts.lun_number);
    rig.detach("vol-1", Some(&one.facts)).expect();
    rig.detach("vol-2", Some(&two.facts)).expect();
    assert!(rig.array.dump() == before);
}

#[test]
fn names_of_all_kinds() {
    let mut rig = rig();
    rig.array.add_lun("eac3c181-6e651741c2df90c11377c5", GIB);
    let wwid = rig.array.lun_wwn(0);
    for (name, id) in [
        ("id:0".to_owned(), "0"),
        (wwid.clone(), "0"),
        (format!("3{wwid}"), "0"),
        ("eac3c181-b02b-4982-9d7e-d273ee2738e0".to_owned(), "1"),
    ] {
        let walked = rig.attach(&name).expect();
        assert_eq!(walked.facts.lun.as_ref().unwrap().id, id, "{name}");
        rig.detach(&name, Some(&walked.facts)).expect();
    }
    let failed = rig.attach("/dev/sda").fails();
    assert_eq!(failed.kind, Kind::Unsupported, "{failed:?}");
    rig.node = "n$(reboot)'\"".into();
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.key, "array.host", "{failed:?}");
}
