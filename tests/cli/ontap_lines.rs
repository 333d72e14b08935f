//! `array call` on a practice ONTAP: reads, consent, secrets, and what it has not.

use std::sync::Arc;

use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed, VolumeState};
use sanctl::sim::server::Server;
use serde_json::Value;

use crate::place::Place;

const PATH: &str = "/vol/cinder_a/vol-7";

struct Gold {
    array: Arc<Practice>,
    place: Place,
    _server: Server,
}

fn gold() -> Gold {
    let array = Arc::new(Practice::in_memory(&Seed::gold()));
    array.add_lun(PATH, 1 << 30);
    let bind = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(Arc::clone(&array) as _, bind, Faults::none()).unwrap();
    let place = Place::with_config(&format!(
        "[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\nuser = \"{}\"\nsvm = \"{}\"\n\
         password = {{ file = \"password\" }}\n",
        server.url(),
        Seed::USER,
        Seed::SVM
    ));
    place.write("password", Seed::PASSWORD);
    Gold {
        array,
        place,
        _server: server,
    }
}

#[test]
fn reads_ask_nothing() {
    let gold = gold();
    let read = gold.place.run("array call GET /storage/luns").expect(0);
    let reply: Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(reply["records"][0]["name"], PATH);
    let line = "array call --zapi lun-get-iter -F query/lun-info/path=/vol/*/vol-7 \
                -F desired-attributes/lun-info/path=";
    let read = gold.place.run(line).expect(0);
    let reply: Value = serde_json::from_str(&read.out).unwrap();
    let results = &reply["netapp"]["results"];
    assert_eq!(results["attributes-list"]["lun-info"][0]["path"], PATH);
    let nodes = gold
        .place
        .ok("array call --zapi system-node-get-iter --cluster");
    assert!(nodes.contains("ams-01a"), "{nodes}");
    let journal = gold.place.state().join("manual.jsonl");
    assert!(!journal.exists());
}

#[test]
fn changes_want_their_name_typed() {
    let gold = gold();
    let before = gold.array.dump();
    gold.place.write("body.json", "{\"comment\": \"x\"}");
    for (line, code, word) in [
        (
            "array call --zapi igroup-create",
            2,
            "--confirm igroup-create",
        ),
        ("array call --zapi igroup-create --yes", 2, "igroup-create"),
        ("array call --zapi igroup-create --confirm x", 7, "typed"),
        ("array call --zapi lun-map-destroy-iter", 2, "--confirm"),
        (
            "array call PATCH /storage/luns/x --data body.json",
            2,
            "--confirm",
        ),
        (
            "array call PUT /storage/luns/x --confirm /storage/luns/x",
            8,
            "PATCH",
        ),
        ("array call --zapi lun-map -F path", 2, "KEY=VALUE"),
        (
            "array call --zapi lun-map -F a//b=1 --confirm lun-map",
            2,
            "no name",
        ),
        ("array call GET /storage/luns -F a=b", 2, ""),
        ("array call GET /x --zapi y", 2, "--zapi"),
        ("array call", 2, "METHOD"),
        ("array call GET", 2, "PATH"),
    ] {
        let ran = gold.place.run(line).expect(code);
        assert!(ran.err.contains(word), "{}", ran.shown());
    }
    assert_eq!(gold.array.dump(), before);
    let line = "array call --zapi igroup-create -F initiator-group-name=typed \
                -F initiator-group-type=iscsi -F os-type=linux --confirm igroup-create";
    let dry = gold.place.ok(&format!("{line} --dry-run"));
    assert!(dry.contains("would send igroup-create\ncurl "), "{dry}");
    assert!(dry.contains("vfiler=\"svm_gold\""), "{dry}");
    assert_eq!(gold.array.dump(), before);
    gold.place.ok(line);
    assert_eq!(gold.array.igroups().len(), 1);
    let journal = std::fs::read_to_string(gold.place.state().join("manual.jsonl")).unwrap();
    assert!(
        journal.contains("sanctl array call --zapi igroup-create -F initiator-group-name=typed"),
        "{journal}"
    );
    // Refused by the array: the reply is shown all the same.
    let again = gold.place.run(line).expect(1);
    let reply: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(reply["netapp"]["results"]["@errno"], "9004");
    assert!(again.err.contains("9004"), "{}", again.shown());
}

#[test]
fn secrets_come_from_files_and_go_nowhere() {
    let gold = gold();
    let initiator = "iqn.1994-05.com.redhat:c001";
    let line = format!(
        "array call --zapi iscsi-initiator-add-auth -F initiator={initiator} \
         --confirm iscsi-initiator-add-auth"
    );
    let ran = gold
        .place
        .run(&format!("{line} -F passphrase=canary-of-chap"))
        .expect(2);
    assert!(ran.err.contains("--data FILE"), "{}", ran.shown());
    gold.place.write(
        "auth.json",
        r#"{"auth-type": "CHAP", "user-name": "node11", "passphrase": "canary-of-chap"}"#,
    );
    let line = format!("{line} --data auth.json --trace trace.jsonl -vv");
    let dry = gold.place.run(&format!("{line} --dry-run")).expect(0);
    let done = gold.place.run(&line).expect(0);
    assert_eq!(
        gold.array.chap_of(initiator).unwrap().1,
        "canary-of-chap".to_owned()
    );
    let trace = std::fs::read_to_string(gold.place.path("trace.jsonl")).unwrap();
    assert!(trace.contains("iscsi-initiator-add-auth"), "{trace}");
    let journal = std::fs::read_to_string(gold.place.state().join("manual.jsonl")).unwrap();
    for text in [&dry.out, &dry.err, &done.out, &done.err, &trace, &journal] {
        assert!(!text.contains("canary-of-chap"), "{text}");
        assert!(!text.contains(Seed::PASSWORD), "{text}");
    }
    assert!(ran.err.matches("canary").count() == 0, "{}", ran.shown());
}

/// What the array could not read is missing in a listing, which then says that it is not whole.
#[test]
fn a_listing_with_a_gap_is_not_complete() {
    let gold = gold();
    gold.array.set_volume("cinder_b", VolumeState::Offline);
    let text = gold.place.path("config/sanctl/config.toml");
    let config = std::fs::read_to_string(&text).unwrap();
    gold.place.write(
        "config/sanctl/config.toml",
        &format!("{config}api = \"zapi\"\n"),
    );
    for (format, said) in [("json", true), ("yaml", false), ("table", false)] {
        let ran = gold.place.run(&format!("lun list -o {format}")).expect(0);
        assert!(ran.err.contains("volume cinder_b"), "{}", ran.shown());
        if said {
            let reply: Value = serde_json::from_str(&ran.out).unwrap();
            assert_eq!(reply["complete"], false, "{reply}");
            assert!(
                reply["warnings"][0].as_str().unwrap().contains("cinder_b"),
                "{reply}"
            );
            assert_eq!(reply["items"].as_array().unwrap().len(), 1);
        }
    }
    gold.array.set_volume("cinder_b", VolumeState::Online);
    let reply: Value = serde_json::from_str(&gold.place.ok("lun list -o json")).unwrap();
    assert_eq!(reply["complete"], true, "{reply}");
}

/// The other family has none of it, and says what it has.
#[test]
fn not_on_the_other_family() {
    let place = Place::new();
    for (line, word) in [
        ("array call --zapi lun-get-iter", "an interface of ONTAP"),
        ("array call PATCH /lun/0 --confirm /lun/0", "PUT"),
        ("array call GET /lun --cluster", "--cluster"),
    ] {
        let ran = place.run(line).expect(8);
        assert!(ran.err.contains(word), "{}", ran.shown());
    }
}
