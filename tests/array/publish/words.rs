//! What a person reads: the plan as verbs and as curl lines, the status with its evidence.

use std::fmt::Write;

use sanctl::model::facts::Facts;
use sanctl::step::{Aim, Cx, State};

use crate::rig::{GIB, IQN, Rig, bounds};

fn rig() -> Rig {
    let rig = Rig::v6();
    rig.array.populate(2);
    rig.array.add_lun("vol-1", GIB);
    rig
}

/// The plan of an aim, without doing anything.
fn plan(rig: &Rig, aim: Aim, journal: Option<&Facts>) -> String {
    let stage = rig.stage("vol-1");
    let bounds = bounds();
    stage.enter(&bounds).unwrap();
    let mut facts = journal.cloned().unwrap_or_default();
    let cx = Cx {
        facts: &facts,
        bounds: &bounds,
    };
    let found = stage.survey(&cx, aim).unwrap_or_else(|e| panic!("{e}"));
    facts.merge(found);
    let mut text = String::new();
    for node in stage.steps(&facts, aim).unwrap() {
        for step in node.lanes.iter().flatten() {
            let told = step.describe(&facts, aim);
            let _ = writeln!(text, "{}: {} ({})", step.key(), told.title, told.why);
            for line in told.verbs.iter().chain(&told.wire) {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    stage.leave();
    text
}

#[test]
pub(crate) fn the_plan_of_a_cold_attach() {
    let rig = rig();
    let before = rig.array.dump();
    insta::assert_snapshot!("plan_cold", plan(&rig, Aim::Attach, None));
    assert!(rig.array.dump() == before);
}

#[test]
fn the_plan_of_a_detach() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    insta::assert_snapshot!("plan_detach", plan(&rig, Aim::Detach, Some(&facts)));
}

fn table(rig: &Rig) -> String {
    let mut text = String::new();
    for (key, found) in rig.status("vol-1") {
        let _ = writeln!(text, "{key:24} {:8} {}", found.state.word(), found.evidence);
    }
    text
}

#[test]
pub(crate) fn the_status_of_an_attachment() {
    let rig = rig();
    let nothing = table(&rig);
    let walked = rig.attach("vol-1").expect();
    rig.array.set_logged_in(IQN, true);
    let whole = table(&rig);
    let group = &walked.facts.objects["lungroup"];
    let lun = &walked.facts.lun.as_ref().unwrap().id;
    rig.call(
        "DELETE",
        &format!("/lungroup/associate?ID={group}&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID={lun}"),
        &serde_json::Value::Null,
    );
    let half = table(&rig);
    insta::assert_snapshot!("status", format!("{nothing}\n{whole}\n{half}"));
}

#[test]
fn status_only_reads() {
    let rig = rig();
    rig.attach("vol-1").expect();
    rig.server.clear_requests();
    let found = rig.status("vol-1");
    assert!(found.iter().all(|f| f.1.state == State::Present));
    let changes = rig
        .server
        .requests()
        .into_iter()
        .filter(|r| r.method != "GET");
    assert_eq!(
        changes.map(|r| r.route).collect::<Vec<_>>(),
        ["/sessions", "/sessions"]
    );
}

/// A secret never stands in the facts, which go into the journal.
#[test]
fn chap_goes_along_without_its_secret() {
    use sanctl::array::oceanstor::config::ChapSettings;
    use sanctl::config::SecretSource;
    let mut rig = rig();
    rig.settings = Box::new(|s| {
        s.chap = Some(ChapSettings {
            user: "node11".into(),
            password: SecretSource::Env("X".into()),
        });
    });
    let facts = rig.attach("vol-1").expect().facts;
    let chap = facts.connection.as_ref().unwrap().chap.as_ref().unwrap();
    assert_eq!(chap.username, "node11");
    assert!(chap.secret.is_some());
    let text = serde_json::to_string(&facts).unwrap();
    assert!(
        !text.contains(sanctl::sim::oceanstor::Seed::PASSWORD),
        "{text}"
    );
}

/// Whether the host still sees the LUN is told after a detach without another request.
#[test]
fn a_detach_ends_with_proof() {
    let rig = rig();
    let facts = rig.attach("vol-1").expect().facts;
    let back = rig.detach("vol-1", Some(&facts)).expect();
    assert!(back.says("array.lun-number gone"), "{:#?}", back.trail);
}

/// What other LUNs keep is no part of the plan: its lines, run by hand, would cut them off.
#[test]
fn the_plan_of_a_detach_takes_no_container_that_other_luns_need() {
    use sanctl::attachment::plan::plan;
    let rig = rig();
    rig.array.add_lun("vol-2", GIB);
    rig.attach("vol-1").expect();
    rig.attach("vol-2").expect();
    let pending = |lun: &str| {
        let facts = rig.journal(lun).unwrap().facts();
        let stages = [rig.stage(lun)];
        let all = |_: &dyn sanctl::step::Step| true;
        let plan = plan(
            lun,
            "compute-2",
            facts,
            &stages,
            Aim::Detach,
            &all,
            &bounds(),
        )
        .unwrap();
        let script = plan.wire().join("\n");
        assert!(script.contains("mktemp"), "{script}");
        assert!(!script.contains(sanctl::sim::oceanstor::Seed::PASSWORD));
        let steps = plan.steps.into_iter().filter(|s| s.pending);
        steps.map(|s| s.key).collect::<Vec<_>>()
    };
    assert_eq!(pending("vol-1"), ["array.lungroup-lun"]);
    rig.detach("vol-1", None).expect();
    let all = [
        "array.lungroup-lun",
        "array.view-lungroup",
        "array.lungroup",
        "array.view-hostgroup",
        "array.view",
        "array.hostgroup-host",
        "array.hostgroup",
        "array.initiator",
        "array.host",
    ];
    assert_eq!(pending("vol-2"), all);
}
