//! Identifiers that are checked once, at the border, and trusted afterwards.
//!
//! Each type parses with `FromStr` and refuses what could not be meant, so that no such text
//! reaches an argument list, a path or a URL (linux-host.md §14).

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {what}: {why}")]
pub struct BadId {
    /// What was given.
    pub text: String,
    /// What it should have been, with its article.
    pub what: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
}

impl BadId {
    pub(super) fn new(text: &str, what: &'static str, why: &'static str) -> Self {
        // A hostile text may be of any length; an error message need not be.
        let text = text.chars().take(80).collect();
        Self { text, what, why }
    }
}

macro_rules! text_id {
    ($name:ident) => {
        impl $name {
            /// The normalised text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

/// An iSCSI name (`iqn.`, `eui.` or `naa.`), lower case, at most 223 bytes (RFC 3720 §3.2.6).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iqn(String);
text_id!(Iqn);

impl FromStr for Iqn {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = |why| Err(BadId::new(text, "an iSCSI name", why));
        let name = text.trim().to_lowercase();
        if name.len() > 223 {
            return bad("longer than 223 bytes");
        }
        let rest = match name.split_once('.') {
            Some(("iqn", rest)) => rest,
            Some(("eui", rest)) => {
                return if rest.len() == 16 && is_hex(rest) {
                    Ok(Self(name))
                } else {
                    bad("eui. wants 16 hex digits")
                };
            }
            Some(("naa", rest)) => {
                return if matches!(rest.len(), 16 | 32) && is_hex(rest) {
                    Ok(Self(name))
                } else {
                    bad("naa. wants 16 or 32 hex digits")
                };
            }
            _ => return bad("it begins with none of iqn. eui. naa."),
        };
        if rest.is_empty() {
            return bad("nothing follows iqn.");
        }
        // RFC 3722 allows more letters than ASCII; path and shell characters are never allowed.
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '_'))
        {
            return bad("only letters, digits and . - : _ are allowed");
        }
        Ok(Self(name))
    }
}

/// A Fibre Channel port name: 16 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Wwpn(String);
text_id!(Wwpn);

impl FromStr for Wwpn {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bare = text.trim().to_lowercase();
        let bare = bare.strip_prefix("0x").unwrap_or(&bare).replace(':', "");
        if bare.len() == 16 && is_hex(&bare) {
            Ok(Self(bare))
        } else {
            Err(BadId::new(
                text,
                "a WWPN",
                "16 hex digits wanted, with colons, 0x or bare",
            ))
        }
    }
}

/// The identity of a logical unit (VPD page 0x83, NAA): 16 or 32 lower-case hex digits.
///
/// `naa.…`, `0x…` and the `3…` form of udev and multipath parse to the same value.
///
/// A LUN of an ONTAP that came from 7-Mode answers with the prefix that it had there, which not
/// every interface of the array tells: with these two prefixes the serial number after them
/// decides (ontap.md §9.4). Each is told as it came.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Wwid(String);
text_id!(Wwid);

/// What the identity of a LUN begins with under clustered ONTAP, and under 7-Mode.
const ONTAP: [&str; 2] = ["600a0980", "60a98000"];

impl Wwid {
    /// What is compared: the prefix and the rest, with one prefix for what may bear either.
    fn key(&self) -> (&str, &str) {
        let [now, then] = ONTAP;
        match self.0.strip_prefix(then) {
            Some(serial) if self.0.len() == 32 => (now, serial),
            _ => self.0.split_at_checked(now.len()).unwrap_or(("", &self.0)),
        }
    }

    /// As multipath and `scsi_id` write it: `3` and the digits.
    pub fn multipath(&self) -> String {
        format!("3{}", self.0)
    }

    /// As sysfs writes it: `naa.` and the digits.
    pub fn sysfs(&self) -> String {
        format!("naa.{}", self.0)
    }
}

impl PartialEq for Wwid {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Wwid {}

impl PartialOrd for Wwid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wwid {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Wwid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl FromStr for Wwid {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let lower = text.trim().to_lowercase();
        let bare = lower
            .strip_prefix("naa.")
            .or_else(|| lower.strip_prefix("0x"));
        let bare = bare.unwrap_or(&lower);
        let bare = match (bare.len(), bare.strip_prefix('3')) {
            (17 | 33, Some(rest)) => rest,
            _ => bare,
        };
        if !matches!(bare.len(), 16 | 32) || !is_hex(bare) {
            return Err(BadId::new(text, "a wwid", "16 or 32 hex digits wanted"));
        }
        Ok(Self(bare.to_owned()))
    }
}

/// The number by which an initiator addresses a LUN (`HostLUNID`, `target_lun`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LunNumber(pub u16);

impl LunNumber {
    /// What the kernel may call this number: as it is, or in flat addressing (linux-host.md §5.2).
    pub fn kernel_numbers(self) -> [u64; 2] {
        [u64::from(self.0), u64::from(self.0) | 0x4000]
    }
}

impl fmt::Display for LunNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LunNumber {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.parse::<u16>() {
            Ok(n) if n < 0x4000 => Ok(Self(n)),
            _ => Err(BadId::new(
                text,
                "a LUN number",
                "a number from 0 to 16383 wanted",
            )),
        }
    }
}

/// The kernel's address of a SCSI device: host, channel, target, LUN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hctl {
    /// SCSI host number.
    pub host: u32,
    /// Channel.
    pub channel: u32,
    /// Target id.
    pub target: u32,
    /// The kernel's LUN, address method bits included.
    pub lun: u64,
}

impl fmt::Display for Hctl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}:{}",
            self.host, self.channel, self.target, self.lun
        )
    }
}

impl FromStr for Hctl {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId::new(text, "a SCSI address", "four numbers H:C:T:L wanted");
        let mut parts = text.split(':');
        let mut next = || parts.next().ok_or_else(bad);
        let hctl = Self {
            host: next()?.parse().map_err(|_| bad())?,
            channel: next()?.parse().map_err(|_| bad())?,
            target: next()?.parse().map_err(|_| bad())?,
            lun: next()?.parse().map_err(|_| bad())?,
        };
        if parts.next().is_some() {
            Err(bad())
        } else {
            Ok(hctl)
        }
    }
}

impl TryFrom<String> for Hctl {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<Hctl> for String {
    fn from(hctl: Hctl) -> Self {
        hctl.to_string()
    }
}

pub(super) fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn iscsi_names() {
        let good = "iqn.1994-05.com.redhat:CCE2fc0a8a";
        assert_eq!(
            good.parse::<Iqn>().unwrap().as_str(),
            "iqn.1994-05.com.redhat:cce2fc0a8a"
        );
        assert!("eui.02004567a425678d".parse::<Iqn>().is_ok());
        assert!("naa.52004567ba64678d".parse::<Iqn>().is_ok());
        for bad in [
            "",
            "iqn.",
            "iqn.a/../b",
            "iqn.a b",
            "-iqn.x",
            "eui.1",
            "iqn.$(reboot)",
        ] {
            assert!(bad.parse::<Iqn>().is_err(), "{bad}");
        }
        assert!(format!("iqn.{}", "x".repeat(220)).parse::<Iqn>().is_err());
    }

    #[test]
    fn one_wwid_in_all_its_spellings() {
        let want = "6a4c64f1001db63307a4e1700000001e";
        for text in [
            want.to_owned(),
            format!("naa.{want}"),
            format!("0x{want}"),
            format!("3{want}"),
            want.to_uppercase(),
        ] {
            assert_eq!(text.parse::<Wwid>().unwrap().as_str(), want, "{text}");
        }
        for bad in ["", "6a4c", "zz4c64f1001db63307a4e1700000001e", "t10.VENDOR"] {
            assert!(bad.parse::<Wwid>().is_err(), "{bad}");
        }
    }

    /// What came from 7-Mode keeps its old prefix on the wire, and not every interface of the array
    /// tells that (ontap.md §9.4).
    #[test]
    fn a_lun_of_an_ontap_under_either_of_its_prefixes() {
        let wwid = |text: &str| text.parse::<Wwid>().unwrap();
        let tail = "736e2f372b4c616224783f32";
        let (new, old) = (format!("600a0980{tail}"), format!("60a98000{tail}"));
        assert_eq!(wwid(&new), wwid(&old));
        assert_eq!(wwid(&new).cmp(&wwid(&old)), Ordering::Equal);
        let set = HashSet::from([wwid(&new), wwid(&old)]);
        assert_eq!(set.len(), 1);
        // Each is told as it came.
        assert_eq!(wwid(&old).as_str(), old);
        assert_ne!(
            wwid(&new),
            wwid(&format!("60a98000{}", tail.replace('7', "8")))
        );
        // Other vendors' are what they are, and so are NetApp's short ones.
        assert_ne!(
            wwid(&format!("6a4c64f1{tail}")),
            wwid(&format!("60a98000{tail}"))
        );
        assert_ne!(wwid("600a0980736e2f37"), wwid("60a98000736e2f37"));
        let mut sorted = [wwid(&format!("6a4c64f1{tail}")), wwid(&new)];
        sorted.sort();
        assert_eq!(sorted[0].as_str(), new);
    }

    #[test]
    fn scsi_addresses_and_lun_numbers() {
        assert_eq!(
            "4:0:0:16684".parse::<Hctl>().unwrap().to_string(),
            "4:0:0:16684"
        );
        for bad in ["4:0:0", "4:0:0:1:2", "a:0:0:1", "-1:0:0:1"] {
            assert!(bad.parse::<Hctl>().is_err(), "{bad}");
        }
        assert_eq!(LunNumber(300).kernel_numbers(), [300, 16684]);
        assert!("16384".parse::<LunNumber>().is_err());
    }

    #[test]
    fn wwpns_in_all_their_spellings() {
        for text in [
            "10008c7cff409e80",
            "0x10008C7CFF409E80",
            "10:00:8c:7c:ff:40:9e:80",
        ] {
            assert_eq!(text.parse::<Wwpn>().unwrap().as_str(), "10008c7cff409e80");
        }
        assert!("10008c7cff409e8".parse::<Wwpn>().is_err());
    }
}
