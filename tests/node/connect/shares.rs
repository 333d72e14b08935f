//! What is connected by other means than a SAN: files on shares, paths, AoE devices.

use sanctl::attachment::report::{AttachmentReport, Owner};
use sanctl::kit::kind::Kind;
use sanctl::model::facts::Identity;
use sanctl::model::other_connection::{AoeDevice, OtherConnection};
use sanctl::step::State;

use crate::shares_rig::{Rig, SHARE, nfs, point, with_options};

fn row<'a>(report: &'a AttachmentReport, key: &str) -> (State, &'a str) {
    let row = report.steps.iter().rfind(|s| s.key == key).unwrap();
    (row.state, row.evidence.as_str())
}

const AOE: OtherConnection = OtherConnection::Aoe(AoeDevice { shelf: 1, slot: 2 });

#[test]
fn a_share_is_mounted_and_its_file_handed_over_and_all_goes_back() {
    let rig = Rig::new();
    let file = nfs("volume-1");
    assert_eq!(rig.status(&file).expect().state, "absent");
    let report = rig.attach(&file).expect();
    assert_eq!(report.state, "attached");
    assert_eq!(report.device.as_deref(), Some(file.path().as_str()));
    assert_eq!(report.identity, Some(Identity::Unproven));
    assert_eq!((report.size_bytes, report.changed), (Some(4096), true));
    assert_eq!(
        rig.changes(),
        [
            "mkdir -p -- POINT",
            "mount -t nfs -o vers=4,minorversion=2 nas:/vols POINT"
        ]
    );
    let again = rig.attach(&file).expect();
    assert!(!again.changed, "{again:#?}");
    assert_eq!(rig.changes(), [""; 0]);
    let status = rig.status(&file).expect();
    assert_eq!((status.state, status.exit_code), ("attached", 0));
    assert_eq!(status.device, report.device);
    assert_eq!(status.steps[0].owner, Some(Owner::Ours));
    let report = rig.detach(&file).expect();
    assert_eq!((report.state, report.changed), ("detached", true));
    assert_eq!(rig.changes(), ["umount POINT"]);
    assert!(rig.journals().list_open().unwrap().is_empty());
    assert!(
        rig.journals().list_all().unwrap().is_empty(),
        "owns nothing"
    );
    assert_eq!(rig.status(&file).expect().exit_code, 0);
    assert_eq!(rig.detach(&file).expect().state, "absent");
}

#[test]
fn older_versions_are_tried_unless_one_is_told() {
    let rig = Rig::new();
    let old = "mount.nfs: Protocol not supported";
    rig.world(|w| w.refusals = vec![("minorversion", old)]);
    rig.attach(&nfs("volume-1")).expect();
    assert_eq!(
        rig.changes()[1..],
        [
            "mount -t nfs -o vers=4,minorversion=2 nas:/vols POINT",
            "mount -t nfs -o vers=4,minorversion=1 nas:/vols POINT",
            "mount -t nfs nas:/vols POINT"
        ]
    );
    let rig = Rig::new();
    rig.world(|w| w.refusals = vec![("vers=3", "mount.nfs: access denied by server")]);
    let file = with_options("volume-1", Some("-o vers=3"));
    let (report, said) = rig.attach(&file).fails();
    assert_eq!(report.kind, Some(Kind::Denied), "{said}");
    assert!(said.contains("access denied by server"), "{said}");
    assert_eq!(
        rig.changes()[1..],
        ["mount -t nfs -o vers=3 nas:/vols POINT"]
    );
    assert!(rig.journals().list_open().unwrap().is_empty());
}

#[test]
fn what_was_mounted_before_us_stays() {
    let rig = Rig::new();
    rig.world(|w| w.mount_foreign(&point(), "nfs4", SHARE));
    let file = nfs("volume-1");
    rig.attach(&file).expect();
    assert_eq!(
        rig.status(&file).expect().steps[0].owner,
        Some(Owner::Adopted)
    );
    assert_eq!(rig.detach(&file).expect().state, "detached");
    assert_eq!(rig.changes(), [""; 0]);
    assert_eq!(rig.mounts(), 1);
}

#[test]
fn the_last_file_takes_the_share_along_whoever_mounted_it() {
    for order in [["volume-1", "volume-2"], ["volume-2", "volume-1"]] {
        let rig = Rig::new();
        rig.attach(&nfs("volume-1")).expect();
        rig.attach(&nfs("volume-2")).expect();
        assert_eq!(rig.mounts(), 1);
        let report = rig.detach(&nfs(order[0])).expect();
        assert_eq!(report.state, "detached");
        assert_eq!(rig.mounts(), 1, "the other file is on it");
        rig.detach(&nfs(order[1])).expect();
        assert_eq!(rig.mounts(), 0, "{order:?}");
        assert!(rig.journals().list_all().unwrap().is_empty());
    }
}

#[test]
fn a_file_in_use_is_not_detached_and_a_share_in_use_not_unmounted() {
    let rig = Rig::new();
    let file = nfs("volume-1");
    rig.attach(&file).expect();
    rig.changes();
    rig.world(|w| w.open = vec![file.path()]);
    let (report, said) = rig.detach(&file).fails();
    assert_eq!(report.kind, Some(Kind::Refused));
    assert!(said.contains("opened by qemu 7"), "{said}");
    assert_eq!(rig.changes(), [""; 0]);
    rig.world(|w| w.open = vec![nfs("volume-2").path()]);
    let report = rig.detach(&file).expect();
    assert_eq!(row(&report, "node.mount").0, State::Present);
    assert!(row(&report, "node.mount").1.contains("opened by qemu 7"));
    assert_eq!((rig.mounts(), rig.changes().len()), (1, 0));
    // It stays ours, and goes with the next one.
    rig.world(|w| w.open.clear());
    rig.attach(&file).expect();
    rig.detach(&file).expect();
    assert_eq!(rig.mounts(), 0);
}

#[test]
fn a_domain_that_does_not_run_keeps_its_file() {
    let rig = Rig::new();
    let file = nfs("volume-1");
    rig.attach(&file).expect();
    let xml = format!(
        "<domain><name>web</name><devices><disk><source file='{}'/><target dev='vdb'/></disk>\
         </devices></domain>",
        file.path()
    );
    rig.world(|w| w.domains.insert("/etc/libvirt/qemu/web.xml".into(), xml));
    let (report, said) = rig.detach(&file).fails();
    assert_eq!(report.kind, Some(Kind::Refused));
    assert!(
        said.contains("domain web as vdb, which does not run"),
        "{said}"
    );
    let way = "virsh detach-disk web vdb --config && sanctl detach --connection-info conn.json";
    assert!(report.hints.iter().any(|h| h == way), "{:?}", report.hints);
}

#[test]
fn a_file_that_is_none_is_named_and_the_mount_taken_back() {
    for (name, kind, words) in [
        ("volume-9", Kind::NotFound, "does not exist"),
        (
            "folder",
            Kind::Refused,
            "a directory, a regular file wanted",
        ),
        (
            "link",
            Kind::Refused,
            "a symbolic link, a regular file wanted",
        ),
    ] {
        let rig = Rig::new();
        let (report, said) = rig.attach(&nfs(name)).fails();
        assert_eq!(report.kind, Some(kind), "{said}");
        assert!(said.contains(words), "{said}");
        assert_eq!(rig.mounts(), 0, "{name}");
        assert!(rig.journals().list_open().unwrap().is_empty());
    }
}

#[test]
fn another_mount_in_its_place_is_refused_before_anything_is_done() {
    for (kind, source) in [("ext4", "/dev/sdb1"), ("nfs4", "nas:/other")] {
        let rig = Rig::new();
        rig.world(|w| w.mount_foreign(&point(), kind, source));
        let (report, said) = rig.attach(&nfs("volume-1")).fails();
        assert_eq!(report.kind, Some(Kind::Refused));
        assert!(said.contains(source), "{said}");
        assert_eq!((rig.changes().len(), rig.mounts()), (0, 1));
    }
}

#[test]
fn a_mount_that_took_the_place_of_ours_is_not_ours() {
    for booted in [true, false] {
        let rig = Rig::new();
        let file = nfs("volume-1");
        rig.attach(&file).expect();
        rig.world(|w| {
            w.mounts.clear();
            w.boot += u32::from(booted);
            w.mount_foreign(&point(), "nfs4", SHARE);
        });
        rig.changes();
        let report = rig.detach(&file).expect();
        assert_eq!(report.state, "detached");
        assert_eq!(
            (rig.changes().len(), rig.mounts()),
            (0, 1),
            "booted {booted}"
        );
        assert!(rig.journals().list_all().unwrap().is_empty());
    }
}

#[test]
fn a_share_that_is_gone_is_detached_all_the_same() {
    let rig = Rig::new();
    let file = nfs("volume-1");
    rig.attach(&file).expect();
    rig.world(|w| w.mounts.clear());
    let status = rig.status(&file).expect();
    assert_eq!((status.state, status.exit_code), ("absent", 3));
    assert_eq!(row(&status, "node.file").0, State::Waiting);
    assert_eq!(rig.detach(&file).expect().state, "detached");
}

#[test]
fn a_busy_share_is_kept_and_another_refusal_told() {
    let rig = Rig::new();
    let file = nfs("volume-1");
    rig.attach(&file).expect();
    rig.world(|w| w.stuck = Some("umount: /mnt: target is busy."));
    let report = rig.detach(&file).expect();
    assert_eq!(row(&report, "node.mount").0, State::Present);
    rig.world(|w| w.stuck = None);
    rig.attach(&file).expect();
    rig.world(|w| w.stuck = Some("umount: /mnt: must be superuser"));
    let (report, said) = rig.detach(&file).fails();
    assert!(said.contains("must be superuser"), "{said}");
    assert_eq!(report.state, "partial");
}

#[test]
fn without_its_program_nothing_is_begun() {
    let rig = Rig::new();
    rig.without_program("mount.nfs");
    let (report, said) = rig.attach(&nfs("volume-1")).fails();
    assert_eq!(report.kind, Some(Kind::Unsupported), "{said}");
    assert!(report.hints[0].contains("nfs-common"), "{:?}", report.hints);
    assert_eq!(rig.changes(), [""; 0]);
}

#[test]
fn a_path_is_handed_over_and_nothing_is_changed() {
    let rig = Rig::new();
    let local = OtherConnection::Local {
        path: "/srv/vol 1".into(),
    };
    let (report, said) = rig.attach(&local).fails();
    assert_eq!(report.kind, Some(Kind::NotFound), "{said}");
    rig.world(|w| w.local.insert("/srv/vol 1".into(), "regular file"));
    assert_eq!(rig.status(&local).expect().state, "absent");
    let report = rig.attach(&local).expect();
    assert_eq!(report.device.as_deref(), Some("/srv/vol 1"));
    assert_eq!(rig.status(&local).expect().state, "attached");
    rig.world(|w| w.open = vec!["/srv/vol 1".into()]);
    assert_eq!(rig.detach(&local).fails().0.kind, Some(Kind::Refused));
    rig.world(|w| w.open.clear());
    assert_eq!(rig.detach(&local).expect().state, "detached");
    assert_eq!(rig.status(&local).expect().state, "absent");
    assert_eq!(rig.changes(), [""; 0]);
    rig.world(|w| w.local.insert("/srv/vol 1".into(), "fifo"));
    assert_eq!(rig.attach(&local).fails().0.kind, Some(Kind::Refused));
}

#[test]
fn an_aoe_device_is_found_asked_again_and_given_up() {
    let rig = Rig::new();
    let (report, said) = rig.attach(&AOE).fails();
    assert_eq!(report.kind, Some(Kind::Failed), "{said}");
    assert!(said.contains("e1.2"), "{said}");
    rig.world(|w| w.shelves.insert("e1.2".into(), 8192));
    rig.changes();
    let report = rig.attach(&AOE).expect();
    assert_eq!(report.device.as_deref(), Some("/dev/etherd/e1.2"));
    assert_eq!(report.size_bytes, Some(8192));
    assert_eq!(report.identity, Some(Identity::Unproven));
    assert_eq!(rig.changes(), ["aoe-discover"]);
    assert!(!rig.attach(&AOE).expect().changed);
    assert_eq!(rig.status(&AOE).expect().state, "attached");
    rig.world(|w| w.known.insert("e1.2".into(), ("down", 8192)));
    assert_eq!(rig.status(&AOE).expect().exit_code, 3);
    rig.attach(&AOE).expect();
    assert_eq!(rig.changes(), ["aoe-revalidate e1.2"]);
    rig.world(|w| w.open = vec!["/dev/etherd/e1.2".into()]);
    let (report, said) = rig.detach(&AOE).fails();
    assert_eq!(report.kind, Some(Kind::Refused), "{said}");
    rig.world(|w| w.open.clear());
    rig.changes();
    rig.detach(&AOE).expect();
    assert_eq!(
        rig.changes(),
        ["mkdir -p -- /dev/etherd/e1.2", "aoe-flush e1.2"],
        "flushed, then given up"
    );
    assert_eq!(rig.status(&AOE).expect().exit_code, 0);
}
