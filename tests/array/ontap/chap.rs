//! CHAP: an entry is made where there is none, used where there is one, never replaced.

use sanctl::array::access::ChapSettings;
use sanctl::config::SecretSource;
use sanctl::kit::kind::Kind;

use crate::ontap::rig::{BOTH, IQN, ONE, Rig, TWO};

pub(crate) fn rig(api: sanctl::array::ontap::config::ApiChoice) -> Rig {
    let mut rig = Rig::new(api);
    rig.settings = Box::new(|s| {
        s.chap = Some(ChapSettings {
            user: "node11".into(),
            password: SecretSource::Env("CHAP".into()),
        });
        s.reader = std::sync::Arc::new(|source| {
            Ok(sanctl::kit::redact::Secret::new(match source {
                SecretSource::Env(_) => "canary-chap-12".into(),
                _ => sanctl::sim::ontap::Seed::PASSWORD.to_owned(),
            }))
        });
    });
    rig
}

#[test]
fn an_entry_is_made_once_and_goes_with_the_last_lun() {
    for api in BOTH {
        let rig = rig(api);
        let before = rig.array.dump();
        let walked = rig.attach(ONE).expect();
        // The entry is looked for, whether it would shut out a session, and made.
        let new = if api == BOTH[0] { 7 } else { 8 };
        let calls = Rig::calls(&walked);
        assert_eq!(walked.requests.len(), new + 3, "{api:?}: {calls:#?}");
        let account = rig.array.chap_of(IQN).unwrap();
        assert_eq!(account, ("node11".to_owned(), "canary-chap-12".to_owned()));
        let chap = walked.facts.connection.unwrap().chap.unwrap();
        assert_eq!(chap.username, "node11");
        let second = rig.attach(TWO).expect();
        assert_eq!(second.requests.len(), 6 + 1, "{:#?}", Rig::calls(&second));
        let written: Vec<String> = rig
            .journals()
            .list_all()
            .unwrap()
            .iter()
            .flat_map(|found| &found.entries)
            .map(|entry| serde_json::to_string(entry).unwrap())
            .collect();
        assert!(!written.concat().contains("canary"));
        let first = rig.detach(ONE, None).expect();
        assert_eq!(first.requests.len(), 3, "{:#?}", Rig::calls(&first));
        assert!(rig.array.chap_of(IQN).is_some(), "{api:?}");
        rig.detach(TWO, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

/// An igroup of others stays, and says nothing of who needs the entry: its maps do.
#[test]
fn in_an_igroup_of_others_it_goes_with_the_last_lun() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_igroup("by-hand", "iscsi", &[IQN]);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        rig.array.map(TWO, "by-hand", None);
        let walked = rig.detach(ONE, None).expect();
        let kept = walked.report.steps.iter().find(|s| s.key == "array.chap");
        assert!(kept.unwrap().evidence.contains(TWO), "{:?}", walked.trail);
        assert!(rig.array.chap_of(IQN).is_some(), "{api:?}");
        rig.array.unmap(TWO, "by-hand");
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

/// A node that is logged in without CHAP would be shut out at its next login.
#[test]
fn open_sessions_are_not_shut_out() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.log_in(IQN, "iscsi_1");
        let before = rig.array.dump();
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused, "{failed:?}");
        assert!(
            failed.text.contains("refused at their next login"),
            "{failed:?}"
        );
        assert!(failed.hints[1].contains("set-chap"), "{failed:?}");
        assert_eq!(rig.array.dump(), before, "{api:?}");
        // With an entry it has proven itself by it.
        rig.array.set_chap(IQN, "node11", "canary-chap-12");
        rig.attach(ONE).expect();
    }
}

/// What is there and what was wanted, in the step's own words too.
#[test]
fn the_step_tells_another_account() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.set_chap(IQN, "other", "somebody-else-knows");
        let (key, found) = rig.status(ONE).remove(0);
        assert_eq!(
            (key.as_str(), found.state.word()),
            ("array.chap", "differs")
        );
        assert!(found.evidence.contains("CHAP as other"), "{found:?}");
        assert!(
            found.evidence.ends_with("wanted CHAP as node11"),
            "{found:?}"
        );
        rig.array.deny(IQN);
        let (_, found) = rig.status(ONE).remove(0);
        assert!(found.evidence.contains("may not log in"), "{found:?}");
    }
}

#[test]
fn what_an_administrator_gave_stays() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.set_chap(IQN, "node11", "somebody-else-knows");
        rig.attach(ONE).expect();
        let kept = rig.array.chap_of(IQN).unwrap();
        assert_eq!(kept.1, "somebody-else-knows", "{api:?}");
        rig.detach(ONE, None).expect();
        assert!(rig.array.chap_of(IQN).is_some(), "{api:?}");
        rig.array.set_chap(IQN, "other", "somebody-else-knows");
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Refused);
        assert!(failed.text.contains("CHAP as other"), "{failed:?}");
        assert!(failed.text.contains("its open sessions"), "{failed:?}");
        assert!(failed.hints[1].contains("set-chap"), "{failed:?}");
        rig.array.deny(IQN);
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("may not log in"), "{failed:?}");
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}
