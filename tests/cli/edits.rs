//! The writing verbs of groups, mappings and LUNs: one run of each, what is refused, what is asked.

use sanctl::sim::oceanstor::Seed;
use serde_json::{Value, json};

use crate::by_hand::state;
use crate::place::{Place, golden};
use crate::served::Served;

/// A practice array with a host group, a LUN group, a port group and a view of the other host.
fn furnished() -> Place {
    let place = Place::new();
    for line in [
        "hostgroup create hosts",
        "lungroup create luns",
        "portgroup create front",
        "mapping create view",
    ] {
        place.ok(line);
    }
    place
}

/// Runs lines one after the other, each of them well.
fn shown(place: &Place, lines: &[&str]) -> String {
    let ran = lines.iter().map(|line| place.run(line).expect(0).shown());
    ran.collect::<Vec<_>>().join("\n")
}

/// Every verb, in its order of a life: made, shown, taken back.
const LIFE: &[&str] = &[
    "hostgroup add-host hosts db-1",
    "lungroup add-lun luns vol-1",
    "portgroup add-port front 172.24.3.150 --yes",
    "mapping add-group view --hostgroup hosts",
    "mapping add-group view --portgroup front",
    "mapping add-group view --lungroup luns",
    "lungroup add-lun luns vol-2 --lun-number 9",
    "mapping set-number view vol-2 12 --confirm vol-2",
    "mapping free-numbers view",
    "mapping free-numbers --host db-1",
    "lun map vol-3 --hostgroup hosts",
    "lun map vol-3 --hostgroup hosts",
    "lun unmap vol-3 --host db-1 --yes",
    "portgroup remove-port front 172.24.3.150 --confirm front",
    "lungroup remove-lun luns vol-1 --yes",
    "lun unmap vol-2 --all-hosts --confirm vol-2",
    "mapping remove-group view --portgroup front --confirm view",
    "mapping remove-group view --lungroup luns --confirm view",
    "hostgroup remove-host hosts db-1 --yes",
    "mapping remove-group view --hostgroup hosts --confirm view",
    "mapping delete view --yes",
    "lun create vol-9 --size 5GiB --pool StoragePool001",
    "lun resize vol-9 --size 6GiB --yes",
    "lun map vol-9 --host db-1 --lun-number 40",
    "lun unmap vol-9 --host db-1 --yes",
    "lun delete vol-9 --confirm vol-9",
];

#[test]
fn a_life_in_tables() {
    golden!("edits-table", shown(&furnished(), LIFE));
}

#[test]
fn a_life_in_json() {
    let place = furnished();
    let lines: Vec<String> = LIFE.iter().map(|line| format!("{line} -o json")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    golden!("edits-json", shown(&place, &lines));
}

/// What would be done is told and not done, with the lines that go over the wire.
#[test]
fn dry_runs() {
    let place = furnished();
    let array = place.state().join("practice/array.json");
    for line in LIFE.iter().filter(|l| !l.contains("free-numbers")) {
        let before = std::fs::read(&array).unwrap();
        let line = match line.split_once(" --confirm") {
            Some((line, _)) => line,
            None => line.trim_end_matches(" --yes"),
        };
        let ran = place.run(&format!("{line} --dry-run")).expect(0);
        assert!(
            ran.out.starts_with("would ") || ran.out.starts_with("nothing to do"),
            "{}",
            ran.shown()
        );
        assert_eq!(std::fs::read(&array).unwrap(), before, "{line}");
        let full = LIFE.iter().find(|l| l.starts_with(line)).unwrap();
        place.ok(full);
    }
    golden!(
        "edits-dry-run",
        shown(
            &furnished(),
            &[
                "lun map vol-1 --host db-1 --dry-run",
                "lun map vol-1 --host db-1 --dry-run -o json",
                "hostgroup add-host hosts db-1 --dry-run",
                "lun delete vol-4 --dry-run",
            ]
        )
    );
}

#[test]
fn what_is_refused() {
    let place = furnished();
    for line in [
        "hostgroup add-host hosts db-1",
        "lungroup add-lun luns vol-1",
        "mapping add-group view --hostgroup hosts",
        "mapping add-group view --lungroup luns",
        "lungroup create luns-2",
        "portgroup create empty",
    ] {
        place.ok(line);
    }
    let mut text = Vec::new();
    for (line, code) in [
        ("mapping add-group view --lungroup luns-2", 7),
        ("mapping add-group view --portgroup empty", 7),
        ("mapping delete view", 7),
        ("mapping set-number view vol-1 9000 --confirm vol-1", 7),
        ("mapping set-number view vol-2 3 --confirm vol-2", 7),
        ("hostgroup delete hosts", 7),
        ("lungroup add-lun luns-2 vol-2 --lun-number 4", 7),
        ("lun delete vol-1 --confirm vol-1", 7),
        ("lun resize vol-1 --size 512MiB --yes", 7),
        ("lun create vol-1 --size 2GiB --pool StoragePool001", 7),
        ("lun create vol-9 --size 1000B --pool StoragePool001", 7),
        ("lun create vol-9 --size 1GiB --pool nix", 10),
        ("lun map vol-2 --host db-1 --direct", 8),
        ("lun map nix --host db-1", 10),
        ("hostgroup add-host hosts nix", 10),
        ("portgroup add-port front 10.0.0.1", 10),
        ("mapping create ünder/way", 1),
        ("lun create ünder/way --size 1GiB --pool StoragePool001", 1),
    ] {
        let ran = place.run(line).expect(code);
        let json = place.run(&format!("{line} -o json")).expect(code);
        assert_eq!(json.error()["code"], code, "{line}");
        text.push(ran.shown());
    }
    golden!("edits-refused", text.join("\n"));
}

#[test]
fn what_is_wrongly_typed() {
    let place = Place::new();
    let lines = [
        "mapping add-group view",
        "mapping add-group view --hostgroup a --lungroup b",
        "mapping set-number view vol-1 99999",
        "mapping free-numbers",
        "lun map vol-1",
        "lun map vol-1 --host a --hostgroup b",
        "lun unmap vol-1",
        "lun create vol-9 --size 10 --pool p",
        "lun create vol-9 --size 10parsecs --pool p",
        "array call TRACE /lun",
    ];
    let shown = lines.map(|line| place.run(line).expect(2).shown());
    golden!("edits-usage", shown.join("\n"));
}

/// Questions: an error before the first change where nobody is there; `--yes` is no name.
#[test]
fn consent() {
    let place = furnished();
    for line in [
        "hostgroup add-host hosts db-1",
        "lungroup add-lun luns vol-1",
        "mapping add-group view --hostgroup hosts",
        "mapping add-group view --lungroup luns",
    ] {
        place.ok(line);
    }
    let array = place.state().join("practice/array.json");
    let before = std::fs::read(&array).unwrap();
    let mut text = Vec::new();
    for (line, code) in [
        ("lungroup remove-lun luns vol-1", 2),
        ("lungroup remove-lun luns vol-1 --no-input", 2),
        ("hostgroup remove-host hosts db-1", 2),
        ("hostgroup remove-host hosts db-1 --yes", 2),
        ("hostgroup remove-host hosts db-1 --confirm db-2", 7),
        ("mapping remove-group view --lungroup luns --yes", 2),
        ("mapping set-number view vol-1 5 --yes", 2),
        ("lun unmap vol-1 --all-hosts --yes", 2),
        ("lun delete vol-4 --yes", 2),
        ("array call DELETE /lun/0 --yes", 2),
    ] {
        text.push(place.run(line).expect(code).shown());
    }
    golden!("edits-consent", text.join("\n"));
    assert_eq!(std::fs::read(&array).unwrap(), before);
}

/// This node still has the LUN: whatever would take it away is refused, and says what to type.
#[test]
fn a_lun_of_this_node_is_not_cut() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    let before = state(&place);
    let (group, view) = ("OpenStack_LunGroup_1", "OpenStack_Mapping_View_1");
    for line in [
        format!("lungroup remove-lun {group} vol-1 --yes"),
        "hostgroup remove-host OpenStack_HostGroup_1 practice-node --confirm practice-node".into(),
        format!("mapping remove-group {view} --lungroup {group} --confirm {view}"),
        format!("mapping remove-group {view} --hostgroup OpenStack_HostGroup_1 --confirm {view}"),
        format!("mapping set-number {view} vol-1 9 --confirm vol-1"),
        "lun unmap vol-1 --host practice-node --yes".into(),
        "lun unmap vol-1 --all-hosts --confirm vol-1".into(),
    ] {
        let ran = place.run(&line).expect(7);
        assert!(
            ran.err
                .contains("this node is host practice-node and still has LUN vol-1 as sd"),
            "{}",
            ran.shown()
        );
        assert!(ran.err.contains("sanctl detach vol-1"), "{}", ran.shown());
        place.run(&format!("{line} --dry-run")).expect(7);
    }
    assert_eq!(state(&place), before);
    // Another LUN of the same view is not this node's.
    place.ok("lungroup add-lun OpenStack_LunGroup_1 vol-2");
    place.ok("lungroup remove-lun OpenStack_LunGroup_1 vol-2 --yes");
}

/// Gone from the array by other hands, and still on this node: its data are not deleted.
#[test]
fn a_lun_that_this_node_still_has_is_not_deleted() {
    let place = Place::new();
    place.ok("attach vol-2 -q");
    let path = "/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=1";
    place.ok(&format!("array call DELETE {path} --confirm {path}"));
    let ran = place.run("lun delete vol-2 --confirm vol-2").expect(7);
    assert!(
        ran.err.contains("this node still has LUN vol-2 as sd"),
        "{}",
        ran.shown()
    );
}

#[test]
fn raw_requests() {
    let place = Place::new();
    let read = place.run("array call get lun/0").expect(0);
    let reply: Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(reply["data"]["NAME"], "vol-1");
    assert_eq!(reply["error"]["code"], 0);
    place.write("group.json", r#"{"TYPE": "14", "NAME": "typed"}"#);
    let line = "array call POST /hostgroup --data group.json --confirm /hostgroup";
    assert!(
        place
            .run(&format!("{line} --dry-run"))
            .expect(0)
            .out
            .contains("would send POST")
    );
    assert_eq!(place.ok("hostgroup list --name typed -o name"), "");
    place.ok(line);
    assert_eq!(place.ok("hostgroup list --name typed -o name"), "typed\n");
    let again = place.run(line).expect(1);
    let reply: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(reply["error"]["code"], 1_077_948_993);
    assert!(again.err.contains("1077948993"), "{}", again.shown());
    for (line, code) in [
        ("array call GET /nix", 1),
        ("array call GET /sessions", 2),
        ("array call DELETE /sessions --confirm /sessions", 2),
        ("array call GET /../api", 2),
        ("array call GET /lun --data group.json", 2),
        ("array call PUT /lun/0 --data nix --confirm /lun/0", 2),
    ] {
        place.run(line).expect(code);
    }
    let journal = std::fs::read_to_string(place.state().join("practice/manual.jsonl")).unwrap();
    assert!(
        journal.contains("sanctl array call POST /hostgroup"),
        "{journal}"
    );
}

/// Secrets of a typed body stand in no trace and in no journal.
#[test]
fn raw_requests_keep_secrets() {
    let place = Place::new();
    let body = json!({"TYPE": "222", "ID": "iqn.1994-05.com.redhat:db-1", "USECHAP": "true",
        "CHAPNAME": "user", "CHAPPASSWORD": "canary-of-chap"});
    let path = "/iscsi_initiator/iqn.1994-05.com.redhat:db-1";
    let words = [
        "array",
        "call",
        "PUT",
        path,
        "--data",
        "-",
        "--confirm",
        path,
        "--trace",
        "trace.jsonl",
        "-vv",
    ];
    let ran = place.run_words(&words, &body.to_string()).expect(0);
    let trace = std::fs::read_to_string(place.path("trace.jsonl")).unwrap();
    assert!(trace.contains("CHAPNAME"), "{trace}");
    for text in [&trace, &ran.out, &ran.err] {
        assert!(!text.contains("canary-of-chap"), "{text}");
    }
    let journal = std::fs::read_to_string(place.state().join("practice/manual.jsonl")).unwrap();
    assert!(!journal.contains("canary-of-chap"), "{journal}");
}

/// A change of several parts that ends between them says what takes it back and what goes on.
#[test]
fn a_change_made_in_part() {
    for seed in [Seed::v3(), Seed::v6()] {
        let served = Served::with(seed, "");
        let before = served.array.dump();
        served.set_faults("POST /mappingview#1=code:50331651");
        let ran = served.place.run("lun map vol-7 --host other").expect(4);
        golden!("edits-in-part", ran.shown());
        served.set_faults("");
        let back: Vec<String> = ran
            .err
            .lines()
            .filter_map(|l| l.split_once("sanctl "))
            .filter(|(_, l)| l.contains("takes back"))
            .map(|(_, l)| l.split("  ").next().unwrap().to_owned())
            .collect();
        assert_eq!(back.len(), 4, "{}", ran.shown());
        for line in &back {
            served.place.ok(&format!("{line} --yes"));
        }
        assert_eq!(served.array.dump(), before);
        served.set_faults("POST /mappingview#1=code:50331651");
        served.place.run("lun map vol-7 --host other").expect(4);
        served.set_faults("");
        served.place.ok("lun map vol-7 --host other");
        assert_eq!(served.place.ok("host luns other -o name"), "vol-7\n");
        assert_eq!(served.array.open_sessions(), 0);
    }
}

#[test]
fn a_lun_and_a_host_directly() {
    let served = Served::with(Seed::v6(), "");
    let lines = [
        "lun map vol-7 --host other --direct",
        "lun mappings vol-7",
        "lun map vol-7 --host other",
        "mapping list --host other",
        "lun unmap vol-7 --host other --yes",
    ];
    let shown = lines.map(|line| served.place.run(line).expect(0).shown());
    golden!("edits-direct", shown.join("\n"));
}

/// What this sort of array has not: exit 8, and what does the same here.
#[test]
fn what_these_arrays_have_not() {
    let place = Place::new();
    let iqn = "iqn.1994-05.com.redhat:83feeda2b41d";
    let lines = [
        "lun online vol-1".to_owned(),
        "lun offline vol-1 --yes".to_owned(),
        format!("hostgroup add-initiator hosts {iqn}"),
        format!("hostgroup remove-initiator hosts {iqn} --dry-run"),
    ];
    let ran = lines.iter().map(|line| place.run(line).expect(8).shown());
    golden!("edits-elsewhere", ran.collect::<Vec<_>>().join("\n"));
}

/// What attach does not do: exit 8 before anything, and a way to the same.
#[test]
fn what_attach_does_not_do() {
    let place = Place::new();
    place.ok("lun list");
    let before = state(&place);
    let lines = ["attach vol-1 --hostgroup cluster-1"];
    let ran = lines.iter().map(|line| place.run(line).expect(8).shown());
    golden!("attach-elsewhere", ran.collect::<Vec<_>>().join("\n"));
    assert_eq!(state(&place), before);
    place.ok("attach vol-1 --multipath=no --mode rw -q");
    place.ok("detach vol-1");
    let shown = place.ok("attach vol-1 --multipath -o json");
    assert!(shown.contains("node.map"), "{shown}");
    place.ok("detach vol-1");
}
