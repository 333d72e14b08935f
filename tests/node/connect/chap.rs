//! Logins with a CHAP account: into the record, never onto a command line, and out again.

use sanctl::kit::kind::{Failure, Kind};
use sanctl::kit::redact::Secret;
use sanctl::model::connection::Chap;
use sanctl::model::facts::Facts;
use sanctl::system::Machine as _;

use crate::family::At;
use crate::rig::{A, B, IQN, Rig, Told, entry};

const CANARY: &str = "canary-of-chap";

fn with(rig: &Rig, user: &str, secret: &str) -> Facts {
    let mut facts = rig.connection(7, Told::Wwid);
    facts.connection.as_mut().unwrap().chap = Some(Chap {
        username: user.into(),
        secret: Some(Secret::new(secret.into())),
        secret_file: None,
    });
    facts
}

fn rig() -> Rig {
    let rig = Rig::new();
    rig.fabric.set_chap(Some(("node", CANARY)));
    rig
}

fn record(rig: &Rig, portal: At) -> String {
    let entry = entry(portal);
    let path = format!("/etc/iscsi/nodes/{IQN}/{entry}/default");
    rig.machine.text(&path).unwrap().unwrap()
}

/// Records that an administrator made, with these lines.
fn foreign(rig: &Rig, lines: &str) -> Vec<String> {
    for portal in [A, B] {
        let line = format!("iscsiadm -m node -T {IQN} -p {portal},1 -I default -o new");
        assert_eq!(rig.run(&line), 0);
        let text = record(rig, portal).replace("# END", &format!("{lines}# END"));
        let path = format!("/etc/iscsi/nodes/{IQN}/{}/default", entry(portal));
        rig.machine.edit_record(&path, &text).unwrap();
    }
    rig.machine.clear_calls();
    [A, B].map(|portal| record(rig, portal)).to_vec()
}

#[test]
pub(crate) fn the_right_secret_logs_in_and_is_told_nowhere() {
    let rig = rig();
    let report = rig.attach_facts(with(&rig, "node", CANARY)).expect();
    assert_eq!(report.paths.len(), 2);
    for portal in [A, B] {
        let text = record(&rig, portal);
        assert!(text.contains(&format!("password = {CANARY}\n")), "{text}");
        assert!(text.contains("authmethod = CHAP\n") && text.contains("username = node\n"));
    }
    let calls: Vec<String> = rig
        .machine
        .calls()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(!calls.join("\n").contains("canary"), "{calls:#?}");
    assert!(!format!("{report:?}").contains("canary"));
    let journals = rig.journals().list_open().unwrap();
    let text = format!("{:?}", journals[0].entries);
    assert!(text.contains("node") && !text.contains("canary"), "{text}");
    // Again, from the journal that has no secret: the records have it.
    assert!(!rig.attach_facts(rig.known(7)).expect().changed);
    rig.detach().expect();
    assert_eq!(rig.snapshot(), [""; 0]);
}

#[test]
pub(crate) fn a_wrong_secret_is_denied_with_what_to_check_and_taken_back() {
    for (user, secret) in [("node", "another-secret"), ("other", CANARY)] {
        let rig = rig();
        let done = rig.attach_facts(with(&rig, user, secret));
        let error = done.error.as_ref().unwrap();
        assert_eq!(error.kind(), Kind::Denied, "{error}");
        let hints = error.hints();
        assert!(hints[0].contains(&format!("CHAP user {user}")), "{hints:?}");
        assert_eq!(done.report.exit_code, 6);
        assert_eq!(rig.snapshot(), [""; 0]);
    }
    let rig = rig();
    let done = rig.attach();
    let error = done.error.unwrap();
    assert!(
        error.hints()[1].contains("ask for CHAP"),
        "{:?}",
        error.hints()
    );
}

#[test]
pub(crate) fn a_record_of_somebody_else_gets_the_account_and_loses_it_again() {
    let rig = rig();
    let before = foreign(&rig, "");
    rig.attach_facts(with(&rig, "node", CANARY)).expect();
    assert!(record(&rig, A).contains(CANARY));
    rig.detach().expect();
    for (portal, text) in [A, B].iter().zip(&before) {
        assert_eq!(record(&rig, *portal), *text);
    }
    // A login that fails leaves it as it was, too.
    let done = rig.attach_facts(with(&rig, "node", "another-secret"));
    assert_eq!(done.report.exit_code, 6);
    assert_eq!(record(&rig, A), before[0]);
}

#[test]
pub(crate) fn an_account_of_an_administrator_is_kept() {
    for (lines, says) in [
        (
            "node.session.auth.username = admin\nnode.session.auth.password = other\n",
            "admin",
        ),
        (
            "node.session.auth.username = node\nnode.session.auth.password = other\n",
            "node with another secret",
        ),
    ] {
        let rig = rig();
        let before = foreign(&rig, lines);
        let done = rig.attach_facts(with(&rig, "node", CANARY));
        let error = done.error.as_ref().unwrap();
        assert_eq!(error.kind(), Kind::Refused, "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.to_string().contains("other,"), "{error}");
        assert_eq!(record(&rig, A), before[0]);
        assert_eq!(rig.changes(), [""; 0]);
    }
    // The same account is no reason for a change.
    let rig = rig();
    let lines =
        format!("node.session.auth.username = node\nnode.session.auth.password = {CANARY}\n");
    let before = foreign(&rig, &lines);
    rig.attach_facts(with(&rig, "node", CANARY)).expect();
    rig.detach().expect();
    assert_eq!(record(&rig, A), before[0]);
}

#[test]
pub(crate) fn a_secret_that_no_record_can_keep_changes_nothing() {
    for bad in [" canary", "two\nlines"] {
        let rig = rig();
        let done = rig.attach_facts(with(&rig, "node", bad));
        let error = done.error.unwrap();
        assert_eq!(error.kind(), Kind::Usage, "{error}");
        assert!(!error.to_string().contains(bad.trim_start()), "{error}");
        assert_eq!(rig.snapshot(), [""; 0]);
    }
}
