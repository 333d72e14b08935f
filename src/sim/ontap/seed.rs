//! A fresh array.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use super::accounts::Account;
use super::chap::{Credential, DEFAULT};
use super::options::Options;
use super::rules::NewLun;
use super::state::{
    Lif, LifKind, Node, Service, State, Subtype, Svm, SvmState, Volume, VolumeState,
};
use super::version::Version;

/// What a fresh array is made of; everything else is the same on all of them.
#[derive(Debug, Clone)]
pub struct Seed {
    /// The cluster's name.
    pub name: String,
    /// Its UUID; UUIDs and serial numbers of objects are derived from it.
    pub uuid: String,
    /// The release.
    pub version: Version,
    /// Behaviour.
    pub options: Options,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// HA pairs of nodes.
    pub pairs: Vec<(String, String)>,
    /// The first SVM.
    pub svm: String,
    /// Its iSCSI portals, one LIF each, dealt out to the nodes in turn.
    pub portals: Vec<SocketAddr>,
}

impl Seed {
    /// The account of the cluster's administrator.
    pub const USER: &str = "admin";
    /// The account of the SVM's administrator.
    pub const SVM_USER: &str = "vsadmin";
    /// The password of both, no secret.
    pub const PASSWORD: &str = "Netapp1!";
    /// The first SVM.
    pub const SVM: &str = "svm_gold";

    /// ONTAP 9.14.1 with two nodes, one SVM with iSCSI and FC, four iSCSI and four FC LIFs, and
    /// three volumes without LUNs.
    #[must_use]
    pub fn gold() -> Self {
        let portal = |third: u8, last: u8| SocketAddr::from(([192, 0, third, last], 3260));
        Self {
            name: "ams".to_owned(),
            uuid: "4f3c0e2a-9d41-11ee-9000-00a098c364d6".to_owned(),
            version: Version::new(14, 1),
            options: Options::default(),
            accounts: vec![
                Account::cluster(Self::USER, Self::PASSWORD),
                Account::svm(Self::SVM_USER, Self::PASSWORD, Self::SVM),
            ],
            pairs: vec![("ams-01a".to_owned(), "ams-01b".to_owned())],
            svm: Self::SVM.to_owned(),
            portals: [(2, 41), (2, 42), (3, 41), (3, 42)]
                .map(|(third, last)| portal(third, last))
                .to_vec(),
        }
    }

    /// The same of another release.
    #[must_use]
    pub fn of(version: Version) -> Self {
        Self {
            version,
            ..Self::gold()
        }
    }

    pub(super) fn state(&self) -> State {
        let mut state = State {
            name: self.name.clone(),
            uuid: self.uuid.clone(),
            version: self.version,
            disaggregated: false,
            options: self.options.clone(),
            accounts: self.accounts.clone(),
            nodes: Vec::new(),
            svms: BTreeMap::new(),
            volumes: Vec::new(),
            luns: BTreeMap::new(),
            igroups: BTreeMap::new(),
            maps: BTreeMap::new(),
            lifs: Vec::new(),
            portsets: Vec::new(),
            credentials: BTreeMap::new(),
            logins: BTreeSet::new(),
            jobs: Vec::new(),
            last: 0,
            dirty: false,
        };
        for (a, b) in &self.pairs {
            state.add_pair(a, b);
        }
        let nodes: Vec<String> = state.nodes.iter().map(|n| n.name.clone()).collect();
        let svm = state.add_svm(&self.svm);
        state.add_lif(svm, "svm_gold_admin", LifKind::Management, nodes.first());
        for ((n, portal), node) in (1..).zip(&self.portals).zip(nodes.iter().cycle()) {
            let lif = state.add_lif(svm, &format!("iscsi_{n}"), LifKind::Iscsi, Some(node));
            if let Some(lif) = lif {
                lif.address = portal.ip().to_string();
                lif.tcp_port = portal.port();
            }
        }
        for (n, node) in (1..=4).zip(nodes.iter().cycle()) {
            state.add_lif(svm, &format!("fc_{n}"), LifKind::Fcp, Some(node));
        }
        for (name, node) in ["cinder_a", "cinder_b", "vol_ro"]
            .into_iter()
            .zip(nodes.iter().cycle())
        {
            state.add_volume(svm, name, node);
        }
        if let Some(volume) = state.volumes.iter_mut().find(|v| v.name == "vol_ro") {
            volume.read_only = true;
        }
        state
    }
}

impl State {
    pub(super) fn add_pair(&mut self, a: &str, b: &str) {
        for (name, partner) in [(a, b), (b, a)] {
            let number = self.next();
            let uuid = self.make_uuid(number);
            self.nodes.push(Node {
                name: name.to_owned(),
                uuid,
                serial: format!("7217{number:08}"),
                model: "AFF-A250".to_owned(),
                healthy: true,
                partner: partner.to_owned(),
            });
        }
    }

    pub(super) fn add_svm(&mut self, name: &str) -> u64 {
        let number = self.next();
        let uuid = self.make_uuid(number);
        let hex: String = uuid.chars().filter(|c| *c != '-').collect();
        let at = self.svms.len() + 5;
        let service = |target: String| {
            Some(Service {
                enabled: true,
                target,
            })
        };
        let svm = Svm {
            name: name.to_owned(),
            uuid,
            state: SvmState::Running,
            subtype: Subtype::Default,
            iscsi: service(format!("iqn.1992-08.com.netapp:sn.{hex}:vs.{at}")),
            fcp: service(format!("20:00:00:a0:98:c3:64:{number:02x}")),
        };
        self.svms.insert(number, svm);
        let entry = (DEFAULT.to_owned(), Credential::NONE);
        self.credentials.insert(number, BTreeMap::from([entry]));
        number
    }

    pub(super) fn add_volume(&mut self, svm: u64, name: &str, node: &str) {
        let number = self.next();
        let uuid = self.make_uuid(number);
        self.volumes.push(Volume {
            svm,
            name: name.to_owned(),
            uuid,
            node: node.to_owned(),
            state: VolumeState::Online,
            read_only: false,
        });
    }

    /// A LIF at home and up. The group tags begin where those of the recorded trace do.
    pub(super) fn add_lif(
        &mut self,
        svm: u64,
        name: &str,
        kind: LifKind,
        node: Option<&String>,
    ) -> Option<&mut Lif> {
        let node = node?.clone();
        let number = self.next();
        let uuid = self.make_uuid(number);
        let tag = 1033 + u16::try_from(self.lifs.len()).ok()?;
        let fc = matches!(kind, LifKind::Fcp | LifKind::NvmeFc);
        let port = if fc { "0e" } else { "e0c" }.to_owned();
        let (address, wwpn) = if fc {
            (
                String::new(),
                format!("20:{:02x}:00:a0:98:c3:64:d6", tag - 1032),
            )
        } else {
            (format!("192.0.4.{}", tag - 1032), String::new())
        };
        self.lifs.push(Lif {
            svm,
            name: name.to_owned(),
            uuid,
            kind,
            address,
            tcp_port: 3260,
            wwpn,
            tag,
            enabled: true,
            up: true,
            home_node: node.clone(),
            home_port: port.clone(),
            node,
            port,
        });
        self.lifs.last_mut()
    }

    /// An online Linux LUN, whatever stands in its way.
    pub(super) fn add_lun(&mut self, svm: u64, path: &str, bytes: u64) -> u64 {
        let new = NewLun {
            path: path.to_owned(),
            bytes,
            os: "linux".to_owned(),
            space_reserved: false,
            space_alloc: true,
            comment: String::new(),
        };
        self.insert_lun(svm, new)
    }
}
