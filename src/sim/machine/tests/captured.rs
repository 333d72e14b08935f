//! Word for word what was captured on a real node.

use std::collections::BTreeMap;

use super::*;

/// The commands of the capture with exit code and sorted lines of output. The two streams were
/// captured one after the other, so only their lines can be compared.
fn captured() -> Vec<(String, i32, Vec<String>)> {
    let text = include_str!("../../../../tests/fixtures/open-iscsi/commands.txt");
    let mut found = Vec::new();
    let mut command: Option<String> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            command = title
                .split_once("] ")
                .map(|(_, command)| command.to_owned());
            lines.clear();
        } else if let Some(code) = line.strip_prefix("-> rc=") {
            lines.sort();
            let code = code.parse().unwrap();
            found.extend(
                command
                    .take()
                    .map(|c| (c, code, std::mem::take(&mut lines))),
            );
        } else if !line.starts_with("sh: 1: ") {
            lines.push(line.to_owned());
        }
    }
    found
}

#[test]
fn it_answers_the_captured_commands_word_for_word() {
    let (fabric, machine) = lab();
    let mut compared = 0;
    for (command, code, lines) in captured() {
        // What happened to the lab between its commands, seen by what they answered.
        match command.as_str() {
            "iscsiadm -m session --rescan" => fabric.map_new(7, &wwid(3), 16 << 20),
            c if c.contains("discoverydb") || c.contains("-P 3") || c.contains("-P 1") => continue,
            c if !c.starts_with("iscsiadm") => continue,
            _ => {}
        }
        // CHAP, cut links and a missing daemon are played by the codes they lead to.
        let fault = (code != 0 && command.ends_with("--login")).then_some(code);
        if let Some(code @ (8 | 24)) = fault {
            if !command.contains("nosuch") {
                machine
                    .set_login_code(portal("10.0.0.1"), Some(code))
                    .unwrap();
            }
        } else {
            machine.set_login_code(portal("10.0.0.1"), None).unwrap();
        }
        let daemon = if fault == Some(20) {
            Daemon::Stopped
        } else {
            Daemon::Running
        };
        machine.set_iscsid(daemon).unwrap();

        let output = run(&machine, &command);
        let said = output.stdout + &output.stderr;
        let mut said: Vec<&str> = said.lines().collect();
        said.sort_unstable();
        assert_eq!(output.code, code, "{command}\n{said:#?}");
        assert_eq!(said, lines, "{command}");
        compared += 1;
    }
    assert!(compared >= 38, "{compared}");
}

/// Values that count or differ by the target's kind of backing.
const VOLATILE: &[&str] = &[
    "creator",
    "exp_statsn",
    "local_port",
    "iodone_cnt",
    "ioerr_cnt",
    "iorequest_cnt",
    "model",
];

#[test]
fn its_sysfs_is_the_captured_one() {
    let (_, machine) = attached("manual");
    // The lab's LUNs came in this order, and multipathd had shortened the timeout.
    for (host, sid) in [(0, 1), (1, 2)] {
        for lun in [2, 1] {
            write(
                &machine,
                &format!("/sys/class/scsi_host/host{host}/scan"),
                &format!("0 0 {lun}"),
            )
            .unwrap();
        }
        write(
            &machine,
            &format!("/sys/class/iscsi_session/session{sid}/recovery_tmo"),
            "5",
        )
        .unwrap();
    }
    machine
        .set_product(Product {
            vendor: "LIO-ORG".into(),
            model: "IBLOCK".into(),
            rev: "4.0".into(),
        })
        .unwrap();
    let text = include_str!("../../../../tests/fixtures/open-iscsi/sysfs-iscsi.txt");
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for line in text.lines() {
        if let Some((link, target)) = line.split_once(" -> ") {
            if !link.contains("/loop") && !link.contains("/dm-") {
                assert_eq!(machine.resolve(link).unwrap(), target, "{link}");
            }
            continue;
        }
        // Directories have colons in their names, file names have none and values no slash.
        let name = line.rfind('/').unwrap();
        let (path, value) = line.split_at(name + line[name..].find(':').unwrap());
        let text = files.entry(path).or_default();
        text.push_str(&value[1..]);
        text.push('\n');
    }
    let mut compared = 0;
    for (path, value) in &files {
        let found = machine.read(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        if !VOLATILE.contains(&path.rsplit('/').next().unwrap()) {
            assert_eq!(&String::from_utf8(found).unwrap(), value, "{path}");
            compared += 1;
        }
    }
    assert!(compared > 170, "{compared}");
}
