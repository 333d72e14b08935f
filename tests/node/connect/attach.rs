//! Attach on the practice machine.

use sanctl::config::Paths;
use sanctl::kit::bounds::Bounds;
use sanctl::kit::kind::{Failure, Kind};
use sanctl::model::facts::{Facts, Identity};
use sanctl::node::connect::Mode;
use sanctl::sim::machine::fabric::Answer;
use sanctl::sim::machine::log::Moment;
use sanctl::sim::machine::{Daemon, Hold};
use sanctl::step::{self, Aim, Cx, Node, Stage};
use sanctl::system::Machine;

use crate::faulty::Faulty;
use crate::rig::{A, B, HOST, IQN, NOWHERE, Rig, Told, entry, kill, portal, wwid};

#[test]
pub(crate) fn from_nothing_to_a_proven_device() {
    let rig = Rig::new();
    let report = rig.attach().expect();
    assert_eq!(report.state, "attached");
    assert!(report.changed);
    assert_eq!(report.identity, Some(Identity::Proven));
    assert_eq!(report.paths.len(), 2);
    let file = rig.machine.device_file(&wwid(1)).unwrap();
    assert_eq!(report.device.as_deref(), file.to_str());
    assert_eq!(rig.snapshot().len(), 2 + 2 + 2, "LUN 8 was not brought in");
}

#[test]
pub(crate) fn three_commands_and_one_scan_for_each_portal() {
    let mut rig = Rig::new();
    rig.paths = Some(Paths { want: 1, min: 1 });
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().targets.truncate(1);
    rig.attach_facts(facts).expect();
    let node = format!("iscsiadm -m node -T {IQN} -p {A}");
    assert_eq!(
        rig.changes(),
        [
            format!("{node},1 -I default -o new"),
            format!(
                "{node} -I default -o update -n node.session.scan -v manual -n node.startup -v \
                 manual -n node.conn[0].startup -v manual -n node.session.initial_login_retry_max \
                 -v 1 -n node.conn[0].timeo.login_timeout -v 5"
            ),
            format!("{node} -I default --login"),
            "echo \"0 0 7\" > /sys/class/scsi_host/host0/scan".to_owned(),
        ]
    );
}

#[test]
pub(crate) fn again_changes_nothing_but_asks_the_devices_again() {
    let rig = Rig::new();
    let first = rig.attach().expect();
    rig.machine.clear_calls();
    let again = rig.attach().expect();
    assert!(!again.changed, "{:#?}", again.steps);
    assert_eq!(again.device, first.device);
    let changes = rig.changes();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes.iter().all(|c| c.ends_with("/device/rescan")));
}

#[test]
pub(crate) fn a_dead_portal_is_named_and_nothing_is_made_for_it() {
    for answer in [Answer::Refused, Answer::Silent] {
        let rig = Rig::new();
        rig.fabric.set_answer(portal(B), answer);
        let done = rig.attach();
        assert_eq!(done.report.state, "degraded");
        assert_eq!(done.report.exit_code, Kind::Degraded.exit_code());
        let report = done.expect();
        assert_eq!(report.paths.len(), 1);
        assert!(report.left[0].why.contains(B.text()), "{:?}", report.left);
        assert!(rig.changes().iter().all(|c| !c.contains(B.text())));
    }
}

#[test]
pub(crate) fn too_few_portals_change_nothing() {
    let mut rig = Rig::new();
    rig.paths = Some(Paths { want: 2, min: 2 });
    rig.fabric.set_answer(portal(B), Answer::Refused);
    let done = rig.attach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Unreachable);
    let said = error.to_string();
    assert!(said.contains("1 of 2") && said.contains(B.text()), "{said}");
    assert!(rig.changes().is_empty());
}

#[test]
pub(crate) fn a_stale_device_of_another_lun_is_refused_until_it_is_removed() {
    let rig = Rig::new();
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    // Another program attached LUN 7 when it was wwid 3, and never removed it.
    for p in [A, B] {
        rig.run(&format!("iscsiadm -m node -T {IQN} -p {p},1 -o new"));
        rig.run(&format!(
            "iscsiadm -m node -T {IQN} -p {p} -o update -n node.session.scan -v manual"
        ));
        rig.run(&format!("iscsiadm -m node -T {IQN} -p {p} --login"));
    }
    rig.write("/sys/class/scsi_host/host0/scan", "0 0 7");
    rig.fabric.map_new(7, &wwid(1), 64 << 20);
    let before = rig.snapshot();
    let done = rig.attach();
    let error = done.error.as_ref().unwrap();
    assert_eq!(error.kind(), Kind::Refused);
    assert!(error.to_string().contains("sda"), "{error}");
    let hints = error.hints().join("\n");
    assert!(hints.contains("sanctl device remove sda"), "{hints}");
    assert_eq!(rig.snapshot(), before, "it may be in use: it is left alone");

    rig.write("/sys/class/scsi_device/0:0:0:7/device/delete", "1");
    let report = rig.attach().expect();
    assert_eq!(report.identity, Some(Identity::Proven));
    assert_eq!(report.paths.len(), 2);
    assert!(report.paths.iter().all(|p| p.wwid == Some(wwid(1))));
}

/// LUN 7 was wwid 3, and its disk is still there on one session; now the number is wwid 1.
fn with_a_stale_disk() -> Rig {
    let rig = Rig::new();
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!(
        "iscsiadm -m node -T {IQN} -p {A} -o update -n node.session.scan -v manual"
    ));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    rig.write("/sys/class/scsi_host/host0/scan", "0 0 7");
    rig.fabric.map_new(7, &wwid(1), 64 << 20);
    rig
}

#[test]
pub(crate) fn a_stale_disk_that_nobody_has_makes_room_for_the_lun_at_its_number() {
    let mut rig = with_a_stale_disk();
    rig.over = Some(Faulty::answering(&rig.machine, wwid(1)));
    let report = rig.attach().expect();
    assert_eq!(report.identity, Some(Identity::Proven));
    assert!(report.paths.iter().all(|p| p.wwid == Some(wwid(1))));
    let of = |nth| sanctl::node::connect::devices_of(&*rig.machine, &wwid(nth)).unwrap();
    assert_eq!((of(3).len(), of(1).len()), (0, 2));
}

#[test]
pub(crate) fn a_stale_disk_that_somebody_has_stays() {
    let mut rig = with_a_stale_disk();
    rig.over = Some(Faulty::answering(&rig.machine, wwid(1)));
    let by = Hold::Mount {
        at: "/srv/old".into(),
    };
    rig.machine.hold("sda", by).unwrap();
    let before = rig.snapshot();
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    assert_eq!(done.report.device, None);
    assert_eq!(rig.snapshot(), before);
    // Nor one whose number is of neither LUN.
    rig.machine.release("sda").unwrap();
    rig.over = Some(Faulty::answering(&rig.machine, wwid(2)));
    assert_eq!(rig.attach().error.unwrap().kind(), Kind::Refused);
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_disk_that_answers_for_another_lun_is_not_read_again_and_can_be_detached() {
    let mut rig = Rig::new();
    rig.attach().expect();
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    rig.over = Some(Faulty::answering(&rig.machine, wwid(3)));
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    let (_, said) = done.fails();
    let both = said.contains(wwid(3).as_str()) && said.contains(wwid(1).as_str());
    assert!(both, "{said}");
    // The kernel still knows which LUN its disks were of.
    rig.detach().expect();
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_disk_that_cannot_be_read_is_not_handed_over() {
    let mut rig = Rig::new();
    rig.over = Some(Faulty::standing_by(&rig.machine, &["/dev/sda"]));
    let report = rig.attach().expect();
    let place = |disk| rig.machine.resolve(disk).unwrap();
    let device = report.device.unwrap();
    assert!(device == place("/dev/sdb"), "{device}");
    rig.detach().expect();

    rig.over = Some(Faulty::standing_by(&rig.machine, &["/dev/sda", "/dev/sdb"]));
    let (report, said) = rig.attach().fails();
    assert_eq!(report.device, None);
    assert!(said.contains("cannot be read"), "{said}");
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

#[test]
pub(crate) fn a_disk_is_read_when_its_name_is_there() {
    let mut rig = Rig::new();
    rig.over = Some(Faulty::late(&rig.machine, &["/dev/sda", "/dev/sdb"]));
    let report = rig.attach().expect();
    assert_eq!(report.device, rig.machine.resolve("/dev/sda").ok());
}

#[test]
pub(crate) fn a_disk_that_cannot_be_written_is_handed_over_for_reading_only() {
    let mut rig = Rig::new();
    rig.over = Some(Faulty::read_only(&rig.machine, &["sda"]));
    let report = rig.attach().expect();
    let place = |disk| rig.machine.resolve(disk).unwrap();
    assert_eq!(report.device, Some(place("/dev/sdb")));
    rig.detach().expect();

    rig.over = Some(Faulty::read_only(&rig.machine, &["sda", "sdb"]));
    let done = rig.attach();
    let hints = done.error.as_ref().unwrap().hints();
    assert!(hints[0].contains("--mode ro"), "{hints:?}");
    let (report, said) = done.fails();
    assert_eq!(report.device, None);
    assert!(said.contains("can only be read"), "{said}");
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());

    rig.mode = Mode::ReadOnly;
    let report = rig.attach().expect();
    assert_eq!(report.device, Some(place("/dev/sda")));
    rig.detach().expect();
}

#[test]
pub(crate) fn another_disk_at_the_number_is_never_handed_over() {
    let rig = Rig::new();
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    let before = rig.snapshot();
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    assert_eq!(done.report.device, None);
    let (_, said) = done.fails();
    assert!(
        said.contains(wwid(3).as_str()) && said.contains(wwid(1).as_str()),
        "{said}"
    );
    assert_eq!(rig.snapshot(), before, "what this run made is gone");
}

#[test]
pub(crate) fn another_disk_that_was_there_before_is_left_alone() {
    let rig = Rig::new();
    rig.fabric.map_new(7, &wwid(3), 1 << 20);
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let before = rig.snapshot();
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    assert_eq!(rig.snapshot(), before);
    assert!(
        !rig.changes()
            .iter()
            .any(|c| c.contains("0:0:0:7/device/delete")),
        "{:?}",
        rig.changes()
    );
}

#[test]
pub(crate) fn without_a_wwid_only_what_this_run_brings_in_is_taken() {
    let rig = Rig::new();
    let report = rig.attach_facts(rig.connection(7, Told::Nothing)).expect();
    assert_eq!(report.identity, Some(Identity::Unproven));

    let rig = Rig::new();
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let done = rig.attach_facts(rig.connection(7, Told::Nothing));
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    let hints = done.error.as_ref().unwrap().hints().join("\n");
    assert!(hints.contains("--wwid"), "{hints}");
}

#[test]
pub(crate) fn without_a_wwid_paths_that_disagree_are_refused() {
    let rig = Rig::new();
    // The same number means another LUN behind the second target.
    let other = "iqn.2020-01.com.example:other";
    rig.fabric
        .add_portal(sanctl::sim::machine::fabric::FabricPortal {
            portal: portal(NOWHERE),
            iqn: other.into(),
            tpgt: 1,
            state: Answer::Up,
        });
    let mut facts = rig.connection(7, Told::Nothing);
    let targets = &mut facts.connection.as_mut().unwrap().targets;
    targets[1].lun_number = Some(sanctl::model::ids::LunNumber(8));
    let before = rig.snapshot();
    let done = rig.attach_facts(facts);
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Refused);
    assert_eq!(done.report.device, None);
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_record_of_somebody_else_keeps_what_it_says() {
    let rig = Rig::new();
    // A record that would bring in every LUN at login.
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!(
        "iscsiadm -m node -T {IQN} -p {A} -o update -n node.startup -v automatic"
    ));
    rig.attach().expect();
    assert_eq!(
        rig.snapshot().len(),
        6,
        "LUN 8 was not brought in: {:?}",
        rig.snapshot()
    );
    rig.detach().expect();
    let at = sanctl::model::portal::TargetPortal {
        iqn: IQN.parse().unwrap(),
        portal: portal(A),
        tpgt: None,
    };
    let record = sanctl::node::iscsi::record::find_at(&*rig.machine, &at)
        .unwrap()
        .unwrap();
    assert_eq!(
        (record.scan.as_str(), record.startup.as_str()),
        ("auto", "automatic")
    );
    assert_eq!(
        rig.snapshot().len(),
        1,
        "only that record is left: {:?}",
        rig.snapshot()
    );
}

#[test]
pub(crate) fn login_15_is_success_when_the_session_is_there() {
    let rig = Rig::new();
    // Answered by a program that logs in between our look and our login.
    rig.machine.on_change(Box::new(|_, _, _| Ok(())));
    rig.machine.set_login_code(portal(A), Some(15)).unwrap();
    let done = rig.attach();
    // There is no session, so 15 is believed by nobody.
    assert_eq!(done.report.state, "degraded");
    rig.machine.set_login_code(portal(A), None).unwrap();
    rig.attach().expect();
}

#[test]
pub(crate) fn login_failures_are_told_apart() {
    for (code, kind) in [
        (24, Kind::Denied),
        (19, Kind::Denied),
        (8, Kind::Unreachable),
        (12, Kind::Unsupported),
    ] {
        let rig = Rig::new();
        let before = rig.snapshot();
        for p in [A, B] {
            rig.machine.set_login_code(portal(p), Some(code)).unwrap();
        }
        let done = rig.attach();
        assert_eq!(done.error.as_ref().unwrap().kind(), kind, "{code}");
        assert_eq!(rig.snapshot(), before, "{code}");
    }
}

#[test]
pub(crate) fn without_iscsid_the_hint_starts_it() {
    let rig = Rig::new();
    let before = rig.snapshot();
    rig.machine.set_iscsid(Daemon::Stopped).unwrap();
    let done = rig.attach();
    let error = done.error.as_ref().unwrap();
    assert!(error.to_string().contains("iscsid"), "{error}");
    assert!(
        error.hints().iter().any(|h| h == "systemctl start iscsid"),
        "{:?}",
        error.hints()
    );
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_lun_that_is_not_mapped_is_told() {
    let rig = Rig::new();
    let before = rig.snapshot();
    rig.fabric.unmap(7);
    let (report, said) = rig.attach().fails();
    assert!(said.contains("no LUN 7"), "{said}");
    assert_eq!(report.device, None);
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_session_under_another_name_is_told_when_its_target_shows_nothing() {
    let rig = Rig::new();
    rig.fabric.unmap(7);
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A},1 -o new"));
    rig.run(&format!("iscsiadm -m node -T {IQN} -p {A} --login"));
    let other = ["iqn.2020-01.com.example:edited"];
    rig.machine.set_initiators(Some(&other)).unwrap();
    let done = rig.attach();
    let hints = done.report.hints.join("\n");
    let (_, said) = done.fails();
    assert!(said.contains(&format!("logged in as {HOST}")), "{said}");
    assert!(hints.contains("restart iscsid"), "{hints}");
}

#[test]
pub(crate) fn a_portal_is_waited_for_no_longer_than_the_time_that_is_left() {
    let mut rig = Rig::new();
    rig.time = std::time::Duration::from_millis(1500);
    for p in [A, B] {
        rig.fabric.set_answer(portal(p), Answer::Silent);
    }
    let (report, said) = rig.attach().fails();
    assert_eq!(report.exit_code, Kind::Unreachable.exit_code());
    let (_, span) = said.split_once("no answer within ").unwrap();
    let word = span.split(' ').next().unwrap();
    let span: f32 = word.parse().unwrap();
    assert!(span <= 1.5 && word.len() <= 3, "{said}");
}

#[test]
pub(crate) fn a_stop_leaves_nothing_behind() {
    let rig = Rig::new();
    let before = rig.snapshot();
    let stop = rig.stop.clone();
    rig.machine.on_change(Box::new(move |nth, _, _| {
        if nth == 4 {
            stop.request();
        }
        Ok(())
    }));
    let done = rig.attach();
    assert_eq!(done.error.as_ref().unwrap().kind(), Kind::Interrupted);
    assert_eq!(rig.snapshot(), before);
}

#[test]
pub(crate) fn a_fresh_disk_that_somebody_grabs_does_not_stop_the_hand_over() {
    let rig = Rig::new();
    rig.attach().expect();
    let open = Hold::Open {
        pid: 4711,
        comm: "qemu-system-x86".into(),
    };
    rig.machine.hold("sda", open).unwrap();
    assert!(!rig.attach().expect().changed);
}

/// A stage that cannot do its work here.
struct Hopeless;

impl Stage for Hopeless {
    fn name(&self) -> &'static str {
        "hopeless"
    }
    fn preflight(&self, _facts: &Facts, _aim: Aim) -> Result<(), step::Error> {
        Err(sanctl::node::Error::NotRoot.into())
    }
    fn enter(&self, _bounds: &Bounds) -> Result<Vec<String>, step::Error> {
        panic!("entered");
    }
    fn survey(&self, _cx: &Cx<'_>, _aim: Aim) -> Result<Facts, step::Error> {
        panic!("surveyed");
    }
    fn steps(&self, _facts: &Facts, _aim: Aim) -> Result<Vec<Node>, step::Error> {
        panic!("planned");
    }
    fn leave(&self) {}
}

#[test]
pub(crate) fn nothing_is_begun_before_every_stage_has_said_that_it_can() {
    let rig = Rig::new();
    let facts = rig.connection(7, Told::Wwid);
    let done = rig.attach_stages(facts, vec![rig.stage(), Box::new(Hopeless)]);
    assert_eq!(done.report.exit_code, Kind::Denied.exit_code());
    assert!(done.report.steps.is_empty(), "{:?}", done.report.steps);
    assert!(rig.changes().is_empty());
    assert!(rig.journals().list_all().unwrap().is_empty());
}

/// An array may answer EUI-64 or T10 alone: nothing that it could be compared with.
#[test]
pub(crate) fn an_identity_of_another_form_is_named() {
    let mut rig = Rig::new();
    let eui = "eui.0025385971b1a3c4";
    rig.over = Some(Faulty::showing(&rig.machine, eui));
    let (_, error) = rig.attach_facts(rig.connection(7, Told::Nothing)).fails();
    let told = format!("its identity is {eui}; only an NAA identity can be proven");
    assert!(error.contains(&told), "{error}");
    assert!(rig.snapshot().is_empty(), "{:?}", rig.snapshot());
}

/// kill -9 between making a record and settling it: the next attach does not take what
/// iscsid.conf says for what was wanted.
#[test]
pub(crate) fn a_record_that_a_killed_run_left_unfinished_is_finished() {
    let texts = |rig: &Rig| {
        [A, B].map(|at| {
            let path = format!("/etc/iscsi/nodes/{IQN}/{}/default", entry(at));
            rig.machine.text(&path).unwrap()
        })
    };
    let whole = Rig::new();
    whole.attach().expect();
    let wanted = texts(&whole);
    for moment in [Moment::Before, Moment::After] {
        for at in 1..=8 {
            let rig = Rig::new();
            kill(&rig, at, moment, |rig| drop(rig.attach()));
            rig.attach().expect();
            assert_eq!(texts(&rig), wanted, "{at} {moment:?}");
            // Nothing of it is in doubt any more.
            assert!(!rig.attach().expect().changed, "{at} {moment:?}");
            rig.detach().expect();
            assert_eq!(rig.snapshot(), [""; 0], "{at} {moment:?}");
        }
    }
}

/// The same, when it is the answer that was lost.
#[test]
pub(crate) fn a_record_whose_settings_were_refused_is_settled_by_the_next_run() {
    let mut rig = Rig::new();
    rig.on_failure = sanctl::attachment::walk::OnFailure::Keep;
    rig.machine.on_change(Box::new(|_, call, _| {
        let told = call.to_string();
        match told.contains("-o update") || told.contains("-o delete") {
            true => Err(sanctl::sim::machine::log::killed()),
            false => Ok(()),
        }
    }));
    assert!(rig.attach().error.is_some());
    rig.machine.no_hook();
    let path = format!("/etc/iscsi/nodes/{IQN}/{}/default", entry(A));
    let text = || rig.machine.text(&path).unwrap().unwrap();
    assert!(text().contains("scan = auto"));
    rig.attach().expect();
    assert!(text().contains("scan = manual") && text().contains("login_timeout = 5"));
    rig.detach().expect();
    assert_eq!(rig.snapshot(), [""; 0]);
}
