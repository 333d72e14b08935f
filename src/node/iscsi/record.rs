//! Node records, read from iscsiadm's database (linux-host.md §3.1). Written only by iscsiadm.

use std::net::IpAddr;

use super::super::Error;
use crate::model::portal::{Portal, TargetPortal};
use crate::system::Machine;

/// Where distributions keep the database.
const DATABASES: [&str; 2] = ["/etc/iscsi/nodes", "/var/lib/iscsi/nodes"];
/// The interface record that everybody has.
pub const DEFAULT_IFACE: &str = "default";

/// A node record: how to log in to one target at one portal through one interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The target as the database spells it.
    pub name: String,
    /// Where it listens.
    pub portal: Portal,
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
}

/// The records of one target at one portal, in both layouts, the default interface first.
///
/// # Errors
/// When the database cannot be read; usually only root can.
pub fn list_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Vec<Record>, Error> {
    let mut found = Vec::new();
    for database in DATABASES {
        for name in machine.names(database)? {
            // The database keeps the case that its maker typed.
            if !name.eq_ignore_ascii_case(at.iqn.as_str()) {
                continue;
            }
            for entry in machine.names(&format!("{database}/{name}"))? {
                let Some((portal, tpgt)) = parse_entry(&entry) else {
                    continue;
                };
                if portal == at.portal {
                    let dir = format!("{database}/{name}/{entry}");
                    collect(machine, &dir, &name, portal, tpgt, &mut found)?;
                }
            }
        }
    }
    found.sort_by_key(|r| (r.iface != DEFAULT_IFACE, r.tpgt.is_none(), r.iface.clone()));
    Ok(found)
}

/// The record to use for one target at one portal.
///
/// # Errors
/// As [`list_at`].
pub fn find_at(machine: &dyn Machine, at: &TargetPortal) -> Result<Option<Record>, Error> {
    Ok(list_at(machine, at)?.into_iter().next())
}

fn collect(
    machine: &dyn Machine,
    path: &str,
    name: &str,
    portal: Portal,
    tpgt: Option<u16>,
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
                name: name.to_owned(),
                portal,
                tpgt,
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

fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
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
}
