//! CHAP entries.

use super::*;
use crate::ontap::rig::IQN;
use sanctl::array::edit::Class;

const SECRET: &str = "canary-chap-1234";
const OTHER_SECRET: &str = "canary-mutual-99";

fn account(user: &str, secret: &str) -> Credentials {
    Credentials {
        user: user.into(),
        secret: Some(Secret::new(secret.into())),
    }
}

fn set(name: &str, user: &str, secret: &str) -> Edit {
    Edit::SetChap {
        initiator: initiator(name),
        chap: account(user, secret),
        mutual: None,
    }
}

fn clear(name: &str) -> Edit {
    Edit::ClearChap {
        initiator: initiator(name),
    }
}

#[test]
fn accounts_are_set_and_cleared_whatever_fails() {
    holds(&|_| {}, &set(IQN, "node11", SECRET), Back::Same, [3, 3]);
    let there = |array: &Practice| array.set_chap(IQN, "before", "somebody-else-knows");
    holds(&there, &set(IQN, "node11", SECRET), Back::Same, [3, 3]);
    holds(&there, &clear(IQN), Back::Same, [4, 3]);
    let both = Edit::SetChap {
        initiator: initiator(IQN),
        chap: account("node11", SECRET),
        mutual: Some(account("array1", OTHER_SECRET)),
    };
    holds(&|_| {}, &both, Back::Same, [3, 3]);
    holds(&there, &both, Back::Never, [3, 3]);
}

#[test]
fn the_secret_is_the_one_that_was_given_and_shows_nowhere() {
    for api in BOTH {
        let rig = Rig::new(api);
        let edit = Edit::SetChap {
            initiator: initiator(IQN),
            chap: account("node11", SECRET),
            mutual: Some(account("array1", OTHER_SECRET)),
        };
        rig.array.log_in(IQN, "iscsi_1");
        let intent = rig.look(&edit).unwrap();
        assert_eq!(intent.class, Class::Asks);
        let shown = format!("{intent:?} {edit} {edit:?}");
        assert!(!shown.contains("canary"), "{shown}");
        // Stars must not become the secret of whoever types the line.
        assert!(intent.wire[0].starts_with("# "), "{:?}", intent.wire);
        let alone = rig.look(&set(IQN, "node11", SECRET)).unwrap().wire;
        assert!(alone[0].contains("read -r PASSWORD"), "{alone:?}");
        let line = &alone[1];
        assert!(line.contains("node11") && !line.contains("***"), "{line}");
        assert!(
            intent.notes[0].contains("logged in now"),
            "{:?}",
            intent.notes
        );
        assert!(intent.notes[1].contains("set-record"), "{:?}", intent.notes);
        rig.made(&edit);
        let found = rig.array.chap_of(IQN).unwrap();
        assert_eq!(found, ("node11".into(), SECRET.into()), "{api:?}");
        rig.made(&set(IQN, "node12", "another-secret"));
        let found = rig.array.chap_of(IQN).unwrap();
        assert_eq!(found, ("node12".into(), "another-secret".into()), "{api:?}");
        // What the array proves itself with stays as it is.
        let mutual = rig.array.dump()["credentials"][1]["outbound"].clone();
        assert_eq!(mutual, "array1", "{api:?}");
        let intent = rig.look(&clear(IQN)).unwrap();
        let line = intent.inverse[0].to_string();
        assert!(
            line.ends_with("--mutual-user array1 --mutual-secret-prompt"),
            "{line}"
        );
    }
}

#[test]
fn what_applies_without_an_entry_is_told() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.set_chap(IQN, "node11", SECRET);
        let notes = |rig: &Rig| rig.look(&clear(IQN)).unwrap().notes.join("\n");
        assert!(notes(&rig).contains("which asks for nothing"), "{api:?}");
        rig.array.set_chap("default", "everybody", "canary-default");
        assert!(
            notes(&rig).contains("asks for CHAP as everybody"),
            "{api:?}"
        );
        rig.array.deny("default");
        assert!(notes(&rig).contains("which denies logins"), "{api:?}");
        rig.made(&clear(IQN));
        let again = rig.look(&clear(IQN)).unwrap();
        let evidence = again.already.unwrap();
        assert!(evidence.ends_with("default denies logins"), "{evidence}");
        assert!("default".parse::<InitiatorName>().is_err());
    }
}

#[test]
fn accounts_that_are_refused() {
    for api in BOTH {
        let rig = Rig::new(api);
        let long = "x".repeat(129);
        for edit in [
            set(IQN, "", SECRET),
            set(IQN, &long, SECRET),
            set(IQN, "node11", "too-short"),
            set(IQN, "node11", &long),
            set(IQN, "node11", "0x123456789abcdef"),
            Edit::SetChap {
                initiator: initiator(IQN),
                chap: account("node11", SECRET),
                mutual: Some(account("array1", SECRET)),
            },
        ] {
            let error = rig.refuses(&edit, Kind::Usage);
            assert!(!error.to_string().contains("canary"), "{error}");
        }
        let fc = set("21:00:00:24:ff:30:44:1c", "node11", SECRET);
        rig.refuses(&fc, Kind::Unsupported);
        rig.array.deny(IQN);
        let error = rig.refuses(&set(IQN, "node11", SECRET), Kind::Refused);
        assert!(error.to_string().contains("denies logins"), "{error}");
        let clear = format!("sanctl initiator clear-chap {IQN}");
        assert!(error.hints()[0].starts_with(&clear), "{:?}", error.hints());
    }
}

#[test]
fn an_initiator_tells_what_applies_to_it() {
    for api in BOTH {
        let rig = Rig::new(api);
        let array = rig.open();
        let find = || {
            let all = array.initiators().unwrap();
            all.find(&named(IQN), &bounds()).unwrap()
        };
        assert!(find().is_none(), "{api:?}");
        rig.array.add_igroup("g", "iscsi", &[IQN]);
        assert_eq!(find().unwrap().chap, Some(false));
        rig.array.set_chap("default", "everybody", SECRET);
        let found = find().unwrap();
        assert_eq!(
            (found.chap, found.chap_user.as_deref()),
            (Some(true), Some("everybody"))
        );
        rig.array.deny(IQN);
        let found = find().unwrap();
        assert_eq!(found.chap, Some(false));
        assert!(
            found.state.words.contains("may not log in"),
            "{}",
            found.state.words
        );
    }
}
