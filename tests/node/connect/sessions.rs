//! Several sessions to one portal, as several interfaces make them: what is used, and whose devices
//! are whose.

use sanctl::config::Paths;

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
