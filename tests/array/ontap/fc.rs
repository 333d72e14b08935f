//! The array's half of Fibre Channel: an igroup of the node's ports, and the map.

use sanctl::array::{Array, Filter};
use sanctl::model::nouns::Protocol;

use crate::ontap::rig::{BOTH, ONE, Rig};
use crate::rig::bounds;

const PORTS: [&str; 2] = ["21000024ff30441c", "21000024ff30441d"];

fn rig(api: sanctl::array::ontap::config::ApiChoice) -> Rig {
    let mut rig = Rig::new(api);
    rig.protocol = Protocol::Fc;
    rig.wwpns = PORTS.map(str::to_owned).to_vec();
    rig
}

#[test]
fn an_igroup_of_all_ports_of_the_node() {
    for api in BOTH {
        let rig = rig(api);
        let before = rig.array.dump();
        rig.attach(ONE).expect();
        let igroups = rig.array.igroups();
        assert_eq!(igroups.len(), 1, "{api:?}");
        assert_eq!(igroups[0].0, "sanctl-compute-2-fcp");
        assert_eq!(igroups[0].1.len(), 2, "{igroups:?}");
        rig.detach(ONE, None).expect();
        assert_eq!(rig.array.dump(), before, "{api:?}");
    }
}

#[test]
fn a_port_that_was_added_to_the_node_is_added() {
    for api in BOTH {
        let rig = rig(api);
        rig.array
            .add_igroup("sanctl-compute-2-fcp", "fcp", &["21:00:00:24:ff:30:44:1c"]);
        rig.attach(ONE).expect();
        assert_eq!(rig.array.igroups()[0].1.len(), 2, "{api:?}");
        rig.detach(ONE, None).expect();
        // What was in it before stays in it.
        assert_eq!(rig.array.igroups()[0].1.len(), 1, "{api:?}");
    }
}

#[test]
fn only_ports_for_luns_are_listed() {
    for api in BOTH {
        let rig = rig(api);
        rig.array.add_nvme_lif("nvme_1", "ams-01a");
        rig.array.set_lif("fc_2", false, false);
        let mut seen = Vec::new();
        let filter = Filter {
            protocol: Some(Protocol::Fc),
            ..Filter::default()
        };
        rig.open()
            .ports()
            .each(&filter, &bounds(), &mut |port| {
                seen.push((port.id, port.why_not));
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(seen.len(), 4, "{api:?}: {seen:?}");
        assert_eq!(seen[1].1.as_deref(), Some("is switched off"));
        assert_eq!(seen[0].1, None);
    }
}
