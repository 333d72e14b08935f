//! What an array answers to a connector: where to log in, and for which LUN number.
//!
//! On the wire it is os-brick's `connection_info` (linux-host.md §2.1), read and written here.

mod ports;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::ids::{Iqn, LunNumber, Wwid, Wwpn};
use super::nouns::Protocol;
use super::portal::{Portal, TargetPortal};
use crate::kit::redact::{MASK, Secret};

/// One way to the LUN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Where to log in.
    #[serde(flatten)]
    pub at: TargetPortal,
    /// The LUN's number there; `None` while a plan does not know it yet.
    pub lun_number: Option<LunNumber>,
}

/// One port of the array that shows the LUN over Fibre Channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FcTarget {
    /// The array's port.
    pub wwpn: Wwpn,
    /// The LUN's number there; `None` while a plan does not know it yet.
    pub lun_number: Option<LunNumber>,
    /// The node's ports that may come to it: those that the array sees there, or all where it does
    /// not tell. Empty when nobody told, and any may try.
    pub initiators: Vec<Wwpn>,
}

/// The CHAP credentials of a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Chap {
    /// The user.
    pub username: String,
    /// The secret. Never serialised; a connection read back from a journal has none.
    #[serde(skip)]
    pub secret: Option<Secret>,
    /// The file that keeps the secret, for lines to type.
    #[serde(skip)]
    pub secret_file: Option<String>,
}

/// Where a LUN can be reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Connection {
    /// The protocol.
    pub protocol: Protocol,
    /// Every way to the LUN over iSCSI, the preferred first.
    pub targets: Vec<Target>,
    /// Every way to the LUN over Fibre Channel, the preferred first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<FcTarget>,
    /// The identity that every path must prove; `None` when its maker did not tell it.
    pub wwid: Option<Wwid>,
    /// CHAP, if the array asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chap: Option<Chap>,
    /// Whether the LUN must not be written.
    #[serde(default)]
    pub read_only: bool,
}

/// A `connection_info` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("connection info: {key}: {why}")]
pub struct BadConnection {
    /// The key that is wrong or missing.
    pub key: String,
    /// What is wrong with it.
    pub why: String,
}

impl Connection {
    /// Reads a `connection_info`, whole (`driver_volume_type` and `data`) or its `data` alone.
    ///
    /// # Errors
    /// Names the key that is missing or wrong.
    pub fn from_info(info: &Value) -> Result<Self, BadConnection> {
        let bad = |key: &str, why: &str| BadConnection {
            key: key.into(),
            why: why.into(),
        };
        let top = info
            .as_object()
            .ok_or_else(|| bad("top level", "a JSON object wanted"))?;
        let data = match top.get("data") {
            Some(Value::Object(data)) => data,
            Some(_) => return Err(bad("data", "a JSON object wanted")),
            None => top,
        };
        let told = |of: &Map<String, Value>| of.get("wwid").filter(|v| !v.is_null()).cloned();
        let wwid = match told(data).or_else(|| told(top)).as_ref() {
            None => None,
            Some(value) => Some(parse::<Wwid>("wwid", value)?),
        };
        let protocol = match top.get("driver_volume_type") {
            None if data.contains_key("target_wwn") || data.contains_key("target_wwns") => {
                Protocol::Fc
            }
            None => Protocol::Iscsi,
            Some(kind) => match kind.as_str() {
                Some("iscsi") => Protocol::Iscsi,
                Some("fibre_channel") => Protocol::Fc,
                _ => {
                    let why = format!("{kind} cannot be connected, only iscsi and fibre_channel");
                    return Err(bad("driver_volume_type", &why));
                }
            },
        };
        let (targets, ports, chap) = match protocol {
            Protocol::Iscsi => (targets(data)?, Vec::new(), chap(data)?),
            Protocol::Fc => (Vec::new(), ports::read(data)?, None),
        };
        Ok(Self {
            protocol,
            targets,
            ports,
            wwid,
            chap,
            read_only: data.get("access_mode").and_then(Value::as_str) == Some("ro"),
        })
    }

    /// Writes the `connection_info` with its `wwid` both at the top (for scripts) and in `data`
    /// (for callers that pass only `data` on). Without `with_secret` the CHAP secret is masked.
    ///
    /// Over Fibre Channel the keys are those of the OpenStack drivers (linux-host.md §2.2).
    pub fn to_info(&self, with_secret: bool) -> Value {
        let mut data = Map::new();
        let fabric = self.protocol == Protocol::Fc;
        data.insert("target_discovered".into(), fabric.into());
        if fabric {
            ports::write(self, &mut data);
        }
        let lun = |t: &Target| t.lun_number.map_or(Value::Null, |n| n.0.into());
        if let Some(first) = self.targets.first() {
            data.insert("target_portal".into(), first.at.portal.to_string().into());
            data.insert("target_iqn".into(), first.at.iqn.as_str().into());
            data.insert("target_lun".into(), lun(first));
        }
        if self.targets.len() > 1 {
            let list = |f: &dyn Fn(&Target) -> Value| self.targets.iter().map(f).collect::<Value>();
            data.insert(
                "target_portals".into(),
                list(&|t| t.at.portal.to_string().into()),
            );
            data.insert("target_iqns".into(), list(&|t| t.at.iqn.as_str().into()));
            data.insert("target_luns".into(), list(&lun));
        }
        if let Some(chap) = &self.chap {
            let secret = match &chap.secret {
                Some(secret) if with_secret => secret.expose(),
                _ => MASK,
            };
            data.insert("auth_method".into(), "CHAP".into());
            data.insert("auth_username".into(), chap.username.as_str().into());
            data.insert("auth_password".into(), secret.into());
        }
        let mode = if self.read_only { "ro" } else { "rw" };
        data.insert("access_mode".into(), mode.into());
        let wwid = self.wwid.as_ref().map(Wwid::as_str);
        data.insert("wwid".into(), wwid.into());
        let kind = match self.protocol {
            Protocol::Iscsi => "iscsi",
            Protocol::Fc => "fibre_channel",
        };
        json!({ "driver_volume_type": kind, "data": data, "wwid": wwid })
    }

    /// The LUN's number on the preferred way.
    pub fn lun_number(&self) -> Option<LunNumber> {
        let first = self.targets.first().map(|target| target.lun_number);
        first.or(self.ports.first().map(|port| port.lun_number))?
    }

    /// Whether it leads anywhere.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty() && self.ports.is_empty()
    }
}

fn targets(data: &Map<String, Value>) -> Result<Vec<Target>, BadConnection> {
    let single = |key: &str| data.get(key).filter(|v| !v.is_null());
    let list = |key: &str| match data.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(_) => Err(BadConnection {
            key: key.into(),
            why: "a list wanted".into(),
        }),
    };
    let missing = |key: &str| BadConnection {
        key: key.into(),
        why: "missing".into(),
    };
    let (Some(portals), Some(iqns)) = (list("target_portals")?, list("target_iqns")?) else {
        let lun = single("target_lun").ok_or_else(|| missing("target_lun"))?;
        let portal = single("target_portal").ok_or_else(|| missing("target_portal"))?;
        let iqn = single("target_iqn").ok_or_else(|| missing("target_iqn"))?;
        return Ok(vec![target(portal, iqn, lun)?]);
    };
    let luns = match list("target_luns")? {
        Some(luns) => luns.clone(),
        None => {
            let lun = single("target_lun").ok_or_else(|| missing("target_luns"))?;
            vec![lun.clone(); portals.len()]
        }
    };
    if portals.is_empty() || portals.len() != iqns.len() || portals.len() != luns.len() {
        let why = format!(
            "{} portals, {} iqns and {} luns: equal numbers wanted, at least one",
            portals.len(),
            iqns.len(),
            luns.len()
        );
        return Err(BadConnection {
            key: "target_portals".into(),
            why,
        });
    }
    let mut found: Vec<Target> = Vec::new();
    for ((portal, iqn), lun) in portals.iter().zip(iqns).zip(&luns) {
        let next = target(portal, iqn, lun)?;
        if !found.iter().any(|t| t.at == next.at) {
            found.push(next);
        }
    }
    Ok(found)
}

fn target(portal: &Value, iqn: &Value, lun: &Value) -> Result<Target, BadConnection> {
    let lun_number = lun_number(lun)?;
    let at = TargetPortal {
        iqn: parse::<Iqn>("target_iqn", iqn)?,
        portal: parse::<Portal>("target_portal", portal)?,
        tpgt: None,
    };
    Ok(Target {
        at,
        lun_number: Some(lun_number),
    })
}

/// A LUN number, as a number or a text.
fn lun_number(lun: &Value) -> Result<LunNumber, BadConnection> {
    match lun {
        Value::Number(n) => parse("target_lun", &Value::String(n.to_string())),
        other => parse("target_lun", other),
    }
}

fn chap(data: &Map<String, Value>) -> Result<Option<Chap>, BadConnection> {
    let text = |key: &str| {
        data.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match data.get("auth_method").and_then(Value::as_str) {
        None | Some("None") => Ok(None),
        Some("CHAP") => {
            let secret = text("auth_password");
            let secret = (!secret.is_empty() && secret != MASK).then(|| Secret::new(secret));
            Ok(Some(Chap {
                username: text("auth_username"),
                secret,
                secret_file: None,
            }))
        }
        Some(other) => Err(BadConnection {
            key: "auth_method".into(),
            why: format!("{other} is not known, only CHAP"),
        }),
    }
}

fn parse<T>(key: &str, value: &Value) -> Result<T, BadConnection>
where
    T: std::str::FromStr<Err = super::ids::BadId>,
{
    let bad = |why: String| BadConnection {
        key: key.into(),
        why,
    };
    let text = value.as_str().ok_or_else(|| bad("a text wanted".into()))?;
    text.parse()
        .map_err(|e: super::ids::BadId| bad(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> Value {
        json!({"driver_volume_type": "iscsi", "data": {"target_lun": 1,
            "volume_id": "95528f43-24e3-4dec-89d3-3eb631ea90c1",
            "target_iqn": "iqn.2006-08.com.huawei:oceanstor:210048fd8e94f16a::1022006:172.24.3.191",
            "target_portal": "172.24.3.191:3260", "target_discovered": false}})
    }

    #[test]
    fn the_seeds_connection_info() {
        let connection = Connection::from_info(&seed()).unwrap();
        assert_eq!(connection.targets.len(), 1);
        assert_eq!(connection.targets[0].lun_number, Some(LunNumber(1)));
        assert_eq!(connection.wwid, None);
        let data_alone = Connection::from_info(&seed()["data"]).unwrap();
        assert_eq!(data_alone.targets, connection.targets);
    }

    #[test]
    fn fibre_channel_in_the_keys_of_the_drivers() {
        let wwpn = |text: &str| text.parse::<Wwpn>().unwrap();
        let port = |name: &str, from: &[&str]| FcTarget {
            wwpn: wwpn(name),
            lun_number: Some(LunNumber(4)),
            initiators: from.iter().map(|name| wwpn(name)).collect(),
        };
        let (a, b) = ("21:00:00:24:ff:30:44:1c", "21000024ff30441d");
        let connection = Connection {
            protocol: Protocol::Fc,
            targets: Vec::new(),
            ports: vec![
                port("20:01:00:a0:98:c3:64:d6", &[a, b]),
                port("0x200200A098C364D6", &[b]),
            ],
            wwid: None,
            chap: None,
            read_only: false,
        };
        let info = connection.to_info(true);
        assert_eq!(info["driver_volume_type"], "fibre_channel");
        let want = json!({"target_discovered": true, "target_lun": 4,
            "target_wwn": ["200100a098c364d6", "200200a098c364d6"],
            "initiator_target_map": {
                "21000024ff30441c": ["200100a098c364d6"],
                "21000024ff30441d": ["200100a098c364d6", "200200a098c364d6"]},
            "access_mode": "rw", "wwid": null});
        assert_eq!(info["data"], want);
        let text = serde_json::to_string(&connection).unwrap();
        let back: Connection = serde_json::from_str(&text).unwrap();
        assert_eq!(back.ports, connection.ports);
    }

    #[test]
    fn lists_are_zipped_and_a_lone_number_is_repeated() {
        let info = json!({"target_portals": ["10.0.0.1:3260", "10.0.1.1"], "target_lun": 7,
            "target_iqns": ["iqn.2020-01.com.example:a", "iqn.2020-01.com.example:a"]});
        let connection = Connection::from_info(&info).unwrap();
        assert_eq!(connection.targets.len(), 2);
        assert_eq!(connection.targets[1].lun_number, Some(LunNumber(7)));
        let again = Connection::from_info(&connection.to_info(false)).unwrap();
        assert_eq!(again.targets, connection.targets);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        for (info, key) in [
            (json!([]), "top level"),
            (
                json!({"driver_volume_type": "rbd", "data": {}}),
                "driver_volume_type",
            ),
            (json!({"data": 3}), "data"),
            (
                json!({"target_lun": 1, "target_iqn": "iqn.a:b"}),
                "target_portal",
            ),
            (
                json!({"target_lun": 1, "target_iqn": "iqn.a:b", "target_portal": ""}),
                "target_portal",
            ),
            (
                json!({"target_lun": -1, "target_iqn": "iqn.a:b", "target_portal": "10.0.0.1"}),
                "target_lun",
            ),
            (
                json!({"target_lun": 1, "target_portals": [], "target_iqns": []}),
                "target_portals",
            ),
            (
                json!({"target_luns": [1], "target_portals": ["10.0.0.1", "10.0.0.2"],
                "target_iqns": ["iqn.a:b", "iqn.a:b"]}),
                "target_portals",
            ),
            (
                json!({"target_portals": "10.0.0.1", "target_iqns": []}),
                "target_portals",
            ),
        ] {
            assert_eq!(Connection::from_info(&info).unwrap_err().key, key, "{info}");
        }
    }

    #[test]
    fn a_secret_is_masked_unless_asked_for_and_a_mask_is_no_secret() {
        let mut info = seed();
        info["data"]["auth_method"] = "CHAP".into();
        info["data"]["auth_username"] = "u".into();
        info["data"]["auth_password"] = "canary-canary".into();
        let connection = Connection::from_info(&info).unwrap();
        assert!(!connection.to_info(false).to_string().contains("canary"));
        assert!(connection.to_info(true).to_string().contains("canary"));
        assert!(
            !serde_json::to_string(&connection)
                .unwrap()
                .contains("canary")
        );
        let masked = Connection::from_info(&connection.to_info(false)).unwrap();
        assert!(masked.chap.unwrap().secret.is_none());
    }
}
