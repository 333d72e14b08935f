//! Filling a fresh array: with what makes it believable, or with very much of one thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::sim::ontap::initiator;
use crate::sim::ontap::practice::Practice;
use crate::sim::ontap::state::{Igroup, Map, Prefix, State};

const GIB: u64 = 1 << 30;

/// The LUNs of a furnished array and their sizes in GiB.
const LUNS: [(&str, u64); 10] = [
    ("/vol/cinder_a/vol-1", 1),
    ("/vol/cinder_a/vol-2", 2),
    ("/vol/cinder_b/vol-3", 5),
    ("/vol/cinder_b/vol-4", 10),
    // The same base name in two volumes.
    ("/vol/cinder_a/data", 3),
    ("/vol/cinder_b/data", 3),
    ("/vol/cinder_a/qt_web/web-1", 8),
    ("/vol/cinder_b/db-1-data", 4),
    ("/vol/cinder_a/cluster-quorum", 1),
    ("/vol/vol_ro/vol-1-copy", 1),
];

impl Practice {
    /// Ten LUNs to attach, and other hosts that have some already: a database as OpenStack makes
    /// its group, two nodes that share an administrator's group, a group that was left empty. The
    /// names of igroups that OpenStack makes begin with `openstack-` (ontap.md §9.1).
    pub fn furnish(&self) {
        for (path, gib) in LUNS {
            self.add_lun(path, gib * GIB);
        }
        self.set_serial("/vol/cinder_b/vol-4", "sn/7+Lab$x?2", Prefix::Cluster);
        let database = "openstack-3d0c8f7e-52a4-4c0e-8e8c-0b1f6f0a7d11";
        self.add_igroup(database, "iscsi", &["iqn.1994-05.com.redhat:db-1"]);
        self.map("/vol/cinder_b/db-1-data", database, None);
        let nodes = [
            "iqn.1994-05.com.redhat:web-1",
            "iqn.1994-05.com.redhat:web-2",
        ];
        self.add_igroup("web_cluster", "iscsi", &nodes);
        self.map("/vol/cinder_a/qt_web/web-1", "web_cluster", Some(0));
        self.map("/vol/cinder_a/cluster-quorum", "web_cluster", Some(15));
        let ports = ["21:00:00:24:ff:43:48:58", "21:00:00:24:ff:43:48:59"];
        self.add_igroup("fc-host-1-fcp", "fcp", &ports);
        let empty = "openstack-b1a5c1de-9f4e-4a2c-a1d7-2f90d3c4be02";
        self.add_igroup(empty, "iscsi", &[]);
        self.add_portset("ps_left", "iscsi", &["iscsi_1", "iscsi_2"]);
    }

    /// `n` other LUNs of 1 GiB in a volume of their own.
    pub fn populate(&self, n: usize) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        let from = state.bulk(svm);
        for index in (from..).take(n) {
            state.add_lun(svm, &format!("/vol/bulk/other-lun-{index:05}"), GIB);
        }
    }

    /// `n` other LUNs as [`Practice::populate`] makes them, each mapped to a host of its own with
    /// one initiator.
    pub fn populate_hosts(&self, n: usize) {
        let state = &mut self.inner().state;
        let svm = state.first_svm();
        let from = state.bulk(svm);
        let node = state.nodes.first().map(|n| n.name.clone());
        let reporting: BTreeSet<String> = state.pair(&node.unwrap_or_default());
        for index in (from..).take(n) {
            let lun = state.add_lun(svm, &format!("/vol/bulk/other-lun-{index:05}"), GIB);
            let number = state.next();
            let name = format!("iqn.2014-01.com.example:other-{index:05}");
            let group = Igroup {
                svm,
                name: format!("openstack-other-{index:05}"),
                uuid: state.make_uuid(number),
                protocol: "iscsi".to_owned(),
                os: "linux".to_owned(),
                initiators: vec![initiator::folded(&name)],
                portset: None,
                delete_on_unmap: false,
                comment: String::new(),
            };
            state.igroups.insert(number, group);
            let map = Map {
                number: 0,
                reporting: reporting.clone(),
            };
            // No rule can stand in the way of a host that is alone with its LUN.
            state.maps.insert(lun, BTreeMap::from([(number, map)]));
        }
    }
}

impl State {
    /// Makes the volume of many LUNs, and says how many it has.
    fn bulk(&mut self, svm: u64) -> usize {
        let node = self.nodes.first().map(|n| n.name.clone());
        if self.volume(svm, "bulk").is_none() {
            self.add_volume(svm, "bulk", &node.unwrap_or_default());
        }
        let own = self.luns.values().filter(|lun| lun.volume() == "bulk");
        own.count()
    }
}
