//! What multipathd's configuration says about disks that are to become a map: `show config`
//! (linux-host.md §6.3, multipath.conf(5)).

use super::pattern::matches;
use crate::model::nouns::Protocol;

/// Names that a disk may get, far from one another.
const ANY_DISK: [&str; 4] = ["sdb", "sdq", "sdzz", "sdabc"];

/// The parts of the configuration in force that decide whether a map is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// `find_multipaths`, in today's words: `strict`, `yes`, `smart`, `greedy` or `no`.
    pub find: Option<String>,
    blacklist: Rules,
    exceptions: Rules,
}

/// A section of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rules {
    /// Key and pattern: `wwid`, `devnode`, `protocol`, `property`.
    lines: Vec<(String, String)>,
    /// Vendor and product.
    devices: Vec<(Option<String>, Option<String>)>,
}

/// What is known of a disk that is to become a path.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prospect<'a> {
    /// Its name, once it has one.
    pub disk: Option<&'a str>,
    /// What it is reached by.
    pub protocol: Option<Protocol>,
    /// `3` and the identity.
    pub id: Option<&'a str>,
    /// What it answers as its maker and its model.
    pub product: Option<(&'a str, &'a str)>,
}

/// A rule that keeps multipath away from a disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blacklisted {
    /// The rule as in the file: `wwid "3600.*"`.
    pub rule: String,
    /// The line of `blacklist_exceptions` that lets the disk through.
    pub exception: String,
}

impl Config {
    /// Reads `multipathd show config`. What is not understood is passed over.
    pub fn parse(text: &str) -> Self {
        let mut config = Self::default();
        // The names of the open sections, from the outside in.
        let mut open: Vec<&str> = Vec::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with(['#', '!']) {
                continue;
            }
            if let Some(name) = line.strip_suffix('{') {
                open.push(name.trim());
                if let ([_, "device"], Some(rules)) = (open.as_slice(), config.rules(&open)) {
                    rules.devices.push((None, None));
                }
                continue;
            }
            if line == "}" {
                open.pop();
                continue;
            }
            let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            config.take(&open, key, value.trim().trim_matches('"'));
        }
        config
    }

    fn rules(&mut self, open: &[&str]) -> Option<&mut Rules> {
        match open.first() {
            Some(&"blacklist") => Some(&mut self.blacklist),
            Some(&"blacklist_exceptions") => Some(&mut self.exceptions),
            _ => None,
        }
    }

    fn take(&mut self, open: &[&str], key: &str, value: &str) {
        if open == ["defaults"] && key == "find_multipaths" {
            self.find = Some(match value {
                "on" | "1" => "yes".to_owned(),
                "off" | "0" => "no".to_owned(),
                other => other.to_owned(),
            });
        }
        let inner = open.len() == 2;
        let Some(rules) = self.rules(open) else {
            return;
        };
        match (inner, key) {
            (false, "wwid" | "devnode" | "protocol") => {
                rules.lines.push((key.to_owned(), value.to_owned()));
            }
            (true, "vendor") => {
                if let Some(last) = rules.devices.last_mut() {
                    last.0 = Some(value.to_owned());
                }
            }
            (true, "product") => {
                if let Some(last) = rules.devices.last_mut() {
                    last.1 = Some(value.to_owned());
                }
            }
            _ => {}
        }
    }

    /// The rule that keeps multipath away from a disk, as far as it is known. A rule that cannot
    /// be judged from here says nothing.
    pub fn find_blacklisted(&self, prospect: &Prospect<'_>) -> Option<Blacklisted> {
        let devnode = match prospect.disk {
            Some(disk) => self.hit("devnode", disk),
            // The name is not known beforehand: only a rule for all of them tells.
            None => {
                let mut hits = ANY_DISK.iter().map(|disk| self.hit("devnode", disk));
                hits.next()
                    .flatten()
                    .filter(|first| hits.all(|hit| hit == Some(first)))
            }
        };
        // In the order in which multipath looks.
        if let Some(pattern) = devnode {
            return Some(Blacklisted {
                rule: format!("devnode \"{pattern}\""),
                exception: "devnode \"^sd[a-z]\"".into(),
            });
        }
        if let Some((vendor, product)) = prospect.product {
            let fits = |(v, p): &&(Option<String>, Option<String>)| {
                let one = |pattern: &Option<String>, text| {
                    pattern
                        .as_deref()
                        .is_none_or(|p| matches(p, text) == Some(true))
                };
                (v.is_some() || p.is_some()) && one(v, vendor) && one(p, product)
            };
            let hit = self.blacklist.devices.iter().find(fits);
            let excepted = self.exceptions.devices.iter().any(|d| fits(&d));
            if let Some((v, p)) = hit.filter(|_| !excepted) {
                let (v, p) = (v.as_deref().unwrap_or(".*"), p.as_deref().unwrap_or(".*"));
                return Some(Blacklisted {
                    rule: format!("device {{ vendor \"{v}\" product \"{p}\" }}"),
                    exception: format!(
                        "device {{ vendor \"{vendor}\" product \"{product}\" }}, over several lines"
                    ),
                });
            }
        }
        let protocol = prospect.protocol.map(|protocol| match protocol {
            Protocol::Iscsi => "scsi:iscsi",
            Protocol::Fc => "scsi:fcp",
        });
        if let Some(protocol) = protocol
            && let Some(pattern) = self.hit("protocol", protocol)
        {
            return Some(Blacklisted {
                rule: format!("protocol \"{pattern}\""),
                exception: format!("protocol \"{protocol}\""),
            });
        }
        let id = prospect.id?;
        self.hit("wwid", id).map(|pattern| Blacklisted {
            rule: format!("wwid \"{pattern}\""),
            exception: format!("wwid \"{id}\""),
        })
    }

    /// The pattern that blacklists `text`, unless an exception of the same kind lets it through.
    fn hit(&self, kind: &str, text: &str) -> Option<&str> {
        let fits = |rules: &Rules| {
            let mut lines = rules.lines.iter().filter(|(k, _)| k == kind);
            let index = lines.position(|(_, p)| matches(p, text) == Some(true))?;
            Some(index)
        };
        if fits(&self.exceptions).is_some() {
            return None;
        }
        let index = fits(&self.blacklist)?;
        let mut of_kind = self.blacklist.lines.iter().filter(|(k, _)| k == kind);
        of_kind.nth(index).map(|(_, pattern)| pattern.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "36a4c64f1001db63307a4e1700000001e";

    fn with(blacklist: &str, exceptions: &str) -> Config {
        Config::parse(&format!(
            "defaults {{\n\tverbosity 2\n\tfind_multipaths \"strict\"\n}}\nblacklist {{\n\
             \tdevnode \"!^(sd[a-z]|dasd[a-z]|nvme[0-9])\"\n\tdevice {{\n\t\tvendor \"SGI\"\n\
             \t\tproduct \"Universal Xport\"\n\t}}\n{blacklist}\n}}\nblacklist_exceptions {{\n\
             \tproperty \"(SCSI_IDENT_|ID_WWN)\"\n{exceptions}\n}}\ndevices {{\n\tdevice {{\n\
             \t\tvendor \"HUAWEI\"\n\t\tproduct \"XSG1\"\n\t\tno_path_retry 15\n\t}}\n}}\n\
             overrides {{\n}}\n"
        ))
    }

    fn rule(config: &Config) -> Option<String> {
        let prospect = Prospect {
            disk: None,
            protocol: Some(Protocol::Iscsi),
            id: Some(ID),
            product: Some(("HUAWEI", "XSG1")),
        };
        config.find_blacklisted(&prospect).map(|b| b.rule)
    }

    #[test]
    fn the_defaults_blacklist_no_disk_of_an_array() {
        let config = with("", "");
        assert_eq!(config.find.as_deref(), Some("strict"));
        assert_eq!(rule(&config), None);
        assert_eq!(Config::parse("timeout"), Config::default());
    }

    #[test]
    fn a_rule_for_one_disk_says_nothing_of_one_without_a_name() {
        let config = with("\tdevnode \"^sda$\"\n\tdevnode \"^sd[b-d]\"", "");
        assert_eq!(rule(&config), None);
        for (disk, hit) in [("sda", true), ("sdb", true), ("sdx", false)] {
            let prospect = Prospect {
                disk: Some(disk),
                ..Prospect::default()
            };
            assert_eq!(config.find_blacklisted(&prospect).is_some(), hit, "{disk}");
        }
    }

    #[test]
    fn each_protocol_has_rules_of_its_own() {
        let config = with("\tprotocol \".*\"", "\tprotocol \"scsi:fcp\"");
        let over = |protocol| {
            let prospect = Prospect {
                protocol,
                ..Prospect::default()
            };
            config.find_blacklisted(&prospect).map(|b| b.exception)
        };
        assert_eq!(over(Some(Protocol::Fc)), None);
        assert_eq!(over(None), None);
        let iscsi = "protocol \"scsi:iscsi\"";
        assert_eq!(over(Some(Protocol::Iscsi)).as_deref(), Some(iscsi));
    }

    #[test]
    fn rules_of_each_kind_and_their_exceptions() {
        for (line, exception) in [
            ("wwid \".*\"", format!("wwid \"{ID}\"")),
            ("wwid \"36a4c64f.*\"", "wwid \"36a4.*\"".to_owned()),
            ("devnode \".*\"", "devnode \"^sd[a-z]\"".to_owned()),
            (
                "protocol \"scsi:iscsi\"",
                "protocol \"scsi:iscsi\"".to_owned(),
            ),
        ] {
            let config = with(&format!("\t{line}"), "");
            assert_eq!(rule(&config).as_deref(), Some(line));
            let found = config
                .find_blacklisted(&Prospect {
                    id: Some(ID),
                    protocol: Some(Protocol::Iscsi),
                    ..Prospect::default()
                })
                .unwrap();
            let mended = with(&format!("\t{line}"), &format!("\t{}", found.exception));
            assert_eq!(rule(&mended), None, "{line}: {}", found.exception);
            assert_eq!(
                rule(&with(&format!("\t{line}"), &exception)),
                None,
                "{line}"
            );
            // An exception of another kind lets nothing through.
            let other = with(&format!("\t{line}"), "\tproperty \".*\"");
            assert!(rule(&other).is_some(), "{line}");
        }
        let config = with(
            "\tdevice {\n\t\tvendor \"HUA\"\n\t\tproduct \".*\"\n\t}",
            "",
        );
        assert!(rule(&config).unwrap().contains("vendor \"HUA\""));
        let unknown = Prospect {
            id: Some(ID),
            ..Prospect::default()
        };
        assert_eq!(config.find_blacklisted(&unknown), None);
    }
}
