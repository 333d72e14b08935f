//! Igroups, and the initiators in them.

use super::*;
use crate::ontap::rig::{IQN, ONE, TWO};
use sanctl::array::edit::Class;
use sanctl::model::edit::GroupProtocol;

const OTHER: &str = "iqn.1994-05.com.redhat:c003";
const WWPN: &str = "21:00:00:24:ff:30:44:1c";

fn plain(name: &str) -> Edit {
    Edit::CreateGroup {
        sort: GroupSort::Hosts,
        name: name.into(),
    }
}

fn create(name: &str, protocol: Option<GroupProtocol>, os: Option<&str>, who: &[&str]) -> Edit {
    Edit::CreateHostGroup {
        name: name.into(),
        protocol,
        os: os.map(str::to_owned),
        initiators: who.iter().map(|name| initiator(name)).collect(),
    }
}

fn add(group: &str, name: &str) -> Edit {
    Edit::AddInitiator {
        group: named(group),
        initiator: initiator(name),
    }
}

fn remove(group: &str, name: &str) -> Edit {
    Edit::RemoveInitiator {
        group: named(group),
        initiator: initiator(name),
    }
}

fn kind_of(rig: &Rig, name: &str) -> (String, String) {
    let dump = rig.array.dump();
    let all = dump["igroups"].as_array().unwrap();
    let one = all.iter().find(|g| g["name"] == name).unwrap();
    let text = |key: &str| one[key].as_str().unwrap().to_owned();
    (text("protocol"), text("os"))
}

#[test]
fn groups_are_made_filled_and_deleted_whatever_fails() {
    holds(&|_| {}, &plain("g"), Back::Same, [2, 2]);
    let both = create("g", None, None, &[IQN, OTHER]);
    holds(&|_| {}, &both, Back::Same, [4, 13]);
    let half = |array: &Practice| {
        array.add_igroup("g", "iscsi", &[IQN]);
        array.map(ONE, "g", None).unwrap();
    };
    let full = create("g", Some(GroupProtocol::Iscsi), None, &[IQN, OTHER]);
    holds(&half, &full, Back::Same, [8, 8]);
    let whole = |array: &Practice| {
        array.add_igroup("g", "fcp", &[WWPN]);
    };
    holds(&whole, &delete_group("g"), Back::Same, [4, 4]);
}

#[test]
fn what_a_group_is_when_nothing_is_told() {
    for api in BOTH {
        let rig = Rig::new(api);
        for (name, who, protocol) in [
            ("none", &[][..], "mixed"),
            ("one", &[IQN][..], "iscsi"),
            ("fc", &[WWPN][..], "fcp"),
            ("two", &[OTHER, "10:00:00:00:c9:00:00:01"][..], "mixed"),
        ] {
            rig.made(&create(name, None, None, who));
            assert_eq!(kind_of(&rig, name), (protocol.into(), "linux".into()));
        }
        rig.made(&create(
            "w",
            Some(GroupProtocol::Iscsi),
            Some("windows"),
            &[],
        ));
        assert_eq!(kind_of(&rig, "w"), ("iscsi".into(), "windows".into()));
        let again = rig.made(&create("one", None, None, &[IQN]));
        assert!(!again.changed && !again.object.id.is_empty());
    }
}

#[test]
fn groups_that_are_refused() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("win", "iscsi", &[IQN]);
        rig.array.set_igroup_os("win", "windows");
        let long = "x".repeat(97);
        for edit in [
            plain(""),
            plain(&long),
            create("g", None, Some("dos"), &[]),
            create("g", Some(GroupProtocol::Fc), None, &[IQN]),
        ] {
            rig.refuses(&edit, Kind::Usage);
        }
        for (edit, words) in [
            (create("g", None, None, &[IQN]), "win of windows hosts"),
            (
                create("win", None, Some("linux"), &[IQN]),
                "of windows hosts",
            ),
            (
                create("win", Some(GroupProtocol::Mixed), None, &[]),
                "of type iscsi",
            ),
            (create("win", None, None, &[OTHER]), IQN),
        ] {
            let error = rig.refuses(&edit, Kind::Refused);
            assert!(error.to_string().contains(words), "{edit}: {error}");
        }
        // Over ZAPI members come one by one: a refusal leaves no empty igroup behind.
        let whole = "POST /protocols/san/igroups#every=code:5374732";
        rig.fault(&format!("{whole};POST /zapi/igroup-add#every=code:9051"));
        rig.refuses(&create("g", None, None, &[OTHER]), Kind::Refused);
    }
}

#[test]
fn a_group_with_maps_is_not_deleted() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("g", "iscsi", &[IQN]);
        rig.array.map(ONE, "g", None).unwrap();
        rig.array.map(TWO, "g", None).unwrap();
        let error = rig.refuses(&delete_group("g"), Kind::Refused);
        let text = error.to_string();
        assert!(text.contains(ONE) && text.contains(TWO), "{text}");
        let lines = [ONE, TWO].map(|lun| format!("sanctl lun unmap {lun} --hostgroup g"));
        assert_eq!(error.hints(), lines);
        rig.array.unmap(ONE, "g");
        rig.array.unmap(TWO, "g");
        let intent = rig.look(&delete_group("g")).unwrap();
        assert_eq!(intent.class, Class::Unused);
        assert!(intent.identity.unwrap().ends_with("/igroup/g"));
        // Mapped after it was looked at: the array holds it, and so it is said.
        let array = rig.open();
        let editor = array.editor().unwrap();
        let edit = delete_group("g");
        let intent = editor.look(&edit, &bounds()).unwrap();
        rig.array.map(ONE, "g", None).unwrap();
        let error = make(editor, &edit, &intent, &bounds(), &mutate()).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused, "{error}");
        assert_eq!(rig.array.igroups().len(), 1, "{api:?}");
        let error = rig.refuses(&delete_group("nix"), Kind::NotFound);
        assert_eq!(error.hints(), ["sanctl hostgroup list --array gold"]);
    }
}

#[test]
fn initiators_come_and_go_whatever_fails() {
    let prepare = |array: &Practice| {
        array.add_igroup("g", "mixed", &[OTHER]);
        array.map(ONE, "g", Some(3)).unwrap();
    };
    holds(&prepare, &add("g", IQN), Back::Same, [5, 5]);
    holds(&prepare, &add("g", WWPN), Back::Same, [5, 5]);
    holds(&prepare, &remove("g", OTHER), Back::Same, [5, 5]);
    let empty = |array: &Practice| {
        array.add_igroup("g", "iscsi", &[OTHER]);
    };
    holds(&empty, &remove("g", OTHER), Back::Same, [3, 3]);
}

#[test]
fn what_an_initiator_gains_and_loses() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("g", "iscsi", &[OTHER]);
        rig.array.add_igroup("own", "iscsi", &[IQN]);
        rig.array.map(ONE, "g", Some(3)).unwrap();
        rig.array.map(TWO, "g", Some(4)).unwrap();
        rig.array.log_in(OTHER, "iscsi_1");
        let intent = rig.look(&add("g", IQN)).unwrap();
        assert_eq!(intent.class, Class::Adds);
        let gains: Vec<String> = intent.gains.iter().map(ToString::to_string).collect();
        let sees = [ONE, TWO].map(|lun| format!("host {IQN} sees LUN {lun}"));
        assert_eq!(gains, sees);
        assert_eq!(
            intent.gains[0].wwid.as_ref().unwrap().as_str(),
            rig.array.lun_wwid(ONE)
        );
        assert_eq!(
            intent.notes,
            [format!("initiator {IQN} is in hostgroup own too")]
        );
        let intent = rig.look(&remove("g", OTHER)).unwrap();
        assert_eq!(intent.class, Class::Typed(OTHER.into()));
        let cuts: Vec<String> = intent.cuts.iter().map(ToString::to_string).collect();
        assert_eq!(
            cuts[0],
            format!("host {OTHER} (logged in) loses LUN {ONE} (its number 3)")
        );
        assert_eq!(intent.cuts[0].initiators, [OTHER]);
        assert_eq!(intent.notes, ["hostgroup g is empty from then on"]);
        assert_eq!(rig.look(&remove("own", IQN)).unwrap().class, Class::Asks);
        let made = rig.made(&remove("g", IQN));
        assert!(!made.changed, "{api:?}");
    }
}

/// What the array would refuse with a number is refused with names, before anything is sent.
#[test]
fn initiators_that_contradict() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("g", "iscsi", &[OTHER]);
        rig.array.add_igroup("own", "iscsi", &[IQN]);
        rig.array.add_igroup("fc", "fcp", &[]);
        rig.array.add_igroup("win", "iscsi", &[]);
        rig.array.set_igroup_os("win", "windows");
        rig.array.map(ONE, "g", Some(3)).unwrap();
        rig.array.map(ONE, "own", Some(5)).unwrap();
        let error = rig.refuses(&add("g", IQN), Kind::Refused);
        assert!(
            error.to_string().contains(&format!("see LUN {ONE} twice")),
            "{error}"
        );
        assert_eq!(
            error.hints(),
            [format!("sanctl lun unmap {ONE} --hostgroup own")]
        );
        rig.array.unmap(ONE, "own");
        rig.array.map(TWO, "own", Some(3)).unwrap();
        let error = rig.refuses(&add("g", IQN), Kind::Refused);
        let text = error.to_string();
        assert!(
            text.contains("two LUNs as number 3") && text.contains(TWO),
            "{text}"
        );
        let error = rig.refuses(&add("win", IQN), Kind::Refused);
        assert!(error.to_string().contains("own of linux hosts"), "{error}");
        rig.refuses(&add("fc", IQN), Kind::Usage);
        rig.refuses(&add("nix", IQN), Kind::NotFound);
    }
}
