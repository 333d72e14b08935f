//! The account of the node's initiator on the array: given, kept, never replaced.

use sanctl::array::oceanstor::config::{ChapSettings, SecretReader};
use sanctl::config::SecretSource;
use sanctl::kit::kind::Kind;
use sanctl::kit::redact::Secret;
use sanctl::sim::oceanstor::Seed;
use serde_json::json;
use std::sync::Arc;

use crate::rig::{GIB, IQN, NODE, Rig};

const CANARY: &str = "canary-of-chap";

pub(crate) fn rig(seed: &Seed) -> Rig {
    let mut rig = Rig::new(seed);
    rig.array.add_lun("vol-1", GIB);
    rig.array.add_lun("vol-2", GIB);
    rig.settings = Box::new(|settings| {
        let reader: SecretReader = Arc::new(|source| match source {
            SecretSource::Env(name) if name == "CHAP" => Ok(Secret::new(CANARY.into())),
            _ => Ok(Secret::new(Seed::PASSWORD.into())),
        });
        settings.reader = reader;
        settings.chap = Some(ChapSettings {
            user: "node1".into(),
            password: SecretSource::Env("CHAP".into()),
        });
    });
    rig
}

fn account(rig: &Rig) -> Option<(String, String)> {
    rig.array.chap_of(IQN)
}

fn admin(rig: &Rig, body: &serde_json::Value) {
    let done = rig.call("PUT", &format!("/iscsi_initiator/{IQN}"), body);
    assert_eq!(done["error"]["code"], 0, "{done:#}");
}

#[test]
pub(crate) fn a_new_initiator_gets_the_account_and_takes_it_along() {
    for seed in [Seed::v3(), Seed::v6()] {
        let rig = rig(&seed);
        let before = rig.array.dump();
        let walked = rig.attach("vol-1").expect();
        assert_eq!(account(&rig), Some(("node1".into(), CANARY.into())));
        let chap = walked.facts.connection.as_ref().unwrap().chap.as_ref();
        assert_eq!(chap.unwrap().secret.as_ref().unwrap().expose(), CANARY);
        assert!(!rig.attach("vol-1").expect().report.changed);
        assert!(!rig.journal_texts().contains("canary"));
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before);
    }
}

#[test]
pub(crate) fn a_free_initiator_is_free_and_without_chap_again() {
    for fault in ["", "PUT /iscsi_initiator/*#1=drop-after"] {
        let rig = rig(&Seed::v3());
        rig.array.add_initiator(IQN, None);
        let before = rig.array.dump();
        rig.fault(fault);
        rig.attach("vol-1").expect();
        assert_eq!(account(&rig), Some(("node1".into(), CANARY.into())));
        rig.detach("vol-1", None).expect();
        assert!(rig.array.dump() == before, "{fault}");
    }
}

#[test]
fn one_that_is_bound_and_not_logged_in_is_asked_for_chap_until_the_last_lun_goes() {
    let rig = rig(&Seed::v3());
    let host = rig.array.add_host(NODE);
    rig.array.add_initiator(IQN, Some(host));
    let before = rig.array.dump();
    rig.attach("vol-1").expect();
    rig.attach("vol-2").expect();
    assert!(account(&rig).is_some());
    rig.detach("vol-1", None).expect();
    assert!(account(&rig).is_some(), "the other LUN needs it");
    rig.detach("vol-2", None).expect();
    assert!(rig.array.dump() == before);
}

#[test]
fn what_an_administrator_gave_is_kept_or_refused() {
    let mine = json!({"TYPE": "222", "ID": IQN, "USECHAP": "true", "CHAPNAME": "node1",
        "CHAPPASSWORD": "secret-of-admin"});
    let mut theirs = mine.clone();
    theirs["CHAPNAME"] = "admin".into();
    // The same user: its secret cannot be compared, and stays.
    let rig = rig(&Seed::v3());
    rig.array.add_initiator(IQN, None);
    admin(&rig, &mine);
    let before = rig.array.dump();
    rig.attach("vol-1").expect();
    assert_eq!(account(&rig).unwrap().1, "secret-of-admin");
    rig.detach("vol-1", None).expect();
    assert!(rig.array.dump() == before);
    // Another one.
    admin(&rig, &theirs);
    let before = rig.array.dump();
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused);
    assert!(failed.text.contains("CHAP as admin"), "{failed:?}");
    assert!(failed.hints[1].contains("set-chap"), "{failed:?}");
    assert!(rig.array.dump() == before);
}

#[test]
fn one_that_is_logged_in_without_chap_is_not_locked_out() {
    let rig = rig(&Seed::v3());
    let host = rig.array.add_host(NODE);
    rig.array.add_initiator(IQN, Some(host));
    rig.array.set_logged_in(IQN, true);
    let before = rig.array.dump();
    let failed = rig.attach("vol-1").fails();
    assert_eq!(failed.kind, Kind::Refused);
    assert!(failed.text.contains("without CHAP"), "{failed:?}");
    assert!(rig.array.dump() == before);
}

/// Nothing is configured, and the array asks for CHAP all the same: its user is told.
#[test]
fn the_user_is_told_where_only_the_array_knows_it() {
    let mut rig = rig(&Seed::v3());
    rig.settings = Box::new(|_| {});
    rig.array.add_initiator(IQN, None);
    let body = json!({"TYPE": "222", "ID": IQN, "USECHAP": "true", "CHAPNAME": "admin",
        "CHAPPASSWORD": "secret-of-admin"});
    admin(&rig, &body);
    let walked = rig.attach("vol-1").expect();
    let chap = walked.facts.connection.unwrap().chap.unwrap();
    assert_eq!(
        (chap.username.as_str(), chap.secret.is_none()),
        ("admin", true)
    );
    assert_eq!(account(&rig).unwrap().1, "secret-of-admin");
}

/// The array's own answer to it would be a wrong parameter.
#[test]
fn an_account_that_the_array_cannot_keep_is_refused_before_any_change() {
    for (user, secret, says) in [
        ("abc", "secret-of-lab", "4 to 223"),
        ("node1", "short", "12 to 16"),
        ("node1", "much-too-long-for-chap", "12 to 16"),
    ] {
        let mut rig = rig(&Seed::v3());
        rig.settings = Box::new(move |settings| {
            settings.reader = Arc::new(move |source| match source {
                SecretSource::Env(name) if name == "CHAP" => Ok(Secret::new(secret.into())),
                _ => Ok(Secret::new(Seed::PASSWORD.into())),
            });
            settings.chap = Some(ChapSettings {
                user: user.into(),
                password: SecretSource::Env("CHAP".into()),
            });
        });
        let before = rig.array.dump();
        let failed = rig.attach("vol-1").fails();
        assert!(failed.text.contains(says), "{failed:?}");
        assert!(!failed.text.contains(secret), "{failed:?}");
        assert!(rig.array.dump() == before);
    }
}
