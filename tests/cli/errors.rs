//! Every error that an array, the node and an attachment can end with: its words, its exit code
//! and what it tells to type next. A variant without a row makes this fail.

use std::time::Duration;

use anyhow::Error;

use sanctl::array::error::Answer;
use sanctl::cli::failure::{kind_of, to_text};
use sanctl::kit::bounds::Ended;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::ids::{LunNumber, Wwpn};
use sanctl::model::portal::TargetPortal;
use sanctl::node::DeadPortal;
use sanctl::node::iscsi::codes::Code;
use sanctl::{array, attachment, node, step, system};

use crate::place::{check_hints, golden};

/// The name of an error's variant, and all names that there are.
macro_rules! variants {
    ($error:path: $($name:ident),+ $(,)?) => {{
        use $error as Kinds;
        let name = |error: &Kinds| match error {
            $(Kinds::$name { .. } => stringify!($name),)+
        };
        (name, [$(stringify!($name)),+])
    }};
}

/// Every row as it is shown; no variant may be missing but those `seen` elsewhere.
fn table<E: Into<Error>, const N: usize>(
    (name, all): (impl Fn(&E) -> &'static str, [&'static str; N]),
    rows: Vec<E>,
    seen: &[&str],
) -> String {
    let mut missing: Vec<&str> = all.to_vec();
    missing.retain(|name| !seen.contains(name));
    let mut text = String::new();
    for row in rows {
        let variant = name(&row);
        missing.retain(|name| *name != variant);
        let error = row.into();
        let shown = to_text(&error, None);
        check_hints(&shown);
        let code = kind_of(&error).exit_code();
        text.push_str(&format!("{variant}: exit {code}\n{shown}\n\n"));
    }
    assert!(missing.is_empty(), "no row: {missing:?}");
    text
}

fn answer(code: &str, meaning: Option<&'static str>) -> Box<Answer> {
    Box::new(Answer {
        request: "POST /hostgroup".into(),
        code: code.into(),
        description: "The array's words.".into(),
        suggestion: Some("The array's advice.".into()),
        meaning,
    })
}

fn late() -> Ended {
    Ended::Late {
        what: "attach".into(),
        span: Duration::from_secs(90),
    }
}

fn of_array() -> Vec<array::Error> {
    use array::Error as E;
    let array = || "dorado1".to_owned();
    vec![
        E::Unreachable {
            array: array(),
            url: "https://10.0.0.1:8088/".into(),
            why: "connection refused".into(),
        },
        E::Setup {
            array: array(),
            why: "no password from file p: No such file".into(),
            hint: "check password of [arrays.dorado1]".into(),
        },
        E::Several {
            array: array(),
            what: "SVM",
            key: "svm",
            names: vec!["svm_gold".into(), "svm_silver".into()],
        },
        E::Certificate {
            array: array(),
            url: "https://10.0.0.1:8088/".into(),
            why: "the certificate is not trusted".into(),
            fingerprint: Some("sha256:00".into()),
        },
        E::Certificate {
            array: array(),
            url: "https://10.0.0.1:8088/".into(),
            why: "the certificate is not trusted".into(),
            fingerprint: None,
        },
        E::Login {
            array: array(),
            why: "user admin: wrong user or password".into(),
            hint: "check user, password and scope of [arrays.dorado1]".into(),
        },
        E::Permission {
            array: array(),
            answer: answer("1077949058", Some("the user has no permission")),
        },
        E::Refused {
            array: array(),
            answer: answer("50331651", None),
        },
        E::Busy {
            array: array(),
            answer: answer("1077949006", Some("the system is busy")),
            waited: Duration::from_secs(31),
        },
        E::Lost {
            array: array(),
            request: "POST /hostgroup".into(),
            why: "timed out".into(),
        },
        E::Partly {
            back: vec!["sanctl host delete h".into()],
            cause: Box::new(E::Permission {
                array: array(),
                answer: answer("1077949058", None),
            }),
        },
        E::Garbled {
            array: array(),
            request: "GET /host".into(),
            why: "no JSON: <html>".into(),
        },
        E::NotFound {
            array: array(),
            what: "lun",
            name: "vol-9".into(),
        },
        E::Ambiguous {
            array: array(),
            what: "host",
            name: "twin".into(),
            ids: vec!["3".into(), "4".into()],
        },
        E::Invalid {
            array: array(),
            what: "name \"a b\"".into(),
            why: "letters, digits, _ - and . wanted".into(),
        },
        E::Conflict {
            why: "LUN vol-1 is mapped to host other".into(),
            hints: vec!["sanctl lun mappings vol-1".into()],
        },
        E::Vanished {
            array: array(),
            what: "view 4".into(),
        },
        E::Unsupported {
            array: array(),
            what: "port sets".into(),
            instead: "use port groups: sanctl portgroup list".into(),
        },
        E::Ended {
            array: array(),
            ended: late(),
        },
    ]
}

#[test]
fn errors_of_an_array() {
    let names = variants!(array::Error: Unreachable, Setup, Several, Certificate, Login, Permission, Refused,
        Busy, Lost, Partly, Garbled, NotFound, Ambiguous, Invalid, Conflict, Vanished, Unsupported,
        Ended);
    golden!("errors-array", table(names, of_array(), &[]));
}

fn wwpn(text: &str) -> Wwpn {
    text.parse().unwrap()
}

fn of_node() -> Vec<node::Error> {
    use node::Error as E;
    let at = || TargetPortal {
        iqn: "iqn.2020-01.com.example:t".parse().unwrap(),
        portal: "10.0.0.1:3260".parse().unwrap(),
        tpgt: None,
    };
    let hctl = || "1:0:0:7".parse().unwrap();
    let wwid = || "6a4c64f1001db63307a4e17000000000".parse().unwrap();
    let dead = |ip: &str| DeadPortal {
        portal: format!("{ip}:3260").parse().unwrap(),
        why: "connection refused".into(),
    };
    let login = |exit, chap: Option<&str>| E::Login {
        at: at(),
        code: Code::of(exit, ""),
        chap: chap.map(str::to_owned),
    };
    vec![
        E::NoInitiatorName {
            path: "/etc/iscsi/initiatorname.iscsi".into(),
            why: "no such file: iSCSI is not set up here".into(),
        },
        E::BadInitiatorName {
            path: "/etc/iscsi/initiatorname.iscsi".into(),
            source: "nix".parse::<sanctl::model::ids::Iqn>().unwrap_err(),
        },
        E::NoHostName,
        E::NoAddress {
            given: "eth9".into(),
            why: "no such interface".into(),
        },
        E::NotRoot,
        E::NoIscsiadm,
        E::NoTransport,
        E::IscsidDown,
        login(8, None),
        login(24, None),
        login(24, Some("node1")),
        E::Iscsiadm {
            cmd: "iscsiadm -m node".into(),
            code: Code::of(6, ""),
            text: "cannot open".into(),
        },
        E::SessionDown {
            sid: 3,
            at: at(),
            state: "FAILED".into(),
        },
        E::SessionGone { at: at() },
        E::Unplaced { sid: 3 },
        E::Lingers { sid: 3 },
        E::NoChap {
            at: at(),
            user: "node1".into(),
        },
        E::OtherChap {
            at: at(),
            found: "somebody".into(),
            user: "node1".into(),
        },
        E::BadSecret {
            what: "secret",
            why: "it has blanks at its ends",
        },
        E::Dead(dead("10.0.0.1")),
        E::BelowQuorum {
            alive: 1,
            min: 2,
            dead: vec![dead("10.0.0.1"), dead("10.0.0.2")],
        },
        E::NoPlace {
            nexus: "session 3".into(),
            host: 2,
            driver: "bnx2i".into(),
        },
        E::NoDevice {
            at: at().into(),
            lun: LunNumber(7),
            other_name: Some("iqn.2020-01.com.example:other".into()),
            name: None,
        },
        E::NoDevice {
            at: at().into(),
            lun: LunNumber(7),
            other_name: None,
            name: Some("vol-7".into()),
        },
        E::NoLunAtPort {
            hba: "host1".into(),
            rport: "rport-1:0-2".into(),
            lun: LunNumber(7),
        },
        E::Unusable {
            hctl: hctl(),
            disk: Some("sda".into()),
            why: "its state is offline".into(),
        },
        E::WrongIdentity {
            hctl: hctl(),
            disk: Some("sda".into()),
            found: Some("naa.6a4c64f1001db63307a4e170000000ff".into()),
            wanted: wwid(),
        },
        E::Unproven {
            hctl: hctl(),
            disk: "sda".into(),
            found: Some(wwid()),
        },
        E::NoSuchDevice {
            path: "/dev/sdq".into(),
            why: "no such device".into(),
        },
        E::NoIdentity,
        E::NoHba,
        E::ForeignPorts {
            named: vec![wwpn("2000020000000a09")],
            own: vec![wwpn("2000020000000a01")],
        },
        E::NoLogin {
            why: "2000020000000a01 has no login to 2000020000000b01".into(),
        },
        E::BelowLogins {
            alive: 1,
            min: 2,
            missing: vec!["2000020000000b02: no login from host1 2000020000000a01".into()],
        },
        E::NoConnection,
        E::Flush {
            disk: "sda".into(),
            why: system::Error::Denied {
                what: "/dev/sda".into(),
            },
            force: "sanctl detach vol-7 --force".into(),
        },
        E::NoNode {
            node: "/dev/mapper/mpatha".into(),
            block: "dm-3".into(),
        },
        E::NoMultipath {
            why: "multipathd does not run".into(),
            mend: vec!["systemctl enable --now multipathd".into()],
        },
        E::Blacklisted {
            rule: "blacklist { wwid \"36a4.*\" }".into(),
            mend: vec!["multipathd reconfigure".into()],
        },
        E::BadMap {
            map: "mpatha (dm-3)".into(),
            why: "it can only be read".into(),
            hints: vec!["sanctl device tree dm-3".into()],
        },
        E::InMap {
            hctl: hctl(),
            disk: "sda".into(),
            map: "mpatha (dm-3)".into(),
            attach: "sanctl attach vol-7".into(),
        },
        E::NoMap {
            why: "multipathd made no map within 30 s".into(),
        },
        E::Queueing {
            map: "mpatha (dm-3)".into(),
            force: "sanctl detach vol-7 --force".into(),
        },
        E::MapStays {
            map: "mpatha (dm-3)".into(),
            why: "map in use (code 1)".into(),
        },
        E::NotGone {
            wwid: wwid(),
            left: vec!["sda".into(), "sdb".into()],
            detach: "sanctl detach vol-7".into(),
        },
        E::System(system::Error::Denied {
            what: "/sys/class/scsi_host/host1/scan".into(),
        }),
        E::from(node::files::Error::Practice),
    ]
}

fn of_files() -> Vec<node::files::Error> {
    use node::files::Error as E;
    let point = || "/var/lib/nova/mnt/6e4538a28399fe4b0d3b8c032812bb89".to_owned();
    let mount = |said: &str| E::Mount {
        share: "nas:/vols".into(),
        said: said.into(),
        command: "mount -t nfs nas:/vols /mnt".into(),
    };
    vec![
        E::Practice,
        E::NotRoot("mount a share"),
        E::NoProgram {
            program: "mount.nfs",
            packages: "nfs-common (Debian, Ubuntu)",
        },
        E::OtherMount {
            point: point(),
            found: "/dev/sdb1 (ext4)".into(),
            wanted: "nas:/vols (nfs)".into(),
        },
        mount("mount.nfs: access denied by server while mounting nas:/vols"),
        mount("mount.nfs: Connection timed out"),
        mount("mount.nfs: Protocol not supported"),
        E::NoPoint {
            point: point(),
            said: "mkdir: Read-only file system".into(),
        },
        E::Unmount {
            point: point(),
            said: "umount: must be superuser".into(),
        },
        E::Missing {
            path: format!("{}/volume-1", point()),
        },
        E::Wrong {
            path: "/srv/x".into(),
            found: "directory".into(),
            wanted: "a regular file",
        },
        E::Unseen {
            path: "/srv/x".into(),
            said: "stat: Permission denied".into(),
        },
        E::NoAoe {
            device: "e1.2".into(),
        },
        E::Aoe {
            command: "aoe-discover".into(),
            said: "aoe module not loaded".into(),
        },
        E::AoeStays {
            device: "e1.2".into(),
        },
    ]
}

#[test]
fn errors_of_files() {
    let names = variants!(node::files::Error: Practice, NotRoot, NoProgram, OtherMount, Mount,
        NoPoint, Unmount, Missing, Wrong, Unseen, NoAoe, Aoe, AoeStays);
    golden!("errors-node-files", table(names, of_files(), &[]));
}

#[test]
fn errors_of_the_node() {
    let names = variants!(node::Error: NoInitiatorName, BadInitiatorName, NoHostName, NoAddress,
        NotRoot, NoIscsiadm, NoTransport, IscsidDown, Login, Iscsiadm, SessionDown, SessionGone, Unplaced,
        Lingers, NoChap, OtherChap, BadSecret, Dead, BelowQuorum, NoPlace, NoDevice, NoLunAtPort, Unusable, WrongIdentity,
        NoNode, NoMultipath, Blacklisted, BadMap, InMap, NoMap, Queueing, MapStays,
        Unproven, NoSuchDevice, NoIdentity, NoHba, ForeignPorts, NoLogin, BelowLogins, NoConnection, InUse, Flush, NotGone,
        Files, System);
    // Who uses a device is drawn as a tree: node-held.
    golden!("errors-node", table(names, of_node(), &["InUse"]));
}

fn of_edits() -> Vec<node::edit::Error> {
    use node::edit::Error as E;
    let hints = || vec!["sanctl session list".to_owned()];
    vec![
        E::NotFound {
            what: "session 9".into(),
            hints: hints(),
        },
        E::Ambiguous {
            name: "sda".into(),
            found: vec!["1:0:0:1".into(), "2:0:0:1".into()],
        },
        E::Refused {
            why: "session 1 has devices".into(),
            hints: hints(),
        },
        E::Unsupported {
            why: "multipathd does not run here".into(),
            hints: hints(),
        },
        E::Usage {
            why: "id: names no device".into(),
            hints: hints(),
        },
        E::Halfway {
            done: "sda is removed".into(),
            cause: "sdb is in use".into(),
            hints: hints(),
        },
        E::Nothing,
        E::Step(step::Error::from(node::Error::IscsidDown)),
        E::Node(node::Error::NotRoot),
    ]
}

#[test]
fn errors_of_changes_of_the_node() {
    let names = variants!(node::edit::Error: NotFound, Ambiguous, Refused, Unsupported, Usage,
        Halfway, Nothing, Step, Node);
    golden!("errors-node-edit", table(names, of_edits(), &[]));
}

fn of_attachments() -> Vec<attachment::Error> {
    use attachment::Error as E;
    let cause = || step::Error::from(node::Error::IscsidDown);
    let key = || "node.session@10.0.0.1:3260".to_owned();
    let keys = || vec!["array.host".to_owned(), "array.hostgroup".into()];
    vec![
        E::Step {
            key: key(),
            cause: cause(),
        },
        E::Stage {
            stage: "connect",
            cause: cause(),
        },
        E::NotReady {
            key: key(),
            state: "waiting",
            evidence: "needs array.host".into(),
        },
        E::Earlier {
            key: key(),
            state: "absent",
            evidence: "not logged in".into(),
        },
        E::NotWhole {
            lun: "vol-1".into(),
            lacking: keys(),
        },
        E::NoStep {
            spec: "nix".into(),
            keys: keys(),
        },
        E::ManySteps {
            spec: "array.host".into(),
            keys: keys(),
        },
        E::Ended(late()),
        E::Ended(Ended::Stopped(Kind::Terminated)),
        E::Lock(sanctl::kit::lock::LockError::Busy {
            name: "vol-1".into(),
            ended: late(),
        }),
        E::Unrecorded {
            key: key(),
            cause: Box::new(E::Journal("disk full".into())),
        },
        E::InUse {
            key: "array.view".into(),
            by: "host other".into(),
        },
        E::OutOfReach { objects: keys() },
        E::Journal("disk full".into()),
        E::NewerJournal {
            path: "/var/lib/sanctl/attachments/n.w.jsonl".into(),
            format: 9,
        },
        E::OtherArray {
            lun: "vol-1".into(),
            journal: "A".into(),
            array: "B".into(),
        },
        E::Ambiguous {
            name: "vol-1".into(),
            found: vec!["wwid:1".into(), "wwid:2".into()],
        },
        E::NotFound {
            name: "vol-9".into(),
        },
        E::Adopted { links: keys() },
    ]
}

#[test]
fn errors_of_attachments() {
    let names = variants!(attachment::Error: Step, Stage, NotReady, Earlier, NotWhole, NoStep,
        ManySteps, Ended, Lock, Store, Unrecorded, InUse, OutOfReach, Journal, NewerJournal,
        OtherArray, Ambiguous, NotFound, Adopted);
    // What a state directory lacks is told with its path: journals, config.
    let rows = of_attachments();
    assert!(
        rows.iter()
            .all(|row| !row.to_string().is_empty() && row.hints().len() < 4)
    );
    golden!("errors-attachment", table(names, rows, &["Store"]));
}
