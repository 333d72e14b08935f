//! Every reading verb on the practice array, in every format.

use crate::place::{Place, golden};

const FORMATS: [&str; 7] = ["table", "wide", "json", "jsonl", "yaml", "csv", "name"];

/// Runs a line in every format, all with the same exit code.
fn formats(place: &Place, line: &str, code: i32) -> String {
    let shown = FORMATS.iter().map(|format| {
        let ran = place.run(&format!("{line} -o {format}")).expect(code);
        ran.shown()
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// A practice array whose `vol-1` is attached.
fn attached() -> Place {
    let place = Place::new();
    place.ok("attach vol-1");
    place
}

#[test]
fn verbs_that_find_something() {
    let place = attached();
    for (name, line) in [
        ("array-list", "array list"),
        ("array-show", "array show"),
        ("array-test", "array test"),
        ("host-list", "host list"),
        ("host-show", "host show practice-node"),
        ("host-luns", "host luns practice-node"),
        ("host-paths", "host paths practice-node"),
        ("initiator-list", "initiator list"),
        (
            "initiator-luns",
            "initiator luns iqn.1994-05.com.redhat:practice-node",
        ),
        (
            "initiator-show-chap",
            "initiator show-chap iqn.1994-05.com.redhat:practice-node",
        ),
        (
            "initiator-show",
            "initiator show iqn.1994-05.com.redhat:practice-node",
        ),
        ("hostgroup-list", "hostgroup list"),
        ("hostgroup-show", "hostgroup show OpenStack_HostGroup_1"),
        ("lungroup-list", "lungroup list"),
        ("lungroup-show", "lungroup show OpenStack_LunGroup_1"),
        ("mapping-list", "mapping list"),
        ("mapping-show", "mapping show OpenStack_Mapping_View_1"),
        ("mapping-tree", "mapping tree"),
        ("lun-list", "lun list"),
        ("lun-show", "lun show vol-1"),
        ("lun-mappings", "lun mappings vol-1"),
        ("port-list", "port list"),
        ("port-show", "port show 172.24.3.150:3260"),
        ("connector-show", "connector show"),
        ("connection-show", "connection show vol-1"),
        ("status", "status vol-1"),
    ] {
        golden!(format!("read-{name}"), formats(&place, line, 0));
    }
}

#[test]
fn lists_with_nothing_in_them() {
    let served = crate::served::Served::start();
    let none = served.place.run("host luns other").expect(0);
    golden!("none-host-luns", none.shown());
    let place = Place::new();
    for (name, line) in [
        ("host", "host list --name nix*"),
        ("initiator", "initiator list --protocol fc"),
        ("hostgroup", "hostgroup list --name nix"),
        ("lungroup", "lungroup list --name nix"),
        ("portgroup", "portgroup list"),
        ("mapping", "mapping list --lun vol-2"),
        ("mapping-tree", "mapping tree --lun vol-2"),
        ("lun", "lun list --name nix"),
        ("lun-mappings", "lun mappings vol-2"),
        ("status", "status"),
    ] {
        golden!(format!("none-{name}"), formats(&place, line, 0));
        let json = place.run(&format!("{line} -o json")).json();
        assert_eq!(json["items"], serde_json::json!([]), "{line}");
    }
}

#[test]
fn names_that_do_not_exist() {
    let place = Place::new();
    let lines = [
        "host show nix",
        "host luns nix",
        "host paths nix",
        "initiator show iqn.2000-01.com.example:nix",
        "initiator luns iqn.2000-01.com.example:nix",
        "initiator show-chap iqn.2000-01.com.example:nix",
        "initiator list --host nix",
        "hostgroup show nix",
        "lungroup show nix",
        "portgroup show nix",
        "mapping show nix",
        "mapping list --host nix",
        "mapping list --hostgroup nix",
        "mapping list --lungroup nix",
        "mapping list --lun nix",
        "mapping tree --host nix",
        "lun show nix",
        "lun show id:77",
        "lun show wwid:6a4c64f1001db63307a4e170000000ff",
        "lun show uuid:7f3a2b1c-0000-4000-8000-00000000ffff",
        "lun list --host nix",
        "lun mappings nix",
        "port show 10.0.0.1:3260",
        "connection show nix",
        "connection show vol-2",
        "attach nix",
        "detach nix",
        "status nix",
    ];
    let shown = lines.map(|line| {
        let json = place.run(&format!("{line} -o json")).expect(10);
        let inside = |ran: &crate::place::Ran| ran.json()["items"][0]["error"]["code"].clone();
        let code = match json.out.as_str() {
            "" => json.error()["code"].clone(),
            _ => inside(&json),
        };
        assert_eq!(code, 10, "{}", json.shown());
        place.run(line).expect(10).shown()
    });
    golden!("not-found", shown.join("\n"));
}

#[test]
fn a_lun_is_found_by_every_name_it_has() {
    let place = Place::new();
    let wanted = place.run("lun show vol-2 -o json").json()["item"].clone();
    let id = format!("id:{}", wanted["id"].as_str().unwrap());
    let wwid = wanted["wwid"].as_str().unwrap();
    for name in [
        "name:vol-2".to_owned(),
        id,
        format!("wwid:{wwid}"),
        wwid.to_owned(),
        format!("3{wwid}"),
        format!("naa.{wwid}"),
        format!("0x{wwid}"),
    ] {
        let found = place.run(&format!("lun show {name} -o json")).expect(0);
        assert_eq!(found.json()["item"], wanted, "{name}");
    }
}

#[test]
fn limit_sort_columns_and_headings() {
    let place = attached();
    let shown = [
        "lun list --limit 2",
        "lun list --limit 2 -o json",
        "lun list --limit 2 -o jsonl",
        "lun list --limit 2 -o name",
        "lun list --limit 2 -o yaml",
        "lun list --limit 2 -o csv",
        "lun list --sort size",
        "lun list --sort SIZE --limit 2 -o name",
        "lun list --sort size_bytes --limit 1 -o jsonl",
        "lun list --columns name,size",
        "lun list --columns wwid,pool --sort name",
        "lun list --columns name --no-headers",
        "lun list --columns name,state -o json",
        "lun list --columns name,state --limit 2 -o jsonl",
        "lun list --columns name,state --sort size --limit 2 -o yaml",
        "lun list --columns name,size --sort name -o csv",
        "lun list --no-headers --limit 1 -o csv",
        "port list --columns portal --limit 1 -o json",
        "lun show vol-1 --columns name,size -o yaml",
        "lun show vol-1 --columns name,state",
        "host luns practice-node --sort number",
        "mapping tree --limit 1",
    ]
    .map(|line| place.run(line).expect(0).shown());
    golden!("lists", shown.join("\n"));
}

#[test]
fn filters() {
    let place = attached();
    let shown = [
        "lun list --mapped -o name",
        "lun list --unmapped -o name",
        "lun list --name vol-? -o name",
        "lun list --host practice-node -o name",
        "lun list --pool StoragePool001 -o name",
        "host list --unused -o name",
        "host list --name prac* -o name",
        "initiator list --online -o name",
        "initiator list --offline -o name",
        "initiator list --host db-1 -o name",
        "initiator list --free -o name",
        "port list --protocol iscsi --usable -o name",
        "mapping list --host db-1 -o name",
        "mapping list --lun vol-1 -o name",
        "mapping list --hostgroup OpenStack_HostGroup_0 -o name",
        "mapping list --lungroup OpenStack_LunGroup_1 -o name",
        "mapping list --initiator iqn.1994-05.com.redhat:db-1 -o name",
        "mapping tree --host db-1",
        "mapping tree --lun vol-1 --ascii",
    ]
    .map(|line| place.run(line).expect(0).shown());
    golden!("filters", shown.join("\n"));
}

/// stdout is the result and nothing else; notes stand on stderr and `-q` ends them.
#[test]
fn quiet_verbose_and_colour() {
    let place = Place::new();
    assert_eq!(place.run("lun list --name nix -q").expect(0).err, "");
    let said = place.run("lun list -v").expect(0).err;
    assert!(said.contains("configuration: none"), "{said}");
    assert!(said.contains("3 requests"), "{said}");
    let said = place.run("lun list -vv").expect(0).err;
    assert!(said.contains("/lun?"), "{said}");
    let coloured = place.ok("lun list --color always");
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    for line in [
        "lun list",
        "lun list --color never",
        "lun list --color always -o json",
    ] {
        assert!(!place.ok(line).contains('\u{1b}'), "{line}");
    }
}
