//! The initiator's name (linux-host.md §1.2).

use super::super::Error;
use crate::model::ids::Iqn;
use crate::system::Machine;

/// Where open-iscsi keeps it.
pub const NAME_FILE: &str = "/etc/iscsi/initiatorname.iscsi";

/// The name, and what is odd about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiator {
    /// The name.
    pub name: Iqn,
    /// What iscsid may understand otherwise than people do.
    pub warnings: Vec<String>,
}

/// Reads the initiator's name.
///
/// # Errors
/// [`Error::NoInitiatorName`] when there is none, [`Error::BadInitiatorName`] when it is no iSCSI
/// name, and the system's answer when the file cannot be read: usually only root can.
pub fn get_name(machine: &dyn Machine) -> Result<Initiator, Error> {
    match machine.text(NAME_FILE)? {
        Some(text) => parse_name(&text),
        None => Err(missing("no such file: iSCSI is not set up here")),
    }
}

fn missing(why: &str) -> Error {
    Error::NoInitiatorName {
        path: NAME_FILE.into(),
        why: why.into(),
    }
}

/// The name in the text of the file. iscsid takes the first line with a name; so do we, and warn
/// where the rest of the file says something else.
///
/// # Errors
/// As [`get_name`].
pub fn parse_name(text: &str) -> Result<Initiator, Error> {
    let mut names: Vec<&str> = Vec::new();
    let mut warnings = Vec::new();
    let mut generated = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        match key.trim() {
            "InitiatorName" => {
                let mut words = value.split_whitespace();
                let Some(name) = words.next() else { continue };
                if words.next().is_some() && names.is_empty() {
                    // iscsid knows no comment behind a value.
                    warnings.push(format!(
                        "{NAME_FILE}: text follows the name {name}: iscsid takes it for a part \
                         of the name"
                    ));
                }
                names.push(name);
            }
            "GenerateName" => generated = value.trim().eq_ignore_ascii_case("yes"),
            _ => {}
        }
    }
    let Some((first, others)) = names.split_first() else {
        return Err(missing(if generated {
            "no name yet: it is made when iscsid starts for the first time"
        } else {
            "no InitiatorName in it"
        }));
    };
    let name: Iqn = first.parse().map_err(|source| Error::BadInitiatorName {
        path: NAME_FILE.into(),
        source,
    })?;
    if !others.is_empty() {
        warnings.push(format!(
            "{NAME_FILE}: {} names, only the first is used: {name}",
            names.len()
        ));
    }
    if name.as_str() != *first {
        warnings.push(format!(
            "{NAME_FILE}: {first} has capital letters; arrays compare it as {name}"
        ));
    }
    Ok(Initiator { name, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::kind::{Failure, Kind};

    #[test]
    fn names_as_people_write_them() {
        for (text, warnings) in [
            ("InitiatorName=iqn.1993-08.org.debian:01:abc\n", 0),
            (
                "## DO NOT EDIT\n#InitiatorName=iqn.no:no\n\n  InitiatorName = iqn.1993-08.org.debian:01:abc  \nInitiatorAlias=x",
                0,
            ),
            ("InitiatorName=iqn.1993-08.org.debian:01:abc # node 7", 1),
            (
                "InitiatorName=iqn.1993-08.org.debian:01:abc\nInitiatorName=iqn.1993-08.org.debian:01:def",
                1,
            ),
            ("InitiatorName=iqn.1993-08.org.debian:01:ABC\r\n", 1),
        ] {
            let found = parse_name(text).unwrap();
            assert_eq!(found.name.as_str(), "iqn.1993-08.org.debian:01:abc");
            assert_eq!(
                found.warnings.len(),
                warnings,
                "{text}: {:?}",
                found.warnings
            );
        }
    }

    #[test]
    fn no_name_is_told_in_words() {
        for (text, word) in [
            ("", "no InitiatorName"),
            ("InitiatorName=", "no InitiatorName"),
            ("GenerateName=yes", "first time"),
            (
                "InitiatorName iqn.1993-08.org.debian:01:abc",
                "no InitiatorName",
            ),
        ] {
            let error = parse_name(text).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.to_string().contains(word), "{error}");
        }
        let error = parse_name("InitiatorName=node7").unwrap_err();
        assert!(error.to_string().contains("node7"), "{error}");
    }
}
