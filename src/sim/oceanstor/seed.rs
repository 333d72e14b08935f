//! A fresh array, and the builders that fill it without going through the wire.

use std::net::SocketAddr;

use super::kind::Kind;
use super::options::{Generation, Options};
use super::state::{
    Disk, EthPort, FcPort, Host, HostGroup, Initiator, Lock, LunGroup, Port, PortGroup, State,
    Unit, User, View,
};
use super::table::Table;

/// The one storage pool.
pub(super) const POOL: &str = "StoragePool001";

/// What a fresh array is made of: everything else is the same on all of them.
#[derive(Debug, Clone)]
pub struct Seed {
    /// The product line.
    pub generation: Generation,
    /// Serial number, the device id of every path.
    pub serial: String,
    /// The system's name.
    pub name: String,
    /// The system's WWN, 16 hex digits; LUN WWNs are derived from it.
    pub wwn: String,
    /// Behaviour.
    pub options: Options,
    /// Accounts.
    pub users: Vec<User>,
    /// iSCSI portals, one port and one target name each.
    pub portals: Vec<SocketAddr>,
}

impl User {
    /// A local administrator without restrictions.
    #[must_use]
    pub fn admin(name: &str, password: &str) -> Self {
        Self {
            name: name.to_owned(),
            password: password.to_owned(),
            scope: 0,
            state: 1,
            lock: Lock::Open,
            may_change: true,
            may_use_rest: true,
            wrong: 0,
        }
    }
}

impl Seed {
    /// The account every fresh array has.
    pub const USER: &str = "admin";
    /// Its password.
    pub const PASSWORD: &str = "Admin@storage1";

    fn new(generation: Generation, serial: &str) -> Self {
        Self {
            generation,
            serial: serial.to_owned(),
            name: "practice".to_owned(),
            wwn: "2100a4c64f1db633".to_owned(),
            options: Options::default(),
            users: vec![User::admin(Self::USER, Self::PASSWORD)],
            portals: [35, 36]
                .map(|last| SocketAddr::from(([192, 0, 2, last], 3260)))
                .to_vec(),
        }
    }

    /// A V3 array (`V300R006C50`), full ranges honoured as the old drivers rely on.
    #[must_use]
    pub fn v3() -> Self {
        let mut seed = Self::new(Generation::V3, "2102351CAK10GB000007");
        seed.options.paging = super::options::Paging::Full;
        seed
    }

    /// A Dorado V6 array (`V600R005C03`), lists cut at 100.
    #[must_use]
    pub fn v6() -> Self {
        let mut seed = Self::new(Generation::V6, "2102353GTL10LC000003");
        // Another system, so that LUNs of both never share a WWN.
        "2100b0c78f2ea744".clone_into(&mut seed.wwn);
        seed
    }

    pub(super) fn state(&self) -> State {
        let device = format!("iqn.2006-08.com.huawei:oceanstor:{}:", self.wwn);
        let mut eth_ports: Vec<EthPort> = Vec::new();
        for (index, portal) in (0u16..).zip(&self.portals) {
            // Ports alternate between the controllers; the suffix is what old clients compute.
            let (controller, port) = (index % 2, index / 2);
            let suffix = format!("{controller}0201{port:02}");
            let suffix = suffix.trim_start_matches('0');
            let letter = if controller == 0 { 'A' } else { 'B' };
            eth_ports.push(EthPort {
                id: (549_772_722_176 + u64::from(index)).to_string(),
                name: format!("{letter}1.P{port}"),
                location: format!("CTE0.{letter}1.P{port}"),
                up: true,
                address: portal.ip().to_string(),
                tcp_port: portal.port(),
                tpgt: index + 1,
                iqn: format!("{device}:{suffix}:{}", portal.ip()),
            });
        }
        eth_ports.push(EthPort {
            id: "549772722432".to_owned(),
            name: "A1.P9".to_owned(),
            location: "CTE0.A1.P9".to_owned(),
            up: false,
            address: String::new(),
            tcp_port: 3260,
            tpgt: 0,
            iqn: String::new(),
        });
        let fc_ports = [
            ("1114368", "0A.1", 'A', "00"),
            ("1114369", "0B.1", 'B', "01"),
        ]
        .map(|(id, parent, letter, end)| FcPort {
            id: id.to_owned(),
            wwn: format!("20{end}{}", self.wwn.get(4..).unwrap_or_default()),
            parent: parent.to_owned(),
            location: format!("CTE0.{letter}1.P4"),
            up: true,
            initiates: false,
        })
        .to_vec();
        State {
            generation: self.generation,
            serial: self.serial.clone(),
            name: self.name.clone(),
            wwn: self.wwn.clone(),
            options: self.options.clone(),
            users: self.users.clone(),
            luns: Table::default(),
            snapshots: Table::default(),
            hosts: Table::default(),
            iscsi: Default::default(),
            fc: Default::default(),
            hostgroups: Table::default(),
            lungroups: Table::default(),
            portgroups: Table::default(),
            views: Table::default(),
            eth_ports,
            fc_ports,
            fresh: Vec::new(),
        }
    }
}

impl State {
    pub(super) fn device_name(&self) -> String {
        format!("iqn.2006-08.com.huawei:oceanstor:{}:", self.wwn)
    }

    /// NAA type 6, unique within the array (oceanstor.md §12).
    fn next_wwn(&self, kind: u32, id: u64) -> String {
        let part = |from: usize, to: usize| self.wwn.get(from..to).unwrap_or_default();
        format!("6{}00{}07a4e17{kind}{id:08x}", part(4, 11), part(10, 16))
    }

    fn disk_row(&self, name: &str, sectors: u64, wwn: String) -> Disk {
        Disk {
            name: name.to_owned(),
            wwn,
            sectors,
            thin: true,
            health: 1,
            running: 27,
            controller: "0A".to_owned(),
            ..Disk::default()
        }
    }

    pub(super) fn add_lun(&mut self, name: &str, bytes: u64) -> u64 {
        let next = self.luns.next_id();
        let row = self.disk_row(name, bytes.div_ceil(512), self.next_wwn(0, next));
        self.luns.add(row)
    }

    pub(super) fn add_snapshot(&mut self, name: &str, source: u64) -> u64 {
        let sectors = self.luns.get(source).map_or(0, |l| l.sectors);
        let next = self.snapshots.next_id();
        let mut row = self.disk_row(name, sectors, self.next_wwn(1, next));
        row.running = 43;
        row.source = Some(source);
        self.snapshots.add(row)
    }

    pub(super) fn add_host(&mut self, name: &str) -> u64 {
        self.hosts.add(Host {
            name: name.to_owned(),
            description: name.to_owned(),
            os: "0".to_owned(),
            access_mode: "0".to_owned(),
            path_optimized: "1".to_owned(),
            ..Host::default()
        })
    }

    fn initiator_row(host: Option<u64>, online: bool) -> Initiator {
        let (os, multipath) = ("255".to_owned(), "0".to_owned());
        Initiator {
            host,
            os,
            multipath,
            online,
            ..Initiator::default()
        }
    }

    pub(super) fn add_iscsi(&mut self, iqn: &str, host: Option<u64>) {
        self.iscsi
            .insert(iqn.to_owned(), Self::initiator_row(host, false));
        if let Some(row) = host.and_then(|h| self.hosts.get_mut(h)) {
            row.iscsi.insert(iqn.to_owned());
        }
    }

    pub(super) fn add_fc(&mut self, wwn: &str, host: Option<u64>, online: bool) {
        self.fc
            .insert(wwn.to_owned(), Self::initiator_row(host, online));
        if let Some(row) = host.and_then(|h| self.hosts.get_mut(h)) {
            row.fc.insert(wwn.to_owned());
        }
    }

    pub(super) fn add_hostgroup(&mut self, name: &str, hosts: &[u64]) -> u64 {
        let id = self.hostgroups.add(HostGroup {
            name: name.to_owned(),
            ..HostGroup::default()
        });
        for host in hosts {
            self.put_host_in_group(*host, id);
        }
        id
    }

    pub(super) fn add_portgroup(&mut self, name: &str, ports: &[(u32, &str)]) -> u64 {
        let port = |(kind, id): &(u32, &str)| Port {
            kind: *kind,
            id: (*id).to_owned(),
        };
        self.portgroups.add(PortGroup {
            name: name.to_owned(),
            members: ports.iter().map(port).collect(),
            ..PortGroup::default()
        })
    }

    pub(super) fn add_lungroup(&mut self, name: &str, units: &[Unit]) -> u64 {
        let (app_type, group_type) = ("0".to_owned(), "0".to_owned());
        let group = LunGroup {
            name: name.to_owned(),
            app_type,
            group_type,
            ..LunGroup::default()
        };
        let id = self.lungroups.add(group);
        for unit in units {
            self.put_unit_in_group(*unit, id, None);
        }
        id
    }

    pub(super) fn add_view(&mut self, name: &str, hosts: Option<u64>, luns: Option<u64>) -> u64 {
        let id = self.views.add(View {
            name: name.to_owned(),
            ..View::default()
        });
        if let Some(group) = hosts {
            self.put_group_in_view(id, Kind::HostGroup, group);
        }
        if let Some(group) = luns {
            self.put_group_in_view(id, Kind::LunGroup, group);
        }
        id
    }

    /// `n` hosts as OpenStack makes them, each with one initiator and one mapped LUN.
    pub(super) fn populate(&mut self, n: usize) {
        let from = self.hosts.next_id();
        for index in (from..).take(n) {
            let host = self.add_host(&format!("other-{index:05}"));
            self.add_iscsi(
                &format!("iqn.2014-01.com.example:other-{index:05}"),
                Some(host),
            );
            let lun = self.add_lun(&format!("other-lun-{index:05}"), 1 << 30);
            let group = self.add_hostgroup(&format!("OpenStack_HostGroup_{host}"), &[host]);
            let luns = self.add_lungroup(&format!("OpenStack_LunGroup_{host}"), &[Unit::Lun(lun)]);
            let view = format!("OpenStack_Mapping_View_{host}");
            self.add_view(&view, Some(group), Some(luns));
        }
    }
}
