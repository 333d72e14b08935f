//! What is connected by other means than a SAN: a path of this node, a file on a share of the
//! network, a device of ATA over Ethernet.
//!
//! On the wire these are os-brick's `connection_info` of the types `local`, `nfs`, `glusterfs` and
//! `aoe` (linux-host.md §11). Whatever of it comes to stand on a command line is of a closed set of
//! characters and never begins with a dash.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::connection::BadConnection;

/// Where shares are mounted when nobody says: where Nova and its os-brick mount them, so that one
/// mount serves both.
pub const MOUNT_BASE: &str = "/var/lib/nova/mnt";
/// The longest name of a file that Linux file systems take.
const LONGEST_NAME: usize = 255;

/// What is handed over, and how one comes to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum OtherConnection {
    /// A path of this node.
    Local {
        /// The path: a file, or a block device.
        path: String,
    },
    /// A file on a share.
    Share(ShareFile),
    /// A device of ATA over Ethernet.
    Aoe(AoeDevice),
}

/// What serves a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShareKind {
    /// NFS.
    Nfs,
    /// `GlusterFS`, through FUSE.
    Glusterfs,
}

/// A file on a share of the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareFile {
    /// What serves it.
    pub kind: ShareKind,
    /// The share as it was told: `HOST:/PATH`. The mount point is made of exactly this text.
    pub share: String,
    /// The file's name in it.
    pub name: String,
    /// Options of mount(8), one by one.
    #[serde(default)]
    pub options: Vec<String>,
    /// The folder in which shares are mounted.
    pub base: String,
}

/// A device of ATA over Ethernet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AoeDevice {
    /// The shelf (major address).
    pub shelf: u16,
    /// The slot in it (minor address).
    pub slot: u16,
}

impl ShareKind {
    /// As mount(8) and the `connection_info` call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nfs => "nfs",
            Self::Glusterfs => "glusterfs",
        }
    }
}

impl fmt::Display for AoeDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}.{}", self.shelf, self.slot)
    }
}

impl AoeDevice {
    /// The device's path.
    pub fn path(&self) -> String {
        format!("/dev/etherd/{self}")
    }

    /// Its name in sysfs, where a slash cannot stand.
    pub fn block(&self) -> String {
        format!("etherd!{self}")
    }
}

impl ShareFile {
    /// Where the share is mounted: os-brick's place, so that both find one another's mounts.
    pub fn mount_point(&self) -> String {
        format!("{}/{:x}", self.base, md5::compute(self.share.as_bytes()))
    }

    /// The file's path once the share is mounted.
    pub fn path(&self) -> String {
        format!("{}/{}", self.mount_point(), self.name)
    }

    /// Whether a version of NFS is among the options: then no other one is tried.
    pub fn tells_version(&self) -> bool {
        self.options.iter().any(|option| {
            let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
            ["vers", "nfsvers", "minorversion"]
                .iter()
                .any(|name| option.starts_with(name))
                || option.strip_prefix('v').is_some_and(digit)
        })
    }
}

impl OtherConnection {
    /// Reads a `connection_info` of one of these types; `None` when it is of another type. `base`
    /// is the configured folder for mounts: it goes before the one in the info.
    ///
    /// # Errors
    /// Names the key that is missing or wrong.
    pub fn from_info(info: &Value, base: Option<&str>) -> Result<Option<Self>, BadConnection> {
        let kind = info.get("driver_volume_type").and_then(Value::as_str);
        let Some(kind @ ("local" | "nfs" | "glusterfs" | "aoe")) = kind else {
            return Ok(None);
        };
        let data = info.get("data").and_then(Value::as_object);
        let data = data.ok_or_else(|| bad("data", "a JSON object wanted"))?;
        if data.get("access_mode").and_then(Value::as_str) == Some("ro") {
            let why = format!("ro cannot be promised of {kind}");
            return Err(bad("access_mode", why));
        }
        if data.get("encrypted").and_then(Value::as_bool) == Some(true) {
            return Err(bad("encrypted", "encrypted files cannot be opened here"));
        }
        Ok(Some(match kind {
            "local" => {
                let path = text(data, "device_path")?;
                check_path("device_path", path)?;
                Self::Local { path: path.into() }
            }
            "aoe" => Self::Aoe(AoeDevice {
                shelf: address(data, "target_shelf", 0xfffe)?,
                slot: address(data, "target_lun", 0xfe)?,
            }),
            kind => Self::Share(share(kind, info, data, base)?),
        }))
    }

    /// The `connection_info`, its `wwid` null: nothing here has one.
    pub fn to_info(&self) -> Value {
        match self {
            Self::Local { path } => {
                json!({"driver_volume_type": "local", "data": {"device_path": path}, "wwid": null})
            }
            Self::Share(file) => {
                let options = match file.options.is_empty() {
                    true => Value::Null,
                    false => format!("-o {}", file.options.join(",")).into(),
                };
                json!({"driver_volume_type": file.kind.word(), "mount_point_base": file.base,
                    "data": {"export": file.share, "name": file.name, "options": options}, "wwid": null})
            }
            Self::Aoe(device) => json!({"driver_volume_type": "aoe",
                "data": {"target_shelf": device.shelf, "target_lun": device.slot}, "wwid": null}),
        }
    }

    /// The type, as the `connection_info` has it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Local { .. } => "local",
            Self::Share(file) => file.kind.word(),
            Self::Aoe(_) => "aoe",
        }
    }

    /// What is handed over.
    pub fn path(&self) -> String {
        match self {
            Self::Local { path } => path.clone(),
            Self::Share(file) => file.path(),
            Self::Aoe(device) => device.path(),
        }
    }

    /// The name of its attachment, in place of a wwid: the same whatever the state, safe in a shell
    /// and in a file's name.
    pub fn id(&self) -> String {
        let sum = |text: &str| format!("{:x}", md5::compute(text.as_bytes()));
        match self {
            Self::Local { path } => format!("local.{}", sum(path)),
            Self::Share(file) => {
                // Both parts are read by people; the sum alone tells the share.
                let (kind, share) = (file.kind.word(), sum(&file.share));
                format!("{kind}.{share}.{}", file.name)
            }
            Self::Aoe(device) => format!("aoe.{device}"),
        }
    }
}

fn share(
    kind: &str,
    info: &Value,
    data: &Map<String, Value>,
    base: Option<&str>,
) -> Result<ShareFile, BadConnection> {
    let kind = match kind {
        "nfs" => ShareKind::Nfs,
        _ => ShareKind::Glusterfs,
    };
    let share = text(data, "export")?;
    check_share(kind, share)?;
    let name = text(data, "name")?;
    check_name(name)?;
    let options = match data.get("options") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => options(text)?,
        Some(_) => return Err(bad("options", "a text wanted")),
    };
    let told = match info.get("mount_point_base") {
        None | Some(Value::Null) => None,
        Some(Value::String(told)) => {
            check_path("mount_point_base", told)?;
            Some(told.as_str())
        }
        Some(_) => return Err(bad("mount_point_base", "a text wanted")),
    };
    let base = base.or(told).unwrap_or(MOUNT_BASE);
    Ok(ShareFile {
        kind,
        share: share.into(),
        name: name.into(),
        options,
        base: base.trim_end_matches('/').into(),
    })
}

fn bad(key: &str, why: impl Into<String>) -> BadConnection {
    BadConnection {
        key: key.into(),
        why: why.into(),
    }
}

fn text<'a>(data: &'a Map<String, Value>, key: &str) -> Result<&'a str, BadConnection> {
    match data.get(key) {
        None | Some(Value::Null) => Err(bad(key, "missing")),
        Some(Value::String(text)) if text.is_empty() => Err(bad(key, "it is empty")),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(bad(key, "a text wanted")),
    }
}

/// A number, or a text of digits as older drivers sent it.
fn address(data: &Map<String, Value>, key: &str, most: u16) -> Result<u16, BadConnection> {
    let number = match data.get(key) {
        None | Some(Value::Null) => return Err(bad(key, "missing")),
        Some(Value::String(digits)) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            digits.parse().ok()
        }
        Some(value) => value.as_u64().and_then(|n| u16::try_from(n).ok()),
    };
    let within = number.filter(|n| *n <= most);
    within.ok_or_else(|| bad(key, format!("a number from 0 to {most} wanted")))
}

/// An absolute path without anything that leads elsewhere than it says.
///
/// # Errors
/// Under `key`.
pub fn check_path(key: &str, path: &str) -> Result<(), BadConnection> {
    if !path.starts_with('/') || path.trim_end_matches('/').is_empty() {
        return Err(bad(key, format!("{path:?} is no absolute path")));
    }
    if path.chars().any(char::is_control) || path.len() > 4095 {
        return Err(bad(key, "it has control characters or is too long"));
    }
    if path.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(bad(key, format!("{path:?} has . or .. in it")));
    }
    Ok(())
}

fn check_share(kind: ShareKind, share: &str) -> Result<(), BadConnection> {
    let wrong = |why: &str| bad("export", format!("{share:?}: {why}"));
    // An IPv6 address stands in brackets.
    let split = match share.strip_prefix('[') {
        Some(rest) => rest.split_once("]:"),
        None => share.split_once(':'),
    };
    let (host, path) = split.ok_or_else(|| wrong("HOST:/PATH wanted"))?;
    let of = |text: &str, more: &[u8]| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || more.contains(&b);
        !text.is_empty() && text.bytes().all(fits)
    };
    if !of(host, b"._-:%")
        || host.starts_with('-')
        || (host.contains(':') && !share.starts_with('['))
    {
        return Err(wrong("its host is none"));
    }
    if !of(path, b"/._-+@=,~ ") {
        return Err(wrong(
            "only letters, digits, blanks and /._-+@=,~ are taken in its path",
        ));
    }
    let absolute = path.starts_with('/');
    if path.starts_with('-') || (kind == ShareKind::Nfs && !absolute) {
        return Err(wrong("HOST:/PATH wanted"));
    }
    if path.split('/').any(|part| part == "..") {
        return Err(wrong("it has .. in it"));
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), BadConnection> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-+@".contains(&b);
    if !name.bytes().all(plain) || name.len() > LONGEST_NAME {
        let why = "only letters, digits and ._-+@ are taken: it is a file of the share itself";
        return Err(bad("name", format!("{name:?}: {why}")));
    }
    if name.starts_with('-') || matches!(name, "." | "..") {
        return Err(bad("name", format!("{name:?} is no name of a file")));
    }
    Ok(())
}

/// Options that make mount(8) do something else than mounting the share.
const OTHER_WORK: [&str; 16] = [
    "bind",
    "rbind",
    "move",
    "remount",
    "loop",
    "offset",
    "sizelimit",
    "helper",
    "uhelper",
    "private",
    "rprivate",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "unbindable",
];

/// `-o LIST`, once or several times, as os-brick passes it on to mount(8).
fn options(text: &str) -> Result<Vec<String>, BadConnection> {
    let wrong = |what: &str, why: &str| bad("options", format!("{what:?}: {why}"));
    let mut found = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let list = match word.strip_prefix("-o") {
            Some("") => words.next(),
            Some(list) => Some(list),
            None => return Err(wrong(word, "only -o LIST is taken of the flags of mount")),
        };
        let list = list.ok_or_else(|| wrong(word, "a list must follow"))?;
        for option in list.split(',') {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-:/=+@%".contains(&b);
            if option.is_empty() || option.starts_with('-') || !option.bytes().all(plain) {
                let why = "an option is of letters, digits and ._-:/=+@%, and begins with no dash";
                return Err(wrong(option, why));
            }
            let name = option.split('=').next().unwrap_or(option);
            if OTHER_WORK.contains(&name) || name.starts_with("x-") || name.starts_with("X-") {
                return Err(wrong(option, "it makes mount do something else"));
            }
            found.push(option.to_owned());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nfs(export: &str, name: &str, options: Value) -> Value {
        json!({"driver_volume_type": "nfs",
            "data": {"export": export, "name": name, "options": options}})
    }

    fn read(info: &Value) -> Result<OtherConnection, String> {
        match OtherConnection::from_info(info, None) {
            Ok(found) => Ok(found.unwrap()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn the_mount_point_is_os_bricks() {
        // hashlib.md5(b"172.18.194.100:/var/nfs").hexdigest()
        let info = nfs("172.18.194.100:/var/nfs", "volume-00000001", Value::Null);
        let found = read(&info).unwrap();
        let sum = format!("{:x}", md5::compute("172.18.194.100:/var/nfs"));
        assert_eq!(sum.len(), 32);
        assert_eq!(found.path(), format!("{MOUNT_BASE}/{sum}/volume-00000001"));
        assert_eq!(found.id(), format!("nfs.{sum}.volume-00000001"));
        let told = OtherConnection::from_info(&info, Some("/srv/mnt/")).unwrap();
        assert_eq!(
            told.unwrap().path(),
            format!("/srv/mnt/{sum}/volume-00000001")
        );
        let mut cinder = info.clone();
        cinder["mount_point_base"] = "/var/lib/cinder/mnt".into();
        let path = read(&cinder).unwrap().path();
        assert!(path.starts_with("/var/lib/cinder/mnt/"), "{path}");
        let back = read(&read(&cinder).unwrap().to_info()).unwrap();
        assert_eq!(back, read(&cinder).unwrap());
    }

    #[test]
    fn every_type_is_read_and_written() {
        for (info, path, id) in [
            (
                json!({"driver_volume_type": "local", "data": {"device_path": "/srv/vol 7"}}),
                "/srv/vol 7",
                "local.",
            ),
            (
                json!({"driver_volume_type": "aoe", "data": {"target_shelf": 1, "target_lun": "2"}}),
                "/dev/etherd/e1.2",
                "aoe.e1.2",
            ),
        ] {
            let found = read(&info).unwrap();
            assert_eq!(found.path(), path);
            assert!(found.id().starts_with(id), "{}", found.id());
            assert_eq!(read(&found.to_info()).unwrap(), found);
            let kept = serde_json::to_string(&found).unwrap();
            let back: OtherConnection = serde_json::from_str(&kept).unwrap();
            assert_eq!(back, found);
        }
        for kind in ["iscsi", "fibre_channel", "rbd"] {
            let info = json!({"driver_volume_type": kind, "data": {}});
            assert_eq!(OtherConnection::from_info(&info, None), Ok(None));
        }
        assert_eq!(OtherConnection::from_info(&json!({}), None), Ok(None));
    }

    #[test]
    fn ids_are_safe_in_a_shell_and_tell_files_apart() {
        let id = |export: &str, name: &str| read(&nfs(export, name, Value::Null)).unwrap().id();
        let one = id("h:/a", "v");
        assert_ne!(one, id("h:/b", "v"));
        assert_ne!(one, id("h:/a", "w"));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-+@".contains(&b);
        assert!(one.bytes().all(plain));
    }

    #[test]
    fn options_are_a_closed_set() {
        let of = |text: &str| match read(&nfs("h:/a", "v", text.into())) {
            Ok(OtherConnection::Share(file)) => Ok(file.options),
            Ok(other) => panic!("{other:?}"),
            Err(why) => Err(why),
        };
        assert_eq!(of("-o vers=3,nolock").unwrap(), ["vers=3", "nolock"]);
        assert_eq!(of("-overs=4.1 -o ro").unwrap(), ["vers=4.1", "ro"]);
        assert_eq!(of("").unwrap(), [""; 0]);
        for wrong in [
            "nolock",
            "-o",
            "-o ,",
            "-o -x",
            "-o a;b",
            "-o a$(b)",
            "--bind",
            "-o bind",
            "-o remount,ro",
            "-o loop=/dev/loop0",
            "-o x-systemd.automount",
            "-t ext4",
            "-o a\u{7f}",
        ] {
            let why = of(wrong).unwrap_err();
            assert!(
                why.starts_with("connection info: options: "),
                "{wrong}: {why}"
            );
        }
    }

    #[test]
    fn a_version_among_the_options_is_seen() {
        for (options, told) in [
            ("-o vers=3", true),
            ("-o nfsvers=4.1", true),
            ("-o v4.2", true),
            ("-o minorversion=1", true),
            ("-o nolock,noac", false),
            ("-o verbose", false),
        ] {
            let Ok(OtherConnection::Share(file)) = read(&nfs("h:/a", "v", options.into())) else {
                panic!("{options}");
            };
            assert_eq!(file.tells_version(), told, "{options}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        let local =
            |path: &str| json!({"driver_volume_type": "local", "data": {"device_path": path}});
        let aoe = |shelf: Value, slot: Value| {
            json!({"driver_volume_type": "aoe",
                "data": {"target_shelf": shelf, "target_lun": slot}})
        };
        let with = |key: &str, value: Value| {
            let mut info = nfs("h:/a", "v", Value::Null);
            info["data"][key] = value;
            info
        };
        for (info, key) in [
            (json!({"driver_volume_type": "nfs"}), "data"),
            (nfs("", "v", Value::Null), "export"),
            (nfs("h", "v", Value::Null), "export"),
            (nfs("h:a", "v", Value::Null), "export"),
            (nfs("-h:/a", "v", Value::Null), "export"),
            (nfs(":/a", "v", Value::Null), "export"),
            (nfs("fd00::1:/a", "v", Value::Null), "export"),
            (nfs("h:/a/../b", "v", Value::Null), "export"),
            (nfs("h:/a\n", "v", Value::Null), "export"),
            (nfs("h:/a", "", Value::Null), "name"),
            (nfs("h:/a", "..", Value::Null), "name"),
            (nfs("h:/a", "x/y", Value::Null), "name"),
            (nfs("h:/a", "-v", Value::Null), "name"),
            (nfs("h:/a", "v", json!(3)), "options"),
            (with("access_mode", "ro".into()), "access_mode"),
            (with("encrypted", true.into()), "encrypted"),
            (local("srv"), "device_path"),
            (local("/"), "device_path"),
            (local("/a/../b"), "device_path"),
            (local("/a\nb"), "device_path"),
            (aoe(Value::Null, 1.into()), "target_shelf"),
            (aoe(65_535.into(), 1.into()), "target_shelf"),
            (aoe((-1).into(), 1.into()), "target_shelf"),
            (aoe(1.into(), 255.into()), "target_lun"),
            (aoe(1.into(), "x".into()), "target_lun"),
        ] {
            let found = OtherConnection::from_info(&info, None).unwrap_err();
            assert_eq!(found.key, key, "{info}");
        }
        for fine in ["[fd00::1]:/a", "nas-1.example.com:/vols/a b", "10.0.0.1:/"] {
            assert!(read(&nfs(fine, "v", Value::Null)).is_ok(), "{fine}");
        }
        let mut gluster = nfs("h:vol", "v", Value::Null);
        gluster["driver_volume_type"] = "glusterfs".into();
        assert!(read(&gluster).is_ok());
    }
}
