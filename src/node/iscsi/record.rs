//! Node records, read from iscsiadm's database (linux-host.md §3.1). Written by iscsiadm, but for
//! secrets, which would stand on its command line.

use std::net::IpAddr;

use super::super::Error;
use super::iscsiadm::Named;
use crate::model::portal::{Portal, TargetPortal};
use crate::system::Machine;

/// Where distributions keep the database.
const DATABASES: [&str; 2] = ["/etc/iscsi/nodes", "/var/lib/iscsi/nodes"];
/// The last line of a record.
const END: &str = "# END RECORD";
/// The interface record that everybody has.
pub const DEFAULT_IFACE: &str = "default";

/// A node record: how to log in to one target at one portal through one interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The target as the database spells it.
    pub name: String,
    /// Where it listens.
    pub portal: Portal,
    /// The address as the database spells it.
    pub address: String,
    /// The target portal group tag; `None` in the old layout.
    pub tpgt: Option<u16>,
    /// The interface record.
    pub iface: String,
    /// The file.
    pub path: String,
    /// `node.startup`: `manual`, `automatic`, `onboot`.
    pub startup: String,
    /// `node.session.scan`: `auto` brings every LUN of the target at login.
    pub scan: String,
    /// The user, when the record has CHAP credentials. The secret is never kept.
    pub chap_user: Option<String>,
}

impl Record {
    /// Whether a login with it brings in only what is asked for.
    pub fn is_manual_scan(&self) -> bool {
        self.scan == "manual"
    }

    /// As iscsiadm finds it.
    pub fn named(&self) -> Named {
        let port = self.portal.port;
        Named {
            name: self.name.clone(),
            portal: match self.portal.ip {
                IpAddr::V4(_) => format!("{}:{port}", self.address),
                IpAddr::V6(_) => format!("[{}]:{port}", self.address),
            },
            iface: self.iface.clone(),
        }
    }
}

/// Every record, by target, portal and interface.
///
/// # Errors
/// When the database cannot be read; usually only root can.
pub fn list(machine: &dyn Machine) -> Result<Vec<Record>, Error> {
    let mut found = collect(machine, |_| true, |_| true)?;
    found.sort_by(|a, b| {
        let key = |r: &Record| (r.name.clone(), r.portal, r.tpgt, r.iface.clone());
        key(a).cmp(&key(b))
    });
    Ok(found)
}

/// The records of one target at one portal, in both layouts, the default interface first.
///
/// # Errors
/// When the database cannot be read; usually only root can.
pub fn list_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Vec<Record>, Error> {
    let mut found = collect(
        machine,
        // The database keeps the case that its maker typed.
        |name| name.eq_ignore_ascii_case(at.iqn.as_str()),
        |portal| portal == at.portal,
    )?;
    found.sort_by_key(|r| (r.iface != DEFAULT_IFACE, r.tpgt.is_none(), r.iface.clone()));
    Ok(found)
}

fn collect(
    machine: &dyn Machine,
    wanted_name: impl Fn(&str) -> bool,
    wanted_portal: impl Fn(Portal) -> bool,
) -> Result<Vec<Record>, Error> {
    let mut found = Vec::new();
    for database in DATABASES {
        for name in machine.names(database)? {
            if !wanted_name(&name) {
                continue;
            }
            for entry in machine.names(&format!("{database}/{name}"))? {
                if let Some((portal, tpgt)) = parse_entry(&entry)
                    && wanted_portal(portal)
                {
                    let dir = format!("{database}/{name}/{entry}");
                    let address = entry.split(',').next().unwrap_or_default();
                    let at = Place {
                        name: &name,
                        address,
                        portal,
                        tpgt,
                    };
                    read_entry(machine, &dir, &at, &mut found)?;
                }
            }
        }
    }
    Ok(found)
}

/// The record to use for one target at one portal.
///
/// # Errors
/// As [`list_at`].
pub fn find_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Option<Record>, Error> {
    Ok(list_at(machine, at)?.into_iter().next())
}

/// Whether a record says all of this.
///
/// # Errors
/// When it cannot be read; usually only root can.
pub fn says(
    machine: &dyn Machine,
    record: &Record,
    values: &[(&str, &str)],
) -> Result<bool, Error> {
    let text = machine.text(&record.path)?.unwrap_or_default();
    let said = |(key, value): &(&str, &str)| value_of(&text, key) == Some(*value);
    Ok(values.iter().all(said))
}

/// What the folders say that a record lies in.
struct Place<'a> {
    name: &'a str,
    address: &'a str,
    portal: Portal,
    tpgt: Option<u16>,
}

fn read_entry(
    machine: &dyn Machine,
    path: &str,
    at: &Place<'_>,
    found: &mut Vec<Record>,
) -> Result<(), Error> {
    let files = match machine.list(path) {
        Ok(ifaces) => ifaces.iter().map(|i| format!("{path}/{i}")).collect(),
        // The old layout: the entry is the record itself.
        Err(_) => vec![path.to_owned()],
    };
    for file in files {
        if let Some(text) = machine.text(&file)? {
            let value = |key: &str| value_of(&text, key).map(str::to_owned);
            found.push(Record {
                name: at.name.to_owned(),
                portal: at.portal,
                address: at.address.to_owned(),
                tpgt: at.tpgt,
                iface: value("iface.iscsi_ifacename").unwrap_or_else(|| DEFAULT_IFACE.to_owned()),
                startup: value("node.startup").unwrap_or_default(),
                scan: value("node.session.scan").unwrap_or_else(|| "auto".to_owned()),
                chap_user: value("node.session.auth.username"),
                path: file,
            });
        }
    }
    Ok(())
}

/// `10.0.0.1,3260,1` or, without a tag, `::1,3260`. An unknown tag is all ones.
fn parse_entry(entry: &str) -> Option<(Portal, Option<u16>)> {
    let mut parts = entry.split(',');
    let ip: IpAddr = parts.next()?.parse().ok()?;
    let port = parts.next()?.parse().ok()?;
    let tpgt = parts.next().and_then(|t| t.parse().ok());
    Some((Portal { ip, port }, tpgt))
}

/// The text of a record with some values set and, where `None`, taken out: iscsiadm complains of a
/// key with nothing behind it (linux-host.md §3.5).
pub fn set_values(text: &str, values: &[(&str, Option<&str>)]) -> String {
    let key_of = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let mut left: Vec<&(&str, Option<&str>)> = values.iter().collect();
    let mut out = String::with_capacity(text.len());
    let mut ended = false;
    for line in text.lines() {
        let named = key_of(line).filter(|_| !line.trim_start().starts_with('#') && !ended);
        if line.trim() == END && !ended {
            for (key, value) in left.drain(..) {
                if let Some(value) = value {
                    out.push_str(&format!("{key} = {value}\n"));
                }
            }
            ended = true;
        }
        match named.and_then(|key| values.iter().find(|(k, _)| *k == key)) {
            None => out.push_str(&format!("{line}\n")),
            // A key that stands twice counts once.
            Some(value) => {
                if left.iter().any(|l| l.0 == value.0)
                    && let (key, Some(value)) = value
                {
                    out.push_str(&format!("{key} = {value}\n"));
                }
                left.retain(|l| l.0 != value.0);
            }
        }
    }
    out
}

/// The value of a key in the text of a record; `None` when it has none.
pub fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(k, _)| k.trim() == key)
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty() && *value != "<empty>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_both_layouts() {
        let portal = |text: &str| text.parse::<Portal>().unwrap();
        for (entry, want, tpgt) in [
            ("10.0.0.1,3260,1", "10.0.0.1:3260", Some(1)),
            ("10.0.0.1,3260", "10.0.0.1:3260", None),
            ("::1,3261,4294967295", "[::1]:3261", None),
        ] {
            assert_eq!(parse_entry(entry), Some((portal(want), tpgt)), "{entry}");
        }
        for bad in ["", "host,3260", "10.0.0.1", "10.0.0.1,x,1"] {
            assert_eq!(parse_entry(bad), None, "{bad}");
        }
    }

    #[test]
    fn values_of_a_recorded_record() {
        let text = include_str!("../../../tests/fixtures/open-iscsi/node-record.txt");
        assert_eq!(value_of(text, "node.session.scan"), Some("auto"));
        assert_eq!(value_of(text, "node.startup"), Some("manual"));
        assert_eq!(value_of(text, "iface.iscsi_ifacename"), Some("default"));
        assert_eq!(value_of(text, "node.session.auth.username"), None);
    }

    #[test]
    fn values_are_set_put_in_and_taken_out() {
        let recorded = include_str!("../../../tests/fixtures/open-iscsi/node-record.txt");
        let text = recorded.split_inclusive("# END RECORD\n").next().unwrap();
        let set = set_values(
            text,
            &[
                ("node.session.auth.authmethod", Some("CHAP")),
                ("node.session.auth.username", Some("node")),
                ("node.session.auth.password", Some("a = b # c")),
            ],
        );
        assert_eq!(set.lines().count(), text.lines().count() + 2);
        assert_eq!(
            value_of(&set, "node.session.auth.password"),
            Some("a = b # c")
        );
        assert_eq!(value_of(&set, "node.session.auth.authmethod"), Some("CHAP"));
        assert!(set.starts_with("# BEGIN RECORD") && set.ends_with("# END RECORD\n"));
        let back = set_values(
            &set,
            &[
                ("node.session.auth.authmethod", Some("None")),
                ("node.session.auth.username", None),
                ("node.session.auth.password", None),
            ],
        );
        assert_eq!(back, text, "no line is left without a value");
    }

    #[test]
    fn only_the_first_record_of_a_text_is_touched_and_keys_are_whole() {
        let text = "# BEGIN RECORD 2\nab = 1\nabc = 2\nab = 3\n# END RECORD\nab = 4\n";
        assert_eq!(
            set_values(text, &[("ab", Some("9")), ("new", None)]),
            "# BEGIN RECORD 2\nab = 9\nabc = 2\n# END RECORD\nab = 4\n"
        );
    }

    #[test]
    fn every_record_of_both_databases() {
        use super::super::super::fixture::Fixture;
        let text = include_str!("../../../tests/fixtures/open-iscsi/node-record.txt");
        let fixture = Fixture::empty();
        for path in [
            "/var/lib/iscsi/nodes/iqn.2020-01.com.example:b/fd00::5,3260",
            "/etc/iscsi/nodes/iqn.2020-01.com.example:b/10.0.0.1,3260,1/default",
            "/etc/iscsi/nodes/iqn.2020-01.com.example:b/10.0.0.1,3260,1/eth1",
            "/etc/iscsi/nodes/iqn.2020-01.com.example:a/10.0.0.1,3260,1/default",
            "/etc/iscsi/nodes/iqn.2020-01.com.example:a/notes/default",
        ] {
            let iface = path.rsplit('/').next().unwrap();
            fixture.file(
                path,
                &text.replace("_ifacename = default", &format!("_ifacename = {iface}")),
            );
        }
        let found = list(&fixture.machine()).unwrap();
        let shown: Vec<String> = found
            .iter()
            .map(|r| {
                format!(
                    "{} {} {:?} {}",
                    r.name.rsplit(':').next().unwrap(),
                    r.portal,
                    r.tpgt,
                    r.iface
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a 10.0.0.1:3260 Some(1) default",
                "b 10.0.0.1:3260 Some(1) default",
                "b 10.0.0.1:3260 Some(1) eth1",
                "b [fd00::5]:3260 None fd00::5,3260",
            ]
        );
    }
}
