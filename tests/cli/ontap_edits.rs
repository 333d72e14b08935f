//! The writing verbs on an ONTAP behind a real socket: every verb in every format over both of its
//! interfaces, what it has not, and a plan typed line by line.

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::Value;

use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{LunState, Practice, Seed};
use sanctl::sim::server::{Device, Server};

use crate::by_hand::typed;
use crate::outputs::{CHANGING, Prints, fails, parses};
use crate::place::Place;

const FORMATS: [&str; 5] = ["json", "jsonl", "yaml", "csv", "name"];
const APIS: [&str; 2] = ["rest", "zapi"];
const LOOSE: &str = "iqn.1994-05.com.redhat:loose";
const BOUND: &str = "iqn.1994-05.com.redhat:bound";

/// A verb: a line that changes something and asks nothing more, and one that names what is not
/// there. `{L}` is an initiator of nobody, `{B}` one of hostgroup `one`.
struct Verb(&'static str, &'static str, Option<&'static str>);

const VERBS: &[Verb] = &[
    Verb(
        "hostgroup create",
        "fresh --protocol iscsi --os linux --initiator {L}",
        None,
    ),
    Verb("hostgroup delete", "empty --yes", Some("nix")),
    Verb("hostgroup add-initiator", "one {L}", Some("nix {L}")),
    Verb(
        "hostgroup remove-initiator",
        "one {B} --confirm {B}",
        Some("nix {B}"),
    ),
    Verb(
        "initiator set-chap",
        "{L} --user node11 --secret-file secret --mutual-user gold --mutual-secret-file other \
         --yes",
        None,
    ),
    Verb("initiator clear-chap", "{B} --yes", None),
    Verb(
        "mapping create",
        "--lun loose --hostgroup one --lun-number 0",
        Some("--lun nix --hostgroup one"),
    ),
    Verb(
        "mapping delete",
        "one:/vol/v/held --yes",
        Some("one:/vol/v/nix"),
    ),
    Verb("lun map", "loose --host one", Some("loose --host nix")),
    Verb(
        "lun unmap",
        "held --all-hosts --confirm /vol/v/held",
        Some("nix --all-hosts"),
    ),
    Verb(
        "lun create",
        "fresh --size 1GiB --pool v",
        Some("fresh --size 1GiB --pool nix --yes"),
    ),
    Verb(
        "lun resize",
        "loose --size 9GiB --yes",
        Some("nix --size 9GiB"),
    ),
    Verb("lun delete", "loose --confirm /vol/v/loose", Some("nix")),
    Verb("lun online", "off --yes", Some("nix")),
    Verb("lun offline", "held --confirm /vol/v/held", Some("nix")),
];

/// What an ONTAP has not, with what the answer names.
const WITHOUT: &[(&str, &str)] = &[
    ("host create h", "hostgroup create h"),
    ("host set one --access-mode balanced", "hostgroup create"),
    ("host delete one", "hostgroup delete one"),
    ("initiator create {L}", "hostgroup add-initiator"),
    (
        "initiator bind {L} --host one",
        "hostgroup add-initiator one",
    ),
    ("initiator unbind {B} --host one", "hostgroup add-initiator"),
    ("initiator delete {L}", "hostgroup add-initiator"),
    (
        "initiator set {L} --multipath-type 1",
        "hostgroup add-initiator",
    ),
    ("hostgroup add-host one h", "hostgroup add-initiator one"),
    ("hostgroup remove-host one h", "hostgroup add-initiator"),
    ("lungroup create g", "lun map"),
    ("lungroup delete g", "lun map"),
    ("lungroup add-lun g loose", "lun map loose"),
    ("lungroup remove-lun g held", "lun unmap held"),
    ("portgroup create g", "portgroup list"),
    ("portgroup delete g", "portgroup list"),
    ("portgroup add-port g p", "portgroup list"),
    ("portgroup remove-port g p", "portgroup list"),
    ("mapping create m", "mapping create --lun"),
    ("mapping add-group m --hostgroup one", "lun map"),
    ("mapping remove-group m --hostgroup one", "lun unmap"),
    (
        "mapping set-number one:/vol/v/held held 7",
        "lun map held --hostgroup one --lun-number 7",
    ),
    (
        "lun map loose --host one --direct",
        "lun map loose --host one",
    ),
];

fn line(verb: &str, rest: &str) -> String {
    let line = format!("{verb} {rest}")
        .replace("{L}", LOOSE)
        .replace("{B}", BOUND);
    line.trim_end().to_owned()
}

/// An array, its server, and a place whose configuration leads to it.
pub(crate) struct Gold {
    pub(crate) array: Arc<Practice>,
    _server: Server,
    pub(crate) place: Place,
}

impl Gold {
    /// `lines` go into the array's section.
    pub(crate) fn start(api: &str, lines: &str) -> Self {
        let array = Arc::new(Practice::in_memory(&Seed::gold()));
        for name in ["held", "loose", "off"] {
            array.add_lun(&format!("/vol/v/{name}"), 1 << 30);
        }
        array.set_lun_state("/vol/v/off", LunState::Offline);
        array.add_igroup("one", "iscsi", &[BOUND]);
        array.add_igroup("empty", "iscsi", &[]);
        array.map("/vol/v/held", "one", Some(3)).unwrap();
        array.set_chap(BOUND, "node12", "canary-of-before");
        let device: Arc<dyn Device> = array.clone();
        let bind = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::start(device, bind, Faults::none()).unwrap();
        let place = Place::with_config(&format!(
            "[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\nuser = \"{}\"\nsvm = \"{}\"\n\
             password = {{ file = \"password\" }}\napi = \"{api}\"\n\
             timeouts = {{ connect = \"2s\", request = \"2s\" }}\n{lines}\n",
            server.url(),
            Seed::USER,
            Seed::SVM,
        ));
        place.write("password", Seed::PASSWORD);
        place.write("secret", "canary-secret-9\n");
        place.write("other", "canary-other-99\n");
        place.write(
            "node.json",
            r#"{"host": "compute-2", "initiator": "iqn.1994-05.com.redhat:83feeda2b41d",
                "multipath": false}"#,
        );
        Self {
            array,
            _server: server,
            place,
        }
    }
}

#[test]
fn every_changing_verb_has_a_row() {
    // Of the array's objects; what else changes something is no business of an array's kind.
    const NOUNS: [&str; 7] = [
        "host",
        "initiator",
        "hostgroup",
        "lungroup",
        "portgroup",
        "mapping",
        "lun",
    ];
    let has = |verb: &str| {
        let rows = VERBS.iter().any(|row| row.0 == verb);
        rows || WITHOUT.iter().any(|(line, _)| line.starts_with(verb))
    };
    let missing: Vec<&&str> = CHANGING
        .iter()
        .filter(|verb| NOUNS.contains(&verb.split(' ').next().unwrap()))
        .filter(|verb| !has(verb))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn told_and_done(api: &str, row: &Verb, format: &str, (told, done): (&mut Value, &mut Value)) {
    let gold = Gold::start(api, "");
    let before = gold.array.dump();
    let line = line(row.0, row.1);
    let ran = gold
        .place
        .run(&format!("{line} --dry-run -o {format}"))
        .expect(0);
    assert!(!ran.shown().contains("canary"), "{}", ran.shown());
    parses(&ran, format, Prints::One("change-plan"), told);
    assert_eq!(gold.array.dump(), before, "only told: {}", ran.shown());
    // Without an answer nothing is changed.
    let bare = line.split(" --yes").next().unwrap();
    let bare = bare.split(" --confirm").next().unwrap();
    if bare != line {
        let ran = gold.place.run(&format!("{bare} -o {format}")).expect(2);
        fails(&ran, format, 2);
        assert_eq!(gold.array.dump(), before, "{}", ran.shown());
    }
    let ran = gold.place.run(&format!("{line} -o {format}")).expect(0);
    assert!(!ran.shown().contains("canary"), "{}", ran.shown());
    parses(&ran, format, Prints::One("change"), done);
    assert_ne!(gold.array.dump(), before, "{}", ran.shown());
    if format == "json" {
        assert_eq!(done["item"]["changed"], true, "{line}: {done}");
        assert_eq!(told["item"]["title"], done["item"]["title"], "{line}");
        assert_ne!(told["item"]["wire"][0], Value::Null, "{line}: {told}");
    }
}

#[test]
fn changes_told_and_done() {
    std::thread::scope(|scope| {
        for api in APIS {
            scope.spawn(move || {
                for row in VERBS {
                    let (mut told, mut done) = (Value::Null, Value::Null);
                    for format in FORMATS {
                        told_and_done(api, row, format, (&mut told, &mut done));
                    }
                }
            });
        }
    });
}

#[test]
fn what_is_not_there() {
    for api in APIS {
        let gold = Gold::start(api, "");
        let before = gold.array.dump();
        for row in VERBS {
            let Some(rest) = row.2 else { continue };
            let line = line(row.0, rest);
            for format in ["table", "json", "csv"] {
                let ran = gold.place.run(&format!("{line} -o {format}")).expect(10);
                fails(&ran, format, 10);
                assert_eq!(ran.out, "", "{}", ran.shown());
            }
        }
        assert_eq!(gold.array.dump(), before);
    }
}

#[test]
fn what_it_has_not() {
    let gold = Gold::start("rest", "");
    let before = gold.array.dump();
    for (rest, instead) in WITHOUT {
        let line = line(rest, "");
        for format in ["table", "json", "csv"] {
            let ran = gold.place.run(&format!("{line} -o {format}")).expect(8);
            fails(&ran, format, 8);
            assert!(ran.err.contains(instead), "{}", ran.shown());
        }
    }
    assert_eq!(gold.array.dump(), before);
}

/// What takes it back is printed, and does.
#[test]
fn what_is_told_takes_it_back() {
    for api in APIS {
        for row in VERBS {
            let gold = Gold::start(api, "");
            let before = gold.array.dump();
            let line = line(row.0, row.1);
            let ran = gold.place.run(&format!("{line} -o json")).expect(0);
            let done: Value = serde_json::from_str(&ran.out).unwrap();
            let inverse = done["item"]["inverse"].as_array().unwrap();
            for back in inverse {
                let back = back.as_str().unwrap();
                let rest = back.strip_prefix("sanctl ").unwrap();
                let rest = rest.replace("--secret-prompt", "--secret-file secret");
                let name = ["/vol/v/fresh", "/vol/v/off"]
                    .into_iter()
                    .find(|name| rest.contains(name));
                // One of the two is what it asks for.
                let sure = format!("--yes --confirm {}", name.unwrap_or(LOOSE));
                let ran = gold.place.run(&format!("{rest} {sure} -q"));
                assert_eq!(ran.code, 0, "{api} {line}, {back}: {}", ran.shown());
            }
            if inverse.is_empty() {
                assert!(["lun resize", "lun delete"].contains(&row.0), "{line}");
            } else {
                assert_eq!(gold.array.dump(), before, "{api} {line}");
            }
        }
    }
}

#[test]
fn a_plan_typed_line_by_line_is_the_flow() {
    let attach = "vol/v/loose --array-only --connector node.json";
    for api in APIS {
        let (hand, flow) = (Gold::start(api, ""), Gold::start(api, ""));
        let fresh = hand.array.dump();
        let told = format!("attach /{attach} --dry-run --print verbs");
        let lines = hand.place.run(&told).expect(0).out;
        typed(&hand.place, &lines);
        flow.place.run(&format!("attach /{attach}")).expect(0);
        assert_eq!(hand.array.dump(), flow.array.dump(), "{api}: {lines}");
        let told = format!("detach /{attach} --dry-run --print verbs");
        let lines = flow.place.run(&told).expect(0).out;
        typed(&flow.place, &lines);
        assert_eq!(flow.array.dump(), fresh, "{api}: {lines}");
    }
}
