//! What the steps of an attachment have found or made: the data that flows from stage to stage
//! and into the journal. Never holds a secret.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::connection::Connection;
use super::ids::{Hctl, LunNumber, Wwid};
use super::other_connection::OtherConnection;
use super::way::Way;

/// The LUN an attachment is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LunFact {
    /// The array's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its identity.
    pub wwid: Wwid,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Whether it is a snapshot.
    #[serde(default)]
    pub snapshot: bool,
}

/// The array that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrayFact {
    /// The section of the configuration.
    pub name: String,
    /// The kind of array.
    pub kind: String,
    /// The serial number.
    pub serial: String,
}

/// One path to the LUN on the node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathFact {
    /// Where it leads.
    #[serde(flatten)]
    pub way: Way,
    /// The session's number; Fibre Channel has none.
    #[serde(default)]
    pub sid: Option<u32>,
    /// The kernel's address.
    pub hctl: Hctl,
    /// The disk's name, such as `sda`.
    pub disk: String,
    /// What the disk answered as its identity.
    pub wwid: Option<Wwid>,
    /// The kernel's word on its state.
    pub state: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// Whether the device handed over is known to be the LUN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    /// Every path answered the array's wwid.
    Proven,
    /// Nobody told the wwid; all paths agree and appeared through this run's own scan.
    Unproven,
}

/// The device handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceFact {
    /// The path to open.
    pub path: String,
    /// Its identity as read.
    pub wwid: Wwid,
    /// Whether that was compared with the array's word.
    pub identity: Identity,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// The multipath map over the paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapFact {
    /// The kernel's name, such as `dm-3`.
    pub dm: String,
    /// The name in `/dev/mapper`.
    pub name: String,
    /// The identity in multipath's words.
    pub id: String,
    /// Whether this tool wrote the identity into multipath's list of those to make maps of.
    #[serde(default)]
    pub recorded: bool,
}

/// What is handed over where nothing has a wwid: a file, or a device of ATA over Ethernet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    /// The path to open.
    pub path: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// The mount of a share, such that another one in its place is told from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MountFact {
    /// Where.
    pub point: String,
    /// The kernel's number of the mount; it is used again after a while.
    pub id: u64,
    /// The kernel's boot id then.
    pub boot_id: Option<String>,
}

/// Everything known so far. Merging adds and replaces, never removes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The array.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub array: Option<ArrayFact>,
    /// The LUN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lun: Option<LunFact>,
    /// Ids of the array's objects by their noun: `host`, `hostgroup`, `lungroup`, `view`…
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, String>,
    /// The number assigned by the array and read back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lun_number: Option<LunNumber>,
    /// Where to log in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// Session numbers by `PORTAL IQN`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sessions: BTreeMap<String, u32>,
    /// Paths by their way: `PORTAL IQN`, or the names of two ports.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub paths: BTreeMap<String, PathFact>,
    /// The multipath map, if the paths are to be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<MapFact>,
    /// The device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceFact>,
    /// Whether its devices were made to refuse writes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// This attachment puts the LUN's identity on multipath's list of those to make maps of. Said
    /// before it does: after a kill the list alone does not tell who wrote it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub listing: bool,
    /// What is connected by other means than a SAN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherConnection>,
    /// The mount of its share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mount: Option<MountFact>,
    /// The file or device that was handed over of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileFact>,
}

impl Facts {
    /// No facts.
    pub fn none() -> Self {
        Self::default()
    }

    /// The id of one of the array's objects.
    pub fn object(noun: &str, id: &str) -> Self {
        let mut facts = Self::default();
        facts.objects.insert(noun.to_owned(), id.to_owned());
        facts
    }

    /// The id of the object called `noun`, or its shell variable while a plan does not know it.
    pub fn id_or_variable(&self, noun: &str) -> String {
        match self.objects.get(noun) {
            Some(id) => id.clone(),
            None => format!("${}_ID", noun.to_uppercase().replace('-', "_")),
        }
    }

    /// What a step says of itself before it begins.
    pub fn announced(&self) -> Option<Self> {
        self.listing.then(|| Self {
            listing: true,
            ..Self::default()
        })
    }

    /// Drops what the step called `key` had told and is taken back since. Only of steps whose state
    /// nothing but a journal tells: of all others the kernel tells it anew.
    pub fn forget(&mut self, key: &str) {
        match key {
            "node.file" | "node.aoe" => self.file = None,
            "node.mount" => self.mount = None,
            "node.read-only" => self.read_only = false,
            "node.map" => self.listing = false,
            _ => {}
        }
    }

    /// Takes over everything that `newer` knows.
    pub fn merge(&mut self, newer: Self) {
        fn newest<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        newest(&mut self.array, newer.array);
        newest(&mut self.lun, newer.lun);
        newest(&mut self.lun_number, newer.lun_number);
        newest(&mut self.connection, newer.connection);
        // Who wrote the list is known only to whoever did.
        let recorded = self.map.as_ref().is_some_and(|map| map.recorded);
        newest(&mut self.map, newer.map);
        if let Some(map) = &mut self.map {
            map.recorded |= recorded;
        }
        newest(&mut self.device, newer.device);
        self.read_only |= newer.read_only;
        self.listing |= newer.listing;
        newest(&mut self.other, newer.other);
        newest(&mut self.mount, newer.mount);
        newest(&mut self.file, newer.file);
        self.objects.extend(newer.objects);
        self.sessions.extend(newer.sessions);
        self.paths.extend(newer.paths);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_both_protocols_are_read_back() {
        for way in [
            "10.0.0.1:3260 iqn.2020-01.com.example:a",
            "2000020000000a01 2000020000000b01",
        ] {
            let path = PathFact {
                way: Way::parse(way).unwrap(),
                sid: None,
                hctl: "1:0:0:7".parse().unwrap(),
                disk: "sda".into(),
                wwid: None,
                state: "running".into(),
                size_bytes: 4096,
            };
            let text = serde_json::to_string(&path).unwrap();
            assert_eq!(serde_json::from_str::<PathFact>(&text).unwrap(), path);
        }
    }
}
