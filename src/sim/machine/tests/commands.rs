//! `iscsiadm`, the state between two commands, and the log of calls.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::log::killed;
use super::*;

#[test]
fn exit_codes_of_login() {
    let refused = portal("10.0.9.1");
    for (what, code) in [
        ("refused", 4),
        ("silent", 8),
        ("wrong target", 8),
        ("auth", 24),
        ("daemon", 20),
        ("no name", 20),
        ("present", 15),
        ("no record", 21),
    ] {
        let (fabric, machine) = lab();
        let mut at = "10.0.0.1:3260".to_owned();
        if what != "no record" {
            run(&machine, &node(&at, "-o new"));
        }
        match what {
            "refused" => fabric.set_answer(portal(&at), Answer::Refused),
            "silent" => fabric.set_answer(portal(&at), Answer::Silent),
            "wrong target" => {
                fabric.remove_target(IQN);
                fabric.add_portal(FabricPortal {
                    portal: portal(&at),
                    iqn: "iqn.2020-01.com.example:other".into(),
                    tpgt: 1,
                    state: Answer::Up,
                });
            }
            "auth" => machine.set_login_code(portal(&at), Some(24)).unwrap(),
            "daemon" => machine.set_iscsid(Daemon::Stopped).unwrap(),
            "no name" => machine.set_initiators(None).unwrap(),
            "present" => assert_eq!(run(&machine, &node(&at, "-l")).code, 0),
            _ => at = refused.to_string(),
        }
        let output = run(&machine, &node(&at, "--login"));
        assert_eq!(output.code, code, "{what}: {}", output.stderr);
        let sessions = usize::from(what == "present");
        assert_eq!(
            machine.list("/sys/class/iscsi_session").unwrap().len(),
            sessions,
            "{what}"
        );
        assert_eq!(fabric.logins().len(), sessions, "{what}");
    }
}

#[test]
fn exit_codes_of_the_rest() {
    let (fabric, machine) = attached("manual");
    machine
        .set_logout_code(portal("10.0.1.1"), Some(9))
        .unwrap();
    fabric.set_answer(portal("10.0.1.1"), Answer::Silent);
    for (line, code) in [
        ("iscsiadm -V", 0),
        ("iscsiadm -m session -r 99 -u", 22),
        ("iscsiadm -m session -r x", 7),
        ("iscsiadm -m session -o new", 7),
        ("iscsiadm -m node -T iqn.a -p 10.0.0.1 -u", 21),
        ("iscsiadm -m node -T iqn.a -p 10.0.0.1 -o delete", 21),
        (
            "iscsiadm -m node -T iqn.a -p 10.0.0.1 -o update -n node.startup -v manual",
            21,
        ),
        ("iscsiadm -m node -T iqn.a -p array.example -o new", 7),
        ("iscsiadm -m node -T iqn.a -o new", 7),
        ("iscsiadm -m node -o frobnicate", 7),
        (
            "iscsiadm -m node -o update -n node.session.scam -v manual",
            7,
        ),
        ("iscsiadm -m node -o update -n node.session.scan", 7),
        ("iscsiadm -m node -p 10.0.1.1 --logout", 9),
        ("iscsiadm -m node -p 10.0.0.1 -o delete", 15),
        (
            "iscsiadm -m discovery -t sendtargets -p 10.0.1.1 -o nonpersistent",
            11,
        ),
        ("iscsiadm -m discovery -t isns -p 10.0.0.1", 7),
        ("iscsiadm -m iface -I eth9", 6),
        ("iscsiadm -m fw", 7),
        ("iscsiadm --frobnicate", 7),
    ] {
        let output = run(&machine, line);
        assert_eq!(
            output.code, code,
            "{line}: {}{}",
            output.stdout, output.stderr
        );
        assert_eq!(output.stderr.is_empty(), code == 0, "{line}");
    }
    machine.set_initiators(None).unwrap();
    assert_ne!(
        run(
            &machine,
            "iscsiadm -m discovery -t st -p 10.0.0.1 -o nonpersistent"
        )
        .code,
        0
    );
}

#[test]
fn a_new_record_resets_the_old_one_silently_and_both_layouts_live_together() {
    let (_, machine) = lab();
    run(&machine, &node("10.0.0.1,1", "-o new"));
    run(
        &machine,
        &node("10.0.0.1", "-o update -n node.session.scan -v manual"),
    );
    let file = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260,1/default");
    assert!(
        machine
            .text(&file)
            .unwrap()
            .unwrap()
            .contains("node.session.scan = manual")
    );
    assert_eq!(run(&machine, &node("10.0.0.1,1", "-o new")).code, 0);
    assert!(
        machine
            .text(&file)
            .unwrap()
            .unwrap()
            .contains("node.session.scan = auto")
    );
    run(&machine, &node("10.0.0.1", "-o new"));
    let plain = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260");
    assert_eq!(machine.stat(&plain).unwrap().kind, FileKind::File);
    assert_eq!(
        run(&machine, "iscsiadm -m node").stdout,
        format!("10.0.0.1:3260,4294967295 {IQN}\n10.0.0.1:3260,1 {IQN}\n")
    );
}

#[test]
fn a_discovery_that_only_lists_leaves_the_records_alone() {
    let (_, machine) = lab();
    let cmd = "-m discovery -t sendtargets -p 10.0.0.1:3260 -I default -o nonpersistent";
    let cmd = Cmd::new("iscsiadm", cmd.split(' '));
    let output = machine.exec_read(&cmd, &bounds()).unwrap();
    assert_eq!(
        output.stdout,
        format!("10.0.0.1:3260,1 {IQN}\n10.0.1.1:3260,1 {IQN}\n")
    );
    assert_eq!(
        machine.list("/etc/iscsi/nodes").unwrap(),
        Vec::<String>::new()
    );
    run(
        &machine,
        "iscsiadm -m discoverydb -t st -p 10.0.0.1 -o new --discover",
    );
    run(
        &machine,
        "iscsiadm -m node -o update -n node.startup -v automatic",
    );
    run(
        &machine,
        "iscsiadm -m discoverydb -t st -p 10.0.0.1 -o new -D",
    );
    assert!(
        run(&machine, "iscsiadm -m node -o show")
            .stdout
            .contains("startup = automatic")
    );
    // Without -o the records are made anew: startup, CHAP and scan mode are lost.
    run(&machine, "iscsiadm -m discovery -t st -p 10.0.0.1");
    let shown = run(&machine, "iscsiadm -m node -o show").stdout;
    assert!(!shown.contains("node.startup = automatic"), "{shown}");
}

#[test]
fn state_survives_between_commands_and_a_reboot_clears_what_it_must() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("machine.json");
    let (fabric, _) = lab();
    let open = || PracticeMachine::open(fabric.clone(), file.clone(), &seed()).unwrap();
    run(&open(), &node("10.0.0.1,1", "-o new"));
    run(&open(), &node("10.0.1.1,1", "-o new"));
    run(
        &open(),
        &node("10.0.1.1", "-o update -n node.startup -v automatic"),
    );
    run(&open(), "iscsiadm -m node --login");
    assert_eq!(open().list("/sys/class/scsi_device").unwrap().len(), 4);
    open().hold("sda", Hold::Swap).unwrap();
    let boot = |m: &PracticeMachine| m.text("/proc/sys/kernel/random/boot_id").unwrap().unwrap();
    let before = boot(&open());
    assert_eq!(before, boot(&open()));
    open().reboot().unwrap();
    let machine = open();
    assert_ne!(boot(&machine), before);
    assert_eq!(
        machine.list("/sys/class/iscsi_session").unwrap(),
        ["session1"]
    );
    assert_eq!(
        machine
            .text("/sys/class/iscsi_connection/connection1:0/address")
            .unwrap()
            .unwrap(),
        "10.0.1.1"
    );
    assert_eq!(
        fabric.logins(),
        [(HOST.to_owned(), IQN.to_owned(), portal("10.0.1.1"))]
    );
    state::save(
        &file,
        &State {
            format: 99,
            ..State::new("a", "iqn.a")
        },
    )
    .unwrap();
    let error = PracticeMachine::open(fabric.clone(), file.clone(), &seed()).unwrap_err();
    assert!(
        error.to_string().contains("machine.json: format 99"),
        "{error}"
    );
}

#[test]
fn a_command_that_changes_is_refused_as_one_that_looks_and_reads_are_only_counted() {
    let (_, machine) = attached("manual");
    machine.clear_calls();
    for line in [
        "-m node --login",
        "-m session -r 1 -u",
        "-m node -o delete",
        "-m session -R",
        "-m discovery -t st -p 10.0.0.1",
    ] {
        let cmd = Cmd::new("iscsiadm", line.split(' '));
        assert!(machine.exec_read(&cmd, &bounds()).is_err(), "{line}");
    }
    let cmd = Cmd::new("iscsiadm", ["-m", "session"]);
    machine.exec_read(&cmd, &bounds()).unwrap();
    machine.text("/proc/self/mountinfo").unwrap();
    assert_eq!(machine.calls(), [Call::Look(cmd)]);
    assert_eq!((machine.changes(), machine.reads()), (vec![], 1));
    write(&machine, "/sys/class/scsi_host/host0/scan", "- - 1").unwrap();
    machine
        .flush("/dev/sda", &bounds(), &grant(Ground::ByClass))
        .unwrap();
    assert_eq!(
        machine.changes(),
        [
            "echo \"- - 1\" > /sys/class/scsi_host/host0/scan",
            "blockdev --flushbufs /dev/sda"
        ]
    );
    machine.remove_multipath_tools().unwrap();
    for program in ["multipath", "multipathd", "udevadm"] {
        let error = machine
            .exec_read(&Cmd::new(program, ["-h"]), &bounds())
            .unwrap_err();
        assert!(matches!(error, Error::NoProgram { .. }), "{error}");
    }
}

#[test]
fn a_hook_can_kill_before_and_after_any_change() {
    for moment in [Moment::Before, Moment::After] {
        let (_, machine) = lab();
        let asked = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&asked);
        machine.on_change(Box::new(move |nth, _, when| {
            seen.fetch_add(1, Ordering::SeqCst);
            if nth == 2 && when == moment {
                Err(killed())
            } else {
                Ok(())
            }
        }));
        run(&machine, &node("10.0.0.1,1", "-o new"));
        let cmd = Cmd::new("iscsiadm", ["-m", "node", "--login"]);
        machine
            .exec_change(&cmd, &bounds(), &grant(Ground::ByClass))
            .unwrap_err();
        machine.no_hook();
        let sessions = machine.list("/sys/class/iscsi_session").unwrap().len();
        assert_eq!(sessions, usize::from(moment == Moment::After));
        assert_eq!(
            asked.load(Ordering::SeqCst),
            if moment == Moment::Before { 3 } else { 4 }
        );
    }
}

#[test]
fn the_file_of_names_is_as_it_was_set() {
    let (_, machine) = lab();
    let file = "/etc/iscsi/initiatorname.iscsi";
    machine.set_initiators(Some(&["iqn.a", "iqn.b"])).unwrap();
    let text = machine.text(file).unwrap().unwrap();
    assert!(
        text.ends_with("InitiatorName=iqn.a\nInitiatorName=iqn.b"),
        "{text}"
    );
    machine.set_initiators(None).unwrap();
    assert_eq!(machine.text(file).unwrap(), None);
}

#[test]
fn a_secret_written_by_hand_is_used_and_never_shown() {
    let (_, machine) = lab();
    run(&machine, &node("10.0.0.1,1", "-o new"));
    let file = format!("/etc/iscsi/nodes/{IQN}/10.0.0.1,3260,1/default");
    let text = String::from_utf8(machine.read(&file).unwrap()).unwrap();
    let text = text.replace(
        "# END RECORD",
        "node.session.auth.username = user1\nnode.session.auth.password = goodsecret12\n# END RECORD",
    );
    machine.edit_record(&file, &text).unwrap();
    let shown = run(&machine, &node("10.0.0.1", "-o show")).stdout;
    assert!(shown.contains("auth.password = ********\n"), "{shown}");
    run(&machine, "iscsiadm -m node --login");
    let user = machine
        .text("/sys/class/iscsi_session/session1/username")
        .unwrap();
    assert_eq!(user.as_deref(), Some("user1"));
    assert!(!format!("{machine:?}").contains("goodsecret"));
}
