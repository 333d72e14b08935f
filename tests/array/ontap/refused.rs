//! What is refused before anything is changed, and what arrays in a bad state say.

use std::time::{Duration, Instant};

use sanctl::array::Array;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::model::facts::Facts;
use sanctl::sim::ontap::{LunState, SvmState, VolumeState};
use sanctl::step::{Aim, Cx};

use crate::ontap::rig::{BOTH, ONE, Rig, TWO};
use crate::rig::bounds;

/// Attaching fails with this kind and this word, and nothing was changed.
fn refused(make: &dyn Fn(&mut Rig), kind: Kind, word: &str) {
    for api in BOTH {
        let mut rig = Rig::new(api);
        make(&mut rig);
        let before = rig.array.dump();
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, kind, "{api:?}: {failed:?}");
        assert!(failed.text.contains(word), "{api:?} {word}: {failed:?}");
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn luns_that_cannot_be_used() {
    refused(
        &|rig| rig.array.set_lun_state(ONE, LunState::Offline),
        Kind::Refused,
        "offline",
    );
    refused(
        &|rig| rig.array.set_lun_state(ONE, LunState::Nvfail),
        Kind::Refused,
        "nvfail",
    );
    refused(
        &|rig| rig.array.lose_lun(ONE),
        Kind::NotFound,
        "volume-0001",
    );
}

#[test]
fn a_volume_that_is_offline() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.set_volume("cinder_a", VolumeState::Offline);
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{api:?}: {failed:?}");
        assert!(failed.text.contains("offline"), "{api:?}: {failed:?}");
        assert!(rig.array.igroups().is_empty());
        // By its last part nobody knows which volume it would be in; another LUN is there.
        let failed = rig.attach("volume-0001").fails();
        assert_eq!(failed.kind, Kind::Refused, "{api:?}: {failed:?}");
        assert!(failed.text.contains("offline"), "{api:?}: {failed:?}");
        rig.attach(TWO).expect();
        let failed = rig.attach("/vol/cinder_b/nix").fails();
        assert_eq!(failed.kind, Kind::NotFound, "{api:?}: {failed:?}");
    }
}

#[test]
fn services_and_ports_that_lead_nowhere() {
    refused(
        &|rig| rig.array.set_iscsi("svm_gold", Some(false)),
        Kind::Refused,
        "switched off",
    );
    refused(
        &|rig| rig.array.set_iscsi("svm_gold", None),
        Kind::Refused,
        "no iscsi service",
    );
    refused(
        &|rig| {
            for n in 1..=4 {
                rig.array.set_lif(&format!("iscsi_{n}"), n != 1, n == 1);
            }
        },
        Kind::Refused,
        "iscsi_2 (192.0.2.42) is down",
    );
    refused(
        &|rig| {
            rig.settings = Box::new(|s| s.target_ips = vec!["192.0.2.99".parse().unwrap()]);
        },
        Kind::Refused,
        "target_ips",
    );
}

#[test]
fn only_ports_that_are_up_on_nodes_that_report() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.set_lif("iscsi_1", true, false);
        rig.array.set_lif("iscsi_2", false, true);
        rig.array.add_pair("ams-02a", "ams-02b");
        rig.array.add_lif("far", "ams-02a", Some("192.0.9.9"));
        let walked = rig.attach(ONE).expect();
        let targets = walked.facts.connection.unwrap().targets;
        let portals: Vec<String> = targets.iter().map(|t| t.at.portal.to_string()).collect();
        assert_eq!(portals, ["192.0.3.41:3260", "192.0.3.42:3260"], "{api:?}");
    }
}

/// The map is made, and shows that no port leads to it: it is taken back.
#[test]
fn a_map_that_no_port_leads_to_is_taken_back() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_pair("ams-02a", "ams-02b");
        rig.array.add_lif("far", "ams-02a", Some("192.0.9.9"));
        for n in 1..=4 {
            rig.array.set_lif(&format!("iscsi_{n}"), true, false);
        }
        let before = rig.array.dump();
        let failed = rig.attach(ONE).fails();
        assert!(
            failed.text.contains("does not report"),
            "{api:?} {failed:?}"
        );
        assert_eq!(rig.array.dump(), before, "{api:?}");
        assert!(rig.objects().is_empty(), "{api:?}");
    }
}

#[test]
fn svms_that_are_stopped_or_unknown() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.set_svm("svm_gold", SvmState::Stopped);
        let failed = rig.attach(ONE).fails();
        assert!(rig.array.igroups().is_empty(), "{api:?} {failed:?}");
        assert!(
            matches!(failed.kind, Kind::Failed | Kind::Refused),
            "{failed:?}"
        );
        assert!(
            failed.text.contains("does not run") || failed.text.contains("stopped"),
            "{api:?} {failed:?}"
        );
        let mut rig = Rig::new(api);
        rig.settings = Box::new(|s| s.svm = Some("svm_tin".into()));
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Usage, "{failed:?}");
        assert!(failed.text.contains("svm_tin"), "{failed:?}");
    }
}

#[test]
fn a_wrong_password_is_told_at_once() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.settings = Box::new(|s| s.user = "nobody".into());
        let begun = Instant::now();
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Denied, "{failed:?}");
        assert!(begun.elapsed() < Duration::from_secs(2));
        // Those that were on their way together, and none after.
        let sent = rig.server.requests().len();
        assert!(sent <= 4, "{api:?}: {sent}");
        let mut rig = Rig::new(api);
        rig.settings = Box::new(|s| {
            s.reader = std::sync::Arc::new(|_| {
                Ok(sanctl::kit::redact::Secret::new("canary-wrong".into()))
            });
        });
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Denied, "{failed:?}");
        assert!(
            failed.text.contains("user admin or its password"),
            "{failed:?}"
        );
        assert!(!format!("{failed:?}").contains("canary"), "{failed:?}");
    }
}

/// Accounts get locked: the first request of a command goes alone, and nothing after it.
#[test]
fn a_wrong_password_is_sent_once() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        let facts = rig.attach(ONE).expect().facts;
        rig.settings = Box::new(|s| s.user = "nobody".into());
        let failed = rig.detach(ONE, Some(&facts)).fails();
        assert_eq!(failed.kind, Kind::Denied, "{api:?}: {failed:?}");
        assert_eq!(rig.server.requests().len(), 1, "{api:?}");
        rig.server.clear_requests();
        let stage = rig.stage(ONE);
        let (facts, bounds) = (Facts::none(), bounds());
        let cx = Cx {
            facts: &facts,
            bounds: &bounds,
        };
        let failed = stage.survey(&cx, Aim::Status).unwrap_err();
        assert_eq!(failed.kind(), Kind::Denied, "{api:?}: {failed}");
        assert_eq!(rig.server.requests().len(), 1, "{api:?}");
    }
}

#[test]
fn a_role_that_lacks_a_command() {
    use sanctl::sim::ontap::{Account, Role, Seed};
    for api in BOTH {
        let mut rig = Rig::new(api);
        let lacking = match api {
            sanctl::array::ontap::config::ApiChoice::Zapi => "lun mapping create",
            _ => "/protocols/san/lun-maps",
        };
        rig.array.set_accounts(|all| {
            let role = Role::minimal().without(lacking);
            all.push(Account::cluster("weak", Seed::PASSWORD).with_role(role));
        });
        rig.settings = Box::new(|s| s.user = "weak".into());
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Denied, "{api:?}: {failed:?}");
        assert!(failed.text.contains("lacks"), "{api:?}: {failed:?}");
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}

/// Each command and path without which it does not work is named, on the way there and back.
#[test]
fn whatever_a_role_lacks_is_named() {
    use sanctl::array::ontap::config::ApiChoice;
    use sanctl::sim::ontap::{Access, Account, Role, Seed};
    let commands: &[(&str, &str)] = &[
        ("lun", "lun show"),
        ("lun igroup create", "lun igroup create"),
        ("lun igroup add", "lun igroup add"),
        ("lun mapping create", "lun mapping create"),
        ("lun mapping delete", "lun mapping delete"),
        ("network interface", "network interface show"),
        ("vserver iscsi", "vserver iscsi show"),
    ];
    let paths: &[(&str, &str)] = &[
        ("/storage/luns", "/api/storage/luns (readonly)"),
        ("/protocols/san/igroups", "/api/protocols/san/igroups"),
        ("/protocols/san/lun-maps", "/api/protocols/san/lun-maps"),
        (
            "/protocols/san/iscsi/services",
            "/api/protocols/san/iscsi/services (readonly)",
        ),
        (
            "/network/ip/interfaces",
            "/api/network/ip/interfaces (readonly)",
        ),
    ];
    for (api, rows) in [(ApiChoice::Zapi, commands), (ApiChoice::Rest, paths)] {
        for (lacking, named) in rows {
            let mut rig = Rig::new(api);
            let role = match Role::minimal().without(lacking) {
                Role::Limited {
                    mut commands,
                    paths,
                } => {
                    // The longest entry decides: what stands below stays allowed.
                    commands.push(((*lacking).to_owned(), Access::None));
                    Role::Limited { commands, paths }
                }
                other => other,
            };
            rig.array.set_accounts(|all| {
                all.push(Account::svm("weak", Seed::PASSWORD, Seed::SVM).with_role(role));
            });
            rig.settings = Box::new(|s| s.user = "weak".into());
            let mut failed = None;
            let walked = rig.attach(ONE);
            if walked.result.is_err() {
                failed = Some(rig.attach(ONE).fails());
                assert!(rig.array.igroups().is_empty(), "{api:?} {lacking}");
            } else if rig.detach(ONE, None).result.is_err() {
                failed = Some(rig.detach(ONE, None).fails());
            }
            let failed = failed.unwrap_or_else(|| panic!("{api:?} {lacking}: it worked"));
            assert_eq!(failed.kind, Kind::Denied, "{api:?} {lacking}: {failed:?}");
            assert!(
                failed.text.contains(&format!("lacks \"{named}")),
                "{api:?} {lacking}: {failed:?}"
            );
            assert!(failed.text.contains("weak"), "{failed:?}");
        }
    }
}

#[test]
fn the_minimum_role_is_enough() {
    use sanctl::sim::ontap::{Account, Role, Seed};
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.set_accounts(|all| {
            all.push(Account::svm("least", Seed::PASSWORD, Seed::SVM).with_role(Role::minimal()));
        });
        rig.settings = Box::new(|s| s.user = "least".into());
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}

#[test]
fn errors_of_catalogs_are_typed() {
    for api in BOTH {
        let rig = Rig::new(api);
        let array = rig.open();
        let missing = array.lun_mappings(&"nix".parse().unwrap(), &bounds());
        assert_eq!(missing.unwrap_err().kind(), Kind::NotFound, "{api:?}");
        assert!(array.lungroups().is_none());
    }
}
