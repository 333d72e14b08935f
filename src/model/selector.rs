//! How a user names an object (INTERFACE, "Selectors").

use std::fmt;
use std::str::FromStr;

use super::ids::{BadId, Hctl, Wwid};

/// A name as typed, with what kind of name it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// The exact name.
    Name(String),
    /// The array's id.
    Id(String),
    /// The unit's identity.
    Wwid(Wwid),
    /// A serial number.
    Serial(String),
    /// A UUID: the array's, then Cinder's names for it.
    Uuid(String),
    /// A path on the array.
    Path(String),
    /// A device of this node.
    Device(String),
    /// A SCSI address on this node.
    Hctl(Hctl),
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(text) => write!(f, "{text}"),
            Self::Id(text) => write!(f, "id:{text}"),
            Self::Wwid(wwid) => write!(f, "wwid:{wwid}"),
            Self::Serial(text) => write!(f, "serial:{text}"),
            Self::Uuid(text) => write!(f, "uuid:{text}"),
            Self::Path(text) => write!(f, "path:{text}"),
            Self::Device(text) => write!(f, "dev:{text}"),
            Self::Hctl(hctl) => write!(f, "hctl:{hctl}"),
        }
    }
}

impl FromStr for Selector {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = |why| BadId::new(text, "a name of an object", why);
        if text.is_empty() {
            return Err(bad("it is empty"));
        }
        if text.chars().any(char::is_control) || text.len() > 1024 {
            return Err(bad("it has control characters or is too long"));
        }
        if let Some((prefix, rest)) = text.split_once(':') {
            let exact = |make: fn(String) -> Self| {
                if rest.is_empty() {
                    Err(bad("nothing follows the prefix"))
                } else {
                    Ok(make(rest.to_owned()))
                }
            };
            match prefix {
                "name" => return exact(Self::Name),
                "id" => return exact(Self::Id),
                "serial" => return exact(Self::Serial),
                "uuid" => return exact(Self::Uuid),
                "path" => return exact(Self::Path),
                "dev" => return exact(Self::Device),
                "wwid" => return rest.parse().map(Self::Wwid),
                "hctl" => return rest.parse().map(Self::Hctl),
                _ => {}
            }
        }
        if text.starts_with("/dev/") {
            return Ok(Self::Device(text.to_owned()));
        }
        if let Ok(hctl) = text.parse() {
            return Ok(Self::Hctl(hctl));
        }
        if let Some(wwid) = bare_wwid(text) {
            return Ok(Self::Wwid(wwid));
        }
        if is_uuid(text) {
            return Ok(Self::Uuid(text.to_lowercase()));
        }
        Ok(Self::Name(text.to_owned()))
    }
}

/// Only forms that nothing else looks like: 32 digits, or fewer with a telling prefix. Sixteen
/// bare digits stay a name.
fn bare_wwid(text: &str) -> Option<Wwid> {
    let telling = text.starts_with("naa.") || text.starts_with("0x");
    if telling || matches!(text.len(), 32 | 33) {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether a text has the form of a UUID.
pub fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|g| g.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|g| super::ids::is_hex(g))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_typed_name_means() {
        let wwid = "6a4c64f1001db63307a4e1700000001e";
        for (text, want) in [
            ("vol-7", "vol-7"),
            ("30", "30"),
            ("id:30", "id:30"),
            ("name:id:30", "id:30"),
            ("/dev/sda", "dev:/dev/sda"),
            ("4:0:0:7", "hctl:4:0:0:7"),
            (wwid, "wwid:6a4c64f1001db63307a4e1700000001e"),
            (
                "36a4c64f1001db63307a4e1700000001e",
                "wwid:6a4c64f1001db63307a4e1700000001e",
            ),
            (
                "EAC3C181-b02b-4982-9d7e-d273ee2738e0",
                "uuid:eac3c181-b02b-4982-9d7e-d273ee2738e0",
            ),
            ("1234567890123456", "1234567890123456"),
            ("/vol/v1/lun1", "/vol/v1/lun1"),
        ] {
            assert_eq!(
                text.parse::<Selector>().unwrap().to_string(),
                want,
                "{text}"
            );
        }
        assert_eq!(
            "30".parse::<Selector>().unwrap(),
            Selector::Name("30".into())
        );
        for bad in ["", "id:", "wwid:zz", "hctl:1:2", "a\nb"] {
            assert!(bad.parse::<Selector>().is_err(), "{bad:?}");
        }
    }
}
