//! One way from a node to a LUN, whatever it goes over.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{Iqn, Wwpn};
use super::nouns::Protocol;
use super::portal::{Portal, TargetPortal};

/// Two Fibre Channel ports that a LUN is seen through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortPair {
    /// The node's port.
    pub initiator: Wwpn,
    /// The array's port.
    pub target: Wwpn,
}

impl fmt::Display for PortPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.initiator, self.target)
    }
}

/// One way to a LUN. In JSON, and so in journals, the keys of the other protocol are null.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Keys", into = "Keys")]
pub enum Way {
    /// A target at a portal.
    Iscsi(TargetPortal),
    /// Two ports of a fabric.
    Fc(PortPair),
}

impl Way {
    /// What it goes over.
    pub const fn protocol(&self) -> Protocol {
        match self {
            Self::Iscsi(_) => Protocol::Iscsi,
            Self::Fc(_) => Protocol::Fc,
        }
    }

    /// The target and portal, if it goes over iSCSI.
    pub const fn portal(&self) -> Option<&TargetPortal> {
        match self {
            Self::Iscsi(at) => Some(at),
            Self::Fc(_) => None,
        }
    }

    /// Whether both lead over the same ends; what else is known of them may differ.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Iscsi(one), Self::Iscsi(two)) => one.portal == two.portal && one.iqn == two.iqn,
            (one, two) => one == two,
        }
    }

    /// Reads back what [`fmt::Display`] has written: `PORTAL IQN`, or two port names.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, second) = text.split_once(' ')?;
        if let (Ok(portal), Ok(iqn)) = (first.parse(), second.parse()) {
            let tpgt = None;
            return Some(Self::Iscsi(TargetPortal { iqn, portal, tpgt }));
        }
        Some(Self::Fc(PortPair {
            initiator: first.parse().ok()?,
            target: second.parse().ok()?,
        }))
    }
}

impl From<TargetPortal> for Way {
    fn from(at: TargetPortal) -> Self {
        Self::Iscsi(at)
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iscsi(at) => at.fmt(f),
            Self::Fc(pair) => pair.fmt(f),
        }
    }
}

/// The keys of a way in JSON.
#[derive(Serialize, Deserialize)]
struct Keys {
    #[serde(default)]
    iqn: Option<Iqn>,
    #[serde(default)]
    portal: Option<Portal>,
    #[serde(default)]
    tpgt: Option<u16>,
    #[serde(default)]
    initiator_wwpn: Option<Wwpn>,
    #[serde(default)]
    target_wwpn: Option<Wwpn>,
}

impl From<Way> for Keys {
    fn from(way: Way) -> Self {
        let (at, pair) = match way {
            Way::Iscsi(at) => (Some(at), None),
            Way::Fc(pair) => (None, Some(pair)),
        };
        let tpgt = at.as_ref().and_then(|at| at.tpgt);
        let (iqn, portal) = at.map(|at| (at.iqn, at.portal)).unzip();
        let (initiator_wwpn, target_wwpn) = pair.map(|p| (p.initiator, p.target)).unzip();
        Self {
            iqn,
            portal,
            tpgt,
            initiator_wwpn,
            target_wwpn,
        }
    }
}

impl TryFrom<Keys> for Way {
    type Error = &'static str;

    fn try_from(keys: Keys) -> Result<Self, Self::Error> {
        let Keys {
            iqn, portal, tpgt, ..
        } = keys;
        match (iqn, portal, keys.initiator_wwpn, keys.target_wwpn) {
            (Some(iqn), Some(portal), None, None) => {
                Ok(Self::Iscsi(TargetPortal { iqn, portal, tpgt }))
            }
            (None, None, Some(initiator), Some(target)) => {
                Ok(Self::Fc(PortPair { initiator, target }))
            }
            _ => Err("a path leads to a target at a portal, or from one port to another"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn fc() -> Way {
        Way::Fc(PortPair {
            initiator: "2000020000000a01".parse().unwrap(),
            target: "20:00:02:00:00:00:0b:01".parse().unwrap(),
        })
    }

    #[test]
    fn a_way_as_text_and_back() {
        let iscsi = "10.0.0.1:3260 iqn.2020-01.com.example:a";
        for text in [iscsi, "2000020000000a01 2000020000000b01"] {
            assert_eq!(Way::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Way::parse(&fc().to_string()), Some(fc()));
        for bad in ["", "10.0.0.1:3260", "10.0.0.1:3260 x", "2000020000000a01 0"] {
            assert_eq!(Way::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_way_as_json_and_back() {
        let way = |value: Value| serde_json::from_value::<Way>(value);
        let old = json!({"iqn": "iqn.2020-01.com.example:a", "portal": "10.0.0.1:3260"});
        let iscsi = way(old).unwrap();
        assert_eq!(iscsi.protocol(), Protocol::Iscsi);
        let told = serde_json::to_value(&iscsi).unwrap();
        assert_eq!(told["initiator_wwpn"], Value::Null);
        let told = serde_json::to_value(fc()).unwrap();
        assert_eq!(told["portal"], Value::Null);
        assert_eq!(told["target_wwpn"], "2000020000000b01");
        assert_eq!(way(told).unwrap(), fc());
        assert!(way(json!({})).is_err());
        assert!(way(json!({"portal": "10.0.0.1", "target_wwpn": "2000020000000b01"})).is_err());
    }
}
