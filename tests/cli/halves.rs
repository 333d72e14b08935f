//! The array's half from a management station, and what passes between the two machines.

use sanctl::sim::oceanstor::Seed;
use serde_json::Value;

use crate::place::{Place, golden};
use crate::served::{NODE, Served, section, serve, shown};

const ATTACH: &str = "attach vol-7 --array-only --connector node.json";
const DETACH: &str = "detach vol-7 --array-only --connector node.json";

fn life(served: &Served) -> String {
    shown(
        served,
        &[
            ("connection show vol-7 --connector node.json", 10),
            (ATTACH, 0),
            (ATTACH, 0),
            ("connection show vol-7 --connector node.json", 0),
            ("attach vol-8 --array-only --connector node.json", 0),
            ("host luns compute-2", 0),
            ("status vol-7 --array-only --connector node.json", 0),
            (DETACH, 0),
            (DETACH, 0),
            ("detach vol-8 --array-only --connector node.json", 0),
            ("mapping tree", 0),
            ("host list", 0),
        ],
    )
}

#[test]
fn a_life_on_the_array_alone() {
    let served = Served::start();
    golden!("array-only-v3", life(&served));
    assert_eq!(served.array.open_sessions(), 0);
    let served = Served::with(Seed::v6(), "");
    golden!("array-only-v6", life(&served));
}

#[test]
fn the_connection_as_os_brick_takes_it() {
    let served = Served::start();
    let ran = served
        .place
        .run(&format!("{ATTACH} --emit connection-info -q"))
        .expect(0);
    let info: Value = ran.json();
    assert_eq!(info["driver_volume_type"], "iscsi");
    assert_eq!(info["data"]["target_lun"], 1);
    assert!(info.to_string().contains("wwid"), "{info}");
    golden!("emit", ran.shown());
}

/// What the management station prints the compute node takes as it is.
#[test]
fn the_nodes_half_from_a_connection() {
    let place = Place::new();
    let info = place.ok("attach vol-1 --array-only --emit connection-info -q");
    place.write("conn.json", &info);
    let wwid = serde_json::from_str::<Value>(&info).unwrap()["wwid"].clone();
    let wwid = wwid.as_str().unwrap();
    // Another place: no journal there tells anything of the LUN.
    let told = place
        .run("attach --connection-info conn.json --dry-run")
        .expect(0);
    assert!(told.out.contains("->  node.identity"), "{}", told.shown());
    golden!(
        "connection-info",
        [
            place
                .run("attach --connection-info conn.json")
                .expect(0)
                .shown(),
            place
                .run("attach --connection-info conn.json")
                .expect(0)
                .shown(),
            place.run("status --node-only").expect(0).shown(),
            place
                .run(&format!("detach wwid:{wwid} --node-only"))
                .expect(0)
                .shown(),
        ]
        .join("\n")
    );
    let words = ["attach", "--connection-info", "-", "-q"];
    let ran = place.run_words(&words, &info).expect(0);
    assert!(ran.out.contains("practice/luns"), "{}", ran.shown());
    let other = "6a4c64f1001db63307a4e170000000ff";
    let line = format!("attach --connection-info conn.json --wwid {other}");
    assert!(place.run(&line).expect(2).err.contains("disagree"));
}

#[test]
fn a_connector_from_standard_input_and_from_a_document() {
    let served = Served::start();
    let connector = std::fs::read_to_string(served.place.path("node.json")).unwrap();
    let document = format!(r#"{{"schema": "sanctl/connector", "item": {connector}}}"#);
    for text in [connector, document] {
        let words = ["attach", "vol-7", "--array-only", "--connector", "-", "-q"];
        let ran = served.place.run_words(&words, &text).expect(0);
        assert!(ran.out.contains(" lun number 1"), "{}", ran.shown());
    }
    assert!(served.place.ok("host list -o name").contains(NODE));
}

#[test]
fn connectors_that_are_none() {
    let served = Served::start();
    served.place.write("text", "hello");
    served.place.write("list", "[]");
    served.place.write("empty", "{}");
    served
        .place
        .write("fc", r#"{"host": "a", "wwpns": ["5001438002a3004c"]}"#);
    served
        .place
        .write("iqn", r#"{"host": "a", "initiator": "not an iqn"}"#);
    let shown = ["missing", "text", "list", "empty", "fc", "iqn"].map(|file| {
        let line = format!("attach vol-7 --array-only --connector {file}");
        served.place.run(&line).expect(2).shown()
    });
    golden!("connectors", shown.join("\n"));
    assert_eq!(served.server.requests().len(), 0);
}

#[test]
fn connections_that_are_none() {
    let place = Place::new();
    place.write("text", "hello");
    place.write("empty", "{}");
    place.write("rbd", r#"{"driver_volume_type": "rbd", "data": {}}"#);
    let shown = ["missing", "text", "empty", "rbd"].map(|file| {
        let line = format!("attach --connection-info {file}");
        let ran = place.run(&line);
        assert!(ran.code == 2 || ran.code == 8, "{}", ran.shown());
        ran.shown()
    });
    golden!("connections", shown.join("\n"));
}

#[test]
fn a_connector_is_compared_with_the_node() {
    let place = Place::new();
    let own = place.ok("connector show -o json");
    place.write("own.json", &own);
    place.write(
        "other.json",
        r#"{"host": "practice-node", "initiator": "iqn.1994-05.com.redhat:other"}"#,
    );
    golden!(
        "connector-check",
        [
            place.run("connector check own.json").expect(0).shown(),
            place
                .run("connector check own.json -o json")
                .expect(0)
                .shown(),
            place.run("connector check other.json").expect(3).shown(),
            place
                .run("connector check other.json -o json")
                .expect(3)
                .shown(),
        ]
        .join("\n")
    );
}

#[test]
fn an_initiator_that_belongs_to_another_host() {
    let served = Served::start();
    served.place.write(
        "node.json",
        r#"{"host": "compute-2", "initiator": "iqn.1994-05.com.redhat:other"}"#,
    );
    golden!("other-host", shown(&served, &[(ATTACH, 7)]));
    assert_eq!(served.place.ok("host list -o name"), "other\n");
}

#[test]
fn a_lun_that_another_host_sees() {
    let served = Served::start();
    served.place.ok(ATTACH);
    served.place.write(
        "node2.json",
        r#"{"host": "compute-3", "initiator": "iqn.1994-05.com.redhat:third"}"#,
    );
    let line = "attach vol-7 --array-only --connector node2.json";
    golden!("other-sees", shown(&served, &[(line, 7)]));
}

/// A failure half way: what was made goes again, or stays and is gone on with.
#[test]
fn failures_half_way() {
    let served = Served::start();
    served.set_faults("POST /mappingview#every=code:50331651");
    // Which steps were made meanwhile in other lanes depends on the hour.
    let undo = format!("{ATTACH} -q");
    golden!(
        "undo",
        shown(&served, &[(&undo, 1), ("host list -o name", 0)])
    );
    let ran = served
        .place
        .run(&format!("{ATTACH} -q --on-failure keep"))
        .expect(4);
    for words in [
        "error  array.view: array dorado1: POST /mappingview: code 50331651",
        "\nleft  array.host: kept for a later run\n",
        "sanctl attach vol-7",
        "sanctl detach vol-7",
    ] {
        assert!(ran.err.contains(words), "{words}: {}", ran.shown());
    }
    assert_eq!(served.place.ok("host list -o name"), "other\ncompute-2\n");
    served.set_faults("");
    golden!("go-on", shown(&served, &[(&undo, 0)]));
}

/// The array's half of a node that is logged in asks, and nobody is there to answer.
#[test]
fn cutting_off_a_node_that_is_logged_in_asks() {
    let served = Served::start();
    served.place.ok(ATTACH);
    served
        .array
        .set_logged_in("iqn.1994-05.com.redhat:83feeda2b41d", true);
    golden!("cut-off", shown(&served, &[(DETACH, 2)]));
    served
        .place
        .ok("connection show vol-7 --connector node.json");
    golden!(
        "cut-off-yes",
        shown(&served, &[(&format!("{DETACH} --yes"), 0)])
    );
}

#[test]
fn the_nodes_half_without_its_beginning() {
    let place = Place::new();
    golden!(
        "node-only",
        [
            place.run("attach vol-1 --node-only").expect(2).shown(),
            place.run("attach vol-1 --array-only").expect(0).shown(),
            place.run("attach vol-1 --node-only").expect(0).shown(),
            place.run("status vol-1 --node-only").expect(0).shown(),
            place.run("detach vol-1 --array-only").expect(7).shown(),
            place.run("detach vol-1 --node-only").expect(0).shown(),
            place.run("detach vol-1 --array-only").expect(0).shown(),
        ]
        .join("\n")
    );
}

/// Two arrays have a LUN of one name, and both are attached: the journals do not tell which.
#[test]
fn one_name_on_two_arrays() {
    let served = Served::start();
    let (_array, server) = serve(&Seed::v6());
    let text = format!(
        "{}\n{}",
        section("dorado1", &served.server.url(), ""),
        section("dorado2", &server.url(), "")
    );
    served.place.write("config/sanctl/config.toml", &text);
    for array in ["dorado1", "dorado2"] {
        served.place.ok(&format!("{ATTACH} --array {array}"));
    }
    golden!("two-arrays", shown(&served, &[(DETACH, 10)]));
    for array in ["dorado1", "dorado2"] {
        served.place.ok(&format!("{DETACH} --array {array}"));
    }
}

/// Whoever lost the initiator's name can still look, and take back what was made under it.
#[test]
fn a_node_without_an_initiator_name() {
    let place = Place::new();
    place.ok("attach vol-1");
    let forget = || {
        let file = place.state().join("practice/machine.json");
        let mut machine: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        machine["initiators"] = Value::Null;
        std::fs::write(&file, machine.to_string()).unwrap();
    };
    forget();
    let ran = place.run("status vol-1").expect(0);
    assert!(ran.err.contains("initiatorname.iscsi"), "{}", ran.shown());
    place.run("status vol-1 --node-only").expect(0);
    place.run("detach vol-1").expect(0);
    let ran = place.run("status vol-1").expect(3);
    assert!(
        ran.out.contains("nothing tells the initiator name") && ran.out.contains("array"),
        "{}",
        ran.shown()
    );
    let ran = place.run("status vol-1 --node-only").expect(0);
    assert!(ran.out.contains("absent"), "{}", ran.shown());
    for line in ["attach vol-1", "detach vol-1"] {
        let ran = place.run(line).expect(2);
        assert!(ran.err.contains("initiatorname.iscsi"), "{}", ran.shown());
    }
}
