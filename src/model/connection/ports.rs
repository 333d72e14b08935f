//! The keys of a `connection_info` over Fibre Channel (linux-host.md §2.2).

use serde_json::{Map, Value};

use super::{BadConnection, Connection, FcTarget, lun_number, parse};
use crate::model::ids::{LunNumber, Wwpn};

/// Reads the array's ports and which of the node's ports may come to each.
pub(super) fn read(data: &Map<String, Value>) -> Result<Vec<FcTarget>, BadConnection> {
    let bad = |key: &str, why: String| BadConnection {
        key: key.into(),
        why,
    };
    // Drivers write one or the other, some both; os-brick prefers the plural, for each by itself.
    let either = |plural, singular| match list(data, plural) {
        Some(several) if !several.is_empty() => plural,
        _ => singular,
    };
    let names_key = either("target_wwns", "target_wwn");
    let luns_key = either("target_luns", "target_lun");
    let missing = |key: &str| bad(key, "missing".into());
    let names = list(data, names_key).ok_or_else(|| missing(names_key))?;
    let luns = list(data, luns_key).ok_or_else(|| missing(luns_key))?;
    let numbers: Vec<LunNumber> = luns
        .iter()
        .map(|lun| lun_number(lun))
        .collect::<Result<_, _>>()?;
    let numbers = match numbers.as_slice() {
        [one] => vec![*one; names.len()],
        several if several.len() == names.len() => numbers,
        several => {
            let why = format!(
                "{} names and {} luns: equal numbers wanted, or one lun",
                names.len(),
                several.len()
            );
            return Err(bad(names_key, why));
        }
    };
    if names.is_empty() {
        return Err(bad(names_key, "at least one name wanted".into()));
    }
    let zones = zones(data)?;
    let mut found: Vec<FcTarget> = Vec::new();
    for (name, number) in names.into_iter().zip(numbers) {
        let wwpn: Wwpn = parse(names_key, name)?;
        if found.iter().any(|port| port.wwpn == wwpn) {
            continue;
        }
        let initiators = zones.iter().flatten();
        let initiators = initiators.filter(|(_, targets)| targets.contains(&wwpn));
        let port = FcTarget {
            initiators: initiators.map(|(own, _)| own.clone()).collect(),
            lun_number: Some(number),
            wwpn,
        };
        // A map that is there and does not name a port keeps everybody away from it.
        if zones.is_none() || !port.initiators.is_empty() {
            found.push(port);
        }
    }
    if found.is_empty() {
        let why = "it names none of the target ports".into();
        return Err(bad("initiator_target_map", why));
    }
    Ok(found)
}

/// A list, or a value that stands for a list of one.
fn list<'a>(data: &'a Map<String, Value>, key: &str) -> Option<Vec<&'a Value>> {
    match data.get(key)? {
        Value::Null => None,
        Value::Array(items) => Some(items.iter().collect()),
        one => Some(vec![one]),
    }
}

type Zones = Vec<(Wwpn, Vec<Wwpn>)>;

/// Which of the node's ports come to which of the array's; `None` when nothing tells.
fn zones(data: &Map<String, Value>) -> Result<Option<Zones>, BadConnection> {
    const KEY: &str = "initiator_target_map";
    let map = match data.get(KEY) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(map)) if map.is_empty() => return Ok(None),
        Some(Value::Object(map)) => map,
        Some(_) => {
            return Err(BadConnection {
                key: KEY.into(),
                why: "an object wanted".into(),
            });
        }
    };
    let mut zones = Vec::new();
    for (own, targets) in map {
        let own: Wwpn = parse(KEY, &Value::String(own.clone()))?;
        let targets = match targets {
            Value::Array(items) => items.iter().map(|name| parse(KEY, name)).collect(),
            one => parse(KEY, one).map(|one| vec![one]),
        };
        zones.push((own, targets?));
    }
    Ok(Some(zones))
}

/// Writes them.
pub(super) fn write(connection: &Connection, data: &mut Map<String, Value>) {
    let names = |ports: &mut dyn Iterator<Item = &FcTarget>| -> Value {
        ports.map(|port| port.wwpn.as_str()).collect()
    };
    if let Some(first) = connection.ports.first() {
        let number = first.lun_number.map_or(Value::Null, |n| n.0.into());
        data.insert("target_lun".into(), number);
    }
    data.insert("target_wwn".into(), names(&mut connection.ports.iter()));
    let numbers: Vec<Option<LunNumber>> = connection.ports.iter().map(|p| p.lun_number).collect();
    if numbers.windows(2).any(|pair| pair.first() != pair.last()) {
        let luns = numbers
            .into_iter()
            .map(|n| n.map_or(Value::Null, |n| n.0.into()));
        data.insert("target_luns".into(), luns.collect());
        data.insert("target_wwns".into(), names(&mut connection.ports.iter()));
    }
    let mut zones = Map::new();
    for initiator in connection.ports.iter().flat_map(|port| &port.initiators) {
        let mut seen = connection
            .ports
            .iter()
            .filter(|port| port.initiators.contains(initiator));
        zones.insert(initiator.to_string(), names(&mut seen));
    }
    data.insert("initiator_target_map".into(), zones.into());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(data: &Value) -> Result<Vec<FcTarget>, String> {
        read(data.as_object().unwrap()).map_err(|e| e.key)
    }

    /// `PORT@NUMBER<INITIATOR,…`, in their last four digits.
    fn told(data: &Value) -> Vec<String> {
        let short = |wwpn: &Wwpn| wwpn.as_str()[12..].to_owned();
        let ports = of(data).unwrap();
        let lines = ports.iter().map(|port| {
            let from: Vec<String> = port.initiators.iter().map(short).collect();
            let number = port.lun_number.unwrap();
            format!("{}@{number}<{}", short(&port.wwpn), from.join(","))
        });
        lines.collect()
    }

    #[test]
    fn what_drivers_write() {
        let (a, b) = ("200100a098c364d6", "20:02:00:A0:98:C3:64:D7");
        for (data, want) in [
            (json!({"target_wwn": a, "target_lun": 4}), vec!["64d6@4<"]),
            (
                json!({"target_wwn": [a, b, a], "target_lun": 4, "initiator_target_map": {}}),
                vec!["64d6@4<", "64d7@4<"],
            ),
            (
                json!({"target_wwns": [a, b], "target_luns": [4, "5"], "target_wwn": a,
                    "target_lun": 4}),
                vec!["64d6@4<", "64d7@5<"],
            ),
            (
                json!({"target_wwn": a, "target_wwns": [a, b], "target_lun": 4, "target_luns": []}),
                vec!["64d6@4<", "64d7@4<"],
            ),
            (
                json!({"target_wwn": [a, b], "target_lun": 4, "target_luns": [4, 5]}),
                vec!["64d6@4<", "64d7@5<"],
            ),
            (
                json!({"target_wwn": [a, b], "target_lun": 4, "initiator_target_map": {
                    "0x21000024FF30441C": [b], "21000024ff30441d": b}}),
                vec!["64d7@4<441c,441d"],
            ),
        ] {
            assert_eq!(told(&data), want, "{data}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let (a, b) = ("200100a098c364d6", "200200a098c364d7");
        for (luns, plural) in [(json!([4, 4]), false), (json!([4, 5]), true)] {
            let info = json!({"driver_volume_type": "fibre_channel",
                "data": {"target_wwn": [a, b], "target_luns": luns, "wwid": null},
                "wwid": "6a4c64f1001db63307a4e1700000001e"});
            let read = Connection::from_info(&info).unwrap();
            assert!(read.wwid.is_some());
            let mut data = Map::new();
            write(&read, &mut data);
            assert_eq!(data.contains_key("target_luns"), plural);
            assert_eq!(self::read(&data).unwrap(), read.ports, "{data:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        let (a, b) = ("200100a098c364d6", "200200a098c364d7");
        for (data, key) in [
            (json!({"target_lun": 1}), "target_wwn"),
            (json!({"target_wwn": a}), "target_lun"),
            (json!({"target_wwn": "x", "target_lun": 1}), "target_wwn"),
            (json!({"target_wwn": [], "target_lun": 1}), "target_wwn"),
            (json!({"target_wwn": a, "target_lun": -1}), "target_lun"),
            (
                json!({"target_wwns": [a, b], "target_luns": [1, 2, 3]}),
                "target_wwns",
            ),
            (
                json!({"target_wwn": a, "target_lun": 1, "initiator_target_map": [a]}),
                "initiator_target_map",
            ),
            (
                json!({"target_wwn": a, "target_lun": 1, "initiator_target_map": {"x": [a]}}),
                "initiator_target_map",
            ),
            (
                json!({"target_wwn": a, "target_lun": 1, "initiator_target_map": {b: [b]}}),
                "initiator_target_map",
            ),
        ] {
            assert_eq!(of(&data).unwrap_err(), key, "{data}");
        }
    }
}
