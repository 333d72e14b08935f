//! What somebody else made: named and left, unless the user asks for it; and what this tool
//! changed without having made it.

use sanctl::attachment::detach::Adopted;
use sanctl::attachment::walk::OnFailure;
use sanctl::model::nouns::Protocol;
use serde_json::{Value, json};

use crate::hooked::call;
use crate::rig::{GIB, IQN, NODE, Rig, Then};

/// What the OpenStack driver makes, with the driver's own requests, in its order (oceanstor.md §8).
pub(crate) struct ByCinder {
    hostgroup: String,
    lungroup: String,
    view: String,
}

impl ByCinder {
    pub(crate) fn attach(rig: &Rig, lun: u64) -> Self {
        let made = |path: &str, body: Value| {
            let told = rig.call("POST", path, &body);
            told["data"]["ID"].as_str().unwrap_or_default().to_owned()
        };
        let host = json!({"TYPE": "21", "NAME": NODE, "OPERATIONSYSTEM": "0", "DESCRIPTION": NODE});
        let host = made("/host", host);
        if rig.protocol == Protocol::Fc {
            // It binds what the array sees already (oceanstor.md §9).
            for wwpn in &rig.wwpns {
                let bind = json!({"TYPE": "223", "ID": wwpn, "PARENTTYPE": 21, "PARENTID": host});
                rig.call("PUT", &format!("/fc_initiator/{wwpn}"), &bind);
            }
        } else {
            let iqn = json!({"TYPE": "222", "ID": IQN, "USECHAP": "false"});
            made("/iscsi_initiator", iqn);
            rig.call(
                "PUT",
                &format!("/iscsi_initiator/{IQN}"),
                &json!({"TYPE": "222", "ID": IQN, "USECHAP": "false", "PARENTTYPE": "21",
                    "PARENTID": host}),
            );
        }
        let name = format!("OpenStack_HostGroup_{host}");
        let hostgroup = made("/hostgroup", json!({"TYPE": "14", "NAME": name}));
        made(
            "/hostgroup/associate",
            json!({"TYPE": "14", "ID": hostgroup, "ASSOCIATEOBJTYPE": "21",
                "ASSOCIATEOBJID": host}),
        );
        let name = format!("OpenStack_LunGroup_{host}");
        let lungroup = made(
            "/lungroup",
            json!({"NAME": name, "DESCRIPTION": name, "APPTYPE": "0", "GROUPTYPE": "0"}),
        );
        let view = format!("OpenStack_Mapping_View_{host}");
        let view = made("/mappingview", json!({"NAME": view, "TYPE": "245"}));
        let made = Self {
            hostgroup,
            lungroup,
            view,
        };
        made.add_lun(rig, lun);
        made.join(rig, "14", &made.hostgroup);
        made.join(rig, "256", &made.lungroup);
        made
    }

    pub(crate) fn add_lun(&self, rig: &Rig, lun: u64) {
        rig.call(
            "POST",
            "/lungroup/associate",
            &json!({"ID": self.lungroup, "ASSOCIATEOBJTYPE": "11",
                "ASSOCIATEOBJID": lun.to_string()}),
        );
    }

    pub(crate) fn join(&self, rig: &Rig, code: &str, group: &str) {
        rig.call(
            "PUT",
            "/mappingview/create_associate",
            &json!({"TYPE": "245", "ID": self.view, "ASSOCIATEOBJTYPE": code,
                "ASSOCIATEOBJID": group}),
        );
    }
}

fn rigs() -> [Rig; 2] {
    [Rig::v3(), Rig::v6()]
}

#[test]
pub(crate) fn an_attachment_made_by_cinder_is_left_unless_the_user_asks_for_it() {
    for mut rig in rigs() {
        rig.array.populate(2);
        let lun = rig.array.add_lun("vol-1", GIB);
        let before = rig.array.dump();
        let cinder = ByCinder::attach(&rig, lun);
        let there = rig.array.dump();

        let left = rig.detach("vol-1", None);
        assert_eq!(left.report.exit_code, 4);
        let group = format!("lun {lun} in lungroup {}", cinder.lungroup);
        assert_eq!(left.report.left[0].key, "array.lungroup-lun");
        assert!(left.fails().text.contains(&group));
        assert!(rig.array.dump() == there);

        rig.adopted = Adopted::Keep;
        assert_eq!(rig.detach("vol-1", None).expect().report.exit_code, 0);
        assert!(rig.array.dump() == there);

        rig.adopted = Adopted::Include;
        let gone = rig.detach("vol-1", None).expect();
        assert_eq!(gone.report.exit_code, 0);
        assert!(gone.says("array.host removed"), "{:#?}", gone.trail);
        assert!(gone.says("array.initiator restored"), "{:#?}", gone.trail);
        let mut after = rig.array.dump();
        // The driver never deletes an initiator; neither does who did not make it.
        let initiator = after["iscsi"].as_object_mut().unwrap().remove(IQN).unwrap();
        assert_eq!(initiator["host"], Value::Null, "{initiator}");
        assert!(after == before, "{:#?}", gone.trail);
        assert!(rig.objects().is_empty());
    }
}

#[test]
fn cinders_other_luns_keep_its_containers() {
    for mut rig in rigs() {
        let luns = [
            rig.array.add_lun("vol-1", GIB),
            rig.array.add_lun("vol-2", GIB),
        ];
        let cinder = ByCinder::attach(&rig, luns[0]);
        let before = rig.array.dump();
        cinder.add_lun(&rig, luns[1]);
        rig.adopted = Adopted::Include;
        let gone = rig.detach("vol-2", None).expect();
        assert!(gone.says("array.view kept"), "{:#?}", gone.trail);
        assert!(rig.array.dump() == before);
    }
}

/// A static port group, as the driver uses with multipath: it leaves the view and stays.
#[test]
pub(crate) fn a_port_group_in_cinders_view_stays() {
    let configured = [None, Some("iscsi-front".to_owned())];
    let all = configured
        .iter()
        .flat_map(|name| rigs().map(|rig| (rig, name)));
    for (mut rig, name) in all {
        let lun = rig.array.add_lun("vol-1", GIB);
        let ports = rig.add_portgroup("iscsi-front", &["549772722176"]);
        let cinder = ByCinder::attach(&rig, lun);
        cinder.join(&rig, "257", &ports);
        rig.adopted = Adopted::Include;
        let name = name.clone();
        rig.settings = Box::new(move |s| s.port_group.clone_from(&name));
        let gone = rig.detach("vol-1", None).expect();
        assert!(
            gone.says("array.view-portgroup removed"),
            "{:#?}",
            gone.trail
        );
        assert!(gone.says("array.view removed"), "{:#?}", gone.trail);
        let dump = rig.array.dump();
        assert_eq!(dump["portgroups"]["rows"][&ports]["name"], "iscsi-front");
    }
}

#[test]
fn what_an_administrator_named_stays() {
    for mut rig in rigs() {
        let lun = rig.array.add_lun("vol-1", GIB);
        let host = rig.array.add_host(NODE);
        rig.array.add_initiator(IQN, Some(host));
        let hosts = rig.array.add_hostgroup("prod", &[host]);
        let luns = rig.array.add_lungroup("LUNGroup001", &[]);
        rig.array.add_view("by-hand", Some(hosts), Some(luns));
        rig.call(
            "PUT",
            &format!("/host/{host}"),
            &json!({"TYPE": "21", "ID": host.to_string(), "NAME": NODE, "DESCRIPTION": "by hand"}),
        );
        let before = rig.array.dump();
        rig.call(
            "POST",
            "/lungroup/associate",
            &json!({"ID": luns.to_string(), "ASSOCIATEOBJTYPE": "11",
                "ASSOCIATEOBJID": lun.to_string()}),
        );
        rig.adopted = Adopted::Include;
        let gone = rig.detach("vol-1", None).expect();
        assert!(gone.says("array.lungroup-lun removed"), "{:#?}", gone.trail);
        // Host without the driver's description, groups without its names: not its work.
        assert!(rig.array.dump() == before, "{:#?}", gone.trail);
    }
}

/// The driver removes the LUN from its own group and calls that success (oceanstor.md §11).
#[test]
fn a_lun_that_stays_visible_through_a_second_group_is_no_success() {
    for mut rig in rigs() {
        let lun = rig.array.add_lun("vol-1", GIB);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        let plain = rig.detach("vol-1", None).expect().requests.len();
        assert!(rig.array.dump() == before);
        rig.attach("vol-1").expect();
        let host: u64 = rig.journal("vol-1").unwrap().facts().objects["host"]
            .parse()
            .unwrap();
        assert_eq!(walked.facts.lun.unwrap().id, lun.to_string());
        let hosts = rig.array.add_hostgroup("prod", &[host]);
        let luns = rig.array.add_lungroup("LUNGroup001", &[lun]);
        rig.array.add_view("by-hand", Some(hosts), Some(luns));

        let seen = rig.detach("vol-1", None);
        assert_eq!(seen.report.exit_code, 4, "{:#?}", seen.report);
        assert!(seen.requests.len() <= plain, "{:#?}", seen.lines());
        let told = seen.fails().text;
        assert!(told.contains("LUNGroup001"), "{told}");
        assert!(rig.array.lun_number(host, lun).is_some());
        // Now only the other link is there, and it is named again.
        let again = rig.detach("vol-1", None);
        assert_eq!(again.report.exit_code, 4);
        assert!(again.fails().text.contains("made by somebody else"));
        // With it, everything of ours goes too; what the administrator named stays.
        rig.adopted = Adopted::Include;
        let gone = rig.detach("vol-1", None).expect();
        assert_eq!(rig.array.lun_number(host, lun), None);
        assert!(gone.says("array.lungroup removed"), "{:#?}", gone.trail);
        assert!(gone.says("array.view removed"), "{:#?}", gone.trail);
        assert!(gone.says("array.host kept"), "{:#?}", gone.trail);
        let dump = rig.array.dump();
        assert_eq!(dump["views"]["rows"].as_object().unwrap().len(), 1);
        assert_eq!(dump["lungroups"]["rows"].as_object().unwrap().len(), 1);
    }
}

#[test]
fn a_lun_that_stays_visible_by_a_direct_mapping_is_no_success() {
    let rig = Rig::v6();
    let lun = rig.array.add_lun("vol-1", GIB);
    let host = rig.attach("vol-1").expect().facts.objects["host"].clone();
    let direct = json!({"hostId": host, "lunId": lun.to_string()});
    // An array refuses it while the group shows the LUN; it comes in right after the removal.
    let body = direct.clone();
    rig.when("GET", "/lun/associate", move |array| {
        call(array, "POST", "/mapping", &body);
    });
    let seen = rig.detach("vol-1", None);
    assert_eq!(seen.report.exit_code, 4, "{:#?}", seen.report);
    assert!(seen.requests.len() <= 11, "{:#?}", seen.lines());
    let told = seen.fails().text;
    assert!(told.contains("direct mapping"), "{told}");
    let again = rig.detach("vol-1", None);
    assert_eq!(again.report.exit_code, 4, "{:#?}", again.report);
    assert!(again.fails().text.contains("direct mapping"));
    rig.call("DELETE", "/mapping", &direct);
    rig.detach("vol-1", None).expect();
    assert!(rig.objects().is_empty());
    assert!(
        rig.array.dump()["hosts"]["rows"]
            .as_object()
            .unwrap()
            .is_empty()
    );
}

const BIND: &str = "PUT /iscsi_initiator/*";

/// The answer to the bind is lost, and nothing answers from then on: as if the process had ended
/// between the bind and its record.
#[test]
fn a_free_initiator_that_was_bound_without_an_answer_stays_somebody_elses() {
    for made_before in [true, false] {
        let rig = Rig::v3();
        rig.array.add_lun("vol-1", GIB);
        if made_before {
            rig.array.add_initiator(IQN, None);
        }
        let before = rig.array.dump();
        rig.fault(&format!(
            "{BIND}=drop-after; GET *#6-99=drop-before; \
            * /iscsi_initiator/*#2-99=drop-before; DELETE *#every=drop-before"
        ));
        let lost = rig.attach_with("vol-1", OnFailure::Keep, Then::Stay);
        assert_eq!(lost.report.exit_code, 4, "{:#?}", lost.report);
        let claim = format!("initiator/{IQN} was \"free\"");
        let restores = rig.objects().iter().any(|o| o.ends_with(&claim));
        assert_eq!(restores, made_before, "{:?}", rig.objects());
        rig.fault("");
        rig.attach("vol-1").expect();
        let back = rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{:#?}", back.trail);
    }
}

/// Made, and not bound: it is ours, whether the next run finishes it or takes it back.
#[test]
fn an_initiator_that_was_made_and_could_not_be_bound_is_ours() {
    for refusal in ["code:1077949002", "drop-before"] {
        for ending in ["undo", "detach", "attach"] {
            let rig = Rig::v3();
            rig.array.add_lun("vol-1", GIB);
            let before = rig.array.dump();
            rig.fault(&format!("{BIND}#every={refusal}"));
            let how = match ending {
                "undo" => OnFailure::Undo,
                _ => OnFailure::Keep,
            };
            let failed = rig.attach_with("vol-1", how, Then::Stay);
            let what = format!("{refusal} {ending} {:#?}", failed.report);
            assert!(failed.result.is_err(), "{what}");
            rig.fault("");
            let there = !rig.array.dump()["iscsi"][IQN].is_null();
            assert_eq!(there, ending != "undo", "{what}");
            if ending == "attach" {
                rig.attach("vol-1").expect();
            }
            if ending != "undo" {
                rig.detach("vol-1", None).expect();
            }
            assert!(rig.array.dump() == before, "{what}");
            assert!(rig.objects().is_empty(), "{what}\n{:?}", rig.objects());
        }
    }
}

/// The name of a container follows from the id of its host: until there is one, no step may say
/// what it stands for, since that would be written down.
#[test]
fn no_object_is_named_after_a_host_that_is_not_there() {
    use sanctl::step::{Aim, Cx};
    let rig = Rig::v3();
    rig.array.add_lun("vol-1", GIB);
    for aim in [Aim::Attach, Aim::Detach, Aim::Status] {
        let stage = rig.stage("vol-1");
        let bounds = crate::rig::bounds();
        stage.enter(&bounds).unwrap();
        let facts = sanctl::model::facts::Facts::none();
        let cx = Cx {
            facts: &facts,
            bounds: &bounds,
        };
        let facts = stage.survey(&cx, aim).unwrap();
        let nodes = stage.steps(&facts, aim).unwrap();
        let objects: Vec<String> = nodes
            .iter()
            .flat_map(|n| n.lanes.iter().flatten())
            .filter_map(|step| step.object())
            .collect();
        stage.leave();
        assert_eq!(objects.len(), 2, "host and initiator: {objects:?}");
        assert!(objects.iter().all(|o| !o.contains('$')), "{objects:?}");
    }
}
