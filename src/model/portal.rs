//! Where a target listens.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ids::{BadId, Iqn};

/// The port of iSCSI (RFC 7143).
pub const ISCSI_PORT: u16 = 3260;

/// An address and port of a target. Prints as `10.0.0.1:3260` or `[fd00::1]:3260`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Portal {
    /// The address, normalised.
    pub ip: IpAddr,
    /// The TCP port.
    pub port: u16,
}

impl Portal {
    /// A portal on the usual port.
    pub fn new(ip: IpAddr) -> Self {
        Self {
            ip,
            port: ISCSI_PORT,
        }
    }

    /// As a socket address.
    pub fn socket(self) -> SocketAddr {
        SocketAddr::new(self.ip, self.port)
    }
}

/// Why nobody can log in at an address as it stands; `None` when somebody can. An array may list
/// the link-local addresses of its ports, which mean nothing without one of the node's interfaces.
pub fn why_no_login(ip: IpAddr) -> Option<&'static str> {
    match ip {
        ip if ip.is_unspecified() => Some("it has no address"),
        IpAddr::V6(ip) if ip.is_unicast_link_local() => {
            Some("a link-local address cannot be used: it needs an interface beside it")
        }
        _ => None,
    }
}

impl fmt::Display for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.socket().to_string())
    }
}

impl FromStr for Portal {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let text = text.trim();
        let bad = |why| BadId::new(text, "a portal", why);
        if text.contains('%') {
            return Err(bad("an address with a scope (%) cannot be used"));
        }
        let portal = Self::read(text)
            .ok_or_else(|| bad("ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT wanted, in numbers"))?;
        // A port behind an address without brackets would be read as a part of the address.
        if portal.ip.is_ipv6() && !text.starts_with('[') && text.ends_with(":3260") {
            return Err(bad("brackets wanted: [ADDRESS]:3260"));
        }
        match why_no_login(portal.ip) {
            Some(why) => Err(bad(why)),
            None => Ok(portal),
        }
    }
}

impl Portal {
    /// Reads what may be written for a portal, in numbers.
    fn read(text: &str) -> Option<Self> {
        if let Ok(socket) = text.parse::<SocketAddr>() {
            return Some(Self {
                ip: socket.ip(),
                port: socket.port(),
            });
        }
        let bare = text
            .strip_prefix('[')
            .and_then(|t| t.strip_suffix(']'))
            .unwrap_or(text);
        bare.parse::<IpAddr>().ok().map(Self::new)
    }
}

impl TryFrom<String> for Portal {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<Portal> for String {
    fn from(portal: Portal) -> Self {
        portal.to_string()
    }
}

/// One way to reach a LUN over iSCSI: a target at a portal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TargetPortal {
    /// The target's name.
    pub iqn: Iqn,
    /// Where it listens.
    pub portal: Portal,
    /// The target portal group tag, when the array tells it. Lets the node make a record in the
    /// layout that discovery would make (linux-host.md §3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tpgt: Option<u16>,
}

impl fmt::Display for TargetPortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.portal, self.iqn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_in_all_their_spellings() {
        for (text, want) in [
            ("10.0.0.1", "10.0.0.1:3260"),
            ("10.0.0.1:3261", "10.0.0.1:3261"),
            ("fd00::5", "[fd00::5]:3260"),
            ("[fd00::5]", "[fd00::5]:3260"),
            ("[FD00:0::5]:3260", "[fd00::5]:3260"),
            ("[fd00::5:3260]", "[fd00::5:3260]:3260"),
        ] {
            assert_eq!(text.parse::<Portal>().unwrap().to_string(), want);
        }
        for bad in ["", "array.example", "10.0.0.1:99999", "10.0.0.1/24", "-p"] {
            assert!(bad.parse::<Portal>().is_err(), "{bad}");
        }
        for (bad, why) in [
            ("fd00::1:3260", "brackets"),
            ("[fe80::1%2]:3260", "scope"),
            ("fe80::1%eth0", "scope"),
            ("[fd00::1%2]:3260", "scope"),
            ("fe80::1", "link-local"),
            ("[febf::1]:3260", "link-local"),
            ("0.0.0.0:3260", "no address"),
            ("[::]:3260", "no address"),
        ] {
            let error = bad.parse::<Portal>().unwrap_err().to_string();
            assert!(error.contains(bad) && error.contains(why), "{error}");
        }
    }
}
