//! What a node tells an array about itself: os-brick's dictionary (linux-host.md §1.1).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ids::{Iqn, Wwpn};
use super::nouns::Protocol;

/// The connector dictionary. Keys that are not known here are carried along unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connector {
    /// `uname -m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// `linux`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_type: Option<String>,
    /// The storage address of the node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// The node's name: what the array's host object is called.
    pub host: String,
    /// Whether the node wants all paths.
    #[serde(default)]
    pub multipath: bool,
    /// Whether a node without a running multipathd must fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforce_multipath: Option<bool>,
    /// The iSCSI name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<Iqn>,
    /// FC port names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wwpns: Vec<Wwpn>,
    /// FC node names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wwnns: Vec<Wwpn>,
    /// Every port of Fibre Channel that the node has, whatever its state: to tell its own from
    /// those of others. Part of no dictionary: nobody is told of a port that is down.
    #[serde(skip)]
    pub ports: Vec<Wwpn>,
    /// Everything else, as it came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Connector {
    /// Of a node that nothing is known of.
    pub fn unknown() -> Self {
        Self {
            platform: None,
            os_type: None,
            ip: None,
            host: String::new(),
            multipath: false,
            enforce_multipath: None,
            initiator: None,
            wwpns: Vec::new(),
            wwnns: Vec::new(),
            ports: Vec::new(),
            other: Map::new(),
        }
    }

    /// The protocol of what it names: iSCSI, unless it has ports of Fibre Channel only.
    pub fn protocol(&self) -> Protocol {
        match (&self.initiator, self.wwpns.as_slice()) {
            (None, [_, ..]) => Protocol::Fc,
            _ => Protocol::Iscsi,
        }
    }

    /// Takes over what something was attached under: the IQN where there is none now, and every
    /// port of Fibre Channel. A port that is down is told by nobody, and was bound all the same.
    pub fn recall(&mut self, then: &Self) {
        if self.initiator.is_none() {
            self.initiator.clone_from(&then.initiator);
        }
        for wwpn in &then.wwpns {
            if !self.wwpns.contains(wwpn) {
                self.wwpns.push(wwpn.clone());
            }
        }
    }

    /// Checks the keys that `protocol` needs before any array is asked (linux-host.md §1.1).
    ///
    /// # Errors
    /// The name of the missing key.
    pub fn require(&self, protocol: Protocol) -> Result<(), MissingKey> {
        let missing = match protocol {
            Protocol::Iscsi => self.initiator.is_none().then_some("initiator"),
            Protocol::Fc => self.wwpns.is_empty().then_some("wwpns"),
        };
        match missing {
            Some(key) => Err(MissingKey { key, protocol }),
            None => Ok(()),
        }
    }
}

/// A connector lacks what its protocol needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the connector has no {key}, which {} needs", protocol.word())]
pub struct MissingKey {
    /// The key of the dictionary.
    pub key: &'static str,
    /// The protocol that needs it.
    pub protocol: Protocol,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connector_keeps_what_it_does_not_know() {
        let text = r#"{"platform":"x86_64","os_type":"linux2","host":"n1","multipath":false,
            "initiator":"iqn.1994-05.com.redhat:cce2fc0a8a","do_local_attach":false,"system uuid":"u"}"#;
        let connector: Connector = serde_json::from_str(text).unwrap();
        let back = serde_json::to_value(&connector).unwrap();
        assert_eq!(back, serde_json::from_str::<Value>(text).unwrap());
        assert!(connector.require(Protocol::Iscsi).is_ok());
        assert_eq!(connector.require(Protocol::Fc).unwrap_err().key, "wwpns");
    }
}
