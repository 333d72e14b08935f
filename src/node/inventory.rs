//! What there is on this node, for people and scripts: sessions, records and devices as rows of
//! listings. From files alone: no program is run and no SCSI command is sent.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Error;
use super::fc::{self, Port, RemotePort};
use super::guest;
use super::holders::{Block, Kind, find_tree};
use super::iscsi::record::{self, Record};
use super::iscsi::session::{self, Session};
use super::scsi::device::{self, Device};
use super::scsi::transport::{self, Carrier, find_carrier};
use crate::model::ids::{Hctl, Iqn, LunNumber, Wwid, Wwpn};
use crate::model::portal::{Portal, TargetPortal};
use crate::system::{FileKind, Flavour, Machine};

/// A device in a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceRow {
    /// The disk, else the address.
    pub name: String,
    /// The disk; `None` without a block node.
    pub disk: Option<String>,
    /// The kernel's address.
    pub hctl: Hctl,
    /// The LUN number, without the bits of the way of addressing (linux-host.md §5.2).
    pub lun_number: Option<LunNumber>,
    /// The identity that the kernel read last.
    pub wwid: Option<Wwid>,
    /// The same in the kernel's words, also when it is no NAA.
    pub designator: Option<String>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// The kernel's word.
    pub state: String,
    /// Why it cannot be used, if so.
    pub why_not: Option<String>,
    /// The session that carries it.
    pub sid: Option<u32>,
    /// Over Fibre Channel: the kernel's name of the login that carries it.
    pub rport: Option<String>,
    /// The target: its name, or its port over Fibre Channel.
    pub target: Option<String>,
    /// The portal.
    pub portal: Option<Portal>,
    /// Over Fibre Channel: this node's port.
    pub initiator_wwpn: Option<Wwpn>,
    /// The multipath map that it is a path of, by its name: `mpatha`.
    pub map: Option<String>,
    /// What is built on it or mounted from it: `dm-3`, `sda1`, `/srv`.
    pub holders: Vec<String>,
}

impl DeviceRow {
    /// Whether it cannot be used, or its session cannot.
    pub fn is_stale(&self) -> bool {
        self.why_not.is_some()
    }
}

/// A session in a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionRow {
    /// Its number.
    pub sid: u32,
    /// The target.
    pub target: Iqn,
    /// The portal that was asked for.
    pub portal: Option<Portal>,
    /// The target portal group tag.
    pub tpgt: Option<u16>,
    /// The kernel's word, in lower case.
    pub state: String,
    /// The interface record.
    pub iface: Option<String>,
    /// The name this node used.
    pub initiator: Option<String>,
    /// The SCSI host.
    pub host: u32,
    /// The LUNs' devices on it.
    pub devices: Vec<OnSession>,
}

/// A device on a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OnSession {
    /// The disk, else the address.
    pub name: String,
    /// The kernel's address.
    pub hctl: Hctl,
    /// The LUN number.
    pub lun_number: Option<LunNumber>,
    /// The identity that the kernel read last.
    pub wwid: Option<Wwid>,
    /// The kernel's word.
    pub state: String,
}

/// A record in a listing. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordRow {
    /// The target as the database spells it.
    pub target: String,
    /// The portal.
    pub portal: Portal,
    /// The target portal group tag.
    pub tpgt: Option<u16>,
    /// The interface record.
    pub iface: String,
    /// `node.session.scan`.
    pub scan: String,
    /// `node.startup`.
    pub startup: String,
    /// The CHAP user.
    pub chap_user: Option<String>,
    /// The session that was made with it.
    pub sid: Option<u32>,
    /// The file.
    pub path: String,
}

/// The LUN number in a kernel address.
fn number_of(hctl: Hctl) -> Option<LunNumber> {
    u16::try_from(hctl.lun & 0x3fff).ok().map(LunNumber)
}

/// Every session with its devices.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_sessions(machine: &dyn Machine) -> Result<Vec<SessionRow>, Error> {
    let sessions = session::list(machine)?;
    let mut rows: Vec<SessionRow> = sessions.iter().map(session_row).collect();
    for hctl in device::list_addresses(machine)? {
        let Some(sid) = device::sid_of(machine, hctl)? else {
            continue;
        };
        if let Some(row) = rows.iter_mut().find(|r| r.sid == sid)
            && let Some(device) = device::find(machine, hctl)?.filter(Device::is_lun)
        {
            row.devices.push(OnSession {
                name: device.name(),
                hctl,
                lun_number: number_of(hctl),
                wwid: device.wwid,
                state: device.state,
            });
        }
    }
    Ok(rows)
}

fn session_row(session: &Session) -> SessionRow {
    SessionRow {
        sid: session.sid,
        target: session.iqn.clone(),
        portal: session.portal,
        tpgt: session.tpgt,
        state: session.state.to_lowercase(),
        iface: session.iface.clone(),
        initiator: session.initiator.clone(),
        host: session.host,
        devices: Vec::new(),
    }
}

/// What else is known of a session: its recovery time, its CHAP user and its record.
///
/// # Errors
/// When sysfs cannot be read.
pub fn detail_of_session(machine: &dyn Machine, sid: u32) -> Result<Map<String, Value>, Error> {
    let text = |file: &str| -> Result<Option<String>, Error> {
        let text = machine.text(&format!("/sys/class/iscsi_session/session{sid}/{file}"))?;
        Ok(text.filter(|t| !t.is_empty() && t != "(null)"))
    };
    let seconds = text("recovery_tmo")?.and_then(|t| t.parse::<u64>().ok());
    // Only root may look at the records; the session is shown to everybody.
    let records = list_records(machine).unwrap_or_default();
    let record = records.into_iter().find(|r| r.sid == Some(sid));
    let mut more = Map::new();
    more.insert("recovery_tmo_s".into(), json!(seconds));
    more.insert("chap_user".into(), json!(text("username")?));
    more.insert("record".into(), json!(record));
    Ok(more)
}

/// Every record, with the session that uses it.
///
/// # Errors
/// When the database cannot be read; usually only root can.
pub fn list_records(machine: &dyn Machine) -> Result<Vec<RecordRow>, Error> {
    let sessions = session::list(machine)?;
    let rows = record::list(machine)?.into_iter();
    Ok(rows.map(|r| record_row(r, &sessions)).collect())
}

fn record_row(record: Record, sessions: &[Session]) -> RecordRow {
    let uses = |s: &&Session| {
        s.portal == Some(record.portal)
            && record.name.eq_ignore_ascii_case(s.iqn.as_str())
            && s.iface.as_ref().is_none_or(|i| *i == record.iface)
    };
    RecordRow {
        sid: sessions.iter().find(uses).map(|s| s.sid),
        target: record.name,
        portal: record.portal,
        tpgt: record.tpgt,
        iface: record.iface,
        scan: record.scan,
        startup: record.startup,
        chap_user: record.chap_user,
        path: record.path,
    }
}

/// Every device of every SCSI host.
///
/// # Errors
/// When sysfs cannot be read.
pub fn list_devices(machine: &dyn Machine) -> Result<Vec<DeviceRow>, Error> {
    let around = Around::read(machine)?;
    let mut rows = Vec::new();
    for hctl in device::list_addresses(machine)? {
        if let Some(device) = device::find(machine, hctl)?.filter(Device::is_lun) {
            rows.push(around.row_of(machine, device)?);
        }
    }
    Ok(rows)
}

/// These devices as rows.
///
/// # Errors
/// When sysfs cannot be read.
pub fn rows(machine: &dyn Machine, devices: Vec<Device>) -> Result<Vec<DeviceRow>, Error> {
    let around = Around::read(machine)?;
    let rows = devices.into_iter();
    rows.map(|device| around.row_of(machine, device)).collect()
}

/// What devices come by and who uses them, read once for all of them.
struct Around {
    sessions: Vec<Session>,
    own: Vec<Port>,
    remote: Vec<RemotePort>,
    users: Users,
}

impl Around {
    fn read(machine: &dyn Machine) -> Result<Self, Error> {
        Ok(Self {
            sessions: session::list(machine)?,
            own: fc::list_ports(machine)?.0,
            remote: fc::list_remote(machine)?,
            users: Users::read(machine)?,
        })
    }

    fn row_of(&self, machine: &dyn Machine, device: Device) -> Result<DeviceRow, Error> {
        let carrier = find_carrier(machine, device.hctl)?;
        let (session, port) = match &carrier {
            Some(Carrier::Session(sid)) => (self.sessions.iter().find(|s| s.sid == *sid), None),
            Some(Carrier::Port(name)) => (None, self.remote.iter().find(|p| p.name == *name)),
            None => (None, None),
        };
        let ended = session.filter(|s| !s.is_live());
        let ended = ended.map(|s| format!("its session is {}", s.state.to_lowercase()));
        let lost = port.filter(|p| !p.is_live());
        let lost = lost.map(|p| format!("{} is {}", p.name, p.state.to_lowercase()));
        let tree = match &device.disk {
            Some(disk) => find_tree(machine, disk)?,
            None => None,
        };
        let map = tree
            .as_ref()
            .and_then(|tree| tree.above.iter().find(|b| b.kind == Kind::Map));
        let own = port.and_then(|p| self.own.iter().find(|own| p.is_between(own, &p.wwpn)));
        let iqn = session.map(|s| s.iqn.to_string());
        Ok(DeviceRow {
            name: device.name(),
            hctl: device.hctl,
            lun_number: number_of(device.hctl),
            why_not: device.why_not().or(ended).or(lost),
            disk: device.disk,
            wwid: device.wwid,
            designator: device.raw_wwid,
            size_bytes: device.size_bytes,
            state: device.state,
            sid: match carrier {
                Some(Carrier::Session(sid)) => Some(sid),
                _ => None,
            },
            rport: port.map(|p| p.name.clone()),
            target: iqn.or(port.map(|p| p.wwpn.to_string())),
            portal: session.and_then(|s| s.portal),
            initiator_wwpn: own.map(|own| own.wwpn.clone()),
            map: map.map(|map| map.label.clone()),
            holders: tree.map(|tree| self.users.of(&tree)).unwrap_or_default(),
        })
    }
}

/// What this mount namespace shows of who uses which block device. A removal looks closer
/// ([`super::inuse`]); for a listing of a thousand devices that would be too much.
struct Users {
    points: BTreeMap<(u32, u32), Vec<String>>,
}

impl Users {
    fn read(machine: &dyn Machine) -> Result<Self, Error> {
        let mut points: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
        let mounts = machine.text("/proc/self/mountinfo")?.unwrap_or_default();
        for line in mounts.lines() {
            let mut words = line.split(' ').skip(2);
            if let Some(device) = words.next().and_then(super::holders::parse_device)
                && let Some(point) = words.nth(1)
            {
                points.entry(device).or_default().push(point.to_owned());
            }
        }
        let swaps = machine.text("/proc/swaps")?.unwrap_or_default();
        for line in swaps.lines().skip(1) {
            let path = line.split_whitespace().next().unwrap_or_default();
            if let Ok(stat) = machine.stat(path) {
                points.entry(stat.device).or_default().push("swap".into());
            }
        }
        for domain in guest::list(machine) {
            let word = format!("domain {}", domain.name);
            // A file elsewhere may be on a share that hangs.
            let sources = domain.disks.iter().flat_map(|disk| &disk.sources);
            for source in sources.filter(|source| source.starts_with("/dev/")) {
                if let Ok(stat) = machine.stat(source)
                    && stat.kind == FileKind::Block
                {
                    let known = points.entry(stat.device).or_default();
                    if !known.contains(&word) {
                        known.push(word.clone());
                    }
                }
            }
        }
        Ok(Self { points })
    }

    /// The names of what stands on a disk.
    fn of(&self, tree: &Block) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for block in tree.all() {
            if block.name != tree.name {
                found.push(block.name.clone());
            }
            found.extend(
                self.points
                    .get(&block.device)
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
        found
    }
}

/// One device with everything that sysfs tells of it.
///
/// # Errors
/// When sysfs cannot be read.
pub fn detail(machine: &dyn Machine, row: &DeviceRow) -> Result<Value, Error> {
    let dir = format!("/sys/class/scsi_device/{}/device", row.hctl);
    let text = |name: &str| match machine.text(&format!("{dir}/{name}")) {
        Ok(text) => text.filter(|t| !t.is_empty()),
        Err(_) => None,
    };
    let serial = machine.read(&format!("{dir}/vpd_pg80")).ok();
    let path = match &row.disk {
        // A regular file that stands for the device.
        Some(disk) if machine.flavour() == Flavour::Practice => {
            machine.resolve(&format!("/dev/{disk}")).ok()
        }
        Some(disk) => Some(format!("/dev/{disk}")),
        None => None,
    };
    let mut item = serde_json::to_value(row).unwrap_or_default();
    let more = json!({
        "path": path,
        "vendor": text("vendor"),
        "model": text("model"),
        "revision": text("rev"),
        "serial": serial.as_deref().and_then(parse_serial),
        "access_state": text("access_state"),
        "timeout_s": text("timeout").and_then(|t| t.parse::<u64>().ok()),
        "transport": transport::find(machine, row.hctl)?.word(),
    });
    if let (Value::Object(item), Value::Object(more)) = (&mut item, more) {
        item.extend(more);
    }
    Ok(item)
}

/// The unit's serial number in VPD page 0x80 (SPC-4 §7.8.15).
fn parse_serial(page: &[u8]) -> Option<String> {
    let [_, 0x80, high, low, rest @ ..] = page else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    // LIO counts the zero behind it too.
    let text = String::from_utf8_lossy(rest.get(..length)?);
    let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a session leads there, for what is known and not logged in.
pub fn has_session(sessions: &[SessionRow], at: &TargetPortal) -> bool {
    sessions
        .iter()
        .any(|s| s.target == at.iqn && s.portal == Some(at.portal))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, Real};
    use super::*;

    #[test]
    fn recorded_sessions_and_their_devices() {
        let fixture = Fixture::recorded();
        let machine = fixture.machine();
        let rows = list_sessions(&machine).unwrap();
        let second = &rows[1];
        assert_eq!((second.sid, second.host), (2, 1));
        assert_eq!(second.state, "logged_in");
        let on: Vec<String> = second
            .devices
            .iter()
            .map(|d| format!("{} {} {:?}", d.name, d.hctl, d.lun_number.map(|n| n.0)))
            .collect();
        assert_eq!(on, ["sdd 1:0:0:1 Some(1)", "sdc 1:0:0:2 Some(2)"]);
    }

    #[test]
    fn a_device_that_is_mounted_or_built_upon_is_held() {
        let fixture = Fixture::recorded();
        for (disk, number) in [
            ("sda", "8:0"),
            ("sdb", "8:16"),
            ("sdc", "8:32"),
            ("sdd", "8:48"),
        ] {
            fixture.file(&format!("/sys/class/block/{disk}/dev"), number);
        }
        fixture.file("/sys/class/block/sdb/holders/dm-3/x", "");
        fixture.file("/sys/class/block/dm-3/dev", "254:3\n");
        fixture.file("/sys/class/block/dm-3/dm/uuid", "mpath-36001405\n");
        fixture.file("/sys/class/block/dm-3/dm/name", "mpatha\n");
        fixture.file(
            "/proc/self/mountinfo",
            "41 35 8:0 / /srv rw - xfs /dev/sda rw\n42 35 254:3 / /var rw - xfs /dev/dm-3 rw\n",
        );
        let machine = fixture.machine();
        let rows = list_devices(&machine).unwrap();
        let held: Vec<(String, String)> = rows
            .iter()
            .map(|r| (r.name.clone(), r.holders.join(" ")))
            .collect();
        let want = [
            ("sdb", "dm-3 /var"),
            ("sda", "/srv"),
            ("sdd", ""),
            ("sdc", ""),
        ];
        assert_eq!(held, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let maps: Vec<Option<&str>> = rows.iter().map(|r| r.map.as_deref()).collect();
        assert_eq!(maps, [Some("mpatha"), None, None, None]);
        assert_eq!(rows[3].sid, Some(2));
        assert_eq!(rows[3].portal.unwrap().to_string(), "10.0.1.1:3260");
        assert!(rows.iter().all(|r| !r.is_stale()));
    }

    #[test]
    fn a_domain_that_is_defined_with_a_disk_holds_it() {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/block/sda/dev", "8:0\n");
        let xml = "<domain><name>web</name><devices><disk><source dev='/dev/sda'/>\
                   <target dev='vdb'/></disk></devices></domain>";
        fixture.file("/etc/libvirt/qemu/web.xml", xml);
        fixture.file("/run/libvirt/qemu/web.xml", xml);
        let rows = list_devices(&Real::of(&fixture, &[])).unwrap();
        let held = rows.iter().filter(|row| !row.holders.is_empty());
        let held: Vec<_> = held
            .map(|r| (r.name.as_str(), r.holders.join(" ")))
            .collect();
        assert_eq!(held, [("sda", "domain web".to_owned())]);
    }

    #[test]
    fn a_device_is_stale_with_its_session() {
        let fixture = Fixture::recorded();
        fixture.file("/sys/class/iscsi_session/session2/state", "FAILED\n");
        fixture.file("/sys/class/block/sda/size", "0\n");
        fixture.remove("/sys/class/scsi_device/0:0:0:1/device/wwid");
        let rows = list_devices(&fixture.machine()).unwrap();
        let why: Vec<Option<&str>> = rows.iter().map(|r| r.why_not.as_deref()).collect();
        let down = Some("its session is failed");
        assert_eq!(why, [None, Some("its size is 0"), down, down]);
        assert_eq!((&rows[0].wwid, &rows[0].designator), (&None, &None));
    }

    #[test]
    fn a_serial_number_is_as_long_as_it_says() {
        assert_eq!(
            parse_serial(&[0, 0x80, 0, 5, b' ', b'a', b'b', b' ', 0]).as_deref(),
            Some("ab")
        );
        for bad in [
            &[0, 0x80, 0, 4, b'a'][..],
            &[0, 0x83, 0, 1, b'a'],
            &[0, 0x80],
            &[],
        ] {
            assert_eq!(parse_serial(bad), None);
        }
    }
}
