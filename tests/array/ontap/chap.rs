//! CHAP: an entry is made where there is none, used where there is one, never replaced.

use sanctl::array::access::ChapSettings;
use sanctl::config::SecretSource;
use sanctl::kit::kind::Kind;

use crate::ontap::rig::{BOTH, IQN, ONE, Rig, TWO};

fn rig(api: sanctl::array::ontap::config::ApiChoice) -> Rig {
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
        rig.detach(ONE, None).expect();
        assert!(rig.array.chap_of(IQN).is_some(), "{api:?}");
        rig.detach(TWO, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
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
        rig.array.deny(IQN);
        let failed = rig.attach(ONE).fails();
        assert!(failed.text.contains("may not log in"), "{failed:?}");
        assert!(rig.array.igroups().is_empty(), "{api:?}");
    }
}
