//! Records that log in again at boot, and what they said before.

use sanctl::node::connect::Startup;
use sanctl::system::Machine as _;

use crate::rig::{A, B, IQN, Rig, Told};

/// What each record says about the next boot.
fn startups(rig: &Rig) -> Vec<String> {
    let mut found = Vec::new();
    let nodes = format!("/etc/iscsi/nodes/{IQN}");
    for entry in rig.machine.names(&nodes).unwrap() {
        let path = format!("{nodes}/{entry}/default");
        let text = rig.machine.text(&path).unwrap().unwrap();
        let of = |key: &str| {
            let line = text.lines().find(|l| l.starts_with(key)).unwrap();
            line.rsplit(' ').next().unwrap().to_owned()
        };
        let pair = [of("node.startup"), of("node.conn[0].startup")];
        assert_eq!(pair[0], pair[1], "{text}");
        found.push(pair[0].clone());
    }
    found
}

fn rig() -> Rig {
    let mut rig = Rig::new();
    rig.startup = Startup::Automatic;
    rig
}

#[test]
pub(crate) fn after_a_boot_the_sessions_are_there_and_the_next_attach_finds_the_lun() {
    let rig = rig();
    rig.attach().expect();
    assert_eq!(startups(&rig), ["automatic", "automatic"]);
    rig.machine.reboot().unwrap();
    let sessions = rig.machine.names("/sys/class/iscsi_session").unwrap();
    assert_eq!(sessions.len(), 2);
    let disks = rig.machine.names("/sys/class/scsi_device").unwrap();
    assert_eq!(disks, [""; 0], "no LUN that nobody asked for");
    let again = rig.attach().expect();
    assert_eq!(again.paths.len(), 2);
    rig.detach().expect();
    assert_eq!(rig.snapshot(), [""; 0]);
}

#[test]
pub(crate) fn without_it_nothing_comes_back() {
    let rig = Rig::new();
    rig.attach().expect();
    assert_eq!(startups(&rig), ["manual", "manual"]);
    rig.machine.reboot().unwrap();
    let sessions = rig.machine.names("/sys/class/iscsi_session").unwrap();
    assert_eq!(sessions, [""; 0]);
}

#[test]
pub(crate) fn asked_for_later_it_is_set_and_our_records_still_go() {
    let mut rig = Rig::new();
    rig.attach().expect();
    rig.startup = Startup::Automatic;
    assert!(rig.attach().expect().changed);
    assert_eq!(startups(&rig), ["automatic", "automatic"]);
    let before = rig.changes().len();
    rig.attach().expect();
    let news = rig.changes().split_off(before);
    assert!(
        news.iter().all(|c| c.ends_with("/device/rescan")),
        "{news:?}"
    );
    // Not asked for is no reason to take it away.
    rig.startup = Startup::Manual;
    rig.attach().expect();
    assert_eq!(startups(&rig), ["automatic", "automatic"]);
    rig.detach().expect();
    assert_eq!(rig.snapshot(), [""; 0]);
}

#[test]
pub(crate) fn a_record_of_somebody_else_says_again_what_it_said() {
    let rig = rig();
    for portal in [A, B] {
        let line = format!("iscsiadm -m node -T {IQN} -p {portal},1 -I default -o new");
        assert_eq!(rig.run(&line), 0);
        let line = format!(
            "iscsiadm -m node -T {IQN} -p {portal} -o update -n node.startup -v manual -n \
             node.conn[0].startup -v manual"
        );
        assert_eq!(rig.run(&line), 0);
    }
    rig.attach().expect();
    assert_eq!(startups(&rig), ["automatic", "automatic"]);
    rig.detach().expect();
    assert_eq!(startups(&rig), ["manual", "manual"]);
    assert_eq!(rig.snapshot().len(), 2, "the records alone");
}

#[test]
pub(crate) fn another_lun_on_the_session_keeps_it() {
    let rig = rig();
    rig.attach().expect();
    rig.attach_facts(rig.connection(8, Told::Wwid)).expect();
    rig.detach().expect();
    assert_eq!(startups(&rig), ["automatic", "automatic"]);
    rig.detach_facts(rig.known(8)).expect();
    assert_eq!(rig.snapshot(), [""; 0]);
}
