//! What the machine remembers, and how it keeps it between two commands.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::model::ids::{Hctl, Wwid, Wwpn};
use crate::model::portal::Portal;

/// How long ago a portal was lost: the kernel shows it in two stages (lab.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outage {
    /// Within the recovery window: sessions `FAILED`, disks `blocked`.
    Recent,
    /// After it: sessions `FREE`, disks `transport-offline`.
    Settled,
}

/// Who holds a block device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// Mounted in the first mount namespace.
    Mount {
        /// The mount point.
        at: String,
    },
    /// Mounted in the mount namespace of another process, as containers do.
    ContainerMount {
        /// The mount point.
        at: String,
        /// That process.
        pid: u32,
        /// Its name.
        comm: String,
    },
    /// Opened by a process.
    Open {
        /// That process.
        pid: u32,
        /// Its name.
        comm: String,
    },
    /// The kernel has it wait in the opening for a path to come: no process has it open yet, so it
    /// is on no list.
    Opening,
    /// Used as swap space.
    Swap,
    /// Below a device-mapper device.
    Map {
        /// The minor number, `N` of `dm-N`.
        minor: u32,
        /// The map's name.
        name: String,
        /// Its uuid: `mpath-…`, `LVM-…`, `CRYPT-…`.
        uuid: String,
    },
}

/// One hold: a device by its number, so that it outlives the device's removal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// `sdX` index of the held disk, or the minor number of the held map.
    pub(super) disk: u32,
    /// Whether it is a map.
    #[serde(default)]
    pub(super) on_map: bool,
    pub(super) by: Hold,
}

/// A multipath map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Map {
    pub(super) name: String,
    /// `3` and the identity.
    pub(super) id: String,
    /// `sdX` indices.
    pub(super) paths: Vec<u32>,
    pub(super) sectors: u64,
    /// Whether it keeps commands when no path is left.
    pub(super) queueing: bool,
    pub(super) read_only: bool,
}

/// What `multipath.conf` says, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MultipathConf {
    /// `find_multipaths`: `strict`, `yes`, `smart`, `greedy` or `no`.
    pub find: String,
    /// Lines of the section `blacklist`, such as `wwid "36001405.*"`.
    pub blacklist: Vec<String>,
    /// Lines of the section `blacklist_exceptions`.
    pub exceptions: Vec<String>,
    /// Whether names are `mpatha`, `mpathb`… in place of the identity.
    pub friendly_names: bool,
}

impl Default for MultipathConf {
    fn default() -> Self {
        Self {
            find: "strict".into(),
            blacklist: Vec::new(),
            exceptions: Vec::new(),
            friendly_names: false,
        }
    }
}

/// A logged-in iSCSI nexus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) host: u32,
    pub(super) iqn: String,
    pub(super) portal: Portal,
    pub(super) tpgt: u16,
    pub(super) iface: String,
    pub(super) initiator: String,
    pub(super) recovery_tmo: u32,
    pub(super) username: Option<String>,
    /// Whether its target was ever scanned.
    pub(super) scanned: bool,
}

/// A Fibre Channel port of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hba {
    pub(super) host: u32,
    pub(super) wwpn: Wwpn,
    pub(super) wwnn: Wwpn,
    /// Its cable is out.
    pub(super) outage: Option<Outage>,
}

/// A port of an array that one of the machine's ports has logged in to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) host: u32,
    /// `N` of `rport-H:0-N`, and its number as a target.
    pub(super) number: u32,
    pub(super) target: Wwpn,
}

/// What a disk is reached through.
#[derive(Debug, Clone, Copy)]
pub(super) enum Carrier<'a> {
    Session(&'a Session),
    Login(&'a Hba, &'a Login),
}

/// A disk of the kernel. Identity and size are what the kernel read last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Disk {
    /// 0 is `sda`.
    pub(super) index: u32,
    pub(super) wwid: Wwid,
    pub(super) sectors: u64,
    /// The file behind the identity the kernel knows.
    pub(super) backing: PathBuf,
    /// Set offline by hand.
    pub(super) offline: bool,
    /// Whether it refuses writes.
    #[serde(default)]
    pub(super) read_only: bool,
}

/// What the practice disks say they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// 8 characters.
    pub vendor: String,
    /// 16 characters.
    pub model: String,
    /// 4 characters.
    pub rev: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    pub(super) format: u32,
    pub(super) hostname: String,
    /// The lines `InitiatorName=` of the file; `None` when there is no file.
    pub(super) initiators: Option<Vec<String>>,
    pub(super) boots: u32,
    pub(super) last_sid: u32,
    pub(super) sessions: BTreeMap<u32, Session>,
    #[serde(default)]
    pub(super) hbas: Vec<Hba>,
    #[serde(default)]
    pub(super) logins: Vec<Login>,
    pub(super) disks: BTreeMap<Hctl, Disk>,
    pub(super) records: Vec<Record>,
    pub(super) holds: Vec<Held>,
    pub(super) product: Product,
    pub(super) iscsid: bool,
    /// Whether multipathd runs; `None` = it is not installed.
    #[serde(default)]
    pub(super) multipathd: Option<bool>,
    /// Whether maps keep commands when no path is left.
    #[serde(default)]
    pub(super) queueing: bool,
    /// Multipath maps by their minor number.
    #[serde(default)]
    pub(super) maps: BTreeMap<u32, Map>,
    /// `/etc/multipath/wwids`.
    #[serde(default)]
    pub(super) multipath_wwids: BTreeSet<String>,
    #[serde(default)]
    pub(super) multipath_conf: MultipathConf,
    /// How many waits for a change multipathd sleeps through before it does what it was told.
    #[serde(default)]
    pub(super) map_delay: u32,
    /// Disks that multipathd has not dealt with yet, and how many waits are left.
    #[serde(default)]
    pub(super) pending: Vec<(u32, u32)>,
    pub(super) outages: BTreeMap<Portal, Outage>,
    pub(super) login_codes: BTreeMap<Portal, i32>,
    pub(super) logout_codes: BTreeMap<Portal, i32>,
}

impl State {
    pub(super) const FORMAT: u32 = 1;

    pub(super) fn new(hostname: &str, initiator: &str) -> Self {
        Self {
            format: Self::FORMAT,
            hostname: hostname.to_owned(),
            initiators: Some(vec![initiator.to_owned()]),
            boots: 1,
            last_sid: 0,
            sessions: BTreeMap::new(),
            hbas: Vec::new(),
            logins: Vec::new(),
            disks: BTreeMap::new(),
            records: Vec::new(),
            holds: Vec::new(),
            product: Product {
                vendor: "HUAWEI".into(),
                model: "XSG1".into(),
                rev: "4305".into(),
            },
            iscsid: true,
            multipathd: Some(true),
            queueing: false,
            maps: BTreeMap::new(),
            multipath_wwids: BTreeSet::new(),
            multipath_conf: MultipathConf::default(),
            map_delay: 0,
            pending: Vec::new(),
            outages: BTreeMap::new(),
            login_codes: BTreeMap::new(),
            logout_codes: BTreeMap::new(),
        }
    }

    /// Changes with each boot, as `/proc/sys/kernel/random/boot_id` does.
    pub(super) fn boot_id(&self) -> String {
        let host = self.hostname.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        format!("{host:08x}-0000-4000-8000-{:012x}", self.boots)
    }

    /// The name iscsid logs in with: the first one only (linux-host.md §1.2).
    pub(super) fn initiator(&self) -> Option<&str> {
        self.initiators.as_ref()?.first().map(String::as_str)
    }

    /// The lowest number that no SCSI host has.
    pub(super) fn free_host(&self) -> u32 {
        let cards = self.hbas.iter().map(|hba| hba.host);
        let used: BTreeSet<u32> = self
            .sessions
            .values()
            .map(|s| s.host)
            .chain(cards)
            .collect();
        (0..).find(|n| !used.contains(n)).unwrap_or(u32::MAX)
    }

    /// The lowest letter that neither a disk has nor a holder keeps.
    pub(super) fn free_disk(&self) -> u32 {
        let disks = self.disks.values().map(|d| d.index);
        let held = self.holds.iter().filter(|h| !h.on_map).map(|h| h.disk);
        let mapped = self.maps.values().flat_map(|map| map.paths.iter().copied());
        let used: BTreeSet<u32> = disks.chain(held).chain(mapped).collect();
        (0..).find(|n| !used.contains(n)).unwrap_or(u32::MAX)
    }

    /// The lowest minor number that no device-mapper device has.
    pub(super) fn free_minor(&self) -> u32 {
        let others = self.holds.iter().filter_map(|held| match held.by {
            Hold::Map { minor, .. } => Some(minor),
            _ => None,
        });
        let used: BTreeSet<u32> = others.chain(self.maps.keys().copied()).collect();
        (0..).find(|n| !used.contains(n)).unwrap_or(u32::MAX)
    }

    /// The multipath map called `dm-N`, by its name or its identity.
    pub(super) fn map_named(&self, name: &str) -> Option<(u32, &Map)> {
        let name = name.strip_prefix("/dev/").unwrap_or(name);
        let name = name.strip_prefix("mapper/").unwrap_or(name);
        let same = |minor: u32, map: &Map| {
            map.name == name || map.id == name || name == format!("dm-{minor}")
        };
        let mut found = self.maps.iter().filter(|(minor, map)| same(**minor, map));
        found.next().map(|(minor, map)| (*minor, map))
    }

    /// Whether anybody has a map open, or has built on it.
    pub(super) fn is_map_held(&self, minor: u32) -> bool {
        self.holds.iter().any(|h| h.on_map && h.disk == minor)
    }

    pub(super) fn session_of_host(&self, host: u32) -> Option<(u32, &Session)> {
        self.sessions
            .iter()
            .find(|(_, s)| s.host == host)
            .map(|(sid, s)| (*sid, s))
    }

    /// What a device of this address is reached through.
    pub(super) fn carrier_of(&self, hctl: Hctl) -> Option<Carrier<'_>> {
        if let Some((_, session)) = self.session_of_host(hctl.host) {
            return Some(Carrier::Session(session));
        }
        let hba = self.hbas.iter().find(|hba| hba.host == hctl.host)?;
        let own = |l: &&Login| l.host == hctl.host && l.number == hctl.target;
        Some(Carrier::Login(hba, self.logins.iter().find(own)?))
    }

    /// The disk called `sdX` or `/dev/sdX`.
    pub(super) fn disk_named(&self, name: &str) -> Option<(&Hctl, &Disk)> {
        let name = name.strip_prefix("/dev/").unwrap_or(name);
        self.disks.iter().find(|(_, d)| disk_name(d.index) == name)
    }
}

/// `sda`, `sdz`, `sdaa`…
pub(super) fn disk_name(index: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(index) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'a' + digit));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("sd{letters}")
}

/// Major and minor number of the whole disk, as the kernel's `sd` driver gives them.
pub(super) fn disk_device(index: u32) -> (u32, u32) {
    let major = match (index & 0xf0) >> 4 {
        0 => 8,
        n @ 1..=7 => 64 + n,
        n => 120 + n,
    };
    (major, ((index & 0xf) << 4) | (index & 0xf_ff00))
}

impl Held {
    /// Major and minor number of what is held.
    pub(super) fn device(&self) -> (u32, u32) {
        match self.on_map {
            true => (DM, self.disk),
            false => disk_device(self.disk),
        }
    }

    /// Its name in sysfs.
    pub(super) fn name(&self) -> String {
        match self.on_map {
            true => format!("dm-{}", self.disk),
            false => disk_name(self.disk),
        }
    }
}

/// The major number of device-mapper devices.
pub(super) const DM: u32 = 254;

/// Reads the state, `None` when there is no file yet.
#[expect(
    clippy::disallowed_methods,
    reason = "the practice machine's own state file"
)]
pub(super) fn load(file: &Path) -> io::Result<Option<State>> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let bad = |why: String| {
        let path = file.display();
        io::Error::new(io::ErrorKind::InvalidData, format!("{path}: {why}"))
    };
    let state: State = serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))?;
    if state.format != State::FORMAT {
        return Err(bad(format!("format {} is not known", state.format)));
    }
    Ok(Some(state))
}

/// Writes the state so that a reader finds the old one or the new one.
#[expect(
    clippy::disallowed_methods,
    reason = "the practice machine's own state file"
)]
pub(super) fn save(file: &Path, state: &State) -> io::Result<()> {
    let temp = file.with_extension("new");
    // Records may hold secrets, as they do on a real node.
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true).mode(0o600);
    options
        .open(&temp)?
        .write_all(&serde_json::to_vec_pretty(state)?)?;
    std::fs::rename(&temp, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_are_those_of_the_kernel() {
        for (index, name, device) in [
            (0, "sda", (8, 0)),
            (1, "sdb", (8, 16)),
            (15, "sdp", (8, 240)),
            (16, "sdq", (65, 0)),
            (26, "sdaa", (65, 160)),
            (128, "sddy", (128, 0)),
            (256, "sdiw", (8, 256)),
        ] {
            assert_eq!(disk_name(index), name);
            assert_eq!(disk_device(index), device, "{name}");
        }
    }
}
