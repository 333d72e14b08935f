//! Several sessions to one portal, as several interfaces make them: what is used, and whose devices
//! are whose.

use sanctl::config::Paths;
use sanctl::model::facts::Facts;
use sanctl::step::State;

use crate::rig::{A, B, IQN, Rig, Told, portal, wwid};

/// Logs in at A over an interface, with a scan or without.
fn log_in(rig: &Rig, iface: &str, scan: &str) {
    let named = format!("iscsiadm -m node -T {IQN} -p {A}");
    for then in [
        format!(",1 -I {iface} -o new"),
        format!(" -I {iface} -o update -n node.session.scan -v {scan}"),
        format!(" -I {iface} --login"),
    ] {
        assert_eq!(rig.run(&format!("{named}{then}")), 0, "{then}");
    }
}

fn only_a(rig: &Rig) -> Facts {
    let mut facts = rig.connection(7, Told::Wwid);
    let targets = &mut facts.connection.as_mut().unwrap().targets;
    targets.retain(|t| t.at.portal == portal(A));
    facts
}

/// The LUN is there at another number over another session, for somebody else.
#[test]
fn a_failed_attach_removes_what_it_made_and_no_device_of_others() {
    for wanted in [Told::Wwid, Told::Nothing] {
        let mut rig = Rig::new();
        rig.fabric.unmap(7);
        rig.fabric.unmap(8);
        rig.fabric.map_new(5, &wwid(1), 64 << 20);
        log_in(&rig, "default", "manual");
        log_in(&rig, "iser", "auto");
        rig.fabric.map_new(7, &wwid(1), 64 << 20);
        let before = rig.snapshot();
        rig.machine.set_login_code(portal(B), Some(24)).unwrap();
        rig.paths = Some(Paths { want: 2, min: 2 });
        rig.attach_facts(rig.connection(7, wanted)).fails();
        assert_eq!(rig.snapshot(), before);
        // The same where the other number is on the session that is used.
        rig.write("/sys/class/scsi_host/host0/scan", "0 0 5");
        let before = rig.snapshot();
        rig.attach_facts(rig.connection(7, wanted)).fails();
        assert_eq!(rig.snapshot(), before);
    }
}

#[test]
fn of_several_sessions_the_one_that_has_the_lun_is_used() {
    let rig = Rig::new();
    log_in(&rig, "default", "manual");
    log_in(&rig, "iser", "auto");
    let (report, error) = rig.status_of(only_a(&rig));
    assert!(error.is_none(), "{error:?}");
    let row = |key: &str| report.steps.iter().find(|s| s.key == key).unwrap();
    let path = row(&format!("node.path@{A}"));
    assert_eq!(path.state, State::Present, "{}", path.evidence);
    assert_eq!(report.exit_code, 0, "{:#?}", report.steps);
    assert!(row(&format!("node.session@{A}")).evidence.contains("sid 2"));
    let before = rig.snapshot();
    let report = rig.attach_facts(only_a(&rig)).expect();
    assert!(!report.changed, "{:#?}", report.steps);
    assert_eq!(rig.snapshot(), before);
    let path = report.facts.paths.values().next().unwrap();
    assert_eq!((path.sid, path.disk.as_str()), (Some(2), "sda"));
}

/// Before the number is there on any of them, it is the session that was used before.
#[test]
fn of_several_sessions_without_the_lun_the_one_on_record_is_used() {
    let rig = Rig::new();
    log_in(&rig, "default", "manual");
    log_in(&rig, "iser", "manual");
    for (recorded, used) in [(None, 1), (Some(2), 2), (Some(9), 1)] {
        let mut facts = only_a(&rig);
        let at = facts.connection.as_ref().unwrap().targets[0].at.to_string();
        facts.sessions.extend(recorded.map(|sid| (at, sid)));
        let report = rig.attach_facts(facts).expect();
        let path = report.facts.paths.values().next().unwrap();
        assert_eq!(path.sid, Some(used), "{recorded:?}");
        rig.detach().expect();
    }
}
