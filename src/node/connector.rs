//! What this node tells an array about itself: os-brick's dictionary, read from files
//! (linux-host.md §1). Nothing is made or changed here, unlike in os-brick.

use std::net::IpAddr;

use serde_json::{Map, Value};

use super::iscsi::{initiator, session};
use super::{Error, fc};
use crate::config::NodeConfig;
use crate::kit::bounds::Bounds;
use crate::model::connector::Connector;
use crate::model::ids::Iqn;
use crate::model::nouns::Protocol;
use crate::system::{Cmd, Flavour, Machine};

/// The connector of this node, with warnings for people. A missing or unreadable iSCSI name is a
/// warning: [`build_for`] makes it an error where the name is needed.
///
/// # Errors
/// When the node has no name, or the configured address cannot be used.
pub fn build(
    machine: &dyn Machine,
    config: &NodeConfig,
    bounds: &Bounds,
) -> Result<(Connector, Vec<String>), Error> {
    let (connector, mut warnings, no_name) = collect(machine, config, bounds)?;
    warnings.extend(no_name.map(|e| e.to_string()));
    Ok((connector, warnings))
}

/// As [`build`], with the keys that `protocol` needs.
///
/// # Errors
/// As [`build`], and [`Error::NoInitiatorName`] or the system's answer when the iSCSI name is
/// needed and cannot be had.
pub fn build_for(
    machine: &dyn Machine,
    config: &NodeConfig,
    protocol: Protocol,
    bounds: &Bounds,
) -> Result<(Connector, Vec<String>), Error> {
    let (connector, warnings, no_name) = collect(machine, config, bounds)?;
    match (protocol, no_name) {
        (Protocol::Iscsi, Some(error)) => Err(error),
        _ => Ok((connector, warnings)),
    }
}

/// As [`build`], with what is wrong with the iSCSI name by itself: for callers that can do
/// without one, or know another.
///
/// # Errors
/// As [`build`].
pub fn collect(
    machine: &dyn Machine,
    config: &NodeConfig,
    bounds: &Bounds,
) -> Result<(Connector, Vec<String>, Option<Error>), Error> {
    let (ports, mut warnings) = fc::list_ports(machine)?;
    let (name, no_name) = match initiator::get_name(machine) {
        Ok(found) => {
            warnings.extend(found.warnings);
            warnings.extend(other_names_in_use(machine, &found.name)?);
            (Some(found.name), None)
        }
        Err(error) => (None, Some(error)),
    };
    let all = ports.iter().map(|p| p.wwpn.clone()).collect();
    let online: Vec<fc::Port> = ports.into_iter().filter(|p| p.state == "Online").collect();
    let connector = Connector {
        platform: platform(machine)?,
        os_type: Some("linux".into()),
        ip: match &config.ip {
            Some(given) => Some(address(machine, given, bounds)?.to_string()),
            None => None,
        },
        host: host_name(machine, config)?,
        multipath: config.multipath.unwrap_or(false),
        enforce_multipath: None,
        initiator: name,
        wwpns: online.iter().map(|p| p.wwpn.clone()).collect(),
        wwnns: online.into_iter().map(|p| p.wwnn).collect(),
        ports: all,
        other: others(machine),
    };
    Ok((connector, warnings, no_name))
}

fn host_name(machine: &dyn Machine, config: &NodeConfig) -> Result<String, Error> {
    if let Some(name) = &config.name {
        return Ok(name.clone());
    }
    let kernel = machine.text("/proc/sys/kernel/hostname")?;
    kernel
        .filter(|name| !name.is_empty() && name != "(none)")
        .ok_or(Error::NoHostName)
}

/// The name that all live sessions use, when the file does not tell one (or only root may read
/// it). `None` when there is none, or several.
pub fn name_in_use(machine: &dyn Machine) -> Option<Iqn> {
    let sessions = session::list(machine).unwrap_or_default();
    let mut names: Vec<String> = sessions.into_iter().filter_map(|s| s.initiator).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [name] => name.parse().ok(),
        _ => None,
    }
}

/// `uname -m`. Kernels before 6.1 have no file for it.
fn platform(machine: &dyn Machine) -> Result<Option<String>, Error> {
    if let Some(arch) = machine.text("/proc/sys/kernel/arch")? {
        return Ok(Some(arch));
    }
    let built_for = match std::env::consts::ARCH {
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "powerpc64" => "ppc64",
        other => other,
    };
    Ok((machine.flavour() == Flavour::Real).then(|| built_for.to_owned()))
}

/// Sessions that were made under another name: the file was edited after iscsid had started.
fn other_names_in_use(machine: &dyn Machine, name: &Iqn) -> Result<Vec<String>, Error> {
    let mut others: Vec<String> = session::list(machine)?
        .into_iter()
        .filter_map(|s| s.initiator)
        .filter(|used| !used.eq_ignore_ascii_case(name.as_str()))
        .collect();
    others.sort_unstable();
    others.dedup();
    Ok(others
        .iter()
        .map(|used| format!("sessions are logged in as {used}, the file says {name}"))
        .collect())
}

/// Keys that the model does not know by name. What cannot be read is left out.
fn others(machine: &dyn Machine) -> Map<String, Value> {
    let mut other = Map::new();
    let text = |path: &str| machine.text(path).ok().flatten().filter(|t| !t.is_empty());
    for (key, path) in [
        ("system uuid", "/sys/class/dmi/id/product_uuid"),
        ("nqn", "/etc/nvme/hostnqn"),
        ("nvme_hostid", "/etc/nvme/hostid"),
    ] {
        if let Some(value) = text(path) {
            other.insert(key.into(), value.into());
        }
    }
    if let Some(uuid) = root_uuid(machine) {
        other.insert("uuid".into(), uuid.into());
    }
    let native = text("/sys/module/nvme_core/parameters/multipath");
    let native = native.as_deref() == Some("Y");
    other.insert("nvme_native_multipath".into(), native.into());
    other
}

/// The identity of the file system at `/`, as udev knows it (linux-host.md §2.1). An overlay has
/// none.
fn root_uuid(machine: &dyn Machine) -> Option<String> {
    let mounts = machine.text("/proc/self/mountinfo").ok()??;
    let mut lines = mounts.lines().rev();
    let root = lines.find(|line| line.split(' ').nth(4) == Some("/"))?;
    let (front, back) = root.split_once(" - ")?;
    let source = back.split(' ').nth(1)?;
    // Of btrfs the number is its own, not that of its disk.
    let of_source = machine.stat(source).ok().map(|stat| stat.device);
    let (major, minor) = match of_source.filter(|_| source.starts_with("/dev/")) {
        Some(device) => device,
        None => super::holders::parse_device(front.split(' ').nth(2)?)?,
    };
    let known = machine.text(&format!("/run/udev/data/b{major}:{minor}"));
    let known = known.ok()??;
    let uuid = known
        .lines()
        .find_map(|l| l.strip_prefix("E:ID_FS_UUID="))?;
    Some(uuid.to_owned()).filter(|uuid| !uuid.is_empty())
}

/// The configured address, or the first one of the configured interface.
fn address(machine: &dyn Machine, given: &str, bounds: &Bounds) -> Result<IpAddr, Error> {
    if let Ok(ip) = given.parse() {
        return Ok(ip);
    }
    let bad = |why: &str| Error::NoAddress {
        given: given.to_owned(),
        why: why.to_owned(),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | ':');
    if given.is_empty() || given.len() > 15 || given.starts_with('-') || !given.chars().all(plain) {
        return Err(bad("neither an address nor the name of an interface"));
    }
    let cmd = Cmd::new("ip", ["-j", "addr", "show", "dev", given]);
    let output = machine.exec_read(&cmd, bounds)?;
    if output.code != 0 {
        return Err(bad("there is no such interface"));
    }
    parse_addresses(&output.stdout).ok_or_else(|| bad("this interface has no address"))
}

/// The first address of global scope in the answer of `ip -j addr show`, IPv4 before IPv6.
fn parse_addresses(text: &str) -> Option<IpAddr> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let mut found: Vec<IpAddr> = Vec::new();
    for link in answer.as_array()? {
        for info in link.get("addr_info").and_then(Value::as_array)? {
            if info.get("scope").and_then(Value::as_str) == Some("global") {
                found.extend(info.get("local")?.as_str()?.parse::<IpAddr>().ok());
            }
        }
    }
    found.sort_by_key(IpAddr::is_ipv6);
    found.into_iter().next()
}

/// A key in which a given connector is not this node's.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The key of the dictionary.
    pub key: String,
    /// What was given.
    pub given: Value,
    /// What this node would say.
    pub here: Value,
}

/// In which keys a connector differs from this node's own. Keys that say how to attach rather
/// than who the node is (`multipath`, `do_local_attach`) are not compared.
pub fn check(given: &Connector, here: &Connector) -> Vec<Difference> {
    let json = |c: &Connector| match serde_json::to_value(c) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let (given, here) = (json(given), json(here));
    let about_the_way = [
        "multipath",
        "enforce_multipath",
        "do_local_attach",
        "os_type",
    ];
    given
        .into_iter()
        .filter(|(key, _)| !about_the_way.contains(&key.as_str()))
        .filter_map(|(key, given)| {
            let here = here.get(&key).cloned().unwrap_or(Value::Null);
            (given != here).then_some(Difference { key, given, here })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::fixture::Fixture;
    use super::*;
    use crate::kit::kind::{Failure, Kind};
    use crate::kit::stop::Stop;

    fn bounds() -> Bounds {
        Bounds::new(Duration::from_secs(60), "test", Stop::new())
    }

    fn node() -> Fixture {
        let fixture = Fixture::empty();
        fixture.file("/proc/sys/kernel/hostname", "compute-2\n");
        fixture.file("/proc/sys/kernel/arch", "x86_64\n");
        fixture.file(
            "/etc/iscsi/initiatorname.iscsi",
            "InitiatorName=iqn.1994-05.com.redhat:83feeda2b41d\n",
        );
        fixture
    }

    #[test]
    fn the_dictionary_as_os_brick_makes_it() {
        let fixture = node();
        for (host, state) in [("host2", "Online"), ("host3", "Linkdown")] {
            let dir = format!("/sys/class/fc_host/{host}");
            fixture.file(&format!("{dir}/port_name"), "0x10008C7CFF409E80\n");
            fixture.file(&format!("{dir}/node_name"), "0x20008c7cff409e80\n");
            fixture.file(&format!("{dir}/port_state"), &format!("{state}\n"));
        }
        fixture.file("/sys/class/fc_host/host4/port_state", "Online\n");
        fixture.file("/sys/class/dmi/id/product_uuid", "4c4c4544\n");
        let config = NodeConfig {
            ip: Some("10.0.0.21".into()),
            ..NodeConfig::default()
        };
        let (connector, warnings) = build(&fixture.machine(), &config, &bounds()).unwrap();
        let json = serde_json::to_value(&connector).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "platform": "x86_64", "os_type": "linux", "ip": "10.0.0.21", "host": "compute-2",
                "multipath": false, "initiator": "iqn.1994-05.com.redhat:83feeda2b41d",
                "wwpns": ["10008c7cff409e80"], "wwnns": ["20008c7cff409e80"],
                "system uuid": "4c4c4544", "nvme_native_multipath": false
            })
        );
        assert_eq!(warnings.len(), 1, "the unreadable port: {warnings:?}");
    }

    #[test]
    fn the_identity_of_the_root_file_system() {
        for (mounts, want) in [
            ("20 1 8:1 / / rw - ext4 /dev/vda1 rw\n", Some("6a1f-22")),
            // A volume of btrfs, whose disk nobody finds by its name here.
            ("20 1 0:27 / / rw - btrfs /dev/vda1 rw\n", None),
            ("20 1 0:51 / / rw - overlay overlay rw\n", None),
            // What was mounted last is seen.
            (
                "1 0 0:1 / / rw - rootfs none rw\n20 1 8:1 / / rw - ext4 /dev/root rw\n",
                Some("6a1f-22"),
            ),
            ("20 1 8:2 / / rw - ext4 /dev/vda2 rw\n", None),
        ] {
            let fixture = node();
            fixture.file("/proc/self/mountinfo", mounts);
            fixture.file("/run/udev/data/b8:1", "S:disk/x\nE:ID_FS_UUID=6a1f-22\n");
            fixture.file("/run/udev/data/b8:2", "E:ID_FS_TYPE=\n");
            let uuid = root_uuid(&fixture.machine());
            assert_eq!(uuid.as_deref(), want, "{mounts}");
        }
    }

    #[test]
    fn a_missing_name_is_a_warning_until_it_is_needed() {
        let fixture = Fixture::empty();
        fixture.file("/proc/sys/kernel/hostname", "compute-2\n");
        let config = NodeConfig::default();
        let (connector, warnings) = build(&fixture.machine(), &config, &bounds()).unwrap();
        assert_eq!(connector.initiator, None);
        assert_eq!(connector.ip, None, "an address is never guessed");
        assert!(warnings[0].contains("no such file"), "{warnings:?}");
        let error = build_for(&fixture.machine(), &config, Protocol::Iscsi, &bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(matches!(error, Error::NoInitiatorName { .. }));
        assert!(build_for(&fixture.machine(), &config, Protocol::Fc, &bounds()).is_ok());
        let nameless = Fixture::empty();
        assert!(matches!(
            build(&nameless.machine(), &config, &bounds()),
            Err(Error::NoHostName)
        ));
    }

    #[test]
    fn sessions_under_another_name_are_told() {
        let fixture = Fixture::recorded();
        fixture.file("/proc/sys/kernel/hostname", "n\n");
        fixture.file(
            "/etc/iscsi/initiatorname.iscsi",
            "InitiatorName=iqn.2020-01.com.example:new",
        );
        let config = NodeConfig::default();
        let (_, warnings) = build(&fixture.machine(), &config, &bounds()).unwrap();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("lab.host"), "{warnings:?}");
    }

    #[test]
    fn the_name_in_use_is_that_of_all_sessions() {
        let fixture = Fixture::recorded();
        let name = name_in_use(&fixture.machine()).unwrap();
        assert_eq!(name.as_str(), "iqn.2020-01.com.example:lab.host");
        let other = "iqn.2020-01.com.example:other\n";
        fixture.file("/sys/class/iscsi_session/session1/initiatorname", other);
        assert_eq!(name_in_use(&fixture.machine()), None);
        assert_eq!(name_in_use(&node().machine()), None);
    }

    #[test]
    fn an_interface_gives_its_first_global_address() {
        let text = r#"[{"ifname":"eth1","addr_info":[
            {"family":"inet6","local":"fe80::1","scope":"link"},
            {"family":"inet6","local":"fd00::7","scope":"global"},
            {"family":"inet","local":"10.0.1.2","scope":"global"}]}]"#;
        assert_eq!(parse_addresses(text), "10.0.1.2".parse().ok());
        for nothing in ["", "[]", "[{}]", r#"[{"addr_info":[]}]"#, "garbage"] {
            assert_eq!(parse_addresses(nothing), None, "{nothing}");
        }
        for bad in ["", "-x", "eth0; reboot", "averyveryverylongname"] {
            let error = address(&node().machine(), bad, &bounds()).unwrap_err();
            assert!(matches!(error, Error::NoAddress { .. }), "{bad}: {error}");
        }
    }

    #[test]
    fn another_nodes_connector_is_told_by_its_keys() {
        let (here, _) = build(&node().machine(), &NodeConfig::default(), &bounds()).unwrap();
        assert!(check(&here, &here).is_empty());
        let mut given = here.clone();
        given.multipath = true;
        given.initiator = Some("iqn.1994-05.com.redhat:other".parse().unwrap());
        let differences = check(&given, &here);
        assert_eq!(differences.len(), 1);
        assert_eq!(differences[0].key, "initiator");
    }
}
