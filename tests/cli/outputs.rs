//! Every reading verb, in every format, in every situation: found, none, ambiguous, not permitted.
//!
//! A verb that is neither in [`READING`] nor in [`CHANGING`] makes this test fail: give it a row.

use serde_json::Value;

use crate::place::{Place, Ran};
use crate::read_back::{csv, timeless, yaml};
use crate::schema::{complaints, complaints_of_object, schema};
use crate::served::{Served, section};

const FORMATS: [&str; 7] = ["table", "wide", "json", "jsonl", "yaml", "csv", "name"];

/// What a verb prints.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Prints {
    /// Objects of this schema; one or several.
    One(&'static str),
    Many(&'static str),
    /// The same text whatever the format.
    Text,
}
use Prints::{Many, One, Text};

/// A reading verb: its place in the command tree, and lines that find something, find nothing (with
/// the exit code), and name two things at once.
pub(crate) struct Verb {
    verb: &'static str,
    prints: Prints,
    pub(crate) found: &'static str,
    none: Option<(&'static str, i32)>,
    ambiguous: Option<&'static str>,
}

const fn verb(verb: &'static str, prints: Prints, found: &'static str) -> Verb {
    Verb {
        verb,
        prints,
        found,
        none: None,
        ambiguous: None,
    }
}

impl Verb {
    const fn none(mut self, line: &'static str, code: i32) -> Self {
        self.none = Some((line, code));
        self
    }

    const fn twice(mut self, line: &'static str) -> Self {
        self.ambiguous = Some(line);
        self
    }
}

/// Those that ask an array.
pub(crate) const OF_ARRAYS: &[Verb] = &[
    verb("array show", One("array"), "array show"),
    verb("array test", Many("array-test"), "array test"),
    verb("host list", Many("host"), "host list").none("host list --name nix", 0),
    verb("host show", One("host"), "host show compute-2")
        .none("host show nix", 10)
        .twice("host show twin"),
    verb("host luns", Many("host-lun"), "host luns compute-2")
        .none("host luns other", 0)
        .twice("host luns twin"),
    verb("host paths", Many("host-path"), "host paths other")
        .none("host paths member", 0)
        .twice("host paths twin"),
    verb("initiator list", Many("initiator"), "initiator list")
        .none("initiator list --protocol fc", 0)
        .twice("initiator list --host twin"),
    verb(
        "initiator show",
        One("initiator"),
        "initiator show iqn.1994-05.com.redhat:other",
    )
    .none("initiator show iqn.2000-01.com.example:nix", 10),
    verb(
        "initiator luns",
        Many("host-lun"),
        "initiator luns iqn.1994-05.com.redhat:83feeda2b41d",
    )
    .none("initiator luns iqn.1994-05.com.redhat:other", 0),
    verb(
        "initiator show-chap",
        One("initiator-chap"),
        "initiator show-chap iqn.1994-05.com.redhat:other",
    )
    .none("initiator show-chap iqn.2000-01.com.example:nix", 10),
    verb("hostgroup list", Many("group"), "hostgroup list").none("hostgroup list --name nix", 0),
    verb("hostgroup list", Many("group"), "hostgroup list --empty")
        .none("hostgroup list --host other", 0)
        .twice("hostgroup list --host twin"),
    verb("hostgroup show", One("group"), "hostgroup show one")
        .none("hostgroup show nix", 10)
        .twice("hostgroup show twin"),
    verb("lungroup list", Many("group"), "lungroup list").none("lungroup list --name nix", 0),
    verb("lungroup list", Many("group"), "lungroup list --lun vol-7")
        .none("lungroup list --lun vol-8", 0)
        .twice("lungroup list --lun twin"),
    verb("lungroup show", One("group"), "lungroup show one")
        .none("lungroup show nix", 10)
        .twice("lungroup show twin"),
    verb("portgroup list", Many("group"), "portgroup list").none("portgroup list --name nix", 0),
    verb("portgroup show", One("group"), "portgroup show one")
        .none("portgroup show nix", 10)
        .twice("portgroup show twin"),
    verb("mapping list", Many("mapping"), "mapping list")
        .none("mapping list --lun vol-8", 0)
        .twice("mapping list --lun twin"),
    verb("mapping show", One("mapping"), "mapping show one")
        .none("mapping show nix", 10)
        .twice("mapping show twin"),
    verb("mapping tree", Many("mapping-tree"), "mapping tree")
        .none("mapping tree --lun vol-8", 0)
        .twice("mapping tree --host twin"),
    verb(
        "mapping free-numbers",
        Many("free-number"),
        "mapping free-numbers --host compute-2",
    )
    .none("mapping free-numbers nix", 10)
    .twice("mapping free-numbers --host twin"),
    verb("lun list", Many("lun"), "lun list")
        .none("lun list --name nix", 0)
        .twice("lun list --host twin"),
    verb("lun show", One("lun"), "lun show vol-7")
        .none("lun show nix", 10)
        .twice("lun show twin"),
    verb("lun mappings", Many("lun-mapping"), "lun mappings vol-7")
        .none("lun mappings vol-8", 0)
        .twice("lun mappings twin"),
    verb("port list", Many("port"), "port list"),
    verb("port show", One("port"), "port show 192.0.2.35:3260").none("port show 10.0.0.1:3260", 10),
    verb(
        "connection show",
        One("connection"),
        "connection show vol-7 --connector node.json",
    )
    .none("connection show vol-8 --connector node.json", 10)
    .twice("connection show twin --connector node.json"),
    verb(
        "status",
        Many("attachment"),
        "status vol-7 --array-only --connector node.json",
    )
    .none("status nix --array-only --connector node.json", 10)
    .twice("status twin --array-only --connector node.json"),
];

/// Those that ask this machine, or nothing at all.
const OF_THIS_PLACE: &[Verb] = &[
    verb("array list", Many("array"), "array list"),
    verb("connector show", One("connector"), "connector show"),
    verb(
        "connector check",
        Many("connector-difference"),
        "connector check other.json",
    )
    .none("connector check same.json", 0),
    verb(
        "config check",
        Many("config-check"),
        "config check --config sound.toml",
    )
    .none("config check", 0),
    verb(
        "config show",
        Many("config-value"),
        "config show --origin --config sound.toml",
    ),
    verb("explain", Many("explanation"), "explain degraded").none("explain nix", 10),
    verb("trace replay", Text, "trace replay t.jsonl").none("trace replay nix.jsonl", 2),
    verb("completions", Text, "completions fish"),
    verb("discover", Many("discovery"), "discover"),
    verb("discover", Many("target"), "discover --portal 172.24.3.150"),
    verb("journal list", Many("journal"), "journal list"),
    verb(
        "journal list",
        Many("journal-change"),
        "journal list --manual",
    ),
    verb("journal show", One("journal"), "journal show vol-1").none("journal show nix", 10),
    verb("journal export", Text, "journal export vol-1").none("journal export nix", 10),
    verb("schema", Many("schema"), "schema").none("schema nix", 10),
    verb("session list", Many("session"), "session list"),
    verb(
        "session list",
        Many("session-missing"),
        "session list --missing",
    ),
    verb("session show", One("session"), "session show 1").none("session show 99", 10),
    verb(
        "session list-records",
        Many("record"),
        "session list-records",
    ),
    verb("hba list", Many("hba"), "hba list").none("hba list --protocol fc", 0),
    verb("hba show", One("hba"), "hba show host0").none("hba show nix", 10),
    verb("hba targets", Many("hba-target"), "hba targets").none("hba targets nix", 10),
    verb("device list", Many("device"), "device list").none("device list --lun 99", 0),
    verb("device show", One("device"), "device show sda").none("device show nix", 10),
    verb("device tree", Many("device-tree"), "device tree").none("device tree nix", 10),
    verb("device check", Many("device-check"), "device check sda").none("device check nix", 10),
    verb(
        "device wait",
        Many("device"),
        "device wait --wwid 6a4c64f1001db63307a4e17000000000",
    )
    .none(
        "device wait --gone --wwid 6a4c64f1001db633ffffffffffffffff",
        0,
    ),
    verb("sim status", One("sim"), "sim status"),
];

/// Those that change something: tested elsewhere, each by itself.
pub(crate) const CHANGING: &[&str] = &[
    "adopt",
    "attach",
    "detach",
    // It makes a folder.
    "collect",
    // It may send anything, and prints what the array says.
    "array call",
    "host create",
    "host set",
    "host delete",
    "initiator create",
    "initiator bind",
    "initiator unbind",
    "initiator delete",
    "initiator set",
    "initiator set-chap",
    "initiator clear-chap",
    "hostgroup create",
    "hostgroup delete",
    "hostgroup add-host",
    "hostgroup remove-host",
    "hostgroup add-initiator",
    "hostgroup remove-initiator",
    "lungroup create",
    "lungroup delete",
    "lungroup add-lun",
    "lungroup remove-lun",
    "portgroup create",
    "portgroup delete",
    "portgroup add-port",
    "portgroup remove-port",
    "mapping create",
    "mapping delete",
    "mapping add-group",
    "mapping remove-group",
    "mapping set-number",
    "lun map",
    "lun unmap",
    "lun create",
    "lun resize",
    "lun delete",
    "lun online",
    "lun offline",
    "session login",
    "session logout",
    "session relogin",
    "session add-record",
    "session set-record",
    "session delete-record",
    "device scan",
    "device rescan",
    "device add-path",
    "device grow",
    "device flush",
    "device remove",
    "device set-state",
    "config init",
    "journal prune",
    "sim serve oceanstor",
    "sim serve ontap",
    "sim reset",
];

/// Exit codes of reading verbs that found what they looked for.
const FINDINGS: &[(&str, i32)] = &[("connector check other.json", 3)];

#[test]
fn every_verb_has_a_row() {
    fn leaves(command: &clap::Command, path: &str, all: &mut Vec<String>) {
        for sub in command.get_subcommands() {
            let path = format!("{path} {}", sub.get_name()).trim().to_owned();
            if sub.has_subcommands() {
                leaves(sub, &path, all);
            } else {
                all.push(path);
            }
        }
    }
    let mut all = Vec::new();
    leaves(&sanctl::cli::dispatch::command(), "", &mut all);
    let rows = OF_ARRAYS.iter().chain(OF_THIS_PLACE).map(|row| row.verb);
    let rows: Vec<&str> = rows.chain(CHANGING.iter().copied()).collect();
    all.retain(|verb| !rows.contains(&verb.as_str()));
    assert!(all.is_empty(), "no row in tests/cli/outputs.rs: {all:?}");
}

/// What practice says of itself, to people alone.
const PRACTICE: &str = "PRACTICE: the built-in array and node, nothing here is real\n";

/// What stderr says beside that.
fn said<'a>(ran: &'a Ran, format: &str) -> &'a str {
    match format {
        "table" | "wide" => ran.err.strip_prefix(PRACTICE).unwrap_or(&ran.err),
        _ => &ran.err,
    }
}

/// A served array with one of everything, and with two of everything that are called the same.
fn array() -> Served {
    let served = Served::start();
    served
        .place
        .ok("attach vol-7 --array-only --connector node.json -q");
    let array = &served.array;
    array.set_logged_in("iqn.1994-05.com.redhat:other", true);
    let host = array.add_host("member");
    array.add_hostgroup("one", &[host]);
    let lun = array.add_lun("in, \"one\"", 1 << 30);
    array.add_lungroup("one", &[lun]);
    array.add_portgroup("one", &[]);
    array.add_view("one", None, None);
    for _ in 0..2 {
        array.add_lun("twin", 1 << 30);
        array.add_host("twin");
        array.add_hostgroup("twin", &[]);
        array.add_lungroup("twin", &[]);
        array.add_portgroup("twin", &[]);
        array.add_view("twin", None, None);
    }
    served.server.clear_requests();
    served
}

/// The practice array with an attachment and two connectors beside it.
fn place() -> Place {
    let place = Place::new();
    place.ok("attach vol-1 -q --trace t.jsonl");
    place.ok("session add-record -T iqn.2020-01.com.example:t -p 10.0.0.9 -q");
    place.write("password", "canary");
    place.write(
        "sound.toml",
        &format!(
            "default_array = \"a\"\n{}[node]\nname = \"n, 1\"\n",
            section("a", "https://10.0.0.1", "")
        ),
    );
    let mine = place.ok("connector show -o json");
    place.write("same.json", &mine);
    place.write(
        "other.json",
        &mine.replace("\"host\":\"practice-node\"", "\"host\":\"node, other\""),
    );
    place
}

/// Only the login, the logout and reads.
#[track_caller]
fn only_reads(served: &Served, line: &str) {
    let seen = served.server.requests();
    assert!(!seen.is_empty(), "{line}: nothing was asked");
    for one in &seen {
        let session = one.route.ends_with("/sessions");
        assert!(one.method == "GET" || session, "{line}: {one:?}");
    }
    served.server.clear_requests();
}

#[test]
fn what_is_found() {
    let served = array();
    for row in OF_ARRAYS {
        found(&served.place, row);
        only_reads(&served, row.found);
    }
    let place = place();
    for row in OF_THIS_PLACE {
        found(&place, row);
    }
}

fn found(place: &Place, row: &Verb) {
    let code = FINDINGS.iter().find(|(line, _)| *line == row.found);
    let code = code.map_or(0, |(_, code)| *code);
    let mut document = Value::Null;
    for format in FORMATS {
        let ran = place
            .run(&format!("{} -o {format}", row.found))
            .expect(code);
        assert_eq!(said(&ran, format), "", "{}", ran.shown());
        assert!(!ran.out.trim().is_empty(), "{}", ran.shown());
        parses(&ran, format, row.prints, &mut document);
    }
    let columns = place.run(&format!("{} --columns no-such-column", row.found));
    if row.prints != Text {
        columns.expect(2);
    }
}

#[test]
fn what_is_not_there() {
    let served = array();
    let place = place();
    let rows = OF_ARRAYS.iter().map(|row| (row, &served.place));
    for (row, place) in rows.chain(OF_THIS_PLACE.iter().map(|row| (row, &place))) {
        let Some((line, code)) = row.none else {
            continue;
        };
        let mut document = Value::Null;
        for format in FORMATS {
            let ran = place.run(&format!("{line} -o {format}")).expect(code);
            if code == 0 {
                let table = matches!(format, "table" | "wide");
                let lines = said(&ran, format).lines().count();
                assert_eq!(lines, usize::from(table), "{}", ran.shown());
                if let Many(name) = row.prints {
                    parses(&ran, format, Many(name), &mut document);
                }
            } else {
                fails(&ran, format, code);
            }
        }
    }
    for row in OF_ARRAYS {
        if let Some((line, _)) = row.none {
            served.server.clear_requests();
            served.place.run(line);
            only_reads(&served, line);
        }
    }
}

#[test]
fn two_of_one_name() {
    let served = array();
    for row in OF_ARRAYS {
        let Some(line) = row.ambiguous else { continue };
        for format in FORMATS {
            let ran = served.place.run(&format!("{line} -o {format}")).expect(10);
            fails(&ran, format, 10);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(said.contains("id:"), "no id to choose by: {}", ran.shown());
        }
        only_reads(&served, line);
    }
}

/// The array takes the login and refuses every look.
#[test]
fn what_is_not_permitted() {
    let served = array();
    served.set_faults("GET *#every=code:1077949058");
    for row in OF_ARRAYS {
        for format in FORMATS {
            let ran = served
                .place
                .run(&format!("{} -o {format}", row.found))
                .expect(6);
            fails(&ran, format, 6);
        }
        only_reads(&served, row.found);
    }
}

/// stdout must be what the format promises; the first JSON document is what the others must say.
#[track_caller]
pub(crate) fn parses(ran: &Ran, format: &str, prints: Prints, document: &mut Value) {
    let (Many(name) | One(name)) = prints else {
        return;
    };
    let schema = schema(name);
    let shown = || ran.shown();
    let objects = |document: &Value| -> Vec<Value> {
        match prints {
            Many(_) => document["items"].as_array().cloned().unwrap_or_default(),
            _ => vec![document["item"].clone()],
        }
    };
    match format {
        "json" => {
            *document = ran.json();
            assert_eq!(complaints(&schema, document), [""; 0], "{}", shown());
            let key = if matches!(prints, Many(_)) {
                "items"
            } else {
                "item"
            };
            assert!(document.get(key).is_some(), "{}", shown());
        }
        "jsonl" => {
            let lines: Vec<Value> = ran
                .out
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            for line in &lines {
                assert_eq!(complaints_of_object(&schema, line), [""; 0], "{}", shown());
            }
            assert_eq!(
                timeless(lines.into()),
                timeless(objects(document).into()),
                "{}",
                shown()
            );
        }
        "yaml" => assert_eq!(
            timeless(yaml(ran)),
            timeless(document.clone()),
            "{}",
            shown()
        ),
        "csv" => {
            assert!(!ran.out.contains("canary"));
            let rows = csv(&ran.out);
            let width = rows[0].len();
            assert!(rows.iter().all(|row| row.len() == width), "{}", shown());
            assert_eq!(rows.len(), 1 + objects(document).len(), "{}", shown());
        }
        "name" => {
            let lines = ran.out.lines().filter(|line| !line.trim().is_empty());
            assert!(lines.count() >= objects(document).len(), "{}", shown());
        }
        _ => assert!(!ran.out.starts_with('{'), "{}", shown()),
    }
}

/// The error is on stderr, as JSON where JSON is asked for; stdout holds nothing, or the objects
/// that say so themselves.
#[track_caller]
pub(crate) fn fails(ran: &Ran, format: &str, code: i32) {
    match format {
        "json" | "jsonl" => {
            let error = ran.error();
            assert_eq!(error["code"], code, "{}", ran.shown());
            let whole: Value = serde_json::from_str(ran.err.lines().next().unwrap()).unwrap();
            assert_eq!(complaints(&schema("error"), &whole), [""; 0]);
            if !ran.out.is_empty() {
                assert!(ran.out.contains("\"error\":{"), "{}", ran.shown());
            }
        }
        _ => {
            assert!(!said(ran, format).is_empty(), "{}", ran.shown());
            assert!(!ran.err.contains('{'), "{}", ran.shown());
        }
    }
}
