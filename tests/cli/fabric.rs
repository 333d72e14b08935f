//! Fibre Channel from a management station: the array's half, on an ONTAP over either interface.

use std::net::SocketAddr;
use std::sync::Arc;

use sanctl::sim::faults::Faults;
use sanctl::sim::ontap::{Practice, Seed};
use sanctl::sim::server::{Device, Server};
use serde_json::json;

use crate::place::Place;

const LUN: &str = "/vol/cinder_a/vol-7";
const PORT: &str = "21000024ff30441c";

/// A place whose configuration names the array `gold`; the server lives as long as it is held.
fn place(api: &str) -> (Arc<Practice>, Server, Place) {
    let array = Arc::new(Practice::in_memory(&Seed::gold()));
    array.add_lun(LUN, 1 << 30);
    let device: Arc<dyn Device> = array.clone();
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(device, bind, Faults::none()).unwrap();
    let place = Place::with_config(&format!(
        "default_array = \"gold\"\n[arrays.gold]\nkind = \"ontap\"\nurl = \"{}\"\nsvm = \"{}\"\n\
         api = \"{api}\"\nuser = \"{}\"\npassword = {{ file = \"password\" }}\n",
        server.url(),
        Seed::SVM,
        Seed::USER
    ));
    place.write("password", Seed::PASSWORD);
    // As sysfs writes it.
    let connector = json!({"host": "compute-2", "multipath": true, "wwpns": [format!("0x{PORT}")]});
    place.write("fc.json", &connector.to_string());
    (array, server, place)
}

#[test]
fn there_and_back() {
    for (api, told) in [("rest", true), ("zapi", false)] {
        let (array, _server, place) = place(api);
        let line = "attach vol-7 --array-only --connector fc.json --protocol fc -o json";
        let item = place.run(line).expect(0).json()["items"][0].clone();
        let connection = &item["connection"];
        assert_eq!(connection["driver_volume_type"], "fibre_channel", "{item}");
        assert_eq!(
            connection["data"]["target_wwn"].as_array().unwrap().len(),
            4
        );
        assert_eq!(array.igroups()[0].0, "sanctl-compute-2-fcp");
        let shown = place.run("connection show vol-7 --connector fc.json -o json");
        assert_eq!(shown.expect(0).json()["item"], *connection, "{api}");
        let table = place
            .run("connection show vol-7 --host sanctl-compute-2-fcp")
            .expect(0);
        assert!(table.out.contains(PORT), "{}", table.out);
        place
            .run("status vol-7 --array-only --connector fc.json")
            .expect(0);
        array.move_lif("fc_2", "ams-01a");
        array.set_lif("fc_4", true, false);
        let ports =
            "port list --for vol-7 --host sanctl-compute-2-fcp --protocol fc --usable -o name";
        assert_eq!(place.run(ports).expect(0).out.lines().count(), 3, "{api}");
        let detach = "detach vol-7 --array-only --connector fc.json --no-input";
        // Nobody is logged in, which only REST tells: without that it is a question.
        if !told {
            let asked = place.run(detach).expect(2);
            assert!(
                asked.err.contains("does not tell who is logged in"),
                "{}",
                asked.err
            );
            place.run(&format!("{detach} --yes")).expect(0);
        } else {
            array.log_in(PORT, "fc_1");
            place.run(detach).expect(2);
            array.log_out(PORT);
            place.run(detach).expect(0);
        }
        assert!(array.igroups().is_empty(), "{api}");
    }
}

#[test]
fn a_node_without_a_port_is_told_before_anything_is_asked() {
    let (_array, server, place) = place("rest");
    let ran = place.run("attach vol-7 --protocol fc").expect(8);
    assert!(ran.err.contains("no Fibre Channel port"), "{}", ran.err);
    assert!(server.requests().is_empty());
}
