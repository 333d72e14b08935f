//! Node records of open-iscsi: their keys, defaults, layout and texts (linux-host.md §3.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::portal::Portal;

/// Every key of a record in the order of open-iscsi 2.1.8, with the defaults of `iscsid.conf`.
const DEFAULTS: &str = include_str!("record_defaults.txt");

const EMPTY: &str = "<empty>";

/// Keys whose values are shown as stars.
const SECRETS: [&str; 2] = [
    "node.session.auth.password",
    "node.session.auth.password_in",
];

/// Where a record came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Origin {
    /// `-o new`.
    Static,
    /// A discovery at this portal.
    SendTargets(Portal),
}

/// One record: a target at a portal through one interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) iqn: String,
    pub(super) portal: Portal,
    /// The address as its maker spelled it, where that is not the usual form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) spelled: Option<String>,
    /// Unknown when the record was made without one; it is then a plain file.
    pub(super) tpgt: Option<u16>,
    pub(super) iface: String,
    pub(super) origin: Origin,
    /// What differs from the defaults.
    pub(super) set: BTreeMap<String, String>,
}

/// Whether secrets are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Secrets {
    Shown,
    Masked,
}

impl Record {
    /// A fresh record with the defaults.
    pub(super) fn new(
        iqn: &str,
        portal: Portal,
        tpgt: Option<u16>,
        iface: &str,
        origin: Origin,
    ) -> Self {
        Self {
            iqn: iqn.to_owned(),
            portal,
            spelled: None,
            tpgt,
            iface: iface.to_owned(),
            origin,
            set: BTreeMap::new(),
        }
    }

    /// Whether two records would be the same file.
    pub(super) fn same_place(&self, other: &Self) -> bool {
        self.iqn == other.iqn
            && self.portal == other.portal
            && self.address() == other.address()
            && self.tpgt == other.tpgt
            && self.iface == other.iface
    }

    /// The path below the database's root: a directory with a file per interface when the portal
    /// group is known, one plain file when it is not. Addresses stand without brackets.
    pub(super) fn path(&self) -> String {
        let (ip, port) = (self.address(), self.portal.port);
        match self.tpgt {
            Some(tpgt) => format!("nodes/{}/{ip},{port},{tpgt}/{}", self.iqn, self.iface),
            None => format!("nodes/{}/{ip},{port}", self.iqn),
        }
    }

    /// The address as the record has it. Commands find it by this text only.
    pub(super) fn address(&self) -> String {
        let usual = || self.portal.ip.to_string();
        self.spelled.clone().unwrap_or_else(usual)
    }

    /// The value of a key, `None` for a key that does not exist or has no value.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        self.values()
            .find(|(k, _)| *k == key)
            .and_then(|(_, value)| value)
    }

    /// Sets a known key. A wrong name gives an error text as `iscsiadm` has it.
    pub(super) fn update(&mut self, key: &str, value: &str) -> Result<(), String> {
        if !defaults().any(|(known, _)| known == key) {
            return Err(format!("Unknown parameter {key}"));
        }
        self.set.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    /// As `-o show` prints it: every key, `<empty>` for none.
    pub(super) fn shown(&self, secrets: Secrets) -> String {
        self.block(|key, value| {
            let value = match value {
                Some(_) if secrets == Secrets::Masked && SECRETS.contains(&key) => {
                    "********".into()
                }
                Some(value) => value,
                None => EMPTY.into(),
            };
            Some(value)
        })
    }

    /// As it is stored: only keys with a value.
    pub(super) fn stored(&self) -> String {
        self.block(|_, value| value)
    }

    /// Takes over what somebody wrote into the record's file by hand.
    pub(super) fn take_text(&mut self, text: &str) {
        let mut set = BTreeMap::new();
        for line in text.lines().filter(|l| !l.trim_start().starts_with('#')) {
            if let Some((key, value)) = line.split_once('=') {
                let (key, value) = (key.trim(), value.trim());
                if self.computed(key).is_none() && !value.is_empty() {
                    set.insert(key.to_owned(), value.to_owned());
                }
            }
        }
        set.retain(|key, value| {
            defaults().any(|(known, default)| known == key && default != Some(value.as_str()))
        });
        self.set = set;
    }

    fn block(&self, line: impl Fn(&str, Option<String>) -> Option<String>) -> String {
        let mut text = String::from("# BEGIN RECORD 2.1.8\n");
        for (key, value) in self.values() {
            if let Some(value) = line(key, value) {
                text.push_str(&format!("{key} = {value}\n"));
            }
        }
        text.push_str("# END RECORD\n");
        text
    }

    fn values(&self) -> impl Iterator<Item = (&'static str, Option<String>)> {
        defaults().map(|(key, default)| {
            let value = match self.set.get(key) {
                Some(value) => Some(value.clone()),
                None => self.computed(key).or_else(|| default.map(str::to_owned)),
            };
            (key, value.filter(|v| !v.is_empty()))
        })
    }

    /// The keys that follow from what the record is for.
    fn computed(&self, key: &str) -> Option<String> {
        let from = match &self.origin {
            Origin::Static => None,
            Origin::SendTargets(portal) => Some(portal),
        };
        Some(match key {
            "node.name" => self.iqn.clone(),
            "node.tpgt" => self.tpgt.map_or_else(|| "-1".into(), |t| t.to_string()),
            "node.conn[0].address" => self.address(),
            "node.conn[0].port" => self.portal.port.to_string(),
            "iface.iscsi_ifacename" => self.iface.clone(),
            "node.discovery_address" => from?.ip.to_string(),
            "node.discovery_port" => from.map_or(0, |p| p.port).to_string(),
            "node.discovery_type" if from.is_some() => "send_targets".into(),
            "node.discovery_type" => "static".into(),
            _ => return None,
        })
    }
}

fn defaults() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    DEFAULTS.lines().filter_map(|line| {
        let (key, value) = line.split_once(" = ")?;
        Some((key, (value != EMPTY).then_some(value)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn discovered() -> Record {
        let from: Portal = "10.0.0.1".parse().unwrap();
        Record::new(
            "iqn.2020-01.com.example:lab.target",
            from,
            Some(1),
            "default",
            Origin::SendTargets(from),
        )
    }

    #[test]
    fn a_record_is_stored_as_open_iscsi_stores_it() {
        let captured = include_str!("../../../tests/fixtures/open-iscsi/node-record.txt");
        let first = captured.split_inclusive("# END RECORD\n").next().unwrap();
        assert_eq!(discovered().stored(), first);
        assert_eq!(
            discovered().path(),
            "nodes/iqn.2020-01.com.example:lab.target/10.0.0.1,3260,1/default"
        );
    }

    #[test]
    fn a_record_without_a_portal_group_is_a_plain_file() {
        let mut record = discovered();
        record.tpgt = None;
        record.portal = "[fd00::5]:3261".parse().unwrap();
        assert_eq!(
            record.path(),
            "nodes/iqn.2020-01.com.example:lab.target/fd00::5,3261"
        );
        assert!(record.stored().contains("node.tpgt = -1\n"));
    }

    #[test]
    fn a_hand_edited_record_is_read_back() {
        let mut record = discovered();
        record.update("node.session.scan", "manual").unwrap();
        let text = record.stored().replace(
            "# END RECORD",
            "node.session.auth.password = a = b # c\n# END RECORD",
        );
        record.take_text(&text);
        assert_eq!(
            record.get("node.session.auth.password").unwrap(),
            "a = b # c"
        );
        assert_eq!(record.get("node.session.scan").unwrap(), "manual");
        assert_eq!(record.set.len(), 2, "{:?}", record.set);
        assert!(
            record
                .shown(Secrets::Masked)
                .contains("node.session.auth.password = ********\n")
        );
        assert!(record.update("node.sesion.scan", "auto").is_err());
    }
}
